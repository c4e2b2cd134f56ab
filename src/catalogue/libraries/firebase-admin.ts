import type { ApiReference, Library } from "../library.js";

const namespace: Record<string, ApiReference> = {
  initializeApp: { effect: { makes: "client", opens: true }, call: "app" },
  getApps: {},
  firestore: { call: "database", members: { FieldValue: {}, Timestamp: {}, Firestore: { new: "database" } } },
  getFirestore: { call: "database" },
  initializeFirestore: { call: "database" },
  Firestore: { new: "database" },
  Transaction: { new: "transaction" },
  CollectionReference: { new: "query" },
  DocumentReference: { new: "document" },
  Query: { new: "query" },
  WriteBatch: { new: "batch" },
  auth: { call: {} },
  getAuth: { call: {} },
  storage: { call: { is: "storage" } },
  messaging: { call: {} },
  cert: { secrets: ["0.privateKey", "0.private_key"] },
  credential: { members: { cert: { secrets: ["0.privateKey", "0.private_key"] } } },
};

const library: Library = {
  package: "firebase-admin",
  also: ["@google-cloud/firestore"],
  capabilities: ["data-access", "auth", "storage"],
  store: { family: "firestore", execution: "eager" },
  harmless: ["*Error", "FieldValue", "Timestamp", "GeoPoint", "firestore.FieldValue", "firestore.Timestamp", "default.firestore.FieldValue", "default.firestore.Timestamp", "getAuth", "getAppCheck", "getMessaging", "getRemoteConfig", "getInstallations"],
  leaks: { error: ["Firestore", "*Reference", "*Snapshot", "Query", "Transaction", "WriteBatch", "firestore.*"] },
  exports: { ...namespace, default: { members: namespace } },
  values: {
    app: { members: { firestore: { call: "database" }, auth: { call: {} } } },
    database: {
      is: "client",
      members: {
        collection: { call: "query" },
        collectionGroup: { call: "query" },
        doc: { call: "document" },
        getAll: { store: { role: "list", bounded: true } },
        listCollections: { store: { role: "list", bounded: true } },
        runTransaction: { store: { role: "transaction", body: ["0"] }, callback: { "0": "transaction" } },
        batch: { call: "batch" },
        bulkWriter: { call: "batch" },
        recursiveDelete: { store: { role: "write", write: "delete", many: true } },
        settings: {},
      },
    },
    query: {
      is: "model",
      members: {
        doc: { call: "document" },
        add: { store: { role: "write", write: "insert", data: ["0"] } },
        get: { store: { role: "list" } },
        stream: { store: { role: "list", bounded: true } },
        listDocuments: { store: { role: "list" } },
        count: { call: { members: { get: { store: { role: "read" } } } } },
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        limitToLast: { store: { role: "clause", limit: ["0"] }, call: "self" },
        where: { store: { role: "clause", filter: ["0", "2"] }, call: "self" },
        onSnapshot: {},
      },
      others: { store: { role: "clause" }, call: "self" },
    },
    document: {
      is: "document",
      members: {
        get: { store: { role: "read" } },
        set: { store: { role: "write", write: "upsert", data: ["0"] } },
        create: { store: { role: "write", write: "insert", data: ["0"] } },
        update: { store: { role: "write", write: "update", data: ["0"] } },
        delete: { store: { role: "write", write: "delete" } },
        collection: { call: "query" },
      },
    },
    transaction: {
      is: "handle",
      members: {
        get: { store: { role: "read" } },
        getAll: { store: { role: "list", bounded: true } },
        set: { store: { role: "write", write: "upsert", execution: "sync", data: ["1"] }, call: "self" },
        create: { store: { role: "write", write: "insert", execution: "sync", data: ["1"] }, call: "self" },
        update: { store: { role: "write", write: "update", execution: "sync", data: ["1"] }, call: "self" },
        delete: { store: { role: "write", write: "delete", execution: "sync" }, call: "self" },
      },
    },
    batch: {
      is: "handle",
      members: {
        set: { store: { role: "write", write: "upsert", execution: "explicit", data: ["1"] }, call: "self" },
        create: { store: { role: "write", write: "insert", execution: "explicit", data: ["1"] }, call: "self" },
        update: { store: { role: "write", write: "update", execution: "explicit", data: ["1"] }, call: "self" },
        delete: { store: { role: "write", write: "delete", execution: "explicit" }, call: "self" },
        commit: { store: { role: "commit" } },
        close: { store: { role: "commit" } },
      },
    },
  },
};

export default library;
