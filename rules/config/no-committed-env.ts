import { repositoryCause } from "../../src/base/causes.js";
import { baseName } from "../../src/base/paths.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { lineStarts, type Range, rangeOf } from "../../src/base/position.js";
import { findTokens, isKeyId, leadsHere } from "../../src/catalogue/secrets/find-tokens.js";
import { judgeNamedSecret, judgeStartedWith, signsHere } from "../../src/catalogue/secrets/named-secrets.js";
import { isOnThisMachine, opensHere, opensOutside, opensOwnFileStore } from "../../src/catalogue/secrets/own-store.js";
import { secretNameOf } from "../../src/catalogue/secrets/secret-names.js";
import { isHammered, isMachineMade, isSigningWord } from "../../src/catalogue/secrets/secret-values.js";
import { isKeyOfSomeService } from "../../src/catalogue/secrets/vendor-keys.js";
import { holdsDefaults, isEncrypted, remarkOn } from "../../src/kit/settings/env-contents.js";
import { holdsPublic, isEnvExample, isEnvFile, isEnvOfDevelopers, tokensIn } from "../../src/kit/settings/env-files.js";
import { pastFinding, secretsInHistory } from "../../src/kit/secrets/history-secrets.js";
import { lowStakes } from "../../src/kit/secrets/low-stakes.js";
import { isForDevelopers, roleOf } from "../../src/kit/roles.js";
import { SecretCopies } from "../../src/kit/secrets/secret-copies.js";
import { defineRule } from "../../src/kit/rule.js";
import type { EnvEntry } from "../../src/repo/readers/env-file.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RepoView } from "../../src/repo/repo-view.js";

const firstLine: Range = rangeOf([0], [0, 0]);
/** Files for one machine, by the conventions of dotenv, Vite and Next. */
const localFile = /^\.env$|^\.env(\.[\w-]+)?\.local$/i;
const keyStore = /\.(p12|pfx|jks|keystore|ppk|kdbx)$/i;
const keyText = /\.(pem|key|asc|gpg|crt)$|^id_(rsa|dsa|ecdsa|ed25519)$/i;
/** A file whose name says that what stands in it signs or encrypts: `jwt.key`, `session-secret.txt`. */
const signingText = /^(?:[\w-]{1,30}[._-])?(?:jwt|secret|token|session|signing|hmac|encryption|master|cookie)(?:[._-][\w.-]{1,30})?\.(?:key|secret)$|^\.?(?:jwt|app|session|cookie)[._-]?secret(?:\.txt)?$/i;
/** Keys that are made for tests and for one machine: `localhost.key`, `orders.local.key`, `performance/tls/key.pem`. */
const madeUp = /(^|[/._-])(tests?|testing|examples?|samples?|dummy|mocks?|fake|localhost|snakeoil|self-?signed)([/._-]|$)|\.(?:loc|local)[._-][^/]*$|(?:^|\/)(?:performance|benchmarks?)\//i;

/** `.env.test`, `e2e.env` */
const ofTests = /(^|[._-])(tests?|testing|ci|e2e)([._-]|$)/i;

interface Options {
  readonly examples: boolean;
}

