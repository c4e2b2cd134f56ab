import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, Pattern } from "../../facts/syntax.js";
import { type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { callsIn, operationsIn } from "../routes/reach.js";

/** How deep the functions that a handler calls are followed. */
const deepest = 4;

/** Methods of lists that run a callback for each row, so that what it returns is not what the function returns. */
const perRow = /^(map|filter|flatMap|forEach|reduce|reduceRight|some|every|find|findLast|findIndex|sort|toSorted)$/;
/** What is made of a list and does not grow with it. */
const condensing = /^(some|every|find|findLast|findIndex|includes|indexOf|reduce|reduceRight|has|at|get|pop|shift|length|size|count)$/;
/** What functions are called that make one number, or one for each kind, of a list. */
const summing = /^(?:aggregate|average|calculate|count|sum|total)/;
/** Where the conditions of a query stand. */
const asking = /^(where|andWhere|orWhere|where(Not)?In|whereRaw|having|filter|match|RAW|(left|right|inner|full)?join(AndSelect)?|on|exists|notExists|inArray|notInArray)$/i;
const sending = /^(json|jsonp|send|render|view|ok|success|respond|resolve|callback|cb|done)$/;
const responses = /^(res|response|reply|ctx|c|context|h)$/;

/** The lists that a function answers with: those read in it or in functions that it calls whose rows are part of what it returns or sends. */
export function returnedLists(model: ProjectModel, file: string, node: FunctionNode): readonly StoreOperation[] {
  return listsOf(model, file, node, 0, new Map());
}

type Lists = readonly StoreOperation[];

function listsOf(model: ProjectModel, file: string, node: FunctionNode, depth: number, known: Map<FunctionNode, Lists>): Lists {
  const before = known.get(node);
  if (before) return before;
  known.set(node, []);
  const sources = new Map<Expression, Lists>(operationsIn(model, { file, node }).flatMap((operation) => (operation.role === "list" && !operation.single ? [[operation.node, [operation]] as const] : [])));
  for (const call of depth < deepest ? callsIn(node) : []) {
    const named = model.values.of(file, call.callee).filter((callee) => callee.kind === "function");
    for (const callee of [...named, ...model.callGraph.handlersOf(file, call)]) if (callee.node.body) sources.set(call, [...(sources.get(call) ?? []), ...listsOf(model, callee.file, callee.node, depth + 1, known)]);
  }
  const lists = [...new Set(new Answers(model, file, node, sources).lists())];
  known.set(node, lists);
  return lists;
}

/** Follows the rows of lists through the names of one function to what it returns and sends. */
class Answers {
  readonly #model: ProjectModel;
  readonly #file: string;
  readonly #node: FunctionNode;
  readonly #sources: ReadonlyMap<Expression, Lists>;
  readonly #named = new Map<number, Lists>();
  readonly #found: StoreOperation[] = [];

  constructor(model: ProjectModel, file: string, node: FunctionNode, sources: ReadonlyMap<Expression, Lists>) {
    this.#model = model;
    this.#file = file;
    this.#node = node;
    this.#sources = sources;
  }

  lists(): Lists {
    if (![...this.#sources.values()].some((lists) => lists.length > 0)) return [];
    walkAll(this.#node.body ?? [], (part) => {
      this.#read(part);
      return undefined;
    });
    return this.#found;
  }

  #read(part: SyntaxNode): void {
    if (!("kind" in part)) return;
    if (part.kind === "variable") for (const { target, value } of part.declarators) if (value) this.#bind(target, value);
    // A sum over rows is one number: `total += row.amount`.
    if (part.kind === "assign" && !(/^[-+*/]=$/.test(part.operator) && part.value.kind === "member")) this.#assign(part.target, part.value);
    if (part.kind === "loop" && part.subject && part.initial?.kind === "variable") for (const { target } of part.initial.declarators) this.#bind(target, part.subject);
    if (part.kind === "return" && part.value && this.#answers(part)) this.#found.push(...this.#rowsIn(part.value));
    if (part.kind === "call" || part.kind === "new") this.#readCall(part);
  }

  #readCall(call: CallExpression | NewExpression): void {
    const { callee } = call;
    const name = lastName(callee);
    if (sending.test(name) || name === "Response" || call.arguments.some((argument) => argument.kind === "name" && responses.test(argument.name))) for (const argument of call.arguments) this.#found.push(...this.#rowsIn(argument));
    if (callee.kind !== "member") return;
    if (/^(push|unshift)$/.test(name)) for (const argument of call.arguments) this.#assign(callee.object, argument);
    // Callbacks are given the rows: `rows.map((row) => …)`, `find().then((rows) => …)`, `find({}, (error, rows) => …)`.
    const given = [...(this.#sources.get(call) ?? []), ...this.#rowsIn(callee.object)];
    if (given.length > 0) for (const argument of call.arguments) if (argument.kind === "function") for (const { target } of argument.function.parameters) this.#name(target, given);
  }

  /** Whether a `return` ends the function itself, or a callback whose result is that of the call around it. */
  #answers(statement: SyntaxNode): boolean {
    const around = this.#model.values.index(this.#file).functionAround(statement);
    if (!around || around.node === this.#node) return true;
    const callee = around.passedTo?.call.callee;
    return callee !== undefined && !(callee.kind === "member" && perRow.test(callee.property));
  }

  #bind(target: Pattern, value: Expression): void {
    const all = value.kind === "await" ? value.value : value;
    // `const [users, count] = await Promise.all([…, …])`
    if (target.kind === "array-pattern" && all.kind === "call" && all.arguments[0]?.kind === "array") {
      const { elements } = all.arguments[0];
      for (const [index, element] of target.elements.entries()) {
        const own = elements[index];
        if (element && own) this.#name(element.value, this.#rowsIn(own));
      }
    } else this.#name(target, this.#rowsIn(value));
  }

  #assign(target: Expression | Pattern, value: Expression): void {
    const rows = this.#rowsIn(value);
    if (target.kind === "member" && target.property === "body") this.#found.push(...rows);
    let root = target;
    while (root.kind === "member" || root.kind === "target") root = root.kind === "member" ? root.object : root.expression;
    if (root.kind === "name" && root.binding !== undefined) this.#add(root.binding, rows);
    else if (root.kind === "binding" || root.kind === "object-pattern" || root.kind === "array-pattern") this.#name(root, rows);
  }

  #name(target: Pattern, rows: Lists): void {
    if (rows.length === 0) return;
    walk(target, (part) => {
      if ("kind" in part && part.kind === "binding") this.#add(part.binding, rows);
      return undefined;
    });
  }

  #add(binding: number, rows: Lists): void {
    if (rows.length > 0) this.#named.set(binding, [...new Set([...(this.#named.get(binding) ?? []), ...rows])]);
  }

  /** The lists whose rows are in an expression: not their number, one of them, or a comparison with them. */
  #rowsIn(expression: Expression): Lists {
    const rows: StoreOperation[] = [];
    const visit = (part: SyntaxNode): boolean | undefined => {
      if (!("kind" in part)) return undefined;
      switch (part.kind) {
        case "call":
        case "new": {
          const own = this.#sources.get(part);
          // Rows that a query is asked with are not what it gives.
          if (own === undefined && part.callee.kind === "member" && asking.test(part.callee.property)) {
            walk(part.callee.object, visit);
            return false;
          }
          rows.push(...(own ?? []));
          return !(part.callee.kind === "member" && condensing.test(part.callee.property)) && !summing.test(lastName(part.callee)) && (own === undefined || own.length === 0);
        }
        case "template":
          rows.push(...(this.#sources.get(part) ?? []));
          return undefined;
        case "name":
          if (part.binding !== undefined) rows.push(...(this.#named.get(part.binding) ?? []));
          return false;
        case "member":
          return !condensing.test(part.property);
        case "object":
          for (const member of part.members) if (member.kind !== "property" || !asking.test(member.key)) walk(member.value, visit);
          return false;
        case "conditional":
          walk(part.then, visit);
          walk(part.else, visit);
          return false;
        case "binary":
          return /^(\|\||&&|\?\?|\+)$/.test(part.operator);
        case "unary":
        case "index":
          return false;
        default:
          return undefined;
      }
    };
    walk(expression, visit);
    return rows;
  }
}
