import { staticSegments, versionSegment } from "../../base/route-segments.js";

/** Joins route path parts with single slashes: `/api` and `users/` give `/api/users`; the root is `/`. */
export function joinRoutePath(...parts: string[]): string {
  let joined = "";
  for (const part of parts) for (const segment of part.split("/")) if (segment !== "") joined += `/${segment}`;
  return joined === "" ? "/" : joined;
}

/**
 * Writes a framework's parameters as `:name` and its wildcards as `*name`; an optional parameter keeps its `?`, a
 * constraint on a parameter is dropped.
 */
export function normalizeRoutePath(path: string): string {
  // `/items{/:item}`: the slash belongs to the optional part.
  const segments = path.replaceAll("{/", "/{").split("/").filter((segment) => segment !== "");
  return `/${segments.map(normalizeSegment).join("/")}`;
}

function normalizeSegment(segment: string): string {
  if (segment === "*" || segment === "(.*)" || segment === "**") return "*path";
  // `:rest*` and `:rest+` of path-to-regexp take what is left.
  const repeated = /^:([A-Za-z_]\w*)[*+]$/.exec(segment);
  if (repeated) return `*${repeated[1] ?? ""}`;
  // `**:rest` of Nitro; what is in this notation already stays.
  if (/^\*{1,2}:?[A-Za-z_]\w*\??$/.test(segment)) return `*${segment.replace(/^\*{1,2}:?/, "")}`;
  const braced = /^\{(\/?:?)([A-Za-z_]\w*)([?*])?\d*\}$/.exec(segment);
  if (braced) return braced[3] === "*" ? `*${braced[2] ?? ""}` : `:${braced[2] ?? ""}${braced[3] ?? ""}`;
  const optionalGroup = /^\{\/?([:*])([A-Za-z_]\w*)\}$/.exec(segment);
  if (optionalGroup) return `${optionalGroup[1] ?? ":"}${optionalGroup[2] ?? ""}?`;
  const bracketed = /^\[{1,2}(\.\.\.)?([A-Za-z_]\w*)\]{1,2}$/.exec(segment);
  if (bracketed) return `${bracketed[1] ? "*" : ":"}${bracketed[2] ?? ""}`;
  // `:id(\\d+)`, `:id{[0-9]+}` and `:id<int>` name the parameter and constrain it.
  return segment.replace(/^:([A-Za-z_]\w*)[({<].*?[)}>](\?)?$/, ":$1$2").replace(/\{([A-Za-z_]\w*)\}/g, ":$1");
}

/** The version that a static segment before the first parameter names: `v1`, `v2`. */
export function versionOf(path: string, framework: string): string | undefined {
  return staticSegments(path, framework).find((segment) => versionSegment.test(segment));
}
