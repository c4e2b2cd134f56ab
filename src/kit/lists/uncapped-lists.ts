import { repositoryCause } from "../../base/causes.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import type { RuleFinding } from "../../base/finding.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import type { Route, SchemaUse } from "../../model/routes/route.js";
import { nodesAt } from "../nodes-at.js";
import { limitedStatements } from "../routes/given-statements.js";
import { limitsHandedOn } from "./handed-options.js";
import { boundOf } from "./limits.js";
import { reachedFunctions } from "../routes/reach.js";
import { servedRoutes } from "../routes/routes.js";
import { isListRoute } from "./list-routes.js";
import type { Bound, LimitSource } from "./row-bounds.js";
import { limitName, limitsOf } from "./row-limits.js";
import { classBounds, schemaBounds } from "./schema-maxima.js";

/** A limit of a query that the request sets and nothing bounds, or that may be missing. */
export interface OpenLimit {
  readonly file: string;
  readonly limit: Expression;
  readonly kind: "optional" | "unbounded";
  readonly source: LimitSource;
  /** What a reader knows it by: the field that the request sets, or the name that the query has for it. */
  readonly name: string;
}

/** The open limits of the queries in a file, one of each query. */
export const openLimitsIn = oncePerPart((model: ProjectModel, file: string): readonly OpenLimit[] => {
  const limits = [...[...model.dataAccess.of(file), ...limitedStatements(model, file)].map((operation) => limitsOf(model, operation)), ...limitsHandedOn(model, file).map((limit) => [limit])];
  return limits.flatMap((ofOne) => {
    for (const limit of ofOne) {
      const bound = boundOf(model, file, limit);
      if (bound.kind === "optional" || bound.kind === "unbounded") return [{ file, limit, kind: bound.kind, source: bound.source, name: nameOf(file, limit, bound.source) }];
    }
    return [];
  });
});

/** Where the query was handed on whole, the limit says which key of it. */
function nameOf(file: string, limit: Expression, source: LimitSource): string {
  const isLimit = limitName.test(source.text.split(/[^\w]+/).at(-1) ?? "");
  return limit.kind === "name" && !isLimit && (source.file === file || limitName.test(limit.name)) && !source.text.endsWith(limit.name) ? limit.name : source.text;
}

/** The limits without a maximum by which a route that answers with a list lets its callers choose how many rows they get. */
export function uncappedLimits(model: ProjectModel, route: Route): readonly OpenLimit[] {
  const { handler } = route;
  if (!handler || !isListRoute(model, route)) return [];
  return reachedFunctions(model, handler.file, handler.node).flatMap(({ file, node }) => openLimitsIn(model, file).filter(({ kind, limit, source }) => kind === "unbounded" && within(limit.span, node.span) && (isSetBy(model, route, source) || listRoutesBehind(model).get(node)?.length === 1)));
}

/** The cause of the finding of such a route: the field that sets the limit, which in a schema of a file of its own is one for all routes that name it. */
export function causeOfLimit({ source }: OpenLimit, { file, handler }: Route): string {
  const cause = `limit ${source.file} ${source.span[0]}`;
  return source.file === file || source.file === handler?.file ? cause : repositoryCause(cause);
}

/** The finding of `paginated-lists` that tells of a limit at the route of the list; undefined where it is of no such route. */
export function toldOfList(model: ProjectModel, open: OpenLimit): RuleFinding["toldBy"] {
  const route = open.kind === "unbounded" ? routesByLimit(model).get(open) : undefined;
  return route && { rule: "paginated-lists", file: route.file, cause: causeOfLimit(open, route) };
}

/** The first route that each limit without a maximum is of. */
const routesByLimit = oncePer((model: ProjectModel): ReadonlyMap<OpenLimit, Route> => new Map(servedRoutes(model).toReversed().flatMap((route) => uncappedLimits(model, route).map((open): [OpenLimit, Route] => [open, route]))));

/** Whether a limit is set in the handler of a route, where it is registered, or by a schema that either names. */
function isSetBy(model: ProjectModel, { handler, file, span, request }: Route, source: LimitSource): boolean {
  const stands = (at: string | undefined, place: Span | undefined): boolean => at === source.file && place !== undefined && within(source.span, place);
  if (stands(handler?.file, handler?.node.span) || stands(file, span) || [request.query, request.body].some((part) => stands(part.file, part.span))) return true;
  const isField = (bound: Bound | undefined): boolean => bound !== undefined && "source" in bound && bound.source.file === source.file && bound.source.span[0] === source.span[0];
  // `class UserPage extends Page`, `query: Filter.extend(Page)`: the field that another schema brings.
  const brings = ({ file: at, span: place }: SchemaUse): boolean => {
    const schema = at === undefined || place === undefined || !model.has(at) ? undefined : nodesAt(model, at, place)[0];
    return at !== undefined && schema !== undefined && isField(schemaBounds(model, at, schema, source.text));
  };
  if ([request.query, request.body].some(brings)) return true;
  // `LoosePage.parse(req.query)`, `@Query() page: LoosePage`
  const isThere = (value: Value): boolean => (value.kind === "external" ? stands(value.site?.file, value.site?.node.span) : (value.kind === "class" || value.kind === "object") && stands(value.file, value.node.span));
  const isOfType = (value: Value): boolean => value.kind === "instance" && (stands(value.file, value.class.span) || isField(classBounds(model, value.file, value.class, source.text)));
  return handler !== undefined && (someNode([...(handler.node.body ?? [])], (part) => part.kind === "name" && model.values.of(handler.file, part).some(isThere)) || handler.node.parameters.some(({ type }) => type !== undefined && model.values.ofType(handler.file, type).some((value) => isThere(value) || isOfType(value))));
}

/** The routes that answer with lists, by the functions that they reach. */
const listRoutesBehind = oncePer((model: ProjectModel): ReadonlyMap<FunctionNode, readonly Route[]> => {
  const routes = new Map<FunctionNode, Route[]>();
  for (const route of servedRoutes(model))
    for (const { node } of route.handler && isListRoute(model, route) ? reachedFunctions(model, route.handler.file, route.handler.node) : []) {
      const known = routes.get(node);
      if (known) known.push(route);
      else routes.set(node, [route]);
    }
  return routes;
});
