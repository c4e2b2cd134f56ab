import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { describe, expect, it } from "vitest";
import type * as engine from "../../src/engine/run.js";
import { built } from "../support/built.js";
import { root } from "./project-files.js";

const { run } = await built<typeof engine>("src/engine/run.js");
const { project, result } = await run({ cwd: root, cache: false });

describe("this project, checked by itself", () => {
  it("has no finding", () => {
    expect(result.findings.map(({ file, range, rule, message }) => `${file}:${range.start.line} ${rule} ${message}`)).toEqual([]);
    expect(result.crashes).toEqual([]);
  });

  it("has no folder that the settings do not list", () => {
    const settings = readFileSync(path.join(root, "std-check.config.json"), "utf8");
    const folders = readdirSync(path.join(root, "src"), { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `src/${entry.name}/**` : `src/${entry.name}`));
    expect(folders.filter((folder) => !settings.includes(`"${folder}"`))).toEqual([]);
    for (const file of project.model.files.filter((one) => /^(src|rules|configs)\//.test(one))) expect(project.model.layerOf(file).evidence.join(), file).toMatch(/^setting /);
  });
});

describe("the folders of the kit", () => {
  /** Which of them import which. */
  const imports = new Map<string, Set<string>>();
  for (const file of project.model.files)
    for (const { from } of project.model.edgesTo(file)) {
      const [to, by] = [file, from].map((one) => /^src\/kit\/([\w-]+)\//.exec(one)?.[1]);
      if (to !== undefined && by !== undefined && to !== by) imports.set(by, (imports.get(by) ?? new Set()).add(to));
    }

  it("import each other in one direction alone", () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean => [...(imports.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    expect(imports.size).toBeGreaterThan(10);
    expect([...imports.keys()].filter((folder) => reaches(folder, folder))).toEqual([]);
  });
});

describe("this project, checked by dependency-cruiser", () => {
  it("has no import that the house forbids", async () => {
    const options = await extractDepcruiseOptions(path.join(root, ".dependency-cruiser.mjs"));
    const { output } = await cruise(["src", "rules", "configs"], { ...options, baseDir: root }, undefined, { tsConfig: extractTSConfig(path.join(root, "tsconfig.json")) });
    // Without an output type, the answer is the result itself.
    const { summary } = output as ICruiseResult;
    expect(summary.totalCruised).toBeGreaterThan(200);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});
