import type { TSESTree } from "@typescript-eslint/utils";
import { memberName, type SourceCode } from "../syntax-nodes.js";

type Node = TSESTree.Node;


/**
 * Whether nobody gets in with an empty text for a key: the libraries of web tokens, sessions and signed cookies refuse
 * one, and one among the settings for what another service signs says that nothing is taken from it. What hashes,
 * encrypts or checks a signature with an empty text does so for everybody.
 */
export function isRefusedEmpty(key: string, inSettings: boolean): boolean {
  if (/encrypt|cipher|hmac|pepper|csrf/i.test(key)) return inSettings && /hmac/i.test(key);
  return inSettings || /jwt|session|cookie|auth/i.test(key);
}

/** `const secret = env.KEY ?? ""; if (!secret) …`, `if (secret.length < 32) …`, `this.secret ? sign() : null`: an empty text means that there is none. */
export function isAskedFor(source: SourceCode, empty: Node): boolean {
  let at: Node = empty;
  while (at.parent && (/^(?:LogicalExpression|ConditionalExpression|TSAsExpression)$/.test(at.parent.type) || isTidiedBy(at.parent, at))) at = at.parent;
  const { parent } = at;
  // `/^[0-9a-f]{64}$/.test(env.KEY ?? "")` only asks what it looks like.
  if (parent?.type === "CallExpression" && parent.arguments[0] === at && parent.callee.type === "MemberExpression" && parent.callee.property.type === "Identifier" && parent.callee.property.name === "test") return true;
  const holder = parent?.type === "VariableDeclarator" && parent.init === at ? parent.id : parent?.type === "AssignmentExpression" && parent.right === at ? parent.left : parent?.type === "PropertyDefinition" && parent.value === at ? parent.key : undefined;
  if (holder === undefined || (holder.type !== "Identifier" && holder.type !== "MemberExpression")) return false;
  const name = `${parent?.type === "PropertyDefinition" ? "this." : ""}${source.getText(holder)}`;
  for (let place = source.text.indexOf(name); place !== -1; place = source.text.indexOf(name, place + name.length)) {
    const before = source.text.slice(Math.max(0, place - 12), place);
    const behind = source.text.slice(place + name.length, place + name.length + 60);
    // `if (secret && !equal(sent, secret)) reject()`: where there is none, nothing is asked.
    if (/^\s*&&\s*(?:!(?!=)|[\w.[\]"'?]{1,40}\s*!==?)/.test(behind)) continue;
    if (/[\w$.]$/.test(before) || /^[\w$]/.test(behind)) continue;
    if (/!$/.test(before) || (/(?:if|while) ?\($/.test(before) && /^\)/.test(behind)) || /^\s*(?:\?(?![.?])|&&|[!=]==? ?["'`]{2})|^\.length (?:<|===? 0)/.test(behind)) return true;
  }
  return false;
}

/** `String(secret)`, `secret.trim()`: the same text, tidied up. */
function isTidiedBy(parent: Node, node: Node): boolean {
  if (parent.type === "MemberExpression") return parent.object === node && /^(?:trim|toString)$/.test(memberName(parent) ?? "");
  if (parent.type !== "CallExpression") return false;
  const { callee } = parent;
  return callee === node ? callee.type === "MemberExpression" : callee.type === "Identifier" && callee.name === "String";
}
