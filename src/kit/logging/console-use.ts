import { inFilesOf } from "../../base/gathered.js";
import { oncePerPart } from "../../base/once-per.js";
import { baseName } from "../../base/paths.js";
import type { CallExpression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import { type LogWrite, logWrites } from "./log-calls.js";
import { tellsOfStart } from "./log-messages.js";

/** The console of an application that has no logger. */
export interface ConsoleUse {
  /** The first use in each file that has one, by file; never empty. */
  readonly sites: readonly [ConsoleSite, ...ConsoleSite[]];
}

export interface ConsoleSite {
  readonly file: string;
  readonly node: CallExpression;
}

/** Where a package writes its log through `console`; undefined where it does not, or has a logger as well. Asked once for each package. */
export const consoleInPlaceOfLogger = oncePerPart((model: ProjectModel, unit: PackageUnit): ConsoleUse | undefined => {
  const uses = usesIn(model, unit);
  const [first, ...others] = uses.flatMap(({ file, node }) => (node ? [{ file, node }] : []));
  return first && !uses.some(({ logger }) => logger) ? { sites: [first, ...others] } : undefined;
});

/** The files of a package that write a log: whether by a logger, and the first use of the console. */
const usesIn = inFilesOf((model: ProjectModel, file) => {
  if (file.endsWith(".d.ts") || !isBackendCode(model, file) || isEdgeFunction(model, file)) return [];
  const writes = logWrites(model, file);
  const first = isLoggerFile(file) ? undefined : writes.find(({ library, node: { arguments: [message] } }) => library === "console" && !(message && tellsOfStart(model, file, message)));
  return writes.length > 0 ? [{ file, node: first?.node, logger: writes.some(isOfLogger) }] : [];
});

/** A call of a logger that a package or the project makes, as opposed to the console and to what only is called like one. */
function isOfLogger({ library }: LogWrite): boolean {
  return library !== "console" && library !== "unknown" && !isPlainOutput(library);
}

/** `process.stdout.write`, which is no log. */
export function isPlainOutput(library: string): boolean {
  return library === "global" || library === "node:process" || library === "process";
}

/** Modules that the functions of CloudFront have. */
const edgeModules: ReadonlySet<string | undefined> = new Set(["cloudfront", "crypto", "querystring", "buffer"]);

/**
 * A function of CloudFront: a script alone, without exports, that has nothing but the console
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html).
 */
export function isEdgeFunction(model: ProjectModel, file: string): boolean {
  const { imports, exports, body } = model.facts(file);
  return exports.length === 0 && imports.every(({ specifier }) => edgeModules.has(specifier)) && body.some((statement) => statement.kind === "function" && statement.function.name === "handler");
}

/** The module in which the project makes a logger of its own: what it hands its lines to is its business. */
export function isLoggerFile(file: string): boolean {
  return /(^|\/)(logger|logging|log)\//.test(file) || /(^|[-_.])(log|logger|logging|debugger)\.[cm]?[jt]s$/i.test(baseName(file)) || /(Log|Logger|Logging)\.[cm]?[jt]s$/.test(baseName(file));
}
