import { isOfService } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { isAnswer } from "../routes/answers.js";
import { isStartedOnly } from "../writes/background-work.js";
import { isDomainValue, isOperand, isSentValue, namesMoney } from "./domain-values.js";
import { apartFrom, isAside, isCopy, isLogical, isMapping, isStatement, leaves, shapes, testsOf } from "./handler-forms.js";
import { isPageInput } from "../lists/page-inputs.js";
import { namesIn, type ReachedAccess, reachedAccess } from "../routes/handlers.js";
import { branchFor } from "./method-branches.js";
import { isPromisedWrite, isWaitedFor } from "./promised-writes.js";
import { operationsIn } from "../routes/reach.js";
import { receiverText } from "../project/store-uses.js";
import { isAside as isRecord, isToAside } from "../writes/write-subjects.js";

/** How much a handler may do itself. */
interface Limits {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  /** Whether one sum, one change of state, records of what was done, what is only started and a transaction around one call count, too. */
  readonly domainWork: "allow" | "report";
  /** Whether many paths or statements count where none of them does what a service is for: never, where they are more than twice the most, or always. */
  readonly sizeAlone: "allow" | "twice" | "report";
}

/** The service calls that a handler may put together by itself. */
const mostServiceCalls = 2;

/** What a handler does for a method that is more than parsing its input, one call and the answer, in words; empty for a thin one. */
export function workIn(model: ProjectModel, { file, node }: Handler, method: string, options: Limits): string[] {
  let statements = 0;
  const decisions: number[] = [];
  const inner: FunctionNode[] = [];
  let loops = 0;
  let transactions = 0;
  let sums = 0;
  let priced = 0;
  let states = 0;
  const stateful: (readonly Statement[])[] = [];
  let choices = 0;
  const operations = new Map<SyntaxNode, StoreOperation>(operationsIn(model, { file, node }).flatMap((operation) => (operation.family === "redis" || (options.domainWork === "allow" && isKept(model, operation)) ? [] : [[operation.node, operation]])));
  let asked = 0;
  let requests = 0;
  const services = new Set<FunctionNode>();
  const writes = new Set<CallExpression>();
  const passed = new Set<SyntaxNode>();
  const tested = new Set<SyntaxNode>();
  const answered = new Set<SyntaxNode>();
  const continued = new Set<SyntaxNode>();
  const { unused, settled } = branchFor(node, method);
  walkAll(node.body ?? [], (part) => {
    // `if (order.status === "new") return orders.setStatus(order.id, "baking");`
    if ("kind" in part && part.kind === "if" && isMapping(part) && decides(model, file, part)) stateful.push(part.then);
    // Leaving early, and making an answer of an error, are the handler's own business.
    if (isClassNode(part) || isMapping(part) || isCopy(part) || passed.has(part) || unused.has(part)) return false;
    for (const own of apartFrom(part)) passed.add(own);
    if (isFunctionNode(part)) {
      inner.push(part);
      return undefined;
    }
    if (isStatement(part) && !isAside(part) && !settled.has(part)) statements++;
    if (settled.has(part)) return undefined;
    const operation = operations.get(part);
    if (operation) asked++;
    for (const test of testsOf(part)) tested.add(test);
    if (part.kind === "if" || part.kind === "loop" || (part.kind === "conditional" && !shapes(part)) || (isLogical(part) && part.right.kind !== "literal" && !continued.has(part) && (part.operator === "&&" || tested.has(part)))) decisions.push(part.span[0]);
    if (decides(model, file, part) && !answered.has(part)) choices++;
    // What is chosen for the answer is said, not done.
    if (part.kind === "return" || (part.kind === "call" && isAnswer(part))) for (const one of conditionalsIn(part)) answered.add(one);
    // `a || b || c` chooses once.
    if (isLogical(part)) for (const side of [part.left, part.right]) if (isLogical(side) && side.operator === part.operator) continued.add(side);
    if (part.kind === "switch") for (const { test, body } of part.cases) if (test && body.length > 0 && !leaves(body.filter(isStatement))) decisions.push(part.span[0]);
    if (part.kind === "binary" && /^[-*/%]$/.test(part.operator) && [part.left, part.right].some((side) => isOperand(model, file, side))) {
      const names = [...namesIn([part])];
      const money = names.some(namesMoney);
      if (money || !names.some(isPageInput)) sums++;
      if (money) priced++;
    }
    if (part.kind === "if" && decides(model, file, part)) stateful.push(part.then);
    if (part.kind === "assign" && isDomainValue(model, file, part.target)) states++;
    if (part.kind === "loop" && computes(part.body)) loops++;
    if (part.kind !== "call") return undefined;
    const use = options.domainWork === "allow" && (isToAside({ call: part }) || isStartedOnly(model, file, part)) ? undefined : useOf(model, file, part);
    if (use === "request") requests++;
    if (typeof use === "object") for (const one of use.runs) services.add(one);
    if (operation?.role === "write" || (typeof use === "object" && use.writes)) writes.add(part);
    if (part.callee.kind !== "member") return undefined;
    if (part.callee.property === "reduce" && (computes(part.arguments) || isNumber(part.arguments[1]))) loops++;
    if (/^(\$?transaction|withTransaction|transactional|startTransaction)$/.test(part.callee.property) && !isReadBatch(model, file, part) && (options.domainWork === "report" || !holdsOneCall(part, operations))) transactions++;
    return undefined;
  });
  const paths = mostPaths(decisions, inner);
  const ofService = [
    ...(loops > 0 ? ["a loop that computes"] : []),
    ...(sums > 0 && loops === 0 && (options.domainWork === "report" || priced > 0 || writes.size > 0) ? ["arithmetic on domain values"] : []),
    ...(stateful.filter((body) => someNode(body, (part) => part.kind === "call" && writesState(model, file, part, operations))).length > 1 ? ["decisions over what a service gave, by which it writes one thing or another"] : []),
    ...(states > 0 && options.domainWork === "report" ? ["a change of state"] : []),
    ...(transactions > 0 ? ["a transaction"] : []),
    ...(writes.size > 1 && model.transactions.onOnePath(file, node, writes) > 1 ? [`${writes.size} writes (${written([...writes])})`] : []),
  ];
  const size = [...(paths > options.maxComplexity ? [`${paths} paths (most ${options.maxComplexity})`] : []), ...(statements > options.maxStatements ? [`${statements} statements (most ${options.maxStatements})`] : [])];
  const parts = [
    ...(sums > 0 ? ["arithmetic on domain values"] : []),
    ...(states > 0 ? ["a change of state"] : []),
    ...(choices > 0 ? [plural(choices, "decision over what a service gave", "decisions over what services gave")] : []),
    ...(asked > 1 ? [`${asked} queries`] : []),
    ...(requests > 1 ? [`${requests} requests to other services`] : []),
    ...(services.size > mostServiceCalls ? [`${services.size} services`] : []),
  ];
  const sizeCounts = options.sizeAlone === "report" || (options.sizeAlone === "twice" && (paths > 2 * options.maxComplexity || statements > 2 * options.maxStatements));
  if (ofService.length === 0 && parts.length === 0 && !sizeCounts) return [];
  return [...ofService, ...size, ...(size.length > 0 ? parts.filter((one) => !ofService.includes(one)) : [])];
}

