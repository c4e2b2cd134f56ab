import type { RuleFinding } from "../../src/base/finding.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { flowPlaces, isChecked } from "../../src/kit/request-flows.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "validate-before-persist",
  section: "data",
  clauses: ["DATA-2", "SEC-1"],
  description: "Forbid writing request data whole, without a step that restricts its keys",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    whole: "`{{data}}` is the request's {{part}} as the client sent it ({{source}}), and `{{call}}` writes all of it: a client can set fields that are not meant for it. Parse it with a schema that strips unknown keys and write the result, or name the fields.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const operation of model.dataAccess.of(file)) {
          if ((operation.role !== "write" && operation.role !== "build") || operation.fields.length > 0) continue;
          for (const data of operation.data) yield* checkData(model, operation, data);
        }
      }
    },
  },
});

function* checkData(model: ProjectModel, operation: StoreOperation, data: Expression): Iterable<RuleFinding> {
  for (const part of wholeParts(data)) {
    const flow = model.requestData.of(operation.file, part);
    if (!flow?.whole || (flow.part !== "body" && flow.part !== "query" && flow.part !== "params") || isChecked(model, flow)) continue;
    const call = operation.node.kind === "template" ? "a statement" : receiverText(operation.node.callee);
    yield findingAt(model, operation.file, part.span, "whole", { data: receiverText(part), part: flow.part, source: flow.source.text, call }, { cause: `${operation.span[0]}`, related: flowPlaces(model, flow) });
    return;
  }
}

/** What is written with all its keys: the value itself, or what is spread into it. Named keys choose what is written. */
function wholeParts(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "object":
      return node.members.flatMap((member) => (member.kind === "spread" ? wholeParts(member.value) : []));
    case "array":
      return node.elements.flatMap(wholeParts);
    case "cast":
    case "await":
    case "spread":
      return wholeParts(node.value);
    case "call":
      return node.callee.kind === "member" && node.callee.property === "assign" ? node.arguments.flatMap(wholeParts) : [];
    default:
      return [node];
  }
}
