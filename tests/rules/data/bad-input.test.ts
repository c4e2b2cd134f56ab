import { scopeOf } from "../../../src/engine/scope.js";
import { describe, expect, it } from "vitest";
import { rules } from "../../../rules/index.js";
import { modelOf, type ProjectLiteral } from "../../support/model.js";

const named = ["explicit-transactions", "use-transaction-handle", "validate-before-persist", "migrations-only", "narrow-repositories", "bounded-queries", "no-sql-injection", "no-unvalidated-input", "least-privilege"];
const head = 'import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nconst app = express();\n';
const many = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join("\n");

const projects: Readonly<Record<string, ProjectLiteral>> = {
  "functions that call themselves and each other": { "src/a.ts": `${head}async function f(x) { await pool.query(x.text); await g({ ...x, text: x.text + "a" }); return f(x.next); }\nasync function g(x) { return f(x) ?? g(x); }\napp.post("/v1/a", async (req, res) => res.json(await f(req.body)));` },
  "files that import each other in a circle": { "src/a.ts": `${head}import { b } from "./b.js"; export const a = async (x) => { await pool.query(x); return b(x); };`, "src/b.ts": 'import { a } from "./a.js"; export const b = (x) => a(`${x}`); export const c = class extends c {};' },
  "dynamic dispatch": { "src/a.ts": `${head}const table = { f: (x) => pool.query(x), g: (x) => table[x](x) };\napp.get("/v1/:name", async (req, res) => res.json(await table[req.params.name](req.query.a)));\nabstract class A { abstract run(x): unknown; }\nclass B extends A { run(x) { return this[x.name](x); } }\nclass C extends A { run = (x) => Reflect.apply(pool.query, pool, [x]); }\nexport const run = (one: A, x) => one.run(x);` },
  "packages that are absent, and a client that is generated": { "src/a.ts": 'import { client } from "nowhere";\nimport { PrismaClient } from "./generated/client";\nimport missing from "./missing.js";\nconst prisma = new PrismaClient();\nexport async function f(x) { await client.$transaction(async (tx) => { await prisma.user.create({ data: x }); await missing(tx); }); }' },
  "a very long function": { "src/a.ts": `${head}app.post("/v1/a", async (req, res) => {\nlet text = "select 1";\n${many(1500, (index) => `if (req.body.a${index}) text += req.body.b${index}; await pool.query("insert into a${index} values ($1)", [req.body]);`)}\nres.json(await pool.query(text));\n});` },
  "deep nesting of calls, objects and texts": { "src/a.ts": `${head}app.post("/v1/a", async (req, res) => { await pool.query(${"`${".repeat(80)}req.body.a${"}`".repeat(80)}); await pool.query("insert", [${"{ a: ".repeat(150)}req.body${" }".repeat(150)}]); res.json(${"f(".repeat(150)}req${")".repeat(150)}); });` },
};

describe("bad input", () => {
  it.each(Object.keys(projects))("does not stop the rules of data and input, nor make them slow: %s", (name) => {
    const model = modelOf({ "package.json": '{ "scripts": { "start": "node ." }, "dependencies": { "express": "*", "pg": "*", "@prisma/client": "*" } }', ...projects[name] });
    const start = process.cpuUsage();
    for (const rule of rules.filter((one) => named.includes(one.name))) expect(() => [...(rule.project?.check(model, scopeOf(model.files, true), rule.defaultOptions) ?? [])]).not.toThrow();
    // A guard against growing without bound, which took minutes; a worker full of other tests multiplies the time. How fast it is, the benchmarks watch.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(20_000);
    expect(model.cutFlows).toBeGreaterThanOrEqual(0);
  });

  it("is counted where it is too long to follow", () => {
    const model = modelOf({ ...projects["a very long function"] });
    for (const node of model.values.index("src/a.ts").functions.keys()) model.transactions.summaryOf("src/a.ts", node);
    expect(model.cutFlows).toBeGreaterThan(0);
  });
});
