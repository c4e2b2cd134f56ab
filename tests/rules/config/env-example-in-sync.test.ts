import { describe, expect, it } from "vitest";
import rule from "../../../rules/config/env-example-in-sync.js";
import { checkRepo, repoFindings, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, TemporaryFolder } from "../../repo/support.js";

const zod = (keys: string): string => `import { z } from "zod";\nexport const env = z.object({ ${keys} }).parse(process.env);\n`;
const application = { "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }' };
const check = async (files: Record<string, string>, options = {}): Promise<string[]> => (await checkRepo(rule, new TemporaryFolder({ ...application, ...files }).root, { options })).map((line) => line.replace(/-\d+:\d+/, ""));

describe("env-example-in-sync", () => {
  it.each([
    ["zod", zod("PORT: z.string(), JWT_SECRET: z.string()"), "2:49"],
    ["envalid", 'import { cleanEnv, port, str } from "envalid";\nexport const env = cleanEnv(process.env, { PORT: port(), JWT_SECRET: str() });', "2:58"],
    ["T3", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { PORT: z.string(), JWT_SECRET: z.string() }, runtimeEnv: process.env });', "3:60"],
    ["a JSON schema", 'import envSchema from "env-schema";\nexport const env = envSchema({ schema: { type: "object", required: ["JWT_SECRET"], properties: { PORT: { type: "string" }, JWT_SECRET: { type: "string" } } } });', "2:124"],
    ["a class", 'import { plainToInstance } from "class-transformer";\nimport { IsString, validateSync } from "class-validator";\nclass Env {\n  @IsString()\n  PORT!: string;\n  @IsString()\n  JWT_SECRET!: string;\n}\nconst env = plainToInstance(Env, process.env);\nif (validateSync(env).length > 0) throw new Error("settings");', "7:3"],
  ])("reports a key that %s requires and the example lacks", async (_name, text, place) => {
    expect(await check({ "src/config/env.ts": text, ".env.example": "PORT=3000\n" })).toEqual([`src/config/env.ts:${place} missing`]);
  });

  it.each([
    ["a constant of the project", 'const port = z.coerce.number().default(3000);', "PORT: port"],
    ["a constant that is described further", 'const port = z.coerce.number().default(3000);', 'PORT: port.describe("listens")'],
    ["a function of the project", 'const flag = (preset: boolean) => z.stringbool().default(preset);', "DEBUG: flag(false)"],
    ["a step before the schema", "", 'PORT: z.preprocess((given) => given ?? "3000", z.string())'],
    ["a branch that takes what is not set", "", "PORT: z.string().or(z.undefined())"],
  ])("takes a key for one that need not be set by %s", async (_name, before, key) => {
    expect(await check({ "src/config/env.ts": `import { z } from "zod";\n${before}\nexport const env = z.object({ HOST: z.string(), ${key} }).parse(process.env);`, ".env.example": "HOST=a\n" })).toEqual([]);
  });

  it.each([
    ["a constant of the project", 'const port = z.coerce.number().min(1);', "PORT: port"],
    ["a function of the project", 'const text = (least: number) => z.string().min(least);', "NAME: text(3)"],
    ["a step that only cuts", "", "NAME: z.preprocess((given) => String(given).trim(), z.string())"],
    ["a text with an equals sign", "", 'NAME: z.string().describe("NAME = whom mail is from")'],
  ])("demands a key of %s", async (_name, before, key) => {
    expect(await check({ "src/config/env.ts": `import { z } from "zod";\n${before}\nexport const env = z.object({ HOST: z.string(), ${key} }).parse(process.env);`, ".env.example": "HOST=a\n" })).toHaveLength(1);
  });

  it.each([".env.sample", ".env.template", ".env.dist", ".example.env", "env.example", "env-example-relational"])("reads %s", async (file) => {
    expect(await check({ "src/config/env.ts": zod("PORT: z.string(), HOST: z.string()"), [file]: "PORT=3000\n" })).toEqual(["src/config/env.ts:2:49 missing"]);
  });

  it("gives the line to add", async () => {
    const [message] = await repoMessages(rule, new TemporaryFolder({ ...application, "src/config/env.ts": zod("JWT_SECRET: z.string()"), ".env.example": "" }).root);
    expect(message).toContain("`.env.example`");
    expect(message).toContain("`JWT_SECRET=`");
  });

  it("reports the keys that one example lacks together, or each where it is told to", async () => {
    const files = { "src/config/env.ts": zod("PORT: z.string(), JWT_SECRET: z.string(), HOST: z.string()"), ".env.example": "PORT=3000\n" };
    expect(await check(files)).toEqual(["src/config/env.ts:2:49 several"]);
    expect(await check(files, { report: "each" })).toEqual(["src/config/env.ts:2:49 missing", "src/config/env.ts:2:73 missing"]);
    const [message] = await repoMessages(rule, new TemporaryFolder({ ...application, ...files }).root);
    expect(message).toContain("2 keys");
    expect(message).toContain("`JWT_SECRET`, `HOST`");
  });

  it("reports once that there is no example", async () => {
    expect(await check({ "src/config/env.ts": zod("PORT: z.string(), MAIL_URL: z.string()") })).toEqual(["src/config/env.ts:2:31 none"]);
  });

  it("reports a line that nothing reads", async () => {
    expect(await check({ "src/config/env.ts": zod("PORT: z.string()"), ".env.example": "PORT=3000\nOLD_KEY=1\n" })).toEqual([".env.example:2:1 unused"]);
    const several = { "src/config/env.ts": zod("PORT: z.string()"), ".env.example": "PORT=3000\nOLD_KEY=1\nOLDER_KEY=1\n" };
    expect(await check(several)).toEqual([".env.example:2:1 leftovers"]);
    expect(await check(several, { report: "each" })).toEqual([".env.example:2:1 unused", ".env.example:3:1 unused"]);
  });

  it("takes the defaults of znv, by environment", async () => {
    const znv = (key: string): Record<string, string> => ({ "src/config/env.ts": `import { parseEnv } from "znv";\nimport { z } from "zod";\nexport const env = parseEnv(process.env, { PORT: z.number(), DEBUG: { schema: z.boolean(), ${key} } });`, ".env.example": "PORT=3000\n" });
    expect(await check(znv("defaults: { _: false }"))).toEqual([]);
    expect(await check(znv('description: "says more"'))).toHaveLength(1);
  });

  it("reports keys with defaults where it is told to", async () => {
    const files = { "src/config/env.ts": zod('PORT: z.string(), LOG_LEVEL: z.string().default("info")'), ".env.example": "PORT=3000\n" };
    expect(await check(files, { optional: true })).toEqual(["src/config/env.ts:2:49 optional"]);
    expect(await check(files)).toEqual([]);
  });

  it.each([
    ["a whole example", zod("PORT: z.string(), HOST: z.string()"), { ".env.example": "PORT=3000\nHOST=localhost\n" }],
    ["a key in a comment", zod("PORT: z.string(), HOST: z.string()"), { ".env.example": "PORT=3000\n# HOST=localhost\n" }],
    ["a key that is read from a file", zod("DB_PASSWORD: z.string()"), { ".env.example": "DB_PASSWORD_FILE=/run/secrets/db\n" }],
    ["an optional key", zod("PORT: z.string(), HOST: z.string().optional()"), { ".env.example": "PORT=3000\n" }],
    ["the kind of environment", zod('NODE_ENV: z.enum(["development", "production"]), PORT: z.string()'), { ".env.example": "PORT=3000\n" }],
    ["two examples that have all", zod("PORT: z.string(), HOST: z.string()"), { ".env.example": "PORT=3000\n", ".env.docker.example": "HOST=db\n" }],
    ["a key that Prisma reads", zod("PORT: z.string()"), { ".env.example": "PORT=3000\nDATABASE_URL=\n", "prisma/schema.prisma": 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n' }],
    ["a key that compose reads", zod("PORT: z.string()"), { ".env.example": "PORT=3000\nPOSTGRES_DB=\n", "docker-compose.yml": "services:\n  db:\n    environment:\n      POSTGRES_DB: ${POSTGRES_DB}\n" }],
    ["a key that another file reads", zod("PORT: z.string()"), { ".env.example": "PORT=3000\nSEED=1\n", "scripts/seed.ts": "export const seed = process.env.SEED;" }],
    ["a key that another line reads", zod("PORT: z.string(), URL: z.string()"), { ".env.example": "PORT=3000\nDOMAIN=localhost\nURL=http://${DOMAIN}\n" }],
    ["a schema that cannot be read", 'import { schema } from "shared";\nexport const env = schema.parse(process.env);', { ".env.example": "PORT=3000\n" }],
    ["no schema", "export const port = process.env.PORT;", { ".env.example": "HOST=\n" }],
    ["no settings at all", "export const port = 3000;", {}],
  ])("stays silent on %s", async (_name, text, more) => {
    expect(await check({ "src/config/env.ts": text, ...more })).toEqual([]);
  });

  it("takes the keys that are read for an object that is checked, and those of Joi for optional until they are asked for", async () => {
    const joi = (schema: string, values: string): string => `import Joi from "joi";\nconst schema = Joi.object({ ${schema} });\nconst values = { ${values} };\nconst { error } = schema.validate(values);\nif (error) throw error;\n`;
    const read = "port: process.env.APP_PORT, url: process.env.APP_URL";
    expect(await check({ "src/config/env.ts": joi("port: Joi.number().required(), url: Joi.string()", read), ".env.example": "OTHER=\nAPP_URL=\n", "other.sh": "$OTHER" })).toEqual(["src/config/env.ts:2:29 missing"]);
    expect(await check({ "src/config/env.ts": joi("port: Joi.number().required(), url: Joi.string().required()", `${read} || "http://localhost"`), ".env.example": "APP_PORT=\n" })).toEqual([]);
    expect(await check({ "src/config/env.ts": joi("db: { port: Joi.number().required() }, url: Joi.string().required()", "db: { port: process.env.DB_PORT }, url: process.env.APP_URL"), ".env.example": "APP_URL=\n" })).toEqual([]);
  });

  it("takes the example of the workspace for a package without one", async () => {
    const workspace = {
      "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }',
      "apps/api/package.json": '{ "name": "api", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
      "apps/api/src/env.ts": zod("PORT: z.string(), HOST: z.string()"),
    };
    expect(await check({ ...workspace, ".env.example": "PORT=3000\nHOST=\n" })).toEqual([]);
    expect(await check({ ...workspace, ".env.example": "PORT=3000\n" })).toEqual(["apps/api/src/env.ts:2:49 missing"]);
    expect(await check({ ...workspace, ".env.example": "PORT=3000\nHOST=\n", "apps/api/.env.example": "PORT=3000\n" })).toEqual(["apps/api/src/env.ts:2:49 missing"]);
  });

  it("leaves what tools read by themselves, and what nested settings are called, alone", async () => {
    const env = zod("PORT: z.string()");
    const typeorm = { "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5", "typeorm": "0.2" } }' };
    expect(await check({ ...typeorm, "src/config/env.ts": env, ".env.example": "PORT=3000\nPGPASSWORD=\nTYPEORM_ENTITIES=\n" })).toEqual([]);
    expect(await check({ "src/config/env.ts": env, ".env.example": "PORT=3000\nTYPEORM_ENTITIES=\n" })).toEqual([".env.example:2:1 unused"]);
    expect(await check({ "src/config/env.ts": zod("PORT: z.string(), google: z.string(), isLocal: z.string()"), ".env.example": "PORT=3000\n" })).toEqual([]);
    expect(await check({ "src/config/env.ts": zod("PORT: z.string(), google_key: z.string()"), ".env.example": "PORT=3000\n" })).toEqual(["src/config/env.ts:2:49 missing"]);
  });

  it("reads the function that Nest checks with, parts of a schema, and examples of packages beside one that cannot be read", async () => {
    const nest = (keys: string): Record<string, string> => ({
      "src/validate.ts": `import { z } from "zod";\nconst schema = z.object({ ${keys} });\nexport const validate = (raw: Record<string, unknown>) => schema.parse(raw);\n`,
      "src/app.module.ts": 'import { ConfigModule } from "@nestjs/config";\nimport { validate } from "./validate.js";\nexport const settings = ConfigModule.forRoot({ validate });\n',
      ".env.example": "PORT=3000\n",
    });
    expect(await check(nest("PORT: z.string(), MAIL_HOST: z.string()"))).toEqual(["src/validate.ts:2:45 missing"]);
    expect(await check(nest("PORT: z.string()"))).toEqual([]);
    const parts = (keys: string): Record<string, string> => ({ "src/env.ts": `import { z } from "zod";\nconst Http = z.object({ ${keys} });\nexport const env = z.object({ ...Http.shape }).parse(process.env);\n`, ".env.example": "PORT=3000\n" });
    expect(await check(parts("PORT: z.string(), MAIL_HOST: z.string()"))).toEqual(["src/env.ts:2:43 missing"]);
    expect(await check(parts("PORT: z.string()"))).toEqual([]);
    const workspace = { "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', "apps/a/package.json": '{ "name": "a", "private": true, "dependencies": { "express": "5" } }', "apps/a/src/env.ts": zod("PORT: z.string()"), "apps/a/.env.example": "PORT=\nOLD_HOST=\n" };
    expect(await check(workspace)).toEqual(["apps/a/.env.example:2:1 unused"]);
  });

  it("asks for no key that must be set under a condition alone, and believes that libraries and tools read their own", async () => {
    const env = (decorator: string): string => `import { plainToInstance } from "class-transformer";\nimport { IsString, ValidateIf, validateSync } from "class-validator";\nclass Env {\n  ${decorator}\n  @IsString()\n  STORE_URL!: string;\n}\nconst env = plainToInstance(Env, process.env);\nif (validateSync(env).length > 0) throw new Error("settings");`;
    expect(await check({ "src/config/env.ts": env("@ValidateIf((all) => all.STORE)"), ".env.example": "STORE=\n", "src/store.sh": "echo $STORE" })).toEqual([]);
    expect(await check({ "src/config/env.ts": env(""), ".env.example": "STORE=\n", "src/store.sh": "echo $STORE" })).toEqual(["src/config/env.ts:6:3 missing"]);
    const files = { "src/config/env.ts": zod("PORT: z.string()"), ".env.example": "PORT=\nCOMPOSE_PROJECT_NAME=\nAWS_SECRET_ACCESS_KEY=\n" };
    expect(await check({ ...files, "package.json": '{ "name": "shop", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5", "@aws-sdk/client-s3": "3" } }' })).toEqual([]);
    expect(await check(files)).toEqual([".env.example:3:1 unused"]);
  });

  it("knows by their names parts of a schema that let a key be missing, and what requests of Bruno read", async () => {
    const shared = 'import { flag } from "@acme/shared";\n';
    expect(await check({ "src/config/env.ts": shared + zod("PORT: z.string(), TRACING: flag.defaultFalse"), ".env.example": "PORT=\n" })).toEqual([]);
    expect(await check({ "src/config/env.ts": shared + zod("PORT: z.string(), TRACING: flag.defaulting"), ".env.example": "PORT=\n" })).toHaveLength(1);
    expect(await check({ "src/config/env.ts": zod("PORT: z.string()"), ".env.example": "PORT=\nWAREHOUSE_ID=\n", "bruno/order.bru": "get {\n  url: {{process.env.WAREHOUSE_ID}}\n}\n" })).toEqual([]);
  });

  it("takes what is tracked for developers for an example where there is none", async () => {
    const found = async (files: Record<string, string>): Promise<string[]> => (await checkRepo(rule, new GitFolder({ ...application, "src/config/env.ts": zod("PORT: z.string(), JWT_SECRET: z.string()"), ...files }).root)).map((line) => line.replace(/-\d+:\d+/, ""));
    expect(await found({ ".env.development": "PORT=3000\nJWT_SECRET=\n" })).toEqual([]);
    expect(await found({ ".env.development": "PORT=3000\n" })).toEqual(["src/config/env.ts:2:49 missing"]);
    expect(await found({ ".env.production": "PORT=3000\nJWT_SECRET=\n" })).toEqual(["src/config/env.ts:2:31 none"]);
  });

  it("tells what two examples of a folder have in common once", async () => {
    const files = { ...application, "src/config/env.ts": zod("PORT: z.string()"), ".env.example": "PORT=\nLEGACY_TOKEN=\nOLD_HOST=\n", ".env.production.example": "PORT=\nLEGACY_TOKEN=\nOLD_HOST=\n" };
    const found = await repoFindings(rule, new GitFolder(files).root, { options: { report: "schema" } });
    expect(found.map(({ file, messageId, data }) => [file, messageId, data?.["count"]])).toEqual([[".env.example", "leftovers", "2 keys"]]);
    expect(await checkRepo(rule, new GitFolder(files).root, { options: { report: "each" } })).toHaveLength(4);
  });

  it("asks for no example of where the process listens alone", async () => {
    const found = async (keys: string): Promise<number> => (await repoFindings(rule, new GitFolder({ ...application, "src/config/env.ts": zod(keys) }).root, { options: { report: "schema" } })).length;
    expect(await found("PORT: z.string(), HOST: z.string()")).toBe(0);
    expect(await found("PORT: z.string(), MAIL_URL: z.string()")).toBe(1);
  });

  it("takes an example that lists most keys of the schema for its own, wherever it lies", async () => {
    const files = { "server/package.json": '{ "name": "api", "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', "server/src/config.ts": zod("PORT: z.string(), MAIL_URL: z.string(), STORE_URL: z.string()"), "package.json": '{ "name": "shop", "private": true, "workspaces": ["server"] }' };
    const found = async (example: string): Promise<string[]> => (await repoFindings(rule, new GitFolder({ ...files, "env/.env.example": example }).root, { options: { report: "schema" } })).map(({ messageId }) => messageId);
    expect(await found("PORT=\nMAIL_URL=\nSTORE_URL=\n")).toEqual([]);
    expect(await found("PORT=\nMAIL_URL=\n")).toEqual(["missing"]);
    expect(await found("WORKERS=\n")).toContain("none");
  });
});
