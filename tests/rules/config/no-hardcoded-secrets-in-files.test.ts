import { describe, expect, it } from "vitest";
import rule from "../../../rules/config/no-hardcoded-secrets.js";
import { checkRepo, repoFindings } from "../../repo/check-repo.js";
import { GitFolder } from "../../repo/support.js";
import { random, randomHex } from "../../support/secrets.js";

const token = ["sk", "live", random(32)].join("_");
const key = random(32);
const password = ["Tr0ub4dor", "3"].join("&");

describe("no-hardcoded-secrets in files that are no code", () => {
  it.each([
    ["config/production.json", `{\n  "database": { "password": "${password}" }\n}`, "2:29", "named"],
    ["config.jsonc", `// settings\n{ "stripe": "${token}", }`, "2:14", "token"],
    ["config/app.yaml", `mail:\n  apiKey: ${key}\n`, "2:11", "named"],
    ["docker-compose.yml", `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${password}\n`, "4:26", "named"],
    ["compose.yaml", `services:\n  api:\n    environment:\n      - JWT_SECRET=${key}\n`, "4:9", "named"],
    ["k8s/secret.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  apiKey: ${Buffer.from(key).toString("base64")}\n`, "4:11", "named"],
    ["Dockerfile", `FROM node:22\nENV API_SECRET=${key}\n`, "2:1", "named"],
    [".npmrc", `//registry.acme.io/:_authToken=${key}\n`, "1:32", "named"],
    ["deploy.sh", `#!/bin/sh\nexport API_KEY="${key}"\n`, "2:17", "named"],
    ["infra/main.tfvars", `db_password = "${password}"\n`, "1:16", "named"],
    ["README.md", `Use ${token} to try.\n`, "1:5", "token"],
  ])("reports %s", async (file, text, place, messageId) => {
    const found = await checkRepo(rule, new GitFolder({ [file]: text }).root);
    expect(found.map((line) => line.replace(/-\d+:\d+/, ""))).toEqual([`${file}:${place} ${messageId}`]);
  });

  it.each([
    ["config/default.json", '{ "database": { "password": "${DB_PASSWORD}", "user": "app" } }'],
    ["config/local.json", '{ "password": "postgres", "apiKey": "changeme" }'],
    ["docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}\n      POSTGRES_USER: app\n"],
    ["package-lock.json", `{ "packages": { "a": { "integrity": "sha512-${random(86)}==" } } }`],
    [".github/workflows/ci.yml", `env:\n  POSTGRES_PASSWORD: ${password}\n`],
    ["openapi.yaml", `components:\n  examples:\n    login:\n      password: ${password}\n`],
    ["src/locales/de.json", `{ "password": "${password}" }`],
    ["tests/fixtures/users.json", `{ "password": "${password}", "token": "${token}" }`],
    ["tsconfig.json", '{ "compilerOptions": { "target": "es2022" } }'],
    ["data/hashes.json", `{ "commit": "${randomHex(40)}" }`],
    [".npmrc", "//registry.acme.io/:_authToken=${NPM_TOKEN}\n"],
  ])("stays silent on %s", async (file, text) => {
    expect(await checkRepo(rule, new GitFolder({ [file]: text }).root)).toEqual([]);
  });

  it("reports only the added lines of a checked range", async () => {
    const folder = new GitFolder({ "config/app.yaml": `old:\n  apiKey: ${key}\n` });
    folder.commit("change", { "config/app.yaml": `old:\n  apiKey: ${key}\nnew:\n  apiSecret: ${random(32, undefined, 5)}\n` });
    expect((await repoFindings(rule, folder.root, { since: "HEAD~1" })).map(({ range }) => range.start.line)).toEqual([4]);
  });
});
