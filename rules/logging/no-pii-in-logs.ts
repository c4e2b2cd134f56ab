import { isBackendCode } from "../../src/kit/backend-files.js";
import { loggedExposures } from "../../src/kit/logged-exposures.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";

export default defineRule({
  name: "no-pii-in-logs",
  section: "logging",
  clauses: ["LOG-4"],
  description: "Forbid personal data, credentials and tokens in log calls",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    exposed: "`{{field}}` ({{category}}) is written to the log, where it stays for everyone who can read logs. Log an id instead, or mask it before.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const { logged, exposure } of loggedExposures(model, file)) {
          const { through } = logged;
          const data = { field: exposure.field, category: exposure.category.replaceAll("-", " ") };
          const related = through && [relatedAt(model, through.file, through.node.span, "it is written to the log here")];
          yield findingAt(model, file, exposure.span, "exposed", data, { cause: `${logged.node.span[0]} ${exposure.field}`, ...(related && { related }) });
        }
      }
    },
  },
});
