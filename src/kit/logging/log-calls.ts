import { within } from "../../base/position.js";
import { wordTable } from "../../base/word-table.js";
import { answers } from "../../base/answers.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { describe, kindOf, type LogLevel, type LogShape } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ExternalValue } from "../../model/values/value.js";

/** A call that writes to a log. */
export interface LogWrite {
  readonly node: CallExpression;
  readonly level: LogLevel;
  readonly shape: LogShape;
  /** The package of the logger; `console` for the global one, `project` for a wrapper of the project's own. */
  readonly library: string;
  /** Where the logger comes from, if a package made it. */
  readonly logger: ExternalValue | undefined;
  /** The function of the project that is called, where that is a wrapper. */
  readonly wrapper?: { readonly file: string; readonly node: FunctionNode };
  readonly in: FunctionContext | undefined;
}

const levels: Readonly<Record<string, LogLevel>> = wordTable({ trace: "trace", silly: "trace", http: "debug", debug: "debug", verbose: "debug", info: "info", log: "info", notice: "info", success: "info", warn: "warn", warning: "warn", error: "error", err: "error", fatal: "fatal", critical: "fatal", crit: "fatal" });

/** The calls of a file that write to a log: of known loggers, of the project's own wrappers, at last by name. Found once for all rules. */
export const logWrites = oncePerPart((model: ProjectModel, file: string): readonly LogWrite[] =>
  model.values.index(file).calls.flatMap(({ node, in: context }): LogWrite[] => {
    if (node.kind !== "call") return [];
    const method = node.callee.kind === "member" ? node.callee.property : undefined;
    const callees = model.values.of(file, node.callee);
    const isLogger = callees.some((callee) => callee.kind === "external" && !isConsole(callee));
    for (const callee of callees) {
      if (callee.kind === "external") {
        // What is declared as a package's logger is one, though a caller may hand it the console.
        if (isLogger && isConsole(callee)) continue;
        const log = describe(callee.provenance)?.log;
        // What stands in front of a logger hands on as it likes.
        if (log?.does === "write" && isProxy(model, file, node)) return [{ node, level: log.level, shape: "any", library: "project", logger: callee, in: context }];
        if (log?.does === "write") return [{ node, level: log.level, shape: log.shape, library: isConsole(callee) ? "console" : callee.provenance.package, logger: callee, in: context }];
        if (log) return [];
      }
      if (callee.kind === "function" && method !== undefined && levels[method] !== undefined && (isOfLoggerClass(model, callee.file, callee.node) || isOfLoggerObject(node, callee.node) || wrapsLogger(model, callee.file, callee.node))) return [{ node, level: levels[method] ?? "info", shape: "any", library: "project", logger: undefined, wrapper: { file: callee.file, node: callee.node }, in: context }];
    }
    // `logger[level](fields)`
    if (node.callee.kind === "index") {
      const logger = loggerOf(model, file, node.callee.object);
      return logger || isLoggerName(node.callee.object) ? [{ node, level: "info", shape: "any", library: logger?.provenance.package ?? "unknown", logger, in: context }] : [];
    }
    const level = method === undefined ? undefined : levels[method];
    // `logger.log = logger.info` of a logger that has no such method itself.
    const added = method === "log" && node.callee.kind === "member" ? loggerOf(model, file, node.callee.object) : undefined;
    if (level !== undefined && added) return [{ node, level, shape: "any", library: added.provenance.package, logger: added, in: context }];
    if (level === undefined || callees.some((callee) => callee.kind !== "parameter" && callee.kind !== "external" && callee.kind !== "typed") || !isNamedLogger(node)) return [];
    // An external value that the catalogue does not know is no logger just because its member is called `log`; `logs.getLogger("http")` makes one.
    return callees.some((callee) => callee.kind === "external" && callee.provenance.package !== "global") && method === "log" && !isCalledLogger(node) ? [] : [{ node, level, shape: "any", library: "unknown", logger: undefined, in: context }];
  }),
);

function isConsole({ provenance }: ExternalValue): boolean {
  return (provenance.package === "global" && provenance.path[0] === "console") || provenance.package === "node:console";
}

/** Whether a call goes to `export const logger = new Proxy(base, { get: … })`. */
function isProxy(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  if (callee.kind !== "member" || callee.object.kind !== "name" || callee.object.binding === undefined) return false;
  const declaration = model.declarationOfBinding(file, callee.object.binding);
  const source = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "new" && lastName(source.value.callee) === "Proxy";
}

