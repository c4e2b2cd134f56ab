import { Router } from "express";
import { answer, requireToken, secured } from "./guards.js";
import { paths } from "./paths.js";

/** Built by chained calls. */
export default Router({ mergeParams: true })
  .get("/", answer)
  .use(requireToken)
  .get(paths.orders.one, answer)
  .post(["/", "/bulk"], ...secured, answer);
