import { wordTable } from "../../../../base/word-table.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description, RawRoute } from "../../adapter.js";
import { checkOfParameter } from "../../checks.js";
import { effectiveDecorators } from "../../decorators.js";
import { worse } from "../../nest-schemas.js";
import { requestReads } from "../../reads.js";
import { type Handler, type RequestPart, requestParts, type SchemaUse, type Step } from "../../route.js";
import { everyPart, ofReads, requestOf, responseOf } from "../../schemas.js";
import { isOurs } from "./packages.js";

const wholeParts: Readonly<Record<string, RequestPart>> = wordTable({ requestBody: "body", Body: "body", requestHeaders: "headers", cookies: "headers" });
const fieldParts: Readonly<Record<string, RequestPart>> = wordTable({ requestParam: "params", Params: "params", queryParam: "query", Query: "query", Headers: "headers" });

/** What a method takes by the decorators of its parameters: nothing of it is checked but by a step or in the method. */
export function describeMethod(model: ProjectModel, raw: RawRoute, handler: Handler | undefined, steps: readonly Step[]): Description {
  const taken = handler && takenBy(model, handler);
  const request = requestOf(model, raw, steps, taken ? undefined : handler);
  const response = responseOf(model, raw, handler);
  if (!taken) return { request, response };
  const isUnknown = steps.some(({ role, origin }) => role === "unknown" && origin !== "global");
  const use = (part: RequestPart): SchemaUse => {
    const own = taken.get(part) ?? { kind: "absent" };
    if (request[part].kind === "enforced") return request[part];
    return isUnknown && own.kind !== "absent" ? { kind: "unknown" } : own;
  };
  return { request: everyPart(use), response };
}

/** The parts that decorated parameters are given; undefined where the method takes the request as Express hands it over. */
function takenBy(model: ProjectModel, { file, node }: Handler): ReadonlyMap<RequestPart, SchemaUse> | undefined {
  const found = new Map<RequestPart, SchemaUse>();
  const note = (part: RequestPart, use: SchemaUse): unknown => found.set(part, worse(found.get(part) ?? { kind: "absent" }, use));
  let decorated = false;
  for (const [index, parameter] of node.parameters.entries())
    for (const decorator of effectiveDecorators(model, file, parameter.decorators)) {
      if (!isOurs(decorator, /./)) continue;
      decorated = true;
      const { name } = decorator.from ?? { name: "" };
      const field = fieldParts[name];
      const whole = wholeParts[name] ?? (decorator.arguments.length === 0 ? field : undefined);
      const part = whole ?? field;
      if (/^request$/i.test(name)) {
        const reads = requestReads(model, file, node, "express", { parameter: index });
        for (const one of requestParts) if (reads.some((read) => read.part === one)) note(one, ofReads({ file }, reads.filter((read) => read.part === one)));
      } else if (part) note(part, { kind: checkOfParameter(model, file, node, index) === "enforced" ? "enforced" : whole && parameter.type ? "type-only" : "none", file, span: parameter.span, by: whole ? "whole" : "field" });
    }
  return decorated ? found : undefined;
}
