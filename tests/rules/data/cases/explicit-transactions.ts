import { drizzle, kysely, knex, libsql, mikro, mongodb, mongoose, mysql2, objection, pg, postgres, prisma, sequelize, sqlite, typeorm } from "./stores.js";
import type { Case } from "./use-transaction-handle.js";

const repositories = {
  "src/repositories.ts": `import { prisma } from "./db";
export class UserRepository { async save(data) { await prisma.user.create({ data }); } async find(id) { return prisma.user.findUnique({ where: { id } }); } async saveAll(data) { await prisma.user.createMany({ data }); } }
export class OrderRepository { async save(data) { await prisma.order.create({ data }); } }
export class AuditLogRepository { async save(data) { await prisma.auditLog.create({ data }); } }
`,
  "src/db.ts": prisma,
};
const service = 'import { UserRepository, OrderRepository, AuditLogRepository } from "./repositories";\n';

/** A connection of the project's own, and statements through its pool. */
const ownConnection = `import { Pool } from "pg";
const pool = new Pool();
export interface Connection { open(): Promise<void>; commit(): Promise<void>; rollback(): Promise<void>; query(text: string, values: unknown[]): Promise<{ rows: { id: string }[] }> }
export declare function connect(): Connection;
export const query = (text: string, values: unknown[]) => pool.query(text, values);
`;

