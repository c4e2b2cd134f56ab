import { answers } from "../../base/answers.js";
import type { RuleFinding } from "../../base/finding.js";
import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ProjectCheck, Scope } from "../rule.js";

/**
 * The check of a rule whose findings come from the project as a whole, whichever files are asked about. They are made once
 * for a model and the options: a host that asks for one file after the other would have all of them made for each.
 * Where they stand in some files alone, as `placesOf` says, nothing is made for others.
 */
export function ofWholeProject<Options extends object>(check: (model: ProjectModel, options: Options) => Iterable<RuleFinding>, placesOf?: (model: ProjectModel) => ReadonlySet<string>): ProjectCheck<Options>["check"] {
  const known = oncePer((_model: ProjectModel) => answers<string, ReadonlyMap<string, readonly RuleFinding[]>>());
  return (model, scope, options) => {
    if (placesOf && !isConcerned(scope, placesOf(model))) return [];
    const byFile = known(model).of(JSON.stringify(options), () => groupBy([...check(model, options)], ({ file }) => file));
    return [...byFile].flatMap(([file, findings]) => (scope.has(file) ? findings : []));
  };
}

/** Whether a scope holds one of some files. */
export function isConcerned(scope: Scope, files: ReadonlySet<string>): boolean {
  return scope.files.some((file) => files.has(file));
}
