import { inAllFiles } from "../../base/gathered.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { settledPer, settleMap } from "../../base/settled.js";
import type { Span } from "../../base/position.js";
import { allEntryNames, entryNames, entryOf, type EntryPoint, lookUp } from "../../catalogue/index.js";
import { decoratorName, lastName } from "../../facts/names.js";
import type { CallExpression, ClassNode, Decorator, Expression, FunctionNode, NewExpression, TypeNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { callGraphOf } from "../calls/call-graph.js";
import { defaultExpression, type FunctionContext, heldFunction } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import type { Handler } from "../routes/route.js";
import type { ExternalValue, Value } from "../values/value.js";
import type { Entries, Entry, EntryInput } from "./entry.js";
import { isFreeArgument } from "./free-arguments.js";
import { consumersIn } from "./subclass-consumers.js";
import { uncheckedInput } from "./unchecked-input.js";

/** Decorators of parameters that hand over what came from outside. */
const handsOver = /^(Payload|MessageBody|Args|Arg|Body|RabbitPayload)$/;
/** Objects of resolvers hold one more level: types, and their fields. */
const deepestHandlers = 2;

/** The entry points of a model other than its routes; each file is read at the first question about it. */
export const entriesOf = oncePer(
  (model: ProjectModel): Entries => ({
    of: (file) => entriesFor(model, file),
    uncheckedInput: (entry) => uncheckedInput(model, entry),
    isFreeArgument: (file, name) => isFreeArgument(model, file, name),
    get all() {
      return allEntries(model);
    },
  }),
);

const allEntries = inAllFiles((model: ProjectModel, file) => (/^(tests|migrations)$/.test(model.layerOf(file).layer ?? "") ? [] : entriesFor(model, file)));

function entriesFor(model: ProjectModel, file: string): readonly Entry[] {
  const own = calledIn(model, file).filter((entry) => entry.file === file);
  const others = handedFromElsewhere(model).get(file);
  return others ? [...own, ...others].sort((left, right) => left.span[0] - right.span[0]) : own;
}

/** The entry points for which a file calls a library, most of them its own. */
const calledIn = oncePerPart((model: ProjectModel, file: string): readonly Entry[] => {
  const names = namesFor(model);
  // What a shared package of the team brings along is imported without being declared.
  return names.size > 0 || importsEntries(model, file) ? entriesIn(model, file, names) : [];
});

/** Entry points by the file that registers them, where that is not the one that calls the library. */
const handedFromElsewhere = settledPer((model: ProjectModel): ReadonlyMap<string, readonly Entry[]> => {
  const found = new Map<string, Entry[]>();
  if (namesFor(model).size === 0) return found;
  for (const file of model.files) {
    if (!importsEntries(model, file)) continue;
    for (const entry of calledIn(model, file)) if (entry.file !== file) found.set(entry.file, [...(found.get(entry.file) ?? []), entry]);
  }
  return found;
}, settleMap);

/** What the packages that the project depends on call its code back through; all that is known where no manifest says. */
const namesFor = oncePer((model: ProjectModel): ReadonlySet<string> => {
  // Of `aws-lambda` there is nothing but types.
  const packages = model.packages.flatMap(({ dependencies }) => [...dependencies.keys()].map((name) => name.replace(/^@types\//, "")));
  return packages.length === 0 ? allEntryNames() : new Set(packages.flatMap((name) => [...(entryNames(name) ?? [])]));
});

function entriesIn(model: ProjectModel, file: string, names: ReadonlySet<string>): readonly Entry[] {
  const index = model.values.index(file);
  const imports = importsEntries(model, file);
  const entries: Entry[] = [];
  for (const { node, in: around } of index.calls) if (names.has(lastName(node.callee)) || (node.callee.kind === "name" && imports)) entries.push(...ofCall(model, file, node, around));
  // A package of the project may hand a framework's decorators on.
  for (const owner of index.classes) if (imports || hasDecorator(owner, names)) entries.push(...ofClass(model, file, owner), ...consumersIn(model, file, owner));
  if (imports) entries.push(...ofTypes(model, file));
  entries.push(...ofDefaultExport(model, file));
  return entries.sort((left, right) => left.span[0] - right.span[0]);
}

/** Whether a decorator of a class or of one of its methods has one of these names. */
function hasDecorator({ decorators, members }: ClassNode, names: ReadonlySet<string>): boolean {
  const isNamed = (decorator: Decorator): boolean => names.has(decoratorName(decorator));
  return decorators?.some(isNamed) === true || members.some((member) => member.kind === "method" && member.decorators?.some(isNamed) === true);
}

/** Whether the file imports a package that calls code back. */
function importsEntries(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target }) => target.kind === "package" && entryNames(target.package) !== undefined);
}

/** `new Worker("mails", handler)`, `socket.on("chat", handler)`, `makeExecutableSchema({ resolvers })`. */
function ofCall(model: ProjectModel, file: string, node: CallExpression | NewExpression, around: FunctionContext | undefined): Entry[] {
  for (const value of model.values.of(file, node.callee)) {
    const found = pointOf(value);
    if (!found || isOtherwise(model, file, node, found.point)) continue;
    const { library } = found;
    const at = (path: EntryPoint["name"]): Expression | undefined => (path === undefined ? undefined : model.values.argumentsAt(file, node, [path])[0]);
    const point = found.point.otherwise && !at(found.point.handler) ? { ...found.point, ...found.point.otherwise } : found.point;
    const name = textAt(model, file, at(point.name));
    const base = { kind: point.kind, library, file, span: node.span };
    const table = at(point.handlers);
    if (point.handlers !== undefined) return table ? handlersIn(model, file, table, []).map(([path, handler, span]) => ({ ...base, ...(handler && { file: handler.file, span }), name: path.join(".") || name, handler, inputs: inputsOf(point) })) : [];
    const handler = at(point.handler);
    const handed = handler && around ? ofCallers(model, file, around, { handler, name: at(point.name) }, { kind: point.kind, library, inputs: inputsOf(point) }) : [];
    if (handed.length > 0) return handed;
    return handler ? [{ ...base, name: name ?? commandName(node), handler: handlerAt(model, file, handler), inputs: inputsOf(point) }] : [];
  }
  return [];
}

/** `register(queue, processor)` around `new Worker(queue, measured(processor))`: an entry point for each caller, where it calls. */
function ofCallers(model: ProjectModel, file: string, { node: around }: FunctionContext, given: { readonly handler: Expression; readonly name: Expression | undefined }, entry: Pick<Entry, "kind" | "library" | "inputs">): Entry[] {
  const parameterOf = (node: Expression | undefined): number => parameterIndex(model, file, around, node);
  const { handler } = given;
  const ran = handler.kind === "function" ? ranIn(handler.function, parameterOf) : undefined;
  const candidates = ran ? [ran.parameter] : [handler, ...(handler.kind === "call" ? handler.arguments : [])].map(parameterOf).filter((parameter) => parameter !== -1);
  if (candidates.length === 0) return [];
  const inputs = ran ? entry.inputs.flatMap((input) => inputOf(ran.call, handler, input) ?? []) : entry.inputs;
  return callGraphOf(model)
    .callers(file, around)
    .flatMap(({ file: from, call }) => {
      const handled = candidates.flatMap((parameter) => {
        const argument = call.arguments[parameter];
        return (argument && handlerAt(model, from, argument)) ?? [];
      })[0];
      const name = call.arguments[parameterOf(given.name)];
      return handled ? [{ ...entry, inputs, name: name ? textAt(model, from, name) : textAt(model, file, given.name), file: from, span: call.span, handler: handled }] : [];
    });
}

/** Which parameter of a function a name is; -1 for none. */
function parameterIndex(model: ProjectModel, file: string, of: FunctionNode, node: Expression | undefined): number {
  const source = node?.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.function === of && source.path.length === 0 ? source.index : -1;
}

/** The parameter of the function around it that `async (job) => work(job)` runs. */
function ranIn({ body }: FunctionNode, parameterOf: (node: Expression) => number): { readonly parameter: number; readonly call: CallExpression } | undefined {
  let found: { readonly parameter: number; readonly call: CallExpression } | undefined;
  walkAll(body ?? [], (part) => {
    if (!found && "kind" in part && part.kind === "call" && parameterOf(part.callee) !== -1) found = { parameter: parameterOf(part.callee), call: part };
    return !found;
  });
  return found;
}

/** Where what a handler is given arrives in what it runs: `work(job.data)` takes the first step of `["data"]`. */
function inputOf(call: CallExpression, handler: Expression, input: EntryInput): EntryInput | undefined {
  const target = handler.kind === "function" ? handler.function.parameters[input.parameter]?.target : undefined;
  for (const [parameter, argument] of call.arguments.entries()) {
    const taken: string[] = [];
    let at = argument;
    for (; at.kind === "member"; at = at.object) taken.unshift(at.property);
    if (at.kind === "name" && target?.kind === "binding" && at.binding === target.binding && taken.every((step, place) => input.path[place] === step)) return { parameter, path: input.path.slice(taken.length) };
  }
  return undefined;
}

function pointOf(value: Value): { readonly point: EntryPoint & { readonly kind: Entry["kind"] }; readonly library: string } | undefined {
  if (value.kind !== "external") return undefined;
  const point = entryAt(value);
  return point && point.kind !== "http" ? { point: { ...point, kind: point.kind }, library: value.provenance.package } : undefined;
}

function entryAt({ provenance }: ExternalValue): EntryPoint | undefined {
  const found = lookUp(provenance.path.length === 0 ? { ...provenance, path: ["default"] } : provenance);
  return found && entryOf(found);
}

function isOtherwise(model: ProjectModel, file: string, node: CallExpression | NewExpression, point: EntryPoint): boolean {
  return point.unless?.some(({ at, is }) => model.values.argumentsAt(file, node, [at]).some((argument) => model.values.text(file, argument) === is)) ?? false;
}

/** The functions of an object by name, also of objects inside it and of what is spread into it. */
function handlersIn(model: ProjectModel, file: string, node: Expression, path: readonly string[]): (readonly [path: readonly string[], handler: Handler | undefined, span: Span])[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "function") return [[path, named(model, value.file, value.node), value.node.nameSpan ?? value.node.span] as const];
    if (value.kind === "array") return value.node.elements.flatMap((element) => handlersIn(model, value.file, element, path));
    if (value.kind !== "object" || path.length > deepestHandlers) return [];
    return value.node.members.flatMap((member) => {
      if (member.kind === "spread") return handlersIn(model, value.file, member.value, path);
      if (member.kind === "property") return handlersIn(model, value.file, member.value, [...path, member.key]);
      return [];
    });
  });
}

