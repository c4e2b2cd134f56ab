import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import type * as writing from "../../src/cli/write-report.js";
import { finding, reportOf } from "../report/support.js";
import { built } from "../support/built.js";

const { writeReport } = await built<typeof writing>("src/cli/write-report.js");

const folder = mkdtempSync(path.join(tmpdir(), "std-check-"));
const summary = path.join(folder, "summary.md");
let output = "";
beforeEach(() => {
  output = "";
  writeFileSync(summary, "# Other step\n");
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

it("adds the findings to the summary of a job of GitHub Actions beside its annotations", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
  await writeReport(reportOf([finding()]), ["github"], folder);
  expect(output).toMatch(/^::error file=/);
  expect(readFileSync(summary, "utf8")).toMatch(/^# Other step\n<!-- std-check -->\n### std-check: 1 error, 0 warnings in 1 file\n/);
});

it("leaves the summary alone for other formats, and where there is none", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
  await writeReport(reportOf([finding()]), ["agent"], folder);
  vi.stubEnv("GITHUB_STEP_SUMMARY", "");
  await writeReport(reportOf([finding()]), ["github"], folder);
  expect(readFileSync(summary, "utf8")).toBe("# Other step\n");
});
