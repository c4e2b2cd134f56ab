import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "request-id-in-logs";
const route = 'import express from "express";\nimport { logger } from "./logger.js";\nexport const app = express();\napp.get("/v1/a", (req, res) => { logger.info("got"); res.json({}); });\n';
const check = (files: Readonly<Record<string, string>>, preset: "recommended" | "strict" = "recommended"): Promise<string[]> => checkProject(files, { rule, preset });

describe("request-id-in-logs", () => {
  it.each([
    ["pino", 'import pino from "pino";\nexport const logger = pino();', "2:23"],
    ["winston", 'import winston from "winston";\nexport const logger = winston.createLogger();', "2:23"],
    ["bunyan", 'import bunyan from "bunyan";\nexport const logger = bunyan.createLogger({ name: "a" });', "2:23"],
  ])("reports a logger of %s that nothing binds to the request", async (_name, logger, place) => {
    expect(await check({ "src/app.ts": route, "src/logger.ts": logger })).toEqual([`src/logger.ts:${place} ${rule} unbound`]);
  });

  it.each([
    ["pino-http", { "src/app.ts": `import { pinoHttp } from "pino-http";\n${route.replace("logger.info", "req.log.info")}app.use(pinoHttp());`, "src/logger.ts": 'import pino from "pino";\nexport const logger = pino();' }],
    ["a child logger with the id", { "src/app.ts": `${route.replace("logger.info", "req.log.info")}app.use((req, _res, next) => { req.log = logger.child({ requestId: req.headers["x-request-id"] }); next(); });`, "src/logger.ts": 'import pino from "pino";\nexport const logger = pino();' }],
    ["an AsyncLocalStorage that the logger reads", { "src/app.ts": route, "src/logger.ts": 'import { AsyncLocalStorage } from "node:async_hooks";\nimport pino from "pino";\nexport const requests = new AsyncLocalStorage<{ id: string }>();\nexport const logger = pino({ mixin: () => ({ id: requests.getStore()?.id }) });' }],
    ["telemetry", { "src/app.ts": route, "src/logger.ts": 'import "@opentelemetry/auto-instrumentations-node";\nimport pino from "pino";\nexport const logger = pino();' }],
    ["the context of Powertools", { "src/logger.ts": 'import { Logger } from "@aws-lambda-powertools/logger";\nexport const logger = new Logger();', "src/app.ts": `${route}`, "src/handler.ts": 'import "@aws-lambda-powertools/logger";\nimport { logger } from "./logger";\nexport const handler = async (event: unknown, context: object) => { logger.addContext(context); };' }],
    ["the context of Powertools by its middleware", { "src/logger.ts": 'import { Logger } from "@aws-lambda-powertools/logger";\nexport const logger = new Logger();', "src/app.ts": `${route}`, "src/handler.ts": 'import middy from "@middy/core";\nimport { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";\nimport { logger } from "./logger";\nexport const handler = middy().use(injectLambdaContext(logger)).handler(async () => {});' }],
    ["nestjs-pino", { "src/app.module.ts": 'import { LoggerModule } from "nestjs-pino";\nimport { Controller, Get, Module } from "@nestjs/common";\n@Controller("v1/a") export class A { @Get() all() { return []; } }\n@Module({ imports: [LoggerModule.forRoot()], controllers: [A] }) export class AppModule {}' }],
    ["Fastify's own logger", { "src/app.ts": 'import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.get("/v1/a", async (request) => { request.log.info("got"); return {}; });' }],
    ["an application without routes", { "src/worker.ts": 'import pino from "pino";\nexport const logger = pino();\nlogger.info("started");' }],
    ["an application without a logger", { "src/app.ts": 'import express from "express";\nexport const app = express();\napp.get("/v1/a", (_req, res) => { res.json({}); });' }],
  ])("stays silent on %s", async (_name, files) => {
    expect(await check(files)).toEqual([]);
  });

  it("tells an application that makes several loggers once", async () => {
    const makes = 'import pino from "pino";\nexport const logger = pino();';
    const files = { "src/app.ts": route, "src/logger.ts": makes, "src/live-logger.ts": makes };
    expect(await findingsOf(files, { rule, cliOnly: true })).toHaveLength(1);
    expect(await findingsOf(files, { rule, preset: "strict", cliOnly: true })).toHaveLength(2);
  });

  it("tells services that were copied from one another once, and each in strict", async () => {
    const services = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`services/s${at}`, at] as const).flatMap(([folder]) => [[`${folder}/package.json`, JSON.stringify({ name: folder.slice(9), scripts: { start: "node ." } })], [`${folder}/src/app.ts`, route], [`${folder}/src/logger.ts`, 'import pino from "pino";\nexport const logger = pino();']]));
    const workspace = (count: number): Record<string, string> => ({ "package.json": '{ "name": "shop", "private": true, "workspaces": ["services/*"] }', ...services(count) });
    expect(await check(workspace(4))).toEqual([`services/s0/src/logger.ts:2:23 ${rule} spread`]);
    expect(await check(workspace(3))).toHaveLength(3);
    expect(await check(workspace(4), "strict")).toHaveLength(4);
  });

  it("reports a Nest application that writes through Nest's own logger, where it is created", async () => {
    const nest = (options: string, more = ""): Readonly<Record<string, string>> => ({
      "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module";\nconst app = await NestFactory.create(AppModule${options});\n${more}await app.listen(3000);`,
      "src/app.module.ts": 'import { Controller, Get, Logger, Module } from "@nestjs/common";\n@Controller("v1/a") export class A { private readonly logger = new Logger("A"); @Get() all() { this.logger.log("all"); return []; } }\n@Module({ controllers: [A] }) export class AppModule {}',
    });
    expect(await check(nest(""))).toEqual([`src/main.ts:3:19 ${rule} unbound`]);
    expect(await check(nest(", { logger: own }"))).toEqual([]);
    expect(await check(nest("", "app.useLogger(own);\n"))).toEqual([]);
    expect(await check(nest("", 'app.useLogger(["error", "warn"]);\n'))).toHaveLength(1);
    expect(await check(nest("", "const options = settings.loggerLevel;\napp.useLogger(options);\n"))).toHaveLength(1);
  });

  it("reports a line of a handler that goes past the request's own logger", async () => {
    const app = (line: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import Fastify from "fastify";\nimport pino from "pino";\nconst logger = pino();\nconst app = Fastify({ loggerInstance: logger });\napp.get("/v1/a", async (request) => { ${line} return {}; });\nlogger.info("started");` });
    expect(await check(app('logger.info("got");'))).toEqual([`src/app.ts:5:39 ${rule} besideRequest`]);
    expect(await check({ "src/app.ts": `import { pinoHttp } from "pino-http";\n${route}app.use(pinoHttp());`, "src/logger.ts": 'import pino from "pino";\nexport const logger = pino();' })).toEqual([`src/app.ts:5:34 ${rule} besideRequest`]);
    expect(await check(app('app.log.info("got");'))).toEqual([`src/app.ts:5:39 ${rule} besideRequest`]);
    expect(await check(app('request.log.info("got"); logger.info({ reqId: request.id }, "got"); const own = logger.child({ a: 1 }); own.info("got");'))).toEqual([]);
    expect(await check({ ...app('logger.info("got");'), "src/context.ts": 'import { AsyncLocalStorage } from "node:async_hooks";\nexport const requests = new AsyncLocalStorage();' })).toEqual([]);
  });

  it("knows the loggers that an application's own middleware puts on each request", async () => {
    const app = (put: string, line: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport winston from "winston";\nconst logger = winston.createLogger();\nconst app = express();\napp.use((req, res, next) => { ${put} next(); });\napp.get("/v1/a", (req, res) => { ${line} res.json({}); });` });
    const child = 'logger.child({ requestId: req.get("x-request-id") })';
    expect(await check(app(`req.logger = ${child};`, 'logger.info("got");'))).toEqual([`src/app.ts:6:34 ${rule} besideRequest`]);
    expect(await check(app(`res.locals.log = ${child};`, 'logger.info("got");'))).toEqual([`src/app.ts:6:34 ${rule} besideRequest`]);
    expect(await check(app(`res.locals.log = ${child};`, 'res.locals.log.info("got");'))).toEqual([]);
    expect(await check(app(`req.logger = ${child};`, 'req.logger.info("got");'))).toEqual([]);
  });

  it("asks each application of a repository by itself", async () => {
    const api = (name: string, code: string): Readonly<Record<string, string>> => ({ [`packages/${name}/package.json`]: `{ "name": "${name}", "dependencies": { "express": "5", "pino": "9" } }`, [`packages/${name}/src/app.ts`]: `import express from "express";\nimport pino from "pino";\n${code}const logger = pino();\nconst app = express();\napp.get("/v1/a", (req, res) => { logger.info("got"); res.json({}); });` });
    const bound = 'import { AsyncLocalStorage } from "node:async_hooks";\nconst requests = new AsyncLocalStorage();\n';
    const found = await check({ "package.json": '{ "name": "all", "private": true, "workspaces": ["packages/*"] }', ...api("one", ""), ...api("two", bound) });
    expect(found).toEqual([`packages/one/src/app.ts:3:16 ${rule} unbound`]);
  });

  it("takes a Fastify without a logger and Nest's own console for what binds nothing", async () => {
    const fastify = (options: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import Fastify from "fastify";\nimport pino from "pino";\nconst logger = pino();\nconst app = Fastify(${options});\napp.get("/v1/a", async () => ({}));` });
    expect(await check(fastify(""))).toEqual([`src/app.ts:3:16 ${rule} unbound`]);
    expect(await check(fastify("{ logger: false }"))).toEqual([`src/app.ts:3:16 ${rule} unbound`]);
    const routes = { "src/routes/orders.ts": 'import type { FastifyInstance } from "fastify";\nexport const orders = (app: FastifyInstance) => app.get("/v1/orders", async () => ({}));' };
    expect(await check({ ...fastify("{ logger: false }"), ...routes })).toEqual([`src/app.ts:3:16 ${rule} unbound`]);
    expect(await check({ ...fastify("{ logger }"), ...routes })).toEqual([]);
    expect(await check(fastify("{ logger }"))).toEqual([]);
    expect(await check(fastify("options"))).toEqual([]);
  });

  it("reports in strict what a handler sends on without the id", async () => {
    const app = (send: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import Fastify from "fastify";\nimport axios from "axios";\nimport { Queue } from "bullmq";\nconst queue = new Queue("mails");\nconst app = Fastify({ logger: true });\napp.get("/v1/a", async (request) => { ${send} return {}; });` });
    expect(await check(app('await axios.get("https://rates.example.com"); await queue.add("mail", { to: 1 });'), "strict")).toEqual([`src/app.ts:6:45 ${rule} notHandedOn`, `src/app.ts:6:91 ${rule} notHandedOn`]);
    expect(await check(app('await axios.get("https://rates.example.com");'))).toEqual([]);
    expect(await check(app('await axios.get("https://rates.example.com", { headers: { "x-request-id": request.id } }); await queue.add("mail", { to: 1, requestId: request.id }); await axios.get("https://rates.example.com", options); await queue.add("mail", payload);'), "strict")).toEqual([]);
  });
});
