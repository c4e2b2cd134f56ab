import { oncePerPart } from "../base/once-per.js";
import { privateResources } from "../catalogue/lexicon/http.js";
import { containerOf } from "../catalogue/lexicon/personal-data.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Route } from "../model/routes/route.js";
import { hasStep, servedRoutes, staticSegments } from "./routes.js";

/** Segments in front of what a path is about: `/api/v1/products`. */
const leading = /^(?:api|rest|app|web|public|client|v\d[\w.]*)$/i;
/** Frameworks in which a file is one path. */
const byFile = /^(?:next|nitro|lambda)$/;

/**
 * Whether reading a resource was left open by a decision: `GET /products` beside a `POST /products` that authenticates its
 * callers, where no write of the same resource is open. What belongs to somebody (orders, users, messages) is not published.
 */
export const isPublishedRead = oncePerPart((model: ProjectModel, route: Route): boolean => {
  if (!/^(GET|HEAD)$/.test(route.method) || staticSegments(route.path).some((segment) => privateResources.in(segment) || containerOf(segment) !== undefined)) return false;
  const resource = resourceOf(route);
  if (resource === undefined) return false;
  const writes = servedRoutes(model).filter((other) => !/^(GET|HEAD|OPTIONS|ALL)$/.test(other.method) && resourceOf(other) === resource && (other.file === route.file || (byFile.test(route.framework) && model.packageOf(other.file) === model.packageOf(route.file))));
  return writes.length > 0 && writes.every((other) => hasStep(other, "auth"));
});

function resourceOf({ path }: Route): string | undefined {
  return staticSegments(path).find((segment) => !leading.test(segment));
}
