import { wordTable } from "../../base/word-table.js";
import { oncePerPart } from "../../base/once-per.js";
import { lastName, propertyOf } from "../../facts/names.js";
import { h3Packages } from "../../catalogue/lexicon/h3.js";
import { kindOf, newStep } from "../../catalogue/index.js";
import type { AssignExpression, CallExpression, Expression, FunctionNode, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import { within } from "../../base/position.js";
import { isFunctionNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isGivenAsMapper, mapsErrors } from "./leaked-errors.js";

/** Methods that send their argument. */
const senders = /^(json|send|jsonp|end|body|text|response)$/;
/** Methods that choose a status: `res.status(404)`, `reply.code(404)`. */
const statusMethods = /^(status|code|writeHead|statusCode)$/;

/** What leaves the application: the payload with its status, as far as it is told. */
export interface Sent {
  readonly node: CallExpression | AssignExpression | NewExpression | ObjectExpression;
  readonly payload: Expression;
  readonly status: number | undefined;
  /** The payload is a part of what is sent. */
  readonly part?: true;
}

/** The responses that a file sends: by calls, by assignments, and as exceptions with a status. */
export function sentIn(model: ProjectModel, file: string): readonly Sent[] {
  const found: Sent[] = [];
  for (const { node } of model.values.index(file).calls) {
    const sent = node.kind === "call" ? (sentByCall(model, file, node) ?? sentByName(model, file, node) ?? sentByStatus(model, file, node) ?? sentByMaker(model, file, node) ?? sentByErrorOfH3(model, file, node) ?? sentBySensible(model, file, node)) : (sentByConstruction(model, file, node) ?? sentByException(model, file, node));
    if (sent) found.push(sent);
  }
  walkAll(model.facts(file).body, (node) => {
    const sent = !("kind" in node) ? undefined : node.kind === "assign" ? sentByAssignment(model, file, node) : node.kind === "object" ? sentByEnvelope(model, file, node) : node.kind === "return" ? sentByReturn(model, file, node.value) : undefined;
    if (sent) found.push(sent);
    return undefined;
  });
  return found.map((sent) => ({ ...sent, payload: serialised(sent.payload) }));
}

/** What `JSON.stringify(payload)` makes text of. */
function serialised(payload: Expression): Expression {
  const isJson = payload.kind === "call" && payload.callee.kind === "member" && payload.callee.property === "stringify" && rootName(payload.callee) === "JSON";
  return (isJson && payload.arguments[0]) || payload;
}

/** `{ statusCode: 400, body: "…" }`, as functions of Lambda answer. */
function sentByEnvelope(model: ProjectModel, file: string, node: ObjectExpression): Sent | undefined {
  const code = propertyOf(node, "statusCode");
  const payload = propertyOf(node, "body");
  const status = code && numberOf(model, file, code);
  return payload && status !== undefined ? { node, payload, status } : undefined;
}

/** `respond(500, { message })`: a function of the project makes the answer of Lambda of what it is given. */
function sentByMaker(model: ProjectModel, file: string, call: CallExpression): Sent | undefined {
  for (const callee of model.values.of(file, call.callee)) {
    const maker = callee.kind === "function" ? makerIn(model, callee.node) : undefined;
    const payload = maker && call.arguments[maker.payload];
    if (!maker || !payload) continue;
    const given = typeof maker.status === "number" ? call.arguments[maker.status] : undefined;
    const status = typeof maker.status === "number" ? given && numberOf(model, file, given) : callee.kind === "function" && maker.status ? numberOf(model, callee.file, maker.status) : undefined;
    return { node: call, payload, status, ...(maker.part && { part: true as const }) };
  }
  return undefined;
}

/** The status of the answer of Lambda that a function of the project makes. */
export function statusOfMade(model: ProjectModel, file: string, call: CallExpression): number | undefined {
  return sentByMaker(model, file, call)?.status;
}

/** Which parameter of a function is the payload of the envelope that it returns, or a part of it, and what its status is: a parameter, or what is written there. */
interface Maker {
  readonly payload: number;
  readonly part: boolean;
  readonly status: number | Expression | undefined;
}

const makerIn = oncePerPart((_model: ProjectModel, node: FunctionNode): Maker | undefined => {
  const last = node.body?.at(-1);
  const value = last?.kind === "return" ? last.value : undefined;
  const [code, body] = value?.kind === "object" ? [propertyOf(value, "statusCode"), propertyOf(value, "body")] : [];
  if (!code || !body) return undefined;
  const parameterOf = (part: Expression): number => node.parameters.findIndex(({ target }) => target.kind === "binding" && part.kind === "name" && part.binding === target.binding);
  const whole = serialised(body);
  const members = whole.kind === "object" ? whole.members.map((member) => parameterOf(member.value)).filter((index) => index >= 0) : [];
  const payload = parameterOf(whole) >= 0 ? parameterOf(whole) : members[0];
  if (payload === undefined) return undefined;
  return { payload, part: parameterOf(whole) < 0, status: parameterOf(code) >= 0 ? parameterOf(code) : code };
});

/** `status(404, "…")` of Elysia, which handlers take out of what they are given. */
function sentByStatus(model: ProjectModel, file: string, call: CallExpression): Sent | undefined {
  const { callee, arguments: [first, payload] } = call;
  if (callee.kind !== "name" || callee.binding === undefined || !first || !payload) return undefined;
  const source = model.values.index(file).sources[callee.binding];
  const [step] = source?.kind === "parameter" && source.index === 0 && source.path.length === 1 ? source.path : [];
  if (step?.kind !== "property" || !/^(status|error)$/.test(step.key)) return undefined;
  const status = numberOf(model, file, first);
  return status === undefined ? undefined : { node: call, payload, status };
}

/** `res.status(404).json(…)`, `c.json(…, 404)`, `reply.code(500).send(…)`. */
function sentByCall(model: ProjectModel, file: string, call: CallExpression): Sent | undefined {
  if (call.callee.kind !== "member" || !senders.test(call.callee.property)) return undefined;
  const [payload] = call.arguments;
  if (!payload) return undefined;
  const answers = isResponse(call.callee.object);
  const status = statusOfSent(model, file, call);
  // Fastify hands an error that is sent to its error handler.
  if (call.callee.property === "send" && payload.kind === "name" && rootName(call.callee.object) === "reply") return undefined;
  return status !== undefined || answers ? { node: call, payload, status } : undefined;
}

/** What the responses of AdonisJS and @fastify/sensible send by the name of a status. Source: the references of both. */
const statusesByName: Readonly<Record<string, number>> = wordTable({
  badRequest: 400, unauthorized: 401, paymentRequired: 402, forbidden: 403, notFound: 404, methodNotAllowed: 405, notAcceptable: 406, requestTimeout: 408, conflict: 409, gone: 410, preconditionFailed: 412, requestEntityTooLarge: 413,
  unsupportedMediaType: 415, expectationFailed: 417, unprocessableEntity: 422, tooManyRequests: 429, internalServerError: 500, notImplemented: 501, badGateway: 502, serviceUnavailable: 503, gatewayTimeout: 504,
});

/** `response.notFound({ code, message })` of AdonisJS. */
function sentByName(model: ProjectModel, file: string, call: CallExpression): Sent | undefined {
  const { callee, arguments: [payload] } = call;
  const status = callee.kind === "member" && lastName(callee.object) === "response" ? statusesByName[callee.property] : undefined;
  return payload && status !== undefined && model.packageOf(file).dependencies.has("@adonisjs/core") ? { node: call, payload, status } : undefined;
}

/** `reply.internalServerError(error.message)` of @fastify/sensible, which puts a code of its own beside the text. */
function sentBySensible(model: ProjectModel, file: string, call: CallExpression): Sent | undefined {
  const { callee, arguments: [payload] } = call;
  const status = callee.kind === "member" && callee.object.kind === "name" && /^(reply|res|rep)$/.test(callee.object.name) ? statusesByName[callee.property] : undefined;
  return payload && status !== undefined && model.packageOf(file).dependencies.has("@fastify/sensible") ? { node: call, payload, status, part: true } : undefined;
}

/** The status that stands beside what is sent: in the chain before it, behind it (`h.response(…).code(404)` of hapi), or as the second argument. */
export function statusOfSent(model: ProjectModel, file: string, node: CallExpression | NewExpression): number | undefined {
  const { callee, arguments: [, second] } = node;
  const status = callee.kind === "member" ? (callee.property === "response" ? statusBehind(model, file, node) : statusOf(model, file, callee.object)) : undefined;
  // A second number is a status where a context answers; a column of a table has a length.
  return status ?? (second && isResponse(callee.kind === "member" ? callee.object : callee) ? statusIn(model, file, second) : undefined);
}

/** The status chosen by the next call of the chain. */
function statusBehind(model: ProjectModel, file: string, node: Expression): number | undefined {
  const index = model.values.index(file);
  const member = index.parentOf(node);
  const outer = member && "kind" in member && member.kind === "member" ? index.parentOf(member) : undefined;
  return outer && "kind" in outer && outer.kind === "call" ? statusOf(model, file, outer) : undefined;
}

/** `404`, and `{ status: 404 }` of the web platform's `Response`. */
function statusIn(model: ProjectModel, file: string, node: Expression): number | undefined {
  const status = node.kind === "object" ? propertyOf(node, "status") : node;
  return status && (numberOf(model, file, status) ?? statusOfLast(model, file, status));
}

/** `ctx.body = …` of Koa, with the `ctx.status = …` beside it. */
function sentByAssignment(model: ProjectModel, file: string, node: AssignExpression): Sent | undefined {
  if (node.target.kind !== "member" || node.target.property !== "body" || !isResponse(node.target.object)) return undefined;
  const owner = rootName(node.target.object);
  const around = model.values.index(file).functionAround(node);
  let status: number | undefined;
  walkAll(around?.node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "assign" && part.target.kind === "member" && part.target.property === "status" && rootName(part.target.object) === owner && Math.abs(part.span[0] - node.span[0]) < nearby && !isOnAnotherWay(model, file, part, node)) status = numberOf(model, file, part.value) ?? statusOfLast(model, file, part.value) ?? status;
    return undefined;
  });
  return { node, payload: node.value, status };
}

