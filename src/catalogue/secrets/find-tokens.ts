import { entropyOf } from "./entropy.js";
import { markedFormats } from "./marked.js";
import { type TokenFormat, tokenFormats } from "./formats.js";
import { isSpentWebToken } from "./web-tokens.js";

/** A secret in a text, by what it looks like. */
export interface FoundToken {
  readonly format: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

const isBase64 = (code: number): boolean => isWord62(code) || code === 43 || code === 47 || code === 61;
const isBase64Url = (code: number): boolean => isWord62(code) || code === 45 || code === 95;

/** Formats by the first two characters of their prefix, as one number. */
const byStart = new Map<number, TokenFormat[]>();
for (const format of tokenFormats) {
  const start = startOf(format.prefix, 0);
  byStart.set(start, [...(byStart.get(start) ?? []), format]);
}

/**
 * The secrets in a text that are known by their form: tokens with a prefix or a mark, private keys, JSON web tokens,
 * credentials in URLs. Linear in the text: each word start is looked up once, the rest is looked for by a fixed text.
 */
export function findTokens(text: string): readonly FoundToken[] {
  if (text.length < 16) return [];
  const found: FoundToken[] = [];
  let inWord = false;
  for (let at = 0; at < text.length - 12; at++) {
    const isPart = isWordPart(text.charCodeAt(at));
    // A token begins where a word does.
    const end = isPart && !inWord ? (tokenAt(text, at, found) ?? webTokenAt(text, at, found) ?? discordTokenAt(text, at, found)) : undefined;
    inWord = isPart;
    if (end !== undefined) at = end - 1;
  }
  markedTokens(text, found);
  privateKeys(text, found);
  urlCredentials(text, found);
  const pictures = embeddedFiles(text);
  const outside = pictures.length === 0 ? found : found.filter(({ start }) => !pictures.some((picture) => start >= picture.start && start < picture.end));
  return withoutOverlap(outside.sort((left, right) => left.start - right.start || right.end - left.end));
}

/** Pictures, fonts and the like in data URLs: in so many letters of base64 every short mark comes up by chance. */
function embeddedFiles(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const mark = ";base64,";
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    const start = at + mark.length;
    let end = start;
    while (end < text.length && isBase64(text.charCodeAt(end))) end++;
    found.push({ start, end });
    at = end - mark.length;
  }
  return found;
}

/** Of secrets that lie in one another the outer ones. */
function withoutOverlap(sorted: readonly FoundToken[]): readonly FoundToken[] {
  let reached = 0;
  return sorted.filter(({ start, end }) => {
    const isFirst = start >= reached;
    reached = Math.max(reached, end);
    return isFirst;
  });
}

function startOf(text: string, at: number): number {
  return text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
}

