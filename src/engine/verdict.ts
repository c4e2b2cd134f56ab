import type { Finding } from "../base/finding.js";
import { isDeclarationFile, isSourceFile } from "../base/paths.js";
import type { ProjectModel } from "../model/project-model.js";
import { applyBaseline } from "./baseline/run.js";
import type { CheckResult } from "./check.js";
import { routeDrift } from "./route-lock.js";
import type { Opened } from "./run.js";

/** What a gate goes by: what the baseline leaves of the findings, and what makes their absence worth nothing. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly errors: number;
  /** How many findings the baseline lets pass. */
  readonly passed: number;
  /** How many entries of the baseline have lost their finding. */
  readonly stale: number;
  /** Nothing of an application was recognised, so that silence says nothing about it. */
  readonly blind: boolean;
  /** What differs from the public surface that is locked. */
  readonly drift: readonly string[];
}

/** Judges a run. Throws a UserError for a damaged baseline. `baseline: false` leaves it out of account. */
export function verdictOf(opened: Opened, result: CheckResult, { date, baseline }: { readonly date: string; readonly baseline: boolean }): Verdict {
  const match = baseline ? applyBaseline(opened, result, date) : undefined;
  const findings = match?.reported ?? result.findings;
  return {
    findings,
    errors: findings.filter(({ severity }) => severity === "error").length,
    passed: match?.passed.length ?? 0,
    stale: match?.stale.length ?? 0,
    blind: opened.paths === undefined && seesNothing(opened.project.model),
    drift: routeDrift(opened.root, opened.project.model) ?? [],
  };
}

function seesNothing(model: ProjectModel): boolean {
  const code = model.files.filter((file) => isSourceFile(file) && !isDeclarationFile(file) && model.packageOf(file).kind === "application");
  return code.length > 0 && code.every((file) => model.layerOf(file).layer === undefined) && model.routes.routes.length === 0 && model.entries.all.length === 0;
}
