import type { Range, Span } from "../base/position.js";
import type { FileFacts, ImportedName, ImportFact } from "../facts/facts.js";
import type { CallGraph } from "./calls/call-graph.js";
import type { DataAccess } from "./data/data-access.js";
import type { Entries } from "./entries/entry.js";
import type { PrismaModel } from "./modules/generated-clients.js";
import type { Origins } from "./origins/origins.js";
import type { RequestData } from "./origins/request-data.js";
import type { RouteTable } from "./routes/route.js";
import type { Transactions } from "./data/transactions.js";
import type { Values } from "./values/values.js";

/** What a project is built from. Nothing here has been resolved. */
export interface ModelInput {
  /** Absolute path of the root. */
  readonly root: string;
  /** Root-relative POSIX path → facts, for every code file, declaration files included. */
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly options: ModelOptions;
  /** The files of Prisma schemas that are listed; those at usual places are found without. */
  readonly schemas?: readonly string[];
  /** The text of a file below the root (package.json, tsconfig.json, …); undefined if there is none or it cannot be read. */
  readText(file: string): string | undefined;
  /** The facts of a text that is not among `facts`: an old version of a file. */
  extractFacts(file: string, text: string): FileFacts;
}

/** What the settings tell the model, already merged for each subtree. */
export interface ModelOptions {
  /** Asked for each file; `undefined` leaves the layer to evidence. */
  layerOf(file: string): { readonly layer: LayerName; readonly setting: string; /** The custom layer, if one matched. */ readonly custom?: string } | undefined;
  /** Custom layers by name, each standing for one of the known ones. */
  readonly customLayers: ReadonlyMap<string, { readonly as: LayerName; readonly mayImport?: readonly string[]; readonly ports?: readonly string[] }>;
  /** Whether a file lies where a custom layer keeps its ports; absent if none says so. */
  isPortFile?(file: string): boolean;
  /** Names declared in settings, e.g. `auth` → guards of the project. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Folders of feature modules as globs; empty if the project has none. */
  readonly features: readonly string[];
  /** The rest of the settings that model parts read, as given (`routes`, `security`, `architecture`). */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same for the subtree of a package that has settings of its own; absent if no package has. */
  settingsFor?(file: string): Readonly<Record<string, unknown>>;
  /** Files whose code is generated although their text does not say so. */
  isGenerated(file: string): boolean;
}

export type LayerName =
  | "api" | "service" | "repository" | "domain" | "composition" | "settings" | "shared" | "tests" | "migrations";

/** The layer of a file and what decided it. */
export interface LayerVerdict {
  readonly layer: LayerName | undefined;
  /** The custom layer of the settings, if one matched. */
  readonly custom?: string;
  /** Short phrases, strongest first: `folder services/`, `decorator @Controller`, `registers routes`. */
  readonly evidence: readonly string[];
  /** What the file does was all there was to go by: nothing that its authors call it. */
  readonly guessed?: true;
}

/** A package.json and the files below it that no nested package.json claims. */
export interface PackageUnit {
  /** Root-relative folder; the empty string at the root. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Started by somebody (server, worker, function), as opposed to imported by somebody. */
  readonly kind: "application" | "library";
  /** A library that others install from a registry: it is not `private`. */
  readonly published?: true;
  /** It installs commands (`bin`). */
  readonly commands?: boolean;
  /** Name → range, of all dependency fields. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Where a specifier leads. */
export type Target =
  | { readonly kind: "file"; readonly file: string }
  /** A package that is not part of the project; `subpath` is empty or begins with a slash. */
  | { readonly kind: "package"; readonly package: string; readonly subpath: string }
  | { readonly kind: "builtin"; readonly name: string }
  /** A file that is no code (JSON, CSS, …). */
  | { readonly kind: "asset"; readonly file: string }
  | { readonly kind: "unresolved"; readonly reason: string };

/** Whether an import exists at run time: `elided` imports are dropped under the effective tsconfig, `metadata` ones are kept by it. */
export type EdgeKind = "runtime" | "type-only" | "elided" | "metadata";

/** Where a name is declared, after every barrel. */
export type Declaration =
  | { readonly kind: "binding"; readonly file: string; readonly binding: number }
  /** The expression of `export default` or `export =`, or of `exports.member =`. */
  | { readonly kind: "default"; readonly file: string; readonly member?: string }
  | { readonly kind: "namespace"; readonly file: string }
  /** `path` is what is taken from the package: `["default"]`, `["Prisma"]`; `["*"]` is the namespace. */
  | { readonly kind: "package"; readonly package: string; readonly subpath: string; readonly path: readonly string[] }
  | { readonly kind: "unresolved"; readonly reason: string };

/** One name that an import brings in. */
export interface LinkedName {
  readonly name: ImportedName;
  readonly kind: EdgeKind;
  readonly declaration: Declaration;
  /** The files passed on the way to the declaration, in order; empty for a direct import. */
  readonly via: readonly string[];
}

/** An import of a file, resolved. */
export interface Edge {
  readonly from: string;
  readonly fact: ImportFact;
  readonly target: Target;
  /** The strongest kind among its names; that of the declaration where there are none. */
  readonly kind: EdgeKind;
  readonly names: readonly LinkedName[];
}

/** Something that happens when a module is loaded. */
export interface LoadEffect {
  readonly span: Span;
  /** In words: `makes a client (new Pool)`, `starts a timer (setInterval)`. */
  readonly what: string;
  /** Nothing is opened until it is used. */
  readonly inert: boolean;
  /** What is opened is closed again at once: `readFileSync(…)`. */
  readonly passing?: true;
  /** Where it is done, if by a function or class of the project that is called or made here. */
  readonly through?: { readonly file: string; readonly span: Span };
}

/** The compiler options that decide what an import means at run time; defaults where no tsconfig is found. */
export interface EffectiveCompilerOptions {
  readonly emitDecoratorMetadata: boolean;
  readonly experimentalDecorators: boolean;
  readonly verbatimModuleSyntax: boolean;
  readonly isolatedModules: boolean;
}

/** The whole project, linked. Answers are computed once and kept. It changes by `edit` alone: what it answered before is then to be asked again. */
export interface ProjectModel {
  readonly root: string;
  readonly options: ModelOptions;
  /** All code files, sorted; declaration files included. */
  readonly files: readonly string[];
  /** The packages, outermost first. */
  readonly packages: readonly PackageUnit[];

