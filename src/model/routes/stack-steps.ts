import { oncePer } from "../../base/once-per.js";
import { describe } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";
import type { RawStep } from "./adapter.js";
import { pathTexts } from "../values/path-texts.js";
import type { StepOrigin } from "./route.js";
import type { Located } from "../values/located.js";

/** Handlers may stand in arrays, also in constants and behind spreads. */
export function flatten(model: ProjectModel, given: readonly Located[]): Located[] {
  return given.flatMap(({ file, node, within }) => {
    const elements = (at: string, nodes: readonly Expression[]): Located[] => flatten(model, nodes.map((one) => ({ file: at, node: one })));
    if (node.kind === "array") return elements(file, node.elements);
    if (node.kind === "cast") return elements(file, [node.value]);
    // `compose([requireUser, validate(schema)])` of koa-compose.
    if (node.kind === "call" && model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "koa-compose")) return elements(file, node.arguments);
    const inner = node.kind === "spread" ? node.value : node;
    // `controller.create` may be the list `[validate, create]`.
    const [value] = node.kind === "spread" || node.kind === "name" || node.kind === "member" ? model.values.of(file, inner) : [];
    // `...factory.createHandlers(guard, handler)` of Hono
    if (value?.kind === "external" && value.site && value.provenance.path.at(-2) === "createHandlers") return elements(value.site.file, value.site.node.arguments);
    // `const careful = compose([limit, count])`
    if (value?.kind === "external" && value.site?.node.kind === "call" && value.provenance.package === "koa-compose" && value.provenance.path.at(-1) === "()") return elements(value.site.file, value.site.node.arguments);
    return value?.kind === "array" ? elements(value.file, value.node.elements) : [{ file, node: inner, ...(within && { within }) }];
  });
}

/** A path that holds a secret of the environment is open to who knows it alone: `app.post(`/hooks/${process.env.HOOK_TOKEN}`, …)`. */
export function secretInPath(path: Located | undefined, origin: StepOrigin): readonly RawStep[] {
  const { node } = path ?? {};
  const parts = node?.kind === "template" && !node.tag ? node.values : node?.kind === "binary" && node.operator === "+" ? [node.left, node.right] : [];
  const secret = parts.find((part) => part.kind === "member" && /(^|_|[a-z])(KEY|TOKEN|SECRET|PASSWORD|Key|Token|Secret|Password)$/.test(part.property) && /^(env|settings|config|configuration)$/i.test(lastName(part.object)));
  return path && secret ? [{ file: path.file, node: secret, origin, name: "secret in the path", judged: { role: "auth" } }] : [];
}

/** Whether an argument is a function, or the name of one. */
export function looksLikeHandler(model: ProjectModel, given: Located | undefined): boolean {
  return given !== undefined && (given.node.kind === "function" || model.values.of(given.file, given.node).some((value) => value.kind === "function"));
}

/** Whether a step lets requests go on: it calls its last parameter with nothing, or a package made it to do so. */
export function passesOn(model: ProjectModel, { file, node }: Located): boolean {
  // `limit(options)` of a factory of the project whose type says that it makes middleware is that.
  const [factory] = node.kind === "call" ? model.values.of(file, node.callee) : [];
  if (factory?.kind === "function" && factory.node.returns?.kind === "reference" && /^(MiddlewareHandler|RequestHandler|Middleware)$/.test(factory.node.returns.name)) return true;
  return model.values.of(file, node).some((value) => {
    if (value.kind === "external") return describe(value.provenance)?.middleware !== undefined || isMadeMiddleware(value);
    return value.kind === "function" && callsLastParameter(value.node);
  });
}

const callsLastParameter = oncePer(({ parameters, body }: FunctionNode): boolean => {
  const next = parameters.at(-1)?.target;
  if (parameters.length < 2 || next?.kind !== "binding") return false;
  return someNode(body ?? [], (part) => part.kind === "call" && part.arguments.length === 0 && part.callee.kind === "name" && part.callee.binding === next.binding);
});

