import type { ApiReference, ApiValue, Library } from "../library.js";

const query: ApiValue = { store: { role: "statement", text: ["0", "0.sql"], parameters: ["1", "0.values"] }, call: "statement" };

const exported: Record<string, ApiReference> = {
  createPool: { call: "pool", effect: { makes: "pool" } },
  createPoolCluster: { call: { members: { of: { call: "pool" }, getConnection: { store: { role: "acquire" }, call: "connection" } } }, effect: { makes: "pool" } },
  createConnection: { call: "connection", store: { role: "connect" }, effect: { makes: "connection", opens: true } },
  Pool: { new: "pool" },
  Connection: { new: "connection" },
  PoolConnection: { new: "connection" },
  escape: { store: { role: "identifier" } },
  escapeId: { store: { role: "identifier" } },
  format: { store: { role: "bound" }, call: "sql" },
  raw: { store: { role: "raw", text: ["0"] }, call: "sql" },
};

/** mysql2 with its promise form. */
const library: Library = {
  package: "mysql2",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager", pairs: true },
  harmless: ["SqlError", "Types", "FieldPacket"],
  leaks: { error: ["Pool", "PoolConnection", "Connection", "QueryOptions", "QueryResult"], warn: ["RowDataPacket", "ResultSetHeader", "OkPacket", "FieldPacket"] },
  exports: { ...exported, default: { members: exported } },
  values: {
    pool: {
      is: "client",
      members: {
        query,
        execute: query,
        getConnection: { store: { role: "acquire" }, call: "connection", callback: { "1": "connection" } },
        batch: query,
        promise: { call: "pool" },
        end: { store: { role: "disconnect" } },
        escape: { store: { role: "identifier" } },
        escapeId: { store: { role: "identifier" } },
        format: { store: { role: "bound" }, call: "sql" },
        on: {},
      },
    },
    connection: {
      is: "handle",
      members: {
        query,
        execute: query,
        batch: query,
        prepare: { store: { role: "build", text: ["0"] }, call: { members: { execute: { store: { role: "execute" } } } } },
        beginTransaction: { store: { role: "begin" } },
        commit: { store: { role: "commit" } },
        rollback: { store: { role: "rollback" } },
        release: { store: { role: "release", execution: "sync" } },
        connect: { store: { role: "connect" } },
        end: { store: { role: "disconnect" } },
        destroy: { store: { role: "disconnect", execution: "sync" } },
        promise: { call: "connection" },
        escape: { store: { role: "identifier" } },
        escapeId: { store: { role: "identifier" } },
        format: { store: { role: "bound" }, call: "sql" },
      },
    },
    statement: { members: { stream: { call: {} } } },
    sql: { is: "sql" },
  },
};

/** Drivers with the same calls, whose statements give rows alone. */
export const mariadb: Library = { ...library, package: "mariadb", also: ["mysql", "promise-mysql", "serverless-mysql"], store: { family: "sql", execution: "eager" } };

export default library;
