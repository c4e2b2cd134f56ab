import { expect, it } from "vitest";
import { typeOf } from "../../src/dev/option-types.js";

it.each([
  [{ type: "boolean" }, "boolean"],
  [{ type: "integer", minimum: 1 }, "number"],
  [{ enum: ["allow", "report"] }, '"allow" | "report"'],
  [{ type: "array", items: { type: "string" } }, "string[]"],
  [{ type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
  [{ type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["a"] }, "{ a: string; b?: number }"],
  [{ type: "object", additionalProperties: { type: "string" } }, "Record<string, string>"],
  [{ oneOf: [{ type: "string" }, { type: "boolean" }] }, "string | boolean"],
  [{}, "unknown"],
])("writes the type of %j", (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});
