import { exitCode, UserError } from "../base/errors.js";
import { type DoneReport, rangeRules, runDone } from "../engine/done/done.js";
import { openSettings, run } from "../engine/run.js";
import { verdictOf } from "../engine/verdict.js";
import { commentMark } from "../report/markdown.js";
import { markdownTable } from "./table.js";
import { startFolder } from "./start-folder.js";

/** `std-check done`: runs the repository's own commands and tells which done criteria are proven. Gives 1 while one is open. */
export async function doneCommand(options: Readonly<Record<string, unknown>>, format: string): Promise<number> {
  const render = formats.get(format);
  if (!render) throw new UserError("unknown-format", `There is no format "${format}" for done.`, `Formats: ${[...formats.keys()].join(", ")}.`);
  const cwd = startFolder(options);
  const since = options["since"] === true ? true : typeof options["since"] === "string" ? options["since"] : undefined;
  const progress = (shown: string): void => {
    process.stderr.write(`running ${shown} …\n`);
  };
  process.stderr.write("std-check done runs the scripts of this repository.\n");
  progress("std-check");
  const { result, ...opened } = await run({ cwd, rules: leftOffByPresets(cwd), ...(since !== undefined && { since }) });
  const verdict = verdictOf(opened, result, { date: opened.today, baseline: true });
  const report = await runDone(opened, result, verdict, { prove: options["prove"] === true, hasRange: since !== undefined, progress });
  process.stdout.write(render(report));
  if (result.crashes.length > 0) return exitCode.internalError;
  return report.done ? exitCode.clean : exitCode.findings;
}

/** The range rules that a preset leaves off, though whether a task is done asks for them. What the settings themselves turn off stays off. */
function leftOffByPresets(cwd: string): Readonly<Record<string, "warn">> {
  const states = openSettings(cwd).ruleStates("");
  const isLeftOff = (rule: string): boolean => states.get(rule)?.severity === "off" && states.get(rule)?.said.at(-1)?.startsWith("preset ") !== false;
  return Object.fromEntries(rangeRules.filter(isLeftOff).map((rule) => [rule, "warn"]));
}

const marks = { proven: "✔", open: "✖", person: "?" } as const;

const formats: ReadonlyMap<string, (report: DoneReport) => string> = new Map([
  ["pretty", pretty],
  ["json", (report) => `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`],
  ["markdown", markdown],
]);

function pretty(report: DoneReport): string {
  const lines = report.criteria.flatMap(({ clause, title, state, evidence }) => [`${marks[state]} ${clause} ${title}`, ...evidence.map((text) => `    ${text}`)]);
  const failed = report.steps.flatMap(({ step, outcome }) => (outcome && outcome.state !== "passed" && outcome.output.trim() !== "" ? ["", `--- the end of what ${step} wrote ---`, outcome.output.trimEnd()] : []));
  return [...lines, ...failed, "", verdict(report), ""].join("\n");
}

function markdown(report: DoneReport): string {
  const rows = report.criteria.map(({ clause, title, state, evidence }) => [marks[state], clause, title, evidence.join("; ")]);
  return `${commentMark}\n### ${verdict(report)}\n\n${markdownTable({ columns: ["", "criterion", "what it asks", "what proves it"], rows })}`;
}

function verdict({ done, criteria }: DoneReport): string {
  if (done) return "Done, as far as a program can tell; DONE-1 is left to a person.";
  return `Not done: ${criteria.filter(({ state }) => state === "open").map(({ clause }) => clause).join(", ")} ${criteria.filter(({ state }) => state === "open").length === 1 ? "is" : "are"} open.`;
}
