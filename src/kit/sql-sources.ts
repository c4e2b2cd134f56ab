import { isTestPath } from "../base/test-paths.js";
import { propertyOf } from "../facts/names.js";
import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { isClosed } from "./sql-holes.js";

/** Steps from one function or name to the next that are looked back on. */
const deepest = 8;

/** The pieces that a text or list is put together of, or one of which it is. */
function piecesOf(node: Expression): readonly Expression[] | undefined {
  switch (node.kind) {
    case "array":
      return node.elements.map((element) => (element.kind === "spread" ? element.value : element));
    case "template":
      return node.values;
    case "conditional":
      return [node.then, node.else];
    case "binary":
      return [node.left, node.right];
    default:
      return undefined;
  }
}

/**
 * Whether all that is handed in for a value was followed: it is a parameter, or made of one, whose callers are known, down
 * to where no caller has it from somebody unknown; none of them hands in request data. `key` is what is taken of it.
 */
export function isFollowed(model: ProjectModel, file: string, node: Expression, depth = 0, key?: string): boolean {
  const held = node.kind === "member" && node.object.kind === "this" ? model.values.fieldGiven(file, node.object, node.property) : undefined;
  if (held && depth < deepest) return isFollowed(model, file, held, depth + 1);
  if (node.kind === "member") return isFollowed(model, file, node.object, depth, node.property);
  // `columns.map(quoted).join(", ")`
  if (node.kind === "call" && node.callee.kind === "member" && /^(join|map|filter|trim|toString|slice|concat)$/.test(node.callee.property)) return isFollowed(model, file, node.callee.object, depth);
  // What a function of the project gives is followed through it.
  if (node.kind === "call") return model.transactions.callees(file, node).length > 0;
  if (node.kind === "await" || node.kind === "cast") return isFollowed(model, file, node.value, depth, key);
  const parts = piecesOf(node);
  if (parts) return parts.every((part) => isClosed(model, file, part, depth + 1) || isFollowed(model, file, part, depth + 1));
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind === "value" && source.value && depth < deepest) return isFollowed(model, file, source.value, depth + 1, key);
  if (source?.kind !== "parameter") return false;
  const [step] = source.path;
  const taken = step?.kind === "property" ? step.key : key;
  const calls = model.transactions.callersOf(source.function);
  const used = (calls.length > 0 ? calls : model.values.callSites.of(file, source.function)).filter(({ file: at }) => !isTestPath(at));
  return used.length > 0 && used.every(({ file: at, call }) => {
    const argument = call.arguments[source.index];
    const given = argument?.kind === "object" && taken !== undefined ? propertyOf(argument, taken) : argument;
    return given === undefined || depth >= deepest || !isOfSomebody(model, at, given, depth + 1);
  });
}

/** Whether a value is a parameter of a function that nothing calls, as far as is known: anybody may. What a framework hands to its functions is known. */
function isOfSomebody(model: ProjectModel, file: string, node: Expression, depth: number): boolean {
  let root = node;
  while (root.kind === "member" || root.kind === "index") root = root.object;
  const index = model.values.index(file);
  const source = root.kind === "name" && root.binding !== undefined ? index.sources[root.binding] : undefined;
  if (source?.kind !== "parameter" || index.functions.get(source.function)?.passedTo || source.function.parameters[source.index]?.decorators?.length) return false;
  return !isFollowed(model, file, node, depth);
}
