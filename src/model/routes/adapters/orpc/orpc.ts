import type { Expression, NewExpression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import { returnedExpressions } from "../../../modules/returns.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { definitionsOf, propertiesOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import type { Mount, UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { middlewareOf, type OrpcProcedure, procedureChain, readOrpcProcedure } from "./procedure.js";

/** What routers give to the procedures below them. */
interface Frame {
  readonly keys: readonly string[];
  readonly prefix: string;
  readonly steps: readonly RawStep[];
  readonly around: ReadonlySet<object>;
}

interface Endpoint {
  readonly frame: Frame;
  readonly procedure: OrpcProcedure;
}

/** oRPC 1: the procedures of the routers that a handler serves, by their own paths (OpenAPI) or by their keys (RPC). */
export const orpc: Adapter = { framework: "orpc", packages: ["@orpc/server", "@orpc/contract"], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const applications: AdapterResult["applications"][number][] = [];
  for (const file of model.files)
    for (const { node } of model.values.index(file).calls) {
      const style = node.kind === "new" ? handlerStyle(model, file, node) : undefined;
      const [router] = node.arguments;
      if (!style || !router || node.kind !== "new") continue;
      applications.push({ framework: "orpc", file, span: node.span, errorHandler: true });
      const prefixes = prefixesOf(model, node);
      for (const endpoint of expand(model, { file, node: router }, { keys: [], prefix: "", steps: [], around: new Set() }, unresolved)) for (const mount of prefixes) routes.push(routeOf(endpoint, style, mount));
    }
  return { routes, unresolved, applications };
}

function handlerStyle(model: ProjectModel, file: string, node: NewExpression): "openapi" | "rpc" | undefined {
  for (const value of model.values.of(file, node.callee)) {
    const name = value.kind === "external" && value.provenance.package.startsWith("@orpc/") ? value.provenance.path.at(-1) : undefined;
    if (name === "OpenAPIHandler" || name === "RPCHandler") return name === "RPCHandler" ? "rpc" : "openapi";
  }
  return undefined;
}

/** `handler.handle(request, { prefix: "/api" })`; without a prefix once at the root. */
function prefixesOf(model: ProjectModel, handler: NewExpression): readonly (Mount | undefined)[] {
  const found = model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      if (node.callee.kind !== "member" || node.callee.property !== "handle") return [];
      if (!model.values.of(file, node.callee.object).some((value) => value.kind === "external" && value.site?.node === handler)) return [];
      const prefix = node.arguments.map((argument) => propertiesOf(model, file, argument).get("prefix")).find((located) => located !== undefined);
      const text = prefix && pathTexts(model, prefix.file, prefix.node)?.[0]?.text;
      return [text === undefined ? undefined : { file, span: node.span, prefix: text }];
    }),
  );
  return found.length > 0 ? [...new Map(found.map((mount) => [mount?.prefix, mount])).values()] : [undefined];
}

function expand(model: ProjectModel, router: Located, frame: Frame, unresolved: UnresolvedRoute[]): readonly Endpoint[] {
  if (frame.keys.length > 12) return [];
  return definitionsOf(model, router.file, router.node).flatMap((definition): readonly Endpoint[] => {
    const { file, node } = definition;
    if (frame.around.has(node)) {
      unresolved.push({ file, span: node.span, reason: "this router contains itself" });
      return [];
    }
    const inner = { ...frame, around: new Set([...frame.around, node]) };
    // An object, or a module whose exports are the procedures.
    const members = node.kind === "object" || node.kind === "name" ? [...propertiesOf(model, file, node)] : [];
    if (node.kind === "object" || members.length > 0) return members.flatMap(([key, value]) => expand(model, value, { ...inner, keys: [...frame.keys, key] }, unresolved));
    const procedure = node.kind === "call" ? readOrpcProcedure(model, file, node) : undefined;
    if (procedure) return [{ frame, procedure }];
    if (node.kind === "call" && node.callee.kind === "member" && /^(router|lazy)$/.test(node.callee.property) && node.arguments[0]) {
      const { links } = procedureChain(model, file, node.callee.object);
      const prefix = links.flatMap((link) => (link.name === "prefix" && link.arguments[0] ? [pathTexts(model, link.file, link.arguments[0])?.[0]?.text ?? ":unknown"] : []));
      const steps = links.flatMap((link) => (link.name === "use" ? middlewareOf(model, link, "group", links) : []));
      const below = { ...inner, prefix: joinRoutePath(frame.prefix, ...prefix), steps: [...frame.steps, ...steps] };
      return targets(model, file, node.callee.property, node.arguments[0]).flatMap((target) => expand(model, target, below, unresolved));
    }
    if (node.kind === "call" && node.arguments[0]?.kind === "function" && isOrpc(model, file, node.callee, "lazy")) return targets(model, file, "lazy", node.arguments[0]).flatMap((target) => expand(model, target, inner, unresolved));
    unresolved.push({ file, span: node.span, reason: frame.keys.length === 0 ? "the router that is served here could not be followed" : `what the router has as "${frame.keys.join(".")}" could not be followed` });
    return [];
  });
}

function isOrpc(model: ProjectModel, file: string, node: Expression, name: string): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package === "@orpc/server" && value.provenance.path.at(-1) === name);
}

/** `lazy(() => import("./users.js"))` loads the default export. */
function targets(model: ProjectModel, file: string, method: string, argument: Expression): readonly Located[] {
  if (method === "router" || argument.kind !== "function") return [{ file, node: argument }];
  return returnedExpressions(argument.function).flatMap((returned) =>
    model.values.of(file, returned).flatMap((value) => {
      const module = value.kind === "namespace" ? model.facts(value.file) : undefined;
      const statement = module?.defaultExport === undefined ? undefined : module.body[module.defaultExport];
      return value.kind === "namespace" && statement?.kind === "expression" ? [{ file: value.file, node: statement.value }] : [];
    }),
  );
}

function routeOf({ frame, procedure }: Endpoint, style: "openapi" | "rpc", mount: Mount | undefined): RawRoute {
  const explicit = style === "openapi" ? procedure.path : undefined;
  // Prefixes of routers hold for procedures that name a path; the others answer at their keys.
  const own = explicit === undefined ? joinRoutePath(...frame.keys) : joinRoutePath(frame.prefix, explicit);
  return {
    framework: "orpc",
    method: style === "openapi" ? (procedure.method ?? "POST") : "POST",
    path: joinRoutePath(mount?.prefix ?? "", own),
    file: procedure.file,
    span: procedure.span,
    mounts: mount ? [mount] : [],
    // A base that a router was built from runs once for its procedures.
    chain: [...new Map([...frame.steps, ...procedure.steps].map((step) => [step.node, step])).values()],
    handler: procedure.handler,
    describe: () => procedure.describe(style, own),
  };
}
