import { splitWords } from "../../base/words.js";

/**
 * What a name says the value is: a password, which may be short; a key, which is random; a token, by a word that also
 * names harmless things, so that its value must look random by itself; a phrase of words that makes a wallet.
 */
export type SecretName = "password" | "key" | "token" | "phrase";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const passwordWords = words("password passwd passwort pwd passphrase passcode pass");
/** `PGPASSWORD`, `dbpassword`: an owner and its password written as one word. */
const ownedPassword = /^(?:pg|db|database|smtp|mail|mysql|redis|mongo|user|admin|root|s?ftp|ldap)(?:password|passwd|pass|pwd)$/;
/** Kinds of secrets, and the word behind them without a mark between. */
const joinedSecret = /^(?:hash|token|hmac|sign|signature|session|cookie|consumer|webhook|shared|partner|merchant|auth|bot|channel)secret$/;
/** What a `pass` belongs to; a pass by itself is also a ticket. */
const passOwners = words("db database smtp mail email redis mysql pg postgres mongo mongodb user admin root ftp auth rabbitmq amqp ldap http proxy server ssh sftp sudo vps host remote vpn");
const keyWords = words("secret secrets apikey apikeys accesskey secretkey privatekey authkey apisecret clientsecret jwtsecret appsecret signingkey encryptionkey masterkey pepper");
const keyOwners = words("api access secret private auth signing signature encryption encrypt enc decryption master jwt jws session cookie hmac service license storage account shared webhook stripe sendgrid openai aes fernet paseto sodium crypto cipher server management merchant partner provider subscription admin app application client bot deploy mailgun twilio gateway sms");
const apiTokenWords = words("apitoken accesstoken authtoken refreshtoken bearertoken");
const tokenOwners = words("api system internal access auth bearer refresh bot github gitlab bitbucket slack npm node jwt secret service admin personal deploy discord telegram twilio webhook vault oauth security server app root cloudflare sonar sonarqube circleci vercel render linear notion figma airtable hubspot square shopify mapbox grafana dockerhub nuget pypi rubygems ci registry publish");
const phraseWords = words("mnemonic seedphrase");
/** Last words that make a name one about a secret. */
const aboutWords = words("name names id ids arn header headers field label prefix suffix path url uri endpoint type kind regex regexp pattern placeholder env var variable length count size expires expiry expiration ttl error message msg hint title policy hash hashed digest version file filename dir folder location ref reference param parameter column property prop alias algorithm alg issuer audience role scope strategy provider manager module guard format template description text rule rules strength encoder salt rounds input selector locator element icon route page link event action mutation query command handler test table schema option options mode status state reset required enabled valid invalid exists missing changed updated sent code constraint index topic queue subject public uuid example examples");
/** Last words that tell one secret from another of its kind: `JWT_SECRET_ADMIN`, `DB_PASSWORD_PROD`. */
const qualifierWords = words("dev development prod production stage staging live local sandbox user admin app api web mobile client server read write readonly replica primary secondary main backup old new current previous logging internal external customer partner v1 v2");
/** Owners of tokens and passes in capitals that open nothing: `NEXT_PAGE_TOKEN`, `GAS_TOKEN`, `FIRST_PASS`. */
const harmlessOwners = words("csrf xsrf device push page next cursor continuation sync erc20 gas contract max min cache mint address design theme css id native wrapped reward payment staking first second third last render shadow color depth build test by multi single one two boarding season day");
/** First words of questions and of names for texts about secrets. */
const harmlessFirst = words("is has should can needs requires forgot forgotten reset change update confirm invalid wrong incorrect missing rotate rotated expire expired revoke revoked delete deleted remove removed list no skip show hide public publishable validate verify compare hash hashed generate max min example sample dummy fake mock test weak short bad empty unknown duplicate");

/** The key of a form that pages send to Web3Forms stands in the page. */
const webForms = /web3_?forms/i;

/** Whether a name promises a secret; its last words decide. */
export function secretNameOf(name: string): SecretName | undefined {
  return webForms.test(name) ? undefined : promiseOf(splitWords(name));
}

/** What stands in every name that promises a secret, so that a text without it names none. */
export const secretWord = /secret|key|token|pass|pwd|credential|bearer|phrase|mnemonic|pepper/i;

const inCapitals = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/**
 * What a name in capitals says of its value though nobody has listed its owner: `NGROK_TOKEN`, `PROD_PASS`. Such a
 * value must look like a secret by itself.
 */
export function likelySecretNameOf(name: string): SecretName | undefined {
  if (!inCapitals.test(name) || webForms.test(name)) return undefined;
  const parts = splitWords(name);
  const last = parts.at(-1);
  if (parts.some((part) => harmlessOwners.has(part) || part === "public" || part === "publishable")) return undefined;
  // `VERIFY_TOKEN` is what a webhook is registered with.
  if (harmlessFirst.has(parts[0] ?? "") && parts[0] !== "verify") return undefined;
  if (last === "token" || last === "pass") return last === "pass" ? "password" : "token";
  // `SECRET_KEY_OF_INVITATIONS`: what it is for stands behind.
  return /(?:^|_)(?:SECRET|PRIVATE|API|ENCRYPTION)_KEY_|(?:^|_)(?:CLIENT|APP)_SECRET_/.test(name) && !aboutWords.has(last ?? "") ? "key" : undefined;
}

