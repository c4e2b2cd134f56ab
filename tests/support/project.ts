import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import { expect } from "vitest";
import type { Finding, Severity } from "../../src/base/finding.js";
import type * as engine from "../../src/engine/run.js";
import type * as plugin from "../../src/index.js";
import { built } from "./built.js";
import type { ProjectLiteral } from "./model.js";

export interface CheckOptions {
  /** Only this rule, at this severity and with these options; without it the preset's rules. */
  readonly rule?: string;
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly preset?: "recommended" | "strict" | "legacy";
  /** More of std-check.config.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask the command line alone, for what no editor reports (whole-run findings, repo checks). */
  readonly cliOnly?: boolean;
  /** Have git track all files, also those that it is told to ignore. */
  readonly tracked?: boolean;
}

const { run } = await built<typeof engine>("src/engine/run.js");
const { default: std } = await built<typeof plugin>("src/index.js");

/** Writes a project to a folder of its own, and gives the folder. A package.json is added where there is none. */
export function writeProject(files: ProjectLiteral): { readonly root: string; remove(): void } {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-test-")));
  const all: ProjectLiteral = { "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." } }', ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return { root, remove: () => { rmSync(root, { recursive: true, force: true }); } };
}

/**
 * Checks a project literal from the command line's engine and in ESLint, and demands the same findings of both.
 * Gives one line for each: `src/a.ts:1:10 rule messageId`, sorted.
 */
export async function checkProject(files: ProjectLiteral, options: CheckOptions = {}): Promise<string[]> {
  return (await findingsOf(files, options)).map((finding) => `${finding.file}:${finding.range.start.line}:${finding.range.start.column} ${finding.rule} ${finding.messageId}`);
}

/** Like `checkProject`, with the findings themselves. */
export async function findingsOf(files: ProjectLiteral, options: CheckOptions = {}): Promise<readonly Finding[]> {
  const settings = { root: true, ...settingsOf(options) };
  const { root, remove } = writeProject({ "std-check.config.json": JSON.stringify(settings), ...files });
  try {
    if (options.tracked === true) for (const command of [["init", "--quiet"], ["add", "--all", "--force"], ["-c", "user.name=test", "-c", "user.email=test@acme.io", "commit", "--quiet", "--message", "all"]]) execFileSync("git", command, { cwd: root, env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" } });
    const { result } = await run({ cwd: root, cache: false, date: "2026-01-15", engine: "eslint" });
    expect(result.crashes).toEqual([]);
    const wanted = result.findings.filter((finding) => options.rule === undefined || finding.rule === options.rule || finding.rule === "parse");
    if (options.cliOnly !== true) expect(await inEslint(root, options)).toEqual(wanted.filter((finding) => finding.rule !== "parse" && finding.rule !== "justified-disable").map((finding) => describe(finding)));
    return wanted;
  } finally {
    remove();
  }
}

function settingsOf({ rule, severity = "error", options = {}, preset, settings = {} }: CheckOptions): object {
  const { rules, ...rest } = settings;
  const own = rule === undefined ? {} : { [rule]: [severity, options] };
  return { ...(preset && { extends: [preset] }), ...rest, rules: { ...(typeof rules === "object" ? rules : {}), ...own } };
}

const describe = ({ file, range, rule, message }: Finding): string => `${file}:${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column} ${rule} ${message}`;

async function inEslint(root: string, options: CheckOptions): Promise<string[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [{ linterOptions: { reportUnusedDisableDirectives: "off" } }, ...std.fromSettings(root)], errorOnUnmatchedPattern: false });
  const results = await eslint.lintFiles(["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"]);
  return results
    .flatMap(({ filePath, messages }) =>
      messages
        .filter((message) => message.ruleId?.startsWith("std/") && (options.rule === undefined || message.ruleId === `std/${options.rule}`))
        .map((message) => ({ file: path.relative(root, filePath), message })),
    )
    .sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0) || left.message.line - right.message.line || left.message.column - right.message.column || ((left.message.ruleId ?? "") < (right.message.ruleId ?? "") ? -1 : 1))
    .map(({ file, message }) => `${file}:${message.line}:${message.column}-${message.endLine ?? message.line}:${message.endColumn ?? message.column} ${message.ruleId?.slice("std/".length) ?? ""} ${message.message}`);
}