/** Decorated methods, and the one method of a class whose decorator or base class says that it is run. */
function ofClass(model: ProjectModel, file: string, owner: ClassNode): Entry[] {
  const entries: Entry[] = [];
  const add = (member: ClassNode["members"][number] | undefined, found: ReturnType<typeof pointOf>, span: Span, decorator?: Expression): void => {
    if (member?.kind !== "method" || !member.function.body || !found) return;
    const [argument] = decorator?.kind === "call" ? decorator.arguments : [];
    const name = found.point.name === undefined ? undefined : textAt(model, file, decorator?.kind === "call" ? (model.values.argumentsAt(file, decorator, [found.point.name])[0] ?? argument) : undefined);
    const method = `${owner.name === undefined ? "" : `${owner.name}.`}${member.name}`;
    entries.push({ kind: found.point.kind, library: found.library, name: name ?? method, file, span, handler: { file, node: member.function, name: method }, inputs: inputsOfMethod(found.point, member.function) });
  };
  for (const { value } of owner.decorators ?? []) {
    const found = decoratorPoint(model, file, value);
    if (found?.point.method !== undefined) add(methodNamed(owner, found.point.method), found, value.span, value);
  }
  const base = owner.extends && model.values.of(file, owner.extends.value).map(pointOf).find((found) => found?.point.method !== undefined);
  if (base?.point.method !== undefined) {
    const member = methodNamed(owner, base.point.method);
    add(member, base, member?.nameSpan ?? owner.span);
  }
  for (const member of owner.members) {
    if (member.kind !== "method") continue;
    for (const { value } of member.decorators ?? []) add(member, decoratorPoint(model, file, value), value.span, value);
  }
  return entries;
}