/** Whether a function answers in Koa's way, also where it goes on then: `ctx.body = order; return next();`. */
export function setsBody(model: ProjectModel, { file, node }: Located): boolean {
  return model.values.of(file, node).some((value) => {
    const context = value.kind === "function" ? value.node.parameters[0]?.target : undefined;
    if (value.kind !== "function" || context?.kind !== "binding") return false;
    return someNode(value.node.body ?? [], (part) => part.kind === "assign" && part.target.kind === "member" && part.target.property === "body" && part.target.object.kind === "name" && part.target.object.binding === context.binding);
  });
}

/** What a call of a factory of middleware gave: `passport.authenticate("jwt")`. */
function isMadeMiddleware({ provenance }: ExternalValue): boolean {
  return provenance.path.at(-1) === "()" && describe({ ...provenance, path: provenance.path.slice(0, -1) })?.middleware !== undefined;
}

/** A path that a step is not for, with the methods that this holds for if it does not for all. */
export interface OpenPath {
  readonly path: string;
  readonly methods?: readonly string[];
}

/** `except("/open", requireUser)` of Hono and `requireUser.unless({ path: ["/open"] })`: the steps, and where they do not run. */
export function unlessExcepted(model: ProjectModel, step: Located): (Located & { readonly except?: readonly OpenPath[] })[] {
  const { file, node } = step;
  if (node.kind !== "call") return [step];
  const { callee } = node;
  if (callee.kind === "member" && callee.property === "unless") {
    const [options] = node.arguments;
    const paths = options?.kind === "object" ? propertyOf(options, "path") : undefined;
    const except = paths && exceptedPaths(model, file, paths);
    return [{ file, node: callee.object, ...(except && { except }) }];
  }
  const [first, ...steps] = node.arguments;
  if (!first || !model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.subpath === "/combine" && value.provenance.path.at(-1) === "except")) return [step];
  const except = exceptedPaths(model, file, first);
  return steps.map((one) => ({ file, node: one, except }));
}

/** Paths as texts or as regular expressions that begin with one: `/^\/public/`; behind a star where it may stand anywhere, `/\/login/`; and `{ url: "/items", methods: ["GET"] }`. */
function exceptedPaths(model: ProjectModel, file: string, node: Expression): OpenPath[] {
  if (node.kind === "array") return node.elements.flatMap((element) => exceptedPaths(model, file, element));
  if (node.kind === "object") {
    const [url, given] = [propertyOf(node, "url"), propertyOf(node, "methods")];
    const methods = given?.kind === "array" ? given.elements.flatMap((element) => pathTexts(model, file, element)?.map(({ text }) => text.toUpperCase()) ?? []) : undefined;
    return url ? exceptedPaths(model, file, url).map((open) => ({ ...open, ...(methods && { methods }) })) : [];
  }
  if (node.kind !== "regex") return pathTexts(model, file, node)?.map(({ text }) => ({ path: text })) ?? [];
  const [, begins, literal] = /^(\^?)((?:\\?\/[\w-]+)+)/.exec(node.pattern) ?? [];
  return literal === undefined ? [] : [{ path: `${begins === "" ? "*" : ""}${literal.replaceAll("\\", "")}` }];
}

/** Whether a step is not for a path and method. */
export function isExcepted({ path: open, methods }: OpenPath, path: string, method: string): boolean {
  if (methods && !methods.includes(method)) return false;
  return open.startsWith("*/") ? `${path}/`.includes(`${open.slice(1)}/`) : covers(open, path);
}

/** Whether what is used at a path also runs for a route; both are split into segments, and a parameter stands for any. */
export function covers(below: string, path: string): boolean {
  const pattern = below.replace(/\/(?:\*{1,2}:?\w*|\(\.\*\)|\{\*\w+\})$/, "").split("/").filter(Boolean);
  const segments = path.split("/").filter(Boolean);
  return pattern.length <= segments.length && pattern.every((segment, index) => segment.startsWith(":") || segment === "*" || segment === segments[index]);
}
