import type { BindingKind } from "./facts.js";
import type { Reader } from "./reader.js";
import { readExpression } from "./read-expression.js";
import { propertyName } from "./read-type.js";
import type { Pattern, PatternElement, PatternProperty } from "./syntax.js";
import { ts } from "./typescript.js";

/** Reads what a declaration binds, and declares it in the innermost scope (for `var`, in the innermost function). */
export function readPattern(reader: Reader, name: ts.BindingName, kind: BindingKind, hoisted = false): Pattern {
  const span = reader.span(name);
  if (ts.isIdentifier(name)) return { kind: "binding", span, name: name.text, binding: reader.scopes.declare(name.text, kind, span, hoisted) };
  let rest: Pattern | undefined;
  if (ts.isObjectBindingPattern(name)) {
    const properties: PatternProperty[] = [];
    for (const element of name.elements) {
      if (element.dotDotDotToken) rest = readPattern(reader, element.name, kind, hoisted);
      else properties.push({ span: reader.span(element), ...keyOf(element), ...readElement(reader, element, kind, hoisted) });
    }
    return { kind: "object-pattern", span, properties, ...(rest && { rest }) };
  }
  const elements: (PatternElement | null)[] = [];
  for (const element of name.elements) {
    if (ts.isOmittedExpression(element)) elements.push(null);
    else if (element.dotDotDotToken) rest = readPattern(reader, element.name, kind, hoisted);
    else elements.push(readElement(reader, element, kind, hoisted));
  }
  return { kind: "array-pattern", span, elements, ...(rest && { rest }) };
}

/** Reads the left side of an assignment that takes an object or array apart; declares nothing. */
export function readAssignmentPattern(reader: Reader, node: ts.Expression): Pattern {
  const span = reader.span(node);
  if (ts.isObjectLiteralExpression(node)) {
    const properties: PatternProperty[] = [];
    let rest: Pattern | undefined;
    for (const member of node.properties) {
      if (ts.isSpreadAssignment(member)) rest = readAssignmentPattern(reader, member.expression);
      else if (ts.isShorthandPropertyAssignment(member)) {
        const fallback = member.objectAssignmentInitializer && readExpression(reader, member.objectAssignmentInitializer);
        properties.push({ span: reader.span(member), key: member.name.text, value: readTarget(reader, member.name), ...(fallback && { default: fallback }) });
      } else if (ts.isPropertyAssignment(member)) {
        const key = propertyName(member.name);
        properties.push({ span: reader.span(member), ...(key !== undefined && { key }), ...readAssignedElement(reader, member.initializer) });
      }
    }
    return { kind: "object-pattern", span, properties, ...(rest && { rest }) };
  }
  if (ts.isArrayLiteralExpression(node)) {
    const elements: (PatternElement | null)[] = [];
    let rest: Pattern | undefined;
    for (const element of node.elements) {
      if (ts.isOmittedExpression(element)) elements.push(null);
      else if (ts.isSpreadElement(element)) rest = readAssignmentPattern(reader, element.expression);
      else elements.push(readAssignedElement(reader, element));
    }
    return { kind: "array-pattern", span, elements, ...(rest && { rest }) };
  }
  return readTarget(reader, node);
}

function readAssignedElement(reader: Reader, node: ts.Expression): PatternElement {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return { value: readAssignmentPattern(reader, node.left), default: readExpression(reader, node.right) };
  return { value: readAssignmentPattern(reader, node) };
}

function readTarget(reader: Reader, node: ts.Expression): Pattern {
  if (ts.isIdentifier(node)) reader.scopes.use(node.text, "value", () => undefined, true);
  return { kind: "target", span: reader.span(node), expression: readExpression(reader, node) };
}

function readElement(reader: Reader, element: ts.BindingElement, kind: BindingKind, hoisted: boolean): PatternElement {
  const { key } = keyOf(element);
  // What a variable takes from an object of settings stands in for a setting that is missing.
  const given = key === undefined ? undefined : { name: key, span: reader.span(element.name), ...(kind === "variable" && reader.takesSettings && { fallback: true as const }) };
  const fallback = element.initializer && readExpression(reader, element.initializer, given);
  return { value: readPattern(reader, element.name, kind, hoisted), ...(fallback && { default: fallback }) };
}

function keyOf(element: ts.BindingElement): { key?: string } {
  const name = element.propertyName ?? (ts.isIdentifier(element.name) ? element.name : undefined);
  const key = name && propertyName(name);
  return key === undefined ? {} : { key };
}
