import { describe, expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../support/model.js";

/** `kind name handler inputs` for each entry point. */
function entries(files: ProjectLiteral): string[] {
  return modelOf(files).entries.all.map(({ kind, name, handler, inputs }) => [kind, name ?? "?", handler?.name ?? "?", ...inputs.map(({ parameter, path }) => [parameter, ...path].join("."))].join(" "));
}

describe("entry points", () => {
  it("are the handlers of queues and brokers", () => {
    expect(
      entries({
        "src/bullmq.ts": `import { Worker, Queue } from "bullmq";\nimport { sendMail } from "./mails";\nexport const worker = new Worker("mails", sendMail);\nexport const queue = new Queue("mails");\nawait queue.add("mail", {});`,
        "src/mails.ts": `export async function sendMail(job) { return job.data; }`,
        "src/bull.ts": `import Bull from "bull";\nconst reports = new Bull("reports");\nreports.process(async (job) => job.data);`,
        "src/rabbit.ts": `import amqp from "amqplib";\nconst connection = await amqp.connect("amqp://localhost");\nconst channel = await connection.createChannel();\nawait channel.consume("orders", (message) => { channel.ack(message); });`,
        "src/kafka.ts": `import { Kafka } from "kafkajs";\nconst consumer = new Kafka({ brokers: [] }).consumer({ groupId: "g" });\nawait consumer.run({ eachMessage: async ({ message }) => { message.value; } });`,
        "src/boss.ts": `import PgBoss from "pg-boss";\nconst boss = new PgBoss("postgres://localhost");\nawait boss.work("invoices", async (job) => job.data);`,
        "src/agenda.ts": `import { Agenda } from "agenda";\nexport default (agenda: Agenda) => { agenda.define("welcome", async (job) => job.attrs.data); };`,
        "src/graphile.ts": `import { run } from "graphile-worker";\nawait run({ taskList: { hello: async (payload) => payload } });`,
        "src/sqs.ts": `import { Consumer } from "sqs-consumer";\nConsumer.create({ queueUrl: "q", handleMessage: async (message) => message.Body });`,
        "src/inngest.ts": `import { Inngest } from "inngest";\nconst inngest = new Inngest({ id: "app" });\nexport const hello = inngest.createFunction({ id: "hello" }, { event: "app/hello" }, async ({ event }) => event.data);`,
        "src/trigger.ts": `import { task } from "@trigger.dev/sdk/v3";\nexport const sync = task({ id: "sync", run: async (payload) => payload });`,
      }),
    ).toEqual([
      "message welcome inline 0.attrs.data",
      "message invoices inline 0.data",
      "message ? inline 0.data",
      "message mails sendMail 0.data",
      "message hello hello 0",
      "message hello inline 0.event.data",
      "message ? eachMessage 0.message.value",
      "message orders inline 0.content",
      "message ? handleMessage 0.Body",
      "message sync run 0",
    ]);
  });

  it("are methods whose decorators a package of the project hands on", () => {
    const barrel = { "src/framework/index.ts": `export { EventPattern, Payload } from "@nestjs/microservices";\nexport { Cron } from "./own";`, "src/framework/own.ts": "export const Cron = () => () => {};" };
    expect(entries({ ...barrel, "src/plans.ts": `import { Cron, EventPattern, Payload } from "./framework";\nexport class Plans { @EventPattern("plan.made") made(@Payload() data) {} @Cron() nightly() {} }` })).toEqual(["message plan.made Plans.made 0"]);
  });

  it("are what callers hand to a function or class of the project that makes the worker", () => {
    const files = {
      "src/workers.ts": `import { Worker } from "bullmq"; const measured = (processor, queue) => async (job) => { count(queue); return processor(job); };\nexport class Workers { static register(queue, processor, options = {}) { const worker = new Worker(queue, measured(processor, queue), options); return worker; } }\nexport class Consumer { constructor(queue, work) { this.worker = new Worker(queue, async (job) => this.run(job)); } }\nexport const start = (work) => new Worker("fixed", work);\nexport function handle(queue, work) { return new Worker(queue, async (job) => { await work(job.data, job.id); }); }`,
      "src/app.ts": `import { Workers, start, handle } from "./workers"; import { sendMail } from "./mails";\nWorkers.register("mails", sendMail);\nWorkers.register("reports", async (job) => job.data, { concurrency: 2 });\nstart(sendMail);\nhandle("bills", async (data) => data.total);`,
      "src/mails.ts": "export async function sendMail(job) { return job.data; }",
    };
    expect(entries(files)).toEqual(["message mails sendMail 0.data", "message reports inline 0.data", "message fixed sendMail 0.data", "message bills inline 0", "message queue inline 0.data"]);
    expect(modelOf(files).entries.of("src/app.ts").map(({ span }) => files["src/app.ts"].slice(...span).split("(")[0])).toEqual(["Workers.register", "Workers.register", "start", "handle"]);
    expect(modelOf(files).entries.of("src/mails.ts")).toEqual([]);
  });

  it("are methods that take a broker's message, of classes whose base a package has, and not those that the project's own base calls", () => {
    const listener = (base: string): ProjectLiteral => ({
      "src/placed.ts": `import type { KafkaMessage } from "kafkajs"; ${base} export class Placed extends Listener<{ id: string }> { async onMessage(data: { id: string }, message: KafkaMessage) { return data; } parse(message: KafkaMessage) { return message.value; } }`,
    });
    expect(entries(listener('import { Listener } from "@shop/common";'))).toEqual(["message Placed.onMessage Placed.onMessage 0 1.value"]);
    const own = 'import { Kafka } from "kafkajs"; abstract class Listener<T> { abstract onMessage(data: T, message: KafkaMessage): Promise<void>; async listen() { await new Kafka({ brokers: [] }).consumer({ groupId: "g" }).run({ eachMessage: async ({ message }) => this.onMessage(JSON.parse(String(message.value)), message) }); } }';
    expect(entries(listener(own))).toEqual(["message ? eachMessage 0.message.value"]);
    expect(entries({ "src/placed.ts": 'import { Listener } from "@shop/common"; export class Placed extends Listener<{ id: string }> { onMessage(data: { id: string }, message: Message) { return data; } }' })).toEqual([]);
  });

  it("are decorated methods of Nest, whatever else is called like the decorators", () => {
    expect(
      entries({
        "src/consumers.ts": `import { Processor, WorkerHost, OnWorkerEvent } from "@nestjs/bullmq";
import { EventPattern, MessagePattern, Payload, Ctx } from "@nestjs/microservices";
import { OnEvent } from "@nestjs/event-emitter";
import { Cron } from "@nestjs/schedule";
import { SubscribeMessage, MessageBody, ConnectedSocket, WebSocketGateway } from "@nestjs/websockets";
import { Args, Query, Resolver, Context } from "@nestjs/graphql";
import { Query as QueryString, Get, Controller } from "@nestjs/common";
@Processor("audio") export class Audio extends WorkerHost { async process(job) {} @OnWorkerEvent("failed") onFailed() {} }
export class Orders { @EventPattern("order.paid") paid(@Payload() data, @Ctx() context) {} @MessagePattern({ cmd: "sum" }) sum(data: number[]) {} }
class Created {}
export class Listener { @OnEvent(Created.name) created(event: Created) {} @Cron("0 0 * * *") nightly() {} }
@WebSocketGateway() export class Chat { @SubscribeMessage("chat") chat(@ConnectedSocket() socket, @MessageBody() text: string) {} }
@Resolver() export class Users { @Query(() => [String]) users(@Context() context, @Args("first") first: number) {} }
@Controller() export class Web { @Get() list(@QueryString() query) {} }`,
      }),
    ).toEqual([
      "message Audio.process Audio.process 0.data",
      "message order.paid Orders.paid 0",
      "message Orders.sum Orders.sum 0",
      "event Created Listener.created 0",
      "cron 0 0 * * * Listener.nightly",
      "websocket chat Chat.chat 1",
      "graphql Users.users Users.users 1",
    ]);
  });

  it("are resolvers in maps and builders, without the types beside them", () => {
    expect(
      entries({
        "src/server.ts": `import { ApolloServer } from "@apollo/server";\nimport { users } from "./users";\nnew ApolloServer({ typeDefs: "", resolvers: [users, { Mutation: { rename: (parent, { name }) => name } }] });`,
        "src/users.ts": `const all = () => [];\nexport const users = { Query: { users: all }, User: { orders(parent, args) { return []; } } };`,
        "src/yoga.ts": `import { createSchema } from "graphql-yoga";\nexport const schema = createSchema({ typeDefs: "", resolvers: { Query: { hello: () => "hi" } } });`,
        "src/builder.ts": `import SchemaBuilder from "@pothos/core";\nexport const builder = new SchemaBuilder({});\nbuilder.queryField("me", (t) => t.field({ type: "User", args: { id: t.arg.string() }, resolve: (root, args) => args.id }));\nbuilder.objectType("User", { fields: (t) => ({ id: t.exposeID("id") }) });`,
      }),
    ).toEqual(["graphql ? resolve 1", "graphql Mutation.rename rename 1", "graphql Query.users all 1", "graphql User.orders orders 1", "graphql Query.hello hello 1"]);
  });

  it("are messages of sockets, not the events of the connection", () => {
    expect(
      entries({
        "src/io.ts": `import { Server } from "socket.io";\nconst io = new Server();\nio.on("connection", (socket) => { socket.on("chat", (text) => text); socket.on("disconnect", () => {}); });`,
        "src/ws.ts": `import { WebSocketServer } from "ws";\nconst server = new WebSocketServer({ port: 1 });\nserver.on("connection", (ws) => { ws.on("message", (data) => data); ws.on("close", () => {}); });`,
        "src/other.ts": `import { EventEmitter } from "node:events";\nconst bus = new EventEmitter();\nbus.on("message", (data) => data);\nprocess.on("message", () => {});`,
      }),
    ).toEqual(["websocket chat inline 0", "websocket message inline 0"]);
  });

  it("are commands, schedules and functions of a platform", () => {
    expect(
      entries({
        "src/cli.ts": `import { Command } from "commander";\nnew Command("app").command("sync <id>").description("x").action(async (id) => id);`,
        "src/yargs.ts": `import yargs from "yargs";\nyargs(process.argv).command("serve", "start", (y) => y, (argv) => argv.port).parse();`,
        "src/cron.ts": `import cron from "node-cron";\nimport { Cron } from "croner";\ncron.schedule("* * * * *", () => {});\nnew Cron("* * * * *", () => {});`,
        "src/lambda.ts": `import type { SQSEvent, APIGatewayProxyHandler } from "aws-lambda";\nimport middy from "@middy/core";\nexport const consume = async (event: SQSEvent) => event.Records;\nexport const api: APIGatewayProxyHandler = async (event) => ({ statusCode: 200, body: "" });\nexport const wrapped = middy(async (event) => event);\nexport const helper = (event: string) => event;`,
      }),
    ).toEqual(["cli sync <id> inline 0", "cron * * * * * inline", "cron * * * * * inline", "lambda consume consume 0", "lambda api api 0", "lambda ? inline 0", "cli serve inline 0"]);
  });

  it("are none in tests, and none in a project that depends on nothing which calls it back", () => {
    expect(entries({ "tests/worker.test.ts": `import { Worker } from "bullmq";\nnew Worker("q", async () => {});` })).toEqual([]);
    expect(entries({ "package.json": `{ "dependencies": { "express": "5" } }`, "src/a.ts": `export const run = (x) => x.process(() => 1);` })).toEqual([]);
  });

  it("make their file one of the api, unless the handler is elsewhere or a service listens beside its work", () => {
    const model = modelOf({
      "src/lib/queue.ts": `import { Worker } from "bullmq";\nnew Worker("q", async (job) => job.data);`,
      "src/loaders/jobs.ts": `import { Worker } from "bullmq";\nimport { send } from "../mails/send";\nnew Worker("q", send);`,
      "src/mails/send.ts": `export const send = async () => {};`,
      "src/tasks/tasks.service.ts": `import { Cron } from "@nestjs/schedule";\nexport class TasksService { @Cron("* * * * *") nightly() {} }`,
      "src/users/users.service.ts": `import { OnEvent } from "@nestjs/event-emitter";\nexport class UsersService { create() {} find() {} @OnEvent("x") onX() {} }`,
    });
    expect(["src/lib/queue.ts", "src/loaders/jobs.ts", "src/tasks/tasks.service.ts", "src/users/users.service.ts"].map((file) => model.layerOf(file).layer)).toEqual(["api", "composition", "service", "service"]);
  });
});
