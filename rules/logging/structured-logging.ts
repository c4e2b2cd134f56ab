import { wordTable } from "../../src/base/word-table.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { counted } from "../../src/base/words.js";
import { lastName, propertyOf } from "../../src/facts/names.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { isForDevelopment } from "../../src/kit/project/development-branches.js";
import { consoleInPlaceOfLogger, type ConsoleUse, isEdgeFunction, isLoggerFile, isPlainOutput } from "../../src/kit/logging/console-use.js";
import { tellsOfFailedStart } from "../../src/kit/logging/failed-starts.js";
import { logWrites, type LogWrite } from "../../src/kit/logging/log-calls.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { hasPlaceholder, isInterpolated, isText, tellsOfProcess, tellsOfStart } from "../../src/kit/logging/log-messages.js";
import { recordValues } from "../../src/kit/records/record-shapes.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { textOnlyLoggers } from "../../src/kit/logging/text-only-loggers.js";
import { fieldsFirst, isLoggedError, written } from "../../src/kit/logging/written-messages.js";
import { areKnownObjects } from "../../src/kit/personal/unrevealing-values.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

/** How many of the other files a finding names. */
const mostRelated = 10;

/** What stands for findings that more files than a few have in common. */
const sums: Readonly<Record<string, string>> = wordTable({ application: "applications", interpolated: "spread", console: "past" });

/** More packages than this that have no logger lack one thing together. */
const fewPackages = 3;

interface Options {
  readonly console: "application" | "each";
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "structured-logging",
  section: "logging",
  clauses: ["LOG-1"],
  description: "Require structured log calls: fields and a constant message, through the application's logger",
  presets: { recommended: "warn", strict: ["error", { console: "each", everyFile: true }], legacy: "off" },
  messages: {
    application: "{{package}} has no logger and writes through `console` in {{count}} files, here first (`{{call}}`): plain text that no log store can search by field. Choose a structured logger, such as pino, and call it with fields and a constant message.",
    applications: "{{count}} packages have no logger and write through `console`, here first (`{{call}}`; then {{others}}): plain text that no log store can search by field. Choose a structured logger for all of them, such as pino, and call it with fields and a constant message.",
    console: "`{{call}}` writes plain text that no log store can search by field. Use the application's logger with fields and a constant message.",
    past: "{{count}} files write through `console` past the application's logger, here first (`{{call}}`): plain text that no log store can search by field. Use the logger with fields and a constant message.",
    interpolated: "The message is put together from values, so no two lines are alike and none can be counted. Keep the message constant, and pass the values as fields: `{{example}}`.",
    spread: "{{count}} files put the messages of their log together from values, here first, so no two lines are alike and none can be counted. Keep messages constant, and pass the values as fields: `{{example}}`.",
    textOnly: "`{{name}}` takes a text and nothing else, so {{count}} have to put their values into the message and no line of it can be searched by field. Give it a parameter for fields, and hand them to the logger.",
    order: "{{library}} drops an object that comes behind the message. Put the fields first: `{{example}}`.",
    behind: "{{library}} writes an object that comes behind the message into its text, where no log store can search it by field. Put the fields first: `{{example}}`.",
    lost: "{{library}} drops what comes behind a message without a placeholder for it. Put it first, as a field: `{{example}}`.",
  },
  optionsSchema: {
    console: { enum: ["application", "each"], description: "Whether an application that has no logger at all is one finding, or each use of `console`." },
    everyFile: { type: "boolean", description: "Report every file with messages that are put together, or that goes past the logger, where more than ten files do, and not the first alone." },
  },
  defaultOptions: { console: "application", everyFile: false },
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habit: Habit = {
        key: `structured-logging ${JSON.stringify(options)}`,
        files: model.files,
        findingsIn: (file) => findingsIn(model, file, options),
        kindOf: ({ messageId }) => sums[messageId] && messageId,
        sums,
        fewOf: (kind) => (kind === "application" ? fewPackages : undefined),
      };
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habit);
    },
  },
});

function* findingsIn(model: ProjectModel, file: string, { console }: Options): Iterable<RuleFinding> {
  if (!isBackendCode(model, file)) return;
  yield* ofTextOnly(model, file);
  if (isLoggerFile(file) || isEdgeFunction(model, file)) return;
  const unit = model.packageOf(file);
  const use = console === "application" ? consoleInPlaceOfLogger(model, unit) : undefined;
  if (use?.sites[0].file === file) yield ofApplication(model, unit, use);
  for (const write of logWrites(model, file)) {
    const finding = isPlainOutput(write.library) || (write.library === "console" && use) ? undefined : judge(model, file, write, console);
    if (finding) yield finding;
  }
}

