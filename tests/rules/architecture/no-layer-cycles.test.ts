import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "no-layer-cycles";
const check = (files: ProjectLiteral, settings?: Readonly<Record<string, unknown>>) => checkProject(files, { rule, ...(settings && { settings }) });
const pair = { "src/services/a.service.ts": 'import { b } from "../repositories/b.repository.js"; export const a = () => b;', "src/repositories/b.repository.ts": 'import { a } from "../services/a.service.js"; export const b = () => a;' };

describe("reports", () => {
  it("a cycle that crosses layers, once, in its first file by path", async () => {
    expect(await check(pair)).toEqual(["src/repositories/b.repository.ts:1:19 no-layer-cycles cycle"]);
  });

  it("the shortest way round", async () => {
    const [finding, ...others] = await findingsOf({ ...pair, "src/services/c.service.ts": 'import { a } from "./a.service.js"; export const c = () => a;', "src/repositories/d.repository.ts": 'import { c } from "../services/c.service.js"; import { b } from "./b.repository.js"; export const d = [c, b];', "src/services/e.service.ts": 'import { d } from "../repositories/d.repository.js"; export const e = d;' }, { rule });
    expect(others).toEqual([]);
    expect(finding?.message).toContain("src/repositories/b.repository.ts:1 → src/services/a.service.ts:1 → src/repositories/b.repository.ts");
  });

  it("a way round that crosses, where a shorter one does not", async () => {
    const [finding] = await findingsOf({ ...pair, "src/repositories/a.repository.ts": 'import { b } from "./b.repository.js"; export const c = () => b;', "src/repositories/b.repository.ts": 'import { a } from "../services/a.service.js"; import { c } from "./a.repository.js"; export const b = () => [a, c];' }, { rule });
    expect(finding?.message).toContain("layers repository, service: src/repositories/b.repository.ts:1 → src/services/a.service.ts:1 → src/repositories/b.repository.ts");
  });

  it("a cycle through a barrel", async () => {
    expect(await check({ "src/services/index.ts": 'export * from "./a.service.js";', "src/services/a.service.ts": 'import { b } from "../repositories/b.repository.js"; export const a = () => b;', "src/repositories/b.repository.ts": 'import { a } from "../services/index.js"; export const b = () => a;' })).toEqual(["src/repositories/b.repository.ts:1:19 no-layer-cycles cycle"]);
  });

  it("a cycle that crosses features", async () => {
    expect(await check({ "src/modules/orders/a.service.ts": 'import { b } from "../users/b.service.js"; export const a = () => b;', "src/modules/users/b.service.ts": 'import { a } from "../orders/a.service.js"; export const b = () => a;' }, { extends: ["feature-modules"] })).toEqual(["src/modules/orders/a.service.ts:1:19 no-layer-cycles cycle"]);
  });
});

describe("stays silent on", () => {
  it.each([
    ["imports in one direction", { "src/services/a.service.ts": 'import { b } from "../repositories/b.repository.js"; export const a = b;', "src/repositories/b.repository.ts": "export const b = 1;" }],
    ["a cycle that types close", { ...pair, "src/repositories/b.repository.ts": 'import type { a } from "../services/a.service.js"; export const b = (x: typeof a) => x;' }],
    ["a cycle that an elided import closes", { ...pair, "src/repositories/b.repository.ts": 'import { a } from "../services/a.service.js"; export const b = (x: typeof a) => x;' }],
    ["a cycle that an import inside a function closes", { ...pair, "src/repositories/b.repository.ts": 'export const b = async () => import("../services/a.service.js");' }],
    ["a cycle inside one folder, whatever its files are called", { "src/orders/a.service.ts": 'import { b } from "./b.repository.js"; export const a = () => b;', "src/orders/b.repository.ts": 'import { a } from "./a.service.js"; export const b = () => a;' }],
    ["a cycle inside one folder and layer", { "src/services/a.service.ts": 'import { b } from "./b.service.js"; export const a = () => b;', "src/services/b.service.ts": 'import { a } from "./a.service.js"; export const b = () => a;' }],
  ])("%s", async (_name, files) => {
    expect(await check(files)).toEqual([]);
  });
});
