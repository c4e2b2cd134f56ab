import { describe, expect, it, vi } from "vitest";
import { dataAccessOf, type StoreOperation } from "../../src/model/data/data-access.js";
import { modelOf, type ProjectLiteral } from "../support/model.js";

/** The operations of a file. */
function operations(text: string, others: ProjectLiteral = {}): readonly StoreOperation[] {
  return dataAccessOf(modelOf({ "src/a.ts": text, ...others })).of("src/a.ts");
}

const source = (text: string, node: { readonly span: readonly [number, number] }): string => text.slice(node.span[0], node.span[1]);

/** One line for each operation: role, session, what it is done on, and what matters of the rest. */
function lines(text: string, others: ProjectLiteral = {}): string[] {
  return operations(text, others).map((operation) => {
    const part = (name: string, nodes: readonly { readonly span: readonly [number, number] }[]): string => (nodes.length === 0 ? "" : ` ${name}(${nodes.map((node) => source(text, node)).join(" ; ")})`);
    return `${operation.role} ${operation.receiver.session ?? "-"} ${source(text, operation.receiver.root)}${part("data", operation.data)}${part("filter", operation.filter)}${part("limit", operation.limit)}${part("text", operation.text)}${part("handle", operation.handle)}`;
  });
}

const prisma = 'import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); ';
const drizzle = 'import { drizzle } from "drizzle-orm/node-postgres"; import { sql, eq } from "drizzle-orm"; import { users } from "./schema"; const db = drizzle("url"); ';
const kysely = 'import { Kysely, sql } from "kysely"; const db = new Kysely<DB>({ dialect }); ';
const knex = 'import knex from "knex"; const db = knex({}); ';
const pg = 'import { Pool } from "pg"; const pool = new Pool(); ';

