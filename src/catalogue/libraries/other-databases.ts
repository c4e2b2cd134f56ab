import type { ApiReference, ApiValue, Library } from "../library.js";

const text = (parameters: "1" | "2" = "1"): ApiValue => ({ store: { role: "statement", text: ["0"], parameters: [parameters] } });
const client = (value: string): Record<string, ApiReference> => ({ createClient: { call: value, effect: { makes: "client" } }, Client: { new: value, effect: { makes: "client" } }, default: { members: { createClient: { call: value, effect: { makes: "client" } } } } });

const filtered = (store: NonNullable<ApiValue["store"]>): ApiValue => ({ store: { ...store, filter: ["0"] }, sinks: [{ kind: "filter", at: "0" }] });
/** What a file of documents offers, waiting for a callback, and the same with a promise. */
const documents: Record<string, ApiValue> = {
  find: { ...filtered({ role: "list" }), call: "cursor" },
  findOne: filtered({ role: "read" }),
  count: filtered({ role: "read" }),
  insert: { store: { role: "write", write: "insert", data: ["0"] } },
  update: filtered({ role: "write", write: "update", data: ["1"] }),
  remove: filtered({ role: "write", write: "delete" }),
};

/** Databases with a small client each. */
const libraries: readonly Library[] = [
  {
    // https://github.com/seald/nedb
    package: "@seald-io/nedb",
    also: ["nedb", "nedb-promises"],
    capabilities: ["data-access"],
    store: { family: "documents", execution: "eager" },
    leaks: { error: ["default", "Datastore"] },
    exports: { default: { new: "documents", members: { create: { call: "documents" } } } },
    values: {
      documents: {
        is: "model",
        members: {
          ...documents,
          ...Object.fromEntries(Object.entries(documents).map(([name, value]) => [`${name}Async`, value])),
          loadDatabase: { store: { role: "connect" } },
          loadDatabaseAsync: { store: { role: "connect" } },
        },
      },
      cursor: { is: "cursor", members: { limit: { store: { role: "clause", limit: ["0"] }, call: "self" }, exec: { store: { role: "execute", execution: "eager" } }, execAsync: { store: { role: "execute", execution: "eager" } } }, others: { store: { role: "clause" }, call: "self" } },
    },
  },
  {
    package: "@clickhouse/client",
    also: ["@clickhouse/client-web"],
    capabilities: ["data-access"],
    store: { family: "columnar", execution: "eager" },
    harmless: ["ClickHouseError"],
    leaks: { error: ["ClickHouseClient", "ResultSet"] },
    exports: { ...client("client"), ClickHouseClient: { new: "client" } },
    values: {
      client: {
        is: "client",
        members: {
          query: { store: { role: "statement", text: ["0.query"], parameters: ["0.query_params"] } },
          command: { store: { role: "statement", text: ["0.query"], parameters: ["0.query_params"] } },
          exec: { store: { role: "statement", text: ["0.query"], parameters: ["0.query_params"] } },
          insert: { store: { role: "write", write: "insert", many: true, data: ["0.values"] } },
          close: { store: { role: "disconnect" } },
          ping: { store: { role: "read" } },
        },
      },
    },
  },
  {
    package: "neo4j-driver",
    capabilities: ["data-access"],
    store: { family: "graph", execution: "eager" },
    harmless: ["*Error", "Integer", "int"],
    leaks: { error: ["Driver", "Session", "Transaction", "ManagedTransaction"] },
    exports: { driver: { call: "driver", effect: { makes: "client" } }, auth: { members: { basic: { secrets: ["1"] } } }, default: { members: { driver: { call: "driver", effect: { makes: "client" } }, auth: { members: { basic: { secrets: ["1"] } } }, int: {} } }, Driver: { new: "driver" }, Session: { new: "session" }, Transaction: { new: "transaction" }, ManagedTransaction: { new: "transaction" } },
    values: {
      driver: { is: "client", members: { session: { store: { role: "acquire", execution: "sync" }, call: "session" }, executeQuery: text(), close: { store: { role: "disconnect" } }, verifyConnectivity: { store: { role: "connect" } } } },
      session: {
        is: "client",
        members: {
          run: text(),
          executeRead: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
          executeWrite: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
          readTransaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
          writeTransaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
          beginTransaction: { store: { role: "begin" }, call: "transaction" },
          close: { store: { role: "release" } },
        },
      },
      transaction: { is: "handle", members: { run: text(), commit: { store: { role: "commit" } }, rollback: { store: { role: "rollback" } } } },
    },
  },
  {
    package: "cassandra-driver",
    capabilities: ["data-access"],
    store: { family: "columnar", execution: "eager" },
    harmless: ["errors", "types"],
    leaks: { error: ["Client"] },
    exports: { Client: { new: "client", effect: { makes: "client" } }, auth: { members: { PlainTextAuthProvider: { secrets: ["1"] } } }, default: { members: { Client: { new: "client", effect: { makes: "client" } }, auth: { members: { PlainTextAuthProvider: { secrets: ["1"] } } } } } },
    values: { client: { is: "client", members: { connect: { store: { role: "connect" } }, execute: text(), eachRow: text(), stream: text(), batch: { store: { role: "transaction", batch: ["0"] } }, shutdown: { store: { role: "disconnect" } } } } },
  },
  {
    package: "@planetscale/database",
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    leaks: { error: ["Client", "Connection"] },
    exports: { connect: { call: "connection", effect: { makes: "client" } }, Client: { new: "connection", effect: { makes: "client" } } },
    values: { connection: { is: "client", members: { connection: { call: "connection" }, execute: text(), transaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "handle" } } } }, handle: { is: "handle", members: { execute: text() } } },
  },
  {
    package: "oracledb",
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    exports: { getConnection: { call: "connection", store: { role: "connect" }, effect: { makes: "connection", opens: true } }, createPool: { call: "pool", effect: { makes: "pool", opens: true } }, default: { members: { getConnection: { call: "connection", store: { role: "connect" } }, createPool: { call: "pool", effect: { makes: "pool", opens: true } } } } },
    values: {
      pool: { is: "client", members: { getConnection: { store: { role: "acquire" }, call: "connection" }, close: { store: { role: "disconnect" } } } },
      connection: { is: "handle", members: { execute: text(), executeMany: text(), commit: { store: { role: "commit" } }, rollback: { store: { role: "rollback" } }, close: { store: { role: "release" } } } },
    },
  },
  {
    package: "@typegoose/typegoose",
    also: ["typegoose"],
    capabilities: ["data-access"],
    store: { family: "mongo", execution: "lazy", rowsKeepSession: true },
    harmless: ["Severity", "PropType", "defaultClasses", "DocumentType", "Ref", "isDocument", "isDocumentArray", "mongoose"],
    leaks: { error: ["ReturnModelType", "DocumentType", "ModelType"], warn: ["Ref"] },
    exports: { getModelForClass: { call: "mongoose#model" }, getDiscriminatorModelForClass: { call: "mongoose#model" }, addModelToTypegoose: { call: "mongoose#model" }, ReturnModelType: { new: "mongoose#model" }, ModelType: { new: "mongoose#model" }, DocumentType: { new: "mongoose#document" }, buildSchema: { call: "mongoose#table" }, mongoose: "mongoose#exports" },
  },
];

export default libraries;
