import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { FunctionNode, Statement, TryStatement } from "../../src/facts/syntax.js";
import { someNode } from "../../src/facts/walk.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { answersBehind, answersByFailing, isSortedOut, onlyDefaults, returnsDefault, triesAgain, withoutSortedOut, withoutWaysOut, writesNothingElse } from "../../src/kit/logging/caught-answers.js";
import { isLoggerFile } from "../../src/kit/logging/console-use.js";
import { errorSteps } from "../../src/kit/logging/error-steps.js";
import { type DefaultsOption, isSwallowed } from "../../src/kit/logging/rejected-answers.js";
import { deafListenerOf, errorCallbackOf, isEmpty, isGivenBoth, rejectionOf } from "../../src/kit/routes/failure-callbacks.js";
import { logWrites, type LogWrite } from "../../src/kit/logging/log-calls.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { caughtError, isInFrontOfRethrow, isKept, isReturned, namesSubject, saysNothing, tellsStack, throwsOn, usesOf } from "../../src/kit/logging/error-use.js";
import { isFailure, takesText } from "../../src/kit/logging/failure-lines.js";
import { awaitsWork, isBeforeThrow, isProbe, mayFail, onlyEnds } from "../../src/kit/logging/expected-failures.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly defaults: DefaultsOption;
  readonly context: boolean;
  readonly stack: "off" | "errors" | "all";
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "log-failure-context",
  section: "logging",
  clauses: ["LOG-3"],
  description: "Require failures to be logged with their error, or handed on",
  presets: { recommended: ["warn", { defaults: "awaited", stack: "errors" }], strict: ["error", { defaults: "report", context: true, stack: "all", everyFile: true }], legacy: "off" },
  messages: {
    swallowed: "The error that is caught here disappears: it is neither logged, thrown again, returned nor handed to anything. Log it with what was being done, or let it through; if it may be ignored, say why in a comment.",
    noError: "This reports a failure without the error, so there is no stack and no cause. Pass the error itself as a field, or its stack to a logger that takes a text alone.",
    noContext: "This logs an error and not what was being done: the line names neither the operation nor the entity. Add a constant message and the id that is at hand.",
    onlyMessage: "This logs only the error's message, so the stack and the cause are lost. Pass the error itself.",
    spread: "{{count}} files log failures by the error's message alone, here first, so their stacks and causes are lost. Pass the errors themselves.",
  },
  optionsSchema: {
    context: { type: "boolean", description: "Also require a message or fields beside the error." },
    stack: { enum: ["off", "errors", "all"], description: "Whether the error itself is required as well where its message is logged with an id or fields beside it, or where the handler gives it away: never, in lines of errors, or in warnings, too." },
    defaults: { enum: ["allow", "awaited", "report"], description: "Whether a handler that answers with a default value counts as swallowing: never, where the work that failed was waited for, or always." },
    everyFile: { type: "boolean", description: "Report every file that logs messages of errors alone where more than ten files do, and not the first alone." },
  },
  defaultOptions: { defaults: "allow", context: false, stack: "off", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habit: Habit = {
        key: `log-failure-context ${JSON.stringify(options)}`,
        files: model.files,
        findingsIn: (file) => findingsIn(model, file, options),
        kindOf: ({ messageId }) => (messageId === "onlyMessage" ? messageId : undefined),
      };
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habit);
    },
  },
});

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  // Where a line could not be written, a logger can say so nowhere but on the console.
  if (!isBackendCode(model, file) || (options.defaults !== "report" && isLoggerFile(file))) return;
  const writes = logWrites(model, file);
  for (const statement of model.values.index(file).tries) yield* checkHandler(model, file, statement, writes, options);
  for (const { node } of model.values.index(file).calls) {
    const rejection = rejectionOf(node);
    if (rejection && isSwallowed(model, file, node, rejection, options.defaults)) yield findingAt(model, file, rejection.handler.span, "swallowed", {}, { cause: "swallowed" });
    const deaf = deafListenerOf(node);
    if (deaf && (deaf.ofProcess ? !writes.some((write) => within(write.node.span, deaf.handler.span)) : options.defaults === "report" && isEmpty(deaf.handler))) yield findingAt(model, file, deaf.handler.span, "swallowed", {}, { cause: "swallowed" });
    const unasked = rejection && rejection.handler.parameters.length === 0 && !mayFail(model, file, rejection.promise) ? rejection.handler : deaf && !deaf.ofProcess ? deaf.handler : undefined;
    if (unasked) yield* checkUnasked(model, file, unasked, writes, options);
    const handler = rejection?.handler ?? errorCallbackOf(node);
    if (handler) yield* checkCallback(model, file, handler, { writes, options, isCallback: rejection === undefined && (isEmpty(handler) || !isGivenBoth(node)) });
  }
  for (const { node, binding } of errorSteps(model, file)) yield* checkStep(model, file, { node, binding, writes, options });
}

