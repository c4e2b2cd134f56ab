import { Elysia, t } from "elysia";
import { answer, localGuard, macros, scopedGuard } from "./guards.js";

export const users = new Elysia({ prefix: "/users" })
  .use(localGuard)
  .get("/", answer)
  .use(macros)
  .get("/:id", answer, { params: t.Object({ id: t.String() }), signedIn: true })
  .group("/:id/posts", (app) => app.get("/", answer).use(scopedGuard).post("/", answer))
  .delete("/:id", answer);

/** Guarded from where the guard is used on. */
export const admin = new Elysia({ prefix: "/admin" }).get("/before", answer).use(scopedGuard).get("/after", answer);
