import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, MemberExpression, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** `Buffer.from`, `new TextEncoder().encode`, `base64url.decode`, `createSecretKey`, `importKey`: their result is as secret as their first argument. */
export function isEncoder(callee: Expression): boolean {
  if (callee.kind === "member") return /^(?:from|of|fromBase32|fromHex|fromUTF8|from_string|from_hex|from_base64|decodeUTF8|decodeBase64|encode|decode|parse|createSecretKey|utf8ToBytes|hexToBytes|fromCharCode)$/.test(callee.property);
  return callee.kind === "name" && /^(?:createSecretKey|encodeUTF8|decodeUTF8|decodeBase64|utf8ToBytes|hexToBytes|atob|btoa|String|Set|Uint8Array)$/.test(callee.name);
}

/** What `createHash("sha256").update("…").digest()` hashes; of a keyed hash the key, since nobody can make it without. */
export function hashedText({ callee }: CallExpression | NewExpression): Expression | undefined {
  if (callee.kind !== "member" || callee.property !== "digest" || callee.object.kind !== "call") return undefined;
  const { callee: update, arguments: [text] } = callee.object;
  if (update.kind !== "member" || update.property !== "update") return undefined;
  if (update.object.kind !== "call" || lastName(update.object.callee) !== "createHmac") return text;
  // What a secret is hashed with only names what is made of it.
  return text && (text.kind === "name" || text.kind === "member") && /^(?:key|password)$/.test(secretNameOf(lastName(text)) ?? "") ? undefined : update.object.arguments[1];
}

/** What `Buffer.from("…").toString("hex")` prints: the buffer, not the name of the encoding. */
export function printedText({ callee }: CallExpression | NewExpression): Expression | undefined {
  return callee.kind === "member" && callee.property === "toString" ? callee.object : undefined;
}

/** What `Buffer.alloc(32, "…")` fills bytes with. */
export function filledText({ callee, arguments: [, text] }: CallExpression | NewExpression): Expression | undefined {
  return callee.kind === "member" && callee.property === "alloc" && callee.object.kind === "name" && callee.object.name === "Buffer" ? text : undefined;
}

/** What is left of an expression without the encoders, hashes and casts around it. */
export function encodedText(node: Expression): Expression {
  if (node.kind === "cast" || node.kind === "await") return encodedText(node.value);
  if (node.kind !== "call" && node.kind !== "new") return node;
  const held = hashedText(node) ?? printedText(node) ?? filledText(node) ?? (isEncoder(node.callee) ? node.arguments[0] : undefined);
  return held ? encodedText(held) : node;
}

/** The text or the name that a name of the file holds in another form: `const key = createSecretKey(Buffer.from(WORD));` */
export function encodedConstant(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  const held = value && encodedText(isPart(value) ? value.callee.object : value);
  return held !== value && (held?.kind === "literal" || held?.kind === "secret" || held?.kind === "name" || held?.kind === "member") ? held : undefined;
}

/** `hash.digest().subarray(0, 6)` */
function isPart(node: Expression): node is CallExpression & { callee: MemberExpression } {
  return node.kind === "call" && node.callee.kind === "member" && /^(?:subarray|slice)$/.test(node.callee.property);
}
