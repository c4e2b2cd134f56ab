import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { diagnose, type Diagnosis, type DoctorFacts } from "../../src/engine/doctor.js";
import { readDoctorFacts } from "../../src/engine/doctor-facts.js";
import { extractFacts } from "../../src/facts/extract.js";
import { createModel } from "../../src/model/create-model.js";
import { loadSettings } from "../../src/settings/load.js";
import { findRoot } from "../../src/settings/root.js";
import { project, registry, removeProjects, rules } from "../settings/support.js";

afterEach(removeProjects);

const healthy: DoctorFacts = {
  installed: new Map([["eslint", "10.1.0"], ["@typescript-eslint/parser", "8.73.0"], ["typescript", "6.0.3"]]),
  eslintConfig: config('import std from "std-check";\nexport default [...std.fromSettings(import.meta.dirname)];'),
  cache: { folder: ".std-check-cache", writable: true },
  isGit: true,
  files: ["src/a.controller.ts", "src/a.service.ts", "src/a.repository.ts", "src/domain/a.ts"],
  layers: new Map([["api", 1], ["service", 1], ["repository", 1], ["domain", 1]]),
  disabled: new Map(),
};

function config(text: string): DoctorFacts["eslintConfig"] {
  return { file: "eslint.config.js", facts: extractFacts("eslint.config.js", text) };
}

function settingsOf(settings?: object) {
  const top = project({ "package.json": "{}", ...(settings && { "std-check.config.json": JSON.stringify(settings) }) });
  return loadSettings({ root: findRoot(top), registry });
}

function examine(facts: Partial<DoctorFacts> = {}, settings?: object): Diagnosis[] {
  return diagnose(settingsOf(settings), rules, { ...healthy, ...facts });
}

/** What is not as it should be, of one topic. */
function troubles(topic: Diagnosis["topic"], facts: Partial<DoctorFacts> = {}, settings?: object): string[] {
  return examine(facts, settings).filter((one) => one.topic === topic && one.state !== "works").map(({ state, what }) => `${state}: ${what}`);
}

describe("a healthy repository", () => {
  it("has no trouble but the rules that its preset leaves off", () => {
    expect(examine().filter(({ state }) => state !== "works").map(({ what }) => what)).toEqual(["docs-updated is off"]);
  });

  it("is told what is active", () => {
    expect(examine().map(({ what }) => what)).toEqual(expect.arrayContaining(["3 of 4 rules are on", "4 of 4 files have a layer", "ESLint has the severities of the settings (eslint.config.js)"]));
  });
});

describe("rules", () => {
  it("that are off say who said so", () => {
    expect(examine({}, { rules: { "thin-handlers": "off" } })).toEqual(expect.arrayContaining([
      expect.objectContaining({ what: "docs-updated is off", why: "preset recommended says so", mend: expect.stringContaining("std-check try docs-updated") }),
      expect.objectContaining({ what: "thin-handlers is off", why: "std-check.config.json:1 says so" }),
    ]));
  });

  it("that are all off are broken", () => {
    expect(troubles("rules", {}, { rules: Object.fromEntries(rules.map(({ name }) => [name, "off"])) })[0]).toBe("broken: 0 of 4 rules are on");
  });
});

describe("settings", () => {
  it("that were not found are told", () => {
    expect(examine()[0]).toMatchObject({ what: "No settings file; the preset recommended is in force", mend: "`std-check init` writes one" });
  });

  it("whose globs match nothing are told, with their place", () => {
    const settings = { layers: { api: "src/http/**", service: "src/*.service.ts" }, overrides: [{ files: "old/**", rules: {} }], exclude: "dist", exceptions: [{ rule: "layer-imports", files: "src/gone.ts", reason: "r", owner: "o" }] };
    expect(troubles("settings", {}, settings)).toEqual([
      "limited: `layers.api` in std-check.config.json:1 matches no file",
      "limited: `overrides[0]` in std-check.config.json:1 matches no file",
      "limited: `exceptions[0]` in std-check.config.json:1 matches no file",
    ]);
  });

  it("of presets may match nothing", () => {
    expect(troubles("settings", {}, { extends: ["hexagonal"] })).toEqual([]);
  });
});

describe("layers", () => {
  it("that are empty are told", () => {
    expect(troubles("layers", { layers: new Map([["api", 3], ["", 1]]) })).toEqual(["service", "repository", "domain"].map((layer) => `limited: The layer ${layer} is empty: rules about it have nothing to look at`));
  });

  it("that an accepted deviation leaves empty are off", () => {
    expect(troubles("layers", { layers: new Map([["api", 1], ["service", 1], ["domain", 1]]) }, { architecture: { persistence: "services" } })).toEqual(["off: The layer repository is empty: rules about it have nothing to look at"]);
  });

  it("that are all empty, or have no code, are broken", () => {
    expect(troubles("layers", { layers: new Map([["", 4]]) })[0]).toBe("broken: 0 of 4 files have a layer");
    expect(troubles("layers", { files: [], layers: new Map() })).toEqual(["broken: There is no code to check"]);
  });
});

