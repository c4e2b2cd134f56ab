import type { RuleFinding } from "../../base/finding.js";
import { baseName } from "../../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ComposeService } from "../../repo/readers/compose.js";
import type { DataNode } from "../../repo/readers/data.js";
import type { RepoView } from "../../repo/repo-view.js";
import { administratorInVariable, isLocalHost, namesFirstUser } from "./administrators.js";
import { dataAt, textOf, textsOf } from "./data-nodes.js";
import { isEnvFile } from "../settings/env-files.js";
import type { Privilege } from "./privileges.js";
import { roleOf } from "../roles.js";
import { deployed, isRootUser, rootContainer } from "./root-containers.js";
import { grantsOfAll, wildcardAction } from "./wildcard-permissions.js";

type Found = Privilege & Pick<RuleFinding, "file" | "range">;
interface Variable { readonly key: string; readonly value: string; readonly range: Range }

const passedOver = /(?:^|\/)(?:node_modules|vendor|docs?|documentation|examples?|samples?|\.github|\.gitlab|\.circleci|\.devcontainer|\.vscode)\//i;
const forTests = /(?:^|[^a-z])(?:tests?|testing|e2e|ci|integration|spec|bench(?:mark)?s?|playground|gitpod|devcontainer)(?:[^a-z]|$)/i;
const forDevelopment = /(?:^|[^a-z])(?:dev|develop|development|local|localhost|minikube|override|debug)(?:-?(?:db|database|mysql|postgres|mongo|stack|env))?(?:[^a-z]|$)/i;
const forProduction = /(?:^|[^a-z])(?:prod|production|staging)(?:[^a-z]|$)/i;
const databaseImage = /(?:^|[/-])(?:postgres\w*|postgis|timescaledb\w*|pgvector|mysql\w*|mariadb|percona\w*|mongo\w*|mssql\w*|sql-edge|cockroach\w*|redis\w*|valkey|pgbouncer|pgadmin4?|adminer|phpmyadmin|flyway|liquibase|clickhouse\w*)(?=$|[:@/-])/i;
const firstUserKey = /^(?:POSTGRES_PASSWORD|POSTGRESQL_PASSWORD|MYSQL_ROOT_PASSWORD|MARIADB_ROOT_PASSWORD|MONGO_INITDB_\w+|MSSQL_SA_PASSWORD|SA_PASSWORD|PGADMIN_\w+)$/;
/** Larger files are data. */
const mostBytes = 1_000_000;

