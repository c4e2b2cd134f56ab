import { oncePerPart } from "../../../../base/once-per.js";
import { type Span, within } from "../../../../base/position.js";
import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { SyntaxNode } from "../../../../facts/walk.js";
import type { ProjectModel } from "../../../project-model.js";
import { pathTexts } from "../../../values/path-texts.js";
import { definitionsOf, propertiesOf } from "../../../values/definitions.js";
import { type Surroundings, surroundingsOfArgument } from "../../hosts.js";
import { joinRoutePath } from "../../path.js";
import type { Located } from "../../../values/located.js";

/** Where a framework serves routers. */
export interface RouterMount {
  readonly file: string;
  readonly span: Span;
  /** The nodes that make the served routers. */
  readonly routers: ReadonlySet<object>;
  /** Undefined if nothing says it. */
  readonly prefix: string | undefined;
  readonly style: "rpc" | "openapi";
  /** What makes the context of each request, before any procedure. */
  readonly context: Located | undefined;
  /** Requests come over a WebSocket. */
  readonly socket: boolean;
  /** What the server that the adapter is put into has around it. */
  readonly around: Surroundings | undefined;
}

/** Packages whose exports serve a router that their options name. */
const rpcServers = /^@hono\/trpc-server$|^elysia-trpc$|^@elysiajs\/trpc$|^koa-trpc$|^trpc-nuxt/;
const restServers = /^(trpc-to-openapi|trpc-openapi|trpc-swagger)$/;

/** All calls of adapters that serve a router: Express, Fastify, fetch, Next.js, standalone, Lambda, Hono, OpenAPI. */
export function mountsOf(model: ProjectModel): readonly RouterMount[] {
  return model.files.flatMap((file) => mountsIn(model, file));
}

const mountsIn = oncePerPart((model: ProjectModel, file: string): readonly RouterMount[] => model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" ? readMount(model, file, node) : [])));

function readMount(model: ProjectModel, file: string, call: CallExpression): readonly RouterMount[] {
  if (!call.arguments.some(mayNameRouter)) return [];
  // `server.register(fastifyTRPCPlugin, { prefix, trpcOptions: { router } })` hands the adapter on.
  const style = styleOf(model, file, call.callee) ?? (call.arguments[0] && call.arguments[0].kind === "name" ? styleOf(model, file, call.arguments[0]) : undefined);
  if (!style) return [];
  const options = call.arguments.map((argument) => propertiesOf(model, file, argument)).find((properties) => properties.has("router") || properties.has("trpcOptions"));
  const inner = options?.get("trpcOptions");
  const given = (key: string): Located | undefined => options?.get(key) ?? (inner && propertiesOf(model, inner.file, inner.node).get(key));
  const router = given("router");
  if (!options || !router) return [];
  const text = (key: string): string | undefined => {
    const located = options.get(key);
    return located && (pathTexts(model, located.file, located.node)?.[0]?.text ?? fallback(model, located.file, located.node));
  };
  const named = text("endpoint") ?? text("prefix") ?? text("basePath");
  const isOne = (from: string, node: Expression): boolean => (from === file && within(node.span, call.span)) || (node.kind === "name" && model.values.of(from, node).some((value) => value.kind === "external" && value.site?.node === call));
  const hosts = surroundingsOfArgument(model, isOne);
  const made = { file, span: call.span, routers: new Set(definitionsOf(model, router.file, router.node).map(({ node }) => node)), style, context: given("createContext"), socket: call.callee.kind === "name" && call.callee.name === "applyWSSHandler" };
  if (hosts.length === 0) return [{ ...made, prefix: named ?? aroundPrefix(model, file, call) ?? usedPrefix(model, call) ?? ofFile(file), around: undefined }];
  return hosts.map((around) => ({ ...made, prefix: named ?? around.prefix, around }));
}

/** Options with a router, written out or kept in a constant. */
function mayNameRouter(node: Expression): boolean {
  return node.kind === "name" ? /opt|config|settings/i.test(node.name) : node.kind === "object" && node.members.some((member) => member.kind === "spread" || (member.kind === "property" && /^(router|trpcOptions)$/.test(member.key)));
}

function styleOf(model: ProjectModel, file: string, node: Expression): RouterMount["style"] | undefined {
  for (const value of model.values.of(file, node)) {
    // A function of the project that hands its options on to an adapter.
    if (value.kind === "function" && model.facts(value.file).imports.some(({ specifier }) => specifier !== undefined && restServers.test(specifier))) return "openapi";
    if (value.kind !== "external") continue;
    const { package: name, subpath } = value.provenance;
    if (restServers.test(name)) return "openapi";
    if (rpcServers.test(name) || (name === "@trpc/server" && subpath.startsWith("/adapters"))) return "rpc";
  }
  return undefined;
}

/** `process.env.X || "/trpc"` */
function fallback(model: ProjectModel, file: string, node: Expression): string | undefined {
  return node.kind === "binary" ? model.values.text(file, node.right) : undefined;
}

/** `app.use("/trpc", createExpressMiddleware({ router }))`; standalone servers answer at the root. */
function aroundPrefix(model: ProjectModel, file: string, call: CallExpression): string | undefined {
  const index = model.values.index(file);
  let handed: SyntaxNode = call;
  let parent = index.parentOf(call);
  // `trpcServer({ router }) as MiddlewareHandler` is what it casts.
  while (parent && "kind" in parent && parent.kind === "cast") [handed, parent] = [parent, index.parentOf(parent)];
  if (parent && "kind" in parent && parent.kind === "call" && parent.callee.kind === "member") {
    const [first] = parent.arguments;
    if (first && first !== handed) return pathTexts(model, file, first)?.[0]?.text.replace(/\/\*\w*$/, "");
    return parent.callee.property === "use" ? "" : undefined;
  }
  const made = call.callee.kind === "name" ? call.callee.name : "";
  return /^create(HTTPServer|HTTPHandler)$/.test(made) ? "" : undefined;
}

/** The path beside a constant that holds the served router: `app.use("/trpc/*", trpcHandler)`. */
function usedPrefix(model: ProjectModel, made: CallExpression): string | undefined {
  for (const file of model.files)
    for (const { node } of model.values.index(file).calls) {
      if (node.callee.kind !== "member" || !/^(use|all|mount|register)$/.test(node.callee.property) || node.arguments.length < 2) continue;
      const [path, ...rest] = node.arguments;
      const used = rest.some((argument) => argument.kind === "name" && model.values.of(file, argument).some((value) => value.kind === "external" && value.site?.node === made));
      if (used && path) return pathTexts(model, file, path)?.[0]?.text.replace(/\/\*\w*$/, "");
    }
  return undefined;
}

/** `pages/api/trpc/[trpc].ts` serves `/api/trpc`. */
function ofFile(file: string): string | undefined {
  const below = /(?:^|\/)(?:pages|app)\/(.*)\/\[{1,2}(?:\.\.\.)?\w+\]{1,2}(?:\/route)?\.[cm]?[jt]sx?$/.exec(file)?.[1];
  return below === undefined ? undefined : joinRoutePath(...below.split("/").filter((segment) => !segment.startsWith("(")));
}
