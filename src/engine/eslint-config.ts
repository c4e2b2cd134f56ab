import { extractFacts } from "../facts/extract.js";
import type { FileFacts } from "../facts/facts.js";
import type { Expression } from "../facts/syntax.js";

/** The names of a flat config, in the order in which ESLint looks for them. */
export const eslintConfigNames = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((extension) => `eslint.config.${extension}`);

/** What became of a flat config that was to be given our entry. */
export type EslintConfigEdit =
  | { readonly kind: "edited"; readonly text: string }
  /** It imports std-check already. */
  | { readonly kind: "present" }
  /** Its shape leaves open where the entry belongs; a person has to add `lines`. */
  | { readonly kind: "by-hand"; readonly reason: string; readonly lines: readonly string[] };

/**
 * Adds the entry of std-check to the text of a flat config, keeping everything else as it is. Understands
 * `export default` and `module.exports =` of a list, or of a call that takes configs (`defineConfig`, `tseslint.config`),
 * directly or through a constant of the file.
 */
export function addToEslintConfig(file: string, text: string): EslintConfigEdit {
  const facts = extractFacts(file, text);
  const isCommonJs = facts.esModule !== true;
  const style = styleOf(text, facts);
  const name = facts.bindings.some((binding) => binding.name === "std") ? "stdCheck" : "std";
  const importLine = isCommonJs ? `const { default: ${name} } = require(${style.quote}std-check${style.quote})${style.end}` : `import ${name} from ${style.quote}std-check${style.quote}${style.end}`;
  const entry = `...${name}.fromSettings(${isCommonJs ? "__dirname" : "import.meta.dirname"})`;
  const byHand = (reason: string): EslintConfigEdit => ({ kind: "by-hand", reason, lines: [importLine, `${entry},`] });

  if (importsStdCheck(facts)) return { kind: "present" };
  if (facts.syntaxError !== undefined) return byHand(`it does not parse: ${facts.syntaxError.message}`);
  const list = configList(facts);
  if (list === undefined) return byHand("what it exports is not a list of configs that is written out in this file");
  const end = closingBracket(text, list);
  if (end === undefined) return byHand("where its list of configs ends is not clear");

  const withEntry = insertElement(text, list.elements.at(-1)?.span, end, entry);
  const at = importPlace(text, facts);
  const edited = `${withEntry.slice(0, at)}${importLine}${text.includes("\r\n") ? "\r\n" : "\n"}${withEntry.slice(at)}`;
  const check = extractFacts(file, edited);
  return check.syntaxError === undefined && importsStdCheck(check) ? { kind: "edited", text: edited } : byHand("the edit would not parse");
}

/** Whether the code imports or requires std-check. */
export function importsStdCheck(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => specifier === "std-check" || specifier?.startsWith("std-check/"));
}

interface ConfigList {
  readonly elements: readonly Expression[];
  /** The list with its brackets, or the call with its parentheses. */
  readonly span: Expression["span"];
}

/** The list of configs that the file exports: an array, or the arguments of a call that takes configs. */
function configList(facts: FileFacts): ConfigList | undefined {
  const statement = facts.body[facts.defaultExport ?? -1];
  const exported = statement?.kind === "expression" ? statement.value : undefined;
  const value = written(facts, exported?.kind === "assign" ? exported.value : exported);
  if (value?.kind === "array") return value;
  if (value?.kind !== "call") return undefined;
  if (value.arguments.length > 0 && calledFrom(facts, value.callee)?.package === "@antfu/eslint-config") return { elements: value.arguments, span: value.span };
  if (!takesConfigs(facts, value.callee)) return undefined;
  const only = value.arguments.length === 1 ? written(facts, value.arguments[0]) : undefined;
  if (only?.kind === "array") return only;
  return { elements: value.arguments, span: value.span };
}

/** The expression behind casts, `await` and constants of this file. */
function written(facts: FileFacts, value: Expression | undefined, depth = 0): Expression | undefined {
  if (value === undefined || depth > 5) return undefined;
  if (value.kind === "cast" || value.kind === "await") return written(facts, value.value, depth + 1);
  if (value.kind !== "name" || value.binding === undefined) return value;
  for (const statement of facts.body) {
    if (statement.kind !== "variable") continue;
    for (const { target, value: initial } of statement.declarators) {
      if (target.kind === "binding" && target.binding === value.binding) return written(facts, initial, depth + 1);
    }
  }
  return undefined;
}

