import { splitWords } from "../../base/words.js";
import { isProvidersSecret } from "./contextual.js";
import { entropyOf } from "./entropy.js";

/**
 * What a name says the value is: a password, which may be short; a key, which is random; a token, by a word that also
 * names harmless things, so that its value must look random by itself; a phrase of words that makes a wallet.
 */
export type SecretName = "password" | "key" | "token" | "phrase";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const passwordWords = words("password passwd passwort pwd passphrase passcode pass");
/** `PGPASSWORD`, `dbpassword`: an owner and its password written as one word. */
const ownedPassword = /^(?:pg|db|database|smtp|mail|mysql|redis|mongo|user|admin|root|s?ftp|ldap)(?:password|passwd|pass|pwd)$/;
/** What a `pass` belongs to; a pass by itself is also a ticket. */
const passOwners = words("db database smtp mail email redis mysql pg postgres mongo mongodb user admin root ftp auth rabbitmq amqp ldap http proxy");
const keyWords = words("secret secrets apikey apikeys accesskey secretkey privatekey authkey apisecret clientsecret jwtsecret appsecret signingkey encryptionkey masterkey pepper");
const keyOwners = words("api access secret private auth signing signature encryption encrypt decryption master jwt jws session cookie hmac service license storage account shared webhook stripe sendgrid openai aes fernet paseto sodium crypto cipher server merchant partner provider subscription admin app application consumer client bot deploy mailgun twilio");
const apiTokenWords = words("apitoken accesstoken authtoken refreshtoken bearertoken");
const tokenOwners = words("api access auth bearer refresh bot github gitlab bitbucket slack npm node jwt secret service admin personal deploy discord telegram twilio webhook vault oauth security server app root cloudflare sonar sonarqube circleci vercel render linear notion figma airtable hubspot square shopify mapbox grafana dockerhub nuget pypi rubygems ci registry publish");
const phraseWords = words("mnemonic seedphrase");
/** Last words that make a name one about a secret. */
const aboutWords = words("name names id ids arn header headers field label prefix suffix path url uri endpoint type kind regex regexp pattern placeholder env var variable length count size expires expiry expiration ttl error message msg hint title policy hash hashed digest version file filename dir folder location ref reference param parameter column property prop alias algorithm alg issuer audience role scope strategy provider manager module guard format template description text rule rules strength encoder salt rounds input selector locator element icon route page link event action mutation query command handler test table schema option options mode status state reset required enabled valid invalid exists missing changed updated sent code constraint index topic queue subject public uuid example examples");
/** First words of questions and of names for texts about secrets. */
const harmlessFirst = words("is has should can needs requires forgot forgotten reset change update confirm invalid wrong incorrect missing rotate rotated expire expired revoke revoked delete deleted remove removed list no show hide public publishable validate verify compare hash hashed generate max min example sample dummy fake mock test");

/** Whether a name promises a secret; its last words decide. */
export function secretNameOf(name: string): SecretName | undefined {
  return promiseOf(splitWords(name));
}

function promiseOf(parts: readonly string[]): SecretName | undefined {
  // `secretOrKey`, `secretOrPrivateKey`
  const either = parts.indexOf("or");
  if (either > 0) return promiseOf(parts.slice(0, either)) ?? promiseOf(parts.slice(either + 1));
  // `apiKeyFor(region)`
  if (parts.length > 1 && parts.at(-1) === "for") return promiseOf(parts.slice(0, -1));
  const last = parts.at(-1) ?? "";
  const before = parts.at(-2);
  // `hashSecret` is what a hash is made with; `hashPassword` makes one.
  const isHarmless = harmlessFirst.has(parts[0] ?? "") && !(parts[0] === "hash" && keyWords.has(last));
  if (parts.length === 0 || aboutWords.has(last) || isHarmless || parts.includes("public") || parts.includes("publishable")) return undefined;
  if (last === "pass") return before !== undefined && passOwners.has(before) ? "password" : parts.length === 1 ? "token" : undefined;
  if (passwordWords.has(last) || ownedPassword.test(last)) return "password";
  // `existingSecret`, `imagePullSecret`: Kubernetes knows them by name.
  if (last === "secret" && /^(?:existing|pull|tls|external)$/.test(before ?? "")) return undefined;
  if (keyWords.has(last)) return "key";
  // `localStorageKey` is a name under which a browser keeps something.
  if (/^keys?$/.test(last) && before === "storage" && /^(?:local|session)$/.test(parts.at(-3) ?? "")) return undefined;
  if (last === "key" || last === "keys") return before !== undefined && keyOwners.has(before) ? "key" : undefined;
  if (apiTokenWords.has(last)) return "key";
  if (last === "token" || last === "tokens") return before !== undefined && tokenOwners.has(before) ? "key" : before === undefined ? "token" : undefined;
  if (last === "credential" || last === "credentials" || last === "bearer") return "token";
  if (phraseWords.has(last) || (last === "phrase" && (before === "seed" || before === "recovery"))) return "phrase";
  return undefined;
}

