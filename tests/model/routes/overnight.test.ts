import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";
import { modelOf, type ProjectLiteral } from "../../support/model.js";
import { idiomsOf } from "../../../src/catalogue/idioms.js";

const files = {
  "src/controllers.ts": `
import { ChildControllers, ClassMiddleware, Controller, Delete, Get, Middleware, Post } from "@overnightjs/core";
import type { Request, Response } from "express";
import { z } from "zod";
import { limit, requireUser } from "./guards.js";
const User = z.object({ name: z.string() });
@Controller("members") export class Members { @Get(":member") show(request: Request, response: Response) { response.json(request.params.member); } }
@Controller("api/users")
@ClassMiddleware([requireUser])
@ChildControllers([new Members()])
export class Users {
  @Get("") list(request: Request, response: Response) { response.json([]); }
  @Post("new") @Middleware([limit]) create(request: Request, response: Response) { const user = User.parse(request.body); response.json(user.name); }
  @Delete(":id") private remove(request: Request, response: Response) { response.json(request.params.id); }
  helper() { return 1; }
}
@Controller("login") export class Login { @Post() @Middleware(limit) @Middleware(audit) login(request: Request, response: Response) { response.json(request.body); } }
@Controller("late") export class Late { @Get() show(request: Request, response: Response) { response.end(); } }
@Controller("lost") export class Lost { @Get("here") show(request: Request, response: Response) { response.end(); } }
const audit = (request, response, next) => { next(); };`,
  "src/guards.ts": `
export const requireUser = (request, response, next) => { if (!request.user) response.status(401).end(); else next(); };
export const limit = (request, response, next) => { if (request.tooMany) response.status(429).end(); else next(); };`,
  "src/server.ts": `
import { Server } from "@overnightjs/core";
import { Late, Login, Users } from "./controllers.js";
import { requireUser } from "./guards.js";
export class App extends Server {
  constructor() { super(); this.prepare(); this.addControllers([new Users(), new Login()]); this.app.use(requireUser); super.addControllers(new Late()); this.app.use((error, request, response, next) => { response.status(500).json({ code: "failed" }); }); }
  prepare() { this.app.use((request, response, next) => { response.set("x", "y"); next(); }); }
}
export const app = new App();`,
};

it("lists the methods of the controllers that a server is given, with what runs before each where it was added", () => {
  expect(routeLines(files)).toEqual([
    "GET /api/users auth:requireUser response=none Users.list",
    "DELETE /api/users/:id auth:requireUser params=none response=none Users.remove",
    "GET /api/users/members/:member auth:requireUser params=none response=none Members.show",
    "POST /api/users/new auth:requireUser rate-limit:limit body=enforced response=none Users.create",
    "GET /late auth:requireUser response=none Late.show",
    "POST /login rate-limit:limit body=none response=none Login.login",
    "GET /lost/here response=none Lost.show partial",
  ]);
  expect(unresolvedLines(files)).toEqual(["src/controllers.ts no server is given this controller; its routes are listed without what the server adds"]);
  expect(modelOf(files).routes.applications).toMatchObject([{ framework: "overnightjs", file: "src/server.ts", errorHandler: true }]);
});

it("finds the controllers that a server adds to itself, from a list that is filled step by step", () => {
  const server = (filled: string): ProjectLiteral => ({
    "src/notes.ts": 'import { Controller, Get } from "@overnightjs/core"; @Controller("notes") export class Notes { @Get() list(req, res) { res.end(); } }',
    "src/app.ts": `import { Server } from "@overnightjs/core"; import { Notes } from "./notes"; class App extends Server { constructor() { super(); this.app.use(requireUser); this.mount(); } private mount() { const all = []; ${filled} super.addControllers(all); } } export const app = new App();`,
  });
  expect(routeLines(server("all.push(new Notes());"))).toEqual(["GET /notes auth:requireUser response=none Notes.list"]);
  expect(routeLines(server("others.push(new Notes());"))).toEqual(["GET /notes response=none Notes.list partial"]);
});

it("has an idiom of its own for every framework", () => {
  const general = idiomsOf("no framework");
  for (const framework of ["adonisjs", "elysia", "express", "fastify", "feathers", "h3", "hapi", "hono", "inversify", "koa", "lambda", "nestjs", "next", "nitro", "orpc", "overnightjs", "routing-controllers", "trpc", "ts-rest", "tsoa"]) expect([framework, idiomsOf(framework)]).not.toEqual([framework, general]);
});
