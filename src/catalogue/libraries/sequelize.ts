import type { StoreCall } from "../data-access.js";
import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

/** A method whose options, and with them the handle of a transaction, are argument `options`. */
function method(options: number, call: StoreCall): ApiValue {
  return { store: { ...call, handle: [`${options}.transaction` as ArgumentPath] } };
}

const one = (call: ApiValue): ApiValue => ({ ...call, call: "document" });
/** Gives the row, and whether it was made. */
const orMade = (call: ApiValue): ApiValue => ({ ...call, call: { element: "document" } });
const schema: ApiValue = { store: { role: "schema" } };

const exported: Record<string, ApiReference> = {
  Sequelize: {
    secrets: ["2"],
    new: "client",
    effect: { makes: "client" },
    members: {
      literal: { store: { role: "raw", text: ["0"] }, call: "sql" },
      fn: { store: { role: "bound" }, call: "sql" },
      col: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
      cast: { store: { role: "bound" }, call: "sql" },
      where: { store: { role: "bound" }, call: "sql" },
      useCLS: {},
      Op: {},
    },
  },
  Model: { new: "document", like: ["model"] },
  ModelStatic: { new: "model" },
  ModelCtor: { new: "model" },
  Transaction: { new: "transaction" },
  QueryInterface: { new: "queryInterface" },
  literal: { store: { role: "raw", text: ["0"] }, call: "sql" },
  fn: { store: { role: "bound" }, call: "sql" },
  col: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
  cast: { store: { role: "bound" }, call: "sql" },
  where: { store: { role: "bound" }, call: "sql" },
  // Version 7
  sql: {
    tag: { role: "bound" },
    call: "sql",
    members: { literal: { store: { role: "raw", text: ["0"] }, call: "sql" }, identifier: { store: { role: "identifier", identifiers: ["0+"] }, call: "sql" } },
  },
};

