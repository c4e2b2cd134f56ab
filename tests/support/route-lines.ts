import { modelOf, type ProjectLiteral } from "./model.js";
import type { ModelOptions } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

/** One line a route: `GET /users auth:requireUser body=enforced response=none Users.list`. Steps of role `context` are left out. */
export function routeLines(files: ProjectLiteral, options: Partial<ModelOptions> = {}): string[] {
  return modelOf(files, options).routes.routes.map(describeRoute);
}

function describeRoute({ method, path, steps, request, response, handler, confidence }: Route): string {
  const parts = Object.entries(request).flatMap(([part, use]) => (use.kind === "absent" ? [] : [`${part}=${use.kind}`]));
  const words = [`${method} ${path}`, ...steps.filter(({ role }) => role !== "context").map(({ role, name }) => `${role}:${name}`), ...parts, `response=${response.kind}`, handler?.name ?? "?"];
  return [...words, ...(confidence === "exact" ? [] : [confidence])].join(" ");
}

/** `src/app.ts the path is not a constant`. */
export function unresolvedLines(files: ProjectLiteral): string[] {
  return modelOf(files).routes.unresolved.map(({ file, reason }) => `${file} ${reason}`);
}
