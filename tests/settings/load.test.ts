import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "jsonc-parser";
import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { isExpired } from "../../src/settings/exceptions.js";
import { loadSettings, type LoadOptions } from "../../src/settings/load.js";
import type { ResolvedSettings } from "../../src/settings/resolve.js";
import { findRoot } from "../../src/settings/root.js";
import { project, registry, removeProjects, thrown } from "./support.js";

afterEach(removeProjects);

type Files = Readonly<Record<string, string | object>>;

function write(files: Files): string {
  const texts = Object.entries(files).map(([file, content]) => [file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2)]);
  return project({ ".git/HEAD": "", ...Object.fromEntries(texts) });
}

function load(files: Files, options: Partial<LoadOptions> = {}): ResolvedSettings {
  return loadSettings({ root: findRoot(write(files)), registry, ...options });
}

function failure(files: Files): string {
  const error = thrown(() => load(files));
  if (!(error instanceof UserError)) throw error;
  expect(error.hint).not.toBe("");
  return `${error.code}: ${error.message}`;
}

function severities(settings: ResolvedSettings, file = "src/a.ts"): Record<string, string> {
  return Object.fromEntries([...settings.rulesFor(file)].map(([rule, { severity }]) => [rule, severity]));
}

const settings = "std-check.config.json";

describe("severities", () => {
  it("are those of recommended without settings", () => {
    expect(severities(load({}))).toEqual({ "layer-imports": "error", "thin-handlers": "warn", "no-process-env": "error" });
  });

  it("are those of recommended where settings extend no preset of severities", () => {
    expect(severities(load({ [settings]: { extends: ["hexagonal"], rules: { "thin-handlers": "error" } } }))).toEqual({ "layer-imports": "error", "thin-handlers": "error", "no-process-env": "error" });
  });

  it("are those of the preset that is extended, with its options and one finding a site in strict", () => {
    const strict = load({ [settings]: { extends: "strict" } });
    expect(strict.rulesFor("src/a.ts").get("layer-imports")).toEqual({ severity: "error", options: { typeImports: "report", allow: [] }, per: "site" });
    expect(load({ [settings]: { extends: "legacy" } }).rulesFor("src/a.ts").get("no-process-env")).toEqual({ severity: "warn", options: {}, per: "cause" });
  });

  it("keep the options of the preset when only the severity changes, and merge options key by key", () => {
    const of = (entry: unknown) => load({ [settings]: { extends: "strict", rules: { "layer-imports": entry } } }).rulesFor("src/a.ts").get("layer-imports");
    expect(of("warn")).toMatchObject({ severity: "warn", options: { typeImports: "report", allow: [] } });
    expect(of(["warn", { allow: ["src/x.ts"] }])).toMatchObject({ severity: "warn", options: { typeImports: "report", allow: ["src/x.ts"] } });
  });

  it("follow overrides for the files they name, later ones first", () => {
    const resolved = load({ [settings]: { rules: { "thin-handlers": "error" }, overrides: [{ files: "src/old/**", rules: { "thin-handlers": "off" } }, { files: ["src/old/new"], rules: { "thin-handlers": ["warn", { maxStatements: 5 }] } }] } });
    expect(severities(resolved)["thin-handlers"]).toBe("error");
    expect(severities(resolved, "src/old/a.ts")["thin-handlers"]).toBeUndefined();
    expect(resolved.rulesFor("src/old/new/a.ts").get("thin-handlers")).toMatchObject({ severity: "warn", options: { maxStatements: 5 } });
    expect(resolved.ruleStates("src/old/a.ts").get("thin-handlers")).toMatchObject({ severity: "off", said: ["preset recommended", `${settings}:3`, `${settings}:9`] });
  });

  it("give equal files the same map", () => {
    const resolved = load({ [settings]: { overrides: [{ files: "src/old/**", rules: { "thin-handlers": "warn" } }] }, "apps/a/std-check.config.json": {} });
    expect(resolved.rulesFor("src/old/a.ts")).toBe(resolved.rulesFor("src/a.ts"));
    expect(resolved.rulesFor("apps/a/a.ts")).toBe(resolved.rulesFor("src/a.ts"));
  });

  it("follow the command line last", () => {
    const resolved = load({ [settings]: { extends: "strict", rules: { "thin-handlers": "warn" } } }, { preset: "legacy", rules: { "docs-updated": "error" } });
    expect(severities(resolved)).toEqual({ "thin-handlers": "warn", "no-process-env": "warn", "docs-updated": "error" });
  });

  it("of an unknown rule of the command line are a mistake", () => {
    expect(thrown(() => load({}, { rules: { "thin-handler": "error" } }))).toMatchObject({ code: "unknown-rule", message: 'There is no rule "thin-handler"; did you mean "thin-handlers"?' });
  });
});