/** Whether something stands in a branch that is left before another is reached: `if (gone) { ctx.status = 410; return; } ctx.body = page;`. */
function isOnAnotherWay(model: ProjectModel, file: string, part: SyntaxNode, node: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(part); at && !isFunctionNode(at); at = parentOf(at)) {
    if (!("kind" in at) || at.kind !== "if" || within(node.span, at.span)) continue;
    const branch = [at.then, at.else ?? []].find((statements) => statements.some(({ span }) => within(part.span, span)));
    const last = branch?.at(-1)?.kind;
    if (last === "return" || last === "throw") return true;
  }
  return false;
}

/** A status that is set within so many characters of the body belongs to it. */
const nearby = 120;

/** `new Response("Not found", { status: 404 })` of the web platform. */
function sentByConstruction(model: ProjectModel, file: string, node: NewExpression): Sent | undefined {
  if (node.callee.kind !== "name" || !/^(Next)?Response$/.test(node.callee.name)) return undefined;
  const [payload, init] = node.arguments;
  return payload && init ? { node, payload, status: statusIn(model, file, init) } : undefined;
}

/** Whether an exception of a web framework is made. */
export function makesException(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const step = node.kind === "new" ? newStep : "()";
  return model.values.of(file, node.callee).some((value) => value.kind === "external" && kindOf({ ...value.provenance, path: [...value.provenance.path, step] }) === "http-exception");
}

