import { extensionOf } from "../../base/paths.js";
import type { Expression, ObjectMember } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";

/** Longer files are data, not settings. */
const mostCharacters = 100_000;
const deepest = 12;

/** What a JSON file that the code loads holds, as an expression of the file that loads it; undefined if it is none, or cannot be read. */
export function dataExpression(model: ProjectModel, file: string, specifier: string, span: Expression["span"]): Expression | undefined {
  const target = model.resolve(file, specifier);
  const text = target.kind === "asset" && extensionOf(target.file) === ".json" ? model.text(target.file) : undefined;
  if (text === undefined || text.length > mostCharacters) return undefined;
  try {
    return written(JSON.parse(text), span, 0);
  } catch {
    return undefined;
  }
}

/** All parts stand where the file is loaded. */
function written(value: unknown, span: Expression["span"], depth: number): Expression {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return { kind: "literal", span, value };
  if (typeof value !== "object" || depth > deepest) return { kind: "other", span, syntax: "json", parts: [] };
  if (Array.isArray(value)) return { kind: "array", span, elements: value.map((element) => written(element, span, depth + 1)) };
  return { kind: "object", span, members: Object.entries(value).map(([key, part]): ObjectMember => ({ kind: "property", span, key, keySpan: span, value: written(part, span, depth + 1) })) };
}
