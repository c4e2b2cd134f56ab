import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { afterEach, beforeEach, expect, it } from "vitest";
import type * as baselines from "../../../src/engine/baseline/baseline.js";
import type * as files from "../../../src/engine/baseline/file.js";
import type * as matching from "../../../src/engine/baseline/run.js";
import type * as engine from "../../../src/engine/run.js";
import type * as plugin from "../../../src/index.js";
import { built } from "../../support/built.js";
import { writeProject } from "../../support/project.js";

const { createBaseline, emptyBaseline } = await built<typeof baselines>("src/engine/baseline/baseline.js");
const { baselineFileName, writeBaseline } = await built<typeof files>("src/engine/baseline/file.js");
const { baselineRun } = await built<typeof matching>("src/engine/baseline/run.js");
const { run } = await built<typeof engine>("src/engine/run.js");
const { default: std } = await built<typeof plugin>("src/index.js");

const service = "src/services/users.service.ts";
const settings = "src/config/settings.ts";
const wanted = ["std/layer-imports", "std/no-secret-fallbacks"];
let project: ReturnType<typeof writeProject>;

beforeEach(async () => {
  project = writeProject({
    "std-check.config.json": JSON.stringify({ root: true, extends: [], rules: { "layer-imports": "error", "no-secret-fallbacks": "error" } }),
    "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
    "src/controllers/users.controller.ts": "export const page = 10;\n",
    "src/controllers/orders.controller.ts": "export const size = 20;\n",
    [service]: 'import { page } from "../controllers/users.controller.js";\nexport const users = page;\n',
    [settings]: 'export const secret = process.env.JWT_SECRET ?? "dev";\n',
  });
  const opened = await run({ cwd: project.root, cache: false, date: "2026-01-15", engine: "eslint" });
  expect(opened.result.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["layer-imports", "no-secret-fallbacks"]));
  writeBaseline(path.join(project.root, baselineFileName), createBaseline(opened.result.findings, emptyBaseline, baselineRun(opened, opened.result, baselineFileName, "2026-01-15")));
});
afterEach(() => {
  project.remove();
});

/** `line rule` of what ESLint reports by the two rules in a file, with another text than that of the disk if one is given. */
async function reported(file: string, text = readFileSync(path.join(project.root, file), "utf8")): Promise<string[]> {
  const eslint = new ESLint({ cwd: project.root, overrideConfigFile: true, overrideConfig: std.fromSettings(project.root) });
  const [result] = await eslint.lintText(text, { filePath: path.join(project.root, file) });
  return result?.messages.flatMap(({ line, ruleId }) => (ruleId !== null && wanted.includes(ruleId) ? [`${line} ${ruleId}`] : [])) ?? [];
}

it("lets pass in ESLint what the CLI lets pass, of project checks and of file checks", async () => {
  expect(await reported(service)).toEqual([]);
  expect(await reported(settings)).toEqual([]);
});

it("lets pass what an edit has moved", async () => {
  expect(await reported(service, `// A comment.\n\n${readFileSync(path.join(project.root, service), "utf8")}`)).toEqual([]);
  expect(await reported(settings, `// A comment.\n\n${readFileSync(path.join(project.root, settings), "utf8")}`)).toEqual([]);
});

it("reports what is new beside it", async () => {
  expect(await reported(settings, `${readFileSync(path.join(project.root, settings), "utf8")}export const key = process.env.SESSION_SECRET ?? "dev";\n`)).toEqual(["2 std/no-secret-fallbacks"]);
  expect(await reported(service, `${readFileSync(path.join(project.root, service), "utf8")}export const load = () => import("../controllers/orders.controller.js");\n`)).toEqual(["3 std/layer-imports"]);
});

it("reports what an entry let pass until a day that is over", async () => {
  const file = path.join(project.root, baselineFileName);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replaceAll('"}', '","expires":"2020-01-01"}'));
  expect(await reported(settings)).toEqual(["1 std/no-secret-fallbacks"]);
  expect(await reported(service)).toEqual(["1 std/layer-imports"]);
});
