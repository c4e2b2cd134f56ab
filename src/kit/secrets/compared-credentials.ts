import { isFor } from "../../catalogue/index.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { isSecretValue } from "../../catalogue/secrets/secret-values.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isMadeUp } from "./constant-parts.js";
import { deniesEqual } from "./denied-words.js";
import { encodedConstant, encodedText } from "./encoded-texts.js";
import { decoratedName } from "../personal/decorated-parameters.js";
import { headerRead } from "../personal/request-exposure.js";

/** A credential that somebody sends, and the constant that lets them in. */
export interface ComparedCredential {
  /** What it is called where it is sent: `x-api-key`, `password`. */
  readonly name: string;
  readonly constant: Expression;
  readonly length: number;
}

/** Texts that say that nothing was sent, of what kind it is, that it is hidden, or what a stand-in is to do (`password === "error"`). */
const noCredential = /^(?:undefined|null|true|false|none|error|delay|timeout|fail(?:ed|ure)?|success|invalid|bearer|basic|token|jwt|apikey|api[-_]key|string|object|.{0,2}|[*x•.]+)$/i;

/** With this Meta only asks whether an address is meant to get its events: who knows it gets his own challenge back (https://developers.facebook.com/docs/graph-api/webhooks/getting-started). */
const ofSubscription = "hub.verify_token";

/** `jupiter/router`, `repo:push`, `order.paid`: kinds within kinds, which nobody chooses for a password, whatever is called a key there. */
const kindWithinKind = /^[a-z0-9]+(?:[-_][a-z0-9]+)*(?:[:/.][a-z0-9]+(?:[-_][a-z0-9]+)*)+$/i;
const anyKey = /^(?!.*(?:api|access|secret|private|auth|admin|master|signing)[-_]?keys?$)[a-z_-]{1,60}keys?$/i;

/** Keys that also tell things apart, so that a word is one of their kinds: `providerKey === "mail"`. */
const keyOfThing = /^(?!.*(?:api|access|secret|private|auth|admin|master|signing)keys?$)[a-z]+keys?$/i;

/**
 * Comparisons of a password, key or token of a request, or of what a library hands to a check of credentials, with
 * constants of the code: `request.headers["x-api-key"] === "let-me-in"`, `known.has(token)`. Weak words count.
 */
export function* comparedCredentials(model: ProjectModel, file: string): Iterable<ComparedCredential> {
  const { operations, calls } = model.values.index(file);
  for (const operation of operations) {
    const { operator, left, right } = operation;
    if (!/^[!=]==?$/.test(operator) || deniesEqual(model, file, operation)) continue;
    for (const [sent, constant] of [[left, right], [right, left]] as const) yield* compared(model, file, sent, constant);
  }
  for (const { node: { callee, arguments: [sent] } } of calls) {
    if (callee.kind !== "member" || !sent || !/^(?:has|includes)$/.test(callee.property) || sentName(model, file, sent) === undefined) continue;
    for (const known of listed(model, file, callee.object)) yield* compared(model, file, sent, known);
  }
}

function* compared(model: ProjectModel, file: string, sent: Expression, constant: Expression): Iterable<ComparedCredential> {
  const text = constantText(model, file, constant);
  const name = text === undefined || isMadeUp(constant) ? undefined : (sentName(model, file, sent) ?? bareKey(model, file, sent, text));
  if (text === undefined || name === undefined || name === ofSubscription) return;
  const bare = text.replace(/^(?:Bearer|Basic) */i, "");
  // `otp === "expired"`
  if (/(?:otp|code|pin)$/i.test(name) && /^[a-z]+(?:[-_ ][a-z]+)*$/.test(bare) && !/admin|secret|master|owner|root|backdoor/i.test(name)) return;
  // `setting_key === "home_banner"`: both are names, written alike.
  if (/^[a-z]+(?:_[a-z]+)*_keys?$/.test(name) && secretNameOf(name) === undefined && /^[a-z]+(?:_[a-z]+)+$/.test(bare)) return;
  if (kindWithinKind.test(bare) && anyKey.test(name)) return;
  if (!noCredential.test(bare) && !(/^[a-z]+(?:[-_][a-z]+)*$/.test(bare) && keyOfThing.test(name))) yield { name, constant, length: bare.length };
}

/** The constant text that something is, also where it is encoded on the way: `Buffer.from(settings.adminAuth).toString("base64")`. */
function constantText(model: ProjectModel, file: string, node: Expression): string | undefined {
  const held = encodedText(node);
  const text = isConstant(held) ? model.values.text(file, held) : undefined;
  if (text !== undefined) return text;
  const inner = encodedConstant(model, file, held);
  return inner && isConstant(inner) ? model.values.text(file, inner) : undefined;
}

