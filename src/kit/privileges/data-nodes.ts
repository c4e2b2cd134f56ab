import type { DataNode } from "../../repo/readers/data.js";

/** The value behind a path of keys; undefined if there is none. Of keys that are written twice the last counts. */
export function dataAt(node: DataNode | undefined, ...path: readonly string[]): DataNode | undefined {
  return path.reduce((at, key) => at?.entries.findLast((entry) => entry.key === key)?.value, node);
}

/** The text that a value is. */
export function textOf(node: DataNode | undefined): string | undefined {
  return typeof node?.value === "string" ? node.value : undefined;
}

/** The texts of a list, or the one text that stands in its place. */
export function textsOf(node: DataNode | undefined): readonly string[] {
  return (node?.kind === "array" ? node.items : [node]).flatMap((item) => textOf(item) ?? []);
}
