import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What the code of a file puts into the map behind a name: `new Map([["a", x]])`, `map.set("a", x)`. */
export function mapValues(model: ProjectModel, file: string, map: Expression): readonly Expression[] {
  if (map.kind !== "name" || map.binding === undefined) return [];
  const { sources, calls } = model.values.index(file);
  const source = sources[map.binding];
  const made = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  if (made?.kind !== "new" || made.callee.kind !== "name" || !/^(?:Weak)?Map$/.test(made.callee.name)) return [];
  const [entries] = made.arguments;
  const written = entries?.kind === "array" ? entries.elements.flatMap((entry) => (entry.kind === "array" ? entry.elements.slice(1, 2) : [])) : [];
  const put = calls.flatMap(({ node }) => {
    const { callee } = node;
    return callee.kind === "member" && callee.property === "set" && callee.object.kind === "name" && callee.object.binding === map.binding ? node.arguments.slice(1, 2) : [];
  });
  return [...written, ...put];
}
