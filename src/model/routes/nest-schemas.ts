import type { Decorator, Expression, Parameter, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Description } from "./adapter.js";
import { everyPart } from "./schemas.js";
import type { Handler, RequestPart, Route, SchemaUse, Step } from "./route.js";

const partOf: Readonly<Record<string, RequestPart>> = { Body: "body", RawBody: "body", Query: "query", Param: "params", Headers: "headers" };
const scalars = /^(string|number|boolean|bigint)$/;

/** What Nest itself knows of a route. */
export function describeNest(model: ProjectModel, handler: Handler | undefined, steps: readonly Step[]): Description {
  if (!handler) return { request: everyPart(() => ({ kind: "unknown" })), response: { kind: "unknown" } };
  return { request: nestRequest(model, handler, steps), response: nestResponse(model, handler) };
}

/** How the parameters of a Nest handler are checked: by a pipe of their own, or by a global, class or method pipe and their class. */
function nestRequest(model: ProjectModel, handler: Handler, steps: readonly Step[]): Route["request"] {
  const request: Record<RequestPart, SchemaUse> = { body: { kind: "absent" }, query: { kind: "absent" }, params: { kind: "absent" }, headers: { kind: "absent" } };
  const pipe = steps.some((step) => step.role === "validation");
  for (const parameter of handler.node.parameters)
    for (const decorator of parameter.decorators ?? []) {
      const part = partOf[decoratorName(decorator)];
      if (part) request[part] = worse(request[part], judge(model, handler.file, parameter, decorator, pipe));
    }
  return request;
}

/** What Swagger or a serializer says of the response; a plain return type says nothing at run time. */
function nestResponse(model: ProjectModel, handler: Handler): SchemaUse {
  const owner = model.values.index(handler.file).functions.get(handler.node);
  const names = [...(owner?.member?.decorators ?? []), ...(owner?.class?.decorators ?? [])].map(decoratorName);
  if (names.some((name) => /^(SerializeOptions|ZodSerializerDto|ZodResponse|Serialize)$/.test(name))) return { kind: "enforced", by: "serializer" };
  if (names.some((name) => /^Api(Ok|Created|Accepted|Default)?Response$/.test(name))) return { kind: "declared", by: "documentation" };
  return handler.node.returns ? { kind: "type-only" } : { kind: "none" };
}

function judge(model: ProjectModel, file: string, parameter: Parameter, decorator: Decorator, pipe: boolean): SchemaUse {
  const args = decorator.value.kind === "call" ? decorator.value.arguments : [];
  const key = args[0]?.kind === "literal" ? String(args[0].value) : undefined;
  const at = { file, span: parameter.span };
  // `@Param("id", ParseUUIDPipe)` and `@Body({ schema })`
  if (args.slice(key === undefined ? 0 : 1).some((argument) => isPipe(argument))) return { kind: "enforced", ...at, by: "a pipe of the parameter" };
  if (key !== undefined) return { kind: "none", ...at, by: "field" };
  if (!parameter.type) return { kind: "none", ...at, by: "whole" };
  const checked = classOf(model, file, parameter.type);
  if (checked === "unknown") return { kind: "unknown", ...at };
  if (checked === undefined) return { kind: parameter.type.kind === "keyword" && scalars.test(parameter.type.name) ? "none" : "type-only", ...at, by: "whole" };
  if (!checked.decorated) return { kind: "type-only", ...at, by: `${checked.name}, a class without validation decorators` };
  return pipe ? { kind: "enforced", ...at, by: checked.name } : { kind: "declared", ...at, by: `${checked.name}, which no pipe checks` };
}

function isPipe(node: Expression): boolean {
  const name = node.kind === "new" || node.kind === "call" ? node.callee : node;
  return (name.kind === "name" && /(Pipe|Schema|Validator)$/i.test(name.name)) || node.kind === "object";
}

/** The class that `emitDecoratorMetadata` names for a type: none for interfaces, unions, arrays, mapped and inline types. */
function classOf(model: ProjectModel, file: string, type: TypeNode): { readonly name: string; readonly decorated: boolean } | "unknown" | undefined {
  if (type.kind !== "reference") return undefined;
  if (type.binding === undefined) return undefined;
  const declaration = model.declarationOfBinding(file, type.binding);
  if (declaration.kind === "package" || declaration.kind === "unresolved") return "unknown";
  const [value] = model.values.ofType(file, type);
  if (value?.kind === "instance") return { name: type.name, decorated: isDecorated(model, value.file, value.class, 0) };
  return value?.kind === "external" ? "unknown" : undefined;
}

/** Whether a class or one that it extends carries decorators on its members; schema classes (`createZodDto`) count. */
function isDecorated(model: ProjectModel, file: string, node: { readonly members: readonly { readonly kind: string; readonly decorators?: readonly Decorator[] }[]; readonly extends?: { readonly value: Expression } }, depth: number): boolean {
  if (node.members.some((member) => (member.decorators?.length ?? 0) > 0)) return true;
  const base = node.extends?.value;
  if (!base || depth > 4) return false;
  if (base.kind === "call") return true;
  return model.values.of(file, base).some((value) => (value.kind === "class" ? isDecorated(model, value.file, value.node, depth + 1) : value.kind === "external"));
}

/** Several parameters of one part: the least checked one counts. */
function worse(left: SchemaUse, right: SchemaUse): SchemaUse {
  const order = ["absent", "enforced", "unknown", "declared", "type-only", "none"];
  return order.indexOf(right.kind) > order.indexOf(left.kind) ? right : left;
}

function decoratorName({ value }: Decorator): string {
  const callee = value.kind === "call" ? value.callee : value;
  return callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : "";
}
