import { expect, it } from "vitest";
import { modelOf } from "../support/model.js";

/** Each route with the names of the steps before its handler. */
function chains(files: Readonly<Record<string, string>>): string[] {
  return modelOf(files).routes.routes.map(({ method, path, steps }) => `${method} ${path}: ${steps.map(({ name }) => name).join(", ")}`);
}

it("lets middleware run before the router that the same call mounts", () => {
  const app = 'import express from "express"; const app = express(); const orders = express.Router(); orders.get("/", show); orders.post("/", audit, place); app.use("/orders", authenticate(key), limit, orders); app.get("/other", show);';
  expect(chains({ "src/app.ts": app })).toEqual(["GET /orders: authenticate, limit", "POST /orders: authenticate, limit, audit", "GET /other: "]);
});