/** `logger.info`, `this.logger.warn`, `req.log.error`, `appLogger.debug`: the last name before the level. */
function isNamedLogger({ callee }: CallExpression): boolean {
  return callee.kind === "member" && isLoggerName(callee.object);
}

/** `logger.log`, `auditLogger.log`: of what is only called `log` the members are asked. */
function isCalledLogger({ callee }: CallExpression): boolean {
  return callee.kind === "member" && /logger$/i.test(lastName(callee.object));
}

export function isLoggerName(holder: Expression): boolean {
  // `c.get("logger").info(…)`
  const [key] = holder.kind === "call" && /^(?:get|resolve)$/.test(lastName(holder.callee)) ? holder.arguments : [];
  if (key) return key.kind === "literal" ? key.value === "logger" || key.value === "log" : /^(?:app|root)?logger$/i.test(lastName(key));
  return /^_?(log|logger)$|Logger$|^_?[lL]ogger(?:Instance|Service)$/.test(lastName(holder));
}

/** A method of a class that is called `Logger`, however it writes; an `AuditLogger` may keep records. */
function isOfLoggerClass(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const name = model.values.index(file).functions.get(node)?.class?.name ?? "";
  return /Logger(?:Service)?$/.test(name) && !/audit|activit|event|histor|access|usage|change|record/i.test(name);
}

/** `logger.info(…)` of an object that the project makes, however it writes: into a channel of a chat, say. */
function isOfLoggerObject({ callee }: CallExpression, { body = [] }: FunctionNode): boolean {
  return callee.kind === "member" && callee.object.kind === "name" && /^(?:app|root|base)?logger$/i.test(callee.object.name) && body.length > 0;
}

function loggerOf(model: ProjectModel, file: string, node: Expression): ExternalValue | undefined {
  return model.values.of(file, node).find((value): value is ExternalValue => value.kind === "external" && kindOf(value.provenance) === "logger");
}

/** What is known of functions, however many calls ask. */
const knownWrappers = oncePer((_model: ProjectModel) => answers<FunctionNode, boolean>());
/** The functions that are being read: of functions that call each other none logs before one is found to. */
const openWrappers = oncePer((_model: ProjectModel) => new Set<FunctionNode>());

/** A function of the project that hands what it is given to a logger. */
function wrapsLogger(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const open = openWrappers(model);
  if (open.has(node)) return false;
  return knownWrappers(model).of(node, () => {
    open.add(node);
    // What only tells that the work failed hands nothing on.
    const failures = model.values.index(file).tries.flatMap(({ handler }) => (handler && within(handler.span, node.span) ? [handler.span] : []));
    const wraps = someNode(node.body ?? [], (part) => part.kind === "call" && !failures.some((span) => within(part.span, span)) && writesOrWraps(model, file, part) && handsOn(model, file, node, part));
    open.delete(node);
    return wraps;
  });
}

/** Whether a call writes something of what its function holds: one that only tells what went wrong there hands nothing on. */
function handsOn(model: ProjectModel, file: string, around: FunctionNode, { arguments: given }: CallExpression): boolean {
  const index = model.values.index(file);
  return someNode(given, (part) => {
    if (part.kind !== "name" || part.binding === undefined) return part.kind === "name" && part.name === "arguments";
    const source = index.sources[part.binding];
    if (source?.kind === "parameter") return source.function === around || !isRejection(index.functions.get(source.function));
    const [start = 0] = index.facts.bindings[part.binding]?.span ?? [];
    return (source?.kind === "value" || source?.kind === "element") && start >= around.span[0] && start < around.span[1];
  });
}

/** `.catch((error) => …)` */
function isRejection(context: FunctionContext | undefined): boolean {
  const call = context?.passedTo?.call;
  return call?.callee.kind === "member" && call.callee.property === "catch";
}

/** A call of a logger, of one that is only called so, or of another function that hands on to one: `static error(message) { Log.write("error", message); }`. */
function writesOrWraps(model: ProjectModel, file: string, node: CallExpression): boolean {
  // `console.log.apply(console, args)`
  const called = node.callee.kind === "member" && /^(?:apply|call)$/.test(node.callee.property) && node.callee.object.kind === "member" ? node.callee.object : node.callee;
  const callees = model.values.of(file, called);
  if (callees.some((callee) => callee.kind === "external" && describe(callee.provenance)?.log?.does === "write")) return true;
  const method = called.kind === "member" ? called.property : "";
  if (levels[method] === undefined) return false;
  return callees.some((callee) => callee.kind === "function" && wrapsLogger(model, callee.file, callee.node)) || (callees.every(({ kind }) => kind === "constant") && isNamedLogger(node));
}
