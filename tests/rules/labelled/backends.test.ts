import { describe, expect, it } from "vitest";
import { labelledBackend } from "../../support/labelled.js";
import { modelOf } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";
import { routeLine } from "../../support/route-line.js";

const names = ["elysia-macros", "express-defined-routes", "hono-mounted-in-a-loop", "lambda-middy", "next-wrapped-handlers", "nitro-drizzle"];

describe.each(names.map((name) => labelledBackend(name)))("the labelled backend $name", ({ files, lines, rules, wanted }) => {
  it("answers the routes of its table", () => {
    expect([...new Set(modelOf(files).routes.routes.map(routeLine))].sort()).toEqual(lines);
  });

  it("is reported where its lines say so, as strict has it", async () => {
    const findings = await findingsOf(files, { preset: "strict", cliOnly: true });
    const found = findings.filter(({ rule }) => rules.includes(rule)).map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`);
    expect([...new Set(found)].sort()).toEqual(wanted);
  });
});
