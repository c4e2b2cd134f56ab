import { oncePerPart } from "../../base/once-per.js";
import { type ArgumentPath, describe, isFor, type Provenance } from "../../catalogue/index.js";
import { callStep, newStep } from "../../catalogue/provenance.js";
import { isOfStoreAt } from "../../catalogue/secrets/own-store.js";
import { isRandomKey } from "../../catalogue/secrets/secret-values.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, NewExpression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { declaredSecrets, secretsByCall } from "./declared-secrets.js";
import { sharedSecrets } from "./shared-secrets.js";
import { clientLibraries, nameOf, type NamedSecret, namedSecrets } from "./named-secrets.js";

/** A place that takes a secret, and what it is given. */
export interface GivenSecret {
  readonly sink: string;
  readonly argument: Expression;
  /** Another service checks it: what stands for it until somebody fills it in opens nothing. */
  readonly foreign?: true;
  /** The part of the argument that is the secret, where the argument is an object of another file. */
  readonly elsewhere?: { readonly file: string; readonly node: Expression };
}

/** What the calls and assignments of a file give to places that take secrets, whatever it is. Asked once for each file. */
export const givenSecrets = oncePerPart((model: ProjectModel, file: string): readonly GivenSecret[] => {
  const index = model.values.index(file);
  const given = index.calls.flatMap(({ node }) => [...secretArguments(model, file, node), ...secretsByCall(model, file, node)]);
  // `app.keys = ["…"]`
  const assigned = index.memberAssignments.flatMap(({ object, property, value }): readonly GivenSecret[] =>
    // What the library says of the member; what the project assigns to it is what is judged.
    model.values.of(file, object).flatMap((held) => (held.kind === "external" && describe(memberOf(held.provenance, property))?.secrets ? [{ sink: `${held.provenance.package} ${property}`, argument: value }] : [])),
  );
  return [...given, ...assigned, ...sharedSecrets(model, file), ...declaredSecrets(model, file)];
});

/** What stands under names of secrets in what a sink is given. */
export function givenAs(sink: string, named: readonly NamedSecret[]): readonly GivenSecret[] {
  return named.map(({ node: argument, ...rest }) => ({ sink, argument, ...rest }));
}

/** `import("plugin")` stands for the plugin that the package exports. */
function pluginOf(provenance: Provenance): Provenance {
  return provenance.path.length === 0 ? memberOf(provenance, "default") : provenance;
}

function memberOf(provenance: Provenance, name: string): Provenance {
  return { ...provenance, path: [...provenance.path, name] };
}

/** Whether a strategy has an `authenticate` of its own that never asks the one of its base, which takes the key. */
function authenticatesByItself(owner: ClassNode | undefined): boolean {
  const own = owner?.members.find((member) => member.kind === "method" && member.name === "authenticate");
  return own?.kind === "method" && !someNode(own.function.body ?? [], (part) => part.kind === "super");
}

