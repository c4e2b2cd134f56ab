import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "layer-imports";
const check = (files: ProjectLiteral, options?: Readonly<Record<string, unknown>>) => checkProject(files, { rule, ...(options && { options }) });

const controller = "export const send = () => 1; export type Reply = { ok: true };";

describe("reports", () => {
  it("every form of an import of a layer that must not be known", async () => {
    expect(
      await check({
        "src/controllers/user.controller.ts": controller,
        "src/services/a.service.ts": 'import { send } from "../controllers/user.controller.js"; send();',
        "src/services/b.service.ts": 'export { send } from "../controllers/user.controller.js";',
        "src/services/c.service.ts": 'export * from "../controllers/user.controller.js";',
        "src/services/d.service.ts": 'export const load = () => import("../controllers/user.controller.js");',
        "src/services/e.service.ts": 'import "../controllers/user.controller.js";',
        "src/services/f.service.ts": 'const { send } = require("../controllers/user.controller"); send();',
      }, { everyFile: true }),
    ).toEqual([
      "src/services/a.service.ts:1:22 layer-imports forbidden",
      "src/services/b.service.ts:1:22 layer-imports forbidden",
      "src/services/c.service.ts:1:15 layer-imports module",
      "src/services/d.service.ts:1:34 layer-imports module",
      "src/services/e.service.ts:1:8 layer-imports module",
      "src/services/f.service.ts:1:26 layer-imports forbidden",
    ]);
  });

  it("no part of a program that lies in a folder called application, and use cases there", async () => {
    const filter = { "src/core/filters/errors.filter.ts": 'import type { Response } from "express"; export class ErrorsFilter { catch(error: Error, res: Response) { res.status(500).send(error.name); } }' };
    expect(await check({ ...filter, "src/application/hooks.ts": 'import type { Express } from "express"; import { ErrorsFilter } from "../core/filters/errors.filter"; import { names } from "../domain/names"; export const install = (app: Express) => { app.use(new ErrorsFilter().catch as never); return names; };', "src/domain/names.ts": "export const names = [1, 2].map((one) => one * 2);" })).toEqual([]);
    expect(await check({ ...filter, "src/application/hooks.ts": 'import { ErrorsFilter } from "../core/filters/errors.filter"; import { orders } from "../repositories/order.repository"; export const install = () => [new ErrorsFilter(), orders.list()];', "src/repositories/order.repository.ts": 'import { Pool } from "pg"; const pool = new Pool(); export const orders = { list: () => pool.query("select 1 from orders") };' })).toHaveLength(1);
  });

  it("a name for the file that declares it, through barrels", async () => {
    expect(
      await check({
        "src/users/index.ts": 'export * from "./user.service.js"; export { send as answer } from "./user.controller.js";',
        "src/users/user.service.ts": "export class UserService {}",
        "src/users/user.controller.ts": controller,
        "src/orders/order.service.ts": 'import { answer, UserService } from "../users/index.js"; answer(UserService);',
      }),
    ).toEqual(["src/orders/order.service.ts:1:37 layer-imports forbidden"]);
  });

  it("shared code that knows a layer, and the composition root imported by anybody", async () => {
    expect(
      await check({
        "src/services/user.service.ts": 'export const users = 1; import { logger } from "../main.js"; logger;',
        "src/utils/names.ts": 'import { users } from "../services/user.service.js"; export const n = users;',
        "src/main.ts": "export const logger = 1;",
      }),
    ).toEqual(["src/services/user.service.ts:1:48 layer-imports forbidden", "src/utils/names.ts:1:23 layer-imports forbidden"]);
  });

  it("types too, when they are asked for", async () => {
    const files = { "src/controllers/user.controller.ts": controller, "src/services/a.service.ts": 'import type { Reply } from "../controllers/user.controller.js"; export const a = {} as Reply;' };
    expect(await check(files)).toEqual([]);
    expect(await check(files, { typeImports: "report" })).toEqual(["src/services/a.service.ts:1:28 layer-imports forbidden"]);
  });

  it("the import that reaches a layer through shared code, when asked", async () => {
    const files = {
      "src/controllers/user.controller.ts": controller,
      "src/utils/reply.ts": 'import { send } from "../controllers/user.controller.js"; export const reply = send;',
      "src/services/a.service.ts": 'import { reply } from "../utils/reply.js"; reply();',
    };
    expect(await check(files, { throughShared: true })).toEqual(["src/services/a.service.ts:1:23 layer-imports throughShared", "src/utils/reply.ts:1:22 layer-imports forbidden"]);
  });

  it("code for everybody that knows a layer, once, and not those who import it", async () => {
    expect(
      await checkProject(
        {
          "src/controllers/user.controller.ts": controller,
          "src/services/user.service.ts": 'import { find } from "../repositories/user.repository.js"; export const users = find; export const teams = 2;',
          "src/repositories/user.repository.ts": "export const find = () => 1;",
          "src/utils/reply.ts": 'import { users } from "../services/user.service.js"; import { teams } from "../services/index.js"; export const reply = [users, teams];',
          "src/services/index.ts": 'export { teams } from "./user.service.js";',
          "src/services/a.service.ts": 'import { reply } from "../utils/reply.js"; reply.pop();',
          "src/repositories/a.repository.ts": 'import { reply } from "../utils/reply.js"; reply.pop();',
        },
        { preset: "recommended", rule },
      ),
    ).toEqual(["src/utils/reply.ts:1:23 layer-imports forbidden"]);
  });

  it("what more than three files of a layer have in common once, and each file when asked", async () => {
    const importers = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/services/s${at}.service.ts`, 'import { send } from "../controllers/user.controller.js"; send();']));
    const files = { "src/controllers/user.controller.ts": controller, ...importers(11) };
    expect(await check(files)).toEqual(["src/services/s0.service.ts:1:22 layer-imports spread"]);
    expect((await findingsOf(files, { rule }))[0]?.message).toContain("11 files of service import api, here first (src/controllers/user.controller.ts; then src/services/s1.service.ts");
    expect(await check(files, { everyFile: true })).toHaveLength(11);
    expect(await check({ "src/controllers/user.controller.ts": controller, ...importers(3) })).toHaveLength(3);
  });

  it("one module of the composition once that more than ten files of any layer import", async () => {
    const importers = (folder: string, suffix: string): ProjectLiteral => Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`src/${folder}/f${at}.${suffix}.ts`, 'import { errorOf } from "../logger.module.js"; errorOf();']));
    const files = { "src/logger.module.ts": 'import { LoggerModule } from "nestjs-pino";\nexport const errorOf = () => console.info("seen");\nexport const logging = () => LoggerModule.forRoot({});\n', ...importers("services", "service"), ...importers("repositories", "repository") };
    const [finding, ...others] = await findingsOf(files, { rule });
    expect([finding?.messageId, others.length]).toEqual(["spread", 0]);
    expect(finding?.message).toContain("12 files of other layers import composition");
  });

  it("no handlers and validators that look at something else than requests, nor controllers that factories make", async () => {
    const by = (file: string, text: string, from = "src/services/a.service.ts"): Promise<readonly string[]> => check({ [file]: text, [from]: `import { run } from "/${file.replace(/^src/, "src").replace(".ts", ".js")}";\nrun();`.replace('"/src/', '"../') });
    expect(await by("src/checks/archive-validator.ts", "export const run = () => [1, 2].map((one) => one + Math.round(one));")).toEqual([]);
    expect(await by("src/clients/request-error-handler.ts", "export const run = () => [1, 2].map((one) => one + Math.round(one));")).toEqual([]);
    expect(await by("src/main/factories/sign-in.ts", "export const run = () => ({ handle: () => [1].map(String) });", "src/routes/sign-in.routes.ts")).toEqual([]);
  });

  it("what custom layers forbid", async () => {
    expect(
      await checkProject(
        { "src/jobs/nightly.ts": 'import { x } from "../billing/x.js"; x;', "src/billing/x.ts": "export const x = 1;" },
        { rule, settings: { layers: { jobs: { as: "api", files: ["src/jobs/**"], mayImport: ["shared"] }, billing: { as: "service", files: ["src/billing/**"] } } } },
      ),
    ).toEqual(["src/jobs/nightly.ts:1:19 layer-imports forbidden"]);
  });
});

describe("counts", () => {
  const service = (name: string): string => `import { rows } from "../repositories/rows.repository.js"; export const ${name} = () => rows();`;
  const files = (...names: readonly string[]): Record<string, string> => ({
    "src/repositories/rows.repository.ts": "export const rows = () => 1;",
    ...Object.fromEntries(names.map((name) => [`src/services/${name}.service.ts`, service(name)])),
    "src/repositories/owners.repository.ts": `${names.map((name) => `import { ${name} } from "../services/${name}.service.js";`).join(" ")} export const owners = () => [${names.join(", ")}];`,
  });

  it("what one file imports of a layer once where it is much, and each where it is little or asked for", async () => {
    expect(await check(files("a", "b", "c", "d"))).toEqual(["src/repositories/owners.repository.ts:1:19 layer-imports several"]);
    expect(await check(files("a", "b"))).toHaveLength(2);
    expect(await check(files("a", "b", "c", "d"), { everyFile: true })).toHaveLength(4);
  });

  it("a module's instances that a file without a module of Nest puts together", async () => {
    expect(await check({ "src/api/server.module.ts": "export const monitor = new (class Monitor { start() { return 1; } })();", "src/services/user.service.ts": 'import { monitor } from "../api/server.module.js"; monitor.start();' })).toEqual(["src/services/user.service.ts:1:25 layer-imports forbidden"]);
  });

  it("classes of the api that keep others to work with, and do more than carry fields", async () => {
    const api = "export class Sender { constructor(private readonly other: Other) {} } interface Other { send(): void }";
    expect(await check({ "src/controllers/sender.controller.ts": api, "src/services/a.service.ts": 'import { Sender } from "../controllers/sender.controller.js"; export const made = (other: never) => new Sender(other);' })).toHaveLength(1);
  });
});

describe("stays silent on", () => {
  it("records that are made of others, queues to put work into, and what lies beside a module", async () => {
    expect(
      await check({
        "src/controllers/user.controller.ts": 'export class Reply { constructor(readonly id: string, readonly name?: string) {} static from(row: { id: string }) { return new Reply(row.id); } toText() { return this.id; } } type Names = Record<string, string>; export const names = { paid: "order.paid" } as const satisfies Names; enum Status { Open, Closed } export const OPEN = Object.values(Status).filter((one) => one !== Status.Closed); export const list = () => 1;',
        "src/workers/mail.worker.ts": 'import { Queue, Worker } from "bullmq"; export const mails = new Queue("mails"); export const work = new Worker("mails", async (job) => { await job.log("x"); });',
        "src/rows.module.ts": 'import { Module } from "@nestjs/common"; export const connect = () => 1; @Module({}) export class RowsModule {}',
        "src/services/user.service.ts": 'import { Reply } from "../controllers/user.controller.js"; import { mails } from "../workers/mail.worker.js"; import { connect } from "../rows.module.js"; export const make = () => { connect(); return [Reply.from({ id: "paid" }), mails.add("mail", {})]; };',
      }),
    ).toEqual([]);
  });

  it("repositories that an entity only names to its ORM, lists in an index, and code of one library", async () => {
    const repository = 'import type { Pool } from "pg"; export class OrderRepository { find(db: Pool) { return db.query("select 1"); } }';
    expect(
      await check({
        "src/domain/order.ts": 'import { Entity } from "@mikro-orm/core"; import { OrderRepository } from "../repositories/order.repository.js"; @Entity({ repository: () => OrderRepository }) export class Order { id = 1; total() { return 1; } }',
        "src/repositories/order.repository.ts": repository,
        "src/shared/index.ts": 'export * from "../repositories/order.repository.js"; export { OrderRepository as Orders } from "../repositories/order.repository.js";',
      }),
    ).toEqual([]);
    const library = { "package.json": '{ "name": "store", "main": "dist/index.js" }', "src/utils/pick.ts": 'import { OrderRepository } from "../repositories/order.repository.js"; export const pick = () => new OrderRepository();', "src/repositories/order.repository.ts": repository };
    expect(await check(library)).toEqual([]);
    expect(await check(library, { guesses: true })).toHaveLength(1);
    expect(await check({ ...library, "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node dist/main.js" } }', "src/main.ts": 'import "./utils/pick.js"; import express from "express"; express().listen(1);' })).toHaveLength(1);
  });


  it("decorators that give a controller what a guard has found", async () => {
    const decorator = (made: string): ProjectLiteral => ({
      "src/auth/auth.guard.ts": "export interface SignedIn { agentId: string }\nexport const key = 1;",
      "src/auth/agent.decorator.ts": `import { ${made} } from "@nestjs/common"; import { key } from "./auth.guard.js"; export const Agent = ${made}(key);`,
    });
    expect(await check(decorator("createParamDecorator"))).toEqual([]);
    expect(await check(decorator("SetMetadata"))).toEqual([]);
  });

  it("types named in comments, and what an inline configuration turns off", async () => {
    const files = {
      "src/controllers/user.controller.ts": controller,
      "src/services/a.service.js": '/** @type {import("../controllers/user.controller.js").Reply} */\nexport const a = { ok: true };\n/** @param {import("../controllers/user.controller.js").Reply} reply */\nexport const b = (reply) => reply;',
      "src/services/c.service.ts": '/* eslint std/layer-imports: "off" -- moves with the next release */\nimport { send } from "../controllers/user.controller.js"; send();',
    };
    expect(await check(files)).toEqual([]);
  });

  it("imports that follow the layers", async () => {
    expect(
      await check({
        "src/controllers/user.controller.ts": 'import { users } from "../services/user.service.js"; export default users;',
        "src/services/user.service.ts": 'import { find } from "../repositories/user.repository.js"; import { User } from "../domain/user.js"; import { env } from "../config/env.js"; export const users = () => [find, User, env];',
        "src/repositories/user.repository.ts": 'import { User } from "../domain/user.js"; export const find = () => new User();',
        "src/domain/user.ts": "export class User {}",
        "src/config/env.ts": "export const env = 1;",
        "src/main.ts": 'import "./controllers/user.controller.js"; import "./repositories/user.repository.js";',
      }),
    ).toEqual([]);
  });

  it("types, elided imports and a harmless name of a mixed barrel", async () => {
    expect(
      await check({
        "src/users/index.ts": 'export * from "./user.controller.js"; export * from "./user.types.js";',
        "src/users/user.controller.ts": controller,
        "src/users/user.types.ts": "export const limit = 10;",
        "src/users/user.service.ts": 'import { limit, type Reply } from "./index.js"; import { send } from "./user.controller.js"; export const a: Reply | typeof send | number = limit;',
      }),
    ).toEqual([]);
  });

  it("a port that the importer implements or extends", async () => {
    expect(
      await check({
        "src/services/mailer.service.ts": "export abstract class Mailer { abstract send(): void } export interface Clock { now(): number }",
        "src/repositories/mail.repository.ts": 'import { Mailer, type Clock } from "../services/mailer.service.js"; export class SmtpMailer extends Mailer implements Clock { send() {} now() { return 1; } }',
      }),
    ).toEqual([]);
  });

  it("tests, migrations and files without a layer", async () => {
    expect(
      await check({
        "src/controllers/user.controller.ts": controller,
        "src/services/user.service.test.ts": 'import { send } from "../controllers/user.controller.js"; send();',
        "migrations/1_init.ts": 'import { send } from "../src/controllers/user.controller.js"; send();',
        "src/odd/thing.ts": 'import { send } from "../controllers/user.controller.js"; send();',
      }),
    ).toEqual([]);
  });

  it("records made of other records, lists in an index, what lies in one folder, and code of a store in a shared place", async () => {
    expect(
      await check({
        "src/controllers/user.dto.ts": "export class Create { name = 1; } export class Update extends PartialType(Create) {} declare function PartialType(base: unknown): new () => object;",
        "src/services/user.service.ts": 'import { Update } from "../controllers/user.dto.js"; export const make = () => new Update();',
        "src/services/index.ts": 'import { UserController } from "./users/user.controller.js"; export const all = [UserController];',
        "src/services/users/user.controller.ts": "export class UserController { show() { return 1; } }",
        "src/lib/api/reply.ts": "export const reply = (req: unknown, res: { json(value: unknown): void }) => { res.json(req); };",
        "src/lib/api/limit.ts": 'import { reply } from "./reply.js"; export const limit = () => reply;',
        "src/utils/quota.ts": 'import { make } from "../services/user.service.js"; import type { Pool } from "pg"; export const quota = (db: Pool) => { make(); return db.query("select 1"); };',
      }),
    ).toEqual([]);
  });

  it("tokens, records of constants and modules of a container, and a list of a folder as a whole", async () => {
    expect(
      await check({
        "src/bootstrap/tokens.ts": 'export const tokens = { clock: Symbol.for("clock") }; export class Tokens { static readonly mailer = Symbol("mailer"); }',
        "src/mails/mail.module.ts": 'import { Module } from "@nestjs/common"; export const exchange = "mails"; @Module({}) export class MailModule {}',
        "src/controllers/index.ts": 'export * from "./user.controller.js";',
        "src/controllers/user.controller.ts": controller,
        "src/services/user.service.ts": 'import { tokens, Tokens } from "../bootstrap/tokens.js"; import { exchange, MailModule } from "../mails/mail.module.js"; import * as all from "../controllers/index.js"; export const used = [tokens, Tokens, exchange, MailModule, all];',
      }),
    ).toEqual([]);
  });

  it("a service that works with nobody where a repository asks it", async () => {
    const files = { "src/services/cipher.service.ts": 'import { key } from "../config/key.js"; export const cipher = (text: string) => text + key;', "src/config/key.ts": 'export const key = "k";', "src/repositories/user.repository.ts": 'import { cipher } from "../services/cipher.service.js"; export const find = () => cipher("a");' };
    expect(await check(files)).toEqual([]);
    expect(await check(files, { guesses: true })).toHaveLength(1);
    expect(await check({ ...files, "src/services/cipher.service.ts": 'import { keys } from "../repositories/key.repository.js"; export const cipher = (text: string) => text + keys();', "src/repositories/key.repository.ts": 'export const keys = () => "k";' })).toHaveLength(1);
  });

  it("clients of other systems, actions that a browser calls, and constants of settings in the domain", async () => {
    const files = {
      "src/services/shops.service.ts": 'import axios from "axios"; import { query } from "../repositories/shops.repository.js"; export const shops = axios.create({ baseURL: "https://shops.example.org" }); export const list = () => query();',
      "src/repositories/shops.repository.ts": 'import { Pool } from "pg"; import { shops } from "../services/shops.service.js"; const pool = new Pool(); export const query = () => [pool.query("SELECT 1"), shops.get("/")];',
      "app/actions.ts": '"use server";\nexport async function load(id: string) { return id; }',
      "src/utils/loader.ts": 'import { load } from "../../app/actions.js"; export const loader = () => load("1");',
      "src/config/patterns.ts": "export class Patterns { static of(text: string) { return text.length; } }",
      "src/config/keys.ts": "export class Keys { static get() { return process.env.KEY; } }",
      "src/domain/name.ts": 'import { Patterns } from "../config/patterns.js"; export const isName = (text: string) => Patterns.of(text) > 0;',
    };
    expect(await check(files)).toEqual([]);
    expect(await check({ ...files, "src/domain/key.ts": 'import { Keys } from "../config/keys.js"; export const keyOf = () => Keys.get();' })).toEqual(["src/domain/key.ts:1:22 layer-imports forbidden"]);
    expect(await check({ ...files, "src/repositories/lists.repository.ts": 'import { list } from "../services/shops.service.js"; export const lists = () => list();' })).toEqual(["src/repositories/lists.repository.ts:1:22 layer-imports forbidden"]);
  });

  it("guesses, settings, commands, rules of the domain, and what only tests import, unless they are asked for", async () => {
    const files = {
      "src/controllers/user.controller.ts": controller,
      "src/odd/rows.ts": 'import { Pool } from "pg"; import { send } from "../controllers/user.controller.js"; export const rows = () => [send, new Pool()];',
      "src/config/app.ts": 'import { send } from "../controllers/user.controller.js"; export const app = send;',
      "src/utils/price.ts": 'import { Price } from "../domain/price.js"; export const price = () => new Price();',
      "src/domain/price.ts": "export class Price { value() { return 1; } }",
      "src/utils/build-request.ts": 'import { send } from "../controllers/user.controller.js"; export const build = () => send;',
      "tests/user.test.ts": 'import { build } from "../src/utils/build-request.js"; build();',
    };
    expect(await check(files)).toEqual([]);
    expect(await check(files, { guesses: true })).toEqual([
      "src/config/app.ts:1:22 layer-imports forbidden",
      "src/odd/rows.ts:1:49 layer-imports forbidden",
      "src/utils/build-request.ts:1:22 layer-imports forbidden",
      "src/utils/price.ts:1:23 layer-imports forbidden",
    ]);
  });
});

it("lets decorators alone that another package of the repository offers, and not what works there", async () => {
  const files = (use: string): ProjectLiteral => ({
    "package.json": '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
    "packages/broker/package.json": '{ "name": "@own/broker", "main": "src/index.ts" }',
    "packages/broker/src/index.ts": 'export * from "./meter.consumer.js";',
    "packages/broker/src/meter.consumer.ts": 'import { Processor } from "@nestjs/bullmq";\nexport const Consume = (topic: string) => (target: object, key: string) => { console.info(topic, target, key); };\n@Processor("meters") export class MeterConsumer { run() { return 1; } }',
    "apps/shop/package.json": '{ "name": "shop", "dependencies": { "@own/broker": "*", "express": "4" } }',
    "apps/shop/src/main.ts": 'import express from "express";\nimport { MeterService } from "./meter.service.js";\nnew MeterService();\nexpress().listen(1);',
    "apps/shop/src/meter.service.ts": use,
  });
  expect(await check(files('import { Consume } from "@own/broker";\nexport class MeterService { @Consume("meters") take() { return 1; } }'))).toEqual([]);
  expect(await check(files('import { Consume } from "@own/broker";\nexport class MeterService { take() { return Consume("meters"); } }'))).toHaveLength(1);
});

it("lets a contract name a decorator of the project that validates its field, and reports one that calls it", async () => {
  const files = {
    "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
    "src/shared/decorators/validations/known-user.decorator.ts": 'import { registerDecorator, ValidatorConstraint, type ValidatorConstraintInterface } from "class-validator";\nimport { Injectable } from "@nestjs/common";\nimport { UsersRepository } from "../../../users/users.repository.js";\n@ValidatorConstraint({ async: true })\n@Injectable()\nexport class KnownUser implements ValidatorConstraintInterface { constructor(private readonly users: UsersRepository) {} async validate(id: string) { return this.users.has(id); } }\nexport const IsKnownUser = () => (target: object, propertyName: string) => registerDecorator({ target: target.constructor, propertyName, validator: KnownUser });\n',
    "src/users/users.repository.ts": 'import type { Pool } from "pg";\nexport class UsersRepository { constructor(private readonly pool: Pool) {} async has(id: string) { return (await this.pool.query("select 1 from users where id = $1", [id])).rows.length > 0; } }\n',
  };
  expect(await check({ ...files, "src/orders/application/create-order.input.ts": 'import { IsKnownUser } from "../../shared/decorators/validations/known-user.decorator.js";\nexport class CreateOrderInput { @IsKnownUser() userId!: string; }' })).toEqual([]);
  expect(await check({ ...files, "src/orders/orders.service.ts": 'import { KnownUser } from "../shared/decorators/validations/known-user.decorator.js";\nimport { UsersRepository } from "../users/users.repository.js";\nexport class OrdersService { constructor(private readonly users: UsersRepository) {} create(id: string) { return new KnownUser(this.users).validate(id); } }' })).toEqual(["src/orders/orders.service.ts:1:27 layer-imports forbidden"]);
});

it("lets helpers ask what keeps files and sends mail, and reports those that ask for rows", async () => {
  const helper = (from: string) => `import { client } from "${from}";\nexport const keep = (name: string) => client.send(name);`;
  expect(await check({ "src/repositories/files.repository.ts": 'import { S3Client } from "@aws-sdk/client-s3";\nexport const client = new S3Client({});', "src/utils/upload.ts": helper("../repositories/files.repository.js") })).toEqual([]);
  expect(await check({ "src/repositories/rows.repository.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const client = { send: (name: string) => pool.query("insert into names values ($1)", [name]) };', "src/utils/upload.ts": helper("../repositories/rows.repository.js") })).toEqual(["src/utils/upload.ts:1:24 layer-imports forbidden"]);
});

it("lets shared code that makes the client know its tables", async () => {
  const schema = { "src/infra/db/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: text("id") });' };
  expect(await check({ ...schema, "src/shared/client.ts": 'import { drizzle } from "drizzle-orm/node-postgres";\nimport * as schema from "../infra/db/schema.js";\nexport const makeClient = (url: string) => drizzle(url, { schema });' })).toEqual([]);
});

it("asks who a service works for, also where it knows its repository by the type alone, and leaves one that works with nobody alone", async () => {
  const repository = 'import type { Pool } from "pg"; import { label } from "./seats.service"; export class SeatsRepository { constructor(private readonly db: Pool) {} async names() { return (await this.db.query("select name from seats limit 9")).rows.map(label); } }';
  const service = (type: string): string => `import type { ${type} } from "./seats.repository"; export const label = (row: { name: string }) => row.name.trim(); export const seats = (given: ${type}) => given;`;
  expect(await check({ "src/seats/seats.repository.ts": repository, "src/seats/seats.service.ts": service("SeatsRepository") })).toEqual(["src/seats/seats.repository.ts:1:55 layer-imports forbidden"]);
  expect(await check({ "src/seats/seats.repository.ts": `${repository} export interface SeatRow { name: string }`, "src/seats/seats.service.ts": service("SeatRow") })).toEqual([]);
});

it("takes a helper that lies with the routes for a part of the api, and one in a folder without any for a guess", async () => {
  const service = 'import { reply } from "../api/replies"; import type { Pool } from "pg"; export const greet = (db: Pool) => [reply("hello"), db];';
  const replies = 'export const reply = (text: string) => ({ text, at: text.length });';
  const routes = 'import { Router } from "express"; export const orders = Router(); orders.get("/orders", (_req, res) => { res.json([]); });';
  expect(await check({ "src/services/order.service.ts": service, "src/api/replies.ts": replies, "src/api/orders.ts": routes })).toEqual(["src/services/order.service.ts:1:23 layer-imports forbidden"]);
  expect(await check({ "src/services/order.service.ts": service, "src/api/replies.ts": replies, "src/api/v2/orders.ts": routes })).toEqual([]);
});

it("lets a function that a platform calls take what it needs of the container, and no handler that others mount", async () => {
  const files = (mount: string, of = "container"): ProjectLiteral => ({
    [`src/${of}.ts`]: 'import { OrdersService } from "./services/orders.service.js";\nexport const container = { orders: new OrdersService() };',
    "src/services/orders.service.ts": "export class OrdersService { list() { return [1]; } }",
    "src/controllers/orders.controller.ts": `import { container } from "../${of}.js";\nexport const handler = async (event: { id: string }) => [event.id, container.orders.list()];`,
    "src/app.ts": mount,
  });
  expect(await checkProject(files("export const app = 1;"), { rule })).toEqual([]);
  expect(await checkProject(files("export const app = 1;", "main"), { rule })).toHaveLength(1);
  expect(await checkProject(files('import { handler } from "./controllers/orders.controller.js";\nexport const app = [handler];'), { rule })).toEqual(["src/controllers/orders.controller.ts:1:27 layer-imports forbidden"]);
});
