import { expect, it } from "vitest";
import { checkProject } from "../support/project.js";

const found = (options: string): Promise<string[]> =>
  checkProject(
    { "package.json": '{ "name": "relay", "dependencies": { "express": "5" } }', "src/app.ts": `import http from "node:http";\nimport express from "express";\nconst app = express();\napp.get("/relay", (req, res) => { http.request(${options}).pipe(res); });\napp.listen(1);\n` },
    { rule: "no-unvalidated-input" },
  );

it.each([
  ["the host", '{ host: String(req.query.host), path: "/" }'],
  ["the host in options that are spread", "{ port: 80, ...req.body }"],
  ["the whole address", "String(req.query.url)"],
])("reports %s of a request that its caller chooses", async (_name, options) => {
  expect(await found(options)).toEqual([expect.stringMatching(/^src\/app\.ts:4:\d+ no-unvalidated-input /)]);
});

it("stays silent on a path below a base that a function of the project adds, and behind a host that is fixed", async () => {
  const files = {
    "package.json": '{ "name": "relay", "dependencies": { "express": "5" } }',
    "src/app.ts": `import express from "express";\nimport { load, send } from "./load";\nconst app = express();\napp.get("/items/:id", async (req, res) => { res.json(await load("/items/" + req.params.id)); });\napp.use(async (req, res) => { res.json(await fetch("https://api.acme.io" + req.originalUrl)); });\napp.get("/below/:id", async (req, res) => { res.json(await send(\`\${process.env.API}/items/\${req.params.id}\`)); });\napp.get("/any", async (req, res) => { res.json(await load(req.query.to)); });\napp.listen(1);\n`,
    "src/load.ts": 'const address = (path: string) => new URL(path, process.env.API);\nexport const load = async (path: string) => send(address(path));\nexport const send = async (url: URL) => (await fetch(url)).json();\n',
  };
  expect(await checkProject(files, { rule: "no-unvalidated-input" })).toEqual([expect.stringMatching(/^src\/load\.ts:3:\d+ no-unvalidated-input /)]);
  const { "src/app.ts": app, ...others } = files;
  expect(await checkProject({ ...others, "src/app.ts": app.replace(/app\.get\("\/any".*/, "") }, { rule: "no-unvalidated-input" })).toEqual([]);
});

it.each([
  ["the path", '{ host: "api.acme.io", path: `/items/${req.query.id}` }'],
  ["a host that the function looks up by itself, or the path", '{ hostname: String(req.query.host), lookup: pinned }'],
  ["the method and the headers", '{ hostname: "api.acme.io", method: req.method, headers: { ...req.headers } }'],
])("stays silent on %s below a host that is fixed", async (_name, options) => {
  expect(await found(options)).toEqual([]);
});

it("leaves filters made of the jobs that the project itself enqueues to input-schema", async () => {
  const connect = 'import amqp from "amqplib";\nimport { MongoClient } from "mongodb";\nconst users = new MongoClient("mongodb://").db().collection("users");\n';
  const consumer = `${connect}export async function work() {\n  const channel = await (await amqp.connect("amqp://queue")).createChannel();\n  await channel.consume("mail", async (message) => { await users.findOne({ name: JSON.parse(message.content.toString()).name }); });\n}\n`;
  const producer = 'import amqp from "amqplib";\nexport async function enqueue(name: string) {\n  const channel = await (await amqp.connect("amqp://queue")).createChannel();\n  channel.sendToQueue("mail", Buffer.from(JSON.stringify({ name })));\n}\n';
  const manifest = '{ "name": "mail", "dependencies": { "amqplib": "0.10", "mongodb": "6", "agenda": "5" } }';
  const rulesOf = async (files: Readonly<Record<string, string>>, rule: string): Promise<string[]> => (await checkProject({ "package.json": manifest, ...files }, { rule })).map((line) => line.replace(/:.*? /, " "));
  expect(await rulesOf({ "src/workers/mail.ts": consumer }, "no-unvalidated-input")).toEqual(["src/workers/mail.ts no-unvalidated-input unchecked"]);
  expect(await rulesOf({ "src/workers/mail.ts": consumer, "src/services/mail.ts": producer }, "no-unvalidated-input")).toEqual([]);
  expect(await rulesOf({ "src/workers/mail.ts": consumer, "src/services/mail.ts": producer }, "input-schema")).toEqual(["src/workers/mail.ts input-schema none"]);
  // Whoever puts jobs into such a queue uses the same library, by whatever way.
  const job = 'import type Agenda from "agenda";\nimport { MongoClient } from "mongodb";\nconst users = new MongoClient("mongodb://").db().collection("users");\nexport const define = (agenda: Agenda) => agenda.define("mail", async (job) => { await users.findOne({ name: job.attrs.data.name }); });\n';
  expect(await rulesOf({ "src/jobs/mail.ts": job }, "no-unvalidated-input")).toEqual([]);
});
