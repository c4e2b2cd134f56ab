import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RepoView } from "../../repo/repo-view.js";
import { decoratorCalls } from "../project/store-uses.js";

/** File → whether any of its functions ran, from the coverage reports that the repository tracks. */
export function coveredFiles(repo: RepoView): ReadonlyMap<string, boolean> {
  const covered = new Map<string, boolean>();
  const known = new Set(repo.files);
  const note = (report: string, written: string, ran: boolean): void => {
    // Reports name files absolutely, from the package or from the root: the longest end that is a file here.
    const parts = written.replaceAll("\\", "/").split("/").filter(Boolean);
    const around = folderOf(folderOf(report));
    const file = parts.map((_, from) => parts.slice(from).join("/")).flatMap((end) => [joinPath(around, end), end]).find((one) => known.has(one));
    if (file !== undefined) covered.set(file, (covered.get(file) ?? false) || ran);
  };
  for (const report of repo.files) {
    if (repo.git?.isTracked(report) !== true || !isWithin("", report)) continue;
    if (baseName(report) === "lcov.info") readLcov(repo.read(report) ?? "", (file, ran) => { note(report, file, ran); });
    else if (baseName(report) === "coverage-final.json") readIstanbul(repo.read(report) ?? "", (file, ran) => { note(report, file, ran); });
  }
  return covered;
}

type Note = (file: string, ran: boolean) => void;

/** The trace files of lcov (geninfo(1)): `SF:` names the file, `FNH:` counts the functions that ran, `FNF:` all of them. */
function readLcov(text: string, note: Note): void {
  let file = "";
  let hit: number | undefined;
  let found = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("SF:")) file = line.slice("SF:".length);
    else if (line.startsWith("FNF:")) found = Number(line.slice("FNF:".length));
    else if (line.startsWith("FNH:")) hit = Number(line.slice("FNH:".length));
    else if (line === "end_of_record") {
      if (file !== "" && hit !== undefined && found > 0) note(file, hit > 0);
      [file, hit, found] = ["", undefined, 0];
    }
  }
}

/** Istanbul's JSON: path → `f`, how often each function ran. */
function readIstanbul(text: string, note: Note): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return;
  }
  if (typeof parsed !== "object" || parsed === null) return;
  for (const [file, entry] of Object.entries(parsed)) {
    const functions: unknown = typeof entry === "object" && entry !== null && "f" in entry ? entry.f : undefined;
    if (typeof functions !== "object" || functions === null) continue;
    const counts = Object.values(functions);
    if (counts.length > 0) note(file, counts.some((count) => typeof count === "number" && count > 0));
  }
}

/** Whether a module does something that a test could hold: not types, constants, plain constructors, references, tables and wiring alone. */
export function hasBehaviour(model: ProjectModel, file: string): boolean {
  const tables = new Set(model.facts(file).imports.flatMap(({ specifier, names }) => (/^drizzle-orm(\/|$)/.test(specifier ?? "") ? names.map(({ binding }) => binding) : [])));
  const decorators = decoratorCalls(model, file);
  // `pgTable("users", (columns) => …)`, `z.lazy(() => Menu)`: what is described, described later.
  const declares = (call: CallExpression | NewExpression | undefined): boolean => (call?.callee.kind === "name" && call.callee.binding !== undefined && tables.has(call.callee.binding)) || (call?.callee.kind === "member" && call.callee.property === "lazy") || (call !== undefined && decorators.has(call));
  for (const [node, { passedTo }] of model.values.index(file).functions) if (node.form !== "constructor" && !isTrivial(node) && !isWiring(node) && !declares(passedTo?.call)) return true;
  return false;
}

/** A function that only puts an object together and returns it, with constants and objects that it is given or makes. */
function isWiring({ body = [] }: FunctionNode): boolean {
  const returned = body.at(-1);
  if (returned?.kind !== "return" || returned.value?.kind !== "new") return false;
  return isPutTogether(returned.value) && body.slice(0, -1).every((statement) => statement.kind === "variable" && statement.declarators.every(({ value }) => value !== undefined && isPutTogether(value)));
}

function isPutTogether(value: Expression): boolean {
  if (value.kind === "new") return value.arguments.every(isPutTogether);
  // `makeRepository()`: another one of these.
  if (value.kind === "call") return value.callee.kind === "name" && value.arguments.length === 0;
  return value.kind === "literal" || isReference(value);
}

function isReference(value: Expression): boolean {
  return value.kind === "name" || value.kind === "this" || (value.kind === "member" && isReference(value.object));
}

function isTrivial({ body = [] }: FunctionNode): boolean {
  const [statement, ...more] = body;
  if (statement === undefined) return true;
  if (more.length > 0 || statement.kind !== "return") return false;
  const { value } = statement;
  return value === undefined || value.kind === "literal" || (value.kind === "new" && value.arguments.length === 0) || isReference(value) || (value.kind === "array" && value.elements.every(isReference));
}
