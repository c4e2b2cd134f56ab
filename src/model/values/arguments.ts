import type { ArgumentPath } from "../../catalogue/index.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression, TemplateExpression } from "../../facts/syntax.js";
import { assignedTo } from "./members.js";
import type { Values } from "./values.js";

/**
 * What stands at the given places of a call: arguments, or properties of them where they are written out as an object
 * here or in a constant. Spreads of which the place may be a part are given as they are.
 */
export function argumentsAt(values: Values, file: string, node: CallExpression | NewExpression | TemplateExpression, paths: readonly ArgumentPath[]): readonly Expression[] {
  if (node.kind === "template") return [];
  const found: Expression[] = [];
  for (const path of paths) {
    const [place = "", ...properties] = path.split(".");
    if (place.endsWith("+")) {
      found.push(...node.arguments.slice(Number.parseInt(place, 10)));
      continue;
    }
    const argument = place === "last" ? node.arguments.at(-1) : node.arguments[Number(place)];
    const value = argument && properties.reduce<Expression | undefined>((object, name) => object && propertyAt(values, file, object, name), argument);
    // `query({ text })`: the object is not the text, its property is.
    const isHolder = value === argument && paths.some((other) => other.startsWith(`${place}.`)) && value !== undefined && isObject(values, file, value);
    if (value && !isHolder && !found.includes(value)) found.push(value);
  }
  return found;
}

/** Whether a value is an object, as it is written or as its parameter is declared. */
export function isObject(values: Values, file: string, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return node.kind === "object" || (source?.kind === "parameter" && source.path.length === 0 && source.type?.kind === "object") || values.of(file, node).some((value) => value.kind === "object");
}

function propertyAt(values: Values, file: string, node: Expression, name: string): Expression | undefined {
  if (node.kind === "object") return propertyOf(node, name) ?? spreadProperty(values, file, node, name) ?? node.members.findLast((member) => member.kind === "spread")?.value;
  if (node.kind === "cast" || node.kind === "await") return propertyAt(values, file, node.value, name);
  const written = writtenObject(values, file, node);
  const [value, ...others] = written ? [{ kind: "object" as const, file, node: written }] : values.of(file, node);
  // Parts of an object of another file would be read with the names of this one.
  return value?.kind === "object" && value.file === file && others.length === 0 ? (propertyOf(value.node, name) ?? assignedTo(values, file, value.node, name).at(-1) ?? spreadProperty(values, file, value.node, name)) : undefined;
}

/** The object that a name begins with, whatever type it is said to have: `const options = {} as Options; options.secret = …`. */
function writtenObject(values: Values, file: string, node: Expression): ObjectExpression | undefined {
  const binding = node.kind === "name" ? node.binding : undefined;
  const source = binding === undefined ? undefined : values.index(file).sources[binding];
  let value = source?.kind === "value" && source.path.length === 0 && binding !== undefined && values.model.facts(file).bindings[binding]?.reassigned !== true ? source.value : undefined;
  while (value?.kind === "cast") ({ value } = value);
  return value?.kind === "object" ? value : undefined;
}

/** The property of that name of what is spread into an object, the last one of which it is known. */
function spreadProperty(values: Values, file: string, { members }: ObjectExpression, name: string): Expression | undefined {
  for (const member of members.toReversed()) {
    const found = member.kind === "spread" ? propertyAt(values, file, member.value, name) : undefined;
    if (found) return found;
  }
  return undefined;
}
