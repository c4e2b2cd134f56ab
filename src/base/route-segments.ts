/** The number of a version, with what says that it is not final: `2`, `1beta1`, `3-rc1`. */
export const versionNumber = String.raw`\d+(?:-?(?:alpha|beta|preview|rc)\d*)?`;
/** A calendar date, which some interfaces name their versions by. */
export const versionDate = String.raw`\d{4}-\d{2}-\d{2}`;

/** A segment that names a version by itself, or that of the whole interface: `v2`, `v1.1`, `v1beta1`, `apiv3`, `api-v3`, `2026-11-28`. */
export const versionSegment = new RegExp(String.raw`^(?:(?:api[-_.]?)?v(?:\d+\.)?${versionNumber}|${versionDate})$`, "i");

/** The static segments of a path before its first parameter, which may name a version; the keys of a procedure of tRPC count one by one. */
export function staticSegments(path: string, framework: string): readonly string[] {
  // A prefix that is not known is no parameter of the resource.
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ":unknown" && segment !== ":prefix");
  const end = segments.findIndex((segment) => /^[:*]/.test(segment));
  return (end === -1 ? segments : segments.slice(0, end)).flatMap((segment) => (framework === "trpc" ? segment.split(".") : [segment]));
}
