import { within } from "../../base/position.js";
import { type ArgumentPath, describe } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { FunctionReference } from "../../model/calls/implementations.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { schemaOf } from "./schema-freedom.js";
import { keptIn } from "../writes/transactions.js";

/** Whether a check in the function that reads the data, or in one that they are handed to on the way, takes unknown keys off what it looks at, or refuses data that have any. */
export function isStrippedInPlace(model: ProjectModel, flow: RequestFlow): boolean {
  return isStrippedIn(model, flow, flow.source.file, flow.reader) || flow.through.some(({ file, argument }) => {
    const call = model.values.index(file).parentOf(argument);
    return call !== undefined && "kind" in call && call.kind === "call" && model.transactions.callees(file, call).some((callee) => isStrippedIn(model, flow, callee.file, callee.node));
  });
}

function isStrippedIn(model: ProjectModel, { source, steps }: RequestFlow, file: string, place: FunctionNode | undefined): boolean {
  return model.values.index(file).calls.some(({ node, in: context }) => {
    // A parse on the way decides for itself.
    if (steps.some((step) => step.kind === "parse" && step.node === node)) return false;
    if (context?.node !== place || node.kind !== "call" || !node.arguments.some((argument) => model.requestData.flows(file, argument).some((flow) => flow.whole && flow.source.text === source.text))) return false;
    return model.values.of(file, node.callee).some((callee) => {
      const validation = callee.kind === "external" ? describe(callee.provenance)?.validation : undefined;
      if (callee.kind !== "external" || !validation) return false;
      const isOn = (at: string, [option]: readonly Expression[]): boolean => option !== undefined && !model.values.of(at, option).some((value) => value.kind === "constant" && value.value === false);
      // `new Ajv({ removeAdditional: true })`
      if (callee.provenance.package === "ajv") return refusesUnknownKeys(model, file, node.callee) || (callee.site !== undefined && isOn(callee.site.file, model.values.argumentsAt(callee.site.file, callee.site.node, ["0.removeAdditional"])));
      // `validate(user, { whitelist: true })`
      if (callee.provenance.package === "class-validator") return isOn(file, model.values.argumentsAt(file, node, ["1.whitelist"]));
      const schema = schemaOf(model, file, node);
      return (/^(throws|rejects)$/.test(validation.failure) || (validation.failure === "result" && leavesByResult(model, file, node))) && schema !== undefined && model.requestData.unknownKeys(file, schema) === "reject";
    });
  });
}

/** `const { error } = schema.validate(body); if (error) return …` */
function leavesByResult(model: ProjectModel, file: string, call: Expression): boolean {
  const { parentOf, functionAround } = model.values.index(file);
  const given = keptIn(parentOf, call)?.bindings ?? [];
  return someNode(functionAround(call)?.node.body ?? [], (part) => part.kind === "if" && /^(return|throw)$/.test(part.then.at(-1)?.kind ?? "") && someNode([part.test], (asked) => asked.kind === "name" && asked.binding !== undefined && given.includes(asked.binding)));
}

/** Whether a function of the project that is given the data puts them to a schema that it is given as well, and which cannot be read: `validate(schemaOf("user"), req.body)`. */
export function isCheckedByUnknown(model: ProjectModel, { source: { file, text }, reader }: RequestFlow): boolean {
  return model.values.index(file).calls.some(({ node, in: context }) => {
    if (context?.node !== reader || node.kind !== "call" || node.arguments.length < 2) return false;
    if (!node.arguments.some((argument) => model.requestData.flows(file, argument).some((flow) => flow.whole && flow.source.text === text))) return false;
    return model.transactions.callees(file, node).some((callee) => {
      const schema = compiledParameter(model, callee);
      const given = schema === undefined ? undefined : node.arguments[schema];
      return given !== undefined && !model.values.of(file, given).some(({ kind }) => kind === "object");
    });
  });
}

/** Whether the handler asks a function of the project for a key that nobody knows: `const extra = findExtraKey(body); if (extra) return refused;` */
export function isCheckedByKeys(model: ProjectModel, { source: { file }, reader }: RequestFlow): boolean {
  return model.values.index(file).calls.some(({ node, in: context }) =>
    context?.node === reader && node.kind === "call" && node.arguments.some((argument) => argument.kind === "name" && model.requestData.flows(file, argument).length > 0) && model.transactions.callees(file, node).some((callee) => looksForKeys(callee.node)));
}

