import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-http-in-service";
const file = "src/services/user.service.ts";
const check = (code: string, at = file, options?: Readonly<Record<string, unknown>>) => checkProject({ [at]: code }, { rule, ...(options && { options }) });

describe("reports", () => {
  it.each([
    ["Express", 'import type { Request } from "express"; export const a = (req: Request) => req.body;', "1:30 no-http-in-service framework"],
    ["a server of GraphQL beside Express", 'import { ExpressContext } from "apollo-server-express"; export const a = (context: ExpressContext) => context.req.headers;', "1:32 no-http-in-service framework"],
    ["Fastify", 'import type { FastifyRequest } from "fastify"; export const a = (req: FastifyRequest) => req.body;', "1:37 no-http-in-service framework"],
    ["Hono", 'import type { Context } from "hono"; export const a = (c: Context) => c.req;', "1:30 no-http-in-service framework"],
    ["Koa", 'import type { Context } from "koa"; export const a = (c: Context) => c.body;', "1:30 no-http-in-service framework"],
    ["exceptions of Nest", 'import { NotFoundException } from "@nestjs/common"; export const a = () => { throw new NotFoundException(); };', "1:35 no-http-in-service exception"],
    ["http-errors", 'import createError from "http-errors"; export const a = () => { throw createError(404); };', "1:25 no-http-in-service exception"],
    ["HTTPException of Hono", 'import { HTTPException } from "hono/http-exception"; export const a = () => { throw new HTTPException(404); };', "1:31 no-http-in-service exception"],
    ["exceptions of Egg", 'import { ForbiddenError } from "egg/errors"; export const a = () => { throw new ForbiddenError("no"); };', "1:32 no-http-in-service exception"],
    ["Boom", 'import Boom from "@hapi/boom"; export const a = () => { throw Boom.notFound(); };', "1:18 no-http-in-service exception"],
    ["TRPCError", 'import { TRPCError } from "@trpc/server"; export const a = () => { throw new TRPCError({ code: "NOT_FOUND" }); };', "1:27 no-http-in-service exception"],
    ["createError of h3", 'import { createError } from "h3"; export const a = () => { throw createError({ statusCode: 404 }); };', "1:29 no-http-in-service exception"],
    ["status constants", 'import { StatusCodes } from "http-status-codes"; export const a = () => StatusCodes.OK;', "1:29 no-http-in-service status"],
    ["a status that is compared and handed on", 'import { HttpStatus } from "@nestjs/common"; export const a = (status: number) => (status === HttpStatus.OK ? HttpStatus.CREATED : status);', "1:28 no-http-in-service status"],
    ["HttpStatus of Nest", 'import { HttpStatus } from "@nestjs/common"; export const a = () => HttpStatus.OK;', "1:28 no-http-in-service status"],
  ])("%s", async (_name, code, found) => {
    expect(await check(code)).toEqual([`${file}:${found}`]);
  });

  it("a response that a handler hands over, and not what is read of one that another server sent", async () => {
    const handed = (code: string): Promise<string[]> =>
      checkProject({ "package.json": '{ "name": "app", "dependencies": { "express": "5" } }', "src/routes/users.ts": 'import express from "express"; import { answer } from "../services/user.service.js"; const app = express(); app.get("/v1/users", (req, res) => answer(res)); app.listen(1);', [file]: code }, { rule });
    expect(await handed("export const answer = (response) => { response.json({ name: 1 }); };")).toEqual([`${file}:1:39 no-http-in-service use`]);
    expect(await handed("export const answer = async (response) => { const found = await response.json(); return found.name; };")).toEqual([]);
  });

  it("the same in repository and domain", async () => {
    const code = 'import type { Request } from "express"; export const a = (req: Request) => req.body;';
    expect(await check(code, "src/repositories/user.repository.ts")).toHaveLength(1);
    expect(await check(code, "src/domain/user.ts")).toHaveLength(1);
  });

  it("exceptions as a warning, once a file, and as errors when asked", async () => {
    const code = 'import { ConflictException, HttpStatus, NotFoundException } from "@nestjs/common"; export const a = () => { throw new NotFoundException(HttpStatus.OK, ConflictException.name); };';
    const severities = async (options: Readonly<Record<string, unknown>>): Promise<string[]> => (await findingsOf({ [file]: code }, { rule, options })).map(({ severity }) => severity);
    expect(await severities({})).toEqual(["warn"]);
    expect(await severities({ exceptions: "error" })).toEqual(["error"]);
    expect(await severities({ exceptions: "allow" })).toEqual([]);
  });
});

