import { expect, it } from "vitest";
import { app } from "./elysia/app.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

it("reads the routes that a running Elysia application has, and which of them it guards", async () => {
  const running = app.routes.map(({ method, path }) => reported(method, path));
  const { routes, unresolved } = tableOf("elysia");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await app.handle(new Request(`http://localhost${url}`, { method }))).status));
});
