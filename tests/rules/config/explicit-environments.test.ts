import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "explicit-environments";
const settings = 'import { z } from "zod";\nexport const env = z.object({ NODE_ENV: z.enum(["development", "test", "staging", "production"]) }).parse(process.env);';
const check = (text: string, options: object = {}, file = "src/app.ts"): Promise<string[]> => checkProject({ [file]: text }, { rule, options: { ...options } });
const places = (found: readonly string[]): string[] => found.map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

describe("explicit-environments", () => {
  it.each([
    ["a cookie", 'export const cookie = { secure: settings.NODE_ENV === "production" };', ["1:33 twoWay"]],
    ["schema synchronisation", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", synchronize: settings.NODE_ENV !== "production" });', ["2:67 twoWay"]],
    ["tables of Sequelize", 'import { Sequelize } from "sequelize";\nexport const db = new Sequelize("postgres://db/app");\nexport const start = async () => { if (settings.NODE_ENV !== "production") await db.sync(); };', ["3:40 twoWay"]],
    ["checks that are relaxed", 'export const checks = { relaxed: settings.APP_ENV !== "prod" };', ["1:34 twoWay"]],
    ["the order turned round", 'export const cookie = { secure: "production" === settings.NODE_ENV };', ["1:33 twoWay"]],
    ["TLS by a ternary", 'export const ssl = settings.NODE_ENV === "production" ? { rejectUnauthorized: true } : false;', ["1:20 twoWay"]],
    ["a guard in an if", 'declare const app: { use(x: unknown): void };\ndeclare const requireAuth: unknown;\nif (settings.NODE_ENV === "production") app.use(requireAuth);', ["3:5 twoWay"]],
    ["seeds", 'declare const seedDatabase: () => void;\nif (settings.NODE_ENV !== "production") seedDatabase();', ["2:5 twoWay"]],
    ["a constant in the same file", 'const isProduction = settings.NODE_ENV === "production";\nexport const cookie = { httpOnly: true, secure: isProduction };', ["1:22 twoWay"]],
    ["a spread", 'export const options = { ...(settings.NODE_ENV === "production" && { sameSite: "none" }) };', ["1:30 twoWay"]],
    ["guards, whatever setting opens them as well", 'declare const app: { use(x: unknown): void };\ndeclare const requireAuth: unknown;\nconst isGuarded = settings.NODE_ENV === "production" || process.env.GUARDED === "true";\nif (isGuarded) app.use(requireAuth);', ["3:19 twoWay"]],
    ["an own key", 'export const cookie = { secure: settings.APP_ENV === "prod" };', ["1:33 twoWay"]],
    ["Nest's ConfigService", 'declare const config: { get(key: string): string };\nexport const cookie = { secure: config.get("NODE_ENV") === "production" };', ["2:33 twoWay"]],
    ["a cookie, by an enumeration", 'enum Stage { Local = "local", Live = "production" }\nexport const cookie = { secure: settings.NODE_ENV === Stage.Live };', ["2:33 twoWay"]],
    ["a cookie, by a constant", 'const PRODUCTION = "production";\nexport const cookie = { secure: PRODUCTION === settings.NODE_ENV };', ["2:33 twoWay"]],
    ["rate limits", 'declare const app: { use(x: unknown): void };\ndeclare const rateLimiter: unknown;\nif (settings.NODE_ENV === "production") { app.use(rateLimiter); }', ["3:5 twoWay"]],
  ])("reports a test for production that decides %s", async (_name, text, expected) => {
    expect(places(await check(text))).toEqual(expected);
  });

  it("knows which environment a constant names", async () => {
    const cookie = (compared: string): string => `enum Stage { Local = "local", Live = "production" }\nconst Names = { local: "local" } as const;\ndeclare const Other: { Live: string };\nexport const cookie = { secure: settings.NODE_ENV !== ${compared} };`;
    for (const compared of ["Stage.Local", "Names.local", "Other.Live", "settings.live"]) expect(await check(cookie(compared))).toEqual([]);
    expect(await check(cookie("Stage.Live"))).toHaveLength(1);
  });

  it("takes a connection that is tried for no decision of security", async () => {
    const start = (call: string): string => `import { Sequelize } from "sequelize";\nexport const db = new Sequelize("postgres://db/app");\nexport const start = async () => { if (settings.NODE_ENV === "production") await ${call}(); };`;
    expect(await check(start("db.authenticate"))).toEqual([]);
    expect(await check(start("authenticateAll"))).toHaveLength(1);
  });

  it.each([
    ["a comparison", 'import { env } from "./config/env.js";\nexport const quick = env.NODE_ENV === "prod";', "2:39"],
    ["the environment itself", 'export const quick = process.env.NODE_ENV === "local";', "1:47"],
    ["a case", 'import { env } from "./config/env.js";\nexport function f() {\n  switch (env.NODE_ENV) {\n    case "stage":\n      return 1;\n    default:\n      return 2;\n  }\n}', "4:10"],
    ["a list", 'import { env } from "./config/env.js";\nexport const quick = ["production", "preview"].includes(env.NODE_ENV);', "2:37"],
  ])("reports a name that the schema does not list in %s", async (_name, text, place) => {
    expect(places(await checkProject({ "src/config/env.ts": settings, "src/app.ts": text }, { rule }))).toEqual([`${place} unlisted`]);
  });

  it("names what the schema lists", async () => {
    const [finding] = await findingsOf({ "src/config/env.ts": settings, "src/app.ts": 'export const quick = settings.NODE_ENV === "prod";' }, { rule });
    expect(finding?.message).toContain("development, test, staging, production");
  });

  it.each([
    ["pretty logs", 'export const pretty = settings.NODE_ENV !== "production";'],
    ["a log level", 'export const level = settings.NODE_ENV === "production" ? "info" : "debug";'],
    ["the stack in an answer", 'export const body = (error: Error) => ({ stack: settings.NODE_ENV === "production" ? undefined : error.stack });'],
    ["development by name", 'export const cookie = { secure: settings.NODE_ENV !== "development" };'],
    ["documentation that a setting shows as well", 'import { DocumentBuilder, SwaggerModule } from "@nestjs/swagger";\nexport const open = (app: any) => {\n  const showsDocs = settings.NODE_ENV !== "production" || process.env.DOCS_ENABLED === "true";\n  if (showsDocs) SwaggerModule.setup("docs", app, () => SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build()));\n};'],
    ["tests", 'declare const app: { listen(port: number): void };\nif (settings.NODE_ENV !== "test") app.listen(3000);'],
    ["what is synchronous", 'import { packageUp } from "package-up";\nexport const find = () => { if (settings.NODE_ENV === "production") return packageUp.sync(); return undefined; };'],
    ["another key", 'export const cookie = { secure: settings.LOG_LEVEL === "production" };'],
    ["an own value of that name", 'export const f = (order: { stage: string }) => ({ secure: order.stage === "production" });'],
    ["an author", 'declare const author: string;\nexport const by = settings.NODE_ENV === "production" ? author : "me";'],
    ["no comparison", 'export const name = settings.NODE_ENV ?? "development";'],
    ["an empty text", 'export const missing = settings.NODE_ENV === "";'],
  ])("is silent about %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each([
    ["a schema in another one", 'import { z } from "zod";\nexport const env = z.object({ app: z.object({ NODE_ENV: z.enum(["development", "production"]) }) }).parse({ app: process.env });', ["env.app.NODE_ENV"]],
    ["a list that another file exports", 'import { z } from "zod";\nimport { names } from "./names.js";\nexport const env = z.object({ NODE_ENV: z.enum(names) }).parse(process.env);', ["env.NODE_ENV"]],
    ["schemas of other files that are merged", 'import { base } from "./base.js";\nimport { mail } from "./mail.js";\nexport const env = base.merge(mail).parse(process.env);', ["env.NODE_ENV"]],
  ])("is silent about a name that %s lists", async (_name, schema, [read = ""]) => {
    const files = {
      "src/config/env.ts": schema,
      "src/config/names.ts": 'export const names = ["development", "preview", "production"] as const;',
      "src/config/base.ts": 'import { z } from "zod";\nexport const base = z.object({ NODE_ENV: z.enum(["development", "preview", "production"]) });',
      "src/config/mail.ts": 'import { z } from "zod";\nexport const mail = z.object({ MAIL_FROM: z.string() });',
      "src/app.ts": `import { env } from "./config/env.js";\nexport const quick = ${read} === "development";`,
    };
    expect(await checkProject(files, { rule })).toEqual([]);
  });

  it("is silent about what somebody is told in production", async () => {
    expect(await check('if (settings.NODE_ENV === "production") throw new Error("Please set a secure, unique secret.");')).toEqual([]);
  });

  it("tells once what a test for production decides all over an application", async () => {
    const cookie = (name: string): string => `import { settings } from "../config/settings.js";\nexport const ${name} = { secure: settings.NODE_ENV === "production" };\nexport const other = { secure: settings.NODE_ENV === "production" };`;
    const files = { "src/config/settings.ts": 'import { z } from "zod";\nexport const settings = z.object({ NODE_ENV: z.enum(["development", "staging", "production"]) }).parse(process.env);', "src/auth/a.ts": cookie("a"), "src/auth/b.ts": cookie("b") };
    expect(await checkProject(files, { rule: "explicit-environments", cliOnly: true })).toEqual(["src/auth/a.ts:2:28 explicit-environments twoWay"]);
    expect(await checkProject(files, { rule: "explicit-environments", preset: "strict" })).toHaveLength(4);
  });

  it("is silent about how much a tracer of errors samples", async () => {
    const text = 'import * as Sentry from "@sentry/node";\nimport { env } from "./config/env.js";\nSentry.init({ environment: env.NODE_ENV, tracesSampleRate: env.NODE_ENV === "production" ? 0.1 : 1 });';
    expect(await checkProject({ "src/config/env.ts": settings, "src/instrument.ts": text }, { rule })).toEqual([]);
  });

  it.each(["src/config/env.ts", "src/app.test.ts", "scripts/seed.ts", "drizzle.config.ts"])("is silent in %s", async (file) => {
    expect(await check('export const cookie = { secure: settings.NODE_ENV === "production" };', {}, file)).toEqual([]);
  });

  it.each([
    ["a comparison", 'export const cookie = { secure: process.env.NODE_ENV === "production" };'],
    ["a constant", 'const name = process.env.NODE_ENV ?? "development";\nexport const cookie = { secure: name === "production" };'],
    ["a part that was taken out", 'const { NODE_ENV } = process.env;\nexport const cookie = { secure: NODE_ENV === "production" };'],
    ["any behaviour", 'export const level = process.env.NODE_ENV === "production" ? "info" : "debug";'],
  ])("leaves %s with the environment itself to no-process-env", async (_name, text) => {
    const settings = { rules: { [rule]: ["error", { everywhere: true }], "no-process-env": "error" } };
    const found = await findingsOf({ "src/app.ts": text }, { preset: "strict", settings });
    expect(found.map((finding) => finding.rule).filter((name) => name === rule || name === "no-process-env")).toEqual(["no-process-env"]);
  });

  it("is silent in a file that checks the settings", async () => {
    expect(await check(`${settings}\nexport const cookie = { secure: env.NODE_ENV === "production" };`, {}, "src/boot.ts")).toEqual([]);
  });

  it("asks the list of the same key alone for what is in capitals", async () => {
    const schema = (key: string): Record<string, string> => ({ "src/config/env.ts": `import { z } from "zod";\nexport const env = z.object({ ${key}: z.enum(["local", "infra", "live"]) }).parse(process.env);`, "src/db.ts": 'import { env } from "./config/env.js";\nexport const log = env.NODE_ENV === "development" ? 1 : 0;' });
    expect(await checkProject(schema("NODE_ENV"), { rule: "explicit-environments" })).toHaveLength(1);
    expect(await checkProject(schema("ENVIRONMENT"), { rule: "explicit-environments" })).toEqual([]);
  });

  it("is silent about names that the schema lists", async () => {
    expect(await checkProject({ "src/config/env.ts": settings, "src/app.ts": 'import { env } from "./config/env.js";\nexport const quick = env.NODE_ENV === "staging";' }, { rule })).toEqual([]);
  });

  describe("everywhere", () => {
    it.each([
      ["any comparison", 'export const level = settings.NODE_ENV === "production" ? "info" : "debug";', ["1:22 outside"]],
      ["one with settings", 'import { env } from "./config/env.js";\nexport const name = env.NODE_ENV === "staging" ? "a" : "b";', ["2:21 outside"]],
    ])("reports %s", async (_name, text, expected) => {
      expect(places(await checkProject({ "src/config/env.ts": settings, "src/app.ts": text }, { rule, options: { everywhere: true } }))).toEqual(expected);
    });

    it.each([
      ["tests in the set-up of a logger", 'declare const pino: (options: object) => unknown;\nexport const logger = pino({ enabled: settings.NODE_ENV !== "test" });', "src/logger.ts"],
      ["the settings module", 'export const isProduction = settings.NODE_ENV === "production";', "src/config/settings.ts"],
    ])("is silent about %s", async (_name, text, file) => {
      expect(await check(text, { everywhere: true }, file)).toEqual([]);
    });
  });

  it("leaves a comparison that reads the environment to no-process-env, which tells what it decides", async () => {
    const files = { "src/config/env.ts": settings, "src/app.ts": 'export const cookie = { secure: process.env.NODE_ENV === "production" };', "src/other.ts": 'import { env } from "./config/env.js";\nexport const cookie = { secure: env.NODE_ENV === "production" };' };
    const found = (await findingsOf(files, { preset: "strict" })).filter((finding) => /^(explicit-environments|no-process-env)$/.test(finding.rule));
    expect(found.map((finding) => `${finding.file} ${finding.rule} ${finding.messageId}`)).toEqual(["src/app.ts no-process-env decides", "src/other.ts explicit-environments twoWay"]);
  });

  it.each([
    ["a guard that stands aside", "export const authenticate = (request: unknown, next: () => void) => {\n  if (settings.NODE_ENV !== \"production\") return next();\n  refuse(request);\n};", 1],
    ["an option that is a function", 'export const limiter = rateLimit({ skip: () => settings.NODE_ENV !== "production" });', 1],
    ["the origins of cors", 'export const origins = cors({ origin: settings.NODE_ENV === "production" ? ["https://shop.example.com"] : "*" });', 1],
    ["a banner that ends early", "export const banner = (write: (text: string) => void) => {\n  if (settings.NODE_ENV === \"production\") return;\n  write(\"hello\");\n};", 0],
    ["an option of another function", 'export const view = render({ when: () => settings.NODE_ENV !== "production" });', 0],
    ["how much cors tells", 'export const origins = cors({ debug: settings.NODE_ENV !== "production" });', 0],
    ["a check that is relaxed", 'register(auth, { relaxed: settings.NODE_ENV !== "production" });', 1],
    ["which of several the caller asks about", 'export const account = (environment: string) => (environment === "production" ? { password: "a" } : { password: "b" });', 0],
    ["the environment of an event", 'export const isTest = (event: { environment: string }) => event.environment === "Sandbox";', 0],
  ])("judges %s", async (_name, text, count) => {
    expect(await check(text)).toHaveLength(count);
  });

  it.each([
    ["what refuses others", "export const officers = (request: any, response: any, next: () => void) => {\n  if (settings.NODE_ENV !== \"production\") return next();\n  if (!request.user) return response.status(401).json({ code: \"unknown\" });\n  next();\n};", 1],
    ["a guard that is wrapped", "declare const createMiddleware: (step: (c: any, next: () => void) => unknown) => unknown;\nexport const requireAuth = createMiddleware(async (c, next) => {\n  if (settings.NODE_ENV !== \"production\") { c.set(\"userId\", \"local\"); return next(); }\n  await check(c);\n  return next();\n});", 1],
    ["what refuses others, in two parameters", "export const members = async (c: any, next: () => void) => {\n  if (settings.NODE_ENV !== \"production\") return next();\n  if (!c.get(\"user\")) return c.json({ code: \"unknown\" }, 401);\n  return next();\n};", 1],
    ["what stamps, wrapped", "declare const createMiddleware: (step: (c: any, next: () => void) => unknown) => unknown;\nexport const stamps = createMiddleware(async (c, next) => {\n  if (settings.NODE_ENV !== \"production\") return next();\n  c.header(\"x-stamp\", \"shop\");\n  return next();\n});", 0],
    ["a guard of Nest's", "export class ScannerGuard {\n  canActivate(context: any) {\n    if (settings.NODE_ENV !== \"production\") return true;\n    return context.key === \"known\";\n  }\n}", 1],
    ["who is let in, beside whom nobody is", "export function preview(request: any) {\n  const known = request.known;\n  if (settings.NODE_ENV !== \"production\" || known) return Response.json({ page: true });\n  return Response.json({ code: \"unknown\" }, { status: 403 });\n}", 1],
    ["what is not there in production", "export function preview(request: any) {\n  if (settings.NODE_ENV === \"production\") return Response.json({ code: \"nothing here\" }, { status: 404 });\n  return Response.json({ code: \"unknown\" }, { status: 403 });\n}", 0],
    ["what is shown beside what may be missing", "export function banner(request: any) {\n  if (settings.NODE_ENV !== \"production\") return Response.json({ text: \"stage\" });\n  return Response.json({ text: \"none\" }, { status: 404 });\n}", 0],
    ["what refuses nobody", "export const stamps = (request: any, response: any, next: () => void) => {\n  if (settings.NODE_ENV !== \"production\") return next();\n  response.set(\"x-stamp\", \"shop\");\n  next();\n};", 0],
  ])("judges a step that lets everybody past %s", async (_name, text, count) => {
    expect(await check(text)).toHaveLength(count);
  });
});
