import { baseName, folderOf, isWithin, joinPath } from "../../../base/paths.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";

/** A file that `@fastify/autoload` registers, the prefix it gets, and the `autohooks` files whose hooks hold for it. */
export interface AutoloadedPlugin {
  readonly file: string;
  readonly prefix: string;
  readonly hooks: readonly string[];
}

const indexFile = /^index(?:\.|-)?(?:[^.]*\.)?[cm]?[jt]s$/;
const hooksFile = /^[_.]?auto_?hooks\.[cm]?[jt]s$/i;

/**
 * The files behind `register(autoload, { dir })`: folder names become prefixes and file names do not; a folder with an
 * index file loads that alone and then its folders (as @fastify/autoload 6 does). "unknown" if the folder is not constant.
 */
export function autoloadedPlugins(model: ProjectModel, operation: Operation): readonly AutoloadedPlugin[] | "unknown" {
  const [plugin, options] = operation.call.arguments;
  if (!plugin || !options) return [];
  const isAutoload = model.values.of(operation.file, plugin).some((value) => value.kind === "external" && /^(@fastify\/autoload|fastify-autoload)$/.test(value.provenance.package));
  if (!isAutoload) return [];
  const settings = model.values.of(operation.file, options).find((value) => value.kind === "object");
  if (settings?.kind !== "object") return "unknown";
  const dir = propertyOf(settings.node, "dir");
  const folder = dir && foldFolder(model, settings.file, dir);
  if (folder === undefined) return "unknown";
  const flag = (name: string): boolean | undefined => {
    const node = propertyOf(settings.node, name);
    return node?.kind === "literal" && typeof node.value === "boolean" ? node.value : undefined;
  };
  const inner = propertyOf(settings.node, "options");
  const base = inner?.kind === "object" ? textOf(model, settings.file, propertyOf(inner, "prefix")) : "";
  const rules = { names: flag("dirNameRoutePrefix") !== false, parameters: flag("routeParams") === true, hooks: flag("autoHooks") === true, cascade: flag("cascadeHooks") === true };
  return readFolder(model, folder, "", [], base, rules);
}

interface Rules {
  readonly names: boolean;
  readonly parameters: boolean;
  readonly hooks: boolean;
  readonly cascade: boolean;
}

function readFolder(model: ProjectModel, folder: string, prefix: string, inherited: readonly string[], base: string, rules: Rules): AutoloadedPlugin[] {
  const inside = model.files.filter((file) => isWithin(folder, file));
  const direct = inside.filter((file) => folderOf(file) === folder && !/\.(test|spec)\.|\.d\.[cm]?ts$/.test(file));
  const ownHooks = rules.hooks ? direct.filter((file) => hooksFile.test(baseName(file))) : [];
  const hooks = [...inherited, ...ownHooks];
  const index = direct.find((file) => indexFile.test(baseName(file)));
  const files = index === undefined ? direct.filter((file) => !hooksFile.test(baseName(file))) : [index];
  const plugins = files.map((file) => ({ file, prefix: joinRoutePath(base, exportedText(model, file, "autoPrefix") === undefined ? prefix : joinRoutePath(prefix.slice(0, prefix.lastIndexOf("/")), exportedText(model, file, "autoPrefix") ?? "")), hooks }));
  const folders = [...new Set(inside.filter((file) => folderOf(file) !== folder).map((file) => file.slice(folder === "" ? 0 : folder.length + 1).split("/")[0] ?? ""))].filter((name) => name !== "node_modules");
  return [...plugins, ...folders.flatMap((name) => readFolder(model, joinPath(folder, name), rules.names ? joinRoutePath(prefix, segmentOf(name, rules)) : prefix, rules.cascade ? hooks : [], base, rules))];
}

/** `_id` names a parameter when `routeParams` is set. */
function segmentOf(name: string, rules: Rules): string {
  return rules.parameters && name.startsWith("_") ? name.replace(/^__?/, ":") : name;
}

/** `path.join(import.meta.dirname, "routes")` and its kin, relative to the root. */
function foldFolder(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind === "call" && node.callee.kind === "member" ? /^(join|resolve)$/.test(node.callee.property) : node.kind === "call" && node.callee.kind === "name" && /^(join|resolve)$/.test(node.callee.name)) {
    if (node.kind !== "call") return undefined;
    const [first, ...rest] = node.arguments;
    const start = first && foldFolder(model, file, first);
    const parts = rest.map((part) => model.values.text(file, part));
    return start === undefined || parts.some((part) => part === undefined) ? undefined : joinPath(start, ...parts.flatMap((part) => part ?? []));
  }
  if (node.kind === "name" && node.name === "__dirname") return folderOf(file);
  if (node.kind === "member" && node.property === "dirname" && node.object.kind === "other") return folderOf(file);
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    if (source?.kind === "value" && source.value) return foldFolder(model, file, source.value);
  }
  // `dirname(fileURLToPath(import.meta.url))`
  if (node.kind === "call" && JSON.stringify(node).includes('"MetaProperty"')) return folderOf(file);
  if (node.kind === "template" || node.kind === "binary") {
    const [head, ...tail] = node.kind === "template" ? node.values : [node.left, node.right];
    const start = head && foldFolder(model, file, head);
    const rest = node.kind === "template" ? node.texts.slice(1).join("") : tail.map((part) => model.values.text(file, part) ?? "").join("");
    return start === undefined ? undefined : joinPath(start, rest);
  }
  return undefined;
}

function exportedText(model: ProjectModel, file: string, name: string): string | undefined {
  const [value] = model.values.ofExport(file, name);
  return value?.kind === "constant" && typeof value.value === "string" ? value.value : undefined;
}

function textOf(model: ProjectModel, file: string, node: Expression | undefined): string {
  return (node && model.values.text(file, node)) ?? "";
}
