import type { ApiValue, Library } from "../library.js";

const clause: ApiValue = { store: { role: "clause" }, call: "self" };
const where: ApiValue = { store: { role: "clause", filter: ["0", "1", "2"] }, call: "self" };
const raw: ApiValue = { store: { role: "clause", text: ["0"], parameters: ["1"] }, call: "self" };
const insert: ApiValue = { store: { role: "write", write: "insert", data: ["0"] }, call: "self" };
const count: ApiValue = { store: { role: "clause", single: true }, call: "self" };
const column: ApiValue = { store: { role: "clause", identifiers: ["0"] }, call: "self" };

/** Conditions whose values stand in the second or third place, or in an object in the first. */
const conditions = Object.fromEntries(
  ["", "Not", "In", "NotIn", "Like", "ILike", "Null", "NotNull", "Between", "NotBetween", "Exists", "NotExists", "JsonObject", "JsonPath", "JsonSupersetOf", "JsonSubsetOf"].flatMap((suffix) => ["where", "andWhere", "orWhere"].map((word) => [word + suffix, where])),
);

/** The calls that begin a statement on a client, transaction or model. */
const starts: Record<string, ApiValue> = {
  select: { store: { role: "list" }, call: "builder" },
  from: { store: { role: "list" }, call: "builder" },
  table: { store: { role: "list" }, call: "builder" },
  distinct: { store: { role: "list" }, call: "builder" },
  with: { store: { role: "list" }, call: "builder" },
  withRecursive: { store: { role: "list" }, call: "builder" },
  insert: { store: { role: "write", write: "insert", data: ["0"] }, call: "builder" },
  into: { store: { role: "start" }, call: "builder" },
  queryBuilder: { store: { role: "start" }, call: "builder" },
  batchInsert: { store: { role: "write", write: "insert", many: true, data: ["1"] }, call: "builder" },
};

const library: Library = {
  package: "knex",
  capabilities: ["data-access", "migration"],
  store: { family: "sql", execution: "lazy" },
  harmless: ["KnexTimeoutError"],
  leaks: { error: ["Knex", "Knex.*"] },
  exports: {
    default: { call: "client", effect: { makes: "client" } },
    knex: { call: "client", effect: { makes: "client" }, members: { Client: {} } },
    Knex: {
      new: "client",
      members: { Transaction: { new: "transaction" }, QueryBuilder: { new: "builder" }, Raw: { new: "sql" }, SchemaBuilder: { new: "schema" }, QueryInterface: { new: "builder" } },
    },
  },
  values: {
    client: {
      is: "client",
      store: { role: "list" },
      call: "builder",
      members: {
        ...starts,
        raw: { store: { role: "statement", text: ["0"], parameters: ["1"] }, call: "sql" },
        ref: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
        transaction: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "transaction" }, call: "transaction" },
        transactionProvider: { store: { role: "begin", execution: "sync" }, call: { call: "transaction" } },
        destroy: { store: { role: "disconnect", execution: "eager" } },
        schema: "schema",
        migrate: "migrate",
        seed: { members: { run: { store: { role: "write", write: "other", execution: "eager" } } } },
        withUserParams: { call: "client" },
        fn: {},
        on: {},
        off: {},
        once: {},
        client: {},
        context: {},
        initialize: {},
      },
      others: { store: { role: "start" }, call: "builder" },
    },
    transaction: {
      is: "handle",
      store: { role: "list" },
      call: "builder",
      like: ["client"],
      members: {
        commit: { store: { role: "commit", execution: "eager" } },
        rollback: { store: { role: "rollback", execution: "eager" } },
        savepoint: { store: { role: "savepoint", execution: "eager" }, callback: { "0": "transaction" }, call: "transaction" },
        transaction: { store: { role: "savepoint", execution: "eager" }, callback: { "0": "transaction" }, call: "transaction" },
        isCompleted: {},
      },
    },
    builder: {
      is: "statement",
      members: {
        insert,
        upsert: { store: { role: "write", write: "upsert", data: ["0"] }, call: "self" },
        update: { store: { role: "write", write: "update", data: ["0", "1"] }, call: "self" },
        del: { store: { role: "write", write: "delete" }, call: "self" },
        delete: { store: { role: "write", write: "delete" }, call: "self" },
        truncate: { store: { role: "write", write: "delete", many: true }, call: "self" },
        increment: { store: { role: "write", write: "update" }, call: "self" },
        decrement: { store: { role: "write", write: "update" }, call: "self" },
        onConflict: { store: { role: "clause", write: "upsert" }, call: "self" },
        merge: { store: { role: "clause", write: "upsert", data: ["0"] }, call: "self" },
        first: { store: { role: "clause", single: true }, call: "self" },
        count,
        countDistinct: count,
        sum: count,
        avg: count,
        min: count,
        max: count,
        ...conditions,
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        orderBy: column,
        groupBy: column,
        whereRaw: { store: { role: "clause", text: ["0"], parameters: ["1"], filter: ["0"] }, call: "self" },
        orWhereRaw: { store: { role: "clause", text: ["0"], parameters: ["1"], filter: ["0"] }, call: "self" },
        andWhereRaw: { store: { role: "clause", text: ["0"], parameters: ["1"], filter: ["0"] }, call: "self" },
        havingRaw: raw,
        orHavingRaw: raw,
        orderByRaw: raw,
        groupByRaw: raw,
        joinRaw: raw,
        fromRaw: raw,
        withRaw: { store: { role: "clause", text: ["1"], parameters: ["2"] }, call: "self" },
        transacting: { store: { role: "clause", handle: ["0"] }, call: "self" },
        stream: { store: { role: "execute", bounded: true, execution: "eager" } },
        toSQL: { store: { role: "build", execution: "sync" } },
        toQuery: { store: { role: "build", execution: "sync" } },
        clone: { call: "self" },
        modify: { callback: { "0": "self" }, call: "self" },
        then: {},
        catch: {},
        finally: {},
      },
      others: clause,
    },
    sql: { is: "sql", members: { wrap: { call: "self" }, then: {}, toQuery: {}, transacting: { store: { role: "clause", handle: ["0"] }, call: "self" } } },
    schema: { members: { hasTable: { store: { role: "read" } }, hasColumn: { store: { role: "read" } }, withSchema: { call: "self" }, raw: { store: { role: "schema", text: ["0"] } } }, others: { store: { role: "schema" }, call: "schema" } },
    migrate: {
      is: "migrator",
      members: {
        latest: { store: { role: "schema", execution: "eager" } },
        up: { store: { role: "schema", execution: "eager" } },
        down: { store: { role: "schema", execution: "eager" } },
        rollback: { store: { role: "schema", execution: "eager" } },
      },
    },
  },
};

export default library;
