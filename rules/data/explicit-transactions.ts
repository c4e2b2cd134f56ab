import type { RuleFinding } from "../../src/base/finding.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { manualTransactions } from "../../src/kit/writes/manual-transactions.js";
import { loopedWrite } from "../../src/kit/writes/looped-writes.js";
import { separateWrites } from "../../src/kit/writes/separate-writes.js";
import { keepsAside, type Write } from "../../src/kit/writes/write-subjects.js";
import { writesTogether } from "../../src/kit/writes/writes-together.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly untied: boolean;
}

export default defineRule<Options>({
  name: "explicit-transactions",
  section: "data",
  clauses: ["DATA-1"],
  description: "Require a transaction around writes that belong together",
  presets: { recommended: "warn", strict: ["error", { untied: true }], legacy: "off" },
  messages: {
    several: "{{name}} writes with `{{first}}` and then with `{{second}}`{{tie}}, outside a transaction: when the second fails, the first stays. {{mend}}",
    beside: "{{name}} writes with `{{first}}` and then with `{{second}}`{{tie}}, of which one is in a transaction and the other is not: when the second fails, the first stays. Make both in that transaction.",
    loop: "`{{write}}` writes once for each element outside a transaction: when one fails, the ones before it stay. {{mend}}",
  },
  optionsSchema: {
    untied: { type: "boolean", description: "Report writes too which nothing in the code shows to be one change: two on one path that have nothing in common, and each row of a loop that stands for itself." },
  },
  defaultOptions: { untied: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const node of model.values.index(file).functions.keys()) {
          const finding = model.transactions.isOwner(file, node) ? checkFunction(model, file, node, options) : undefined;
          if (finding) yield finding;
        }
      }
    },
  },
});

/** Code that fills or brings up a database or an index of it, and is run again until it is done. */
const fillingFile = /(^|\/|[.-])(seeds?|seeders?|populat\w*|data-import|importers?|import-[\w-]+|backfill\w*|[\w-]+-backfill|indexers?|[a-z]+-migrations?|(db|database)-(reset|setup|init)|initiali[sz]ers?|fixtures?|test-\w+|dev-server)(\/|[.-])/i;
const fillingName = /^(onModuleInit|onApplicationBootstrap|connect(To)?(Db|DB|Database|Mongo\w*)|(seed|populate|init|initialize|initialise|ensure)([A-Z].*)?)$/;

/** How writes are held together in a store; hosted ones have no handle to pass. */
function mendOf({ operation: { family, package: name } }: Write): { readonly several: string; readonly loop: string } {
  if (family === "dynamodb") return { several: "Put both into one `TransactWriteCommand`.", loop: "Put them into a `TransactWriteCommand`." };
  if (family === "firestore") return { several: "Put both into one batch.", loop: "Put them into one batch." };
  if (name === "@cloudflare/workers-types") return { several: "Give both to one `batch`.", loop: "Give them all to one `batch`." };
  if (name === "@supabase/supabase-js") return { several: "Do both in one function of the database, and call that (`rpc`).", loop: "Give all rows to one statement, or do it in a function of the database (`rpc`)." };
  return { several: "Run both in one transaction and pass its handle.", loop: "Use one bulk statement, or run the loop in a transaction." };
}

function checkFunction(model: ProjectModel, file: string, node: FunctionNode, { untied }: Options): RuleFinding | undefined {
  if (fillingFile.test(file) || fillingName.test(node.name ?? "") || keepsAside(node.name ?? "")) return undefined;
  const writes = separateWrites(model, file, node);
  if (writes.length === 0 || endsElsewhere(model, file, node) || model.transactions.isCovered(file, node)) return undefined;
  const name = node.name === undefined ? "This function" : `\`${node.name}\``;
  const cause = node.name ?? `${node.span[0]}`;
  const looped = loopedWrite(model, file, node, writes.filter(({ unit, isOwnTransaction }) => unit === undefined && !isOwnTransaction), untied);
  if (looped) return findingAt(model, file, looped.node.span, "loop", { write: looped.text, mend: mendOf(looped).loop }, { cause });
  const pair = writesTogether(model, file, node, writes, untied);
  if (!pair) return undefined;
  const { first, second, tie } = pair;
  return findingAt(model, file, second.node.span, first.unit || second.unit ? "beside" : "several", { name, first: first.text, second: second.text, tie: tie === undefined ? "" : ` ${tie}`, mend: mendOf(second).several }, { cause, related: [relatedAt(model, file, first.node.span, "the first write")] });
}

/** Whether a function begins a transaction that it does not commit: what it then writes may be part of that. */
function endsElsewhere(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const begun = model.transactions.contentOf(file, node).operations.filter((operation) => model.transactions.isBegin(operation));
  return begun.length > 0 && !manualTransactions(model, file).some((transaction) => transaction.node === node);
}
