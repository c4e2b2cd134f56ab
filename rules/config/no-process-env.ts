import { repositoryCause } from "../../src/base/causes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { type Decision, decisionOf } from "../../src/kit/decisions.js";
import { decidedAt } from "../../src/kit/settings/environment-decisions.js";
import { strayEnvironmentLoads } from "../../src/kit/settings/environment-loads.js";
import { isHarmlessRead, writtenSettings } from "../../src/kit/settings/harmless-reads.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { toldOfLack } from "../../src/kit/settings/settings-lack.js";
import { readFromSettings } from "../../src/kit/settings/settings-fix.js";
import { settingsOf } from "../../src/kit/settings/settings-modules.js";
import { isListed, settingsFor } from "../../src/kit/settings/settings-names.js";
import { mayRead, strayEnvironmentReads } from "../../src/kit/settings/stray-environment-reads.js";
import { filesOfSum, firstStray, keyOf, placeOf, placesOfPackages, relatedReads, spanOfFirst } from "../../src/kit/settings/summed-reads.js";
import { registeredSettings } from "../../src/kit/settings/unchecked-reads.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

/** An application without settings that reads the environment in more files than this lacks the settings, not each read. */
const fewWithoutSettings = 3;
/** One with settings that is read past them in more files than this lacks the habit of using them. */
const fewPastSettings = 10;
/** Loading in one file more than this is a habit: each file believes to be the first. */
const fewLoads = 1;
/** How many of the other files a finding names. */
const mostRelated = 10;

interface Options {
  readonly reads: "application" | "each";
}

export default defineRule<Options>({
  name: "no-process-env",
  section: "config",
  clauses: ["CONF-1"],
  description: "Forbid reading the environment outside the settings module",
  presets: { recommended: "error", strict: ["error", { reads: "each" }], legacy: "warn" },
  messages: {
    past: "{{count}} files of {{package}} read the environment past {{settings}}, here first (`{{key}}`): no check, default or type of theirs counts for these reads, and keys that they lack nothing checks. Read all of them from the settings.",
    application: "{{package}} has no settings module and reads the environment in {{count}} files, here first (`{{key}}`): nothing checks that a key is set or what it holds, and no type says so. Read the environment in a settings module that puts it through a schema, and import that.",
    packages: "{{count}} packages have no settings module and read the environment, here first (`{{key}}`): nothing checks that a key is set or what it holds, and no type says so. Read the environment in a settings module that puts it through a schema, which all of them import.",
    read: "`{{key}}` is read from the environment here: nothing checks that it is set or what it holds, and no type says so. Read it from {{settings}}.",
    listed: "`{{key}}` is read from the environment here, past {{settings}}, which check it: their default and their type do not count here, and a second name for it goes unnoticed. Read it from them.",
    decides: "`{{key}}` is read from the environment here, and whether it is production decides {{what}}: every other environment, also the stage before production, gets the other behaviour. Make that a setting of its own, with a value for each environment, in {{settings}}.",
    scattered: "{{count}} files load the environment, here first (`{{call}}`), so what each module sees depends on the order of imports. Load it once, in the settings module or in the file that starts the application.",
    loaded: "`{{call}}` loads the environment here, so what other modules see depends on the order of imports. Load it in the settings module or in the file that starts the application.",
  },
  optionsSchema: { reads: { enum: ["application", "each"], description: "Whether an application that has no settings module and reads the environment all over is one finding, or each of its reads; also whether tests run counts as a read then." } },
  defaultOptions: { reads: "application" },
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        if (mayRead(model, file)) continue;
        yield* reads(model, scope, file, options);
        yield* loads(model, scope, file, options);
      }
    },
  },
});

