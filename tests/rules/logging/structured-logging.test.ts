import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";

const rule = "structured-logging";
const check = async (text: string, file = "src/services/order.service.ts"): Promise<string[]> =>
  (await checkProject({ [file]: text }, { rule, preset: "strict" })).map((line) => line.replace(/^[^:]*:/, "").replace(` ${rule}`, ""));

const pino = 'import pino from "pino";\nconst logger = pino();\n';
const winston = 'import winston from "winston";\nconst logger = winston.createLogger();\n';
const nest = 'import { Logger } from "@nestjs/common";\nconst logger = new Logger("Orders");\n';

describe("structured-logging", () => {
  it.each([
    ["console.log", 'export const f = () => console.log("started");', ["1:24 console"]],
    ["console.error in a handler of errors", "export const f = (e: Error) => { console.error(e); };", ["1:34 console"]],
    ["console under another name", "const { warn } = console;\nwarn(1);", ["2:1 console"]],
    ["globalThis.console", 'globalThis.console.info("x");', ["1:1 console"]],
    ["console imported", 'import console from "node:console";\nconsole.debug("x");', ["2:1 console"]],
    ["a template with values (pino)", `${pino}export const f = (id: string) => logger.info(\`order \${id} done\`);`, ["3:46 interpolated"]],
    ["a concatenation (pino)", `${pino}export const f = (id: string) => logger.info("order " + id);`, ["3:46 interpolated"]],
    ["a template behind fields (pino)", `${pino}export const f = (id: string) => logger.info({ id }, \`order \${id}\`);`, ["3:54 interpolated"]],
    ["a template (winston)", `${winston}export const f = (id: string) => logger.warn(\`order \${id}\`);`, ["3:46 interpolated"]],
    ["a template (Nest)", `${nest}export const f = (id: string) => logger.log(\`order \${id}\`);`, ["3:45 interpolated"]],
    ["a template (bunyan)", 'import bunyan from "bunyan";\nconst logger = bunyan.createLogger({ name: "a" });\nexport const f = (id: string) => logger.info(`order ${id}`);', ["3:46 interpolated"]],
    ["a template on a request's logger (Fastify)", 'import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/v1/a/:id", async (request) => { request.log.info(`got ${request.params.id}`); return {}; });', ["3:60 interpolated"]],
    ["a template on a child logger", `${pino}const child = logger.child({ a: 1 });\nexport const f = (id: string) => child.error(\`order \${id}\`);`, ["4:46 interpolated"]],
    ["an object behind the message (pino)", `${pino}export const f = (id: string) => logger.info("order done", { id });`, ["3:34 order"]],
    ["a logger that is handed in", 'import type { Logger } from "pino";\nexport class A { constructor(private readonly logger: Logger) {}\n  f(id: string) { this.logger.info(`order ${id}`); } }', ["3:36 interpolated"]],
    ["a class property (Nest)", 'import { Logger } from "@nestjs/common";\nexport class A { private readonly logger = new Logger(A.name);\n  f(id: string) { this.logger.log("order " + id); } }', ["3:35 interpolated"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it.each([
    ["fields and a constant message (pino)", `${pino}export const f = (id: string) => logger.info({ id }, "order done");`],
    ["fields alone (pino)", `${pino}export const f = (id: string) => logger.info({ id });`],
    ["an error and a message (pino)", `${pino}export const f = (err: Error) => logger.error({ err }, "failed");`],
    ["an error alone (pino)", `${pino}export const f = (err: Error) => logger.error(err);`],
    ["a placeholder that takes the object (pino)", `${pino}export const f = (a: object) => logger.info("got %o", { a });`],
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

  it.each(["src/cli.ts", "scripts/seed.ts", "src/a.test.ts", "bin/run.ts", "vitest.config.ts", "src/migrations/1-a.ts"])("stays silent on console in %s", async (file) => {
    expect(await check('console.log("x");', file)).toEqual([]);
  });

  it("reports console once a file in recommended", async () => {
    expect(await checkProject({ "src/services/a.service.ts": "console.log(1);\nconsole.log(2);\nconsole.error(3);" }, { rule, preset: "recommended" })).toHaveLength(1);
  });
});
