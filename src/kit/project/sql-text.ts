import type { Span } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Text that begins like a statement of SQL and goes on like one: prose that begins with "Select" does not. */
const statement = /^\s*(?:(?:select)\s[\s\S]{1,2000}?\sfrom\s|(?:insert|replace)\s+into\s|update\s+["`[\w.]+\s+set\s|delete\s+from\s|with\s+(?:recursive\s+)?["\w]+\s+as\s*\(|(?:create|alter|drop|truncate)\s+(?:table|index|unique|view|schema|database|type|extension)\s|begin(?:\s+transaction)?\s*;?\s*$|commit\s*;?\s*$|rollback\s*;?\s*$)/i;
/** Methods that show or keep text and run nothing. */
const harmless = /^(log|info|warn|error|debug|trace|verbose|fatal|describe|it|test|expect|push|concat|join|replace|includes|t|translate)$/;

/** The SQL text that a file hands to calls, with the call. */
export function textArguments(model: ProjectModel, file: string): { readonly span: Span; readonly call: CallExpression }[] {
  return model.values.index(file).calls.flatMap(({ node }) => {
    if (node.kind !== "call") return [];
    const name = lastName(node.callee);
    if (harmless.test(name) || isOfLanguage(model, file, node)) return [];
    return node.arguments.flatMap((argument) => (isSql(argument) ? [{ span: argument.span, call: node }] : []));
  });
}

/** Whether a method is one of a map, or another object of the language: `hints.set("plan", "Select a plan from the list")`. */
function isOfLanguage(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  const known = callee.kind === "member" ? model.values.of(file, callee.object) : [];
  return known.length > 0 && known.every((value) => value.kind === "external" && value.provenance.package === "global");
}

/** Whether an expression is written as SQL text: a string, a template, or a concatenation that begins with one. */
export function isSql(node: Expression): boolean {
  if (node.kind === "literal") return typeof node.value === "string" && statement.test(node.value.slice(0, 4000));
  if (node.kind === "template") return statement.test(node.texts.join(" x ").slice(0, 4000));
  if (node.kind === "object") return node.members.some((member) => member.kind === "property" && (member.key === "text" || member.key === "sql") && isSql(member.value));
  return node.kind === "binary" && node.operator === "+" && isSql(node.left);
}
