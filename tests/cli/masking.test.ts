import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { formatNames } from "../../src/report/formats.js";
import { built } from "../support/built.js";
import { random, webToken } from "../support/secrets.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

const token = ["sk", "live", random(32)].join("_");
const session = webToken({ sub: "42" });
const key = random(40, undefined, 11);
const url = random(18, undefined, 13);
const weak = "rosebud-and-sled";
const canaries = [token.slice(12), session.slice(-30), key, url, weak];

const source = `import jwt from "jsonwebtoken";
// left over: ${token}
// eslint-disable-next-line std/no-process-env -- the service answers to ${token}
const port = process.env.PORT;
const weakOne = "${weak}";
export const apiKey = "${key}";
export const database = "postgres://app:${url}@db.acme.io/main";
export const issue = (id: string) => jwt.sign({ id, token: "${session}" }, weakOne);
export const header = \`Bearer ${token}\`;
console.log(\`started with ${token} and \${apiKey}\`);
`;

let root: string;
let output: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
  mkdirSync(path.join(root, "src/services"), { recursive: true });
  writeFileSync(path.join(root, "package.json"), JSON.stringify({ private: true, dependencies: { express: "^5" }, scripts: { start: "node ." } }));
  writeFileSync(path.join(root, "src/services/tokens.service.ts"), source);
  execFileSync("git", ["init", "-q"], { cwd: root });
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

/** The canaries that a text holds. */
function leaked(text: string): string[] {
  return canaries.filter((canary) => text.includes(canary));
}

/** All files below a folder but the source, caches included. */
function writtenFiles(folder = root): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (name === ".git" || name === "tokens.service.ts") return [];
    return statSync(file).isDirectory() ? writtenFiles(file) : [file];
  });
}

describe("a secret of the checked repository", () => {
  it.each(formatNames)("is not in the format %s", async (format) => {
    await runCommand(["--cwd", root, "--format", format, "--preset", "strict"]);
    expect(output).toContain("no-hardcoded-secrets");
    expect(leaked(output)).toEqual([]);
  });

  it("is in no file that a check or a baseline writes", async () => {
    await runCommand(["--cwd", root, ...formatNames.flatMap((format) => ["--format", `${format}=out.${format}`])]);
    await runCommand(["baseline", "create", "--cwd", root]);
    const files = writtenFiles();
    expect(files.length).toBeGreaterThan(formatNames.length);
    // A word that only its use makes a secret is a text like any other to the cache.
    const inCache = (file: string): string[] => leaked(readFileSync(file, "latin1")).filter((canary) => canary !== weak || !file.includes("cache"));
    expect(files.filter((file) => inCache(file).length > 0)).toEqual([]);
  });

  it("is not in what the settings and comments in other files say of what they accept", async () => {
    writeFileSync(path.join(root, "std-check.config.json"), JSON.stringify({ root: true, exceptions: [{ rule: "structured-logging", files: ["src/**"], reason: `answers to ${token}`, owner: `team ${token}`, expires: "2001-01-01", ticket: token }] }));
    writeFileSync(path.join(root, "compose.yaml"), `services:\n  db:\n    environment:\n      # std-check-disable-next-line no-hardcoded-secrets -- was ${token}\n      DB_PASSWORD: ${url}\n`);
    execFileSync("git", ["add", "--all"], { cwd: root });
    for (const format of ["sarif", "json", "pretty"] as const) await runCommand(["--cwd", root, "--format", format, "--preset", "strict"]);
    await runCommand(["exceptions", "--cwd", root]);
    await runCommand(["--print-config", "--cwd", root]);
    expect(output).toContain("answers to ****");
    expect(output).toContain("team ****");
    expect(output).toContain("was ****");
    expect(leaked(output)).toEqual([]);
  });
});
