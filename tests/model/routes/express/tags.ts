import { Router, type RequestHandler } from "express";
import { answer, readToken, requireToken } from "./guards.js";

const table = [
  { path: "/", method: "get", guard: readToken },
  { path: "/popular", method: "get", guard: requireToken },
  { path: "/new", method: "post", guard: requireToken },
] as const;

/** A router made anew for each caller. */
export function tagsRouter(guard: RequestHandler): Router {
  const router = Router();
  for (const { path, method, guard: own } of table) router[method](path, own, answer);
  for (const method of ["put", "delete"] as const) router[method]("/:tag", guard, answer);
  return router;
}

export const shared = Router();
shared.get("/shared", requireToken, [answer]);
shared.get("/free", answer);
