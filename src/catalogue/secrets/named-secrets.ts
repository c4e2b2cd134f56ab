import { splitWords } from "../../base/words.js";
import { isProvidersSecret } from "./contextual.js";
import { entropyOf } from "./entropy.js";
import { isOfStoreAt } from "./own-store.js";
import { isProvidersName, isTokenOfSomebody, likelySecretNameOf, type SecretName, secretNameOf } from "./secret-names.js";
import { isChainAddress, isFilledIn, isMachineMade, isSecretValue, isSigningWord, isTestKey } from "./secret-values.js";
import { isKeyOfVendor } from "./vendor-keys.js";

/** `{ host, port, user, … }`: a password among them opens what they lead to. */
function isConnection(names: readonly string[]): boolean {
  // The texts of an interface name all of these as well.
  return names.length <= 40 && names.some((name) => /^(?:db)?_?(?:host|hostname|server|endpoint)$/i.test(name)) && names.some((name) => /^(?:db)?_?(?:user|username|user_name|login|port|database)$/i.test(name));
}

/** `{ email, password, salt }`: what is kept of an account, in which nobody keeps a password as it is. */
function isHashOfAccount(value: string, names: readonly string[]): boolean {
  // An MD5 hash is as long as a key; an account has more to it than a log-in.
  if (/^(?:[0-9a-f]{32}|[A-Za-z0-9+/]{22}==)$/i.test(value) && names.some((name) => /^(?:e_?mail|phone|mobile|nick_?name|avatar|role|salt)$/i.test(name))) return true;
  return /^(?:[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(value) && names.some((name) => /salt$|^(?:e?mail|user_?name|role)$/i.test(name));
}

/** `PGPASSWORD=… pg_dump`: a variable that a command is given. */
const givenVariable = /(?:^|\s)([A-Z][A-Z0-9_]{2,60})=([^\s"'`$;&|(){}<>]{6,400})(?=\s)/g;

/** The host among such variables: `DB_HOST=localhost`. */
const givenHost = /(?:^|\s)[A-Z0-9_]{0,40}HOST=([\w.:-]{1,200})(?=\s|$)/;

/** The secret that a command or a text of settings is given as a variable, its name and its length, unless it opens a store that nobody else reaches. */
export function secretInCommand(text: string): { readonly name: string; readonly kind: SecretName; readonly length: number } | undefined {
  if (text.length > 2_000 || !/[A-Z]=/.test(text)) return undefined;
  for (const [, name = "", value = ""] of text.matchAll(givenVariable)) {
    const kind = judgeNamedSecret(name, value);
    if (kind && !(kind === "password" && isOfStoreAt(givenHost.exec(text)?.[1], value))) return { name, kind, length: value.length };
  }
  return undefined;
}

/**
 * Whether a value is what its name promises, and what that is.
 *
 * @param beside the names of the values that stand beside it in one object
 * @param around what the objects that it stands in are called
 */
export function judgeNamedSecret(name: string, value: string, beside: readonly string[] = [], around: readonly string[] = []): SecretName | undefined {
  // Nothing shorter is one.
  if (value.length < 6) return undefined;
  // The private part of a JSON Web Key.
  if (name === "d" && beside.includes("kty") && /^[\w-]{40,700}$/.test(value)) return "key";
  // `{ user, pass }`: by itself a pass is also a ticket.
  const kind = /^pass$/i.test(name) && beside.some((other) => /^(?:user(?:_?name)?|login|e?mail)$/i.test(other)) ? "password" : secretNameOf(name);
  const judged = judgedByName(kind, name, value, beside, around);
  return judged === undefined || isKnownForNone(kind, name, value, beside, around) ? undefined : judged;
}

/** Whether the name, or what stands around it, says that a value that could be a secret is none. */
function isKnownForNone(kind: SecretName | undefined, name: string, value: string, beside: readonly string[], around: readonly string[]): boolean {
  if (isTestKey(value)) return true;
  // `{ username: "username2", newPassword: "password2" }` says what is to stand there.
  if (name.toLowerCase().endsWith(value.replace(/\d$/, "").toLowerCase()) && !isConnection(beside)) return true;
  // `DEFAULT_ACCOUNT_KEYS` of Solana are the addresses of accounts, in base 58.
  if (/account_?keys?$/i.test(name) && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(value)) return true;
  // `const mockCredentials = { "admin@shop.test": { password: "…" } }`
  if (kind === "password" && !isMachineMade(value) && around.some(isOfTrial)) return true;
  // `export const walletResponseExample = { privateKey: "…" }`
  if (around.some(isExampleName)) return true;
  // `flags: { apiKey: "new-api-key-page" }`
  if (around.some((holder) => /^(?:(?:feature_?)?(?:flags?|toggles?)|features|experiments)$/i.test(holder)) && !isMachineMade(value)) return true;
  // `{ apiKey, apiSecretKey }`: with the first a client says who it is, as with a name; the second opens.
  if (/^(?:api|consumer|client|app)_?key$/i.test(name) && beside.some((other) => /^(?:api|consumer|client|app)_?(?:key_?)?secret(?:_?key)?$/i.test(other))) return true;
  // A page searches, or tells Firebase which one it is, with a key that everybody may see: `{ apiKey, appId, indexName }`.
  if (/^(?:search_?)?api_?key$/i.test(name) && beside.some((other) => /^(?:index_?name|auth_?domain|messaging_?sender_?id)$/i.test(other))) return true;
  if (/algolia.*api[-_]?key$/i.test(name) && beside.some((other) => /algolia.*app(?:lication)?[-_]?id$/i.test(other))) return true;
  // A key of Google's is known by its form, and what stands around it says whether every page shows it.
  if (/^AIza[\w-]{35}$/.test(value)) return true;
  // What a store on the own machine takes for one; those of clouds have forty characters.
  if (/^(?:aws_|s3_|minio_)*secret_access_key$/i.test(name) && value.length < 32) return true;
  return kind === "password" && isHashOfAccount(value, beside) && !isConnection(beside);
}

/** What a value is by its name; what only the value tells is asked last, since it takes longer and names seldom promise anything. */
function judgedByName(kind: SecretName | undefined, name: string, value: string, beside: readonly string[], around: readonly string[]): SecretName | undefined {
  if (kind !== undefined && isSecretValue(kind, value, /^pass(?:word|wd)?$|^pwd$/i.test(name) && isConnection(beside))) return kind;
  // `auth: "user:password"` of an HTTP client.
  if (/^(?:basic)?auth$/i.test(name) && value.length < 200) {
    const [user = "", password = "", ...others] = value.split(":");
    return others.length === 0 && /^[\w.@+-]{2,}$/.test(user) && isSecretValue("password", password) ? "password" : undefined;
  }
  if (value.length >= 16 && isProvidersName(name) && isProvidersSecret([name, ...around].flatMap(splitWords), value) && entropyOf(value) >= 2.75 && !isFilledIn(value)) return "key";
  if (kind !== undefined) return undefined;
  if (isKeyOfVendor(name, beside, around) && isMachineMade(value) && isSecretValue("key", value)) return "key";
  if (isTokenOfSomebody(name) && isMachineMade(value) && !isChainAddress(value)) return "token";
  const likely = likelySecretNameOf(name);
  return likely !== undefined && isSecretValue(likely, value) && !/^0x[0-9a-f]{40}$/i.test(value) ? likely : undefined;
}

/** Whether something is called an example: what stands in it was made up for readers of documentation. */
function isExampleName(name: string): boolean {
  return /^(?:example|sample)s?$/.test(splitWords(name).at(-1) ?? "");
}

/** Whether what is called so is made up to try an application out with: `mockUsers`, `demoAccounts`. */
function isOfTrial(name: string): boolean {
  return /^(?:mock|mocked|fake|dummy|demo|sample|stub)$/.test(splitWords(name)[0] ?? "");
}

/** Keys with which a program signs or encrypts, as opposed to those that another service checks. */
const signingKey = /jwt|sign|session|cookie|encrypt|cipher|(?:^|_)aes(?=_|key)|hmac|pepper|auth_?secret|token_?secret|^(?:app_?)?secret(?:_?key(?:_?base)?)?$|^app_?keys?$/i;

/** Whether a name says that the program itself signs or encrypts with the value; with a password somebody logs in. */
export function signsHere(name: string): boolean {
  return signingKey.test(name) && secretNameOf(name) !== "password";
}

/** Whether a value signs what a program that is started with it gives out: there a word is as good as a key for who reads it. */
export function judgeStartedWith(name: string, value: string): SecretName | undefined {
  // `JWT_SECRET: jwt_secret` says what is to stand there.
  if (value.toLowerCase().replaceAll("-", "_") === name.toLowerCase()) return undefined;
  return secretNameOf(name) === "key" && signingKey.test(name) && isSigningWord(value) ? "key" : undefined;
}

/** Whether a word or a few are the password of something that others reach: there they are guessed, or read here. */
export function judgeGuarding(name: string, value: string): SecretName | undefined {
  return secretNameOf(name) === "password" && isSigningWord(value) && !value.includes(" ") && !/(?:^|[-_.])secrets?$/.test(value) ? "password" : undefined;
}
