import type { ApiReference, ApiValue, Library } from "../library.js";

/** Reads and writes of repositories and, with the entity in front, entity managers. */
function rows(shift: 0 | 1): Record<string, ApiValue> {
  const where = `${shift}` as const;
  const options = `${shift === 0 ? 1 : 2}` as const;
  const list: ApiValue = { store: { role: "list", filter: [where], limit: [`${options}.limit`] } };
  const read: ApiValue = { store: { role: "read", filter: [where] }, call: "entity" };
  const build: ApiValue = { store: { role: "build", execution: "sync", data: ["0+"] } };
  return {
    find: list,
    findAndCount: list,
    findAll: { store: { role: "list", filter: [`${where}.where`], limit: [`${where}.limit`] } },
    findByCursor: { store: { role: "list", filter: [where], limit: [`${options}.first`, `${options}.last`, `${where}.first`], bounded: true } },
    stream: { store: { role: "list", bounded: true } },
    findOne: read,
    findOneOrFail: read,
    count: read,
    populate: { store: { role: "read" } },
    refresh: { store: { role: "read" } },
    // Collected in the session; `flush` sends them.
    create: { store: { role: "build", execution: "sync", data: [where] }, call: "entity" },
    assign: { store: { role: "build", execution: "sync", data: ["1"] } },
    merge: build,
    map: build,
    getReference: build,
    insert: { store: { role: "write", write: "insert", data: ["0", "1"] } },
    insertMany: { store: { role: "write", write: "insert", many: true, data: ["0", "1"] } },
    upsert: { store: { role: "write", write: "upsert", data: ["0", "1"] } },
    upsertMany: { store: { role: "write", write: "upsert", many: true, data: ["0", "1"] } },
    nativeUpdate: { store: { role: "write", write: "update", many: true, filter: [where], data: [options] } },
    nativeDelete: { store: { role: "write", write: "delete", many: true, filter: [where] } },
    createQueryBuilder: { store: { role: "start" }, call: "builder" },
    qb: { store: { role: "start" }, call: "builder" },
  };
}

const exported: Record<string, ApiReference> = {
  MikroORM: { new: "orm", effect: { makes: "client" }, members: { init: { call: "orm", store: { role: "connect" }, effect: { makes: "connection", opens: true } }, initSync: { call: "orm", effect: { makes: "client" } } } },
  EntityManager: { new: "manager" },
  SqlEntityManager: { new: "manager" },
  MongoEntityManager: { new: "manager" },
  EntityRepository: { new: "repository" },
  SqlEntityRepository: { new: "repository" },
  RequestContext: { members: { getEntityManager: { call: "manager" }, currentRequestContext: {}, create: {} } },
  Transactional: { store: { role: "ambient" } },
  CreateRequestContext: { store: { role: "ambient" } },
  EnsureRequestContext: { store: { role: "ambient" } },
  QueryBuilder: { new: "builder" },
  raw: { store: { role: "raw", text: ["0"], parameters: ["1"] }, call: "sql" },
  sql: { tag: { role: "bound" }, call: "sql", members: { ref: { store: { role: "identifier", identifiers: ["0+"] }, call: "sql" } } },
};

