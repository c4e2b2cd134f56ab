import type { Reader } from "./reader.js";
import { hasComment, readBlock, saysNothing } from "./read-statement.js";
import { readExpression } from "./read-expression.js";
import { readPattern } from "./read-pattern.js";
import { propertyName, readHeritage, readType } from "./read-type.js";
import type { ClassMember, ClassNode, Decorator, FunctionNode, Parameter, Statement } from "./syntax.js";
import { ts } from "./typescript.js";

/** What a value is called by what holds it: a function that has no name of its own, a literal that may be a secret. */
export interface GivenName {
  readonly name: string;
  readonly span: FunctionNode["span"];
  /** The names of the values beside it, in an object. */
  readonly beside?: readonly string[];
  /** The host that is written beside it. */
  readonly host?: string;
  /** It stands in for a setting that may be missing. */
  readonly fallback?: true;
}

/** Reads any function. The binding of a declaration is made by the caller, in the outer scope. */
export function readFunction(reader: Reader, node: ts.FunctionLikeDeclaration, given?: GivenName, binding?: number, decorated = false): FunctionNode {
  const ownName = ts.isFunctionExpression(node) ? node.name : undefined;
  reader.scopes.enter(true);
  reader.functionDepth++;
  if (ownName) reader.scopes.declare(ownName.text, "function", reader.span(ownName));
  const typeParameters = declareTypeParameters(reader, node.typeParameters);
  const metadata = decorated || node.parameters.some((parameter) => ts.getDecorators(parameter) !== undefined);
  const parameters = node.parameters.filter((parameter) => !isThisParameter(parameter)).map((parameter) => readParameter(reader, parameter, metadata));
  const returns = node.type && readType(reader, node.type, metadata ? "metadata" : "type");
  const outerResult = reader.result;
  reader.result = resultName(reader, node, given);
  const body = node.body && (ts.isBlock(node.body) ? readBlock(reader, node.body.statements) : [readReturned(reader, node.body)]);
  reader.result = outerResult;
  reader.functionDepth--;
  reader.scopes.leave();
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  const name = ownName ? { name: ownName.text, span: reader.span(ownName) } : given;
  return {
    span: reader.span(node),
    ...(name && { name: name.name, nameSpan: name.span }),
    ...(binding !== undefined && { binding }),
    form: formOf(node),
    ...(modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) && { async: true as const }),
    ...("asteriskToken" in node && node.asteriskToken !== undefined && { generator: true as const }),
    parameters,
    ...(returns && { returns }),
    ...(typeParameters && { typeParameters }),
    ...(body && { body }),
    ...(node.body && body && givesNothingMade(body) && ((ts.isBlock(node.body) && hasComment(reader, node.body)) || isExplained(reader, node)) && { comment: true as const }),
  };
}

/** Whether a function does nothing, or all it does is to return a constant, a name, `[]` or `{}`. */
function givesNothingMade([only, ...others]: readonly Statement[]): boolean {
  if (only === undefined) return true;
  if (others.length > 0 || only.kind !== "return") return false;
  const { value } = only;
  return value === undefined || value.kind === "literal" || value.kind === "name" || (value.kind === "array" && value.elements.length === 0) || (value.kind === "object" && value.members.length === 0);
}

/** What a comment speaks of that says why nothing is done about a failure. */
const ofFailures = /swallow|ignor|best[- ]effort|fire[- ]and[- ]forget|non[- ]?(?:fatal|blocking|critical)|never throws|reject|fail|error/i;

