import Router from "@koa/router";
import { answer, requireRole, requireToken } from "./guards.js";

export const users = new Router({ prefix: "/users" });
users.get("list", "/", answer);
users.get(["/first", "/last"], answer);
users.use("/:id/secret", requireToken);
users.get("/:id/secret", answer);
users.del("/:id", requireRole("admin"), answer);
users.post("/before", answer);
users.use(requireToken);
users.post("/after", answer);

const posts = new Router();
posts.get("/", answer);
posts.put("/:postId", answer);
posts.prefix("/posts");
users.use("/:id", posts.routes(), posts.allowedMethods());
