import { baseName, folderOf, isWithin, joinPath } from "../../../base/paths.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, ObjectExpression } from "../../../facts/syntax.js";
import { computedFolder } from "../../values/computed.js";
import type { ProjectModel } from "../../project-model.js";
import { matched } from "../../values/pure-methods.js";
import { isKept } from "../../values/listed-files.js";
import type { Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";

/** A file that `@fastify/autoload` registers, the prefix it gets, and the `autohooks` files whose hooks hold for it. */
export interface AutoloadedPlugin {
  readonly file: string;
  readonly prefix: string;
  readonly hooks: readonly string[];
  /** It runs in the scope of what loads it, and gets the prefix as an option alone: `encapsulate: false`. */
  readonly lifted: boolean;
}

const indexFile = /^index(?:\.|-)?(?:[^.]*\.)?[cm]?[jt]s$/;
const hooksFile = /^[_.]?auto_?hooks\.[cm]?[jt]s$/i;

/**
 * The files behind `register(autoload, { dir })`: folder names become prefixes and file names do not; a folder with an
 * index file loads that alone and then its folders (as @fastify/autoload 6 does). "unknown" if the folder is not constant.
 * `prefixOf` tells what a prefix is that is no constant.
 */
export function autoloadedPlugins(model: ProjectModel, operation: Operation, prefixOf: (file: string, node: Expression) => string | undefined): readonly AutoloadedPlugin[] | "unknown" {
  const [plugin, options] = operation.call.arguments;
  if (!plugin || !options) return [];
  const isAutoload = model.values.of(operation.file, plugin).some((value) => value.kind === "external" && /^(@fastify\/autoload|fastify-autoload)$/.test(value.provenance.package));
  if (!isAutoload) return [];
  const settings = model.values.of(operation.file, options).find((value) => value.kind === "object");
  if (settings?.kind !== "object") return "unknown";
  const dir = propertyOf(settings.node, "dir");
  const folder = dir && computedFolder(model, settings.file, dir);
  if (folder === undefined) return "unknown";
  const flag = (name: string): boolean | undefined => {
    const node = propertyOf(settings.node, name);
    return node?.kind === "literal" && typeof node.value === "boolean" ? node.value : undefined;
  };
  const inner = propertyOf(settings.node, "options");
  const given = inner?.kind === "object" ? propertyOf(inner, "prefix") : undefined;
  const base = (given && prefixOf(settings.file, given)) ?? "";
  const depth = propertyOf(settings.node, "maxDepth");
  const rules = {
    names: flag("dirNameRoutePrefix") !== false,
    parameters: flag("routeParams") === true,
    hooks: flag("autoHooks") === true,
    cascade: flag("cascadeHooks") === true,
    lifted: flag("encapsulate") === false,
    maxDepth: depth?.kind === "literal" && typeof depth.value === "number" ? depth.value : Infinity,
    loads: (file: string) => !isSwitchedOff(model, file) && isLoaded(model, { file: settings.file, node: settings.node }, file.slice(folder.length)),
  };
  return readFolder(model, folder, "", [], base, rules);
}

/** `export const autoload = false` */
function isSwitchedOff(model: ProjectModel, file: string): boolean {
  return model.values.ofExport(file, "autoload").some((value) => value.kind === "constant" && value.value === false);
}

interface Rules {
  readonly names: boolean;
  readonly parameters: boolean;
  readonly hooks: boolean;
  readonly cascade: boolean;
  readonly lifted: boolean;
  readonly maxDepth: number;
  loads(file: string): boolean;
}

/** Whether the filters of an autoload let a path below its folder pass; what they say of it is taken for yes where it cannot be told. */
function isLoaded(model: ProjectModel, { file, node }: { readonly file: string; readonly node: ObjectExpression }, path: string): boolean {
  const passes = (name: string, given: string): boolean | undefined => {
    const filter = propertyOf(node, name);
    if (!filter) return undefined;
    if (filter.kind === "regex") return matched(given, filter) !== false;
    if (filter.kind === "function") return isKept(model, file, filter, { file, node: { kind: "literal", span: filter.span, value: given } });
    const text = model.values.text(file, filter);
    return text === undefined || given.includes(text);
  };
  const isIgnored = (name: string, given: string): boolean => propertyOf(node, name)?.kind !== "function" && passes(name, given) === true;
  return passes("matchFilter", path) !== false && !isIgnored("ignoreFilter", path) && !isIgnored("ignorePattern", baseName(path));
}

function readFolder(model: ProjectModel, folder: string, prefix: string, inherited: readonly string[], base: string, rules: Rules, depth = 0): AutoloadedPlugin[] {
  const inside = model.files.filter((file) => isWithin(folder, file));
  const direct = inside.filter((file) => folderOf(file) === folder && !/\.(test|spec)\.|\.d\.[cm]?ts$/.test(file));
  const ownHooks = rules.hooks ? direct.filter((file) => hooksFile.test(baseName(file))) : [];
  const hooks = [...inherited, ...ownHooks];
  const index = direct.find((file) => indexFile.test(baseName(file)));
  const files = (index === undefined ? direct.filter((file) => !hooksFile.test(baseName(file))) : [index]).filter((file) => rules.loads(file));
  const plugins = files.map((file) => ({ file, prefix: prefixOf(model, file, prefix, base), hooks, lifted: rules.lifted }));
  if (depth >= rules.maxDepth) return plugins;
  const folders = [...new Set(inside.filter((file) => folderOf(file) !== folder).map((file) => file.slice(folder === "" ? 0 : folder.length + 1).split("/")[0] ?? ""))].filter((name) => name !== "node_modules");
  return [...plugins, ...folders.flatMap((name) => readFolder(model, joinPath(folder, name), rules.names ? joinRoutePath(prefix, segmentOf(name, rules)) : prefix, rules.cascade ? hooks : [], base, rules, depth + 1))];
}

/** `_id` names a parameter when `routeParams` is set. */
function segmentOf(name: string, rules: Rules): string {
  return rules.parameters && name.startsWith("_") ? name.replace(/^__?/, ":") : name;
}

/** The prefix of a file: that of its folder, with what the file says in place of the folder's name or of all of it. */
function prefixOf(model: ProjectModel, file: string, ofFolder: string, base: string): string {
  const override = exportedText(model, file, "prefixOverride");
  if (override !== undefined) return joinRoutePath(override);
  const own = exportedText(model, file, "autoPrefix");
  return joinRoutePath(base, own === undefined ? ofFolder : joinRoutePath(ofFolder.slice(0, ofFolder.lastIndexOf("/")), own));
}

function exportedText(model: ProjectModel, file: string, name: string): string | undefined {
  const [value] = model.values.ofExport(file, name);
  return value?.kind === "constant" && typeof value.value === "string" ? value.value : undefined;
}