/** Writes that belong together and are not held together. */
export const reported: readonly Case[] = [
  ["what hangs on rows that were looked up, and the rows", `${drizzle}import { inArray } from "drizzle-orm";
import { chats, notes } from "./schema";
export async function clear(user: string) {
  const rows = await db.select({ id: chats.id }).from(chats).where(eq(chats.user, user)).limit(100);
  const ids = rows.map((row) => row.id);
  await db.delete(notes).where(inArray(notes.chat, ids));
  await db.delete(chats).where(eq(chats.user, user)); // ! several
}
export async function drop(ids: string[]) {
  await db.delete(notes).where(inArray(notes.chat, ids));
  await db.delete(chats).where(inArray(chats.id, ids)); // ! several
}`],
  ["what hangs on a row that was found by a key in another form, and the row", `${sequelize}import { Donor, Visit } from "./models";
export async function drop(id: string) {
  const donor = await Donor.findByPk(Number(id));
  await Visit.destroy({ where: { donor_id: donor.id } });
  await Donor.destroy({ where: { id } }); // ! several
}`, { "src/models.ts": 'import { Model } from "sequelize";\nexport class Donor extends Model {}\nexport class Visit extends Model {}\n' }],
  ["rows that are made anew with their parent after all were taken away", `${prisma}export async function replan(id: string, blocks: Block[]) {
  await prisma.shift.deleteMany({ where: { planId: id } });
  await prisma.plan.update({ where: { id }, data: { shifts: { createMany: { data: blocks } } } }); // ! several
}`],
  ["the sessions of a club, which let nobody in, and what they count for", `${prisma}export async function train(goal: string, minutes: number) {
  await prisma.session.create({ data: { goal, minutes } });
  await prisma.goal.update({ where: { id: goal }, data: { minutes: { increment: minutes } } }); // ! several
}`],
  ["rows that make room in a list that runs as a batch, and the new row behind it", `${prisma}export async function insertStep(plan: string, place: number) {
  const steps = await prisma.step.findMany({ where: { plan }, take: 50 });
  const moves = [];
  for (const step of steps) {
    let at = Number(step.place);
    if (at >= place) { at++; moves.push(prisma.step.update({ where: { id: step.id }, data: { place: at } as StepData })); }
  }
  await prisma.$transaction(moves);
  await prisma.step.create({ data: { plan, place } }); // ! beside
}`],
  ["rows that close ranks behind the one that went", `${prisma}export async function dropStep(id: string, plan: string, place: number) {
  await prisma.step.delete({ where: { id } });
  const steps = await prisma.step.findMany({ where: { plan }, take: 50 });
  await prisma.$transaction(steps.map((step) => prisma.step.update({ where: { id: step.id }, data: { place: step.place - 1 } }))); // ! beside
}`],
  ["a count of an update that is a pipeline", `${mongoose}import { Claim, Team } from "./models";
export async function claim(user: string, flag: Flag) {
  await Claim.create({ user, flag: flag.id });
  await Team.findOneAndUpdate({ members: user }, [{ $set: { points: { $add: ["$points", flag.worth] } } }]); // ! several
}`, { "src/models.ts": `${mongoose}export const Claim = mongoose.model("Claim", claimSchema);\nexport const Team = mongoose.model("Team", teamSchema);\n` }],
  ["a guest of a list that is asked whether it has the guest, and what the guest is given", `${mongoose}import { Party, Wallet } from "./models";
export async function admit(code: string, guest: string) {
  const party = await Party.findOne({ code });
  if (party && (party.guests ?? []).includes(guest)) throw new Error("in already");
  await Party.updateOne({ code }, { $addToSet: { guests: guest } }, { upsert: true });
  await Wallet.updateOne({ guest }, { $inc: { coins: -5 } }); // ! several
}`, { "src/models.ts": `${mongoose}export const Party = mongoose.model("Party", partySchema);\nexport const Wallet = mongoose.model("Wallet", walletSchema);\n` }],
  ["a step that is refused the next time, of a row that whoever asks is found by, and what follows it", `${mongoose}import { Riddle, Entry } from "./models";
export async function solve(req, res) {
  const { id: userId } = req.user;
  const riddle = await Riddle.findOne({ userId });
  if (!riddle) return res.status(404).end();
  if (riddle.solved) return res.status(409).end();
  await Riddle.findOneAndUpdate({ userId }, { solved: true });
  await Entry.findOneAndUpdate({ userId }, { admitted: true }); // ! several
}`, { "src/models.ts": `${mongoose}export const Riddle = mongoose.model("Riddle", riddleSchema);\nexport const Entry = mongoose.model("Entry", entrySchema);\n` }],
  ["what a row that is taken away held, and what is counted by it", `${mongoose}import { Cart, Stock } from "./models";
export async function checkOut(buyer: string) {
  const cart = await Cart.findOne({ buyer });
  await Cart.deleteOne({ buyer });
  await Stock.updateOne({ item: cart.item }, { left: 0, buyer: cart.note }); // ! several
}`, { "src/models.ts": `${mongoose}export const Cart = mongoose.model("Cart", cartSchema);\nexport const Stock = mongoose.model("Stock", stockSchema);\n` }],
  ["a row that is made among what another is given", `import { rooms } from "./rooms";
export const furnish = async (name: string, hostel: string) => rooms.addBed(await rooms.add(name, hostel), hostel); // ! several
`, { "src/rooms.ts": `${prisma}export const rooms = {
  add: async (name: string, hostel: string) => { await prisma.room.create({ data: { name, hostel } }); return name; },
  addBed: (room: string, label: string) => prisma.bed.create({ data: { room, label } }),
};
` }],
  ["new rows for a list that was made of what the caller named", `${prisma}export async function bill(guestIds: string[]) {
  const guests = await Promise.all(guestIds.map((id) => prisma.guest.findUnique({ where: { id } })));
  for (const guest of guests) await prisma.bill.create({ data: { guestId: guest.id, cents: guest.cents } }); // ! loop
}`],
  ["a loop that counts down, and takes what stands at that place", `${knex}export async function drop(guestIds: string[]) {
  let left = guestIds.length;
  while (left > 0) {
    left -= 1;
    await knex("vouchers").where({ guest_id: guestIds[left] }).del(); // ! loop
  }
}`],
  ["an amount that two functions of the project move between rows", `import { points } from "./points";
export const give = (from: string, to: string, amount: number) => points.take(from, amount).then(() => points.add(to, amount)); // ! several
export async function pay(from: string, to: string, amount: number) {
  await points.take(from, amount);
  await points.add(to, amount); // ! several
}`, { "src/points.ts": `${prisma}export const points = {
  take: (id: string, amount: number) => prisma.guest.update({ where: { id }, data: { points: { decrement: amount } } }),
  add: (id: string, amount: number) => prisma.guest.update({ where: { id }, data: { points: { increment: amount } } }),
};
` }],
  ["a new row and a change that are begun together", `${prisma}export async function leave(stayId: string, roomId: string) {
  await Promise.all([
    prisma.invoice.create({ data: { stayId } }),
    prisma.room.update({ where: { id: roomId }, data: { status: "dirty" } }), // ! several
  ]);
}`],
  ["each element handed to a method of a repository that makes one statement of it", `${service}import { Loans } from "./loans.repository";
export class Desk {
  constructor(private readonly loans: Loans) {}
  async giveBack(loanIds: string[], desk: string) {
    for (const id of loanIds) await this.loans.close(id, desk); // ! loop
  }
  async drop(loanIds: string[]) {
    await Promise.all(loanIds.map((id) => this.loans.remove(id))); // ! loop
  }
}`, { ...repositories, "src/loans.repository.ts": 'import { prisma } from "./db";\nexport class Loans {\n  close(id: string, desk: string) { return prisma.loan.updateMany({ where: { id, desk }, data: { open: false } }); }\n  async remove(id: string) { await prisma.loan.delete({ where: { id } }); }\n}\n' }],
  ["a loop that counts through a list, and takes what stands at that place", `${knex}export async function label(shelves: string[], labels: string[]) {
  for (let at = 0; at < shelves.length; at += 1) await knex("shelves").where({ id: shelves[at] }).update({ label: labels[at] }); // ! loop
}
export async function number(boxes: { id: string }[]) {
  let place = 0;
  while (place < boxes.length) {
    await knex("boxes").where({ id: boxes[place].id }).update({ place: place++ }); // ! loop
  }
}`],
  ["rows found one by one by the key that another system gave them", `${sequelize}export async function silence(chatIds: string[]) {
  for (const chatId of chatIds) await User.update({ muted: true }, { where: { chatId } }); // ! loop
}`],
  ["two rows of one table that are handed in together", `${typeorm}declare const dataSource: DataSource;
export async function transfer(from: Order, to: Order) {
  const orders = dataSource.getRepository(Order);
  await orders.save(from);
  await orders.save(to); // ! several
}`],
  ["what runs behind a connection that is committed already, or is never taken back", `import { connect } from "./db";
import { Orders } from "./orders";
export const handler = async (req) => {
  const connection = connect();
  await connection.open();
  await connection.commit();
  await new Orders(connection).place(req.body.item);
};`, { "src/db.ts": ownConnection, "src/orders.ts": `import { query } from "./db";
export class Orders {
  async place(item) {
    const { rows } = await query("insert into orders (item) values ($1) returning id", [item]);
    await query("insert into lines (order_id) values ($1)", [rows[0].id]); // ! several
  }
}
` }],
  ["rows of a loop that a filter leaves over for another reason than being there, and a list that nobody empties between its writes", `${prisma}export async function invite(team, guests) {
  return Promise.all(guests.filter((guest) => !guest.isBlocked).map((guest) => prisma.invite.create({ data: { team, guest: guest.email } }))); // ! loop
}
export async function publish(rows, topic) {
  const post = await prisma.post.create({ data: { topic } });
  await prisma.entry.createMany({ data: rows.map((row) => ({ post: post.id, row })) }); // ! several
}`],
  ["writes under conditions that may both hold", `${prisma}export async function enter(kind, place, amount) {
  if (kind === Kind.Gift) await prisma.account.update({ where: { id: place }, data: { balance: { decrement: amount } } });
  if (kind !== Kind.Loan) await prisma.stock.update({ where: { id: place }, data: { left: { decrement: amount } } }); // ! several
}`],
  ["use cases that are called after what they make", `import { openShop, addRates } from "./cases";
export async function open(owner) {
  const shop = await openShop.execute(owner);
  await addRates.execute(shop.id); // ! several
}`, { "src/cases.ts": `${prisma}class OpenShop { execute(owner) { return prisma.shop.create({ data: { owner } }); } }
class AddRates { execute(shop) { return prisma.rate.create({ data: { shop } }); } }
export const openShop = new OpenShop();
export const addRates = new AddRates();
` }],
  ["a mark that one row gains and the others lose", `${prisma}export async function choose(space, media) {
  await prisma.picture.updateMany({ where: { space, media: { not: media } }, data: { first: false } });
  await prisma.picture.updateMany({ where: { space, media }, data: { first: true } }); // ! several
}
export async function settle(owner, id) {
  await prisma.address.updateMany({ where: { owner }, data: { main: false } });
  await prisma.address.updateMany({ where: { owner, id }, data: { main: true } }); // ! several
}`],
  ["a count that a function of the project is given moved, for each of many", `import { stores } from "./stores";
export async function sold(order) {
  for (const line of order.lines) {
    const store = await stores.find(line.store);
    await stores.update(store, { sold: store.sold + line.count }); // ! loop
  }
}`, { "src/stores.ts": `${prisma}export const stores = { find: (id) => prisma.store.findUnique({ where: { id } }), update: (store, data) => prisma.store.update({ where: { id: store.id }, data }) };
` }],
  ["rows that an association makes and ties, by the names that Sequelize gives it", `${sequelize}export async function place(name, lines) {
  const user = await User.create({ name });
  for (const line of lines) await user.createOrder({ line }); // ! loop
}
export async function join(name, role) {
  const user = await User.create({ name });
  await user.addRole(role); // ! several
}`],
  ["columns that a statement is given moved, and counts of which one has to suffice", `${sqlite}export function move(from, to, amount) {
  const left = db.prepare("select balance from accounts where id = ?").get(from);
  const right = db.prepare("select balance from accounts where id = ?").get(to);
  const rest = left.balance - amount;
  db.prepare("update accounts set balance = ? where id = ?").run(rest, from);
  db.prepare("update accounts set balance = ? where id = ?").run(right.balance + amount, to); // ! several
}
export function redeem(code, user) {
  const coupon = db.prepare("select * from coupons where code = ?").get(code);
  if (coupon.left <= 0) throw new Error("none left");
  db.prepare("update users set credits = credits + ? where id = ?").run(coupon.worth, user);
  db.prepare("update coupons set left = left - 1 where code = ?").run(code); // ! several
}`],
  ["objects that were made with the client, by a factory or a constructor", `${kysely}import { Books, makeLoans } from "./stores";
const loans = makeLoans(db);
const books = new Books(db);
export async function lend(book, reader) {
  await loans.add(book, reader);
  await books.count(book); // ! several
}
export async function lendAtOnce(book, reader) {
  await makeLoans(db).add(book, reader);
  await new Books(db).count(book); // ! several
}`, { "src/stores.ts": `import type { Kysely, Transaction } from "kysely";
export const makeLoans = (on: Kysely<unknown> | Transaction<unknown>) => ({ add: (book, reader) => on.insertInto("loans").values({ book, reader }).execute() });
export class Books {
  constructor(private readonly on: Kysely<unknown> | Transaction<unknown>) {}
  count(book) { return this.on.updateTable("books").set((eb) => ({ lent: eb("lent", "+", 1) })).where("id", "=", book).execute(); }
}
` }],
  ["functions that no transaction of a namespace runs", `${sequelize}import { createNamespace } from "cls-hooked";
Sequelize.useCLS(createNamespace("tx"));
export async function place(name) {
  const user = await User.create({ name });
  await Order.create({ user: user.id }); // ! several
}`],
  ["what is only tried between two writes, and counts of what is there", `${prisma}export async function f(id, body) {
  await prisma.listing.update({ where: { id }, data: { state: "asked" } });
  try {
    await deliver(body);
  } catch (error) {
    await prisma.failure.create({ data: { body } });
  }
  await prisma.question.create({ data: { listing: id, body } }); // ! several
}
export const g = (parts) => Promise.all(parts.map((part) => prisma.stock.update({ where: { id: part.id }, data: { left: { decrement: 1 } } }))); // ! loop`],
  ["what the second takes of a row that is gone, and one key in two rows", `${prisma}export async function f(inviteId, userId) {
  const invite = await prisma.invite.findUniqueOrThrow({ where: { id: inviteId } });
  await prisma.invite.delete({ where: { id: inviteId } });
  await prisma.member.create({ data: { team: invite.team, userId } }); // ! several
}
export async function g(team, from, to) {
  await prisma.member.updateMany({ where: { team, user: from }, data: { role: "member" } });
  await prisma.member.updateMany({ where: { team, user: to }, data: { role: "owner" } }); // ! several
}`],
  ["statements that helpers begin, with the client where no handle is handed over", `${knex}const orders = (tx = knex) => tx("orders");
const lines = (tx = knex) => tx("lines");
export async function f(order) {
  await orders().where({ id: order }).update({ state: "open" });
  await lines().insert({ order }); // ! several
}
export const g = (order) => knex.transaction(async (trx) => { await orders(trx).where({ id: order }).update({ state: "open" }); await lines(trx).insert({ order }); });`],
  ["named parameters of a statement", `${mysql2}export async function f(charge, cents) {
  await pool.execute("update charges set refunded = :cents where id = :charge", { charge, cents });
  await pool.execute("insert into refunds (charge, cents) values (:charge, :cents)", { charge, cents }); // ! several
}`],
  ["a row by its key in the place of another", `${objection}export async function f(former, seat) {
  await Order.query().deleteById(former);
  await Order.query().insert({ seat }); // ! several
}`],
  ["what happened, which events of a store are that other rows are made of", `${prisma}export async function f(topic, id) {
  await prisma.order.update({ where: { id }, data: { state: "accepted" } });
  await prisma.outbox.create({ data: { topic, orderId: id } }); // ! several
}`],
  ["a write of a callback, which ends with it", `${prisma}const attempt = async (run) => run();
export async function f(item) {
  await attempt(async () => {
    return prisma.item.create({ data: item });
  });
  await prisma.feed.update({ where: { id: item.feed }, data: { read: true } }); // ! several
}`],
  ["loops that go on", `${prisma}export async function some(ids) {
  for (const id of ids) {
    if (id === "last") break;
    await prisma.file.create({ data: { id } }); // ! loop
  }
}`],
  ["statements of D1, on a binding by its type and on any that prepares statements", `import { Hono } from "hono";
import { env } from "cloudflare:workers";
const app = new Hono();
app.post("/v1/orders", async (c) => {
  const { DB } = c.env;
  await DB.prepare("insert into orders (id) values (?)").bind(1).run();
  await c.env.DB.prepare("update stock set n = n - 1").run(); // ! several
  return c.json({});
});
export class Orders {
  constructor(private readonly db: Pick<D1Database, "prepare">) {}
  async add(id: string, ids: string[]) {
    for (const line of ids) await this.db.prepare("insert into lines values (?, ?)").bind(id, line).run(); // ! loop
  }
}
export async function close(id: string) {
  await env.DB.prepare("delete from lines where order_id = ?").bind(id).run();
  await env.DB.prepare("delete from orders where id = ?").bind(id).run(); // ! several
}
export default { async fetch(request: Request, env: Env) {
  const order = await env.ORDERS.prepare("insert into orders (id) values (?) returning id").bind(1).first();
  await env.ORDERS.prepare("insert into lines (order_id) values (?)").bind(order.id).run(); // ! several
  return new Response("");
} };`],
  ["what is made where something else is missing", `${prisma}export async function f(email) {
  const known = await prisma.customer.findFirst({ where: { email } });
  let order;
  if (!known) order = await prisma.order.create({ data: { email } });
  await prisma.invoice.create({ data: { order: order?.id } }); // ! several
}`],
  ["a chain that nobody waits for, in what is done when the first write is", `${prisma}export function f(req, res) {
  prisma.order.create({ data: {} }).then((order) => {
    prisma.stock.update({ where: { id: order.stock }, data: {} }).then(() => res.end()); // ! several
  });
}`],
  ["what is counted for each row of a job", "", { "src/jobs/a.ts": `${prisma}export async function f() {
  const lines = await prisma.line.findMany({ where: { booked: false } });
  for (const line of lines) await prisma.stock.update({ where: { sku: line.sku }, data: { left: { decrement: line.amount } } }); // ! loop
}` }],
  ["Prisma: Promise.all over a list", `${prisma}export async function f(items) {
  await Promise.all(items.map((item) => prisma.item.update({ where: { id: item.id }, data: item }))); // ! loop
}`],
  ["TypeORM: a loop of saves", `${typeorm}export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  async f(all) {
    for (const one of all) {
      one.n = 3;
      await this.users.save(one); // ! loop
    }
  }
}`],
  ["rows of a caller that are each filled in with a name", `${prisma}export async function filled(rows, name) {
  for (const row of rows) if (!row.uuid) await prisma.account.update({ where: { id: row.id }, data: { uuid: name, name } }); // ! loop
}`],
  ["rows of a job that belong to what was made before", "", { "src/jobs/a.ts": `${prisma}export async function f() {
  const report = await prisma.report.create({ data: {} });
  const rows = await prisma.row.findMany({ where: { open: true } });
  for (const row of rows) await prisma.row.update({ where: { id: row.id }, data: { report: report.id } }); // ! loop
}` }],
  ["a function that writes again where a read fails, and hands its failure on", `${prisma}async function restock(id) { try { await prisma.stock.findFirstOrThrow({ where: { id } }); } catch (error) { await prisma.stock.create({ data: { id } }); } }
export async function f(id) { await restock(id); await prisma.order.delete({ where: { id } }); } // ! several`],
  ["a callback of a wrapper for something else", `${prisma}declare const service: any;
const drop = async (id) => { await prisma.stock.delete({ where: { id } }); await prisma.order.delete({ where: { id } }); }; // ! several
export const f = (id) => service.traced(() => drop(id));`],
  ["writes handed to code of the project that runs them and begins nothing", `${knex}async function within(work) { await work(); await knex("orders").select("id"); }
export async function f(id) {
  await within(async () => {
    await knex("orders").insert({ id });
    await knex("stock").where({ id }).update({ taken: true }); // ! several
  });
}`],
  ["what is done when a write says that it succeeded", `${prisma}async function change(id) { return { isOk: () => true, row: await prisma.user.update({ where: { id }, data: {} }) }; }
export async function f(id) {
  const result = await change(id);
  if (result.isOk()) await prisma.welcome.create({ data: { id } }); // ! several
  return result;
}`],
  ["Prisma: two writes in a row", `${prisma}export async function f(from, to) {
  await prisma.account.update({ where: { id: from }, data: {} });
  await prisma.account.update({ where: { id: to }, data: {} }); // ! several
}`],
  ["Prisma: a write, a read and a write", `${prisma}export async function f(id) {
  await prisma.order.create({ data: {} });
  const stock = await prisma.stock.findFirst({ where: { id } });
  await prisma.stock.update({ where: { id }, data: { n: stock.n - 1 } }); // ! several
}`],
  ["Prisma: a write in a branch and one behind it", `${prisma}export async function f(id, paid) {
  if (paid) await prisma.payment.create({ data: { order: id } });
  await prisma.order.update({ where: { id }, data: {} }); // ! several
}`],
  ["Prisma: writes in parallel", `${prisma}export async function f(stock) {
  await Promise.all([
    prisma.order.create({ data: { stock } }),
    prisma.stock.update({ where: { id: stock }, data: {} }), // ! several
  ]);
}`],
  ["Prisma: a loop", `${prisma}export async function f(items) {
  for (const item of items) {
    await prisma.item.create({ data: item }); // ! loop
  }
}`],
  ["Prisma: the class of a service", `${prisma}export class Orders {
  constructor(private readonly db: PrismaClient) {}
  async place(data) {
    const order = await this.db.order.create({ data });
    await this.db.stock.update({ where: { id: data.stock }, data: {} }); // ! several
    return order;
  }
}`],
  ["Prisma: a route handler", `${prisma}import express from "express";
export const app = express();
app.post("/orders", async (req, res) => {
  await prisma.order.create({ data: { name: req.body.name, stock: req.body.stock } });
  await prisma.stock.update({ where: { id: req.body.stock }, data: {} }); // ! several
  res.status(204).end();
});`],
  ["two repositories of a service", `${service}export class Orders {
  constructor(private readonly users: UserRepository, private readonly orders: OrderRepository) {}
  async place(data) {
    await this.users.save(data);
    await this.orders.save(data); // ! several
  }
}`, repositories],
  ["a repository in a loop", `${service}export class Orders {
  constructor(private readonly orders: OrderRepository) {}
  async place(all) {
    for (const one of all) await this.orders.save(one); // ! loop
  }
}`, repositories],
  ["repositories behind interfaces", `import type { Users, Orders } from "./ports";
export class Place {
  constructor(private readonly users: Users, private readonly orders: Orders) {}
  async run(data) {
    await this.users.save(data);
    await this.orders.save(data); // ! several
  }
}`, { "src/ports.ts": "export interface Users { save(data: unknown): Promise<void> }\nexport interface Orders { save(data: unknown): Promise<void> }\n", "src/adapters.ts": `import type { Users, Orders } from "./ports";\n${prisma}export class PrismaUsers implements Users { async save(data) { await prisma.user.create({ data }); } }\nexport class PrismaOrders implements Orders { async save(data) { await prisma.order.create({ data }); } }\n` }],
  ["functions of the project", `import { addUser, addOrder } from "./store";
export async function place(data) {
  await addUser(data);
  await addOrder(data); // ! several
}`, { "src/db.ts": prisma, "src/store.ts": 'import { prisma } from "./db";\nexport const addUser = (data) => prisma.user.create({ data });\nexport const addOrder = async (data) => { await prisma.order.create({ data }); };\n' }],
  ["a write of its own and one of a function", `${prisma}async function reserve(id) { await prisma.stock.update({ where: { id }, data: {} }); }
export async function place(id) {
  await prisma.order.create({ data: { stock: id } });
  await reserve(id); // ! several
}`],
  ["Drizzle: two writes", `${drizzle}export async function f(order) {
  await db.insert(users).values({ order });
  await db.update(orders).set({ done: true }).where(eq(orders.id, order)); // ! several
}`],
  ["Drizzle: a delete and an insert", `${drizzle}export async function f(rows) {
  await db.delete(orders);
  await db.insert(orders).values(rows); // ! several
}`],
  ["TypeORM: two repositories", `${typeorm}export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, @InjectRepository(Order) private readonly orders: Repository<Order>) {}
  async f(user) {
    const saved = await this.users.save(user);
    await this.orders.save({ user: saved }); // ! several
  }
}`],
  ["Kysely: two writes", `${kysely}export async function f(id) {
  await db.insertInto("a").values({ id }).execute();
  await db.deleteFrom("b").where("id", "=", id).execute(); // ! several
}`],
  ["Knex: two writes", `${knex}export async function f(id) {
  await knex("a").where({ id }).del();
  await knex("b").insert({ id }); // ! several
}`],
  ["Sequelize: two writes", `${sequelize}export async function f(id) {
  const user = await User.create({});
  await Order.update({ user: user.id }, { where: { id } }); // ! several
}`],
  ["Sequelize: a document that is saved and another that is made", `${sequelize}export async function f(id) {
  const user = await User.findByPk(id);
  user.n = 1;
  await user.save();
  await Order.create({ user: id }); // ! several
}`],
  ["Objection: two writes", `${objection}export async function f(id) {
  await User.query().insert({ order: id });
  await Order.query().patch({ done: true }).where({ id }); // ! several
}`],
  ["pg: two writes of the pool", `${pg}export async function f() {
  await pool.query("insert into a values (1)");
  await pool.query("update b set n = n + 1 where id = 1"); // ! several
}`],
  ["postgres.js: two writes", `${postgres}export async function f(id) {
  await sql\`insert into a values (\${id})\`;
  await sql\`delete from b where id = \${id}\`; // ! several
}`],
  ["mysql2: two writes", `${mysql2}export async function f(id) {
  await pool.execute("insert into a values (?)", [id]);
  await pool.execute("insert into b values (?)", [id]); // ! several
}`],
  ["better-sqlite3: two writes", `${sqlite}export function f(id) {
  db.prepare("insert into a values (?)").run(id);
  db.prepare("insert into b values (?)").run(id); // ! several
}`],
  ["libSQL: two writes", `${libsql}export async function f(id) {
  await client.execute({ sql: "insert into a values (?)", args: [id] });
  await client.execute({ sql: "insert into b values (?)", args: [id] }); // ! several
}`],
  ["Mongoose: two collections", `${mongoose}export async function f(id) {
  const order = await Order.create({ user: id });
  await User.updateOne({ _id: id }, { order }); // ! several
}`],
  ["mongodb: two writes", `${mongodb}export async function f(id) {
  await users.insertOne({ id });
  await client.db().collection("orders").deleteMany({ id }); // ! several
}`],
  ["writes before a transaction that is opened afterwards", `${prisma}export async function f(id) {
  await prisma.a.create({ data: { id } });
  await prisma.b.create({ data: { a: id } }); // ! several
  await prisma.$transaction(async (tx) => { await tx.c.create({ data: {} }); });
}`],
  ["a failure that is thrown on", `${prisma}export async function f(id) {
  await prisma.order.create({ data: { stock: id } }).catch((error) => { throw new Error("no order", { cause: error }); });
  await prisma.stock.update({ where: { id }, data: {} }); // ! several
}`],
  ["a row, and what came of work that was done before", `${prisma}export async function check(task) {
  const results = await task.runAllChecks();
  const run = await prisma.run.create({ data: { task: task.id } });
  await prisma.result.createMany({ data: results.map((result) => ({ runId: run.id, result })) }); // ! several
}`],
  ["what one function of the project takes away after another has taken what it belongs to", `import { removeLines, removeOrder } from "./orders";
export async function remove(id) {
  await removeOrder(id);
  await removeLines(id); // ! several
}`, { "src/orders.ts": `${prisma}export const removeLines = (orderId) => prisma.line.deleteMany({ where: { orderId } });\nexport const removeOrder = (id) => prisma.order.delete({ where: { id } });\n` }],
  ["a step of a row, and one of what hangs on it", `${prisma}export async function revoke(id) {
  await prisma.grant.update({ where: { id }, data: { state: "revoked", revokedAt: new Date() } });
  await prisma.contract.updateMany({ where: { grantId: id }, data: { state: "void" } }); // ! several
}`],
  ["what is changed by what a row gave that is gone", `${prisma}export async function release(id) {
  const hold = await prisma.hold.delete({ where: { id } });
  await prisma.room.update({ where: { id: hold.room }, data: { free: true } }); // ! several
}`],
  ["what a function of the project changes in two rows", `import { setRole } from "./roles";
export async function handOver(former, next) {
  await setRole(former, "member");
  await setRole(next, "owner"); // ! several
}`, { "src/roles.ts": `${prisma}export const setRole = (id, role) => prisma.member.update({ where: { id }, data: { role } });\n` }],
  ["what is only done where the first did something", `${sequelize}import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function join(guest) {
  const [member, created] = await User.findOrCreate({ where: { guest } });
  if (created) await Order.create({ kind: "welcome" }); // ! several
  return member;
}
export async function redeem(code) {
  const used = await prisma.voucher.updateMany({ where: { code, used: false }, data: { used: true } });
  if (used.count === 0) throw new Error("used");
  await prisma.gift.create({ data: { kind: "free" } }); // ! several
}`],
  ["statements whose text a helper is given", `import { query } from "./query";
export async function close(id) {
  await query("delete from lines where order_id = $1", [id]);
  await query("delete from orders where id = $1", [id]); // ! several
}`, { "src/query.ts": `${pg}export const query = (text, values) => pool.query(text, values);\n` }],
  ["what is counted by a function, for each of its caller's rows", `import { take } from "./stock";
export async function takeAll(parts) {
  for (const part of parts) await take(part); // ! loop
}`, { "src/stock.ts": `${drizzle}export const take = (part) => db.update(parts).set({ left: sql\`\${parts.left} - 1\` }).where(eq(parts.id, part));\n` }],
  ["a row, and what is taken away for it", `${mongoose}export async function checkout(basket) {
  const order = new Order({ basket });
  await order.save();
  await User.deleteMany({ basket }); // ! several
}`],
  ["documents that are put into each other's lists", `${mongoose}export async function pair(left, right) {
  const one = await User.findById(left);
  const other = await User.findById(right);
  one.partners.push(other._id);
  other.partners.push(one._id);
  await one.save();
  await other.save(); // ! several
}`],
  ["a client that a proxy makes at its first use", `import { PrismaClient } from "@prisma/client";
let client: PrismaClient | undefined;
const prisma = new Proxy({} as PrismaClient, { get: (_, key) => Reflect.get((client ??= new PrismaClient()), key) });
export async function f(id) {
  await prisma.order.create({ data: { stock: id } });
  await prisma.stock.update({ where: { id }, data: {} }); // ! several
}`],
  ["a client that a function of the project keeps", `import { PrismaClient } from "@prisma/client";
import { once } from "./once";
const prisma = once("prisma", () => new PrismaClient());
export async function f(id) {
  await prisma.order.create({ data: { stock: id } });
  await prisma.stock.update({ where: { id }, data: {} }); // ! several
}`, { "src/once.ts": "const kept = new Map<string, unknown>();\nexport function once<T>(name: string, make: () => T): T {\n  if (!kept.has(name)) kept.set(name, make());\n  return kept.get(name) as T;\n}\n" }],
  ["a client that every caller passes, from what a framework gave it", `${prisma}async function reset(context, id) {
  await context.db.user.update({ where: { id }, data: {} });
  await context.db.post.deleteMany({ where: { id } }); // ! several
}
async function renew(client, id) {
  await client.user.update({ where: { id }, data: {} });
  await client.post.deleteMany({ where: { id } }); // ! several
}
export const run = (id) => renew(prisma, id);
import { initTRPC } from "@trpc/server";
const t = initTRPC.context<{ db: PrismaClient }>().create();
export const router = t.router({ reset: t.procedure.mutation(async ({ ctx, input }) => { await reset(ctx, input); }) });`],
  ["a connection that is borrowed and in no transaction, with what it is handed to", `${pg}async function take(client, id) { await client.query("UPDATE a SET n = 1 WHERE id = $1", [id]); }
export async function f(id) {
  const client = await pool.connect();
  try {
    await take(client, id);
    await client.query("INSERT INTO b (id) VALUES ($1)", [id]); // ! several
  } finally {
    client.release();
  }
}`],
  ["a chain whose one handler hears of both", `${mongoose}export const f = (id) => User.create({ id }).then((user) => User.updateMany({ owner: user.id }, {})).catch(console.error); // ! several`],
  ["what belongs to a row that another attempt refuses, or does not find any more", `${prisma}export async function deliver(id) {
  const order = await prisma.order.findUnique({ where: { id } });
  if (!order || order.state !== "SENT") throw new Error("wrong state");
  await prisma.order.update({ where: { id }, data: { state: "DELIVERED" } });
  await prisma.courier.update({ where: { id: order.courierId }, data: { busy: false } }); // ! several
}
export async function accept(id) {
  const invite = await prisma.invite.findUniqueOrThrow({ where: { id } });
  if (invite.usedAt) throw new Error("used");
  await prisma.invite.update({ where: { id }, data: { usedAt: new Date() } });
  await prisma.team.update({ where: { id: invite.teamId }, data: { open: false } }); // ! several
}
export async function close(campaign) {
  const gifts = await prisma.gift.findMany({ where: { campaign, counted: false } });
  let sum = 0;
  for (const gift of gifts) {
    await prisma.gift.update({ where: { id: gift.id }, data: { counted: true } });
    sum += gift.cents;
  }
  await prisma.campaign.update({ where: { id: campaign }, data: { sum } }); // ! several
}`, { "src/jobs/a.ts": `${prisma}export async function f() {
  const orders = await prisma.order.findMany({ where: { open: true } });
  for (const order of orders) {
    await prisma.order.update({ where: { id: order.id }, data: { open: false } });
    await prisma.seat.updateMany({ where: { order: order.id }, data: { order: null } }); // ! several
  }
}` }],
  ["documents that `exec` gives, and one found by a key of the other", `${mongoose}export async function f(id) {
  const order = await Order.findById(id).exec();
  if (order.state !== "SENT") throw new Error("wrong state");
  order.state = "DELIVERED";
  await order.save();
  const user = await User.findById(order.user).select("orders").exec();
  user.orders = user.orders.filter((one) => one !== id);
  await user.save(); // ! several
}`],
  ["a session that no caller hands over", `import { Addresses, Customers } from "./customers";
const customers = new Customers(new Addresses());
export const add = (id, street) => customers.add(id, street);`, { "src/customers.ts": `${mongoose}export class Addresses {
  async create(street, options) { const [made] = await Order.create([{ street }], { session: options?.session }); return made; }
}
export class Customers {
  constructor(private readonly addresses: Addresses) {}
  async add(id: string, street: string, options?: { session?: unknown }) {
    const user = await User.findById(id).session(options?.session ?? null).exec();
    const address = await this.addresses.create(street, options);
    const key = new Types.ObjectId(address._id);
    user.addresses.push(key);
    await user.save({ session: options?.session }); // ! several
  }
}` }],
  ["repositories in the context of a procedure", `import { initTRPC } from "@trpc/server";
import { Boards } from "./boards";
${kysely}const createContext = () => ({ boards: new Boards(db) });
const t = initTRPC.context<typeof createContext>().create();
export const router = t.router({
  add: t.procedure.mutation(async ({ ctx, input }) => {
    await ctx.boards.add(input.board, input.title);
    await ctx.boards.countUp(input.board); // ! several
  }),
});
export const together = (input) => db.transaction().execute(async (trx) => { const boards = new Boards(trx); await boards.add(input.board, input.title); await boards.countUp(input.board); });`, { "src/boards.ts": `import type { Kysely } from "kysely";
export class Boards {
  constructor(private readonly on: Kysely<unknown>) {}
  add(board, title) { return this.on.insertInto("cards").values({ board, title }).execute(); }
  countUp(board) { return this.on.updateTable("boards").set((eb) => ({ cards: eb("cards", "+", 1) })).where("id", "=", board).execute(); }
}
` }],
  ["a statement that a repository keeps in a variable before it gives it back, and a key that is made a number", `import { Stock } from "./stock";
${prisma}const stock = new Stock();
export async function take(items) {
  for (const item of items) await stock.change({ _id: item.part }, { $inc: { left: -item.count } }); // ! loop
}
export async function drop(req) {
  const { id } = req.params;
  await prisma.part.delete({ where: { id: Number(id) } });
  await prisma.shelf.deleteMany({ where: { partId: Number(id) } }); // ! several
}`, { "src/stock.ts": `${mongoose}export class Stock {
  async change(filter, update) {
    let query = Order.findOneAndUpdate(filter, update);
    query = query.populate("part");
    return query;
  }
}
` }],
];

