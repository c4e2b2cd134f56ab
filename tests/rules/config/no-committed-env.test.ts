import { describe, expect, it } from "vitest";
import rule from "../../../rules/config/no-committed-env.js";
import { checkRepo, repoFindings, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, TemporaryFolder } from "../../repo/support.js";
import { privateKey, random, randomHex, webToken } from "../../support/secrets.js";

const token = ["sk", "live", random(32)].join("_");
const key = random(32);
const account = JSON.stringify({ type: "service_account", client_email: "robot@acme.iam", private_key: privateKey("PRIVATE KEY", "\n") }, undefined, 2);
const shortened = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/-\d+:\d+/, ""));

describe("no-committed-env", () => {
  it.each([
    [".env", "PORT=3000\n", "1:1 tracked"],
    ["apps/api/.env", "PORT=3000\n", "1:1 tracked"],
    [".env.local", "PORT=3000\n", "1:1 tracked"],
    [".env.production.local", "PORT=3000\n", "1:1 tracked"],
    [".env.keys", `DOTENV_PRIVATE_KEY="${key}"\n`, "1:1 keys"],
    [".env.production", `PORT=3000\nJWT_SECRET=${key}\n`, "2:12 value"],
    [".env.test", `STRIPE=${token}\n`, "1:8 value"],
    [".env.staging", "DB_PASSWORD=h4rvest-M00n-92\n", "1:13 value"],
    ["prod.env", `export API_KEY="${key}"\n`, "1:17 value"],
    [".env.example", `MAILER_API_KEY=${key}\n`, "1:16 value"],
    ["env-example-relational", `DATABASE_PASSWORD=secret\nAPI_KEY=${key}\n`, "2:9 value"],
    [".env.staging", `DATABASE_URL=postgres://app:${random(20)}@db.acme.io/shop\n`, "1:14 value"],
    [".env.production", `JWT_SECRET="${key}\nPORT=3000\n`, "1:12 value"],
    [".env.production", `this is no assignment\nPORT = 3000'\nJWT_SECRET: '${key}' # the key\n`, "3:14 value"],
    [".env.production", `NAME="a\nb"\nJWT_SECRET=\`${key}\`\n`, "3:13 value"],
    [".env.sample", `# DATABASE_URL=postgres://app:${random(20)}@db.acme.io/shop\nDATABASE_URL=\n`, "1:16 value"],
    [".docker.env", "ACCESS_TOKEN_SECRET=mulberrieseverywhere\nTOKEN_ISSUER=mulberrieseverywhere\n", "1:21 value"],
    ["certs/server.pem", privateKey(), "1:1 privateKey"],
    ["deploy/id_rsa", privateKey("OPENSSH PRIVATE KEY"), "1:1 privateKey"],
    ["keys/jwt.key", privateKey("EC PRIVATE KEY"), "1:1 privateKey"],
    ["certs/store.p12", "binary", "1:1 keyStore"],
    ["android/release.keystore", "binary", "1:1 keyStore"],
    ["firebase-admin.json", account, "1:1 serviceAccount"],
  ])("reports %s", async (file, text, expected) => {
    expect(shortened(await checkRepo(rule, new GitFolder({ [file]: text }).root))).toEqual([`${file}:${expected}`]);
  });

  it("reports an env file that git would take with the next add", async () => {
    const folder = new GitFolder({ "package.json": "{}" });
    folder.write({ ".env": "PORT=3000\n" });
    expect(shortened(await checkRepo(rule, folder.root))).toEqual([".env:1:1 unignored"]);
  });

  it("knows the key that pages tell Firebase by its name, and reports one of Google's under another", async () => {
    const google = ["AI", "za", random(35)].join("");
    const found = async (name: string): Promise<string[]> => shortened(await checkRepo(rule, new GitFolder({ ".env.production": `${name}="${google}"\n` }).root));
    expect(await found("VITE_FIREBASE_API_KEY")).toEqual([]);
    expect(await found("TRANSLATE_API_KEY")).toEqual([".env.production:1:20 value"]);
  });

  it("says what to do and prints no value", async () => {
    const [message] = await repoMessages(rule, new GitFolder({ "apps/api/.env": `JWT_SECRET=${key}\n` }).root);
    expect(message).toContain("git rm --cached apps/api/.env");
    expect(message).not.toContain(key);
  });

  it.each([
    [".env.example", "PORT=3000\nJWT_SECRET=changeme\nAPI_KEY=\nDATABASE_URL=postgres://postgres:postgres@localhost:5432/shop\n"],
    [".env.example", "JWT_SECRET=development12345\n"],
    [".env.development", "ACCESS_TOKEN_SECRET=mulberrieseverywhere\n"],
    [".env.example", "# DATABASE_URL=postgres://user:password@localhost:5432/shop\n"],
    [".env.sample", "JWT_SECRET=<your secret>\nAPI_KEY=your-api-key\n"],
    [".env.template", "JWT_SECRET=${JWT_SECRET}\n"],
    [".env.test", "DATABASE_URL=postgres://test:test@localhost:5432/test\nJWT_SECRET=test-secret\n"],
    [".env.e2e", "DATABASE_URL=postgres://shop:kestrel42meadow@localhost:5432/shop\n"],
    [".env.development", "LOG_LEVEL=debug\nPUBLIC_URL=http://localhost:3000\n"],
    [".env.production", "LOG_LEVEL=info\nFEATURES=a,b\n"],
    [".env", `DOTENV_PUBLIC_KEY="${key}"\nJWT_SECRET="encrypted:${random(60)}"\n`],
    [".env.vault", `DOTENV_VAULT_PRODUCTION="${random(60)}"\n`],
    [".envrc", "use flake\n"],
    [".env.ts", "export const env = 1;\n"],
    ["environment.md", "# .env\n"],
    ["tests/.env", `JWT_SECRET=${key}\n`],
    ["tests/certs/server.pem", privateKey()],
    ["certs/localhost.key", privateKey()],
    ["certs/public.pem", "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n"],
    ["certs/ca.crt", "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n"],
    ["service-account.example.json", JSON.stringify({ type: "service_account", client_email: "x", private_key: "…" })],
    ["src/i18n/keys.json", '{ "key": "value" }'],
    [".env", "VITE_API_URL=/api\nVITE_TITLE=Shop\n"],
    [".env.test", `JWT_SECRET=${key}\n`],
  ])("stays silent on %s", async (file, text) => {
    expect(await checkRepo(rule, new GitFolder({ [file]: text }).root)).toEqual([]);
  });

  it("knows the passwords that Google makes for applications, and the keys that makers publish for tests", async () => {
    const password = ["qwpl", "hfvz", "ibbt", "dmxp"].join(" ");
    const shown = ["6LeIxAcTAAAAA", "GG-vFI1TnRWxMZNFuojJ4WifJWe"].join("");
    expect(shortened(await checkRepo(rule, new GitFolder({ ".env.development": `SMTP_PASSWORD=${password}\nRECAPTCHA_SECRET_KEY=${shown}\n` }).root))).toEqual([".env.development:1:15 value"]);
  });

  it("takes a word in other letters for made up where it is an example", async () => {
    expect(await checkRepo(rule, new GitFolder({ ".env.example": "DEFAULT_USER_PASSWORD=P@55word\n" }).root)).toEqual([]);
    expect(shortened(await checkRepo(rule, new GitFolder({ ".env.production": "DEFAULT_USER_PASSWORD=P@55word-9\n" }).root))).toEqual([".env.production:1:23 value"]);
  });

  it("stays silent on an ignored env file", async () => {
    const folder = new GitFolder({ ".gitignore": ".env\n" });
    folder.write({ ".env": `JWT_SECRET=${key}\n` });
    expect(await checkRepo(rule, folder.root)).toEqual([]);
  });

  it("stays silent without git", async () => {
    expect(await checkRepo(rule, new TemporaryFolder({ ".env": `JWT_SECRET=${key}\n` }).root)).toEqual([]);
  });

  it("reports only what a checked range touches", async () => {
    const folder = new GitFolder({ "a/.env": "A=1\n" });
    folder.commit("more", { "b/.env": "B=1\n" });
    expect(shortened(await checkRepo(rule, folder.root, { since: "HEAD~1" }))).toEqual(["b/.env:1:1 tracked"]);
  });

  it("takes what was hammered into a keyboard for made up in an example", async () => {
    const hammered = ["lkajdf", "sladjs", "fu7987", "adsfkl", "jh4r"].join("");
    const letters = ["sk", "test", "asdlghakdHADSFKHADKHASDFJKHASKDFHAJKSDFHADJKSHADFJKSH"].join("_");
    const again = ["naskjwefvwei72rjkwfmj", "wfi72rfkjwefmjwefiuwefjk"].join("");
    expect(await checkRepo(rule, new GitFolder({ ".gitignore": ".env\n", ".env.example": `JWT_SECRET=${hammered}\nSTRIPE_SECRET_KEY=${letters}\nSESSION_SECRET=${again}\n` }).root)).toEqual([]);
  });

  it("leaves how a database of the own machine is reached alone where an example shows it", async () => {
    const address = (host: string): string => `DATABASE_URL=postgres://shop:${random(20)}@${host}:5432/shop\n`;
    const folder = new GitFolder({ ".env.example": address("localhost"), "api/.env.example": address("database"), "web/.env.example": address("pg.acme.io"), ".gitignore": ".env\n" });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["web/.env.example"]);
  });

  it("takes for real, in an example, what a service has given out, and the rest only where it is asked for", async () => {
    const examples = {
      "a/.env.example": `JWT_SECRET=${key}\n`,
      "b/.env.example": "COOKIE_SECRET=0a6b944d-d2fb-46fc-a85e-0295c986cd9f\n",
      "c/.env.example": "MAILER_PASSWORD=Harvest-moon-77\n",
      "d/.env.example": `PAYMENTS_API_SECRET=${key}\n`,
      "e/.env.example": `STRIPE_KEY=${token}\n`,
      "f/.env.example": `JWT_OWNER_PASSWORD=${randomHex(32)}\n`,
      ".gitignore": ".env\n",
    };
    expect((await repoFindings(rule, new GitFolder(examples).root)).map(({ file }) => file[0])).toEqual(["d", "e", "f"]);
    expect((await repoFindings(rule, new GitFolder(examples).root, { options: { examples: true } })).map(({ file }) => file[0])).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  it("takes for real, in an example, the key of a service that nobody has listed, and a password of a store that it leads to", async () => {
    const hex = randomHex(32);
    const lines = [`FREIGHT_KEY=${hex}`, `MAIL_ROUTER_KEY=key-${randomHex(32, 5)}`, `LEDGER_KEY=${["xnd", "production", random(40)].join("_")}`, `LIVE_SITE_KEY=${hex}`, `MAP_KEY=${randomHex(32, 9)}`, "FEED_KEY=feed:orders:latest", "DB_HOST=81.169.40.7", "DB_PASS=Harvest-moon-77", "QUEUE_HOST=10.0.0.7", "QUEUE_PASS=Harvest-moon-78", "MAIL_HOST=mail.acme.io", "MAIL_PASS=Harvest-moon-79"];
    const found = await repoFindings(rule, new GitFolder({ ".env.example": `${lines.join("\n")}\n`, ".gitignore": ".env\n" }).root);
    expect(found.map(({ range }) => range.start.line)).toEqual([1, 2, 3, 8]);
  });

  it("reports a word that signs in a file of its own, and no public key, setting or placeholder", async () => {
    const files = { "api/jwt.key": "goats-on-the-hill\n", "api/session.secret": `${key}\n`, "api/jwt.pub.key": "ssh-rsa AAAA shop\n", "api/master.key": "change-me-please\n", "api/i18n.key": "goats-on-the-hill\n", "api/token.key": "a: 1\nb: 2\n" };
    expect((await repoFindings(rule, new GitFolder(files).root)).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["api/jwt.key keyText", "api/session.secret keyText"]);
  });

  it("leaves an address alone that says what is to be put there", async () => {
    const files = (word: string): Readonly<Record<string, string>> => ({ ".env.deploy.example": `DATABASE_URL=postgresql://app:${word}@db.internal:5432/shop\n`, ".gitignore": ".env\n" });
    expect(await repoFindings(rule, new GitFolder(files("CHANGE_ME")).root)).toEqual([]);
    expect(await repoFindings(rule, new GitFolder(files(random(14))).root)).toHaveLength(1);
  });

  it("leaves the keys of a store of files alone that an example finds on the own machine", async () => {
    const keys = `AWS_ACCESS_KEY_ID=${["AK", "IA", "Q3XJ5NRT7UVWYZ2B"].join("")}\nAWS_SECRET_ACCESS_KEY=${random(40)}\n`;
    const files = (endpoint: string): Readonly<Record<string, string>> => ({ ".env.example": `${endpoint}${keys}`, ".gitignore": ".env\n" });
    expect(await repoFindings(rule, new GitFolder(files("AWS_ENDPOINT=http://localhost:9000\n")).root)).toEqual([]);
    expect(await repoFindings(rule, new GitFolder(files("AWS_ENDPOINT=https://s3.acme.dev\n")).root)).toHaveLength(1);
    expect(await repoFindings(rule, new GitFolder(files("DYNAMODB_ENDPOINT=http://localhost:8000\n")).root)).toHaveLength(1);
    expect(await repoFindings(rule, new GitFolder(files("")).root)).toHaveLength(1);
  });

  it("leaves keys of what developers start on their machines alone, by the folder, and the key that pages show", async () => {
    const folder = new GitFolder({
      "localenv/wallet/private-key.pem": privateKey(),
      "sandbox/key.pem": privateKey(),
      ".env.production": `SUPABASE_ANON_KEY=${webToken({ iss: "supabase", ref: "abc", role: "anon" })}\n`,
      "locale/key.pem": privateKey(),
      "deploy/local/key.pem": privateKey(),
      ".env.staging": `SUPABASE_SERVICE_ROLE_KEY=${webToken({ iss: "supabase", ref: "abc", role: "service_role" })}\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file).sort()).toEqual([".env.staging", "deploy/local/key.pem", "locale/key.pem"]);
  });

  it("knows a sentence that signs, what the server of a bundler needs, and copies of one value", async () => {
    const folder = new GitFolder({
      ".env.production": "SESSION_SECRET=marmalade is made of oranges and sugar\n",
      "client/.env": "PORT=3001\nBROWSER=none\nREACT_APP_API=https://api.acme.io\n",
      ".env.save": `API_KEY=${key}\n`,
      ".env.save.1": `API_KEY=${key}\n`,
      ".env.staging": "SESSION_TITLE=marmalade is made of oranges and sugar\nSESSION_SECRET=replace this with a long random text\n",
    });
    const found = await repoFindings(rule, folder.root);
    expect(found.map(({ file }) => file).sort()).toEqual([".env.production", ".env.save", ".env.save.1"]);
    expect(new Set(found.filter(({ file }) => file.startsWith(".env.save")).map(({ cause }) => cause)).size).toBe(1);
  });

  it("takes sixteen letters and digits of an example for a key where nothing in them can be read, and pages' settings for harmless", async () => {
    const folder = new GitFolder({
      ".env.example": `LINKEDIN_SECRET=${["szdC8lN2", "s2SuMSy9"].join("")}\nMAIL_SECRET=Marmalade2024xyz\n`,
      "client/.env": 'REACT_APP_API=https://api.acme.io\nmode="development"\n',
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual([".env.example:1"]);
  });

  it("takes what a machine has made for a secret in a comment as well, and with marks in it", async () => {
    const made = ["|h2(]YoYg", "WyZ]3]WNP", "7iZVIAb"].join("");
    const folder = new GitFolder({
      ".env.example": `# QUEUE_PASSWORD=${made}\n# MAIL_PASSWORD=your_mail_password\n# BILLING_API_KEY=${key}\nDB_PASSWORD=${made}\nSHOP_PASSWORD=^[A-Za-z0-9!?#$%]{12,64}$\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ range }) => range.start.line).sort()).toEqual([1, 3, 4]);
  });

  it("leaves the defaults of an application alone whose tool reads a local file over them, unless strict asks", async () => {
    const manifest = (dependency: string): string => `{ "name": "shop", "private": true, "dependencies": { "${dependency}": "5" } }`;
    const files = (dependency: string, env: string): Record<string, string> => ({ "package.json": manifest(dependency), ".env": env });
    const found = async (given: Record<string, string>, options = {}): Promise<number> => (await repoFindings(rule, new GitFolder(given).root, { options })).length;
    expect(await found(files("vite", "ORIGIN=http://localhost\nOPENAI_API_KEY=\n"))).toBe(0);
    expect(await found(files("vite", "ORIGIN=http://localhost\nOPENAI_API_KEY=\n"), { examples: true })).toBe(1);
    expect(await found(files("express", "ORIGIN=http://localhost\nOPENAI_API_KEY=\n"))).toBe(1);
    expect(await found(files("next", `ORIGIN=http://localhost\nOPENAI_API_KEY=${key}\n`))).toBe(1);
    expect(await found({ ...files("next", "ORIGIN=http://localhost\n"), ".env.local": "ORIGIN=http://localhost\n" })).toBe(1);
  });

  it("gives copies of one key in several files one cause, and other keys their own", async () => {
    const one = privateKey("RSA PRIVATE KEY");
    const { root } = new GitFolder({ "orders/private/private.key": one, "users/private/private.key": one, "mail/private.key": privateKey("EC PRIVATE KEY") });
    const causes = (await repoFindings(rule, root)).map(({ cause }) => cause);
    expect([causes.length, new Set(causes).size]).toEqual([3, 2]);
  });

  it("leaves words that a developer's machine signs with and keys of its own domains alone", async () => {
    const found = async (files: Record<string, string>): Promise<string[]> => (await repoFindings(rule, new GitFolder(files).root)).map(({ file }) => file);
    expect(await found({ ".env.development": "JWT_SECRET=meadow-signing-words-of-2025\n" })).toEqual([]);
    expect(await found({ ".env.development": `JWT_SECRET=${key}\n` })).toEqual([".env.development"]);
    expect(await found({ ".env.production": "JWT_SECRET=meadow-signing-words-of-2025\n" })).toEqual([".env.production"]);
    expect(await found({ "nginx/shop.loc.key": privateKey(), "performance/tls/key.pem": privateKey(), "test-helpers/private.key": privateKey(), "testHelpers/private.key": privateKey() })).toEqual([]);
    expect(await found({ "nginx/shop.io.key": privateKey() })).toEqual(["nginx/shop.io.key"]);
  });

  it("leaves addresses of the own machine in examples and comments alone, whatever key is in them", async () => {
    const found = async (line: string): Promise<number> => (await repoFindings(rule, new GitFolder({ ".env.example": `${line}\n` }).root)).length;
    const address = (host: string): string => `"prisma+postgres://${host}/?api_key=${token}"`;
    expect(await found(`# DATABASE_URL=${address("localhost:51213")}`)).toBe(0);
    expect(await found(`DATABASE_URL=${address("localhost:51213")}`)).toBe(0);
    expect(await found(`DATABASE_URL=${address("accelerate.acme.io")}`)).toBe(1);
  });

  it("tells of a key by its secret, and by its id where nothing else tells", async () => {
    const id = ["AK", "IA", random(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")].join("");
    const found = async (text: string): Promise<number[]> => (await repoFindings(rule, new GitFolder({ ".env.production": text }).root)).map(({ range }) => range.start.line);
    expect(await found(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${random(40)}\n`)).toEqual([2]);
    expect(await found(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=\n`)).toEqual([1]);
  });

  it("asks where the host of the same name leads: here in an example a password opens nothing, elsewhere also one that somebody has made up does", async () => {
    const found = async (file: string, text: string): Promise<number> => (await repoFindings(rule, new GitFolder({ [file]: text }).root)).length;
    const random20 = random(24);
    expect(await found(".env.example", `DB_HOST=localhost\nDB_PASSWORD=${random20}\n`)).toBe(0);
    expect(await found(".env.development", `REDIS_HOST=redis\nREDIS_PASSWORD=${random20}\n`)).toBe(0);
    expect(await found(".env.example", `DB_HOST=db.acme.io\nDB_PASSWORD=${random20}\n`)).toBe(1);
    expect(await found(".env.production", `DB_HOST=localhost\nDB_PASSWORD=${random20}\n`)).toBe(1);
    const made = ["Quartz", "81", "!"].join("-");
    expect(await found(".env-example", `DB_HOST_STAGING=34.90.12.7\nDB_PASSWORD_STAGING=${made}\n`)).toBe(1);
    expect(await found(".env-example", `DB_HOST_STAGING=shop-1.c9abcd.eu-west-1.rds.amazonaws.com\nDB_PASSWORD_STAGING=${made}\n`)).toBe(1);
    expect(await found(".env-example", `DB_HOST_STAGING=34.90.12.7\nDB_PASSWORD_DEV=${made}\n`)).toBe(0);
    expect(await found(".env.example", 'DATABASE_URL="postgresql://shop_user:shop_password@hostname:port/shop"\n')).toBe(0);
  });
});
