import type { Expression } from "../../../facts/syntax.js";
import { propertyOf } from "../../members.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue } from "../../value.js";
import { type Adapter, pathTexts } from "../adapter.js";
import type { Operation } from "../operations.js";
import { findStackRoutes, type StackDialect } from "../stack.js";

const routerPackages = ["@koa/router", "koa-router", "@types/koa__router", "koa-joi-router", "koa-zod-router"];
const verbs = new Set(["get", "post", "put", "patch", "delete", "del", "head", "options"]);

const dialect: StackDialect = {
  framework: "koa",
  isRouter: (value) => isApplication(value) || isRouter(value),
  isApplication,
  verbOf: (method) => (method === "all" ? "ALL" : verbs.has(method) ? (method === "del" ? "DELETE" : method.toUpperCase()) : undefined),
  ownPrefix,
  mountMethods: new Set(["use"]),
  hasErrorHandler: (model, own) => own.some((operation) => operation.method === "use" && operation.call.arguments.some((argument) => model.values.of(operation.file, argument).some((value) => (value.kind === "function" ? JSON.stringify(value.node.body ?? []).includes('"kind":"try"') : value.kind === "external" && /error/i.test(value.provenance.package))))),
  mounted(value) {
    if (value.kind !== "external") return undefined;
    // `router.routes()` and `router.middleware()` hand the router on.
    const { path } = value.provenance;
    const last = path.at(-2);
    if (path.at(-1) === "()" && (last === "routes" || last === "middleware")) return { ...value, provenance: { ...value.provenance, path: path.slice(0, -2) } };
    return dialect.isRouter(value) ? value : undefined;
  },
  namedRoutes: true,
};

/** Koa with its routers. */
export const koa: Adapter = { framework: "koa", packages: ["koa", ...routerPackages], find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function isApplication(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  return name === "koa" && made(path) && path.slice(path.indexOf("new()") + 1).every((step) => step === "()" || step === "use");
}

function isRouter(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  if (!routerPackages.includes(name) || !made(path)) return false;
  const start = path.findIndex((step) => step === "new()" || step === "()");
  return path.slice(start + 1).every((step) => step === "()" || step === "use" || step === "prefix" || step === "all" || verbs.has(step));
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
  for (const operation of operations) {
    const argument = operation.call.arguments[0];
    if (operation.method === "prefix" && argument) texts.unshift(pathTexts(model, operation.file, argument)?.[0]?.text ?? "");
  }
  return texts.join("/");
}

function prefixOption(model: ProjectModel, file: string, options: Expression): string | undefined {
  for (const value of model.values.of(file, options)) {
    const prefix = value.kind === "object" ? propertyOf(value.node, "prefix") : undefined;
    if (prefix && value.kind === "object") return pathTexts(model, value.file, prefix)?.[0]?.text;
  }
  return undefined;
}
