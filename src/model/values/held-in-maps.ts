import type { CallExpression, Expression, TypeNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode } from "../../facts/walk.js";
import type { CreationSite, Value } from "./value.js";
import { madeAt } from "./value.js";
import type { Values } from "./values.js";

const maps = /^(Weak)?Map$/;

/**
 * What `clients.get(tenant)` gives of a map that is filled as it is used: what the map is declared to hold, `new Map<string, Kysely<Tables>>()`
 * and `clients: Map<string, Kysely<Tables>>`, or else what is put into it; undefined where neither is known.
 */
export function heldInMap(values: Values, file: string, { callee }: CallExpression): readonly Value[] | undefined {
  if (callee.kind !== "member" || callee.property !== "get") return undefined;
  const found = values.of(file, callee.object);
  if (found.length === 0 || !found.every((value) => value.kind === "external" && value.provenance.package === "global" && value.provenance.path.length === 2 && maps.test(value.provenance.path[0] ?? ""))) return undefined;
  const held = found.flatMap((value) => (value.kind === "external" && value.site ? heldAt(values, value.site) : []));
  return held.length > 0 ? held : undefined;
}

function heldAt(values: Values, site: CreationSite): readonly Value[] {
  const { file, node } = madeAt(site);
  const type = (node.kind === "new" ? node.typeArguments?.[1] : undefined) ?? secondOf(declaredTypeOf(values, file, node));
  const declared = type ? values.ofType(file, type).filter(({ kind }) => kind !== "primitive") : [];
  return declared.length > 0 ? declared : putInto(values, file, node).flatMap((value) => values.of(file, value));
}

/** `Map<string, Client>` → `Client` */
function secondOf(type: TypeNode | undefined): TypeNode | undefined {
  return type?.kind === "reference" && type.binding === undefined && /^(Weak|Readonly)?Map$/.test(type.name) ? type.arguments?.[1] : undefined;
}

/** The type that a variable or property is declared with that holds a map. */
function declaredTypeOf(values: Values, file: string, made: Expression): TypeNode | undefined {
  const holder = values.index(file).parentOf(made);
  if (holder === undefined || isFunctionNode(holder)) return undefined;
  if (isClassNode(holder)) return holder.members.flatMap((member) => (member.kind === "property" && member.value === made && member.type ? [member.type] : []))[0];
  return holder.kind === "variable" ? holder.declarators.find(({ value }) => value === made)?.type : undefined;
}

/** What the file puts into a map by the name that it is kept under: `clients.set(tenant, client)`, `this.clients.set(tenant, client)`. */
function putInto(values: Values, file: string, made: Expression): readonly Expression[] {
  const { calls, parentOf } = values.index(file);
  const holder = parentOf(made);
  if (holder === undefined || isFunctionNode(holder)) return [];
  const field = isClassNode(holder) ? holder.members.find((member) => member.kind === "property" && member.value === made) : undefined;
  const variable = !isClassNode(holder) && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === made)?.target : undefined;
  const isKept = (map: Expression): boolean =>
    map.kind === "member" ? field?.kind === "property" && map.object.kind === "this" && map.property === field.name : map.kind === "name" && variable?.kind === "binding" && map.binding === variable.binding;
  return calls.flatMap(({ node }) => (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "set" && node.arguments[1] && isKept(node.callee.object) ? [node.arguments[1]] : []));
}