/** The privileges that the repository's files beside its code give the application. */
export function* privilegesInFiles(repo: RepoView, model: ProjectModel): Iterable<Found> {
  const handedOn = handedToServices(repo);
  for (const file of repo.files) {
    if (isEnvFile(file) && isAsked(file)) yield* inEnvFile(repo, model, file, handedOn);
    else if (/\.(?:sql|sh)$/.test(file) && isAsked(file)) yield* inScript(file, repo.read(file) ?? "");
    else if (file.endsWith(".tf") && isAsked(file)) yield* inTerraform(file, repo.read(file) ?? "");
    else if (/\.(?:ya?ml|json|jsonc|template)$/i.test(file) && isAsked(file)) yield* inData(repo, file);
  }
  for (const { file, services } of repo.readers.composeFiles()) {
    if (isAsked(file)) for (const service of services) yield* inService(file, service);
  }
  for (const dockerfile of repo.readers.dockerfiles().map(deployed)) {
    const { file } = dockerfile;
    if (!isAsked(file)) continue;
    const container = rootContainer(repo, dockerfile);
    // The image of a database server has its own first user.
    const ofDatabase = databaseImage.test(file.toLowerCase().replace(/[_.]/g, "-")) || dockerfile.stages.some(({ image }) => databaseImage.test(image));
    const found = (ofDatabase ? [] : repo.readers.finalInstructions(dockerfile)).filter(({ name }) => name === "ENV").flatMap((instruction) => inVariables(file, repo.readers.dockerVariables(instruction).map(({ key, value = "" }) => ({ key, value, range: instruction.range }))));
    for (const one of container ? [container, ...found] : found) yield { ...one, local: one.local || forDevelopment.test(file) };
  }
  for (const { file, scripts } of repo.readers.packages().map(({ manifest }) => manifest)) {
    if (!isAsked(file)) continue;
    for (const { name, command, commandRange } of scripts) {
      if (/^(?:pre|post)?(?:start|serve|deploy)(?:$|[:.-])/.test(name) && !forDevelopment.test(name) && /\bNODE_TLS_REJECT_UNAUTHORIZED=["']?0/.test(command)) yield { ...tls("NODE_TLS_REJECT_UNAUTHORIZED=0"), file, range: commandRange };
    }
  }
}

/** Tests have servers of their own, and documents show what might be. */
function isAsked(file: string): boolean {
  const role = roleOf(file);
  return role !== "test" && role !== "fixture" && role !== "generated" && !passedOver.test(file) && !forTests.test(file.split("/").slice(-3).join("/"));
}

function tls(option: string, local = false): Privilege {
  return { messageId: "tls", data: { option }, local };
}

function inVariables(file: string, variables: readonly Variable[], isRead: (key: string) => boolean = () => true): readonly Found[] {
  // In production the same machine may hold both.
  const isDevelopersHost = (host: string | undefined): boolean => !forProduction.test(baseName(file)) && isLocalHost(host);
  const valueOf = (keys: readonly string[]): string | undefined => variables.find(({ key }) => keys.includes(key))?.value;
  return variables.flatMap(({ key, value, range }): readonly Found[] => {
    if (key === "NODE_TLS_REJECT_UNAUTHORIZED" && value === "0") return [{ ...tls(`${key}=0`), file, range }];
    const found = namesFirstUser(key) && !isRead(key) ? undefined : administratorInVariable(key, value, valueOf);
    const user: readonly Found[] = found ? [{ messageId: "user", data: { name: `\`${key}\``, user: found.user }, local: found.local || isDevelopersHost(found.host), file, range }] : [];
    const unverified = /^\w{2,20}:\/\/.{1,500}[?&](?:sslmode=no-verify|sslaccept=accept_invalid_certs)\b/i.test(value);
    return unverified ? [...user, { ...tls("no-verify"), file, range }] : user;
  });
}

/** The keys of env files that compose files put into what a service connects as, with the same user where they are not set: `postgres://${DB_USER:-postgres}@db`. It is told there. */
function handedToServices(repo: RepoView): ReadonlySet<string> {
  const connecting = repo.readers.composeFiles().flatMap(({ file, services }) => (isAsked(file) ? services.flatMap((service) => [...inService(file, service)].flatMap(({ messageId, local, range }) => (messageId === "user" && !local ? service.environment.filter((one) => one.range.start.line === range.start.line) : []))) : []));
  return new Set(connecting.flatMap(({ value = "" }) => [...value.matchAll(/\$\{(\w{1,100}):?-/g)].map(([, key = ""]) => key)));
}

function inEnvFile(repo: RepoView, model: ProjectModel, file: string, handedOn: ReadonlySet<string>): readonly Found[] {
  const variables = (repo.readers.env(file)?.entries ?? []).map(({ key, value, valueRange }) => ({ key, value, range: valueRange }));
  // The key may be the database server's alone, unless code names it: a read, a key of a schema, a name that a settings service is asked for.
  const isNamed = (key: string): boolean => model.files.some((code) => roleOf(code) !== "test" && repo.read(code)?.includes(key) === true);
  const local = baseName(file) === ".env" || forDevelopment.test(file);
  return inVariables(file, variables, isNamed).map((one) => ({ ...one, local: one.local || local || handedOn.has(one.data["name"]?.replaceAll("`", "") ?? "") }));
}

/** A service of the application, as opposed to a server that it uses and that makes its own users. */
function* inService(file: string, service: ComposeService): Iterable<Found> {
  const { name, image, build, user, environment, data } = service;
  if (databaseImage.test(image ?? "") || (environment.some(({ key }) => firstUserKey.test(key)) && [build?.context ?? "", name].some((word) => databaseImage.test(word.replace(/[_.]/g, "-"))))) return;
  const local = forDevelopment.test(file) || isForDevelopment(service);
  for (const one of inVariables(file, environment.flatMap(({ key, value, range }) => (value === undefined ? [] : [{ key, value, range }])))) yield { ...one, local: one.local || local };
  const node = dataAt(data, "user");
  if (build && node && user !== undefined && isRootUser(user)) yield { messageId: "container", data: { evidence: `\`user: ${user}\` is set for \`${name}\`` }, local, file, range: node.range };
}

/** Runs from source that is mounted, or in the mode of developers. */
function isForDevelopment({ data, command, environment }: ComposeService): boolean {
  const mounted = textsOf(dataAt(data, "volumes")).some((volume) => /^["']?\.{1,2}(?:\/(?:src|app|apps|packages|server|api|backend)?)?\/?:\/(?!docker-entrypoint)/.test(volume));
  const inMode = environment.some(({ key, value }) => key === "NODE_ENV" && /^(?:dev|development|local|test)$/.test(value ?? ""));
  return mounted || inMode || /\b(?:dev|watch|nodemon)\b/.test(command?.text ?? "") || [dataAt(data, "build", "target"), dataAt(data, "container_name")].some((named) => forDevelopment.test(textOf(named) ?? ""));
}

function inScript(file: string, text: string): readonly Found[] {
  if (text.length > mostBytes) return [];
  const starts = lineStarts(text);
  return grantsOfAll(text).map(({ index, text: statement, to }) => ({ messageId: "grant", data: { to }, local: forDevelopment.test(file) || /^["'`]?\$\{?LOCAL/.test(to), file, range: rangeOf(starts, [index, index + statement.length]) }));
}

/** `actions = ["*"]` of a policy document, and `Action = "*"` of one that is written as JSON, unless the statement denies. */
function inTerraform(file: string, text: string): readonly Found[] {
  if (text.length > mostBytes) return [];
  const starts = lineStarts(text);
  return [...text.matchAll(/\b(?:actions|"?Action"?)[ \t]*[=:][ \t]*(?:\[([^\]]{0,2000})\]|"([^"\n]{1,200})")/g)].flatMap(({ 0: written, 1: list, 2: one, index }): readonly Found[] => {
    const action = wildcardAction(list === undefined ? [one ?? ""] : [...list.matchAll(/"([^"]*)"/g)].map(([, name = ""]) => name));
    if (action === undefined) return [];
    const statement = blockAround(text, index);
    const denies = /\bEffect"?\s*[=:]\s*"Deny"/i.test(statement);
    // A key's own policy gives its account everything by convention.
    return denies || (action === "kms:*" && /\bprincipals?"?\s*[={]/i.test(statement)) ? [] : [{ messageId: "action", data: { action }, local: false, file, range: rangeOf(starts, [index, index + written.length]) }];
  });
}

/** What stands between the braces around a place, with the blocks in it. */
function blockAround(text: string, index: number): string {
  const edge = (step: -1 | 1, outer: string, inner: string): number => {
    let depth = 0;
    for (let at = index; at >= 0 && at < text.length; at += step) {
      if (text[at] === inner) depth++;
      else if (text[at] === outer && depth-- === 0) return at;
    }
    return index;
  };
  return text.slice(edge(-1, "{", "}"), edge(1, "}", "{"));
}

/** Policies wherever they stand, and the containers of Kubernetes. */
function* inData(repo: RepoView, file: string): Iterable<Found> {
  const text = repo.read(file) ?? "";
  const policies = /\bEffect\b/.test(text) && /\bAction\b/.test(text);
  const pods = /^kind:\s*\S/m.test(text) && /\b(?:containers|data):/.test(text);
  if (text.length > mostBytes || (!policies && !pods)) return;
  for (const document of repo.readers.data(file)?.documents ?? []) {
    if (policies) yield* inPolicies(file, document);
    if (pods) for (const one of inKubernetes(file, document)) yield { ...one, local: one.local || forDevelopment.test(file) };
  }
}

function* inPolicies(file: string, node: DataNode): Iterable<Found> {
  const actions = dataAt(node, "Action");
  if (actions && textOf(dataAt(node, "Effect")) === "Allow") {
    const action = wildcardAction(textsOf(actions));
    if (action !== undefined && !(action === "kms:*" && dataAt(node, "Principal"))) yield { messageId: "action", data: { action }, local: false, file, range: (actions.items.find((item) => textOf(item) === action) ?? actions).range };
  }
  for (const item of node.items) yield* inPolicies(file, item);
  for (const { value } of node.entries) yield* inPolicies(file, value);
}

function* inKubernetes(file: string, document: DataNode): Iterable<Found> {
  const kind = textOf(dataAt(document, "kind"));
  if (kind === "ConfigMap") yield* inVariables(file, (dataAt(document, "data")?.entries ?? []).flatMap(({ key, value }) => ({ key, value: String(value.value ?? ""), range: value.range })));
  for (const pod of podsOf(document)) {
    for (const container of dataAt(pod, "containers")?.items ?? []) {
      if (databaseImage.test(textOf(dataAt(container, "image")) ?? "")) continue;
      yield* inVariables(file, (dataAt(container, "env")?.items ?? []).flatMap((item) => {
        const value = dataAt(item, "value");
        return value ? [{ key: textOf(dataAt(item, "name")) ?? "", value: String(value.value ?? ""), range: value.range }] : [];
      }));
      for (const context of [dataAt(container, "securityContext"), dataAt(pod, "securityContext")]) {
        const [user, privileged] = [dataAt(context, "runAsUser"), dataAt(context, "privileged")];
        if (user?.value === 0) yield { messageId: "container", data: { evidence: "`runAsUser: 0` is set" }, local: false, file, range: user.range };
        if (privileged?.value === true) yield { messageId: "container", data: { evidence: "`privileged: true` is set" }, local: false, file, range: privileged.range };
      }
    }
  }
}

/** The specifications of pods in an object of Kubernetes: `spec`, `spec.template.spec`, `spec.jobTemplate.spec.template.spec`. */
function podsOf(document: DataNode): readonly DataNode[] {
  return [["spec"], ["spec", "template", "spec"], ["spec", "jobTemplate", "spec", "template", "spec"]].flatMap((path) => dataAt(document, ...path) ?? []).filter((spec) => dataAt(spec, "containers") !== undefined);
}
