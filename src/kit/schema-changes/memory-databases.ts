import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether a statement runs on a database that is gone with the process: `new Database(":memory:")`. */
export function isInMemory(model: ProjectModel, { file, receiver }: StoreOperation): boolean {
  return model.values.of(file, receiver.root).some((value) => {
    const [name] = value.kind === "external" && value.site ? value.site.node.arguments : [];
    return name?.kind === "literal" && name.value === ":memory:";
  });
}
