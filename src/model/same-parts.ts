/** Whether two pieces of plain data are alike. Syntax is alike if it is the same: an edit makes all syntax of its file anew. */
export function haveSameParts(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null || isSyntax(left)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((part, index) => haveSameParts(part, right[index]));
  const others = new Map<string, unknown>(Object.entries(right));
  const parts = Object.entries(left);
  return parts.length === others.size && parts.every(([key, part]) => others.has(key) && haveSameParts(part, others.get(key)));
}

function isSyntax(part: object): boolean {
  return "span" in part && ("kind" in part || "parameters" in part || "members" in part);
}
