import type { ObjectExpression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import { pathTexts } from "../../values/path-texts.js";
import { propertiesOf } from "../../values/definitions.js";
import { takesAnything } from "../loose-schemas.js";
import type { Operation } from "../operations.js";
import type { RequestPart, SchemaUse } from "../route.js";
import type { Located } from "../../values/located.js";
import type { Registration } from "../stack.js";

/** The parts of a request that `validate` names. */
const parts: readonly RequestPart[] = ["body", "query", "params"];

/** `router.route({ method, path, validate, handler })` of koa-joi-router, or a list of such routes. Source: its README. */
export function describedRoutes(model: ProjectModel, { method, arguments: [first], receiver }: Operation): readonly Registration[] | undefined {
  if (receiver.provenance.package !== "koa-joi-router" || method !== "route" || !first) return undefined;
  return model.values.of(first.file, first.node).flatMap((value) => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => model.values.of(value.file, element).flatMap((one) => (one.kind === "object" ? routeOf(model, one.file, one.node) : [])));
    return value.kind === "object" ? routeOf(model, value.file, value.node) : [];
  });
}

function routeOf(model: ProjectModel, file: string, node: ObjectExpression): readonly Registration[] {
  const options = propertiesOf(model, file, node);
  const textsOf = (given: Located | undefined): ReturnType<typeof pathTexts> => given && pathTexts(model, given.file, given.node);
  const [methods, paths, handler] = [textsOf(options.get("method")), textsOf(options.get("path")), options.get("handler")];
  if (!methods || !paths || !handler) return [];
  return [{ methods: methods.map(({ text }) => text.toUpperCase()), paths, handlers: [handler], schemas: schemasOf(model, options.get("validate")), place: { file, span: node.span } }];
}

function schemasOf(model: ProjectModel, validate: Located | undefined): Registration["schemas"] {
  const described = validate ? propertiesOf(model, validate.file, validate.node) : new Map<string, Located>();
  const request: Partial<Record<RequestPart, SchemaUse>> = {};
  for (const part of parts) {
    const schema = described.get(part);
    if (schema && !takesAnything(model, schema.file, schema.node)) request[part] = { kind: "enforced", file: schema.file, span: schema.node.span, by: "validation of the route" };
  }
  // What does not fit its `output` is answered with an error.
  const output = described.get("output");
  return { request, ...(output && { response: { kind: "enforced", file: output.file, span: output.node.span, by: "output of the route" } }) };
}