/** A step of a framework that answers every error: what it writes of one is all that is left of it. It sorts some out, of which a line says enough. */
function* checkStep(model: ProjectModel, file: string, { node, binding, writes, options }: { readonly node: FunctionNode; readonly binding: number; readonly writes: readonly LogWrite[]; readonly options: Options }): Iterable<RuleFinding> {
  const failures = writes.filter((write) => write.in?.node === node && write.node.arguments.length > 0 && isFailure(write));
  const body = withoutSortedOut(node.body ?? [], failures);
  if (node.comment || throwsOn(body, binding)) return;
  for (const finding of ofLogs(model, file, body, { failures, binding, options })) if (finding.messageId === "onlyMessage") yield finding;
}

/** `.catch(() => logger.error("not saved"))`, `redis.on("error", () => logger.error("no cache"))`: a line about a failure that was not even taken. */
function* checkUnasked(model: ProjectModel, file: string, handler: FunctionNode, writes: readonly LogWrite[], options: Options): Iterable<RuleFinding> {
  if (handler.comment || someNode(handler.body ?? [], (node) => node.kind === "throw")) return;
  for (const { node } of writes.filter((write) => write.in?.node === handler && isFailure(write) && needsStack(write, options)).slice(0, 1)) yield findingAt(model, file, node.span, "noError", {}, { cause: "no error" });
}

function* checkCallback(model: ProjectModel, file: string, handler: FunctionNode, { writes, options, isCallback }: { readonly writes: readonly LogWrite[]; readonly options: Options; readonly isCallback: boolean }): Iterable<RuleFinding> {
  const [first] = handler.parameters;
  const body = handler.body ?? [];
  if (first?.target.kind !== "binding" || handler.comment || someNode(body, (node) => node.kind === "throw")) return;
  const { binding } = first.target;
  const own = writes.filter(({ node }) => within(node.span, handler.span) && node.arguments.length > 0);
  // A function inside tells of failures of its own.
  const failures = own.filter((write) => write.in?.node === handler && isFailure(write, binding));
  if (failures.length > 0) yield* ofLogs(model, file, body, { failures, binding, options });
  else if (isCallback && !own.some((write) => isFailure(write)) && !someNode(options.defaults === "report" ? withoutWaysOut(body, binding) : body, (node) => node.kind === "name" && node.binding === binding)) yield findingAt(model, file, handler.span, "swallowed", {}, { cause: "swallowed" });
}

