import { isProvidersName } from "../../catalogue/secrets/secret-names.js";
import { lastName } from "../../facts/names.js";
import type { Expression, NewExpression } from "../../facts/syntax.js";
import { expose, type Exposure, type Look, nameOf } from "./exposure.js";

/** Names of parameters under which a service is given the key that lets a caller in. */
const keyNames = /^(?:api_?|access_?|subscription_?|auth_?)?key$|^app_?id$/i;

/** Whether an expression makes the query of an address: `new URLSearchParams(…)`. */
export function isQuery({ callee }: NewExpression): boolean {
  return lastName(callee) === "URLSearchParams";
}

/** What lets in whoever has an address with this query: `new URLSearchParams({ key: process.env.MAPS_KEY, id })`. */
export function queryCredentials(at: Look, { arguments: [fields] }: NewExpression): readonly Exposure[] {
  if (!fields) return [];
  const found = at.search.of({ ...at, path: undefined }, fields).filter(({ category }) => category === "token" || category === "credential");
  return found.length > 0 ? found : keysIn(at, fields);
}

function keysIn(at: Look, fields: Expression): readonly Exposure[] {
  const objects = fields.kind === "object" ? [fields] : at.model.values.of(at.file, fields).flatMap((value) => (value.kind === "object" ? [value.node] : []));
  const given = at.call && fields.kind === "name" ? givenTo(at, fields) : undefined;
  if (given) return keysIn(given.at, given.argument);
  return objects.flatMap(({ members }) => members.flatMap((member) => (member.kind === "property" && keyNames.test(member.key) && isOfSettings(member.value) ? [expose(at, fields, member.key, "credential" as const)] : [])));
}

/** What the call that is followed gives the parameter. */
function givenTo({ model, file, call }: Look, { binding }: Extract<Expression, { kind: "name" }>): { readonly at: Look; readonly argument: Expression } | undefined {
  const source = binding === undefined ? undefined : model.values.index(file).sources[binding];
  const argument = source?.kind === "parameter" && source.path.length === 0 && source.function === call?.of ? call.arguments[source.index] : undefined;
  return call && argument && { at: call.at, argument };
}

/** `process.env.MAPS_KEY`, `config.weather.key` */
function isOfSettings(value: Expression): boolean {
  if (value.kind === "cast") return isOfSettings(value.value);
  return value.kind === "member" && isProvidersName(value.property) && /(?:^|\.)(?:env|\w*config|\w*settings)(?:\.|$)/i.test(nameOf(value.object));
}
