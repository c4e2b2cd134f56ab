import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { chainRoot, lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { forEachPart, isClassNode, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Write } from "./write-subjects.js";

/** A variable or parameter of a function, or a part of one, that a piece of code is given: `order.id`. */
export interface GivenValue {
  readonly binding: number;
  /** The members on the way, from the outermost. */
  readonly path: readonly string[];
  /** As it is written. */
  readonly text: string;
}

/** Stands for `this`, which no variable holds. */
const ofInstance = -1;

/** Steps from a name to what it was made of. */
const mostSteps = 5;

/** Functions that a list runs once for each of its elements. */
const iterating = new Set(["map", "forEach", "flatMap", "each", "reduce", "mapSeries", "eachSeries"]);

/**
 * What a write is given, each value once: the variables and parameters in its arguments, what those were read or made with, and the
 * row that saves itself. What stands for the client, and what the module declares for all calls, is left out.
 */
export function givenTo(model: ProjectModel, file: string, write: Write): readonly GivenValue[] {
  return withoutClient(write, valuesIn(model, file, write.node));
}

/** What a write is given as it is, without what that was made of: names and members, and those in lists and objects. */
export function directlyGiven(model: ProjectModel, file: string, write: Write): readonly GivenValue[] {
  const { node, operation } = write;
  const saved = node !== operation.node ? [] : operation.receiver.kind === "document" ? [operation.receiver.root] : operation.write === "save" ? operation.data : [];
  // `team.size = size; await team.save()`, `await teams.save(team)`
  const put = saved.flatMap((row) => (row.kind === "name" && row.binding !== undefined ? [...model.requestData.putInto(file, row.binding), ...(addedTo(model.values.index(file)).get(row.binding) ?? [])] : [])).flatMap((value) => directlyIn(model, file, value));
  return [...withoutClient(write, directlyIn(model, file, node)), ...put];
}

function withoutClient({ node, operation }: Write, values: readonly GivenValue[]): readonly GivenValue[] {
  const root = node.kind === "template" ? node.tag : chainRoot(node);
  const client = root?.kind === "name" && !(node === operation.node && operation.receiver.kind === "document") ? root.binding : undefined;
  return values.filter(({ binding }) => binding !== client);
}

/** The values that a piece of code mentions. */
export function directlyIn(model: ProjectModel, file: string, node: SyntaxNode): readonly GivenValue[] {
  return gatherValues(model, file, node, false);
}

/** The values that a piece of code mentions, and those that they were made of. */
export function valuesIn(model: ProjectModel, file: string, node: SyntaxNode): readonly GivenValue[] {
  return gatherValues(model, file, node, true);
}

function gatherValues(model: ProjectModel, file: string, node: SyntaxNode, derived: boolean): readonly GivenValue[] {
  const index = model.values.index(file);
  const { bindings } = model.facts(file);
  const found = new Map<string, GivenValue>();
  const add = (binding: number, path: readonly string[], steps: number): void => {
    const key = [binding, ...path].join(".");
    if (found.has(key) || steps > mostSteps) return;
    // `let owner = user.id; if (email) owner = invited.id;`
    for (const alias of binding === ofInstance ? [] : model.requestData.assignedTo(file, binding).flatMap((value) => partOf(value) ?? [])) add(alias.binding, [...alias.path, ...path], steps + 1);
    if (binding === ofInstance) {
      // `this.account.id`; other members of an instance are what it works with.
      if (/id$/i.test(path.at(-1) ?? "")) found.set(key, { binding, path, text: path.join(".") });
      return;
    }
    const source = index.sources[binding];
    if (source?.kind === "value" && source.value !== undefined) {
      if (index.functionAround(source.value) === undefined) return;
      const alias = partOf(source.value);
      const inner = source.path.flatMap((step) => (step.kind === "property" ? [step.key] : []));
      if (alias && inner.length === source.path.length) return add(alias.binding, [...alias.path, ...inner, ...path], steps + 1);
      found.set(key, { binding, path, text: writtenAs(bindings[binding]?.name, path) });
      // `const where = { id }` holds what it is made of; of what a call gives it is not known what it holds.
      if (!derived && source.value.kind !== "object" && source.value.kind !== "array") return;
      for (const pushed of pushedTo(index).get(binding) ?? []) gather(pushed, steps + 1);
      return gather(source.value, steps + 1);
    }
    if (source?.kind !== "parameter" && source?.kind !== "element" && source?.kind !== "value") return;
    found.set(key, { binding, path, text: writtenAs(bindings[binding]?.name, path) });
    const subject = source.kind === "element" ? source.subject : source.kind === "parameter" ? listOf(index, source.function) : undefined;
    if (subject && derived) gather(subject, steps + 1);
  };
  const gather = (part: SyntaxNode, steps: number): void => {
    if (isClassNode(part) || (isFunctionNode(part) && isContinuation(part))) return;
    if (!isFunctionNode(part)) {
      const value = partOf(part);
      if (value) return add(value.binding, value.path, steps);
      // `rows.map(…)` is made of `rows`.
      if (part.kind === "call" && part.callee.kind === "member") {
        gather(part.callee.object, steps);
        for (const argument of part.arguments) gather(argument, steps);
        return;
      }
    }
    forEachPart(part, (inner) => gather(inner, steps));
  };
  gather(node, 0);
  return [...found.values()];
}

/** `(err, rows) => …`: what a driver calls when a statement has been run is no part of it. */
function isContinuation({ parameters: [first] }: FunctionNode): boolean {
  return first?.target.kind === "binding" && /^_?(e|er|err|error)$/i.test(first.target.name);
}

/** `result.rows[0].id` */
function writtenAs(name: string | undefined, path: readonly string[]): string {
  return path.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : `${text}.${step}`), name ?? "");
}

