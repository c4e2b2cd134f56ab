import { UserError } from "../base/errors.js";
import { openRepository } from "../engine/run.js";
import { markdownTable, prettyTable } from "./table.js";
import { startFolder } from "./start-folder.js";

/** `std-check stack`: the slots of the default stack, what fills them, and where that was seen. */
export function stackCommand(options: Readonly<Record<string, unknown>>, format: string): void {
  const repo = openRepository(startFolder(options));
  const all = repo.readers.stack();
  const stacks = [...new Set(all.map(({ package: owner }) => owner))].map((owner) => ({
    package: owner.manifest.name ?? (owner.folder || "."),
    folder: owner.folder || ".",
    slots: all.filter((stack) => stack.package === owner).flatMap(({ slots }) => slots).map(({ slot, state, choices, reason }) => ({
      slot,
      state,
      choices: choices.map(({ name, evidence }) => ({ name, evidence: evidence.map(({ file, range, what }) => ({ file, line: range.start.line, what })) })),
      ...(reason !== undefined && { reason }),
    })),
  }));
  const rows = stacks.flatMap((stack) => stack.slots.map(({ slot, state, choices, reason }) => [stack.package, slot, state, choices.map(({ name }) => name).join(", "), reason ?? choices.flatMap(({ evidence }) => evidence.slice(0, 2).map(({ file, line, what }) => `${what} (${file}:${line})`)).join("; ")]));
  const table = { columns: ["package", "slot", "state", "choice", "evidence"], rows };
  if (format === "json") process.stdout.write(`${JSON.stringify({ version: 1, stacks }, undefined, 2)}\n`);
  else if (format === "markdown") process.stdout.write(markdownTable(table));
  else if (format === "pretty") process.stdout.write(rows.length === 0 ? "No backend was found, so there is no stack to show.\n" : prettyTable(table, 90));
  else throw new UserError("unknown-format", `There is no format "${format}" for the stack.`, "Formats: pretty, json, markdown.");
}
