import { within } from "../../base/position.js";
import { isNothing, lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Route } from "../../model/routes/route.js";
import { declaredArgument } from "../input/graphql-arguments.js";
import { routesNaming } from "../input/named-controllers.js";
import { isOwnJob } from "../input/produced-messages.js";
import { nodesAt } from "../nodes-at.js";
import { type Bound, bounded, type LimitSource, present, unknown, worst } from "./row-bounds.js";
import { clamps, classBounds, schemaBounds } from "./schema-maxima.js";
import { isValidated, schemaBehind } from "./schemas-behind.js";
import { boundsSize, isCheckedAgainst } from "./size-checks.js";

const deepest = 10;
const conversions = /^(Number|parseInt|parseFloat|String|toString|trim|floor|ceil|round|abs|max|from)$/;

/** Packages that check requests against an OpenAPI document, and whose routes are not known. */
const documented = ["express-openapi", "openapi-backend", "exegesis-express", "exegesis-koa", "swagger-tools", "swagger-express-middleware", "fastify-openapi-glue", "openapi-enforcer-middleware"];

/** How a limit is followed: how far, and into which call of a function, whose parameters are then what that call passes. */
interface Way {
  readonly depth: number;
  readonly into?: { readonly node: FunctionNode; readonly file: string; readonly call: CallExpression };
}

function deeper({ depth, into }: Way): Way {
  return { depth: depth + 1, ...(into && { into }) };
}

/** What bounds the value of a limit: a constant, a clamp, a schema with a maximum, or nothing. */
export function boundOf(model: ProjectModel, file: string, node: Expression, way: Way = { depth: 0 }): Bound {
  if (way.depth > deepest) return unknown;
  const inner = (part: Expression): Bound => boundOf(model, file, part, deeper(way));
  switch (node.kind) {
    case "literal":
      return bounded;
    case "cast":
    case "await":
      return inner(node.value);
    case "unary":
      return node.operator === "+" ? inner(node.value) : bounded;
    case "binary":
      // `options && options.limit`
      if (node.operator === "&&") return inner(node.right);
      if (node.operator === "??" || node.operator === "||") return isNothing(node.right) ? inner(node.left) : present(inner(node.left));
      return node.operator === "+" || node.operator === "*" ? worst([inner(node.left), inner(node.right)]) : unknown;
    case "template": {
      // `execute(text, [`${limit}`])`
      const [value, ...others] = node.values;
      return value && others.length === 0 && node.tag === undefined && node.texts.join("") === "" ? inner(value) : unknown;
    }
    case "conditional":
      // `limit ? limit : 20` has looked whether it is there.
      return boundsSize(node.test) ? bounded : present(worst([inner(node.then), inner(node.else)]));
    case "call":
      return ofCall(model, file, node, inner);
    case "name":
      return ofName(model, file, node, way);
    case "member":
      return ofMember(model, file, node, way);
    default:
      return unknown;
  }
}

function ofCall(model: ProjectModel, file: string, node: Extract<Expression, { kind: "call" }>, inner: (part: Expression) => Bound): Bound {
  const name = lastName(node.callee);
  if (clamps.test(name)) return bounded;
  if (conversions.test(name)) {
    const argument = node.arguments.find((candidate) => candidate.kind !== "literal") ?? (node.callee.kind === "member" ? node.callee.object : undefined);
    return argument ? present(inner(argument)) : bounded;
  }
  const given = ofFunction(model, file, node, inner);
  if (given) return given;
  const flow = model.requestData.of(file, node);
  return flow ? ofRequest(model, file, node, flow) : unknown;
}