/** What is put into the lists of the documents of a file: `team.members.push(user.id)`. */
const addedTo = oncePer((index: FileIndex): ReadonlyMap<number, readonly Expression[]> => {
  const found = new Map<number, readonly Expression[]>();
  for (const { node } of index.calls) {
    if (node.callee.kind !== "member" || !/^(push|addToSet|pull|set)$/.test(node.callee.property) || node.callee.object.kind !== "member") continue;
    const root = chainRoot(node.callee.object);
    if (root.kind === "name" && root.binding !== undefined) found.set(root.binding, [...(found.get(root.binding) ?? []), ...node.arguments]);
  }
  return found;
});

/** What is put into the lists of a file: `lines.push({ order: order.id })`. */
const pushedTo = oncePer((index: FileIndex): ReadonlyMap<number, readonly Expression[]> => {
  const found = new Map<number, Expression[]>();
  for (const { node } of index.calls) {
    if (node.callee.kind !== "member" || node.callee.property !== "push" || node.callee.object.kind !== "name" || node.callee.object.binding === undefined) continue;
    const { binding } = node.callee.object;
    const pushed = found.get(binding);
    if (pushed) pushed.push(...node.arguments);
    else found.set(binding, [...node.arguments]);
  }
  return found;
});

/** The list whose elements a function is run for: `rows` of `rows.map((row) => …)`. */
export function listOf(index: FileIndex, node: FunctionNode): Expression | undefined {
  const call = index.functions.get(node)?.passedTo?.call;
  if (call?.callee.kind === "member" && iterating.has(call.callee.property)) return call.callee.object;
  // `pMap(rows, (row) => …)`
  return call?.callee.kind === "name" && /map$|each$/i.test(call.callee.name) && call.arguments[0] !== undefined && !within(node.span, call.arguments[0].span) ? call.arguments[0] : undefined;
}

/** Whether one of two values is the other, or a part of it. */
export function isPartOf(one: GivenValue, other: GivenValue): boolean {
  return one.binding === other.binding && one.path.every((step, at) => at >= other.path.length || other.path[at] === step);
}

/** What a key was before it was brought into another form: `order.id` of `new ObjectId(order.id)`, `Number(order.id)` and `order.id.toString()`. */
export function keyFormOf({ callee, arguments: [given, ...others] }: CallExpression | NewExpression): Expression | undefined {
  if (callee.kind === "member" && /^to(String|HexString|JSON)$/.test(callee.property)) return given === undefined ? callee.object : undefined;
  return given !== undefined && others.length < 2 && /^(ObjectId|ObjectID|String|Number|BigInt|parseInt)$/.test(lastName(callee)) ? given : undefined;
}

/** `order.lines`: a variable with the members that are taken from it. A key in another form is the same key: `new ObjectId(order.id)`, `order.id.toString()`. */
function partOf(node: SyntaxNode): { readonly binding: number; readonly path: readonly string[] } | undefined {
  if (isFunctionNode(node) || isClassNode(node)) return undefined;
  if (node.kind === "await" || node.kind === "cast") return partOf(node.value);
  const form = node.kind === "call" || node.kind === "new" ? keyFormOf(node) : undefined;
  if (form) return partOf(form);
  if (node.kind === "this") return { binding: ofInstance, path: [] };
  if (node.kind === "name") return node.binding === undefined ? undefined : { binding: node.binding, path: [] };
  // `result.rows[0]`
  const step = node.kind === "member" ? node.property : node.kind === "index" && node.index.kind === "literal" ? String(node.index.value) : undefined;
  if (step === undefined || (node.kind !== "member" && node.kind !== "index")) return undefined;
  const object = partOf(node.object);
  return object && { binding: object.binding, path: [...object.path, step] };
}
