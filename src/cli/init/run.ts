import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../base/errors.js";
import { relativeTo } from "../../base/paths.js";
import { createBaseline, emptyBaseline } from "../../engine/baseline/baseline.js";
import { baselineFileName, writeBaseline } from "../../engine/baseline/file.js";
import { baselineRun } from "../../engine/baseline/run.js";
import { registry } from "../../engine/registry.js";
import { run } from "../../engine/run.js";
import { openSurroundings, readSurroundings } from "../../engine/surroundings.js";
import { findRoot } from "../../settings/root.js";
import { applyChanges } from "./apply.js";
import { planText } from "./plan-text.js";
import { planInit } from "./plan.js";
import type { RepoFacts } from "./repo-facts.js";

export interface InitOptions {
  readonly cwd: string;
  /** Write without asking. */
  readonly yes: boolean;
  /** Shows a text. */
  show(text: string): void;
  /** Asks whether to go on; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/** `std-check init`: shows what it found and would write, writes after a yes, and makes a baseline of what is there. */
export async function runInit({ cwd, yes, show, ask }: InitOptions): Promise<void> {
  const root = findRoot(cwd);
  const top = root.boundary;
  const folder = relativeTo(top, setUpFolder(cwd, root.folder));
  const facts = readRepoFacts(top, folder === "." ? "" : folder);
  const plan = planInit(facts);
  show(planText(plan));
  if (plan.changes.length > 0) {
    if (!yes && ask === undefined) throw new UserError("needs-yes", "Nothing was written: there is nobody to say yes.", "Run `std-check init --yes` to write what is shown.");
    if (!yes && !(await ask?.(`Write ${plan.changes.length === 1 ? "this file" : `these ${plan.changes.length} files`}?`))) {
      show("Nothing was written.\n");
      return;
    }
    applyChanges(top, plan.changes);
    show(`Wrote ${plan.changes.map(({ file }) => file).join(", ")}.\n`);
  }
  if (plan.baseline !== undefined) show(await makeBaseline(path.join(top, facts.folder)));
}

/** The folder with the package.json: the root, or the nearest to where the command was given. */
function setUpFolder(cwd: string, root: string): string {
  if (existsSync(path.join(root, "package.json"))) return root;
  for (let folder = realpathSync(cwd); folder !== root && folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "package.json"))) return folder;
  }
  throw new UserError("no-package", `${root} has no package.json.`, "Run `std-check init` in the folder of the backend's package.json.");
}

function readRepoFacts(top: string, folder: string): RepoFacts {
  const repo = openSurroundings(top);
  return { files: repo.files, read: (file) => repo.read(file), folder, presets: [...registry.presets.values()], surroundings: readSurroundings(repo, folder) };
}

async function makeBaseline(folder: string): Promise<string> {
  const { result, today, ...opened } = await run({ cwd: folder });
  const baseline = createBaseline(result.findings, emptyBaseline, baselineRun(opened, result, baselineFileName, today));
  if (baseline.entries.length === 0) return "There is no finding, so there is nothing to let pass by a baseline.\n";
  writeBaseline(path.join(folder, baselineFileName), baseline);
  const count = baseline.entries.length === 1 ? "one finding that is there today is" : `${baseline.entries.length} findings that are there today are`;
  return `Wrote ${baselineFileName}: ${count} let pass; new ones are reported.\n`;
}
