import type { TSESTree } from "@typescript-eslint/utils";
import { splitWords } from "../../base/words.js";
import { isSecretValue } from "../../catalogue/secrets/secret-values.js";
import { isOfOwnStore } from "../../catalogue/secrets/own-store.js";
import { isKnownService } from "../../catalogue/secrets/vendor-keys.js";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { chainRoot, importOf, keyName, type SourceCode, textOf } from "../syntax-nodes.js";

type Node = TSESTree.Node;

/** Keys of what the program itself checks or opens, whatever service they are named after. */
const ownKey = /pass(word|wd|phrase)?|pwd|jwt|sign|hmac|session|cookie|webhook|encrypt|cipher|csrf|pepper/i;
/** First words of keys that name no service. */
const common: ReadonlySet<string> = new Set(["app", "api", "auth", "server", "service", "secret", "token", "access", "admin", "internal", "client", "private", "master", "root", "my", "db", "ci", "apikey", "secretkey", "accesskey", "authkey", "apitoken", "accesstoken", "authtoken"]);

/**
 * Whether a text that stands in for a key is handed to the client of the service that the key is named after, and is
 * no credential by its form: `new OpenAI({ apiKey: env.OPENAI_API_KEY || "sk-" })`. The service refuses it, and nobody
 * else asks for it.
 */
export function isRefusedByService(source: SourceCode, standIn: Node, key: string): boolean {
  const services = [splitWords(key)[0] ?? "", ...pathTo(source, standIn)].filter((word) => word.length >= 3 && !common.has(word));
  if (ownKey.test(key) || services.length === 0) return false;
  const client = clientAround(standIn);
  if (client === undefined || isGivenOut(textOf(standIn) ?? "")) return false;
  const called = nameOfClient(source, client);
  return services.some((service) => called.includes(service));
}

/** The words of what a text stands in for: `config.stripe.secretKey`. */
function pathTo(source: SourceCode, { parent }: Node): readonly string[] {
  return parent?.type === "LogicalExpression" && parent.left.type === "MemberExpression" ? splitWords(source.getText(parent.left)) : [];
}

/** Texts that ask to be replaced. */
const unfilled = /^(?:please[-_ ])?(?:change|set|replace|fill|insert|add|put)[-_ ]?(?:me|this|it|in|here)\b|^your[-_ ]|^<.{0,60}>$|^x{3,}$|^placeholder\b|^(?:dummy|demo|todo|tbd|none|unset|not[-_ ]set|(?:no|bad|in)[-_ ]?(?:good|valid)?[-_ ]?(?:key|token|secret))$/i;

/** Whether a text says itself that something else is to be put in its place. */
export function asksToBeReplaced(text: string): boolean {
  return unfilled.test(text);
}

/** Words that say nothing of what they stand in for. */
const fillers: ReadonlySet<string> = new Set(["dev", "development", "local", "my", "your", "the", "default", "sample", "secret", "token", "key", "apikey", "client", "app", "api", "access", "id", "value", "here"]);

/** `dev-google-client-secret` for `GOOGLE_CLIENT_SECRET`: the key's own words again. */
function repeatsName(key: string, text: string): boolean {
  const said = new Set(splitWords(key));
  const parts = splitWords(text);
  return parts.length > 0 && parts.every((word) => said.has(word) || fillers.has(word));
}

/** What says of a text that somebody chose it for a stage. */
const ofStage = /(?:^|[-_.])(?:dev|development|local)(?:[-_.]|$)/i;

/** Whether a text stands for a key of a service that nobody has listed until somebody fills it in: it says so, says the name again, or is hardly a word. Another may be the key of a service of the team's own, which then takes it. */
function standsForUnknown(key: string, text: string): boolean {
  return text.length < 6 || unfilled.test(text) || /(?:^|[-_.])(?:test|fake|mock|dummy|demo[-_]key|placeholder)(?:[-_.]|$)/i.test(text) || (repeatsName(key, text) && !ofStage.test(text));
}

/** Parts of a system that a key may be named after where no service is: what they are opened with may well be its own. */
const parts: ReadonlySet<string> = new Set(["storage", "cache", "queue", "broker", "search", "media", "video", "image", "images", "file", "files", "upload", "uploads", "payment", "payments", "billing", "push", "notification", "notifications", "gateway", "backend", "partner", "callback", "cron"]);

/**
 * Whether a text stands for what only another service gives out and checks, and is nothing that it can have given out: the
 * secret of an OAuth client, the key of a service that is named, the account of a mail server. A word, a number or a
 * sentence is refused there, as opposed to one that signs here or lets somebody in here.
 */
