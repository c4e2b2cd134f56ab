import { groupBy } from "../../base/group-by.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { accessLogExposures } from "./access-log-formats.js";
import { isBackendCode } from "../project/backend-files.js";
import { isBillingAccount } from "./billing-accounts.js";
import { isLoggerFile } from "../logging/console-use.js";
import { filesOfWrappers, isForNobody, type LoggedData, loggedData } from "./logged-data.js";
import { type Exposure, isSentWithError, keyOf, wayTo } from "./exposure.js";
import { exposures } from "./personal-exposure.js";
import { isChainAddress, isOtherToken } from "./other-tokens.js";
import { covers, redactionOf } from "./redaction.js";
import { isRentedNumber } from "./rented-numbers.js";
import { letsInBySession } from "./session-ids.js";
import { toldCodes } from "./told-codes.js";

/** Personal data or credentials that a call of a file writes to a log. */
export interface LoggedExposure {
  readonly logged: LoggedData;
  readonly exposure: Exposure;
}

/** A log call inside a function that many calls hand what it logs. */
export interface SharedLog {
  readonly file: string;
  /** What is handed over, in the order of files and places. */
  readonly calls: readonly { readonly file: string; readonly exposure: Exposure }[];
  readonly exposures: ReadonlySet<Exposure>;
}

/** A function that logs what more calls than this hand it is what has to be mended. */
const mostCalls = 3;

/** The shared log calls of a project, where a file has one or hands something to one; `own` is what its calls expose. */
export function sharedLogs(model: ProjectModel, file: string, own: readonly LoggedExposure[]): ReadonlyMap<CallExpression | NewExpression, SharedLog> {
  return own.some(({ logged }) => logged.through) || filesOfWrappers(model).has(file) ? allSharedLogs(model) : new Map();
}

const allSharedLogs = oncePer((model: ProjectModel): ReadonlyMap<CallExpression | NewExpression, SharedLog> => {
  const handed = model.files.filter((file) => isBackendCode(model, file)).flatMap((file) => loggedExposures(model, file).flatMap(({ logged: { node, through }, exposure }) => (through ? [{ through, called: lastName(node.callee), call: { file, exposure } }] : [])));
  return new Map(
    [...groupBy(handed, ({ through }) => through.node)].flatMap(([node, list]) => {
      const file = list[0]?.through.file;
      if (file === undefined) return [];
      // What a logger is given each time it is called is its own choice: `log(request, code)`.
      const shared = isLogger(model, file, node, list.map(({ called }) => called)) ? list.filter(({ call }) => call.exposure.isRequest) : list;
      const calls = [...groupBy(shared, ({ call }) => `${call.file} ${String(call.exposure.span[0])}`).values()].flatMap(([first]) => (first ? [first.call] : []));
      return calls.length > mostCalls ? [[node, { file, calls, exposures: new Set(shared.map(({ call }) => call.exposure)) }] as const] : [];
    }),
  );
});

/** Whether a log call is what its function is for, by its file, its class and what its callers call: there each of them chooses what is logged. */
function isLogger(model: ProjectModel, file: string, node: CallExpression | NewExpression, called: readonly string[]): boolean {
  const owner = model.values.index(file).functionAround(node)?.class?.name ?? "";
  return isLoggerFile(file) || /log(?![io])/i.test(owner) || called.some((name) => /log(?![io])|^(info|warn|error|fatal|verbose|debug|trace|audit|report|track)/i.test(name));
}

