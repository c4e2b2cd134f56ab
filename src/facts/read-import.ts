import type { ImportedName } from "./facts.js";
import type { Reader } from "./reader.js";
import type { Span } from "../base/position.js";
import type { CallExpression, Expression, Pattern } from "./syntax.js";
import { ts } from "./typescript.js";

type NameDraft = Omit<ImportedName, "use">;

/** `import …` declarations. */
export function readImportDeclaration(reader: Reader, node: ts.ImportDeclaration): void {
  const clause = node.importClause;
  const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const names: NameDraft[] = [];
  const add = (imported: string, name: ts.Identifier, element: ts.Node, ownType: boolean): void => {
    const span = reader.span(element);
    const binding = reader.scopes.declare(name.text, "import", reader.span(name));
    names.push({ imported, local: name.text, binding, span, ...((typeOnly || ownType) && { typeOnly: true as const }) });
  };
  if (clause?.name) add("default", clause.name, clause.name, false);
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) add("*", bindings.name, bindings, false);
  if (bindings && ts.isNamedImports(bindings)) for (const element of bindings.elements) add((element.propertyName ?? element.name).text, element.name, element, element.isTypeOnly);
  addImport(reader, node, "import", node.moduleSpecifier, typeOnly, names);
}

/** `export … from "x"` declarations. */
export function readReExport(reader: Reader, node: ts.ExportDeclaration & { readonly moduleSpecifier: ts.Expression }): void {
  const clause = node.exportClause;
  const names: NameDraft[] = [];
  if (clause && ts.isNamespaceExport(clause)) names.push({ imported: "*", local: clause.name.text, span: reader.span(clause) });
  if (clause && ts.isNamedExports(clause))
    for (const element of clause.elements)
      names.push({
        imported: (element.propertyName ?? element.name).text,
        local: element.name.text,
        span: reader.span(element),
        ...((node.isTypeOnly || element.isTypeOnly) && { typeOnly: true as const }),
      });
  const form = clause && ts.isNamedExports(clause) ? "export" : "export-star";
  addImport(reader, node, form, node.moduleSpecifier, node.isTypeOnly, names);
}

/** `import x = require("x")`. */
export function readImportEquals(reader: Reader, node: ts.ImportEqualsDeclaration): void {
  const binding = reader.scopes.declare(node.name.text, "import", reader.span(node.name));
  if (!ts.isExternalModuleReference(node.moduleReference)) return;
  const name = { imported: "export=", local: node.name.text, binding, span: reader.span(node.name), ...(node.isTypeOnly && { typeOnly: true as const }) };
  addImport(reader, node, "import-equals", node.moduleReference.expression, node.isTypeOnly, [name]);
}

/** `import(argument)`. */
export function noteDynamicImport(reader: Reader, node: ts.CallExpression, argument: ts.Expression): void {
  addImport(reader, node, "dynamic", argument, false, []);
}

/** `require(argument)`, and calls of what `createRequire(…)` returned. */
export function noteRequire(reader: Reader, node: ts.CallExpression, call: CallExpression): void {
  const argument = node.arguments[0];
  if (!argument || !isRequire(reader, call)) return;
  addImport(reader, node, "require", argument, false, []);
}

/** Gives the names that a declaration takes out of `require("x")`, `await import("x")` or a member of either. */
export function nameImported(reader: Reader, value: Expression, target: Pattern): void {
  if (value.kind === "member") {
    const span = spanOfImport(value.object);
    if (span) reader.imports.nameAt(span, [{ imported: value.property, local: value.property, span: value.propertySpan, ...bindingOf(target) }]);
    return;
  }
  const span = spanOfImport(value);
  if (!span) return;
  if (target.kind === "binding") reader.imports.nameAt(span, [{ imported: "*", local: target.name, binding: target.binding, span: target.span }]);
  if (target.kind !== "object-pattern" || target.rest) return;
  const names = target.properties.map(({ key, value, span: at }) => ({ imported: key ?? "*", local: key ?? "*", span: at, ...bindingOf(value) }));
  reader.imports.nameAt(span, names);
}

function bindingOf(target: Pattern): { local?: string; binding?: number } {
  return target.kind === "binding" ? { local: target.name, binding: target.binding } : {};
}

function spanOfImport(value: Expression): Span | undefined {
  if (value.kind === "await" || value.kind === "cast") return spanOfImport(value.value);
  return value.kind === "import" || value.kind === "call" ? value.span : undefined;
}

/** The text of an expression that is constant in itself or by constants of this file; undefined otherwise. */
export function constantText(reader: Reader, node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return constantText(reader, node.expression);
  if (ts.isIdentifier(node)) return reader.constants.get(node.text);
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map((span) => {
      const value = constantText(reader, span.expression);
      return value === undefined ? undefined : value + span.literal.text;
    });
    return parts.includes(undefined) ? undefined : node.head.text + parts.join("");
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = constantText(reader, node.left);
    const right = constantText(reader, node.right);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** Whether a variable's initial value makes it a `require` of its own: `createRequire(import.meta.url)`. */
export function makesRequire(value: ts.Expression | undefined): boolean {
  if (!value || !ts.isCallExpression(value)) return false;
  const callee = value.expression;
  return (ts.isIdentifier(callee) && callee.text === "createRequire") || (ts.isPropertyAccessExpression(callee) && callee.name.text === "createRequire");
}

function isRequire(reader: Reader, call: CallExpression): boolean {
  const callee = call.callee;
  if (callee.kind === "name") return callee.name === "require" || reader.requireNames.has(callee.name);
  return callee.kind === "call" && callee.callee.kind === "name" && callee.callee.name === "createRequire";
}

function addImport(
  reader: Reader,
  node: ts.Node,
  form: "import" | "export" | "export-star" | "dynamic" | "require" | "import-equals",
  argument: ts.Expression,
  typeOnly: boolean,
  names: readonly NameDraft[],
): void {
  const specifier = constantText(reader, argument);
  const deferred = (form === "dynamic" || form === "require") && reader.functionDepth > 0;
  reader.imports.add({
    form,
    ...(specifier !== undefined && { specifier }),
    span: reader.span(node),
    specifierSpan: reader.span(argument),
    ...(typeOnly && { typeOnly: true as const }),
    names,
    ...(deferred && { deferred: true as const }),
  });
}
