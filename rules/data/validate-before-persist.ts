import type { RuleFinding } from "../../src/base/finding.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { isCheckedKey } from "../../src/kit/input/checked-keys.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { flowPlaces, isSeenToByRoute, keepingPipeOf, keepsKeysInRoute } from "../../src/kit/input/request-flows.js";
import { refusesOtherKeys } from "../../src/kit/input/row-schemas.js";
import { defineRule } from "../../src/kit/rule.js";
import { keepsKeysAt } from "../../src/kit/input/schema-fields.js";
import { schemaOf } from "../../src/kit/input/schema-freedom.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { writtenData } from "../../src/kit/writes/written-data.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { OriginStep } from "../../src/model/origins/origin.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { RequestFlow } from "../../src/model/origins/request-data.js";

/** A pipe lacks one option: where more files than this write what it lets through, that is told once. */
const fewBehindPipe = 3;

interface Options {
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "validate-before-persist",
  section: "data",
  clauses: ["DATA-2", "SEC-1"],
  description: "Forbid writing request data whole, without a step that restricts its keys",
  presets: { recommended: "error", strict: ["error", { everyFile: true }], legacy: "error" },
  messages: {
    whole: "`{{data}}` is what the client sent ({{source}}) with all its keys, and `{{call}}` writes all of it: a client can set fields that are not meant for it. Parse it with a schema that strips unknown keys and write the result, or name the fields.",
    kept: "`{{data}}` was checked by a schema that lets unknown keys through ({{source}}), and `{{call}}` writes all of it: a client can set fields that are not meant for it. Let the schema strip or refuse unknown keys, or name the fields.",
    piped: "`{{data}}` is what the client sent ({{source}}) with all its keys, for the ValidationPipe in {{pipe}} keeps those that its class does not declare, and `{{call}}` writes all of it: a client can set fields that are not meant for it. Set `whitelist: true` on the pipe.",
    allWhole: "{{count}} files write what clients send with all its keys, here first `{{data}}` by `{{call}}`: a client can set fields that are not meant for it. Parse each with a schema that strips unknown keys and write the result, or name the fields; the others are {{others}}.",
    allKept: "{{count}} files write what schemas that let unknown keys through have checked, here first `{{data}}` by `{{call}}`: a client can set fields that are not meant for it. Let the schemas strip or refuse unknown keys, or name the fields; the others are {{others}}.",
    allPiped: "{{count}} files write what clients send with all its keys, here first `{{call}}`, for the ValidationPipe in {{pipe}} keeps those that no class declares: a client can set fields that are not meant for it. Set `whitelist: true` on the pipe.",
  },
  optionsSchema: { everyFile: { type: "boolean", description: "Report every write where more than ten files of a package write what clients send whole, or more than three what one `ValidationPipe` without `whitelist` lets through, and not the first alone." } },
  defaultOptions: { everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, { everyFile }) {
      for (const file of scope.files) yield* everyFile ? findingsIn(model, file) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file)));
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit): Habit {
  return {
    key: `validate-before-persist ${unit.folder}`,
    files: model.filesOf(unit),
    fewOf: (kind) => (kind === "piped" ? fewBehindPipe : undefined),
    findingsIn: (file) => findingsIn(model, file),
    kindOf: ({ messageId }) => messageId,
    sums: { whole: "allWhole", kept: "allKept", piped: "allPiped" },
  };
}

function* findingsIn(model: ProjectModel, file: string): Iterable<RuleFinding> {
  if (isBackendCode(model, file)) for (const operation of model.dataAccess.of(file)) yield* checkOperation(model, operation);
}

function* checkOperation(model: ProjectModel, operation: StoreOperation): Iterable<RuleFinding> {
  if (operation.fields.length > 0 || refusesOtherKeys(model, operation)) return;
  for (const data of writtenData(model, operation)) {
    const flow = model.requestData.flows(operation.file, data).find((candidate) => isWhole(model, candidate) && (isLetThrough(candidate) ? keepsKeysInRoute(model, candidate) : !isSeenToByRoute(model, candidate, "stripped")));
    if (!flow) continue;
    const call = operation.node.kind === "template" ? "a statement" : receiverText(operation.node.callee);
    const written = receiverText(data);
    const keeps = isLetThrough(flow) || flow.steps.some(({ kind }) => kind === "parse");
    const pipe = keeps ? undefined : keepingPipeOf(model, flow);
    // Branches that write one list each in its own way were given it in one way.
    const cause = data.kind === "name" && data.binding !== undefined ? `data ${data.binding}` : `${operation.span[0]}`;
    const told = { data: written === "…" ? flow.source.text : written, source: flow.source.text, call };
    const related = flowPlaces(model, flow);
    if (pipe) yield findingAt(model, operation.file, data.span, "piped", { ...told, pipe: pipe.file }, { cause, related: related.concat(relatedAt(model, pipe.file, pipe.node.span, "the pipe is made here")) });
    else yield findingAt(model, operation.file, data.span, keeps ? "kept" : "whole", told, { cause, related });
    return;
  }
}

/** Whether a validator in front of the handler let it through: `c.req.valid("json")`. */
function isLetThrough({ steps: [first] }: RequestFlow): boolean {
  return first?.kind === "bound" && first.validated === true;
}

/** Whether a schema lets any key through in the field that was taken of what it gave: `changes: z.record(z.string(), z.unknown())`. */
function keepsField(model: ProjectModel, { file, node }: Extract<OriginStep, { kind: "parse" }>, path: readonly string[]): boolean {
  if (path.length === 0) return false;
  const schema = node.callee.kind === "member" && node.callee.property === "input" ? node.arguments[0] : schemaOf(model, file, node);
  return schema !== undefined && keepsKeysAt(model, file, schema, path);
}

/** Whether all keys that the client sent reach the place: none was named, picked or stripped on the way. */
function isWhole(model: ProjectModel, { steps, path }: RequestFlow): boolean {
  if (path.some((key) => key === "length" || (key.endsWith("()") && !/^(json|parseBody|formData|entries|toObject|toJSON)\(\)$/.test(key)))) return false;
  return steps.every((step) => {
    switch (step.kind) {
      case "spread":
      case "element":
        return true;
      case "parse":
        return step.unknownKeys === "keep" || keepsField(model, step, path);
      case "omit":
        return true;
      case "bound":
        return step.validated === true;
      case "pick":
        return step.keys === undefined;
      // `{ $set: body }` and a key that the request chose.
      case "property":
        return (step.key === "*" && !(step.by && isCheckedKey(model, step.by.file, step.by.key))) || step.key.startsWith("$set");
      default:
        return false;
    }
  });
}
