import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Preset, RegisteredRule, Registry } from "../../src/settings/registry.js";

/** A small registry with the shapes that matter: options of several types, presets with options, a rule that is off. */
export const rules: readonly RegisteredRule[] = [
  {
    name: "layer-imports",
    description: "Forbid imports of a layer that must not be known",
    presets: { recommended: "error", strict: ["error", { typeImports: "report" }], legacy: "off" },
    optionsSchema: {
      typeImports: { enum: ["ignore", "report"], description: "Whether type imports count." },
      allow: { type: "array", items: { type: "string" }, description: "Files that may be imported from anywhere." },
    },
    defaultOptions: { typeImports: "ignore", allow: [] },
  },
  {
    name: "thin-handlers",
    description: "Require handlers that leave the work to services",
    presets: { recommended: "warn", strict: "error", legacy: "off" },
    optionsSchema: { maxStatements: { type: "integer", minimum: 1, description: "Statements that a handler may have." } },
    defaultOptions: { maxStatements: 15 },
  },
  {
    name: "no-process-env",
    description: "Forbid reading the environment outside the settings module",
    presets: { recommended: "error", strict: "error", legacy: "warn" },
    optionsSchema: {},
    defaultOptions: {},
  },
  {
    name: "docs-updated",
    description: "Require documentation of changed behaviour",
    presets: { recommended: "off", strict: "error", legacy: "off" },
    optionsSchema: {},
    defaultOptions: {},
  },
];

const presets: readonly Preset[] = [
  { name: "express", description: "Express applications", packages: ["express"], covers: [], settings: { layers: { api: ["**/*.router.ts"] }, names: { auth: ["passport.authenticate"] } } },
  { name: "nestjs", description: "NestJS applications", packages: ["@nestjs/core"], covers: ["express"], settings: { layers: { api: ["**/*.controller.ts"], composition: ["**/*.module.ts"] } } },
  { name: "hexagonal", description: "Ports and adapters", packages: [], covers: [], settings: { layers: { api: ["**/adapters/in/**"], repository: ["**/adapters/out/**"] } } },
];

export const registry: Registry = {
  rules: new Map(rules.map((rule) => [rule.name, rule])),
  presets: new Map(presets.map((preset) => [preset.name, preset])),
  mask: (text) => text,
};

/** What `run` throws. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

/** Writes `files` (path → text) into a new folder of this machine's temporary files and gives its real path. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

const folders: string[] = [];

/** Removes what `project` made; for `afterEach`. */
export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
