import type { ApiValue, Library } from "../library.js";

/** Members of a tag, whether it is the client's or a transaction's. */
const tagMembers: Record<string, ApiValue> = {
  unsafe: { store: { role: "statement", text: ["0"], parameters: ["1"] }, call: "statement" },
  file: { store: { role: "statement" }, call: "statement" },
  array: { store: { role: "bound" } },
  json: { store: { role: "bound" } },
  typed: { store: { role: "bound" } },
};

/** postgres.js. */
const library: Library = {
  package: "postgres",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "lazy" },
  harmless: ["PostgresError", "default.PostgresError", "default.toCamel", "default.camel"],
  leaks: { error: ["Sql", "TransactionSql", "PendingQuery", "Fragment", "ParameterOrFragment", "ReservedSql", "default.Sql", "default.TransactionSql"], warn: ["Row", "RowList"] },
  exports: {
    default: {
      call: "client",
      effect: { makes: "client" },
      members: { Sql: { new: "client" }, TransactionSql: { new: "transaction" }, ReservedSql: { new: "reserved" }, PendingQuery: { new: "statement" } },
    },
    Sql: { new: "client" },
    TransactionSql: { new: "transaction" },
    ReservedSql: { new: "reserved" },
  },
  values: {
    client: {
      is: "client",
      tag: { role: "statement" },
      // `sql(name)` quotes a name and `sql(row, "a", "b")` lists columns.
      store: { role: "identifier", execution: "sync", identifiers: ["0"], data: ["0"], fields: ["1"] },
      call: "statement",
      members: {
        ...tagMembers,
        begin: { store: { role: "transaction", execution: "eager", body: ["0", "1"] }, callback: { "0": "transaction" } },
        reserve: { store: { role: "acquire", execution: "eager" }, call: "reserved" },
        end: { store: { role: "disconnect", execution: "eager" } },
        close: { store: { role: "disconnect", execution: "eager" } },
        listen: { store: { role: "read", execution: "eager" } },
        notify: { store: { role: "write", write: "other", execution: "eager" } },
        subscribe: { store: { role: "read", execution: "eager" } },
      },
    },
    transaction: {
      is: "handle",
      tag: { role: "statement" },
      store: { role: "identifier", execution: "sync", identifiers: ["0"], data: ["0"], fields: ["1"] },
      call: "statement",
      members: { ...tagMembers, savepoint: { store: { role: "savepoint", execution: "eager" }, callback: { "0": "transaction" } }, prepare: {} },
    },
    reserved: {
      is: "handle",
      tag: { role: "statement" },
      store: { role: "identifier", execution: "sync", identifiers: ["0"], data: ["0"], fields: ["1"] },
      call: "statement",
      members: { ...tagMembers, release: { store: { role: "release", execution: "sync" } } },
    },
    statement: {
      is: "sql",
      members: {
        cursor: { store: { role: "clause", bounded: true }, call: "self" },
        forEach: { store: { role: "execute", bounded: true } },
        execute: { store: { role: "execute", execution: "eager" }, call: "self" },
        simple: { call: "self" },
        raw: { call: "self" },
        values: { call: "self" },
        describe: { call: "self" },
        then: {},
        catch: {},
        finally: {},
      },
    },
  },
};

export default library;