/** What a function of the project makes of what it is given: `parseLimit(query.limit)`, which throws for more than it allows, and has a number where nothing was asked for. */
function ofFunction(model: ProjectModel, file: string, call: CallExpression, inner: (part: Expression) => Bound): Bound | undefined {
  for (const { file: at, node } of model.transactions.callees(file, call)) {
    const returned = model.values.returned(node);
    const position = returned.flatMap((value) => {
      const source = value.kind === "name" && value.binding !== undefined ? model.values.index(at).sources[value.binding] : undefined;
      return source?.kind === "parameter" && source.function === node && source.path.length === 0 ? [{ value, index: source.index }] : [];
    })[0];
    const argument = position && call.arguments[position.index];
    if (!argument || !returned.every((value) => value.kind === "literal" || value.kind === "name")) continue;
    if (position.value.kind === "name" && isCheckedAgainst(model, at, position.value)) return unknown;
    return returned.some(({ kind }) => kind === "literal") ? present(inner(argument)) : inner(argument);
  }
  return undefined;
}

function ofName(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" }>, way: Way): Bound {
  if (node.binding === undefined || isCheckedAgainst(model, file, node)) return unknown;
  const declaration = model.declarationOfBinding(file, node.binding);
  if (declaration.kind !== "binding") return unknown;
  if (declaration.file !== file) return model.values.of(file, node).every((value) => value.kind === "constant") ? bounded : unknown;
  const source = model.values.index(file).sources[declaration.binding];
  if (!source) return unknown;
  const key = lastKey(source, node.name);
  // `limit = Math.min(limit ?? 20, most)`
  if (model.requestData.assignedTo(file, node.binding).some((value) => value.kind === "call" && clamps.test(lastName(value.callee)))) return unknown;
  if (source.kind === "value" && source.value) {
    const own = source.path.length === 0 ? boundOf(model, file, source.value, deeper(way)) : withDefault(source, ofPart(model, file, source.value, key, node, way));
    // `if (!limit) limit = 20`
    return own.kind === "optional" && model.requestData.assignedTo(file, node.binding).length > 0 ? unknown : own;
  }
  if (source.kind !== "parameter") return unknown;
  if (source.type && source.path.length > 0) {
    const typed = ofType(model, file, source, key, way);
    if (typed) return withDefault(source, typed);
  }
  const flow = model.requestData.of(file, node);
  if (flow?.through.some((hop) => isValidated(model, hop.file, hop.argument))) return unknown;
  if (flow?.through.some((hop) => boundOf(model, hop.file, hop.argument, deeper(way)).kind === "bounded")) {
    // One caller caps what it hands on, and another does not.
    const all = withDefault(source, ofCallers(model, file, source, key, way));
    return all.kind === "unbounded" ? all : unknown;
  }
  if (flow) return withDefault(source, ofRequest(model, file, node, flow, key));
  return withDefault(source, ofInput(model, file, node, key) ?? ofCallers(model, file, source, key, way));
}

function ofMember(model: ProjectModel, file: string, node: Extract<Expression, { kind: "member" }>, way: Way): Bound {
  // As many rows as there are keys: `where id in ids limit ids.length`.
  if (node.property === "length" && !isNamedByType(model, file, node.object, "length")) return bounded;
  const isInput = model.values.of(file, node.object).some((value) => value.kind === "instance");
  // What a default stands in for is not known by it.
  const returned = ofReturned(model, file, node.object, node.property, way);
  if (!isInput && !returned && !isOfParameter(model, file, node.object) && model.values.of(file, node).some((value) => value.kind === "constant")) return bounded;
  if (isCheckedAgainst(model, file, node)) return unknown;
  return ofPart(model, file, node.object, node.property, node, way);
}

/** Whether the type that a parameter has beside it names a key: `options?: { offset?: number; length?: number }`. */
function isNamedByType(model: ProjectModel, file: string, holder: Expression, key: string): boolean {
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 && source.type?.kind === "object" && source.type.members.some(({ name }) => name === key);
}

/** `class PageOptions { page: number; limit: number }` */
function isNamesAlone({ members, extends: base }: ClassNode): boolean {
  return base === undefined && members.every((member) => member.kind === "property" && !member.decorators?.length && member.value === undefined);
}

/** `page(options = { size: 10 })`: callers may hand over others. */
function isOfParameter(model: ProjectModel, file: string, holder: Expression): boolean {
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 && source.default !== undefined;
}

