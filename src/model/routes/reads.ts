import { wordTable } from "../../base/word-table.js";
import { describe } from "../../catalogue/index.js";
import type { Span } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Pattern, TypeNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { usesIn } from "../values/uses.js";
import { checkOf } from "./checks.js";
import { givesSchema } from "./given-schemas.js";
import { bindingsOf, type Check } from "./verdicts.js";
import { eventRead } from "./event-reads.js";
import { takesFilesAlone } from "./form-files.js";
import { isForwarded } from "./forwarded-bodies.js";
import type { RequestPart } from "./route.js";
import { typeText } from "./type-text.js";

/** A place where a function reads a part of the request. */
export interface RequestRead {
  readonly part: RequestPart;
  readonly span: Span;
  /** One named field of it; absent where the whole part is taken. */
  readonly field?: string;
  /** A number, boolean or id was made of it where it was read. */
  readonly converted?: true;
  /** What becomes of it: a check that stops bad data, or one whose verdict nothing reads. */
  readonly check: Check;
  /** The type that it is given without being checked against it. */
  readonly type?: string;
}

const direct: Readonly<Record<string, RequestPart>> = wordTable({ body: "body", rawBody: "body", query: "query", querystring: "query", params: "params" });
/** The parts of an event of API Gateway. */
const ofEvent: Readonly<Record<string, RequestPart>> = wordTable({ body: "body", queryStringParameters: "query", multiValueQueryStringParameters: "query", pathParameters: "params" });
/** The payload of hapi's request. */
const ofHapi: Readonly<Record<string, RequestPart>> = wordTable({ payload: "body", query: "query", params: "params" });
/** Methods of Hono's request. */
const honoMethods: Readonly<Record<string, RequestPart>> = wordTable({ json: "body", parseBody: "body", formData: "body", text: "body", query: "query", queries: "query", param: "params" });
/** Methods of a `Request` of the web that give its body. */
const webBodies = new Set(["json", "formData", "text", "blob", "arrayBuffer", "bytes"]);
/** How Express orders the type arguments of a request. */
const requestTypes: readonly (RequestPart | undefined)[] = ["params", undefined, "body", "query"];
const fastifyTypes: Readonly<Record<string, RequestPart>> = wordTable({ Body: "body", Querystring: "query", Params: "params" });
const conversions = /^(Number|parseInt|parseFloat|BigInt|Boolean|Date|ObjectId|ObjectID)$/;
/** What stands on the context of an event of H3; what functions read of it is told apart. */
const ofContext: Readonly<Record<string, RequestPart>> = wordTable({ params: "params" });
const isEventOfH3 = (framework: string): boolean => framework === "h3" || framework === "nitro";
const partsOf = (framework: string): Readonly<Record<string, RequestPart>> => (framework === "lambda" ? ofEvent : framework === "hapi" ? ofHapi : isEventOfH3(framework) ? ofContext : direct);
/** Calls between functions that are given the request. */
const deepest = 2;

interface Reading {
  /** The parameter that is given the request. */
  readonly parameter?: number;
  readonly depth?: number;
  /** The function is a step before the handler: what it is handed to run is no part of its own. */
  readonly ofStep?: boolean;
  /** The parameter is given the request itself, and not the context that holds it: `readBody(c.req)`. */
  readonly isRequest?: boolean;
}

/** The reads of body, query and params in a function that is given the request, in source order. */
export function requestReads(model: ProjectModel, file: string, node: FunctionNode, framework: string, { parameter = 0, depth = 0, ofStep = false, isRequest = false }: Reading = {}): readonly RequestRead[] {
  const target = node.parameters[parameter]?.target;
  const reads: RequestRead[] = [];
  const carriers = new Set<number>();
  if (target?.kind === "binding") carriers.add(target.binding);
  else if (target?.kind === "object-pattern" && framework !== "hono") reads.push(...readsOfCarrierPattern(model, file, target, carriers, framework, false));
  if (carriers.size > 0) {
    const types = typesOf(node.parameters[parameter]?.type);
    walkAll(node.body ?? [], (part) => {
      if (!("kind" in part)) return undefined;
      if (part.kind === "variable") {
        // `const { body, params } = req;`, `const { request } = ctx;` and `const request = ctx.request;`
        for (const { target: pattern, value } of part.declarators) {
          if (!value || !holdsRequest(value, carriers)) continue;
          if (pattern.kind === "object-pattern") reads.push(...readsOfCarrierPattern(model, file, pattern, carriers, framework, value.kind === "member"));
          else if (pattern.kind === "binding") carriers.add(pattern.binding);
        }
      }
      if (part.kind === "call" || part.kind === "new") reads.push(...readsInCall(model, file, part, carriers, framework, { depth, ofStep, isRequest }));
      reads.push(...readsAt(model, file, part, carriers, framework, isRequest).map((read) => (types.has(read.part) && read.type === undefined ? { ...read, type: types.get(read.part) ?? "" } : read)));
      return undefined;
    });
  }
  if (framework === "next" && parameter === 0) reads.push(...contextReads(model, file, node));
  return reads.sort((left, right) => left.span[0] - right.span[0]);
}

