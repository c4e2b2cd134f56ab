import { expect, it } from "vitest";
import committedEnv from "../../../rules/config/no-committed-env.js";
import hardcoded from "../../../rules/config/no-hardcoded-secrets.js";
import { addedInHistory } from "../../../src/repo/git/history.js";
import { openGit } from "../../../src/repo/git/git.js";
import { openRepo } from "../../../src/repo/open-repo.js";
import { repoFindings, repoMessages } from "../../repo/check-repo.js";
import { GitFolder } from "../../repo/support.js";
import { privateKey, random } from "../../support/secrets.js";

const token = ["sk", "live", random(32)].join("_");
const key = random(32);
const password = ["Tr0ub4dor", "3"].join("&");

/** A history in which secrets come and go. */
function history(): { folder: GitFolder; commits: string[] } {
  const folder = new GitFolder({ "package.json": "{}", "src/pay.ts": `export const a = 1;\n\nexport const client = connect("${token}");\n` });
  const commits = [folder.git("rev-parse", "HEAD").trim()];
  const commit = (files: Record<string, string | undefined>): void => {
    folder.commit("change", files);
    commits.push(folder.git("rev-parse", "HEAD").trim());
  };
  commit({ "src/pay.ts": "export const client = connect(settings.key);\n", ".env.production": `PORT=3000\nJWT_SECRET=${key}\n` });
  commit({ ".env.production": undefined, "config/db.json": `{\n  "password": "${password}"\n}\n`, "keys/odd näme.pem": privateKey() });
  commit({ "keys/odd näme.pem": undefined, "config/db.json": `{\n  "user": "app",\n  "password": "${password}"\n}\n`, "tests/a.test.ts": `const token = "${["sk", "live", random(32, undefined, 3)].join("_")}";\n` });
  commit({ "tests/a.test.ts": undefined, "src/old.ts": `const apiKey = "${random(32, undefined, 5)}";\n++ "${["sk", "live", random(32, undefined, 9)].join("_")}";\n` });
  commit({ "src/old.ts": undefined });
  return { folder, commits };
}

it("finds what past commits added and what is gone since, at the line of the first commit, and shows nothing of it", async () => {
  const { folder, commits } = history();
  const found = await repoFindings(hardcoded, folder.root, { history: true });
  const past = found.filter(({ messageId }) => messageId === "past").map(({ file, data }) => [file, data?.["line"], data?.["commit"]]);
  expect(past).toEqual([
    ["keys/odd näme.pem", "1", commits[2]?.slice(0, 12)],
    ["src/old.ts", "1", commits[4]?.slice(0, 12)],
    ["src/old.ts", "2", commits[4]?.slice(0, 12)],
    ["src/pay.ts", "3", commits[0]?.slice(0, 12)],
  ]);
  // What still stands in a file is reported there.
  expect(found.filter(({ messageId }) => messageId !== "past").map(({ file }) => file)).toEqual(["config/db.json"]);
  const messages = (await repoMessages(hardcoded, folder.root, { history: true })).join("\n");
  for (const secret of [token, key, password]) expect(messages).not.toContain(secret);
});

it("leaves env files to no-committed-env, and the past alone where it was not asked for", async () => {
  const { folder, commits } = history();
  const ofEnv = (await repoFindings(committedEnv, folder.root, { history: true })).map(({ file, data }) => [file, data?.["line"], data?.["commit"]]);
  expect(ofEnv).toEqual([[".env.production", "2", commits[1]?.slice(0, 12)]]);
  expect((await repoFindings(hardcoded, folder.root)).map(({ messageId }) => messageId)).toEqual(["named"]);
  expect(await repoFindings(committedEnv, folder.root)).toEqual([]);
});

it("leaves out what a glob matches, in any folder and letter case", () => {
  const folder = new GitFolder({ "App.LOCK": "1\n", "deep/er/app.lock": "1\n", "deep/dist/a.ts": "1\n", "deep/a.ts": "kept\n" });
  const git = openGit(folder.root);
  expect(git && [...addedInHistory(git, ["**/*.lock", "**/dist/**"])].map(({ file }) => file)).toEqual(["deep/a.ts"]);
});

it("reads more commits than it asks git for at once, each once, and an empty history", () => {
  const folder = new GitFolder();
  expect([...(openRepo(folder.root, { history: true }).git?.history?.() ?? [])]).toEqual([]);
  for (let count = 0; count < 53; count++) folder.commit(`step ${count}`, { "a.txt": `line ${count}\n` });
  const git = openGit(folder.root);
  expect(git && [...addedInHistory(git)].map(({ text }) => text)).toEqual(Array.from({ length: 53 }, (_, index) => `line ${52 - index}`));
});
