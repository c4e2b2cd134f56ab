import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type * as editor from "../../src/engine/editor-host.js";
import type * as files from "../../src/engine/project-files.js";
import type * as projects from "../../src/engine/project.js";
import type * as registry from "../../src/engine/registry.js";
import type * as engine from "../../src/engine/run.js";
import { built } from "../support/built.js";

const { askProject } = await built<typeof editor>("src/engine/editor-host.js");
const { openProject } = await built<typeof projects>("src/engine/project.js");
const { listFiles } = await built<typeof files>("src/engine/project-files.js");
const { rulesByName } = await built<typeof registry>("src/engine/registry.js");
const { openSettings } = await built<typeof engine>("src/engine/run.js");

const folders: string[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A fixture in a folder of its own, and what its project checks say of a file, by an editor that is open and by one that was just opened. */
function open(fixture: string) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-editor-")));
  folders.push(root);
  cpSync(new URL(`../../fixtures/${fixture}/violating`, import.meta.url), root, { recursive: true });
  const settings = openSettings(root);
  const rulesOf = (file: string) => [...settings.rulesFor(file)].flatMap(([name, { options, per }]) => {
    const rule = rulesByName.get(name);
    return rule?.project ? [{ rule, options, per }] : [];
  });
  const sources = listFiles(root).filter((file) => /^(?!.*\.d\.ts$).*\.ts$/.test(file));
  return {
    root,
    sources,
    textOf: (file: string) => readFileSync(path.join(root, file), "utf8"),
    inOpen: (file: string, text: string) => rulesOf(file).flatMap(({ rule, options, per }) => askProject(rule, path.join(root, file), text, options, per).map((finding) => ({ rule: rule.name, ...finding }))),
    whenOpened(file: string, text: string) {
      const { model } = openProject({ root, settings, files: listFiles(root), overrides: new Map([[file, text]]) });
      if (model.facts(file).syntaxError) return [];
      return rulesOf(file).flatMap(({ rule, options, per }) => {
        const scope = { has: (other: string) => other === file, files: [file], whole: false, counts: (place: { readonly file: string }) => settings.rulesFor(place.file).has(rule.name) };
        const found = [...(rule.project?.check(model, scope, options) ?? [])].filter((finding) => finding.file === file);
        found.sort((left, right) => left.range.start.line - right.range.start.line || left.range.start.column - right.range.start.column);
        const causes = new Set<string>();
        return found
          .filter(({ toldBy }) => per === "site" || toldBy === undefined || !settings.rulesFor(toldBy.file).has(toldBy.rule))
          .filter(({ cause }) => per === "site" || cause === undefined || (!causes.has(cause) && causes.add(cause)))
          .map((finding) => ({ rule: rule.name, ...finding }));
      });
    },
  };
}

/** What somebody may do to a text, one after the other. */
const edits: readonly ((text: string, at: number) => string)[] = [
  (text) => `${text}\nexport const added = 1;\n`,
  (text, at) => text.split("\n").filter((_, line) => line !== at).join("\n"),
  (text) => `import { readFileSync } from "node:fs";\nexport const read = readFileSync("a");\n${text}`,
  (text) => text.replace(/await /, ""),
  (text) => text.replace(/user/gi, "thing"),
  (text, at) => text.split("\n").toSpliced(at, 0, "// nothing").join("\n"),
];

test.each(["express-prisma", "nestjs-typeorm", "hono-kysely", "workspace"])("after each edit of %s an open editor says what a fresh one says", (fixture) => {
  const { sources, textOf, inOpen, whenOpened } = open(fixture);
  let said = 0;
  for (const [at, file] of sources.entries()) {
    let text = textOf(file);
    for (const edit of at % 3 === 0 ? [edits[at % edits.length], edits[(at + 1) % edits.length]] : [edits[at % edits.length]]) {
      text = edit?.(text, at % text.split("\n").length) ?? text;
      const expected = whenOpened(file, text);
      said += expected.length;
      expect(inOpen(file, text)).toEqual(expected);
    }
  }
  expect(said).toBeGreaterThan(5);
});

test("a file that is no longer shown counts as it is on disk", () => {
  const { sources, textOf, inOpen, whenOpened } = open("express-prisma");
  const [first = "", second = ""] = sources;
  const before = inOpen(second, textOf(second));
  inOpen(first, "export {};");
  expect(inOpen(second, textOf(second))).toEqual(before);
  expect(before).toEqual(whenOpened(second, textOf(second)));
});

test("a file that was saved is read again", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { root, sources, textOf, inOpen, whenOpened } = open("express-prisma");
  const file = sources.find((source) => source.endsWith("repository.ts")) ?? "";
  const others = sources.filter((source) => source !== file);
  for (const other of others) inOpen(other, textOf(other));
  writeFileSync(path.join(root, file), "export const nothing = 1;\n");
  utimesSync(path.join(root, file), new Date(0), new Date(0));
  vi.setSystemTime(Date.now() + 10_000);
  for (const other of others) expect(inOpen(other, textOf(other))).toEqual(whenOpened(other, textOf(other)));
});
