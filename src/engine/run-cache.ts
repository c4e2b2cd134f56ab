import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { compareText } from "../base/finding.js";
import { extensionOf } from "../base/paths.js";
import { askGit } from "../repo/git/run-git.js";
import { writeFileAtomically } from "./atomic-file.js";
import { cacheFolder } from "./cache-folder.js";

/** What a run of the command line gave: all that it wrote, and its exit code. */
export interface RunOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Absolute path → text. */
  readonly files: readonly (readonly [file: string, text: string])[];
  /** Absolute path → text for the end of the file. */
  readonly appended: readonly (readonly [file: string, text: string])[];
  readonly exitCode: number;
}

interface Entry {
  readonly digest: string;
  /** Files outside the listing that the run read, with the hash of their texts; empty for those that were not there. */
  readonly outside: readonly (readonly [file: string, hash: string])[];
  readonly output: RunOutput;
}

/** Nothing reads what is in these; that they are there is all that counts. */
const inert = new Set([".md", ".mdx", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".svg", ".pdf", ".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp3", ".mp4", ".webm", ".css", ".scss", ".snap", ".zip", ".gz"]);
/** So many answers are kept for one project: other formats, other paths, other branches. */
const mostEntries = 12;

/**
 * The answers of whole runs, each for a digest of all inputs: the question, this version, the files with their contents,
 * and what git says of them. Nothing of the checker is loaded to read one. Only for projects in git, where the listing is
 * quick and complete.
 */
export class RunCache {
  readonly #folder: string;
  readonly #root: string;
  readonly #file: string;
  readonly #digest: string | undefined;

  /** @param question what was asked, in any form that tells questions apart; @param root absolute */
  constructor(root: string, question: unknown) {
    this.#root = root;
    this.#folder = path.join(cacheFolder(root), "runs");
    const asked = hashOf(JSON.stringify(question));
    this.#file = path.join(this.#folder, `${asked}.json`);
    this.#digest = digestOf(root, asked);
  }

  /** What the same question gave when all inputs were as they are now. */
  known(): RunOutput | undefined {
    if (this.#digest === undefined) return undefined;
    try {
      // Written by this class; the digest holds the version that wrote it.
      const entry = JSON.parse(readFileSync(this.#file, "utf8")) as Entry;
      return entry.digest === this.#digest && entry.outside.every(([file, hash]) => contentHash(file) === hash) ? entry.output : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps an answer. `reads` are the files, absolute, that the run read or looked for. A folder that cannot be written to is no error. */
  keep(output: RunOutput, reads: Iterable<string>): void {
    if (this.#digest === undefined) return;
    const listed = new Set(listing(this.#root)?.files.map((file) => path.join(this.#root, file)));
    const outside = [...new Set(reads)].filter((file) => !listed.has(file)).sort(compareText).map((file) => [file, contentHash(file)] as const);
    const entry: Entry = { digest: this.#digest, outside, output };
    try {
      writeFileAtomically(this.#file, JSON.stringify(entry));
      this.#forgetOldest();
    } catch {
      // The next run checks again.
    }
  }

  #forgetOldest(): void {
    const files = readdirSync(this.#folder).filter((name) => name.endsWith(".json")).map((name) => path.join(this.#folder, name));
    const byAge = files.map((file) => ({ file, time: statSync(file).mtimeMs })).sort((left, right) => right.time - left.time);
    for (const { file } of byAge.slice(mostEntries)) rmSync(file, { force: true });
  }
}

/** Undefined where there is no git. */
function digestOf(root: string, question: string): string | undefined {
  const listed = listing(root);
  if (!listed) return undefined;
  const hash = createHash("sha256");
  hash.update(`${question}\0${listed.state}\0`);
  for (const file of listed.files) hash.update(`${file}\0${inert.has(extensionOf(file)) ? "" : contentHash(path.join(root, file))}\0`);
  return hash.digest("hex");
}

/** The files below a root, those in ignored folders left out, and what git says of these, of ignored ones and of the head. */
function listing(root: string): { readonly files: readonly string[]; readonly state: string } | undefined {
  const tagged = askGit(root, ["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"]);
  if (tagged === undefined) return undefined;
  // Folders such as node_modules stand there by name alone; our own comes and goes.
  const ignored = (askGit(root, ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"]) ?? "").split("\0").filter((file) => file !== "" && !file.startsWith(".std-check-cache/"));
  const head = askGit(root, ["rev-parse", "HEAD", "--abbrev-ref", "HEAD"]) ?? `no commit on ${new Date().toISOString().slice(0, 10)}`;
  const files = [...tagged.split("\0").filter((line) => line !== "").map((line) => line.slice(2)), ...ignored.filter((file) => !file.endsWith("/"))];
  return { files, state: `${tagged}\0${ignored.join("\0")}\0${head}` };
}

/** Empty for what cannot be read; a link counts for the file that it leads to. */
function contentHash(file: string): string {
  try {
    const stat = lstatSync(file);
    if (stat.isDirectory()) return "folder";
    return hashOf(readFileSync(file));
  } catch {
    return "";
  }
}

function hashOf(content: string | Buffer): string {
  return createHash("sha1").update(content).digest("hex");
}
