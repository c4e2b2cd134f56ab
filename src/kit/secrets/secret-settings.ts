import type { TSESTree } from "@typescript-eslint/utils";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { likelySecretNameOf, secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { isSecretValue } from "../../catalogue/secrets/secret-values.js";
import { heldEnvironmentKey, isEnvironment } from "./environment-nodes.js";
import { bare, chainRoot, initialValue, keyName, memberName, type SourceCode, textOf } from "../syntax-nodes.js";

type Node = TSESTree.Node;

/** What objects of settings are called. */
export const settingsObject = /(?:^|[a-z_])(?:env|environment|config|configuration|cfg|conf|settings?|secrets|nconf)(?:service|provider)?$/i;
const readingMethods = /^(?:get|getString|getOrThrow|string|read|value|optional|getOrDefault|getEnv|env|array)$/;
/** Functions of a project that read one setting: `getEnv("KEY")`, `env("KEY")`, `optional("KEY")`. */
const readingFunctions = /^(?:get|read|load|fetch|from|parse|use|str|string|opt|optional)?_?(?:env|process_?env|environment|config|settings?|secret|var|variable|param)?(?:var|variable|value|key|string|str|or|default|ordefault|withdefault|with_default|or_default|optional)*$/i;
const unreadingFunctions = /^(?:set|stub|assert|ensure|check|throw|validate|must|describe|it|test|log|warn|error|String|Number|Boolean|parse|key)/;

/** Keys that sign or encrypt, which an empty text lets anybody do. */
const signingKey = /jwt|sign|hmac|session|cookie|webhook(?!_?token)|encrypt|cipher|csrf|pepper|auth_?secret|secret_?(key_?base|password)/i;

/** What an object is called: the last name of `this.configService` and `ctx.env`. */
function objectName(given: Node): string {
  const node = bare(given);
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return memberName(node) ?? "";
  return node.type === "CallExpression" ? objectName(node.callee) : "";
}

/** Whether an object holds settings: the environment, or something that is called so. */
export function isSettingsObject(source: SourceCode, node: Node): boolean {
  return isEnvironment(source, node) || settingsObject.test(objectName(node));
}

/** Whether a call reads the setting that its first argument names; that name. */
export function settingOfCall(call: TSESTree.CallExpression): string | undefined {
  const key = textOf(call.arguments[0]);
  if (key === undefined) return undefined;
  const callee = bare(call.callee);
  if (callee.type === "MemberExpression") return readingMethods.test(memberName(callee) ?? "") && (settingsObject.test(objectName(callee.object)) || isVariable(key)) ? key : undefined;
  if (callee.type !== "Identifier" || callee.name === "" || unreadingFunctions.test(callee.name)) return undefined;
  return readingFunctions.test(callee.name) && /^[A-Z][A-Z0-9_]+$|[.]/.test(key) ? key : undefined;
}

/** `SESSION_SECRET`: whatever it is asked of by this name keeps settings. */
function isVariable(key: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(key) && secretNameOf(key) !== undefined;
}

/** The setting that an expression reads, of the environment or of an object of settings; undefined if it reads none. */
export function settingRead(source: SourceCode, given: Node): string | undefined {
  const node = bare(given);
  const key = heldEnvironmentKey(source, node);
  if (key !== undefined) return key;
  switch (node.type) {
    case "MemberExpression":
      return isSettingsPath(node.object) && !isOfRecord(source, node.object) ? memberName(node) : undefined;
    case "CallExpression": {
      const named = settingOfCall(node);
      if (named !== undefined) return named;
      // `process.env.KEY?.trim()`
      return node.callee.type === "MemberExpression" && node.arguments.length < 3 ? settingRead(source, node.callee.object) : undefined;
    }
    // `(config.has("secret") ? config.get("secret") : undefined) ?? "…"`
    case "ConditionalExpression":
      return settingRead(source, node.consequent) ?? settingRead(source, node.alternate);
    case "LogicalExpression": {
      const [left, right] = [secretOf(settingRead(source, node.left)), settingRead(source, node.right)];
      // Of several keys the one that signs tells what a stand-in is worth.
      return left === undefined || (right !== undefined && !signingKey.test(left) && signingKey.test(right)) ? right : left;
    }
    default:
      return undefined;
  }
}

/** `config`, `config.auth`, `this.settings.jwt`. */
function isSettingsPath(given: Node): boolean {
  const node = bare(given);
  return settingsObject.test(objectName(node)) || (node.type === "MemberExpression" && isSettingsPath(node.object));
}

/** `const config = JSON.parse(integration.config)`: what is kept for one customer or resource is no setting of the program. */
function isOfRecord(source: SourceCode, given: Node): boolean {
  const root = chainRoot(given);
  const value = root.type === "Identifier" ? initialValue(source, root) : undefined;
  const call = value?.type === "AwaitExpression" ? bare(value.argument) : value;
  const [argument] = call?.type === "CallExpression" ? call.arguments : [];
  const from = argument && bare(argument);
  return from?.type === "MemberExpression" && heldEnvironmentKey(source, from) === undefined && !isSettingsPath(from.object) && !isEnvironment(source, from) && chainRoot(from).type === "Identifier";
}

/** The key itself where its name promises a secret. */
export function secretOf(key: string | undefined): string | undefined {
  return key !== undefined && secretNameOf(key) !== undefined ? key : undefined;
}

/** The text of the code that stands in for `key`: a literal, a local constant, a branch with one. Undefined for what throws, for nothing, and for other settings. */
export function standIn(source: SourceCode, given: Node | null | undefined, key: string, depth = 0): Node | undefined {
  if (given === null || given === undefined || depth > 5) return undefined;
  const node = bare(given);
  const text = textOf(node);
  // A key that no passphrase protects is opened with an empty one.
  if (text === "" && /passphrase$/i.test(key)) return undefined;
  // Whatever reads a private key finds none in an empty text.
  if (text === "" && /private_?key(?:_?(?:pem|base64|b64))?$/i.test(key)) return undefined;
  // Dots and stars show in a form that there is a secret.
  if (text !== undefined && text !== "" && !/[a-z0-9]/i.test(text)) return undefined;
  if (text !== undefined) return standsFor(key, text) ? node : undefined;
  const next = (inner: Node | null | undefined): Node | undefined => standIn(source, inner, key, depth + 1);
  switch (node.type) {
    case "ConditionalExpression":
      return /test/i.test(source.getText(node.test)) ? undefined : (next(node.consequent) ?? next(node.alternate));
    case "LogicalExpression":
      return next(node.right) ?? (node.operator === "&&" ? undefined : next(node.left));
    case "ArrowFunctionExpression":
      return node.body.type === "BlockStatement" ? undefined : next(node.body);
    case "CallExpression":
      if (node.callee.type === "MemberExpression" && /^(?:toString|trim)$/.test(memberName(node.callee) ?? "")) return next(node.callee.object);
      return /^(?:from|encode|String|createSecretKey)$/.test(objectName(node.callee)) ? next(node.arguments[0]) : undefined;
    // `${APPLICATION}-hooks`, of texts alone
    case "TemplateLiteral":
      return node.expressions.every((part) => next(part)) ? node : undefined;
    case "Identifier":
      return next(initialValue(source, node)) && node;
    // `env.array("APP_KEYS", ["…"])`
    case "ArrayExpression":
      return next(node.elements[0]);
    case "MemberExpression":
      return next(memberValue(source, node)) && node;
    default:
      return undefined;
  }
}

/** `value` of `defaults.secret` with `const defaults = { secret: value }`. */
function memberValue(source: SourceCode, node: TSESTree.MemberExpression): Node | undefined {
  const object = node.object.type === "Identifier" ? initialValue(source, node.object) : undefined;
  if (object?.type !== "ObjectExpression") return undefined;
  const property = object.properties.find((one) => one.type === "Property" && keyName(one) === memberName(node));
  return property?.type === "Property" ? property.value : undefined;
}

/** `court-partner`: words that somebody has chosen for a token of their own; a token of a chain or of a language is one word. */
function isWordOfTeam(text: string): boolean {
  return text.length >= 8 && /^[a-z0-9]+(?:[-_.][a-z0-9]+)+$/i.test(text) && /[a-z]{3}/i.test(text) && !/^0x/i.test(text);
}

/** An empty text stands for no credential, which the other side refuses, but it signs. For keys without a name of secrets, a text counts that is a token by its form. */
function standsFor(key: string, text: string): boolean {
  // Whether cookies come along, and how long a token lives.
  if (/^(?:true|false|\d{1,6} ?(?:ms|s|m|h|d|w|y|min|minutes?|hours?|days?|weeks?|months?|years?))$/i.test(text)) return false;
  // An address or a path says where a secret is kept or asked for.
  if (/^(?:\.{0,2}\/|~\/|https?:\/\/)/.test(text)) return findTokens(text).length > 0;
  const likely = likelySecretNameOf(key);
  if (secretNameOf(key) === undefined) return findTokens(text).length > 0 || (likely !== undefined && (isSecretValue(likely, text) || (likely === "token" && isWordOfTeam(text))));
  return text !== "" || signingKey.test(key);
}
