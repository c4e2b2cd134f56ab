import { UserError } from "../base/errors.js";
import { run } from "../engine/run.js";
import { type ClauseStanding, standings } from "../engine/standard.js";
import { markdownTable, prettyTable, type Table } from "./table.js";
import { startFolder } from "./start-folder.js";

const words: Readonly<Record<ClauseStanding["state"], string>> = { kept: "kept", broken: "BROKEN", deviated: "deviated", "not-applicable": "not applicable", "not-checked": "not checked", person: "a person" };

/** `std-check standard`: every clause of the standard with what enforces it and how this repository stands to it. */
export async function standardCommand(options: Readonly<Record<string, unknown>>, format: string): Promise<void> {
  const render = formats.get(format);
  if (!render) throw new UserError("unknown-format", `There is no format "${format}" for the standard.`, `Formats: ${[...formats.keys()].join(", ")}.`);
  const { result, ...opened } = await run({ cwd: startFolder(options) });
  process.stdout.write(render(standings(opened, result)));
}

const formats: ReadonlyMap<string, (all: readonly ClauseStanding[]) => string> = new Map([
  ["pretty", (all) => `${prettyTable(tableOf(all), 70)}\n${summaryOf(all)}\n`],
  ["json", (all) => `${JSON.stringify({ version: 1, clauses: all }, undefined, 2)}\n`],
  ["markdown", (all) => `${markdownTable(tableOf(all))}\n${summaryOf(all)}\n`],
]);

function tableOf(all: readonly ClauseStanding[]): Table {
  return { columns: ["clause", "what it asks", "state", "detail", "enforced by"], rows: all.map(({ clause, title, state, detail, rules, steps }) => [clause, title, words[state], detail, [...rules.map(({ name, severity }) => (severity === "off" ? `${name} (off)` : name)), ...steps.map((step) => `done: ${step}`)].join(", ")]) };
}

function summaryOf(all: readonly ClauseStanding[]): string {
  const count = (state: ClauseStanding["state"]): number => all.filter((one) => one.state === state).length;
  return `${all.length} clauses: ${(Object.keys(words) as ClauseStanding["state"][]).filter((state) => count(state) > 0).map((state) => `${count(state)} ${words[state].toLowerCase()}`).join(", ")}`;
}
