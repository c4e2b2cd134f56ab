import { type Alphabet, type TokenFormat, tokenFormats } from "./formats.js";

/** A secret in a text, by what it looks like. */
export interface FoundToken {
  readonly format: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

const inAlphabet: Readonly<Record<Alphabet, (code: number) => boolean>> = {
  hex: (code) => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70),
  base62: isWord62,
  base64url: (code) => isWord62(code) || code === 45 || code === 95,
  base64: (code) => isWord62(code) || code === 43 || code === 47 || code === 61,
  lower36: (code) => isDigit(code) || (code >= 97 && code <= 122),
  upper36: (code) => isDigit(code) || (code >= 65 && code <= 90),
  dashed: (code) => isWord62(code) || code === 45,
  dotted: (code) => isWord62(code) || code === 45 || code === 95 || code === 46,
};

/** Formats by the first two characters of their prefix. */
const byStart = new Map<string, TokenFormat[]>();
for (const format of tokenFormats) byStart.set(format.prefix.slice(0, 2), [...(byStart.get(format.prefix.slice(0, 2)) ?? []), format]);

/** The secrets in a text that are known by their form: tokens with a prefix, private keys, JSON web tokens, credentials in URLs. One pass. */
export function findTokens(text: string): readonly FoundToken[] {
  if (text.length < 16) return [];
  const found: FoundToken[] = [];
  for (let at = 0; at < text.length - 12; at++) {
    // A token begins where a word does.
    if (at > 0 && isWordPart(text.charCodeAt(at - 1))) continue;
    const end = tokenAt(text, at, found) ?? webTokenAt(text, at, found);
    if (end !== undefined) at = end - 1;
  }
  privateKeys(text, found);
  urlCredentials(text, found);
  return found.sort((left, right) => left.start - right.start);
}

function tokenAt(text: string, at: number, found: FoundToken[]): number | undefined {
  for (const format of byStart.get(text.slice(at, at + 2)) ?? []) {
    if (!text.startsWith(format.prefix, at)) continue;
    const from = at + format.prefix.length;
    const belongs = inAlphabet[format.alphabet];
    let end = from;
    while (end < text.length && end - from <= format.max && belongs(text.charCodeAt(end))) end++;
    const length = end - from;
    if (length < format.min || length > format.max || isPlaceholderBody(text.slice(from, end))) continue;
    found.push({ format: format.id, start: at, end });
    return end;
  }
  return undefined;
}

/** Three parts of base64url, the first of which is a JSON object that names its algorithm. */
function webTokenAt(text: string, at: number, found: FoundToken[]): number | undefined {
  if (!text.startsWith("eyJ", at)) return undefined;
  const part = (from: number): number => {
    let end = from;
    while (end < text.length && inAlphabet.base64url(text.charCodeAt(end))) end++;
    return end;
  };
  const header = part(at);
  if (header - at < 17 || text[header] !== "." || !text.startsWith("eyJ", header + 1)) return undefined;
  const payload = part(header + 1);
  if (text[payload] !== ".") return undefined;
  const end = part(payload + 1);
  if (end - payload < 11 || !/"alg"/.test(Buffer.from(text.slice(at, header), "base64url").toString("latin1"))) return undefined;
  found.push({ format: "json-web-token", start: at, end });
  return end;
}

function privateKeys(text: string, found: FoundToken[]): void {
  for (let at = text.indexOf("-----BEGIN "); at !== -1; at = text.indexOf("-----BEGIN ", at + 11)) {
    const headEnd = text.indexOf("-----", at + 11);
    if (headEnd === -1) return;
    if (!/PRIVATE KEY( BLOCK)?$/.test(text.slice(at, headEnd)) || headEnd - at > 60) continue;
    const close = text.indexOf("-----END", headEnd);
    const body = text.slice(headEnd + 5, close === -1 ? headEnd + 4000 : close).replace(/\\n|\\r|\s/g, "");
    if (body.length >= 64 && !body.includes("...") && !body.includes("${")) found.push({ format: "private-key", start: at, end: close === -1 ? text.length : Math.min(text.length, close + 30) });
  }
}

const hereabouts = /^(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[a-z0-9_-]+(:\d+)?$|example\.|.*\.(example|test|invalid|local|localhost)$|.*example\.(com|org|net)$)/i;
const weakPasswords = /^(user|username|pass|password|passwd|pwd|postgres|root|admin|secret|test|guest|mongo|mysql|redis|example|changeme|db|dbpassword|my-?(secret|password)|rabbitmq|sa|x+|\*+|\.+|password\d{0,4}|your[-_ ]?password|dbpass(word)?|dev|development|prisma|app|api|mypassword)$/i;

/** `scheme://user:password@host`, unless the password is a placeholder or everything is local. */
function urlCredentials(text: string, found: FoundToken[]): void {
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    let start = at;
    while (start > 0 && /[a-z0-9+]/i.test(text[start - 1] ?? "")) start--;
    const rest = /^([^\s"'`/?#@:]*):([^\s"'`/?#@]+)@([^\s"'`/?#,]+)/.exec(text.slice(at + 3, at + 400));
    if (!rest || start === at) continue;
    const [whole, user = "", password = "", host = ""] = rest;
    if (/[${}<>%]|^\[/.test(password) || password.length < 4 || weakPasswords.test(password) || password === user) continue;
    const local = hereabouts.test(host);
    if (local && (password.length < 12 || entropyOf(password) < 3.2)) continue;
    found.push({ format: "url-credentials", start, end: at + 3 + whole.length });
  }
}

/** `xxxxxxxx`, `1234567890`, `your_key_here`, `EXAMPLE`: bodies that no token has. */
function isPlaceholderBody(body: string): boolean {
  return entropyOf(body) < 2.4 || /example|your|placeholder|dummy|sample|fake|xxxx|redacted|changeme|insert|here$|0{8}|123456789/i.test(body);
}

/** Shannon's entropy of the characters of a text, in bits for each. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
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
