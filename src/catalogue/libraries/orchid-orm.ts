import type { StoreCall } from "../data-access.js";
import type { ApiReference, ApiValue, Library } from "../library.js";

/** A step of a query, which is sent when it is awaited. */
const step = (store: StoreCall): ApiValue => ({ store, call: "query" });
const orchid: Record<string, ApiReference> = { orchidORM: { call: "client", effect: { makes: "client" } }, orchidORMWithAdapter: { call: "client", effect: { makes: "client" } }, createBaseTable: {} };

/** Orchid ORM: tables as members of the client, with queries that are builders and write as well. Source: its guides of querying, writing and transactions. */
const library: Library = {
  package: "orchid-orm",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "lazy" },
  harmless: ["createBaseTable", "*Error", "Selectable", "Insertable", "Updatable", "Queryable", "DefaultSelect"],
  leaks: { error: ["Query", "OrchidORM"] },
  exports: orchid,
  subpaths: { "/node-postgres": { exports: orchid }, "/postgres-js": { exports: orchid }, "/bun": { exports: orchid } },
  values: {
    client: {
      is: "client",
      members: {
        $query: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        $queryArrays: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        // What is asked in the function takes part in the transaction, whichever client it is asked by.
        $transaction: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "client" } },
        $ensureTransaction: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "client" } },
        $from: step({ role: "list" }),
        $close: { store: { role: "disconnect" } },
        $adapter: {},
      },
      others: "table",
    },
    table: {
      is: "model",
      members: {
        all: step({ role: "list" }),
        select: step({ role: "list" }),
        selectAll: step({ role: "list" }),
        where: step({ role: "list", filter: ["0"] }),
        whereNot: step({ role: "list", filter: ["0"] }),
        whereIn: step({ role: "list", filter: ["1"] }),
        whereSql: { tag: { role: "list" }, call: "query" },
        join: step({ role: "list" }),
        leftJoin: step({ role: "list" }),
        order: step({ role: "list" }),
        limit: step({ role: "list", limit: ["0"] }),
        pluck: step({ role: "list" }),
        find: step({ role: "read", filter: ["0"] }),
        findOptional: step({ role: "read", filter: ["0"] }),
        findBy: step({ role: "read", filter: ["0"] }),
        findByOptional: step({ role: "read", filter: ["0"] }),
        take: step({ role: "read" }),
        takeOptional: step({ role: "read" }),
        get: step({ role: "read" }),
        getOptional: step({ role: "read" }),
        count: step({ role: "read" }),
        exists: step({ role: "read" }),
        create: step({ role: "write", write: "insert", data: ["0"] }),
        insert: step({ role: "write", write: "insert", data: ["0"] }),
        createMany: step({ role: "write", write: "insert", many: true, data: ["0"] }),
        insertMany: step({ role: "write", write: "insert", many: true, data: ["0"] }),
      },
    },
    query: {
      is: "statement",
      like: ["table"],
      members: {
        update: step({ role: "write", write: "update", data: ["0"] }),
        updateOrThrow: step({ role: "write", write: "update", data: ["0"] }),
        upsert: step({ role: "write", write: "upsert", data: ["0.data", "0.create", "0.update"] }),
        orCreate: step({ role: "write", write: "upsert", data: ["0"] }),
        increment: step({ role: "write", write: "update" }),
        decrement: step({ role: "write", write: "update" }),
        delete: step({ role: "write", write: "delete" }),
        limit: step({ role: "clause", limit: ["0"] }),
        take: step({ role: "clause", single: true }),
        takeOptional: step({ role: "clause", single: true }),
        find: step({ role: "clause", single: true, filter: ["0"] }),
        findOptional: step({ role: "clause", single: true, filter: ["0"] }),
        findBy: step({ role: "clause", single: true, filter: ["0"] }),
        findByOptional: step({ role: "clause", single: true, filter: ["0"] }),
        where: step({ role: "clause", filter: ["0"] }),
      },
      others: "query",
    },
  },
};

export default library;
