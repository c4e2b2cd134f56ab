import type { StoreCall } from "../data-access.js";
import type { ApiReference, ApiValue, Library } from "../library.js";

/** A method that takes a transaction as `client` in its options, and what it gives. */
const method = (options: 0 | 1 | 2, store: Omit<StoreCall, "handle" | "execution">, gives?: string): ApiValue => ({ store: { ...store, execution: "eager", handle: [`${options}.client`] }, ...(gives !== undefined && { call: gives }) });
const eager = (store: Omit<StoreCall, "execution">): ApiValue => ({ store: { ...store, execution: "eager" } });
/** `BaseModel`, and what `compose(BaseModel, mixin)` makes of it. */
const orm: Record<string, ApiReference> = { BaseModel: { like: ["model"], new: "document" }, LucidModel: { new: "model" }, LucidRow: { new: "document" } };
const service: Record<string, ApiReference> = { default: "client" };
const database: Record<string, ApiReference> = { Database: { new: "client" } };
const types: Record<string, ApiReference> = { TransactionClientContract: { new: "transaction" }, QueryClientContract: { new: "client" }, DatabaseQueryBuilderContract: { new: "builder" }, ModelQueryBuilderContract: { new: "builder" }, LucidModel: { new: "model" }, LucidRow: { new: "document" } };

/** AdonisJS Lucid: models with active records, and queries that are builders like those of Knex. Source: its reference of models and of the database. */
const library: Library = {
  package: "@adonisjs/lucid",
  // Before version 6, the framework's container gives its modules names of its own.
  also: ["@ioc:Adonis/Lucid"],
  capabilities: ["data-access", "migration"],
  store: { family: "sql", execution: "lazy", rowsKeepSession: true },
  harmless: ["types.*"],
  leaks: { error: ["TransactionClientContract", "QueryClientContract", "DatabaseQueryBuilderContract", "ModelQueryBuilderContract", "ModelAttributes"] },
  exports: { ...orm, ...service, ...database, ...types },
  subpaths: { "/orm": { exports: orm }, "/services/db": { exports: service }, "/database": { exports: database }, "/types/database": { exports: types }, "/types/model": { exports: types }, "/types/querybuilder": { exports: types }, "/Orm": { exports: { ...orm, ...types } }, "/Database": { exports: { ...service, ...types } } },
  values: {
    client: {
      is: "client",
      members: {
        from: { store: { role: "list" }, call: "builder" },
        query: { store: { role: "list" }, call: "builder" },
        table: { store: { role: "start" }, call: "builder" },
        insertQuery: { store: { role: "start" }, call: "builder" },
        modelQuery: { store: { role: "list" }, call: "builder" },
        rawQuery: { store: { role: "statement", text: ["0"], parameters: ["1"] }, call: "knex#sql" },
        raw: { store: { role: "raw", text: ["0"], parameters: ["1"] }, call: "knex#sql" },
        ref: { store: { role: "identifier", identifiers: ["0"] }, call: "knex#sql" },
        connection: { call: "client" },
        transaction: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "transaction" }, call: "transaction" },
        beginGlobalTransaction: eager({ role: "begin" }),
        schema: "knex#schema",
      },
    },
    transaction: {
      is: "handle",
      like: ["client"],
      members: { commit: eager({ role: "commit" }), rollback: eager({ role: "rollback" }), transaction: { store: { role: "savepoint", execution: "eager" }, callback: { "0": "transaction" }, call: "transaction" } },
    },
    model: {
      is: "model",
      new: "document",
      members: {
        query: { store: { role: "list", handle: ["0.client"] }, call: "builder" },
        all: method(0, { role: "list" }),
        find: method(1, { role: "read", filter: ["0"] }, "document"),
        findOrFail: method(1, { role: "read", filter: ["0"] }, "document"),
        findBy: method(2, { role: "read", filter: ["0", "1"] }, "document"),
        findByOrFail: method(2, { role: "read", filter: ["0", "1"] }, "document"),
        findMany: method(1, { role: "list", bounded: true, filter: ["0"] }),
        first: method(0, { role: "read" }, "document"),
        firstOrFail: method(0, { role: "read" }, "document"),
        firstOrNew: method(2, { role: "read", filter: ["0"] }, "document"),
        firstOrCreate: method(2, { role: "write", write: "upsert", data: ["1"], filter: ["0"] }, "document"),
        create: method(1, { role: "write", write: "insert", data: ["0"] }, "document"),
        createMany: method(1, { role: "write", write: "insert", many: true, data: ["0"] }),
        updateOrCreate: method(2, { role: "write", write: "upsert", data: ["1"], filter: ["0"] }, "document"),
        updateOrCreateMany: method(2, { role: "write", write: "upsert", many: true, data: ["1"] }),
        fetchOrCreateMany: method(2, { role: "write", write: "upsert", many: true, data: ["1"] }),
        truncate: eager({ role: "write", write: "delete", many: true }),
      },
    },
    document: {
      is: "document",
      members: {
        save: eager({ role: "write", write: "save" }),
        delete: eager({ role: "write", write: "delete" }),
        merge: { store: { role: "build", execution: "sync", data: ["0"] }, call: "self" },
        fill: { store: { role: "build", execution: "sync", data: ["0"] }, call: "self" },
        // From here on the row writes with the transaction that it is given.
        useTransaction: { store: { role: "clause", execution: "sync", handle: ["0"] }, call: "self" },
        related: { call: "relation" },
        load: eager({ role: "list", bounded: true }),
        refresh: eager({ role: "read" }),
      },
    },
    relation: {
      is: "document",
      members: {
        query: { store: { role: "list" }, call: "builder" },
        create: eager({ role: "write", write: "insert", data: ["0"] }),
        createMany: eager({ role: "write", write: "insert", many: true, data: ["0"] }),
        save: eager({ role: "write", write: "insert" }),
        saveMany: eager({ role: "write", write: "insert", many: true }),
        firstOrCreate: eager({ role: "write", write: "upsert", data: ["1"], filter: ["0"] }),
        updateOrCreate: eager({ role: "write", write: "upsert", data: ["1"], filter: ["0"] }),
        associate: eager({ role: "write", write: "update" }),
        dissociate: eager({ role: "write", write: "update" }),
        attach: eager({ role: "write", write: "insert", many: true }),
        detach: eager({ role: "write", write: "delete", many: true }),
        sync: eager({ role: "write", write: "update", many: true }),
      },
    },
    builder: {
      is: "statement",
      like: ["knex#builder"],
      members: {
        first: { store: { role: "clause", single: true } },
        firstOrFail: { store: { role: "clause", single: true } },
        paginate: { store: { role: "clause", limit: ["1"] } },
        multiInsert: { store: { role: "write", write: "insert", many: true, data: ["0"] }, call: "self" },
        useTransaction: { store: { role: "clause", handle: ["0"] }, call: "self" },
      },
    },
  },
};

export default library;
