import type { Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue } from "../../value.js";
import { type Adapter, pathTexts } from "../adapter.js";
import type { Operation } from "../operations.js";
import { findStackRoutes, type StackDialect } from "../stack.js";

const packages = ["hono", "@hono/zod-openapi"];
const verbs = new Set(["get", "post", "put", "patch", "delete", "options", "head"]);
/** Calls that give back the same application, or one with another base path. */
const chained = new Set(["use", "route", "mount", "all", "on", "onError", "notFound", "basePath", "openapi", "createApp", "createFactory", ...verbs]);

const dialect: StackDialect = {
  framework: "hono",
  isRouter,
  isApplication: isRouter,
  verbOf: (method) => (method === "all" ? "ALL" : verbs.has(method) ? method.toUpperCase() : undefined),
  ownPrefix,
  mountMethods: new Set(["use", "route"]),
  // Whichever application is the outermost, its `onError` answers for those it mounts.
  hasErrorHandler: (_model, _own, all) => [...all.values()].some((list) => list.some((operation) => operation.method === "onError")),
  mounted: (value) => (value.kind === "external" && isRouter(value) ? value : undefined),
  remembersPath: true,
};

/** Hono 4. */
export const hono: Adapter = { framework: "hono", packages, find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function isRouter(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  if (!packages.includes(name)) return false;
  const start = path.findIndex((step) => step === "new()" || step === "()");
  const factory = path[start - 1] ?? "";
  return start !== -1 && /^(Hono|OpenAPIHono|createFactory|HonoBase|Factory)$/.test(factory) && path.slice(start + 1).every((step) => step === "()" || chained.has(step)) && (factory !== "createFactory" || path.includes("createApp"));
}

/** `new Hono().basePath("/api")`, anywhere in the chain that makes the application. */
function ownPrefix(model: ProjectModel, operations: readonly Operation[], _value: ExternalValue): string {
  const found = new Map<Expression, string>();
  for (const operation of operations) {
    if (operation.method !== "basePath") continue;
    const argument = operation.call.arguments[0];
    if (argument) found.set(argument, pathTexts(model, operation.file, argument)?.[0]?.text ?? "");
  }
  return [...found.values()].join("/");
}
