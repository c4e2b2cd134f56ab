import { UserError } from "../base/errors.js";
import { rulesByName } from "../engine/registry.js";
import { openSettings } from "../engine/run.js";
import { markdownTable, prettyTable } from "./table.js";
import { startFolder } from "./start-folder.js";

/** `std-check rules`: every rule with its clauses and its severity here. */
export function rulesCommand(options: Readonly<Record<string, unknown>>, format: string): void {
  const states = openSettings(startFolder(options)).ruleStates("package.json");
  const rules = [...rulesByName.values()].map(({ name, clauses, description }) => ({ name, clauses, description, severity: states.get(name)?.severity ?? "off" }));
  const table = { columns: ["rule", "here", "clauses", "what it asks"], rows: rules.map(({ name, severity, clauses, description }) => [name, severity, clauses.join(" "), description]) };
  if (format === "json") process.stdout.write(`${JSON.stringify({ version: 1, rules }, undefined, 2)}\n`);
  else if (format === "markdown") process.stdout.write(markdownTable(table));
  else if (format === "pretty") process.stdout.write(prettyTable(table, 110));
  else throw new UserError("unknown-format", `There is no format "${format}" for rules.`, "Formats: pretty, json, markdown.");
}
