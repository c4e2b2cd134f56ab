import { baseName } from "../../base/paths.js";
import { personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { MemberExpression } from "../../facts/syntax.js";
import { chainOf, chainsFrom } from "./chains.js";
import type { Look } from "./exposure.js";

/** What an account through which an application sends is reached by, and nobody's own account has. */
const ofChannel = /^(?:smtp|imap|pop3|proxy|instance|waba|webhook|provider|sender)(?:_|[A-Z]|$)|phone_?number_?id$|business_?account_?id$|^(?:access|api|bot|page)_?(?:token|key)$/i;
const channelFile = /(?:whatsapp|e?mail|smtp|telegram|instagram|messenger|sms|channel|social|ads?)[-_]?accounts?/i;

const channelPackages = ["whatsapp-web.js", "@whiskeysockets/baileys", "baileys", "@wppconnect-team/wppconnect", "whatsapp-cloud-api", "imapflow", "node-imap", "imap", "instagram-private-api"];

/**
 * Whether an account is one through which the application sends, such as a number of WhatsApp or a mailbox: the code around reads how
 * it is reached, or the file is about such accounts. What it is called is its label, and nobody's name.
 */
export function isChannelAccount(at: Look, { object }: MemberExpression): boolean {
  const own = chainOf(object);
  if (!own || !/^(?:[a-z]+_?)?accounts?$/i.test(own.path.at(-1) ?? own.name)) return false;
  const read = chainsFrom(at, own.binding).flatMap(({ path }) => (own.path.every((key, place) => key === path[place]) ? [path[own.path.length] ?? ""] : []));
  if (channelFile.test(baseName(at.file)) || read.some((key) => ofChannel.test(key))) return true;
  // An application that speaks through WhatsApp or the like has accounts of that kind, unless the code around tells whose one is.
  return channelPackages.some((name) => at.model.packageOf(at.file).dependencies.has(name)) && !read.some((key) => personalDataOf(key)?.onlyOfPerson === false);
}