export function isUnfilledCredential(key: string, text: string): boolean {
  if (/(?:^|_)(?:smtp|mail|mailer|email)_?\w{0,20}?_?pass(?:word|wd)?$/i.test(key)) return unfilled.test(text) || repeatsName(key, text);
  // With this Meta only asks whether an address is meant to get its events.
  if (/(?:^|_)(?:whatsapp|facebook|fb|messenger|instagram|meta|wa|waba|hub)_(?:\w{1,20}_)?verify_token$/i.test(key)) return true;
  if (ownKey.test(key)) return false;
  const [service = ""] = splitWords(key);
  if (parts.has(service)) return unfilled.test(text) || repeatsName(key, text);
  const isNamed = service.length > 1 && !common.has(service);
  if (/client_?secret$/i.test(key)) return !isGivenOut(text);
  // The secret of an application checks what its service sends as well.
  if (/app_?secret$/i.test(key)) return isNamed && repeatsName(key, text);
  if (!isNamed || !/(?:api|access|secret)_?(?:secret_?)?key$|(?:api|auth|access|bot)_?token$/i.test(key)) return false;
  return splitWords(key).some(isKnownService) ? !isGivenOut(text) : standsForUnknown(key, text);
}

/** Whether a machine may have made a text: a token by its form, or one too random for somebody to have typed it. */
function isGivenOut(text: string): boolean {
  return findTokens(text).length > 0 || (text.length >= 10 && isSecretValue("key", text) && !splitWords(text).every((word) => /^[a-z]{3,}$|^\d{1,4}$/.test(word)));
}

/** Hosts that are this machine, or a container beside it. */
const besideHere = /["'`](?:[a-z+]{2,12}:\/\/(?:[^"'`@\s/]{0,60}@)?)?(?:localhost|127\.0\.0\.1|host\.docker\.internal|(?:postgres|mysql|mongo|redis|minio|db|database)(?=[:/"'`]))/;

/**
 * Whether a text stands in for the password of a store whose host, set beside it, falls back to this machine as well:
 * `{ host: env.DB_HOST || "localhost", password: env.DB_PASSWORD || "postgres" }` reaches a developer's own store and no other.
 */
export function isOfLocalStore(source: SourceCode, standIn: Node, key: string): boolean {
  const store = /^(\w*?)_?pass(?:word|wd)?$/i.exec(key)?.[1] ?? /^(\w*(?:s3|minio|storage|aws|bucket))_?secret_?(?:access_?)?key$/i.exec(key)?.[1];
  if (store === undefined || !(isOfOwnStore(textOf(standIn) ?? "") || isSaidAgain(source.text, textOf(standIn) ?? ""))) return false;
  if (store !== "" && isSetHere(source.text, store)) return true;
  for (let at = standIn.parent; at && !/Function/.test(at.type); at = at.parent) {
    if (at.type === "ObjectExpression" && at.properties.some((property) => property.type === "Property" && new RegExp(`^(?:${store}_)?host(?:name)?$`, "i").test(keyName(property) ?? "") && besideHere.test(source.getText(property.value)))) return true;
  }
  return false;
}

/** `{ user: get("DB_USER", "corner-shop"), password: get("DB_PASS", "corner-shop") }`: the application's own name in each place. */
function isSaidAgain(text: string, word: string): boolean {
  return /^[a-z]+(?:[-_][a-z]+)*$/i.test(word) && text.split(new RegExp(`["'\`]${word}["'\`]`)).length > 2;
}

/** What the settings of one database are called beside each other: `DB_HOST`, `POSTGRES_PASSWORD`. */
const database = "\\w{0,20}?(?:db|database|pg|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|sql)";

/** `const databaseHost = raw.databaseHost ?? "localhost"` in the same file. */
function isSetHere(text: string, store: string): boolean {
  const owner = new RegExp(`^${database}$`, "i").test(store) ? database : store;
  // `env("DB_HOST", "string") ?? "127.0.0.1"` says of which type the setting is.
  return [...text.replace(/, ?["'`](?:string|str|number|int|boolean|bool)["'`](?=\))/g, "").matchAll(new RegExp(`\\b${owner}_?(?:host(?:_?name)?|url|uri|endpoint|server|address)\\b(?:["'\`]\\s{0,4},)?[^;,]{0,120}(?:,\\s{0,4}["'\`][^;,]{0,80})?`, "gi"))].some(([setting]) => besideHere.test(setting));
}

function clientAround(node: Node): TSESTree.NewExpression | undefined {
  const { parent } = node;
  if (parent === undefined) return undefined;
  if (parent.type === "NewExpression") return parent.callee === node ? undefined : parent;
  return /^(LogicalExpression|ConditionalExpression|TemplateLiteral|Property|ObjectExpression|TSAsExpression|TSNonNullExpression)$/.test(parent.type) ? clientAround(parent) : undefined;
}

/** The class and the package it comes from, in small letters. */
function nameOfClient(source: SourceCode, { callee }: TSESTree.NewExpression): string {
  const root = chainRoot(callee);
  const from = importOf(source, callee) ?? importOf(source, root);
  return from === undefined || /^[./~#]/.test(from.module) ? "" : `${from.module} ${source.getText(callee)}`.toLowerCase();
}
