import { expect, it } from "vitest";
import { routeLines } from "../../support/route-lines.js";

const files = {
  "src/decorators.ts": `
import { applyDecorators, createParamDecorator, Get, SetMetadata, UnauthorizedException, UseGuards } from "@nestjs/common";
import { JwtGuard } from "./jwt.guard.js";
export const PublicRoute = (isPublic = false) => SetMetadata("public", isPublic);
export function Auth(options) {
  const isPublic = options?.public;
  return applyDecorators(UseGuards(JwtGuard), PublicRoute(isPublic));
}
export const CurrentUser = createParamDecorator((data, context) => { const { user } = context.switchToHttp().getRequest(); if (!user) throw new UnauthorizedException(); return user; });
export const Language = createParamDecorator((data, context) => context.switchToHttp().getRequest().headers["accept-language"]);
export const Roles = (roles) => SetMetadata("roles", roles);
export const AuthNote = (roles) => applyDecorators(Roles(roles));
export function AuthGet(path) {
  const all = [UseGuards(JwtGuard)];
  all.push(Get(path));
  return applyDecorators(...all);
}`,
  "src/jwt.guard.ts": 'import { UnauthorizedException } from "@nestjs/common"; export class JwtGuard { canActivate(context) { if (!context.user) throw new UnauthorizedException(); return true; } }',
  "src/users.controller.ts": `
import { Controller, Get } from "@nestjs/common";
import { Auth, AuthGet, AuthNote, CurrentUser, Language, PublicRoute } from "./decorators.js";
abstract class Base { @Get("count") count() { return 1; } @Get("size") size() { return 1; } }
@Controller("users")
export class UsersController extends Base {
  @Get() @Auth({}) list() { return []; }
  @AuthGet("mine") mine() { return []; }
  @Get("noted") @AuthNote(["admin"]) noted() { return []; }
  @Get("open") @PublicRoute(true) open() { return []; }
  @Get("me") me(@CurrentUser() user) { return user; }
  @Get("words") words(@Language() language) { return language; }
  size() { return 2; }
}`,
};

it("unfolds decorators that combine others, with the arguments that they are given", () => {
  expect(routeLines(files)).toEqual([
    "GET /users auth:JwtGuard response=none UsersController.list",
    "GET /users/count response=none Base.count",
    "GET /users/me auth:CurrentUser response=none UsersController.me",
    "GET /users/mine auth:JwtGuard response=none UsersController.mine",
    "GET /users/noted response=none UsersController.noted",
    "GET /users/open public:PublicRoute response=none UsersController.open",
    "GET /users/words response=none UsersController.words",
  ]);
});

it("reads what a decorator combines with what it is given: a list of guards in options, and a guard that is put in under a condition", () => {
  const files = {
    "src/auth.ts": `
import { applyDecorators, Controller, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
export class OtherGuard { canActivate(context) { if (!context.key) throw new ForbiddenException(); return true; } }
export function Auth(given?: { guards?: unknown[] }) { const options = { guards: [AuthGuard("jwt")], ...given } satisfies object; return applyDecorators(UseGuards(...options.guards)); }
export function Area(name: string, secured = true) { const list = [Controller(name)]; if (secured) list.push(Auth()); return applyDecorators(...list); }`,
    "src/app.ts": `
import { Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Area, Auth, OtherGuard } from "./auth";
@Area("users") export class Users { @Get() list() { return []; } }
@Area("login", false) export class Login { @Get() show() { return 1; } @Auth({ guards: [OtherGuard] }) @Get("other") other() { return 2; } @Auth() @Get("me") me() { return 3; } }
@Module({ controllers: [Users, Login] }) export class AppModule {}
void NestFactory.create(AppModule);`,
  };
  expect(routeLines(files).map((line) => line.replace(/ response.*/, ""))).toEqual(["GET /login", "GET /login/me auth:AuthGuard", "GET /login/other authz:OtherGuard", "GET /users auth:AuthGuard"]);
});

