import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";

/** Steps from one list to the one that it was made of. */
const deepest = 6;
const passing = /^(filter|slice|sort|reverse|toSorted|toReversed)$/;
const eachOf = /^(map|flatMap|forEach|filter|some|every)$/;

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
  const index = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind === "element") return source.path.length === 0 ? { list: source.subject, place: false } : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0) return undefined;
  const passed = index.functions.get(source.function)?.passedTo;
  if (passed?.argument !== 0 || passed.call.callee.kind !== "member" || !eachOf.test(passed.call.callee.property) || source.index > 1) return undefined;
  return { list: passed.call.callee.object, place: source.index === 1 };
}
