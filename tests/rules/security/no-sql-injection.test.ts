import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import { labelledCases } from "../../support/labelled.js";

const rule = "no-sql-injection";

describe("no-sql-injection, labelled cases", async () => {
  it.each([...(await labelledCases(rule)), ...(await labelledCases(rule, "second")), ...(await labelledCases(rule, "third")), ...(await labelledCases(rule, "fourth"))])("$name", ({ wanted, found }) => {
    expect(found).toEqual(wanted);
  });
});

const app = 'import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const app = express();\n';

describe("no-sql-injection", () => {
  it("reports each hole at its place, with the way that the data took", async () => {
    const files = {
      "src/app.ts": 'import express from "express";\nimport { byName } from "./users.js";\nexport const app = express();\napp.get("/v1/users", async (req, res) => { res.json(await byName(req.query.name as string)); });\n',
      "src/users.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const byName = async (name: string) => (await pool.query(`select id from users where name = \'${name}\'`)).rows;\n',
    };
    const [finding, ...others] = await findingsOf(files, { rule: "no-sql-injection", preset: "recommended" });
    expect(others).toEqual([]);
    expect(finding?.message).toContain("(req.query.name)");
    expect([finding?.file, finding?.range.start, finding?.range.end]).toEqual(["src/users.ts", { line: 3, column: 103 }, { line: 3, column: 107 }]);
    expect(finding?.related.map(({ file, range }) => `${file}:${range.start.line}:${range.start.column}`)).toEqual(["src/app.ts:4:59", "src/app.ts:4:66"]);
  });

  it("says of an unknown value that nothing shows where it comes from", async () => {
    const found = await checkProject({ "src/app.ts": `${app}declare function read(): string;\nexport const all = async () => pool.query("select id from " + read());\n` }, { rule: "no-sql-injection", preset: "recommended" });
    expect(found).toEqual(["src/app.ts:6:63 no-sql-injection unknown"]);
  });

  it("ends on functions that call each other in a circle", async () => {
    const text = `${app}const left = async (name: string, depth: number): Promise<unknown> => (depth > 3 ? right(name, depth + 1) : pool.query(\`select '\${name}'\`));\nconst right = async (name: string, depth: number): Promise<unknown> => left(name, depth + 1);\napp.get("/v1/users", async (req, res) => { res.json(await right(String(req.query.name), 0)); });\n`;
    expect(await checkProject({ "src/app.ts": text }, { rule: "no-sql-injection", preset: "recommended" })).toHaveLength(1);
  });
});
