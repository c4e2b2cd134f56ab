/**
 * Whether a dotted name is in a list of patterns. A `*` stands for anything, dots excepted; a `!` in front takes out
 * again; the last pattern that matches counts.
 */
export function isListed(name: string, patterns: readonly string[] = []): boolean {
  let listed = false;
  for (const pattern of patterns) {
    const taken = pattern.startsWith("!");
    if (matches(name, taken ? pattern.slice(1) : pattern)) listed = !taken;
  }
  return listed;
}

function matches(name: string, pattern: string): boolean {
  const wanted = pattern.split(".");
  const parts = name.split(".");
  return wanted.length === parts.length && wanted.every((part, index) => matchesPart(parts[index] ?? "", part));
}

function matchesPart(text: string, pattern: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return text === pattern;
  if (!text.startsWith(head) || text.length < head.length + tail.length || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}
