import { describe, expect, it } from "vitest";
import hardcoded from "../../../rules/config/no-hardcoded-secrets.js";
import committed from "../../../rules/config/no-committed-env.js";
import { checkRepo, repoFindings } from "../../repo/check-repo.js";
import { GitFolder } from "../../repo/support.js";
import { checkProject, findingsOf } from "../../support/project.js";
import { privateKey, random, randomHex } from "../../support/secrets.js";

const rule = "no-hardcoded-secrets";
const key = random(32);
const chainKey = `0x${randomHex(64)}`;
/** The first account of Hardhat's own chain, in two parts. */
const ofHardhat = `0x${["ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"].join("")}`;

const severities = async (files: Record<string, string>): Promise<string[]> => (await findingsOf(files, { rule })).map(({ messageId, severity }) => `${messageId} ${severity}`);
const inFiles = async (file: string, text: string): Promise<string[]> => (await repoFindings(hardcoded, new GitFolder({ [file]: text }).root)).map(({ messageId, severity }) => `${messageId} ${severity ?? "error"}`);

describe("secrets that open little", () => {
  it("warns of the keys of accounts on a network for trials, and reports those of any other", async () => {
    const accounts = (name: string): string => `export const ${name} = [{ secretKey: "${chainKey}", address: "a" }];`;
    expect(await severities({ "src/faucet.ts": accounts("testnetAccounts") })).toEqual(["lowStakes warn"]);
    expect(await severities({ "src/faucet.ts": accounts("mainnetAccounts") })).toEqual(["named error"]);
    expect(await severities({ "src/faucet.ts": `export const testnet = { apiKey: "${key}" };` })).toEqual(["named error"]);
  });

  it("warns of what a file of settings for developers' machines signs with, and reports what services have given out", async () => {
    expect(await inFiles("config/development.json", `{ "jwtSecret": "${key}" }`)).toEqual(["lowStakes warn"]);
    expect(await inFiles("config/development.json", JSON.stringify({ signing: privateKey() }))).toEqual(["lowStakes warn"]);
    expect(await inFiles("config/development.json", `{ "stripeKey": "${key}" }`)).toEqual(["named error"]);
    expect(await inFiles("config/development.json", `{ "mail": "${["sk", "live", random(32)].join("_")}" }`)).toEqual(["token error"]);
    expect(await inFiles("config/production.json", `{ "jwtSecret": "${key}" }`)).toEqual(["named error"]);
    expect(await inFiles("contrib/docker/app.yaml", `meili:\n  masterKey: ${key}\n`)).toEqual(["lowStakes warn"]);
    expect(await inFiles(".vscode/launch.json", `{ "env": { "MAIL_PASSWORD": "${key}" } }`)).toEqual(["lowStakes warn"]);
    expect(await inFiles("docker/dependencies.compose.yml", `services:\n  files:\n    environment:\n      FILES_TOKEN: ${key}\n`)).toEqual(["lowStakes warn"]);
    expect(await inFiles("docker/docker-compose.yml", `services:\n  files:\n    environment:\n      FILES_TOKEN: ${key}\n`)).toEqual(["named error"]);
    expect(await inFiles("docker/prod/app.yaml", `meili:\n  masterKey: ${key}\n`)).toEqual(["named error"]);
  });

  it("warns of the password of a store on the own machine, and reports that of one on another", async () => {
    const store = (host: string): string => JSON.stringify({ type: "postgres", host, username: "iris", password: key });
    expect(await inFiles("ormconfig.json", store("localhost"))).toEqual(["lowStakes warn"]);
    expect(await inFiles("ormconfig.json", store("db.acme.io"))).toEqual(["named error"]);
  });

  it("warns of what stands in an example by its name alone", async () => {
    expect(await severities({ "packages/shop-examples/weather.ts": `export const openWeatherApiKey = "${randomHex(32)}";` })).toEqual(["lowStakes warn"]);
    expect(await severities({ "packages/shop/weather.ts": `export const openWeatherApiKey = "${randomHex(32)}";` })).toEqual(["named error"]);
    expect(await severities({ "packages/shop-examples/pay.ts": `export const pay = "${["sk", "live", random(32)].join("_")}";` })).toEqual(["token error"]);
  });

  it("warns of the same in env files that are tracked", async () => {
    const inEnv = async (file: string, text: string): Promise<string[]> => (await repoFindings(committed, new GitFolder({ [file]: text, ".gitignore": ".env\n" }).root)).map(({ messageId, severity }) => `${messageId} ${severity ?? "error"}`);
    expect(await inEnv(".env.development", `ETHERPAD_KEY=${randomHex(64)}\nJWT_SECRET=${key}\n`)).toEqual(["lowStakes warn", "lowStakes warn"]);
    expect(await inEnv(".env.staging", `JWT_SECRET=${key}\n`)).toEqual(["value error"]);
    expect(await inEnv(".env.example", `PRIVATE_KEY=${chainKey} # Key of the testnet, without funds\n`)).toEqual(["lowStakes warn"]);
    expect(await inEnv(".env.example", `PRIVATE_KEY=${chainKey} # Key of the treasury\n`)).toEqual(["value error"]);
    expect(await inEnv(".env.test", `SIGNING="${privateKey("EC PRIVATE KEY", "\\n")}"\n`)).toEqual([]);
    expect(await inEnv(".env.test", `MAIL_KEY=${["SG", random(22), random(43)].join(".")}\n`)).toEqual(["value error"]);
  });
});

