import { wordTable } from "../../base/word-table.js";
import { settledPer, settledPerPart, settleMap, settleSet } from "../../base/settled.js";
import { isTestPath } from "../../base/test-paths.js";
import { kindOf } from "../../catalogue/index.js";
import { h3Packages, h3Readers } from "../../catalogue/lexicon/h3.js";
import { decoratorName, lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, Parameter } from "../../facts/syntax.js";
import { isEntryName, takesEntries } from "./archive-entries.js";
import type { Entry } from "../entries/entry.js";
import { heldFunction } from "../modules/file-index.js";
import { isResolver } from "../values/graphql-context.js";
import { isDirected, isServerAction } from "../layers/request-handlers.js";
import type { Origin } from "./origin.js";
import type { ProjectModel } from "../project-model.js";
import { unknownKeysIn } from "./unknown-keys.js";
import type { Value } from "../values/value.js";

/** What a client sends, by where it stands: HTTP parts, files, addresses, messages of queues and sockets, arguments of GraphQL, inputs of procedures. */
export type SourcePart = "body" | "query" | "params" | "headers" | "cookies" | "file" | "url" | "message" | "arguments" | "input";

/** Data that came from outside, as an origin that begins at the part. */
export interface RequestSource {
  readonly part: SourcePart;
  /** The origin with only what is taken below the part in its path. */
  readonly origin: Origin;
}

const parts: Readonly<Record<string, SourcePart>> = wordTable({
  body: "body", rawBody: "body", payload: "body", "json()": "body", "text()": "body", "formData()": "body", "parseBody()": "body",
  // AdonisJS: query and body together, or one of them.
  "all()": "body", "body()": "body", "input()": "body", "only()": "body", "except()": "body", "qs()": "query", "params()": "params",
  query: "query", querystring: "query", queryStringParameters: "query", multiValueQueryStringParameters: "query", "query()": "query", "queries()": "query", searchParams: "query",
  params: "params", pathParameters: "params", "param()": "params",
  headers: "headers", header: "headers", multiValueHeaders: "headers", "header()": "headers", "get()": "headers",
  cookies: "cookies", signedCookies: "cookies", cookie: "cookies",
  file: "file", files: "file", "file()": "file", "files()": "file",
  url: "url", originalUrl: "url", rawUrl: "url", href: "url", rawPath: "url", nextUrl: "url",
});
/** What lies between a handler's parameter and the parts. */
const carriers = new Set(["request", "req", "ctx", "raw", "clone()", "Records", "[]"]);
/** What a client chooses of an upload: the name that it has there, and what is in it. */
const chosen = new Set(["originalname", "originalFilename", "originalFileName", "name", "filename", "data", "buffer"]);
/** The decorator that fills a parameter from the request. */
export interface RequestDecorator {
  readonly part: SourcePart;
  readonly arguments: readonly Expression[];
  /** Whose it is. */
  readonly package: string;
}

/** Decorators of parameters: Nest, routing-controllers, tsoa, type-graphql, InversifyJS. */
const decorated: Readonly<Record<string, SourcePart>> = wordTable({
  Body: "body", BodyParam: "body", BodyProp: "body", RawBody: "body", Query: "query", QueryParam: "query", QueryParams: "query", Queries: "query", Param: "params", Params: "params", Path: "params",
  Headers: "headers", Header: "headers", HeaderParam: "headers", HeaderParams: "headers", CookieParam: "cookies", CookieParams: "cookies", UploadedFile: "file", UploadedFiles: "file",
  requestBody: "body", requestParam: "params", queryParam: "query", requestHeaders: "headers",
  Args: "arguments", Arg: "arguments", Payload: "message", MessageBody: "message",
});
const decorating = /^(@nestjs\/|routing-controllers|tsoa|@tsoa\/|type-graphql|@ts-rest\/nest|inversify-express-utils|@inversifyjs\/http)/;
const verbs = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** The functions that answer routes. Nest's say by decorators what they are given. */
const routeHandlers = settledPer(({ routes: { routes } }: ProjectModel): ReadonlySet<FunctionNode> => new Set(routes.filter(({ framework }) => framework !== "nestjs").flatMap(({ handler }) => handler?.node ?? [])), settleSet);
/** One by one: an edit that changes the handlers of one file leaves what is known of the others. */
const answersRoute = settledPerPart((model: ProjectModel, node: FunctionNode): boolean => routeHandlers(model).has(node));
const entriesByHandler = settledPer(({ entries: { all } }: ProjectModel): ReadonlyMap<FunctionNode, Entry> => new Map(all.flatMap((one) => (one.handler ? [[one.handler.node, one] as const] : []))), settleMap);