function tokenAt(text: string, at: number, found: FoundToken[]): number | undefined {
  for (const format of byStart.get(startOf(text, at)) ?? []) {
    if (!text.startsWith(format.prefix, at)) continue;
    const from = at + format.prefix.length;
    format.pattern.lastIndex = from;
    if (!format.pattern.test(text)) continue;
    const end = format.pattern.lastIndex;
    const body = text.slice(from, end);
    if (isPlaceholderBody(body) && format.isProven?.(body) !== true) continue;
    // An address that was signed for a time names the key, and works without it.
    if (format.id === "aws-access-key-id" && /(?:AWSAccessKeyId|X-Amz-Credential)=$/.test(text.slice(Math.max(0, at - 20), at))) continue;
    // The answer that an account's service once gave, which says itself that it is over.
    if (format.id === "google-oauth-access" && /^["',\s*]{1,40}(?:["']?(?:scope|token_type)["']?\s?:\s?["'][^"']{0,400}["'][,\s*]{1,40}){0,2}["']?expires_in["']?\s?:\s?\d{1,5}\b/.test(text.slice(end, end + 900))) return end;
    if (format.id === "google-api-key" && isPagesKey(text, at)) return end;
    if (keyIds.has(format.id) && isBesideItsSecret(text, at, end)) return end;
    found.push({ format: format.id, start: at, end });
    return end;
  }
  return undefined;
}

/** Ids of keys, which open nothing by themselves. */
const keyIds: ReadonlySet<string> = new Set(["aws-access-key-id", "alibaba-key-id", "tencent-key-id", "razorpay-key"]);

/** Whether a text is the id of a key and nothing else. */
export function isKeyId(text: string): boolean {
  const [token, ...others] = findTokens(text);
  return token !== undefined && others.length === 0 && keyIds.has(token.format) && token.start === 0 && token.end === text.length;
}

/** Whether the secret of a key's id is written down beside it, where it is told. */
function isBesideItsSecret(text: string, start: number, end: number): boolean {
  // `- key: PAY_SECRET`, and its `value:` in the next line.
  return /secret\w{0,12}["']?(?:\s{0,4}[:=]|,?\s{1,40}["']?value["']?\s{0,4}:)\s{0,4}["'`]?[A-Za-z0-9/+]{20,}/i.test(`${text.slice(Math.max(0, start - 250), start)} ${text.slice(end, end + 250)}`);
}

/** The key that pages tell Firebase which application they are of, by its name or beside its other names; everybody may see it (https://firebase.google.com/docs/projects/api-keys). */
function isPagesKey(text: string, at: number): boolean {
  if (/firebase_?(?:web_?)?(?:api_?)?key["']?\s{0,4}[:=]\s{0,4}["'`]?$/i.test(text.slice(Math.max(0, at - 48), at))) return true;
  // A bundler puts it into the page.
  if (/\b(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|GATSBY)_[A-Z0-9_]{1,40}["']?\s{0,4}[:=]\s{0,4}["'`]?$/.test(text.slice(Math.max(0, at - 80), at))) return true;
  // The script with which a page draws a map.
  if (/maps\/api\/js\?(?:[\w&;=.,-]{0,80}&(?:amp;)?)?key=$/.test(text.slice(Math.max(0, at - 120), at))) return true;
  return /auth_?domain|messaging_?sender/i.test(text.slice(Math.max(0, at - 400), at + 500));
}

/** Three parts of base64url, the first of which is a JSON object that names its algorithm. */
function webTokenAt(text: string, at: number, found: FoundToken[]): number | undefined {
  if (!text.startsWith("eyJ", at)) return undefined;
  const part = (from: number): number => {
    let end = from;
    while (end < text.length && isBase64Url(text.charCodeAt(end))) end++;
    return end;
  };
  const header = part(at);
  if (header - at < 17 || text[header] !== "." || !text.startsWith("eyJ", header + 1)) return undefined;
  const payload = part(header + 1);
  if (text[payload] !== ".") return undefined;
  const end = part(payload + 1);
  if (end - payload < 11 || !/"alg"/.test(Buffer.from(text.slice(at, header), "base64url").toString("latin1"))) return undefined;
  if (isSpentWebToken(text.slice(at, end))) return end;
  // An address that was signed for one file shows that file alone, to whoever is given the address.
  if (/\/object\/sign\/[^\s"'`?]{1,300}\?token=$/.test(text.slice(Math.max(0, at - 330), at))) return end;
  found.push({ format: "json-web-token", start: at, end });
  return end;
}

const discordToken = /[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/y;

/** The token of a Discord bot: its id in base64, which begins with one of three letters, and two more parts. */
function discordTokenAt(text: string, at: number, found: FoundToken[]): number | undefined {
  const first = text.charCodeAt(at);
  if (first < 77 || first > 79) return undefined;
  discordToken.lastIndex = at;
  if (!discordToken.test(text)) return undefined;
  const end = discordToken.lastIndex;
  if (!/^\d{17,20}$/.test(Buffer.from(text.slice(at, text.indexOf(".", at)), "base64url").toString("latin1"))) return undefined;
  found.push({ format: "discord-bot-token", start: at, end });
  return end;
}

function markedTokens(text: string, found: FoundToken[]): void {
  for (const { id, mark, pattern, before } of markedFormats) {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
      for (let start = Math.max(0, at - before); start <= at; start++) {
        if (start > 0 && start < at && isWordPart(text.charCodeAt(start - 1))) continue;
        pattern.lastIndex = start;
        const match = pattern.exec(text);
        if (!match) continue;
        const secret = match[1] ?? match[0];
        const from = start + match[0].lastIndexOf(secret);
        if (id === "azure-sas" && isSignedForShort(text, from)) break;
        if (!isPlaceholderBody(secret) && !(id.includes("password") && weakPasswords.test(secret)) && !(id === "command-password" && /^1234\d{0,6}$/.test(secret))) found.push({ format: id, start: from, end: from + secret.length });
        break;
      }
    }
  }
}

/** Whether an address of Azure's storage opens what it names for a month at most, as its query says (`st=`, `se=`). */
function isSignedForShort(text: string, at: number): boolean {
  const query = `${/[^\s"'`<>]{0,600}$/.exec(text.slice(Math.max(0, at - 600), at))?.[0] ?? ""}${/^[^\s"'`<>]{0,400}/.exec(text.slice(at, at + 400))?.[0] ?? ""}`;
  const timeOf = (name: string): number => Date.parse((new RegExp(`[?&;]${name}=([0-9TZA:.%-]{10,40})`).exec(query)?.[1] ?? "").replaceAll(/%3A/gi, ":"));
  return timeOf("se") - timeOf("st") <= 31 * 86_400_000;
}

/** Private keys in PEM form, also written as the parts of a string; a head without a body is only a name. */
function privateKeys(text: string, found: FoundToken[]): void {
  const head = "-----BEGIN ";
  for (let at = text.indexOf(head); at !== -1; at = text.indexOf(head, at + head.length)) {
    const headEnd = text.indexOf("-----", at + head.length);
    if (headEnd === -1) return;
    if (headEnd - at > 60 || !/PRIVATE KEY(?: BLOCK)?$/.test(text.slice(at, headEnd))) continue;
    const { length, end } = encodedBody(text, headEnd + 5);
    // What is cut short stands for a key in a description: `MIIEpQIB….`
    if (length >= 64 && !/^[.…]/.test(text.slice(end, end + 1))) found.push({ format: "private-key", start: at, end });
  }
}

/** How many characters of base64 follow, with line breaks, escapes, quotes and the headers of the form between them. */
function encodedBody(text: string, from: number): { readonly length: number; readonly end: number } {
  let length = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (isBase64(code)) length++;
    else if (!/[\s"'`,:]/.test(text[at] ?? "") && (code !== 45 || text[at + 1] === "-")) break;
  }
  const close = text.startsWith("-----END", at) ? text.indexOf("-----", at + 8) : -1;
  return { length, end: close === -1 ? at : close + 5 };
}

const hereabouts = /^(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[a-z0-9_-]+(:\d+)?$|example\.|.*\.(example|test|invalid|local|localhost)$|.*example\.(com|org|net)$)/i;
/** A cluster of Atlas, with the part of its name that Atlas made for one customer; older ones have a dash before it. */
const ownCluster = /[.-](?!(?:abc(?:de?|def)?|x+|mongodb|mongo|cluster\d*|example|test|prod|mydb|dbname|myname|project|domain|server|your\w*)\.)[a-z0-9]{5,7}\.mongodb\.net$/i;
const weakPasswords = /^(change[-_]?(?:me|this|it)\w{0,20}|user|username|pass|password|passwd|pwd|postgres|root|admin|secret|test|guest|mongo|mysql|redis|example|changeme|db|dbpassword|my-?(secret|password)|rabbitmq|sa|x+|\*+|\.+|password\d{0,4}|your[-_ ]?password|dbpass(word)?|default|dev|development|prisma|app|api|mypassword)$/i;

/** `scheme://user:password@host`, where the user may be a mail address, unless the password is a placeholder or everything is local. */
function urlCredentials(text: string, found: FoundToken[]): void {
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    let start = at;
    while (start > 0 && /[a-z0-9+]/i.test(text[start - 1] ?? "")) start--;
    const rest = /^([^\s"'`/?#@:]*(?:@[\w-]+(?:\.[\w-]+)+)?):([^\s"'`/?#@]+)@([^\s"'`/?#,]+)/.exec(text.slice(at + 3, at + 400));
    if (!rest || start === at) continue;
    const [whole, user = "", password = "", host = ""] = rest;
    // An example says so twice: `demo_user:demo_password@cluster0.example.mongodb.net`.
    if (/^(?:demo|dummy|sample|example|fake)[-_]/i.test(password) && /(?:^|\.)example\./i.test(host)) continue;
    // `scheme://encoded(method:password)@host` says how an address is made, and so does `host:port`.
    // So does a pattern that looks for addresses: `[^:]+:[^@]+@`.
    // `user:NEWPASS@...`
    if (/^\.+$/.test(host)) continue;
    // `app://mailto:name@shop.com` leads to another kind of address.
    if (/^(?:mailto|tel|sms|https?)$/i.test(user)) continue;
    if (user.includes("(") || /\[\^$/.test(user) || /\[\^$/.test(password) || /:port\b/i.test(host)) continue;
    if (isPutIn(password) || /^your[-_]|^my[-_]|\benv\.|^(.)\1+$|x{8}/i.test(password) || password.length < (ownCluster.test(host) ? 2 : 4)) continue;
    // A cluster of somebody's own is reached with what stands here, however weak it is; with names of what is to be put here nobody reaches it.
    if (ownCluster.test(host) ? /^(user(name)?|pass(word)?|passwd|pwd|secret|x+|\*+|\.+|changeme)$/i.test(password) : weakPasswords.test(password)) continue;
    // A password that is its owner's name is one all the same where everybody can reach it.
    if (password === user && (hereabouts.test(host) || !/\d/.test(password)) && !ownCluster.test(host)) continue;
    // `shop_dev_1`
    if (hereabouts.test(host) && /^[A-Z]?[a-z]{1,15}(?:[_@.-][A-Z]?[a-z]{1,15}){1,4}[_@.-]?\d{0,6}[!@#]?$/.test(password)) continue;
    // On the developer's own machine a password made of words, or of one with a number behind it, protects nothing.
    if (hereabouts.test(host) && (password.length < 6 || /^[a-z]*(?:\d{0,4}|123456\d*)$/i.test(password) || !/\d/.test(password) || entropyOf(password) < 2.25 || weakPasswords.test(inLetters(password)))) continue;
    found.push({ format: "url-credentials", start, end: at + 3 + whole.length });
  }
}

/** `${pass}`, `{password}`, what a pattern looks for (`\(.*\)`), `<password>`, `$DB_PASS`, `%PASS%`, `__PASSWORD__`: something else is put in; a bracket that nothing closes, and what an address writes with `%`, belong to a password. */
function isPutIn(password: string): boolean {
  return /^_{2,6}[A-Z][A-Z0-9_]{1,60}__$|\$[{(A-Za-z_]|[{<[][^}>\]]*[}>\]]|%(?![0-9A-Fa-f]{2})|\$$|^\.[*+]|\\\(/.test(password);
}

/** Whether an address with a password in it leads to this machine or to a container beside it. */
export function leadsHere(address: string): boolean {
  return hereabouts.test(/@([^@/?#,\s"'`]+)$/.exec(address)?.[1] ?? "");
}

/** `passw0rd` as the word that it stands for. */
function inLetters(password: string): string {
  const letters: Readonly<Record<string, string>> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", $: "s", "@": "a" };
  return password.replace(/[01345$@]/g, (sign) => letters[sign] ?? sign);
}

/** How the key begins that the emulator of Azure's storage has everywhere (https://learn.microsoft.com/azure/storage/common/storage-use-azurite). */
const emulatorKey = "Eby8vdM02xNO";

/** The key of one-time passwords that is shown everywhere ("Hello!" in base 32). */
const shownCode = "JBSWY3DPEHPK3PXP";

/** Keys that stand in the documentation of Stripe, for everybody to try (https://docs.stripe.com/keys). */
const shownKeys = /^(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2|26PHem9AhJZvU623DfE1x4sd|tR3PYbcVNZZ796tH88S4VQ2u)$/;

/** `xxxxxxxx`, `1234567890`, `your_key_here`, `EXAMPLE`, forty letters without a digit: bodies that no token has. */
function isPlaceholderBody(body: string): boolean {
  // `TOKEN_FROM_THE_REGISTRATION`: words in capitals.
  return entropyOf(body) < 2.4 || /^[A-Z]{2,20}(?:_[A-Z]{2,20}){1,12}$/.test(body) || /^[a-z]{40,}$/i.test(body) || body.startsWith(emulatorKey) || body === shownCode || shownKeys.test(body) || /example|your|placeholder|dummy|sample|fake|xxxx|redacted|changeme|insert|here$|0{8}|123456789|987654321|abcdefghij|^abcdef(?![0-9a-f]{12})/i.test(body);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWord62(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isWordPart(code: number): boolean {
  return isWord62(code) || code === 95;
}