function* checkHandler(model: ProjectModel, file: string, statement: TryStatement, writes: readonly LogWrite[], options: Options): Iterable<RuleFinding> {
  const { handler, body } = statement;
  if (!handler) return;
  const own = writes.filter(({ node }) => within(node.span, handler.span) && node.arguments.length > 0);
  const binding = handler.parameter?.kind === "binding" ? handler.parameter.binding : undefined;
  const throws = someNode(handler.body, (node) => node.kind === "throw");
  const around = model.values.index(file).functionAround(statement)?.node;
  // What a handler inside logs, it logs of an error of its own.
  const inside = model.values.index(file).tries.flatMap(({ handler: other }) => (other && other !== handler && within(other.span, handler.span) ? [other.span] : []));
  const failures = own.filter((write) => write.in?.node === around && isFailure(write, binding) && !inside.some((span) => within(write.node.span, span)));
  // `catch { logger.warn("not archived"); }` gives the error away.
  if (!handler.parameter && !throws && !handler.comment && !isProbe(body)) for (const { node } of failures.filter((write) => needsStack(write, options)).slice(0, 1)) yield findingAt(model, file, node.span, "noError", {}, { cause: "no error" });
  const left = withoutSortedOut(handler.body, failures, triesAgain(model, file, statement) ? binding : undefined);
  if (binding !== undefined && !isProbe(body) && !writesNothingElse(body, writes)) {
    const told = ofLogs(model, file, left, { failures, binding, options });
    if (!throwsOn(left, binding)) yield* told;
    // `log.error({ id }, "not printed"); throw error;` leaves two lines that nobody can bring together.
    else if (failures.every(({ node }) => isInFrontOfRethrow(node, left, binding))) yield* [...told].filter(({ messageId }) => messageId === "noError");
  }
  // Where writing to the log failed, nothing can be written.
  const writesOnly = writesNothingElse(body, writes);
  if (throws || own.length > 0 || handler.comment || isProbe(body) || onlyEnds(body) || writesOnly || (handler.body.length === 0 && isBeforeThrow(model, file, statement))) return;
  const sortedOut = binding !== undefined && options.defaults === "report" && isSortedOut(handler.body, binding);
  const mentioned = binding !== undefined && !sortedOut && handler.body.some((statement) => usesOf(statement, new Map([[binding, "whole"]])).length > 0);
  const acts = someNode(handler.body, (node) => (node.kind === "call" || node.kind === "assign"));
  const asks = options.defaults === "report" || (options.defaults === "awaited" && awaitsWork(body));
  // `catch { return; }` at the end of a function goes no other way than `catch {}`.
  const leaves = !asks && around?.body?.at(-1) !== statement;
  const returns = (!asks && answersBehind(model, file, statement)) || someNode(handler.body, (node) => node.kind === "return" && (node.value !== undefined || leaves));
  if (mentioned || (acts && options.defaults !== "report" && !(asks && onlyDefaults(handler.body)))) return;
  if (!returns || sortedOut || (asks && returnsDefault(handler.body) && !(options.defaults === "awaited" && answersByFailing(body, handler.body)))) yield findingAt(model, file, [handler.span[0], handler.span[0] + "catch".length], "swallowed", {}, { cause: "swallowed" });
}

function needsStack({ level }: LogWrite, { stack }: Options): boolean {
  return stack === "all" || (stack === "errors" && level !== "warn");
}

/** The failure logs of one handler, judged together: a line beside may carry the error. */
function* ofLogs(model: ProjectModel, file: string, body: readonly Statement[], { failures, binding, options }: { readonly failures: readonly LogWrite[]; readonly binding: number; readonly options: Options }): Iterable<RuleFinding> {
  const error = caughtError(body, binding);
  const logs = failures.map((write) => ({ write, node: write.node, uses: write.node.arguments.flatMap((argument) => usesOf(argument, error)) }));
  const isUsed = logs.some(({ uses }) => uses.length > 0);
  for (const { write, node, uses } of logs) {
    const handedOn = someNode(body, (part) => part.kind === "call" && !within(part.span, node.span) && usesOf(part, error).includes("whole"));
    if (!isUsed && !handedOn && !isReturned(body, error) && !isKept(body, error)) yield findingAt(model, file, node.span, "noError", {}, { cause: "no error" });
    else if (options.context && uses.includes("whole") && saysNothing(node, error)) yield findingAt(model, file, node.span, "noContext", {}, { cause: "no context" });
    else if (uses.includes("message") && !uses.includes("whole") && !handedOn && !takesText(model, write) && !tellsStack(model, file, node) && (needsStack(write, options) || !namesSubject(node, error))) yield findingAt(model, file, node.span, "onlyMessage", {}, { cause: "only message" });
  }
}
