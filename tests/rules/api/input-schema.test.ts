import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { type CheckOptions, findingsOf } from "../../support/project.js";

const rule = { rule: "input-schema" } as const;
const head = `import { Worker } from "bullmq";
import { Server } from "socket.io";
import { ApolloServer } from "@apollo/server";
import type { APIGatewayProxyEvent, SQSEvent } from "aws-lambda";
import { MessagePattern, EventPattern, Payload } from "@nestjs/microservices";
import { SubscribeMessage, MessageBody } from "@nestjs/websockets";
import { Args, Mutation, Query, Resolver } from "@nestjs/graphql";
import { OnEvent } from "@nestjs/event-emitter";
import { IsString } from "class-validator";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { lockOrder, prisma, saveOrder, saveChecked, saveValid } from "./orders";
const Order = z.object({ id: z.string() });
const io = new Server();
class Input { @IsString() id: string; }`;
const more = {
  "src/typeorm.ts": `import type { Repository } from "typeorm";
export class Orders { constructor(private readonly rows: Repository<object>) {} sorted(sort: any) { return this.rows.createQueryBuilder("o").orderBy(sort).getMany(); } }`,
  "src/orders.ts": `import { Prisma, PrismaClient } from "@prisma/client";
import { z } from "zod";
export const prisma = new PrismaClient();
export const saveOrder = async (data: any) => prisma.order.create({ data });
export const saveChecked = async (data: unknown) => prisma.order.create({ data: z.object({ id: z.string() }).parse(data) });
export const lockOrder = async (id: string) => { const lock = id ? Prisma.sql\`SELECT 1 FROM "Order" WHERE id = \${id} FOR UPDATE\` : Prisma.sql\`SELECT 2\`; return prisma.$executeRaw(lock); };
class Orders { constructor(private readonly validator: { validateAndThrow(type: unknown, input: unknown): void }) {} async save(input: any) { this.validator.validateAndThrow(Orders, input); return prisma.order.create({ data: input }); } }
export const saveValid = async (data: any) => new Orders(null as any).save(data);`,
};