describe("reads and writes", () => {
  it("of Prisma", () => {
    expect(lines(`${prisma}async function f(id, take) { await prisma.user.findMany({ where: { id }, take }); await prisma.user.create({ data: { id } }); await prisma.post.deleteMany(); return prisma.user.findUnique({ where: { id } }); }`)).toEqual([
      "list client prisma filter({ id }) limit(take)",
      "write client prisma data({ id })",
      "write client prisma",
      "read client prisma filter({ id })",
    ]);
  });

  it("of Prisma behind a class of the project", () => {
    const text = 'import { PrismaService } from "./prisma"; class Users { constructor(private readonly prisma: PrismaService) {} all() { return this.prisma.user.findMany(); } }';
    expect(lines(text, { "src/prisma.ts": 'import { PrismaClient } from "@prisma/client"; export class PrismaService extends PrismaClient {}' })).toEqual(["list client this.prisma"]);
  });

  it("of a Prisma client that is generated into the project, committed or not", () => {
    const schema = 'generator client {\n  provider = "prisma-client"\n  output   = "../src/generated/prisma"\n}\nmodel User { id Int @id }';
    const text = 'import { PrismaClient } from "./generated/prisma/client"; const prisma = new PrismaClient(); async function f() { return prisma.user.findMany(); }';
    expect(lines(text, { "package.json": "{}", "prisma/schema.prisma": schema })).toEqual(["list client prisma"]);
    expect(lines(text, { "package.json": "{}", "prisma/schema.prisma": schema, "src/generated/prisma/client.ts": "export const PrismaClient: any = null;" })).toEqual(["list client prisma"]);
    expect(lines(text, { "package.json": "{}", "src/generated/prisma/client.ts": "export class PrismaClient { user = { findMany() {} }; }" })).toEqual([]);
  });

  it("of a Prisma client that is generated into a package of its own", () => {
    const schema = 'generator client {\n  provider = "prisma-client-js"\n  output   = "../node_modules/@prisma/client-billing"\n}\nmodel User { id Int @id }';
    const text = (name: string): string => `import { PrismaClient } from "${name}"; const prisma = new PrismaClient(); async function f() { return prisma.user.findMany(); }`;
    expect(lines(text("@prisma/client-billing"), { "package.json": "{}", "prisma/schema.prisma": schema })).toEqual(["list client prisma"]);
    expect(lines(text("@prisma/client-bill"), { "package.json": "{}", "prisma/schema.prisma": schema })).toEqual([]);
    const hidden = schema.replace("@prisma/client-billing", ".prisma/billing");
    expect(lines(text(".prisma/billing"), { "package.json": "{}", "prisma/schema.prisma": hidden })).toEqual(["list client prisma"]);
    expect(lines(text(".prisma/orders"), { "package.json": "{}", "prisma/schema.prisma": hidden })).toEqual([]);
  });

  it("of NeDB, which waits for a callback or gives a promise", () => {
    expect(lines('import Datastore from "@seald-io/nedb"; const notes = new Datastore({ filename: "notes.db" }); async function f(id, given) { const note = await notes.findOneAsync({ id }); notes.find({}).sort({ at: 1 }).limit(5).exec(() => {}); await notes.updateAsync({ id }, given); notes.remove({ id }, () => {}); }')).toEqual([
      "read - notes filter({ id })",
      "list - notes filter({}) limit(5)",
      "write - notes data(given) filter({ id })",
      "write - notes filter({ id })",
    ]);
  });

  it("of Drizzle, one chain being one operation", () => {
    expect(lines(`${drizzle}async function f(id) { await db.select().from(users).where(eq(users.id, id)).limit(10); await db.insert(users).values({ id }).onConflictDoUpdate({ target: users.id, set: { id } }); await db.update(users).set({ id }).where(eq(users.id, 1)); await db.delete(users); await db.query.users.findFirst({ where: 1 }); }`)).toEqual([
      "list client db filter(eq(users.id, id)) limit(10)",
      "write client db data({ id } ; { id })",
      "write client db data({ id }) filter(eq(users.id, 1))",
      "write client db",
      "read client db filter(1)",
    ]);
  });

  it("of Kysely", () => {
    expect(lines(`${kysely}async function f(id) { await db.selectFrom("user").selectAll().where("id", "=", id).executeTakeFirst(); await db.selectFrom("user").selectAll().execute(); await db.insertInto("user").values({ id }).execute(); }`)).toEqual(["read client db filter(\"id\" ; id)", "list client db", "write client db data({ id })"]);
  });

  it("of Knex", () => {
    expect(lines(`${knex}async function f(id) { await db("users").where({ id }).first(); await db("users").where("id", id).update({ id }); await db("users").insert({ id }); await db.select("*").from("users").limit(5); }`)).toEqual([
      "read client db filter({ id })",
      'write client db data({ id }) filter("id" ; id)',
      "write client db data({ id })",
      "list client db limit(5)",
    ]);
  });

  it("of TypeORM repositories, builders and active records", () => {
    const text = 'import { InjectRepository } from "@nestjs/typeorm"; import { Repository, BaseEntity } from "typeorm"; class User extends BaseEntity {} class S { constructor(@InjectRepository(User) private readonly users: Repository<User>) {} async f(id) { await this.users.find({ where: { id }, take: 5 }); const u = this.users.create({ id }); await this.users.save(u); await this.users.createQueryBuilder("u").where("u.id = :id", { id }).getMany(); await User.find(); } }';
    expect(lines(text)).toEqual([
      "list - this.users filter({ id }) limit(5)",
      "build - this.users data({ id })",
      "write - this.users data(u)",
      'list - this.users filter("u.id = :id") text("u.id = :id")',
      "list - User",
    ]);
  });

  it("of Mongoose, with the documents that awaited queries give", () => {
    const text = 'import mongoose from "mongoose"; const User = mongoose.model("User", schema); async function f(name) { const user = await User.findOne({ name }); user.name = name; await user.save(); await User.find({ name }).limit(3).lean(); await User.create({ name }); const rows = await User.find(); rows.map((row) => row.name); for (const row of rows) await row.save(); }';
    expect(lines(text)).toEqual(["read - User filter({ name })", "write - user", "list - User filter({ name }) limit(3)", "write - User data({ name })", "list - User", "write - row"]);
  });

  it("of models that a CommonJS index hands on", () => {
    const others = { "src/models/index.js": 'module.exports.User = require("./user");', "src/models/user.js": 'const mongoose = require("mongoose"); const User = mongoose.model("User", schema); module.exports = User;' };
    expect(lines('const { User } = require("./models"); async function f() { await User.create({}); }', others)).toEqual(["write - User data({})"]);
  });

  it("of models that an index of Sequelize loads from its folder", () => {
    const others = {
      "src/models/index.js": 'const fs = require("fs"); const path = require("path"); const Sequelize = require("sequelize"); const sequelize = new Sequelize("shop"); const db = {}; fs.readdirSync(__dirname).forEach((file) => { const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes); db[model.name] = model; }); db.sequelize = sequelize; module.exports = db;',
      "src/models/user.js": 'module.exports = (sequelize, DataTypes) => sequelize.define("User", { name: DataTypes.STRING });',
      "src/models/order.js": 'const { Model } = require("sequelize"); module.exports = (sequelize) => { class Order extends Model {} Order.init({}, { sequelize, modelName: "Order" }); return Order; };',
    };
    expect(lines('const db = require("./models"); const { Order } = require("./models"); async function f(name) { await db.User.create({ name }); await Order.findAll({ where: { name } }); await db.Other.create({}); await db.sequelize.query("SELECT 1"); }', others).map((line) => line.split(" text")[0])).toEqual(["write client db.User data({ name })", "list client Order filter({ name })", "read client db.sequelize"]);
  });

  it("of drivers, by their text", () => {
    expect(lines(`${pg}const table = "users"; async function f(id) { await pool.query("SELECT * FROM users WHERE id = $1", [id]); await pool.query({ text: \`DELETE FROM \${table}\`, values: [] }); await pool.query("SELECT count(*) FROM users"); await pool.query("CREATE TABLE x (id int)"); }`).map((line) => line.split(" text")[0])).toEqual(["list client pool", "write client pool", "read client pool", "schema client pool"]);
  });

  it("of Mongoose models that are injected by type", () => {
    const text = 'import { InjectModel } from "@nestjs/mongoose"; import { Model } from "mongoose"; class Users { constructor(@InjectModel("User") private readonly model: Model<User>) {} async f(id) { const made = new this.model({ id }); await made.save(); const one = await this.model.findById(id); return one?.toObject(); } }';
    expect(lines(text)).toEqual(["write - made", "read - this.model filter(id)"]);
  });

  it("of Sequelize, with the place of the handle", () => {
    const text = 'import { Model } from "sequelize"; class User extends Model {} async function f(id, t) { await User.findByPk(id, { transaction: t }); await User.update({ id }, { where: { id }, transaction: t }); const u = await User.findOne({ where: { id } }); await u.destroy(); }';
    expect(lines(text)).toEqual(["read - User filter(id) handle(t)", "write - User data({ id }) filter({ id }) handle(t)", "read - User filter({ id })", "write - u"]);
    expect(operations(text).map(({ takesHandle }) => takesHandle)).toEqual([true, true, true, true]);
  });

  it("of commands that a client sends", () => {
    expect(lines('import { PutCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb"; const c = DynamoDBDocumentClient.from(x); async function f(item) { await c.send(new PutCommand({ Item: item })); }').map((line) => line.split(" ").slice(0, 1).concat(line.split(" ").slice(3)).join(" "))).toEqual(["execute", "write data(item)"]);
  });
});