/** What the calls of a file write to logs that personal data or credentials are among, once for each place and for where that has it from; what the logger takes out is left out. Asked once for each file. */
export const loggedExposures = oncePerPart((model: ProjectModel, file: string): readonly LoggedExposure[] => {
  const reported = new Set<string>();
  const inFormats = [...accessLogExposures(model, file)].map(({ node, exposure }): LoggedExposure => ({ logged: { node, arguments: [], logger: undefined, below: [] }, exposure }));
  const written = loggedData(model, file).flatMap((logged) => {
    // What only developers' machines write is nobody's but theirs.
    if (isForNobody(model, file, logged.node)) return [];
    const redaction = logged.redaction ?? redactionOf(model, file, logged.logger, logged.node);
    return [...logged.arguments.flatMap((argument) => exposures(model, file, argument, isFields(argument) ? [] : undefined, logged.inText)), ...(logged.through ? [] : toldCodes(logged.node, nameAround(model, file, logged.node)))]
      .filter((exposure) => {
        const { path, span, made } = exposure;
        // `remove(body.member)` of a function that takes an id.
        if (logged.noClientError && isSentWithError(exposure)) return false;
        if (logged.asId && exposure.category === "identity") return false;
        if (isSerialised(logged, exposure)) return false;
        // Webhooks are called by the servers of a service, whose addresses are nobody's.
        if (exposure.category === "location" && /^ips?$/.test(keyOf(exposure)) && /webhook/i.test(`${file} ${nameAround(model, file, logged.node)} ${pathAround(model, file, logged.node)} ${messageOf(logged)}`)) return false;
        if (isOtherToken(model, file, logged.node, exposure) || isChainAddress(model, file, exposure) || isBillingAccount(model, file, exposure) || isRentedNumber(model, file, exposure, nameAround(model, file, logged.node))) return false;
        // A session's id that a query or the like hands on is a row's more often than a cookie's.
        if (/session_?ids?(?:\(\))?$/i.test(keyOf(exposure)) && (logged.through || (!ofRequest.test(wayTo(exposure)) && !letsInBySession(model, file)))) return false;
        if (path && covers(redaction, [...logged.below, ...path])) return false;
        const place = `${span[0]} ${wayTo(exposure)} ${made === undefined ? "" : `${made.file} ${made.span[0]}`}`;
        if (reported.has(place)) return false;
        reported.add(place);
        return true;
      })
      .map((exposure) => ({ logged, exposure }));
  });
  return [...written, ...inFormats];
});

/**
 * `request.log.warn({ req: request })`: Fastify writes the method, the path and the address of a request under this key, and the status of
 * a reply under the other. Powertools and Sentry write the name, the message and the stack of an error.
 */
function isSerialised({ logger }: LoggedData, exposure: Exposure): boolean {
  if (/^@aws-lambda-powertools\/logger$|^@sentry\//.test(logger?.provenance.package ?? "") && isSentWithError(exposure)) return true;
  return logger?.provenance.package === "fastify" && exposure.path?.length === 1 && /^(?:req|res)$/.test(exposure.path[0] ?? "");
}

/** The name of the function or the method that a call stands in; empty where it has none. */
function nameAround(model: ProjectModel, file: string, node: CallExpression | NewExpression): string {
  const around = model.values.index(file).functionAround(node);
  return around?.member?.name ?? around?.node.name ?? "";
}

/** The path under which the function around is registered: `router.post("/webhook/:id", (req) => …)`. */
function pathAround(model: ProjectModel, file: string, node: CallExpression | NewExpression): string {
  const [path] = model.values.index(file).functionAround(node)?.passedTo?.call.arguments ?? [];
  return path?.kind === "literal" ? String(path.value) : "";
}

/** What a call says in words. */
function messageOf({ node }: LoggedData): string {
  return node.arguments.flatMap((argument) => (argument.kind === "literal" && typeof argument.value === "string" ? [argument.value] : argument.kind === "template" ? argument.texts : [])).join(" ");
}

/** `req.sessionID`, `request.session.id`: what the middleware of a framework has put there. */
const ofRequest = /^(?:req|request|ctx|context|c)\.(?:session_?id|session\.id)$/i;

/** Redaction works on the object of fields, never on messages. */
function isFields(argument: Expression): boolean {
  return argument.kind === "object" || argument.kind === "name" || argument.kind === "member";
}
