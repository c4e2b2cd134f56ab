import { chmodSync, existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gitRoot } from "../../src/repo/git/git.js";
import { askGit, liesInRepository } from "../../src/repo/git/run-git.js";
import { changedFiles, openRepo } from "../../src/repo/open-repo.js";
import { GitFolder, removeFolders, TemporaryFolder, thrown } from "./support.js";

afterEach(removeFolders);

describe("a repository", () => {
  it("is looked for from a folder upwards, also where a file leads to it, and none is asked of git where there is none", () => {
    const repo = new GitFolder({ "src/a.ts": "" });
    const linked = new TemporaryFolder();
    linked.write({ ".git": "gitdir: ../elsewhere\n", "src/a.ts": "" });
    const plain = new TemporaryFolder();
    symlinkSync(path.join(repo.root, "src"), path.join(plain.root, "link"));
    expect(liesInRepository(path.join(plain.root, "link"))).toBe(true);
    expect([repo.root, path.join(repo.root, "src"), path.join(linked.root, "src"), plain.root].map(liesInRepository)).toEqual([true, true, true, false]);
    expect([gitRoot(plain.root), askGit(plain.root, ["log"])]).toEqual([undefined, undefined]);
  });
});

describe("files", () => {
  it("lists tracked and unignored files, without deleted ones, and knows which are tracked or ignored", () => {
    const repo = new GitFolder({ ".gitignore": ".env\ndist\n", "src/b.ts": "", "src/ä b.ts": "", "gone.ts": "" });
    repo.write({ "new.ts": "", ".env": "A=1", "dist/a.js": "", "gone.ts": undefined });
    const { files, git } = openRepo(repo.root);
    expect(files).toEqual([".gitignore", "new.ts", "src/b.ts", "src/ä b.ts"]);
    expect([git?.isTracked("src/b.ts"), git?.isTracked("new.ts"), git?.isTracked(".env")]).toEqual([true, false, false]);
    expect([git?.isIgnored(".env"), git?.isIgnored("dist/x/y.js"), git?.isIgnored("src/b.ts")]).toEqual([true, true, false]);
  });

  it("knows that a tracked file is ignored by the patterns all the same", () => {
    const repo = new GitFolder({ ".env": "A=1" });
    repo.commit("ignore", { ".gitignore": ".env\n" });
    const { git } = openRepo(repo.root);
    expect([git?.isTracked(".env"), git?.isIgnored(".env")]).toEqual([true, true]);
  });

  it("gives paths relative to a root below the top of the repository, and nothing outside it", () => {
    const repo = new GitFolder({ "apps/api/src/a.ts": "", "apps/web/b.ts": "", "c.ts": "" });
    const view = openRepo(repo.path("apps/api"));
    expect(view.files).toEqual(["src/a.ts"]);
    expect(view.git?.isTracked("src/a.ts")).toBe(true);
    expect(gitRoot(repo.path("apps/api"))).toBe(repo.root);
  });

  it("leaves a nested repository out", () => {
    const repo = new GitFolder({ "a.ts": "" });
    repo.write({ "nested/b.ts": "" });
    repo.git("init", "--quiet", "nested");
    expect(openRepo(repo.root).files).toEqual(["a.ts"]);
  });

  it("walks a folder without git, past dependencies and what nested .gitignore files leave out", () => {
    const folder = new TemporaryFolder({ ".gitignore": "*.log\n", "a.ts": "", "x.log": "", "node_modules/p/i.js": "", "apps/api/.gitignore": "/out\n", "apps/api/out/b.js": "", "apps/api/src/out/c.ts": "", ".env": "" });
    const view = openRepo(folder.root);
    expect(view.git).toBeUndefined();
    expect(view.files).toEqual([".env", ".gitignore", "a.ts", "apps/api/.gitignore", "apps/api/src/out/c.ts"]);
  });

  it("walks a folder that the repository around it ignores", () => {
    const repo = new GitFolder({ ".gitignore": "build\n" });
    repo.write({ "build/app/a.ts": "" });
    const view = openRepo(repo.path("build/app"));
    expect([view.git, view.files]).toEqual([undefined, ["a.ts"]]);
  });
});