it("reads what a decorator chooses by what it is given, also inside what it combines; of a choice that nothing decides, both", () => {
  const files = {
    "src/auth.ts": `
import { applyDecorators, Controller, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
import { level } from "level";
export class KeyGuard { canActivate(context) { if (!context.key) throw new UnauthorizedException(); return true; } }
export function Auth(byKey = false) { return applyDecorators(byKey ? UseGuards(KeyGuard) : UseGuards(AuthGuard("jwt"))); }
export function Maybe(secured = true) { return applyDecorators(...(secured ? [Auth()] : [])); }
export function Some() { return applyDecorators(level() ? UseGuards(KeyGuard) : UseGuards(AuthGuard("jwt"))); }`,
    "src/app.ts": `
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Auth, Maybe, Some } from "./auth";
@Controller("users") export class Users { @Auth() @Get() list() { return []; } @Auth(true) @Get("key") key() { return 1; } @Maybe() @Get("in") inside() { return 1; } @Maybe(false) @Get("out") outside() { return 1; } @Some() @Get("some") some() { return 1; } }
@Module({ controllers: [Users] }) export class AppModule {}
void NestFactory.create(AppModule);`,
  };
  expect(routeLines(files).map((line) => line.replace(/ response.*/, ""))).toEqual(["GET /users auth:AuthGuard", "GET /users/in auth:AuthGuard", "GET /users/key auth:KeyGuard", "GET /users/out", "GET /users/some auth:KeyGuard auth:AuthGuard"]);
});

it("knows an application that a variable is given later", () => {
  const files = {
    "src/main.ts": 'import { type INestApplication, VersioningType } from "@nestjs/common"; import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app"; let app: INestApplication | null = null; async function start() { app = await NestFactory.create(AppModule); app.setGlobalPrefix("api"); app.enableVersioning({ type: VersioningType.URI, defaultVersion: "1" }); await app.listen(3000); } void start();',
    "src/app.ts": 'import { Controller, Get, Module } from "@nestjs/common"; @Controller("users") export class Users { @Get() list() { return []; } } @Module({ controllers: [Users] }) export class AppModule {}',
  };
  expect(routeLines(files).map((line) => line.replace(/ response.*/, ""))).toEqual(["GET /api/v1/users"]);
});

it("reads parameters behind decorators of the project, guards that are asked of the container, and a controller in a folder that is called as migrations are", () => {
  const files = {
    "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; import { TeamGuard } from "./team.guard"; const app = await NestFactory.create(AppModule); app.useGlobalGuards(app.get(TeamGuard)); await app.listen(3000);',
    "src/team.guard.ts": 'import { ForbiddenException } from "@nestjs/common"; export class TeamGuard { canActivate(context) { if (!isMember(context)) throw new ForbiddenException(); return true; } }',
    "src/app.module.ts": 'import { Module } from "@nestjs/common"; import { UpgradeController } from "./modules/upgrade/upgrade.controller"; @Module({ controllers: [UpgradeController] }) export class AppModule {}',
    "src/modules/upgrade/upgrade.controller.ts": 'import { Controller, Get, Param } from "@nestjs/common"; const PlanId = () => Param("planId"); @Controller("upgrade") export class UpgradeController { @Get(":planId/rest/:path*") show(@PlanId() id: string) { return { id }; } }',
  };
  expect(routeLines(files)).toEqual(["GET /upgrade/:planId/rest/*path authz:TeamGuard params=none response=none UpgradeController.show"]);
});

