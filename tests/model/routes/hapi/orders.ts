import type Hapi from "@hapi/hapi";
import { answer } from "./scheme.js";

const reads: Hapi.ServerRoute[] = [
  { method: "GET", path: "/", handler: answer },
  { method: "GET", path: "/{orderId}", options: { auth: false, handler: answer } },
];

function addWrites(server: Hapi.Server): void {
  server.route({ method: ["PATCH", "DELETE"], path: "/{orderId}", options: () => ({ auth: { strategy: "token", mode: "required" }, handler: answer }) });
}

/** A plugin that registers another one below itself. */
export const orders: Hapi.Plugin<undefined> = {
  name: "orders",
  multiple: true,
  async register(server: Hapi.Server) {
    server.route([...reads]);
    addWrites(server);
    await server.register(history, { routes: { prefix: "/history" } });
  },
};

const history: Hapi.Plugin<undefined> = {
  name: "history",
  multiple: true,
  register: async (instance) => {
    instance.route({ method: "GET", path: "/{year?}", handler: answer });
  },
};


const totals: Hapi.Plugin<undefined> = {
  name: "totals",
  register(server: Hapi.Server) {
    server.route({ method: "get", path: "/", handler: answer });
  },
};

/** Its prefix in the list replaces the one around it. */
export const reports: Hapi.Plugin<undefined> = {
  name: "reports",
  register: async (server: Hapi.Server) => {
    await server.register([{ plugin: totals, routes: { prefix: "/totals" } }]);
  },
};