describe("text", () => {
  it("is what the store runs as it is", () => {
    expect(lines(`${prisma}async function f(id, t) { await prisma.$queryRaw\`SELECT \${id}\`; await prisma.$queryRawUnsafe("SELECT " + id); await prisma.$executeRaw\`UPDATE x SET y = \${id} WHERE z = 1\`; }`)).toEqual(["list client prisma", 'list client prisma text("SELECT " + id)', "write client prisma"]);
  });

  it("is not what a tag of the library made", () => {
    expect(lines(`${drizzle}async function f(id) { await db.execute(sql\`SELECT * FROM a WHERE id = \${id}\`); await db.execute("SELECT * FROM a WHERE id = " + id); const q = sql\`DELETE FROM a\`; await db.execute(q); sql.raw(id); }`)).toEqual([
      "list client db",
      "bound - sql",
      'list client db text("SELECT * FROM a WHERE id = " + id)',
      "bound - sql",
      "statement client db",
      "raw - sql text(id)",
    ]);
  });

  it("tells postgres.js from slonik where `unsafe` is concerned", () => {
    expect(lines('import postgres from "postgres"; const sql = postgres("url"); async function f(id) { await sql`select * from a where id = ${id}`; await sql.unsafe("select " + id); }').map((line) => line.includes("text("))).toEqual([false, true]);
    expect(lines('import { createPool, sql } from "slonik"; async function f(id) { const pool = await createPool("url"); await pool.any(sql.unsafe`select ${id}`); }').some((line) => line.includes("text("))).toBe(false);
  });
});

