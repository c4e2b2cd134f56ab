import { within } from "../base/position.js";
import { chainRoot, lastName } from "../facts/names.js";
import type { Expression, FunctionNode, Statement } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walk } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { isBackground } from "./background-work.js";
import type { Write } from "./write-subjects.js";
import { keptIn } from "./transactions.js";

/** Where a write runs once for each element: what it runs over, and the code that does. */
interface Repetition {
  readonly node: SyntaxNode;
  readonly body: readonly Statement[];
  readonly subject: Expression | undefined;
}

/** Steps from a name to what it stands for. */
const mostSteps = 5;
const iterating = new Set(["map", "forEach", "flatMap", "each", "mapSeries", "eachSeries"]);
/** A value that is counted up or down belongs to what it is counted for. */
const counts = /^(\$inc|\$mul|increment|decrement|incrementing|multiply|divide)$/;
const timeOrLog = /^(now|today|date|time|since|before|after|until|cutoff|deadline|threshold|start|end|log|logger)(?![a-z])|(At|Date|Time|Log|Logger)$/;

const setting = /^(opts|options|config|settings|limit|batchSize)$/;

/**
 * Whether each element of a loop stands for itself, so that the ones before a failure may stay: rows that the code looked up by
 * itself and goes through one by one, elements whose outcome it notes, and rows that a job changes by their own key. The body
 * writes once, counts nothing, and needs nothing that another write of the function made.
 */
export function standsAlone(model: ProjectModel, file: string, write: Write, around: FunctionNode, writes: readonly Write[]): boolean {
  const loop = repetitionOf(model, file, write.node, around);
  if (!loop || isCounted(write)) return false;
  const beside = writes.filter(({ node }) => within(node.span, loop.node.span));
  if (model.transactions.onOnePath(file, { ...around, body: loop.body }, new Set(beside.map(({ node }) => node))) > 1) return false;
  const { parentOf } = model.values.index(file);
  const made = new Set(writes.flatMap(({ node }) => (beside.some((one) => one.node === node) ? [] : (keptIn(parentOf, node)?.bindings ?? []))));
  if (someNode([loop.node], (part) => part.kind === "name" && part.binding !== undefined && made.has(part.binding))) return false;
  if (notesEach(loop)) return true;
  // Made again at the next run, where nothing asks whether it is there.
  if (write.operation.write === "insert" && write.node === write.operation.node && !asksBefore(model, file, write, loop)) return false;
  if (loop.subject !== undefined && isLookedUp(model, file, loop.subject)) return true;
  return isBackground(model, file, around) && !isTied(model, file, write, loop);
}

/** Whether two statements of a job have nothing in common but the time at which it runs. */
export function areUnrelated(model: ProjectModel, file: string, first: Write, second: Write, around: FunctionNode): boolean {
  if (!isBackground(model, file, around)) return false;
  const left = localsIn(model, file, first.node);
  // How much is done at a time is no tie.
  return ![...localsIn(model, file, second.node)].some((binding) => left.has(binding) && !setting.test(model.facts(file).bindings[binding]?.name ?? ""));
}

function repetitionOf(model: ProjectModel, file: string, node: Expression, around: FunctionNode): Repetition | undefined {
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at && at !== around; at = index.parentOf(at)) {
    if (isClassNode(at)) return undefined;
    if (isFunctionNode(at)) {
      const callee = index.functions.get(at)?.passedTo?.call.callee;
      if (callee?.kind === "member" && iterating.has(callee.property)) return { node: at, body: at.body ?? [], subject: callee.object };
    } else if (at.kind === "loop") return { node: at, body: at.body, subject: at.subject };
  }
  return undefined;
}

function isCounted({ node, operation }: Write): boolean {
  return operation.methods.some((method) => counts.test(method)) || someNode([node, operation.node], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && counts.test(member.key))) || /\bset\b[^;]*?\b(\w+)\s*=\s*\1\s*[-+]/i.test(textOf(operation.node));
}

function textOf(node: Expression): string {
  const texts: string[] = [];
  walk(node, (part) => {
    if ("kind" in part && part.kind === "template") texts.push(...part.texts);
    if ("kind" in part && part.kind === "literal" && typeof part.value === "string") texts.push(part.value);
    return true;
  });
  return texts.join(" ").slice(0, 2000);
}

/** Whether the body reads before it writes: `if (await find(row.id)) continue`. */
function asksBefore(model: ProjectModel, file: string, { node }: Write, loop: Repetition): boolean {
  return model.dataAccess.of(file).some((operation) => (operation.role === "read" || operation.role === "list") && within(operation.span, loop.node.span) && operation.span[1] <= node.span[0]);
}

