import { baseName } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { DataNode } from "../../repo/readers/data.js";
import type { FileSecret } from "./file-secrets.js";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { judgeGuarding, judgeStartedWith, signsHere } from "../../catalogue/secrets/named-secrets.js";
import { isOfOwnSqlServer, isOfOwnStore, isOfStoreAt, isOwnMachine } from "../../catalogue/secrets/own-store.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { judgeValue, secretsInLines } from "./line-secrets.js";

/** Files that start programs with the settings they hold. */
const startsPrograms = /(?:^|\/)(?:(?:docker-)?compose(?:\.(?:prod|production|deploy|live|staging|override))?\.ya?ml|serverless\.ya?ml|nodemon\.json|ecosystem[\w.]*\.json|app\.ya?ml|vercel\.json|now\.json|wrangler[\w.-]{0,40}\.jsonc?|config\/(?:default|production|staging)\.(?:json5?|ya?ml)|(?:charts?|helm)\/(?:[\w.-]{1,60}\/){0,3}values[\w.-]{0,30}\.ya?ml)$/i;

/** What is started to fill an application with data or to try it out. */
const ofTrials = /(?:^|\/)(?:seed|demo|sample|smoke|bench(?:mark)?|e2e)(?:[-_][\w-]{1,30})?\//i;

/** A file for what others than developers reach, by its name. */
const ofProduction = /[-_.](?:prod\w*|live|staging)\b/i;

/** A file of Docker Compose. */
export const composed = /(?:^|\/)(?:docker-)?compose[\w.-]{0,60}\.ya?ml$/i;

/** The secrets of a JSON or YAML document that the names of their keys tell; `developers`: also passwords and signing keys of what runs on developers' machines alone. */
export function secretsInData(file: string, document: DataNode, developers: boolean): readonly FileSecret[] {
  const kind = entry(document, "kind")?.value;
  if (kind === "SealedSecret" || entry(document, "sops")) return [];
  const isLocal = isForDevelopers(document);
  const found = [...inNode({ file, starts: startsPrograms.test(file) && !isLocal && !ofTrials.test(file) }, document, typeof kind === "string" && /Secret/.test(kind))];
  return isLocal && !developers && composed.test(file) ? found.filter(({ format, name }) => format !== "password" && !signsHere(name ?? "")) : found;
}

/** The file that is read. */
interface Reading {
  readonly file: string;
  /** It starts programs for somebody else than the developers who change them. */
  readonly starts: boolean;
}

/** Images of what stands for a service of others where somebody develops: a mail server that keeps all mail, clouds that are none. */
const standsForService = /(?:^|\/)(?:mailhog|maildev|mailpit|mailcatcher|mailtrap|smtp4dev|inbucket|localstack|azurite|fake-gcs-server|wiremock|mockserver|dynamodb-local|stripe-mock|cloud-sdk|fauxpilot|\w+-(?:emulator|simulator|mock))(?:[:@-]|$)/i;