/** What a route handler of Next.js takes from its second parameter: `{ params }` and `context.params`, which are awaited since 15. */
function contextReads(model: ProjectModel, file: string, { parameters, body }: FunctionNode): readonly RequestRead[] {
  const target = parameters[1]?.target;
  if (target?.kind !== "binding" && target?.kind !== "object-pattern") return [];
  const taken = target.kind === "object-pattern" ? target.properties.find(({ key }) => key === "params")?.value : undefined;
  if (taken?.kind === "object-pattern") return readsOfPattern(model, file, "params", taken);
  const index = model.values.index(file);
  const aliases = new Set(taken?.kind === "binding" ? [taken.binding] : []);
  const reads: RequestRead[] = [];
  walkAll(body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    const isContext = target.kind === "binding" && part.kind === "member" && part.property === "params" && part.object.kind === "name" && part.object.binding === target.binding;
    if (!isContext && !(part.kind === "name" && part.binding !== undefined && aliases.has(part.binding))) return undefined;
    let whole: Expression = part;
    let parent = index.parentOf(whole);
    while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast")) [whole, parent] = [parent, index.parentOf(parent)];
    const declared = parent && "kind" in parent && parent.kind === "variable" ? parent.declarators.find(({ value }) => value === whole)?.target : undefined;
    // `const params = await context.params;`
    if (declared?.kind === "binding") aliases.add(declared.binding);
    else if (parent && "kind" in parent && parent.kind === "member" && parent.object === whole) reads.push(...readsOfFound(model, file, parent.span, { part: "params", taken: parent, field: parent.property }));
    else reads.push(...readsOfFound(model, file, part.span, { part: "params", taken: whole, field: undefined }));
    return undefined;
  });
  return reads;
}

/** `({ body, params }) => …`; what holds the request further down is added to the carriers. */
function readsOfCarrierPattern(model: ProjectModel, file: string, pattern: Extract<Pattern, { kind: "object-pattern" }>, carriers: Set<number>, framework: string, ofRequest: boolean): RequestRead[] {
  return pattern.properties.flatMap(({ key, value }) => {
    const part = key === undefined ? undefined : partsOf(framework)[key];
    if (part) return framework === "koa" && part === "body" && !ofRequest ? [] : readsOfPattern(model, file, part, value);
    if ((key === "request" || key === "req") && value.kind === "object-pattern") return readsOfCarrierPattern(model, file, value, carriers, framework, true);
    if ((key === "request" || key === "req") && value.kind === "binding") carriers.add(value.binding);
    return [];
  });
}

/** What a pattern takes out of a part: its fields, or all of it. */
function readsOfPattern(model: ProjectModel, file: string, part: RequestPart, pattern: Pattern): readonly RequestRead[] {
  const check = (value: Pattern): Check => checkOfNames(model, file, bindingsOf(value), pattern.span);
  if (pattern.kind === "binding" && part !== "body") {
    const fields = fieldsOfUses(model, file, part, pattern);
    if (fields) return fields;
  }
  if (pattern.kind !== "object-pattern" || pattern.rest) return [{ part, span: pattern.span, check: check(pattern) }];
  return pattern.properties.map(({ key, span, value }) => ({ part, span, ...(key !== undefined && { field: key }), check: check(value) }));
}

