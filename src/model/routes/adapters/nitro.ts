import { authorizationSteps, authSteps } from "../../../catalogue/lexicon/http.js";
import { walkAll } from "../../../facts/walk.js";
import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { joinRoutePath } from "../path.js";
import type { Located } from "../../values/located.js";
import { definitionOf, handlerIn, optionSteps } from "./h3.js";
import { code, type NitroFile, nitroFiles, servedByNitro } from "./nitro-files.js";

const methodSuffix = /\.(connect|delete|get|head|options|patch|post|put|trace)$/;

/** The file routes of Nitro, which Nuxt has in `server/`: the place and name of a file are its path and method. */
export const nitro: Adapter = { framework: "nitro", packages: [], find };

function find(model: ProjectModel): AdapterResult {
  const served = servedByNitro(model);
  // What a router of H3 answers is listed with its routes.
  return { routes: nitroFiles(model).flatMap((one) => (served.some(({ file }) => file === one.file) ? [] : [routeOf(model, one)])), unresolved: [], applications: [] };
}

function routeOf(model: ProjectModel, { file, exported, name, prefix, global }: NitroFile): RawRoute {
  const place = { file, node: exported };
  const definition = definitionOf(model, place);
  const handler = (definition && handlerIn(definition)) ?? place;
  const { path, method } = pathOf(name);
  const own = (definition ? optionSteps(definition.file, definition.node) : []).map((step): RawStep => ({ ...step, origin: "route" }));
  return { framework: "nitro", method, path: joinRoutePath(prefix, path), file, span: exported.span, mounts: [], chain: [...global, ...own, ...sessionSteps(model, handler)], handler };
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

