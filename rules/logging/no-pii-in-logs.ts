import { listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { CallExpression, NewExpression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import type { Exposure } from "../../src/kit/exposure.js";
import { loggedExposures, type SharedLog, sharedLogs } from "../../src/kit/logged-exposures.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
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
    shared: "This writes to the log what {{count}} calls hand to this function, personal data among it: {{fields}}. There it stays for everyone who can read logs. Log an id or a count here instead, or mask it before.",
  },
  optionsSchema: { report: { enum: ["causes", "calls"], description: "Whether a function that logs what many calls hand it is one finding, where it logs, or each of the calls." } },
  defaultOptions: { report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, { report }) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        const exposed = loggedExposures(model, file);
        const shared = report === "causes" ? sharedLogs(model, file, exposed) : undefined;
        for (const [node, log] of shared ?? []) if (log.file === file) yield ofShared(model, node, log);
        for (const { logged, exposure } of exposed) {
          const { through } = logged;
          if (through && shared?.has(through.node)) continue;
          const related = through && [relatedAt(model, through.file, through.node.span, "it is written to the log here")];
          yield findingAt(model, file, exposure.span, "exposed", { field: exposure.field, category: categoryOf(exposure) }, { cause: `${logged.node.span[0]} ${exposure.field}`, ...(related && { related }) });
        }
      }
    },
  },
});

function categoryOf({ category }: Exposure): string {
  return category.replaceAll("-", " ");
}

/** One finding for a function that logs what many calls hand it: it is mended there, not at each of them. */
function ofShared(model: ProjectModel, node: CallExpression | NewExpression, { file, calls }: SharedLog): RuleFinding {
  const fields = [...new Set(calls.map(({ exposure }) => `\`${exposure.field}\` (${categoryOf(exposure)})`))];
  const related = calls.slice(0, mostRelated).map((call) => relatedAt(model, call.file, call.exposure.span, `\`${call.exposure.field}\` is handed over here`));
  return findingAt(model, file, node.span, "shared", { count: String(calls.length), fields: listed(fields, mostFields) }, { cause: "shared", related });
}
