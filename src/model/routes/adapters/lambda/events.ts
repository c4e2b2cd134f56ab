import type { ProjectModel } from "../../../project-model.js";
import type { Description } from "../../adapter.js";
import { requestReads } from "../../reads.js";
import type { Handler, RequestPart, SchemaUse, Step } from "../../route.js";
import { everyPart, ofReads } from "../../schemas.js";

/** What a function reads of its event, and whether a validating middleware or a schema checks it. */
export function describeEvent(model: ProjectModel, handler: Handler | undefined, steps: readonly Step[]): Description {
  if (!handler) return { request: everyPart(() => ({ kind: "unknown" })), response: { kind: "unknown" } };
  const validation = steps.find((step) => step.role === "validation");
  const reads = requestReads(model, handler.file, handler.node, "lambda");
  const request = everyPart((part: RequestPart): SchemaUse => {
    const own = reads.filter((read) => read.part === part);
    const [first] = own;
    if (!first) return { kind: "absent" };
    if (validation) return { kind: validation.parts && !validation.parts.includes(part) ? "none" : "enforced", file: validation.file, span: validation.span, by: validation.name };
    return ofReads(handler, own);
  });
  return { request, response: { kind: handler.node.returns ? "type-only" : "none" } };
}
