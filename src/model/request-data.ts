import { describe, kindOf } from "../catalogue/index.js";
import type { Span } from "../base/position.js";
import type { Expression, FunctionNode } from "../facts/syntax.js";
import type { BindingSource, PatternStep } from "./file-index.js";
import type { ProjectModel } from "./project-model.js";

/** Where request data came from, and how it got to where it was asked about. */
export interface RequestFlow {
  /** The read of the request. */
  readonly source: { readonly file: string; readonly span: Span; readonly text: string };
  /** The part it was read from. */
  readonly part: "body" | "query" | "params" | "headers" | "cookies" | "other";
  /** The whole part, as opposed to one named field of it. */
  readonly whole: boolean;
  /** The function that reads it. */
  readonly reader: FunctionNode | undefined;
  /** The calls it was handed through, from the sink backwards. */
  readonly through: readonly { readonly file: string; readonly span: Span }[];
}

const parts: Readonly<Record<string, RequestFlow["part"]>> = { body: "body", rawBody: "body", query: "query", querystring: "query", params: "params", headers: "headers", cookies: "cookies", header: "headers", file: "other", files: "other", originalUrl: "other", url: "other" };
/** Methods of Hono's request. */
const honoParts: Readonly<Record<string, RequestFlow["part"]>> = { json: "body", text: "body", formData: "body", parseBody: "body", query: "query", queries: "query", param: "params", header: "headers" };
/** Calls that keep a text as dangerous as it is. */
const keeping = /^(trim|toLowerCase|toUpperCase|toString|String|slice|substring|substr|replace|replaceAll|concat|split|join|normalize|padStart|padEnd|at|decodeURIComponent|decodeURI|parse|stringify|resolve|format|assign|values|entries|map|filter|flat|reverse)$/;
/** Calls whose result carries nothing of their argument's text. */
const ending = /^(Number|parseInt|parseFloat|Boolean|BigInt|Date|isNaN|Math|includes|indexOf|startsWith|endsWith|test|has|length|ObjectId|validate|hash|digest|createHash|compare|encodeURIComponent|escape|escapeId|escapeIdentifier|escapeLiteral|sanitize|basename|randomUUID|sign|uuid)$/;
const deepest = 8;

/** Follows data of requests through variables, destructuring, templates, calls of text methods and parameters of project functions. */
export class RequestData {
  readonly #model: ProjectModel;
  readonly #known = new WeakMap<Expression, RequestFlow | "none">();

  constructor(model: ProjectModel) {
    this.#model = model;
  }

  /** Whether an expression carries data of a request that nothing has checked; undefined if not, or if that cannot be told. */
  of(file: string, node: Expression): RequestFlow | undefined {
    const known = this.#known.get(node);
    if (known) return known === "none" ? undefined : known;
    const flow = this.#look(file, node, 0, new Set());
    this.#known.set(node, flow ?? "none");
    return flow;
  }

