import { wordTable } from "../../base/word-table.js";
import { within } from "../../base/position.js";
import { isFor } from "../../catalogue/index.js";
import { decoratorName } from "../../facts/names.js";
import type { ClassNode, Decorator, Expression, Parameter, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Description } from "./adapter.js";
import { checkOfParameter } from "./checks.js";
import { effectiveDecorators } from "./decorators.js";
import { requestReads } from "./reads.js";
import type { Handler, RequestPart, Route, SchemaUse, Step } from "./route.js";
import { everyPart, ofReads } from "./schemas.js";
import { typeText } from "./type-text.js";

const partOf: Readonly<Record<string, RequestPart>> = wordTable({ Body: "body", RawBody: "body", Query: "query", Param: "params", Headers: "headers" });
const scalars = /^(string|number|boolean|bigint)$/;
/** What the body of a class without members takes at most, with a comment in it. */
const emptyBody = 80;
/** Classes that extend each other are followed so far. */
const deepest = 4;

/** What Nest itself knows of a route. */
export function describeNest(model: ProjectModel, handler: Handler | undefined, steps: readonly Step[]): Description {
  if (!handler) return { request: everyPart(() => ({ kind: "unknown" })), response: { kind: "unknown" } };
  return { request: nestRequest(model, handler, steps), response: nestResponse(model, handler) };
}

/** How the parameters of a Nest handler are checked: by a pipe of their own, a pipe and their class, or in the handler. */
function nestRequest(model: ProjectModel, handler: Handler, steps: readonly Step[]): Route["request"] {
  const request: Record<RequestPart, SchemaUse> = { body: { kind: "absent" }, query: { kind: "absent" }, params: { kind: "absent" }, headers: { kind: "absent" } };
  const pipes = steps.filter((step) => step.role === "validation" || (step.role === "unknown" && /Pipe$/.test(step.name)));
  for (const [index, parameter] of handler.node.parameters.entries())
    for (const decorator of (parameter.decorators ?? []).flatMap((written) => behindOwn(model, handler.file, written))) {
      const name = decoratorName(decorator);
      const part = partOf[name];
      if (part) request[part] = worse(request[part], inHandler(model, handler, index, judge(model, handler.file, parameter, decorator, pipes)));
      if (name === "Req" || name === "Request") {
        const reads = requestReads(model, handler.file, handler.node, "nestjs", { parameter: index });
        for (const own of ["body", "query", "params"] as const) {
          const read = reads.filter((candidate) => candidate.part === own);
          if (read.length > 0) request[own] = worse(request[own], ofReads(handler, read));
        }
      }
    }
  return request;
}

/** What a decorator of the project stands for: `const UserId = () => Param("userId")`. */
function behindOwn(model: ProjectModel, file: string, written: Decorator): readonly Decorator[] {
  const name = decoratorName(written);
  if (partOf[name] || name === "Req" || name === "Request") return [written];
  return effectiveDecorators(model, file, [written]).flatMap(({ node, from }) => (from?.package === "@nestjs/common" && partOf[from.name] ? [{ ...written, value: node }] : []));
}

/** A parameter that no pipe checks may be checked in the handler, or in what it calls. */
function inHandler(model: ProjectModel, { file, node }: Handler, index: number, use: SchemaUse): SchemaUse {
  if (use.kind !== "none" && use.kind !== "type-only" && use.kind !== "declared") return use;
  const check = checkOfParameter(model, file, node, index);
  return check === "enforced" ? { ...use, kind: "enforced", by: "a check in the handler" } : use;
}

/** What Swagger or a serializer says of the response; a plain return type says nothing at run time. */
function nestResponse(model: ProjectModel, handler: Handler): SchemaUse {
  const owner = model.values.index(handler.file).functions.get(handler.node);
  const names = [...(owner?.member?.decorators ?? []), ...(owner?.class?.decorators ?? [])].map(decoratorName);
  if (names.some((name) => /^(SerializeOptions|ZodSerializerDto|ZodResponse|Serialize)$/.test(name))) return { kind: "enforced", by: "serializer" };
  if (names.some((name) => /^Api(Ok|Created|Accepted|Default)?Response$/.test(name))) return { kind: "declared", by: "documentation" };
  return handler.node.returns ? { kind: "type-only" } : { kind: "none" };
}