/** `new InternalServerErrorException(error.message)`, `new HTTPException(500, { message: error.message })`. */
function sentByException(model: ProjectModel, file: string, node: NewExpression): Sent | undefined {
  const made = makesException(model, file, node);
  const payload = node.arguments.find((argument) => argument.kind !== "literal" && numberOf(model, file, argument) === undefined);
  // `new BadRequestException("No such plan", error)`: an error behind the text is kept as its cause.
  const isCause = payload?.kind === "name" && node.arguments[0]?.kind === "literal" && typeof node.arguments[0].value === "string";
  return made && payload && !isCause ? { node, payload, status: 500 } : undefined;
}

/** `createError({ statusCode: 502, message: error.message })`: Nitro sends the texts of what is thrown so. */
function sentByErrorOfH3(model: ProjectModel, file: string, node: CallExpression): Sent | undefined {
  const [payload] = node.arguments;
  const isOfH3 = lastName(node.callee) === "createError" && model.values.of(file, node.callee).some((value) => value.kind === "external" && h3Packages.test(value.provenance.package));
  // A status in it is one of an exception: what has no code is told at the exception.
  return isOfH3 && payload ? { node, payload, status: undefined } : undefined;
}

/** `set.status = 500; return { … }` of Elysia, and what a mapper of errors gives back: the object is the answer. */
function sentByReturn(model: ProjectModel, file: string, payload: Expression | undefined): Sent | undefined {
  if (payload?.kind !== "object" || propertyOf(payload, "statusCode")) return undefined;
  const context = model.values.index(file).functionAround(payload);
  const status = context && (statusSetBefore(model, file, context.node, payload) ?? ((context.passedTo || isGivenAsMapper(model, context.node)) && mapsErrors(model, context) ? 500 : undefined));
  return status === undefined ? undefined : { node: payload, payload, status };
}

