import { describe, expect, it } from "vitest";
import { check, oneFile, using } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";

const { at, service } = oneFile("src/services/parcel.service.ts");

describe("texts that are parsed", () => {
  it("holds what is read of them", async () => {
    expect(await service('declare function book(email: string): void;\nexport const f = (text: string) => {\n  console.log("got", text);\n  const parcel = JSON.parse(text);\n  book(parcel.email);\n};')).toEqual(at(3));
    expect(await service('declare function book(weight: number): void;\nexport const f = (text: string) => {\n  console.log("got", text);\n  const parcel = JSON.parse(text);\n  book(parcel.weight);\n};')).toEqual([]);
    expect(await service('interface Parcel { id: string; email: string }\nexport const f = (message: { content: Buffer }) => {\n  console.log(`got ${message.content.toString()}`);\n  return JSON.parse(message.content.toString()) as Parcel;\n};')).toEqual(at(3));
  });

  it("knows the records of a batch, and the event around them", async () => {
    const handler = (log: string): string => `exports.handler = async (event) => {\n  ${log}\n  for (const record of event.Records) {\n    const parcel = JSON.parse(record.body);\n    await send(parcel.email);\n  }\n};`;
    const lambda = async (log: string): Promise<string[]> => check({ "src/services/parcel.service.js": handler(log) });
    expect(await lambda("console.log(JSON.stringify(event));")).toEqual(["src/services/parcel.service.js:2"]);
    expect(await lambda("console.log(event.Records.length);")).toEqual([]);
  });

  it("follows an object into the functions that it is handed to", async () => {
    const book = (read: string): string => `function book(parcel: any) { return ${read}; }\nexport const f = async (load: () => Promise<any>) => {\n  const parcel = await load();\n  console.log("booking", parcel);\n  book(parcel);\n};`;
    expect(await service(book("parcel.phone.trim()"))).toEqual(at(4));
    expect(await service(book("parcel.weight * 2"))).toEqual([]);
    expect(await service('function book({ phone }: any) { return phone; }\nexport const f = async (load: () => Promise<any>) => {\n  const parcel = await load();\n  console.log("booking", parcel!);\n  book(parcel);\n};')).toEqual(at(4));
  });
});

