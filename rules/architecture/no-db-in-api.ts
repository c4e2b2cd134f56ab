import type { RuleFinding } from "../../src/base/finding.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { within } from "../../src/base/position.js";
import { isFor, isHarmless } from "../../src/catalogue/index.js";
import { resourceOfFeathers } from "../../src/catalogue/lexicon/layers.js";
import { isBackendCode, isHealthCheck } from "../../src/kit/project/backend-files.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isOnlyRegistered, isOnlyWired } from "../../src/kit/layering/handed-dependencies.js";
import { isBarrelOf } from "../../src/kit/project/index-files.js";
import { isClientClass, isLeftToMissingLayer } from "../../src/kit/layering/persistence.js";
import { asksStoreBy, givesAccess, isOnlyTested, isPlainData, isStoredModel, takesHarmless } from "../../src/kit/layering/plain-data.js";
import { isCache, isOfPipeline, isQueueConnection } from "../../src/kit/layering/pipeline-stores.js";
import { isOrdinaryFunction } from "../../src/kit/layering/ordinary-functions.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isInfrastructure, routesOf } from "../../src/kit/routes/routes.js";
import { defineRule } from "../../src/kit/rule.js";
import { databaseUses, type StoreUse, storeUses } from "../../src/kit/project/store-uses.js";
import { takenNames } from "../../src/kit/layering/taken-names.js";
import { together } from "../../src/kit/layering/together.js";
import type { Edge, LinkedName, PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly types: "allow" | "report";
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "no-db-in-api",
  section: "architecture",
  clauses: ["ARCH-3", "ARCH-5"],
  description: "Forbid data access and the repository layer in the api layer",
  presets: { recommended: "error", strict: ["error", { types: "report", everyFile: true }], legacy: "off" },
  messages: {
    package: "The api layer imports {{name}} from {{package}}, a data-access package. Let a service do this and call it from here, so that the handler can be tested without a database.",
    repository: "The api layer imports {{name}} from the repository layer ({{target}}{{via}}). Call a service, which may use the repository.",
    several: "The api layer imports {{count}} modules of the repository layer here, {{name}} first ({{target}}; then {{others}}). Call services, which may use the repository.",
    spread: "{{count}} files of the api go {{way}} to the repository layer or the database, here first ({{what}}; then {{others}}). Call services, which may use the repository.",
    use: "The api layer{{entry}} uses the database through `{{receiver}}` ({{package}}). Move this into a repository, and call a service from here.",
  },
  optionsSchema: {
    types: { enum: ["allow", "report"], description: "Whether imports of types, enumerations, error classes and entities count, and each use on its own where a repository layer is missing altogether." },
    everyFile: { type: "boolean", description: "Report every file where more than ten files of the api go past the services, and not the first alone." },
  },
  defaultOptions: { types: "allow", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habit: Habit = { key: `no-db-in-api ${JSON.stringify(options)}`, files: model.files, findingsIn: (file) => findingsIn(model, file, options), kindOf: ({ file }) => wayOf(model, file), fewOf: (way) => (way === past ? undefined : fewWithout), dataOf: (finding) => dataOf(model, finding) };
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habit);
    },
  },
});

/** All that a file does past the services is mended together. */
const past = "past the services";
const without = "straight";

/** Where an application has no services at all, that is the one decision behind more files than these. */
const fewWithout = 3;

/** Whether a file of the api goes past services that are there, or its application has none. */
function wayOf(model: ProjectModel, file: string): string {
  return hasServices(model, model.packageOf(file)) ? past : without;
}

const hasServices = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => model.filesOf(unit).some((file) => model.layerOf(file).layer === "service"));

/** What the first of many files does past services, or without any. */
function dataOf(model: ProjectModel, { file, data }: RuleFinding): RuleFinding["data"] {
  const { name, package: from, target = from, receiver } = data ?? {};
  return { way: wayOf(model, file), what: receiver === undefined ? `${name ?? ""} is imported from ${target ?? ""}` : `\`${receiver}\` is used` };
}

/** The data access in a file of the api, and in the handlers that stand in a file of no layer or where the application is put together. */
function findingsIn(model: ProjectModel, file: string, options: Options): readonly RuleFinding[] {
  const { layer } = model.layerOf(file);
  if (layer === undefined || layer === "composition") return usesOfHandlers(model, file, options);
  if (layer !== "api" || (options.types === "allow" && (isHealthCheck(file) || !isBackendCode(model, file) || isLeftToMissingLayer(model, file)))) return [];
  // `onClose` of a server gives back what others have opened, and `connectDatabase()` opens it for them.
  if (options.types === "allow" && onlyConnects(storeUses(model, file))) return [];
  const countsOnly = options.types === "allow" && isOfPipeline(model, file);
  const isResource = options.types === "allow" && model.layerOf(file).evidence[0] === resourceOfFeathers;
  const uses = countsOnly ? databaseUses(model, file) : storeUses(model, file);
  // What an index hands on of its own folder is no use of it, and a resource is made with its model.
  const access = model.edgesFrom(file).flatMap((edge) => (isResource || (options.types === "allow" && isBarrelOf(edge)) ? [] : [...checkEdge(model, edge, options)]));
  const direct = access.some(({ secondary }) => !secondary) || uses.length > 0;
  const imports = access.flatMap(({ finding, secondary }) => (!secondary || !direct || options.types === "report" ? [finding] : []));
  const told = options.everyFile ? imports : [...together(imports, "repository", ({ messageId }) => messageId, 1)];
  return [...told, ...uses.map((use) => findingAt(model, file, use.span, "use", { receiver: use.receiver, package: use.package, entry: entryOf(model, file) }, { cause: past }))];
}

