import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "bounded-queries";
const check = async (files: Readonly<Record<string, string>>, preset: "recommended" | "strict" = "recommended"): Promise<string[]> =>
  (await checkProject(files, { rule, preset, settings: { rules: { "paginated-lists": "off" } } })).map((line) => line.replace(` ${rule}`, ""));

const express = 'import express from "express";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const app = express();\n';
const route = (query: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${express}app.get("/v1/users", async (req, res) => {\n${query}\n});\n` });

describe("bounded-queries", () => {
  it.each([
    ["Number", "const limit = Number(req.query.limit);\nres.json(await prisma.user.findMany({ take: limit }));", ["src/app.ts:7:45 noMaximum"]],
    ["parseInt on the spot", 'res.json(await prisma.user.findMany({ take: parseInt(req.query.limit as string, 10) }));', ["src/app.ts:6:45 noMaximum"]],
    ["a unary plus", "res.json(await prisma.user.findMany({ take: +req.query.limit }));", ["src/app.ts:6:45 noMaximum"]],
    ["a default", "const take = Number(req.query.limit) || 20;\nres.json(await prisma.user.findMany({ take }));", ["src/app.ts:7:39 noMaximum"]],
    ["destructuring", 'const { limit = "20" } = req.query;\nres.json(await prisma.user.findMany({ take: Number(limit) }));', ["src/app.ts:7:45 noMaximum"]],
    ["a schema that goes on with one that has none", 'const Size = z.coerce.number().int();\nconst { limit = 20 } = z.object({ limit: Size.optional() }).parse(req.query);\nres.json(await prisma.user.findMany({ take: limit }));', ["src/app.ts:9:45 noMaximum"]],
    ["a schema without a maximum", 'const { limit } = z.object({ limit: z.coerce.number().int().positive() }).parse(req.query);\nres.json(await prisma.user.findMany({ take: limit }));', ["src/app.ts:8:45 noMaximum"]],
    ["a row more than it, by which it knows whether there are more", "const limit = Number(req.query.limit);\nconst users = await prisma.user.findMany({ take: limit + 1 });\nres.json({ users, hasMore: users.length > limit });", ["src/app.ts:7:50 noMaximum"]],
    ["options that hold it under a name", "const list = (options: { page?: string; limit: number }) => prisma.user.findMany({ take: options.limit });\nconst options = { page: req.query.page as string, limit: Number(req.query.limit) };\nres.json(await list(options));", ["src/app.ts:6:90 noMaximum"]],
    ["options that it is put into", "const list = (options: { page?: string; limit?: number }) => prisma.user.findMany({ take: options.limit });\nconst options: any = { page: req.query.page };\noptions.limit = Number(req.query.limit);\nres.json(await list(options));", ["src/app.ts:6:91 noMaximum"]],
    ["options of a class that names their fields alone", "class Options { page?: string; size: number }\nconst list = (options: Options) => prisma.user.findMany({ take: options.size });\nres.json(await list({ page: req.query.page as string, size: Number(req.query.size) }));", ["src/app.ts:7:65 noMaximum"]],
    ["options that may be missing", "const list = (options?: { page?: string; length?: number }) => prisma.user.findMany({ take: options && options.length });\nres.json(await list({ page: req.query.page as string, length: Number(req.query.size) }));", ["src/app.ts:6:93 noMaximum"]],
    ["a lower bound alone", "const limit = Math.max(1, Number(req.query.limit));\nres.json(await prisma.user.findMany({ take: limit }));", ["src/app.ts:7:45 noMaximum"]],
  ])("reports a limit that the request sets through %s", async (_name, query, expected) => {
    const files = route(query);
    expect(await check(query.includes("z.") ? { "src/app.ts": `import { z } from "zod";\n${files["src/app.ts"] ?? ""}` } : files)).toEqual(expected);
  });

  it("reports a limit in options that are spread, by its field, and is silent on one of a closed list", async () => {
    const listed = 'import { list } from "./users.repository.js";\n';
    const files = (given: string): Readonly<Record<string, string>> => ({
      "src/app.ts": `${listed}import express from "express";\nexport const app = express();\napp.get("/v1/users", async (req, res) => { const { limit, sort } = req.query; res.json(await list({ orderBy: { [String(sort)]: "asc" }, take: ${given} })); });\n`,
      "src/users.repository.ts": 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const list = (args: { take: number; orderBy: object }) => prisma.user.findMany({ ...args, include: { team: true } });\n',
    });
    const found = await findingsOf(files("Number(limit)"), { rule, settings: { rules: { "paginated-lists": "off" } } });
    expect(found.map(({ file, message }) => `${file} ${message.slice(0, message.indexOf(" sets"))}`)).toEqual(["src/users.repository.ts `req.query.limit`"]);
    expect(await check(files("[10, 25, 50].includes(Number(limit)) ? Number(limit) : 10"))).toEqual([]);
    expect(await check(files("Number(limit) > 0 && Number(limit) <= 50 ? Number(limit) : 10"))).toEqual([]);
  });

  it("leaves a list's route to the rule for pages, and tells of an export and of a search by POST itself", async () => {
    const told = async (method: string, path: string): Promise<string[]> => checkProject({ "src/app.ts": `${express}app.use(express.json());\napp.${method}("${path}", async (req, res) => { res.json(await prisma.user.findMany({ take: Number(req.${method === "get" ? "query" : "body"}.limit) })); });\n` }, { rule, preset: "recommended" });
    expect(await told("get", "/v1/users")).toEqual([]);
    expect(await told("get", "/v1/users/export")).toEqual(["src/app.ts:6:95 bounded-queries noMaximum"]);
    expect(await told("post", "/v1/users/search")).toEqual(["src/app.ts:6:96 bounded-queries noMaximum"]);
  });

  it("asks whoever hands the options of a query to a function that runs it", async () => {
    const files = (options: string): Readonly<Record<string, string>> => ({
      "src/users.ts": 'import { DataSource, Entity } from "typeorm";\n@Entity() export class User {}\nconst source = new DataSource({ type: "postgres" });\nexport const users = { find: (options: object) => source.getRepository(User).find(options), count: () => source.getRepository(User).count() };\n',
      "src/app.ts": `import express from "express";\nimport { users } from "./users.js";\nexport const app = express();\napp.get("/v1/users", async (req, res) => {\n  const { team, take, page } = req.query;\n  ${options}\n});\napp.get("/v1/all", async (_req, res) => { res.json({ count: (await users.find({ where: { open: true } })).length }); });\n`,
    });
    expect(await check(files("res.json(await users.find({ where: { team, page }, take: 10 }));"))).toEqual([]);
    expect(await check(files("res.json(await users.find({ where: { team }, take: Number(take) || 10 }));"))).toEqual(["src/app.ts:6:54 noMaximum"]);
    expect(await check(files('const options = { where: { team } };\n  options["take"] = take ?? 10;\n  res.json(await users.find(options));'))).toEqual(["src/app.ts:7:21 noMaximum"]);
    expect(await check(files("res.json(await users.find({ where: { team }, skip: Number(page) * 10 }));"))).toEqual(["src/users.ts:4:51 noLimit"]);
  });

  it("takes keys of many rows for as many rows", async () => {
    const files = (where: string): Readonly<Record<string, string>> => route(`const { page, postIds } = req.query;\nres.json(await prisma.reply.findMany({ where: { ${where} }, skip: Number(page) }));`);
    expect(await check(files("postId: postIds"))).toEqual([]);
    expect(await check(files("post: page"))).toEqual(["src/app.ts:7:16 noLimit"]);
  });

  it("reads the default that Valibot gives beside a schema, and the steps of its pipes", async () => {
    const files = (steps: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import { vValidator } from "@hono/valibot-validator";\nimport { PrismaClient } from "@prisma/client";\nimport { Hono } from "hono";\nimport * as v from "valibot";\nconst prisma = new PrismaClient();\nconst Page = v.object({ limit: ${steps} });\nexport const app = new Hono();\napp.get("/v1/users", vValidator("query", Page), async (c) => c.json(await prisma.user.findMany({ take: c.req.valid("query").limit })));\n` });
    expect(await check(files('v.optional(v.pipe(v.string(), v.transform(Number), v.maxValue(50)), "20")'))).toEqual([]);
    expect(await check(files('v.optional(v.pipe(v.string(), v.transform(Number), v.minValue(1)), "20")'))).toEqual(["src/app.ts:8:104 noMaximum"]);
    expect(await check(files("v.optional(v.pipe(v.string(), v.transform(Number), v.maxValue(50)))"))).toEqual(["src/app.ts:8:104 mayBeMissing"]);
  });

  it("reads the class that the arguments of a resolver are declared as", async () => {
    const files = (decorators: string): Readonly<Record<string, string>> => ({
      "src/page.ts": `import { ArgsType, Field, Int } from "@nestjs/graphql";\nimport { Max, Min } from "class-validator";\n@ArgsType() export class PageArgs { @Field(() => Int) @Min(1) ${decorators} first = 10; }\nexport const used = [Max];\n`,
      "src/users.resolver.ts": 'import { Args, Query, Resolver } from "@nestjs/graphql";\nimport { PrismaClient } from "@prisma/client";\nimport { PageArgs } from "./page.js";\nconst prisma = new PrismaClient();\nconst page = (size: number) => prisma.user.findMany({ take: size });\n@Resolver() export class Users { @Query(() => [String]) users(@Args() args: PageArgs) { const { first } = args; return page(first); } }\n',
    });
    expect(await check(files("@Max(50)"))).toEqual([]);
    expect(await check(files(""))).toHaveLength(1);
  });

  it("ends where a function hands its options to itself", async () => {
    expect(await check({ "src/app.ts": `${express}const page = async (options, tries) => {\n  const found = await prisma.user.findMany({ take: options.limit });\n  return found.length === 0 && tries > 0 ? page(options, tries - 1) : found;\n};\nconst settings = JSON.parse(process.argv[2]);\napp.get("/v1/users", async (req, res) => { res.json(await page(settings, 3)); });\n` })).toEqual([]);
  });

  it("asks each caller of a function that makes a page for what that caller passes", async () => {
    const files = (schema: string, given: string): Readonly<Record<string, string>> => ({
      "src/page.ts": "export const pageOf = (options: { page?: number; limit?: number }) => {\n  const page = Number(options.page) || 1;\n  const limit = Number(options.limit) || 10;\n  return { limit, skip: (page - 1) * limit };\n};\n",
      "src/app.ts": `import { z } from "zod";\nimport { pageOf } from "./page.js";\n${express}const Page = z.object({ limit: ${schema} });
app.get("/v1/capped", async (req, res) => {
  const { limit, skip } = pageOf(Page.parse(req.query));
  res.json(await prisma.room.findMany({ skip, take: limit }));
});
app.get("/v1/users", async (req, res) => {
  const { limit, skip } = pageOf(${given});
  res.json(await prisma.user.findMany({ skip, take: limit }));
});\n`,
    });
    expect(await check(files("z.coerce.number().max(50).default(10)", "req.query"))).toEqual(["src/app.ts:14:53 noMaximum"]);
    expect(await check(files("z.coerce.number().max(50).default(10)", "Page.parse(req.query)"))).toEqual([]);
    expect(await check(files("z.coerce.number().max(50).default(10)", '{ page: 1, limit: 20 }'))).toEqual([]);
    // A number is made of it, whatever number; or a list is asked.
    expect(await check(files("z.string().optional().transform((value) => (value ? parseInt(value, 10) : undefined))", "Page.parse(req.query)"))).toEqual(["src/app.ts:10:53 noMaximum"]);
    expect(await check(files('z.string().optional().transform((value) => Math.min(Number(value ?? "20"), 50))', "Page.parse(req.query)"))).toEqual([]);
    expect(await check(files("z.string().optional().transform((value) => ([10, 20].includes(Number(value)) ? Number(value) : 10))", "Page.parse(req.query)"))).toEqual([]);
  });

  it("reads the schema that a step of the project is given", async () => {
    const files = (limit: string): Readonly<Record<string, string>> => ({
      "src/validate.ts": "import type { NextFunction, Request, Response } from \"express\";\nimport type { AnyZodObject } from \"zod\";\nexport const validate = (schema: AnyZodObject) => async (req: Request, _res: Response, next: NextFunction): Promise<void> => {\n  try { await schema.parseAsync({ body: req.body, query: req.query }); next(); } catch (error) { next(error); }\n};\n",
      "src/schemas.ts": `import { z } from "zod";\nconst list = z.object({ query: z.object({ page: z.string().optional(), limit: ${limit} }) });\nexport default { list };\n`,
      "src/app.ts": `import { validate } from "./validate.js";\nimport schemas from "./schemas.js";\n${express}app.get("/v1/users", validate(schemas.list), async (req, res) => {\n  res.json(await prisma.user.findMany({ take: Number(req.query.limit) }));\n});\n`,
    });
    expect(await check(files("z.string().optional()"))).toEqual(["src/app.ts:8:47 noMaximum"]);
    expect(await check(files("z.string().optional().transform((value) => (value ? parseInt(value, 10) : undefined))"))).toEqual(["src/app.ts:8:47 noMaximum"]);
    expect(await check(files("z.coerce.number().max(50)"))).toEqual([]);
    expect(await check(files("z.string().transform(Number).pipe(z.number().min(1).max(100)).default(\"20\")"))).toEqual([]);
  });

  it("reads the body of a search like a query, behind a validator and behind a step", async () => {
    const hono = 'import { zValidator } from "@hono/zod-validator";\nimport { PrismaClient } from "@prisma/client";\nimport { Hono } from "hono";\nimport { z } from "zod";\nconst prisma = new PrismaClient();\nexport const app = new Hono();\n';
    const search = (limit: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${hono}app.post("/v1/search", zValidator("json", z.object({ limit: ${limit} })), async (c) => { const { limit } = c.req.valid("json"); return c.json(await prisma.user.findMany({ take: limit })); });\n` });
    expect(await check(search("z.number().int().positive()"))).toHaveLength(1);
    expect(await check(search("z.number().int().max(50)"))).toEqual([]);
  });

  it("takes a list from a key on for no list of that key", async () => {
    const files = (where: string): Readonly<Record<string, string>> => route(`const { after, limit } = req.query;\nvoid limit;\nres.json(await prisma.user.findMany({ where: ${where} }));`);
    expect(await check(files("{ id: { gt: String(after) } }"))).toEqual(["src/app.ts:8:16 noLimit"]);
    expect(await check(files("{ id: String(after) }"))).toEqual([]);
    expect(await check(files("{ id: { in: [String(after)] } }"))).toEqual([]);
  });

  it("is silent on a statement that the caller began", async () => {
    const files = (body: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { DataSource, Entity, SelectQueryBuilder } from "typeorm";\n@Entity() class User {}\nconst source = new DataSource({ type: "postgres" });\nexport const app = express();\nconst page = (builder: SelectQueryBuilder<User>, size: number) => { if (size) builder.limit(Math.min(size, 50)); return builder.getMany(); };\napp.get("/v1/users", async (req, res) => { const builder = source.getRepository(User).createQueryBuilder("user"); res.json(await ${body}); });\n` });
    expect(await check(files("page(builder, Number(req.query.limit))"))).toEqual([]);
  });

  it("is silent on a list that is handed on before it has run", async () => {
    const page = "export class Page { constructor(readonly query: any, readonly asked: any) {} take() { return this.query.limit(20).skip(this.asked.skip); } }\n";
    const app = (answer: string): Readonly<Record<string, string>> => ({ "src/page.ts": page, "src/app.ts": `import express from "express";\nimport mongoose from "mongoose";\nimport { Page } from "./page.js";\nconst User = mongoose.model("User", new mongoose.Schema({}));\nexport const app = express();\napp.get("/v1/users", async (req, res) => { if (req.query.limit) res.status(400); res.json(await ${answer}); });\n` });
    expect(await check(app("new Page(User.find(), req.query).take()"))).toEqual([]);
    expect(await check(app("User.find()"))).toEqual(["src/app.ts:6:97 noLimit"]);
  });

  it("tells a habit of many files once, and each of them in strict", async () => {
    const files = (count: number): Readonly<Record<string, string>> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/part${String(at + 10)}.ts`, `${express}app.get("/v1/part${String(at)}", async (req, res) => { res.json(await prisma.user.findMany({ take: Number(req.query.limit) })); });\n`]));
    expect(await check(files(10))).toHaveLength(10);
    expect(await check(files(11))).toEqual(["src/part10.ts:5:88 spread"]);
    expect(await check(files(11), "strict")).toHaveLength(11);
  });

  it("reports a limit that goes through a service into a repository", async () => {
    expect(await check({
      "src/app.ts": 'import express from "express";\nimport { list } from "./users.repository.js";\nexport const app = express();\napp.get("/v1/users", async (req, res) => { res.json(await list(Number(req.query.limit))); });\n',
      "src/users.repository.ts": 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const list = (limit: number) => prisma.user.findMany({ take: limit });\n',
    })).toEqual(["src/users.repository.ts:3:69 noMaximum"]);
  });

  it.each([
    ["Drizzle", 'import { drizzle } from "drizzle-orm/node-postgres";\nimport { users } from "./schema.js";\nconst db = drizzle("");\n', "res.json(await db.select().from(users).limit(Number(req.query.limit)));"],
    ["Knex", 'import knex from "knex";\nconst db = knex({});\n', 'res.json(await db("users").select("id").limit(Number(req.query.limit)));'],
    ["Kysely", 'import { Kysely } from "kysely";\ndeclare const db: Kysely<unknown>;\n', 'res.json(await db.selectFrom("users").selectAll().limit(Number(req.query.limit)).execute());'],
    ["Mongoose", 'import mongoose from "mongoose";\nconst User = mongoose.model("User", new mongoose.Schema({}));\n', "res.json(await User.find().limit(Number(req.query.limit)));"],
    ["Sequelize", 'import { Model } from "sequelize";\nclass User extends Model {}\n', "res.json(await User.findAll({ limit: Number(req.query.limit) }));"],
    ["TypeORM", 'import { DataSource, Entity } from "typeorm";\n@Entity() class User {}\nconst source = new DataSource({ type: "postgres" });\n', "res.json(await source.getRepository(User).find({ take: Number(req.query.limit) }));"],
  ])("knows the limit of %s", async (_name, head, query) => {
    const found = await check({ "src/app.ts": `import express from "express";\n${head}export const app = express();\napp.get("/v1/users", async (req, res) => { ${query} });\n`, "src/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: text("id") });' });
    expect(found.map((line) => line.replace(/.* /, ""))).toEqual(["noMaximum"]);
  });

  it("reports a Nest query class without a maximum, and is silent on one with it", async () => {
    const files = (decorators: string): Readonly<Record<string, string>> => ({
      "src/query.dto.ts": `import { IsInt, IsOptional, Max } from "class-validator";\nexport class ListQuery { ${decorators} limit = 20; }\nexport const unused = [IsInt, IsOptional, Max];\n`,
      "src/users.controller.ts": 'import { Controller, Get, Query } from "@nestjs/common";\nimport { PrismaService } from "./prisma.service.js";\nimport { ListQuery } from "./query.dto.js";\n@Controller("v1/users") export class UsersController {\n  constructor(private readonly prisma: PrismaService) {}\n  @Get() list(@Query() query: ListQuery) { return this.prisma.user.findMany({ take: query.limit }); }\n}\n',
      "src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient {}\n',
    });
    expect(await check(files("@IsOptional() @IsInt()"))).toEqual(["src/users.controller.ts:6:85 noMaximum"]);
    expect(await check(files("@IsOptional() @IsInt() @Max(100)"))).toEqual([]);
    expect(await check(files("@IsInt() @Transform(({ value }) => Math.min(Number(value), 100))"))).toEqual([]);
    expect(await check(files("@IsInt() @Transform(({ value }) => Number(value))"))).toEqual(["src/users.controller.ts:6:85 noMaximum"]);
  });

  it("reports a page that is taken and not handed to the query", async () => {
    expect(await check(route("const page = Number(req.query.page);\nconst users = await prisma.user.findMany();\nres.json(users.slice(page * 20, page * 20 + 20));"))).toEqual(["src/app.ts:7:21 noLimit"]);
  });

  it("is silent on lists that a paged route reads and does not answer with, in recommended", async () => {
    const files = route('const allowed = await prisma.membership.findMany();\nif (!allowed.some(({ team }) => team === req.query.team)) return res.status(404).end();\nres.json(await prisma.user.findMany({ take: 20, skip: 20 * Number(req.query.page) }));');
    expect(await check(files)).toEqual([]);
    expect(await check(files, "strict")).toEqual(["src/app.ts:6:23 noLimit"]);
  });

  it("is silent on rows that the answered query is asked with, and on what all callers write out and have compared", async () => {
    const asked = route('const mine = await prisma.follow.findMany();\nres.json(await prisma.user.findMany({ where: { team: { notIn: mine.map(({ team }) => team) } }, take: 20, skip: 20 * Number(req.query.page) }));');
    expect(await check(asked)).toEqual([]);
    const written = (test: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import { Hono } from "hono";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const app = new Hono();\nclass Feed { async page(options: { account: string; limit: number }) { return prisma.post.findMany({ where: { author: options.account }, take: options.limit + 1 }); } }\nconst feed = new Feed();\napp.get("/v1/feed", async (c) => {\n  const limit = Number(c.req.query("limit"));\n  ${test}\n  const account = c.get("account");\n  return c.json(await feed.page({ account: account.id, limit }));\n});\n` });
    expect(await check(written("if (limit > 100) return c.body(null, 400);"))).toEqual([]);
    expect(await check(written(""))).toEqual(["src/app.ts:5:144 noMaximum"]);
  });

  it("is silent on as many rows as there are keys, and on what the project's own jobs say", async () => {
    const keys = (limit: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const app = express();\napp.post("/v1/users/found", async (req, res) => { const { ids, limit } = req.body; res.json(await prisma.user.findMany({ where: { id: { in: ids } }, take: ${limit} })); });\n` });
    expect(await check(keys("ids.length"))).toEqual([]);
    expect(await check(keys("limit"))).toHaveLength(1);
    const job = (produced: string): Readonly<Record<string, string>> => ({ "package.json": '{ "name": "shop", "dependencies": { "bullmq": "5", "@prisma/client": "5" } }', "src/worker.ts": 'import { Worker } from "bullmq";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const worker = new Worker("sweep", async (job) => { await prisma.user.findMany({ take: job.data.size }); });\n', "src/enqueue.ts": produced });
    expect(await check(job('import { Queue } from "bullmq";\nexport const sweep = (size: number) => new Queue("sweep").add("sweep", { size });\n'))).toEqual([]);
  });

  it("is silent on a parameter that is clamped before it is handed on, and on what an OpenAPI framework checks", async () => {
    const files = (clamp: string, dependencies = '"express": "4"'): Readonly<Record<string, string>> => ({
      "package.json": `{ "name": "shop", "dependencies": { ${dependencies}, "@prisma/client": "5" } }`,
      "src/app.ts": 'import type { Request, Response } from "express";\nimport { page } from "./page.js";\nexport const list = async (req: Request, res: Response) => { res.json(await page(Number(req.query.limit))); };\n',
      "src/page.ts": `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const page = (limit: number) => { ${clamp} return find(limit); };\nconst find = (limit: number) => prisma.user.findMany({ take: limit });\n`,
    });
    expect(await check(files(""))).toHaveLength(1);
    expect(await check(files("limit = limit + 1;"))).toHaveLength(1);
    expect(await check(files("limit = Math.min(limit, 100);"))).toEqual([]);
    expect(await check(files("", '"express-openapi": "12", "express": "4"'))).toEqual([]);
  });

  it("is silent on an argument that the function around has compared, and tells one that resolvers share once", async () => {
    const fields = 'import { GraphQLInt } from "graphql";\nexport const page = { limit: { type: GraphQLInt, defaultValue: 100 } };\n';
    const resolver = (name: string, body: string): string => `export const ${name} = { type: GraphQLInt, args: { ...page }, async resolve(_: unknown, args: { limit: number }, req: { isRoot: boolean }) { ${body} } };\n`;
    const files = (...resolvers: readonly string[]): Readonly<Record<string, string>> => ({ "package.json": '{ "name": "shop", "dependencies": { "graphql": "16", "@prisma/client": "5" } }', "src/page.ts": fields, "src/users.ts": `import { GraphQLInt } from "graphql";\nimport { PrismaClient } from "@prisma/client";\nimport { page } from "./page.js";\nconst prisma = new PrismaClient();\n${resolvers.join("")}` });
    expect(await check(files(resolver("users", 'if (args.limit > 1000 && !req.isRoot) throw new Error("limit"); return { nodes: () => prisma.user.findMany({ take: args.limit }) };'), resolver("teams", 'if (args.limit > 1000) throw new Error("limit"); const { limit } = args; return prisma.team.findMany({ take: limit });')))).toEqual([]);
    expect(await check(files(resolver("users", "return prisma.user.findMany({ take: args.limit });"), resolver("teams", "const { limit } = args; return prisma.team.findMany({ take: limit });")))).toHaveLength(1);
    expect(await check(files(resolver("users", "if (args.limit < 1) args.limit = 1; return prisma.user.findMany({ take: args.limit });")))).toHaveLength(1);
  });

  it("follows a limit through functions that look at it and through those that make the filters that hold it", async () => {
    const files = (filters: string, functions: string): Readonly<Record<string, string>> => ({
      "package.json": '{ "name": "shop", "dependencies": { "@nestjs/common": "11", "class-validator": "0.14", "@prisma/client": "5" } }',
      "src/plans.dto.ts": 'import { IsInt, IsOptional, IsUUID, Max } from "class-validator";\nexport class ListPlansDto {\n  @IsOptional() @IsUUID() yearId?: string;\n  @IsOptional() @IsInt() @Max(100) limit?: number;\n  @IsOptional() @IsInt() size?: number;\n}\n',
      "src/plans.controller.ts": 'import { Controller, Get, Query } from "@nestjs/common";\nimport { ListPlansDto } from "./plans.dto.js";\nimport { ListPlans } from "./list-plans.js";\n@Controller("v1/plans")\nexport class PlansController {\n  constructor(private readonly plans: ListPlans) {}\n  @Get() list(@Query() query: ListPlansDto) { return this.plans.run(query); }\n}\n',
      "src/list-plans.ts": `import type { ListPlansDto } from "./plans.dto.js";\nimport { PlansRepository } from "./plans.repository.js";\nexport class ListPlans {\n  constructor(private readonly plans: PlansRepository) {}\n  run(query: ListPlansDto) { ${filters} }\n}\n${functions}`,
      "src/plans.repository.ts": 'import { PrismaClient } from "@prisma/client";\ninterface Filters { yearId?: string; limit: number }\nexport class PlansRepository {\n  constructor(private readonly prisma: PrismaClient) {}\n  page(filters: Filters) { return this.prisma.plan.findMany({ where: { yearId: filters.yearId }, take: filters.limit }); }\n}\n',
    });
    const written = "return this.plans.page({ yearId: query.yearId, limit: limitOf(query.limit) });";
    expect(await check(files(written, 'function limitOf(value: number | undefined): number { if (value === undefined) return 20; if (value > 100) throw new Error("limit"); return value; }'))).toEqual([]);
    expect(await check(files(written, "function limitOf(value: number | undefined): number { if (value === undefined) return 20; return value; }"))).toEqual([]);
    expect(await check(files(written, "function limitOf(value: number | undefined): number { if (value !== undefined && value < 1) value = undefined; return value; }"))).toEqual(["src/plans.repository.ts:5:104 mayBeMissing"]);
    const made = "const filters = filtersOf(query); return this.plans.page(filters);";
    expect(await check(files(made, "function filtersOf(query: ListPlansDto) { return { ...(query.yearId ? { yearId: query.yearId } : {}), limit: query.limit ?? 25 }; }"))).toEqual([]);
    expect(await check(files(made, "function filtersOf(query: ListPlansDto) { return { ...(query.yearId ? { yearId: query.yearId } : {}), limit: query.size ?? 25 }; }"))).toEqual(["src/plans.repository.ts:5:104 noMaximum"]);
  });

  it("takes a list that a variable holds and another statement is given for a part of that one", async () => {
    const files = (query: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport knex from "knex";\nconst db = knex({});\nexport const app = express();\napp.get("/v1/users", async (req, res) => {\n  const page = Number(req.query.page);\n  const mine = db("follows").select("id").where("user", page);\n  ${query}\n});\n` });
    expect(await check(files('res.json(await db("users").whereIn("id", mine).limit(20));'))).toEqual([]);
    expect(await check(files("res.json({ page, all: await mine });"))).toEqual(["src/app.ts:7:16 noLimit"]);
  });

  it("is silent on aggregates and on conditions that are kept in a list, and reports the lists of one function once", async () => {
    const files = (queries: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport { and, eq, inArray, sql } from "drizzle-orm";\nimport { users } from "./schema.js";\nconst db = drizzle("");\nconst app = express();\napp.get("/v1/users", async (req, res) => {\nconst page = Number(req.query.page);\n${queries}\n});\n`, "src/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: text(), name: text() });\n' });
    expect(await check(files("const total = await db.select({ total: sql`count(distinct ${users.name})` }).from(users);\nres.json({ total, page });"))).toEqual([]);
    expect(await check(files("const conditions = [inArray(users.id, [String(req.query.id)])];\nconst rows = await db.select().from(users).where(and(...conditions));\nres.json({ rows, page });"))).toEqual([]);
    expect(await check(files('const rows = await db.select().from(users);\nconst more = await db.select().from(users).where(eq(users.name, "a"));\nres.json({ rows, more, page });'))).toEqual(["src/app.ts:9:20 noLimit"]);
  });

  it.each([
    ["Math.min", "const limit = Math.min(Number(req.query.limit) || 20, 100);\nres.json(await prisma.user.findMany({ take: limit }));"],
    ["a constant", "res.json(await prisma.user.findMany({ take: 50 }));"],
    ["a named constant", "const pageSize = 50;\nres.json(await prisma.user.findMany({ take: pageSize }));"],
    ["a schema that goes on with one that has a maximum", 'const Size = z.coerce.number().int().max(50);\nconst { limit = 20 } = z.object({ limit: Size.optional() }).parse(req.query);\nres.json(await prisma.user.findMany({ take: limit }));'],
    ["a schema with a maximum", "const { limit } = z.object({ limit: z.coerce.number().int().max(100).default(20) }).parse(req.query);\nres.json(await prisma.user.findMany({ take: limit }));"],
    ["options under a name in which it is capped later", "const list = (options: { page?: string; limit: number }) => prisma.user.findMany({ take: options.limit });\nconst options = { page: req.query.page as string, limit: Number(req.query.limit) };\noptions.limit = Math.min(options.limit, 100);\nres.json(await list(options));"],
    ["as many rows as a list of keys has", "const ids = String(req.query.ids).split(\",\").slice(0, 100);\nres.json({ page: req.query.page, users: await prisma.user.findMany({ take: ids.length }) });"],
    ["a conditional that clamps", "const wanted = Number(req.query.limit);\nconst limit = wanted > 100 ? 100 : wanted;\nres.json(await prisma.user.findMany({ take: limit }));"],
    ["a check", 'const limit = Number(req.query.limit);\nif (limit > 100) throw new Error("too many");\nres.json(await prisma.user.findMany({ take: limit }));'],
    ["a helper that clamps", "const limit = clampLimit(req.query.limit);\nres.json(await prisma.user.findMany({ take: limit }));"],
    ["one row", "res.json(await prisma.user.findUnique({ where: { id: req.query.id } }));"],
    ["a count", "res.json(await prisma.user.count());"],
    ["a route that takes no page, which paginated-lists reports", "res.json(await prisma.user.findMany());"],
    ["a set of keys", "const page = req.query.page;\nres.json({ page, users: await prisma.user.findMany({ where: { id: { in: [1, 2] } } }) });"],
    ["an offset", "const page = Number(req.query.page);\nres.json(await prisma.user.findMany({ skip: page * 20, take: 20 }));"],
  ])("stays silent on %s", async (_name, query) => {
    const files = route(query);
    expect(await check(query.includes("z.") ? { "src/app.ts": `import { z } from "zod";\n${files["src/app.ts"] ?? ""}` } : files)).toEqual([]);
  });

  it("is silent on a limit that a schema of the route bounds, where a function of the handler reads it", async () => {
    const files = (middleware: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { celebrate, Joi, Segments } from "celebrate";\nconst prisma = new PrismaClient();\nexport const app = express();\nfunction conditionsOf(req) { const { limit } = req.query; return { limit: Number(limit) }; }\napp.get("/v1/users", ${middleware}async (req, res) => { const conditions = conditionsOf(req); res.json(await prisma.user.findMany({ take: conditions.limit })); });\n` });
    expect(await check(files("celebrate({ [Segments.QUERY]: Joi.object({ limit: Joi.number().max(100).required() }) }), "))).toEqual([]);
    expect(await check(files(""))).toHaveLength(1);
  });

  it("is silent on a limit in what was put to a schema before it was handed on", async () => {
    const files = (check: string): Readonly<Record<string, string>> => ({
      "src/app.ts": `import express from "express";\nimport Joi from "joi";\nimport { list } from "./users.js";\nconst schema = Joi.object({ limit: Joi.number().max(100).required() }).oxor("a", "b");\nexport const app = express();\nconst conditionsOf = (req) => { const { limit } = req.query; const conditions = { limit }; return conditions; };\napp.get("/v1/users", async (req, res) => { const conditions = conditionsOf(req); ${check} res.json(await list(conditions)); });\n`,
      "src/users.ts": 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const list = (conditions) => prisma.user.findMany({ take: conditions.limit });\n',
    });
    expect(await check(files("if (schema.validate(conditions).error) return res.status(400).end();"))).toEqual([]);
    expect(await check(files(""))).toEqual(["src/users.ts:3:66 noMaximum"]);
  });

  it("is silent on a limit that Fastify's schema bounds", async () => {
    const files = (maximum: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import Fastify from "fastify";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nconst app = Fastify();\napp.get("/v1/users", { schema: { querystring: { type: "object", properties: { limit: { type: "integer"${maximum} } } } } }, async (request) => prisma.user.findMany({ take: request.query.limit }));\n` });
    expect(await check(files(", maximum: 100"))).toEqual([]);
    expect(await check(files(""))).toHaveLength(1);
  });
});

describe("bounded-queries, jobs", () => {
  it("is silent on a limit in a job that a function is given, whoever takes it from the queue", async () => {
    const task = (type: string): Readonly<Record<string, string>> => ({
      "src/retry.ts": `import type { Job } from "bullmq";\nimport type { Request } from "express";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function retry(given: ${type}) { return prisma.task.findMany({ take: given.${type === "Job" ? "data" : "body"}.size }); }\n`,
    });
    expect(await check(task("Job"))).toEqual([]);
    expect(await check(task("Request"))).toHaveLength(1);
  });
});

describe("bounded-queries, limits that are made a text", () => {
  it("reads the limit in a text that holds nothing else", async () => {
    const files = (size: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { createPool } from "mysql2/promise";\nconst pool = createPool("mysql://db/shop");\nexport const app = express();\napp.post("/v1/users/list", async (req, res) => { const { size, from } = req.body; const [rows] = await pool.execute("select name from users limit ? offset ?", [${size}, \`\${from}\`]); res.json(rows); });\n` });
    expect(await check(files("`${size}`"))).toHaveLength(1);
    expect(await check(files("`${Math.min(size, 50)}`"))).toEqual([]);
  });
});

