import { describe, expect, it } from "vitest";
import { findingsInHistory } from "../support/history.js";
import { findingsOf } from "../support/project.js";
import { examplesOf, readPage } from "./pages.js";
import { rules } from "./project-files.js";

const headings = ["## Examples", "## Options", "## What it does not see", "## When not to use it"];

describe.each(rules.map((rule) => ({ name: rule.name, rule, page: readPage(rule.name) })))("$name", ({ name, rule, page }) => {
  if (page === undefined) return it.todo("has a page");

  it("has the headings of a page in their order", () => {
    expect(page.split("\n").filter((line) => line.startsWith("## "))).toEqual(headings);
    expect(page.match(/^<!-- (end )?generated.*-->$/gm)).toEqual(["<!-- generated: header -->", "<!-- end generated -->", "<!-- generated: options -->", "<!-- end generated -->"]);
    for (const heading of headings) expect(page.split(`${heading}\n`)[1]?.split(/^## /m)[0]?.trim(), heading).not.toBe("");
  });

  const examples = examplesOf(page);

  it("has examples of both kinds", () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(["incorrect", "correct"]));
  });

  it.each(examples)("shows what it says: the $kind example in line $line", async ({ kind, files, history }) => {
    const { strict } = rule.presets;
    const options = typeof strict === "string" ? {} : strict[1];
    const cliOnly = rule.file === undefined && rule.project === undefined;
    const found = history.length > 0 ? await findingsInHistory(history, name, options) : await findingsOf(files, { rule: name, options, cliOnly });
    const messages = found.map((finding) => `${finding.file}:${finding.range.start.line} ${finding.rule}: ${finding.message}`);
    if (kind === "correct") expect(messages).toEqual([]);
    else expect(messages).not.toEqual([]);
    for (const finding of found) expect(finding.rule, finding.message).toBe(name);
  });
});
