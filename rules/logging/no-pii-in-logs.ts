import { listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { CallExpression, NewExpression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import type { Exposure } from "../../src/kit/exposure.js";
import { loggedExposures, type SharedLog, sharedLogs } from "../../src/kit/logged-exposures.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isOfSharedSource, type SharedSource, sharedSources } from "../../src/kit/shared-sources.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

/** How many of the calls a finding names. */
const mostRelated = 10;
const mostFields = 4;

interface Options {
  readonly report: "causes" | "calls";
}

export default defineRule<Options>({
  name: "no-pii-in-logs",
  section: "logging",
  clauses: ["LOG-4"],
  description: "Forbid personal data, credentials and tokens in log calls",
  presets: { recommended: "error", strict: ["error", { report: "calls" }], legacy: "error" },
  messages: {
    exposed: "`{{field}}` ({{category}}) is written to the log, where it stays for everyone who can read logs. Log an id instead, or mask it before.",
    source: "{{count}} log calls write what is made here: {{fields}}. There it stays for everyone who can read logs. Log an id instead, or mask it here.",
    shared: "This writes to the log what {{count}} calls hand to this function, personal data among it: {{fields}}. There it stays for everyone who can read logs. Log an id or a count here instead, or mask it before.",
  },
  optionsSchema: { report: { enum: ["causes", "calls"], description: "Whether what many calls log is one finding, where a function logs or makes it, or each of the calls." } },
  defaultOptions: { report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, { report }) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        const exposed = loggedExposures(model, file);
        const shared = report === "causes" ? sharedLogs(model, file, exposed) : undefined;
        for (const [node, log] of shared ?? []) if (log.file === file) yield ofShared(model, node, log);
        for (const source of report === "causes" ? sharedSources(model, file).values() : []) yield ofSource(model, file, source);
        const reported = new Set<number>();
        for (const { logged, exposure } of exposed) {
          const { through } = logged;
          if (report === "causes" && isOfSharedSource(model, exposure)) continue;
          if (shared?.has(logged.node) || (through && shared?.has(through.node)) || reported.has(exposure.span[0])) continue;
          reported.add(exposure.span[0]);
          const related = through && [relatedAt(model, through.file, through.node.span, "it is written to the log here")];
          yield findingAt(model, file, exposure.span, "exposed", { field: exposure.field, category: categoryOf(exposure) }, { cause: causeOf(logged.node, exposure), ...(related && { related }) });
        }
      }
    },
  },
});

/** Calls that log one object which was put together before have one cause. */
function causeOf({ span }: CallExpression | NewExpression, { made, field }: Exposure): string {
  return made ? `${made.file} ${made.span[0]}` : `${span[0]} ${field}`;
}

/** One finding for what many calls log: it is mended where it is made. */
function ofSource(model: ProjectModel, file: string, { span, calls }: SharedSource): RuleFinding {
  const related = calls.slice(0, mostRelated).map((call) => relatedAt(model, call.file, call.exposure.span, "it is written to the log here"));
  return findingAt(model, file, span, "source", { count: String(calls.length), fields: fieldsOf(calls) }, { cause: "source", related });
}

/** `email` (contact), `user.ip` (location), … */
function fieldsOf(calls: readonly { readonly exposure: Exposure }[]): string {
  return listed([...new Set(calls.map(({ exposure }) => `\`${exposure.field}\` (${categoryOf(exposure)})`))], mostFields);
}

function categoryOf({ category }: Exposure): string {
  return category.replaceAll("-", " ");
}

/** One finding for a function that logs what many calls hand it: it is mended there, not at each of them. */
function ofShared(model: ProjectModel, node: CallExpression | NewExpression, { file, calls }: SharedLog): RuleFinding {
  const related = calls.slice(0, mostRelated).map((call) => relatedAt(model, call.file, call.exposure.span, `\`${call.exposure.field}\` is handed over here`));
  return findingAt(model, file, node.span, "shared", { count: String(calls.length), fields: fieldsOf(calls) }, { cause: "shared", related });
}
