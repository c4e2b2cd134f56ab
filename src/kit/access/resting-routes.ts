import { groupBy } from "../../base/group-by.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route, Step } from "../../model/routes/route.js";
import { manyRoutes, type Needs } from "./bare-routes.js";
import { isWebhook } from "../routes/open-routes.js";
import { roleOf } from "../roles.js";
import { hasStep, servedRoutes } from "../routes/routes.js";

/** Routes that rest on steps which are used for all of them and leave callers unknown; the first of them stands for all. */
export interface RestingGroup {
  readonly messageId: "attachedTo" | "authorizedBy";
  readonly step: Step;
  readonly routes: readonly Route[];
}

/** The groups among the served routes of a project; `isMeant` says which routes say themselves that credentials are optional. */
export function restingGroups(model: ProjectModel, needs: Needs, isMeant: (route: Route) => boolean): readonly RestingGroup[] {
  const resting = servedRoutes(model).flatMap((route) => {
    const attaching = attachingSteps(route);
    const isAuthorized = hasStep(route, "authz");
    const steps = isAuthorized ? route.steps.filter(({ role }) => role === "authz") : attaching;
    const [step] = steps;
    const isShared = step !== undefined && steps.every(({ origin }) => origin !== "route") && model.has(step.file);
    // A check of what a caller may, behind a step that attaches, turns strangers away.
    if (!isShared || (isAuthorized && attaching.length > 0) || isWebhook(route) || !needs(route) || isMeant(route)) return [];
    return [{ messageId: isAuthorized ? ("authorizedBy" as const) : ("attachedTo" as const), step, route }];
  });
  return [...groupBy(resting, ({ messageId, step: { file, span } }) => `${messageId} ${file} ${span[0]}`).values()].flatMap((group) => {
    const [first] = group;
    return first && group.length >= manyRoutes ? [{ messageId: first.messageId, step: first.step, routes: group.map(({ route }) => route) }] : [];
  });
}

/** The steps that look for a principal and let everybody pass. */
export function attachingSteps({ steps }: Route): readonly Step[] {
  // What a tool of the repository puts on the application stands for nobody who calls it.
  return steps.filter((step) => step.role === "auth-attach" && !/^(?:script|test)$/.test(roleOf(step.file)));
}
