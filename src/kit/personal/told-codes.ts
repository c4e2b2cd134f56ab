import { splitWords } from "../../base/words.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { type Exposure, nameOf } from "./exposure.js";

/** Words of a message that say that what stands beside them lets somebody in once. */
const once = /\b(?:otp|totp|one[- ]time|passcode|(?:verification|verify|confirmation|activation|authentication|authorization|auth|login|log-?in|sign-?in|security|reset|recovery|sms|2fa|mfa|two[- ]factor)[- ]?(?:code|pin))\b/i;
/** Names that say nothing by themselves. */
const vague: ReadonlySet<string> = new Set(["code", "codes", "pin", "key", "digits"]);
/** What has codes of another kind. */
const others = /(?:err(?:or)?|exception|res(?:ponse)?|result|status|http|country|currency|lang(?:uage)?|area|event|reason|coupon|promo|exit|close)$/i;

/** The code that lets somebody in once, where the message tells what it is, `verification code for ${id}: ${code}`, or the name of the function around. */
export function toldCodes({ arguments: given }: CallExpression | NewExpression, around: string): readonly Exposure[] {
  const texts: string[] = [];
  const values: Expression[] = [];
  walkAll(given, (part) => {
    if (!("kind" in part)) return true;
    if (part.kind === "function") return false;
    if (part.kind === "literal" && typeof part.value === "string") texts.push(part.value);
    if (part.kind === "template") texts.push(part.texts.join(" "));
    if (part.kind === "call" || part.kind === "binary" && part.operator !== "+" || part.kind === "conditional") return false;
    if ((part.kind === "name" || part.kind === "member") && isVague(part)) values.push(part);
    return part.kind !== "member";
  });
  const isToldAround = !/err(?:or)?|status|exception/i.test(around) && once.test(splitWords(around).join(" "));
  const told = texts.some((text) => once.test(text)) ? values : isToldAround ? values.filter((value) => !/^keys?$/.test(lastName(value))) : [];
  return [...told, ...toldPasswords(given)].map((value) => ({ span: value.span, field: nameOf(value), category: "credential" as const }));
}

/** A text that says that a password stands behind it: `password: `, `created with password `. */
const password = /\b(?:password|passphrase)(?: is)?\s*[:=]\s*['"`(]?(?:%[sj])?$|\b(?:with|temporary|generated|default|initial) (?:(?:the|a|temporary|generated|default|initial) )?(?:password|passphrase) ['"`(]?$/i;
/** What is said of a password besides itself. */
const ofPassword = /^(?:e|ex)$|(?:id|count|length|hash(?:ed)?|policy|err(?:or)?|message|status|reason|result|field|strength|score|attempts|valid|url|link|path|name)$/i;

const failed = /could not|cannot|can't|fail|invalid|wrong|refus|error|unable|incorrect|missing|reject|not (?:set|changed|valid)/i;

/** The values that a text calls a password, whatever their names are. */
function toldPasswords(given: readonly Expression[]): readonly Expression[] {
  const behind = given.flatMap((argument, place): readonly (Expression | undefined)[] => {
    const texts = argument.kind === "template" ? argument.texts : argument.kind === "literal" ? [String(argument.value)] : [];
    // `could not reset the password: ${reason}`
    if (texts.some((text) => failed.test(text))) return [];
    if (argument.kind === "template") return argument.values.filter((_, at) => password.test(argument.texts[at] ?? ""));
    return argument.kind === "literal" && typeof argument.value === "string" && password.test(argument.value) ? [given[place + 1]] : [];
  });
  return behind.flatMap((value) => (value && (value.kind === "name" || value.kind === "member") && !ofPassword.test(lastName(value)) ? [value] : []));
}

function isVague(node: Extract<Expression, { kind: "name" | "member" }>): boolean {
  const [word = "", ...more] = splitWords(lastName(node));
  if (more.length > 0 || !vague.has(word) || node.kind === "name") return more.length === 0 && vague.has(word);
  // `requestPayload.code` was sent to be checked, `response.body.code` says how it went.
  const holder = /(?:payload|body|data)$/i.test(lastName(node.object)) && node.object.kind === "member" ? node.object.object : node.object;
  return !others.test(lastName(holder));
}
