import type { Expression, FunctionNode } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { StoreOperation } from "../model/data-access.js";
import type { FunctionContext } from "../model/file-index.js";
import type { ProjectModel } from "../model/project-model.js";

/** A function that runs in a transaction, with the operation that opens it. */
export interface TransactionBody {
  readonly file: string;
  readonly node: FunctionNode;
  readonly opener: StoreOperation;
}

/** The callbacks of transactions that a file opens. */
export function transactionBodies(model: ProjectModel, file: string): TransactionBody[] {
  return model.dataAccess.of(file).flatMap((opener) => {
    if (opener.role !== "transaction") return [];
    return opener.body.flatMap((body) => model.values.of(file, body).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node, opener }] : [])));
  });
}

/** Whether an operation uses the handle of a transaction: its receiver is one, or one was passed. */
export function usesHandle(operation: StoreOperation): boolean {
  return operation.receiver.session === "handle" || operation.receiver.session === "either" || operation.handle.length > 0;
}

/** The operations that a function does itself: in its body and in functions inside it, but not in transactions that it opens. */
export function ownOperations(model: ProjectModel, file: string, node: FunctionNode): readonly StoreOperation[] {
  const inner = transactionBodies(model, file).filter((body) => body.file === file && body.node !== node);
  return model.dataAccess.of(file).filter(({ span }) => within(span, node.span) && !inner.some((body) => within(span, body.node.span) && within(body.node.span, node.span)));
}

/** Whether the project runs statements in the transaction of the asynchronous context, so that no handle need be passed. */
export function hasAmbientTransactions(model: ProjectModel): boolean {
  return model.files.some((file) => model.facts(file).imports.some(({ specifier }) => specifier !== undefined && /^(typeorm-transactional|typeorm-transactional-cls-hooked|@nestjs-cls\/transactional|@mikro-orm\/|cls-hooked)/.test(specifier)));
}

/** The names that a function is given as a handle: parameters that stand for a transaction by type or by name. */
export function takesHandle(model: ProjectModel, file: string, node: FunctionNode): boolean {
  return node.parameters.some((parameter) => {
    const name = parameter.target.kind === "binding" ? parameter.target.name : "";
    if (/^(tx|trx|t|transaction|manager|entityManager|em|session|queryRunner|client|conn|connection|ctx|txn|db|dbOrTx|executor)$/i.test(name)) return true;
    return parameter.type !== undefined && model.values.ofType(file, parameter.type).some((value) => value.kind === "external" && /(Transaction|EntityManager|QueryRunner|ClientSession|PoolClient|Knex)/.test(value.provenance.path.join(".")));
  });
}

/** The function around an operation that is no callback of another call: where its statements run one after the other. */
export function runsIn(context: FunctionContext | undefined): FunctionContext | undefined {
  let at = context;
  while (at?.passedTo && at.parent && at.node.form === "arrow") at = at.parent;
  return at;
}

/** Whether one span lies in another. */
export function within(inner: readonly [number, number], outer: readonly [number, number]): boolean {
  return inner[0] >= outer[0] && inner[1] <= outer[1];
}

/** The calls of project functions in a function, with the functions they call. */
export function projectCalls(model: ProjectModel, file: string, node: FunctionNode): { readonly call: Extract<Expression, { kind: "call" }>; readonly file: string; readonly target: FunctionNode }[] {
  const calls: { call: Extract<Expression, { kind: "call" }>; file: string; target: FunctionNode }[] = [];
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    for (const callee of model.values.of(file, part.callee)) if (callee.kind === "function" && callee.node !== node) calls.push({ call: part, file: callee.file, target: callee.node });
    return undefined;
  });
  return calls;
}
