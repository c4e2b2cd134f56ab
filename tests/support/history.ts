import { expect } from "vitest";
import type { Finding } from "../../src/base/finding.js";
import type * as engine from "../../src/engine/run.js";
import { GitFolder } from "../repo/support.js";
import { built } from "./built.js";
import type { ProjectLiteral } from "./model.js";

/** A commit of an example: its message and the files that it writes. */
export interface CommitLiteral {
  readonly message: string;
  readonly files: ProjectLiteral;
}

const { run } = await built<typeof engine>("src/engine/run.js");

/** What the command line's engine finds of one rule in the commits behind the first one. */
export async function findingsInHistory([first, ...rest]: readonly CommitLiteral[], rule: string, options: Readonly<Record<string, unknown>> = {}): Promise<readonly Finding[]> {
  const settings = JSON.stringify({ root: true, rules: { [rule]: ["error", options] } });
  const repo = new GitFolder({ "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." } }', "std-check.config.json": settings, ...first?.files }, first?.message);
  const base = repo.git("rev-parse", "HEAD");
  for (const { message, files } of rest) repo.commit(message, files);
  try {
    const { result } = await run({ cwd: repo.root, cache: false, date: "2026-01-15", since: base, engine: "eslint" });
    expect(result.crashes).toEqual([]);
    return result.findings.filter((finding) => finding.rule === rule || finding.rule === "parse");
  } finally {
    repo.remove();
  }
}
