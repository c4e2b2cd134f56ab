import { compareText } from "../../base/finding.js";
import { decodeText, largestText } from "../read-text.js";
import type { Git } from "./git.js";
import { splitAtNul } from "./run-git.js";

/** The files of a commit or of the index, with their texts on demand. */
export interface Snapshot {
  readonly files: readonly string[];
  /** The text of a file; undefined if it is not there or is binary. */
  read(file: string): string | undefined;
  /** Reads the texts of `files` in one go, for later `read`s. */
  prefetch(files: Iterable<string>): void;
}

/** The files of a commit below git's folder. */
export function commitSnapshot(git: Git, commit: string): Snapshot {
  // mode SP type SP object SP+ size TAB path
  const entries = splitAtNul(git.output(["ls-tree", "-r", "-z", "--long", commit])).flatMap((line) => {
    const [, mode, object, size, file] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
    return object !== undefined && file !== undefined && isFileMode(mode) && Number(size) <= largestText ? [[file, object] as const] : [];
  });
  return snapshot(git, new Map(entries));
}

/** The files of the index below git's folder; those with conflicts are left out. */
export function indexSnapshot(git: Git): Snapshot {
  // mode SP object SP stage TAB path
  const entries = splitAtNul(git.output(["ls-files", "-z", "--stage"])).flatMap((line) => {
    const [, mode, object, stage, file] = /^(\d+) ([0-9a-f]+) (\d)\t([^]*)$/.exec(line) ?? [];
    return object !== undefined && file !== undefined && isFileMode(mode) && stage === "0" ? [[file, object] as const] : [];
  });
  return snapshot(git, new Map(entries));
}

/** Links and submodules have no text of their own. */
function isFileMode(mode: string | undefined): boolean {
  return mode === "100644" || mode === "100755";
}

/** Stands for an object that git lacks: binary, so that it has no text. */
const nothing = Buffer.from([0]);

function snapshot(git: Git, objects: ReadonlyMap<string, string>): Snapshot {
  const texts = new Map<string, string | undefined>();
  const prefetch = (files: Iterable<string>) => {
    const wanted = new Set([...files].flatMap((file) => objects.get(file) ?? []).filter((object) => !texts.has(object)));
    const contents = readBlobs(git, wanted);
    for (const object of wanted) texts.set(object, decodeText(contents.get(object) ?? nothing));
  };
  return {
    files: [...objects.keys()].sort(compareText),
    prefetch,
    read(file) {
      prefetch([file]);
      return texts.get(objects.get(file) ?? "");
    },
  };
}

/** The contents of git objects by their names. Objects that git lacks are left out. */
function readBlobs(git: Git, objects: ReadonlySet<string>): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  if (objects.size === 0) return contents;
  const output = git.output(["cat-file", "--batch"], [...objects, ""].join("\n"));
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    // name SP type SP size LF content LF, or name SP "missing" LF
    const [object = "", type, size] = output.toString("utf8", at, end).split(" ");
    at = end + 1;
    if (type !== "blob") continue;
    contents.set(object, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
