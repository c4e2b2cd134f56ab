import { capabilitiesOf, describe } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import { schemaOfCheck, takesAnything } from "./loose-schemas.js";
import type { Handler } from "./route.js";

/** Frameworks in which only calls on the answer send, and what a handler returns goes nowhere. */
export const answersByCall: ReadonlySet<string> = new Set(["express", "koa", "overnightjs"]);

const senders = /^(json|jsonp|send|body|response|end)$/;
const outcomes = /^(data|value|output)$/;
const answerNames = /^_?(res|response|reply|c|ctx|context|h)$/;
const conversions = /^(to[A-Z]|convert|present|serialize|format|with[A-Z])/;
/** Functions of the project are followed so far. */
const deepest = 3;

/** A function with the names in it that stand for what a schema held. */
interface Scope {
  readonly file: string;
  readonly node: FunctionNode;
  readonly held: ReadonlySet<number>;
  /** What it returns is its answer. */
  readonly returns: boolean;
  readonly depth: number;
  /** The names whose values are being looked at: `rows = [...rows, ...more]` says nothing of itself. */
  readonly within?: ReadonlySet<number>;
}

/** Whether a handler sends what a schema let through: `res.json(Schema.parse(x))`, `return Schema.parse(x)`, `body: JSON.stringify(Schema.parse(x))`. */
export function holdsAnswer(model: ProjectModel, { file, node }: Handler, framework: string): boolean {
  return sendsHeld(model, { file, node, held: new Set(), returns: !answersByCall.has(framework), depth: 0 });
}

function sendsHeld(model: ProjectModel, scope: Scope): boolean {
  let found = false;
  const note = (sent: Expression | undefined): void => {
    found ||= sent !== undefined && isHeld(model, scope, sent);
  };
  walkAll(scope.node.body ?? [], (part) => {
    if (found || !("kind" in part)) return !found;
    if (part.kind === "call" && part.callee.kind === "member" && senders.test(part.callee.property)) note(part.arguments[0]);
    if (part.kind === "assign" && part.target.kind === "member" && part.target.property === "body" && !/^req(uest)?$/.test(lastName(part.target.object))) note(part.value);
    if (part.kind === "call") found ||= handsOn(model, scope, part);
    return undefined;
  });
  if (scope.returns) for (const value of found ? [] : returnedExpressions(scope.node)) note(value);
  return found;
}

/** `sendOk(res, User.parse(row))`, `return json(200, User.parse(row))`: a function of the project sends what it is given, or answers with it. */
function handsOn(model: ProjectModel, scope: Scope, call: CallExpression): boolean {
  if (scope.depth >= deepest) return false;
  const isReturned = scope.returns && returnedExpressions(scope.node).some((value) => bare(value) === call);
  if (!isReturned && !call.arguments.some((argument) => argument.kind === "name" && answerNames.test(argument.name))) return false;
  const given = call.arguments.flatMap((argument, index) => (isHeld(model, scope, argument) ? [index] : []));
  if (given.length === 0) return false;
  return model.values.of(scope.file, call.callee).some((callee) => {
    if (callee.kind !== "function") return false;
    const held = given.flatMap((index) => bindingAt(callee.node, index));
    return sendsHeld(model, { file: callee.file, node: callee.node, held: new Set(held), returns: isReturned, depth: scope.depth + 1 });
  });
}

function bindingAt({ parameters }: FunctionNode, index: number): readonly number[] {
  const target = parameters[index]?.target;
  return target?.kind === "binding" ? [target.binding] : [];
}

function bare(node: Expression): Expression {
  return node.kind === "await" || node.kind === "cast" ? bare(node.value) : node;
}