/** MikroORM 6 and 7: a unit of work, with the session of the transaction found in the asynchronous context. */
const library: Library = {
  package: "@mikro-orm/core",
  also: ["@mikro-orm/postgresql", "@mikro-orm/mysql", "@mikro-orm/mariadb", "@mikro-orm/sqlite", "@mikro-orm/better-sqlite", "@mikro-orm/libsql", "@mikro-orm/mssql", "@mikro-orm/mongodb", "@mikro-orm/knex", "@mikro-orm/sql", "@mikro-orm/decorators", "@mikro-orm/seeder"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager", ambient: "always", unitOfWork: true },
  harmless: ["*Error", "*Exception", "LoadStrategy", "LockMode", "QueryOrder", "Collection", "wrap", "ref", "Utils", "EventSubscriber", "RequestContext"],
  leaks: { error: ["EntityManager", "SqlEntityManager", "EntityRepository", "QueryBuilder", "FilterQuery", "FindOptions", "FindOneOptions", "FindAllOptions", "CountOptions", "EntityData", "ObjectQuery", "QueryOrderMap", "MikroORM", "Loaded", "QBFilterQuery", "RequiredEntityData"], warn: ["EntityDTO", "Ref", "Reference", "Collection"] },
  exports: exported,
  values: {
    orm: {
      is: "client",
      members: {
        em: "manager",
        connect: { store: { role: "connect" }, effect: { makes: "connection", opens: true } },
        close: { store: { role: "disconnect" } },
        schema: "schema",
        getSchemaGenerator: { call: "schema" },
        migrator: "migrator",
        getMigrator: { call: "migrator" },
        isConnected: {},
      },
    },
    manager: {
      is: "client",
      members: {
        ...rows(1),
        persist: { store: { role: "build", execution: "sync", data: ["0"] }, call: "self" },
        remove: { store: { role: "build", execution: "sync" }, call: "self" },
        persistLater: { store: { role: "build", execution: "sync", data: ["0"] } },
        flush: { store: { role: "write", write: "save" } },
        persistAndFlush: { store: { role: "write", write: "save", data: ["0"] } },
        removeAndFlush: { store: { role: "write", write: "delete" } },
        getRepository: { call: "repository" },
        repo: { call: "repository" },
        fork: { call: "manager" },
        clear: {},
        transactional: { store: { role: "transaction", body: ["0"] }, callback: { "0": "handle" } },
        begin: { store: { role: "begin" } },
        commit: { store: { role: "commit" } },
        rollback: { store: { role: "rollback" } },
        execute: { store: { role: "statement", text: ["0"], parameters: ["1"] } },
        getConnection: { call: { members: { execute: { store: { role: "statement", text: ["0"], parameters: ["1"] } } } } },
        getKnex: { call: "knex#client" },
        getKysely: { call: "kysely#client" },
        aggregate: { store: { role: "list", filter: ["1"] } },
        getCollection: { call: "mongodb#collection" },
      },
    },
    handle: { is: "handle", like: ["manager"] },
    repository: {
      is: "model",
      members: { ...rows(0), em: "manager", getEntityManager: { call: "manager" }, persist: { store: { role: "build", execution: "sync", data: ["0"] } }, persistAndFlush: { store: { role: "write", write: "save", data: ["0"] } }, flush: { store: { role: "write", write: "save" } }, removeAndFlush: { store: { role: "write", write: "delete" } }, remove: { store: { role: "build", execution: "sync" } } },
    },
    builder: {
      is: "statement",
      members: {
        insert: { store: { role: "write", write: "insert", data: ["0"] }, call: "self" },
        update: { store: { role: "write", write: "update", data: ["0"] }, call: "self" },
        delete: { store: { role: "write", write: "delete", filter: ["0"] }, call: "self" },
        truncate: { store: { role: "write", write: "delete", many: true }, call: "self" },
        where: { store: { role: "clause", filter: ["0"] }, call: "self" },
        andWhere: { store: { role: "clause", filter: ["0"] }, call: "self" },
        orWhere: { store: { role: "clause", filter: ["0"] }, call: "self" },
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        getResult: { store: { role: "list" } },
        getResultList: { store: { role: "list" } },
        getResultAndCount: { store: { role: "list" } },
        getSingleResult: { store: { role: "read" } },
        getCount: { store: { role: "read" } },
        execute: { store: { role: "execute" } },
        getKnexQuery: { call: "knex#builder" },
        getQuery: {},
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    entity: {},
    schema: { is: "migrator", members: Object.fromEntries(["create", "update", "drop", "refresh", "createSchema", "updateSchema", "dropSchema", "refreshDatabase", "refreshDatabase", "ensureDatabase", "clear", "execute", "clearDatabase"].map((name) => [name, { store: { role: "schema" as const } }])) },
    migrator: { is: "migrator", members: { up: { store: { role: "schema" } }, down: { store: { role: "schema" } } } },
    sql: { is: "sql" },
  },
};

export default library;