/** Values that stand for a secret or say that there is none. */
const placeholder = /^(?:x+|\*+|\.+|-+|_+|0+|1234\d*|abc\w{0,5}|foo\w*|bar\w*|baz|test\w{0,12}|dummy\w*|fake\w*|mock\w*|sample\w*|example\w*|placeholder|changeme\w*|change[-_ ]?me\w*|change[-_ ]?this\w*|todo|tbd|none|null|undefined|true|false|secret|password|passwd|pass|token|key|apikey|api[-_]?key|your\S*|my[-_]\S{0,20}|some[-_]\S{0,20}|insert\S*|replace\S*|default|admin|root|user(?:name)?|postgres|string|value|redacted|hidden|n\/a|optional|required|bearer|basic|jwt|local|dev|development|production|staging|\[\w+\])$/i;
const placeholderPart = /[<>{}]|^ENC\[|^\w+\(\d*\)$|\$\(|\.\.\.|\*{3}|x{4}|1234567890|\.\*|\\[sdw]|\[\^|\(\?|^(?:phc|pk|pub)[-_]|^\[|example|placeholder|your[-_ ]?\w*(?:key|secret|token|password)|change[-_]?me|replace[-_]?(?:me|this|with)|lorem|redacted/i;
/** `$DB_PASSWORD`, `%TOKEN%` */
const variable = /\$[A-Z_]{2,}|%[A-Z_]+%/;
/** Whether something else is put in before a value is used, or it says that it is none. */
const isFilledIn = (value: string): boolean => placeholderPart.test(value) || variable.test(value);
const madeUp = /(?:^|[-_.])(?:test|tests|testing|dummy|fake|mock|demo|local|localhost|sample)(?:[-_.]|$)/i;
const settingName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const pathOrAddress = /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/|#|--|@)/i;
/** A word of a name: letters with at most one number in front, behind or between. */
const nameWord = /^(?:[a-z]{1,60}\d{0,4}|\d{1,4}[a-z]{0,24}|[a-z]{1,12}\d{1,3}[a-z]{1,12})$/i;
/** Words that only sentences need: `how-to-choose-a-password-in-2024`. */
const smallWords = /^(?:a|an|the|to|of|in|is|for|and|or|with|your|how|what|why|when|not)$/i;
const codeName = /^(?:[a-z]+(?:[A-Z][a-z]+)*|(?:[A-Z][a-z]+)+|[A-Z]+)$/;
const knownHash = /^(?:\$2[abxy]?\$|\$argon2|\$scrypt|\$pbkdf2|pbkdf2|sha\d{3}-|\{SSHA\})/i;

/** Whether a value can be what its name promises: random enough for a key, neither a word nor a sentence for a password; of a password that is surely one words are enough. */
export function isSecretValue(kind: SecretName, value: string, isSure = false): boolean {
  if (kind === "phrase") return /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(value) && new Set(value.split(" ")).size > 8;
  if (value.length < (kind === "password" ? 6 : 8) || value.length > 4096) return false;
  if (!/^[\x21-\x7e]+$/.test(value) || isSeries(value) || placeholder.test(value) || isFilledIn(value) || madeUp.test(value)) return false;
  if (settingName.test(value) || pathOrAddress.test(value) || knownHash.test(value)) return false;
  if (isSure) return !isMailAddress(value) && !/(?:password|passwd|pass|pwd)$/i.test(value);
  if ((isDottedName(value) && !isChosen(kind, value)) || codeName.test(value)) return false;
  const hasLetters = /[a-z]/i.test(value);
  const hasDigits = /\d/.test(value);
  const hasMarks = /[^a-z0-9]/i.test(value);
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
  if (kind === "password") return hasLetters && (hasDigits || hasMarks) && !isMailAddress(value);
  if (!hasLetters || !(hasDigits || (hasMarks && isMixed))) return false;
  // A pass of someone who chose it well.
  if (kind === "token" && value.length < 16) return value.length >= 10 && isMixed && hasDigits;
  if (kind === "token") return value.length >= 16 && hasDigits && entropyOf(value) >= 3.5;
  return entropyOf(value) >= (value.length >= 20 ? 3 : 2.75);
}

/** `user.password`, `login-form-password-1`, `identity.token-issued.v1`: words with marks between; numbers count only among several words. */
function isDottedName(value: string): boolean {
  if (!/[._:/-]/.test(value) || value.length > 120) return false;
  // `otp:secret:v1:` begins other names.
  const parts = value.replace(/[._:/-]$/, "").split(/[._:/-]/);
  if (parts.filter((part) => smallWords.test(part)).length > 1) return true;
  // A number at the end is one of a series, or the year of someone's password.
  if (/^\d{2,}$/.test(parts.at(-1) ?? "")) return false;
  return parts.length > 1 && parts.every((part) => nameWord.test(part)) && (parts.length > 2 ? parts.filter((part) => !/\d/.test(part)).length * 2 > parts.length : parts.slice(1).every((part) => !/\d/.test(part) || /^v\d+$/i.test(part)));
}

/** Words that are written with digits between or behind their letters. */
const digitWords = /oauth2|openid2|base64|utf-?8|i18n|l10n|a11y|k8s|e2e|p2p|b2[bc]|s2s|m2m|x509|web3|ipv[46]|(?:^|[^a-z])v\d|(?:sha|md|es|rs|hs|ps|aes|tls|http|argon)-?\d/i;

/** Digits that stand for letters, or that the password of a text in both cases has: `Tr0ub4dor-Blue` and `h4rvest-moon` are no list of words. */
function isChosen(kind: SecretName, value: string): boolean {
  if (digitWords.test(value) || kind === "token") return false;
  return /[a-z]\d{1,2}[a-z]/i.test(value) || (kind === "password" && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value));
}

function isMailAddress(value: string): boolean {
  return /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(value);
}

/** Whether a name may hold the secret of the provider it names: it says so, or says nothing else. */
function isProvidersName(name: string): boolean {
  const parts = splitWords(name);
  const last = parts.at(-1) ?? "";
  return /^(?:key|token|secret|password|pat|credential|apikey|auth|login)s?$/.test(last) && !harmlessFirst.has(parts[0] ?? "") && !parts.includes("public") && !parts.includes("publishable");
}

/** `0123456789abcdef0123456789abcdef`: nearly each character follows the one before. */
function isSeries(value: string): boolean {
  let steps = 0;
  for (let at = 1; at < value.length; at++) if (value.charCodeAt(at) - value.charCodeAt(at - 1) === 1) steps++;
  return value.length >= 12 && steps >= value.length * 0.7;
}

/** `{ host, port, user, … }`: a password among them opens what they lead to. */
function isConnection(names: readonly string[]): boolean {
  return names.some((name) => /^(?:db)?_?(?:host|hostname|server|endpoint)$/i.test(name)) && names.some((name) => /^(?:db)?_?(?:user|username|user_name|login|port|database)$/i.test(name));
}

/** Whether a name stands for several keys that are told apart by what they are for: `apiKeys`, `PARTNER_SECRETS`. */
export function holdsKeys(name: string): boolean {
  return /s$/i.test(name) && secretNameOf(name) === "key";
}

/** Whether a text is so random that it can be nothing but a key. */
export function isRandomKey(value: string): boolean {
  return value.length >= 20 && isSecretValue("key", value) && entropyOf(value) >= 3.25 && !/^0x[0-9a-f]{40}$/i.test(value);
}

/** Whether the last word of a name says something about a secret: `tokenName`, `keyId`. */
export function isAboutSecret(name: string): boolean {
  return aboutWords.has(splitWords(name).at(-1) ?? "");
}

/**
 * Whether a value is what its name promises, and what that is.
 *
 * @param beside the names of the values that stand beside it in one object
 */
export function judgeNamedSecret(name: string, value: string, beside: readonly string[] = []): SecretName | undefined {
  const kind = secretNameOf(name);
  if (kind !== undefined && isSecretValue(kind, value, /^pass(?:word|wd)?$|^pwd$/i.test(name) && isConnection(beside))) return kind;
  // `auth: "user:password"` of an HTTP client.
  if (/^(?:basic)?auth$/i.test(name) && value.length < 200) {
    const [user = "", password = "", ...others] = value.split(":");
    return others.length === 0 && /^[\w.@+-]{2,}$/.test(user) && isSecretValue("password", password) ? "password" : undefined;
  }
  return value.length >= 16 && isProvidersName(name) && isProvidersSecret(splitWords(name), value) && entropyOf(value) >= 2.75 && !isFilledIn(value) ? "key" : undefined;
}
