import type { Reader } from "./reader.js";
import { readParameter } from "./read-function.js";
import type { NameUse } from "./scope.js";
import type { TypeMember, TypeNode } from "./syntax.js";
import { ts } from "./typescript.js";

/**
 * Reads a type. With `use` "metadata" the outermost reference (also behind `| null`) counts as kept at run time by
 * `emitDecoratorMetadata`.
 */
export function readType(reader: Reader, node: ts.TypeNode, use: NameUse = "type"): TypeNode {
  const span = reader.span(node);
  if (ts.isParenthesizedTypeNode(node)) return readType(reader, node.type, use);
  if (ts.isTypeReferenceNode(node)) return readReference(reader, node.typeName, node.typeArguments, span, use);
  if (ts.isExpressionWithTypeArguments(node)) return readHeritage(reader, node);
  if (ts.isArrayTypeNode(node)) return { kind: "array", span, element: readType(reader, node.elementType) };
  if (ts.isTupleTypeNode(node)) return { kind: "tuple", span, elements: node.elements.map((element) => readType(reader, tupleElement(element))) };
  if (ts.isUnionTypeNode(node)) return { kind: "union", span, types: node.types.map((type) => readType(reader, type, use)) };
  if (ts.isIntersectionTypeNode(node)) return { kind: "intersection", span, types: node.types.map((type) => readType(reader, type)) };
  if (ts.isTypeLiteralNode(node)) return { kind: "object", span, members: readTypeMembers(reader, node.members) };
  if (ts.isLiteralTypeNode(node)) return readLiteralType(reader, node);
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) return readFunctionType(reader, node);
  if (ts.isTypeQueryNode(node)) return readTypeQuery(reader, node);
  if (ts.isImportTypeNode(node)) return readImportType(reader, node);
  if (ts.isIndexedAccessTypeNode(node))
    return { kind: "index", span, object: readType(reader, node.objectType), index: readType(reader, node.indexType) };
  if (ts.isTypeOperatorNode(node))
    return { kind: "operator", span, operator: ts.tokenToString(node.operator) ?? "", type: readType(reader, node.type) };
  const parts: TypeNode[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isTypeNode(child)) parts.push(readType(reader, child));
  });
  if (parts.length === 0 && ts.isToken(node)) return { kind: "keyword", span, name: reader.textOf(node) };
  return { kind: "other", span, syntax: ts.SyntaxKind[node.kind], parts };
}

/** Reads the members of an interface or type literal; index signatures and computed names are left out. */
export function readTypeMembers(reader: Reader, members: ts.NodeArray<ts.TypeElement>): TypeMember[] {
  const read: TypeMember[] = [];
  for (const member of members) {
    const name = member.name && propertyName(member.name);
    const optional = member.questionToken !== undefined && { optional: true as const };
    if (ts.isPropertySignature(member) && name !== undefined) {
      read.push({ span: reader.span(member), name, ...optional, ...(member.type && { type: readType(reader, member.type) }) });
    } else if (ts.isMethodSignature(member) && name !== undefined) {
      const type = readFunctionType(reader, member);
      read.push({ span: reader.span(member), name, ...optional, method: true, type });
    }
  }
  return read;
}

/** The text of a property name that is known without running the code. */
export function propertyName(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name)) return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  return name.text;
}

/** `extends X<T>` and `implements X<T>` in type position. */
export function readHeritage(reader: Reader, node: ts.ExpressionWithTypeArguments): TypeNode {
  const span = reader.span(node);
  const name = entityText(node.expression);
  if (name === undefined) return { kind: "other", span, syntax: "ExpressionWithTypeArguments", parts: [] };
  return finishReference(reader, name, node.typeArguments, span, "type");
}

function readReference(reader: Reader, name: ts.EntityName, typeArguments: readonly ts.TypeNode[] | undefined, span: TypeNode["span"], use: NameUse): TypeNode {
  return finishReference(reader, entityText(name) ?? "", typeArguments, span, use);
}

