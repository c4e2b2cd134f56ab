import { isFor, kindOf } from "../../catalogue/index.js";
import { judgeStartedWith } from "../../catalogue/secrets/named-secrets.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { GivenSecret } from "./given-secrets.js";
import { clientLibraries, nameOf, namedSecrets } from "./named-secrets.js";

/** `client.setApiKey(kind, "…")`, `app.set("jwtSecret", "…")`, `couch.auth("root", "…")`, `{ provide: "JWT_SECRET", useValue: "…" }`: what a call names itself. */
export function secretsByCall(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly GivenSecret[] {
  if (node.kind === "new" || node.callee.kind !== "member") return node.callee.kind === "name" && node.callee.name === "Module" ? node.arguments.flatMap((argument) => providedSecrets(model, file, argument)) : [];
  const { object, property } = node.callee;
  const handed = ofContainer(model, file, node, object, property) ?? ofForm(model, file, node, object, property);
  if (handed) return handed;
  // `server.auth.strategy("jwt", "jwt", { keys: "…" })` of a server that nothing declares.
  if (property === "strategy" && lastName(object) === "auth" && model.values.of(file, node.callee).every((held) => held.kind !== "function" && (held.kind !== "external" || held.provenance.package === "global"))) {
    const keys = model.values.argumentsAt(file, node, ["2.keys", "2.key", "2.cookie.password", "2.password"]);
    return keys.filter(({ kind }) => kind !== "object").map((argument) => ({ sink: "auth strategy", argument }));
  }
  const [name, value] = node.arguments;
  const last = node.arguments.at(-1);
  const set = /^set([A-Z]\w*)$/.exec(property)?.[1];
  const isKind = (...kinds: readonly string[]): boolean => model.values.of(file, object).some((held) => held.kind === "external" && kinds.includes(kindOf(held.provenance) ?? ""));
  const holders = (set !== undefined && isSecretName(set)) || (/^(?:auth|login|authenticate|logIn)$/.test(property) && value) ? model.values.of(file, object) : [];
  for (const holder of holders) {
    if (holder.kind !== "external" || !isFor(holder.provenance.package, holder.provenance.subpath, ...clientLibraries) || isFor(holder.provenance.package, holder.provenance.subpath, "auth", "token")) continue;
    if (set !== undefined && last) return [{ sink: `${holder.provenance.package} ${property}`, argument: last, foreign: true }];
    // `request.auth(token, { type: "bearer" })`
    if (value?.kind === "object" && propertyOf(value, "type")) return [];
    if (value && node.arguments.length === 2) return [{ sink: `${holder.provenance.package} ${property}`, argument: value }];
  }
  const key = property === "set" && name && value ? model.values.text(file, name) : undefined;
  return key !== undefined && value && isSecretName(key) && isKind("application") ? [{ sink: key, argument: value }] : [];
}

/** What a container for injection is given under the name of a secret: `register({ jwtSecret: asValue("…") })`, `register("JWT_SECRET", { useValue: "…" })`, `bind("JWT_SECRET").toConstantValue("…")`, `Container.set("jwt.secret", "…")`. */
function ofContainer(model: ProjectModel, file: string, node: CallExpression, object: Expression, property: string): readonly GivenSecret[] | undefined {
  const [first, second] = node.arguments;
  if (property === "register" && first?.kind === "object") return first.members.flatMap((member) => (member.kind === "property" && isSecretName(member.key) && member.value.kind === "call" && lastName(member.value.callee) === "asValue" ? member.value.arguments.slice(0, 1).map((argument) => ({ sink: member.key, argument })) : []));
  const named = property === "toConstantValue" && object.kind === "call" && lastName(object.callee) === "bind" ? object.arguments[0] : first;
  const value = property === "toConstantValue" ? first : property === "set" && lastName(object) === "Container" ? second : /^register(?:Instance)?$/.test(property) && second?.kind === "object" ? propertyOf(second, "useValue") : undefined;
  const name = named && value ? (model.values.text(file, named) ?? lastName(named)) : "";
  return value && isSecretName(name) ? [{ sink: name, argument: value }] : undefined;
}

/** `body.append("client_secret", "…")` of a form that is sent to another service. */
function ofForm(model: ProjectModel, file: string, node: CallExpression, object: Expression, property: string): readonly GivenSecret[] | undefined {
  const [name, value] = node.arguments;
  if (!/^(?:append|set)$/.test(property) || !name || !value || !/params|body|form|data|search/i.test(lastName(object))) return undefined;
  const isForm = model.values.of(file, object).some((held) => held.kind === "external" && held.provenance.package === "global" && /^(?:URLSearchParams|FormData)$/.test(held.provenance.path[0] ?? ""));
  const key = isForm ? model.values.text(file, name) : undefined;
  return key !== undefined && /^(?:client|app|api)_?secret$/i.test(key) ? [{ sink: key, argument: value, foreign: true }] : undefined;
}

function isSecretName(name: string): boolean {
  return /^(?:password|key)$/.test(secretNameOf(name) ?? "");
}

/** The providers of a module of Nest's that are named after a secret. */
function providedSecrets(model: ProjectModel, file: string, module: Expression): readonly GivenSecret[] {
  const providers = module.kind === "object" ? propertyOf(module, "providers") : undefined;
  return (providers?.kind === "array" ? providers.elements : []).flatMap((provider) => providedSecret(model, file, provider));
}

function providedSecret(model: ProjectModel, file: string, provider: Expression | undefined): readonly GivenSecret[] {
  const token = provider?.kind === "object" ? propertyOf(provider, "provide") : undefined;
  const value = provider?.kind === "object" ? propertyOf(provider, "useValue") : undefined;
  const name = token && (model.values.text(file, token) ?? lastName(token));
  return value && name !== undefined && isSecretName(name) ? [{ sink: name, argument: value }] : [];
}

/** What stands in objects that are declared to be the options of a library, and what passwords are joined with. */
export function declaredSecrets(model: ProjectModel, file: string): readonly GivenSecret[] {
  const providers = model.values.index(file).sources.flatMap((source) => (source?.kind === "value" && source.path.length === 0 ? providedSecret(model, file, source.value) : []));
  return [...declaredOptions(model, file), ...providers, ...peppers(model, file), ...startedWith(model, file), ...locals(model, file)];
}

/** Objects that are declared to be the options of a library: `const options: SessionOptions = { … }`, `createJwtOptions(): JwtModuleOptions`, `implements JwtOptionsFactory`. */
function declaredOptions(model: ProjectModel, file: string): readonly GivenSecret[] {
  const { sources, functions } = model.values.index(file);
  const sinkOf = (type: TypeNode | undefined, ending: RegExp): string | undefined => {
    const stated = type?.kind === "reference" && /^Promise$/.test(type.name) ? type.arguments?.[0] : type;
    const declaration = stated?.kind === "reference" && stated.binding !== undefined ? model.declarationOfBinding(file, stated.binding) : undefined;
    if (stated?.kind !== "reference" || declaration?.kind !== "package" || !ending.test(stated.name) || !isFor(declaration.package, declaration.subpath, ...clientLibraries)) return undefined;
    return `${declaration.package} ${stated.name}`;
  };
  const named = (sink: string | undefined, value: Expression | undefined): readonly GivenSecret[] =>
    sink === undefined || !value ? [] : namedSecrets(model, file, value).map(({ node: argument, ...rest }) => ({ sink, argument, ...rest }));
  const held = sources.flatMap((source) => (source?.kind === "value" && source.type && source.path.length === 0 ? named(sinkOf(source.type, /(?:Options|Config|Configuration|Settings|Params)$/), source.value) : []));
  const returned = [...functions.values()].flatMap(({ node, class: owner, member }) => {
    const factory = member && /^create\w*Options$/.test(member.name) ? owner?.implements?.map((type) => sinkOf(type, /Factory$/)).find((sink) => sink !== undefined) : undefined;
    const sink = factory ?? (node.returns && sinkOf(node.returns, /(?:Options|Config|Configuration|Settings|Params)$/));
    return sink === undefined ? [] : model.values.returned(node).flatMap((value) => named(sink, value));
  });
  return [...held, ...returned];
}

/** `app.locals.jwtSecret = "…"` */
function locals(model: ProjectModel, file: string): readonly GivenSecret[] {
  return model.values.index(file).memberAssignments.flatMap(({ object, property, value }) => (object.kind === "member" && object.property === "locals" && isSecretName(property) ? [{ sink: property, argument: value }] : []));
}

/** What pm2 starts a program with: `{ apps: [{ env_production: { JWT_SECRET: "…" } }] }`. */
function startedWith(model: ProjectModel, file: string): readonly GivenSecret[] {
  if (!/(?:^|\/)(?:ecosystem|pm2)[\w.-]{0,30}\.c?js$/.test(file)) return [];
  const { body, defaultExport } = model.facts(file);
  const exported = defaultExport === undefined ? undefined : body[defaultExport];
  const given = exported?.kind === "expression" ? exported.value : undefined;
  const whole = given?.kind === "assign" ? given.value : given;
  const apps = whole?.kind === "object" ? propertyOf(whole, "apps") : undefined;
  const environments = (apps?.kind === "array" ? apps.elements : []).flatMap((app) => (app.kind === "object" ? app.members.flatMap((member) => (member.kind === "property" && /^env(?:_|$)/.test(member.key) && member.value.kind === "object" ? [member.value] : [])) : []));
  const isOfDevelopers = (environment: ObjectExpression): boolean => /^(?:dev|development|local)$/.test(model.values.text(file, propertyOf(environment, "NODE_ENV") ?? environment) ?? "");
  return environments.filter((environment) => !isOfDevelopers(environment)).flatMap((environment) => environment.members.flatMap((member): readonly GivenSecret[] => (member.kind === "property" && judgeStartedWith(member.key, model.values.text(file, member.value) ?? "") ? [{ sink: member.key, argument: member.value }] : [])));
}

/** Functions of Node's that make a hash that is slow to guess. */
const hashingKeys = /^(?:pbkdf2|scrypt)(?:Sync)?$/;

/** `bcrypt.hash(password + pepper, 12)`: the constant that a password is joined with before it is hashed. */
function peppers(model: ProjectModel, file: string): readonly GivenSecret[] {
  return model.values.index(file).calls.flatMap(({ node }) => {
    const [password] = node.arguments;
    const parts = password?.kind === "binary" && password.operator === "+" ? [password.left, password.right] : password?.kind === "template" && !password.tag ? password.values : [];
    if (parts.length < 2) return [];
    const callee = model.values.of(file, node.callee).find((value) => value.kind === "external" && (isFor(value.provenance.package, value.provenance.subpath, "password-hashing") || (value.provenance.package === "node:crypto" && hashingKeys.test(value.provenance.path.at(-1) ?? ""))));
    if (callee?.kind !== "external") return [];
    return parts.filter((part) => (model.values.text(file, part)?.length ?? 0) > 3).map((argument) => ({ sink: nameOf(callee.provenance), argument }));
  });
}
