import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/api/error-codes-stable.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, removeFolders, type Tree } from "../../repo/support.js";

afterEach(removeFolders);

const name = "error-codes-stable";

function history(base: Tree, change: Tree): string {
  const repo = new GitFolder({ "package.json": '{ "name": "api" }', ...base });
  repo.commit("change", change);
  return repo.root;
}

const check = (base: Tree, change: Tree) => checkRepo(rule, history(base, change), { since: "HEAD~1" });

const file = "src/errors.ts";
const code = (text: string): Tree => ({ [file]: text });

describe(`${name} reports`, () => {
  it.each<[string, string, string, string]>([
    ["a member of an enumeration that is gone", 'export enum ErrorCode {\n  NotFound = "not_found",\n  Gone = "gone",\n}\n', 'export enum ErrorCode {\n  NotFound = "not_found",\n}\n', "src/errors.ts:1:1-1:1 removed"],
    ["one that a class of errors hands up", 'export class Locked extends ApiError {\n  constructor() { super("USER_LOCKED", 423); }\n}\n', 'export class Locked extends ApiError {\n  constructor() { super("IS_LOCKED", 423); }\n}\n', "src/errors.ts:2:1-2:1 removed"],
    ["one of a list of described errors", 'export const catalog = {\n  gone: { status: 410, code: "order_gone" },\n};\n', 'export const catalog = {\n  gone: { status: 410, code: "order_lost" },\n};\n', "src/errors.ts:2:30-2:42 renamed"],
    ["one that is renamed", 'export enum ErrorCode {\n  NotFound = "not_found",\n}\n', 'export enum ErrorCode {\n  NotFound = "missing",\n}\n', "src/errors.ts:2:14-2:23 renamed"],
    ["an entry of a list", 'export const errorCodes = { notFound: "not_found" } as const;\n', 'export const errorCodes = { notFound: "missing" } as const;\n', "src/errors.ts:1:39-1:48 renamed"],
    ["an entry with a status", 'export const ERROR_CODES = { notFound: { code: "NOT_FOUND", status: 404 } };\n', 'export const ERROR_CODES = { notFound: { code: "MISSING", status: 404 } };\n', "src/errors.ts:1:48-1:57 renamed"],
    ["the code of a class", 'export class NotFoundError extends Error {\n  readonly code = "not_found";\n}\n', 'export class NotFoundError extends Error {\n  readonly code = "missing";\n}\n', "src/errors.ts:2:1-2:1 removed"],
    ["a code that an error is made with", 'export const find = () => {\n  throw new AppError("USER_NOT_FOUND", 404);\n};\n', 'export const find = () => {\n  throw new AppError("USER_MISSING", 404);\n};\n', "src/errors.ts:2:1-2:1 removed"],
    ["a code in the options of an error", 'export const find = () => {\n  throw new AppError({ code: "user/not-found" });\n};\n', 'export const find = () => {\n  throw new AppError({ code: "user/missing" });\n};\n', "src/errors.ts:2:1-2:1 removed"],
    ["a code in a response", 'export const send = (res: Res) => {\n  res.status(409).json({ code: "taken" });\n};\n', 'export const send = (res: Res) => {\n  res.status(409).json({ code: "in_use" });\n};\n', "src/errors.ts:2:1-2:1 removed"],
    ["a constant of a file of errors", 'export const USER_MISSING = "user/missing" as const;\n', 'export const USER_MISSING = "user/not_found" as const;\n', "src/errors.ts:1:29-1:45 renamed"],
    ["a constant of a file of errors that is gone", 'export const USER_MISSING = "user/missing";\nexport const TEAM_MISSING = "team/missing";\n', 'export const TEAM_MISSING = "team/missing";\n', "src/errors.ts:1:1-1:1 removed"],
    ["a code of a nested object", 'export const send = (res: Res) => {\n  res.status(409).json({ error: { code: "taken" } });\n};\n', "export const send = (res: Res) => {\n  res.status(409).end();\n};\n", "src/errors.ts:2:1-2:1 removed"],
  ])("%s", async (_, before, after, expected) => {
    expect(await check(code(before), code(after))).toEqual([expected]);
  });

  it("a code whose file is gone, at the manifest", async () => {
    expect(await check(code('export enum ErrorCode { Gone = "gone" }'), { [file]: undefined, "README.md": "new" })).toEqual(["package.json:1:1-1:1 removed"]);
  });

  it("both names of one that is renamed", async () => {
    const root = history(code('export enum ErrorCode { Gone = "gone" }'), code('export enum ErrorCode { Gone = "lost" }'));
    expect(await repoMessages(rule, root, { since: "HEAD~1" })).toEqual(["The error code `gone` became `lost`, and no changelog says so: callers that ask for the old one stop working. Keep it, or write it into the changelog as a breaking change."]);
  });
});

describe(`${name} is silent on`, () => {
  const list = 'export enum ErrorCode {\n  NotFound = "not_found",\n}\n';

  it.each<[string, Tree, Tree]>([
    ["a changelog that says so", code(list), { ...code(list.replace('"not_found"', '"missing"')), "CHANGELOG.md": "Breaking: not_found is now missing." }],
    ["a changeset", code(list), { ...code(list.replace('"not_found"', '"missing"')), ".changeset/old-cats.md": "breaking" }],
    ["a constant that nobody else can name", code('const USER_MISSING = "user/missing";\nexport const text = () => USER_MISSING;\n'), code("export const text = () => 1;\n")],
    ["a constant that is a sentence", code('export const NO_USER = "There is no user";\n'), code("export const n = 1;\n")],
    ["constants of other files", { "src/paths.ts": 'export const USER_PATH = "user/me";\n' }, { "src/paths.ts": "export const n = 1;\n" }],
    ["a code that is new", code(list), code(list.replace("}", '  Taken = "taken",\n}'))],
    ["a code that moved to another file", code(list), { [file]: undefined, "src/codes.ts": list }],
    ["a file that moved", code(list), { [file]: undefined, "src/core/errors.ts": list }],
    ["a constant's name, with the same code", code(list), code(list.replace("NotFound", "Missing"))],
    ["a message", code('export class NotFoundError extends Error {\n  code = "not_found";\n  constructor() { super("Not there"); }\n}\n'), code('export class NotFoundError extends Error {\n  code = "not_found";\n  constructor() { super("It is not there"); }\n}\n')],
    ["other codes", code('export const countries = { code: "de" };\nexport const LANGUAGES = { german: "de" };\n'), code("export const countries = {};\nexport const LANGUAGES = {};\n")],
    ["a code in an answer that is no error", code('export const send = (res: Res) => { res.status(200).json({ code: "done" }); };'), code('export const send = (res: Res) => { res.status(200).json({ code: "finished" }); };')],
    ["tests", { "tests/a.test.ts": 'const e = new AppError("USER_NOT_FOUND");' }, { "tests/a.test.ts": "const e = 1;" }],
  ])("%s", async (_, base, change) => {
    expect(await check(base, change)).toEqual([]);
  });

  it("a run without a range", async () => {
    expect(await checkRepo(rule, history(code(list), code("export {};")))).toEqual([]);
  });
});
