import { looksLikeSettings, type Reader } from "./reader.js";
import { nameOf, readClass, readFunction } from "./read-function.js";
import { readExpression } from "./read-expression.js";
import { constantText, makesRequire, nameImported, readImportDeclaration, readImportEquals, readReExport } from "./read-import.js";
import { readPattern } from "./read-pattern.js";
import { noteExported, readExportAssignment, readExportNames } from "./read-export.js";
import { propertyName, readHeritage, readType, readTypeMembers } from "./read-type.js";
import type { EnumStatement, LoopStatement, Statement, SwitchCase, TryStatement, VariableStatement } from "./syntax.js";
import { ts } from "./typescript.js";

/** Reads statements in the scope that is open; types and imports go to the reader's lists. */
export function readBlock(reader: Reader, statements: readonly ts.Statement[]): Statement[] {
  // A copy, since what `flatMap` makes keeps room for more.
  return statements.flatMap((statement) => readStatement(reader, statement) ?? []).slice();
}

function readScoped(reader: Reader, node: ts.Statement): Statement[] {
  reader.scopes.enter();
  const body = readBlock(reader, ts.isBlock(node) ? node.statements : [node]);
  reader.scopes.leave();
  return body;
}

function readStatement(reader: Reader, node: ts.Statement): Statement | readonly Statement[] | undefined {
  const span = reader.span(node);
  if (ts.isExpressionStatement(node)) return { kind: "expression", span, value: readExpression(reader, node.expression) };
  if (ts.isVariableStatement(node)) return noteExported(reader, node, readVariables(reader, node.declarationList, span));
  if (ts.isReturnStatement(node)) return { kind: "return", span, ...(node.expression && { value: readExpression(reader, node.expression, ts.isStringLiteralLike(node.expression) ? reader.result : undefined) }) };
  if (ts.isIfStatement(node)) return readIf(reader, node);
  if (ts.isBlock(node)) return { kind: "block", span, body: readScoped(reader, node) };
  if (ts.isThrowStatement(node)) return { kind: "throw", span, value: readExpression(reader, node.expression) };
  if (ts.isTryStatement(node)) return readTry(reader, node);
  if (ts.isIterationStatement(node, false)) return readLoop(reader, node);
  if (ts.isSwitchStatement(node)) return readSwitch(reader, node);
  if (ts.isLabeledStatement(node)) return readStatement(reader, node.statement);
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return { kind: ts.isBreakStatement(node) ? "break" : "continue", span };
  if (ts.isFunctionDeclaration(node)) {
    const binding = reader.scopes.declare(node.name?.text ?? "default", "function", reader.span(node.name ?? node));
    const given = node.name && { name: node.name.text, span: reader.span(node.name) };
    return noteExported(reader, node, { kind: "function", span, function: readFunction(reader, node, given, binding) });
  }
  if (ts.isClassDeclaration(node)) {
    const binding = reader.scopes.declare(node.name?.text ?? "default", "class", reader.span(node.name ?? node));
    return noteExported(reader, node, { kind: "class", span, class: readClass(reader, node, undefined, binding) });
  }
  if (ts.isEnumDeclaration(node)) return noteExported(reader, node, readEnum(reader, node));
  if (ts.isImportDeclaration(node)) return void readImportDeclaration(reader, node);
  if (ts.isImportEqualsDeclaration(node)) return void readImportEquals(reader, node);
  if (ts.isExportDeclaration(node)) {
    if (hasSpecifier(node)) readReExport(reader, node);
    else readExportNames(reader, node);
    return undefined;
  }
  if (ts.isExportAssignment(node)) return readExportAssignment(reader, node);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return void readTypeDeclaration(reader, node);
  if (ts.isModuleDeclaration(node)) return readNamespace(reader, node);
  return undefined;
}

