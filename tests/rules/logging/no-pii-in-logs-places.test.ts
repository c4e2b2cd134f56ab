import { describe, expect, it } from "vitest";
import { check, oneFile, pino } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";

const file = "src/services/member.service.ts";
const { at } = oneFile(file);

describe("where a call stands and what it takes", () => {
  it.each([
    ["what stands behind a check by an expression", `${pino}export const f = (code: string, email: string) => {\n  if (!/^\\d+$/.test(code)) return;\n  logger.info({ email }, "x");\n};`, 5],
    ["one of several addresses", `${pino}export const f = (emails: string[], index: number) => logger.warn({ to: emails[index] }, "x");`, 3],
    ["an address beside a browser", `${pino}export const f = (event: string, ip: string | null, userAgent: string | null) => logger.info({ event, ip, userAgent }, "x");`, 3],
    ["a document of Mongoose's in a text", `${pino}import { model, Schema } from "mongoose";\nconst Tenant = model("Tenant", new Schema({ email: String, plan: String }));\nexport const f = async (id: string) => { const tenant = await Tenant.findById(id); logger.info(\`found \${tenant}\`); };`, 5],
    ["whom the mail of a job goes to", `${pino}import type { Job } from "bullmq";\ninterface InviteMail { to: string; space: string }\nexport const f = (job: Job<InviteMail>) => logger.info(\`to \${job.data.to}\`);`, 5],
    ["a number of people's", `${pino}export const f = (id: string, bvn: string) => logger.info({ id, bvn }, "x");`, 3],
    ["a body of which nothing is taken out", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => logger.info({ ...req.body, at: 1 }, "x");`, 4],
    ["a token that stands behind counts", `${pino}export const f = (tokens: string[]) => logger.info({ tokens }, "x");`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await check({ [file]: text })).toEqual(at(line));
  });

  it.each([
    ["what stands behind a check for tests", `${pino}export const f = (settings: { isTest: boolean }, email: string) => {\n  if (!settings.isTest) return;\n  logger.info({ email }, "x");\n};`],
    ["one of several labels", `${pino}export const f = (labels: string[], index: number) => logger.warn({ label: labels[index] }, "x");`],
    ["where a server is", `${pino}export const f = (ip: string, port: number) => logger.info({ ip, port }, "x");`],
    ["an object in a text", `${pino}export const f = (tenant: { email: string }) => logger.info(\`found \${tenant}\`);`],
    ["where the money of a job goes to", `${pino}import type { Job } from "bullmq";\ninterface Transfer { to: string; amount: number }\nexport const f = (job: Job<Transfer>) => logger.info(\`to \${job.data.to}\`);`],
    ["a body out of which its sender's secret is taken", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { const safe = { ...req.body, password: undefined }; logger.info({ safe }, "x"); };`],
    ["headers that are overwritten", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => logger.info({ headers: { ...req.headers, authorization: "[redacted]" } }, "x");`],
    ["tokens that are counted", `${pino}export const f = (usage?: { total_tokens: number }) => { const tokens = usage?.total_tokens ?? 0; logger.info({ tokens }, \`\${tokens}\`); };`],
    ["the id that a header holds", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { let correlationId: unknown = null; for (const [key, value] of Object.entries(req.headers)) if (key === "x-correlation-id") correlationId = value; logger.info({ correlationId }, "x"); };`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await check({ [file]: text })).toEqual([]);
  });

  it("does not know a body by what a function gives back for it", async () => {
    const routes = 'import type { Request, Response } from "express";\nimport { Hooks } from "../services/member.service";\nexport const hook = async (req: Request, res: Response) => { const hooks = new Hooks(); res.json(await hooks.take(req.body)); };';
    const service = `${pino}export class Hooks { async take(payload: any) { logger.error(\`got \${JSON.stringify(payload)}\`); return { status: "kept" }; } }`;
    expect(await check({ [file]: service, "src/api/hook.ts": routes })).toEqual(["src/api/hook.ts:3"]);
  });
});

describe("what records and libraries give", () => {
  it.each([
    ["what is picked of a body", `${pino}import _ from "lodash";\nexport const f = (req: any) => { const fields = _.pick(req.body, ["plan", "email"]); logger.info({ fields }, "x"); };`, 4],
    ["what a document was made of", `${pino}export const f = async (models: any, email: string) => { const made = await new models.Invite({ email }).save(); logger.info({ made }, "x"); };`, 3],
    ["the customer of an order that is read below", `${pino}export const f = (order: any) => { if (!order.customer.active) return; logger.info({ customer: order.customer }, "x"); };`, 3],
    ["the user of what was sent", `${pino}export const f = (payload: any) => logger.info({ user: payload.user }, "x");`, 3],
    ["people that are asked for", `${pino}export const f = async (store: any, ids: string[]) => { const members = await store.retrieveMembers(ids); logger.info({ members }, "x"); };`, 3],
    ["whom a mailer writes to", `${pino}export class InviteMailer { constructor(private readonly mail: any) {} get to() { return this.mail.address; } done() { logger.info(\`sent to \${this.to}\`); } }`, 3],
    ["requests under the level of HTTP", 'import Logger from "acme-logger";\nimport type { Request } from "express";\nexport const f = (req: Request) => { Logger.http(req.path, { body: req.body }); };', 3],
    ["the log of a job", 'import type { Job } from "bullmq";\nexport const f = async (job: Job<{ email: string }>) => { await job.log(`to ${job.data.email}`); };', 2],
  ])("reports %s", async (_name, text, line) => {
    expect(await check({ [file]: text })).toEqual(at(line));
  });

  it.each([
    ["what is picked without anybody", `${pino}import _ from "lodash";\nexport const f = (req: any) => { const fields = _.pick(req.body, ["plan", "seats"]); logger.info({ fields }, "x"); };`],
    ["a document that was made of nothing personal", `${pino}export const f = async (models: any, plan: string) => { const made = await new models.Plan({ plan }).save(); logger.info({ made }, "x"); };`],
    ["the customer that an order refers to", `${pino}export const f = (order: any) => logger.info({ customer: order.customer }, "x");`],
    ["whom a function is handed by reference", `${pino}function tell(event: string, user: unknown) { logger.info("tell", event, user); }\nexport const f = (thread: any) => tell("changed", thread.user);`],
    ["a user in a text of a function", `${pino}function tell(event: string, user: any) { logger.info(\`\${event} to \${user}\`); }\nexport const f = (payload: any) => tell("changed", payload.user);`],
    ["a model under the name of what it keeps", `${pino}import Email from "../models/email";\nexport const f = () => logger.info({ Email }, "x");`],
    ["what a deletion gives", `${pino}export const f = async (store: any, token: string) => { const deleteToken = await store.deleteOne({ token }); logger.info({ deleteToken }, "x"); };`],
    ["the log of a job without anybody", 'import type { Job } from "bullmq";\nexport const f = async (job: Job<{ size: number }>) => { await job.log(`read ${job.data.size}`); };'],
    ["options of a connection in place of rows", 'import mongoose from "mongoose";\nconst connection = mongoose.createConnection("x", { useNewUrlParser: true });\nexport const f = async () => { const plan = await connection.model("plan").findOne({ at: 1 }); console.log(plan); };'],
  ])("leaves %s alone", async (_name, text) => {
    expect(await check({ [file]: text })).toEqual([]);
  });

  it("reads texts through the colours of a package", async () => {
    const text = `${pino}export const f = (user: { id: string; email: string }) => logger.info("sent", user.email.yellow, user.id.cyan);`;
    const dependencies = { "package.json": JSON.stringify({ name: "app", private: true, scripts: { start: "node ." }, dependencies: { colors: "*" } }) };
    expect(await check({ [file]: text, ...dependencies })).toEqual(at(3));
  });
});

describe("what a text, a test and a table tell", () => {
  it.each([
    ["whom a text says a mail goes to", `${pino}export const f = (booking: any) => logger.info(\`sent the confirmation to \${booking.mail}\`);`, 3],
    ["the address in a text about a mail", `${pino}export const f = (address: string) => logger.info(\`sending mail to \${address}\`);`, 3],
    ["the mail of an organizer", `${pino}export const f = (organizerMail: string) => logger.info({ organizerMail }, "x");`, 3],
    ["who calls", `${pino}export const f = (callerNumber: string) => logger.info({ callerNumber }, "x");`, 3],
    ["a recipient as a whole", `${pino}export const f = (recipient: any) => { if (recipient.active) logger.info({ recipient }, "x"); };`, 3],
    ["a configuration of which another field is overwritten", `${pino}export const f = (password: string) => { const settings = { host: "x", password }; settings.host = "y"; logger.info({ settings }, "x"); };`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await check({ [file]: text })).toEqual(at(line));
  });

  it.each([
    ["a place that a text says something goes to", `${pino}export const f = (address: string) => logger.info(\`listening, bound to \${address}\`);`],
    ["the balance of a token", `${pino}export const f = (balanceOfToken: string) => logger.info(\`has \${balanceOfToken}\`);`],
    ["a kind of somebody", `${pino}export const f = (recipient: any) => { if (recipient === "seller") return; logger.error("unknown", recipient); };`],
    ["a configuration whose password is overwritten", `${pino}export const f = (password: string) => { const made = { auth: { user: "x", pass: password } }; const safe = JSON.parse(JSON.stringify(made)); safe.auth.pass = "***"; logger.info({ safe }, "x"); };`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await check({ [file]: text })).toEqual([]);
  });

  it("does not know what comes by what tests make up", async () => {
    const text = `${pino}export const notify = (job: any) => { const { guest } = job.data; logger.debug(\`telling \${guest.email}\`); };`;
    const made = 'import { notify } from "./member.service";\nnotify({ data: { guest: { email: "somebody@example.test" } } });';
    expect(await check({ [file]: text, "src/services/member.service.test.ts": made })).toEqual(at(3));
    expect(await check({ [file]: text, "src/services/other.ts": made })).toEqual([]);
  });

  it("takes what a service keeps in a table for data, whatever its method is called", async () => {
    const keeps = 'import { PrismaClient } from "@prisma/client";\nimport pino from "pino";\nconst logger = pino();\nconst prisma = new PrismaClient();\nexport class Trail { log(entry: { action: string; ipAddress: string }) { prisma.trail.create({ data: { action: entry.action, ipAddress: entry.ipAddress } }).then(() => logger.debug(`kept ${entry.action}`)); } }';
    const calls = 'import { Trail } from "./trail";\nexport class Members { constructor(private readonly trail: Trail) {} seen(ipAddress: string) { this.trail.log({ action: "seen", ipAddress }); } }';
    expect(await check({ [file]: calls, "src/services/trail.ts": keeps })).toEqual([]);
    expect(await check({ [file]: calls, "src/services/trail.ts": keeps.replace("`kept ${entry.action}`", "entry") })).toContain(at(2)[0]);
  });

  it("takes the address of somebody for one of a chain where an application works with one", async () => {
    const text = `${pino}export const f = (user: { id: string; address: string }) => logger.info(\`by \${user.address}\`);`;
    const using = (name: string): ProjectLiteral => ({ "package.json": JSON.stringify({ name: "app", private: true, scripts: { start: "node ." }, dependencies: { [name]: "*" } }) });
    expect(await check({ [file]: text, ...using("web3") })).toEqual([]);
    expect(await check({ [file]: text, ...using("pino") })).toEqual(at(3));
  });
});
