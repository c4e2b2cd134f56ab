import "reflect-metadata";
import type { AddressInfo } from "node:net";
import type { INestApplication } from "@nestjs/common";
import { describe, expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../../support/model.js";
import { withRunning } from "../../support/running-project.js";
import { guardedBy, guardedIn, linesOf, reported } from "./support.js";

const modules = {
  "src/guards.ts": `
import { applyDecorators, Controller, ForbiddenException, Get, Injectable, SetMetadata, UnauthorizedException, UseGuards } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
export const isPublicKey = "isPublic";
export const Public = () => SetMetadata(isPublicKey, true);
@Injectable()
export class TokenGuard {
  canActivate(context) {
    if (context.switchToHttp().getRequest().headers.authorization === undefined) throw new UnauthorizedException();
    return true;
  }
}
@Injectable()
export class RolesGuard {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context) {
    const roles = this.reflector.get("roles", context.getHandler());
    if (roles && !roles.includes(context.switchToHttp().getRequest().user?.role)) throw new ForbiddenException();
    return true;
  }
}
@Injectable()
export class GlobalGuard {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context) {
    if (this.reflector.getAllAndOverride(isPublicKey, [context.getHandler(), context.getClass()])) return true;
    if (context.switchToHttp().getRequest().headers.authorization === undefined) throw new UnauthorizedException();
    return true;
  }
}
export const Auth = (...roles: string[]) => applyDecorators(SetMetadata("roles", roles), UseGuards(TokenGuard, RolesGuard));
export const Resource = (path: string) => applyDecorators(Controller({ path, version: "2" }), UseGuards(TokenGuard));
export function GetSecured(path?: string) { return applyDecorators(Get(path), Auth()); }`,
  "src/users.controller.ts": `
import { Controller, Delete, Get, Patch, Post, Version, VERSION_NEUTRAL } from "@nestjs/common";
import { Auth, GetSecured, Resource } from "./guards.js";
const paths = { mine: "mine" } as const;
@Controller({ path: "users", version: "1" })
export class UsersController {
  @Get() list() { return []; }
  @Get(":id") @Auth("admin") find() { return {}; }
  @Version("2") @Get(":id/profile") profile() { return {}; }
  @Version(["1", "2"]) @Post() create() { return {}; }
  @Version(VERSION_NEUTRAL) @Get("status/ping") ping() { return {}; }
  @GetSecured(paths.mine) mine() { return {}; }
  @Patch(["a/:id", "b/:id"]) change() { return {}; }
}
export abstract class Crud {
  @Get() list() { return []; }
  @Get("count") count() { return 1; }
  @Delete(":id") @Auth() remove() { return {}; }
}
@Controller("cats") export class CatsController extends Crud { count() { return 2; } }
@Controller(["dogs", "hounds"]) export class DogsController extends Crud { @Post(":id/feed") feed() { return {}; } }
@Resource("things") export class ThingsController { @Get() list() { return []; } }
@Controller() export class RootController { @Get() root() { return {}; } @Get("about") about() { return {}; } }`,
  "src/others.controller.ts": `
import { All, Controller, Get, Post, UseGuards } from "@nestjs/common";
import { Public, TokenGuard } from "./guards.js";
@Public() @Controller("health") export class HealthController { @Get() check() { return {}; } @Get("ready") ready() { return {}; } @Get("deep") deep() { return {}; } }
@Controller("hooks") export class HooksController { @Post("pay/:provider") pay() { return {}; } }
@Controller("dashboard") export class AdminController { @Get() show() { return {}; } @Public() @Get("logo") logo() { return {}; } }
@Controller("reports") @UseGuards(TokenGuard) export class ReportsController { @Get(":id") show() { return {}; } }
@Controller() export class BareController { @All("proxy") proxy() { return {}; } }
@Controller("feature") export class FeatureController { @Get() show() { return {}; } }
@Controller("tickets") export class TicketsController { @Get() list() { return []; } @Get("open") open() { return []; } @Get(":id/log") log() { return []; } @Post() create() { return {}; } }
@Controller("forgotten") export class ForgottenController { @Get() show() { return {}; } }
@Controller("unlisted") export class UnlistedController { @Get() show() { return {}; } }`,
  "src/app.module.ts": `
import { Module, RequestMethod } from "@nestjs/common";
import { RouterModule } from "@nestjs/core";
import { CatsController, DogsController, RootController, ThingsController, UsersController } from "./users.controller.js";
import { AdminController, BareController, FeatureController, ForgottenController, HealthController, HooksController, ReportsController, TicketsController } from "./others.controller.js";
@Module({ controllers: [ReportsController] }) export class ReportsModule {}
@Module({ controllers: [BareController] }) export class BareModule {}
@Module({ controllers: [AdminController], imports: [ReportsModule, BareModule] }) export class AdminModule {}
@Module({}) export class FeatureModule { static forRoot(options: { enabled: boolean }) { return { module: FeatureModule, controllers: [FeatureController], providers: [] }; } }
@Module({ controllers: [ForgottenController] }) export class ForgottenModule {}
function requireToken(request, response, next) { if (request.headers.authorization === undefined) { response.status(401).json({ code: "unauthenticated" }); return; } next(); }
@Module({ controllers: [TicketsController, DogsController] })
export class TicketsModule {
  configure(consumer) {
    consumer.apply(requireToken).exclude({ path: "tickets/open", method: RequestMethod.GET }).forRoutes("tickets");
    consumer.apply(requireToken).forRoutes({ path: "hounds{/*rest}", method: RequestMethod.GET });
  }
}
export const shared = [HealthController, HooksController];
@Module({
  imports: [RouterModule.register([{ path: "admin", module: AdminModule, children: [{ path: ":tenant", module: ReportsModule }, BareModule] }]), AdminModule, TicketsModule, FeatureModule.forRoot({ enabled: true })],
  controllers: [UsersController, CatsController, ThingsController, RootController, ...shared],
})
export class AppModule {}`,
};

const main = (set: string, module = "AppModule", imports = ""): ProjectLiteral => ({
  ...modules,
  "src/main.ts": `
import "reflect-metadata";
import { RequestMethod, VersioningType, VERSION_NEUTRAL } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module.js";
${imports}
export async function bootstrap() {
  const app = await NestFactory.create(${module}, { logger: false });
  ${set}
  await app.listen(0);
  return app;
}`,
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** The routes of the running application, and those of the table that it answers with 401. */
async function compare(files: ProjectLiteral): Promise<void> {
  const { routes } = modelOf(files).routes;
  const mounted = routes.filter(({ unmounted }) => unmounted !== true);
  await withRunning(files, "src/main.ts", async ({ bootstrap }) => {
    const app = await (bootstrap as () => Promise<INestApplication>)();
    try {
      // What Express keeps, behind an interface that does not say so.
      const { stack } = (app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } }).router;
      // Middleware for one method stands among the routes; here it alone has a wildcard.
      const running = stack.flatMap(({ route }) => (route && !route.path.includes("*") ? (Object.keys(route.methods).length > 20 ? ["all"] : Object.keys(route.methods)).map((method) => reported(method, route.path)) : []));
      expect(linesOf(mounted)).toEqual(linesOf(running));
      const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
      const statusOf = async (method: string, url: string): Promise<number> => {
        const answers = await Promise.all(["1", "2"].map((version) => fetch(`http://127.0.0.1:${port}${url}`, { method, headers: { "x-version": version } })));
        return Math.max(...answers.map(({ status }) => (status === 401 ? status : 0)));
      };
      expect(guardedIn(mounted)).toEqual(await guardedBy(mounted, statusOf));
    } finally {
      await app.close();
    }
  });
}

describe("the table of a NestJS application agrees with the running one", () => {
  it("without anything set", async () => {
    await compare(main(""));
  });

  it("below a global prefix that leaves paths out, with versions in the path", async () => {
    await compare(main('app.setGlobalPrefix("api", { exclude: ["health", { path: "health/ready", method: RequestMethod.GET }, { path: "health/deep", method: RequestMethod.POST }, "hooks/{*path}"] }); app.enableVersioning({ type: VersioningType.URI });'));
  });

  it("with versions by default, several of them, and a prefix of its own", async () => {
    await compare(main('app.setGlobalPrefix("/base/"); app.enableVersioning({ type: VersioningType.URI, prefix: "version-", defaultVersion: ["1", VERSION_NEUTRAL] });'));
    await compare(main('app.enableVersioning({ type: VersioningType.URI, prefix: false, defaultVersion: "3" });'));
  });

  it("with versions in a header", async () => {
    await compare(main('app.setGlobalPrefix("api"); app.enableVersioning({ type: VersioningType.HEADER, header: "X-Version", defaultVersion: "1" });'));
  });

  it("with a guard for all, and handlers and controllers that are public", async () => {
    await compare(main('app.setGlobalPrefix("api");', "GuardedModule", 'import { Module } from "@nestjs/common"; import { APP_GUARD } from "@nestjs/core"; import { GlobalGuard } from "./guards.js"; @Module({ imports: [AppModule], providers: [{ provide: APP_GUARD, useClass: GlobalGuard }] }) class GuardedModule {}'));
  });

  it("and says which controllers no module leads to", () => {
    expect(modelOf(main("")).routes.unresolved.map(({ reason }) => reason)).toEqual(Array.from({ length: 2 }, () => "no module of an application lists this controller"));
    const unreadable = { ...main(""), "src/app.module.ts": modules["src/app.module.ts"].replace("controllers: [UsersController", "controllers: [...(await load()), unknown(), UsersController") };
    expect(modelOf(unreadable).routes.unresolved).toEqual([]);
  });

  it("gives each of two applications its own controllers, and one that both have to both", () => {
    const app = (name: string, prefix: string): ProjectLiteral => ({
      [`apps/${name}/main.ts`]: `import { NestFactory } from "@nestjs/core"; import { Root } from "./root.js"; const probe = await NestFactory.create(Root); await probe.close(); const app = await NestFactory.create(Root); app.setGlobalPrefix("${prefix}"); await app.listen(1);`,
      [`apps/${name}/root.ts`]: `import { Controller, Get, Module } from "@nestjs/common"; import { SharedModule } from "../../libs/shared.js"; @Controller("${name}") class Own { @Get() get() { return 1; } } @Module({ controllers: [Own], imports: [SharedModule] }) export class Root {}`,
    });
    const shared = 'import { Controller, Get, Module } from "@nestjs/common"; @Controller("shared") class Shared { @Get() get() { return 1; } } @Module({ controllers: [Shared] }) export class SharedModule {}';
    expect(linesOf(modelOf({ ...app("shop", "s"), ...app("back", "b"), "libs/shared.ts": shared }).routes.routes)).toEqual(["GET /b/back", "GET /b/shared", "GET /s/shared", "GET /s/shop"]);
  });
});
