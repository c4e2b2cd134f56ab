import { propertyOf } from "../../../facts/names.js";
import type { CallExpression, ClassNode, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { joinRoutePath } from "../path.js";

/** One `consumer.apply(…).exclude(…).forRoutes(…)` of a module. */
export interface NestMiddleware {
  readonly file: string;
  readonly steps: readonly RawStep[];
  /**
   * Whether it runs before a route: by its method, its path without the global prefix, the segment of its version, and its
   * controller. A path that is left out is compared with the version in it (seen by running NestJS 11).
   */
  covers(method: string, resource: string, segment: string, controller: ClassNode): boolean;
}

/** A path, relative to the global prefix, for one method or all. */
export interface RouteInfo {
  readonly path: string;
  /** Undefined for every method. */
  readonly method: string | undefined;
}

/** The middleware that modules apply to paths and controllers; it runs before guards, whichever module lists it. */
export function nestMiddleware(model: ProjectModel): readonly NestMiddleware[] {
  const found: NestMiddleware[] = [];
  for (const file of model.files) {
    if (model.layerOf(file).layer === "tests") continue;
    for (const { node, in: context } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "forRoutes" || context?.class === undefined) continue;
      const applied = chained(node.callee.object, "apply");
      if (!applied) continue;
      const excluded = chained(node.callee.object, "exclude")?.arguments.flatMap((argument) => routeInfos(model, file, argument)) ?? [];
      const wanted = node.arguments.flatMap((argument) => routeInfos(model, file, argument));
      const controllers = new Set(node.arguments.flatMap((argument) => controllersOf(model, file, argument)));
      found.push({
        file,
        steps: applied.arguments.flatMap((argument) => (argument.kind === "spread" ? spread(model, file, argument.value) : [{ file, node: argument, origin: "group" as const }])),
        covers: (method, resource, segment, controller) => (controllers.has(controller) || wanted.some((info) => runsFor(info, method, resource))) && !listed(excluded, method, joinRoutePath(segment, resource)),
      });
    }
  }
  return found;
}

/** The call of `method` in a chain of calls. */
function chained(node: Expression, method: string): CallExpression | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
  return node.callee.property === method ? node : chained(node.callee.object, method);
}

function spread(model: ProjectModel, file: string, node: Expression): RawStep[] {
  return model.values.of(file, node).flatMap((value) => (value.kind === "array" ? value.node.elements.map((element) => ({ file: value.file, node: element, origin: "group" as const })) : []));
}

/** `"cats"`, `{ path: "cats", method: RequestMethod.GET }`. */
export function routeInfos(model: ProjectModel, file: string, node: Expression): readonly RouteInfo[] {
  const entry = node.kind === "object" ? node : undefined;
  const path = entry ? propertyOf(entry, "path") : node;
  const method = entry && propertyOf(entry, "method");
  const verb = method?.kind === "member" && method.property !== "ALL" ? method.property : undefined;
  return (path && pathTexts(model, file, path)?.map(({ text }) => ({ path: joinRoutePath(text), method: verb }))) ?? [];
}

function controllersOf(model: ProjectModel, file: string, node: Expression): ClassNode[] {
  return model.values.of(file, node).flatMap((value) => (value.kind === "class" ? [value.node] : []));
}

/** Whether one of several patterns, with their methods, covers a route. */
export function listed(patterns: readonly RouteInfo[], method: string, resource: string): boolean {
  return patterns.some((pattern) => (pattern.method === undefined || pattern.method === method) && matches(pattern.path, resource));
}

/** Without a method, Nest adds middleware for everything below a path. */
function runsFor(info: RouteInfo, method: string, resource: string): boolean {
  return listed([info], method, resource) || (info.method === undefined && listed([{ ...info, path: joinRoutePath(info.path, "*rest") }], method, resource));
}

/** Nest matches by pattern: `health`, `auth/(.*)`, `auth/{*path}`, `auth{/*path}`, `users/:id`, `*`. */
function matches(pattern: string, resource: string): boolean {
  const wanted = pattern.replaceAll("{/", "/{").split("/");
  const given = resource.split("/");
  for (const [index, segment] of wanted.entries()) {
    if (/^(\(\.\*\)|\*\w*|\{?\*\w*\}?|\{\/?\*\w*\})$/.test(segment)) return true;
    if (segment.endsWith("*") && given[index]?.startsWith(segment.slice(0, -1))) return true;
    if (given[index] === undefined || (!segment.startsWith(":") && segment !== given[index])) return false;
  }
  return wanted.length === given.length;
}
