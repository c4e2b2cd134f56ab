import type { ProjectModel } from "../../model/project-model.js";
import type { RequestPart, Route, SchemaUse } from "../../model/routes/route.js";
import { answersWithPage } from "./answers.js";
import { checksByHand } from "./checks-by-hand.js";
import { reachedAccess } from "./handlers.js";

/** The parts of a request that schemas are asked for. */
export const requestParts: readonly RequestPart[] = ["body", "query", "params"];

/** Whether params, and single fields of the query, that are read as strings count. */
export type Scalars = "allow" | "report";

/** What is wrong with how a part of a request is read; undefined if nothing is, or that cannot be told. */
export function problemOf(use: SchemaUse, part: RequestPart, scalars: Scalars): string | undefined {
  if (use.kind === "type-only") return "typeOnly";
  if (use.kind === "declared") return "declared";
  if (use.kind !== "none") return undefined;
  if (part !== "body" && use.by === "converted") return undefined;
  // Params are texts under the names that the path gives them, also where they are taken together.
  return part !== "body" && (use.by === "field" || part === "params") && scalars === "allow" ? undefined : "none";
}

/** Methods whose requests have no body. */
export function isBodiless({ method }: Route): boolean {
  return /^(GET|HEAD|DELETE|OPTIONS)$/.test(method);
}

/** A body that is read without a schema, and whose fields the handler looks at by itself. */
export function isByHand(model: ProjectModel, { request, handler }: Route, part: RequestPart, scalars: Scalars): boolean {
  return part === "body" && handler !== undefined && problemOf(request.body, "body", scalars) === "none" && checksByHand(model, handler);
}

/** `body`, `body and query`, `body, query and params` */
export function namedParts(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Whether a route only shows a page or leads to another one, whatever its query says: `app.all("/login", (req, res) => res.redirect(target(req.query)))`. */
export function isPageAlone(model: ProjectModel, { handler }: Route): boolean {
  return handler !== undefined && answersWithPage(model, handler) && reachedAccess(model, handler.file, handler.node).length === 0;
}