/** The innermost function around a place. */
function functionAt(model: ProjectModel, file: string, at: Span): FunctionNode | undefined {
  return [...model.values.index(file).functions.keys()].filter(({ span }) => span[0] <= at[0] && at[1] <= span[1]).sort((left, right) => right.span[0] - left.span[0])[0];
}

function checkOfNames(model: ProjectModel, file: string, bindings: ReadonlySet<number>, at: Span): Check {
  const around = functionAt(model, file, at);
  let found: Check;
  for (const use of around ? usesIn(model.facts(file), bindings, around.span) : []) found = found === "enforced" ? found : (checkOf(model, file, use, 1) ?? found);
  return found;
}

function readsAt(model: ProjectModel, file: string, node: SyntaxNode, carriers: ReadonlySet<number>, framework: string, isRequest: boolean): readonly RequestRead[] {
  if (!("kind" in node)) return [];
  const found = framework === "hono" ? honoRead(node, carriers, isRequest) : (h3Read(model, file, node, carriers, framework) ?? webRead(model, file, node, carriers, framework) ?? memberRead(model, file, node, carriers, framework));
  return found ? readsOfFound(model, file, node.span, found) : [];
}

/** What becomes of what was read; a pattern takes fields out of it. */
function readsOfFound(model: ProjectModel, file: string, span: Span, { part, taken, field, check }: FoundRead): readonly RequestRead[] {
  if (check) return [{ part, span, check }];
  if (isOnlyLogged(model, file, taken) || (field === undefined && part === "body" && isForwarded(model, file, taken)) || (field === undefined && (isOnlyTested(model, file, taken) || takesFilesAlone(model, file, taken) || isLeftUnused(model, file, taken)))) return [];
  const pattern = field === undefined ? patternOf(model, file, taken) : undefined;
  if (pattern) return readsOfPattern(model, file, part, pattern).map((read) => ({ ...read, check: read.check ?? checkOf(model, file, taken) }));
  const fields = field === undefined && part !== "body" ? fieldsOfName(model, file, part, taken) : undefined;
  if (fields) return fields;
  const type = typeGiven(model, file, taken);
  // Bytes have no fields that a schema could describe: `request.body as Buffer`.
  if (type !== undefined && /^(Buffer|Uint8Array|ArrayBuffer|Blob|Readable|ReadableStream|NodeJS\.ReadableStream)$/.test(type)) return [];
  return [{ part, span, ...(field !== undefined && { field }), ...(isConverted(model, file, taken) && { converted: true as const }), check: checkOf(model, file, taken), ...(type !== undefined && { type }) }];
}

interface FoundRead {
  readonly part: RequestPart;
  /** The expression that stands for what was read. */
  readonly taken: Expression;
  readonly field: string | undefined;
  /** What was done to it where it was read. */
  readonly check?: Check;
}

/** What a handler of H3 takes from its event. */
function h3Read(model: ProjectModel, file: string, node: SyntaxNode & { readonly kind: string }, carriers: ReadonlySet<number>, framework: string): FoundRead | undefined {
  if (node.kind !== "call" || !isEventOfH3(framework)) return undefined;
  const taken = node as CallExpression;
  const read = eventRead(model, file, taken, (event) => isCarrier(event, carriers));
  return read && { ...read, taken };
}

/** `c.req.json()`; `c.req.valid("json")` gives what a validator checked. */
function honoRead(node: SyntaxNode & { readonly kind: string }, carriers: ReadonlySet<number>, isRequest: boolean): FoundRead | undefined {
  if (node.kind !== "call") return undefined;
  const { callee, arguments: args } = node as CallExpression;
  if (callee.kind !== "member" || !(isRequest ? isCarrier(callee.object, carriers) : callee.object.kind === "member" && callee.object.property === "req" && isCarrier(callee.object.object, carriers))) return undefined;
  const part = honoMethods[callee.property];
  return part && { part, taken: node as CallExpression, field: args[0]?.kind === "literal" ? String(args[0].value) : undefined };
}

