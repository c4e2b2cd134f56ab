import type { Span } from "../../../../base/position.js";
import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description, RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { chainOf, type ChainLink, definitionsOf, propertiesOf } from "../../../values/definitions.js";
import { checkedBy } from "../../loose-schemas.js";
import { joinRoutePath } from "../../path.js";
import type { SchemaUse, StepOrigin } from "../../route.js";
import type { Located } from "../../../values/located.js";

/** A procedure as its builder, or the contract that it implements, describes it. */
export interface OrpcProcedure {
  readonly file: string;
  readonly span: Span;
  readonly method: string | undefined;
  /** As written in `route({ path })`, below the prefixes of its contract. */
  readonly path: string | undefined;
  readonly steps: readonly RawStep[];
  readonly handler: Located | undefined;
  describe(style: "openapi" | "rpc", path: string): Description;
}

/** The calls on the way to a procedure, behind constants and the members of an implemented contract. */
export function procedureChain(model: ProjectModel, file: string, node: Expression): { readonly links: readonly ChainLink[]; readonly contract: readonly Located[]; readonly contractPrefix: string } {
  let links: readonly ChainLink[] = [];
  let members: readonly string[] = [];
  let at: Located = { file, node };
  for (let step = 0; step < 12; step++) {
    const chain = chainOf(model, at.file, at.node);
    links = [...chain.links, ...links];
    at = chain.start;
    if (at.node.kind !== "member") break;
    members = [at.node.property, ...members];
    at = { file: at.file, node: at.node.object };
  }
  const [argument] = at.node.kind === "call" && isImplement(model, at.file, at.node.callee) ? at.node.arguments : [];
  if (!argument) return { links, contract: [], contractPrefix: "" };
  return { links, ...contractAt(model, { file: at.file, node: argument }, members.filter((name) => !name.startsWith("$")), "") };
}

/** `type<void>()`: nothing comes in, or goes out. */
function isNothing({ node }: Located): boolean {
  const [type] = node.kind === "call" ? (node.typeArguments ?? []) : [];
  return type?.kind === "keyword" && /^(void|undefined|never)$/.test(type.name);
}

function isImplement(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package.startsWith("@orpc/") && value.provenance.path.at(-1) === "implement");
}

/** The part of a contract that the given keys lead to, with the prefixes of the contract routers around it. */
function contractAt(model: ProjectModel, root: Located, keys: readonly string[], prefix: string): { readonly contract: readonly Located[]; readonly contractPrefix: string } {
  const [key, ...rest] = keys;
  for (const definition of definitionsOf(model, root.file, root.node)) {
    const { file, node } = definition;
    if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "router" && node.arguments[0]) {
      const own = chainOf(model, file, node.callee.object).links.flatMap((link) => (link.name === "prefix" && link.arguments[0] ? [pathTexts(model, link.file, link.arguments[0])?.[0]?.text ?? ""] : []));
      return contractAt(model, { file, node: node.arguments[0] }, keys, joinRoutePath(prefix, ...own));
    }
    if (key === undefined) return { contract: [definition], contractPrefix: prefix };
    const inner = propertiesOf(model, file, node).get(key);
    if (inner) return contractAt(model, inner, rest, prefix);
  }
  return { contract: [], contractPrefix: prefix };
}

/** Reads `base.route(…).input(…).handler(fn)`; undefined for anything else. */
export function readOrpcProcedure(model: ProjectModel, file: string, node: CallExpression): OrpcProcedure | undefined {
  const chain = procedureChain(model, file, node);
  const terminal = chain.links.findLastIndex((link) => link.name === "handler");
  if (terminal === -1) return undefined;
  const handled = chain.links[terminal];
  if (!handled || !model.values.of(handled.file, handled.node.callee).some((value) => value.kind === "external" && value.provenance.package.startsWith("@orpc/"))) return undefined;
  const contracted = chain.contract.flatMap((contract) => chainOf(model, contract.file, contract.node).links);
  const links = [...contracted, ...chain.links];
  const route = links.flatMap((link) => (link.name === "route" && link.arguments[0] ? [propertiesOf(model, link.file, link.arguments[0])] : []));
  const option = (key: string): string | undefined => {
    const located = route.findLast((properties) => properties.has(key))?.get(key);
    return located && pathTexts(model, located.file, located.node)?.[0]?.text;
  };
  const path = option("path");
  const schema = (name: string): Located | undefined => {
    const link = links.findLast((candidate) => candidate.name === name);
    return link?.arguments[0] && { file: link.file, node: link.arguments[0] };
  };
  const use = (located: Located | undefined, by: string): SchemaUse => (located && !isNothing(located) ? checkedBy(model, [located], by) : { kind: "absent" });
  const [handler] = handled.arguments;
  const { callee } = handled.node;
  return {
    file: handled.file,
    span: callee.kind === "member" ? callee.propertySpan : handled.node.span,
    method: option("method")?.toUpperCase(),
    path: path === undefined ? undefined : joinRoutePath(chain.contractPrefix, path),
    steps: chain.links.flatMap((link) => (link.name === "use" ? middlewareOf(model, link, chain.links.slice(chain.links.indexOf(link)).some(({ alias }) => alias !== undefined) ? "group" : "route", chain.links) : [])),
    handler: handler && { file: handled.file, node: handler },
    describe(style, ownPath) {
      const [input, output] = [schema("input"), schema("output")];
      const absent: SchemaUse = { kind: "absent" };
      const checked = use(input, "input");
      const reads = style === "openapi" && /^(GET|DELETE|HEAD)$/.test(option("method")?.toUpperCase() ?? "POST");
      const parameters = style === "openapi" && /[{:]/.test(ownPath) ? checked : absent;
      return {
        request: { body: reads ? absent : checked, query: reads ? checked : absent, params: parameters, headers: absent },
        response: output ? use(output, "output") : { kind: "type-only", by: "the inferred type" },
      };
    },
  };
}

/** The functions that a `use` puts into the chain, behind `os.middleware(fn)`. */
export function middlewareOf(model: ProjectModel, link: ChainLink, origin: StepOrigin, links: readonly ChainLink[]): readonly RawStep[] {
  const alias = links.slice(links.indexOf(link)).find((candidate) => candidate.alias !== undefined)?.alias;
  const [given] = link.arguments;
  if (!given) return [];
  const name = given.kind === "name" ? given.name : given.kind === "member" ? given.property : (alias ?? "inline function");
  return definitionsOf(model, link.file, given).map(({ file, node }) => {
    const [inner] = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "middleware" ? node.arguments : [];
    return { file, node: inner ?? node, origin, name };
  });
}
