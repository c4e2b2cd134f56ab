import { describe, expect, it } from "vitest";
import { checkProject } from "../support/project.js";

const files = {
  "src/jobs/ports/mailer.ts": "export interface Mailer { send(): void }\nexport class Smtp implements Mailer { send(): void {} }\n",
  "src/repositories/order.repository.ts": 'import { Smtp } from "../jobs/ports/mailer.js";\nimport type { Mailer } from "../jobs/ports/mailer.js";\n\nexport const notify = (mailer: Mailer = new Smtp()): void => mailer.send();\n',
};
const jobs = { as: "service", files: ["src/jobs/**"] };

describe("the ports of a custom layer", () => {
  it("may be imported upward, what is no interface may not", async () => {
    const options = { rule: "layer-imports", preset: "strict" as const, options: { typeImports: "report" } };
    expect(await checkProject(files, { ...options, settings: { layers: { jobs } } })).toEqual([
      expect.stringContaining("src/repositories/order.repository.ts:1:"),
      expect.stringContaining("src/repositories/order.repository.ts:2:"),
    ]);
    expect(await checkProject(files, { ...options, settings: { layers: { jobs: { ...jobs, ports: ["src/jobs/ports"] } } } })).toEqual([
      expect.stringContaining("src/repositories/order.repository.ts:1:"),
    ]);
  });
});
