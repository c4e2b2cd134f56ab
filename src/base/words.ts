/** Splits an identifier, key or header name into lower-case words: `userJWTSecret_v2` gives user, jwt, secret, v2. */
export function splitWords(name: string): string[] {
  const words: string[] = [];
  for (const [part] of name.matchAll(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g)) words.push(part.toLowerCase());
  return words;
}
