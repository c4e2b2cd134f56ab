import { isOfService } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { BinaryExpression, CallExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { type CodeNode, isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { isPageInput } from "../lists/page-inputs.js";
import { isAnswer } from "../routes/answers.js";
import { namesIn, type ReachedAccess, reachedAccess } from "../routes/handlers.js";
import { operationsIn } from "../routes/reach.js";
import { isStartedOnly } from "../writes/background-work.js";
import { isAside as isRecord, isToAside } from "../writes/write-subjects.js";
import { isDomainValue, isOperand, isSentValue, namesMoney } from "./domain-values.js";
import { apartFrom, isAside, isCopy, isLogical, isMapping, isStatement, leaves, shapes, testsOf } from "./handler-forms.js";
import { branchFor } from "./method-branches.js";
import { isPromisedWrite, isWaitedFor } from "./promised-writes.js";

/** What the code of a handler for a method does, counted in one walk over it; functions in it included. */
export class HandlerCounts {
  readonly #model: ProjectModel;
  readonly #file: string;
  /** Whether records of what was done, what is only started and a transaction around one call are left out. */
  readonly #isLenient: boolean;
  readonly #operations: ReadonlyMap<SyntaxNode, StoreOperation>;
  /** Where a decision stands, and the functions inside the handler. */
  readonly #decisions: number[] = [];
  readonly #inner: FunctionNode[] = [];
  /** What is done where something a service gave decides. */
  readonly #stateful: (readonly Statement[])[] = [];
  readonly #passed = new Set<SyntaxNode>();
  readonly #tested = new Set<SyntaxNode>();
  readonly #answered = new Set<SyntaxNode>();
  readonly #continued = new Set<SyntaxNode>();
  statements = 0;
  /** Loops that compute. */
  loops = 0;
  transactions = 0;
  /** Sums of values of the domain, and those of money among them. */
  sums = 0;
  priced = 0;
  /** Changes of what a domain object holds. */
  states = 0;
  /** Decisions over what services gave. */
  choices = 0;
  /** Calls of a store. */
  queries = 0;
  /** Requests to services of others. */
  requests = 0;
  /** The functions of the project that work with a store and are called. */
  readonly services = new Set<FunctionNode>();
  readonly writes = new Set<CallExpression>();

  constructor(model: ProjectModel, { file, node }: Handler, method: string, isLenient: boolean) {
    this.#model = model;
    this.#file = file;
    this.#isLenient = isLenient;
    this.#operations = new Map(operationsIn(model, { file, node }).flatMap((operation) => (operation.family === "redis" || (isLenient && isKept(model, operation)) ? [] : [[operation.node, operation] as const])));
    const { unused, settled } = branchFor(node, method);
    walkAll(node.body ?? [], (part) => (unused.has(part) ? false : this.#visit(part, settled)));
  }

  /** The paths through the function that has the most: what a callback decides for an element is no path of the handler. */
  get paths(): number {
    const counts = new Map<FunctionNode | undefined, number>();
    for (const at of this.#decisions) {
      const around = this.#inner.findLast(({ span }) => span[0] <= at && at < span[1]);
      counts.set(around, (counts.get(around) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values()) + 1;
  }

  /** So many decisions over what a service gave lead to a write. */
  get decidedWrites(): number {
    return this.#stateful.filter((body) => someNode(body, (part) => part.kind === "call" && this.#writesState(part))).length;
  }

  #visit(part: SyntaxNode, settled: ReadonlySet<SyntaxNode>): false | undefined {
    // `if (order.status === "new") return orders.setStatus(order.id, "baking");`
    if ("kind" in part && part.kind === "if" && isMapping(part) && decides(this.#model, this.#file, part)) this.#stateful.push(part.then);
    // Leaving early, and making an answer of an error, are the handler's own business.
    if (isClassNode(part) || isMapping(part) || isCopy(part) || this.#passed.has(part)) return false;
    for (const own of apartFrom(part)) this.#passed.add(own);
    if (isFunctionNode(part)) {
      this.#inner.push(part);
      return undefined;
    }
    if (settled.has(part)) return undefined;
    if (isStatement(part) && !isAside(part)) this.statements++;
    this.#countDecisions(part);
    if (part.kind === "binary" && /^[-*/%]$/.test(part.operator)) this.#countSum(part);
    if (part.kind === "assign" && isDomainValue(this.#model, this.#file, part.target)) this.states++;
    if (part.kind === "loop" && computes(part.body)) this.loops++;
    const operation = this.#operations.get(part);
    if (operation) this.queries++;
    if (part.kind === "call") this.#countCall(part, operation);
    return undefined;
  }

  #countDecisions(part: CodeNode): void {
    for (const test of testsOf(part)) this.#tested.add(test);
    const isChoice = isLogical(part) && part.right.kind !== "literal" && !this.#continued.has(part) && (part.operator === "&&" || this.#tested.has(part));
    if (part.kind === "if" || part.kind === "loop" || (part.kind === "conditional" && !shapes(part)) || isChoice) this.#decisions.push(part.span[0]);
    if (part.kind === "switch") for (const { test, body } of part.cases) if (test && body.length > 0 && !leaves(body.filter(isStatement))) this.#decisions.push(part.span[0]);
    if (decides(this.#model, this.#file, part)) {
      if (!this.#answered.has(part)) this.choices++;
      if (part.kind === "if") this.#stateful.push(part.then);
    }
    // What is chosen for the answer is said, not done.
    if (part.kind === "return" || (part.kind === "call" && isAnswer(part))) for (const one of conditionalsIn(part)) this.#answered.add(one);
    // `a || b || c` chooses once.
    if (isLogical(part)) for (const side of [part.left, part.right]) if (isLogical(side) && side.operator === part.operator) this.#continued.add(side);
  }

  #countSum(part: BinaryExpression): void {
    if (![part.left, part.right].some((side) => isOperand(this.#model, this.#file, side))) return;
    const names = [...namesIn([part])];
    const isMoney = names.some(namesMoney);
    if (isMoney || !names.some(isPageInput)) this.sums++;
    if (isMoney) this.priced++;
  }

  #countCall(part: CallExpression, operation: StoreOperation | undefined): void {
    const [model, file] = [this.#model, this.#file];
    const use = this.#isLenient && (isToAside({ call: part }) || isStartedOnly(model, file, part)) ? undefined : useOf(model, file, part);
    if (use === "request") this.requests++;
    if (typeof use === "object") for (const one of use.runs) this.services.add(one);
    if (operation?.role === "write" || (typeof use === "object" && use.writes)) this.writes.add(part);
    if (part.callee.kind !== "member") return;
    if (part.callee.property === "reduce" && (computes(part.arguments) || isNumber(part.arguments[1]))) this.loops++;
    if (opensTransaction.test(part.callee.property) && !isReadBatch(model, file, part) && !(this.#isLenient && holdsOneCall(part, this.#operations))) this.transactions++;
  }

  #writesState(call: CallExpression): boolean {
    const use = useOf(this.#model, this.#file, call);
    return this.#operations.get(call)?.role === "write" || (typeof use === "object" && use.writes);
  }
}

const opensTransaction = /^(\$?transaction|withTransaction|transactional|startTransaction)$/;

/** A record about what was done is no part of the work: `prisma.auditLog.create(…)`. */
function isKept(model: ProjectModel, operation: StoreOperation): boolean {
  return operation.role === "write" && isRecord(model, { node: operation.node, text: "", operation });
}

/** What asks is no step of the work, even if it keeps a note of being asked: `verifyUser(req)` marks who was seen. */
const asks = /^(get|find|fetch|load|read|list|count|verify|check|validate|assert|ensure|require|authenticate|authorize|is|has|can|current)(?![a-z])|[a-z](Is|Has|Can)[A-Z]/;

/** What a call does: a request to a service of somebody else, or the project's functions that it runs which work with a store. */
function useOf(model: ProjectModel, file: string, call: CallExpression): "request" | { readonly runs: readonly FunctionNode[]; readonly writes: boolean } | undefined {
  if (call.callee.kind === "name" && call.callee.name === "fetch" && call.callee.binding === undefined) return "request";
  const runs: FunctionNode[] = [];
  let writes = false;
  for (const value of model.values.of(file, call.callee)) {
    if (value.kind === "external") {
      if (isOfService(value.provenance.package, value.provenance.subpath) && isWaitedFor(model, file, call)) return "request";
    }
    if (value.kind !== "function" || asks.test(lastName(call.callee)) || makesFunction(model, value.node)) continue;
    const reached = reachedAccess(model, value.file, value.node).filter(({ family }) => family !== "redis");
    if (reached.length > 0) runs.push(value.node);
    writes ||= reached.some((one) => roleOf(model, one) === "write");
  }
  if (runs.length > 0) return { runs, writes };
  return isWaitedFor(model, file, call) && isPromisedWrite(model, file, call) ? { runs, writes: true } : undefined;
}

/** `const createOrder = (deps) => async (order) => …`: a call of it does nothing yet. */
function makesFunction(model: ProjectModel, node: FunctionNode): boolean {
  const returned = model.values.returned(node);
  return returned.length > 0 && returned.every(({ kind }) => kind === "function");
}

/** What a call of a store does, where its text says so: `pool.query("UPDATE …")` writes. */
function roleOf(model: ProjectModel, { file, call, role }: ReachedAccess): string {
  return role === "statement" ? (model.dataAccess.of(file).find(({ node }) => node === call)?.role ?? role) : role;
}

/** `prisma.$transaction([prisma.tag.findMany(…), prisma.tag.count()])`: a list and how many there are. */
function isReadBatch(model: ProjectModel, file: string, { arguments: [batch] }: CallExpression): boolean {
  return batch?.kind === "array" && batch.elements.length > 0 && batch.elements.every((element) => element.kind === "call" && model.dataAccess.of(file).some(({ node, role }) => node === element && role !== "write"));
}

/** `db.transaction(async (tx) => orders.create(tx, order))`: one call of a service with what it needs around it, and no statement of the handler's own. */
function holdsOneCall({ arguments: given }: CallExpression, operations: ReadonlyMap<SyntaxNode, StoreOperation>): boolean {
  const [work] = given.flatMap((argument) => (argument.kind === "function" ? [argument.function] : []));
  let calls = 0;
  walkAll(work?.body ?? [], (part) => {
    if (operations.has(part)) calls += 2;
    if (isFunctionNode(part) || isClassNode(part)) return false;
    if ((part.kind === "await" && part.value.kind === "call") || (part.kind === "return" && part.value?.kind === "call")) calls++;
    return undefined;
  });
  return work !== undefined && calls < 2;
}

function conditionalsIn(part: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walkAll([part], (inner) => {
    if ("kind" in inner && inner.kind === "conditional") found.push(inner);
    return undefined;
  });
  return found;
}

/** `if (account.balance > limit) …`: what follows depends on what a service gave; or what is set on what a client sent: `if (body.kind === "gift") price = 0`. */
function decides(model: ProjectModel, file: string, part: SyntaxNode): boolean {
  if (!("kind" in part)) return false;
  const test = part.kind === "switch" ? part.subject : part.kind === "if" || (part.kind === "conditional" && !shapes(part)) ? part.test : undefined;
  if (!test) return false;
  if (someNode([test], (one) => one.kind === "member" && isDomainValue(model, file, one))) return true;
  const body = part.kind === "if" ? part.then : part.kind === "switch" ? part.cases.flatMap((one) => one.body) : [];
  return body.some((one) => one.kind === "expression" && one.value.kind === "assign" && one.value.target.kind === "name") && someNode([test], (one) => (one.kind === "member" || one.kind === "name") && isSentValue(model, file, one));
}

/** `orders.reduce((sum, order) => sum + order.total, 0)`: what begins with a number becomes one. */
function isNumber(node: Expression | undefined): boolean {
  return node?.kind === "literal" && typeof node.value === "number";
}

/** Assigns or adds up, as opposed to copying elements. */
function computes(body: readonly (Statement | Expression)[]): boolean {
  return someNode(body, (part) => (part.kind === "assign" && part.operator !== "=") || (part.kind === "binary" && /^[-*/%]$/.test(part.operator)));
}
