import type { ProjectModel } from "../model/project-model.js";
import { roleOf } from "./roles.js";

/** Whether a file is code that a server runs: no test, migration, script, tool configuration or user interface. */
export function isBackendCode(model: ProjectModel, file: string): boolean {
  const { layer, evidence } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations") return false;
  if (layer === undefined && evidence.some((one) => one === "user interface" || one === "configuration of a tool")) return false;
  const role = roleOf(file);
  return (role === "source" || role === "settings") && !/(^|\/)(cli|bin|scripts?|tools?|examples?|docs?)\//.test(file) && !/(^|[./-])cli\.[cm]?[jt]s$/.test(file);
}
