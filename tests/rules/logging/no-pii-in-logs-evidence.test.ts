import { describe, expect, it } from "vitest";
import { check, oneFile, pino, using } from "../../support/logged-persons.js";
import { findingsOf } from "../../support/project.js";

const { at, service } = oneFile("src/services/parcel.service.ts");
const fastify = using("fastify", "@fastify/type-provider-typebox", "@sinclair/typebox");

describe("what is done with a value", () => {
  it.each([
    ["a text that is checked as a token", `${pino}import jwt from "jsonwebtoken";\nexport const f = (raw: string, key: string) => { logger.info({ raw }, "x"); return jwt.verify(raw, key); };`, 4],
    ["whom a mail goes to", `${pino}export const f = async (reached: string, mail: any) => { logger.debug({ reached }, "x"); await mail.push({ to: reached, subject: "x" }); };`, 3],
    ["where a store is opened", 'import { MongoClient } from "mongodb";\nexport const open = (app: any) => { const target = app.get("store"); console.log("store", target); return MongoClient.connect(target); };', 2],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["what is checked by a schema of its own", `${pino}import { check } from "./checks.js";\nexport const f = (raw: string) => { logger.info({ raw }, "x"); return check(raw); };`],
    ["where goods go", `${pino}export const f = async (reached: string, lorry: any) => { logger.debug({ reached }, "x"); await lorry.push({ to: reached, weight: 3 }); };`],
    ["a host that an address is put together of", 'import mongoose from "mongoose";\nexport const open = () => { const target = `mongodb://${process.env.STORE_HOST}/parcels`; console.log("store", target); return mongoose.connect(target); };'],
    ["an address beside which somebody signs in", 'import mongoose from "mongoose";\nexport const open = (target: string, pass: string) => { console.log("store", target); return mongoose.connect(target, { user: "app", pass }); };'],
    ["an address that is written out", 'import { MongoClient } from "mongodb";\nexport const open = () => { const target = "mongodb://localhost:27017/parcels"; console.log("store", target); return MongoClient.connect(target); };'],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("names that hold a category's word", () => {
  it.each([
    ["the id of a template", "export const f = (shop: any) => console.log(`by ${shop.templateIds.otp}`);"],
    ["what a field is to be", "export const f = () => console.log({ parameters: { phoneNumber: { type: 'string', description: 'where to call' } } });"],
    ["what is used somewhere", "export const f = (row: any) => console.log(row.usedInPayroll, row.notifiedViaEmail);"],
    ["what a grade pays", "export const f = (salaryGrade: any) => console.log(salaryGrade.basicSalary);"],
    ["what a token of an injector is called", `${pino}export const f = (tokenName: string) => logger.info({ token: tokenName }, "not bound");`],
    ["one of several values that are tried, by its type", `${pino}interface Candidate { name: string; link: string }\nexport const f = (candidate: Candidate) => logger.info({ name: candidate.name }, "x");`],
    ["one of several values that are tried", `${pino}export const f = (urlCandidate: any, candidate: any) => logger.info({ urlCandidate, name: candidate.name }, "x");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it.each([
    ["a number beside its kind", "export const f = (phoneNumber: string) => console.log({ phoneNumber, type: 'string' });", 1],
    ["what somebody is paid", "export const f = (row: any) => console.log(row.basicSalary);", 1],
    ["a token under a name of its own", `${pino}export const f = (fresh: string) => logger.info({ token: fresh }, "made");`, 3],
    ["an address beside one", "export const f = (shop: any, user: any) => console.log(`by ${shop.templateIds.otp}`, user.email);", 1],
    ["somebody who applies", 'import { prisma } from "./db.js";\nexport const interview = (candidate: any) => console.log(candidate.name, prisma);', 2],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text, { "src/interviews/plan.ts": "export const days = 3;" })).toEqual(at(line));
  });

  it("takes the code of a card for one that lets somebody in, and another for none", async () => {
    const sign = (fields: string): string => `${pino}import Joi from "joi";\nconst schema = Joi.object({ ${fields} });\nexport const f = (body: unknown) => { const { value } = schema.validate(body); logger.warn({ tried: value.pin }, "x"); };`;
    expect(await service(sign("cardNo: Joi.string(), pin: Joi.string()"))).toEqual(at(5));
    expect(await service(sign("board: Joi.string(), pin: Joi.string()"))).toEqual([]);
  });
});

describe("what many calls write of a person", () => {
  const line = (n: number): string => `export const f${String(n)} = (member: any) => console.log(\`${String(n)} ${"${member.firstName} ${member.lastName}"}\`);`;
  const lines = (count: number): string => Array.from({ length: count }, (_, n) => line(n)).join("\n");

  it("is told once in a file, also of several fields", async () => {
    expect(await service(lines(6))).toEqual(at(1));
    expect(await service(lines(5))).toEqual(at(1, 2, 3, 4, 5));
  });

  it("is told once in an application, also of several fields", async () => {
    const files = (count: number): Readonly<Record<string, string>> => Object.fromEntries(Array.from({ length: count }, (_, n) => [`src/services/a${String(n).padStart(2, "0")}.service.ts`, line(n)]));
    expect(await check(files(11))).toEqual(["src/services/a00.service.ts:1"]);
    expect(await check(files(10))).toHaveLength(10);
  });

  it("has a name of its own where what holds it has none", async () => {
    const [finding] = await findingsOf({ "src/app.ts": 'import { Hono } from "hono";\nexport const app = new Hono().post("/v1/a", async (c) => { const { email } = await c.req.json(); console.log(email); return c.json({}); });' }, { rule: "no-pii-in-logs" });
    expect(finding?.message).toContain("`email` (contact)");
  });
});

describe("scripts that browsers are served", () => {
  it("write to the console of whoever looks at them, wherever they get their libraries", async () => {
    const script = (from: string): string => `import { open } from "${from}";\nexport const f = (user: { email: string }) => { open(); console.log(user); };`;
    expect(await check({ "public/js/login.js": script("https://cdn.example.com/open.js"), "src/app.js": "export const a = 1;" })).toEqual([]);
    expect(await check({ "public/js/login.js": script("@acme/open"), "src/app.js": "export const a = 1;" })).toEqual(["public/js/login.js:2"]);
  });
});

describe("whose a number or a name is", () => {
  const pool = "export const buy = async (twilio: any) => { const [free] = await twilio.availablePhoneNumbers('DE').local.list(); const bought = await twilio.incomingPhoneNumbers.create({ phoneNumber: free.phoneNumber, trunkSid: 'x' }); console.log('bought', bought.phoneNumber); };";

  it("is the application's where it rents numbers", async () => {
    expect(await service(pool)).toEqual([]);
    expect(await service("export const ring = async (twilio: any, lead: any) => { await twilio.calls.create({ to: lead.phoneNumber }); console.log('rang', lead.phoneNumber); };")).toEqual(at(1));
  });

  it("is a channel's where an application speaks through WhatsApp, unless the code tells whose", async () => {
    expect(await service("export const f = (account: any) => console.log(account.name);", using("@whiskeysockets/baileys"))).toEqual([]);
    expect(await service("export const f = (account: any) => console.log(account.name, account.email.length);", using("@whiskeysockets/baileys"))).toEqual(at(1));
    expect(await service("export const f = (account: any) => console.log(account.name);", using("stripe"))).toEqual(at(1));
  });

  it("is nobody's on developers' consoles", async () => {
    const mailer = "export class Mailer { send(to: string, subject: string) { console.log('mail', { to, subject }); } }";
    expect(await check({ "src/mail/console-mailer.ts": mailer })).toEqual([]);
    expect(await check({ "src/mail/smtp-mailer.ts": mailer })).toEqual(["src/mail/smtp-mailer.ts:1"]);
  });

  it("is a service's that calls a webhook", async () => {
    const hook = (text: string): string => `import express from "express";\nexport const app = express().post("/v1/calls", (req, res) => { console.warn(${text}, { ip: req.ip }); res.end(); });`;
    expect(await service(hook('"webhook without a signature"'))).toEqual([]);
    expect(await service(hook('"call without a signature"'))).toEqual(at(2));
  });
});

describe("functions that hand on what they are given", () => {
  const tidy = { "src/lib/tidy.ts": "export function tidy(phone: string): string { const left = phone.trim(); return `+${left}`; }" };
  const calls = [1, 2, 3, 4].map((n) => `export const f${String(n)} = (given: any) => logger.info({ n: tidy(given.reached) }, "x");`).join("\n");

  it("are not where data is made", async () => {
    expect(await service(`${pino}import { tidy } from "../lib/tidy.js";\n${calls}`, tidy)).toEqual(at(4, 5, 6, 7));
  });

  it("give one text of a body, by what they are declared to give", async () => {
    const picked = (returns: string): string => `${pino}import express from "express";\nfunction pick(from: any, key: string)${returns} { return from[key]; }\nexport const app = express().post("/v1/a", (req, res) => { const found = pick(req.body, "ref"); logger.info({ found }, "x"); res.end(); });`;
    expect(await service(picked(": string"))).toEqual([]);
  });
});

describe("errors of clients in functions that log them", () => {
  const call = 'export async function f(key: string, payload: object) { try { await axios.post("/v1/a", payload, { headers: { Authorization: key } }); } catch (error) { note("not sent", error); } }';

  it("are kept where a handler inside is told of them", async () => {
    const inner = (kept: string): string => `import axios from "axios";\nimport { save } from "./rows.js";\nexport async function f(key: string) { try { try { await axios.post("/v1/a", {}, { headers: { Authorization: key } }); } catch (inner) { ${kept} } await save(); } catch (error) { console.error("not saved", error); } }`;
    expect(await service(inner("return undefined;"))).toEqual([]);
    expect(await service(inner("throw inner;"))).toEqual(at(3));
  });

  it("are ruled out where these have asked", async () => {
    expect(await service(`import axios from "axios";\nfunction note(text: string, error: unknown) { if (axios.isAxiosError(error)) { console.error(text, error.code); } else { console.error(text, error); } }\n${call}`)).toEqual([]);
    expect(await service(`import axios from "axios";\nfunction note(text: string, error: unknown) { console.error(text, error); }\n${call}`)).toEqual(at(3));
  });
});

describe("what libraries give back", () => {
  it("counts as what it was made of", async () => {
    const guest = 'import { Entity, type EntityManager, PrimaryKey, Property, wrap } from "@mikro-orm/core";\nimport pino from "pino";\nconst logger = pino();\n@Entity() class Guest { @PrimaryKey() id!: number; @Property() email!: string; }\n@Entity() class Room { @PrimaryKey() id!: number; @Property() floor!: number; }\n';
    expect(await service(`${guest}export const f = async (em: EntityManager) => { const guest = await em.findOneOrFail(Guest, 1); logger.info({ copy: wrap(guest).toPOJO() }, "x"); };`)).toEqual(at(6));
    expect(await service(`${guest}export const f = async (em: EntityManager) => { const room = await em.findOneOrFail(Room, 1); logger.info({ copy: wrap(room).toPOJO() }, "x"); };`)).toEqual([]);
    const models = 'import { Model } from "objection";\nimport pino from "pino";\nconst logger = pino();\nclass Guest extends Model { static tableName = "guests"; id!: number; email!: string; }\nclass Room extends Model { static tableName = "rooms"; id!: number; floor!: number; }\n';
    expect(await service(`${models}export const f = async () => { const row = (await Guest.query().patchAndFetchById(1, { email: "x" })).toJSON(); logger.info({ row }, "x"); };`)).toEqual(at(6));
    expect(await service(`${models}export const f = async () => { const row = (await Room.query().patchAndFetchById(1, { floor: 2 })).toJSON(); logger.info({ row }, "x"); };`)).toEqual([]);
  });
});

describe("Fastify with a provider of types", () => {
  const app = (redact: string): string => `import Fastify from "fastify";\nimport { staff } from "./staff.js";\nexport const app = Fastify({ logger: { redact: { paths: ${redact}, remove: true } } });\napp.register(staff);`;
  const staff = 'import { Type } from "@sinclair/typebox";\nimport type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";\nconst Change = Type.Object({ iban: Type.String(), reason: Type.String() });\nexport const staff: FastifyPluginAsyncTypebox = async (app) => {\n  app.post("/v1/changes", { schema: { body: Change } }, async (request) => {\n    request.log.info({ body: request.body }, "x");\n    request.log.info({ body: { reason: request.body.reason } }, "x");\n  });\n};';

  it("writes what its schema has and its redaction leaves", async () => {
    expect(await check({ "src/app.ts": app('["body.iban"]'), "src/staff.ts": staff, ...fastify })).toEqual([]);
    expect(await check({ "src/app.ts": app('["body.email"]'), "src/staff.ts": staff, ...fastify })).toEqual(["src/staff.ts:6"]);
  });
});

describe("what looks like a person's or a secret and is neither", () => {
  const trading = using("ethers", "pino");

  it("leaves the address of a machine alone, whose port stands beside it", async () => {
    const told = (taken: string, logged: string): string => `${pino}export const f = (userId: string, body: any) => { const { ${taken} } = body; logger.warn({ ${logged} }, "not added"); };`;
    expect(await service(told("name, ip, port", "userId, name, ip, port"))).toEqual([]);
    expect(await service(told("name, ip, port", "userId, ip"))).toEqual([]);
    expect(await service(told("name, ip", "userId, name, ip"))).toEqual(at(3));
    expect(await service(`${pino}export const f = (userId: string, data: any) => { logger.warn({ userId, ip: data.hostConfig?.ip, port: data.hostConfig?.port }, "not reached"); };`)).toEqual([]);
  });

  it("leaves tokens alone that are declared as a number", async () => {
    const counted = (type: string): string => `${pino}export const f = (params: { model: string; tokens?: ${type} }) => { logger.info({ model: params.model, ...(params.tokens !== undefined ? { tokens: params.tokens } : {}) }, "asked"); };\nexport const g = (answer: any) => f({ model: "m", tokens: answer.usage?.total });`;
    expect(await service(counted("number"))).toEqual([]);
    expect(await service(counted("string"))).toEqual(at(3));
  });

  it("leaves what a chain's tokens are called alone where an application trades them", async () => {
    const traded = (name: string): string => `${pino}export const f = (${name}: string) => { logger.info({ ${name} }, "moved"); };`;
    for (const name of ["l1Token", "tokenLower", "refundAddress"]) expect(await check({ ...trading, "src/services/parcel.service.ts": traded(name) })).toEqual([]);
    expect(await check({ ...trading, "src/services/parcel.service.ts": traded("refreshToken") })).toEqual(at(3));
    expect(await service(traded("l1Token"))).toEqual(at(3));
  });

  it("tells once of a body that more than five calls of a file write", async () => {
    const route = (calls: number): string => `import type { Request } from "express";\n${pino}export const f = (req: Request) => {\n${Array.from({ length: calls }, (_, index) => `  logger.info({ body: req.body }, "step ${String(index)}");`).join("\n")}\n};`;
    const found = async (calls: number): Promise<readonly string[]> => (await findingsOf({ "src/services/parcel.service.ts": route(calls) }, { rule: "no-pii-in-logs", preset: "recommended" })).map(({ messageId }) => messageId);
    expect(await found(6)).toEqual(["often"]);
    expect(await found(5)).toHaveLength(5);
  });
});