function isConstant({ kind }: Expression): boolean {
  return kind === "literal" || kind === "name" || kind === "member" || kind === "template";
}

/** What a part is taken of: `authorization.slice(6)`, `authorization.split(" ")[1]`. */
function partOf(node: Expression): Expression | undefined {
  if (node.kind === "index") return node.object.kind === "call" && node.object.callee.kind === "member" && node.object.callee.property === "split" ? node.object.callee.object : undefined;
  return node.kind === "call" && node.callee.kind === "member" && /^(?:slice|substring|substr|replace|trim)$/.test(node.callee.property) ? node.callee.object : undefined;
}

/** `request.query.key` that is compared with what can only be a password. */
function bareKey(model: ProjectModel, file: string, sent: Expression, text: string): string | undefined {
  return sent.kind === "member" && /^(?:key|auth|access)$/.test(sent.property) && isSecretValue("password", text) && /[a-z]/i.test(text) && /\d/.test(text) && text.length >= 8 && model.requestData.of(file, sent) !== undefined ? sent.property : undefined;
}

/** The elements of a list or set of constants that is written down in this file. */
function listed(model: ProjectModel, file: string, node: Expression): readonly Expression[] {
  const [list, ...others] = model.values.of(file, node);
  if (!list || others.length > 0) return [];
  if (list.kind === "array") return list.file === file ? list.node.elements : [];
  const made = list.kind === "external" && list.provenance.package === "global" && list.provenance.path[0] === "Set" && list.site?.file === file ? list.site.node.arguments[0] : undefined;
  return made ? listed(model, file, made) : [];
}

/** The name of a credential that a request carries, or that a library hands to the function that checks it. */
function sentName(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind === "cast" || node.kind === "await") return sentName(model, file, node.value);
  const whole = partOf(node);
  if (whole) return sentName(model, file, whole);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  // `const given = request.headers["x-api-key"];`
  if (source?.kind === "value" && source.path.length === 0 && source.value && node.kind === "name" && /^(?:member|index|call|cast)$/.test(source.value.kind)) {
    const held = sentName(model, file, source.value);
    if (held !== undefined || secretNameOf(node.name) === undefined) return held;
  }
  // `@Headers("x-api-key") given: string`
  const named = source?.kind === "parameter" ? decoratedName(source) : undefined;
  if (named !== undefined) return promises(named) ? named : undefined;
  const name = node.kind === "name" ? node.name : node.kind === "member" ? node.property : node.kind === "index" ? model.values.text(file, node.index) : node.kind === "call" ? headerRead(node) : undefined;
  if (name === undefined) return undefined;
  const isChecked = node.kind === "name" && secretNameOf(name) !== undefined && isHandedToCheck(model, file, node);
  const isSure = promises(name);
  const isHeader = (node.kind === "member" || node.kind === "index") && lastName(node.object) === "headers";
  // What API Gateway asks an authoriser about, and what Socket.IO has its clients prove themselves with.
  const isAsked = node.kind === "member" && (node.property === "authorizationToken" || (lastName(node.object) === "auth" && node.object.kind === "member" && lastName(node.object.object) === "handshake" && secretNameOf(name) !== undefined));
  return isChecked || isAsked || (isSure && (isHeader || model.requestData.of(file, node) !== undefined)) ? name : undefined;
}

/** `adminCode`, `secret_code`: with it somebody becomes more than others are. */
const codeThatLetsIn = /^(?:(?:super_?)?admin|secret|master|owner|staff|root|registration|register|sign_?up|invite|invitation|developer|backdoor)_?(?:code|pin)$|^(?:otp|totp|mfa|verification|login)_?(?:code|pin)$|^(?:otp|totp|passcode|authorization_?token)$/i;

/** Whether a name of what is sent says that it lets somebody in. By itself the word `token` also names kinds and places. */
function promises(name: string): boolean {
  return /^(?:password|key)$/.test(secretNameOf(name) ?? "") || codeThatLetsIn.test(name) || /^authorization$|[-_](?:token|key|secret)$/i.test(name);
}

/** A parameter of the function that a library asks whether a user may come in: `basicAuth({ verifyUser: (name, password) => … })`. */
function isHandedToCheck(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" }>): boolean {
  const index = model.values.index(file);
  const source = node.binding === undefined ? undefined : index.sources[node.binding];
  const passedTo = source?.kind === "parameter" ? index.functions.get(source.function)?.passedTo : undefined;
  return passedTo !== undefined && model.values.of(file, passedTo.call.callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "auth"));
}
