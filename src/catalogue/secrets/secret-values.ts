import { splitWords } from "../../base/words.js";
import { entropyOf } from "./entropy.js";
import { isOfLocalChain } from "./published-keys.js";
import type { SecretName } from "./secret-names.js";
import { isSpentWebToken } from "./web-tokens.js";

/** Values that stand for a secret or say that there is none. */
const placeholder = /^(?:x+|\*+|\.+|-+|_+|0+|1234\d*|minioadmin\d*|pa\$\$word\d*|abc\w{0,5}|foo\w*|bar\w*|baz|test\w{0,12}|dummy\w*|fake\w*|mock\w*|hashed\w*|sample\w*|example\w*|placeholder|changeme\w*|change[-_ ]?me\w*|change[-_ ]?this\w*|todo|tbd|none|null|undefined|true|false|secret|password|passwd|pass|token|key|apikey|api[-_]?key|your\S*|my[-_]\S{0,20}|some[-_]\S{0,20}|some(?:secret|password|token|key|value)\w{0,12}|insert\S*|replace\S*|default|admin|root|user(?:name)?|postgres|string|value|redacted|hidden|n\/a|optional|required|bearer|basic|jwt|local|dev|development|production|staging|\[\w+\])$/i;
const placeholderPart = /<[^<>]*>|\{[^{}]*\}|\{\{|^ENC\[|^\w+\(\d*\)$|\$\(|\.\.\.|\*{3}|x{4}|1234567890|\.\*|\\[sdw]|\[\^|\(\?|^12345[0-9a-f]{4}[0-9a-f-]{8,}$|^(?:phc|pk|pub)[-_]|^["']?pk\.eyJ|^\[|example|(?<![a-z])sample|Sample|^this_?-?is|placeholder|your[-_ ]?\w*(?:key|secret|token|password)|change[-_]?me|change[-_](?:it[-_])?(?:in|for|before)[-_]|openssl[-_ ]rand|value(?:full)?of|replace[-_]?(?:me|this|with)|lorem|redacted|\^your|^looks?[-_ ]?like/i;
/** `$DB_PASSWORD`, `%TOKEN%`, `%database_pass%` */
const variable = /\$[A-Z_]{2,}|%[A-Z_]+%|^%[\w.-]{2,60}%$/;
/** `__DATABASE_PASSWORD__`, `___PROTECTED___` */
const mark = /^_{2,6}[A-Z][A-Z0-9_]{1,60}__$/;
/** Whether something else is put in before a value is used, or it says that it is none. */
export const isFilledIn = (value: string): boolean => placeholderPart.test(value) || variable.test(value) || mark.test(value);
const madeUp = /(?:^|[-_.])(?:tests?|testes?|testing|prueba|dummy|fake|mock|demo|local|localhost|sample)(?:[-_.@#!]|$)/i;
/** `var.monitor_token`: what Terraform is told elsewhere; an id that Google gives clients. */
const reference = /^(?:var|local|module|data|each|random_\w{1,40})\.[a-z_][\w.[\]"]*$|^[a-z]\w{1,40}\((?:var|local|module|data|each|random_\w{1,40})\.|\.apps\.googleusercontent\.com$/;
/** `abcde12345` */
const alphabet = /^abcd?e?f?g?h?\d{0,10}$/i;
/** `__resolvedToken`: a name that code gives to something of its own. */
const ownName = /^__[A-Za-z]{1,60}(?:__)?$/;
const settingName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const pathOrAddress = /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/|#|--|@)/i;
/** `avatars/2024/05/29/5c9c…`: folders that are words or numbers lead to a file. */
const storedPath = /^[a-z][a-z_-]{2,40}(?:\/(?:[a-z][a-z_-]{2,40}|\d{1,4})){1,12}\/[^/]{1,200}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A word of a name: letters with at most one number in front, behind or between. */
const nameWord = /^(?:[a-z]{1,60}\d{0,4}|\d{1,4}[a-z]{0,24}|[a-z]{1,12}\d{1,3}[a-z]{1,12})$/i;
/** Words that only sentences need: `how-to-choose-a-password-in-2024`. */
const smallWords = /^(?:a|an|the|to|of|in|is|for|and|or|with|your|how|what|why|when|not)$/i;
const codeName = /^(?:[a-z]+(?:[A-Z][a-z]+)*|(?:[A-Z][a-z]+)+|[A-Z]+)$/;
/** `fontSizeHeading4`: what a list of tokens of a design names. */
const numberedName = /^[a-z]{2,20}(?:[A-Z][a-z]{2,20}){1,6}\d{1,2}$/;
/** `required|min:8|same:password`: the rules of a form. */
const formRules = /^[a-z_]{2,30}(?::[^|]{1,60})?(?:\|[a-z_]{2,30}(?::[^|]{1,60})?)+$/i;
/** Also a salt and what was derived with it, in base 16. */
const knownHash = /^[0-9a-f]{16,64}[.:$][0-9a-f]{64,128}$|^[0-9a-f]{64,128}[.:$][0-9a-f]{16,64}$|^(?:\$2[abxy]?\$|\$argon2|\$scrypt|\$pbkdf2|pbkdf2|sha\d{3}-|\{SSHA\})/i;

/** Keys that their makers publish for tests (https://developers.google.com/recaptcha/docs/faq, https://docs.hcaptcha.com, https://developers.cloudflare.com/turnstile, https://developers.momo.vn), and that of a store of files for trials (https://github.com/jamhall/s3rver). */
const testKeys: ReadonlySet<string> = new Set([`6LeIxAcTAAAAA${"GG-vFI1TnRWxMZNFuojJ4WifJWe"}`, `0x${"0".repeat(40)}`, `1x${"0".repeat(31)}AA`, `F8BBA${"842ECF85"}`, `K951B6PE1waD${"Mi640xX08PD3vg6EkVlz"}`, "S3RVER"]);

/** Whether a key is published by its maker for tests. */
export function isTestKey(text: string): boolean {
  return testKeys.has(text) || isOfLocalChain(text);
}

/** The address of a contract or an account on a chain, or an asset of Stellar by its code and issuer (https://developers.stellar.org/docs/learn/fundamentals/stellar-data-structures/assets): what chains call a token is known by it. */
const chainAddress = /^(?:0x[0-9a-f]{40}|(?:[0-9a-z]{1,12}[:-])?G[A-D][A-Z2-7]{54})$/i;

/** Whether a text is such an address. */
export function isChainAddress(text: string): boolean {
  return chainAddress.test(text);
}

/** Whether a value can be what its name promises: random enough for a key, neither a word nor a sentence for a password; of a password that is surely one words are enough. */
export function isSecretValue(kind: SecretName, value: string, isSure = false): boolean {
  // Google's passwords for applications, as it shows them (https://support.google.com/accounts/answer/185833).
  if (kind === "password" && isApplicationPassword(value)) return true;
  if (kind !== "key" && isMailKey(value)) return true;
  if (isTestKey(value) || chainAddress.test(value)) return false;
  if (kind === "phrase") return /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(value) && new Set(value.split(" ")).size > 8;
  if (value.length < (kind === "password" ? 6 : 8) || value.length > 4096 || /^(.)\1+$/.test(value)) return false;
  if (!/^[\x21-\x7e]+$/.test(value) || isSeries(value) || placeholder.test(value) || isFilledIn(value) || madeUp.test(value) || isSpentWebToken(value)) return false;
  if (settingName.test(value) || ownName.test(value) || reference.test(value) || alphabet.test(value) || (pathOrAddress.test(value) && !isDrawnWithSlash(value)) || storedPath.test(value) || knownHash.test(value) || formRules.test(value)) return false;
  // `passwordEntity` says what stands where a password would.
  if (isSure) return !isMailAddress(value) && !/(?:password|passwd|pass|pwd)$/i.test(value) && !/^(?:password|passwd|secret|token)(?:[A-Z][a-z]{2,20}){1,3}$/.test(value);
  if ((isDottedName(value) && !isChosen(kind, value)) || codeName.test(value)) return false;
  const hasLetters = /[a-z]/i.test(value);
  const hasDigits = /\d/.test(value);
  const hasMarks = /[^a-z0-9]/i.test(value);
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
  if (kind === "password") return hasLetters ? (hasDigits || hasMarks || isDrawnPassword(value)) && !isMailAddress(value) : /^\d{6,20}$/.test(value) && new Set(value).size > 3;
  if (!hasLetters || !(hasDigits || (hasMarks && isMixed) || isDrawnFromLetters(value)) || isHammered(value) || isAlongRows(value)) return false;
  // `s3SecretValue` says what is to stand there.
  if (saysItself(value)) return false;
  // `minio123` is what somebody has typed, no key that a service gave out.
  if (kind === "key" && /^[a-z]{3,10}\d{1,4}$/.test(value)) return false;
  // A pass of someone who chose it well.
  if (kind === "token" && value.length < 16) return value.length >= 10 && isMixed && hasDigits;
  // By the bare name of a token, a UUID tells one thing from others.
  if (kind === "token" && (uuid.test(value) || numberedName.test(value))) return false;
  // Sixteen digits make at most four bits, so that chance takes some texts of base 16 below what others must have.
  if (kind === "token") return value.length >= 16 && hasDigits && entropyOf(value) >= (/^[0-9a-f]{32,}$/i.test(value) ? 3 : 3.5);
  return entropyOf(value) >= (value.length >= 20 ? 3 : 2.75);
}

/** What a machine has drawn in base 64, with a slash first by chance: padded to whole groups, or as long as the secrets of AWS. */
function isDrawnWithSlash(value: string): boolean {
  return (/^[A-Za-z0-9+/]{22,300}={1,2}$/.test(value) ? value.length % 4 === 0 : /^[A-Za-z0-9+/]{40}$/.test(value)) && isMachineMade(value);
}

/** A password of Google's for an application. */
export function isApplicationPassword(value: string): boolean {
  return /^[a-z]{4}(?: [a-z]{4}){3}$/.test(value) && !/^(?:your|this|pass|abcd)/.test(value) && new Set(value.split(" ")).size === 4;
}

/** What mail services give out in place of a password: sixteen small letters that make no word. */
export function isMailKey(value: string): boolean {
  return /^[a-z]{16}$/.test(value) && value.replace(/[^aeiou]/g, "").length < 5 && entropyOf(value) >= 2.75 && !/pass|pwd|secret|token|word|user|admin|test|demo|mail|your|key|abc/.test(value);
}

/** Whether a text is words and single digits, one of which says that it is a secret. */
function saysItself(value: string): boolean {
  const words = splitWords(value);
  return words.length > 1 && words.length < 8 && words.some((word) => /^(?:secret|password|token|key|value)$/.test(word)) && words.every((word) => /^[a-z]+\d?$|^\d$/.test(word));
}

/** What a note says of a key that is to be put there: `generate with openssl`. */
const ofNote = /\b(?:generate|set|insert|put|use|must|should|random|openssl|here|for|to|in|from|of|is|with)\b/i;

/** A text that is no stand-in for a key: words count as well, and a few of them. */
export function isSigningWord(value: string): boolean {
  if (value.includes(" ") && ofNote.test(value)) return false;
  return value.length >= 8 && value.length <= 4096 && /^[\x21-\x7e]+(?: [\x21-\x7e]+){0,4}$/.test(value) && !isSeries(value) && !placeholder.test(value) && !isFilledIn(value) && !madeUp.test(value) && !settingName.test(value) && !pathOrAddress.test(value) && !/change|replace|update|your/i.test(value);
}

/** `user.password`, `login-form-password-1`, `identity.token-issued.v1`: words with marks between; numbers count only among several words. */
function isDottedName(value: string): boolean {
  if (!/[._:/-]/.test(value) || value.length > 120) return false;
  // `otp:secret:v1:` begins other names.
  // `login__input-password`: two marks part a block from what is in it.
  const parts = value.replace(/[._:/-]$/, "").replace(/([a-z])(?:__|--)(?=[a-z])/gi, "$1-").split(/[._:/-]/);
  if (parts.filter((part) => smallWords.test(part)).length > 1) return true;
  // A number at the end is one of a series, or the year of someone's password; behind a path of names it is a port.
  if (/^\d{2,}$/.test(parts.at(-1) ?? "")) return /[.:]/.test(value) && parts.length > 3 && parts.slice(0, -1).every((part) => /^[a-z]+$/i.test(part));
  return parts.length > 1 && parts.every((part) => nameWord.test(part)) && (parts.length > 2 ? parts.filter((part) => !/\d/.test(part)).length * 2 > parts.length : parts.slice(1).every((part) => !/\d/.test(part) || /^v\d+$/i.test(part)));
}

/** Words that are written with digits between or behind their letters. */
const digitWords = /oauth2|openid2|base64|utf-?8|i18n|l10n|a11y|k8s|e2e|p2p|b2[bc]|s2s|m2m|x509|web3|ipv[46]|(?:^|[^a-z])v\d|(?:sha|md|es|rs|hs|ps|aes|tls|http|argon)-?\d/i;

/** Digits that stand for letters, or that the password of a text in both cases has: `Tr0ub4dor-Blue` and `h4rvest-moon` are no list of words. */
function isChosen(kind: SecretName, value: string): boolean {
  if (digitWords.test(value) || kind === "token") return false;
  return /[a-z]\d{1,2}[a-z]/i.test(value) || (kind === "password" && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value));
}

/** `lkajdsflkjasdf`: most of it from the middle row of a keyboard, or the same three letters again and again. */
export function isHammered(value: string): boolean {
  const text = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  // In a longer text of any kind the same letters come again by chance.
  if (text.length < 20 || text.length > 200) return false;
  const middle = text.replace(/[^asdfghjkl]/g, "").length;
  // Nobody who hammers holds the shift key now and then.
  // Of letters that a machine draws not a third are from one row: three in five of many are typed, whatever was held down.
  const isTyped = !(/[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value));
  // One letter again and again, in a text of any kind, is what a number of zeros is encoded as.
  const again = isTyped ? /^[a-z]{3}$/ : /^([a-z])(?!\1\1)[a-z]{2}$/;
  return ((isTyped || text.length >= 24) && middle >= text.length * 0.6) || [...text].some((_, at) => again.test(text.slice(at, at + 3)) && text.split(text.slice(at, at + 3)).length > 3);
}

const rowsOfKeys = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefgh"];

/** `0asd123qwe456zxc789`: nearly all of it keys that lie beside each other, three or more at a time. */
function isAlongRows(value: string): boolean {
  const text = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (text.length < 8 || text.length > 100) return false;
  let covered = 0;
  for (let at = 0; at < text.length; ) {
    let run = 1;
    while (at + run < text.length && rowsOfKeys.some((row) => row.includes(text.slice(at, at + run + 1)))) run++;
    if (run > 2) covered += run;
    at += run;
  }
  return covered >= text.length * 0.85;
}

function isMailAddress(value: string): boolean {
  return /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(value);
}

/** `0123456789abcdef0123456789abcdef`, `00112233445566778899aabbccddeeff`: nearly each character, or each pair of one, follows the one before. */
function isSeries(value: string): boolean {
  let steps = 0;
  let stays = 0;
  for (let at = 1; at < value.length; at++) {
    const step = value.charCodeAt(at) - value.charCodeAt(at - 1);
    if (step === 1) steps++;
    else if (step === 0) stays++;
  }
  return value.length >= 12 && (steps >= value.length * 0.7 || (steps >= value.length * 0.4 && steps + stays >= value.length * 0.85));
}

/** Whether a machine must have made a text, as opposed to somebody who needed one that is long enough: random letters in both cases with digits, also with marks among them, or many digits of base 16. A UUID is quickly made up. */
export function isMachineMade(value: string): boolean {
  // Shorter ones only where nothing in them can be read.
  if (/^[A-Za-z0-9]{16,19}$/.test(value)) return /[a-z]/.test(value) && /[A-Z]/.test(value) && (value.match(/\d/g) ?? []).length > 2 && entropyOf(value) >= 3.4 && !/[a-z]{4}|[A-Z]{4}/.test(value);
  if (value.length < 20 || uuid.test(value) || isHammered(value) || isSeries(value)) return false;
  // `key-3f…`: a word before what was drawn says whose it is, and `0x` that it is in base 16.
  const drawn = value.replace(/^(?:[a-z]{2,12}[-_](?=[0-9a-f]{32,}$)|0x(?=[0-9a-f]{64}$))/i, "");
  if (/^[0-9a-f]+$/i.test(drawn)) return drawn.length >= 32 && entropyOf(drawn) >= 3;
  if (isGeneratedPassword(value) || isDrawnFromLetters(value)) return true;
  return /^[A-Za-z0-9+/_~.-]+={0,2}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && entropyOf(value) >= 3.8 && !/(?:[A-Z]?[a-z]{3,}[-_. ]){2}|[a-z]{7}/.test(value);
}

/** Many letters whose case changes all the time: keys that have no digit by chance. */
function isDrawnFromLetters(value: string): boolean {
  return /^[A-Za-z]{32,128}$/.test(value) && (value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length * 3 >= value.length && !/[a-z]{6}/.test(value) && entropyOf(value) >= 4;
}

/** Fewer letters of which the same is true, by a name that promises a password: words in one have single capitals. */
function isDrawnPassword(value: string): boolean {
  const changes = (value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length;
  const capitals = (value.match(/[A-Z](?=[A-Z])/g) ?? []).length;
  // In twelve letters hardly a syllable can be read.
  if (/^[A-Za-z]{12,15}$/.test(value)) return changes * 5 >= value.length * 2 && capitals > 1 && !/[a-z]{4}|[A-Z]{4}/.test(value) && entropyOf(value) >= 3.2;
  return /^[A-Za-z]{16,128}$/.test(value) && changes * 3 >= value.length && capitals > 1 && !/[a-z]{6}/.test(value) && entropyOf(value) >= 3.5;
}

/** Letters of both cases, digits and several marks, in which nothing can be read. */
function isGeneratedPassword(value: string): boolean {
  const marks = new Set(value.match(/[^A-Za-z0-9]/g) ?? []);
  return marks.size > 2 && value.length <= 100 && /^[\x21-\x7e]+$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && !/[a-z]{4}|:\/\//.test(value) && !isFilledIn(value) && entropyOf(value) >= 3.8;
}

/** Whether a text is so random that it can be nothing but a key. */
export function isRandomKey(value: string): boolean {
  return value.length >= 20 && isSecretValue("key", value) && entropyOf(value) >= 3.25 && !/^0x[0-9a-f]{40}$/i.test(value);
}
