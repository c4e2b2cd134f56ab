import type { Span } from "../base/position.js";
import { secretNameOf } from "../catalogue/secrets/secret-names.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { givenSecrets } from "./given-secrets.js";
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
  return givenSecrets(model, file).flatMap(({ sink, argument, foreign, elsewhere }) =>
    (elsewhere ? (constantParts(model, elsewhere.file, elsewhere.node).length > 0 ? [argument] : []) : constantParts(model, file, argument))
      .filter((part) => foreign !== true || !model.values.of(file, part).every((value) => value.kind === "constant" && isFilledIn(String(value.value))))
      .map((part) => ({ argument: part, sink })),
  );
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
      return [...model.values.returned(argument.function), ...handedOver(model, file, argument.function)].flatMap(inner);
    case "cast":
    case "await":
      return inner(argument.value);
    case "call":
    case "new": {
      const held = hashedText(argument) ?? printedText(argument);
      if (held) return inner(held);
      const [first] = argument.arguments;
      const changed = changedText(model, file, argument);
      if (changed) return inner(changed);
      if (argument.callee.kind === "member" && argument.callee.property === "join") return joined(model, file, argument.callee.object) ? [argument] : [];
      if (first && (isEncoder(argument.callee) || holdsKeys(model, file, argument.callee))) return inner(first);
      // `sign(payload, tokenSecret())`
      return isConstantText(model, file, argument) || fallsBack(model, file, argument, depth) ? [argument] : [];
    }
    case "binary":
      // `process.env.X || word`; for keys that are named after a secret this is the business of no-secret-fallbacks.
      if (isConstantText(model, file, argument)) return [argument];
      return /^(?:\|\||\?\?)$/.test(argument.operator) && secretNameOf(lastName(argument.left)) === undefined && isRead(argument.left) ? inner(argument.right) : [];
  }
  const declaration = argument.kind === "name" && argument.binding !== undefined ? model.declarationOfBinding(file, argument.binding) : undefined;
  const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  // Of what a parameter is given, who gives it counts.
  if ((source?.kind !== "parameter" || source.path.length > 0) && isConstantText(model, file, argument)) return [argument];
  // `constructor(private readonly secret = "…")`, `this.secret = secret`
  const held = argument.kind === "member" && argument.object.kind === "this" ? model.values.fieldGiven(file, argument.object, argument.property) : undefined;
  if (held) return inner(held);
  if (declaration?.kind !== "binding" || source === undefined) return [];
  // `const key = encoder.encode("…")`, `const keys = ["…"]`
  if (source.kind === "value" && source.path.length === 0 && /^(?:call|new|array|binary)$/.test(source.value?.kind ?? "") && source.value) return constantParts(model, declaration.file, source.value, depth + 1).length > 0 ? [argument] : [];
  if (source.kind !== "parameter") return [];
  // `function sign(body: string, key = "…")`: whoever does not give one signs with this.
  const fallback = source.default ?? (source.path.length === 0 ? source.function.parameters[source.index]?.default : undefined);
  if (fallback && isConstantText(model, declaration.file, fallback)) return [argument];
  const [step, ...steps] = source.path;
  if (steps.length > 0 || (step && step.kind !== "property")) return [];
  // What tests, seeds and scripts pass is theirs.
  const calls = model.values.callSites.of(file, source.function).filter(({ file: caller }) => /^(source|settings)$/.test(roleOf(caller)) && model.layerOf(caller).layer !== "tests");
  const passes = calls.length > 0 && calls.every(({ file: caller, call }) => {
    const given = call.arguments[source.index];
    const passed = step?.kind === "property" ? given?.kind === "object" ? propertyOf(given, step.key) : undefined : given;
    return passed !== undefined && (passed.kind === "secret" || isConstantText(model, caller, passed));
  });
  return passes ? [argument] : [];
}

/** Whether a function gives a constant where a setting is not there: `() => process.env.X || "…"`. */
function fallsBack(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression, depth: number): boolean {
  return model.values.of(file, callee).some((made) => made.kind === "function" && made.file === file && model.values.returned(made.node).some((value) => value.kind === "binary" && constantParts(model, file, value, depth + 1).length > 0));
}

/** A setting or another value that may not be there, read and not computed. */
function isRead(node: Expression): boolean {
  return node.kind === "name" || node.kind === "member";
}

/** `secret.padEnd(32)`, `secret.slice(0, 32)`, `secret.replace("-", "")`: the text that something is made of, and nothing unknown besides. */
function changedText(model: ProjectModel, file: string, { callee, arguments: given }: CallExpression | NewExpression): Expression | undefined {
  if (callee.kind !== "member" || !/^(?:padEnd|padStart|slice|substring|substr|subarray|repeat|trim|toLowerCase|toUpperCase|concat|replace|replaceAll|normalize|split|reverse|at)$/.test(callee.property)) return undefined;
  return given.every((argument) => argument.kind === "literal" || model.values.text(file, argument) !== undefined) ? callee.object : undefined;
}

/** `["…", "…"].join("")`: a list of which all is written down. */
function joined(model: ProjectModel, file: string, list: Expression): boolean {
  return list.kind === "array" && list.elements.length > 0 && list.elements.every((element) => isConstantText(model, file, element));
}

/** `(request, token, done) => done(null, "…")`: what a function gives by calling back. */
function handedOver(model: ProjectModel, file: string, node: FunctionNode): readonly Expression[] {
  const { calls, sources } = model.values.index(file);
  return calls.flatMap(({ node: call, in: context }) => {
    const source = context?.node === node && call.callee.kind === "name" && call.callee.binding !== undefined ? sources[call.callee.binding] : undefined;
    return source?.kind === "parameter" && source.function === node ? call.arguments.slice(1, 2) : [];
  });
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

/** A ring of keys, such as keygrip's, is as secret as the list that it is made of. */
function holdsKeys(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package === "keygrip");
}

/** `Buffer.from`, `new TextEncoder().encode`, `base64url.decode`, `createSecretKey`, `importKey`: their result is as secret as their first argument. */
function isEncoder(callee: Expression): boolean {
  if (callee.kind === "member") return /^(?:from|fromBase32|fromHex|fromUTF8|from_string|from_hex|from_base64|decodeUTF8|decodeBase64|encode|decode|parse|createSecretKey|utf8ToBytes|hexToBytes)$/.test(callee.property);
  return callee.kind === "name" && /^(?:createSecretKey|encodeUTF8|decodeUTF8|decodeBase64|utf8ToBytes|hexToBytes|atob|btoa|String|Set|Uint8Array)$/.test(callee.name);
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

/** `your_client_secret`, `<token>`, `sk-`, `dummy`. */
function isFilledIn(text: string): boolean {
  return /^(?:dummy|unused|not[-_ ]used|none)$|^your[-_ ]|^<.{0,60}>$|^x{3,}$|^\w{1,6}[-_]$/i.test(text);
}