  #look(file: string, node: Expression, depth: number, seen: Set<object>): RequestFlow | undefined {
    if (depth > deepest || seen.has(node)) return undefined;
    seen.add(node);
    const inner = (part: Expression): RequestFlow | undefined => this.#look(file, part, depth + 1, seen);
    const first = (all: readonly Expression[]): RequestFlow | undefined => {
      for (const part of all) {
        const flow = inner(part);
        if (flow) return flow;
      }
      return undefined;
    };
    switch (node.kind) {
      case "name":
        return this.#ofName(file, node, depth, seen);
      case "member":
        return this.#read(file, node) ?? narrowed(inner(node.object), node.property);
      case "index":
        return narrowed(inner(node.object), undefined);
      case "template":
        return node.tag ? undefined : piece(first(node.values));
      case "binary":
        return node.operator === "+" || node.operator === "||" || node.operator === "??" || node.operator === "&&" ? first(node.operator === "&&" ? [node.right] : [node.left, node.right]) : undefined;
      case "conditional":
        return first([node.then, node.else]);
      case "await":
      case "cast":
      case "spread":
        return inner(node.value);
      case "array":
        return first(node.elements);
      case "object":
        return first(node.members.flatMap((member) => (member.kind === "property" || member.kind === "spread" ? [member.value] : [])));
      case "call":
        return this.#ofCall(file, node, inner);
      default:
        return undefined;
    }
  }

  /** `req.body`, `request.query`, `ctx.request.body`, `c.req.param("id")`. */
  #read(file: string, node: Expression): RequestFlow | undefined {
    const callee = node.kind === "call" ? node.callee : node;
    if (callee.kind !== "member") return undefined;
    const part = node.kind === "call" ? honoParts[callee.property] : parts[callee.property];
    if (!part) return undefined;
    if (node.kind === "call" && !(callee.object.kind === "member" && callee.object.property === "req")) return undefined;
    const holder = node.kind === "call" && callee.object.kind === "member" ? callee.object.object : callee.object;
    if (!this.#isRequest(file, holder)) return undefined;
    const [argument] = node.kind === "call" ? node.arguments : [];
    const whole = argument === undefined;
    return { source: { file, span: node.span, text: textOf(node) }, part, whole, reader: this.#model.values.index(file).functionAround(node)?.node, through: [] };
  }

  #isRequest(file: string, node: Expression): boolean {
    if (node.kind === "member" && (node.property === "request" || node.property === "req")) return this.#isRequest(file, node.object);
    return this.#model.values.of(file, node).some((value) => {
      if (value.kind !== "external") return false;
      const kind = kindOf(value.provenance);
      return kind === "request" || kind === "context";
    });
  }

  #ofCall(file: string, node: Extract<Expression, { kind: "call" }>, inner: (part: Expression) => RequestFlow | undefined): RequestFlow | undefined {
    const read = this.#read(file, node);
    if (read) return read;
    const name = node.callee.kind === "member" ? node.callee.property : node.callee.kind === "name" ? node.callee.name : "";
    if (ending.test(name)) return undefined;
    // What a schema gives back has been checked.
    if (this.#model.values.of(file, node.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.validation !== undefined)) return undefined;
    if (!keeping.test(name)) return undefined;
    for (const part of [...(node.callee.kind === "member" ? [node.callee.object] : []), ...node.arguments]) {
      const flow = inner(part);
      if (flow) return flow;
    }
    return undefined;
  }

  #ofName(file: string, node: Extract<Expression, { kind: "name" }>, depth: number, seen: Set<object>): RequestFlow | undefined {
    if (node.binding === undefined) return undefined;
    const index = this.#model.values.index(file);
    const declared = this.#model.declarationOfBinding(file, node.binding);
    if (declared.kind !== "binding" || declared.file !== file) return undefined;
    const source = index.sources[node.binding];
    if (!source) return undefined;
    if (source.kind === "value" && source.value) return taken(this.#look(file, source.value, depth + 1, seen), source.path);
    if (source.kind === "element") return taken(this.#look(file, source.subject, depth + 1, seen), source.path);
    return source.kind === "parameter" ? this.#ofParameter(file, source, depth, seen) : undefined;
  }

  /** What the callers of a function hand it, and what a decorated parameter or a destructured request is given. */
  #ofParameter(file: string, source: Extract<BindingSource, { kind: "parameter" }>, depth: number, seen: Set<object>): RequestFlow | undefined {
    const index = this.#model.values.index(file);
    const parameter = source.function.parameters[source.index];
    // `({ body, params }) => …`
    const [step] = source.path;
    if (step?.kind === "property" && parts[step.key] && this.#model.values.ofParameter(file, source.function, source.index).some((value) => value.kind === "external" && ["request", "context"].includes(kindOf(value.provenance) ?? ""))) {
      const part = parts[step.key] ?? "other";
      return { source: { file, span: parameter?.target.span ?? source.function.span, text: step.key }, part, whole: source.path.length === 1, reader: source.function, through: [] };
    }
    const decorated = parameter?.decorators?.flatMap(({ value }) => (value.kind === "call" && value.callee.kind === "name" ? [{ name: value.callee.name, field: value.arguments[0] }] : [])).find(({ name }) => /^(Body|Query|Param|Headers|Cookies)$/.test(name));
    // A scalar of Nest is text as it came; a whole object is a class that a pipe may have checked.
    if (decorated && parameter) {
      const scalar = parameter.type === undefined || (parameter.type.kind === "keyword" && (parameter.type.name === "string" || parameter.type.name === "any" || parameter.type.name === "unknown"));
      const part = decorated.name === "Body" ? "body" : decorated.name === "Query" ? "query" : decorated.name === "Param" ? "params" : "headers";
      return scalar ? { source: { file, span: parameter.span, text: `@${decorated.name}`, }, part, whole: decorated.field === undefined, reader: source.function, through: [] } : undefined;
    }
    const owner = index.functions.get(source.function);
    const calls = [...this.#model.values.callSites.of(file, source.function), ...(owner?.class ? this.#model.values.callSites.ofMethod(file, source.function) : [])];
    for (const { file: callFile, call } of calls) {
      const argument = call.arguments[source.index];
      const flow = argument && taken(this.#look(callFile, argument, depth + 1, seen), source.path);
      if (flow) return { ...flow, through: [...flow.through, { file: callFile, span: call.span }] };
    }
    return undefined;
  }
}

function narrowed(flow: RequestFlow | undefined, property: string | undefined): RequestFlow | undefined {
  if (!flow) return undefined;
  return property === "length" ? undefined : { ...flow, whole: false };
}

function piece(flow: RequestFlow | undefined): RequestFlow | undefined {
  return flow && { ...flow, whole: false };
}

function taken(flow: RequestFlow | undefined, path: readonly PatternStep[]): RequestFlow | undefined {
  if (!flow || path.length === 0) return flow;
  return path.every((step) => step.kind === "rest") ? flow : { ...flow, whole: false };
}

function textOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "member") return `${textOf(node.object)}.${node.property}`;
  if (node.kind === "call") return `${textOf(node.callee)}()`;
  return node.kind === "cast" || node.kind === "await" ? textOf(node.value) : node.kind === "this" ? "this" : "…";
}
