import fp from "fastify-plugin";
import { answer, requireToken } from "./guards.js";

/** Its routes stand in the scope of whoever registers it: the prefix is not used. */
export default fp(async (app) => {
  app.get("/lifted", answer);
});

/** Named and checked by the same function, and left a scope of its own: the prefix and the hook are those of its routes alone. */
export const encapsulated = fp(
  async (app) => {
    app.addHook("onRequest", requireToken);
    app.get("/apart", answer);
  },
  { encapsulate: true },
);
