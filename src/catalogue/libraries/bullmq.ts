import type { ApiValue, Library } from "../library.js";

const add: ApiValue = { queue: { does: "enqueue", name: "0", payload: ["1"] } };

const library: Library = {
  package: "bullmq",
  also: ["bull", "bee-queue"],
  capabilities: ["queue"],
  exports: {
    default: { new: "queue", effect: { makes: "queue", opens: true } },
    Queue: { new: "queue", effect: { makes: "queue", opens: true } },
    Worker: { new: "worker", effect: { makes: "worker", opens: true, unless: [{ at: "2.autorun", is: false }] }, queue: { does: "consume", name: "0", handler: "1", received: "0.data" }, callback: { "0": "job" } },
    QueueEvents: { new: {}, effect: { makes: "queue", opens: true } },
    FlowProducer: { new: { is: "queue", members: { add: { queue: { does: "enqueue", payload: ["0.data"] } } } }, effect: { makes: "queue", opens: true } },
    Job: { new: "job" },
    SandboxedJob: { new: "job" },
    UnrecoverableError: {},
  },
  values: {
    queue: {
      is: "queue",
      members: {
        add,
        addBulk: { queue: { does: "enqueue", payload: ["0"] } },
        upsertJobScheduler: { queue: { does: "schedule", payload: ["2.data"] } },
        createJob: { queue: { does: "enqueue", payload: ["0"] } },
        process: { queue: { does: "consume", handler: "last", received: "0.data" }, callback: { "0": "job" } },
        close: {},
      },
    },
    worker: { is: "worker" },
    // The log of a job is kept beside it and shown on dashboards, as text.
    job: { members: { data: {}, id: {}, name: {}, log: { log: { does: "report", data: ["0"] } } } },
  },
};

export default library;
