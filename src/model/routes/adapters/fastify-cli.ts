import { joinPath } from "../../../base/paths.js";
import type { ProjectModel } from "../../project-model.js";

/** A plugin that `fastify start` of fastify-cli runs as the application. */
export interface StartedPlugin {
  /** The package.json whose script it is. */
  readonly manifest: string;
  readonly path: string;
  /** Undefined if no file of the project is the one that the script names. */
  readonly file: string | undefined;
  readonly prefix: string;
}

/** What the scripts of each package start by `fastify start [options] <file>`, where a build is what it is built from. */
export function startedPlugins(model: ProjectModel): readonly StartedPlugin[] {
  const found = new Map<string, StartedPlugin>();
  for (const { folder, dependencies } of model.packages) {
    if (!dependencies.has("fastify-cli")) continue;
    const manifest = joinPath(folder, "package.json");
    for (const [, command = ""] of (model.text(manifest) ?? "").matchAll(/\bfastify start ([^"&|;]*)/g)) {
      const words = command.trim().split(/\s+/);
      const at = words.findIndex((word, index) => /\.[cm]?[jt]s$/.test(word) && !/^(-r|--require|--import|-c|--config|--options-file)$/.test(words[index - 1] ?? ""));
      const path = words[at];
      if (path === undefined) continue;
      const named = words.findIndex((word) => /^(-x|--prefix)$/.test(word));
      const file = sourceOf(model, manifest, path.replace(/^\.\//, ""));
      found.set(file ?? path, { manifest, path, file, prefix: named === -1 ? "" : (words[named + 1] ?? "") });
    }
  }
  const all = [...found.values()];
  // Of several scripts, one that starts what is built says nothing more.
  return all.some(({ file }) => file !== undefined) ? all.filter(({ file }) => file !== undefined) : all;
}

/** The file that a script names; where that is build output, what it is built from. */
function sourceOf(model: ProjectModel, manifest: string, path: string): string | undefined {
  for (const candidate of [path, path.replace(/^(dist|build|lib)\//, "src/"), path.replace(/^(dist|build|lib)\//, "")]) {
    const target = model.resolve(manifest, `./${candidate}`);
    if (target.kind === "file") return target.file;
  }
  return undefined;
}
