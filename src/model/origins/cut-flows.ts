import { oncePer } from "../../base/once-per.js";
import type { ProjectModel } from "../project-model.js";

/**
 * The functions and expressions at which following data or calls was given up because a bound was reached: too many
 * steps, origins, callers or entries. What lies behind is unknown, and counted by this.
 */
export const cutFlowsOf = oncePer((_model: ProjectModel) => new Set<object>());
