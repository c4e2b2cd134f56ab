import Koa from "koa";
import mount from "koa-mount";
import Router from "@koa/router";
import { answer, requireToken } from "./guards.js";
import { legacy } from "./legacy.js";
import { users } from "./users.js";

export const app = new Koa();
app.use(async (context, next) => {
  context.set("x-served-by", "koa");
  await next();
});

const open = new Router();
open.get("/health", answer);
open.all("/anything", answer);
for (const name of ["left", "right"]) open.get(`/sides/${name}`, answer);
app.use(open.routes()).use(open.allowedMethods());
app.use(mount("/legacy", legacy));

const api = new Router({ prefix: "/api" });
api.use(users.routes());
api.use("/v2", users.routes());
app.use(api.routes());

app.use(requireToken);
const closed = new Router();
closed.get("/closed/{*any}", answer);
app.use(closed.routes());
