import { oncePerPart } from "../../base/once-per.js";
import type { Expression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { makesSureOf } from "./guarded-values.js";

/** Whether what was taken of a path is a parameter that the router checks wherever it stands: `app.param("id", (req, res, next, id) => …)`. */
export function isCheckedByRouter(model: ProjectModel, { part, path, source }: RequestFlow): boolean {
  const [name] = path;
  return part === "params" && name !== undefined && checkedParams(model, model.packageOf(source.file)).has(name);
}

/** The parameters of paths that the routers of a package check. Those of Express are given the value last, those of Koa first. */
const checkedParams = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of model.filesOf(unit)) {
    for (const { node: { callee, arguments: [name, checker] } } of model.values.index(file).calls) {
      if (callee.kind !== "member" || callee.property !== "param" || !name || !checker) continue;
      const checks = model.values.of(file, checker).some((value) => value.kind === "function" && makesSureOf(model, value.file, value.node, value.node.parameters.length > 3 ? 3 : 0));
      if (checks) for (const text of namesIn(model, file, name)) found.add(text);
    }
  }
  return found;
});

/** `app.param("id", …)`, `app.param(["id", "page"], …)` */
function namesIn(model: ProjectModel, file: string, node: Expression): readonly string[] {
  return (node.kind === "array" ? node.elements : [node]).flatMap((element) => model.values.text(file, element) ?? []);
}
