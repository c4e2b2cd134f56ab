import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/security/least-privilege.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../../repo/support.js";
import { checkProject } from "../../support/project.js";

const name = "least-privilege";
const manifest = JSON.stringify({ name: "shop", private: true, scripts: { start: "node ." }, dependencies: { express: "*", pg: "*", "aws-cdk-lib": "*" } });

/** `place messageId` of each line of a file that must be reported, each site for itself; the situations are the lines. */
async function lines(situations: readonly string[], { local = false, file = "src/database.ts", head = "" } = {}): Promise<string[]> {
  const found = await checkProject({ "package.json": manifest, [file]: [head, ...situations].join("\n") }, { rule: name, preset: "strict", options: { local } });
  return found.map((line) => line.slice(file.length + 1).replace(` ${name}`, ""));
}

describe("least-privilege in code", () => {
  it("reports administrators of databases, each where its name stands", async () => {
    expect(await lines([
      'export const a = new Pool({ host: setting.host, database: "shop", user: "postgres" });',
      'export const b = mysql.createPool({ host: "db.internal", database: "shop", user: "root", password: setting.password });',
      'export const c = knex({ client: "pg", connection: { host: setting.host, port: 5432, database: "shop", user: "admin" } });',
      'export const d = { type: "mssql", host: "sql.internal", username: "sa", password: setting.password };',
      'export const e = `postgres://postgres:${setting.password}@db.internal/shop`;',
      'export const f = mongoose.connect("mongodb://root@mongo/shop");',
      'export const g = new Sequelize("shop", "root", setting.password, { host: setting.host });',
      'const user = "root"; export const h = { dialect: "mysql", host: setting.host, user };',
    ], { head: "declare const setting: any, Pool: any, mysql: any, knex: any, mongoose: any, Sequelize: any;" })).toEqual(["2:73 user", "3:82 user", "4:109 user", "5:67 user", "6:18 user", "7:35 user", "8:40 user", "9:79 user"]);
  });

  it("tells a connection by its holder's name, and reads what a schema of settings falls back to", async () => {
    expect(await lines([
      'export const a = knex({ client: "mysql2", connection: { host: setting.host, user: "root", password: setting.password } });',
      'export const database = { host: setting.host, username: setting.user || "root", password: setting.password };',
      'export const b = z.object({ DB_USER: z.string().min(1).default("postgres"), DB_NAME: z.string().default("postgres") });',
      'export const c = cleanEnv(setting, { PGUSER: str({ default: "postgres" }), MIGRATION_DB_USER: str({ default: "postgres" }) });',
      'export const terminal = { host: setting.host, username: "root", password: setting.password };',
    ], { local: true, head: "declare const setting: any, knex: any, z: any, cleanEnv: any, str: any;" })).toEqual(["2:83 user", "3:57 user", "4:64 user", "5:61 user"]);
  });

  it("reads whom a client of MongoDB logs in as", async () => {
    expect(await lines([
      'export const a = new MongoClient(setting.url, { auth: { username: "admin", password: setting.password } });',
      'export const b = mongoose.connect(setting.url, { auth: { username: "shop", password: setting.password } });',
      'export const c = new MongoClient("mongodb://localhost:27017/shop", { auth: { username: "admin", password: setting.password } });',
      'export const d = axios.get(setting.url, { auth: { username: "admin", password: setting.password } });',
    ], { head: 'import { MongoClient } from "mongodb"; import mongoose from "mongoose"; import axios from "axios"; declare const setting: any;' })).toEqual(["2:67 user"]);
  });

  it("is silent about users of the application's own, other objects, and hosts of one machine", async () => {
    expect(await lines([
      'export const a = new Pool({ host: setting.host, database: "shop", user: "shop_app" });',
      'export const b = new Pool({ host: setting.host, database: "shop", user: setting.user });',
      'export const c = new Pool({ host: "localhost", database: "shop", user: "postgres" });',
      'export const d = { user: "admin", role: "editor" };',
      'export const e = "postgres://postgres@localhost:5432/shop";',
      'export const f = "set it to something like postgres://postgres@db/shop";',
      'export const g = new Pool({ host: setting.host, database: "shop", user: setting.user ?? "postgres" });',
      'export const h = setting.isDevelopment ? { host: "db", database: "shop", user: "root" } : setting.connection;',
    ], { head: "declare const setting: any, Pool: any;" })).toEqual([]);
  });

  it("reports certificates that nobody looks at", async () => {
    expect(await lines([
      "export const a = new https.Agent({ rejectUnauthorized: false });",
      "export const b = { ssl: setting.isProduction ? { rejectUnauthorized: false } : false };",
      'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";',
      'export const d = { server: "sql.internal", options: { trustServerCertificate: true } };',
      "export const e = { tlsAllowInvalidCertificates: true };",
      'export const f = "postgres://shop@db.internal/shop?sslmode=no-verify";',
      'if (setting.environment === "production") connect({ rejectUnauthorized: false });',
      'export const h = setting.environment !== "development" && { rejectUnauthorized: false };',
    ], { head: "declare const https: any, setting: any, connect: any;" })).toEqual(["2:36 tls", "3:50 tls", "4:1 tls", "5:55 tls", "6:20 tls", "7:18 tls", "8:53 tls", "9:61 tls"]);
  });

  it("is silent about checked certificates, development, servers, and what a setting chooses by its name", async () => {
    expect(await lines([
      "export const a = new https.Agent({ rejectUnauthorized: true });",
      "export const b = { rejectUnauthorized: setting.verify };",
      'export const c = setting.environment === "development" ? { rejectUnauthorized: false } : {};',
      "export const d = setting.isProduction ? {} : { rejectUnauthorized: false };",
      'if (setting.environment !== "production") connect({ rejectUnauthorized: false });',
      "export const f = https.createServer({ requestCert: true, rejectUnauthorized: false });",
      "if (setting.acceptInvalidCertificates) connect({ rejectUnauthorized: false });",
      'switch (setting.mode) { case "self-signed": connect({ rejectUnauthorized: false }); }',
      'export const i = { host: "localhost", rejectUnauthorized: false };',
    ], { head: "declare const https: any, setting: any, connect: any;" })).toEqual([]);
  });

  it("reports what may do everything, and grants of everything", async () => {
    expect(await lines([
      'export const a = new iam.PolicyStatement({ actions: ["*"], resources: [table.arn] });',
      'export const b = new PolicyStatement({ effect: Effect.ALLOW, actions: ["s3:GetObject", "dynamodb:*"], resources: ["*"] });',
      'export const c = { Effect: "Allow", Action: "*", Resource: "*" };',
      'export const d = ManagedPolicy.fromAwsManagedPolicyName("AdministratorAccess");',
      'export const e = db.query("GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO shop_app");',
    ], { head: "declare const iam: any, table: any, PolicyStatement: any, Effect: any, ManagedPolicy: any, db: any;" })).toEqual(["2:53 action", "3:71 action", "4:45 action", "5:57 action", "6:27 grant"]);
    expect(await lines(['export const up = (db: any) => db.raw("grant all on orders to app");'], { file: "src/migrations/20250101_init.ts" })).toEqual(["2:39 grant"]);
  });

  it("is silent about developers' files, and users of what fills or changes a database", async () => {
    const pool = 'import { Pool } from "pg";\nexport const pool = new Pool({ host: "pg.internal.example.com", database: "shop", user: "postgres" });';
    const unchecked = 'export const ssl = { rejectUnauthorized: false };';
    expect(await lines([pool], { file: "src/db.ts" })).toEqual(["3:89 user"]);
    for (const file of ["seed-database.ts", "scripts/migrate-to-tenants.ts", "scripts/create-db.ts"]) expect(await lines([pool], { file })).toEqual([]);
    expect(await lines(['process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";'], { file: "scripts/send.ts" })).toEqual([]);
    expect(await lines([unchecked], { file: "src/config/production.ts" })).toHaveLength(1);
    for (const file of ["src/config/development.ts", "src/configure_dev.ts"]) expect(await lines([unchecked], { file })).toEqual([]);
  });

  it("is silent about listed actions, denials, and grants of what is used", async () => {
    expect(await lines([
      'export const a = new iam.PolicyStatement({ actions: ["dynamodb:GetItem", "s3:Get*"], resources: [table.arn] });',
      'export const b = { Effect: "Deny", Action: "*", Resource: "*" };',
      'export const c = new PolicyStatement({ effect: Effect.DENY, actions: ["*"] });',
      'export const d = { actions: ["*"], title: "menu" };',
      'export const e = db.query("GRANT SELECT, INSERT ON orders TO shop_app");',
      'export const f = db.query("GRANT ALL ON orders TO postgres");',
    ], { head: "declare const iam: any, table: any, PolicyStatement: any, Effect: any, db: any;" })).toEqual([]);
  });

  it("reports local hosts, fallbacks and chosen exceptions where they are asked for", async () => {
    expect(await lines([
      'export const a = "postgres://postgres@localhost:5432/shop";',
      'export const b = new Pool({ host: setting.host, database: "shop", user: setting.user ?? "postgres" });',
      "if (setting.acceptInvalidCertificates) connect({ rejectUnauthorized: false });",
      "if (setting.isDevelopment) connect({ rejectUnauthorized: false });",
    ], { head: "declare const setting: any, Pool: any, connect: any;", local: true })).toEqual(["2:18 user", "3:73 user", "4:50 tls"]);
  });
});