function judge(model: ProjectModel, file: string, parameter: Parameter, decorator: Decorator, pipes: readonly Step[]): SchemaUse {
  const args = decorator.value.kind === "call" ? decorator.value.arguments : [];
  const key = args[0] && args[0].kind !== "object" && !isPipe(model, file, args[0]) ? args[0] : undefined;
  const at = { file, span: parameter.span };
  const rest = args.slice(key === undefined ? 0 : 1);
  if (rest.some((argument) => isPipe(model, file, argument))) return { kind: "enforced", ...at, by: "a pipe of the parameter" };
  // Nest 12: `@Body({ schema })`, which a StandardSchemaValidationPipe runs.
  if (rest.some((argument) => argument.kind === "object")) return pipes.length > 0 ? { kind: "enforced", ...at, by: "its schema" } : { kind: "declared", ...at, by: "a `schema` option without a pipe" };
  const own = pipes.find((pipe) => pipe.name !== "ValidationPipe" && (pipe.origin === "route" || pipe.origin === "controller"));
  if (own) return { kind: own.role === "unknown" ? "unknown" : "enforced", ...at, by: own.name };
  const { type } = parameter;
  const by = key === undefined ? "whole" : "field";
  if (!type || (type.kind === "keyword" && scalars.test(type.name))) return { kind: "none", ...at, by };
  // What a type parameter of a base class stands for is said where that is extended.
  const isOpen = type.kind === "reference" && model.values.index(file).classes.some((owner) => owner.typeParameters?.includes(type.name) && within(parameter.span, owner.span));
  const checked = isOpen ? "unknown" : classOf(model, file, type);
  if (checked === "unknown") return { kind: "unknown", ...at };
  if (checked === undefined) return key === undefined ? { kind: "type-only", ...at, by: typeText(type) } : { kind: "none", ...at, by };
  if (checked.by === "unknown") return { kind: "unknown", ...at };
  if (checked.by === undefined) return { kind: "type-only", ...at, by: `${checked.name}, a class without validation decorators` };
  if (pipes.some((pipe) => pipe.role === "unknown")) return { kind: "unknown", ...at };
  if (pipes.length === 0) return { kind: "declared", ...at, by: `${checked.name}, which no pipe checks` };
  // The pipe of class-validator finds nothing to check in a class that was made of another library's schema.
  if (checked.by === "schema" && pipes.every((pipe) => pipe.name === "ValidationPipe" && pipe.origin !== "handler")) return { kind: "declared", ...at, by: `${checked.name}, which ValidationPipe knows nothing of` };
  return { kind: "enforced", ...at, by: checked.name };
}

/** Whether an argument of a parameter's decorator is a pipe, by its name or by what its class does: `@Payload(new ParseWith(Order))`. */
export function isPipe(model: ProjectModel, file: string, node: Expression): boolean {
  const name = node.kind === "new" || node.kind === "call" ? node.callee : node;
  if (name.kind !== "name") return false;
  return /(Pipe|Schema|Validator)$/i.test(name.name) || model.values.of(file, name).some((value) => value.kind === "class" && value.node.members.some((member) => member.kind === "method" && member.name === "transform"));
}

/** A class by its name, and what describes its properties: decorators, a schema that it was made of, or nothing. */
interface Described {
  readonly name: string;
  readonly by: "decorators" | "schema" | "unknown" | undefined;
}

/** The class that `emitDecoratorMetadata` names for a type: none for interfaces, unions, arrays, mapped and inline types. */
export function classOf(model: ProjectModel, file: string, type: TypeNode): Described | "unknown" | undefined {
  if (type.kind !== "reference" || type.binding === undefined) return undefined;
  const declaration = model.declarationOfBinding(file, type.binding);
  if (declaration.kind === "package" || declaration.kind === "unresolved") return "unknown";
  const [value] = model.values.ofType(file, type);
  if (value?.kind === "instance") return { name: type.name, by: describedBy(model, value.file, value.class, 0) };
  return value?.kind === "external" ? "unknown" : undefined;
}

/** What describes the properties of a class, its own or those of classes it extends or is composed of. */
function describedBy(model: ProjectModel, file: string, node: ClassNode, depth: number): Described["by"] {
  if (node.members.some((member) => "decorators" in member && member.decorators?.some(({ value }) => validates(model, file, value)))) return "decorators";
  // Members under computed names are not among the facts.
  if (node.members.length === 0 && !node.extends && node.span[1] - (node.nameSpan?.[1] ?? node.span[0]) > emptyBody) return "unknown";
  return node.extends && depth <= deepest ? describedByBase(model, file, node.extends.value, depth) : undefined;
}

function describedByBase(model: ProjectModel, file: string, base: Expression, depth: number): Described["by"] {
  if (base.kind === "call") {
    const callee = model.values.of(file, base.callee);
    const composed = callee.some((value) => value.kind === "external" && /^@nestjs\/(swagger|mapped-types|graphql)$/.test(value.provenance.package));
    // `PartialType(CreateUser)` has what its argument has; `createZodDto(schema)` and mixins of the project are taken at their word.
    if (composed) return base.arguments.map((argument) => describedByBase(model, file, argument, depth + 1)).find((by) => by !== undefined);
    return callee.some((value) => value.kind === "external" && value.provenance.package === "nestjs-zod") ? "schema" : "decorators";
  }
  return model.values.of(file, base).map((value) => (value.kind === "class" ? describedBy(model, value.file, value.node, depth + 1) : value.kind === "external" ? ("decorators" as const) : undefined)).find((by) => by !== undefined);
}

/** Whether a decorator may check something: those of documentation, conversion and data access do not. */
function validates(model: ProjectModel, file: string, value: Expression): boolean {
  const known = model.values.of(file, value.kind === "call" ? value.callee : value);
  const [first] = known;
  if (first?.kind !== "external") return true;
  const { package: name } = first.provenance;
  return name !== "class-transformer" && !isFor(name, "", "api-docs", "data-access", "graphql");
}

/** Several parameters of one part: the least checked one counts. */
export function worse(left: SchemaUse, right: SchemaUse): SchemaUse {
  const order = ["absent", "enforced", "unknown", "declared", "type-only", "none"];
  return order.indexOf(right.kind) > order.indexOf(left.kind) ? right : left;
}
