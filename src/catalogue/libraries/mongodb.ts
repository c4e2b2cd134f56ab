import type { ApiValue, Library } from "../library.js";

const handle = ["1.session"] as const;
const change: ApiValue = { store: { role: "write", write: "update", filter: ["0"], data: ["1"], handle: ["2.session"] }, sinks: [{ kind: "filter", at: "0" }] };
const remove: ApiValue = { store: { role: "write", write: "delete", filter: ["0"], handle }, sinks: [{ kind: "filter", at: "0" }] };
const many = (value: ApiValue): ApiValue => (value.store ? { ...value, store: { ...value.store, many: true } } : value);
const read: ApiValue = { store: { role: "read", filter: ["0"], handle }, sinks: [{ kind: "filter", at: "0" }] };

const library: Library = {
  package: "mongodb",
  capabilities: ["data-access"],
  store: { family: "mongo", execution: "eager", rowsKeepSession: true },
  harmless: ["*Error", "ObjectId", "ObjectID", "Binary", "Decimal128", "Long", "Double", "Int32", "UUID", "Timestamp", "ReadPreference", "ServerApiVersion", "BSON"],
  leaks: { error: ["MongoClient", "Db", "Collection", "ClientSession", "FindCursor", "AggregationCursor", "Filter", "UpdateFilter", "FindOptions", "Sort", "AggregateOptions", "BulkWriteResult", "*Result", "AnyBulkWriteOperation"], warn: ["ObjectId", "WithId", "OptionalId", "OptionalUnlessRequiredId", "Document"] },
  exports: {
    MongoClient: { new: "client", effect: { makes: "client" }, members: { connect: { store: { role: "connect" }, effect: { makes: "connection", opens: true }, call: "client", callback: { "1": "connected" } } } },
    Db: { new: "database" },
    Collection: { new: "collection" },
    ClientSession: { new: "session" },
    FindCursor: { new: "cursor" },
    AggregationCursor: { new: "cursor" },
    GridFSBucket: { new: "bucket" },
    ObjectId: { new: {} },
  },
  values: {
    client: {
      is: "client",
      members: {
        connect: { store: { role: "connect" }, effect: { makes: "connection", opens: true }, call: "client" },
        close: { store: { role: "disconnect" } },
        db: { call: "database" },
        startSession: { store: { role: "acquire", execution: "sync" }, call: "session" },
        withSession: { store: { role: "acquire", body: ["0", "1"] }, callback: { "0": "session" } },
        bulkWrite: { store: { role: "write", write: "other", many: true, data: ["0"], handle } },
        watch: { store: { role: "list", bounded: true } },
      },
    },
    // Before version 3 the callback was given the database.
    connected: { is: "client", like: ["client", "database"] },
    session: {
      is: "handle",
      members: {
        withTransaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "session" } },
        startTransaction: { store: { role: "begin", execution: "sync" } },
        commitTransaction: { store: { role: "commit" } },
        abortTransaction: { store: { role: "rollback" } },
        endSession: { store: { role: "release" } },
        inTransaction: {},
      },
    },
    database: {
      is: "client",
      members: {
        collection: { call: "collection" },
        command: { store: { role: "statement" }, sinks: [{ kind: "filter", at: "0" }] },
        aggregate: { store: { role: "list", filter: ["0"], handle }, call: "cursor" },
        createCollection: { store: { role: "schema" }, call: "collection" },
        dropCollection: { store: { role: "schema" } },
        dropDatabase: { store: { role: "schema" } },
        renameCollection: { store: { role: "schema" } },
        createIndex: { store: { role: "schema" } },
        collections: { store: { role: "list", bounded: true } },
        listCollections: { store: { role: "list", bounded: true }, call: "cursor" },
        admin: {},
        stats: { store: { role: "read" } },
        watch: { store: { role: "list", bounded: true } },
      },
    },
    collection: {
      is: "model",
      members: {
        find: { store: { role: "list", execution: "explicit", filter: ["0"], limit: ["1.limit"], handle }, sinks: [{ kind: "filter", at: "0" }], call: "cursor" },
        aggregate: { store: { role: "list", execution: "explicit", filter: ["0"], handle }, sinks: [{ kind: "filter", at: "0" }], call: "cursor" },
        distinct: { store: { role: "list", filter: ["1"], handle: ["2.session"] }, sinks: [{ kind: "filter", at: "1" }] },
        findOne: read,
        countDocuments: read,
        estimatedDocumentCount: { store: { role: "read" } },
        insertOne: { store: { role: "write", write: "insert", data: ["0"], handle } },
        insertMany: { store: { role: "write", write: "insert", many: true, data: ["0"], handle } },
        bulkWrite: { store: { role: "write", write: "other", many: true, data: ["0"], handle } },
        updateOne: change,
        updateMany: many(change),
        replaceOne: change,
        findOneAndUpdate: change,
        findOneAndReplace: change,
        findOneAndDelete: remove,
        deleteOne: remove,
        deleteMany: many(remove),
        initializeOrderedBulkOp: { call: "bulk" },
        initializeUnorderedBulkOp: { call: "bulk" },
        createIndex: { store: { role: "schema" } },
        createIndexes: { store: { role: "schema" } },
        dropIndex: { store: { role: "schema" } },
        dropIndexes: { store: { role: "schema" } },
        createSearchIndex: { store: { role: "schema" } },
        drop: { store: { role: "schema" } },
        rename: { store: { role: "schema" } },
        indexes: { store: { role: "list", bounded: true } },
        watch: { store: { role: "list", bounded: true } },
      },
    },
    cursor: {
      is: "cursor",
      members: {
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        toArray: { store: { role: "execute", execution: "eager" } },
        next: { store: { role: "execute", execution: "eager", single: true } },
        hasNext: { store: { role: "execute", execution: "eager", single: true } },
        tryNext: { store: { role: "execute", execution: "eager", single: true } },
        count: { store: { role: "execute", execution: "eager", single: true } },
        forEach: { store: { role: "execute", execution: "eager", bounded: true } },
        stream: { store: { role: "execute", bounded: true } },
        close: {},
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    bulk: { is: "statement", members: { execute: { store: { role: "execute", execution: "eager" } }, insert: { store: { role: "write", write: "insert", execution: "explicit", data: ["0"] }, call: "self" }, find: { call: "bulkFind" } } },
    bulkFind: { members: { upsert: { call: "self" } }, others: { store: { role: "write", write: "update", execution: "explicit", data: ["0"] }, call: "bulk" } },
    bucket: { is: "storage" },
  },
};

export default library;
