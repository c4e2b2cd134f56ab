import { describe } from "../../catalogue/index.js";
import type { Span } from "../../base/position.js";
import type { CallExpression, Expression, FunctionNode, Pattern } from "../../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { RequestPart } from "./route.js";

/** A place where a handler reads a part of the request. */
export interface RequestRead {
  readonly part: RequestPart;
  readonly span: Span;
  /** One named field of it, as a scalar; absent where the whole part is taken. */
  readonly field?: string;
  /** It is the argument of a call that checks it, here or one call deep. */
  readonly checked: boolean;
}

const direct: Readonly<Record<string, RequestPart>> = { body: "body", rawBody: "body", query: "query", querystring: "query", params: "params" };
/** Methods of Hono's request. */
const honoMethods: Readonly<Record<string, RequestPart>> = { json: "body", parseBody: "body", formData: "body", text: "body", query: "query", queries: "query", param: "params" };

/** The reads of body, query and params in a handler, in source order. `frameworks` other than the known ones give none. */
export function requestReads(model: ProjectModel, file: string, node: FunctionNode, framework: string): readonly RequestRead[] {
  const carriers = carriersOf(node, framework);
  const reads: RequestRead[] = [];
  for (const [part, pattern] of carriers.taken) reads.push(...readsOfPattern(part, pattern));
  if (carriers.bindings.size > 0) {
    walkAll(node.body ?? [], (part) => {
      const read = "kind" in part ? readAt(model, file, part, carriers.bindings, framework) : undefined;
      if (read) reads.push(read);
      return undefined;
    });
  }
  return reads.sort((left, right) => left.span[0] - right.span[0]);
}

interface Carriers {
  /** Bindings that hold the request or context. */
  readonly bindings: ReadonlySet<number>;
  /** Parts that the parameter list takes out: `({ body, params }) => …`. */
  readonly taken: readonly (readonly [RequestPart, Pattern])[];
}

function carriersOf(node: FunctionNode, framework: string): Carriers {
  const target = node.parameters[0]?.target;
  if (target?.kind === "binding") return { bindings: new Set([target.binding]), taken: [] };
  if (target?.kind !== "object-pattern" || framework === "hono") return { bindings: new Set(), taken: [] };
  const taken = target.properties.flatMap(({ key, value }) => {
    const part = key === undefined ? undefined : direct[key];
    return part ? [[part, value] as const] : [];
  });
  return { bindings: new Set(), taken };
}

function readsOfPattern(part: RequestPart, pattern: Pattern): RequestRead[] {
  if (pattern.kind !== "object-pattern") return [{ part, span: pattern.span, checked: false }];
  return pattern.properties.map(({ key, span }) => ({ part, span, ...(key !== undefined && { field: key }), checked: false }));
}

function readAt(model: ProjectModel, file: string, node: SyntaxNode, carriers: ReadonlySet<number>, framework: string): RequestRead | undefined {
  if (!("kind" in node)) return undefined;
  const index = model.values.index(file);
  if (framework === "hono") {
    // `c.req.json()`; `c.req.valid("json")` gives what a validator checked.
    if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.object.kind !== "member" || node.callee.object.property !== "req" || !isCarrier(node.callee.object.object, carriers)) return undefined;
    const part = honoMethods[node.callee.property];
    const [name] = node.arguments;
    return part && { part, span: node.span, ...(name?.kind === "literal" && { field: String(name.value) }), checked: isChecked(model, file, node) };
  }
  if (node.kind !== "member") return undefined;
  const part = direct[node.property];
  const holder = node.object.kind === "member" && node.object.property === "request" ? node.object.object : node.object;
  if (!part || !isCarrier(holder, carriers)) return undefined;
  const parent = index.parentOf(node);
  const field = parent && "kind" in parent && parent.kind === "member" && parent.object === node ? parent.property : undefined;
  return { part, span: node.span, ...(field !== undefined && { field }), checked: isChecked(model, file, field === undefined ? node : (parent as Expression)) };
}

function isCarrier(node: Expression, carriers: ReadonlySet<number>): boolean {
  return node.kind === "cast" ? isCarrier(node.value, carriers) : node.kind === "name" && node.binding !== undefined && carriers.has(node.binding);
}

/** Whether an expression goes straight into a call that checks it: a schema's parse, or a project function that begins with one. */
function isChecked(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent; inner = parent, parent = index.parentOf(parent)) {
    if (!("kind" in parent)) return false;
    if (parent.kind === "await" || parent.kind === "cast" || parent.kind === "object" || parent.kind === "spread") continue;
    if (parent.kind !== "call") return false;
    const at = parent.arguments.indexOf(inner as Expression);
    return at !== -1 && checks(model, file, parent, at);
  }
  return false;
}

function checks(model: ProjectModel, file: string, call: CallExpression, argument: number): boolean {
  return model.values.of(file, call.callee).some((callee) => {
    if (callee.kind === "external") return describe(callee.provenance)?.validation !== undefined;
    return callee.kind === "function" && checksParameter(model, callee.file, callee.node, argument);
  });
}

/** Whether a function hands its parameter to a check of a library. */
function checksParameter(model: ProjectModel, file: string, node: FunctionNode, index: number): boolean {
  const target = node.parameters[index]?.target;
  if (target?.kind !== "binding") return false;
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    const handed = part.arguments.some((argument) => argument.kind === "name" && argument.binding === target.binding);
    found ||= handed && model.values.of(file, part.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.validation !== undefined);
    return undefined;
  });
  return found;
}