/** A handler is of the api wherever it stands: `app.get("/seats", async () => db.select().from(seats))` in `app.ts`. */
function usesOfHandlers(model: ProjectModel, file: string, options: Options): readonly RuleFinding[] {
  if (options.types === "allow" && (!isBackendCode(model, file) || isLeftToMissingLayer(model, file))) return [];
  const handlers = routesOf(model, file).flatMap((route) => (route.handler?.file === file && !isInfrastructure(model, route) ? [route.handler.node] : []));
  if (handlers.length === 0) return [];
  const uses = databaseUses(model, file).filter(({ span, lifecycle }) => !lifecycle && handlers.some((node) => within(span, node.span)));
  return uses.map((use) => findingAt(model, file, use.span, "use", { receiver: use.receiver, package: use.package, entry: " (a handler in this file)" }, { cause: past }));
}

/** What makes a file part of the api that is not called so: a service with a job of a scheduler. */
function entryOf(model: ProjectModel, file: string): string {
  const [evidence = ""] = model.layerOf(file).evidence;
  return evidence.includes(" entry point of ") ? ` (this file has a ${evidence})` : "";
}

function onlyConnects(uses: readonly StoreUse[]): boolean {
  return uses.length > 0 && uses.every(({ closes, lifecycle }) => closes || lifecycle);
}

/** An import that brings data access in; a secondary one is only written with it: an operator, a decorator, a type that injection needs. */
interface Access {
  readonly finding: RuleFinding;
  readonly secondary: boolean;
}

function* checkEdge(model: ProjectModel, edge: Edge, options: Options): Iterable<Access> {
  const report = (messageId: string, data: Readonly<Record<string, string>>): Access => ({ finding: findingAt(model, edge.from, edge.fact.specifierSpan, messageId, data, { cause: past }), secondary: false });
  const { target } = edge;
  if (edge.names.length === 0) {
    if (edge.kind !== "runtime") return;
    if (target.kind === "package" && isFor(target.package, target.subpath, "data-access")) yield report("package", { name: "it", package: target.package });
    if (target.kind === "file" && model.layerOf(target.file).layer === "repository") yield report("repository", { name: "it", target: target.file, via: "" });
    return;
  }
  for (const linked of takenNames(model, edge)) {
    const found = checkName(model, edge, linked, options);
    if (found) yield found;
  }
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, options: Options): Access | undefined {
  const { declaration, name, kind, via } = linked;
  const types = options.types === "allow";
  if ((kind === "type-only" || kind === "elided") && types) return undefined;
  if (declaration.kind === "package") {
    if (!isFor(declaration.package, declaration.subpath, "data-access")) return undefined;
    const provenance = { package: declaration.package, subpath: declaration.subpath, path: declaration.path };
    // A decorator's metadata keeps the import of a type, which is a type all the same.
    if (types && kind === "metadata" && !givesAccess(provenance)) return undefined;
    if (types && (isQueueConnection(model, edge.from, declaration.package) || (isFor(declaration.package, "", "cache") && isOfPipeline(model, edge.from)))) return undefined;
    // The users of a hosted backend are asked who somebody is; its rows are not.
    if (types && isFor(declaration.package, "", "auth") && isOfPipeline(model, edge.from) && databaseUses(model, edge.from).every(({ receiver }) => /\.auth\b/.test(receiver))) return undefined;
    // `S3` and `SQS` of a package that has a store among other services.
    if (types && isFor(declaration.package, declaration.subpath, "storage") && !givesAccess(provenance)) return undefined;
    if (types && (isHarmless(provenance) || takesHarmless(model, edge.from, linked))) return undefined;
    return { finding: findingAt(model, edge.from, edge.fact.specifierSpan, "package", { name: `\`${name.local}\``, package: declaration.package + declaration.subpath }, { cause: past }), secondary: kind === "metadata" || !givesAccess(provenance) };
  }
  if (declaration.kind === "unresolved" || model.layerOf(declaration.file).layer !== "repository") return undefined;
  if (types && (((isPlainData(model, linked) || isStoredModel(model, linked)) && !(storeUses(model, edge.from).length === 0 && asksStoreBy(model, edge.from, name.binding))) || isOrdinaryFunction(model, linked) || (kind === "metadata" && isClientClass(model, linked)) || isCache(model, declaration) || isOnlyTested(model, edge.from, name.binding) || isOnlyRegistered(model, edge.from, name.binding) || isOnlyWired(model, edge.from, name.binding))) return undefined;
  const related = declaration.kind === "binding" ? [relatedAt(model, declaration.file, model.facts(declaration.file).bindings[declaration.binding]?.span ?? [0, 0], `${name.imported} is declared here`)] : [];
  const data = { name: `\`${name.local}\``, target: declaration.file, via: via.length === 0 ? "" : `, by way of ${via.join(" → ")}` };
  return { finding: findingAt(model, edge.from, edge.fact.specifierSpan, "repository", data, { cause: past, related }), secondary: false };
}
