import { codeTokens } from "../../base/code-tokens.js";
import { isSourceFile } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { GitChange, GitRange, RepoView } from "../../repo/repo-view.js";
import { isBackendCode } from "../project/backend-files.js";
import { hasBehaviour } from "./test-coverage.js";

/** The modules of the server that changes touch and that are still there; files that only moved are none. */
export function changedModules(model: ProjectModel, changes: readonly GitChange[]): string[] {
  return changes
    .filter(({ file, moved }) => moved !== true && isSourceFile(file) && model.has(file) && isBackendCode(model, file) && hasBehaviour(model, file))
    .map(({ file }) => file);
}

/** The changed files of a range whose code differs by more than its layout, with their changes. */
export function changedCode(repo: RepoView, { changes, readAtBase }: GitRange): ReadonlyMap<string, GitChange> {
  const tokens = (text: string | undefined): string => codeTokens(text ?? "").join(" ");
  const differs = ({ status, file, from = file, moved }: GitChange): boolean => moved !== true && (status === "added" || tokens(repo.read(file)) !== tokens(readAtBase(from)));
  return new Map(changes.filter((change) => isSourceFile(change.file) && change.status !== "deleted" && differs(change)).map((change) => [change.file, change]));
}

/** Whether a change adds lines to a stretch of its file. */
export function isTouched({ added }: GitChange, { start, end }: Range): boolean {
  return added.some(([first, last]) => first <= end.line && last >= start.line);
}

/** The first changed line of a file; its first line where lines were only taken out. */
export function changedRange({ changes }: GitRange, file: string): Range {
  const line = changes.find((change) => change.file === file)?.added[0]?.[0] ?? 1;
  return { start: { line, column: 1 }, end: { line, column: 1 } };
}

/** The declaration around the first changed line of a file: the innermost function with a name. The line itself where none is around it. */
export function changedDeclaration(model: ProjectModel, range: GitRange, file: string): Range {
  const changed = changedRange(range, file);
  const { line } = changed.start;
  const around = [...model.values.index(file).functions.keys()]
    .flatMap(({ nameSpan: name, span }) => (name === undefined ? [] : [{ name, whole: model.range(file, [Math.min(name[0], span[0]), span[1]]) }]))
    .filter(({ whole }) => whole.start.line <= line && whole.end.line >= line);
  const innermost = around.sort((left, right) => right.whole.start.line - left.whole.start.line)[0];
  return innermost ? model.range(file, innermost.name) : changed;
}

const bases = new WeakMap<RepoView, ProjectModel>();

/** The project as it was at the base of the checked range; the model itself where nothing of its code differs. */
export function modelAtBase(repo: RepoView, model: ProjectModel): ProjectModel {
  const known = bases.get(repo);
  if (known) return known;
  const range = repo.git?.range;
  const old = new Map<string, string>();
  for (const { status, file, from = file } of range?.changes ?? []) {
    if (!isSourceFile(file) && !isSourceFile(from)) continue;
    if (model.has(file)) old.set(file, "");
    if (status !== "added") old.set(from, range?.readAtBase(from) ?? "");
  }
  const base = old.size === 0 ? model : model.withTexts(old);
  bases.set(repo, base);
  return base;
}
