import { wordTable } from "../base/word-table.js";
import { UserError } from "../base/errors.js";
import { isWithin } from "../base/paths.js";
import { counted } from "../base/words.js";
import { lockRoutes, routeLockFile } from "../engine/route-lock.js";
import { open } from "../engine/run.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Route } from "../model/routes/route.js";
import { eachOnce, rowOf } from "./route-rows.js";
import { markdownTable, prettyTable } from "./table.js";
import { startFolder } from "./start-folder.js";

/** The filters that ask for a step. */
const missingRoles: Readonly<Record<string, string>> = wordTable({ auth: "auth", "rate-limit": "rate-limit" });

const columns = ["method", "path", "version", "auth", "rateLimit", "request", "response", "handler"] as const;

/** `std-check routes`: the HTTP routes of the project as a table, JSON, markdown or CSV. */
export function routesCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): void {
  const { project, root, paths: asked } = open({ cwd: startFolder(options), paths });
  const { model } = project;
  if (options["lock"] === true) {
    lockRoutes(root, model);
    process.stdout.write(`The public surface is written to ${routeLockFile}.\n`);
    return;
  }
  const isAsked = ({ file }: { readonly file: string }): boolean => asked?.some((path) => isWithin(path, file)) ?? true;
  const { routes: all, repeated } = eachOnce(model);
  const routes = all.filter(isAsked);
  const unresolved = [...model.routes.unresolved, ...repeated].filter(isAsked);
  const wanted = routes.filter((route) => isWanted(route, options["missing"]));
  // The option of the whole program takes several; the last one counts.
  const format = String([options["format"]].flat().at(-1) ?? "pretty");
  const rows = wanted.map((route) => rowOf(model, route));
  const table = { columns, rows: rows.map((row) => columns.map((column) => row[column])) };
  if (format === "json") process.stdout.write(`${JSON.stringify({ version: 1, routes: wanted.map((route) => jsonOf(model, route)), unresolved: unresolved.map(({ file, span, reason }) => ({ file, line: model.range(file, span).start.line, reason })) }, undefined, 2)}\n`);
  else if (format === "csv") process.stdout.write([table.columns, ...table.rows].map((row) => `${row.map(csv).join(",")}\n`).join(""));
  else if (format === "markdown") process.stdout.write(markdownTable(table));
  else if (format === "pretty") {
    const notes = [`${wanted.length} routes`, ...notJudged(routes, wanted, options["missing"]), ...unresolved.map(({ file, span, reason }) => `not resolved: ${file}:${model.range(file, span).start.line} ${reason}`), ...settle(model, routes)];
    process.stdout.write(`${prettyTable(table)}\n${notes.join("\n")}\n`);
  } else throw new UserError("unknown-format", `There is no format "${format}" for routes.`, "Formats: pretty, json, markdown, csv.");
}

function isWanted(route: Route, missing: unknown): boolean {
  if (missing === undefined) return true;
  const role = missingRoles[String(missing)];
  // A step that cannot be judged may be what is asked for.
  if (role !== undefined) return !route.steps.some((step) => step.role === role || step.role === "unknown");
  if (missing === "schema") return Object.values(route.request).some((use) => use.kind === "none" || use.kind === "type-only" || use.kind === "declared");
  throw new UserError("unknown-filter", `"${String(missing)}" cannot be missing.`, "Filters: auth, schema, rate-limit.");
}

function jsonOf(model: ProjectModel, route: Route): object {
  const { method, path, framework, file, span, handler, steps, request, response, confidence } = route;
  return {
    method, path, framework, file,
    line: model.range(file, span).start.line,
    handler: handler && { name: handler.name, file: handler.file, line: model.range(handler.file, handler.node.span).start.line },
    steps: steps.map(({ role, origin, name, file: at, span: where }) => ({ role, origin, name, file: at, line: model.has(at) ? model.range(at, where).start.line : 0 })),
    request: Object.fromEntries(Object.entries(request).map(([part, use]) => [part, use.kind])),
    response: response.kind,
    confidence,
  };
}

/** How many routes a filter leaves out because a step of theirs is unknown. */
function notJudged(routes: readonly Route[], wanted: readonly Route[], missing: unknown): string[] {
  const role = missingRoles[String(missing)];
  if (role === undefined) return [];
  const open = routes.filter((route) => !wanted.includes(route) && !route.steps.some((step) => step.role === role)).length;
  return open === 0 ? [] : [`${open} more cannot be judged`];
}

/** Which names in the settings would settle steps that could not be judged. */
function settle(model: ProjectModel, routes: readonly Route[]): string[] {
  const counts = new Map<string, number>();
  for (const { steps } of routes)
    for (const step of steps) {
      if (step.role !== "unknown" || step.name.startsWith("inline")) continue;
      const { file, span } = step.definition ?? step;
      const place = model.has(file) ? `${step.name} (${file}:${model.range(file, span).start.line})` : `${step.name} (${file})`;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  return [...counts]
    .sort(([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1))
    .slice(0, 10)
    .map(([name, count]) => `not judged: ${name} — name it in names.auth to settle ${counted(count, "route")}, or in names.rateLimiters or names.validators`);
}

function csv(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