/** A key of a value: of what a schema gave, of a typed parameter, or of the request. */
function ofPart(model: ProjectModel, file: string, holder: Expression, key: string, whole: Expression, way: Way): Bound {
  // A function that hands its parameter to itself is its own caller.
  if (way.depth > deepest) return unknown;
  // `const { limit } = options ?? {}`
  if (holder.kind === "binary" && /^(\|\||\?\?)$/.test(holder.operator) && holder.right.kind === "object" && holder.right.members.length === 0) return ofPart(model, file, holder.left, key, whole, way);
  const schema = schemaBehind(model, file, holder);
  if (!schema && isValidated(model, file, holder)) return unknown;
  if (schema) return schemaBounds(model, schema.file, schema.node, key) ?? unknown;
  for (const value of model.values.of(file, holder)) {
    if (value.kind !== "instance") continue;
    const own = filledIn(model, file, key, classBounds(model, value.file, value.class, key)) ?? ofField(model, value.file, value.class, key, way);
    // A class that only names the fields of an object says what an interface does.
    if (own || !isNamesAlone(value.class)) return own ?? unknown;
  }
  const given = ofCallInto(model, file, holder, key, way) ?? ofWrittenOut(model, file, holder, key, way);
  if (given) return given;
  const flow = model.requestData.of(file, whole) ?? (holder.kind === "name" || holder.kind === "member" || holder.kind === "call" ? ofWhole(model, file, holder) : undefined);
  if (flow?.through.some((hop) => isValidated(model, hop.file, hop.argument))) return unknown;
  if (flow) return ofRequest(model, file, whole, flow, key);
  const input = ofInput(model, file, holder, key) ?? ofValidator(model, file, whole, key) ?? ofReturned(model, file, holder, key, way);
  if (input) return input;
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 ? ofCallers(model, file, source, key, way) : unknown;
}

/** Request data that an object is, as opposed to those under its other keys. */
function ofWhole(model: ProjectModel, file: string, holder: Expression): RequestFlow | undefined {
  return model.requestData.flows(file, holder).find(({ steps }) => !steps.some(({ kind }) => kind === "parse" || kind === "bound" || kind === "call" || kind === "property"));
}

/** A key of what the call passes whose function is looked into: `limit` of `options` for `pageOf(options)`, whatever other callers pass. */
function ofCallInto(model: ProjectModel, file: string, holder: Expression, key: string, { depth, into }: Way): Bound | undefined {
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  const argument = into && source?.kind === "parameter" && source.function === into.node && source.path.length === 0 ? into.call.arguments[source.index] : undefined;
  return into && argument && argument.kind !== "object" ? ofPart(model, into.file, argument, key, argument, { depth: depth + 1 }) : undefined;
}

/** What all callers write out under a key of a parameter: `page({ account, limit })`, also in a function that makes what they hand over. */
function ofWrittenOut(model: ProjectModel, file: string, holder: Expression, key: string, way: Way): Bound | undefined {
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0) return undefined;
  const sites = sitesOf(model, file, source);
  return sites.length > 0 && sites.every(({ file: at, call }) => writesOut(model, at, call.arguments[source.index], key, way)) ? ofCallers(model, file, source, key, way) : undefined;
}

function writesOut(model: ProjectModel, file: string, node: Expression | undefined, key: string, way: Way): boolean {
  if (node === undefined) return false;
  const written = writtenObject(model, file, node);
  return written ? propertyOf(written, key) !== undefined : ofReturned(model, file, node, key, way) !== undefined;
}

/** An object that is written out, also under a name that nothing else is given to or put into: `const options = { page, limit }; list(options)`. */
function writtenObject(model: ProjectModel, file: string, node: Expression): ObjectExpression | undefined {
  if (node.kind === "object") return node;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (node.kind !== "name" || node.binding === undefined || source?.kind !== "value" || source.path.length > 0 || source.value?.kind !== "object") return undefined;
  return model.requestData.assignedTo(file, node.binding).length + model.requestData.putInto(file, node.binding).length === 0 ? source.value : undefined;
}