/** What a token of pages is called, which everybody may see, and what names a place or a thing. */
const seenTokens = words("site client widget tracking verification browser js map maps analytics style color content layout instance subscription share invite invitation unsubscribe preview");

/** Whether a name is of a token whose owner nobody has listed: `partnerToken`, `parcel-token`. By itself it says little; its value must be one that a machine has made. */
export function isTokenOfSomebody(name: string): boolean {
  const parts = splitWords(name);
  return parts.length > 1 && parts.length < 5 && parts.at(-1) === "token" && !harmlessFirst.has(parts[0] ?? "") && !parts.some((part) => harmlessOwners.has(part) || seenTokens.has(part) || part === "public" || part === "publishable");
}

function promiseOf(parts: readonly string[]): SecretName | undefined {
  // `secretOrKey`, `secretOrPrivateKey`
  const either = parts.indexOf("or");
  if (either > 0) return promiseOf(parts.slice(0, either)) ?? promiseOf(parts.slice(either + 1));
  // `apiKeyFor(region)`
  if (parts.length > 1 && parts.at(-1) === "for") return promiseOf(parts.slice(0, -1));
  // `passwordStr`, `MASTER_KEY_HEX`: how it is written.
  if (parts.length > 1 && /^(?:str|string|plain|raw|hex|base64|b64|pem|encoded)$/.test(parts.at(-1) ?? "")) return promiseOf(parts.slice(0, -1));
  const last = parts.at(-1) ?? "";
  const before = parts.at(-2);
  if (parts.length > 2 && qualifierWords.has(last)) {
    const promised = promiseOf(parts.slice(0, -1));
    if (promised === "password" || promised === "key") return promised;
  }
  // `hashSecret` is what a hash is made with; `hashPassword` makes one.
  const isHarmless = harmlessFirst.has(parts[0] ?? "") && !(parts[0] === "hash" && keyWords.has(last));
  if (parts.length === 0 || aboutWords.has(last) || isHarmless || parts.includes("public") || parts.includes("publishable")) return undefined;
  // Algolia's key with which pages search.
  if (parts.includes("search") && parts.includes("only")) return undefined;
  // `HASHED_PASSWORD`
  if (before === "hashed" || before === "encrypted") return undefined;
  if (last === "pass") return before !== undefined && passOwners.has(before) ? "password" : parts.length === 1 ? "token" : undefined;
  if (passwordWords.has(last) || ownedPassword.test(last)) return "password";
  // `existingSecret`, `imagePullSecret`: Kubernetes knows them by name.
  if (last === "secret" && /^(?:existing|pull|tls|external)$/.test(before ?? "")) return undefined;
  // `VNP_HASHSECRET`: a kind and its secret written as one word.
  if (keyWords.has(last) || joinedSecret.test(last)) return "key";
  // `localStorageKey` is a name under which a browser keeps something.
  if (/^keys?$/.test(last) && before === "storage" && /^(?:local|session)$/.test(parts.at(-3) ?? "")) return undefined;
  // The key that tokens are signed with is random; that under which one is kept is not.
  if (last === "key" && before === "token") return "token";
  if (last === "key" || last === "keys") return before !== undefined && keyOwners.has(before) ? "key" : undefined;
  if (apiTokenWords.has(last)) return "key";
  if (last === "token" || last === "tokens") return before !== undefined && tokenOwners.has(before) ? "key" : before === undefined ? "token" : undefined;
  // `Access-Control-Allow-Credentials`, `withCredentials` say whether there are any.
  if (last === "credential" || last === "credentials" || last === "bearer") return /^(?:allow|with|include)$/.test(before ?? "") ? undefined : "token";
  if (phraseWords.has(last) || (last === "phrase" && (before === "seed" || before === "recovery"))) return "phrase";
  return undefined;
}

/** Whether a name says that what it holds is made up: `DUMMY_SECRETS`, `fakeToken`. */
export function isMadeUpName(name: string): boolean {
  return splitWords(name).some((word) => word === "dummy" || word === "fake" || word === "mock");
}

/** What each of several keys is called that are told apart by what they are for, by the name of them all: `apiKeys`, `PARTNER_SECRETS`, `CLIENT_SECRET_PAIRS`, `signingKeysByTenant`. */
export function keyOfRing(name: string): string | undefined {
  if (/s$/i.test(name) && secretNameOf(name) === "key") return name;
  const parts = splitWords(name);
  const by = parts.findIndex((part, index) => index > 0 && (part === "by" || part === "per"));
  const held = by > 0 ? parts.slice(0, by) : /^(?:pairs?|map|lookup|dict)$/.test(parts.at(-1) ?? "") ? parts.slice(0, -1) : [];
  const promised = held.join("_");
  return secretNameOf(promised) === "key" ? promised : undefined;
}

/** Whether a name says something about a secret, with its last word, or that everybody may see it: `tokenName`, `keyId`. */
export function isAboutSecret(name: string): boolean {
  return webForms.test(name) || aboutWords.has(splitWords(name).at(-1) ?? "");
}

/** Whether a name may hold the secret of the provider it names: it says so, or says nothing else. */
export function isProvidersName(name: string): boolean {
  const parts = splitWords(name);
  const last = parts.at(-1) ?? "";
  return /^(?:key|token|secret|password|pat|pk|credential|h?apikey|auth|login|account)s?$/.test(last) && !harmlessFirst.has(parts[0] ?? "") && !parts.includes("public") && !parts.includes("publishable");
}
