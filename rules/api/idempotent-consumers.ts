import { capabilitiesOf } from "../../src/catalogue/index.js";
import { entriesIn, entryName } from "../../src/kit/entries.js";
import { namesIn } from "../../src/kit/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { callsIn, operationsIn, reachedFunctions, type ReachedFunction } from "../../src/kit/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { routeCause, routeName, routesIn } from "../../src/kit/routes.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { Span } from "../../src/base/position.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Handler } from "../../src/model/routes/route.js";

interface Options {
  readonly keys: readonly string[];
}

export default defineRule<Options>({
  name: "idempotent-consumers",
  section: "api",
  clauses: ["API-4"],
  description: "Require consumers and webhooks to recognise what they have handled before",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: { twice: "{{entry}} is delivered at least once, and `{{call}}` makes something new each time: a retry makes it twice. Look the message's id up first, write with an upsert or a unique key, or hand an idempotency key on." },
  optionsSchema: { keys: { type: "array", items: { type: "string" }, description: "More names of fields, tables or functions that tell whether a message was handled before." } },
  defaultOptions: { keys: [] },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const entry of entriesIn(model, scope)) {
        if (entry.kind !== "message" || !entry.handler) continue;
        const made = madeTwice(model, entry.handler, options);
        if (made) yield findingAt(model, entry.file, entry.span, "twice", { entry: entryName(entry), call: made.call }, { cause: entryName(entry), related: [relatedAt(model, made.file, made.span, "made here")] });
      }
      for (const route of routesIn(model, scope)) {
        if (route.method !== "POST" || !route.handler || !/(^|\/|-)webhooks?(\/|-|$)/i.test(route.path)) continue;
        const made = madeTwice(model, route.handler, options);
        if (made) yield findingAt(model, route.file, route.span, "twice", { entry: routeName(route), call: made.call }, { cause: routeCause(model, route), related: [relatedAt(model, made.file, made.span, "made here")] });
      }
    },
  },
});

/** What a handler makes anew whenever it runs; undefined if something on the way tells repetitions apart. */
function madeTwice(model: ProjectModel, { file, node }: Handler, { keys }: Options): { readonly call: string; readonly file: string; readonly span: Span } | undefined {
  const functions = reachedFunctions(model, file, node);
  if (functions.some((reached) => recognises(reached, keys))) return undefined;
  for (const reached of functions) {
    const operations = operationsIn(model, reached);
    // Whoever reads first may find what was made before.
    if (operations.some(({ role }) => role === "read" || role === "list")) return undefined;
    const insert = operations.find((operation) => operation.role === "write" && operation.write === "insert" && !operation.methods.some((method) => /conflict|ignore|upsert|merge/i.test(method)));
    if (insert) return { call: insert.node.kind === "template" ? "a statement" : receiverText(insert.node.callee), file: reached.file, span: insert.span };
    const charge = callsIn(reached.node).find((call) => /(^|\.)(charges|paymentIntents|refunds|transfers|payouts|orders|payments)\.(create|capture)$/.test(receiverText(call.callee)) && call.arguments.length < 2 && model.values.of(reached.file, call.callee).some((value) => value.kind === "external" && capabilitiesOf(value.provenance.package).includes("payment")));
    if (charge) return { call: receiverText(charge.callee), file: reached.file, span: charge.span };
  }
  return undefined;
}

function recognises({ node }: ReachedFunction, keys: readonly string[]): boolean {
  return [...namesIn([node])].some((name) => keys.includes(name) || /idempot|dedup|processed|already|skipDuplicates|onConflict|messageId$|eventId$|deliveryId$|upsert/i.test(name));
}
