import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "structured-logging";
const check = async (text: string, file = "src/services/order.service.ts"): Promise<string[]> =>
  (await checkProject({ [file]: text }, { rule, preset: "strict" })).map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

const pino = 'import pino from "pino";\nconst logger = pino();\n';
const winston = 'import winston from "winston";\nconst logger = winston.createLogger();\n';
const nest = 'import { Logger } from "@nestjs/common";\nconst logger = new Logger("Orders");\n';

describe("structured-logging", () => {
  it.each([
    ["console.log", 'export const f = () => console.log("started");', ["1:24 console"]],
    ["console.log in a function of Lambda", 'export async function handler(event) {\n  console.log(event.id);\n}', ["2:3 console"]],
    ["console.error in a handler of errors", "export const f = (e: Error) => { console.error(e); };", ["1:34 console"]],
    ["console under another name", "const { warn } = console;\nwarn(1);", ["2:1 console"]],
    ["globalThis.console", 'globalThis.console.info("x");', ["1:1 console"]],
    ["console imported", 'import console from "node:console";\nconsole.debug("x");', ["2:1 console"]],
    ["a template with values (pino)", `${pino}export const f = (id: string) => logger.info(\`order \${id} done\`);`, ["3:46 interpolated"]],
    ["a concatenation (pino)", `${pino}export const f = (id: string) => logger.info("order " + id);`, ["3:46 interpolated"]],
    ["a template behind fields (pino)", `${pino}export const f = (id: string) => logger.info({ id }, \`order \${id}\`);`, ["3:54 interpolated"]],
    ["values behind the message, which pino drops", `${pino}export const f = (id: string, hits: number) => logger.warn("too many requests", id, hits);`, ["3:48 lost"]],
    ["a template (winston)", `${winston}export const f = (id: string) => logger.warn(\`order \${id}\`);`, ["3:46 interpolated"]],
    ["a template in the object that a line is given alone (winston)", `${winston}export const f = (id: string) => logger.warn({ label: "orders", message: \`order \${id}\` });`, ["3:74 interpolated"]],
    ["a template (Nest)", `${nest}export const f = (id: string) => logger.log(\`order \${id}\`);`, ["3:45 interpolated"]],
    ["a template (bunyan)", 'import bunyan from "bunyan";\nconst logger = bunyan.createLogger({ name: "a" });\nexport const f = (id: string) => logger.info(`order ${id}`);', ["3:46 interpolated"]],
    ["a template on a request's logger (Fastify)", 'import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/v1/a/:id", async (request) => { request.log.info(`got ${request.params.id}`); return {}; });', ["3:60 interpolated"]],
    ["a template on a child logger", `${pino}const child = logger.child({ a: 1 });\nexport const f = (id: string) => child.error(\`order \${id}\`);`, ["4:46 interpolated"]],
    ["an own logger that takes a text alone, once for all its calls", `${pino}export const f = (id: string) => { Lines.error(\`order \${id}\`); Lines.error(\`cart \${id}\`); };\nexport class Lines { static error(text: string) { logger.error(text); } }`, ["4:29 textOnly"]],
    ["an own logger that takes its fields first", `${pino}export const f = (lines: Lines, ids: string[]) => lines.info({ count: ids.length }, \`removed \${ids.join()}\`);\nexport class Lines { info(fields: object, text: string) { logger.info(fields, text); } }`, ["3:85 interpolated"]],
    ["an own logger that takes fields as well", `${pino}export const f = (id: string) => Lines.error(\`order \${id}\`);\nexport class Lines { static error(text: string, fields = {}) { logger.error(fields, text); } }`, ["3:46 interpolated"]],
    ["an object behind the message (pino)", `${pino}export const f = (id: string) => logger.info("order done", { id });`, ["3:34 order"]],
    ["an error that is handed in behind the message (pino)", `${pino}export const f = (err: Error) => logger.error("order failed", err);\nexport const g = (reason: TypeError) => logger.error("order failed", reason);`, ["3:34 order", "4:41 order"]],
    ["an object behind the message, which bunyan writes into its text", 'import bunyan from "bunyan";\nconst logger = bunyan.createLogger({ name: "a" });\nexport const f = (err: Error) => logger.error("order failed", err);', ["3:34 behind"]],
    ["a logger that is handed in", 'import type { Logger } from "pino";\nexport class A { constructor(private readonly logger: Logger) {}\n  f(id: string) { this.logger.info(`order ${id}`); } }', ["3:36 interpolated"]],
    ["a class property (Nest)", 'import { Logger } from "@nestjs/common";\nexport class A { private readonly logger = new Logger(A.name);\n  f(id: string) { this.logger.log("order " + id); } }', ["3:35 interpolated"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["fields and a constant message (pino)", `${pino}export const f = (id: string) => logger.info({ id }, "order done");`],
    ["a function of CloudFront, which has the console alone", 'import cf from "cloudfront";\nasync function handler(event) {\n  console.log(`asked for ${event.request.uri}`);\n  return event.request;\n}'],
    ["fields alone (pino)", `${pino}export const f = (id: string) => logger.info({ id });`],
    ["an error and a message (pino)", `${pino}export const f = (err: Error) => logger.error({ err }, "failed");`],
    ["an error alone (pino)", `${pino}export const f = (err: Error) => logger.error(err);`],
    ["a placeholder that takes the object (pino)", `${pino}export const f = (a: object) => logger.info("got %o", { a });`],
    ["a constant message in an object (winston)", `${winston}export const f = (id: string) => logger.info({ label: "orders", id, message: "order done" });`],
    ["a message and fields (winston)", `${winston}export const f = (id: string) => logger.info("order done", { id });`],
    ["a constant message (Nest)", `${nest}export const f = () => logger.log("started");`],
    ["an object (Nest)", `${nest}export const f = (id: string) => logger.log({ message: "order done", id });`],
    ["a constant over two lines", `${pino}export const f = () => logger.info("order " + "done");`],
    ["a template without values", `${pino}export const f = () => logger.info(\`order done\`);`],
    ["what is no logger", "export const f = (a: { log(x: string): void }, id: string) => a.log(`x ${id}`);\nexport const g = (x: number) => Math.log(x);"],
    ["history", "export const h = (history: { info(x: string): void }, x: string) => history.info(`x ${x}`);"],
    ["an own console", "export const f = (console: { log(x: string): void }) => console.log(\"x\");"],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each(["src/cli.ts", "scripts/seed.ts", "src/a.test.ts", "bin/run.ts", "vitest.config.ts", "src/migrations/1-a.ts", "packages/app-test-utils/database.ts", "tooling/launch/run.ts", "sandbox/mock/main.ts", "mock-server/app.ts", "ledger-stub/src/app.ts", "e2e/vite.config.ts", "alterations/1.2.0-1676190092-add-users.ts", ".install-scripts/replace.ts", "src/logger.ts"])("stays silent on console in %s", async (file) => {
    expect(await check('console.log("x");', file)).toEqual([]);
  });

  it("leaves what is written to the terminal alone", async () => {
    expect(await check("export const f = (id: string) => process.stdout.write(`order ${id}`);")).toEqual([]);
  });

  const named = (manifest: object): string => JSON.stringify({ name: "shop", private: true, scripts: { start: "node ." }, ...manifest });

  it.each<[string, Record<string, string>]>([
    ["a command line program", { "package.json": named({ bin: "dist/main.js", dependencies: { commander: "14" } }), "src/main.ts": "console.log(1);" }],
    ["the commands of a package that has some", { "package.json": named({ bin: "dist/main.js", dependencies: { express: "5" } }), "src/commands/build.ts": "console.log(1);" }],
    ["a plugin of a build tool", { "package.json": named({ name: "shop-vite-plugin" }), "src/index.ts": "console.log(1);" }],
    ["what a container runs to start programs", { "run.mjs": 'import { spawn } from "node:child_process";\nspawn("node", ["dist/main.js"]).stdout.on("data", (line) => console.log(`app | ${line}`));' }],
    ["code that runs in browsers", { "src/frame.ts": 'export const inFrame = () => {\n  console.log("asked");\n  return window.parent !== window.self;\n};' }],
  ])("stays silent on %s", async (_name, files) => {
    expect(await checkProject(files, { rule, preset: "strict" })).toEqual([]);
  });

  it("takes a parameter that is declared as a package's logger for one, whatever a caller hands it", async () => {
    const files = { "src/services/mail.service.ts": 'import type { Logger } from "@acme/logger";\nexport const send = (logger: Logger) => logger.error({ id: 1 }, "failed");', "src/services/run.service.ts": 'import { send } from "./mail.service.js";\nexport const run = () => send({ error: console.error });' };
    expect((await findingsOf(files, { rule: "structured-logging" })).map(({ file }) => file)).toEqual([]);
  });

  it("reports an application without a logger once in recommended, and each file of one that has a logger", async () => {
    const without = { "src/services/a.service.ts": "console.log(1);", "src/services/b.service.ts": "console.log(2);" };
    const found = await findingsOf(without, { rule, preset: "recommended" });
    expect(found.map(({ file, messageId, related }) => [file, messageId, related.map((one) => one.file)])).toEqual([["src/services/a.service.ts", "application", ["src/services/b.service.ts"]]]);
    expect(found[0]?.message).toContain("in 2 files");
    const lines = await checkProject({ ...without, "src/services/c.service.ts": `${pino}logger.info("started");` }, { rule, preset: "recommended" });
    expect(lines).toEqual([`src/services/a.service.ts:1:1 ${rule} console`, `src/services/b.service.ts:1:1 ${rule} console`]);
  });

  it("reports once that more packages than a few have no logger", async () => {
    const packages = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [[`packages/p${at}/package.json`, `{ "name": "p${at}" }`], [`packages/p${at}/src/a.service.ts`, "console.log(1);"], [`packages/p${at}/src/b.service.ts`, "console.log(2);"]]).flat());
    const root = { "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }' };
    const check = (count: number): Promise<readonly string[]> => checkProject({ ...root, ...packages(count) }, { rule, preset: "recommended" });
    expect(await check(3)).toEqual([0, 1, 2].map((at) => `packages/p${at}/src/a.service.ts:1:1 ${rule} application`));
    expect(await check(4)).toEqual([`packages/p0/src/a.service.ts:1:1 ${rule} applications`]);
  });

  it("takes a proxy of a logger for one that hands on as it likes", async () => {
    const logger = (made: string): Record<string, string> => ({ "src/lines.ts": `${pino}declare function write(target: object, name: string): unknown;\nexport const lines: pino.Logger = ${made};`, "src/services/a.service.ts": 'import { lines } from "../lines.js";\nexport const f = (id: string) => lines.info("done", { id });' });
    expect(await checkProject(logger("new Proxy(logger, { get: write })"), { rule, preset: "strict" })).toEqual([]);
    expect(await checkProject(logger("logger"), { rule, preset: "strict" })).toEqual([`src/services/a.service.ts:2:34 ${rule} order`]);
  });

  it("leaves where a server listens to strict", async () => {
    const files = { "src/main.ts": 'import express from "express";\nconst port = 3000;\nexpress().listen(port, () => console.log(`listening on ${port}`));', "src/services/a.service.ts": `${pino}logger.info("started");` };
    expect(await checkProject(files, { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject(files, { rule, preset: "strict" })).toEqual([`src/main.ts:3:30 ${rule} console`]);
  });

  it("leaves what a service says once it has begun to serve to strict, also where it says nothing else", async () => {
    const main = (text: string): Record<string, string> => ({ "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\nawait app.listen(3000);\nconsole.log(${text});` });
    for (const text of ['"The orders are listening"', "`Application is running on: ${await app.getUrl()}`"]) {
      expect(await checkProject(main(text), { rule, preset: "recommended" })).toEqual([]);
      expect(await checkProject(main(text), { rule, preset: "strict" })).toHaveLength(1);
    }
    for (const text of ['"The cache is cold"', "`Listening to ${await app.getQueues()}`"]) expect(await checkProject(main(text), { rule, preset: "recommended" })).toHaveLength(1);
  });

  it("leaves a program that shows how the application is called alone, and no job that calls others", async () => {
    const main = { "src/main.ts": 'import express from "express";\nconst app = express();\napp.get("/v1/orders", (_req, res) => { res.json({}); });\napp.listen(3000);' };
    const call = 'import fetch from "node-fetch";\nconst answer = await fetch("https://shop.acme.io/v1/orders");\nconsole.log(await answer.json());';
    expect(await checkProject({ ...main, "src/api/orders/orders.js": call }, { rule })).toEqual([]);
    expect(await checkProject({ ...main, "src/api/orders/orders.js": `setInterval(async () => {\n${call.replace(/^.*\n/, "")}\n}, 1000);` }, { rule })).toHaveLength(1);
    expect(await checkProject({ ...main, "src/api/orders/orders.js": `import "../../main.js";\n${call}` }, { rule })).toHaveLength(1);
  });

  it("leaves what settings say of the environment to strict", async () => {
    const files = { "src/settings.ts": 'if (!process.env.STORE) console.error("STORE is missing");', "src/services/a.service.ts": `${pino}logger.info("started");` };
    expect(await checkProject(files, { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject(files, { rule, preset: "strict" })).toEqual([`src/settings.ts:1:25 ${rule} console`]);
  });

  it("reports console once a file in recommended", async () => {
    expect(await checkProject({ "src/services/a.service.ts": "console.log(1);\nconsole.log(2);\nconsole.error(3);" }, { rule, preset: "recommended" })).toHaveLength(1);
  });

  it("reports messages put together in more than ten files once, and each file in strict", async () => {
    const many = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${String(index).padStart(2, "0")}.service.ts`, `${pino}export const f = (id: string) => logger.info(\`order \${id}\`);`]));
    const [first, ...others] = await findingsOf(many(11), { rule, preset: "recommended" });
    expect([first?.file, first?.messageId, first?.message.startsWith("11 files"), others]).toEqual(["src/services/s00.service.ts", "spread", true, []]);
    expect(await checkProject(many(10), { rule, preset: "recommended" })).toHaveLength(10);
    expect(await checkProject(many(11), { rule, preset: "strict" })).toHaveLength(11);
  });

  it("reports console in more than ten files of an application that has a logger once, beside the messages", async () => {
    const many = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${String(index).padStart(2, "0")}.service.ts`, `${pino}console.log(1);\nexport const f = (id: string) => logger.info(\`order \${id}\`);`]));
    expect((await findingsOf(many(11), { rule, preset: "recommended" })).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/services/s00.service.ts past", "src/services/s00.service.ts spread"]);
    expect(await checkProject(many(11), { rule, preset: "strict" })).toHaveLength(22);
  });

  it("is silent about texts that are the same for as long as the process runs", async () => {
    const text = [
      'import pino from "pino";',
      "const logger = pino();",
      "export const a = (port: number) => logger.info(`listening on ${port}`);",
      'export const b = () => logger.info("listening on " + (process.env.PORT || 3000));',
      "export class Mailer { ready() { logger.info(`${this.constructor.name} ready`); } }",
      "export const c = (port: number, id: string) => logger.info(`${id} on ${port}`);",
    ].join("\n");
    expect(await checkProject({ "src/main.ts": text }, { rule: "structured-logging" })).toEqual(["src/main.ts:6:60 structured-logging interpolated"]);
  });
});

describe("structured-logging, as backends write it", () => {
  const logger = 'import pino from "pino";\nexport const logger = pino();\n';
  const at = async (files: Record<string, string>): Promise<string[]> => checkProject(files, { rule, preset: "strict" });

  it("leaves what could not start alone, which has no logger yet", async () => {
    const main = (line: string): Promise<string[]> => checkProject({ "src/main.ts": `import pino from "pino";\nimport express from "express";\nconst logger = pino();\nasync function bootstrap() { express().listen(3000); logger.info("up"); }\n${line}` }, { rule, preset: "strict" });
    expect(await main("bootstrap().catch((error) => { console.error(error); process.exit(1); });")).toEqual([]);
    expect(await main('async function start() { try { await bootstrap(); } catch (error) { console.error("not up", error); process.exit(1); } }\nstart();')).toEqual([]);
    expect(await main('export async function save() { try { await bootstrap(); } catch (error) { console.error("not saved", error); process.exit(1); } }')).toHaveLength(1);
    expect(await main('async function start() { try { await bootstrap(); } catch (error) { console.error("not up", error); } }\nstart();')).toHaveLength(1);
    expect(await main('bootstrap().then(() => console.error("up"));')).toHaveLength(1);
    expect(await main("declare function save(): Promise<void>;\nsave().catch((error) => { console.error(error); });")).toHaveLength(1);
  });

  it("knows a message behind its level, in an object, and in a constant", async () => {
    const log = (line: string): Promise<string[]> => checkProject({ "src/services/order.service.ts": `import winston from "winston";\nconst logger = winston.createLogger();\nexport const f = (id: string) => { ${line} };` }, { rule, preset: "strict" });
    for (const line of ['logger.log("info", `saved ${id}`);', 'logger.log({ level: "info", message: `saved ${id}` });', 'const text = `saved ${id}`; logger.info(text);']) expect(await log(line)).toHaveLength(1);
    for (const line of ['logger.log("info", "saved", { id });', 'logger.log({ level: "info", message: "saved", id });', 'const text = "saved"; logger.info(text, { id });']) expect(await log(line)).toEqual([]);
  });

  it("takes a prefix that is a constant of another file for part of the message, and a variable for none", async () => {
    const files = (value: string): Record<string, string> => ({ "src/prefix.ts": 'export const PREFIX = "SENSITIVE";\nexport let state = "new";\nexport const next = () => { state = String(Date.now()); };', "src/services/a.service.ts": `import { PREFIX, state } from "../prefix.js";\n${logger}export const f = () => logger.info(\`\${${value}} saved\`);` });
    expect(await at(files("PREFIX"))).toEqual([]);
    expect(await at(files("state"))).toEqual(["src/services/a.service.ts:4:36 structured-logging interpolated"]);
  });

  it.each([
    ["a program that somebody calls with arguments", { "migration/decrypt.mjs": 'const [, , input] = process.argv;\nconsole.log("reading", input);' }],
    ["a program that the tests and a command import", { "src/clean.ts": 'export const clean = () => console.log("cleaned", process.argv[2]);\nif (require.main === module) clean();', "src/cli/index.ts": 'import { clean } from "../clean.js";\nclean();', "tests/clean.test.ts": 'import { clean } from "../src/clean.js";\nclean();' }],
    ["what bundles pages", { "build-pages.mjs": 'import { build } from "esbuild";\nawait build({});\nconsole.log("built");' }],
    ["what starts a server on the own machine", { "src/web/local.ts": 'import fastify from "fastify";\nfastify().listen({ port: 3000 }, () => console.log("http://localhost:3000"));' }],
    ["a script that is served to browsers", { "src/public/editor/plugin.js": '(function () { console.error("load the list plugin"); })();' }],
    ["an assertion of the console", { "src/services/a.service.ts": 'const { assert } = require("console");\nexports.f = (id) => assert(id, "an id");' }],
  ])("stays silent on %s", async (_name, files) => {
    expect(await at(files)).toEqual([]);
  });

  it.each([
    ["a server that may be called with arguments", { "src/main.ts": 'import express from "express";\nconsole.log(process.argv[2]);\nexpress().listen(3000);' }],
    ["what a service imports", { "src/clean.ts": 'export const clean = () => console.log("cleaned", process.argv[2]);', "src/services/a.service.ts": 'import { clean } from "../clean.js";\nexport const f = () => clean();' }],
    ["a module of what everybody may see", { "src/public/public.service.ts": 'export const f = () => console.log("seen");' }],
  ])("reports %s", async (_name, files) => {
    expect(await at(files)).toHaveLength(1);
  });

  it("knows texts that calls put together, and pino's message behind a constant", async () => {
    const imported = 'import { format } from "node:util";\n';
    for (const line of ['logger.info("order ".concat(id));', 'logger.info(["order", id].join(" "));', 'logger.info(format("order %s", id));', "const text = `order ${id}`; logger.info(text);"]) expect(await check(`${imported}${pino}export const f = (id: string) => { ${line} };`)).toHaveLength(1);
    for (const line of ['logger.info({ list: ["a", id].join(" ") }, "order");', 'logger.info({ id }, "order ".concat("done"));', 'const text = "order"; logger.info({ id }, text);', "logger.info({ id }, id);"]) expect(await check(`${imported}${pino}export const f = (id: string) => { ${line} };`)).toEqual([]);
  });
});
