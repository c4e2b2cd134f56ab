import { afterEach, expect, it, vi } from "vitest";
import type * as rendering from "../../src/cli/render-report.js";
import { finding, reportOf } from "../report/support.js";
import { built } from "../support/built.js";

const { renderReport, widthOf } = await built<typeof rendering>("src/cli/render-report.js");

afterEach(() => {
  vi.unstubAllEnvs();
});

it("adds the findings to the summary of a job of GitHub Actions beside its annotations", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", "summary.md");
  const { stdout, appended } = await renderReport(reportOf([finding()]), ["github"], ".");
  expect(stdout).toMatch(/^::error file=/);
  expect(appended).toEqual([["summary.md", expect.stringMatching(/^<!-- std-check -->\n### std-check: 1 error, 0 warnings in 1 file\n/)]]);
});

it("leaves the summary alone for other formats, and where there is none", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", "summary.md");
  expect((await renderReport(reportOf([finding()]), ["agent"], ".")).appended).toEqual([]);
  vi.stubEnv("GITHUB_STEP_SUMMARY", "");
  expect((await renderReport(reportOf([finding()]), ["github"], ".")).appended).toEqual([]);
});

it("takes a terminal that does not know how wide it is for one of usual width", () => {
  expect([widthOf(undefined), widthOf(0)]).toEqual([100, 100]);
  expect(widthOf(60)).toBe(60);
});
