import { subscribe } from "node:diagnostics_channel";
import type { FastifyInstance, HTTPMethods } from "fastify";
import { expect, it } from "vitest";
import { build } from "./fastify/app.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

it("reads the routes that a running Fastify 5 application has, and which of them it guards", async () => {
  const running: ReturnType<typeof reported>[] = [];
  subscribe("fastify.initialization", (message) => {
    // The message holds the instance before anything is registered.
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook("onRoute", ({ method, url }) => {
      const methods = [method].flat().filter((one) => one !== "HEAD");
      for (const one of methods.length > 7 ? ["ALL"] : methods) running.push(reported(one, url));
    });
  });
  const app = await build();
  const { routes, unresolved } = tableOf("fastify");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await app.inject({ method: method as HTTPMethods, url, headers: url === "/late" ? { "accept-version": "1.2.0" } : {} })).statusCode));
});
