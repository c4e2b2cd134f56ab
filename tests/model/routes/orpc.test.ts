import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";
import { withRunning } from "../../support/running-project.js";

const project = {
  "src/base.ts": `
import { ORPCError, os } from "@orpc/server";
export const base = os.$context<{ user?: { id: string } }>();
const requireUser = base.middleware(({ context, next }) => {
  if (!context.user) throw new ORPCError("UNAUTHORIZED");
  return next({ context: { user: context.user } });
});
export const authed = base.use(requireUser);`,
  "src/planets.ts": `
import { z } from "zod";
import { authed, base } from "./base.js";
const list = base.route({ method: "GET", path: "/planets" }).input(z.object({ limit: z.number() })).output(z.array(z.string())).handler(() => []);
const create = authed.route({ method: "POST", path: "/planets" }).input(z.object({ name: z.string() })).handler(({ input }) => input);
const find = base.route({ method: "GET", path: "/planets/{id}" }).input(z.object({ id: z.string() })).handler(({ input }) => input);
const byKey = authed.route({ method: "DELETE" }).handler(() => 1);
export const planets = base.prefix("/v1").router({ list, create, find, byKey });`,
  "src/server.ts": `
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { planets } from "./planets.js";
import { base } from "./base.js";
export const router = { planets, moons: { all: base.handler(() => []) } };
const handler = new OpenAPIHandler(router);
export const fetch = (request: Request) => handler.handle(request, { prefix: "/api", context: {} });`,
};

it("lists procedures by their path, below prefixes, or by their keys", () => {
  expect(routeLines(project)).toEqual([
    "POST /api/moons/all response=type-only inline",
    "DELETE /api/planets/byKey auth:requireUser response=type-only inline",
    "GET /api/v1/planets query=enforced response=enforced inline",
    "POST /api/v1/planets auth:requireUser body=enforced response=type-only inline",
    "GET /api/v1/planets/:id query=enforced params=enforced response=type-only inline",
  ]);
});

it("agrees with what the running handler answers", async () => {
  const urls = routeLines(project).map((line) => line.split(" "));
  await withRunning(project, "src/server.ts", async ({ fetch }) => {
    const answer = fetch as (request: Request) => Promise<{ matched: boolean }>;
    const matches = async (method: string, url: string): Promise<boolean> => (await answer(new Request(`http://local${url}`, { method, ...(method === "POST" && { body: "{}", headers: { "content-type": "application/json" } }) }))).matched;
    for (const [method = "", url = ""] of urls) expect(`${method} ${url} ${String(await matches(method, url.replace(":id", "1")))}`).toBe(`${method} ${url} true`);
    expect(await matches("DELETE", "/api/v1/planets/byKey")).toBe(false);
    expect(await matches("GET", "/api/moons/all")).toBe(false);
  });
});

it("reads an implemented contract with its prefixes", () => {
  const files = {
    "src/contract.ts": `
import { oc } from "@orpc/contract";
import { z } from "zod";
const list = oc.route({ method: "GET", path: "/" }).output(z.array(z.string()));
const create = oc.route({ method: "POST", path: "/" }).input(z.object({ name: z.string() }));
export const contract = { notes: oc.prefix("/notes").router({ list, create }) };`,
    "src/server.ts": `
import { implement, ORPCError } from "@orpc/server";
import { OpenAPIHandler } from "@orpc/openapi/node";
import { RPCHandler } from "@orpc/server/node";
import { contract } from "./contract.js";
const os = implement(contract).$context<{ user?: string }>();
const authed = os.notes.use(({ context, next, errors }) => { if (!context.user) throw new ORPCError("UNAUTHORIZED"); return next(); });
const notes = os.notes.router({ list: os.notes.list.handler(() => []), create: authed.create.handler(({ input }) => input) });
const router = os.router({ notes });
new OpenAPIHandler(router).handle(req, res, { prefix: "/api" });
new RPCHandler(router).handle(req, res, { prefix: "/rpc" });`,
  };
  expect(routeLines(files)).toEqual([
    "GET /api/notes response=enforced inline",
    "POST /api/notes auth:authed body=enforced response=type-only inline",
    "POST /rpc/notes/create auth:authed body=enforced response=type-only inline",
    "POST /rpc/notes/list response=enforced inline",
  ]);
});

it("says what could not be followed and lists no clients", () => {
  expect(unresolvedLines({ "src/server.ts": 'import { RPCHandler } from "@orpc/server/node"; import { router } from "absent"; new RPCHandler(router);' })).toEqual(["src/server.ts the router that is served here could not be followed"]);
  expect(routeLines({ "src/client.ts": 'import { createORPCClient } from "@orpc/client"; import type { Router } from "@orpc/server"; const client = createORPCClient({}); client.users.list({}); export const router = { a: 1 };' })).toEqual([]);
});
