import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, MemberExpression, Statement } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode, walk } from "../../facts/walk.js";
import type { BindingSource, FileIndex } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { saysEnough, type TextUse } from "./text-ends.js";

const deepest = 6;

/** Types whose values cannot hold a text of the client's. */
export const numbers = /^(number|boolean|bigint)$/;

/** Types whose values hold no operators. */
export const scalars = /^(string|number|boolean|bigint)$/;

/** Methods and functions whose answer says that a value is one of those allowed. */
const allowing = /^_*(includes|has|hasOwn|hasOwnProperty|some|indexOf|findIndex|find|test|match|startsWith|endsWith|equals)$|^(is|are|can|check|assert|ensure|allow|valid|verify|safe|matches)/i;

/** What a value is to be made sure of for. */
export interface Wanted {
  /** The types that do where `typeof` is asked. */
  readonly types: RegExp;
  /** What the text becomes; undefined where types alone matter. */
  readonly use: TextUse | undefined;
}

/** Functions that say where a path or address leads. */
const canonicalising = /^(realpath(Sync)?|resolve|normalize|relative|replace|replaceAll|URL)$/;

/**
 * Whether the code in front of an expression makes sure of its value: a list of what is allowed, a pattern, a comparison
 * with constants, in a condition around it or in one that ends the function otherwise. `types` are the types that do
 * where `typeof` is asked, and `use` is what the text becomes.
 */
export function isGuarded(model: ProjectModel, file: string, node: Expression, wanted: Partial<Wanted> = {}): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(node)?.node;
  if (!around?.body) return false;
  const subjects = new Subjects(model, file, around, node, wanted);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent; inner = parent, parent = index.parentOf(parent)) {
    if (isFunctionNode(parent)) {
      if ((parent.body ?? []).some((statement) => statement.span[1] <= node.span[0] && endsUnlessSafe(statement, subjects))) return true;
      continue;
    }
    if (!("kind" in parent)) continue;
    if (parent.kind === "conditional" && ((parent.then === inner && ensures(parent.test, true, subjects)) || (parent.else === inner && ensures(parent.test, false, subjects)))) return true;
    if (parent.kind === "binary" && parent.right === inner && ((parent.operator === "&&" && ensures(parent.left, true, subjects)) || (parent.operator === "||" && ensures(parent.left, false, subjects)))) return true;
    if (parent.kind === "if" && inner !== parent.test) {
      const holds = parent.then.some((statement) => statement === inner);
      if (ensures(parent.test, holds, subjects)) return true;
    }
    if (parent.kind === "switch" && parent.subject !== inner && subjects.has(parent.subject)) return parent.cases.some(({ test, body }) => test !== undefined && body.some((statement) => statement === inner));
    if ("body" in parent && parent.body.some((statement) => statement.span[1] <= node.span[0] && endsUnlessSafe(statement, subjects))) return true;
    if (parent.kind === "if" && [...parent.then, ...(parent.else ?? [])].some((statement) => statement.span[1] <= node.span[0] && endsUnlessSafe(statement, subjects))) return true;
  }
  return false;
}

/** Whether a function makes sure of one of its parameters somewhere: `(request, response, next, id) => (isId(id) ? next() : next(refused))`. */
export function makesSureOf(model: ProjectModel, file: string, node: FunctionNode, index: number): boolean {
  const subjects = subjectsOfParameter(model, file, node, (source) => source.index === index && source.path.length === 0);
  return subjects !== undefined && someNode(node.body ?? [], (part) => (part.kind === "if" || part.kind === "conditional") && (ensures(part.test, true, subjects) || ensures(part.test, false, subjects)));
}

/** A parameter of a function, or a part of one, as what is asked about. */
export function subjectsOfParameter(model: ProjectModel, file: string, node: FunctionNode, isMeant: (source: Extract<BindingSource, { kind: "parameter" }>) => boolean): Subjects | undefined {
  const binding = model.values.index(file).sources.findIndex((one) => one?.kind === "parameter" && one.function === node && isMeant(one));
  return binding === -1 ? undefined : new Subjects(model, file, node, { kind: "name", span: node.span, name: "", binding });
}

