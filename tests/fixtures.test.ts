import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type * as engine from "../src/engine/run.js";
import { built } from "./support/built.js";

const { run } = await built<typeof engine>("src/engine/run.js");
const folder = fileURLToPath(new URL("../fixtures", import.meta.url));
const backends = readdirSync(folder).flatMap((name) => ["clean", "violating"].map((kind) => `${name}/${kind}`)).filter((name) => existsSync(path.join(folder, name, "package.json")));

/** `src/a.ts:3 rule` for each rule that a line's `// expect:` comment names. */
function expected(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .flatMap((file) =>
      readFileSync(path.join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) => (/\/\/ expect: (.+)$/.exec(line)?.[1] ?? "").split(", ").filter(Boolean).map((rule) => `${file.split(path.sep).join("/")}:${index + 1} ${rule}`)),
    )
    .sort();
}

describe.each(backends)("the backend %s", (name) => {
  it("gives the findings that its lines expect, and no other", async () => {
    const root = path.join(folder, name);
    const { result } = await run({ cwd: root, cache: false, date: "2026-01-15" });
    expect(result.crashes).toEqual([]);
    expect(result.findings.map((finding) => `${finding.file}:${finding.range.start.line} ${finding.rule}`).sort()).toEqual(expected(root));
  });
});
