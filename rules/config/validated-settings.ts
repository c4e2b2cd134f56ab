import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import type { Span } from "../../src/base/position.js";
import { counted } from "../../src/base/words.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isPartOfCheck } from "../../src/kit/settings/checked-reads.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { serviceReads } from "../../src/kit/settings/service-reads.js";
import type { SettingsKey } from "../../src/kit/settings/settings-keys.js";
import { lackingApplications, lacksToTell } from "../../src/kit/settings/settings-lack.js";
import { type SettingsUse, settingsOf } from "../../src/kit/settings/settings-modules.js";
import { strayEnvironmentReads } from "../../src/kit/settings/stray-environment-reads.js";
import { systemKeys } from "../../src/kit/settings/system-keys.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly environments: boolean;
  readonly report: "repository" | "each";
}

interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Of so many keys of an application that no schema lists each is a finding; more are one. */
const fewKeys = 5;

/** How many of the other files that read the environment a finding names. */
const mostRelated = 10;

const production = /^(prod|production|live)$/i;
/** Where a release is tried before it goes to production. */
const stage = /^(stag(e|ing)|stg|preprod(uction)?|pre-prod(uction)?|preview|uat|qa|acceptance|sandbox|next|beta)$/i;

export default defineRule<Options>({
  name: "validated-settings",
  section: "config",
  clauses: ["CONF-1", "CONF-4"],
  description: "Require every application to put its environment through a schema when it starts",
  presets: { recommended: "error", strict: ["error", { environments: true, report: "each" }], legacy: "warn" },
  messages: {
    missing: "{{package}} reads the environment{{files}} ({{keys}}) and has no settings module: a key that is missing or malformed shows at the first request that needs it. Parse `process.env` with a schema in one module that the entry file imports first.{{others}}",
    unchecked: "The settings of {{package}} are loaded and not checked: nothing says which keys must be set ({{keys}}), and a cast makes a missing one a `string`. Put them through a schema, so that the start fails instead of a request.{{others}}",
    convict: "`convict` has taken its schema and nothing calls `validate`: a key that is missing or malformed is not noticed. Call `.validate({ allowed: \"strict\" })` when the settings are loaded.",
    skipped: "`{{option}}` switches the check of the settings off here: a build or a start with missing keys succeeds. Drop it, or keep it to the one command that needs no settings.",
    ignored: "The result of this check is never asked whether it failed, so wrong settings pass. Use `parse`, or stop the process where it failed.",
    unlisted: "This reads {{keys}} from the environment, which the settings schema in {{settings}} does not list: neither checked nor typed. Add it to the schema, and read it from the parsed settings.",
    environments: "No key of this schema says which environment the application runs in from a closed list with production and a stage before it, so behaviour that depends on it can hang on any text. Add one, such as `APP_ENV` with `development`, `test`, `staging` and `production`.",
  },
  optionsSchema: { environments: { type: "boolean", description: "Also require a key with a closed list of environments that has production and a stage before it." }, report: { enum: ["repository", "each"], description: "Whether more than three applications of a repository that check nothing are one finding, or each, and so are the keys that no schema of an application lists." } },
  defaultOptions: { environments: false, report: "repository" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const unit of model.packages) {
        for (const finding of ofUnit(model, unit, options)) if (scope.has(finding.file)) yield finding;
      }
      for (const finding of lacks(model, options)) if (scope.has(finding.file)) yield finding;
    },
  },
});

function* ofUnit(model: ProjectModel, unit: PackageUnit, { environments, report }: Options): Iterable<RuleFinding> {
  const use = settingsOf(model, unit);
  for (const { file, skipped } of use.modules) {
    if (skipped && isAlwaysOn(skipped)) yield findingAt(model, file, skipped.span, "skipped", { option: "skipValidation" }, { cause: unit.folder });
  }
  for (const { file, ignored } of use.modules) if (ignored) yield findingAt(model, file, ignored, "ignored", {}, { cause: unit.folder });
  const keys = use.modules.length === 0 ? undefined : knownKeys(use);
  if (keys === undefined) return;
  yield* unlisted(model, unit, { use, keys, each: report === "each" });
  const [first] = use.modules;
  if (environments && unit.kind === "application" && first && !keys.some(({ values = [] }) => values.some((value) => production.test(value)) && values.some((value) => stage.test(value)))) {
    yield findingAt(model, first.file, first.span, "environments", {}, { cause: `${unit.folder} environments` });
  }
}

/** `skipValidation: true`, or a variable that anybody can set where the application runs; a build or lint step that is asked for by name is left to its author. */
function isAlwaysOn(option: Expression): boolean {
  if (option.kind === "unary" && option.operator === "!") return isAlwaysOn(option.value);
  return option.kind === "literal" ? option.value === true : option.kind === "member" && option.object.kind === "member" && option.object.property === "env" && option.property !== "CI";
}

