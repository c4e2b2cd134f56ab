import type { RuleFinding } from "../../src/base/finding.js";
import { isSourceFile } from "../../src/base/paths.js";
import { changedRange, modelAtBase } from "../../src/kit/testing/changed-code.js";
import { isChangelog } from "../../src/kit/project/documents.js";
import { type ErrorCode, errorCodes } from "../../src/kit/routes/error-codes.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { GitRange } from "../../src/repo/repo-view.js";

export default defineRule({
  name: "error-codes-stable",
  section: "api",
  clauses: ["API-3"],
  description: "Require an entry in the changelog for every error code that is removed or renamed",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: {
    removed: "The error code `{{code}}` is gone, and no changelog says so: callers that ask for it stop working. Keep it, or write it into the changelog as a breaking change.",
    renamed: "The error code `{{code}}` became `{{now}}`, and no changelog says so: callers that ask for the old one stop working. Keep it, or write it into the changelog as a breaking change.",
  },
  optionsSchema: {},
  defaultOptions: {},
  repo: {
    *check(repo, model) {
      const range = repo.git?.range;
      if (range === undefined || range.changes.some(({ file, status }) => isChangelog(file) && status !== "deleted")) return;
      const changed = range.changes.filter(({ file, from = file }) => isSourceFile(file) || isSourceFile(from));
      if (changed.length === 0) return;
      const base = modelAtBase(repo, model);
      const before = changed.flatMap(({ file, from = file }) => (base.has(from) ? errorCodes(base, from) : []));
      if (before.length === 0) return;
      // A code that moved to another file is still there.
      const now = new Set(model.files.flatMap((file) => errorCodes(model, file).map(({ code }) => code)));
      for (const old of before) if (!now.has(old.code)) yield finding(model, base, range, old);
    },
  },
});

/** At the code of the same name, at the first change of its file, or where that is gone too at the manifest. */
function finding(model: ProjectModel, base: ProjectModel, range: GitRange, old: ErrorCode): RuleFinding {
  const file = range.changes.find(({ file: name, from = name }) => from === old.file)?.file ?? old.file;
  const codes = model.has(file) ? errorCodes(model, file) : [];
  const known = new Set(errorCodes(base, old.file).map(({ code }) => code));
  const renamed = old.name === undefined ? undefined : codes.find(({ name, code }) => name === old.name && !known.has(code));
  if (renamed) return { file, range: model.range(file, renamed.span), messageId: "renamed", data: { code: old.code, now: renamed.code } };
  const start = { line: 1, column: 1 };
  const place = model.has(file) ? { file, range: changedRange(range, file) } : { file: "package.json", range: { start, end: start } };
  return { ...place, messageId: "removed", data: { code: old.code } };
}
