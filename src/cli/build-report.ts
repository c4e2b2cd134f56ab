import path from "node:path";
import { toPosix } from "../base/paths.js";
import type { RangeChanges } from "../base/range-changes.js";
import type { CheckResult } from "../engine/check.js";
import { inventoryOfProject } from "../engine/inventory.js";
import { rulesByName } from "../engine/registry.js";
import { maskedSource } from "../engine/masked-source.js";
import type { Opened } from "../engine/run.js";
import { type Coverage, type Report, summarize } from "../report/report.js";
import { importGraph } from "../report/graph.js";
import { findClause } from "../standard/clauses.js";
import { eachOnce, rowOf } from "./route-rows.js";
import { version } from "./version.js";

/** Where the page of a rule is. */
export function rulePage(name: string): string {
  return `https://github.com/std-check/std-check/blob/main/docs/rules/${name}.md`;
}

/** Puts together what formats show: the findings of a run, how far it saw, and the rules' own words. */
export function buildReport({ root, project, repo }: Opened, result: Pick<CheckResult, "findings" | "suppressed"> & { readonly passed?: number; readonly changes?: (() => RangeChanges) | undefined }, cwd: string): Report {
  const { findings, suppressed, changes } = result;
  return {
    toolVersion: version,
    root,
    findings,
    suppressed,
    coverage: coverageOf(project, repo().readers.notes()),
    summary: summarize(findings, suppressed.length + (result.passed ?? 0)),
    ...(changes && { changes }),
    describe(name) {
      const rule = rulesByName.get(name);
      return rule && { name, description: rule.description, helpUri: rulePage(name), clauses: rule.clauses, section: rule.section };
    },
    layerOf(file) {
      const verdict = project.model.has(file) ? project.model.layerOf(file) : undefined;
      return verdict?.custom ?? verdict?.layer;
    },
    clauseTitle: (id) => findClause(id)?.title,
    layers: () => importGraph(project.model, findings, "layers"),
    routes: () => eachOnce(project.model).routes.map((route) => rowOf(project.model, route)),
    personalData: () => inventoryOfProject(project),
    source: maskedSource(project, [...findings, ...suppressed.map(({ finding }) => finding)]),
    shown: (file) => toPosix(path.relative(cwd, path.join(root, file))),
  };
}

/** How the coverage calls files that are not read as code. */
const notRead: Readonly<Record<"bundle" | "template" | "flow", string>> = { bundle: "a bundle", template: "a template of a page", flow: "a script with the types of Flow" };

function coverageOf({ model, skipped, generated }: Opened["project"], notes: Coverage["skipped"]): Coverage {
  let resolved = 0;
  let unresolved = 0;
  let classified = 0;
  const passedOver: { readonly file: string; readonly reason: string }[] = [];
  for (const file of model.files) {
    const reason = model.facts(file).passedOver;
    if (reason) passedOver.push({ file, reason: `${notRead[reason]}, read for secrets alone` });
    if (model.layerOf(file).layer !== undefined) classified++;
    for (const { target } of model.edgesFrom(file)) {
      if (target.kind === "unresolved") unresolved++;
      else resolved++;
    }
  }
  return { files: model.files.length, imports: { resolved, unresolved }, layers: { classified, files: model.files.length }, flows: { cut: model.cutFlows }, skipped: [...skipped, ...passedOver, ...notes], generated: generated.size };
}
