import { Hono } from "hono";
import { answer, requireRole, requireToken } from "./guards.js";

/** Built by chained calls, as RPC clients want it. */
export const users = new Hono()
  .get("/", answer)
  .use("/:id/*", requireToken)
  .get("/:id/posts", answer)
  .get("/:id", answer)
  .put(requireRole("editor"), answer)
  .on(["POST", "DELETE"], ["/:id/tags", "/:id/labels"], answer);