describe("extends", () => {
  it("reads relative files, files of packages and packages, depth first", () => {
    const resolved = load({
      [settings]: { extends: ["./shared/base.json", "@acme/presets/backend", "acme-preset"], rules: { "no-process-env": "warn" } },
      "shared/base.json": { extends: ["strict"], rules: { "thin-handlers": "off", "docs-updated": "off" } },
      "node_modules/@acme/presets/backend.json": { names: { auth: ["acmeAuth"] }, rules: { "docs-updated": "warn" } },
      "node_modules/acme-preset/std-check.config.json": { extends: ["./more.json"] },
      "node_modules/acme-preset/more.json": { names: { auth: ["moreAuth"] } },
    });
    expect(severities(resolved)).toEqual({ "layer-imports": "error", "no-process-env": "warn", "docs-updated": "warn" });
    expect(resolved.model.names).toEqual({ auth: ["acmeAuth", "moreAuth"] });
  });

  it("finds packages of the repository's top from a root below it", () => {
    const top = write({ "api/std-check.config.json": { root: true, extends: "acme/x.json" }, "node_modules/acme/x.json": { rules: { "thin-handlers": "off" } } });
    expect(severities(loadSettings({ root: findRoot(path.join(top, "api")), registry }))["thin-handlers"]).toBeUndefined();
  });

  it.each<[string, Files, string | RegExp]>([
    ["an unknown preset", { [settings]: '{\n  "extends": ["nestj"] }' }, `unknown-preset: ${settings}:2 extends "nestj", which is no preset (did you mean "nestjs"?) and no JSON file of a package in node_modules.`],
    ["a file that is not there", { [settings]: { extends: "./base.json" } }, `no-such-settings: ${settings}:2 extends ./base.json, and there is no such file.`],
    ["a cycle", { [settings]: { extends: "./a.json" }, "a.json": { extends: "./b.json" }, "b.json": { extends: "./a.json" } }, "settings-cycle: Settings extend themselves: a.json → b.json → a.json."],
    ["a file that extends itself", { [settings]: { extends: `./${settings}` } }, `settings-cycle: Settings extend themselves: ${settings} → ${settings}.`],
    ["a file outside the repository", { [settings]: { extends: "../../../../etc/passwd" } }, /^settings-outside: .* outside the repository\.$/],
    ["a mistake in what is extended", { [settings]: { extends: "./a.json" }, "a.json": { rule: {} } }, 'invalid-settings: a.json:2:3 unknown key "rule"; did you mean "rules"?'],
    ["a root in what is extended", { [settings]: { extends: "./a.json" }, "a.json": { root: true } }, "invalid-settings: a.json:2:11 `root` belongs in the settings of a folder, not in what they extend"],
    ["a folder", { [settings]: { extends: "./shared" }, "shared/a.json": {} }, /^unreadable-settings: shared cannot be read/],
  ])("refuses %s", (_, files, expected) => {
    const message = failure(files);
    if (typeof expected === "string") expect(message).toBe(expected);
    else expect(message).toMatch(expected);
  });

  it("refuses a link out of the repository, for settings and what they extend", () => {
    const outside = project({ "base.json": "{}" });
    const top = write({ [settings]: { extends: "./base.json" } });
    symlinkSync(path.join(outside, "base.json"), path.join(top, "base.json"));
    expect(thrown(() => loadSettings({ root: findRoot(top), registry }))).toMatchObject({ code: "settings-outside" });
    const other = write({});
    symlinkSync(path.join(outside, "base.json"), path.join(other, settings));
    expect(thrown(() => loadSettings({ root: findRoot(other), registry }))).toMatchObject({ code: "settings-outside" });
  });

  it("takes a file twice that two others extend", () => {
    expect(severities(load({ [settings]: { extends: ["./a.json", "./b.json"] }, "a.json": { extends: "./c.json" }, "b.json": { extends: "./c.json" }, "c.json": { rules: { "thin-handlers": "error" } } }))["thin-handlers"]).toBe("error");
  });
});

