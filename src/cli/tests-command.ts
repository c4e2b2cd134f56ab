import { UserError } from "../base/errors.js";
import { isWithin } from "../base/paths.js";
import { testsReachedOf, type TestsReached } from "../engine/tests-reached.js";
import { markdownTable, prettyTable, type Table } from "./table.js";
import { startFolder } from "./start-folder.js";

const columns = ["layer", "module or route", "unit", "integration", "tests"];
/** A row names no more tests than this. */
const mostNamed = 3;

/** `std-check tests`: which tests reach each module and route, and in which way. */
export function testsCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>, format: string): void {
  const write = formats.get(format);
  if (!write) throw new UserError("unknown-format", `There is no format "${format}" for tests.`, `Formats: ${[...formats.keys()].join(", ")}.`);
  const cwd = startFolder(options);
  const all = testsReachedOf(cwd, paths);
  const isAsked = (file: string): boolean => all.paths?.some((one) => isWithin(one, file)) ?? true;
  process.stdout.write(write({ ...all, modules: all.modules.filter(({ file }) => isAsked(file)), routes: all.routes.filter(({ file }) => isAsked(file)) }));
}

const formats: ReadonlyMap<string, (all: TestsReached) => string> = new Map([
  ["pretty", (all) => `${prettyTable(tableOf(all), 70)}\n${sums(all)}`],
  ["json", ({ modules, routes, tests }) => `${JSON.stringify({ version: 1, tests, modules, routes }, undefined, 2)}\n`],
  ["markdown", (all) => `${markdownTable(tableOf(all))}\n${sums(all)}`],
]);

function tableOf({ modules, routes }: TestsReached): Table {
  const count = (tests: readonly { readonly way: string }[], way: string): string => String(tests.filter((test) => test.way === way).length);
  return {
    columns,
    rows: [
      ...modules.map(({ layer, file, tests }) => [layer, file, count(tests, "unit"), count(tests, "integration"), named(tests.map((test) => test.file))]),
      ...routes.map(({ name, tests }) => ["route", name, "", tests === undefined ? "?" : String(tests.length), tests === undefined ? "cannot be told" : named(tests)]),
    ],
  };
}

function named(tests: readonly string[]): string {
  return tests.length > mostNamed ? `${tests.slice(0, mostNamed).join(", ")} and ${tests.length - mostNamed} more` : tests.join(", ");
}

/** One line a layer: how much of it tests reach. */
function sums({ modules, routes, tests }: TestsReached): string {
  const layers = [...new Set(modules.map(({ layer }) => layer))].map((layer) => {
    const some = modules.filter((module) => module.layer === layer);
    const unit = some.filter((module) => module.tests.some(({ way }) => way === "unit")).length;
    const reached = some.filter((module) => module.tests.length > 0).length;
    return `${layer}: ${reached} of ${some.length} reached${layer === "repository" ? "" : `, ${unit} by unit tests`}\n`;
  });
  const known = routes.filter((route) => route.tests !== undefined);
  const open = routes.length - known.length;
  const line = routes.length === 0 ? [] : [`routes: ${known.filter((route) => (route.tests?.length ?? 0) > 0).length} of ${routes.length} requested${open > 0 ? `, ${open} cannot be told` : ""}\n`];
  return [...layers, ...line, `${tests.length} test files\n`].join("");
}
