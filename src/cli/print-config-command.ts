import path from "node:path";
import { relativeTo } from "../base/paths.js";
import { registry } from "../engine/registry.js";
import { loadSettings, severityPresetNamed } from "../settings/load.js";
import { findRoot } from "../settings/root.js";
import { ruleOptions } from "./rule-options.js";
import { startFolder } from "./start-folder.js";

/** `std-check --print-config [file]`: the settings in force for a file, or for the root, and where each value came from. */
export function printConfigCommand(options: Readonly<Record<string, unknown>>): void {
  const cwd = startFolder(options);
  const file = typeof options["printConfig"] === "string" ? path.resolve(cwd, options["printConfig"]) : undefined;
  const root = findRoot(file ?? cwd);
  const settings = loadSettings({
    root,
    registry,
    ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }),
    rules: ruleOptions(options["rule"]),
  });
  process.stdout.write(settings.print(file === undefined || file === root.folder ? undefined : relativeTo(root.folder, file)));
}
