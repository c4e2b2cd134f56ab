import { inFilesOf } from "../../base/gathered.js";
import { oncePerPart } from "../../base/once-per.js";
import { type ApiValue, type ArgumentPath, describe } from "../../catalogue/index.js";
import { type Span, within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { ExternalValue } from "../../model/values/value.js";
import { isBackendCode, rendersAlone } from "../project/backend-files.js";
import { type EnvironmentRead, environmentReads } from "../project/environment.js";
import { type SettingsKey, settingsKeys } from "./settings-keys.js";

/** A call that puts the environment through a schema. */
export interface SettingsModule {
  readonly file: string;
  readonly span: Span;
  /** The package of the schema. */
  readonly library: string;
  /** Undefined where the schema cannot be read whole. */
  readonly keys: readonly SettingsKey[] | undefined;
  /** The option that switches the check off, if it does. */
  readonly skipped: Expression | undefined;
  /** The call whose verdict nothing in its file asks for. */
  readonly ignored?: Span;
}

/** What an application does with its settings. */
export interface SettingsUse {
  readonly modules: readonly SettingsModule[];
  /** Calls that load or register settings and check nothing. */
  readonly unchecked: readonly { readonly file: string; readonly span: Span; readonly library: string }[];
  /** The files that read the environment. */
  readonly reads: ReadonlyMap<string, readonly EnvironmentRead[]>;
}

/** What one file does with settings. */
interface SettingsPart extends Pick<SettingsUse, "modules" | "unchecked"> {
  readonly reads: readonly EnvironmentRead[];
}

const nothing: SettingsPart = { modules: [], unchecked: [], reads: [] };

/** The settings of the package that a file belongs to; asked once for each package. */
export const settingsOf = oncePerPart((model: ProjectModel, unit: PackageUnit): SettingsUse => {
  const parts = partsOf(model, unit);
  const modules = parts.flatMap((part) => part.modules);
  // One call of a library that checks later, such as convict, makes up for another that only registers.
  const checked = new Set(modules.map(({ library }) => library));
  const unchecked = parts.flatMap((part) => part.unchecked.filter(({ library }) => !checked.has(library)));
  return { modules, unchecked, reads: new Map(parts.flatMap(({ file, reads }) => (reads.length > 0 ? [[file, reads] as const] : []))) };
});

const partsOf = inFilesOf((model: ProjectModel, file) => {
  const part = settingsIn(model, file);
  return part.modules.length > 0 || part.unchecked.length > 0 || part.reads.length > 0 ? [{ file, ...part }] : [];
});

/** Whether a file puts the environment through a schema. */
export function isSettingsModule(model: ProjectModel, file: string): boolean {
  return settingsIn(model, file).modules.length > 0;
}

/** The calls of a file that load or register settings and check nothing. */
export function settingsLoads(model: ProjectModel, file: string): readonly Span[] {
  return settingsIn(model, file).unchecked.map(({ span }) => span);
}

const settingsIn = oncePerPart((model: ProjectModel, file: string): SettingsPart => {
  if (file.endsWith(".d.ts") || !isBackendCode(model, file) || rendersAlone(model, model.packageOf(file))) return nothing;
  const reads = environmentReads(model, file);
  const plugin = exportedPlugin(model, file);
  const modules = plugin ? [plugin] : [];
  const unchecked: SettingsUse["unchecked"][number][] = [];
  for (const { node } of model.values.index(file).calls) {
    const use = useAt(model, file, node, reads);
    if (use?.kind === "module") modules.push(use.module);
    else if (use) unchecked.push({ file, span: node.span, library: use.library });
  }
  return { modules, unchecked, reads };
});

type Use = { readonly kind: "module"; readonly module: SettingsModule } | { readonly kind: "unchecked"; readonly library: string };

function useAt(model: ProjectModel, file: string, node: CallExpression | NewExpression, reads: readonly EnvironmentRead[]): Use | undefined {
  const plugin = registeredPlugin(model, file, node);
  if (plugin) return plugin;
  for (const callee of model.values.of(file, node.callee)) {
    if (callee.kind === "external") {
      const api = describe(callee.provenance);
      const use = api && ofLibrary(model, file, node, callee, api, reads);
      if (use) return use;
    }
    if (callee.kind === "function" && node.arguments.some((argument) => holdsEnvironment(model, file, argument, reads)) && checks(model, callee.file, callee.node.body ?? [])) {
      const schema = node.arguments.find((argument) => !holdsEnvironment(model, file, argument, reads));
      return { kind: "module", module: { file, span: node.span, library: "project", keys: schema && settingsKeys(model, file, schema), skipped: undefined } };
    }
  }
  return isUnknownCheck(model, file, node, reads) ? { kind: "module", module: { file, span: node.span, library: "unknown", keys: undefined, skipped: undefined } } : undefined;
}

/** A function that is not known, called as one that checks is, and given the whole environment. */
function isUnknownCheck(model: ProjectModel, file: string, { callee, arguments: given }: CallExpression | NewExpression, reads: readonly EnvironmentRead[]): boolean {
  const name = lastName(callee);
  if (!/^(parse|assert|validate|check|decode|cast|create|coerce|load|define|make)|(env|environment|config|settings)$/i.test(name)) return false;
  const { sources } = model.values.index(file);
  const isWhole = (node: Expression | undefined): boolean => node !== undefined && reads.some((read) => read.whole && read.node.span[0] === node.span[0] && read.node.span[1] === node.span[1]);
  // `load(definition, { source: env })` of a parameter `env = process.env`.
  const isHandedOn = (node: Expression): boolean => {
    const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
    return isWhole(node) || (source?.kind === "parameter" && isWhole(source.default));
  };
  const parts = given.flatMap((argument) => (argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" ? [member.value] : [])) : [argument]));
  if (!parts.some(isHandedOn)) return false;
  return model.values.of(file, callee).every((value) => value.kind === "external" && describe(value.provenance) === undefined);
}

/** A file whose default export is a plugin that checks the environment, which a loader of plugins registers: `export default fastifyEnv`. */
function exportedPlugin(model: ProjectModel, file: string): SettingsModule | undefined {
  const { body, defaultExport } = model.facts(file);
  const exported = defaultExport === undefined ? undefined : body[defaultExport];
  if (exported?.kind !== "expression") return undefined;
  for (const value of model.values.of(file, exported.value)) {
    if (value.kind === "external" && value.site === undefined && describe(value.provenance)?.settings?.does === "validate") return { file, span: exported.span, library: value.provenance.package, keys: undefined, skipped: undefined };
  }
  return undefined;
}

/** `app.register(fastifyEnv, { schema })` */
function registeredPlugin(model: ProjectModel, file: string, node: CallExpression | NewExpression): Use | undefined {
  const [plugin, options] = node.arguments;
  if (!plugin || !options || node.callee.kind !== "member" || node.callee.property !== "register") return undefined;
  for (const value of model.values.of(file, plugin)) {
    if (value.kind !== "external" || describe(value.provenance)?.settings?.does !== "validate") continue;
    const [schema] = model.values.argumentsAt(file, node, ["1.schema"]);
    return { kind: "module", module: { file, span: node.span, library: value.provenance.package, keys: schema && settingsKeys(model, file, schema), skipped: undefined } };
  }
  return undefined;
}

/** Whether env-var is asked to throw for a variable that is not set, or has a default for it: `get("PORT").required().asString()`. */
function isDemanded(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at && "kind" in at && (at.kind === "member" || at.kind === "call"); at = index.parentOf(at)) if (at.kind === "member" && /^(required|default)$/.test(at.property)) return true;
  return lastName(node.callee) === "default";
}

function ofLibrary(model: ProjectModel, file: string, node: CallExpression | NewExpression, callee: ExternalValue, api: ApiValue, reads: readonly EnvironmentRead[]): Use | undefined {
  const { package: library } = callee.provenance;
  const keysOf = (schemas: readonly (Expression | undefined)[]): readonly SettingsKey[] | undefined => joined(schemas.flatMap((schema) => (schema ? [settingsKeys(model, file, schema)] : [])));
  const module = (schema: Expression | undefined, skipped?: Expression, ignored?: Span): Use => ({ kind: "module", module: { file, span: node.span, library, keys: schema && keysOf([schema]), skipped, ...(ignored && { ignored }) } });
  const at = (path: ArgumentPath | undefined): Expression | undefined => (path === undefined ? undefined : model.values.argumentsAt(file, node, [path])[0]);
  if (library === "@nestjs/config") return api.settings?.does === "validate" ? ofNest(model, file, node, module) : undefined;
  if (api.settings?.does === "validate") {
    const skipped = api.settings.skippedWhen?.map(at).find((value) => value !== undefined && !isFalse(value));
    // T3 keeps what browsers see, and what both see, apart.
    if (library.startsWith("@t3-oss/")) return { kind: "module", module: { file, span: node.span, library, keys: at("0.extends") ? undefined : keysOf([at("0.server"), at("0.client"), at("0.shared")]), skipped } };
    // convict takes its schema when it is made.
    return module(at(api.settings.schema) ?? (callee.site?.file === file ? callee.site.node.arguments[0] : undefined), skipped);
  }
  if (library === "convict" && api.settings?.does === "register") return { kind: "unchecked", library };
  if (library === "env-var" && api.settings?.does === "read") return isDemanded(model, file, node) ? module(undefined) : { kind: "unchecked", library };
  if (api.validation && api.validation.failure !== "none") {
    const input = at(api.validation.input);
    // The service has the keys under names of its own.
    if (input && isOfService(model, file, input)) return { kind: "module", module: { file, span: node.span, library, keys: undefined, skipped: undefined } };
    if (!input || !holdsEnvironment(model, file, input, reads)) return undefined;
    const schema = api.validation.schema === undefined ? (instanceClass(model, file, input) ?? (node.callee.kind === "member" ? node.callee.object : undefined)) : api.validation.schema === "type-argument" ? undefined : at(api.validation.schema);
    const { failure } = api.validation;
    const isAsked = (failure !== "result" && failure !== "boolean") || asksVerdict(model, file, node);
    const use = module(schema, undefined, isAsked ? undefined : node.span);
    const built = objectBehind(model, file, input);
    return use.kind === "module" && use.module.keys && built ? { kind: "module", module: { ...use.module, keys: environmentKeys(model, file, built, { keys: use.module.keys, reads }) } } : use;
  }
  return undefined;
}

/** The object that a check is given, written where it is given or in a variable. */
function objectBehind(model: ProjectModel, file: string, node: Expression): ObjectExpression | undefined {
  if (node.kind === "object") return node;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "object" ? source.value : undefined;
}

/** The keys of the environment behind the keys of a schema for an object that is made from them: `schema.validate({ port: process.env.APP_PORT })`. */
function environmentKeys(model: ProjectModel, file: string, { members }: ObjectExpression, { keys, reads }: { readonly keys: readonly SettingsKey[]; readonly reads: readonly EnvironmentRead[] }): readonly SettingsKey[] {
  // Where the environment is copied, its keys are those of the schema.
  if (members.some((member) => member.kind === "spread")) return keys;
  return members.flatMap((member): readonly SettingsKey[] => {
    const key = member.kind === "property" ? keys.find(({ name }) => name === member.key) : undefined;
    if (member.kind !== "property" || !key) return [];
    const made = objectBehind(model, file, member.value);
    const value = made ?? member.value;
    // A part of its own, or one with a default, may lack what it reads.
    const required = key.required && made === undefined && !someNode([value], (node) => node.kind === "conditional" || (node.kind === "binary" && /^(?:\|\||\?\?)$/.test(node.operator)));
    const read = reads.filter(({ node }) => within(node.span, value.span)).flatMap(({ keys: names = [] }) => names);
    return read.map((name) => (name === key.name && required === key.required ? key : { ...key, name, required, secret: secretNameOf(name) !== undefined }));
  });
}

/** `Env` of `validateSync(env)` with `const env = plainToInstance(Env, process.env)`. */
function instanceClass(model: ProjectModel, file: string, input: Expression): Expression | undefined {
  const source = input.kind === "name" && input.binding !== undefined ? model.values.index(file).sources[input.binding] : undefined;
  const made = source?.kind === "value" && source.path.length === 0 ? source.value : input;
  const [type] = made?.kind === "call" ? made.arguments : [];
  return type && model.values.of(file, type).some((value) => value.kind === "class") ? type : undefined;
}

function joined(lists: readonly (readonly SettingsKey[] | undefined)[]): readonly SettingsKey[] | undefined {
  return lists.length === 0 || lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

const verdicts = new Set(["success", "error", "errors", "issues", "failure", "ok", "valid", "summary", "length"]);

/** Whether a file asks what became of a check: it reads a verdict, tests the result, or hands it on. */
function asksVerdict(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const index = model.values.index(file);
  const parent = index.parentOf(call);
  // What a statement throws away nobody can ask.
  if (parent !== undefined && "kind" in parent && parent.kind === "expression") return false;
  const kept = parent !== undefined && "kind" in parent && (parent.kind === "variable" || parent.kind === "member");
  if (!kept) return true;
  const binding = parent.kind === "variable" ? parent.declarators.flatMap(({ target, value }) => (value === call && target.kind === "binding" ? [target.binding] : []))[0] : undefined;
  const isHeld = (node: Expression | undefined): boolean => binding !== undefined && node?.kind === "name" && node.binding === binding;
  let asked = false;
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return !asked;
    if (node.kind === "member") asked ||= verdicts.has(node.property);
    // `pipe(result, getOrElse(stop))`, `return result`: whoever is given it may ask.
    if (node.kind === "call") asked ||= node.arguments.some(isHeld);
    if (node.kind === "return") asked ||= isHeld(node.value);
    if (node.kind === "object-pattern") asked ||= node.properties.some(({ key }) => key !== undefined && verdicts.has(key));
    if (node.kind === "if" || node.kind === "conditional") asked ||= parent.kind === "variable" && node.test.kind !== "member";
    return !asked;
  });
  return asked;
}

/** `ConfigModule.forRoot({ validationSchema })` and `({ validate })` check; without either it only loads. Options that are put together elsewhere may hold them. */
function ofNest(model: ProjectModel, file: string, node: CallExpression | NewExpression, module: (schema: Expression | undefined) => Use): Use {
  const [options] = node.arguments;
  const [validate, schema] = (["0.validate", "0.validationSchema"] as const).map((path) => model.values.argumentsAt(file, node, [path]).find((value) => value !== options));
  if (schema) return module(schema);
  const isWritten = options === undefined || options.kind === "object" || model.values.of(file, options).some((value) => value.kind === "object" && value.node.members.every((member) => member.kind === "property" && !/^validat/.test(member.key)));
  if (validate) return { kind: "module", module: { file, span: node.span, library: "@nestjs/config", keys: validatedKeys(model, file, validate), skipped: undefined } };
  return isWritten ? { kind: "unchecked", library: "@nestjs/config" } : module(undefined);
}

/** The keys of the schema that a function puts its parameter through: `validate: (raw) => schema.parse(raw)`. */
function validatedKeys(model: ProjectModel, file: string, validate: Expression): readonly SettingsKey[] | undefined {
  const [checking, ...others] = model.values.of(file, validate);
  if (checking?.kind !== "function" || others.length > 0) return undefined;
  const { file: at, node } = checking;
  for (const { node: call, in: context } of model.values.index(at).calls) {
    if (context?.node !== node) continue;
    for (const callee of model.values.of(at, call.callee)) {
      const validation = callee.kind === "external" ? describe(callee.provenance)?.validation : undefined;
      const input = validation && model.values.argumentsAt(at, call, [validation.input])[0];
      if (!validation || !input || validation.failure === "none") continue;
      const schema = validation.schema === undefined ? (instanceClass(model, at, input) ?? (call.callee.kind === "member" ? call.callee.object : undefined)) : validation.schema === "type-argument" ? undefined : model.values.argumentsAt(at, call, [validation.schema])[0];
      return schema && settingsKeys(model, at, schema);
    }
  }
  return undefined;
}

function isFalse(node: Expression): boolean {
  return node.kind === "literal" && (node.value === false || node.value === null);
}

/** Whether a value is made from the environment: it is it, a copy of it, or an object of its keys. */
function holdsEnvironment(model: ProjectModel, file: string, node: Expression, reads: readonly EnvironmentRead[]): boolean {
  const isMade = (value: Expression): boolean => {
    const reading = ({ span }: { readonly span: Span }): boolean => reads.some((read) => within(read.node.span, span));
    // An answer to a request may have an address from the environment among its fields.
    if (value.kind === "object") return value.members.filter(reading).length * 2 > value.members.length;
    return reading(value);
  };
  if (isMade(node)) return true;
  // `{ STAGE: "dev", ...source }`
  if (node.kind === "object") return node.members.some((member) => member.kind === "spread" && holdsEnvironment(model, file, member.value, reads));
  if (node.kind !== "name" || node.binding === undefined) return false;
  const source = model.values.index(file).sources[node.binding];
  // `function load(source = process.env)`
  const held = source?.kind === "value" ? source.value : source?.kind === "parameter" && source.path.length === 0 ? source.default : undefined;
  return held !== undefined && (isMade(held) || isAlias(held));
}

/** `{ PORT: config.get("PORT") }`: what Nest's service gives, key by key. */
function isOfService(model: ProjectModel, file: string, node: Expression): boolean {
  const made = objectBehind(model, file, node);
  const values = made?.members.flatMap((member) => (member.kind === "property" ? [member.value] : [])) ?? [];
  const isRead = (value: Expression): boolean => value.kind === "call" && value.callee.kind === "member" && /^get(?:OrThrow)?$/.test(value.callee.property) && model.values.of(file, value.callee.object).some((held) => held.kind === "external" && held.provenance.package === "@nestjs/config");
  return values.length > 0 && values.filter(isRead).length * 2 > values.length;
}

/** `const environment = process.env`, which is no read by itself. */
function isAlias(node: Expression): boolean {
  return node.kind === "member" && node.property === "env";
}

/** Whether the body of a function puts something through a schema. */
function checks(model: ProjectModel, file: string, body: Parameters<typeof walkAll>[0]): boolean {
  return someNode(body, (node) => node.kind === "call" && model.values.of(file, node.callee).some((callee) => callee.kind === "external" && (describe(callee.provenance)?.validation?.failure ?? "none") !== "none"));
}