/** One finding for an application, and for packages that import each other's files by path; in `recommended` one for more applications of a repository than a few, which lack the same thing. */
function* lacks(model: ProjectModel, options: Options): Iterable<RuleFinding> {
  for (const [first, ...others] of options.report === "repository" ? lacksToTell(model) : lackingApplications(model)) {
    if (!first) continue;
    const data = { package: first.unit.name === undefined ? (first.form === "missing" ? "This application" : "this application") : `\`${first.unit.name}\``, keys: listed(first.keys), files: first.reads.length > 1 ? ` in ${first.reads.length} files` : "", others: others.length > 0 ? ` The same holds of ${counted(others.length, "other package")}.` : "" };
    const elsewhere = first.form === "missing" ? first.reads.filter(({ file }) => file !== first.file).slice(0, mostRelated).map(({ file, span }) => relatedAt(model, file, span, "and here")) : [];
    // One file alone that reads, or one key alone that is read in one, is told of by no-process-env, where it stands.
    const isOfRead = others.length === 0 && first.form === "missing" && first.reads.length === 1 && first.reads.some(({ file, span }) => (first.keys.length === 1 || (file === first.file && span === first.span)) && strayEnvironmentReads(model, file).length > 0);
    yield findingAt(model, first.file, first.span, first.form, data, { cause: first.unit.folder, ...(isOfRead && { toldBy: { rule: "no-process-env", file: first.reads[0]?.file ?? first.file, cause: "environment" } }), related: [...others.map(({ unit, file, span }) => relatedAt(model, file, span, `the same in \`${unit.name ?? unit.folder}\``)), ...elsewhere] });
  }
}

/** All keys of all schemas; undefined where one is not known whole. */
function knownKeys({ modules }: SettingsUse): readonly SettingsKey[] | undefined {
  const keys: SettingsKey[] = [];
  for (const module of modules) {
    if (module.keys === undefined) return undefined;
    keys.push(...module.keys);
  }
  return keys;
}

/** `PORT`, which many platforms set, beside a key of the schema for the same: `process.env.APP_PORT ?? process.env.PORT`. */
function isOfPlatform(key: string, listedKeys: ReadonlySet<string>): boolean {
  return key === "PORT" && [...listedKeys].some((name) => name.endsWith("_PORT"));
}

/** Reads that no-process-env accepts, since their file checks settings, of keys that no schema has: one finding for a package, or for each key where it is read first. */
function* unlisted(model: ProjectModel, unit: PackageUnit, { use, keys, each }: { readonly use: SettingsUse; readonly keys: readonly SettingsKey[]; readonly each: boolean }): Iterable<RuleFinding> {
  const listedKeys = new Set(keys.map(({ name }) => name));
  const missing = new Map<string, Place & { readonly settings: string }>();
  for (const [file, reads] of use.reads) {
    const settings = use.modules.find((module) => module.file === file) ?? use.modules[0];
    if (settings === undefined || (settings.file !== file && model.layerOf(file).layer !== "settings")) continue;
    for (const read of reads) {
      const unknown = (read.keys ?? []).filter((key) => !listedKeys.has(key) && !missing.has(key) && !systemKeys.test(key) && !isOfPlatform(key, listedKeys));
      if (unknown.length === 0 || isPartOfCheck(model, file, read, use, listedKeys)) continue;
      for (const key of unknown) missing.set(key, { file, span: read.node.span, settings: settings.file });
    }
  }
  const nest = use.modules.find(({ library }) => library === "@nestjs/config");
  for (const { file, span, key } of nest ? serviceReads(model, unit) : []) if (nest && !listedKeys.has(key) && !missing.has(key) && !systemKeys.test(key)) missing.set(key, { file, span, settings: nest.file });
  if (each || missing.size <= fewKeys) {
    // `const { HOST, PORT } = process.env` reads them together.
    for (const alike of groupBy([...missing], ([, { file, span }]) => `${file}:${span[0]}`).values()) {
      const [first] = alike;
      if (first) yield findingAt(model, first[1].file, first[1].span, "unlisted", { keys: listed(alike.map(([key]) => key)), settings: first[1].settings }, { cause: `${unit.folder} unlisted ${first[0]}` });
    }
    return;
  }
  const [first, ...others] = groupBy([...missing.values()], ({ file }) => file).values();
  if (first?.[0]) yield findingAt(model, first[0].file, first[0].span, "unlisted", { keys: listed([...missing.keys()]), settings: first[0].settings }, { cause: `${unit.folder} unlisted`, related: others.flatMap(([place]) => (place ? [relatedAt(model, place.file, place.span, "and here")] : [])) });
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 4).map((key) => `\`${key}\``);
  return shown.length === 0 ? "by computed names" : shown.join(", ") + (keys.length > shown.length ? `, ${keys.length - shown.length} more` : "");
}
