import { expect, it } from "vitest";
import { routeLines } from "../../support/route-lines.js";

const contract = `
import { initContract } from "@ts-rest/core";
import { z } from "zod";
const c = initContract();
const users = c.router({
  list: { method: "GET", path: "/users", query: z.object({ limit: z.string() }), responses: { 200: z.array(z.string()) } },
  create: { method: "POST", path: "/users", body: z.object({ name: z.string() }), responses: { 201: z.string() } },
}, { pathPrefix: "/v1" });
export const contract = c.router({
  users,
  posts: { get: { method: "GET", path: "/posts/:id", responses: { 200: c.type() } } },
  remove: { method: "DELETE", path: "/posts/:id", pathParams: z.object({ id: z.string() }), body: c.noBody(), responses: { 204: c.noBody() } },
  import: { method: "PUT", path: "/posts", body: c.type(), responses: { 204: c.noBody() } },
}, { pathPrefix: "/api" });`;
const server = `
import express from "express";
import { createExpressEndpoints, initServer } from "@ts-rest/express";
import { contract } from "./contract.js";
const s = initServer();
const requireUser = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
const implementation = s.router(contract, {
  users: s.router(contract.users, {
    list: async () => ({ status: 200, body: [] }),
    create: { middleware: [requireUser], handler: async ({ body }) => ({ status: 201, body: body.name }) },
  }),
  posts: { get: async ({ params }) => ({ status: 200, body: params.id }) },
  remove: async () => ({ status: 204, body: undefined }),
  import: async () => ({ status: 204, body: undefined }),
});
export const app = express();
const api = express.Router();
app.use("/outer", api);
createExpressEndpoints(contract, implementation, api, { responseValidation: true });
`;
const project = { "src/contract.ts": contract, "src/server.ts": server };

it("joins a contract with its implementation, prefixes and middleware", () => {
  expect(routeLines(project)).toEqual([
    "PUT /outer/api/posts body=type-only response=enforced import",
    "DELETE /outer/api/posts/:id params=enforced response=enforced remove",
    "GET /outer/api/posts/:id params=none response=enforced get",
    "GET /outer/api/v1/users query=enforced response=enforced list",
    "POST /outer/api/v1/users auth:requireUser body=enforced response=enforced handler",
  ]);
});

it("reads a router on fetch, whose contract has the prefix of its mount, with wrapped handlers", () => {
  const files = {
    "src/contract.ts": contract,
    "src/server.ts": `
import { Hono } from "hono";
import { fetchRequestHandler, tsr } from "@ts-rest/serverless/fetch";
import { contract } from "./contract.js";
const authenticated = (handler) => async (args, { request }) => {
  if (!request.headers.get("authorization")) throw new HttpError(401);
  return handler(args);
};
const router = tsr.router(contract, { users: { list: authenticated(async () => ({ status: 200 })), create: async () => ({ status: 201 }) } });
const inner = new Hono();
const app = new Hono();
app.route("/api", inner);
inner.mount("/", async (request) => fetchRequestHandler({ request, contract, router, options: {} }));`,
  };
  expect(routeLines(files).filter((line) => line.includes("/users"))).toEqual(["GET /api/v1/users auth:authenticated query=enforced response=declared inline", "POST /api/v1/users body=enforced response=declared create"]);
});

it("takes a contract without a server for a client's", () => {
  expect(routeLines({ "src/contract.ts": contract, "src/client.ts": 'import { initClient } from "@ts-rest/core"; import "@ts-rest/express"; import { contract } from "./contract.js"; export const client = initClient(contract, {});' })).toEqual([]);
});

it("lists the operations that controllers of NestJS implement, below their prefixes, with their guards", () => {
  const files = {
    "src/contract.ts": `
import { initContract } from "@ts-rest/core";
import { z } from "zod";
const c = initContract();
export const contract = c.router({
  posts: c.router({ list: { method: "GET", path: "/posts", query: z.object({ limit: z.number().max(10) }), responses: { 200: z.array(z.string()) } }, create: { method: "POST", path: "/posts", body: z.object({ title: z.string() }), responses: { 201: z.string() } } }),
  one: { method: "GET", path: "/posts/:id", pathParams: z.object({ id: z.string() }), responses: { 200: z.string() } },
}, { pathPrefix: "/v1" });`,
    "src/posts.controller.ts": `
import { Controller, UseGuards } from "@nestjs/common";
import { TsRest, TsRestHandler, tsRestHandler, TsRestRequest } from "@ts-rest/nest";
import { contract } from "./contract.js";
import { JwtGuard } from "./guard.js";
@Controller()
export class PostsController {
  @UseGuards(JwtGuard)
  @TsRestHandler(contract.posts, { validateResponses: true })
  async handler() {
    return tsRestHandler(contract.posts, { list: async function list() { return { status: 200, body: [] }; }, create: async ({ body }) => ({ status: 201, body: body.title }) });
  }
  @TsRest(contract.one) async one(@TsRestRequest() { params }) { return { status: 200, body: params.id }; }
}`,
    "src/guard.ts": 'import { UnauthorizedException } from "@nestjs/common"; export class JwtGuard { canActivate(context) { if (!context.user) throw new UnauthorizedException(); return true; } }',
    "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { Module } from "@nestjs/common"; import { PostsController } from "./posts.controller.js"; @Module({ controllers: [PostsController] }) class AppModule {} const app = await NestFactory.create(AppModule); app.setGlobalPrefix("api"); await app.listen(1);',
  };
  expect(routeLines(files)).toEqual([
    "GET /api/v1/posts auth:JwtGuard query=enforced response=enforced list",
    "POST /api/v1/posts auth:JwtGuard body=enforced response=enforced create",
    "GET /api/v1/posts/:id params=enforced response=declared PostsController.one",
  ]);
});