/** What a route handler of Next.js or H3 takes from a `Request` of the web: `request.json()`, `searchParams.get("page")`, `Object.fromEntries(searchParams)`. */
function webRead(model: ProjectModel, file: string, node: SyntaxNode & { readonly kind: string }, carriers: ReadonlySet<number>, framework: string): FoundRead | undefined {
  if (node.kind !== "call" || (framework !== "next" && !isEventOfH3(framework))) return undefined;
  const taken = node as CallExpression;
  const { callee, arguments: [first] } = taken;
  if (callee.kind !== "member") return undefined;
  if (webBodies.has(callee.property) && holdsRequest(callee.object, carriers)) return { part: "body", taken, field: undefined };
  if (/^get(All)?$/.test(callee.property) && isSearchParams(model, file, callee.object, carriers)) return { part: "query", taken, field: first?.kind === "literal" ? String(first.value) : undefined };
  if (callee.property !== "fromEntries" || !first) return undefined;
  const list = first.kind === "call" && first.callee.kind === "member" && first.callee.property === "entries" ? first.callee.object : first;
  return isSearchParams(model, file, list, carriers) ? { part: "query", taken, field: undefined } : undefined;
}

/** `request.nextUrl.searchParams`, `new URL(request.url).searchParams`, also from constants. */
function isSearchParams(model: ProjectModel, file: string, node: Expression, carriers: ReadonlySet<number>): boolean {
  if (node.kind === "member") return node.property === "searchParams" && isUrlOf(model, file, node.object, carriers);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "value" || !source.value) return false;
  const [step, ...others] = source.path;
  return step ? others.length === 0 && step.kind === "property" && step.key === "searchParams" && isUrlOf(model, file, source.value, carriers) : isSearchParams(model, file, source.value, carriers);
}

function isUrlOf(model: ProjectModel, file: string, node: Expression, carriers: ReadonlySet<number>): boolean {
  // `event.url` of H3 2 is parsed, `request.url` a text.
  if (node.kind === "member") return (node.property === "nextUrl" || node.property === "url") && isCarrier(node.object, carriers);
  if (node.kind === "new") return node.callee.kind === "name" && node.callee.name === "URL" && node.arguments[0]?.kind === "member" && node.arguments[0].property === "url" && holdsRequest(node.arguments[0].object, carriers);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.value !== undefined && source.path.length === 0 && source.value.kind !== "name" && isUrlOf(model, file, source.value, carriers);
}

/** `req.body`, `ctx.request.body`, `req.body.email`. */
function memberRead(model: ProjectModel, file: string, node: SyntaxNode & { readonly kind: string }, carriers: ReadonlySet<number>, framework: string): FoundRead | undefined {
  if (node.kind !== "member") return undefined;
  const member = node as Extract<Expression, { kind: "member" }>;
  const part = partsOf(framework)[member.property];
  if (!part || !(isEventOfH3(framework) ? isContext(member.object, carriers) : holdsRequest(member.object, carriers)) || isKoaResponse(part, member.object, framework)) return undefined;
  const index = model.values.index(file);
  let parent = index.parentOf(member);
  let inner: Expression = member;
  while (parent && "kind" in parent && parent.kind === "cast") [inner, parent] = [parent, index.parentOf(parent)];
  // `req.body = …` puts something there.
  if (parent && "kind" in parent && parent.kind === "assign" && parent.value !== inner) return undefined;
  const field = parent && "kind" in parent && parent.kind === "member" && parent.object === inner && !isMethodCall(index.parentOf(parent), parent) ? parent : undefined;
  return { part, taken: field ?? member, field: field?.property };
}

/** `event.context`, where H3 keeps the parameters of the path. */
function isContext(node: Expression, carriers: ReadonlySet<number>): boolean {
  return node.kind === "member" && node.property === "context" && isCarrier(node.object, carriers);
}

/** `ctx.body` of Koa is what is sent. */
function isKoaResponse(part: RequestPart, holder: Expression, framework: string): boolean {
  return framework === "koa" && part === "body" && holder.kind === "name" && !/^req(uest)?$/.test(holder.name);
}

function isMethodCall(parent: SyntaxNode | undefined, callee: Expression): boolean {
  return parent !== undefined && "kind" in parent && parent.kind === "call" && parent.callee === callee;
}

function holdsRequest(node: Expression, carriers: ReadonlySet<number>): boolean {
  return isCarrier(node, carriers) || (node.kind === "member" && (node.property === "request" || node.property === "req") && isCarrier(node.object, carriers));
}

function isCarrier(node: Expression, carriers: ReadonlySet<number>): boolean {
  return node.kind === "cast" ? isCarrier(node.value, carriers) : node.kind === "name" && node.binding !== undefined && carriers.has(node.binding);
}

