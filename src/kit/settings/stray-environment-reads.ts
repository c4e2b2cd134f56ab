import { oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf, joinPath } from "../../base/paths.js";
import { type Span, within } from "../../base/position.js";
import { splitWords } from "../../base/words.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBackendCode, rendersAlone } from "../project/backend-files.js";
import { isPublicKey } from "./env-files.js";
import { takesSettings } from "./checked-reads.js";
import { type EnvironmentRead, environmentReads } from "../project/environment.js";
import { isSettingsModule, settingsLoads } from "./settings-modules.js";
import { checksAtStart } from "./presence-checks.js";
import { givenKeys, listenKeys } from "./system-keys.js";

/** The reads of keys of the environment in a file that is neither settings nor loads them, in source order; asked once for each file. */
export const strayEnvironmentReads = oncePerPart((model: ProjectModel, file: string): readonly EnvironmentRead[] => (mayRead(model, file) ? [] : environmentReads(model, file).filter((read) => !read.whole && !isSetByTools(read) && !isGivenToLoader(model, file, read) && !isOfPageServer(model, file, read) && !isOwnDefault(model, file, read))));

/** Whether a file may read the environment: it is no backend code, belongs to the settings, checks by hand what its program needs, or does nothing but load. */
export function mayRead(model: ProjectModel, file: string): boolean {
  if (!isBackendCode(model, file) || rendersAlone(model, model.packageOf(file)) || isSettingsFile(model, file) || isLoader(file) || instrumentation.test(baseName(file)) || isForCommandLine(model, file) || startsTracing(model, file) || describesInfrastructure(model, file) || checksAtStart(model, file)) return true;
  return isSettingsModule(model, file);
}

/** What a program begins with, by its name. */
export const starters = /^(?:index|main|server|app|worker|bot)\.[cm]?[jt]s$/i;

/** Whether a file may load the environment from a file: it starts the application, as one does that nothing imports, or the command line of an ORM is given it. */
export function mayLoad(model: ProjectModel, file: string): boolean {
  const { layer } = model.layerOf(file);
  const { folder } = model.packageOf(file);
  const isAtTop = folderOf(file) === folder || folderOf(file) === joinPath(folder, "src");
  // `setup-store.ts`, `queue/worker.ts`: nothing imports it, and it makes use of the project.
  // So is a function that Lambda calls by its name: `export const handler = …`.
  const isProgram = model.edgesTo(file).length === 0 && model.facts(file).exports.every(({ name, span }) => name === "handler" || (name === "export=" && /^module\.exports\s*=\s*\{\s*handler\s*,?\s*\}/.test((model.text(file) ?? "").slice(...span)))) && model.edgesFrom(file).some(({ target }) => target.kind === "file");
  return layer === "composition" || isProgram || (isAtTop && starters.test(baseName(file))) || isAboutSettings(file) || holdsDataSource(model, file) || ((layer === undefined || layer === "shared") && model.edgesTo(file).every(({ from }) => !isBackendCode(model, from)));
}

/** A module that is called after what it loads: `configImporter.js`, `setup-env.ts`. */
function isAboutSettings(file: string): boolean {
  return splitWords(baseName(file)).some((word) => /^(?:env|environment|config|configuration|settings)$/.test(word));
}

/** A module that does nothing but load the environment, for settings to import: `dotenv.ts`, `load-env.ts`. */
function isLoader(file: string): boolean {
  return /^(?:load[-.]?)?dot-?env\.|^load[-.]?env\./i.test(baseName(file));
}

/** What gives settings, the settings of one environment, and what they are copied from: `config.module.ts`, `config.provider.js`, `config.default.js`, `config.template.js`. */
const settingsName = /^(?:[\w-]{1,60}[.-])?(?:env|environment|config|configuration|settings)[.-](?:module|provider|factory|loader|default|template|example|sample|base|common|dev|development|local|test|testing|stag(?:e|ing)|prod|production)\.[cm]?[jt]s$/i;

/** What is loaded before everything else, settings too, as Next, OpenTelemetry and Sentry call it. */
const instrumentation = /^instrument(?:ation)?(?:[-.]\w+)?\.[cm]?[jt]s$/;

/** A file that is called as settings are, whatever is in front: `Config.ts`, `acme-config`. */
const calledSettings = /^(?:[\w.]+[-_])?(?:env|environment|config|configuration|settings)$/i;

/** A folder that holds the service of a project which gives it its settings: `config-service/`. */
const settingsFolder = /(?:^|\/)(?:config|configuration|settings)[-_](?:service|provider|loader|manager)\//i;

/** Whether a file is of the settings: by its layer, its name, the library of the workspace that it is part of (`packages/env`, `libs/acme-config`), or since only settings ask it. */
export function isSettingsFile(model: ProjectModel, file: string): boolean {
  return isCalledSettings(model, file) || readsForSettings(model, file);
}

/** A helper that reads the keys it is given (`get(key)`), which nothing but settings imports. */
function readsForSettings(model: ProjectModel, file: string): boolean {
  const reads = environmentReads(model, file);
  if (reads.length === 0 || reads.some(({ keys, whole }) => whole || keys !== undefined)) return false;
  const users = usersOf(model, file).filter((from) => isBackendCode(model, from));
  return users.length > 0 && users.every((from) => isCalledSettings(model, from));
}

