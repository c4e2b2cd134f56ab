import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { asksForList, isInfrastructure, isScheduled } from "../routes/routes.js";

/** Whoever takes everything with him wants it whole. */
const wholesale = /[/_-](?:export(?:s|ed|ar)?|download|csv|xlsx?)(?:[/_.-]|$)/i;

/** Whether a route asks for a list that its callers want in pages. */
export function isListRoute(model: ProjectModel, route: Route): boolean {
  return asksForList(route) && !wholesale.test(route.path) && !isInfrastructure(model, route) && !isScheduled(route);
}
