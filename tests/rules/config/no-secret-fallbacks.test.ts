import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import { random } from "../../support/secrets.js";

const rule = "no-secret-fallbacks";
const check = (text: string, file = "src/config/settings.ts"): Promise<string[]> => checkProject({ [file]: text }, { rule });
const all = (text: string, file = "src/config/settings.ts"): Promise<string[]> => checkProject({ [file]: text }, { rule, options: { clients: true } });
const places = (found: readonly string[]): string[] => found.map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

describe("no-secret-fallbacks", () => {
  it("leaves an empty text alone whose length is asked for", async () => {
    const authority = (test: string): string => `export function authority(env = process.env) {\n  const secret = env.RECEIPT_HMAC_SECRET?.trim() ?? "";\n  ${test}\n  return secret;\n}`;
    expect(await check(authority('if (secret.length < 32) throw new Error("RECEIPT_HMAC_SECRET");'), "src/receipts.ts")).toEqual([]);
    expect(await check(authority("console.log(secret.length + 1);"), "src/receipts.ts")).toHaveLength(1);
  });

  it("knows by the settings around it whose client is given a word", async () => {
    const client = (word: string, path: string, name = "Stripe"): string => `import ${name} from "${name.toLowerCase()}";\nimport config from "./config.js";\nexport const client = new ${name}(config.${path} || "${word}");`;
    expect(await check(client("dummy_key_for_development", "stripe.secretKey"), "src/pay.ts")).toEqual([]);
    expect(await check(client(random(32), "stripe.secretKey"), "src/pay.ts")).toHaveLength(1);
    expect(await check(client("dummy_key_for_development", "shop.secretKey"), "src/pay.ts")).toHaveLength(1);
  });

  it("leaves what a mail server refuses alone, whoever its account belongs to", async () => {
    expect(await check('export const pass = process.env.OWNER_EMAIL_PASSWORD || "password";')).toEqual([]);
    expect(await check('export const pass = process.env.OWNER_EMAIL_PASSWORD || "Quarry77lamp";')).toHaveLength(1);
    expect(await check('export const pass = process.env.OWNER_PASSWORD || "password";')).toHaveLength(1);
  });

  it.each([
    ["a module", 'export const secret = process.env.JWT_SECRET || "dev-word";\nif (process.env.NODE_ENV === "production" && !process.env.JWT_SECRET) throw new Error("JWT_SECRET is missing");'],
    ["a function", 'export function secret() {\n  if (process.env.NODE_ENV === "production" && !process.env.COOKIE_SECRET) {\n    throw new Error("COOKIE_SECRET is missing");\n  }\n  return process.env.COOKIE_SECRET ?? "dev-word";\n}'],
    ["settings that are looked at later", 'export const settings = { sessionSecret: process.env.SESSION_SECRET || "dev-word" };\nif (isProduction && settings.sessionSecret === "dev-word") process.exit(1);'],
    ["a schema", 'import { z } from "zod";\nexport const schema = z.object({ SESSION_SECRET: z.string().default("dev-word") }).superRefine((env, context) => {\n  if (env.NODE_ENV === "production" && env.SESSION_SECRET === "dev-word") context.addIssue({ code: "custom" });\n});'],
    ["envalid", 'import { cleanEnv, str } from "envalid";\nexport const s = cleanEnv(process.env, { JWT_SECRET: str({ devDefault: "dev-word" }) });'],
  ])("leaves a stand-in that %s refuses in production to strict", async (_name, text) => {
    expect(await check(text)).toEqual([]);
    expect(await all(text)).toHaveLength(1);
  });

  it.each([
    ["only warns", 'export const secret = process.env.JWT_SECRET || "dev-word";\nif (process.env.NODE_ENV === "production" && !process.env.JWT_SECRET) console.warn("JWT_SECRET is missing");'],
    ["asks for another key", 'export const secret = process.env.JWT_SECRET || "dev-word";\nif (process.env.NODE_ENV === "production" && !process.env.DATABASE_URL) throw new Error("DATABASE_URL is missing");'],
    ["asks for tests", 'export const secret = process.env.JWT_SECRET || "dev-word";\nif (process.env.NODE_ENV === "test" && process.env.JWT_SECRET) throw new Error("no JWT_SECRET in tests");'],
  ])("reports a stand-in where the file %s", async (_name, text) => {
    expect(await check(text)).toHaveLength(1);
  });

  it.each([
    ["??", 'export const a = process.env.JWT_SECRET ?? "dev";', ["1:44 fallback"]],
    ["||", 'export const a = process.env.JWT_SECRET || "dev";', ["1:44 fallback"]],
    ["an empty text for a key that encrypts", 'export const a = process.env.ENCRYPTION_KEY ?? "";', ["1:48 empty"]],
    ["the last of several", 'export const a = process.env.JWT_SECRET ?? process.env.SECRET ?? "dev";', ["1:66 fallback"]],
    ["a quoted key", 'export const a = process.env["SESSION_SECRET"] ?? "dev";', ["1:51 fallback"]],
    ["a cast", 'export const a = (process.env.API_KEY as string) || "dev";', ["1:53 fallback"]],
    ["a template without values", "export const a = process.env.JWT_SECRET ?? `dev`;", ["1:44 fallback"]],
    ["a template of texts", 'const NAME = "shop";\nexport const a = process.env.JWT_SECRET ?? `${NAME}-dev`;', ["2:44 fallback"]],
    ["a ternary", 'export const a = process.env.JWT_SECRET ? process.env.JWT_SECRET : "dev";', ["1:68 fallback"]],
    ["a ternary on undefined", 'export const a = process.env.JWT_SECRET === undefined ? "dev" : process.env.JWT_SECRET;', ["1:57 fallback"]],
    ["a service of any name that is asked for a variable", 'export const a = (c: any) => c.get("JWT_SECRET") ?? "dev";\nexport const b = (c: any) => c.get("jwtSecret") ?? "dev";', ["1:53 fallback"]],
    ["a reader of objects", 'import get from "lodash/get.js";\nexport const a = get(process.env, "JWT_SECRET", "dev");\nexport const b = get(process.env, "LOG_LEVEL", "info");', ["2:49 fallback"]],
    ["a destructuring default", 'export const { JWT_SECRET = "dev" } = process.env;', ["1:29 fallback"]],
    ["a destructuring default of a parameter", 'export const a = ({ jwtSecret = "dev" } = process.env as any) => jwtSecret;', ["1:33 fallback"]],
    ["the defaults of nconf", 'import nconf from "nconf";\nnconf.argv().env().defaults({ PORT: 3000, SESSION_SECRET: "dev" });', ["2:59 fallback"]],
    ["a renamed destructuring default", 'const { JWT_SECRET: key = "dev" } = process.env;\nexport { key };', ["1:27 fallback"]],
    ["an import of the environment", 'import { env } from "node:process";\nexport const a = env.DB_PASSWORD ?? "postgres";', ["2:37 fallback"]],
    ["properties under a spread environment", 'export const a = { SESSION_SECRET: "dev", PORT: "3000", ...process.env };', ["1:36 fallback"]],
    ["a constant under a spread environment", 'const standard = { SESSION_SECRET: "dev", PORT: "3000" };\nexport const a = { ...standard, ...process.env };', ["1:36 fallback"]],
    ["Bun", 'export const a = Bun.env.JWT_SECRET ?? "dev";', ["1:40 fallback"]],
    ["Deno", 'export const a = Deno.env.get("JWT_SECRET") ?? "dev";', ["1:48 fallback"]],
    ["a constant that holds the key", 'const key = process.env.JWT_SECRET;\nexport const a = key ?? "dev";', ["2:25 fallback"]],
    ["a constant as fallback", 'const standard = "dev";\nexport const a = process.env.JWT_SECRET ?? standard;', ["2:44 fallback"]],
    ["a fallback outside production", 'export const a = process.env.JWT_SECRET ?? (process.env.NODE_ENV === "production" ? undefined : "dev");', ["1:97 fallback"]],
    ["an assignment", 'process.env.JWT_SECRET ||= "dev";', ["1:28 fallback"]],
    ["an assignment where it is missing", 'if (!process.env.JWT_SECRET) process.env.JWT_SECRET = "dev";', ["1:55 fallback"]],
    ["a template part", "export const a = `Bearer ${process.env.API_TOKEN ?? \"dev\"}`;", ["1:53 fallback"]],
    ["an argument", 'import jwt from "jsonwebtoken";\nexport const a = (b: string) => jwt.verify(b, process.env.JWT_SECRET || "dev");', ["2:73 fallback"]],
    ["a token for any key", `export const a = process.env.STRIPE ?? "${["sk", "live", random(24)].join("_")}";`, ["1:40 fallback"]],
    ["zod", 'import { z } from "zod";\nexport const s = z.object({ JWT_SECRET: z.string().default("dev") }).parse(process.env);', ["2:60 fallback"]],
    ["zod's catch", 'import { z } from "zod";\nexport const s = z.object({ JWT_SECRET: z.string().min(1).catch("dev") }).parse(process.env);', ["2:65 fallback"]],
    ["valibot", 'import * as v from "valibot";\nexport const s = v.parse(v.object({ JWT_SECRET: v.optional(v.string(), "dev") }), process.env);', ["2:72 fallback"]],
    ["envalid", 'import { cleanEnv, str } from "envalid";\nexport const s = cleanEnv(process.env, { JWT_SECRET: str({ default: "dev" }) });', ["2:69 fallback"]],
    ["env-var", 'import env from "env-var";\nexport const a = env.get("JWT_SECRET").default("dev").asString();', ["2:48 fallback"]],
    ["convict", 'import convict from "convict";\nexport const s = convict({ jwtSecret: { format: String, default: "dev", env: "JWT_SECRET" } });', ["2:66 fallback"]],
    ["joi", 'import Joi from "joi";\nexport const schema = Joi.object({ JWT_SECRET: Joi.string().default("dev") });', ["2:69 fallback"]],
    ["TypeBox", 'import { Type } from "@sinclair/typebox";\nexport const schema = Type.Object({ JWT_SECRET: Type.String({ default: "dev" }) });', ["2:72 fallback"]],
    ["a JSON schema", 'export const schema = { type: "object", properties: { JWT_SECRET: { type: "string", default: "dev" } } };', ["1:94 fallback"]],
    ["t3", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nexport const env = createEnv({ server: { AUTH_SECRET: z.string().default("dev") }, runtimeEnv: process.env });', ["3:74 fallback"]],
    ["a class of settings", 'import { IsString } from "class-validator";\nexport class EnvironmentVariables {\n  @IsString()\n  JWT_SECRET: string = "dev";\n}', ["4:24 fallback"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(places(await check(text))).toEqual(expected);
  });

  it("reports a default of Nest's ConfigService", async () => {
    const text = 'import { ConfigService } from "@nestjs/config";\nexport class Auth {\n  constructor(private readonly config: ConfigService) {}\n  key() {\n    return this.config.get("JWT_SECRET", "dev");\n  }\n}';
    expect(places(await check(text, "src/auth/auth.service.ts"))).toEqual(["5:42 fallback"]);
  });

  it("reports a default of Nest's registerAs", async () => {
    const text = 'import { registerAs } from "@nestjs/config";\nexport default registerAs("auth", () => ({ secret: process.env.AUTH_JWT_SECRET || "dev" }));';
    expect(places(await check(text))).toEqual(["2:83 fallback"]);
  });

  it.each(["src/services/auth.service.ts", "src/main.ts", "drizzle.config.ts", "scripts/seed.ts"])("reports one in %s", async (file) => {
    expect(places(await check('export const a = process.env.DB_PASSWORD ?? "postgres";', file))).toEqual(["1:45 fallback"]);
  });

  it.each([
    ["another key", 'export const a = process.env.PORT ?? "3000";'],
    ["the kind of environment", 'export const a = process.env.NODE_ENV ?? "development";'],
    ["the name of a secret", 'export const a = process.env.SECRET_NAME ?? "app/jwt";'],
    ["how long a token lives", 'export const a = process.env.JWT_EXPIRES_IN ?? "15m";'],
    ["the address of tokens", 'export const a = process.env.TOKEN_URL ?? "https://login.acme.io/token";'],
    ["the algorithm", 'export const a = process.env.JWT_ALGORITHM ?? "HS256";'],
    ["no password", 'export const a = process.env.DB_PASSWORD ?? "";'],
    ["no credential", 'export const a = process.env.AWS_SECRET_ACCESS_KEY ?? "";'],
    ["undefined", "export const a = process.env.JWT_SECRET ?? undefined;"],
    ["another key of the environment", "export const a = process.env.JWT_SECRET ?? process.env.SECRET;"],
    ["what a bundler puts into pages", 'export const key = process.env.REACT_APP_LICENSE_KEY || "non-commercial-and-evaluation";'],
    ["another key that is looked at", 'import { required } from "./env.js";\nexport const a = required(process.env, "JWT_SECRET", "AUTH_JWT_SECRET");'],
    ["one that throws", 'function fail(): never { throw new Error("JWT_SECRET is missing"); }\nexport const a = process.env.JWT_SECRET ?? fail();'],
    ["a made one", 'import { randomBytes } from "node:crypto";\nexport const a = process.env.JWT_SECRET ?? randomBytes(32).toString("hex");'],
    ["a required one", 'import { z } from "zod";\nexport const s = z.object({ JWT_SECRET: z.string().min(32) }).parse(process.env);'],
    ["a default of another key", 'import { z } from "zod";\nexport const s = z.object({ PORT: z.coerce.number().default(3000), JWT_SECRET: z.string() }).parse(process.env);'],
    ["an optional one", 'import { z } from "zod";\nexport const s = z.object({ API_KEY: z.string().optional() }).parse(process.env);'],
    ["a message", 'import { z } from "zod";\nexport const s = z.object({ JWT_SECRET: z.string({ error: "JWT_SECRET is missing" }) }).parse(process.env);'],
    ["a comparison", 'export const a = process.env.JWT_SECRET === "dev";'],
    ["what only a build is given", 'export const secret = isBuildTime ? "made-for-the-build" : process.env.AUTH_SECRET;\nexport const key = process.env.NEXT_PHASE === "phase-production-build" ? "made-for-the-build" : process.env.SIGNING_KEY;'],
    ["a default for tests alone", 'export const a = process.env.NODE_ENV === "test" ? "dev" : process.env.JWT_SECRET;'],
    ["Nest's ConfigService without a default", 'declare const config: { get(key: string): string };\nexport const a = config.get("JWT_SECRET");'],
    ["Nest's ConfigService with options", 'declare const config: { get(key: string, options: object): string };\nexport const a = config.get("JWT_SECRET", { infer: true });'],
    ["a limit of tokens", 'export const a = process.env.MAX_TOKENS ?? "4096";'],
    ["a public key", 'export const a = process.env.STRIPE_PUBLISHABLE_KEY ?? "pk";'],
    ["names that stand for each other", "var secrets = secrets.jwt, a = b, b = a;\nexport const jwtSecret = secrets.jwt.value || 'dev', other = a.JWT_SECRET || 'dev';"],
  ])("is silent about %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each(["src/auth.test.ts", "tests/setup.ts", "src/config/settings.test.ts", "src/config/test.ts", "vitest.config.ts"])("is silent in %s", async (file) => {
    expect(await check('process.env.JWT_SECRET ??= "dev";\nexport const a = process.env.JWT_SECRET ?? "dev";', file)).toEqual([]);
  });

  it("is silent about what only names a cache, and about what a tool or a test is given", async () => {
    expect(await check('export const key = `${hashString(process.env.STRIPE_SECRET_KEY ?? "unconfigured")}-1`;', "src/cache.ts")).toEqual([]);
    expect(await check('if (!process.env.JWT_SECRET) process.env.JWT_SECRET = "securekey";', "knexfile.js")).toEqual([]);
    expect(await check('process.env.AUTH_SECRET ??= "integration-test-secret-0123456789";', "integration/setup.ts")).toEqual([]);
  });

  it("is silent about what is kept for a customer, in place of settings", async () => {
    expect(await check('export const show = (row: { config: string }) => { const config = JSON.parse(row.config); return config.webhookSecret ?? ""; };', "src/show.ts")).toEqual([]);
    expect(places(await check('import { load } from "./load.js";\nexport const show = () => { const config = load(process.env.FILE); return config.webhookSecret ?? ""; };', "src/show.ts"))).toEqual(["2:99 empty"]);
  });

  it("reports in strict alone a text that asks to be replaced, for what only another service checks", async () => {
    const schema = 'import { z } from "zod";\nexport const env = z.object({\n  GITHUB_CLIENT_SECRET: z.string().default("set-me"),\n  OPENAI_API_KEY: z.string().default("change-me"),\n  API_KEY: z.string().default("change-me"),\n  STRIPE_WEBHOOK_SECRET: z.string().default("change-me"),\n  GOOGLE_CLIENT_SECRET: z.string().default("marmalade"),\n  SLACK_CLIENT_SECRET: z.string().default("' + random(32) + '"),\n}).parse(process.env);';
    expect(places(await check(schema))).toEqual(["5:31 fallback", "6:45 fallback", "8:43 fallback"]);
    expect(await checkProject({ "src/config/settings.ts": schema }, { rule, preset: "strict" })).toHaveLength(6);
  });

  it("leaves what says no more than the key itself, or asks to be replaced, to strict where a part is named", async () => {
    for (const text of ["video-api-key", "change-me"]) expect(await check(`export const key = process.env.VIDEO_API_KEY ?? "${text}";`)).toEqual([]);
  });

  it("reports what somebody chose for the key of a service that nobody has listed, which may be the team's own", async () => {
    const key = (name: string, text: string): Promise<readonly unknown[]> => check(`export const key = process.env.${name} ?? "${text}";`);
    expect(await key("KILN_API_KEY", "kiln-local")).toHaveLength(1);
    expect(await key("KILN_SECRET_KEY", "harvest-meadow")).toHaveLength(1);
    for (const text of ["kiln-api-key", "set-me", "abc", "test-kiln-key", "your-key"]) expect(await key("KILN_API_KEY", text)).toEqual([]);
    expect(await key("TWILIO_AUTH_TOKEN", "twilio-local")).toEqual([]);
  });

  it("leaves the path of a file that keeps a secret alone", async () => {
    for (const path of ["./.secret", "../keys/hmac", "~/.shop/secret", "/run/secrets/hmac"]) expect(await check(`export const { SECRET = "${path}" } = process.env;`)).toEqual([]);
    expect(await check('export const { SECRET = ".secret-of-ours" } = process.env;')).toHaveLength(1);
  });

  it("reports in strict alone what the called service refuses", async () => {
    const refused = 'import OpenAI from "openai";\nexport const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY || "sk-none" });';
    expect(await check(refused)).toEqual([]);
    expect(places(await checkProject({ "src/client.ts": refused }, { rule, preset: "strict" }))).toEqual(["2:74 fallback"]);
  });

  it.each([
    ["a credential by its form", `import OpenAI from "openai";\nexport const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY || "${random(32)}" });`, ["2:74 fallback"]],
    ["a password that opens", 'import { Redis } from "ioredis";\nexport const client = new Redis({ password: process.env.REDIS_PASSWORD || "redis" });', ["2:75 fallback"]],
    ["a key that is named after a part and not after a service", 'export const key = process.env.VIDEO_API_KEY ?? "video-demo-key-77";', ["1:49 fallback"]],
    ["a key of a store", 'export const key = process.env.STORAGE_ACCESS_KEY ? process.env.STORAGE_ACCESS_KEY : "minio-courses";', ["1:86 fallback"]],
    ["a key of its own", 'import { Server } from "./server.js";\nexport const server = new Server({ apiKey: process.env.SERVER_API_KEY || "dev" });', ["2:74 fallback"]],
  ])("reports %s that a client is given", async (_name, text, expected) => {
    expect(places(await check(text))).toEqual(expected);
  });

  it("reports empty texts that libraries refuse to sign with only where it is asked to", async () => {
    const text = 'export const a = { secret: process.env.JWT_SECRET ?? "", password: process.env.SECRET_PASSWORD ?? "", hooks: process.env.SHOP_WEBHOOK_SECRET ?? "" };';
    expect(await check(text)).toEqual([]);
    expect(places(await all(text))).toEqual(["1:54 empty", "1:99 empty", "1:145 empty"]);
  });

  it("reports an empty text that a signature is checked with, unless the code asks whether there is one", async () => {
    const check = (rest: string): Promise<string[]> => checkProject({ "src/hooks.ts": `export function hook(verify: (key: string) => boolean) {\n  const key = process.env.SHOP_WEBHOOK_SECRET || "";\n  ${rest}\n}` }, { rule });
    expect(places(await check("return verify(key);"))).toEqual(["2:50 empty"]);
    expect(await check("if (!key) return false;\n  return verify(key);")).toEqual([]);
    expect(await check("return key ? verify(key) : null;")).toEqual([]);
    expect(places(await check("return key?.length > 3 && verify(key);"))).toEqual(["2:50 empty"]);
  });

  it("reports keys with a word behind them that tells which one it is, and unknown owners by what stands in", async () => {
    expect(places(await check('export const a = process.env.DB_PASSWORD_API ?? "harvest";\nexport const b = process.env.SHOP_VERIFY_TOKEN ?? "acme_webhook_secret_2025";'))).toEqual(["1:49 fallback", "2:51 fallback"]);
    expect(await check('export const a = process.env.GAS_TOKEN ?? "ETH";\nexport const b = process.env.LOGIN_PASSWORD_API ?? "/v1/login";')).toEqual([]);
  });

  it("leaves a text that repeats the name of another service's key alone, and a word for a store of the own machine", async () => {
    const text = 'export const google = { secret: process.env.GOOGLE_CLIENT_SECRET ?? "dev-google-client-secret" };\nexport const store = { host: process.env.DB_HOST || "localhost", password: process.env.DB_PASSWORD || "12345" };';
    expect(await check(text)).toEqual([]);
    expect(places(await all(text))).toEqual(["1:69 fallback", "2:103 fallback"]);
    expect(places(await check('export const store = { host: process.env.DB_HOST || "localhost", password: process.env.DB_PASSWORD || "Gr4in-h4rvest!" };\nexport const meta = process.env.META_APP_SECRET ?? "acme_app_secret_2025";'))).toEqual(["1:103 fallback", "2:52 fallback"]);
  });

  it("is silent about another key to look under, and about what scripts and infrastructure are given until somebody sets it", async () => {
    expect(await check('export const a = async (settings: any) => settings.get("smtpPass", "SMTP_PASS");')).toEqual([]);
    const text = 'export const a = process.env.STORE_PASSWORD ?? "placeholder-change-me";';
    expect(places(await check(text, "src/store.ts"))).toEqual(["1:48 fallback"]);
    expect(await check(text, "infra/lib/secrets.ts")).toEqual([]);
    expect(await check('export const a = process.env.ADMIN_TOKEN ?? "your-admin-token";', "scripts/measure.ts")).toEqual([]);
    expect(places(await check('export const a = process.env.ADMIN_TOKEN ?? "harvest";', "scripts/measure.ts"))).toEqual(["1:45 fallback"]);
  });

  it("takes the name of a type for no stand-in", async () => {
    expect(await check('export const store = { password: env("STORE_PASSWORD", "string") };')).toEqual([]);
    expect(places(await check('export const store = { password: env("STORE_PASSWORD", "string", "harvest-moon") };'))).toEqual(["1:66 fallback"]);
  });

  it("tells a text that asks to be replaced from the name of another key", async () => {
    expect(places(await check('export const session = { secret: process.env.SESSION_SECRET || "CHANGE_ME" };'))).toEqual(["1:64 fallback"]);
    expect(await check('export const session = { secret: read(process.env, "SESSION_SECRET", "COOKIE_SECRET") };')).toEqual([]);
  });

  it("is silent about an empty text of which a pattern is only asked what it looks like", async () => {
    expect(places(await all('export const ready = (): boolean => /^[0-9a-f]{64}$/.test(process.env.ENCRYPTION_KEY ?? "");\nexport const key = (): string => pad(process.env.ENCRYPTION_KEY ?? "");'))).toEqual(["2:68 empty"]);
  });

  it("takes an empty text for a stand-in only where the setting or the environment is asked for", async () => {
    expect(places(await all('export const a = (plain: boolean) => (plain ? "" : process.env.JWT_SECRET);\nexport const b = process.env.JWT_SECRET ? process.env.JWT_SECRET : "";\nexport const c = (plain: boolean) => (plain ? "dev" : process.env.JWT_SECRET);'))).toEqual(["2:68 empty", "3:47 fallback"]);
  });

  it("is silent about a text of the user interface", async () => {
    expect(await check('export const schema = z.object({ currentPassword: z.string().min(1, t("passwordRequired", { defaultValue: "Password is required" })) });', "src/settings/security/form.ts")).toEqual([]);
  });

  it("is silent about an empty default that a check of the project's own stands beside, and about fields of documents", async () => {
    const convict = (format: string): string => `import convict from "convict";\nexport const config = convict({ jwtSecret: { env: "JWT_SECRET", default: "", format: ${format} } });`;
    expect(await check(convict('"required-string"'), "src/config.ts")).toEqual([]);
    expect(places(await all(convict("String"), "src/config.ts"))).toEqual(["2:74 empty"]);
    expect(await check('import mongoose from "mongoose";\nexport const schema = new mongoose.Schema({ webhookSecret: { type: String, default: "" } });', "src/models/settings.ts")).toEqual([]);
  });

  it("is silent about what stands in for a setting on the machines of developers alone, and about demonstrations that a service refuses", async () => {
    const get = 'import { get, requiredInProduction } from "./get.js";\n';
    expect(await check(`${get}export const a = get("SESSION_SECRET", "insecure-session", requiredInProduction);`, "src/config.ts")).toEqual([]);
    expect(places(await check(`${get}export const a = get("SESSION_SECRET", "insecure-session");`, "src/config.ts"))).toEqual(["2:40 fallback"]);
    expect(places(await check('import { z } from "zod";\nexport const env = z.object({ TELEGRAM_BOT_TOKEN: z.string().default("demo"), WEBHOOK_SECRET: z.string().default("demo") });'))).toEqual(["2:114 fallback"]);
  });

  it("is silent about the body of a request", async () => {
    expect(await check('export const a = (body: { password?: string }) => body.password ?? "x";', "src/services/a.service.ts")).toEqual([]);
  });

  it("leaves the password of a store on the developer's machine alone, beside a host that is there too", async () => {
    const recommended = (text: string): Promise<string[]> => checkProject({ "src/config/settings.ts": text }, { rule, preset: "recommended" });
    const store = (host: string, password: string): string => `export const store = { host: process.env.PG_HOST || "${host}", password: process.env.PG_PASSWORD || "${password}" };`;
    expect(await recommended(store("localhost", "postgres"))).toEqual([]);
    expect(await recommended('import Joi from "joi";\nexport const env = Joi.object({ PG_HOST: Joi.string().default("db"), PG_PASSWORD: Joi.string().default("postgres") });')).toEqual([]);
    expect(await recommended(store("pg.acme.io", "postgres"))).toHaveLength(1);
    expect(await recommended(store("localhost", "harvest-moon"))).toHaveLength(1);
    expect(await recommended('export const store = { cacheHost: "localhost", password: process.env.PG_PASSWORD || "postgres" };')).toHaveLength(1);
  });

  it.each([
    ["a word for the secret of an OAuth client", 'export const a = process.env.OAUTH_CLIENT_SECRET || "banana";'],
    ["a number for it", 'export const a = process.env.CLIENT_SECRET || "12345";'],
    ["letters for the key of a named service", 'export const a = process.env.TINYMCE_API_KEY || "abc";'],
    ["the beginning of a key", 'export const a = process.env.SENDGRID_API_KEY || "SG.....";'],
    ["the name of a mail password again", 'export const a = process.env.MAILER_PASSWORD || "mailer-password";'],
    ["a word that opens a store whose host falls back to this machine elsewhere in the file", 'const databasePassword = process.env.DATABASE_PASSWORD ?? "password";\nconst databaseHost = process.env.DATABASE_HOST ?? "localhost";\nexport { databaseHost, databasePassword };'],
    ["the key of a bucket on this machine", 'export const a = { storageEndpoint: process.env.STORAGE_ENDPOINT ?? "http://localhost:9010", storageKey: process.env.STORAGE_SECRET_ACCESS_KEY ?? "password" };'],
  ])("leaves %s to strict: who else gives it out refuses it", async (_name, text) => {
    expect(await check(text)).toEqual([]);
    expect(await all(text)).toHaveLength(1);
  });

  it.each([
    ["what a service may have given out", `export const a = process.env.OAUTH_CLIENT_SECRET || "${random(32)}";`],
    ["a word that signs", 'export const a = { key: process.env.SESSION_SECRET_KEY || "12345", host: process.env.HOST || "localhost" };'],
    ["the key of the application's own interface", 'export const a = process.env.API_KEY || "banana";'],
    ["a word for a mail password that is not its name", 'export const a = process.env.SMTP_PASSWORD || "harvest-moon";'],
    ["a word that opens a store elsewhere", 'export const a = { host: process.env.DB_HOST ?? "db.acme.io", password: process.env.DB_PASSWORD ?? "postgres" };'],
  ])("reports %s in recommended too", async (_name, text) => {
    expect(await check(text)).toHaveLength(1);
  });

  it("leaves whether cookies come along alone, a store of this machine by another of its names, and what builds an application for tests", async () => {
    expect(await check('import { z } from "zod";\nexport const env = z.object({ CORS_CREDENTIALS: z.string().default("true") }).parse(process.env);')).toEqual([]);
    expect(await check('export const { DB_HOST_NAME = "localhost", POSTGRES_PASSWORD = "password" } = process.env;')).toEqual([]);
    expect(await check('export const a = process.env.JWT_SECRET ?? "dev";', "src/common/build-test-application.ts")).toEqual([]);
    expect(await check('export const { DB_HOST_NAME = "pg.acme.io", POSTGRES_PASSWORD = "password" } = process.env;')).toHaveLength(1);
    expect(await check('export const { CACHE_HOST = "localhost", POSTGRES_PASSWORD = "password" } = process.env;')).toHaveLength(1);
    expect(await check('export const a = process.env.JWT_SECRET ?? "dev";', "src/common/build-application.ts")).toHaveLength(1);
    expect(await check('export const store = { uri: process.env.MONGODB_URI || `mongodb://localhost:27017/shop`, password: process.env.MONGODB_PASSWORD || "admin123" };')).toEqual([]);
    expect(await check('export const store = { uri: process.env.MONGODB_URI || `mongodb://shop.acme.io:27017/shop`, password: process.env.MONGODB_PASSWORD || "admin123" };')).toHaveLength(1);
  });

  it("takes a key that is written as one word for no service's, and leaves accounts of trials and of seeds alone", async () => {
    expect(await check('export const a = process.env.SECRETKEY || "MYSECRETKEY";')).toHaveLength(1);
    expect(await check('export const a = process.env.APIKEY || "harvest";')).toHaveLength(1);
    expect(await check('export const a = process.env.INTEGRATION_PASSWORD ?? "Harvest-123!!";', "scripts/try-orders.ts")).toEqual([]);
    expect(await check('export const a = process.env.MONGO_PASSWORD || "shop-admin";', "db/mongo-seed-ci.js")).toEqual([]);
    expect(await check('export const a = process.env.INTEGRATION_PASSWORD ?? "Harvest-123!!";')).toHaveLength(1);
    expect(await check('export const a = process.env.PARTNER_PASSWORD ?? "Harvest-123!!";', "scripts/try-orders.ts")).toHaveLength(1);
    expect(await check('export const a = { host: () => config.get("DB_HOST", "localhost"), password: () => config.get("DB_PASSWORD", "root") };')).toEqual([]);
    expect(await check('export const a = { host: () => config.get("DB_HOST", "pg.acme.io"), password: () => config.get("DB_PASSWORD", "root") };')).toHaveLength(1);
  });

  it("leaves what production must set alone, as a getter is told or a branch asks", async () => {
    expect(await check('export const a = get("SESSION_SECRET", "shop-insecure", { requireInProduction: true });')).toEqual([]);
    expect(await check('export const a = isProduction ? required("POSTGRES_PASSWORD") : (env("POSTGRES_PASSWORD") ?? "postgres");')).toEqual([]);
    expect(await check('export const a = { user: get("DB_USER", "corner-shop"), password: get("DB_PASS", "corner-shop"), server: get("DB_SERVER", "localhost") };')).toEqual([]);
    expect(await check('export const a = get("SESSION_SECRET", "shop-insecure", { requireInProduction: false });')).toHaveLength(1);
    expect(await check('export const a = isProduction ? required("POSTGRES_USER") : (env("POSTGRES_PASSWORD") ?? "postgres");')).toHaveLength(1);
    expect(await check('export const a = { user: get("DB_USER", "corner-shop"), password: get("DB_PASS", "corner-shop"), server: get("DB_SERVER", "pg.acme.io") };')).toHaveLength(1);
  });

  it("leaves accounts of seeds alone, by the name of their setting", async () => {
    expect(await check('export const a = process.env.SEED_ADMIN_PASSWORD || "Harvest@1234";', "backend/seeder.js")).toEqual([]);
    expect(await check('export const a = process.env.ADMIN_PASSWORD || "Harvest@1234";', "backend/seeder.js")).toHaveLength(1);
  });

  it("tells the same stand-in of one setting once, and others by themselves", async () => {
    const files = {
      "src/a.ts": 'export const a = process.env.JWT_SECRET || "marmalade";\nexport const b = process.env.JWT_SECRET || "marmalade";\nexport const c = process.env.JWT_SECRET || "clementine";',
      "src/b.ts": 'export const a = process.env.JWT_SECRET || "marmalade";\nexport const b = process.env.COOKIE_SECRET || "marmalade";',
    };
    const places = async (preset: "recommended" | "strict"): Promise<string[]> => (await findingsOf(files, { rule: "no-secret-fallbacks", preset, cliOnly: true })).map(({ file, range }) => `${file}:${range.start.line}`);
    expect(await places("recommended")).toEqual(["src/a.ts:1", "src/a.ts:3", "src/b.ts:2"]);
    expect(await places("strict")).toHaveLength(5);
    const inBoth = { "src/config/settings.ts": 'import { z } from "zod";\nexport const schema = z.object({ jwtSecret: z.string().default("marmalade") });', "src/a.ts": 'export const a = process.env.JWT_SECRET || "marmalade";' };
    expect(await checkProject(inBoth, { rule: "no-secret-fallbacks", preset: "recommended", cliOnly: true })).toHaveLength(1);
    const made = { "src/a.ts": `export const a = process.env.JWT_SECRET || "${random(32)}";\nexport const b = process.env.COOKIE_SECRET || "${random(32)}";` };
    expect(await checkProject(made, { rule: "no-secret-fallbacks", preset: "recommended" })).toHaveLength(1);
  });

  it("takes what a schema changes a missing value to for a stand-in, and what tests and data for developers fall back to for none", async () => {
    const schema = (part: string): string => `import { z } from "zod";\nexport const env = z.object({ HOOK_SECRET: z.string().optional()${part} }).parse(process.env);`;
    expect(places(await check(schema('.transform((value) => value ?? "marmalade")')))).toEqual(["2:96 fallback"]);
    expect(await check(schema('.transform((value) => other ?? "marmalade")'))).toEqual([]);
    expect(await check(schema(".transform((value) => value ?? undefined)"))).toEqual([]);
    const trial = 'export const a = process.env.E2E_USER_PASSWORD || "Harvest@1234";';
    expect(await check(trial)).toEqual([]);
    expect(await all(trial)).toHaveLength(1);
    const account = 'export const a = process.env.ADMIN_PASSWORD || "Harvest@1234";';
    expect(await check(account, "backend/seedDemoData.js")).toEqual([]);
    expect(await check(account, "backend/seedAdmin.js")).toHaveLength(1);
  });

  it("leaves a password of words alone where the host beside it falls back to this machine", async () => {
    const link = (password: string): string => `export const node = { hostname: process.env.MUSIC_HOST || "localhost", password: process.env.MUSIC_PASSWORD || "${password}" };`;
    const recommended = (text: string): Promise<string[]> => checkProject({ "src/music/player.ts": text }, { rule, preset: "recommended" });
    expect(await recommended(link("letnobodypass"))).toEqual([]);
    expect(await recommended(link("let-nobody-pass-77"))).toHaveLength(1);
    expect(await recommended(link("letnobodypass").replace("localhost", "music.acme.io"))).toHaveLength(1);
  });

  it("finds the host beside a password where functions of settings name both", async () => {
    const keys = (host: string): string => `export const keys = {\n  host: (config: Config) =>\n    config.get<string>("DB_HOST", "${host}"),\n  password: (config: Config) =>\n    config.get<string>("DB_PASSWORD", "root"),\n};`;
    expect(await check(keys("localhost"))).toEqual([]);
    expect(await check(keys("store.acme.io"))).toHaveLength(1);
  });

  it("takes a text that is tidied up for the same text, and asks for it under the name that it gets", async () => {
    const hook = (rest: string): Promise<string[]> => check(`export function hook(verify: (key: string) => boolean) {\n  const key = String(process.env.SHOP_WEBHOOK_SECRET || "").trim();\n  ${rest}\n}`, "src/hooks.ts");
    expect(await hook("if (!key || key.length < 24) return false;\n  return verify(key);")).toEqual([]);
    expect(await hook("return verify(key);")).toHaveLength(1);
  });

  it("leaves what a script gives an application that it only tries out or shows", async () => {
    const text = 'process.env.ADMIN_PASSWORD = process.env.ADMIN_PASSWORD || "harvest";';
    for (const file of ["scripts/run-smoke-stack.js", "scripts/capture-screenshots.js"]) expect(await check(text, file)).toEqual([]);
    for (const file of ["scripts/start-stack.js", "src/capture.js"]) expect(await check(text, file)).toHaveLength(1);
  });

  it("leaves a text that only what is called development gets", async () => {
    const chosen = (test: string): string => `export const key = ${test} ? "harvest-of-the-year" : process.env.ENCRYPTION_KEY;`;
    expect(await check(chosen('process.env.NODE_ENV === "development"'))).toEqual([]);
    expect(await all(chosen('process.env.NODE_ENV === "development"'))).toHaveLength(1);
    expect(await check(chosen('process.env.NODE_ENV !== "production"'))).toHaveLength(1);
    expect(await check('export const key = process.env.NODE_ENV === "production" ? process.env.ENCRYPTION_KEY : "harvest-of-the-year";')).toHaveLength(1);
  });

  it("reports what is laid under the environment, and nothing that is laid over it", async () => {
    expect(await check('export const env = Object.assign({ JWT_SECRET: "harvest", PORT: "3000" }, process.env);')).toHaveLength(1);
    expect(await check('import _ from "lodash";\nexport const env = _.defaults({}, process.env, { JWT_SECRET: "harvest", HOST: "0.0.0.0" });')).toHaveLength(1);
    expect(await check('import _ from "lodash";\nexport const env = [Object.assign({}, process.env, { JWT_SECRET: "harvest" }), _.defaults({ JWT_SECRET: "harvest" }, process.env)];')).toEqual([]);
    expect(await check('export default ({ env }) => ({ keys: env.array("APP_KEYS", ["harvest", "meadow"]), hosts: env.array("HOSTS", ["a.acme.io"]) });', "config/server.js")).toHaveLength(1);
  });

  it("takes how long something lives for no secret", async () => {
    expect(await check('export const env = { refresh: process.env.JWT_REFRESH_TOKEN || "30d", access: process.env.ACCESS_TOKEN ?? "15 min" };')).toEqual([]);
    expect(await check('export const env = { refresh: process.env.JWT_REFRESH_TOKEN || "30days-of-harvest" };')).toHaveLength(1);
  });

  it("leaves words in scripts that try the application out, and what Meta's subscription is asked with", async () => {
    const text = (word: string): string => `export const key = process.env.JWT_SECRET || "${word}";\nexport const password = process.env.SHOP_TEST_PASSWORD ?? "Harvest77";`;
    for (const file of ["scripts/test-orders.js", "scripts/verify_login.js", "scripts/integration-runner.ts"]) {
      expect(await check(text("harvest"), file)).toEqual([]);
      expect(await check(text(random(32)), file)).toHaveLength(1);
    }
    expect(await check(text("harvest"), "scripts/orders.js")).toHaveLength(1);
    expect(await check('export const token = process.env.WHATSAPP_VERIFY_TOKEN || "apple-orchard-2026";')).toEqual([]);
    expect(await all('export const token = process.env.WHATSAPP_VERIFY_TOKEN || "apple-orchard-2026";')).toHaveLength(1);
  });

  it("leaves an empty text for a private key, in which none can be read", async () => {
    expect(await all('export const a = (config: any) => config.get("encrypt.privateKey") ?? "";')).toEqual([]);
    expect(await all('export const a = process.env.ENCRYPTION_KEY ?? "";')).toHaveLength(1);
  });

  it("reports an empty text that leaves the check of a signature out", async () => {
    const hook = (test: string): string => `export function hook(sent: string, equal: (a: string, b: string) => boolean, sign: (key: string) => string) {\n  const key = process.env.SHOP_WEBHOOK_SECRET || "";\n  ${test}\n}`;
    expect(await check(hook("if (key && !equal(sent, key)) return false;"), "src/hooks.ts")).toHaveLength(1);
    expect(await check(hook("if (key && sent !== key) return false;"), "src/hooks.ts")).toHaveLength(1);
    expect(await check(hook("return key && sign(key);"), "src/hooks.ts")).toEqual([]);
  });

  it("reports words for a token whose owner no list has, and leaves those of chains and languages", async () => {
    expect(await check('export const token = process.env.PARTNER_TOKEN || "court-partner";')).toHaveLength(1);
    expect(await check('export const { LABEL_TOKEN = "printer-9000-floor" } = process.env;')).toHaveLength(1);
    expect(await check('export const token = process.env.BASE_TOKEN || "ethereum";')).toEqual([]);
    expect(await check('export const token = process.env.TRADED_TOKEN || "0x27d9-pool";')).toEqual([]);
  });

  it("follows a schema into what is chosen by something else than the environment's name", async () => {
    const schema = (test: string): Promise<string[]> => check(`import { z } from "zod";\nexport const env = z.object({ JWT_SECRET: ${test} ? z.string().default("parking-words") : z.string().min(32) }).parse(process.env);`, "src/settings.ts");
    expect(await schema("process.env.CI")).toHaveLength(1);
    expect(await schema('process.env.NODE_ENV === "test"')).toEqual([]);
    expect(await schema("isTest()")).toEqual([]);
  });

  it("takes for settings in a page what is called a variable of the environment alone", async () => {
    const page = (read: string): string => `export const Field = ({ connection, shown }) => <input value={shown ? ${read} : "kestrel-words"} />;`;
    expect(await check(page("connection?.secrets?.token"), "web/Field.tsx")).toEqual([]);
    expect(await check('export const key = process.env.SESSION_SECRET ?? "kestrel-words";', "app/page.tsx")).toHaveLength(1);
  });
});
