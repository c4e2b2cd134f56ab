import { sections } from "../standard/clauses.js";
import type { GeneratedFile } from "./generated-file.js";
import { pageOf } from "./rule-pages.js";

/**
 * The files of a new project rule: code, page and test. They do not pass as they are: the test demands a finding that
 * the check does not make, so that nobody lands them unfilled.
 */
export function scaffoldRule(section: string, name: string): readonly GeneratedFile[] {
  const clause = sections.find(({ id }) => id === section)?.clauses[0]?.id ?? "";
  return [
    { file: `rules/${section}/${name}.ts`, text: code(section, name, clause) },
    { file: pageOf({ name }), text: page() },
    { file: `tests/rules/${section}/${name}.test.ts`, text: test(name) },
  ];
}

function code(section: string, name: string, clause: string): string {
  return `import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";

export default defineRule({
  name: "${name}",
  section: "${section}",
  clauses: ["${clause}"],
  description: "Require …",
  presets: { recommended: "off", strict: "error", legacy: "off" },
  messages: {
    found: "{{what}} is wrong here, so that …. Do … instead.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "file",
    *check(model, scope) {
      for (const file of scope.files) {
        const { body } = model.facts(file);
        for (const statement of body) {
          if (statement.kind === "variable" && statement.declarators.length === 0) yield findingAt(model, file, statement.span, "found", { what: "It" });
        }
      }
    },
  },
});
`;
}

function page(): string {
  return `<!-- generated: header -->
<!-- end generated -->

What it asks and why, in two or three sentences.

## Examples

\`\`\`ts incorrect
// file: src/example.ts
\`\`\`

\`\`\`ts correct
// file: src/example.ts
\`\`\`

## Options

<!-- generated: options -->
<!-- end generated -->

## What it does not see

## When not to use it
`;
}

function test(name: string): string {
  return `import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { checkProject } from "../../support/project.js";

const check = (files: ProjectLiteral, options?: Readonly<Record<string, unknown>>) => checkProject(files, { rule: "${name}", ...(options && { options }) });

describe("reports", () => {
  it("the situation, in words", async () => {
    expect(await check({ "src/example.ts": "export const example = 1;" })).toEqual(["src/example.ts:1:14 ${name} found"]);
  });
});

describe("stays silent on", () => {
  it("the situation, in words", async () => {
    expect(await check({ "src/example.ts": "export const example = 1;" })).toEqual([]);
  });
});
`;
}
