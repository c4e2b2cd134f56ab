import { isAboutSecret, keyOfRing } from "../catalogue/secrets/secret-names.js";
import { isRandomKey } from "../catalogue/secrets/secret-values.js";
import { looksLikeSettings, type Reader } from "./reader.js";
import { type GivenName, readClass, readFunction } from "./read-function.js";
import { noteDynamicImport, noteRequire } from "./read-import.js";
import { readAssignmentPattern } from "./read-pattern.js";
import { propertyName, readType } from "./read-type.js";
import type { CallExpression, Expression, NameExpression, ObjectMember, Pattern } from "./syntax.js";
import { ts } from "./typescript.js";

/** Reads an expression; `given` names a function or class that has no name of its own. Parentheses are dropped. */
export function readExpression(reader: Reader, node: ts.Expression, given?: GivenName): Expression {
  if (ts.isIdentifier(node)) return readName(reader, node);
  if (ts.isPropertyAccessExpression(node)) return readMember(reader, node, node.name.text, node.name);
  if (ts.isCallExpression(node)) return readCall(reader, node, given);
  const span = reader.span(node);
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return { kind: "this", span };
    case ts.SyntaxKind.SuperKeyword:
      return { kind: "super", span };
    case ts.SyntaxKind.NullKeyword:
      return { kind: "literal", span, value: null };
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
      return { kind: "literal", span, value: node.kind === ts.SyntaxKind.TrueKeyword };
  }
  if (ts.isStringLiteralLike(node)) return reader.literal(span, node.text, given);
  if (ts.isNumericLiteral(node)) return { kind: "literal", span, value: Number(node.text) };
  if (ts.isParenthesizedExpression(node)) return readExpression(reader, node.expression, given);
  if (ts.isObjectLiteralExpression(node)) return { kind: "object", span, members: readObjectMembers(reader, node.properties, given) };
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { kind: "function", span, function: readFunction(reader, node, given) };
  if (ts.isAwaitExpression(node)) return { kind: "await", span, value: readExpression(reader, node.expression) };
  if (ts.isBinaryExpression(node)) return readBinary(reader, node, given);
  if (ts.isTemplateExpression(node)) return readTemplate(reader, node);
  if (ts.isTaggedTemplateExpression(node)) return { tag: readExpression(reader, node.tag), ...readTemplate(reader, node.template), span };
  if (ts.isNewExpression(node)) return { ...readInvocation(reader, node, ts.isIdentifier(node.expression) && /^(?:Map|Set)$/.test(node.expression.text) ? given : undefined), kind: "new" };
  if (ts.isArrayLiteralExpression(node)) return { kind: "array", span, elements: reader.inside(given?.name, () => node.elements.map((element) => readExpression(reader, element, ts.isStringLiteralLike(element) || ts.isArrayLiteralExpression(element) ? given : undefined))) };
  if (ts.isSpreadElement(node)) return { kind: "spread", span, value: readExpression(reader, node.expression) };
  if (ts.isConditionalExpression(node))
    return {
      kind: "conditional",
      span,
      test: readExpression(reader, node.condition),
      then: readExpression(reader, node.whenTrue, standIn(reader, given, node.condition)),
      else: readExpression(reader, node.whenFalse, standIn(reader, given, node.condition)),
    };
  if (ts.isElementAccessExpression(node)) return readElementAccess(reader, node);
  if (ts.isPrefixUnaryExpression(node)) return readUnary(reader, node, ts.tokenToString(node.operator) ?? "", node.operand);
  if (ts.isPostfixUnaryExpression(node)) return readUnary(reader, node, `post${ts.tokenToString(node.operator) ?? ""}`, node.operand);
  if (ts.isTypeOfExpression(node)) return readUnary(reader, node, "typeof", node.expression);
  if (ts.isDeleteExpression(node)) return readUnary(reader, node, "delete", node.expression);
  if (ts.isVoidExpression(node)) return readUnary(reader, node, "void", node.expression);
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) return { kind: "cast", span, form: "as", value: readExpression(reader, node.expression, given), type: readType(reader, node.type) };
  if (ts.isSatisfiesExpression(node)) return { kind: "cast", span, form: "satisfies", value: readExpression(reader, node.expression, given), type: readType(reader, node.type) };
  if (ts.isNonNullExpression(node)) return { kind: "cast", span, form: "non-null", value: readExpression(reader, node.expression) };
  if (ts.isClassExpression(node)) return { kind: "class", span, class: readClass(reader, node, given) };
  if (ts.isRegularExpressionLiteral(node)) return readRegex(span, node.text);
  if (ts.isYieldExpression(node)) return { kind: "yield", span, ...(node.expression && { value: readExpression(reader, node.expression) }) };
  return readOther(reader, node);
}

