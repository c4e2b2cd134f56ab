import type { RuleFinding } from "../../base/finding.js";
import { baseName } from "../../base/paths.js";
import type { Span } from "../../base/position.js";
import { isFor } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { administratorByDefault, administratorOf, isAdministrator, isLocalHost } from "./administrators.js";
import { branchAround } from "../project/development-branches.js";
import type { Privilege } from "./privileges.js";
import { roleOf } from "../roles.js";
import { grantsOfAll, wildcardAction } from "./wildcard-permissions.js";

/** Names of what holds the options of a connection to a database. */
const connectionName = /^(connection|replica|master|slave|writer?|reader?|mysql|mariadb|postgres|postgresql|pg|mssql)(Options|Config|Settings)?$|(^|[a-z])(db|database|sequelize|knex|typeorm)(Options|Config|Configuration|Settings|Connection)?$/i;

type Found = Privilege & Pick<RuleFinding, "file" | "range">;

/** Options of clients that leave certificates unchecked, with the value that does. Sources: the references of Node's tls, mongodb, tedious, request and snowflake-sdk. */
const unchecked: ReadonlyMap<string, boolean> = new Map([["rejectUnauthorized", false], ["trustServerCertificate", true], ["tlsAllowInvalidCertificates", true], ["tlsAllowInvalidHostnames", true], ["tlsInsecure", true], ["sslValidate", false], ["strictSSL", false]]);
/** What stands beside a user in the options of a connection to a database. */
const companions = new Set(["host", "server", "database", "dialect", "client", "type", "db", "dbname", "dbName", "port", "socketPath", "connectionLimit", "ssl"]);

/** `config/development.js`, `configure_dev.js` */
const developersFile = /(?:^|[/_.-])(?:dev|develop|development|local)\.[cm]?[jt]s$/i;
/** What fills or changes a database has to be privileged: `seed-database.js`, `migrate-to-tenants.ts`. */
const setUpFile = /(?:^|[-_.])(?:seed(?:er|s)?|migrat(?:e|ion|ions|or)|(?:create|init|reset|setup|set-up)[-_]?(?:db|database))(?:[-_.]|$)/i;

/** The privileges that a file of code takes: connections as an administrator, unchecked certificates, permissions and grants of everything. */
export function* privilegesInCode(model: ProjectModel, file: string): Iterable<Found> {
  const found: Found[] = [];
  const isLocal = developersFile.test(file) || roleOf(file) === "script";
  const bringsUp = setUpFile.test(baseName(file));
  const add = (span: Span, node: SyntaxNode, privilege: Privilege): void => {
    const branch = branchAround(model.values.index(file), node);
    if (branch !== "development") found.push({ ...privilege, local: privilege.local || branch === "chosen" || isLocal || (bringsUp && privilege.messageId === "user"), file, range: model.range(file, span) });
  };
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "object") for (const { span, ...privilege } of inObject(model, file, node)) add(span, node, privilege);
    if (node.kind === "literal" || node.kind === "template") for (const privilege of inText(node)) add(node.span, node, privilege);
    if (node.kind === "new" || node.kind === "call") for (const { span, ...privilege } of [...positionalUser(model, file, node), ...managedPolicy(node), ...defaultUser(model, file, node)]) add(span, node, privilege);
    if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "NODE_TLS_REJECT_UNAUTHORIZED" && isZero(node.value)) {
      add(node.span, node, { messageId: "tls", data: { option: "NODE_TLS_REJECT_UNAUTHORIZED=0" }, local: callsThisMachineAlone(model, file) });
    }
    return true;
  });
  yield* found;
}

type Placed = Privilege & { readonly span: Span };

function* inObject(model: ProjectModel, file: string, node: ObjectExpression): Iterable<Placed> {
  const local = isLocalHost(textOf(model, file, propertyOf(node, "host") ?? propertyOf(node, "server") ?? propertyOf(node, "hostname")));
  for (const member of node.members) {
    if (member.kind !== "property") continue;
    const value = unchecked.get(member.key);
    // A server that asks clients for certificates may judge them itself.
    if (value !== undefined && member.value.kind === "literal" && member.value.value === value && !isServers(model, file, node)) {
      yield { span: [member.keySpan[0], member.value.span[1]], messageId: "tls", data: { option: `${member.key}: ${value}` }, local };
    }
    const mongo = /^(user|username)$/.test(member.key) ? authOf(model, file, node) : undefined;
    if (mongo) {
      const user = userOf(model, file, member.value);
      if (user) yield { span: member.value.span, messageId: "user", data: { name: "The application", user: user.name }, local: user.fallback || mongo.local };
    } else if (/^(user|username|userName)$/.test(member.key) && isConnection(model, file, node) && !isOfOptions(model, file, member.value)) {
      const user = userOf(model, file, member.value);
      const host = propertyOf(node, "host") ?? propertyOf(node, "server");
      if (user) yield { span: member.value.span, messageId: "user", data: { name: "The application", user: user.name }, local: user.fallback || host === undefined || isLocalHost(textOf(model, file, host)) };
    }
  }
  const action = allowedAction(node, file, model);
  if (action) yield { ...action, messageId: "action", local: false };
}