/** Tells which values are data of requests and messages: by the framework that hands them in, by decorators, by the way a function is registered. */
export class RequestSources {
  readonly #model: ProjectModel;

  constructor(model: ProjectModel) {
    this.#model = model;
  }

  /** What an origin is as data from outside; undefined if it is none. */
  of(origin: Origin): RequestSource | undefined {
    return origin.parameter ? this.#ofParameter(origin, origin.parameter.function, origin.parameter.index) : this.#ofLeaf(origin);
  }

  /** The decorator that fills a parameter from the request. */
  decoratorOf(file: string, parameter: Parameter): RequestDecorator | undefined {
    for (const { value } of parameter.decorators ?? []) {
      const callee = value.kind === "call" ? value.callee : value;
      const name = lastName(callee);
      const part = Object.hasOwn(decorated, name) ? decorated[name] : undefined;
      const found = part && this.#model.values.of(file, callee).find((one) => one.kind === "external" && decorating.test(one.provenance.package));
      if (part && found?.kind === "external") return { part, arguments: value.kind === "call" ? value.arguments : [], package: found.provenance.package };
    }
    return undefined;
  }

  /** Whether a framework or library hands a parameter over: of a function that it is given or that is decorated for it, of an entry point, of a resolver. */
  isGiven(file: string, node: FunctionNode, index: number): boolean {
    if (node.parameters[index]?.decorators?.length || this.#model.values.index(file).functions.get(node)?.passedTo) return true;
    return answersRoute(this.#model, node) || entriesByHandler(this.#model).has(node) || this.#isHandler(file, node, 0, []) || isResolver(this.#model, file, node);
  }

  /** Whether an expression is the response of a handler that types and registration say nothing of: `(req, res) => …`, `@Res() res`. */
  isResponse(file: string, node: Expression): boolean {
    return this.#model.values.of(file, node).some((value) => {
      if (value.kind !== "parameter" || value.path.length > 0) return false;
      if (value.function.parameters[value.index]?.decorators?.some((decorator) => /^(Res|Response)$/.test(decoratorName(decorator)))) return true;
      return value.index > 0 && this.#isHandler(value.file, value.function, value.index - 1, []) && this.#parameterName(value.function, value.index) !== "h";
    });
  }