/** `Object.keys(body).find((key) => !known.has(key))` */
function looksForKeys({ body }: FunctionReference["node"]): boolean {
  return someNode(body ?? [], (part) => {
    if (part.kind !== "call" || part.callee.kind !== "member" || !/^(find|some|filter|every)$/.test(part.callee.property)) return false;
    const list = part.callee.object;
    return list.kind === "call" && /^(keys|ownKeys)$/.test(lastName(list.callee)) && someNode(part.arguments, (test) => test.kind === "call" && /^(has|includes)$/.test(lastName(test.callee)));
  });
}

/** The parameter of a function that ajv makes a validator of: `ajv.compile(schema)`, `ajv.validate(schema, data)`. */
function compiledParameter(model: ProjectModel, { file, node }: FunctionReference): number | undefined {
  const { calls, sources } = model.values.index(file);
  for (const { node: call, in: context } of calls) {
    const [schema] = call.arguments;
    const source = context?.node === node && schema?.kind === "name" && schema.binding !== undefined ? sources[schema.binding] : undefined;
    if (source?.kind !== "parameter" || source.function !== node || call.callee.kind !== "member" || !/^(compile|compileAsync|validate)$/.test(call.callee.property)) continue;
    if (model.values.of(file, call.callee).some((value) => value.kind === "external" && value.provenance.package.startsWith("ajv"))) return source.index;
  }
  return undefined;
}

/** `ajv.compile({ …, additionalProperties: false })`, behind the name of what it gave. */
function refusesUnknownKeys(model: ProjectModel, file: string, validator: Expression): boolean {
  if (validator.kind !== "name" || validator.binding === undefined) return false;
  const declaration = model.declarationOfBinding(file, validator.binding);
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  const [schema] = source?.kind === "value" && source.value?.kind === "call" ? source.value.arguments : [];
  const [object] = schema ? model.values.of(declaration.file, schema) : [];
  return object?.kind === "object" && propertyOf(object.node, "properties") !== undefined && !keepsUnknownKeys(model, object.file, object.node);
}

/** Whether middleware of the project checks a part of the request against a schema that lets other keys pass, and leaves what came in its place: nothing assigns the result. */
export function leavesAsItCame(model: ProjectModel, file: string, step: Expression, part: string): boolean {
  const isLoose = (at: string, schema: Expression): boolean => /^(strip|keep)$/.test(model.requestData.unknownKeys(at, schema) ?? "");
  const functions = step.kind === "call" ? model.transactions.callees(file, step) : model.values.of(file, step).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node }] : []));
  if (functions.length === 0 || !((step.kind === "call" && step.arguments.some((argument) => isLoose(file, argument))) || functions.some((one) => allowsUnknown(model, one)))) return false;
  return functions.every(({ node }) => !someNode(node.body ?? [], (inner) => {
    if (inner.kind === "assign") return inner.target.kind === "index" || (inner.target.kind === "member" && inner.target.property === part);
    return inner.kind === "call" && inner.callee.kind === "member" && /^(assign|defineProperty|defineProperties|merge|set)$/.test(inner.callee.property);
  }));
}

/** `schema.validate(req.body, { allowUnknown: true })`, whatever the schema says by itself. */
function allowsUnknown(model: ProjectModel, { file, node }: FunctionReference): boolean {
  const isOn = (call: CallExpression, options: readonly ArgumentPath[]): boolean => model.values.argumentsAt(file, call, options).some((option) => model.values.of(file, option).some((value) => value.kind === "constant" && value.value === true));
  return model.values.index(file).calls.some(({ node: call }) => call.kind === "call" && within(call.span, node.span) && /^(validate(Async|Sync)?|attempt|assert)$/.test(lastName(call.callee)) && isOn(call, ["1.allowUnknown", "2.allowUnknown"]) && !isOn(call, ["1.stripUnknown", "2.stripUnknown"]));
}

/** Whether a JSON schema lets keys through that it does not name. */
export function keepsUnknownKeys(model: ProjectModel, file: string, node: Expression): boolean {
  const objects = node.kind === "object" ? [node] : model.values.of(file, node).flatMap((value) => (value.kind === "object" ? [value.node] : []));
  return objects.some((object) => {
    const value = (key: string): Expression | undefined => object.members.flatMap((member) => (member.kind === "property" && member.key === key ? [member.value] : []))[0];
    const additional = value("additionalProperties");
    return value("properties") !== undefined && value("$ref") === undefined && !(additional?.kind === "literal" && additional.value === false);
  });
}
