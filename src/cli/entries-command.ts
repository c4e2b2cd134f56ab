import { UserError } from "../base/errors.js";
import { open } from "../engine/run.js";
import type { Entry } from "../model/entries/entry.js";
import type { ProjectModel } from "../model/project-model.js";

const columns = ["kind", "name", "handler", "place", "library"] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** `std-check entries`: where the outside reaches the code other than by routes. */
export function entriesCommand(paths: readonly string[], format: string): void {
  const { model } = open({ cwd: process.cwd(), paths }).project;
  const entries = model.entries.all;
  const write = formats.get(format);
  if (!write) throw new UserError("unknown-format", `There is no format "${format}" for entries.`, `Formats: ${[...formats.keys()].join(", ")}.`);
  process.stdout.write(write(model, entries));
}

const formats: ReadonlyMap<string, (model: ProjectModel, entries: readonly Entry[]) => string> = new Map([
  ["pretty", pretty],
  ["json", (model, entries) => `${JSON.stringify({ version: 1, entries: entries.map((entry) => jsonOf(model, entry)) }, undefined, 2)}\n`],
  ["markdown", (model, entries) => [`| ${columns.join(" | ")} |`, `|${columns.map(() => "---|").join("")}`, ...entries.map((entry) => `| ${columns.map((column) => rowOf(model, entry)[column].replaceAll("|", "\\|")).join(" | ")} |`), ""].join("\n")],
]);

function pretty(model: ProjectModel, entries: readonly Entry[]): string {
  const rows = entries.map((entry) => rowOf(model, entry));
  const widths = columns.map((column) => Math.min(50, Math.max(column.length, ...rows.map((row) => row[column].length))));
  const line = (cells: readonly string[]): string => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd();
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column]))), "", `${rows.length} entry points beside the routes`, ""].join("\n");
}

function rowOf(model: ProjectModel, { kind, name, handler, file, span, library }: Entry): Row {
  return { kind, name: name ?? "?", handler: handler?.name ?? "?", place: `${file}:${model.range(file, span).start.line}`, library };
}

function jsonOf(model: ProjectModel, { kind, library, name, file, span, handler, inputs }: Entry): object {
  return {
    kind,
    library,
    name,
    file,
    line: model.range(file, span).start.line,
    handler: handler && { name: handler.name, file: handler.file, line: model.range(handler.file, handler.node.span).start.line },
    inputs: inputs.map(({ parameter, path }) => [String(parameter), ...path].join(".")),
  };
}
