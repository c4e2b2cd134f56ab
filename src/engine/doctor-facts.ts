import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseJsonText, property } from "../base/json.js";
import { extractFacts } from "../facts/extract.js";
import type { ProjectModel } from "../model/project-model.js";
import { openRepo } from "../repo/open-repo.js";
import type { Root } from "../settings/root.js";
import { readDirectives } from "./directives.js";
import type { DoctorFacts } from "./doctor.js";
import { eslintConfigNames } from "./eslint-config.js";

const packagesOfInterest = ["eslint", "@typescript-eslint/parser", "typescript", "oxlint"];

/** Looks at the machine, the repository and its model for the doctor. `cacheFolder` is absolute. */
export function readDoctorFacts(root: Root, model: ProjectModel, cacheFolder: string): DoctorFacts {
  const layers = new Map<string, number>();
  const disabled = new Map<string, string[]>();
  for (const file of model.files) {
    const layer = model.layerOf(file).layer ?? "";
    layers.set(layer, (layers.get(layer) ?? 0) + 1);
    for (const { kind, rules } of readDirectives(model.facts(file))) {
      if (kind !== "enable") for (const rule of rules ?? []) disabled.set(rule, [...(disabled.get(rule) ?? []), file]);
    }
  }
  return {
    installed: new Map(packagesOfInterest.flatMap((name) => {
      const version = installedVersion(root.folder, name);
      return version === undefined ? [] : [[name, version] as const];
    })),
    eslintConfig: readEslintConfig(root.folder),
    cache: { folder: cacheFolder, writable: isWritable(cacheFolder) },
    isGit: openRepo(root.folder).git !== undefined,
    files: model.files,
    layers,
    disabled,
  };
}

/** The version of a package in the nearest node_modules that has it. Only its package.json is read. */
function installedVersion(folder: string, name: string): string | undefined {
  const file = path.join(folder, "node_modules", name, "package.json");
  if (existsSync(file)) {
    const version = property(parseJsonText(readFileSync(file, "utf8")), "version");
    return typeof version === "string" ? version : undefined;
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : installedVersion(parent, name);
}

function readEslintConfig(folder: string): DoctorFacts["eslintConfig"] {
  const file = eslintConfigNames.find((name) => existsSync(path.join(folder, name)));
  return file === undefined ? undefined : { file, facts: extractFacts(file, readFileSync(path.join(folder, file), "utf8").replace(/^\uFEFF/, "")) };
}

/** Whether a folder can be written to, or made if it is not there. */
function isWritable(folder: string): boolean {
  let existing = folder;
  while (!existsSync(existing) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