function readName(reader: Reader, node: ts.Identifier): NameExpression {
  const name: { kind: "name"; span: NameExpression["span"]; name: string; binding?: number } = { kind: "name", span: reader.span(node), name: node.text };
  reader.scopes.use(node.text, "value", (binding) => {
    name.binding = binding;
  });
  return name;
}

function readMember(reader: Reader, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, property: string, name: ts.Node): Expression {
  const object = readExpression(reader, node.expression);
  return { kind: "member", span: reader.span(node), object, property, propertySpan: reader.span(name), ...(node.questionDotToken && { optional: true as const }) };
}

function readElementAccess(reader: Reader, node: ts.ElementAccessExpression): Expression {
  const index = node.argumentExpression;
  if (ts.isStringLiteralLike(index)) return readMember(reader, node, index.text, index);
  return { kind: "index", span: reader.span(node), object: readExpression(reader, node.expression), index: readExpression(reader, index) };
}

function readCall(reader: Reader, node: ts.CallExpression, given: GivenName | undefined): Expression {
  const argument = node.arguments[0];
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword && argument) {
    noteDynamicImport(reader, node, argument);
    return { kind: "import", span: reader.span(node), argument: readExpression(reader, argument) };
  }
  const call = readInvocation(reader, node, isEncoder(node.expression) ? given : undefined);
  noteRequire(reader, node, call);
  return node.questionDotToken ? { ...call, optional: true } : call;
}

/** `Buffer.from("…")`, `encoder.encode("…")`, `String("…")`: what they give is called as their text is. */
function isEncoder(callee: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === "encode" || callee.name.text === "createSecretKey" || (callee.name.text === "from" && ts.isIdentifier(callee.expression) && callee.expression.text === "Buffer");
  return ts.isIdentifier(callee) && (callee.text === "String" || callee.text === "createSecretKey");
}

/** A call or `new`; `given` names its first argument where the call itself does not. */
function readInvocation(reader: Reader, node: ts.CallExpression | ts.NewExpression, given?: GivenName): CallExpression {
  const callee = readExpression(reader, node.expression);
  return {
    kind: "call",
    span: reader.span(node),
    callee,
    arguments: node.arguments?.map((argument, index) => readExpression(reader, argument, argumentName(reader, node, index) ?? (index === 0 ? given : undefined))) ?? [],
    ...(node.typeArguments && { typeArguments: node.typeArguments.map((type) => readType(reader, type)) }),
  };
}

/** What the text at a place among the arguments is called, if the call says so. */
function argumentName(reader: Reader, node: ts.CallExpression | ts.NewExpression, index: number): GivenName | undefined {
  if (index === 1) return keyedValue(reader, node);
  // `client.setPassword("…")`
  const method = index === 0 && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : undefined;
  return method && /^(?:set|use|with)[A-Z]/.test(method.text) ? { name: method.text.replace(/^[a-z]+/, ""), span: reader.span(method) } : undefined;
}

/** `headers.set("x-api-key", "…")` gives the text that name; `env("API_KEY", "…")` gives it in the place of a setting. */
function keyedValue(reader: Reader, node: ts.CallExpression | ts.NewExpression): GivenName | undefined {
  const [key, value] = node.arguments ?? [];
  if (!key || !value || !ts.isStringLiteralLike(key) || !ts.isStringLiteralLike(value)) return undefined;
  const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : ts.isIdentifier(node.expression) ? node.expression.text : "";
  const given = { name: key.text, span: reader.span(key) };
  if (/^(set|append|put|add|header|auth|configure|option|define|store|save|provide)/i.test(callee)) return given;
  return /^(get|env|optional|read|load|require)|env$|config$/i.test(callee) ? { ...given, fallback: true } : undefined;
}

/** The members of an object; `holder` is what the object is called. */
function readObjectMembers(reader: Reader, members: readonly ts.ObjectLiteralElementLike[], holder: GivenName | undefined): ObjectMember[] {
  const around = { beside: members.flatMap((member) => (member.name && propertyName(member.name)) ?? []), ...hostBeside(members) };
  const key = holder && keyOfRing(holder.name);
  const ring = holder && key !== undefined ? { ...holder, name: key } : undefined;
  // A copy, since what `flatMap` makes keeps room for more.
  return reader.inside(holder?.name, () => members.flatMap((member) => readObjectMember(reader, member, members, around, ring) ?? []).slice());
}

