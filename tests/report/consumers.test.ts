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

describe("sarif", async () => {
  const text = await render("sarif", odd);
  const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore" });
  ajv.addMetaSchema(json("ajv/lib/refs/json-schema-draft-04.json"));
  const isValid = ajv.compile(json("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

  it("is valid by the schema of SARIF 2.1.0, with findings and without", async () => {
    for (const one of [text, await render("sarif", [])]) {
      isValid(JSON.parse(one));
      expect(isValid.errors ?? []).toEqual([]);
    }
    expect(isValid({ version: "2.1.0", runs: [{ results: [{}] }] })).toBe(false);
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