/** Whether what a document starts runs on the machine of who changes it: from the sources (`NODE_ENV=development`, `volumes: [".:/app"]`), or beside what stands for a service of others. */
function isForDevelopers(node: DataNode): boolean {
  if (typeof node.value === "string") return /^NODE_ENV=["']?(?:dev(?:elopment)?|local)\b|^\.\/?(?:src\/?)?:\//.test(node.value);
  const isFor = ({ key, value }: { readonly key: string; readonly value: DataNode }): boolean => {
    if (key === "NODE_ENV") return /^(?:dev(?:elopment)?|local)$/.test(String(value.value));
    return (key === "image" && standsForService.test(String(value.value))) || isForDevelopers(value);
  };
  return node.items.some(isForDevelopers) || node.entries.some(isFor);
}

function entry(node: DataNode, key: string): DataNode | undefined {
  return node.entries.find((one) => one.key === key)?.value;
}

/** Which versions of other packages a package takes, by their names: `"@acme/access-token": "workspace:^1.2.0"`. */
const takesPackages = /^(?:(?:dev|peer|optional|bundled?)?dependencies(?:meta)?|resolutions|overrides|catalogs?|imports)$/i;

/** `encoded`: the object is a Secret of Kubernetes, whose values are in base64. */
function* inNode(reading: Reading, node: DataNode, encoded: boolean, name = "", beside: readonly string[] = [], around: readonly string[] = []): Iterable<FileSecret> {
  const { file } = reading;
  // Examples show, and what is encrypted is no secret any more.
  if (/^(?:examples?|sample|encrypted\w*)$/i.test(name)) return;
  if (/(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|deno\.jsonc?|jsr\.json|bower\.json)$/.test(file) && takesPackages.test(name)) return;
  // The body of a request that somebody has tried holds made-up persons.
  if ((name === "raw" || name === "body") && typeof node.value === "string" && /postman|insomnia/i.test(file)) return;
  // `"test:e2e": "API_KEY=… jest"` makes up what it sets.
  if (baseName(file) === "package.json" && /^(?:pre|post)?test/.test(name)) return;
  // `"db": "docker run --rm -e POSTGRES_PASSWORD=… postgres"` is the database of a developer's machine.
  if (baseName(file) === "package.json" && typeof node.value === "string" && /\bdocker\b[^&|;]{0,40}\brun\b/.test(node.value)) return;
  if (typeof node.value === "string") {
    const text = encoded && /^[A-Za-z0-9+/=]+$/.test(node.value) ? decoded(node.value) : node.value;
    // What is known by its form is found in the file itself, unless it is encoded.
    const [token] = text === node.value ? [] : findTokens(text);
    if (token) yield { file, range: node.range, format: token.format, length: token.end - token.start };
    else yield* inText(reading, node.range, text, name, beside, around);
  }
  yield* inItems(reading, node, encoded, name, around);
  // `{ name: JWT_SECRET, value: … }` of Kubernetes and Helm, `{ "key": "token", "value": … }` of Postman.
  const named = (entry(node, "name") ?? entry(node, "key"))?.value;
  const value = entry(node, "value");
  // The token in the query of a request that somebody has tried out was made for once.
  const isOfPerson = /postman|insomnia/i.test(file) && typeof named === "string" && secretNameOf(named) === "password" && typeof value?.value === "string" && isOfOwnStore(value.value);
  const isTried = /^(?:query|urlencoded|formdata)$/.test(name) && typeof named === "string" && secretNameOf(named) === "token";
  if (typeof named === "string" && typeof value?.value === "string" && !isTried && !isOfPerson) yield* inText(reading, value.range, value.value, named);
  const keys = node.entries.map(({ key }) => key);
  // `{ "test": { "host": "localhost", "password": "harvest" } }`: a word that opens a store of the own machine.
  const host = node.entries.find(({ key }) => /^(?:db_?)?host(?:name)?$/i.test(key))?.value.value;
  const isLocal = typeof host === "string" && isOwnMachine(host);
  for (const { key, value: inner } of node.entries) {
    const isText = typeof inner.value === "string";
    if (isLocal && isText && (isOfOwnStore(inner.value) || isOfStoreAt(host, inner.value))) continue;
    for (const secret of inNode(reading, inner, encoded && (name === "" || inner.kind === "string"), key, keys, name === "" ? around : [...around, name])) yield isLocal && isText ? { ...secret, opensHere: true } : secret;
  }
}

/** What stands in a list; of accounts with passwords the first stands for all. */
function* inItems(reading: Reading, { items }: DataNode, encoded: boolean, name: string, around: readonly string[]): Iterable<FileSecret> {
  let told = false;
  for (const item of items) {
    const isAccount = items.length > 1 && item.entries.some(({ key }) => /^(?:e?mail|user_?name|login|phone\w*|(?:first|last|full)_?name|name|role)$/i.test(key));
    for (const secret of inNode(reading, item, encoded, name, [], around)) {
      if (isAccount && told && secret.format === "password") continue;
      told ||= secret.format === "password";
      yield secret;
    }
  }
}

/** Keys of texts for readers, which show what is to be typed. */
const isProse = /^(?:overview|description|summary|readme|details|notes?|changelog|explanation|markdown|html)$/i;

/** Where what runs on Kubernetes is described. */
const ofCharts = /(?:^|\/)(?:charts?|helm|k8s|kubernetes|kustomize)\/|(?:^|\/)values[\w.-]{0,40}\.ya?ml$/;

/** A value that its name calls a secret, or a command that sets one: `DB_PASSWORD=… node .`. */
function* inText(reading: Reading, range: Range, text: string, name: string, beside: readonly string[] = [], around: readonly string[] = []): Iterable<FileSecret> {
  const { file, starts } = reading;
  // `${SECRET_KEY:-…}`: what a program starts with where nobody has set anything.
  const [, standIn] = composed.test(file) ? (/^\$\{[A-Z]\w{1,80}:?-([^${}]{6,400})\}$/.exec(text) ?? []) : [];
  if (standIn !== undefined) return void (yield* inText(reading, range, standIn, name, beside));
  // The database of a developer's machine: `POSTGRES_PASSWORD: password123`.
  if (/(?:^|_)(?:postgres(?:ql)?|pg|mysql|mariadb|mongo\w*|redis|pgadmin\w*|minio|rabbitmq|gf|grafana|kc|keycloak|elastic|opensearch|kibana|neo4j|influxdb|clickhouse)(?:_\w+?)?_(?:admin_?|root_?)?(?:password|pass|secret_key)$/i.test(name) && !ofProduction.test(baseName(file)) && /^[a-z]{1,20}(?:[@_-][a-z]{1,20}){0,2}[@_-]?\d{1,6}$/i.test(text)) return;
  // SQL Server takes no password without a capital, a digit or a mark: `Your_password123`.
  if (/^(?:mssql_)?sa_password$/i.test(name) && !ofProduction.test(baseName(file)) && (isOfOwnSqlServer(text) || /^[A-Za-z]{4,12}\d{1,6}$/.test(text))) return;
  // So does OpenSearch.
  if (/^opensearch_initial_admin_password$/i.test(name) && !ofProduction.test(baseName(file)) && isOfOwnSqlServer(text.replaceAll("_", "."))) return;
  // A Secret of Kubernetes is asked for by its name: `encryption_secret: backup-encryption-secret`.
  if (ofCharts.test(file) && /secret$/i.test(name) && name !== name.toUpperCase() && /^[a-z\d]+(?:-[a-z\d]+){0,8}-(?:secrets?|credentials?|creds)$/.test(text)) return;
  // So is what lies in it under a key: `secretKey: queue_postgres_url`.
  if (ofCharts.test(file) && name === "secretKey" && /^[a-z]{1,40}(?:[-_.][a-z]{1,40}|[A-Z][a-z]{1,40}){1,9}$/.test(text)) return;
  const format = judgeValue(name, text, beside, around) ?? (starts ? (judgeStartedWith(name, text) ?? (ofProduction.test(baseName(file)) ? judgeGuarding(name, text) : undefined)) : undefined);
  if (format) return void (yield { file, range, format, length: text.length, name });
  if (text.length > 2_000 || isProse.test(name)) return;
  // `- JWT_SECRET=…` of a list.
  // A password of Google's for applications has spaces.
  const [, key, value = ""] = name === "environment" ? (/^([A-Z][A-Z0-9_]+)=["']?(\S+?|[a-z]{4}(?: [a-z]{4}){3})["']?$/.exec(text) ?? []) : [];
  if (key !== undefined) return void (yield* inText(reading, range, value, key));
  for (const found of secretsInLines(text, "shell")) yield { file, range, format: found.format, length: found.end - found.start, name: found.name };
}

function decoded(value: string): string {
  const text = Buffer.from(value, "base64").toString("latin1");
  return /^[\x20-\x7e]+$/.test(text) ? text : value;
}
