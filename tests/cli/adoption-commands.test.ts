import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let output = "";
const written: { remove(): void }[] = [];
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const one of written.splice(0)) one.remove();
});

function project(settings: object, files: Readonly<Record<string, string>>): string {
  const one = writeProject({ "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', "std-check.config.json": JSON.stringify({ root: true, ...settings }), ...files });
  written.push(one);
  return one.root;
}

async function print(root: string, ...args: readonly string[]): Promise<string> {
  output = "";
  await runCommand([...args, "--cwd", root, "--no-cache"]);
  return output;
}

const logs = 'export const f = (): void => console.log("a");\nexport const g = (): void => console.log("b");\n';

describe("std-check try", () => {
  const files = { "src/services/a.service.ts": logs, "src/services/b.service.ts": `${logs}import pino from "pino";\nconst logger = pino();\nexport const h = (): void => logger.info("a", { b: 1 });\n`, "src/services/c.service.ts": "// eslint-disable-next-line std/structured-logging -- start-up @ops\nexport const f = (): void => console.log(1);\n" };

  it("counts what a rule that is off would report, with samples of each kind", async () => {
    const root = project({ rules: { "structured-logging": "off" } }, files);
    const lines = (await print(root, "try", "structured-logging")).split("\n");
    expect(lines.slice(1, 10)).toEqual([
      "It is off here. As an error it reports 3 findings in 2 files; 1 more are let pass by comments or exceptions.",
      "",
      "by message",
      "     2  console",
      "     1  order",
      "",
      "by cause",
      "     2  console",
      "     1  order",
    ]);
    expect(lines.filter((line) => line.startsWith("src/"))).toEqual(["src/services/a.service.ts:1:30", "src/services/b.service.ts:5:30", "src/services/b.service.ts:1:30"]);
  });

  it("gives the same as JSON, for some files alone", async () => {
    const root = project({ rules: { "structured-logging": "error" } }, files);
    expect(JSON.parse(await print(root, "try", "std/structured-logging", path.join(root, "src/services/a.service.ts"), "--format", "json"))).toMatchObject({ version: 1, rule: "structured-logging", today: "error", findings: 1, files: 1, suppressed: 0 });
  });

  it("names the nearest rule", async () => {
    await expect(print(project({}, {}), "try", "structured-loging")).rejects.toThrow('did you mean "structured-logging"');
  });
});

describe("std-check exceptions", () => {
  it("lists what is accepted by owner and expiry, and marks what has expired", async () => {
    const exception = { rule: "no-db-in-api", files: ["src/reports/**"], reason: "read model", owner: "reports" };
    const root = project({ exceptions: [{ ...exception, expires: "2027-01-31" }, { ...exception, rule: "layer-imports", expires: "2020-01-01" }] }, { "src/services/c.service.ts": "// eslint-disable-next-line std/structured-logging -- start-up @ops until:2026-03-01\nexport const f = (): void => console.log(1);\n// eslint-disable-next-line std/structured-logging\nexport const g = (): void => console.log(1);\n// eslint-disable-next-line no-console\nexport const h = 1;\n" });
    expect((await print(root, "exceptions", "--date", "2026-05-01")).split("\n")).toEqual([
      "ops",
      "  EXPIRED 2026-03-01  structured-logging  src/services/c.service.ts:1  start-up",
      "",
      "reports",
      "  EXPIRED 2020-01-01  layer-imports  src/reports/**  read model  (std-check.config.json:1)",
      "  until 2027-01-31    no-db-in-api  src/reports/**  read model  (std-check.config.json:1)",
      "",
      "nobody",
      "  no end              structured-logging  src/services/c.service.ts:3  no reason",
      "",
      "2 exceptions, 2 comments; 2 expired",
      "",
    ]);
    expect((JSON.parse(await print(root, "exceptions", "--format", "json", "--date", "2026-02-01")) as { accepted: { expired: boolean }[] }).accepted.map(({ expired }) => expired)).toEqual([false, true, false, false]);
  });
});

describe("std-check agents", () => {
  const files = { "src/services/order.service.ts": 'import { find } from "../repositories/order.repository.js";\nexport const get = (id: string): unknown => find(id);\n', "src/services/bad.service.ts": logs, "src/repositories/order.repository.ts": "export const find = (id: string): unknown => id;\n" };

  it("prints the layers with a file that does it right, and the rules that are on", async () => {
    const text = await print(project({ rules: { "standard-stack": "off" } }, files), "agents");
    expect(text).toContain("| service | `src/services/` | repository, domain, settings, shared | `src/services/order.service.ts` |");
    expect(text).toContain("- `no-db-in-api` (error): Forbid data access");
    expect(text).not.toContain("`standard-stack`");
  });

  it("writes between its markers, keeps what is around them, and changes nothing the second time", async () => {
    const root = project({}, { ...files, "AGENTS.md": "# Ours\n" });
    const file = path.join(root, "AGENTS.md");
    expect(await print(root, "agents", "--write")).toContain("Wrote");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^# Ours\n\n<!-- std-check: begin -->\n/);
    writeFileSync(file, `${text.replace("`no-db-in-api`", "`stale`")}\nMore of ours.\n`);
    await print(root, "agents", "--write");
    expect(readFileSync(file, "utf8")).toBe(`${text}\nMore of ours.\n`);
    expect(await print(root, "agents", "--write")).toBe("AGENTS.md is up to date.\n");
  });

  it("refuses markers that are no pair, and a link out of the project", async () => {
    const root = project({}, { ...files, "AGENTS.md": "<!-- std-check: begin -->\nhalf\n" });
    await expect(print(root, "agents", "--write")).rejects.toThrow("one pair");
    const outside = project({}, { "there.md": "" });
    const inside = project({}, files);
    mkdirSync(path.join(inside, "docs"));
    symlinkSync(path.join(outside, "there.md"), path.join(inside, "AGENTS.md"));
    await expect(print(inside, "agents", "--write")).rejects.toThrow("out of the project");
    expect(readFileSync(path.join(outside, "there.md"), "utf8")).toBe("");
  });
});
