import { parseJsonText, property } from "../../base/json.js";
import { joinPath } from "../../base/paths.js";
import { type Detected, execute } from "./detect.js";
import { setInJson } from "./edit-json.js";
import { appendToYaml, yamlKeys } from "./edit-yaml.js";
import type { ManualStep, RepoFacts, StepResult } from "./repo-facts.js";
import { inFolder } from "./steps.js";

/** The check of staged files before a commit, in the tool that the repository uses. */
export function hookStep(facts: RepoFacts, detected: Detected): StepResult {
  const { hookTool, packageManager } = detected;
  const command = inFolder(facts.folder, execute(packageManager, "std-check --staged"));
  if (hookTool === undefined) return { manual: [{ title: "Check staged files before a commit", reason: "no lefthook, husky, simple-git-hooks or pre-commit was found", lines: [command] }] };
  const { tool, file } = hookTool;
  const before = facts.read(file);
  if (before?.includes("std-check --staged") === true) return { present: [`the hook in ${file}`] };
  switch (tool) {
    case "lefthook": return lefthook(file, before ?? "", command);
    case "husky": return husky(file, before, command);
    case "simple-git-hooks": return simpleGitHooks(file, before ?? "", command);
    case "pre-commit": return preCommit(file, before ?? "", command);
  }
}

const why = "the check of staged files before a commit";
const glob = "*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";

function lefthook(file: string, before: string, command: string): StepResult {
  const jobs = [`- name: std-check`, `  glob: ${JSON.stringify(glob)}`, `  run: ${command}`];
  const commands = ["std-check:", `  glob: ${JSON.stringify(glob)}`, `  run: ${command}`];
  if (/\.ya?ml$/.test(file)) {
    const keys = yamlKeys(before, ["pre-commit"]);
    const after = keys?.includes("jobs") === true
      ? appendToYaml(before, ["pre-commit", "jobs"], jobs)
      : appendToYaml(before, ["pre-commit", "commands"], commands, ["pre-commit:", "  commands:", ...commands.map((line) => `    ${line}`)]);
    if (after !== undefined) return { changes: [{ file, before, after, why }] };
  }
  return byHand(file, "where its pre-commit commands end is not clear", ["pre-commit:", "  commands:", ...commands.map((line) => `    ${line}`)]);
}

function husky(file: string, before: string | undefined, command: string): StepResult {
  if (before === undefined) return { changes: [{ file, before, after: `${command}\n`, why, executable: true }] };
  // Behind an exit or exec nothing would run, and other languages are none of ours.
  if (/^#!.*\b(node|python|ruby|perl)\b/.test(before) || /^\s*(exit\b|exec\b)/m.test(before)) return byHand(file, "a line at its end might never run", [command]);
  return { changes: [{ file, before, after: `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${command}\n`, why }] };
}

function simpleGitHooks(file: string, before: string, command: string): StepResult {
  if (!file.endsWith(".json")) return byHand(file, "it is code", [`"pre-commit": "${command}"`]);
  const path = file.endsWith("package.json") ? ["simple-git-hooks", "pre-commit"] : ["pre-commit"];
  const existing = path.reduce<unknown>(property, parseJsonText(before));
  if (existing !== undefined && typeof existing !== "string") return byHand(file, "its pre-commit hook is no text", [command]);
  const after = setInJson(before, path, existing === undefined ? command : `${existing} && ${command}`);
  return { changes: [{ file, before, after, why }], manual: [{ title: "Install the changed hook", reason: "simple-git-hooks writes .git/hooks only when it is run", lines: ["npx simple-git-hooks"] }] };
}

function preCommit(file: string, before: string, command: string): StepResult {
  const lines = ["- repo: local", "  hooks:", "    - id: std-check", "      name: std-check", `      entry: ${command.startsWith("(") ? `bash -c ${JSON.stringify(command)}` : command}`, "      language: system", "      pass_filenames: false", "      types_or: [javascript, jsx, ts, tsx]"];
  const after = appendToYaml(before, ["repos"], lines);
  return after === undefined ? byHand(file, "where its list of repos ends is not clear", lines) : { changes: [{ file, before, after, why }] };
}

function byHand(file: string, reason: string, lines: ManualStep["lines"]): StepResult {
  return { manual: [{ title: `Add the check of staged files to ${joinPath(file)}`, reason, lines }] };
}