/** Reads `const a = 1, b = 2` and declares its names. */
function readVariables(reader: Reader, list: ts.VariableDeclarationList, span: Statement["span"]): VariableStatement {
  const keyword = keywordOf(list);
  const declarators = list.declarations.map((node) => {
    const type = node.type && readType(reader, node.type);
    const value = node.initializer && readExpression(reader, node.initializer, nameOf(reader, node.name));
    reader.takesSettings = node.initializer === undefined || looksLikeSettings(reader, node.initializer);
    const target = readPattern(reader, node.name, "variable", keyword === "var");
    if (value) nameImported(reader, value, target);
    if (target.kind === "object-pattern" && value?.kind === "member" && value.property === "env") for (const { value: part } of target.properties) if (part.kind === "binding") reader.environmentNames.add(part.name);
    if (keyword === "const" && ts.isIdentifier(node.name) && node.initializer) noteConstant(reader, node.name.text, node.initializer);
    return { span: reader.span(node), target, ...(type && { type }), ...(value && { value }) };
  });
  return { kind: "variable", span, keyword, declarators };
}

function noteConstant(reader: Reader, name: string, value: ts.Expression): void {
  const text = constantText(reader, value);
  if (text !== undefined) reader.constants.set(name, text);
  if (makesRequire(value)) reader.requireNames.add(name);
}

function keywordOf(list: ts.VariableDeclarationList): VariableStatement["keyword"] {
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  if (flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing) return "using";
  if (flags & ts.NodeFlags.Const) return "const";
  return flags & ts.NodeFlags.Let ? "let" : "var";
}

function readIf(reader: Reader, node: ts.IfStatement): Statement {
  const test = readExpression(reader, node.expression);
  const then = readScoped(reader, node.thenStatement);
  const otherwise = node.elseStatement && readScoped(reader, node.elseStatement);
  return { kind: "if", span: reader.span(node), test, then, ...(otherwise && { else: otherwise }) };
}

function readLoop(reader: Reader, node: ts.IterationStatement): LoopStatement {
  reader.scopes.enter();
  const span = reader.span(node);
  const loop = ((): Omit<LoopStatement, "body" | "kind" | "span"> => {
    if (ts.isForStatement(node)) {
      const initial = node.initializer && readInitial(reader, node.initializer);
      return {
        form: "for",
        ...(initial && { initial }),
        ...(node.condition && { test: readExpression(reader, node.condition) }),
        ...(node.incrementor && { update: readExpression(reader, node.incrementor) }),
      };
    }
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const subject = readExpression(reader, node.expression);
      const awaited = ts.isForOfStatement(node) && node.awaitModifier !== undefined;
      return { form: ts.isForOfStatement(node) ? "for-of" : "for-in", initial: readInitial(reader, node.initializer), subject, ...(awaited && { awaited }) };
    }
    if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return { form: ts.isWhileStatement(node) ? "while" : "do", test: readExpression(reader, node.expression) };
    return { form: "while" };
  })();
  const body = readScoped(reader, node.statement);
  reader.scopes.leave();
  return { kind: "loop", span, ...loop, body };
}

function readInitial(reader: Reader, node: ts.ForInitializer): Statement {
  if (ts.isVariableDeclarationList(node)) return readVariables(reader, node, reader.span(node));
  return { kind: "expression", span: reader.span(node), value: readExpression(reader, node) };
}

function readTry(reader: Reader, node: ts.TryStatement): TryStatement {
  const body = readScoped(reader, node.tryBlock);
  const clause = node.catchClause;
  let handler: TryStatement["handler"];
  if (clause) {
    reader.scopes.enter();
    const parameter = clause.variableDeclaration && readPattern(reader, clause.variableDeclaration.name, "catch");
    handler = {
      span: reader.span(clause),
      ...(parameter && { parameter }),
      body: readScoped(reader, clause.block),
      ...(hasComment(reader, clause.block) && { comment: true as const }),
    };
    reader.scopes.leave();
  }
  const finalizer = node.finallyBlock && readScoped(reader, node.finallyBlock);
  return { kind: "try", span: reader.span(node), body, ...(handler && { handler }), ...(finalizer && { finalizer }) };
}

/** Whether a block says something in words: a comment behind its brace, before its first statement or before its end. */
export function hasComment(reader: Reader, block: ts.Block): boolean {
  const open = block.getStart(reader.source) + 1;
  const last = block.statements.at(-1)?.end ?? open;
  const found = (at: number): boolean => (ts.getLeadingCommentRanges(reader.text, at) ?? ts.getTrailingCommentRanges(reader.text, at))?.some(({ pos, end }) => !saysNothing(reader.text.slice(pos, end))) === true;
  return found(open) || found(last);
}