/** One finding for an application without a logger: what is missing is the logger, not each of its lines. */
function ofApplication(model: ProjectModel, unit: PackageUnit, { sites: [first, ...others] }: ConsoleUse): RuleFinding {
  const call = receiverText(first.node.callee);
  if (others.length === 0) return findingAt(model, first.file, first.node.span, "console", { call }, { cause: "console" });
  const related = others.slice(0, mostRelated).map(({ file, node }) => relatedAt(model, file, node.span, "and here"));
  return findingAt(model, first.file, first.node.span, "application", { package: unit.name === undefined ? "This application" : `\`${unit.name}\``, count: String(others.length + 1), call }, { cause: "console", related });
}

/** Own loggers whose callers can give no fields: one finding each, in place of one for each call that puts its values into the message. */
function* ofTextOnly(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const logger of textOnlyLoggers(model).values()) {
    if (logger.file !== file) continue;
    const calls = logger.calls.filter(({ arguments: [message] }) => message && isInterpolated(message));
    const [first] = calls;
    if (first) yield findingAt(model, file, logger.node.nameSpan ?? logger.node.span, "textOnly", { name: receiverText(first.callee), count: counted(calls.length, "call") }, { cause: "text only" });
  }
}

function judge(model: ProjectModel, file: string, write: LogWrite, mode: Options["console"]): RuleFinding | undefined {
  const { node, library, shape } = write;
  const call = receiverText(node.callee);
  const [first, second] = node.arguments;
  // `const { assert } = require("console")` holds the program to something, and writes no log.
  if (library === "console" && lastName(node.callee) === "assert") return undefined;
  // `bootstrap().catch(console.error)`: what could not start has no logger.
  if (library === "console" && lastName(node.callee) === "error" && tellsOfFailedStart(model, file, node)) return undefined;
  // Settings are read before any logger is made of them, and where a server listens is said once.
  if (library === "console" && mode === "application" && (model.layerOf(file).layer === "settings" || (first && (tellsOfProcess(model, file, first) || tellsOfStart(model, file, first))))) return undefined;
  // What developers' machines alone write, nobody searches.
  if (library === "console" && mode === "application" && isForDevelopment(model.values.index(file), node)) return undefined;
  if (library === "console") return findingAt(model, file, node.span, "console", { call }, { cause: "console" });
  const isMessage = first && (isText(first) || isText(written(model, file, first) ?? first));
  // `info(fields, message)` of a logger of the project's own.
  const isFieldsFirst = shape === "fields-message" || (write.wrapper !== undefined && first?.kind === "object" && !propertyOf(first, "message"));
  // `logger.info({ label, message: `…` })`
  const alone = first?.kind === "object" && !second && shape !== "level-first" ? (propertyOf(first, "message") ?? propertyOf(first, "msg")) : undefined;
  const given = alone ?? (isFieldsFirst && first && !isMessage ? second : shape === "level-first" ? (first?.kind === "object" ? propertyOf(first, "message") : second) : first);
  const message = written(model, file, given);
  if (shape === "fields-message" && first && isText(first) && second && !hasPlaceholder(first)) {
    const fields = second.kind === "object" || areKnownObjects(model.values.of(file, second)) || areKnownObjects(recordValues(model, file, second)) ? "{ … }" : isLoggedError(model, file, second) ? "{ err }" : undefined;
    if (fields === undefined && /^(?:pino|fastify)$/.test(library) && second.kind !== "spread") return findingAt(model, file, node.span, "lost", { library, example: `${call}({ ${lastName(second) || "id"} }, "…")` }, { cause: "order" });
    if (fields !== undefined) return findingAt(model, file, node.span, library === "bunyan" ? "behind" : "order", { library, example: `${call}(${fields}, "…")` }, { cause: "order", ...(node.arguments.length === 2 && { fix: fieldsFirst(first, second) }) });
  }
  if (given && message && isInterpolated(message) && !tellsOfProcess(model, file, message) && !(write.wrapper && textOnlyLoggers(model).has(write.wrapper.node))) return findingAt(model, file, given.span, "interpolated", { example: shape === "fields-message" ? `${call}({ id }, "thing done")` : `${call}("thing done", { id })` }, { cause: "interpolated" });
  return undefined;
}
