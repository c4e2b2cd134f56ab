import type { Provenance } from "../../catalogue/provenance.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { TestCase } from "./test-cases.js";

const sleepPackages = /^(delay|sleep-promise|p-sleep|timers-promises)$/;

/** The places where a test or hook itself waits for real time to pass: `await` on a sleep, not in a loop that polls. */
export function* realWaits(model: ProjectModel, file: string, cases: readonly TestCase[]): Iterable<CallExpression | NewExpression> {
  const index = model.values.index(file);
  for (const { node, in: context } of index.calls) {
    const parent = index.parentOf(node);
    if (node.kind === "call" && cases.some(({ body, kind }) => kind !== "group" && body === context?.node && endsByTimer(model, file, node, body))) yield node;
    if (!parent || !("kind" in parent) || parent.kind !== "await" || !isSleep(model, file, node, 0)) continue;
    // What stands in a mock or a callback plays the part of something slow.
    if (cases.some(({ body, kind }) => kind !== "group" && body === context?.node) && !polls(model, file, node)) yield node;
  }
}

/** `setTimeout(() => { …; done(); }, 100)` of a test that is over when it calls `done`; with an error it is a limit of time. */
function endsByTimer(model: ProjectModel, file: string, { callee, arguments: [run, time] }: CallExpression, { parameters: [done] }: FunctionNode): boolean {
  if (callee.kind !== "name" || callee.name !== "setTimeout" || run === undefined || time === undefined || done?.target.kind !== "binding" || isZero(model, file, time)) return false;
  const { binding } = done.target;
  if (run.kind === "name") return run.binding === binding;
  return run.kind === "function" && someNode(run.function.body ?? [], (part) => part.kind === "call" && part.callee.kind === "name" && part.callee.binding === binding && part.arguments.length === 0);
}

/** Whether a call waits for a time that is given, and for nothing else. A wait of no time only lets others run. */
function isSleep(model: ProjectModel, file: string, node: CallExpression | NewExpression, depth: number): boolean {
  if (node.kind === "new") return isTimerPromise(model, file, node);
  if (node.callee.kind === "member" && node.callee.property === "sleep" && node.callee.object.kind === "name" && node.callee.object.name === "Bun") return true;
  return model.values.of(file, node.callee).some((callee) => {
    if (callee.kind === "external") return (isPromisedTimer(callee.provenance) || sleepPackages.test(callee.provenance.package)) && !isZero(model, file, node.arguments[0]);
    return callee.kind === "function" && depth < 2 && isSleepFunction(model, callee.file, callee.node, depth) && !node.arguments.some((argument) => isZero(model, file, argument));
  });
}

function isPromisedTimer({ package: name, path }: Provenance): boolean {
  return name === "node:timers/promises" && path.at(-1) !== "setImmediate" && path.at(-1) !== "setInterval";
}

/** `new Promise((resolve) => setTimeout(resolve, 100))`, with nothing else in it. */
function isTimerPromise(model: ProjectModel, file: string, { callee, arguments: [executor] }: NewExpression): boolean {
  if (callee.kind !== "name" || callee.name !== "Promise" || executor?.kind !== "function") return false;
  const { body = [], parameters } = executor.function;
  const [statement, ...more] = body;
  const resolve = parameters[0]?.target;
  const call = statement?.kind === "expression" || statement?.kind === "return" ? statement.value : undefined;
  if (more.length > 0 || call?.kind !== "call" || call.callee.kind !== "name" || call.callee.name !== "setTimeout" || resolve?.kind !== "binding") return false;
  const [done, time] = call.arguments;
  return done !== undefined && time !== undefined && onlyCalls(done, resolve.binding) && !isZero(model, file, time);
}

/** `resolve`, or a function that does nothing but call it. */
function onlyCalls(node: Expression, binding: number): boolean {
  if (node.kind === "name") return node.binding === binding;
  if (node.kind !== "function") return false;
  const [statement, ...more] = node.function.body ?? [];
  const call = statement?.kind === "expression" || statement?.kind === "return" ? statement.value : undefined;
  return more.length === 0 && call?.kind === "call" && call.callee.kind === "name" && call.callee.binding === binding;
}

/** A function of the project that does nothing but sleep: `const sleep = (ms) => new Promise(…)`. */
function isSleepFunction(model: ProjectModel, file: string, node: FunctionNode, depth: number): boolean {
  const { body = [] } = node;
  if (body.length !== 1) return false;
  const [statement] = body;
  const value = statement?.kind === "return" || (statement?.kind === "expression" && statement.value.kind === "await") ? statement.value : undefined;
  const waited = value?.kind === "await" ? value.value : value;
  return (waited?.kind === "call" || waited?.kind === "new") && isSleep(model, file, waited, depth + 1);
}

function isZero(model: ProjectModel, file: string, node: Expression | undefined): boolean {
  if (!node) return false;
  const values = model.values.of(file, node);
  return values.length === 1 && values[0]?.kind === "constant" && typeof values[0].value === "number" && values[0].value <= 1;
}

/** Whether a wait stands in a loop that asks again: what it waits for is then not the time. */
function polls(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at; at = index.parentOf(at)) {
    if (!("kind" in at) || at.kind !== "loop") continue;
    if (at.form === "while" || at.form === "do") return true;
    if (someNode(at.body, ({ kind }) => kind === "break" || kind === "return")) return true;
  }
  return false;
}
