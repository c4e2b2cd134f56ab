import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";
import { withRunning } from "../../support/running-project.js";

const base = `
import { initTRPC, TRPCError } from "@trpc/server";
interface Context { user?: { id: string; admin: boolean } }
const t = initTRPC.context<Context>().create();
export const router = t.router;
export const mergeRouters = t.mergeRouters;
const timing = t.middleware(async ({ next }) => { const result = await next(); return result; });
export const publicProcedure = t.procedure.use(timing);
export const protectedProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { user: ctx.user } });
});
export const adminProcedure = protectedProcedure.use(({ ctx, next }) => {
  if (!ctx.user.admin) throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});
const sessionCheck = t.middleware(({ ctx, next, type }) => {
  if (type !== "mutation" || !ctx.user) return next();
  if (ctx.user.id === "gone") throw new TRPCError({ code: "UNAUTHORIZED" });
  return next();
});
export const openProcedure = t.procedure.use(sessionCheck);
export const limited = (most: number) => t.middleware(({ next }) => { if (most === 0) throw new TRPCError({ code: "TOO_MANY_REQUESTS" }); return next(); });
`;
const project = {
  "src/trpc.ts": base,
  "src/users.ts": `
import { z } from "zod";
import { adminProcedure, limited, protectedProcedure, publicProcedure, router } from "./trpc.js";
const list = protectedProcedure.input(z.object({ limit: z.number().max(100) })).output(z.array(z.object({ id: z.string() }))).query(() => []);
export const users = router({
  list,
  create: adminProcedure.input(z.object({ name: z.string() })).mutation(({ input }) => input),
  raw: publicProcedure.input(z.any()).use(limited(5)).mutation(({ input }) => input),
  profile: { get: publicProcedure.query(() => "me") },
});`,
  "src/posts.ts": `
import { openProcedure, router } from "./trpc.js";
export const posts = router({ all: openProcedure.query(() => []), "archive": openProcedure.mutation(() => 1) });
export default posts;`,
  "src/app.ts": `
import { lazy } from "@trpc/server";
import { mergeRouters, publicProcedure, router } from "./trpc.js";
import { users } from "./users.js";
const health = router({ health: publicProcedure.query(() => "ok") });
const v1 = router({ users, posts: lazy(() => import("./posts.js").then((module) => module.posts)) });
export const appRouter = mergeRouters(router({ v1 }), health);`,
  "src/server.ts": `
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import { appRouter } from "./app.js";
export const server = createHTTPServer({ router: appRouter, basePath: "/trpc/" });`,
};

it("lists each procedure with what its base enforces, its schemas and its handler", () => {
  expect(routeLines(project)).toEqual([
    "GET /trpc/health public:publicProcedure response=type-only inline",
    "GET /trpc/v1.posts.all auth-attach:sessionCheck response=type-only inline",
    "POST /trpc/v1.posts.archive auth-attach:sessionCheck response=type-only inline",
    "POST /trpc/v1.users.create auth:protectedProcedure authz:adminProcedure body=enforced response=type-only inline",
    "GET /trpc/v1.users.list auth:protectedProcedure query=enforced response=enforced inline",
    "GET /trpc/v1.users.profile.get public:publicProcedure response=type-only inline",
    "POST /trpc/v1.users.raw public:publicProcedure rate-limit:limited body=none response=type-only inline",
  ]);
});

it("agrees with the procedures that the running router knows", async () => {
  const running = await withRunning({ ...project, "src/main.ts": 'import { appRouter } from "./app.js"; export const names = async () => { const caller = appRouter.createCaller({}); await caller.v1.posts.all(); return Object.entries(appRouter._def.procedures).map(([name, procedure]) => `${procedure._def.type === "mutation" ? "POST" : "GET"} /trpc/${name}`); };' }, "src/main.ts", async ({ names }) => (names as () => Promise<string[]>)());
  const found = routeLines(project).map((line) => line.split(" ").slice(0, 2).join(" "));
  expect(found.filter((name) => !name.includes("v1.posts")).sort()).toEqual(running.filter((name) => !name.includes("v1.posts")).sort());
  expect(found).toContain("GET /trpc/v1.posts.all");
});

