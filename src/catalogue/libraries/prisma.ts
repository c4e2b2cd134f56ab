import type { Library } from "../library.js";

/** Prisma 5 to 7. Clients that are generated into a folder of the project count as `@prisma/client`. */
const library: Library = {
  package: "@prisma/client",
  also: [".prisma/client", "@prisma/extension-*"],
  capabilities: ["data-access"],
  store: { family: "sql", execution: "lazy", undefinedMatchesAll: true },
  harmless: ["*", "!PrismaClient", "!Prisma", "Prisma.Decimal", "Prisma.*Error", "Prisma.*ScalarFieldEnum", "Prisma.ModelName", "Prisma.SortOrder", "Prisma.DbNull", "Prisma.JsonNull", "Prisma.AnyNull"],
  leaks: { error: ["PrismaClient", "Prisma.*", "!Prisma.Decimal", "!Prisma.Json*", "!Prisma.InputJson*", "!Prisma.*GetPayload", "!Prisma.*Error"], warn: ["*"] },
  exports: {
    PrismaClient: { new: "client", effect: { makes: "client" } },
    Prisma: {
      members: {
        sql: { tag: { role: "bound" }, store: { role: "bound" }, call: "sql" },
        join: { store: { role: "bound" }, call: "sql" },
        raw: { store: { role: "raw", text: ["0"] }, call: "sql" },
        empty: "sql",
        Sql: { new: "sql" },
        TransactionClient: { new: "transaction" },
        DefaultPrismaClient: { new: "client" },
        PrismaPromise: { new: "statement" },
      },
    },
  },
  values: {
    client: {
      is: "client",
      like: ["raw"],
      members: {
        $connect: { store: { role: "connect" } },
        $disconnect: { store: { role: "disconnect" } },
        $extends: { call: "client" },
        $on: {},
        $use: {},
        $transaction: { store: { role: "transaction", execution: "eager", body: ["0"], batch: ["0"] }, callback: { "0": "transaction" } },
      },
      others: "delegate",
      element: "delegate",
    },
    transaction: {
      is: "handle",
      like: ["raw"],
      members: { $transaction: { store: { role: "savepoint", body: ["0"], batch: ["0"] }, callback: { "0": "transaction" } } },
      others: "delegate",
      element: "delegate",
    },
    raw: {
      members: {
        $queryRaw: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        $executeRaw: { tag: { role: "statement" }, store: { role: "statement", text: ["0"] } },
        $queryRawTyped: { store: { role: "statement" } },
        $queryRawUnsafe: { store: { role: "statement", text: ["0"], parameters: ["1+"] } },
        $executeRawUnsafe: { store: { role: "statement", text: ["0"], parameters: ["1+"] } },
        $runCommandRaw: { store: { role: "statement" }, sinks: [{ kind: "filter", at: "0" }] },
      },
    },
    delegate: {
      is: "model",
      members: {
        findUnique: { store: { role: "read", filter: ["0.where"] }, call: "record" },
        findUniqueOrThrow: { store: { role: "read", filter: ["0.where"] }, call: "record" },
        findFirst: { store: { role: "read", filter: ["0.where"] }, call: "record" },
        findFirstOrThrow: { store: { role: "read", filter: ["0.where"] }, call: "record" },
        findMany: { store: { role: "list", filter: ["0.where"], limit: ["0.take"] }, call: "statement" },
        groupBy: { store: { role: "list", filter: ["0.where"], limit: ["0.take"] }, call: "statement" },
        findRaw: { store: { role: "list", filter: ["0.filter"], limit: ["0.options.limit"] }, sinks: [{ kind: "filter", at: "0.filter" }], call: "statement" },
        aggregateRaw: { store: { role: "list", filter: ["0.pipeline"] }, sinks: [{ kind: "filter", at: "0.pipeline" }], call: "statement" },
        count: { store: { role: "read", filter: ["0.where"] }, call: "statement" },
        aggregate: { store: { role: "read", filter: ["0.where"] }, call: "statement" },
        create: { store: { role: "write", write: "insert", data: ["0.data"] }, call: "record" },
        createMany: { store: { role: "write", write: "insert", many: true, data: ["0.data"] }, call: "statement" },
        createManyAndReturn: { store: { role: "write", write: "insert", many: true, data: ["0.data"] }, call: "statement" },
        update: { store: { role: "write", write: "update", data: ["0.data"], filter: ["0.where"] }, call: "record" },
        updateMany: { store: { role: "write", write: "update", many: true, data: ["0.data"], filter: ["0.where"] }, call: "statement" },
        updateManyAndReturn: { store: { role: "write", write: "update", many: true, data: ["0.data"], filter: ["0.where"] }, call: "statement" },
        upsert: { store: { role: "write", write: "upsert", data: ["0.create", "0.update"], filter: ["0.where"] }, call: "record" },
        delete: { store: { role: "write", write: "delete", filter: ["0.where"] }, call: "record" },
        deleteMany: { store: { role: "write", write: "delete", many: true, filter: ["0.where"] }, call: "statement" },
      },
    },
    statement: { is: "statement", members: { then: {}, catch: {}, finally: {} } },
    // `findUnique(…).posts({ take })` reads a relation of the row.
    record: { is: "statement", members: { then: {}, catch: {}, finally: {} }, others: { store: { role: "list", filter: ["0.where"], limit: ["0.take"] }, call: "record" } },
    sql: { is: "sql" },
  },
};

export default library;
