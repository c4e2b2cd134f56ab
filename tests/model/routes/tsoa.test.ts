import { expect, it } from "vitest";
import { routeLines } from "../../support/route-lines.js";

const controller = `
import { Body, Controller, Get, Middlewares, NoSecurity, Path, Post, Query, Request, Route, Security } from "tsoa";
import { limiter } from "./limiter.js";
interface NewUser { name: string }
@Route("users/{org}")
@Security("jwt")
export class UsersController extends Controller {
  @Get("{id}") public async one(@Path() org: string, @Path() id: number): Promise<string> { return org + id; }
  @Get() @NoSecurity() public async all(org: string, @Query() limit?: number) { return [org, limit]; }
  @Post() @Security("jwt", ["admin"]) @Middlewares(limiter) public async create(@Path() org: string, @Body() body: NewUser, @Request() request: unknown): Promise<NewUser> { return body; }
  @Post("raw") public async raw(@Path() org: string, @Body() body: any): Promise<void> {}
}`;
const files = {
  "package.json": '{ "name": "app" }',
  "tsoa.json": '{ "entryFile": "src/app.ts", "spec": {}, "routes": { "routesDir": "./src/generated", "basePath": "/api/v1", "authenticationModule": "src/authentication.ts" } }',
  "src/users-controller.ts": controller,
  "src/limiter.ts": "export const limiter = (request, response, next) => { if (request.many) response.status(429).end(); else next(); };",
  "src/generated/routes.ts": 'import express from "express"; export function RegisterRoutes(app: express.Router) { app.get("/api/v1/users/:org/:id", (request, response) => response.json(1)); }',
  "src/app.ts": 'import express from "express"; import { RegisterRoutes } from "./generated/routes.js"; const app = express(); RegisterRoutes(app); app.get("/health", (request, response) => response.json(1));',
};

it("lists controllers below the base path of tsoa.json and leaves the generated routes out", () => {
  expect(routeLines(files)).toEqual([
    "GET /api/v1/users/:org public:NoSecurity query=enforced params=enforced response=none UsersController.all",
    "POST /api/v1/users/:org auth:Security authz:Security rate-limit:limiter body=enforced params=enforced response=declared UsersController.create",
    "GET /api/v1/users/:org/:id auth:Security params=enforced response=declared UsersController.one",
    "POST /api/v1/users/:org/raw auth:Security body=none params=enforced response=declared UsersController.raw",
    "GET /health response=none inline",
  ]);
});

it("takes no decorators of other packages for its own", () => {
  expect(routeLines({ "src/a.ts": 'import { Get, Route } from "./own.js"; import "tsoa"; @Route("x") export class A { @Get("y") y() {} }', "src/own.ts": "export const Route = (path) => () => {}; export const Get = Route;" })).toEqual([]);
});
