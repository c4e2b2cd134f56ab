import { type ApiKind, capabilitiesOf, kindOf, leakOf, newStep, type Provenance } from "../../catalogue/index.js";
import type { Span } from "../../base/position.js";
import type { ClassNode, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A type of a signature that does not belong above the repository. */
export interface Leak {
  readonly span: Span;
  /** As written. */
  readonly name: string;
  readonly any: boolean;
}

/** Which types count. */
export interface LeakOptions {
  /** Also types of rows and enumerations that a library makes. */
  readonly plain: boolean;
  /** Handles of transactions, which callers pass by right. */
  readonly handles: boolean;
  /** Clients, which functions without a class are given. */
  readonly clients: boolean;
  /** Rows that save themselves, which such a row gives by its relations. */
  readonly rows: boolean;
}

const stores: ReadonlySet<ApiKind> = new Set(["client", "handle", "model", "statement", "cursor"]);
/** Aliases of the project that are followed. */
const deepest = 3;

/** Whether something is called as the connection that a caller chooses is: a transaction's handle, or the client where there is none. */
export function isNameOfHandle(name: string, optional: boolean): boolean {
  return /^(tx|trx|t|txn|transaction|manager|em|entityManager|session|queryRunner|runner|conn|connection|client|db|dbOrTx|executor)$/i.test(name) || (optional && /(tx|trx|transaction|manager|session|client)$/i.test(name));
}

const freeForm = /^(?:meta(?:_?data)?|payload|context|details?|attributes|properties|extras?|custom_?(?:data|fields|attributes)|raw(?:_?(?:data|payload|body|response|event))?|settings|preferences|variables|snapshot|(?:old|new|previous)_?values?|headers|\w+_?json)$/i;

/** Whether something is called as what a store keeps as it comes, in one column: `metadata: Record<string, any>`. */
export function isFreeForm(name: string, type: TypeNode): boolean {
  const [part] = type.kind === "union" ? type.types.filter((one) => one.kind !== "literal" && !(one.kind === "keyword" && one.name === "undefined")) : [type];
  return freeForm.test(name) && part !== undefined && ((part.kind === "keyword" && part.name === "any") || (part.kind === "reference" && part.name === "Record"));
}

/** `object`, `Record<string, unknown>`: an object with any keys. */
export function isAnyObject(type: TypeNode): boolean {
  if (type.kind === "keyword") return type.name === "object";
  const [key, value] = type.kind === "reference" && type.name === "Record" ? (type.arguments ?? []) : [];
  return key?.kind === "keyword" && key.name === "string" && value?.kind === "keyword" && (value.name === "any" || value.name === "unknown");
}

/** What a value of a type is to its store; undefined if nothing. */
export function storeKind({ path, ...rest }: Provenance): ApiKind | undefined {
  return storeIn(path.at(-1) === newStep ? { ...rest, path } : { ...rest, path: [...path, newStep] });
}

/** What a value itself is to its store: the model that `mongoose.model(…)` gave; undefined if nothing. */
export function storeIn(provenance: Provenance): ApiKind | undefined {
  const kind = kindOf(provenance);
  return kind !== undefined && stores.has(kind) ? kind : undefined;
}

/** The first type in a type, as written, that shows the library or says nothing. */
export function leakIn(model: ProjectModel, file: string, type: TypeNode, options: LeakOptions, depth = 0): Leak | undefined {
  const inner = (parts: readonly (TypeNode | undefined)[]): Leak | undefined => {
    for (const part of parts) {
      const leak = part && leakIn(model, file, part, options, depth);
      if (leak) return leak;
    }
    return undefined;
  };
  switch (type.kind) {
    case "keyword":
      return type.name === "any" && depth === 0 ? { span: type.span, name: "any", any: true } : undefined;
    case "array":
      return inner([type.element]);
    case "tuple":
      return inner(type.elements);
    case "union":
    case "intersection":
      return inner(type.types);
    // `{ userId: string; entityManager?: EntityManager }`
    case "object":
      return inner(type.members.filter(({ name, optional = false, type: held }) => (options.handles || !isNameOfHandle(name, optional)) && (options.plain || !held || !isFreeForm(name, held))).map((member) => member.type));
    case "operator":
      return inner([type.type]);
    // What a callback is given, or gives back, its caller works with; a handle is handed in by right.
    case "function":
      return type.parameters.map((parameter) => parameter.type && leakIn(model, file, parameter.type, { ...options, handles: false, clients: false }, depth + 1)).find((leak) => leak !== undefined) ?? (type.returns && leakIn(model, file, type.returns, options, depth + 1));
    case "reference":
      return ofReference(model, file, type, options, depth, () => inner(type.arguments ?? []));
    default:
      return undefined;
  }
}

function ofReference(model: ProjectModel, file: string, type: Extract<TypeNode, { kind: "reference" }>, options: LeakOptions, depth: number, ofArguments: () => Leak | undefined): Leak | undefined {
  // `Partial<OrderDocument>` names the fields of a row.
  if (type.binding === undefined && /^(Partial|Pick|Omit|Required|Readonly)$/.test(type.name) && !options.plain && type.arguments?.[0] !== undefined && isDocument(model, file, type.arguments[0])) return undefined;
  if (type.binding === undefined) return ofArguments();
  const declaration = model.declarationOfBinding(file, type.binding);
  if (declaration.kind === "binding" && depth < deepest) {
    const source = model.values.index(declaration.file).sources[declaration.binding];
    if (source?.kind === "class") return options.rows && isActiveRow(model, declaration.file, source.class) ? { span: type.span, name: type.name, any: false } : undefined;
    const leak = source?.kind === "type" && source.type.kind === "alias" ? leakIn(model, declaration.file, source.type.type, options, depth + 1) : undefined;
    return leak ? { ...leak, span: type.span } : ofArguments();
  }
  // What a web framework hands over is the matter of another rule.
  if (declaration.kind !== "package" || capabilitiesOf(declaration.package, declaration.subpath).includes("web-framework")) return ofArguments();
  const [, ...rest] = type.name.split(".");
  const provenance = { package: declaration.package, subpath: declaration.subpath, path: [...declaration.path.filter((name) => name !== "*"), ...rest] };
  const kind = kindOf({ ...provenance, path: [...provenance.path, newStep] });
  // What a handle is a handle of, its own arguments say.
  if ((kind === "handle" && !options.handles) || (kind === "client" && !options.clients)) return undefined;
  const leak = leakOf(provenance);
  return leak === "error" || (leak === "warn" && options.plain) ? { span: type.span, name: type.name, any: false } : ofArguments();
}

/** Whether a type is that of a row which saves itself, also under another name. */
function isDocument(model: ProjectModel, file: string, type: TypeNode): boolean {
  return model.values.ofType(file, type).some((value) => (value.kind === "external" && kindOf(value.provenance) === "document") || (value.kind === "instance" && isActiveRow(model, value.file, value.class)));
}

/** Whether a class is a row that reads and writes itself: `class User extends Model`. */
export function isActiveRow(model: ProjectModel, file: string, { extends: base }: ClassNode): boolean {
  return base !== undefined && model.values.of(file, base.value).some((value) => value.kind === "external" && kindOf({ ...value.provenance, path: [...value.provenance.path, newStep] }) === "document");
}
