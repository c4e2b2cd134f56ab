import type { FastifyPluginAsync } from "fastify";
import { answer, guardAll } from "./guards.js";

/** A scope of its own: what it registers guards it and not its siblings. */
const orders: FastifyPluginAsync = async (app) => {
  await app.register(guardAll);
  app.get("/", answer);
  app.route({ method: ["PUT", "PATCH"], url: "/:orderId", handler: answer });
  app.get("/:orderId/lines/:lineId", { schema: { params: { type: "object" } } }, answer);
  await app.register(
    async (child) => {
      child.get("/history", answer);
    },
    { prefix: "/archive" },
  );
};

export default orders;
