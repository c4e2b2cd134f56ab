import { oncePerPart } from "../../../../base/once-per.js";
import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import { returnedExpressions } from "../../../modules/returns.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { definitionsOf, memberDefinitions, propertiesOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import { behaviourOf } from "../../behaviour.js";
import type { UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { mountsOf, type RouterMount } from "./mounts.js";
import { isTrpc, type Procedure, readProcedure } from "./procedure.js";

/** A procedure with the keys of the routers around it. */
interface Endpoint {
  readonly keys: readonly string[];
  readonly procedure: Procedure;
}

/** tRPC 10 and 11: one route for each procedure of a router that nothing contains, below each endpoint it is served at. */
export const trpc: Adapter = { framework: "trpc", packages: ["@trpc/server"], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const contained = new Set<object>();
  const routers = routerCalls(model).map((router) => ({ router, endpoints: expand(model, router, [], contained, unresolved, new Set()) }));
  const mounts = mountsOf(model);
  const servedBy = ({ node }: Located): readonly RouterMount[] => overHttp(mounts.filter((mount) => mount.routers.has(node)));
  const listed = new Set(routers.flatMap(({ router, endpoints }) => (servedBy(router).length > 0 ? endpoints.map(keyOf) : [])));
  for (const { router, endpoints: all } of routers) {
    const served = servedBy(router);
    if (served.length === 0 && contained.has(router.node)) continue;
    // What another router has as well, which is served, is listed there.
    const endpoints = served.length > 0 ? all : all.filter((endpoint) => !listed.has(keyOf(endpoint)));
    if (served.length === 0 && endpoints.length > 0) unresolved.push({ file: router.file, span: router.node.span, reason: "nothing serves this router; its procedures are listed without a prefix" });
    for (const endpoint of endpoints) routes.push(...routesOf(model, endpoint, served));
  }
  return { routes, unresolved: distinct(unresolved), applications: mounts.map(({ file, span }) => ({ framework: "trpc", file, span, errorHandler: true })) };
}

function keyOf({ procedure: { file, span } }: Endpoint): string {
  return `${file} ${span[0]}`;
}

/** A router that a server of sockets has as well is listed as it is served over HTTP. */
function overHttp(mounts: readonly RouterMount[]): readonly RouterMount[] {
  const others = mounts.filter(({ socket }) => !socket);
  return others.length > 0 ? others : mounts;
}

/** The calls that make a router, wherever `t.router` came from. */
function routerCalls(model: ProjectModel): readonly Located<CallExpression>[] {
  return model.files.flatMap((file) => routerCallsIn(model, file));
}

const routerCallsIn = oncePerPart((model: ProjectModel, file: string): readonly Located<CallExpression>[] => model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && isRouterCall(model, file, node) ? [{ file, node }] : [])));

function isRouterCall(model: ProjectModel, file: string, node: CallExpression): boolean {
  return isTrpc(model, file, node.callee, /^(router|mergeRouters)$/);
}

/** The procedures below a router, a plain object of them, or a lazily loaded one. */
function expand(model: ProjectModel, router: Located, keys: readonly string[], contained: Set<object>, unresolved: UnresolvedRoute[], around: ReadonlySet<object>): readonly Endpoint[] {
  if (keys.length > 12) return [];
  const definitions = definitionsOf(model, router.file, router.node);
  return definitions.flatMap((definition): readonly Endpoint[] => {
    const { file, node } = definition;
    if (around.has(node)) {
      unresolved.push({ file, span: node.span, reason: "this router contains itself" });
      return [];
    }
    if (around.size > 0) contained.add(node);
    const inner = new Set([...around, node]);
    const below = (located: Located, ...more: readonly string[]): readonly Endpoint[] => expand(model, located, [...keys, ...more], contained, unresolved, inner);
    if (node.kind === "call") {
      if (isTrpc(model, file, node.callee, /^mergeRouters$/)) return node.arguments.flatMap((argument) => below({ file, node: argument }));
      if (isTrpc(model, file, node.callee, /^router$/)) return node.arguments[0] ? ofProperties(model, { file, node: node.arguments[0] }, below) : [];
      if (isTrpc(model, file, node.callee, /^lazy$/)) return loaded(model, file, node).flatMap((located) => below(located));
      const procedure = readProcedure(model, file, node);
      if (procedure) return [{ keys, procedure }];
    }
    if (node.kind === "object") return ofProperties(model, definition, below);
    if (keys.length > 0) unresolved.push({ file, span: node.span, reason: `what the router has as "${keys.join(".")}" could not be followed` });
    return [];
  });
}

