import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { type LoggedData, loggedData } from "../../src/kit/logged-data.js";
import { type Exposure, exposures } from "../../src/kit/personal-exposure.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { covers, redactionOf } from "../../src/kit/redaction.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

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
        const reported = new Set<number>();
        for (const logged of loggedData(model, file))
          for (const exposure of exposed(model, file, logged)) {
            if (reported.has(exposure.span[0])) continue;
            reported.add(exposure.span[0]);
            const data = { field: exposure.field, category: exposure.category.replaceAll("-", " ") };
            const { through } = logged;
            yield findingAt(model, file, exposure.span, "exposed", data, { cause: `${logged.node.span[0]} ${exposure.field}`, ...(through && { related: [relatedAt(model, through.file, through.node.span, "it is written to the log here")] }) });
          }
      }
    },
  },
});

function exposed(model: ProjectModel, file: string, { arguments: given, logger, below }: LoggedData): readonly Exposure[] {
  const redaction = redactionOf(model, logger);
  return given
    .flatMap((argument) => exposures(model, file, argument, isFields(argument) ? [] : undefined))
    .filter(({ path }) => !(path && covers(redaction, [...below, ...path])));
}

/** Redaction works on the object of fields, never on messages. */
function isFields(argument: Expression): boolean {
  return argument.kind === "object" || argument.kind === "name" || argument.kind === "member";
}
