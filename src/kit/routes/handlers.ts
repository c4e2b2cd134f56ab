import { oncePer } from "../../base/once-per.js";
import { type StoreAccess, storeAccess } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode, Pattern, Statement } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler, Route, SchemaUse } from "../../model/routes/route.js";
import { nodesAt } from "../nodes-at.js";
import { callsIn, isLeftToOthers, type ReachedFunction, reachedFunctions } from "./reach.js";

/** A call of a store that a function reaches, directly or through project functions. */
export interface ReachedAccess {
  readonly file: string;
  readonly call: CallExpression;
  readonly role: string;
  readonly family: StoreAccess["family"];
  readonly bounded: boolean;
}

/** The store calls that a function reaches: in its body, in functions inside it, and in project functions it calls. */
export function reachedAccess(model: ProjectModel, file: string, node: FunctionNode): readonly ReachedAccess[] {
  return reachedFunctions(model, file, node).flatMap((reached) => accessIn(model, reached));
}

function accessIn(model: ProjectModel, reached: ReachedFunction): readonly ReachedAccess[] {
  const { file, node } = reached;
  return callsIn(node).flatMap((call) => {
    if (call.kind !== "call" || isLeftToOthers(model, reached, call)) return [];
    return model.values.of(file, call.callee).flatMap((callee) => {
      const access = callee.kind === "external" ? storeAccess(callee.provenance, "call") : undefined;
      return access ? [{ file, call, role: access.call.role, family: access.family, bounded: "bounded" in access.call && access.call.bounded === true }] : [];
    });
  });
}

/** The names that a piece of code mentions, but for some parts of it: fields, variables, keys. */
export function namesIn(statements: readonly (Statement | SyntaxNode)[], without?: ReadonlySet<SyntaxNode>): ReadonlySet<string> {
  const names = new Set<string>();
  walkAll(statements, (node) => {
    if (without?.has(node)) return false;
    for (const name of namesAt(node)) names.add(name);
    return undefined;
  });
  return names;
}

/** What one piece of code itself names. */
export function namesAt(node: SyntaxNode): readonly string[] {
  if (!("kind" in node)) return [];
  if (node.kind === "name" || node.kind === "binding") return [node.name];
  if (node.kind === "member") return [node.property];
  if (node.kind === "object") return node.members.flatMap((member) => (member.kind === "property" ? [member.key] : []));
  return node.kind === "object-pattern" ? node.properties.flatMap(({ key }) => key ?? []) : [];
}

/** The names that a handler, its parameters and the classes and schemas of its input mention. */
export function inputNames(model: ProjectModel, { handler, request }: Route, mentionedIn: (statements: readonly Statement[]) => ReadonlySet<string> = namesIn): ReadonlySet<string> {
  const names = new Set(mentionedIn(handler?.node.body ?? []));
  if (handler && readsRows(model, handler)) names.delete("rows");
  for (const parameter of handler?.node.parameters ?? []) {
    for (const name of namesIn([parameter.target])) names.add(name);
    for (const decorator of parameter.decorators ?? []) if (decorator.value.kind === "call") for (const argument of decorator.value.arguments) if (argument.kind === "literal") names.add(String(argument.value));
    for (const value of handler && parameter.type ? model.values.ofType(handler.file, parameter.type) : []) if (value.kind === "instance") for (const member of value.class.members) if (member.kind === "property") names.add(member.name);
  }
  for (const use of [request.query, request.body]) for (const name of schemaNames(model, use)) names.add(name);
  return names;
}

/** `const { rows } = await pool.query(text)`, `(await pool.query(text)).rows`: what a query gave is no input. */
function readsRows(model: ProjectModel, { file, node }: Handler): boolean {
  const isGiven = (value: Expression | undefined): boolean => value !== undefined && model.requestData.flows(file, value).length === 0;
  return someNode(node.body ?? [], (part) => {
    if (part.kind === "member") return part.property === "rows" && isGiven(part.object);
    return part.kind === "variable" && part.declarators.some(({ target, value }) => value?.kind === "await" && bindsName(target, "rows") && isGiven(value));
  });
}

/** The fields of the schema that describes a part of a request: of the schema itself, or of the one whose call is given the part. */
function schemaNames(model: ProjectModel, { kind, file, span }: SchemaUse): readonly string[] {
  if (kind !== "enforced" || file === undefined || !span || !model.has(file)) return [];
  const index = model.values.index(file);
  const candidates = nodesAt(model, file, span).flatMap((node): readonly Expression[] => {
    const parent = index.parentOf(node);
    const around = parent && "kind" in parent && parent.kind === "call" ? [...(parent.callee.kind === "member" ? [parent.callee.object] : []), ...parent.arguments] : [];
    return [node, ...(node.kind === "call" ? node.arguments : []), ...around];
  });
  return candidates.flatMap((candidate) => model.values.schemaFields(file, candidate)?.map(({ name }) => name) ?? []);
}

function bindsName(pattern: Pattern, name: string): boolean {
  if (pattern.kind === "binding") return pattern.name === name;
  if (pattern.kind === "array-pattern") return pattern.elements.some((element) => element !== null && bindsName(element.value, name));
  return pattern.kind === "object-pattern" && pattern.properties.some(({ value }) => bindsName(value, name));
}

/** The handlers of all routes, and the functions that they call. */
const runByRoutes = oncePer((model: ProjectModel): { readonly handlers: ReadonlySet<FunctionNode>; readonly reached: ReadonlySet<FunctionNode> } => {
  const handlers = model.routes.routes.flatMap(({ handler }) => handler ?? []);
  return { handlers: new Set(handlers.map(({ node }) => node)), reached: new Set(handlers.flatMap(({ file, node }) => reachedFunctions(model, file, node).map((one) => one.node))) };
});

/** Whether something runs in the handler of a route, or in what one calls. */
export function isRunByHandler(model: ProjectModel, file: string, node: Expression): boolean {
  const { handlers, reached } = runByRoutes(model);
  const around = model.values.index(file).functionAround(node);
  for (let context = around; context; context = context.parent) if (handlers.has(context.node)) return true;
  return around !== undefined && reached.has(around.node);
}
