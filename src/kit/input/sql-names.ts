import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What names of things in a database stand behind. */
const introducing = /\b(?:from|join|into|update|table|only|view|index|database|schema|sequence|column|constraint|trigger|function|type|role|user|server|exists|references|owner to|as)\s*$/i;
/** What values in quotation marks stand behind, where a database takes them for text. */
const comparing = /(?:[=<>]|\b(?:i?like|in\s*\(|values\s*\([^()]*)|\()\s*$/i;

/**
 * Whether a piece of a statement stands where only a name can, which no parameter can be: behind `FROM`, `JOIN`, `INTO`,
 * `TABLE` and their kin, in the marks that names are quoted with, before or behind the dot between two names, as a piece of a name.
 */
export function isNamePosition(model: ProjectModel, { file, node }: { readonly file: string; readonly node: Expression }, hole: Expression): boolean {
  const parts = model.dataAccess.partsOf(file, node);
  const places = parts.flatMap((part, index) => (part.kind === "hole" && part.expression === hole ? [index] : []));
  const text = (index: number): string => {
    const part = parts[index];
    return part?.kind === "text" ? part.text : "";
  };
  return places.length > 0 && places.every((index) => isName(text(index - 1), text(index + 1)));
}

function isName(before: string, after: string): boolean {
  if (/[\w"`\]]?\.["`[]?$/.test(before) || /^["`\]]?\./.test(after)) return true;
  // A piece of a longer name: `${kind}_count`, `total_${kind}`; in a text it is one of a value.
  if ((/^_\w/.test(after) || /\w_$/.test(before)) && (before.split("'").length - 1) % 2 === 0) return true;
  const mark = /["`[]$/.exec(before)?.[0];
  const outer = mark === undefined ? before : before.slice(0, -1);
  if (introducing.test(outer)) return true;
  return mark === "`" || mark === "[" || (mark === '"' && !comparing.test(outer));
}
