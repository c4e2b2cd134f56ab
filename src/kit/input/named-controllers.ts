import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import type { ClassNode, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";

/**
 * The routes at whose registration the class of a method is named: `app.post("/plans", options, adaptRoute(CreatePlanController))`,
 * where a container makes the controller and whoever adapts it is the handler of all of them.
 */
export function routesNaming(model: ProjectModel, file: string, method: FunctionNode | undefined): readonly Route[] {
  const owner = method && model.values.index(file).functions.get(method)?.class;
  return (owner && namedAtRoutes(model).get(owner)) ?? [];
}

const namedAtRoutes = oncePer((model: ProjectModel): ReadonlyMap<ClassNode, readonly Route[]> => {
  const byFile = groupBy(model.routes.routes.filter(({ framework }) => framework !== "nestjs"), ({ file }) => file);
  const named = new Map<ClassNode, Route[]>();
  for (const [file, routes] of byFile) {
    for (const { node } of model.values.index(file).calls) {
      const given = node.kind === "call" && node.callee.kind === "name" ? node.arguments : [];
      for (const argument of given) {
        for (const value of argument.kind === "name" ? model.values.of(file, argument) : []) {
          if (value.kind === "class") named.set(value.node, [...(named.get(value.node) ?? []), ...routes.filter(({ span }) => within(node.span, span))]);
        }
      }
    }
  }
  return named;
});
