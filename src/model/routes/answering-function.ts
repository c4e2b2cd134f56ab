import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { PatternStep } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";

interface Found {
  readonly file: string;
  readonly node: FunctionNode;
}

/** Wrappers around wrappers are unwrapped so far. */
const deepest = 4;

/** The function that answers a request, behind wrappers (`catchAsync(async (req, res) => …)`), bound methods and factories. */
export function answeringFunction(model: ProjectModel, file: string, node: Expression, depth = 0): Found | undefined {
  const made = callBehind(model, file, node);
  const wrapped = made && depth < deepest ? wrappedBy(model, made.file, made.call, depth) : undefined;
  if (wrapped) return wrapped;
  const own = functionOf(model, file, node);
  if (own) return own;
  // A wrapper of a package: the last function that it is given.
  for (const argument of made?.call.arguments.toReversed() ?? []) {
    const found = made && (argument.kind === "call" ? (depth < deepest ? answeringFunction(model, made.file, argument, depth + 1) : undefined) : functionOf(model, made.file, argument));
    if (found && !(made.call.arguments.length > 1 && onlyTakes(found.node))) return found;
  }
  return undefined;
}

/** `run(Service, (request) => ({ ...request.body, id: request.params.id }))`: it takes out of the request what something else works with. */
function onlyTakes({ parameters, body }: FunctionNode): boolean {
  const [only, ...others] = body ?? [];
  return parameters.length === 1 && others.length === 0 && only?.kind === "return" && only.value !== undefined && /^(member|object)$/.test(only.value.kind) && !someNode([only.value], ({ kind }) => kind === "call" || kind === "new" || kind === "await");
}

function functionOf(model: ProjectModel, file: string, node: Expression): Found | undefined {
  const value = model.values.of(file, node).find(({ kind }) => kind === "function");
  return value?.kind === "function" ? { file: value.file, node: value.node } : undefined;
}

/** The argument that a function of the project runs in what it returns, or the part of an argument: `route({ schema, handler })`. */
function wrappedBy(model: ProjectModel, file: string, call: CallExpression, depth: number): Found | undefined {
  for (const value of model.values.of(file, call.callee)) {
    if (value.kind !== "function") continue;
    const runs = runsInside(model, value.file, value.node);
    for (const { index, property } of [...runs].sort((left, right) => Number(answers.test(right.property ?? "")) - Number(answers.test(left.property ?? "")))) {
      const argument = call.arguments[index];
      const parts = argument && (property === undefined ? [{ file, node: argument }] : partsOf(model, file, argument, property));
      const found = parts?.map((part) => answeringFunction(model, part.file, part.node, depth + 1)).find((one) => one !== undefined);
      if (found) return found;
    }
  }
  return undefined;
}

/** What the part of an argument is called that answers, where others decide, map errors or note what happened. */
const answers = /^(handler?|handle|resolver|execute|run|action|controller)$/i;

function partsOf(model: ProjectModel, file: string, node: Expression, property: string): readonly { readonly file: string; readonly node: Expression }[] {
  return model.values.of(file, node).flatMap((value) => {
    const part = value.kind === "object" ? propertyOf(value.node, property) : undefined;
    return part && value.kind === "object" ? [{ file: value.file, node: part }] : [];
  });
}

/** A parameter that a function runs, or a property of it. */
interface Run {
  readonly index: number;
  readonly property: string | undefined;
}

/** What a function runs of its parameters: itself, or in a function of the project that it hands them to. */
function runsInside(model: ProjectModel, file: string, node: FunctionNode, depth = 0): readonly Run[] {
  const runs: Run[] = [];
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    const { callee } = part;
    const run = callee.kind === "member" ? parameterPart(model, file, node, callee.object, [{ kind: "property", key: callee.property }]) : parameterPart(model, file, node, callee, []);
    if (run && (run.property === undefined || answers.test(run.property) || givesAnswer(model, file, part))) runs.push(run);
    else if (run) return undefined;
    else if (depth < deepest) runs.push(...handedOn(model, file, node, part, depth));
    return undefined;
  });
  return runs;
}

