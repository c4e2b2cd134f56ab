import { groupBy } from "../../src/base/group-by.js";
import { counted, listed } from "../../src/base/words.js";
import { baseName, folderOf, isWithin, joinPath } from "../../src/base/paths.js";
import type { EditDraft, RuleFinding } from "../../src/base/finding.js";
import { isEnvExample } from "../../src/kit/settings/env-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { SettingsKey } from "../../src/kit/settings/settings-keys.js";
import { settingsOf } from "../../src/kit/settings/settings-modules.js";
import { listenKeys } from "../../src/kit/settings/system-keys.js";
import { isReadByItself } from "../../src/kit/settings/tool-keys.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { RepoView } from "../../src/repo/repo-view.js";

interface Options {
  readonly optional: boolean;
  readonly report: "schema" | "each";
}

/** Keys that the platform or the runtime sets. */
const systemKey = /^(NODE_ENV|CI|TZ|HOME|PATH|HOSTNAME|npm_.*|VERCEL.*|AWS_LAMBDA_.*)$/;
/** What a variable of the environment is called; the keys of nested settings are called otherwise. */
const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$|^[a-z]+(?:_[a-z0-9]+)+$/;
/** Files that can read a key: code, schemas, containers, scripts. */
const reader = /\.([cm]?[jt]sx?|prisma|ya?ml|json|sh|toml|conf|sql|py|go|tf|bru|http|rest|rb|java|kt|rs|php|cs|ini|cfg|properties|xml|tpl|hcl|nix|ps1|bat)$|(^|\/)(Dockerfile|Makefile|Procfile|justfile)[\w.]*$/i;
const mostBytes = 500_000;

export default defineRule<Options>({
  name: "env-example-in-sync",
  section: "config",
  clauses: ["CONF-3"],
  description: "Require an example env file that lists the keys of the settings schema",
  presets: { recommended: "warn", strict: ["error", { optional: true, report: "each" }], legacy: "off" },
  messages: {
    missing: "The settings schema requires `{{key}}`, and {{files}} does not list it: whoever sets the application up finds out when it does not start. Add the line `{{key}}=`.",
    several: "The settings schema requires {{count}} that {{files}} does not list ({{keys}}): whoever sets the application up finds out when it does not start. Add a line with an empty value for each.",
    optional: "The settings schema knows `{{key}}`, and {{files}} does not list it, so nobody who sets the application up learns that it can be set. Add the line `# {{key}}=`.",
    none: "The settings schema requires {{count}} ({{keys}}), and no `.env.example` lists what it requires. Add one with an empty value for each.",
    unused: "`{{key}}` is in the example, and neither the settings schema nor anything else in the repository reads it. Remove the line, or add the key to the schema.",
    leftovers: "{{count}} of the example ({{keys}}) are read by neither the settings schema nor anything else in the repository. Remove their lines, or add the keys to the schema.",
  },
  optionsSchema: {
    optional: { type: "boolean", description: "Also require the keys that have a default or may be missing." },
    report: { enum: ["schema", "each"], description: "Report the keys that one schema requires and the example lacks together, or each at its place." },
  },
  defaultOptions: { optional: false, report: "schema" },
  fixable: "code",
  repo: {
    *check(repo, model, options) {
      const examples = repo.files.filter((file) => isEnvExample(file));
      // What everybody starts with on a developer's machine shows the keys as well.
      const shared = repo.files.filter((file) => /^\.env\.dev(?:elopment)?$/.test(baseName(file)) && repo.git?.isTracked(file) === true);
      const known = new Set<string>();
      /** Examples that speak for a package whose schema cannot be read whole. */
      const unclear = new Set<string>();
      for (const unit of model.packages) {
        const { modules, reads } = settingsOf(model, unit);
        const keys = modules.flatMap((module) => module.keys ?? []);
        const isWhole = modules.length > 0 ? modules.every((module) => module.keys !== undefined) : unit.kind === "library" || reads.size === 0;
        if (!isWhole) for (const file of examplesFor(unit, examples)) unclear.add(file);
        for (const { name } of keys) known.add(name);
        const near = examplesFor(unit, examples);
        const own = near.length > 0 ? near : examples.filter((file) => listsMost(repo, file, keys));
        yield* missing(repo, model, keys.filter(({ name, required }) => (required || options.optional) && variable.test(name) && !systemKey.test(name)), { unit, files: own.length > 0 ? own : examplesFor(unit, shared) }, options);
      }
      const installed = model.packages.flatMap(({ dependencies }) => [...dependencies.keys()]);
      const isRead = (key: string): boolean => isReadByItself(key, installed);
      const left = known.size > 0 ? unused(repo, known, examples.filter((file) => !unclear.has(file)), isRead) : [];
      yield* options.report === "each" ? left : perFolder([...left]);
    },
  },
});

