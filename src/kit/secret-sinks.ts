import type { Span } from "../base/position.js";
import { describe, isFor, type Provenance } from "../catalogue/index.js";
import { secretNameOf } from "../catalogue/secrets/named-secrets.js";
import type { CallExpression, Expression, NewExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";

/** An argument that is a secret to the library that takes it, written down in the code. */
export interface ConstantSecret {
  /** The argument, or the part of it that is constant. */
  readonly argument: Expression;
  /** What takes it: `jsonwebtoken sign`. */
  readonly sink: string;
}

/** The arguments of a file's calls that a library takes for secrets and that are constant texts, weak words included. */
export function constantSecrets(model: ProjectModel, file: string): ConstantSecret[] {
  const found: ConstantSecret[] = [];
  for (const { node } of model.values.index(file).calls) {
    for (const { sink, argument } of secretArguments(model, file, node)) {
      const parts = constantParts(model, file, argument);
      found.push(...parts.map((part) => ({ argument: part, sink })));
    }
  }
  return found;
}

function secretArguments(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly { readonly sink: string; readonly argument: Expression }[] {
  for (const callee of model.values.of(file, node.callee)) {
    if (callee.kind !== "external") continue;
    const { provenance } = callee;
    const sink = `${provenance.package} ${provenance.path.filter((step) => /^[\w$]+$/.test(step) && step !== "default").at(-1) ?? ""}`.trim();
    const paths = describe(provenance)?.secrets;
    if (paths) return model.values.argumentsAt(file, node, paths).map((argument) => ({ sink, argument }));
    if (makesClient(provenance, node)) return node.arguments.flatMap((argument) => namedSecrets(argument)).map((argument) => ({ sink, argument }));
  }
  return [];
}

function makesClient({ package: name, subpath, path }: Provenance, node: CallExpression | NewExpression): boolean {
  const makes = node.kind === "new" || /^(default|create\w*|connect|forRoot|register|init|configure)$/.test(path.at(-1) ?? "default");
  return makes && path.length <= 2 && isFor(name, subpath, "data-access", "cache", "storage", "queue", "mail", "sms", "auth", "token", "payment", "ai", "search", "http-client");
}

/** The values of properties whose names say that they are secrets, in an object that is written out. */
function namedSecrets(node: Expression, depth = 0): readonly Expression[] {
  if (node.kind !== "object" || depth > 2) return [];
  return node.members.flatMap((member) => {
    if (member.kind !== "property") return [];
    return secretNameOf(member.key) === undefined || member.value.kind === "object" ? namedSecrets(member.value, depth + 1) : [member.value];
  });
}

/** The elements of a list of keys, what an encoder is given, else the argument itself, where they are constant texts. */
function constantParts(model: ProjectModel, file: string, argument: Expression): readonly Expression[] {
  if (argument.kind === "array") return argument.elements.flatMap((element) => constantParts(model, file, element));
  if (argument.kind === "cast" || argument.kind === "await") return constantParts(model, file, argument.value);
  if (argument.kind === "call" || argument.kind === "new") {
    const [first] = argument.arguments;
    return first && isEncoder(argument.callee) ? constantParts(model, file, first) : [];
  }
  const values = model.values.of(file, argument);
  const isConstant = values.length > 0 && values.every((value) => value.kind === "constant" && typeof value.value === "string" && value.value !== "" && !/PUBLIC KEY|CERTIFICATE/.test(value.value));
  return isConstant ? [argument] : [];
}

/** `Buffer.from`, `new TextEncoder().encode`, `createSecretKey`, `importKey`: their result is as secret as their first argument. */
function isEncoder(callee: Expression): boolean {
  if (callee.kind === "member") return /^(from|encode|parse|createSecretKey|toString|digest)$/.test(callee.property);
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