describe("bounded-queries, schemas behind functions of the project", () => {
  it("reads the schema that a function is given, and the fields that several schemas share", async () => {
    const files = (size: string): Readonly<Record<string, string>> => ({
      "src/checks.ts": `import { z } from "zod";\nconst page = { size: z.number().int()${size} };\nconst checked = (schema, data) => { const result = schema.safeParse(data); if (!result.success) throw new Error("invalid"); return result.data; };\nexport const pageOf = (data) => { const schema = z.object({ ...page, word: z.string() }); return checked(schema, data); };\n`,
      "src/app.ts": `${express}import { pageOf } from "./checks.js";\napp.post("/v1/users/search", async (req, res) => { const asked = pageOf(req.body); res.json(await prisma.user.findMany({ take: asked.size })); });\n`,
    });
    expect(await check(files(".min(1)"))).toEqual(["src/app.ts:6:128 noMaximum"]);
    expect(await check(files(".max(100)"))).toEqual([]);
  });
});

describe("bounded-queries, statements that are put together step by step", () => {
  it("is silent on one that is limited before it runs, and reports one that never is", async () => {
    const files = (step: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport knex from "knex";\nconst db = knex({ client: "pg" });\nexport const app = express();\napp.get("/v1/users", async (req, res) => { const { page } = req.query; let query = db.select("*").from("users").orderBy("name"); query = ${step}; res.json(await query); });\n` });
    expect(await check(files("query.limit(20).offset(Number(page) * 20)"))).toEqual([]);
    expect(await check(files('query.where("open", true)'))).toHaveLength(1);
  });
});

describe("bounded-queries, lists that are no answer", () => {
  const files = (answer: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${express}app.get("/v1/users", async (req, res) => { const users = await prisma.user.findMany(); res.json(${answer}); });\n` });

  it("tells strict of a whole table that is read for a sum, and leaves one that is sent to the rule for lists", async () => {
    const strict = { options: { routes: "all", each: true } };
    expect(await checkProject(files("{ total: users.reduce((sum, user) => sum + user.age, 0) }"), { rule: "bounded-queries", ...strict })).toHaveLength(1);
    expect(await checkProject(files("users"), { rule: "bounded-queries", ...strict })).toEqual([]);
    expect(await check(files("{ total: users.reduce((sum, user) => sum + user.age, 0) }"))).toEqual([]);
  });
});

describe("bounded-queries, messages of others", () => {
  it("takes an answer to a message for no job of its own", async () => {
    const files = (queue: string): Readonly<Record<string, string>> => ({
      "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "amqplib": "0.10", "@prisma/client": "6" } }',
      "src/notes.ts": `import type { Channel } from "amqplib";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const listen = (channel: Channel) => channel.consume("notes", async (message) => { if (!message) return; const { size } = JSON.parse(message.content.toString()); const rows = await prisma.note.findMany({ take: size }); channel.sendToQueue(${queue}, Buffer.from(JSON.stringify(rows))); });\n`,
    });
    expect(await check(files("message.properties.replyTo"))).toHaveLength(1);
    expect(await check(files('"notes"'))).toEqual([]);
  });
});
