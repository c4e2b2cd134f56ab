import { describe, expect, it } from "vitest";
import { readSql } from "../../src/model/data/sql.js";
import { textOf } from "../../src/model/values/text.js";
import { modelOf, type ProjectLiteral } from "../support/model.js";

/** The parts of the text that `probe(…)` is given: text as it is, choices as `{a|b}`, holes as `<source>`, bound pieces as `[source]`. */
function parts(text: string, others: ProjectLiteral = {}): string {
  const files: ProjectLiteral = { "src/a.ts": text, ...others };
  const model = modelOf(files);
  const call = model.values.index("src/a.ts").calls.find(({ node }) => node.callee.kind === "name" && node.callee.name === "probe");
  const argument = call?.node.arguments[0];
  if (!argument) throw new Error("no probe(…) in the file");
  return textOf(model.values, "src/a.ts", argument)
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "choice") return `{${part.texts.join("|")}}`;
      const source = (files[part.file] ?? "").slice(part.expression.span[0], part.expression.span[1]);
      return part.kind === "bound" ? `[${source}]` : `<${source}>`;
    })
    .join("");
}

describe("text", () => {
  it("is one piece where a pattern takes something out of all that is unknown in it", () => {
    expect(parts('declare const name: string; probe(String(name || "all").replace(/[^a-z]/g, ""));')).toBe('<String(name || "all").replace(/[^a-z]/g, "")>');
    expect(parts('declare const name: string; probe(`SELECT  ${name}`.replace(/\\s+/g, " "));')).toBe("SELECT  <name>");
    expect(parts('declare const name: string; probe(`a = ${name},`.replace(/,$/, ""));')).toBe("a = <name>,");
  });

  it("is folded from constants", () => {
    expect(parts('const table = "users"; const where = "WHERE " + "id = 1"; probe(`SELECT * FROM ${table} ${where}`);')).toBe("SELECT * FROM users WHERE id = 1");
    expect(parts('import { columns } from "./c"; probe("SELECT " + columns.join(", ") + " FROM a");', { "src/c.ts": 'export const columns = ["a", "b"] as const;' })).toBe("SELECT a, b FROM a");
    expect(parts('enum T { Users = "users" } probe(`FROM ${T.Users}`);')).toBe("FROM users");
    expect(parts('class Q { static readonly all = "SELECT 1"; } probe(Q.all);')).toBe("SELECT 1");
    expect(parts('import * as q from "./q"; probe(q.all);', { "src/q.ts": 'export const all = "SELECT 1";' })).toBe("SELECT 1");
    expect(parts('const all = () => "SELECT 1"; probe(all().trim());')).toBe("SELECT 1");
    expect(parts('const { all } = { all: "SELECT 1" }; probe(all);')).toBe("SELECT 1");
  });

  it("may be one of several constants", () => {
    expect(parts('function f(d) { probe("ORDER BY id " + (d ? "ASC" : "DESC")); }')).toBe("ORDER BY id {ASC|DESC}");
    expect(parts('const byKey = { name: "u.name", age: "u.age" }; function f(key) { probe(`ORDER BY ${byKey[key]}`); }')).toBe("ORDER BY {u.name|u.age}");
    expect(parts('for (const table of ["a", "b"]) probe(`DELETE FROM ${table}`);')).toBe("DELETE FROM {a|b}");
  });

  it("has holes where only run time knows", () => {
    expect(parts("function f(id) { probe(`WHERE id = ${id}`); }")).toBe("WHERE id = <id>");
    expect(parts('function f(id) { const w = id ? "AND id = " + id : ""; probe("WHERE 1=1 " + w); }')).toBe("WHERE 1=1 AND id = <id>");
    expect(parts('let table = "a"; table = read(); probe(`FROM ${table}`);')).toBe("FROM <table>");
    expect(parts('const list = ["a"]; list.push(read()); probe(list.join(","));')).toBe("a,<read()>");
    expect(parts('function f(name) { const t = name ?? "a"; probe(t); }')).toBe("<name>a");
    expect(parts('class Q { table = "a"; set(t) { this.table = t; } run() { probe(`FROM ${this.table}`); } }')).toBe("FROM <this.table>");
    expect(parts("const all = (t) => `SELECT * FROM ${t}`; probe(all(x));")).toBe("SELECT * FROM <t>");
  });

  it("keeps what a library binds apart", () => {
    expect(parts('import { Prisma } from "@prisma/client"; function f(id) { probe(Prisma.sql`SELECT ${id}`); }')).toBe("[Prisma.sql`SELECT ${id}`]");
    expect(parts('import { Prisma } from "@prisma/client"; function f(ids) { const list = Prisma.join(ids); probe(list); }')).toBe("[Prisma.join(ids)]");
  });

  it("ends where it goes in circles", () => {
    expect(parts("const a = () => b(); const b = () => a(); probe(a());")).toContain("<");
  });
});

