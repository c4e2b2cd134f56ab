import { type SubApplication, subApplication } from "../../catalogue/sub-applications.js";
import type { ProjectModel } from "../project-model.js";
import type { Located } from "./route.js";

/** The application of a package that something stands for: `serverAdapter.getRouter()` of a board of queues, `toNodeHandler(auth)`. */
export function subApplicationOf(model: ProjectModel, { file, node }: Located): SubApplication | undefined {
  for (const value of model.values.of(file, node)) {
    const found = value.kind === "external" ? subApplication(value.provenance) : undefined;
    if (found) return found;
  }
  return undefined;
}