describe("stays silent on", () => {
  it.each([
    ["what a server of GraphQL is asked", 'import { gql, UserInputError } from "apollo-server-express"; export const a = () => { throw new UserInputError(String(gql`type Query { a: Int }`)); };', file],
    ["the type of Fastify's logger", 'import type { FastifyBaseLogger } from "fastify"; export const a = (logger: FastifyBaseLogger) => logger.info("done");', file],
    ["what Nest offers to every layer", 'import { Injectable, Inject, Logger, type OnModuleInit } from "@nestjs/common"; @Injectable() export class UserService implements OnModuleInit { constructor(@Inject("x") readonly x: string) {} onModuleInit() { new Logger(this.x).log("ready"); } }', file],
    ["the cache and the HTTP client of older Nest", 'import { CACHE_MANAGER, type CacheModuleOptions, HttpService, Inject, Injectable } from "@nestjs/common"; @Injectable() export class CacheService { constructor(@Inject(CACHE_MANAGER) readonly options: CacheModuleOptions, readonly http: HttpService) {} }', "src/services/cache.service.ts"],
    ["what a framework helps itself with", 'import { isNil } from "@nestjs/common/utils/shared.utils"; export const a = (value: unknown) => isNil(value);', file],
    ["the schemas that a framework extends", 'import { z } from "@hono/zod-openapi"; export const order = z.object({ id: z.string() });', file],
    ["a signature for a cookie", 'import * as signature from "cookie-signature"; export const a = (value: string, key: string) => signature.sign(value, key);', file],
    ["indicators of health", 'import { HealthIndicatorService } from "@nestjs/terminus"; export const a = (health: HealthIndicatorService) => health.check("a");', file],
    ["what looks through a container", 'import type { InstanceWrapper } from "@nestjs/core/injector/instance-wrapper"; export const a = (one: InstanceWrapper) => one.instance;', file],
    ["an error of a framework's own", 'import { RuntimeException } from "@nestjs/core/errors/exceptions/runtime.exception"; export const a = () => { throw new RuntimeException("x"); };', file],
    ["outbound HTTP clients", 'import axios from "axios"; export const a = () => axios.get("https://example.com");', file],
    ["types of node:http in infrastructure", 'import type { IncomingMessage } from "node:http"; export const a = (message: IncomingMessage) => message.headers;', "src/infrastructure/webhook.ts"],
    ["controllers and middleware", 'import type { Request } from "express"; export const a = (req: Request) => req.body;', "src/middleware/auth.ts"],
    ["interceptors, whatever their name ends in", 'import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from "@nestjs/common"; @Injectable() export class LanguageInterceptor implements NestInterceptor { intercept(_context: ExecutionContext, next: CallHandler) { return next.handle(); } }', "src/interceptors/language-interceptor.service.ts"],
    ["errors of the project", 'import { NotFoundError } from "../domain/errors.js"; export const a = () => { throw new NotFoundError(); };', file],
    ["a method called status on something else", "export const a = (order: { status(code: number): void }) => { order.status(2); };", file],
    ["statuses that another server's answer is compared with", 'import { HttpStatus } from "@nestjs/common"; export const a = async (url: string) => { const answer = await fetch(url); if (answer.status === HttpStatus.NOT_FOUND || [HttpStatus.OK].includes(answer.status)) return []; switch (answer.status) { case HttpStatus.GONE: return undefined; default: return answer.text(); } };', file],
    ["names that are only imported", 'import "reflect-metadata"; export const a = 1;', file],
  ])("%s", async (_name, code, at?: string) => {
    expect(await check(code, at)).toEqual([]);
  });
});