function secretArguments(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly GivenSecret[] {
  const [plugin] = node.arguments;
  const registers = node.callee.kind === "member" && node.callee.property === "register" && plugin !== undefined;
  // `app.register(plugin, options)`: the options come second.
  // `server.register({ plugin, options })`
  if (registers) for (const one of plugin.kind === "array" ? plugin.elements : [plugin]) {
    const [options, given] = one.kind === "object" ? [propertyOf(one, "options"), propertyOf(one, "plugin")] : [];
    const library = options && given ? model.values.of(file, given).find((value) => value.kind === "external") : undefined;
    if (options && library?.kind === "external" && isAboutLogin(library.provenance)) return givenAs(nameOf(library.provenance), namedSecrets(model, file, options));
  }
  if (registers) for (const value of model.values.of(file, plugin)) if (value.kind === "external" && value.site === undefined) return ofLibrary(model, file, node, pluginOf(value.provenance), 1);
  const inherited = node.callee.kind === "super";
  if (inherited && authenticatesByItself(model.values.classAround(file, node.callee))) return [];
  const callees = model.values.of(file, node.callee);
  // `this.jwt.verify(token, { secret: "…" })` of a service that nothing declares.
  const isDeclared = callees.some((callee) => callee.kind === "function" || (callee.kind === "external" && callee.provenance.package !== "global"));
  if (!isDeclared && node.callee.kind === "member" && /^(?:jwt)?(?:sign|verify)(?:Async|Sync)?$/i.test(node.callee.property)) {
    const named = node.arguments.slice(1).flatMap((argument) => namedSecrets(model, file, argument));
    return givenAs(lastName(node.callee), named.map(({ foreign: _, ...own }) => own));
  }
  return callees.flatMap((callee) => {
    if (callee.kind !== "external") return [];
    const { provenance } = callee;
    // `super({ secretOrKey })` of a strategy that a library made.
    if (inherited && isAboutLogin(provenance)) return givenAs(nameOf(provenance), node.arguments.flatMap((argument) => namedSecrets(model, file, argument)));
    return ofLibrary(model, file, node, provenance, 0);
  });
}

/** The secrets among the arguments of a call of a library's function, of which the first counted stands at `shift`. */
function ofLibrary(model: ProjectModel, file: string, node: CallExpression | NewExpression, provenance: Provenance, shift: number): readonly GivenSecret[] {
  const known = describe(provenance);
  const given = [...(known?.secrets ?? []), ...(known?.credentials ?? [])];
  const makes = makesClient(provenance, node);
  const isAsync = /^(?:register|for[A-Z])\w*Async$/.test(provenance.path.at(-1) ?? "");
  const isHttpClient = isFor(provenance.package, provenance.subpath, "http-client");
  if (given.length === 0 && !makes && !isAsync && !isHttpClient) return [];
  // `createAccessControl({ apiKey: ["create", "delete"] })` says who may do what with it.
  if (takesPublicKey(node) || /(?:AccessControl|Permissions?|Roles?|Abilit(?:y|ies))$/.test(provenance.path.findLast((step) => step !== newStep) ?? "")) return [];
  if (comparesHash(node)) return [];
  const sink = nameOf(provenance);
  const paths = given.map((path): ArgumentPath => (shift === 0 ? path : (path.replace(/^\d+/, (place) => String(Number(place) + shift)) as ArgumentPath))); // a place moved on is a place
  const taken = model.values.argumentsAt(file, node, paths).filter((argument) => argument.kind !== "object" || propertyOf(argument, "type") === undefined);
  // `new ServerClient("…")`: nothing else that a client is given by its place is random.
  const placed = paths.length === 0 && makes && isService(provenance) ? node.arguments.filter((argument) => isRandomKey(model.values.text(file, argument) ?? "")) : [];
  const named = [
    ...(makes || isAsync ? node.arguments.flatMap((argument) => namedSecrets(model, file, argument)) : []),
    // `axios.get(url, { auth: { username, password } })`
    ...(isHttpClient ? node.arguments.flatMap((argument) => (argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" && member.key === "auth" ? namedSecrets(model, file, member.value) : [])) : [])) : []),
  ];
  const here = named.filter(({ elsewhere }) => elsewhere === undefined);
  // What a service is asked with it checks itself; what it signs is checked by members of its client.
  const asks = makes && isService(provenance);
  const foreign = new Set([...(asks ? taken : []), ...here.flatMap((one) => (one.foreign ? [one.node] : [])), ...model.values.argumentsAt(file, node, known?.credentials ?? [])]);
  // `new Sequelize("shop", "root", "root", { host: "localhost" })`
  const host = isFor(provenance.package, provenance.subpath, "data-access", "mail") ? node.arguments.flatMap((argument) => (argument.kind === "object" ? (propertyOf(argument, "host") ?? []) : [])).at(-1) : undefined;
  const opens = (argument: Expression): boolean => host !== undefined && (isOfStoreAt(model.values.text(file, host), model.values.text(file, argument)) || deliversNothing.test(model.values.text(file, host) ?? ""));
  const whole = paths.flatMap((path) => ofOtherFile(model, file, node, path)).map((one) => ({ sink, ...one }));
  const others = givenAs(sink, named.filter(({ elsewhere }) => elsewhere !== undefined && !whole.some((one) => one.elsewhere?.node === elsewhere.node)));
  return [...whole, ...others, ...[...new Set([...taken, ...placed, ...here.map((one) => one.node)])].filter((argument) => !opens(argument)).map((argument) => ({ sink, argument, ...(foreign.has(argument) && { foreign: true as const }) }))];
}

/** `session(sessionOptions)`, `getIronSession(request, response, { ...sessionOptions, ttl })`: a property of an object that another file exports. */
function ofOtherFile(model: ProjectModel, file: string, node: CallExpression | NewExpression, path: ArgumentPath): readonly Pick<GivenSecret, "argument" | "elsewhere">[] {
  const [place = "", ...keys] = path.split(".");
  const argument = node.arguments[Number(place)];
  return argument === undefined || keys.length === 0 ? [] : partOfOther(model, file, argument, keys);
}

function partOfOther(model: ProjectModel, file: string, argument: Expression, [key = "", ...keys]: readonly string[]): readonly Pick<GivenSecret, "argument" | "elsewhere">[] {
  if (argument.kind === "cast") return partOfOther(model, file, argument.value, [key, ...keys]);
  if (argument.kind === "object") {
    const own = propertyOf(argument, key);
    if (own) return keys.length === 0 ? [] : partOfOther(model, file, own, keys);
    return argument.members.flatMap((member) => (member.kind === "spread" ? partOfOther(model, file, member.value, [key, ...keys]) : []));
  }
  if (argument.kind !== "name" && argument.kind !== "member") return [];
  const [value, ...others] = model.values.of(file, argument);
  if (value?.kind !== "object" || value.file === file || others.length > 0) return [];
  const part = keys.reduce<Expression | undefined>((object, step) => (object?.kind === "object" ? propertyOf(object, step) : undefined), propertyOf(value.node, key));
  return part ? [{ argument, elsewhere: { file: value.file, node: part } }] : [];
}

/** The server of Nodemailer's own for trials, which keeps what it is sent to itself (https://ethereal.email). */
const deliversNothing = /(?:^|\.)ethereal\.email$/;

/** Clients of services whose keys every page holds that sends to them. */
const publicKeys: ReadonlySet<string> = new Set(["mixpanel", "@segment/analytics-node"]);

/** `safeCompare(sha512(password), stored)`: what stands there is the hash of a password. */
function comparesHash({ callee, arguments: [sent, stored] }: CallExpression | NewExpression): boolean {
  return /^(?:safeCompare|timingSafeEqual)$/.test(lastName(callee)) && sent?.kind === "call" && /sha-?\d|md5|hash|digest/i.test(lastName(sent.callee)) && (stored?.kind === "name" || stored?.kind === "member");
}

/** Whether a package is the client of a service that knows its users by a key. */
function isService({ package: name, subpath }: Provenance): boolean {
  return !publicKeys.has(name) && isFor(name, subpath, "mail", "sms", "payment", "ai", "search", "http-client", "feature-flags", "error-tracking");
}

/** `importKey("spki", …)` takes a public key. */
function takesPublicKey(node: CallExpression | NewExpression): boolean {
  const [format] = node.arguments;
  return node.callee.kind === "member" && node.callee.property === "importKey" && format?.kind === "literal" && format.value === "spki";
}

function isAboutLogin({ package: name, subpath }: Provenance): boolean {
  return name === "@nestjs/passport" || isFor(name, subpath, "auth", "token");
}

function makesClient(provenance: Provenance, node: CallExpression | NewExpression): boolean {
  const { package: name, subpath, path } = provenance;
  const makes = node.kind === "new" || /^(default|create\w*|connect|forRoot|register|init|configure|update|betterAuth)$/.test(path.at(-1) ?? "default");
  // A record of somebody is no client, nor is its schema or what is wrong with it: `new User({ password })`, `new ValidationError({ password })`.
  if (node.kind === "new" && (path.includes(callStep) || /(?:Schema|Error|Exception)$/.test(path.at(-1) ?? ""))) return false;
  // `AWS.config.update({ … })` configures; `User.update({ token: "none" })` writes a row.
  if (path.at(-1) === "update" && isFor(name, subpath, "data-access")) return false;
  return makes && path.length <= (node.kind === "new" ? 3 : 2) && isFor(name, subpath, ...clientLibraries);
}
