import { expect, it } from "vitest";
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