function writesState(model: ProjectModel, file: string, call: CallExpression, operations: ReadonlyMap<SyntaxNode, StoreOperation>): boolean {
  const use = useOf(model, file, call);
  return operations.get(call)?.role === "write" || (typeof use === "object" && use.writes);
}

/** A record about what was done is no part of the work: `prisma.auditLog.create(…)`. */
function isKept(model: ProjectModel, operation: StoreOperation): boolean {
  return operation.role === "write" && isRecord(model, { node: operation.node, text: "", operation });
}

/** The first writes by name, in the order in which they stand. */
function written(writes: readonly CallExpression[]): string {
  const names = writes.toSorted((left, right) => left.span[0] - right.span[0]).map(({ callee }) => `\`${receiverText(callee)}\``);
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}

/** So many writes are named. */
const most = 3;

function plural(count: number, one: string, many: string): string {
  return count === 1 ? `a ${one}` : `${count} ${many}`;
}

/** The paths through the function that has the most: what a callback decides for an element is no path of the handler. */
function mostPaths(decisions: readonly number[], inner: readonly FunctionNode[]): number {
  const counts = new Map<FunctionNode | undefined, number>();
  for (const at of decisions) {
    const around = inner.findLast(({ span }) => span[0] <= at && at < span[1]);
    counts.set(around, (counts.get(around) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) + 1;
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
