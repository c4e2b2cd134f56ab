import { oncePer } from "../../../base/once-per.js";
import type { Provenance } from "../../../catalogue/provenance.js";
import { lastName, propertyOf } from "../../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../../facts/syntax.js";
import { walkAll } from "../../../facts/walk.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue, Value } from "../../values/value.js";
import type { Adapter } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { answersAlone, onlyPassesOn } from "../only-passes-on.js";
import type { Operation } from "../operations.js";
import { operationsOf, routerKeys } from "../router-keys.js";
import { findStackRoutes, type Registration, type StackDialect } from "../stack.js";

const packages = ["express", "express-serve-static-core", "@types/express", "express-promise-router", "express-async-router", "polka", "restify", "router"];
/** What the SDK of the Model Context Protocol makes applications of Express with. */
const maker = "createMcpExpressApp";
/** What Bolt for Slack receives events with: it holds an application of Express (`app`) with a router in it (`router`). */
const receiver = "ExpressReceiver";
const verbs = new Set(["get", "post", "put", "patch", "delete", "head", "options", "search", "del"]);
/** Calls that give back the router itself. */
/** What gives back what it is called on (https://expressjs.com/en/4x/api.html#app), and `route`, which goes on with its path. */
const chained = new Set(["use", "route", "all", "param", "set", "enable", "disable", "engine", "on", "once", ...verbs]);

const dialect: StackDialect = {
  framework: "express",
  isRouter: (value) => isExpress(value) && isRouterPath(value.provenance),
  isApplication: (value) => isExpress(value) && (isRestify(value.provenance) || /^(default|Application|Express|express|createMcpExpressApp|ExpressReceiver)$/.test(makerOf(value.provenance.path))),
  verbOf,
  // `server.pre(…)` of Restify runs before a route is chosen.
  mountMethods: new Set(["use", "useAsync", "pre"]),
  registration: byOptions,
  // Restify answers with errors as JSON by itself, with a code of their kind.
  hasErrorHandler: (model, own, all) => own.some(({ receiver }) => isRestify(receiver.provenance)) || hasMapper(model, own) || own.some((operation) => operation.method === "use" && mountedWhole(model, operation).some((router) => hasMapper(model, operationsOf(all, routerKeys(router, operation.file, undefined)) ?? []))),
  isErrorHandler: (model, { file, node }) => model.values.of(file, node).some((value) => value.kind === "function" && value.node.parameters.length === 4),
  isStep: onlyPassesOn,
  answersAlone,
  routersAnswer: true,
  mounted: (model, value) => (value.kind === "function" ? handedTo(model, value).flatMap((one) => dialect.mounted(model, one)) : value.kind === "external" && dialect.isRouter(value) ? [{ router: value, prefix: "" }] : []),
};

/** Whether what is used last maps errors. */
function hasMapper(model: ProjectModel, own: readonly Operation[]): boolean {
  return own.some((operation) => operation.method === "use" && operation.arguments.some(({ file, node }) => mapsErrors(model, file, node)) && !isBeforeAll(operation, own));
}

/** The routers that stand for the application, as they are mounted without a path: `app.use(router)`. */
function mountedWhole(model: ProjectModel, { arguments: used }: Operation): readonly ExternalValue[] {
  const [first] = used;
  if (!first || pathTexts(model, first.file, first.node)?.some(({ text }) => text !== "/")) return [];
  return used.flatMap(({ file, node }) => model.values.of(file, node)).flatMap((value) => (value.kind === "external" && dialect.isRouter(value) ? [value] : []));
}

/** What a function hands its request on to: the router of `async (req, res, next) => { const { router } = await import("./admin"); router(req, res, next); }`. */
function handedTo(model: ProjectModel, { file, node }: Extract<Value, { kind: "function" }>): readonly ExternalValue[] {
  return handingCalls(node).flatMap(({ callee }) => model.values.of(file, callee).filter((value) => value.kind === "external"));
}

const handingCalls = oncePer(({ parameters, body }: FunctionNode): readonly CallExpression[] => {
  const [request] = parameters;
  const calls: CallExpression[] = [];
  if (parameters.length > 1 && request?.target.kind === "binding") {
    const { binding } = request.target;
    walkAll(body ?? [], (part) => {
      if (!("kind" in part) || part.kind !== "call" || (part.callee.kind !== "name" && part.callee.kind !== "member")) return undefined;
      const [first, ...others] = part.arguments;
      if (others.length > 0 && first?.kind === "name" && first.binding === binding) calls.push(part);
      return undefined;
    });
  }
  return calls;
});

