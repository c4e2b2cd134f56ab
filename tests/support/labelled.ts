import { readFileSync } from "node:fs";
import path from "node:path";
import { filesOf } from "../contract/pages.js";
import { root } from "../contract/project-files.js";
import type { ProjectLiteral } from "./model.js";
import { findingsOf } from "./project.js";
import { madeUp } from "./secrets.js";

/** A case of `tests/labelled/<set>/<rule>.md`: an application of its own, with what is wanted and what was found, as `file:line`. */
export interface LabelledCase {
  readonly name: string;
  readonly wanted: readonly string[];
  /** Lines that end in `// untied`: `recommended` leaves them alone, `strict` asks for them. */
  readonly untied: readonly string[];
  readonly found: readonly string[];
}

/** A mark at the end of a line; files without comments of that kind (JSON, environments) are written without it. */
const mark = / (?:\/\/|#|--) (?:hole|untied|fine|missed)$/;

/**
 * Checks all cases of a rule in one run, each as a package of one workspace. A line that ends in `// hole` (or `# hole`,
 * `-- hole`) must be reported, and no other; what ends in `// untied` is left to `strict`, and `// missed` is known not to be found. That the hosts agree, other tests show.
 */
export async function labelledCases(rule: string, set: string, preset: "recommended" | "strict" = "recommended"): Promise<readonly LabelledCase[]> {
  const text = withSecrets(withApplications(readFileSync(path.join(root, "tests/labelled", set, `${rule}.md`), "utf8"), rule));
  const cases = [...text.matchAll(/^### (.+)\n```ts\n([\s\S]*?)^```$/gm)].map(([, name = "", code = ""], index) => ({ name, folder: `packages/case-${index + 1}`, files: filesOf(code) }));
  const files = cases.flatMap(({ folder, files: own }) => Object.entries({ "package.json": manifestOf(path.basename(folder), own), ...own }).map(([file, content]) => [`${folder}/${file}`, isCode(file) ? content : withoutMarks(content)] as const));
  const check = (some: typeof files): ReturnType<typeof findingsOf> => findingsOf({ "package.json": '{ "name": "cases", "private": true, "workspaces": ["packages/*"] }', ...Object.fromEntries(some) }, { rule, preset, cliOnly: true, tracked: rule === "no-committed-env", settings: { rules: Object.fromEntries((speaksFor[rule] ?? []).map((other) => [other, "off"])) } });
  const findings = overRepository.has(rule) ? (await Promise.all(cases.map(({ folder }) => check(files.filter(([file]) => file.startsWith(`${folder}/`)))))).flat() : await check(files);
  const marked = (own: ProjectLiteral, label: RegExp): readonly string[] => Object.entries(own).flatMap(([file, content]) => content.split("\n").flatMap((line, index) => (label.test(line) ? [`${file}:${index + 1}`] : []))).sort();
  return cases.map(({ name, folder, files: own }) => ({
    name,
    wanted: marked(own, /(?:\/\/|#|--) hole$/),
    untied: marked(own, /(?:\/\/|#|--) untied$/),
    found: [...new Set(findings.filter(({ file }) => file.startsWith(`${folder}/`)).map(({ file, range }) => `${file.slice(folder.length + 1)}:${range.start.line}`))].sort(),
  }));
}

/**
 * Puts the code of an application that several rules look at where a set links to it (`tests/labelled/applications/<name>.md`), with the
 * marks of one rule: of `// hole: safe-get; fine: require-auth` it is `// hole` for safe-get.
 */
function withApplications(text: string, rule: string): string {
  return text.replace(/^\[[\w-]+\]\(\.\.\/(applications\/[\w-]+\.md)\)$/gm, (_link, file: string) => {
    const [code = ""] = /^```ts\n[\s\S]*?^```$/m.exec(readFileSync(path.join(root, "tests/labelled", file), "utf8")) ?? [];
    return code.replace(/ (\/\/|#|--) ((?:hole|missed|untied|fine): [a-z :;-]+)$/gm, (_marks, leader: string, marks: string) => {
      const own = marks.split("; ").find((one) => one.split(": ")[1]?.split(" ").includes(rule));
      return own === undefined ? "" : ` ${leader} ${own.split(":")[0] ?? ""}`;
    });
  });
}

/** Rules that another one would speak for: each is looked at by itself. */
const speaksFor: Readonly<Record<string, readonly string[]>> = { "no-process-env": ["validated-settings"], "validated-settings": ["no-process-env"], "bounded-queries": ["paginated-lists"] };

/** Rules that tell once what many applications of a repository have in common: their cases are checked one by one. */
const overRepository: ReadonlySet<string> = new Set(["validated-settings", "no-process-env", "explicit-environments", "least-privilege", "no-db-in-api", "layer-imports", "no-http-in-service", "response-schema"]);

/** Puts a text that looks like a secret where a case asks for one: `{{24}}` (letters and digits), `{{hex 64}}`, `{{checked ghp_}}`; each is another. */
function withSecrets(text: string): string {
  return text.replace(/\{\{(\w+)(?: (\w+))?\}\}/g, (all, kind: string, argument: string | undefined, place: number) => madeUp(kind, argument ?? "", place) ?? all);
}

const isCode = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file);

const withoutMarks = (text: string): string => text.split("\n").map((line) => line.replace(mark, "")).join("\n");

/** A case of `tests/labelled/tables/<set>.md`: a backend, and the lines of its route table. */
export interface LabelledTable {
  readonly name: string;
  readonly files: ProjectLiteral;
  readonly lines: readonly string[];
}

/** The backends of a set with the routes that each answers. */
export function labelledTables(set: string): readonly LabelledTable[] {
  const text = readFileSync(path.join(root, "tests/labelled/tables", `${set}.md`), "utf8");
  return [...text.matchAll(/^### (.+)\n```ts\n([\s\S]*?)^```\n```routes\n([\s\S]*?)\n```$/gm)].map(([, name = "", code = "", lines = ""]) => {
    const files = filesOf(code);
    return { name, files: { "package.json": manifestOf("backend", files), ...files }, lines: lines.split("\n").sort() };
  });
}

/** A backend of `tests/labelled/backends/<name>.md`: its files, the lines of its route table, and which rules must report which lines, as `file:line rule`. */
export interface LabelledBackend extends LabelledTable {
  /** The rules that any line names: what they report is exactly what is wanted. */
  readonly rules: readonly string[];
  readonly wanted: readonly string[];
}

/** The backend of a file; lines of its code end in `// hole: <rules>` and `// fine: <rules>`; `// missed: <rules>` is known not to be found. */
export function labelledBackend(name: string): LabelledBackend {
  const text = readFileSync(path.join(root, "tests/labelled/backends", `${name}.md`), "utf8");
  const [, code = "", lines = ""] = /^```ts\n([\s\S]*?)^```\n```routes\n([\s\S]*?)\n```$/m.exec(text) ?? [];
  const files = filesOf(code);
  const marks = Object.entries(files).flatMap(([file, content]) => content.split("\n").flatMap((line, index) => [...line.matchAll(/\/\/ (hole|fine): ([a-z -]+)/g)].flatMap(([, kind, rules = ""]) => rules.trim().split(" ").map((rule) => ({ kind, rule, place: `${file}:${index + 1} ${rule}` })))));
  return { name, files, lines: lines.split("\n").sort(), rules: [...new Set(marks.map(({ rule }) => rule))].sort(), wanted: marks.filter(({ kind }) => kind === "hole").map(({ place }) => place).sort() };
}

/** A manifest with the packages that the files import, and that of the files whose place alone is an import. */
function manifestOf(name: string, files: ProjectLiteral): string {
  const specifiers = Object.values(files).flatMap((text) => [...text.matchAll(/(?: from |require\()"([^".][^"]*)"/g)].map(([, specifier = ""]) => specifier));
  const packages = specifiers.filter((specifier) => !specifier.startsWith("node:")).map((specifier) => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/"));
  if (Object.keys(files).some((file) => /\/app\/api\/.*\/route\.ts$/.test(file))) packages.push("next");
  return JSON.stringify({ name, scripts: { start: "node ." }, dependencies: Object.fromEntries(packages.map((one) => [one, "*"])) });
}
