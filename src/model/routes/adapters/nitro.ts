import { authorizationSteps, authSteps } from "../../../catalogue/lexicon/http.js";
import { baseName, isDeclarationFile, joinPath } from "../../../base/paths.js";
import type { Expression } from "../../../facts/syntax.js";
import { walkAll } from "../../../facts/walk.js";
import { defaultExpression } from "../../file-index.js";
import { isNitro, serverFolders } from "../../nitro.js";
import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { joinRoutePath } from "../path.js";
import { isForSomePaths, looksAtPath } from "../by-path.js";
import { behaviourOf } from "../rejections.js";
import type { Located, UnresolvedRoute } from "../route.js";
import { definitionOf, handlerIn, optionSteps } from "./h3.js";

const code = /\.[cm]?[jt]sx?$/;
const methodSuffix = /\.(connect|delete|get|head|options|patch|post|put|trace)$/;

/** The file routes of Nitro, which Nuxt has in `server/`: the place and name of a file are its path and method. */
export const nitro: Adapter = { framework: "nitro", packages: [], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  for (const unit of model.packages) {
    if (!isNitro(model, unit)) continue;
    const files = model.filesOf(unit).filter((file) => !isDeclarationFile(file));
    for (const folder of serverFolders(model, unit)) {
      const inside = (name: string): readonly string[] => files.filter((file) => file.startsWith(`${joinPath(folder, name)}/`) && code.test(file));
      const global = inside("middleware").map((file) => middlewareStep(model, file)).filter((step) => step !== undefined);
      for (const [name, prefix] of [["api", "/api"], ["routes", ""]] as const)
        for (const file of inside(name)) routes.push(...routeOf(model, file, file.slice(joinPath(folder, name).length + 1), prefix, global));
    }
  }
  return { routes, unresolved, applications: [] };
}

function routeOf(model: ProjectModel, file: string, name: string, prefix: string, global: readonly RawStep[]): readonly RawRoute[] {
  const exported = defaultExpression(model.facts(file)) ?? functionExport(model, file);
  if (!exported) return [];
  const place = { file, node: exported };
  const definition = definitionOf(model, place);
  const handler = (definition && handlerIn(definition)) ?? place;
  const { path, method } = pathOf(name);
  const own = (definition ? optionSteps(definition.file, definition.node) : []).map((step): RawStep => ({ ...step, origin: "route" }));
  return [{ framework: "nitro", method, path: joinRoutePath(prefix, path), file, span: exported.span, mounts: [], chain: [...global, ...own, ...sessionSteps(model, handler)], handler }];
}

/** `users/[id].get` answers `GET /users/:id`; `[...slug]` takes the rest; `(group)` folders leave no trace; `index` is its folder. */
function pathOf(name: string): { readonly path: string; readonly method: string } {
  const bare = name.replace(code, "").replace(/\.(dev|prod|prerender)$/, "");
  const method = methodSuffix.exec(bare)?.[1];
  const path = bare
    .replace(methodSuffix, "")
    .replace(/(^|\/)index$/, "")
    .split("/")
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map((segment) => segment.replace(/^\[\.{3}(\w*)\]$/, (_all, rest: string) => `*${rest || "path"}`).replace(/\[(\w+)\]/g, ":$1"))
    .join("/");
  return { path, method: method?.toUpperCase() ?? "ALL" };
}

/** `export default function` has no expression of its own. */
function functionExport(model: ProjectModel, file: string): Expression | undefined {
  const value = model.values.ofExport(file, "default").find((candidate) => candidate.kind === "function");
  return value?.kind === "function" && value.file === file ? { kind: "function", span: value.node.span, function: value.node } : undefined;
}

/** Middleware runs before every route; where it looks at the path itself, for which ones cannot be told. */
function middlewareStep(model: ProjectModel, file: string): RawStep | undefined {
  const exported = defaultExpression(model.facts(file)) ?? functionExport(model, file);
  if (!exported) return undefined;
  const [inner] = exported.kind === "call" ? exported.arguments : [exported];
  if (!inner) return undefined;
  // Numbers in front say the order: `2.auth.ts`.
  const name = baseName(file).replace(code, "").replace(/^\d+[.-]/, "");
  const value = model.values.of(file, inner).find((candidate) => candidate.kind === "function");
  const step: RawStep = { file, node: inner, origin: "global", name };
  // What turns nobody away does so for no path.
  const decides = value?.kind === "function" && looksAtPath(value.node) && !isForSomePaths(model, value.file, value.node) && behaviourOf(model.values, value.file, value.node).stops;
  return decides ? { ...step, judged: { role: "unknown" } } : step;
}

/** Helpers that Nuxt imports by itself have no code to read: `await requireUserSession(event)`. */
function sessionSteps(model: ProjectModel, { file, node }: Located): readonly RawStep[] {
  const value = (node.kind === "call" ? node.arguments : [node]).flatMap((part) => model.values.of(file, part)).find((candidate) => candidate.kind === "function");
  if (value?.kind !== "function") return [];
  const steps: RawStep[] = [];
  walkAll(value.node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "name" && part.callee.binding === undefined && (authSteps.in(part.callee.name) || authorizationSteps.in(part.callee.name))) steps.push({ file: value.file, node: part, origin: "handler" });
    return undefined;
  });
  return steps;
}

