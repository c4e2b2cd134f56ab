import { instance } from "@viz-js/viz";
import { format, type ICruiseResult } from "dependency-cruiser";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");
const { root, remove } = writeProject({
  "std-check.config.json": '{ "root": true }',
  "src/controllers/user.controller.ts": 'import { list } from "../services/user.service.js";\nexport class UserController { get() { return list(); } }\n',
  "src/services/user.service.ts": 'import { UserController } from "../controllers/user.controller.js";\nimport { users } from "../repositories/user.repository.js";\nexport const list = () => [users, new UserController()];\n',
  "src/repositories/user.repository.ts": "export const users = [1];\n",
});

let output = "";
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => { vi.restoreAllMocks(); });
afterAll(remove);

async function graph(...options: readonly string[]): Promise<string> {
  return graphOf(root, ...options);
}

async function graphOf(folder: string, ...options: readonly string[]): Promise<string> {
  output = "";
  await runCommand(["graph", ...options, "--cwd", folder, "--no-cache"]);
  return output;
}

describe("std-check graph", () => {
  it("writes mermaid, with violations coloured by the number of their link", async () => {
    const text = await graph();
    expect(text.split("\n").filter((line) => line !== "")).toEqual(["flowchart LR", '0["api"]', '1["service"]', '2["repository"]', "0-->1", "1-->0", "1-->2", ...violated(text)]);
    expect(violated(text)).toContain("linkStyle 1 stroke:#c62a3b,stroke-width:3px");
    expect(violated(text)).not.toContain("linkStyle 2 stroke:#c62a3b,stroke-width:3px");
  });

  it("writes dot, with violations in red", async () => {
    const lines = (await graph("--format", "dot")).split("\n").map((line) => line.trim());
    expect(lines.find((line) => line.startsWith('"service" -> "api"'))).toContain('color="red"');
    expect(lines).toContain('"service" -> "repository"');
  });

  it("writes JSON that dependency-cruiser reads again", async () => {
    const result = JSON.parse(await graph("modules", "--format", "json")) as ICruiseResult;
    expect(result.summary.violations).toContainEqual(expect.objectContaining({ from: "src/services/user.service.ts", to: "src/controllers/user.controller.ts", rule: { name: "layer-imports", severity: "error" } }));
    const { output: text } = await format(result, { outputType: "err" });
    expect(text).toContain("layer-imports");
  });

  it("keeps to what is in focus and its neighbours", async () => {
    const text = await graph("folders", "--focus", "src/repositories");
    expect(text).toContain("repositories");
    expect(text).toContain("services");
    expect(text).not.toContain("controllers");
    expect(text).toMatch(/^style \S+ fill:lime/m);
    await expect(graph("--focus", "nothing")).rejects.toMatchObject({ code: "nothing-in-focus", hint: expect.stringContaining("api") as string });
  });

  it("writes a picture and a page, and names the formats that there are", async () => {
    expect(await graph("--format", "svg")).toMatch(/^<svg class="graph"[^]*service → api: 1 import, 1 finding \(layer-imports\)/);
    expect(await graph("--format", "html")).toMatch(/^<!doctype html>[^]*<li>service → api: 1 import, 1 finding \(layer-imports\)<\/li>/);
    await expect(graph("--format", "png")).rejects.toMatchObject({ code: "unknown-format" });
  });
});

describe("names that mean something to a format", () => {
  const odd = ['src/a"b/[id].ts', "src/a|b<c>{d}/x&y;z.ts", "src/o`tick$;#/é ü.ts", "src/(end)/end.ts"];
  const project = writeProject({ "std-check.config.json": '{ "root": true }', "src/main.ts": odd.map((file, index) => `import { a as a${index} } from ${JSON.stringify(`./${file.slice(4, -3)}.js`)};\n`).join(""), ...Object.fromEntries(odd.map((file) => [file, "export const a = 1;\n"])) });
  afterAll(project.remove);

  it("are shown by Graphviz as they are", async () => {
    const graphviz = await instance();
    for (const level of ["folders", "modules"]) {
      const { status, output: svg = "" } = graphviz.render(await graphOf(project.root, level, "--format", "dot"), { format: "svg" });
      expect(status).toBe("success");
      const shown = new Set([...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => decoded(text)));
      for (const name of odd.flatMap((file) => (level === "modules" ? file.split("/") : file.split("/").slice(1, -1)))) expect(shown).toContain(name);
    }
  });

  it("are written for mermaid in its entities", async () => {
    const lines = (await graphOf(project.root, "modules")).split("\n").map((line) => /"(.*)"/.exec(line)?.[1]).filter((name) => name !== undefined);
    expect(lines).toEqual(expect.arrayContaining(["a#34;b", "a|b#60;c#62;{d}", "x#38;y#59;z.ts", "o#96;tick$#59;#35;", "é ü.ts"]));
    expect(lines.join("")).not.toMatch(/["<>`]/);
  });
});

/** A text of XML with its entities read. */
function decoded(text: string): string {
  const named: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">" };
  return text.replace(/&(#\d+|\w+);/g, (_, name: string) => (name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : (named[name] ?? name)));
}

function violated(text: string): string[] {
  return text.split("\n").filter((line) => line.startsWith("linkStyle"));
}