/** What is put under a key of the object behind a name: `options.limit = Math.min(options.limit, 100)`, `options["limit"] = 20`. */
export function putUnder(model: ProjectModel, file: string, node: Expression, isKey: (key: string) => boolean): readonly Expression[] {
  if (node.kind !== "name" || node.binding === undefined) return [];
  return model.values.index(file).partAssignments.flatMap(({ target, value }) => {
    if (target.kind !== "member" && target.kind !== "index") return [];
    const key = target.kind === "member" ? target.property : target.index.kind === "literal" ? String(target.index.value) : "";
    return isKey(key) && target.object.kind === "name" && target.object.binding === node.binding ? [value] : [];
  });
}

/** The calls of a function of the project that a parameter is of. */
export function sitesOf(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>): ReturnType<typeof model.values.callSites.of> {
  const context = model.values.index(file).functions.get(source.function);
  const named = [...model.values.callSites.of(file, source.function), ...(context?.class ? model.values.callSites.ofMethod(file, source.function) : [])];
  // `export const posts = { page: (input) => … }`
  return named.length > 0 ? named : model.transactions.callersOf(source.function);
}

/** What callers of a project function pass: an object with the key, or the value itself. */
function ofCallers(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>, key: string, way: Way): Bound {
  const passed = sitesOf(model, file, source).slice(0, 8).flatMap(({ file: at, call }) => {
    const given = call.arguments[source.index];
    if (!given) return [];
    const put = putUnder(model, at, given, (other) => other === key);
    if (put.length > 0) return put.map((value) => boundOf(model, at, value, deeper(way)));
    const argument = writtenObject(model, at, given) ?? given;
    if (argument.kind !== "object") return [source.path.length === 0 && source.type?.kind === "keyword" ? boundOf(model, at, argument, deeper(way)) : source.path.length === 0 ? bareOrPart(model, at, argument, key, way) : ofPart(model, at, argument, key, argument, deeper(way))];
    const member = argument.members.find((candidate) => candidate.kind === "property" && candidate.key === key);
    return member?.kind === "property" ? [boundOf(model, at, member.value, deeper(way))] : [];
  });
  return worst(passed);
}

/** What the schema of a procedure says of a key: `t.procedure.input(schema).query(({ input }) => …)`. */
function ofInput(model: ProjectModel, file: string, holder: Expression, key: string): Bound | undefined {
  for (const { part, steps } of model.requestData.flows(file, holder)) {
    const parse = part === "input" ? steps.findLast((step) => step.kind === "parse") : undefined;
    const [schema] = parse?.kind === "parse" ? parse.node.arguments : [];
    if (parse?.kind === "parse" && schema) return schemaBounds(model, parse.file, schema, key) ?? unknown;
  }
  return undefined;
}

/** What a validator in front of the handler let through: `c.req.valid("query").limit`, and `valid("json")`. */
function ofValidator(model: ProjectModel, file: string, whole: Expression, key: string): Bound | undefined {
  const flow = model.requestData.flows(file, whole).find(({ part, steps, reader }) => (part === "query" || part === "body") && steps[0]?.kind === "bound" && steps.length === 1 && model.routes.routes.some(({ handler }) => handler?.node === reader));
  return flow && ofRequest(model, file, whole, flow, key);
}

/** A key of what a function of the project gives back: `const { limit } = pageOf(req)`. */
function ofReturned(model: ProjectModel, file: string, holder: Expression, key: string, way: Way): Bound | undefined {
  if (holder.kind === "await" || holder.kind === "cast") return ofReturned(model, file, holder.value, key, way);
  if (holder.kind === "name" && holder.binding !== undefined) {
    const source = model.values.index(file).sources[holder.binding];
    return source?.kind === "value" && source.value && source.path.length === 0 && way.depth < deepest ? ofReturned(model, file, source.value, key, deeper(way)) : undefined;
  }
  if (holder.kind !== "call") return undefined;
  const found = model.transactions.callees(file, holder).flatMap(({ file: at, node }) => model.values.returned(node).flatMap((value) => (value.kind === "object" ? value.members : []).flatMap((member) => (member.kind === "property" && member.key === key ? [boundOf(model, at, member.value, { depth: way.depth + 1, into: { node, file, call: holder } })] : []))));
  return found.length > 0 ? worst(found) : undefined;
}