/** What a member of an object is called, with what it gives that name: by what names it beside it, by the ring of keys it is in, else by its key. */
function memberName(reader: Reader, node: ts.PropertyAssignment | ts.MethodDeclaration | ts.AccessorDeclaration, all: readonly ts.ObjectLiteralElementLike[], around: Pick<GivenName, "beside" | "host">, ring: GivenName | undefined): GivenName {
  const key = propertyName(node.name) ?? "";
  const named = /^(?:use)?value$/i.test(key) ? nameBeside(reader, all) : undefined;
  if (named) return named;
  const isOfRing = ring && ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer) && isRandomKey(node.initializer.text) && !isAboutSecret(key);
  return isOfRing ? ring : { name: key, span: reader.span(node.name), ...around };
}

/** `{ host: "localhost", password: "…" }` */
function hostBeside(all: readonly ts.ObjectLiteralElementLike[]): Pick<GivenName, "host"> {
  const host = all.find((member) => ts.isPropertyAssignment(member) && /^host(?:name)?$/i.test(propertyName(member.name) ?? "") && ts.isStringLiteralLike(member.initializer));
  return host && ts.isPropertyAssignment(host) && ts.isStringLiteralLike(host.initializer) ? { host: host.initializer.text } : {};
}

function readObjectMember(reader: Reader, node: ts.ObjectLiteralElementLike, all: readonly ts.ObjectLiteralElementLike[], around: Pick<GivenName, "beside" | "host">, ring: GivenName | undefined): ObjectMember | undefined {
  const span = reader.span(node);
  if (ts.isSpreadAssignment(node)) return { kind: "spread", span, value: readExpression(reader, node.expression) };
  if (ts.isShorthandPropertyAssignment(node))
    return { kind: "property", span, key: node.name.text, keySpan: reader.span(node.name), value: readName(reader, node.name), shorthand: true };
  const key = propertyName(node.name);
  const given = memberName(reader, node, all, around, ring);
  const value = (): Expression =>
    ts.isPropertyAssignment(node)
      ? readExample(reader, given, () => readExpression(reader, node.initializer, given))
      : { kind: "function", span, function: readFunction(reader, node, given) };
  if (key === undefined)
    return ts.isComputedPropertyName(node.name) ? { kind: "computed", span, key: readExpression(reader, node.name.expression), value: value() } : undefined;
  if (ts.isAccessor(node))
    return { kind: ts.isGetAccessor(node) ? "getter" : "setter", span, key, value: { kind: "function", span, function: readFunction(reader, node, given) } };
  return { kind: "property", span, key, keySpan: reader.span(node.name), value: value() };
}

/** `{ provide: "API_KEY", useValue: "…" }`, `{ name: "x-api-key", value: "…" }`: the property beside it that names a value. */
function nameBeside(reader: Reader, members: readonly ts.ObjectLiteralElementLike[]): GivenName | undefined {
  for (const member of members) {
    if (!ts.isPropertyAssignment(member) || !/^(?:provide|name|key|header)$/.test(propertyName(member.name) ?? "")) continue;
    const { initializer } = member;
    if (ts.isStringLiteralLike(initializer) || ts.isIdentifier(initializer)) return { name: initializer.text, span: reader.span(initializer) };
  }
  return undefined;
}

/** Reads the value of a property, as an example where its name says so. */
function readExample(reader: Reader, { name }: GivenName, read: () => Expression): Expression {
  const shows = /^(examples?|sample|x-example)$/i.test(name) ? 1 : 0;
  reader.exampleDepth += shows;
  const value = read();
  reader.exampleDepth -= shows;
  return value;
}

