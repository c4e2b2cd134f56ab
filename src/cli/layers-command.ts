import { isWithin } from "../base/paths.js";
import { open } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

/** `std-check layers`: each file with its layer and the evidence. */
export function layersCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): void {
  const { project, paths: asked } = open({ cwd: startFolder(options), paths });
  for (const file of project.model.files.filter((one) => asked?.some((path) => isWithin(path, one)) ?? true)) {
    const { layer, evidence, guessed } = project.model.layerOf(file);
    process.stdout.write(`${(layer ?? "-").padEnd(12)} ${file}  ${evidence.join(", ")}${guessed ? " (a guess)" : ""}\n`);
  }
}