/** The status that `set.status = 404` chose just before. */
function statusSetBefore(model: ProjectModel, file: string, { body }: FunctionNode, payload: ObjectExpression): number | undefined {
  let status: number | undefined;
  walkAll(body ?? [], (part) => {
    if ("kind" in part && part.kind === "assign" && part.target.kind === "member" && part.target.property === "status" && lastName(part.target.object) === "set" && part.span[0] < payload.span[0] && payload.span[0] - part.span[1] < nearby && !isOnAnotherWay(model, file, part, payload)) status = numberOf(model, file, part.value) ?? status;
    return undefined;
  });
  return status;
}

function rootName(node: Expression): string {
  if (node.kind === "member") return rootName(node.object);
  if (node.kind === "call") return rootName(node.callee);
  return node.kind === "name" ? node.name : "";
}

/** The status chosen in the chain before a send: `res.status(404).json(…)`. */
function statusOf(model: ProjectModel, file: string, node: Expression): number | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
  const [argument] = node.arguments;
  if (statusMethods.test(node.callee.property) && argument) return numberOf(model, file, argument) ?? statusOfLast(model, file, argument);
  return statusOf(model, file, node.callee.object);
}

const statusWords: Readonly<Record<string, number>> = wordTable({ BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, UNPROCESSABLE_ENTITY: 422, TOO_MANY_REQUESTS: 429, INTERNAL_SERVER_ERROR: 500, SERVICE_UNAVAILABLE: 503, GONE: 410 });

/** The status that an expression gives: `404`, `HttpStatus.NOT_FOUND`, a constant. */
export function numberOf(model: ProjectModel, file: string, node: Expression): number | undefined {
  if (node.kind === "literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.kind === "member" && statusWords[node.property] !== undefined) return statusWords[node.property];
  const [value] = node.kind === "name" ? model.values.of(file, node) : [];
  if (value?.kind === "constant") return typeof value.value === "number" ? value.value : undefined;
  // `let status = 500; if (error instanceof NotFound) status = error.status;`: what is sent where nothing else is known.
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "literal" ? numberOf(model, file, source.value) : undefined;
}

/** `error.status ?? 500`, `error instanceof AppError ? error.status : 500`, or a name that is given such a choice: the status of what says none itself, where it is one of an error. */
function statusOfLast(model: ProjectModel, file: string, node: Expression, depth = 0): number | undefined {
  if (depth > 3) return undefined;
  const statusOfPart = (part: Expression): number | undefined => numberOf(model, file, part) ?? statusOfLast(model, file, part, depth + 1);
  if (node.kind === "binary" && (node.operator === "??" || node.operator === "||")) return ofError(statusOfPart(node.right));
  if (node.kind === "conditional") {
    const [then, other] = [statusOfPart(node.then), statusOfPart(node.else)];
    return (then ?? 400) < 400 || (other ?? 400) < 400 ? undefined : ofError(Math.max(then ?? 0, other ?? 0));
  }
  const source = node.kind === "name" && node.binding !== undefined && model.values.assignments(file).get(node.binding) === undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value ? statusOfLast(model, file, source.value, depth + 1) : undefined;
}

const ofError = (status: number | undefined): number | undefined => (status !== undefined && status >= 400 ? status : undefined);

/** `res`, `reply.status(200)`, `c`: objects that answer, by the names that handlers give them. */
export function isResponse(node: Expression): boolean {
  if (node.kind === "call" && node.callee.kind === "member") return isResponse(node.callee.object);
  return node.kind === "name" && /^(res|response|reply|_res|c|ctx|context|h|Response|NextResponse)$/.test(node.name);
}