describe("statements", () => {
  it.each([
    ["SELECT * FROM a", { role: "list" }],
    ["  -- all\n select * from a limit 5", { role: "list", limited: true }],
    ["/* x */ SELECT COUNT(*) FROM a", { role: "list", aggregate: true }],
    ["SELECT count(*), b FROM a GROUP BY b", { role: "list" }],
    ["SELECT 1", { role: "list", aggregate: true }],
    ["INSERT INTO a VALUES (?)", { role: "write", write: "insert", table: "a" }],
    ["insert into a (b) values (?) on conflict (b) do update set c = 1", { role: "write", write: "upsert", table: "a" }],
    ["INSERT INTO a VALUES (?) ON DUPLICATE KEY UPDATE b = 1", { role: "write", write: "upsert", table: "a" }],
    ["insert or replace into a values (?)", { role: "write", write: "upsert", table: "a" }],
    ["insert into a select * from b join c on b.id = c.id", { role: "write", write: "insert", table: "a" }],
    ["update a set b = 1", { role: "write", write: "update", table: "a", unfiltered: true }],
    ["UPDATE a SET b = 1 WHERE c = ?", { role: "write", write: "update", table: "a" }],
    ["DELETE FROM a ?", { role: "write", write: "delete", table: "a" }],
    ["DELETE FROM ? .sessions WHERE id = ?", { role: "write", write: "delete", table: "sessions" }],
    ['UPDATE "back"."users" SET a = 1 WHERE b = ?', { role: "write", write: "update", table: "users" }],
    ["INSERT INTO ? (a) VALUES (?)", { role: "write", write: "insert" }],
    ["WITH x AS (SELECT 1) DELETE FROM a WHERE id IN (SELECT * FROM x)", { role: "write", write: "delete" }],
    ["WITH x AS (DELETE FROM a) SELECT * FROM x", { role: "list" }],
    ["BEGIN", { role: "begin" }],
    ["BEGIN; SELECT lock(); UPDATE users SET name = 'a' WHERE id = 1; COMMIT;", { role: "write", write: "update", table: "users" }],
    ["BEGIN; SELECT 1; COMMIT", { role: "other" }],
    ["BEGIN ISOLATION LEVEL SERIALIZABLE", { role: "begin" }],
    ["BEGIN DBMS_STATS.GATHER_TABLE_STATS(:schema, :name); END;", { role: "other" }],
    ["START TRANSACTION", { role: "begin" }],
    ["COMMIT;", { role: "commit" }],
    ["ROLLBACK", { role: "rollback" }],
    ["ROLLBACK TO a", { role: "savepoint" }],
    ["CREATE TABLE a (id int)", { role: "schema" }],
    ["CREATE TEMPORARY TABLE a (id int)", { role: "other" }],
    ["ALTER TABLE a ADD b int", { role: "schema" }],
    ["ALTER TABLE a.b DELETE WHERE c = ?", { role: "write", write: "delete" }],
    ["ALTER TABLE a UPDATE b = 1 WHERE c = ?", { role: "write", write: "update" }],
    ["ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c ON DELETE CASCADE", { role: "schema" }],
    ["TRUNCATE a", { role: "write", write: "delete", unfiltered: true }],
    ["'update' x", { role: "other" }],
    ["", { role: "other" }],
  ])("%s", (text, expected) => {
    expect(readSql(text)).toEqual(expected);
  });

  it("are read in linear time", () => {
    const start = performance.now();
    for (const text of ["/*".repeat(50_000), "-".repeat(100_000), "'".repeat(99_999), "(".repeat(100_000), "*/*".repeat(30_000)]) readSql(`with ${text}`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
