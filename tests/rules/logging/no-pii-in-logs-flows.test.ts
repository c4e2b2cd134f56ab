import { describe, expect, it } from "vitest";
import { check, oneFile, pino } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";

const { service } = oneFile("src/services/member.service.ts");
const axios = `import axios from "axios";\n${pino}`;

describe("requests that errors keep", () => {
  it.each([
    ["a secret in the body", `${axios}export const f = async (clientSecret: string) => { try { await axios.post("/token", { client_secret: clientSecret }); } catch (error) { logger.error({ error }, "x"); } };`, 4],
    ["a secret in a form that a variable holds", `${axios}import qs from "node:querystring";\nexport const f = async (secret: string) => { const form = qs.stringify({ client_secret: secret }); try { await axios.post("/token", form); } catch (error) { logger.error({ error }, "x"); } };`, 5],
    ["a key among the parameters", `${axios}export const f = async (apiKey: string) => { try { await axios.get("/maps", { params: { apiKey } }); } catch (error) { logger.error({ error }, "x"); } };`, 4],
    ["the header that an interceptor adds", `${axios}export class Client { http = axios.create({ baseURL: "/" }); constructor(token: string) { this.http.interceptors.request.use((config) => { config.headers.Authorization = token; return config; }); }\n  async find() { try { return await this.http.get("/a"); } catch (error) { logger.error({ error }, "x"); throw error; } } }`, 5],
    ["a callback that is given the error", `${axios}export const f = (token: string) => axios.get("/a", { headers: { authorization: token } }).catch((error) => logger.error({ error }, "x"));`, 4],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual([`src/services/member.service.ts:${String(line)}`]);
  });

  it.each([
    ["a body without a credential", `${axios}export const f = async (sku: string) => { try { await axios.post("/stock", { sku }); } catch (error) { logger.error({ error }, "x"); } };`],
    ["a client without anything added", `${axios}const http = axios.create({ baseURL: "/" });\nexport const f = async () => { try { return await http.get("/a"); } catch (error) { logger.error({ error }, "x"); throw error; } };`],
    ["a client whose errors are made anew", `${axios}export class Client { http = axios.create({ headers: { authorization: process.env.KEY } }); constructor() { this.http.interceptors.response.use((answer) => answer, (error) => Promise.reject(new Error(error.message))); }\n  async find() { try { return await this.http.get("/a"); } catch (error) { logger.error({ error }, "x"); throw error; } } }`],
    ["what is done with the answer", `${axios}const load = async (token: string) => { const { data } = await axios.get("/a", { headers: { authorization: token } }); return data; };\nexport const f = async (rows: { map(one: unknown): unknown }) => { const found: any = rows; try { return found.map(String); } catch (error) { logger.error({ error }, "x"); throw error; } };\nvoid load;`],
    ["the message of the error", `${axios}export const f = (token: string) => axios.get("/a", { headers: { authorization: token } }).catch((error) => logger.error(\`not there: \${error}\`));`],
    ["what is no error", `${axios}export const f = async (token: string) => { try { await axios.get("/a", { headers: { authorization: token } }); } catch (error) { const told = error instanceof Error ? error.message : error; logger.error({ told, other: String(error) }, "x"); } };`],
    ["what a function makes of errors", `${axios}function tell(failure: unknown) { if (failure instanceof Error) return failure.message; return JSON.stringify(failure); }\nexport const f = async (token: string) => { try { await axios.get("/a", { headers: { authorization: token } }); } catch (error) { logger.error({ told: tell(error) }, "x"); } };`],
    ["what is no error of the client", `${axios}export const f = async (token: string) => { try { await axios.get("/a", { headers: { authorization: token } }); } catch (error) { if (axios.isAxiosError(error)) throw new Error(error.message); logger.error({ error }, "x"); } };`],
    ["the failure of a promise", `${pino}interface Visitor { id: string; email: string }\ndeclare const find: () => Promise<Visitor>;\nexport const f = () => find().then((visitor) => visitor.id, (error: unknown) => { logger.error({ error }, "x"); });`],
    ["a client that is only made", `${axios}export const f = (secret: string) => { try { return axios.create({ headers: { authorization: secret } }); } catch (error) { logger.error({ error }, "x"); throw error; } };`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });
});

describe("keys in addresses", () => {
  it("reports the query that holds one, also where a function puts it in", async () => {
    const inline = 'export const f = () => { const query = new URLSearchParams({ key: process.env.WEATHER_KEY!, city: "x" }); const url = `https://w.example.com?${query}`; console.error("failed", url); };';
    const made = 'const make = (base: string, fields: Record<string, string>) => { const url = new URL(base); url.search = new URLSearchParams(fields).toString(); return url.toString(); };\nexport const f = () => { const fields = { key: process.env.WEATHER_KEY!, city: "x" }; const url = make("https://w.example.com", fields); console.error("failed", url); };';
    expect(await service(inline)).toEqual(["src/services/member.service.ts:1"]);
    expect(await service(made)).toEqual(["src/services/member.service.ts:2"]);
  });

  it("leaves queries without one alone", async () => {
    expect(await service('export const f = (city: string) => { const query = new URLSearchParams({ city, limit: "5" }); console.error("failed", `https://w.example.com?${query}`); };')).toEqual([]);
    expect(await service('export const f = (key: string) => { const query = new URLSearchParams({ key }); console.error("failed", `https://w.example.com?${query}`); };')).toEqual([]);
  });
});

describe("what the project's own functions log", () => {
  const appends = 'import fs from "node:fs";\nexport function logEvent(type: string, meta: object = {}) { const line = JSON.stringify({ type, meta }) + "\\n"; fs.appendFile("logs/app.log", line, () => undefined); }\n';

  it("reports what is added to a file of logs", async () => {
    expect(await service(`${appends}export const f = (email: string) => logEvent("in", { email });`)).toEqual(["src/services/member.service.ts:3"]);
    expect(await service('import { createWriteStream } from "node:fs";\nconst out = createWriteStream("app.log");\nexport const f = (email: string) => out.write(`in ${email}`);')).toEqual(["src/services/member.service.ts:3"]);
  });

  it("leaves ids there, and other files, alone", async () => {
    expect(await service(`${appends}export const f = (user: { id: string }) => logEvent("in", { userId: user.id });`)).toEqual([]);
    expect(await service('import fs from "node:fs";\nexport const f = (email: string) => fs.appendFileSync("subscribers.csv", `${email}\\n`);')).toEqual([]);
    expect(await service('import fs from "node:fs";\nexport const f = (email: string) => fs.appendFileSync("catalog/list.csv", `${email}\\n`);')).toEqual([]);
  });

  it("leaves what a function only gives back alone, and reports what it logs beside", async () => {
    const reply = `${pino}const reply = { success: <T>(code: number, data: T, message = "ok") => { logger.info({ code, msg: message }); return { code, data, message }; } };\n`;
    expect(await service(`${reply}export const f = (member: { id: string; email: string }) => reply.success(200, { member }, "found");`)).toEqual([]);
    expect(await service(`${reply}export const f = (member: { id: string; email: string }) => reply.success(200, { id: member.id }, \`found \${member.email}\`);`)).toEqual(["src/services/member.service.ts:4"]);
    expect(await service(`${pino}const steps = { success: (data: object) => { const line = { data }; logger.info(line); return data; } };\nexport const f = (member: { id: string; email: string }) => steps.success(member);`)).toEqual(["src/services/member.service.ts:4"]);
  });

  it("asks what an object that is called a logger is given, however it writes", async () => {
    const chat = 'const send = (title: string, text: string) => fetch("https://chat.example.com/hook", { method: "POST", body: JSON.stringify({ title, text }) });\nexport const logger = { info: (title: string, text: string) => send(title, text) };\n';
    expect(await service(`${chat}export const f = (member: { id: string; email: string }) => logger.info("new", \`\${member.email} is here\`);`)).toEqual(["src/services/member.service.ts:3"]);
    expect(await service(`${chat}export const f = (member: { id: string; email: string }) => logger.info("new", \`\${member.id} is here\`);`)).toEqual([]);
  });

  it("leaves a service alone that stores what it is given and logs that this failed", async () => {
    const audit = `${pino}declare const rows: { insert(row: object): Promise<void> };\nclass AuditService { async log(entry: { action: string; metadata: object }) { try { await rows.insert(entry); } catch (error) { logger.error({ error }, \`not kept: \${entry.action}\`); } } }\n`;
    expect(await service(`${audit}export class Accounts { constructor(private readonly audit: AuditService) {} f(email: string) { return this.audit.log({ action: "in", metadata: { email } }); } }`)).toEqual([]);
  });

  it("leaves what was made unreadable in between alone, and what stands in for a service", async () => {
    const send = (written: string): string => `${pino}declare const obfuscate: (event: object) => object;\nclass Events { send(event: object) { const obfuscatedEvent = obfuscate(event); logger.info({ event: JSON.stringify(${written}) }, "sent"); } }\nexport const f = (events: Events, email: string) => events.send({ email });`;
    expect(await service(send("obfuscatedEvent"))).toEqual([]);
    expect(await service(send("event"))).toEqual(["src/services/member.service.ts:5"]);
    expect(await check({ "mail-stub/src/app.ts": `${pino}export const f = (email: string) => logger.info({ email }, "got");` })).toEqual([]);
  });

  it("asks a function that is wrapped for itself, and not the others that the wrapper is given", async () => {
    const cached = `${pino}const cached = <T extends (...args: any[]) => any>(fn: T): T => ((...args: any[]) => fn(...args)) as T;\nconst byId = cached(async (id: string) => { logger.warn({ id }, "asked"); return id; });\nconst bySecret = cached(async (secret: string) => secret.length);\n`;
    expect(await service(`${cached}export const f = async (apiKey: string) => { await byId("a"); return bySecret(apiKey); };`)).toEqual([]);
  });

  it.each([
    ["by a function of a sanitiser's name", "", "base.info(redact(fields), message)"],
    ["by a copy from which a field is deleted", "const copied = (given: any) => { const copy = { ...given }; delete copy.email; return copy; };", "base.info(copied(fields), message)"],
    ["by a filter of its entries", 'const hidden = new Set(["email"]);', "base.info(Object.fromEntries(Object.entries(fields).filter(([key]) => !hidden.has(key))), message)"],
    ["by marks in the place of values", 'const marked = (given: any) => JSON.parse(JSON.stringify(given, (key, value) => (key === "email" ? "[REDACTED]" : value)));', "const shown = marked(fields); base.info({ ...shown, traceId: fields.traceId }, message)"],
  ])("credits a logger of the project that hides fields %s", async (_name, before, body) => {
    const own = `import pino from "pino";\nconst base = pino();\ndeclare const redact: (given: object) => object;\n${before}\nexport const logger = { info(message: string, fields: any = {}) { ${body}; } };\nexport const f = (email: string) => logger.info("in", { email });`;
    expect(await service(own)).toEqual([]);
    expect(await service(own.replace('logger.info("in", { email })', "logger.info(`in ${email}`)"))).toEqual(["src/services/member.service.ts:6"]);
  });

  it("does not credit one that writes them beside what it has hidden", async () => {
    const own = (body: string): string => `import pino from "pino";\nconst base = pino();\ndeclare const redact: (given: object) => object;\nexport const logger = { info(message: string, fields: Record<string, unknown> = {}) { ${body}; } };\nexport const f = (email: string) => logger.info("in", { email });`;
    expect(await service(own("base.info(redact(fields), message); base.debug(fields, message)"))).toEqual(["src/services/member.service.ts:5"]);
    expect(await service(own("base.info({ ...fields, at: Date.now() }, message)"))).toEqual(["src/services/member.service.ts:5"]);
    expect(await service(own("const plain = (given: object) => given ?? {}; base.info(plain(fields), message)"))).toEqual(["src/services/member.service.ts:5"]);
  });

  it("reports whom a function is handed that it calls a recipient", async () => {
    expect(await service(`${pino}const welcome = (recipient: string) => logger.info({ recipient }, "x");\nexport const f = (account: { id: string; email: string }) => welcome(account.email);`)).toEqual(["src/services/member.service.ts:4"]);
    expect(await service(`${pino}const welcome = (recipient: string) => logger.info({ recipient }, "x");\nexport const f = (account: { id: string; email: string }) => welcome(account.id);`)).toEqual([]);
  });
});

describe("what users are called", () => {
  it.each([
    ["one of two ids", `${pino}export const f = (req: any) => { const { user_id: userId, sub } = req.user; const user = userId || sub; logger.info({ user }, "x"); };`],
    ["an object of ids and roles that all calls give", `${pino}class Chapters { leave(memberData: any) { logger.info({ memberData }, "x"); } }\nexport class Controller { constructor(private readonly chapters: Chapters) {} leave(req: any) { const memberData = { role: req.role, userId: req.id }; return this.chapters.leave(memberData); } }`],
    ["the user of requests that holds an id and a role", `${pino}export const guard = (req: any) => { req.user = { id: req.claims.sub, role: "a" }; };\nexport const f = (req: any) => logger.info({ user: req.user }, "x");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it.each([
    ["the user of requests that holds a mail", `${pino}export const guard = (req: any, mail: string) => { req.user = { mail }; };\nexport const f = (req: any) => logger.info({ user: req.user }, "x");`],
    ["somebody whose name is put together", `${pino}const named = (row: any) => ({ id: row.id, name: row.title });\nexport const f = (row: any) => { const user = named(row); logger.info({ user }, "x"); };`],
    ["where a driver is, as it was sent", `${pino}interface Position { driverId: string; latitude: number; longitude: number }\nexport const f = (text: string) => { const position = JSON.parse(text) as Position; logger.info({ position }, "x"); };`],
    ["the event of a trigger of Cognito", "const keep = async (id: string) => id;\nexport const handler = async (event: any) => { console.log(JSON.stringify(event)); if (event.triggerSource === \"a\") await keep(event.userName); return event; };".replace("\nexport", "\n\nexport")],
    ["how a store is opened", 'import type { PoolConfig } from "pg";\nimport pino from "pino"; const logger = pino();\nexport const f = (options: PoolConfig) => logger.info({ options }, "x");'],
  ])("reports %s", async (_name, text) => {
    expect((await service(text)).length).toBe(1);
  });

  it("leaves where a station is alone", async () => {
    expect(await service(`${pino}interface Station { stationId: string; latitude: number; longitude: number }\nexport const f = (station: Station) => logger.info({ station }, "x");`)).toEqual([]);
  });
});

describe("several fields of one call", () => {
  const text = `${pino}export const f = (email: string, phone: string, member: { id: string; iban: string }) => { logger.info({ email, phone, iban: member.iban }, "x"); logger.info({ id: member.id, email }, "y"); };`;

  it("are one finding that names them all, and one each in strict", async () => {
    const found = await findingsOf({ "src/services/member.service.ts": text }, { rule: "no-pii-in-logs" });
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining("`email` (contact), `phone` (contact), `member.iban` (payment)"), expect.stringContaining("`email` (contact) is written")]);
    expect(await findingsOf({ "src/services/member.service.ts": text }, { rule: "no-pii-in-logs", preset: "strict" })).toHaveLength(4);
  });
});

describe("clients of other services", () => {
  const client = (folder: string, name: string): ProjectLiteral => ({ "package.json": JSON.stringify({ name: "app", private: true, dependencies: { [name]: "*" } }), [`${folder}/identity.client.ts`]: `${pino}export class IdentityClient { find(email: string) { logger.info({ email }, "x"); } }` });

  it("are of the backend, but for those that pages run in browsers", async () => {
    expect(await check(client("src/identity", "express"))).toEqual(["src/identity/identity.client.ts:3"]);
    expect(await check(client("app/identity", "react"))).toEqual([]);
  });
});

describe("tokens", () => {
  it("are words where a text is split into them, and not where a header is", async () => {
    const split = (text: string): string => `${pino}export const f = (${text}: string) => { const tokens = ${text}.trim().split(" ").map((one) => \`\${one}:*\`); logger.debug(\`tokens: \${JSON.stringify(tokens)}\`); };`;
    expect(await service(split("query"))).toEqual([]);
    expect(await service(split("authorization"))).toEqual(["src/services/member.service.ts:3"]);
  });
});

describe("what a function gives back", () => {
  const template = "export function parse(value: any) { return fill(() => value); }\nfunction fill(make: any) { make.keys = []; return make; }\n";
  const send = `${pino}import { parse } from "./template.js";\nexport const render = (value: any, variables: any) => { const template = parse(value); return template(variables); };\nexport function send(target: any, variables: any) { const request = { url: render(target.url, variables) }; logger.info(\`request \${JSON.stringify(request)}\`); }\n`;

  it("was given to it by whoever called it then: others give it what is not logged", async () => {
    const form = 'import { parse } from "./template.js";\nexport const check = (form: { password: string }, given: string) => parse(form.password)({}) === given;\n';
    expect(await check({ "src/services/template.ts": template, "src/services/send.ts": send, "src/services/form.ts": form })).toEqual([]);
  });

  it("is logged where the function itself logs, or the class that keeps what it was given", async () => {
    const kept = `${pino}export class Note { constructor(private readonly text: string) {} write() { logger.info(this.text); } }\n`;
    const given = (name: string): string => `import { Note } from "./note.js";\nimport { note } from "./notes.js";\nexport const f = (member: { ${name}: string }) => { note(member.${name}); };\n`;
    const notes = `${pino}export const note = (text: string) => { [1].forEach(() => logger.info(text)); };\n`;
    expect(await check({ "src/services/note.ts": kept, "src/services/notes.ts": notes, "src/services/form.ts": given("email") })).toEqual(["src/services/form.ts:3"]);
    expect(await check({ "src/services/note.ts": kept, "src/services/notes.ts": notes, "src/services/form.ts": given("colour") })).toEqual([]);
  });
});

describe("messages of errors that are caught", () => {
  const errors = "class Missing extends Error {}\nclass Taken extends Error {}\nclass TakenTwice extends Taken {}\n";
  const find = "function find(email: string) { if (!email.includes(\"@\")) throw new Missing(`nobody has ${email}`); return email; }\n";
  const caught = (body: string, thrown = find): string => `${pino}${errors}${thrown}export function f(email: string) { try { return find(email); } catch (error) { ${body} } }`;
  const taken = "function find(email: string) { if (!email.includes(\"@\")) throw new TakenTwice(`taken by ${email}`); return email; }\n";

  it.each([
    ["behind a test of another class, where it goes on", caught('if (error instanceof Taken) return "taken"; logger.error("failed: " + error);')],
    ["in the branch of its class", caught('if (error instanceof Missing) logger.error("failed: " + error);')],
    ["in the branch of its base", caught('if (error instanceof Taken) logger.error("failed: " + error);', taken)],
    ["in the branch of any error", caught('if (error instanceof Error) logger.error("failed: " + error);')],
    ["in the branch of a class that is not known", caught('if (error instanceof HttpError) logger.error("failed: " + error);').replace("class Missing", 'import { HttpError } from "somewhere";\nclass Missing')],
  ])("reports one %s", async (_name, text) => {
    expect(await service(text)).toHaveLength(1);
  });

  it.each([
    ["in the branch of another class", caught('if (error instanceof Taken) logger.error("failed: " + error);')],
    ["in the branch of what extends its class", caught('if (error instanceof TakenTwice) logger.error("failed: " + error);', taken.replace("TakenTwice", "Taken"))],
    ["in the branch of another class, in a choice", caught('logger.error(error instanceof Taken ? error.message : "failed");')],
    ["behind a test of its class, where it goes on", caught('if (error instanceof Missing) return ""; logger.error("failed: " + error);')],
    ["behind a test of its base, where it goes on", caught('if (error instanceof Taken) return ""; logger.error("failed: " + error);', taken)],
  ])("leaves one %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("reports one that many calls log once, where it is thrown", async () => {
    const operations = `${errors}export ${find}`;
    const use = (name: string): string => `${pino}import { find } from "./operations.js";\nexport function ${name}(email: string) { try { return find(email); } catch (error) { logger.error("failed: " + error); } }`;
    const files: ProjectLiteral = { "src/services/operations.ts": operations };
    const few = { ...files, ...Object.fromEntries(["a", "b", "c"].map((name) => [`src/services/${name}.service.ts`, use(name)])) };
    const many = { ...files, ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [`src/services/${name}.service.ts`, use(name)])) };
    expect(await check(few)).toEqual(["a", "b", "c"].map((name) => `src/services/${name}.service.ts:4`));
    expect(await check(many)).toEqual(["src/services/operations.ts:4"]);
  });
});
