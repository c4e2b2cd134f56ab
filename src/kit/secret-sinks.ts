import type { Span } from "../base/position.js";
import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { constantParts } from "./constant-parts.js";
import { givenSecrets } from "./given-secrets.js";
import { handedSecrets } from "./handed-secrets.js";

/** An argument that is a secret to the library that takes it, written down in the code. */
export interface ConstantSecret {
  /** The argument, or the part of it that is constant. */
  readonly argument: Expression;
  /** What takes it: `jsonwebtoken sign`. */
  readonly sink: string;
}

/** The arguments of a file's calls that a library takes for secrets and that are constant texts, weak words included. */
export function constantSecrets(model: ProjectModel, file: string): ConstantSecret[] {
  return [...givenSecrets(model, file), ...handedSecrets(model, file)].flatMap(({ sink, argument, foreign, elsewhere }) =>
    (elsewhere ? (constantParts(model, elsewhere.file, elsewhere.node).length > 0 ? [argument] : []) : constantParts(model, file, argument))
      .filter((part) => !(sink === "node:crypto createHmac" && isOneOfKinds(model, file, part)))
      .filter((part) => !isOfNoProvider(model.values.text(file, part) ?? ""))
      // `pass: "#"`
      .filter((part) => !/^[^\p{L}\p{N}]+$/u.test(model.values.text(file, part) ?? ""))
      .filter((part) => foreign !== true || !model.values.of(file, part).every((value) => value.kind === "constant" && isFilledIn(String(value.value))))
      .map((part) => ({ argument: part, sink })),
  );
}

/** `Topic.Billing` of an enumeration of plain words, none of which is called a secret: it tells hashes of one kind from those of another. */
function isOneOfKinds(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind !== "member") return false;
  const [kinds, ...others] = model.values.of(file, node.object);
  if (kinds?.kind !== "enum" || others.length > 0 || kinds.node.members.length < 2) return false;
  const names = [kinds.node.name, ...kinds.node.members.map(({ name }) => name)];
  return !names.some((name) => /secret|key|salt|token|pass|jwt|sign|hmac|hash|pepper|auth|crypt/i.test(name)) && kinds.node.members.every(({ value }) => value?.kind === "literal" && /^[a-z]+(?:[-_ ][a-z]+)*$/i.test(String(value.value)));
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

/** `your_client_secret`, `<token>`, `sk-`, `dummy`, and what a server of one's own is given that asks for no key: `ollama`. */
function isFilledIn(text: string): boolean {
  return /^(?:dummy|unused|not[-_ ](?:used|needed|required)|none|empty|placeholder|fake|mock|no[-_ ]?key(?:[-_ ]required)?|vllm|ollama|lm[-_ ]?studio|local[-_ ]?ai|llama)$|^your[-_ ]|^<.{0,60}>$|^x{3,}$|^\w{1,6}[-_]$/i.test(text);
}

/** `sk_test_dummy`: the beginning of a provider's key, and a word that says that it is none. */
function isOfNoProvider(text: string): boolean {
  return /^(?:sk|pk|rk|re|whsec)_(?:test_|live_)?(?:dummy|fake|placeholder|mock)$/i.test(text);
}
