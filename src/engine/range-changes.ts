import type { ProjectModel } from "../model/project-model.js";
import { dataAt, stringOf } from "../repo/readers/data.js";
import type { RepoView } from "../repo/repo-view.js";
import { settingsFileName } from "../settings/root.js";
import { readDirectives } from "./directives.js";
import { compareSurfaces, surfaceOf } from "./route-lock.js";

/** A comment, or an exception of the settings, that lets findings pass. */
export interface Suppression {
  readonly file: string;
  /** 1-based, in the text that holds it. */
  readonly line: number;
  /** What it lets pass, by name; "all rules" for a bare comment. */
  readonly rules: string;
  readonly reason: string | undefined;
}

/** What a range changes beside the findings that it adds. */
export interface RangeChanges {
  /** The routes that it adds, removes, opens or changes, one line for each. */
  readonly routes: readonly string[];
  readonly suppressions: { readonly added: readonly Suppression[]; readonly removed: readonly Suppression[] };
  /** How many findings of the base are gone. */
  readonly mended: number;
}

/** One end of a range. */
interface End {
  readonly model: ProjectModel;
  readonly repo: RepoView;
}

/** What two ends of a range differ in, but for their findings; `renamed` is new name → old name. */
export function changesBetween(before: End, after: End, renamed: ReadonlyMap<string, string>): Omit<RangeChanges, "mended"> {
  const old = suppressionsOf(before);
  const now = suppressionsOf(after);
  const nameBefore = ({ file }: Suppression): string => renamed.get(file) ?? file;
  return {
    routes: compareSurfaces(surfaceOf(before.model), surfaceOf(after.model)),
    suppressions: { added: without(now, nameBefore, old, ({ file }) => file), removed: without(old, ({ file }) => file, now, nameBefore) },
  };
}

/** The suppressions of a list that another does not have; lines may move, so each is matched once by what it says. */
function without(list: readonly Suppression[], fileOf: (one: Suppression) => string, others: readonly Suppression[], otherFileOf: (one: Suppression) => string): readonly Suppression[] {
  const known = new Map<string, number>();
  for (const other of others) known.set(keyOf(other, otherFileOf(other)), (known.get(keyOf(other, otherFileOf(other))) ?? 0) + 1);
  return list.filter((one) => {
    const key = keyOf(one, fileOf(one));
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf({ rules, reason }: Suppression, file: string): string {
  return `${file}\0${rules}\0${reason ?? ""}`;
}

function suppressionsOf({ model, repo }: End): readonly Suppression[] {
  const comments = model.files.flatMap((file) =>
    readDirectives(model.facts(file)).flatMap(({ kind, rules, reason, range }): readonly Suppression[] => (kind === "enable" ? [] : [{ file, line: range.start.line, rules: rules?.join(", ") ?? "all rules", reason }])),
  );
  const settings = repo.files.filter((file) => file === settingsFileName || file.endsWith(`/${settingsFileName}`));
  const exceptions = settings.flatMap((file) =>
    (dataAt(repo.readers.data(file)?.documents[0], "exceptions")?.items ?? []).map((item): Suppression => {
      const where = stringOf(dataAt(item, "files")) ?? stringOf(dataAt(item, "symbol")) ?? "";
      return { file, line: item.range.start.line, rules: `${stringOf(dataAt(item, "rule")) ?? ""} ${where}`.trim(), reason: stringOf(dataAt(item, "reason")) };
    }),
  );
  return [...comments, ...exceptions];
}
