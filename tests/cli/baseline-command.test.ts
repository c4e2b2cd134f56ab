import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { onlyRule } from "../support/only-rule.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let root: string;
let output: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
  write("package.json", JSON.stringify({ private: true, dependencies: { express: "^5" }, scripts: { start: "node ." } }));
  write("src/controllers/users.controller.ts", "export const page = 10;\n");
  write("src/services/users.service.ts", service);
  write("std-check.config.json", onlyRule("layer-imports"));
  execFileSync("git", ["init", "-q"], { cwd: root });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const service = 'import { page } from "../controllers/users.controller.js";\n\nexport const users = page;\n';

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** Runs a command in the project; gives its exit code and what it printed. */
async function command(...args: string[]): Promise<{ code: number; output: string }> {
  output = "";
  const code = await runCommand([...args, "--cwd", root]);
  return { code, output };
}

/** The findings that a check reports. */
async function found(): Promise<{ code: number; findings: string[] }> {
  const { code, output: text } = await command("--format", "json");
  // The versioned schema of the report has these.
  const { findings } = JSON.parse(text) as { findings: { rule: string; file: string }[] };
  return { code, findings: findings.map(({ rule, file }) => `${rule} ${file.replace(/^.*?src\//, "src/")}`) };
}

describe("std-check baseline", () => {
  it("lets the findings of today pass, and the check reports what is new", async () => {
    expect((await command()).code).toBe(1);
    expect((await command("baseline", "create")).output).toBe("std-check-baseline.json: one entry, 1 of them new.\n");
    expect(await found()).toEqual({ code: 0, findings: [] });
    expect((await command("--no-baseline")).code).toBe(1);
    write("src/services/orders.service.ts", service);
    expect(await found()).toEqual({ code: 1, findings: ["layer-imports src/services/orders.service.ts"] });
  });

  it("tells of stale entries, fails on them with --ci, and prunes them", async () => {
    await command("baseline", "create");
    write("src/services/users.service.ts", "export const users = 1;\n");
    const { code, output: text } = await command();
    expect(code).toBe(0);
    expect(text).toContain("The baseline has 1 entry whose finding is gone: `std-check baseline prune` forgets it.\n");
    expect((await command("--ci")).code).toBe(1);
    expect((await command("baseline")).output).toContain("one entry; 0 let a finding pass, 1 are stale, 0 have expired; 0 findings are reported.");
    expect((await command("baseline", "prune")).output).toBe("std-check-baseline.json: 0 entries left, 1 gone.\n");
    expect((await command("--ci")).code).toBe(0);
  });

  it("does not grow with --ci", async () => {
    await expect(command("baseline", "create", "--ci")).rejects.toMatchObject({ code: "baseline-grows" });
  });

  it("takes over ESLint's suppressions", async () => {
    write("src/services/orders.service.ts", service);
    write("eslint-suppressions.json", JSON.stringify({ "src/services/users.service.ts": { "std/layer-imports": { count: 1 }, "no-console": { count: 2 } } }));
    const { output: text } = await command("baseline", "create", "--from", "eslint-suppressions.json");
    expect(text).toBe("not taken over: 1 of other plugins\nstd-check-baseline.json: one entry, 1 of them new.\n");
    expect(readFileSync(path.join(root, "std-check-baseline.json"), "utf8")).toContain("users.service.ts");
  });

  it("is refused where there is none to look at, or a damaged one", async () => {
    await expect(command("baseline", "status")).rejects.toMatchObject({ code: "no-baseline" });
    write("std-check-baseline.json", "{");
    await expect(command()).rejects.toMatchObject({ code: "corrupt-baseline" });
  });
});
