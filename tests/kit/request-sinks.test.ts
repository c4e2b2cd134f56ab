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
