import type { Decorator, Expression, ObjectExpression } from "./syntax.js";

/** The last name of an expression: `save` of `user.save` and of `save`; empty for anything that ends in no name. */
export function lastName(node: Expression): string {
  return node.kind === "member" ? node.property : node.kind === "name" ? node.name : "";
}

/** The name of a decorator: `Controller` of `@Controller("users")` and of `@nest.Controller`. */
export function decoratorName({ value }: Decorator): string {
  return lastName(value.kind === "call" ? value.callee : value);
}

/** The value expression of a property of an object literal; the last one of that name counts. */
export function propertyOf(node: ObjectExpression, name: string): Expression | undefined {
  const member = node.members.findLast((candidate) => candidate.kind === "property" && candidate.key === name);
  return member?.kind === "property" ? member.value : undefined;
}

/** `private client: Client | null = null` holds nothing yet: what is assigned later counts. */
export function isNothing(node: Expression): boolean {
  if (node.kind === "cast") return isNothing(node.value);
  return (node.kind === "literal" && node.value === null) || (node.kind === "name" && node.name === "undefined");
}

/** `{ filters = {} }`: what stands in for an object that is not there, and tells nothing of one that is. */
export function isEmptyObject(node: Expression): boolean {
  return node.kind === "object" && node.members.length === 0;
}

/** What a chain of members and calls begins with: `z` of `z.object({ … }).strict()`. */
export function chainRoot(node: Expression): Expression {
  if (node.kind === "call") return chainRoot(node.callee);
  return node.kind === "member" ? chainRoot(node.object) : node;
}

/** Whether an expression is a request by its name, or what of it holds what steps before have put there. */
export function isRequest(node: Expression): boolean {
  return node.kind === "name" ? /^(req|request|ctx|context|c|event)$/.test(node.name) : node.kind === "member" && /^(state|locals|var|req|request)$/.test(node.property) && isRequest(node.object);
}

/** `c.get("user")`: what a step before has put on the request of who calls. */
export function isPutThere(node: Expression): boolean {
  if (node.kind !== "call") return false;
  const { callee, arguments: [key, ...others] } = node;
  return callee.kind === "member" && callee.property === "get" && isRequest(callee.object) && key?.kind === "literal" && /^(session|user(Id)?|currentUser|viewer|principal)$/.test(String(key.value)) && others.length === 0;
}
