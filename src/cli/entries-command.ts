import { UserError } from "../base/errors.js";
import { isWithin } from "../base/paths.js";
import { counted } from "../base/words.js";
import { open } from "../engine/run.js";
import type { Entry } from "../model/entries/entry.js";
import type { ProjectModel } from "../model/project-model.js";
import { startFolder } from "./start-folder.js";
import { markdownTable, prettyTable, type Table } from "./table.js";

const columns = ["kind", "name", "handler", "place", "library"];

/** `std-check entries`: where the outside reaches the code other than by routes. */
export function entriesCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>, format: string): void {
  const { project: { model }, paths: asked } = open({ cwd: startFolder(options), paths });
  const entries = model.entries.all.filter(({ file }) => asked?.some((path) => isWithin(path, file)) ?? true);
  const write = formats.get(format);
  if (!write) throw new UserError("unknown-format", `There is no format "${format}" for entries.`, `Formats: ${[...formats.keys()].join(", ")}.`);
  process.stdout.write(write(model, entries));
}

const formats: ReadonlyMap<string, (model: ProjectModel, entries: readonly Entry[]) => string> = new Map([
  ["pretty", pretty],
  ["json", (model, entries) => `${JSON.stringify({ version: 1, entries: entries.map((entry) => jsonOf(model, entry)) }, undefined, 2)}\n`],
  ["markdown", (model, entries) => markdownTable(tableOf(model, entries))],
]);

function pretty(model: ProjectModel, entries: readonly Entry[]): string {
  return `${prettyTable(tableOf(model, entries), 50)}\n${counted(entries.length, "entry point")} beside the routes\n`;
}

function tableOf(model: ProjectModel, entries: readonly Entry[]): Table {
  return { columns, rows: entries.map(({ kind, name, handler, file, span, library }) => [kind, name ?? "?", handler?.name ?? "?", `${file}:${model.range(file, span).start.line}`, library]) };
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