/** Sequelize 6 and 7, and sequelize-typescript, whose models have the same methods. */
const library: Library = {
  package: "sequelize",
  also: ["@sequelize/core", "sequelize-typescript"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager", ambient: "when-set-up", ambientSetUp: ["Sequelize.useCLS", "disableClsTransactions"] },
  harmless: ["*Error", "Op", "DataTypes", "DataType", "Deferrable", "IndexHints", "ValidationErrorItem"],
  leaks: {
    error: ["Model", "ModelStatic", "ModelCtor", "Sequelize", "Transaction", "*Options", "Includeable", "Op", "Order", "OrderItem", "Attributes", "Repository"],
    warn: ["InferAttributes", "InferCreationAttributes", "CreationOptional", "CreationAttributes"],
  },
  exports: { ...exported, default: { like: ["exports"], new: "client", secrets: ["2"] } },
  values: {
    exports: { members: exported },
    client: {
      is: "client",
      members: {
        authenticate: { store: { role: "connect" }, effect: { makes: "connection", opens: true } },
        close: { store: { role: "disconnect" } },
        query: { store: { role: "statement", text: ["0", "0.query"], parameters: ["1.replacements", "1.bind"], handle: ["1.transaction"] } },
        queryRaw: { store: { role: "statement", text: ["0"], parameters: ["1.bind"], handle: ["1.transaction"] } },
        transaction: { store: { role: "transaction", body: ["0", "1"] }, callback: { "0": "transaction" }, call: "transaction" },
        startUnmanagedTransaction: { store: { role: "begin" }, call: "transaction" },
        define: { call: "model" },
        model: { call: "model" },
        models: { others: "model" },
        getRepository: { call: "model" },
        literal: { store: { role: "raw", text: ["0"] }, call: "sql" },
        fn: { store: { role: "bound" }, call: "sql" },
        col: { store: { role: "identifier", identifiers: ["0"] }, call: "sql" },
        escape: { store: { role: "identifier" } },
        sync: schema,
        drop: schema,
        truncate: { store: { role: "write", write: "delete", many: true } },
        destroyAll: { store: { role: "write", write: "delete", many: true } },
        createSchema: schema,
        dropSchema: schema,
        dropAllSchemas: schema,
        getQueryInterface: { call: "queryInterface" },
        queryInterface: "queryInterface",
        addModels: {},
      },
    },
    transaction: {
      is: "handle",
      members: {
        commit: { store: { role: "commit" } },
        rollback: { store: { role: "rollback" } },
        afterCommit: {},
        LOCK: {},
      },
    },
    model: {
      is: "model",
      new: "document",
      members: {
        findAll: { ...method(0, { role: "list", filter: ["0.where"], limit: ["0.limit"] }), call: { element: "document" } },
        findAndCountAll: { ...method(0, { role: "list", filter: ["0.where"], limit: ["0.limit"] }), call: { members: { rows: { element: "document" }, count: {} } } },
        findOne: one(method(0, { role: "read", filter: ["0.where"] })),
        findByPk: one(method(1, { role: "read", filter: ["0"] })),
        count: method(0, { role: "read", filter: ["0.where"] }),
        max: method(1, { role: "read", filter: ["1.where"] }),
        min: method(1, { role: "read", filter: ["1.where"] }),
        sum: method(1, { role: "read", filter: ["1.where"] }),
        aggregate: method(2, { role: "read", filter: ["2.where"] }),
        create: one(method(1, { role: "write", write: "insert", data: ["0"], fields: ["1.fields"] })),
        bulkCreate: method(1, { role: "write", write: "insert", many: true, data: ["0"], fields: ["1.fields"] }),
        update: method(1, { role: "write", write: "update", many: true, data: ["0"], filter: ["1.where"], fields: ["1.fields"] }),
        upsert: method(1, { role: "write", write: "upsert", data: ["0"], fields: ["1.fields"] }),
        destroy: method(0, { role: "write", write: "delete", many: true, filter: ["0.where"] }),
        restore: method(0, { role: "write", write: "update", many: true, filter: ["0.where"] }),
        truncate: method(0, { role: "write", write: "delete", many: true }),
        increment: method(1, { role: "write", write: "update", filter: ["1.where"] }),
        decrement: method(1, { role: "write", write: "update", filter: ["1.where"] }),
        findOrCreate: orMade(method(0, { role: "write", write: "upsert", data: ["0.defaults"], filter: ["0.where"] })),
        findCreateFind: orMade(method(0, { role: "write", write: "upsert", data: ["0.defaults"], filter: ["0.where"] })),
        findOrBuild: orMade(method(0, { role: "build", data: ["0.defaults"], filter: ["0.where"] })),
        build: { store: { role: "build", execution: "sync", data: ["0"] }, call: "document" },
        bulkBuild: { store: { role: "build", execution: "sync", data: ["0"] } },
        sync: schema,
        drop: schema,
        scope: { call: "self" },
        unscoped: { call: "self" },
        withScope: { call: "self" },
        withoutScope: { call: "self" },
        schema: { call: "self" },
        sequelize: "client",
        init: {},
      },
    },
    document: {
      is: "document",
      members: {
        save: method(0, { role: "write", write: "save", fields: ["0.fields"] }),
        update: method(1, { role: "write", write: "update", data: ["0"], fields: ["1.fields"] }),
        destroy: method(0, { role: "write", write: "delete" }),
        restore: method(0, { role: "write", write: "update" }),
        increment: method(1, { role: "write", write: "update" }),
        decrement: method(1, { role: "write", write: "update" }),
        reload: method(0, { role: "read" }),
        set: { store: { role: "build", execution: "sync", data: ["0", "1"] } },
        setDataValue: { store: { role: "build", execution: "sync", data: ["1"] } },
        setAttributes: { store: { role: "build", execution: "sync", data: ["0"] } },
        // The links to rows of another table, as sequelize-typescript names them.
        $add: method(2, { role: "write", write: "insert" }),
        $set: method(2, { role: "write", write: "update" }),
        $create: method(2, { role: "write", write: "insert", data: ["1"] }),
        $remove: method(2, { role: "write", write: "delete" }),
        toJSON: {},
        get: {},
      },
      // The links to rows of another table, as Sequelize names them after their models.
      verbs: {
        add: method(1, { role: "write", write: "insert" }),
        create: one(method(1, { role: "write", write: "insert", data: ["0"] })),
        remove: method(1, { role: "write", write: "delete" }),
        set: method(1, { role: "write", write: "update", waitedFor: true }),
        get: { call: { like: ["document"], element: "document" } },
      },
      // What a row was read with: `playlist.tracks`, `guest.room`.
      others: { like: ["document"], element: "document" },
    },
    queryInterface: {
      is: "migrator",
      members: {
        ...Object.fromEntries(
          ["createTable", "dropTable", "dropAllTables", "renameTable", "addColumn", "removeColumn", "changeColumn", "renameColumn", "addIndex", "removeIndex", "addConstraint", "removeConstraint", "createSchema", "dropSchema", "createDatabase", "dropDatabase", "dropAllEnums", "createFunction"].map((name) => [name, schema]),
        ),
        insert: { store: { role: "write", write: "insert", data: ["2"] } },
        upsert: { store: { role: "write", write: "upsert", data: ["1"] } },
        update: { store: { role: "write", write: "update", data: ["2"], filter: ["3"] } },
        delete: { store: { role: "write", write: "delete", filter: ["2"] } },
        select: { store: { role: "list" } },
        startTransaction: { store: { role: "begin" } },
        commitTransaction: { store: { role: "commit" } },
        rollbackTransaction: { store: { role: "rollback" } },
        bulkInsert: { store: { role: "write", write: "insert", many: true, data: ["1"] } },
        bulkUpdate: { store: { role: "write", write: "update", many: true, data: ["1"], filter: ["2"] } },
        bulkDelete: { store: { role: "write", write: "delete", many: true, filter: ["1"] } },
        sequelize: "client",
      },
    },
    sql: { is: "sql" },
  },
};

export default library;
