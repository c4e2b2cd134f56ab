import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-bootstrap-on-import";
const file = "src/services/a.service.ts";
const check = (code: string, more: Readonly<Record<string, string>> = {}, options?: Readonly<Record<string, unknown>>) => checkProject({ [file]: code, ...more }, { rule, ...(options && { options }) });

const pools = { "src/lib/need.ts": "export function need(key: string, other?: string) { const value = process.env[key] ?? other; if (value === undefined) throw new Error(key); return value; }", "src/lib/pool.ts": 'import { Pool } from "pg";\nexport const makePool = () => new Pool();' };

describe("reports", () => {
  it.each([
    ["a pool", 'import { Pool } from "pg";\nexport const pool = new Pool();', "2:21"],
    ["a Prisma client", 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();', "2:23"],
    ["a connection", 'import mongoose from "mongoose";\nawait mongoose.connect("mongodb://localhost");', "2:7"],
    ["a Redis client", 'import Redis from "ioredis";\nexport const redis = new Redis();', "2:22"],
    ["a queue", 'import { Queue } from "bullmq";\nexport const queue = new Queue("mail");', "2:22"],
    ["a client of a store of secrets", 'import { SSMClient } from "@aws-sdk/client-ssm";\nexport const ssm = new SSMClient({});', "2:20"],
    ["a way to send mail", 'import nodemailer from "nodemailer";\nexport const mails = nodemailer.createTransport({ host: "mail" });', "2:22"],
    ["an open file", 'import { readFileSync } from "node:fs";\nexport const page = readFileSync("page.html", "utf8");', "2:21"],
    ["a file that a function of its own reads", 'import fs from "node:fs";\nexport class A { private static readonly page = A.read("page.html"); private static read(name: string) { return fs.readFileSync(name, "utf8"); } }', "2:49"],
    ["a folder", 'import fs from "node:fs";\nif (!fs.existsSync("files")) fs.mkdirSync("files");', "2:30"],
    ["a timer", "setInterval(() => {}, 1000);\nexport const a = 1;", "1:1"],
    ["a static property", 'import { Pool } from "pg";\nexport class A { static readonly pool = new Pool(); }', "2:41"],
    ["a static block", 'import { Pool } from "pg";\nexport class A { static pool: Pool; static { A.pool = new Pool(); } }', "2:55"],
    ["an argument of a decorator", 'import { Pool } from "pg";\nconst With = (_pool: Pool) => (_target: object) => {};\n@With(new Pool()) export class A {}', "3:7"],
    ["a function of another file", 'import { makePool } from "../lib/pool.js";\nexport const pool = makePool();', "2:21"],
    ["a function of its own", 'import { Pool } from "pg";\nfunction start() { return new Pool(); }\nexport const pool = start();', "3:21"],
    ["a class that is made", 'import { Pool } from "pg";\nclass Store { readonly pool = new Pool(); }\nexport const store = new Store();', "3:22"],
    ["a variable of the environment that is demanded", 'const need = (key: string) => { const value = process.env[key]; if (!value) throw new Error(key); return value; };\nexport const base = need("BASE");', "2:21"],
    ["a variable that a function of another file demands", 'import { need } from "../lib/need.js";\nexport class A { static readonly base = need("BASE"); }', "2:41"],
    ["a function that is called in place", 'import { Pool } from "pg";\n(() => { new Pool(); })();', "2:10"],
  ])("%s that a service makes when it is loaded", async (_name, code, place) => {
    expect(await check(code, pools)).toEqual([`${file}:${place} no-bootstrap-on-import own`]);
  });

  it("what a function of another file does once for all that call it, with the place", async () => {
    const files = { ...pools, "src/services/b.service.ts": 'import { makePool } from "../lib/pool.js";\nexport const pool = makePool();' };
    const [finding, ...others] = await findingsOf({ [file]: 'import { makePool } from "../lib/pool.js";\nexport const pool = makePool();', ...files }, { rule });
    expect([finding?.message.includes("so does importing 1 other module"), finding?.related?.map((place) => place.file), others.length]).toEqual([true, ["src/lib/pool.ts"], 0]);
  });

  it("what an import brings with it, by the shortest chain", async () => {
    const files = { "src/lib/db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();', "src/lib/index.ts": 'export * from "./db.js";' };
    const code = 'import { pool } from "../lib/index.js";\nexport const a = () => pool;';
    expect(await check(code, files)).toEqual([`${file}:1:22 no-bootstrap-on-import reached`]);
    const [finding] = await findingsOf({ [file]: code, ...files }, { rule });
    expect(finding?.message).toContain("src/services/a.service.ts:1 → src/lib/index.ts:1 → src/lib/db.ts:2");
  });

  it("what several modules start once, where the chain is shortest, and each when asked", async () => {
    const files = {
      "src/lib/db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();',
      "src/services/a.service.ts": 'import { b } from "./b.service.js"; export const a = b;',
      "src/services/b.service.ts": 'import { pool } from "../lib/db.js"; export const b = () => pool;',
      "src/services/c.service.ts": 'import { pool } from "../lib/db.js"; export const c = () => pool;',
    };
    expect(await checkProject(files, { rule })).toEqual(["src/services/b.service.ts:1:22 no-bootstrap-on-import reached"]);
    expect((await findingsOf(files, { rule }))[0]?.message).toContain("so does importing 2 other modules");
    expect(await checkProject(files, { rule, options: { everyModule: true } })).toHaveLength(3);
  });

  it("what a service starts by itself in that service alone, and for those that import it when asked", async () => {
    const files = { [file]: 'import { redis } from "./redis.service.js";\nexport const a = () => redis.get("a");', "src/services/redis.service.ts": 'import Redis from "ioredis";\nexport const redis = new Redis();' };
    expect(await checkProject(files, { rule })).toEqual(["src/services/redis.service.ts:2:22 no-bootstrap-on-import own"]);
    expect(await checkProject(files, { rule, options: { everyModule: true } })).toHaveLength(2);
  });

  it("in the domain too", async () => {
    expect(await checkProject({ "src/domain/a.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();' }, { rule })).toEqual(["src/domain/a.ts:2:21 no-bootstrap-on-import own"]);
  });
});

describe("stays silent on", () => {
  const db = { "src/lib/db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();\nexport type Db = Pool;' };
  it.each([
    ["a factory", 'import { Pool } from "pg";\nexport const make = () => new Pool();', {}],
    ["a variable that is demanded when it is needed", 'import { need } from "../lib/need.js";\nexport const base = () => need("BASE");', pools],
    ["one that may be missing", 'import { need } from "../lib/need.js";\nexport const base = need("BASE", "EUR");', pools],
    ["settings that demand theirs", 'import { base } from "../config.js";\nexport const a = () => base;', { ...pools, "src/config.ts": 'import { need } from "./lib/need.js";\nexport const base = need("BASE");' }],
    ["a lazy getter", 'import { Pool } from "pg";\nlet pool: Pool | undefined;\nexport const get = () => (pool ??= new Pool());', {}],
    ["a property of instances", 'import { Pool } from "pg";\nexport class A { readonly pool = new Pool(); }', {}],
    ["a type-only import", 'import type { Db } from "../lib/db.js";\nexport const a = (db: Db) => db;', db],
    ["an elided import", 'import { type Db } from "../lib/db.js";\nexport const a = (db: Db) => db;', db],
    ["a function that is called later", 'import { makePool } from "../lib/pool.js";\nexport const pool = () => makePool();', { "src/lib/pool.ts": 'import { Pool } from "pg";\nexport const makePool = () => new Pool();' }],
    ["a function that gives another", 'import { makerOf } from "../lib/pool.js";\nexport const make = makerOf("a");', { "src/lib/pool.ts": 'import { Pool } from "pg";\nexport const makerOf = (name: string) => () => new Pool({ application_name: name });' }],
    ["an import inside a function", 'export const a = async () => (await import("../lib/db.js")).pool;', db],
    ["a class that is only declared", "export class A { run() { setInterval(() => {}, 10); } }", {}],
    ["a file that a function of another module reads", 'import { page } from "../lib/pages.js";\nexport const a = page("a.html");', { "src/lib/pages.ts": 'import { readFileSync } from "node:fs";\nexport const page = (name: string) => readFileSync(name, "utf8");' }],
    ["a folder that is made when it is needed", 'import fs from "node:fs";\nexport const store = () => fs.mkdirSync("files");', {}],
    ["a file that another module reads for itself", 'import { version } from "../lib/version.js";\nexport const a = () => version;', { "src/lib/version.ts": 'import { readFileSync } from "node:fs";\nexport const version = readFileSync("VERSION", "utf8");' }],
    ["files of other layers", "export const a = 1;", { "src/repositories/a.repository.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();' }],
  ])("%s", async (_name, code, more) => {
    expect(await check(code, more)).toEqual([]);
  });

  it("clients that open nothing by themselves, when the options let them", async () => {
    const code = 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();';
    expect(await check(code, {}, { allowInert: true })).toEqual([]);
    expect(await check('import Redis from "ioredis";\nexport const redis = new Redis();', {}, { allowInert: true })).toHaveLength(1);
  });
});
