import { Gathered } from "../../base/gathered.js";
import { isTestPath } from "../../base/test-paths.js";
import { type ApiKind, kindOf } from "../../catalogue/index.js";
import type { Provenance } from "../../catalogue/provenance.js";
import { propertyOf } from "../../facts/names.js";
import type { Expression, TypeNode } from "../../facts/syntax.js";
import { indexOf } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import type { Value } from "./value.js";
import type { Values } from "./values.js";

/** The objects of an application, or the context of a tRPC procedure, which has the context's type besides. */
export type DecorationScope = "application" | "procedure";

export interface Decoration {
  readonly file: string;
  readonly value: Expression;
}

/** Frameworks whose applications, requests and contexts carry what the application puts on them. */
const carriers = new Set(["fastify", "hono", "express", "express-serve-static-core", "koa", "@koa/router", "koa-router", "elysia", "h3", "@hapi/hapi", "@hono/zod-openapi", "restify", "polka"]);
const carrierKinds: ReadonlySet<ApiKind> = new Set(["application", "router", "request", "response", "context"]);
/** Objects by the names that handlers give them, where nothing else tells. */
const carrierNames = new Set(["req", "request", "ctx", "context", "c", "app", "server", "fastify", "instance", "res", "reply", "locals", "state"]);

/** Whether handlers call what the framework hands to them so. */
export const isHandlerObject = (name: string): boolean => /^(ctx|context|req|request|c)$/.test(name);

/**
 * What a project puts on its framework's objects: `fastify.decorate("db", db)`, `c.set("db", db)`, `req.db = db`,
 * `app.locals.db = db`, the context that a tRPC router is made with. Looked up by name on values that come from such a
 * framework.
 */
export class Decorations {
  readonly #byName: Gathered<string, Decoration>;
  /** The types of tRPC contexts: `initTRPC.context<typeof createContext>()`. */
  readonly #contexts: Gathered<"context", { readonly file: string; readonly type: TypeNode }>;

  constructor(model: ProjectModel) {
    // What a test puts there stands in for the real thing, and is carried by no application.
    const files = model.files.filter((file) => !isTestPath(file));
    this.#byName = new Gathered(files, (file) => decorationsIn(model, file));
    this.#contexts = new Gathered(files, (file) => contextTypesIn(model, file));
  }

  /** Which decorations an object of a framework carries; undefined if it carries none. */
  carriedBy(object: Provenance): DecorationScope | undefined {
    if (object.package === "@trpc/server" && object.path.at(-1) === "ctx") return "procedure";
    return carriers.has(object.package) || carrierKinds.has(kindOf(object) ?? "client") ? "application" : undefined;
  }

  /** What was put under `name`, as it is written. */
  written(values: Values, scope: DecorationScope, name: string): readonly Decoration[] {
    const put = this.#byName.of(name);
    if (scope !== "procedure") return put;
    const contexts = this.#contexts.of("context").flatMap(({ file, type }) => contextOf(values, file, type));
    return [...put, ...contexts.flatMap((value): readonly Decoration[] => (value.kind === "object" ? propertyIn(value, name) : []))];
  }

  /** The values that were put under `name`. */
  named(values: Values, scope: DecorationScope, name: string): readonly Value[] {
    const put = this.#byName.of(name).flatMap(({ file, value }) => values.of(file, value));
    const found = scope === "procedure" ? [...put, ...this.#contexts.of("context").flatMap(({ file, type }) => values.ofMember(contextOf(values, file, type), name))] : put;
    return found.filter((value) => value.kind !== "parameter" && value.kind !== "constant");
  }
}

function propertyIn({ file, node }: Extract<Value, { kind: "object" }>, name: string): readonly Decoration[] {
  const value = propertyOf(node, name);
  return value ? [{ file, value }] : [];
}

function* decorationsIn(model: ProjectModel, file: string): Iterable<readonly [string, Decoration]> {
  const index = indexOf(model.facts(file));
  for (const { node } of index.calls) {
    const [name, value] = node.arguments;
    // `next({ ctx: { user } })` in a procedure's middleware.
    if (name?.kind === "object" && lastName(node.callee) === "next") {
      const context = propertyOf(name, "ctx");
      if (context?.kind === "object") for (const member of context.members) if (member.kind === "property") yield [member.key, { file, value: member.value }];
    }
    if (node.callee.kind !== "member" || name?.kind !== "literal" || typeof name.value !== "string" || !value) continue;
    if (/^(decorate|decorateRequest|decorateReply|set)$/.test(node.callee.property)) yield [name.value, { file, value }];
  }
  for (const { object, property, value } of index.memberAssignments) if (carrierNames.has(lastName(object))) yield [property, { file, value }];
}

function* contextTypesIn(model: ProjectModel, file: string): Iterable<readonly ["context", { readonly file: string; readonly type: TypeNode }]> {
  for (const { node } of indexOf(model.facts(file)).calls) if (node.callee.kind === "member" && node.callee.property === "context" && node.typeArguments?.[0]) yield ["context", { file, type: node.typeArguments[0] }];
}

/** The context object behind `typeof createContext`, its return type, or a type of its own. */
function contextOf(values: Values, file: string, type: TypeNode): readonly Value[] {
  const inner = type.kind === "reference" && /^(?:inferAsyncReturnType|Awaited|ReturnType|Promise)$/.test(type.name) ? type.arguments?.[0] : undefined;
  if (inner) return contextOf(values, file, inner);
  return values.ofType(file, type).flatMap((value) => (value.kind === "function" ? values.ofReturn(value.file, value.node) : [value]));
}

function lastName(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "member") return node.property;
  return node.kind === "cast" ? lastName(node.value) : "";
}
