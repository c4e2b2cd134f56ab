import { splitWords } from "../../base/words.js";
import type { Expression, Pattern } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isAnswer } from "../routes/answers.js";

/** `account.balance` of `const account = await accounts.find(id)`: what a call gave. */
export function isDomainValue(model: ProjectModel, file: string, node: Expression | Pattern): boolean {
  if (node.kind !== "member" || node.object.kind !== "name" || node.object.binding === undefined || isAnswer(node) || node.property === "length") return false;
  const source = model.values.index(file).sources[node.object.binding];
  if (source?.kind !== "value" || source.path.length > 0) return false;
  const { value } = source;
  // What a service gives at once is as much its own as what is waited for.
  return value?.kind === "await" || (value?.kind === "call" && value.callee.kind === "member" && model.values.of(file, value.callee).some((callee) => callee.kind === "function" && callee.file !== file));
}

/** What a service gave or a client sent, also as a number that may be missing: `order?.lines[0]?.cents ?? 0`, `celsius` of `const celsius = await ovens.temperature(id)`. */
export function isOperand(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "binary" && /^(\?\?|\|\|)$/.test(node.operator)) return isOperand(model, file, node.left);
  if (node.kind === "call" && node.callee.kind === "name" && node.callee.name === "Number" && node.arguments[0]) return isOperand(model, file, node.arguments[0]);
  if (isDomainValue(model, file, node) || isSentValue(model, file, node)) return true;
  let root: Expression = node;
  while (root.kind === "member" || root.kind === "index") root = root.object;
  if (root !== node && root.kind === "name") return node.kind === "member" && node.property !== "length" && node.object.kind !== "name" && isGiven(model, file, root) && !isAnswer(node);
  return node.kind === "name" && isGiven(model, file, node) && !/^(count|total|size|length)$/i.test(node.name);
}

/** A name for what a method of a service gave. */
function isGiven(model: ProjectModel, file: string, { binding }: Extract<Expression, { kind: "name" }>): boolean {
  const source = binding === undefined ? undefined : model.values.index(file).sources[binding];
  const call = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "await" ? source.value.value : undefined;
  return call?.kind === "call" && call.callee.kind === "member" && model.values.of(file, call.callee).every(({ kind }) => kind !== "external");
}

export function namesMoney(name: string): boolean {
  return splitWords(name).some((word) => /^(amount|balance|cents?|charge|cost|discount(ed)?|fee|price|tax|vat)s?$/.test(word));
}

/** `req.body.price`, and `price` of `const { price } = await request.json()`: what the client sent. */
export function isSentValue(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return isBody(node.object);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 1 && source.value !== undefined && isBody(source.value);
}

function isBody(node: Expression): boolean {
  if (node.kind === "await" || node.kind === "cast") return isBody(node.value);
  return (node.kind === "member" && node.property === "body") || (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "json" && node.arguments.length === 0);
}
