import { describe, expect, it } from "vitest";
import { type CheckOptions, checkProject as checkAll, findingsOf as allFindingsOf } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

/** The rule by itself: what one file alone reads is told by no-process-env where that is on. */
const alone = ({ settings = {}, ...options }: CheckOptions): CheckOptions => ({ ...options, settings: { ...settings, rules: { "no-process-env": "off", ...(typeof settings["rules"] === "object" ? settings["rules"] : {}) } } });
const checkProject = (files: ProjectLiteral, options: CheckOptions = {}): ReturnType<typeof checkAll> => checkAll(files, alone(options));
const findingsOf = (files: ProjectLiteral, options: CheckOptions = {}): ReturnType<typeof allFindingsOf> => allFindingsOf(files, alone(options));

const rule = "validated-settings";
/** An application on Express, so that its package is no library. */
const application: ProjectLiteral = {
  "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
  "src/main.ts": 'import express from "express";\nexpress().listen(3000);',
};
const check = (text: string, file = "src/config/settings.ts"): Promise<string[]> => checkProject({ ...application, [file]: text }, { rule });
const places = (found: readonly string[]): string[] => found.map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

describe("validated-settings", () => {
  it.each([
    ["reads without a schema", "export const settings = { url: process.env.DATABASE_URL };", ["1:32 unchecked"]],
    ["a cast", "export const url = process.env.DATABASE_URL as string;", ["1:20 unchecked"]],
    ["a `!`", "export const url = process.env.DATABASE_URL!;", ["1:20 unchecked"]],
    ["a cast of the whole environment", "interface Env { DATABASE_URL: string }\nexport const env = process.env as unknown as Env;", ["2:20 unchecked"]],
    ["a conversion", "export const limit = Number(process.env.LIMIT);", ["1:29 unchecked"]],
    ["dotenv alone", 'import dotenv from "dotenv";\ndotenv.config();\nexport const url = process.env.DATABASE_URL;', ["3:20 unchecked"]],
    ["convict without validate", 'import convict from "convict";\nexport const config = convict({ url: { format: String, default: "", env: "DATABASE_URL" } });', ["2:23 convict"]],
    ["env-var that is asked for nothing", 'import env from "env-var";\nexport const url = env.get("DATABASE_URL").asString();', ["2:20 unchecked"]],
    ["Nest's ConfigModule without validation", 'import { ConfigModule } from "@nestjs/config";\nexport const config = ConfigModule.forRoot({ isGlobal: true });', ["2:23 unchecked"]],
    ["Nest's ConfigModule with options without validation", 'import { ConfigModule } from "@nestjs/config";\nconst options = { isGlobal: true };\nexport const config = ConfigModule.forRoot(options);', ["3:23 unchecked"]],
    ["a key that is asked for", 'export const isSet = process.env.hasOwnProperty("DATABASE_URL");', ["1:22 unchecked"]],
    ["Nest's registerAs without validation", 'import { registerAs } from "@nestjs/config";\nexport default registerAs("db", () => ({ url: process.env.DATABASE_URL }));', ["2:47 unchecked"]],
    ["T3 with its check switched off", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { DATABASE_URL: z.string() }, runtimeEnv: process.env, skipValidation: true });', ["3:111 skipped"]],
    ["T3 with a variable that switches it off", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { DATABASE_URL: z.string() }, runtimeEnv: process.env, skipValidation: !!process.env.SKIP_ENV_VALIDATION });', ["3:111 skipped"]],
    ["a verdict that a statement throws away", 'import { z } from "zod";\nz.object({ DATABASE_URL: z.string() }).safeParse(process.env);\nexport const url = process.env.DATABASE_URL;', ["2:1 ignored"]],
    ["a verdict that nobody asks for", 'import { z } from "zod";\nconst parsed = z.object({ DATABASE_URL: z.string() }).safeParse(process.env);\nexport const env = parsed.data!;', ["2:16 ignored"]],
    ["a key that the schema does not list", 'import { z } from "zod";\nconst env = z.object({ PORT: z.coerce.number() }).parse(process.env);\nexport const settings = { port: env.PORT, url: process.env.DATABASE_URL };', ["3:48 unlisted"]],
    ["a computed key in a function that throws for something else", 'export function secretOf({ key }: { key: string }) {\n  const value = process.env[`APP_${key}`];\n  if (key === "") throw new Error("no key");\n  return value;\n}\nexport const url = process.env.DATABASE_URL;', ["2:17 unchecked"]],
    ["an answer that is checked and has an address from the environment", 'import { z } from "zod";\nexport const answer = (id: string) => z.object({ id: z.string(), title: z.string(), link: z.string() }).parse({ id, title: id, link: `${process.env.APP_URL}/${id}` });', ["2:137 unchecked"]],
    ["a key that envalid does not list", 'import { cleanEnv, port } from "envalid";\nexport const env = cleanEnv(process.env, { PORT: port() });\nexport const url = process.env.DATABASE_URL;', ["3:20 unlisted"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(places(await check(text))).toEqual(expected);
  });

  it("reports an application that has no settings module", async () => {
    const found = await findingsOf({ ...application, "src/services/mail.service.ts": "export const from = process.env.MAIL_FROM;" }, { rule });
    expect(found.map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/main.ts missing"]);
    expect(found[0]?.message).toContain("`MAIL_FROM`");
  });

  it("reports one application once", async () => {
    expect(await checkProject({ ...application, "src/a.ts": "export const a = [process.env.A, process.env.B];", "src/b.ts": "export const b = process.env.C;" }, { rule })).toEqual([`src/main.ts:2:1 ${rule} missing`]);
  });

  it.each([
    ["zod", 'import { z } from "zod";\nexport const env = z.object({ DATABASE_URL: z.string() }).parse(process.env);'],
    ["zod with safeParse and exit", 'import { z } from "zod";\nconst parsed = z.object({ DATABASE_URL: z.string() }).safeParse(process.env);\nif (!parsed.success) process.exit(1);\nexport const env = parsed.data;'],
    ["a verdict of io-ts that is folded", 'import * as t from "io-ts";\nimport { pipe } from "fp-ts/function";\nimport * as E from "fp-ts/Either";\nconst result = t.type({ DATABASE_URL: t.string }).decode(process.env);\nexport const settings = () => pipe(result, E.getOrElseW(() => { throw new Error("settings"); }));'],
    ["a verdict that is handed on", 'import { z } from "zod";\nconst result = z.object({ DATABASE_URL: z.string() }).safeParse(process.env);\nexport function load() { return result; }'],
    ["valibot", 'import * as v from "valibot";\nexport const env = v.parse(v.object({ DATABASE_URL: v.string() }), process.env);'],
    ["arktype", 'import { type } from "arktype";\nconst Env = type({ DATABASE_URL: "string" });\nexport const env = Env.assert(process.env);'],
    ["joi", 'import Joi from "joi";\nconst { value, error } = Joi.object({ DATABASE_URL: Joi.string().required() }).validate(process.env);\nif (error) throw error;\nexport const env = value;'],
    ["yup", 'import * as yup from "yup";\nexport const env = yup.object({ DATABASE_URL: yup.string().required() }).validateSync(process.env);'],
    ["envalid", 'import { cleanEnv, str } from "envalid";\nexport const env = cleanEnv(process.env, { DATABASE_URL: str() });'],
    ["T3", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { DATABASE_URL: z.string() }, client: { NEXT_PUBLIC_URL: z.string() }, runtimeEnv: { DATABASE_URL: process.env.DATABASE_URL, NEXT_PUBLIC_URL: process.env.NEXT_PUBLIC_URL } });'],
    ["T3 that skips in a lint run", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { DATABASE_URL: z.string() }, runtimeEnv: process.env, skipValidation: !!process.env.CI || process.env.npm_lifecycle_event === "lint" });'],
    ["znv", 'import { parseEnv } from "znv";\nimport { z } from "zod";\nexport const env = parseEnv(process.env, { DATABASE_URL: z.string() });'],
    ["convict", 'import convict from "convict";\nconst config = convict({ url: { format: String, default: "", env: "DATABASE_URL" } });\nconfig.validate({ allowed: "strict" });\nexport { config };'],
    ["env-var", 'import env from "env-var";\nexport const url = env.get("DATABASE_URL").required().asString();'],
    ["env-schema", 'import envSchema from "env-schema";\nexport const env = envSchema({ schema: { type: "object", required: ["DATABASE_URL"], properties: { DATABASE_URL: { type: "string" } } } });'],
    ["Adonis", 'import { Env } from "@adonisjs/core/env";\nexport default await Env.create(new URL("../", import.meta.url), { DATABASE_URL: Env.schema.string() });\nexport const url = process.env.DATABASE_URL;'],
    ["ts-dotenv", 'import { load } from "ts-dotenv";\nexport const env = load({ DATABASE_URL: String });'],
    ["envsafe", 'import { envsafe, str } from "envsafe";\nexport const env = envsafe({ DATABASE_URL: str() });'],
    ["arkenv", 'import arkenv from "arkenv";\nexport const env = arkenv({ DATABASE_URL: "string" });'],
    ["Nest's ConfigModule with a schema", 'import { ConfigModule } from "@nestjs/config";\nimport Joi from "joi";\nexport const config = ConfigModule.forRoot({ validationSchema: Joi.object({ DATABASE_URL: Joi.string().required() }) });'],
    ["Nest's ConfigModule with a function", 'import { ConfigModule } from "@nestjs/config";\nimport { z } from "zod";\nconst schema = z.object({ DATABASE_URL: z.string() });\nexport const config = ConfigModule.forRoot({ validate: (env) => schema.parse(env) });'],
    ["Nest's ConfigModule with options of a function", 'import { ConfigModule, type ConfigModuleOptions } from "@nestjs/config";\nimport Joi from "joi";\nconst options = (): ConfigModuleOptions => ({ isGlobal: true, validationSchema: Joi.object({ DATABASE_URL: Joi.string().required() }) });\nexport const config = ConfigModule.forRoot(options());'],
    ["a class that extends Nest's ConfigModule", 'import { ConfigModule, type ConfigModuleOptions } from "@nestjs/config";\nimport Joi from "joi";\nexport class Settings extends ConfigModule {\n  static forRoot({ ...more }: ConfigModuleOptions = {}) {\n    return super.forRoot({ validationSchema: Joi.object({ DATABASE_URL: Joi.string().required() }), ...more });\n  }\n}\nexport const plain = ConfigModule.forRoot();'],
    ["a class of settings", 'import { plainToInstance } from "class-transformer";\nimport { IsString, validateSync } from "class-validator";\nclass Env {\n  @IsString()\n  DATABASE_URL!: string;\n}\nexport function load() {\n  const env = plainToInstance(Env, process.env);\n  if (validateSync(env).length > 0) throw new Error("settings");\n  return env;\n}'],
    ["an unknown package that is handed the environment in its options", 'import { defineConfig } from "figure-it-out";\nimport { schema } from "./schema.js";\nexport function load({ env = process.env }: { env?: Record<string, string | undefined> } = {}) { return defineConfig(schema, { source: env }); }'],
    ["a function of the project that throws", 'function required(key: string): string {\n  const value = process.env[key];\n  if (value === undefined) throw new Error(key);\n  return value;\n}\nexport const url = required("DATABASE_URL");'],
    ["what a bundler says itself", "export const root = [import.meta.env.BASE_URL, import.meta.env.DEV];"],
    ["the kind of environment alone", 'export const isProduction = process.env.NODE_ENV === "production";'],
    ["no read", "export const port = 3000;"],
    ["keys that the schema lists", 'import { z } from "zod";\nexport const env = z.object({ PORT: z.string(), URL: z.string() }).parse({ PORT: process.env.PORT, URL: process.env.URL });'],
    ["a key that the schema takes under another name", 'import { z } from "zod";\nexport const env = z.object({ port: z.string() }).parse({ port: process.env.HTTP_PORT });'],
    ["a key that the schema falls back to", 'import { z } from "zod";\nexport const env = z.object({ REDIS_URL: z.string().optional().transform((url) => url ?? process.env.KV_URL) }).parse(process.env);'],
    ["a key that decides whether the check runs", 'import { z } from "zod";\nconst Env = z.object({ REDIS_URL: z.string() });\nexport const env = process.env.IMAGE_BUILD === "1" ? (process.env as never) : Env.parse(process.env);'],
    ["a key that decides which file is loaded", 'import dotenv from "dotenv";\nimport { z } from "zod";\ndotenv.config({ path: process.env.E2E ? ".env.e2e" : ".env" });\nexport const env = z.object({ REDIS_URL: z.string() }).parse(process.env);'],
    ["a function of the project that is given the environment", 'function read(env: NodeJS.ProcessEnv) {\n  if (!env.REDIS_URL) throw new Error("REDIS_URL");\n  return { url: env.REDIS_URL };\n}\nexport const settings = read(process.env);'],
    ["the place to listen at", 'export const port = Number(process.env.WORKER_PORT ?? 3000);'],
    ["a schema that is put together", 'import { z } from "zod";\nimport { base } from "shared-settings";\nexport const env = base.extend({ PORT: z.string() }).parse(process.env);\nexport const url = process.env.DATABASE_URL;'],
  ])("is silent about %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("is silent about @fastify/env", async () => {
    expect(await checkProject({
      "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "fastify": "5", "@fastify/env": "5" } }',
      "src/app.ts": 'import fastifyEnv from "@fastify/env";\nimport fastify from "fastify";\nconst app = fastify();\nawait app.register(fastifyEnv, { schema: { type: "object", required: ["DATABASE_URL"], properties: { DATABASE_URL: { type: "string" } } } });\nawait app.listen({ port: Number(process.env.PORT) });',
    }, { rule })).toEqual([`src/app.ts:5:33 ${rule} unlisted`]);
  });

  it("is silent about a plugin that a loader registers", async () => {
    expect(await checkProject({
      "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "fastify": "5", "@fastify/env": "5" } }',
      "src/plugins/env.ts": 'import env from "@fastify/env";\nexport const autoConfig = { schema: { type: "object", required: ["PORT"], properties: { PORT: { type: "string" } } } };\nexport default env;',
      "src/app.ts": 'import fastify from "fastify";\nconst app = fastify();\nawait app.listen({ port: Number(process.env.PORT) });',
    }, { rule })).toEqual([]);
  });

  it("does not take a module that asks for its own key for the check of all", async () => {
    const app = {
      "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
      "src/database.ts": 'const url = process.env.DATABASE_URL;\nif (!url) throw new Error("DATABASE_URL");\nexport { url };',
      "src/mail.ts": "export const mail = [process.env.SMTP_HOST, process.env.SMTP_USER, process.env.SMTP_PASSWORD];",
      "src/links.ts": 'const link = (env: NodeJS.ProcessEnv) => {\n  if (!env.WEB_URL) throw new Error("WEB_URL");\n  return env.WEB_URL;\n};\nexport const home = () => link(process.env);',
    };
    expect(await checkProject(app, { rule })).toEqual([`src/database.ts:1:13 ${rule} missing`]);
    const { "src/mail.ts": _mail, ...few } = app;
    expect(await checkProject(few, { rule })).toEqual([]);
    expect(await checkProject({ ...app, "src/config/index.ts": app["src/mail.ts"] + '\nif (!process.env.SMTP_HOST || !process.env.SMTP_USER || !process.env.SMTP_PASSWORD || !process.env.DATABASE_URL) throw new Error("mail");\nexport const bucket = process.env.BUCKET;' }, { rule })).toEqual([]);
  });

  it("reports what Nest's service is asked for and its schema does not list", async () => {
    const app = (options: string): Record<string, string> => ({
      "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "@nestjs/core": "11", "@nestjs/config": "4", "joi": "17" } }',
      "src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { ConfigModule } from "@nestjs/config";\nimport Joi from "joi";\nconst storage = () => ({ BUCKET: "pictures" });\n@Module({ imports: [ConfigModule.forRoot({ validationSchema: Joi.object({ SMTP_HOST: Joi.string().required() })${options} })] })\nexport class AppModule {}`,
      "src/mailer.ts": 'import { Injectable } from "@nestjs/common";\nimport { ConfigService } from "@nestjs/config";\n@Injectable()\nexport class Mailer {\n  constructor(private readonly config: ConfigService) {}\n  all = () => [this.config.get("SMTP_HOST"), this.config.get("storage.path"), this.config.get("BUCKET"), this.config.getOrThrow<string>("SMTP_USER"), this.config.get("NODE_ENV"), this.config.get("SMTP_PORT", 25)];\n}',
      "src/mailer.spec.ts": 'import { ConfigService } from "@nestjs/config";\nexport const key = new ConfigService().get("OTHER");',
    });
    const unchecked = { ...app(""), "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { ConfigModule } from "@nestjs/config";\n@Module({ imports: [ConfigModule.forRoot()] })\nexport class AppModule {}' };
    expect((await findingsOf(unchecked, { rule })).map(({ message }) => message)[0]).toContain("(`SMTP_HOST`, `BUCKET`, `SMTP_USER`)");
    expect(await checkProject(app(", load: [storage]"), { rule })).toEqual([`src/mailer.ts:6:106 ${rule} unlisted`]);
    const registered: Record<string, string> = { ...app(", load: [mailSettings]"), "src/mail.settings.ts": 'import { registerAs } from "@nestjs/config";\nexport const mailSettings = registerAs("mail", () => ({ from: "a@example.org" }));' };
    expect(await checkProject({ ...registered, "src/app.module.ts": `import { mailSettings } from "./mail.settings.js";\n${registered["src/app.module.ts"] ?? ""}` }, { rule })).toHaveLength(2);
    expect(await checkProject(app(", load: [storage, ...more]"), { rule })).toEqual([]);
    expect(await checkProject(app(""), { rule })).toEqual([`src/mailer.ts:6:79 ${rule} unlisted`, `src/mailer.ts:6:106 ${rule} unlisted`]);
  });

  it("reports each of a few keys that no schema lists, and more once", async () => {
    const schema = 'import { z } from "zod";\nexport const env = z.object({ DATABASE_URL: z.string() }).parse(process.env);';
    const found = await findingsOf({ ...application, "src/config/env.ts": schema, "src/config/mail.ts": "export const from = process.env.MAIL_FROM;", "src/config/queue.ts": "export const url = process.env.QUEUE_URL;" }, { rule });
    expect(found.map(({ file }) => file)).toEqual(["src/config/mail.ts", "src/config/queue.ts"]);
    const many = await findingsOf({ ...application, "src/config/env.ts": schema, "src/config/mail.ts": "export const from = process.env.MAIL_FROM;", "src/config/queue.ts": `export const urls = [${Array.from({ length: 5 }, (_, at) => `process.env.QUEUE_${at}`).join(", ")}];` }, { rule });
    expect(many.map(({ file, related }) => [file, related?.map((place) => place.file)])).toEqual([["src/config/mail.ts", ["src/config/queue.ts"]]]);
    expect(many[0]?.message).toContain("`MAIL_FROM`, `QUEUE_0`");
  });

  it("reports what other packages load with those that start it", async () => {
    const started = { private: true, scripts: { start: "node ." }, dependencies: { express: "5", "@shop/mail": "workspace:*" } };
    const workspace: ProjectLiteral = {
      "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
      "packages/mail/package.json": '{ "name": "@shop/mail", "private": true, "exports": "./src/index.ts", "scripts": { "dev": "node preview.js" } }',
      "packages/mail/src/index.ts": "export const from = process.env.MAIL_FROM;",
      "apps/api/package.json": JSON.stringify({ ...started, name: "@shop/api" }),
    };
    const main = (text: string): ProjectLiteral => ({ ...workspace, "apps/api/src/main.ts": `import express from "express";\nimport { from } from "@shop/mail";\n${text}\nexpress().listen(process.env.PORT, () => from);` });
    const found = await findingsOf(main(""), { rule });
    expect(found.map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["apps/api/src/main.ts missing"]);
    expect(found[0]?.message).toContain("`PORT`, `MAIL_FROM`");
    expect(await checkProject(main('import { z } from "zod";\nexport const env = z.object({ PORT: z.string(), MAIL_FROM: z.string() }).parse(process.env);'), { rule })).toEqual([]);
  });

  it("reports packages that share files by path once", async () => {
    const manifest = (name: string): string => JSON.stringify({ name, private: true });
    const handler = 'import { url } from "../../lib/settings";\nexport const handler = () => url + process.env.STAGE;';
    const found = await findingsOf({ "package.json": manifest("functions"), "lib/settings.ts": 'export const url = "https://shop";', "services/a/package.json": manifest("a"), "services/a/handler.ts": handler, "services/b/package.json": manifest("b"), "services/b/handler.ts": handler }, { rule });
    expect(found.map(({ file, related }) => [file, related?.map((place) => place.file)])).toEqual([["services/a/handler.ts", ["services/b/handler.ts"]]]);
  });

  it("is silent about settings files of libraries and about playgrounds", async () => {
    const manifest = (name: string, library: string): string => JSON.stringify({ name, private: true, scripts: { start: "node ." }, dependencies: { express: "5", [library]: "1" } });
    const text = "export const url = process.env.DATABASE_URL;";
    expect(await checkProject({ "package.json": "{}", "a/package.json": manifest("forum", "nconf"), "a/src/db.ts": text, "b/package.json": manifest("dev-server", "pg"), "b/src/db.ts": text, "c/package.json": manifest("shop", "pg"), "c/src/db.ts": text }, { rule })).toEqual([`c/src/db.ts:1:20 ${rule} missing`]);
  });

  it("is silent about an application for desktops", async () => {
    expect(await checkProject({ "package.json": '{ "name": "desk", "private": true, "scripts": { "start": "electron ." }, "devDependencies": { "electron": "38" } }', "src/main.ts": "export const url = process.env.APP_URL;" }, { rule })).toEqual([]);
  });

  it("reports the keys of one read together", async () => {
    const [finding] = await findingsOf({ ...application, "src/config/settings.ts": 'import { z } from "zod";\nexport const env = z.object({ PORT: z.string() }).parse(process.env);\nexport const { HOST, URL } = process.env;' }, { rule });
    expect(finding?.message).toContain("`HOST`, `URL`");
  });

  it.each([
    ["a loop over names", 'for (const name of ["DATABASE_URL"]) {\n  if (!process.env[name]) throw new Error(name);\n}\nexport const url = process.env.DATABASE_URL;'],
    ["names that are collected, where the good case leaves first", 'const names = ["DATABASE_URL", "QUEUE"];\nexport const check = () => {\n  const missing = names.filter((name) => !process.env[name]);\n  if (missing.length === 0) {\n    console.info("set");\n    return;\n  }\n  throw new Error(missing.join());\n};\nexport const url = process.env.DATABASE_URL;'],
    ["names that are collected", 'const missing = ["DATABASE_URL"].filter((name) => !process.env[name]);\nif (missing.length > 0) process.exit(1);\nexport const url = process.env.DATABASE_URL;'],
    ["a question for each key", 'if (!process.env.DATABASE_URL || !process.env.API_KEY) throw new Error("settings");\nexport const settings = { url: process.env.DATABASE_URL, key: process.env.API_KEY, level: process.env.LEVEL ?? "info", debug: process.env.DEBUG === "1" };'],
    ["an assertion", 'import assert from "node:assert";\nassert(process.env.DATABASE_URL, "no database");\nexport const url = process.env.DATABASE_URL;'],
    ["a variable that is asked for", "const url = process.env.DATABASE_URL;\nif (!url) throw new Error();\nexport { url };"],
    ["an object whose values are asked for", 'const settings = { url: process.env.DATABASE_URL, key: process.env.API_KEY };\nfor (const [name, value] of Object.entries(settings)) if (!value) throw new Error(name);\nexport { settings };'],
    ["functions that refuse a value", 'function url(name: string, value?: string): string {\n  if (!value) throw new Error(name);\n  return value;\n}\nexport const settings = { db: url("db", process.env.DATABASE_URL), level: process.env.LEVEL || "info" };'],
    ["members that are asked for", "const settings = { db: { url: process.env.DATABASE_URL } };\nif (!settings.db.url) throw new Error();\nexport { settings };"],
  ])("takes %s for a check", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each([
    ["only one key is asked for", 'if (!process.env.DATABASE_URL) throw new Error();\nexport const settings = { url: process.env.DATABASE_URL, key: process.env.API_KEY };'],
    ["it is only said", 'if (!process.env.DATABASE_URL) console.warn("no database");\nexport const url = process.env.DATABASE_URL;'],
    ["another member is asked for", "const settings = { url: process.env.DATABASE_URL, key: process.env.API_KEY };\nif (!settings.url) throw new Error();\nexport { settings };"],
    ["what is missing ends a function that stops for something else", 'export const start = (listen: (done: () => void) => void) => {\n  if (process.env.DATABASE_URL == null) return;\n  listen(() => process.exit(1));\n  throw new Error("not reached");\n};\nexport const url = process.env.DATABASE_URL;'],
    ["something else stops", 'if (Date.now() < 0) throw new Error();\nexport const url = process.env.DATABASE_URL;'],
  ])("reports settings where %s", async (_name, text) => {
    expect(await check(text)).toHaveLength(1);
  });

  it("leaves the name of the file that is loaded to whoever starts the application", async () => {
    const loader = (key: string): Record<string, string> => ({ "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." } }', "src/env.ts": `import { config } from "dotenv";\nimport { cleanEnv, str } from "envalid";\nconst fileName = () => \`\${process.env.${key} ?? "dev"}.env\`;\nexport const load = () => {\n  config({ path: fileName() });\n  return cleanEnv(process.env, { DATABASE_URL: str() });\n};` });
    expect(await checkProject(loader("ENV"), { rule })).toEqual([]);
    expect(await checkProject(loader("TENANT"), { rule })).toHaveLength(1);
  });

  it("asks an application of the Serverless Framework, whose manifest names its deployment as what it offers", async () => {
    const app = (main: string): Record<string, string> => ({ "package.json": `{ "name": "todo", "private": true, "main": "${main}", "dependencies": { "@aws-sdk/client-dynamodb": "3" } }`, "src/config/index.ts": "export const settings = { table: process.env.TODO_TABLE, pool: process.env.USER_POOL };", "src/handler.ts": 'import type { APIGatewayProxyEvent } from "aws-lambda";\nimport { settings } from "./config/index.js";\nexport const handler = async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: settings.table + event.path });' });
    expect(await checkProject(app("serverless.ts"), { rule })).toHaveLength(1);
    expect(await checkProject(app("index.ts"), { rule })).toEqual([]);
  });

  it("is silent about a library", async () => {
    expect(await checkProject({ "package.json": '{ "name": "library", "main": "dist/index.js" }', "src/index.ts": "export const url = process.env.DATABASE_URL;" }, { rule })).toEqual([]);
  });

  it.each([
    ["tsc --watch", []],
    ["pnpm exec tsup --watch", []],
    ["vite build --watch --mode dev", []],
    ["npm run watch", []],
    ["tsc && node dist/index.js", [`packages/mail/src/index.ts:1:20 ${rule} missing`]],
    ["tsup --watch --onSuccess 'node dist/index.js'", [`packages/mail/src/index.ts:1:20 ${rule} missing`]],
  ])("knows from the script `%s` whether a package is built or started", async (dev, expected) => {
    const manifest = JSON.stringify({ name: "mail", main: "dist/index.js", scripts: { dev, watch: "tsc --watch" } });
    expect(await checkProject({ "package.json": "{}", "packages/mail/package.json": manifest, "packages/mail/src/index.ts": "export const url = process.env.MAIL_URL;" }, { rule })).toEqual(expected);
  });

  it("is silent about an environment that is handed to another program", async () => {
    expect(await check('import { spawn } from "node:child_process";\nexport const run = () => spawn("node", ["worker.js"], { env: { ...process.env, ROLE: "worker" } });', "src/worker.ts")).toEqual([]);
  });

  it("is silent about tests, scripts and the configuration of tools", async () => {
    const text = "export const url = process.env.DATABASE_URL;";
    expect(await checkProject({ ...application, "src/a.test.ts": text, "scripts/seed.ts": text, "drizzle.config.ts": text }, { rule })).toEqual([]);
  });

  it("is silent where a package of the workspace checks the settings", async () => {
    expect(await checkProject({
      "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
      "packages/env/package.json": '{ "name": "@shop/env", "main": "src/index.ts", "dependencies": { "zod": "4" } }',
      "packages/env/src/index.ts": 'import { z } from "zod";\nexport const env = z.object({ DATABASE_URL: z.string() }).parse(process.env);',
      "apps/api/package.json": '{ "name": "@shop/api", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5", "@shop/env": "workspace:*" } }',
      "apps/api/src/main.ts": 'import express from "express";\nexpress().listen(process.env.PORT);',
    }, { rule })).toEqual([]);
  });

  describe("environments", () => {
    const strict = (schema: string): Promise<string[]> => checkProject({ ...application, "src/config/settings.ts": `import { z } from "zod";\nexport const env = z.object({ ${schema} }).parse(process.env);` }, { rule, options: { environments: true } });

    it.each([
      ["no such key", "PORT: z.string()"],
      ["a key that takes any text", "NODE_ENV: z.string()"],
      ["a list without a stage before production", 'NODE_ENV: z.enum(["development", "test", "production"])'],
    ])("reports %s", async (_name, schema) => {
      expect(await strict(schema)).toEqual([`src/config/settings.ts:2:20 ${rule} environments`]);
    });

    it.each([
      ["a list with both", 'APP_ENV: z.enum(["development", "test", "staging", "production"])'],
      ["short names", 'APP_ENV: z.enum(["dev", "stage", "prod"]).default("dev")'],
      ["a union", 'APP_ENV: z.union([z.literal("development"), z.literal("staging"), z.literal("production")])'],
    ])("is silent about %s", async (_name, schema) => {
      expect(await strict(schema)).toEqual([]);
    });
  });

  it("takes a copy of the environment with defaults in front of it for the environment", async () => {
    const app = (input: string): Record<string, string> => ({ "package.json": '{ "name": "taxi", "private": true, "scripts": { "start": "node ." } }', "src/settings.ts": `import { config } from "dotenv";\nimport { z } from "zod";\nconfig();\nconst Shape = z.object({ STAGE: z.enum(["dev", "stage", "prod"]), TOKEN: z.string() });\nexport class Settings {\n  static load(source: Record<string, string | undefined> = process.env) { return Shape.parse(${input}); }\n}` });
    expect(await checkProject(app('{ STAGE: "dev", ...source }'), { rule })).toEqual([]);
    expect(await checkProject(app('{ STAGE: "dev", ...JSON.parse("{}") }'), { rule })).toEqual([`src/settings.ts:6:60 ${rule} unchecked`]);
  });

  it("names each key that no schema lists where it is asked to", async () => {
    const app = { "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." } }', "src/settings.ts": 'import { z } from "zod";\nexport const env = z.object({ PORT: z.coerce.number() }).parse(process.env);\nexport const url = process.env.DATABASE_URL;\nexport const key = process.env.API_KEY;' };
    expect(await checkProject(app, { rule })).toEqual([`src/settings.ts:3:20 ${rule} unlisted`, `src/settings.ts:4:20 ${rule} unlisted`]);
    expect(await checkProject(app, { rule, preset: "strict" })).toEqual([`src/settings.ts:2:20 ${rule} environments`, `src/settings.ts:3:20 ${rule} unlisted`, `src/settings.ts:4:20 ${rule} unlisted`]);
  });

  it("takes what is read for an object that is checked as listed, under whatever key", async () => {
    const app = (values: string): Record<string, string> => ({ "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." } }', "src/config.ts": `import Joi from "joi";\nconst queue = { host: process.env.QUEUE_HOST };\nconst values = { queue, port: process.env.APP_PORT, url: process.env.APP_URL${values} };\nconst { error } = Joi.object({ queue: { host: Joi.string() }, port: Joi.number(), url: Joi.string() }).validate(values);\nif (error) throw error;\nexport default values;\n` });
    expect(await checkProject(app(""), { rule })).toEqual([]);
    expect(await checkProject(app(", key: process.env.API_KEY"), { rule })).toEqual([`src/config.ts:3:84 ${rule} unlisted`]);
  });

  it("is silent about keys where schemas of other files are put together, and about what a tracer of errors reads", async () => {
    const files = {
      ...application,
      "src/config/base.ts": 'import { z } from "zod";\nexport const base = z.object({ PORT: z.string() });',
      "src/config/mail.ts": 'import { z } from "zod";\nexport const mail = z.object({ MAIL_FROM: z.string() });',
      "src/config/env.ts": 'import { base } from "./base.js";\nimport { mail } from "./mail.js";\nexport const env = base.merge(mail).parse(process.env);',
      "src/config/from.ts": "export const from = process.env.MAIL_FROM;",
    };
    expect(await checkProject(files, { rule })).toEqual([]);
  });

  it("reports the schema's lack of a key that a tracer of errors is given", async () => {
    const schema = 'import { z } from "zod";\nexport const env = z.object({ PORT: z.string() }).parse(process.env);';
    const found = await findingsOf({ ...application, "src/config/env.ts": schema, "src/config/instrument.ts": 'import * as Sentry from "@sentry/node";\nSentry.init({ dsn: process.env.SENTRY_DSN });' }, { rule });
    expect(found.map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/config/instrument.ts unlisted"]);
  });

  it("leaves what one file alone reads to no-process-env, where that is on and no application is made here, or one key is read", async () => {
    const files = { ...application, "src/main.ts": "export const main = 1;", "src/mail.ts": "export const from = process.env.MAIL_FROM;" };
    const both = { settings: { rules: { "no-process-env": "error", "validated-settings": "error" } } };
    const about = (lines: readonly string[]): readonly string[] => lines.filter((line) => /no-process-env|validated-settings/.test(line));
    expect(about(await checkAll(files, { ...both, cliOnly: true }))).toEqual(["src/mail.ts:1:21 no-process-env read"]);
    expect(await checkProject(files, { rule })).toEqual(["src/mail.ts:1:21 validated-settings missing"]);
    expect(about(await checkAll({ ...application, "src/mail.ts": files["src/mail.ts"] }, { ...both, cliOnly: true }))).toEqual(["src/mail.ts:1:21 no-process-env read"]);
    expect(about(await checkAll({ ...application, "src/mail.ts": "export const mail = { from: process.env.MAIL_FROM, host: process.env.MAIL_HOST };" }, { ...both, cliOnly: true }))).toEqual(expect.arrayContaining(["src/main.ts:2:1 validated-settings missing"]));
  });

  it("tells applications apart that check nothing in different ways", async () => {
    const app = (name: string, settings: string): Record<string, string> => ({ [`apps/${name}/package.json`]: JSON.stringify({ name, private: true, scripts: { start: "node ." }, dependencies: { express: "5" } }), [`apps/${name}/src/settings.ts`]: settings, [`apps/${name}/src/main.ts`]: 'import express from "express";\nimport "./settings.js";\nexpress().listen(3000);' });
    const cast = "export const url = process.env.DATABASE_URL as string;";
    const read = 'import env from "env-var";\nexport const url = env.get("DATABASE_URL").asString();';
    const files = { "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', ...app("a", cast), ...app("b", cast), ...app("c", read), ...app("d", read) };
    expect(await checkProject(files, { rule })).toHaveLength(4);
    expect(await checkProject({ ...files, ...app("e", cast), ...app("f", cast) }, { rule })).toHaveLength(3);
  });

  it.each([[3, 3], [4, 1]])("reports %i applications that check nothing in %i findings", async (count, expected) => {
    const apps = Object.fromEntries(Array.from({ length: count }, (_, index) => [
      [`apps/a${index}/package.json`, JSON.stringify({ name: `a${index}`, private: true, scripts: { start: "node ." }, dependencies: { express: "5" } })],
      [`apps/a${index}/src/main.ts`, 'import express from "express";\nexport const url = process.env.DATABASE_URL;\nexport const from = process.env.MAIL_FROM;\nexpress().listen(3000);'],
    ]).flat());
    expect(await checkProject({ "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', ...apps }, { rule })).toHaveLength(expected);
    expect(await checkProject({ "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', ...apps }, { rule, options: { report: "each" } })).toHaveLength(count);
  });

  it("knows a check of what Nest's service gives, and of a parameter that is the environment by default", async () => {
    const loads = { "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { ConfigModule } from "@nestjs/config";\n@Module({ imports: [ConfigModule.forRoot()] })\nexport class AppModule {}' };
    const settings = (value: string): string => `import { ConfigService } from "@nestjs/config";\nimport { z } from "zod";\nconst schema = z.object({ PORT: z.string() });\nexport class Settings { values; constructor(config: ConfigService) { this.values = ${value}; } }`;
    expect(await checkProject({ ...application, ...loads, "src/settings.ts": settings('schema.parse({ PORT: config.get("PORT") })') }, { rule })).toEqual([]);
    expect(await checkProject({ ...application, ...loads, "src/settings.ts": settings('{ PORT: config.get("PORT") }') }, { rule })).toHaveLength(1);
    const load = (body: string): string => `import * as v from "valibot";\nconst Schema = v.object({ PORT: v.string(), URL: v.string() });\nexport function load(source: any = process.env) {\n  return ${body};\n}`;
    expect(await check(load("v.parse(Schema, source)"))).toEqual([]);
    expect(await check(load("[Schema, source.PORT, source.URL]"))).toHaveLength(1);
  });

  it("takes no comparison with a key for a check that it is there", async () => {
    const holds = 'export const url = process.env.DATABASE_URL;\nexport function guard(header: string) { if (header !== process.env.API_KEY) throw new Error("refused"); }';
    expect(await check(holds)).toHaveLength(1);
    expect(await check('export const url = process.env.DATABASE_URL;\nif (url === undefined) throw new Error("DATABASE_URL is not set");')).toEqual([]);
  });

  it("knows a schema for an object that is made of a parameter which is the environment by default, and the keys of one that lets others pass", async () => {
    const loads = { "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { ConfigModule } from "@nestjs/config";\nimport { load } from "./env.js";\n@Module({ imports: [ConfigModule.forRoot({ load: [load] })] })\nexport class AppModule {}' };
    const env = (last: string): string => `import { z } from "zod";\nconst schema = z.object({ port: z.string(), store: z.object({ host: z.string() }) });\nexport function load(env: any = process.env) {\n  const settings = { port: env.PORT, store: { host: env.STORE_HOST } };\n  return ${last};\n}`;
    expect(await checkProject({ ...application, ...loads, "src/env.ts": env("schema.parse(settings)") }, { rule })).toEqual([]);
    expect(await checkProject({ ...application, ...loads, "src/env.ts": env("settings") }, { rule })).toHaveLength(1);
    const loose = (read: string): string => `import { z } from "zod";\nexport const env = z.object({ PORT: z.string() }).passthrough().parse(process.env);\nexport const mail = ${read};`;
    expect(await check(loose("process.env.MAIL_HOST"))).toHaveLength(1);
    expect(await check(loose("env.PORT"))).toEqual([]);
  });

  it("takes a loader that demands the keys of the example for a check, and settings beside tools' for settings", async () => {
    const files = (loader: string): Record<string, string> => ({
      "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { express: "5", [loader]: "8" } }),
      "src/configs/mail.config.ts": `import loader from "${loader}";\nloader.config();\nexport const mail = { host: process.env.MAIL_HOST, from: process.env.MAIL_FROM };`,
      "src/main.ts": 'import express from "express";\nimport { mail } from "./configs/mail.config.js";\nexpress().listen(mail.host);',
    });
    expect(await checkProject(files("dotenv-safe"), { rule })).toEqual([]);
    expect(await checkProject(files("dotenv"), { rule })).toEqual([`src/configs/mail.config.ts:3:29 ${rule} unchecked`]);
  });

  it("takes the settings of a part, with a few of many keys, for none of the application", async () => {
    const reads = (count: number): string => `export class Queue {\n  open() { return [${Array.from({ length: count }, (_, at) => `process.env.SHOP_KEY_${at}`).join(", ")}]; }\n}`;
    const files = (count: number): Record<string, string> => ({
      "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
      "src/couriers/north/config.ts": "export const limit = process.env.NORTH_LIMIT;",
      "src/queue.ts": reads(count),
      "src/server.ts": 'import express from "express";\nimport { limit } from "./couriers/north/config.js";\nimport { Queue } from "./queue.js";\nexpress().listen(process.env.SHOP_PORT, () => [limit, new Queue()]);',
    });
    expect(await checkProject(files(12), { rule })).toEqual([`src/server.ts:4:1 ${rule} missing`]);
    expect(await checkProject(files(6), { rule })).toEqual([`src/couriers/north/config.ts:1:22 ${rule} unchecked`]);
  });

  it("weighs the files that demand their keys against all keys that are read", async () => {
    const demanding = (...keys: readonly string[]): string => keys.map((key) => `if (!process.env.${key}) throw new Error("${key}");\nexport const ${key.toLowerCase()} = process.env.${key};`).join("\n");
    const reading = (...keys: readonly string[]): string => keys.map((key) => `export const ${key.toLowerCase()} = process.env.${key};`).join("\n");
    const app = (files: Record<string, string>): Promise<string[]> => checkProject({ "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', "src/main.ts": `import express from "express";\n${Object.keys(files).map((file, index) => `import * as s${String(index)} from "./${file.slice(4, -3)}.js";`).join("\n")}\nexpress().listen(3000, () => [${Object.keys(files).map((_, index) => `s${String(index)}`).join(", ")}]);`, ...files }, { rule });
    const others = ["DB_HOST", "DB_USER", "DB_PASSWORD", "CACHE_URL", "MAIL_HOST", "MAIL_FROM"];
    expect(await app({ "src/config/oauth.ts": demanding("OAUTH_ID", "OAUTH_SECRET"), "src/config/app.ts": reading(...others) })).toHaveLength(1);
    expect(await app({ "src/config/oauth.ts": demanding("OAUTH_ID", "OAUTH_SECRET"), "src/config/database.ts": demanding("DB_HOST", "DB_USER", "DB_PASSWORD"), "src/config/app.ts": reading("MAIL_HOST", "MAIL_FROM") })).toEqual([]);
    expect(await app({ "src/config/app.ts": demanding(...others), "src/config/oauth.ts": reading("OAUTH_ID", "OAUTH_SECRET") })).toEqual([]);
  });

  it("leaves the port that platforms set alone beside a key of the schema for it", async () => {
    const env = (keys: string): string => `import { z } from "zod";\nexport const env = z.object({ ${keys} }).parse(process.env);\nexport const port = Number(process.env.PORT ?? 3000);`;
    expect(await check(env("APP_PORT: z.string().optional()"))).toEqual([]);
    expect(await check(env("APP_NAME: z.string()"))).toHaveLength(1);
  });
});
