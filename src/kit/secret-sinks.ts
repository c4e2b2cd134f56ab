import type { Span } from "../base/position.js";
import { type ArgumentPath, describe, isFor, type Provenance } from "../catalogue/index.js";
import { callStep } from "../catalogue/provenance.js";
import { entropyOf } from "../catalogue/secrets/entropy.js";
import { isSecretValue, secretNameOf } from "../catalogue/secrets/named-secrets.js";
import type { CallExpression, Expression, NewExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { roleOf } from "./roles.js";

/** An argument that is a secret to the library that takes it, written down in the code. */
export interface ConstantSecret {
  /** The argument, or the part of it that is constant. */
  readonly argument: Expression;
  /** What takes it: `jsonwebtoken sign`. */
  readonly sink: string;
}

/** The arguments of a file's calls that a library takes for secrets and that are constant texts, weak words included. */
export function constantSecrets(model: ProjectModel, file: string): ConstantSecret[] {
  const index = model.values.index(file);
  const given = index.calls.flatMap(({ node }) => secretArguments(model, file, node));
  // `app.keys = ["…"]`
  const assigned = index.memberAssignments.flatMap(({ object, property, value }): readonly Taken[] =>
    // What the library says of the member; what the project assigns to it is what is judged.
    model.values.of(file, object).flatMap((held) => (held.kind === "external" && describe(memberOf(held.provenance, property))?.secrets ? [{ sink: `${held.provenance.package} ${property}`, argument: value }] : [])),
  );
  return [...given, ...assigned].flatMap(({ sink, argument }) => constantParts(model, file, argument).map((part) => ({ argument: part, sink })));
}

/** `import("plugin")` stands for the plugin that the package exports. */
function pluginOf(provenance: Provenance): Provenance {
  return provenance.path.length === 0 ? memberOf(provenance, "default") : provenance;
}

function memberOf(provenance: Provenance, name: string): Provenance {
  return { ...provenance, path: [...provenance.path, name] };
}

interface Taken {
  readonly sink: string;
  readonly argument: Expression;
}

function secretArguments(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly Taken[] {
  const [plugin] = node.arguments;
  const registers = node.callee.kind === "member" && node.callee.property === "register" && plugin !== undefined;
  // `app.register(plugin, options)`: the options come second.
  if (registers) for (const value of model.values.of(file, plugin)) if (value.kind === "external" && value.site === undefined) return ofLibrary(model, file, node, pluginOf(value.provenance), 1);
  const inherited = node.callee.kind === "super";
  return model.values.of(file, node.callee).flatMap((callee) => {
    if (callee.kind !== "external") return [];
    const { provenance } = callee;
    // `super({ secretOrKey })` of a strategy that a library made.
    if (inherited && isAboutLogin(provenance)) return node.arguments.flatMap((argument) => namedSecrets(model, file, argument)).map((argument) => ({ sink: nameOf(provenance), argument }));
    return ofLibrary(model, file, node, provenance, 0);
  });
}

/** The secrets among the arguments of a call of a library's function, of which the first counted stands at `shift`. */
function ofLibrary(model: ProjectModel, file: string, node: CallExpression | NewExpression, provenance: Provenance, shift: number): readonly Taken[] {
  if (takesPublicKey(node)) return [];
  const sink = nameOf(provenance);
  const paths = (describe(provenance)?.secrets ?? []).map((path): ArgumentPath => (shift === 0 ? path : (path.replace(/^\d+/, (place) => String(Number(place) + shift)) as ArgumentPath))); // a place moved on is a place
  const taken = model.values.argumentsAt(file, node, paths);
  // `new ServerClient("…")`: nothing else that a client is given by its place is random.
  const placed = paths.length === 0 && makesClient(provenance, node) && isService(provenance) ? node.arguments.filter((argument) => isRandom(model.values.text(file, argument))) : [];
  const named = makesClient(provenance, node) || /Async$/.test(provenance.path.at(-1) ?? "") ? node.arguments.flatMap((argument) => namedSecrets(model, file, argument)) : [];
  // `axios.get(url, { auth: { username, password } })`
  const credentials = isFor(provenance.package, provenance.subpath, "http-client") ? node.arguments.flatMap((argument) => (argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" && member.key === "auth" ? namedSecrets(model, file, member.value) : [])) : [])) : [];
  return [...new Set([...taken, ...placed, ...named, ...credentials])].map((argument) => ({ sink, argument }));
}

/** Whether a package is the client of a service that knows its users by a key. */
function isService({ package: name, subpath }: Provenance): boolean {
  return isFor(name, subpath, "mail", "sms", "payment", "ai", "search", "http-client", "feature-flags", "error-tracking");
}

function isRandom(text: string | undefined): boolean {
  return text !== undefined && text.length >= 20 && isSecretValue("key", text) && entropyOf(text) >= 3.25;
}

/** `importKey("spki", …)` takes a public key. */
function takesPublicKey(node: CallExpression | NewExpression): boolean {
  const [format] = node.arguments;
  return node.callee.kind === "member" && node.callee.property === "importKey" && format?.kind === "literal" && format.value === "spki";
}

function nameOf({ package: name, path }: Provenance): string {
  return `${name} ${path.filter((step) => /^[\w$]+$/.test(step) && step !== "default").at(-1) ?? ""}`.trim();
}

function isAboutLogin({ package: name, subpath }: Provenance): boolean {
  return name === "@nestjs/passport" || isFor(name, subpath, "auth", "token");
}

function makesClient(provenance: Provenance, node: CallExpression | NewExpression): boolean {
  const { package: name, subpath, path } = provenance;
  const makes = node.kind === "new" || /^(default|create\w*|connect|forRoot|register|init|configure|update)$/.test(path.at(-1) ?? "default");
  // A record of somebody is no client: `new User({ password })`.
  if (node.kind === "new" && path.includes(callStep)) return false;
  return makes && path.length <= 2 && isFor(name, subpath, "data-access", "cache", "storage", "queue", "mail", "sms", "auth", "token", "payment", "ai", "search", "http-client");
}

/** The values of properties whose names say that they are secrets, in an object that is written out, here or in a constant of the file, or that a factory returns. */
function namedSecrets(model: ProjectModel, file: string, node: Expression, depth = 0): readonly Expression[] {
  if (depth > 3) return [];
  if (node.kind === "cast") return namedSecrets(model, file, node.value, depth + 1);
  if (node.kind === "function") return model.values.returned(node.function).flatMap((value) => namedSecrets(model, file, value, depth + 1));
  if (node.kind === "name" || node.kind === "member") {
    const [value, ...others] = model.values.of(file, node);
    // Parts of an object of another file are not this file's to report.
    return value?.kind === "object" && value.file === file && others.length === 0 ? namedSecrets(model, file, value.node, depth + 1) : [];
  }
  if (node.kind !== "object") return [];
  return node.members.flatMap((member) => {
    if (member.kind !== "property") return [];
    // `new Octokit({ auth: "…" })`
    const isNamed = secretNameOf(member.key) !== undefined || member.key === "auth";
    return !isNamed || member.value.kind === "object" ? namedSecrets(model, file, member.value, depth + 1) : [member.value];
  });
}

/** The elements of a list of keys, what an encoder or a function gives, what callers pass, else the argument itself, where they are constant texts. */
function constantParts(model: ProjectModel, file: string, argument: Expression, depth = 0): readonly Expression[] {
  if (depth > 4) return [];
  const inner = (part: Expression): readonly Expression[] => constantParts(model, file, part, depth + 1);
  switch (argument.kind) {
    case "array":
      return argument.elements.flatMap(inner);
    case "object":
      return argument.members.flatMap((member) => (member.kind === "property" ? inner(member.value) : []));
    case "function":
      return model.values.returned(argument.function).flatMap(inner);
    case "cast":
    case "await":
      return inner(argument.value);
    case "call":
    case "new": {
      const held = hashedText(argument) ?? printedText(argument);
      if (held) return inner(held);
      const [first] = argument.arguments;
      if (first && (isEncoder(argument.callee) || holdsKeys(model, file, argument.callee))) return inner(first);
      // `sign(payload, tokenSecret())`
      return isConstantText(model, file, argument) ? [argument] : [];
    }
  }
  if (isConstantText(model, file, argument)) return [argument];
  if (argument.kind !== "name" || argument.binding === undefined) return [];
  const declaration = model.declarationOfBinding(file, argument.binding);
  const source = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  if (declaration.kind !== "binding" || source === undefined) return [];
  // `const key = encoder.encode("…")`, `const keys = ["…"]`
  if (source.kind === "value" && source.path.length === 0 && (source.value?.kind === "call" || source.value?.kind === "new" || source.value?.kind === "array")) return constantParts(model, declaration.file, source.value, depth + 1).length > 0 ? [argument] : [];
  if (source.kind !== "parameter") return [];
  // `function sign(body: string, key = "…")`: whoever does not give one signs with this.
  const fallback = source.default ?? (source.path.length === 0 ? source.function.parameters[source.index]?.default : undefined);
  if (fallback && isConstantText(model, declaration.file, fallback)) return [argument];
  if (source.path.length > 0) return [];
  // What tests, seeds and scripts pass is theirs.
  const calls = model.values.callSites.of(file, source.function).filter(({ file: caller }) => /^(source|settings)$/.test(roleOf(caller)) && model.layerOf(caller).layer !== "tests");
  const passes = calls.length > 0 && calls.every(({ file: caller, call }) => {
    const passed = call.arguments[source.index];
    return passed !== undefined && (passed.kind === "secret" || isConstantText(model, caller, passed));
  });
  return passes ? [argument] : [];
}

function isConstantText(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member" && isAssignedLater(model, node.object, node.property)) return false;
  const values = model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "constant" && typeof value.value === "string" && value.value !== "" && !/PUBLIC KEY|CERTIFICATE/.test(value.value));
}

/** What `createHash("sha256").update("…").digest()` hashes. */
function hashedText({ callee }: CallExpression | NewExpression): Expression | undefined {
  if (callee.kind !== "member" || callee.property !== "digest" || callee.object.kind !== "call") return undefined;
  const { callee: update, arguments: [text] } = callee.object;
  return update.kind === "member" && update.property === "update" ? text : undefined;
}

/** What `Buffer.from("…").toString("hex")` prints: the buffer, not the name of the encoding. */
function printedText({ callee }: CallExpression | NewExpression): Expression | undefined {
  return callee.kind === "member" && callee.property === "toString" ? callee.object : undefined;
}

/** `config.secret = randomBytes(32)` in any file: the constant is only what the object begins with. */
function isAssignedLater(model: ProjectModel, object: Expression, property: string): boolean {
  const holder = lastName(object);
  return model.files.some((file) => model.values.index(file).memberAssignments.some((assigned) => assigned.property === property && lastName(assigned.object) === holder && assigned.value.kind !== "secret" && !model.values.of(file, assigned.value).some(({ kind }) => kind === "constant")));
}

function lastName(node: Expression): string {
  if (node.kind === "name") return node.name;
  return node.kind === "member" ? node.property : node.kind;
}

/** A ring of keys, such as keygrip's, is as secret as the list that it is made of. */
function holdsKeys(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package === "keygrip");
}

/** `Buffer.from`, `new TextEncoder().encode`, `createSecretKey`, `importKey`: their result is as secret as their first argument. */
function isEncoder(callee: Expression): boolean {
  if (callee.kind === "member") return /^(from|encode|parse|createSecretKey)$/.test(callee.property);
  return callee.kind === "name" && /^(createSecretKey|encodeUTF8|utf8ToBytes|String)$/.test(callee.name);
}

/** Where a constant that is used by name is declared; undefined for one that is written on the spot. */
export function declarationOf(model: ProjectModel, file: string, node: Expression): { readonly file: string; readonly span: Span } | undefined {
  const root = rootName(node);
  if (root?.binding === undefined) return undefined;
  const declaration = model.declarationOfBinding(file, root.binding);
  if (declaration.kind !== "binding") return undefined;
  const binding = model.facts(declaration.file).bindings[declaration.binding];
  return binding && { file: declaration.file, span: binding.span };
}

function rootName(node: Expression): Extract<Expression, { kind: "name" }> | undefined {
  if (node.kind === "member" || node.kind === "index") return rootName(node.object);
  return node.kind === "name" ? node : undefined;
}
