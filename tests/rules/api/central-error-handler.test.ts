import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { marked } from "../../support/routes.js";

const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked("central-error-handler", files, options);
  expect(found).toEqual(expected);
};

describe("central-error-handler", () => {
  it("asks an Express application for a middleware of four parameters", async () => {
    const app = (rest: string, mark = ""): ProjectLiteral => ({ "src/app.ts": `import express from "express";\nconst app = express();${mark}\napp.get("/v1/x", (req, res) => { res.json({}); });\n${rest}\nexport { app };\n`, "src/errors.ts": "export const onError = (err, req, res, next) => { res.status(500).json({ code: \"internal\" }); };\nexport const handlers = () => [(req, res) => { res.status(404).json({ code: \"not_found\" }); }, onError];\n" });
    await holds(app("", " // bad: none@13"));
    await holds(app("app.use((req, res, next) => { next(); });", " // bad: none@13"));
    await holds(app("app.use((err, req, res, next) => { res.status(500).json({ code: \"internal\" }); });"));
    await holds(app('import { onError } from "./errors.js";\napp.use(onError);'));
    // What is not found may be one, by what it is called.
    await holds(app('import { load } from "absent";\napp.use(load().errors.handleErrors);'));
    await holds(app('import * as all from "./errors.js";\nconst found = {};\nfor (const key of Object.keys(all)) found[key] = all[key];\napp.use(found.handleErrors);'));
    await holds(app('const found = JSON.parse("{}");\napp.use(found.compress);', " // bad: none@13"));
    await holds(app('import { handlers } from "./errors.js";\napp.use(handlers());'));
  });

  it("takes the handler of a router that is the whole application for its own", async () => {
    const app = (mount: string, behind: string, mark = ""): ProjectLiteral => ({ "src/app.ts": `import express from "express";\nconst app = express();${mark}\nconst router = express.Router();\napp.use(${mount}router);\nrouter.get("/v1/x", (req, res) => { res.json({}); });\n${behind}\nexport { app };\n` });
    const handler = 'router.use((err, req, res, next) => { res.status(500).json({ code: "internal" }); });';
    await holds(app("", handler));
    await holds(app('"/part", ', handler, " // bad: none@13"));
    await holds(app("", "router.use((req, res, next) => { next(); });", " // bad: none@13"));
  });

  it("is silent where a function that is given an application installs one", () =>
    holds({
      "src/app.ts": 'import express from "express";\nimport load from "./load.js";\nconst app = express();\napp.get("/v1/x", (req, res) => { res.json({}); });\n(await import("./boot.js")).start({ app, load });\n',
      "src/load.ts": 'import express from "express";\nexport default ({ app }: { app: express.Application }) => { app.use((err, req, res, next) => { res.status(500).json({ code: "internal" }); }); };\n',
      "src/boot.ts": "export const start = ({ app, load }) => load({ app });\n",
    }));

  it("is silent where a module that is required is given the application", () =>
    holds({
      "server.js": 'const express = require("express");\nconst app = express();\nconst routes = require("./routes");\nconst errors = require("./errors");\nroutes(app);\nerrors.install(app);\n',
      "routes/index.js": 'const index = (app) => { app.get("/v1/x", (req, res) => { res.json({}); }); };\nmodule.exports = index;\n',
      "errors.js": 'const install = (app) => { app.use((err, req, res, next) => { res.status(500).json({ code: "internal" }); }); };\nmodule.exports = { install };\n',
    }));

  it("tells applications of one package as one, or each where that is asked for", async () => {
    const hono = (name: string, mark = ""): string => `import { Hono } from "hono";\nconst app = new Hono().basePath("/v1/${name}");${mark}\napp.get("/x", async (c) => c.json(await load()));\nexport const GET = app;\n`;
    const files = { "package.json": '{ "dependencies": { "hono": "4" } }', "src/b.ts": hono("b") };
    await holds({ ...files, "src/a.ts": hono("a", " // bad: several@13") });
    await holds({ ...files, "src/a.ts": hono("a", " // bad: none@13"), "src/b.ts": hono("b", " // bad: none@13") }, { options: { report: "applications" } });
  });

  it("is silent on an application without routes", () => holds({ "src/app.ts": 'import express from "express";\nexport const app = express();\n' }));

  it("asks Fastify for setErrorHandler, wherever a plugin calls it", async () => {
    const app = (rest: string, mark = ""): ProjectLiteral => ({ "src/app.ts": `import Fastify from "fastify";\nimport { errors } from "./errors.js";\nconst app = Fastify();${mark}\n${rest}\napp.get("/v1/x", async () => ({}));\nexport const unused = errors;\n`, "src/errors.ts": rest.includes("errors") ? 'import fp from "fastify-plugin";\nimport type { FastifyInstance } from "fastify";\nexport const errors = fp(async (app: FastifyInstance) => { app.setErrorHandler((error, request, reply) => { reply.code(500).send({ code: "internal" }); }); });\n' : "export const errors = 1;\n" });
    await holds(app("", " // bad: none@13"));
    await holds(app('app.setErrorHandler((error, request, reply) => { reply.code(500).send({ code: "internal" }); });'));
    await holds(app("app.register(errors);"));
    // The instance's type is that of the plugin it is a parameter of, and is written nowhere.
    await holds({
      "src/app.ts": 'import Fastify from "fastify";\nimport errors from "./errors.js";\nconst app = Fastify();\nawait app.register(errors);\napp.get("/v1/x", async () => ({}));\n',
      "src/errors.ts": 'import fp from "fastify-plugin";\nexport default fp(async (app) => { app.setErrorHandler((error, request, reply) => { reply.code(500).send({ code: "internal" }); }); });\n',
    });
  });

  it("asks Koa for an outermost try, and Hono for onError", async () => {
    const koa = (rest: string, mark = ""): ProjectLiteral => ({ "src/app.ts": `import Koa from "koa";\nimport Router from "@koa/router";\nconst app = new Koa();${mark}\n${rest}\nconst router = new Router();\nrouter.get("/v1/x", (ctx) => { ctx.body = {}; });\napp.use(router.routes());\n` });
    await holds(koa("", " // bad: none@13"));
    await holds(koa('app.on("error", (error) => { console.error(error); });', " // bad: none@13"));
    await holds(koa('app.use(async (ctx, next) => { try { await next(); } catch (error) { ctx.status = 500; ctx.body = { code: "internal" }; } });'));
    await holds(koa('app.use((ctx, next) => next().catch((error) => { ctx.status = 500; ctx.body = { code: "internal" }; }));'));
    await holds(koa("app.use((ctx, next) => next().then(() => { ctx.set('x', 'y'); }));", " // bad: none@13"));
    const hono = (rest: string, mark = ""): ProjectLiteral => ({ "src/app.ts": `import { Hono } from "hono";\nexport const app = new Hono();${mark}\napp.get("/v1/x", (c) => c.json({}));\n${rest}\n` });
    await holds(hono("", " // bad: none@20"));
    await holds(hono('app.notFound((c) => c.json({ code: "not_found" }, 404));', " // bad: none@20"));
    await holds(hono('app.onError((error, c) => c.json({ code: "internal" }, 500));'));
  });

  it("asks Elysia for onError, of its own or of a plugin that hands it on", async () => {
    const elysia = (plugin: string, mark = ""): ProjectLiteral => ({
      "src/errors.ts": `import { Elysia } from "elysia";\nexport const errors = new Elysia({ name: "errors" })${plugin};\n`,
      "src/app.ts": `import { Elysia } from "elysia";\nimport { errors } from "./errors.js";\nexport const app = new Elysia()${mark}\n  .use(errors)\n  .get("/v1/x", () => ({}))\n  .listen(3000);\n`,
    });
    await holds(elysia('.onError({ as: "global" }, () => ({ code: "internal" }))'));
    await holds(elysia('.onError(() => ({ code: "internal" })).as("global")'));
    // What comes behind it stays with the plugin.
    await holds(elysia('.as("global").onError(() => ({ code: "internal" }))', " // bad: none@20"));
    await holds(elysia('.onError(() => ({ code: "internal" }))', " // bad: none@20"));
    await holds(elysia('.derive(() => ({}))', " // bad: none@20"));
    // Until version 1 hooks of plugins held for whoever used them.
    await holds({ "package.json": '{ "name": "app", "dependencies": { "elysia": "^0.8.0" } }', ...elysia('.onError(() => ({ code: "internal" }))') });
    // An application of parts alone has what each part has.
    const parts = (mark = "", plugin = ""): ProjectLiteral => ({
      "src/notes.ts": `import { Elysia } from "elysia";\nexport const notes = new Elysia()${plugin}\n  .get("/v1/x", () => ({}));\n`,
      "src/app.ts": `import { Elysia } from "elysia";\nimport { notes } from "./notes.js";\nexport const app = new Elysia()${mark}\n  .use(notes)\n  .listen(3000);\n`,
    });
    await holds(parts("", '.onError(() => ({ code: "internal" }))'));
    await holds(parts(" // bad: none@20"));
  });

  it("takes what a plugin of Fastify is given for the application that it is of", async () => {
    const plugin = 'import type { FastifyInstance } from "fastify";\nexport default async function users(fastify: FastifyInstance) { fastify.withTypeProvider<Types>().get("/v1/x", async () => ({})); }\n';
    await holds({ "src/users.ts": plugin, "src/app.ts": 'import Fastify from "fastify";\nimport users from "./users.js";\nexport const app = Fastify(); // bad: none@20\nawait app.register(users);\n' });
  });

  it("tells applications apart: the handler of one is none of another", async () => {
    const two = (first: string, second: string, mark: string): ProjectLiteral => ({ "src/app.ts": `import Fastify from "fastify";\nimport { Hono } from "hono";\nexport const a = new Hono();\na.get("/v1/a", (c) => c.json({}));\na.onError((error, c) => c.json({ code: "internal" }, 500));\nexport const b = new Hono();${mark}\nb.get("/v1/b", (c) => c.json({}));\n${first}\nexport const d = Fastify();${mark}\nd.get("/v1/d", async () => ({}));\n${second}\n`, "src/c.ts": 'import Fastify from "fastify";\nexport const c = Fastify();\nc.setErrorHandler((error, request, reply) => reply.status(500).send({ code: "internal" }));\nc.get("/v1/c", async () => ({}));\n' });
    await holds(two("", "", " // bad: none@18"));
    await holds(two('b.onError((error, c) => c.json({ code: "internal" }, 500));', 'd.setErrorHandler((error, request, reply) => reply.status(500).send({ code: "internal" }));', ""));
    // A router below the application may have the handler.
    await holds({ "src/app.ts": 'import { Hono } from "hono";\nconst notes = new Hono();\nnotes.onError((error, c) => c.json({ code: "internal" }, 500));\nnotes.get("/x", (c) => c.json({}));\nexport const app = new Hono();\napp.route("/v1", notes);\n' });
  });

  it("asks nothing of an application that only says that it is there", async () => {
    const koa = (method: string, mark = ""): ProjectLiteral => ({ "src/main.ts": `import Koa from "koa";\nimport Router from "@koa/router";\nconst router = new Router();\nrouter.${method}("/", async (ctx) => { ctx.body = "Hello"; });\nrouter.get("/health", (ctx) => { ctx.body = { ok: true }; });\nconst app = new Koa();${mark}\napp.use(router.routes());\n` });
    await holds(koa("get"));
    await holds(koa("post", " // bad: none@13"));
  });

  it("asks Nest for an exception filter", async () => {
    const nest = (setUp: string, provider: string, mark = ""): ProjectLiteral => ({
      "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nimport { AllExceptions } from "./filter.js";\nconst app = await NestFactory.create(AppModule);${mark}\n${setUp}\nawait app.listen(3000);\nexport const unused = AllExceptions;\n`,
      "src/app.module.ts": `import { Controller, Get, Module } from "@nestjs/common";\nimport { APP_FILTER } from "@nestjs/core";\nimport { AllExceptions } from "./filter.js";\n@Controller("v1/x") class XController { @Get() get() { return {}; } }\n@Module({ controllers: [XController], providers: [${provider}] }) export class AppModule {}\nexport const unused = [APP_FILTER, AllExceptions];\n`,
      "src/filter.ts": 'import { Catch } from "@nestjs/common";\n@Catch() export class AllExceptions { catch(error, host) { host.switchToHttp().getResponse().status(500).json({ code: "internal" }); } }\n',
    });
    await holds(nest("", "", " // bad: none@19"));
    await holds(nest("app.useGlobalFilters(new AllExceptions());", ""));
    await holds(nest("app.useGlobalPipes().useGlobalFilters(new AllExceptions());", ""));
    await holds(nest("app.useGlobalInterceptors(new ExceptionInterceptor());\nclass ExceptionInterceptor {}", ""));
    await holds(nest("", "{ provide: APP_FILTER, useClass: AllExceptions }"));
  });
});
