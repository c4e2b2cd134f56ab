import type { Expression, TypeMember } from "../../facts/syntax.js";
import type { Value } from "../../model/values/value.js";

/** A list of rows, if any are known. */
export function listOf(rows: readonly Value[]): readonly Value[] {
  return rows.length > 0 ? [{ kind: "list", of: rows }] : [];
}

/** A value with named members, if they are known: as a type that is written out. */
export function record(file: string, node: Expression, members: readonly TypeMember[] | undefined, name?: string): readonly Value[] {
  return members ? [{ kind: "typed", file, type: { kind: "object", span: node.span, members }, ...(name !== undefined && { name }) }] : [];
}