it("takes a guard of Passport that throws nothing for one that only attaches, and a method that takes nothing of the request for no check of who calls", () => {
  const tokens = {
    "src/maybe.guard.ts": 'import { AuthGuard } from "@nestjs/passport"; export class MaybeGuard extends AuthGuard("jwt") { handleRequest(error, user) { return error ? null : (user ?? null); } }',
    "src/sure.guard.ts": 'import { UnauthorizedException } from "@nestjs/common"; import { AuthGuard } from "@nestjs/passport"; export class SureGuard extends AuthGuard("jwt") { handleRequest(error, user) { if (error || !user) throw new UnauthorizedException(); return user; } }',
    "src/tokens.service.ts": 'import { UnauthorizedException } from "@nestjs/common"; export class TokensService { open() { if (this.settings.closed) throw new UnauthorizedException(); return { token: 1 }; } }',
    "src/tokens.controller.ts": `
import { Controller, Get, Post, UseGuards } from "@nestjs/common"; import { MaybeGuard } from "./maybe.guard.js"; import { SureGuard } from "./sure.guard.js"; import { TokensService } from "./tokens.service.js";
@Controller("tokens") export class TokensController { constructor(private readonly tokens: TokensService) {} @Get("maybe") @UseGuards(MaybeGuard) maybe() { return 1; } @Get("sure") @UseGuards(SureGuard) sure() { return 1; } @Post("free") free() { return this.tokens.open(); } }`,
    "src/app.module.ts": 'import { Module } from "@nestjs/common"; import { TokensController } from "./tokens.controller.js"; import { TokensService } from "./tokens.service.js"; @Module({ controllers: [TokensController], providers: [TokensService] }) export class AppModule {}',
    "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); await app.listen(3000);',
  };
  expect(routeLines(tokens).map((line) => line.replace(/ response=.*/, ""))).toEqual(["POST /tokens/free", "GET /tokens/maybe auth-attach:MaybeGuard", "GET /tokens/sure auth:SureGuard"]);
});

it("reads trees of modules behind calls and spreads that leave some out", () => {
  const module = (name: string): string => `@Controller("${name.toLowerCase()}") class ${name}Controller { @Get() list() { return []; } } @Module({ controllers: [${name}Controller] }) export class ${name}Module {}`;
  const files = {
    "src/modules.ts": `import { Controller, Get, Module } from "@nestjs/common"; ${["Plans", "Parts", "Tools"].map(module).join(" ")}`,
    "src/app.module.ts": `
import { Module } from "@nestjs/common"; import { RouterModule } from "@nestjs/core"; import { RouterModule as Routes } from "nest-router"; import compact from "lodash/compact"; import { PartsModule, PlansModule, ToolsModule } from "./modules.js"; import { isProduction } from "./mode.js";
@Module({ imports: [PlansModule, PartsModule, ToolsModule, RouterModule.register(compact([{ path: "office", module: PlansModule }, { ...(isProduction ? null : { path: "bench", module: ToolsModule }) }])), Routes.forRoutes([isProduction && { path: "store", module: PartsModule }].filter(Boolean))] }) export class AppModule {}`,
    "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); await app.listen(3000);',
  };
  expect(routeLines(files).map((line) => line.replace(/ response=.*/, ""))).toEqual(["GET /bench/tools", "GET /office/plans", "GET /store/parts"]);
});

it("takes what lets requests without a user pass for no guard of anything, whomever it turns away", () => {
  const table = (first: string): readonly string[] =>
    routeLines({
      "src/blocked.interceptor.ts": `import { ForbiddenException, Injectable } from "@nestjs/common"; @Injectable() export class BlockedInterceptor { async intercept(context, next) { const { user } = context.switchToHttp().getRequest(); ${first} if (await this.blocked.has(user.id)) throw new ForbiddenException(); return next.handle(); } }`,
      "src/app.module.ts": 'import { Controller, Get, Module } from "@nestjs/common"; import { APP_INTERCEPTOR } from "@nestjs/core"; import { BlockedInterceptor } from "./blocked.interceptor.js"; @Controller("plans") class PlansController { @Get() list() { return []; } } @Module({ controllers: [PlansController], providers: [{ provide: APP_INTERCEPTOR, useClass: BlockedInterceptor }] }) export class AppModule {}',
      "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); await app.listen(3000);',
    }).map((line) => line.replace(/ response=.*/, ""));
  expect(table("if (!user) return next.handle();")).toEqual(["GET /plans auth-attach:BlockedInterceptor"]);
  expect(table("if (!user) { return next.handle(); }")).toEqual(["GET /plans auth-attach:BlockedInterceptor"]);
  expect(table("")).toEqual(["GET /plans authz:BlockedInterceptor"]);
});

