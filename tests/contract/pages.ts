import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { CommitLiteral } from "../support/history.js";
import type { ProjectLiteral } from "../support/model.js";
import { root } from "./project-files.js";

/** A fenced block of a page that must, or must not, give findings. */
export interface Example {
  readonly kind: "incorrect" | "correct";
  /** Where the block begins in the page, from 1. */
  readonly line: number;
  readonly files: ProjectLiteral;
  /** The commits of an example that is a history: the first is the base. Empty for one that is a state. */
  readonly history: readonly CommitLiteral[];
}

/** The text of a rule's page; undefined where it is not written yet. */
export function readPage(name: string): string | undefined {
  const file = path.join(root, "docs/rules", `${name}.md`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The examples of a page. A block of several files heads each with `// file: path`; one of a single file may leave it out. */
export function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```\w+ (incorrect|correct)\n([\s\S]*?)^```$/gm)].map(([whole, kind, code = ""]) => ({
    kind: kind === "correct" ? "correct" : "incorrect",
    line: page.slice(0, page.indexOf(whole)).split("\n").length,
    files: code.startsWith("// commit: ") ? {} : filesOf(code),
    history: historyOf(code),
  }));
}

/** A block that begins with `// commit: message` is a history; each commit writes the files below it. */
function historyOf(code: string): readonly CommitLiteral[] {
  const [, ...parts] = code.split(/^\/\/ commit: (.+)\n/m);
  return parts.flatMap((message, index) => (index % 2 === 0 ? [{ message, files: filesOf(parts[index + 1] ?? "") }] : []));
}

/** The files of a block of code. */
export function filesOf(code: string): ProjectLiteral {
  const parts = code.split(/^(?:\/\/|#) file: (\S+)\n/m);
  const [before = "", ...rest] = parts;
  if (rest.length === 0) return { "src/example.ts": before };
  if (before.trim() !== "") throw new Error(`This stands before the first "// file:": ${before}`);
  const files: Record<string, string> = {};
  for (let index = 0; index < rest.length; index += 2) files[rest[index] ?? ""] = rest[index + 1] ?? "";
  return files;
}
