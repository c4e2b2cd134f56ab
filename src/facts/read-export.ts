import type { Reader } from "./reader.js";
import { innerExportOf, isModuleExports } from "./inner-export.js";
import { readExpression } from "./read-expression.js";
import { hasModifier } from "./read-function.js";
import type { Expression, Pattern, Statement } from "./syntax.js";
import { ts } from "./typescript.js";

/** Notes what a declaration with `export` offers, and gives the declaration back. */
export function noteExported<T extends Statement | { readonly kind: "type"; readonly binding: number }>(reader: Reader, node: ts.Statement, declared: T): T {
  if (!hasModifier(node, ts.SyntaxKind.ExportKeyword) || !reader.scopes.atModuleScope) return declared;
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
  for (const binding of declaredBindings(declared)) {
    const { name, span } = reader.scopes.bindings[binding] ?? { name: "", span: reader.span(node) };
    reader.exports.push({ name: isDefault ? "default" : name, span, binding, ...(isTypeDeclaration(node) && { typeOnly: true as const }) });
  }
  return declared;
}

/** `export { a, b as c }` without `from`. */
export function readExportNames(reader: Reader, node: ts.ExportDeclaration): void {
  if (!node.exportClause || !ts.isNamedExports(node.exportClause)) return;
  for (const element of node.exportClause.elements) {
    const local = (element.propertyName ?? element.name).text;
    const draft: { name: string; span: [number, number]; binding?: number; typeOnly?: true } = { name: element.name.text, span: [...reader.span(element)] };
    if (node.isTypeOnly || element.isTypeOnly) draft.typeOnly = true;
    const settle = (binding: number): void => {
      draft.binding ??= binding;
    };
    if (draft.typeOnly) reader.scopes.use(local, "type", settle);
    else {
      reader.scopes.use(local, "value", settle);
      reader.scopes.use(local, "type", settle);
    }
    reader.exports.push(draft);
  }
}

/** `export default expression` and `export = expression`. */
export function readExportAssignment(reader: Reader, node: ts.ExportAssignment): Statement {
  const name = node.isExportEquals ? "export=" : "default";
  const value = readExpression(reader, node.expression, { name: "default", span: reader.span(node.expression) });
  noteValue(reader, name, reader.span(node), value);
  const statement: Statement = { kind: "expression", span: reader.span(node), value };
  reader.defaultExport = statement;
  return statement;
}

/** `module.exports = …`, also as a link of a chain of assignments, and `exports.name = …` at the top level of a script. */
export function noteCommonJsExports(reader: Reader, body: readonly Statement[]): void {
  // `const helpers = module.exports; helpers.find = …`
  const aliases = new Set<string>();
  for (const statement of body) {
    if (statement.kind === "variable")
      for (const { target, value } of statement.declarators) {
        if (target.kind === "binding" && value && isModuleExports(value)) aliases.add(target.name);
        // `const app = module.exports = express()`
        const links = value ? assignedInChain(value) : undefined;
        if (target.kind === "binding" && links?.targets.some(isModuleExports)) reader.exports.push({ name: "export=", span: statement.span, binding: target.binding });
      }
    if (innerExportOf(statement)) {
      reader.hasInnerExport = true;
      reader.exports.push({ name: "export=", span: statement.span });
    }
    if (statement.kind !== "expression" || statement.value.kind !== "assign" || statement.value.operator !== "=") continue;
    const { targets, value } = assignedInChain(statement.value);
    if (targets.some(isModuleExports)) {
      reader.defaultExport = statement;
      noteValue(reader, "export=", statement.span, value);
      if (value.kind === "object")
        for (const member of value.members)
          if (member.kind === "property") noteValue(reader, member.key, member.span, member.value);
    }
    for (const target of targets) {
      if (target.kind !== "member" || isModuleExports(target)) continue;
      const { object } = target;
      if (isModuleExports(object) || (object.kind === "name" && (aliases.has(object.name) || (object.name === "exports" && object.binding === undefined)))) noteValue(reader, target.property, statement.span, value);
    }
  }
}

/** What `exports = module.exports = value` assigns, and to what. */
function assignedInChain(node: Expression): { readonly targets: readonly (Expression | Pattern)[]; readonly value: Expression } {
  const targets: (Expression | Pattern)[] = [];
  let value = node;
  for (; value.kind === "assign" && value.operator === "="; value = value.value) targets.push(value.target);
  return { targets, value };
}

function noteValue(reader: Reader, name: string, span: readonly [number, number], value: Expression): void {
  if (value.kind !== "name") {
    reader.exports.push({ name, span });
    return;
  }
  const draft: { name: string; span: readonly [number, number]; binding?: number } = { name, span };
  // Commonly settled already; at the end of the file at the latest.
  if (value.binding !== undefined) draft.binding = value.binding;
  else
    reader.scopes.use(value.name, "value", (binding) => {
      draft.binding = binding;
    });
  reader.exports.push(draft);
}

function isTypeDeclaration(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

function* declaredBindings(declared: Statement | { readonly kind: "type"; readonly binding: number }): Iterable<number> {
  if (declared.kind === "variable") for (const declarator of declared.declarators) yield* boundBindings(declarator.target);
  else if (declared.kind === "function" && declared.function.binding !== undefined) yield declared.function.binding;
  else if (declared.kind === "class" && declared.class.binding !== undefined) yield declared.class.binding;
  else if (declared.kind === "enum" || declared.kind === "type") yield declared.binding;
}

/** The bindings that a pattern declares, in source order. */
export function* boundBindings(pattern: Pattern): Iterable<number> {
  if (pattern.kind === "binding") yield pattern.binding;
  else if (pattern.kind === "object-pattern") for (const property of pattern.properties) yield* boundBindings(property.value);
  else if (pattern.kind === "array-pattern") for (const element of pattern.elements) if (element) yield* boundBindings(element.value);
  if ((pattern.kind === "object-pattern" || pattern.kind === "array-pattern") && pattern.rest) yield* boundBindings(pattern.rest);
}
