import { splitWords } from "../../base/words.js";
import { entropyOf } from "./find-tokens.js";

/** What a name says the value is: a password, which may be short, or a key or token, which is random. */
export type SecretName = "password" | "key";

const passwordWords = new Set(["password", "passwd", "pwd", "passphrase", "passcode"]);
const secretWords = new Set(["secret", "secrets", "credential", "credentials", "apikey", "accesskey", "secretkey", "privatekey", "authkey", "apitoken", "accesstoken", "clientsecret", "jwtsecret", "authtoken", "bearer"]);
const keyKinds = new Set(["api", "access", "secret", "private", "auth", "signing", "signature", "encryption", "master", "jwt", "session", "cookie", "hmac", "service", "license", "storage", "account", "shared", "webhook", "stripe", "sendgrid", "openai", "aes", "crypto", "cipher"]);
const tokenKinds = new Set(["api", "access", "auth", "bearer", "refresh", "bot", "github", "gitlab", "slack", "npm", "jwt", "secret", "service", "admin", "personal", "deploy", "discord", "telegram", "twilio", "webhook", "vault", "id", "oauth", "csrf", "session", "security"]);
/** Last words that say: about a secret, not one. */
const about = new Set(["name", "names", "id", "ids", "arn", "header", "headers", "field", "label", "prefix", "suffix", "path", "url", "uri", "endpoint", "type", "kind", "regex", "regexp", "pattern", "placeholder", "env", "var", "variable", "length", "count", "size", "expires", "expiry", "expiration", "ttl", "error", "message", "msg", "hint", "title", "policy", "hash", "hashed", "digest", "version", "file", "filename", "dir", "folder", "location", "ref", "reference", "param", "parameter", "column", "property", "prop", "alias", "algorithm", "alg", "issuer", "audience", "role", "scope", "strategy", "provider", "service", "manager", "module", "guard", "format", "template", "description", "text", "rule", "rules", "strength", "encoder", "salt", "rounds", "input", "selector", "locator", "element", "icon", "route", "page", "link", "event", "action", "mutation", "query", "command", "handler", "test", "table", "schema", "key_name", "option", "options", "mode", "status", "state", "reset", "required", "enabled", "valid", "invalid", "exists", "missing", "changed", "updated", "sent", "code", "constraint", "index", "topic", "queue", "subject", "key_id", "public"]);
const truths = new Set(["is", "has", "should", "can", "needs", "requires", "forgot", "forgotten", "reset", "change", "update", "confirm", "invalid", "wrong", "incorrect", "missing", "no", "show", "hide", "public", "validate", "verify", "compare", "hash", "generate", "max", "min"]);

/** Whether a name promises a secret; its last words decide. */
export function secretNameOf(name: string): SecretName | undefined {
  const words = splitWords(name);
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (words.length === 0 || about.has(last) || truths.has(words[0] ?? "") || words.includes("public") || words.includes("publishable")) return undefined;
  if (passwordWords.has(last)) return "password";
  if (words.length > 1 && last === "pass" && /^(db|database|smtp|mail|email|redis|mysql|pg|postgres|mongo|user|admin|root|ftp|auth)$/.test(before)) return "password";
  if (secretWords.has(last)) return "key";
  if (last === "key" && keyKinds.has(before)) return "key";
  return last === "token" && (tokenKinds.has(before) || words.length === 1) ? "key" : undefined;
}

const placeholder = /^(?:x+|\*+|\.+|-+|_+|0+|1234\d*|abc\w{0,5}|foo\w*|bar\w*|baz|test\w{0,12}|dummy\w*|fake\w*|mock\w*|sample\w*|example\w*|placeholder|changeme\w*|change[-_ ]?me\w*|change[-_ ]?this\w*|todo|tbd|none|null|undefined|true|false|secret|password|passwd|pass|token|key|apikey|api[-_]?key|your\S*|my[-_]?\S{0,20}|some[-_]?\S{0,20}|insert\S*|replace\S*|default\S*|admin|root|user(?:name)?|postgres|string|value|redacted|hidden|n\/a|optional|required|bearer|basic|jwt|local|dev|development|production|staging)$/i;
const holder = /[<>{}]|\$\(|\$[A-Z_]{2,}|%[A-Z_]+%|\.\.\.|^\[|example|placeholder|your[-_ ]|changeme|lorem/i;

/** Whether a value can be what its name promises: random enough for a key, not a word or sentence for a password. */
export function isSecretValue(kind: SecretName, value: string): boolean {
  if (value.length < (kind === "password" ? 6 : 8) || value.length > 4096 || placeholder.test(value) || holder.test(value)) return false;
  if (/\s/.test(value.trim()) || !/^[\x21-\x7e]+$/.test(value)) return false;
  // Names of variables and settings, paths, addresses, dotted and dashed words of a language.
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(value) || /^(\.{0,2}\/|[a-z]+:\/\/|#|--)/i.test(value) || /^[a-z]+([._:/-][a-z]+)+$/i.test(value)) return false;
  const letters = /[a-z]/i.test(value);
  const digits = /\d/.test(value);
  const symbols = /[^a-z0-9]/i.test(value);
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
  // camelCase, snake_case and kebab-case words are names.
  if (/^[a-z]+([A-Z][a-z]+)*$/.test(value) || /^[a-z]+([_-][a-z]+)*$/.test(value) || /^([A-Z][a-z]+)+$/.test(value)) return kind === "password" && false;
  if (kind === "password") return letters && (digits || symbols) && !/^[\w.-]+@[\w.-]+$/.test(value);
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) return true;
  return (digits || (symbols && mixed)) && letters && entropyOf(value) >= (value.length >= 20 ? 3 : 2.75);
}

/** Whether a value is what its name promises: `judgeNamedSecret("dbPassword", "…")`. */
export function judgeNamedSecret(name: string, value: string): SecretName | undefined {
  const kind = secretNameOf(name);
  return kind !== undefined && isSecretValue(kind, value) ? kind : undefined;
}
