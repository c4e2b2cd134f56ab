import { wordTable } from "../../base/word-table.js";
import type { GitChange } from "../repo-view.js";
import type { Git } from "./git.js";
import { splitAtNul } from "./run-git.js";

/** Diff options that hold whatever the user's configuration says: renames are followed, no program is started. */
const diffOptions = [
  "-r", "-z", "--raw", "--patch", "--unified=0", "--find-renames", "--relative", "--ignore-submodules=all",
  "--no-ext-diff", "--no-textconv", "--no-color", "--no-abbrev", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/",
] as const;

/** What differs between `base` and the work tree; files that git does not track are left out. */
export function workTreeChanges(git: Git, base: string): GitChange[] {
  return parseChanges(git.output(["diff", ...diffOptions, base, "--", "."]));
}

/** What differs between `base` and the index. */
export function indexChanges(git: Git, base: string): GitChange[] {
  return parseChanges(git.output(["diff", "--cached", ...diffOptions, base, "--", "."]));
}

/** What a commit changed against its first parent, or all its files for the first commit. */
export function commitChanges(git: Git, commit: string): GitChange[] {
  return parseChanges(git.output(["diff-tree", "--root", "--no-commit-id", ...diffOptions, commit, "--", "."]));
}

/** A file that git does not track yet, as a change. */
export function untrackedChange(file: string, text: string | undefined): GitChange {
  const lines = (text ?? "").split("\n");
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  return { status: "added", file, added: count === 0 ? [] : [[1, count]] };
}

const statusOf: Readonly<Record<string, GitChange["status"]>> = wordTable({ A: "added", C: "added", M: "modified", T: "modified", U: "modified", D: "deleted", R: "renamed" });

/** Reads what git prints with `-z --raw --patch`: the records, an empty one, then the patches. */
function parseChanges(output: Buffer): GitChange[] {
  const parts = splitAtNul(output);
  const separator = parts.indexOf("");
  const records = separator === -1 ? parts : parts.slice(0, separator);
  const added = separator === -1 ? new Map<string, [number, number][]>() : addedLines(parts.slice(separator + 1).join("\0"));
  const changes = new Map<string, GitChange>();
  for (let at = 0; at < records.length; ) {
    // :mode mode object object status, then one path, or two for a rename or copy
    const [letter = "", similarity = ""] = splitStatus(records[at] ?? "");
    const isPair = letter === "R" || letter === "C";
    const first = records[at + 1] ?? "";
    const file = isPair ? (records[at + 2] ?? "") : first;
    at += isPair ? 3 : 2;
    const status = statusOf[letter];
    if (status === undefined || file === "") continue;
    changes.set(file, {
      status,
      file,
      ...(letter === "R" && { from: first }),
      ...(letter === "R" && similarity === "100" && { moved: true as const }),
      added: added.get(file) ?? [],
    });
  }
  return [...changes.values()];
}

function splitStatus(record: string): [letter: string, similarity: string] {
  const status = record.slice(record.lastIndexOf(" ") + 1);
  return [status.slice(0, 1), String(Number(status.slice(1) || "0"))];
}

/** File → stretches of added lines, of a patch without context lines. */
function addedLines(patch: string): Map<string, [number, number][]> {
  const stretches = new Map<string, [number, number][]>();
  let current: [number, number][] | undefined;
  let left = 0;
  for (const line of patch.split("\n")) {
    // Lines of the files themselves begin with + or -, and the hunk said how many there are.
    if (left > 0) {
      if (line.startsWith("+") || line.startsWith("-")) left--;
      continue;
    }
    if (line.startsWith("+++ ")) {
      current = [];
      stretches.set(newName(line.slice(4)), current);
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const count = Number(hunk[3] ?? "1");
    const start = Number(hunk[2]);
    left = count + Number(hunk[1] ?? "1");
    if (count > 0) current?.push([start, start + count - 1]);
  }
  return stretches;
}

/** The path of a `+++` line: `b/src/a.ts`, behind a tab if it has blanks, in C quotes if it has odd characters. */
export function newName(written: string): string {
  const text = written.startsWith('"') ? unquote(written) : written.replace(/\t$/, "");
  return text.startsWith("b/") ? text.slice(2) : text;
}

const escapes: Readonly<Record<string, string>> = wordTable({ a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r" });

function unquote(written: string): string {
  return written.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => (code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code)));
}
