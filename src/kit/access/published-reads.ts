import { groupBy } from "../../base/group-by.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { settledPerPart, settleList } from "../../base/settled.js";
import { privateResources } from "../../catalogue/lexicon/http.js";
import { containerOf } from "../../catalogue/lexicon/personal-data.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { nodesAt } from "../nodes-at.js";
import { readsCredentials } from "./read-credentials.js";
import { servedRoutes, staticSegments } from "../routes/routes.js";

/** Segments in front of what a path is about: `/api/v1/products`. */
const leading = /^(?:api|rest|app|web|public|client|v\d[\w.]*)$/i;

/**
 * Whether reading a resource was left open by a decision: `GET /products` beside a `POST /products` that authenticates its
 * callers, where no write of the same resource is open. What belongs to somebody (orders, users, messages) is not published.
 */
export const isPublishedRead = oncePerPart((model: ProjectModel, route: Route): boolean => {
  if (!/^(GET|HEAD)$/.test(route.method) || staticSegments(route.path).some((segment) => privateResources.in(segment) || containerOf(segment) !== undefined)) return false;
  const beside = writesTo(model, subjectOf(model, route));
  return beside.length > 0 && beside.every((other) => isGuardedApart(route, other)) && !asksForCredentials(model, route);
});

/** Whether a write has a guard of its own, or is of another router: a guard of the router may have been meant for the read, too, and come too late. */
function isGuardedApart(read: Route, { file, steps }: Route): boolean {
  return steps.some(({ role, origin }) => role === "auth" && (file !== read.file || origin === "route" || origin === "controller" || origin === "handler"));
}

/** Whether a step of the route itself looks at credentials, and turns nobody away: that is a guard that does not work. */
function asksForCredentials(model: ProjectModel, { steps }: Route): boolean {
  return steps.some(({ origin, file, span }) => origin === "route" && model.has(file) && nodesAt(model, file, span).some((node) => model.values.of(file, node).some((value) => value.kind === "function" && readsCredentials(model, { file: value.file, node: value.node, name: value.node.name ?? "" }))));
}

/** The writes of a project, by package and what they write. */
const writes = oncePer((model: ProjectModel) => groupBy(servedRoutes(model).filter(({ method }) => !/^(GET|HEAD|OPTIONS|ALL)$/.test(method)), (route) => subjectOf(model, route)));

const writesTo = settledPerPart((model: ProjectModel, subject: string): readonly Route[] => writes(model).get(subject) ?? [], settleList);

function subjectOf(model: ProjectModel, route: Route): string {
  return `${model.packageOf(route.file).folder} ${resourceOf(route) ?? ""}`;
}

/** The first word of a path, in the singular: `book` of `/v1/books/:id` and of `/book`. */
function resourceOf({ path }: Route): string | undefined {
  return staticSegments(path).find((segment) => !leading.test(segment))?.toLowerCase().replace(/ies$/, "y").replace(/s$/, "");
}
