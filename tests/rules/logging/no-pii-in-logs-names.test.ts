import { describe, expect, it } from "vitest";
import { check, oneFile, pino, using } from "../../support/logged-persons.js";

const { at, service } = oneFile("src/services/ferry.service.ts");

describe("bare names", () => {
  it.each([
    ["an address in what limits callers", `${pino}export class FerryThrottle { release(ip: string) { logger.info(\`\${ip} may call again\`); } }`, 3],
    ["an address in a function that bars callers", `${pino}export const barVisitor = (ip: string) => logger.info(\`\${ip} may not board\`);\nexport const blockIp = barVisitor;`, 3],
    ["an address beside a browser, in a text", `${pino}export const f = (ip: string, userAgent: string) => { logger.info(\`from \${ip}\`); return userAgent; };`, 3],
    ["a name beside a password", `${pino}export const f = ({ username, password }: any) => { logger.info({ username }, "x"); return password.length; };`, 3],
    ["a name that a client sends", `${pino}import express from "express";\nexport const app = express().post("/v1/boards/:username", (req, res) => { logger.info({ who: req.params.username }, "x"); res.end(); });`, 4],
    ["a name by what looks somebody up", `${pino}export const findUserByUsername = async (username: string) => { logger.warn({ username }, "not there"); };`, 3],
    ["a name of what has a password", `${pino}export const f = (given: any) => { logger.info({ who: given.username }, "x"); return given.password === ""; };`, 3],
    ["a name of somebody with a picture", `${pino}interface Shown { id: string; username: string; avatar: string; name: string }\nexport const f = (shown: Shown) => logger.info(\`hello \${shown.name}\`);`, 4],
    ["the number of a telephone", `${pino}export const f = async (phones: any, id: string) => { const phone = await phones.findOne({ id }); logger.info(\`left: \${phone.number}\`); };`, 3],
    ["who calls, by name", `${pino}export class Ring { callerName = ""; told() { logger.info({ who: this.callerName }, "x"); } }`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["the address of a quay's switch", `${pino}export const blockPort = (ip: string, port: number) => logger.info({ ip, port }, "x");`],
    ["an address of which nothing tells whose it is", `${pino}export const moor = (ip: string) => logger.info({ ip }, "x");`],
    ["who a store is opened as", `${pino}export const open = (host: string, username: string, password: string) => { logger.info({ username }, host); return password.length; };`],
    ["a name of which nothing tells whose it is", `${pino}export const moor = (username: string) => logger.info({ username }, "x");`],
    ["how a store is reached", `${pino}interface Store { host: string; username: string; displayName: string }\nexport const f = (store: Store) => logger.info(\`at \${store.displayName}\`);`],
    ["whether somebody is there with a telephone", `${pino}export const f = (presence: any) => logger.info({ on: presence.clientStatus.mobile }, "x");`],
    ["the number of a berth", `${pino}export const f = (berth: any) => logger.info(\`left: \${berth.number}\`);`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("people of Discord", () => {
  const bot = "export const f = (message: any, client: any) => { console.log(`${message.author.tag} left`); };\nexport const g = (client: any) => console.log(`here as ${client.user.tag}`);";

  it("are known by what its libraries call them, and its bots are none", async () => {
    expect(await check({ ...using("discord.js"), "src/bot.ts": bot })).toEqual(["src/bot.ts:1"]);
    expect(await check({ ...using("pino"), "src/bot.ts": bot })).toEqual([]);
  });
});

describe("messages of bots", () => {
  it("hold whoever wrote them", async () => {
    const bot = (library: string): object => ({ ...using(library), "src/bot.ts": 'export const f = (bot: any) => bot.on("message", (msg: any) => { console.log(msg); });' });
    expect(await check(bot("node-telegram-bot-api") as Record<string, string>)).toEqual(["src/bot.ts:1"]);
    expect(await check(bot("eventemitter3") as Record<string, string>)).toEqual([]);
  });

  it("come from a socket, also in what works with a chain", async () => {
    expect(await check({ ...using("bitcoinjs-lib"), "src/miner.ts": 'import type { Socket } from "node:net";\nexport const f = (socket: Socket) => console.log(`from ${socket.remoteAddress}`);' })).toEqual(["src/miner.ts:2"]);
    expect(await check({ ...using("bitcoinjs-lib"), "src/miner.ts": "export const f = (share: any) => console.log(`for ${share.clientAddress}`);" })).toEqual([]);
  });
});

describe("whom a call or a message goes to", () => {
  it.each([
    ["a call", `${pino}export const ringByTwilio = (options: { to: string; twiml: string }) => logger.info(\`ringing \${options.to}\`);`, 3],
    ["a message with buttons", `${pino}export const askOnWhatsApp = (message: { to: string; interactive: object }) => logger.info({ who: message.to }, "x");`, 3],
    ["a number that is worked out", `${pino}export const whatsappSend = async (chat: string, post: any) => { const to = chat.split("@")[0]; await post({ to, text: "hello" }); logger.info(\`sent to \${to}\`); };`, 3],
  ])("is reported for %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it("is not reported where goods go", async () => {
    expect(await service(`${pino}export const send = async (quay: string, post: any) => { const to = quay.split("@")[0]; await post({ to, text: "hello" }); logger.info(\`sent to \${to}\`); };`)).toEqual([]);
  });

  it("is a number of the application's own where a function buys it", async () => {
    const bought = (name: string): string => `${pino}export const ${name} = async (client: any, phoneNumber: string) => { await client.incomingPhoneNumbers.create({ phoneNumber }); logger.info(\`ready: \${phoneNumber}\`); };`;
    expect(await service(bought("purchaseNumber"))).toEqual([]);
    expect(await service(bought("callNumber"))).toEqual(at(3));
  });
});

describe("what was checked", () => {
  const body = "z.object({ seat: z.string() }).extend({ card: z.object({ cardNumber: z.string(), cvc: z.string() }), row: z.object({ seat: z.string() }) })";

  it("is known in its parts", async () => {
    const taken = (part: string): string => `${pino}import { z } from "zod";\nexport const f = (raw: unknown) => { const booked = ${body}.parse(raw); logger.info({ held: booked.${part} }, "x"); };`;
    expect(await service(taken("card"))).toEqual(at(4));
    expect(await service(taken("row"))).toEqual([]);
  });
});

describe("what libraries and constructors hold", () => {
  it("is known of H3, of what a route of Elysia checks, and of a command", async () => {
    expect(await check({ ...using("h3", "consola"), "server/api/v1/quay.get.ts": 'import { consola } from "consola";\nimport { defineEventHandler, getRequestHeader, getRequestHeaders } from "h3";\nexport default defineEventHandler((event) => { consola.info("seen", { headers: getRequestHeaders(event) }); consola.info("seen", { lang: getRequestHeader(event, "accept-language") }); return "x"; });' })).toEqual(["server/api/v1/quay.get.ts:3"]);
    const route = (redact: string): string => `import { Elysia, t } from "elysia";\nimport pino from "pino";\nconst logger = pino({ redact: [${redact}] });\nexport const app = new Elysia().post("/v1/tickets", ({ body }) => { logger.info({ customer: body.customer }, "x"); return "x"; }, { body: t.Object({ customer: t.Object({ email: t.String() }) }) });`;
    expect(await service(route('"customer.email"'))).toEqual([]);
    expect(await service(route('"email"'))).toEqual(at(4));
    const command = (held: string): string => `${pino}export class Board { constructor(readonly pier: string, readonly rider: { ${held}: string }) {} }\nexport const f = (command: Board) => logger.info({ command }, "x");`;
    expect(await service(command("email"))).toEqual(at(4));
    expect(await service(command("seat"))).toEqual([]);
  });

  it("tells who drives from what drives", async () => {
    const driven = (held: string): string => `${pino}export const f = (driver: { name: string; ${held}: string }) => logger.info({ driver }, "x");`;
    expect(await service(driven("licenceNumber"))).toEqual(at(3));
    expect(await service(driven("dialect"))).toEqual([]);
  });
});

describe("what functions leave of a person", () => {
  it("is what they do not mask", async () => {
    const told = (email: string): string => `${pino}const maskEmail = (text: string) => text.slice(-4);\nconst leadOf = (lead: any) => ({ grade: lead.grade, email: ${email} });\nexport const f = (lead: any) => logger.debug(\`made \${JSON.stringify(leadOf(lead))}\`);`;
    expect(await service(told("maskEmail(lead.email)"))).toEqual([]);
    expect(await service(told("lead.email"))).toEqual(at(5));
  });

  it("is no person where the names are taken out", async () => {
    const boards = (logged: string): string => `${pino}interface Rider { id: string; email: string }\nconst board = (rider: any) => { const { email, ...who } = rider; logger.info(${logged}, "x"); return email.length; };\nexport const f = (rider: Rider) => board(rider);`;
    expect(await service(boards("{ ...who }"))).toEqual([]);
    expect(await service(boards("{ rider }"))).toHaveLength(1);
  });

  it("is the number of whoever sends, and not the address that an application sends from", async () => {
    expect(await service(`${pino}export const f = (message: any) => logger.info({ who: message.senderPhoneNumber }, "x");`)).toEqual(at(3));
    expect(await service(`${pino}export const f = (message: any) => logger.info({ who: message.senderEmail }, "x");`)).toEqual([]);
  });

  it("is nobody's where somebody tries something out", async () => {
    const tried = 'const user = { email: process.env.SOMEBODY };\nconsole.log(user.email);';
    expect(await check({ "teste-entrada.js": tried })).toEqual([]);
    expect(await check({ "src/entrada.js": tried })).toEqual(["src/entrada.js:2"]);
  });
});

describe("what is called after people or secrets and is something else", () => {
  it.each([
    ["an id that goes where a text goes", `${pino}const berthsOf = (userId: string): string[] => [userId];\nexport const f = (selectedUser: any) => { berthsOf(selectedUser); logger.info({ selectedUser }, "x"); };`],
    ["how services are that a check names", `${pino}const told = () => ({ secrets: look("a"), email: look("b") });\ndeclare const look: (name: string) => object;\nexport const f = (report: { checks: ReturnType<typeof told> }) => logger.info({ checks: report.checks }, "x");`],
    ["an id for which a word stands where there is none", `${pino}export const f = (socket: any) => logger.info({ who: socket.user || "nobody" }, "x");`],
  ])("is left alone: %s", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("is reported where it is one of them", async () => {
    expect(await service(`${pino}const berthsOf = (user: object): string[] => Object.keys(user);\nexport const f = (selectedUser: any) => { berthsOf(selectedUser); logger.info({ selectedUser }, "x"); };`)).toEqual(at(4));
  });
});

describe("scripts that pages of another backend load", () => {
  it("write to the console of whoever looks at them", async () => {
    const router = 'export const route = (email: string) => { window.dispatchEvent(new Event("x")); console.log(email); };';
    expect(await check({ ...using("next", "react", "react-dom"), "src/realtime/controllers/socket.controller.ts": router })).toEqual([]);
  });
});

describe("what a value says more than its name", () => {
  it("knows what of the same names is a text", async () => {
    const told = (returns: string): string => `${pino}const told = () => ({ secrets: look("a"), email: look("b") });\ndeclare const look: (name: string) => ${returns};\nexport const f = (report: { checks: ReturnType<typeof told> }) => logger.info({ checks: report.checks }, "x");`;
    expect(await service(told("string"))).toHaveLength(1);
    expect(await service(told("object"))).toEqual([]);
  });

  it("asks what a logger is handed what it is to write", async () => {
    const refused = (data: string): string => `${pino}interface User { id: string; email: string }\nclass RefusedLoggable { constructor(private readonly user: User) {}\n getLogMessage() { return { message: "refused", data: ${data} }; } }\nexport const f = (user: User) => logger.warn(new RefusedLoggable(user));`;
    expect(await service(refused("{ userId: this.user.id }"))).toEqual([]);
    expect(await service(refused("{ email: this.user.email }"))).toHaveLength(1);
  });

  it("leaves public keys, what is encoded for a chain and harmless settings alone", async () => {
    expect(await service(`${pino}export const f = (pair: any) => logger.info({ signingKey: pair.getPublicKey().toString() }, "x");`)).toEqual([]);
    expect(await service(`${pino}export const f = (pair: any) => logger.info({ signingKey: pair.getSecretKey().toString() }, "x");`)).toHaveLength(1);
    expect(await service(`import { utils } from "ethers";\n${pino}export const f = (amount: number) => { const value = utils.defaultAbiCoder.encode(["int256"], [amount]); logger.info({ value }, "x"); };`)).toEqual([]);
    const settings = (key: string): string => `${pino}interface Variables { NODE_ENV: string; DB_PASSWORD: string }\nclass ConfigService { constructor(private readonly all: Variables) {}\n get<K extends keyof Variables>(key: K): Variables[K] { return this.all[key]; } }\nexport class App { constructor(private readonly config: ConfigService) {}\n start() { const value = this.config.get("${key}"); logger.info({ value }, "x"); } }`;
    expect(await service(settings("NODE_ENV"))).toEqual([]);
    expect(await service(settings("DB_PASSWORD"))).toHaveLength(1);
  });

  it("knows where a rider is, and who is called so", async () => {
    expect(await service(`${pino}interface Rider { id: number; location: { lat: number; lng: number } }\nexport const f = (rider: Rider) => logger.info({ lat: rider.location.lat }, "x");`)).toHaveLength(1);
    expect(await service(`${pino}interface Stop { id: number; location: { lat: number; lng: number } }\nexport const f = (stop: Stop) => logger.info({ lat: stop.location.lat }, "x");`)).toEqual([]);
  });

  it("leaves alone what a function takes out of what it is handed before it logs it", async () => {
    const holds = (again: string): Record<string, string> => ({
      "src/services/seats.ts": `${pino}export class Seats { hold(seat: string, given: { email: string }) { logger.info({ seat, berth: { ...given, ${again} } }, "held"); } }`,
      "src/services/booking.ts": 'import { Seats } from "./seats.js";\nexport const book = (seats: Seats, seat: string, email: string) => seats.hold(seat, { email });',
    });
    expect(await check(holds("email: undefined"))).toEqual([]);
    expect(await check(holds("note: undefined"))).toHaveLength(1);
  });
});

describe("a key that says more than the name of its value", () => {
  it.each([
    ["a hash under the name of what was hashed", "export const f = (passcode: string, hashedToken: string) => logger.info({ authToken: hashedToken }, \"x\");"],
    ["a masked one that is a member", "export const f = (shown: { maskedEmail: string }) => logger.info({ email: shown.maskedEmail }, \"x\");"],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(`${pino}${text}`)).toEqual([]);
  });

  it("reports the value itself beside its hash", async () => {
    expect(await service(`${pino}export const f = (authToken: string, hashedToken: string) => logger.info({ authToken, hashedToken }, "x");`)).toEqual(at(3));
  });
});
