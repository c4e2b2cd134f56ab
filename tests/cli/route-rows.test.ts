import { expect, it } from "vitest";
import { eachOnce, rowOf } from "../../src/cli/route-rows.js";
import { modelOf } from "../support/model.js";

it("says of each route what guards it, or what declares it public", () => {
  const model = modelOf({
    "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); await app.listen(1);',
    "src/app.module.ts": 'import { Module } from "@nestjs/common"; import { APP_GUARD } from "@nestjs/core"; import { TokenGuard } from "./guard.js"; import { Posts } from "./posts.js"; @Module({ controllers: [Posts], providers: [{ provide: APP_GUARD, useClass: TokenGuard }] }) export class AppModule {}',
    "src/guard.ts": 'import { SetMetadata, UnauthorizedException } from "@nestjs/common"; export const Public = () => SetMetadata("isPublic", true); export class TokenGuard { canActivate(context) { if (!context.user) throw new UnauthorizedException(); return true; } }',
    "src/posts.ts": 'import { Controller, Get, UseGuards } from "@nestjs/common"; import { AuthGuard } from "@nestjs/passport"; import { Public } from "./guard.js"; @Controller("posts") export class Posts { @Get() list() {} @Public() @Get("new") newest() {} @Public() @UseGuards(AuthGuard("local")) @Get("own") own() {} }',
  });
  expect(model.routes.routes.map((route) => `${route.path} ${rowOf(model, route).auth}`)).toEqual(["/posts TokenGuard", "/posts/new public: Public", "/posts/own TokenGuard, AuthGuard"]);
});

it("shows no limiter at a route that is exempted from it", () => {
  const model = modelOf({ "src/app.ts": 'import Fastify from "fastify"; import rateLimit from "@fastify/rate-limit"; const app = Fastify(); await app.register(rateLimit, { max: 5 }); app.get("/a", answer); app.get("/b", { config: { rateLimit: false } }, answer);' });
  expect(model.routes.routes.map((route) => `${route.path} ${rowOf(model, route).rateLimit}`)).toEqual(["/a rateLimit", "/b -"]);
});

it("keeps routes of routers that nothing mounts apart by their files, and tells of a mounted one that is registered again", () => {
  const router = 'import { Router } from "express"; const router = Router(); router.get("/all", list); export default router;';
  const model = modelOf({ "src/plans.ts": router, "src/parts.ts": router, "src/app.ts": 'import express from "express"; const app = express(); app.get("/all", list); app.get("/all", other); app.listen(1);' });
  const { routes, repeated } = eachOnce(model);
  expect(routes.map(({ file, path }) => `${file} ${path}`).toSorted()).toEqual(["src/app.ts /all", "src/parts.ts /all", "src/plans.ts /all"]);
  expect(repeated.map(({ reason }) => reason)).toEqual(["GET /all is also registered at src/app.ts:1"]);
});
