import { describe, expect, it } from "vitest";
import { check, oneFile, pino, using } from "../../support/logged-persons.js";

const { at, service } = oneFile("src/services/user.service.ts");

describe("accounts and numbers of a business", () => {
  it.each([
    ["an account through which mail is sent", "export const test = (account: any) => { connect(account.smtp_host); console.log(`testing ${account.name}`); };"],
    ["an account of WhatsApp", "export const test = (account: any) => { connect(account.phone_number_id); console.log(account.name); };"],
    ["the number that a business shows", "export const got = (change: any) => console.log(change.metadata.display_phone_number);"],
    ["where a document lies", "export const shown = (userId: string, storageLocation: string) => console.log({ userId, storageLocation });"],
    ["what an endpoint of Encore is given without anybody in it", 'import { api } from "encore.dev/api";\ninterface Revenue { amount: number }\nexport const add = api<Revenue, Revenue>({ path: "/v1/revenues" }, async (req) => { console.log(req); return req; });'],
    ["how many accounts a plan has", "export const made = (plan: any) => console.log({ limit: plan.limit_whatsapp });"],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it.each([
    ["the account of somebody", "export const test = (account: any) => console.log(`hello ${account.name}`);"],
    ["the address of an account through which mail is sent", "export const test = (account: any) => { connect(account.smtp_host); console.log(`testing ${account.email}`); };"],
    ["who writes to a webhook of Twilio", "export const take = (req: any) => { const { From, Body, MessageSid } = req.body; console.log({ from: From, sid: MessageSid }, Body.length, twilio); };\nconst twilio = 1;"],
    ["the key of a stream of pictures", "export const live = (streamKey: string) => console.log(`streaming with ${streamKey}`);"],
    ["the number of somebody", "export const got = (change: any) => console.log(change.contact.phone_number);"],
  ])("reports %s", async (_name, text) => {
    expect(await service(text)).toEqual(at(1));
  });

  it("leaves the key of a stream of Redis alone", async () => {
    expect(await check({ ...using("ioredis"), "src/dead.ts": "export const dead = (streamKey: string) => console.log(`put into ${streamKey}`);" })).toEqual([]);
  });

  it("leaves components alone that show what another backend serves", async () => {
    const page = 'export const send = async (email: string) => { console.log(email); };';
    expect(await check({ ...using("next", "react", "react-dom"), "src/mail/notify.tsx": page })).toEqual([]);
    expect(await check({ ...using("next", "react", "react-dom", "pg"), "src/mail/notify.tsx": page })).toHaveLength(1);
  });
});

describe("numbers of text messages", () => {
  it.each([
    ["who writes, beside the text", `${pino}import { whatsappClient } from "./client.js";\nexport const answer = (text: string, from: string) => logger.info({ from }, "received");`, 4],
    ["whom an answer goes to", `${pino}export const replyOnWhatsApp = (args: { to: string; message: string }) => logger.info(\`sent to \${args.to}\`);`, 3],
    ["who writes, taken out of a message", `${pino}declare const twilioEvent: (raw: unknown) => { from: string; body: string };\nexport const f = (raw: unknown) => { const { from, body } = twilioEvent(raw); logger.info({ from, length: body.length }, "x"); };`, 4],
    ["a sender whose text is read elsewhere", `${pino}export const onWhatsappMessage = (incoming: { from: string; text: string }) => { if (incoming.text === "") return; logger.info(\`from \${incoming.from}\`); };`, 3],
    ["whom a status is about", `${pino}export const onWhatsappStatus = (status: { id: string; recipient_id: string }) => logger.info({ who: status.recipient_id }, "delivered");`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["a stretch of time", `${pino}export const countSmsSent = (from: Date, to: Date, body: string) => logger.info({ from, to, length: body.length }, "x");`],
    ["a change of state", `${pino}import { whatsappClient } from "./client.js";\nexport const moved = (from: string, to: string) => logger.info({ from, to }, "moved");`],
    ["what goes from here to there without a telephone", `${pino}export const translate = (text: string, from: string, to: string) => logger.info({ from, to }, "translated");`],
    ["a number that is masked", `${pino}declare const maskNumber: (text: string) => string;\nexport const replyOnWhatsApp = (to: string, message: string) => logger.info({ to: maskNumber(to) }, "sent");`],
    ["an id of a status elsewhere", `${pino}export const onStatus = (status: { id: string; recipient_id: string }) => logger.info({ who: status.recipient_id }, "delivered");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("reports what Twilio gives back of a message", async () => {
    const text = `${pino}declare const client: any;\nexport const f = async (to: string) => { const sent = await client.messages.create({ to, body: "x" }); logger.info({ sent }, "sent"); };`;
    expect(await service(text, using("pino", "twilio"))).toEqual(at(4));
    expect(await service(text, using("pino", "openai"))).toEqual([]);
  });

  it("reports each of those that a mail goes to", async () => {
    expect(await service(`${pino}export const f = (recipients: string[]) => { for (const to of recipients) logger.warn(\`mail to \${to} failed\`); };`)).toEqual(at(3));
    expect(await service(`${pino}export const f = (states: string[]) => { for (const to of states) logger.warn(\`no way to \${to}\`); };`)).toEqual([]);
  });
});

describe("what is handed on", () => {
  const user = "interface Member { id: string; email: string }\n";
  it.each([
    ["what a promise gives", `${pino}${user}declare const sendMail: unknown;\nexport const find = async (id: string): Promise<Member> => ({ id, email: id });\nexport const f = (id: string) => find(id).then((found) => logger.info({ found }, "x"));`, 6],
    ["what a rejected call would have given", `${pino}${user}const create = async (id: string): Promise<Member> => ({ id, email: id });\nexport const f = async (id: string) => { const made = await create(id).catch(() => { throw new Error("x"); }); logger.info({ made }, "x"); };`, 5],
    ["JSON by another library", `${pino}${user}import flatted from "flatted";\nexport const f = (m: Member) => logger.info(flatted.stringify(m));`, 5],
    ["an object inside the object of a class", `${pino}${user}class Changed { data!: Inner; }\nclass Inner { member!: Member; }\nexport const f = (event: Changed) => logger.info({ event }, "x");`, 6],
    ["where somebody is", `${pino}export const moved = (driverId: string, lat: number, label: string) => logger.info({ driverId, lat }, "x");`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["a member of what a promise gives", `${pino}${user}export const find = async (id: string): Promise<Member> => ({ id, email: id });\nexport const f = (id: string) => find(id).then((found) => logger.info({ id: found.id }, "x"));`],
    ["a relation that nobody loaded", `${pino}${user}import { Entity, ManyToOne } from "typeorm";\n@Entity() class Ticket { title!: string; @ManyToOne(() => Object) member!: Member; }\nexport const f = (ticket: Ticket) => logger.info({ ticket }, "x");`],
    ["where a place is", `${pino}export const moved = (placeId: string, lat: number, lng: number) => logger.info({ placeId, lat, lng }, "x");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("programs that somebody runs by hand", () => {
  const list = 'for (const user of await find()) console.log(user.email);';
  const application = 'import express from "express";\nconst app = express();\napp.get("/items", (_req, res) => { res.json([]); });\napp.listen(3000);\n';
  const find = "declare const find: () => Promise<{ email: string }[]>;\n";
  it.each([
    ["ends by itself", { "src/list-users.js": `import mongoose from "mongoose";\nasync function main() { ${list} await mongoose.disconnect(); }\nmain();` }],
    ["ends its process", { "src/list-users.ts": `${find}const main = async () => { ${list} process.exit(0); };\nvoid main();` }],
    ["tries something out", { "test-login.js": `const main = async () => { ${list} };\nmain();` }],
    ["serves while somebody tries something out", { "test-server.js": `import express from "express";\nconst app = express();\napp.post("/login", (req, res) => { console.log(req.body.email); res.end(); });\napp.listen(3000);` }],
    ["stands beside the application", { "create-admin.js": `import axios from "axios";\nconst main = async () => { ${list} };\nmain();`, "src/app.ts": application }],
  ])("leaves one alone that %s", async (_name, files) => {
    expect(await check(files)).toEqual([]);
  });

  it.each([
    ["a server that closes its store on a signal", { "src/main.ts": `import mongoose from "mongoose";\n${find}void (async () => { ${list} })();\nprocess.on("SIGTERM", () => { void mongoose.disconnect().then(() => process.exit(0)); });` }, "src/main.ts:3"],
    ["a job that the clock starts", { "src/jobs/remind.ts": `import mongoose from "mongoose";\n${find}void (async () => { ${list} await mongoose.disconnect(); })();` }, "src/jobs/remind.ts:3"],
    ["a server that gives up", { "src/main.ts": `${find}void (async () => { try { ${list} } catch { process.exit(1); } })();` }, "src/main.ts:2"],
    ["what the application is", { "index.js": `import mongoose from "mongoose";\nconst main = async () => { ${list} };\nmain();`, "src/app.ts": application }, "index.js:2"],
    ["what goes on beside the application", { "mailer.js": `import mongoose from "mongoose";\nmongoose.connection.on("open", async () => { ${list} });`, "src/app.ts": application }, "mailer.js:2"],
    ["a module that others use", { "src/list.ts": `import mongoose from "mongoose";\n${find}export const listAll = async () => { ${list} await mongoose.disconnect(); };` }, "src/list.ts:3"],
  ])("reports %s", async (_name, files, place) => {
    expect(await check(files)).toEqual([place]);
  });
});

describe("the user of a request", () => {
  const schema = 'import mongoose from "mongoose";\nexport const Doctor = mongoose.model("Doctor", new mongoose.Schema({ user: { type: mongoose.Schema.Types.ObjectId, ref: "User" } }));\n';
  const handler = 'import type { Request, Response } from "express";\nexport const show = (req: Request, res: Response) => { console.log("by", req.user); res.end(); };';
  const verifies = (kept: string): string => `import { sign, verify } from "jsonwebtoken";\nexport const issue = (id: string, email: string) => sign({ id, ${kept} }, "x");\nexport const check = (req: any, _res: unknown, next: () => void) => { req.user = verify(req.headers.authorization, "x"); next(); };`;

  it("is a person, whatever documents refer to by that name", async () => {
    expect(await check({ "src/models/doctor.ts": schema, "src/controllers/a.controller.ts": handler })).toEqual(["src/controllers/a.controller.ts:2"]);
    expect(await check({ "src/models/doctor.ts": schema, "src/services/a.service.ts": 'import { Doctor } from "../models/doctor.js";\nexport const f = async (id: string) => { const doctor = await Doctor.findById(id); console.log(doctor.user); };' })).toEqual([]);
  });

  it("is an id where nothing else is put there", async () => {
    expect(await check({ "src/middleware/auth.ts": verifies("role: 1"), "src/controllers/a.controller.ts": handler })).toEqual([]);
    expect(await check({ "src/middleware/auth.ts": "export const check = (req: any, _res: unknown, next: () => void) => { req.user = { id: req.ids.user, role: req.ids.role }; next(); };", "src/controllers/a.controller.ts": handler })).toEqual([]);
    const inCallback = verifies("role: 1").replace('req.user = verify(req.headers.authorization, "x"); next();', 'verify(req.headers.authorization, "x", (_error: unknown, user: unknown) => { req.user = user; next(); });');
    expect(await check({ "src/middleware/auth.ts": inCallback, "src/controllers/a.controller.ts": handler })).toEqual([]);
    expect(await check({ "src/middleware/auth.ts": verifies("email"), "src/controllers/a.controller.ts": handler })).toEqual(["src/controllers/a.controller.ts:2"]);
  });
});

describe("bodies", () => {
  const log = (more: string): string => `import type { Request, Response } from "express";\nexport const create = (req: Request, res: Response) => { ${more} console.log(req.body); res.end(); };`;
  it("are not known by what is written into them", async () => {
    expect(await check({ "src/controllers/a.controller.ts": log("req.body.ownerId = res.locals.id;") })).toEqual(["src/controllers/a.controller.ts:2"]);
    expect(await check({ "src/controllers/a.controller.ts": log("const size = req.body.size; res.setHeader('x', size);") })).toEqual([]);
  });
});

describe("rows of a query that a variable holds", () => {
  const entity = 'import { Column, Entity, type Repository } from "typeorm";\n@Entity() class Guest { @Column() phone!: string; }\ndeclare const guests: Repository<Guest>;\n';
  const asked = (get: string, log: string): string => `${entity}export const f = async (day: string) => { const query = guests.createQueryBuilder("g"); query.andWhere("g.day = :day", { day }); ${get} console.log(${log}); };`;
  it.each([
    ["all of them", asked("const data = await query.getMany();", "{ data }")],
    ["all of them, beside their number", asked("const [rows, total] = await query.getManyAndCount();", "{ rows, total }")],
  ])("reports %s", async (_name, text) => {
    expect(await service(text)).toEqual(at(4));
  });

  it.each([
    ["their number", asked("const total = await query.getCount();", "{ total }")],
    ["columns that it names", asked('query.select("g.id"); const data = await query.getMany();', "{ data }")],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("what belongs to nobody", () => {
  it("leaves pieces of a text and descriptions of media alone", async () => {
    expect(await service(`${pino}export const f = (opts: any) => { if (!Array.isArray(opts.tokens)) logger.info({ opts }, "x"); };`)).toEqual([]);
    expect(await service(`${pino}export const f = (opts: any) => { if (!opts.accessToken) logger.info({ opts }, "x"); };`)).toEqual(at(3));
    const call = `${pino}export const onInvite = (req: any) => logger.info({ offer: req.body }, "x");`;
    expect(await service(call, using("pino", "drachtio-srf"))).toEqual([]);
    expect(await service(call, using("pino", "express"))).toEqual(at(3));
  });

  it("leaves scripts alone that browsers are served with others", async () => {
    const plugin = "module.exports = (databaseUrl) => console.log('no pictures at ' + databaseUrl);";
    expect(await check({ "src/public/editor/plugin.js": plugin, "src/public/editor/index.js": 'require("./plugin.js");' })).toEqual([]);
    expect(await check({ "src/public/editor/plugin.js": plugin, "src/app.js": 'require("./public/editor/plugin.js");' })).toEqual(["src/public/editor/plugin.js:1"]);
  });
});