/** Whether a comment tells no more than the empty lines around it: `// Do nothing`, a directive of a tool, a line of code that was taken out. */
export function saysNothing(comment: string): boolean {
  const text = comment.replace(/^\/[/*]+|\*\/$/g, "").trim();
  return /^(?:do(?:es)?(?:n't do| not do)? (?:nothing|anything)|no-?op(?:eration)?|nothing(?: to do)?(?: here)?|empty(?: block| catch)?|pass|eslint-\S.*|(?:istanbul|c8|v8) ignore\b.*|@ts-\S.*|biome-ignore\S*)?[.!…]*$/i.test(text) || /^(?:console|log(?:ger)?|this|res|throw|return|await)\b.{0,200}[;)]$/.test(text);
}

function readSwitch(reader: Reader, node: ts.SwitchStatement): Statement {
  const subject = readExpression(reader, node.expression);
  reader.scopes.enter();
  const cases: SwitchCase[] = node.caseBlock.clauses.map((clause) => ({
    span: reader.span(clause),
    ...(ts.isCaseClause(clause) && { test: readExpression(reader, clause.expression) }),
    body: readBlock(reader, clause.statements),
  }));
  reader.scopes.leave();
  return { kind: "switch", span: reader.span(node), subject, cases };
}

function readEnum(reader: Reader, node: ts.EnumDeclaration): EnumStatement {
  const binding = reader.scopes.declare(node.name.text, "enum", reader.span(node.name));
  const members = reader.inside(node.name.text, () =>
    node.members.map((member) => ({
      name: propertyName(member.name) ?? "",
      span: reader.span(member),
      ...(member.initializer && { value: readExpression(reader, member.initializer, { name: propertyName(member.name) ?? "", span: reader.span(member.name) }) }),
    })),
  );
  return { kind: "enum", span: reader.span(node), name: node.name.text, binding, members };
}

function readTypeDeclaration(reader: Reader, node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): void {
  const kind = ts.isInterfaceDeclaration(node) ? "interface" : "alias";
  const binding = reader.scopes.declare(node.name.text, kind, reader.span(node.name));
  noteExported(reader, node, { kind: "type", binding });
  reader.scopes.enter();
  for (const parameter of node.typeParameters ?? []) reader.scopes.declare(parameter.name.text, "alias", reader.span(parameter.name));
  const bases = ts.isInterfaceDeclaration(node) ? node.heritageClauses?.flatMap((clause) => clause.types.map((type) => readHeritage(reader, type))) : undefined;
  const type = ts.isInterfaceDeclaration(node) ? { kind: "object" as const, span: reader.span(node), members: readTypeMembers(reader, node.members) } : readType(reader, node.type);
  reader.scopes.leave();
  reader.types.push({
    kind,
    span: reader.span(node),
    name: node.name.text,
    binding,
    ...(bases && { extends: bases }),
    ...(node.typeParameters && { typeParameters: node.typeParameters.map((parameter) => parameter.name.text) }),
    type,
  });
}

/** The code of a namespace runs where it stands; `declare module "x"` and `declare global` hold no code of this file. */
function readNamespace(reader: Reader, node: ts.ModuleDeclaration): Statement | undefined {
  if (!ts.isIdentifier(node.name) || node.flags & ts.NodeFlags.GlobalAugmentation) return undefined;
  const binding = reader.scopes.declare(node.name.text, "namespace", reader.span(node.name));
  noteExported(reader, node, { kind: "type", binding });
  let body = node.body;
  while (body && ts.isModuleDeclaration(body)) body = body.body;
  if (!body || !ts.isModuleBlock(body)) return undefined;
  reader.scopes.enter(true);
  const statements = readBlock(reader, body.statements);
  reader.scopes.leave();
  return { kind: "block", span: reader.span(node), body: statements, namespace: binding };
}

function hasSpecifier(node: ts.ExportDeclaration): node is ts.ExportDeclaration & { readonly moduleSpecifier: ts.Expression } {
  return node.moduleSpecifier !== undefined;
}
