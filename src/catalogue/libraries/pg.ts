import type { ApiValue, Library } from "../library.js";

const query: ApiValue = { store: { role: "statement", text: ["0", "0.text"], parameters: ["1", "0.values"] } };

const library: Library = {
  package: "pg",
  also: ["@neondatabase/serverless", "@vercel/postgres", "pg-native"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager" },
  harmless: ["DatabaseError", "types", "defaults", "QueryResult*", "FieldDef"],
  leaks: { error: ["Pool", "Client", "PoolClient", "ClientBase", "QueryConfig", "Submittable"], warn: ["QueryResult*"] },
  exports: {
    Pool: { new: "pool", call: "pool", effect: { makes: "pool" } },
    Client: { new: "connection", effect: { makes: "client" } },
    PoolClient: { new: "connection" },
    ClientBase: { new: "connection" },
    escapeLiteral: { store: { role: "identifier" } },
    escapeIdentifier: { store: { role: "identifier" } },
    types: {},
    native: { like: ["exports"] },
    // @neondatabase/serverless and @vercel/postgres
    neon: { call: { is: "client", tag: { role: "statement" }, store: { role: "statement", text: ["0"], parameters: ["1"] }, members: { query, unsafe: { store: { role: "raw", text: ["0"] } }, transaction: { store: { role: "transaction", batch: ["0"] } } } }, effect: { makes: "client" } },
    sql: { is: "client", tag: { role: "statement" }, members: { query, connect: { store: { role: "acquire" }, call: "connection" } } },
    db: "pool",
    createPool: { call: "pool", effect: { makes: "pool" } },
    createClient: { call: "connection", effect: { makes: "client" } },
  },
  values: {
    pool: {
      is: "client",
      members: {
        query,
        connect: { store: { role: "acquire" }, call: "connection", callback: { "1": "connection" } },
        end: { store: { role: "disconnect" } },
      },
    },
    connection: {
      is: "handle",
      members: {
        query,
        connect: { store: { role: "connect" } },
        release: { store: { role: "release", execution: "sync" } },
        end: { store: { role: "disconnect" } },
        escapeLiteral: { store: { role: "identifier" } },
        escapeIdentifier: { store: { role: "identifier" } },
      },
    },
    exports: { members: { Pool: { new: "pool", effect: { makes: "pool" } }, Client: { new: "connection", effect: { makes: "client" } } } },
  },
};

export default library;
