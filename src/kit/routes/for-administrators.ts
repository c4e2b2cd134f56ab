import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";

/** Whether only administrators get to a route: by its path, or by a step that asks for their role and for no other. */
export function isForAdministrators(model: ProjectModel, route: Route): boolean {
  if (/(^|\/)(?:[a-z-]+-)?(?:super-?)?admins?(?:istration)?(\/|$)|(^|\/)back-?office(\/|$)/i.test(route.path)) return true;
  return route.steps.some(({ file, span, origin, name }) => {
    const text = origin === "global" || !model.has(file) ? name : (model.text(file)?.slice(...span) ?? "");
    return /admin/i.test(text) && !/["'.](?:user|member|customer|client|student|patient|guest|manager|owner|editor)s?\b/i.test(text);
  });
}