describe("texts", () => {
  it("strips byte-order marks, decodes UTF-16, keeps odd bytes as U+FFFD and refuses binary files", () => {
    const folder = new TemporaryFolder({
      "bom.ts": "\uFEFFconst a = 1;\r\n",
      "wide.ts": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("let ä", "utf16le")]),
      "latin.ts": Buffer.from([0x2f, 0x2f, 0xe4]),
      "image.png": Buffer.from([1, 0, 2]),
      "empty.ts": "",
    });
    const { read } = openRepo(folder.root);
    expect(["bom.ts", "wide.ts", "latin.ts", "image.png", "empty.ts", "none.ts", "."].map(read)).toEqual(["const a = 1;\r\n", "let ä", "//\uFFFD", undefined, "", undefined, undefined]);
  });

  it("follows links inside the root and none that lead out or round", () => {
    const outside = new TemporaryFolder({ "secret.txt": "secret" });
    const repo = new GitFolder({ "real.ts": "x" });
    symlinkSync("real.ts", repo.path("link.ts"));
    symlinkSync(outside.path("secret.txt"), repo.path("out.ts"));
    symlinkSync("../../../../etc/hostname", repo.path("up.ts"));
    symlinkSync("loop.ts", repo.path("loop.ts"));
    const { read } = openRepo(repo.root);
    expect(["link.ts", "out.ts", "up.ts", "loop.ts", `../${path.basename(outside.root)}/secret.txt`].map(read)).toEqual(["x", undefined, undefined, undefined, undefined]);
  });
});