/** The examples that speak for a package: those of its folder, else those of the folders around it. */
function examplesFor(unit: PackageUnit, examples: readonly string[]): readonly string[] {
  const own = examples.filter((file) => isWithin(unit.folder, file));
  return own.length > 0 ? own : examples.filter((file) => isWithin(folderOf(file), unit.folder === "" ? file : `${unit.folder}/x`));
}

/** Whether an example that lies somewhere else (`env/.env.example`) is about the keys of a schema. */
function listsMost(repo: RepoView, file: string, keys: readonly SettingsKey[]): boolean {
  const listed = new Set(keysIn(repo, file));
  return keys.length > 2 && keys.filter(({ name }) => listed.has(name)).length * 2 > keys.length;
}

/** A package and the examples that speak for it. */
interface Described {
  readonly unit: PackageUnit;
  readonly files: readonly string[];
}

function* missing(repo: RepoView, model: ProjectModel, keys: readonly SettingsKey[], { unit, files }: Described, { report }: Options): Iterable<RuleFinding> {
  const present = new Set(files.flatMap((file) => keysIn(repo, file)));
  const absent = [...new Map(keys.map((key) => [key.name, key] as const)).values()].filter(({ name }) => !present.has(name) && !present.has(`${name}_FILE`));
  const required = absent.filter((key) => key.required);
  const [first] = required;
  const example = files.length === 0 ? joinPath(unit.folder, ".env.example") : files.length === 1 ? files[0] : undefined;
  const fixOf = (added: readonly SettingsKey[]) => (example === undefined ? {} : { fix: [newLines(repo, example, added)] });
  const names = { count: counted(required.length, "key"), keys: listed(required.map(({ name }) => `\`${name}\``), 5) };
  const where = files.slice(0, 2).map((file) => `\`${file}\``).join(" or ");
  if (files.length === 0) {
    // Where it listens the platform says, or nobody has to.
    if (first && (report === "each" || !required.every(({ name }) => listenKeys.test(name)))) yield findingAt(model, first.file, first.span, "none", names, { cause: unit.folder, ...fixOf(absent) });
    return;
  }
  if (report === "schema" && first && required.length > 1) yield findingAt(model, first.file, first.span, "several", { ...names, files: where }, { cause: unit.folder, ...fixOf(required) });
  const single = report === "schema" && required.length > 1 ? absent.filter((key) => !key.required) : absent;
  for (const key of single) yield findingAt(model, key.file, key.span, key.required ? "missing" : "optional", { key: key.name, files: where }, { cause: key.name, ...fixOf([key]) });
}

/** Puts a line for each key at the end of a file, with the line ends that are there; the file need not be there yet. */
function newLines(repo: RepoView, file: string, keys: readonly SettingsKey[]): EditDraft {
  const text = repo.read(file) ?? "";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = keys.map(({ name, required }) => (required ? `${name}=` : `# ${name}=`)).join(eol);
  return { file, start: text.length, end: text.length, text: text === "" || /[\r\n]$/.test(text) ? `${lines}${eol}` : `${eol}${lines}` };
}

function keysIn(repo: RepoView, file: string): readonly string[] {
  const { entries = [], commented = [] } = repo.readers.env(file) ?? {};
  return [...entries, ...commented].map(({ key }) => key);
}

/** The leftovers of the examples of a folder as one finding. */
function* perFolder(left: readonly RuleFinding[]): Iterable<RuleFinding> {
  for (const [first, ...others] of groupBy(left, ({ file }) => folderOf(file)).values()) {
    const keys = [...new Set([first, ...others].map((one) => `\`${one?.data?.key ?? ""}\``))];
    if (first) yield keys.length === 1 ? first : { ...first, messageId: "leftovers", data: { count: counted(keys.length, "key"), keys: listed(keys, 5) } };
  }
}

/** Lines of examples whose key is in no schema and nowhere else in the repository's code, containers and scripts. */
function* unused(repo: RepoView, known: ReadonlySet<string>, examples: readonly string[], isRead: (key: string) => boolean): Iterable<RuleFinding> {
  const candidates = examples.flatMap((file) => (repo.readers.env(file)?.entries ?? []).filter(({ key }) => !known.has(key) && !known.has(key.replace(/_FILE$/, "")) && !systemKey.test(key) && !isRead(key)).map((entry) => ({ file, entry })));
  if (candidates.length === 0) return;
  const wanted = new Set(candidates.map(({ entry }) => entry.key));
  for (const file of repo.files) {
    if (wanted.size === 0) return;
    const text = reader.test(file) ? repo.read(file) : undefined;
    if (text === undefined || text.length > mostBytes) continue;
    for (const key of wanted) if (text.includes(key)) wanted.delete(key);
  }
  for (const { file, entry } of candidates) {
    // `${KEY}` of another line of an env file reads it too.
    const isReferred = (repo.read(file) ?? "").includes(`{${entry.key}}`);
    if (wanted.has(entry.key) && !isReferred) yield { file, range: entry.keyRange, messageId: "unused", data: { key: entry.key }, cause: entry.key };
  }
}