describe("ESLint", () => {
  const installed = (...packages: readonly (readonly [string, string])[]) => ({ installed: new Map(packages) });

  it.each<[string, Partial<DoctorFacts>, string[]]>([
    ["is off where it is not installed", installed(), ["off: Editors that show ESLint's findings show none of ours"]],
    ["is limited where it is too old", installed(["eslint", "8.57.0"], ["@typescript-eslint/parser", "8.0.0"]), ["limited: The plugin does not run in ESLint 8.57.0"]],
    ["is broken without the parser", installed(["eslint", "9.0.0"]), ["broken: ESLint cannot parse TypeScript for our rules"]],
    ["is off without a flat config", { eslintConfig: undefined }, ["off: Our rules do not run in ESLint"]],
    ["is off where the config does not have us", { eslintConfig: config("export default [];") }, ["off: Our rules do not run in ESLint"]],
    ["is limited where what it runs cannot be read", { eslintConfig: config('import std from "std-check";\nexport default make(std);') }, ["limited: Which of our rules ESLint runs cannot be read from eslint.config.js"]],
    ["works with the static preset that the settings extend", { eslintConfig: config('import std from "std-check";\nexport default [...std.configs.recommended];') }, []],
    ["differs with another preset", { eslintConfig: config('import std from "std-check";\nexport default [...std.configs.legacy];') }, ["limited: eslint.config.js and the settings differ in 3 rules"]],
    ["differs in a rule set by name", { eslintConfig: config('import std from "std-check";\nexport default [...std.fromSettings("."), { rules: { "std/layer-imports": ["warn", {}], "std/thin-handlers": 1 } }];') }, ["limited: eslint.config.js and the settings differ in 1 rule"]],
  ])("%s", (_, facts, expected) => {
    expect(troubles("eslint", facts)).toEqual(expected);
  });

  it("names the rules that differ", () => {
    const facts = { eslintConfig: config('import std from "std-check";\nexport default [...std.configs.recommended, { rules: { "std/layer-imports": "off" } }];') };
    expect(examine(facts).find(({ what }) => what.includes("differ"))?.why).toBe("layer-imports (off there, error in the settings)");
  });
});

describe("TypeScript", () => {
  const withVersion = (version: string) => troubles("typescript", { installed: new Map([...healthy.installed, ["typescript", version]]) });

  it("is a trouble for ESLint from 6.1 on", () => {
    expect(withVersion("5.9.3")).toEqual([]);
    expect(withVersion("6.0.9")).toEqual([]);
    expect(withVersion("6.1.0")).toHaveLength(1);
    expect(withVersion("7.0.2")).toHaveLength(1);
  });

  it("is no trouble without ESLint", () => {
    expect(troubles("typescript", { installed: new Map([["typescript", "7.0.2"]]) })).toEqual([]);
  });
});

describe("the rest", () => {
  it("tells a cache that cannot be written, and a folder without git", () => {
    expect(troubles("cache", { cache: { folder: "x", writable: false } })).toHaveLength(1);
    expect(troubles("git", { isGit: false })).toHaveLength(1);
  });

  it("proposes a setting for a rule that is disabled often, for a folder if there is one", () => {
    const files = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`);
    const disabled = new Map([["layer-imports", files("src/old/deep", 12)], ["thin-handlers", [...files("a", 6), ...files("b", 6)]], ["no-process-env", files("c", 9)]]);
    const found = examine({ disabled }).filter(({ topic }) => topic === "disabled");
    expect(found.map(({ what }) => what)).toEqual(["layer-imports is disabled in 12 places", "thin-handlers is disabled in 12 places"]);
    expect(found[0]).toMatchObject({ why: "most of them are in src/old/deep", mend: expect.stringContaining('"files": ["src/old/deep/**"]') });
    expect(found[1]?.why).toBeUndefined();
  });
});

describe("what is looked at", () => {
  it("is read from disk and from the model", () => {
    const root = project({
      "file": "",
      "package.json": "{}",
      "node_modules/eslint/package.json": '{ "version": "9.9.9" }',
      "eslint.config.mjs": "export default [];",
    });
    const texts = { "src/users.service.ts": "// eslint-disable-next-line std/layer-imports, std/thin-handlers -- old\nexport const a = 1;\n/* eslint-disable no-console */\n", "src/x/y.ts": "export const b = 2;\n" };
    const model = createModel({
      root,
      facts: new Map(Object.entries(texts).map(([file, text]) => [file, extractFacts(file, text)])),
      options: { ...settingsOf().model, isGenerated: () => false },
      readText: () => undefined,
      extractFacts,
    });
    const facts = readDoctorFacts({ folder: root, reason: "package", boundary: root }, model, path.join(root, "file/cache"));
    expect(facts.installed).toEqual(new Map([["eslint", "9.9.9"]]));
    expect(facts.eslintConfig?.file).toBe("eslint.config.mjs");
    expect(facts.layers).toEqual(new Map([["service", 1], ["", 1]]));
    expect(facts.disabled).toEqual(new Map([["layer-imports", ["src/users.service.ts"]], ["thin-handlers", ["src/users.service.ts"]]]));
    expect(diagnose(settingsOf(), rules, facts).map(({ topic }) => topic)).toContain("layers");
  });
});
