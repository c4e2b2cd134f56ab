import { inAllFiles } from "../../base/gathered.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { baseName } from "../../base/paths.js";
import { settledPer, settleMap } from "../../base/settled.js";
import { isStandInFolder } from "../../base/test-paths.js";
import { type ArgumentPath, describe, kindOf } from "../../catalogue/index.js";
import { isProtectedName, isSanitiserName, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { isNothing, lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { Origin } from "../../model/origins/origin.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ExternalValue } from "../../model/values/value.js";
import { isBackendCode } from "../project/backend-files.js";
import { isForDevelopment } from "../project/development-branches.js";
import { type FunctionPlace, keepsBack } from "./hiding-loggers.js";
import { isLoggerName, logWrites } from "../logging/log-calls.js";
import { exposures } from "./personal-exposure.js";
import { isIdName } from "./exposure.js";
import { isRuledOut } from "./ruled-out-errors.js";
import { byNames, hiddenNames } from "./hidden-names.js";
import { formattedData } from "./log-formatters.js";
import type { Redaction } from "./redaction.js";

/** What a call hands to a log, an error tracker or a trace. */
export interface LoggedData {
  readonly node: CallExpression | NewExpression;
  readonly arguments: readonly Expression[];
  /** Where the logger comes from, if a package made it. */
  readonly logger: ExternalValue | undefined;
  /** Where an argument lands in the object of fields: a wrapper may put it below a key. */
  readonly below: readonly string[];
  /** What is taken out of it, where that is not what its logger takes out. */
  readonly redaction?: Redaction;
  /** The log call inside the project's function that is called here, if it is one. */
  readonly through?: { readonly file: string; readonly node: CallExpression | NewExpression };
  /** The function calls it an id. */
  readonly asId?: true;
  /** It goes to a function that has ruled out where it logs that it is an error of an HTTP client. */
  readonly noClientError?: true;
  /** The function makes a text of it, in which an object shows nothing of what it holds. */
  readonly inText?: true;
  /** The project's function that is called, where its name and its body say that it logs. */
  readonly wrapper?: FunctionPlace;
}

/** Members in which a function takes what it writes besides its message. */
const carries = /^(?:data|meta(?:data)?|context|payload|details?|extras?|info|fields|props|params|args|attributes)$/i;

/** How many wrappers may lie around each other. */
const deepest = 3;

/** All that the calls of a file hand to logs: by log calls, by a logger's fields, to error trackers, and through the project's own functions. */
export function loggedData(model: ProjectModel, file: string): readonly LoggedData[] {
  const wrappers = wrappersOf(model);
  const formatted = formattedData(model, file).map((given): LoggedData => ({ ...given, logger: undefined }));
  const written = directly(model, file).flatMap((data) => (data.wrapper ? ofWrapper(model, wrappers, data, data.wrapper) : [data]));
  return [...written, ...(filesAround(model).has(file) ? throughWrappers(model, file, wrappers) : []), ...formatted];
}

/** What a function that says that it logs is handed: what it hides is left out, by the names of fields where it tells them by their names. */
function ofWrapper(model: ProjectModel, wrappers: Wrappers, data: LoggedData, wrapper: FunctionPlace): readonly LoggedData[] {
  const given = data.arguments.map((argument, place) => ({ argument, place, isKept: keepsBack(model, wrapper, place) })).filter(({ argument, place }) => !isCarrier(argument) || takesWhole(wrappers, wrapper.node, place));
  const names = given.some(({ isKept }) => isKept) ? hiddenNames(model, wrapper.file, wrapper.node) : undefined;
  const open = { ...data, arguments: given.flatMap(({ argument, isKept }) => (isKept ? [] : [argument])) };
  const left = given.flatMap(({ argument, isKept }) => (isKept && isFields(argument) ? [argument] : []));
  return names && left.length > 0 ? [open, { ...data, arguments: left, redaction: byNames(names) }] : [open];
}

/** What has fields with names; a text has none. */
function isFields(argument: Expression): boolean {
  return argument.kind === "object" || argument.kind === "name" || argument.kind === "member";
}

/** `Log.error(ctx, error)`: a function takes what it wants of a request. */
function isCarrier(argument: Expression): boolean {
  return argument.kind === "name" && /^(?:ctx|context|req|request|res|response|reply|event)$/.test(argument.name);
}

function takesWhole(wrappers: Wrappers, wrapper: FunctionNode | undefined, place: number): boolean {
  return wrapper !== undefined && (wrappers.get(wrapper) ?? []).some(({ index, rest }) => index === place || (rest && index <= place));
}

const directly = oncePerPart((model: ProjectModel, file: string): readonly LoggedData[] => {
  const written = logWrites(model, file).filter(({ node }) => !isForNobody(model, file, node)).map(({ node, library, logger, wrapper }): LoggedData => ({ node, arguments: library === "console" && lastName(node.callee) === "assert" ? node.arguments.slice(1) : node.arguments, logger, below: [], ...(wrapper && { wrapper }) }));
  const given = model.values.index(file).calls.flatMap(({ node }): readonly LoggedData[] => {
    if (node.kind !== "call") return [];
    const appended = appendedToLog(model, file, node);
    if (appended) return [{ node, arguments: [appended], logger: undefined, below: [] }];
    const callees = model.values.of(file, node.callee);
    if (bindsFields(node) && !callees.some((callee) => callee.kind === "function" || (callee.kind === "external" && describe(callee.provenance)?.log))) return [{ node, arguments: node.arguments.slice(0, 1), logger: undefined, below: [] }];
    for (const callee of callees) {
      const log = callee.kind === "external" ? describe(callee.provenance)?.log : undefined;
      if (!log || callee.kind !== "external" || log.does === "write" || log.does === "create") continue;
      const paths: readonly ArgumentPath[] = log.does === "report" ? log.data : [log.fields];
      return [{ node, arguments: paths.join() === "1" ? underItsKey(model, file, node) : model.values.argumentsAt(file, node, paths), logger: callee, below: [] }];
    }
    return [];
  });
  // `` logger.info`visit of ${surname}` `` of LogTape
  const tagged = model.values.index(file).taggedTemplates.flatMap(({ tag, values, span }): readonly LoggedData[] => {
    const logger = tag && model.values.of(file, tag).find((value): value is ExternalValue => value.kind === "external" && describe(value.provenance)?.log?.does === "write");
    return tag && logger ? [{ node: { kind: "call", span, callee: tag, arguments: values }, arguments: values, logger, below: [] }] : [];
  });
  return [...written, ...given, ...tagged];
});

/** `span.setAttribute("client.address", ip)`: a value, which the key before it names; an object has names of its own. */
function underItsKey(model: ProjectModel, file: string, { arguments: [name, value] }: CallExpression): readonly Expression[] {
  const key = name && value && value.kind !== "object" ? model.values.text(file, name) : undefined;
  if (!name || !value || key === undefined) return value ? [value] : [];
  return [{ kind: "object", span: value.span, members: [{ kind: "property", span: value.span, key, keySpan: name.span, value }] }];
}

/** What a call adds to a file that is a log by its path, its name or the function around: `fs.appendFile(LOG_FILE, line, done)`, `createWriteStream("app.log").write(line)`. */
function appendedToLog(model: ProjectModel, file: string, node: CallExpression): Expression | undefined {
  for (const callee of model.values.of(file, node.callee)) {
    if (callee.kind !== "external" || !/^(?:node:fs(?:\/promises)?|fs-extra)$/.test(callee.provenance.package)) continue;
    const method = lastName(node.callee);
    const [path, line] = node.arguments;
    if (/^appendFile(?:Sync)?$/.test(method) && path && line && (isLogPath(model, file, path) || /log(?![io])/i.test(model.values.index(file).functionAround(node)?.node.name ?? ""))) return line;
    const opened = callee.site?.node.arguments[0];
    if (method === "write" && callee.site && opened && isLogPath(model, callee.site.file, opened)) return path;
  }
  return undefined;
}

function isLogPath(model: ProjectModel, file: string, path: Expression): boolean {
  return /\.log$|(?:^|\/)logs?\//.test(model.values.text(file, path) ?? "") || /(?:^|_)logs?(?:$|_)|(?:^log|Log)s?(?![a-z])/i.test(lastName(path));
}

/** `c.var.logger.assign({ tenant })`, `logger.child({ userId })`: fields that lines carry from here on. */
function bindsFields({ callee, arguments: [fields] }: CallExpression): boolean {
  return callee.kind === "member" && /^(?:assign|child|setBindings|withContext|withMetadata|withFields|appendKeys)$/.test(callee.property) && fields?.kind === "object" && isLoggerName(callee.object);
}

/** Whether a call is reached on developers' machines alone: in a branch for them, or in what takes a service's place there. */
export function isForNobody(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  return isInStandIn(model, file, node) || isForDevelopment(model.values.index(file), node);
}

/** `const mockMailer = { send: (mail) => logger.info(mail) }`, `in-memory-mailer.ts`, `console-mailer.ts` */
function isInStandIn(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  // `mock-server/app.js`, `bank-stub/src/handler.ts`
  if (file.split("/").slice(0, -1).some(isStandInFolder)) return true;
  if (/(?:^|[-_.a-z])(?:In-?Memory|in-?memory|[Mm]emoire|[Mm]ock|[Ff]ake|[Dd]ummy|[Ss]tub)(?=[-_.A-Z])|(?:^|[-_.a-z])(?:[Dd]ev|[Cc]onsole)[-_]?(?:[Cc]onsole|[Mm]ail|[Ss]ms)/.test(baseName(file))) return true;
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at; at = index.parentOf(at)) {
    const names = isClassNode(at) || isFunctionNode(at) ? [at.name] : "kind" in at && at.kind === "variable" ? at.declarators.map(({ target }) => (target.kind === "binding" ? target.name : undefined)) : [];
    if (names.some((name) => name !== undefined && /^(?:mock|fake|dummy|stub)(?=[A-Z_])|(?:Mock|Fake|Dummy|Stub)$/.test(name))) return true;
  }
  return false;
}

/** A parameter of a project function that is written to a log as it is. */
interface LoggedParameter {
  readonly index: number;
  readonly rest: boolean;
  /** The member of it that is written, where that is not the whole: `data` of `({ event, data }) => …`. */
  readonly key?: string;
  readonly logger: ExternalValue | undefined;
  readonly below: readonly string[];
  /** It is called an id. */
  readonly isId: boolean;
  readonly noClientError: boolean;
  /** It becomes part of a text, in which an object is "[object Object]". */
  readonly inText: boolean;
  readonly at: { readonly file: string; readonly node: CallExpression | NewExpression };
}

type Wrappers = ReadonlyMap<FunctionNode, readonly LoggedParameter[]>;

/** The project's functions that log what they are given, however many lie around each other. */
const wrappersOf = settledPer((model: ProjectModel): Wrappers => {
  const found = new Map<FunctionNode, LoggedParameter[]>();
  let fresh = noteAll(found, loggedDirectly(model));
  for (let depth = 1; depth < deepest && fresh.size > 0; depth++) {
    const around = callingFiles(model, fresh.keys());
    fresh = noteAll(found, model.files.flatMap((file) => (around.has(file) && isBackendCode(model, file) ? throughWrappers(model, file, fresh).flatMap((data) => parametersIn(model, file, data)) : [])));
  }
  return found;
}, settleMap);

const loggedDirectly = inAllFiles((model: ProjectModel, file): readonly NotedParameter[] => (isBackendCode(model, file) ? directly(model, file).flatMap((data) => parametersIn(model, file, data)) : []));

/** A parameter that is logged, with the function whose it is. */
interface NotedParameter {
  readonly of: FunctionNode;
  readonly parameter: LoggedParameter;
}

/** Notes parameters, each once, and gives those that are new. */
function noteAll(found: Map<FunctionNode, LoggedParameter[]>, noted: readonly NotedParameter[]): Wrappers {
  const fresh = new Map<FunctionNode, LoggedParameter[]>();
  for (const { of, parameter } of noted) {
    const known = found.get(of) ?? [];
    if (known.some(({ index, key, noClientError }) => index === parameter.index && key === parameter.key && noClientError === parameter.noClientError)) continue;
    found.set(of, [...known, parameter]);
    fresh.set(of, [...(fresh.get(of) ?? []), parameter]);
  }
  return fresh;
}

function callingFiles(model: ProjectModel, nodes: Iterable<FunctionNode>): ReadonlySet<string> {
  return new Set([...nodes].flatMap((node) => model.transactions.callersOf(node).map(({ file }) => file)));
}

/** The files that call functions which log what they are given. */
const filesAround = oncePer((model: ProjectModel) => callingFiles(model, wrappersOf(model).keys()));

/** The files in which functions log what they are given. */
export const filesOfWrappers = oncePer((model: ProjectModel): ReadonlySet<string> => new Set([...wrappersOf(model).values()].flatMap((parameters) => parameters.map(({ at }) => at.file))));

/** The parameters of functions that are logged as they are. */
function parametersIn(model: ProjectModel, file: string, data: LoggedData): readonly NotedParameter[] {
  const noted: NotedParameter[] = [];
  const told = (argument: Expression): readonly (readonly string[])[] => (argument.kind === "object" ? exposures(model, file, argument, []).flatMap(({ path }) => (path ? [path] : [])) : []);
  for (const argument of data.arguments.flatMap((given) => withoutRests(model, file, unmasked(given)) ?? [])) {
    for (const origin of model.origins.of(file, argument)) {
      const { parameter, path, steps } = origin;
      // `(...parts) => write(parts.map(format).join(" "))`: each of the values that are given.
      const isWhole = path.length === 0 || (path.length === 1 && path[0] === "[]" && parameter?.function.parameters[parameter.index]?.rest === true);
      const [key] = path;
      const isPart = path.length === 1 && key !== undefined && carries.test(key);
      if (!parameter || !reaches(model, file, data.node, origin) || !(isWhole || isPart) || steps.some((step) => step.kind === "call" || step.kind === "omit" || step.kind === "pick" || step.kind === "keys")) continue;
      const declared = parameter.function.parameters[parameter.index];
      // A parameter that tells what it is was reported where it is logged.
      if (!declared || (declared.target.kind === "binding" && (tellsItself(declared.target.name) || isPlace(declared.target.name))) || isRequest(model, file, parameter.function, parameter.index)) continue;
      if (isWhole && keepsBack(model, { file, node: parameter.function }, parameter.index)) continue;
      // One whose type has such fields, or that is a mail's recipient, was as well.
      const name = declared.target.kind === "binding" ? declared.target.name : undefined;
      if (name !== undefined && exposures(model, file, argument).some(({ field }) => field === name || field.startsWith(`${name}.`))) continue;
      // One whose field tells what it is, was as well.
      const keys = steps.flatMap((step) => (step.kind === "property" ? [step.key] : [])).reverse();
      if (isWhole && keys.length > 0 && told(argument).some((place) => place.length === keys.length && place.every((key, index) => key === keys[index]))) continue;
      const logged = {
        index: parameter.index,
        rest: declared.rest === true,
        ...(!isWhole && key !== undefined && { key }),
        logger: data.logger,
        below: [...data.below, ...keys],
        isId: declared.target.kind === "binding" && isIdName(declared.target.name),
        noClientError: data.noClientError === true || (argument.kind === "name" && isRuledOut(model, file, argument)),
        inText: argument.kind === "template" && !writesOut(argument) && path.length === 0 && steps.length > 0 && steps.every((step) => step.kind === "text"),
        at: data.through ?? { file, node: data.node },
      };
      noted.push({ of: parameter.function, parameter: logged });
    }
  }
  return noted;
}

/** ``made ${JSON.stringify(entity)}``: the text shows what an object holds. */
function writesOut(node: Expression): boolean {
  return someNode([node], (part) => part.kind === "call" && /stringify|inspect/i.test(lastName(part.callee)));
}

/** Whether a parameter is there where something is logged: of a function around it, or kept by the class around it. What another function gives back was given to it by whoever called it then. */
function reaches(model: ProjectModel, file: string, node: SyntaxNode, { file: at, parameter }: Origin): boolean {
  if (at !== file || !parameter) return false;
  const index = model.values.index(file);
  const holder = index.functions.get(parameter.function)?.class;
  return within(node.span, parameter.function.span) || (holder !== undefined && within(node.span, holder.span));
}

/** What is left of an argument without what a function of a sanitiser's name gives, or a variable whose name says that it did; undefined where nothing is. */
function unmasked(argument: Expression): Expression | undefined {
  if (argument.kind === "call" && (isSanitiserName(lastName(argument.callee)) || (lastName(argument.callee) === "stringify" && argument.arguments[0] && !unmasked(argument.arguments[0])))) return undefined;
  if (argument.kind === "name" && isProtectedName(argument.name)) return undefined;
  if (argument.kind !== "object") return argument;
  const members = argument.members.flatMap((member, index): (typeof argument.members)[number][] => {
    if (member.kind === "spread") return argument.members.slice(index + 1).some(takesOut) ? [] : [member];
    if (member.kind !== "property") return [member];
    const value = unmasked(member.value);
    return value ? [value.kind === "object" ? { ...member, value } : member] : [];
  });
  return { ...argument, members };
}

/** `email: undefined` behind `...guest`: whoever writes it has seen what is spread. */
function takesOut(member: Extract<Expression, { kind: "object" }>["members"][number]): boolean {
  return member.kind === "property" && personalDataOf(member.key) !== undefined && isNothing(member.value);
}

/** What is left of an argument without what is left over of persons: `const { email, ...who } = student;`, `log({ ...who })`. */
function withoutRests(model: ProjectModel, file: string, argument: Expression | undefined): Expression | undefined {
  const isRest = (node: Expression): boolean => {
    const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
    const last = source?.kind === "value" || source?.kind === "parameter" ? source.path.at(-1) : undefined;
    return last?.kind === "rest" && last.without.some((name) => personalDataOf(name) !== undefined);
  };
  if (argument?.kind !== "object") return argument && isRest(argument) ? undefined : argument;
  return { ...argument, members: argument.members.filter((member) => member.kind !== "spread" || !isRest(member.value)) };
}

/** `decryptFile(filePath)`: what is handed over is where something lies, whatever its caller calls it. */
function isPlace(name: string): boolean {
  return /(?:path|file|filename|folder|directory)$/i.test(name);
}

function tellsItself(name: string): boolean {
  const named = personalDataOf(name);
  return named !== undefined && !named.onlyOfPerson;
}

function isRequest(model: ProjectModel, file: string, node: FunctionNode, index: number): boolean {
  return model.values.ofParameter(file, node, index).some((value) => value.kind === "external" && /^(request|response|context)$/.test(kindOf(value.provenance) ?? ""));
}

function throughWrappers(model: ProjectModel, file: string, wrappers: Wrappers): readonly LoggedData[] {
  const graph = model.callGraph;
  const handedTo = (of: FunctionNode, call: CallExpression): readonly LoggedParameter[] => {
    const parameters = wrappers.get(of) ?? [];
    return parameters.length > 0 && isForNobody(model, file, call) ? [] : parameters;
  };
  return model.values.index(file).calls.flatMap(({ node }): readonly LoggedData[] => {
    if (node.kind !== "call" || node.arguments.length === 0) return [];
    const made = functionsMade(model, file, node.callee);
    const around = callbackOf(model, file, node.callee);
    const called = graph.callees(file, node).functions.filter((callee) => made.length === 0 || made.includes(callee.node));
    return called.flatMap((callee) =>
      handedTo(callee.node, node).map(({ index, rest, key, logger, below, isId, noClientError, inText, at }): LoggedData => {
        const given = key !== undefined ? partsGiven(model, file, node, index, key) : node.arguments.slice(index, rest ? undefined : index + 1);
        return {
          node,
          arguments: given.filter((argument) => !(inText && argument.kind === "object") && !(around && model.values.givenByCaller(file, around, argument))),
          logger,
          below,
          through: at,
          ...(isId && { asId: true as const }),
          ...(noClientError && { noClientError: true as const }),
          ...(inText && { inText }),
        };
      }),
    );
  });
}

/** The function that is handed what a call calls: what it hands on of what its own caller gave is judged in that caller's function, `each(orders, (order) => log(order))`. */
function callbackOf(model: ProjectModel, file: string, callee: Expression): FunctionNode | undefined {
  const source = callee.kind === "name" && callee.binding !== undefined ? model.values.index(file).sources[callee.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 ? source.function : undefined;
}

/** `const find = cached(async (key) => …)`: of all that such a function is given anywhere, the one that it was given here. */
function functionsMade(model: ProjectModel, file: string, callee: Expression): readonly FunctionNode[] {
  const source = callee.kind === "name" && callee.binding !== undefined ? model.values.index(file).sources[callee.binding] : undefined;
  const made = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" ? source.value.arguments : [];
  return made.flatMap((argument) => (argument.kind === "function" ? [argument.function] : []));
}

/** A member of what a call gives, written out or with what is spread into it: `note({ event: "left", ...options })`. */
function partsGiven(model: ProjectModel, file: string, node: CallExpression, index: number, key: string): readonly Expression[] {
  const written = model.values.argumentsAt(file, node, [`${index}.${key}`]);
  const argument = node.arguments[index];
  if (written.length > 0 || argument?.kind !== "object") return written;
  return argument.members.flatMap((member) => (member.kind === "spread" ? [{ kind: "member" as const, span: member.value.span, object: member.value, property: key, propertySpan: member.value.span }] : []));
}
