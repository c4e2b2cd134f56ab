import { oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import { isNothing, lastName } from "../../facts/names.js";
import type { Expression, LoopStatement, Statement } from "../../facts/syntax.js";
import { type CodeNode, isFunctionNode, someNode, type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import { type EnvironmentRead, environmentReads } from "../project/environment.js";
import { roleOf } from "../roles.js";
import { systemKeys } from "./system-keys.js";

/** So many keys that one file demands are its list of what must be set. */
const severalKeys = 4;

/** What the tests of a file look at that stop it where they find something missing. */
interface Demands {
  /** The tests themselves, and what an assertion is given. */
  readonly spans: readonly Span[];
  /** Names that such a test reads, by binding: as a whole, or these members of them. */
  readonly whole: ReadonlySet<number>;
  readonly members: ReadonlyMap<number, ReadonlySet<string>>;
}

/** The keys without which a file stops the start, and whether these are all that must be set. */
const demandIn = oncePerPart((model: ProjectModel, file: string): { readonly names: ReadonlySet<string>; readonly isWhole: boolean } => {
  const reads = environmentReads(model, file).filter(({ whole }) => !whole);
  if (reads.length === 0) return { names: new Set(), isWhole: false };
  const demands = demandsOf(model, file);
  const demanded = new Set(reads.filter((read) => isDemanded(model, file, read, demands)));
  const names = new Set([...demanded].flatMap(({ keys = [] }) => keys));
  const isOfAll = (read: EnvironmentRead): boolean => demanded.has(read) || read.keys?.every((key) => names.has(key) || systemKeys.test(key)) === true || isOptional(model, file, read);
  // Who demands several knows which may be missing.
  return { names, isWhole: [...demanded].some(({ keys }) => keys === undefined) || names.size >= severalKeys || (names.size > 0 && reads.every(isOfAll)) };
});

/**
 * Whether a file stops the start where a key that it reads is not set: it goes through a list of names, or asks for each
 * key that has no default, or for several. A number or an address may still be malformed, but nothing runs without its settings.
 */
export function demandsItsKeys(model: ProjectModel, file: string): boolean {
  return demandIn(model, file).isWhole;
}

/** Whether a file is where a program checks by hand what it needs: the settings, or what it starts with. */
export function checksAtStart(model: ProjectModel, file: string): boolean {
  return demandsItsKeys(model, file) && (roleOf(file) === "settings" || model.edgesTo(file).length === 0);
}

/** The keys without which a package does not start. */
export const keysCheckedAtStart = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlySet<string> => new Set(model.filesOf(unit).filter((file) => isBackendCode(model, file) && checksAtStart(model, file)).flatMap((file) => [...demandIn(model, file).names])));

function demandsOf(model: ProjectModel, file: string): Demands {
  const index = model.values.index(file);
  const spans: Span[] = [];
  const whole = new Set<number>();
  const members = new Map<number, Set<string>>();
  const note = (node: Expression): void =>
    walk(node, (part) => {
      if (!("kind" in part)) return true;
      // Of `missing.length` the list as a whole is asked.
      if (part.kind === "member" && part.object.kind === "name" && part.object.binding !== undefined && part.property !== "length" && part.property !== "size") {
        members.set(part.object.binding, (members.get(part.object.binding) ?? new Set()).add(part.property));
        return false;
      }
      if (part.kind === "name" && part.binding !== undefined) whole.add(part.binding);
      return true;
    });
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "if" && (stops(node.then) || stopsAfter(index.parentOf, node))) {
      spans.push(node.test.span);
      note(node.test);
      for (const list of listsAround(index.parentOf, node)) note(list);
    }
    const [asserted] = node.kind === "call" && /^(?:assert|invariant|ok)$/.test(lastName(node.callee)) ? node.arguments : [];
    if (asserted) {
      spans.push(asserted.span);
      note(asserted);
    }
    return true;
  });
  return { spans, whole, members };
}

/** What the loops and callbacks around a test go through: `for (const [key, value] of Object.entries(settings))`, `names.forEach((name) => …)`. */
function* listsAround(parentOf: (node: SyntaxNode) => SyntaxNode | undefined, node: SyntaxNode): Iterable<Expression> {
  for (let at = parentOf(node); at; at = parentOf(at)) {
    if (isLoop(at) && at.subject) yield at.subject;
    const call = isFunctionNode(at) ? parentOf(parentOf(at) ?? at) : undefined;
    if (call && "kind" in call && call.kind === "call" && call.callee.kind === "member") yield call.callee.object;
  }
}

