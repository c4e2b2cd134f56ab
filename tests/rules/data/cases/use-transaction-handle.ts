import type { ProjectLiteral } from "../../../support/model.js";
import { drizzle, firestore, kysely, knex, libsql, mikro, mongodb, mongoose, mssql, mysql2, objection, pg, postgres, prisma, sequelize, slonik, sqlite, typeorm } from "./stores.js";

/** A situation, and its code; a line that must be reported ends with `// ! message`. */
export type Case = readonly [name: string, code: string, others?: ProjectLiteral];

const nestPrisma = 'import { PrismaService } from "./prisma.service";\n';
const prismaService = { "src/prisma.service.ts": 'import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class PrismaService extends PrismaClient {}\n' };

const optional = `import { prisma } from "./db";
export async function pay({ account, owner }) {
  if (owner && account === undefined) account = (await prisma.owner.findFirst({ where: { owner } })).account;
  return account;
}
export async function openFor(owner, known) { return known ?? (await prisma.owner.findFirst({ where: { owner } })); }
export async function mark(id, tx) { if (tx) await tx.mark.create({ data: { id } }); else await prisma.mark.create({ data: { id } }); }
export async function tell(id) { await prisma.note.create({ data: { id } }); }
`;

/** Mistakes in transactions. */
export const reported: readonly Case[] = [
  ["a method that opens another transaction by the same function, and one of a bound repository that nobody waits for", `import { units, users } from "./units";
export class Accounts {
  find(id: string) { return units.run((manager) => manager.withRepository(users).byId(id)); }
  confirm(id: string) {
    return units.run(async (manager) => {
      const user = await this.find(id); // ! nested
      const bound = manager.withRepository(users);
      bound.keep({ ...user, confirmed: true }); // ! notAwaited
      await bound.keep(user);
    });
  }
}`, { "src/units.ts": `import { DataSource, EntityManager } from "typeorm";
import { User } from "./user";
const source = new DataSource({ type: "postgres" });
class Units { run<T>(work: (manager: EntityManager) => Promise<T>) { return source.transaction("SERIALIZABLE", work); } }
export const units = new Units();
export const users = source.getRepository(User).extend({
  async byId(id: string) { return this.findOne({ where: { id } }); },
  async keep(user) { return this.save(user); },
});
` }],
  ["Knex: a function that makes the builder, and no transaction behind it", `${knex}const a = (db) => db("a");
export async function f() {
  await knex.transaction(async (trx) => {
    await trx("b").insert({});
    await a(knex).where({ id: 2 }).del(); // ! outer
  });
}`],
  ["a new row that is given no session", `import mongoose from "mongoose";
const User = mongoose.model("User", new mongoose.Schema({ owner: String }));
export const f = async (owner) => {
  const session = await mongoose.startSession();
  session.startTransaction();
  try {
    await new User({ owner }).save(); // ! outer
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  } finally {
    await session.endSession();
  }
};`],
  ["what a helper looks up where its caller gives nothing, what it is waited for, and a failure that is thrown on", `import { prisma } from "./db";
import { mark, openFor, pay, tell } from "./helpers";
export const f = (owner) => prisma.$transaction(async (tx) => {
  await pay({ owner }); // ! readHelper
  await openFor(owner, undefined); // ! readHelper
  await mark(owner); // ! helper
  await tell(owner); // ! helper
  await prisma.seat.create({ data: { owner } }).catch((error) => { throw new Error("no seat", { cause: error }); }); // ! outer
});`, { "src/helpers.ts": optional, "src/db.ts": prisma }],
  ["a function of the transaction that writes with the handle and looks up where its files lie past it", `import { prisma } from "./db";
import { sheets } from "./sheets";
import { bucketOf } from "./buckets";
export const f = (id) => prisma.$transaction(async (tx) => {
  const rewrite = async (rows) => {
    await put(await bucketOf(id), rows);
    await sheets.resize(id, rows.length, { tx });
    await sheets.touch(id, tx);
  };
  await rewrite(await rowsOf(id)); // ! readHelper
});`, {
    "src/buckets.ts": 'import { prisma } from "./db"; const known = new Map(); export async function bucketOf(id) { if (!known.has(id)) known.set(id, (await prisma.sheet.findUnique({ where: { id } })).bucket); return known.get(id); }',
    "src/sheets.ts": 'import { prisma } from "./db"; class Sheets { async resize(id, size, { tx } = {}) { await (tx ?? prisma).sheet.update({ where: { id }, data: { size } }); } async touch(id, tx) { const client = tx ?? prisma; await client.sheet.update({ where: { id }, data: { at: new Date() } }); } } export const sheets = new Sheets();',
    "src/db.ts": prisma,
  }],
  ["Kysely: the client that the function was passed", `import type { Kysely } from "kysely";
export async function f(db: Kysely<DB>, id: number) {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom("users").where("id", "=", id).execute();
    await db.deleteFrom("orders").where("user", "=", id).execute(); // ! outer
  });
}`],
  ["pg: the pool that the function was passed", `import type { Pool } from "pg";
export async function f(pool: Pool, id: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("DELETE FROM users WHERE id = $1", [id]);
    await pool.query("DELETE FROM orders WHERE id = $1", [id]); // ! outer
    await client.query("COMMIT");
  } catch (error) { await client.query("ROLLBACK"); throw error; } finally { client.release(); }
}`],
  ["better-sqlite3: a transaction that nothing calls", `${sqlite}export function f(id) {
  db.transaction(() => { db.prepare("DELETE FROM users WHERE id = ?").run(id); }); // ! notCalled
}`],
  ["Prisma: the client instead of the handle", `${prisma}export async function f() {
  await prisma.$transaction(async (tx) => {
    await tx.user.create({ data: {} });
    await prisma.order.create({ data: {} }); // ! outer
  });
}`],
  ["Prisma: a read with the client", `${prisma}export async function f(id) {
  return prisma.$transaction(async (tx) => {
    const user = await prisma.user.findUnique({ where: { id } }); // ! outer
    return tx.user.update({ where: { id }, data: { visits: user.visits + 1 } });
  });
}`],
  ["Prisma: the client of a class", `${nestPrisma}export class Users {
  constructor(private readonly prisma: PrismaService) {}
  async f() {
    await this.prisma.$transaction(async (tx) => {
      await tx.user.create({ data: {} });
      await this.prisma.order.create({ data: {} }); // ! outer
    });
  }
}`, prismaService],
  ["Prisma: raw SQL on the client", `${prisma}export async function f(id) {
  await prisma.$transaction(async (tx) => {
    await tx.user.delete({ where: { id } });
    await prisma.$executeRaw\`update orders set user_id = null where user_id = \${id}\`; // ! outer
  });
}`],
  ["Prisma: the client in a list that is awaited", `${prisma}export async function f(items) {
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: {} });
    await Promise.all(items.map((item) => prisma.item.create({ data: item }))); // ! outer
  });
}`],
  ["Prisma: one call deep", `${prisma}async function log(id) { await prisma.visit.create({ data: { id } }); }
export async function f(id) {
  await prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id }, data: {} });
    await log(id); // ! helper
  });
}`],
  ["Prisma: two calls deep, in other files", `import { prisma } from "./db";
import { charge } from "./billing";
export async function f(id) {
  await prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id }, data: {} });
    await charge(id); // ! helper
  });
}`, { "src/db.ts": prisma, "src/billing.ts": 'import { save } from "./invoices";\nexport async function charge(id) { return save(id); }\n', "src/invoices.ts": 'import { prisma } from "./db";\nexport async function save(id) { await prisma.invoice.create({ data: { id } }); }\n' }],
  ["Prisma: through a repository that has the client", `${nestPrisma}import { OrderRepository } from "./order.repository";
export class Orders {
  constructor(private readonly prisma: PrismaService, private readonly orders: OrderRepository) {}
  async f(id) {
    await this.prisma.$transaction(async (tx) => {
      await tx.user.update({ where: { id }, data: {} });
      await this.orders.add(id); // ! helper
    });
  }
}`, { ...prismaService, "src/order.repository.ts": 'import { PrismaService } from "./prisma.service";\nexport class OrderRepository {\n  constructor(private readonly prisma: PrismaService) {}\n  async add(id) { await this.prisma.order.create({ data: { id } }); }\n}\n' }],
  ["Prisma: a helper that opens its own transaction", `${prisma}async function move() { await prisma.$transaction(async (tx) => { await tx.a.create({ data: {} }); await tx.b.create({ data: {} }); }); }
export async function f() {
  await prisma.$transaction(async (tx) => {
    await tx.c.create({ data: {} });
    await move(); // ! nested
  });
}`],
  ["Prisma: the handle that may be left out is left out", `${prisma}async function save(data, db = prisma) { await db.user.create({ data }); }
export async function f() {
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: {} });
    await save({}); // ! helper
  });
}`],
  ["Prisma: a helper that is given the handle and uses the client beside it", `${prisma}async function save(tx, data) { await tx.user.create({ data }); await prisma.visit.create({ data }); }
export async function f() {
  await prisma.$transaction(async (tx) => {
    await save(tx, {}); // ! helper
  });
}`],
  ["Prisma: a statement that is not awaited", `${prisma}export async function f() {
  await prisma.$transaction(async (tx) => {
    tx.user.create({ data: {} }); // ! notAwaited
    await tx.order.create({ data: {} });
  });
}`],
  ["Prisma: forEach with an asynchronous function", `${prisma}export async function f(items) {
  await prisma.$transaction(async (tx) => {
    items.forEach(async (item) => { // ! notAwaited
      await tx.item.create({ data: item });
    });
  });
}`],
  ["Prisma: a helper with the handle that is not awaited", `${prisma}async function save(tx, data) { await tx.user.create({ data }); }
export async function f() {
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: {} });
    save(tx, {}); // ! notAwaited
  });
}`],
  ["Drizzle: the client instead of the handle", `${drizzle}export async function f() {
  await db.transaction(async (tx) => {
    await tx.insert(users).values({});
    await db.insert(orders).values({}); // ! outer
  });
}`],
  ["Drizzle: a builder that is not awaited", `${drizzle}export async function f() {
  await db.transaction(async (tx) => {
    tx.insert(users).values({}); // ! notAwaited
    await tx.insert(orders).values({});
  });
}`],
  ["Drizzle: a function of another file with the client", `import { db } from "./db";
import { users } from "./schema";
import { audit } from "./orders";
export async function f() {
  await db.transaction(async (tx) => {
    await tx.insert(users).values({});
    await audit(); // ! helper
  });
}`, { "src/db.ts": drizzle, "src/orders.ts": 'import { db } from "./db";\nimport { orders } from "./schema";\nexport const audit = async () => { await db.insert(orders).values({}); };\n' }],
  ["Drizzle: a relational query on the client", `${drizzle}export async function f(id) {
  await db.transaction(async (tx) => {
    const user = await db.query.users.findFirst({ where: eq(users.id, id) }); // ! outer
    await tx.update(users).set({ n: user.n + 1 }).where(eq(users.id, id));
  });
}`],
  ["TypeORM: an injected repository", `${typeorm}export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, private readonly source: DataSource) {}
  async f(user) {
    await this.source.transaction(async (manager) => {
      await manager.save(Order, {});
      await this.users.save(user); // ! outer
    });
  }
}`],
  ["TypeORM: a repository of the data source", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f(user) {
  await source.transaction(async (manager) => {
    await manager.save(Order, {});
    await source.getRepository(User).save(user); // ! outer
  });
}`],
  ["TypeORM: an active record", `${typeorm}import { BaseEntity } from "typeorm";
class Visit extends BaseEntity {}
const source = new DataSource({ type: "postgres" });
export async function f(id) {
  await source.transaction(async (manager) => {
    await manager.save(Order, {});
    await Visit.delete({ id }); // ! outer
  });
}`],
  ["TypeORM: a runner without rollback", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner();
  await runner.startTransaction(); // ! noRollback
  await runner.manager.save(User, {});
  await runner.commitTransaction();
  await runner.release();
}`],
  ["TypeORM: a runner that is never released", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner(); // ! noRelease
  await runner.startTransaction();
  try {
    await runner.manager.save(User, {});
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}`],
  ["TypeORM: a runner that is released only when all went well", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner(); // ! noRelease
  await runner.startTransaction();
  try {
    await runner.manager.save(User, {});
    await runner.commitTransaction();
    await runner.release();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}`],
  ["TypeORM: the data source while a runner's transaction is open", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.manager.save(User, {});
    await source.query("update orders set done = true"); // ! outer
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}`],
  ["Kysely: the client instead of the handle", `${kysely}export async function f() {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("a").values({}).execute();
    await db.insertInto("b").values({}).execute(); // ! outer
  });
}`],
  ["Kysely: a builder that is never executed", `${kysely}export async function f() {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("a").values({}); // ! notRun
    await trx.insertInto("b").values({}).execute();
  });
}`],
  ["Knex: the client instead of the handle", `${knex}export async function f() {
  await knex.transaction(async (trx) => {
    await trx("a").insert({});
    await knex("b").insert({}); // ! outer
  });
}`],
  ["Knex: a builder that is not awaited", `${knex}export async function f() {
  await knex.transaction(async (trx) => {
    trx("a").insert({}); // ! notAwaited
    await trx("b").insert({});
  });
}`],
  ["Knex: a transaction that is begun and only committed", `${knex}export async function f() {
  const trx = await knex.transaction(); // ! noRollback
  await trx("a").insert({});
  await trx("b").insert({});
  await trx.commit();
}`],
  ["Knex: the client while a begun transaction is open", `${knex}export async function f() {
  const trx = await knex.transaction();
  try {
    await trx("a").insert({});
    await knex("b").insert({}); // ! outer
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}`],
  ["Sequelize: a call without the transaction", `${sequelize}export async function f() {
  await sequelize.transaction(async (t) => {
    await User.create({}, { transaction: t });
    await Order.create({}); // ! outer
  });
}`],
  ["Sequelize: options without the transaction", `${sequelize}export async function f(id) {
  await sequelize.transaction(async (transaction) => {
    await User.create({}, { transaction });
    await Order.update({ done: true }, { where: { id } }); // ! outer
  });
}`],
  ["Sequelize: a begun transaction that is only committed", `${sequelize}export async function f() {
  const t = await sequelize.transaction(); // ! noRollback
  await User.create({}, { transaction: t });
  await t.commit();
}`],
  ["Mongoose: an operation without the session", `${mongoose}export async function f() {
  await mongoose.connection.transaction(async (session) => {
    await User.create([{}], { session });
    await Order.updateOne({}, { done: true }); // ! outer
  });
}`],
  ["Mongoose: a started transaction that is only committed", `${mongoose}export async function f() {
  const session = await mongoose.startSession();
  session.startTransaction(); // ! noRollback
  await User.create([{}], { session });
  await session.commitTransaction();
  await session.endSession();
}`],
  ["Mongoose: an operation without the session after startTransaction", `${mongoose}export async function f() {
  const session = await mongoose.startSession();
  session.startTransaction();
  try {
    await User.create([{}], { session });
    await Order.create({}); // ! outer
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  } finally {
    await session.endSession();
  }
}`],
  ["mongodb: an operation without the session", `${mongodb}export async function f() {
  const session = client.startSession();
  try {
    await session.withTransaction(async () => {
      await users.insertOne({}, { session });
      await users.deleteOne({ old: true }); // ! outer
    });
  } finally {
    await session.endSession();
  }
}`],
  ["Objection: a query without the transaction", `${objection}export async function f() {
  await User.transaction(async (trx) => {
    await User.query(trx).insert({});
    await Order.query().insert({}); // ! outer
  });
}`],
  ["pg: BEGIN on the pool", `${pg}export async function f() {
  await pool.query("BEGIN"); // ! poolBegin
  await pool.query("insert into a values (1)");
  await pool.query("COMMIT");
}`],
  ["pg: BEGIN without ROLLBACK", `${pg}export async function f() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // ! noRollback
    await client.query("insert into a values (1)");
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}`],
  ["pg: the pool while a client's transaction is open", `${pg}export async function f() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into a values (1)");
    await pool.query("insert into b values (1)"); // ! outer
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}`],
  ["pg: a client that is not released", `${pg}export async function f() {
  const client = await pool.connect(); // ! noRelease
  try {
    await client.query("BEGIN");
    await client.query("insert into a values (1)");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}`],
  ["postgres.js: the client instead of the handle", `${postgres}export async function f() {
  await sql.begin(async (tx) => {
    await tx\`insert into a values (1)\`;
    await sql\`insert into b values (1)\`; // ! outer
  });
}`],
  ["mysql2: a transaction that is only committed", `${mysql2}export async function f() {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction(); // ! noRollback
    await connection.execute("insert into a values (1)");
    await connection.commit();
  } finally {
    connection.release();
  }
}`],
  ["mysql2: the pool while a connection's transaction is open", `${mysql2}export async function f() {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.execute("insert into a values (1)");
    await pool.execute("insert into b values (1)"); // ! outer
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}`],
  ["libSQL: the client while a transaction is open", `${libsql}export async function f() {
  const tx = await client.transaction("write");
  try {
    await tx.execute("insert into a values (1)");
    await client.execute("insert into b values (1)"); // ! outer
    await tx.commit();
  } catch (error) {
    await tx.rollback();
    throw error;
  } finally {
    tx.close();
  }
}`],
  ["mssql: a request of the pool while a transaction is open", `${mssql}export async function f() {
  const transaction = new sql.Transaction(pool);
  await transaction.begin();
  try {
    await new sql.Request(transaction).query("insert into a values (1)");
    await pool.request().query("insert into b values (1)"); // ! outer
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}`],
  ["Firestore: a reference instead of the transaction", `${firestore}export async function f() {
  const ref = db.collection("users").doc("1");
  await db.runTransaction(async (t) => {
    const user = await t.get(ref);
    await ref.update({ n: user.data().n + 1 }); // ! outer
  });
}`],
  ["TypeORM: a helper whose other parameter decides, and one that writes before something else than an error", `import { DataSource, EntityManager, Repository } from "typeorm";
export class Orders {
  constructor(private readonly source: DataSource, private readonly orders: Repository<object>) {}
  private async keep(order: object, isNew: boolean) { return isNew ? this.orders.insert(order) : order; }
  private async drop(id: string) { if (id !== "") { await this.orders.delete(id); return; } throw new Error("none"); }
  async place(order: object) {
    await this.source.transaction(async (manager: EntityManager) => {
      await this.keep(order, true); // ! helper
      await this.drop("1"); // ! helper
      await manager.save(order);
    });
  }
}`],
];

/** Code that looks like a mistake and is none. */
export const silent: readonly Case[] = [
  ["a method that is run in the transaction that is open, by a function which asks for it", `import { units, users } from "./units";
export class Accounts {
  find(id: string) { return units.run((manager) => manager.withRepository(users).byId(id)); }
  confirm(id: string) {
    return units.run(async (manager) => {
      const user = await this.find(id);
      await manager.withRepository(users).keep(user);
    });
  }
}`, { "src/units.ts": `import { DataSource, EntityManager } from "typeorm";
import { User } from "./user";
import { current } from "./current";
const source = new DataSource({ type: "postgres" });
class Units { run<T>(work: (manager: EntityManager) => Promise<T>) { const open = current.get(); if (open) return work(open); return source.transaction("SERIALIZABLE", work); } }
export const units = new Units();
export const users = source.getRepository(User).extend({
  async byId(id: string) { return this.findOne({ where: { id } }); },
  async keep(user) { return this.save(user); },
});
` }],
  ["a transaction of better-sqlite3 that is called where it is made", `${sqlite}export function remove(id) {
  db.transaction(() => { db.prepare("DELETE FROM users WHERE id = ?").run(id); db.prepare("DELETE FROM orders WHERE user_id = ?").run(id); })();
}`],
  ["mysql: a transaction whose callbacks roll it back", `import mysql from "mysql";
const pool = mysql.createPool({ host: "localhost" });
export const run = (texts) => new Promise((resolve, reject) => {
  pool.getConnection((error, connection) => {
    if (error) return reject(error);
    connection.beginTransaction((error) => {
      if (error) return reject(error);
      (function next(at) {
        const text = texts[at];
        if (!text) return connection.commit((error) => { if (error) { connection.rollback(); connection.release(); return reject(error); } connection.release(); resolve(at); });
        connection.query(text, (error) => {
          if (error) { connection.rollback(); connection.release(); return reject(error); }
          next(at + 1);
        });
      })(0);
    });
  });
});`],
  ["TypeORM: a runner that a stream of RxJS ends", `${typeorm}import { catchError, tap } from "rxjs";
const source = new DataSource({ type: "postgres" });
export async function f(next) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  return next.handle().pipe(
    tap(async () => { await runner.commitTransaction(); await runner.release(); }),
    catchError(async (error) => { await runner.rollbackTransaction(); await runner.release(); throw error; }),
  );
}`],
  ["Mongoose: a session that was handed over, or begun here", `${mongoose}export async function refund(id, options) {
  const session = options?.session ?? (await mongoose.startSession());
  const isOurs = !options?.session;
  if (isOurs) session.startTransaction();
  try {
    const order = await Order.findById(id).session(session);
    await order.save({ session });
    const user = new User({ id });
    await user.save({ session });
    if (isOurs) await session.commitTransaction();
  } catch (error) {
    if (isOurs) await session.abortTransaction();
    throw error;
  } finally {
    if (isOurs) session.endSession();
  }
}
export async function place(id) {
  const session = await mongoose.startSession();
  try {
    await session.withTransaction(async () => {
      await Order.create([{ id }], { session });
      await details(id, session);
    });
  } finally {
    await session.endSession();
  }
}
async function details(id, session) {
  await Order.updateOne({ _id: id }, { $set: { ready: true } }, { session });
}`],
  ["a manager that a function hands to its callback", `import type { DataSource, EntityManager } from "typeorm";
import { Order } from "./order";
const each = async (rows, work) => { for (const row of rows) await work(row); };
async function numbered(manager: EntityManager, work: (next: number, manager: EntityManager) => Promise<void>) { await work(1, manager); }
async function close(number: number, manager: EntityManager) {
  const orders = manager.getRepository(Order);
  const rows = await orders.find();
  await each(rows, (row) => orders.update({ id: row.id }, { number }));
}
export const f = (source: DataSource) => source.transaction(async (manager) => {
  await numbered(manager, async (next: number, inner: EntityManager) => {
    await close(next, inner);
  });
});`, { "src/order.ts": 'import { Entity } from "typeorm";\n@Entity() export class Order {}\n' }],
  ["what other callers hand to a function that runs it", `import { prisma } from "./db";
import { each } from "./each";
const load = (id) => prisma.order.findUnique({ where: { id } });
export const g = (ids) => each(ids, (id) => load(id));
const close = (tx, ids) => each(ids, (id) => tx.order.update({ where: { id }, data: { open: false } }));
export const f = (ids) => prisma.$transaction(async (tx) => {
  await close(tx, ids);
});`, { "src/each.ts": "export const each = async (items, work) => { for (const item of items) await work(item); };", "src/db.ts": prisma }],
  ["what a helper leaves out as its caller gives it, what nobody waits for, and a row that may be there already", `import { prisma } from "./db";
import { mark, openFor, pay, tell } from "./helpers";
export const f = (owner, account) => prisma.$transaction(async (tx) => {
  await tx.order.create({ data: { owner } });
  await pay({ owner, account });
  await openFor(owner, account);
  await mark(owner, tx);
  tell(owner);
  void tell(owner).catch(console.error);
  await prisma.seat.create({ data: { owner } }).catch((error) => { if (!isUniqueViolation(error)) throw error; });
});`, { "src/helpers.ts": optional, "src/db.ts": prisma }],
  ["subqueries that stand in a condition, made by a function too", `${drizzle}import { and, eq, notInArray } from "drizzle-orm";
const muted = (owner) => [notInArray(users.id, db.select({ id: users.id }).from(users).where(eq(users.owner, owner)))];
export const f = (owner) => db.transaction(async (tx) => {
  const rows = await tx.select().from(users).where(and(...muted(owner))).limit(10);
  await tx.delete(users).where(eq(users.owner, db.select({ id: users.id }).from(users).where(eq(users.id, owner))));
  return rows;
});`],
  ["Prisma: a function that is handed to code of the project and takes the handle behind other arguments", `${prisma}const withQuota = (input, make) => prisma.$transaction(async (tx) => { const made = await make(input, tx); return made; });
async function create(input, tx) { const client = tx ?? prisma; return client.user.create({ data: { name: input.name } }); }
export const f = (input) => withQuota(input, create);`],
  ["mssql: requests of a transaction on a pool that was passed", `import sql from "mssql";
export async function f(pool: sql.ConnectionPool, id: number) {
  const transaction = pool.transaction();
  await transaction.begin();
  try { await transaction.request().input("id", id).query("DELETE FROM users WHERE id = @id"); await transaction.commit(); } catch (error) { await transaction.rollback(); throw error; }
}`],
  ["libSQL: a transaction that is closed", `${libsql}export async function f(id) {
  const transaction = await client.transaction("write");
  try { await transaction.execute({ sql: "DELETE FROM users WHERE id = ?", args: [id] }); await transaction.commit(); } finally { transaction.close(); }
}`],
  ["rows that were read before, or none", `${drizzle}import { logs } from "./schema";
export async function f(ids) {
  const rows = ids.length > 0 ? await db.select().from(users).limit(10) : [];
  await db.transaction(async (tx) => { await tx.insert(logs).values(rows.map((row) => ({ id: row.id }))); });
}`, { "src/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core"; export const users = pgTable("users", { id: text("id") }); export const logs = pgTable("logs", { id: text("id") });' }],
  ["Prisma: a batch", `${prisma}export async function f() {
  await prisma.$transaction([prisma.user.create({ data: {} }), prisma.order.create({ data: {} })]);
}`],
  ["Prisma: a batch made by map", `${prisma}export async function f(items) {
  await prisma.$transaction(items.map((item) => prisma.item.create({ data: item })));
}`],
  ["Prisma: a batch in a variable that grows", `${prisma}export async function f(items) {
  const operations = [];
  for (const item of items) operations.push(prisma.item.create({ data: item }));
  await prisma.$transaction(operations);
}`],
  ["Prisma: a handle with the name of the client", `${prisma}export async function f() {
  await prisma.$transaction(async (prisma) => {
    await prisma.user.create({ data: {} });
    await prisma.order.create({ data: {} });
  });
}`],
  ["Prisma: the handle passed on", `${prisma}async function save(data, db = prisma) { await db.user.create({ data }); }
export async function f() {
  await prisma.$transaction(async (tx) => { await save({}, tx); });
}`],
  ["Prisma: the handle in an object of options", `${prisma}async function save(data, options = {}) { const db = options.tx ?? prisma; await db.user.create({ data }); }
export async function f() {
  await prisma.$transaction(async (tx) => { await save({}, { tx }); });
}`],
  ["Prisma: a repository made with the handle", `import { PrismaClient } from "@prisma/client";
class Users { constructor(private readonly db: PrismaClient) {} add() { return this.db.user.create({ data: {} }); } }
const prisma = new PrismaClient();
export async function f() {
  await prisma.$transaction(async (tx) => {
    const users = new Users(tx);
    await users.add();
    await new Users(tx).add();
  });
}`],
  ["Prisma: a copy of the service with the handle", `${nestPrisma}class Users {
  constructor(private readonly prisma: PrismaService) {}
  withClient(client) { return new Users(client); }
  async add() { await this.prisma.user.create({ data: {} }); }
}
export class S {
  constructor(private readonly prisma: PrismaService, private readonly users: Users) {}
  async f() {
    await this.prisma.$transaction(async (tx) => { await this.users.withClient(tx).add(); });
  }
}`, prismaService],
  ["Prisma: parts of the handle", `${prisma}export async function f() {
  await prisma.$transaction(async ({ user, order }) => {
    await user.create({ data: {} });
    await order.create({ data: {} });
  });
}`],
  ["Prisma: another name for the handle", `${prisma}export async function f() {
  await prisma.$transaction(async (tx) => {
    const db = tx;
    await db.user.create({ data: {} });
  });
}`],
  ["Prisma: an awaited list of statements of the handle", `${prisma}export async function f(items) {
  await prisma.$transaction(async (tx) => {
    await Promise.all(items.map((item) => tx.item.create({ data: item })));
  });
}`],
  ["Prisma: the handle's last statement is returned", `${prisma}export const f = () => prisma.$transaction(async (tx) => {
  await tx.user.create({ data: {} });
  return tx.order.create({ data: {} });
});`],
  ["Prisma: a short callback", `${prisma}export const f = () => prisma.$transaction((tx) => tx.order.create({ data: {} }));`],
  ["Prisma: a statement kept and awaited later", `${prisma}export async function f() {
  await prisma.$transaction(async (tx) => {
    const first = tx.user.create({ data: {} });
    const second = tx.order.create({ data: {} });
    await Promise.all([first, second]);
  });
}`],
  ["Prisma: the client before and after", `${prisma}export async function f(id) {
  const user = await prisma.user.findUnique({ where: { id } });
  await prisma.$transaction(async (tx) => { await tx.user.update({ where: { id }, data: { n: user.n } }); });
  await prisma.visit.create({ data: { id } });
}`],
  ["Prisma: another store inside", `${prisma}import Redis from "ioredis";
const redis = new Redis();
export async function f(id) {
  await prisma.$transaction(async (tx) => {
    await tx.user.delete({ where: { id } });
    await redis.del("user:" + id);
  });
}`],
  ["Prisma: a second database", `import { PrismaClient } from "@prisma/client";
const main = new PrismaClient();
const archive = new PrismaClient({ datasourceUrl: "postgres://archive" });
export async function f(id) {
  await main.$transaction(async (tx) => {
    await tx.user.delete({ where: { id } });
    await archive.user.create({ data: { id } });
  });
}`],
  ["Prisma: a helper that only computes", `${prisma}async function price(items) { return items.length; }
export async function f(items) {
  await prisma.$transaction(async (tx) => { await tx.order.create({ data: { total: await price(items) } }); });
}`],
  ["Prisma: a transaction in the asynchronous context", `import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaClient } from "@prisma/client";
const client = new PrismaClient();
const storage = new AsyncLocalStorage();
export const current = () => storage.getStore() ?? client;
export const inTransaction = (work) => client.$transaction((tx) => storage.run(tx, work));
export async function f() {
  await inTransaction(async () => { await current().user.create({ data: {} }); await save(); });
}
async function save() { await current().order.create({ data: {} }); }`],
  ["Prisma: nestjs-cls", `${nestPrisma}import { Transactional, TransactionHost } from "@nestjs-cls/transactional";
import { Orders } from "./orders";
export class Users {
  constructor(private readonly host: TransactionHost, private readonly orders: Orders) {}
  @Transactional()
  async f() { await this.host.tx.user.create({ data: {} }); await this.orders.add(); }
}`, { ...prismaService, "src/orders.ts": 'import { TransactionHost } from "@nestjs-cls/transactional";\nexport class Orders { constructor(private readonly host: TransactionHost) {} async add() { await this.host.tx.order.create({ data: {} }); } }\n' }],
  ["Drizzle: a batch of the client", `import { drizzle } from "drizzle-orm/libsql";
import { users } from "./schema";
const db = drizzle("x");
export async function f() { await db.batch([db.insert(users).values({}), db.select().from(users)]); }`],
  ["Drizzle: a builder that grows over statements", `${drizzle}export async function f(id) {
  await db.transaction(async (tx) => {
    const query = tx.select().from(users).$dynamic();
    if (id) query.where(eq(users.id, id));
    query.limit(1);
    const [user] = await query;
    await tx.update(users).set({ n: user.n + 1 });
  });
}`],
  ["Drizzle: a subquery of the client as part of a statement", `${drizzle}export async function f() {
  const recent = db.select().from(orders).as("recent");
  await db.transaction(async (tx) => {
    await tx.select().from(recent);
    await tx.delete(users).where(eq(users.id, sql\`1\`));
  });
}`],
  ["Drizzle: a savepoint", `${drizzle}export async function f() {
  await db.transaction(async (tx) => {
    await tx.insert(users).values({});
    await tx.transaction(async (inner) => { await inner.insert(orders).values({}); });
  });
}`],
  ["Drizzle: a parameter that takes client or handle", `${drizzle}export async function save(conn: typeof db, data) { await conn.insert(users).values(data); }
export async function f() {
  await db.transaction(async (tx) => { await save(tx, {}); });
}`],
  ["TypeORM: the manager and its repositories", `${typeorm}export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, private readonly source: DataSource) {}
  async f(user) {
    await this.source.transaction(async (manager) => {
      await manager.save(Order, {});
      await manager.getRepository(User).save(user);
      await manager.withRepository(this.users).save(user);
      const orders = manager.getRepository(Order);
      await orders.delete({ user });
    });
  }
}`],
  ["TypeORM: create and merge of an injected repository", `${typeorm}export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, private readonly source: DataSource) {}
  async f(data) {
    await this.source.transaction(async (manager) => {
      const user = this.users.create(data);
      await manager.save(user);
    });
  }
}`],
  ["TypeORM: typeorm-transactional", `${typeorm}import { Transactional } from "typeorm-transactional";
export class Users {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, private readonly source: DataSource) {}
  @Transactional()
  async f(user) { await this.users.save(user); await this.users.update({}, {}); }
}`, { "src/main.ts": 'import { initializeTransactionalContext } from "typeorm-transactional";\ninitializeTransactionalContext();\n' }],
  ["TypeORM: a whole manual transaction", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.manager.save(User, {});
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}`],
  ["TypeORM: a runner that ends by itself", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  await using runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.manager.save(User, {});
  await runner.commitTransaction();
}`],
  ["TypeORM: a unit of work that begins, commits and rolls back in methods", `${typeorm}export class UnitOfWork {
  private runner;
  constructor(private readonly source: DataSource) { this.runner = source.createQueryRunner(); }
  async start() { await this.runner.startTransaction(); }
  async complete() { await this.runner.commitTransaction(); await this.runner.release(); }
  async rollback() { await this.runner.rollbackTransaction(); await this.runner.release(); }
}`],
  ["a port for units of work", `export interface UnitOfWork { run<T>(work: (stores: { users: { save(user: unknown): Promise<void> } }) => Promise<T>): Promise<T>; }
export class Users {
  constructor(private readonly work: UnitOfWork) {}
  async f(user) { await this.work.run(async ({ users }) => { await users.save(user); }); }
}`],
  ["Kysely: the handle", `${kysely}export async function f() {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("a").values({}).execute();
    let query = trx.selectFrom("b").selectAll();
    query = query.where("id", "=", 1);
    return query.execute();
  });
}`],
  ["Kysely: an expression of the client", `${kysely}export async function f(eb) {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("a").values({ at: sql\`now()\` }).execute();
    await trx.selectFrom("a").selectAll().where(db.fn.count("id"), ">", 1).execute();
  });
}`],
  ["Knex: transacting behind a function that makes the builder", `${knex}const a = (db) => db("a");
export async function f() {
  await knex.transaction(async (trx) => {
    await a(knex).insert({}).transacting(trx);
    await a(knex).where({ id: 1 }).del().transacting(trx);
  });
}`],
  ["Knex: transacting", `${knex}export async function f() {
  await knex.transaction(async (trx) => {
    await knex("a").insert({}).transacting(trx);
    await knex("b").transacting(trx).insert({});
  });
}`],
  ["Knex: raw values of the client", `${knex}export async function f() {
  await knex.transaction(async (trx) => {
    await trx("a").insert({ at: knex.fn.now(), n: knex.raw("n + 1") });
  });
}`],
  ["Knex: a handle that may be left out, passed", `${knex}async function save(data, trx?) { await (trx ?? knex)("a").insert(data); }
export async function f() {
  await knex.transaction(async (trx) => { await save({}, trx); });
}`],
  ["Sequelize: options in a variable", `${sequelize}export async function f() {
  await sequelize.transaction(async (transaction) => {
    const options = { transaction };
    await User.create({}, options);
    await Order.create({}, { ...options, returning: true });
  });
}`],
  ["Sequelize: transactions by context", `import { Sequelize, Model } from "sequelize";
import { createNamespace } from "cls-hooked";
Sequelize.useCLS(createNamespace("shop"));
const sequelize = new Sequelize("postgres://localhost/shop");
class User extends Model {}
export async function f() { await sequelize.transaction(async () => { await User.create({}); await User.destroy({ where: {} }); }); }`],
  ["Sequelize: build and set", `${sequelize}export async function f() {
  await sequelize.transaction(async (transaction) => {
    const user = User.build({});
    user.set({ n: 1 });
    await user.save({ transaction });
  });
}`],
  ["Mongoose: the session set on the query", `${mongoose}export async function f() {
  await mongoose.connection.transaction(async (session) => {
    const user = await User.findOne({}).session(session);
    user.n = 1;
    await user.save();
    await new Order({}).save({ session });
  });
}`],
  ["Mongoose: the session by context", `${mongoose}mongoose.set("transactionAsyncLocalStorage", true);
export async function f() {
  await mongoose.connection.transaction(async () => { await User.create({}); await Order.create({}); });
}`],
  ["MikroORM: the session of the context", `${mikro}export class Users {
  constructor(private readonly em: EntityManager) {}
  async f(user) { await this.em.transactional(async (em) => { em.persist(user); await this.em.flush(); }); }
}`],
  ["Objection: a bound query", `${objection}export async function f() {
  await User.transaction(async (trx) => {
    await User.query(trx).insert({});
    await Order.query().insert({}).transacting(trx);
  });
}`],
  ["Objection: a row that a static method waited for", `${objection}export class Updates {
  static async go(id) { await this.put(await this.find(id)); }
  static find(id) { return User.query().findById(id); }
  static async put(user) { await User.transaction(async (trx) => { await user.$query(trx).patch({}); await user.$relatedQuery("orders", trx).unrelate(); }); }
}`],
  ["pg: a whole manual transaction", `${pg}export async function f() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into a values (1)");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}`],
  ["pg: a wrapper that hands the client to its callback", `${pg}export async function withTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}`],
  ["postgres.js: a handle with the name of the client", `${postgres}export async function f() {
  await sql.begin(async (sql) => {
    await sql\`insert into a values (1)\`;
    await sql\`insert into b values (1)\`;
  });
}`],
  ["postgres.js: statements returned as a list", `${postgres}export async function f() {
  await sql.begin((sql) => [sql\`insert into a values (1)\`, sql\`insert into b values (1)\`]);
}`],
  ["slonik: bound text that is called unsafe", `${slonik}export async function f(id) {
  await pool.transaction(async (tx) => {
    await tx.query(sql.unsafe\`delete from a where id = \${id}\`);
    await tx.any(sql.type(row)\`select 1\`);
  });
}`],
  ["better-sqlite3: statements prepared outside", `${sqlite}const insert = db.prepare("insert into a values (?)");
const all = db.transaction((rows) => { for (const row of rows) insert.run(row); });
export const f = (rows) => all(rows);`],
  ["libSQL: a batch", `${libsql}export async function f() {
  await client.batch(["insert into a values (1)", "insert into b values (1)"], "write");
}`],
  ["Firestore: the transaction", `${firestore}export async function f() {
  const ref = db.collection("users").doc("1");
  await db.runTransaction(async (t) => {
    const user = await t.get(ref);
    t.update(ref, { n: user.data().n + 1 });
  });
}`],
  ["Redis: a pipeline", `import Redis from "ioredis";
const redis = new Redis();
export async function f() { await redis.multi().set("a", "1").set("b", "2").exec(); }`],
  ["Knex: a statement of the client that becomes a part of one of the transaction, and one that is put together and then awaited", `${knex}export async function f(soft) {
  await knex.transaction(async (trx) => {
    const query = trx("a").where("id", 1).returning("id");
    if (soft) query.update({ gone: true }); else query.del();
    await query;
    await trx.with("taken", knex("jobs").update({ state: "taken" }).returning("id")).select().from("taken");
  });
}`],
  ["Knex: a subquery of the client, which runs as a part of the statement", `${knex}const parts = (query) => query.join(knex.select("id").from("lines").as("last"), "last.id", "orders.id").whereIn("id", knex("open").select("id"));
export async function f() { await knex.transaction(async (trx) => { await parts(trx("orders")); await trx("a").del(); }); }`],
  ["TypeORM: a helper that takes the handle or else its own repository", `import { DataSource, EntityManager, Repository } from "typeorm";
export class Orders {
  constructor(private readonly source: DataSource, private readonly orders: Repository<object>) {}
  private async chosen(order: object, manager?: EntityManager) { return manager ? await manager.save(order) : await this.orders.save(order); }
  private async early(order: object, manager?: EntityManager) { if (manager) return manager.save(order); return this.orders.save(order); }
  private async late(order: object, manager?: EntityManager) { if (!manager) { await this.orders.save(order); } else { await manager.save(order); } }
  async place(order: object) {
    await this.source.transaction(async (manager) => { await this.chosen(order, manager); await this.early(order, manager); await this.late(order, manager); });
  }
}`],
  ["TypeORM: what is written right before the error that rolls the transaction back", `import { DataSource, EntityManager, Repository } from "typeorm";
export class Invites {
  constructor(private readonly source: DataSource, private readonly invites: Repository<object>) {}
  private async check(manager: EntityManager, id: string) {
    const invite = await manager.findOne("invite", { where: { id } });
    if (invite === null) {
      await this.invites.update({ id }, { state: "expired" });
      throw new Error("expired");
    }
  }
  async join(id: string) { await this.source.transaction(async (manager) => { await this.check(manager, id); await manager.save({ id }); }); }
}`],
];
