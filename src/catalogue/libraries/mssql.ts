import type { ApiReference, Library } from "../library.js";

const exported: Record<string, ApiReference> = {
  connect: { call: "pool", store: { role: "connect" }, effect: { makes: "pool", opens: true } },
  ConnectionPool: { new: "pool", effect: { makes: "pool" } },
  // A request runs where it is told to: on a pool or in a transaction.
  Request: { new: "request", store: { role: "start", execution: "sync", handle: ["0"] } },
  Transaction: { new: "transaction" },
  PreparedStatement: { new: "prepared", store: { role: "start", execution: "sync", handle: ["0"] } },
  query: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
  batch: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
  close: { store: { role: "disconnect" } },
};

/** mssql: the same method is a tag with bound values or takes text. */
const library: Library = {
  package: "mssql",
  also: ["mssql/msnodesqlv8"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager" },
  harmless: ["*Error", "Int", "BigInt", "VarChar", "NVarChar", "Bit", "DateTime", "DateTime2", "UniqueIdentifier", "TYPES", "MAX", "ISOLATION_LEVEL"],
  leaks: { error: ["ConnectionPool", "Request", "Transaction", "PreparedStatement", "IResult"], warn: ["IRecordSet"] },
  exports: { ...exported, default: { members: exported } },
  values: {
    pool: {
      is: "client",
      members: {
        connect: { call: "pool", store: { role: "connect" }, effect: { makes: "pool", opens: true } },
        request: { call: "request" },
        transaction: { call: "transaction" },
        query: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        batch: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        close: { store: { role: "disconnect" } },
      },
    },
    transaction: {
      is: "handle",
      members: {
        begin: { store: { role: "begin" } },
        commit: { store: { role: "commit" } },
        rollback: { store: { role: "rollback" } },
        request: { call: "request" },
      },
    },
    request: {
      is: "statement",
      members: {
        input: { store: { role: "bound", execution: "sync" }, call: "self" },
        output: { store: { role: "bound", execution: "sync" }, call: "self" },
        query: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        batch: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        execute: { store: { role: "statement" } },
        bulk: { store: { role: "write", write: "insert", many: true, data: ["0"] } },
      },
    },
    prepared: {
      is: "statement",
      members: {
        input: { store: { role: "bound", execution: "sync" }, call: "self" },
        prepare: { store: { role: "statement", text: ["0"] } },
        execute: { store: { role: "execute", parameters: ["0"] } },
        unprepare: { store: { role: "release" } },
      },
    },
  },
};

export default library;
