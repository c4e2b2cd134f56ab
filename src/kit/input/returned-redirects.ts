import { decoratorName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { ProjectModel } from "../../model/project-model.js";
import { routesHandledIn } from "../routes/routes.js";
import { addressIn } from "./request-sinks.js";

/** Request data in the targets that handlers of Nest below `@Redirect()` return: `return { url: next };`. */
export function returnedRedirects(model: ProjectModel, file: string): readonly { readonly value: Expression; readonly flow: RequestFlow }[] {
  if (model.text(file)?.includes("@Redirect") !== true) return [];
  return routesHandledIn(model, file).flatMap(({ framework, handler }) => {
    const member = handler && model.values.index(file).functions.get(handler.node)?.member;
    if (framework !== "nestjs" || !handler || !member?.decorators?.some((decorator) => decoratorName(decorator) === "Redirect")) return [];
    return model.values.returned(handler.node).flatMap((answer) => {
      const value = answer.kind === "object" ? propertyOf(answer, "url") : undefined;
      const flow = value && addressIn(model, file, value, "redirect");
      return value && flow ? [{ value, flow }] : [];
    });
  });
}
