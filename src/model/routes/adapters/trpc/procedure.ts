import { wordTable } from "../../../../base/word-table.js";
import type { Span } from "../../../../base/position.js";
import { publicMarkers } from "../../../../catalogue/lexicon/http.js";
import { propertyOf } from "../../../../facts/names.js";
import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description, RawStep } from "../../adapter.js";
import { chainOf, type ChainLink, definitionsOf } from "../../../values/definitions.js";
import { checkedBy } from "../../loose-schemas.js";
import type { RequestPart, SchemaUse, StepOrigin } from "../../route.js";
import type { Located } from "../../../values/located.js";

/** A procedure as its chain of calls describes it. */
export interface Procedure {
  readonly file: string;
  readonly span: Span;
  readonly method: "GET" | "POST";
  readonly steps: readonly RawStep[];
  readonly handler: Located | undefined;
  /** Where an OpenAPI handler serves it, if its metadata say so. */
  readonly rest: { readonly method: string; readonly path: string } | undefined;
  describe(): Description;
}

const methods: Readonly<Record<string, "GET" | "POST">> = wordTable({ query: "GET", subscription: "GET", mutation: "POST" });

/** Whether an expression is a value of tRPC whose last step has a name that `last` accepts. */
export function isTrpc(model: ProjectModel, file: string, node: Expression, last: RegExp): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package === "@trpc/server" && last.test(value.provenance.path.at(-1) ?? ""));
}

/** Reads `base.use(…).input(…).query(handler)`; undefined for anything else. */
export function readProcedure(model: ProjectModel, file: string, node: CallExpression): Procedure | undefined {
  const method = node.callee.kind === "member" ? methods[node.callee.property] : undefined;
  if (method === undefined || !isTrpc(model, file, node.callee, /^(query|mutation|subscription)$/)) return undefined;
  const { links } = chainOf(model, file, node);
  const inputs = schemasOf(links, "input");
  const outputs = schemasOf(links, "output");
  const [handler] = node.arguments;
  return {
    file,
    span: node.callee.kind === "member" ? node.callee.propertySpan : node.span,
    method,
    steps: [...publicMark(file, node), ...stepsOf(model, links)],
    handler: handler && { file, node: handler },
    rest: restOf(model, links),
    describe() {
      const part: RequestPart = method === "POST" ? "body" : "query";
      const absent: SchemaUse = { kind: "absent" };
      const request = { body: absent, query: absent, params: absent, headers: absent };
      return { request: inputs.length === 0 ? request : { ...request, [part]: checkedBy(model, inputs, "input") }, response: outputs.length === 0 ? { kind: "type-only", by: "the inferred type" } : checkedBy(model, outputs, "output") };
    },
  };
}

function schemasOf(links: readonly ChainLink[], name: string): readonly Located[] {
  return links.flatMap((link) => (link.name === name && link.arguments[0] ? [{ file: link.file, node: link.arguments[0] }] : []));
}

/** `publicProcedure.query(…)`: the procedure that it is built on says that it is meant to be open. */
function publicMark(file: string, node: CallExpression): readonly RawStep[] {
  let base: Expression = node;
  while (base.kind === "call" || (base.kind === "member" && base.object.kind === "call")) base = base.kind === "call" ? base.callee : base.object;
  const name = base.kind === "member" && base.object.kind === "name" ? (publicMarkers.in(base.object.name) ? base.object.name : base.property) : base.kind === "name" ? base.name : "";
  return publicMarkers.in(name) ? [{ file, node: base, origin: "group", name, judged: { role: "public" } }] : [];
}

/** The middleware of a chain in order; what a kept procedure has is called by the name under which it is kept. */
function stepsOf(model: ProjectModel, links: readonly ChainLink[]): readonly RawStep[] {
  return links.flatMap((link, index): readonly RawStep[] => {
    const alias = links.slice(index).find((candidate) => candidate.alias !== undefined)?.alias;
    const origin: StepOrigin = alias === undefined ? "route" : "group";
    const [argument] = link.arguments;
    if (link.name === "concat" && argument) return stepsOf(model, chainOf(model, link.file, argument).links).map((step) => ({ ...step, origin }));
    if (!/^(use|unstable_pipe|pipe)$/.test(link.name)) return [];
    return link.arguments.flatMap((given) => middlewareIn(model, { file: link.file, node: given }).map((step) => ({ ...step, origin, name: nameOf(model, link.file, given) ?? alias ?? "inline function" })));
  });
}

/** The functions behind `t.middleware(fn)`, middleware that extends another, and standalone ones. */
function middlewareIn(model: ProjectModel, given: Located, depth = 0): readonly Located[] {
  if (depth > 8) return [given];
  return definitionsOf(model, given.file, given.node).flatMap((definition) => {
    const { file, node } = definition;
    if (node.kind !== "call") return [definition];
    const inner = (argument: Expression): readonly Located[] => middlewareIn(model, { file, node: argument }, depth + 1);
    if (isTrpc(model, file, node.callee, /^(middleware|create)$/)) return node.arguments.flatMap(inner);
    if (node.callee.kind === "member" && /^(unstable_pipe|pipe)$/.test(node.callee.property)) return [...inner(node.callee.object), ...node.arguments.flatMap(inner)];
    return [definition];
  });
}

/** A middleware that is written in its place is called as what it guards. */
function nameOf(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind === "name") return node.name;
  if (node.kind === "member") return node.property;
  return node.kind === "call" && !isTrpc(model, file, node.callee, /^(middleware|create)$/) ? nameOf(model, file, node.callee) : undefined;
}

/** `.meta({ openapi: { method, path } })`, directly or behind a constant. */
function restOf(model: ProjectModel, links: readonly ChainLink[]): Procedure["rest"] {
  for (const link of links.toReversed()) {
    if (link.name !== "meta" || !link.arguments[0]) continue;
    for (const meta of definitionsOf(model, link.file, link.arguments[0])) {
      const openapi = meta.node.kind === "object" ? propertyOf(meta.node, "openapi") : undefined;
      for (const described of openapi ? definitionsOf(model, meta.file, openapi) : []) {
        if (described.node.kind !== "object") continue;
        const [method, path] = ["method", "path"].map((key) => (described.node.kind === "object" ? propertyOf(described.node, key) : undefined));
        const texts = [method, path].map((node) => node && model.values.text(described.file, node));
        if (texts[0] !== undefined && texts[1] !== undefined) return { method: texts[0].toUpperCase(), path: texts[1] };
      }
    }
  }
  return undefined;
}
