import { Gathered } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import { isMadeUpName } from "../../catalogue/secrets/secret-names.js";
import { within } from "../../base/position.js";
import { isFunctionNode, someNode } from "../../facts/walk.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { nameOf } from "./named-secrets.js";
import { parameterOf } from "../taken-parameters.js";

/** A password of an account that is written down where it is hashed. */
export interface HashedPassword {
  readonly argument: Expression;
  readonly hasher: string;
  readonly length: number;
}

const hashes = /^(?:hash|hashSync)$/;
/** Texts that stand for a password where none is, so that a check takes its time. */
const noPassword = /dummy|fake|mock|timing|invalid|unused|^.{0,3}$|^(?:x+|\*+)$|\s/i;

/**
 * The constants that a file hashes as passwords, by a library or by a function of the project that hands them on to one:
 * each account that is made so opens to who has read the code.
 */
export function* hashedPasswords(model: ProjectModel, file: string): Iterable<HashedPassword> {
  const index = model.values.index(file);
  for (const { node } of index.calls) {
    if (node.kind !== "call" || node.arguments.length === 0) continue;
    const hasher = hasherOf(model, file, node);
    const places = hasher === undefined ? model.callGraph.callees(file, node).functions.flatMap((callee) => hashing(model).of(callee.node)) : [{ index: 0, hasher }];
    if (places.length === 0 || isThrownAway(model, file, node) || isOfSamples(model, file, node)) continue;
    for (const place of places) {
      const argument = node.arguments[place.index];
      const text = argument && constantText(model, file, argument);
      if (argument && text !== undefined && !noPassword.test(text) && !(argument.kind === "name" && isMadeUpName(argument.name))) yield { argument, hasher: place.hasher, length: text.length };
    }
  }
}

/** The text of a literal or a constant, and what stands in for a password that nobody has sent: `body.password || "…"`. What stands in for a setting is the business of no-secret-fallbacks. */
function constantText(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind === "literal") return model.values.text(file, node);
  if (node.kind === "binary") return /^(?:\|\||\?\?)$/.test(node.operator) && node.right.kind === "literal" && !readsSetting(node.left) && model.requestData.of(file, node.left) !== undefined ? model.values.text(file, node.right) : undefined;
  if (node.kind !== "name") return undefined;
  const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
  return model.values.text(file, node) ?? (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "binary" ? constantText(model, file, source.value) : undefined);
}

/** `body.password || process.env.FIRST_PASSWORD` */
function readsSetting(node: Expression): boolean {
  return someNode([node], (part) => part.kind === "member" && part.object.kind === "member" && part.object.property === "env");
}

/** The address of an account that nobody owns: `test${place}@mail.com`, `demo@acme.io`. */
const madeUpAddress = /^(?:test|demo|example|sample|dummy|fake|mock)[\w.+-]{0,20}(?:@|$)/i;

/** `const sampleUsers = [{ password: await hash("…") }]`: accounts to try the application out with, by what they are called or by the address that is written beside. */
function isOfSamples(model: ProjectModel, file: string, call: CallExpression): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(call)?.node.body;
  if (around && someNode(around, (node) => (node.kind === "literal" && typeof node.value === "string" && node.value.includes("@") && madeUpAddress.test(node.value)) || (node.kind === "template" && node.texts.some((text) => text.includes("@")) && madeUpAddress.test(node.texts[0] ?? "")))) return true;
  for (let at = index.parentOf(call); at && !isFunctionNode(at); at = index.parentOf(at)) {
    if ("kind" in at && at.kind === "variable") return at.declarators.some(({ target, span }) => target.kind === "binding" && within(call.span, span) && /^(?:sample|demo|example|dummy|fake|mock)/i.test(target.name));
  }
  return false;
}

/** The library that a call hashes a password with. */
function hasherOf(model: ProjectModel, file: string, { callee }: CallExpression): string | undefined {
  for (const value of model.values.of(file, callee)) {
    if (value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "password-hashing") && hashes.test(value.provenance.path.at(-1) ?? "")) return nameOf(value.provenance);
  }
  return undefined;
}

/** A parameter that a function of the project hashes. */
interface HashedParameter {
  readonly index: number;
  readonly hasher: string;
}

/** The functions of the project that hash a parameter. */
const hashing = oncePer((model: ProjectModel) => new Gathered(model.files, (file) => hashedIn(model, file)));

function* hashedIn(model: ProjectModel, file: string): Iterable<readonly [FunctionNode, HashedParameter]> {
  for (const { node } of model.values.index(file).calls) {
    const [password] = node.arguments;
    const hasher = node.kind === "call" && password ? hasherOf(model, file, node) : undefined;
    const taken = hasher !== undefined && password ? parameterOf(model, file, password) : undefined;
    if (hasher !== undefined && taken?.keys.length === 0) yield [taken.function, { index: taken.index, hasher }];
  }
}

/** Whether nobody keeps the hash, or what keeps it says that it is made up: that of no account, which a check is slowed down with. */
function isThrownAway(model: ProjectModel, file: string, node: CallExpression): boolean {
  const index = model.values.index(file);
  let kept = index.parentOf(node);
  if (kept && "kind" in kept && kept.kind === "await") kept = index.parentOf(kept);
  if (kept && "kind" in kept && kept.kind === "expression") return true;
  const binding = index.sources.findIndex((source) => source?.kind === "value" && source.path.length === 0 && (source.value === node || (source.value?.kind === "await" && source.value.value === node)));
  return binding !== -1 && isMadeUpName(index.facts.bindings[binding]?.name ?? "");
}
