import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type Koa from "koa";
import type { Layer } from "@koa/router";
import { expect, it } from "vitest";
import { app } from "./koa/app.js";
import { legacy } from "./koa/legacy.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

/** What the routers of an application have registered; `HEAD` comes with `GET`. */
function routesOf(koa: Koa, prefix: string): ReturnType<typeof reported>[] {
  return koa.middleware.flatMap((step) => {
    const layers: readonly Layer[] = "router" in step ? (step.router as { stack: Layer[] }).stack : [];
    return layers.flatMap(({ methods, path }) => {
      const names = methods.filter((method) => method !== "HEAD");
      return (names.length > 7 ? ["ALL"] : names).map((method) => reported(method, prefix, String(path)));
    });
  });
}

it("reads the routes that a running Koa application has, and which of them it guards", async () => {
  const running = [...routesOf(app, ""), ...routesOf(legacy, "/legacy")];
  const { routes, unresolved } = tableOf("koa");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);

  app.silent = true;
  legacy.silent = true;
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await fetch(`http://127.0.0.1:${port}${url}`, { method })).status));
  server.close();
});
