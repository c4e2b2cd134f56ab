import type { Provenance } from "../../catalogue/index.js";
import { isOfStoreAt } from "../../catalogue/secrets/own-store.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What libraries are for whose clients are told a secret. */
export const clientLibraries = ["data-access", "cache", "storage", "queue", "mail", "sms", "auth", "token", "payment", "ai", "search", "http-client"] as const;

/** What a reader calls what takes a secret: `jsonwebtoken sign`. */
export function nameOf({ package: name, path }: Provenance): string {
  return `${name} ${path.filter((step) => /^[\w$]+$/.test(step) && step !== "default").at(-1) ?? ""}`.trim();
}

/** A value that an option's name says is a secret. */
export interface NamedSecret {
  readonly node: Expression;
  /** Where the secret itself stands, where the node only leads to an object of another file. */
  readonly elsewhere?: { readonly file: string; readonly node: Expression };
  /** Another service checks it. */
  readonly foreign?: true;
}

/** The values of properties whose names say that they are secrets, in an object that is written out, here or in a constant of the file, or that a factory returns. */
export function namedSecrets(model: ProjectModel, file: string, node: Expression, depth = 0, around?: string): readonly NamedSecret[] {
  if (depth > 3) return [];
  if (node.kind === "cast") return namedSecrets(model, file, node.value, depth + 1);
  if (node.kind === "function") return model.values.returned(node.function).flatMap((value) => namedSecrets(model, file, value, depth + 1));
  if (node.kind === "name" || node.kind === "member") {
    const assigned = node.kind === "name" && depth === 0 ? assignedSecrets(model, file, node) : [];
    if (assigned.length > 0) return assigned;
    const [value, ...others] = model.values.of(file, node);
    if (value?.kind !== "object" || others.length > 0) return [];
    const named = namedSecrets(model, value.file, value.node, depth + 1);
    return value.file === file ? named : named.map(({ node: part, elsewhere = { file: value.file, node: part }, ...rest }) => ({ ...rest, node, elsewhere }));
  }
  // `connections[process.env.NODE_ENV]`
  if (node.kind === "index") {
    const tables = model.values.of(file, node.object);
    return tables.flatMap((table) => (table.kind === "object" && table.file === file ? table.node.members.flatMap((member) => (member.kind === "property" && !/test/i.test(member.key) ? namedSecrets(model, file, member.value, depth + 1) : [])) : []));
  }
  if (node.kind === "array") return node.elements.flatMap((element) => namedSecrets(model, file, element, depth + 1));
  if (node.kind !== "object") return [];
  const host = node.members.find((member) => member.kind === "property" && /^(?:host(?:name)?|end_?point|url|node|base_?url)$/i.test(member.key));
  const at = host?.kind === "property" ? hostIn(model.values.text(file, host.value) ?? "") : around;
  return node.members.flatMap((member) => {
    if (member.kind === "spread") return namedSecrets(model, file, member.value, depth + 1);
    // `fields: { token: "sessionToken" }` says what things are called elsewhere, `formats: { ClientCredentials: "opaque" }` of which kind they are.
    if (member.kind !== "property" || isFetchMode(member.value) || namesEntry(member.key, member.value) || /^(?:fields?|columns?|attributes|mappings?|labels|formats?|types|kinds|features|claims|scopes|ttl)$/i.test(member.key)) return [];
    // `{ host: "localhost", user: "postgres", password: "root" }` opens a store that nobody else reaches.
    if ((secretNameOf(member.key) === "password" || /^(?:access|secret)_?(?:access_?)?key$/i.test(member.key)) && isOfStoreAt(at, model.values.text(file, member.value))) return [];
    // `new Octokit({ auth: "…" })`
    const isNamed = secretNameOf(member.key) !== undefined || (member.key === "auth" && !isObject(model, file, member.value));
    // `profile: () => ({ auth: "google" })` makes something else.
    if (!isNamed && member.value.kind === "function" && !/factory|options|config|credential|connection|auth/i.test(member.key)) return [];
    return !isNamed || member.value.kind === "object" ? namedSecrets(model, file, member.value, depth + 1, at) : [{ node: member.value, ...(/client_?secret|key_?secret|api_?key|access_?(?:key|token)|auth_?token|^auth$/i.test(member.key) && { foreign: true as const }) }];
  });
}

/** `auth: mailAccount()`, where that gives a user and a password. */
function isObject(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "object" || model.values.of(file, node).some(({ kind }) => kind === "object");
}

/** `options.auth.pass = "…"`: what a file puts into the options behind a name. */
function assignedSecrets(model: ProjectModel, file: string, { binding }: Extract<Expression, { kind: "name" }>): readonly NamedSecret[] {
  return binding === undefined ? [] : model.values.index(file).memberAssignments.flatMap(({ object, property, value }) => {
    let root = object;
    while (root.kind === "member" || root.kind === "cast") root = root.kind === "member" ? root.object : root.value;
    return object.kind === "member" && root.kind === "name" && root.binding === binding && secretNameOf(property) !== undefined ? [{ node: value }] : [];
  });
}

/** The host of an address, or the text itself. */
function hostIn(text: string): string {
  return /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(text)?.[1] ?? text;
}

/** `sessionKey: "csrfToken"`: under which name something is kept in a session, a cookie or a store of a page. */
function namesEntry(key: string, node: Expression): boolean {
  if (/^storage_?key$/i.test(key)) return node.kind === "literal" && /^[a-z]+(?:[-_.:][a-z]+)*$/i.test(String(node.value));
  return /^(?:session|cookie)_?key$/i.test(key) && node.kind === "literal" && /(?:token|user|id|session|state)$/i.test(String(node.value));
}

/** `credentials: "include"` of a fetch. */
function isFetchMode(node: Expression): boolean {
  return node.kind === "literal" && /^(?:include|omit|same-origin)$/.test(String(node.value));
}
