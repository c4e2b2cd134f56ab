import { baseName } from "../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../base/position.js";
import { findTokens } from "../catalogue/secrets/find-tokens.js";
import { secretInHeader } from "../catalogue/secrets/header-secrets.js";
import { judgeNamedSecret } from "../catalogue/secrets/named-secrets.js";
import { isEnvFile } from "./env-files.js";
import type { DataNode } from "../repo/readers/data.js";
import type { RepoView } from "../repo/repo-view.js";
import { roleOf } from "./roles.js";

/** A secret in a file that is no code. */
export interface FileSecret {
  readonly file: string;
  readonly range: Range;
  readonly format: string;
  readonly length: number;
  /** The key that told. */
  readonly name?: string;
}

/** TypeScript and JavaScript are read by the project check, other languages by other tools. */
const code = /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|rs|php|cs|c|h|cpp|swift|scala|ex|exs|dart|lua|pl)$/i;
/** Where a web token shows what one looks like. */
const documentation = /\.(?:mdx?|rst|adoc|txt)$|(?:^|\/)docs?\//i;
const passedOver = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lock|composer\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|poetry\.lock|uv\.lock)$|\.(?:map|svg|snap|csv|tsv|ipynb|lock|html?|css|scss|po|xlf|patch|diff|log)$|(?:^|\/)(?:locales?|i18n|lang|translations?|node_modules|vendor|dist|build|coverage)\//i;
/** Env files and key stores belong to no-committed-env. */
const othersFile = /\.(?:pem|key|p12|pfx|jks|keystore|ppk|asc|gpg)$|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/i;
const keyed = /\.(?:ini|cfg|conf|properties|toml|npmrc|netrc|sh|bash|zsh|tf|tfvars|http|rest)$|(?:^|\/)\.(?:npmrc|yarnrc|netrc|pypirc|envrc)$/i;
const assignment = /^[ \t]*(?:export[ \t]+|@|-[ \t]+)?["']?([\w.:/@-]{3,80})["']?[ \t]*[=:][ \t]*["']?([^\s"'#;]{6,400})["']?[ \t]*[,;]?[ \t]*(?:#.*)?$/gm;
/** Larger files are data. */
const mostBytes = 1_000_000;

/** The secrets of the repository's files that are neither code nor env files: by their form anywhere, by the name of their key where the file has keys. */
export function* secretsInFiles(repo: RepoView): Iterable<FileSecret> {
  for (const file of repo.files) {
    if (code.test(file) || passedOver.test(file) || othersFile.test(file) || isEnvFile(file) || isExempt(file)) continue;
    const text = repo.read(file);
    // Key files of service accounts belong to no-committed-env as well.
    if (text === undefined || text.length > mostBytes || (file.endsWith(".json") && /"type":\s*"service_account"/.test(text))) continue;
    const starts = lineStarts(text);
    const counted = findTokens(text).filter(({ format, start, end }) => format !== "json-web-token" || !(documentation.test(file) || isShortLived(text.slice(start, end))));
    const tokens = counted.map(({ format, start, end }): FileSecret => ({ file, range: rangeOf(starts, [start, end]), format, length: end - start }));
    yield* tokens;
    const taken = new Set(tokens.map(({ range }) => range.start.line));
    for (const secret of namedSecrets(repo, file, text)) if (!taken.has(secret.range.start.line)) yield secret;
  }
}

/** A web token that lived for a day at most: what is left of it is no secret. */
function isShortLived(token: string): boolean {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("latin1");
  const [, issued] = /"iat":\s*(\d{9,11})/.exec(payload) ?? [];
  const [, expires] = /"exp":\s*(\d{9,11})/.exec(payload) ?? [];
  return issued !== undefined && expires !== undefined && Number(expires) - Number(issued) <= 86_400;
}

/** Documentation shows what secrets look like, and CI makes up its own for its databases: there only the form counts. */
function isExempt(file: string): boolean {
  const role = roleOf(file);
  return role === "test" || role === "fixture" || role === "generated";
}

function namedSecrets(repo: RepoView, file: string, text: string): readonly FileSecret[] {
  if (/(?:openapi|swagger|schema)[\w.-]*\.(?:json|ya?ml)$/i.test(file)) return [];
  // CI makes up the passwords of its databases; a long random key is nobody's invention.
  if (/(?:^|\/)(?:\.github|\.circleci|\.gitlab)\/|\.gitlab-ci/i.test(file)) return (repo.readers.data(file)?.documents ?? []).flatMap((document) => [...inData(file, document, false)]).filter(({ format, length, name }) => format === "key" && length >= 32 && !/test|dummy|fake|mock|local/i.test(name ?? ""));
  if (/\.(?:json|jsonc|json5|ya?ml)$/i.test(file)) return (repo.readers.data(file)?.documents ?? []).flatMap((document) => [...inData(file, document, /Secret/.test(kindOf(document)))]);
  if (keyed.test(file)) return inLines(file, text);
  return /(?:^|\/|\.)(?:Dockerfile|Containerfile)/i.test(baseName(file)) ? inDockerfile(repo, file) : [];
}

/** The `kind` of a Kubernetes object. */
function kindOf(document: DataNode): string {
  const kind = document.entries.find(({ key }) => key === "kind")?.value.value;
  return typeof kind === "string" ? kind : "";
}

function* inData(file: string, node: DataNode, encoded: boolean, name = ""): Iterable<FileSecret> {
  if (/^(?:examples?|sample|encrypted\w*|sops)$/i.test(name)) return;
  if (node.kind === "string" && typeof node.value === "string") {
    const secret = judge(name, encoded && /^[A-Za-z0-9+/=]+$/.test(node.value) ? decoded(node.value) : node.value);
    if (secret) yield { file, range: node.range, format: secret, length: node.value.length, name };
  }
  // `environment: ["DB_PASSWORD=…"]` of a compose file.
  for (const item of node.items) {
    const [, key, value] = /^([A-Z][A-Z0-9_]+)=(\S+)$/.exec(String(item.value ?? "")) ?? [];
    const secret = key !== undefined && value !== undefined ? judge(key, value) : undefined;
    if (secret && key !== undefined) yield { file, range: item.range, format: secret, length: String(value).length, name: key };
    else yield* inData(file, item, encoded, name);
  }
  // `{ name: JWT_SECRET, value: … }` of Kubernetes and Helm.
  const pair = (key: string): DataNode | undefined => node.entries.find((entry) => entry.key === key)?.value;
  const named = pair("name")?.value;
  const value = pair("value");
  const paired = typeof named === "string" && typeof value?.value === "string" ? judge(named, value.value) : undefined;
  if (paired && value && typeof named === "string") yield { file, range: value.range, format: paired, length: String(value.value).length, name: named };
  for (const entry of node.entries) yield* inData(file, entry.value, encoded && (name === "" || entry.value.kind === "string"), entry.key);
}

function judge(name: string, value: string): string | undefined {
  return judgeNamedSecret(name, value) ?? secretInHeader(name, value);
}

function decoded(value: string): string {
  const text = Buffer.from(value, "base64").toString("latin1");
  return /^[\x20-\x7e]+$/.test(text) ? text : value;
}

function inLines(file: string, text: string): readonly FileSecret[] {
  const starts = lineStarts(text);
  return [...text.matchAll(assignment)].flatMap((match): readonly FileSecret[] => {
    const [whole, key = "", value = ""] = match;
    const name = key.split(/[:/]/).at(-1) ?? key;
    const format = judge(name, value);
    const start = match.index + whole.lastIndexOf(value);
    return format ? [{ file, range: rangeOf(starts, [start, start + value.length]), format, length: value.length, name }] : [];
  });
}

function inDockerfile(repo: RepoView, file: string): readonly FileSecret[] {
  const dockerfile = repo.readers.dockerfiles().find((candidate) => candidate.file === file);
  const instructions = dockerfile ? [...dockerfile.globalArguments, ...dockerfile.stages.flatMap((stage) => stage.instructions)] : [];
  return instructions.flatMap((instruction): readonly FileSecret[] => {
    if (instruction.name !== "ENV" && instruction.name !== "ARG") return [];
    return [...instruction.text.matchAll(/([A-Z][A-Z0-9_]{2,80})(?:=|[ \t]+)["']?([^\s"']{6,400})/gi)].flatMap(([, name = "", value = ""]) => {
      const format = judge(name, value);
      return format ? [{ file, range: instruction.range, format, length: value.length, name }] : [];
    });
  });
}
