import { oncePerPart } from "../../base/once-per.js";
import type { Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { chainOf, chainsFrom } from "./chains.js";
import type { Look } from "./exposure.js";
import { isMoment, namesBeside } from "./names-beside.js";

/** Twilio writes the fields of its webhooks with capitals: https://www.twilio.com/docs/messaging/guides/webhook-request */
const ends = /^(?:[Ff]rom|[Tt]o|sender|recipient)$/;
/** What stands beside them in a message, and seldom in what else goes from here to there. */
const besideEnds = /^(?:text|message|body|content|caption|(?:wa)?_?message_?(?:id|body|text)|wamid|media_?(?:url|id)|template_?\w*|interactive|buttons|twiml|voice_?url|status_?callback|machine_?detection|\w*call_?sid|caller_?id|messagesid|smssid)$/i;
/** Services that know people by their telephone numbers. */
const services = /[wW]hats[aA]pp|WHATSAPP|[bB]aileys|[tT]wilio|[cC]lickatell|[vV]onage|[nN]exmo|[mM]essagebird|[gG]upshup|[iI]nfobip|(?:^|[-_./])sms|S(?:ms|MS)/;

/** Whether a field stands beside an end of a message. */
export function isBesideEnd(name: string): boolean {
  return besideEnds.test(name);
}

/** `targetNumber`, `recipientNumber`: an end of a message by its name alone. */
const namedEnds = /^(?:target|destination|dest|recipient|remote|client|chat)_?number$/i;

/** Whether a variable is the number that a text message comes from or goes to: `reply(from, text)` where WhatsApp is spoken of. */
export function isNumberOfMessage({ model, file }: Look, name: string, source: BindingSource | undefined): boolean {
  if (namedEnds.test(name)) return isAboutMessages(model, file);
  return ends.test(name) && !isMoment(source) && isAboutMessages(model, file) && namesBeside(model.values.index(file), source).some((other) => besideEnds.test(other));
}

/** Whether a member of a text message is the number that it comes from or goes to: `incoming.from` beside `incoming.text`, `status.recipient_id`. */
export function namesNumber(at: Look, { object, property }: Extract<Expression, { kind: "member" }>): boolean {
  if (!/^(?:wa_id|recipient_id)$/.test(property) && !ends.test(property)) return false;
  if (!isAboutMessages(at.model, at.file)) return false;
  const own = chainOf(object);
  // `call.from` of somebody who rings up.
  if (property === "from" && own && /^(?:incoming_?)?call$/i.test(own.path.at(-1) ?? own.name)) return true;
  if (!own || !ends.test(property)) return own !== undefined;
  if (chainsFrom(at, own.binding).some(({ path }) => own.path.every((key, place) => key === path[place]) && besideEnds.test(path[own.path.length] ?? ""))) return true;
  return at.model.values.of(at.file, object).some((value) => {
    if (value.kind === "typed") return value.type.kind === "object" && value.type.members.some(({ name }) => besideEnds.test(name));
    return value.kind === "instance" && value.class.members.some((member) => member.kind === "property" && besideEnds.test(member.name));
  });
}

/** Whether a file speaks of a service of text messages: by its path, or by a name that it declares or imports. */
export const isAboutMessages = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { bindings } = model.facts(file);
  return services.test(file) || bindings.some(({ name }) => services.test(name));
});
