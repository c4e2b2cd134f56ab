import { within } from "../../base/position.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { namesIn } from "./handlers.js";
import { isInfrastructure, routesHandledIn } from "./routes.js";

/** What a route of the infrastructure answers: whoever asks looks at the status alone. */
export function isOfInfrastructure(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  return routesHandledIn(model, file).some((route) => route.handler !== undefined && within(node.span, route.handler.node.span) && isInfrastructure(model, route));
}

/** Answers that nobody tells apart by their body: a script's, a file's, and those to callers who lack the secret that machines share. */
export function isForMachines(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  if (namesIn([node]).has("type") || namesIn([node]).has("contentType")) return true;
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && !isFunctionNode(at); at = parentOf(at)) if ("kind" in at && at.kind === "if") return [...namesIn([at.test])].some((name) => /secret|cron|basic/i.test(name));
  return false;
}
