import { expect, it } from "vitest";
import { wordTable } from "../../src/base/word-table.js";
import { findingsOf } from "../support/project.js";

it("holds what it is given, and nothing that every object has", () => {
  const table = wordTable({ get: "GET" });
  expect([table["get"], table["constructor"], table["toString"], table["__proto__"], table["hasOwnProperty"]]).toEqual(["GET", undefined, undefined, undefined, undefined]);
});

it("keeps the rules from taking members of every object for words of a table", async () => {
  const code = [
    'import pino from "pino";',
    'import type Stripe from "stripe";',
    "const logger = pino();",
    "export function show(made: Stripe.constructor, text: { toString(): string; valueOf(): unknown }, router: { hasOwnProperty(name: string): boolean }) {",
    "  logger.info({ made }, logger.toString());",
    '  console.log(console.constructor, text.toString(), text.valueOf(), router.hasOwnProperty("/users"));',
    "}",
  ].join("\n");
  await expect(findingsOf({ "package.json": '{ "dependencies": { "pino": "9", "stripe": "17" } }', "src/services/show.service.ts": code }, { rule: "no-pii-in-logs" })).resolves.toEqual([]);
});