describe("one decision", () => {
  const many = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${String(index).padStart(2, "0")}.service.ts`, 'import { NotFoundException } from "@nestjs/common"; export const find = () => { throw new NotFoundException(); };']));

  it("of more than ten files to import one framework is one finding, beside the one of another", async () => {
    const one = (framework: string): string => `import type { Context } from "${framework}";\nexport class Orders { take(context: Context) { return context; } }\n`;
    const files = { ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`src/services/s${index + 10}.service.ts`, one("hono")])), "src/services/other.service.ts": one("koa") };
    expect((await findingsOf(files, { rule: "no-http-in-service" })).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/services/other.service.ts framework", "src/services/s10.service.ts frameworks"]);
  });

  it("of more than ten files to throw HTTP is one finding, in the first, and each in strict", async () => {
    expect(await checkProject(many(11), { rule })).toEqual(["src/services/s00.service.ts:1:35 no-http-in-service spread"]);
    expect(await checkProject(many(10), { rule })).toHaveLength(10);
    expect(await checkProject(many(11), { rule, options: { exceptions: "error", everyFile: true } })).toHaveLength(11);
  });

  it("of small applications beside each other is one finding", async () => {
    const apps = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [[`labs/lab${index}/package.json`, `{ "name": "lab${index}", "scripts": { "start": "node ." } }`], [`labs/lab${index}/src/services/a.service.ts`, 'import { NotFoundException } from "@nestjs/common"; export const find = () => { throw new NotFoundException(); };']] as const).flat());
    const workspace = { "package.json": '{ "name": "labs", "private": true, "workspaces": ["labs/*"] }' };
    expect(await checkProject({ ...workspace, ...apps(11) }, { rule })).toEqual(["labs/lab0/src/services/a.service.ts:1:35 no-http-in-service spread"]);
    expect(await checkProject({ ...workspace, ...apps(10) }, { rule })).toHaveLength(10);
  });

  it("counts files that know the statuses alone, and stands in the first of them", async () => {
    const statuses = { "src/services/a.service.ts": 'import { HttpStatus } from "@nestjs/common"; export const gone = () => HttpStatus.GONE;' };
    expect(await checkProject({ ...statuses, ...many(10) }, { rule })).toEqual(["src/services/a.service.ts:1:28 no-http-in-service spread"]);
    expect(await checkProject({ ...statuses, ...many(9) }, { rule })).toHaveLength(10);
  });

  it("takes what only sets a framework up for no service, and what is handed a request for one", async () => {
    expect(await check('import cors from "cors"; import type { Application } from "express"; export const allowOrigins = (app: Application) => { app.use(cors()); };', "src/services/cors.ts")).toEqual([]);
    expect(await check('import ApiGateway from "moleculer-web"; export default { name: "api", mixins: [ApiGateway] };', "src/services/api.service.ts")).toEqual([]);
    expect(await check('import { oc } from "@orpc/contract"; export const orders = oc.router({});', "src/contracts/services.ts")).toEqual([]);
    expect(await check('import type * as express from "express"; export class Errors { run(app: express.Application) { app.use((error: Error, req: express.Request, res: express.Response, next: express.NextFunction) => { res.status(500).send({ error: error.name }); }); } }', "src/services/errors.ts")).toHaveLength(0);
    expect(await check('import type { Request } from "express"; import { client } from "../client"; export const list = (request: Request) => client.list(request.query);', "src/services/orders.ts")).toHaveLength(1);
    const orders = { "src/repositories/order.repository.ts": "export class OrderRepository { list() { return []; } }" };
    expect(await checkProject({ ...orders, "src/services/order.service.ts": 'import { Router } from "express"; import { OrderRepository } from "../repositories/order.repository"; export class OrderService { router = Router(); constructor(private orders: OrderRepository) {} }' }, { rule })).toHaveLength(1);
  });

  it("leaves what only says what a class is, and what a platform tells that is no request; and reports exceptions of HTTP by name", async () => {
    const model = 'import { Enum, Required } from "@tsed/common"; import { Model } from "@tsed/mongoose"; @Model() export class Currency { @Required() @Enum("EUR") code = "EUR"; }';
    expect(await check(model, "src/models/currency.ts")).toEqual([]);
    expect(await check('import type { CloudFormationCustomResourceEvent } from "aws-lambda"; import { Pool } from "pg"; export const prepare = (event: CloudFormationCustomResourceEvent, pool: Pool) => pool.query("select 1");', "src/infrastructure/prepare.ts")).toEqual([]);
    expect(await check('import { NotFound } from "ts-httpexceptions"; import { users } from "../repositories/users"; export class UserService { find(id: string) { const found = users.find(id); if (!found) throw new NotFound(id); return found; } }')).toHaveLength(1);
  });

  it("leaves types of errors that other servers answered", async () => {
    expect(await check('import { HttpError } from "http-errors"; import { people } from "../people"; export const find = async () => { try { return await people.find(); } catch (error) { if ((error as HttpError).status === 404) return undefined; throw error; } };')).toEqual([]);
  });

  it("leaves the resources of Feathers, which clients ask, and their containers of LoopBack", async () => {
    const feathers = { "package.json": JSON.stringify({ dependencies: { "@feathersjs/feathers": "5" } }), "src/services/users/users.class.ts": 'import { NotFound } from "@feathersjs/errors"; export class Users { get() { throw new NotFound(); } }', "src/services/users/users.hooks.ts": 'import { disallow } from "feathers-hooks-common"; export default { before: { create: [disallow("external")] } };' };
    expect(await checkProject(feathers, { rule })).toEqual([]);
    expect(await check('import { inject } from "@loopback/core"; import { orders } from "../repositories/orders"; export class OrderService { constructor(@inject("orders") private all = orders) {} }')).toEqual([]);
  });

  it("leaves stores of sessions, and what else a framework asks for, in the framework's words", async () => {
    expect(await check('import connectDynamo from "connect-dynamodb"; import session from "express-session"; export const Store = connectDynamo(session);', "src/repositories/session.ts")).toEqual([]);
    expect(await check('import MongoStore from "connect-mongo"; export const store = () => MongoStore.create({});', "src/repositories/session.ts")).toEqual([]);
    const kept = (port: string): string => `import type { Session } from "fastify"; import type { SessionStore } from "@fastify/session"; export class SessionRepository implements ${port} { get(id: string): Session { return { id } as Session; } }`;
    expect(await check(kept("SessionStore"), "src/repositories/session.ts")).toEqual([]);
    expect(await check(kept("Iterable<Session>"), "src/repositories/session.ts")).toHaveLength(1);
    expect(await check(kept("SessionStore"))).toEqual([]);
    const service = "src/authentication/services/token.service.ts";
    const verified = (port: string): string => `import type { TokenService } from "@loopback/authentication"; import { HttpErrors } from "@loopback/rest"; import { UserRepository } from "../../repositories/user.repository"; export class OwnTokens ${port} { constructor(private users: UserRepository) {} verify() { throw new HttpErrors.Unauthorized(); } }`;
    const users = { "src/repositories/user.repository.ts": "export class UserRepository { find() { return 1; } }" };
    expect(await checkProject({ ...users, [service]: verified("implements TokenService") }, { rule })).toEqual([]);
    expect(await checkProject({ ...users, [service]: verified("") }, { rule })).toHaveLength(1);
  });
});

it("lets services know what a queue or a bucket sends to a function, and reports those that know its requests", async () => {
  expect(await check('import type { Context, S3Event, SQSRecord } from "aws-lambda"; export const take = (event: S3Event, record: SQSRecord, context: Context) => [event, record, context];')).toEqual([]);
  expect(await check('import type { APIGatewayProxyEvent } from "aws-lambda"; export const take = (event: APIGatewayProxyEvent) => event.body;')).toHaveLength(1);
});
