import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractFacts } from "../../src/facts/extract.js";
import type { ImportFact } from "../../src/facts/facts.js";
import type { Expression } from "../../src/facts/syntax.js";

const facts = (text: string, file = "a.ts") => extractFacts(file, text);
const line = (fact: ImportFact) =>
  [fact.form, fact.specifier ?? "?", fact.typeOnly && "type", fact.deferred && "deferred", ...fact.names.map((name) => `${name.imported}:${name.local}:${name.typeOnly ? "type-" : ""}${name.use}`)]
    .filter(Boolean)
    .join(" ");
const imports = (text: string, file?: string) => facts(text, file).imports.map(line);

/** The expression of the last statement. */
function last(text: string): Expression {
  const statement = facts(text).body.at(-1);
  if (statement?.kind !== "expression") throw new Error("the text must end in an expression statement");
  return statement.value;
}

describe("imports", () => {
  it("tells the forms of an import apart", () => {
    expect(
      imports(`
        import "./effect.js";
        import a, { b as c, type D } from "./a.js";
        import * as ns from "./ns.js";
        import type { T } from "./t.js";
        export { x, y as z } from "./x.js";
        export * from "./star.js";
        export * as all from "./all.js";
        import old = require("./old");
        const lazy = () => import("./lazy.js");
        const { pick } = require("./cjs");
        let q: import("./types.js").Q;
        console.log(a, c, ns.f, old, q as D as T);
      `),
    ).toEqual([
      "import ./effect.js",
      "import ./a.js default:a:value b:c:value D:D:type-type",
      "import ./ns.js *:ns:value",
      "import ./t.js type T:T:type-type",
      "export ./x.js x:x:value y:z:value",
      "export-star ./star.js",
      "export-star ./all.js *:all:value",
      "import-equals ./old export=:old:value",
      "dynamic ./lazy.js deferred",
      "require ./cjs pick:pick:none",
      "import-type ./types.js type Q:Q:type-value",
    ]);
  });

  it("folds specifiers that are constants of the file", () => {
    expect(imports('const base = "./db"; await import(`${base}/pool.js`); await import(process.argv[2]); require("./" + base);')).toEqual([
      "dynamic ./db/pool.js",
      "dynamic ?",
      "require ././db",
    ]);
  });

  it("follows createRequire and names what is taken from a loaded module", () => {
    expect(
      imports(`
        import { createRequire } from "node:module";
        const load = createRequire(import.meta.url);
        const pg = load("pg");
        async function f() { const { Pool: P } = await import("./pool.js"); return new P(pg); }
        const only = require("./one").one;
      `),
    ).toEqual(["import node:module createRequire:createRequire:value", "require pg *:pg:value", "dynamic ./pool.js deferred Pool:P:value", "require ./one one:only:none"]);
  });

  it("counts a type of a decorated declaration as kept by metadata, and its type arguments not", () => {
    expect(
      imports(`
        import { Injectable, Inject } from "@nestjs/common";
        import { UserRepository } from "./user.repository";
        import { Inner } from "./inner";
        import { Plain } from "./plain";
        @Injectable()
        export class UserService {
          constructor(private readonly users: UserRepository, @Inject("x") private readonly list: Map<Inner, string>) {}
          find(query: Plain) { return query; }
        }
      `).slice(1),
    ).toEqual(["import ./user.repository UserRepository:UserRepository:metadata", "import ./inner Inner:Inner:type", "import ./plain Plain:Plain:type"]);
  });

  it("does not take a shadowing local for a use of the import", () => {
    expect(imports('import { db } from "./db.js"; function f(db: number) { return db; } f(1);')).toEqual(["import ./db.js db:db:none"]);
  });

  it("reads the modules that JSDoc of a script names, and leaves other comments and TypeScript alone", () => {
    const text = '/** @type {import("./shape.js").Shape} */ const a = 1; // import("./not.js")\n';
    expect(imports(text, "a.js")).toEqual(["jsdoc ./shape.js type"]);
    expect(imports(text, "a.ts")).toEqual([]);
  });
});

