import type { Span } from "../base/position.js";
import type { DirectiveFact, ImportFact } from "./facts.js";
import { maskTokens } from "./mask-tokens.js";
import { ts } from "./typescript.js";

const directiveMark = /eslint|std-check-|oxlint-/g;
const documentedImport = /@import\s[^@]*?from\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;
// A scope that an alias is called by is no mark: `from "@generated/user"`.
const generatedMark = /(?<!["'`])@generated\b(?!\/)|\bauto-?generated\b|\bgenerated (?:by|code|file)\b[^\n]*\bdo not (edit|modify)\b|\bdo not (edit|modify)\b[^\n]*\bgenerated\b/i;

/** The comments that direct ESLint, oxlint or std-check, in source order. Found by their words, so that other comments cost nothing. */
export function readDirectives(source: ts.SourceFile): DirectiveFact[] {
  const found = new Map<number, DirectiveFact>();
  for (const match of source.text.matchAll(directiveMark)) {
    const comment = commentAround(source, match.index);
    if (!comment) continue;
    const text = source.text.slice(comment[0] + 2, source.text.startsWith("/*", comment[0]) ? comment[1] - 2 : comment[1]).trim();
    // The reason that a comment gives is printed, and may quote what it excuses.
    if (/^(eslint|std-check-|oxlint-)/.test(text)) found.set(comment[0], { span: comment, text: maskTokens(text) });
  }
  return [...found.values()];
}

/** The modules that JSDoc types of a JavaScript file name; TypeScript ignores them in its own files. */
export function readDocumentedImports(source: ts.SourceFile): ImportFact[] {
  if (!/\.[cm]?jsx?$/.test(source.fileName)) return [];
  const imports: ImportFact[] = [];
  for (const match of source.text.matchAll(documentedImport)) {
    const comment = commentAround(source, match.index);
    if (!comment || !source.text.startsWith("/**", comment[0])) continue;
    const specifier = match[1] ?? match[2] ?? "";
    const start = match.index + match[0].indexOf(specifier);
    const span: Span = [match.index, match.index + match[0].length];
    imports.push({ form: "jsdoc", specifier, span, specifierSpan: [start - 1, start + specifier.length + 1], typeOnly: true, names: [] });
  }
  return imports;
}

/** How a compiler begins a CommonJS module that it makes of another: `"use strict"; var __importDefault = …`. */
const compiledMark = /^(?:"use strict";\s*)(?:var __\w+ = |Object\.defineProperty\(exports, "__esModule")/;

/** Whether the first lines say that a tool wrote the file, or show it. */
export function saysGenerated(text: string): boolean {
  return generatedMark.test(text.slice(0, 1_000)) || compiledMark.test(text.slice(0, 200));
}

/** The comment that covers `offset`; undefined when the offset lies in code. */
function commentAround(source: ts.SourceFile, offset: number): Span | undefined {
  const text = source.text;
  if (inToken(source, source, offset)) return undefined;
  const lineStart = text.lastIndexOf("\n", offset) + 1;
  for (let line = text.indexOf("//", lineStart); line !== -1 && line < offset; line = text.indexOf("//", line + 2)) {
    if (inToken(source, source, line)) continue;
    const end = text.indexOf("\n", line);
    return [line, end === -1 ? text.length : text[end - 1] === "\r" ? end - 1 : end];
  }
  const open = text.lastIndexOf("/*", offset);
  const close = text.indexOf("*/", open + 2);
  return open !== -1 && close >= offset ? [open, close + 2] : undefined;
}

/** Whether `offset` lies in a string, template, regular expression, JSX text or name, where comments have no meaning. */
function inToken(source: ts.SourceFile, node: ts.Node, offset: number): boolean {
  let child: ts.Node | undefined;
  ts.forEachChild(node, (candidate) => {
    if (!child && candidate.pos <= offset && offset < candidate.end) child = candidate;
  });
  if (child) return offset >= child.getStart(source) && inToken(source, child, offset);
  return ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node) || ts.isJsxText(node) || ts.isIdentifier(node);
}
