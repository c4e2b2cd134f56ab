import { describe, expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../../support/model.js";

/** `GET /users resources: authenticate`, and what handler answers. */
const linesOf = (files: ProjectLiteral): string[] => modelOf(files).routes.routes.map(({ method, path, opaque, serves, steps, handler }) => `${method} ${path}${opaque ? ` opaque ${serves ?? ""}` : ""}: ${steps.map(({ name }) => name).join(", ")}${handler ? ` -> ${handler.name}` : ""}`);
const guard = "const authenticate = (request, response, next) => { if (!request.user) return response.status(401).end(); next(); };";

describe("routes that a package makes", () => {
  it("for models of Sequelize, by their endpoints and actions, behind what the application used before", () => {
    const files = {
      "app.js": `const express = require("express"); const finale = require("finale-rest"); const app = express(); ${guard} const models = require("./models"); finale.initialize({ app, sequelize: models.database, base: "/api" }); finale.resource({ model: models.Open, endpoints: ["/open", "/open/:id"], actions: ["list"] }); app.use("/api/users", authenticate); const users = finale.resource({ model: models.User, endpoints: ["/users", "/users/:id"] });`,
      "models.js": "exports.User = 1; exports.Open = 2;",
    };
    expect(linesOf(files)).toEqual([
      "GET /api/open opaque resources: ",
      "GET /api/users opaque resources: authenticate",
      "POST /api/users opaque resources: authenticate",
      "DELETE /api/users/:id opaque resources: authenticate",
      "GET /api/users/:id opaque resources: authenticate",
      "PUT /api/users/:id opaque resources: authenticate",
    ]);
  });

  it("for models of Mongoose, below prefix, version and name, on the router that it is given", () => {
    const files = { "app.ts": `import express from "express"; import restify from "express-restify-mongoose"; import mongoose from "mongoose"; ${guard} const app = express(); const router = express.Router(); const User = mongoose.model("User", schema); restify.serve(router, User, { prefix: "", version: "/v2" }); app.use("/data", authenticate, router);` };
    expect(linesOf(files)).toEqual(["DELETE /data/v2/User", "GET /data/v2/User", "POST /data/v2/User", "DELETE /data/v2/User/:id", "GET /data/v2/User/:id", "PATCH /data/v2/User/:id", "POST /data/v2/User/:id", "PUT /data/v2/User/:id", "GET /data/v2/User/count"].map((line) => `${line} opaque resources: authenticate`));
  });

  it("for controllers of Nest with `@Crud`, less what is left out", () => {
    const files = { "app.ts": 'import { Controller, Module, UseGuards } from "@nestjs/common"; import { AuthGuard } from "@nestjs/passport"; import { NestFactory } from "@nestjs/core"; import { Crud } from "@nestjsx/crud"; @Crud({ model: { type: User }, routes: { only: ["getManyBase", "createOneBase", "deleteOneBase"], exclude: ["deleteOneBase"] } }) @Controller("users") @UseGuards(AuthGuard("jwt")) export class Users {} @Module({ controllers: [Users] }) export class AppModule {} const app = await NestFactory.create(AppModule); app.setGlobalPrefix("api");' };
    expect(modelOf(files).routes.routes.map(({ method, path, steps, serves }) => [method, path, serves, ...steps.filter(({ role }) => role === "auth").map(({ name }) => name)].join(" "))).toEqual(["GET /api/users resources AuthGuard", "POST /api/users resources AuthGuard"]);
  });

  it("as one application below a path: a board of queues, a proxy, a handler of accounts", () => {
    const files = { "app.ts": `import express from "express"; import { ExpressAdapter } from "@bull-board/express"; import { createProxyMiddleware } from "http-proxy-middleware"; import { toNodeHandler } from "better-auth/node"; ${guard} const board = new ExpressAdapter(); const app = express(); app.use("/queues", board.getRouter()); app.use("/old", createProxyMiddleware({ target })); app.all("/accounts/*rest", toNodeHandler(auth)); app.use("/inner", authenticate, board.getRouter());` };
    expect(linesOf(files)).toEqual(["ALL /accounts/*rest opaque : ", "ALL /inner/*path opaque board: authenticate", "ALL /old/*path opaque : ", "ALL /queues/*path opaque board: "]);
  });

  it("as the pages of a framework that an application hands all other requests to", () => {
    expect(linesOf({ "app.ts": 'import express from "express"; import { createRequestHandler } from "@remix-run/express"; const app = express(); app.all("*", createRequestHandler({ build }));' })).toEqual(["ALL /*path opaque : "]);
  });

  it("for services of Feathers, with the hooks of all methods and of each", () => {
    const files = {
      "src/app.ts": 'import { feathers } from "@feathersjs/feathers"; import { koa, rest } from "@feathersjs/koa"; import { notes } from "./notes"; import { users } from "./users"; const app = koa(feathers()); app.configure(rest()); app.configure(notes); app.configure(users); app.hooks({ around: { all: [audit] } });',
      "src/declarations.ts": 'import type { Application as FeathersApplication } from "@feathersjs/koa"; export type Application = FeathersApplication<object>;',
      "src/notes.ts": 'import { authenticate } from "@feathersjs/authentication"; import type { Application } from "./declarations"; class Notes { async find(params) { return []; } async create(data, params) { return data; } } export const notes = (app: Application) => { app.use("notes", new Notes()); app.service("notes").hooks({ around: { all: [authenticate("jwt")] }, before: { create: [check] } }); };',
      "src/users.ts": 'import { KnexService } from "@feathersjs/knex"; import type { Application } from "./declarations"; class Users extends KnexService {} export const users = (app: Application) => { app.use("users", new Users({}), { methods: ["get", "patch"] }); };',
      "src/client.ts": 'import type { Application } from "@feathersjs/feathers"; export const client = (app: Application, connection: Application) => { app.use("users", connection.service("users")); };',
    };
    expect(linesOf(files)).toEqual(["GET /notes opaque : audit, authenticate -> Notes.find", "POST /notes opaque : audit, authenticate, check -> Notes.create", "GET /users/:id opaque resources: audit", "PATCH /users/:id opaque resources: audit"]);
  });

  it("for services of Feathers that functions without types register on their `this` or first parameter, behind middleware, and for no files or logins", () => {
    const files = {
      "src/app.js": 'const feathers = require("@feathersjs/feathers"); const express = require("@feathersjs/express"); const { AuthenticationService } = require("@feathersjs/authentication"); const services = require("./services"); class Logins extends AuthenticationService {} const app = express(feathers()); app.use("/", express.static("public")); app.use("/authentication", new Logins(app)); app.configure(services);',
      "src/services.js": 'const notes = require("./notes"); const files = require("./files"); module.exports = function configure() { const app = this; app.configure(notes); app.configure(files); };',
      "src/notes.js": 'const make = require("feathers-mongoose"); const hooks = require("./notes.hooks"); module.exports = function notes() { const app = this; app.use("/notes", make({ Model }), { methods: ["find", "patch"] }); const service = app.service("notes"); service.hooks(hooks); };',
      "src/notes.hooks.js": 'const { authenticate } = require("@feathersjs/authentication"); const { disallow } = require("feathers-hooks-common"); const restrict = [authenticate("jwt"), own()]; module.exports = { before: { all: [], find: [], patch: [trim(), ...restrict], remove: [disallow()] } };',
      "src/files.js": 'const upload = require("multer")(); module.exports = (app) => { const service = { async create(data) { return data; } }; app.use("/files", upload.single("file"), service); };',
      "src/other.js": "module.exports = (app) => { app.use('/others', { async find() {} }); };",
    };
    expect(linesOf(files)).toEqual(["POST /files opaque :  -> create", "GET /notes opaque resources: ", "PATCH /notes/:id opaque resources: trim, authenticate, own"]);
  });
});
