import { splitWords } from "../../base/words.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { writtenIn } from "./growing-lists.js";

/** What is asked for is the head of a list: `/songs/top`, `posts.latest`, `/dashboard`. */
export function asksForHead(path: string): boolean {
  return splitWords(path.split("/").filter((segment) => !/^[:*]/.test(segment)).at(-1) ?? "").some((word) => /^(auto|autocomplete|best|dashboard|deepest|featured|highlights?|home|hot|last|latest|leaderboard|newest|next|now|overview|popular|preview|random|recent(ly)?|recommend(ed|ations)?|related|similar|stats|suggest(ions|ed)?|summary|today|top|trending|upcoming)$/.test(word));
}

/** Whether a list ends after a number of rows that the code says, and goes on from nowhere: `.limit(25)`, `LIMIT 20`. */
export function isCutShort(model: ProjectModel, operation: StoreOperation): boolean {
  const { file, limit, methods, node, text } = operation;
  if (operation.role !== "list" || operation.single || methods.some((name) => /^(skip|offset|startAfter|cursor)$/.test(name))) return false;
  if (limit.length > 0) return limit.every((size) => isFixed(model, file, size)) && !someNode([node], (part) => "kind" in part && part.kind === "object" && part.members.some((member) => member.kind === "property" && /^(skip|offset|cursor|after|before)$/.test(member.key)));
  const statement = [node, ...text].map((part) => (part.kind === "template" ? part.texts.join("?") : writtenIn(model, file, part))).join(" ");
  return /\blimit\s+(?!1\b)\d+\s*;?\s*$/i.test(statement.trim());
}

/** `25`, `MAX_ROWS`, `Limits.search`; one row is no list. */
function isFixed(model: ProjectModel, file: string, size: Expression): boolean {
  if (size.kind === "literal") return size.value !== 1;
  if (size.kind === "name" && /^[A-Z][A-Z0-9_]*$/.test(size.name)) return true;
  return (size.kind === "name" || size.kind === "member") && /^[A-Z]/.test(lastName(size)) && model.values.of(file, size).some(({ kind }) => kind === "constant");
}
