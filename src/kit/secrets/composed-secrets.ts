import { judgeNamedSecret } from "../../catalogue/secrets/named-secrets.js";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { isAboutSecret } from "../../catalogue/secrets/secret-names.js";
import { secretInHeader } from "../../catalogue/secrets/header-secrets.js";
import { isOfStoreAt } from "../../catalogue/secrets/own-store.js";
import { isKeyOfPages } from "../../catalogue/secrets/vendor-keys.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { BinaryExpression, CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isToldInData } from "./told-in-data.js";

/** A secret that no single literal shows: it is put together, or a constant that something secret is compared with. */
export interface ComposedSecret {
  readonly expression: Expression;
  readonly format: string;
  readonly length: number;
  /** What it is compared with. */
  readonly name?: string;
}

/** What stands for a part whose text is unknown; no secret has it. */
const hole = "${}";
/** More parts than this make a document, not a secret. */
const mostParts = 60;

/** The secrets of a file that come about by `+`, in a template, or by comparing with a named constant. */
export function* composedSecrets(model: ProjectModel, file: string): Iterable<ComposedSecret> {
  const { operations, templates, calls } = model.values.index(file);
  const sums = operations.filter(({ operator }) => operator === "+");
  const parts = new Set(sums.flatMap(({ left, right }) => [left, right]));
  for (const node of [...sums, ...templates]) {
    const joined = parts.has(node) ? undefined : joinedSecret(model, file, node, partsOf(node, []));
    if (joined) yield joined;
  }
  for (const { node } of calls) {
    const joined = node.kind === "call" ? joinedSecret(model, file, node, elementsOf(node)) : undefined;
    if (joined) yield joined;
  }
  for (const { node } of calls) for (const argument of node.arguments) if (argument.kind === "object" || argument.kind === "array" || argument.kind === "cast") yield* namedConstants(model, file, argument);
  for (const node of operations) {
    const compared = /^[!=]==?$/.test(node.operator) ? comparedSecret(model, file, node) : undefined;
    if (compared) yield compared;
  }
}

/** `connect({ password: word })`: properties whose names promise a secret, and that a constant of another name is given to. */
function* namedConstants(model: ProjectModel, file: string, node: Expression, depth = 0): Iterable<ComposedSecret> {
  if (depth > 4) return;
  if (node.kind === "cast") yield* namedConstants(model, file, node.value, depth + 1);
  if (node.kind === "array") for (const element of node.elements) yield* namedConstants(model, file, element, depth + 1);
  if (node.kind !== "object") return;
  const beside = node.members.flatMap((member) => (member.kind === "property" ? [member.key] : []));
  const host = propertyOf(node, "host");
  for (const member of node.members) {
    if (member.kind !== "property") continue;
    const { key, value } = member;
    if (value.kind !== "name" && value.kind !== "member") yield* namedConstants(model, file, value, depth + 1);
    // `{ password: PASSWORD_FIELD }`
    else if (isConstant(model, file, value) && !isToldInData(model, file, value) && !isAboutSecret(lastName(value)) && !isOfTrial(lastName(value)) && !isKeyOfPages(lastName(value))) {
      const text = model.values.text(file, value);
      const kind = text === undefined ? undefined : judgeNamedSecret(key, text, beside);
      // `{ host: Store.host, password: Store.password }` of the machine itself.
      const isLocal = kind === "password" && host !== undefined && isOfStoreAt(model.values.text(file, host), text);
      if (kind && !isLocal && text !== undefined) yield { expression: value, format: kind, length: text.length, name: key };
    }
  }
}

/** `TEST_PASSWORD`: that of an account with which a script tries the application out. */
function isOfTrial(name: string): boolean {
  return /^(?:tests?|e2e|demo|sample|example)(?:[_A-Z]|$)/.test(name) || /^(?:TEST|E2E|DEMO|SAMPLE|EXAMPLE)_/.test(name);
}

/** A secret by its form that the pieces of a text make together. */
function joinedSecret(model: ProjectModel, file: string, node: Expression, parts: readonly (string | Expression)[] | undefined): ComposedSecret | undefined {
  if (parts === undefined || !promises(model, file, parts)) return undefined;
  const text = parts.map((part) => (typeof part === "string" ? part : textOf(model, file, part))).join("");
  // A piece that is a secret by itself is reported where it stands.
  if (text.includes("…") || parts.every((part) => typeof part === "string" && part === text)) return undefined;
  const [token] = findTokens(text);
  if (token) return { expression: node, format: token.format, length: token.end - token.start };
  const header = secretInHeader("authorization", text);
  return header && { expression: node, format: header, length: text.length };
}

