import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";

const handlers = `
import middy from "@middy/core";
import validator from "@middy/validator";
import { z } from "zod";
const Schema = z.object({ name: z.string() });
const read = async (event) => ({ statusCode: 200, body: event.pathParameters.id });
export const get = read;
export const create = middy(async (event) => ({ statusCode: 201, body: event.body })).use(validator({ eventSchema: {} }));
export const parsed = async (event) => { const body = Schema.parse(JSON.parse(event.body ?? "{}")); return { statusCode: 200, body }; };
export async function list(event) { return { statusCode: 200, body: event.queryStringParameters }; }`;

it("reads the events of a serverless.yml, also in files of their own", () => {
  const files = {
    "package.json": '{ "name": "app", "devDependencies": { "serverless": "4" } }',
    "src/users.ts": handlers,
    "serverless.yml": `
service: users
functions:
  get:
    handler: src/users.get
    events:
      - http: GET /users/{id}
      - sqs: arn
  create:
    handler: src/users.create
    events:
      - httpApi: { method: post, path: /users, authorizer: { name: jwt } }
  list:
    handler: src/users.list
    events:
      - http: { path: users, method: get, private: true }
      - schedule: rate(1 day)
  lost:
    handler: src/absent.handler
    events: [{ httpApi: "GET /lost" }]
  app:
    handler: src/users.list
    events: [{ httpApi: "*" }]
`,
  };
  expect(routeLines(files)).toEqual([
    "GET /users auth:api key query=none response=none list",
    "POST /users auth:jwt validation:validator body=enforced response=none inline",
    "GET /users/:id params=none response=none read",
  ]);
  expect(unresolvedLines(files)).toEqual(["serverless.yml the handler src/absent.handler is no file of the project", "src/users.ts this function answers below every path; what it does with them is not listed"]);
});

it("reads a SAM template with its default authorizer", () => {
  const files = {
    "package.json": '{ "name": "app" }',
    "src/users.ts": handlers,
    "template.yaml": `
Globals:
  Function: { Runtime: nodejs20.x }
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties: { Auth: { DefaultAuthorizer: Jwt } }
  Get:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./src
      Handler: users.get
      Events:
        Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: "/users/{id}" } }
        Open: { Type: HttpApi, Properties: { ApiId: { Ref: Api }, Method: any, Path: "/open/{proxy+}", Auth: { Authorizer: NONE } } }
  Parsed:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [src/users.ts] } }
    Properties:
      Handler: users.parsed
      Events:
        Post: { Type: Api, Properties: { Method: post, Path: /parsed } }
`,
  };
  expect(routeLines(files)).toEqual(["ALL /open/*proxy public:NONE params=none response=none read", "POST /parsed body=enforced response=enforced parsed", "GET /users/:id auth:Jwt params=none response=none read"]);
});

it("takes a function that answers 401 itself for one that knows its caller, and one that only logs the header for none", () => {
  const files = {
    "package.json": '{ "name": "app", "devDependencies": { "serverless": "4" } }',
    "serverless.yml": 'functions:\n  a: { handler: src/a.shut, events: [ { http: { path: shut, method: get } } ] }\n  b: { handler: src/a.open, events: [ { http: { path: open, method: get } } ] }\n',
    "src/a.ts": `export const shut = async (event) => { if (event.headers.authorization !== process.env.TOKEN) return { statusCode: 401, body: "{}" }; return { statusCode: 200, body: "{}" }; };
export const open = async (event) => { console.log(event.headers.authorization); return { statusCode: 200, body: "{}" }; };`,
  };
  expect(routeLines(files)).toEqual(["GET /open response=none open", "GET /shut auth:shut response=none shut"]);
});

