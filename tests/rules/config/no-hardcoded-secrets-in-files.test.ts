import { describe, expect, it } from "vitest";
import rule from "../../../rules/config/no-hardcoded-secrets.js";
import { checkRepo, repoFindings } from "../../repo/check-repo.js";
import { GitFolder } from "../../repo/support.js";
import { random, randomHex, webToken } from "../../support/secrets.js";

const token = ["sk", "live", random(32)].join("_");
const key = random(32);
const password = ["Tr0ub4dor", "3"].join("&");
const drawnLetters = ["KqXn", "TZPb", "rwVu"].join("");

describe("no-hardcoded-secrets in files that are no code", () => {
  it("leaves alone what Stripe's command line gives to listen with, what OpenSearch demands of a developer, and accounts of a script that tries the application out", async () => {
    const files = {
      "README.md": `Run stripe listen, and put whsec_${randomHex(64)} into the settings.\n`,
      "docker/docker-compose.yml": "services:\n  search:\n    environment:\n      - OPENSEARCH_INITIAL_ADMIN_PASSWORD=${SEARCH_PASSWORD:-Admin_123!}\n",
      "web/.next_stale/server/manifest.json": `{ "encryptionKey": "${random(44)}" }`,
      "scripts/test-login.sh": 'PASSWORD="${LOGIN_PASSWORD:-StrongWord123}"\n',
    };
    expect(await repoFindings(rule, new GitFolder({ ...files, "start-dev.sh": `curl -d '{ "email": "a@acme.io",\n  "password": "winter-pass-7"\n}' localhost:3000/register\n` }).root)).toEqual([]);
    const real = { "README.md": `Ours is whsec_${random(32)}\n`, "docker/docker-compose.prod.yml": files["docker/docker-compose.yml"], "scripts/deploy.sh": files["scripts/test-login.sh"] };
    expect((await repoFindings(rule, new GitFolder(real).root)).map(({ file }) => file)).toEqual(Object.keys(real));
  });

  it.each([
    ["config/production.json", `{\n  "database": { "password": "${password}" }\n}`, "2:29", "named"],
    ["config.jsonc", `// settings\n{ "stripe": "${token}", }`, "2:14", "token"],
    ["config/app.yaml", `mail:\n  apiKey: ${key}\n`, "2:11", "named"],
    ["config/services.json", `{\n  "onesignal": { "appId": "shop", "restKey": "${key}" }\n}`, "2:46", "named"],
    ["docker-compose.yml", `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${password}\n`, "4:26", "named"],
    ["compose.yaml", `services:\n  api:\n    environment:\n      - JWT_SECRET=${key}\n`, "4:9", "named"],
    ["k8s/secret.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  apiKey: ${Buffer.from(key).toString("base64")}\n`, "4:11", "named"],
    ["k8s/store.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  DATABASE_URL: ${Buffer.from(["postgres://shop", `${key}@db.acme.io/shop`].join(":")).toString("base64")}\n`, "4:17", "token"],
    ["k8s/partner.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  partner-token: ${Buffer.from(key).toString("base64")}\n`, "4:18", "named"],
    ["Dockerfile", `FROM node:22\nENV API_SECRET=${key}\n`, "2:16", "named"],
    [".npmrc", `//registry.acme.io/:_authToken=${key}\n`, "1:32", "named"],
    [".npmrc", `//registry.acme.io/:_auth=${Buffer.from("svc:Tr4in-Wagon").toString("base64")}\n`, "1:27", "named"],
    ["deploy.sh", `#!/bin/sh\nexport API_KEY="${key}"\n`, "2:17", "named"],
    ["infra/main.tfvars", `db_password = "${password}"\n`, "1:16", "named"],
    ["notes.txt", `once more:\nCLOUD_SECRET_KEY=${key}\n`, "2:18", "named"],
    [".netrc", `machine acme.io login ci password ${password}\n`, "1:35", "named"],
    [".pgpass", `db.acme.io:5432:shop:shop:${password}\n`, "1:27", "named"],
    ["Makefile", `deploy:\n\tAPI_SECRET=${key} npx deploy\n`, "2:13", "named"],
    ["apps/api/tasks.json", `{ "start": "API_SECRET=${key} node ." }`, "1:12", "named"],
    ["compose.yml", `services:\n  redis:\n    command: redis-server --requirepass ${password}\n`, "3:41", "token"],
    ["upload.sh", `#!/bin/sh\nPASS="\${FTP_PASSWORD:-${password}}"\nUSER="\${FTP_USER:-robot}"\n`, "2:23", "named"],
    ["notify.sh", `curl -H "Authorization: Bearer ${key}" https://api.acme.io\n`, "1:32", "token"],
    ["init.sql", `-- CREATE USER shop WITH PASSWORD '${random(16)}4';\n`, "1:36", "token"],
    ["release.sh", `curl -X POST -H "X-Deploy-Token: ${randomHex(40)}" https://deploy.acme.io\n`, "1:34", "token"],
    ["config/local.json5", `{ jwt: { secret: '${key}' } }`, "1:19", "lowStakes"],
    ["postman/prod.json", `{ "values": [{ "key": "access_token", "value": "${key}" }] }`, "1:48", "named"],
    ["api/Dockerfile", "FROM node:22 AS build\nRUN npm ci\nFROM node:22-slim\nENV JWT_SECRET=marmalade-of-oranges\n", "4:16", "named"],
    ["web/Dockerfile", "FROM node:22\nENV SESSION_SECRET=${SESSION_SECRET:-marmalade-of-oranges}\n", "2:38", "named"],
    ["docker/Dockerfile.prod", `FROM node:22\nENV PORT=3000 \\\n    DB_PASSWORD="${password}"\n`, "3:18", "named"],
    ["build.sh", `curl -s -u robot:${password} https://ci.acme.io/job\ncurl -u robot:password https://ci.acme.io/job\n`, "1:18", "token"],
    ["push.sh", `sshpass -p "${password}" ssh root@shop.acme.io\nsshpass -p "$SERVER_PASS" ssh root@shop.acme.io\nsshpass -p YOUR_PASSWORD ssh root@shop.acme.io\n`, "1:13", "token"],
    ["deploy.sh", `SERVER_PASS="${drawnLetters}"\nSERVER_PASS="$1"\nSERVER_PASS="userIdsByApi"\n`, "1:14", "named"],
    ["README.md", `Use ${token} to try.\n`, "1:5", "token"],
    [".github/workflows/deploy.yml", `env:\n  VERCEL_TOKEN: ${random(24)}\n`, "2:17", "named"],
    [".circleci/config.yml", `jobs:\n  build:\n    environment:\n      DOCKERHUB_PASSWORD: ${random(36)}\n`, "4:27", "named"],
    ["sonar-project.properties", `sonar.login=${randomHex(40)}\n`, "1:13", "named"],
    ["config/staging.json", '{ "host": "pg.acme.io", "user": "shop", "password": "winter-pass-7" }', "1:53", "named"],
    ["docker-compose.yml", "services:\n  api:\n    environment:\n      JWT_SECRET: mysupersecretkey\n", "4:19", "named"],
    ["compose.yaml", `services:\n  api:\n    environment:\n      - JWT_SECRET=${["7kY>@]K-H(q", "n*;.H6|v<bz`EQ3)T8m"].join("$$")}\n`, "4:9", "named"],
    [".github/workflows/push.yml", "env:\n  DOCKER_PASSWORD: tst0300689\n", "2:20", "named"],
  ])("reports %s", async (file, text, place, messageId) => {
    const found = await checkRepo(rule, new GitFolder({ [file]: text }).root);
    expect(found.map((line) => line.replace(/-\d+:\d+/, ""))).toEqual([`${file}:${place} ${messageId}`]);
  });

  it.each([
    ["config/default.json", '{ "database": { "password": "${DB_PASSWORD}", "user": "app" } }'],
    ["Dockerfile", "FROM node:22 AS build\nENV JWT_SECRET=marmalade-of-oranges\nRUN npm run build\nFROM node:22-slim\nENV JWT_SECRET=\n"],
    ["Dockerfile.dev", "FROM node:22\nENV JWT_SECRET=marmalade-of-oranges\n"],
    ["docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: invoicespassword123\n"],
    ["release.sh", `curl -H "X-Api-Key: $API_KEY" -H "Idempotency-Key: ${random(24)}" -H "X-Cache-Key: ${randomHex(32)}" https://deploy.acme.io\n`],
    ["init.sql", "-- A user for development, if you like:\n-- CREATE USER shop_dev WITH PASSWORD 'dev123';\n"],
    ["docs/keys.md", `curl -H "X-Api-Key: ${key}" http://localhost:3000/api\n`],
    ["k8s/store.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  DATABASE_HOST: ${Buffer.from("postgres://db.acme.io/shop").toString("base64")}\n`],
    ["config/local.json", '{ "password": "postgres", "apiKey": "changeme" }'],
    ["providers.yaml", `credentials:\n  key:\n    pattern: "^sk_"\n    example: ${["sk", "live", random(32)].join("_")}\n`],
    ["package.json", `{ "scripts": { "db": "docker run --rm -p 3306:3306 -e MYSQL_ROOT_PASSWORD=${password} mariadb" } }`],
    ["docker-examples/mssql/compose.yml", `services:\n  db:\n    environment:\n      MSSQL_SA_PASSWORD: ${password}\n`],
    ["package.json", `{\n  "scripts": {\n    "testmssql": "DB_URI='${["mssql://sa", `${password}@localhost/db`].join(":")}' mocha"\n  }\n}\n`],
    ["docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}\n      POSTGRES_USER: app\n"],
    [".gitleaks.toml", `[allowlist]\nregexes = ["AKIA${"Q7R2K5M3Z6X4W7B2"}"]\n`],
    ["login.json", '{"email":"ann@globaltech.edu", "password":"Welcome123!"}\n'],
    ["labs/walkthrough.md", `It answers with \`${["whsec", "XyZ987654321abcdefghijklmn0pqrstu"].join("_")}\`.\n`],
    ["vectors.json", `{ "runToken": "${"00112233445566778899aabbccddeeff".repeat(2)}" }`],
    ["package-lock.json", `{ "packages": { "a": { "integrity": "sha512-${random(86)}==" } } }`],
    [".github/workflows/ci.yml", `env:\n  POSTGRES_PASSWORD: ${password}\n`],
    ["openapi.yaml", `components:\n  examples:\n    login:\n      password: ${password}\n`],
    ["src/plugins/billing.spec.yaml", `openapi: 3.0.0\ninfo:\n  description: |-\n    X-Hook-Secret: ${randomHex(64)}\npaths: {}\n`],
    ["api/spec.json", `{\n  "swagger": "2.0",\n  "info": { "description": "-----BEGIN RSA ${"PRIVATE"} KEY-----\\n${random(64)}\\n" }\n}`],
    ["package.json", '{ "dependencies": { "@acme/server-token": "workspace:^0.7.18", "@acme/client-secret": "file:../secrets-1.2.0.tgz" }, "pnpm": { "overrides": { "@acme/access-token": "npm:@acme/token@^1.20.3" } } }'],
    ["pnpm-workspace.yaml", 'catalog:\n  "@acme/server-token": "workspace:^0.7.18"\n'],
    ["docs/debug.md", "curl http://127.0.0.1:11100/users?access_token=AS_TOKEN_FROM_REGISTRATION_FILE\n"],
    ["data/covers.json", `[{ "token": "space/2023/03/15/${randomHex(32)}" }, { "token": "team/avatars/${randomHex(32)}" }]`],
    ["src/texts/strings.de-DE.json", `{ "password": "${password}" }`],
    ["src/locales/de.json", `{ "password": "${password}" }`],
    ["tests/fixtures/users.json", `{ "password": "${password}", "token": "${token}" }`],
    ["tsconfig.json", '{ "compilerOptions": { "target": "es2022" } }'],
    ["data/hashes.json", `{ "commit": "${randomHex(40)}" }`],
    [".npmrc", "//registry.acme.io/:_authToken=${NPM_TOKEN}\n"],
    [".npmrc", "//registry.acme.io/:_auth=${NPM_AUTH}\nalways-auth=true\n"],
    ["requests/users.http", `POST /users\n\n{\n  "password": "${password}"\n}\n`],
    ["renovate.json", `{ "hostRules": [{ "encrypted": { "token": "${random(80)}" } }] }`],
    ["k8s/sealed.yaml", `kind: SealedSecret\nspec:\n  data:\n    password: ${random(80)}\n`],
    ["k8s/prod.yaml", `DB_PASSWORD: ENC[AES256_GCM,data:${random(24)},type:str]\n`],
    ["charts/shop/values.yaml", "stripe:\n  secretName: ''\n  apiKey:\n    secretKey: stripeApiKey\n  queue:\n    secretKey: 'import_queue_postgres_url'\n"],
    ["charts/shop/values.yaml", "backup:\n  encryption_secret: backup-encryption-secret\n  serverSecret: backup-ssh-credentials\n"],
    ["chart/values.yaml", "auth:\n  secretKeys:\n    adminPasswordKey: admin-password\n  annotations:\n    auth-secret: basic-auth-v2\n"],
    ["Makefile", "deploy:\n\tAPI_SECRET=$(SECRET) npx deploy\n"],
    [".devcontainer/devcontainer.json", '{ "server": "localhost", "username": "shop", "password": "shopkeeper" }'],
    ["justfile", "seed:\n\tUSER_PASSWORD=Test@1234 npm run seed\n"],
    [".github/workflows/test.yml", "env:\n  API_SECRET: ci-only-secret-for-unit-1\n"],
    ["docker-compose.yml", "services:\n  api:\n    environment:\n      DB_HOST: db\n      DB_USER: shop\n      DB_PASS: shopkeeper\n"],
    ["docker-compose.yml", "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=password123\n      - MYSQL_ROOT_PASSWORD=pass1234\n"],
    [".github/workflows/ci.yml", "env:\n  COOKIE_SECRET: 6f1d2c3b-8a47-4c19-9e52-b0d7a3f4c815\n"],
    ["LICENSE.txt", `KEY_SECRET=${key}\n`],
    ["docker-compose.dev.yml", "services:\n  api:\n    environment:\n      JWT_SECRET: mysupersecretkey\n"],
    ["compose.yaml", "services:\n  api:\n    environment:\n      - JWT_SECRET=update_your_JWT_secret\n      - JWT_ISSUER=acme-shop-api\n"],
    ["init/users.json", `{ "users": [{ "name": "first", "password": "${randomHex(128)}", "salt": "${randomHex(16)}" }] }`],
    ["policy.yaml", "Resource:\n  - arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-database-password-v2*\n  - { broken\n"],
  ])("stays silent on %s", async (file, text) => {
    expect(await checkRepo(rule, new GitFolder({ [file]: text }).root)).toEqual([]);
  });

  it("reports only the added lines of a checked range", async () => {
    const folder = new GitFolder({ "config/app.yaml": `old:\n  apiKey: ${key}\n` });
    folder.commit("change", { "config/app.yaml": `old:\n  apiKey: ${key}\nnew:\n  apiSecret: ${random(32, undefined, 5)}\n` });
    expect((await repoFindings(rule, folder.root, { since: "HEAD~1" })).map(({ range }) => range.start.line)).toEqual([4]);
  });

  it.each([
    ["JSON that breaks off", "config/a.json", `{ "db": { "password": "${password}",\n  "port": `, "1:23"],
    ["JSON without commas or quotes", "config/a.json", `{ db: { password: "${password}" } user: "app" }`, "1:20"],
    ["YAML with broken indentation", "config/a.yaml", `db:\n    password: ${password}\n  : [ {\nport 5432\n`, "2:15"],
    ["YAML with an alias of nothing", "config/a.yaml", `db:\n  user: *nobody\n  password: ${password}\n`, "3:13"],
    ["bytes that are no UTF-8", "config/a.json", Buffer.concat([Buffer.from('{ "name": "'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from(`", "password": "${password}" }`)]), "1:30"],
    ["a byte-order mark and carriage returns", "config/a.json", `\uFEFF{\r\n  "password": "${password}"\r\n}\r\n`, "2:15"],
    ["an enormous line", "config/a.json", `{ "data": "${"A1".repeat(400_000)}", "password": "${password}" }`, undefined],
  ])("reads %s as far as possible", async (_name, file, text, place) => {
    const found = await repoFindings(rule, new GitFolder({ [file]: text }).root);
    expect(found.map(({ messageId }) => messageId)).toEqual(["named"]);
    if (place !== undefined) expect(found.map(({ range }) => `${range.start.line}:${range.start.column}`)).toEqual([place]);
    expect(JSON.stringify(found)).not.toContain(password);
  });

  it("tells once of a value that several services of a file are given, and nothing of the bodies of tried requests", async () => {
    const folder = new GitFolder({ "compose.yml": `services:\n  a:\n    environment:\n      API_SECRET: ${key}\n  b:\n    environment:\n      API_SECRET: ${key}\n`, "shop.postman_collection.json": JSON.stringify({ item: [{ request: { body: { raw: `{ "password": "${password}" }` } } }] }) });
    expect((await repoFindings(rule, folder.root)).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["compose.yml:4"]);
  });

  it("is silent about passwords of documentation that are made of words, series in commands, and tokens that a request was tried with", async () => {
    const folder = new GitFolder({
      "docs/redis.md": "redis-server --requirepass senha_forte\nExample: redis://:mypass123@cache-1.acme.io:6379\n",
      "docs/real.md": `redis://:${random(16)}@cache-1.acme.io:6379\n`,
      "compose.yml": "services:\n  cache:\n    command: redis-server --requirepass 12345678\n",
      "api.postman_collection.json": JSON.stringify({ item: [{ request: { url: { query: [{ key: "token", value: random(24) }] } } }], auth: { bearer: [{ key: "token", value: random(24, undefined, 7) }] } }),
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["api.postman_collection.json named", "docs/real.md token"]);
  });

  it("tells once of a list of accounts", async () => {
    const rows = JSON.stringify([1, 2, 3].map((row) => ({ email: `m${row}@acme.io`, password: `${password}${row}`, confirmPassword: `${password}${row}` })), undefined, 1);
    const found = await repoFindings(rule, new GitFolder({ "bench/members.json": rows, "config/shops.json": `[{ "password": "${password}" }, { "password": "${password}x" }]` }).root);
    expect(found.map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["bench/members.json:4", "config/shops.json:1", "config/shops.json:1"]);
  });

  it("finds tokens in long files that it asks no names of, and passes over binary ones", async () => {
    const long = `{ "rows": [${Array.from({ length: 60_000 }, (_, index) => `{ "id": ${index}, "password": "Tr0ub4dor&${index}" }`).join(",\n")}], "key": "${token}" }`;
    const found = await repoFindings(rule, new GitFolder({ "config/rows.json": long, "config/image.json": Buffer.from([0, 1, 2, ...Buffer.from(token)]) }).root);
    expect(found.map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["config/rows.json token"]);
  });

  it("is silent about files of tests, words that open a store of the own machine, and long lists of others' addresses", async () => {
    const folder = new GitFolder({
      "docker-compose.test-custom.yml": `services:\n  api:\n    environment:\n      SUPERUSER_PASSWORD: ${password}\n`,
      "compose.monitoring.yml": "services:\n  charts:\n    environment:\n      GF_SECURITY_ADMIN_PASSWORD: admin123\n",
      "database.json": JSON.stringify({ local: { host: "localhost", user: "shop", password: "harvest" }, live: { host: "db.acme.io", user: "shop", password: "harvest2" } }),
      "chains.json": JSON.stringify(Array.from({ length: 20_000 }, (_, index) => `https://user${index}:${random(20)}@node-${index}.acme.io/rpc`)),
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["database.json named"]);
  });

  it("tells a value once, however many files and addresses hold it", async () => {
    const folder = new GitFolder({
      "compose.prod.yml": `services:\n  api:\n    environment:\n      DB_PASSWORD: ${password}\n      DATABASE_URL: postgres://shop:${password}@db.acme.io/shop\n`,
      "deploy/render.yaml": `envVars:\n  - key: ADMIN_PASSWORD\n    value: ${password}\n  - key: API_SECRET\n    value: ${key}\n`,
    });
    const found = await repoFindings(rule, folder.root);
    expect(found.length).toBeGreaterThan(2);
    expect(new Set(found.map(({ cause }) => cause)).size).toBe(2);
  });

  it("leaves persons of tried requests, what a chart says to change, keys of CI itself, prose and words of own stores to strict", async () => {
    const folder = new GitFolder({
      "requests/login.request.yaml": `url: http://acme.io/login\nbody:\n  content: '{ "password": "${password}" }'\n`,
      "flows/buy.json": JSON.stringify({ steps: [{ url: "{{baseUrl}}/login" }], userPassword: password }),
      "values.yaml": `auth:\n  adminPassword: ${password} # change this before you install\n`,
      ".github/workflows/e2e.yml": `env:\n  DB_ENCRYPTION_KEY: ${random(44)}\n`,
      "advisories.json": JSON.stringify({ overview: `Send:\npassword: '${password}'\n` }),
      "compose.yml": "services:\n  cache:\n    command: redis-server --requirepass shop_cache\n",
      "mssql.yaml": "url: sqlserver://mssql:1433;user=sa;password=12ABab!;encrypt=true\n",
      "conf.json": '{ "PASSWORD": "__STORE_ADMIN_PASSWORD__", "host": "db.acme.io", "user": "shop" }',
      "local/wiremock/mappings/login.json": JSON.stringify({ access: webToken({ id: 1, iat: 1 }) }),
      "internal/testdata/a.json": JSON.stringify({ apiSecret: key }),
      "README.md": "| GET | `/register?name=jo&password=Password123!` |\n",
      "export.insomnia": JSON.stringify({ text: JSON.stringify({ token: webToken({ id: 1, iat: 1 }) }) }),
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual([]);
  });

  it("reports what looks like these and opens something", async () => {
    const folder = new GitFolder({
      "requests/login.request.yaml": `headers:\n  x-api-key: ${key}\n`,
      "values.yaml": `auth:\n  # for the changelog\n  adminPassword: ${password}\n`,
      ".github/workflows/deploy.yml": `env:\n  DEPLOY_TOKEN: ${random(44)}\n`,
      "advisories.json": JSON.stringify({ setup: `Send:\npassword: '${password}'\n` }),
      "compose.prod.yml": "services:\n  cache:\n    command: redis-server --requirepass shop_cache\n",
      "mssql.yaml": "url: sqlserver://sql.acme.io:1433;user=sa;password=12ABab!;encrypt=true\n",
      "compose.yml": "services:\n  api:\n    environment:\n      - MAIL_PASSWORD=qzjv wkxm hplt brnc\n      - SHOP_HASHSECRET=QX7ZP2LM9RTWVB4KHS8DNCJG6FYAE3U5\n",
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file).sort()).toEqual([".github/workflows/deploy.yml", "advisories.json", "compose.prod.yml", "compose.yml", "compose.yml", "mssql.yaml", "requests/login.request.yaml", "values.yaml"]);
  });

  it("tells what developers start on their machines from what is started for everybody", async () => {
    const service = (...lines: readonly string[]): string => `services:\n  api:\n    environment:\n${lines.map((line) => `      ${line}\n`).join("")}`;
    const folder = new GitFolder({
      "a/docker-compose.yml": service("- NODE_ENV=development", "- JWT_SECRET=my-dev-signing"),
      "b/docker-compose.yml": `${service("JWT_SECRET: moonlit-harvest")}    volumes:\n      - ./src:/app/src\n`,
      "c/docker-compose.yml": service("MINIO_ROOT_PASSWORD: minio123", "S3_SECRET_KEY: minio123"),
      "d/docker-compose.yml": service("JWT_SECRET: moonlit-harvest"),
      "e/docker-compose.lite.yml": service(`SECRET_KEY: \${SECRET_KEY:-${key}}`, "DATABASE_PASSWORD: ${DATABASE_PASSWORD:-password}"),
      "f/docker-compose.prod.yml": service("POSTGRES_PASSWORD: harvest2024"),
      "g/docker-compose.yml": service("- NODE_ENV=development", `- JWT_SECRET=${key}`),
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["d/docker-compose.yml", "e/docker-compose.lite.yml", "f/docker-compose.prod.yml"]);
  });

  it("is silent on what a script reads, texts of an interface, words that say what is to stand there, and services that stand in for others", async () => {
    const texts = Object.fromEntries([["Host", "Rechner"], ["Username", "Benutzer"], ["Port", "Anschluss"], ["Password", "Passwort"], ...Array.from({ length: 50 }, (_, index) => [`Text ${index}`, "Wort"])]);
    const folder = new GitFolder({
      "env.sh": 'while read -r apiKey; read -r password; do\n  export billingApiKey="$apiKey"\n  export dbPassword="$password"\n  export mailPassword="${password}"\ndone\n',
      "app/texts/form.json": JSON.stringify(texts, undefined, 1),
      "app/trans/de/form.json": '{ "password": "Kenn-Wort1" }',
      "charts/values.yaml": 's3:\n  keySecret: "s3SecretValue"\nauth:\n  secret: someSecret\n',
      "shop.postman_collection.json": '{ "item": [{ "key": "password", "value": "hunter2" }] }',
      "docker/localstack/stack.yml": `key: |\n  -----BEGIN ${"PRIVATE"} KEY-----\n  ${random(64)}\n  ${random(64)}\n  -----END ${"PRIVATE"} KEY-----\n`,
    });
    expect(await repoFindings(rule, folder.root)).toEqual([]);
  });

  it("reports what looks like them and opens something", async () => {
    const folder = new GitFolder({
      "env.sh": `export dbPassword="${password}"\n`,
      "app/settings.json": JSON.stringify({ host: "mail.acme.io", username: "app", password: "Kenn-Wort1" }),
      "charts/values.yaml": `s3:\n  keySecret: "${key}"\n`,
      "shop.postman_collection.json": `{ "item": [{ "key": "apiKey", "value": "${key}" }] }`,
      "docker/live/stack.yml": `key: |\n  -----BEGIN ${"PRIVATE"} KEY-----\n  ${random(64)}\n  ${random(64)}\n  -----END ${"PRIVATE"} KEY-----\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file).sort()).toEqual(["app/settings.json", "charts/values.yaml", "docker/live/stack.yml", "env.sh", "shop.postman_collection.json"]);
  });

  it("reports a token that is copied all over a file once in recommended", async () => {
    const line = `psql postgresql://owner:${random(16)}@pg.acme.io/shop`;
    const found = await repoFindings(rule, new GitFolder({ "commands.json": JSON.stringify([line, `${line} -c "select 1"`, `psql postgresql://owner:${random(20)}@pg.acme.io/shop`], undefined, 1) }).root);
    expect(new Set(found.map(({ cause }) => cause)).size).toBe(2);
  });

  it("takes what CI starts for itself for made up, and reads what programs are started with at the edge", async () => {
    const address = `postgres://armband:${random(16)}`;
    const folder = new GitFolder({
      ".travis.yml": "env:\n  global:\n    - SECRET_KEY=harvest-moon-123\n",
      ".github/workflows/ci.yml": `env:\n  DATABASE_URL: ${address}@localhost:5432/shop\n`,
      "wrangler.jsonc": '{ "vars": { "JWT_SECRET": "moonlit-harvest" } }',
      "wrangler.toml": '[vars]\nJWT_SECRET = "moonlit-harvest"\nREGION = "moonlit-harvest"\n',
      "config/default.json": '{ "jwt": { "secretKey": "shop-web-token-signer" } }',
      "config/custom.json": '{ "jwt": { "secretKey": "shop-web-token-signer" } }',
      ".github/workflows/live.yml": `env:\n  DATABASE_URL: ${address}@pg.acme.io:5432/shop\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual([".github/workflows/live.yml", "config/default.json", "wrangler.jsonc", "wrangler.toml"]);
  });

  it("knows a key by what its name says in front of what it is for", async () => {
    const folder = new GitFolder({ "config.properties": `SECRET_KEY_OF_INVITATIONS = ${key}\nSECRET_KEY_NAME = ${key}\nAPI_KEY_HEADER = ${key}\n` });
    expect((await repoFindings(rule, folder.root)).map(({ range }) => range.start.line)).toEqual([1]);
  });

  it("reports keys that notes tell to write into settings, and leaves what they make up or tell to make alone", async () => {
    const note = (above: string, value: string): string => `# Setup\n\n${above}\n\n\`\`\`env\nPORT=3000\nJWT_SECRET=${value}\n\`\`\`\n`;
    const found = async (text: string): Promise<number[]> => (await repoFindings(rule, new GitFolder({ "docs/SETUP.md": text }).root)).map(({ range }) => range.start.line);
    expect(await found(note("Create a file `.env` with this content:", randomHex(64)))).toEqual([7]);
    expect(await found(note("Create a file `.env` with this content:", random(44)))).toEqual([7]);
    expect(await found(note("For example:", randomHex(64)))).toEqual([]);
    expect(await found(note("Make one with `openssl rand -hex 32`:", randomHex(64)))).toEqual([]);
    expect(await found(note("Create a file `.env` with this content:", "K8fJ2mN9xP4wQ7rT1vY6zA3bC5dE8gH0jL2kM4nO6pR"))).toEqual([]);
    expect(await found(note("Create a file `.env` with this content:", "0123456789abcdef".repeat(4)))).toEqual([]);
    expect(await found(note("Create a file `.env` with this content:", "put-a-long-secret-of-your-own-here"))).toEqual([]);
  });

  it("leaves what everybody has who has the application, words of stores of developers, and tokens of tried requests alone", async () => {
    const google = ["AI", "za"].join("") + random(35);
    const folder = new GitFolder({
      "mobile/android/app/google-services.json": JSON.stringify({ client: [{ api_key: [{ current_key: google }] }] }),
      "mobile/google-services.dev.json": JSON.stringify({ client: [{ api_key: [{ current_key: google }] }] }),
      "mobile/GoogleService-Info-staging.plist": `<key>API_KEY</key>\n<string>${google}</string>\n`,
      ".npm-cache/_cacache/content-v2/sha512/b5/42/a10b": `{"name":"proxy","homepage":"https://${"ada"}:${random(20)}@git.acme.io/proxy"}`,
      "test-framework/src/main/resources/accounts.yml": `account:\n  token: ${random(60)}\n`,
      "docker-compose.yml": "services:\n  charts:\n    environment:\n      ME_CONFIG_MONGODB_ADMINPASSWORD: admin123\n",
      "auth.http": `@RF_TOKEN = ${randomHex(64)}\n@ACCESS_TOKEN = ${random(40)}\n`,
      "twitter.json": JSON.stringify({ consumerKey: key }),
    });
    expect(await repoFindings(rule, folder.root)).toEqual([]);
    const live = new GitFolder({
      "server/google.json": JSON.stringify({ current_key: google }),
      "docker-compose.yml": `services:\n  charts:\n    environment:\n      ME_CONFIG_MONGODB_ADMINPASSWORD: ${random(20)}\n`,
      "mail.http": `@MAIL_API_KEY = ${random(40)}\n`,
      "twitter.json": JSON.stringify({ consumerSecret: key }),
    });
    expect((await repoFindings(rule, live.root)).map(({ file }) => file).sort()).toEqual(["docker-compose.yml", "mail.http", "server/google.json", "twitter.json"]);
  });

  it("tells what runs on developers' machines alone only where it is asked for", async () => {
    const service = (...lines: readonly string[]): string => `services:\n  api:\n    environment:\n${lines.map((line) => `      ${line}\n`).join("")}`;
    const files = {
      "a/docker-compose.yml": `${service(`JWT_SECRET: ${key}`)}  mail:\n    image: axllent/mailpit:latest\n`,
      "b/docker-compose.yml": service("- NODE_ENV=development", `- MASTER_PASSWORD=${password}`),
      "localenv/shop/settings.yml": `identitySecret: ${key}\n`,
      "dev.yml": `session_encryption_key: ${key}\n`,
      "c/docker-compose.yml": `${service(`JWT_SECRET: ${key}`)}  mail:\n    image: boky/postfix:latest\n`,
      "d/docker-compose.yml": service("- NODE_ENV=development", `- SHOP_API_KEY=${key}`),
      "locales-env/shop/settings.yml": `identitySecret: ${key}\n`,
    };
    expect((await repoFindings(rule, new GitFolder(files).root)).map(({ file }) => file).sort()).toEqual(["c/docker-compose.yml", "d/docker-compose.yml", "locales-env/shop/settings.yml"]);
    expect(await repoFindings(rule, new GitFolder(files).root, { options: { developers: true } })).toHaveLength(7);
  });

  it("takes what SQL Server demands of a developer's password for made up, and a chosen one for real", async () => {
    const compose = (value: string): string => `services:\n  db:\n    environment:\n      MSSQL_SA_PASSWORD: ${value}\n`;
    const chosen = ["gR7", "wq-88", "Zk"].join("");
    const folder = new GitFolder({ "a/docker-compose.yml": compose("Harvest_password123!"), "b/docker-compose.yml": compose("yourStrong(!)Moon1"), "c/docker-compose.yml": compose(chosen), "docker-compose.prod.yml": compose("Harvest_password123!"), "d/docker-compose.yml": "services:\n  db:\n    environment:\n      MYSQL_PASSWORD: Harvest1\n" });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file).sort()).toEqual(["c/docker-compose.yml", "docker-compose.prod.yml"]);
  });

  it("leaves references, alphabets, tokens that documentation shows, keys of requests to this machine, and the token of Nx alone", async () => {
    const folder = new GitFolder({
      "infra/main.tf": "monitor_api_token = var.silver_monitor_api_token_v2\nother_api_token = module.a1.api_token\n",
      "start.sh": "# export OAUTH2_SECRET=abcde12345\n",
      "docs/api.md": `curl -H "Authorization: Bearer ${key}" http://localhost:3000/api\n`,
      "shop.http": `POST http://localhost:3000/orders\nx-api-key: ${key}\n`,
      "nx.json": JSON.stringify({ nxCloudAccessToken: key }),
      "join.sh": `curl -d '{\n  "roomPassword": false,\n  "password": "password2"\n}' https://shop.acme.io\n`,
      "pages.json": JSON.stringify({ "x-algolia-api-key": randomHex(32), "x-algolia-application-id": "79FRDP12PN" }),
      "auth.yml": `client_secret: 1234-${"ab12cd34"}.apps.googleusercontent.com\n`,
    });
    expect(await repoFindings(rule, folder.root)).toEqual([]);
    const live = new GitFolder({
      "infra/main.tf": `monitor_api_token = "${key}"\n`,
      "start.sh": `# export OAUTH2_SECRET=${key}\n`,
      "deploy/call.sh": `curl -H "Authorization: Bearer ${key}" https://api.acme.io\n`,
      "shop.http": `POST http://localhost:3000/orders\nx-api-key: ${key}\n\nPOST https://shop.acme.io/orders\nx-api-key: ${key}\n`,
      "cloud.json": JSON.stringify({ cloudAccessToken: key }),
      "pages.json": JSON.stringify({ "x-algolia-api-key": randomHex(32), "x-algolia-agent": "shop" }),
    });
    expect([...new Set((await repoFindings(rule, live.root)).map(({ file }) => file))].sort()).toEqual(["cloud.json", "deploy/call.sh", "infra/main.tf", "pages.json", "shop.http", "start.sh"]);
  });

  it("takes a long password of a connection for no hash, and the token of a phone for no key of a server", async () => {
    const tail = `APA91b${random(134)}`;
    const folder = new GitFolder({
      "config/production.json": JSON.stringify({ host: "pg.acme.io", port: 5432, username: "shop", password: randomHex(64) }),
      "config/push.json": JSON.stringify({ a: `AAAA${random(7)}:${tail}` }),
      "data/accounts.json": JSON.stringify({ username: "ann", role: "clerk", password: randomHex(64) }),
      "data/phones.json": JSON.stringify({ to: `eF${random(9)}:${tail}` }),
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file).sort()).toEqual(["config/production.json", "config/push.json"]);
  });

  it("reads charts, defaults of Terraform, proxies, requests of Bruno and YAML settings, and no places in them", async () => {
    const folder = new GitFolder({
      "chart/values.yaml": "env:\n  SESSION_SECRET: mountain-goat-herd\n",
      "infra/variables.tf": 'variable "db_password" {\n  type = string\n  default = "Quince-4-All"\n}\n',
      "deploy/nginx.conf": `proxy_set_header Authorization "Bearer ${random(40)}";\n`,
      "bruno/environments/live.bru": `vars {\n  apiToken: ${key}\n}\n`,
      "config/default.yaml": "auth:\n  jwtSecret: goats-in-the-mountains\n",
      "config/production.yaml": "auth:\n  jwtTokenSecret: moody the goat\n",
      "config/staging.yaml": "auth:\n  jwtSecret: generate it with openssl\n",
    });
    expect([...new Set((await repoFindings(rule, folder.root)).map(({ file }) => file))].sort()).toEqual(["bruno/environments/live.bru", "chart/values.yaml", "config/default.yaml", "config/production.yaml", "deploy/nginx.conf", "infra/variables.tf"]);
    const silent = new GitFolder({
      "chart/values.yaml": "env:\n  SESSION_SECRET: change-me-please\nexistingSecret: mountain-goat-herd\n",
      "infra/variables.tf": 'variable "db_password" {\n  type = string\n  sensitive = true\n}\nvariable "region" {\n  default = "eu-central-1"\n}\n',
      "deploy/nginx.conf": 'proxy_set_header Authorization "Bearer $token";\n',
      "bruno/environments/live.bru": "vars {\n  apiToken: {{process.env.TOKEN}}\n}\n",
      "config/default.yaml": "auth:\n  jwtIssuer: goats-in-the-mountains\n",
    });
    expect(await repoFindings(rule, silent.root)).toEqual([]);
  });

  it("takes a password of words for one in a compose file for production alone, and what a command and a key share for one", async () => {
    const service = (line: string): string => `services:\n  store:\n    environment:\n      ${line}\n`;
    const folder = new GitFolder({
      "docker-compose.prod.yml": service("MONGO_INITDB_ROOT_PASSWORD: moonlitharvest"),
      "docker-compose.yml": service("MONGO_INITDB_ROOT_PASSWORD: moonlitharvest"),
      "docker-compose.staging.yml": service("MONGO_INITDB_ROOT_PASSWORD: changeme"),
      "a/docker-compose.prod.yml": service("DB_PASSWORD: ${DB_PASSWORD}"),
      "b/docker-compose.prod.yml": `${service("REDIS_PASSWORD: moon-harvest-77")}    command: redis-server --requirepass moon-harvest-77\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["b/docker-compose.prod.yml:5", "docker-compose.prod.yml:4"]);
  });

  it("leaves what fixtures hold, a salt with what was derived with it, and a mark in an address alone", async () => {
    const folder = new GitFolder({
      "src/test-fixtures/notes.txt": "Passcode: 3884034\n",
      "src/notes/notes.txt": "Passcode: 3884034\n",
      "data/users.json": `{ "name": "jo", "password": "${randomHex(32)}.${randomHex(128)}" }`,
      "data/keys.json": `{ "name": "jo", "apiKey": "${randomHex(32)}" }`,
      "config/mail.json": '{ "url": "smtps://__ACCOUNT__:__APP_PASSWORD__@smtp.acme.io:465" }',
      "config/queue.json": `{ "url": "amqps://shop:${password}@queue.acme.io" }`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["config/queue.json", "data/keys.json", "src/notes/notes.txt"]);
  });

  it("takes addresses that were signed for one file, words for a developer's database, and what asks to be changed for harmless", async () => {
    const address = (place: string): string => `services:\n  api:\n    environment:\n      LOGO: https://files.acme.io/storage/v1/${place}?token=${webToken({ url: "logo.png", exp: 4_000_000_000 })}\n`;
    const folder = new GitFolder({
      "a/docker-compose.yml": address("object/sign/shop/logo.png"),
      "b/docker-compose.yml": address("object/list/shop"),
      "c/docker-compose.yml": "services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: root_password_123\n",
      "d/docker-compose.prod.yml": "services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: root_harvest_123\n",
      "config/default.json": '{ "jwtSecret": "preview_jwt_change_in_production_32" }',
      "deploy.sh": "GRAFANA_ADMIN_PASSWORD=moonlit77\nexport GF_SECURITY_ADMIN_PASSWORD=moonlit77\n",
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["b/docker-compose.yml:4", "d/docker-compose.prod.yml:4", "deploy.sh:1"]);
  });

  it("reads logs for what services give out, and tells of the tokens of one collection of requests once", async () => {
    const token = ["xox", "b-", "204816325641-7049281635402-", random(24)].join("");
    const request = (id: string): string => `{ "url": "{{base}}/v1/orders", "auth": { "bearer": [{ "key": "token", "value": "${webToken({ sub: id, iat: 1_700_000_000, exp: 1_731_000_000 })}" }] } }`;
    const folder = new GitFolder({
      "logs/calls.log": `GET /v1/orders Authorization: Bearer ${webToken({ sub: "1042" })}\nslack ${token}\n`,
      "shop.postman_collection.json": `{ "item": [${request("1")}, ${request("2")}] }`,
      "data/test-users.json": '{ "users": [{ "email": "jo@acme.io", "password": "harvest77" }] }',
      "docker-compose.yml": "services:\n  files:\n    image: minio/minio\n    environment:\n      MINIO_SECRET_KEY: harvest77\n",
    });
    const found = await repoFindings(rule, folder.root);
    expect(new Set(found.map(({ file, cause }) => `${file} ${file.endsWith("log") ? "" : (cause ?? "")}`)).size).toBe(2);
    expect([...new Set(found.map(({ file }) => file))]).toEqual(["logs/calls.log", "shop.postman_collection.json"]);
  });

  it("leaves the id of a key alone whose secret stands in the next lines, and tokens in a guide to a tool", async () => {
    const id = ["rzp", "live", random(14)].join("_");
    const folder = new GitFolder({
      "a/render.yaml": `envVars:\n  - key: PAY_KEY_ID\n    value: ${id}\n  - key: PAY_KEY_SECRET\n    value: ${random(24)}\n`,
      "b/render.yaml": `envVars:\n  - key: PAY_KEY_ID\n    value: ${id.replace("live", "test")}\n`,
      "docs/postman-guide.md": `{ "access_token": "${webToken({ sub: "jo" })}" }\n`,
    });
    expect((await repoFindings(rule, folder.root)).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["a/render.yaml:5", "b/render.yaml:3"]);
  });

  it("leaves what a container is asked with by itself for its health", async () => {
    const health = (password: string): string => `services:\n  search:\n    image: opensearchproject/opensearch\n    healthcheck:\n      test: curl -sk -u admin:${password} https://localhost:9200/_cluster/health\n`;
    const folder = new GitFolder({ "a/docker-compose.yml": health("Meadow_dev_1!"), "b/docker-compose.prod.yml": health("Meadow_dev_1!"), "c/docker-compose.yml": health("q7Rt2!xVb9Lm4#Zs") });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["b/docker-compose.prod.yml", "c/docker-compose.yml"]);
  });

  it("takes what Terraform decodes of a module for no key", async () => {
    const folder = new GitFolder({ "infra/a.tf": "provider \"k8s\" {\n  client_key = base64decode(module.cluster_7.kube_config[0].client_key)\n}\n", "infra/b.tf": `provider "k8s" {\n  client_key = "${random(40)}"\n}\n` });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["infra/b.tf"]);
  });

  it("leaves words in the command of a store alone, however many", async () => {
    const store = (word: string): string => `services:\n  cache:\n    image: redis\n    command: redis-server --requirepass ${word}\n`;
    const folder = new GitFolder({ "a/docker-compose.yml": store("harbour_cache_password"), "b/docker-compose.yml": store(random(24)), "c/docker-compose.prod.yml": store("harbour_cache_password") });
    expect((await repoFindings(rule, folder.root)).map(({ file }) => file)).toEqual(["b/docker-compose.yml", "c/docker-compose.prod.yml"]);
  });
});
