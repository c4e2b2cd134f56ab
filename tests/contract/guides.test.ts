import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";
import { root } from "./project-files.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

const pages = ["README.md", ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)].sort();
const textOf = (page: string): string => readFileSync(path.join(root, page), "utf8");

/** The arguments of each `std-check …` that a page shows, in shell blocks, workflows and inline code. */
function commandsOf(page: string): string[][] {
  const text = textOf(page);
  const blocks = [...text.matchAll(/^```(?:sh|yaml)\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`((?:npx )?std-check(?: [^`]+)?)`/g)].map(([, code = ""]) => code);
  return [...blocks, ...inline].flatMap((line) => {
    const [, given] = /(?:^|[\s:-])(?:npx|npm run) std-check(?: --)?((?: [^#\n]*)?)(?:#.*)?$/.exec(line) ?? /^std-check((?: .*)?)$/.exec(line) ?? [];
    return given === undefined || /[…|]/.test(given) ? [] : [given.trim().split(/\s+/).filter((word) => word !== "")];
  });
}

let output = "";
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a command line and gives what it printed. */
async function printed(args: readonly string[]): Promise<{ code: number; text: string }> {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const code = await runCommand(args);
  vi.restoreAllMocks();
  return { code, text: output };
}

/** The program as commander knows it, caught before it runs anything. */
async function program(): Promise<Command> {
  const spy = vi.spyOn(Command.prototype, "parseAsync").mockResolvedValue(new Command());
  await runCommand([]);
  const [caught] = spy.mock.contexts;
  vi.restoreAllMocks();
  if (!(caught instanceof Command)) throw new Error("The command line is not read by commander.");
  return caught;
}

describe("the commands of the documentation", () => {
  const shown = pages.flatMap((page) => commandsOf(page).map((args) => ({ page, args })));
  const distinct = [...new Map(shown.map(({ args }) => [args.join(" "), args])).values()];

  it("are there, with every option", async () => {
    expect(shown.length).toBeGreaterThan(30);
    const std = await program();
    const wrong = shown.flatMap(({ page, args }) => {
      const command = std.commands.find((one) => one.name() === args[0]);
      // A first word that is neither an option nor a path must be a command.
      if (!command && args[0] !== undefined && /^[a-z]+$/.test(args[0])) return [`${page}: there is no command ${args[0]}`];
      const options = new Set([...std.options, ...(command?.options ?? [])].flatMap(({ long, short }) => [long, short]));
      return args.filter((word) => word.startsWith("-") && !options.has(word.split("=")[0])).map((word) => `${page}: std-check ${args.join(" ")} has no option ${word}`);
    });
    expect(wrong).toEqual([]);
  });

  const folder = mkdtempSync(path.join(tmpdir(), "std-check-guides-"));
  beforeAll(() => { cpSync(path.join(root, "fixtures", "express-prisma", "clean"), folder, { recursive: true }); });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  // What writes, waits for input, asks git or runs the project's own commands has tests of its own.
  const writing = /^(init|baseline|done|mcp|graph)$|^--(fix|write|lock|staged|since|history)$|=.*\.|[<>]|\/|\.ts$/;
  it.each(distinct.filter((args) => !args.some((word) => writing.test(word))).map((args) => [args.join(" ") || "(no arguments)", args] as const))("run: %s", async (_name, args) => {
    const { code } = await printed([...args, "--cwd", folder, "--no-cache"]);
    expect([0, 1]).toContain(code);
  });
});

describe("getting started", () => {
  const frameworks: Readonly<Record<string, string>> = { express: "express", fastify: "fastify", nestjs: "@nestjs/core", hono: "hono", koa: "koa" };

  it.each(Object.entries(frameworks))("with %s: the commands work in their order, and the routes are those that the page shows", async (guide, dependency) => {
    const text = textOf(`docs/guides/getting-started-${guide}.md`);
    const code = /^```ts\n([\s\S]*?)^```/m.exec(text)?.[1] ?? "";
    const files = Object.fromEntries(code.split(/^\/\/ file: /m).slice(1).map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)]));
    const { root: folder, remove } = writeProject({ "package.json": JSON.stringify({ name: "shop", private: true, type: "module", scripts: { start: "node ." }, dependencies: { [dependency]: "*", zod: "4" } }), ...files });
    try {
      const [check, routes, init] = commandsOf(`docs/guides/getting-started-${guide}.md`).slice(0, 3);
      expect([check, routes, init]).toEqual([[], ["routes"], ["init", "--yes"]]);
      expect((await printed(["--cwd", folder, "--format", "agent"])).text).not.toMatch(/ error std\//);
      expect(/^```text\n([\s\S]*?)^```/m.exec(text)?.[1]).toBe((await printed(["routes", "--cwd", folder])).text);
      await printed(["init", "--yes", "--cwd", folder]);
      expect((await printed(["--cwd", folder])).code).toBe(0);
    } finally {
      remove();
    }
  });
});

it("links of guides lead somewhere", () => {
  const missing = pages.filter((page) => page.startsWith("docs/guides/")).flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([\w./-]+\.md)\)/g)].flatMap(([, link = ""]) => (pages.includes(path.posix.join(path.posix.dirname(page), link)) ? [] : [`${page}: ${link}`])),
  );
  expect(missing).toEqual([]);
});
