/** Splits an identifier, key or header name into lower-case words: `userJWTSecret_v2` gives user, jwt, secret, v2. */
export function splitWords(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g)?.map((part) => part.toLowerCase()) ?? [];
}

/** `a, b, c, …`: the first `most` of a list in words. */
export function listed(items: readonly string[], most: number): string {
  return [...items.slice(0, most), ...(items.length > most ? ["…"] : [])].join(", ");
}

/** `a, b and c`: all of a list in words. */
export function enumerated(items: readonly string[]): string {
  return [...(items.length > 1 ? [items.slice(0, -1).join(", ")] : []), ...items.slice(-1)].join(" and ");
}

/** `1 file`, `2 files`, `5,742 imports`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
