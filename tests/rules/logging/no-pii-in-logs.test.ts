import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-pii-in-logs";
const check = async (text: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  (await checkProject({ "src/services/user.service.ts": text, ...more }, { rule })).map((line) => line.replace(/^[^:]*:/, "").replace(/ .*/, ""));

const pino = 'import pino from "pino";\nconst logger = pino();\n';
const user = "interface User { id: string; email: string; passwordHash: string }\n";

describe("no-pii-in-logs", () => {
  it.each([
    ["a field by its name", `${pino}export const f = (email: string) => logger.info({ email }, "signed in");`, ["3:51"]],
    ["a field under another name", `${pino}export const f = (u: { phoneNumber: string }) => logger.info({ contact: u.phoneNumber }, "x");`, ["3:73"]],
    ["a secret of the environment", `${pino}export const f = () => logger.info(process.env.API_TOKEN);`, ["3:36"]],
    ["a password", `${pino}export const f = (password: string) => logger.debug({ password }, "x");`, ["3:55"]],
    ["a token in a template", `${pino}export const f = (accessToken: string) => logger.info(\`got \${accessToken}\`);`, ["3:62"]],
    ["a concatenation", `${pino}export const f = (ssn: string) => logger.info("ssn " + ssn);`, ["3:56"]],
    ["JSON", `${pino}export const f = (user: { email: string }) => logger.info(JSON.stringify(user));`, ["3:74"]],
    ["an object with such a shape", `${pino}${user}export const f = (u: User) => logger.info({ u }, "x");`, ["4:45"]],
    ["an object alone", `${pino}${user}export const f = (u: User) => logger.info(u);`, ["4:43"]],
    ["a spread", `${pino}${user}export const f = (u: User) => logger.info({ ...u }, "x");`, ["4:48"]],
    ["a request's body", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ body: req.body }, "x");`, ["4:56"]],
    ["a request's headers", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ headers: req.headers }, "x");`, ["4:59"]],
    ["a local that carries it", `${pino}export const f = (u: { email: string }) => { const who = u.email; logger.info({ who }, "x"); };`, ["3:81"]],
    ["a destructured field", `${pino}export const f = ({ email }: { email: string }) => logger.warn({ email }, "x");`, ["3:66"]],
    ["console", "export const f = (password: string) => console.log(password);", ["1:52"]],
    ["winston", 'import winston from "winston";\nconst log = winston.createLogger();\nexport const f = (email: string) => log.info("x", { email });', ["3:53"]],
    ["Nest", 'import { Logger } from "@nestjs/common";\nconst logger = new Logger("A");\nexport const f = (email: string) => logger.log(`user ${email}`);', ["3:56"]],
    ["a class with the fields", `${pino}export class Customer { firstName!: string; iban!: string; }\nexport const f = (c: Customer) => logger.info({ c }, "x");`, ["4:49"]],
    ["what a schema infers", `import { z } from "zod";\n${pino}const Person = z.object({ id: z.string(), dateOfBirth: z.string() });\nexport const f = (p: z.infer<typeof Person>) => logger.info({ p }, "x");`, ["5:63"]],
    ["the row of a table", `import { pgTable, text } from "drizzle-orm/pg-core";\nimport type { InferSelectModel } from "drizzle-orm";\n${pino}const users = pgTable("users", { id: text("id"), phone: text("phone") });\nexport const f = (u: InferSelectModel<typeof users>) => logger.info({ u }, "x");`, ["6:71"]],
    ["a shape with one field left out", `${pino}${user}export const f = (u: Omit<User, "passwordHash">) => logger.info({ u }, "x");`, ["4:67"]],
    ["what is left beside another field", `${pino}${user}export const f = (u: User) => { const { passwordHash, ...rest } = u; logger.info({ rest }, "x"); };`, ["4:84"]],
    ["a card number", `${pino}export const f = (o: { cardNumber: string }) => logger.info({ card: o.cardNumber }, "x");`, ["3:69"]],
    ["a field of an interface it extends", `${pino}interface Base { email: string }\ninterface Row extends Base { id: string }\nexport const f = (row: Row) => logger.info({ row }, "x");`, ["5:46"]],
    ["a field of an object inside", `${pino}interface Order { id: string; contact: { email: string } }\nexport const f = (order: Order) => logger.info({ order }, "x");`, ["4:50"]],
    ["an element of a list", `${pino}${user}export const f = (rows: User[]) => logger.info({ rows }, "x");`, ["4:50"]],
    ["a schema and a type of one name", `import { z } from "zod";\n${pino}const Entry = z.object({ email: z.string() });\ntype Entry = z.infer<typeof Entry>;\nexport const f = (entry: Entry) => logger.info({ entry }, "x");`, ["6:50"]],
    ["what a schema has checked", `import { z } from "zod";\n${pino}const Entry = z.object({ email: z.string() });\nexport const f = (raw: unknown) => { const entry = Entry.parse(raw); logger.info({ entry }, "x"); };`, ["5:84"]],
    ["what a schema was extended by", `import { z } from "zod";\n${pino}const Base = z.object({ id: z.string() });\nconst Entry = Base.extend({ phone: z.string() });\nexport const f = (entry: z.infer<typeof Entry>) => logger.info({ entry }, "x");`, ["6:66"]],
    ["what a function is declared to return", `${pino}${user}declare function fetchRow(): never;\nconst load = (): Promise<User> => fetchRow();\nexport const f = async () => { const row = await load(); logger.info({ row }, "x"); };`, ["6:72"]],
    ["a field that was renamed", `${pino}export const f = (input: { password: string }) => { const { password: given } = input; logger.info({ given }, "x"); };`, ["3:102"]],
    ["a variable that is set later", `${pino}export const f = (u: { email: string }) => { let who = ""; who = u.email; logger.info({ who }, "x"); };`, ["3:89"]],
    ["what a function of the project takes out", `${pino}const addressOf = (u: { email: string }) => u.email;\nexport const f = (u: { email: string }) => logger.info({ to: addressOf(u) }, "x");`, ["4:62"]],
    ["the fields of a child logger", `${pino}export const f = (email: string) => logger.child({ email });`, ["3:52"]],
    ["a cookie", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ c: req.cookies }, "x");`, ["4:53"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it("knows a shape of another file", async () => {
    expect(await check(`import type { Patient } from "../domain/patient.js";\n${pino}export const f = (p: Patient) => logger.info({ p }, "x");`, { "src/domain/patient.ts": "export interface Patient { id: string; diagnosis: string }" })).toEqual(["4:48"]);
  });

  it("knows a model of a Prisma schema", async () => {
    expect(await check(`import type { User } from "@prisma/client";\n${pino}export const f = (u: User) => logger.info({ u }, "x");`, { "prisma/schema.prisma": "model User {\n  id    Int    @id\n  email String\n}\n" })).toEqual(["4:45"]);
  });

  it("reports at the call of the project's own logger, and says where it is written", async () => {
    const files = { "src/log.ts": `${pino}export function note(message: string, fields: object) { logger.info(fields, message); }`, "src/a.ts": 'import { note } from "./log.js";\nexport const f = (email: string) => note("signed up", { email });' };
    const found = await findingsOf(files, { rule });
    expect(found.map(({ file, range, related }) => [file, range.start.line, related?.[0]?.file])).toEqual([["src/a.ts", 2, "src/log.ts"]]);
  });

  it("reports a function that logs what many calls hand it where it logs, and each call where the function is a logger", async () => {
    const calls = (name: string): string => `import { ${name} } from "./events.js";\nexport const all = (user: { email: string; phone: string }) => {\n  ${name}({ to: user.email });\n  ${name}({ to: user.phone });\n  ${name}({ from: user.email });\n  ${name}({ from: user.phone });\n};\n`;
    const events = (name: string): string => `export const ${name} = (payload: object) => {\n  console.debug("sent", payload);\n  void fetch("https://bus.acme.io", { method: "POST", body: JSON.stringify(payload) });\n};\n`;
    const emitted = { "src/services/events.ts": events("emit"), "src/services/all.ts": calls("emit") };
    const [finding, ...others] = await findingsOf(emitted, { rule });
    expect([finding?.file, finding?.range.start.line, finding?.messageId, finding?.related.length, others.length]).toEqual(["src/services/events.ts", 2, "shared", 4, 0]);
    expect(await findingsOf(emitted, { rule, options: { report: "calls" } })).toHaveLength(4);
    expect(await findingsOf({ "src/services/events.ts": events("logEvent"), "src/services/all.ts": calls("logEvent") }, { rule })).toHaveLength(4);
    expect(await findingsOf({ ...emitted, "src/services/all.ts": calls("emit").replace("  emit({ from: user.phone });\n", "") }, { rule })).toHaveLength(3);
  });

  it("reports what a function of the project gives to many log calls where it is made, and other fields of those calls where they are logged", async () => {
    const meta = 'import type { Request } from "express";\nexport const metaOf = (req: Request) => ({\n  url: req.path,\n  address: req.get("cf-connecting-ip"),\n});\n';
    const user = (name: string, more = ""): string => `import type { Request } from "express";\nimport { metaOf } from "../meta.js";\n${pino}export function ${name}(req: Request, email: string) {\n  const fields = { action: "${name}", ...metaOf(req)${more} };\n  logger.info(fields, "x");\n  logger.warn({ meta: fields }, "y");\n}\n`;
    const files = { "src/meta.ts": meta, "src/services/a.ts": user("a"), "src/services/b.ts": user("b", ", email") };
    const placesOf = async (options: { readonly report?: string }): Promise<unknown> => (await findingsOf(files, { rule, options })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);
    expect(await placesOf({})).toEqual(["src/meta.ts:4 source", "src/services/b.ts:7 exposed"]);
    expect(await placesOf({ report: "calls" })).toEqual(["src/services/a.ts:7 exposed", "src/services/b.ts:7 exposed"]);
  });

  it("tells what callers hand to a function that is called for something else where it logs, however that calls its own logging", async () => {
    const base = `${pino}export class Handler {\n  execute(query: object) { this.logAfter(query); return query; }\n  logAfter(query: object) { logger.info({ query }, "done"); }\n}\n`;
    const calls = ["email", "phone", "password", "token"].map((field) => `  handler.execute({ ${field}: user.${field} });\n`).join("");
    const all = 'import { Handler } from "./handler.js";\nexport const all = (handler: Handler, user: { email: string; phone: string; password: string; token: string }) => {\n' + calls + "};\n";
    expect((await findingsOf({ "src/services/handler.ts": base, "src/services/all.ts": all }, { rule })).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/services/handler.ts shared"]);
  });

  it("takes out what a package's loggers take out of one that is handed in", async () => {
    const made = (paths: string): string => `import pino from "pino";\nexport const make = () => pino({ redact: [${paths}] });\n`;
    const used = 'import type { Logger } from "pino";\nexport const f = (deps: { logger: Logger }, email: string) => deps.logger.info({ email }, "x");\n';
    const manifest = { "package.json": '{ "dependencies": { "pino": "9" } }' };
    expect(await findingsOf({ ...manifest, "src/log.ts": made('"email"'), "src/services/a.ts": used }, { rule })).toEqual([]);
    expect(await findingsOf({ ...manifest, "src/log.ts": made('"phone"'), "src/services/a.ts": used }, { rule })).toHaveLength(1);
    const child = (paths: string): string => `import type { Logger } from "pino";\nexport const f = (logger: Logger, email: string) => {\n  const log = logger.child({ service: "a" }, { redact: [${paths}] });\n  log.info({ email }, "x");\n};\n`;
    expect(await findingsOf({ ...manifest, "src/services/a.ts": child('"email"') }, { rule })).toEqual([]);
    expect(await findingsOf({ ...manifest, "src/services/a.ts": child('"phone"') }, { rule })).toHaveLength(1);
  });

  it("takes calls that log one object for one cause, and each caller's own data for its own", async () => {
    const logged = `${pino}export const f = (email: string) => {\n  const fields = { email };\n  logger.info(fields, "x");\n  logger.warn(fields, "y");\n};\n`;
    expect((await findingsOf({ "src/services/a.ts": logged }, { rule })).map(({ range }) => range.start.line)).toEqual([5]);
    const wrapped = `${pino}const wrap = (value: string) => ({ value });\nexport const f = (user: { email: string; phone: string }) => {\n  logger.info(wrap(user.email), "a");\n  logger.info(wrap(user.phone), "b");\n  logger.warn(wrap(user.email), "c");\n  logger.warn(wrap(user.phone), "d");\n};\n`;
    expect((await findingsOf({ "src/services/a.ts": wrapped }, { rule })).map(({ range, messageId }) => `${range.start.line} ${messageId}`)).toEqual(["5 exposed", "6 exposed", "7 exposed", "8 exposed"]);
  });

  it("names field and category", async () => {
    const [finding] = await findingsOf({ "src/services/a.ts": `${pino}export const f = (u: { email: string }) => logger.info({ mail: u.email }, "x");` }, { rule });
    expect(finding?.message).toMatch(/u\.email.*contact/);
  });

  it.each([
    ["the path of a file with credentials", `${pino}export const f = () => logger.info(process.env.GOOGLE_APPLICATION_CREDENTIALS);`],
    ["a field that a serializer writes its own way", `import pino from "pino";\nconst logger = pino({ serializers: { user: (u: { id: string }) => ({ id: u.id }) } });\nexport const f = (user: { id: string; email: string }) => logger.info({ user }, "x");`],
    ["a schema without the field", `import { z } from "zod";\n${pino}const Entry = z.object({ id: z.string(), email: z.string() });\nconst Safe = Entry.omit({ email: true });\nexport const f = (entry: z.infer<typeof Safe>) => logger.info({ entry }, "x");`],
    ["the token of a page", `${pino}export const f = (nextPageToken: string) => logger.info({ nextPageToken }, "x");`],
    ["a function of the project that masks", `${pino}declare function redact(a: object): object;\nfunction note(fields: object) { logger.info(redact(fields), "x"); }\nexport const f = (email: string) => note({ email });`],
    ["a flag of a function", `${pino}const known = (u: { email?: string }): boolean => u.email !== undefined;\nexport const f = (u: { email?: string }) => logger.info({ known: known(u) }, "x");`],
    ["an id", `${pino}export const f = (userId: string) => logger.info({ userId }, "signed in");`],
    ["a masked field", `${pino}declare function maskEmail(a: string): string;\nexport const f = (email: string) => logger.info({ email: maskEmail(email) }, "x");`],
    ["a hash", `import { createHash } from "node:crypto";\n${pino}export const f = (email: string) => logger.info({ email: createHash("sha256").update(email).digest("hex") }, "x");`],
    ["whether there is one", `${pino}export const f = (password?: string) => logger.info({ hasPassword: Boolean(password), set: !!password, long: password !== undefined }, "x");`],
    ["a length", `${pino}export const f = (password: string) => logger.info({ length: password.length }, "x");`],
    ["a name about it", `${pino}export const f = (emailTemplate: string, passwordPolicy: string, tokenCount: number) => logger.info({ emailTemplate, passwordPolicy, tokenCount }, "x");`],
    ["a constant", `${pino}export const f = () => logger.info({ field: "email" }, "password changed");`],
    ["a redacted field", 'import pino from "pino";\nconst logger = pino({ redact: ["email", "user.password"] });\nexport const f = (email: string, p: string) => logger.info({ email, user: { password: p } }, "x");'],
    ["fields that are left", `${pino}${user}export const f = (u: User) => { const { email, passwordHash, ...rest } = u; logger.info({ rest }, "x"); };`],
    ["fields that are picked", `import { pick } from "lodash";\n${pino}${user}export const f = (u: User) => logger.info(pick(u, ["id"]), "x");`],
    ["a shape without such fields", `${pino}interface Order { id: string; total: number }\nexport const f = (o: Order) => logger.info({ o }, "x");`],
    ["a shape without its fields of that kind", `${pino}${user}export const f = (u: Omit<User, "email" | "passwordHash">, p: Pick<User, "id">) => logger.info({ u, p }, "x");`],
    ["the last four digits", `${pino}export const f = (cardNumber: string) => logger.info({ card: cardNumber.slice(-4) }, "x");`],
    ["words of other trades", `${pino}export const f = (fileName: string, hostName: string, ipVersion: number, cacheKey: string) => logger.info({ fileName, hostName, ipVersion, cacheKey }, "x");`],
    ["an error", `${pino}export const f = (err: Error) => logger.error({ err }, "x");`],
    ["what is not logged", "export const f = (email: string, send: (a: string) => void) => send(email);"],
    ["a comparison", `${pino}export const f = (a: { email: string }, b: { email: string }) => logger.info({ same: a.email === b.email }, "x");`],
    ["a choice by it", `${pino}export const f = (token?: string) => logger.info(token ? "with token" : "without token");`],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each([
    ["a header by its name", 'import { Hono } from "hono";\nconst app = new Hono();\napp.get("/v1/a", (c) => { console.log(c.req.header("authorization")); return c.json({}); });', ["3:39"]],
    ["a header by its index", `${pino}export const f = (headers: Record<string, string>) => logger.info({ key: headers["x-api-key"] }, "x");`, ["3:74"]],
    ["the address of a request", 'import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/v1/a", async (request) => { request.log.info({ from: request.ip }, "x"); return {}; });', ["3:64"]],
    ["all headers of Koa's context", 'import Koa from "koa";\nnew Koa().use(async (ctx) => { console.log(ctx.headers); });', ["2:44"]],
    ["a property that a constructor declares", `${pino}class Account { constructor(readonly id: string, readonly accountNumber: string) {} }\nexport const f = (a: Account) => logger.info({ a }, "x");`, ["4:48"]],
    ["a property that is set later", `${pino}export class A { private email = ""; f() { logger.info({ to: this.email }, "x"); } }`, ["3:62"]],
    ["a place in numbers", `${pino}export const f = (user: { latitude: number }) => logger.info({ at: user.latitude }, "x");`, ["3:68"]],
    ["what omit leaves", `import { omit } from "lodash";\n${pino}export const f = (user: { id: string; email: string; phone: string }) => logger.info(omit(user, ["email"]), "x");`, ["4:91"]],
    ["what pick takes", `import { pick } from "lodash";\n${pino}export const f = (user: { id: string; email: string }) => logger.info(pick(user, ["id", "email"]), "x");`, ["4:76"]],
    ["an error that is made of it", `${pino}export const f = (token: string) => logger.error(new Error(\`wrong \${token}\`));`, ["3:69"]],
    ["headers in a handler that is typed as a whole", 'import type { RequestHandler } from "express";\nexport const trace: RequestHandler = (req, _res, next) => { console.info("%j", req.headers); next(); };', ["2:80"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["an object in a text, which shows nothing of it", `${pino}${user}export const f = (u: User) => logger.info(\`created \${u}\`);`],
    ["another header", `${pino}export const f = (headers: Headers) => logger.info({ type: headers.get("content-type"), kind: headers["accept"] }, "x");`],
    ["what pick takes when it is harmless", `import { pick } from "lodash";\n${pino}export const f = (user: { id: string; email: string }) => logger.info(pick(user, ["id"]), "x");`],
    ["a number of tokens", `${pino}export const f = (token: number) => logger.info({ token }, "x");`],
    ["the id of a session that a query's log shows", `${pino}const query = (sql: string, params: object) => logger.debug({ sql, params }, "query");\nexport const f = (sessionId: string) => query("select 1", { sessionId });`],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("takes a name that says what to do for a flag", async () => {
    expect(await check(`${pino}export const f = (sendEmailToOwner: boolean, input: { sendEmailToCustomer: unknown }) => logger.info({ sendEmailToOwner, sendEmailToCustomer: input.sendEmailToCustomer }, "x");`)).toEqual([]);
  });

  it("credits the redaction that options spread into a logger's bring along", async () => {
    const spread = (paths: string): string => `import pino from "pino";\nconst defaults = { redact: { paths: [${paths}], remove: true } };\nconst logger = pino({ ...defaults, name: "orders" });\nexport const f = (email: string) => logger.info({ email }, "x");`;
    expect(await check(spread('"email"'))).toEqual([]);
    expect(await check(spread('"phone"'))).toEqual(["4:51"]);
    expect(await check('import pino from "pino";\nvar round = { ...round, name: "x" };\nconst logger = pino(round);\nexport const f = (email: string) => logger.info({ email }, "x");')).toEqual(["4:51"]);
  });

  it("credits redaction only at its depth", async () => {
    expect(await check('import pino from "pino";\nconst logger = pino({ redact: ["*.email"] });\nexport const f = (email: string) => logger.info({ email, user: { email } }, "x");')).toEqual(["3:51"]);
  });

  it.each([
    ["a body of a type that is not known", 'import { Body, Controller, Logger, Post } from "@nestjs/common";\nimport type { Entry } from "elsewhere";\n@Controller("v1/a") export class A { private readonly logger = new Logger("A"); @Post() f(@Body() entry: Entry) { this.logger.log(`got ${JSON.stringify(entry)}`); } }', ["3:153"]],
    ["all settings of the environment", "export const f = () => console.log(process.env);", ["1:36"]],
    ["a text in the text of a function that is given it", `${pino}const send = (kind: string, payload: unknown) => logger.info(\`sent \${kind}: \${payload}\`);\nexport const f = (password: string) => send("join", password);`, ["4:53"]],
    ["a session", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ s: req.session }, "x");`, ["4:53"]],
    ["what a job carries", `import type { Job } from "bullmq";\n${pino}export const f = (job: Job<{ to: string; resetToken: string }>) => logger.info({ data: job.data }, "x");`, ["4:88"]],
    ["what an answer carries", `import axios from "axios";\n${pino}export const f = async () => { const { data } = await axios.get<{ access_token: string }>("/a"); logger.info({ data }, "x"); };`, ["4:112"]],
    ["what a cast says", `${pino}${user}export const f = (text: string) => { const row = JSON.parse(text) as User; logger.info({ row }, "x"); };`, ["4:90"]],
    ["the event of a gateway", `import type { APIGatewayProxyEvent } from "aws-lambda";\n${pino}export const f = (event: APIGatewayProxyEvent) => logger.info({ event }, "x");`, ["4:65"]],
    ["a field of a parameter under another name", `${pino}export const f = ({ cardNumber: given }: { cardNumber: string }) => logger.info({ given }, "x");`, ["3:83"]],
    ["an error that a variable holds", `${pino}export const f = (email: string) => { const error = new Error(\`no \${email}\`); logger.error({ err: error }, "x"); };`, ["3:99"]],
    ["the address of a database", "export const f = () => console.log(`at ${process.env.DATABASE_URL}`);", ["1:42"]],
    ["what a parameter leaves over of two", `${pino}interface Patient { mrn: string; diagnosis: string }\nexport const f = ({ mrn, ...rest }: Patient) => logger.info({ rest }, mrn === "" ? "x" : "y");`, ["4:63"]],
    ["the address that a client connects to", `${pino}export const f = (connectionString: string) => logger.info({ connectionString }, "x");`, ["3:62"]],
    ["a level that is chosen", `${pino}export const f = (level: "info" | "warn", email: string) => logger[level]({ email }, "x");`, ["3:77"]],
    ["the debug log of Node", 'import { debuglog } from "node:util";\nconst debug = debuglog("a");\nexport const f = (password: string) => debug("got %s", password);', ["3:56"]],
    ["the input of a procedure", `import { initTRPC } from "@trpc/server";\nimport { z } from "zod";\n${pino}const t = initTRPC.create();\nexport const r = t.procedure.input(z.object({ email: z.string() })).mutation(({ input }) => { logger.info({ input }, "x"); });`, ["6:109"]],
    ["a declared type of what was parsed", `${pino}${user}export const f = (text: string) => { const row: User = JSON.parse(text); logger.info(row, "x"); };`, ["4:86"]],
    ["a list that is filtered and joined", `${pino}export const f = (u: { firstName: string; lastName: string }) => logger.info(\`to \${[u.firstName, u.lastName].filter(Boolean).join(" ")}\`);`, ["3:85"]],
    ["a header in an access log", 'import morgan from "morgan";\nexport const log = morgan(":method :req[authorization]");\nexport const other = morgan(":method :req[accept]");', ["2:27"]],
    ["a tag of a span", 'import tracer from "dd-trace";\nexport const f = (email: string) => tracer.scope().active()?.setTag("usr.email", email);', ["2:82"]],
    ["what a write gives back", `import { Logger } from "@nestjs/common";\nimport { Column, Entity, Repository } from "typeorm";\n@Entity() class Row { @Column() email: string; }\nconst logger = new Logger("A");\nexport const f = async (rows: Repository<Row>, input: object) => { const saved = await rows.save(input); logger.log("x", saved); };`, ["5:122"]],
    ["the request of Koa's context", 'import Koa from "koa";\nconst app = new Koa();\napp.on("error", (err, ctx) => console.error("x", ctx.request));', ["3:50"]],
    ["all cookies of a request of Next", 'import { NextRequest } from "next/server";\nexport const f = (incoming: NextRequest) => console.log(incoming.cookies.getAll());', ["2:57"]],
    ["the entries of headers", "export function f(req) { for (const [name, value] of Object.entries(req.headers)) console.log(name, value); }", ["1:101"]],
    ["the event of a function behind a gateway", "export const handler = async (event) => {\n  console.log(JSON.stringify(event));\n  return { statusCode: 200 };\n};", ["2:30"]],
    ["a token that was just signed", 'import jwt from "jsonwebtoken";\nexport const f = (id: string) => { const made = jwt.sign({ id }, process.env.KEY!); console.log(`made ${made}`); };', ["2:105"]],
    ["the request in the error of a client", 'import axios, { AxiosError } from "axios";\nexport const f = async () => { try { await axios.get("https://a.io"); } catch (error) { console.error((error as AxiosError).config); } };', ["2:103"]],
    ["what an insertion gives back", `import { pgTable, text } from "drizzle-orm/pg-core";\nimport { drizzle } from "drizzle-orm/node-postgres";\nconst people = pgTable("people", { id: text("id"), ssn: text("ssn") });\nconst db = drizzle("");\nexport const f = async () => { const [made] = await db.insert(people).values({}).returning(); console.log("x", made); };`, ["5:112"]],
    ["the message of an error that holds it", "export function f(email: string) { const error = new Error(`no account for ${email}`); console.error(error.message); }", ["1:102"]],
    ["the request of Nest's host", 'import { type ArgumentsHost, Logger } from "@nestjs/common";\nconst logger = new Logger("A");\nexport function f(host: ArgumentsHost) { const request = host.switchToHttp().getRequest(); logger.error({ body: request.body }); }', ["3:113"]],
    ["what an object of one value holds", `${pino}export const f = (email: { value: string }) => logger.info({ given: email.value }, "x");`, ["3:69"]],
    ["the member of an enumeration that tells of a person", `${pino}enum Religion { A, B }\nexport const f = (religion: Religion) => logger.info({ religion }, "x");`, ["4:56"]],
    ["what a spread keeps", `${pino}${user}export const f = (u: User) => logger.info({ ...u, passwordHash: undefined }, "x");`, ["4:48"]],
    ["fields that a read names", `${pino}import { db } from "./db.js";\nexport const f = async (id: string) => { const user = await db.user.findUnique({ where: { id }, select: { id: true, phone: true } }); logger.info({ user }, "x"); };`, ["4:149"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["what a kind of token is", `${pino}enum TokenType { Access = "access" }\nexport const f = (token: TokenType) => logger.info({ kind: token }, "x");`],
    ["the result of a deletion", `import { Column, Entity, Repository } from "typeorm";\n${pino}@Entity() class Row { @Column() email: string; }\nexport const f = async (rows: Repository<Row>) => { const result = await rows.delete({ email: "" }); logger.info({ result }, "x"); };`],
    ["an event that no gateway sends", "export const handler = async (event) => {\n  console.log(JSON.stringify(event));\n};"],
    ["the text of a parser's token", `${pino}export const f = (token: { value: string }) => logger.debug({ text: token.value }, "x");`],
    ["what a function of the project takes out before it logs", `${pino}function sanitizeContext(context: Record<string, unknown>) { const left = { ...context }; delete left["email"]; return left; }\nfunction note(context: Record<string, unknown>) { logger.info({ context: sanitizeContext(context) }, "x"); }\nexport const f = (email: string) => note({ email });`],
    ["where a key lies", `${pino}function decrypt(filePath: string) { logger.info({ filePath }, "x"); return filePath; }\nexport const f = (options: { privateKey: string }) => decrypt(options.privateKey);`],
    ["the message of another error", "export function f(id: string) { const error = new Error(`no account ${id}`); console.error(error.message); }"],
    ["places in a list of tokens", `${pino}export function f(tokens: string[]) { for (const token of tokens.keys()) logger.trace({ at: token }, "x"); }`],
    ["parts of the request of Nest's host", 'import { type ArgumentsHost, Logger } from "@nestjs/common";\nconst logger = new Logger("A");\nexport function f(host: ArgumentsHost) { const { method, url } = host.switchToHttp().getRequest(); logger.log({ method, url }); }'],
    ["the id of a customer", `${pino}export const f = (charge: { customer: unknown }) => logger.info({ customerId: charge.customer }, "x");`],
    ["the error that Express gives a step", 'import express from "express";\nconst app = express();\napp.use(async (error: any, req: express.Request, res: express.Response, next: express.NextFunction) => { console.error("x", error); res.status(500).json({}); });'],
    ["the sid of a message", `${pino}export const f = (message: { sid: string }) => logger.info({ sent: message.sid }, "x");`],
    ["the sid of a thing, and when a token ends", `${pino}export function f(message: any, sensor: any) { const { sid } = message; const expireInToken = 3000; logger.info({ sid, sensor: sensor.sid, expireInToken }, "x"); }`],
    ["one header of a request", 'import { type Context, Hono } from "hono";\nconst headerOf = ({ context, name }: { context: Context; name: string }) => context.req.header(name);\nnew Hono().post("/hooks", (context) => { const mark = headerOf({ context, name: "X-Mark" }); console.log("x", mark); return context.json({}); });'],
    ["names of headers", "export function f(req) { for (const name of Object.keys(req.headers)) console.log(name); }"],
    ["fields that stand behind a spread again", `${pino}${user}export const f = (u: User) => logger.info({ ...u, email: undefined, passwordHash: "set" }, "x");`],
    ["harmless fields that a read names", `${pino}import { db } from "./db.js";\nexport const f = async (id: string) => { const user = await db.user.findUnique({ where: { id }, select: { id: true } }); const row = await db.user.findOne({ attributes: ["id", "plan"] }); logger.info({ user, customer: row }, "x"); };`],
    ["where tokens are given out", `${pino}const config = { oauthToken: process.env.SIGN_IN_TOKEN_URL || "https://id.example.com/token" };\nexport const f = () => logger.info({ from: config.oauthToken }, "x");`],
    ["counts that a read of a table asks for", `${pino}import { DataTypes, fn, Model } from "sequelize";\nimport { sequelize } from "./db.js";\nclass User extends Model {}\nUser.init({ id: DataTypes.INTEGER, email: DataTypes.STRING }, { sequelize });\nexport const f = async () => { const sums = await User.findAll({ attributes: [[fn("COUNT", "id"), "members"]], raw: true }); logger.info({ sums: sums[0] }, "x"); };`],
    ["what a parameter leaves over", `${pino}interface Patient { id: string; mrn: string }\nexport const f = ({ mrn, ...patient }: Patient) => logger.info({ patient }, mrn === "" ? "x" : "y");`],
    ["the id of what has a declared type", `${pino}${user}const note = (id: string) => logger.warn(\`none for \${id}\`);\nexport const f = (text: string) => { let row: User; row = JSON.parse(text); note(row.id); };\nexport const g = (text: string) => { const row: User = JSON.parse(text); logger.info({ id: row.id }, "x"); };`],
    ["how many tokens a text has", `${pino}export const f = (originalTokens: object) => logger.info({ originalTokens }, "x");`],
    ["redacted fields of a list", `import pino from "pino";\nconst logger = pino({ redact: ["rows[*].email"] });\nexport const f = (rows: { id: string; email: string }[]) => logger.info({ rows }, "x");`],
    ["a member of an enumeration of a package", `import { PaymentMethod } from "@mollie/api-client";\n${pino}export const f = () => logger.info({ method: PaymentMethod.creditcard }, "x");`],
    ["an object without what its name says is taken out", `${user}${pino}export const f = (redactedUser: Partial<User>, maskedConfig: { password?: string }) => logger.info({ redactedUser, maskedConfig }, "x");`],
    ["an object in the text of a function that is given it", `${pino}const send = (kind: string, payload: unknown) => logger.info(\`sent \${kind}: \${payload}\`);\nexport const f = (password: string) => send("join", { nick: "a", password });`],
    ["a number of addresses", `${pino}export const f = (history: { totalEmails: unknown }) => logger.info({ totalEmails: history.totalEmails }, "x");`],
    ["a thing that goes with a person", `${pino}export const f = (tupleWithUser: { toString(): string }) => logger.info(\`made \${tupleWithUser.toString()}\`);`],
    ["a piece of it in a template", `${pino}export const f = (token: string) => logger.info({ token: \`\${token.slice(0, 4)}…\` }, "x");`],
    ["a flag that a function gives", `${pino}declare function isOldAccount(plan: string): never;\nexport const f = (plan: string) => { const oldAccount = isOldAccount(plan); logger.info({ oldAccount }, "x"); };`],
    ["profiles and accounts of things", `${pino}export const f = (qualityProfile: never, serviceAccount: { name: string }, client: { name: string }) => logger.info({ qualityProfile, a: serviceAccount.name, b: client.name }, "x");`],
    ["what a job without such fields carries", `import type { Job } from "bullmq";\n${pino}export const f = (job: Job<{ orderId: string }>) => logger.info({ data: job.data }, "x");`],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("takes a session's id for a token where sessions or cookies let clients in, and for a row's id elsewhere", async () => {
    const text = `${pino}export const f = (sessionId: string) => logger.info({ sessionId }, "recorded");\nexport const g = (row: { sessionId: string }) => logger.info(row, "kept");`;
    const having = (name: string): Readonly<Record<string, string>> => ({ "package.json": JSON.stringify({ name: "app", private: true, scripts: { start: "node ." }, dependencies: { pino: "9.0.0", [name]: "1.0.0" } }) });
    expect(await check(text, having("bullmq"))).toEqual([]);
    expect(await check(text, having("express-session"))).toEqual(["3:55", "4:62"]);
    expect(await check(text, { ...having("hono"), "src/me.ts": 'import { getCookie } from "hono/cookie";\nexport const me = (c: never) => getCookie(c, "sid");' })).toEqual(["3:55", "4:62"]);
    // A cookie that is none of a session, and one that no code reads.
    expect(await check(text, { ...having("hono"), "src/me.ts": 'import { getCookie } from "hono/cookie";\nexport const me = (c: never) => getCookie(c, "theme");' })).toEqual([]);
    expect(await check(text, { ...having("fastify"), "src/app.ts": 'import cookie from "@fastify/cookie";\nexport const open = (app: any) => app.register(cookie);' })).toEqual([]);
    // Another kind of session beside it, and what the middleware has put into the request all the same.
    expect(await check(text, { ...having("express-session"), "src/games.ts": "export const open = (gameSessionId: string) => gameSessionId;" })).toEqual([]);
    expect(await check(text, { ...having("express-session"), "src/log-out.ts": "export const close = (currentSessionId: string) => currentSessionId;" })).toEqual(["3:55", "4:62"]);
    // What the file calls its sessions.
    expect(await check(`${text}\nexport class ConsultationSession {}`, having("express-session"))).toEqual([]);
    expect(await check(`${text}\nexport class LoginSession {}`, having("express-session"))).toEqual(["3:55", "4:62"]);
    expect(await check(`import type { IronSession } from "iron-session";\n${text}`, having("iron-session"))).toEqual(["4:55", "5:62"]);
    const ofRequest = `import type { Request } from "express";\n${pino}export const f = (gameSessionId: string, req: Request) => logger.info({ id: req.sessionID, gameSessionId }, "x");`;
    expect(await check(ofRequest, having("express-session"))).toEqual(["4:77"]);
  });

  it("leaves the pieces of a text that a parser takes apart alone, and what says who holds a lock", async () => {
    const parser = `${pino}export class Parser { currentToken: string | undefined; next() { logger.error(this.currentToken); } }`;
    const places = async (file: string, text: string): Promise<string[]> => (await checkProject({ [file]: text }, { rule })).map((line) => line.replace(/ .*/, ""));
    expect(await places("src/formula/parser.ts", parser)).toEqual([]);
    expect(await places("src/auth/jwt-parser.ts", parser)).toEqual(["src/auth/jwt-parser.ts:3:79"]);
    expect(await check(`${pino}export const release = (key: string, token: string) => logger.info(\`Lock released: \${key}, \${token}\`);\nexport const extendLock = (token: string) => logger.info({ token }, "extended");\nexport const block = (token: string) => logger.info({ token }, "blocked");`)).toEqual(["5:55"]);
  });

  it("knows the rows of a generic collection by what it was declared to hold", async () => {
    const types = [
      "export interface Link { id: string; kind: string }",
      "export interface Member { id: string; firstName: string; passwordHash: string }",
      "export interface Collection<Row> { find(id: string): Promise<Row | null>; list(): Promise<Row[]> }",
      "export interface Database { links: Collection<Link>; members: Collection<Member> }",
      "export class Table<Row> implements Collection<Row> { async find(id: string): Promise<Row | null> { return JSON.parse(id) as Row; } async list(): Promise<Row[]> { return JSON.parse('[]') as Row[]; } }",
      "export class Members extends Table<Member> implements Collection<Member> { override async find(id: string): Promise<Member | null> { return await super.find(id); } }",
    ].join("\n");
    const code = [
      'import type { Database, Link, Table } from "./types.js";',
      "export const a = async (db: Database) => { const link = await db.links.find('1'); logger.info({ link }, 'x'); };",
      "export const b = async (db: Database) => { const member = await db.members.find('1'); logger.info({ member }, 'x'); };",
      "export const c = async (db: Database) => { const rows = await db.members.list(); logger.info({ rows, links: await db.links.list() }, 'x'); };",
      "export class D { constructor(private readonly links: Table<Link>) {} async d() { const link = await this.links.find('1'); logger.info({ link }, 'x'); } }",
    ].join("\n");
    expect(await check(`${pino}${code}`, { "src/services/types.ts": types })).toEqual(["5:101", "6:96"]);
  });

  it("credits the redaction that a module gives the loggers it hands out", async () => {
    const module = 'import { LoggerModule } from "nestjs-pino";\nexport const logging = LoggerModule.forRootAsync({ useFactory: () => ({ pinoHttp: { redact: ["email"] } }) });';
    expect(await check('import { PinoLogger } from "nestjs-pino";\nexport class A { constructor(private readonly logger: PinoLogger) {} f(email: string, phone: string) { this.logger.info({ email, phone }, "x"); } }', { "src/logging.module.ts": module })).toEqual(["2:130"]);
  });

  it("credits the redaction of a framework's logger only in its own package", async () => {
    const users = (name: string): string => `import { PinoLogger } from "nestjs-pino";\nexport class ${name} { constructor(private readonly logger: PinoLogger) {} f(email: string) { this.logger.info({ email }, "x"); } }`;
    const found = await checkProject(
      {
        "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["apps/*"] }),
        "apps/a/package.json": JSON.stringify({ name: "a", dependencies: { "nestjs-pino": "4.0.0" } }),
        "apps/a/src/logging.ts": 'import { LoggerModule } from "nestjs-pino";\nexport const logging = LoggerModule.forRoot({ pinoHttp: { redact: ["email"] } });',
        "apps/a/src/users.ts": users("A"),
        "apps/b/package.json": JSON.stringify({ name: "b", dependencies: { "nestjs-pino": "4.0.0" } }),
        "apps/b/src/users.ts": users("B"),
      },
      { rule },
    );
    expect(found.map((line) => line.replace(/:.*/, ""))).toEqual(["apps/b/src/users.ts"]);
  });

  it("knows the calls of every logger by where it comes from, and what they write beside", async () => {
    const loggers: Readonly<Record<string, readonly [imports: string, leak: string, harmless: string]>> = {
      bunyan: ['import bunyan from "bunyan";\nconst it = bunyan.createLogger({ name: "a" });', 'it.info({ to: email }, "x")', 'it.info({ id }, "x")'],
      consola: ['import { consola as it } from "consola";', 'it.success("x", email)', 'it.success("x", id)'],
      tslog: ['import { Logger } from "tslog";\nconst it = new Logger();', "it.silly({ to: email })", "it.silly({ id })"],
      log4js: ['import log4js from "log4js";\nconst it = log4js.getLogger("a");', 'it.mark("x", email)', 'it.mark("x", id)'],
      loglayer: ['import { LogLayer } from "loglayer";\nconst it = new LogLayer({} as never);', 'it.withMetadata({ to: email }).info("x")', 'it.withMetadata({ id }).info("x")'],
      roarr: ['import { Roarr as it } from "roarr";', 'it.debug({ to: email }, "x")', 'it.debug({ id }, "x")'],
      signale: ['import { Signale } from "signale";\nconst it = new Signale();', 'it.note("x", email)', 'it.note("x", id)'],
      loglevel: ['import it from "loglevel";', 'it.warn("x", email)', 'it.warn("x", id)'],
      "pino-http": ['import express from "express";\nimport { pinoHttp } from "pino-http";\nexpress().use(pinoHttp());', 'express().get("/", (req) => req.log.info({ to: email }, "x"))', 'express().get("/", (req) => req.log.info({ id }, "x"))'],
      fastify: ['import fastify from "fastify";\nconst it = fastify({ logger: true });', 'it.log.info({ to: email }, "x")', 'it.log.info({ id }, "x")'],
    };
    const files = Object.entries(loggers).flatMap(([name, [imports, leak, harmless]]) => [[`src/services/${name}.ts`, `${imports}\nexport const f = (email: string) => ${leak};`], [`src/services/${name}-harmless.ts`, `${imports}\nexport const f = (id: string) => ${harmless};`]]);
    const found = await checkProject(Object.fromEntries(files), { rule });
    expect(found.map((line) => line.replace(/:.*/, ""))).toEqual(Object.keys(loggers).sort().map((name) => `src/services/${name}.ts`));
  });

  it("reads what access logs, serializers and options of loggers write", async () => {
    const files = {
      "src/log.ts": [
        'import Fastify from "fastify";',
        'import morgan from "morgan";',
        'import pinoHttp from "pino-http";',
        'morgan.token("sender", (req: any) => req.body.email);',
        'morgan.token("request", (req: any) => req.id);',
        "morgan((tokens: any, req: any) => `${tokens.url(req)} ${req.headers.cookie}`);",
        "pinoHttp({ serializers: { req: (req: any) => ({ url: req.url, sent: req.raw.body }) } });",
        'pinoHttp({ redact: ["req.headers"], serializers: { req: (req: any) => ({ url: req.url, headers: req.headers }) } });',
        "pinoHttp({ customProps: (req: any) => ({ email: req.user.email, id: req.user.id }) });",
        "export const app = Fastify({ logger: { serializers: { req(req: any) { return { method: req.method, headers: req.headers }; } } } });",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/log.ts:4:38", "src/log.ts:6:57", "src/log.ts:7:69", "src/log.ts:9:49", "src/log.ts:10:109"]);
  });

  it("follows data through lists that are filled, tags, texts of classes, jobs, decorated parameters and related rows", async () => {
    const files = {
      "prisma/schema.prisma": "model Customer {\n  id String @id\n  email String\n  orders Order[]\n}\nmodel Order {\n  id String @id\n  customer Customer @relation(fields: [customerId], references: [id])\n  customerId String\n}\n",
      "src/a.ts": [
        'import pino from "pino";',
        'import { PrismaClient } from "@prisma/client";',
        'import { Worker } from "bullmq";',
        'import { Controller, Get, Headers, Query } from "@nestjs/common";',
        "const logger = pino();",
        "const prisma = new PrismaClient();",
        "interface Invite { email: string; team: string }",
        "interface Thumb { image: string }",
        "class Lead { constructor(readonly id: string, readonly email: string) {} toString() { return `${this.id} <${this.email}>`; } whole() { logger.info({ lead: this }); } }",
        "class Ref { constructor(readonly id: string, readonly email: string) {} toString() { return this.id; } }",
        "declare const join: (texts: TemplateStringsArray, ...values: unknown[]) => string;",
        "export function f(invites: Invite[], lead: Lead, ref: Ref, invite: Invite) {",
        "  const lines: string[] = [];",
        "  lines.push(invite.email);",
        '  logger.info(lines.join(" "));',
        "  logger.info(`made ${lead}`);",
        "  logger.info(`made ${ref}`);",
        "  logger.info(join`sent to ${invite.email}`);",
        "  logger.info(join`sent to ${invite.team}`);",
        "  logger.info({ first: invites[0] });",
        "  logger.info({ teams: invites.reduce((all, one) => ({ ...all, [one.team]: 1 }), {}) });",
        "  logger.info({ sent: invites.reduce((all, one) => ({ ...all, [one.team]: one.email }), {}) });",
        "}",
        "export async function g() {",
        "  const order = await prisma.order.findFirst({ include: { customer: true } });",
        "  logger.info({ order });",
        "  const plain = await prisma.order.findFirst({ include: { customer: { select: { id: true } } } });",
        "  logger.info({ plain });",
        "  const [rows, total] = await Promise.all([prisma.customer.findMany(), prisma.customer.count()]);",
        "  logger.info({ rows });",
        "  logger.info({ total });",
        "}",
        'export const worker = new Worker<Invite>("invites", async (job) => { logger.info({ sent: job.data }); });',
        'worker.on("failed", (job) => { logger.warn({ sent: job?.data, team: job?.data.team }); });',
        'export const thumbs = new Worker<Thumb>("thumbs", async (job) => { logger.info({ sent: job.data }); });',
        '@Controller() export class C { @Get() one(@Headers("authorization") given: string, @Query("page") page: string) { logger.info("with " + given + page); } }',
        "export const usage = (tokens: { prompt: number; completion: number }) => logger.info(tokens);",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, "").replace("src/a.ts:", ""))).toEqual(["9:156", "15:15", "16:23", "18:30", "20:24", "22:23", "26:17", "30:17", "33:90", "34:52", "36:137"]);
  });

  it("reports an error of axios that is logged whole where its request carries a credential", async () => {
    const files = {
      "src/pay.ts": [
        'import axios from "axios";',
        'import pino from "pino";',
        "const logger = pino();",
        "export async function pay(key: string) {",
        "  try { await axios.post(\"https://pay.io\", {}, { headers: { Authorization: key } }); } catch (error) { logger.error({ error }); logger.error(`failed: ${error}`); logger.error({ sent: (error as any).config.data, back: (error as any).response.data }); }",
        '  try { await axios.get("https://pay.io"); } catch (error) { logger.error({ error }); }',
        "}",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/pay.ts:5:119", "src/pay.ts:5:184"]);
  });

  it("knows rows that methods of lists and counting queries give, and credits redaction of an object that a variable holds", async () => {
    const files = {
      "src/a.ts": [
        'import pino from "pino";',
        'import type { Repository } from "typeorm";',
        'import { Column, Entity } from "typeorm"; import type { HydratedDocument } from "mongoose"; import { DataTypes, Sequelize } from "sequelize"; import type { Request } from "express";',
        'const logger = pino({ redact: ["user.email"] });',
        "@Entity() export class Guest { @Column() id!: number; @Column() passportNumber!: string; }",
        "export async function f(guests: Repository<Guest>, email: string) {",
        "  const [rows, total] = await guests.findAndCount();",
        "  logger.info({ rows });",
        "  logger.info({ total });",
        "  const first = rows.at(0);",
        "  logger.info({ first });",
        "  logger.info({ one: rows.find(({ id }) => id === total) });",
        "  logger.info({ ids: rows.slice(0, 2).map(({ id }) => id) });",
        "  const user = { email, id: total };",
        "  logger.info({ user });",
        "  logger.info({ sent: user });",
        "  guests.findOneByOrFail({ id: 1 }).then((row) => { logger.info({ row }); logger.info({ id: row.id }); });",
        "}",
        "interface Fan { surname: string; level: number }",
        "export const saved = (doc: HydratedDocument<Fan>) => { logger.info({ doc }); logger.info({ level: doc.level }); };",
        'const Buyer = new Sequelize("").define("buyer", { id: DataTypes.INTEGER, phoneNumber: DataTypes.STRING });',
        "export const buyers = async () => { const all = await Buyer.findAll(); logger.info({ all }); const ids = await Buyer.findAll({ attributes: [\"id\"] }); logger.info({ ids }); };",
        'export const names = (req: Request) => { const keys = Object.entries(req.body).map(([key]) => key); logger.info({ keys }); };',
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, "").replace("src/a.ts:", ""))).toEqual(["8:17", "11:17", "12:22", "16:23", "17:67", "20:70", "22:86"]);
  });

  it("knows whom a mail goes to, what a client is about to send, rows of statements and parts of requests that are declared", async () => {
    const files = {
      "src/a.ts": [
        'import axios from "axios"; import nodemailer from "nodemailer"; import { Pool } from "pg"; import { Model, DataTypes } from "sequelize"; import Fastify from "fastify"; import { matchedData } from "express-validator"; import type { Request } from "express";',
        "const transport = nodemailer.createTransport({}); const pool = new Pool(); const app = Fastify();",
        "class Account extends Model {}",
        'Account.init({ iban: DataTypes.STRING }, { modelName: "account" });',
        "interface SignedIn extends Request { tenant?: string }",
        "export async function send(to: string, subject: string) { console.log(`to ${to}`); const info = await transport.sendMail({ to, subject }); console.log(info.accepted, info.messageId); }",
        "export const move = (from: string, to: string) => console.log(`${from} to ${to}`);",
        "export const queue = (message: { to: string; subject: string }) => console.log({ to: message.to, subject: message.subject });",
        "axios.interceptors.request.use((config) => { console.log(config.url, config.headers); return config; });",
        'export async function rows() { const { rows } = await pool.query("SELECT id, email FROM people"); console.log(rows[0]); const found = await pool.query("SELECT id, title FROM books"); console.log(found.rows); }',
        "export async function row() { const one = await Account.findByPk(1); console.log(one); }",
        'app.get<{ Querystring: { phone: string } }>("/a", async (request) => { console.log(request.query); });',
        'app.get<{ Querystring: { page: number } }>("/b", async (request) => { console.log(request.query); });',
        "export const sent = (req: SignedIn) => { const { password, ...others } = req.body; console.log(others); console.log(matchedData(req)); };",
        'export const cut = (token: string) => { console.log(token.slice(0, 16)); console.log(token.slice(0, 4), token.slice(-4)); };',
        "export const settings = { origin: true, credentials: process.env.CORS_ALLOW_CREDENTIALS };",
        "console.log(settings);",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, "").replace("src/a.ts:", ""))).toEqual(["6:77", "6:152", "8:86", "9:70", "10:111", "11:82", "12:84", "14:96", "14:117", "15:53"]);
  });

  it("takes what the code around reads of an unknown object for what it holds, and credits what takes it out", async () => {
    const text = [
      "export async function exchange(code: string) {",
      '  const answer = await (await fetch("https://id.acme.io", { method: "POST", body: code })).json();',
      "  console.log(answer);",
      "  if (!answer.access_token) throw new Error();",
      '  const stock = await (await fetch("https://stock.acme.io")).json();',
      "  console.log(stock);",
      '  const bare = await (await fetch("https://id.acme.io")).json();',
      "  delete bare.access_token;",
      "  console.log(bare);",
      "  return [answer.access_token, stock.items, bare.access_token];",
      "}",
    ].join("\n");
    expect(await check(text)).toEqual(["3:15"]);
  });

  it("knows rows of Drizzle's relational queries and lists of persons that were asked for", async () => {
    const text = [
      'import { pgTable, serial, text } from "drizzle-orm/pg-core";',
      'export const members = pgTable("members", { id: serial("id"), email: text("email") });',
      'export const shelves = pgTable("shelves", { id: serial("id"), label: text("label") });',
      "export async function show(db: any, directory: any) {",
      "  const member = await db.query.members.findFirst();",
      "  console.log(member);",
      "  const narrow = await db.query.members.findFirst({ columns: { id: true } });",
      "  console.log(narrow, await db.query.shelves.findMany());",
      "  const customers = await directory.findCustomers();",
      "  console.log(customers);",
      "  const users = await directory.countUsers();",
      "  console.log(users);",
      "}",
    ].join("\n");
    expect(await check(text)).toEqual(["6:15", "10:15"]);
  });

  it("knows rows behind `exec`, nested schemas of other files and what statements return", async () => {
    const files = {
      "src/address.js": 'const mongoose = require("mongoose");\nmodule.exports = new mongoose.Schema({ fullName: String, area: String });\n',
      "src/stores.js": [
        'const mongoose = require("mongoose");',
        'const address = require("./address");',
        'exports.Member = mongoose.model("members", new mongoose.Schema({ email: String }));',
        'exports.Parcel = mongoose.model("parcels", mongoose.Schema({ weight: Number, address: { type: address, required: true } }));',
        'exports.Shelf = mongoose.model("shelves", mongoose.Schema({ label: String, place: { row: Number } }));',
      ].join("\n"),
      "src/a.js": [
        'const { Member, Parcel, Shelf } = require("./stores");',
        'const { Pool } = require("pg");',
        "const pool = new Pool();",
        "Member.findByIdAndUpdate(id, { $set: { seen: true } }).exec().then((doc) => { console.log(doc); });",
        "Shelf.findByIdAndUpdate(id, { $set: { seen: true } }).exec().then((doc) => { console.log(doc); });",
        "exports.show = async (id) => {",
        "  const parcel = await Parcel.findById(id);",
        "  console.log(parcel);",
        "  console.log(await Shelf.findById(id));",
        '  const seen = await pool.query("UPDATE members SET seen = now() WHERE id = $1 RETURNING id, email", [id]);',
        "  console.log(seen.rows[0]);",
        '  const moved = await pool.query("UPDATE shelves SET place = 3 WHERE id = $1 RETURNING id, place", [id]);',
        "  console.log(moved.rows[0]);",
        "};",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/a.js:4:91", "src/a.js:8:15", "src/a.js:11:15"]);
  });

  it("takes the settings of a database for no rows of it, and what a call gives under a name in capitals for no code", async () => {
    const files = {
      "src/config.js": 'module.exports = { database: "plums", jwtSecret: process.env.JWT_SECRET, password: process.env.DB_PASSWORD };\n',
      "src/a.js": [
        'const { Sequelize } = require("sequelize"); const config = require("./config");',
        "const sequelize = new Sequelize(config.database, config.user, config.password, {});",
        'const Plum = require("./plum")(sequelize);',
        "exports.show = async (settings) => { console.log(await sequelize.models.plum.findAll(), await Plum.findAll()); console.log(settings.values().SHOP_PASSWORD); };",
      ].join("\n"),
      "src/plum.js": 'module.exports = (sequelize) => sequelize.define("plum", { label: { type: String } });\n',
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/a.js:4:124"]);
  });

  it("knows a parameter by the fields that are taken out of it, and a person whose password alone was left out", async () => {
    const text = [
      "export const move = ({ change, shelf }: any) => { const { fullName, phone } = change; const { row, label } = shelf; console.log(change, shelf); return [fullName, phone, row, label]; };",
      "export async function load(store: any) {",
      "  const user = await store.findOne({ id: 1 });",
      "  const { password, ...foundUser } = user.toObject();",
      "  const { email, name, ...plainUser } = user.toObject();",
      "  const { password: _, ...safeUser } = user.toObject();",
      "  console.log(foundUser, plainUser, safeUser);",
      "}",
    ].join("\n");
    expect(await check(text)).toEqual(["1:129", "7:15"]);
  });

  it("knows functions that join what they are given, loggers behind a class of the project, and formatters that only name the level", async () => {
    const files = {
      "src/log.ts": [
        'import winston from "winston"; import pino from "pino";',
        "const logger = winston.createLogger();",
        'export function say(...parts: unknown[]) { logger.info(parts.map((part) => JSON.stringify(part)).join(" ")); }',
        "let instance: any = null;",
        'export class Log { static start() { instance = winston.createLogger(); } static error(message: string) { logger.error(message); } static keys(values: object) { logger.info(Object.keys(values).join()); } static drop(id: string) { logger.info(`dropped ${id}`); } }',
        "export const leveled = pino({ formatters: { level: (label) => ({ level: label }) } });",
        "export const rewritten = pino({ formatters: { log: (fields) => ({}) } });",
      ].join("\n"),
      "src/a.ts": [
        'import { leveled, Log, rewritten, say } from "./log.js";',
        'export const f = (email: string) => { say("a", email); Log.error(`b ${email}`); leveled.info({ email }); rewritten.info({ email }); };',
        "export const g = (req: any, body: { member: string; email: string }) => { Log.keys(body); Log.drop(body.member); };",
      ].join("\n"),
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/a.ts:2:48", "src/a.ts:2:71", "src/a.ts:2:96"]);
  });
});

it("takes one field of a body under a name that is worked out for no whole body", async () => {
  const text = [
    'import pino from "pino";',
    'import express from "express";',
    "const logger = pino(); export const app = express();",
    'const pick = (body: Record<string, unknown>, fields: string[]) => { for (const field of fields) { const value = body[field]; if (value) return String(value); } return ""; };',
    "class Link { constructor(body: any) { this.kept = {}; Object.keys(body).forEach((key) => { this.kept[key] = body[key]; }); } kept: any; label() { return this.kept.label; } tell() { const label = this.label(); const driver = this.kept.driver; logger.info({ label, driver }); } }",
    'app.post("/v1/link", (req, res) => { new Link(req.body).tell(); res.end(); });',
    'app.post("/v1/pay", (req, res) => { const currency = pick(req.body, ["currency"]); logger.info({ currency }); logger.info({ body: req.body }); res.end(); });',
  ].join("\n");
  expect(await checkProject({ "src/a.ts": text }, { rule: "no-pii-in-logs" })).toEqual(["src/a.ts:7:131 no-pii-in-logs body"]);
});

it("takes an id that a browser hands to a function of the server for no whole body", async () => {
  const files = {
    "src/queue.ts": 'import pino from "pino";\nconst logger = pino();\nexport async function queue({ orderId }: { orderId: string }) { logger.info({ orderId }); }\nexport async function keep({ form }: { form: unknown }) { logger.info({ form }); }',
    "src/actions.ts": '"use server";\nimport { keep, queue } from "./queue";\nexport async function remove(orderId: string) { await queue({ orderId }); }\nexport async function send(form: unknown) { await keep({ form }); }',
    "src/page.tsx": 'import { remove, send } from "./actions";\nexport const Page = () => <form action={send} onReset={() => remove("1")} />;',
  };
  expect((await checkProject(files, { rule: "no-pii-in-logs" })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/queue.ts:4:73"]);
});

it("is silent about what a variable holds masked, and about codes of errors", async () => {
  const text = [
    'import pino from "pino";',
    'import { maskEmailForLogs } from "./mask";',
    'import { Client } from "parse";',
    "const logger = pino();",
    "export const a = (email: string) => { const safeEmail = maskEmailForLogs(email); logger.info({ invitedEmail: safeEmail }); };",
    "export const b = (email: string) => { let safeEmail = maskEmailForLogs(email); safeEmail = email; logger.info({ invitedEmail: safeEmail }); };",
    "export const c = () => logger.info({ code: Client.Error.INVALID_SESSION_TOKEN });",
    'export const d = (text: string) => { const tokens = text.split(",").map((part) => part.trim()); for (const token of tokens) logger.info({ token }); };',
  ].join("\n");
  expect(await checkProject({ "src/a.ts": text }, { rule: "no-pii-in-logs" })).toEqual(["src/a.ts:6:127 no-pii-in-logs exposed"]);
});

describe("no-pii-in-logs, what a log call shows", () => {
  const lines = async (files: Readonly<Record<string, string>>): Promise<string[]> => (await checkProject(files, { rule })).map((line) => line.replace(/^.*\//, "").replace(/:\d+ .*/, ""));

  it("takes what keeps its records in a table, and logs its own failures, for no log", async () => {
    const trail = (said: string): string => `import { Logger } from "@nestjs/common";\nimport type { Repository } from "typeorm";\nexport class Entry { id!: string; ip!: string; }\nexport class TrailService {\n  private readonly logger = new Logger("trail");\n  constructor(private readonly entries: Repository<Entry>) {}\n  async log(data: { action: string; email: string }) {\n    try { ${said}return await this.entries.save({ ...data }); } catch (error) { this.logger.error("not kept", error); throw error; }\n  }\n}\n`;
    const caller = 'import { TrailService } from "./trail.js";\nexport class Shop { constructor(private readonly trail: TrailService) {}\n  async f(email: string) { await this.trail.log({ action: "left", email }); }\n}\n';
    expect(await lines({ "src/trail.ts": trail(""), "src/shop.ts": caller })).toEqual([]);
    expect(await lines({ "src/trail.ts": trail("this.logger.log(JSON.stringify(data)); "), "src/shop.ts": caller })).toEqual(["shop.ts:3", "trail.ts:8"]);
  });

  it("knows the logger that a library of unknown make gives by its name", async () => {
    const text = 'import type { ILogs } from "@acme/components";\nexport const f = (logs: ILogs, ipAddress: string) => {\n  const entryLogger = logs.getLogger("entry");\n  entryLogger.log(`from ${ipAddress}`);\n};\n';
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:4"]);
  });

  it("follows a credential through what only tidies it, and a text through its colours", async () => {
    const text = [
      'import type { Request } from "express";',
      'import chalk from "chalk";',
      'export const a = (req: Request) => { const given = (req.get("authorization") ?? "").replace(/^Bearer\\s+/i, "").trim(); console.log(JSON.stringify(given)); };',
      "export const b = (req: Request) => { const accessToken = String(req.headers.authorization).slice(7); console.log(accessToken); };",
      'export const c = (req: Request) => console.log(req.headers.authorization?.split(" ")[1]);',
      "export const d = (u: { email: string }) => console.log(chalk.bold(u.email));",
      'export const e = (u: { phone: string }) => console.log(u.phone.replace(/\\D/g, ""));',
      'export const f = (u: { phone: string; email: string }) => console.log(u.phone.replace(/.(?=.{4})/g, "*"), u.email.replace(/@.*/, ""), u.phone.slice(-4));',
    ].join("\n");
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:3", "a.ts:4", "a.ts:5", "a.ts:6", "a.ts:7"]);
  });

  it("knows a salary, and the row that a generic base class gives back", async () => {
    const text = [
      "class Worker { id!: string; salary!: number; shifts!: number; }",
      "class Base<T> { async keep(row: T): Promise<T> { return row; } async all(): Promise<T[]> { return []; } async count(): Promise<number> { return 1; } }",
      "export class Workers extends Base<Worker> {",
      "  async f(data: object) { const row = await this.keep(data as never); console.log(row); }",
      "  async g() { const rows = await this.all(); console.log(rows); }",
      "  async h() { const many = await this.count(); console.log(many); }",
      "}",
    ].join("\n");
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:4", "a.ts:5"]);
  });

  it("knows what the project puts into its tokens when it opens one", async () => {
    const sign = (claims: string): string => `import jwt from "jsonwebtoken";\nexport const issue = (row: { id: string; mail: string }) => jwt.sign(${claims}, process.env.TOKEN_KEY!);\n`;
    const open = 'import jwt from "jsonwebtoken";\nexport const read = (given: string) => { const opened = jwt.verify(given, process.env.TOKEN_KEY!); console.log("opened", opened); };\n';
    expect(await lines({ "src/issue.ts": sign("{ who: { email: row.mail } }"), "src/read.ts": open })).toEqual(["read.ts:2"]);
    expect(await lines({ "src/issue.ts": sign("{ sub: row.id }"), "src/read.ts": open })).toEqual([]);
  });

  it("takes references between documents, users of mail servers and names of ids for no persons", async () => {
    const schema = 'import mongoose from "mongoose";\nexport const Deal = mongoose.model("Deal", new mongoose.Schema({ title: String, customer: { type: mongoose.Schema.Types.ObjectId, ref: "Customer" } }));\n';
    const text = [
      'import { Deal } from "./deal.js";',
      "export const a = async (id: string) => { const deal = await Deal.findById(id); console.log(deal.customer); };",
      'export const b = async (id: string) => { const deal = await Deal.findById(id).populate("customer"); console.log(deal.customer); };',
      "export const c = () => console.log(process.env.MAIL_USER);",
      "export const d = (usersToTell: any) => { for (const userId of usersToTell) console.log(userId); };",
      "export const e = (user: any) => console.log(`hello ${user}`);",
    ].join("\n");
    expect(await lines({ "src/deal.ts": schema, "src/a.ts": text })).toEqual(["a.ts:3"]);
  });

  it("is silent about a body of which the code shows that nobody is in it", async () => {
    const course = 'import mongoose from "mongoose";\nexport const Course = mongoose.model("Course", new mongoose.Schema({ title: String, weeks: Number }));\nexport const Member = mongoose.model("Member", new mongoose.Schema({ email: String }));\n';
    const text = [
      'import type { Request, Response } from "express";',
      'import { Course, Member } from "./course.js";',
      "export const a = async (req: Request, res: Response) => { console.log(req.body); res.json(await Course.create(req.body)); };",
      "export const b = async (req: Request, res: Response) => { console.log(req.body); res.json(await Member.create(req.body)); };",
      "export const c = (req: Request, res: Response) => { console.log(req.body); const { price, weeks } = req.body; res.json({ price, weeks }); };",
      "export const d = (req: Request, res: Response) => { console.log(req.body); const { price, ...others } = req.body; res.json({ price, others }); };",
      "export const e = (req: Request, res: Response, send: (a: unknown) => void) => { console.log(req.body); send(req.body); res.end(); };",
      "export const f = (req: Request, res: Response) => { console.log(req.body); if (req.body.type === 1) res.end(); };",
      "export const g = (req: Request, res: Response) => { console.log(req.query); const { auth } = req.query; res.json(auth === process.env.KEY); };",
    ].join("\n");
    expect(await lines({ "src/course.ts": course, "src/a.ts": text })).toEqual(["a.ts:4", "a.ts:6", "a.ts:7", "a.ts:8", "a.ts:9"]);
  });

  it("knows where a request came from, the contact of a message and what an access log writes", async () => {
    const text = [
      'import type { Request } from "express";',
      'import expressWinston from "express-winston";',
      'export const a = (req: Request) => console.log(`by ${req.headers["x-forwarded-for"]}`);',
      "const getClientIp = (req: Request): string => req.app.locals.last;",
      "export const b = (req: Request) => console.log(`from ${getClientIp(req)}`);",
      "export const c = (ctx: any) => console.log({ contact: ctx.message?.contact });",
      'export const d = expressWinston.logger({ requestWhitelist: ["url", "body"] });',
      'export const e = expressWinston.logger({ requestWhitelist: ["url", "body"], bodyBlacklist: ["email"] });',
      'export const f = expressWinston.logger({ requestWhitelist: ["url"] });',
      "export const g = (ride: any) => console.log(ride.driver.latitude, ride.driver.version);",
    ].join("\n");
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:3", "a.ts:5", "a.ts:6", "a.ts:7", "a.ts:10"]);
  });

  it("tells once of what is logged in a function whose parameter shows what it holds", async () => {
    const text = "interface Form { email: string }\nexport const keep = (input: Form) => { console.log(\"kept\", input); };\nexport const send = (to: string, subject: string) => { console.log(\"sent\", { to, subject }); };\n";
    const caller = 'import { keep, send } from "./keep.js";\nexport const f = (form: { email: string }) => { keep(form); send(form.email, "hello"); };\n';
    expect(await lines({ "src/keep.ts": text, "src/form.ts": caller })).toEqual(["keep.ts:2", "keep.ts:3"]);
  });
});

describe("no-pii-in-logs, what is handed on and what belongs to nobody", () => {
  const lines = async (files: Readonly<Record<string, string>>): Promise<string[]> => (await checkProject(files, { rule })).map((line) => line.replace(/^.*\//, "").replace(/:\d+ .*/, ""));

  it("follows what a wrapper takes of its options, and shows in part", async () => {
    const files = {
      "src/trace.ts": [
        'const write = ({ level = "info", event, data }: any) => { const shown = typeof data === "string" ? data : JSON.stringify(data).substring(0, 300); console.log(`${level} ${event} ${shown}`); };',
        'export const tell = (event: string, options: any = {}) => write({ level: "info", event, ...options });',
      ].join("\n"),
      "src/a.ts": 'import { tell } from "./trace.js";\nexport const f = (guest: any) => {\n  tell("left", { data: { email: guest.email } });\n  tell("came", { data: { id: guest.id } });\n  tell("rang", { data: guest.phone });\n};\n',
    };
    // The address is seen in what the wrapper itself writes out.
    expect(await lines(files)).toEqual(["a.ts:5", "trace.ts:1"]);
  });

  it("takes places, shops and their numbers, counts and requests in a text for nobody's", async () => {
    const text = [
      'import type { Request } from "express";',
      "export const a = (restaurant: any, user: any) => console.log(restaurant.gpsCoordinates, user.gpsCoordinates);",
      "export const b = (contact: any) => { const restaurantName = contact.name; console.log(restaurantName); };",
      "export const c = (contact: any) => { const said = contact.name; console.log(said); };",
      "const { SHOP_PHONE_NUMBER } = process.env;",
      "export const d = () => console.log(SHOP_PHONE_NUMBER);",
      "export const e = (usage: any) => console.log({ tokens: usage.total_tokens });",
      "export const f = (req: Request) => console.log(`miss ${req}`);",
      "export const g = (bloodType: string, deps: { resolveSecret: (name: string) => string }) => console.log(bloodType, deps);",
      "export const h = (user: any) => console.log(user.displayName, user.bloodType);",
    ].join("\n");
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:2", "a.ts:4", "a.ts:10"]);
  });

  it("knows who writes to a bot, and whom an object of a payment service is about", async () => {
    const bot = { "package.json": '{ "name": "bot", "dependencies": { "grammy": "1", "stripe": "1" } }' };
    expect(await lines({ ...bot, "src/a.ts": "export const f = (ctx: any) => console.log({ who: ctx.from });\nexport const g = (ctx: any) => console.log(ctx.from.id);\n" })).toEqual(["a.ts:1"]);
    expect(await lines({ ...bot, "src/a.ts": 'import Stripe from "stripe";\nexport const f = (bill: Stripe.Invoice) => console.log(bill);\nexport const g = (plan: Stripe.Subscription) => console.log(plan.customer);\n' })).toEqual(["a.ts:2"]);
    expect(await lines({ "src/a.ts": "export const f = (ctx: any) => console.log({ who: ctx.from });\n" })).toEqual([]);
  });

  it("takes a body of which another service sends more than is read for one that may hold somebody", async () => {
    const handler = (name: string, field: string): string => `import type { Request, Response } from "express";\nexport const ${name} = (req: Request, res: Response) => { console.log(req.body); const { ${field}, price } = req.body; res.json({ ${field}, price }); };\n`;
    expect(await lines({ "src/a.ts": handler("order", "weeks") })).toEqual([]);
    expect(await lines({ "src/a.ts": handler("order", "CallSid") })).toEqual(["a.ts:2"]);
    expect(await lines({ "src/a.ts": handler("webhook", "weeks") })).toEqual(["a.ts:2"]);
  });

  it("takes the request in an answer's error for what was sent, keys of streams for credentials, and the sid of a call for an id", async () => {
    const text = [
      'import axios from "axios";',
      'export const a = async () => { try { await axios.get("https://api.acme.io", { headers: { Authorization: `Bearer ${process.env.KEY}` } }); } catch (error: any) { console.log({ config: error.response.config }); } };',
      "export const b = (streamKey: string) => console.log({ streamKey });",
      "export const c = (sid: string) => console.log(`joined ${sid}`);",
      "export const d = (invitationCode: string) => console.log(invitationCode);",
    ].join("\n");
    expect(await lines({ "src/a.ts": text })).toEqual(["a.ts:2", "a.ts:3"]);
  });

  it("takes what a payment refers to for its id, times of tokens for no tokens, and somebody who may not be there for somebody", async () => {
    const text = [
      'import Stripe from "stripe";',
      "export const a = (event: Stripe.Event) => { const { id, customer } = event.data.object as Stripe.PaymentIntent; console.log(id, { customer }); };",
      "export const b = (last: number) => console.log({ token: getTokenExpiry(last) });",
      "const getTokenExpiry = (days: number) => new Date(Date.now() + days * 86_400_000);",
      "const find = async (id: string): Promise<any> => { if (!id) return { data: null }; const { data: user } = await fetch(id) as any; return { data: user }; };",
      "export const c = async (id: string) => { const { data: user } = await find(id); console.log(user); };",
    ].join("\n");
    expect(await lines({ "package.json": '{ "name": "pay", "dependencies": { "stripe": "1" } }', "src/a.ts": text })).toEqual(["a.ts:6"]);
  });

  it("takes a full name that is put together of a person for one", async () => {
    expect(await lines({ "src/a.ts": "export const a = (user: any) => { const fullName = nameOf(user); console.log(fullName); };\nexport const b = (firstName: string, rest: string) => { const fullName = `${firstName} ${rest}`; console.log(fullName); };" })).toEqual(["a.ts:1", "a.ts:2"]);
  });

  it("tells once that a logger of a file is given the whole request, and each thing that its callers choose", async () => {
    const log = 'import { write } from "./write.js";\nconst log = (...args: unknown[]) => write("orders", ...args);\n';
    const write = "export const write = (...args: unknown[]) => console.log(...args);\n";
    const handlers = (given: string, count: number): string => Array.from({ length: count }, (_, index) => `export const h${index} = (req: Request, user: any) => { log(${given}, ${index}); };`).join("\n");
    const head = 'import type { Request } from "express";\n';
    const found = async (text: string): Promise<readonly string[]> => (await findingsOf({ "package.json": '{ "name": "app", "dependencies": { "express": "5" } }', "src/write.ts": write, "src/a.ts": text }, { rule: "no-pii-in-logs" })).map(({ file, messageId }) => `${file} ${messageId}`);
    expect(new Set(await found(head + log + handlers("req", 4)))).toEqual(new Set(["src/write.ts shared"]));
    expect(await found(head + log + handlers("user.email", 4))).toHaveLength(4);
    expect(await found(head + log + handlers("req", 2))).toHaveLength(2);
  });

  it("takes a reference that is read from a token for none, and the full name of a repository for nobody's", async () => {
    const text = [
      "const getUserRefFromToken = (token: string): string => decode(token).sub;",
      "const getTokenFromHeader = (header: string): string => header.slice(7);",
      "export const a = (token: string) => console.log({ ref: getUserRefFromToken(token) });",
      "export const b = (header: string) => console.log({ given: getTokenFromHeader(header) });",
      "export const c = (repo: any, person: any) => { console.log(repo.full_name); console.log(person.full_name); };",
    ].join("\n");
    const found = await lines({ "src/a.ts": text });
    expect(found).toEqual(["a.ts:4", "a.ts:5"]);
  });

  it.each([
    ["an id in the path of an event of Lambda", 'import type { APIGatewayProxyEvent } from "aws-lambda";\nconst read = (userId: string) => { console.log(`read ${userId}`); };\nexport const handler = (event: APIGatewayProxyEvent) => { const id = event.pathParameters?.id; read(id!); return { statusCode: 200 }; };'],
    ["what only developers' machines write", 'export const f = (phone: string, otp: string) => { if (process.env.NODE_ENV !== "production") console.log(`code of ${phone}: ${otp}`); };'],
    ["fields that are added outside of production alone", 'import type { Request } from "express";\nimport pino from "pino";\nconst ENV_PRODUCTION = "production";\nconst logger = pino();\nexport const f = (req: Request, env: string) => logger.info({ ...(env !== ENV_PRODUCTION && { headers: req.headers, body: req.body }), ...(env === ENV_PRODUCTION ? {} : { cookies: req.cookies }) }, "x");'],
    ["the request under the key that Fastify serialises", 'import fastify from "fastify";\nconst app = fastify({ logger: true });\napp.setErrorHandler((error, request, reply) => { request.log.error({ req: request, res: reply, err: error }, "x"); });'],
    ["rows of a pool that was made with a password", 'import mysql from "mysql2/promise";\nconst pool = mysql.createPool({ host: process.env.DB_HOST, user: "app", password: process.env.DB_PASSWORD });\nexport const f = async () => { const [rows] = await pool.query("SELECT record_id FROM dns_records"); console.log({ rows }); };'],
    ["the place of a key's file", 'import path from "node:path";\nexport const f = (argv: { apikey: string }) => { const apikeyFilename = path.resolve(argv.apikey); console.log(`read from ${apikeyFilename}`); };'],
    ["the sid of a path", 'import express from "express";\nconst app = express();\napp.delete("/calls/:sid", (req, res) => { console.log(`no call ${req.params.sid}`); res.sendStatus(404); });'],
    ["the full name of a metric, put together of a prefix and a name", 'const withPrefix = (name: string) => `shop_${name}`;\nexport const f = (name: string) => { const fullName = withPrefix(name); console.log(`no metric ${fullName}`); };'],
    ["the full name of a plugin's part", "export const f = (parts: any[]) => parts.forEach((part) => console.log(part.full_name));"],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each([
    ["the event itself, its headers and its body", 'import type { APIGatewayProxyEvent } from "aws-lambda";\nexport const handler = (event: APIGatewayProxyEvent) => { console.log(event); console.log(JSON.stringify(event.headers)); console.log(event.body); return { statusCode: 200 }; };', 3],
    ["what production writes", 'export const f = (phone: string) => { if (process.env.NODE_ENV === "production") console.log(`code of ${phone}`); };', 1],
    ["one value, whichever of three is there, once", 'import type { Request } from "express";\nexport const f = (req: Request) => console.log({ ip: req.ip || req.headers["x-forwarded-for"] || req.socket.remoteAddress });', 1],
    ["headers beside the request that Fastify serialises", 'import fastify from "fastify";\nconst app = fastify({ logger: true });\napp.get("/a", async (request) => { request.log.info({ req: request, headers: request.headers }, "x"); });', 1],
    ["rows whose columns are named", 'import mysql from "mysql2/promise";\nconst pool = mysql.createPool({ host: process.env.DB_HOST, password: process.env.DB_PASSWORD });\nexport const f = async () => { const [rows] = await pool.query("SELECT id, email FROM users"); console.log({ rows }); };', 1],
    ["the key itself beside its file", 'import fs from "node:fs";\nexport const f = (keyFile: string) => { const apiKey = fs.readFileSync(keyFile, "utf8"); console.log(`read ${apiKey} from ${keyFile}`); };', 1],
    ["the sid of a session", 'import type { Request } from "express";\nexport const f = (req: Request) => console.log(req.cookies.sid);', 1],
    ["a logger of the project that writes through what it was made with", 'class Logger {\n  constructor(private write = (text: string) => console.log(text)) {}\n  log(message: unknown) { this.emit("app")(String(message)); }\n  private emit(where: string) { return (text: string) => { this.write(`${where} ${text}`); }; }\n}\nconst logger = new Logger();\nexport const f = (email: string) => logger.log(`mail to ${email}`);', 1],
  ])("reports %s", async (_name, text, count) => {
    expect(await check(text)).toHaveLength(count);
  });

  it("reads the server that lies beside the pages of one package, and not the pages", async () => {
    const files = {
      "package.json": '{ "name": "monitor", "private": true, "dependencies": { "express": "5", "vue": "3", "vite": "7" } }',
      "index.html": "<div></div>",
      "src/main.js": 'import { createApp } from "vue";\ncreateApp({}).mount("#app");',
      "src/forms.js": "export const show = (email) => console.log(email);",
      "server/server.js": 'import express from "express";\nconst app = express();\napp.get("/a", (req, res) => { console.log(`from ${req.ip}`); res.json({}); });',
      "server/mail.js": "export const sent = (email) => console.log(`sent to ${email}`);",
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["server/mail.js", "server/server.js"]);
    // One page that the server sends away is no pages.
    const others = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`server/${name}.js`, `export const ${name} = () => 1;`]));
    const letter = { "server/letters/Welcome.jsx": "export const Welcome = () => <p>Welcome</p>;" };
    expect((await checkProject({ ...files, ...others, ...letter }, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["server/mail.js", "server/server.js"]);
    expect(await checkProject({ ...files, ...letter }, { rule })).toEqual([]);
  });

  it("tells once in recommended that more than five calls of a file write one field of a person, and each secret", async () => {
    const handlers = (count: number, field: string): string => `import type { Request } from "express";\n${Array.from({ length: count }, (_, at) => `export const f${at} = (req: Request) => console.log("step ${at}", ${field});`).join("\n")}`;
    const found = async (count: number, field: string): Promise<readonly string[]> => (await findingsOf({ "src/a.ts": handlers(count, field) }, { rule, preset: "recommended" })).map(({ messageId, related }) => `${messageId} ${related.length}`);
    expect(await found(6, "req.ip")).toEqual(["often 5"]);
    expect(await found(5, "req.ip")).toEqual(Array.from({ length: 5 }, () => "exposed 0"));
    expect(await found(6, "req.headers.authorization")).toHaveLength(6);
  });

  it("tells a log call of a function once, and not what its callers hand it again", async () => {
    const files = {
      "src/mailer.ts": 'interface Mail { email: string; template: string }\nexport class Mailer { send(mail: Mail) { const { template, ...rest } = mail; console.log("sending", rest); } }',
      "src/orders.ts": 'import { Mailer } from "./mailer.js";\nexport const f = (input: { email: string; token: string }) => new Mailer().send({ email: input.email, template: "order" });',
    };
    expect((await findingsOf(files, { rule })).map(({ file }) => file)).toEqual(["src/mailer.ts"]);
    const handing = { ...files, "src/mailer.ts": 'export class Mailer { send(mail: unknown) { console.log("sending", mail); } }' };
    expect((await findingsOf(handing, { rule })).map(({ file }) => file)).toEqual(["src/orders.ts"]);
  });

  it("knows whom a mail goes to by what stands beside it, and where something else goes by nothing", async () => {
    expect(await check('interface Job { to: string; subject: string; html: string }\nexport const f = (job: Job) => console.log("added", job);')).toHaveLength(1);
    expect(await check('export const f = (options: any, api: any) => { console.log(`sent to ${options.to}`); return api.deliver({ to: options.to, subject: options.subject }); };')).toHaveLength(1);
    expect(await check('interface Step { from: string; to: string; at: number }\nexport const f = (step: Step) => console.log("moved", step);')).toEqual([]);
    expect(await check('export const f = (range: any, api: any) => { console.log(`until ${range.to}`); return api.read({ from: range.from, to: range.to }); };')).toEqual([]);
  });
});

describe("no-pii-in-logs, as backends write it", () => {
  it.each([
    ["one of a list of tokens in front of masks", `${pino}export const f = (tokens: string[]) => logger.info({ token: tokens[0] }, "x");`, "3:54"],
    ["the first value of a header", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ token: req.headers["x-auth-token"][0] }, "x");`, "4:50"],
    ["the number of a bank account beside a sort code", `${pino}interface Payout { id: string; accountNumber: string; sortCode: string }\nexport const f = (payout: Payout) => logger.info({ accountNumber: payout.accountNumber }, "x");`, "4:67"],
    ["a body where something behind the parse may fail", `${pino}declare function save(b: unknown): Promise<void>;\nexport async function f(req: Request) { let body; try { body = await req.json(); await save(body); } catch (err) { logger.warn({ err, body }, "x"); } }`, "4:135"],
    ["a secret that was read from a secret store", `${pino}declare const client: { get(): Promise<{ SecretString: string }> };\nexport async function f() { const answer = await client.get(); const secretJson = JSON.parse(answer.SecretString); logger.info({ secretJson }, "x"); }`, "4:130"],
    ["a type of a namespace", `${pino}export namespace Order { export interface Buyer { id: string; email?: string } }\nexport const f = (buyer: Order.Buyer) => logger.info(JSON.stringify(buyer));`, "4:69"],
    ["a class of a namespace", `${pino}export namespace Order { export class Buyer { email!: string } }\nexport const f = (buyer: Order.Buyer) => logger.info({ buyer }, "x");`, "4:56"],
    ["what a function puts into the object that it gives", `${pino}const build = (message: string, err: unknown) => ({ message, err });\nexport const f = (m: { token: string }, err: unknown) => { const text = \`no \${m.token}\`; logger.warn(build(text, err)); };`, "4:102"],
    ["what a constructor keeps", `${pino}class LogEvent { msg: string; event: object; constructor(msg: string, event: object) { this.msg = msg; this.event = event; } }\nexport const f = (user: { email: string }) => { const event = new LogEvent("x", { user }); logger.info(event); };`, "4:104"],
    ["an address with a token in its query", `${pino}export const f = (token: string) => { const link = new URL("/login", "https://app.acme.io"); link.searchParams.set("t", token); logger.warn("not sent: " + link.toString()); };`, "3:156"],
    ["the address of Koa's request without types", `export default async (ctx, next) => { const ip = ctx.request.ip; console.error("blocked", ip); await next(); };`, "1:91"],
    ["the number of a health service", `${pino}export const f = (p: { nhsNumber: string }) => logger.info({ n: p.nhsNumber }, "x");`, "3:65"],
    ["a name that a person goes by", `${pino}export const f = (user: { displayName: string }) => logger.info({ n: user.displayName }, "x");`, "3:70"],
    ["the event of a gateway behind middy", `import middy from "@middy/core";\nimport log from "@middy/input-output-logger";\nimport type { APIGatewayProxyEvent } from "aws-lambda";\n${pino}export const handler = middy(async (event: APIGatewayProxyEvent) => ({ statusCode: 200 })).use(log({ logger: (request) => logger.info({ request }) }));`, "6:137"],
    ["tokens of devices", `${pino}export class Push { send(tokens: string[]) { logger.debug({ tokens }, "x"); } }`, "3:61"],
    ["a message to a device of Firebase", `import type { TokenMessage } from "firebase-admin/messaging";\n${pino}export const f = (message: TokenMessage) => logger.info(message);`, "4:57"],
    ["a first name in French", `${pino}export const f = (j: { prenom: string }) => logger.info({ n: j.prenom });`, "3:62"],
  ])("reports %s", async (_name, text, place) => {
    expect(await check(text)).toEqual([place]);
  });

  it.each([
    ["the first character of a token", `${pino}export const f = (token: string) => logger.info({ token: \`\${token[0]}...\` }, "x");`],
    ["ten characters of a token", `${pino}export const f = (token: string) => logger.info({ token: token.substring(0, 10) + "..." }, "x");`],
    ["the first characters of a token with dots behind", `${pino}export const f = (token: string) => logger.info({ token: token.slice(0, 4) + "..." }, "x");`],
    ["a variable that holds a mask", `${pino}export const f = (given: string) => { const token = \`\${given.slice(0, 4)}…\`; logger.info({ token }, "x"); };`],
    ["a mask, if there is a token", `${pino}export const f = (token?: string) => logger.info({ token: token ? \`\${token[0]}***\` : "none" }, "x");`],
    ["the domain of an address behind a mask", `${pino}export const f = (email: string) => logger.info({ email: \`\${email[0]}***@\${email.split("@")[1]}\` }, "x");`],
    ["the number of an account of a billing system", `${pino}interface Invoice { id: string; accountNumber: string; planName: string }\nexport const f = (invoice: Invoice) => logger.info({ accountNumber: invoice.accountNumber }, "x");`],
    ["a body that a failed parse has not given", `${pino}export async function f(req: Request) { let body; try { body = await req.json(); } catch (err) { logger.warn({ err, body }, "x"); } }`],
    ["a type of a namespace beside an interface of its name", `${pino}export interface Order { id: string; email: string }\nexport namespace Order { export interface Line { id: string } }\nexport const f = (line: Order.Line) => logger.info({ line }, "x");`],
    ["a function that takes the id out of what it is given", `${pino}const build = (user: { id: string }, err: unknown) => ({ id: user.id, err });\nexport const f = (user: { id: string; email: string }, err: unknown) => logger.warn(build(user, err));`],
    ["a function that hashes what it is given", `import { createHash } from "node:crypto";\n${pino}const tell = (value: string) => ({ value: createHash("sha256").update(value).digest("hex") });\nexport const f = (email: string) => logger.warn(tell(email));`],
    ["a class that writes its own form", `${pino}class LogEvent { constructor(readonly msg: string, readonly event: object) {} toJSON() { return this.msg; } }\nexport const f = (user: { email: string }) => logger.info(new LogEvent("x", { user }));`],
    ["an address with a page in its query", `${pino}export const f = (page: string) => { const link = new URL("/list", "https://app.acme.io"); link.searchParams.set("page", page); logger.warn("gone: " + link.toString()); };`],
    ["the name of the site that a session is for", `${pino}class UserSession { siteName!: string }\nexport const f = (userSession: UserSession) => logger.info({ n: userSession.siteName }, "x");`],
    ["what middy calls the request of a schedule", `import middy from "@middy/core";\nimport log from "@middy/input-output-logger";\n${pino}export const handler = middy(async () => {}).use(log({ logger: (request) => logger.info({ request }) }));`],
    ["an error of a client, of which Powertools write the stack", `import axios from "axios";\nimport { Logger } from "@aws-lambda-powertools/logger";\nconst logger = new Logger();\nexport async function f(token: string) { try { await axios.get("https://a.io", { headers: { Authorization: \`Bearer \${token}\` } }); } catch (error) { logger.error("x", { error }); } }`],
    ["what is written in development and tests alone", `const IS_DEV_OR_TEST = process.env.NODE_ENV !== "production";\nexport const f = (mail: { email: string }) => { if (IS_DEV_OR_TEST) { console.log(mail.email); return; } };`],
    ["what stands in for a service", `${pino}const mockMailer = { sendMail: (email: string, html: string) => logger.info(\`mock \${email} \${html}\`) };\nexport const mailer = mockMailer;`],
    ["claims called the data of a token", `import { verify } from "jsonwebtoken";\nexport const f = (t: string) => { let tokenData = null; tokenData = verify(t, "x"); console.log(JSON.stringify(tokenData)); };`],
    ["pieces of a text that is spoken", `${pino}export class TtsBuffer { bufferTokens(tokens: string) { logger.debug({ tokens }, "x"); } }`],
    ["what a mail says", `${pino}export const f = (message: string) => logger.info({ title: "x", email: message });`],
    ["an address of the application's settings", `${pino}import { config } from "./config.js";\nexport const f = () => logger.info({ to: config.supportEmail }, "sent");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });
});

describe("no-pii-in-logs, on machines of developers", () => {
  const send = 'export const send = (to: string, subject: string) => ';
  it.each([
    ["a logger that writes in development alone", { "src/log.ts": 'export const log = (message: string, data: unknown) => { if (process.env.NODE_ENV === "production") { return; } else { console.log(message, data); } };', "src/services/mail.service.ts": 'import { log } from "../log.js";\nexport const f = (email: string) => log("sent", { email });' }],
    ["an adapter that keeps mails in memory", { "src/adapters/in-memory-mailer.ts": `${send}console.log(to, subject);` }],
    ["a stand-in behind a function of the project", { "src/log.ts": 'export const note = (text: string, more: unknown) => console.info(text, more);', "src/services/mail.service.ts": 'import { note } from "../log.js";\nconst fakeMailer = { send: (email: string) => note("sent", email) };\nexport const mailer = fakeMailer;' }],
  ])("leaves %s alone", async (_name, files) => {
    expect(await checkProject(files, { rule })).toEqual([]);
  });

  it.each([
    ["a logger that writes in production", { "src/log.ts": 'export const log = (message: string, data: unknown) => { if (process.env.NODE_ENV === "production") console.log(message, data); };', "src/services/mail.service.ts": 'import { log } from "../log.js";\nexport const f = (email: string) => log("sent", { email });' }],
    ["an adapter that sends mails", { "src/adapters/smtp-mailer.ts": `${send}console.log(to, subject);` }],
  ])("reports %s", async (_name, files) => {
    expect(await checkProject(files, { rule })).toHaveLength(1);
  });
});

describe("no-pii-in-logs, what is overwritten, reported by browsers or the application's own", () => {
  it("leaves out what an object behind a spread overwrites", async () => {
    const call = (later: string): string => `${pino}interface Answer { access_token: string; expires_in: number }\nexport const f = (answer: Answer) => logger.info({ ...answer, ...${later} }, "answered");`;
    expect(await check(call('{ access_token: "***" }'))).toEqual([]);
    expect(await check(call("{ expires_in: 1 }"))).toHaveLength(1);
  });

  it("takes an error behind its own message for one that is never written whole", async () => {
    const call = (shown: string): string => `import axios from "axios";\n${pino}export async function f(id: string) { try { await axios.get("https://a.example/" + id, { headers: { Authorization: process.env.SHOP_TOKEN } }); } catch (error: any) { logger.error({ reason: ${shown} }, "not fetched"); } }`;
    expect(await check(call("error?.message || error"))).toEqual([]);
    expect(await check(call("error.code || error"))).toHaveLength(1);
  });

  it("follows the errors of a client into its other handlers, and a method that was put on a logger", async () => {
    const sent = 'axios.get("https://a.example/" + id, { headers: { Authorization: process.env.SHOP_TOKEN } })';
    expect(await check(`import axios from "axios";\n${pino}export const f = (id: string) => ${sent}.then((answer) => answer.data, (error) => { logger.error({ error }, "not fetched"); });`)).toHaveLength(1);
    const client = (headers: string): string => `import axios from "axios";\n${pino}const shop = axios.create({ baseURL: "https://a.example" });\nshop.interceptors.response.use((answer) => answer, async (error) => { logger.error({ error }, "refused"); return Promise.reject(error); });\nexport const f = (id: string) => shop.get("/" + id, { headers: ${headers} });`;
    expect(await check(client("{ Authorization: process.env.SHOP_TOKEN }"))).toHaveLength(1);
    expect(await check(client("{ Authorization: process.env.SHOP_TOKEN }").replace("return Promise", "await new Promise((wait) => setTimeout(wait, 9)); return Promise"))).toHaveLength(1);
    expect(await check(client('{ Accept: "text/html" }'))).toEqual([]);
    const added = (call: string): string => `import pino from "pino";\nimport type { RequestHandler } from "express";\nconst root = pino();\nconst make = (): any => { const logger = root.child({}); (logger as any).log = logger.info; return logger; };\nconst lines = root.child({});\nexport const create: RequestHandler = (req, res) => { ${call}; res.json(make()); };`;
    expect(await check(added('lines.log({ ...req.headers }, "asked")'))).toHaveLength(1);
    expect(await check(added('lines.log({ size: 1 }, "asked")'))).toEqual([]);
  });

  it("knows the context of a router of Koa's", async () => {
    const route = (shown: string): string => `import Router from "@koa/router";\n${pino}export const router = new Router();\nrouter.post("/labels", async (ctx) => { logger.info({ shown: ${shown} }, "asked"); ctx.status = 204; });`;
    expect(await check(route("ctx.headers"))).toHaveLength(1);
    expect(await check(route("ctx.status"))).toEqual([]);
  });

  it("takes the full name of a package for nobody's", async () => {
    const published = `${pino}export const f = (pkg: any, fullname: string, change: any) => { logger.info({ is: pkg.fullname }, "x"); logger.info({ fullname, old: change.fullname }, "y"); };`;
    expect(await check(published)).toEqual([]);
    expect(await check(`${published}\nexport const g = (user: any, fullname: string) => { logger.info({ fullname }, user.fullname); };`)).not.toEqual([]);
    expect(await check(`${pino}export const f = (fullname: string) => logger.info({ fullname }, "y");`)).toHaveLength(1);
  });

  it("asks all packages of a project whose full names they speak of, where one does not say", async () => {
    const manifest = '{ "name": "part", "dependencies": { "pino": "9" } }';
    const parted = (other: string): Promise<readonly string[]> => checkProject({ "packages/log/package.json": manifest, "packages/log/a.ts": `${pino}export const f = (fullname: string) => logger.info({ fullname }, "y");`, "packages/core/package.json": manifest, "packages/core/a.ts": other }, { rule });
    expect(await parted("export const g = (pkg: any) => pkg.fullname;")).toEqual([]);
    expect(await parted("export const g = (pkg: any, user: any) => pkg.fullname === user.fullname;")).toHaveLength(1);
    expect(await parted("export interface Signup { email: string; fullName: string }\nexport const g = (pkg: any) => pkg.fullname;")).toHaveLength(1);
    expect(await parted("export const g = (order: any) => order.id;")).toHaveLength(1);
  });

  it("takes a full name that is made of a scope and a name for what it is made of", async () => {
    expect(await check(`${pino}export const f = (row: any) => { const fullname = row.scope ? \`\${row.scope}/\${row.name}\` : row.name; logger.info(\`moved \${fullname}\`); };`)).toEqual([]);
    expect(await check(`${pino}export const f = (row: any) => { const fullname = row.middle ? \`\${row.firstName} \${row.lastName}\` : row.lastName; logger.info(\`moved \${fullname}\`); };`)).not.toEqual([]);
  });

  it("leaves out the account of a store, and what browsers report of pages", async () => {
    expect(await check(`${pino}export const f = (connection: any) => logger.info({ host: connection.host, user: connection.user, database: connection.database }, "connects");`)).toEqual([]);
    expect(await check(`${pino}export const f = (dbConfig: any) => logger.info({ user: dbConfig.user }, "connects");`)).toEqual([]);
    expect(await check(`${pino}export const f = (req: any) => logger.info({ user: req.user }, "ordered");`)).toHaveLength(1);
    expect(await check(`${pino}export const f = (connection: any) => logger.info(connection.user, "connects");`)).toEqual([]);
    const route = (path: string): string => `import express from "express";\n${pino}export const app = express();\napp.post("${path}", (req, res) => { const report = JSON.parse(req.body.toString()); logger.warn({ report }, "sent"); res.end(); });`;
    expect(await check(route("/csp-report"))).toEqual([]);
    expect(await check(route("/reports"))).toHaveLength(1);
  });
});
