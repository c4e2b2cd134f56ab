import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { RawStep } from "./adapter.js";

/** What an application uses before it is handed to a function that adds routes: `app.use(rateLimit())` in front of `useExpressServer(app, …)`. */
export function stepsBefore(model: ProjectModel, file: string, adds: CallExpression): readonly RawStep[] {
  const [app] = adds.arguments;
  const siteOf = (node: Expression): object | undefined => model.values.of(file, node).flatMap((value) => (value.kind === "external" && value.site ? [value.site.node] : []))[0];
  const site = app && siteOf(app);
  if (!site) return [];
  return model.values.index(file).calls.flatMap(({ node }) => {
    if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "use" || node.span[0] > adds.span[0] || siteOf(node.callee.object) !== site) return [];
    // What is used below a path says nothing of the others.
    return node.arguments.some(({ kind }) => kind === "literal") ? [] : node.arguments.map((step) => ({ file, node: step, origin: "global" as const }));
  });
}
