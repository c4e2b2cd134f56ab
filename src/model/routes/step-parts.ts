import { wordTable } from "../../base/word-table.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { type RequestPart, requestParts } from "./route.js";
import type { Judgement } from "./step-judgement.js";

/** What validators call the parts of a request. */
export const partNames: Readonly<Record<string, RequestPart>> = wordTable({ json: "body", form: "body", body: "body", payload: "body", query: "query", querystring: "query", param: "params", params: "params", path: "params", header: "headers", headers: "headers", cookie: "headers", cookies: "headers" });

/** The parts that a validator's arguments name: `zValidator("json", S)`, `celebrate({ body: S })`, `validate({ params: S })`. */
export function partsOf(model: ProjectModel, file: string, call: CallExpression): readonly RequestPart[] {
  const parts = new Set<RequestPart>();
  for (const argument of call.arguments) {
    const text = argument.kind === "literal" && typeof argument.value === "string" ? argument.value : argument.kind === "member" ? argument.property : undefined;
    const named = text === undefined ? undefined : partNames[text.toLowerCase()];
    if (named) parts.add(named);
    for (const key of keysOf(model, file, argument)) {
      const part = partNames[key.toLowerCase()];
      if (part) parts.add(part);
    }
  }
  return requestParts.filter((part) => parts.has(part));
}

/** The part that a factory checks where its caller names none: `validate(schema, source = "body")`. */
export function partsByDefault({ parameters }: FunctionNode, { arguments: given }: CallExpression): readonly RequestPart[] {
  return parameters.slice(given.length).flatMap(({ default: value }) => (value?.kind === "literal" ? (partNames[String(value.value).toLowerCase()] ?? []) : []));
}

/** The parts that an operation of OpenAPI describes, where it is written out: by `requestBody`, and `in` of its `parameters`. */
export function describedParts(model: ProjectModel, file: string, call: CallExpression): Pick<Judgement, "parts"> {
  for (const argument of call.arguments)
    for (const value of model.values.of(file, argument)) {
      if (value.kind !== "object" || propertyOf(value.node, "responses") === undefined || value.node.members.some(({ kind }) => kind === "spread")) continue;
      const given = propertyOf(value.node, "parameters");
      const list = given && model.values.of(value.file, given).find((one) => one.kind === "array");
      if (given && (list?.kind !== "array" || list.node.elements.some(({ kind }) => kind !== "object"))) return {};
      const places = list?.kind === "array" ? list.node.elements.flatMap((element) => (element.kind === "object" ? (propertyOf(element, "in") ?? []) : [])).map((place) => partNames[model.values.text(list.file, place) ?? ""]) : [];
      const parts = new Set([...(propertyOf(value.node, "requestBody") ? (["body"] as const) : []), ...places]);
      return { parts: requestParts.filter((part) => parts.has(part)) };
    }
  return {};
}

/** The keys of an object that holds schemas, also inside `z.object({ body: … })`. */
function keysOf(model: ProjectModel, file: string, node: Expression, depth = 0): readonly string[] {
  if (depth > 3) return [];
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "object")
      return value.node.members.flatMap((member) => {
        if (member.kind === "property") return [member.key];
        // `[Segments.BODY]: …`
        return member.kind === "computed" && member.key.kind === "member" ? [member.key.property] : [];
      });
    const inner = value.kind === "external" && value.site ? value.site.node.arguments[0] : undefined;
    return inner && value.kind === "external" && value.site ? keysOf(model, value.site.file, inner, depth + 1) : [];
  });
}