it("takes the prefix from the server that it is given to", () => {
  const app = { "package.json": '{ "dependencies": { "next": "^16" } }', "src/trpc.ts": base, "src/app.ts": 'import { publicProcedure, router } from "./trpc.js"; export const appRouter = router({ ping: publicProcedure.query(() => 1) });' };
  const prefixOf = (file: string, text: string): string[] => routeLines({ ...app, [file]: text }).map((line) => line.split(" ").slice(0, 2).join(" "));
  expect(prefixOf("src/server.ts", 'import express from "express"; import { createExpressMiddleware } from "@trpc/server/adapters/express"; import { appRouter } from "./app.js"; const app = express(); app.use("/api/trpc", createExpressMiddleware({ router: appRouter }));')).toEqual(["GET /api/trpc/ping"]);
  expect(prefixOf("src/server.ts", 'import Fastify from "fastify"; import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify"; import { appRouter } from "./app.js"; Fastify().register(fastifyTRPCPlugin, { prefix: "/rpc", trpcOptions: { router: appRouter } });')).toEqual(["GET /rpc/ping"]);
  expect(prefixOf("src/app/api/trpc/[trpc]/route.ts", 'import { fetchRequestHandler } from "@trpc/server/adapters/fetch"; import { appRouter } from "../../../../app.js"; export const GET = (req: Request) => fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter });')).toContain("GET /api/trpc/ping");
  expect(prefixOf("src/pages/api/trpc/[trpc].ts", 'import * as next from "@trpc/server/adapters/next"; import { appRouter } from "../../../app.js"; export default next.createNextApiHandler({ router: appRouter });')).toEqual(["GET /api/trpc/ping"]);
  expect(prefixOf("src/pages/api/trpc/[trpc].ts", 'import * as next from "@trpc/server/adapters/next"; import { traced } from "absent"; import { appRouter } from "../../../app.js"; export default traced(traced(next.createNextApiHandler({ router: appRouter })), {});')).toEqual(["GET /api/trpc/ping"]);
  expect(prefixOf("src/server.ts", 'import { Hono } from "hono"; import { trpcServer } from "@hono/trpc-server"; import { appRouter } from "./app.js"; const served = trpcServer({ router: appRouter }); new Hono().use("/trpc/*", served);')).toEqual(["GET /trpc/ping"]);
});

it("has before its procedures what the server runs that the adapter is put into", () => {
  const files = {
    "src/trpc.ts": base,
    "src/rpc.ts": 'import { Router } from "express"; import { createExpressMiddleware } from "@trpc/server/adapters/express"; import { publicProcedure, router } from "./trpc.js"; const appRouter = router({ ping: publicProcedure.query(() => 1) }); export const rpc = Router(); const served = createExpressMiddleware({ router: appRouter }); rpc.use("/", served);',
    "src/app.ts": 'import express from "express"; import { rateLimit } from "express-rate-limit"; import { rpc } from "./rpc.js"; const app = express(); app.use("/other", requireUser); app.use("/api/trpc", rateLimit({ limit: 9 }), rpc); app.use(later);',
  };
  expect(routeLines(files)).toEqual(["GET /api/trpc/ping rate-limit:rateLimit public:publicProcedure response=type-only inline"]);
});

it("lists what an OpenAPI handler serves by the method and path of the metadata", () => {
  const files = {
    "src/trpc.ts": base,
    "src/app.ts": 'import { publicProcedure, router } from "./trpc.js"; export const appRouter = router({ user: publicProcedure.meta({ openapi: { method: "GET", path: "/users/{id}" } }).query(() => 1), hidden: publicProcedure.query(() => 1) });',
    "src/server.ts": 'import { createOpenApiHttpHandler } from "trpc-to-openapi"; import { appRouter } from "./app.js"; createOpenApiHttpHandler({ router: appRouter, endpoint: "/api" });',
  };
  expect(routeLines(files)).toEqual(["GET /api/users/:id public:publicProcedure response=type-only inline"]);
});