it("reads a serverless.ts whose functions lie beside their handlers, and middy's router", () => {
  const files = {
    "package.json": '{ "name": "app", "devDependencies": { "serverless": "4" } }',
    "serverless.ts": 'import { hello } from "./src/hello/index.js"; const configuration = { functions: { hello, made: { handler: "src/hello/handler.main", events: [httpEvent("/x")] } } }; export default configuration;',
    "src/hello/index.ts": 'import { handlerPath } from "../paths.js"; export const hello = { handler: `${handlerPath(__dirname)}/handler.main`, events: [{ http: { method: "post", path: "hello" } }] };',
    "src/hello/handler.ts": 'export const main = async (event) => ({ statusCode: 200, body: event.body });',
    "src/router.ts": 'import router from "@middy/http-router"; const pay = async () => ({ statusCode: 200 }); export const handler = router([{ method: "ANY", path: "/pay/{id}", handler: pay }]);',
  };
  expect(routeLines(files)).toEqual(["POST /hello body=none response=none main", "ALL /pay/:id response=none pay"]);
  expect(unresolvedLines(files)).toEqual(["serverless.ts the events of this function are made by code"]);
});

it("runs what middy is told to use in front of a router in front of each of its routes", () => {
  const guard = 'const requireUser = () => ({ before: async ({ event }) => { if (!event.headers.authorization) throw Object.assign(new Error("no"), { statusCode: 401 }); } });';
  const table = '[{ method: "GET", path: "/claims", handler: async () => ({ statusCode: 200 }) }]';
  const lines = (code: string): readonly string[] => routeLines({ "src/api.ts": `import middy from "@middy/core"; import router from "@middy/http-router"; ${guard} ${code}` });
  const guarded = lines(`export const handler = middy().use(requireUser()).handler(router(${table}));`);
  expect(guarded).toEqual([expect.stringMatching(/^GET \/claims .*requireUser/)]);
  expect(lines(`const routes = router(${table}); export const handler = middy(routes).use(requireUser());`)).toEqual(guarded);
  expect(lines(`const routes = router(${table}); export const other = middy(async () => ({})).use(requireUser()); export const handler = middy(routes);`)[0]).not.toMatch(/requireUser/);
});

it("finds nothing in other YAML files", () => {
  expect(routeLines({ "package.json": '{ "name": "app" }', "template.yaml": "- just: a list", "serverless.yml": "functions: {", "src/a.ts": "export const handler = () => 1;" })).toEqual([]);
});

it("finds handlers that a module gives to exports, and leaves the events of an application to its own routes", () => {
  const files = {
    "package.json": '{ "name": "app", "devDependencies": { "serverless": "4" } }',
    "src/jobs.ts": 'exports.clean = async (event) => ({ statusCode: 200, body: event.body });',
    "src/notes/express.ts": 'import express from "express"; import serverlessExpress from "@vendia/serverless-express"; const app = express(); app.get("/notes", (request, response) => response.json([])); exports.handler = serverlessExpress({ app });',
    "serverless.yml": `
service: notes
functions:
  clean:
    handler: src/jobs.clean
    events:
      - httpApi: { method: post, path: /clean }
  notes:
    handler: src/notes/express.handler
    events:
      - httpApi: { method: get, path: /notes }`,
  };
  expect(unresolvedLines(files)).toEqual([]);
  expect(routeLines(files).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(["POST /clean", "GET /notes"]);
});

it("reads the routes of an API by the name that SST had first, with its default authorizer and the folder that a stack gives for all functions", () => {
  const files = (version: string): Record<string, string> => ({
    "package.json": `{ "name": "app", "devDependencies": { "${version}": "1" } }`,
    "stacks/index.ts": 'export default function (app) { app.setDefaultFunctionProps({ runtime: "nodejs16.x", srcPath: "services" }); app.stack(Main); }',
    "stacks/main.ts": `import { Api } from "${version}"; export function Main({ stack }) { new Api(stack, "api", { defaults: { authorizer: "pool" }, routes: { "GET /plans": "handlers/plans.list", "POST /login": { authorizer: "none", function: "handlers/plans.open" } } }); }`,
    "services/handlers/plans.ts": "export const list = async () => ({ statusCode: 200 }); export const open = async (event) => ({ statusCode: 200, body: event.body });",
  });
  expect(routeLines(files("@serverless-stack/resources"))).toEqual(["POST /login public:NONE body=none response=none open", "GET /plans auth:authorizer response=none list"]);
  expect(routeLines(files("@serverless-things/resources"))).toEqual([]);
});
