import type { ApiReference, ApiValue, Library } from "../library.js";

const insert: ApiValue = { store: { role: "write", write: "insert", data: ["0"] }, call: "self" };
const update: ApiValue = { store: { role: "write", write: "update", data: ["0"] }, call: "self" };
const updateById: ApiValue = { store: { role: "write", write: "update", filter: ["0"], data: ["1"] }, call: "self" };
const single: ApiValue = { store: { role: "clause", single: true, filter: ["0"] }, call: "self" };
const starts: ApiReference = { store: { role: "list", handle: ["0"] }, call: "builder" };

/** What only a row has, so that whatever it is called on was waited for, also where a parameter does not tell. */
const ofRow: Readonly<Record<string, ApiReference>> = { $query: { store: { role: "list", handle: ["0"] }, call: "builder" }, $relatedQuery: { store: { role: "list", handle: ["1"] }, call: "builder" } };

/** Objection: models with queries that are knex builders with more methods. */
const library: Library = {
  package: "objection",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "lazy", rowSchema: "jsonSchema" },
  harmless: ["*Error", "AjvValidator", "snakeCaseMappers", "knexSnakeCaseMappers"],
  leaks: { error: ["Model", "QueryBuilder", "QueryBuilderType", "Transaction", "TransactionOrKnex", "PartialModelObject", "Expression", "RelationExpression"], warn: ["ModelObject"] },
  exports: {
    Model: { new: "document", like: ["model"] },
    ModelClass: { new: "model" },
    QueryBuilder: { new: "builder" },
    Transaction: { new: "knex#transaction" },
    TransactionOrKnex: { new: "knex#client" },
    transaction: { store: { role: "transaction", execution: "eager", body: ["last"] }, callback: { "0": "knex#transaction" }, members: { start: { store: { role: "begin", execution: "eager" }, call: "knex#transaction" } } },
    raw: { store: { role: "raw", text: ["0"], parameters: ["1+"] }, call: "knex#sql" },
    ref: { store: { role: "identifier", identifiers: ["0"] }, call: "knex#sql" },
    fn: { store: { role: "bound" } },
    val: { store: { role: "bound" } },
    initialize: {},
  },
  values: {
    model: {
      is: "model",
      new: "document",
      members: {
        query: starts,
        relatedQuery: { store: { role: "list", handle: ["1"] }, call: "builder" },
        transaction: { store: { role: "transaction", execution: "eager", body: ["last"] }, callback: { "0": "knex#transaction" } },
        startTransaction: { store: { role: "begin", execution: "eager" }, call: "knex#transaction" },
        transactionProvider: { call: { call: "knex#transaction" } },
        knex: { call: "knex#client" },
        knexQuery: { call: "knex#builder" },
        raw: { store: { role: "raw", text: ["0"], parameters: ["1+"] }, call: "knex#sql" },
        fromJson: { store: { role: "build", execution: "sync", data: ["0"] }, call: "document" },
        bindKnex: { call: "model" },
        bindTransaction: { call: "boundModel" },
        fetchGraph: { store: { role: "list" }, call: "builder" },
      },
    },
    found: { is: "document", like: ["document"], element: "document" },
    boundModel: { is: "handle", like: ["model"] },
    document: {
      is: "document",
      members: { ...ofRow, $set: { store: { role: "build", execution: "sync", data: ["0"] } }, $setJson: { store: { role: "build", execution: "sync", data: ["0"] } }, $fetchGraph: { store: { role: "list" }, call: "builder" } },
    },
    builder: {
      is: "statement",
      awaited: "found",
      element: "document",
      like: ["knex#builder"],
      members: {
        ...ofRow,
        insert,
        insertAndFetch: insert,
        insertGraph: { store: { role: "write", write: "insert", many: true, data: ["0"] }, call: "self" },
        insertGraphAndFetch: { store: { role: "write", write: "insert", many: true, data: ["0"] }, call: "self" },
        upsertGraph: { store: { role: "write", write: "upsert", many: true, data: ["0"] }, call: "self" },
        upsertGraphAndFetch: { store: { role: "write", write: "upsert", many: true, data: ["0"] }, call: "self" },
        patch: update,
        patchAndFetch: update,
        patchAndFetchById: updateById,
        updateAndFetch: update,
        updateAndFetchById: updateById,
        deleteById: { store: { role: "write", write: "delete", filter: ["0"] }, call: "self" },
        relate: { store: { role: "write", write: "insert", data: ["0"] }, call: "self" },
        unrelate: { store: { role: "write", write: "delete" }, call: "self" },
        findById: single,
        findOne: single,
        findByIds: { store: { role: "clause", bounded: true, filter: ["0"] }, call: "self" },
        resultSize: { store: { role: "clause", single: true }, call: "self" },
        page: { store: { role: "clause", limit: ["1"] }, call: "self" },
        range: { store: { role: "clause", limit: ["1"] }, call: "self" },
        withGraphFetched: { store: { role: "clause" }, call: "self" },
        execute: { store: { role: "execute", execution: "eager" } },
      },
    },
  },
};

export default library;
