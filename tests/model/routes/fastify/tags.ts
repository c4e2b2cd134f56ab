import type { FastifyInstance, FastifyPluginCallback } from "fastify";
import { answer, requireToken } from "./guards.js";

const table = [
  { method: "GET", url: "/all", guarded: false },
  { method: "POST", url: "/new", guarded: false },
] as const;

/** Makes a plugin with a guard on part of its routes. */
export function tags(name: string): FastifyPluginCallback {
  return (instance, _options, done) => {
    for (const { method, url } of table) instance.route({ method, url: `/${name}${url}`, handler: answer });
    instance.get(`/${name}/secret`, { onRequest: [requireToken] }, answer);
    done();
  };
}

/** Adds to an application that it is given. */
export function addHealth(server: FastifyInstance): void {
  server.get("/health", answer);
  server.all("/anything/*", answer);
}
