import { groupBy } from "../base/group-by.js";
import type { RangeChanges, Suppression } from "../base/range-changes.js";
import type { ProjectModel } from "../model/project-model.js";
import { dataAt, stringOf } from "../repo/readers/data.js";
import type { RepoView } from "../repo/repo-view.js";
import { settingsFileName } from "../settings/root.js";
import { readDirectives } from "./directives.js";
import { compareSurfaces, surfaceOf } from "./route-lock.js";

/** One end of a range. */
interface End {
  readonly model: ProjectModel;
  readonly repo: RepoView;
}

/** What two ends of a range differ in, but for their findings; `renamed` is new name → old name. */
export function changesBetween(before: End, after: End, renamed: ReadonlyMap<string, string>): Omit<RangeChanges, "mended"> {
  const old = suppressionsOf(before);
  const now = suppressionsOf(after);
  const keyBefore = (one: Suppression): string => keyOf(one, one.file);
  const keyNow = (one: Suppression): string => keyOf(one, renamed.get(one.file) ?? one.file);
  return {
    routes: compareSurfaces(surfaceOf(before.model), surfaceOf(after.model)),
    suppressions: { added: without(now, keyNow, old.map(keyBefore)), removed: without(old, keyBefore, now.map(keyNow)) },
  };
}

/** The suppressions of a list whose key is not among others; lines may move, so each is matched once by what it says. */
function without(list: readonly Suppression[], key: (one: Suppression) => string, others: readonly string[]): readonly Suppression[] {
  const left = new Map([...groupBy(others, (other) => other)].map(([other, all]) => [other, all.length]));
  return list.filter((one) => {
    const count = left.get(key(one)) ?? 0;
    left.set(key(one), count - 1);
    return count <= 0;
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
