import { oncePer } from "../../base/once-per.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { metadataName } from "./sql-holes.js";
import { isNamePosition } from "./sql-names.js";

/** Types whose values no text fits, or only some that are written down. */
const closed = /^(number|bigint|boolean|enum)$/;
/** Methods whose result is the text, or one of the texts, that they are called on. */
const textual = /^(trim\w*|to(String|LowerCase|UpperCase)|normalize|slice|sub(string|str)|split|replace(All)?|concat|join|at|pop|shift|filter|map|sort|reverse|get|values|keys|entries)\(\)$/;

/** The functions that the project puts under another name, `read = readOrders`, and runs from there: who calls them is not seen. */
const keptFunctions = oncePer((model: ProjectModel): ReadonlySet<FunctionNode> => new Set(model.files.flatMap((file) => model.facts(file).bindings.flatMap((_, binding) => model.requestData.assignedTo(file, binding)
  .flatMap((value) => (value.kind === "name" ? model.values.of(file, value) : []))
  .flatMap((value) => (value.kind === "function" ? [value.node] : []))))));

interface Piece {
  readonly file: string;
  readonly node: Expression;
}

/**
 * What tells apart by whom a value that becomes part of a statement is handed in where that is not known: whoever calls a
 * function that no call of the project is known to run. Undefined where it is known, for what stands where
 * only a name does, which no parameter could be, and in packages that are published for others to call.
 */
export function handedInBy(model: ProjectModel, text: Piece, hole: Piece): string | undefined {
  if (model.packageOf(hole.file).published || isNamePosition(model, text, hole.node)) return undefined;
  for (const { file, parameter, path, steps } of model.requestData.handedIn(hole.file, hole.node)) {
    // What a function of a package makes of it, and what an object says of itself, was not handed in as it is.
    if (!parameter || keptFunctions(model).has(parameter.function) || steps.some(({ kind }) => kind === "call" || kind === "parse" || kind === "bound") || path.some((key) => metadataName.test(key) || (key.endsWith("()") && !textual.test(key)))) continue;
    const { type } = parameter.function.parameters[parameter.index] ?? {};
    const values = type ? path.reduce((of, key) => (key === "[]" ? model.values.ofElement(of) : model.values.ofMember(of, key)), model.values.ofType(file, type)) : [];
    if (values.length === 0 || !values.every((value) => value.kind === "constant" || value.kind === "enum" || (value.kind === "primitive" && closed.test(value.name)))) return `${file} ${parameter.function.span[0]}`;
  }
  return undefined;
}
