import Hapi from "@hapi/hapi";
import { orders, reports } from "./orders.js";
import { answer, tokens } from "./scheme.js";

const table = { health: "/health", ready: "/ready" };

/** Builds the server; what is registered before the default strategy is covered by it as well. */
export async function build(): Promise<Hapi.Server> {
  const server = Hapi.server();
  server.route({ method: "GET", path: "/early", handler: answer });
  await server.register([tokens]);
  await server.register(orders, { routes: { prefix: "/v1/orders" } });
  await server.register([{ plugin: orders, routes: { prefix: "/v2/orders" } }]);
  await server.register(reports, { routes: { prefix: "/reports" } });
  for (const path of Object.values(table)) server.route({ method: "GET", path, options: { auth: false }, handler: answer });
  server.route({ method: "*", path: "/any/{rest*}", handler: answer, options: { auth: { mode: "try", strategy: "token" } } });
  return server;
}