/** Whether a schema let a value through: it is the result of a check, or put together of such results and constants. */
function isHeld(model: ProjectModel, scope: Scope, node: Expression): boolean {
  switch (node.kind) {
    case "await":
    case "cast":
    case "spread":
      return isHeld(model, scope, node.value);
    case "name":
      return isHeldName(model, scope, node.binding);
    case "member":
      // `Schema.safeParse(row).data`; another part of what was held may be of what came in.
      return outcomes.test(node.property) && isHeld(model, scope, node.object);
    case "conditional":
      return [node.then, node.else].every((part) => isConstant(part) || isHeld(model, scope, part)) && !(isConstant(node.then) && isConstant(node.else));
    case "object": {
      const values = node.members.map((member) => member.value);
      return values.some((value) => isHeld(model, scope, value)) && values.every((value, at) => isConstant(value) || isHeld(model, scope, value) || isEnvelope(node.members[at]));
    }
    case "array":
      return node.elements.length > 0 && node.elements.every((element) => isHeld(model, scope, element));
    case "call":
      return isHeldCall(model, scope, node);
    default:
      return false;
  }
}

/** What stands beside the payload in an answer: of Lambda, or the numbers of a page. */
function isEnvelope(member: { readonly kind: string; readonly key?: unknown } | undefined): boolean {
  return member?.kind === "property" && /^(statusCode|status|headers|multiValueHeaders|isBase64Encoded|total\w*|count|page|pages|pageSize|perPage|limit|offset|(?:next|previous)?_?cursor|has_?(?:next|prev\w*|more)\w*)$/i.test(String(member.key));
}

function isConstant(node: Expression): boolean {
  return node.kind === "literal" || (node.kind === "name" && node.name === "undefined");
}

function isHeldName(model: ProjectModel, scope: Scope, binding: number | undefined): boolean {
  if (binding === undefined) return false;
  if (scope.held.has(binding)) return true;
  const source = model.values.index(scope.file).sources[binding];
  if (source?.kind !== "value" || source.value === undefined || source.value.kind === "name" || scope.within?.has(binding)) return false;
  return source.path.every((step) => step.kind === "property" && outcomes.test(step.key)) && isHeld(model, { ...scope, within: new Set([...(scope.within ?? []), binding]) }, source.value);
}

function isHeldCall(model: ProjectModel, scope: Scope, node: CallExpression): boolean {
  const { callee, arguments: given } = node;
  const [first] = given;
  if (first && callee.kind === "member" && callee.object.kind === "name" && ((callee.object.name === "JSON" && callee.property === "stringify") || (callee.object.name === "Promise" && callee.property === "all"))) return isHeld(model, scope, first);
  // `rows.map((row) => Row.parse(row))`, `rows.map(Row.parse)`
  if (first && callee.kind === "member" && callee.property === "map" && isHeld(model, scope, callee.object)) return first.kind !== "function" || returnedExpressions(first.function).some((value) => bare(value).kind === "call" || bare(value).kind === "name");
  if (first && callee.kind === "member" && callee.property === "map") return first.kind === "function" ? returnedExpressions(first.function).some((value) => isHeld(model, scope, value)) : checks(model, scope.file, first, undefined);
  if (checks(model, scope.file, callee, node)) return true;
  // What is made of held data for the answer: `toPublic(user)`.
  if (first && conversions.test(lastName(callee)) && isHeld(model, scope, first)) return true;
  return scope.depth < deepest && model.values.of(scope.file, callee).some((value) => value.kind === "function" && returnedExpressions(value.node).some((one) => isHeld(model, { file: value.file, node: value.node, held: new Set(), returns: true, depth: scope.depth + 1 }, one)));
}

/** Whether a function is that of a schema which stops what does not match it. */
function checks(model: ProjectModel, file: string, callee: Expression, call: CallExpression | undefined): boolean {
  return model.values.of(file, callee).some((value) => {
    if (value.kind !== "external") return false;
    const { validation } = describe(value.provenance) ?? {};
    if (!validation) return /^(parse|assert|decode)(Async|Sync)?$/.test(lastName(callee)) && capabilitiesOf(value.provenance.package).includes("validator");
    if (validation.failure === "none" || validation.output === "input") return false;
    const schema = call ? schemaOfCheck(call, validation.schema) : callee.kind === "member" ? callee.object : undefined;
    return !schema || !takesAnything(model, file, schema);
  });
}
