import type { ApiValue, Library } from "../library.js";

const run: ApiValue = { store: { role: "execute", parameters: ["0+"] } };
const prepared: ApiValue = {
  is: "statement",
  members: {
    all: run,
    iterate: { store: { role: "execute", bounded: true } },
    get: { store: { role: "execute", single: true } },
    run,
    bind: { call: "self" },
    pluck: { call: "self" },
    raw: { call: "self" },
    expand: { call: "self" },
    columns: {},
    setReadBigInts: {},
  },
};
const exec: ApiValue = { store: { role: "statement", text: ["0"] } };

/** SQLite in the process: opening is a file, and nothing is awaited. */
const libraries: readonly Library[] = [
  {
    package: "better-sqlite3",
    also: ["libsql", "bun:sqlite"],
    capabilities: ["data-access"],
    store: { family: "sql", execution: "sync" },
    harmless: ["SqliteError", "default.SqliteError"],
    leaks: { error: ["Database", "Statement", "default.Database", "default.Statement", "Transaction"] },
    exports: {
      default: { new: "database", call: "database", effect: { makes: "file", opens: true, unless: [{ at: "0", is: ":memory:" }] }, members: { Database: { new: "database" }, Statement: { new: "prepared" } } },
      Database: { new: "database", effect: { makes: "file", opens: true, unless: [{ at: "0", is: ":memory:" }] } },
      Statement: { new: "prepared" },
    },
    values: {
      database: {
        is: "client",
        members: {
          prepare: { store: { role: "statement", text: ["0"] }, call: "prepared" },
          query: { store: { role: "statement", text: ["0"] }, call: "prepared" },
          exec,
          // The result is a function that must be called.
          transaction: { store: { role: "transaction", body: ["0"] }, call: { store: { role: "execute" }, members: { deferred: run, immediate: run, exclusive: run } } },
          pragma: { store: { role: "statement", text: ["0"] } },
          close: { store: { role: "disconnect" } },
          backup: { store: { role: "read", execution: "eager" } },
          function: {},
          aggregate: {},
          loadExtension: {},
        },
      },
      prepared,
    },
  },
  {
    package: "node:sqlite",
    capabilities: ["data-access"],
    store: { family: "sql", execution: "sync" },
    leaks: { error: ["DatabaseSync", "StatementSync"] },
    exports: {
      DatabaseSync: { new: "database", effect: { makes: "file", opens: true, unless: [{ at: "1.open", is: false }, { at: "0", is: ":memory:" }] } },
      StatementSync: { new: "prepared" },
    },
    values: {
      database: {
        is: "client",
        members: {
          prepare: { store: { role: "statement", text: ["0"] }, call: "prepared" },
          exec,
          open: { store: { role: "connect" }, effect: { makes: "file", opens: true } },
          close: { store: { role: "disconnect" } },
          createTagStore: { call: { members: { all: { tag: { role: "statement" } }, get: { tag: { role: "statement", single: true } }, run: { tag: { role: "statement" } }, iterate: { tag: { role: "statement", bounded: true } } } } },
          function: {},
          createSession: {},
        },
      },
      prepared,
    },
  },
  {
    package: "sqlite3",
    also: ["sqlite"],
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    leaks: { error: ["Database", "Statement"] },
    exports: {
      default: { members: { Database: { new: "database", effect: { makes: "file", opens: true, unless: [{ at: "0", is: ":memory:" }] } }, verbose: { call: { members: { Database: { new: "database", effect: { makes: "file", opens: true } } } } } } },
      Database: { new: "database", effect: { makes: "file", opens: true, unless: [{ at: "0", is: ":memory:" }] } },
      open: { call: "database", store: { role: "connect" }, effect: { makes: "file", opens: true } },
    },
    values: {
      database: {
        is: "client",
        members: {
          run: { store: { role: "statement", text: ["0"], parameters: ["1"] } },
          get: { store: { role: "statement", text: ["0"], parameters: ["1"], single: true } },
          all: { store: { role: "statement", text: ["0"], parameters: ["1"] } },
          each: { store: { role: "statement", text: ["0"], parameters: ["1"], bounded: true } },
          exec,
          prepare: { store: { role: "statement", text: ["0"] }, call: "prepared" },
          close: { store: { role: "disconnect" } },
          serialize: {},
        },
      },
      prepared,
    },
  },
  {
    package: "@libsql/client",
    also: ["@tursodatabase/serverless"],
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    harmless: ["LibsqlError"],
    leaks: { error: ["Client", "Transaction"], warn: ["ResultSet", "Row"] },
    exports: { createClient: { call: "client", effect: { makes: "client" } }, Client: { new: "client" }, Transaction: { new: "transaction" } },
    subpaths: Object.fromEntries(["/web", "/node", "/http", "/sqlite3", "/ws"].map((subpath) => [subpath, { reexports: ["@libsql/client"] }])),
    values: {
      client: {
        is: "client",
        members: {
          execute: { store: { role: "statement", text: ["0", "0.sql"], parameters: ["1", "0.args"] } },
          batch: { store: { role: "transaction", batch: ["0"] } },
          transaction: { store: { role: "begin" }, call: "transaction" },
          executeMultiple: exec,
          migrate: { store: { role: "schema" } },
          close: { store: { role: "disconnect", execution: "sync" } },
          sync: {},
        },
      },
      transaction: {
        is: "handle",
        members: {
          execute: { store: { role: "statement", text: ["0", "0.sql"], parameters: ["1", "0.args"] } },
          batch: { store: { role: "statement", batch: ["0"] } },
          executeMultiple: exec,
          commit: { store: { role: "commit" } },
          rollback: { store: { role: "rollback" } },
          // What is not committed is rolled back.
          close: { store: { role: "rollback", execution: "sync" } },
        },
      },
    },
  },
];

export default libraries;
