import type { RelatedLocation } from "../base/finding.js";
import type { ProjectModel } from "../model/project-model.js";
import type { RequestFlow } from "../model/request-data.js";
import { relatedAt } from "./project-finding.js";

/** The way of request data as places: where it was read, and the calls that handed it on. */
export function flowPlaces(model: ProjectModel, flow: RequestFlow): RelatedLocation[] {
  return [...flow.through.map(({ file, span }) => relatedAt(model, file, span, "handed on here")), relatedAt(model, flow.source.file, flow.source.span, `${flow.source.text} is read here`)];
}

/**
 * Whether a schema was run over the part that a flow comes from before its handler: by a step or a schema of every route
 * that the reading function answers. What cannot be told counts as checked.
 */
export function isChecked(model: ProjectModel, flow: RequestFlow): boolean {
  const { part, reader } = flow;
  if (part !== "body" && part !== "query" && part !== "params" && part !== "headers") return false;
  const own = model.routes.routes.filter((route) => route.handler?.node === reader);
  return own.length > 0 && own.every((route) => route.request[part].kind === "enforced" || route.request[part].kind === "unknown");
}