describe("since", () => {
  it("compares with the commit at which the branch left, not with what the base became", () => {
    const repo = new GitFolder({ "a.ts": "1\n2\n3\n", "b.ts": "b\n" });
    repo.branch("feature");
    repo.commit("feat: change a", { "a.ts": "1\ntwo\n3\n4\n" });
    repo.git("checkout", "--quiet", "main");
    repo.commit("other work", { "b.ts": "changed\n" });
    repo.git("checkout", "--quiet", "feature");
    const range = openRepo(repo.root, { since: "main" }).git?.range;
    expect(range?.changes).toEqual([{ status: "modified", file: "a.ts", added: [[2, 2], [4, 4]] }]);
    expect(range?.commits.map(({ subject }) => subject)).toEqual(["feat: change a"]);
    expect([range?.readAtBase("a.ts"), range?.readAtBase("b.ts"), range?.readAtBase("none.ts")]).toEqual(["1\n2\n3\n", "b\n", undefined]);
  });

  it("counts what is not committed and what is not tracked yet", () => {
    const repo = new GitFolder({ "a.ts": "1\n", ".gitignore": "*.log\n" });
    repo.write({ "a.ts": "1\n2\n", "new.ts": "x\ny", "x.log": "" });
    const view = openRepo(repo.root, { since: "HEAD" });
    expect(changedFiles(view)).toEqual([{ status: "modified", file: "a.ts", added: [[2, 2]] }, { status: "added", file: "new.ts", added: [[1, 2]] }]);
    expect(view.git?.range?.commits).toEqual([]);
  });

  it("tells renames that only moved a file from those that changed it, and deletions", () => {
    const text = Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n");
    const repo = new GitFolder({ "a.ts": text, "b.ts": `${text}b`, "c.ts": "c" });
    repo.commit("move", { "src/a.ts": text, "src/b.ts": `${text}b\nmore`, "a.ts": undefined, "b.ts": undefined, "c.ts": undefined });
    expect(changedFiles(openRepo(repo.root, { since: "HEAD~1" }))).toEqual([
      { status: "deleted", file: "c.ts", added: [] },
      { status: "renamed", file: "src/a.ts", from: "a.ts", moved: true, added: [] },
      { status: "renamed", file: "src/b.ts", from: "b.ts", added: [[40, 41]] },
    ]);
  });

  it("reads changes of files with odd names, and added lines that look like a patch", () => {
    const repo = new GitFolder({ "a.ts": "" });
    repo.commit("odd", { 'tab\t"q"\\.ts': "1\n", "new\nline.ts": "1\n", "ü b.ts": "++ b/other.ts\n@@ -1 +1 @@\n-- x\n", "a.ts": "x\n" });
    const changes = changedFiles(openRepo(repo.root, { since: "HEAD~1" }));
    expect(Object.fromEntries(changes.map(({ file, added }) => [file, added]))).toEqual({ 'tab\t"q"\\.ts': [[1, 1]], "new\nline.ts": [[1, 1]], "ü b.ts": [[1, 3]], "a.ts": [[1, 1]] });
  });

  it("handles mode changes, binary files, links that became files and conflicts", () => {
    const repo = new GitFolder({ "run.sh": "a\n", "image.png": Buffer.from([0, 1]), "both.ts": "base\n" });
    symlinkSync("run.sh", repo.path("link"));
    repo.commit("link");
    repo.branch("other");
    repo.commit("other", { "both.ts": "theirs\n" });
    repo.git("checkout", "--quiet", "main");
    repo.commit("ours", { "both.ts": "ours\n" });
    const base = repo.git("rev-parse", "HEAD~1");
    chmodSync(repo.path("run.sh"), 0o755);
    repo.write({ link: undefined, "image.png": Buffer.from([0, 2]) });
    repo.write({ link: "text\n" });
    repo.git("add", "run.sh", "link", "image.png");
    repo.git("commit", "--quiet", "-m", "modes");
    expect(() => repo.git("merge", "other")).toThrow();
    const files = changedFiles(openRepo(repo.root, { since: base })).map(({ status, file }) => `${status} ${file}`);
    expect(files).toEqual(["modified both.ts", "modified image.png", "modified link", "modified run.sh"]);
  });

  it("tells merges and reverts from other commits", () => {
    const repo = new GitFolder({ "a.ts": "1\n" });
    const base = repo.git("rev-parse", "HEAD");
    repo.branch("feature");
    const wrong = repo.commit("feat: wrong", { "a.ts": "2\n" });
    repo.git("revert", "--no-edit", wrong);
    repo.git("checkout", "--quiet", "main");
    repo.commit("main work", { "b.ts": "" });
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge feature", "feature");
    const commits = openRepo(repo.root, { since: base }).git?.range?.commits ?? [];
    expect(commits.map(({ subject, merge, reverts, changes }) => [subject, merge, reverts, changes.map(({ file }) => file)])).toEqual(expect.arrayContaining([
      ["feat: wrong", false, undefined, ["a.ts"]],
      ['Revert "feat: wrong"', false, wrong, ["a.ts"]],
      ["main work", false, undefined, ["b.ts"]],
      ["Merge feature", true, undefined, []],
    ]));
    expect(commits).toHaveLength(4);
  });

  it("keeps to the root where that is a folder of the repository", () => {
    const repo = new GitFolder({ "api/a.ts": "1\n", "web/b.ts": "1\n" });
    repo.commit("both", { "api/a.ts": "2\n", "web/b.ts": "2\n" });
    const range = openRepo(repo.path("api"), { since: "HEAD~1" }).git?.range;
    expect(range?.changes.map(({ file }) => file)).toEqual(["a.ts"]);
    expect(range?.commits[0]?.changes.map(({ file }) => file)).toEqual(["a.ts"]);
    expect(range?.readAtBase("a.ts")).toBe("1\n");
  });

  it("takes the branch of the server where there is none of that name, on a detached head", () => {
    const server = new GitFolder({ "a.ts": "" });
    server.branch("feature");
    server.commit("work", { "b.ts": "" });
    const clone = new TemporaryFolder();
    server.git("clone", "--quiet", server.root, clone.root);
    server.git("-C", clone.root, "checkout", "--quiet", "--detach", "origin/feature");
    server.git("-C", clone.root, "branch", "--quiet", "-D", "feature");
    expect(changedFiles(openRepo(clone.root, { since: "main" })).map(({ file }) => file)).toEqual(["b.ts"]);
  });

  it("says what to do about an unknown ref, a shallow clone, strange histories and a folder without git", () => {
    const repo = new GitFolder({ "a.ts": "" });
    repo.commit("second", { "a.ts": "2" });
    repo.commit("third", { "a.ts": "3" });
    repo.git("branch", "old", "HEAD~2");
    repo.git("checkout", "--quiet", "--orphan", "strange");
    repo.commit("other history");
    expect(thrown(() => openRepo(repo.root, { since: "nowhere" }))).toMatchObject({ code: "unknown-ref", hint: expect.stringContaining("git fetch") as string });
    expect(thrown(() => openRepo(repo.root, { since: "--output=x" }))).toMatchObject({ code: "unknown-ref" });
    expect(thrown(() => openRepo(repo.root, { since: "main" }))).toMatchObject({ code: "no-merge-base" });
    const clone = new TemporaryFolder();
    repo.git("clone", "--quiet", "--depth=1", "--no-single-branch", `file://${repo.root}`, clone.root);
    expect(thrown(() => openRepo(clone.root, { since: "old" }))).toMatchObject({ code: "shallow-clone", hint: expect.stringContaining("fetch-depth: 0") as string });
    expect(thrown(() => openRepo(new TemporaryFolder().root, { since: "main" }))).toMatchObject({ code: "no-git-repository" });
    expect(thrown(() => openRepo(new TemporaryFolder().root, { staged: true }))).toMatchObject({ code: "no-git-repository" });
  });
});