/** Whether what a call gives is the answer, or it is given the response as well: `options.headers(request)` only helps to make one. */
function givesAnswer(model: ProjectModel, file: string, call: CallExpression): boolean {
  const { parentOf } = model.values.index(file);
  const parent = parentOf(call);
  const holder = parent && "kind" in parent && parent.kind === "await" ? parentOf(parent) : parent;
  return call.arguments.length > 1 || (holder !== undefined && "kind" in holder && (holder.kind === "return" || holder.kind === "variable" || holder.kind === "expression"));
}

/** `execute(handler, request)`, `execute({ handler, request })`: what another function runs of what it is handed. */
function handedOn(model: ProjectModel, file: string, node: FunctionNode, call: CallExpression, depth: number): readonly Run[] {
  const handed = call.arguments.flatMap((argument, index) => {
    const members = argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" ? [{ value: member.value, property: member.key }] : [])) : [{ value: argument, property: undefined }];
    return members.flatMap(({ value, property }) => {
      const run = parameterPart(model, file, node, value, []);
      return run ? [{ run, index, property }] : [];
    });
  });
  if (handed.length === 0) return [];
  const inner = model.values.of(file, call.callee).flatMap((value) => (value.kind === "function" && value.node !== node ? runsInside(model, value.file, value.node, depth + 1) : []));
  return handed.flatMap(({ run, index, property }) => (inner.some((one) => one.index === index && one.property === property) ? [run] : []));
}

/** The parameter of a function that a name stands for, with the one property that is taken from it: by a pattern, a variable or a member. */
function parameterPart(model: ProjectModel, file: string, node: FunctionNode, name: Expression, path: readonly PatternStep[]): Run | undefined {
  if (name.kind !== "name" || name.binding === undefined) return undefined;
  const source = model.values.index(file).sources[name.binding];
  if (source?.kind === "value" && source.value?.kind === "name") return parameterPart(model, file, node, source.value, [...source.path, ...path]);
  if (source?.kind !== "parameter" || source.function !== node) return undefined;
  const [first, ...rest] = [...source.path, ...path];
  if (rest.length > 0 || (first && first.kind !== "property")) return undefined;
  return { index: source.index, property: first?.key };
}

/** The call that made what an expression stands for: itself, or what its name or property was given. */
function callBehind(model: ProjectModel, file: string, node: Expression, depth = 0): { readonly file: string; readonly call: CallExpression } | undefined {
  if (depth > deepest) return undefined;
  if (node.kind === "call") return node.callee.kind === "member" && node.callee.property === "bind" ? callBehind(model, file, node.callee.object, depth + 1) : { file, call: node };
  if (node.kind === "cast") return callBehind(model, file, node.value, depth + 1);
  const declared = node.kind === "name" && node.binding !== undefined ? model.declarationOfBinding(file, node.binding) : node.kind === "member" ? memberDeclaration(model, file, node) : undefined;
  if (declared === undefined) return undefined;
  if ("expression" in declared) return callBehind(model, declared.file, declared.expression, depth + 1);
  if (declared.kind !== "binding") return undefined;
  const source = model.values.index(declared.file).sources[declared.binding];
  return source?.kind === "value" && source.value && source.path.length === 0 ? callBehind(model, declared.file, source.value, depth + 1) : undefined;
}

/** What a member of a namespace, object or instance was given. */
function memberDeclaration(model: ProjectModel, file: string, { object, property }: Extract<Expression, { kind: "member" }>): ReturnType<ProjectModel["declarationOfExport"]> | { readonly file: string; readonly expression: Expression } | undefined {
  for (const value of model.values.of(file, object)) {
    if (value.kind === "namespace") return model.declarationOfExport(value.file, property);
    const own = value.kind === "object" ? propertyOf(value.node, property) : value.kind === "instance" || value.kind === "class" ? fieldOf((value.kind === "class" ? value.node : value.class).members, property) : undefined;
    if (own && "file" in value) return { file: value.file, expression: own };
  }
  return undefined;
}

function fieldOf(members: readonly { readonly kind: string; readonly name?: string; readonly value?: Expression }[], name: string): Expression | undefined {
  return members.find((member) => member.kind === "property" && member.name === name)?.value;
}
