import type { CallExpression, Expression, NameExpression } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode, walk } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Assertion, assertionOf } from "./test-cases.js";

/** A reading of the real clock that decides whether an assertion holds. */
export interface ClockAssertion {
  readonly kind: "equal" | "elapsed";
  /** The reading. */
  readonly node: Expression;
  readonly assertion: Assertion;
}

/** Matchers that hold for one value only. Bounds (`before <= created <= after`) hold however slow the machine is. */
const equalities = /^(toBe|toEqual|toStrictEqual|toMatchObject|toContainEqual|toHaveProperty|toHaveBeenCalledWith|toHaveBeenLastCalledWith|toHaveBeenNthCalledWith|toBeCalledWith|equal|equals|eql|eq|strictEqual|deepEqual|deepStrictEqual|is|same|like|toMatchSnapshot|toMatchInlineSnapshot)$/;
/** At least so long is safe: a slow machine takes longer. */
const limits = /^(toBeLessThan|toBeLessThanOrEqual|toBeCloseTo|below|lessThan|most|lte|lt|within|closeTo)$/;
/** A budget that only something quite different exceeds, as a regular expression that blows up. */
const generous = 1000;
/** The day and what is longer: of a thousand runs none begins on one day and ends on another. */
const coarse = /^(get(UTC)?(FullYear|Month|Date|Day)|year|month|date|day|startOf|endOf|to(Locale)?DateString)$/;
/** A function that makes a date without the time of day: `toIsoDate(new Date())`. */
const makesDate = /(day|date)$/i;

/** The assertions of a file that compare with the real clock, or measure how long something took. */
export function* clockAssertions(model: ProjectModel, file: string): Iterable<ClockAssertion> {
  const index = model.values.index(file);
  for (const { node } of index.calls) {
    const assertion = node.kind === "call" ? assertionOf(node) : undefined;
    if (!assertion || assertion.negated) continue;
    const condition = /^(ok|true|assert)$/.test(assertion.matcher);
    if (limits.test(assertion.matcher) || condition) {
      const measured = assertion.actual && elapsed(index, assertion.actual);
      if (measured && !isGenerous(model, file, condition ? limitIn(index, assertion.actual) : assertion.expected[0])) yield { kind: "elapsed", node: measured, assertion };
    } else if (equalities.test(assertion.matcher)) {
      const reading = assertion.expected.map((side) => decidingReading(index, side)).find((one) => one !== undefined);
      if (reading) yield { kind: "equal", node: reading, assertion };
    }
  }
}

/** A reading that was made for the comparison alone: in it, or in a constant that nothing but assertions is given. */
function decidingReading(index: FileIndex, side: Expression): Expression | undefined {
  let found: Expression | undefined;
  walk(side, (node) => {
    if (found || isFunctionNode(node)) return false;
    if (!("kind" in node)) return undefined;
    if (node.kind === "call" && (isCoarse(node) || isParseBeside(node))) return false;
    if ((node.kind === "call" || node.kind === "new") && isReading(node)) found = node;
    if (node.kind === "name" && node.binding !== undefined && ownReading(index, node) && usedOnlyInAssertions(index, node.binding)) found = node;
    return undefined;
  });
  return found;
}

/** `now.getFullYear()`, `now.toISOString().slice(0, 10)`, `toIsoDate(new Date())`. */
function isCoarse({ callee, arguments: given }: CallExpression): boolean {
  if (callee.kind !== "member") return callee.kind === "name" && given.length > 0 && makesDate.test(callee.name);
  if (/^(slice|substring|substr)$/.test(callee.property)) return given[0]?.kind === "literal" && given[0].value === 0 && given[1]?.kind === "literal" && Number(given[1].value) <= 10;
  if (callee.property === "split") return given[0]?.kind === "literal" && given[0].value === "T";
  // `dayjs().format("YYYY-MM-DD")`
  if (callee.property === "format") return given[0]?.kind === "literal" && typeof given[0].value === "string" && !/[HhkmsSxXL]/.test(given[0].value);
  return coarse.test(callee.property) || (given.length > 0 && makesDate.test(callee.property));
}

/** `parse("2024-05-17", "yyyy-MM-dd", new Date())` of date-fns: of the day that it is beside, what the text says is not taken (https://date-fns.org/docs/parse). */
function isParseBeside({ callee, arguments: given }: CallExpression): boolean {
  const [, format, beside] = given;
  return callee.kind === "name" && callee.name === "parse" && beside !== undefined && isReading(beside) && format?.kind === "literal" && typeof format.value === "string" && /y.*M.*d|d.*M.*y|M.*d.*y/.test(format.value);
}

