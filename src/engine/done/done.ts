import type { Finding } from "../../base/finding.js";
import type { DoneStep } from "../../standard/clause.js";
import type { Opened } from "../run.js";
import type { CheckResult } from "../check.js";
import type { Verdict } from "../verdict.js";
import { rulesByName } from "../registry.js";
import { type DoneCommand, doneSteps, findDoneCommands } from "./commands.js";
import { type Proof, proveFix } from "./prove.js";
import { type CommandOutcome, runCommand } from "./run-command.js";

/** A step with what became of it. */
export interface StepResult {
  readonly step: DoneStep;
  readonly command: DoneCommand;
  /** Undefined where nothing was run. */
  readonly outcome: CommandOutcome | undefined;
}

/** One of the standard's done criteria with what proves it. */
export interface Criterion {
  readonly clause: "DONE-1" | "DONE-2" | "DONE-3" | "DONE-4" | "DONE-5";
  readonly title: string;
  readonly state: "proven" | "open" | "person";
  /** What proves it, or what is missing. */
  readonly evidence: readonly string[];
}

export interface DoneReport {
  /** Every criterion but the person's is proven. */
  readonly done: boolean;
  readonly criteria: readonly Criterion[];
  readonly steps: readonly StepResult[];
  readonly findings: { readonly errors: number; readonly warnings: number };
  readonly proof: Proof | undefined;
}

/** Called before a command runs, so that a terminal can show it. */
export type Progress = (shown: string) => void;

/** Runs the commands of the repository one after the other and puts together what is proven of the done criteria. */
export async function runDone(opened: Opened, { crashes }: CheckResult, verdict: Verdict, { prove, hasRange, progress }: { readonly prove: boolean; readonly hasRange: boolean; readonly progress: Progress }): Promise<DoneReport> {
  const { settings, root } = opened;
  const repo = opened.repo();
  const commands = findDoneCommands(repo, settings.done);
  const steps: StepResult[] = [];
  for (const step of doneSteps) {
    const command = commands.get(step) ?? { state: "missing", reason: "" };
    if (command.state === "command") progress(command.shown);
    steps.push({ step, command, outcome: command.state === "command" ? await runCommand(command, root, settings.done.timeout) : undefined });
  }
  if (prove) progress("the changed tests on the base");
  const proof = prove ? await proveFix(repo, repo.git?.range, commands.get("test"), settings.done.timeout) : undefined;
  const { errors, findings } = verdict;
  const criteria = criteriaOf(steps, [checkedEvidence(verdict, crashes.length > 0)], hasRange ? rangeEvidence(opened, findings) : [{ ok: false, text: "no range was checked: name what to compare with, --since main" }], proof);
  return { done: criteria.every(({ state }) => state !== "open"), criteria, steps, findings: { errors, warnings: findings.length - errors }, proof };
}

/** The rules that tell whether migrations and docs have followed a change. */
export const rangeRules: readonly string[] = [...rulesByName.values()].filter(({ clauses }) => clauses.includes("DONE-4")).map(({ name }) => name);

function criteriaOf(steps: readonly StepResult[], checked: readonly Evidence[], documented: readonly Evidence[], proof: Proof | undefined): readonly Criterion[] {
  const said = (step: DoneStep): Evidence => evidenceOf(steps, step);
  return [
    { clause: "DONE-1", title: "behaviour is implemented as requested", state: "person", evidence: ["left to who asked for it"] },
    criterion("DONE-2", "relevant tests pass", [said("test"), ...(proof ? [proofEvidence(proof)] : [])]),
    criterion("DONE-3", "lint and format checks pass", [said("lint"), said("format")]),
    criterion("DONE-4", "migrations and docs are updated", documented),
    criterion("DONE-5", "the recommended checks pass", [...checked, said("lint"), said("format"), said("types"), said("test")]),
  ];
}

interface Evidence {
  readonly ok: boolean;
  readonly text: string;
}

function criterion(clause: Criterion["clause"], title: string, evidence: readonly Evidence[]): Criterion {
  return { clause, title, state: evidence.every(({ ok }) => ok) ? "proven" : "open", evidence: evidence.map(({ ok, text }) => `${ok ? "" : "✖ "}${text}`) };
}

/** The check itself, as its gate goes: what the baseline lets pass does not fail it. */
function checkedEvidence({ errors, passed, blind, drift }: Verdict, crashed: boolean): Evidence {
  if (crashed) return { ok: false, text: "std-check itself failed" };
  if (blind) return { ok: false, text: "std-check: no file has a layer, and no route or other entry point was found, so there was nothing to judge" };
  if (drift.length > 0) return { ok: false, text: "std-check: the public surface is not the one that is locked" };
  const accepted = passed === 0 ? "" : ` (${passed} let pass by the baseline)`;
  return { ok: errors === 0, text: `std-check: ${errors === 0 ? "no errors" : `${errors} ${errors === 1 ? "error" : "errors"}`}${accepted}` };
}

/** What the range rules say, and which of them the settings do without. */
function rangeEvidence({ settings }: Opened, findings: readonly Finding[]): readonly Evidence[] {
  const states = settings.ruleStates("");
  return rangeRules.map((rule) => {
    const found = findings.filter((finding) => finding.rule === rule);
    if (found.length > 0) return { ok: false, text: `${rule} in ${[...new Set(found.map(({ file }) => file))].join(", ")}` };
    return { ok: true, text: `${rule}: ${states.get(rule)?.severity === "off" ? "done without, by the settings" : "nothing missing"}` };
  });
}

function evidenceOf(steps: readonly StepResult[], step: DoneStep): Evidence {
  const result = steps.find((one) => one.step === step);
  if (!result || result.command.state === "missing") return { ok: false, text: `${step}: no command. ${result?.command.state === "missing" ? result.command.reason : ""}` };
  // The settings say that the project does without the step, which is a deviation that they put on record.
  if (result.command.state === "off") return { ok: true, text: `${step}: done without, by the settings` };
  if (result.command.state === "covered") return { ...evidenceOf(steps, result.command.by), text: `${step}: by ${result.command.by} (${result.command.reason})` };
  const { outcome } = result;
  if (!outcome) return { ok: false, text: `${step}: not run` };
  const seconds = (outcome.milliseconds / 1000).toFixed(1);
  return outcome.state === "passed" ? { ok: true, text: `${step}: \`${result.command.shown}\` passed in ${seconds} s` } : { ok: false, text: `${step}: \`${result.command.shown}\` ${outcome.state.replace("-", " ")} (${outcome.reason}) after ${seconds} s` };
}

function proofEvidence(proof: Proof): Evidence {
  if (proof.state === "proven") return { ok: true, text: `the changed tests fail on the base: ${proof.tests.join(", ")}` };
  if (proof.state === "refuted") return { ok: false, text: `the changed tests pass on the base too, so they do not test the fix: ${proof.tests.join(", ")}` };
  return { ok: proof.state === "nothing-to-prove", text: `${proof.state === "nothing-to-prove" ? "nothing to prove" : "not proven"}: ${proof.reason}` };
}