function isLoop(node: SyntaxNode): node is LoopStatement {
  return "kind" in node && node.kind === "loop";
}

function isDemanded(model: ProjectModel, file: string, { node }: EnvironmentRead, { spans, whole, members }: Demands): boolean {
  const index = model.values.index(file);
  if (spans.some((span) => within(node.span, span))) return !isCompared(index.parentOf(node), node);
  let property: string | undefined;
  if (isGivenToCheck(model, file, node)) return true;
  for (let at = index.parentOf(node); at; at = index.parentOf(at)) {
    if (!("kind" in at)) continue;
    // `settings.database` is asked for what stands anywhere in it.
    if (at.kind === "object") property = at.members.flatMap((member) => (member.kind === "property" && within(node.span, member.span) ? [member.key] : []))[0] ?? property;
    // `const missing = names.filter((name) => !process.env[name])`
    if (at.kind !== "variable") continue;
    const target = at.declarators.find(({ value }) => value !== undefined && within(node.span, value.span))?.target;
    const bindings = target?.kind === "binding" ? [target.binding] : target?.kind === "object-pattern" ? target.properties.flatMap(({ value }) => (value.kind === "binding" ? [value.binding] : [])) : [];
    return bindings.some((binding) => whole.has(binding) || (property !== undefined && members.get(binding)?.has(property) === true));
  }
  return false;
}

/** `toPort("PORT", process.env.PORT)`: a function of the project that throws for what it does not take. */
function isGivenToCheck(model: ProjectModel, file: string, node: Expression): boolean {
  const call = model.values.index(file).parentOf(node);
  return call !== undefined && "kind" in call && call.kind === "call" && call.arguments.includes(node) && model.values.of(file, call.callee).some((callee) => callee.kind === "function" && stops(callee.node.body ?? []));
}

/** `header !== process.env.API_KEY` asks whether two are the same, and not whether the key is set. */
function isCompared(parent: SyntaxNode | undefined, node: Expression): boolean {
  if (parent === undefined || !("kind" in parent) || parent.kind !== "binary" || !/^[!=]==?$/.test(parent.operator)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return !isNothing(other) && !(other.kind === "literal" && other.value === "");
}

/** `process.env.LEVEL ?? "info"`, `process.env.DEBUG === "true"`, `process.env.DSN ? … : …`: whether it is set or not, something is meant. */
function isOptional(model: ProjectModel, file: string, { node }: EnvironmentRead): boolean {
  const index = model.values.index(file);
  let below: SyntaxNode = node;
  for (let at = index.parentOf(node); at && "kind" in at && /^(?:call|cast|member|binary|conditional|unary)$/.test(at.kind); below = at, at = index.parentOf(at)) {
    if (at.kind === "binary" && (/^(?:[!=]==?)$/.test(at.operator) || (/^(?:\|\||\?\?)$/.test(at.operator) && at.left === below))) return true;
    if (at.kind === "conditional" && at.test === below) return true;
  }
  return false;
}

/** `if (missing.length === 0) return;`, and what comes after it stops. */
function stopsAfter(parentOf: (node: SyntaxNode) => SyntaxNode | undefined, node: Extract<Statement, { readonly kind: "if" }>): boolean {
  const around = node.then.at(-1)?.kind === "return" && asksForNone(node.test) ? parentOf(node) : undefined;
  const body = around === undefined ? [] : isFunctionNode(around) ? (around.body ?? []) : "kind" in around && around.kind === "block" ? around.body : [];
  return body.slice(body.indexOf(node) + 1).some((statement) => isStop(statement) || (statement.kind === "expression" && isStop(statement.value)));
}

/** `missing.length === 0`, `!missing.size` */
function asksForNone(test: Expression): boolean {
  const isCount = (node: Expression): boolean => node.kind === "member" && (node.property === "length" || node.property === "size");
  if (test.kind === "unary") return test.operator === "!" && isCount(test.value);
  return test.kind === "binary" && /^={2,3}$|^<=?$/.test(test.operator) && isCount(test.left) && test.right.kind === "literal";
}

function stops(body: readonly SyntaxNode[]): boolean {
  return someNode(body, isStop);
}

/** `throw`, `process.exit(1)`, `exit(1)` */
function isStop(node: CodeNode): boolean {
  return node.kind === "throw" || (node.kind === "call" && lastName(node.callee) === "exit");
}
