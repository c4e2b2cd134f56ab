import { chmodSync, existsSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { isProjectSource, listFiles } from "../../src/engine/project-files.js";
import { headDate } from "../../src/engine/run.js";
import { GitFolder, TemporaryFolder } from "../repo/support.js";

it("leaves bundles and reports out by their folders, and reads sources whose folder has such a name", () => {
  const read = ["src/main.ts", "src/core/build/build.controller.ts", "packages/policies/src/coverage/coverage.service.ts", "server/users.js"];
  const left = ["dist/main.js", "packages/api/build/main.js", "packages/api/dist/src/main.js", "coverage/lcov.js", "src/public/vendor.min.js", "src/readme.md"];
  expect(read.filter(isProjectSource)).toEqual(read);
  expect(left.filter(isProjectSource)).toEqual([]);
});

it("leaves out what a framework of pages has built, also where it was put aside", () => {
  const { root } = new TemporaryFolder({ ".next/server.js": "", "web/.next_old/server.js": "", "web/.nuxt-2024/a.js": "", "web/.nextcloud/a.js": "", "web/.output.env": "", "web/next/a.js": "" });
  expect(listFiles(root)).toEqual(["web/.nextcloud/a.js", "web/.output.env", "web/next/a.js"]);
});

it("reads a feature that is about vendors, and no code of theirs", () => {
  const { root } = new TemporaryFolder({ "src/modules/vendor/vendor.controller.ts": "", "src/modules/vendor/dto/vendor.dto.ts": "", "src/vendor/jquery.js": "", "vendor/package/vendor.php": "", "web/vendor/vendor.min.js": "", "node_modules/vendor/vendor.ts": "" });
  expect(listFiles(root)).toEqual(["src/modules/vendor/dto/vendor.dto.ts", "src/modules/vendor/vendor.controller.ts"]);
});

it("gives the day of the head in UTC, and today where there is none", () => {
  vi.useFakeTimers({ now: new Date("2031-05-06T23:59:59Z"), toFake: ["Date"] });
  try {
    expect(headDate(new GitFolder({ "a.ts": "" }).root)).toBe("2023-11-14");
    expect([new GitFolder(), new TemporaryFolder()].map(({ root }) => headDate(root))).toEqual(["2031-05-06", "2031-05-06"]);
  } finally {
    vi.useRealTimers();
  }
});

it("starts no program that the repository's configuration names, also to verify a signed head", () => {
  const repo = new GitFolder({ "a.ts": "" });
  const marker = repo.path(".git/marker");
  const program = repo.path(".git/program.sh");
  repo.write({ ".git/program.sh": `#!/bin/sh\ntouch '${marker}'\n` });
  chmodSync(program, 0o755);
  const [header, ...message] = repo.git("cat-file", "commit", "HEAD").split("\n\n");
  repo.write({ ".git/signed": `${header}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n${message.join("\n\n")}` });
  repo.git("reset", "--soft", repo.git("hash-object", "-t", "commit", "-w", repo.path(".git/signed")));
  for (const key of ["core.fsmonitor", "core.pager", "gpg.program"]) repo.git("config", key, program);
  repo.git("config", "log.showSignature", "true");
  expect([listFiles(repo.root), headDate(repo.root)]).toEqual([["a.ts"], "2023-11-14"]);
  expect(existsSync(marker)).toBe(false);
});
