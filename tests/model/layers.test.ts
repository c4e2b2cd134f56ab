import { describe, expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../support/model.js";

const layersOf = (files: ProjectLiteral): Record<string, string | undefined> => {
  const model = modelOf(files);
  return Object.fromEntries(model.files.map((file) => [file, model.layerOf(file).layer]));
};

const query = 'import type { Pool } from "pg";\nexport const find = (db: Pool) => db.query("select 1");';
const handler = "export const list = (req: unknown, res: { json(value: unknown): void }) => { res.json(req); };";
const nothing = "export const one = 1;";

describe("folders", () => {
  it("called api say nothing where they hold a whole backend, feature by feature", () => {
    expect(layersOf({ "api/orders/route/order-route.js": nothing, "api/orders/manager/OrderManager.js": nothing, "api/orders/resourceAccess/OrderResourceAccess.js": nothing, "api/orders/prices.js": nothing })).toEqual({
      "api/orders/route/order-route.js": "api",
      "api/orders/manager/OrderManager.js": "service",
      "api/orders/resourceAccess/OrderResourceAccess.js": "repository",
      "api/orders/prices.js": undefined,
    });
    expect(layersOf({ "src/api/orders/reply.ts": nothing, "src/services/order.service.ts": nothing })["src/api/orders/reply.ts"]).toBe("api");
  });

  it("called services that lie in the infrastructure hold its adapters", () => {
    const adapter = 'import type { Pool } from "pg";\nexport class SecondFactorService { constructor(private readonly db: Pool) {} find(id: string) { return this.db.query("select 1 from factors where id = $1", [id]); } }';
    expect(layersOf({ "src/infrastructure/services/SecondFactorService.ts": adapter, "src/application/services/SecondFactorService.ts": adapter, "src/sockets/orders.ts": 'import { SocketService } from "@tsed/socketio";\n@SocketService("/orders") export class Orders {}' })).toEqual({ "src/infrastructure/services/SecondFactorService.ts": "repository", "src/application/services/SecondFactorService.ts": "service", "src/sockets/orders.ts": "api" });
  });

  it("called services hold the gateway of Moleculer as well", () => {
    expect(layersOf({ "services/www.service.js": 'const ApiGateway = require("moleculer-web");\nmodule.exports = { name: "www", mixins: [ApiGateway] };', "services/orders.service.js": 'const { MoleculerError } = require("moleculer").Errors;\nmodule.exports = { name: "orders", actions: { list() { throw new MoleculerError("none"); } } };' })).toEqual({ "services/www.service.js": "api", "services/orders.service.js": "service" });
  });

  it("called api that only ask another server are of none, and those that answer are", () => {
    const asks = "export const articles = async () => (await fetch(`${process.env.SERVER}/articles`)).json();";
    const search = "export const search = async (text: string) => { const found = await fetch(`/search?q=${text}`); return found.json(); };";
    const shapes = "export const empty = { total: 0 };";
    expect(layersOf({ "src/api/articles.ts": asks, "src/api/search.ts": search, "src/api/shapes.ts": shapes })).toEqual({ "src/api/articles.ts": undefined, "src/api/search.ts": undefined, "src/api/shapes.ts": undefined });
    for (const answer of ["export const GET = async () => fetch(process.env.SERVER ?? '');", "export default async function answer() { return fetch(process.env.SERVER ?? ''); }", "export const relay = async (request: Request) => fetch(request.url);", "export const relay = async (url: string) => { await fetch(url); return Response.json({}); };", "export const relay = async (url: string) => { await fetch(url); return new Response(null); };"]) {
      expect(layersOf({ "src/api/articles.ts": asks, "src/api/answer.ts": answer })["src/api/articles.ts"], answer).toBe("api");
    }
    // One of many that asks says nothing of the others.
    expect(layersOf({ "src/api/articles.ts": asks, "src/api/a.ts": nothing, "src/api/b.ts": nothing })["src/api/a.ts"]).toBe("api");
  });

  it("called models hold no model in what answers requests or tells of events beside those of a store", () => {
    const stream = 'import type { FastifyReply } from "fastify";\nexport class Progress { constructor(private reply: FastifyReply) {}\n  tell(text: string) { this.reply.raw.write(text); } }';
    const emitter = 'import { EventEmitter } from "node:events";\nexport class Disks extends EventEmitter { tick() { this.emit("tick"); } }';
    const told = 'import { EventEmitter } from "node:events";\nimport type { Pool } from "pg";\nexport class Orders extends EventEmitter { constructor(private db: Pool) { super(); }\n  find() { return this.db.query("select 1"); } }';
    const row = 'import { EventEmitter } from "node:events";\nimport { mapped } from "./mapped.js";\n@mapped() export class Line extends EventEmitter {}';
    expect(layersOf({ "src/models/order.ts": query, "src/models/progress.ts": stream, "src/models/disks.ts": emitter, "src/models/orders.ts": told, "src/models/line.ts": row, "src/models/plain.ts": nothing })).toEqual({
      "src/models/order.ts": "repository",
      "src/models/progress.ts": undefined,
      "src/models/disks.ts": undefined,
      "src/models/orders.ts": "repository",
      "src/models/line.ts": "repository",
      "src/models/plain.ts": "repository",
    });
  });

  it("that stand for the servers of others beside the application are of its tests, and alone they are the application", () => {
    const server = 'import express from "express";\nexport const app = express();\napp.post("/", (req, res) => res.json({}));';
    const files = { "package.json": '{ "dependencies": { "express": "5" } }', "stub-api/stub-shop.ts": server, "src/orders/service-stubs.ts": nothing };
    expect(layersOf(files)["stub-api/stub-shop.ts"]).toBe("tests");
    const { "src/orders/service-stubs.ts": _application, ...alone } = files;
    expect(layersOf(alone)["stub-api/stub-shop.ts"]).not.toBe("tests");
    expect(layersOf({ ...files, "src/mock-server/shop.ts": server })["src/mock-server/shop.ts"]).not.toBe("tests");
  });

  it("of two kinds of the api, one in the other, leave no doubt, and one alone does for a helper", () => {
    const model = modelOf({ "src/controllers/presenters/order.ts": nothing, "src/presenters/order.ts": nothing, "src/api/v1/order.ts": nothing });
    expect(["src/controllers/presenters/order.ts", "src/presenters/order.ts"].map((file) => [model.layerOf(file).layer, model.layerOf(file).guessed])).toEqual([["api", undefined], ["api", true]]);
  });

  it("of routes and controllers hold the api, whatever lies in them is called, but for what does another layer's work", () => {
    expect(layersOf({ "src/routes/hub/repository/get.ts": nothing, "src/routes/hub/configuration/put.ts": nothing, "src/controllers/users/helpers.ts": nothing, "src/routes/users/repositories/users.ts": query, "src/routes/users/services/join.ts": nothing })).toEqual({
      "src/routes/hub/repository/get.ts": "api",
      "src/routes/hub/configuration/put.ts": "api",
      "src/controllers/users/helpers.ts": "api",
      "src/routes/users/repositories/users.ts": "repository",
      "src/routes/users/services/join.ts": "service",
    });
  });

  it("of services hold handlers that nothing outside calls", () => {
    const outward = 'import type { Request, Response } from "express";\nexport const handle = (req: Request, res: Response) => { res.json(req.body); };';
    expect(layersOf({ "src/orders/services/order.change.handler.ts": nothing, "src/orders/services/order.http.handler.ts": outward, "src/orders/order.change.handler.ts": nothing })).toEqual({ "src/orders/order.change.handler.ts": "api", "src/orders/services/order.change.handler.ts": "service", "src/orders/services/order.http.handler.ts": "api" });
  });

  it("say nothing of a package that keeps the state of pages and serves nothing", () => {
    const manifest = (dependencies: Record<string, string>): string => JSON.stringify({ name: "core", dependencies });
    expect(layersOf({ "package.json": manifest({ redux: "5.0.0" }), "src/database/store/orders.ts": nothing })).toEqual({ "src/database/store/orders.ts": undefined });
    expect(layersOf({ "package.json": manifest({ redux: "5.0.0", express: "5.0.0" }), "src/database/orders.ts": nothing })).toEqual({ "src/database/orders.ts": "repository" });
  });

  it("tell what answers hold from values of the domain, and sockets' adapters from stores", () => {
    const view = 'import { ApiProperty } from "@nestjs/swagger";\nexport class OrderVo { @ApiProperty() id!: string; }';
    const adapter = 'import { IoAdapter } from "@nestjs/platform-socket.io";\nimport { createAdapter } from "@socket.io/redis-adapter";\nexport class RedisIoAdapter extends IoAdapter { made = createAdapter; }';
    expect(layersOf({ "src/orders/vos/order.vo.ts": view, "src/orders/domain/money.vo.ts": "export class Money { constructor(readonly amount: number) {} }", "src/socket/adapter/redis/redis-io.adapter.ts": adapter })).toEqual({ "src/orders/domain/money.vo.ts": "domain", "src/orders/vos/order.vo.ts": "api", "src/socket/adapter/redis/redis-io.adapter.ts": "api" });
  });

  it("yield to a module of Nest, whatever guard stands beside it", () => {
    const guarded = 'import { Module } from "@nestjs/common";\nimport { ThrottlerGuard } from "@nestjs/throttler";\nclass OwnGuard extends ThrottlerGuard {}\n@Module({ providers: [OwnGuard] })\nexport class AppModule {}';
    expect(layersOf({ "src/modules/app.module.ts": guarded, "src/modules/own.guard.ts": guarded.split("\n").slice(0, 3).join("\n") })).toEqual({ "src/modules/app.module.ts": "composition", "src/modules/own.guard.ts": "api" });
  });

  it("of routes hold features where a service lies beside", () => {
    expect(layersOf({ "src/routes/profile/profile.service.ts": nothing, "src/routes/profile/profile.utils.ts": nothing, "src/routes/profile/profile.controller.ts": nothing })).toEqual({ "src/routes/profile/profile.controller.ts": "api", "src/routes/profile/profile.service.ts": "service", "src/routes/profile/profile.utils.ts": "shared" });
  });

  it("say nothing of methods that answer remote calls, which are the api, and helpers of theirs are none", () => {
    const method = 'import type { HandlerContext } from "@connectrpc/connect";\nexport const listOrders = async (options: object, request: object, context: HandlerContext) => ({ orders: [], context });';
    expect(
      layersOf({
        "src/services/orders/list.ts": method,
        "src/services/OrderService.ts": 'import type { ServiceImpl } from "@connectrpc/connect";\nimport { listOrders } from "./orders/list.js";\nexport default (options: object): Partial<ServiceImpl<never>> => ({ listOrders: (request, context) => listOrders(options, request, context) });',
        "src/services/greeter.ts": 'import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";\nexport const greet = (call: ServerUnaryCall<object, object>, answer: sendUnaryData<object>) => answer(null, {});',
        "src/services/log.ts": 'import type { HandlerContext } from "@connectrpc/connect";\nexport const loggerOf = (context: HandlerContext, name: string) => ({ context, name });',
        "src/services/call.ts": 'import { createClient } from "@connectrpc/connect";\nexport const client = createClient(null, null);',
      }),
    ).toEqual({ "src/services/OrderService.ts": "api", "src/services/call.ts": "service", "src/services/greeter.ts": "api", "src/services/log.ts": "service", "src/services/orders/list.ts": "api" });
  });

  it("say nothing of files that make types of a GraphQL schema, which are the api", () => {
    const type = 'import { GraphQLInt, GraphQLNonNull } from "graphql";\nexport const count = { type: new GraphQLNonNull(GraphQLInt), resolve: () => 1 };';
    expect(layersOf({ "src/graphql/query/orders.ts": type, "src/services/errors.ts": 'import { GraphQLError } from "graphql";\nexport class Missing extends GraphQLError {}', "src/graphql/query/other.ts": query })).toEqual({ "src/graphql/query/orders.ts": "api", "src/services/errors.ts": "service", "src/graphql/query/other.ts": "api" });
  });

  it("called gateway are the api where they meet the outside, and may be those of payments", () => {
    expect(layersOf({ "src/models/gateway/gateway-name.ts": nothing, "src/gateway/chat.ts": 'import { WebSocketGateway } from "@nestjs/websockets";\n@WebSocketGateway() export class Chat {}' })).toEqual({ "src/models/gateway/gateway-name.ts": undefined, "src/gateway/chat.ts": "api" });
  });

  it("of the application hold what it does when something has happened", () => {
    expect(layersOf({ "src/forum/application/subscribers/on-answer.ts": 'import { Injectable } from "@nestjs/common";\n@Injectable() export class OnAnswer {}', "src/orders/subscribers/on-order.ts": nothing })).toEqual({ "src/forum/application/subscribers/on-answer.ts": "service", "src/orders/subscribers/on-order.ts": undefined });
  });

  it("say nothing of settings that are given as a service", () => {
    expect(layersOf({ "src/env/env.service.ts": nothing, "src/config/config.service.ts": query })).toEqual({ "src/env/env.service.ts": "settings", "src/config/config.service.ts": "service" });
  });

  it("that are features of the business name no layer", () => {
    expect(layersOf({ "src/setting/setting.controller.ts": nothing, "src/setting/group.ts": nothing, "src/workflow/context.ts": nothing, "src/applications/join.ts": nothing, "src/domains/verify.ts": nothing })).toEqual({
      "src/setting/setting.controller.ts": "api",
      "src/setting/group.ts": undefined,
      "src/workflow/context.ts": undefined,
      "src/applications/join.ts": undefined,
      "src/domains/verify.ts": undefined,
    });
    expect(layersOf({ "src/workflows/pay.ts": nothing, "src/application/join.ts": nothing })).toEqual({ "src/workflows/pay.ts": "service", "src/application/join.ts": "service" });
  });

  it("called core are the domain in an onion, and a box of parts elsewhere", () => {
    expect(layersOf({ "src/core/order.ts": nothing, "src/infrastructure/mail.ts": nothing })["src/core/order.ts"]).toBe("domain");
    expect(layersOf({ "src/core/order.ts": nothing, "src/core/entities/line.ts": nothing })["src/core/order.ts"]).toBe("domain");
    expect(layersOf({ "src/modules/core/scopes.ts": nothing, "src/modules/core/domain/order.ts": nothing, "src/modules/core/services/orders.ts": nothing, "src/modules/core/rest/orders.ts": nothing })).toMatchObject({ "src/modules/core/domain/order.ts": "domain", "src/modules/core/scopes.ts": undefined, "src/modules/core/services/orders.ts": "service" });
    expect(layersOf({ "src/core/scopes.ts": nothing, "src/core/domain/order.ts": nothing, "src/core/services/orders.ts": nothing })["src/core/scopes.ts"]).toBe("domain");
    expect(layersOf({ "src/core/crypto.ts": nothing, "src/core/redis/connection.ts": nothing, "src/routes/a.ts": nothing })["src/core/crypto.ts"]).toBeUndefined();
  });

  it("of a workspace without packages are no layers themselves", () => {
    expect(layersOf({ "package.json": "{}", "apps/api/src/main.ts": "start();", "apps/api/src/app/users/names.ts": nothing, "libs/prisma/src/lib/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient {}', "libs/common/src/lib/dates.ts": nothing, "libs/billing/src/lib/prices.ts": nothing })).toEqual({
      "apps/api/src/main.ts": "composition",
      "apps/api/src/app/users/names.ts": undefined,
      "libs/prisma/src/lib/prisma.service.ts": "repository",
      "libs/common/src/lib/dates.ts": "shared",
      "libs/billing/src/lib/prices.ts": undefined,
    });
  });

  it("of models are persistence through the project's own base classes, and for what lies beside them", () => {
    expect(layersOf({ "src/models/Base.ts": 'import { Model } from "objection";\nexport class Base extends Model {}', "src/models/user/User.ts": 'import { Base } from "../Base";\nexport class User extends Base {}', "src/models/user/mails.ts": nothing, "src/models/user/user.validation.ts": 'import Joi from "joi";\nexport const user = Joi.object();' })).toEqual({
      "src/models/Base.ts": "repository",
      "src/models/user/User.ts": "repository",
      "src/models/user/mails.ts": "repository",
      "src/models/user/user.validation.ts": "repository",
    });
  });

  it("of queries hold the repository layer where they are written in SQL", () => {
    expect(layersOf({ "src/queries/users.ts": 'import { sql } from "./sql";\nexport const find = () => sql.type(Number)`select 1`;', "src/queries/list-users.ts": nothing })).toEqual({ "src/queries/list-users.ts": "repository", "src/queries/users.ts": "repository" });
  });

  it("of settings hold none where they set a framework up with code of the project", () => {
    expect(layersOf({ "src/config/app.ts": nothing, "src/config/docs.ts": 'import swagger from "swagger-ui-express";\nimport { routes } from "../routes/all.js";\nexport const docs = swagger.setup(routes);', "src/config/limits.ts": 'import limit from "express-rate-limit";\nexport const limits = limit();', "src/routes/all.ts": "export const routes = 1;" })).toEqual({ "src/config/app.ts": "settings", "src/config/docs.ts": undefined, "src/config/limits.ts": "settings", "src/routes/all.ts": "api" });
  });
});

describe("names", () => {
  it("say nothing of what something is turned into", () => {
    expect(layersOf({ "src/orders/timesToCron.ts": nothing, "src/orders/times-to-cron.ts": nothing, "src/orders/nightly-cron.ts": nothing })).toEqual({ "src/orders/timesToCron.ts": undefined, "src/orders/times-to-cron.ts": undefined, "src/orders/nightly-cron.ts": "api" });
  });

  it("keep what they end in before the mark of what no browser is sent", () => {
    const middleware = 'import type { Request } from "express";\nexport const limit = (req: Request) => req.url;';
    expect(layersOf({ "src/services/limitMiddleware.server.ts": middleware, "src/orders/orderService.server.ts": nothing, "src/orders/order.controller.server.ts": nothing, "src/services/orders.server.ts": nothing, "src/orders/notes.server.ts": nothing })).toEqual({
      "src/services/limitMiddleware.server.ts": "api",
      "src/orders/orderService.server.ts": "service",
      "src/orders/order.controller.server.ts": "api",
      "src/services/orders.server.ts": "service",
      "src/orders/notes.server.ts": undefined,
    });
  });

  it("of a user interface beside the server hold no layer", () => {
    const files = { "package.json": '{ "name": "app", "dependencies": { "react": "19.0.0", "fastify": "5.0.0" } }', "client/app.jsx": "export const App = () => null;", "client/api/users.js": "export const find = () => ask(url);", "server/api/users.js": "export const find = () => 1;" };
    expect(layersOf(files)).toEqual({ "server/api/users.js": "api" });
    const { "client/app.jsx": _page, ...without } = files;
    expect(layersOf(without)).toEqual({ "client/api/users.js": "api", "server/api/users.js": "api" });
  });

  it("of providers hold what they hold beside scripts of pages, and a user interface beside its components", () => {
    const of = (library: string): Readonly<Record<string, unknown>> => {
      const model = modelOf({ "package.json": `{ "name": "app", "dependencies": { "${library}": "1", "express": "5.0.0" } }`, "src/providers/theme.ts": "export const theme = 1;", "src/providers/database.ts": 'import mongoose from "mongoose";\nexport const connect = (url: string) => mongoose.connect(url);' });
      return Object.fromEntries(["src/providers/theme.ts", "src/providers/database.ts"].map((file) => [file, model.layerOf(file).evidence.includes("user interface")]));
    };
    expect(of("jquery")).toEqual({ "src/providers/theme.ts": false, "src/providers/database.ts": false });
    expect(of("react")).toEqual({ "src/providers/theme.ts": true, "src/providers/database.ts": false });
  });

  it("of the domain's services hold the domain there, and what does their work in the infrastructure is not of it", () => {
    expect(layersOf({ "src/domain/tokens/token.domain-service.ts": nothing, "src/infrastructure/tokens/jwt.domain-service.ts": 'import jwt from "jsonwebtoken";\nexport const sign = (id: string, key: string) => jwt.sign({ id }, key);' })["src/infrastructure/tokens/jwt.domain-service.ts"]).not.toBe("domain");
    expect(layersOf({ "src/domain/tokens/token.domain-service.ts": nothing })["src/domain/tokens/token.domain-service.ts"]).toBe("domain");
  });

  it("of commands that start the application hold composition", () => {
    expect(layersOf({ "src/commands/create-admin.ts": 'import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "../app.module";\nvoid (async () => { const app = await NestFactory.createApplicationContext(AppModule); await app.close(); })();', "src/app.module.ts": nothing })["src/commands/create-admin.ts"]).toBe("composition");
  });

  it("of validation are the api's, but for that of anything", () => {
    expect(layersOf({ "src/a/schemaValidation.ts": nothing, "src/a/data-validator.ts": nothing, "src/a/userValidation.ts": 'import Joi from "joi";\nexport const create = Joi.object({ name: Joi.string() });' })["src/a/userValidation.ts"]).toBe("api");
    expect(layersOf({ "src/a/schemaValidation.ts": nothing, "src/a/data-validator.ts": nothing })).toEqual({});
  });

  it("that follow no convention say nothing of files that do something else", () => {
    expect(layersOf({ "src/naming.strategy.ts": nothing, "src/jwt.processor.ts": 'import { Injectable } from "@nestjs/common";\nexport default Injectable;', "src/repositories/system/dict-type.ts": nothing, "src/refresh-token.ts": nothing, "src/hub/hub-repository.ts": nothing, "src/hub/repository.ts": nothing })).toEqual({
      "src/repositories/system/dict-type.ts": "repository",
      "src/naming.strategy.ts": undefined,
      "src/jwt.processor.ts": undefined,
      "src/refresh-token.ts": undefined,
      "src/hub/hub-repository.ts": undefined,
      "src/hub/repository.ts": undefined,
    });
    expect(layersOf({ "src/users/user-repository.ts": "export class UserRepository {}", "src/mail.processor.ts": 'import { Processor } from "@nestjs/bullmq";\nexport default Processor;' })).toEqual({ "src/mail.processor.ts": "api", "src/users/user-repository.ts": "repository" });
  });

  it("yield to the folder where they may be about the business", () => {
    expect(layersOf({ "src/types/InfraConfig.ts": nothing, "src/services/user_settings.ts": nothing, "src/config/cidr-validator.ts": nothing, "src/config/database.config.ts": nothing, "src/database/config.ts": nothing })).toEqual({
      "src/types/InfraConfig.ts": "shared",
      "src/services/user_settings.ts": "service",
      "src/config/cidr-validator.ts": "settings",
      "src/config/database.config.ts": "settings",
      "src/database/config.ts": "settings",
    });
  });

  it("of settings are tables where an ORM makes them, and tools that know the project are not for everybody", () => {
    expect(layersOf({ "src/schema/app_build_settings.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const settings = pgTable("settings", { id: text("id") });', "src/chat/tools/list.ts": 'import { one } from "../../users/one.js";\nexport default one;', "src/users/one.ts": nothing })).toEqual({ "src/chat/tools/list.ts": undefined, "src/schema/app_build_settings.ts": "repository", "src/users/one.ts": undefined });
  });

  it("of services are the store itself where they are called like its folder", () => {
    const files = { "src/redis/redis.service.ts": 'import Redis from "ioredis";\nexport class RedisService { client = new Redis(); get(key: string) { return this.client.get(key); } }', "src/redis/sessions.service.ts": nothing };
    expect(layersOf(files)).toEqual({ "src/redis/redis.service.ts": "repository", "src/redis/sessions.service.ts": "service" });
  });

  it("starts the application two folders down, where it is made, and is of a user interface where it touches a page", () => {
    const server = 'import express from "express"; export const app = express(); app.get("/", (req, res) => { res.send("up"); }); app.listen(3000);';
    expect(
      layersOf({
        "server/src/server.ts": server,
        "server/src/storage/server.ts": "export const io = 1;",
        "web/js/helpers.ts": 'document.getElementById("a")?.remove();',
        "server/src/scrape-helper.ts": 'import { page } from "./page.js"; export const f = () => page.evaluate(() => document.querySelector("a"));',
      }),
    ).toEqual({ "server/src/server.ts": "composition", "server/src/storage/server.ts": undefined, "web/js/helpers.ts": undefined, "server/src/scrape-helper.ts": "shared" });
  });

  it("of services are composition where an application is made", () => {
    expect(layersOf({ "src/web/server.service.ts": 'import Koa from "koa";\nexport class ServerService { app = new Koa(); }' })).toEqual({ "src/web/server.service.ts": "composition" });
  });
});

describe("what a file does", () => {
  it("makes it api where it answers requests", () => {
    expect(layersOf({ "lib/notes.ts": handler, "lib/dates.ts": nothing })).toEqual({ "lib/notes.ts": "api", "lib/dates.ts": "shared" });
  });

  it("makes decorators between layers none of them", () => {
    expect(layersOf({ "src/auth/roles.decorator.ts": 'import { SetMetadata } from "@nestjs/common";\nexport const Roles = SetMetadata("roles", []);', "src/time/timed.decorator.ts": nothing })).toEqual({ "src/auth/roles.decorator.ts": undefined, "src/time/timed.decorator.ts": "shared" });
  });

  it("makes plugins of a framework nothing that only the composition root may import", () => {
    expect(layersOf({ "src/plugins/auth.ts": 'import fp from "fastify-plugin";\nexport default fp(async () => {});' })).toEqual({ "src/plugins/auth.ts": undefined });
  });

  it("leaves helpers of a feature that know its code to what they do", () => {
    expect(layersOf({ "src/users/helpers.ts": 'import { db } from "../database/index.js";\nexport const one = db;', "src/users/settings.ts": 'import { db } from "../database/index.js";\nexport const two = db;', "src/database/index.ts": "export const db = 1;", "src/config.ts": nothing })).toEqual({ "src/config.ts": "settings", "src/database/index.ts": "repository", "src/users/helpers.ts": undefined, "src/users/settings.ts": undefined });
  });

  it("leaves helpers of a feature that query to what they do", () => {
    expect(layersOf({ "src/orders/order.helper.ts": query, "src/orders/price.helper.ts": nothing })).toEqual({ "src/orders/order.helper.ts": undefined, "src/orders/price.helper.ts": "shared" });
  });
});

describe("code that says what it is in other ways", () => {
  it("is a repository also where its name ends in the store that it is for", () => {
    expect(layersOf({ "src/domain/users/user.repository.mongo.ts": query, "src/users/user-repository.in-memory.ts": nothing, "src/domain/users/user.repository.interface.ts": nothing, "src/domain/users/user.memory.ts": nothing })).toEqual({
      "src/domain/users/user.repository.mongo.ts": "repository",
      "src/users/user-repository.in-memory.ts": undefined,
      "src/domain/users/user.repository.interface.ts": "shared",
      "src/domain/users/user.memory.ts": "domain",
    });
  });

  it("is the composition root where many services and repositories are made, and not where many errors are", () => {
    const names = ["One", "Two", "Three", "Four", "Five"];
    const made = (kind: string): string => `import { ${names.map((name) => name + kind).join(", ")} } from "./all.js";\nexport const build = () => [${names.map((name) => `new ${name}${kind}()`).join(", ")}];`;
    const all = names.map((name) => `export class ${name}Repository {}\nexport class ${name}Error extends Error {}`).join("\n");
    expect(layersOf({ "src/wiring/build.ts": made("Repository"), "src/wiring/fail.ts": made("Error"), "src/wiring/all.ts": all })).toMatchObject({ "src/wiring/build.ts": "composition", "src/wiring/fail.ts": undefined });
  });
});

describe("folders that hold more than their name says", () => {
  it("hold data called an endpoint where nothing in it meets a caller", () => {
    expect(layersOf({ "src/models/tenants/webhookEndpoint.ts": "export const secretOf = (endpoint) => endpoint.secret;", "src/models/tenants/shop-endpoint.ts": 'import type { Request } from "express";\nexport const one = (req: Request) => req.body;' })).toEqual({ "src/models/tenants/webhookEndpoint.ts": "domain", "src/models/tenants/shop-endpoint.ts": "api" });
  });

  const express = 'import type { Request } from "express";\nexport const one = (req: Request) => req.body;';
  it("are of the api for guards, webhooks and jobs that do such work, and say nothing of others", () => {
    expect(layersOf({ "src/guards/is-signed.ts": nothing, "src/guards/signed-in.ts": express, "src/webhooks/create-webhook.ts": query, "src/webhooks/paid.ts": handler, "src/jobs/pool-is-full.ts": nothing, "src/jobs/clean-up.ts": query, "src/internal/http/agent.ts": nothing, "src/sharding/strategy/single.ts": nothing, "src/http/show.ts": handler, "src/prisma/prisma-middleware.ts": nothing, "src/auth/auth-middleware.js": "export const signedIn = async (ctx, next) => { await next(); };" })).toEqual({
      "src/guards/is-signed.ts": undefined,
      "src/guards/signed-in.ts": "api",
      "src/webhooks/create-webhook.ts": undefined,
      "src/webhooks/paid.ts": "api",
      "src/jobs/pool-is-full.ts": undefined,
      "src/jobs/clean-up.ts": "api",
      "src/internal/http/agent.ts": undefined,
      "src/sharding/strategy/single.ts": undefined,
      "src/http/show.ts": "api",
      "src/prisma/prisma-middleware.ts": "repository",
      "src/auth/auth-middleware.js": "api",
    });
  });

  it("leave a queue that others put work into to everybody", () => {
    expect(layersOf({ "src/queues/mail.ts": 'import { Queue } from "bullmq";\nexport const mail = new Queue("mail");', "src/queues/mail-worker.ts": 'import { Worker } from "bullmq";\nexport const worker = new Worker("mail", async () => {});' })).toEqual({ "src/queues/mail.ts": undefined, "src/queues/mail-worker.ts": "api" });
  });

  it("are parts of an address below a page with parameters", () => {
    expect(layersOf({ "app/(site)/[team]/settings/general/form.ts": nothing, "app/settings/limits.ts": nothing })).toEqual({ "app/(site)/[team]/settings/general/form.ts": undefined, "app/settings/limits.ts": "settings" });
  });

  it("called spec hold tests where any test lies in them, and specifications elsewhere", () => {
    const router = 'import Router from "@koa/router"; export const spec = new Router();';
    expect(layersOf({ "src/spec/routes.ts": router, "spec/helper.ts": nothing, "spec/notes.spec.ts": nothing, "lib/specs/setup.ts": nothing, "lib/specs/notes.ts": 'describe("notes", () => {});' })).toEqual({ "src/spec/routes.ts": "api", "spec/helper.ts": "tests", "spec/notes.spec.ts": "tests", "lib/specs/setup.ts": "tests", "lib/specs/notes.ts": "tests" });
  });

  it("called domain are no layer where controllers lie below", () => {
    expect(layersOf({ "src/domain/index.ts": nothing, "src/domain/shop/orders/orders.controller.ts": nothing, "src/domain/shop/orders/price.ts": nothing })).toEqual({ "src/domain/index.ts": undefined, "src/domain/shop/orders/orders.controller.ts": "api", "src/domain/shop/orders/price.ts": undefined });
    expect(layersOf({ "src/domain/shop/orders/orders.resolver.queries.ts": nothing, "src/domain/shop/orders/price.ts": nothing })).toMatchObject({ "src/domain/shop/orders/price.ts": undefined });
    expect(layersOf({ "src/domain/shop/price-resolver.ts": nothing, "src/domain/shop/price.ts": nothing })).toMatchObject({ "src/domain/shop/price.ts": "domain" });
    // What makes the server, in a folder of its own.
    expect(layersOf({ "src/server/server.js": 'import Hapi from "@hapi/hapi";\nexport const createServer = () => Hapi.server({ port: 1 });' })).toEqual({ "src/server/server.js": "composition" });
    // Services that are deployed by themselves, and those of one application.
    const handles = 'import type { APIGatewayProxyResult } from "aws-lambda";\nexport const handler = async (): Promise<APIGatewayProxyResult> => ({ statusCode: 200, body: "" });';
    expect(layersOf({ "services/pay/handler.ts": handles, "services/pay/price.ts": nothing, "src/services/pay/handler.ts": handles, "src/services/pay/price.ts": nothing })).toMatchObject({ "services/pay/price.ts": undefined, "src/services/pay/price.ts": "service" });
    // A version of a store, and of an api.
    expect(layersOf({ "src/database/v1/start.hook.ts": query, "src/controllers/v1/orders.ts": nothing })).toMatchObject({ "src/database/v1/start.hook.ts": "repository", "src/controllers/v1/orders.ts": "api" });
    // Jobs that are kept, and jobs that a clock runs.
    const model = 'import { Schema, model } from "mongoose";\nexport const Job = model("Job", new Schema({ at: Date }));';
    expect(layersOf({ "src/shop/jobs/job.repository.ts": nothing, "src/shop/jobs/job.model.ts": model, "src/jobs/sweep.ts": query })).toMatchObject({ "src/shop/jobs/job.model.ts": "repository", "src/jobs/sweep.ts": "api" });
    // Repositories that reach their stores lie there; ports do not reach any.
    expect(layersOf({ "src/domain/shop/order.repository.ts": 'import { Pool } from "pg";\nconst db = new Pool();\nexport const find = () => db.query("select 1");', "src/domain/shop/order.service.ts": nothing, "src/domain/shop/price.ts": nothing })).toMatchObject({ "src/domain/shop/price.ts": undefined });
    expect(layersOf({ "src/domain/shop/order.repository.ts": "export interface OrderRepository { find(): void }", "src/domain/shop/order.service.ts": nothing, "src/domain/shop/price.ts": nothing })).toMatchObject({ "src/domain/shop/price.ts": "domain" });
  });

  it("of routers end shared code, and models that query are of the repository", () => {
    expect(layersOf({ "lib/trpc/routers/api/keys.ts": nothing, "lib/api/dates.ts": nothing, "src/models/user.ts": "export const shape = 1;", "src/models/base.ts": query, "src/models/utils/pages.ts": query })).toEqual({ "lib/trpc/routers/api/keys.ts": "api", "lib/api/dates.ts": "shared", "src/models/base.ts": "repository", "src/models/utils/pages.ts": "repository", "src/models/user.ts": "repository" });
  });

  it("of adapters that work through services, and of errors with one called entity", () => {
    expect(layersOf({ "src/export/adapters/label.ts": 'import { In } from "typeorm";\nimport { LabelService } from "../../labels/label.service.js";\nexport const one = [In, LabelService];', "src/labels/label.service.ts": "export class LabelService {}", "src/locales/en/errors/entity.ts": nothing, "src/users/entity.ts": nothing })).toEqual({ "src/export/adapters/label.ts": undefined, "src/labels/label.service.ts": "service", "src/locales/en/errors/entity.ts": "shared", "src/users/entity.ts": "domain" });
  });
});

describe("what a class or file offers", () => {
  it("makes plugins and routers of a framework api, whatever they are called", () => {
    const elysia = 'import { Elysia } from "elysia"; export const notes = new Elysia({ prefix: "/notes" }).get("/", () => []);';
    const fastify = 'import type { FastifyInstance } from "fastify"; export const notes = async (app: FastifyInstance) => { app.get("/", () => []); };';
    expect(layersOf({ "src/modules/notes.ts": elysia, "src/modules/lists.ts": fastify, "src/modules/other.ts": nothing })).toEqual({ "src/modules/lists.ts": "api", "src/modules/notes.ts": "api", "src/modules/other.ts": undefined });
  });

  it("makes loggers shared, validators shared unless they ask somebody, and server actions api", () => {
    expect(
      layersOf({
        "src/logger/logger.service.ts": 'import { ConsoleLogger } from "@nestjs/common";\nexport class LoggerService extends ConsoleLogger {}',
        "src/users/even.validator.ts": 'import { type ValidatorConstraintInterface } from "class-validator";\nexport class Even implements ValidatorConstraintInterface { validate() { return true; } }',
        "lib/teams/actions.ts": '"use server";\nexport const join = async () => {};',
        "trpc/teams.ts": 'import { teamProcedure } from "./base.js";\nexport const list = teamProcedure.input({}).query(async () => []);',
        "trpc/base.ts": nothing,
        "translations/server.ts": nothing,
        "src/models/test-utils.ts": nothing,
        "src/uploads/clean.usecase.ts": 'import { Cron } from "@nestjs/schedule";\nexport class Clean { @Cron("* * * * *") execute() {} }',
      }),
    ).toEqual({ "src/logger/logger.service.ts": "shared", "src/users/even.validator.ts": "shared", "lib/teams/actions.ts": "api", "trpc/teams.ts": "api", "trpc/base.ts": undefined, "translations/server.ts": undefined, "src/models/test-utils.ts": "tests", "src/uploads/clean.usecase.ts": "service" });
  });

  it("leaves helpers and settings of a feature that know its services or its store to what they do", () => {
    expect(layersOf({ "src/flows/flow.helper.ts": 'import { FlowService } from "./services/flow.service.js";\nexport const one = FlowService;', "src/flows/services/flow.service.ts": "export class FlowService {}", "src/commands/database/config.ts": 'import { rows } from "../../queries/rows.js";\nexport const two = rows;', "src/queries/rows.ts": query })).toEqual({ "src/commands/database/config.ts": "repository", "src/flows/flow.helper.ts": undefined, "src/flows/services/flow.service.ts": "service", "src/queries/rows.ts": "repository" });
  });

  it("makes the service of a package of data access that uses its store a repository", () => {
    expect(layersOf({ "package.json": "{}", "libs/dal/package.json": '{ "name": "dal" }', "libs/dal/src/dal.service.ts": query })["libs/dal/src/dal.service.ts"]).toBe("repository");
  });
});

describe("beside the application", () => {
  it("lies no feature that is called as tests are", () => {
    expect(layersOf({ "package.json": "{}", "src/modules/mock/controllers/mock.controller.ts": nothing, "src/modules/mock/services/mocking.service.ts": nothing, "src/tests/test.routes.ts": nothing, "src/orders/mock/orders.controller.ts": nothing, "src/mocks/mail.service.ts": nothing, "test/test.controller.ts": nothing })).toEqual({
      "src/modules/mock/controllers/mock.controller.ts": "api",
      "src/modules/mock/services/mocking.service.ts": "service",
      "src/tests/test.routes.ts": "api",
      "src/orders/mock/orders.controller.ts": "tests",
      "src/mocks/mail.service.ts": "tests",
      "test/test.controller.ts": "tests",
    });
  });

  it("lie packages of tests, tools and assets of a browser", () => {
    expect(layersOf({ "package.json": "{}", "packages/integration-tests/package.json": '{ "name": "t" }', "packages/integration-tests/src/api/users.ts": nothing, "webpack.common.js": nothing, "static/js/user-config.js": nothing, "src/upgrades/1.2.0/user-settings.ts": nothing })).toEqual({
      "packages/integration-tests/src/api/users.ts": "tests",
      "webpack.common.js": undefined,
      "static/js/user-config.js": undefined,
      "src/upgrades/1.2.0/user-settings.ts": "migrations",
    });
  });
});

describe("programs", () => {
  it("that work on the database are put together by hand, and are no repositories", () => {
    expect(layersOf({
      "reset-password.ts": 'import { Pool } from "pg";\n(async () => { await new Pool().query("update users set locked = false"); process.exit(0); })();\n',
      "migration.ts": 'import { Pool } from "pg";\nconst run = async () => { await new Pool().query("select 1"); };\nrun().catch((error) => { console.error(error); process.exit(1); });\n',
      "backfill.ts": 'import { Pool } from "pg";\nasync function main() { await new Pool().query("select 1"); }\nawait main();\n',
      "rows.ts": 'import { Pool } from "pg";\nexport const find = () => new Pool().query("select 1");\n',
      "user.ts": 'import mongoose from "mongoose";\nmongoose.model("User", new mongoose.Schema({ name: String }));\n',
    })).toEqual({ "backfill.ts": "composition", "migration.ts": "composition", "reset-password.ts": "composition", "rows.ts": "repository", "user.ts": "repository" });
  });
});

describe("folders and names that say less than it seems", () => {
  const nest = (what: string, body = "export class One {}"): string => `import { ${what} } from "@nestjs/common";\n@${what}()\n${body}`;
  const wait = 'import { other } from "../../orders/other.js";\nexport const one = async () => other();';

  it("of sources that hold a whole backend, and of a library's sources", () => {
    expect(layersOf({ "lib/domain/order.js": nothing, "lib/application/use_cases/join.js": nothing, "lib/infrastructure/order-text.js": nothing })).toEqual({ "lib/application/use_cases/join.js": "service", "lib/domain/order.js": "domain", "lib/infrastructure/order-text.js": undefined });
    expect(layersOf({ "package.json": "{}", "packages/a/package.json": '{ "name": "a", "main": "x" }', "packages/a/src/index.ts": nothing, "packages/a/src/lib/models/order.ts": nothing, "packages/a/src/lib/prices.ts": nothing })).toMatchObject({ "packages/a/src/lib/models/order.ts": "domain", "packages/a/src/lib/prices.ts": undefined });
    expect(layersOf({ "src/lib/dates.ts": nothing, "src/orders/one.ts": nothing })["src/lib/dates.ts"]).toBe("shared");
  });

  it("of endpoints that hold features, each with its service", () => {
    const files = { "src/endpoints/orders/order.controller.ts": nothing, "src/endpoints/orders/order.service.ts": nothing, "src/endpoints/orders/parts/order-range.ts": nothing, "src/endpoints/page.ts": nothing, "src/endpoints/plain/list.ts": nothing };
    expect(layersOf(files)).toMatchObject({ "src/endpoints/orders/parts/order-range.ts": undefined, "src/endpoints/plain/list.ts": "api", "src/endpoints/page.ts": "api" });
  });

  it("of services that hold features with their controllers, of jobs beside a store, and of addresses that are shared", () => {
    const files = { "src/services/orders/order.controller.ts": nothing, "src/services/orders/order.service.ts": nothing, "src/services/orders/price.ts": nothing, "src/db/jobs/sweep.ts": query, "src/jobs/sweep.ts": query, "packages/shared/endpoints/paths.ts": nothing };
    expect(layersOf(files)).toMatchObject({ "src/services/orders/order.service.ts": "service", "src/services/orders/price.ts": undefined, "src/db/jobs/sweep.ts": "repository", "src/jobs/sweep.ts": "api" });
  });

  it("of helpers that are called services, and of handlers of errors of something else", () => {
    const files = { "src/utils/date-service.ts": nothing, "src/utils/price-service.ts": query, "src/clients/utils/axios-error-handler.ts": 'import type { Request } from "express";\nexport const one = 1;' };
    expect(layersOf(files)).toMatchObject({ "src/utils/date-service.ts": "shared", "src/utils/price-service.ts": "service", "src/clients/utils/axios-error-handler.ts": "api" });
  });

  it("of queries beside commands of an application", () => {
    const files = { "src/application/queries/users/find.ts": query, "src/application/commands/join.ts": nothing };
    expect(layersOf(files)["src/application/queries/users/find.ts"]).toBe("service");
    expect(layersOf({ "src/application/queries/users/find.ts": query })["src/application/queries/users/find.ts"]).toBe("repository");
  });

  it("of a domain that is the work of the application", () => {
    const worked = { "src/domain/close.ts": query, "src/domain/open.ts": query, "src/domain/list.ts": query, "src/domain/price.ts": nothing };
    expect(layersOf(worked)).toMatchObject({ "src/domain/close.ts": "service", "src/domain/price.ts": "service" });
    expect(layersOf({ ...worked, "src/domain/list.ts": nothing })).toMatchObject({ "src/domain/close.ts": "domain", "src/domain/price.ts": "domain" });
  });

  it("of queries for a store, of those that GraphQL answers, and of commands of a command line", () => {
    expect(layersOf({ "src/queries/find.ts": query, "src/queries/order-by.ts": nothing })["src/queries/order-by.ts"]).toBe("repository");
    expect(layersOf({ "src/users/queries/find.ts": query, "src/users/queries/order-by.ts": nothing, "src/users/commands/join.ts": nothing })["src/users/queries/order-by.ts"]).toBe("service");
    expect(layersOf({ "src/graphql/queries/users.ts": nothing, "src/graphql/services/users.ts": nothing, "src/api/queries/get.ts": nothing })).toEqual({ "src/api/queries/get.ts": "api", "src/graphql/services/users.ts": "api", "src/graphql/queries/users.ts": "api" });
    expect(layersOf({ "src/commands/start.ts": 'import { Command } from "commander";\nexport const start = new Command("start");', "src/commands/stop.ts": nothing })["src/commands/stop.ts"]).toBe("api");
    expect(layersOf({ "src/commands/join.ts": nothing })["src/commands/join.ts"]).toBe("service");
  });

  it("of shared code that is a feature's own, and of a cache among it", () => {
    const files = { "src/orders/utils/price.ts": wait, "src/orders/other.ts": nothing, "src/utils/dates.ts": wait.replaceAll("../../", "../"), "src/utils/redis/lock.ts": nothing, "src/orders/helpers/text.ts": nothing };
    expect(layersOf(files)).toEqual({ "src/orders/helpers/text.ts": "shared", "src/orders/other.ts": undefined, "src/orders/utils/price.ts": undefined, "src/utils/dates.ts": "shared", "src/utils/redis/lock.ts": "shared" });
  });

  it("of constants and types that work with others", () => {
    expect(layersOf({ "src/api/constants/get-one.ts": wait, "src/api/constants/limits.ts": nothing, "src/orders/other.ts": nothing })).toMatchObject({ "src/api/constants/get-one.ts": "api", "src/api/constants/limits.ts": "shared" });
  });

  it("of the API of somebody else", () => {
    const client = 'import axios from "axios";\nexport const ask = () => axios.get("/people");';
    expect(layersOf({ "src/people/api/people-client.ts": client, "src/people/api/person.ts": nothing })).toEqual({ "src/people/api/people-client.ts": undefined, "src/people/api/person.ts": undefined });
    expect(layersOf({ "src/people/api/people-client.ts": client, "src/people/api/list.ts": handler })["src/people/api/people-client.ts"]).toBe("api");
    expect(layersOf({ "src/people/graphql/people.query.ts": 'import { gql } from "graphql-request";\nexport const people = gql`{ people { name } }`;', "src/people/people.service.ts": nothing })["src/people/graphql/people.query.ts"]).toBeUndefined();
    expect(layersOf({ "integrations/people/src/api/person.ts": nothing })["integrations/people/src/api/person.ts"]).toBeUndefined();
  });

  it("of names that tell what a function does, and of lists of what is put together", () => {
    expect(layersOf({ "src/a/updateJobs.ts": query, "src/a/getBootstrap.ts": nothing, "src/a/requireModule.ts": nothing, "src/a/Modules.ts": nothing, "src/a/body-composition.ts": nothing, "src/a/create-user-use-case.ts": nothing })).toEqual({
      "src/a/Modules.ts": undefined,
      "src/a/body-composition.ts": undefined,
      "src/a/create-user-use-case.ts": "service",
      "src/a/getBootstrap.ts": undefined,
      "src/a/requireModule.ts": undefined,
      "src/a/updateJobs.ts": undefined,
    });
  });

  it("of classes that are only injected, of the store among services, and of sources of data", () => {
    const injected = nest("Injectable");
    expect(layersOf({ "src/orders/order.filter.ts": injected, "src/orders/http.filter.ts": nest("Catch"), "src/services/orders.ts": query, "src/services/redis.ts": 'import Redis from "ioredis";\nexport const make = () => new Redis();', "src/datasources/rates-api.service.ts": injected, "src/logger/service.ts": injected, "src/api.config.service.ts": nothing })).toEqual({
      "src/api.config.service.ts": "settings",
      "src/datasources/rates-api.service.ts": "repository",
      "src/logger/service.ts": "shared",
      "src/orders/http.filter.ts": "api",
      "src/orders/order.filter.ts": "service",
      "src/services/orders.ts": "service",
      "src/services/redis.ts": "repository",
    });
  });

  it("of entities and models that describe an API, or that a decorator of the project's own maps", () => {
    const shown = (where: string, what: string): string => `import { ${what} } from "${where}";\n@${what}()\nexport class Order {}`;
    expect(layersOf({ "src/orders/order.entity.ts": shown("../database/decorators.js", "OwnEntity"), "src/orders/models/order.model.ts": shown("@nestjs/graphql", "ObjectType"), "src/orders/view.entity.ts": shown("@nestjs/swagger", "ApiProperty"), "src/orders/deep.entity.ts": shown("@nestjs/swagger/dist/decorators/api-property.decorator", "ApiProperty"), "src/orders/plain.entity.ts": nothing })).toEqual({
      "src/orders/models/order.model.ts": undefined,
      "src/orders/order.entity.ts": "repository",
      "src/orders/plain.entity.ts": "domain",
      "src/orders/deep.entity.ts": undefined,
      "src/orders/view.entity.ts": undefined,
    });
  });

  it("of the domain where use cases lie in it: what works with others is a service there", () => {
    const works = 'import type { Clock } from "./clock.js";\nexport class Renew { constructor(private readonly clock: Clock) {} run() { return this.clock; } }';
    const files = { "src/Domain/UseCase/Join.ts": nothing, "src/Domain/Handler/Renew.ts": works, "src/Domain/Order/Order.ts": "export class Order { constructor(private readonly price: number) {} }", "src/Domain/Common/Money.ts": nothing };
    expect(layersOf(files)).toEqual({ "src/Domain/Common/Money.ts": "domain", "src/Domain/Handler/Renew.ts": "service", "src/Domain/Order/Order.ts": "domain", "src/Domain/UseCase/Join.ts": "service" });
    const { "src/Domain/UseCase/Join.ts": _useCase, ...without } = files;
    expect(layersOf(without)["src/Domain/Handler/Renew.ts"]).toBe("domain");
  });

  it("of what starts an application, and of packages that others import", () => {
    expect(layersOf({ "src/Bootstrap/Service.ts": nothing, "src/Bootstrap/Types.ts": nothing, "src/infrastructure/Server.ts": 'import express from "express"; import { Pool } from "pg"; export const app = express(); export const pool = new Pool();' })).toEqual({ "src/Bootstrap/Service.ts": "composition", "src/Bootstrap/Types.ts": "shared", "src/infrastructure/Server.ts": "composition" });
    expect(layersOf({ "package.json": "{}", "packages/logger/package.json": '{ "name": "logger", "main": "src/main.js" }', "packages/logger/src/main.js": "const made = 1; console.info(made); export default made;" })["packages/logger/src/main.js"]).toBeUndefined();
  });

  it("of seeds in a database's own folder, and of contracts beside ports", () => {
    expect(layersOf({ "src/database/models/order.ts": query, "src/database/seeds.ts": query })).toEqual({ "src/database/models/order.ts": "repository", "src/database/seeds.ts": "migrations" });
    expect(layersOf({ "src/areas/orders/dto/order.ts": nothing, "src/areas/orders/use-cases/join.ts": nothing })["src/areas/orders/dto/order.ts"]).toBe("domain");
    expect(layersOf({ "src/areas/orders/dto/order.ts": nothing, "src/areas/orders/order.controller.ts": nothing })["src/areas/orders/dto/order.ts"]).toBe("api");
  });

  it("of tools that a model of language is offered", () => {
    expect(layersOf({ "src/mcp/tools/search.tools.ts": 'import { Tool } from "@rekog/mcp-nest";\nexport class Search { @Tool() run() {} }', "src/tools/text.ts": nothing })).toEqual({ "src/mcp/tools/search.tools.ts": "api", "src/tools/text.ts": "shared" });
  });

  it("are guesses where nothing but the content decides", () => {
    const model = modelOf({ "src/a/rows.ts": query.replace("import type", "import"), "src/users/user.repository.ts": query, "src/a/answer.ts": handler, "src/a/many.ts": `${handler}\nexport const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;` });
    const verdicts = model.files.map((file) => [file, model.layerOf(file).layer, model.layerOf(file).guessed ?? false]);
    expect(verdicts).toEqual([["src/a/answer.ts", "api", true], ["src/a/many.ts", undefined, false], ["src/a/rows.ts", undefined, false], ["src/users/user.repository.ts", "repository", false]]);
  });
});

describe("layers that are less sure", () => {
  const guessesOf = (files: ProjectLiteral): Record<string, readonly [layer: string | undefined, guessed: boolean]> => {
    const model = modelOf(files);
    return Object.fromEntries(model.files.map((file) => [file, [model.layerOf(file).layer, model.layerOf(file).guessed === true]]));
  };
  const works = 'import { other } from "../orders/other.js";\nexport const one = () => other();';

  it("are those of files that work with nobody and meet nobody, unless they lie beside the routes", () => {
    expect(guessesOf({ "src/orders/other.ts": "export const other = () => 1;", "src/services/words.ts": nothing, "src/services/orders.ts": works, "src/routes/common/words.ts": nothing, "src/routes/words.ts": nothing, "src/middleware/reply.ts": handler, "src/repositories/find.ts": query, "src/controllers/dto/order.dto.ts": "export class OrderDto { id = 1; }" })).toEqual({
      "src/controllers/dto/order.dto.ts": ["api", true],
      "src/middleware/reply.ts": ["api", false],
      "src/orders/other.ts": [undefined, false],
      "src/repositories/find.ts": ["repository", false],
      "src/routes/common/words.ts": ["api", true],
      "src/routes/words.ts": ["api", false],
      "src/services/orders.ts": ["service", false],
      "src/services/words.ts": ["service", true],
    });
  });

  it("are those of models that no ORM maps, and of shared code that fits into a framework", () => {
    const plugin = 'import express from "express";\nexport const board = () => express.static("board");';
    expect(guessesOf({ "src/models/answer.ts": nothing, "src/entities/order.ts": nothing, "src/domain/price.ts": nothing, "src/common/board.ts": plugin, "src/common/dates.ts": nothing })).toEqual({
      "src/common/board.ts": ["shared", true],
      "src/common/dates.ts": ["shared", false],
      "src/domain/price.ts": ["domain", false],
      "src/entities/order.ts": ["domain", false],
      "src/models/answer.ts": ["domain", true],
    });
  });
});

describe("what folders and names do not say", () => {
  const works = 'import { other } from "../orders/other.js";\nexport const one = () => other();';
  const emits = 'import { Queue } from "bullmq";\nexport const mails = new Queue("mails");';
  const takes = 'import { Worker } from "bullmq";\nexport const work = new Worker("mails", async (job) => { job.log("x"); });';

  it("versions, strategies and queues that nobody answers in are not the api", () => {
    expect(layersOf({ "src/format/v1/read.ts": nothing, "src/rest/v1/list.ts": handler, "src/strategies/download.ts": 'import https from "node:https";\nexport const load = () => https.get("https://example.com");', "src/queue/send.ts": emits, "src/queue/work.ts": takes })).toEqual({
      "src/format/v1/read.ts": undefined,
      "src/queue/send.ts": undefined,
      "src/queue/work.ts": "api",
      "src/rest/v1/list.ts": "api",
      "src/strategies/download.ts": undefined,
    });
  });

  it("declarations about a store or an endpoint are shared, and names in capitals need more to be the api", () => {
    expect(layersOf({ "src/types/database/owned.ts": nothing, "src/types/orders.ts": nothing, "src/constants/endpoints/index.ts": nothing, "src/meta/CrudEndpoint.ts": nothing, "src/database/rows.ts": query })).toEqual({
      "src/constants/endpoints/index.ts": "shared",
      "src/database/rows.ts": "repository",
      "src/meta/CrudEndpoint.ts": undefined,
      "src/types/database/owned.ts": "shared",
      "src/types/orders.ts": "shared",
    });
  });

  it("entities, shared folders with rings and core beside applications hold features", () => {
    expect(layersOf({ "src/entities/orders/order.controller.ts": nothing, "src/entities/orders/prices.ts": nothing, "src/shared/domain/money.ts": nothing, "src/shared/application/publish.ts": nothing, "src/shared/infrastructure/rows.ts": query, "src/core/errors/text.ts": nothing, "src/applications/list.ts": nothing })).toMatchObject({
      "src/entities/orders/prices.ts": undefined,
      "src/shared/application/publish.ts": "service",
      "src/shared/domain/money.ts": "domain",
      "src/shared/infrastructure/rows.ts": "repository",
    });
    expect(layersOf({ "src/core/words.ts": nothing, "src/applications/list.ts": nothing })["src/core/words.ts"]).toBeUndefined();
    expect(layersOf({ "src/core/words.ts": nothing, "src/application/list.ts": nothing })["src/core/words.ts"]).toBe("domain");
  });

  it("services in a folder of a store that reach it are of the repository layer, and others are services", () => {
    const through = 'import { one } from "./one.service.js";\nimport type { Pool } from "pg";\nexport const find = (db: Pool) => { one(); return db.query("select 1"); };';
    expect(layersOf({ "src/infrastructure/outbox.service.ts": query, "src/infrastructure/mails.service.ts": nothing, "src/infrastructure/join.service.ts": through, "src/infrastructure/one.service.ts": nothing, "src/orders/orders.service.ts": query, "src/services/infra/stats.service.ts": query })).toEqual({
      "src/infrastructure/join.service.ts": "service",
      "src/infrastructure/mails.service.ts": "service",
      "src/infrastructure/one.service.ts": "service",
      "src/infrastructure/outbox.service.ts": "repository",
      "src/orders/orders.service.ts": "service",
      "src/services/infra/stats.service.ts": "service",
    });
  });

  it("factories of the outermost ring put objects together", () => {
    const factory = 'import { Pool } from "pg";\nexport const make = () => new Pool();';
    expect(layersOf({ "src/main/factories/controllers/sign-in-factory.ts": factory, "src/presentation/controllers/sign-in.ts": nothing })).toEqual({ "src/main/factories/controllers/sign-in-factory.ts": "composition", "src/presentation/controllers/sign-in.ts": "api" });
  });

  it("handlers of a process's own events are services, as those of its commands are", () => {
    const handles = (decorator: string): string => `import { ${decorator} } from "@nestjs/cqrs";\n@${decorator}(class {})\nexport class One { handle(given: unknown) { return given; } execute(given: unknown) { return given; } }`;
    expect(layersOf({ "package.json": '{ "dependencies": { "@nestjs/cqrs": "11" } }', "src/orders/paid.handler.ts": handles("EventsHandler"), "src/orders/pay.handler.ts": handles("CommandHandler") })).toEqual({ "src/orders/paid.handler.ts": "service", "src/orders/pay.handler.ts": "service" });
  });

  it("constants and helpers in a folder of stores are of it where they know other code of the project, and settings of a service are a service's", () => {
    const rows = 'import { Order } from "../../database/models/order.js";\nexport const related = [Order];';
    expect(layersOf({ "src/dal/orders/constants.ts": rows, "src/dal/orders/limits.constants.ts": nothing, "src/database/models/order.ts": query, "src/services/settings/change.ts": 'import { Order } from "../../database/models/order.js";\nexport const change = () => Order;' })).toMatchObject({
      "src/dal/orders/constants.ts": "repository",
      "src/dal/orders/limits.constants.ts": "shared",
      "src/services/settings/change.ts": "service",
    });
  });

  it("tools are helpers unless they are offered over a protocol, and what mounts on an application is no service", () => {
    const offers = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nexport const offer = (server: McpServer) => server;';
    const words = 'import type { Context } from "koa";\nexport const path = (ctx: Context) => ctx.path;';
    const mounted = 'import { one } from "../orders/other.js";\nexport default function (this: { use(path: string, what: unknown): void }) { const app = this; app.use("/uploads", one); }';
    expect(layersOf({ "src/utils/tools/words.ts": words, "src/tools/orders.ts": offers, "src/services/uploads.service.ts": mounted, "src/services/orders.service.ts": works })).toEqual({ "src/services/orders.service.ts": "service", "src/services/uploads.service.ts": "api", "src/tools/orders.ts": "api", "src/utils/tools/words.ts": "shared" });
  });

  it("what sets up who signs in is no store, and what maps is between layers", () => {
    const rows = 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();';
    const signs = (made: string): string => `import { betterAuth } from "better-auth";\nimport { prisma } from "../stock/db.js";\n${made}\nexport const first = () => prisma.user.findFirst();`;
    const maps = (from: string): string => `import { createMap, type Mapper } from "${from}";\nimport { prisma } from "../stock/db.js";\nexport const apply = (mapper: Mapper) => createMap(mapper, prisma);`;
    expect(layersOf({ "package.json": '{ "dependencies": { "@prisma/client": "6" } }', "src/stock/db.ts": rows, "src/infra/auth.ts": signs("export const auth = betterAuth({});"), "src/infra/users.ts": signs(""), "src/middleware/maps/order-maps.ts": maps("@automapper/core"), "src/middleware/city-maps.ts": maps("../cities.js") })).toMatchObject({
      "src/infra/auth.ts": undefined,
      "src/infra/users.ts": "repository",
      "src/middleware/city-maps.ts": "api",
      "src/middleware/maps/order-maps.ts": undefined,
    });
  });

  it("a class that controllers are given, and that works with others, is a service whatever it is called", () => {
    const given = (head: string, name: string, takes = "@InjectModel(\"Note\") private readonly notes: Model<object>"): string => `import { Injectable } from "@nestjs/common";\nimport { InjectModel } from "@nestjs/mongoose";\nimport type { Model } from "mongoose";\n${head}\n@Injectable()\nexport class ${name} { constructor(${takes}) {} all() { return this.notes.find(); } }`;
    const controller = 'import { Controller } from "@nestjs/common";\nimport { NoteProvider } from "./note.provider.js";\nimport { NoteStore } from "./note.keeper.js";\nimport { TagProvider } from "./tag.provider.js";\nimport { NoteHealthIndicator } from "./note.health.js";\n@Controller("notes")\nexport class NoteController { constructor(private readonly notes: NoteProvider, private readonly store: NoteStore, private readonly tags: TagProvider) {} }';
    expect(
      layersOf({
        "package.json": '{ "dependencies": { "@nestjs/common": "11", "@nestjs/mongoose": "11", "mongoose": "8" } }',
        "src/notes/note.controller.ts": controller,
        "src/notes/note.provider.ts": given("", "NoteProvider"),
        "src/notes/note.keeper.ts": given("", "NoteStore"),
        "src/notes/note.health.ts": given("", "NoteHealthIndicator"),
        "src/notes/tag.provider.ts": 'import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class TagProvider { all() { return []; } }',
        "src/notes/trash.provider.ts": given("", "TrashProvider"),
      }),
    ).toEqual({ "src/notes/note.controller.ts": "api", "src/notes/note.health.ts": "repository", "src/notes/note.keeper.ts": "repository", "src/notes/note.provider.ts": "service", "src/notes/tag.provider.ts": undefined, "src/notes/trash.provider.ts": "repository" });
  });

  it("what is called a controller in a folder of a store, and meets nobody, is of the store", () => {
    const asks = 'import { runs } from "./run.model.js";\nexport const next = async (id: string) => runs.findOne({ id });';
    const answers = 'import type { Request, Response } from "express";\nimport { runs } from "./run.model.js";\nexport const next = async (req: Request, res: Response) => res.json(await runs.findOne({ id: req.params.id }));';
    expect(layersOf({ "package.json": '{ "dependencies": { "express": "5", "mongodb": "6" } }', "src/execution/mongo/runs/run.model.ts": 'import { MongoClient } from "mongodb";\nexport const runs = new MongoClient("").db().collection("runs");', "src/execution/mongo/runs/run.controller.ts": asks, "src/execution/mongo/runs/rows.controller.ts": answers })).toMatchObject({
      "src/execution/mongo/runs/rows.controller.ts": "api",
      "src/execution/mongo/runs/run.controller.ts": "repository",
    });
  });

  it("a file of Next that answers requests is of the api also where its name says that it renders", () => {
    const next = '{ "dependencies": { "next": "15", "react": "19" } }';
    expect(layersOf({ "package.json": next, "app/api/orders/route.tsx": "export const GET = async () => Response.json([]);", "app/routes/orders/route.tsx": "export const loader = async () => null;\nexport default function Page() { return null; }" })).toEqual({ "app/api/orders/route.tsx": "api", "app/routes/orders/route.tsx": undefined });
  });

  it("what makes a router in a folder of services is of the api, and what makes an application puts it together", () => {
    const router = (first: string): string => `${first}\nimport { one } from "../orders/other.js";\nexport default router;`;
    expect(
      layersOf({
        "src/services/billing/index.ts": router('import express from "express";\nconst router = express.Router();'),
        "src/services/mail/index.ts": router('import Router from "@koa/router";\nconst router = new Router();'),
        "src/services/news/list.ts": router('import { Hono } from "hono";\nconst router = new Hono().get("/news", (c) => c.json([]));'),
        "src/services/start/index.ts": router('import express from "express";\nconst router = express();\nrouter.listen(80);'),
        "src/services/stock/index.ts": works,
        "src/services/stock/stock.service.ts": router('import { Router } from "express";\nconst router = Router();'),
      }),
    ).toEqual({ "src/services/billing/index.ts": "api", "src/services/mail/index.ts": "api", "src/services/news/list.ts": "api", "src/services/start/index.ts": "composition", "src/services/stock/index.ts": "service", "src/services/stock/stock.service.ts": "service" });
  });

  it("what keeps state or goes to other pages is no mail, wherever it lies", () => {
    const page = (first: string): string => `${first}\nexport const List = () => null;`;
    expect(
      layersOf({
        "package.json": '{ "dependencies": { "express": "5", "react": "19" } }',
        "src/template/mail.tsx": page('import { Html } from "@react-email/components";'),
        "src/template/list.tsx": page('import React, { useState } from "react";'),
        "src/template/links.jsx": page('import { useNavigate } from "react-router";'),
      }),
    ).toEqual({ "src/template/links.jsx": undefined, "src/template/list.tsx": undefined, "src/template/mail.tsx": undefined });
    expect(layersOf({ "package.json": '{ "dependencies": { "express": "5" } }', "src/services/emails/welcome.tsx": page('import { Html } from "@react-email/components";'), "src/services/emails/editor.tsx": page('import React, { useState } from "react";') })).toEqual({ "src/services/emails/editor.tsx": undefined, "src/services/emails/welcome.tsx": "service" });
  });

  it("pages in a folder called client are a user interface, also beside a server in one package", () => {
    expect(layersOf({ "package.json": '{ "dependencies": { "koa": "3" } }', "src/client/settings/dialog.tsx": "export const Dialog = () => null;", "src/client/models/rules.ts": nothing, "src/server/models/rules.ts": query })).toEqual({ "src/client/models/rules.ts": undefined, "src/client/settings/dialog.tsx": undefined, "src/server/models/rules.ts": "repository" });
  });

  it("all code below what starts a page is a user interface, also where one package has the server too", () => {
    const files = {
      "package.json": '{ "dependencies": { "@nestjs/core": "11", "@angular/core": "20", "@angular/platform-browser": "20" } }',
      "apps/web/src/main.ts": 'import { bootstrapApplication } from "@angular/platform-browser";\nimport { Page } from "./app/page.js";\nvoid bootstrapApplication(Page);',
      "apps/web/src/app/page.ts": 'import { Component } from "@angular/core";\n@Component({ selector: "page" }) export class Page {}',
      "apps/web/src/app/services/orders.service.ts": 'import { Injectable } from "@angular/core";\n@Injectable() export class OrdersService {}',
      "apps/web/src/app/domain/order.ts": nothing,
      "apps/api/src/orders/orders.service.ts": 'import { Injectable } from "@nestjs/common";\n@Injectable() export class OrdersService {}',
      "libs/pages/src/lib/services/total.service.ts": 'import { Injectable } from "@angular/core";\n@Injectable() export class TotalService {}',
    };
    expect(layersOf(files)).toEqual({ "apps/api/src/orders/orders.service.ts": "service", "apps/web/src/app/domain/order.ts": undefined, "apps/web/src/app/page.ts": undefined, "apps/web/src/app/services/orders.service.ts": undefined, "apps/web/src/main.ts": undefined, "libs/pages/src/lib/services/total.service.ts": undefined });
  });

  it("a server that opens pages of its own beside its routes is none", () => {
    const files = { "package.json": '{ "dependencies": { "express": "5", "react-dom": "19" } }', "src/index.ts": 'import express from "express";\nimport { createRoot } from "react-dom/client";\nexport const app = express();\nexport const show = (root: never) => createRoot(root);', "src/services/orders.service.ts": works };
    expect(layersOf(files)["src/services/orders.service.ts"]).toBe("service");
  });

  it("queries and commands in the folder of a store are that store's", () => {
    expect(layersOf({ "src/core/neo4j/query/order-by.ts": nothing, "src/db/commands/rank.ts": nothing, "src/orders/query/order-by.ts": nothing })).toEqual({ "src/core/neo4j/query/order-by.ts": "repository", "src/db/commands/rank.ts": "repository", "src/orders/query/order-by.ts": "service" });
  });

  it("ports and services of the domain that need nobody are the domain's", () => {
    const port = "export abstract class OrderRepository { abstract find(id: string): Promise<string>; }";
    const rates = "export class RateService { rateOf(currency: string) { return currency.length; } }";
    const given = 'import { OrderRepository } from "./OrderRepository.js";\nexport class OrderService { constructor(private readonly orders: OrderRepository) {} }';
    const names = ["src/orders/domain/OrderRepository.ts", "src/orders/domain/RateService.ts", "src/orders/domain/OrderService.ts", "src/orders/domain/StoredRepository.ts"] as const;
    expect(layersOf({ [names[0]]: port, [names[1]]: rates, [names[2]]: given, [names[3]]: query.replace("export const", "export const StoredRepository = 1; export const") })).toEqual({ [names[0]]: "domain", [names[2]]: "service", [names[1]]: "domain", [names[3]]: "repository" });
  });

  it("only what makes types of GraphQL is of the api for it", () => {
    const looks = 'import { GraphQLObjectType } from "graphql";\nexport class TypesService { isObject(type: unknown) { return type instanceof GraphQLObjectType; } }';
    const makes = 'import { GraphQLObjectType } from "graphql";\nexport const Order = new GraphQLObjectType({ name: "Order", fields: {} });';
    expect(layersOf({ "src/types/types.service.ts": looks, "src/orders/order.ts": makes })).toEqual({ "src/orders/order.ts": "api", "src/types/types.service.ts": "service" });
  });

  it("a folder of webhooks with a repository in it is a feature", () => {
    const sends = 'import got from "got";\nexport class WebhookSender { send(url: string) { return got(url); } }';
    const files = { "src/webhooks/delivery/webhook.sender.ts": sends, "src/webhooks/delivery/webhooks.repository.ts": query, "src/hooks/webhooks/stripe.ts": 'import { Router } from "express";\nexport const router = Router();' };
    expect(layersOf(files)).toEqual({ "src/hooks/webhooks/stripe.ts": "api", "src/webhooks/delivery/webhook.sender.ts": undefined, "src/webhooks/delivery/webhooks.repository.ts": "repository" });
  });

  it("what shared code says of databases and reaches none is shared, and steps that only stand there are a guess", () => {
    const label = "export const Label = (name: string) => (target: object) => Object.assign(target, { name });";
    const steps = "export const OrderWorkflow = { steps: ['new', 'paid'] };";
    const works = "export class PaymentWorkflow { async run(id: string) { await fetch(id); } }";
    expect(layersOf({ "src/common/db/label.decorator.ts": label, "src/common/db/read.ts": query, "src/db/label.ts": label })).toEqual({ "src/common/db/label.decorator.ts": "shared", "src/common/db/read.ts": "repository", "src/db/label.ts": "repository" });
    const model = modelOf({ "src/orders/order-workflow.ts": steps, "src/payments/payment-workflow.ts": works });
    expect(model.files.map((file) => [file, model.layerOf(file).layer, model.layerOf(file).guessed ?? false])).toEqual([["src/orders/order-workflow.ts", "service", true], ["src/payments/payment-workflow.ts", "service", false]]);
  });

  it("a service of what somebody calls a repo is a service, and a repository that is injected as one is none", () => {
    expect(layersOf({ "src/insights/insight-repo.service.ts": nothing, "src/users/user.repository.service.ts": nothing, "src/users/user.repo.service.ts": nothing, "src/users/user-repository.service.ts": "export class UserRepository {}" })).toEqual({ "src/insights/insight-repo.service.ts": "service", "src/users/user-repository.service.ts": "repository", "src/users/user.repo.service.ts": "repository", "src/users/user.repository.service.ts": "repository" });
  });

  it("a file that is called as its package is where that begins, and no service for its name", () => {
    const files = { "packages/orders-service/package.json": '{ "name": "@shop/orders-service" }', "packages/orders-service/src/orders-service.ts": "export default 1;", "packages/orders-service/src/price-service.ts": nothing, "packages/orders-service/src/orders/orders-service.ts": nothing };
    expect(layersOf(files)).toMatchObject({ "packages/orders-service/src/orders-service.ts": undefined, "packages/orders-service/src/orders/orders-service.ts": "service", "packages/orders-service/src/price-service.ts": "service" });
  });

  it("shared code that makes many services puts them together, and what only serializes or routes within is a guess", () => {
    const names = ["order", "user", "mail", "bill", "stock", "visit", "trip", "room"];
    const classes = Object.fromEntries(names.map((name) => [`src/services/${name}.service.ts`, `export class ${name[0]?.toUpperCase() ?? ""}${name.slice(1)}Service {}`]));
    const all = names.map((name) => `import { ${name[0]?.toUpperCase() ?? ""}${name.slice(1)}Service } from "../services/${name}.service.js";`).join("\n") + names.map((name) => `\nexport const ${name} = new ${name[0]?.toUpperCase() ?? ""}${name.slice(1)}Service();`).join("");
    const model = modelOf({ ...classes, "src/common/index.ts": all, "src/orders/steps.serializer.ts": nothing, "src/lib/router/Router.ts": "export const getRoutes = () => [];", "src/utils/sync.ts": 'import Queue from "bull";\nconst queue = new Queue("sync");\nexport const send = (id: string) => queue.add({ id });\nexport const listen = () => { queue.process(async (job) => job.id); };' });
    expect(["src/common/index.ts", "src/orders/steps.serializer.ts", "src/lib/router/Router.ts", "src/utils/sync.ts"].map((file) => [model.layerOf(file).layer, model.layerOf(file).guessed ?? false])).toEqual([["composition", true], ["api", true], ["api", true], ["api", true]]);
  });

  it("projects of tests in a workspace are tests, and what is done with jobs is no job", () => {
    const files = { "apps/api-e2e/src/utils/tokens.ts": nothing, "apps/api/src/utils/tokens.ts": nothing, "apps/latest/src/utils/tokens.ts": nothing, "src/lib/job/job.start.ts": query, "src/lib/job/job.get.ts": query, "src/jobs/send-mails.ts": query, "src/jobs/remind.ts": query };
    expect(layersOf(files)).toMatchObject({ "apps/api-e2e/src/utils/tokens.ts": "tests", "apps/api/src/utils/tokens.ts": "shared", "apps/latest/src/utils/tokens.ts": "shared", "src/jobs/remind.ts": "api", "src/jobs/send-mails.ts": "api" });
    expect(layersOf(files)["src/lib/job/job.start.ts"]).not.toBe("api");
  });

  it("what a name says only by the way is no layer: a model, what is done in a service, a client in a transport, what sets others up", () => {
    const client = 'import { Injectable } from "@nestjs/common";\n@Injectable() export class OrdersClient { ask(id: string) { return id; } }';
    const indexer = 'import { Injectable } from "@nestjs/common";\n@Injectable() export class IndexerController { index(id: string) { return id; } }';
    const model = modelOf({ "src/models/service.ts": query, "src/models/device-aggregate.ts": query, "src/graphql/helpers/createTaskInService.ts": query, "src/grpc/client/orders.client.ts": client, "src/grpc/orders.ts": client, "src/search/indexer.controller.ts": indexer, "src/utils/setupCommands.ts": nothing, "src/utils/settle.ts": nothing });
    expect(Object.fromEntries(model.files.map((file) => [file, model.layerOf(file).guessed === true ? "a guess" : model.layerOf(file).layer]))).toEqual({
      "src/graphql/helpers/createTaskInService.ts": "api",
      "src/grpc/client/orders.client.ts": undefined,
      "src/grpc/orders.ts": "api",
      "src/models/device-aggregate.ts": "repository",
      "src/models/service.ts": "repository",
      "src/search/indexer.controller.ts": "service",
      "src/utils/settle.ts": "shared",
      "src/utils/setupCommands.ts": "a guess",
    });
  });

  it("the configuration of a container puts together, and that of anything else is settings", () => {
    expect(layersOf({ "src/inversify.config.ts": nothing, "src/mailer.config.ts": nothing })).toEqual({ "src/inversify.config.ts": "composition", "src/mailer.config.ts": "settings" });
  });

  it("what takes keys of the environment and does nothing else is settings, wherever it lies", () => {
    const keys = "const { DB_HOST, DB_NAME, PORT } = process.env;\n";
    expect(
      layersOf({
        "src/lib/secret.ts": `import dotenv from "dotenv";\ndotenv.config();\n${keys}export { DB_HOST, DB_NAME, PORT };`,
        "src/keys.js": 'require("dotenv").config();\nmodule.exports = { db: { host: process.env.DB_HOST, port: Number(process.env.DB_PORT) }, origins: process.env.ORIGINS?.split(",") };',
        "src/clients.ts": 'import { Client } from "acme";\nexport const one = new Client(process.env.A_URL);\nexport const two = new Client(process.env.B_URL);\nexport const three = new Client(process.env.C_URL);',
        "src/send.ts": `${keys}export function send() { return fetch(DB_HOST + PORT + DB_NAME); }`,
        "src/names.ts": 'export const a = "a";\nexport const b = "b";\nexport const c = "c";\nexport const port = process.env.PORT, host = process.env.HOST, tag = process.env.TAG;\nexport const d = 1, e = 2;',
      }),
    ).toEqual({ "src/lib/secret.ts": "settings", "src/keys.js": "settings", "src/clients.ts": undefined, "src/send.ts": undefined, "src/names.ts": undefined });
  });

  it("what lies in lib/ beside the parts of an application starts none by its name", () => {
    expect(layersOf({ "app/orders/one.ts": nothing, "lib/server.ts": "export const run = (job: () => void) => job();", "server.ts": nothing })).toMatchObject({ "lib/server.ts": "shared", "server.ts": "composition" });
  });

  it("what helps with addresses in a router of shared code, and with names beside what reaches a store, is a guess", () => {
    const store = 'import { S3Client } from "@aws-sdk/client-s3";\nexport const client = new S3Client({});';
    const model = modelOf({ "package.json": "{}", "src/orders/one.ts": nothing, "src/lib/router/address.ts": nothing, "src/lib/router/list.ts": handler, "src/router/address.ts": nothing, "src/files/services/storage/names.ts": 'import { one } from "../../../orders/one.js";\nexport const nameOf = (id: string) => `${one}-${id}`;', "src/files/services/storage/client.ts": store, "src/files/services/upload.ts": 'import { client } from "./storage/client.js";\nexport const upload = async () => client.send();' });
    expect(Object.fromEntries(["src/lib/router/address.ts", "src/lib/router/list.ts", "src/router/address.ts", "src/files/services/storage/names.ts", "src/files/services/upload.ts"].map((file) => [file, [model.layerOf(file).layer, model.layerOf(file).guessed ?? false]]))).toEqual({
      "src/lib/router/address.ts": ["api", true],
      "src/lib/router/list.ts": ["api", false],
      "src/router/address.ts": ["api", false],
      "src/files/services/storage/names.ts": ["service", true],
      "src/files/services/upload.ts": ["service", false],
    });
  });

  it("policies of who may do what are a guess, and those of the domain are none", () => {
    const rule = "export const mayPay = (age: number) => age > 17;";
    const model = modelOf({ "src/authorization/policies/member.policy.ts": rule, "src/orders/domain/permissions/order.policy.ts": rule, "src/orders/payment.policy.ts": rule });
    expect(model.files.map((file) => [file, model.layerOf(file).layer, model.layerOf(file).guessed ?? false])).toEqual([["src/authorization/policies/member.policy.ts", "domain", true], ["src/orders/domain/permissions/order.policy.ts", "domain", false], ["src/orders/payment.policy.ts", "domain", false]]);
  });

  it("what hands an application to a platform starts it, whatever it is called, and a function with routes of its own does not", () => {
    const model = modelOf({
      "src/app.ts": 'import express from "express"; export const app = express();',
      "src/api/handler.ts": 'import serverless from "serverless-http"; import { app } from "../app"; export const handler = serverless(app);',
      "src/api/late/handler.ts": 'const serverless = require("serverless-http"); import { app } from "../../app"; export const handler = serverless(app);',
      "src/api/orders/handler.ts": 'import express from "express"; import serverless from "serverless-http"; const app = express(); app.get("/orders", (req, res) => res.json([])); export const handler = serverless(app);',
    });
    expect(["src/api/handler.ts", "src/api/late/handler.ts", "src/api/orders/handler.ts"].map((file) => model.layerOf(file).layer)).toEqual(["composition", "composition", "api"]);
  });

  it("rules and states that lie where something technical does are of that, and those of the domain are its own", () => {
    const model = modelOf({
      "src/main.ts": nothing,
      "src/bootstrap/origins.policy.ts": "export const allowed = (origin: string) => origin.length > 3;",
      "src/infrastructure/links/address.policy.ts": 'import { isIP } from "node:net"; export const isSafe = (host: string) => isIP(host) === 0;',
      "src/bootstrap/draining.state.ts": 'import { Injectable } from "@nestjs/common"; @Injectable() export class DrainingState { private draining = false; isDraining() { return this.draining; } }',
      "src/bootstrap/start.ts": 'import { mayCancel } from "../orders/order.policy"; export const start = () => mayCancel(3);',
      "src/grades/domain/grade-workflow.ts": 'import { GradeLocked } from "./grade.exceptions"; export const assertOpen = (locked: boolean) => { if (locked) throw new GradeLocked(); };',
      "src/grades/domain/grade.exceptions.ts": "export class GradeLocked extends Error {}",
      "src/orders/order.policy.ts": "export const mayCancel = (days: number) => days < 14;",
    });
    expect(Object.fromEntries(model.files.map((file) => [file, [model.layerOf(file).layer, model.layerOf(file).guessed ?? false]]))).toEqual({
      "src/main.ts": ["composition", false],
      "src/bootstrap/origins.policy.ts": ["composition", true],
      "src/infrastructure/links/address.policy.ts": [undefined, false],
      "src/bootstrap/draining.state.ts": ["composition", true],
      "src/bootstrap/start.ts": ["composition", false],
      "src/grades/domain/grade-workflow.ts": ["domain", false],
      "src/grades/domain/grade.exceptions.ts": ["domain", false],
      "src/orders/order.policy.ts": ["domain", false],
    });
  });

  it("a named part of Elysia among services is what its name says, and what listens is an application", () => {
    const model = modelOf({
      "package.json": '{ "dependencies": { "elysia": "1" } }',
      "src/services/jobs.service.ts": 'import { Elysia } from "elysia"; import { Jobs } from "../jobs"; export const JobsService = new Elysia({ name: "JobsService" }).decorate("jobs", new Jobs());',
      "src/services/runner.service.ts": 'import { Elysia } from "elysia"; import { Jobs } from "../jobs"; export const runner = new Elysia({ name: "runner" }).decorate("jobs", new Jobs()).listen(3000);',
      "src/jobs.ts": "export class Jobs {}",
    });
    expect(["src/services/jobs.service.ts", "src/services/runner.service.ts"].map((file) => model.layerOf(file).layer)).toEqual(["service", "composition"]);
  });

  it("an application on a phone is a user interface, though it keeps data", () => {
    const code = { "packages/app/src/services/sync.ts": 'import { openDatabase } from "expo-sqlite"; export const sync = () => openDatabase("a").execSync("select 1");' };
    const of = (dependencies: string): unknown => modelOf({ "package.json": '{ "workspaces": ["packages/*"] }', "packages/app/package.json": `{ "name": "app", "dependencies": { ${dependencies} } }`, ...code }).layerOf("packages/app/src/services/sync.ts").evidence;
    expect(of('"react": "19", "react-native": "0.80", "expo-sqlite": "15", "@supabase/supabase-js": "2"')).toEqual(["user interface"]);
    expect(of('"react": "19", "react-native": "0.80", "express": "5", "@supabase/supabase-js": "2"')).not.toEqual(["user interface"]);
  });

  it("a function that tells a type from others is no guard of a route, wherever it lies", () => {
    const model = modelOf({
      "src/utils/guards/is-fastify-error.ts": 'import type { FastifyError } from "fastify"; export const isFastifyError = (error: unknown): error is FastifyError => typeof error === "object";',
      "src/guards/is-owner.guard.ts": 'import { CanActivate, ExecutionContext } from "@nestjs/common"; export class IsOwnerGuard implements CanActivate { canActivate(context: ExecutionContext) { return true; } }',
    });
    expect(model.files.map((file) => [file, model.layerOf(file).layer])).toEqual([["src/guards/is-owner.guard.ts", "api"], ["src/utils/guards/is-fastify-error.ts", undefined]]);
  });

  it("what the features of Cucumber are run with is of the tests", () => {
    const model = modelOf({ "orders/features/bootstrap/app.configurator.ts": 'import { ValidationPipe } from "@nestjs/common"; export const configure = (app) => app.useGlobalPipes(new ValidationPipe());', "orders/features/step_definitions/orders.ts": nothing, "src/features/orders/orders.service.ts": nothing });
    expect(model.files.map((file) => [file, model.layerOf(file).layer])).toEqual([["orders/features/bootstrap/app.configurator.ts", "tests"], ["orders/features/step_definitions/orders.ts", "tests"], ["src/features/orders/orders.service.ts", "service"]]);
  });
});

describe("how a team lays out what is done", () => {
  it("one controller to a folder of actions makes its documents and answers api, and other actions stay services", () => {
    const controller = 'import { Controller, Post } from "@nestjs/common";\n@Controller("meters") export class RenameMeterAction { @Post() run() { return {}; } }';
    const answer = 'import { RenameMeter } from "../../../domain/transaction-scripts/rename-meter.js";\nexport class RenameMeterResponder { apply(meter: RenameMeter) { return { meter }; } }';
    const script = 'import { MeterRepository } from "../../infra/meter.repository.js";\nexport class RenameMeter { constructor(private readonly meters: MeterRepository) {} }';
    const layers = layersOf({ "src/meters/app/actions/rename/rename.action.ts": controller, "src/meters/app/actions/rename/rename.responder.ts": answer, "src/meters/domain/transaction-scripts/rename-meter.ts": script, "src/meters/infra/meter.repository.ts": query, "src/billing/actions/charge.ts": answer });
    expect(layers).toMatchObject({ "src/meters/app/actions/rename/rename.responder.ts": "api", "src/meters/domain/transaction-scripts/rename-meter.ts": "service", "src/billing/actions/charge.ts": "service" });
  });

  it("folders in brackets are parts of an address below pages alone, and queries beside commands of a feature are services", () => {
    const layers = layersOf({ "src/features/(stock)/moves/commands/move.ts": query, "src/features/(stock)/moves/queries/moves.ts": query, "app/(site)/[team]/settings/page.ts": nothing });
    expect(layers).toEqual({ "src/features/(stock)/moves/commands/move.ts": "service", "src/features/(stock)/moves/queries/moves.ts": "service", "app/(site)/[team]/settings/page.ts": undefined });
  });

  it("what only makes objects and hands them to each other puts together, and what does more does not", () => {
    const files = { "src/meters/use-cases/rename/rename-meter.ts": "export class RenameMeter { constructor(private readonly meters: unknown) {} }", "src/meters/repositories/index.ts": nothing };
    const wiring = 'import { meters } from "../../repositories/index.js";\nimport { RenameMeter } from "./rename-meter.js";\nexport const renameMeter = new RenameMeter(meters);';
    const index = "src/meters/use-cases/rename/index.ts";
    expect(layersOf({ ...files, [index]: wiring })[index]).toBe("composition");
    expect(layersOf({ ...files, [index]: `${wiring}\nexport const rename = (id: string) => renameMeter.run(id);` })[index]).toBe("service");
  });

  it("what mounts routes on a plugin's application is api, and a service that hands requests on is, too", () => {
    const plugin = 'import type { FastifyInstance } from "fastify";\nimport { ChatRoutes } from "../../features/chat/chat.routes.js";\nexport async function ChatPlugin(fastify: FastifyInstance) { await fastify.register(ChatRoutes, { prefix: "/chat" }); }';
    const relay = (imports: string): string => `${imports}\nimport { HttpService } from "@nestjs/axios";\nexport class ProxyService { constructor(private readonly http: HttpService) {} relay(url: string) { return this.http.get(url); } }`;
    const layers = layersOf({ "src/services/chat/index.ts": plugin, "src/features/chat/chat.routes.ts": nothing, "src/relay/proxy.service.ts": relay('import type { Request } from "express";'), "src/rates/proxy.service.ts": relay("") });
    expect(layers).toMatchObject({ "src/services/chat/index.ts": "api", "src/relay/proxy.service.ts": "api", "src/rates/proxy.service.ts": "service" });
  });

  it("what the domain asks of repositories is its own, also in a folder of its own, and a class that does it is none", () => {
    const port = "export abstract class MeterRepository { abstract find(id: string): Promise<unknown>; }\nexport const METERS = Symbol('meters');";
    const layers = layersOf({ "src/domain/repositories/meter.repository.ts": port, "src/domain/repositories/memory-meter.repository.ts": "export class MemoryMeterRepository { find(id: string) { return id; } }", "src/domain/meter.ts": nothing });
    expect(layers).toMatchObject({ "src/domain/repositories/meter.repository.ts": "domain", "src/domain/repositories/memory-meter.repository.ts": "repository" });
  });

  it("a project of a workspace that fills the database is beside the application", () => {
    expect(layersOf({ "package.json": "{}", "apps/seed-data/src/orders.controller.ts": nothing, "apps/seeds-shop/src/orders.controller.ts": nothing })).toMatchObject({ "apps/seed-data/src/orders.controller.ts": "migrations", "apps/seeds-shop/src/orders.controller.ts": "api" });
  });

  it("helpers in a store's folder of shared code that reach it are of the store", () => {
    expect(layersOf({ "src/shared/infra/database/utils/clear.ts": query, "src/shared/infra/database/utils/names.ts": nothing })).toMatchObject({ "src/shared/infra/database/utils/clear.ts": "repository", "src/shared/infra/database/utils/names.ts": "shared" });
  });

  it("an example that listens is a program, though it has a service in it", () => {
    const server = 'import express from "express";\nclass MeterService {}\nconst app = express();\napp.get("/", (_req, res) => { res.json(new MeterService()); });\napp.listen(3000);';
    expect(layersOf({ "src/sample.ts": server })).toEqual({ "src/sample.ts": "composition" });
  });

  it("models in a folder of a store are of it, features in a folder of models have layers of their own, and the store may lie among services", () => {
    const model = 'const meterModel = (sequelize) => sequelize.define("Meter", { name: "text" });\nexport default meterModel;';
    const service = 'import { Base } from "some-base";\nexport default class MeterService extends Base { list() { return this.all(); } }';
    const store = "import { Pool } from \"pg\";\nexport class DatabaseService { constructor(private readonly pool: Pool) {} isUp() { return this.pool.query(\"select 1\"); } }";
    const layers = layersOf({ "src/database/models/meter.model.js": model, "src/model/meters/service.ts": service, "src/model/meters/controller.ts": handler, "src/core/database/services/database.service.ts": store, "src/core/meters/services/database.service.ts": store });
    expect(layers).toMatchObject({ "src/database/models/meter.model.js": "repository", "src/model/meters/service.ts": "service", "src/core/database/services/database.service.ts": "repository", "src/core/meters/services/database.service.ts": "service" });
  });

  it("a function that makes what it is called after puts together, as does a plugin that gives an application its store", () => {
    const make = 'import { MeterRepository } from "../repositories/meter.repository.js";\nimport { RenameMeter } from "./rename-meter.js";\nexport const makeRenameMeterUseCase = () => new RenameMeter(new MeterRepository());';
    const files = { "src/repositories/meter.repository.ts": "export class MeterRepository {}", "src/use-cases/rename-meter.ts": "export class RenameMeter { constructor(readonly meters: unknown) {} }" };
    const plugin = (more: string) => `import fastifyPlugin from "fastify-plugin";\nimport { Pool } from "pg";\nexport default fastifyPlugin(async (fastify) => { const pool = new Pool(); fastify.decorate("pool", pool);${more} });`;
    const layers = layersOf({ ...files, "src/use-cases/make-rename-meter-use-case.ts": make, "src/pool.ts": plugin(""), "src/meters.ts": plugin(' fastify.get("/meters", () => pool.query("select 1"));') });
    expect(layers).toMatchObject({ "src/use-cases/make-rename-meter-use-case.ts": "composition", "src/use-cases/rename-meter.ts": "service", "src/pool.ts": undefined, "src/meters.ts": "api" });
  });

  it("queries of a feature without commands are services where features beside it have both", () => {
    expect(layersOf({ "src/features/meters/queries/meters.ts": query, "src/features/bills/queries/bills.ts": query, "src/features/bills/commands/pay.ts": query })["src/features/meters/queries/meters.ts"]).toBe("service");
    expect(layersOf({ "src/features/meters/queries/meters.ts": query, "src/features/bills/reports/bills.ts": query })["src/features/meters/queries/meters.ts"]).toBe("repository");
  });

  it("a program in a folder of services starts something, and what validates ids with a store's library is no store", () => {
    const run = 'import { Configure } from "./configure.js";\nConfigure.run().then(() => { process.exit(0); });';
    const command = "export class Configure { static async run() { await Promise.resolve(); } }";
    const pipe = 'import { ObjectId } from "mongodb";\nimport { z } from "zod";\nexport class IdPipe { transform(value: string) { return z.string().refine((text) => ObjectId.isValid(text)).parse(value); } }';
    const layers = layersOf({ "src/meters/use-cases/run-configure.ts": run.replace("Configure.run()", "(async () => { await Configure.run(); })()"), "src/meters/use-cases/configure.ts": command, "src/shared/infrastructure/validation/id-pipe.ts": pipe });
    expect(layers).toMatchObject({ "src/meters/use-cases/run-configure.ts": "composition", "src/meters/use-cases/configure.ts": "service", "src/shared/infrastructure/validation/id-pipe.ts": "shared" });
  });
});

describe("what is called after a layer and is of another", () => {
  it("is what a module shows to others, beside its insides, and no api", () => {
    const shown = { "src/modules/plan/api/index.ts": 'import { makePlans } from "../internal/plans.js";\nexport const plans = makePlans();' };
    const inside = { "src/modules/plan/internal/plans.ts": "export const makePlans = () => [];" };
    expect(layersOf({ ...shown, ...inside })["src/modules/plan/api/index.ts"]).toBeUndefined();
    expect(layersOf({ ...shown, "src/modules/plan/plans.ts": nothing })["src/modules/plan/api/index.ts"]).toBe("api");
    expect(layersOf({ ...shown, ...inside, "src/modules/plan/api/list.ts": handler })["src/modules/plan/api/index.ts"]).toBe("api");
  });

  it("is what a clock starts: a use case, or of the layer of its name", () => {
    const clock = 'import { Cron } from "@nestjs/schedule";\nexport class Sweep { @Cron("* * * * *") run() { return 1; } }';
    expect(layersOf({ "src/orders/sweep.ts": clock, "src/orders/sweep.service.ts": clock, "src/jobs/sweep.job.ts": clock, "src/orders/sweep.controller.ts": clock })).toEqual({ "src/orders/sweep.ts": "service", "src/orders/sweep.service.ts": "service", "src/jobs/sweep.job.ts": "api", "src/orders/sweep.controller.ts": "api" });
    expect(layersOf({ "src/orders/sweep.service.ts": 'import { Cron } from "@nestjs/schedule";\nimport { OnEvent } from "@nestjs/event-emitter";\nexport class Sweep { @Cron("* * * * *") run() { return 1; } @OnEvent("x") take() {} }' })["src/orders/sweep.service.ts"]).toBe("api");
  });

  it("is a container of the project's own, that knows none of what it holds", () => {
    expect(layersOf({ "src/core/container.ts": "export const Injectable = () => (target: unknown) => target;\nexport class Container { private readonly all = new Map<string, unknown>(); }" })["src/core/container.ts"]).toBeUndefined();
    expect(layersOf({ "src/core/container.ts": 'import { OrderService } from "../orders/order.service.js";\nexport const container = { orders: new OrderService() };', "src/orders/order.service.ts": "export class OrderService {}" })["src/core/container.ts"]).toBe("composition");
  });

  it("is a class that services hand their work to, whatever it knows of a request", () => {
    const injected = 'import { Inject, Injectable } from "@nestjs/common";\nimport { CONTEXT } from "@nestjs/graphql";\n@Injectable() export class PhoneHandler { constructor(@Inject(CONTEXT) private readonly context: unknown) {} check() { return this.context; } }';
    expect(layersOf({ "src/auth/phone.handler.ts": injected, "src/auth/filter.handler.ts": 'import { Catch } from "@nestjs/common";\n@Catch() export class All { catch() {} }' })).toEqual({ "src/auth/phone.handler.ts": "service", "src/auth/filter.handler.ts": "api" });
  });

  it("is a type of a GraphQL schema, and no shared code", () => {
    expect(layersOf({ "src/orders/order.type.ts": 'import { ObjectType } from "@nestjs/graphql";\n@ObjectType() export class Order {}', "src/orders/price.type.ts": "export interface Price { readonly sum: number }" })).toEqual({ "src/orders/order.type.ts": undefined, "src/orders/price.type.ts": "shared" });
  });

  it("is what services share, with the list of it, and the list of models that a connection is given", () => {
    expect(layersOf({ "src/services/shared/index.ts": 'export * from "./session.js";', "src/services/shared/session.ts": 'import { find } from "../wallets/find.js";\nexport const open = () => find();', "src/services/wallets/find.ts": nothing, "src/services/common/format.ts": nothing })).toMatchObject({ "src/services/shared/index.ts": "service", "src/services/shared/session.ts": "service", "src/services/common/format.ts": "shared" });
    const model = 'import { Model } from "sequelize-typescript";\nexport class User extends Model {}';
    expect(layersOf({ "src/common/database/models.ts": 'import { User } from "../../users/user.model.js";\nexport const models = [User];', "src/users/user.model.ts": model, "src/common/database/keys.ts": nothing })).toMatchObject({ "src/common/database/models.ts": "repository", "src/common/database/keys.ts": "shared" });
  });

  it("is a value of the domain that holds whatever its users choose", () => {
    const uses = { "src/kernel/domain/usecases/save.usecase.ts": "export class Save { constructor(private readonly store: Store) {} }\ninterface Store { put(): void }" };
    expect(layersOf({ ...uses, "src/kernel/domain/result.ts": "export class Success<T> { constructor(readonly value: T) {} }" })["src/kernel/domain/result.ts"]).toBe("domain");
    expect(layersOf({ ...uses, "src/kernel/domain/save.ts": "export class Save { constructor(private readonly store: Store) {} }\ninterface Store { put(): void }" })["src/kernel/domain/save.ts"]).toBe("service");
  });

  it("is a package of pages that React Router renders, which stores nothing", () => {
    const manifest = (more: object) => JSON.stringify({ name: "web", private: true, dependencies: { react: "19.0.0", "react-router": "7.0.0", "@react-router/node": "7.0.0", ...more } });
    const files = { "src/users/application/session.ts": 'import { redirect } from "react-router";\nexport const leave = () => redirect("/");' };
    expect(layersOf({ "package.json": manifest({}), ...files })["src/users/application/session.ts"]).toBeUndefined();
    expect(layersOf({ "package.json": manifest({ "@prisma/client": "6.0.0" }), ...files })["src/users/application/session.ts"]).toBe("service");
  });
});

describe("parts of rings", () => {
  it("are services where the application answers what it is asked, and repositories where statements lie", () => {
    const asks = 'import { Injectable } from "@nestjs/common";\nimport { InjectModel } from "@nestjs/mongoose";\nimport type { Model } from "mongoose";\n@Injectable() export class ListTickets { constructor(@InjectModel("Ticket") private readonly tickets: Model<unknown>) {} list() { return this.tickets.find(); } }';
    expect(layersOf({ "src/tickets/application/queries/list-tickets.query.ts": asks, "src/neo4j/query/list.ts": nothing })).toEqual({ "src/tickets/application/queries/list-tickets.query.ts": "service", "src/neo4j/query/list.ts": "repository" });
  });

  it("are repositories where a base class of theirs lies, and settings where a class gives them", () => {
    expect(layersOf({ "src/common/base/tenant-repository.base.ts": 'import type { EntityManager } from "typeorm";\nexport abstract class TenantRepository { protected of(manager: EntityManager) { return manager.getRepository("a"); } }', "src/core/CoreConfigurationService.ts": "export class CoreConfigurationService { readonly port = 1; }", "src/core/ReconfigService.ts": "export class ReconfigService { run() {} }" })).toEqual({ "src/common/base/tenant-repository.base.ts": "repository", "src/core/CoreConfigurationService.ts": "settings", "src/core/ReconfigService.ts": "service" });
  });
});

describe("folders and names that say less than they seem to", () => {
  const query = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const list = () => pool.query("select id from things limit 5");';

  it("are those of queries about applications and services, and of queries beside controllers", () => {
    expect(layersOf({ "src/query/application/privileges.query.ts": query, "src/data-access/service/service.query.ts": query, "src/application/orders.ts": query, "api/rest/queries/results.ts": query, "api/rest/controllers/results.ts": 'import { list } from "../queries/results.js";\nexport const all = async (ctx) => { ctx.body = await list(); };' })).toMatchObject({ "src/query/application/privileges.query.ts": "repository", "src/data-access/service/service.query.ts": "repository", "src/application/orders.ts": "service", "api/rest/queries/results.ts": "repository" });
  });

  it("are those of a feature called route with rings of its own, and of routes", () => {
    const errors = "export class RouteUnknown extends Error {}";
    expect(layersOf({ "src/modules/route/domain/errors/route.errors.ts": errors, "src/modules/route/application/add.ts": query, "src/modules/route/presentation/route.routes.ts": nothing, "src/routes/add.ts": 'import { Router } from "express";\nexport const routes = Router();' })).toMatchObject({ "src/modules/route/domain/errors/route.errors.ts": "domain", "src/modules/route/application/add.ts": "service", "src/routes/add.ts": "api" });
  });

  it("are a client, models and a logger that are called services", () => {
    expect(
      layersOf({
        "src/services/db.service.ts": 'import postgres from "postgres";\nimport { drizzle } from "drizzle-orm/postgres-js";\nconst client = postgres("postgres://localhost/a");\nexport default drizzle(client);',
        "src/services/db-report.service.ts": query,
        "database/models/lookup.service.js": 'import User from "./user.model.js";\nexport default class Lookup { static has(id) { return User.findByPk(id); } }',
        "database/models/user.model.js": 'import { DataTypes, Model } from "sequelize";\nexport default class User extends Model {}\nUser.init({ name: DataTypes.STRING }, {});',
        "src/infrastructure/logger/logger.service.ts": 'import winston from "winston";\nexport class Logger { private readonly logger = winston.createLogger({}); info(text: string) { this.logger.info(text); } }',
        "src/infrastructure/blog/blog.service.ts": 'import type { Pool } from "pg";\nexport class BlogService { constructor(private readonly pool: Pool) {} list() { return this.pool.query("select 1"); } }',
      }),
    ).toMatchObject({ "src/services/db.service.ts": "repository", "src/services/db-report.service.ts": "service", "database/models/lookup.service.js": "repository", "src/infrastructure/logger/logger.service.ts": "shared", "src/infrastructure/blog/blog.service.ts": "repository" });
  });
});

it("takes core for no ring where all rings lie in it, and for one where it is the inner of two", () => {
  const tracer = { "src/core/infrastructure/tracing/tracer.ts": nothing, "src/core/domain/order.ts": nothing, "src/core/application/place-order.ts": nothing };
  expect(layersOf(tracer)).toEqual({ "src/core/infrastructure/tracing/tracer.ts": undefined, "src/core/domain/order.ts": "domain", "src/core/application/place-order.ts": "service" });
  expect(layersOf({ "src/core/order.ts": nothing, "src/core/ports/orders.ts": nothing, "src/infrastructure/mail.ts": nothing })["src/core/order.ts"]).toBe("domain");
});

it("takes what hands many classes to a container for the composition, and one that asks a container for a service not", () => {
  const names = ["UserService", "UserRepository", "OrderService", "OrderRepository", "MailService"];
  const parts = Object.fromEntries(names.map((name) => [`src/parts/${name}.ts`, `export class ${name} {}`]));
  const imports = names.map((name) => `import { ${name} } from "../parts/${name}.js";`).join("\n");
  const wired = (statement: (name: string) => string): ProjectLiteral => ({ ...parts, "src/api/program.ts": `import { container } from "tsyringe";\n${imports}\n${names.map(statement).join("\n")}\nexport { container };` });
  expect(layersOf(wired((name) => `container.register("${name}", { useClass: ${name} });`))["src/api/program.ts"]).toBe("composition");
  expect(layersOf(wired((name) => `container.registerSingleton(${name});`))["src/api/program.ts"]).toBe("composition");
  expect(layersOf(wired((name) => `container.resolve(${name});`))["src/api/program.ts"]).toBe("api");
});

it("takes what was logged for a feature where it is kept", () => {
  expect(layersOf({ "src/slices/logging/repositories/log.repository.ts": query, "src/slices/logging/commands/index.ts": nothing })["src/slices/logging/commands/index.ts"]).toBe("service");
  expect(layersOf({ "src/logging/commands/index.ts": nothing })["src/logging/commands/index.ts"]).toBe("shared");
});

it("takes a gateway that asks somebody else and answers nobody for no part of the api", () => {
  expect(layersOf({ "src/gateways/card.gateway.ts": 'import Stripe from "stripe";\nexport const pay = (stripe: Stripe, amount: number) => stripe.charges.create({ amount, currency: "eur" });', "src/chat/chat.gateway.ts": 'import { WebSocketGateway } from "@nestjs/websockets";\n@WebSocketGateway() export class ChatGateway {}' })).toEqual({ "src/gateways/card.gateway.ts": "service", "src/chat/chat.gateway.ts": "api" });
});

it("takes what asks a store for a port for its adapter, also where it works with a mapper that is called a service", () => {
  const adapter = (port: string): ProjectLiteral => ({
    "src/users/application/ports/list-users.port.ts": "export interface ListUsers { run(): Promise<unknown[]> }",
    "src/users/infrastructure/rows.service.ts": "export class RowsService { map(rows: unknown[]) { return rows; } }",
    "src/users/infrastructure/list-users-sql.service.ts": `import type { Pool } from "pg";\nimport type { ListUsers } from "../application/ports/list-users.port.js";\nimport { RowsService } from "./rows.service.js";\nexport class ListUsersSqlService ${port} { private readonly rows = new RowsService(); constructor(private readonly pool: Pool) {} async run() { return this.rows.map((await this.pool.query("select id from users")).rows); } }`,
  });
  expect(layersOf(adapter("implements ListUsers"))["src/users/infrastructure/list-users-sql.service.ts"]).toBe("repository");
  expect(layersOf(adapter(""))["src/users/infrastructure/list-users-sql.service.ts"]).toBe("service");
});

it("takes classes made of the project's repositories for repositories, whatever they are called", () => {
  const base = 'export class RowsRepository { protected readonly table = "rows"; }';
  const kin = (name: string): string => `import { RowsRepository } from "../base/rows.js";\nexport class ${name} extends RowsRepository { all() { return this.table; } }`;
  expect(layersOf({ "src/base/rows.ts": base, "src/data/tickets.ts": kin("Tickets"), "src/data/panel.ts": kin("PanelController"), "src/data/label.ts": "export class Label {}" })).toMatchObject({ "src/data/tickets.ts": "repository", "src/data/panel.ts": undefined, "src/data/label.ts": undefined });
});

it("takes the code that somebody keeps at a host of Git for no repository of rows", () => {
  expect(layersOf({ "src/links/GithubRepo.ts": "export class GithubRepo {}", "src/links/GitlabRepository.ts": query, "src/links/TicketRepo.ts": "export class TicketRepo {}" })).toEqual({ "src/links/GithubRepo.ts": undefined, "src/links/GitlabRepository.ts": "repository", "src/links/TicketRepo.ts": "repository" });
});

it("guesses that a controller which services alone ask is one of them", () => {
  const work = 'export class LoanController { constructor(private readonly rates: { of(id: string): Promise<number> }) {} async due(id: string) { return (await this.rates.of(id)) * 2; } }';
  const service = 'import { LoanController } from "../handlers/LoanController.js";\nexport const due = (rates: never) => new LoanController(rates).due("l1");';
  const files = { "src/handlers/LoanController.ts": work, "src/services/loans.ts": service };
  expect(modelOf(files).layerOf("src/handlers/LoanController.ts")).toMatchObject({ layer: "api", guessed: true });
  expect(modelOf({ ...files, "src/routes.ts": service.replace("../handlers", "./handlers") }).layerOf("src/handlers/LoanController.ts").guessed).toBeUndefined();
  expect(modelOf({ ...files, "src/handlers/LoanController.ts": "export class LoanController { due() { return 1; } }" }).layerOf("src/handlers/LoanController.ts").guessed).toBeUndefined();
});

it("takes a data source that asks services for no store", () => {
  const asks = 'import { place } from "../services/places.js";\nexport class PlaceDataSource { seen = new Map<string, string>(); of(id: string) { return place(id); } }';
  expect(layersOf({ "src/fetched/place_data_source.ts": asks, "src/datasources/place.ts": asks, "src/services/places.ts": "export const place = (id: string) => id;" })).toMatchObject({ "src/fetched/place_data_source.ts": undefined, "src/datasources/place.ts": undefined });
  expect(layersOf({ "src/data/place_data_source.ts": query })["src/data/place_data_source.ts"]).toBe("repository");
});

it("takes lib/ for all of an application where layers lie in it and nothing lies beside", () => {
  const files = { "lib/services/loans.ts": 'import { rows } from "../repositories/loans.js";\nexport const due = () => rows();', "lib/repositories/loans.ts": "export const rows = () => [];", "test/loans.test.ts": nothing };
  expect(layersOf(files)).toMatchObject({ "lib/services/loans.ts": "service", "lib/repositories/loans.ts": "repository" });
  expect(layersOf({ ...files, "app/page.ts": nothing })["lib/services/loans.ts"]).toBe("shared");
  expect(layersOf({ "lib/services/loans.ts": nothing, "lib/format.ts": nothing })["lib/services/loans.ts"]).toBe("shared");
});

it("takes commands of a chat bot for the api, and commands that nobody writes for services", () => {
  const command = (from: string): string => `import type { ChatInputCommandInteraction } from "${from}";\nexport class Pause { async execute(interaction: ChatInputCommandInteraction) { await interaction.reply("paused"); } }`;
  expect(layersOf({ "src/commands/pause.ts": command("discord.js"), "src/commands/resume.ts": command("discord.js") })["src/commands/pause.ts"]).toBe("api");
  expect(layersOf({ "src/commands/pause.ts": command("../player.js"), "src/player.ts": nothing })["src/commands/pause.ts"]).toBe("service");
});

it("takes a service for one that asks what it is given of a type of the project, also where it imports only that", () => {
  const asks = (type: string): string => `import type { Tickets } from "../repositories/tickets.js";\nexport const close = async (tickets: ${type}, id: string) => { const ticket = await tickets.byId(id); return ticket; };`;
  const guessOf = (text: string): boolean | undefined => modelOf({ "src/services/close.ts": text, "src/repositories/tickets.ts": "export interface Tickets { byId(id: string): Promise<unknown> }" }).layerOf("src/services/close.ts").guessed;
  expect(guessOf(asks("Tickets"))).toBeUndefined();
  expect(guessOf('export const double = (n: number) => n * 2;')).toBe(true);
});

it("takes what listens to a chat for the api, and settings of a server in their own package for settings", () => {
  const chat = (listen: string): string => `import { Client } from "discord.js";\nexport const thanks = (client: Client) => ${listen};`;
  expect(layersOf({ "src/modules/thanks.ts": chat('client.on("messageCreate", (message) => message.reply("you are welcome"))'), "src/modules/names.ts": chat("client.user?.tag") })).toEqual({ "src/modules/thanks.ts": "api", "src/modules/names.ts": undefined });
  const settings = "const { env } = process;\nexport default { host: env.HOST, port: env.PORT };";
  expect(layersOf({ "packages/config/package.json": '{ "name": "@app/config" }', "packages/config/server.ts": settings })).toEqual({ "packages/config/server.ts": "settings" });
  expect(layersOf({ "packages/config/package.json": '{ "name": "@app/config" }', "packages/config/server.ts": 'import express from "express";\nexpress().listen(80);' })).toEqual({ "packages/config/server.ts": "composition" });
});

it("takes factories of controllers for the composition, and those of the domain not", () => {
  const make = 'import { OrderController } from "../controllers/order.controller.js";\nimport { OrderRepository } from "../repositories/order.repository.js";\nexport const createOrderController = () => new OrderController(new OrderRepository());';
  const files = { "src/controllers/order.controller.ts": "export class OrderController { constructor(readonly orders: unknown) {} }", "src/repositories/order.repository.ts": "export class OrderRepository {}", "src/domain/order.ts": "export class Order {}" };
  expect(layersOf({ ...files, "src/factories/controllers/order-controller-factory.ts": make.replaceAll('"../', '"../../') })["src/factories/controllers/order-controller-factory.ts"]).toBe("composition");
  expect(layersOf({ ...files, "src/domain/order-factory.ts": 'import { Order } from "./order.js";\nexport const order = () => new Order();' })["src/domain/order-factory.ts"]).toBe("domain");
});

it("takes a model beside its routes for a store where it asks one, and a server of sockets among adapters for none", () => {
  const asks = 'import { SQL } from "sql-tag";\nexport class Order { static byOwner(id: string) { return this.query(SQL`SELECT * FROM orders WHERE owner = ${id}`); } static query(text: unknown) { return text; } }';
  expect(layersOf({ "src/orders/order.model.ts": asks, "src/orders/price.model.ts": "export interface Price { cents: number }" })).toEqual({ "src/orders/order.model.ts": "repository", "src/orders/price.model.ts": undefined });
  const adapter = (from: string): string => `import { Server } from "${from}";\nexport class Entrance { constructor(private readonly server: Server) {} close() { this.server.close(); } }`;
  expect(layersOf({ "src/adapters/entrance.ts": adapter("ws") })["src/adapters/entrance.ts"]).toBeUndefined();
});

describe("names that follow a convention", () => {
  it("such as .domain and composition say what a file is, and others that end alike do not", () => {
    const rule = "export const mayMove = (from: string, to: string) => from !== to;";
    const wired = 'import { orders } from "../persistence/orders.repository"; export const compose = () => ({ orders: orders() });';
    expect(layersOf({ "src/parcels/parcel.domain.ts": rule, "src/mail/verify-domain.ts": rule, "src/orders/http/composition.ts": wired, "src/orders/persistence/orders.repository.ts": query.replace("find", "orders"), "src/bodies/body-composition.ts": rule })).toEqual({
      "src/parcels/parcel.domain.ts": "domain",
      "src/mail/verify-domain.ts": undefined,
      "src/orders/http/composition.ts": "composition",
      "src/orders/persistence/orders.repository.ts": "repository",
      "src/bodies/body-composition.ts": undefined,
    });
  });

  it("say more than the folder where a logger lies with middleware and a decorator anywhere", () => {
    const logger = 'import winston from "winston"; export default winston.createLogger({ transports: [] });';
    const logs = 'import type { NextFunction, Request, Response } from "express"; export const logger = (req: Request, res: Response, next: NextFunction) => { next(); };';
    const decorator = 'import { applyDecorators, UseGuards } from "@nestjs/common"; export const Own = () => applyDecorators(UseGuards(Number));';
    expect(layersOf({ "src/middlewares/logger.ts": logger, "src/middleware/logger.ts": logs, "src/lib/domain/domain.decorator.ts": decorator })).toEqual({ "src/middlewares/logger.ts": "shared", "src/middleware/logger.ts": "api", "src/lib/domain/domain.decorator.ts": undefined });
  });

  it("of a service give way where it is the connection, and keep it where it works with others", () => {
    const connection = 'import { Sequelize } from "sequelize"; export const sequelizeService = { connection: undefined as unknown, open() { sequelizeService.connection = new Sequelize("sqlite::memory:"); } };';
    const prisma = 'import { Global, Injectable } from "@nestjs/common"; import { PrismaClient } from "@prisma/client"; @Global() @Injectable() export class DataBaseService { readonly prisma = new PrismaClient(); }';
    const works = 'import { Sequelize } from "sequelize"; import { users } from "./users.service"; export const open = () => users(new Sequelize("sqlite::memory:"));';
    const settings = 'import { Global, Injectable } from "@nestjs/common"; @Injectable() @Global() export class AppConfigService { constructor(private readonly values: Map<string, string>) {} get(key: string) { return this.values.get(key); } }';
    expect(layersOf({ "src/services/sequelize.service.ts": connection, "src/data-base/data-base.service.ts": prisma, "src/services/database.service.ts": works, "src/services/users.service.ts": "export const users = (db: unknown) => db;", "src/app-config/app-config.service.ts": settings })).toEqual({
      "src/services/sequelize.service.ts": "repository",
      "src/data-base/data-base.service.ts": "repository",
      "src/services/database.service.ts": "service",
      "src/services/users.service.ts": "service",
      "src/app-config/app-config.service.ts": "settings",
    });
  });

  it("of shared code leave what tells a container of the project's parts alone, and hold what makes a container", () => {
    const parts = 'import type { DependencyContainer } from "tsyringe"; import { store } from "../../stores/store"; export const registerStores = (container: DependencyContainer) => { container.registerInstance("store", store); };';
    const asks = 'import type { DependencyContainer } from "tsyringe"; import { STORE } from "../../stores/store"; export const storeOf = (container: DependencyContainer) => container.resolve(STORE);';
    expect(layersOf({ "src/lib/di/register-stores.ts": parts, "src/lib/di/store-of.ts": asks, "src/stores/store.ts": "export const store = { name: 1 }; export const STORE = 1;" })).toMatchObject({ "src/lib/di/register-stores.ts": "composition", "src/lib/di/store-of.ts": "shared" });
  });

  it("of a queue leave an adapter of a port alone, and take the job that uses a store for one", () => {
    const port = "export interface Queue { add(key: string): Promise<unknown> }";
    const adapter = 'import type { RedisClientType } from "redis"; import type { Queue } from "../ports/queue"; export class RedisQueue implements Queue { constructor(private readonly redis: RedisClientType) {} add(key: string) { return this.redis.del(key); } }';
    const job = 'import type { Pool } from "pg"; export class Cleanup { constructor(private readonly db: Pool) {} run() { return this.db.query("delete from sessions where id = 1"); } }';
    expect(layersOf({ "src/ports/queue.ts": port, "src/queue/redis.ts": adapter, "src/queue/cleanup.ts": job })).toMatchObject({ "src/queue/redis.ts": undefined, "src/queue/cleanup.ts": "api" });
  });
});

it("takes nobody for a repository who takes errors of an ORM alone, by its namespace or by name", () => {
  const maps = 'import { Prisma } from "@prisma/client"; export const mapped = (error: unknown) => (error instanceof Prisma.PrismaClientKnownRequestError ? { status: 409, code: error.code } : undefined);';
  const named = 'import { QueryFailedError } from "typeorm"; export const isDuplicate = (error: unknown) => error instanceof QueryFailedError;';
  const whole = 'import mongoose from "mongoose"; export const isCast = (error: unknown) => error instanceof mongoose.Error.CastError;';
  const reads = 'import { Prisma, PrismaClient } from "@prisma/client"; export const client = new PrismaClient({ errorFormat: "minimal" }); export const known = Prisma.PrismaClientKnownRequestError;';
  const makes = 'import { Prisma } from "@prisma/client"; export const open = Prisma.sql`closed is null`;';
  expect(layersOf({ "src/core/http/mappers.ts": maps, "src/core/http/duplicates.ts": named, "src/core/http/casts.ts": whole, "src/core/store.ts": reads, "src/core/conditions.ts": makes })).toEqual({
    "src/core/http/mappers.ts": undefined,
    "src/core/http/duplicates.ts": undefined,
    "src/core/http/casts.ts": undefined,
    "src/core/store.ts": "repository",
    "src/core/conditions.ts": "repository",
  });
});

it("takes a script that has the application fill its store for none of its code, by its name and that it runs", () => {
  const script = 'import { Seeder } from "../fleet/seeder.service.js"; const run = async () => { await new Seeder().seed(); }; run().catch(() => { process.exitCode = 1; });';
  expect(layersOf({ "src/database/seed-vehicles.ts": script, "src/database/seed-names.ts": "export const names = [1];", "src/fleet/seeder.service.ts": "export class Seeder { async seed() { return 1; } }" })).toEqual({ "src/database/seed-vehicles.ts": "migrations", "src/database/seed-names.ts": "repository", "src/fleet/seeder.service.ts": "service" });
});

it("takes a service for the store itself that makes the connection it lies beside, and not one that is given it", () => {
  const own = 'import { Pool } from "pg"; import { ErrorsService } from "../errors/errors.service"; export class DatasourceService { readonly pool = new Pool({ max: 20 }); constructor(private readonly errors: ErrorsService) {} rows(text: string) { return this.pool.query(text); } }';
  const given = 'import type { Pool } from "pg"; import { ErrorsService } from "../errors/errors.service"; export class DatabaseService { constructor(private readonly pool: Pool, private readonly errors: ErrorsService) {} rows() { return this.pool.query("select 1 from orders"); } }';
  expect(layersOf({ "src/core/connection/datasource.service.ts": own, "src/core/connection/database.service.ts": given, "src/core/errors/errors.service.ts": "export class ErrorsService { log() { return 1; } }" })).toMatchObject({ "src/core/connection/datasource.service.ts": "repository", "src/core/connection/database.service.ts": "service" });
});
