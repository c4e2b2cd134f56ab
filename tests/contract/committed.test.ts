import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "./project-files.js";

const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter((file) => file !== "" && file !== "package-lock.json");
const texts = tracked.flatMap((file) => {
  const bytes = readFileSync(path.join(root, file));
  return bytes.includes(0) ? [] : [{ file, text: bytes.toString("utf8") }];
});

/** `file:line` of every line that matches. */
function linesWith(pattern: RegExp): string[] {
  return texts.flatMap(({ file, text }) => text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])));
}

it("reads the files that git tracks", () => {
  expect(texts.length).toBeGreaterThan(100);
});

it("has no path of one machine in a committed file", () => {
  const folders = ["work", "farm", "root", "tmp", "Users"].join("|");
  expect(linesWith(new RegExp(`(^|[^A-Za-z0-9_.])/(${folders})/[A-Za-z.]`))).toEqual([]);
});

it("has no token-shaped text in a committed file: tests put theirs together at run time", () => {
  const shapes = [
    /gh[pousr]_[A-Za-z0-9]{36}/,
    /github_pat_[A-Za-z0-9_]{60}/,
    /[sr]k_live_[A-Za-z0-9]{20}/,
    /(AKIA|ASIA)[A-Z0-9]{16}/,
    /AIza[A-Za-z0-9_-]{35}/,
    /xox[abprs]-[0-9]{10,}/,
    /npm_[A-Za-z0-9]{36}/,
    /glpat-[A-Za-z0-9_-]{20}/,
    /SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/,
    /eyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  ];
  expect(shapes.flatMap((shape) => linesWith(shape))).toEqual([]);
});
