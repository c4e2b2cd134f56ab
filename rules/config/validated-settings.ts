import type { RuleFinding } from "../../src/base/finding.js";
import type { Span } from "../../src/base/position.js";
import type { Expression } from "../../src/facts/syntax.js";
import { walkAll } from "../../src/facts/walk.js";
import type { EnvironmentRead } from "../../src/kit/environment.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { SettingsKey } from "../../src/kit/settings-keys.js";
import { type SettingsUse, settingsOf } from "../../src/kit/settings-modules.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly environments: boolean;
}

interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Keys that the system or the runtime sets, not the application's operator. */
const systemKeys = /^(NODE_ENV|CI|TZ|HOME|PATH|PWD|USER|SHELL|TMPDIR|HOSTNAME|LANG|VITEST.*|JEST_.*|npm_.*|(VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|NEXT|VERCEL|AWS_LAMBDA)_.*)$/;
const production = /^(prod|production|live)$/i;
/** Where a release is tried before it goes to production. */
const stage = /^(stag(e|ing)|stg|preprod(uction)?|pre-prod(uction)?|preview|uat|qa|acceptance|sandbox|next|beta)$/i;

export default defineRule<Options>({
  name: "validated-settings",
  section: "config",
  clauses: ["CONF-1", "CONF-4"],
  description: "Require every application to put its environment through a schema when it starts",
  presets: { recommended: "error", strict: ["error", { environments: true }], legacy: "warn" },
  messages: {
    missing: "{{package}} reads the environment ({{keys}}) and has no settings module: a key that is missing or malformed shows at the first request that needs it. Parse `process.env` with a schema in one module that the entry file imports first.",
    unchecked: "The settings of {{package}} are loaded and not checked: nothing says which keys must be set ({{keys}}), and a cast makes a missing one a `string`. Put them through a schema, so that the start fails instead of a request.",
    convict: "`convict` has taken its schema and nothing calls `validate`: a key that is missing or malformed is not noticed. Call `.validate({ allowed: \"strict\" })` when the settings are loaded.",
    skipped: "`{{option}}` switches the check of the settings off here: a build or a start with missing keys succeeds. Drop it, or keep it to the one command that needs no settings.",
    ignored: "The result of this check is never asked whether it failed, so wrong settings pass. Use `parse`, or stop the process where it failed.",
    unlisted: "This reads {{keys}} from the environment, which the settings schema in {{settings}} does not list: neither checked nor typed. Add it to the schema, and read it from the parsed settings.",
    environments: "No key of this schema says which environment the application runs in from a closed list with production and a stage before it, so behaviour that depends on it can hang on any text. Add one, such as `APP_ENV` with `development`, `test`, `staging` and `production`.",
  },
  optionsSchema: { environments: { type: "boolean", description: "Also require a key with a closed list of environments that has production and a stage before it." } },
  defaultOptions: { environments: false },
  project: {
    reads: "model",
    *check(model, scope, { environments }) {
      for (const unit of model.packages) {
        for (const finding of ofUnit(model, unit, environments)) if (scope.has(finding.file)) yield finding;
      }
    },
  },
});