/** The names and members that an expression's value was made of within its function. */
class Subjects {
  readonly #bindings = new Set<number>();
  readonly #texts = new Set<string>();

  readonly #sources: FileIndex["sources"];

  /** The types that say enough where `typeof` finds one. */
  readonly scalars: RegExp;

  /** Parts that say nothing of what does harm: how a host is asked and for what, but not which. */
  readonly #sayNothing: RegExp;

  /** Whether a look at the beginning or end of a text says enough. */
  readonly saysEnough: (call: CallExpression) => boolean;

  constructor(model: ProjectModel, file: string, around: FunctionNode, node: Expression, { types = numbers, use }: Partial<Wanted> = {}) {
    this.scalars = types;
    this.#sayNothing = use === "url" || use === "redirect" ? /^(protocol|port|pathname|search|hash|username|password)$/ : /^$/;
    this.saysEnough = (call) => saysEnough(model, file, call, use);
    const { sources } = model.values.index(file);
    this.#sources = sources;
    const add = (part: Expression, depth: number): void => {
      if (depth > deepest) return;
      if (part.kind === "name" && part.binding !== undefined) {
        if (this.#bindings.has(part.binding)) return;
        this.#bindings.add(part.binding);
        const source = sources[part.binding];
        const value = source?.kind === "value" ? source.value : source?.kind === "element" ? source.subject : undefined;
        if (value && within(value.span, around.span)) add(value, depth + 1);
        return;
      }
      const text = memberText(part);
      if (text !== undefined) {
        this.#texts.add(text);
        // `url.href` is all of an address whose other parts may be looked at.
        if (part.kind === "member" && part.property === "href") add(part.object, depth + 1);
        return;
      }
      const all = partsOf(part).filter(({ kind }) => kind !== "literal");
      const carrying = all.filter((one) => model.requestData.flows(file, one).length > 0);
      // `path.resolve(root, name)`: what the server chose is what others are compared with. `getQuery(event)` reads the request: a look at who sent that says nothing of what was read.
      const reads = carrying.length === 0 && part.kind === "call" && model.requestData.flows(file, part).length > 0;
      const inner = carrying.length > 0 ? carrying : reads ? [] : all;
      // Of a text that is made of several values, a look at one says nothing of the others.
      if (part.kind === "call" || inner.length === 1) for (const one of inner) add(one, depth + 1);
    };
    add(node, 0);
  }

  /** Whether an expression is one of them, or a member of one (`url.hostname`, `name.length` excluded). */
  has(node: Expression, depth = 0): boolean {
    switch (node.kind) {
      case "name":
        return node.binding !== undefined && (this.#bindings.has(node.binding) || this.#isCanonical(node.binding, depth));
      case "member": {
        if (this.leavesOut(node)) return false;
        const text = memberText(node);
        return (text !== undefined && this.#texts.has(text)) || this.has(node.object, depth);
      }
      case "call":
        return node.callee.kind === "member" && /^(trim|toLowerCase|toUpperCase|toString|normalize)$/.test(node.callee.property) ? this.has(node.callee.object, depth) : node.arguments.some((argument) => this.has(argument, depth));
      case "cast":
      case "await":
        return this.has(node.value, depth);
      default:
        return false;
    }
  }

  /** Whether a member says nothing of what it is taken of that would do harm. */
  leavesOut({ property }: MemberExpression): boolean {
    return property === "length" || this.#sayNothing.test(property);
  }

  /** The call whose answer a name holds. */
  answerIn(node: Expression): Expression | undefined {
    const source = node.kind === "name" && node.binding !== undefined ? this.#sources[node.binding] : undefined;
    const value = source?.kind === "value" ? source.value : undefined;
    return value?.kind === "await" ? value.value : value;
  }

  /** Whether a name holds where a subject leads to: `const real = await realpath(full); if (!real.startsWith(root)) throw …`, `const address = new URL(text)`, `const { hostname } = new URL(text)`. */
  #isCanonical(binding: number, depth: number): boolean {
    const source = this.#sources[binding];
    if (source?.kind !== "value" || !source.value || depth > deepest || source.path.some((step) => step.kind !== "property" || !isHostName(step.key))) return false;
    const value = source.value.kind === "member" && isHostName(source.value.property) ? source.value.object : source.value;
    // `const host = address.hostname`
    if (value.kind === "name" && (value !== source.value || source.path.length > 0)) return this.has(value, depth + 1);
    const call = value.kind === "await" ? value.value : value;
    if ((call.kind !== "call" && call.kind !== "new") || !canonicalising.test(lastName(call.callee))) return false;
    return call.arguments.some((argument) => this.has(argument, depth + 1)) || (call.callee.kind === "member" && this.has(call.callee.object, depth + 1));
  }
}

/** The part of an address that says which server it leads to. */
function isHostName(key: string): boolean {
  return /^(host|hostname|origin)$/.test(key);
}

/** What an expression is made of: operands, arguments, elements. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "cast":
    case "await":
    case "spread":
      return [node.value];
    case "template":
      return node.values;
    case "binary":
      return node.operator === "&&" ? [node.right] : [node.left, node.right];
    case "conditional":
      return [node.then, node.else];
    case "call":
      return node.callee.kind === "member" ? [node.callee.object, ...node.arguments] : node.arguments;
    case "new":
      return node.arguments;
    case "index":
      return [node.object];
    case "array":
      return node.elements;
    case "object":
      return node.members.flatMap((member) => (member.kind === "property" ? [member.value] : []));
    default:
      return [];
  }
}

/** `req.query.sort` and `this.address` as text; undefined for anything but names and members. */
function memberText(node: Expression): string | undefined {
  if (node.kind === "name") return node.name;
  if (node.kind === "this") return "this";
  if (node.kind !== "member") return undefined;
  const object = memberText(node.object);
  return object === undefined ? undefined : `${object}.${node.property}`;
}

/** `if (!allowed.includes(sort)) throw …`, `assertSafe(name);` */
function endsUnlessSafe(statement: Statement, subjects: Subjects): boolean {
  if (statement.kind === "if") return ends(statement.then) ? ensures(statement.test, false, subjects) : false;
  // `try { assertSafe(name); } catch { return refused; }`
  if (statement.kind === "try") return statement.handler !== undefined && ends(statement.handler.body) && statement.body.some((inner) => endsUnlessSafe(inner, subjects));
  // `const addresses = await assertPublic(url.hostname);`
  if (statement.kind === "variable") return statement.declarators.some(({ value }) => {
    const call = value?.kind === "await" ? value.value : value;
    return call?.kind === "call" && /^_*(assert|ensure|require|enforce|guard)(?![a-z])/.test(lastName(call.callee)) && call.arguments.some((argument) => subjects.has(argument));
  });
  if (statement.kind !== "expression") return false;
  const call = statement.value.kind === "await" ? statement.value.value : statement.value;
  const asserted = call.kind === "call" ? assertedBy(call) : undefined;
  if (asserted) return ensures(asserted, true, subjects);
  return call.kind === "call" && allowing.test(lastName(call.callee)) && !/^(includes|has|test|match|some|find)$/.test(lastName(call.callee)) && call.arguments.some((argument) => subjects.has(argument));
}

/** The condition that `assert(name, "missing")` demands, and nothing more; `assert(value, Schema)` checks a value by a schema. */
function assertedBy({ callee, arguments: [condition, message, ...others] }: CallExpression): Expression | undefined {
  if (callee.kind !== "name" || !/^(assert|invariant)$/.test(callee.name) || others.length > 0) return undefined;
  return message === undefined || message.kind === "literal" || message.kind === "template" || message.kind === "new" ? condition : undefined;
}

/** A list of statements that the code behind them is never reached from. */
function ends(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  if (last.kind === "block") return ends(last.body);
  if (last.kind === "return" || last.kind === "throw" || last.kind === "continue" || last.kind === "break") return true;
  if (last.kind !== "expression") return false;
  const value = last.value.kind === "await" ? last.value.value : last.value;
  // `sort = "id"`: what is not allowed is replaced.
  return value.kind === "assign" || (value.kind === "call" && neverReturns(value.callee));
}

/** `ctx.throw(400)` of Koa, `process.exit(1)`, `notFound()` of Next: calls that nothing comes back from. */
function neverReturns(callee: Expression): boolean {
  return callee.kind === "member" ? /^(throw|exit|abort)$/.test(callee.property) : /^(notFound|redirect|permanentRedirect|forbidden|unauthorized|unreachable|fail|abort)$/.test(lastName(callee));
}

/** Whether a test that came out as `outcome` says that a subject is one of the values allowed. */
export function ensures(test: Expression, outcome: boolean, subjects: Subjects): boolean {
  switch (test.kind) {
    case "unary":
      return test.operator === "!" && ensures(test.value, !outcome, subjects);
    case "await":
    case "cast":
      return ensures(test.value, outcome, subjects);
    case "binary":
      if (test.operator === "&&") return outcome ? ensures(test.left, true, subjects) || ensures(test.right, true, subjects) : ensures(test.left, false, subjects) && ensures(test.right, false, subjects);
      if (test.operator === "||") return outcome ? ensures(test.left, true, subjects) && ensures(test.right, true, subjects) : ensures(test.left, false, subjects) || ensures(test.right, false, subjects);
      if (/^[!=]==?$/.test(test.operator)) return comparesFixed(test.left, test.right, test.operator.startsWith("!") !== outcome, subjects) || comparesFixed(test.right, test.left, test.operator.startsWith("!") !== outcome, subjects);
      if (test.operator === "in") return outcome && subjects.has(test.left);
      if (!/^[<>]/.test(test.operator)) return false;
      return allows(test.left, subjects) || allows(test.right, subjects) || (outcome && (comparesWithNumber(test.left, test.right, subjects) || comparesWithNumber(test.right, test.left, subjects)));
    case "index":
      return outcome && subjects.has(test.index);
    case "call":
      // What a table does not hold may be anything.
      return (outcome || !/^hasOwn(Property)?$/.test(lastName(test.callee))) && allows(test, subjects);
    case "name":
    case "member": {
      // `const checked = validate(url); if (!checked.ok) return refused;`
      const answer = subjects.answerIn(test.kind === "member" ? test.object : test);
      return answer !== undefined && allows(answer, subjects);
    }
    default:
      return false;
  }
}

/** `sort === "name"`, `typeof id === "number"`, `url.host === allowedHost`, `list.indexOf(sort) === -1`. */
function comparesFixed(side: Expression, other: Expression, equal: boolean, subjects: Subjects): boolean {
  if (side.kind === "unary" && side.operator === "typeof") return equal && subjects.has(side.value) && other.kind === "literal" && subjects.scalars.test(String(other.value));
  if (allows(side, subjects)) return true;
  if (!equal || !subjects.has(side)) return false;
  return (other.kind === "literal" && other.value !== null && other.value !== "") || other.kind === "member" || (other.kind === "name" && other.name !== "undefined" && !subjects.has(other));
}

/** `id >= 1`, which holds for no text but that of a number. */
function comparesWithNumber(side: Expression, other: Expression, subjects: Subjects): boolean {
  const isWhole = side.kind === "name" || (side.kind === "member" && !subjects.has(side.object));
  return isWhole && subjects.has(side) && other.kind === "literal" && typeof other.value === "number";
}

/** A call that looks a subject up in what is allowed, or matches it against a pattern. */
function allows(node: Expression, subjects: Subjects): boolean {
  if (node.kind !== "call" || !allowing.test(lastName(node.callee))) return false;
  if (node.arguments.some((argument) => mentions(argument, subjects))) return true;
  return node.callee.kind === "member" && subjects.has(node.callee.object) && subjects.saysEnough(node);
}

function mentions(node: Expression, subjects: Subjects): boolean {
  let found = false;
  walk(node, (part) => {
    if (!("kind" in part)) return !found;
    found ||= (part.kind === "name" || part.kind === "member") && subjects.has(part);
    return !found && !(part.kind === "member" && subjects.leavesOut(part));
  });
  return found;
}