it("is silent where a schema runs before a write, and where nothing dangerous is reached", async () => {
  const silent = {
    "what the queue says of a record": `export const handler = async (event: SQSEvent) => { for (const record of event.Records) { const { id } = Order.parse(JSON.parse(record.body)); await prisma.order.update({ where: { id }, data: { by: record.messageId } }); } };`,
    "a parsed job": `new Worker("orders", async (job) => { const data = Order.parse(job.data); await prisma.order.create({ data }); });`,
    "a check in the service": `new Worker("orders", async (job) => saveChecked(job.data));`,
    "a check in a method that says that it throws": `new Worker("orders", async (job) => saveValid(job.data));`,
    "a parameter of a statement": `@Resolver() export class Locks { @Mutation(() => String) async lock(@Args("id") id: string) { await lockOrder(id); } }`,
    "a path whose separators are replaced": `new Worker("orders", async (job) => readFile(job.data.name.replace(/[/.]/g, "-")));`,
    "a row that the path of a function names": `export const handler = async (event: APIGatewayProxyEvent) => { await prisma.order.deleteMany({ where: { id: event.pathParameters.id } }); };`,
    "a job that writes nothing": `new Worker("orders", async (job) => { console.log(job.data); });`,
    "a read by id": `new Worker("orders", async (job) => { await prisma.order.findUnique({ where: { id: job.data.id } }); });`,
    "a schema whose verdict is read": `new Worker("orders", async (job) => { const result = Order.safeParse(job.data); if (!result.success) return; await prisma.order.create({ data: result.data }); });`,
    "a parsed socket message": `io.on("connection", (socket) => { socket.on("order", async (message) => { await prisma.order.create({ data: Order.parse(message) }); }); });`,
    "a pipe of the project by its class": `class ParseWith { constructor(private readonly schema: any) {} transform(value: unknown) { return this.schema.parse(value); } }\nexport class Orders { @EventPattern("order") async order(@Payload(new ParseWith(Input)) input: { id: string }) { await prisma.order.create({ data: input }); } }`,
    "a class with decorators": `export class Orders { @MessagePattern("order") async order(@Payload() input: Input) { await prisma.order.create({ data: { id: input.id } }); } }`,
    "typed arguments of a mutation": `@Resolver() export class Orders { @Mutation(() => String) async order(@Args("id") id: string) { await prisma.order.create({ data: { id } }); } }`,
    "columns of an input type": `import { Orders } from "./typeorm"; class OrderArgs { sort: { id: string }; } @Resolver() export class Lists { constructor(private readonly orders: Orders) {} @Query(() => String) async list(@Args() args: OrderArgs) { return this.orders.sorted(args.sort); } }`,
    "all arguments at once": `@Resolver() export class Orders { @Mutation(() => String) async order(@Args() args: any) { await prisma.order.create({ data: args.input }); } }`,
    "resolvers whose types are in the schema": `new ApolloServer({ resolvers: { Mutation: { order: (root, { id }: { id: string }) => prisma.order.create({ data: { id } }) } } });`,
    "an event inside the process": `export class Orders { @OnEvent("order") async order(event: { id: string }) { await prisma.order.create({ data: { id: event.id } }); } }`,
    "a function of the project with the same shape": `export const work = async (job: { data: any }) => prisma.order.create({ data: job.data });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports what reaches a write or a dangerous call as it came", async () => {
  const none = {
    "a job written whole": `new Worker("orders", async (job) => { await prisma.order.create({ data: job.data }); });`,
    "a job written by the service": `new Worker("orders", async (job) => saveOrder(job.data));`,
    "a field of a job that says what is changed": `new Worker("orders", async (job) => { await prisma.order.deleteMany({ where: { id: job.data.id } }); });`,
    "a job that names a file": `new Worker("orders", async (job) => readFile(job.data.path));`,
    "a socket message": `io.on("connection", (socket) => { socket.on("order", async (message) => { await prisma.order.create({ data: message }); }); });`,
    "a message of Nest with a type alone": `export class Orders { @EventPattern("order") async order(@Payload() input: { id: string }) { await prisma.order.create({ data: input }); } }`,
    "a gateway": `export class Orders { @SubscribeMessage("order") async order(@MessageBody() input: any) { await prisma.order.create({ data: input }); } }`,
    "arguments of a mutation that may be anything": `@Resolver() export class Orders { @Mutation(() => String) async order(@Args("input") input: any) { await prisma.order.create({ data: input }); } }`,
    "a text that names a column": `import { Orders } from "./typeorm"; @Resolver() export class Lists { constructor(private readonly orders: Orders) {} @Query(() => String) async list(@Args("sort") sort: string) { return this.orders.sorted(sort); } }`,
    "an argument of a query that names a file": `new ApolloServer({ resolvers: { Query: { report: (root, args) => readFile(args.path) } } });`,
    "records of a function": `export const handler = async (event: SQSEvent) => { for (const record of event.Records) await prisma.order.create({ data: JSON.parse(record.body) }); };`,
  };
  const unread = { "a schema whose verdict nobody reads": `new Worker("orders", async (job) => { Order.safeParse(job.data); await prisma.order.create({ data: job.data }); });` };
  expect(await verdictsOf({ ...none, ...unread }, head, rule, more)).toEqual({ ...allOf(none, "none"), ...allOf(unread, "unread") });
});

it("reports at the registration and shows where the input is used", async () => {
  const [finding] = await findingsOf({ ...more, "src/worker.ts": `import { Worker } from "bullmq";\nimport { saveOrder } from "./orders";\nexport const worker = new Worker("orders", async (job) => {\n  await saveOrder(job.data);\n});` }, rule);
  expect(finding).toMatchObject({ file: "src/worker.ts", range: { start: { line: 3, column: 23 }, end: { line: 5, column: 3 } } });
  expect(finding?.message).toContain("message orders takes what comes in without a schema and lets it reach `prisma.order.create`");
  expect(finding?.related.map(({ file, range }) => [file, range.start.line])).toEqual([["src/orders.ts", 4]]);
});

it("sums up many consumers of the project's own jobs, and lists each on request or where another program sends", async () => {
  const consumer = (name: string): string => `import { Worker } from "bullmq";\nimport { saveOrder } from "./orders";\nnew Worker("${name}", async (job) => { await saveOrder(job.data); });`;
  const workers = { ...more, "src/a.ts": consumer("a"), "src/b.ts": consumer("b"), "src/c.ts": consumer("c") };
  const own = { ...workers, "src/send.ts": `import { Queue } from "bullmq";\nexport const send = (id: string) => new Queue("a").add("a", { id });` };
  const [sum, ...others] = await findingsOf(own, rule);
  expect([sum?.file, sum?.messageId, sum?.range.start.line, others]).toEqual(["src/a.ts", "jobs", 3, []]);
  expect(sum?.message).toContain("3 consumers take the jobs that this project itself enqueues without a schema, and let them reach a store or worse (message a, message b, message c)");
  expect((await findingsOf(own, { ...rule, options: { jobs: "each" } })).map(({ file, messageId }) => [file, messageId])).toEqual([["src/a.ts", "none"], ["src/b.ts", "none"], ["src/c.ts", "none"]]);
  expect((await findingsOf(workers, rule)).map(({ messageId }) => messageId)).toEqual(["none", "none", "none"]);
  const jobs = ["a", "b", "c"].map((name) => [`src/${name}.ts`, `import type { Agenda } from "agenda";\nimport { saveOrder } from "./orders";\nexport default (agenda: Agenda) => { agenda.define("${name}", async (job) => { await saveOrder(job.attrs.data); }); };\nexport const later = (agenda: Agenda, id: string) => agenda.create("${name}", { id }).save();`]);
  expect((await findingsOf({ ...more, ...Object.fromEntries(jobs) }, rule)).map(({ messageId }) => messageId)).toEqual(["jobs"]);
});

it("sums up what more than ten consumers of a package take from other services, and tells their filters once with it", async () => {
  const consumer = (name: string): string => `import { Controller } from "@nestjs/common";\nimport { MessagePattern, Payload } from "@nestjs/microservices";\nimport { Plans } from "./plans";\n@Controller()\nexport class Consumer${name} {\n  @MessagePattern("plans.${name}")\n  async on(@Payload() payload: { plan: string }) { await Plans.findOneAndUpdate({ plan: payload.plan }, { seen: true }); }\n}`;
  const consumers = (count: number): Readonly<Record<string, string>> => ({
    "package.json": '{ "name": "plans", "dependencies": { "@nestjs/common": "11", "@nestjs/microservices": "11", "mongoose": "8" } }',
    "src/plans.ts": 'import mongoose from "mongoose";\nexport const Plans = mongoose.model("Plan", new mongoose.Schema({ plan: String }));',
    ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/c${10 + at}.ts`, consumer(String(10 + at))])),
  });
  const told = async (count: number, options: CheckOptions): Promise<readonly string[]> => (await findingsOf(consumers(count), options)).filter(({ rule: name }) => name === "input-schema" || name === "no-unvalidated-input").map(({ rule: name, file, messageId }) => `${file} ${name} ${messageId}`);
  expect(await told(11, {})).toEqual(["src/c10.ts input-schema messages"]);
  expect(await told(11, { preset: "strict" })).toHaveLength(22);
  expect(await told(11, { settings: { rules: { "input-schema": "off" } } })).toHaveLength(11);
  expect(await told(10, { rule: "input-schema" })).toHaveLength(10);
});

