import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import { chainOf, chainsFrom } from "./chains.js";
import type { Look } from "./exposure.js";
import { isMoment, namesBeside, namesTaken } from "./names-beside.js";
import { recordValues } from "../records/record-shapes.js";

const recipients = /^(?:to|cc|bcc|recipients?)$/;
/** What stands beside the recipient of a mail, and of nothing else that goes from here to there. */
const besideRecipient = /^(?:(?:e?mail)?_?subject|html|template(?:Data|Id|Name)?|bcc)$/i;
const mailNames = /(?:e?mail|message|msg|sms|envelope)(?:_?(?:options|opts|data|payload|params|config|info|job|request|input|dto))?$/i;
const mailPlaces = /mail|sms|whatsapp/i;

/** Whether a field of a message says whom it goes to, if one beside it says that it is a message. */
export function isRecipientName(name: string): boolean {
  return recipients.test(name);
}

/** Whether a field stands beside the recipient of a mail, and of nothing else. */
export function isBesideRecipient(name: string): boolean {
  return besideRecipient.test(name);
}

/** Whether a variable called `to` is whom a mail or text message goes to: `send(to, subject, html)`, `({ to, subject })`. */
export function isRecipient(at: Look, name: string, source: BindingSource | undefined): boolean {
  // `for (const to of recipients)`
  if (source?.kind === "element") return recipients.test(name) && source.path.length === 0 && /(?:recipients?|e?mails?|to)$/i.test(lastName(source.subject));
  if (!recipients.test(name) || (source?.kind !== "parameter" && source?.kind !== "value")) return false;
  if (source.kind === "value") return source.path.length === 1 && source.value !== undefined && (isMessage(at, source.value) || namesBeside(at.model.values.index(at.file), source).some((other) => besideRecipient.test(other)));
  const { function: node } = source;
  if (isMoment(source)) return false;
  return namesTaken(node).some((other) => besideRecipient.test(other)) || mailPlaces.test(node.name ?? "") || mailPlaces.test(at.model.values.index(at.file).functions.get(node)?.class?.name ?? "");
}

/** Whether an object goes out as a mail: it is called one, or has a subject. */
export function isMessage(at: Look, object: Expression): boolean {
  // `this.to` of a `WelcomeMailer`
  if (object.kind === "this") return mailPlaces.test(at.model.values.classAround(at.file, object)?.name ?? "");
  if (object.kind !== "name" && object.kind !== "member") return false;
  if (mailNames.test(lastName(object))) return true;
  const own = chainOf(object);
  // `send({ to: options.to, subject: options.subject })`
  if (own && chainsFrom(at, own.binding).some(({ path }) => path.length === own.path.length + 1 && own.path.every((key, place) => key === path[place]) && besideRecipient.test(path.at(-1) ?? ""))) return true;
  return [...at.model.values.of(at.file, object), ...recordValues(at.model, at.file, object)].some((value) => {
    if (value.kind === "object") return value.node.members.some((member) => member.kind === "property" && besideRecipient.test(member.key));
    // `Job<WelcomeMail>`
    if (value.kind === "instance") return mailNames.test(value.class.name ?? "");
    return value.kind === "typed" && (mailNames.test(value.name ?? "") || (value.type.kind === "object" && value.type.members.some(({ name }) => besideRecipient.test(name))));
  });
}

/** Whether a member of a message says whom it goes to. */
export function namesRecipient(at: Look, { object, property }: Extract<Expression, { kind: "member" }>): boolean {
  return recipients.test(property) ? isMessage(at, object) : /^(?:accepted|rejected|pending|envelope)$/.test(property) && isReceipt(at, object);
}

/** Whether a text says that a mail goes to one of its values: `sent the invoice to ${booking.mail}`, `sending mail to ${address}`. */
export function tellsRecipient({ texts, values }: Extract<Expression, { kind: "template" }>, place: number): boolean {
  const before = texts[place] ?? "";
  const value = values[place];
  return value !== undefined && /(?:^|\W)to (?:\w+ )?["'<(]?$/i.test(before) && /mail|sent|send|notif|invit/i.test(before) && /^(?:e?mail|address|recipient)$/i.test(lastName(value));
}

/** Whether a value is what a transport of mail gives back of a message that it sent: whom it went to is part of it. */
export function isReceipt(at: Look, node: Expression): boolean {
  return isCallbacksReceipt(at, node) || isAwaitedReceipt(at, node);
}

/** `transport.sendMail(message, (error, info) => …)` */
function isCallbacksReceipt(at: Look, node: Expression): boolean {
  const index = at.model.values.index(at.file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  const passed = source?.kind === "parameter" && source.index === 1 && source.path.length === 0 ? index.functions.get(source.function)?.passedTo : undefined;
  return passed !== undefined && lastName(passed.call.callee) === "sendMail";
}

/** `const info = await transport.sendMail(message)` */
function isAwaitedReceipt(at: Look, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? at.model.values.index(at.file).sources[node.binding] : undefined;
  if (source?.kind !== "value" || source.path.length > 0) return false;
  const made = source.value?.kind === "await" ? source.value.value : source.value;
  if (made?.kind !== "call" || made.callee.kind !== "member") return false;
  // What Twilio gives back of a text message, a call or a code that it sent.
  if (made.callee.property === "create" && /^(?:messages|calls|verifications|verificationChecks)$/.test(lastName(made.callee.object))) return at.model.packageOf(at.file).dependencies.has("twilio");
  return made.callee.property === "sendMail";
}
