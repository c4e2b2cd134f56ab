import type { RuleFinding } from "../../src/base/finding.js";
import { findLibrary } from "../../src/catalogue/index.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { flowPlaces, isSeenToByRoute, keepsKeysInRoute } from "../../src/kit/request-flows.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RequestFlow } from "../../src/model/request-data.js";

export default defineRule({
  name: "validate-before-persist",
  section: "data",
  clauses: ["DATA-2", "SEC-1"],
  description: "Forbid writing request data whole, without a step that restricts its keys",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    whole: "`{{data}}` is what the client sent ({{source}}) with all its keys, and `{{call}}` writes all of it: a client can set fields that are not meant for it. Parse it with a schema that strips unknown keys and write the result, or name the fields.",
    kept: "`{{data}}` was checked by a schema that lets unknown keys through ({{source}}), and `{{call}}` writes all of it: a client can set fields that are not meant for it. Let the schema strip or refuse unknown keys, or name the fields.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) if (isBackendCode(model, file)) for (const operation of model.dataAccess.of(file)) yield* checkOperation(model, operation);
    },
  },
});

function* checkOperation(model: ProjectModel, operation: StoreOperation): Iterable<RuleFinding> {
  if (operation.fields.length > 0) return;
  for (const data of dataOf(operation)) {
    // `set("name", value)` writes one field.
    if (operation.data.length > 1 && isFieldName(model, operation)) continue;
    const flow = model.requestData.flows(operation.file, data).find((candidate) => isWhole(candidate) && (isLetThrough(candidate) ? keepsKeysInRoute(model, candidate) : !isSeenToByRoute(model, candidate, "stripped")));
    if (!flow) continue;
    const call = operation.node.kind === "template" ? "a statement" : receiverText(operation.node.callee);
    const written = receiverText(data);
    const keeps = isLetThrough(flow) || flow.steps.some(({ kind }) => kind === "parse");
    yield findingAt(model, operation.file, data.span, keeps ? "kept" : "whole", { data: written === "…" ? flow.source.text : written, source: flow.source.text, call }, { cause: `${operation.span[0]}`, related: flowPlaces(model, flow) });
    return;
  }
}

/** Whether a validator in front of the handler let it through: `c.req.valid("json")`. */
function isLetThrough({ steps: [first] }: RequestFlow): boolean {
  return first?.kind === "bound" && first.validated === true;
}

/** What an operation writes: its data, or the object that saves itself. What is only built is written by whatever saves it. */
function dataOf({ role, data, filter, node, family, write, package: name }: StoreOperation): readonly Expression[] {
  if (family === "redis" || family === "object" || family === "vector") return [];
  if (role === "build") return findLibrary(name)?.store?.unitOfWork ? data : [];
  if (role === "identifier") return data;
  if (role !== "write") return [];
  if (data.length > 0 || filter.length > 0 || write !== "save" || node.kind !== "call" || node.callee.kind !== "member") return data;
  return [node.callee.object];
}

function isFieldName(model: ProjectModel, { file, node }: StoreOperation): boolean {
  const [first] = node.kind === "template" ? [] : node.arguments;
  return first !== undefined && model.values.text(file, first) !== undefined;
}

/** Whether all keys that the client sent reach the place: none was named, picked or stripped on the way. */
function isWhole({ steps, path }: RequestFlow): boolean {
  if (path.some((key) => key === "length" || (key.endsWith("()") && !/^(json|parseBody|formData|entries|toObject|toJSON)\(\)$/.test(key)))) return false;
  return steps.every((step) => {
    switch (step.kind) {
      case "spread":
      case "element":
        return true;
      case "parse":
        return step.unknownKeys === "keep";
      case "omit":
        return true;
      case "bound":
        return step.validated === true;
      case "pick":
        return step.keys === undefined;
      // `{ $set: body }` and a key that the request chose.
      case "property":
        return step.key === "*" || step.key.startsWith("$set");
      default:
        return false;
    }
  });
}