it("takes no header that says how a request was sent for credentials", () => {
  const refusing = (name: string, test: string): string => `@Injectable() export class ${name} implements NestMiddleware { use(req, res, next) { if (${test}) throw new ForbiddenException(); next(); } }`;
  const stepsBehind = (test: string): readonly string[] =>
    routeLines({
      "src/edge.middleware.ts": `import { ForbiddenException, Injectable, NestMiddleware } from "@nestjs/common"; ${refusing("EdgeMiddleware", test)}`,
      "src/app.module.ts": 'import { Controller, Get, Module } from "@nestjs/common"; import { EdgeMiddleware } from "./edge.middleware.js"; @Controller("plans") class PlansController { @Get() list() { return []; } } @Module({ controllers: [PlansController] }) export class AppModule { configure(consumer) { consumer.apply(EdgeMiddleware).forRoutes("*"); } }',
      "src/main.ts": 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); await app.listen(3000);',
    });
  for (const test of ['!req.headers["user-agent"]', 'req.headers["content-type"] !== "application/json"', "!req.headers.origin", '!isRecent(req.headers["x-timestamp"])']) expect(stepsBehind(test).filter((line) => line.includes("auth:")), test).toEqual([]);
  for (const test of ['!req.headers["x-service-key"]', "!req.headers.authorization", "!isKnown(req.headers)", '!(req.headers["user-agent"] && req.headers["x-signature"])']) expect(stepsBehind(test), test).toEqual([expect.stringContaining("auth:EdgeMiddleware")]);
});

it("puts the path of a controller together of what its decorator takes apart", () => {
  const files = {
    "src/api.ts": 'import { applyDecorators, Controller, UseGuards } from "@nestjs/common"; import { JwtGuard } from "./jwt.guard"; export function Api({ name, area = "open" }) { return applyDecorators(UseGuards(JwtGuard), Controller(`/api/${area}${name ? `/${name}` : ""}`)); }',
    "src/jwt.guard.ts": 'import { UnauthorizedException } from "@nestjs/common"; export class JwtGuard { canActivate(context) { if (!context.user) throw new UnauthorizedException(); return true; } }',
    "src/plans.controller.ts": 'import { Get } from "@nestjs/common"; import { Api } from "./api"; @Api({ name: "plans" }) export class PlansController { @Get(":id") show() { return {}; } } @Api({ name: "", area: "staff" }) export class StaffController { @Get() list() { return []; } }',
  };
  expect(routeLines(files).map((line) => line.replace(/ response=.*/, ""))).toEqual(["GET /api/open/plans/:id auth:JwtGuard", "GET /api/staff auth:JwtGuard"]);
});

it("takes the prefix from a setting, also where a template holds nothing else", () => {
  const under = (prefix: string): readonly string[] =>
    routeLines({
      "src/app.config.ts": 'import { registerAs } from "@nestjs/config"; export default registerAs("app", () => ({ prefix: process.env.API_PREFIX || "api/v1" }));',
      "src/app.module.ts": 'import { Controller, Get, Module } from "@nestjs/common"; @Controller("plans") class PlansController { @Get() list() { return []; } } @Module({ controllers: [PlansController] }) export class AppModule {}',
      "src/main.ts": `import { ConfigService } from "@nestjs/config"; import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); const config = app.get(ConfigService); app.setGlobalPrefix(${prefix}); await app.listen(3000);`,
    }).map((line) => line.replace(/ response=.*/, ""));
  for (const prefix of ['config.get("app.prefix")', '`${config.get("app.prefix")}`']) expect(under(prefix), prefix).toEqual(["GET /api/v1/plans"]);
});

it("leaves middleware out that the server uses for some paths alone", () => {
  const stepsWith = (used: string): readonly string[] =>
    routeLines({
      "src/app.module.ts": 'import { Controller, Get, Module } from "@nestjs/common"; @Controller("plans") class PlansController { @Get() list() { return []; } } @Module({ controllers: [PlansController] }) export class AppModule {}',
      "src/main.ts": `import basicAuth from "express-basic-auth"; import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module.js"; const app = await NestFactory.create(AppModule); app.use(${used}basicAuth({ users: {} })); await app.listen(3000);`,
    }).map((line) => line.replace(/ response=.*/, ""));
  expect(stepsWith("")).toEqual(["GET /plans auth:basicAuth"]);
  for (const path of ['"/docs", ', '["/docs", "/docs-json"], ', "`/${version}/docs`, "]) expect(stepsWith(path), path).toEqual(["GET /plans"]);
});
