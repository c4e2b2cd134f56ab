import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import { isMadeUpName, secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, IndexExpression, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { encodedText, filledText, hashedText, isEncoder, printedText } from "./encoded-texts.js";
import { isLeftToFallbacks, isRead } from "./left-to-fallbacks.js";
import { mapValues } from "./map-values.js";
import { mergedText } from "./merged-settings.js";
import { schemaStandIn } from "./schema-stand-ins.js";
import { givenBySubclasses } from "./subclass-fields.js";
import { isRefusedInProduction } from "./production-guards.js";
import { isForTests } from "./test-branches.js";
import { everyCallerGives, parameterOf, placeOf } from "../taken-parameters.js";

/** How many names, calls and objects are followed. */
const deepest = 6;
/** Fewer bytes than this are a mark that files begin with, not a key. */
const fewestBytes = 8;
/** Functions that are known to read a setting, by their names. */
const readsSetting = /^(?:get|getString|string|read|value|optional|getOrDefault)$|env/i;
/** What a function gives, or a name is assigned, where there is no secret. */
const none = /^(?:none|null|undefined|unknown|n\/a|invalid|missing|test\S{0,12})$/i;

/**
 * The parts of an argument that are constant texts: the elements of a list of keys, what an encoder or a function gives,
 * one of several that a name, a table or a condition may give, what callers pass, else the argument itself.
 */
export function constantParts(model: ProjectModel, file: string, argument: Expression, depth = 0): readonly Expression[] {
  if (depth > deepest || isMadeUp(argument)) return [];
  const inner = (part: Expression): readonly Expression[] => constantParts(model, file, part, depth + 1);
  switch (argument.kind) {
    case "array":
      return argument.elements.flatMap(inner);
    case "object":
      return secretMembers(argument).flatMap(inner);
    case "function":
      return [...model.values.returned(argument.function), ...handedOver(model, file, argument.function)].flatMap(inner);
    case "cast":
    case "await":
    case "spread":
      return inner(argument.value);
    case "call":
    case "new":
      return ofCall(model, file, argument, depth);
    case "binary":
      // `process.env.X || word`; for keys that are named after a secret this is the business of no-secret-fallbacks.
      if (isConstantText(model, file, argument)) return [argument];
      return /^(?:\|\||\?\?)$/.test(argument.operator) && isRead(argument.left) && !isLeftToFallbacks(model, file, argument.left, argument.right) ? inner(argument.right) : [];
    case "conditional":
      return isConstantText(model, file, argument) ? [argument] : ofEither(model, file, [argument.then, argument.else], depth);
    case "index":
      return isConstantText(model, file, argument) ? [argument] : ofTable(model, file, argument, depth);
    default:
      return ofRead(model, file, argument, depth);
  }
}

/** What an object holds that is given for a key: of `{ key, dsaEncoding, padding }` the key, of `{ current, previous }` each. */
function secretMembers(node: ObjectExpression): readonly Expression[] {
  const members = node.members.flatMap((member) => (member.kind === "property" ? [member] : []));
  const keys = members.filter(({ key }) => /^(?:key|secret|passphrase|(?:private|secret)_?key)$/i.test(key));
  return (keys.length > 0 ? keys : members).map(({ value }) => value);
}

/** `DUMMY_KEYS.pass`: the names say that nobody gets in with it. */
export function isMadeUp(node: Expression): boolean {
  if (node.kind === "member") return isMadeUpName(node.property) || isMadeUp(node.object);
  return node.kind === "name" && isMadeUpName(node.name);
}

function ofCall(model: ProjectModel, file: string, argument: CallExpression | NewExpression, depth: number): readonly Expression[] {
  const inner = (part: Expression): readonly Expression[] => constantParts(model, file, part, depth + 1);
  const held = hashedText(argument) ?? printedText(argument) ?? filledText(argument) ?? changedText(model, file, argument);
  if (held) return inner(held);
  if (argument.callee.kind === "member" && argument.callee.property === "join") return joined(model, file, argument.callee.object) ? [argument] : [];
  const [first] = argument.arguments;
  if (first && argument.callee.kind === "member") {
    const { object, property } = argument.callee;
    // `[env.KEY, "…"].find(Boolean)`
    if (property === "find" && object.kind === "array") return object.elements.flatMap(inner);
    if (property === "get" && mapValues(model, file, object).some((value) => inner(value).length > 0)) return [argument];
    // `config.get("phrase")`
    const key = property === "get" ? model.values.text(file, first) : undefined;
    if (key !== undefined && hasStandIn(model, file, object, key, depth)) return [argument];
  }
  // `Buffer.concat([…])`: of parts that are all written down.
  if (first?.kind === "array" && argument.callee.kind === "member" && argument.callee.property === "concat") return first.elements.length > 0 && first.elements.every((part) => inner(part).length > 0) ? [argument] : [];
  if (first && (isEncoder(argument.callee) || holdsKeys(model, file, argument.callee))) return isBytes(model, file, first.kind === "spread" ? first.value : first) ? [argument] : inner(first);
  // `sign(payload, tokenSecret())`
  return isConstantText(model, file, argument) || givesConstant(model, file, argument, depth) ? [argument] : [];
}

/** Whether a function gives its constant to tests alone: `if (process.env.NODE_ENV === "test") return WORD;` */
function givesForTests(model: ProjectModel, file: string, call: Expression): boolean {
  return call.kind === "call" && model.values.of(file, call.callee).some((made) => made.kind === "function" && model.values.returned(made.node).some((given) => isForTests(model, made.file, given)));
}

/** A name or a member: by what it holds, was assigned later, or is given by callers. */
function ofRead(model: ProjectModel, file: string, argument: Expression, depth: number): readonly Expression[] {
  const inner = (part: Expression): readonly Expression[] => constantParts(model, file, part, depth + 1);
  const declaration = argument.kind === "name" && argument.binding !== undefined ? model.declarationOfBinding(file, argument.binding) : undefined;
  const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  const taken = parameterOf(model, file, argument);
  // Of what a parameter is given, who gives it counts; the field of a class that is injected has what the class gives it.
  if (source?.kind === "value" && source.value !== undefined && givesForTests(model, file, source.value)) return [];
  if ((!taken || isFieldOfInstance(model, file, argument)) && isConstantText(model, file, argument)) return [argument];
  const given = argument.kind === "member" && argument.object.kind === "this" ? givenBySubclasses(model, file, argument) : [];
  if (given.some((one) => constantParts(model, one.file, one.node, depth + 1).length > 0)) return [argument];
  // `constructor(private readonly secret = "…")`, `this.secret = secret`
  const held = argument.kind === "member" && argument.object.kind === "this" ? model.values.fieldGiven(file, argument.object, argument.property) : undefined;
  if (held?.file === file) return inner(held.node);
  if (declaration?.kind === "binding" && source?.kind === "value") {
    const value = source.path.length === 0 ? source.value : undefined;
    const later = model.values.assignments(declaration.file).get(declaration.binding) ?? [];
    // `if (!secret) secret = "…"` of a setting that is named after a secret is the business of no-secret-fallbacks.
    if (declaration.file === file && later.length > 0) return value && isLeftToFallbacks(model, file, value) ? [] : ofEither(model, file, [...new Set([...(value ? [value] : []), ...later])], depth);
    // `const key = encoder.encode("…")`, `const keys = ["…"]`
    if (value && /^(?:call|new|array|binary|conditional|index|cast)$/.test(value.kind)) return constantParts(model, declaration.file, value, depth + 1).length > 0 ? [argument] : [];
  }
  if (!taken) return ofMember(model, file, argument, depth);
  // `function sign(body: string, key = "…")`: whoever does not give one signs with this.
  if (taken.default && isConstantText(model, taken.file, taken.default)) return [argument];
  return everyCallerGives(model, taken, (caller, given) => given.kind === "secret" || isConstantText(model, caller, given)) ? [argument] : [];
}

/** `this.settings.secret`, where a class of the project is handed in. */
function isFieldOfInstance(model: ProjectModel, file: string, node: Expression): boolean {
  const holders = node.kind === "member" && node.object.kind === "member" ? model.values.of(file, node.object) : [];
  return holders.length > 0 && holders.every(({ kind }) => kind === "instance");
}

/** `settings.keys`, `tenants[name].key`, where an object or a class holds a constant, a list, encoded bytes or the like under that name, or gives it. */
function ofMember(model: ProjectModel, file: string, argument: Expression, depth: number): readonly Expression[] {
  if (argument.kind !== "member" || isAssignedLater(model, argument.object, argument.property)) return [];
  if (hasStandIn(model, file, argument.object, argument.property, depth) || mergedText(model, file, argument) !== undefined) return [argument];
  const holds = [...model.values.of(file, argument.object), ...(argument.object.kind === "index" ? tableValues(model, file, argument.object) : [])].some((holder) => {
    if (holder.kind !== "object" && holder.kind !== "class" && holder.kind !== "instance") return false;
    const members = holder.kind === "object" ? holder.node.members : holder.kind === "class" ? holder.node.members : holder.class.members;
    for (const member of members) {
      const name = "key" in member ? member.key : "name" in member ? member.name : undefined;
      if (name !== argument.property) continue;
      const getter = member.kind === "getter" ? member.value.function : member.kind === "method" && member.function.form === "getter" ? member.function : undefined;
      if (getter) return ofEither(model, holder.file, model.values.returned(getter), depth + 1).length > 0;
      if (member.kind !== "property" || !member.value) continue;
      if (argument.object.kind === "index" && isConstantText(model, holder.file, member.value)) return true;
      if (!/^(?:call|new|array|binary|conditional|index|cast)$/.test(member.value.kind)) continue;
      return constantParts(model, holder.file, member.value, depth + 1).length > 0;
    }
    return false;
  });
  return holds ? [argument] : [];
}

/** A schema of settings gives the key a text of the code where it is not set. */
function hasStandIn(model: ProjectModel, file: string, object: Expression, key: string, depth: number): boolean {
  const standIn = schemaStandIn(model, file, object, key);
  return standIn !== undefined && constantParts(model, standIn.file, standIn.node, depth + 1).length > 0;
}

/** The constant ones among what something may be, but for those that stand in for a setting, or are for tests. */
function ofEither(model: ProjectModel, file: string, alternatives: readonly Expression[], depth: number): readonly Expression[] {
  if (alternatives.some((one) => isLeftToFallbacks(model, file, one))) return [];
  return alternatives.filter((one) => !isForTests(model, file, one) && !isRefusedInProduction(model, file, one) && !none.test(model.values.text(file, one) ?? "")).flatMap((one) => constantParts(model, file, one, depth + 1));
}

/** `secrets[process.env.NODE_ENV]`: a table of which some are constants. */
function ofTable(model: ProjectModel, file: string, argument: IndexExpression, depth: number): readonly Expression[] {
  return model.values.of(file, argument.object).flatMap((table) => {
    if (table.kind !== "object") return [];
    const values = table.node.members.flatMap((member) => (member.kind === "property" && !/test/i.test(member.key) ? [member.value] : []));
    const parts = ofEither(model, table.file, values, depth + 1);
    return table.file === file || parts.length === 0 ? parts : [argument];
  });
}

/** What stands in a table that is written out, whatever it is asked for. */
function tableValues(model: ProjectModel, file: string, { object }: IndexExpression): readonly Value[] {
  return model.values.of(file, object).flatMap((table) => (table.kind === "object" ? table.node.members.flatMap((member) => (member.kind === "property" ? model.values.of(table.file, member.value) : [])) : []));
}

/** Whether a function gives a constant, at least where a setting is not there: `() => process.env.X || "…"`, `setting("SIG", "…")`. */
function givesConstant(model: ProjectModel, file: string, call: CallExpression | NewExpression, depth: number): boolean {
  return model.values.of(file, call.callee).some((made) => {
    if (made.kind !== "function" || made.node.form === "constructor") return false;
    const returned = model.values.returned(made.node);
    const [name] = call.arguments;
    // Of a setting that is named after a secret this is the business of no-secret-fallbacks.
    if (name && readsSetting.test(lastName(call.callee)) && secretNameOf(model.values.text(file, name) ?? "") !== undefined) return false;
    if (ofEither(model, made.file, returned, depth + 1).length > 0) return true;
    return returned.some((value) => {
      // `encode(text)` gives what it is given in another form.
      const part = value.kind === "binary" && /^(?:\|\||\?\?)$/.test(value.operator) ? value.right : encodedText(value);
      const fallback = part === value ? undefined : parameterOf(model, made.file, part);
      return fallback?.function === made.node && model.values.argumentsAt(file, call, [placeOf(fallback)]).some((given) => constantParts(model, file, given, depth + 1).length > 0);
    });
  });
}

/** Numbers that are written down one by one, enough of them for a key. */
function isBytes(model: ProjectModel, file: string, node: Expression): boolean {
  const [list, ...others] = model.values.of(file, node);
  return list?.kind === "array" && others.length === 0 && list.node.elements.length >= fewestBytes && list.node.elements.every((element) => element.kind === "literal" && typeof element.value === "number");
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

/** `config.secret = randomBytes(32)` in any file: the constant is only what the object begins with. */
function isAssignedLater(model: ProjectModel, object: Expression, property: string): boolean {
  const holder = lastName(object);
  return (memberAssignments(model).get(property) ?? []).some(({ file, object: assigned, value }) => lastName(assigned) === holder && value.kind !== "secret" && !model.values.of(file, value).some(({ kind }) => kind === "constant"));
}

/** The assignments to members in all files, by the name of the member. */
const memberAssignments = oncePer((model: ProjectModel) => groupBy(model.files.flatMap((file) => model.values.index(file).memberAssignments.map((assignment) => ({ ...assignment, file }))), ({ property }) => property));

/** A ring of keys, such as keygrip's, is as secret as the list that it is made of. */
function holdsKeys(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package === "keygrip");
}