/** `get`, `del` of Restify, and `getAsync` of `@awaitjs/express`. */
function verbOf(method: string): string | undefined {
  const name = method.endsWith("Async") ? method.slice(0, -"Async".length) : method;
  if (name === "all") return "ALL";
  return verbs.has(name) ? (name === "del" ? "DELETE" : name.toUpperCase()) : undefined;
}

/** A function of four parameters, also in an array or made by a factory; what comes from a package or cannot be found may be one. */
function mapsErrors(model: ProjectModel, file: string, node: Expression): boolean {
  const values = model.values.of(file, node.kind === "spread" ? node.value : node);
  if (values.every(({ kind }) => kind === "parameter")) return /err|exception/i.test(calledName(node));
  return values.some((value) => {
    if (value.kind === "function") return value.node.parameters.length === 4;
    if (value.kind === "array") return value.node.elements.some((element) => mapsErrors(model, value.file, element));
    return value.kind === "external" && /error|sentry|celebrate/i.test(`${value.provenance.package} ${value.provenance.path.join(" ")}`);
  });
}

/** An error handler that stands in front of every route catches the errors of none; told only where one function does all of it. */
function isBeforeAll(handler: Operation, own: readonly Operation[]): boolean {
  const routes = own.filter(({ method, arguments: given }) => (verbs.has(method) && given.length > 1) || method === "all" || method === "route" || (method === "use" && given.length > 0));
  const others = routes.filter((operation) => operation !== handler);
  return others.some(({ method, arguments: given }) => method !== "use" || given.length > 1) && others.every(({ file, in: around, call }) => file === handler.file && around?.node === handler.in?.node && call.span[0] > handler.call.span[0]);
}

function calledName(node: Expression): string {
  if (node.kind === "call") return calledName(node.callee);
  return lastName(node);
}

/** Express 4 and 5, and what shares its interface. */
export const express: Adapter = { framework: "express", packages: [...packages, "@modelcontextprotocol/sdk", "@slack/bolt"], find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function isExpress({ provenance: { package: name, path } }: ExternalValue): boolean {
  return packages.includes(name) || (name === "@modelcontextprotocol/sdk" && path[0] === maker) || (name === "@slack/bolt" && path.includes(receiver));
}

/** What was called to make a value: `Router` for `express.Router()`; `default` for `require("express")()`. */
function makerOf(path: readonly string[]): string {
  return path[path.findIndex((step) => step === "()" || step === "new()") - 1] ?? "default";
}

/** `restify.createServer()` and a value typed `Server`. */
function isRestify({ package: name, path }: Provenance): boolean {
  return name === "restify" && /^(createServer|Server)$/.test(makerOf(path));
}

/** `server.get({ path: "/users", name: "users" }, …handlers)` of Restify. */
function byOptions(model: ProjectModel, { method, arguments: [first, ...handlers] }: Operation): Registration | undefined {
  const verb = dialect.verbOf(method);
  const path = first?.node.kind === "object" ? propertyOf(first.node, "path") : undefined;
  const paths = first && path && pathTexts(model, first.file, path);
  return verb !== undefined && paths && handlers.length > 0 ? { methods: [verb], paths, handlers } : undefined;
}

/** `express()`, `Router()`, `new Router()`, a value typed `Express` or `Router`, and chains of calls on one. */
function isRouterPath(provenance: Provenance): boolean {
  const { path } = provenance;
  const made = path.findIndex((step) => step === "()" || step === "new()");
  if (made === -1) return false;
  if (makerOf(path) === receiver) return /^(app|router)$/.test(path[made + 1] ?? "") && path.slice(made + 2).every((step) => step === "()" || chained.has(step));
  if (!isRestify(provenance) && !/^(default|Router|AsyncRouter|Application|Express|IRouter|IRoute|express|createMcpExpressApp)$/.test(makerOf(path))) return false;
  return path.slice(made + 1).every((step) => step === "()" || chained.has(step));
}
