import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as ruleIndex from "../rules/index.js";
import type { Finding } from "../src/base/finding.js";
import type * as commands from "../src/cli/commands.js";
import type * as engine from "../src/engine/run.js";
import { owners } from "./contract/owners.js";
import { built } from "./support/built.js";
import { backends, checkOut, expectedFindings, expectedRoutes } from "./support/fixtures.js";

const { run } = await built<typeof engine>("src/engine/run.js");
const { runCommand } = await built<typeof commands>("src/cli/commands.js");
const { rules } = await built<typeof ruleIndex>("rules/index.js");
const known = new Set(rules.map(({ name }) => name));

const place = ({ file, range, rule }: Finding): string => `${file}:${range.start.line} ${rule}`;

it("has a clean form of every backend", () => {
  expect(backends.filter((backend) => backend.endsWith("/clean")).length).toBe(new Set(backends.map((backend) => backend.split("/")[0])).size);
});

describe.each(backends)("%s", (backend) => {
  const { root, remove } = checkOut(backend);
  afterAll(remove);
  let findings: readonly Finding[] = [];
  let per: string | undefined;

  beforeAll(async () => {
    const { result, project, settings } = await run({ cwd: root, cache: false, date: "2026-01-15" });
    expect(result.crashes).toEqual([]);
    findings = result.findings;
    per = [...settings.rulesFor(project.model.files[0] ?? "").values()][0]?.per;
  });

  it("gives the findings that its lines expect, and no other", () => {
    expect(findings.map(place).sort()).toEqual(expectedFindings(backend).filter((line) => known.has(line.split(" ")[1] ?? "")));
  });

  it("has the routes that its table expects, with what guards them", async () => {
    let output = "";
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
    await runCommand(["routes", "--cwd", root, "--format", "markdown"]).finally(() => { write.mockRestore(); });
    expect(output.replaceAll(/:\d+ \|$/gm, " |")).toBe(expectedRoutes(backend));
  });

  it("is reported on once for each defect", () => {
    for (const { owner, silent } of owners) {
      const owned = new Set(findings.filter(({ rule }) => rule === owner).map(({ file, range }) => `${file}:${range.start.line}:${range.start.column}`));
      const doubled = findings.filter(({ rule, file, range }) => silent.includes(rule) && owned.has(`${file}:${range.start.line}:${range.start.column}`));
      expect(doubled.map(place), `left to ${owner}`).toEqual([]);
    }
  });

  if (backend.endsWith("/clean")) {
    it("expects nothing, of the whole standard", () => {
      expect(expectedFindings(backend)).toEqual([]);
      expect(per).toBe("site");
    });
  }
});
