import { inspectRoutes } from "hono/dev";
import { expect, it } from "vitest";
import { app } from "./hono/app.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

it("reads the routes that a running Hono application has, and which of them it guards", async () => {
  const running = inspectRoutes(app).filter(({ isMiddleware }) => !isMiddleware).map(({ method, path }) => reported(method, path));
  const { routes, unresolved } = tableOf("hono");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await app.request(url, { method })).status));
});
