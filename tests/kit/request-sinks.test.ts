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

it.each([
  ["the path", '{ host: "api.acme.io", path: `/items/${req.query.id}` }'],
  ["the method and the headers", '{ hostname: "api.acme.io", method: req.method, headers: { ...req.headers } }'],
])("stays silent on %s below a host that is fixed", async (_name, options) => {
  expect(await found(options)).toEqual([]);
});

it("leaves filters made of the jobs that the project itself enqueues to input-schema", async () => {
  const consumer = 'import { Worker } from "bullmq";\nimport { MongoClient } from "mongodb";\nconst users = new MongoClient("mongodb://").db().collection("users");\nexport const worker = new Worker("mail", async (job) => users.findOne({ name: job.data.name }));\n';
  const producer = 'import { Queue } from "bullmq";\nconst queue = new Queue("mail");\nexport const enqueue = (name: string) => queue.add("send", { name });\n';
  const manifest = '{ "name": "mail", "dependencies": { "bullmq": "5", "mongodb": "6" } }';
  const rulesOf = async (files: Readonly<Record<string, string>>, rule: string): Promise<string[]> => (await checkProject({ "package.json": manifest, "src/workers/mail.ts": consumer, ...files }, { rule })).map((line) => line.replace(/:.*? /, " "));
  expect(await rulesOf({}, "no-unvalidated-input")).toEqual(["src/workers/mail.ts no-unvalidated-input unchecked"]);
  expect(await rulesOf({ "src/services/mail.ts": producer }, "no-unvalidated-input")).toEqual([]);
  expect(await rulesOf({ "src/services/mail.ts": producer }, "input-schema")).toEqual(["src/workers/mail.ts input-schema none"]);
});