it("says which routers nothing serves and what could not be followed", () => {
  const files = { "src/trpc.ts": base, "src/app.ts": 'import { publicProcedure, router } from "./trpc.js"; import { other } from "absent"; export const appRouter = router({ ping: publicProcedure.query(() => 1), other });' };
  expect(routeLines(files)).toEqual(["GET /ping public:publicProcedure response=type-only inline partial"]);
  expect(unresolvedLines(files)).toEqual(['src/app.ts what the router has as "other" could not be followed', "src/app.ts nothing serves this router; its procedures are listed without a prefix"]);
});

it("lists nothing for clients and look-alikes", () => {
  expect(routeLines({ "src/client.ts": 'import { createTRPCClient } from "@trpc/client"; import type { AnyRouter } from "@trpc/server"; const client = createTRPCClient<AnyRouter>({}); client.users.list.query(); client.users.create.mutation({}); export const router = { a: { query: () => 1 } };' })).toEqual([]);
});

it("follows procedures that functions of the project make, and lists once what a second router or a server of sockets has as well", () => {
  const files = {
    "src/trpc.ts": 'import { initTRPC, TRPCError } from "@trpc/server"; const t = initTRPC.context<{ user?: { roles: string[] } }>().create(); export const router = t.router; export const open = t.procedure; const members = t.procedure.use(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); }); export const roles = { requires: (role: string) => members.use(({ ctx, next }) => { if (!ctx.user.roles.includes(role)) throw new TRPCError({ code: "FORBIDDEN" }); return next(); }) };',
    "src/keys.ts": 'import { open, roles, router } from "./trpc.js"; export const keys = router({ list: roles.requires("admin").query(() => 1), ping: open.query(() => 1) });',
    "src/server.ts": 'import { createHTTPServer } from "@trpc/server/adapters/standalone"; import { applyWSSHandler } from "@trpc/server/adapters/ws"; import { keys } from "./keys.js"; import { router } from "./trpc.js"; const app = router({ keys }); createHTTPServer({ router: app }).listen(1); applyWSSHandler({ router: app }); export const forAgents = router({ tools: keys });',
  };
  expect(routeLines(files)).toEqual(["GET /keys.list auth:members authz:requires response=type-only inline", "GET /keys.ping response=type-only inline"]);
  expect(unresolvedLines(files)).toEqual([]);
});

it("knows a context that refuses callers who are not known, and not one that only looks who calls", () => {
  const served = (context: string): string[] =>
    routeLines({
      "src/server.ts": `
import { initTRPC, TRPCError } from "@trpc/server";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import { sessionOf } from "./sessions.js";
const t = initTRPC.create();
const createContext = async ({ req }) => { ${context} };
createHTTPServer({ router: t.router({ plans: t.procedure.query(() => []) }), createContext }).listen(3000);`,
      "src/sessions.ts": 'import { jwtVerify } from "jose"; export const sessionOf = async (token) => (token ? (await jwtVerify(token, key)).payload : undefined);',
    });
  expect(served('const session = await sessionOf(req.headers.authorization); if (!session) throw new TRPCError({ code: "UNAUTHORIZED" }); return { session };')).toEqual(["GET /plans auth:createContext response=type-only inline"]);
  expect(served("const session = await sessionOf(req.headers.authorization); return { session };")).toEqual(["GET /plans response=type-only inline"]);
  expect(served("const bearer = req.headers.authorization; if (bearer !== undefined) { return { session: await sessionOf(bearer) }; } return { session: null };")).toEqual(["GET /plans response=type-only inline"]);
});