function bareOrPart(model: ProjectModel, file: string, argument: Expression, key: string, way: Way): Bound {
  const returned = ofReturned(model, file, argument, key, way);
  if (returned) return returned;
  const direct = boundOf(model, file, argument, deeper(way));
  return direct.kind === "unknown" ? ofPart(model, file, argument, key, argument, deeper(way)) : direct;
}

/** The request sets it: bounded if the schema of its part names a maximum. */
function ofRequest(model: ProjectModel, file: string, node: Expression, flow: RequestFlow, key = flow.source.text.split(".").at(-1) ?? ""): Bound {
  const source = readOf(flow, key);
  // The project itself says how much its jobs read.
  if (isOwnJob(model, flow)) return unknown;
  if (isOnlyConverted(model, flow)) return { kind: "unbounded", source };
  const reader = model.values.index(source.file).functionAround(node)?.node ?? undefined;
  // A function that the handler calls may read for it: `conditionsOf(request)`.
  const callers = flow.reader ? model.transactions.callersOf(flow.reader).map(({ file: at, call }) => model.values.index(at).functionAround(call)?.node) : [];
  const own = model.routes.routes.filter((route) => route.handler && (route.handler.node === reader || callers.includes(route.handler.node) || (route.handler.file === source.file && within(source.span, route.handler.node.span))));
  const routes = own.length > 0 ? own : routesNaming(model, source.file, flow.reader);
  if (routes.length > 0 && routes.every((route) => isCutBefore(model, route, key))) return bounded;
  for (const { request } of routes) {
    const described = flow.part === "body" ? request.body : request.query;
    if (described.kind === "unknown") return unknown;
    if (described.kind !== "enforced") continue;
    const { file: schemaFile, span } = described;
    const found = schemaFile !== undefined && span !== undefined ? nodesAt(model, schemaFile, span)[0] : undefined;
    return (found && schemaFile !== undefined ? schemaBounds(model, schemaFile, found, key) : undefined) ?? ofDeclaredClass(model, flow, key) ?? unknown;
  }
  // `@Args() page: PageArgs` of a resolver, which has no route.
  const declared = routes.length === 0 ? ofDeclaredClass(model, flow, key) : undefined;
  if (declared?.kind === "bounded") return bounded;
  // What the document of an OpenAPI framework says of its parameters stands elsewhere.
  if (routes.length === 0 && documented.some((name) => model.packageOf(source.file).dependencies.has(name))) return unknown;
  // Resolvers that share the declaration of an argument share the cause.
  const argument = declaredArgument(model, flow, key);
  return { kind: "unbounded", source: argument ? { file: argument.file, span: argument.node.span, text: source.text } : source };
}

/** Whether a step in front of the handler cuts what that reads: `req.query.limit = Math.min(Number(req.query.limit), most)`. */
function isCutBefore(model: ProjectModel, { steps }: Route, key: string): boolean {
  return steps.some(({ file, span }) => {
    const step = nodesAt(model, file, span)[0];
    const functions = step?.kind === "call" ? model.transactions.callees(file, step) : step ? model.values.of(file, step).flatMap((value) => (value.kind === "function" ? [value] : [])) : [];
    return functions.some(({ file: at, node }) => model.values.index(at).partAssignments.some(({ target, value, span: own }) => within(own, node.span) && target.kind === "member" && target.property === key && boundOf(model, at, value).kind !== "unbounded"));
  });
}

/** What the class says that a parameter of the handler is declared as: `@Query() page: PageDto`, `@Query() { size }: PageDto`. */
function ofDeclaredClass(model: ProjectModel, { reader, path, source: { file, text } }: RequestFlow, named: string): Bound | undefined {
  const [first] = text.split(".");
  const parameter = reader?.parameters.find(({ target }) => (target.kind === "binding" ? target.name === first : target.kind === "object-pattern" && target.properties.some(({ value }) => value.kind === "binding" && value.name === first)));
  const key = path.at(-1) ?? text.split(".")[1] ?? named;
  for (const value of parameter?.type ? model.values.ofType(file, parameter.type) : []) if (value.kind === "instance") return filledIn(model, file, key, classBounds(model, value.file, value.class, key));
  return undefined;
}

