/** A segment that names a version by itself, or that of the whole interface: `v2`, `v1.1`, `apiv3`, `api-v3`. */
export const versionSegment = /^(?:api[-_.]?)?v\d+(?:\.\d+)?$/i;

/** The static segments of a path before its first parameter, which may name a version; the keys of a procedure of tRPC count one by one. */
export function staticSegments(path: string, framework: string): readonly string[] {
  // A prefix that is not known is no parameter of the resource.
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ":unknown" && segment !== ":prefix");
  const end = segments.findIndex((segment) => /^[:*]/.test(segment));
  return (end === -1 ? segments : segments.slice(0, end)).flatMap((segment) => (framework === "trpc" ? segment.split(".") : [segment]));
}
