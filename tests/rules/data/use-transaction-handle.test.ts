import { describe, expect, it } from "vitest";
import rule from "../../../rules/data/use-transaction-handle.js";
import { foundIn, marksIn } from "../../support/marked.js";
import { findingsOf } from "../../support/project.js";
import { reported, silent } from "./cases/use-transaction-handle.js";

const files = ([name, code, others = {}]: (typeof reported)[number]): { readonly name: string; readonly files: Readonly<Record<string, string>> } => ({ name, files: { "src/a.ts": code, ...others } });

describe("use-transaction-handle", () => {
  it.each(reported.map(files))("reports $name", ({ files }) => {
    expect(marksIn(files)).not.toEqual([]);
    expect(foundIn(rule, files)).toEqual(marksIn(files));
  });

  it.each(silent.map(files))("is silent about $name", ({ files }) => {
    expect(foundIn(rule, files)).toEqual([]);
  });
});

describe("use-transaction-handle in the hosts", () => {
  it("says where, what, and what to use", async () => {
    const [outer, helper] = await findingsOf({
      "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
      "src/stock.ts": 'import { prisma } from "./db.js";\nexport async function take(id: string) {\n  await prisma.stock.update({ where: { id }, data: {} });\n}\n',
      "src/orders.ts": 'import { prisma } from "./db.js";\nimport { take } from "./stock.js";\nexport async function place(id: string) {\n  await prisma.$transaction(async (tx) => {\n    await tx.order.create({ data: { id } });\n    await prisma.visit.create({ data: { id } });\n    await take(id);\n  });\n}\n',
    }, { rule: "use-transaction-handle" });
    expect(outer?.range).toEqual({ start: { line: 6, column: 11 }, end: { line: 6, column: 48 } });
    expect(outer?.message).toContain("it uses `prisma`, not `tx`");
    expect(helper?.range).toEqual({ start: { line: 7, column: 11 }, end: { line: 7, column: 19 } });
    expect(helper?.message).toContain("(src/stock.ts:3)");
    expect(helper?.related.map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["src/orders.ts:4", "src/stock.ts:3"]);
  });
});

describe("use-transaction-handle, whose transaction it is", () => {
  it("knows the handle that is begun of another where one was passed", () => {
    const code = (given: string): string => `import { knex, type Knex } from "knex";
const db = knex({ client: "pg" });
async function balance(id: string, trx?: Knex.Transaction) { return (trx ?? db)("balances").where({ id }).first(); }
export async function move(id: string, outer?: Knex.Transaction) {
  const trx = (await outer?.transaction()) ?? (await db.transaction());
  try {
    await balance(${given});
    await trx("moves").insert({ id });
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}
`;
    expect(foundIn(rule, { "src/a.ts": code("id, trx") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": code("id") })).toHaveLength(1);
  });

  it("knows that documents of Mongoose remember the session that a helper read them in", () => {
    const code = (body: string): string => `import mongoose from "mongoose";
const Team = mongoose.model("Team", new mongoose.Schema({ name: String }));
async function change(session: mongoose.ClientSession, id: string) { ${body} }
export async function rename(id: string) {
  const session = await mongoose.startSession();
  await session.withTransaction(async (session) => { await change(session, id); });
}
`;
    expect(foundIn(rule, { "src/a.ts": code("const team = await Team.findById(id).session(session); team.name = id; await team.save();") })).toEqual([]);
  });
});

describe("use-transaction-handle, one transaction after another", () => {
  const code = (between: string): string => `import { DataSource } from "typeorm";
import { Room, Visit } from "./entities";
const source = new DataSource({ type: "postgres" });
const rooms = source.getRepository(Room);
export async function sweep(id: string) {
  let runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.manager.update(Visit, { id }, { over: true });
    await runner.commitTransaction();
  } catch {
    await runner.rollbackTransaction();
  } finally {
    await runner.release();
  }
  await rooms.delete({ visit: id });
  runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    ${between}
    await runner.manager.delete(Visit, { id });
    await runner.commitTransaction();
  } catch {
    await runner.rollbackTransaction();
  } finally {
    await runner.release();
  }
}
`;

  it("knows that what stands between them is in neither, and what is in the second is not", () => {
    expect(foundIn(rule, { "src/a.ts": code("") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": code("await rooms.delete({ visit: id });") })).toEqual(["src/a.ts:22 outer"]);
  });
});

describe("use-transaction-handle, transactions that are ended by hand", () => {
  const code = (body: string, tell = ""): string => `import { Sequelize } from "sequelize";
const sequelize = new Sequelize("postgres://db/shop");
const tell = async (id: string) => { ${tell === "" ? 'await sequelize.query("insert into messages (id) values (:id)", { replacements: { id } });' : tell} };
export async function close(id: string) {
  const transaction = await sequelize.transaction();
  try {
    const [rows] = await sequelize.query("update shops set open = false where id = :id", { replacements: { id }, transaction });
    ${body}
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}
`;

  it("takes what stands behind the end of the transaction in the same branch for outside of it", () => {
    expect(foundIn(rule, { "src/a.ts": code("if (rows.length === 0) { await transaction.rollback(); await tell(id); return; }") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": code("if (rows.length === 0) { await tell(id); await transaction.rollback(); return; }") })).toHaveLength(1);
  });

  it("names what the begin gave as the handle", async () => {
    const [finding] = await findingsOf({ "src/a.ts": code("await tell(id);") }, { rule: "use-transaction-handle" });
    expect(finding?.message).toContain("Pass it `transaction`");
  });

  it("leaves records alone that keep their failure to themselves", () => {
    const kept = (table: string): string => code("await tell(id);", `try { await sequelize.query("insert into ${table} (id) values (:id)", { replacements: { id } }); } catch (error) { console.error(error); }`);
    expect(foundIn(rule, { "src/a.ts": kept("event_logs") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": kept("closings") })).toHaveLength(1);
  });
});

describe("use-transaction-handle, numbers of a sequence", () => {
  it("warns of a helper that takes a connection of its own to read, and reports one that writes", async () => {
    const code = (text: string): Record<string, string> => ({
      "src/numbers.ts": `import { DataSource } from "typeorm";\nexport async function next(source: DataSource) {\n  const runner = source.createQueryRunner();\n  try { return await runner.query("${text}"); } finally { await runner.release(); }\n}\n`,
      "src/bills.ts": 'import { DataSource } from "typeorm";\nimport { next } from "./numbers";\nimport { Bill } from "./bill.entity";\nexport class Bills {\n  constructor(private readonly source: DataSource) {}\n  add(cents: number) {\n    return this.source.transaction(async (manager) => {\n      const number = await next(this.source);\n      await manager.insert(Bill, { number, cents });\n    });\n  }\n}\n',
      "src/bill.entity.ts": 'import { Entity, PrimaryColumn } from "typeorm";\n@Entity() export class Bill { @PrimaryColumn() number: string; }\n',
    });
    expect((await findingsOf(code("select next value for bills as number"), { rule: "use-transaction-handle" })).map(({ messageId, severity }) => `${messageId} ${severity}`)).toEqual(["readHelper warn"]);
    expect((await findingsOf(code("insert into numbers default values"), { rule: "use-transaction-handle" })).map(({ messageId, severity }) => `${messageId} ${severity}`)).toEqual(["helper error"]);
  });
});
