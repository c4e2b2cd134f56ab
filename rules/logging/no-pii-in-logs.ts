import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { logWrites, type LogWrite } from "../../src/kit/log-calls.js";
import { type Exposure, exposures } from "../../src/kit/personal-exposure.js";
import { findingAt } from "../../src/kit/project-finding.js";
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
        for (const write of logWrites(model, file))
          for (const exposure of exposed(model, file, write)) {
            const data = { field: exposure.field, category: exposure.category.replaceAll("-", " ") };
            yield findingAt(model, file, exposure.span, "exposed", data, { cause: `${write.node.span[0]} ${exposure.field}` });
          }
      }
    },
  },
});

function exposed(model: ProjectModel, file: string, write: LogWrite): readonly Exposure[] {
  const redaction = redactionOf(model, write.logger);
  const seen = new Set<number>();
  return write.node.arguments
    .flatMap((argument) => exposures(model, file, argument, isFields(argument) ? [] : undefined))
    .filter((exposure) => !(exposure.path && covers(redaction, exposure.path)))
    .filter(({ span }) => {
      const isFirst = !seen.has(span[0]);
      seen.add(span[0]);
      return isFirst;
    });
}

/** Redaction works on the object of fields, never on messages. */
function isFields(argument: Expression): boolean {
  return argument.kind === "object" || argument.kind === "name" || argument.kind === "member";
}