function ofProperties(model: ProjectModel, object: Located, below: (located: Located, key: string) => readonly Endpoint[]): readonly Endpoint[] {
  return [...propertiesOf(model, object.file, object.node)].flatMap(([key, located]) => below(located, key));
}

/** `lazy(() => import("./users.js"))`, also with `.then((module) => module.users)`. */
function loaded(model: ProjectModel, file: string, call: CallExpression): readonly Located[] {
  const [loader] = call.arguments;
  if (loader?.kind !== "function") return [];
  return returnedExpressions(loader.function).flatMap((returned) => {
    const chained = returned.kind === "call" && returned.callee.kind === "member" && returned.callee.property === "then" ? returned.callee.object : undefined;
    const source: Expression = chained ?? returned;
    const [picked] = returned.kind === "call" && returned.arguments[0]?.kind === "function" ? returnedExpressions(returned.arguments[0].function) : [];
    if (picked?.kind === "member") return memberDefinitions(model, file, source, picked.property);
    return model.values.of(file, source).flatMap((value) => (value.kind === "namespace" ? routersIn(model, value.file) : []));
  });
}

function routersIn(model: ProjectModel, file: string): readonly Located[] {
  return model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && isTrpc(model, file, node.callee, /^router$/) ? [{ file, node }] : [])).slice(0, 1);
}

function routesOf(model: ProjectModel, { keys, procedure }: Endpoint, mounts: readonly RouterMount[]): readonly RawRoute[] {
  const base = {
    framework: "trpc",
    file: procedure.file,
    span: procedure.span,
    chain: procedure.steps,
    handler: procedure.handler,
    describe: procedure.describe,
  };
  if (mounts.length === 0) return [{ ...base, method: procedure.method, path: joinRoutePath(keys.join(".")), mounts: [], partial: true as const }];
  return mounts.flatMap((mount) => {
    const place = { chain: [...(mount.around?.steps ?? []), ...contextSteps(model, mount), ...procedure.steps], mounts: [...(mount.around?.mounts ?? []), { file: mount.file, span: mount.span, prefix: mount.prefix ?? "" }], ...(mount.prefix === undefined && { partial: true as const }) };
    if (mount.style === "rpc") return [{ ...base, ...place, method: procedure.method, path: joinRoutePath(mount.prefix ?? "", keys.join(".")) }];
    const { rest } = procedure;
    return rest ? [{ ...base, ...place, method: rest.method, path: joinRoutePath(mount.prefix ?? "", rest.path) }] : [];
  });
}

/** A context that refuses callers who are not known guards every procedure; one that only looks who calls leaves that to them. */
const contextSteps = oncePerPart((model: ProjectModel, { context }: RouterMount): readonly RawStep[] => {
  const refuses = context && model.values.of(context.file, context.node).some((value) => {
    const { statuses, optional } = value.kind === "function" ? behaviourOf(model.values, value.file, value.node) : {};
    return statuses?.has(401) === true && optional !== true;
  });
  return refuses === true ? [{ ...context, origin: "group", name: "createContext", judged: { role: "auth" } }] : [];
});

function distinct(list: readonly UnresolvedRoute[]): readonly UnresolvedRoute[] {
  return [...new Map(list.map((one) => [`${one.file} ${one.span[0]}`, one])).values()];
}