function finishReference(reader: Reader, name: string, typeArguments: readonly ts.TypeNode[] | undefined, span: TypeNode["span"], use: NameUse): TypeNode {
  const node: { kind: "reference"; span: TypeNode["span"]; name: string; binding?: number; arguments?: TypeNode[] } = { kind: "reference", span, name };
  reader.scopes.use(head(name), use, (binding) => {
    node.binding = binding;
  });
  if (typeArguments) node.arguments = typeArguments.map((argument) => readType(reader, argument));
  return node;
}

function readLiteralType(reader: Reader, node: ts.LiteralTypeNode): TypeNode {
  const span = reader.span(node);
  const literal = node.literal;
  if (ts.isStringLiteralLike(literal)) return { kind: "literal", span, value: literal.text };
  if (ts.isNumericLiteral(literal)) return { kind: "literal", span, value: Number(literal.text) };
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword)
    return { kind: "literal", span, value: literal.kind === ts.SyntaxKind.TrueKeyword };
  return { kind: "keyword", span, name: reader.textOf(literal) };
}

function readFunctionType(reader: Reader, node: ts.FunctionTypeNode | ts.ConstructorTypeNode | ts.MethodSignature): TypeNode {
  reader.scopes.enter(true);
  for (const parameter of node.typeParameters ?? []) reader.scopes.declare(parameter.name.text, "alias", reader.span(parameter.name));
  const parameters = node.parameters.map((parameter) => readParameter(reader, parameter));
  const returns = node.type && readType(reader, node.type);
  reader.scopes.leave();
  return { kind: "function", span: reader.span(node), parameters, ...(returns && { returns }) };
}

function readTypeQuery(reader: Reader, node: ts.TypeQueryNode): TypeNode {
  const span = reader.span(node);
  if (ts.isImportTypeNode(node.exprName)) return readType(reader, node.exprName);
  const name = entityText(node.exprName) ?? "";
  const query: { kind: "typeof"; span: TypeNode["span"]; name: string; binding?: number } = { kind: "typeof", span, name };
  // A `typeof` in a type looks a value up, yet keeps no import alive: it is looked up in both spaces as a type use.
  reader.scopes.useTypeOfValue(head(name), (binding) => {
    query.binding = binding;
  });
  return query;
}

function readImportType(reader: Reader, node: ts.ImportTypeNode): TypeNode {
  const span = reader.span(node);
  const literal = ts.isLiteralTypeNode(node.argument) && ts.isStringLiteralLike(node.argument.literal) ? node.argument.literal : undefined;
  const name = node.qualifier && entityText(node.qualifier);
  if (literal) {
    const first = name === undefined ? "*" : head(name);
    reader.imports.add({
      form: "import-type",
      specifier: literal.text,
      span,
      specifierSpan: reader.span(literal),
      typeOnly: true,
      names: [{ imported: first, local: first, span, typeOnly: true }],
    });
  }
  return {
    kind: "import",
    span,
    specifier: literal?.text ?? "",
    ...(name !== undefined && { name }),
    ...(node.isTypeOf && { typeof: true as const }),
    ...(node.typeArguments && { arguments: node.typeArguments.map((argument) => readType(reader, argument)) }),
  };
}

/** The dotted text of a name such as `Prisma.UserCreateInput`; undefined for anything else. */
function entityText(node: ts.EntityName | ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isQualifiedName(node)) return `${entityText(node.left) ?? ""}.${node.right.text}`;
  if (ts.isPropertyAccessExpression(node)) {
    const object = entityText(node.expression);
    return object === undefined ? undefined : `${object}.${node.name.text}`;
  }
  return undefined;
}

function head(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? name : name.slice(0, dot);
}

function tupleElement(element: ts.TypeNode | ts.NamedTupleMember): ts.TypeNode {
  return ts.isNamedTupleMember(element) ? element.type : element;
}
