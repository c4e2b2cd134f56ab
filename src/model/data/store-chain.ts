import { type ApiKind, awaited, callStep, type CallForm, elementStep, type Execution, findLibrary, follow, type Found, lookUp, newStep, type StoreAccess, storeAccessOf, type StoreCall, type StoreLibrary, type StoreRole } from "../../catalogue/index.js";
import type { CallExpression, Expression, NewExpression, TemplateExpression } from "../../facts/syntax.js";
import { completionOf } from "../calls/completion.js";
import type { BindingSource } from "../modules/file-index.js";
import { type ExternalValue, external, type Value } from "../values/value.js";
import type { Values } from "../values/values.js";

/** Whose connection a call uses. */
export interface StoreReceiver {
  /** What the method is called on: `model`, `statement`, … */
  readonly kind: ApiKind | undefined;
  /** The nearest client or handle on the way to it, or one of the two; undefined where only a model is at hand, which uses the client. */
  readonly session: "client" | "handle" | "either" | undefined;
  /** The expression that stands for the client, handle, model or repository: `this.prisma` of `this.prisma.user.create`. */
  readonly root: Expression;
  /** What the library's method was reached through. */
  readonly value: ExternalValue;
}

/** One call of a chain such as `db.select().from(users).limit(10)`. */
export interface ChainLink {
  readonly node: CallExpression | NewExpression | TemplateExpression;
  readonly call: StoreCall & { readonly execution: Execution };
  readonly method: string;
  readonly package: string;
  readonly family: StoreLibrary["family"];
  readonly receiver: StoreReceiver;
  /** What the statement was begun with, where that happened elsewhere and this chain goes on with it. */
  readonly begun?: StoreRole;
  /** The expression that began the statement, where this chain goes on with one that a variable of the file holds. */
  readonly origin?: Expression;
}

type Node = ChainLink["node"];
/** The installed version of a package, as far as it is known. */
type Version = (name: string) => string | undefined;

/** The links of the chain that ends with `node`, innermost first; empty if the call does nothing to a store. */
export function chainOf(values: Values, file: string, node: Node, version: Version): readonly ChainLink[] {
  const callee = node.kind === "template" ? node.tag : node.callee;
  if (!callee) return [];
  const object = objectOf(callee);
  const before = object && (object.kind === "call" || object.kind === "new" || object.kind === "template") ? chainOf(values, file, object, version) : [];
  const used = accessAt(values, file, callee, node.kind === "template" ? "tag" : node.kind, version);
  if (!used) return [];
  // `rows.slice().sort((a, b) => a.place - b.place)` of a parameter that callers give rows: no clause of a statement.
  if (used.access.call.role === "clause" && node.kind === "call" && isOfArray(node)) return [];
  if (used.access.call.waitedFor && /^(dropped|voided|used)$/.test(completionOf(values.index(file), node))) return [];
  const [first] = before;
  const origin = first ? first.origin : object && originOf(values, file, object);
  const link: ChainLink = {
    node,
    call: used.access.call,
    method: callee.kind === "member" ? callee.property : "",
    package: used.access.library.package,
    family: used.access.family,
    receiver: first?.receiver ?? { kind: used.access.receiver, session: sessionAt(values, file, callee), root: object ? rootOf(values, file, object) : callee, value: used.value },
    ...(origin && { origin }),
    ...(!first && !origin && isPart(used.access.call.role) && begunWith(used.value)),
  };
  // A builder that is never changed: what nobody takes has no effect.
  if (origin && !first && used.access.library.store?.immutable && completionOf(values.index(file), node) === "dropped") return [];
  return [...before, link];
}

/** Whether a call is one that only arrays have, by its name and what it is given. */
function isOfArray({ callee, arguments: [first] }: CallExpression): boolean {
  if (callee.kind !== "member") return false;
  if (callee.property === "slice") return first === undefined || (first.kind === "literal" && typeof first.value === "number");
  return /^(sort|filter|reduce|some|every)$/.test(callee.property) ? first?.kind === "function" : /^(map|flatMap|forEach)$/.test(callee.property);
}

/** What calling an expression does to a store, with the value that says so. */
function accessAt(values: Values, file: string, callee: Expression, form: CallForm, version: Version): { readonly access: StoreAccess; readonly value: ExternalValue } | undefined {
  for (const { found, value } of foundAt(values, file, callee, version)) {
    const access = storeAccessOf(found, form);
    if (access) return { access, value };
  }
  return undefined;
}

interface FoundValue {
  readonly found: Found;
  readonly value: ExternalValue;
}