/** What sets the limit, with the field that was taken of it: `req.query.limit` of `const { limit } = req.query`. */
function readOf({ source, path }: RequestFlow, key: string): LimitSource {
  const field = path.at(-1) ?? key;
  return !/^\w+$/.test(field) || source.text.endsWith(field) ? source : { ...source, text: `${source.text}.${field}` };
}

/** `@Query("limit", new DefaultValuePipe(10), ParseIntPipe) limit`: pipes that make a number of it and cap nothing. */
function isOnlyConverted(model: ProjectModel, { source, reader }: RequestFlow): boolean {
  const parameter = reader?.parameters.find(({ target }) => target.kind === "binding" && target.name === source.text);
  const [field, ...pipes] = (parameter && model.requestData.decoratorOf(source.file, parameter)?.arguments) ?? [];
  return field?.kind === "literal" && pipes.length > 0 && pipes.every((pipe) => /^(DefaultValuePipe|Parse(Int|Float)Pipe)$/.test(pipeName(pipe)));
}

function pipeName(node: Expression): string {
  const callee = node.kind === "new" ? node.callee : node;
  return callee.kind === "name" ? callee.name : "";
}

/** What a class itself puts into one of its fields: `this.take = Number(query.limit)`, `take = 20`, `get skip() { … }`. */
function ofField(model: ProjectModel, file: string, node: ClassNode, key: string, way: Way): Bound | undefined {
  if (way.depth > deepest) return undefined;
  const assigned = model.values.index(file).memberAssignments.filter(({ object, property, value }) => property === key && object.kind === "this" && within(value.span, node.span)).map(({ value }) => value);
  const own = node.members.flatMap((member) => {
    if (member.kind === "static-block" || member.name !== key || member.static) return [];
    if (member.kind === "method") return member.function.form === "getter" ? model.values.returned(member.function) : [];
    return member.value && assigned.length === 0 ? [member.value] : [];
  });
  const given = [...assigned, ...own];
  // `constructor(readonly limit: number) {}`
  const constructor = node.members.find((member) => member.kind === "method" && member.name === "constructor");
  const declared = model.values.index(file).sources.find((source) => source?.kind === "parameter" && constructor?.kind === "method" && source.function === constructor.function && source.path.length === 0 && isDeclaredBy(source, key));
  if (given.length === 0 && declared?.kind === "parameter") return ofCallers(model, file, declared, key, deeper(way));
  return given.length > 0 ? worst(given.map((value) => boundOf(model, file, value, deeper(way)))) : undefined;
}

/** Whether a parameter of a constructor is the field of that name as well. */
function isDeclaredBy({ function: { parameters }, index }: Extract<BindingSource, { kind: "parameter" }>, key: string): boolean {
  const parameter = parameters[index];
  return parameter?.property !== undefined && parameter.target.kind === "binding" && parameter.target.name === key;
}

function ofType(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>, key: string, way: Way): Bound | undefined {
  for (const value of source.type ? model.values.ofType(file, source.type) : []) if (value.kind === "instance") return filledIn(model, value.file, key, classBounds(model, value.file, value.class, key)) ?? ofField(model, value.file, value.class, key, way);
  return undefined;
}

/** `query.take ??= 20`, and in the class itself `this.take = take ?? 20`: what may be missing is filled in. */
function filledIn(model: ProjectModel, file: string, key: string, bound: Bound | undefined): Bound | undefined {
  return bound?.kind === "optional" && model.values.index(file).partAssignments.some(({ target }) => target.kind === "member" && target.property === key) ? unknown : bound;
}

/** A default stands in for a missing value and bounds nothing; without one the limit may be missing. */
function withDefault(source: BindingSource, bound: Bound): Bound {
  return "default" in source && source.default ? present(bound) : bound;
}

function lastKey(source: BindingSource, name: string): string {
  const step = "path" in source ? source.path.at(-1) : undefined;
  return step?.kind === "property" ? step.key : name;
}
