import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { reportSchema } from "../../src/dev/report-schema.js";
import { finding, render } from "./support.js";

const require = createRequire(import.meta.url);
const json = (file: string): object => JSON.parse(readFileSync(require.resolve(file), "utf8")) as object;

const odd = [
  finding({ message: 'a "b" <c> & ]]> \u0001 ${d}\n%0A', help: "Move it.", related: [{ file: "src/a b.ts", range: finding().range, message: "declared here" }] }),
  finding({ severity: "warn", rule: "no-db-in-api", fingerprint: "v1:fedcba9876543210", file: "src/ü/[id].ts" }),
];

interface Sarif {
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string; readonly help: object; readonly defaultConfiguration?: object }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly partialFingerprints: object; readonly suppressions?: readonly object[]; readonly relatedLocations?: readonly { readonly message: object }[] }[];
  }];
}

const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore" });
ajv.addMetaSchema(json("ajv/lib/refs/json-schema-draft-04.json"));
const isValid = ajv.compile(json("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

/** What the schema of SARIF 2.1.0 has against a log. */
function validate(log: unknown): unknown {
  void isValid(log);
  return isValid.errors ?? [];
}

describe("sarif", async () => {
  const text = await render("sarif", odd);

  it("is valid by the schema of SARIF 2.1.0, with findings and without", async () => {
    for (const one of [text, await render("sarif", [])]) expect(validate(JSON.parse(one))).toEqual([]);
    expect(validate({ version: "2.1.0", runs: [{ results: [{}] }] })).not.toEqual([]);
  });

  it("describes each rule, and says what was let pass and why", () => {
    const [{ tool, results }] = (JSON.parse(text) as Sarif).runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["std/layer-imports", "std/no-db-in-api", "std/pure-domain"]);
    for (const rule of tool.driver.rules) expect(rule).toMatchObject({ helpUri: expect.stringMatching(/^https:/) as string, help: { text: expect.any(String) as string, markdown: expect.stringContaining("](https:") as string } });
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results.map(({ partialFingerprints }) => Object.values(partialFingerprints))).toEqual([["0123456789abcdef"], ["fedcba9876543210"], ["0123456789abcdef"]]);
    expect(results[0]?.relatedLocations).toMatchObject([{ message: { text: "declared here" }, physicalLocation: { artifactLocation: { uri: "src/a%20b.ts" } } }]);
    expect(results.map(({ suppressions }) => suppressions)).toEqual([undefined, undefined, [{ kind: "inSource", status: "accepted", justification: "known" }]]);
  });
});

describe("fixes in sarif", async () => {
  const mended = finding({ fix: [{ start: 0, end: 6, text: "export" }], suggestions: [{ message: "Take it out.", edits: [{ start: 23, end: 29, text: "" }, { start: 0, end: 0, text: "A=\n", file: ".env.example" }] }] });
  const text = await render("sarif", [mended]);

  it("replace regions of each file", () => {
    const replaced = (uri: string, startLine: number, startColumn: number, endLine: number, endColumn: number, inserted: string): object => ({ artifactLocation: { uri, uriBaseId: "ROOT" }, replacements: [{ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent: { text: inserted } }] });
    expect((JSON.parse(text) as Sarif).runs[0].results[0]).toMatchObject({
      fixes: [
        { description: { text: "Apply the fix." }, artifactChanges: [replaced("src/a%7Cb.ts", 1, 1, 1, 7, "export")] },
        { description: { text: "Take it out." }, artifactChanges: [replaced("src/a%7Cb.ts", 1, 24, 2, 5, ""), replaced(".env.example", 1, 1, 1, 1, "A=\n")] },
      ],
    });
  });

  it("are valid, and absent where a finding has none", async () => {
    expect(validate(JSON.parse(text))).toEqual([]);
    expect(await render("sarif", odd)).not.toContain('"fixes"');
  });
});

describe("XML", () => {
  it.each(["junit", "checkstyle"])("of %s parses", async (name) => {
    expect(XMLValidator.validate(await render(name, odd))).toBe(true);
    expect(XMLValidator.validate(await render(name, []))).toBe(true);
  });

  it("holds the message as it was, but for what XML cannot hold", async () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", isArray: (name) => ["file", "error", "testsuite", "testcase"].includes(name), htmlEntities: true });
    const { checkstyle } = parser.parse(await render("checkstyle", odd)) as { checkstyle: { file: readonly { name: string; error: readonly { severity: string; message: string; source: string }[] }[] } };
    expect(checkstyle.file.map(({ name, error }) => [name, error.map(({ severity, source }) => `${severity} ${source}`)])).toEqual([["src/a|b.ts", ["error std/layer-imports"]], ["src/ü/[id].ts", ["warning std/no-db-in-api"]]]);
    expect(checkstyle.file[0]?.error[0]?.message).toBe('a "b" <c> & ]]> \ufffd ${d}\n%0A');
    const { testsuites } = parser.parse(await render("junit", odd)) as { testsuites: { tests: string; failures: string; testsuite: readonly { tests: string; testcase: readonly object[] }[] } };
    expect([testsuites.tests, testsuites.failures]).toEqual(["2", "2"]);
    for (const suite of testsuites.testsuite) expect(suite.testcase).toHaveLength(Number(suite.tests));
  });
});

describe("json", () => {
  it("is what its published schema says, with findings and without", async () => {
    for (const findings of [odd, []]) expect(reportSchema.safeParse(JSON.parse(await render("json", findings))).error?.issues ?? []).toEqual([]);
  });
});

describe("gitlab", () => {
  /** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
  const schema = z.array(
    z.object({
      description: z.string().min(1),
      check_name: z.string().min(1),
      fingerprint: z.string().regex(/^[0-9a-f]+$/),
      severity: z.enum(["info", "minor", "major", "critical", "blocker"]),
      location: z.object({ path: z.string().regex(/^(?!\.\/|\/)/), lines: z.object({ begin: z.int().min(1) }) }),
    }),
  );

  it("is the report that GitLab asks for, each fingerprint once", async () => {
    const report = schema.parse(JSON.parse(await render("gitlab", odd)));
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(odd.length);
  });
});