describe("exports", () => {
  const names = (text: string, file?: string) => facts(text, file).exports.map((entry) => `${entry.name}${entry.typeOnly ? " type" : ""} ${entry.binding === undefined ? "-" : facts(text, file).bindings[entry.binding]?.name}`);

  it("lists declarations, lists, defaults and types", () => {
    expect(
      names(`
        export const a = 1, { b, c: [d] } = x;
        export function f() {}
        export default class K {}
        export interface I {}
        export { later as early };
        const later = 1;
        namespace N { export const hidden = 1; }
      `),
    ).toEqual(["a a", "b b", "d d", "f f", "default K", "I type I", "early later"]);
  });

  it("keeps the place of an expression that is exported by default", () => {
    const read = facts("const x = 1; export default express().use(x);");
    expect(read.exports).toMatchObject([{ name: "default" }]);
    expect(read.body[read.defaultExport ?? -1]).toMatchObject({ kind: "expression", value: { kind: "call" } });
  });

  it("reads CommonJS exports", () => {
    expect(names("const a = 1; module.exports = { a, b: 2 }; exports.c = a; module.exports.d = 4;", "a.cjs")).toEqual(["export= -", "a a", "b -", "c a", "d -"]);
    expect(names("const a = 1; exports = module.exports = a;", "b.cjs")).toEqual(["export= a"]);
    expect(names("module.exports = exports = { e: 1 }; exports.f = exports.g = 2;", "c.cjs")).toEqual(["export= -", "e -", "f -", "g -"]);
    expect(names("const app = module.exports = start(); const other = module.id = 1;", "d.cjs")).toEqual(["export= app"]);
    expect(names("const helpers = module.exports; helpers.find = function () {}; const other = {}; other.keep = 1;", "e.cjs")).toEqual(["find -"]);
  });
});

describe("names", () => {
  const bindingOf = (text: string) => {
    const value = last(text);
    return value.kind === "name" ? value.binding : undefined;
  };

  it("resolves to the innermost declaration, also one that comes later", () => {
    const read = facts("function f() { return later; const later = 1; } const later = 2;");
    const body = read.body[0];
    const returned = body?.kind === "function" ? body.function.body?.[0] : undefined;
    const binding = returned?.kind === "return" && returned.value?.kind === "name" ? returned.value.binding : undefined;
    expect(read.bindings[binding ?? -1]).toMatchObject({ name: "later", kind: "variable" });
    expect(read.bindings[binding ?? -1]?.top).toBeUndefined();
  });

  it("hoists var to the function and leaves globals unbound", () => {
    expect(bindingOf("if (true) { var a = 1; } a;")).toBe(0);
    expect(bindingOf("{ const a = 1; } a;")).toBeUndefined();
    expect(bindingOf("process;")).toBeUndefined();
  });

  it("marks what is assigned again", () => {
    expect(facts("let a = 1; a = 2; let b = 1; b++; let c = 1; [c] = [2]; const d = 1;").bindings.map((binding) => binding.reassigned ?? false)).toEqual([true, true, true, false]);
  });
});

describe("expressions", () => {
  it("gives literal indexes as members and drops parentheses", () => {
    expect(last('(process)["env"].KEY;')).toMatchObject({ kind: "member", property: "KEY", object: { kind: "member", property: "env", object: { kind: "name", name: "process" } } });
  });

  it("keeps the parts of syntax that it does not model", () => {
    const value = facts("const page = <Page user={user} onClick={() => save(user)}><b>{name}</b></Page>;", "a.tsx").body[0];
    const parts = value?.kind === "variable" && value.declarators[0]?.value?.kind === "other" ? value.declarators[0].value.parts : [];
    expect(parts.map((part) => (part.kind === "name" ? part.name : part.kind))).toEqual(["Page", "user", "function", "other"]);
  });

  it("names functions after what holds them", () => {
    const read = facts("const handler = async () => {}; export const x = { create() {}, remove: function () {} }; exports.find = () => 1;", "a.js");
    const names: (string | undefined)[] = [];
    JSON.stringify(read, (key, value: unknown) => {
      if (key === "function" && typeof value === "object" && value !== null && "name" in value) names.push(String(value.name));
      return value;
    });
    expect(names).toEqual(["handler", "create", "remove", "find"]);
  });

  it("keeps templates, tags and casts", () => {
    expect(last("sql`select ${a} from ${b}`;")).toMatchObject({ kind: "template", texts: ["select ", " from ", ""], tag: { name: "sql" }, values: [{ name: "a" }, { name: "b" }] });
    expect(last("(body as Dto)!;")).toMatchObject({ kind: "cast", form: "non-null", value: { kind: "cast", form: "as", type: { kind: "reference", name: "Dto" } } });
  });
});

