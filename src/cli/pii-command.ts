import { UserError } from "../base/errors.js";
import { inventoryOf } from "../engine/inventory.js";
import { startFolder } from "./start-folder.js";

/** `std-check pii`: which shapes hold which categories of personal data and credentials, and where they are logged. */
export function piiCommand(options: Readonly<Record<string, unknown>>): void {
  const format = String([options["format"]].flat().at(-1) ?? "markdown");
  const { shapes, logged } = inventoryOf(startFolder(options));
  if (format === "json") process.stdout.write(`${JSON.stringify({ version: 1, shapes, logged }, undefined, 2)}\n`);
  else if (format === "markdown") {
    const lines = [
      "| shape | place | fields |",
      "|---|---|---|",
      ...shapes.map(({ name, file, line, fields }) => `| ${name} | ${file}:${line} | ${fields.map((field) => `${field.name} (${field.category})`).join(", ")} |`),
      "",
      "| logged | category | place |",
      "|---|---|---|",
      ...logged.map(({ field, category, file, line }) => `| ${field} | ${category} | ${file}:${line} |`),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  } else throw new UserError("unknown-format", `There is no format "${format}" for pii.`, "Formats: markdown, json.");
}
