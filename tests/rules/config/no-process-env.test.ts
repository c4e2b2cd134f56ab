import { describe, expect, it } from "vitest";
import { type CheckOptions, checkProject as checkAll, findingsOf as allFindingsOf } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

/** The rule by itself: what an application lacks altogether is told by validated-settings where that is on. */
const alone = ({ settings = {}, ...options }: CheckOptions): CheckOptions => ({ ...options, settings: { ...settings, rules: { "validated-settings": "off", ...(typeof settings["rules"] === "object" ? settings["rules"] : {}) } } });
const checkProject = (files: ProjectLiteral, options: CheckOptions = {}): ReturnType<typeof checkAll> => checkAll(files, alone(options));
const findingsOf = (files: ProjectLiteral, options: CheckOptions = {}): ReturnType<typeof allFindingsOf> => allFindingsOf(files, options.rule === "validated-settings" ? options : alone(options));

const rule = "no-process-env";
const check = (text: string, file = "src/services/mail.service.ts"): Promise<string[]> => checkProject({ [file]: text }, { rule });
const places = (found: readonly string[]): string[] => found.map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

describe("no-process-env", () => {
  it("says of a key that the schema has that its check, type and default do not count, and of another that nothing checks it", async () => {
    const settings = 'import { z } from "zod";\nexport const settings = z.object({ REGION: z.string() }).parse(process.env);';
    const read = (key: string): Promise<string[]> => checkProject({ "src/config/settings.ts": settings, "src/main.ts": `import "./config/settings.js";\nexport const region = process.env.${key};` }, { rule });
    expect(places(await read("REGION"))).toEqual(["2:23 listed"]);
    expect(places(await read("ZONE"))).toEqual(["2:23 read"]);
  });

  it.each([
    ["process.env", "export const a = process.env.PORT;", ["1:18 read"]],
    ["a quoted key", 'export const a = process.env["PORT"];', ["1:18 read"]],
    ["a computed key", "export const a = (key: string) => process.env[key];", ["1:35 read"]],
    ["a required key", "export const a = process.env.PORT!;", ["1:18 read"]],
    ["a named import", 'import { env } from "node:process";\nexport const a = env.PORT;', ["2:18 read"]],
    ["std-env, which asks any runtime", 'import { env, isCI } from "std-env";\nexport const a = isCI.PORT ?? env.PORT;', ["2:31 read"]],
    ["a default import", 'import process from "node:process";\nexport const a = process.env.PORT;', ["2:18 read"]],
    ["another name", 'import proc from "process";\nexport const a = proc.env.PORT;', ["2:18 read"]],
    ["a namespace import", 'import * as proc from "node:process";\nexport const a = proc.env.PORT;', ["2:18 read"]],
    ["require", 'const { env } = require("process");\nexport const a = env.PORT;', ["2:18 read"]],
    ["the environment taken from the process", "const { env } = process;\nexport const a = env.PORT;", ["2:18 read"]],
    ["keys taken from the process in one pattern", "const { pid, env: { PORT, HOST } } = process;\nexport const a = [pid, PORT, HOST];", ["1:38 read"]],
    ["a key that is looked for", 'export const a = () => "SLOW_MODE" in process.env;', ["1:24 read"]],
    ["a key that is looked for among all", 'export const a = () => Object.keys(process.env).includes("SLOW_MODE");', ["1:24 read"]],
    ["an alias", "const environment = process.env;\nexport const a = environment.PORT;", ["2:18 read"]],
    ["keys taken from the environment", "const { PORT, HOST } = process.env;\nexport const a = [PORT, HOST];", ["1:24 read"]],
    ["globalThis", "export const a = globalThis.process.env.PORT;", ["1:18 read"]],
    ["import.meta.env", "export const a = import.meta.env.DATABASE_URL;", ["1:18 read"]],
    ["Bun", "export const a = Bun.env.PORT;", ["1:18 read"]],
    ["Deno", 'export const a = Deno.env.get("PORT");', ["1:18 read"]],
    ["the kind of environment", 'export const a = process.env.NODE_ENV === "production";', ["1:18 read"]],
    ["a test for production that decides security", 'export const cookie = { secure: process.env.NODE_ENV === "production" };', ["1:33 decides"]],
    ["one that decides it through a constant", 'const isProduction = process.env.NODE_ENV === "production";\nexport const db = { pretty: !isProduction, synchronize: !isProduction };', ["1:22 decides"]],
    ["a fallback", 'export const a = process.env.PORT ?? "3000";', ["1:18 read"]],
    ["a file's reads, once", "export const a = [process.env.A, process.env.B];", ["1:19 read"]],
    ["dotenv", 'import dotenv from "dotenv";\ndotenv.config();', ["2:1 loaded"]],
    ["dotenv by import", 'import "dotenv/config";\nexport {};', ["1:1 loaded"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(places(await check(text))).toEqual(expected);
  });

  it("leaves a module that loads the environment for the settings alone", async () => {
    expect(places(await check('import { config } from "dotenv";\nconfig({ path: process.env.NODE_ENV === "test" ? ".env.test" : ".env" });', "src/libs/dotenv.ts"))).toEqual([]);
  });

  it.each(["src/domain/order.ts", "src/repositories/user.repository.ts", "src/controllers/user.controller.ts", "src/main.ts"])("reports a read in %s", async (file) => {
    expect(places(await check("export const a = process.env.QUEUE;", file))).toEqual(["1:18 read"]);
  });

  it("leaves where a program without settings listens alone, and tells of it beside settings and elsewhere", async () => {
    const listen = 'import express from "express";\nexpress().listen(process.env.PORT);';
    const settings = { "src/config/env.ts": 'import { z } from "zod";\nexport const env = z.object({ QUEUE: z.string() }).parse(process.env);' };
    expect(await checkProject({ "src/main.ts": listen }, { rule })).toEqual([]);
    expect(await checkProject({ "src/main.ts": listen }, { rule, options: { reads: "each" } })).toHaveLength(1);
    expect(await checkProject({ "src/main.ts": listen, ...settings }, { rule })).toHaveLength(1);
    expect(await checkProject({ "src/mail/sender.ts": "export const port = process.env.SMTP_PORT;" }, { rule })).toHaveLength(1);
  });

  it("believes a start that ends where a key is missing, and no part of the program that asks for its own", async () => {
    const start = 'import { issue } from "./token.js";\nif (!process.env.TOKEN_KEY) throw new Error("TOKEN_KEY");\nif (!process.env.QUEUE) throw new Error("QUEUE");\nissue(process.env.QUEUE);';
    const token = "export const issue = (queue: string) => [queue, process.env.TOKEN_KEY!];";
    expect(await checkProject({ "src/index.ts": start, "src/token.ts": token }, { rule })).toEqual([]);
    expect(await checkProject({ "src/index.ts": start, "src/token.ts": token }, { rule, preset: "strict" })).toHaveLength(1);
    expect(await checkProject({ "src/index.ts": start, "src/token.ts": token.replace("TOKEN_KEY", "OTHER_KEY") }, { rule })).toHaveLength(1);
    const part = 'if (!process.env.SMTP_URL) throw new Error("SMTP_URL");\nexport const url = process.env.SMTP_URL;';
    expect(await checkProject({ "src/mail/sender.ts": part, "src/index.ts": 'import { url } from "./mail/sender.js";\nconsole.info(url);' }, { rule })).toHaveLength(1);
  });

  it("takes a helper that nothing but settings asks for theirs, and no other", async () => {
    const helper = { "src/util/reader.ts": "export function get(key: string) {\n  const value = process.env[key];\n  if (value === undefined) throw new Error(key);\n  return value;\n}" };
    const settings = { "src/config/db.ts": 'import { get } from "../util/reader.js";\nexport const url = get("DATABASE_URL");' };
    expect(await checkProject({ ...helper, ...settings }, { rule })).toEqual([]);
    expect(await checkProject({ ...helper, ...settings }, { rule: "validated-settings" })).toEqual([]);
    expect(await checkProject({ ...helper, ...settings, "src/services/mail.service.ts": 'import { get } from "../util/reader.js";\nexport const send = () => get("SMTP_URL");' }, { rule })).toHaveLength(1);
    expect(await checkProject({ "src/util/reader.ts": `${helper["src/util/reader.ts"]}\nexport const zone = process.env.ZONE;`, ...settings }, { rule })).toHaveLength(1);
  });

  it("leaves programs that write files or describe infrastructure alone", async () => {
    expect(await checkProject({ "stamp.js": 'const fs = require("fs");\nfs.writeFileSync("version.txt", process.env.SHOP_VERSION);' }, { rule })).toEqual([]);
    expect(await checkProject({ "src/stamp.ts": 'import fs from "node:fs";\nexport const stamp = () => fs.writeFileSync("version.txt", process.env.SHOP_VERSION ?? "");' }, { rule })).toHaveLength(1);
    const stack = 'import { App } from "aws-cdk-lib";\nimport "dotenv/config";\nexport const app = new App({ context: { stage: process.env.STAGE } });';
    expect(await checkProject({ "infrastructure/app.ts": stack }, { rule })).toEqual([]);
    expect(await checkProject({ "infrastructure/cache.ts": stack.replace('import { App } from "aws-cdk-lib"', 'import { App } from "./app.js"') }, { rule })).not.toEqual([]);
  });

  it("stays silent on what a bundler puts in, and in a page that it builds", async () => {
    expect(await checkProject({ "src/instrument.ts": "export const mode = import.meta.env.MODE;" }, { rule })).toEqual([]);
    const page = { "package.json": '{ "name": "web", "private": true, "dependencies": { "react-dom": "19", "hono": "4", "vite": "7" } }', "index.html": "<div></div>", "src/client.ts": "export const key = import.meta.env.API_KEY;" };
    expect(await checkProject(page, { rule })).toEqual([]);
    const parts = (name: string): Record<string, string> => ({ "package.json": `{ "name": "parts", "private": true, "dependencies": { "${name}": "6" } }`, "src/client.ts": "export const key = process.env.API_KEY;" });
    expect(await checkProject(parts("react-router-dom"), { rule })).toEqual([]);
    expect(await checkProject(parts("hono"), { rule })).toHaveLength(1);
  });

  it("leaves that an application has no settings at all to validated-settings, and reports what the environment's name decides beside it", async () => {
    const file = (key: string): string => `export const a = process.env.${key};`;
    const scattered = { "package.json": '{ "name": "shop", "dependencies": { "express": "5" } }', "src/services/a.ts": file("A"), "src/services/b.ts": file("B"), "src/services/c.ts": 'export const cookie = { secure: process.env.NODE_ENV === "production" };', "src/services/d.ts": file("D") };
    expect(await checkProject(scattered, { rule })).toEqual(["src/services/a.ts:1:18 no-process-env application", "src/services/c.ts:1:33 no-process-env decides"]);
    const all = { settings: { rules: { "no-process-env": "error", "validated-settings": "error" } }, cliOnly: true };
    expect((await checkProject(scattered, all)).filter((line) => line.includes(rule))).toEqual(["src/services/c.ts:1:33 no-process-env decides"]);
    const { "src/services/d.ts": _last, ...others } = scattered;
    expect((await checkProject(others, all)).filter((line) => line.includes(rule))).toEqual(["src/services/c.ts:1:33 no-process-env decides"]);
    expect((await checkProject({ ...scattered, "src/services/a.ts": "// std-check-disable-next-line validated-settings -- a spike\nexport const a = process.env.A;" }, all)).length).toBeGreaterThan(0);
    const [lack] = await findingsOf(scattered, { rule: "validated-settings" });
    expect(lack).toMatchObject({ messageId: "missing", file: "src/services/a.ts" });
    expect(lack?.related.map(({ file: other }) => other)).toEqual(["src/services/b.ts", "src/services/d.ts"]);
    expect(lack?.message).toContain("in 3 files");
    const library = { ...scattered, "package.json": '{ "name": "kit", "version": "1.0.0", "main": "src/services/a.ts" }' };
    expect(await checkProject(library, { rule })).toEqual(["src/services/a.ts:1:18 no-process-env application", "src/services/c.ts:1:33 no-process-env decides"]);
    expect(await checkProject(scattered, { rule, options: { reads: "each" } })).toEqual(["src/services/a.ts:1:18 no-process-env read", "src/services/b.ts:1:18 no-process-env read", "src/services/c.ts:1:33 no-process-env decides", "src/services/d.ts:1:18 no-process-env read"]);
    const { "src/services/d.ts": _, ...few } = scattered;
    expect(await checkProject(few, { rule })).toHaveLength(3);
    const settings = { "src/config/env.ts": 'import { z } from "zod";\nexport const env = z.object({ PORT: z.string() }).parse(process.env);' };
    expect(await checkProject({ ...scattered, ...settings }, { rule })).toHaveLength(4);
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`src/services/s${10 + index}.ts`, file("A")]));
    expect(await checkProject({ ...many, ...settings }, { rule })).toEqual(["src/services/s10.ts:1:18 no-process-env past"]);
  });

  it("leaves what is registered as settings alone, wherever the file lies", async () => {
    const registered = (factory: string): ProjectLiteral => ({ "src/database/postgres/options.ts": `import { registerAs } from "@nestjs/config";\n${factory}` });
    expect(await checkProject(registered('export default registerAs("store", () => ({ host: process.env.STORE_HOST }));'), { rule })).toEqual([]);
    expect(await checkProject(registered('export const host = process.env.STORE_HOST;\nexport default registerAs("store", () => ({ host }));'), { rule })).toHaveLength(1);
  });

  it("leaves a program that nothing imports, and a data source, to load the environment", async () => {
    const load = 'import "dotenv/config";\n';
    expect(await checkProject({ "functions/index.js": load }, { rule })).toEqual([]);
    expect(await checkProject({ "src/index.ts": `${load}import "./jobs.js";\nexport const jobs = [];`, "src/jobs.ts": 'import { jobs } from "./index.js";\njobs.push(1);' }, { rule })).toEqual([]);
    expect(await checkProject({ "src/poll.ts": load, "src/lib/mail.ts": `${load}export const mail = 1;`, "src/run.ts": 'import { mail } from "./lib/mail.js";\nconsole.info(mail);' }, { rule })).toEqual(["src/lib/mail.ts:1:1 no-process-env loaded"]);
    const source = 'import dotenv from "dotenv";\nimport { DataSource } from "typeorm";\ndotenv.config({ path: `.env.${process.env.STAGE}` });\nexport const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL });';
    expect(await checkProject({ "src/db/source.ts": source, "src/db/index.ts": 'export * from "./source.js";\nexport * from "./user.js";', "src/db/user.ts": "export const user = 1;", "src/main.ts": 'import { user } from "./db/index.js";\nconsole.info(user);' }, { rule })).toEqual([]);
    expect(await checkProject({ "src/db/source.ts": source, "src/db/index.ts": 'export * from "./source.js";', "src/main.ts": 'import { source } from "./db/index.js";\nvoid source.initialize();' }, { rule })).toEqual(["src/db/source.ts:4:63 no-process-env read"]);
  });

  it("leaves what asks for tests, and the commands of Adonis, alone", async () => {
    expect(await checkProject({ "src/app.ts": 'export const quiet = process.env.NODE_ENV === "test";', "src/verbose.ts": 'export const pretty = process.env.NODE_ENV !== "production";' }, { rule })).toEqual(["src/verbose.ts:1:23 no-process-env read"]);
    expect(await checkProject({ "src/app.ts": "export const quiet = process.env.VITEST !== undefined || process.env.JEST_WORKER_ID !== undefined;" }, { rule })).toEqual([]);
    expect(await checkProject({ "src/app.ts": 'export const quiet = process.env.NODE_ENV === "test";' }, { rule, preset: "strict" })).toEqual(["src/app.ts:1:22 no-process-env read"]);
    const command = { "commands/sweep.ts": "export const folder = process.env.FOLDER;" };
    expect(await checkProject({ "package.json": '{ "name": "shop", "dependencies": { "@adonisjs/core": "6" } }', ...command }, { rule })).toEqual([]);
    expect(await checkProject({ "package.json": '{ "name": "shop", "dependencies": { "express": "5" } }', ...command }, { rule })).toHaveLength(1);
  });

  it("leaves what a platform tells, and programs of the command line, alone", async () => {
    expect(await checkProject({ "src/handler.ts": "export const where = [process.env.AWS_REGION, process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.K_SERVICE];", "src/cliBased/rename.ts": "export const folder = process.env.FOLDER;", "src/_adHoc/once.ts": "export const folder = process.env.FOLDER;", "src/client/once.ts": "export const folder = process.env.FOLDER;" }, { rule })).toEqual(["src/client/once.ts:1:23 no-process-env read"]);
  });

  it("names what an application calls its settings though no schema sees them", async () => {
    const app = { "package.json": '{ "name": "shop", "dependencies": { "express": "5", "config": "4" } }', "src/mail.ts": "export const from = process.env.MAIL_FROM;" };
    const message = async (files: Readonly<Record<string, string>>): Promise<string | undefined> => (await findingsOf(files, { rule }))[0]?.message;
    expect(await message(app)).toContain("the settings of config");
    expect(await message({ ...app, "src/config/index.ts": "export const port = process.env.PORT;" })).toContain("the settings of src/config/index.ts");
  });

  it("reports once that many files load the environment", async () => {
    const files = (count: number): Readonly<Record<string, string>> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${10 + index}.ts`, 'import "dotenv/config";\nexport {};']));
    expect(await checkProject(files(11), { rule })).toEqual(["src/services/s10.ts:1:1 no-process-env scattered"]);
    expect(await checkProject(files(11), { rule, options: { reads: "each" } })).toHaveLength(11);
    expect(await checkProject(files(2), { rule })).toEqual(["src/services/s10.ts:1:1 no-process-env scattered"]);
  });

  it.each([
    ["a module of the logger", 'export const pretty = process.env.NODE_ENV !== "production";', "src/lib/logger.ts", 0],
    ["the options of pino", 'import pino from "pino";\nexport const log = pino({ transport: process.env.NODE_ENV === "development" ? { target: "pino-pretty" } : undefined });', "src/services/a.ts", 0],
    ["the logger of Fastify", 'import fastify from "fastify";\nexport const app = fastify({ logger: process.env.NODE_ENV === "development" ? { transport: { target: "pino-pretty" } } : true });', "src/services/a.ts", 0],
    ["morgan that is put to use", 'import express from "express";\nimport morgan from "morgan";\nexport const app = express();\nif (process.env.NODE_ENV !== "production") app.use(morgan("dev"));', "src/services/a.ts", 0],
    ["what else is put to use", 'import express from "express";\nimport morgan from "morgan";\nexport const app = express();\nif (process.env.NODE_ENV !== "production") {\n  app.use(morgan("dev"));\n  app.use(express.static("docs"));\n}', "src/services/a.ts", 1],
    ["another key in a module of the logger", "export const level = process.env.LEVEL;", "src/lib/logger.ts", 1],
    ["the options of another client", 'import { Client } from "pg";\nexport const client = new Client({ host: process.env.NODE_ENV === "development" ? "localhost" : "db" });', "src/services/a.ts", 1],
    ["keys of OpenTelemetry", "export const name = process.env.OTEL_SERVICE_NAME;", "src/telemetry.ts", 0],
  ])("knows what chooses how logs look: %s", async (_name, text, file, count) => {
    expect(await checkProject({ [file]: text }, { rule })).toHaveLength(count);
    if (text.includes("NODE_ENV")) expect((await checkProject({ [file]: text }, { rule, options: { reads: "each" } })).length).toBeGreaterThan(0);
  });

  it("names the settings module of the application", async () => {
    const [finding] = await findingsOf({
      "src/config/env.ts": 'import { z } from "zod";\nexport const env = z.object({ PORT: z.string() }).parse(process.env);',
      "src/services/a.service.ts": "export const a = process.env.PORT;",
    }, { rule });
    expect(finding?.message).toContain("src/config/env.ts");
    const schema = (key: string): string => `import { z } from "zod";\nexport const settings = z.object({ ${key}: z.string() }).parse(process.env);`;
    const [other] = await findingsOf({ "src/auth/config.ts": schema("SECRET"), "src/database/config.ts": schema("DB_HOST"), "src/services/a.service.ts": "export const a = process.env.DB_HOST;" }, { rule });
    expect(other?.message).toContain("the settings of src/database/config.ts");
  });

  it.each([
    ["the settings module", "export const port = process.env.PORT;", "src/config/env.ts"],
    ["a file that puts the environment through a schema", 'import { z } from "zod";\nexport const s = z.object({ PORT: z.string() }).parse({ PORT: process.env.PORT });', "src/start/boot.ts"],
    ["a file that uses envalid", 'import { cleanEnv, str } from "envalid";\nexport const s = cleanEnv(process.env, { A: str() });\nexport const b = process.env.B;', "src/start/boot.ts"],
    ["a test", "export const port = process.env.PORT;", "src/a.test.ts"],
    ["a script", "export const port = process.env.PORT;", "scripts/seed.ts"],
    ["the configuration of a tool", "export default { port: process.env.PORT };", "vitest.config.ts"],
    ["a migration", "export const url = process.env.DATABASE_URL;", "src/migrations/20240101-a.ts"],
    ["the environment handed to a child process", 'import { spawn } from "node:child_process";\nspawn("x", { env: { ...process.env, A: "1" } });', "src/services/a.service.ts"],
    ["the environment handed to the settings module", 'import { load } from "./config.js";\nexport const s = load(process.env);', "src/main.ts"],
    ["a default of itself", 'process.env.STAGE = process.env.STAGE || "local";', "src/main.ts"],
    ["a write", 'process.env.TZ = "UTC";', "src/main.ts"],
    ["a name that is like it", "export const f = (process: { env: { A: string } }) => process.env.A;", "src/services/a.service.ts"],
    ["an own object", 'const config = { env: { A: "1" } };\nexport const a = config.env.A;', "src/services/a.service.ts"],
    ["a key that the bundler puts in", "export const a = process.env.NEXT_PUBLIC_URL;", "src/services/a.service.ts"],
    ["dotenv in the settings module", 'import "dotenv/config";\nexport {};', "src/config/env.ts"],
    ["dotenv in the entry file", 'import "dotenv/config";\nexport {};', "src/main.ts"],
  ])("stays silent on %s", async (_name, text, file) => {
    expect(await check(text, file)).toEqual([]);
  });

  it("leaves what another application is to copy alone, by a framework that its package does not take", async () => {
    const proxy = 'import { NextResponse } from "next/server";\nexport const middleware = () => NextResponse.rewrite(process.env.SHOP_URL);';
    const files = (dependencies: object): Record<string, string> => ({ "package.json": JSON.stringify({ name: "shop", dependencies }), "integration/proxy.js": proxy, "src/config/settings.ts": 'import { z } from "zod";\nexport const settings = z.object({ PORT: z.string() }).parse(process.env);', "src/main.ts": 'import express from "express";\nimport { settings } from "./config/settings.js";\nexpress().listen(settings.PORT);' });
    expect(await checkProject(files({ express: "5", pg: "8" }), { rule })).toEqual([]);
    expect(await checkProject(files({ express: "5", pg: "8", next: "16" }), { rule })).toHaveLength(1);
  });

  it("leaves a program that makes use of the project to load the environment, wherever it lies", async () => {
    const files = (start: string): Record<string, string> => ({ "src/db/set-up.ts": `import "dotenv/config";\nimport { store } from "./store.js";\n${start}`, "src/db/store.ts": 'import pg from "pg";\nexport const store = (name: string) => new pg.Pool({ database: name });' });
    expect(await checkProject(files('await store("shop").query("select 1");'), { rule })).toEqual([]);
    expect(await checkProject(files('export const shop = store("shop");'), { rule })).toHaveLength(1);
  });

  it("counts nothing that a compiler has made beside the sources", async () => {
    const read = (key: string): string => `export const ${key.toLowerCase()} = () => process.env.${key};`;
    const made = `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.a = void 0;\nconst a = () => process.env.A;\nexports.a = a;\n`;
    const files = { "package.json": '{ "name": "shop", "scripts": { "start": "node ." } }', "src/services/a.js": made, "src/services/a.ts": read("A"), "src/services/b.ts": read("B"), "src/services/c.ts": read("C"), "src/services/d.ts": read("D"), "src/services/e.ts": read("E") };
    expect(await checkProject(files, { rule })).toEqual([`src/services/a.ts:1:24 ${rule} application`]);
  });

  it("is silent about what npm sets", async () => {
    expect(await check("export const version = process.env.npm_package_version;", "src/services/a.service.ts")).toEqual([]);
  });
});

describe("no-process-env, as backends write it", () => {
  const functions = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_unused, at) => `src/functions/f${String(at).padStart(2, "0")}`).flatMap((folder) => [[`${folder}/package.json`, `{ "name": "${folder.slice(-3)}", "private": true, "dependencies": { "@aws-sdk/client-s3": "3" } }`], [`${folder}/index.ts`, 'import { S3Client } from "@aws-sdk/client-s3";\nexport const client = new S3Client({ region: process.env.REGION });\nexport const handler = async () => ({ statusCode: 200 });']]));

  it("tells functions that have a package each once, where they are many", async () => {
    expect(await checkProject(functions(12), { rule: "no-process-env" })).toEqual(["src/functions/f00/index.ts:2:46 no-process-env packages"]);
    expect(await checkProject(functions(12), { settings: { rules: { "no-process-env": "error", "validated-settings": "error" } }, cliOnly: true })).toEqual(["src/functions/f00/index.ts:2:46 validated-settings missing"]);
    expect(await checkProject(functions(3), { rule: "no-process-env" })).toHaveLength(3);
  });

  it("leaves hooks of git and what loads the environment of tests alone, and reports what loads another", async () => {
    const files = (path: string): Record<string, string> => ({ ".husky/install.mjs": "if (process.env.CI) process.exit(0);", "setup.node.ts": `import { config } from "dotenv";\nconfig({ path: "${path}" });`, "src/main.ts": 'import "../setup.node.js";' });
    expect(await checkProject(files(".env.test"), { rule: "no-process-env" })).toEqual([]);
    expect(await checkProject(files(".env.shared"), { rule: "no-process-env" })).toEqual(["setup.node.ts:2:1 no-process-env loaded"]);
  });

  it("leaves what only shows pages, the command line of an ORM and the shell read to them, and the files of the settings to validated-settings", async () => {
    const checked = (files: Record<string, string>, dependencies: Record<string, string>): Promise<string[]> => checkProject({ "package.json": JSON.stringify({ name: "shop", private: true, dependencies }), ...files }, { rule: "no-process-env" });
    const page = { "src/lib/api.ts": "export const url = process.env.API_URL;", "src/page.tsx": 'import { url } from "./lib/api";\nexport default () => <a href={url}>shop</a>;' };
    expect(await checked(page, { next: "15", "react-dom": "19" })).toEqual([]);
    expect(await checked(page, { next: "15", "react-dom": "19", pg: "8" })).toHaveLength(1);
    const source = { "src/data-source.ts": 'import { DataSource } from "typeorm";\nexport default new DataSource({ type: "postgres", url: process.env.DATABASE_URL });' };
    expect(await checked(source, { typeorm: "0.3" })).toEqual([]);
    expect(await checked({ ...source, "src/main.ts": 'import source from "./data-source";\nvoid source.initialize();' }, { typeorm: "0.3" })).toHaveLength(1);
    expect(await checked({ "src/paths.ts": "export const root = process.env.INIT_CWD ?? process.env.PWD;", "src/lang.ts": "export const tag = process.env.APP_LANG;" }, { express: "5" })).toEqual(["src/lang.ts:1:20 no-process-env read"]);
    const nest = (file: string): Record<string, string> => ({ [file]: 'import { Module } from "@nestjs/common";\nimport { ConfigModule } from "@nestjs/config";\n@Module({ imports: [ConfigModule.forRoot({ envFilePath: `.env.${process.env.NODE_ENV}` })] })\nexport class Loads {}\nexport const name = process.env.APP_NAME;' });
    expect(await checked(nest("src/app.module.ts"), { "@nestjs/config": "4" })).toEqual(["src/app.module.ts:5:21 no-process-env read"]);
    expect(await checked(nest("src/config.module.ts"), { "@nestjs/config": "4" })).toEqual([]);
    expect(await checked({ "config.template.js": "module.exports = { name: process.env.APP_NAME };", "src/clock.ts": "export const zone = process.env.TZ;" }, { express: "5" })).toEqual([]);
    expect(await checked({ "src/instrument.ts": 'import "dotenv/config";\nexport const dsn = process.env.SENTRY_DSN;', "src/providers/Config.ts": 'import { log } from "../log.js";\nexport class Config { static port = process.env.APP_PORT; static log = log; }', "src/log.ts": "export const log = () => undefined;" }, { express: "5" })).toEqual([]);
    const library = (name: string): Record<string, string> => ({ "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["libs/*"] }), [`libs/${name}/package.json`]: JSON.stringify({ name, main: "src/index.ts" }), [`libs/${name}/src/index.ts`]: "export const level = () => process.env.APP_LEVEL;" });
    expect(await checkProject(library("shop-config"), { rule: "no-process-env" })).toEqual([]);
    expect(await checkProject(library("shop-orders"), { rule: "no-process-env" })).toHaveLength(1);
    const held = 'import dotenv from "dotenv";\ndotenv.config();\nconst { DB_HOST, DB_NAME, PORT } = process.env;\nexport { DB_HOST, DB_NAME, PORT };';
    expect(await checked({ "src/lib/keys.ts": held, "src/main.ts": 'import { PORT } from "./lib/keys.js";\nconsole.log(PORT);' }, { express: "5" })).toEqual([]);
    expect(await checked({ "config.default.js": "module.exports = { name: process.env.APP_NAME };", "list.default.js": "module.exports = { name: process.env.LIST_NAME };" }, { express: "5" })).toEqual(["list.default.js:1:26 no-process-env read"]);
  });

  it("leaves the environment's name alone where it is told to people or picks settings, and tells what else hangs on it", async () => {
    const silent = [
      'console.info(`up in ${process.env.NODE_ENV}`);',
      'process.title = "shop-" + process.env.NODE_ENV;',
      'import all from "./all.json";\nconst stage = process.env.NODE_ENV || "development";\nexport const store = all[stage];',
      'import all from "./all.json";\nexport const store = process.env[all.use_env_variable];',
    ];
    for (const text of silent) expect(await checkProject({ "src/store.ts": text }, { rule: "no-process-env" })).toEqual([]);
    const told = [
      "console.info(process.env.SHOP_NAME);",
      'import all from "./all.json";\nconst stage = process.env.NODE_ENV || "development";\nexport const store = all[stage];\nif (stage === "qa") store.open();',
      'export const docs = process.env.NODE_ENV !== "production";',
      'import all from "./all.json";\nexport const store = process.env[all.key];',
    ];
    for (const text of told) expect(await checkProject({ "src/store.ts": text }, { rule: "no-process-env" })).toHaveLength(1);
  });

  it("tells of several loads in one file once, and of none in one that is called after settings or starts a bot", async () => {
    const twice = 'import dotenv from "dotenv";\ndotenv.config({ path: "a" });\ndotenv.config({ path: "b" });\nexport const mail = 1;';
    const start = { "src/run.ts": 'import { mail } from "./lib/mail.js";\nconsole.info(mail);' };
    expect(await checkProject({ "src/lib/mail.ts": twice, ...start }, { rule: "no-process-env" })).toHaveLength(1);
    expect(await checkProject({ "src/lib/mail.ts": twice, ...start }, { rule: "no-process-env", options: { reads: "each" } })).toHaveLength(2);
    expect(await checkProject({ "src/lib/configImporter.util.ts": twice, "src/run.ts": 'import { mail } from "./lib/configImporter.util.js";\nconsole.info(mail);' }, { rule: "no-process-env" })).toEqual([]);
    expect(await checkProject({ "src/Bot.ts": twice, "src/run.ts": 'import { mail } from "./Bot.js";\nconsole.info(mail);' }, { rule: "no-process-env" })).toEqual([]);
  });

  it("leaves keys that other settings name, lists of what is missing, and what is called after the environment alone", async () => {
    const read = async (text: string, file = "src/store.ts"): Promise<number> => (await checkProject({ [file]: text }, { rule: "no-process-env" })).length;
    expect(await read("export const open = (token: { env: string }) => process.env[token.env];")).toBe(0);
    expect(await read("export const open = (token: { name: string }) => process.env[token.name];")).toBe(1);
    expect(await read('export const missing = ["A", "B"].filter((name) => !process.env[name]);')).toBe(0);
    const collects = 'export function demand(names: string[]) {\n  const missing: string[] = [];\n  for (const name of names) if (!(name in process.env) || process.env[name]?.length === 0) missing.push(name);\n  if (missing.length > 0) throw new Error(missing.join());\n}';
    expect(await read(collects)).toBe(0);
    expect(await read('export function first(names: string[]) {\n  for (const name of names) if (name in process.env) return process.env[name];\n}')).toBe(1);
    expect(await read('export const given = ["A", "B"].map((name) => process.env[name]);')).toBe(1);
    expect(await read("export const table = `orders-${process.env.STAGE_NAME}`;", "src/providers/EnvironmentVariablesProvider.ts")).toBe(0);
    expect(await read("export const table = `orders-${process.env.STAGE_NAME}`;", "src/providers/OrdersProvider.ts")).toBe(1);
  });

  it("leaves servers that stand in for those of others alone, and folders that end in seed of a package that is called so", async () => {
    const read = async (file: string): Promise<number> => (await checkProject({ [file]: "export const port = process.env.REDIRECT_URIS;" }, { rule: "no-process-env" })).length;
    expect(await read("apps/mock-oauth-server/src/index.ts")).toBe(0);
    expect(await read("apps/mockingbird-service/src/index.ts")).toBe(1);
    expect(await read("packages/db-seed/src/index.ts")).toBe(0);
    expect(await read("packages/cross-seed/src/index.ts")).toBe(1);
    expect(await read("server/.jest/setup.js")).toBe(0);
  });

  it("lets what starts tracing before anything else and parts of a program for infrastructure read", async () => {
    expect(await check('import { NodeSDK } from "@opentelemetry/sdk-node";\nexport const tracing = () => new NodeSDK({ serviceName: process.env.SERVICE_NAME });', "src/telemetry.ts")).toEqual([]);
    expect(await check('import { trace } from "@opentelemetry/api";\nexport const tracer = trace.getTracer(process.env.SERVICE_NAME ?? "shop");', "src/telemetry.ts")).toHaveLength(1);
    const constants = { "src/helpers/names.ts": "export const stage = process.env.STAGE;" };
    expect(await checkProject({ ...constants, "src/stack.ts": 'import { Stack } from "aws-cdk-lib";\nimport { stage } from "./helpers/names.js";\nexport class Shop extends Stack { name = stage; }' }, { rule })).toEqual([]);
    expect(await checkProject({ ...constants, "src/shop.ts": 'import { stage } from "./helpers/names.js";\nexport const name = stage;' }, { rule })).toHaveLength(1);
  });

  it("lets a function that Lambda calls load, and the folder of a project's own service of settings read", async () => {
    const load = (exported: string): Promise<string[]> => checkProject({ "src/controllers/pools.controller.ts": `import dotenv from "dotenv";\nimport { fill } from "../fill.js";\ndotenv.config();\nconst handler = async () => fill();\n${exported}`, "src/fill.ts": "export const fill = () => 1;" }, { rule });
    expect(await load("module.exports = { handler };")).toEqual([]);
    expect(await load("export { handler };")).toEqual([]);
    expect(await load("export { handler as pools };")).toHaveLength(1);
    expect(await check("export const pretty = process.env.PRETTY;", "src/config-service/services/index.ts")).toEqual([]);
    expect(await check("export const pretty = process.env.PRETTY;", "src/order-service/services/index.ts")).toHaveLength(1);
    expect(await check("export const isDebugged = () => process.env.VSCODE_INSPECTOR_OPTIONS !== undefined;", "src/system.ts")).toEqual([]);
  });
});
