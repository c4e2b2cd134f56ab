import { join } from "node:path";
import autoload from "@fastify/autoload";
import Fastify, { type FastifyInstance } from "fastify";
import { addHealth, tags } from "./tags.js";
import { answer, guards, requireToken } from "./guards.js";
import { addNotes, close } from "./helpers.js";
import lifted, { encapsulated } from "./lifted.js";
import orders from "./orders.js";

/** Builds the application, ready to answer. */
export async function build(): Promise<FastifyInstance> {
  const app = Fastify();
  await app.register(guards);
  addHealth(app);
  app.register(orders, { prefix: "/v1/orders" });
  app.register(orders, { prefix: "/v2/orders" });
  app.register(lifted, { prefix: "/nowhere" });
  app.register(encapsulated, { prefix: "/own" });
  app.register(import("./orders.js"), { prefix: "/lazy" });
  app.register(tags("tags"), { prefix: "/v1" });
  app.register(autoload, { dir: join(import.meta.dirname, "routes"), routeParams: true, autoHooks: true, cascadeHooks: true, options: { prefix: "/auto" } });
  app.register(async function scoped(instance) {
    instance.get("/early", answer);
    instance.addHook("preHandler", requireToken);
    instance.get("/late", { constraints: { version: "1.2.0" } }, answer);
  });
  app.register(async function helped(instance) {
    addNotes({ instance });
    close(instance);
  }, { prefix: "/helped" });
  app.register(async (instance) => addNotes({ instance }), { prefix: "/open" });
  app.delete("/own", { onRequest: app.authenticate, handler: answer });
  await app.ready();
  return app;
}
