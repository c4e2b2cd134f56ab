import type { Finding } from "../base/finding.js";
import { type Clause, clauses, sections } from "../standard/clauses.js";
import type { CheckResult } from "./check.js";
import { findDoneCommands } from "./done/commands.js";
import { rulesByName } from "./registry.js";
import type { StackSlot } from "../repo/stack/choices.js";
import type { Opened } from "./run.js";

/** How a repository stands to a clause of the standard. */
export type ClauseState = "kept" | "broken" | "deviated" | "not-applicable" | "not-checked" | "person";

export interface ClauseStanding {
  readonly clause: string;
  readonly section: string;
  readonly title: string;
  readonly state: ClauseState;
  /** The findings, the deviation on record, or why it does not apply or was not checked. */
  readonly detail: string;
  readonly errors: number;
  readonly warnings: number;
  /** The rules that enforce it, with their severity here. */
  readonly rules: readonly { readonly name: string; readonly severity: string }[];
  /** The steps of `std-check done` that prove it. */
  readonly steps: readonly string[];
}

/** How a repository stands to every clause, by the findings of a run over all of it. */
export function standings(opened: Opened, result: CheckResult): readonly ClauseStanding[] {
  const severities = opened.settings.ruleStates("package.json");
  return clauses.map((clause) => {
    const rules = [...rulesByName.values()].filter((rule) => rule.clauses.includes(clause.id)).map(({ name }) => ({ name, severity: severities.get(name)?.severity ?? "off" }));
    const findings = result.findings.filter((finding) => finding.clauses.includes(clause.id));
    const errors = findings.filter(({ severity }) => severity === "error").length;
    return {
      clause: clause.id,
      section: sections.find((section) => section.clauses.includes(clause))?.id ?? "",
      title: clause.title,
      ...stateOf(opened, result, clause, rules, findings),
      errors,
      warnings: findings.length - errors,
      rules,
      steps: clause.steps ?? [],
    };
  });
}

/** The clauses that are kept or broken by routes alone. */
const aboutRoutes = /^(API-|SEC-[23]$|ARCH-4$)/;

function stateOf(opened: Opened, result: CheckResult, clause: Clause, rules: readonly { readonly name: string; readonly severity: string }[], findings: readonly Finding[]): { readonly state: ClauseState; readonly detail: string } {
  if (clause.person !== undefined) return { state: "person", detail: clause.person };
  if (findings.length > 0) return { state: "broken", detail: countsOf(findings) };
  const missing = missingSteps(opened, clause);
  if (missing !== undefined) return { state: "broken", detail: missing };
  const deviation = deviationOf(opened, result, clause);
  if (deviation !== undefined) return { state: "deviated", detail: deviation };
  const without = notApplicable(opened, clause);
  if (without !== undefined) return { state: "not-applicable", detail: without };
  if (rules.length === 0 && clause.steps === undefined) return { state: "not-checked", detail: "no rule of this version enforces it" };
  const off = rules.filter(({ severity }) => severity === "off").map(({ name }) => name);
  if (rules.length > 0 && off.length === rules.length) return { state: "not-checked", detail: `${off.join(", ")} ${off.length === 1 ? "is" : "are"} off` };
  const { routes, unresolved } = opened.project.model.routes;
  const unread = aboutRoutes.test(clause.id) && unresolved.length > 0 ? `${unresolved.length} of ${routes.length + unresolved.length} routes could not be read` : undefined;
  if (unread !== undefined && routes.length === 0) return { state: "not-checked", detail: unread };
  const open = [...(off.length > 0 ? [`${off.join(", ")} ${off.length === 1 ? "is" : "are"} off`] : []), ...(unread === undefined ? [] : [unread])];
  return { state: "kept", detail: open.length > 0 ? `as far as was checked: ${open.join("; ")}` : clause.steps ? `proven by \`std-check done\`` : "" };
}

function countsOf(findings: readonly Finding[]): string {
  const byRule = new Map<string, number>();
  for (const { rule } of findings) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  return [...byRule].map(([rule, count]) => `${rule} ${count}`).join(", ");
}

/** A step that the repository has no command for cannot pass. */
function missingSteps({ repo, settings }: Opened, { steps = [] }: Clause): string | undefined {
  if (steps.length === 0) return undefined;
  const commands = findDoneCommands(repo(), settings.done);
  const missing = steps.filter((step) => commands.get(step)?.state === "missing");
  return missing.length === 0 ? undefined : `no command for ${missing.join(", ")}`;
}

/** What the settings accept on purpose: another place for data access, unused slots of the stack, exceptions. */
function deviationOf({ settings }: Opened, { suppressed }: CheckResult, clause: Clause): string | undefined {
  const architecture = settings.model.settings["architecture"];
  const persistence = typeof architecture === "object" && architecture !== null && "persistence" in architecture ? String(architecture.persistence) : "repository";
  if (clause.id === "ARCH-5" && persistence !== "repository") return `architecture.persistence is "${persistence}"`;
  const excepted = suppressed.filter(({ by, finding }) => by === "exception" && finding.clauses.includes(clause.id)).length;
  if (excepted > 0) return `${excepted} ${excepted === 1 ? "finding is" : "findings are"} excepted by the settings`;
  const without = clause.steps?.filter((step) => settings.done[step] === false) ?? [];
  return without.length > 0 ? `the settings do without ${without.join(", ")}` : undefined;
}

function notApplicable({ project, repo }: Opened, { id }: Clause): string | undefined {
  const { model } = project;
  if (model.files.length === 0) return "there is no code";
  const slots = id.startsWith("STACK-") ? repo().readers.stack().flatMap((stack) => stack.slots) : [];
  if (id.startsWith("STACK-") && slots.length === 0) return "no backend of its own stack was found";
  const isUnused = (slot: StackSlot): boolean => slots.every((one) => one.slot !== slot || one.state === "not-needed");
  if (id === "STACK-4" && isUnused("dataAccess")) return "no data access was found";
  if (id === "STACK-5" && isUnused("migrations")) return "no store was found that needs migrations";
  if (aboutRoutes.test(id) && model.routes.routes.length === 0 && model.routes.unresolved.length === 0) return "no routes were found";
  if (/^(DATA-|ARCH-5$)/.test(id) && !model.files.some((file) => model.dataAccess.of(file).length > 0)) return "no data access was found";
  if (id === "TEST-3" && repo().git === undefined) return "there is no git history";
  return undefined;
}
