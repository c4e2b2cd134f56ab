import { compareText } from "../base/finding.js";
import { isWithin } from "../base/paths.js";
import type { FileFacts } from "../facts/facts.js";
import { matchFiles } from "../settings/globs.js";
import type { RegisteredRule } from "../settings/registry.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { evidenceText } from "../settings/print.js";
import { severitiesInEslint } from "./eslint-severities.js";

/** Whether a part works, is off on purpose, works in part, or does not work. */
export type DiagnosisState = "works" | "off" | "limited" | "broken";

/** What is known of one part of std-check in this repository. */
export interface Diagnosis {
  readonly topic: "settings" | "rules" | "layers" | "eslint" | "typescript" | "cache" | "git" | "disabled";
  readonly state: DiagnosisState;
  /** What is so, one sentence without a full stop. */
  readonly what: string;
  /** Why it is so. */
  readonly why?: string;
  /** What would change it. */
  readonly mend?: string;
}

/** What the machine and the repository have, beside settings and code. */
export interface DoctorFacts {
  /** Versions of the packages that are installed, by name. */
  readonly installed: ReadonlyMap<string, string>;
  /** The flat config of ESLint, if there is one. */
  readonly eslintConfig: { readonly file: string; readonly facts: FileFacts } | undefined;
  readonly cache: { readonly folder: string; readonly writable: boolean };
  readonly isGit: boolean;
  /** Code files of the project. */
  readonly files: readonly string[];
  /** Layer → number of files; files without a layer under the empty string. */
  readonly layers: ReadonlyMap<string, number>;
  /** Rule → the file of each comment that disables it. */
  readonly disabled: ReadonlyMap<string, readonly string[]>;
}

/** A rule that is disabled in at least this many places should rather be settled once. */
const oftenDisabled = 10;

const useSettings = "Use `...std.fromSettings(import.meta.dirname)` in the config, and set severities in the settings alone";

/** What is active and what is not, and why. */
export function diagnose(settings: ResolvedSettings, rules: readonly RegisteredRule[], facts: DoctorFacts): Diagnosis[] {
  return [
    ...diagnoseSettings(settings, facts),
    ...diagnoseRules(settings, rules),
    ...diagnoseLayers(settings, facts),
    ...diagnoseEslint(settings, rules, facts),
    ...diagnoseTypeScript(facts),
    facts.cache.writable
      ? { topic: "cache", state: "works", what: `The cache is in ${facts.cache.folder}` }
      : { topic: "cache", state: "limited", what: `Every run starts from nothing: ${facts.cache.folder} cannot be written`, mend: "Make the folder writable" },
    facts.isGit
      ? { topic: "git", state: "works", what: "Git is there for staged files, ranges and ignored files" }
      : { topic: "git", state: "limited", what: "Rules about changes and committed files do not run, nor do --staged and --since", why: "this is no git repository" },
    ...diagnoseDisabled(facts),
  ];
}

function* diagnoseSettings(settings: ResolvedSettings, facts: DoctorFacts): Iterable<Diagnosis> {
  const { settingsFolders, detected } = settings;
  if (settingsFolders.length === 0) yield { topic: "settings", state: "works", what: "No settings file; the preset recommended is in force", why: "neither std-check.config.json nor \"std-check\" in package.json was found", mend: "`std-check init` writes one" };
  else yield { topic: "settings", state: "works", what: `Settings are in ${settingsFolders.map((folder) => (folder === "" ? "the root" : folder)).join(", ")}` };
  for (const { preset, evidence } of detected) yield { topic: "settings", state: "works", what: `The preset ${preset} was chosen by the dependencies`, why: evidenceText(evidence) };
  for (const { key, place, globs } of settings.globs) {
    const matches = matchFiles(globs);
    // Features name folders, and exclude may name files that are no code.
    const isUsed = key === "exclude" || key === "features" || facts.files.some(matches);
    if (!isUsed) yield { topic: "settings", state: "limited", what: `\`${key}\` in ${place} matches no file`, why: globs.join(", "), mend: "Correct the globs, which start from the folder of the settings, or remove them" };
  }
}

function* diagnoseRules(settings: ResolvedSettings, rules: readonly RegisteredRule[]): Iterable<Diagnosis> {
  const states = settings.ruleStates("");
  const on = rules.filter(({ name }) => (states.get(name)?.severity ?? "off") !== "off");
  yield { topic: "rules", state: on.length === 0 ? "broken" : "works", what: `${on.length} of ${rules.length} rules are on`, ...(on.length === 0 && { mend: "Extend the preset recommended" }) };
  for (const { name } of rules) {
    const state = states.get(name);
    if (state === undefined || state.severity !== "off") continue;
    const last = state.said.at(-1) ?? "";
    yield { topic: "rules", state: "off", what: `${name} is off`, why: `${last} says so`, ...(last.startsWith("preset ") && { mend: `\`std-check try ${name}\` shows what it would find` }) };
  }
}

