import { describe, expect, it } from "vitest";
import { writeFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Finding } from "../../src/base/finding.js";
import type * as engine from "../../src/engine/run.js";
import { GitFolder } from "../repo/support.js";
import { built } from "../support/built.js";

const { run } = await built<typeof engine>("src/engine/run.js");

const settings = JSON.stringify({ root: true, rules: { "standard-stack": "off", "validated-settings": "off", "central-error-handler": "off", "require-rate-limit": "off", "versioned-routes": "off", "response-schema": "off", "no-committed-env": "off", "request-id-in-logs": "off", "tested-modules": "off" } });
const manifest = '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "^5.0.0" } }';
const guard = 'import type { RequestHandler } from "express";\nexport const guard: RequestHandler = (req, res, next) => {\n  if (!req.headers.authorization) return void res.status(401).json({ code: "unauthorized" });\n  next();\n};\n';
const open = 'import type { RequestHandler } from "express";\nexport const guard: RequestHandler = (_req, _res, next) => {\n  next();\n};\n';
const main = 'import express from "express";\nimport { guard } from "./guard.js";\nconst app = express();\napp.delete("/v1/orders", guard, (_req, res) => res.status(204).end());\napp.listen(3000);\n';

const place = ({ file, range, rule }: Finding): string => `${file}:${range.start.line} ${rule}`;

function project(files: Readonly<Record<string, string>>): GitFolder {
  return new GitFolder({ "package.json": manifest, "std-check.config.json": settings, ...files }, "feat: start");
}

async function places(repo: GitFolder, options: { readonly since?: string; readonly staged?: boolean }): Promise<readonly string[]> {
  const { result } = await run({ cwd: repo.root, cache: false, date: "2026-01-15", engine: "eslint", ...options });
  expect(result.crashes).toEqual([]);
  return result.findings.map(place);
}

describe("since a commit", () => {
  it("shows the effect that a change in one file has on another", async () => {
    const repo = project({ "src/guard.ts": guard, "src/main.ts": main, "src/old.service.ts": "export const size = process.env.SIZE;\n" });
    try {
      repo.commit("refactor: simplify the guard", { "src/guard.ts": open });
      expect(await places(repo, { since: "HEAD~1" })).toEqual(["src/main.ts:4 require-auth"]);
      expect(await places(repo, {})).toEqual(["src/main.ts:4 require-auth", "src/old.service.ts:1 no-process-env"]);
    } finally {
      repo.remove();
    }
  });

  it("knows a finding again whose file was renamed and whose lines moved", async () => {
    const text = "export const size = process.env.SIZE;\nexport const one = 1;\nexport const two = 2;\nexport const three = 3;\n";
    const repo = project({ "src/old.service.ts": text });
    try {
      repo.git("mv", "src/old.service.ts", "src/new.service.ts");
      repo.commit("refactor: rename", { "src/new.service.ts": `// moved\n\n${text}export const more = process.env.MORE;\n` });
      expect(await places(repo, { since: "HEAD~1" })).toEqual(["src/new.service.ts:7 no-process-env"]);
    } finally {
      repo.remove();
    }
  });

  it("tells the routes and suppressions that come, go and open, and how many findings were mended", async () => {
    const text = 'export const size = process.env.SIZE; // eslint-disable-line std/no-process-env -- read once\nexport const port = process.env.PORT;\n';
    const repo = project({ "src/guard.ts": guard, "src/main.ts": main, "src/old.service.ts": text });
    try {
      repo.git("mv", "src/old.service.ts", "src/new.service.ts");
      repo.commit("feat: show orders", {
        "src/guard.ts": open,
        "src/main.ts": main.replace("app.listen", '// eslint-disable-next-line std/require-auth -- open on purpose\napp.get("/v1/orders", (_req, res) => res.json([]));\napp.listen'),
        "src/new.service.ts": text.replace("export const port = process.env.PORT;\n", ""),
      });
      const { result } = await run({ cwd: repo.root, cache: false, date: "2026-01-15", engine: "eslint", since: "HEAD~1" });
      expect(result.changes?.()).toEqual({
        routes: ["added: GET /v1/orders (auth none, no rate limit)", "opened: DELETE /v1/orders auth was required and is none"],
        suppressions: { added: [{ file: "src/main.ts", line: 5, rules: "require-auth", reason: "open on purpose" }], removed: [] },
        mended: 1,
      });
    } finally {
      repo.remove();
    }
  });

  it("compares with the work tree, and says what is wrong with an unknown ref", async () => {
    const repo = project({ "src/a.service.ts": "export const one = 1;\n" });
    try {
      writeFileSync(path.join(repo.root, "src/b.service.ts"), "export const size = process.env.SIZE;\n");
      expect(await places(repo, { since: "HEAD" })).toEqual(["src/b.service.ts:1 no-process-env"]);
      await expect(places(repo, { since: "no-such-branch" })).rejects.toThrow('There is no commit or branch "no-such-branch".');
    } finally {
      repo.remove();
    }
  });
});

describe("what is staged", () => {
  it("is read from the index, not from the work tree, and reported for its files alone", async () => {
    const repo = project({ "src/a.service.ts": "export const one = 1;\n", "src/old.service.ts": "export const size = process.env.SIZE;\n" });
    try {
      const file = path.join(repo.root, "src/a.service.ts");
      writeFileSync(file, "export const port = process.env.PORT;\n");
      repo.git("add", "src/a.service.ts");
      writeFileSync(file, "export const mended = 1;\n");
      writeFileSync(path.join(repo.root, "src/untracked.service.ts"), "export const host = process.env.HOST;\n");
      expect(await places(repo, { staged: true })).toEqual(["src/a.service.ts:1 no-process-env"]);
      writeFileSync(file, "export const port = process.env.PORT ?? ``;\n");
      repo.git("add", "src/a.service.ts");
      rmSync(file);
      expect(await places(repo, { staged: true })).toEqual(["src/a.service.ts:1 no-process-env"]);
    } finally {
      repo.remove();
    }
  });

  it("gives a file check the staged text", async () => {
    const repo = project({ "src/config/settings.ts": "export const one = 1;\n" });
    try {
      const file = path.join(repo.root, "src/config/settings.ts");
      writeFileSync(file, 'export const secret = process.env.JWT_SECRET ?? "rosebud";\n');
      repo.git("add", "-A");
      writeFileSync(file, "export const one = 1;\n");
      expect(await places(repo, { staged: true })).toContain("src/config/settings.ts:1 no-secret-fallbacks");
    } finally {
      repo.remove();
    }
  });

  it("is nothing when nothing is staged", async () => {
    const repo = project({ "src/old.service.ts": "export const size = process.env.SIZE;\n" });
    try {
      expect(await places(repo, { staged: true })).toEqual([]);
    } finally {
      repo.remove();
    }
  });
});

it("does not follow a link out of the project", async () => {
  const outside = project({ "src/a.service.ts": "export const size = process.env.SIZE;\n" });
  const repo = project({ "src/b.service.ts": "export const one = 1;\n" });
  try {
    const { symlinkSync } = await import("node:fs");
    symlinkSync(path.join(outside.root, "src/a.service.ts"), path.join(repo.root, "src/link.service.ts"));
    const { project: opened, result } = await run({ cwd: repo.root, cache: false, date: "2026-01-15" });
    expect(opened.skipped).toEqual([{ file: "src/link.service.ts", reason: "a link out of the project" }]);
    expect(result.findings.map(place)).toEqual([]);
  } finally {
    outside.remove();
    repo.remove();
  }
});
