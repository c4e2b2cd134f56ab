import { describe, expect, it } from "vitest";
import { reportSchema } from "../../src/dev/report-schema.js";
import { formatNames, loadFormat } from "../../src/report/formats.js";
import { finding, render } from "./support.js";

describe.each(formatNames)("%s", (name) => {
  it("gives the same text for the same report, and something for none", async () => {
    expect(await render(name)).toBe(await render(name));
    expect(typeof (await render(name, []))).toBe("string");
  });
});

describe("pretty", () => {
  it("marks the range below its line, wide characters and tabs counted as they are shown", async () => {
    const lines = (await render("pretty", [finding()])).split("\n");
    const code = lines.findIndex((line) => line.includes("call("));
    expect(lines[code]).toBe('  2 │   const 名 = "😀"; call(名);');
    expect(lines[code + 1]).toBe(`    │ ${" ".repeat(19)}────────`);
  });

  it("prints what was not seen, and the sum", async () => {
    const text = await render("pretty");
    expect(text).toContain("imports: 5,742 resolved, 2 not · layers: 1 of 2 files classified · flows: 3 not followed to their end");
    expect(text).toContain("not read: big.ts (larger than 2 MB)");
    expect(text.trimEnd().split("\n").at(-1)).toBe("1 error, 1 warning in 1 file (1 let pass by comments, exceptions or the baseline)");
  });

  it("uses no escape codes without colour", async () => {
    expect(await render("pretty")).not.toContain("\u001b");
  });
});

describe("json and its kin", () => {
  it("are well-formed JSON with the findings", async () => {
    expect(JSON.parse(await render("json"))).toMatchObject({ version: 1, findings: [{ rule: "layer-imports", range: { start: { line: 2, column: 18 } }, fingerprint: "v1:0123456789abcdef" }, {}], summary: { errors: 1, warnings: 1 } });
    expect(JSON.parse(await render("gitlab"))).toHaveLength(2);
    const sarif: unknown = JSON.parse(await render("sarif"));
    expect(sarif).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "utf16CodeUnits", results: [{ ruleId: "std/layer-imports" }, {}, { suppressions: [{ kind: "inSource", justification: "known" }] }] }] });
  });
});

describe("XML, annotations, markdown", () => {
  it("sums up what a range changes beside its findings", async () => {
    const place = { file: "src/a.ts", line: 5, rules: "require-auth", reason: undefined };
    const changes = { routes: ["opened: GET /<x> auth was required and is none"], suppressions: { added: [place], removed: [{ ...place, reason: "was | known" }] }, mended: 2 };
    const lines = (await render("markdown", [], { changes: () => changes })).split("\n");
    expect(lines.filter((line) => line !== "")).toEqual([
      "<!-- std-check -->",
      "### std-check: no new findings",
      "2 findings mended.",
      "**Routes**",
      "- opened: GET /&lt;x> auth was required and is none",
      "**Suppressions added**",
      "- `src/a.ts:5` require-auth (no reason given)",
      "**Suppressions removed**",
      "- `src/a.ts:5` require-auth: was \\| known",
    ]);
    expect(await render("markdown", undefined, { changes: () => changes })).toMatch(/new error.*\*\*Routes\*\*.*<details>/s);
    expect(reportSchema.parse(JSON.parse(await render("json", [], { changes: () => changes }))).changes).toEqual({ ...changes, suppressions: { ...changes.suppressions, added: [{ file: "src/a.ts", line: 5, rules: "require-auth" }] } });
  });

  it("escape what the format gives a meaning to", async () => {
    expect(await render("junit")).toContain("Odd text: &lt;b&gt; &amp; &quot;quotes&quot; | pipe ]]&gt; 100%&#10;second line");
    expect(await render("checkstyle")).toContain('<file name="src/a|b.ts">');
    expect((await render("github")).split("\n")[0]).toBe('::error file=src/a|b.ts,line=2,endLine=2,col=18,endColumn=25,title=std/layer-imports::Odd text: <b> & "quotes" | pipe ]]> 100%25%0Asecond line'.replace("title=std/", "title=std/"));
    expect(await render("markdown")).toContain("| error | `src/a\\|b.ts:2` | std/layer-imports | Odd text: &lt;b> & \"quotes\" \\| pipe ]]> 100% second line |");
    expect((await render("agent")).split("\n")).toHaveLength(4);
  });
});

it("names the nearest format", async () => {
  await expect(loadFormat("sarfi")).rejects.toMatchObject({ code: "unknown-format", hint: expect.stringContaining('"sarif"') as string });
});
