import type { RuleFinding } from "../../src/base/finding.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { within } from "../../src/base/position.js";
import { resourceOfFeathers } from "../../src/catalogue/lexicon/layers.js";
import { isBackendCode, isHealthCheck } from "../../src/kit/project/backend-files.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isLeftToMissingLayer } from "../../src/kit/layering/persistence.js";
import { isOfPipeline } from "../../src/kit/layering/pipeline-stores.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { isInfrastructure, routesOf } from "../../src/kit/routes/routes.js";
import { defineRule } from "../../src/kit/rule.js";
import { databaseUses, type StoreUse, storeUses } from "../../src/kit/project/store-uses.js";
import { type Access, storeImports } from "../../src/kit/layering/store-imports.js";
import { type ReceivedUse, receivedUses } from "../../src/kit/layering/store-receivers.js";
import { together } from "../../src/kit/layering/together.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

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
  const uses = receivedUses(model, file, countsOnly ? databaseUses(model, file) : storeUses(model, file));
  // A resource is made with its model.
  const access = isResource ? [] : storeImports(model, file, options.types === "allow");
  const direct = access.some(({ secondary }) => !secondary) || uses.length > 0;
  // A client that is imported and asked is told where it is asked.
  const imports = access.filter((one) => options.types === "report" || ((!one.secondary || !direct) && (one.gives || !uses.some((use) => isUsedBy(one, use)))));
  const findings = imports.map(({ finding }) => finding);
  const told = options.everyFile ? findings : [...together(findings, "repository", ({ messageId }) => messageId, 1)];
  return [...told, ...uses.map((received) => useAt(model, file, received, entryOf(model, file), imports))];
}

/** Whether a use goes through what is imported. */
function isUsedBy({ binding, target }: Access, use: ReceivedUse): boolean {
  return (binding !== undefined && binding === use.binding) || (target !== undefined && target === use.madeIn);
}

/** A use of a store; where its package is imported for it, or what gives it, that is the same cause. */
function useAt(model: ProjectModel, file: string, received: ReceivedUse, entry: string, imports: readonly Access[] = []): RuleFinding {
  const { use, receiver } = received;
  const cause = imports.find((one) => one.finding.cause === use.package || isUsedBy(one, received))?.finding.cause ?? receiver;
  return findingAt(model, file, use.span, "use", { receiver: use.receiver, package: use.package, entry }, { cause });
}

/** A handler is of the api wherever it stands: `app.get("/seats", async () => db.select().from(seats))` in `app.ts`. */
function usesOfHandlers(model: ProjectModel, file: string, options: Options): readonly RuleFinding[] {
  if (options.types === "allow" && (!isBackendCode(model, file) || isLeftToMissingLayer(model, file))) return [];
  const handlers = routesOf(model, file).flatMap((route) => (route.handler?.file === file && !isInfrastructure(model, route) ? [route.handler.node] : []));
  if (handlers.length === 0) return [];
  const uses = databaseUses(model, file).filter(({ span, lifecycle }) => !lifecycle && handlers.some((node) => within(span, node.span)));
  return receivedUses(model, file, uses).map((received) => useAt(model, file, received, " (a handler in this file)"));
}

/** What makes a file part of the api that is not called so: a service with a job of a scheduler. */
function entryOf(model: ProjectModel, file: string): string {
  const [evidence = ""] = model.layerOf(file).evidence;
  return evidence.includes(" entry point of ") ? ` (this file has a ${evidence})` : "";
}

function onlyConnects(uses: readonly StoreUse[]): boolean {
  return uses.length > 0 && uses.every(({ closes, lifecycle }) => closes || lifecycle);
}
