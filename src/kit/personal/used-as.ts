import { isFor } from "../../catalogue/index.js";
import type { PersonalDataCategory } from "../../catalogue/lexicon/personal-data.js";
import { propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Look } from "./exposure.js";
import { isBesideRecipient, isRecipientName } from "./mail-recipients.js";
import { isAboutMessages, isBesideEnd } from "./phone-messages.js";

/** What a variable holds by what is done with it, whatever it is called: `jwt.verify(raw, key)` takes a token, `mongoose.connect(target)` an address with a password in it, and a mail goes to somebody. */
export function usedAs({ model, file }: Look, { binding }: Expression & { readonly kind: "name" }): PersonalDataCategory | undefined {
  for (const { node } of model.values.index(file).calls) {
    const [given] = node.arguments;
    if (binding !== undefined && node.arguments.some((argument) => isSentTo(argument, binding, isAboutMessages(model, file)))) return "contact";
    if (node.kind !== "call" || given?.kind !== "name" || binding === undefined || given.binding !== binding) continue;
    if (model.dataAccess.at(file, node)?.role === "connect") return isReadSomewhere(model, file, binding) && !node.arguments.some(namesUser) ? "credential" : undefined;
    const verifies = model.values.of(file, node.callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "token") && /^(?:verify(?:Async)?|decode|jwtVerify|jwtDecrypt|decodeJwt|jwtDecode)$/.test(value.provenance.path.at(-1) ?? ""));
    if (verifies) return "token";
  }
  return undefined;
}

/** `send({ to: address, subject })`, and `send({ to: reached, text })` where WhatsApp or text messages are spoken of. */
function isSentTo(message: Expression, binding: number, isText: boolean): boolean {
  if (message.kind !== "object" || !message.members.some((member) => member.kind === "property" && (isBesideRecipient(member.key) || (isText && isBesideEnd(member.key))))) return false;
  return message.members.some((member) => member.kind === "property" && isRecipientName(member.key) && member.value.kind === "name" && member.value.binding === binding);
}

/** Whether a variable was read or handed over, as opposed to put together here, where its parts tell. */
function isReadSomewhere({ values }: ProjectModel, file: string, binding: number): boolean {
  const source = values.index(file).sources[binding];
  return source?.kind === "parameter" || (source?.kind === "value" && source.value !== undefined && /^(?:call|member|await|index)$/.test(source.value.kind));
}

/** `connect(host, { user, pass })`: there the address holds no password. */
function namesUser(options: Expression): boolean {
  return options.kind === "object" && (propertyOf(options, "pass") ?? propertyOf(options, "password") ?? propertyOf(options, "auth")) !== undefined;
}
