import { folderOf, isWithin } from "../../src/base/paths.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Edge, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly shared: readonly string[];
  readonly publicFiles: readonly string[];
}

export default defineRule<Options>({
  name: "feature-boundaries",
  section: "architecture",
  clauses: ["ARCH-1"],
  description: "Forbid imports into another feature past its public file",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: {
    past: "Feature `{{from}}` reaches into feature `{{to}}` past its public file: import what `{{to}}/{{publicFile}}` exports, so that `{{to}}` can change inside.",
  },
  optionsSchema: {
    shared: { type: "array", items: { type: "string" }, description: "Features that every feature may import from (a shared kernel), as folders." },
    publicFiles: { type: "array", items: { type: "string" }, description: "Base names of a feature's public file, without extension. Nest modules (`*.module`) always count." },
  },
  defaultOptions: { shared: [], publicFiles: ["index", "public", "public-api"] },
  project: {
    reads: "imports",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const feature = model.featureOf(file);
        const layer = model.layerOf(file).layer;
        if (feature === undefined || layer === "tests" || layer === "composition") continue;
        for (const edge of model.edgesFrom(file)) yield* checkEdge(model, feature, edge, options);
      }
    },
  },
});

function* checkEdge(model: ProjectModel, feature: string, edge: Edge, options: Options): Iterable<RuleFinding> {
  if (edge.target.kind !== "file" || edge.kind === "type-only" || edge.kind === "elided") return;
  const { file } = edge.target;
  const other = model.featureOf(file);
  if (other === undefined || other === feature || isWithin(other, feature) || isWithin(feature, other)) return;
  // Tables of several features refer to each other, and an ORM wants the classes for that.
  if (isMapped(model, edge.from) && isMapped(model, file)) return;
  if (options.shared.some((shared) => isWithin(shared, other)) || isPublic(other, file, options)) return;
  const data = { from: feature, to: other, publicFile: `${options.publicFiles[0] ?? "index"}.ts` };
  yield findingAt(model, edge.from, edge.fact.specifierSpan, "past", data, { cause: other });
}

/** Whether a file is of the repository layer for a class that an ORM maps. */
function isMapped(model: ProjectModel, file: string): boolean {
  return /^decorator @(Entity|Schema|Table|ChildEntity)$/.test(model.layerOf(file).evidence[0] ?? "");
}

function isPublic(feature: string, file: string, options: Options): boolean {
  if (/\.module\.[cm]?[jt]s$/.test(file)) return true;
  if (folderOf(file) !== feature) return false;
  const name = file.slice(feature.length + 1).replace(/\.[cm]?[jt]sx?$/, "");
  return options.publicFiles.includes(name);
}
