import type { TSESTree } from "@typescript-eslint/utils";
import type { Expression } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { keyName, memberName, type SourceCode } from "../syntax-nodes.js";

type Node = TSESTree.Node;

const production = /prod(?:uction)?\b|isProd/i;
/** What ends the start, or the check of the settings: `process.exit(1)`, `context.addIssue(…)`. */
const ending = /^(?:exit|abort|addIssue|fail)$/;

/** The texts of the conditions with which a file stops the start in production: `if (isProduction && !process.env.JWT_SECRET) throw …`. */
export function productionGuards(source: SourceCode): readonly string[] {
  return production.test(source.text) ? guardsIn(source, source.ast).map((guard) => source.getText(guard)) : [];
}

/** Whether one of these guards asks for the setting `key`, or for what holds the stand-in for it. Only other environments get the stand-in then. */
export function isGuardedInProduction(guards: readonly string[], standIn: Node, key: string): boolean {
  const names = guards.length === 0 ? [] : [key, ...holdersOf(standIn)].filter((name) => name.length > 3);
  return names.some((name) => guards.some((text) => new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, "\\$&")}(?![\\w$])`).test(text)));
}

/** What the value that a stand-in is part of is called: a variable, a property, the function that gives it. */
function holdersOf(node: Node): readonly string[] {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === "VariableDeclarator") return at.id.type === "Identifier" ? [at.id.name] : [];
    if (at.type === "Property" || at.type === "PropertyDefinition") return [keyName(at) ?? ""];
    if (at.type === "AssignmentExpression") return at.left.type === "MemberExpression" ? [memberName(at.left) ?? ""] : at.left.type === "Identifier" ? [at.left.name] : [];
    if (at.type === "FunctionDeclaration") return [];
  }
  return [];
}

/** The conditions of a file that ask for production and end what they stand in. */
function guardsIn(source: SourceCode, node: Node): readonly TSESTree.IfStatement[] {
  const own = node.type === "IfStatement" && production.test(source.getText(node.test)) && ends(source, node.consequent) ? [node] : [];
  return [...own, ...childrenOf(source, node).flatMap((child) => guardsIn(source, child))];
}

function ends(source: SourceCode, node: Node): boolean {
  if (node.type === "ThrowStatement") return true;
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && ending.test(memberName(node.callee) ?? "")) return true;
  return childrenOf(source, node).some((child) => ends(source, child));
}

function childrenOf(source: SourceCode, node: Node): readonly Node[] {
  return (source.visitorKeys[node.type] ?? []).flatMap((key) => {
    const value: unknown = Reflect.get(node, key);
    return (Array.isArray(value) ? value : [value]).filter((child): child is Node => typeof child === "object" && child !== null && "type" in child);
  });
}

/** The same of what a function gives: it throws in production, before it comes to that. */
export function isRefusedInProduction(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let around: SyntaxNode | undefined = index.parentOf(node);
  while (around && !isFunctionNode(around)) around = index.parentOf(around);
  return (around?.body ?? []).some(
    (statement) => statement.kind === "if" && someNode([statement.test], (part) => (part.kind === "literal" && production.test(String(part.value))) || (part.kind === "name" && production.test(part.name))) && someNode(statement.then, (part) => part.kind === "throw"),
  );
}
