import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { ensures, isGuarded, numbers, partsOf, subjectsOfParameter, type Wanted } from "./guarded-values.js";

const deepest = 6;

/** A piece of a text, with the file it is written in. */
interface Piece {
  readonly file: string;
  readonly node: Expression;
}

/**
 * Whether request data get into an expression on a way that nothing guards: the names it is made of are followed to what
 * they were given, and each step is asked for. With `piece` only the ways through that part of the text count; `matters`
 * says which request data do harm, `types` which types do not, where `typeof` is asked, and `use` what the text becomes.
 */
export function isLeftOpen(model: ProjectModel, file: string, node: Expression, { piece, matters = () => true, types = numbers, use }: Partial<Omit<Walk, "model">> & { readonly piece?: Piece | undefined } = {}): boolean {
  const walked: Walk = { model, matters, types, use };
  if (!piece) return leftOpen(walked, file, node, undefined, []) ?? true;
  return leftOpen(walked, file, node, piece.node, []) ?? leftOpen(walked, piece.file, piece.node, undefined, []) ?? true;
}

/** What is walked through, and which request data count on the way. */
interface Walk extends Wanted {
  readonly model: ProjectModel;
  readonly matters: (flow: RequestFlow) => boolean;
  /** The call by which the walk came into the function it is in. */
  readonly entered?: { readonly file: string; readonly call: CallExpression; readonly by: FunctionNode; readonly from: Walk } | undefined;
}

function carries({ model, matters }: Walk, file: string, node: Expression): boolean {
  return model.requestData.flows(file, node).some(matters);
}

/** Undefined where the piece is not met on any way, and for a name that lies on the way `around` it, back to itself. */
function leftOpen(walked: Walk, file: string, node: Expression, piece: Expression | undefined, around: readonly Expression[]): boolean | undefined {
  const { model } = walked;
  if (node === piece) return leftOpen(walked, file, node, undefined, around);
  // `full = `${full}/`` adds nothing of its own.
  if (node.kind === "name" && node.binding !== undefined && around.some((outer) => outer.kind === "name" && outer.binding === node.binding)) return undefined;
  // Of a function with too many callers nothing says what it is given, and all the same what it gives back.
  if ((node.kind === "call" ? [node] : callsFor(model, file, node)).some((call) => isCheckedInside(walked, file, call, around))) return false;
  if (!carries(walked, file, node)) return piece ? undefined : false;
  const parts = around.length > deepest ? [] : waysInto(model, file, node).filter((part) => carries(walked, file, part));
  const given = parts.length === 0 ? givenFor(walked, file, node) : undefined;
  if (given && around.length <= deepest && leftOpen(given.from, given.file, given.argument, undefined, [...around, node]) === false) return false;
  const answers = parts.map((part) => leftOpen(walked, file, part, piece, [...around, node])).filter((answer) => answer !== undefined);
  const open = answers.length > 0 ? answers.some(Boolean) : piece || parts.length > 0 ? undefined : true;
  if (!open) return open;
  // Of several values a look at one says nothing of the others.
  if (isFilteredElement(model, file, node)) return false;
  // A name that was given several values has one of them.
  const isOneOf = node.kind === "name" && node.binding !== undefined && model.requestData.putInto(file, node.binding).length === 0;
  const isComposite = (parts.length > 1 && !isOneOf) || node.kind === "template" || node.kind === "binary" || node.kind === "conditional" || node.kind === "object" || node.kind === "array";
  return isComposite || !isGuarded(model, file, node, walked);
}

/** `for (const [key] of Object.entries(body).filter(([key]) => key in columns))`: an element that a filter has let through. */
function isFilteredElement(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind !== "element") return false;
  let list: Expression = source.subject;
  for (let steps = 0; steps < deepest && list.kind !== "call"; steps++) {
    const held = list.kind === "name" && list.binding !== undefined ? index.sources[list.binding] : undefined;
    const inner = list.kind === "cast" || list.kind === "await" ? list.value : held?.kind === "value" && held.path.length === 0 ? held.value : undefined;
    if (!inner) return false;
    list = inner;
  }
  const [test] = list.kind === "call" && list.callee.kind === "member" && list.callee.property === "filter" ? list.arguments : [];
  if (test?.kind !== "function") return false;
  const subjects = subjectsOfParameter(model, file, test.function, (one) => one.index === 0 && JSON.stringify(one.path) === JSON.stringify(source.path));
  return subjects !== undefined && model.values.returned(test.function).every((value) => ensures(value, true, subjects));
}