describe("odd input", () => {
  it("names the first syntax error and keeps what it can", () => {
    const read = facts('import { a } from "./a.js";\nconst x = {;\nexport const y = a;');
    expect(read.syntaxError?.span[0]).toBeGreaterThan(28);
    expect(read.imports).toHaveLength(1);
    expect(read.exports.map((entry) => entry.name)).toEqual(["y"]);
  });

  it.each(["", "\n", "// only a comment", "#!/usr/bin/env node\nmain();", "a\r\nb\r\n", "const 😀 = 1", "@"])("reads %j", (text) => {
    const read = facts(text);
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });

  it("finds directives in comments only", () => {
    const read = facts('const url = "http://x"; // eslint-disable-line std/x -- why\nconst s = "// eslint-disable-line";\n/* eslint std/y: off */\n{ /* not a directive about eslint */ }');
    expect(read.directives.map((directive) => directive.text)).toEqual(["eslint-disable-line std/x -- why", "eslint std/y: off"]);
  });

  it("passes templates and scripts with the types of Flow over where they are no JavaScript", () => {
    const reasonOf = (file: string, text: string): (string | undefined)[] => [extractFacts(file, text).passedOver, extractFacts(file, text).syntaxError?.message];
    expect(reasonOf("src/boot.js", "window.settings = { version: <%- JSON.stringify(version) %> };")).toEqual(["template", undefined]);
    expect(reasonOf("src/users.js", "// @flow\nconst find = (id: string) => (id: any) + ({ a: 1 }: Shape);\n")).toEqual(["flow", undefined]);
    expect(reasonOf("src/plain.js", "// @flow\nexport const one = 1;\n")).toEqual([undefined, undefined]);
    expect(reasonOf("src/page.ts", "const a = <%- b %>;")[0]).toBeUndefined();
    expect(reasonOf("src/broken.js", "const a = ;")).toEqual([undefined, "Expression expected."]);
  });

  it("knows bundles by their size or name, and keeps what they import and their secrets", () => {
    const code = `import { a } from "./a.js";\nexport const key = "${"ghp_"}${"1".repeat(3)}";\nexport const f = () => a;\n`;
    const large = extractFacts("static/app.js", code + "export const g = () => 1;\n".repeat(11_000));
    expect([large.passedOver, large.imports.length, large.body, large.exports]).toEqual(["bundle", 1, [], []]);
    expect(extractFacts("static/app.min.js", code).passedOver).toBe("bundle");
    const loads = Array.from({ length: 6 }, (_, index) => `require("./part-${index}");\n`).join("");
    expect(extractFacts("server/routes.js", loads + "const g = () => 1;\n".repeat(16_000)).passedOver).toBeUndefined();
    expect(extractFacts("src/tables.ts", code + "export const g = () => 1;\n".repeat(11_000)).passedOver).toBeUndefined();
  });

  it("knows generated files by their first lines", () => {
    expect(facts("/* @generated by a tool */\nexport {};").generated).toBe(true);
    expect(facts("/**\n * GENERATED CODE - DO NOT MODIFY\n */\nexport {};").generated).toBe(true);
    expect(facts("// Lists generated code of the day.\nexport {};").generated).toBeUndefined();
    expect(facts('import { User } from "@generated/user";\nexport {};').generated).toBeUndefined();
    expect(facts("// The id is generated by the database.\nexport {};").generated).toBeUndefined();
  });
});

describe("facts", () => {
  it("hold no node twice, of which a cache would make two", () => {
    const fixtures = path.join(import.meta.dirname, "../../fixtures");
    const files = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((file) => /\.[cm]?[jt]sx?$/.test(file));
    expect(files.length).toBeGreaterThan(100);
    const scripts = ['if (production) module.exports = require("./live"); else module.exports = require("./local");', ";(function () { module.exports = function (app) { app.get('/', show); }; })();", "const app = (module.exports = make()); exports.other = app;"];
    for (const text of scripts) expect(sharedIn(facts(text, "a.js")), text).toEqual([]);
    for (const file of files) expect(sharedIn(facts(readFileSync(path.join(fixtures, file), "utf8"), file)), file).toEqual([]);
  });
});

/** The objects that are found on two ways through a value. */
function sharedIn(value: object): object[] {
  const seen = new Set<object>();
  const shared: object[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if (seen.has(part) && !isSpan(part)) shared.push(part);
    if (seen.has(part)) return;
    seen.add(part);
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return shared;
}

/** Places are compared by what they say. */
function isSpan(part: object): boolean {
  return Array.isArray(part) && part.length === 2 && part.every((offset) => typeof offset === "number");
}
