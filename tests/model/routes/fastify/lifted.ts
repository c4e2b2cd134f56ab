import fp from "fastify-plugin";
import { answer } from "./guards.js";

/** Its routes stand in the scope of whoever registers it: the prefix is not used. */
export default fp(async (app) => {
  app.get("/lifted", answer);
});
