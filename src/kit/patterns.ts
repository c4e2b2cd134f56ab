import type { Pattern } from "../facts/syntax.js";

/** The names that a pattern binds, in source order. */
export function boundNames(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case "binding":
      return [pattern.name];
    case "object-pattern":
      return pattern.properties.flatMap(({ value }) => boundNames(value));
    case "array-pattern":
      return pattern.elements.flatMap((element) => (element ? boundNames(element.value) : []));
    case "target":
      return [];
  }
}