describe("bad input", () => {
  it.skipIf(process.getuid?.() === 0)("tells settings that cannot be read", () => {
    const top = write({ [settings]: "{}" });
    chmodSync(path.join(top, settings), 0);
    expect(thrown(() => loadSettings({ root: findRoot(top), registry }))).toMatchObject({ code: "unreadable-settings" });
  });

  it("tells settings in two places", () => {
    expect(failure({ [settings]: {}, "package.json": { "std-check": {} } })).toBe(`two-settings: . has settings both in ${settings} and in package.json under "std-check".`);
  });

  it("tells the place within package.json", () => {
    expect(failure({ "package.json": { name: "x", "std-check": { rulez: {} } } })).toBe('invalid-settings: package.json:4:5 unknown key "rulez"; did you mean "rules"?');
  });

  it("does not mind a package.json that is broken and has no settings", () => {
    expect(severities(load({ "package.json": "{ broken" }))["layer-imports"]).toBe("error");
  });

  it("does not mind keys that other tools write twice into package.json", () => {
    expect(severities(load({ "package.json": '{ "a": 1, "a": 2, "std-check": { "rules": { "thin-handlers": "off" } } }' }))["thin-handlers"]).toBeUndefined();
  });
});

describe("packages", () => {
  const monorepo: Files = {
    [settings]: { extends: "express", layers: { service: ["packages/*/lib/**"] }, rules: { "thin-handlers": "off" }, routes: { version: "v{number}", public: ["/status"] } },
    "packages/a/std-check.config.json": {
      layers: { repository: ["lib/store/**"] },
      rules: { "thin-handlers": "error" },
      overrides: [{ files: "lib/x.ts", rules: { "thin-handlers": "warn" } }],
      routes: { version: ["{date}", "v{number}.{number}"], public: ["/login"] },
      exclude: ["lib/generated"],
      features: ["modules/*"],
    },
    "packages/a/inner/std-check.config.json": { extends: "strict" },
    "packages/[b]/package.json": { "std-check": { layers: { domain: "lib/*.ts" } } },
  };

  it("inherit the root's settings and override layers, rules and routes below them", () => {
    const resolved = load(monorepo);
    expect(severities(resolved, "packages/c/lib/x.ts")["thin-handlers"]).toBeUndefined();
    expect(severities(resolved, "packages/a/lib/y.ts")["thin-handlers"]).toBe("error");
    expect(severities(resolved, "packages/a/lib/x.ts")["thin-handlers"]).toBe("warn");
    expect(resolved.rulesFor("packages/a/inner/x.ts").get("layer-imports")?.per).toBe("site");
    expect(resolved.model.layerOf("packages/a/lib/store/x.ts")).toEqual({ layer: "repository", setting: "layers.repository in packages/a/std-check.config.json:3" });
    expect(resolved.model.layerOf("packages/a/lib/x.ts")).toEqual({ layer: "service", setting: `layers.service in ${settings}:4` });
    expect(resolved.model.layerOf("packages/a/x.router.ts")).toEqual({ layer: "api", setting: "layers.api in preset express" });
    expect(resolved.model.layerOf("packages/[b]/lib/x.ts")?.layer).toBe("domain");
    expect(resolved.model.layerOf("packages/b/lib/x.ts")?.layer).toBe("service");
    expect(resolved.model.layerOf("scripts/x.ts")).toBeUndefined();
    expect(resolved.model.features).toEqual(["packages/a/modules/*"]);
    expect(resolved.includes("packages/a/lib/generated/x.ts")).toBe(false);
    expect(resolved.includes("packages/c/lib/generated/x.ts")).toBe(true);
  });

  it("have routes of their own, lists adding up", () => {
    const { model } = load(monorepo);
    expect(model.settings).toMatchObject({ routes: { version: String.raw`^(?:v\d+(?:-?(?:alpha|beta|preview|rc)\d*)?)$`, versioning: "path", public: ["/status"] } });
    expect(model.settingsFor("packages/a/lib/x.ts")).toMatchObject({ routes: { version: String.raw`^(?:\d{4}-\d{2}-\d{2}|v\d+(?:-?(?:alpha|beta|preview|rc)\d*)?\.\d+(?:-?(?:alpha|beta|preview|rc)\d*)?)$`, public: ["/status", "/login"] } });
    expect(model.settingsFor("packages/c/lib/x.ts")).toBe(model.settings);
  });

  it("say nothing about the whole project", () => {
    expect(failure({ "a/std-check.config.json": { done: { test: "x" } } })).toBe('invalid-settings: a/std-check.config.json:2:11 `done` counts for the whole project: move it to the settings of the root, or say "root": true here');
  });

  it("that are roots themselves are left out", () => {
    const resolved = load({ [settings]: {}, "example/std-check.config.json": { root: true, rules: { nonsense: "error" } }, "example/inner/std-check.config.json": "broken" });
    expect(resolved.includes("example/src/a.ts")).toBe(false);
    expect(resolved.settingsFolders).toEqual([""]);
  });

  it("are found in the files of the project, if these are given", () => {
    const top = write(monorepo);
    const resolved = loadSettings({ root: findRoot(top), registry, files: [settings, "packages/a/std-check.config.json"] });
    expect(resolved.settingsFolders).toEqual(["", "packages/a"]);
  });

  it("in dependency folders do not count", () => {
    expect(load({ "node_modules/x/std-check.config.json": "broken", ".cache/std-check.config.json": "broken" }).settingsFolders).toEqual([]);
  });
});

