import type { EditDraft } from "../../base/finding.js";
import { baseName, folderOf, relativeTo } from "../../base/paths.js";
import { lastName } from "../../facts/names.js";
import type { Edge, ProjectModel } from "../../model/project-model.js";
import type { EnvironmentRead } from "../project/environment.js";
import { forbiddenImport } from "../layering/layering.js";
import type { SettingsModule } from "./settings-modules.js";

/** What gives the settings as an object of their keys, and throws where they are wrong. */
const checkers = new Set(["parse", "cleanEnv", "createEnv"]);

/**
 * Reads a key from the settings that a module exports instead of from the environment. Undefined where the edit is not
 * certain: the settings change the text of the key, nobody imports them yet, an import would be forbidden or closes a
 * cycle, or a name is taken.
 */
export function readFromSettings(model: ProjectModel, file: string, { node, keys }: EnvironmentRead, modules: readonly SettingsModule[]): EditDraft[] | undefined {
  const [module, other] = modules;
  const [key, second] = keys ?? [];
  if (!module || other || key === undefined || second !== undefined || (node.kind !== "member" && node.kind !== "index")) return undefined;
  if (!/^[A-Za-z_]\w*$/.test(key) || module.keys?.some(({ name, asSet }) => name === key && asSet) !== true) return undefined;
  if (forbiddenImport(model.layerOf(file), model.layerOf(module.file), model.options) || model.shortestPath(module.file, (reached) => reached === file)) return undefined;
  const exported = exportedAs(model, module);
  if (exported === undefined) return undefined;
  const known = model.edgesFrom(file).flatMap((edge) => (leadsTo(edge, module.file) ? edge.names : [])).find(({ name }) => name.imported === exported && name.typeOnly === undefined)?.name;
  const local = known?.local ?? exported;
  if (model.facts(file).bindings.filter(({ name }) => name === local).length !== (known ? 1 : 0)) return undefined;
  const read = { start: node.span[0], end: node.span[1], text: `${local}.${key}` };
  if (known) return [read];
  const line = importLine(model, file, module.file, exported);
  return line && [line, read];
}

/** The name under which a module exports what the check of its settings gave. */
function exportedAs(model: ProjectModel, { file, span }: SettingsModule): string | undefined {
  const { sources } = model.values.index(file);
  for (const { name, binding, typeOnly } of model.facts(file).exports) {
    const source = binding === undefined || typeOnly || name === "default" ? undefined : sources[binding];
    const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
    if (value?.kind !== "call" || value.span[0] !== span[0] || value.span[1] !== span[1]) continue;
    const { callee } = value;
    if (checkers.has(lastName(callee))) return name;
  }
  return undefined;
}

/** An import behind the last one, written as other files write theirs of the same module. */
function importLine(model: ProjectModel, file: string, target: string, name: string): EditDraft | undefined {
  const last = model.facts(file).imports.filter(({ form }) => form === "import").at(-1);
  const sample = model.edgesTo(target).find(({ fact }) => fact.form === "import" && fact.specifier !== undefined)?.fact.specifier;
  if (!last || sample === undefined) return undefined;
  const specifier = sample.startsWith(".") ? relativeSpecifier(file, target, sample) : sample;
  const resolved = model.resolve(file, specifier);
  if (resolved.kind !== "file" || resolved.file !== target) return undefined;
  return { start: last.span[1], end: last.span[1], text: `\nimport { ${name} } from "${specifier}";` };
}

function relativeSpecifier(file: string, target: string, sample: string): string {
  const extension = /\.[cm]?[jt]s$/.exec(sample)?.[0] ?? "";
  const stem = /^index\./.test(baseName(target)) && !/(^|\/)index(\.[cm]?[jt]s)?$/.test(sample) ? folderOf(target) : target.replace(/\.[cm]?[jt]sx?$/, "");
  const relative = relativeTo(`/${folderOf(file)}`, `/${stem}`);
  return `${relative.startsWith(".") ? "" : "./"}${relative}${extension}`;
}

function leadsTo({ target }: Edge, file: string): boolean {
  return target.kind === "file" && target.file === file;
}
