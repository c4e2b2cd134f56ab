import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { importGraph } from "../../src/report/graph.js";
import { graphSvg } from "../../src/report/html/graph-svg.js";
import { modelOf } from "../support/model.js";
import { finding, render } from "./support.js";

const page = await render("html", [
  finding({ related: [{ file: "src/<c>.ts", range: finding().range, message: "see `here`" }], help: "Move <it>." }),
  finding({ severity: "warn", rule: "no-db-in-api", clauses: ["ARCH-3", "ARCH-5"], file: 'src/"><script>alert(1)</script>.ts' }),
]);

const unclosed: ReadonlySet<string> = new Set(["meta", "input"]);

/** The tags of a page in order; throws where one is not closed by its own. */
function elements(text: string): { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  const found: { name: string; attributes: Map<string, string> }[] = [];
  const open: string[] = [];
  const bare = text.replace(/<(script|style)>[^]*?<\/\1>/g, "<$1></$1>").replace(/^<!doctype html>/, "");
  for (const [, closing, name = "", rest = "", empty] of bare.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/g)) {
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes another tag`);
      continue;
    }
    found.push({ name, attributes: new Map([...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value])) });
    if (!unclosed.has(name) && empty !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  return found;
}

describe("the page", () => {
  it("is well-formed, and what it refers to is there", () => {
    const all = elements(page);
    const ids = all.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = all.flatMap(({ attributes }) => [...(attributes.get("aria-labelledby")?.split(" ") ?? []), ...(attributes.get("href")?.startsWith("#") ? [attributes.get("href")?.slice(1) ?? ""] : [])]);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(["clauses", "layers", "routes", "personal", "findings", "filter", "count"]));
    expect(all.filter(({ name }) => name === "article").map(({ attributes }) => [attributes.get("data-severity"), attributes.get("data-rule"), attributes.get("data-clauses")])).toEqual([["error", "layer-imports", "ARCH-1"], ["warning", "no-db-in-api", "ARCH-3 ARCH-5"]]);
  });

  it("fetches nothing, and runs no script but its own", () => {
    expect(page).not.toMatch(/\ssrc=|<link|@import|url\((?!#)|fetch\(|XMLHttpRequest|srcset|<iframe|\son\w+="/i);
    const addresses = [...page.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([address]) => address);
    expect(addresses.filter((address) => !address.startsWith("https://example.test/") && address !== "http://www.w3.org/2000/svg")).toEqual([]);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
    const own = /<script>([^]*?)<\/script>\n<\/body>/.exec(page)?.[1] ?? "";
    expect(own).toContain("addEventListener");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${createHash("sha256").update(own).digest("base64")}'`);
  });

  it("shows texts of the project as texts", () => {
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<b> &");
    expect(page).toContain("Odd text: &lt;b&gt; &amp; &quot;quotes&quot;");
    expect(page).toContain("<code>src/&lt;c&gt;.ts:2</code> see <code>here</code>");
    expect(page).toContain('<p class="help">Move &lt;it&gt;.</p>');
    expect(page).toContain("<td>&lt;none&gt;</td>");
    expect(page).toContain("<code>User&lt;T&gt;</code></th><td>email (email)</td><td>src/user.ts:3</td>");
    expect(page).toContain("<li>email (email): src/log.ts:9</li>");
    expect(page).toContain("<title>&lt;odd&gt;</title>");
  });

  it("marks what a finding lies on", () => {
    expect(page).toContain("<i>2</i>\tconst 名 = &quot;😀&quot;; <mark>call(名)</mark>;</b>");
  });

  it("shows only where there is something to show", async () => {
    const empty = await render("html", [], { routes: () => [], personalData: () => ({ shapes: [], logged: [] }), layers: () => ({ level: "layers", nodes: [], edges: [] }) });
    elements(empty);
    expect(empty).not.toMatch(/id="(clauses|layers|routes|personal|filter)"/);
    expect(empty).toContain("None. 1 were let pass");
  });

  it("stays small with many findings and a line without end", async () => {
    const many = Array.from({ length: 2000 }, (_, index) => finding({ file: `src/file-${index % 300}.ts` }));
    expect((await render("html", many)).length).toBeLessThan(3_000_000);
    expect((await render("html", [finding({ range: { start: { line: 1, column: 50_000 }, end: { line: 1, column: 90_000 } } })], { source: () => "x".repeat(200_000) })).length).toBeLessThan(40_000);
  });
});

describe("the graph of layers", () => {
  const model = modelOf({
    "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." } }',
    "src/controllers/user.controller.ts": 'import { users } from "../repositories/user.repository.js";\nimport type { A } from "../services/user.service.js";\nexport const get = (a: A) => users(a);\n',
    "src/services/user.service.ts": 'import { users } from "../repositories/user.repository.js";\nexport type A = string;\nexport const list = () => users("");\n',
    "src/repositories/user.repository.ts": "export const users = (a: string) => [a];\n",
    "tests/user.test.ts": 'import { list } from "../src/services/user.service.js";\nlist();\n',
  });
  const found = finding({ rule: "no-db-in-api", file: "src/controllers/user.controller.ts", range: { start: { line: 1, column: 9 }, end: { line: 1, column: 14 } } });

  it("counts run-time imports, and the findings that lie on them", () => {
    const graph = importGraph(model, [found, finding({ rule: "no-pii-in-logs", file: found.file })], "layers");
    expect(graph.nodes.map(({ name, files }) => `${name} ${files}`)).toEqual(["api 1", "service 1", "repository 1"]);
    expect(graph.edges).toEqual([
      { from: "api", to: "repository", imports: 1, violations: new Map([["no-db-in-api", 1]]) },
      { from: "service", to: "repository", imports: 1, violations: new Map() },
    ]);
  });

  it("has folders and modules, too", () => {
    expect(importGraph(model, [], "folders").nodes.map(({ name }) => name)).toEqual(["src/controllers", "src/services", "src/repositories"]);
    expect(importGraph(model, [], "modules").edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["src/controllers/user.controller.ts src/repositories/user.repository.ts", "src/services/user.service.ts src/repositories/user.repository.ts"]);
  });

  it("is drawn with its violations in words", () => {
    const svg = graphSvg(importGraph(model, [found], "layers"), { standalone: true });
    elements(svg);
    expect(svg).toContain("Against the rules: api → repository: 1 import, 1 finding (no-db-in-api).");
    expect(svg.match(/class="edge bad"/g)).toHaveLength(1);
    expect(svg.match(/class="edge"/g)).toHaveLength(1);
    expect(svg).toContain("prefers-color-scheme: dark");
  });
});