/** What the catalogue knows of an expression. Statements that were awaited on the way are rows. */
function foundAt(values: Values, file: string, node: Expression, version: Version, depth = 0): readonly FoundValue[] {
  if (depth < 12 && isAwaited(values, file, node)) {
    const inner = (part: Expression): readonly FoundValue[] => foundAt(values, file, part, version, depth + 1);
    const then = (part: Expression, next: (found: Found) => Found | undefined): readonly FoundValue[] =>
      inner(part).flatMap(({ found, value }) => {
        const further = next(found);
        return further ? [{ found: further, value }] : [];
      });
    switch (node.kind) {
      case "await":
        return then(node.value, awaited);
      case "cast":
        return inner(node.value);
      case "conditional":
        return [...inner(node.then), ...inner(node.else)];
      case "binary":
        return [...inner(node.left), ...inner(node.right)];
      case "member":
        return then(node.object, (found) => follow(found, node.property));
      case "index":
        return then(node.object, (found) => follow(found, elementStep));
      case "call": {
        const called = inner(node.callee);
        // `app.get(DataSource)` is what its argument says.
        if (called.some(({ found }) => found.value.instance !== undefined)) break;
        return called.flatMap(({ found, value }) => [follow(found, callStep)].flatMap((next) => (next ? [{ found: next, value }] : [])));
      }
      case "name": {
        const source = node.binding === undefined ? undefined : sourceOf(values, file, node.binding);
        const together = awaitedTogether(values, file, source);
        if (together) return then(together, awaited);
        // What was awaited where a caller passed it; each such step counts for several, which bounds them.
        if (source?.kind === "parameter" && source.path.length === 0)
          for (const { file: at, call } of values.callSites.of(file, source.function).slice(0, 5)) {
            const argument = call.arguments[source.index];
            const passed = argument && argument.kind !== "spread" ? foundAt(values, at, argument, version, depth + 4) : [];
            if (passed.length > 0) return passed;
          }
        return source?.kind === "value" && source.value && source.path.length === 0 ? inner(source.value) : [];
      }
    }
  }
  return values.of(file, node).flatMap((value) => {
    const found = value.kind === "external" ? lookUp(value.provenance, version(value.provenance.package)) : undefined;
    return found && value.kind === "external" ? [{ found, value }] : [];
  });
}

/** The statement whose outcome a variable holds that was awaited with others: `const [from, to] = await Promise.all([…])`. */
function awaitedTogether(values: Values, file: string, source: BindingSource | undefined): Expression | undefined {
  if (source?.kind !== "value" || source.value?.kind !== "await") return undefined;
  const [step, ...further] = source.path;
  const all = source.value.value;
  if (step?.kind !== "element" || further.length > 0 || all.kind !== "call" || all.callee.kind !== "member" || all.callee.property !== "all") return undefined;
  const [list] = values.of(file, all.callee.object).some((value) => value.kind === "external" && value.provenance.package === "global" && value.provenance.path.join(".") === "Promise") ? all.arguments : [];
  const element = list?.kind === "array" ? list.elements[step.index] : undefined;
  return element?.kind === "spread" ? undefined : element;
}

/** The expression whose member is called. */
function objectOf(callee: Expression): Expression | undefined {
  let object: Expression | undefined = callee.kind === "member" || callee.kind === "index" ? callee.object : callee.kind === "call" ? callee : undefined;
  while (object?.kind === "cast") object = object.value;
  return object;
}

/** More parameters than this are not followed to what their callers pass. */
const mostParameters = 100;

/** A parameter that callers decide about. */
interface GivenParameter {
  readonly file: string;
  readonly source: Extract<BindingSource, { kind: "parameter" }>;
}

/** Whether an expression, or what it is a member or result of, was awaited, here or where its name got its value. */
function isAwaited(values: Values, file: string, node: Expression): boolean {
  const parameters: GivenParameter[] = [];
  if (isAwaitedHere(values, file, node, parameters)) return true;
  // Each parameter is followed once, however many callers hand it on; the list grows on the way.
  for (const { file: at, source } of parameters)
    for (const site of values.callSites.of(at, source.function)) {
      const argument = site.call.arguments[source.index];
      if (argument && argument.kind !== "spread" && isAwaitedHere(values, site.file, argument, parameters)) return true;
    }
  return false;
}

/** The same without what callers pass; the parameters that decide are added to a list. */
function isAwaitedHere(values: Values, file: string, node: Expression, parameters: GivenParameter[], depth = 0): boolean {
  if (depth > 12) return false;
  switch (node.kind) {
    case "await":
      return true;
    case "cast":
      return isAwaitedHere(values, file, node.value, parameters, depth + 1);
    // `ids.length > 0 ? await db.select().from(users) : []`
    case "conditional":
      return isAwaitedHere(values, file, node.then, parameters, depth + 1) || isAwaitedHere(values, file, node.else, parameters, depth + 1);
    case "binary":
      return (node.operator === "??" || node.operator === "||" || node.operator === "&&") && (isAwaitedHere(values, file, node.left, parameters, depth + 1) || isAwaitedHere(values, file, node.right, parameters, depth + 1));
    case "member":
    case "index":
      return isAwaitedHere(values, file, node.object, parameters, depth + 1);
    case "call":
      return node.callee.kind === "member" && isAwaitedHere(values, file, node.callee, parameters, depth + 1);
    case "name": {
      const source = node.binding === undefined ? undefined : sourceOf(values, file, node.binding);
      if (source?.kind === "value") return awaitedTogether(values, file, source) !== undefined || (source.path.length === 0 && source.value !== undefined && isAwaitedHere(values, file, source.value, parameters, depth + 1));
      // What callers pass decides; a declared type speaks for itself.
      if (source?.kind === "parameter" && !source.type && source.path.length === 0 && parameters.length < mostParameters && !parameters.some((known) => known.source.function === source.function && known.source.index === source.index)) parameters.push({ file, source });
      return false;
    }
    default:
      return false;
  }
}

