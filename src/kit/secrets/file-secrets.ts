import { repositoryCause } from "../../base/causes.js";
import { baseName } from "../../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../../base/position.js";
import { entropyOf } from "../../catalogue/secrets/entropy.js";
import { findTokens, leadsHere } from "../../catalogue/secrets/find-tokens.js";
import { judgeStartedWith, signsHere } from "../../catalogue/secrets/named-secrets.js";
import { isMachineMade } from "../../catalogue/secrets/secret-values.js";
import { isOfOwnSqlServer, isThisMachine } from "../../catalogue/secrets/own-store.js";
import { composed, secretsInData } from "./data-secrets.js";
import { isEnvFile } from "../settings/env-files.js";
import { judgeValue, type LineStyle, secretsInLines } from "./line-secrets.js";
import type { RepoView } from "../../repo/repo-view.js";
import { holdsRequests, isInBody } from "../project/request-files.js";
import { isForDevelopers, roleOf } from "../roles.js";
import { SecretCopies } from "./secret-copies.js";

/** A secret in a file that is no code. */
export interface FileSecret {
  readonly file: string;
  readonly range: Range;
  readonly format: string;
  readonly length: number;
  /** The key that told. */
  readonly name?: string;
  /** The host that stands beside it is the own machine. */
  readonly opensHere?: boolean;
  /** What its copies share, in this file and in others. */
  readonly cause?: string;
}

/** One that is told, with what stands there. */
export interface ToldSecret extends FileSecret {
  readonly text: string;
}

