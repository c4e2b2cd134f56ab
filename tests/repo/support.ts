import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Path → text; undefined deletes the file. */
export type Tree = Readonly<Record<string, string | Buffer | undefined>>;

/** A folder of this machine's temporary files. */
export class TemporaryFolder {
  readonly root: string = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-repo-")));

  constructor(tree: Tree = {}) {
    made.push(this.root);
    this.write(tree);
  }

  path(file: string): string {
    return path.join(this.root, file);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  write(tree: Tree): void {
    for (const [file, content] of Object.entries(tree)) {
      mkdirSync(path.dirname(this.path(file)), { recursive: true });
      if (content === undefined) rmSync(this.path(file));
      else writeFileSync(this.path(file), content);
    }
  }
}

const person = { GIT_AUTHOR_NAME: "Test", GIT_AUTHOR_EMAIL: "test@example.org", GIT_COMMITTER_NAME: "Test", GIT_COMMITTER_EMAIL: "test@example.org" };

/** A git repository whose history is made step by step, the same on every machine. */
export class GitFolder extends TemporaryFolder {
  private seconds = 1_700_000_000;

  constructor(tree: Tree = {}, message = "start") {
    super();
    this.git("init", "--quiet", "--initial-branch=main", "--template=");
    if (Object.keys(tree).length > 0) this.commit(message, tree);
  }

  git(...args: string[]): string {
    this.seconds += 60;
    const date = `${this.seconds} +0000`;
    const env = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
    return execFileSync("git", args, {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...Object.fromEntries(env), ...person, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    }).trim();
  }

  /** Commits `tree` on top of what is there and gives the commit's hash. */
  commit(message: string, tree: Tree = {}): string {
    this.write(tree);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  branch(name: string): void {
    this.git("checkout", "--quiet", "-b", name);
  }
}

const made: string[] = [];

/** Removes what was made; for `afterEach`. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** What `run` throws. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}
