import type { ApiReference, Library } from "../library.js";

/** Operators and functions that drivers, dialects and the root share. */
const shared: Record<string, ApiReference> = {
  sql: {
    tag: { role: "bound" },
    call: "sql",
    members: {
      raw: { store: { role: "raw", text: ["0"] }, call: "sql" },
      identifier: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
      join: { store: { role: "bound" }, call: "sql" },
      placeholder: { store: { role: "bound" }, call: "sql" },
      param: { store: { role: "bound" }, call: "sql" },
      empty: { store: { role: "bound" }, call: "sql" },
    },
  },
  SQL: { new: "sql" },
};

const database: ApiReference = { new: "client" };
const transaction: ApiReference = { new: "transaction" };
const table: ApiReference = { call: "table" };

/** The parts of a package that each dialect's core exports. */
const core: Record<string, ApiReference> = {
  pgTable: table,
  mysqlTable: table,
  sqliteTable: table,
  singlestoreTable: table,
  pgTableCreator: { call: table },
  mysqlTableCreator: { call: table },
  sqliteTableCreator: { call: table },
  pgSchema: { call: { members: { table, view: table, materializedView: table } } },
  mysqlSchema: { call: { members: { table, view: table } } },
  pgView: { call: { call: "table", members: { as: { call: "table" } } } },
  PgDatabase: database,
  MySqlDatabase: database,
  BaseSQLiteDatabase: database,
  SingleStoreDatabase: database,
  PgTransaction: transaction,
  MySqlTransaction: transaction,
  SQLiteTransaction: transaction,
  union: { call: "select" },
  unionAll: { call: "select" },
  intersect: { call: "select" },
  except: { call: "select" },
  alias: { call: "table" },
};

/** A driver's subpath: it makes the client, below which lies that of the driver. */
function driver(name: string, opens?: true, below?: string) {
  const client: ApiReference = below === undefined ? "client" : { is: "client", like: ["client"], members: { $client: below } };
  return {
    exports: {
      drizzle: { call: client, effect: { makes: "client" as const, ...(opens && { opens }) }, members: { mock: { call: client } } },
      [name]: below === undefined ? database : { new: client },
    },
  };
}

