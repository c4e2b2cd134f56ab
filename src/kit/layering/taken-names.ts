import { membersTaken } from "../../facts/members-taken.js";
import type { Edge, LinkedName, ProjectModel } from "../../model/project-model.js";

/** The names that an import gives a file, where a module that is taken whole stands for what the file takes of it: `store.users` of `import * as store from "./store"`. */
export function takenNames(model: ProjectModel, { from, names }: Edge): readonly LinkedName[] {
  return names.flatMap((linked) => {
    const { declaration, name } = linked;
    const members = declaration.kind === "namespace" && name.binding !== undefined ? membersTaken(model.facts(from), name.binding, model.values.index(from).parentOf) : undefined;
    if (declaration.kind !== "namespace" || !members?.length) return [linked];
    return [...new Set(members.map((path) => path.split(".")[0] ?? ""))].map((imported): LinkedName => {
      const of = model.declarationOfExport(declaration.file, imported);
      const known = of.kind === "unresolved" ? declaration : of;
      return { ...linked, name: { ...name, imported: known === declaration ? name.imported : imported }, declaration: known, via: "file" in known && known.file !== declaration.file ? [...linked.via, declaration.file] : linked.via };
    });
  });
}