function readBinary(reader: Reader, node: ts.BinaryExpression, given: GivenName | undefined): Expression {
  const span = reader.span(node);
  const operator = ts.tokenToString(node.operatorToken.kind) ?? "";
  if (node.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return { kind: "other", span, syntax: "Comma", parts: [readExpression(reader, node.left), readExpression(reader, node.right)] };
  if (node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) {
    const target = readAssigned(reader, node.left);
    const name = givenBy(reader, node.left);
    return { kind: "assign", span, operator, target, value: readExpression(reader, node.right, operator === "=" ? name : standIn(reader, name, node.left)) };
  }
  const joined = operator === "+" && given ? joinedText(node) : undefined;
  const whole = joined === undefined ? undefined : reader.literal(span, joined, given);
  if (whole?.kind === "secret") return whole;
  const left = readExpression(reader, node.left, comparedWith(reader, operator, node.right));
  return { kind: "binary", span, operator, left, right: readExpression(reader, node.right, rightName(reader, operator, node.left, given)) };
}

/** `"…" + "…"`: what literals alone add up to. */
function joinedText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [joinedText(node.left), joinedText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** What the right side of an operation is called: the name of the whole, or of what it is compared with. */
function rightName(reader: Reader, operator: string, left: ts.Expression, given: GivenName | undefined): GivenName | undefined {
  if (operator === "??" || operator === "||") return standIn(reader, given ?? givenBy(reader, left), left);
  return operator === "&&" ? given : comparedWith(reader, operator, left);
}

/** `req.headers["x-api-key"] === "…"` tells what the text is. */
function comparedWith(reader: Reader, operator: string, other: ts.Expression): GivenName | undefined {
  return /^[!=]==?$/.test(operator) ? givenBy(reader, other) : undefined;
}

/** A name whose value is taken when what `instead` asks for, a setting, is missing. */
function standIn(reader: Reader, given: GivenName | undefined, instead: ts.Expression): GivenName | undefined {
  return given && looksLikeSettings(reader, instead) ? { ...given, fallback: true } : given;
}

function readAssigned(reader: Reader, node: ts.Expression): Expression | Pattern {
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return readAssignmentPattern(reader, node);
  if (ts.isIdentifier(node)) noteWrite(reader, node);
  return readExpression(reader, node);
}

/** `exports.create = () => …` names the function `create`. */
function givenBy(reader: Reader, node: ts.Expression): GivenName | undefined {
  if (ts.isIdentifier(node)) return { name: node.text, span: reader.span(node) };
  if (ts.isPropertyAccessExpression(node)) return { name: node.name.text, span: reader.span(node.name) };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) return { name: node.argumentExpression.text, span: reader.span(node.argumentExpression) };
  if (ts.isCallExpression(node) || ts.isNonNullExpression(node)) return firstText(reader, node);
  return undefined;
}

/** `config.get("API_KEY")`, `req.header("x-api-key")` and `process.env.API_KEY!` are called by what they ask for. */
function firstText(reader: Reader, node: ts.CallExpression | ts.NonNullExpression): GivenName | undefined {
  if (ts.isNonNullExpression(node)) return givenBy(reader, node.expression);
  const [first] = node.arguments;
  return first && ts.isStringLiteralLike(first) ? { name: first.text, span: reader.span(first) } : undefined;
}

function noteWrite(reader: Reader, node: ts.Identifier): void {
  reader.scopes.use(node.text, "value", () => undefined, true);
}

function readTemplate(reader: Reader, node: ts.TemplateLiteral): Extract<Expression, { kind: "template" }> {
  if (ts.isNoSubstitutionTemplateLiteral(node)) return { kind: "template", span: reader.span(node), texts: [reader.visible(reader.span(node), node.text)], values: [] };
  return {
    kind: "template",
    span: reader.span(node),
    texts: [node.head, ...node.templateSpans.map((part) => part.literal)].map((piece) => reader.visible(reader.span(piece), piece.text)),
    values: node.templateSpans.map((part) => readExpression(reader, part.expression)),
  };
}

function readUnary(reader: Reader, node: ts.Expression, operator: string, operand: ts.Expression): Expression {
  if (operator.endsWith("++") || operator.endsWith("--")) if (ts.isIdentifier(operand)) noteWrite(reader, operand);
  return { kind: "unary", span: reader.span(node), operator, value: readExpression(reader, operand) };
}

function readRegex(span: Expression["span"], text: string): Expression {
  const end = text.lastIndexOf("/");
  return { kind: "regex", span, pattern: text.slice(1, end), flags: text.slice(end + 1) };
}

/** Keeps the expressions of syntax that no rule asks about, JSX above all. */
function readOther(reader: Reader, node: ts.Node): Expression {
  const parts: Expression[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isJsxElement(child) || ts.isJsxFragment(child) || ts.isJsxSelfClosingElement(child)) parts.push(readOther(reader, child));
    else if (ts.isJsxAttribute(child)) {
      if (child.initializer) visit(child.initializer);
    } else if (ts.isJsxClosingElement(child)) return;
    else if (ts.isIdentifier(child) ? !namesElement(node, child) : ts.isExpression(child)) parts.push(readExpression(reader, child as ts.Expression));
    else ts.forEachChild(child, visit);
  };
  // `import.meta` and `new.target` name nothing.
  if (!ts.isMetaProperty(node)) ts.forEachChild(node, visit);
  return { kind: "other", span: reader.span(node), syntax: ts.SyntaxKind[node.kind], parts };
}

/** `<div>` names an element of the page, `<Page>` a value. */
function namesElement(parent: ts.Node, name: ts.Identifier): boolean {
  return (ts.isJsxElement(parent) || ts.isJsxSelfClosingElement(parent)) && /^[a-z]/.test(name.text) && tagOf(parent) === name;
}

function tagOf(node: ts.JsxElement | ts.JsxSelfClosingElement): ts.Node {
  return ts.isJsxElement(node) ? node.openingElement.tagName : node.tagName;
}
