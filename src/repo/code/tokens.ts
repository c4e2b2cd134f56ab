import { wordTable } from "../../base/word-table.js";

/** A token of TypeScript or JavaScript source. Comments and blanks are none. */
export interface Token {
  readonly kind: "name" | "string" | "template" | "number" | "regexp" | "mark";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** First on its line. */
  readonly first: boolean;
}

/** Names behind which a slash begins a regular expression. */
const operators = new Set(["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "do", "else", "instanceof", "yield", "await"]);

/**
 * The tokens of a text that need not be whole: an old version of a file has no facts, only its text. Good enough to
 * compare declarations without their comments and layout; not a parser.
 */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let first = true;
  let at = 0;
  const push = (kind: Token["kind"], end: number) => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end, first });
    first = false;
    at = end;
  };
  while (at < text.length) {
    const character = text[at] ?? "";
    const next = text[at + 1];
    if (character === "\n") {
      first = true;
      at++;
    } else if (/\s/.test(character)) at++;
    else if (character === "/" && next === "/") at = orEnd(text, text.indexOf("\n", at));
    else if (character === "/" && next === "*") {
      const end = text.indexOf("*/", at + 2);
      at = end === -1 ? text.length : end + 2;
    } else if (character === '"' || character === "'") push("string", stringEnd(text, at));
    else if (character === "`") push("template", templateEnd(text, at));
    else if (character === "/" && beginsRegexp(tokens.at(-1))) push("regexp", regexpEnd(text, at));
    else if (/[\p{ID_Start}$_#]/u.test(character)) push("name", wordEnd(text, at + 1));
    else if (/\d/.test(character)) push("number", wordEnd(text, at + 1));
    else push("mark", at + (text.startsWith("...", at) ? 3 : text.startsWith("=>", at) || text.startsWith("?.", at) ? 2 : 1));
  }
  return tokens;
}

const pairs: Readonly<Record<string, string>> = wordTable({ "(": ")", "[": "]", "{": "}" });

/** The index of the bracket that closes the one at `open`; the end of the tokens for one that is never closed. */
export function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.kind !== "mark") continue;
    if (pairs[token.text] !== undefined) depth++;
    else if (")]}".includes(token.text) && --depth === 0) return index;
  }
  return tokens.length;
}

/** The index of the first mark of this text behind `after`; -1 if there is none. */
export function indexFrom(tokens: readonly Token[], after: number, mark: string): number {
  for (let index = after + 1; index < tokens.length; index++) {
    if (tokens[index]?.text === mark && tokens[index]?.kind === "mark") return index;
  }
  return -1;
}

/** The stretches between the commas of a bracket's inside, `open` and `close` being the brackets' indexes. Empty ones are left out. */
export function splitList(tokens: readonly Token[], open: number, close: number): (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (let index = open + 1; index < close; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.kind === "mark" && token.text === ",") {
      parts.push([]);
      continue;
    }
    const end = token.kind === "mark" && pairs[token.text] !== undefined ? closingIndex(tokens, index) : index;
    parts.at(-1)?.push(...tokens.slice(index, end + 1));
    index = end;
  }
  return parts.filter((part) => part.length > 0);
}

/** The text that a string token, or a template without values, stands for. */
export function stringValue(token: Token | undefined): string | undefined {
  if (token?.kind === "string" || (token?.kind === "template" && !token.text.includes("${"))) return token.text.slice(1, -1);
  return undefined;
}

/** Tokens as text that is the same for any layout, quotes and trailing commas. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => (stringValue(token) === undefined ? token.text : JSON.stringify(stringValue(token)))).join(" ").replace(/ , (?=[)\]}])/g, " ").replace(/ [,;]$/, "");
}

function orEnd(text: string, offset: number): number {
  return offset === -1 ? text.length : offset;
}

function stringEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
    // A string ends with its line at the latest.
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

/** Values in templates may hold braces, strings and templates of their own. */
function templateEnd(text: string, start: number): number {
  // Open braces of each value around the place; a template begins where the last one is a mark of its own.
  const open: ("template" | "brace")[] = ["template"];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (open.at(-1) === "template") {
      if (character === "\\") at++;
      else if (character === "$" && text[at + 1] === "{") {
        open.push("brace");
        at++;
      } else if (character === "`") {
        open.pop();
        if (open.length === 0) return at + 1;
      }
    } else if (character === "`") open.push("template");
    else if (character === "{") open.push("brace");
    else if (character === "}") open.pop();
    else if (character === '"' || character === "'") at = stringEnd(text, at) - 1;
  }
  return text.length;
}

function beginsRegexp(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "name") return operators.has(before.text);
  return before.kind === "mark" && !")]}".includes(before.text);
}

function regexpEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return wordEnd(text, at + 1);
  }
  return start + 1;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[\p{ID_Continue}$]/u.test(text[at] ?? "")) at++;
  return at;
}