/** The expression that began the statement which a variable of the file holds. */
function originOf(values: Values, file: string, node: Expression): Expression | undefined {
  if (node.kind !== "name" || node.binding === undefined) return undefined;
  const source = sourceOf(values, file, node.binding);
  let origin = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  while (origin?.kind === "cast") origin = origin.value;
  if (origin?.kind !== "call" && origin?.kind !== "new" && origin?.kind !== "template") return undefined;
  return values.of(file, origin).some((value) => value.kind === "external" && isStatement(lookUp(value.provenance)?.value.is)) ? origin : undefined;
}

function isStatement(kind: ApiKind | undefined): boolean {
  return kind === "statement" || kind === "cursor" || kind === "sql";
}

function sourceOf(values: Values, file: string, binding: number): BindingSource | undefined {
  const declaration = values.model.declarationOfBinding(file, binding);
  return declaration.kind === "binding" && declaration.file === file ? values.index(file).sources[declaration.binding] : undefined;
}

/** The sessions that a callee may use: `trx ?? db` is either. */
function sessionAt(values: Values, file: string, callee: Expression): StoreReceiver["session"] {
  const sessions = new Set(values.of(file, callee).flatMap((value) => (value.kind === "external" ? (sessionOf(value) ?? []) : [])));
  const [session] = sessions;
  return sessions.size > 1 ? "either" : session;
}

/** The nearest client or handle on the way to a value. */
function sessionOf(value: ExternalValue): "client" | "handle" | undefined {
  const { provenance } = value;
  let session: "client" | "handle" | undefined;
  let found: Found | undefined;
  for (const [index, step] of provenance.path.entries()) {
    // What a package exports may be the client itself.
    found = index === 0 ? lookUp({ ...provenance, path: [step] }) : found && follow(found, step);
    const kind = found?.value.is;
    if (kind === "client" || kind === "handle") session = kind;
  }
  return session;
}

function isPart(role: StoreRole): boolean {
  return role === "clause" || role === "execute";
}

/** The role of the call on the way to a value that began the statement. */
function begunWith(value: ExternalValue): { readonly begun: StoreRole } | undefined {
  const { path } = value.provenance;
  let begun: StoreRole | undefined;
  for (const [index, step] of path.entries()) {
    const called = step === callStep ? lookUp({ ...value.provenance, path: path.slice(0, index) }) : undefined;
    const role = called?.value.store?.role;
    if (role !== undefined && !isPart(role)) begun = role;
  }
  return begun && { begun };
}

const rootKinds: ReadonlySet<ApiKind> = new Set(["client", "handle", "model", "document"]);

/** The innermost part of an expression that stands for something of a store. */
function rootOf(values: Values, file: string, node: Expression): Expression {
  let root: Expression | undefined;
  for (let at: Expression | undefined = node; at; at = innerOf(at)) {
    const kind = values.of(file, at).map((value) => kindOfValue(values, value)).find((candidate) => candidate !== undefined);
    if (kind !== undefined && rootKinds.has(kind)) root = at;
  }
  return root ?? node;
}

function innerOf(node: Expression): Expression | undefined {
  if (node.kind === "member" || node.kind === "index") return node.object;
  if (node.kind === "call") return node.callee;
  return node.kind === "await" || node.kind === "cast" ? node.value : undefined;
}

/** What a value is to a library, also where a class of the project extends one of the library's. */
function kindOfValue(values: Values, value: Value, depth = 0): ApiKind | undefined {
  if (value.kind === "external") {
    const found = lookUp(value.provenance);
    return found && (found.library.store ?? findLibrary(value.provenance.package)?.store) ? found.value.is : undefined;
  }
  if (value.kind !== "instance" || !value.class.extends || depth > 4) return undefined;
  for (const base of values.of(value.file, value.class.extends.value)) {
    const instance: Value | undefined = base.kind === "external" ? external(base.provenance, newStep) : base.kind === "class" ? { kind: "instance", file: base.file, class: base.node } : undefined;
    const kind = instance && kindOfValue(values, instance, depth + 1);
    if (kind) return kind;
  }
  return undefined;
}
