import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";

const rule = "injected-dependencies";
const file = "src/services/a.service.ts";
const repository = { "src/repositories/kept.repository.ts": "export class KeptRepository { private static kept: KeptRepository | undefined; static getInstance() { return (KeptRepository.kept ??= new KeptRepository()); } find() { return []; } }\n", "src/repositories/user-query-builder.ts": 'import { DataSource } from "typeorm";\nconst source = new DataSource({});\nexport class UserQueryBuilder { constructor(private readonly name: string) {} run() { return source.query("select 1", [this.name]); } }\n', "src/repositories/fake-user.repository.ts": "export class FakeUserRepository { find() { return []; } }\n", "src/repositories/user.repository.ts": "export class UserRepository { find() { return []; } }\nexport const users = new UserRepository();\n", "src/repositories/whole.repository.js": "class WholeRepository { find() { return []; } }\nmodule.exports = new WholeRepository();\n", "src/users/user.entity.ts": 'import { Entity } from "typeorm";\n@Entity() export class User { id = 1; }\n' };
const check = (code: string) => checkProject({ ...repository, [file]: code }, { rule });

describe("reports", () => {
  it.each([
    ["a repository that a service makes", 'import { UserRepository } from "../repositories/user.repository.js";\nexport class A { private readonly users = new UserRepository(); list() { return this.users.find(); } }', "2:43 injected-dependencies made"],
    ["a client that a service makes", 'import { PrismaClient } from "@prisma/client";\nexport class A { private readonly prisma = new PrismaClient(); list() { return this.prisma.user.findMany(); } }', "2:44 injected-dependencies made"],
    ["a queue that a service makes beside a repository", 'import { Queue } from "bullmq";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class A { constructor(readonly users: UserRepository) {} private readonly mails = new Queue("mails"); send() { return [UserRepository.name, this.mails.add("mail", {})]; } }', "3:90 injected-dependencies made"],
    ["one made in a function", 'import { UserRepository } from "../repositories/user.repository.js";\nexport const list = () => new UserRepository().find();', "2:27 injected-dependencies made"],
    ["a pool that a service makes", 'import { Pool } from "pg";\nexport class A { private readonly db; constructor() { this.db = new Pool(); } list() { return this.db.query("select 1"); } }', "2:65 injected-dependencies made"],
    ["a client that a method makes of its settings", 'import postgres from "postgres";\nimport { settings } from "../settings/settings.js";\nexport class A { async list(page: number) { const db = postgres({ host: settings.host }); return db`select ${page}`; } }', "3:56 injected-dependencies made"],
    ["one made in a method", 'import { UserRepository } from "../repositories/user.repository.js";\nexport class A { list() { const users = new UserRepository(); return users.find(); } }', "2:41 injected-dependencies made"],
    ["one that a class makes and hands on", 'import { UserRepository } from "../repositories/user.repository.js";\nclass Finder { constructor(readonly users: UserRepository) {} }\nexport class A { private readonly finder = new Finder(new UserRepository()); list() { return this.finder.users.find(); } }', "3:55 injected-dependencies made"],
    ["one that is handed in and used besides", 'import { UserRepository } from "../repositories/user.repository.js";\nclass Finder { constructor(readonly users: UserRepository) {} }\nexport const list = () => { const users = new UserRepository(); return [new Finder(users), users.find()]; };', "3:43 injected-dependencies made"],
    ["one that a function works with that makes nothing", 'import { UserRepository } from "../repositories/user.repository.js";\nconst count = (users: UserRepository) => users.find().length;\nexport const many = () => { const users = new UserRepository(); return count(users); };', "3:43 injected-dependencies made"],
    ["one that its class keeps for all", 'import { KeptRepository } from "../repositories/kept.repository.js";\nexport class A { private readonly kept = KeptRepository.getInstance(); list() { return this.kept.find(); } }', "2:42 injected-dependencies fetched"],
    ["one that an ORM is asked for", 'import { getCustomRepository } from "typeorm";\nimport { KeptRepository } from "../repositories/kept.repository.js";\nexport const list = () => { const kept = getCustomRepository(KeptRepository); return kept.find(); };', "3:42 injected-dependencies fetched"],
    ["a singleton under another name", 'import { users as people } from "../repositories/user.repository.js";\nexport const list = () => people.find();', "1:33 injected-dependencies singleton"],
    ["a singleton that is handed in and used besides", 'import { UserRepository, users } from "../repositories/user.repository.js";\nexport class Finder { constructor(readonly people: UserRepository) {} first() { return users.find()[0]; } }\nexport const finder = new Finder(users);', "1:39 injected-dependencies singleton"],
    ["a singleton that a function is given when it is called", 'import { users } from "../repositories/user.repository.js";\nconst count = (people: { find(): unknown[] }) => people.find().length;\nexport const many = () => count(users);', "1:23 injected-dependencies singleton"],
    ["a singleton of a repository", 'import { users } from "../repositories/user.repository.js";\nexport const list = () => users.find();', "1:23 injected-dependencies singleton"],
  ])("%s", async (_name, code, found) => {
    expect(await check(code)).toEqual([`${file}:${found}`]);
  });
});