function* ofUnit(model: ProjectModel, unit: PackageUnit, environments: boolean): Iterable<RuleFinding> {
  const use = settingsOf(model, unit);
  for (const { file, skipped } of use.modules) {
    if (skipped && isAlwaysOn(skipped)) yield findingAt(model, file, skipped.span, "skipped", { option: "skipValidation" }, { cause: unit.folder });
  }
  for (const { file, ignored } of use.modules) if (ignored) yield findingAt(model, file, ignored, "ignored", {}, { cause: unit.folder });
  if (use.modules.length === 0) {
    const lack = unit.kind === "application" ? lackOf(model, unit, use) : undefined;
    if (lack) yield lack;
    return;
  }
  const keys = knownKeys(use);
  if (keys === undefined) return;
  yield* unlisted(model, use, keys);
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

/** One finding for an application: at the call that loads settings without a check, else at the first read, in a settings file if there is one. */
function lackOf(model: ProjectModel, unit: PackageUnit, use: SettingsUse): RuleFinding | undefined {
  const reads = [...use.reads].flatMap(([file, found]) => found.filter((read) => !isCopied(model, file, read) && (read.keys === undefined || read.keys.some((key) => !systemKeys.test(key)))).map((read) => ({ file, read })));
  if (reads.length === 0 && use.unchecked.length === 0) return undefined;
  if (sharesSettings(model, unit) || reads.some(({ file, read }) => isCheckedByHand(model, file, read))) return undefined;
  const keys = [...new Set(reads.flatMap(({ read }) => read.keys ?? []))];
  const data = { package: unit.name === undefined ? "This application" : `\`${unit.name}\``, keys: listed(keys) };
  const at = (place: Place, messageId: string): RuleFinding => findingAt(model, place.file, place.span, messageId, data, { cause: unit.folder });
  const [registered] = use.unchecked;
  if (registered) return at(registered, registered.library === "convict" ? "convict" : "unchecked");
  const inSettings = reads.find(({ file }) => model.layerOf(file).layer === "settings");
  if (inSettings) return at({ file: inSettings.file, span: inSettings.read.node.span }, "unchecked");
  const [first] = reads;
  return first && at({ file: first.file, span: first.read.node.span }, "missing");
}

/** `{ ...process.env, CI: "1" }`: the environment of a child process. */
function isCopied(model: ProjectModel, file: string, { node, whole }: EnvironmentRead): boolean {
  const parent = whole ? model.values.index(file).parentOf(node) : undefined;
  return parent !== undefined && "kind" in parent && (parent.kind === "spread" || parent.kind === "object");
}

/** Whether a package of the workspace that this one depends on checks settings for it. */
function sharesSettings(model: ProjectModel, unit: PackageUnit): boolean {
  return model.packages.some((other) => other !== unit && other.name !== undefined && unit.dependencies.has(other.name) && settingsOf(model, other).modules.length > 0);
}

/** A function of the project that reads a key it is given and throws, or ends the process, where it is missing. */
function isCheckedByHand(model: ProjectModel, file: string, read: EnvironmentRead): boolean {
  if (read.keys !== undefined) return false;
  const { body } = model.values.index(file).functionAround(read.node)?.node ?? {};
  let stops = false;
  walkAll(body ?? [], (node) => {
    if ("kind" in node) stops ||= node.kind === "throw" || (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "exit");
    return !stops;
  });
  return stops;
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

/** Reads that no-process-env accepts, since their file checks settings, of keys that no schema has: one finding a file. */
function* unlisted(model: ProjectModel, use: SettingsUse, keys: readonly SettingsKey[]): Iterable<RuleFinding> {
  const listedKeys = new Set(keys.map(({ name }) => name));
  const isInOption = ({ node }: EnvironmentRead): boolean => use.modules.some(({ skipped }) => skipped !== undefined && skipped.span[0] <= node.span[0] && node.span[1] <= skipped.span[1]);
  for (const [file, reads] of use.reads) {
    const settings = use.modules.find((module) => module.file === file) ?? use.modules[0];
    if (settings === undefined || (settings.file !== file && model.layerOf(file).layer !== "settings")) continue;
    const missing = new Map<string, EnvironmentRead>();
    for (const read of reads) {
      for (const key of read.keys ?? []) if (!listedKeys.has(key) && !missing.has(key) && !systemKeys.test(key) && !isInOption(read)) missing.set(key, read);
    }
    for (const key of missing.keys()) listedKeys.add(key);
    const [first] = missing.values();
    if (first) yield findingAt(model, file, first.node.span, "unlisted", { keys: listed([...missing.keys()]), settings: settings.file }, { cause: [...missing.keys()].join() });
  }
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 4).map((key) => `\`${key}\``);
  return shown.length === 0 ? "by computed names" : shown.join(", ") + (keys.length > shown.length ? `, ${keys.length - shown.length} more` : "");
}
