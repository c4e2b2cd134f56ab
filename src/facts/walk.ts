import type { ClassNode, Decorator, Expression, FunctionNode, ObjectMember, Pattern, Statement } from "./syntax.js";

/** A node that has parts. Functions and classes appear as themselves, below the expression or statement that holds them. */
export type SyntaxNode = Expression | Statement | Pattern | FunctionNode | ClassNode;

/** A node that is no function and no class by itself. */
export type CodeNode = Exclude<SyntaxNode, FunctionNode | ClassNode>;

/** The kind of a node; functions and classes have none. Read as a property, which is asked more quickly than whether it is there. */
function kindOf(node: SyntaxNode): CodeNode["kind"] | undefined {
  return (node as Partial<CodeNode>).kind;
}

/** Whether a node is a function. */
export function isFunctionNode(node: SyntaxNode): node is FunctionNode {
  return kindOf(node) === undefined && "parameters" in node;
}

/** Whether a node is a class. */
export function isClassNode(node: SyntaxNode): node is ClassNode {
  return kindOf(node) === undefined && "members" in node;
}

/** Calls `visit` for each direct part of a node that can hold code, in source order. Types hold no code. */
export function forEachPart(node: SyntaxNode, visit: (part: SyntaxNode) => void): void {
  if (isFunctionNode(node)) return functionParts(node, visit);
  if (isClassNode(node)) return classParts(node, visit);
  switch (node.kind) {
    case "template":
      some(node.tag, visit);
      return all(node.values, visit);
    case "member":
      return visit(node.object);
    case "index":
      visit(node.object);
      return visit(node.index);
    case "call":
    case "new":
      visit(node.callee);
      return all(node.arguments, visit);
    case "object":
      for (const member of node.members) memberParts(member, visit);
      return;
    case "array":
      return all(node.elements, visit);
    case "function":
      return visit(node.function);
    case "class":
      return visit(node.class);
    case "spread":
    case "await":
    case "unary":
    case "cast":
    case "throw":
      return visit(node.value);
    case "yield":
    case "return":
      return some(node.value, visit);
    case "assign":
      visit(node.target);
      return visit(node.value);
    case "binary":
      visit(node.left);
      return visit(node.right);
    case "conditional":
      visit(node.test);
      visit(node.then);
      return visit(node.else);
    case "import":
      return visit(node.argument);
    case "other":
      return all(node.parts, visit);
    case "expression":
      return visit(node.value);
    case "variable":
      for (const declarator of node.declarators) {
        visit(declarator.target);
        some(declarator.value, visit);
      }
      return;
    case "if":
      visit(node.test);
      all(node.then, visit);
      return all(node.else, visit);
    case "loop":
      some(node.initial, visit);
      some(node.subject, visit);
      some(node.test, visit);
      some(node.update, visit);
      return all(node.body, visit);
    case "try":
      all(node.body, visit);
      some(node.handler?.parameter, visit);
      all(node.handler?.body, visit);
      return all(node.finalizer, visit);
    case "switch":
      visit(node.subject);
      for (const clause of node.cases) {
        some(clause.test, visit);
        all(clause.body, visit);
      }
      return;
    case "block":
      return all(node.body, visit);
    case "enum":
      for (const member of node.members) some(member.value, visit);
      return;
    case "object-pattern":
      for (const property of node.properties) {
        visit(property.value);
        some(property.default, visit);
      }
      return some(node.rest, visit);
    case "array-pattern":
      for (const element of node.elements) {
        some(element?.value, visit);
        some(element?.default, visit);
      }
      return some(node.rest, visit);
    case "target":
      return visit(node.expression);
    default:
      return;
  }
}

function some(part: SyntaxNode | undefined, visit: (part: SyntaxNode) => void): void {
  if (part) visit(part);
}

function all(parts: readonly SyntaxNode[] | undefined, visit: (part: SyntaxNode) => void): void {
  if (parts) for (const part of parts) visit(part);
}

function functionParts(node: FunctionNode, visit: (part: SyntaxNode) => void): void {
  for (const parameter of node.parameters) {
    decorators(parameter.decorators, visit);
    visit(parameter.target);
    some(parameter.default, visit);
  }
  all(node.body, visit);
}

function classParts(node: ClassNode, visit: (part: SyntaxNode) => void): void {
  decorators(node.decorators, visit);
  if (node.extends) visit(node.extends.value);
  for (const member of node.members) {
    if (member.kind === "static-block") member.body.forEach(visit);
    else {
      decorators(member.decorators, visit);
      if (member.kind === "method") visit(member.function);
      else if (member.value) visit(member.value);
    }
  }
}

function memberParts(member: ObjectMember, visit: (part: SyntaxNode) => void): void {
  if (member.kind === "computed") visit(member.key);
  visit(member.value);
}

function decorators(list: readonly Decorator[] | undefined, visit: (part: SyntaxNode) => void): void {
  if (list) for (const decorator of list) visit(decorator.value);
}

/** Calls `visit` for a node and everything below it, outermost first; `false` leaves out what lies below. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined): void {
  walkAll([node], visit);
}

/** Like `walk`, for a list of statements. */
export function walkAll(nodes: readonly SyntaxNode[], visit: (node: SyntaxNode) => boolean | undefined): void {
  const step = (node: SyntaxNode): void => {
    if (visit(node) !== false) forEachPart(node, step);
  };
  for (const node of nodes) step(node);
}

/** Whether one of the nodes, or an expression, statement or pattern anywhere below them, passes a test. */
export function someNode(nodes: readonly SyntaxNode[], test: (node: CodeNode) => boolean): boolean {
  let found = false;
  walkAll(nodes, (node) => {
    found ||= "kind" in node && test(node);
    return !found;
  });
  return found;
}

/** The lists of statements that a node holds itself: the body of a function, both branches, the cases of a switch. */
export function statementLists(node: SyntaxNode): readonly (readonly Statement[])[] {
  if (isClassNode(node)) return [];
  if (isFunctionNode(node)) return [node.body ?? []];
  switch (node.kind) {
    case "if":
      return [node.then, node.else ?? []];
    case "try":
      return [node.body, node.handler?.body ?? [], node.finalizer ?? []];
    case "switch":
      return node.cases.map(({ body }) => body);
    case "block":
    case "loop":
      return [node.body];
    default:
      return [];
  }
}
