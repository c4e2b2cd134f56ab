import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";
import { withRunning } from "../../support/running-project.js";

const project = {
  "src/dto.ts": 'import { IsString } from "class-validator"; export class CreateUser { @IsString() name: string; } export class Plain { name: string; }',
  "src/controllers.ts": `
import "reflect-metadata";
import { Authorized, Body, Delete, Get, HeaderParam, JsonController, Method, Param, Patch, Post, Put, QueryParam, QueryParams, UseBefore } from "routing-controllers";
import { CreateUser, Plain } from "./dto.js";
export function limiter(request, response, next) { if (request.tooMany) response.status(429).end(); else next(); }
export abstract class Base {
  @Get("/count") count() { return 1; }
  @Get("/named") named() { return "base"; }
}
@JsonController("/users")
@UseBefore(limiter)
export class Users extends Base {
  @Get() list(@QueryParam("limit") limit: number, @QueryParam("name") name: string) { return [limit, name]; }
  @Post() @Authorized("admin") create(@Body() body: CreateUser) { return body; }
  @Put("/:id") @Authorized() replace(@Param("id") id: string, @Body({ validate: false }) body: CreateUser) { return [id, body]; }
  @Patch("/:id") change(@Param("id") id: number, @Body() body: Plain) { return [id, body]; }
  @Delete("/:id") remove(@Param("id") id: string) { return id; }
  @Method("post", "/search") search(@Body() body: { text: string }) { return body; }
  named() { return "not a route"; }
}
@JsonController() export class Unlisted { @Get("/unlisted") get() { return 1; } }`,
  "src/server.ts": `
import express from "express";
import { useExpressServer } from "routing-controllers";
import { Users } from "./controllers.js";
export const app = useExpressServer(express(), { routePrefix: "/api", controllers: [Users], authorizationChecker: () => true });`,
};

it("lists methods below the prefixes, with guards and how each parameter is checked", () => {
  expect(routeLines(project)).toEqual([
    "GET /api/users rate-limit:limiter query=none response=none Users.list",
    "POST /api/users rate-limit:limiter auth:Authorized authz:Authorized body=enforced response=none Users.create",
    "DELETE /api/users/:id rate-limit:limiter params=none response=none Users.remove",
    "PATCH /api/users/:id rate-limit:limiter body=type-only params=enforced response=none Users.change",
    "PUT /api/users/:id rate-limit:limiter auth:Authorized body=declared params=none response=none Users.replace",
    "GET /api/users/count rate-limit:limiter response=none Base.count",
    "POST /api/users/search rate-limit:limiter body=type-only response=none Users.search",
  ]);
  expect(unresolvedLines(project)).toEqual(["src/controllers.ts no server lists this controller"]);
});

it("agrees with the routes of the running application", async () => {
  interface Layer { readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> } }
  const running = await withRunning(project, "src/server.ts", ({ app }) => (app as { router: { stack: readonly Layer[] } }).router.stack.flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [])));
  expect(running.length).toBeGreaterThan(5);
  // The framework registers what a base class decorates even where the subclass has a method of that name.
  expect(routeLines(project).map((line) => line.split(" ").slice(0, 2).join(" ")).sort()).toEqual([...new Set(running)].filter((route) => route !== "GET /api/users/named").sort());
});

it("trusts @Authorized only where the server has a checker", () => {
  const server = { ...project, "src/server.ts": 'import { createExpressServer } from "routing-controllers"; import { Users } from "./controllers.js"; createExpressServer({ controllers: [Users], validation: false });' };
  expect(routeLines(server).filter((line) => line.startsWith("POST /users "))).toEqual(["POST /users rate-limit:limiter unknown:Authorized body=declared response=none Users.create"]);
});

it("says when the prefix cannot be told", () => {
  const files = { ...project, "src/server.ts": 'import { createExpressServer } from "routing-controllers"; import { prefix } from "absent"; createExpressServer({ routePrefix: prefix, controllers: [__dirname + "/*.js"] });' };
  expect(unresolvedLines(files)).toEqual(["src/server.ts the prefix of the routes is not a constant; they are listed without it"]);
  expect(routeLines(files).every((line) => line.endsWith("partial"))).toBe(true);
});
