import { isEmptyObject } from "../../facts/names.js";
import type { BindingSource, PatternStep } from "../modules/file-index.js";
import { collect, distinct, type Value } from "./value.js";
import type { Values } from "./values.js";

/** What a declared name stands for, by what declares it. */
export function valuesOfSource(values: Values, file: string, source: BindingSource): readonly Value[] {
  switch (source.kind) {
    case "value": {
      const own = source.value ? taken(values, values.of(file, source.value), source.path) : [];
      const fallback = source.default && !isEmptyObject(source.default) ? values.of(file, source.default) : [];
      const known = distinct([...own, ...fallback]);
      const unsure = known.every((value) => value.kind === "parameter" || value.kind === "typed");
      return unsure && source.type ? distinct([...values.ofType(file, source.type), ...known]) : known;
    }
    case "element":
      return taken(values, values.ofElement(values.of(file, source.subject)), source.path);
    case "parameter":
      return preferMade(taken(values, values.ofParameter(file, source.function, source.index), source.path));
    case "function":
      return [{ kind: "function", file, node: source.function }];
    case "class":
      return [{ kind: "class", file, node: source.class }];
    case "enum":
      return [{ kind: "enum", file, node: source.enum }];
    case "type":
    case "catch":
      return [];
  }
}

/** What a pattern takes out of a value, step by step. */
function taken(values: Values, whole: readonly Value[], path: readonly PatternStep[]): readonly Value[] {
  return path.reduce<readonly Value[]>((parts, step) => {
    if (step.kind === "property") return values.ofMember(parts, step.key);
    if (step.kind === "rest") return parts;
    if (step.kind === "unknown") return [];
    return collect(parts, (value) => {
      const element = value.kind === "array" ? value.node.elements[step.index] : undefined;
      return element && value.kind === "array" ? values.of(value.file, element) : values.ofElement([value]);
    });
  }, whole);
}

/** A package's type says what a value is, and its callers who made it: with both, the callers say all. */
function preferMade(values: readonly Value[]): readonly Value[] {
  const made = new Set(values.flatMap((value) => (value.kind === "external" && value.site ? [value.provenance.package] : [])));
  return made.size === 0 ? values : values.filter((value) => value.kind !== "external" || value.site !== undefined || !made.has(value.provenance.package));
}