function decoratorPoint(model: ProjectModel, file: string, value: Expression): ReturnType<typeof pointOf> {
  return model.values.of(file, value.kind === "call" ? value.callee : value).map(pointOf).find((found) => found !== undefined);
}

function methodNamed(owner: ClassNode, name: string): Extract<ClassNode["members"][number], { kind: "method" }> | undefined {
  return owner.members.find((member): member is Extract<typeof member, { kind: "method" }> => member.kind === "method" && member.name === name);
}

/** Exported functions whose type, or whose first parameter's, says who calls them: `(event: SQSEvent) => …`. */
function ofTypes(model: ProjectModel, file: string): Entry[] {
  const facts = model.facts(file);
  const index = model.values.index(file);
  return facts.exports.flatMap(({ name, binding }) => {
    const node = heldFunction(index, binding);
    const source = binding === undefined ? undefined : index.sources[binding];
    return node ? typedEntry(model, file, node, [source?.kind === "value" ? source.type : undefined, node.parameters[0]?.type], name) : [];
  });
}

/** The functions of an object that a worker exports: `export default { async queue(batch: MessageBatch, env) { … } }`. */
function ofDefaultExport(model: ProjectModel, file: string): Entry[] {
  const exported = defaultExpression(model.facts(file));
  const written = exported?.kind === "cast" ? exported.value : exported;
  return written?.kind === "object" ? written.members.flatMap(({ value }) => (value.kind === "function" ? typedEntry(model, file, value.function, [value.function.parameters[0]?.type], value.function.name ?? "default") : [])) : [];
}

