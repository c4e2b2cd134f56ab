import { splitWords } from "../../base/words.js";
import { containerOf, isHarmlessName, isProtectedName, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { Span } from "../../base/position.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { isOfMachine } from "./bare-names.js";
import { countsTokens } from "./counted-tokens.js";
import { asNamed, isOfBrowser, isSomebody, type Exposure, keyOf, type Look, nameOf, isOrganisation } from "./exposure.js";
import { isFullNameOfThing } from "./full-names.js";
import { isBesideRecipient, isRecipientName } from "./mail-recipients.js";
import { shapeOf } from "./personal-shapes.js";
import { requestParts } from "./request-exposure.js";
import { isClean, isData } from "./unrevealing-values.js";

/** What an object that is written out shows, by the keys of its members. */
export function ofObject(at: Look, node: Extract<Expression, { kind: "object" }>): readonly Exposure[] {
  // `${{ email }}` is "[object Object]".
  return at.inText ? [] : node.members.flatMap((member, index): readonly Exposure[] => {
    if (member.kind === "spread") return ofSpread(at, member.value, node.members.slice(index + 1));
    if (member.kind === "computed") return at.search.of({ ...at, path: [...(at.path ?? []), "*"] }, member.value);
    // `{ origin, methods, credentials }` of CORS: whether cookies come along.
    if (member.kind !== "property" || (member.key === "credentials" && propertyOf(node, "origin"))) return [];
    // `{ database, redis, email }` are services, and how they are.
    if (/^(?:e?mail|sms)$/.test(member.key) && node.members.some((other) => other.kind === "property" && /^(?:db|database|redis|cache|queues?|storage|smtp|kafka|rabbitmq|workers?)$/.test(other.key))) return [];
    // `{ user, pass }` is how the application itself lets a server of mails or a store know who it is.
    if (/^user(?:name)?$/.test(member.key) && (propertyOf(node, "pass") || (propertyOf(node, "host") && propertyOf(node, "database")))) return [];
    // `{ driverId, lat, lng }`, `{ ip, userAgent }`, `{ patientId, medication }`
    const told = personalDataOf(member.key)?.category;
    // `{ userId, ip, port }` is where a machine of theirs is reached.
    if (told === "location" && /^ips?$/i.test(member.key) && (propertyOf(node, "port") || isOfMachine(at, member.value)) && !node.members.some((other) => other.kind === "property" && isOfBrowser(other.key))) return [];
    if ((told === "location" || told === "health") && node.members.some((other) => other.kind === "property" && (isSomebody(other.key) || (told === "location" && isOfBrowser(other.key)))) && isData(at, member.value, told)) return [{ span: member.span, field: member.key, category: told, ...(at.path && { path: [...at.path, member.key] }) }];
    const named = ofNamed({ ...at, path: [...(at.path ?? []), member.key] }, member.key, member.value, member.span);
    // `{ to, subject, html }`
    const isRecipient = named.length === 0 && isRecipientName(member.key) && node.members.some((other) => other.kind === "property" && isBesideRecipient(other.key)) && isData(at, member.value, "contact");
    return isRecipient ? [{ span: member.span, field: member.key, category: "contact", ...(at.path && { path: [...at.path, member.key] }) }] : named;
  });
}

/** A property of a logged object: its key says what the value is, unless the value says otherwise. */
export function ofNamed(at: Look, key: string, value: Expression, span: Span): readonly Exposure[] {
  // `{ offer: req.body }` of a telephone call describes its media.
  if (/^(?:offer|answer|sdp)$/.test(key) && lastName(value) === "body" && at.model.packageOf(at.file).dependencies.has("drachtio-srf")) return [];
  if ((key === "tokens" && countsTokens(at, value)) || describesField(value)) return [];
  const named = isFullNameOfThing(at, key) ? undefined : personalDataOf(key);
  const inside = at.search.of(at, value);
  const left = asNamed(key, inside);
  // `{ title, email: message }` is what a mail says.
  if (named?.category === "contact" && inside.length === 0 && /^(?:message|text|body|html|content|template)$/i.test(lastName(value))) return [];
  if (left.length > 0 || inside.length > 0) return left;
  // `{ phone: company.phone }`
  if (named?.category === "contact" && value.kind === "member" && isOrganisation(nameOf(value.object))) return [];
  // `{ token: token.kind }` of a parser.
  if (named?.category === "token" && value.kind === "member" && /^(?:kind|type|scheme|line|column|index|position|status|state|provider)$/.test(value.property)) return [];
  // `{ token: hashedToken }`
  if (named && isProtectedName(lastName(value))) return [];
  // `{ token: tokenName }`, `{ email: emailTemplate }`
  if (named && isNameOfThing(key, lastName(value))) return [];
  // Whose sid it is, the value tells.
  if (named && key !== "sid" && !named.onlyOfPerson && isData(at, value, named.category)) return [{ span, field: key, category: named.category, ...(at.path && { path: at.path }) }];
  return containerOf(key) === "person" && givesRecord(at, value) ? [{ span, field: key, category: "identity", ...(at.path && { path: at.path }) }] : [];
}

/** `phoneNumber: { type: "string" }`: what a field is to be, and nobody's. */
function describesField(value: Expression): boolean {
  const type = value.kind === "object" ? propertyOf(value, "type") : undefined;
  return type?.kind === "literal" && /^(?:string|number|integer|boolean|array|object)$/.test(String(type.value));
}

/** Whether a value has a name of its own that says that it is what something is called, or how it is made. */
function isNameOfThing(key: string, name: string): boolean {
  return isHarmlessName(name) && splitWords(name).at(-1) !== splitWords(key).at(-1);
}

/** `await customers.find(id)`, of which nothing else is known. */
function givesRecord(at: Look, node: Expression): boolean {
  const call = node.kind === "await" ? node.value : node;
  if (call.kind !== "call" || !/(^|\.)(find|get|load|fetch|create|save)(One|ById|Unique|First|By\w+)?$/.test(nameOf(call.callee))) return false;
  return shapeOf(at.model, at.file, node) === undefined && at.model.values.of(at.file, node).every((value) => value.kind === "external" || value.kind === "parameter");
}

/** `{ ...user, email: undefined }`: what is spread, without the fields that stand behind it again. */
function ofSpread(at: Look, value: Expression, behind: Extract<Expression, { kind: "object" }>["members"]): readonly Exposure[] {
  const path = at.path ?? [];
  // `{ ...answer, ...{ access_token: "***" } }`
  const later = behind.flatMap((member) => (member.kind === "spread" && member.value.kind === "object" ? member.value.members : [member]));
  const again = new Set(later.flatMap((member) => (member.kind === "property" ? [member.key] : [])));
  // Who overwrites a credential of a request has seen what it holds: `{ ...req.headers, authorization: undefined }`.
  const isHidden = later.some((member) => member.kind === "property" && /^(?:credential|token)$/.test(personalDataOf(member.key)?.category ?? "") && isClean(at, member.value));
  const found = at.search.of({ ...at, path }, value).filter((exposure) => !again.has(exposure.path?.[path.length] ?? "") && !(isHidden && requestParts.has(keyOf(exposure))));
  return at.path ? found : found.map(({ path: _, ...exposure }) => exposure);
}
