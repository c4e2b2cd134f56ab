import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ExternalValue, Value } from "./value.js";
import type { Values } from "./values.js";

/**
 * What a model of Mongoose's has been given by its schema under a name: `schema.statics.findByEmail = async function () { … }`,
 * `schema.static("findByEmail", …)`, `new Schema(fields, { statics: { findByEmail() { … } } })`; undefined where it gives none.
 */
export function staticOf(values: Values, { provenance, site }: ExternalValue, name: string): readonly Value[] | undefined {
  if (provenance.package !== "mongoose" || site?.node.kind !== "call" || lastName(site.node.callee) !== "model") return undefined;
  const schema = site.node.arguments[1];
  if (schema?.kind !== "name" || schema.binding === undefined) return undefined;
  const declaration = values.model.declarationOfBinding(site.file, schema.binding);
  const place = declaration.kind === "binding" ? declaration : { file: site.file, binding: schema.binding };
  const given = givenTo(values, place.file, place.binding, name);
  return given && values.of(place.file, given);
}

function givenTo(values: Values, file: string, binding: number, name: string): Expression | undefined {
  const { memberAssignments, calls, sources } = values.index(file);
  const isSchema = (node: Expression): boolean => node.kind === "name" && node.binding === binding;
  const assigned = memberAssignments.find(({ object, property }) => property === name && object.kind === "member" && object.property === "statics" && isSchema(object.object));
  if (assigned) return assigned.value;
  for (const { node: { callee, arguments: [key, value] } } of calls) if (callee.kind === "member" && callee.property === "static" && isSchema(callee.object) && key?.kind === "literal" && key.value === name) return value;
  const source = sources[binding];
  const options = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "new" ? source.value.arguments[1] : undefined;
  const statics = options?.kind === "object" ? propertyOf(options, "statics") : undefined;
  return statics?.kind === "object" ? propertyOf(statics, name) : undefined;
}
