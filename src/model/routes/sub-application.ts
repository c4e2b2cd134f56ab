import { type SubApplication, subApplication } from "../../catalogue/sub-applications.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { Handler } from "./route.js";
import type { Located } from "../values/located.js";

/** The application of a package that something stands for: `serverAdapter.getRouter()` of a board of queues, `toNodeHandler(auth)`. */
export function subApplicationOf(model: ProjectModel, { file, node }: Located): SubApplication | undefined {
  for (const value of model.values.of(file, node)) {
    const found = value.kind === "external" ? subApplication(value.provenance) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The application that a handler hands its request on to: `(request, response) => proxy(request, response)`. */
export function handsOnTo(model: ProjectModel, { file, node }: Handler): SubApplication | undefined {
  const target = node.parameters[0]?.target;
  let found: SubApplication | undefined;
  walkAll(target?.kind === "binding" ? (node.body ?? []) : [], (part) => {
    if (found || !("kind" in part) || part.kind !== "call" || part.callee.kind !== "name" || target?.kind !== "binding") return !found;
    const [first] = part.arguments;
    if (first?.kind === "name" && first.binding === target.binding) found = subApplicationOf(model, { file, node: part.callee });
    return undefined;
  });
  return found;
}