function* reads(model: ProjectModel, scope: Scope, file: string, options: Options): Iterable<RuleFinding> {
  const stray = strayEnvironmentReads(model, file).filter((read) => options.reads === "each" || !isHarmlessRead(model, file, read));
  if (stray.length === 0) return;
  const unit = model.packageOf(file);
  const { modules } = settingsOf(model, unit);
  const home = writtenSettings(model, unit) ?? registeredSettings(model, unit);
  const spread = options.reads === "application" && modules.length === 0 ? decisionOf(model, "no-process-env packages", () => placesOfPackages(model, scope), fewWithoutSettings) : undefined;
  // What an application lacks altogether validated-settings tells, with these files.
  const toldBy = options.reads === "application" ? toldOfLack(model, unit) : undefined;
  const environment = { cause: "environment", ...(toldBy && { toldBy }) };
  if (spread?.first === file) yield { ...ofPackages(model, scope, spread), ...environment };
  const decision = options.reads === "application" && !spread ? decisionOf(model, `no-process-env reads ${unit.folder}`, () => filesOfSum(model, scope, unit, modules.length === 0 ? fewWithoutSettings : fewPastSettings), 1) : undefined;
  if (decision?.first === file) yield { ...ofApplication(model, scope, unit, home, decision), ...environment };
  for (const read of stray) {
    const key = keyOf(read);
    const settings = settingsFor(read, modules, home === file ? undefined : home);
    const what = decidedAt(model, file, read.node.span);
    const fix = readFromSettings(model, file, read, modules);
    if (what !== undefined) yield findingAt(model, file, read.node.span, "decides", { key, what: `\`${what}\``, settings }, { cause: repositoryCause(`${unit.folder} decides ${what}`) });
    else if (!(decision ?? spread) || !scope.counts(placeOf(model, file, read))) yield findingAt(model, file, read.node.span, isListed(read, modules) ? "listed" : "read", { key, settings }, { ...environment, ...(fix && { fix }) });
  }
}

function ofPackages(model: ProjectModel, scope: Scope, decision: Decision): RuleFinding {
  const { first, count } = decision;
  return findingAt(model, first, spanOfFirst(model, scope, first), "packages", { count: String(count), key: keyOf(firstStray(model, scope, first)) }, { cause: "environment", related: relatedReads(model, scope, decision) });
}

/** One finding for an application that reads the environment all over: what is missing is the settings module, or its use, not each read. */
function ofApplication(model: ProjectModel, scope: Scope, unit: PackageUnit, settings: string | undefined, decision: Decision): RuleFinding {
  const { first, count } = decision;
  const name = unit.name === undefined ? `${settings === undefined ? "This" : "this"} application` : `\`${unit.name}\``;
  const data = { package: name, count: String(count), key: keyOf(firstStray(model, scope, first)), settings: `the settings of ${settings ?? ""}` };
  return findingAt(model, first, spanOfFirst(model, scope, first), settings === undefined ? "application" : "past", data, { cause: "environment", related: relatedReads(model, scope, decision) });
}

/** What loads the environment in a file, or in all files of the application where they are many. */
function* loads(model: ProjectModel, scope: Scope, file: string, options: Options): Iterable<RuleFinding> {
  const counted = (other: string): readonly RuleFinding[] => loadsOf(model, other).filter((load) => scope.counts(load));
  const loaded = loadsOf(model, file);
  if (loaded.length === 0) return;
  const [first] = counted(file);
  const unit = model.packageOf(file);
  const decision = options.reads === "application" ? decisionOf(model, `no-process-env loads ${unit.folder}`, () => model.filesOf(unit).filter((other) => counted(other).length > 0), fewLoads) : undefined;
  yield* decision ? loaded.filter((load) => !scope.counts(load)) : options.reads === "each" ? loaded : loaded.filter((load) => load === first || !scope.counts(load));
  if (first && decision?.first === file) yield { ...first, messageId: "scattered", data: { ...first.data, count: String(decision.count) }, related: decision.others.slice(0, mostRelated).flatMap((other) => counted(other).slice(0, 1).map(({ range }) => ({ file: other, range, message: "and here" }))) };
}

const loadsOf = oncePerPart((model: ProjectModel, file: string): readonly RuleFinding[] => strayEnvironmentLoads(model, file).map(({ span, call }) => findingAt(model, file, span, "loaded", { call })));
