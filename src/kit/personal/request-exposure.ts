import { isFor, kindOf } from "../../catalogue/index.js";
import { callStep, newStep, type Provenance } from "../../catalogue/provenance.js";
import { personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { Value } from "../../model/values/value.js";
import { chainsFrom } from "./chains.js";
import { type Look, nameOf } from "./exposure.js";
import { shapeOf } from "./personal-shapes.js";

/** The parts of a request that carry what its sender wrote. */
export const requestParts: ReadonlySet<string> = new Set(["body", "headers", "cookies", "session", "rawHeaders", "rawBody"]);

/** Whether a package keeps the sessions of an application, so that `request.session` is what it keeps; known by the dependencies, if there are any. */
export function keepsSessions({ model, file }: Pick<Look, "model" | "file">): boolean {
  const { dependencies } = model.packageOf(file);
  return dependencies.size === 0 || [...dependencies.keys()].some((name) => /(^|[-/])sessions?$/.test(name));
}

/** Reads one header or cookie by its name: `req.header("authorization")`, `headers.get("cookie")`; undefined for other calls. */
export function headerRead({ callee, arguments: [name] }: CallExpression): string | undefined {
  if (callee.kind !== "member" || !/^(get|header|headers|getHeader|cookie|param|query)$/.test(callee.property)) return undefined;
  return name?.kind === "literal" && typeof name.value === "string" ? name.value : undefined;
}

/** Whether a call reads a cookie that lets somebody in, or all of them: `getCookie(c, "session")`, `ctx.cookies.get("session")`. */
export function readsOpeningCookie(at: Look, { callee, arguments: given }: CallExpression): boolean {
  const isJar = callee.kind === "member" && callee.property === "get" && /^cookies$/.test(callee.object.kind === "call" ? lastName(callee.object.callee) : lastName(callee.object));
  const reads = callee.kind === "name" && at.model.values.of(at.file, callee).some((value) => value.kind === "external" && /^(?:hono|h3)$/.test(value.provenance.package) && /^(?:get(?:Signed)?Cookie|parseCookies)$/.test(value.provenance.path.at(-1) ?? ""));
  if (!isJar && !reads) return false;
  const name = isJar ? given[0] : given.findLast((argument, place) => place > 0 && argument.kind === "literal");
  return name === undefined ? !isJar : isOpeningCookie(at.model.values.text(at.file, name) ?? "");
}

/** Whether a cookie of this name lets somebody in. */
export function isOpeningCookie(name: string): boolean {
  return /^(?:token|credential)$/.test(personalDataOf(name)?.category ?? "");
}

/** The types of events of Lambda that are a request as a gateway received it. */
const gatewayEvent = /^(?:APIGateway\w*Event(?:V2)?|ALBEvent|LambdaFunctionURLEvent)$/;

/** Whether an expression is the request of a framework, or Koa's context, which stands for it. */
export function isRequest(at: Look, node: Expression): boolean {
  const values = at.model.values.of(at.file, node);
  if (values.some((value) => value.kind === "external" && value.provenance.package === "aws-lambda" && gatewayEvent.test(value.provenance.path.filter((step) => step !== newStep).join(".")))) return true;
  if (isGatewayEvent(at, node)) return true;
  // `request.raw` of Fastify and of serializers is Node's request.
  if (node.kind === "member" && node.property === "raw") return isRequest(at, node.object);
  if (isGivenError(at, node) || isPayload(at, node)) return false;
  // `interface SignedIn extends Request { … }`
  if (/^(req|request)$/.test(nameOf(node)) && values.some((value) => value.kind === "typed" && extendsRequest(at, value))) return true;
  // `GqlExecutionContext.create(context).getContext().req`
  if (node.kind === "member" && /^(req|request)$/.test(node.property) && node.object.kind === "call" && node.object.callee.kind === "member" && node.object.callee.property === "getContext") return true;
  if (values.some((value) => value.kind === "external" && isRequestOfPackage(value.provenance))) return true;
  const isUnknown = values.every((value) => value.kind === "parameter" || value.kind === "primitive" || (value.kind === "external" && value.provenance.path.at(-1)?.startsWith("=>") === true));
  return isUnknown && /^(?:\w*(?:ctx|context)\.)?(?:req|request)$/i.test(nameOf(node)) && !isOtherEvent(at);
}

/** The request of a web framework, the context of Koa, and what `getRequest()` of Nest's contexts gives. */
function isRequestOfPackage(provenance: Provenance): boolean {
  const kind = kindOf(provenance);
  return kind === "request" || (provenance.path.at(-2) === "getRequest" && provenance.path.at(-1) === callStep) || (kind === "context" && /^(?:@koa\/|koa)/.test(provenance.package));
}

/** A function behind middy whose events are not what a gateway received: what its middleware calls the request holds them. */
function isOtherEvent({ model, file }: Look): boolean {
  const { imports } = model.facts(file);
  const isHttp = imports.some(({ specifier = "", names }) => specifier.startsWith("@middy/http") || (specifier === "aws-lambda" && names.some(({ imported }) => gatewayEvent.test(imported.replace(/Handler/, "Event")))));
  return !isHttp && imports.some(({ specifier = "" }) => specifier.startsWith("@middy/"));
}

/** Whether a type of the project adds to the request of a framework. */
function extendsRequest(at: Look, { file, type }: Extract<Value, { kind: "typed" }>): boolean {
  const declaration = at.model.facts(file).types.find((candidate) => candidate.type === type);
  return (declaration?.extends ?? []).some((base) => at.model.values.ofType(file, base).some((value) => (value.kind === "external" && kindOf(value.provenance) === "request") || (value.kind === "typed" && value.type !== type && extendsRequest(at, value))));
}

/** What Encore gives an endpoint is what was sent, by its type, and no request: `api<SignUp, Account>({ path }, async (req) => …)`. */
function isPayload(at: Look, node: Expression): boolean {
  const index = at.model.values.index(at.file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  const passed = source?.kind === "parameter" && source.index === 0 ? index.functions.get(source.function)?.passedTo : undefined;
  return passed !== undefined && at.model.values.of(at.file, passed.call.callee).some((value) => value.kind === "external" && value.provenance.package === "encore.dev");
}

/** The first of four parameters, which Express gives an error in the request's place. */
function isGivenError(at: Look, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? at.model.values.index(at.file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.index === 0 && source.function.parameters.length === 4;
}

/** The event of a function without types that answers with a status: `(event) => ({ statusCode: 200 })`. */
function isGatewayEvent(at: Look, node: Expression): boolean {
  if (node.kind !== "name" || !/^(event|evt)$/.test(node.name) || node.binding === undefined) return false;
  const source = at.model.values.index(at.file).sources[node.binding];
  if (source?.kind !== "parameter" || source.index !== 0 || source.path.length > 0 || source.type !== undefined) return false;
  if (at.model.values.returned(source.function).some((value) => value.kind === "object" && value.members.some((member) => member.kind === "property" && member.key === "statusCode"))) return true;
  // What only gateways and sockets behind one hand over.
  return chainsFrom(at, node.binding).some(({ path }) => path[0] === "requestContext") || at.model.values.index(at.file).sources.some((other) => other?.kind === "value" && other.value?.kind === "name" && other.value.binding === node.binding && other.path[0]?.kind === "property" && other.path[0].key === "requestContext");
}

/** The request that an error of an HTTP client keeps, with its `Authorization` header: `error.config`, `error.config.headers`. */
export function isSentRequest(at: Look, node: Extract<Expression, { kind: "member" }>): boolean {
  if (!/^(config|request|headers|data|options)$/.test(node.property)) return false;
  // `error.config.data` was sent, `error.response.data` came back.
  const holder = node.object.kind === "member" && /^(config|request|response|options)$/.test(node.object.property) && (node.property !== "data" || node.object.property === "config") ? node.object : node;
  const kept = holder === node ? /^(config|request|options)$/.test(node.property) : true;
  // `error.response.config` is the request as well.
  const error = holder === node || holder.property !== "response" || node.property === "config" ? bare(holder.object) : undefined;
  if (!kept || error?.kind !== "name" || error.binding === undefined) return isOutgoing(at, node.object) && /^(headers|data|auth)$/.test(node.property);
  if (!isCaught(at, error.binding) && !/^(err|error|e|axiosError)$/.test(error.name)) return isOutgoing(at, node.object) && /^(headers|data|auth)$/.test(node.property);
  return at.model.edgesFrom(at.file).some(({ target }) => target.kind === "package" && isFor(target.package, target.subpath, "http-client"));
}

/** The variable of a `catch`, or one that was given it: `const failure = error as AxiosError`. */
function isCaught(at: Look, binding: number): boolean {
  const source = at.model.values.index(at.file).sources[binding];
  const given = source?.kind === "value" && source.path.length === 0 && source.value ? bare(source.value) : undefined;
  return source?.kind === "catch" || (given?.kind === "name" && given.binding !== undefined && at.model.values.index(at.file).sources[given.binding]?.kind === "catch");
}

/** The request that an interceptor of a client is about to send: `client.interceptors.request.use((config) => …)`. */
export function isOutgoing(at: Look, node: Expression): boolean {
  const index = at.model.values.index(at.file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || source.index !== 0 || source.path.length > 0) return false;
  const passed = index.functions.get(source.function)?.passedTo;
  return passed?.argument === 0 && /(?:^|\.)interceptors\.request\.use$/.test(nameOf(passed.call.callee));
}

/** `(error as AxiosError)` is the error. */
function bare(node: Expression): Expression {
  return node.kind === "cast" ? bare(node.value) : node;
}

/** The whole body of a request: `await c.req.json()`, a parameter that Nest gives the body. */
export function isSentBody(at: Look, node: Expression, source: BindingSource): boolean {
  // The functions that browsers call by name are given values one by one: `"use server"` above `remove(orderId)`.
  if (/(?:[a-z]I[dD]s?|_ids?)$/.test(nameOf(node))) return false;
  // `Object.entries(body).map(([key]) => key)` are names.
  if (source.kind === "parameter" && source.path.some((step) => step.kind === "element" && step.index === 0)) return false;
  // `app.post(path, ({ body }) => …)`
  if (source.kind === "parameter" && source.path.length > 0) return sentWhole(at, node);
  if (source.kind === "parameter") {
    const parameter = source.function.parameters[source.index];
    // A type that nothing is known of says nothing against it.
    const vague = parameter?.type === undefined || at.model.values.ofType(at.file, parameter.type).every(({ kind }) => kind === "external" || kind === "primitive");
    return vague && parameter?.decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && /^(Body|Headers|RawBody)$/.test(value.callee.name) && value.arguments.length === 0) === true;
  }
  return source.kind === "value" && source.path.length === 0 && !isMapped(source.value) && !isPlainGiven(at, source.value) && sentWhole(at, node, source.value?.kind === "call");
}

/** `await c.req.json()`, logged where it is read. */
export function givesSentBody(at: Look, node: CallExpression): boolean {
  return node.callee.kind === "member" && /^(?:json|text|formData|parseBody)$/.test(node.callee.property) && !(at.inText && node.callee.property !== "text") && sentWhole(at, node, true);
}

/** What a function gives for each part, or one part under a name that is worked out, is not the whole any more. */
function isMapped(node: Expression | undefined): boolean {
  // `[first, second].filter(Boolean)` is a list of its own.
  if (node?.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "array") return true;
  return (node?.kind === "index" && node.index.kind !== "literal") || (node?.kind === "call" && node.callee.kind === "member" && /^(?:map|flatMap)$/.test(node.callee.property));
}

/** `const orderId = this.textAt(body, path)`: one text of many, by what the function is declared to give. */
function isPlainGiven(at: Look, node: Expression | undefined): boolean {
  const { functions } = node?.kind === "call" ? at.model.callGraph.callees(at.file, node) : { functions: [] };
  return functions.length > 0 && functions.every(({ node: { returns } }) => returns?.kind === "keyword" && /^(?:string|number|boolean)$/.test(returns.name));
}

function sentWhole(at: Look, node: Expression, isGiven = false): boolean {
  if (shapeOf(at.model, at.file, node)) return false;
  const flowed = at.model.requestData.of(at.file, node);
  // What a function gives of its parts, one by one, may be any field of it.
  return flowed?.whole === true && (flowed.path.length === 0 || !isGiven) && (flowed.part === "body" || flowed.part === "cookies" || (flowed.part === "headers" && /headers$/i.test(flowed.source.text)));
}
