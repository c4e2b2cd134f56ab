import { describe, expect, it } from "vitest";
import { check, oneFile, pino, using } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";

const { at, service } = oneFile("src/services/member.service.ts");

describe("where personal data comes from", () => {
  it.each([
    ["the checked body of Hono, through the request's logger", 'import { Hono } from "hono";\nimport { zValidator } from "@hono/zod-validator";\nimport { z } from "zod";\nconst Entry = z.object({ title: z.string(), email: z.string() });\nexport const app = new Hono().post("/v1/a", zValidator("json", Entry), (c) => { const entry = c.req.valid("json"); c.get("logger").info({ entry }, "x"); return c.json({}); });', 5],
    ["fields that a request's logger is given", 'import { Hono } from "hono";\nexport const app = new Hono().get("/v1/a", (c) => { c.var.logger.assign({ email: c.req.query("email") }); return c.json({}); });', 2],
    ["the parameters of an action of Moleculer", 'import type { Context } from "moleculer";\ninterface Login { email: string; code: string }\nexport class Accounts { logger!: { info(text: string, data: unknown): void }; login(ctx: Context<Login, object>) { this.logger.info("login", ctx.params); } }', 3],
    ["rows that are loaded together", `${pino}interface Member { id: string; email: string }\ndeclare function load(id: string): Promise<Member>;\nexport const f = async (ids: string[]) => { const members = await Promise.all(ids.map((id) => load(id))); logger.info({ members }, "x"); };`, 5],
    ["columns of Kysely", 'import type { Kysely } from "kysely";\nimport pino from "pino";\nconst logger = pino();\ninterface Tables { voters: { id: number; national_id: string } }\nexport const f = async (db: Kysely<Tables>) => { const rows = await db.selectFrom("voters").selectAll().execute(); logger.info({ rows }, "x"); };', 5],
    ["what an accessor gives", `${pino}export class Badge { constructor(private readonly owner: { firstName: string }) {} get label() { return this.owner.firstName; } print() { logger.info({ badge: this.label }, "x"); } }`, 3],
    ["the entries of a list of headers", `${pino}export const f = (req: any) => Object.entries(req.headers).forEach(([name, value]) => logger.debug(\`\${name} \${value}\`));`, 3],
    ["a code that the message tells of", `${pino}export const f = (id: string, code: string) => logger.info(\`verification code of \${id}: \${code}\`);`, 3],
    ["a pin that stands beside its name", `${pino}export const f = (pin: string) => logger.info({ pin }, "OTP sent");`, 3],
    ["the address of a mail", `${pino}export const f = (email: { id: string; address: string }) => logger.info(\`saved \${email.address}\`);`, 3],
    ["the address in an event of one", `${pino}class EmailAddressChanged { constructor(readonly id: string, readonly newAddress: string) {} }\nexport const f = (event: EmailAddressChanged) => logger.info(\`got \${event.newAddress}\`);`, 4],
    ["a primary address of mails", `${pino}export const f = (currentMailPrimaryAddress: string) => logger.info(\`is \${currentMailPrimaryAddress}\`);`, 3],
    ["a header that lets somebody in", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { const auth = req.headers["x-acme-auth"]; logger.info(\`refused \${auth}\`); };`, 4],
    ["where a socket is", `${pino}export const f = (socket: any) => logger.info({ from: socket.handshake.address }, "x");`, 3],
    ["where somebody is, in fields", `${pino}export const f = (driverId: string, position: { latitude: number }) => logger.info({ driverId, lat: position.latitude }, "x");`, 3],
    ["a whole session of a library", 'import { betterAuth } from "better-auth";\nconst auth = betterAuth({});\nexport const f = async (headers: Headers) => { const session = await auth.api.getSession({ headers }); console.log("session", session); };', 3],
    ["a made password", 'function generatePassword() { return Math.random().toString(36); }\nexport const f = () => { const made = generatePassword(); console.log(made); };', 2],
    ["a phrase that opens a wallet", `${pino}export const f = (wallet: { id: string; mnemonic: string }) => logger.info({ phrase: wallet.mnemonic }, "x");`, 3],
    ["rows of a tagged statement", `${pino}import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const f = async (id: string) => { const rows = await prisma.$queryRaw\`SELECT id, iban FROM payees WHERE id = ${"${id}"}\`; logger.info({ rows }, "x"); };`, 5],
    ["the number of a card", `${pino}export const f = (payment: { card: { number: string } }) => logger.info(\`paid with \${payment.card.number}\`);`, 3],
    ["a body by the schema behind its handler", 'import { Elysia, t } from "elysia";\nexport const app = new Elysia().post("/v1/a", ({ body }) => { console.log({ body }); return {}; }, { body: t.Object({ email: t.String() }) });', 2],
    ["the arguments that a middleware of resolvers is given", `${pino}export const f = async (resolve: any, root: object, args: any, context: object, info: { fieldName: string }) => { logger.info({ args }, info.fieldName); return resolve(root, args, context, info); };`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["the checked body of Hono without anybody in it", 'import { Hono } from "hono";\nimport { zValidator } from "@hono/zod-validator";\nimport { z } from "zod";\nconst Entry = z.object({ title: z.string() });\nexport const app = new Hono().post("/v1/a", zValidator("json", Entry), (c) => { const entry = c.req.valid("json"); c.get("logger").info({ entry }, "x"); return c.json({}); });'],
    ["the value under another key of a container", 'export const f = (cache: Map<string, any>, email: string) => { cache.get("entry").info(email); };'],
    ["ids that are loaded together", `${pino}declare function load(id: string): Promise<{ id: string }>;\nexport const f = async (ids: string[]) => { const members = await Promise.all(ids.map((id) => load(id))); logger.info({ members }, "x"); };`],
    ["columns of Kysely that are named", 'import type { Kysely } from "kysely";\nimport pino from "pino";\nconst logger = pino();\ninterface Tables { voters: { id: number; national_id: string } }\nexport const f = async (db: Kysely<Tables>) => { const rows = await db.selectFrom("voters").select(["id"]).execute(); logger.info({ rows }, "x"); };'],
    ["what an accessor makes of an id", `${pino}export class Badge { constructor(private readonly owner: { id: string }) {} get label() { return this.owner.id; } print() { logger.info({ badge: this.label }, "x"); } }`],
    ["sums of a tagged statement", `${pino}import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const f = async () => { const rows = await prisma.$queryRaw\`SELECT status, count(*) AS total FROM payees\`; logger.info({ rows }, "x"); };`],
    ["the number of an order", `${pino}export const f = (order: { number: string }) => logger.info(\`paid \${order.number}\`);`],
    ["a body by a schema without anybody", 'import { Elysia, t } from "elysia";\nexport const app = new Elysia().post("/v1/a", ({ body }) => { console.log({ body }); return {}; }, { body: t.Object({ commit: t.String() }) });'],
    ["how many there are of each", `${pino}export const f = (found: { emails: string[] }) => { const counts = { emails: found.emails.length }; logger.info({ counts }, "x"); };`],
    ["the names of headers", `${pino}export const f = (req: { headers: object }) => Object.keys(req.headers).forEach((name) => logger.debug(\`has \${name}\`));`],
    ["the code of an error beside a word about codes", `${pino}export const f = (error: { code: string }) => logger.info({ code: error.code }, "verification code not sent");`],
    ["a code of something else", `${pino}export const f = (code: string) => logger.info({ code }, "coupon applied");`],
    ["the address of a shop", `${pino}export const f = (shop: { address: string }) => logger.info(\`opened \${shop.address}\`);`],
    ["where a payment goes to on a chain", `${pino}export const f = (paymentAddress: string, staticIlpAddress: string) => logger.info({ paymentAddress, staticIlpAddress }, "x");`],
    ["the account of a payment provider", `${pino}export const f = (stripeAccount: string, merchantAccount: { id: string; displayName: string }) => logger.info({ stripeAccount, name: merchantAccount.displayName }, "x");`],
    ["how a company is reached", `${pino}export const f = (company: { id: string; phone: string }) => logger.info({ phone: company.phone }, "x");`],
    ["what a group is called", `${pino}export const f = (group: { profile: { displayName: string } }) => logger.info(\`made \${group.profile.displayName}\`);`],
    ["flags about secrets", `${pino}export const f = () => logger.info(\`\${process.env.API_LOAD_SECRETS} \${process.env.ACTIVATE_API_PASSWORD}\`);`],
    ["the key of an injection", 'export const f = (providerToken: string | symbol) => console.log(`no provider ${String(providerToken)}`);'],
    ["a value that prints itself as a mark", 'import * as Redacted from "effect/Redacted";\nexport const f = (apiKey: Redacted.Redacted<string>) => console.log({ apiKey: String(apiKey) });'],
    ["flags under the names of channels", `${pino}type Channel = "email" | "phone";\nexport const f = (on: Record<Channel, boolean>) => logger.info({ email: on.email, phone: on.phone }, "x");`],
    ["the end of a number, by a function of the project", `${pino}const tail = (text: string) => \`…\${text.slice(-4)}\`;\nexport const f = (iban: string) => logger.info({ iban: tail(iban) }, "x");`],
    ["a policy of who may do what", `${pino}class Policy { rules: string[] = []; }\nexport const f = (space: { id: string; authorization: Policy; credentials: Policy[] }) => logger.info({ space }, "x");`],
    ["fields that are shown one by one", 'import { Exclude, Expose, instanceToPlain } from "class-transformer";\n@Exclude() class Tenant { @Expose() id = ""; email = ""; }\nexport const f = (tenant: Tenant) => console.log(instanceToPlain(tenant));'],
    ["a body that is said to hold nobody", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { const body = req.body as { sku: string }; logger.info({ body }, "x"); };`],
    ["the reference to a credential", `${pino}export const f = (job: { google_credential: string }) => logger.info({ of: job.google_credential }, "x");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("takes tokens and addresses of a chain for nobody's where an application works with one", async () => {
    const text = `${pino}export const f = (tokens: string[], clientAddress: string) => logger.info(\`for \${clientAddress}: \${tokens}\`);`;
    expect(await service(text, using("pino", "viem"))).toEqual([]);
    expect(await service(text, using("pino"))).toEqual(at(3));
    expect(await service(`${pino}export const f = (accessToken: string) => logger.info({ accessToken }, "x");`, using("pino", "viem"))).toEqual(at(3));
  });

  it("knows what a queue carries by the function that works on it", async () => {
    const worker = (carried: string): string => `${pino}import { type Job, Worker } from "bullmq";\ninterface Letter ${carried}\nconst work = async (job: Job<Letter>) => job.id;\nexport const worker = new Worker("letters", work);\nworker.on("completed", (job) => logger.info({ to: job.data.to }, "x"));`;
    expect(await service(worker("{ to: string; subject: string; html: string }"))).toEqual(at(7));
    expect(await service(worker("{ to: string; from: string }"))).toEqual([]);
  });

  it("takes a branch for a developer or a device for none of developers' machines", async () => {
    const branch = (head: string): string => `${pino}${head} if (dev) logger.info({ email: dev.email }, "x"); };`;
    expect(await service(branch("declare const devs: { find(id: string): Promise<any> };\nexport const f = async (id: string) => { const dev = await devs.find(id);"))).toEqual(at(4));
    expect(await service(`${pino}const dev = process.env.NODE_ENV === "development";\nexport const f = (email: string) => { if (dev) logger.info({ email }, "x"); };`)).toEqual([]);
  });

  it("knows a logger that hands on through `apply`", async () => {
    const files = (line: string): ProjectLiteral => ({ "src/context.js": 'const Context = {};\nmodule.exports = Context;\nContext.log = (...args) => { console.log.apply(console, ["-", ...args]); };', "src/daily.js": `const Context = require("./context");\nexports.send = (user) => { ${line} };` });
    expect(await check(files('Context.log("sent to", user.email);'))).toEqual(["src/daily.js:2"]);
    expect(await check(files('Context.log("sent to", user.id);'))).toEqual([]);
  });

  it("reads a feature of Nest's in `components/` of a server that renders its mails", async () => {
    const files = (file: string): ProjectLiteral => ({ ...using("@nestjs/core", "@nestjs/common", "react"), [file]: 'import { Injectable, Logger } from "@nestjs/common";\n@Injectable() export class Mails { private readonly logger = new Logger("mails"); send(email: string) { this.logger.log(`to ${email}`); } }' });
    expect(await check(files("src/components/mails/mails.service.ts"))).toEqual(["src/components/mails/mails.service.ts:2"]);
    expect(await check(files("src/components/mails/mails.handler.tsx"))).toEqual(["src/components/mails/mails.handler.tsx:2"]);
  });
});

describe("what loggers take out", () => {
  const made = (options: string): string => `import pino from "pino";\nconst logger = pino(${options});\nexport const f = (email: string, id: string) => logger.info({ email, id }, "x");`;
  it("works out lists of paths, and takes one that it cannot work out for all", async () => {
    expect(await service(`const KEYS = ["email", "phone"] as const;\nexport const paths = KEYS.flatMap((key) => [key, \`*.\${key}\`]);\n${made("{ redact: paths }")}`)).toEqual([]);
    expect(await service(`const KEYS = ["phone"] as const;\nexport const paths = KEYS.flatMap((key) => [key, \`*.\${key}\`]);\n${made("{ redact: paths }")}`)).toEqual(at(5));
    expect(await service(made('{ redact: { paths: [...["email"], "phone"], remove: true } }'))).toEqual([]);
    expect(await service(`import { settings } from "./settings.js";\n${made("{ redact: settings.hidden }")}`)).toEqual([]);
  });

  it("knows which fields a format of winston's takes out", async () => {
    const winston = (body: string): string => `import winston from "winston";\nconst hide = winston.format((info) => { ${body} });\nconst logger = winston.createLogger({ format: winston.format.combine(hide(), winston.format.json()) });\nexport const f = (email: string) => logger.info("x", { email });`;
    expect(await service(winston("delete info.email; return info;"))).toEqual([]);
    expect(await service(winston("const { email, ...rest } = info; return rest;"))).toEqual([]);
    expect(await service(winston("for (const key of Object.keys(info)) delete info[key]; return info;"))).toEqual([]);
    expect(await service(winston("delete info.password; return info;"))).toEqual(at(4));
    expect(await service(winston('info.service = "api"; return info;'))).toEqual(at(4));
  });

  it("knows the redaction of LogLayer's plug-in", async () => {
    const layer = (paths: string): string => `import { ConsoleTransport, LogLayer } from "loglayer";\nimport { redactionPlugin } from "@loglayer/plugin-redaction";\nconst log = new LogLayer({ transport: new ConsoleTransport({ logger: console }), plugins: [redactionPlugin({ paths: ${paths} })] });\nexport const f = (email: string) => log.withMetadata({ email }).info("x");`;
    expect(await service(layer('["email"]'))).toEqual([]);
    expect(await service(layer('["phone"]'))).toEqual(at(4));
  });
});

describe("what is given by its key", () => {
  const settings = (use: string): string => `${pino}import { readFileSync } from "node:fs";\nclass Settings { constructor(private readonly values: Record<string, string>) {}\n  get(key: string) { if (this.values[key]) return this.values[key]; const password = this.read(key) as string; if (!password) throw new Error(key); return password; }\n  private read(path: string): string { return readFileSync(path, "utf8"); } }\nconst settings = new Settings({});\nexport const f = () => { ${use} };`;
  it("is what the key says, whatever else the function may give", async () => {
    expect(await service(settings('const port = settings.get("PORT"); logger.info(`listening on ${port}`);'))).toEqual([]);
    expect(await service(settings('const secret = settings.get("DB_PASSWORD"); logger.info(`joined with ${secret}`);'))).toEqual(at(8));
  });
});
