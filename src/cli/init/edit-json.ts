import { applyEdits, modify } from "jsonc-parser";

/** `text` with `value` at `path`; everything else keeps its format, and what is added gets the file's indent. */
export function setInJson(text: string, path: readonly (string | number)[], value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const formattingOptions = { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length, eol: text.includes("\r\n") ? "\r\n" : "\n" };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