const library: Library = {
  package: "drizzle-orm",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "lazy" },
  harmless: ["DrizzleError", "DrizzleQueryError", "TransactionRollbackError", "InferSelectModel", "InferInsertModel", "InferModel", "DefaultLogger", "pgEnum"],
  leaks: {
    error: ["SQL", "SQLWrapper", "*Database", "*Transaction", "*Table", "*TableWithColumns", "*Column", "ExtractTablesWithRelations", "*Select", "*QueryBuilder", "DBQueryConfig", "BuildQueryResult"],
    warn: ["InferSelectModel", "InferInsertModel", "InferModel"],
  },
  exports: shared,
  subpaths: {
    "/node-postgres": driver("NodePgDatabase", undefined, "pg#pool"),
    "/postgres-js": driver("PostgresJsDatabase", undefined, "postgres#client"),
    "/neon-http": driver("NeonHttpDatabase"),
    "/neon-serverless": driver("NeonDatabase"),
    "/vercel-postgres": driver("VercelPgDatabase"),
    "/aws-data-api/pg": driver("AwsDataApiPgDatabase"),
    "/pglite": driver("PgliteDatabase", true),
    "/mysql2": driver("MySql2Database", undefined, "mysql2#pool"),
    "/planetscale-serverless": driver("PlanetScaleDatabase"),
    "/tidb-serverless": driver("TiDBServerlessDatabase"),
    "/better-sqlite3": driver("BetterSQLite3Database", true, "better-sqlite3#database"),
    "/bun-sqlite": driver("BunSQLiteDatabase", true),
    "/libsql": driver("LibSQLDatabase"),
    "/d1": driver("DrizzleD1Database"),
    "/durable-sqlite": driver("DrizzleSqliteDODatabase"),
    "/singlestore": driver("SingleStoreDriverDatabase"),
    "/pg-core": { exports: core, reexports: [] },
    "/mysql-core": { exports: core, reexports: [] },
    "/sqlite-core": { exports: core, reexports: [] },
    "/singlestore-core": { exports: core, reexports: [] },
    "/sql": { exports: shared },
    "/zod": { capabilities: ["validator"], exports: {} },
    "/node-postgres/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
    "/postgres-js/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
    "/mysql2/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
    "/better-sqlite3/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "sync" } } } },
    "/libsql/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
    "/pglite/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
    "/neon-http/migrator": { capabilities: ["migration"], exports: { migrate: { store: { role: "schema", execution: "eager" } } } },
  },
  values: {
    client: {
      is: "client",
      like: ["session"],
      members: {
        transaction: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "transaction" } },
        batch: { store: { role: "transaction", execution: "eager", batch: ["0"] } },
      },
    },
    transaction: {
      is: "handle",
      like: ["session"],
      members: {
        transaction: { store: { role: "savepoint", body: ["0"] }, callback: { "0": "transaction" } },
        rollback: { store: { role: "rollback", execution: "sync" } },
      },
    },
    session: {
      members: {
        select: { store: { role: "list" }, call: "select" },
        selectDistinct: { store: { role: "list" }, call: "select" },
        selectDistinctOn: { store: { role: "list" }, call: "select" },
        with: { call: "session" },
        $with: { call: { members: { as: { call: "table" } } } },
        $count: { store: { role: "read", filter: ["1"] } },
        query: { others: "relation" },
        insert: { store: { role: "write", write: "insert" }, call: "insert" },
        update: { store: { role: "write", write: "update" }, call: "change" },
        delete: { store: { role: "write", write: "delete" }, call: "change" },
        execute: { store: { role: "statement", text: ["0"] } },
        all: { store: { role: "statement", text: ["0"] } },
        get: { store: { role: "statement", text: ["0"] } },
        run: { store: { role: "statement", text: ["0"] } },
        values: { store: { role: "statement", text: ["0"] } },
        refreshMaterializedView: { store: { role: "write", write: "other" }, call: "change" },
        $client: {},
      },
    },
    relation: {
      is: "model",
      members: {
        findMany: { store: { role: "list", filter: ["0.where"], limit: ["0.limit"] }, call: "statement" },
        findFirst: { store: { role: "read", filter: ["0.where"] }, call: "statement" },
      },
    },
    select: {
      is: "statement",
      like: ["statement"],
      members: {
        where: { store: { role: "clause", filter: ["0"] }, call: "self" },
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        orderBy: { store: { role: "clause", identifiers: ["0+"] }, call: "self" },
        get: { store: { role: "execute", single: true } },
        all: { store: { role: "execute" } },
        values: { store: { role: "execute" } },
        as: { call: "table" },
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    insert: {
      is: "statement",
      like: ["statement"],
      members: {
        values: { store: { role: "clause", data: ["0"] }, call: "self" },
        onConflictDoUpdate: { store: { role: "clause", write: "upsert", data: ["0.set"] }, call: "self" },
        onDuplicateKeyUpdate: { store: { role: "clause", write: "upsert", data: ["0.set"] }, call: "self" },
        onConflictDoNothing: { store: { role: "clause", write: "upsert" }, call: "self" },
        run: { store: { role: "execute" } },
        get: { store: { role: "execute" } },
        all: { store: { role: "execute" } },
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    change: {
      is: "statement",
      like: ["statement"],
      members: {
        set: { store: { role: "clause", data: ["0"] }, call: "self" },
        where: { store: { role: "clause", filter: ["0"] }, call: "self" },
        run: { store: { role: "execute" } },
        get: { store: { role: "execute" } },
        all: { store: { role: "execute" } },
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    statement: {
      is: "statement",
      members: {
        execute: { store: { role: "execute", execution: "eager" } },
        prepare: { store: { role: "build" }, call: "statement" },
        then: {},
        catch: {},
        finally: {},
        toSQL: { store: { role: "build" } },
        getSQL: { store: { role: "build" } },
      },
    },
    table: { is: "table" },
    sql: {
      is: "sql",
      members: {
        as: { call: "self" },
        mapWith: { call: "self" },
        append: { call: "self" },
        inlineParams: { store: { role: "inline" }, call: "self" },
      },
    },
  },
};

export default library;
