import { oncePerPart } from "../../base/once-per.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { Look } from "./exposure.js";

/** What somebody is a candidate for. */
const posts = /recruit|hiring|\bhires?\b|job-?(?:post|board|applica|offer|seek)|careers?(?:[-_/.]|$)|interview|vacanc|applicant|talent|election|ballot|\bvotes?\b|voting|\bexams?\b|candidates?[-_./]/i;

const speaksOfPosts = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => posts.test(unit.name ?? "") || model.prismaModel("Candidate") !== undefined || model.filesOf(unit).some((file) => posts.test(file)));

/** Whether what is called a candidate is one of several values that are tried, as nothing in the application speaks of a post. */
export function isMereCandidate({ model, file }: Pick<Look, "model" | "file">, name: string): boolean {
  return /(?:^|\.|[a-z_])candidates?$/i.test(name) && !speaksOfPosts(model, model.packageOf(file));
}
