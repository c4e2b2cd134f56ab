import type { Span } from "../../base/position.js";
import type { AssignExpression, Expression } from "../../facts/syntax.js";
import { forEachPart, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { TestCase } from "./test-cases.js";

/** A variable that one test sets and another one reads. */
export interface SharedState {
  readonly name: string;
  readonly write: Span;
  readonly read: Span;
  /** It was declared with a value, so that the other test can run alone, and is given another one then. */
  readonly begun: boolean;
}

/** Methods of arrays, maps and sets that change them. */
const changesCollection = /^(push|unshift|pop|shift|splice|set|add|delete|clear)$/;

interface Use {
  readonly binding: number;
  readonly name: string;
  readonly span: Span;
  readonly writes: boolean;
  readonly in: TestCase;
}

/** The variables of a file through which a test hands something to a later one, so that neither can run alone. */
export function sharedState(model: ProjectModel, file: string, cases: readonly TestCase[]): SharedState[] {
  const uses = usesIn(model, file, cases);
  const found: SharedState[] = [];
  for (const binding of new Set(uses.filter(({ writes, in: { kind } }) => writes && kind === "test").map((use) => use.binding))) {
    const own = uses.filter((use) => use.binding === binding);
    const write = own.find((use) => use.writes && use.in.kind === "test");
    // What a hook gives each test is theirs; what the variable was declared in is one test's own.
    if (!write || own.some((use) => use.writes && use.in.kind === "each-hook") || isDeclaredIn(model, file, binding, cases)) continue;
    const read = own.find((use) => !use.writes && use.in.kind === "test" && use.in !== write.in && use.span[0] > write.span[0] && !own.some((other) => other.writes && other.in === use.in && other.span[0] < use.span[0]));
    if (read) found.push({ name: write.name, write: write.span, read: read.span, begun: isBegun(model.values.index(file).sources[binding], write.span) });
  }
  return found;
}

function isBegun(source: BindingSource | undefined, write: Span): boolean {
  const value = source?.kind === "value" ? source.value : undefined;
  return value !== undefined && value.span[0] < write[0] && value.kind !== "literal" && !isCollection(source) && !(value.kind === "name" && value.name === "undefined");
}

function isDeclaredIn(model: ProjectModel, file: string, binding: number, cases: readonly TestCase[]): boolean {
  const at = model.facts(file).bindings[binding]?.span[0] ?? 0;
  return cases.some(({ kind, body }) => kind !== "group" && body.span[0] <= at && body.span[1] >= at);
}

function usesIn(model: ProjectModel, file: string, cases: readonly TestCase[]): Use[] {
  const uses: Use[] = [];
  const byBody = new Map(cases.filter(({ kind }) => kind !== "group").map((one) => [one.body, one]));
  const { bindings, body } = model.facts(file);
  const { sources } = model.values.index(file);
  // A store or service that is made in a hook has a method `delete` as well.
  const isShared = (node: Expression): boolean => node.kind === "name" && node.binding !== undefined && isCollection(sources[node.binding]);
  const note = (node: Expression, writes: boolean, within: TestCase | undefined): void => {
    if (node.kind !== "name" || node.binding === undefined || !within) return;
    const binding = bindings[node.binding];
    if (binding?.kind === "variable" && (binding.reassigned || isShared(node))) uses.push({ binding: node.binding, name: node.name, span: node.span, writes, in: within });
  };
  const visit = (node: SyntaxNode, within: TestCase | undefined): void => {
    const own = isFunctionNode(node) ? (byBody.get(node) ?? within) : within;
    if ("kind" in node) {
      // `created.push(id)`, and `created.length = 0`, which takes it back.
      if (node.kind === "call" && node.callee.kind === "member" && changesCollection.test(node.callee.property) && isShared(node.callee.object)) {
        for (const argument of node.arguments) visit(argument, own);
        note(node.callee.object, true, own);
        return;
      }
      if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "length" && isShared(node.target.object)) {
        note(node.target.object, true, own);
        return;
      }
      if (node.kind === "assign" && node.operator === "=" && node.target.kind === "name") {
        visit(node.value, own);
        note(node.target, true, own);
        return;
      }
      if (node.kind === "name") note(node, false, own);
    }
    forEachPart(node, (part) => {
      visit(part, own);
    });
  };
  for (const statement of body) visit(statement, undefined);
  return uses;
}

/** Whether a variable begins as an empty array, map or set. */
function isCollection(source: BindingSource | undefined): boolean {
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  return (value?.kind === "array" && value.elements.length === 0) || (value?.kind === "new" && value.callee.kind === "name" && /^(Map|Set)$/.test(value.callee.name) && value.arguments.length === 0);
}

/** The assignments to `process.env` that tests make and nothing in the file takes back. */
export function environmentLeaks(model: ProjectModel, file: string, cases: readonly TestCase[]): Span[] {
  const leaks: Span[] = [];
  let restored = false;
  const visit = (node: SyntaxNode, within: TestCase | undefined): void => {
    const own = isFunctionNode(node) ? (cases.find(({ body, kind }) => body === node && kind !== "group") ?? within) : within;
    if ("kind" in node) {
      if (node.kind === "assign" && isEnvironmentKey(node)) {
        if (givesBack(model, file, node)) restored = true;
        else if (own?.kind === "test") leaks.push(node.target.span);
        else if (own?.kind === "each-hook") restored = true;
      }
      // `delete process.env.X`, `process.env = before`, `vi.unstubAllEnvs()`, a `finally`.
      if (node.kind === "unary" && node.operator === "delete" && isEnvironment(memberObject(node.value))) restored = true;
      if (node.kind === "assign" && "kind" in node.target && isEnvironment(node.target)) restored = true;
      if (node.kind === "call" && node.callee.kind === "member" && /^(unstubAllEnvs|restoreEnv)$/.test(node.callee.property)) restored = true;
      if (node.kind === "try" && node.finalizer) restored = true;
      if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "resetModules") restored = true;
    }
    forEachPart(node, (part) => {
      visit(part, own);
    });
  };
  for (const statement of model.facts(file).body) visit(statement, undefined);
  return restored ? [] : leaks;
}

/** `process.env.X = before`, where `before` was read from it, or from settings by the same key. */
function givesBack(model: ProjectModel, file: string, { target, value }: AssignExpression): boolean {
  const source = value.kind === "name" && value.binding !== undefined ? model.values.index(file).sources[value.binding] : undefined;
  if (source?.kind !== "value" || source.value === undefined) return false;
  return isEnvironment(memberObject(source.value)) || (source.value.kind === "member" && target.kind === "member" && source.value.property === target.property);
}

function isEnvironmentKey({ target }: AssignExpression): boolean {
  return (target.kind === "member" || target.kind === "index") && isEnvironment(target.object);
}

function memberObject(node: Expression): SyntaxNode | undefined {
  return node.kind === "member" || node.kind === "index" ? node.object : undefined;
}

function isEnvironment(node: SyntaxNode | undefined): boolean {
  return node !== undefined && "kind" in node && node.kind === "member" && node.property === "env" && node.object.kind === "name" && node.object.name === "process";
}