/** `results.push({ id, success: false })`: the caller is told of each element how it went. */
function notesEach({ node }: Repetition): boolean {
  return someNode([node], (part) => part.kind === "call" && lastName(part.callee) === "push" && part.arguments.some((argument) => argument.kind === "object" && argument.members.some((member) => member.kind === "property" && /^(success|ok|failed|error|errors)$/.test(member.key))));
}

/** Whether a list is what the code itself asked a store or a service for, with nothing that its caller says. */
function isLookedUp(model: ProjectModel, file: string, subject: Expression): boolean {
  let asked = false;
  const visit = (node: Expression, steps: number): boolean => {
    if (steps > mostSteps) return false;
    if (node.kind === "await" || node.kind === "cast") return visit(node.value, steps);
    if (node.kind === "member") return visit(node.object, steps);
    if (node.kind === "call") {
      const { callee } = node;
      // `rows.filter(…)`, `Object.values(rows)`
      if (callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined && /^(filter|map|slice|flat|flatMap|toSorted|reverse|values|entries)$/.test(callee.property)) return visit(callee.object, steps + 1);
      asked = true;
      return !dependsOnCaller(model, file, node);
    }
    if (node.kind !== "name" || node.binding === undefined) return false;
    const source = model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value !== undefined && visit(source.value, steps + 1);
  };
  return visit(subject, 0) && asked;
}

/** Whether what a call is given comes from a parameter of a function around it; whom it asks, times and loggers apart. */
function dependsOnCaller(model: ProjectModel, file: string, call: Expression): boolean {
  const index = model.values.index(file);
  const seen = new Set<number>();
  const depends = (node: SyntaxNode): boolean => someNode([node], (part) => {
    if (part.kind !== "name" || part.binding === undefined || seen.has(part.binding) || timeOrLog.test(part.name)) return false;
    seen.add(part.binding);
    const source = index.sources[part.binding];
    if (source?.kind === "element") return depends(source.subject);
    if (source?.kind === "value") return source.value !== undefined && index.functionAround(source.value) !== undefined && depends(source.value);
    if (source?.kind !== "parameter" || !within(call.span, source.function.span)) return false;
    const callee = index.functions.get(source.function)?.passedTo?.call.callee;
    return callee?.kind === "member" && iterating.has(callee.property) ? depends(callee.object) : true;
  });
  // `db.select().from(rows)`: what is asked is no part of the question.
  const root = rootOf(call);
  if (root !== undefined) seen.add(root);
  return depends(call);
}

function rootOf(call: Expression): number | undefined {
  const root = chainRoot(call);
  return root.kind === "name" ? root.binding : undefined;
}

/** Whether a write of a loop belongs to what its caller named, as the lines of one order do. A row that is changed by a key of its own does not. */
function isTied(model: ProjectModel, file: string, { node, operation }: Write, loop: Repetition): boolean {
  const index = model.values.index(file);
  const own = (binding: number): boolean => {
    const source = index.sources[binding];
    return source?.kind === "element" ? source.subject === loop.subject : source?.kind === "parameter" ? source.function === loop.node : source?.kind === "value" && source.value !== undefined && within(source.value.span, loop.node.span);
  };
  const mentionsOwn = (part: SyntaxNode): boolean => someNode([part], (inner) => inner.kind === "name" && inner.binding !== undefined && own(inner.binding));
  if (node === operation.node && operation.write !== "insert" && (operation.filter.some(mentionsOwn) || mentionsOwn(node))) return false;
  return [...localsIn(model, file, node)].some((binding) => !own(binding));
}

/** The variables and parameters of functions that a call is given, and those that they were made of; clients, times and loggers left out. */
function localsIn(model: ProjectModel, file: string, call: Expression): ReadonlySet<number> {
  const index = model.values.index(file);
  const found = new Set<number>();
  const root = rootOf(call);
  const gather = (node: SyntaxNode, steps: number): void => {
    walk(node, (part) => {
      if (!("kind" in part) || part.kind !== "name" || part.binding === undefined || part.binding === root || found.has(part.binding) || timeOrLog.test(part.name)) return true;
      const source = index.sources[part.binding];
      const value = source?.kind === "value" && source.value !== undefined && index.functionAround(source.value) !== undefined ? source.value : undefined;
      if (source?.kind === "parameter" || source?.kind === "element" || value) found.add(part.binding);
      if (value && steps < mostSteps) gather(value, steps + 1);
      return true;
    });
  };
  gather(call, 0);
  return found;
}