/** What a function that is handed the whole request reads of it; a schema that is handed it checks every part. */
function readsInCall(model: ProjectModel, file: string, call: Extract<Expression, { kind: "call" | "new" }>, carriers: ReadonlySet<number>, framework: string, { depth = 0, ofStep = false, isRequest = false }: Reading): readonly RequestRead[] {
  const at = call.arguments.findIndex((argument) => holdsRequest(argument, carriers));
  const argument = call.arguments[at];
  if (!argument || depth >= deepest || (ofStep && isGiven(model, file, call.callee))) return [];
  if (isOwnValidator(model, file, call)) return (["body", "query", "params"] as const).map((part) => ({ part, span: call.span, check: "enforced" as const }));
  return model.values.of(file, call.callee).flatMap((callee) => {
    if (callee.kind === "function" && callee.node.body) {
      const reads = requestReads(model, callee.file, callee.node, framework, { parameter: at, depth: depth + 1, ofStep, isRequest: isRequest || !isCarrier(argument, carriers) });
      // `parseRequest(contract, request)` is given what to check by.
      const isChecked = call.kind === "call" && givesSchema(model, callee.file, callee.node, call, at);
      // `Schema.parse(await readBody(request))` checks what the function gives back of it.
      const check = isChecked ? "enforced" : reads.some((read) => read.check === undefined) ? checkOf(model, file, call) : undefined;
      return reads.map((read) => ({ ...read, span: call.span, check: read.check ?? check }));
    }
    const checks = callee.kind === "external" && describe(callee.provenance)?.validation !== undefined && callee.provenance.package !== "express-validator";
    return checks ? (["body", "query", "params"] as const).map((part) => ({ part, span: call.span, check: checkOf(model, file, argument) })) : [];
  });
}

/** `await new RegisterValidator().validate(ctx)`: a class of the project's own, with a rule for each field, throws for what breaks one. */
function isOwnValidator(model: ProjectModel, file: string, { callee }: Extract<Expression, { kind: "call" | "new" }>): boolean {
  if (callee.kind !== "member" || !/^validate(Async)?$/.test(callee.property)) return false;
  return model.values.of(file, callee.object).some((value) => value.kind === "instance" && /Validator$/.test(value.class.name ?? "") && value.class.extends !== undefined);
}

/** Whether a function is one that a function around it was given: the handler that a wrapper runs. */
function isGiven(model: ProjectModel, file: string, callee: Expression): boolean {
  return callee.kind === "name" && callee.binding !== undefined && model.values.index(file).sources[callee.binding]?.kind === "parameter";
}

/** `const { a, b } = req.body;` */
function patternOf(model: ProjectModel, file: string, node: Expression): Pattern | undefined {
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent && "kind" in parent; inner = parent, parent = index.parentOf(parent)) {
    if (parent.kind === "variable") {
      const target = parent.declarators.find(({ value }) => value === inner)?.target;
      return target?.kind === "object-pattern" ? target : undefined;
    }
    if (parent.kind !== "await" && parent.kind !== "cast" && !(parent.kind === "binary" && /^(\?\?|\|\|)$/.test(parent.operator))) return undefined;
  }
  return undefined;
}

/** Whether code only asks if a part or a field of it is there, or names it in an error: `if (!event.pathParameters) …`, `query && query.page`, `throw inputError(query)`. */
function isOnlyTested(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  const parent = parentOf(node);
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "unary") return parent.operator === "!";
  if (parent.kind === "member") return parent.property === "hasOwnProperty";
  if (parent.kind === "call" || parent.kind === "new") {
    const around = parentOf(parent);
    return around !== undefined && "kind" in around && around.kind === "throw";
  }
  return parent.kind === "binary" ? parent.operator === "&&" && parent.left === node : parent.kind === "if" && parent.test === node;
}

/** `const data = request.body;` of which nothing is ever used. */
function isLeftUnused(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  const parent = index.parentOf(node);
  const target = parent && "kind" in parent && parent.kind === "variable" ? parent.declarators.find(({ value }) => value === node)?.target : undefined;
  const around = index.functionAround(node)?.node;
  return target?.kind === "binding" && around !== undefined && usesIn(model.facts(file), [target.binding], around.span).length === 0;
}

