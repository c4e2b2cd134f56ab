import type { ApiReference, ApiValue, Library } from "../library.js";

/** What an adapter makes of a host: its `tx` is the client of a library, or the handle while a transaction is open. */
const hostOf = (tx: ApiReference): ApiValue => ({ new: { is: "handle", like: ["host"], members: { tx } } });

/** Libraries that keep the transaction in the asynchronous context, so that nobody passes it on. */
const libraries: readonly Library[] = [
  {
    package: "typeorm-transactional",
    also: ["typeorm-transactional-cls-hooked"],
    capabilities: ["data-access", "ambient-context"],
    store: { family: "sql", execution: "eager", ambient: "when-set-up", ambientSetUp: ["initializeTransactionalContext"] },
    harmless: ["*"],
    exports: {
      Transactional: { store: { role: "ambient" } },
      runInTransaction: { store: { role: "ambient", body: ["0"] } },
      wrapInTransaction: { store: { role: "ambient", body: ["0"] } },
      initializeTransactionalContext: {},
      addTransactionalDataSource: {},
    },
  },
  {
    package: "@nestjs-cls/transactional",
    also: ["@nestjs-cls/transactional-*"],
    capabilities: ["data-access", "ambient-context"],
    store: { family: "sql", execution: "eager", ambient: "always" },
    harmless: ["Transactional", "Propagation"],
    exports: {
      Transactional: { store: { role: "ambient" } },
      TransactionHost: { new: "host", ofArgument: [] },
      InjectTransactionHost: { injects: { package: "@nestjs-cls/transactional", subpath: "", path: ["TransactionHost", "new()"] } },
      // What it injects is the client of the adapter, which only the settings of the application tell.
      InjectTransaction: {},
      Transaction: { ofArgument: ["tx"] },
      TransactionalAdapterPrisma: hostOf("@prisma/client#client"),
      TransactionalAdapterTypeOrm: hostOf("typeorm#manager"),
      TransactionalAdapterDrizzleOrm: hostOf("drizzle-orm#client"),
      TransactionalAdapterKnex: hostOf("knex#client"),
      TransactionalAdapterKysely: hostOf("kysely#client"),
      TransactionalAdapterPgPromise: hostOf("pg-promise#database"),
    },
    values: {
      host: { is: "handle", members: { withTransaction: { store: { role: "ambient", body: ["last"] } }, withoutTransaction: {}, tx: {}, isTransactionActive: {} } },
    },
  },
];

export default libraries;
