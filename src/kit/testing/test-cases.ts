import { oncePerPart } from "../../base/once-per.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBrowserPackage } from "../project/backend-files.js";
import { roleOf } from "../roles.js";

/** A call that hands a function to a test runner. */
export interface TestCase {
  readonly kind: "test" | "group" | "each-hook" | "hook";
  readonly call: CallExpression;
  readonly body: FunctionNode;
}

const tests = new Set(["it", "test", "specify", "fit", "xit", "xtest"]);
const groups = new Set(["describe", "suite", "context", "fdescribe", "xdescribe"]);
const eachHooks = new Set(["beforeEach", "afterEach", "setup", "teardown"]);
const hooks = new Set(["before", "after", "beforeAll", "afterAll", "suiteSetup", "suiteTeardown"]);
/** They drive a browser, where waiting for real time has other reasons. */
const browserRunners = /^(@playwright\/test|playwright|cypress|@cypress\/|@testing-library\/(react|vue|svelte)|@storybook\/)/;

/**
 * Whether a file is a test of code that runs in a server. What drives a browser or renders is none; nor is support code,
 * which has no case of its own.
 */
export function isServerTest(model: ProjectModel, file: string): boolean {
  if ((roleOf(file) !== "test" && model.layerOf(file).layer !== "tests") || /\.[jt]sx$|\.bench\./.test(file) || isBrowserPackage(model, model.packageOf(file))) return false;
  const { imports } = model.facts(file);
  return !/(^|\/)(cypress|playwright)\/|\.cy\.[jt]s$/.test(file) && !imports.some(({ specifier }) => browserRunners.test(specifier ?? "")) && testCases(model, file).some(({ kind }) => kind === "test");
}

/** The tests, groups and hooks of a file, in source order; empty for a file that has none. */
export const testCases = oncePerPart((model: ProjectModel, file: string): readonly TestCase[] =>
  model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" ? (caseOf(model, file, node) ?? []) : [])).sort((left, right) => left.call.span[0] - right.call.span[0]),
);

function caseOf(model: ProjectModel, file: string, call: CallExpression): TestCase | undefined {
  const body = call.arguments.findLast((argument) => argument.kind === "function");
  const names = body && runnerNames(model, file, call.callee);
  if (body?.kind !== "function" || names === undefined) return undefined;
  // `test.beforeEach` of ava is a hook, `it.only.each` a test.
  const kind = names.some((name) => eachHooks.has(name)) ? "each-hook" : names.some((name) => hooks.has(name)) ? "hook" : names.some((name) => groups.has(name)) ? "group" : "test";
  return { kind, call, body: body.function };
}

/** `["it", "only", "each"]` of `it.only.each(…)`; undefined for what is not a test runner's. */
function runnerNames(model: ProjectModel, file: string, callee: Expression): readonly string[] | undefined {
  if (callee.kind === "call") return runnerNames(model, file, callee.callee);
  if (callee.kind === "template" && callee.tag) return runnerNames(model, file, callee.tag);
  if (callee.kind === "conditional") return runnerNames(model, file, callee.then);
  if (callee.kind === "member") {
    // `t.test("…", …)` of node:test.
    if (callee.property === "test" && callee.object.kind === "name" && isParameter(model, file, callee.object)) return ["test"];
    const outer = runnerNames(model, file, callee.object);
    return outer && [...outer, callee.property];
  }
  if (callee.kind !== "name" || isParameter(model, file, callee)) return undefined;
  return tests.has(callee.name) || groups.has(callee.name) || eachHooks.has(callee.name) || hooks.has(callee.name) ? [callee.name] : undefined;
}

function isParameter(model: ProjectModel, file: string, { binding }: { readonly binding?: number }): boolean {
  return binding !== undefined && model.facts(file).bindings[binding]?.kind === "parameter";
}

/** `expect(actual).matcher(…expected)`, chai's chains, and `assert.matcher(actual, …expected)`. */
export interface Assertion {
  readonly call: CallExpression;
  readonly matcher: string;
  readonly actual: Expression | undefined;
  readonly expected: readonly Expression[];
  readonly negated: boolean;
}

/** What a call asserts; undefined for other calls. */
export function assertionOf(call: CallExpression): Assertion | undefined {
  const { callee } = call;
  if (callee.kind === "name") return callee.name === "assert" ? { call, matcher: "ok", actual: call.arguments[0], expected: [], negated: false } : undefined;
  if (callee.kind !== "member") return undefined;
  let negated = false;
  for (let at: Expression = callee.object; ; ) {
    if (at.kind === "member") {
      negated ||= at.property === "not";
      if (at.property === "should") return { call, matcher: callee.property, actual: at.object, expected: call.arguments, negated };
      at = at.object;
    } else if (at.kind === "call" && at.callee.kind === "name" && /^(expect|should)$/.test(at.callee.name)) return { call, matcher: callee.property, actual: at.arguments[0], expected: call.arguments, negated };
    else if (at.kind === "call" && at.callee.kind === "member") at = at.callee.object;
    else if (at.kind === "name" && (at.name === "assert" || (at.name === "t" && tapMatcher.test(callee.property)))) return { call, matcher: callee.property, actual: call.arguments[0], expected: call.arguments.slice(1), negated: /^not/i.test(callee.property) };
    else return undefined;
  }
}

/** Methods by which the contexts of ava, tap and node:test assert. */
const tapMatcher = /^(is|not|deepEqual|like|true|false|truthy|falsy|equal|equals|same|match|has|ok|notOk|throws|throwsAsync|rejects|snapshot|matchSnapshot|fail|pass|regex)$/;