/** The fields that are read of a name for a part: `const query = event.queryStringParameters ?? {}; query.page`; undefined if anything else is done with it. */
function fieldsOfName(model: ProjectModel, file: string, part: RequestPart, taken: Expression): readonly RequestRead[] | undefined {
  const index = model.values.index(file);
  let inner: SyntaxNode = taken;
  let parent = index.parentOf(inner);
  while (parent && "kind" in parent && parent.kind === "binary" && /^(\?\?|\|\|)$/.test(parent.operator) && parent.left === inner) [inner, parent] = [parent, index.parentOf(parent)];
  const target = parent && "kind" in parent && parent.kind === "variable" ? parent.declarators.find(({ value }) => value === inner)?.target : undefined;
  return target?.kind === "binding" ? fieldsOfUses(model, file, part, target) : undefined;
}

/** The same of a name that holds the part: `const { query } = req; query.page`; none where nothing but logs names it. */
function fieldsOfUses(model: ProjectModel, file: string, part: RequestPart, target: Extract<Pattern, { kind: "binding" }>): readonly RequestRead[] | undefined {
  const index = model.values.index(file);
  const around = functionAt(model, file, target.span);
  if (!around) return undefined;
  const reads: RequestRead[] = [];
  for (const use of usesIn(model.facts(file), [target.binding], around.span)) {
    const member = index.parentOf(use);
    if (isOnlyTested(model, file, use) || isOnlyLogged(model, file, use)) continue;
    if (!member || !("kind" in member) || member.kind !== "member" || member.object !== use || isMethodCall(index.parentOf(member), member)) return undefined;
    reads.push(...readsOfFound(model, file, member.span, { part, taken: member, field: member.property }));
  }
  return reads;
}

function isOnlyLogged(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent && "kind" in parent; inner = parent, parent = index.parentOf(parent)) {
    if (parent.kind === "call") return parent.arguments.includes(inner as Expression) && model.values.of(file, parent.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.log !== undefined);
    if (parent.kind !== "object" && parent.kind !== "template" && parent.kind !== "spread" && parent.kind !== "cast") return false;
  }
  return false;
}

function isConverted(model: ProjectModel, file: string, node: Expression): boolean {
  const parent = model.values.index(file).parentOf(node);
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "unary") return parent.operator === "+" || parent.operator === "!";
  if (parent.kind !== "call" && parent.kind !== "new") return parent.kind === "binary" && /^[=!]==?$/.test(parent.operator);
  const name = lastName(parent.callee);
  return conversions.test(name);
}

/** The type that is claimed for a read: `as T`, `const x: T =`, `json<T>()`. */
function typeGiven(model: ProjectModel, file: string, node: Expression): string | undefined {
  const [own] = node.kind === "call" ? (node.typeArguments ?? []) : [];
  if (own) return typeText(own);
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent && !isFunctionNode(parent) && !isClassNode(parent); inner = parent, parent = index.parentOf(parent)) {
    if (parent.kind === "cast" && parent.type) return typeText(parent.type);
    if (parent.kind === "variable") {
      const type = parent.declarators.find(({ value }) => value === inner)?.type;
      return type && typeText(type);
    }
    if (parent.kind !== "await" && parent.kind !== "cast") return undefined;
  }
  return undefined;
}

/** `Request<Params, Answer, Body, Query>` of Express and `FastifyRequest<{ Body: T }>`. */
function typesOf(type: TypeNode | undefined): ReadonlyMap<RequestPart, string> {
  const found = new Map<RequestPart, string>();
  if (type?.kind !== "reference" || !type.arguments) return found;
  const says = (one: TypeNode): boolean => one.kind !== "keyword" && !(one.kind === "object" && one.members.length === 0) && !(one.kind === "reference" && /^(ParamsDictionary|ParsedQs)$/.test(one.name));
  for (const [index, argument] of type.arguments.entries()) {
    const part = requestTypes[index];
    if (argument.kind === "object" && type.name.endsWith("FastifyRequest")) {
      for (const member of argument.members) {
        const of = fastifyTypes[member.name];
        if (of && member.type) found.set(of, typeText(member.type));
      }
    } else if (part && says(argument) && /(^|\.)Request$/.test(type.name)) found.set(part, typeText(argument));
  }
  return found;
}
