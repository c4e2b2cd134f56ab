import { walkAll } from "../../facts/walk.js";
import type { ClassNode, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";

/** Classes that extend each other are followed so far. */
const deepest = 4;

/** An expression with the file that it stands in. */
export interface Placed {
  readonly file: string;
  readonly node: Expression;
}

/**
 * What a constructor puts into a field: `this.base = base`, or a parameter that is a property. What the constructor of a base
 * class puts there is what the class itself hands to it: `super("/notes")`.
 */
export function fieldGiven(model: ProjectModel, file: string, self: Expression, name: string): Placed | undefined {
  const owner = model.values.classAround(file, self);
  return owner && fieldOf(model, file, owner, name, 0);
}

function fieldOf(model: ProjectModel, file: string, owner: ClassNode, name: string, depth: number): Placed | undefined {
  const own = putByOwn(model, file, owner, name);
  if (own) return { file, node: own };
  const [base] = owner.extends && depth < deepest ? model.values.of(file, owner.extends.value) : [];
  const put = base?.kind === "class" ? fieldOf(model, base.file, base.node, name, depth + 1) : undefined;
  if (!put || base?.kind !== "class" || put.file !== base.file || put.node.kind !== "name" || put.node.binding === undefined) return put;
  const source = model.values.index(base.file).sources[put.node.binding];
  const handed = source?.kind === "parameter" && source.path.length === 0 && source.function === constructorOf(base.node) ? handedToBase(owner)?.[source.index] : undefined;
  return handed ? { file, node: handed } : put;
}

function putByOwn(model: ProjectModel, file: string, owner: ClassNode, name: string): Expression | undefined {
  const { memberAssignments } = model.values.index(file);
  const assigned = memberAssignments.find((one) => one.property === name && one.object.kind === "this" && one.in?.class === owner && one.in.node.form === "constructor");
  if (assigned) return assigned.value;
  const parameter = constructorOf(owner)?.parameters.find(({ property, target }) => property && target.kind === "binding" && target.name === name);
  return parameter?.target.kind === "binding" ? { kind: "name", span: parameter.span, name, binding: parameter.target.binding } : undefined;
}

function constructorOf({ members }: ClassNode): FunctionNode | undefined {
  const member = members.find((candidate) => candidate.kind === "method" && candidate.name === "constructor");
  return member?.kind === "method" ? member.function : undefined;
}

/** The arguments of `super(…)`. */
function handedToBase(owner: ClassNode): readonly Expression[] | undefined {
  let given: readonly Expression[] | undefined;
  walkAll(constructorOf(owner)?.body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "super") given ??= part.arguments;
    return undefined;
  });
  return given;
}