/** Whether a comment beside a function, or in the line above its own, says why it does nothing: `save().catch(() => {}); // best effort`. */
function isExplained({ text }: Reader, { end, pos }: ts.Node): boolean {
  const lineEnd = text.indexOf("\n", end);
  const beside = /\/[/*].*/.exec(text.slice(end, lineEnd === -1 ? undefined : lineEnd))?.[0] ?? "";
  const lineStart = text.lastIndexOf("\n", end) + 1;
  const above = lineStart > pos || lineStart === 0 ? "" : text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, lineStart).trim();
  if (!/^(?:\/\/|\/\*|\*)/.test(above)) return ofFailures.test(beside);
  // Above a `.catch(` that begins a line, it can be about nothing else.
  return ofFailures.test(beside) || ofFailures.test(above) || (/^\s*\.catch\(/.test(text.slice(lineStart, pos)) && !saysNothing(above));
}

/** `getApiKey`, `apiKeyFor` and the getter `apiKey` say what they return. */
function resultName(reader: Reader, node: ts.FunctionLikeDeclaration, given: GivenName | undefined): GivenName | undefined {
  return node.name && ts.isIdentifier(node.name) ? { name: node.name.text, span: reader.span(node.name) } : given;
}

/** The name that a declaration gives its value, unless it takes it apart. */
export function nameOf(reader: Reader, name: ts.BindingName): GivenName | undefined {
  return ts.isIdentifier(name) ? { name: name.text, span: reader.span(name) } : undefined;
}

/** Reads a parameter and declares what it binds in the innermost scope. */
export function readParameter(reader: Reader, node: ts.ParameterDeclaration, metadata = false): Parameter {
  const decorators = readDecorators(reader, node);
  const type = node.type && readType(reader, node.type, metadata || decorators ? "metadata" : "type");
  const fallback = node.initializer && readExpression(reader, node.initializer, nameOf(reader, node.name));
  const target = readPattern(reader, node.name, "parameter");
  const property = propertyModifier(node);
  return {
    span: reader.span(node),
    target,
    ...(type && { type }),
    ...(fallback && { default: fallback }),
    ...(node.dotDotDotToken && { rest: true as const }),
    ...(node.questionToken && { optional: true as const }),
    ...(property && { property }),
    ...(decorators && { decorators }),
  };
}

/** Reads a class. The binding of a declaration is made by the caller, in the outer scope. */
export function readClass(reader: Reader, node: ts.ClassLikeDeclaration, given?: GivenName, binding?: number): ClassNode {
  const decorators = readDecorators(reader, node);
  reader.scopes.enter();
  const name = node.name ? { name: node.name.text, span: reader.span(node.name) } : given;
  if (ts.isClassExpression(node) && node.name) reader.scopes.declare(node.name.text, "class", reader.span(node.name));
  const typeParameters = declareTypeParameters(reader, node.typeParameters);
  const superClass = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const interfaces = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ImplementsKeyword)?.types;
  const result: ClassNode = {
    span: reader.span(node),
    ...(name && { name: name.name, nameSpan: name.span }),
    ...(binding !== undefined && { binding }),
    ...(hasModifier(node, ts.SyntaxKind.AbstractKeyword) && { abstract: true as const }),
    ...(superClass && {
      extends: {
        value: readExpression(reader, superClass.expression),
        ...(superClass.typeArguments && { typeArguments: superClass.typeArguments.map((type) => readType(reader, type)) }),
      },
    }),
    ...(interfaces && { implements: interfaces.map((type) => readHeritage(reader, type)) }),
    ...(decorators && { decorators }),
    ...(typeParameters && { typeParameters }),
    members: reader.inside(name?.name, () => node.members.flatMap((member) => readMember(reader, member, decorators !== undefined) ?? [])),
  };
  reader.scopes.leave();
  return result;
}

/** The decorators of a declaration; undefined if there are none. */
export function readDecorators(reader: Reader, node: ts.Node): Decorator[] | undefined {
  if (!ts.canHaveDecorators(node)) return undefined;
  return ts.getDecorators(node)?.map((decorator) => ({ span: reader.span(decorator), value: readExpression(reader, decorator.expression) }));
}