/** A function as an entry point, if one of the types says who calls it. */
function typedEntry(model: ProjectModel, file: string, node: FunctionNode, types: readonly (TypeNode | undefined)[], name: string): Entry[] {
  for (const type of types) {
    const found = type && model.values.ofType(file, type).map(pointOf).find((one) => one !== undefined);
    if (found) return [{ kind: found.point.kind, library: found.library, name, file, span: node.nameSpan ?? node.span, handler: named(model, file, node), inputs: inputsOf(found.point) }];
  }
  return [];
}

function inputsOf({ received, kind }: EntryPoint): readonly EntryInput[] {
  if (received === undefined || kind === "cron") return [];
  const [parameter = "0", ...path] = received.split(".");
  return [{ parameter: Number(parameter), path }];
}

function inputsOfMethod(point: EntryPoint, node: FunctionNode): readonly EntryInput[] {
  const decorated = node.parameters.flatMap(({ decorators }, parameter) => (decorators?.some((decorator) => handsOver.test(decoratorName(decorator))) ? [{ parameter, path: [] }] : []));
  if (decorated.length > 0) return decorated;
  // A resolver without arguments of its own is given its parent, which the server made.
  return point.kind === "graphql" || node.parameters[0]?.decorators !== undefined ? [] : inputsOf(point);
}

function handlerAt(model: ProjectModel, file: string, node: Expression): Handler | undefined {
  for (const value of model.values.of(file, node)) if (value.kind === "function") return named(model, value.file, value.node);
  // `withTracing(async (job) => …)`
  if (node.kind === "call") for (const argument of node.arguments.toReversed()) for (const value of model.values.of(file, argument)) if (value.kind === "function") return named(model, value.file, value.node);
  return undefined;
}

function named(model: ProjectModel, file: string, node: FunctionNode): Handler {
  const owner = model.values.index(file).functions.get(node)?.class?.name;
  return { file, node, name: owner === undefined ? (node.name ?? "inline") : `${owner}.${node.name ?? ""}` };
}

function textAt(model: ProjectModel, file: string, node: Expression | undefined): string | undefined {
  if (!node) return undefined;
  const text = model.values.text(file, node);
  if (text !== undefined) return text;
  // `UserCreated.name` is the name of the class.
  if (node.kind === "member") return node.property === "name" ? textAt(model, file, node.object) : node.property;
  return node.kind === "name" ? node.name : undefined;
}

/** The command that `.action(…)` is chained to. */
function commandName(node: CallExpression | NewExpression): string | undefined {
  for (let inner: Expression = node.callee; inner.kind === "member" || inner.kind === "call"; inner = inner.kind === "member" ? inner.object : inner.callee)
    if (inner.kind === "call" && lastName(inner.callee) === "command") return inner.arguments[0]?.kind === "literal" ? String(inner.arguments[0].value) : undefined;
  return undefined;
}
