import { wordTable } from "../../../../base/word-table.js";
import { propertyOf } from "../../../../facts/names.js";
import type { Expression, Parameter } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description } from "../../adapter.js";
import { type EffectiveDecorator, effectiveDecorators } from "../../decorators.js";
import { classOf, worse } from "../../nest-schemas.js";
import type { Handler, RequestPart, SchemaUse } from "../../route.js";

const wholeParts: Readonly<Record<string, RequestPart>> = wordTable({ Body: "body", QueryParams: "query", Params: "params", HeaderParams: "headers" });
const fieldParts: Readonly<Record<string, RequestPart>> = wordTable({ BodyParam: "body", QueryParam: "query", Param: "params", HeaderParam: "headers", UploadedFile: "body", UploadedFiles: "body" });
/** Types that the framework turns text into, and rejects what it cannot. */
const coerced = /^(number|boolean)$/;

/** Class-typed parameters are checked by class-validator unless the server or the parameter says otherwise. */
export function describeController(model: ProjectModel, handler: Handler | undefined, decorators: readonly EffectiveDecorator[], validates: boolean): Description {
  const request: Record<RequestPart, SchemaUse> = { body: { kind: "absent" }, query: { kind: "absent" }, params: { kind: "absent" }, headers: { kind: "absent" } };
  for (const parameter of handler?.node.parameters ?? [])
    for (const decorator of handler ? effectiveDecorators(model, handler.file, parameter.decorators) : []) {
      if (decorator.from?.package !== "routing-controllers") continue;
      const whole = wholeParts[decorator.from.name];
      const field = fieldParts[decorator.from.name];
      if (handler && whole) request[whole] = worse(request[whole], judgeWhole(model, handler.file, parameter, decorator, validates));
      else if (handler && field) request[field] = worse(request[field], judgeField(model, handler.file, parameter, validates));
    }
  const documented = decorators.some(({ from }) => from?.name === "ResponseSchema");
  return { request, response: documented ? { kind: "declared", by: "documentation" } : { kind: handler?.node.returns ? "type-only" : "none" } };
}

function judgeWhole(model: ProjectModel, file: string, parameter: Parameter, decorator: EffectiveDecorator, validates: boolean): SchemaUse {
  const at = { file, span: parameter.span };
  const options = decorator.arguments.find((argument) => argument.kind === "object");
  const own: Expression | undefined = options?.kind === "object" ? propertyOf(options, "validate") : undefined;
  const checks = own?.kind === "literal" ? own.value === true : own ? true : validates;
  // `@Body({ type: User }) users: User[]` names the class of the elements.
  const type = options?.kind === "object" ? propertyOf(options, "type") : undefined;
  if (type) return { kind: checks ? "enforced" : "declared", ...at, by: "the class of the elements" };
  const found = parameter.type && classOf(model, file, parameter.type);
  if (!found) return { kind: parameter.type ? "type-only" : "none", ...at, by: "whole" };
  if (found === "unknown" || found.by === "unknown") return { kind: "unknown", ...at };
  if (found.by !== "decorators") return { kind: "type-only", ...at, by: `${found.name}, a class without validation decorators` };
  return { kind: checks ? "enforced" : "declared", ...at, by: found.name };
}

function judgeField(model: ProjectModel, file: string, parameter: Parameter, validates: boolean): SchemaUse {
  const at = { file, span: parameter.span };
  if (parameter.type?.kind === "keyword" && coerced.test(parameter.type.name)) return { kind: "enforced", ...at, by: "field" };
  const found = parameter.type && classOf(model, file, parameter.type);
  return found && found !== "unknown" && found.by === "decorators" && validates ? { kind: "enforced", ...at, by: found.name } : { kind: "none", ...at, by: "field" };
}