describe("layers", () => {
  const layers = {
    jobs: { as: "service", files: ["src/jobs/**"], mayImport: ["domain", "ports"], ports: ["src/jobs/ports/**"] },
    ports: { as: "domain", files: "src/ports" },
    service: ["src/**/*.service.ts", "!src/odd.service.ts"],
  };

  it("follow the order in which they are written", () => {
    const { model } = load({ [settings]: { layers } });
    expect(model.layerOf("src/jobs/x.service.ts")).toMatchObject({ layer: "service", custom: "jobs" });
    expect(model.layerOf("src/ports/a/b.ts")).toMatchObject({ layer: "domain", custom: "ports" });
    expect(model.layerOf("src/a.service.ts")).toEqual({ layer: "service", setting: `layers.service in ${settings}:20` });
    expect(model.layerOf("src/odd.service.ts")).toBeUndefined();
    expect(model.customLayers).toEqual(new Map([["jobs", { as: "service", mayImport: ["domain", "ports"], ports: ["src/jobs/ports/**"] }], ["ports", { as: "domain" }]]));
  });

  it("that may import what does not exist are a mistake", () => {
    expect(failure({ [settings]: { layers: { jobs: { as: "service", files: "src/jobs", mayImport: ["domains"] } } } })).toBe(`invalid-settings: ${settings}:7:9 unknown layer "domains"; did you mean "domain"?`);
  });

  it("that two packages declare differently are a mistake", () => {
    const of = (as: string) => ({ layers: { jobs: { as, files: "jobs" } } });
    expect(failure({ "a/std-check.config.json": of("service"), "b/std-check.config.json": of("api") })).toBe('invalid-settings: b/std-check.config.json:3:13 the layer "jobs" means something else in the settings of a; give it another name');
    expect(load({ "a/std-check.config.json": of("service"), "b/std-check.config.json": of("service") }).model.layerOf("b/jobs/x.ts")).toMatchObject({ custom: "jobs" });
  });
});

describe("exceptions", () => {
  const resolved = () => load({
    [settings]: { exceptions: [{ rule: "layer-imports", files: "src/old/**", reason: "moves soon", owner: "@a", expires: "2027-03-01" }] },
    "pkg/std-check.config.json": { exceptions: [{ rule: "thin-handlers", symbol: "Orders", reason: "x", owner: "@b" }] },
  });

  it("cover files and symbols below their folder", () => {
    const [first, second] = resolved().exceptions;
    expect(first).toMatchObject({ rule: "layer-imports", files: ["src/old/**"], owner: "@a", place: `${settings}:3` });
    expect(first?.covers("src/old/a.ts", undefined)).toBe(true);
    expect(first?.covers("src/new/a.ts", undefined)).toBe(false);
    expect(second?.covers("pkg/a.ts", "Orders.create")).toBe(true);
    expect(second?.covers("pkg/a.ts", "OrdersPage")).toBe(false);
    expect(second?.covers("pkg/a.ts", undefined)).toBe(false);
    expect(second?.covers("other/a.ts", "Orders")).toBe(false);
  });

  it("hold on their last day and not after it", () => {
    expect(isExpired({ expires: "2027-03-01" }, "2027-03-01")).toBe(false);
    expect(isExpired({ expires: "2027-03-01" }, "2027-03-02")).toBe(true);
    expect(isExpired({}, "2099-01-01")).toBe(false);
  });
});