/** Writes that nothing shows to be one change: strict alone asks for a transaction. */
export const untied: readonly Case[] = [
  ["what is changed to what the caller gives, in a row and in what hangs on it", `${prisma}export async function relabel(id, logo) {
  await prisma.brand.update({ where: { id }, data: { logo } });
  await prisma.page.updateMany({ where: { brandId: id }, data: { logo } }); // ! several
}`],
  ["what is left for after the answer", `${prisma}export function rename(id, domain, waitUntil) {
  waitUntil((async () => {
    await prisma.site.create({ data: { domain, id } });
    await prisma.page.updateMany({ where: { siteId: id }, data: { domain } }); // ! several
  })());
}`],
  ["what one function of the project takes away before another takes what it belongs to", `import { removeLines, removeOrder } from "./orders";
export async function remove(id) {
  await removeLines(id);
  await removeOrder(id); // ! several
}`, { "src/orders.ts": `${prisma}export const removeLines = (orderId) => prisma.line.deleteMany({ where: { orderId } });\nexport const removeOrder = (id) => prisma.order.delete({ where: { id } });\n` }],
  ["what two functions of the project change by one key", `import { activate, rename } from "./links";
export async function reconnect(id, name) {
  await rename(id, name);
  await activate(id); // ! several
}`, { "src/links.ts": `${prisma}export const rename = (id, name) => prisma.link.update({ where: { id }, data: { name } });\nexport const activate = (id) => prisma.page.update({ where: { id }, data: { active: true } });\n` }],
  ["a change that finds its row again, and a row that has nothing of it", `${prisma}export async function edit(id, name) {
  const { count } = await prisma.shop.updateMany({ where: { id }, data: { name } });
  if (count === 0) throw new Error("none");
  await prisma.visit.create({ data: { kind: "edit" } }); // ! several
}`],
  ["two statements of a job about one row", "", { "src/jobs/a.ts": `${prisma}export async function f({ data }) {
  await prisma.order.deleteMany({ where: { customer: data.id } });
  await prisma.customer.delete({ where: { id: data.id } }); // ! several
}` }],
  ["a row and another that it names, each of which is changed once more", `${prisma}export async function touch(id) {
  const touched = await prisma.file.update({ where: { id }, data: { openedAt: new Date() } });
  if (!touched) return null;
  await prisma.folder.update({ where: { id: touched.folder }, data: { open: true } }); // ! several
}`],
  ["rows that are brought to what a program is set up with, at each of its starts", `${prisma}export async function setServerFromConfig(server, rooms) {
  for (const room of Object.keys(rooms)) await prisma.room.create({ data: { room, server } }); // ! loop
}`],
  ["a row that SQL makes where it is missing, before another one", `import { Pool } from "pg";
const pool = new Pool();
export async function keep(id, name) {
  await pool.query("INSERT INTO people VALUES ($1) ON CONFLICT DO NOTHING", [id]);
  await pool.query("INSERT INTO names VALUES ($1, $2)", [id, name]); // ! several
}`],
  ["handlers of events, of which each is taken in for itself", `${prisma}class Broker {
  async onLeft(room, name) { await prisma.seat.delete({ where: { room, name } }); }
  async onTopic(room, name) { await prisma.topic.update({ where: { room }, data: { name } }); }
  async quit(rooms, name) { for (const room of rooms) await this.onLeft(room, name); } // ! loop
  async move(room, name) { await this.onLeft(room, name); await this.onTopic(room, name); } // ! several
}
export const broker = new Broker();`],
  ["the steps of one row", `${prisma}export async function states(id) {
  await prisma.campaign.update({ where: { id }, data: { state: "running", startedBy: id } });
  await prisma.campaign.update({ where: { id }, data: { state: "done" } }); // ! several
}`],
  ["rows that are made for what was looked up, with nothing that asks whether they are there", `${prisma}export async function f() {
  const due = await prisma.loan.findMany({ where: { open: true } });
  for (const loan of due) await prisma.fine.create({ data: { loan: loan.id } }); // ! loop
}`],
  ["a write, and a row that is found or made", `${prisma}async function getTag(name) {
  return (await prisma.tag.findFirst({ where: { name } })) ?? prisma.tag.create({ data: { name } });
}
export async function f(name) {
  await prisma.post.create({ data: { name } });
  await getTag(name); // ! several
}`],
  ["MikroORM: two flushes", `${mikro}export class S {
  constructor(private readonly em: EntityManager) {}
  async f(a, b) {
    this.em.persist(a);
    await this.em.flush();
    this.em.persist(b);
    await this.em.flush(); // ! several
  }
}`],
  ["a while loop", `${knex}export async function f(queue) {
  while (queue.length > 0) {
    await knex("a").insert(queue.pop()); // ! loop
  }
}`],
  ["rows that the caller's key leads to", `${prisma}export async function f(shelf) {
  const books = await prisma.book.findMany({ where: { shelf } });
  for (const book of books) await prisma.book.update({ where: { id: book.id }, data: { shelf: null } }); // ! loop
}`],
  ["two rows that have nothing in common", `${prisma}export async function f(user, shelf) {
  await prisma.visit.create({ data: { user } });
  await prisma.shelf.update({ where: { id: shelf }, data: { open: true } }); // ! several
}`],
  ["two rows of who asks", `${prisma}export async function f(session, title, note) {
  await prisma.draft.create({ data: { title, author: session.user.id } });
  await prisma.reminder.create({ data: { note, author: session.user.id } }); // ! several
}`],
];

