import type { EditDraft } from "../../base/finding.js";
import type { Edge, LinkedName } from "../../model/project-model.js";

/** Makes an import for types a type-only one. One that decorator metadata keeps is of another kind, and stays. */
export function typeImport({ from, fact, names }: Edge, { name, kind }: LinkedName): EditDraft[] | undefined {
  if (fact.form !== "import" || kind !== "runtime" || name.use !== "type" || !/\.[cm]?tsx?$/.test(from)) return undefined;
  const isForTypes = names.every((linked) => linked.name.use === "type" && linked.kind === "runtime" && linked.name.typeOnly === undefined);
  const hasDefault = names.some((linked) => linked.name.imported === "default" && linked.name.span[1] - linked.name.span[0] === linked.name.local.length);
  const behindKeyword = fact.span[0] + "import".length;
  if (isForTypes && (names.length === 1 || !hasDefault)) return [{ start: behindKeyword, end: behindKeyword, text: " type" }];
  return hasDefault || name.imported === "*" ? undefined : [{ start: name.span[0], end: name.span[0], text: "type " }];
}
