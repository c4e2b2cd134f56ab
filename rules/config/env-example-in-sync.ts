import { folderOf, isWithin } from "../../src/base/paths.js";
import type { EditDraft, RuleFinding } from "../../src/base/finding.js";
import { isEnvExample } from "../../src/kit/env-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { SettingsKey } from "../../src/kit/settings-keys.js";
import { settingsOf } from "../../src/kit/settings-modules.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { RepoView } from "../../src/repo/repo-view.js";

interface Options {
  readonly optional: boolean;
}

/** Keys that the platform or the runtime sets. */
const systemKey = /^(NODE_ENV|CI|TZ|HOME|PATH|HOSTNAME|npm_.*|VERCEL.*|AWS_LAMBDA_.*)$/;
/** Files that can read a key: code, schemas, containers, scripts. */
const reader = /\.([cm]?[jt]sx?|prisma|ya?ml|json|sh|toml|conf|sql|py|go|tf)$|(^|\/)(Dockerfile|Makefile|Procfile|justfile)[\w.]*$/i;
const mostBytes = 500_000;

export default defineRule<Options>({
  name: "env-example-in-sync",
  section: "config",
  clauses: ["CONF-3"],
  description: "Require an example env file that lists the keys of the settings schema",
  presets: { recommended: "warn", strict: ["error", { optional: true }], legacy: "off" },
  messages: {
    missing: "The settings schema requires `{{key}}`, and {{files}} does not list it: whoever sets the application up finds out when it does not start. Add the line `{{key}}=`.",
    optional: "The settings schema knows `{{key}}`, and {{files}} does not list it, so nobody who sets the application up learns that it can be set. Add the line `# {{key}}=`.",
    none: "The settings schema requires {{count}} keys ({{keys}}), and there is no `.env.example` that lists them. Add one with an empty value for each.",
    unused: "`{{key}}` is in the example, and neither the settings schema nor anything else in the repository reads it. Remove the line, or add the key to the schema.",
  },
  optionsSchema: { optional: { type: "boolean", description: "Also require the keys that have a default or may be missing." } },
  defaultOptions: { optional: false },
  fixable: "code",
  repo: {
    *check(repo, model, { optional }) {
      const examples = repo.files.filter((file) => isEnvExample(file));
      const known = new Set<string>();
      let isWhole = true;
      for (const unit of model.packages) {
        const { modules } = settingsOf(model, unit);
        const keys = modules.flatMap((module) => module.keys ?? []);
        isWhole &&= modules.length > 0 || unit.kind === "library" ? modules.every((module) => module.keys !== undefined) : false;
        for (const { name } of keys) known.add(name);
        yield* missing(repo, model, unit, keys.filter(({ name, required }) => (required || optional) && !systemKey.test(name)), examples);
      }
      if (known.size > 0 && isWhole) yield* unused(repo, known, examples);
    },
  },
});

/** The examples that speak for a package: those of its folder, else those of the folders around it. */
function examplesFor(unit: PackageUnit, examples: readonly string[]): readonly string[] {
  const own = examples.filter((file) => isWithin(unit.folder, file));
  return own.length > 0 ? own : examples.filter((file) => isWithin(folderOf(file), unit.folder === "" ? file : `${unit.folder}/x`));
}

function* missing(repo: RepoView, model: ProjectModel, unit: PackageUnit, keys: readonly SettingsKey[], examples: readonly string[]): Iterable<RuleFinding> {
  const files = examplesFor(unit, examples);
  const [first] = keys;
  if (first === undefined) return;
  if (files.length === 0) {
    const required = [...new Set(keys.filter((key) => key.required).map(({ name }) => name))];
    const names = required.slice(0, 5).map((name) => `\`${name}\``);
    if (required.length > 0) yield findingAt(model, first.file, first.span, "none", { count: String(required.length), keys: names.join(", ") + (required.length > names.length ? ", …" : "") });
    return;
  }
  const listed = new Set(files.flatMap((file) => keysIn(repo, file)));
  const seen = new Set<string>();
  for (const { name, file, span, required } of keys) {
    if (seen.has(name) || listed.has(name) || listed.has(`${name}_FILE`)) continue;
    seen.add(name);
    yield findingAt(model, file, span, required ? "missing" : "optional", { key: name, files: files.slice(0, 2).map((one) => `\`${one}\``).join(" or ") }, { cause: name, ...(files.length === 1 && { fix: [newLine(repo, files[0] ?? "", required ? `${name}=` : `# ${name}=`)] }) });
  }
}

/** Puts a line at the end of a file, with the line ends that are there. */
function newLine(repo: RepoView, file: string, line: string): EditDraft {
  const text = repo.read(file) ?? "";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return { file, start: text.length, end: text.length, text: text === "" || /[\r\n]$/.test(text) ? `${line}${eol}` : `${eol}${line}` };
}

function keysIn(repo: RepoView, file: string): readonly string[] {
  const { entries = [], commented = [] } = repo.readers.env(file) ?? {};
  return [...entries, ...commented].map(({ key }) => key);
}

/** Lines of examples whose key is in no schema and nowhere else in the repository's code, containers and scripts. */
function* unused(repo: RepoView, known: ReadonlySet<string>, examples: readonly string[]): Iterable<RuleFinding> {
  const candidates = examples.flatMap((file) => (repo.readers.env(file)?.entries ?? []).filter(({ key }) => !known.has(key) && !known.has(key.replace(/_FILE$/, "")) && !systemKey.test(key)).map((entry) => ({ file, entry })));
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
