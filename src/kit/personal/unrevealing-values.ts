import { isSanitiserName, numericCategories, type PersonalDataCategory, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { isTestPath } from "../../base/test-paths.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { Value } from "../../model/values/value.js";
import { chainOf } from "./chains.js";
import { declaredType } from "../records/declared-types.js";
import { isOpened } from "./decoded-tokens.js";
import { letsDevelopmentIn } from "../project/development-branches.js";
import { deepest, isIdName, type Look, nameOf } from "./exposure.js";
import { shapeOf } from "./personal-shapes.js";
import { recordValues } from "../records/record-shapes.js";

/** Not a constant, flag, count or comparison: something of the category that is known when the program runs. */
export function isData(at: Look, node: Expression, category: PersonalDataCategory): boolean {
  if (isClean(at, node) || isModel(at, node)) return false;
  // `String(apiKey)`
  const [given] = node.kind === "call" && node.callee.kind === "name" && node.callee.name === "String" ? node.arguments : [];
  if (given) return isData(at, given, category);
  const values = at.model.values.of(at.file, node);
  if (values.some(writesNothing)) return false;
  // `authorization: AuthorizationPolicy`, `credentials: Credential[]`: what such an object holds, its own fields say.
  if ((category === "token" || category === "credential") && (areKnownObjects(values) || areKnownObjects(declaredValues(at, node)) || areKnownObjects(recordValues(at.model, at.file, node)))) return false;
  // `PaymentMethod.creditcard` of a package: a member of a type or an enumeration.
  if (node.kind === "member" && node.object.kind === "name" && /^[A-Z]/.test(node.object.name) && values.length > 0 && values.every((value) => value.kind === "external" && value.provenance.package !== "global" && value.site === undefined)) return false;
  // `oauthToken: process.env.SIGN_IN_TOKEN_URL ?? "https://…"`: where tokens are given out.
  if (category === "token" && values.length > 0 && values.every(isAddress)) return false;
  // `const tokenData = verify(token, key)` are its claims.
  const held = category === "token" ? values.filter((value) => !(value.kind === "constant" && value.value === null)) : [];
  if (held.length > 0 && held.every((value) => value.kind === "external" && isOpened(value))) return false;
  if (values.length > 0 && values.every(({ kind }) => kind === "constant") && isToldByTests(at, node)) return true;
  return values.length === 0 || values.some((value) => !isNoText(value) || isUnset(value) || (value.kind === "primitive" && /^(number|enum)$/.test(value.name) && numericCategories.has(category)));
}

/** How many variables lie between a value and the parameter that it is taken from. */
const mostBetween = 4;

/** What only tests hand to a function, through a framework in their place: what they make up says nothing of what will come. */
function isToldByTests(at: Look, node: Expression, between = 0): boolean {
  const own = chainOf(node.kind === "await" || node.kind === "cast" ? node.value : node);
  const source = own && at.model.values.index(at.file).sources[own.binding];
  if (!source || between > mostBetween) return false;
  if (source.kind === "parameter") {
    const calls = at.model.values.callSites.of(at.file, source.function);
    return calls.length > 0 && calls.every(({ file }) => isTestPath(file));
  }
  const from = source.kind === "value" ? source.value : source.kind === "element" ? source.subject : undefined;
  return from !== undefined && isToldByTests(at, from, between + 1);
}

/** `const Email = require("./email")`: a module or a model, by the way it is written. */
function isModel(at: Look, node: Expression): boolean {
  if (node.kind !== "name" || node.binding === undefined || !/^[A-Z][a-z]/.test(node.name)) return false;
  const source = at.model.values.index(at.file).sources[node.binding];
  return source?.kind !== "parameter" && !(source?.kind === "value" && source.path.length > 0);
}

/** What prints itself as a mark, by its type: `Redacted<string>`; and the key of an injection, `string | symbol`. */
function writesNothing(value: Value): boolean {
  const type = value.kind === "external" ? value.provenance.path.findLast((step) => /^\w+$/.test(step)) : value.kind === "instance" ? value.class.name : value.kind === "typed" ? value.name : undefined;
  return (type !== undefined && /^(?:Redacted\w*|Masked\w*|Sensitive(?:String|Value)?|Secret(?:String|Value)?|InjectionToken)$/.test(type)) || (value.kind === "primitive" && value.name === "symbol");
}

/** What the type says that a property or a variable is declared with, whatever it begins with. */
function declaredValues(at: Look, node: Expression): readonly Value[] {
  const stated = declaredType(at.model, at.file, node);
  return stated ? at.model.values.ofType(stated.file, stated.type) : [];
}

/** Objects of the project and lists of such, of which one may be empty: `credentials: Credential[] = []`. */
export function areKnownObjects(values: readonly Value[]): boolean {
  const held = values.filter((value) => !(value.kind === "array" && value.node.elements.length === 0));
  return held.length > 0 && held.every(isKnownObject);
}

function isKnownObject(value: Value): boolean {
  if (value.kind === "list") return value.of.length > 0 && value.of.every(isKnownObject);
  return value.kind === "instance" || (value.kind === "object" && value.node.members.length > 0) || (value.kind === "typed" && value.type.kind === "object" && value.type.members.length > 0);
}

/** An address that the code gives, or that the environment holds by the name of its variable. */
function isAddress(value: Value): boolean {
  if (value.kind === "constant") return /^https?:\/\/[^@?]*$/.test(String(value.value));
  return value.kind === "external" && value.provenance.package === "global" && /^process\.env\.\w+_(?:URL|URI|ENDPOINT)$/.test(value.provenance.path.join("."));
}

/** An empty text, which a property holds until it is set. */
function isUnset(value: Value): boolean {
  return value.kind === "constant" && value.value === "";
}

/** A value that is no text of its own: a flag, a number, one of an enumeration, or nothing that is data at all. */
export function isNoText(value: Value): boolean {
  // `tokens: { prompt: number; completion: number }`
  if (value.kind === "typed" && value.type.kind === "object") return value.type.members.length > 0 && value.type.members.every(({ type }) => type?.kind === "keyword" && /^(?:boolean|number)$/.test(type.name));
  return isPlain(value) || (value.kind === "primitive" && /^(boolean|number|enum)$/.test(value.name));
}

/** Code and constants, which are known before the program runs. */
export function isPlain(value: Value): boolean {
  // `["JWT_SECRET", "DB_PASSWORD"]`
  if (value.kind === "array") return value.node.elements.length > 0 && value.node.elements.every(({ kind }) => kind === "literal");
  return value.kind === "constant" || value.kind === "function" || value.kind === "class" || value.kind === "enum" || value.kind === "namespace";
}

/** A function that gives its parameter in another form: `(part) => part.trim()`, `Number`. */
function givesPart(at: Look, node: Expression | undefined): boolean {
  if (node?.kind !== "function") return node?.kind === "name";
  const [parameter] = node.function.parameters;
  const [value, ...others] = at.model.values.returned(node.function);
  const of = value?.kind === "call" && value.callee.kind === "member" ? value.callee.object : value;
  return others.length === 0 && of?.kind === "name" && parameter?.target.kind === "binding" && of.binding === parameter.target.binding;
}

/** `const safe = maskEmail(email);`, `for (const part of text.split(","))`: what a variable holds, and nothing else later. */
function isHeldClean(at: Look, binding: number): boolean {
  if (at.depth > deepest) return false;
  const inner = { ...at, depth: at.depth + 1 };
  const index = at.model.values.index(at.file);
  const source = index.sources[binding];
  // `const { user_id: userId } = claims`
  if ((source?.kind === "parameter" || (source?.kind === "value" && source.path.length > 0)) && isPlainId(index.facts.bindings[binding]?.name ?? "")) return true;
  if (source?.kind === "element" && source.path.length === 0) return (source.subject.kind === "call" || source.subject.kind === "name") && isClean(inner, source.subject);
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  return value !== undefined && /^(?:call|template|binary|index|conditional)$/.test(value.kind) && isClean(inner, value) && (at.model.values.assignments(at.file).get(binding) ?? []).length === 0;
}

/** `userId`, `order.customerId`, `claims.sub`: an id that is none of a government or a session. */
function isPlainId(name: string): boolean {
  // The id of who a message goes to is a number of WhatsApp.
  return (isIdName(name) || name === "sub") && personalDataOf(name) === undefined && !/^(?:recipient|sender)_?id$/i.test(name);
}

/** `token[0]`, `email.split("@")[1]`: one character of a text, or the domain of an address. */
function isPiece(at: Look, { object, index }: Extract<Expression, { kind: "index" }>): boolean {
  if (index.kind !== "literal" || typeof index.value !== "number") return false;
  if (object.kind === "call") {
    const [separator] = object.arguments;
    return object.callee.kind === "member" && object.callee.property === "split" && index.value === 1 && separator?.kind === "literal" && separator.value === "@";
  }
  // A header that is sent more than once is a list.
  const name = object.kind === "name" || (object.kind === "member" && lastName(object.object) !== "headers") ? lastName(object) : "";
  return personalDataOf(name) !== undefined && !name.endsWith("s") && !at.model.values.of(at.file, object).some(({ kind }) => kind === "list" || kind === "array");
}

/** The text of which a call takes off what stands in front of it, or marks in between: `header.replace("Bearer ", "")`, `header.slice(7)`; undefined for calls that leave out more. */
export function tidiedText({ callee, arguments: [what, into] }: CallExpression): Expression | undefined {
  if (callee.kind !== "member") return undefined;
  const isTidying = /^replace(?:All)?$/.test(callee.property)
    ? into?.kind === "literal" && typeof into.value === "string" && into.value.trim() === "" && (what?.kind === "literal" || (what?.kind === "regex" && !/\.[*+{]|\(\?|@/.test(what.pattern)))
    : /^(?:slice|substring|substr)$/.test(callee.property) && into === undefined && ((what?.kind === "literal" && typeof what.value === "number" && what.value > 0 && what.value < 10) || (what?.kind === "member" && what.property === "length"));
  return isTidying ? callee.object : undefined;
}

/** A function of the project that gives nothing but pieces, counts and marks of what it is given: `(iban) => \`…${iban.slice(-4)}\``. */
function givesClean(at: Look, node: CallExpression): boolean {
  if (at.depth >= deepest) return false;
  const { functions: [callee, ...others] } = at.model.callGraph.callees(at.file, node);
  if (!callee || others.length > 0 || callee.node.returns?.kind === "reference") return false;
  const returned = at.model.values.returned(callee.node);
  return returned.length > 0 && returned.some(({ kind }) => kind !== "literal") && returned.every((value) => /^(?:literal|template|binary|call|conditional)$/.test(value.kind) && isClean({ ...at, file: callee.file, depth: at.depth + 1 }, value));
}

/** What shows nothing of the value behind it: comparisons, counts, ids, hashes, parts. */
export function isClean(at: Look, node: Expression): boolean {
  switch (node.kind) {
    case "literal":
    case "regex":
    case "function":
    case "secret":
      return true;
    case "unary":
      return true;
    case "binary":
      if (/^(?:\+|\|\||\?\?)$/.test(node.operator)) return isClean(at, node.left) && isClean(at, node.right);
      return node.operator === "&&" ? isClean(at, node.right) : /^(===?|!==?|<=?|>=?|in|instanceof|[-*/%])$/.test(node.operator);
    case "index":
      return isPiece(at, node);
    case "template":
      return !node.tag && node.values.every((value) => isClean(at, value));
    case "conditional":
      // What developers' machines alone are shown is nobody's.
      return (letsDevelopmentIn(node.test) || isClean(at, node.then)) && (letsDevelopmentIn(node.test, false) || isClean(at, node.else));
    case "await":
    case "cast":
      return isClean(at, node.value);
    case "name":
      return node.binding === undefined ? node.name === "undefined" : isHeldClean(at, node.binding);
    case "member":
      return /^(length|size|count|name\.length)$/.test(node.property) || isPlainId(node.property);
    case "call": {
      const name = nameOf(node.callee);
      const last = name.slice(name.lastIndexOf(".") + 1);
      if (node.callee.kind === "member" && node.callee.object.kind === "literal" && node.callee.property === "repeat") return true;
      // Some rows of a list that is known are no part of a text.
      if (node.callee.kind === "member" && /^(?:at|slice)$/.test(last) && shapeOf(at.model, at.file, node)) return false;
      const tidied = tidiedText(node);
      if (tidied) return isClean(at, tidied);
      // `isOldAccount(plan)`
      if (/^(is|has|can|should)[A-Z]/.test(last)) return true;
      // `keyPair.getPublicKey().toString()`
      if (/^(?:get|to|derive|export)?_?public_?key(?:Hex|Base58|String)?$/i.test(last) || (node.callee.kind === "member" && /^to(?:String|Hex|Base58|JSON)$/.test(last) && node.callee.object.kind === "call" && /public_?key$/i.test(lastName(node.callee.object.callee)))) return true;
      // `getTokenExpiry()`
      if (/[a-z](?:Time|Date|Age|Expiry|Expiration|Count|Length|Ttl|TTL)$/.test(last)) return true;
      // `text.split(",").map((part) => part.trim())`
      if (node.callee.kind === "member" && node.callee.object.kind === "call" && isClean(at, node.callee.object) && (/^(?:filter|sort|reverse|trim)$/.test(last) || (last === "map" && givesPart(at, node.arguments[0])))) return true;
      if (givesClean(at, node)) return true;
      return isSanitiserName(last === "" && node.callee.kind === "member" ? node.callee.property : last) || /^(Boolean|typeof|slice|substring|substr|replace|replaceAll|charAt|split|includes|startsWith|endsWith|indexOf|test|at|keys|has|pick|omit|digest|compare|compareSync|some|every|isArray)$/.test(last);
    }
    default:
      return false;
  }
}
