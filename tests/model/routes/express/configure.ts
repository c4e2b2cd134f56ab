import express, { type Express } from "express";
import { answer, requireToken } from "./guards.js";

/** Adds to an application that it is given. */
export function configure(app: Express): void {
  const admin = express();
  admin.use(requireToken);
  admin.get("/stats", answer);
  app.use("/admin", admin);
  app.get("/health", answer);
}
