import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

const enqueue = (name: ArgumentPath, ...payload: readonly ArgumentPath[]): ApiValue => ({ queue: { does: "enqueue", name, payload } });
const consume = (handler: ArgumentPath, received?: ArgumentPath, name?: ArgumentPath): ApiValue => ({ queue: { does: "consume", handler, ...(received !== undefined && { received }), ...(name !== undefined && { name }) } });
const schedule = (handler: ArgumentPath): ApiValue => ({ queue: { does: "schedule", name: "0", handler }, effect: { makes: "timer", opens: true } });

const message = (payload: string): ApiValue => ({ new: { message: payload } });

const cronJob: ApiReference = { new: {}, members: { from: schedule("0.onTick") }, ...schedule("1") };

const libraries: readonly Library[] = [
  {
    package: "amqplib",
    also: ["amqp-connection-manager", "amqplib/callback_api"],
    capabilities: ["queue"],
    exports: { ConsumeMessage: message("content"), connect: { call: "connection", effect: { makes: "connection", opens: true } }, default: { members: { connect: { call: "connection", effect: { makes: "connection", opens: true } } } }, Channel: { new: "channel" }, ConfirmChannel: { new: "channel" }, Connection: { new: "connection" }, ChannelModel: { new: "connection" } },
    values: {
      connection: { is: "queue", members: { createChannel: { call: "channel" }, createConfirmChannel: { call: "channel" }, close: {} } },
      channel: { is: "queue", members: { publish: enqueue("1", "2"), sendToQueue: enqueue("0", "1"), consume: { ...consume("1", "0.content", "0"), callback: { "0": {} } }, assertQueue: {}, assertExchange: {}, ack: {}, nack: {}, prefetch: {} } },
    },
  },
  {
    package: "kafkajs",
    also: ["@confluentinc/kafka-javascript", "node-rdkafka"],
    capabilities: ["queue"],
    exports: { KafkaMessage: message("value"), EachMessagePayload: message("message.value"), Kafka: { new: "kafka" }, Producer: { new: "producer" }, Consumer: { new: "consumer" } },
    values: {
      kafka: { is: "queue", members: { producer: { call: "producer" }, consumer: { call: "consumer" }, admin: {} } },
      producer: { is: "queue", members: { connect: { effect: { makes: "connection", opens: true } }, send: enqueue("0.topic", "0.messages"), sendBatch: { queue: { does: "enqueue", payload: ["0.topicMessages"] } }, transaction: {} } },
      consumer: { is: "worker", members: { connect: { effect: { makes: "connection", opens: true } }, subscribe: {}, run: { queue: { does: "consume", handler: "0.eachMessage", received: "0.message.value", otherwise: { handler: "0.eachBatch", received: "0.batch" } }, callback: { "eachMessage:0": {}, "eachBatch:0": {} } } } },
    },
  },
  {
    package: "pg-boss",
    capabilities: ["queue"],
    exports: { default: { new: "boss", effect: { makes: "queue" } }, PgBoss: { new: "boss", effect: { makes: "queue" } } },
    values: { boss: { is: "queue", members: { start: { effect: { makes: "connection", opens: true } }, send: enqueue("0", "1", "0.data"), publish: enqueue("0", "1"), insert: { queue: { does: "enqueue", payload: ["0"] } }, work: consume("last", "0.data", "0"), subscribe: consume("last", "0.data", "0"), schedule: { queue: { does: "schedule", name: "0", payload: ["2"] } } } } },
  },
  {
    package: "graphile-worker",
    capabilities: ["queue"],
    exports: { run: { effect: { makes: "worker", opens: true }, queue: { does: "consume" }, entry: { kind: "message", handlers: "0.taskList", received: "0" } }, makeWorkerUtils: { call: "utils" }, quickAddJob: { queue: { does: "enqueue", name: "1", payload: ["2"] } } },
    values: { utils: { is: "queue", members: { addJob: enqueue("0", "1"), release: {} } } },
  },
  {
    package: "agenda",
    also: ["@hokify/agenda", "@agendajs/agenda"],
    capabilities: ["queue", "scheduler"],
    exports: { default: { new: "agenda", effect: { makes: "queue", opens: true } }, Agenda: { new: "agenda", effect: { makes: "queue", opens: true } } },
    values: { agenda: { is: "queue", members: { define: consume("last", "0.attrs.data", "0"), create: enqueue("0", "1"), now: enqueue("0", "1"), schedule: enqueue("1", "2"), every: enqueue("1", "2"), start: { effect: { makes: "worker", opens: true } }, stop: {} } } },
  },
  {
    package: "nats",
    also: ["@nats-io/transport-node", "@nats-io/nats-core"],
    capabilities: ["queue"],
    exports: { Msg: message("data"), JsMsg: message("data"), connect: { call: "connection", effect: { makes: "connection", opens: true } }, NatsConnection: { new: "connection" } },
    values: { connection: { is: "queue", members: { publish: enqueue("0", "1"), request: enqueue("0", "1"), subscribe: consume("1.callback", "1.data", "0"), jetstream: { call: "connection" } } } },
  },
  { package: "node-nats-streaming", capabilities: ["queue"], exports: { Message: message("") } },
  { package: "mqtt", capabilities: ["queue"], exports: { connect: { call: "client", effect: { makes: "connection", opens: true } }, default: { members: { connect: { call: "client", effect: { makes: "connection", opens: true } } } } }, values: { client: { is: "queue", members: { publish: enqueue("0", "1"), subscribe: {}, on: consume("1", "1", "0") } } } },
  { package: "sqs-consumer", also: ["sqs-producer"], capabilities: ["queue"], exports: { Consumer: { members: { create: { ...consume("0.handleMessage", "0.Body"), call: { is: "worker", members: { start: { effect: { makes: "worker", opens: true } }, stop: {} } } } } }, Producer: { members: { create: { call: { is: "queue", members: { send: { queue: { does: "enqueue", payload: ["0"] } } } } } } } } },
  { package: "@google-cloud/pubsub", capabilities: ["queue"], exports: { PubSub: { new: "pubsub", effect: { makes: "client" } } }, values: { pubsub: { is: "queue", members: { topic: { call: { is: "queue", members: { publishMessage: { queue: { does: "enqueue", payload: ["0.json", "0.data"] } }, publish: { queue: { does: "enqueue", payload: ["0"] } } } } }, subscription: { call: { is: "worker", members: { on: consume("1", "0.data", "0") } } } } } } },
  { package: "@azure/service-bus", capabilities: ["queue"], exports: { ServiceBusClient: { new: "bus", effect: { makes: "client" } } }, values: { bus: { is: "queue", members: { createSender: { call: { is: "queue", members: { sendMessages: { queue: { does: "enqueue", payload: ["0"] } } } } }, createReceiver: { call: { is: "worker", members: { subscribe: consume("0.processMessage", "0.body") } } } } } } },
  { package: "inngest", capabilities: ["queue"], exports: { Inngest: { new: "inngest", secrets: ["0.eventKey"] } }, subpaths: Object.fromEntries(["/express", "/fastify", "/hono", "/koa", "/next", "/node"].map((name) => [name, { exports: { serve: { secrets: ["0.signingKey"] } } }])), values: { inngest: { is: "queue", members: { send: { queue: { does: "enqueue", payload: ["0.data"] } }, createFunction: { ...consume("last", "0.event.data", "0.id"), callback: { "0": {} } } } } } },
  { package: "@upstash/qstash", also: ["@temporalio/client", "@temporalio/worker", "@temporalio/*", "rabbitmq-client", "rascal", "@taskforcesh/*", "zeromq", "stompit", "node-resque", "kue", "rsmq", "redis-smq", "@bull-board/*", "faktory-worker", "@vercel/queue", "moleculer"], capabilities: ["queue"] },
  { package: "node-cron", capabilities: ["scheduler"], exports: { schedule: schedule("1"), default: { members: { schedule: schedule("1"), validate: {} } } } },
  { package: "cron", also: ["croner"], capabilities: ["scheduler"], exports: { CronJob: cronJob, Cron: { new: {}, ...schedule("last") } } },
  { package: "node-schedule", capabilities: ["scheduler"], exports: { scheduleJob: schedule("last"), default: { members: { scheduleJob: schedule("last"), RecurrenceRule: { new: {} } } } } },
  { package: "toad-scheduler", also: ["bree", "later", "@fastify/schedule", "cron-parser"], capabilities: ["scheduler"] },
  { package: "eventemitter2", also: ["emittery", "typed-emitter", "tiny-typed-emitter", "@hapi/podium"], capabilities: ["event-bus"], exports: { EventEmitter2: { new: "@nestjs/event-emitter#emitter" }, default: { new: "@nestjs/event-emitter#emitter" } } },
];

export default libraries;
