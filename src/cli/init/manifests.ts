import { baseName, folderOf, isWithin } from "../../base/paths.js";
import { parseJsonText, property } from "../../base/json.js";
import type { Manifest } from "../../settings/discover.js";
import type { RepoFacts } from "./repo-facts.js";

/** A package.json with its content and all its dependencies. */
export interface FullManifest extends Manifest {
  readonly content: unknown;
  /** Name → range of all dependencies, those for development included. */
  readonly everything: ReadonlyMap<string, string>;
}

/** The package.json files of the folder and below it that can be parsed, the outermost first. */
export function manifestsOf(facts: RepoFacts): FullManifest[] {
  const files = facts.files.filter((file) => baseName(file) === "package.json" && isWithin(facts.folder, file));
  return files.sort((left, right) => folderOf(left).length - folderOf(right).length).flatMap((file) => {
    const content = parseJsonText(facts.read(file) ?? "");
    if (content === undefined) return [];
    const dependencies = ranges(content, ["dependencies", "optionalDependencies"]);
    const name = property(content, "name");
    return [{
      content, dependencies,
      folder: folderOf(file),
      name: typeof name === "string" ? name : undefined,
      hasSettings: property(content, "std-check") !== undefined,
      everything: new Map([...ranges(content, ["devDependencies"]), ...dependencies]),
    }];
  });
}

function ranges(content: unknown, fields: readonly string[]): Map<string, string> {
  const pairs = fields.flatMap((field) => Object.entries(property(content, field) ?? {}));
  return new Map(pairs.flatMap(([name, range]) => (typeof range === "string" ? [[name, range] as const] : [])));
}
