import { expect, it } from "vitest";
import { modelOf } from "../../support/model.js";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";

const files = {
  "src/types.ts": `export const TYPES = { RequireUser: Symbol.for("RequireUser"), Limit: Symbol.for("Limit"), Boats: Symbol.for("Boats") };`,
  "src/guards.ts": `
import { BaseMiddleware } from "inversify-express-utils";
import { provide } from "inversify-binding-decorators";
import { TYPES } from "./types.js";
@provide(TYPES.RequireUser)
export class Session extends BaseMiddleware {
  handler(request, response, next) { if (!request.user) response.status(401).end(); else next(); }
}
export const limit = (request, response, next) => { if (request.tooMany) response.status(429).end(); else next(); };`,
  "src/boats.controller.ts": `
import { all, controller, httpDelete, httpGet, httpMethod, httpPost, queryParam, request, requestBody, requestParam, response } from "inversify-express-utils";
import { z } from "zod";
import { limit } from "./guards.js";
import { TYPES } from "./types.js";
const Boat = z.object({ name: z.string() });
@controller("/boats", TYPES.RequireUser)
export class BoatsController {
  @httpGet("/") list(@queryParam("sort") sort: string) { return [sort]; }
  @httpPost("/", TYPES.Limit) add(@requestBody() body: unknown) { const boat = Boat.parse(body); return boat; }
  @httpDelete("/:id", limit) remove(@requestParam("id") id: string, @response() answer) { answer.sendStatus(204); }
  @httpMethod("patch", "/:id") change(@request() req, @response() res) { res.json(req.body.name); }
}
@controller("/open")
export class OpenController {
  @all("/ping") ping(request, response) { response.json(request.query.word); }
  helper() { return 1; }
}`,
  "src/server.ts": `
import { Container } from "inversify";
import { InversifyExpressServer } from "inversify-express-utils";
import express from "express";
import { limit } from "./guards.js";
import { TYPES } from "./types.js";
import "./boats.controller.js";
const container = new Container();
container.bind(TYPES.Limit).toConstantValue(limit);
const server = new InversifyExpressServer(container, null, { rootPath: "/api/v1" });
server.setConfig((app) => { app.use(express.json()); app.use("/files", express.static("files")); });
server.setErrorConfig((app) => { app.use((error, request, response, next) => { response.status(500).json({ code: "failed" }); }); });
export const app = server.build();`,
};

it("lists the methods of decorated controllers, with what the container has under the identifiers of their middleware", () => {
  expect(routeLines(files)).toEqual([
    "GET /api/v1/boats auth:RequireUser query=none response=none BoatsController.list",
    "POST /api/v1/boats auth:RequireUser rate-limit:Limit body=enforced response=enforced BoatsController.add",
    "DELETE /api/v1/boats/:id auth:RequireUser rate-limit:limit params=none response=none BoatsController.remove",
    "PATCH /api/v1/boats/:id auth:RequireUser body=none response=none BoatsController.change",
    "ALL /api/v1/open/ping query=none response=none OpenController.ping",
  ]);
  expect(unresolvedLines(files)).toEqual([]);
  expect(modelOf(files).routes.applications).toMatchObject([{ framework: "inversify", file: "src/server.ts", errorHandler: true }]);
});

it("reads the decorators of the framework of InversifyJS itself, and says where the root path is not known", () => {
  const later = {
    "src/a.ts": `import { Body, Controller, Get, Post, UseGuard } from "@inversifyjs/http-core";
class Known { async activate(request) { if (!request.user) throw new UnauthorizedHttpResponse(); return true; } }
@Controller("/a") export class A { @Get(":id") one() { return {}; } @UseGuard(Known) @Post() add(@Body() body: { name: string }) { return body; } }`,
    "src/server.ts": `import { InversifyExpressServer } from "inversify-express-utils";\nexport const make = (container, settings) => new InversifyExpressServer(container, null, { rootPath: settings.get("root") });`,
  };
  expect(routeLines(later)).toEqual(["POST /a auth:Known body=type-only response=none A.add partial", "GET /a/:id response=none A.one partial"]);
  expect(unresolvedLines(later)).toEqual(["src/server.ts the root path of the server is not a constant; its routes are listed without it"]);
});