function isCalledSettings(model: ProjectModel, file: string): boolean {
  if (model.layerOf(file).layer === "settings") return true;
  const name = baseName(file);
  if (settingsFolder.test(file)) return true;
  // `getEnv.ts`, `EnvironmentVariablesProvider.ts`
  if (splitWords(name).some((word) => /^(?:env|environment)$/.test(word))) return true;
  const { folder, kind } = model.packageOf(file);
  const library = folder !== "" && (kind === "library" ? calledSettings : /^(?:env|environment|config|configuration|settings)$/).test(baseName(folder));
  return library || settingsName.test(name) || /^(?:env|environment|config|configuration|settings)\.[cm]?[jt]s$/i.test(name);
}

/** What starts OpenTelemetry before anything else is loaded, settings too, whatever it is called. */
function startsTracing(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target }) => target.kind === "package" && /^@opentelemetry\/sdk-(?:node|trace-node)$/.test(target.package));
}

/** A program that tells a cloud what to set up, or a part of one that nothing else uses: what it needs, it is given where it is called. */
function describesInfrastructure(model: ProjectModel, file: string): boolean {
  const users = model.edgesTo(file);
  return usesMakerOfInfrastructure(model, file) || (users.length > 0 && users.every(({ from }) => usesMakerOfInfrastructure(model, from)));
}

function usesMakerOfInfrastructure(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target }) => target.kind === "package" && /^(?:aws-cdk-lib|@aws-cdk\/.+|constructs|cdktf|@cdktf\/.+|@pulumi\/.+|sst)$/.test(target.package));
}

/** A data source that nothing of the application uses: only the command line of TypeORM or MikroORM is given it, where no settings are loaded. */
function isForCommandLine(model: ProjectModel, file: string): boolean {
  return holdsDataSource(model, file) && !usersOf(model, file).some((from) => isBackendCode(model, from));
}

/** The files that import something of a file, straight or through files that only hand it on. */
function usersOf(model: ProjectModel, file: string, at = file, depth = 0): readonly string[] {
  return model.edgesTo(at).flatMap(({ from, fact, names }) => {
    if (at !== file && names.length > 0 && !names.some(({ declaration }) => "file" in declaration && declaration.file === file)) return [];
    return fact.form.startsWith("export") && depth < 4 ? usersOf(model, file, from, depth + 1) : [from];
  });
}

/** Whether a file exports what the command line of an ORM is given: `export default new DataSource({ … })`. It has to load the environment itself. */
function holdsDataSource(model: ProjectModel, file: string): boolean {
  return model.facts(file).exports.length > 0 && model.values.index(file).calls.some(({ node: { callee } }) => model.values.of(file, callee).some((value) => value.kind === "external" && /^(?:typeorm|@mikro-orm\/.+)$/.test(value.provenance.package) && value.provenance.path.some((step) => /^(?:DataSource|defineConfig)$/.test(step))));
}

/** `ConfigModule.forRoot({ envFilePath: `.env.${process.env.NODE_ENV}` })`, `dotenv.config({ path: process.env.ENV_FILE })`, `registerAs("store", () => ({ host: process.env.STORE_HOST }))`: what a call that loads or registers settings is given; that it checks nothing is the business of validated-settings. */
function isGivenToLoader(model: ProjectModel, file: string, { node }: EnvironmentRead): boolean {
  return settingsLoads(model, file).some((span) => within(node.span, span)) || model.values.index(file).calls.some(({ node: call }) => within(node.span, call.span) && takesSettings(model, file, call.callee, ["load", "register"]));
}

/** Keys that a bundler replaces by their text, and those that the shell or npm sets by itself. */
function isSetByTools({ keys }: EnvironmentRead): boolean {
  return keys !== undefined && keys.length > 0 && keys.every((key) => isPublicKey(key) || key === "NEXT_RUNTIME" || givenKeys.test(key));
}

/** Where the file that Angular makes to answer with pages listens. */
function isOfPageServer(model: ProjectModel, file: string, { keys }: EnvironmentRead): boolean {
  return keys !== undefined && keys.every((key) => listenKeys.test(key)) && model.edgesFrom(file).some(({ target }) => target.kind === "package" && /^(?:@angular\/(?:ssr|platform-server)|@nguniversal\/.+)$/.test(target.package));
}

/** `process.env.NODE_ENV = process.env.NODE_ENV || "development"`: what is not set is set before anything reads it. */
function isOwnDefault(model: ProjectModel, file: string, { node, keys }: EnvironmentRead): boolean {
  const index = model.values.index(file);
  let at = index.parentOf(node);
  while (at && "kind" in at && at.kind === "binary") at = index.parentOf(at);
  return at !== undefined && "kind" in at && at.kind === "assign" && at.target.kind === "member" && at.target.property === keys?.join();
}

/** Whether what stands at `span` is a read, or part of one. */
export function isOfRead(span: Span, { node }: EnvironmentRead): boolean {
  return within(span, node.span);
}
