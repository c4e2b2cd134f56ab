import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

type Node = TSESTree.Node;
export type SourceCode = Readonly<TSESLint.SourceCode>;

/** The expression behind casts, `!`, `?.` chains and `await`. */
export function bare(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "ChainExpression":
      return bare(node.expression);
    case "AwaitExpression":
      return bare(node.argument);
    default:
      return node;
  }
}

/** The node around casts, `!` and `?.` chains. */
export function around(node: Node): Node | undefined {
  const { parent } = node;
  if (parent === undefined || parent === null) return undefined;
  return bare(parent) !== parent && parent.type !== "AwaitExpression" ? around(parent) : parent;
}

/** A string, or a template without values. */
export function textOf(node: Node | null | undefined): string | undefined {
  if (node === null || node === undefined) return undefined;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  return node.type === "TemplateLiteral" && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** `name` of `object.name` and `object["name"]`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  if (node.computed) return textOf(node.property);
  return node.property.type === "Identifier" ? node.property.name : undefined;
}

/** The key of a property of an object literal, pattern or class. */
export function keyName(node: { readonly key: Node; readonly computed: boolean }): string | undefined {
  if (!node.computed && node.key.type === "Identifier") return node.key.name;
  return textOf(node.key);
}

/** The declared variable that a name means; undefined for a global. */
export function variableOf(source: SourceCode, node: TSESTree.Identifier): TSESLint.Scope.Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = source.getScope(node); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable !== undefined) return variable.defs.length > 0 ? variable : undefined;
  }
  return undefined;
}

/** What a name is imported from, also by `require`. */
export interface ImportedFrom {
  readonly module: string;
  /** `default`, `*`, or the export's name. */
  readonly name: string;
}

/** How many names in a row stand for another; `var a = a.b` never ends. */
export const mostAliases = 8;

/** Where an expression is imported from: a name, a member of a namespace, `require("x")`, `import("x")`. */
export function importOf(source: SourceCode, given: Node, aliases = 0): ImportedFrom | undefined {
  const node = bare(given);
  if (node.type === "Identifier") return importOfName(source, node, aliases);
  if (node.type === "MemberExpression") {
    const of = importOf(source, node.object, aliases);
    const name = memberName(node);
    return of !== undefined && name !== undefined && (of.name === "*" || of.name === "default") ? { module: of.module, name } : undefined;
  }
  const module = loadedModule(node);
  return module === undefined ? undefined : { module, name: "*" };
}

function importOfName(source: SourceCode, node: TSESTree.Identifier, aliases: number): ImportedFrom | undefined {
  const definition = variableOf(source, node)?.defs[0];
  if (definition?.node.type === "ImportSpecifier") return { module: moduleOf(definition.parent), name: definition.node.imported.type === "Identifier" ? definition.node.imported.name : definition.node.imported.value };
  if (definition?.node.type === "ImportDefaultSpecifier") return { module: moduleOf(definition.parent), name: "default" };
  if (definition?.node.type === "ImportNamespaceSpecifier") return { module: moduleOf(definition.parent), name: "*" };
  if (definition?.node.type === "TSImportEqualsDeclaration") {
    const { moduleReference } = definition.node;
    const module = moduleReference.type === "TSExternalModuleReference" ? textOf(moduleReference.expression) : undefined;
    return module === undefined ? undefined : { module, name: "*" };
  }
  if (definition?.node.type !== "VariableDeclarator" || definition.node.init === null || aliases >= mostAliases) return undefined;
  const { id, init } = definition.node;
  const whole = bare(init);
  if (id.type === "Identifier") return whole.type === "CallExpression" || whole.type === "ImportExpression" || whole.type === "MemberExpression" ? importOf(source, whole, aliases + 1) : undefined;
  const module = loadedModule(whole);
  const property = id.type === "ObjectPattern" ? id.properties.find((one) => one.type === "Property" && localName(one.value) === node.name) : undefined;
  const name = property?.type === "Property" ? keyName(property) : undefined;
  return module === undefined || name === undefined ? undefined : { module, name };
}

function moduleOf(declaration: Node | null | undefined): string {
  return declaration?.type === "ImportDeclaration" ? declaration.source.value : "";
}

/** `x` of the target `x` and `x = 1`. */
export function localName(target: Node): string | undefined {
  if (target.type === "Identifier") return target.name;
  return target.type === "AssignmentPattern" ? localName(target.left) : undefined;
}

function loadedModule(node: Node): string | undefined {
  if (node.type === "ImportExpression") return textOf(node.source);
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require" ? textOf(node.arguments[0]) : undefined;
}

/** What a constant is declared with: `value` of `const name = value`. */
export function initialValue(source: SourceCode, node: TSESTree.Identifier): Node | undefined {
  const definition = variableOf(source, node)?.defs[0];
  return definition?.node.type === "VariableDeclarator" && definition.node.id.type === "Identifier" && definition.node.init ? bare(definition.node.init) : undefined;
}

/** The first expression of a chain of calls and members: `z` of `z.string().min(1)`. */
export function chainRoot(node: Node): Node {
  const inner = bare(node);
  if (inner.type === "CallExpression") return chainRoot(inner.callee);
  return inner.type === "MemberExpression" ? chainRoot(inner.object) : inner;
}
