import { expect, it } from "vitest";
import { routeLines } from "../../support/route-lines.js";
import { build } from "./hapi/app.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

it("reads the routes that a running hapi server has, and which of them it guards", async () => {
  const server = await build();
  const running = server.table().map(({ method, path }) => reported(method === "*" ? "ALL" : method, path));
  const { routes, unresolved } = tableOf("hapi");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await server.inject({ method, url })).statusCode));
});

it("reads how a route lets callers in from options that are spread", () => {
  const lines = (options: string): readonly string[] => routeLines({ "src/app.ts": `import Hapi from "@hapi/hapi"; const server = Hapi.server(); server.auth.strategy("session", "cookie"); const secured = { auth: "session" }; const documented = { tags: ["api"] }; server.route({ method: "DELETE", path: "/orders/{id}", options: { ${options} }, handler: () => "" });` });
  const guarded = lines('auth: "session", tags: ["api"]');
  expect(guarded[0]).toMatch(/auth/);
  expect(lines('...secured, tags: ["api"]')).toEqual(guarded);
  expect(lines("...documented")[0]).not.toMatch(/auth/);
});
