import type { ApiValue, Library } from "../library.js";

const clause: ApiValue = { store: { role: "clause" }, call: "self" };
const one: ApiValue = { store: { role: "execute", single: true } };
const schema: ApiValue = { call: "schemaBuilder", store: { role: "schema" } };

/** Kysely: builders are immutable and run only where a method executes them. */
const library: Library = {
  package: "kysely",
  capabilities: ["data-access", "migration"],
  store: { family: "sql", execution: "explicit", immutable: true },
  harmless: ["NoResultError", "isNoResultErrorConstructor", "CamelCasePlugin", "DeduplicateJoinsPlugin", "ParseJSONResultsPlugin", "*Generated*", "ColumnType", "Selectable", "Insertable", "Updateable"],
  leaks: {
    error: ["Kysely", "Transaction", "ControlledTransaction", "*QueryBuilder*", "ExpressionBuilder", "Expression", "ExpressionWrapper", "RawBuilder", "CompiledQuery", "QueryCreator", "ReferenceExpression"],
    warn: ["Selectable", "Insertable", "Updateable"],
  },
  exports: {
    Kysely: { new: "client", effect: { makes: "client" } },
    Transaction: { new: "transaction" },
    ControlledTransaction: { new: "transaction" },
    QueryCreator: { new: "client" },
    SelectQueryBuilder: { new: "select" },
    InsertQueryBuilder: { new: "insert" },
    UpdateQueryBuilder: { new: "change" },
    DeleteQueryBuilder: { new: "change" },
    sql: {
      tag: { role: "bound" },
      call: "sql",
      members: {
        raw: { store: { role: "raw", text: ["0"] }, call: "sql" },
        lit: { store: { role: "inline" }, call: "sql" },
        literal: { store: { role: "inline" }, call: "sql" },
        ref: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
        table: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
        id: { store: { role: "identifier", identifiers: ["0+"] }, call: "sql" },
        val: { store: { role: "bound" }, call: "sql" },
        value: { store: { role: "bound" }, call: "sql" },
        join: { store: { role: "bound" }, call: "sql" },
      },
    },
    CompiledQuery: { members: { raw: { store: { role: "raw", text: ["0"], parameters: ["1"] }, call: "sql" } } },
    Migrator: { new: "migrator" },
    PostgresDialect: {},
    MysqlDialect: {},
    SqliteDialect: {},
    MssqlDialect: {},
  },
  values: {
    client: {
      is: "client",
      members: {
        selectFrom: { store: { role: "list" }, call: "select" },
        selectNoFrom: { store: { role: "read" }, call: "select" },
        insertInto: { store: { role: "write", write: "insert" }, call: "insert" },
        replaceInto: { store: { role: "write", write: "upsert" }, call: "insert" },
        updateTable: { store: { role: "write", write: "update" }, call: "change" },
        deleteFrom: { store: { role: "write", write: "delete" }, call: "change" },
        mergeInto: { store: { role: "write", write: "upsert" }, call: "change" },
        with: { call: "self" },
        withRecursive: { call: "self" },
        withSchema: { call: "self" },
        withPlugin: { call: "self" },
        withoutPlugins: { call: "self" },
        withTables: { call: "self" },
        $extendTables: { call: "self" },
        transaction: { call: "transactionBuilder" },
        startTransaction: { call: { members: { setIsolationLevel: { call: "self" }, setAccessMode: { call: "self" }, execute: { store: { role: "begin", execution: "eager" }, call: "transaction" } } } },
        connection: { call: { members: { execute: { store: { role: "acquire", execution: "eager" }, callback: { "0": "client" } } } } },
        executeQuery: { store: { role: "statement", execution: "eager", text: ["0"] } },
        destroy: { store: { role: "disconnect", execution: "eager" } },
        schema: "schema",
        fn: {},
        dynamic: { members: { ref: { store: { role: "identifier", identifiers: ["0"] } }, table: { store: { role: "identifier", identifiers: ["0"] } } } },
        introspection: {},
        case: {},
      },
    },
    transactionBuilder: {
      members: {
        setIsolationLevel: { call: "self" },
        setAccessMode: { call: "self" },
        execute: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "transaction" } },
      },
    },
    transaction: {
      is: "handle",
      like: ["client"],
      members: {
        commit: { call: { members: { execute: { store: { role: "commit", execution: "eager" } } } } },
        rollback: { call: { members: { execute: { store: { role: "rollback", execution: "eager" } } } } },
        savepoint: { call: { members: { execute: { store: { role: "savepoint", execution: "eager" }, call: "transaction" } } } },
        rollbackToSavepoint: { call: { members: { execute: { store: { role: "savepoint", execution: "eager" }, call: "transaction" } } } },
        releaseSavepoint: { call: { members: { execute: { store: { role: "savepoint", execution: "eager" }, call: "transaction" } } } },
      },
    },
    runs: {
      members: {
        execute: { store: { role: "execute" } },
        executeTakeFirst: one,
        executeTakeFirstOrThrow: one,
        stream: { store: { role: "execute", bounded: true } },
        explain: { store: { role: "execute" } },
        compile: { store: { role: "build", execution: "sync" }, call: "sql" },
        as: { store: { role: "build", execution: "sync" } },
        $call: { callback: { "0": "self" }, call: "self" },
        $if: { callback: { "0": "self" }, call: "self" },
      },
    },
    select: {
      is: "statement",
      like: ["runs"],
      members: {
        where: { store: { role: "clause", filter: ["0", "2"] }, call: "self" },
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        fetch: { store: { role: "clause", limit: ["0"] }, call: "self" },
        top: { store: { role: "clause", limit: ["0"] }, call: "self" },
        orderBy: { store: { role: "clause", identifiers: ["0"] }, call: "self" },
      },
      others: clause,
    },
    insert: {
      is: "statement",
      like: ["runs"],
      members: {
        values: { store: { role: "clause", data: ["0"] }, call: "self" },
        onConflict: { store: { role: "clause", write: "upsert" }, call: "self" },
        onDuplicateKeyUpdate: { store: { role: "clause", write: "upsert", data: ["0"] }, call: "self" },
      },
      others: clause,
    },
    change: {
      is: "statement",
      like: ["runs"],
      members: {
        set: { store: { role: "clause", data: ["0"] }, call: "self" },
        where: { store: { role: "clause", filter: ["0", "2"] }, call: "self" },
      },
      others: clause,
    },
    sql: { is: "sql", members: { execute: { store: { role: "execute", handle: ["0"] } }, compile: { store: { role: "build", execution: "sync" } }, as: { call: "self" }, $castTo: { call: "self" } } },
    schema: {
      others: schema,
      members: { withSchema: { call: "self" }, withPlugin: { call: "self" } },
    },
    schemaBuilder: { like: ["runs"], others: { call: "self" } },
    migrator: {
      is: "migrator",
      members: {
        migrateToLatest: { store: { role: "schema", execution: "eager" } },
        migrateTo: { store: { role: "schema", execution: "eager" } },
        migrateUp: { store: { role: "schema", execution: "eager" } },
        migrateDown: { store: { role: "schema", execution: "eager" } },
      },
    },
  },
};

export default library;
