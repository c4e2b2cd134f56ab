import { expect, it } from "vitest";
import { app } from "./h3/app.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

it("reads the routes that a running H3 application has, and which of them it guards", async () => {
  const running = app["~routes"].map(({ method, route }) => reported(method || "ALL", route ?? ""));
  const { routes, unresolved } = tableOf("h3");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await app.request(url, { method })).status));
});