  #parameterName(node: FunctionNode, index: number): string {
    const target = node.parameters[index]?.target;
    return target?.kind === "binding" ? target.name : "";
  }

  #ofParameter(origin: Origin, node: FunctionNode, index: number): RequestSource | undefined {
    const { file } = origin;
    const parameter = node.parameters[index];
    if (!parameter) return undefined;
    const decorator = this.decoratorOf(file, parameter);
    if (decorator) {
      const [field] = decorator.arguments;
      const path = field?.kind === "literal" && typeof field.value === "string" ? [field.value, ...origin.path] : origin.path;
      return { part: decorator.part, origin: { ...origin, path } };
    }
    if (index === 0 && /^(path|name)$/.test(origin.path[0] ?? "") && takesEntries(this.#model, file, node)) return { part: "file", origin: { ...origin, path: ["name"] } };
    const entry = this.#ofEntry(origin, node, index) ?? this.#ofProcedure(file, node, origin);
    if (entry) return entry;
    const values = this.#model.values.ofParameter(file, node, index);
    if (values.some((value) => value.kind === "external" && isJob(value))) return origin.path[0] === "data" ? { part: "message", origin: { ...origin, path: origin.path.slice(1) } } : undefined;
    if (origin.path[0] === "get()" && keepsVariables(values, this.#parameterName(node, index))) return undefined;
    if (values.some((value) => this.#isRequest(file, value) && !isFetchInput(parameter)) || this.#isHandler(file, node, index, values)) return ofRequest(origin);
    if (isServerActionOf(this.#model, file, node)) return { part: "body", origin };
    if (index === 1 && isResolver(this.#model, file, node)) return { part: "arguments", origin };
    // Next hands what stands in the path to the second parameter.
    if (index === 1 && isRouteFile(file) && verbs.test(node.name ?? "") && origin.path[0] === "params") return { part: "params", origin: { ...origin, path: origin.path.slice(1) } };
    return undefined;
  }

  #isRequest(file: string, value: Value, depth = 0): boolean {
    if (value.kind === "external") {
      const kind = kindOf(value.provenance);
      return kind === "request" || kind === "context";
    }
    // `interface AuthenticatedRequest extends Request`
    if (value.kind !== "typed" || depth > 3) return false;
    const declaration = this.#model.facts(value.file).types.find((candidate) => candidate.type === value.type);
    return declaration?.extends?.some((base) => this.#model.values.ofType(value.file, base).some((inner) => this.#isRequest(value.file, inner, depth + 1))) ?? false;
  }

  /** A function that answers a route, or that is written like one where types and registration say nothing. */
  #isHandler(file: string, node: FunctionNode, index: number, values: readonly Value[]): boolean {
    if (index === 0 && answersRoute(this.#model, node)) return true;
    if (index === 0 && isRouteFile(file) && verbs.test(node.name ?? "")) return true;
    if (values.some((value) => (value.kind === "external" ? kindOf(value.provenance) !== undefined : value.kind !== "parameter" && value.kind !== "typed"))) return false;
    const name = (at: number): string => this.#parameterName(node, at);
    if (index === 0 && name(0) === "event" && node.name === "handler") return true;
    return /^_?(req|request)$/.test(name(index)) && /^_?(res|response|reply|h)$/.test(name(index + 1));
  }

  /** `t.procedure.input(schema).query(({ input }) => …)`: what the schema lets through. */
  #ofProcedure(file: string, node: FunctionNode, origin: Origin): RequestSource | undefined {
    const passedTo = this.#model.values.index(file).functions.get(node)?.passedTo;
    if (!passedTo || passedTo.call.callee.kind !== "member" || !/^(query|mutation|subscription|handler)$/.test(passedTo.call.callee.property) || origin.path[0] !== "input") return undefined;
    const [schema] = inputsOf(passedTo.call.callee.object);
    const isRpc = this.#model.values.of(file, passedTo.call.callee).some((value) => value.kind === "external" && /^@(trpc|orpc)\/server$/.test(value.provenance.package));
    if (!schema || !isRpc) return undefined;
    const taken = { ...origin, path: origin.path.slice(1) };
    const [input] = schema.arguments;
    // `input((value) => value as Input)` checks nothing.
    return { part: "input", origin: !input || input.kind === "function" ? taken : { ...taken, steps: [{ kind: "parse", file, node: schema, unknownKeys: unknownKeysIn(this.#model, file, input) ?? "strip" }, ...taken.steps] } };
  }

  #ofLeaf(origin: Origin): RequestSource | undefined {
    const { node, file } = origin;
    if (isEntryName(this.#model, origin)) return { part: "file", origin: { ...origin, path: ["name"] } };
    // `new Request(url)` is one that the code itself sends.
    if (node.kind === "new") return undefined;
    if (node.kind !== "call") {
      // `getRequest()` and fields that hold a request.
      return this.#model.values.of(file, node).some((value) => this.#isRequest(file, value)) ? ofRequest(origin) : undefined;
    }
    const name = node.callee.kind === "name" ? node.callee.name : "";
    // `(await cookies()).get("theme")` of Next
    if ((name === "cookies" || name === "headers") && this.#model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "next" && value.provenance.subpath === "/headers")) return { part: name, origin };
    const reader = Object.hasOwn(h3Readers, name) ? h3Readers[name] : undefined;
    if (reader && !reader.validates) {
      const { part } = reader;
      const known = this.#model.values.of(file, node.callee).some((value) => value.kind === "external" && h3Packages.test(value.provenance.package));
      const [, field] = node.arguments;
      return known ? { part, origin: field?.kind === "literal" ? { ...origin, path: [String(field.value), ...origin.path] } : origin } : undefined;
    }
    return this.#model.values.of(file, node).some((value) => this.#isRequest(file, value)) ? ofRequest(origin) : undefined;
  }

  /** What an entry point's function is given: a message, a socket's data, arguments of GraphQL, an event of a platform. */
  #ofEntry(origin: Origin, node: FunctionNode, index: number): RequestSource | undefined {
    const entry = entriesByHandler(this.#model).get(node);
    // Commands are typed in by those who run the server, and events of the process are its own.
    if (!entry || entry.kind === "cli" || entry.kind === "cron" || entry.kind === "event") return undefined;
    const input = entry.inputs.find(({ parameter, path }) => parameter === index && path.every((key, at) => origin.path[at] === key));
    if (!input) return undefined;
    if (entry.kind === "lambda") return ofRequest(origin);
    return { part: entry.kind === "graphql" ? "arguments" : "message", origin: { ...origin, path: origin.path.slice(input.path.length) } };
  }
}

/** `input: Request | string | URL` is what a client is to send. */
function isFetchInput({ type }: Parameter): boolean {
  return type?.kind === "union" && type.types.some((one) => one.kind === "keyword" && one.name === "string");
}

/** Whether `get` of a parameter reads what steps before it have set, as that of Hono's context does, and no header. */
function keepsVariables(values: readonly Value[], name: string): boolean {
  const packages = values.flatMap((value) => (value.kind === "external" ? [value.provenance.package] : []));
  return packages.length > 0 ? packages.some((one) => /^(@hono\/|hono$)/.test(one)) : name === "c";
}

/** What a queue of AWS itself says of a record. */
const ofQueue = /^(messageId|receiptHandle|md5OfBody|eventSource|eventSourceARN|eventName|eventID|eventVersion|awsRegion|attributes|sequenceNumber|invokeIdentityArn)$/;

/** `ctx.request.body.name`: the part is the first step behind what only carries the request. */
function ofRequest(origin: Origin): RequestSource | undefined {
  let at = 0;
  while (at < 3 && carriers.has(origin.path[at] ?? "")) at++;
  const key = origin.path[at] ?? "";
  const rest = { ...origin, path: origin.path.slice(at + 1) };
  // What a validator of Hono let through.
  if (key === "valid()") return { part: partOfValidator(rest.path[0]), origin: { ...rest, path: rest.path.slice(1), steps: [{ kind: "bound", validated: true }, ...rest.steps] } };
  // A socket or queue message of a serverless function; what the queue says of it, nobody sends.
  if (at > 0 && origin.path[0] === "Records") return ofQueue.test(key) ? undefined : { part: "message", origin: { ...rest, path: origin.path.slice(at) } };
  const part = Object.hasOwn(parts, key) ? parts[key] : undefined;
  // `request.nextUrl.searchParams.get("to")`
  if (part === "url" && rest.path[0] === "searchParams") return { part: "query", origin: { ...rest, path: rest.path.slice(1) } };
  // `request.only(["title"])` of AdonisJS names the keys.
  return part && { part, origin: key === "only()" ? { ...rest, steps: [{ kind: "pick", file: rest.file, node: rest.node, keys: [] }, ...rest.steps] } : rest };
}

/** Whether a client chose what was taken: of an upload its name and what is in it; where it lies, the server. The `filename` of multer is the one on the server's disk. */
export function isChosen(model: ProjectModel, { part, origin }: RequestSource): boolean {
  if (part !== "file") return true;
  const { dependencies } = model.packageOf(origin.file);
  const named = dependencies.has("multer") || dependencies.has("@nestjs/platform-express");
  return origin.path.some((key) => chosen.has(key) && !(named && key === "filename"));
}

function partOfValidator(key: string | undefined): SourcePart {
  return key === "query" ? "query" : key === "param" ? "params" : key === "header" ? "headers" : key === "cookie" ? "cookies" : "body";
}

function isJob({ provenance }: Extract<Value, { kind: "external" }>): boolean {
  return /^(bullmq|bull|bee-queue)$/.test(provenance.package) && (provenance.path[0] === "Job" || provenance.path.at(-1) === "=>0");
}

/** The calls of `input` in a chain, outermost first. */
function inputsOf(node: Expression): readonly Extract<Expression, { kind: "call" }>[] {
  if (node.kind === "member") return inputsOf(node.object);
  if (node.kind !== "call" || node.callee.kind !== "member") return [];
  return [...(node.callee.property === "input" ? [node] : []), ...inputsOf(node.callee.object)];
}

function isRouteFile(file: string): boolean {
  return /(^|\/)app\/(.*\/)?route\.[cm]?[jt]sx?$/.test(file);
}

/** Whether a browser calls a function by way of Next: `"use server"` stands in it, or above the file that exports it. */
export function isServerActionOf(model: ProjectModel, file: string, node: FunctionNode): boolean {
  if (isServerAction(node)) return true;
  const facts = model.facts(file);
  return isServerAction(facts) && isUsedByPages(model, file) && facts.exports.some(({ binding }) => heldFunction(model.values.index(file), binding) === node);
}

/** Next makes addresses only for what its pages use: a file that other code of the server alone imports has none. */
function isUsedByPages(model: ProjectModel, file: string, passed: readonly string[] = []): boolean {
  const importers = model.edgesTo(file).filter(({ kind, from }) => kind === "runtime" && !isTestPath(from));
  return (importers.length === 0 && passed.length === 0) || importers.some(({ from }) => {
    if (/\.[jt]sx$/.test(from)) return true;
    const facts = model.facts(from);
    if (isDirected(facts, "use client") || facts.imports.some(({ specifier }) => specifier === "react")) return true;
    // What an index hands on is used by those who import that.
    return /(^|\/)index\.[cm]?[jt]s$/.test(from) && !passed.includes(from) && isUsedByPages(model, from, [...passed, from]);
  });
}
