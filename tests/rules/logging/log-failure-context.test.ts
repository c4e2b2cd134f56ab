import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "log-failure-context";
const checkIn = async (preset: "recommended" | "strict", text: string): Promise<string[]> =>
  (await checkProject({ "src/services/order.service.ts": text }, { rule, preset })).map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));
const check = (text: string): Promise<string[]> => checkIn("recommended", text);

const pino = 'import pino from "pino";\nconst logger = pino();\n';
const save = "declare function save(): Promise<number>;\n";

describe("log-failure-context", () => {
  it("leaves what the module of a logger says of a line that it could not write to strict", async () => {
    const write = `${save}export async function write() { try { await save(); } catch (error) { console.error("not written", error.message); } }`;
    expect(await checkProject({ "src/utils/logger.ts": write }, { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject({ "src/utils/logger.ts": write }, { rule, preset: "strict" })).toHaveLength(1);
    expect(await checkProject({ "src/utils/orders.ts": write }, { rule, preset: "recommended" })).toHaveLength(1);
  });

  it("takes an error that is thrown in the place of the caught one for nothing that is handed on", async () => {
    const replaced = (thrown: string): string => `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { logger.error({ id }, "not saved"); throw ${thrown}; } }`;
    expect(await check(replaced('new Error("sorry")'))).toEqual(["4:77 noError"]);
    expect(await check(replaced('new Error("sorry", { cause: error })'))).toEqual([]);
    expect(await checkIn("strict", replaced('new Error("sorry")'))).toEqual(["4:77 noError"]);
  });

  it("asks for the error in a line in front of its being thrown again", async () => {
    const rethrown = (line: string, thrown = "error"): string => `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { ${line}; throw ${thrown}; } }`;
    expect(await check(rethrown('logger.error({ id }, "not saved")'))).toEqual(["4:77 noError"]);
    expect(await check(rethrown('logger.error({ id, err: error }, "not saved")'))).toEqual([]);
    expect(await check(rethrown("logger.error({ id, reason: (error as Error).message })"))).toEqual([]);
    expect(await check(rethrown('logger.info({ id }, "not saved")'))).toEqual([]);
    expect(await check(rethrown('logger.error({ id }, "not saved")', 'new Error("not saved", { cause: error })'))).toEqual([]);
    expect(await check(rethrown('if (isMissing(error)) { logger.warn({ id }, "no such table"); return; }'))).toEqual([]);
    expect(await check(rethrown('report(error); logger.error({ id }, "not saved")'))).toEqual([]);
  });

  it("takes an error that is let go before the line for another one", async () => {
    const sorted = (told: string): string => `${pino}${save}export async function f() { try { await save(); } catch (error) { if ((error as any).code === 404) throw error; logger.error(${told}); throw new Error("sorry"); } }`;
    expect(await check(sorted('"not saved"'))).toEqual(["4:113 noError"]);
    expect(await check(sorted('{ error }, "not saved"'))).toEqual([]);
  });

  it("judges what an observer is told of a failure", async () => {
    const observed = (told: string): string => `${pino}export const f = (shares: any) => shares.subscribe({ next: () => undefined, error: (error: any) => logger.error(${told}) });`;
    expect(await check(observed('"not sent: " + error.message'))).toEqual(["3:100 onlyMessage"]);
    expect(await check(observed('{ err: error }, "not sent"'))).toEqual([]);
  });

  it("asks for the error where a handler did not even take it", async () => {
    const refused = (handler: string, done = "save()"): string => `${pino}${save}export const f = (conn: any) => ${done}.catch(${handler});`;
    expect(await check(refused('() => logger.error("not saved")'))).toEqual(["4:52 noError"]);
    expect(await check(refused('() => { logger.error({ at: 1 }, "not saved"); process.exit(1); }'))).toEqual(["4:54 noError"]);
    expect(await check(refused('() => logger.warn("not saved")'))).toEqual([]);
    expect(await checkIn("strict", refused('() => logger.warn("not saved")'))).toEqual(["4:52 noError"]);
    expect(await check(refused('() => logger.info("nothing to save")'))).toEqual([]);
    expect(await check(refused('() => logger.error("not closed")', "conn.close()"))).toEqual([]);
    expect(await check(refused('() => { logger.error("not saved"); throw new Error("sorry"); }'))).toEqual([]);
    expect(await check(`${pino}${save}export const f = () => save().then(() => logger.info("saved"), () => logger.error("not saved"));`)).toEqual(["4:70 noError"]);
    expect(await check(`${pino}export const f = (redis: any) => redis.on("error", () => logger.error("no cache"));`)).toEqual(["3:58 noError"]);
    expect(await check(`${pino}export const f = (redis: any) => redis.on("end", () => logger.error("no cache"));`)).toEqual([]);
  });

  it("takes what `console.log` says of an error for a line about a failure", async () => {
    const said = (line: string): string => `${save}export async function f(id: string) { try { await save(); } catch (error: any) { ${line} } }`;
    expect(await check(said("console.log(error.message);"))).toEqual(["2:82 onlyMessage"]);
    expect(await check(said('console.log(`not saved: ${error}`);'))).toEqual(["2:82 onlyMessage"]);
    expect(await check(said('console.log("not saved", error);'))).toEqual([]);
    expect(await check(said('console.log("tried again"); throw error;'))).toEqual([]);
    expect(await check(said('console.log("Error: not saved");'))).toEqual(["2:82 noError"]);
    expect(await check(said('console.log("failed to save", id);'))).toEqual(["2:82 noError"]);
    expect(await check(said('console.log("nothing there yet");'))).toEqual([]);
    expect(await check(`${save}export const f = () => save().catch(() => console.log("could not save"));`)).toEqual(["2:43 noError"]);
    expect(await check(said("console.debug(error.message);"))).toEqual([]);
    expect(await check(`${save}export const f = () => save().catch((err) => console.log(err.message));`)).toEqual(["2:46 onlyMessage"]);
  });

  it("takes the kind of an error for no more than its message", async () => {
    const answered = (line: string, answer: string): string => `${pino}${save}declare const res: any;\nexport async function f() { try { await save(); } catch (error: any) { const status = error.status ?? 500; ${line}; ${answer}; } }`;
    expect(await check(answered("logger.error(`failed: ${error.message}`)", "res.status(status).end()"))).toEqual(["5:108 onlyMessage"]);
    expect(await check(answered("logger.error({ code: error.code, reason: error.message })", "res.status(status).end()"))).toEqual(["5:108 onlyMessage"]);
    expect(await check(answered("logger.error({ code: error.code }, 'failed')", "res.status(status).end()"))).toEqual([]);
    expect(await check(answered("logger.error('failed')", "return { failed: error.code }"))).toEqual([]);
    expect(await check(answered("logger.error(`failed: ${error.message}`)", "report(error)"))).toEqual([]);
  });

  it("takes a text of the project's own for the stack where it has the stack in it", async () => {
    const described = (body: string): string => `${pino}${save}const describeError = (value: any): string => ${body};\nexport async function f() { try { await save(); } catch (error) { logger.error({ error: describeError(error) }, "not saved"); } }`;
    expect(await check(described("value.stack ?? String(value)"))).toEqual([]);
    expect(await check(described("value.message ?? String(value)"))).toEqual(["5:67 onlyMessage"]);
  });

  it("takes the name of a thing beside a message for what the line is about, and that of a class for nothing", async () => {
    const warned = (subject: string): string => `${pino}${save}export class Files { async f(file: { name: string }) { try { await save(); } catch (error: any) { logger.warn(\`${"${"}${subject}}: ${"${"}error.message}\`); } } }`;
    expect(await check(warned("file.name"))).toEqual([]);
    expect(await check(warned("Files.name"))).toEqual(["4:99 onlyMessage"]);
    expect(await check(warned("this.constructor.name"))).toEqual(["4:99 onlyMessage"]);
  });

  it("asks a logger that takes a text alone for something of the error", async () => {
    const told = (line: string): string => `${pino}${save}class Lines { static error(text: string) { logger.error(text); } }\nexport async function f(id: string) { try { await save(); } catch (error: any) { ${line} } }`;
    expect(await check(told('Lines.error(`${id} not saved`);'))).toEqual(["5:82 noError"]);
    expect(await check(told('Lines.error(`${id} not saved`); throw error;'))).toEqual(["5:82 noError"]);
    expect(await check(told('Lines.error(`${id} not saved: ${error.message}`);'))).toEqual([]);
    expect(await check(told('const lines = [`${id} not saved`, error.message]; Lines.error(lines.join(" "));'))).toEqual([]);
  });

  it("takes a token that is no good for an answer", async () => {
    const verified = (name: string): string => `import { ${name} } from "jose";\nexport async function f(token: string, key: any) { const found = await ${name}(token, key).catch(() => null); return found; }`;
    expect(await checkIn("strict", verified("jwtVerify"))).toEqual([]);
    expect(await checkIn("strict", verified("importKey"))).toHaveLength(1);
  });

  it("takes a way out that leads nowhere else for none", async () => {
    const left = (behind: string): string => `${save}export async function f() { try { await save(); } catch { return; }${behind} }`;
    expect(await check(left(""))).toEqual(["2:51 swallowed"]);
    expect(await check(left(" await save();"))).toEqual(["2:51 swallowed"]);
    expect(await check(left(" await save();").replace("await save(); } catch", "rename(); } catch"))).toEqual([]);
  });

  it.each([
    ["a step of Express", 'export const failed = (err: any, req: any, res: any, next: any) => { logger.error("failed: " + err.message); res.end(); };', ["3:70 onlyMessage"]],
    ["what Hono asks last", 'export const g = (app: any) => app.onError((err: any, c: any) => { logger.error("failed: " + err.message); return c.body(null); });', ["3:68 onlyMessage"]],
    ["a filter of Nest", 'import { Catch } from "@nestjs/common";\n@Catch() export class Failed { catch(exception: Error, host: unknown) { logger.error("failed: " + exception.message); return host; } }', ["4:73 onlyMessage"]],
    ["a step that sorts out some", 'export const failed = (err: any, req: any, res: any, next: any) => { if (err.status === 429) logger.warn("too many"); else logger.error({ err }, "failed"); res.end(); };', []],
    ["a step that hands it on", 'export const failed = (err: any, req: any, res: any, next: any) => { logger.error("failed: " + err.message); report(err); next(err); };', []],
    ["a function that is given four things", 'export const failed = (err: any, a: any, b: any, c: any) => { logger.error("failed: " + err.message); };', []],
  ])("judges %s as a handler", async (_name, text, expected) => {
    expect(await check(`${pino}${text}`)).toEqual(expected);
  });

  it.each([
    ["an empty handler", `${save}export async function f() { try { await save(); } catch {} }`, ["2:51 swallowed"]],
    ["a handler whose comment says no more than that it is empty", `${save}export async function f() { try { await save(); } catch {\n  // Do nothing\n} }`, ["2:51 swallowed"]],
    ["a handler with a line of code that was taken out", `${save}export async function f() { try { await save(); } catch {\n  // console.error(error);\n} }`, ["2:51 swallowed"]],
    ["an empty handler with a binding", `${save}export async function f() { try { await save(); } catch (error) {} }`, ["2:51 swallowed"]],
    ["a row that is kept beside a lock", "export async function f(db: any) { await db.query('UPDATE locks SET held = false').catch(() => {}); }", ["1:90 swallowed"]],
    ["a write that notes the time", `declare const tickets: { update(change: object): Promise<void> };\nexport async function f() { try { await tickets.update({ closedAt: new Date() }); } catch {} }`, ["2:85 swallowed"]],
    ["an empty rejection handler", `${save}export const f = () => save().catch(() => {});`, ["2:37 swallowed"]],
    ["a failure log without the error (pino)", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error("save failed"); } }`, ["4:67 noError"]],
    ["a failure log without the error and fields", `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { logger.error({ id }, "save failed"); } }`, ["4:77 noError"]],
    ["the message alone", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error({ message: error.message }, "save failed"); } }`, ["4:67 onlyMessage"]],
    ["the message in a text", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(\`save failed: \${error.message}\`); } }`, ["4:67 onlyMessage"]],
    ["the message of an unknown error", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(error instanceof Error ? error.message : "unknown"); } }`, ["4:67 onlyMessage"]],
    ["a failure whose error is held only in the handler", `${pino}${save}export async function f() { try { await save(); } catch (error) { const last = error; logger.warn("attempt failed"); } }`, ["4:87 noError"]],
    ["the message by a constant", `${pino}${save}export async function f() { try { await save(); } catch (error) { const text = (error as Error).message; logger.error(text); } }`, ["4:106 onlyMessage"]],
    ["a concatenation (Nest)", `import { Logger } from "@nestjs/common";\n${save}export class A { private readonly logger = new Logger("A"); async f() { try { await save(); } catch (error) { this.logger.error("failed: " + error.message); } } }`, ["3:111 onlyMessage"]],
    ["the message in the second of two lines, once", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error("save failed"); logger.error(error.message); } }`, ["4:96 onlyMessage"]],
    ["the message with nothing but a constant and the class beside it", `${pino}${save}const PREFIX = "orders";\nexport async function f() { try { await save(); } catch (error) { logger.error(\`\${PREFIX} \${Date.now()}: \${String(error)}\`); } }`, ["5:67 onlyMessage"]],
    ["a message taken out of the error", `${pino}${save}export async function f() { try { await save(); } catch (error) { const { message } = error; logger.error({ message }, "failed"); } }`, ["4:94 onlyMessage"]],
    ["an empty rejection handler that gives nothing to anybody", `${save}export async function f() { await save().catch(() => undefined); }`, ["2:48 swallowed"]],
    ["what is removed from a store", `declare const rows: { remove(id: string): Promise<void> };\nexport const f = (id: string) => rows.remove(id).catch(() => {});`, ["2:56 swallowed"]],
    ["an empty rejection handler below a comment about something else", `${save}export const f = () => {\n  // Write the row.\n  save().catch(() => {});\n};`, ["4:16 swallowed"]],
    ["an empty second handler of then", `${save}export const f = () => save().then((n) => n, () => {});`, ["2:46 swallowed"]],
    ["a callback that does not look at its error", `import { unlink } from "node:fs";\nexport const f = (path: string, done: () => void) => unlink(path, (err) => { done(); });`, ["2:67 swallowed"]],
    ["a rejection that is logged without the error", `${pino}${save}export const f = () => save().catch((error) => { logger.error("save failed"); });`, ["4:50 noError"]],
    ["an answer behind a try that does not return", `${save}export async function f() { try { await save(); } catch {} return 1; }`, ["2:51 swallowed"]],
    ["a body that was read among other work", `${save}export async function f(r: Response) { try { await save(); await r.json(); } catch {} }`, ["2:78 swallowed"]],
    ["a call put into a variable", `${save}export function f() { const work = save(); void work; work.catch(() => {}); }`.replace("void work; ", ""), ["2:55 swallowed"]],
    ["what is cancelled by its id", `declare const orders: { cancel(id: string): Promise<void> };\nexport async function f(orderId: string) { try { await orders.cancel(orderId); } catch {} }`, ["2:82 swallowed"]],
    ["what is thrown only where somebody asks for it", `${pino}${save}export async function f(loud: boolean) { try { await save(); } catch (error) { if (loud) throw error; logger.error("not saved"); } }`, ["4:103 noError"]],
    ["what is left of failures of which one kind is thrown on", `${pino}${save}export async function f() { try { return await save(); } catch (error) { if (error instanceof TypeError) throw error; logger.error("not saved"); return undefined; } }`, ["4:119 noError"]],
    ["a winston failure without the error", `import winston from "winston";\nconst log = winston.createLogger();\n${save}export async function f() { try { await save(); } catch (error) { log.error("failed"); } }`, ["4:67 noError"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["a failure that a function inside tells of", `${save}export const f = (bus: any) => bus.open((err: Error | undefined, line: any) => { if (err) throw err; });\nexport const g = (bus: any) => bus.open((err: unknown, line: any) => { report(err); line.on("log:err", (packet: any) => { console.error("%s", packet.data); }); });\ndeclare function report(error: unknown): void;`],
    ["a log that could not be written", `export function f(err: unknown) { try { console.error(err); } catch {} }`],
    ["an error that is kept for what tells of the last attempt", `${pino}${save}export async function f() { let last: Error | undefined; for (let attempt = 1; attempt < 4; attempt++) { try { return await save(); } catch (error) { last = error instanceof Error ? error : new Error(String(error)); logger.warn("attempt failed"); } } throw last; }`],
    ["an own logger that takes a text and a context", `${pino}${save}class Lines { static warn(text: string, context?: string) { logger.warn({ context }, text); } }\nexport async function f() { try { await save(); } catch (error) { Lines.warn(\`save failed: \${error.message}\`, "orders"); } }`],
    ["a file that is cleared away", `import fse from "fs-extra";\nexport const f = (path: string) => fse.remove(path).catch(() => {});`],
    ["an own logger that takes a text alone", `${pino}${save}class Lines { static error(text: string) { logger.error(text); } }\nexport async function f() { try { await save(); } catch (error) { Lines.error(\`save failed: \${error}\`); } }`],
    ["an attempt that is made again, where the last one throws", `${pino}${save}export async function f(left: number): Promise<unknown> { try { return await save(); } catch (error) { if (left === 0) throw error; logger.error("not saved, trying again"); return f(left - 1); } }`],
    ["the error as a field", `${pino}${save}export async function f() { try { await save(); } catch (err) { logger.error({ err }, "save failed"); } }`],
    ["the error under another name", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error({ err: error, id: 1 }, "save failed"); } }`],
    ["the error as the first argument", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(error, "save failed"); } }`],
    ["the stack (Nest)", `import { Logger } from "@nestjs/common";\n${save}export class A { private readonly logger = new Logger("A"); async f() { try { await save(); } catch (error) { this.logger.error("failed", error.stack); } } }`],
    ["a rethrow", `${save}export async function f() { try { await save(); } catch (error) { throw error; } }`],
    ["a rethrow as another error", `${save}export async function f() { try { await save(); } catch (error) { throw new Error("save failed", { cause: error }); } }`],
    ["a log with the error in front of a rethrow", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error({ err: error }, "save failed"); throw error; } }`],
    ["next(error)", `${save}export async function f(next: (e: unknown) => void) { try { await save(); } catch (error) { next(error); } }`],
    ["reject(error)", `${save}export const f = () => new Promise((_, reject) => { try { void save(); } catch (error) { reject(error); } });`],
    ["a failure that is returned", `${save}export async function f() { try { return { ok: await save() }; } catch (error) { return { error }; } }`],
    ["an error tracker", `import * as Sentry from "@sentry/node";\n${save}export async function f() { try { await save(); } catch (error) { Sentry.captureException(error); } }`],
    ["files that are cleared away by functions", `import { rmSync, unlink } from "node:fs";\nimport { unlink as drop } from "node:fs/promises";\nvoid drop;\nexport async function f(path: string) { try { rmSync(path); } catch {} }`],
    ["a row that is left out because it is not valid", `declare function validate(row: unknown): void;\nexport function f(rows: unknown[]) { const good: unknown[] = []; for (const row of rows) { try { validate(row); good.push(row); } catch { continue; } } return good; }`],
    ["the text of an answer that is asked for its reason", `export async function f(answer: Response) { let reason = ""; try { reason = await answer.text(); } catch {} return reason; }`],
    ["a suite of tests under another name", `${save}describe("saving", () => { it("keeps", async () => { await save().catch(() => {}); expect(1).toBe(1); }); });`],
    ["what is only read", `export function f(parsed: any) { let offer: unknown[] = []; try { offer = parsed.args.offer; } catch {} return offer; }`],
    ["another error that could not be written", `export function f(exception: unknown, log: any) { try { if (log) console.error(exception, "x"); else console.error(exception); } catch (error) { console.error(exception); } }`],
    ["a comment that says that nothing is done, and why", `${save}export async function f() { try { await save(); } catch { /* nothing to do: the next run saves it */ } }`],
    ["a comment that says why", `${save}export async function f() { try { await save(); } catch { /* the cache is only a help */ } }`],
    ["a lock that is let go, and a setting of a statement", "export async function f(db: any, redis: any) { await db.query('SELECT pg_advisory_unlock($1)', [1]).catch(() => {}); await redis.del('rebuild-lock').catch(() => {}); await db.query(`set local hnsw.iterative_scan = relaxed_order`).catch(() => {}); }"],
    ["who listens no more", "export function f(rooms: any, id: string) { try { rooms.unregisterUser(id); } catch {} }"],
    ["what may not be written as a text", "export function f(values: unknown[]) { const texts: string[] = []; for (const value of values) { try { texts.push(JSON.stringify(value)); } catch { continue; } } return texts; }"],
    ["a parse with a default", "export function f(text: string) { try { return JSON.parse(text); } catch { return undefined; } }"],
    ["a URL that may be none", "export function f(text: string) { try { new URL(text); return true; } catch { return false; } }"],
    ["a token that may be invalid", 'import jwt from "jsonwebtoken";\nexport function f(t: string, k: string) { try { return jwt.verify(t, k); } catch { return null; } }'],
    ["a module that may be missing", 'export async function f() { try { return await import("./x.js"); } catch { return undefined; } }'],
    ["not found", `${save}export async function f() { try { await save(); } catch (error) { if (error.code === "P2025") return null; throw error; } }`],
    ["finally alone", `${save}export async function f() { try { await save(); } finally { void 0; } }`],
    ["a schema that has a value in place of a wrong one", 'import { z } from "zod";\nexport const page = z.coerce.number().optional().catch(() => undefined);'],
    ["letting go of something", "export const f = (reader: ReadableStreamDefaultReader) => reader.cancel().catch(() => undefined);\nexport async function g(socket: { close(): Promise<void> }) { try { await socket.close(); } catch {} }"],
    ["a promise that is awaited elsewhere", `${save}export async function f() { const work = save(); work.catch(() => {}); return Promise.race([work, 1]); }`],
    ["a token that is asked for", "declare function verifyToken(token: string): Promise<{ id: string }>;\nexport const f = (token: string) => verifyToken(token).catch(() => undefined);"],
    ["the error by another name", `${pino}${save}export async function f() { try { await save(); } catch (error) { const err = error as Error; logger.error({ err }, "not saved"); } }`],
    ["a body that may be none", "export const f = (request: Request) => request.json().catch(() => undefined);"],
    ["a callback that hands its error on, or says why not", `import { unlink } from "node:fs";\nexport const f = (path: string, done: (e?: Error | null) => void) => unlink(path, (err) => { done(err); });\nexport const g = (path: string) => unlink(path, (err) => { /* it may be gone */ });`],
    ["a rejection that is logged with the error", `${pino}${save}export const f = () => save().catch((error) => { logger.error({ err: error }, "save failed"); });`],
    ["steps of a framework that are given an error", `import express from "express";\nexport const app = express();\napp.use((err, req, res, next) => { res.status(500).end(); });\nexport const texts = [1].map((error) => "x");`],
    ["what is done beside the work", "declare function deleteOrphanedFiles(id: string): Promise<void>;\ndeclare const users: { updateLastSeenAt(id: string): Promise<void> };\nexport function f(id: string) { deleteOrphanedFiles(id).catch(() => {}); users.updateLastSeenAt(id).catch(() => {}); }"],
    ["a mark of use", "declare const users: { update(id: string, what: object): Promise<void> };\nexport function f(id: string) { users.update(id, { lastActiveAt: new Date() }).catch(() => {}); }"],
    ["a promise that somebody else keeps", "export class Queue { last = Promise.resolve(); add(work: () => Promise<void>) { this.last = this.last.catch(() => {}).then(work); } }\nexport const after = (work: Promise<void>) => work.catch(() => {});"],
    ["a rejection that the line above speaks of", `${save}export const f = () => {\n  // Detached: what fails is written into the row by the job itself.\n  save().catch(() => {});\n};`],
    ["a rejection with a comment above the handler, whatever it says", `${save}export const f = () =>\n  save()\n    // Drafts of others are hidden from us\n    .catch(() => {});`],
    ["what is cleared away in front of a throw", `${save}declare const client: { logout(): Promise<void> };\nexport async function f() { try { return await save(); } catch (error) { try { await client.logout(); } catch {} throw error; } }`],
    ["a rejection with a comment beside it", `${save}export const f = () => { save().catch(() => {}); // best effort\n};`],
    ["a rejection with a comment", `${save}export const f = () => save().catch(() => { /* the cache is only a help */ });`],
    ["a parse that failed, without its stack", `${pino}export function f(text: string) { try { return JSON.parse(text); } catch (error) { logger.warn({ reason: error.message }, "malformed"); return {}; } }`],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("takes a text with the stack for the whole error, and a function that catches all for one that does not fail", async () => {
    expect(await check(`${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(\`failed: \${error.stack || error}\`); } }`)).toEqual([]);
    expect(await check(`${pino}${save}async function load() { try { await save(); } catch (error) { logger.error(error, "load"); } }\nexport const f = () => { load().catch(() => undefined); };`)).toEqual([]);
    expect(await check(`${save}async function load() { try { await save(); } catch (error) { throw new Error("load", { cause: error }); } }\nexport const f = () => { load().catch(() => undefined); };`)).toEqual(["3:39 swallowed"]);
    expect(await check(`export const f = async (response: Response) => { await response.text().catch(() => undefined); };`)).toEqual([]);
  });

  it("judges a line by the error of its own handler, and one that was kept first", async () => {
    expect(await check(`${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(error, "save"); try { await save(); } catch (again) { logger.error({ again }, "again"); } } }`)).toEqual([]);
    expect(await check(`${pino}${save}export async function f() { try { await save(); } catch (error) { try { await save(); } catch (again) { logger.error("again"); } } }`)).toEqual(["4:105 noError"]);
    expect(await check(`${pino}${save}export async function f(id: string) { let last: Error | undefined; try { await save(); } catch (error) { last = error as Error; logger.warn({ id, text: last.message }, "again"); } throw last; }`)).toEqual([]);
  });

  it("lets go of what is left over, and asks what may not be", async () => {
    const text = [
      'import fs from "node:fs/promises";',
      "declare const client: { query(text: string): Promise<void> };",
      "declare const ids: { ObjectId: new (text: string) => object };",
      "export const a = (path: string) => fs.rmdir(path).catch(() => {});",
      'export const b = () => client.query("ROLLBACK").catch(() => {});',
      "export const c = (text: string) => { let id: object | undefined; try { id = new ids.ObjectId(text); } catch {} return id; };",
      "export const d = (text: string) => { try { if (text) { return Number(text); } } catch {} return 0; };",
      'export const e = () => client.query("COMMIT").catch(() => {});',
    ].join("\n");
    expect(await check(text)).toEqual(["8:53 swallowed"]);
  });

  it("reports an error alone in strict alone", async () => {
    const text = `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error(error); } }`;
    expect(await check(text)).toEqual([]);
    expect(await checkIn("strict", text)).toEqual(["4:67 noContext"]);
    expect(await checkIn("strict", text.replace("logger.error(error)", 'logger.error({ err: error }, "An unexpected error occurred")'))).toEqual(["4:67 noContext"]);
    expect(await checkIn("strict", text.replace("logger.error(error)", 'logger.error({ err: error }, "save failed")'))).toEqual([]);
  });

  it("reports in strict what says that something failed and not why, and what lets all but one failure go", async () => {
    const text = `${pino}${save}export async function f(id: string) { try { await save(); } catch { logger.warn({ id }, "not saved"); } }`;
    expect(await check(text)).toEqual([]);
    expect(await checkIn("strict", text)).toEqual(["4:69 noError"]);
    const sorted = `${save}class Gone extends Error {}\nexport async function f() { try { return await save(); } catch (error) { if (error instanceof Gone) return null; } }`;
    expect(await check(sorted)).toEqual([]);
    expect(await checkIn("strict", sorted)).toEqual(["3:58 swallowed"]);
    expect(await checkIn("strict", sorted.replace("return null; }", "return null; throw error; }"))).toEqual([]);
  });

  it.each([
    ["the operation, the id and the reason", `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { logger.error({ id }, \`not saved: \${error.message}\`); } }`, "4:77 onlyMessage"],
    ["the id in the text", `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { const reason = error instanceof Error ? error.message : "unknown"; logger.error(\`\${id} not saved: \${reason}\`); } }`, "4:144 onlyMessage"],
    ["a message that was kept beside an id", `${pino}${save}export async function f(id: string) { let reason = ""; try { await save(); } catch (error) { reason = error instanceof Error ? error.message : String(error); logger.error({ id, reason }, "not saved"); } return reason; }`, "4:159 onlyMessage"],
    ["what a queue tells of a failure", `import { OnWorkerEvent } from "@nestjs/bullmq";\n${pino}export class Mails { @OnWorkerEvent("error") failed(job: { id: string }, error: Error) { logger.error(\`job \${job.id}: \${error.message}\`); } @OnWorkerEvent("completed") done(job: { id: string }, error: Error) { logger.warn(\`job \${job.id}: \${error.message}\`); } }`, "4:90 onlyMessage"],
  ])("reports a message without its stack beside an id: %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual([expected]);
  });

  it("reports a message without its stack beside an id in strict as well", async () => {
    expect(await checkIn("strict", `${pino}${save}export async function f(id: string) { try { await save(); } catch (error) { logger.error({ id }, \`not saved: \${error.message}\`); } }`)).toEqual(["4:77 onlyMessage"]);
  });

  it("reports a default in place of the failure of what was waited for, and of anything else in strict alone", async () => {
    const text = `${save}export async function f() { try { return await save(); } catch { return null; } }`;
    expect(await check(text)).toEqual(["2:58 swallowed"]);
    expect(await checkIn("strict", text)).toEqual(["2:58 swallowed"]);
    const atOnce = "declare function fill(text: string): string;\nexport function f(text: string) { try { return fill(text); } catch { return null; } }";
    expect(await check(atOnce)).toEqual([]);
    expect(await checkIn("strict", atOnce)).toEqual(["2:62 swallowed"]);
  });

  it.each([
    ["a result that is assigned", `${save}export async function f() { let total: number; try { total = await save(); } catch { total = 0; } return total; }`, ["2:78 swallowed"]],
    ["the answer of a success", `${save}export async function f() { try { await save(); return true; } catch { return true; } }`, ["2:64 swallowed"]],
    ["what stands behind", `${save}export async function f() { try { return await save(); } catch {} return 0; }`, ["2:58 swallowed"]],
    ["a cache that is read and parsed", "declare const cache: { get(key: string): Promise<string> };\nexport async function f() { try { const hit = await cache.get('a'); if (hit) return JSON.parse(hit); } catch {} return 1; }", ["2:104 swallowed"]],
    ["nothing, where the result is used", `${save}export async function f() { const size = await save().catch(() => undefined); return { size }; }`, ["2:61 swallowed"]],
    ["the second function of then", `${save}export const f = () => save().then((size) => ({ size }), () => 0);`, ["2:58 swallowed"]],
    ["nothing, that is asked for behind it", `${save}export async function f() { const size = await save().catch(() => undefined); if (!size) return; return { size }; }`, []],
    ["null, that is compared behind it", `${save}export async function f(go: boolean) { const size = go ? await save().catch(() => null) : null; if (size === null) throw new Error("no size"); return { size }; }`, []],
    ["the second function of then, asked for behind it", `${save}export async function f() { const size = await save().then((one) => one, () => null); return size ? { size } : undefined; }`, []],
    ["nothing, that is assigned and asked for behind it", `${save}export async function f() { let size; size = await save().catch(() => undefined); if (!size) return; return { size }; }`, []],
    ["nothing, that is assigned and used", `${save}export async function f() { let size; size = await save().catch(() => undefined); return { size }; }`, ["2:65 swallowed"]],
    ["nothing, that a function asks for behind it", `${save}declare function isDefined(value: unknown): boolean;\nexport async function f() { const size = await save().catch(() => undefined); if (isDefined(size)) return { size }; return {}; }`, []],
    ["nothing, that is handed to a question of another kind", `${save}declare function isLarge(value: unknown): boolean;\nexport async function f() { const size = await save().catch(() => undefined); return isLarge(size); }`, ["3:61 swallowed"]],
    ["a folder that may not be there", `import { readdir } from "node:fs/promises";\nexport async function f(folders: string[]) { const all: string[] = []; for (const folder of folders) { let names: string[]; try { names = await readdir(folder); } catch { continue; } all.push(...names); } return all; }`, []],
    ["a connection that is ended", "export function f(session: any) { try { session.connection.end(); } catch {} }", []],
    ["an answer that is ended with a text", "export function f(out: any, text: string) { try { out.end(text); } catch {} }", ["1:68 swallowed"]],
    ["a list, that is asked for its length", `${save}export async function f() { const found = await save().catch(() => []); if (!found) return; return found; }`, ["2:62 swallowed"]],
    ["a failure that is the answer", `${save}export async function f() { try { await save(); return false; } catch { return true; } }`, []],
    ["a file that may not be there", `import { readFile } from "node:fs/promises";\nexport async function f(path: string) { const text = await readFile(path, "utf8").catch(() => ""); return text.trim(); }`, []],
    ["a file that is parsed, or nothing", `import fs from "node:fs";\nexport const f = (path: string) => fs.promises.readFile(path, "utf8").then(JSON.parse).catch(() => null);`, []],
    ["a file that is read first of all", `import { readFile } from "node:fs/promises";\nexport async function f(path: string) { try { const text = await readFile(path, "utf8"); return text.split(","); } catch { return []; } }`, []],
    ["what is read and sent on", `import { readFile } from "node:fs/promises";\n${save.replace("save()", "save(text: string)")}export async function f(path: string) { try { const text = await readFile(path, "utf8"); return await save(text); } catch { return 0; } }`, ["3:117 swallowed"]],
    ["what is cleared away, each for itself, before an error goes on", `${save}declare function remove(one: string): Promise<void>;\nexport async function f(made: string[]) { try { await save(); } catch (error) { await Promise.all(made.map((one) => remove(one).catch(() => undefined))); throw error; } }`, []],
    ["an error that is taken apart and handed on", `${pino}${save}const tell = (error: object) => logger.error(error);\nexport async function f() { try { await save(); } catch ({ name, stack }) { tell({ name, stack }); } }`, []],
    ["a question whether a text is an address", `${save}export async function f(text: string) { try { new URL(text); await save(); return; } catch {} await save(); }`, []],
    ["what may be there and is cleared away", `import fs from "node:fs/promises";\nexport async function f(path: string) { try { const found = await fs.lstat(path); if (found) await fs.unlink(path); } catch {} await fs.symlink("a", path); }`, []],
    ["a list, where promises are kept", `${save}export const f = () => save().catch(() => []);`, ["2:37 swallowed"]],
    ["an answer that says that it failed", `${save}export async function f() { try { await save(); return true; } catch { return false; } }`, []],
    ["a counter of failures", `${save}export async function f() { let failed = 0; try { await save(); } catch { failed += 1; } return failed; }`, []],
    ["a state that is set", `${save}export class A { up = true; async f() { try { await save(); } catch { this.up = false; } } }`, []],
    ["what is done in its place", `${save}declare function old(): number;\nexport async function f() { try { return await save(); } catch { return old(); } }`, []],
    ["a default with the reason", `${save}export async function f() { try { return await save(); } catch { return 0; /* counted again tonight */ } }`, []],
    ["a default behind a comment", `${save}export const f = () => save().catch(() => {\n  // It is counted again tonight.\n  return 0;\n});`, []],
  ])("judges a default in place of work that was waited for: %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it("takes an error under a line for an error", async () => {
    const read = (told: string): string => `${pino}import { readFile } from "node:fs";\nexport const f = (path: string, keep: (text: string) => void) => readFile(path, "utf8", (_err, text) => { ${told} });`;
    expect(await check(read("keep(text);"))).toEqual(["4:89 swallowed"]);
    expect(await check(read("if (_err) logger.error({ err: _err }, 'not read'); else keep(text);"))).toEqual([]);
  });

  it("reports messages in place of errors in more than ten files once, and each file in strict", async () => {
    const many = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${String(index).padStart(2, "0")}.service.ts`, `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error("not saved: " + error.message); } }`]));
    const found = async (count: number, preset: "recommended" | "strict"): Promise<string[]> => (await findingsOf(many(count), { rule, preset })).map(({ file, messageId }) => `${file} ${messageId}`);
    expect(await found(11, "recommended")).toEqual(["src/services/s00.service.ts spread"]);
    expect(await found(10, "recommended")).toHaveLength(10);
    expect(await found(11, "strict")).toHaveLength(11);
  });
});

describe("log-failure-context, as backends write it", () => {
  it.each([
    ["an error of which only the kind is asked", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error("save failed"); return error instanceof TypeError; } }`, ["4:67 noError"]],
    ["an empty rejection handler of a row that goes", "declare const rows: { deleteOrder(id: string): Promise<void> };\nexport const f = (id: string) => { rows.deleteOrder(id).catch(() => {}); };", ["2:63 swallowed"]],
    ["what is cleared away before the function goes on", `${save}declare function removeFile(path: string): Promise<void>;\nexport async function f(path: string) { try { await save(); } catch (err) { await removeFile(path).catch(() => {}); return String(err); } }`, ["3:106 swallowed"]],
    ["a callback that goes on as if nothing had failed", `${pino}import fs from "node:fs";\nexport const f = (path: string) => fs.rename(path, "b", (err) => { logger.info("moved"); });`, ["4:57 swallowed"]],
    ["nothing where a call is given what to do for either outcome", "declare function readBody(done: (body: string) => void, failed: (err: Error) => void): void;\nexport const f = (next: () => void) => readBody(() => next(), (err) => {});", ["2:63 swallowed"]],
    ["a program that ends without a word", 'process.on("uncaughtException", () => process.exit(1));', ["1:33 swallowed"]],
    ["a rejection handler that gives nothing to nobody", "declare const mails: { send(id: string): Promise<void> };\nexport const f = (id: string) => { mails.send(id).catch(() => null); };", ["2:57 swallowed"]],
    ["an empty rejection handler of what is sent", "declare const mails: { send(id: string): Promise<void> };\nexport const f = (id: string) => { mails.send(id).catch(() => {}); };", ["2:57 swallowed"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["an error that is given back beside the line", `${pino}${save}export async function f() { try { await save(); } catch (error) { logger.error("save failed"); return { done: false, error }; } }`],
    ["a callback that tells of the failure", `${pino}import fs from "node:fs";\nexport const f = (path: string) => fs.rename(path, "b", (err) => { if (err) logger.error({ err }, "not moved"); else logger.info("moved"); });`],
    ["a refusal where a call is given what to do for either outcome", "declare function readBody(done: (body: string) => void, failed: (err: Error) => void): void;\nexport const f = (next: () => void, refuse: (why: string) => void) => readBody(() => next(), (err) => refuse('malformed'));"],
    ["a program that says why it ends", `${pino}process.on("uncaughtException", () => { logger.fatal("ended"); process.exit(1); });`],
    ["an empty listener of errors", 'import { createServer } from "node:net";\ncreateServer((socket) => { socket.on("error", () => {}); });'],
    ["a timer that is stopped", "declare const timer: { stop(): Promise<void> };\nexport const f = () => { timer.stop().catch(() => {}); };"],
    ["a session that is cleared", "declare const calls: { clearSession(): Promise<void> };\nexport const f = () => { calls.clearSession().catch((err) => {}); };"],
    ["what is cleared away before the first error goes on", `${save}declare function removeFile(path: string): Promise<void>;\nexport async function f(path: string) { try { await save(); } catch (err) { await removeFile(path).catch(() => {}); throw err; } }`],
    ["a key that is no longer needed", "declare function deleteKey(key: string): Promise<void>;\nexport const f = (key: string) => { deleteKey(key).catch(() => {}); };"],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });
});
