import type { ProjectModel } from "../project-model.js";

/**
 * Whether what a file does with an application it is given may be done with this one: it lies in the application's
 * package, or in one that has no application of its own (a package that others share).
 */
export function mayServe(model: ProjectModel, file: string, application: string, applications: readonly string[]): boolean {
  const own = model.packageOf(file);
  return own === model.packageOf(application) || applications.every((other) => model.packageOf(other) !== own);
}