it("reports a client that is made at load, which no-bootstrap-on-import reports for that", async () => {
  const files = { "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n', [file]: 'import { prisma } from "../db.js";\nexport const list = () => prisma.user.findMany();' };
  expect(await checkProject(files, { rule })).toEqual([`${file}:1:24 injected-dependencies singleton`]);
  const handedOn = { "src/db/client.js": 'const { Sequelize } = require("sequelize");\nconst sequelize = new Sequelize("");\nmodule.exports = { sequelize };\n', "src/db/index.js": 'const { sequelize } = require("./client");\nmodule.exports = { sequelize };\n', "src/services/b.service.js": 'const { sequelize } = require("../db");\nconst { list } = require("./c.service");\nexports.all = () => [sequelize.close(), list()];', "src/services/c.service.js": "exports.list = () => [1];" };
  expect(await checkProject(handedOn, { rule })).toHaveLength(1);
  expect(await checkProject(files, { rule, preset: "strict" })).toEqual([`${file}:1:24 injected-dependencies singleton`]);
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/services/s${index + 10}.service.ts`, files[file]]));
  expect(await checkProject({ "src/db.ts": files["src/db.ts"], ...many }, { rule })).toEqual(["src/services/s10.service.ts:1:24 injected-dependencies allImport"]);
});

describe("stays silent on", () => {
  it.each([
    ["the client that an adapter of another system is about", 'import { Queue } from "bullmq";\nexport class A { private readonly mails = new Queue("mails"); send() { return this.mails.add("mail", {}); } }'],
    ["what a manager of queues is about", 'import { Queue } from "bullmq";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class QueueManager { constructor(readonly users: UserRepository) {} private readonly mails = new Queue("mails"); send() { return [UserRepository.name, this.mails.add("mail", {})]; } }'],
    ["a client of the system that a method is given", 'import postgres from "postgres";\ndeclare const hosts: { of(tenant: string): Promise<{ name: string }> };\nexport class A { async list(tenant: string) { const host = await hosts.of(tenant); const db = postgres({ host: host.name }); return db`select 1`; } }'],
    ["what a service is called after, beside the name of its language", 'import { createClient } from "@supabase/supabase-js";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class SupabaseService { private readonly client = createClient("https://db", "key"); constructor(readonly users: UserRepository) {} }'],
    ["what a service is called after", 'import { createClient } from "redis";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class RedisEventsService { constructor(readonly users: UserRepository) {} private readonly client = createClient(); send() { return [UserRepository.name, this.client.publish("mail", "")]; } }'],
    ["the default of a part of a parameter", 'import { UserRepository } from "../repositories/user.repository.js";\nexport const finder = ({ users = new UserRepository(), limits: [most = 5] = [] }: { users?: UserRepository; limits?: number[] } = {}) => ({ list: () => users.find().slice(most) });'],
    ["an import of CommonJS", 'const whole = require("../repositories/whole.repository.js");\nexport const f = () => whole.find();'],
    ["what a class keeps for all, handed to what works with it", 'import { KeptRepository } from "../repositories/kept.repository.js";\nclass Finder { constructor(readonly kept: KeptRepository) {} }\nexport const createFinder = () => new Finder(KeptRepository.getInstance());'],
    ["what the constructor is given", 'import type { UserRepository } from "../repositories/user.repository.js";\nexport class A { constructor(private readonly users: UserRepository) {} list() { return this.users.find(); } }'],
    ["what a factory hands to another", 'import { UserRepository } from "../repositories/user.repository.js";\nconst createFinder = (users: UserRepository) => ({ users });\nexport const createFinders = (db: unknown) => { const users = new UserRepository(); const finder = createFinder(users); return [finder, db]; };'],
    ["a builder of one query", 'import { UserQueryBuilder } from "../repositories/user-query-builder.js";\nexport const list = (name: string) => new UserQueryBuilder(name).run();'],
    ["a default parameter", 'import { UserRepository } from "../repositories/user.repository.js";\nexport const list = (users = new UserRepository()) => users.find();'],
    ["a factory that takes them", 'import type { UserRepository } from "../repositories/user.repository.js";\nexport const makeA = (users: UserRepository) => ({ list: () => users.find() });'],
    ["what a factory puts together", 'import { UserRepository } from "../repositories/user.repository.js";\nclass Finder { constructor(readonly users: UserRepository, readonly others: UserRepository) {} }\nexport const makeFinder = () => { const users = new UserRepository(); return new Finder(users, users); };'],
    ["a service that is put together beside its class", 'import { UserRepository } from "../repositories/user.repository.js";\nexport class Finder { constructor(readonly users: UserRepository) {} }\nexport const finder = new Finder(new UserRepository());'],
    ["a singleton that goes to the service beside its class", 'import { type UserRepository, users } from "../repositories/user.repository.js";\nexport class Finder { constructor(readonly people: UserRepository) {} list() { return this.people.find(); } }\nexport const finder = new Finder(users);'],
    ["a singleton as a default parameter", 'import { users } from "../repositories/user.repository.js";\nexport const list = (people = users) => people.find();'],
    ["a singleton that goes to a factory at load", 'import { type UserRepository, users } from "../repositories/user.repository.js";\nexport const makeFinder = (people: UserRepository) => ({ list: () => people.find() });\nexport const finder = makeFinder(users);'],
    ["what a factory puts together in an object", 'import { UserRepository } from "../repositories/user.repository.js";\nclass Finder { constructor(readonly stores: { users: UserRepository; more: unknown[] }) {} }\nexport const makeFinder = () => { const users = new UserRepository(); const stores = { users, more: [new UserRepository()] }; return new Finder(stores); };'],
    ["a type of a repository", 'import { type UserRepository } from "../repositories/user.repository.js";\nexport class A { constructor(private readonly users: UserRepository) {} }'],
    ["a repository that a container hands out", 'import { UserRepository } from "../repositories/user.repository.js";\ndeclare const container: { get(token: unknown): UserRepository };\nexport const list = () => container.get(UserRepository).find();'],
    ["a repository that works in the open transaction", 'import type { PrismaClient } from "@prisma/client";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class A { constructor(private readonly db: PrismaClient) {} list() { return this.db.$transaction(async (tx) => new UserRepository(tx).find()); } }'],
    ["a repository that a method makes in each transaction", 'import type { Prisma, PrismaClient } from "@prisma/client";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport class A { constructor(private readonly db: PrismaClient) {} list() { return this.db.$transaction((tx) => this.users(tx).find()); } private users(db: Omit<PrismaClient, "$transaction">) { const users = new UserRepository(db); return users; } }'],
    ["a method that gives back what it makes of what it is given", 'import { Pool } from "pg";\nexport class PoolService { init(config: object) { return new Pool(config); } }'],
    ["a factory that gives back what it makes", 'import { UserRepository } from "../repositories/user.repository.js";\nexport function usersFor(kind: string) { switch (kind) { case "memory": return new UserRepository(); default: return undefined; } }'],
    ["what stands in the place of another in tests", 'import { FakeUserRepository } from "../repositories/fake-user.repository.js";\nexport const dependencies = () => { const users = new FakeUserRepository(); return { users }; };'],
    ["a collection of the language", "export const seen = new Map(); export const list = () => new Set(seen.keys());"],
    ["an entity", 'import { User } from "../users/user.entity.js";\nexport const make = () => new User();'],
    ["a producer of an injected client", 'import type { Kafka } from "kafkajs";\nexport class A { constructor(private readonly kafka: Kafka) {} send() { return this.kafka.producer().connect(); } }'],
    ["what an injected repository hands on", 'import type { EntityRepository } from "@mikro-orm/core";\nexport class A { constructor(private readonly orders: EntityRepository<object>) {} em() { return this.orders.getEntityManager(); } }'],
    ["a call of an injected client", 'import type { EntityManager } from "@mikro-orm/core";\nexport class A { constructor(private readonly em: EntityManager) {} drop(user: object) { return this.em.remove(user); } }'],
  ])("%s", async (_name, code) => {
    expect(await check(code)).toEqual([]);
  });
});

describe("many services of one package", () => {
  const services = (count: number, code: string): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/services/s${String(at).padStart(2, "0")}.service.ts`, code]));
  const makes = 'import { UserRepository } from "../repositories/user.repository.js";\nexport class A { private readonly users = new UserRepository(); list() { return this.users.find(); } }';
  const imports = 'import { users } from "../repositories/user.repository.js";\nexport const list = () => users.find();';

  it("tells once what more than ten have in common, each way for itself", async () => {
    expect(await checkProject({ ...repository, ...services(11, makes) }, { rule })).toEqual(["src/services/s00.service.ts:2:43 injected-dependencies allMake"]);
    expect(await checkProject({ ...repository, ...services(11, imports) }, { rule })).toEqual(["src/services/s00.service.ts:1:23 injected-dependencies allImport"]);
  });

  it("tells each where they are few, and in the whole standard", async () => {
    expect(await checkProject({ ...repository, ...services(3, makes) }, { rule })).toHaveLength(3);
    expect(await checkProject({ ...repository, ...services(11, makes) }, { rule, preset: "strict" })).toHaveLength(11);
  });

  it("counts no client, whose cause is another", async () => {
    const client = 'import { PrismaClient } from "@prisma/client";\nexport class A { private readonly prisma = new PrismaClient(); list() { return this.prisma.user.findMany(); } }';
    expect(await checkProject({ ...repository, ...services(11, client) }, { rule })).toHaveLength(11);
  });
});

