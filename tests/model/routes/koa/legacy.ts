import Koa from "koa";
import Router from "@koa/router";
import { answer, requireToken } from "./guards.js";

/** An application of its own. */
export const legacy = new Koa();
legacy.use(requireToken);
const router = new Router();
router.register("/both", ["get", "post"], [answer]);
legacy.use(router.routes());