/** TypeScript and JavaScript are read by the project check, other languages by other tools. */
const code = /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|rs|php|cs|c|h|cpp|swift|scala|ex|exs|dart|lua|pl)$/i;
/** Where a web token shows what one looks like. */
const documentation = /\.(?:mdx?|rst|adoc|txt)$|(?:^|\/)docs?\//i;
/** What no secret is looked for in: lockfiles, what scanners are told to let pass, what tools make or translators write, styles and pages, folders of others. */
const passedOverNames = [
  "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "pnpm-lock.yml", "bun.lock", "composer.lock", "Cargo.lock", "go.sum",
  "Gemfile.lock", "poetry.lock", "uv.lock", ".gitleaks.toml", "gitleaks.toml", ".gitleaksignore", ".secrets.baseline", ".talismanrc",
  ".gitguardian.yaml", ".gitguardian.yml",
];
const passedOverExtensions = ["map", "svg", "snap", "csv", "tsv", "ipynb", "lock", "html", "htm", "css", "scss", "po", "xlf", "patch", "diff"];
const passedOverFolders = ["locale", "locales", "i18n", "i18n-lang", "l10n", "lang", "langs", "translation", "translations", "trans", "node_modules", "vendor", "dist", "build", "coverage", "_cacache", ".npm-cache", ".pnpm-store"];
const anyOf = (names: readonly string[]): string => names.map((name) => name.replaceAll(".", "\\.")).join("|");
const passedOver = new RegExp(`(?:^|/)(?:${anyOf(passedOverNames)})$|\\.(?:${anyOf(passedOverExtensions)})$|(?:^|/)[\\w.-]{0,40}(?:gitleaks|detect-?secrets|trufflehog|secretlint|talisman)[\\w.-]{0,40}(?:baseline|ignore|allow-?list|fingerprints?)[\\w.-]{0,20}$|(?:^|/)(?:${anyOf(passedOverFolders)}|\\.(?:next|nuxt|output|svelte-kit)(?:[._-][\\w.-]{1,60})?)/|[./_-][a-z]{2}[-_][a-z]{2}\\.(?:json|ya?ml)$`, "i");
/** The same as globs. */
export const unaskedGlobs: readonly string[] = [...passedOverNames.map((name) => `**/${name}`), ...passedOverExtensions.map((extension) => `**/*.${extension}`), ...passedOverFolders.map((folder) => `**/${folder}/**`)];
/** Env files and key stores belong to no-committed-env. */
const othersFile = /\.(?:pem|key|p12|pfx|jks|keystore|ppk|asc|gpg)$|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/i;
const keyed = /\.(?:ini|cfg|conf|properties|toml|npmrc|netrc|sh|bash|zsh|mk|tf|tfvars|http|rest|bru)$|(?:^|\/)(?:\.(?:npmrc|yarnrc|netrc|pgpass|pypirc|envrc)|Makefile|Procfile|justfile)$/i;
const data = /\.(?:json|jsonc|json5|ya?ml)$/i;
/** The description of an API, whose texts and examples show keys. */
const describesApi = /^[{\s]*["']?(?:openapi|swagger)["']?[ \t]*:/im;
/** In larger files names are not asked: they are data. */
const mostNamed = 1_000_000;
/** Larger files still are not read at all. */
const mostRead = 8_000_000;

/** The secrets of the repository's files that are neither code nor env files: by their form anywhere, by the name of their key where the file has keys. `developers`: also what signs or opens a store on developers' machines alone; `copies`: those that code holds. */
export function* secretsInFiles(repo: RepoView, developers: boolean, copies = new SecretCopies()): Iterable<ToldSecret> {
  for (const file of repo.files) {
    if (code.test(file) || passedOver.test(file) || othersFile.test(file) || isEnvFile(file) || isExempt(file)) continue;
    const text = repo.read(file);
    // Key files of service accounts belong to no-committed-env as well.
    if (text === undefined || tooLarge(repo, file, text) || (file.endsWith(".json") && /"type":\s*"service_account"/.test(text))) continue;
    const starts = lineStarts(text);
    const found = findTokens(text);
    const isDescription = data.test(file) && describesApi.test(text.slice(0, 2_000));
    // A list of addresses of others is as long.
    const isCatalogue = text.length > mostNamed && data.test(file);
    const requests = holdsRequests(file, text);
    const counted = found.filter(({ format, start, end }) => {
      // What stands for a service on the machines of developers has a key of its own.
      if (format === "private-key" && (/localstack|emulat/i.test(file) || isForDevelopers(file))) return false;
      if (format === "json-web-token" && (/(?:^|\/)(?:wiremock|mock-?server|mockoon)\//i.test(file) || (!developers && isForDevelopers(file)))) return false;
      // Who once called an interface had a session; what a service gave out is written into logs as well.
      if (format === "json-web-token" && file.endsWith(".log")) return false;
      // The key of an application for phones is in each of them, and what a site is built with is in its pages.
      if (format === "google-api-key" && /(?:^|\/)(?:google-services[\w.-]{0,30}\.json|GoogleService-Info[\w.-]{0,30}\.plist|app\.json|netlify\.toml|AndroidManifest\.xml)$|(?:^|\/)(?:public|static|www|wwwroot)\//.test(file)) return false;
      // A statement that is commented out, with a word for a password, shows what may be added.
      if (format === "statement-password" && /(?:^|\n)[ \t]*--[^\n]*$/.test(text.slice(Math.max(0, start - 300), start)) && isMadeUpThere(format, text.slice(start, end))) return false;
      // What a developer starts, and opens alone.
      if (!developers && format === "command-password" && (isForDevelopers(file) || (composed.test(file) && isOfOwnCommand(file, text.slice(start, end))))) return false;
      if (!developers && /^(?:password-in-query|sql-server-password)$/.test(format) && isOfOwnSqlServer(text.slice(start, end)) && leadsToOwnServer(text, start)) return false;
      // What the application itself has once given out, and whom somebody has logged in as.
      if (requests && ((format === "json-web-token" && isInBody(text, start)) || (format === "password-in-query" && !developers))) return false;
      // What CI starts for itself is gone a minute later.
      if (format === "url-credentials" && isContinuousIntegration(file) && leadsHere(text.slice(start, end))) return false;
      if (/^(?:url-credentials|\w+-password)$/.test(format) && isSaidToBeLike(text, start) && isMadeUpThere(format, text.slice(start, end))) return false;
      if (isShown(file, text, start) || (isCatalogue && format === "url-credentials") || (isDescription && format === "private-key")) return false;
      return !documentation.test(file) || (format === "json-web-token" ? requests : !isMadeUpThere(format, text.slice(start, end)));
    });
    for (const { format, start, end } of counted) {
      if (copies.isToldElsewhere(text.slice(start, end))) continue;
      // Whoever logs in to try an application out keeps a token for each request.
      const own = requests && format === "json-web-token" ? copies.shared("web tokens of requests", repositoryCause(`${file}@${start}`)) : undefined;
      yield { file, range: rangeOf(starts, [start, end]), format, length: end - start, text: text.slice(start, end), ...withCause(own ?? copies.causeOf(text.slice(start, end), file, start)) };
    }
    if (text.length > mostNamed || isDescription) continue;
    // A web token that does not count by its form does not count by its name either.
    const taken = new Set(found.map(({ start, end }) => rangeOf(starts, [start, end]).start.line));
    const told = new Set<string>();
    const named = namedSecrets(repo, file, text, developers).filter((secret) => developers || !((requests || makesUpAccounts.test(file)) && secret.format === "password"));
    for (const secret of named) {
      const start = starts[secret.range.start.line - 1] ?? 0;
      const value = text.slice(start + secret.range.start.column - 1, start + secret.range.end.column - 1);
      if (!developers && data.test(file) && asksToBeChanged(text, start)) continue;
      // What is told by its form where it opens something is named elsewhere as well.
      const bare = standInOf(givenIn(value, secret.name));
      if (bare.length > 7 && counted.some(({ start: from, end }) => text.slice(from, end).includes(bare))) continue;
      // The same value for several services of one file is changed once.
      if (copies.isToldElsewhere(bare)) continue;
      const isTold = told.has(`${secret.name ?? ""} ${value}`) || (bare.length > 7 && told.has(bare));
      if (!taken.has(secret.range.start.line) && !isTold) yield { ...secret, text: bare, ...withCause(copies.causeOf(givenIn(value, secret.name), file, start) ?? copies.shared(`${secret.name ?? ""} ${value}`, repositoryCause(`${file}@${start}`))) };
      told.add(`${secret.name ?? ""} ${value}`).add(bare);
    }
  }
}

function withCause(cause: string | undefined): Pick<FileSecret, "cause"> {
  return cause === undefined ? {} : { cause };
}

/** What stands in for a variable that is not set: `${KEY:-value}`. */
function standInOf(text: string): string {
  return /^["']?\$\{[A-Z]\w{1,80}:?-([^${}]{6,400})\}/.exec(text)?.[1] ?? text;
}

/** The value alone of `KEY=value` in a list. */
function givenIn(text: string, name = ""): string {
  const bare = text.replace(/^["']/, "");
  return name !== "" && bare.startsWith(`${name}=`) ? bare.slice(name.length + 1) : text;
}

/** Data that an application is first filled with, and scripts that try it out. */
const makesUpAccounts = /^\.(?:agents?|claude|cursor|codex|gemini|opencode)\/|(?:^|\/)(?:smoke|verify|try|test|demo)[-_][^/]{1,80}\.sh$|(?:^|\/)(?:[a-z]{1,20}[-_])?(?:dev|local)\.sh$|(?:^|[-_./])(?:pre-?populated|seeds?|(?:sample|demo|dummy|mock|fake|tests?)[-_]?(?:data|users?|accounts?))[-_./]/i;

/** A password in a command of a compose file for nobody's production that is words with a mark or a number between or behind them. */
function isOfOwnCommand(file: string, password: string): boolean {
  // OpenSearch takes no password without a capital and a mark.
  return !/[-_.](?:prod\w*|live|staging)\b/i.test(baseName(file)) && password.length <= 40 && (isOfOwnSqlServer(password.replaceAll("_", ".")) || /^(?:[a-z]{1,20}|[a-z]{1,16}(?:[-_@][a-z]{1,16}){1,5})[@_-]?\d{0,6}$/i.test(password));
}

/** Whether the address that a password of SQL Server stands in, or what is set in front of it, leads to this machine or to a container. */
function leadsToOwnServer(text: string, start: number): boolean {
  const before = text.slice(Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 300), start);
  const host = /.*(?::\/\/|(?:server|data source)\s?=\s?(?:tcp:)?)(?:[^@\s/]{1,60}@)?([\w.-]{1,120})/i.exec(before)?.[1];
  return host !== undefined && (isThisMachine(host) || !host.includes("."));
}

/** What whoever installs a program is told of a value: `# change this`, on its line or alone on the one above. */
const isToBeChanged = /#.{0,60}\b(?:chang(?:e|ed|ing)|replaced?|overrid(?:e|es|den)|generate (?:your|a|new)|use your own|set (?:this|it|your)|ganti)\b/i;

function asksToBeChanged(text: string, start: number): boolean {
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end === -1 ? undefined : end).slice(0, 400);
  const above = text.slice(Math.max(text.lastIndexOf("\n", start - 2) + 1, start - 200), Math.max(0, start - 1));
  return isToBeChanged.test(line) || (/^\s*#/.test(above) && isToBeChanged.test(above));
}

function tooLarge(repo: RepoView, file: string, text: string): boolean {
  if (text.length > mostRead) repo.readers.note(file, `longer than ${mostRead / 1e6} million characters`);
  return text.length > mostRead;
}

/** `example: sk_…`: what the description of an API shows; `"testmysql": "DB=mysql://… mocha"`: what a script of tests makes up. */
function isShown(file: string, text: string, start: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  if (baseName(file) === "package.json" && /^\s*"(?:pre|post)?test[\w:-]*"\s*:/.test(line)) return true;
  return /^[\s-]*["']?(?:x-)?(?:examples?|sample)["']?\s*:\s*["']?[\w.]*$/.test(line);
}

/** `# Something like mongodb://sally:…@…`: a comment that says what is to be put there. */
function isSaidToBeLike(text: string, start: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  return /^\s*(?:#|\/\/|;|--)/.test(line) && /\b(?:something like|e\.g|such as|example|looks? like|format|syntax)\b/i.test(line);
}

/** Words that the passwords of documentation are made of, in the languages that it is written in. */
const passwordWord = /pass|pwd|secret|senha|contrase|clave|palavra|geheim|motdepasse|parol|user|name|my|your|abc|1234|token|key|admin|root|test|demo|foo|bar/i;

/** Whether a password of documentation, by itself or in an address, is made of words: what somebody has chosen or a machine has made is none. */
function isMadeUpThere(format: string, found: string): boolean {
  // What a server on the writer's machine once gave out.
  if (format === "authorization-header" || format === "key-header") return true;
  // What Stripe's command line gives a developer's machine to listen with.
  if (format === "stripe-webhook") return /^whsec_[0-9a-f]{64}$/.test(found);
  if (!/^(?:url-credentials|command-password|password-in-query|sql-server-password|statement-password)$/.test(format)) return false;
  const password = format !== "url-credentials" ? found : (/:([^:@]*)@/.exec(found)?.[1] ?? "");
  return passwordWord.test(password) || /^[a-z_-]{1,40}\d{0,4}[!@#]?$/i.test(password);
}

/** Documentation shows what secrets look like, and CI makes up its own for its databases: there only the form counts. */
function isExempt(file: string): boolean {
  const role = roleOf(file);
  // `docker-compose.test-custom.yml`, `config/test.json`
  if (data.test(file) && /(?:^|[-_.])(?:tests?|testing|e2e)[-_.]/i.test(baseName(file))) return true;
  return role === "test" || role === "fixture" || role === "generated";
}

function namedSecrets(repo: RepoView, file: string, text: string, developers: boolean): readonly FileSecret[] {
  // What a container of a developer's machine holds, or an example shows, is made up; the token of Nx only reads a cache.
  if (isSchema(file) || baseName(file) === "nx.json" || (!developers && isForDevelopers(file)) || /(?:^|\/)(?:\.devcontainer|(?:[\w.]+-)?(?:examples?|samples?))\//i.test(file)) return [];
  if (data.test(file)) {
    const parsed = repo.readers.data(file);
    const found = (parsed?.documents ?? []).flatMap((document) => secretsInData(file, document, developers));
    // What the parser could not make sense of is read line by line.
    const lines = parsed === undefined || parsed.problems.length > 0 ? inLines(file, text, "data") : [];
    const taken = new Set(found.map(({ range }) => range.start.line));
    const all = [...found, ...lines.filter(({ range }) => !taken.has(range.start.line))];
    // CI makes up the passwords of its databases; a long random key is nobody's invention.
    return isContinuousIntegration(file) ? all.filter((secret) => isNobodysInvention(repo, secret)) : all;
  }
  // Everybody who does what it says has the same key.
  if (/\.(?:mdx?|rst|adoc)$/i.test(file)) return inLines(file, text, "document").filter(({ range }) => isCopiedFrom(text.split("\n"), range));
  if (keyed.test(file)) return inLines(file, text, styleOf(file) ?? "settings");
  // Notes keep what was once typed into a shell.
  if (/\.txt$/i.test(file) && !/(?:licen[cs]e|robots|requirements|ads|security|humans)[\w-]*\.txt$/i.test(file)) return inLines(file, text, "shell");
  return /(?:^|\/|\.)(?:Dockerfile|Containerfile)/i.test(baseName(file)) ? inDockerfile(repo, file) : [];
}

/** What documentation says above a value that it makes up, or tells how to make. */
const ofExample = /example|e\.g\.|\bsample|such as|looks? like|openssl|random|generate|exempl[eo]|ejemplo|beispiel/i;

/** Whether a value of documentation is one that a machine has made, and nothing in the lines above says that it only shows what one looks like. */
function isCopiedFrom(lines: readonly string[], { start, end }: Range): boolean {
  const value = (lines[start.line - 1] ?? "").slice(start.column - 1, end.column - 1);
  // Of letters and digits that a machine draws one in six is a digit: who types them takes turns.
  const isTyped = !/^[0-9a-f]+$/i.test(value) && value.replace(/\D/g, "").length * 10 > value.length * 3;
  return isMachineMade(value) && !isTyped && !ofExample.test(lines.slice(Math.max(0, start.line - 8), start.line).join("\n"));
}

/** Accounts with services that CI does not start itself. */
const othersAccount = /docker(?!.*(?:db|database))|registry|ghcr|npm|heroku|deploy|ssh|ftp|sonar|vpn/i;

/** A long key, or a text in both cases with digits and no words. */
function isNobodysInvention(repo: RepoView, { file, range, format, length, name }: FileSecret): boolean {
  if (/test|dummy|fake|mock|local/i.test(name ?? "")) return false;
  // With these the application that CI starts signs for CI alone.
  if (signsHere(name ?? "") || /^(?:\w+_)?(?:rsa|oidc|openid|jwt)_private_key$|^private_key$/i.test(name ?? "")) return false;
  // Nobody makes up the password of a registry.
  if (format === "password" && length >= 8 && othersAccount.test(name ?? "")) return true;
  if (length < 20) return false;
  const line = repo.read(file)?.split("\n")[range.start.line - 1] ?? "";
  const value = line.slice(range.start.column - 1, range.end.column - 1).replace(/^["']|["']$/g, "");
  // A UUID is quickly made up.
  if (format === "key" && length >= 32) return !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
  return /^[A-Za-z0-9]+$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && entropyOf(value) >= 3.8;
}

/** How a file gives its values names; undefined if it has none that are asked. */
export function styleOf(file: string): LineStyle | undefined {
  if (/netrc$/i.test(file)) return "netrc";
  if (/pgpass$/i.test(file)) return "pgpass";
  if (/\.[cm]?[jt]sx?$/i.test(file)) return "code";
  if (data.test(file)) return isSchema(file) || isContinuousIntegration(file) ? undefined : "data";
  if (/\.(?:tf|tfvars)$/i.test(file)) return "terraform";
  if (/\.(?:sh|bash|zsh|mk)$|(?:^|\/)(?:Makefile|Procfile|justfile|\.envrc)$|(?:^|\/|\.)(?:Dockerfile|Containerfile)[^/]*$/i.test(file)) return "shell";
  return keyed.test(file) ? "settings" : undefined;
}

/** Whether a file shows what secrets look like. */
export function isDocumentation(file: string): boolean {
  return documentation.test(file);
}

/** Whether nobody asks what a file holds: tests, fixtures, seeds, generated code, lockfiles, translations. */
export function isUnasked(file: string): boolean {
  return passedOver.test(file) || isExempt(file) || roleOf(file) === "migration" || /seed/i.test(baseName(file));
}

function isSchema(file: string): boolean {
  return /(?:openapi|swagger|schema)[\w.-]*\.(?:json|ya?ml)$/i.test(file);
}

function isContinuousIntegration(file: string): boolean {
  return /(?:^|\/)(?:\.github|\.circleci|\.gitlab)\/|\.gitlab-ci|(?:^|\/)(?:\.?(?:travis|appveyor|drone)|azure-pipelines|bitbucket-pipelines)[\w.-]{0,40}\.ya?ml$/i.test(file);
}

function inLines(file: string, text: string, style: LineStyle): readonly FileSecret[] {
  const starts = lineStarts(text);
  // The bodies of written requests hold made-up persons, and tokens that somebody got by trying to log in; keys and headers in them are real.
  const isRequest = /\.(?:http|rest)$/i.test(file);
  // What the application on a developer's machine has given out opens nothing elsewhere.
  if (isRequest && isSentHere(text)) return [];
  const isMadeUpIn = ({ format, name }: { readonly format: string; readonly name: string }): boolean => isRequest && (format === "password" || /^(?:refresh|access|rf|jwt|id)?_?token$/i.test(name));
  return secretsInLines(text, style, /(?:^|\/)(?:wrangler|fly|netlify)[\w.-]{0,40}\.toml$/.test(file)).filter((found) => !isMadeUpIn(found)).map(({ start, end, format, name }) => ({ file, range: rangeOf(starts, [start, end]), format, length: end - start, name }));
}

/** Whether all requests of a file go to this machine. */
function isSentHere(text: string): boolean {
  const hosts = [...text.matchAll(/https?:\/\/(\{\{\w{1,40}\}\}|[\w.-]{1,200})/g)].map(([, host = ""]) => host);
  return hosts.length > 0 && hosts.every(isThisMachine);
}

function inDockerfile(repo: RepoView, file: string): readonly FileSecret[] {
  const dockerfile = repo.readers.dockerfiles().find((candidate) => candidate.file === file);
  const text = repo.read(file) ?? "";
  const lines = lineStarts(text);
  const instructions = dockerfile ? [...dockerfile.globalArguments, ...dockerfile.stages.flatMap((stage) => stage.instructions)] : [];
  // What the last stage sets is what the program is started with.
  const last = /(?:^|[._-])(?:dev|development|local|tests?|ci|e2e)(?:[._-]|$)/i.test(baseName(file)) ? undefined : dockerfile?.stages.at(-1);
  return instructions.flatMap((instruction): readonly FileSecret[] => {
    if (instruction.name !== "ENV" && instruction.name !== "ARG") return [];
    const starts = instruction.name === "ENV" && last?.instructions.includes(instruction) === true;
    return [...instruction.text.matchAll(/([A-Z][A-Z0-9_]{2,80})(?:=|[ \t]+)["']?(?:\$\{[A-Z]\w{1,80}:-)?([^\s"'{}]{6,400})/gi)].flatMap(([, name = "", value = ""]) => {
      const format = judgeValue(name, value) ?? (starts ? judgeStartedWith(name, value) : undefined);
      if (!format) return [];
      const at = text.indexOf(value, lines[instruction.range.start.line - 1]);
      return [{ file, range: at === -1 ? instruction.range : rangeOf(lines, [at, at + value.length]), format, length: value.length, name }];
    });
  });
}