/** `user: config.user` of options that are written out where `config` is, and judged there. */
function isOfOptions(model: ProjectModel, file: string, user: Expression): boolean {
  return user.kind === "member" && model.values.of(file, user.object).some((value) => value.kind === "object" && value.node.members.some((member) => member.kind === "property" && member.key === user.property && member.value.kind === "literal" && /^(user|username|userName)$/.test(member.key)) && isConnection(model, value.file, value.node));
}

/** `GRANT ALL`, and connection strings that log in as an administrator. */
function* inText(node: Extract<Expression, { kind: "literal" | "template" }>): Iterable<Privilege> {
  const text = node.kind === "template" ? node.texts.join("x") : typeof node.value === "string" ? node.value : "";
  const found = administratorOf(text);
  if (found) yield { messageId: "user", data: { name: "The application", user: found.user }, local: isLocalHost(found.host) };
  if (/^\s*(?:postgres\w*|mysql|jdbc:\w+):\/\//i.test(text) && /[?&](?:sslmode=no-verify|sslaccept=accept_invalid_certs)\b/i.test(text)) yield { messageId: "tls", data: { option: "no-verify" }, local: isLocalHost(found?.host) };
  for (const { to } of grantsOfAll(text)) yield { messageId: "grant", data: { to }, local: false };
}

/** `new Sequelize("shop", "root", password, { host })`. */
function* positionalUser(model: ProjectModel, file: string, node: CallExpression | NewExpression): Iterable<Placed> {
  const [, given, , options] = node.arguments;
  if (node.kind !== "new" || !given || node.callee.kind !== "name" || !/^Sequelize/.test(node.callee.name)) return;
  const user = userOf(model, file, given);
  const host = options?.kind === "object" ? propertyOf(options, "host") : undefined;
  if (user) yield { span: given.span, messageId: "user", data: { name: "The application", user: user.name }, local: user.fallback || host === undefined || isLocalHost(textOf(model, file, host)) };
}

/** What a schema of settings gives for a user that is missing: `DB_USER: z.string().default("postgres")`, `str({ default: "root" })`. */
function* defaultUser(model: ProjectModel, file: string, node: CallExpression | NewExpression): Iterable<Placed> {
  const [given] = node.arguments;
  const value = given?.kind === "object" ? propertyOf(given, "default") : node.callee.kind === "member" && node.callee.property === "default" ? given : undefined;
  if (value?.kind !== "literal" || typeof value.value !== "string") return;
  const { parentOf } = model.values.index(file);
  let outer: Expression = node;
  for (let parent = parentOf(outer); parent && "kind" in parent && (parent.kind === "call" || parent.kind === "member"); parent = parentOf(outer)) outer = parent;
  const holder = parentOf(outer);
  const member = holder && "kind" in holder && holder.kind === "object" ? holder.members.find((one) => one.kind === "property" && one.value === outer) : undefined;
  const user = member?.kind === "property" ? administratorByDefault(member.key, value.value) : undefined;
  if (user !== undefined) yield { span: value.span, messageId: "user", data: { name: "The application", user }, local: true };
}

/** `ManagedPolicy.fromAwsManagedPolicyName("AdministratorAccess")`. */
function* managedPolicy(node: CallExpression | NewExpression): Iterable<Placed> {
  const [given] = node.arguments;
  if (node.callee.kind !== "member" || node.callee.property !== "fromAwsManagedPolicyName" || given?.kind !== "literal") return;
  if (/^(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(String(given.value))) yield { span: given.span, messageId: "action", data: { action: String(given.value) }, local: false };
}

/** The wildcard of a statement of a policy that allows: `{ Effect: "Allow", Action: "*" }`, or the argument of a `PolicyStatement`. */
function allowedAction(node: ObjectExpression, file: string, model: ProjectModel): { readonly span: Span; readonly data: { readonly action: string } } | undefined {
  const actions = propertyOf(node, "Action") ?? propertyOf(node, "actions");
  if (!actions) return undefined;
  const effect = propertyOf(node, "Effect") ?? propertyOf(node, "effect");
  const parent = model.values.index(file).parentOf(node);
  const made = parent !== undefined && "kind" in parent && (parent.kind === "new" || parent.kind === "call") && /PolicyStatement(?:$|\.)/.test(lastName(parent.callee));
  if (!made && propertyOf(node, "Effect") === undefined) return undefined;
  if (effect && !/allow/i.test(effect.kind === "member" ? effect.property : (textOf(model, file, effect) ?? ""))) return undefined;
  // A key's own policy gives its account everything by convention.
  const texts = (actions.kind === "array" ? actions.elements : [actions]).flatMap((one) => textOf(model, file, one) ?? []);
  const action = wildcardAction(texts);
  return action === undefined || (action === "kms:*" && (propertyOf(node, "Principal") ?? propertyOf(node, "principals"))) ? undefined : { span: actions.span, data: { action } };
}

/** The options of a connection: other keys of one beside the user, in a package that uses a database. */
function isConnection(model: ProjectModel, file: string, node: ObjectExpression): boolean {
  const beside = node.members.filter((member) => member.kind === "property" && companions.has(member.key)).length;
  // A password and a host alone may be those of anything, unless the name says what they are for.
  const named = beside === 1 && propertyOf(node, "password") !== undefined && (connectionName.test(holderName(model, file, node)) || isGivenToStore(model, file, node));
  return (beside > 1 || named) && [...model.packageOf(file).dependencies.keys()].some((name) => isFor(name, "", "data-access"));
}

/** `new Pool({ host, user, password })` of a data-access library. */
function isGivenToStore(model: ProjectModel, file: string, node: ObjectExpression): boolean {
  const { parentOf } = model.values.index(file);
  let call = parentOf(node);
  while (call && "kind" in call && call.kind === "cast") call = parentOf(call);
  return call !== undefined && "kind" in call && (call.kind === "call" || call.kind === "new") && model.values.of(file, call.callee).some((value) => value.kind === "external" && isFor(value.provenance.package, "", "data-access"));
}

/** Whether an object is the `auth` of a client of MongoDB, `new MongoClient(url, { auth: { username, password } })`, and whether that connects to this machine. */
function authOf(model: ProjectModel, file: string, node: ObjectExpression): { readonly local: boolean } | undefined {
  const { parentOf } = model.values.index(file);
  const options = holderName(model, file, node) === "auth" ? parentOf(node) : undefined;
  const call = options && parentOf(options);
  if (call === undefined || !("kind" in call) || (call.kind !== "call" && call.kind !== "new")) return undefined;
  if (!model.values.of(file, call.callee).some((value) => value.kind === "external" && /^(mongodb|mongoose)$/.test(value.provenance.package))) return undefined;
  return { local: /\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]?/.test(textOf(model, file, call.arguments[0]) ?? "") };
}

/** The property or variable whose value an object is. */
function holderName(model: ProjectModel, file: string, node: ObjectExpression): string {
  const { parentOf } = model.values.index(file);
  let value: Expression = node;
  let holder = parentOf(node);
  for (; holder && "kind" in holder && holder.kind === "cast"; holder = parentOf(holder)) value = holder;
  if (holder === undefined || !("kind" in holder)) return "";
  if (holder.kind === "object") return holder.members.flatMap((member) => (member.kind === "property" && member.value === value ? [member.key] : []))[0] ?? "";
  const target = holder.kind === "variable" ? holder.declarators.find((declarator) => declarator.value === value)?.target : undefined;
  return target?.kind === "binding" ? target.name : "";
}

function isServers(model: ProjectModel, file: string, node: ObjectExpression): boolean {
  if (propertyOf(node, "requestCert") !== undefined) return true;
  const parent = model.values.index(file).parentOf(node);
  return parent !== undefined && "kind" in parent && (parent.kind === "call" || parent.kind === "new") && /^(createServer|createSecureServer|Server)$/.test(lastName(parent.callee));
}

/** The administrator that a user's value is, or falls back to where a setting is missing. */
function userOf(model: ProjectModel, file: string, node: Expression): { readonly name: string; readonly fallback: boolean } | undefined {
  const values = model.values.of(file, node);
  const constant = values.find((value) => value.kind === "constant" && typeof value.value === "string" && isAdministrator(value.value));
  return constant?.kind === "constant" ? { name: String(constant.value), fallback: values.length > 1 || node.kind === "binary" } : undefined;
}

function textOf(model: ProjectModel, file: string, node: Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  const texts = model.values.of(file, node).flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value] : []));
  return texts[0];
}

/** A program by itself (a health check) whose hosts are all this machine. */
function callsThisMachineAlone(model: ProjectModel, file: string): boolean {
  const hosts = [...(model.text(file) ?? "").matchAll(/(?:https?:\/\/|\bhost(?:name)?["']?\s*:\s*["'`])([\w.-]{1,200}|\[::1\])/g)].map(([, host]) => host);
  return hosts.length > 0 && hosts.every(isLocalHost) && !model.edgesFrom(file).some(({ target }) => target.kind === "file");
}

function isZero(node: Expression): boolean {
  return node.kind === "literal" && (node.value === "0" || node.value === 0);
}