/** `defineConfig` of eslint/config, and `config` of typescript-eslint, under any local name. */
function takesConfigs(facts: FileFacts, callee: Expression): boolean {
  const called = calledFrom(facts, callee);
  return (called?.package === "eslint/config" && called.name === "defineConfig") || (called?.package === "typescript-eslint" && called.name === "config");
}

/** The package that a called name or member was imported from, and what it is called there. */
function calledFrom(facts: FileFacts, callee: Expression): { readonly package: string; readonly name: string } | undefined {
  const [base, property] = callee.kind === "member" ? [callee.object, callee.property] : [callee, undefined];
  if (base.kind !== "name" || base.binding === undefined) return undefined;
  for (const { specifier, names } of facts.imports) {
    const imported = names.find(({ binding }) => binding === base.binding)?.imported;
    if (imported !== undefined && specifier !== undefined) return { package: specifier, name: property ?? imported };
  }
  return undefined;
}

/** The offset of the bracket or parenthesis that closes the list. */
function closingBracket(text: string, list: ConfigList): number | undefined {
  const end = list.span[1] - 1;
  return text[end] === "]" || text[end] === ")" ? end : undefined;
}

/** Puts `entry` behind the last element, on a line of its own where the list has several lines. */
function insertElement(text: string, last: Expression["span"] | undefined, end: number, entry: string): string {
  if (last === undefined) return `${text.slice(0, end)}${entry}${text.slice(end)}`;
  const comma = commaBetween(text, last[1], end);
  const before = comma === undefined ? `${text.slice(0, last[1])},` : text.slice(0, comma + 1);
  const after = text.slice(comma === undefined ? last[1] : comma + 1);
  const lineEnd = after.search(/\r?\n/);
  if (lineEnd === -1 || lineEnd > end - (text.length - after.length)) return `${before} ${entry}${after}`;
  const newline = after.startsWith("\r\n", lineEnd) ? "\r\n" : "\n";
  const lastLine = text.lastIndexOf("\n", last[0]) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lastLine))?.[0] ?? "";
  return `${before}${after.slice(0, lineEnd)}${newline}${indent}${entry}${comma === undefined ? "" : ","}${after.slice(lineEnd)}`;
}

/** The offset of the comma behind an element, comments aside. */
function commaBetween(text: string, start: number, end: number): number | undefined {
  for (let offset = start; offset < end; offset++) {
    if (text.startsWith("//", offset)) offset = indexOrEnd(text, "\n", offset);
    else if (text.startsWith("/*", offset)) offset = indexOrEnd(text, "*/", offset + 2) + 1;
    else if (text[offset] === ",") return offset;
  }
  return undefined;
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index === -1 ? text.length : index;
}

/** The offset of the line behind the last import or top-level require; else of the first line that is no comment line. */
function importPlace(text: string, facts: FileFacts): number {
  const imports = facts.imports.filter(({ form, deferred }) => (form === "import" || form === "require") && deferred !== true);
  const last = Math.max(-1, ...imports.map(({ span }) => span[1]));
  const statement = facts.body.find(({ span }) => span[0] <= last && last <= span[1]);
  const behind = statement?.kind === "variable" ? statement.span[1] : last;
  if (last !== -1 && (statement === undefined || statement.kind === "variable")) return indexOrEnd(text, "\n", behind) + 1;
  const lines = /^(?:(?:#!|\/\/).*\r?\n|["']use strict["'];?\r?\n|\r?\n)*/.exec(text)?.[0] ?? "";
  return lines.length;
}

/** Quotes and semicolons as the file has them. */
function styleOf(text: string, facts: FileFacts): { readonly quote: string; readonly end: string } {
  const sample = facts.imports.find(({ form }) => form === "import" || form === "require");
  if (sample === undefined) return { quote: '"', end: ";" };
  const quote = text[sample.specifierSpan[0]] === "'" ? "'" : '"';
  const rest = text.slice(sample.span[1] - 1, indexOrEnd(text, "\n", sample.span[1]));
  return { quote, end: rest.includes(";") ? ";" : "" };
}