describe("transactions", () => {
  it("give a handle to their callback", () => {
    const text = `${prisma}async function f() { await prisma.$transaction(async (tx) => { await tx.user.create({ data: {} }); await prisma.user.create({ data: {} }); }); }`;
    const [transaction, inside, outside] = operations(text);
    expect(transaction?.role).toBe("transaction");
    expect(transaction?.body).toHaveLength(1);
    expect(transaction?.batch).toHaveLength(0);
    expect(inside?.receiver.session).toBe("handle");
    expect(outside?.receiver.session).toBe("client");
  });

  it("tell a batch from a callback", () => {
    const [transaction] = operations(`${prisma}async function f() { await prisma.$transaction([prisma.user.create({ data: {} })]); }`);
    expect(transaction?.batch).toHaveLength(1);
    expect(transaction?.body).toHaveLength(0);
  });

  it("reach repositories of the handle", () => {
    expect(lines('import { DataSource } from "typeorm"; async function f(ds: DataSource) { await ds.transaction(async (m) => { await m.getRepository(User).save({}); await m.save({}); await ds.getRepository(User).save({}); }); }').slice(1)).toEqual(["write handle m data({})", "write handle m data({})", "write client ds data({})"]);
  });

  it("are begun and ended by hand", () => {
    expect(lines(`${pg}async function f() { const c = await pool.connect(); try { await c.query("BEGIN"); await c.query("INSERT INTO a VALUES (1)"); await c.query("COMMIT"); } catch (e) { await c.query("ROLLBACK"); } finally { c.release(); } }`).map((line) => line.split(" text")[0])).toEqual(["acquire client pool", "begin handle c", "write handle c", "commit handle c", "rollback handle c", "release handle c"]);
    expect(lines('import { DataSource } from "typeorm"; async function f(ds: DataSource) { const r = ds.createQueryRunner(); await r.connect(); await r.startTransaction(); await r.manager.save({}); await r.commitTransaction(); await r.release(); }').map((line) => line.split(" data")[0])).toEqual(["acquire client ds", "connect handle r", "begin handle r", "write handle r", "commit handle r", "release handle r"]);
  });

  it("may be used by a name that stands for either", () => {
    const text = `${knex}async function save(trx?) { await (trx ?? db)("a").insert({}); } async function f() { await db.transaction(async (trx) => { await save(trx); }); }`;
    expect(operations(text).map(({ receiver }) => receiver.session)).toEqual(["either", "client"]);
  });

  it("of Kysely and Knex", () => {
    expect(lines(`${kysely}async function f() { await db.transaction().execute(async (trx) => { await trx.insertInto("a").values({}).execute(); }); }`)).toEqual(["transaction client db", "write handle trx data({})"]);
    expect(lines(`${knex}async function f() { const trx = await db.transaction(); await trx("a").insert({}); await db("a").insert({}).transacting(trx); await trx.commit(); }`)).toEqual(["transaction client db", "write handle trx data({})", "write client db data({}) handle(trx)", "commit handle trx"]);
  });
});

describe("builders over several statements", () => {
  it("count as one operation", () => {
    expect(lines(`${knex}async function f(n) { const q = db("a").select("*"); if (n) q.limit(n); q.where({ n }); return q; }`)).toEqual(["list client db filter({ n }) limit(n)"]);
    expect(lines('import { DataSource } from "typeorm"; async function f(ds: DataSource, n) { const qb = ds.createQueryBuilder(); qb.where("x = 1"); qb.take(n); return qb.getMany(); }')).toEqual(['list client ds filter("x = 1") limit(n) text("x = 1")']);
  });

  it("go on where a function of the project began them", () => {
    const [, continued] = operations(`${knex}const base = () => db("a").select("*"); async function f(n) { return base().where({ n }).limit(3); }`);
    expect(continued).toMatchObject({ role: "list", continued: true });
    expect(continued?.limit).toHaveLength(1);
  });

  it("of Kysely change nothing unless the result is taken", () => {
    expect(lines(`${kysely}async function f(n) { let q = db.selectFrom("a"); q.limit(n); return q.execute(); }`)).toEqual(["list client db"]);
    expect(lines(`${kysely}async function f(n) { let q = db.selectFrom("a"); q = q.limit(n); return q.execute(); }`)).toEqual(["list client db limit(n)"]);
  });
});