describe("staged", () => {
  it("reads the index, whatever the work tree holds", () => {
    const repo = new GitFolder({ "a.ts": "1\n", "b.ts": "1\n" });
    repo.write({ "a.ts": "1\nstaged\n", "new.ts": "new\n" });
    repo.git("add", "a.ts", "new.ts");
    repo.write({ "a.ts": "1\ndirty\n", "new.ts": undefined, "untracked.ts": "" });
    const { files, read, git } = openRepo(repo.root, { staged: true });
    expect(files).toEqual(["a.ts", "b.ts", "new.ts"]);
    expect(files.map(read)).toEqual(["1\nstaged\n", "1\n", "new\n"]);
    expect([read("untracked.ts"), git?.staged?.readStaged("a.ts"), git?.staged?.readStaged("untracked.ts")]).toEqual([undefined, "1\nstaged\n", undefined]);
    expect(git?.staged?.changes).toEqual([{ status: "modified", file: "a.ts", added: [[2, 2]] }, { status: "added", file: "new.ts", added: [[1, 1]] }]);
    expect(git?.range?.changes).toEqual(git?.staged?.changes);
    expect([git?.range?.commits, git?.range?.readAtBase("a.ts")]).toEqual([[], "1\n"]);
  });

  it("works before the first commit", () => {
    const repo = new GitFolder();
    repo.write({ "a.ts": "1\n" });
    repo.git("add", "a.ts");
    const { git } = openRepo(repo.root, { staged: true });
    expect(git?.staged?.changes).toEqual([{ status: "added", file: "a.ts", added: [[1, 1]] }]);
    expect(askGit(repo.root, ["log"])).toBeUndefined();
  });
});

describe("safety", () => {
  it("starts no program that the repository's configuration names", () => {
    const repo = new GitFolder({ "a.ts": "1\n", ".gitattributes": "*.ts filter=evil diff=evil\n" });
    const marker = repo.path("marker");
    repo.write({ "evil.sh": `#!/bin/sh\ntouch '${marker}'\ncat\n` });
    chmodSync(repo.path("evil.sh"), 0o755);
    const evil = repo.path("evil.sh");
    const keys = ["filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "diff.external", "core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand"];
    repo.commit("more", { "a.ts": "2\n" });
    for (const key of keys) repo.git("config", key, evil);
    repo.git("config", "log.showSignature", "true");
    repo.write({ "a.ts": "3\n", ".git/hooks/post-index-change": `#!/bin/sh\ntouch '${marker}'\n` });
    chmodSync(repo.path(".git/hooks/post-index-change"), 0o755);
    const view = openRepo(repo.root, { since: "HEAD~1" });
    expect(view.git?.range?.changes.map(({ file }) => file)).toContain("a.ts");
    expect(view.git?.range?.commits.flatMap(({ changes }) => changes.map(({ file }) => file))).toEqual(["a.ts", "evil.sh"]);
    openRepo(repo.root, { staged: true }).read("a.ts");
    expect(existsSync(marker)).toBe(false);
  });

  it("is not led to another repository by the environment", () => {
    const repo = new GitFolder({ "a.ts": "" });
    const other = new GitFolder({ "other.ts": "" });
    process.env["GIT_DIR"] = other.path(".git");
    process.env["GIT_INDEX_FILE"] = other.path(".git/index");
    try {
      expect(openRepo(repo.root, { staged: true }).files).toEqual(["a.ts"]);
    } finally {
      delete process.env["GIT_DIR"];
      delete process.env["GIT_INDEX_FILE"];
    }
  });

  it("takes the index that git made for a partial commit", () => {
    const repo = new GitFolder({ "a.ts": "", "b.ts": "" });
    repo.write({ "a.ts": "1\n", "b.ts": "1\n" });
    repo.git("add", "a.ts", "b.ts");
    repo.git("read-tree", "--index-output=.git/next-index", "HEAD");
    process.env["GIT_INDEX_FILE"] = ".git/next-index";
    try {
      expect(openRepo(repo.root, { staged: true }).git?.staged?.changes).toEqual([]);
    } finally {
      delete process.env["GIT_INDEX_FILE"];
    }
  });
});
