import { expect, it, vi } from "vitest";
import { Origins } from "../../src/model/origins/origins.js";
import { modelOf } from "../support/model.js";

it("answers in bounded work where functions call each other all around", () => {
  const names = Array.from({ length: 16 }, (_, index) => `step${index}`);
  const text = names.map((name) => `export function ${name}(state: string): string { return ${names.map((other) => `${other}(state)`).join(" || ")}; }`).join("\n");
  const model = modelOf({ "src/states.ts": `${text}\nexport const last = (given: string) => step0(given);\n` });
  const { calls } = model.values.index("src/states.ts");
  const origins = new Origins(model);
  const asked = vi.spyOn(model.values, "of");
  for (const { node } of calls) origins.of("src/states.ts", node);
  expect(asked.mock.calls.length).toBeLessThan(1_000_000);
});
