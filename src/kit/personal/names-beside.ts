import type { FunctionNode, Pattern } from "../../facts/syntax.js";
import type { BindingSource, FileIndex } from "../../model/modules/file-index.js";

/** The names that stand beside a variable: of the other parameters of its function, or of what is taken out of the same object. */
export function namesBeside(index: FileIndex, source: BindingSource | undefined): readonly string[] {
  if (source?.kind === "parameter") return namesTaken(source.function);
  if (source?.kind !== "value" || source.path.length !== 1 || source.value === undefined) return [];
  return index.sources.flatMap((other) => {
    const step = other?.kind === "value" && other.value === source.value ? other.path[0] : undefined;
    return step?.kind === "property" ? [step.key] : [];
  });
}

/** `(from: Date, to: Date)`: a parameter that says when. */
export function isMoment(source: BindingSource | undefined): boolean {
  return source?.kind === "parameter" && source.path.length === 0 && source.type?.kind === "reference" && /date|time|moment|dayjs/i.test(source.type.name);
}

/** The names that a function gives its parameters and what it takes of them. */
export function namesTaken({ parameters }: FunctionNode): readonly string[] {
  return parameters.flatMap(({ target }) => namesOf(target));
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === "binding") return [pattern.name];
  return pattern.kind === "object-pattern" ? pattern.properties.flatMap(({ key }) => key ?? []) : [];
}
