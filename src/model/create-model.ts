import { answers } from "../base/answers.js";
import { compareText } from "../base/finding.js";
import { Gathered } from "../base/gathered.js";
import { groupBy } from "../base/group-by.js";
import { folderOf } from "../base/paths.js";
import { oncePer } from "../base/once-per.js";
import { lineStarts, type Range, rangeOf, type Span } from "../base/position.js";
import { Revisions } from "../base/revisions.js";
import { settledPer, settledPerPart, settleList, settlePlain } from "../base/settled.js";
import type { FileFacts } from "../facts/facts.js";
import type { Entries } from "./entries/entry.js";
import { entriesOf } from "./entries/gather.js";
import { featureAround } from "./layers/features.js";
import { generatedPrismaFolders, nearestModel, type PrismaModel, prismaModels, prismaSources } from "./modules/generated-clients.js";
import { components, loadsTarget, shortestChain } from "./modules/graph.js";
import { effectsAtLoad } from "./modules/load-effects.js";
import { inferLayer } from "./layers/infer-layer.js";
import { Linker } from "./modules/linker.js";
import { type ModelPackage, PackageFinder, readPackages } from "./modules/packages.js";
import type { Declaration, Edge, EffectiveCompilerOptions, LayerVerdict, LoadEffect, ModelInput, ModelOptions, PackageUnit, ProjectModel, Target } from "./project-model.js";
import { Resolver } from "./modules/resolve.js";
import { type CallGraph, callGraphOf } from "./calls/call-graph.js";
import { cutFlowsOf } from "./origins/cut-flows.js";
import { type DataAccess, dataAccessOf } from "./data/data-access.js";
import { type Origins, originsOf } from "./origins/origins.js";
import { RequestData } from "./origins/request-data.js";
import type { RouteTable } from "./routes/route.js";
import { settleRoutes } from "./routes/settle-routes.js";
import { routeTable } from "./routes/table.js";
import { TypeScriptConfigs } from "./modules/tsconfig.js";
import { Transactions } from "./data/transactions.js";
import { Values } from "./values/values.js";

const noPackage: PackageUnit = { folder: "", name: undefined, kind: "application", dependencies: new Map() };
const noOptions: EffectiveCompilerOptions = { emitDecoratorMetadata: false, experimentalDecorators: false, verbatimModuleSyntax: false, isolatedModules: false };

/** Links the facts of a project. Everything is computed when it is first asked for. */
export function createModel(input: ModelInput): ProjectModel {
  const readText = remembering(input.readText.bind(input));
  const files = [...input.facts.keys()].sort(compareText);
  const packages = readPackages(files, readText);
  const configs = new TypeScriptConfigs(readText);
  const schemas = prismaSources(packages, input.schemas ?? [], readText);
  const resolver = new Resolver(new Set(files), packages, configs, (file) => readText(file) !== undefined, generatedPrismaFolders(schemas));
  let models: ReadonlyMap<string, readonly PrismaModel[]> | undefined;
  const finder = new PackageFinder(packages);
  return new LinkedModel(input, {
    files,
    packages,
    packageOf: (file) => finder.around(file) ?? noPackage,
    filesByPackage: groupBy(files, (file) => finder.around(file) ?? noPackage),
    filesByFolder: groupBy(files, folderOf),
    configs,
    resolver,
    readText,
    prismaModels: () => (models ??= prismaModels(schemas)),
  });
}

/** What does not depend on the content of code files, shared by models with other texts. */
interface Frame {
  readonly files: readonly string[];
  readonly packages: readonly ModelPackage[];
  readonly packageOf: (file: string) => PackageUnit;
  readonly filesByPackage: ReadonlyMap<PackageUnit, readonly string[]>;
  readonly filesByFolder: ReadonlyMap<string, readonly string[]>;
  readonly configs: TypeScriptConfigs;
  readonly resolver: Resolver;
  readonly readText: (file: string) => string | undefined;
  readonly prismaModels: () => ReadonlyMap<string, readonly PrismaModel[]>;
}

class LinkedModel implements ProjectModel {
  readonly #input: ModelInput;
  readonly #facts: Map<string, FileFacts>;
  readonly #frame: Frame;
  readonly #revisions = Revisions.active;
  /** Each file as a part that answers are made from. */
  readonly #parts: ReadonlyMap<string, number>;
  readonly #linker: Linker;
  readonly #effects = answers<string, readonly LoadEffect[]>();
  #requestData: RequestData | undefined;
  #transactions: Transactions | undefined;
  #values: Values | undefined;

  constructor(input: ModelInput, frame: Frame) {
    this.#input = input;
    this.#facts = new Map(input.facts);
    this.#frame = frame;
    const revisions = this.#revisions;
    this.#parts = new Map(revisions ? frame.files.map((file) => [file, revisions.part()]) : []);
    this.#linker = new Linker(this);
  }

  get root(): string {
    return this.#input.root;
  }

  get options(): ModelOptions {
    return this.#input.options;
  }

  get files(): readonly string[] {
    return this.#frame.files;
  }

  get packages(): readonly PackageUnit[] {
    return this.#frame.packages;
  }

