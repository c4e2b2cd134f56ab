import { describe, expect, it } from "vitest";
import rule from "../../../rules/data/narrow-repositories.js";
import { foundIn, marksIn } from "../../support/marked.js";
import { findingsOf } from "../../support/project.js";
import { reported, silent } from "./cases/narrow-repositories.js";

describe("narrow-repositories", () => {
  it.each(reported)("reports %s", (_name, files) => {
    expect(marksIn(files)).not.toEqual([]);
    expect(foundIn(rule, files)).toEqual(marksIn(files));
  });

  it.each(silent)("is silent about %s", (_name, files) => {
    expect(foundIn(rule, files)).toEqual([]);
  });

  it("gives functions of one file that show the store in the same way one cause", async () => {
    const code = (one: string): string => `import type { Collection } from "mongodb";\nexport async function ${one}(users: Collection, id: string): Promise<number> { return users.countDocuments({ id }); }\n`;
    const files = { "src/repositories/users.ts": code("count") + code("many").split("\n").slice(1).join("\n"), "src/repositories/orders.ts": code("count") };
    const found = await findingsOf(files, { rule: "narrow-repositories" });
    expect(found.map(({ file, range, messageId, cause }) => [file, range.start.line, messageId, cause])).toEqual([["src/repositories/orders.ts", 2, "takes", "functions takes"], ["src/repositories/users.ts", 2, "takes", "functions takes"]]);
  });

  it("tells of each of three methods of a class that show the store, and of more once", async () => {
    const files = (count: number) => ({ "src/repositories/user.repository.ts": `import type { Prisma, PrismaClient } from "@prisma/client";\nexport class UserRepository { constructor(private readonly db: PrismaClient) {}\n${Array.from({ length: count }, (_, index) => `find${index}(where: Prisma.UserWhereInput): Promise<number> { return this.db.user.count({ where }); }`).join("\n")}\n}` });
    expect(await findingsOf(files(3), { rule: "narrow-repositories" })).toHaveLength(3);
    expect(await findingsOf(files(4), { rule: "narrow-repositories" })).toHaveLength(1);
  });

  it("takes a part of a row's fields for no row", async () => {
    const files = (type: string) => ({ "src/models.ts": 'import { Model } from "objection";\nexport class Tour extends Model { id!: number; }', "src/repositories/tour.repository.ts": `import { Tour } from "../models";\nexport class TourRepository { async where(filter: ${type}): Promise<number> { return Tour.query().where(filter).resultSize(); } }` });
    expect(await findingsOf(files("Partial<Tour>"), { rule: "narrow-repositories" })).toEqual([]);
    expect(await findingsOf(files("Tour"), { rule: "narrow-repositories" })).toHaveLength(1);
  });

  it("tells once that more than ten files take or return any", async () => {
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`src/repositories/r${index + 10}.repository.ts`, `import { Pool } from "pg";\nexport class R${index}Repository {\n  constructor(private readonly pool: Pool) {}\n  async ${index % 2 === 0 ? "find(id: string): Promise<any>" : "find(id: any): Promise<string>"} { return (await this.pool.query("select name from t where id = $1", [id])).rows[0]; }\n}\n`]));
    expect((await findingsOf(files, { rule: "narrow-repositories" })).map(({ file, messageId, message }) => [file, messageId, message.slice(0, 9)])).toEqual([["src/repositories/r10.repository.ts", "untyped", "11 files "]]);
  });

  it("tells once what more than ten files have in common, and each file in strict", async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/repositories/r${index + 10}.repository.ts`, 'import { Prisma } from "@prisma/client";\nimport { prisma } from "../db";\nexport class Users {\n  async find(where: Prisma.UserWhereInput): Promise<number> { return prisma.user.count({ where }); }\n}\n']));
    const all = { ...files, "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n' };
    const found = await findingsOf(all, { rule: "narrow-repositories" });
    expect(found.map(({ file, messageId, message }) => [file, messageId, message.slice(0, 9)])).toEqual([["src/repositories/r10.repository.ts", "spread", "12 files "]]);
    expect(foundIn(rule, all, { everyFile: true })).toHaveLength(12);
  });

  it("counts as many methods as it is told", () => {
    const code = 'import { prisma } from "../db";\nexport class UserRepository {\n  async a(): Promise<number> { return prisma.user.count(); }\n  async b(): Promise<number> { return 1; }\n}';
    expect(foundIn(rule, { "src/user.repository.ts": code }, { methods: 1 })).toEqual(["src/user.repository.ts:2 wide"]);
    expect(foundIn(rule, { "src/user.repository.ts": code }, { methods: 2 })).toEqual([]);
  });

  it("says more when plain types and inherited methods count", () => {
    const files = {
      "src/user.repository.ts": 'import { Repository } from "typeorm";\nexport class UserRepository extends Repository<User> {}\n',
      "src/post.repository.ts": 'import { PrismaClient, Post } from "@prisma/client";\nexport class PostRepository {\n  constructor(private readonly prisma: PrismaClient) {}\n  async find(id: string): Promise<Post | null> { return this.prisma.post.findUnique({ where: { id } }); }\n}\n',
    };
    expect(foundIn(rule, files)).toEqual([]);
    expect(foundIn(rule, files, { plainTypes: true, inherited: true })).toEqual(["src/post.repository.ts:4 returns", "src/user.repository.ts:2 inherits"]);
  });

  it("leaves handles in what callers pass, and requests of a web framework, to others", () => {
    const files = {
      "src/repositories/seats.ts": 'import type { Request } from "express";\nimport type { PgTransaction } from "drizzle-orm/pg-core";\nimport type { ExtractTablesWithRelations, SQL } from "drizzle-orm";\nimport type { PostgresJsDatabase } from "drizzle-orm/postgres-js";\nimport { seats } from "../schema";\ntype Tx = PgTransaction<never, object, ExtractTablesWithRelations<object>>;\nexport async function book(params: { tx: Tx; id: string }): Promise<void> { await params.tx.insert(seats).values({ id: params.id }); }\nexport async function mark(request: Request, tx: Tx): Promise<void> { await tx.insert(seats).values({ id: String(request.params.id) }); }\nexport async function find(tx: Tx, params: { condition: SQL }): Promise<void> { await tx.select().from(seats).where(params.condition).limit(1); }\n',
    };
    expect(foundIn(rule, files)).toEqual(["src/repositories/seats.ts:9 takes"]);
  });

  it("leaves what repositories alone call, and methods that say they are for nobody else", () => {
    const part = 'import type { Knex } from "knex";\nexport function base(knex: Knex): Knex.QueryBuilder { return knex("users").where({ seen: true }); }\n';
    const repository = 'import type { Knex } from "knex";\nimport { base } from "./user.queries.js";\nexport class UserRepository {\n  constructor(private readonly knex: Knex) {}\n  _base(): Knex.QueryBuilder { return base(this.knex); }\n  async count(): Promise<number> { return (await this._base().count())[0].count; }\n}\n';
    const files = { "src/repositories/user.queries.ts": part, "src/repositories/user.repository.ts": repository };
    expect(foundIn(rule, files)).toEqual([]);
    expect(foundIn(rule, { ...files, "src/services/users.ts": 'import Knex from "knex";\nimport { base } from "../repositories/user.queries.js";\nexport const users = () => base(Knex({})).limit(10);\n' })).toEqual(["src/repositories/user.queries.ts:2 returns"]);
    expect(foundIn(rule, { ...files, "src/repositories/user.repository.ts": repository.replaceAll("_base", "query") })).toEqual(["src/repositories/user.repository.ts:5 returns"]);
  });

  it("asks of an untyped parameter whether it reaches the store", () => {
    const code = (body: string): string => `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport class UserRepository {\n  async touch(id: string, data: any, then: (data: any) => void): Promise<void> { ${body} then(data); }\n}\n`;
    expect(foundIn(rule, { "src/user.repository.ts": code("await prisma.user.update({ where: { id }, data: { seen: true } });") })).toEqual([]);
    expect(foundIn(rule, { "src/user.repository.ts": code("await prisma.user.update({ where: { id }, data });") })).toEqual(["src/user.repository.ts:4 takesAny"]);
    expect(foundIn(rule, { "src/user.repository.ts": code("await prisma.user.update({ where: { id }, data: { name: data.name } });") })).toEqual(["src/user.repository.ts:4 takesAny"]);
  });

  it("asks in recommended only what is called a repository, and what is no library for others to install", () => {
    const code = (name: string): string => `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport class ${name} {\n  async find(where: any): Promise<string[]> { return (await prisma.user.findMany({ where, take: 10 })).map(({ name }) => name); }\n}\n`;
    expect(foundIn(rule, { "src/lookup.ts": code("UserLookup") })).toEqual([]);
    expect(foundIn(rule, { "src/lookup.ts": code("UserLookup") }, { guessed: true })).toEqual(["src/lookup.ts:4 takesAny"]);
    expect(foundIn(rule, { "src/lookup.ts": code("UserRepository") })).toEqual(["src/lookup.ts:4 takesAny"]);
    const library = (more: string): Record<string, string> => ({ "package.json": '{ "private": true, "workspaces": ["packages/*"] }', "packages/db/package.json": `{ "name": "@acme/db", "main": "dist/user.repository.js"${more} }`, "packages/db/src/user.repository.ts": code("UserRepository") });
    expect(foundIn(rule, library(""))).toEqual([]);
    expect(foundIn(rule, library(', "private": true'))).toEqual(["packages/db/src/user.repository.ts:4 takesAny"]);
  });

  it("points at the type", async () => {
    const [found] = await findingsOf({
      "src/users/user.repository.ts": 'import { PrismaClient, Prisma } from "@prisma/client";\nexport class UserRepository {\n  constructor(private readonly prisma: PrismaClient) {}\n  list(where: Prisma.UserWhereInput) { return this.prisma.user.findMany({ where, take: 10 }); }\n}\n',
    }, { rule: "narrow-repositories" });
    expect(found?.range).toEqual({ start: { line: 4, column: 15 }, end: { line: 4, column: 36 } });
    expect(found?.message).toContain("`UserRepository.list` takes `Prisma.UserWhereInput`");
  });
});

describe("narrow-repositories, rows that save themselves", () => {
  it("judges what uses the store, and leaves what only works on the row alone", () => {
    const code = (method: string): string => `import { Column, Model, Table } from "sequelize-typescript";\n@Table\nexport class Task extends Model {\n  @Column declare title: string;\n  ${method}\n}\n`;
    expect(foundIn(rule, { "src/models/task.ts": code("toJSON(): any { return { title: this.title }; }") })).toEqual([]);
    expect(foundIn(rule, { "src/models/task.ts": code("async change(changes: any) { await this.update(changes); }") })).toHaveLength(1);
  });
});

describe("narrow-repositories, columns that keep what comes", () => {
  it("leaves to strict what is called as such a column, and reports a row of anything", () => {
    const code = (parameter: string): string => `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport class EventRepository {\n  async add(${parameter}): Promise<void> { await prisma.event.create({ data: { ...event } }); }\n}\n`;
    const any = ["src/event.repository.ts:4 takesAny"];
    expect(foundIn(rule, { "src/event.repository.ts": code("event: { name: string; metadata?: Record<string, any> | null }") })).toEqual([]);
    expect(foundIn(rule, { "src/event.repository.ts": code("event: { name: string; metadata?: Record<string, any> | null }") }, { plainTypes: true })).toEqual(any);
    expect(foundIn(rule, { "src/event.repository.ts": code("event: { name: string; row: Record<string, any> }") })).toEqual(any);
    expect(foundIn(rule, { "src/event.repository.ts": code("event: Record<string, any>") })).toEqual(any);
  });
});
