import { oncePer } from "../../base/once-per.js";
import type { ClassMember, ClassNode, Expression, FunctionNode } from "../../facts/syntax.js";
import { type FileIndex, type FunctionContext, heldFunction } from "../modules/file-index.js";

/** The functions of a file that make instances, as code before classes wrote them. */
export interface ConstructorFunctions {
  /** The function as the class that it stands for: its members are what it and its prototype are given. */
  readonly classes: ReadonlyMap<FunctionNode, ClassNode>;
  /** For a function that is such a member, the class whose instance `this` is in it. */
  readonly owners: ReadonlyMap<FunctionNode, ClassNode>;
}

/** Reads `this.find = …` in functions, `User.prototype.find = …` and `User.prototype = { … }`. */
export const constructorFunctionsOf = oncePer(gather);

/** Whether a function is by its looks only meant for `new`: it has a name with a capital, or members on its prototype. */
export function looksLikeConstructor(index: FileIndex, node: FunctionNode): boolean {
  return constructorFunctionsOf(index).classes.has(node) && (/^[A-Z]/.test(node.name ?? "") || index.memberAssignments.some(({ object, property }) => prototypeOwner(index, object, property) === node));
}

function gather(index: FileIndex): ConstructorFunctions {
  const given = new Map<FunctionNode, Map<string, Expression[]>>();
  const note = (owner: FunctionNode | undefined, name: string, value: Expression): void => {
    if (!owner) return;
    const members = given.get(owner) ?? new Map<string, Expression[]>();
    given.set(owner, members);
    members.set(name, [...(members.get(name) ?? []), value]);
  };
  for (const { object, property, value, in: context } of index.memberAssignments) {
    if (isThis(index, object)) note(plainFunctionAround(context), property, value);
    else if (object.kind === "member" && object.property === "prototype") note(functionNamed(index, object.object), property, value);
    else if (property === "prototype" && value.kind === "object") for (const member of value.members) if (member.kind === "property") note(functionNamed(index, object), member.key, member.value);
  }
  const classes = new Map<FunctionNode, ClassNode>();
  const owners = new Map<FunctionNode, ClassNode>();
  for (const [node, members] of given) {
    const { span, name, nameSpan, binding } = node;
    const asClass: ClassNode = { span, ...(name !== undefined && { name }), ...(nameSpan && { nameSpan }), ...(binding !== undefined && { binding }), members: [...members].map(([key, values]) => memberOf(key, values)) };
    classes.set(node, asClass);
    for (const member of asClass.members) if (member.kind === "method") owners.set(member.function, asClass);
  }
  return { classes, owners };
}

/** What is given more than once is any of what the function assigns. */
function memberOf(name: string, values: readonly Expression[]): ClassMember {
  const [value, ...others] = values;
  const span = value?.span ?? [0, 0];
  const place = { span, name, nameSpan: span };
  if (value?.kind === "function" && others.length === 0) return { kind: "method", ...place, function: value.function };
  return { kind: "property", ...place, ...(value && others.length === 0 && { value }) };
}

/** `this`, or a name for it: `const self = this`. */
function isThis(index: FileIndex, node: Expression): boolean {
  if (node.kind === "this") return true;
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  return source?.kind === "value" && source.value?.kind === "this" && source.path.length === 0;
}

/** The function whose `this` it is, if that is neither a member of a class nor a callback. */
function plainFunctionAround(context: FunctionContext | undefined): FunctionNode | undefined {
  let at = context;
  while (at?.node.form === "arrow") at = at.parent;
  return at?.node.form === "function" && !at.class && !at.passedTo ? at.node : undefined;
}

/** `User` of `User.prototype.find = …`. */
function prototypeOwner(index: FileIndex, object: Expression, property: string): FunctionNode | undefined {
  if (object.kind === "member" && object.property === "prototype") return functionNamed(index, object.object);
  return property === "prototype" ? functionNamed(index, object) : undefined;
}

/** The function of the file that a name was declared as. */
export function functionNamed(index: FileIndex, node: Expression): FunctionNode | undefined {
  return node.kind === "name" ? heldFunction(index, node.binding) : undefined;
}