  prismaModel(name: string, near?: string): PrismaModel | undefined {
    return nearestModel(this.#frame.prismaModels().get(name), near);
  }

  get prismaModels(): readonly PrismaModel[] {
    return [...this.#frame.prismaModels().values()].flat();
  }

  loadEffects(file: string): readonly LoadEffect[] {
    return this.#effects.of(file, () => effectsAtLoad(this, file));
  }

  get dataAccess(): DataAccess {
    return dataAccessOf(this);
  }

  get transactions(): Transactions {
    return (this.#transactions ??= new Transactions(this));
  }

  get cutFlows(): number {
    return cutFlowsOf(this).size;
  }

  get callGraph(): CallGraph {
    return callGraphOf(this);
  }

  get origins(): Origins {
    return originsOf(this);
  }

  get requestData(): RequestData {
    return (this.#requestData ??= new RequestData(this));
  }

  get routes(): RouteTable {
    return routesOf(this);
  }

  get entries(): Entries {
    return entriesOf(this);
  }

  get values(): Values {
    return (this.#values ??= new Values(this));
  }

  has(file: string): boolean {
    return this.#facts.has(file);
  }

  facts(file: string): FileFacts {
    const facts = this.#facts.get(file);
    if (!facts) throw new Error(`not a file of the project: ${file}`);
    if (this.#revisions) this.#note(this.#revisions, file);
    return facts;
  }

  text(file: string): string | undefined {
    return this.#frame.readText(file);
  }

  range(file: string, span: Span): Range {
    return rangeOf(this.has(file) ? this.facts(file).lineStarts : lineStarts(this.text(file) ?? ""), span);
  }

  packageOf(file: string): PackageUnit {
    return this.#frame.packageOf(file);
  }

  filesOf(unit: PackageUnit): readonly string[] {
    return this.#frame.filesByPackage.get(unit) ?? [];
  }

  filesIn(folder: string): readonly string[] {
    return this.#frame.filesByFolder.get(folder) ?? [];
  }

  compilerOptions(file: string): EffectiveCompilerOptions {
    return this.#frame.configs.of(file)?.options ?? noOptions;
  }

  resolve(file: string, specifier: string): Target {
    return this.#frame.resolver.resolve(file, specifier);
  }

  edgesFrom(file: string): readonly Edge[] {
    return this.#linker.edgesFrom(file);
  }

  edgesTo(file: string): readonly Edge[] {
    return incomingOf(this).of(file);
  }

  declarationOfExport(file: string, name: string): Declaration {
    return this.#linker.declarationOfExport(file, name);
  }

  declarationOfBinding(file: string, binding: number): Declaration {
    return this.#linker.declarationOfBinding(file, binding);
  }

  layerOf(file: string): LayerVerdict {
    return layerIn(this, file);
  }

  featureOf(file: string): string | undefined {
    return featureAround(this.options.features, file);
  }

  runtimeCycles(): readonly (readonly string[])[] {
    return cyclesOf(this);
  }

  shortestPath(from: string, found: (file: string) => boolean): readonly Edge[] | undefined {
    return shortestChain(from, found, (file) => this.edgesFrom(file));
  }

  edit(file: string, facts: FileFacts): void {
    const part = this.#parts.get(file);
    if (!this.#revisions || part === undefined) throw new Error(`not a file whose changes are watched: ${file}`);
    this.#facts.set(file, facts);
    this.#revisions.advance();
    this.#revisions.touch(part);
  }

  withTexts(texts: ReadonlyMap<string, string>): ProjectModel {
    const others = new Map([...texts].map(([file, text]) => [file, this.#input.extractFacts(file, text)]));
    const input: ModelInput = { ...this.#input, facts: new Map([...this.#facts, ...others]) };
    // Where specifiers lead depends on which files there are, not on what they say.
    if ([...others.keys()].every((file) => this.has(file))) return new LinkedModel(input, this.#frame);
    return createModel({ ...input, readText: (name) => this.#input.readText(name) });
  }

  #note(revisions: Revisions, file: string): void {
    const part = this.#parts.get(file);
    if (part !== undefined) revisions.read(part);
  }
}

const routesOf = settledPer(routeTable, settleRoutes);
const incomingOf = oncePer((model: ProjectModel) => new Gathered(model.files, (file) => model.edgesFrom(file).flatMap((edge) => (edge.target.kind === "file" ? [[edge.target.file, edge] as const] : []))));
const cyclesOf = oncePer((model: ProjectModel) => components(model.files, (file) => loadedFrom(model, file)));
/** The files that loading a file loads. */
const loadedFrom = settledPerPart((model: ProjectModel, file: string): readonly string[] => model.edgesFrom(file).flatMap((edge) => (loadsTarget(edge) && edge.target.kind === "file" ? [edge.target.file] : [])), settleList);
const layerIn = settledPerPart((model: ProjectModel, file: string): LayerVerdict => (model.has(file) ? inferLayer(model, file) : { layer: undefined, evidence: [] }), settlePlain);

function remembering(read: (file: string) => string | undefined): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, read(file));
    return known.get(file);
  };
}
