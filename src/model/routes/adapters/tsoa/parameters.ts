import { wordTable } from "../../../../base/word-table.js";
import type { Parameter, TypeNode } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description } from "../../adapter.js";
import { effectiveDecorators } from "../../decorators.js";
import { worse } from "../../nest-schemas.js";
import { type Handler, type RequestPart, type SchemaUse } from "../../route.js";

const parts: Readonly<Record<string, RequestPart | undefined>> = wordTable({ Path: "params", Query: "query", Queries: "query", Body: "body", BodyProp: "body", FormField: "body", UploadedFile: "body", UploadedFiles: "body", Header: "headers" });
/** Parameters that tsoa hands on or makes. */
const given = /^(Request|Res|Inject|RequestProp)$/;

/** The types of parameters are what tsoa checks at run time; responses it only documents. */
export function describeTsoa(model: ProjectModel, handler: Handler | undefined, method: string, path: string): Description {
  const request: Record<RequestPart, SchemaUse> = { body: { kind: "absent" }, query: { kind: "absent" }, params: { kind: "absent" }, headers: { kind: "absent" } };
  for (const parameter of handler?.node.parameters ?? []) {
    const part = handler && partOf(model, handler.file, parameter, method, path);
    if (part) request[part] = worse(request[part], { kind: isHole(parameter.type) ? "none" : "enforced", file: handler.file, span: parameter.span, by: isHole(parameter.type) ? "whole" : "its type" });
  }
  return { request, response: { kind: handler?.node.returns ? "declared" : "none", by: "documentation" } };
}

/** A parameter without a decorator belongs to the path if that names it, else to the query or the body. */
function partOf(model: ProjectModel, file: string, parameter: Parameter, method: string, path: string): RequestPart | undefined {
  const names = effectiveDecorators(model, file, parameter.decorators).flatMap(({ from }) => from?.name ?? []);
  if (names.some((name) => given.test(name))) return undefined;
  for (const name of names) if (parts[name]) return parts[name];
  const own = parameter.target.kind === "binding" ? parameter.target.name : "";
  if (path.split("/").some((segment) => segment === `{${own}}` || segment === `:${own}`)) return "params";
  return /^(POST|PUT|PATCH)$/.test(method) ? "body" : "query";
}

/** Types that let everything through. */
function isHole(type: TypeNode | undefined): boolean {
  return !type || (type.kind === "keyword" && /^(any|unknown|object)$/.test(type.name)) || (type.kind === "object" && type.members.length === 0);
}