describe("detection", () => {
  const nest = { dependencies: { "@nestjs/core": "^11.0.0", express: "^5.0.0" } };

  it("finds the presets that dependencies call for, with evidence", () => {
    const resolved = load({ "package.json": nest, "apps/web/package.json": { dependencies: { express: "^4.0.0" } } });
    expect(resolved.detected).toEqual([
      { preset: "express", evidence: ["apps/web/package.json depends on express ^4.0.0"] },
      { preset: "nestjs", evidence: ["package.json depends on @nestjs/core ^11.0.0"] },
    ]);
    expect(resolved.model.layerOf("src/a.controller.ts")).toEqual({ layer: "api", setting: "layers.api in preset nestjs" });
  });

  it("stops where settings say what they extend", () => {
    expect(load({ "package.json": nest, [settings]: { extends: [] } }).detected).toEqual([]);
    expect(load({ "package.json": nest, [settings]: { rules: {} } }).detected).toHaveLength(1);
  });
});

describe("what is left of the sections", () => {
  it("is merged: lists add up, the rest is replaced", () => {
    const { done, stack, model } = load({
      [settings]: { extends: ["./base.json"], done: { test: false }, stack: { logger: "winston" }, names: { auth: ["b", "a"] }, routes: { routesDir: "src/pages" }, security: { tenantKeys: ["orgId"] }, architecture: { persistence: "services" } },
      "base.json": { done: { test: "npm test", lint: "eslint ." }, stack: { logger: ["pino"], framework: false }, names: { auth: ["a"] } },
    });
    expect(done).toEqual({ timeout: 600, test: false, lint: "eslint ." });
    expect(stack).toEqual({ logger: ["winston"], framework: false });
    expect(model.names).toEqual({ auth: ["a", "b"] });
    expect(model.settings).toMatchObject({ routes: { routesDir: ["src/pages"] }, security: { tenantKeys: ["orgId"] }, architecture: { persistence: "services" } });
  });
});

describe("the digest", () => {
  it("changes with every text that was read and with the command line", () => {
    const top = write({ [settings]: { extends: "./a.json" }, "a.json": {}, "package.json": {} });
    const digest = (options: Partial<LoadOptions> = {}) => loadSettings({ root: findRoot(top), registry, ...options }).digest;
    const before = digest();
    expect(digest()).toBe(before);
    expect(digest({ preset: "strict" })).not.toBe(before);
    writeFileSync(path.join(top, "a.json"), '{ "rules": {} }');
    expect(digest()).not.toBe(before);
  });
});

describe("printed settings", () => {
  it("are JSON with comments that tell where each value came from", () => {
    const text = load({
      "package.json": { dependencies: { express: "^5" } },
      [settings]: { layers: { service: "src/core/**" }, rules: { "thin-handlers": ["error", { maxStatements: 9 }] }, names: { auth: ["mine"] }, exceptions: [{ rule: "layer-imports", files: "a.ts", reason: "r", owner: "o" }] },
    }).print();
    expect(parse(text)).toMatchObject({
      layers: { service: ["src/core/**"], api: ["**/*.router.ts"] },
      names: { auth: ["passport.authenticate", "mine"] },
      rules: { "layer-imports": ["error", { typeImports: "ignore", allow: [] }], "thin-handlers": ["error", { maxStatements: 9 }], "docs-updated": "off" },
      exceptions: [{ rule: "layer-imports", files: ["a.ts"] }],
    });
    for (const line of [
      "// Settings are in: the root.",
      "// Detected preset express: package.json depends on express ^5.",
      '"src/core/**", // std-check.config.json:3',
      '"mine", // std-check.config.json:15',
      '"thin-handlers": ["error",{"maxStatements":9}], // preset recommended, then std-check.config.json:6',
    ]) expect(text).toContain(line);
  });

  it("are those of a file, if one is given", () => {
    const resolved = load({ "a/std-check.config.json": { rules: { "thin-handlers": "off" } } });
    expect(parse(resolved.print("a/x.ts"))).toMatchObject({ rules: { "thin-handlers": "off" } });
    expect(resolved.print()).toContain("// Settings are in: a.");
    expect(load({}).print()).toContain("// No settings found");
  });
});