/** `Date.now() - start`, also through a constant: a reading from which another one is taken. */
function elapsed(index: FileIndex, side: Expression): Expression | undefined {
  const node = side.kind === "name" ? (valueOf(index, side) ?? side) : side;
  if (node.kind !== "binary") return undefined;
  if (node.operator === "-") return holdsReading(index, node.left) && holdsReading(index, node.right) ? side : undefined;
  if (node.operator === "<" || node.operator === "<=") return elapsed(index, node.left);
  return undefined;
}

/** `2000` of `assert.ok(elapsed < 2000)`. */
function limitIn(index: FileIndex, actual: Expression | undefined): Expression | undefined {
  const node = actual?.kind === "name" ? valueOf(index, actual) : actual;
  return node?.kind === "binary" && /^<=?$/.test(node.operator) ? node.right : undefined;
}

function isGenerous(model: ProjectModel, file: string, limit: Expression | undefined): boolean {
  const [value] = limit ? model.values.of(file, limit) : [];
  return value?.kind === "constant" && typeof value.value === "number" && value.value >= generous;
}

function holdsReading(index: FileIndex, node: Expression): boolean {
  if (node.kind === "call" && node.callee.kind === "member" && /^(getTime|valueOf)$/.test(node.callee.property)) return holdsReading(index, node.callee.object);
  return isReading(node) || (node.kind === "name" && ownReading(index, node));
}

/** `Date.now()`, `new Date()`, `performance.now()`, `dayjs()`, `moment()`, `DateTime.now()`. */
function isReading(node: SyntaxNode): boolean {
  if (!("kind" in node)) return false;
  if (node.kind === "new") return node.arguments.length === 0 && node.callee.kind === "name" && node.callee.name === "Date" && node.callee.binding === undefined;
  if (node.kind !== "call" || node.arguments.length > 0) return false;
  const { callee } = node;
  if (callee.kind === "name") return /^(dayjs|moment)$/.test(callee.name);
  return callee.kind === "member" && /^(now|hrtime)$/.test(callee.property) && callee.object.kind === "name" && /^(Date|performance|DateTime|process)$/.test(callee.object.name);
}

function valueOf(index: FileIndex, { binding }: NameExpression): Expression | undefined {
  const source = binding === undefined ? undefined : index.sources[binding];
  return source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
}

/** Whether a name stands for a reading, made ready by nothing but arithmetic and the methods of dates. */
function ownReading(index: FileIndex, node: NameExpression): boolean {
  const value = valueOf(index, node);
  return value !== undefined && readsClock(value);
}

function readsClock(node: Expression): boolean {
  if (isReading(node)) return true;
  if (node.kind === "binary" && /^[-+*/%]$/.test(node.operator)) return readsClock(node.left) || readsClock(node.right);
  if (node.kind === "new") return node.callee.kind === "name" && node.callee.name === "Date" && node.arguments.some(readsClock);
  if (node.kind !== "call" || node.callee.kind !== "member") return false;
  const { object } = node.callee;
  if (object.kind === "name" && object.name === "Math") return node.arguments.some(readsClock);
  return !isCoarse(node) && readsClock(object);
}

/** A value that the tested code was given too is the same on both sides of the comparison. */
function usedOnlyInAssertions(index: FileIndex, binding: number): boolean {
  return !someNode(index.facts.body, (node) => node.kind === "name" && node.binding === binding && !liesInExpectation(index, node));
}

function liesInExpectation(index: FileIndex, node: SyntaxNode): boolean {
  let below: SyntaxNode = node;
  for (let at = index.parentOf(node); at; below = at, at = index.parentOf(at)) {
    if (isFunctionNode(at)) return false;
    if (!("kind" in at) || at.kind !== "call") continue;
    const assertion = assertionOf(at);
    if (assertion) return assertion.expected.includes(below as Expression);
    if (!isPure(at)) return false;
  }
  return false;
}

/** Methods of dates and numbers, which hand nothing to the tested code. */
function isPure({ callee }: CallExpression): boolean {
  return callee.kind === "member" && (/^(get\w+|to(ISO|UTC|Locale)?String|toJSON|valueOf|floor|round|ceil|any|objectContaining|arrayContaining|stringContaining|unix|format|toDate|add|subtract)$/.test(callee.property));
}
