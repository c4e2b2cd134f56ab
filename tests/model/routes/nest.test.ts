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