export default defineRule<Options>({
  name: "no-committed-env",
  section: "config",
  clauses: ["CONF-3"],
  description: "Forbid env files, private keys and key stores in git",
  presets: { recommended: "error", strict: ["error", { examples: true }], legacy: "error" },
  messages: {
    tracked: "`{{name}}` is tracked by git: what it holds belongs to one machine, and stays in the history once it is committed. Run `git rm --cached {{file}}`, add it to `.gitignore`, and keep the names of its keys in an example file.",
    unignored: "`{{name}}` is not ignored by git, so the next `git add .` commits it. Add it to `.gitignore`.",
    keys: "`{{name}}` holds the keys that decrypt the project's env files, and git tracks it. Remove it from git, ignore it, and make new keys.",
    value: "`{{key}}` holds what looks like a real secret ({{length}} characters) in an env file that git tracks. Revoke it, put an empty value or a placeholder here, and keep the value where it is used.",
    lowStakes: "`{{key}}` holds what looks like a real secret ({{length}} characters) of {{stakes}}, in an env file that git tracks: values of such files are copied to where they count. Let each machine make its own, and put an empty value here.",
    privateKey: "This file holds a private key, and git tracks it: whoever has the repository can use it. Revoke it, remove it from git, and take it from the environment or a secret store.",
    past: "Commit {{commit}} added a secret in line {{line}} of this env file ({{format}}, {{length}} characters{{name}}). It is gone from the file, but every clone holds it: revoke it. Only then is rewriting the history worth anything.",
    keyText: "This file holds a key as plain text ({{length}} characters), and git tracks it: whoever has the repository can sign or decrypt with it. Make a new one, remove the file from git, and take the key from the environment or a secret store.",
    keyStore: "This is a key store by its name, and git tracks it: with its password, whoever has the repository can use its keys. Remove it from git, and take it from a secret store.",
    serviceAccount: "This is the key file of a service account, and git tracks it: whoever has the repository can act as `{{account}}`. Revoke the key, remove the file from git, and take it from the environment or a secret store.",
  },
  optionsSchema: { examples: { type: "boolean", description: "Also report values of example files that somebody can have made up: passwords with digits and marks, UUIDs, short keys, and keys that sign or encrypt; and a `.env` of defaults whose tool asks for it to be committed." } },
  defaultOptions: { examples: false },
  repo: {
    *check(repo, model, { examples }) {
      if (repo.git === undefined) return;
      const changed = repo.git.range && new Set(repo.git.range.changes.map(({ file }) => file));
      const copies = new SecretCopies();
      for (const file of repo.files) {
        const role = roleOf(file);
        if ((changed && !changed.has(file)) || role === "test" || role === "fixture" || /(^|\/)node_modules\//.test(file)) continue;
        yield* isEnvFile(file) ? ofEnvFile(repo, model, file, examples, copies) : ofKeyFile(repo, file, copies);
      }
      for (const past of secretsInHistory(repo)) if (isEnvFile(past.file)) yield pastFinding(past);
    },
  },
});

function* ofEnvFile(repo: RepoView, model: ProjectModel, file: string, examples: boolean, copies: SecretCopies): Iterable<RuleFinding> {
  const name = baseName(file);
  const isTracked = repo.git?.isTracked(file) === true;
  const whole = (messageId: string): RuleFinding => ({ file, range: firstLine, messageId, data: { name, file } });
  if (/^\.env\.keys$/i.test(name)) return void (yield whole(isTracked ? "keys" : "unignored"));
  // A link shows no text of its own: what it leads to is judged where it lies.
  if (repo.read(file) === undefined) return;
  const entries = repo.readers.env(file)?.entries ?? [];
  if (localFile.test(name) && !isEncrypted(entries) && !holdsPublic(entries) && !(isTracked && !examples && holdsDefaults(model, file, entries))) return void (yield whole(isTracked ? "tracked" : "unignored"));
  if (!isTracked) return;
  // What a comment keeps of a value that was used once.
  const kept = (repo.readers.env(file)?.commented ?? []).filter((entry) => (holdsToken(entry, file) || isMachineMade(entry.value)) && !isOnThisMachine(entry.value));
  for (const entry of [...entries, ...kept]) {
    // Its secret, which is told, is revoked with it.
    if (isKeyId(entry.value) && entries.some((other) => /secret/i.test(other.key) && isRealSecret(other, file, examples))) continue;
    // The store that the example leads to was started for it, and so was the database on the developer's machine.
    if (isEnvExample(file) && opensOwnFileStore(entry.key, entries)) continue;
    if ((isEnvExample(file) || isEnvOfDevelopers(file)) && opensHere(entry.key, entries)) continue;
    const isOutside = opensOutside(entry.key, entries);
    if (!isRealSecret(entry, file, examples || isOutside)) continue;
    const stakes = isOutside ? undefined : lowStakes({ file, format: tokensIn(entry)[0]?.format ?? secretNameOf(entry.key) ?? "key", name: entry.key, text: entry.value, around: [remarkOn(repo.read(file) ?? "", entry)] });
    yield { file, range: entry.valueRange, messageId: stakes === undefined ? "value" : "lowStakes", data: { key: entry.key, length: String(entry.value.length), ...(stakes !== undefined && { stakes }) }, cause: copies.causeOf(entry.value, file, entry.valueRange.start.line) ?? copies.shared(`${entry.key} ${entry.value}`, repositoryCause(`${file} ${entry.key}`)), ...(stakes !== undefined && { severity: "warn" as const }) };
  }
}

function holdsToken({ key, value }: Pick<EnvEntry, "key" | "value">, file: string): boolean {
  return tokensIn({ key, value }).some(({ format, start, end }) => !(format === "url-credentials" && (isEnvExample(file) || ofTests.test(baseName(file))) && leadsHere(value.slice(start, end))) && !(format === "json-web-token" && isEnvExample(file)) && !(format === "private-key" && ofTests.test(baseName(file))));
}

/** A token by its form, or a value that its key's name promises. Examples show what a web token looks like, and how a database on the own machine is reached; settings of tests hold what was made up for them. */
function isRealSecret({ key, value: written }: EnvEntry, file: string, examples: boolean): boolean {
  // A quote that nothing closes belongs to no value.
  const value = written.replace(/^["'`]/, "");
  if (value.startsWith("encrypted:") || (isEnvExample(file) && isOnThisMachine(value))) return false;
  if (holdsToken({ key, value }, file)) return true;
  // An example shows what is to be put there: what a service has given out is real, what signs here was made for the example.
  if (isEnvExample(file) && (isHammered(value) || (!examples && (!isMachineMade(value) || signsHere(key))))) return false;
  if (isEnvExample(file) && (/^[a-z]{3,20}\d{0,6}$/i.test(value) || /^(?:pass(?:word)?|secret|admin)\d{0,4}!?$/i.test(value.replace(/[@4]/g, "a").replace(/[5$]/g, "s").replace(/0/g, "o")))) return false;
  if (ofTests.test(baseName(file))) return false;
  if (isEnvOfDevelopers(file) && signsHere(key) && !isMachineMade(value)) return false;
  const isStarted = !isEnvExample(file) && !isEnvOfDevelopers(file);
  // A sentence signs as well as a word.
  if (isStarted && secretNameOf(key) === "key" && signsHere(key) && /^[\x20-\x7e]{16,200}$/.test(value) && /^\S+(?: \S+){2,}$/.test(value) && !/[<>{}$]|change|replace|your|generate|openssl|random|secret|example/i.test(value)) return true;
  return judgeNamedSecret(key, value) !== undefined || isKeyOfSomeService(key, value) || (isStarted && judgeStartedWith(key, value) !== undefined);
}

function* ofKeyFile(repo: RepoView, file: string, copies: SecretCopies): Iterable<RuleFinding> {
  const name = baseName(file);
  if (repo.git?.isTracked(file) !== true || madeUp.test(file) || isForDevelopers(file)) return;
  if (keyStore.test(name)) return void (yield { file, range: firstLine, messageId: "keyStore" });
  if (keyText.test(name)) {
    const text = repo.read(file) ?? "";
    const [token] = findTokens(text).filter(({ format }) => /private-key/.test(format));
    if (token) yield { file, range: rangeOf(lineStarts(text), [token.start, token.end]), messageId: "privateKey", cause: copies.shared(text.slice(token.start, token.end), repositoryCause(file)) };
  }
  const word = signingText.test(name) && !/(?:^|[._-])pub(?:lic)?(?:[._-]|$)/i.test(name) ? (repo.read(file) ?? "").trim() : "";
  if (!word.includes("\n") && isSigningWord(word)) yield { file, range: firstLine, messageId: "keyText", data: { length: String(word.length) } };
  const account = /\.json$/i.test(name) ? serviceAccount(repo, file) : undefined;
  if (account !== undefined) yield { file, range: firstLine, messageId: "serviceAccount", data: { account } };
}

/** Whom a key file of Google's form lets its owner act as; undefined for other JSON and for one without a key. */
function serviceAccount(repo: RepoView, file: string): string | undefined {
  const text = repo.read(file) ?? "";
  if (text.length > 20_000 || !/"type":\s*"service_account"/.test(text) || findTokens(text).length === 0) return undefined;
  return /"client_email":\s*"([^"]{1,200})"/.exec(text)?.[1] ?? "the account";
}