function readMember(reader: Reader, node: ts.ClassElement, classDecorated: boolean): ClassMember | undefined {
  const span = reader.span(node);
  if (ts.isClassStaticBlockDeclaration(node)) {
    reader.scopes.enter(true);
    const body = readBlock(reader, node.body.statements);
    reader.scopes.leave();
    return { kind: "static-block", span, body };
  }
  const name = ts.isConstructorDeclaration(node) ? "constructor" : node.name && propertyName(node.name);
  if (name === undefined) return undefined;
  const nameSpan = node.name ? reader.span(node.name) : ([span[0], span[0] + "constructor".length] as const);
  const decorators = readDecorators(reader, node);
  const shared = {
    span,
    name,
    nameSpan,
    ...(hasModifier(node, ts.SyntaxKind.StaticKeyword) && { static: true as const }),
    ...(hasModifier(node, ts.SyntaxKind.AbstractKeyword) && { abstract: true as const }),
    ...accessOf(node, name),
    ...(decorators && { decorators }),
  };
  if (ts.isPropertyDeclaration(node)) {
    const type = node.type && readType(reader, node.type, decorators ? "metadata" : "type");
    const value = node.initializer && readInitializer(reader, node, node.initializer, { name, span: nameSpan, ...(decorators && { fallback: true as const }) });
    return { kind: "property", ...shared, ...(node.questionToken && { optional: true as const }), ...(type && { type }), ...(value && { value }) };
  }
  if (!ts.isMethodDeclaration(node) && !ts.isConstructorDeclaration(node) && !ts.isAccessor(node)) return undefined;
  const keepsTypes = decorators !== undefined || (classDecorated && ts.isConstructorDeclaration(node));
  return { kind: "method", ...shared, function: readFunction(reader, node, { name, span: nameSpan }, undefined, keepsTypes) };
}

/** An instance property is set when an object is made, not when the module is loaded. */
function readInitializer(reader: Reader, node: ts.PropertyDeclaration, value: ts.Expression, given: GivenName) {
  const deferred = hasModifier(node, ts.SyntaxKind.StaticKeyword) ? 0 : 1;
  reader.functionDepth += deferred;
  const read = readExpression(reader, value, given);
  reader.functionDepth -= deferred;
  return read;
}

function readReturned(reader: Reader, body: ts.Expression) {
  const value = readExpression(reader, body, ts.isStringLiteralLike(body) ? reader.result : undefined);
  return { kind: "return" as const, span: value.span, value };
}

function declareTypeParameters(reader: Reader, parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined): string[] | undefined {
  for (const parameter of parameters ?? []) reader.scopes.declare(parameter.name.text, "alias", reader.span(parameter.name));
  for (const parameter of parameters ?? []) if (parameter.constraint) readType(reader, parameter.constraint);
  return parameters?.map((parameter) => parameter.name.text);
}

function formOf(node: ts.FunctionLikeDeclaration): FunctionNode["form"] {
  if (ts.isArrowFunction(node)) return "arrow";
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (ts.isMethodDeclaration(node)) return "method";
  if (ts.isGetAccessorDeclaration(node)) return "getter";
  return ts.isSetAccessorDeclaration(node) ? "setter" : "function";
}

function propertyModifier(node: ts.ParameterDeclaration): Parameter["property"] {
  for (const modifier of ts.getModifiers(node) ?? []) {
    if (modifier.kind === ts.SyntaxKind.PrivateKeyword) return "private";
    if (modifier.kind === ts.SyntaxKind.ProtectedKeyword) return "protected";
    if (modifier.kind === ts.SyntaxKind.PublicKeyword) return "public";
    if (modifier.kind === ts.SyntaxKind.ReadonlyKeyword) return "readonly";
  }
  return undefined;
}

function accessOf(node: ts.ClassElement, name: string): { access?: "private" | "protected" } {
  if (name.startsWith("#") || hasModifier(node, ts.SyntaxKind.PrivateKeyword)) return { access: "private" };
  return hasModifier(node, ts.SyntaxKind.ProtectedKeyword) ? { access: "protected" } : {};
}

function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(node.name) && node.name.text === "this";
}

/** Whether a declaration carries a modifier such as `static`. */
export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}
