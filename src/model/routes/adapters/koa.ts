import { describe } from "../../../catalogue/index.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression } from "../../../facts/syntax.js";
import { type CodeNode, someNode, walkAll } from "../../../facts/walk.js";
import { computedText, type Given, givenKey } from "../../values/computed.js";
import type { ProjectModel } from "../../project-model.js";
import type { CreationSite, ExternalValue, Value } from "../../values/value.js";
import type { Adapter } from "../adapter.js";
import { pathTexts, unknownPart } from "../../values/path-texts.js";
import type { Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";
import type { Located } from "../../values/located.js";
import { decoratedRoutes } from "./koa-decorated.js";
import { describedRoutes } from "./koa-described.js";
import { findStackRoutes, type MountedRouter, type StackDialect } from "../stack.js";

const routerPackages = ["@koa/router", "koa-router", "@types/koa__router", "koa-joi-router", "koa-zod-router", "koa-swagger-decorator", "koa-tree-router"];
const verbs = new Set(["get", "post", "put", "patch", "delete", "del", "head", "options"]);

const dialect: StackDialect = {
  framework: "koa",
  isRouter: (value) => isApplication(value) || isRouter(value),
  isApplication,
  verbOf: (method) => (method === "all" ? "ALL" : verbs.has(method) ? (method === "del" ? "DELETE" : method.toUpperCase()) : undefined),
  ownPrefix,
  mountMethods: new Set(["use"]),
  hasErrorHandler: (model, own) => isGivenHandler(model, own) || own.some((operation) => operation.method === "use" && operation.arguments.some(({ file, node }) => model.values.of(file, node).some((value) => (value.kind === "function" ? someNode(value.node.body ?? [], catchesErrors) : value.kind === "external" && /error/i.test(value.provenance.package))))),
  registration(model, operation) {
    const described = decoratedRoutes(model, operation) ?? describedRoutes(model, operation);
    if (described) return described;
    // `router.register(path, methods, handlers)`
    const [path, method, ...handlers] = operation.method === "register" ? operation.arguments : [];
    const paths = path && pathTexts(model, path.file, path.node);
    const methods = method && pathTexts(model, method.file, method.node)?.map(({ text }) => text.toUpperCase());
    return paths && methods && { methods, paths, handlers };
  },
  mounted,
  namedRoutes: true,
  confinesSteps: true,
};

/** `onerror(app)` of a package that answers errors. */
function isGivenHandler(model: ProjectModel, own: readonly Operation[]): boolean {
  const sites = new Set(own.flatMap(({ receiver: { site } }) => (site ? [site.node] : [])));
  const files = new Set(own.flatMap(({ file, receiver: { site } }) => [file, ...(site ? [site.file] : [])]));
  return [...files].some((file) =>
    model.values.index(file).calls.some(({ node }) => {
      const isGiven = node.kind === "call" && node.arguments.some((argument) => argument.kind === "name" && model.values.of(file, argument).some((value) => value.kind === "external" && value.site !== undefined && sites.has(value.site.node)));
      return isGiven && model.values.of(file, node.callee).some((value) => value.kind === "external" && describe({ ...value.provenance, path: value.provenance.path.length === 0 ? ["default"] : value.provenance.path })?.middleware?.role === "error-handler");
    }),
  );
}

/** `try { await next(); } catch …`, `next().catch(…)` */
function catchesErrors(part: CodeNode): boolean {
  return (part.kind === "try" && part.handler !== undefined) || (part.kind === "call" && part.callee.kind === "member" && part.callee.property === "catch");
}

/** Koa with its routers. */
export const koa: Adapter = { framework: "koa", packages: ["koa", ...routerPackages], find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function mounted(model: ProjectModel, value: Value): readonly MountedRouter[] {
  if (value.kind !== "external") return [];
  const { path, package: name } = value.provenance;
  // `mount("/prefix", app)` of koa-mount.
  if (name === "koa-mount" && value.site) {
    const { file, node } = value.site;
    const target = node.arguments.at(-1);
    const [first] = node.arguments.length > 1 ? node.arguments : [];
    const prefix = (first && pathTexts(model, file, first)?.[0]?.text) ?? "";
    return (target ? model.values.of(file, target) : []).flatMap((inner) => mounted(model, inner)).map((inner) => ({ ...inner, prefix: joinRoutePath(prefix, inner.prefix) }));
  }
  // `compose([first.routes(), second.routes()])`
  if (name === "koa-compose" && value.site) {
    const { file, node } = value.site;
    return node.arguments.flatMap((list) => (list.kind === "array" ? list.elements : [list])).flatMap((element) => model.values.of(file, element)).flatMap((inner) => mounted(model, inner));
  }
  // `router.routes()` and `router.middleware()` hand the router on.
  const last = path.at(-2);
  if (path.at(-1) === "()" && (last === "routes" || last === "middleware")) return [{ router: { ...value, provenance: { ...value.provenance, path: path.slice(0, -2) } }, prefix: "" }];
  return dialect.isRouter(value) ? [{ router: value, prefix: "" }] : [];
}

function isApplication(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  return name === "koa" && made(path) && path.slice(path.findIndex((step) => step === "new()" || step === "()") + 1).every((step) => step === "()" || step === "use" || step === "on" || step === "once");
}

function isRouter(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  if (!routerPackages.includes(name) || !made(path)) return false;
  const start = path.findIndex((step) => step === "new()" || step === "()");
  return path.slice(start + 1).every((step) => step === "()" || step === "use" || step === "prefix" || step === "param" || step === "all" || verbs.has(step));
}

function made(path: readonly string[]): boolean {
  const start = path.findIndex((step) => step === "new()" || step === "()");
  return start !== -1 && start <= 1;
}

/** `new Router({ prefix })` and `router.prefix("/x")`, which also holds for routes before it. */
function ownPrefix(model: ProjectModel, operations: readonly Operation[], value: ExternalValue): string {
  const texts: string[] = [];
  const options = value.site?.node.arguments[0];
  const prefix = options && value.site && prefixOption(model, value.site.file, options);
  if (prefix !== undefined) texts.push(prefix);
  else if (value.site) texts.push(...prefixOfClass(model, value.site));
  for (const operation of operations) {
    const [argument] = operation.arguments;
    if (operation.method === "prefix" && argument) texts.unshift(pathTexts(model, argument.file, argument.node)?.[0]?.text ?? "");
  }
  return texts.join("/");
}

/** `super({ prefix: "/" + table })` in the constructor of a class of the project that extends a router. */
function prefixOfClass(model: ProjectModel, { file, node }: CreationSite): readonly string[] {
  const made = node.kind === "new" ? model.values.of(file, node.callee).find((value) => value.kind === "class") : undefined;
  const constructor_ = made?.kind === "class" ? made.node.members.find((member) => member.kind === "method" && member.function.form === "constructor") : undefined;
  const given = new Map<string, Located>();
  for (const [index, { target }] of (constructor_?.kind === "method" ? constructor_.function.parameters : []).entries()) {
    const argument = node.arguments[index];
    if (made?.kind === "class" && target.kind === "binding" && argument) given.set(givenKey(made.file, target.binding), { file, node: argument });
  }
  const found: string[] = [];
  if (made?.kind === "class" && constructor_?.kind === "method")
    walkAll(constructor_.function.body ?? [], (part) => {
      const [options] = "kind" in part && part.kind === "call" && part.callee.kind === "super" ? part.arguments : [];
      const prefix = options?.kind === "object" ? propertyOf(options, "prefix") : undefined;
      if (prefix) found.push((isTold(model, made.file, prefix, given) ? computedText(model, made.file, prefix, given) : undefined) ?? `/${unknownPart}`);
      return undefined;
    });
  return found;
}

/** Whether all that an expression takes of what a constructor is given is known there. */
function isTold(model: ProjectModel, file: string, node: Expression, given: Given): boolean {
  return !someNode([node], (part) => {
    const argument = part.kind === "name" && part.binding !== undefined ? given.get(givenKey(file, part.binding)) : undefined;
    return argument !== undefined && !model.values.of(argument.file, argument.node).some(({ kind }) => kind === "constant" || kind === "object");
  });
}

function prefixOption(model: ProjectModel, file: string, options: Expression): string | undefined {
  for (const value of model.values.of(file, options)) {
    const prefix = value.kind === "object" ? propertyOf(value.node, "prefix") : undefined;
    if (prefix && value.kind === "object") return pathTexts(model, value.file, prefix)?.[0]?.text;
  }
  return undefined;
}
