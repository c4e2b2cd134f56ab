import type { RelatedLocation, RuleFinding } from "../../src/base/finding.js";
import { baseName, isSourceFile } from "../../src/base/paths.js";
import { capabilitiesOf } from "../../src/catalogue/index.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { changedRange, modelAtBase } from "../../src/kit/testing/changed-code.js";
import { isDocument } from "../../src/kit/project/documents.js";
import { errorCodes } from "../../src/kit/routes/error-codes.js";
import { isInfrastructure, routeName } from "../../src/kit/routes/routes.js";
import { defineRule } from "../../src/kit/rule.js";
import { settingsOf } from "../../src/kit/settings/settings-modules.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { GitRange } from "../../src/repo/repo-view.js";

/** Something that those who use or run the application see. */
interface Visible {
  readonly kind: "route" | "setting" | "error code";
  readonly name: string;
  readonly file: string;
  readonly place: RelatedLocation | undefined;
}

/** A message names no more than this. */
const mostNamed = 5;

export default defineRule({
  name: "docs-updated",
  section: "done",
  clauses: ["DONE-4"],
  description: "Require documentation to change with the routes, settings and error codes that it is about",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: {
    stale: "This changes what users of the application see ({{what}}), and no document changed with it: README, docs, OpenAPI file or changelog still tell the old state. Write it there.",
  },
  optionsSchema: {},
  defaultOptions: {},
  repo: {
    *check(repo, model) {
      const range = repo.git?.range;
      if (range === undefined || !range.changes.some(({ file, from = file }) => isSourceFile(file) || isSourceFile(from))) return;
      // A project without documents has none that could be out of date.
      if (range.changes.some(({ file }) => isDocument(file)) || !repo.files.some((file) => isDocument(file))) return;
      const base = modelAtBase(repo, model);
      const exampleChanged = range.changes.some(({ file }) => /^\.?env[\w.-]*\.(example|sample|template|dist)$|^\.env\.?(example|sample|template|dist)/i.test(baseName(file)));
      const changes = [...differences(routesOf(model), routesOf(base)), ...(exampleChanged ? [] : differences(settingsIn(model), settingsIn(base))), ...differences(codesIn(model, range, false), codesIn(base, range, true), model)];
      const [first] = changes;
      if (first) yield finding(model, range, first.now ?? first.before, changes);
    },
  },
});

interface Difference {
  readonly before?: Visible;
  readonly now?: Visible;
}

function differences(now: readonly Visible[], before: readonly Visible[], whole?: ProjectModel): Difference[] {
  const names = (list: readonly Visible[]): Set<string> => new Set(list.map(({ name }) => name));
  const [old, current] = [names(before), names(now)];
  // A code that moved to a file outside of the range is still there.
  const elsewhere = whole ? new Set(whole.files.flatMap((file) => errorCodes(whole, file).map(({ code }) => code))) : new Set<string>();
  return [...now.filter(({ name }) => !old.has(name)).map((one) => ({ now: one })), ...before.filter(({ name }) => !current.has(name) && !elsewhere.has(name)).map((one) => ({ before: one }))];
}

/** The routes whose whole path is known, but for those that describe themselves: their documentation is made from the code. */
function routesOf(model: ProjectModel): Visible[] {
  return model.routes.routes
    .filter((route) => route.confidence === "exact" && route.unmounted !== true && route.opaque !== true && isBackendCode(model, route.file) && !isInfrastructure(model, route) && !describesItself(model, route.file))
    .map((route) => ({ kind: "route" as const, name: routeName(route), file: route.file, place: { file: route.file, range: model.range(route.file, route.span), message: routeName(route) } }));
}

function describesItself(model: ProjectModel, file: string): boolean {
  return [...model.packageOf(file).dependencies.keys()].some((name) => capabilitiesOf(name).includes("api-docs"));
}

function settingsIn(model: ProjectModel): Visible[] {
  return model.packages.flatMap((unit) => settingsOf(model, unit).modules).flatMap(({ keys = [] }) => keys.map(({ name, file, span }) => ({ kind: "setting" as const, name, file, place: { file, range: model.range(file, span), message: name } })));
}

function codesIn(model: ProjectModel, { changes }: GitRange, before: boolean): Visible[] {
  const files = changes.map(({ file, from = file }) => (before ? from : file)).filter((file) => isSourceFile(file) && model.has(file));
  return files.flatMap((file) => errorCodes(model, file).map(({ code, span }) => ({ kind: "error code" as const, name: code, file, place: { file, range: model.range(file, span), message: code } })));
}

function finding(model: ProjectModel, range: GitRange, first: Visible | undefined, changes: readonly Difference[]): RuleFinding {
  const named = changes.slice(0, mostNamed).map(({ before, now }) => `${(now ?? before)?.kind ?? ""} ${(now ?? before)?.name ?? ""} ${now ? "added" : "removed"}`);
  const more = changes.length > mostNamed ? ` and ${changes.length - mostNamed} more` : "";
  const start = { line: 1, column: 1 };
  const here = changes.find(({ now }) => now !== undefined)?.now?.place;
  const gone = first && model.has(first.file) ? { file: first.file, range: changedRange(range, first.file) } : { file: "package.json", range: { start, end: start } };
  return { file: here?.file ?? gone.file, range: here?.range ?? gone.range, messageId: "stale", data: { what: named.join(", ") + more }, cause: "documents", related: changes.slice(1, mostNamed).flatMap(({ now }) => now?.place ?? []) };
}