describe("what is no secret", () => {
  it("leaves the accounts with which chains on developers' machines begin alone, and reports others", async () => {
    const files = (value: string): Record<string, string> => ({
      "src/a.ts": `import { privateKeyToAccount } from "viem/accounts";\nexport const account = privateKeyToAccount("${value}");`,
      "src/b.ts": `export const ownerPrivateKey = "${value}";`,
      "hardhat.config.ts": `export default { networks: { base: { url: "https://rpc.acme.io", accounts: ["${value}"] } } };`,
    });
    expect(await checkProject(files(ofHardhat), { rule })).toEqual([]);
    for (const [file, text] of Object.entries(files(chainKey))) expect(await checkProject({ [file]: text }, { rule }), file).toHaveLength(1);
    expect(await checkProject({ "src/c.ts": `export const phrase = { mnemonic: "${["myth like bonus scare over problem", "client lizard pioneer submit female collect"].join(" ")}" };` }, { rule })).toEqual([]);
    expect(await checkProject({ "src/c.ts": 'export const phrase = { mnemonic: "orbit velvet canal ridge sugar lunar patrol window ember cactus noble fiction" };' }, { rule })).toHaveLength(1);
  });

  it("reads what Terraform writes without quotes from where it comes", async () => {
    const found = (text: string): Promise<string[]> => checkRepo(hardcoded, new GitFolder({ "infra/queue.tf": text }).root);
    expect(await found("resource \"queue\" \"jobs\" {\n  access_key = acme_credentials.jobs[0].access_key_2\n  secret_key = acme_credentials.jobs[0].secret_key_2\n}\nlocals {\n  secrets = jsondecode(base64decode(data.acme_version.main.data))\n}\n")).toEqual([]);
    expect(await found(`resource "queue" "jobs" {\n  secret_key = "${key}"\n}\n`)).toHaveLength(1);
  });

  it("lets a word that may not be chosen be refused, and reports one that lets somebody in", async () => {
    const service = (then: string): Promise<string[]> => checkProject({ "src/a.ts": `import express from "express";\nexport const app = express();\napp.post("/login", (req, res) => { if (req.body.password === "admin") { ${then} } res.json({}); });` }, { rule });
    expect(await service('return res.status(400).json({ code: "weak" });')).toEqual([]);
    expect(await service('throw new Error("weak");')).toEqual([]);
    expect(await service("return res.json({ ok: true });")).toHaveLength(1);
  });

  it("leaves what a runner of tests runs alone, wherever it lies", async () => {
    const pool = `export const env = { BOOKING_USER_1_PASSWORD: "Winter77lamp" };`;
    expect(await checkProject({ "playwright_tests_new/pool.unit.api.ts": pool }, { rule })).toEqual([]);
    expect(await checkProject({ "suites/pool.ts": `import { test } from "@playwright/test";\n${pool}\ntest("a", () => {});` }, { rule })).toEqual([]);
    expect(await checkProject({ "suites/pool.ts": pool }, { rule })).toHaveLength(1);
  });

  it("leaves keys of pages, addresses on chains, lists of scanners and what a comment says to be like something alone", async () => {
    expect(await checkProject({ "src/gif.ts": `const GIPHY_KEY = "${random(32)}";\nexport const ask = (get: any) => get("/gifs", { params: { api_key: GIPHY_KEY } });` }, { rule })).toEqual([]);
    expect(await checkProject({ "src/gif.ts": `const VIDEO_KEY = "${random(32)}";\nexport const ask = (get: any) => get("/videos", { params: { api_key: VIDEO_KEY } });` }, { rule })).toHaveLength(1);
    expect(await checkProject({ "src/chain.ts": `export enum Contracts { DefaultToken = "0x${randomHex(20)}Aa${randomHex(18, 3)}" }` }, { rule })).toEqual([]);
    const line = `server/a.ts:key:${["glpat", random(20)].join("-")}\n`;
    expect(await inFiles("gitleaks-fingerprints-baseline.txt", line)).toEqual([]);
    expect(await inFiles("fingerprints.txt", line)).toHaveLength(1);
    const remark = (text: string, password: string): string => `services:\n  db:\n    # ${text} ${["mongodb://sally", `${password}@ds042.mongolab.com/shop`].join(":")}\n    image: mongo\n`;
    expect(await inFiles("compose.yaml", remark("Something like", "sallypass"))).toEqual([]);
    expect(await inFiles("compose.yaml", remark("Something like", "Q7r2-vK5m"))).toHaveLength(1);
    expect(await inFiles("compose.yaml", remark("The old one was", "sallypass"))).toHaveLength(1);
  });

  it("leaves what fills an application with data, tests in folders of other names and bundles alone", async () => {
    const compose = 'services:\n  web:\n    environment:\n      SESSION_SECRET: marmalade-of-oranges\n';
    expect(await inFiles("tools/seed-snapshot/docker-compose.yml", compose)).toEqual([]);
    expect(await inFiles("tools/snapshot/docker-compose.yml", compose)).toHaveLength(1);
    expect(await inFiles("lib/shop_tests/resources/docker-compose.yml", compose)).toEqual([]);
    const fallback = (more: string): Promise<string[]> => checkProject({ "src/pages.js": `export const secret = process.env.JWT_SECRET || "marmalade-of-oranges";\n${more}` }, { rule: "no-secret-fallbacks" });
    expect(await fallback("")).toHaveLength(1);
    expect(await fallback(`// ${"x".repeat(262_144)}`)).toEqual([]);
  });

  it("takes a key that is typed on one row of a keyboard for none", async () => {
    expect(await inFiles("config/default.json", '{ "token": "ASDfasdf334412JKLasdFghASDfajkSDFa" }')).toEqual([]);
    expect(await inFiles("config/default.json", `{ "token": "${random(34)}" }`)).toHaveLength(1);
  });
});
