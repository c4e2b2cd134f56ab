import type { Provenance } from "../../catalogue/provenance.js";
import type { ArrayExpression, CallExpression, ClassNode, EnumStatement, FunctionNode, NewExpression, ObjectExpression, TypeNode } from "../../facts/syntax.js";

/** What an expression stands for, as far as syntax tells. Several values mean: one of these. */
export type Value =
  /** Comes from a package, a built-in module or a global. */
  | { readonly kind: "external"; readonly provenance: Provenance; readonly site?: CreationSite }
  | { readonly kind: "function"; readonly file: string; readonly node: FunctionNode }
  | { readonly kind: "class"; readonly file: string; readonly node: ClassNode }
  /** An instance of a class of the project, made or declared by type. */
  | { readonly kind: "instance"; readonly file: string; readonly class: ClassNode }
  | { readonly kind: "object"; readonly file: string; readonly node: ObjectExpression }
  | { readonly kind: "array"; readonly file: string; readonly node: ArrayExpression }
  /** A list of which only the type of the elements is known. */
  | { readonly kind: "list"; readonly of: readonly Value[] }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "enum"; readonly file: string; readonly node: EnumStatement }
  /** The exports of a module of the project. */
  | { readonly kind: "namespace"; readonly file: string }
  /** Declared with an interface or an object or function type of the project. */
  | { readonly kind: "typed"; readonly file: string; readonly type: TypeNode; readonly name?: string }
  /** A string, number, boolean, … of which only the type is known. */
  | { readonly kind: "primitive"; readonly name: string }
  /** What a function is given and nothing says more; `path` are the members taken from it. */
  | { readonly kind: "parameter"; readonly file: string; readonly function: FunctionNode; readonly index: number; readonly path: readonly string[] };

/** The first call or `new` on the way to an external value: it tells two routers, clients or loggers of a project apart. */
export interface CreationSite {
  readonly file: string;
  readonly node: CallExpression | NewExpression;
  /** The call of the project's own factory that made it, where the factory gives it back as it is: each call makes another. */
  readonly by?: FactoryCall;
  /** The class whose instance holds it, where a class that it extends makes it: each class that extends it has another. */
  readonly heldBy?: { readonly file: string; readonly class: ClassNode };
}

/** A call of a factory; `within` is the call of another factory that it gives on. */
export interface FactoryCall {
  readonly file: string;
  readonly node: CallExpression;
  readonly within?: FactoryCall;
  /** The factory keeps it in a constant, and may do something with it before it gives it back. */
  readonly kept?: true;
}

export type ExternalValue = Extract<Value, { kind: "external" }>;

/** The external value that `provenance` describes, with more steps. */
export function external(provenance: Provenance, ...steps: string[]): ExternalValue {
  return { kind: "external", provenance: further(provenance, steps) };
}

/** By `concat`, since a list that is spread into another keeps room for more of it than most have. */
function further({ package: name, subpath, path }: Provenance, steps: readonly string[]): Provenance {
  return { package: name, subpath, path: path.concat(steps) };
}

/** What lies `steps` behind an external value; it keeps its creation site. */
export function behind({ provenance, site }: ExternalValue, ...steps: string[]): ExternalValue {
  return site ? withSite(further(provenance, steps), site) : { kind: "external", provenance: further(provenance, steps) };
}

/** Written out, since what is spread and then added to has a shape of its own in Node 20, as if each object were of another kind. */
function withSite(provenance: Provenance, site: CreationSite): ExternalValue {
  return { kind: "external", provenance, site };
}

/** What a call or `new` of an external value makes. */
export function made(value: ExternalValue, step: string, file: string, node: CallExpression | NewExpression): ExternalValue {
  // `require("express")()` calls what an import would take as the default export.
  const { path } = value.provenance;
  const steps = path.length === 0 ? ["default", step] : [step];
  // Each `factory.createApp()` makes another one, although one factory makes them all.
  const isAnother = /^create(App|Handlers)$/.test(path.at(-1) ?? "") && node.kind === "call" && node.callee.kind === "member";
  return withSite(further(value.provenance, steps), isAnother ? { file, node } : (value.site ?? { file, node }));
}

/** The place that tells what was made there from what was made elsewhere: the factory's call, or the call or `new` itself. */
export function madeAt({ by, file, node }: CreationSite): { readonly file: string; readonly node: CallExpression | NewExpression } {
  return by ?? { file, node };
}

/** `madeAt` in one line. */
export function placeOfSite(site: CreationSite): string {
  const { file, node } = madeAt(site);
  return `${file}@${node.span[0]}`;
}

/** The class that holds what a class it extends makes, in one line. */
export function holderOf({ heldBy }: CreationSite): string {
  return heldBy ? ` held by ${heldBy.file}@${heldBy.class.span[0]}` : "";
}

/** A name that nothing declares. */
export function globalValue(...path: string[]): Value {
  return { kind: "external", provenance: { package: "global", subpath: "", path } };
}

/** One line that tells values apart, for tests and for removing doubles. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case "external":
      return `${value.provenance.package}${value.provenance.subpath}:${value.provenance.path.join(".")}${value.site ? ` from ${placeOfSite(value.site)}${holderOf(value.site)}` : ""}`;
    case "function":
    case "class":
      return `${value.kind} ${value.file}#${value.node.name ?? ""}@${value.node.span[0]}`;
    case "instance":
      return `instance ${value.file}#${value.class.name ?? ""}@${value.class.span[0]}`;
    case "object":
    case "array":
    case "enum":
      return `${value.kind} ${value.file}@${value.node.span[0]}`;
    case "list":
      return `list(${value.of.map(describeValue).join(" | ")})`;
    case "constant":
      return `constant ${JSON.stringify(value.value)}`;
    case "namespace":
      return `namespace ${value.file}`;
    case "typed":
      return `typed ${value.file}@${value.type.span[0]}`;
    case "primitive":
      return value.name;
    case "parameter":
      return `parameter ${value.file}@${value.function.span[0]}:${value.index}.${value.path.join(".")}`;
  }
}

/** More alternatives than this say nothing any more. */
const mostAlternatives = 8;

/** What any of `items` may stand for. */
export function collect<T>(items: readonly T[], values: (item: T) => readonly Value[]): readonly Value[] {
  if (items.length === 1 && items[0] !== undefined) return values(items[0]);
  return distinct(items.flatMap((item) => values(item)));
}

/** Values without doubles, as many as say something. */
export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  const seen = new Map(values.map((value) => [describeValue(value), value]));
  return [...seen.values()].slice(0, mostAlternatives);
}
