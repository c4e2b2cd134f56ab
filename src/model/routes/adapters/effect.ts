import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult } from "../adapter.js";

/** Effect's HttpApi, whose endpoints are values that are put together: they are said, and not read. */
export const effect: Adapter = { framework: "effect", packages: ["@effect/platform", "effect"], find };

function find(model: ProjectModel): AdapterResult {
  const unresolved = model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      if (node.callee.kind !== "member" || node.callee.property !== "make") return [];
      const isApi = model.values.of(file, node.callee).some((value) => value.kind === "external" && /^(@effect\/platform|effect)$/.test(value.provenance.package) && (value.provenance.path.at(-2) === "HttpApi" || value.provenance.subpath.endsWith("/HttpApi")));
      return isApi ? [{ file, span: node.span, reason: "the endpoints of this HttpApi of Effect are not read; its routes, and what guards them, are not listed" }] : [];
    }),
  );
  return { routes: [], unresolved, applications: [] };
}