/** Whether the written pieces begin an address or a header, or all there is stands in the code. */
function promises(model: ProjectModel, file: string, parts: readonly (string | Expression)[]): boolean {
  if (parts.length < 2) return false;
  return parts.every((part) => typeof part === "string" || isConstant(model, file, part)) || parts.some((part) => typeof part === "string" && /:\/\/|^(?:Basic|Bearer) /.test(part));
}

/** A name that is given a text where it is declared, or that another file exports. */
function isConstant(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return isConstant(model, file, node.object);
  if (node.kind !== "name" || node.binding === undefined) return false;
  const source = model.values.index(file).sources[node.binding];
  return source === undefined || (source.kind === "value" && source.path.length === 0 && /^(literal|template|object)$/.test(source.value?.kind ?? ""));
}

/** The pieces of `["…", "…"].join("-")`. */
function elementsOf({ callee, arguments: [separator] }: CallExpression): readonly (string | Expression)[] | undefined {
  if (callee.kind !== "member" || callee.property !== "join" || callee.object.kind !== "array" || callee.object.elements.length > mostParts) return undefined;
  const between = separator === undefined ? "," : separator.kind === "literal" && typeof separator.value === "string" ? separator.value : undefined;
  if (between === undefined) return undefined;
  return callee.object.elements.flatMap((element, index) => [...(index > 0 ? [between] : []), element.kind === "literal" && typeof element.value === "string" ? element.value : element]);
}

/** The pieces of a sum and of the templates in it, in order; undefined where one of them is a secret by itself, or there are too many. */
function partsOf(node: Expression, parts: (string | Expression)[], depth = 0): (string | Expression)[] | undefined {
  if (parts.length > mostParts || depth > mostParts) return undefined;
  if (node.kind === "secret") return undefined;
  if (node.kind === "literal" && typeof node.value === "string") parts.push(node.value);
  else if (node.kind === "binary" && node.operator === "+") return partsOf(node.left, parts, depth + 1) && partsOf(node.right, parts, depth + 1);
  else if (node.kind === "template" && !node.tag) {
    for (const [index, text] of node.texts.entries()) {
      parts.push(text);
      const value = node.values[index];
      if (value && !partsOf(value, parts, depth + 1)) return undefined;
    }
  } else parts.push(node);
  return parts;
}

/** The text of a piece: of a constant, or of one in base64; a hole where it is unknown. */
function textOf(model: ProjectModel, file: string, node: Expression): string {
  const plain = base64Source(model, file, node);
  if (!plain) return model.values.text(file, node) ?? hole;
  const text = model.values.text(file, plain);
  return text === undefined ? hole : Buffer.from(text).toString("base64");
}

/** What `btoa(…)` and `Buffer.from(…).toString("base64")` encode, also where a constant of the file holds it. */
function base64Source(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" ? base64Source(model, file, source.value) : undefined;
  }
  if (node.kind !== "call") return undefined;
  const { callee } = node;
  if (callee.kind === "name") return callee.name === "btoa" ? node.arguments[0] : undefined;
  const [encoding] = node.arguments;
  const isEncoded = callee.kind === "member" && callee.property === "toString" && encoding?.kind === "literal" && encoding.value === "base64";
  if (!isEncoded || callee.object.kind !== "call") return undefined;
  const made = callee.object;
  return made.callee.kind === "member" && made.callee.property === "from" && made.arguments.length === 1 ? made.arguments[0] : undefined;
}

/** A constant behind a name that is compared with what the other side's name calls a secret. */
function comparedSecret(model: ProjectModel, file: string, { left, right }: BinaryExpression): ComposedSecret | undefined {
  for (const [secret, other] of [[left, right], [right, left]] as const) {
    if (other.kind !== "name" && other.kind !== "member" && other.kind !== "binary") continue;
    const name = secret.kind === "name" ? secret.name : secret.kind === "member" ? secret.property : undefined;
    const text = name === undefined ? undefined : model.values.text(file, other);
    const kind = name !== undefined && text !== undefined ? judgeNamedSecret(name, text) : undefined;
    if (kind && name !== undefined && text !== undefined) return { expression: other, format: kind, length: text.length, name };
  }
  return undefined;
}
