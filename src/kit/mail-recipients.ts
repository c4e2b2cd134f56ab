import { lastName } from "../facts/names.js";
import type { Expression, FunctionNode, Pattern } from "../facts/syntax.js";
import type { BindingSource } from "../model/file-index.js";
import type { Look } from "./exposure.js";

/** What stands beside the recipient of a mail, and of nothing else that goes from here to there. */
const besideRecipient = /^(?:(?:e?mail)?_?subject|html)$/i;
const mailNames = /(?:e?mail|message|msg|sms|envelope)(?:_?(?:options|opts|data|payload|params|config|info|job|request|input))?$/i;

/** Whether a variable called `to` is whom a mail or text message goes to: `send(to, subject, html)`, `({ to, subject })`. */
export function isRecipient(at: Look, name: string, source: BindingSource | undefined): boolean {
  if (name !== "to" || (source?.kind !== "parameter" && source?.kind !== "value")) return false;
  if (source.kind === "parameter") return namesTaken(source.function).some((other) => besideRecipient.test(other)) || /mail|sms|whatsapp/i.test(source.function.name ?? "");
  return source.path.length === 1 && source.value !== undefined && isMessage(at, source.value);
}

/** Whether `to` is a member of something that has a subject, or is called a mail. */
export function isMessage(at: Look, object: Expression): boolean {
  if (object.kind !== "name" && object.kind !== "member") return false;
  if (mailNames.test(lastName(object))) return true;
  return at.model.values.of(at.file, object).some((value) => {
    if (value.kind === "object") return value.node.members.some((member) => member.kind === "property" && besideRecipient.test(member.key));
    return value.kind === "typed" && value.type.kind === "object" && value.type.members.some(({ name }) => besideRecipient.test(name));
  });
}

/** The names that a function gives its parameters and what it takes of them. */
function namesTaken({ parameters }: FunctionNode): readonly string[] {
  return parameters.flatMap(({ target }) => namesOf(target));
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === "binding") return [pattern.name];
  if (pattern.kind === "object-pattern") return pattern.properties.flatMap(({ key }) => key ?? []);
  return [];
}