/** Writes that need no transaction, or have one. */
export const silent: readonly Case[] = [
  ["a step that is taken again the next time, of a row that whoever asks is found by, and what follows it", `${mongoose}import { Riddle, Entry } from "./models";
export async function solve(req, res) {
  const { id: userId } = req.user;
  const riddle = await Riddle.findOne({ userId });
  const other = await Riddle.findOne({ userId, kind: "daily" });
  if (!riddle || other.solved) return res.status(404).end();
  await Riddle.findOneAndUpdate({ userId }, { solved: true });
  await Entry.findOneAndUpdate({ userId }, { admitted: true });
}`, { "src/models.ts": `${mongoose}export const Riddle = mongoose.model("Riddle", riddleSchema);\nexport const Entry = mongoose.model("Entry", entrySchema);\n` }],
  ["an invitation for each link that a page is rendered with", `${prisma}export async function page(links) {
  await Promise.all(links.map(async (link) => { link.href = await renderInvite(link.guest); }));
}
async function renderInvite(guest) {
  const invite = await prisma.invitation.create({ data: { guest } });
  return "/join/" + invite.id;
}`],
  ["a row that is changed, and changed again by what the first change gave", `${prisma}export async function edit(id: string, name: string, cover: Buffer) {
  const changed = await prisma.album.update({ where: { id }, data: { name } });
  let answer = changed;
  if (cover) answer = await prisma.album.update({ where: { id: changed.id }, data: { cover } });
  return answer;
}`],
  ["the next number of a row, of which one may be left out", `${mongoose}import { Talk, Turn } from "./models";
export async function say(talk: string, text: string) {
  const reserved = await Talk.findOneAndUpdate({ talk }, { $inc: { nextTurnNo: 1 } });
  await Turn.create({ talk, number: reserved.nextTurnNo, text });
}`, { "src/models.ts": `${mongoose}export const Talk = mongoose.model("Talk", talkSchema);\nexport const Turn = mongoose.model("Turn", turnSchema);\n` }],
  ["rows that were looked up by something else, and what is not theirs", `${drizzle}import { inArray } from "drizzle-orm";
import { chats, notes, users } from "./schema";
export async function clear(user: string, ids: string[]) {
  const rows = await db.select({ id: chats.id }).from(chats).where(eq(chats.state, "closed")).limit(100);
  await db.delete(notes).where(inArray(notes.id, ids));
  await db.delete(users).where(eq(users.name, rows.length > 0 ? "closed" : "open"));
}`],
  ["a parent that is told of other rows after some were taken away", `${prisma}export async function replan(name: string, note: string) {
  await prisma.shift.deleteMany({ where: { done: true } });
  await prisma.plan.update({ where: { name }, data: { notes: { createMany: { data: [{ note }] } } } });
}`],
  ["the session that lets a user in, and how often it did", `${prisma}export async function signIn(userId: string, token: string) {
  await prisma.session.create({ data: { userId, token } });
  await prisma.user.update({ where: { id: userId }, data: { visits: { increment: 1 } } });
}`],
  ["rows that make room in the batch in which the new row is", `${prisma}export async function insertStep(plan: string, place: number) {
  const steps = await prisma.step.findMany({ where: { plan }, take: 50 });
  const writes = [];
  for (const step of steps) {
    let at = Number(step.place);
    if (at >= place) { at++; writes.push(prisma.step.update({ where: { id: step.id }, data: { place: at } })); }
  }
  writes.push(prisma.step.create({ data: { plan, place } }));
  await prisma.$transaction(writes);
}`],
  ["places that are counted from nothing, and a row of the same table", `${prisma}export async function renumber(plan: string, id: string) {
  const steps = await prisma.step.findMany({ where: { plan }, take: 50 });
  let at = 0;
  const moves = [];
  for (const step of steps) { at++; moves.push(prisma.step.update({ where: { id: step.id }, data: { place: at } })); }
  await prisma.$transaction(moves);
  await prisma.step.create({ data: { title: "new" } });
}`],
  ["a sum of other fields in an update that is a pipeline", `${mongoose}import { Flag, Team } from "./models";
export async function publish(flag: Flag, team: Team) {
  await Flag.create({ worth: flag.worth });
  await Team.findOneAndUpdate({ name: team.name }, [{ $set: { points: { $add: ["$won", "$lent"] } } }]);
}`, { "src/models.ts": `${mongoose}export const Flag = mongoose.model("Flag", flagSchema);\nexport const Team = mongoose.model("Team", teamSchema);\n` }],
  ["a guest of a list that is added again by the next attempt", `${mongoose}import { Party, Wallet } from "./models";
export async function admit(code: string, guest: string) {
  const party = await Party.findOne({ code });
  if (!party?.guests.includes(guest)) console.log("new guest");
  await Party.updateOne({ code }, { $addToSet: { guests: guest } }, { upsert: true });
  await Wallet.updateOne({ guest }, { coins: 5 });
}`, { "src/models.ts": `${mongoose}export const Party = mongoose.model("Party", partySchema);\nexport const Wallet = mongoose.model("Wallet", walletSchema);\n` }],
  ["a row that is taken away, and what has nothing of it", `${mongoose}import { Cart, Stock } from "./models";
export async function clear(buyer: string, stock: Stock) {
  const cart = await Cart.findOne({ buyer });
  if (!cart) return;
  await Cart.deleteOne({ buyer });
  await Stock.updateOne({ name: stock.name }, { label: stock.label });
}`, { "src/models.ts": `${mongoose}export const Cart = mongoose.model("Cart", cartSchema);\nexport const Stock = mongoose.model("Stock", stockSchema);\n` }],
  ["what is looked up among what a write is given, and a change of each row of a list that was made", `import { rooms } from "./rooms";
${prisma}export const furnish = async (name: string, hostel: string) => rooms.addBed(await rooms.find(name), hostel);
export async function close(guestIds: string[]) {
  const guests = await Promise.all(guestIds.map((id) => prisma.guest.findUnique({ where: { id } })));
  for (const guest of guests) await prisma.guest.update({ where: { id: guest.id }, data: { closed: true } });
}`, { "src/rooms.ts": `${prisma}export const rooms = {
  find: async (name: string) => (await prisma.room.findFirst({ where: { name } }))?.id,
  addBed: (room: string, label: string) => prisma.bed.create({ data: { room, label } }),
};
` }],
  ["each element handed to a method that does more than one statement, or brings a row to what it should be", `${service}import { Loans } from "./loans.repository";
export class Desk {
  constructor(private readonly loans: Loans) {}
  async giveBack(loanIds: string[]) { for (const id of loanIds) await this.loans.closeIfOpen(id); }
  async remember(loanIds: string[]) { for (const id of loanIds) await this.loans.upsertMark(id); }
}`, { ...repositories, "src/loans.repository.ts": 'import { prisma } from "./db";\nexport class Loans {\n  async closeIfOpen(id: string) { const loan = await prisma.loan.findUnique({ where: { id } }); if (loan?.open) await prisma.loan.update({ where: { id }, data: { open: false } }); }\n  upsertMark(id: string) { return prisma.mark.upsert({ where: { id }, create: { id }, update: {} }); }\n}\n' }],
  ["a list that is emptied from its end, and rows that hang on each element", `${prisma}export async function drain(queue: string[]) {
  while (queue.length > 0) await prisma.item.update({ where: { id: queue.pop() }, data: { done: true } });
}
export async function clear(teamIds: string[]) {
  for (const teamId of teamIds) await prisma.member.deleteMany({ where: { teamId } });
}`],
  ["an average that is made anew of all rows", `${service}import { Reviews } from "./reviews.repository";
export class Desk {
  constructor(private readonly reviews: Reviews) {}
  async rate(bookId: string, stars: number) { await this.reviews.add(bookId, stars); await this.reviews.updateAverageStars(bookId); }
}`, { ...repositories, "src/reviews.repository.ts": 'import { prisma } from "./db";\nexport class Reviews {\n  async add(bookId: string, stars: number) { await prisma.review.create({ data: { bookId, stars } }); }\n  async updateAverageStars(bookId: string) { const { _avg } = await prisma.review.aggregate({ where: { bookId }, _avg: { stars: true } }); await prisma.book.update({ where: { id: bookId }, data: { stars: _avg.stars } }); }\n}\n' }],
  ["what takes away that nothing needs any more", `${service}import { People } from "./people.repository";
export class Desk {
  constructor(private readonly people: People) {}
  async leave(personId: string) { await this.people.remove(personId); await this.people.deleteUnused(personId); }
}`, { ...repositories, "src/people.repository.ts": 'import { prisma } from "./db";\nexport class People {\n  async remove(id: string) { await prisma.person.delete({ where: { id } }); }\n  async deleteUnused(id: string) { await prisma.household.deleteMany({ where: { people: { none: {} } } }); }\n}\n' }],
  ["who changed a row last", `${prisma}export async function addShelf(hallId: string, userId: string) {
  await prisma.shelf.create({ data: { hallId } });
  await prisma.hall.update({ where: { id: hallId }, data: { updatedBy: userId } });
}`],
  ["what runs between the opening and the end of a connection of the project's own", `import { connect } from "./db";
import { Orders } from "./orders";
export const handler = () => async (req, res) => {
  const connection = connect();
  try {
    await connection.open();
    await new Orders(connection).place(req.body.item);
    await connection.commit();
    res.end();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
};`, { "src/db.ts": ownConnection, "src/orders.ts": `import { query } from "./db";
export class Orders {
  async place(item) {
    const { rows } = await query("insert into orders (item) values ($1) returning id", [item]);
    await query("insert into lines (order_id) values ($1)", [rows[0].id]);
  }
}
` }],
  ["a row and what an answer is made of, and what a job holds on to", `import { toOrderDto, renewLease } from "./answers";
${prisma}export async function place(item) {
  const order = await prisma.order.create({ data: { item } });
  return toOrderDto(order);
}
export async function work(job) {
  let current = await renewLease(job);
  current = await renewLease(current);
  return current;
}`, { "src/answers.ts": `${prisma}export async function toOrderDto(order) { await prisma.link.create({ data: { order: order.id } }); return order; }
export const renewLease = (job) => prisma.job.update({ where: { id: job.id }, data: { until: job.until + 1 } });
` }],
  ["rows of a loop that are not there yet, and those that one lookup each finds", `${prisma}export async function join(team, people) {
  const members = await prisma.member.findMany({ where: { team } });
  return Promise.all(people.filter((one) => !members.some((member) => member.person === one.id)).map((one) => prisma.member.create({ data: { team, person: one.id } })));
}
export async function copyAll(board, nodes) {
  return Promise.all(nodes.map(async (node) => ({ ...node, step: (await prisma.step.findFirst({ where: { name: node.name } }))?.id ?? (node.kind ? (await prisma.step.create({ data: { board, kind: node.kind } })).id : undefined) })));
}`],
  ["a list that is written and emptied when it is long, and what is left of it", `${mongodb}export async function load(source, space) {
  let rows = [];
  for (const row of source) {
    rows.push({ space, row });
    if (rows.length > 500) {
      await users.insertMany(rows);
      rows = [];
    }
  }
  await users.insertMany(rows);
}
export async function loadAll(source, space) {
  const rows = [];
  for (const row of source) {
    rows.push({ space, row });
    if (rows.length > 500) {
      await users.insertMany(rows);
      rows.length = 0;
    }
  }
  await users.insertMany(rows);
}`],
  ["one of several kinds, each with its write", `${prisma}export async function settle(kind, id, amount) {
  if (kind === Kind.Gift) await prisma.account.update({ where: { id }, data: { balance: { decrement: amount } } });
  if (kind === Kind.Loan) await prisma.account.update({ where: { id }, data: { balance: { increment: amount } } });
  if (kind === REFUND && amount > 0) await prisma.stock.update({ where: { id }, data: { left: { decrement: amount } } });
}
export async function move(kind, id, amount) {
  if (kind === "gift") await prisma.account.update({ where: { id }, data: { balance: { decrement: amount } } });
  if (kind !== "gift") await prisma.stock.update({ where: { id }, data: { left: { decrement: amount } } });
}`],
  ["use cases that are called after what they look up or reckon, before a row is made", `import { checkStock, calculateFee } from "./cases";
${prisma}export class Orders {
  async place(cart) {
    await checkStock.execute(cart.id);
    const fee = await calculateFee.execute(cart.id);
    return prisma.order.create({ data: { cart: cart.id, fee } });
  }
}`, { "src/cases.ts": `${prisma}class CheckStock { execute(cart) { return prisma.item.updateMany({ where: { cart }, data: { available: true } }); } }
class CalculateFee { execute(cart) { return prisma.fee.create({ data: { cart } }); } }
export const checkStock = new CheckStock();
export const calculateFee = new CalculateFee();
` }],
  ["records of events and of changes, with what they were made for", `${prisma}export async function pay(order, reason) {
  const payment = await prisma.payment.create({ data: { order } });
  await prisma.orderEventRecord.create({ data: { payment: payment.id, reason } });
}
export async function stop(flow, changer) {
  const run = await prisma.run.create({ data: { flow } });
  await prisma.flowVersion.create({ data: { run: run.id, changer, changedState: run } });
}`],
  ["what rows are asked for by the names of Sequelize, and values that are not moved", `${sequelize}export async function show(id) {
  const user = await User.findByPk(id);
  const orders = await user.getOrders();
  await user.update({ seen: orders.length });
}`],
  ["one row that is taken away in one of two places", `${prisma}export async function remove(id, files) {
  if (files.length > 0) {
    await drop(files);
    await prisma.user.delete({ where: { id } });
  }
  await prisma.user.delete({ where: { id } });
}`],
  ["one row that is taken a step on, and back", `${prisma}export async function retry(id) {
  await prisma.job.update({ where: { id }, data: { running: false } });
  await prisma.job.update({ where: { id }, data: { running: true } });
}`],
  ["counts of two things that nothing asks for", `${sqlite}export function look(page, user) {
  db.prepare("update pages set looks = looks + 1 where id = ?").run(page);
  db.prepare("update users set looked = looked + 1 where id = ?").run(user);
}`],
  ["rows that are put back by hand where the new ones cannot be written", `import { rates } from "./rates";
export async function replaceAll(rows) {
  const before = await rates.all();
  await rates.clear();
  try {
    await rates.fill(rows);
  } catch (error) {
    await rates.fill(before);
    throw error;
  }
}`, { "src/rates.ts": `${prisma}export const rates = { all: () => prisma.rate.findMany(), clear: () => prisma.rate.deleteMany(), fill: (data) => prisma.rate.createMany({ data }) };\n` }],
  ["objects that were made with the handle, and what starts by itself", `${kysely}import { Books, makeLoans } from "./stores";
export const lend = (book, reader) => db.transaction().execute(async (trx) => {
  const books = new Books(trx);
  await makeLoans(trx).add(book, reader);
  await books.count(book);
});
export async function up(worker, other) {
  await worker.start();
  await other.start();
}`, { "src/stores.ts": `import type { Kysely, Transaction } from "kysely";
export const makeLoans = (on: Kysely<unknown> | Transaction<unknown>) => ({ add: (book, reader) => on.insertInto("loans").values({ book, reader }).execute() });
export class Books {
  constructor(private readonly on: Kysely<unknown> | Transaction<unknown>) {}
  count(book) { return this.on.updateTable("books").set((eb) => ({ lent: eb("lent", "+", 1) })).where("id", "=", book).execute(); }
}
` }],
  ["what a middleware of a namespace's transactions may run", `${sequelize}import { createNamespace } from "cls-hooked";
Sequelize.useCLS(createNamespace("tx"));
export const transactional = (req, res, next) => sequelize.transaction(async () => next());
export async function place(name) {
  const user = await User.create({ name });
  await Order.create({ user: user.id });
}`],
  ["what the code puts right by hand where what stands between fails, and counts that readers are shown of many rows", `${prisma}export async function f(id, former, body) {
  await prisma.listing.update({ where: { id }, data: { state: "asked" } });
  try {
    await deliver(body);
  } catch (error) {
    await prisma.listing.update({ where: { id }, data: { state: former } });
    throw error;
  }
  await prisma.question.create({ data: { listing: id, body } });
}
export const g = (topics) => Promise.all(topics.map((topic) => prisma.topic.update({ where: { id: topic.id }, data: { totalPosts: { increment: 1 } } })));`],
  ["one row under two conditions, and what a row that is gone has nothing to do with", `${prisma}export async function f(team, user) {
  await prisma.member.updateMany({ where: { team, user, state: "invited" }, data: { state: "asked" } });
  await prisma.member.updateMany({ where: { team, user, state: "late" }, data: { state: "gone" } });
}`],
  ["a row that tells what somebody did, or what was there before", `${prisma}export async function f(id, editorId, text, former) {
  await prisma.edit.create({ data: { replyId: id, previousText: former, editorId } });
  await prisma.reply.update({ where: { id }, data: { text, state: "edited" } });
}
async function note(pieceId, actorId, action) { const event = { pieceId, actorId, action }; await prisma.pieceEvent.create({ data: event }); }
export async function g(pieceId, text, actorId) {
  const made = await prisma.correction.create({ data: { pieceId, text } });
  await note(pieceId, actorId, "corrected");
  return made;
}`],
  ["a list that a helper cuts into pieces and runs as batches", `${prisma}async function runAll(list, size) {
  const pieces = chunk(list, size);
  for (const piece of pieces) await prisma.$transaction(piece);
}
export async function f(order, ids) {
  const list = [];
  for (const id of ids) list.push(prisma.line.create({ data: { order, id } }));
  await runAll(list, 100);
}
export async function g(orders, ids) {
  const all = [];
  for (const order of orders) {
    const own = [];
    for (const id of ids) own.push(prisma.line.create({ data: { order, id } }));
    all.push(...own);
  }
  await runAll(all, 100);
}`],
  ["a row of a repository that says how far its work has come", `import { runs } from "./runs";
export async function check(task) {
  const run = await runs.start(task);
  const passed = await task.look();
  await runs.finish(run.id, passed);
}`, { "src/runs.ts": `${prisma}export const runs = { start: (task) => prisma.run.create({ data: { task: task.id } }), finish: (id, passed) => prisma.run.update({ where: { id }, data: { passed } }) };\n` }],
  ["what is put into a set, where it may be already", `${mongoose}export async function join(team, user) {
  await Order.updateOne({ _id: team }, { $addToSet: { members: user } });
  await User.updateOne({ _id: user }, { $addToSet: { teams: team } });
}`],
  ["a function of the project that sets two things of one row", `import { setRole } from "./roles";
export async function dress(id) {
  await setRole(id, "member");
  await setRole(id, "owner");
}`, { "src/roles.ts": `${prisma}export const setRole = (id, role) => prisma.member.update({ where: { id }, data: { role } });\n` }],
  ["a row that is brought up to date before another, what is touched, and what decides by itself whether anything is to be made", `import { maybeKeepVersion, touch } from "./sets";
import postgres from "postgres";
const sql = postgres();
export async function configure(set, config) {
  const [row] = await sql\`insert into configs (set_id, config) values (\${set}, \${config}) on conflict (set_id) do update set config = excluded.config returning *\`;
  await sql\`insert into uses (config_id) values (\${row.id})\`;
}
export async function edit(set) {
  await touch(set);
  await sql\`insert into edits (set_id) values (\${set})\`;
}
export async function rename(set, name) {
  await sql\`insert into names (set_id, name) values (\${set}, \${name})\`;
  await maybeKeepVersion(set);
}`, { "src/sets.ts": `import postgres from "postgres";
const sql = postgres();
export const touch = (set) => sql\`update sets set changed_at = now() where id = \${set}\`;
export async function maybeKeepVersion(set) { await sql\`insert into versions (set_id) values (\${set})\`; }
` }],
  ["a row of work that takes its time, and what came of it", `${prisma}export async function check(task) {
  const run = await prisma.run.create({ data: { task: task.id } });
  const results = await task.runAllChecks();
  await prisma.result.createMany({ data: results.map((result) => ({ runId: run.id, result })) });
}`],
  ["rows of two loops with one key", "", { "src/jobs/a.ts": `${prisma}export async function compare(scan, before, now) {
  for (const one of before) if (!now.includes(one)) await prisma.solved.create({ data: { scanId: scan.id, one } });
  for (const one of now) if (!before.includes(one)) await prisma.opened.create({ data: { scanId: scan.id, one } });
}` }],
  ["what is made behind a test that it is missing, and how often something was done", `${prisma}export async function write(chat, user, joined) {
  await Promise.all([
    prisma.message.create({ data: { chat, user } }),
    !joined && prisma.participant.create({ data: { chat, user } }),
  ]);
}
export async function install(app) {
  await prisma.installation.create({ data: { app } });
  await prisma.app.update({ where: { id: app }, data: { downloadCount: { increment: 1 } } });
}`],
  ["a row that is expected to be there already", `${prisma}export async function claw(payment) {
  try {
    await prisma.clawback.create({ data: { payment } });
  } catch (error) {
    if (error.code !== "P2002") throw error;
  }
  await prisma.entry.updateMany({ where: { payment }, data: { state: "void" } });
}
export const again = async (payment) => { await prisma.clawback.create({ data: { payment } }).catch((error) => { if (!isUniqueViolation(error)) throw error; }); await prisma.entry.updateMany({ where: { payment }, data: { state: "void" } }); };`],
  ["answers that exclude each other", `${prisma}export async function mark(profile, result) {
  if (result.code === "expired") await prisma.hold.create({ data: { profile } });
  if (result.code === "blocked" || result.code === "closed") await prisma.profile.update({ where: { id: profile }, data: { open: false } });
}`],
  ["what is made where nothing was found", `${prisma}export async function settings(kind) {
  await prisma.settings.deleteMany({ where: { kind, old: true } });
  const found = await prisma.settings.findFirst({ where: { kind } });
  if (found === null) await prisma.settings.create({ data: { kind } });
}`],
  ["what is tried at the end and logged", `${prisma}export async function place(id) {
  await prisma.order.create({ data: { id } });
  try { await prisma.stock.update({ where: { id }, data: { taken: true } }); } catch (error) { console.error(error); }
}`],
  ["what is counted anew, and what is put into a queue", `import { recount, queue } from "./count";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function answer(survey, text) {
  await prisma.answer.create({ data: { survey, text } });
  await recount(survey);
}
export async function note(survey, text) {
  await prisma.answer.create({ data: { survey, text } });
  await prisma.mailQueue.create({ data: { survey } });
}`, { "src/count.ts": `${prisma}export async function recount(survey) { await prisma.survey.update({ where: { id: survey }, data: { answers: await prisma.answer.count({ where: { survey } }) } }); }\n` }],
  ["what is made where it is missing, behind another write", `${prisma}export async function enter(id, name) {
  await prisma.person.update({ where: { id }, data: { name } });
  const account = await prisma.account.findFirst({ where: { person: id } });
  if (!account) await prisma.account.create({ data: { person: id } });
}`],
  ["statements in a list that is handed in or given back, marks of time, and what is filled in behind two tests", `${prisma}function gather(list: unknown[], set: string, ids: string[]) {
  for (const id of ids) list.push(prisma.item.create({ data: { id, set } }));
}
function renameOps(set: string, ids: string[]) {
  const statements = [];
  for (const id of ids) statements.push(prisma.item.update({ where: { id }, data: { set } }));
  return { statements };
}
export const renameAll = (set: string, ids: string[]) => { const list = []; gather(list, set, ids); return prisma.$transaction([...list, ...renameOps(set, ids).statements]); };
export async function say(chat, text) {
  await prisma.message.create({ data: { chat, text } });
  await prisma.chat.update({ where: { id: chat }, data: { lastMessageAt: new Date() } });
}
export async function look(viewer, isChecked) {
  if (viewer && !viewer.checked && isChecked) await prisma.viewer.update({ where: { id: viewer.id }, data: { checked: true } });
  await prisma.look.create({ data: { viewer: viewer.id } });
}`],
  ["questions that keep something, and parts that are deleted some at a time", `${knex}async function isValid(user) { const [row] = await knex("plans").where({ user }); if (!row) await knex("plans").where({ user }).update({ open: false }); return row !== undefined; }
export async function pay(user, sum) {
  const valid = await isValid(user);
  if (valid) return undefined;
  return knex("payments").insert({ user, sum });
}
const clear = (flow) => knex("runs").whereIn("id", knex("runs").select("id").where({ flow }).limit(100)).delete();
export async function clearAll(flows) { for (const flow of flows) await clear(flow); }`],
  ["elements of which something asks whether they are to be written, and a loop that ends where a write says so", `${prisma}export async function tidy(ids) {
  for (const id of ids) {
    const used = await prisma.use.count({ where: { tag: id } });
    if (used === 0) await prisma.tag.delete({ where: { id } });
  }
}
const set = async (id, state) => { await prisma.poll.update({ where: { id }, data: { state } }); return state === "bad" ? "wrong state" : undefined; };
export async function setAll(polls) {
  for (const poll of polls) {
    const problem = await set(poll.id, poll.state);
    if (problem) {
      await prisma.visit.create({ data: {} });
      return problem;
    }
  }
}`],
  ["the steps of one row through functions, and a second way that is only gone where the first gave nothing", `${prisma}const start = (id) => prisma.job.update({ where: { id }, data: { state: "running" } });
const finish = (id, count) => prisma.job.update({ where: { id }, data: { state: "done", count } });
export async function run(id, count) {
  await start(id);
  await finish(id, count);
}
const changeShared = async (id, title) => prisma.tool.update({ where: { id }, data: { title } });
export async function change(id, title) {
  const changed = await changeShared(id, title);
  if (changed) return changed;
  return prisma.ownTool.update({ where: { id }, data: { title } });
}`],
  ["what is taken away again where the second says that it failed", `${prisma}async function keep(flow, parts) { await prisma.part.createMany({ data: parts.map((part) => ({ ...part, flow })) }); return { success: parts.length > 0 }; }
export async function f(id, parts) {
  await prisma.flow.create({ data: { id } });
  const kept = await keep(id, parts);
  if (!kept.success) await prisma.flow.delete({ where: { id } });
}`],
  ["rows whose time is over, a loop that goes on as each write says, and rows of a transaction that is handed in", `${prisma}export async function draft(user, title) {
  await prisma.draft.deleteMany({ where: { user, expiresAt: { lt: new Date() } } });
  await prisma.draft.create({ data: { user, title } });
}
const decide = async (id, by) => (await prisma.call.updateMany({ where: { id, open: true }, data: { by } })).count > 0;
export async function decideAll(ids, by) {
  const decided = [];
  for (const id of ids) {
    const done = await decide(id, by);
    if (done) decided.push(id);
  }
  return decided;
}
export async function archive(tx: typeof prisma, id: string) {
  await tx.folder.update({ where: { id }, data: { archived: true } });
  await tx.page.updateMany({ where: { folder: id }, data: { archived: true } });
}`],
  ["what a request is sent with", `${prisma}import { sessionOf } from "./session";
export async function f(request) {
  const { draft } = await sessionOf(request.cookies);
  await prisma.visit.create({ data: { cookies: request.cookies } });
  await prisma.draft.update({ where: { id: draft }, data: { open: true } });
}`],
  ["buckets of failed sign-ins, and what is only made where a lock gave nothing", `${prisma}async function countFailedAuthBucket(key) { await prisma.bucket.update({ where: { key }, data: { n: { increment: 1 } } }); }
export async function fail(ip, account) {
  await countFailedAuthBucket(ip);
  await countFailedAuthBucket(account);
}
export async function add(key, input, lock) {
  const result = await lock(key, async () => {
    const updated = await prisma.job.update({ where: { key }, data: { input } });
    return updated ?? null;
  });
  if (result) return result;
  return prisma.job.create({ data: { key, input } });
}`],
  ["work that is begun and not waited for", `${prisma}async function syncBlocklist(id) { await prisma.block.create({ data: { id } }); }
export async function moderate(id) {
  const comment = await prisma.comment.update({ where: { id }, data: { state: "spam" } });
  syncBlocklist(id);
  return comment;
}`],
  ["a client that hides its requests behind many functions, and deletes of some rows that a helper repeats", `${knex}class Transport { send(path) { return fetch("https://tasks.example.com" + path); } }
class Api { transport = new Transport(); call(path) { return this.transport.send(path); } }
class Client { api = new Api(); put(path) { return this.api.call(path); } }
class Tasks { client = new Client(); pause(id) { return this.change(id); } change(id) { return this.client.put("/" + id); } }
class Runner { tasks = new Tasks(); async stop(id) { await this.tasks.pause(id); await knex("syncs").where({ id }).update({ state: "stopped" }); } }
const runner = new Runner();
export async function disable(id) {
  await knex("flows").where({ id }).update({ enabled: false });
  await runner.stop(id);
}
async function repeat({ run }) { while ((await run()) > 0); }
export async function clear(id) {
  await repeat({ run: () => knex("jobs").whereIn("id", knex("jobs").select("id").where({ id }).limit(100)).delete() });
  await repeat({ run: () => knex("logs").whereIn("id", knex("logs").select("id").where({ id }).limit(100)).delete() });
}`],
  ["what is only done where the first write found nothing, in an if of its own and behind one that leaves", `${prisma}export async function touch(id) {
  const touched = await prisma.file.update({ where: { id }, data: { openedAt: new Date() } });
  if (touched) return touched.path;
  return prisma.file.create({ data: { id } });
}
export async function retry(id) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const saved = await tryToSave(id);
    if (saved) return saved;
  }
  return null;
}
async function tryToSave(id) { return prisma.file.update({ where: { id }, data: { n: 1 } }); }
export async function first(ids) {
  for (const id of ids) {
    if (!id) continue;
    await prisma.file.create({ data: { id } });
    break;
  }
}`],
  ["the steps of one row's state, the second of which sets all that the first has set", `${prisma}export async function run(id) {
  const campaign = await prisma.campaign.findUnique({ where: { id } });
  if (campaign.state === "planned") await prisma.campaign.update({ where: { id }, data: { state: "running" } });
  const contacts = await prisma.contact.findMany({ where: { id }, take: 10 });
  if (contacts.length === 0) await prisma.campaign.update({ where: { id }, data: { state: "done", endedAt: new Date() } });
}`],
  ["what is filled in where it is missing, in a reader that is asked for rows", `${prisma}async function toEntity(row) {
  if (!row.uuid) await prisma.account.update({ where: { id: row.id }, data: { uuid: crypto.randomUUID() } });
  return row;
}
export async function all(ids) {
  const rows = await prisma.account.findMany({ where: { id: { in: ids } } });
  return Promise.all(rows.map((row) => toEntity(row)));
}
async function getByName(name) { return toEntity(await prisma.account.findFirst({ where: { name } })); }
export async function ensureAccount(name) {
  await prisma.account.create({ data: { name } });
  return getByName(name);
}`],
  ["calls of other people's services between the writes, and work that is only found at run time", `${prisma}import { Billing } from "@acme/billing-sdk";
import { Resend } from "resend";
const billing = new Billing({ key: process.env.BILLING_KEY });
const resend = new Resend(process.env.RESEND_KEY);
export async function subscribe(id) {
  await prisma.plan.create({ data: { id } });
  const subscription = await billing.subscriptions.create({ id });
  await prisma.account.update({ where: { id }, data: { subscription: subscription.id } });
}
export async function invite(id) {
  await prisma.invitation.create({ data: { id } });
  await resend.emails.send({ to: id });
  await prisma.account.update({ where: { id }, data: { invited: true } });
}
interface Action { run(input: unknown): Promise<unknown>; }
async function step(action: Action, id: string) {
  const output = await action.run({ id });
  await prisma.step.create({ data: { id, output } });
}
export async function work(actions: Action[], id: string) {
  await prisma.execution.create({ data: { id } });
  for (const action of actions) await step(action, id);
  await prisma.execution.update({ where: { id }, data: { ended: true } });
}`],
  ["a cursor of work in batches, and jobs that go through all rows some at a time", `${kysely}async function note(cursor) { await db.updateTable("counters").set({ cursor }).where("id", "=", 1).execute(); }
export async function merge() {
  let cursor = 0;
  while (true) {
    const rows = await db.selectFrom("updates").selectAll().where("id", ">", cursor).limit(100).execute();
    if (rows.length === 0) break;
    cursor = rows.at(-1).id;
    await note(cursor);
  }
}
async function clear(table) {
  while (true) {
    const rows = await db.selectFrom(table).select("id").limit(100).execute();
    if (rows.length === 0) return;
    await db.deleteFrom(table).where("id", "in", rows.map(({ id }) => id)).execute();
  }
}
export async function clean() {
  await clear("users");
  await clear("nodes");
}`],
  ["batches of D1, and bindings that are something else", `export class Orders {
  constructor(private readonly db: D1Database) {}
  async add(ids: string[]) {
    const line = this.db.prepare("insert into lines values (?)");
    await this.db.batch([line.bind(1), this.db.prepare("update stock set n = n - 1")]);
    await this.db.prepare("select 1").first();
  }
  async all(ids: string[]) {
    await this.db.batch(ids.map((id) => this.db.prepare("insert into lines values (?)").bind(id)));
  }
}
export default { async fetch(request: Request, env: Env) {
  await env.DB.prepare("insert into orders (id) values (?)").bind(1).run();
  await env.CACHE.put("order", "1");
  await env.FILES.delete("order");
  return new Response("");
} };`],
  ["what is made where it is missing, and rows that may be there", `${prisma}export async function f(email, id) {
  let customer = await prisma.customer.findFirst({ where: { email } });
  if (!customer) customer = await prisma.customer.create({ data: { email } });
  return prisma.order.create({ data: { id, customer: customer.id } });
}
export async function g(email, id) {
  const customer = (await prisma.customer.findFirst({ where: { email } })) ?? (await prisma.customer.create({ data: { email } }));
  return prisma.order.create({ data: { id, customer: customer.id } });
}
export async function h(chats, messages) {
  await prisma.chat.createMany({ data: chats, skipDuplicates: true });
  await prisma.message.createMany({ data: messages });
}`],
  ["rows that a handler of an event changes by their own keys, and a cache", `${prisma}export const handlers = {
  "chats.update": async (chats) => { for (const chat of chats) await prisma.chat.updateMany({ where: { remote: chat.id }, data: { name: chat.name } }); },
};
export async function saveContactCache(contacts) { for (const contact of contacts) await prisma.known.update({ where: { id: contact.id }, data: { at: 1 } }); }`],
  ["what follows an answer that nobody waits for", `${prisma}export async function f(queue, id) {
  await prisma.app.update({ where: { id }, data: { state: "starting" } });
  queue.publish({ id }).then(async ({ success }) => {
    if (success) await prisma.app.update({ where: { id }, data: { state: "running" } });
    else await prisma.failure.create({ data: { id } });
  });
}`],
  ["a program that runs between two writes, and one that a function of the project runs as well", `${prisma}import { execFile } from "node:child_process";
import { promisify } from "node:util";
const run = (name) => new Promise((resolve) => execFile("certbot", [name], resolve));
async function certify(name) { await run(name); return prisma.certificate.create({ data: { name } }); }
export async function f(name) {
  const host = await prisma.host.create({ data: { name } });
  await run(name);
  await prisma.certificate.create({ data: { host: host.id } });
}
export async function g(name) {
  await prisma.host.create({ data: { name } });
  await certify(name);
}`],
  ["rows that the code looked up by itself, each changed by its own key", `${prisma}export async function f() {
  const stale = (await prisma.user.findMany({ where: { active: true } })).filter((user) => user.seen < 5);
  await Promise.all(stale.map((user) => prisma.user.update({ where: { id: user.id }, data: { active: false } })));
}
export async function g() {
  for (const user of await prisma.user.findMany({ where: { badge: null } })) {
    if (await prisma.badge.findFirst({ where: { user: user.id } })) continue;
    await prisma.badge.create({ data: { user: user.id } });
  }
}`],
  ["elements whose outcome is told", `${prisma}export async function f(emails, team) {
  const results = [];
  for (const email of emails) {
    if (email === "") { results.push({ email, success: false }); continue; }
    await prisma.invitation.create({ data: { email, team } });
    results.push({ email, success: true });
  }
  return results;
}`],
  ["rows that a job changes by their own keys, and statements of a job with nothing in common", "", { "src/jobs/a.ts": `${prisma}export async function f(team) {
  const users = await prisma.user.findMany({ where: { team } });
  for (const user of users) await prisma.user.update({ where: { id: user.id }, data: { mail: user.mail.toLowerCase() } });
}
export async function g() {
  const now = new Date();
  await prisma.draft.deleteMany({ where: { until: { lt: now } } });
  await prisma.upload.deleteMany({ where: { until: { lt: now } } });
}` }],
  ["a list that a function of the project runs as a batch, among other arguments", `${prisma}function inOne(name, list, last) { return prisma.$transaction([...list, last]); }
export async function f(id) {
  const all = [prisma.user.delete({ where: { id } })];
  const writes = [...all, prisma.post.deleteMany({ where: { id } })];
  return inOne("users", writes, prisma.team.delete({ where: { id } }));
}`],
  ["a question that notes that it was asked", `${prisma}async function verifyCode(code) { const row = await prisma.backup.delete({ where: { code } }); return row !== null; }
async function session(id) { return prisma.seat.update({ where: { id }, data: {} }); }
export async function f(id, code) {
  const valid = await verifyCode(code);
  if (!valid) throw new Error("code");
  await prisma.user.update({ where: { id }, data: {} });
}
export async function g(id) {
  const sessionError = await session(id);
  if (sessionError) throw sessionError;
  await prisma.user.update({ where: { id }, data: {} });
}`],
  ["a write of a function that is handed to what writes around it", `${prisma}async function charged(id, work) {
  const { key } = await prisma.credit.create({ data: { id } });
  try { return await work(); } catch (error) { await prisma.credit.delete({ where: { key } }); throw error; }
}
export async function f(id, file) { await charged(id, async () => prisma.media.create({ data: { file } })); }`],
  ["a statement for a piece of a list at a time", `${drizzle}import { inArray } from "drizzle-orm";
export async function f(ids) { for (const some of chunk(ids, 100)) await db.delete(users).where(inArray(users.id, some)); }`],
  ["a client that one caller passes from a transaction", `${prisma}async function reset(client, id) {
  await client.user.update({ where: { id }, data: {} });
  await client.post.deleteMany({ where: { id } });
}
export const one = (id) => reset(prisma, id);
export const other = (id) => prisma.$transaction((tx) => reset(tx, id));`],
  ["a connection on which a function of the project begins", `${pg}async function open() { const client = await pool.connect(); await client.query("BEGIN"); return client; }
export async function f(id) {
  const client = await open();
  await client.query("UPDATE a SET n = 1 WHERE id = $1", [id]);
  await client.query("INSERT INTO b (id) VALUES ($1)", [id]);
  await client.query("COMMIT");
  client.release();
}`],
  ["what undoes the work of a chain that failed", `${prisma}export const f = (id) => fetch("https://a.example.com").then(() => prisma.a.create({ data: { id } })).catch(() => prisma.b.update({ where: { id }, data: { failed: true } }));`],
  ["a payment between", `${prisma}import Stripe from "stripe";
const stripe = new Stripe(process.env.KEY);
export async function f(id) {
  await prisma.a.update({ where: { id }, data: {} });
  const session = await stripe.checkout.sessions.create({ mode: "payment" });
  await prisma.b.create({ data: { session: session.id } });
}`],
  ["a function that keeps the failure of its write to itself", `${prisma}async function note(id) { try { await prisma.order.update({ where: { id }, data: { noted: true } }); } catch (error) { console.error(error); } }
export async function f(id) { await prisma.stock.delete({ where: { id } }); await note(id); }`],
  ["a callback of a wrapper whose name tells what it is for", `${prisma}declare const service: any;
const drop = async (id) => { await prisma.stock.delete({ where: { id } }); await prisma.order.delete({ where: { id } }); };
export const f = (id) => service.transactional(() => drop(id));`],
  ["writes handed to code of the project that begins a transaction, runs them and commits", `${knex}async function begin() { return knex.transaction(); }
async function within(work) {
  const open = await begin();
  try { await work(); } catch (error) { await open.rollback(); throw error; }
  await open.commit();
}
export async function f(id) {
  await within(async () => {
    await knex("orders").insert({ id });
    await knex("stock").where({ id }).update({ taken: true });
  });
}`],
  ["attempts to sign in, which count whatever becomes of the rest", `${prisma}export async function f(email, valid) {
  const user = await prisma.user.update({ where: { email }, data: {} });
  await prisma.loginAttempt.create({ data: { email } });
  return user;
}
export async function g(codeChallenge, email) {
  await prisma.codeChallenge.create({ data: { codeChallenge } });
  await prisma.device.create({ data: { email } });
}`],
  ["a copy that is kept below other names", `${prisma}class CodeStore {
  constructor(private readonly cacheEntries: Entries) {}
  async keep(code) { await this.cacheEntries.save(code); }
}
class Entries { async save(code) { await prisma.entry.create({ data: { code } }); } }
export async function f(store: CodeStore, code, id) {
  await store.keep(code);
  await prisma.order.update({ where: { id }, data: {} });
}`],
  ["what is done when a write says that it failed", `${prisma}async function change(id) { return { isFailed: () => false, row: await prisma.user.update({ where: { id }, data: {} }) }; }
export async function f(id) {
  const result = await change(id);
  if (result.isFailed()) await prisma.refusal.create({ data: { id } });
  return result;
}
export async function g(id) {
  const made = await prisma.order.create({ data: { id } });
  if (!made) {
    await prisma.refusal.create({ data: { id } });
  }
}`],
  ["a transaction of a service that keeps it in the context of the request", `import { PrismaService } from "./prisma.service";
export class Posts {
  constructor(private readonly prisma: PrismaService) {}
  async publish(id) {
    await this.prisma.client().post.update({ where: { id }, data: {} });
    await this.prisma.client().feed.create({ data: { id } });
  }
}`, { "src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nimport { ClsService } from "nestjs-cls";\nexport class PrismaService extends PrismaClient {\n  constructor(private readonly cls: ClsService) { super(); }\n  tx(work) { return super.$transaction(async (client) => { this.cls.set("client", client); return work(); }); }\n  client(): PrismaClient { return this.cls.get("client") ?? this; }\n}\n' }],
  ["rows of an import, each with its own outcome", `${prisma}export async function f(rows) {
  const failures = [];
  for (const row of rows) {
    if (!row.name) { failures.push(row); continue; }
    await prisma.item.create({ data: row });
  }
  return failures;
}`],
  ["a manager that is handed on", `import type { EntityManager } from "typeorm";
export class Adapter {
  async load({ manager }: { manager: EntityManager }, rows) {
    for (const row of rows) await manager.save(Item, row);
  }
}`],
  ["statements that are only built", `${knex}export function f(id) {
  const first = knex("a").where({ id }).update({ n: 1 }).toQuery();
  const second = knex("b").insert({ id }).toQuery();
  return [first, second];
}`],
  ["a row that is found or made, and one that refers to it", `${prisma}async function getTag(name) {
  return (await prisma.tag.findFirst({ where: { name } })) ?? prisma.tag.create({ data: { name } });
}
export async function f(name) {
  const tag = await getTag(name);
  await prisma.post.create({ data: { tag } });
}
export const all = (names) => Promise.all(names.map((name) => getTag(name)));`],
  ["inserts that leave what is there", `${drizzle}export async function f(rows) {
  for (const row of rows) await db.insert(users).values(row).onConflictDoNothing();
}`],
  ["a number that is taken, and a row that has it", `${prisma}const incrementInvoiceNumber = () => prisma.counter.update({ where: { id: 1 }, data: { n: { increment: 1 } } });
export async function f() {
  const { n } = await incrementInvoiceNumber();
  await prisma.invoice.create({ data: { n } });
}`],
  ["a message that notes that it was sent", `${prisma}import { mailer } from "./mailer";
async function sendInvoice(id) { await mailer(id); await prisma.invoice.update({ where: { id }, data: { sent: true } }); }
export async function f(id) {
  await prisma.invoice.create({ data: { id } });
  await sendInvoice(id);
}`],
  ["rows with a job for each", `${prisma}import { Queue } from "bullmq";
const queue = new Queue("jobs");
export async function f(items) {
  for (const item of items) {
    const job = await prisma.job.create({ data: item });
    await queue.add("run", { id: job.id });
  }
}`],
  ["one write", `${prisma}export async function f() { await prisma.a.create({ data: {} }); }`],
  ["reads and one write", `${prisma}export async function f(id) {
  const user = await prisma.user.findUnique({ where: { id } });
  if (!user) throw new Error();
  return prisma.user.update({ where: { id }, data: { n: user.n + 1 } });
}`],
  ["branches that exclude each other", `${prisma}export async function f(id, found) {
  if (found) await prisma.a.update({ where: { id }, data: {} });
  else await prisma.a.create({ data: {} });
}`],
  ["a branch that returns", `${prisma}export async function f(id, found) {
  if (found) {
    return prisma.a.update({ where: { id }, data: {} });
  }
  return prisma.a.create({ data: {} });
}`],
  ["a branch that throws", `${prisma}export async function f(id, failed) {
  if (failed) {
    await prisma.attempt.create({ data: {} });
    throw new Error("failed");
  }
  await prisma.a.create({ data: {} });
}`],
  ["cases of a switch", `${prisma}export async function f(event) {
  switch (event.type) {
    case "a":
      await prisma.a.create({ data: {} });
      break;
    case "b":
      await prisma.b.create({ data: {} });
      break;
    default:
      break;
  }
}`],
  ["a conditional expression", `${prisma}export const f = (x) => (x ? prisma.a.create({ data: {} }) : prisma.b.create({ data: {} }));`],
  ["one nested statement", `${prisma}export async function f() {
  await prisma.user.create({ data: { posts: { create: [{}, {}] }, profile: { create: {} } } });
}`],
  ["one statement for many rows", `${prisma}export async function f(items) { await prisma.item.createMany({ data: items.map((item) => ({ name: item.name })) }); }`],
  ["a list that is saved at once", `${typeorm}export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  async f(all) { await this.users.save(all.map((one) => this.users.create(one))); }
}`],
  ["a transaction", `${prisma}export async function f() {
  await prisma.$transaction(async (tx) => {
    await tx.a.create({ data: {} });
    await tx.b.create({ data: {} });
  });
}`],
  ["a batch", `${prisma}export async function f(items) {
  await prisma.$transaction([prisma.a.create({ data: {} }), prisma.b.create({ data: {} })]);
}`],
  ["a batch made by map", `${prisma}export async function f(items) {
  await prisma.$transaction(items.map((item) => prisma.item.update({ where: { id: item.id }, data: item })));
}`],
  ["a batch in a variable", `${prisma}export async function f(items) {
  const writes = items.map((item) => prisma.item.update({ where: { id: item.id }, data: item }));
  await prisma.$transaction(writes);
}`],
  ["an audit entry beside the write", `${prisma}export async function f() {
  await prisma.order.create({ data: {} });
  await prisma.auditLog.create({ data: {} });
}`],
  ["an audit repository beside another", `${service}export class Orders {
  constructor(private readonly orders: OrderRepository, private readonly audit: AuditLogRepository) {}
  async place(data) { await this.orders.save(data); await this.audit.save(data); }
}`, repositories],
  ["a cache beside the write", `${prisma}import Redis from "ioredis";
const redis = new Redis();
export async function f(id) {
  await prisma.user.delete({ where: { id } });
  await redis.del("user:" + id);
}`],
  ["a loop over the cache", `import Redis from "ioredis";
const redis = new Redis();
export async function f(ids) { for (const id of ids) await redis.del("user:" + id); }`],
  ["a log table", `${knex}export async function f() {
  await knex("users").insert({});
  await knex("event_log").insert({});
}`],
  ["a function with the handle", `import { Prisma } from "@prisma/client";
export async function save(tx: Prisma.TransactionClient, data) {
  await tx.a.create({ data });
  await tx.b.create({ data });
}`],
  ["a function with an untyped handle", `${knex}export async function save(trx, data) {
  await trx("a").insert(data);
  await trx("b").insert(data);
}
export const f = (data) => knex.transaction((trx) => save(trx, data));`],
  ["a function with a handle that may be left out, called in a transaction", `${knex}async function save(data, trx?) {
  await (trx ?? knex)("a").insert(data);
  await (trx ?? knex)("b").insert(data);
}
export const f = (data) => knex.transaction(async (trx) => { await save(data, trx); });`],
  ["a function that is called inside a transaction alone", `${typeorm}import { runInTransaction } from "typeorm-transactional";
export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  async f(user) { await runInTransaction(() => this.both(user)); }
  private async both(user) { await this.users.save(user); await this.users.delete({}); }
}`, { "src/main.ts": 'import { initializeTransactionalContext } from "typeorm-transactional";\ninitializeTransactionalContext();\n' }],
  ["a decorator that opens a transaction", `${typeorm}import { Transactional } from "typeorm-transactional";
export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  @Transactional()
  async f(user) { await this.users.save(user); await this.users.delete({}); }
}`, { "src/main.ts": 'import { initializeTransactionalContext } from "typeorm-transactional";\ninitializeTransactionalContext();\n' }],
  ["a handler of a bus where decorators open transactions", `${typeorm}export class CreateHandler {
  constructor(@InjectRepository(User) private readonly users: Repository<User>, @InjectRepository(Order) private readonly orders: Repository<Order>) {}
  async execute({ user }) { await this.users.save(user); await this.orders.save({ user }); }
}`, { "src/main.ts": 'import { initializeTransactionalContext, Transactional } from "typeorm-transactional";\ninitializeTransactionalContext();\nexport class S { constructor(private readonly bus: { execute(command: unknown): Promise<void> }) {} @Transactional() async f(user) { await this.bus.execute({ user }); } }\n' }],
  ["one flush of a unit of work", `${mikro}export class S {
  constructor(private readonly em: EntityManager) {}
  async f(items) {
    for (const item of items) this.em.persist(item);
    await this.em.flush();
  }
}`],
  ["a unit of work of the project", `export interface UnitOfWork { run<T>(work: (stores: { users: Store; orders: Store }) => Promise<T>): Promise<T>; }
interface Store { save(data: unknown): Promise<void> }
export class Place {
  constructor(private readonly work: UnitOfWork) {}
  async run(data) { await this.work.run(async ({ users, orders }) => { await users.save(data); await orders.save(data); }); }
}`],
  ["BEGIN and COMMIT", `${pg}export async function f() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into a values (1)");
    await client.query("insert into b values (1)");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}`],
  ["a query runner", `${typeorm}const source = new DataSource({ type: "postgres" });
export async function f() {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.manager.save(User, {});
    await runner.manager.save(Order, {});
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}`],
  ["functions that are given nothing but their loaders alike", `${prisma}const keepUser = async (name, dataLoader) => { await prisma.user.create({ data: { name } }); dataLoader.get("users").clear(name); };
const keepShop = async (title, dataLoader) => { await prisma.shop.create({ data: { title } }); dataLoader.get("shops").clear(title); };
export async function f(dataLoader, name, title) {
  await keepUser(name, dataLoader);
  await keepShop(title, dataLoader);
}`],
  ["rows that are brought into line with a list", `${prisma}const give = (role, ids) => prisma.account.updateMany({ where: { id: { in: ids } }, data: { role } });
export async function f(wanted, present) {
  const missing = wanted.filter((id) => !present.includes(id));
  await give("best", missing);
  await give("good", wanted.filter((id) => !present.includes(id)));
}`],
  ["an unmanaged transaction", `${sequelize}export async function f() {
  const transaction = await sequelize.transaction();
  try {
    await User.create({}, { transaction });
    await Order.create({}, { transaction });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}`],
  ["a compensation in the handler", `${prisma}export async function f(id) {
  try {
    await prisma.order.create({ data: {} });
    await fetch("https://pay.example");
  } catch (error) {
    await prisma.order.delete({ where: { id } });
    throw error;
  }
}`],
  ["a compensation in the handler of what comes behind", `${prisma}export async function f(id) {
  const invite = await prisma.invite.create({ data: {} });
  try {
    await send(invite);
  } catch {
    await prisma.invite.delete({ where: { id: invite.id } });
  }
}`],
  ["a write whose failure does not matter", `${prisma}export async function f(id) {
  await prisma.order.create({ data: {} });
  await prisma.counter.update({ where: { id }, data: {} }).catch(() => undefined);
}`],
  ["elements that fail by themselves", `${prisma}export async function f(items) {
  for (const item of items) {
    try {
      await prisma.item.create({ data: item });
    } catch (error) {
      console.error(error);
    }
  }
}`],
  ["elements whose outcomes are all waited for", `${prisma}export async function f(items) {
  await Promise.allSettled(items.map((item) => prisma.item.create({ data: item })));
}`],
  ["progress of one row around work that cannot be followed", `${prisma}export async function f(id, work) {
  await prisma.job.update({ where: { id }, data: { status: "running" } });
  const result = await work();
  await prisma.job.update({ where: { id }, data: { status: result } });
}`],
  ["progress of a row that was made for it", `${prisma}export async function f(work) {
  const task = await prisma.task.create({ data: { status: "running" } });
  const result = await work();
  await prisma.task.update({ where: { id: task.id }, data: { result } });
}`],
  ["uploads that note where they went", `${prisma}async function keep(file) {
  const { url } = await fetch("https://files.example", { method: "POST", body: file });
  return prisma.file.create({ data: { url } });
}
export async function f(files) { await Promise.all(files.map((file) => keep(file))); }`],
  ["files that are kept by functions that cannot be followed", `${prisma}import { kept } from "./somewhere";
async function storeFile(file) { return prisma.file.create({ data: await kept(file) }); }
export async function f(files) { await Promise.all(files.map((file) => storeFile(file))); }`],
  ["progress that names the state it was in", `${prisma}export async function f(id, work) {
  await prisma.job.update({ where: { id }, data: { status: "running" } });
  await work();
  await prisma.job.update({ where: { id, status: "running" }, data: { status: "done" } });
}`],
  ["what makes sure that rows are there", `${prisma}export async function ensureDefaults() {
  for (const name of ["a", "b"]) await prisma.role.upsert({ where: { name }, create: { name }, update: {} });
}`],
  ["a populator", "export {};", { "src/data/populator.ts": `${prisma}export async function run(rows) { for (const row of rows) await prisma.country.create({ data: row }); }` }],
  ["a loop that uploads", `${prisma}import { uploadFile } from "./somewhere";
export async function f(items) {
  for (const item of items) {
    const { url } = await uploadFile(item);
    await prisma.item.update({ where: { id: item.id }, data: { url } });
  }
}`],
  ["a mark of the last visit", `${prisma}async function updateLastLoggedOn(id) { await prisma.user.update({ where: { id }, data: { at: new Date() } }); }
export async function f(id) {
  await prisma.account.create({ data: { id } });
  await updateLastLoggedOn(id);
}`],
  ["batches that are deleted", `${prisma}export async function f(ids) {
  for (let at = 0; at < ids.length; at += 100) await prisma.a.deleteMany({ where: { id: { in: ids.slice(at, at + 100) } } });
}`],
  ["a rate limit beside the write", `${prisma}export async function f(key) {
  await prisma.rateLimit.upsert({ where: { key }, create: {}, update: {} });
  await prisma.order.create({ data: {} });
}`],
  ["rows that are deleted some at a time", `${prisma}export async function f() {
  let deleted = 1;
  while (deleted > 0) deleted = await prisma.$executeRaw\`delete from a where id in (select id from a limit 1000)\`;
}`],
  ["repositories that are got for the caller's context", `import { Connection } from "./connection";
import { User, Order } from "./entities";
export class S {
  constructor(private readonly connection: Connection) {}
  async f(options, user) {
    const { ctx } = options;
    await this.connection.getRepository(ctx, User).save(user);
    const orders = this.connection.getRepository(ctx, Order);
    await orders.save({ user });
  }
}`, { "src/connection.ts": 'import { DataSource } from "typeorm";\nexport class Connection {\n  constructor(private readonly source: DataSource) {}\n  getRepository(ctx, entity) { return (ctx.manager ?? this.source).getRepository(entity); }\n}\n' }],
  ["a status that is set when an outside call is over", `${prisma}export async function f(id) {
  await prisma.job.update({ where: { id }, data: { status: "running" } });
  const result = await fetch("https://slow.example");
  await prisma.job.update({ where: { id }, data: { status: result.ok ? "done" : "failed" } });
}`],
  ["two stores", `${prisma}import { MongoClient } from "mongodb";
const mongo = new MongoClient("mongodb://localhost");
export async function f(data) {
  await prisma.a.create({ data });
  await mongo.db().collection("a").insertOne(data);
}`],
  ["two databases of one library", `import { PrismaClient } from "@prisma/client";
const main = new PrismaClient();
const archive = new PrismaClient({ datasourceUrl: "postgres://archive" });
export async function f(data) {
  await archive.a.create({ data });
  await main.a.delete({ where: { id: data.id } });
}`],
  ["objects that are only made", `${typeorm}export class S {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  async f(data) {
    const user = this.users.create(data);
    this.users.merge(user, data);
    return this.users.save(user);
  }
}`],
  ["builders in memory", `${sequelize}export async function f() {
  const user = User.build({});
  user.set({ n: 1 });
  await user.save();
}`],
  ["handlers of two routes", `${prisma}import express from "express";
export function make() {
  const app = express();
  app.post("/a", async (req, res) => { await prisma.a.create({ data: {} }); res.end(); });
  app.post("/b", async (req, res) => { await prisma.b.create({ data: {} }); res.end(); });
  return app;
}`],
  ["methods of a repository", `${prisma}export class Users {
  async add(data) { await prisma.user.create({ data }); }
  async remove(id) { await prisma.user.delete({ where: { id } }); }
}`],
  ["a loop of reads and one write behind it", `${prisma}export async function f(ids) {
  const all = [];
  for (const id of ids) all.push(await prisma.a.findUnique({ where: { id } }));
  await prisma.b.createMany({ data: all });
}`],
  ["a write in a loop that ends with it", `${prisma}export async function f() {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await prisma.a.create({ data: {} });
    } catch {
      continue;
    }
  }
}`],
  ["pages of a job, each a statement of its own", `${prisma}export async function f() {
  for (;;) {
    const rows = await prisma.a.findMany({ take: 1000 });
    if (rows.length === 0) break;
    await prisma.a.deleteMany({ where: { id: { in: rows.map((row) => row.id) } } });
  }
}`],
  ["what is taken back where the second fails", `${prisma}export async function f(data, parts) {
  const made = await prisma.a.create({ data });
  const saved = await keep(parts);
  if (!saved.ok) {
    await prisma.a.delete({ where: { id: made.id } });
    return undefined;
  }
  return made;
}
async function keep(parts) { await prisma.b.createMany({ data: parts }); return { ok: parts.length > 0 }; }`],
  ["a call that takes back", `${prisma}export async function f(data, setUp) {
  const made = await prisma.a.create({ data });
  if (!setUp(made)) await revertSaved(made);
  return made;
}
async function revertSaved(made) { await prisma.b.deleteMany({ where: { a: made.id } }); }`],
  ["a row that is closed when its counter is full", `${prisma}export async function f(id) {
  const row = await prisma.hook.update({ where: { id }, data: { failures: { increment: 1 } } });
  const failures = row.failures ?? 0;
  if (failures >= 3) await prisma.hook.update({ where: { id }, data: { active: false } });
}`],
  ["a branch of a loop that ends the function", `${prisma}export async function f(key, tries) {
  for (let at = 0; at < 3; at++) {
    if (tries > 5) {
      await prisma.code.delete({ where: { key } });
      return "locked";
    }
    const { count } = await prisma.code.updateMany({ where: { key, tries }, data: { tries: tries + 1 } });
    if (count > 0) return "counted";
  }
}`],
  ["a row that notes how far a loop has come", `${prisma}export async function f(id, all) {
  let done = 0;
  while (done < all) {
    await prisma.job.update({ where: { id }, data: { done } });
    done += work(done);
  }
}`],
  ["a seed", "export {};", { "src/db/seed.ts": `${prisma}export async function seed() { await prisma.a.create({ data: {} }); await prisma.b.create({ data: {} }); }` }],
  ["a write of a found row or of a new one", `${prisma}export async function f(data) {
  const found = await prisma.a.findFirst({ where: data });
  const row = found ? await prisma.a.update({ where: { id: found.id }, data }) : await prisma.a.create({ data });
  return row;
}`],
  ["a builder whose parts look like writes", `${drizzle}export async function f(data) {
  const query = db.insert(users).values(data).onConflictDoUpdate({ target: users.id, set: data }).returning();
  const [row] = await query;
  return row;
}`],
];

/** What moves counts, what is done once, and what is made of a row that was changed. */
export const moved: readonly Case[] = [
  ["counts that are assigned, in saved rows and in the text of statements, and what follows an insert only where that made something", `import { Repository } from "typeorm";
import { Desk, Ticket } from "./entities";
export class Service {
  constructor(private readonly desks: Repository<Desk>, private readonly tickets: Repository<Ticket>) {}
  async close(id: number) {
    const ticket = await this.tickets.findOneByOrFail({ id });
    ticket.state = "closed";
    const desk = await this.desks.findOne({ where: { id: ticket.desk.id } });
    if (desk) {
      desk.waiting = Math.max(0, desk.waiting - 1);
      await this.desks.save(desk);
    }
    return await this.tickets.save(ticket); // ! several
  }
  async seat(id: number, deskId: number) {
    const ticket = await this.tickets.findOneByOrFail({ id });
    const desk = await this.desks.findOneByOrFail({ id: deskId });
    desk.waiting += ticket.size;
    ticket.state = "seated";
    ticket.deskNumber = desk.number;
    await this.desks.save(desk);
    await this.tickets.save(ticket); // ! several
  }
  async accept(id: number, deskId: number) {
    const ticket = await this.tickets.findOneByOrFail({ id });
    const desk = await this.desks.findOneByOrFail({ id: deskId });
    ticket.desk = desk;
    desk.waiting++;
    await this.desks.save(desk);
    await this.tickets.save(ticket); // ! several
  }
  async unrelated(id: number, deskId: number) {
    const ticket = await this.tickets.findOneByOrFail({ id });
    const desk = await this.desks.findOneByOrFail({ id: deskId });
    ticket.state = "seen";
    desk.number = 4;
    await this.desks.save(desk);
    await this.tickets.save(ticket);
  }
  async leave(id: number, deskId: number) {
    await this.tickets.query("DELETE FROM seats WHERE ticket = $1 AND desk = $2", [id, deskId]);
    await this.tickets.query("UPDATE desks SET waiting = GREATEST(0, waiting - 1) WHERE id = $1", [deskId]); // ! several
  }
  async report(id: number, deskId: number) {
    const { affectedRows } = await this.tickets.query("INSERT IGNORE INTO reports (ticket, desk) VALUES (?, ?)", [id, deskId]);
    if (affectedRows > 0) await this.desks.increment({ id: deskId }, "total", 1); // ! several
  }
  async note(id: number, deskId: number) {
    await this.tickets.query("INSERT IGNORE INTO reports (ticket, desk) VALUES (?, ?)", [id, deskId]);
    await this.desks.update({ id: deskId }, { number: 3 });
  }
}`, { "src/entities.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity() export class Desk { @PrimaryGeneratedColumn() id!: number; @Column() waiting!: number; @Column() number!: number; @Column() total!: number; }
@Entity() export class Ticket { @PrimaryGeneratedColumn() id!: number; @Column() deskId!: number; @Column() state!: string; @Column() size!: number; desk!: Desk; @Column() deskNumber!: number | null }
` }],
  ["what is made or changed with what a change gave, and counts of rows that were found by each other", `import { Argument, Member, Request, Talk } from "./models";
export async function accept(id: string, state: string) {
  const request = await Request.findOneAndUpdate({ _id: id }, { state }, { new: true }).orFail();
  const member = new Member({ club: request.club, user: request.user, role: "member" });
  await member.save(); // ! several
  return request;
}
export async function adopt(talkId: string) {
  const asked = await Request.findOne({ talk: talkId, state: "proposed" }).orFail();
  const adopted = await Request.findByIdAndUpdate(asked._id, { state: "published" }, { new: true }).orFail();
  await Talk.findByIdAndUpdate(talkId, { $addToSet: { clubs: adopted.club } }); // ! several
}
export async function pin(id: string) {
  const argument = await Argument.findById(id).orFail();
  const talk = await Talk.findById(argument.talk).orFail();
  await Argument.findByIdAndUpdate(id, { $set: { pinned: true } }, { new: true });
  talk.pinned += 1;
  await talk.save(); // ! several
}
export async function move(user: string) {
  const members = await Member.find({ user }).sort({ place: 1 });
  for (const member of members) {
    member.place = (member.place + 1) as 1 | 2;
    await member.save(); // ! loop
  }
}
export async function look(id: string, name: string) {
  const request = await Request.findByIdAndUpdate(id, { name }, { new: true }).orFail();
  await Talk.findByIdAndUpdate(request.club, { name });
}`, { "src/models.ts": `import { model, Schema } from "mongoose";
export const Request = model("Request", new Schema({ state: String, club: String, user: String }));
export const Member = model("Member", new Schema({ club: String, user: String, role: String, place: Number }));
export const Talk = model("Talk", new Schema({ pinned: Number, clubs: [String] }));
export const Argument = model("Argument", new Schema({ pinned: Boolean, talk: String }));
` }],
];

/** What asking again puts right, or writes a new row once more. */
export const again: readonly Case[] = [
  ["a step that another attempt takes again, a login code, and marks of a document", `${mongoose}export async function cancel(id) {
  const order = await Order.findById(id);
  if (order.state === "CANCELLED") throw new Error("gone");
  order.state = "SENT";
  await order.save();
  const user = await User.findById(order.user);
  user.orders = [];
  await user.save();
}
export async function confirm(value) {
  const code = await LoginCode.findOne({ value, used: false });
  const user = await User.findById(code.user);
  user.lastLoginAt = new Date();
  await user.save();
  code.used = true;
  await code.save();
  await LoginCode.deleteOne({ _id: code._id });
}
const LoginCode = mongoose.model("LoginCode", codeSchema);`],
  ["a picture that is kept, and the row that shows it", `${prisma}const keepPicture = async (data, adminUserId) => { const media = await storage.uploadBuffer(data); return prisma.media.create({ data: { url: media.url, adminUserId } }); };
export async function post(data, text, adminUserId) {
  const picture = await keepPicture(data, adminUserId);
  await prisma.post.create({ data: { text, pictureId: picture.id, adminUserId } });
}
export async function attach(id, url) {
  const file = await prisma.uploadedFile.create({ data: { url } });
  await prisma.post.update({ where: { id }, data: { fileId: file.id } });
}`],
  ["a statement whose values are given again, and another for the same key", `${pg}export async function rename(id, name) {
  await pool.query("UPDATE cards SET name = $1, updated_at = NOW() WHERE id = $2", [name, id]);
  await pool.query("UPDATE card_lines SET name = $1 WHERE card_id = $2", [name, id]);
}`],
  ["a new row that a function of its own changes once more", `import { cards } from "./cards";
export async function open(name, picture) {
  const id = await cards.createCard(name);
  await cards.updateCard(id, picture);
}`, { "src/cards.ts": `${pg}export const cards = {
  async createCard(name) { const { rows } = await pool.query("INSERT INTO cards (name) VALUES ($1) RETURNING id", [name]); return rows[0].id; },
  async updateCard(id, picture) { await pool.query("UPDATE cards SET picture = $2 WHERE id = $1", [id, picture]); },
};
` }],
  ["changes that are begun together, and put the same values where they are the next time", `${prisma}export async function sweep(roomId, deskId) {
  await Promise.all([prisma.room.update({ where: { id: roomId }, data: { status: "dirty" } }), prisma.desk.update({ where: { id: deskId }, data: { status: "dirty" } })]);
}
export async function count(roomId, deskId) {
  const [rooms, note] = await Promise.all([prisma.room.count({ where: { roomId } }), prisma.auditLog.create({ data: { deskId } })]);
  return [rooms, note];
}`],
  ["rows that are begun together, and made where they are missing", `import { followIfMissing } from "./follows";
export async function befriend(one, other) {
  await Promise.all([followIfMissing(one, other), followIfMissing(other, one)]);
}`, { "src/follows.ts": `${prisma}export const followIfMissing = async (from, to) => { await prisma.follow.create({ data: { from, to } }); };
` }],
  ["one row that two functions of the project count", `import { points } from "./points";
export async function settle(guest, amount) {
  await points.rename(guest, amount);
  await points.label(guest, amount);
}`, { "src/points.ts": `${prisma}export const points = {
  rename: (id, name) => prisma.guest.update({ where: { id }, data: { name } }),
  label: (id, label) => prisma.guest.update({ where: { id }, data: { label } }),
};
` }],
  ["a row of whoever asks, and another of theirs", `${prisma}export async function order(req, street) {
  await prisma.address.create({ data: { street, userId: req.user.id } });
  await prisma.order.create({ data: { userId: req.user.id } });
}`],
];
