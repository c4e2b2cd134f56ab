import { Router } from "express";
import { answer, requireToken } from "./guards.js";

/** Keeps its router in a field and fills it in a method. */
export class Reports {
  readonly router = Router();

  private readonly base: string;

  constructor(base: string) {
    this.base = base;
    this.register();
  }

  private register(): void {
    this.router.get(`${this.base}/daily`, answer);
    this.router.route("/monthly/:month").all(requireToken).get(answer).put(answer);
  }
}
