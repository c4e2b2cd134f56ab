import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { carries, carriersOf, keptIn, sharesLibrary } from "./transactions.js";

/** A transaction that a function begins and commits by calls of its own. */
export interface ManualTransaction {
  readonly file: string;
  /** The function in which it is begun and committed. */
  readonly node: FunctionNode;
  readonly begin: StoreOperation;
  /** From behind the begin to the last commit. */
  readonly span: readonly [number, number];
  /** The bindings that stand for its handle. */
  readonly carriers: ReadonlySet<number>;
  /** What commits it or rolls it back. */
  readonly ends: readonly StoreOperation[];
  /** Something rolls it back where an error is thrown. */
  readonly rollsBack: boolean;
  /** The connections that were borrowed for it and are not given back on every way out. */
  readonly unreleased: readonly StoreOperation[];
}

/** The transactions that are begun and committed in a file; where one is committed elsewhere, whoever does it ends it. */
export function manualTransactions(model: ProjectModel, file: string): ManualTransaction[] {
  const { transactions, dataAccess } = model;
  if (!dataAccess.of(file).some((operation) => transactions.isBegin(operation))) return [];
  return [...model.values.index(file).functions.keys()].flatMap((node) => {
    if (!transactions.isOwner(file, node)) return [];
    const { operations } = transactions.contentOf(file, node);
    return operations.flatMap((begin): ManualTransaction[] => {
      const commits = transactions.isBegin(begin) ? operations.filter((commit) => commit.role === "commit" && sharesLibrary(commit, begin) && commit.span[0] > begin.span[0]) : [];
      // Behind its first commit another transaction may be begun, which what comes then ends.
      const next = operations.find((other) => transactions.isBegin(other) && sharesLibrary(other, begin) && commits[0] !== undefined && other.span[0] > commits[0].span[0]);
      const last = commits.findLast(({ span }) => next === undefined || span[0] < next.span[0]);
      return last ? [read(model, file, node, begin, last, operations)] : [];
    });
  });
}

function read(model: ProjectModel, file: string, node: FunctionNode, begin: StoreOperation, last: StoreOperation, operations: readonly StoreOperation[]): ManualTransaction {
  const { parentOf } = model.values.index(file);
  const same = (role: StoreOperation["role"]): readonly StoreOperation[] => operations.filter((operation) => operation.role === role && sharesLibrary(operation, begin));
  const borrowed = same("acquire").filter(({ span, body }) => span[0] < last.span[0] && body.length === 0);
  const holders = [begin, ...borrowed].map((operation) => keptIn(parentOf, operation.node));
  const endsItself = holders.some((holder) => holder?.using === true);
  const own = begin.receiver.root.kind === "name" && begin.receiver.root.binding !== undefined ? [begin.receiver.root.binding] : [];
  // What the begin gives comes first: it is the handle.
  const carriers = carriersOf(model, file, node, [...holders.flatMap((holder) => holder?.bindings ?? []), ...own]);
  // A connection that is kept elsewhere, or handed to somebody who ends it, is not this function's to end.
  const elsewhere = carriers.size === 0 || handsEndTo(model, file, node, carriers);
  const rollsBack = endsItself || elsewhere || same("rollback").some((operation) => runsOnError(model, file, operation.node));
  return {
    file,
    node,
    begin,
    span: [begin.span[1], last.span[0]],
    carriers,
    ends: [...same("commit"), ...same("rollback")],
    rollsBack,
    // Where nothing is made undone, one mistake is told.
    unreleased: endsItself || elsewhere || !rollsBack ? [] : borrowed.filter((operation) => keptIn(parentOf, operation.node) !== undefined && !isReleased(model, file, same("release"))),
  };
}

/** Whether a function of the project that rolls back or releases is given the handle, or the handle is returned. */
function handsEndTo(model: ProjectModel, file: string, node: FunctionNode, carriers: ReadonlySet<number>): boolean {
  return model.transactions.contentOf(file, node).calls.some((call) =>
    call.arguments.some((argument) => carries(model, file, argument, carriers)) &&
    model.transactions.callees(file, call).some((callee) => model.transactions.summaryOf(callee.file, callee.node).passed.some(({ operation }) => operation.role === "rollback" || operation.role === "release")));
}

/** Whether code runs when an error is thrown: in a handler, in `finally`, in `.catch(…)` or `catchError(…)`, where a callback is given one, or behind a handler that goes on. */
function runsOnError(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  for (let at: SyntaxNode = node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (!("kind" in parent)) continue;
    if (parent.kind === "try" && !parent.body.some((statement) => statement === at)) return true;
    if (parent.kind === "call" && parent.callee.kind === "member" && /^(catch|finally)$/.test(parent.callee.property)) return true;
    // `connection.query(text, (error) => { if (error) return connection.rollback(done); … })`
    if (parent.kind === "if" && parent.test.kind === "name" && /^e$|^err|err(or)?$/i.test(parent.test.name) && parent.then.some((statement) => statement === at)) return true;
    // Of a stream of RxJS: `catchError(async (error) => { await runner.rollbackTransaction(); throw error; })`
    if (parent.kind === "call" && parent.callee.kind === "name" && /^(catchError|finalize)$/.test(parent.callee.name)) return true;
    if (parent.kind === "call" && parent.callee.kind === "member" && parent.callee.property === "then" && parent.arguments[1] === at) return true;
  }
  return false;
}

/** Whether a connection is given back when all goes well and when an error is thrown. */
function isReleased(model: ProjectModel, file: string, releases: readonly StoreOperation[]): boolean {
  const onError = releases.filter(({ node }) => runsOnError(model, file, node));
  // In `finally` both; otherwise once in each, or behind a `try` whose handler goes on.
  return onError.length > 0 || releases.some(({ node }) => followsTry(model, file, node));
}

function followsTry(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  for (let at: SyntaxNode = node, parent = index.parentOf(at); parent; at = parent, parent = index.parentOf(at)) {
    const body = "parameters" in parent ? parent.body : "kind" in parent && parent.kind === "block" ? parent.body : undefined;
    const place = body?.findIndex((statement) => statement === at) ?? -1;
    if (body && place !== -1) return body.slice(0, place).some((statement) => statement.kind === "try" && statement.handler !== undefined && !leaves(statement.handler.body.at(-1)));
  }
  return false;
}

function leaves(statement: { readonly kind: string } | undefined): boolean {
  return statement?.kind === "throw" || statement?.kind === "return";
}
