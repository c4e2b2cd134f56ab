import type { RuleFinding } from "../../src/base/finding.js";
import { within } from "../../src/base/position.js";
import { isHarmless } from "../../src/catalogue/index.js";
import { isBackendCode, isHealthCheck } from "../../src/kit/project/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { acceptedPersistence, hasRepositoryLayer } from "../../src/kit/layering/persistence.js";
import { defineRule } from "../../src/kit/rule.js";
import { databaseUses, type StoreUse } from "../../src/kit/project/store-uses.js";
import type { LayerName, PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly readModels: readonly string[];
  readonly everyFile: boolean;
}

const confined: ReadonlySet<LayerName> = new Set<LayerName>(["service", "domain", "shared"]);

export default defineRule<Options>({
  name: "no-sql-outside-repository",
  section: "architecture",
  clauses: ["ARCH-5"],
  description: "Keep SQL, query builders and ORM sessions in the repository layer",
  presets: { recommended: "warn", strict: ["error", { everyFile: true }], legacy: "off" },
  messages: {
    use: "The {{layer}} layer uses the database through `{{receiver}}` ({{package}}). Give the repository a method with a name of the business and call that, so that this code can be tested without a database.",
    spread: "{{count}} files outside of the repository layer use the database, here first: `{{receiver}}` ({{package}}) in {{layer}} (then {{others}}). Give the repositories methods with names of the business and call those, or record the deviation with `\"architecture\": { \"persistence\": \"services\" }` in the settings.",
  },
  optionsSchema: {
    readModels: { type: "array", items: { type: "string" }, description: "Folders whose services may query directly (a declared read model)." },
    everyFile: { type: "boolean", description: "Report every file that uses the database where more than ten files of an application do, and not the first alone." },
  },
  defaultOptions: { readModels: [], everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
    },
  },
});

/** The use of the database all over an application. */
function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return {
    key: `no-sql-outside-repository ${unit.folder} ${JSON.stringify(options)}`,
    files: model.filesOf(unit),
    findingsIn: (file) => findingsIn(model, file, options),
    kindOf: () => "use",
  };
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  if (!isConfined(model, file, options) || (!options.everyFile && (isHealthCheck(file) || !isBackendCode(model, file)))) return;
  const layer = model.layerOf(file).layer ?? "";
  const all = databaseUses(model, file).filter(({ lifecycle }) => !lifecycle);
  // Where a transaction begins and ends is a service's to say; what it does with the handle counts.
  const uses = all.filter((use) => options.everyFile || !use.opens || all.some((other) => other !== use && within(other.span, use.span)));
  const asked = options.everyFile ? uses : uses.filter((use) => !isHandedToRepository(model, file, use));
  // Shared code that shapes the queries that it is handed, and runs none, helps the repositories.
  if (!options.everyFile && layer === "shared" && uses.every((use) => use.local && use.package !== "SQL text") && model.dataAccess.of(file).every(({ executed, execution }) => !executed && execution === "explicit")) return;
  // Filters and pages of builders that others made and run: `this.builder.take(limit).skip(offset)`.
  if (!options.everyFile && uses.every((use) => use.package !== "SQL text" && /^(?:this\.)?\w*(?:builder|qb)(?:or\w*)?\b/i.test(use.receiver)) && model.dataAccess.of(file).every(({ executed, execution }) => !executed && execution === "explicit")) return;
  for (const use of asked) if (options.everyFile || layer !== "domain" || !imports(model, file, use.package)) yield findingAt(model, file, use.span, "use", { layer, receiver: use.receiver, package: use.package }, { cause: use.package });
}

/** `OrderRepository.create(manager.getRepository(Order))`: what a handle gives goes to a repository of the project, which works in the transaction of its service. */
function isHandedToRepository(model: ProjectModel, file: string, { span, target }: StoreUse): boolean {
  const { parentOf } = model.values.index(file);
  let made = parentOf(target);
  while (made && !within(span, made.span)) made = parentOf(made);
  const taker = made && parentOf(made);
  if (!made || !taker || !("kind" in made) || made.kind !== "call" || !("kind" in taker) || (taker.kind !== "call" && taker.kind !== "new") || taker.callee === made) return false;
  return model.values.of(file, taker).some((value) => value.kind === "instance" && value.file !== file && model.layerOf(value.file).layer === "repository");
}

/** Whether a file imports more of a package than names that reach nothing: a domain that does is what pure-domain reports. */
function imports(model: ProjectModel, file: string, name: string): boolean {
  return model.edgesFrom(file).some(({ target, names }) => target.kind === "package" && target.package === name && names.some(({ kind, declaration }) => kind === "runtime" && declaration.kind === "package" && !isHarmless({ package: name, subpath: target.subpath, path: declaration.path })));
}

/** Whether a file is of a layer that leaves the database to a repository layer, which there is. */
function isConfined(model: ProjectModel, file: string, { readModels }: Options): boolean {
  const { layer } = model.layerOf(file);
  if (layer === undefined || !confined.has(layer) || readModels.some((folder) => file.startsWith(`${folder}/`))) return false;
  const accepted = acceptedPersistence(model, file);
  if (layer === "service" && (accepted === "services" || accepted === "active-record")) return false;
  if (layer === "domain" && accepted === "active-record") return false;
  // Without a repository layer the one finding is missing-layer's; a library's is the application's that uses it.
  return accepted !== undefined || hasRepositoryLayer(model, file);
}