describe("completion", () => {
  const completions = (text: string): string[] => operations(text).map(({ completion, execution, executed }) => `${completion} ${execution}${executed ? " executed" : ""}`);

  it("tells whether anybody waits", () => {
    expect(completions(`${prisma}async function f() { prisma.user.create({ data: {} }); await prisma.user.create({ data: {} }); void prisma.user.count(); const x = prisma.user.count(); await Promise.all([prisma.user.count()]); prisma.user.count().then(g); return prisma.user.count(); } const h = () => prisma.user.count();`)).toEqual(["dropped lazy", "awaited lazy", "voided lazy", "stored lazy", "passed lazy", "chained lazy", "returned lazy", "returned lazy"]);
  });

  it("of a variable is that of its use", () => {
    expect(completions(`${prisma}async function f() { const all = prisma.user.count(); const one = prisma.user.count(); return one; }`)).toEqual(["stored lazy", "returned lazy"]);
    expect(completions('import { DataSource } from "typeorm"; async function f(ds: DataSource) { const qb = ds.createQueryBuilder(); qb.where("x = 1"); return qb.getMany(); }')).toEqual(["returned eager"]);
    expect(completions(`${knex}async function f() { const q = db("a").insert({}); q.onConflict("id").ignore(); await q; }`)).toEqual(["awaited lazy"]);
  });

  it("tells whether a builder was run", () => {
    expect(completions(`${kysely}async function f() { db.insertInto("a").values({}); await db.insertInto("a").values({}).execute(); }`)).toEqual(["dropped explicit", "awaited eager executed"]);
    expect(completions('import Database from "better-sqlite3"; const db = new Database("x"); db.prepare("select 1").all();')).toEqual(["dropped sync executed"]);
  });
});

it("knows Lucid by the names that the container of AdonisJS gave it before version 6", () => {
  expect(lines('import { BaseModel } from "@ioc:Adonis/Lucid/Orm"; import Database from "@ioc:Adonis/Lucid/Database"; class Loan extends BaseModel {} async function f() { await Loan.find(1); return Database.from("loans").where("open", true); }')).toHaveLength(2);
  expect(lines('import Env from "@ioc:Adonis/Core/Env"; class Loan { static find(id: number) { return id; } } async function f() { return [Env.get("PORT"), Loan.find(1)]; }')).toEqual([]);
});

describe("look-alikes", () => {
  it("are nothing", () => {
    expect(lines('const users = new Map(); users.delete(1); const list = [1]; list.find((x) => x); fetch("/x"); class Repo { find() {} } new Repo().find(); import axios from "axios"; axios.create().delete("/x");')).toEqual([]);
    expect(lines(`${drizzle}async function f() { const rows = await db.select().from(users); rows.map((row) => row.id); rows.values(); return rows.filter(Boolean); }`)).toEqual(["list client db"]);
    expect(lines(`${knex}async function f() { const rows = await db("a"); show(rows); } function show(rows) { rows.forEach((r) => r); rows.update(); }`)).toEqual(["list client db"]);
  });

  it("are rows, however far they are carried", () => {
    expect(lines(`${drizzle}async function f() { const [row] = await db.insert(users).values({}).returning(); const rest = await db.insert(users).values([]).returning(); return shown(row, rest); } function shown(row, rest) { return rest.slice().sort((a, b) => a.place - b.place).map(toShown); }`)).toEqual(["write client db data({})", "write client db data([])"]);
    expect(lines(`${drizzle}async function f() { const rows = await db.select().from(users); const some = rows.filter((row) => row.ok); some.map((row) => row.id); (await db.select().from(users)).map(String); return rows.filter(Boolean).map(String); }`)).toEqual(["list client db", "list client db"]);
    expect(lines('import { MongoClient } from "mongodb"; async function f() { const client = await new MongoClient("url").connect(); return client.db().collection("a").find().limit(3).toArray(); }')).toEqual(["connect client new MongoClient(\"url\")", "list client client limit(3)"]);
  });

  it("of the bounded kind are marked", () => {
    expect(operations('import Redis from "ioredis"; const r = new Redis(); async function f() { await r.scan(0); await r.keys("*"); }').map(({ role, bounded }) => [role, bounded])).toEqual([["list", true], ["list", false]]);
    expect(operations(`${pg}async function f() { await pool.query("SELECT * FROM a LIMIT 5"); }`).map(({ bounded }) => bounded)).toEqual([true]);
  });
});

it("asks in bounded work what was awaited where functions hand each other a list all around", () => {
  const names = Array.from({ length: 16 }, (_, index) => `step${index}`);
  const text = names.map((name) => `export function ${name}(rows) { ${names.map((other) => `${other}(rows);`).join(" ")} return rows.find(1); }`).join("\n");
  const model = modelOf({ "package.json": '{ "dependencies": { "mongodb": "6.0.0" } }', "src/steps.ts": `import { MongoClient } from "mongodb";\n${text}\nexport const start = () => step0(new MongoClient("mongodb://db").db().collection("rows"));\n` });
  const asked = vi.spyOn(model.values.callSites, "of");
  model.dataAccess.of("src/steps.ts");
  expect(asked.mock.calls.length).toBeLessThan(100_000);
});