describe("values that their makers tell", () => {
  it.each([
    ["the address of a caller by a helper", 'import requestIp from "request-ip";\nimport type { Request } from "express";\nexport const f = (req: Request) => console.log(requestIp.getClientIp(req));', 3],
    ["the address of a caller by the name of a function", 'import { getIpFromRequest } from "@acme/net";\nimport type { Request } from "express";\nexport const f = (req: Request) => { const from = getIpFromRequest(req); console.log(`from ${from}`); };', 3],
    ["the address in what is told of a caller", 'export const f = (params: { tokenId: string; ip: string }) => console.log({ tokenId: params.tokenId, ip: params.ip });', 1],
    ["a payment of Stripe's", 'import Stripe from "stripe";\nconst stripe = new Stripe("x");\nexport const f = async (id: string) => { const intent = await stripe.paymentIntents.retrieve(id); console.log(intent); };', 3],
    ["a code by the name of the function", "export function sendLoginCode(id: string, code: string) { console.log(id, code); }", 1],
    ["a code that was handed in", "export const f = (requestPayload: any) => console.log(`2FA code: ${requestPayload.code}`);", 1],
    ["an object of a person", 'export const f = async (load: (key: string) => Promise<any>) => { const userObj = await load("x"); console.log("user", userObj); };', 1],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it("knows a setting by the name of the variable that it is read from", async () => {
    const settings = { "src/settings.ts": 'export const settings = { broker: { url: process.env["RABBITMQ_URL"] ?? "amqp://localhost", host: process.env["BROKER_HOST"] } };' };
    expect(await service('import { settings } from "../settings.js";\nexport const f = () => console.log(settings.broker.url);', settings)).toEqual(at(2));
    expect(await service('import { settings } from "../settings.js";\nexport const f = () => console.log(settings.broker.host);', settings)).toEqual([]);
  });

  it.each([
    ["the id of a device", "export const f = (userId: string, deviceId: string) => console.log(`${deviceId} of ${userId}`);"],
    ["whom the application's own mails come from", 'export class Mails { from = "";\n  getFromAddress() { const email = this.from.trim(); return `App <${email}>`; }\n  start() { console.log(this.getFromAddress()); } }'],
    ["who the application is for its mail server", 'export const f = (mail: { auth: { user: string } }) => console.log(JSON.stringify({ auth: { user: mail.auth.user, pass: "***" } }));'],
    ["numbers that are called a password's", 'const env = { password: { rounds: 10, days: 5 } };\nexport const f = () => console.log({ config: env.password });'],
    ["a key that everybody may know", 'import type { Request } from "express";\nexport const f = (req: Request) => console.log(req.headers["x-public-key"]);'],
    ["a member of an enumeration", 'import { SessionType } from "@acme/types";\nexport const f = () => console.log({ kind: SessionType.User });'],
    ["a status of an answer", "export const f = (response: any) => console.log(`2FA code: ${response.body.code}`);"],
    ["the address of a machine", "export const f = (node: { ip: string }) => console.log({ ip: node.ip });"],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("takes who goes by an address of a chain for none", async () => {
    const text = "export const f = (firstPayer: any, user: any) => console.log({ firstPayer, address: user.userAddress, credit: user.creditBalance });";
    expect(await service(text, using("arweave"))).toEqual([]);
    expect(await service(text, using("pg"))).toEqual(at(1));
  });
});

describe("what code takes out by names", () => {
  const scrub = (test: string): string => `const HIDDEN = ["email", "phone"];\nconst hide = (fields: any) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, ${test} ? "[hidden]" : value]));`;
  const pino = (test: string): string => `import pino from "pino";\n${scrub(test)}\nconst logger = pino({ formatters: { log: (fields) => hide(fields) } });\nexport const f = (email: string) => logger.info({ email }, "x");\nexport const g = (iban: string) => logger.info({ iban }, "x");`;

  it("credits a formatter of pino's with the names that it looks for", async () => {
    expect(await service(pino("HIDDEN.includes(key)"))).toEqual(at(6));
    expect(await service(pino("/mail|iban/i.test(key)"))).toEqual([]);
    expect(await service(pino('typeof value === "string"'))).toEqual([]);
  });

  it("credits a logger of the project's own with them", async () => {
    const logger = (test: string): ProjectLiteral => ({ "src/lib/logger.ts": `${scrub(test)}\nexport const logger = { info(message: string, fields: any) { console.log(JSON.stringify({ message, ...hide(fields) })); } };` });
    const text = 'import { logger } from "../lib/logger.js";\nexport const f = (email: string) => logger.info("x", { email });\nexport const g = (iban: string) => logger.info("x", { iban });';
    expect(await service(text, logger("HIDDEN.includes(key)"))).toEqual(at(3));
    expect(await service(text, logger('typeof value === "string"'))).toEqual([]);
  });
});

describe("programs that end", () => {
  it("takes a server for none that ends when it is told to", async () => {
    const server = (end: string): ProjectLiteral => ({ "src/main.ts": `declare const app: { start(): void };\ndeclare function onShutdown(hook: () => void): void;\n${end}\nconst owner = { email: process.env["OWNER"] };\nconst inform = (user: { email: string }) => console.log(user.email);\ninform(owner as { email: string });` });
    expect(await check(server("onShutdown(() => process.exit(0));"))).toEqual(["src/main.ts:5"]);
    expect(await check(server("setTimeout(() => process.exit(0), 10);"))).toEqual([]);
  });
});

describe("what is written where", () => {
  it("knows what was assigned last on the way to a call", async () => {
    const cases = (last: string): string => `export const f = (kind: string, bank: any, card: any) => {\n  let link: any;\n  switch (kind) {\n    case "bank":\n      link = bank.accountNumber;\n      console.log(link);\n      break;\n    case "card":\n      link = card.url;\n      console.log(link);\n      break;\n  }\n  ${last}\n};`;
    expect(await service(cases(""))).toEqual(at(6));
    expect(await service(cases("console.log(link);"))).toEqual(at(6, 13));
    expect(await service('export const f = (req: { email: string }) => {\n  let text = req.email;\n  text = "none";\n  console.log(text);\n};')).toEqual([]);
    expect(await service('export const f = (req: { email: string }) => {\n  let text = "none";\n  if (req.email) text = req.email;\n  console.log(text);\n};')).toEqual(at(4));
    expect(await service('export const f = (list: { email: string }[]) => {\n  let text = "none";\n  for (const one of list) {\n    console.log(text);\n    text = one.email;\n  }\n};')).toEqual(at(4));
  });

  it.each([
    ["an element of a list", "async function each<T>(items: readonly T[], run: (item: T) => Promise<void>) { let at = 0; while (at < items.length) { await run(items[at++] as T); } }"],
    ["an element under a name", "async function each<T>(items: readonly T[], run: (item: T) => Promise<void>) { for (let place = 0; place < items.length; place++) { const one = items[place] as T; await run(one); } }"],
  ])("follows %s from the call that hands it over, whatever other calls do", async (_name, each) => {
    const code = `interface Member { id: string; email: string }\n${each}\nexport const names = (files: string[]) => each(files, async (entry) => { console.log("gone", entry); });\nexport const all = (members: Member[]) => each(members, async (entry) => { console.log("seen", entry); });`;
    expect(await service(code)).toEqual(at(4));
  });

  it("tells what one call writes once, and an object of several calls at the first", async () => {
    expect(await service('const makeOtp = () => String(Math.random());\nexport const f = (dto: { email: string }) => {\n  const { email } = dto;\n  const otp = makeOtp();\n  console.log(`code of ${email}: ${otp}`);\n};')).toEqual(at(5));
    expect(await service('export const f = (dto: { email: string; phone: string }) => {\n  const meta = { email: dto.email };\n  console.log("one", meta);\n  console.log("two", meta);\n  console.log("three", meta, dto.phone);\n};')).toEqual(at(3, 5));
  });

  it("tells an application that logs whole bodies all over once", async () => {
    const router = (name: string): string => `import { Router } from "express";\nexport const router = Router();\nrouter.post("/${name}", (req, res) => {\n  console.log(req.body);\n  res.json({});\n});`;
    const routers = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, place) => [`src/r${String(place + 10)}.ts`, router(`r${String(place)}`)]));
    expect(await check(routers(11))).toEqual(["src/r10.ts:4"]);
    expect(await check(routers(10))).toHaveLength(10);
  });

  it("tells once how a team calls persons in its log, and each secret", async () => {
    const services = (count: number, field: string): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, place) => [`src/s${String(place + 10)}.service.ts`, `export const f = (user: { id: string; ${field}: string }) => {\n  console.log(\`seen ${"${user." + field + "}"}\`);\n};`]));
    expect(await check(services(11, "username"))).toEqual(["src/s10.service.ts:2"]);
    expect(await check(services(10, "username"))).toHaveLength(10);
    expect(await check(services(11, "password"))).toHaveLength(11);
    const [finding] = await findingsOf(services(12, "email"), { rule: "no-pii-in-logs" });
    expect(finding?.message).toMatch(/^12 files write `email` \(contact\) to the log, as `user\.email` \(contact\) here/);
  });

  it("names all fields of an object that one call writes", async () => {
    const [finding] = await findingsOf({ "src/services/parcel.service.ts": "interface Member { id: string; email: string; passport: string; phone: string }\nexport const f = (member: Member) => console.log(member);" }, { rule: "no-pii-in-logs" });
    expect(finding?.message).toMatch(/email.*phone/);
  });

  it.each([
    ["whom a mail goes to, beside its subject", 'export async function deliver(params: any) {\n  const { kind, to, subject } = params || {};\n  console.log("skipped", { kind, to });\n  return subject;\n}', 3],
    ["which addresses are in use", 'export const f = (user: { email: string }) => { const used = { email: user.email, phone: true }; console.log(used); };', 1],
    ["what somebody filled in, by what is read of it", "export const f = (req: any) => { const { signUpForm } = req.form; const { name = null, password = null } = signUpForm; console.log('form', signUpForm); return [name, password]; };", 1],
    ["what a form of the body holds", "export const f = (req: any) => { const loginForm = req.body.loginForm; console.log('form', loginForm); return loginForm.email; };", 1],
    ["headers that are handed on", "export const f = (param: { id: string; headers: any }) => console.log(param.headers);", 1],
    ["rows of a long statement", `import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = async () => { const { rows } = await pool.query("SELECT ${"b.note AS note, ".repeat(60)}u.email AS email FROM bookings b JOIN users u ON u.id = b.user_id"); console.log(rows); };`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["whom the application's mails come from, by its settings", "export const f = (mailConfig: { email: string }) => { const from = `App <${mailConfig.email}>`; console.log(from); };"],
    ["which fields are in use", 'export const f = (user: { email: string }, done: (used: object) => void) => { let email = true; if (user.email === "") email = false; const used = { email, phone: !user, mail: user.email !== "" }; console.log(used); const told = { email }; console.log(told); done(told); };'],
    ["what is said about the fields of a form", 'export const f = (page: any) => { const loginForm = page.forms.login; console.log("form", loginForm); return loginForm.email; };'],
    ["headers of an answer", "export const f = (response: any) => console.log(response.headers);"],
    ["where a list goes on", "export const f = (nextToken: string) => console.log(nextToken);"],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("who is at the other end", () => {
  const whatsapp = 'import { sendWhatsapp } from "@acme/whatsapp";\n';
  it.each([
    ["the number of a sender", "export const f = (senderNumber: string) => console.log(`in from ${senderNumber}`);", 1],
    ["the number that a message goes to", `${whatsapp}export const f = (targetNumber: string) => console.log(\`out to \${targetNumber}\`, sendWhatsapp);`, 2],
    ["the id of somebody in WhatsApp, which is the number", "export const f = (contact: { wa_id: string }) => console.log(`new: ${contact.wa_id}`);", 1],
    ["who rings up", `${whatsapp}export const f = (calls: any[]) => { for (const call of calls) console.log(call.from, sendWhatsapp); };`, 2],
    ["where a worker is", "export const f = (workerKey: string, lat: number, lng: number) => console.log({ workerKey, lat, lng });", 1],
    ["what a model gives back that it was given", 'const { Code } = require("./models");\nexport const f = async (otp: string) => { const made = await Code.create({ otp }); console.log(made); };', 2],
    ["the body of somebody who signs up", 'import { Router } from "express";\nexport const router = Router();\nrouter.post("/members", (req, res) => {\n  const { name, category, email } = req.body;\n  console.log("member", req.body);\n  res.json({ name, category, email });\n});', 5],
    ["where somebody who applies lives", "export const f = (candidate: any) => console.log(candidate.address, candidate.skills);", 1],
    ["what was kept secret", 'import { decrypt } from "@acme/vault";\nexport const f = (kept: string) => { const open = decrypt(kept); console.log(open); };', 2],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["a number to reach", "export const f = (targetNumber: number) => console.log(`counting to ${targetNumber}`);"],
    ["a conversation", `${whatsapp}export const f = (chatId: string) => console.log(chatId, sendWhatsapp);`],
    ["who was rung up by which service", "export const f = (call: { id: string; from: string }) => console.log(call.id);"],
    ["how much power a worker's device has", "export const f = (workerKey: string, battery: number) => console.log({ workerKey, battery });"],
    ["what somebody signs in as", "export const f = (creds: { user: string; pass: string }) => console.log({ user: creds.user });"],
    ["a row without anybody's data", 'const { Visit } = require("./models");\nexport const f = async (room: string) => { const made = await Visit.create({ room }); console.log(made); };'],
    ["the body of a thing that is sold", 'import { Router } from "express";\nexport const router = Router();\nrouter.post("/offers", (req, res) => {\n  const { name, base_price, category } = req.body;\n  console.log("offer", req.body);\n  res.json({ name, base_price, category });\n});'],
    ["where a machine is reached", "export const f = (candidate: any) => console.log(candidate.address, candidate.port);"],
    ["the names of settings", 'export const f = () => {\n  const requiredSecrets = ["JWT_SECRET", "DB_PASSWORD"];\n  console.error("missing", requiredSecrets.filter((name) => name.length > 3).join(", "));\n};'],
    ["an object that becomes part of a text", 'export const f = (otp: string) => { const options = { otp }; console.log(`with ${options.toString()}`); };'],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});