function* diagnoseLayers(settings: ResolvedSettings, { layers, files }: DoctorFacts): Iterable<Diagnosis> {
  const unclassified = layers.get("") ?? 0;
  if (files.length === 0) {
    yield { topic: "layers", state: "broken", what: "There is no code to check", why: "no TypeScript or JavaScript file is in the project", mend: "See `include` and `exclude` in the settings" };
    return;
  }
  const filled = ["api", "service", "repository", "domain"].filter((layer) => (layers.get(layer) ?? 0) > 0);
  yield { topic: "layers", state: filled.length === 0 ? "broken" : "works", what: `${files.length - unclassified} of ${files.length} files have a layer`, ...(filled.length === 0 && { why: "no file was told to be of api, service, repository or domain", mend: "Name the layers' files under `layers` in the settings" }) };
  for (const layer of ["api", "service", "repository", "domain"]) {
    if (filled.includes(layer)) continue;
    const accepted = layer === "repository" && isRecordWith(settings.model.settings["architecture"], "persistence");
    yield { topic: "layers", state: accepted ? "off" : "limited", what: `The layer ${layer} is empty: rules about it have nothing to look at`, ...(accepted ? { why: "`architecture.persistence` accepts that" } : { mend: `If there are such files, name them under \`layers.${layer}\`; \`std-check layers\` shows where each file is` }) };
  }
}

function* diagnoseEslint(settings: ResolvedSettings, rules: readonly RegisteredRule[], facts: DoctorFacts): Iterable<Diagnosis> {
  const eslint = facts.installed.get("eslint");
  if (eslint === undefined) {
    yield { topic: "eslint", state: "off", what: "Editors that show ESLint's findings show none of ours", why: "ESLint is not installed; the command line works without it" };
    return;
  }
  if (Number.parseInt(eslint, 10) < 9) yield { topic: "eslint", state: "limited", what: `The plugin does not run in ESLint ${eslint}`, why: "it needs ESLint 9 or 10", mend: "Update ESLint; the command line works without it" };
  if (!facts.installed.has("@typescript-eslint/parser")) yield { topic: "eslint", state: "broken", what: "ESLint cannot parse TypeScript for our rules", why: "@typescript-eslint/parser is not installed", mend: "Install @typescript-eslint/parser" };
  if (facts.eslintConfig === undefined) {
    yield { topic: "eslint", state: "off", what: "Our rules do not run in ESLint", why: "there is no flat config (eslint.config.js)", mend: "`std-check init` adds an entry once there is one" };
    return;
  }
  const { file } = facts.eslintConfig;
  const used = severitiesInEslint(facts.eslintConfig.facts, rules);
  if (used === undefined) {
    yield { topic: "eslint", state: "off", what: "Our rules do not run in ESLint", why: `${file} does not import std-check`, mend: "`std-check init` adds the entry" };
    return;
  }
  if (!used.fromSettings && used.stated.size === 0) {
    yield { topic: "eslint", state: "limited", what: `Which of our rules ESLint runs cannot be read from ${file}`, mend: useSettings };
    return;
  }
  const states = settings.ruleStates("");
  const differing = [...used.stated].flatMap(([rule, severity]) => {
    const wanted = states.get(rule)?.severity ?? "off";
    return wanted === severity ? [] : [`${rule} (${severity} there, ${wanted} in the settings)`];
  });
  if (differing.length === 0) yield { topic: "eslint", state: "works", what: `ESLint has the severities of the settings (${file})` };
  else yield { topic: "eslint", state: "limited", what: `${file} and the settings differ in ${differing.length} ${differing.length === 1 ? "rule" : "rules"}`, why: evidenceText(differing), mend: useSettings };
}

function* diagnoseTypeScript({ installed }: DoctorFacts): Iterable<Diagnosis> {
  const typescript = installed.get("typescript");
  if (typescript === undefined || !installed.has("eslint")) return;
  const [major = 0, minor = 0] = typescript.split(".").map((part) => Number.parseInt(part, 10));
  // typescript-eslint 8 takes versions below 6.1; TypeScript 7 has no JavaScript API that it could use.
  if (major < 6 || (major === 6 && minor < 1)) return;
  yield {
    topic: "typescript",
    state: "limited",
    what: `ESLint's parser for TypeScript does not work with TypeScript ${typescript}`,
    why: major >= 7 ? "TypeScript 7 has no JavaScript API that it could use" : "typescript-eslint takes versions below 6.1",
    mend: 'Keep "typescript": "npm:@typescript/typescript6@^6" beside TypeScript 7 under another name; the command line works with any version',
  };
}

/** Rules that are disabled so often that a setting says it better. */
function* diagnoseDisabled({ disabled }: DoctorFacts): Iterable<Diagnosis> {
  for (const [rule, files] of [...disabled].sort(([left], [right]) => compareText(left, right))) {
    if (files.length < oftenDisabled) continue;
    const folder = sharedFolder(files);
    const mend = folder === undefined
      ? `Say what the code cannot show (\`std-check explain ${rule}\` names the settings), or set its severity`
      : `Set it once for that folder: "overrides": [{ "files": ["${folder}/**"], "rules": { "${rule}": "off" } }]`;
    yield { topic: "disabled", state: "limited", what: `${rule} is disabled in ${files.length} places`, ...(folder !== undefined && { why: `most of them are in ${folder}` }), mend };
  }
}

/** The deepest folder that holds at least four fifths of the files; undefined if that is only the root. */
function sharedFolder(files: readonly string[]): string | undefined {
  let shared = "";
  for (;;) {
    const below = new Map<string, number>();
    for (const file of files) {
      if (!isWithin(shared, file)) continue;
      const end = file.indexOf("/", shared === "" ? 0 : shared.length + 1);
      if (end !== -1) below.set(file.slice(0, end), (below.get(file.slice(0, end)) ?? 0) + 1);
    }
    const next = [...below].find(([, count]) => count >= files.length * 0.8)?.[0];
    if (next === undefined) return shared === "" ? undefined : shared;
    shared = next;
  }
}

function isRecordWith(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && key in value;
}