  has(file: string): boolean;
  /** The facts of a file of the project. Throws a plain Error for a file that is not in `files`. */
  facts(file: string): FileFacts;
  /** The text of a file that is no code (settings of a framework, infrastructure); undefined if there is none. */
  text(file: string): string | undefined;
  range(file: string, span: Span): Range;
  packageOf(file: string): PackageUnit;
  /** The files of a package, sorted: those for which `packageOf` gives it. */
  filesOf(unit: PackageUnit): readonly string[];
  /** The files that lie directly in a folder, sorted; the empty string is the root. */
  filesIn(folder: string): readonly string[];
  /** Of the nearest tsconfig that covers the file. */
  compilerOptions(file: string): EffectiveCompilerOptions;

  /** The imports of a file in source order. */
  edgesFrom(file: string): readonly Edge[];
  /** The imports that lead to a file, by importer and place. */
  edgesTo(file: string): readonly Edge[];
  /** Where `specifier`, written in `file`, leads. */
  resolve(file: string, specifier: string): Target;
  /** Where what `file` exports as `name` is declared, through any chain of re-exports. */
  declarationOfExport(file: string, name: string): Declaration;
  /** Where a binding of a file is declared: itself, or what it imports. */
  declarationOfBinding(file: string, binding: number): Declaration;

  layerOf(file: string): LayerVerdict;
  /** The feature folder a file lies in, if the settings or a preset name features. */
  featureOf(file: string): string | undefined;
  /** Strongly connected components of more than one file in the runtime graph; files sorted, components by first file. */
  runtimeCycles(): readonly (readonly string[])[];
  /** The shortest chain of runtime edges (also metadata edges) from `from` to the first file that `found` accepts; undefined if none. */
  shortestPath(from: string, found: (file: string) => boolean): readonly Edge[] | undefined;

  /** The models of the project's Prisma schemas, in the order of the schemas. */
  readonly prismaModels: readonly PrismaModel[];
  /** The model of that name in the Prisma schemas, of several the one whose schema is nearest to a file. */
  prismaModel(name: string, near?: string): PrismaModel | undefined;
  /** What loading a file does beside defining things: clients, servers, timers, files. Its imports' effects are theirs. */
  loadEffects(file: string): readonly LoadEffect[];
  /** What each use of a store does. */
  readonly dataAccess: DataAccess;
  /** What runs in which transaction. */
  readonly transactions: Transactions;
  /** Which functions of the project a call runs. */
  readonly callGraph: CallGraph;
  /** Where values come from by assignment, as opposed to what they stand for. */
  readonly origins: Origins;
  /** Where data of requests goes. */
  readonly requestData: RequestData;
  /** How many functions and expressions are not followed to their end, of those that were asked about. */
  readonly cutFlows: number;
  /** The HTTP routes with what guards and describes them. */
  readonly routes: RouteTable;
  /** Where the outside reaches the code other than by routes: resolvers, consumers, jobs, commands, sockets, functions. */
  readonly entries: Entries;
  /** Where values come from; made with `new Values(model)` at the first question. */
  readonly values: Values;

  /**
   * Gives a file other facts, as an editor's buffer has them. What was answered is kept where it does not depend on them. For
   * models that are made and asked while `Revisions` watch; throws a plain Error for others and for a file that is not in `files`.
   */
  edit(file: string, facts: FileFacts): void;
  /** The same with other texts for several files, some of which may be new: the project as it was. Loads the parser. */
  withTexts(texts: ReadonlyMap<string, string>): ProjectModel;
}
