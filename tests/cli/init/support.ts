import { presets } from "../../../configs/index.js";
import type { RepoFacts } from "../../../src/cli/init/repo-facts.js";
import { readSurroundings } from "../../../src/engine/surroundings.js";
import { withReaders } from "../../../src/repo/open-repo.js";
import { planInit } from "../../../src/cli/init/plan.js";

export type Files = Readonly<Record<string, string | object>>;

/** A repository as a literal; objects are written as JSON. */
export function repo(files: Files, folder = ""): RepoFacts {
  const texts = new Map(Object.entries(files).map(([file, content]) => [file, typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`]));
  const view = { files: [...texts.keys()].sort(), read: (file: string) => texts.get(file) };
  return { ...view, folder, presets, surroundings: readSurroundings(withReaders({ root: "/repo", git: undefined, ...view }), folder) };
}

/** The files after the plan has been carried out. */
export function carryOut(files: Files, folder = ""): Files {
  return { ...files, ...Object.fromEntries(planInit(repo(files, folder)).changes.map(({ file, after }) => [file, after])) };
}

/** The text that the plan gives to a file. */
export function planned(files: Files, file: string, folder = ""): string {
  const change = planInit(repo(files, folder)).changes.find((one) => one.file === file);
  if (change === undefined) throw new Error(`${file} is not changed`);
  return change.after;
}
