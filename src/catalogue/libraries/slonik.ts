import type { ApiReference, ApiValue, Library } from "../library.js";

/** A tag whose values are bound. */
const tag: ApiReference = { tag: { role: "bound" }, store: { role: "bound" }, call: "sql" };
const read: ApiValue = { store: { role: "statement", text: ["0", "0.sql"], single: true } };
const list: ApiValue = { store: { role: "statement", text: ["0", "0.sql"] } };

/** Slonik: every statement is made by a tag, `sql.unsafe` included, which only leaves the result's type open. */
const library: Library = {
  package: "slonik",
  also: ["@slonik/sql-tag"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager" },
  harmless: ["*Error", "createTypeParserPreset", "createBigintTypeParser"],
  leaks: { error: ["DatabasePool", "DatabaseTransactionConnection", "DatabasePoolConnection", "CommonQueryMethods", "QuerySqlToken", "SqlToken", "FragmentSqlToken", "QueryResult"] },
  exports: {
    createPool: { call: "pool", store: { role: "connect" }, effect: { makes: "pool", opens: true } },
    DatabasePool: { new: "pool" },
    DatabaseTransactionConnection: { new: "transaction" },
    DatabasePoolConnection: { new: "connection" },
    CommonQueryMethods: { new: "connection" },
    createSqlTag: { call: "sqlTag" },
    sql: "sqlTag",
  },
  values: {
    sqlTag: {
      tag: { role: "bound" },
      call: "sql",
      members: {
        type: { call: tag },
        typeAlias: { call: tag },
        unsafe: tag,
        fragment: tag,
        identifier: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
        join: { store: { role: "bound" }, call: "sql" },
        unnest: { store: { role: "bound" }, call: "sql" },
        array: { store: { role: "bound" }, call: "sql" },
        json: { store: { role: "bound" }, call: "sql" },
        jsonb: { store: { role: "bound" }, call: "sql" },
        binary: { store: { role: "bound" }, call: "sql" },
        date: { store: { role: "bound" }, call: "sql" },
        timestamp: { store: { role: "bound" }, call: "sql" },
        uuid: { store: { role: "bound" }, call: "sql" },
        literalValue: { store: { role: "inline" }, call: "sql" },
      },
    },
    methods: {
      members: {
        any: list,
        anyFirst: list,
        many: list,
        manyFirst: list,
        query: list,
        one: read,
        oneFirst: read,
        maybeOne: read,
        maybeOneFirst: read,
        exists: read,
        stream: { store: { role: "statement", text: ["0"], bounded: true } },
      },
    },
    pool: {
      is: "client",
      like: ["methods"],
      members: {
        connect: { store: { role: "acquire", body: ["0"] }, callback: { "0": "connection" } },
        transaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
        end: { store: { role: "disconnect" } },
      },
    },
    connection: { is: "handle", like: ["methods"], members: { transaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } } } },
    transaction: { is: "handle", like: ["methods"], members: { transaction: { store: { role: "savepoint", body: ["0"] }, callback: { "0": "transaction" } } } },
    sql: { is: "sql" },
  },
};

export default library;
