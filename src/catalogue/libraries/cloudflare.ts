import type { ApiValue, Library } from "../library.js";

const run: ApiValue = { store: { role: "execute" } };

/** What a binding of a worker may be is said by its settings alone: one that prepares statements is a database. */
const environment: ApiValue = { others: "binding" };

const context: ApiValue = { call: { members: { env: "@cloudflare/workers-types#environment" } } };

const entryPoint: ApiValue = { new: { members: { env: "@cloudflare/workers-types#environment" } } };

const libraries: readonly Library[] = [
  // D1, SQLite that a worker reaches through a binding: no transactions but batches.
  {
    package: "@cloudflare/workers-types",
    capabilities: [],
    store: { family: "sql", execution: "explicit" },
    leaks: { error: ["D1Database", "D1PreparedStatement", "D1DatabaseSession"], warn: ["D1Result"] },
    exports: {
      D1Database: { new: "database" },
      D1DatabaseSession: { new: "database" },
      D1PreparedStatement: { new: "prepared" },
      MessageBatch: { new: "batch" },
      ScheduledController: { new: "schedule" },
    },
    values: {
      environment,
      // What the platform gives the functions of the default export.
      batch: { entry: { kind: "message", received: "0.messages" } },
      schedule: { entry: { kind: "cron" } },
      binding: { is: "client", maybe: true, like: ["database"] },
      database: {
        is: "client",
        members: {
          prepare: { store: { role: "statement", text: ["0"] }, call: "prepared" },
          batch: { store: { role: "transaction", execution: "eager", batch: ["0"] } },
          exec: { store: { role: "statement", execution: "eager", text: ["0"] } },
          withSession: { call: "database" },
          dump: {},
        },
      },
      prepared: {
        is: "statement",
        members: {
          bind: { store: { role: "clause", parameters: ["0+"] }, call: "self" },
          run,
          all: run,
          raw: run,
          first: { store: { role: "execute", single: true } },
        },
      },
    },
  },
  // `cloudflare:workers`
  { package: "cloudflare", capabilities: [], exports: { env: "@cloudflare/workers-types#environment", WorkerEntrypoint: entryPoint, DurableObject: entryPoint, WorkflowEntrypoint: entryPoint } },
  { package: "@opennextjs/cloudflare", capabilities: [], exports: { getCloudflareContext: context } },
  { package: "@cloudflare/next-on-pages", capabilities: [], exports: { getRequestContext: context, getOptionalRequestContext: context } },
];

export default libraries;
