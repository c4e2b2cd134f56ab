const token = /\s+|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\d[\w.]*|[\p{L}\p{N}_$]+|./gsu;

/**
 * The tokens of a source text without what a formatter sets: white space, comments, semicolons, commas before a closing
 * bracket, the kind of quotes. Works on any text: what is no token is one character.
 */
export function codeTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const [part] of text.matchAll(token)) {
    if (/^\s/.test(part) || part.startsWith("//") || part.startsWith("/*") || part === ";") continue;
    if (/^[)\]}]$/.test(part) && tokens.at(-1) === ",") tokens.pop();
    tokens.push(part.length > 1 && part.startsWith("'") && !part.includes('"') ? `"${part.slice(1, -1)}"` : part);
  }
  return tokens;
}
