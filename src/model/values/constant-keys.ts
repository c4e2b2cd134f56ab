import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";

/** Keys of one constant list that are told apart. */
const mostKeys = 12;

/** What a key in brackets can be, where all of it is constant: a text, or one of a list that a loop runs through. */
export function constantKeys({ values }: ProjectModel, file: string, key: Expression): readonly string[] | undefined {
  const found = values.of(file, key);
  const texts = found.flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value] : []));
  return texts.length > 0 && texts.length === found.length && texts.length <= mostKeys ? texts : undefined;
}

/** The keys that `Object.entries(body).filter(([key]) => allowed.includes(key))` lets through, where the list is constant. */
export function keptKeys({ values }: ProjectModel, file: string, { parameters, body }: FunctionNode): readonly string[] | undefined {
  const [parameter] = parameters;
  const first = parameter?.target.kind === "array-pattern" ? parameter.target.elements[0]?.value : undefined;
  const [statement] = body ?? [];
  const test = statement?.kind === "return" ? statement.value : undefined;
  if (first?.kind !== "binding" || test?.kind !== "call" || test.callee.kind !== "member" || !/^(includes|has)$/.test(test.callee.property)) return undefined;
  const [argument] = test.arguments;
  if (argument?.kind !== "name" || argument.binding !== first.binding) return undefined;
  for (const value of values.of(file, test.callee.object)) {
    const [made] = value.kind === "external" && value.provenance.path[0] === "Set" && value.site ? value.site.node.arguments : [];
    const list = value.kind === "array" ? value : made?.kind === "array" && value.kind === "external" && value.site ? { file: value.site.file, node: made } : undefined;
    const keys = list?.node.elements.map((element) => values.text(list.file, element)).filter((key) => key !== undefined);
    if (keys && keys.length === list?.node.elements.length) return keys;
  }
  return undefined;
}
