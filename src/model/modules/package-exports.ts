/** Conditions that lead nearest to the sources. */
const conditions = ["source", "development", "types", "import", "node", "module", "default", "require"];

/**
 * The target that the `exports` or `imports` of a package.json give for a key such as `./sub` or `#db`; undefined if
 * they give none. Follows conditions, fallback lists and subpath patterns as Node does.
 */
export function packageTarget(map: unknown, key: string): string | undefined {
  if (typeof map === "string" || Array.isArray(map)) return key === "." ? condition(map) : undefined;
  if (typeof map !== "object" || map === null) return undefined;
  const entries = new Map<string, unknown>(Object.entries(map));
  const keyed = [...entries.keys()].some((name) => name.startsWith(".") || name.startsWith("#"));
  if (!keyed) return key === "." ? condition(map) : undefined;
  if (entries.has(key)) return condition(entries.get(key));
  let best: { target: string; rest: string; length: number } | undefined;
  for (const [pattern, value] of entries) {
    const star = pattern.indexOf("*");
    if (star === -1) continue;
    const head = pattern.slice(0, star);
    const tail = pattern.slice(star + 1);
    if (!key.startsWith(head) || !key.endsWith(tail) || key.length < head.length + tail.length || (best && best.length >= head.length)) continue;
    const target = condition(value);
    if (target !== undefined) best = { target, rest: key.slice(head.length, key.length - tail.length), length: head.length };
  }
  return best?.target.replaceAll("*", best.rest);
}

function condition(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item: unknown) => condition(item)).find((target) => target !== undefined);
  if (typeof value !== "object" || value === null) return undefined;
  const map = new Map<string, unknown>(Object.entries(value));
  for (const name of conditions) {
    const target = map.has(name) ? condition(map.get(name)) : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}