it("reports a method that makes a client of its own and gives it back", async () => {
  expect(await check('import { Pool } from "pg";\nexport class PoolService { pool() { return new Pool({ max: 5 }); } }')).toHaveLength(1);
});

it("counts clients of other systems that are made already where strict asks for all", async () => {
  const files = { "src/clients/bus.ts": 'import { EventBridgeClient } from "@aws-sdk/client-eventbridge";\nexport const bus = new EventBridgeClient({});', [file]: 'import { PutEventsCommand } from "@aws-sdk/client-eventbridge";\nimport { bus } from "../clients/bus.js";\nexport const tell = async (text: string) => { await bus.send(new PutEventsCommand({ Entries: [{ Detail: text }] })); };' };
  expect(await checkProject(files, { rule, preset: "strict" })).toEqual([`${file}:2:21 ${rule} singleton`]);
  expect(await checkProject(files, { rule, preset: "recommended" })).toEqual([]);
});

it("takes what a default is made of for handed in, through a call as well", async () => {
  expect(await check('import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nimport { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";\nimport { UserRepository } from "../repositories/user.repository.js";\nexport const users = (rows = new UserRepository(DynamoDBDocumentClient.from(new DynamoDBClient({})))) => ({ list: () => rows.find() });')).toEqual([]);
});

it("leaves transactions that are begun of a client that was given alone", async () => {
  const begin = (name: string): Record<string, string> => ({ "src/database/begin.ts": `import type { Knex } from "knex";\nexport class ${name} { constructor(private readonly knex: Knex) {} async begin() { await this.knex.raw("begin"); } }`, [file]: `import type { Knex } from "knex";\nimport { ${name} } from "../database/begin.js";\nexport class A { constructor(private readonly knex: Knex) {} async run() { const one = new ${name}(this.knex); await one.begin(); } }` });
  expect(await checkProject(begin("Transaction"), { rule })).toEqual([]);
  expect(await checkProject(begin("OrderRepository"), { rule })).toHaveLength(1);
});