it("knows a function by its types alone, and takes the parameters of a statement that writes for input", async () => {
  const files = (statement: string): Record<string, string> => ({
    "package.json": '{ "dependencies": { "pg": "8" }, "devDependencies": { "@types/aws-lambda": "8" } }',
    "src/handler.ts": `import type { SQSHandler } from "aws-lambda";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const handler: SQSHandler = async (event) => { for (const record of event.Records) { const { id } = JSON.parse(record.body); await pool.query("${statement}", [id]); } };`,
  });
  expect((await findingsOf(files("INSERT INTO orders (id) VALUES ($1)"), rule)).map(({ messageId, range }) => [messageId, range.start.line])).toEqual([["none", 4]]);
  expect(await findingsOf(files("SELECT 1 FROM orders WHERE id = $1"), rule)).toEqual([]);
});

it("knows the tasks of Trigger.dev, and that calling one is sending to it", async () => {
  const task = (name: string): string => `export const ${name} = task({ id: "${name}", run: async (payload) => { await saveOrder(payload); } });`;
  const files = { ...more, "package.json": `{ "dependencies": { "@trigger.dev/sdk": "4", "@prisma/client": "6" } }`, "src/tasks.ts": ['import { task } from "@trigger.dev/sdk";', 'import { saveOrder } from "./orders";', task("a"), task("b"), task("c")].join("\n") };
  expect((await findingsOf(files, rule)).map(({ messageId }) => messageId)).toEqual(["none", "none", "none"]);
  expect((await findingsOf({ ...files, "src/send.ts": 'import { a } from "./tasks";\nexport const send = () => a.trigger({ id: "1" });' }, rule)).map(({ messageId }) => messageId)).toEqual(["jobs"]);
});