describe("least-privilege in other files", () => {
  afterEach(removeFolders);
  const found = (tree: Tree, options = {}): Promise<string[]> => checkRepo(rule, new TemporaryFolder({ "package.json": manifest, ...tree }).root, { options });
  const node = "FROM node:22-slim AS build\nRUN npm ci\nFROM node:22-slim\n";

  it.each<[string, Tree, string[]]>([
    ["a container without a user", { Dockerfile: `${node}CMD ["node", "main.js"]\n` }, ["Dockerfile:3:1-3:18 container"]],
    ["a container of whichever version", { Dockerfile: "ARG NODE_VERSION=22\nFROM node:${NODE_VERSION}-alpine${ALPINE:-3.20} AS base\nRUN npm ci\nFROM base AS runtime\nCMD [\"node\", \"main.js\"]\n" }, ["Dockerfile:4:1-4:21 container"]],
    ["an address in an env example of a container", { "container.env.example": "DATABASE_URL=postgresql://postgres:${POSTGRES_PASSWORD}@db/shop\n" }, ["container.env.example:1:14-1:64 user"]],
    ["a container that a compose file starts", { Dockerfile: "FROM node:22\nCOPY . .\nEXPOSE 3000\n" }, ["Dockerfile:1:1-1:13 container"]],
    ["a grant that is restored anywhere", { "bin/restore.sh": 'psql -c "grant all on schema public to ${DB_USER};"\n' }, ["bin/restore.sh:1:10-1:50 grant"]],
    ["a container whose last user is root", { Dockerfile: `${node}USER node\nUSER 0:0\nCMD ["node", "main.js"]\n` }, ["Dockerfile:5:1-5:9 container"]],
    ["a container whose script answers from what was built", { "web/Dockerfile": `${node}CMD ["yarn", "start"]\n`, "web/package.json": '{ "name": "web", "scripts": { "start": "next start" } }' }, ["web/Dockerfile:3:1-3:18 container"]],
    ["an image of the system that starts Node", { "api.Dockerfile": "FROM debian:12\nENTRYPOINT node main.js\n" }, ["api.Dockerfile:1:1-1:15 container"]],
    ["a variable of an image", { Dockerfile: "FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\nUSER node\n" }, ["Dockerfile:2:1-2:35 tls"]],
    ["an env example", { ".env.example": "DB_HOST=db\nDB_USER=root\nNODE_TLS_REJECT_UNAUTHORIZED=0\n" }, [".env.example:2:9-2:13 user", ".env.example:3:30-3:31 tls"]],
    ["an address in an env example", { ".env.example": 'DATABASE_URL="postgresql://postgres:<password>@db.internal:5432/shop"\n' }, [".env.example:1:15-1:69 user"]],
    ["a user that the code reads", { ".env.production": "POSTGRES_USER=postgres\n", "src/settings.ts": "export const user = process.env.POSTGRES_USER;" }, [".env.production:1:15-1:23 user"]],
    ["a service of a compose file", { "compose.yaml": "services:\n  api:\n    build: .\n    user: root\n    environment:\n      DATABASE_URL: postgres://postgres:${PASSWORD}@db/shop\n" }, ["compose.yaml:6:7-6:60 user", "compose.yaml:4:11-4:15 container"]],
    ["what stands in for an unset variable", { "compose.yaml": "services:\n  api:\n    image: registry.internal/api\n    environment:\n      - DB_USER=${DB_USER:-root}\n" }, ["compose.yaml:5:9-5:33 user"]],
    ["a container of Kubernetes", { "k8s/api.yaml": "kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: registry.internal/api\n          env:\n            - name: PGUSER\n              value: postgres\n          securityContext:\n            runAsUser: 0\n" }, ["k8s/api.yaml:9:22-9:30 user", "k8s/api.yaml:11:24-11:25 container"]],
    ["a policy of the Serverless Framework", { "serverless.yml": 'provider:\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: "*"\n          Resource: "*"\n' }, ["serverless.yml:6:19-6:22 action"]],
    ["a policy of a template", { "template.yaml": "Resources:\n  Role:\n    Statement:\n      - Effect: Allow\n        Action:\n          - dynamodb:*\n" }, ["template.yaml:6:13-6:23 action"]],
    ["policies of Terraform", { "main.tf": 'data "aws_iam_policy_document" "app" {\n  statement {\n    actions   = ["s3:GetObject", "sqs:*"]\n  }\n}\nresource "aws_iam_policy" "all" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\n' }, ["main.tf:3:5-3:42 action", "main.tf:7:58-7:70 action"]],
    ["a grant in SQL", { "db/roles.sql": "-- grant all on x to y;\ngrant all privileges on database shop to shop_app;\n" }, ["db/roles.sql:2:1-2:50 grant"]],
    ["a start script", { "package.json": JSON.stringify({ name: "shop", scripts: { start: "NODE_TLS_REJECT_UNAUTHORIZED=0 node ." } }) }, ["package.json:1:35-1:74 tls"]],
  ])("reports %s", async (_name, tree, expected) => {
    expect(await found(tree)).toEqual(expected);
  });

  it.each<[string, Tree]>([
    ["a container that serves a page from its sources to a developer", { "web/Dockerfile": `${node}ENTRYPOINT ["yarn", "start"]\n`, "web/package.json": '{ "name": "web", "scripts": { "start": "react-scripts start" } }' }],
    ["a service whose container is named after development", { "compose.yaml": "services:\n  api:\n    build: .\n    container_name: api-dev\n    environment:\n      DATABASE_URL: postgres://postgres:${PASSWORD}@db/shop\n" }],
    ["a container with a user", { Dockerfile: `${node}USER node\nCMD ["node", "main.js"]\n` }],
    ["a user of the stage below", { Dockerfile: "FROM node:22 AS base\nUSER 1000\nFROM base\nCMD node main.js\n" }],
    ["an image whose user is no root", { Dockerfile: 'FROM gcr.io/distroless/nodejs22-debian12:nonroot\nCMD ["main.js"]\n' }],
    ["an image that is not known", { Dockerfile: 'FROM registry.internal/base:4\nCMD ["node", "main.js"]\n' }],
    ["a container of another program", { Dockerfile: 'FROM node:22 AS build\nRUN npm ci\nFROM nginx:1.27\nCMD ["nginx"]\n' }],
    ["a start that gives rights up", { Dockerfile: `${node}ENTRYPOINT ["./entrypoint.sh"]\n`, "docker/entrypoint.sh": 'exec gosu node "$@"\n' }],
    ["a container that a developer works in", { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npm", "run", "start:dev"]\n', "develop/Dockerfile": `${node}CMD ["node", "main.js"]\n` }],
    ["a container that starts anew when sources change, and the image of a database", { Dockerfile: `${node}CMD ["npm", "run", "start-reload"]\n`, "containers/postgres12-postgis/Dockerfile": "FROM registry.internal/base:1\nENV PGUSER=postgres\n" }],
    ["a box of tools", { Dockerfile: "FROM node:22\nRUN npm ci\nCOPY . .\n" }],
    ["grants on a developer's machine", { "bin/copy-to-localhost.sh": 'psql -c "grant all privileges on database shop to app;"\n', "bin/restore.sh": 'psql -c "grant all on schema public to ${LOCAL_USER};"\n' }],
    ["a Dockerfile for development", { "Dockerfile.dev": `${node}CMD npm run dev\n` }],
    ["a local env example", { ".env.example": "DB_HOST=localhost\nDB_USER=root\nDATABASE_URL=postgres://postgres@127.0.0.1/shop\n" }],
    ["users of migrations and of the server", { ".env.example": "MIGRATION_DATABASE_URL=postgres://postgres:x@db/shop\nPOSTGRES_USER=postgres\nMONGO_INITDB_ROOT_USERNAME=root\nADMIN_USER=admin\n" }],
    ["the database's own container", { "compose.yaml": "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: postgres\n      PGUSER: postgres\n" }],
    ["a database server that is built here", { "compose.yaml": "services:\n  postgres_db:\n    build: ./services/postgresql\n    environment:\n      POSTGRES_USER: postgres\n      POSTGRES_PASSWORD: ${PASSWORD}\n" }],
    ["a compose file for development", { "docker-compose.dev.yml": "services:\n  api:\n    build: .\n    environment:\n      DB_USER: root\n" }],
    ["a service that runs from mounted source", { "compose.yaml": "services:\n  api:\n    build: .\n    volumes:\n      - .:/app\n    environment:\n      DB_USER: root\n" }],
    ["listed actions and denials", { "serverless.yml": 'statements:\n  - Effect: Allow\n    Action: ["dynamodb:GetItem"]\n  - Effect: Deny\n    Action: "*"\n' }],
    ["listed actions and denials of Terraform", { "main.tf": 'statement {\n  effect = "Deny"\n  actions = ["*"]\n}\nstatement {\n  actions = ["s3:GetObject"]\n}\n' }],
    ["what every database begins with, in a dump", { "db/dump.sql": "--\n-- PostgreSQL database dump\n--\nGRANT ALL ON SCHEMA public TO PUBLIC;\n" }],
    ["a grant of what is used, and files of tests", { "db/roles.sql": "grant select, insert on orders to shop_app;\n", "tests/compose.yaml": "services:\n  api:\n    build: .\n    user: root\n", "test/all.sql": "grant all on orders to app;\n" }],
  ])("is silent about %s", async (_name, tree) => {
    expect(await found(tree)).toEqual([]);
  });

  it("reports files for development and local hosts where they are asked for", async () => {
    const tree = { ".env.example": "DATABASE_URL=postgres://postgres@localhost/shop\n", "Dockerfile.dev": "FROM node:22\nCMD npm run dev\n" };
    expect(await found(tree, { local: true })).toEqual([".env.example:1:14-1:48 user", "Dockerfile.dev:1:1-1:13 container"]);
  });

  it("shows the evidence and the edit, and no password", async () => {
    const { root } = new TemporaryFolder({ "package.json": manifest, "compose.yaml": "services:\n  api:\n    build: .\n    environment:\n      DATABASE_URL: postgres://postgres:hunter2@db/shop\n" });
    const [message] = await repoMessages(rule, root);
    expect(message).toContain("`DATABASE_URL` connects as `postgres`");
    expect(message).not.toContain("hunter2");
  });
});

describe("least-privilege, what is told once", () => {
  it("tells of containers without a user at the first of them, and of one that says so by itself", async () => {
    const image = (...lines: readonly string[]): string => ["FROM node:22", ...lines, 'CMD ["node", "main.js"]', ""].join("\n");
    const found = (preset: "recommended" | "strict", second: string): Promise<string[]> => checkProject({ "package.json": manifest, "services/a/Dockerfile": image(), "services/b/Dockerfile": second, "services/c/Dockerfile": image() }, { rule: name, preset, cliOnly: true });
    expect(await found("recommended", image())).toEqual(["services/a/Dockerfile:1:1-1:13 least-privilege container"].map((line) => line.replace(/-1:13/, "")));
    expect(await found("recommended", image("USER root"))).toHaveLength(2);
    expect(await found("recommended", image("USER node"))).toHaveLength(1);
    expect(await found("strict", image())).toHaveLength(3);
  });

  it("leaves an image alone that Lambda runs", async () => {
    const found = (line: string): Promise<string[]> => checkProject({ "package.json": manifest, Dockerfile: `FROM node:22-slim\nRUN npm install ${line}\nENTRYPOINT ["sh", "entry.sh"]\nCMD ["node", "main.handler"]\n` }, { rule: name, preset: "recommended", cliOnly: true });
    expect(await found("aws-lambda-ric")).toEqual([]);
    expect(await found("aws-lambda-consumer")).toHaveLength(1);
  });

  it("tells of a role that is granted everything in the first migration alone", async () => {
    const migration = (role: string): string => `exports.up = (knex) => knex.raw("grant all on orders to ${role}");\n`;
    const found = (second: string): Promise<string[]> => checkProject({ "package.json": manifest, "migrations/001_a.js": migration("shop_app"), "migrations/002_b.js": migration(second) }, { rule: name, preset: "recommended", cliOnly: true });
    expect(await found("SHOP_APP")).toHaveLength(1);
    expect(await found("shop_jobs")).toHaveLength(2);
  });

  it("reports the administrator of a production file on its own machine, and none of a developer's", async () => {
    const user = "DB_HOST=localhost\nDB_USER=root\n";
    const found = (file: string): Promise<string[]> => checkRepo(rule, new TemporaryFolder({ "package.json": manifest, "src/main.ts": "export const user = process.env.DB_USER;\n", [file]: user }).root);
    expect(await found(".env.production")).toHaveLength(1);
    expect(await found(".env.example")).toEqual([]);
  });

  it("leaves the policy of a key, the first user of a server's container and a check of this machine alone", async () => {
    const found = (files: Record<string, string>): Promise<string[]> => checkProject({ "package.json": manifest, ...files }, { rule: name, preset: "recommended", cliOnly: true });
    const statement = (action: string): string => `resource "aws_kms_key" "a" {\n  policy = jsonencode({ Statement = [{\n    Effect = "Allow",\n    Principal = { AWS = "arn:aws:iam::\${local.account}:root" },\n    Action = "${action}",\n    Resource = "*"\n  }] })\n}\n`;
    expect(await found({ "infra/main.tf": statement("kms:*") })).toEqual([]);
    expect(await found({ "infra/main.tf": statement("s3:*") })).toHaveLength(1);
    expect(await found({ "infra/main.tf": 'statement {\n  actions = ["kms:*"]\n  resources = ["*"]\n}\n' })).toHaveLength(1);
    const grant = (to: string): string => `psql <<EOSQL\nGRANT ALL PRIVILEGES ON DATABASE shop TO "${to}";\nEOSQL\n`;
    expect(await found({ "db/init.sh": grant("$POSTGRES_USER") })).toEqual([]);
    expect(await found({ "db/init.sh": grant("$SHOP_USER") })).toHaveLength(1);
    const check = (host: string): string => `const https = require("https");\nprocess.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\nhttps.get({ host: "${host}", port: 8443 }, (res) => process.exit(res.statusCode < 400 ? 0 : 1));\n`;
    expect(await found({ "health/check.js": check("localhost") })).toEqual([]);
    expect(await found({ "health/check.js": check("bank.acme.io") })).toHaveLength(1);
  });

  it("tells once of what the policies of several files allow, and of each place in code", async () => {
    const found = async (files: Record<string, string>): Promise<number> => (await checkProject({ "package.json": manifest, ...files }, { rule: name, preset: "recommended", cliOnly: true })).length;
    const policy = (action: string): string => `statement {\n  actions = ["${action}"]\n  resources = ["*"]\n}\n`;
    expect(await found({ "infra/a.tf": policy("sqs:*"), "infra/b.tf": policy("sqs:*") })).toBe(1);
    expect(await found({ "infra/a.tf": policy("sqs:*"), "infra/b.tf": policy("sns:*") })).toBe(2);
    const agent = 'import https from "node:https";\nexport const agent = new https.Agent({ rejectUnauthorized: false });';
    expect(await found({ "src/bank.ts": agent, "src/mail.ts": agent })).toBe(2);
  });

  it("tells of a user where a compose file connects with it, and not once more in the example that sets it", async () => {
    const found = async (service: string, options: Record<string, unknown> = {}): Promise<readonly string[]> =>
      checkProject({ "package.json": manifest, "src/settings.ts": "export const user = process.env.DB_USER;", ".env.example": "DB_USER=postgres\nDB_HOST=db.acme.io\n", "docker-compose.yml": `services:\n  api:\n    image: acme/api\n    environment:\n      DATABASE_URL: ${service}\n` }, { rule: name, preset: "recommended", cliOnly: true, options });
    expect(await found("postgres://${DB_USER:-postgres}:${DB_PASSWORD}@db:5432/shop")).toEqual(["docker-compose.yml:5:7 least-privilege user"]);
    expect(await found("postgres://${DB_USER:-postgres}:${DB_PASSWORD}@db:5432/shop", { local: true })).toHaveLength(2);
    expect(await found("postgres://${DB_USER}:${DB_PASSWORD}@db:5432/shop")).toEqual([".env.example:1:9 least-privilege user"]);
  });
});
