import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { expect, it } from "vitest";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

interface Layer {
  readonly route?: { readonly path: string | RegExp | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** Express forgets the paths of what it mounts; they are written down as they are given. */
const mounted = new Map<Layer, unknown>();
const children: Express[] = [];

function watchMounts(): void {
  // The prototype that all routers share, with the list of layers that Express keeps and does not declare.
  const prototype = express.Router.prototype as { use: (this: { stack: Layer[] }, ...given: unknown[]) => unknown };
  const { use } = prototype;
  prototype.use = function (...given) {
    const before = this.stack.length;
    const result = use.apply(this, given);
    for (const layer of this.stack.slice(before)) mounted.set(layer, given[0]);
    return result;
  };
  const application = express.application as unknown as { use: (this: Express, ...given: unknown[]) => Express };
  const useInApplication = application.use;
  application.use = function (...given) {
    for (const one of given) if (typeof one === "function" && "set" in one && "handle" in one) children.push(one as unknown as Express);
    return useInApplication.apply(this, given);
  };
}

const textsOf = (at: unknown): string[] => (Array.isArray(at) ? at.flatMap(textsOf) : typeof at === "string" ? [at] : at instanceof RegExp ? ["/*regex"] : [""]);

/** `app.all` registers every method; beside others, `all` of a route is what they have in common. */
function methodsOf({ _all: all, ...methods }: Readonly<Record<string, boolean>>): readonly string[] {
  const names = Object.keys(methods);
  return names.length > 20 || (names.length === 0 && all) ? ["all"] : names;
}

function routesOf(stack: readonly Layer[], prefix: string): ReturnType<typeof reported>[] {
  return stack.flatMap((layer) => {
    const { route, handle } = layer;
    if (route) return methodsOf(route.methods).flatMap((method) => textsOf(route.path).map((at) => reported(method, prefix, at)));
    return textsOf(mounted.get(layer)).flatMap((at) => (handle.stack ? routesOf(handle.stack, `${prefix}/${at}`) : []));
  });
}

const stackOf = (app: Express): readonly Layer[] => (app.router as unknown as { stack: Layer[] }).stack;

it("reads the routes that a running Express 5 application has, and which of them it guards", async () => {
  watchMounts();
  const { app } = await import("./express/app.js");
  const running = [...routesOf(stackOf(app), ""), ...children.flatMap((child) => routesOf(stackOf(child), String(child.mountpath)))];
  const { routes, unresolved } = tableOf("express");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);

  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const testable = routes.filter((route) => !route.path.includes("*regex"));
  expect(guardedIn(testable)).toEqual(await guardedBy(testable, async (method, url) => (await fetch(`http://127.0.0.1:${port}${url}`, { method })).status));
  server.close();
});