/** Whether a function of the project gives back only what it has made sure of: `const full = inside(root, name)`. */
function isCheckedInside(walked: Walk, file: string, call: CallExpression, around: readonly Expression[]): boolean {
  const { model } = walked;
  const callees = model.transactions.callees(file, call);
  const all = callees.flatMap(({ file: at, node: by }) => model.values.returned(by).flatMap(alternatives).flatMap((value) => (value.kind === "literal" ? [] : [{ at, by, value }])));
  const carrying = all.filter(({ at, value }) => carries(walked, at, value));
  // With too many callers nothing says what a function is given: then all that it gives back must be made sure of.
  const returned = carrying.length > 0 ? carrying : all;
  return returned.length > 0 && returned.every(({ at, by, value }) => isGuarded(model, at, value, walked) || (carrying.length > 0 && (isText(value) || value.kind === "name" || value.kind === "call" || value.kind === "await") && around.length < deepest && leftOpen({ ...walked, entered: { file, call, by, from: walked } }, at, value, undefined, [...around, call]) === false));
}

/** What the call that led into a function gives for one of its parameters. */
function givenFor({ model, entered }: Walk, file: string, node: Expression): { readonly from: Walk; readonly file: string; readonly argument: Expression } | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (!entered || source?.kind !== "parameter" || source.function !== entered.by || source.path.length > 0) return undefined;
  // Of the rest, what carries anything decides.
  const passed = entered.call.arguments.slice(source.index);
  const argument = (entered.by.parameters[source.index]?.rest === true ? passed.find((one) => carries(entered.from, entered.file, one)) : undefined) ?? passed[0];
  return argument && { from: entered.from, file: entered.file, argument };
}

/** A text that is put together of parts, each of which can be made sure of. */
function isText(node: Expression): boolean {
  return (node.kind === "template" && node.tag === undefined) || (node.kind === "binary" && node.operator === "+");
}

/** What a choice may give, `allowed.includes(sort) ? sort : "id"`, and what an answer holds: `{ ok: true, path: full }`. */
function alternatives(node: Expression): readonly Expression[] {
  if (node.kind === "conditional") return [...alternatives(node.then), ...alternatives(node.else)];
  return node.kind === "object" && node.members.every(({ kind }) => kind === "property") ? node.members.flatMap((member) => (member.kind === "property" ? alternatives(member.value) : [])) : [node];
}

/** The call of a function of the project whose answer a part was taken of: `found.path` of `const found = find(name)`, `const { path } = find(name)`. */
function callsFor(model: ProjectModel, file: string, node: Expression): readonly CallExpression[] {
  const { sources } = model.values.index(file);
  const heldBy = (name: Expression): Extract<BindingSource, { kind: "value" }> | undefined => {
    const source = name.kind === "name" && name.binding !== undefined ? sources[name.binding] : undefined;
    return source?.kind === "value" ? source : undefined;
  };
  const own = heldBy(node);
  const whole = node.kind === "member" ? node.object : own && own.path.length > 0 ? own.value : undefined;
  if (!whole) return [];
  const held = whole.kind === "name" ? heldBy(whole) : undefined;
  const made = whole.kind === "name" ? (held?.path.length === 0 ? held.value : undefined) : whole;
  const call = made?.kind === "await" ? made.value : made;
  return call?.kind === "call" && model.transactions.callees(file, call).length > 0 ? [call] : [];
}

/** What an expression is made of, and what a name of the same function was given. */
function waysInto(model: ProjectModel, file: string, node: Expression): readonly Expression[] {
  // `found.path` of `const found = find(name)`, `url.href` of `const url = new URL(text)`
  if (node.kind === "member" && node.object.kind === "name") return node.property === "href" ? [node.object] : callsFor(model, file, node);
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    const value = source?.kind === "element" ? source.subject : source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
    return [...(value ? [value] : []), ...model.requestData.assignedTo(file, node.binding), ...model.requestData.putInto(file, node.binding)];
  }
  // `Promise.all(names.map((name) => inside(root, name)))`
  const [callback] = node.kind === "call" && node.callee.kind === "member" && /^(map|flatMap|then)$/.test(node.callee.property) ? node.arguments : [];
  return callback?.kind === "function" ? model.values.returned(callback.function) : partsOf(node);
}
