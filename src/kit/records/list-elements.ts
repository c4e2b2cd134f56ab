import type { Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Steps from one list to the one that it was made of. */
const deepest = 6;
const passing = /^(filter|slice|sort|reverse|toSorted|toReversed)$/;
const eachOf = /^(map|flatMap|forEach|filter|some|every|find)$/;

/**
 * What the elements of a list were made of: of one that is written out, filled by `push`, or mapped from another. Undefined
 * where something else may be in it.
 */
export function elementsOf(model: ProjectModel, file: string, node: Expression, depth = 0): readonly Expression[] | undefined {
  if (depth > deepest) return undefined;
  if (node.kind === "cast") return elementsOf(model, file, node.value, depth);
  if (node.kind === "array") return node.elements.some(({ kind }) => kind === "spread") ? undefined : node.elements;
  if (node.kind === "call" && node.callee.kind === "member") {
    const { object, property } = node.callee;
    if (passing.test(property)) return elementsOf(model, file, object, depth + 1);
    const [made] = node.arguments;
    return property === "map" && made?.kind === "function" ? model.values.returned(made.function) : undefined;
  }
  if (node.kind !== "name" || node.binding === undefined || model.requestData.assignedTo(file, node.binding).length > 0) return undefined;
  const source = model.values.index(file).sources[node.binding];
  const written = source?.kind === "value" && source.value && source.path.length === 0 ? elementsOf(model, file, source.value, depth + 1) : undefined;
  return written && [...written, ...pushed(model, file, node.binding)];
}

/** What is added to a list: `parts.push(part)`. */
function pushed(model: ProjectModel, file: string, binding: number): readonly Expression[] {
  return model.values.index(file).calls.flatMap(({ node }) => (node.callee.kind === "member" && /^(push|unshift)$/.test(node.callee.property) && node.callee.object.kind === "name" && node.callee.object.binding === binding ? node.arguments.map((argument) => (argument.kind === "spread" ? argument.value : argument)) : []));
}

/** The list that a name goes through: of a loop, or of the function that is called for each. `place` is true for the place in it, which is a number. */
export function listAround(model: ProjectModel, file: string, node: Expression): { readonly list: Expression; readonly place: boolean } | undefined {
  const source = sourceOf(model, file, node);
  return (source?.kind === "element" || source?.kind === "parameter") && source.path.length === 0 ? loopAround(model, file, node) : undefined;
}

/** The same for a part of each element: `for (const [key, value] of Object.entries(body))`. */
export function loopAround(model: ProjectModel, file: string, node: Expression): { readonly list: Expression; readonly place: boolean } | undefined {
  const source = sourceOf(model, file, node);
  if (source?.kind === "element") return { list: source.subject, place: false };
  const passed = source?.kind === "parameter" ? model.values.index(file).functions.get(source.function)?.passedTo : undefined;
  if (source?.kind !== "parameter" || passed?.argument !== 0 || passed.call.callee.kind !== "member") return undefined;
  const { object, property } = passed.call.callee;
  // What has been made so far comes before the element: `keys.reduce((made, key) => …)`.
  const element = property === "reduce" ? 1 : eachOf.test(property) ? 0 : undefined;
  if (element === undefined || source.index < element || source.index > element + 1) return undefined;
  return { list: object, place: source.index > element };
}

function sourceOf(model: ProjectModel, file: string, node: Expression): BindingSource | undefined {
  return node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
}
