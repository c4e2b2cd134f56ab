import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";

const rule = "no-pii-in-logs";
const linesOf = async (text: string, packages: readonly string[]): Promise<number[]> => {
  const manifest = JSON.stringify({ name: "app", private: true, scripts: { start: "node ." }, dependencies: Object.fromEntries(packages.map((name) => [name, "*"])) });
  return (await checkProject({ "package.json": manifest, "src/a.ts": text }, { rule })).map((line) => Number(line.split(":")[1]));
};
const pipe = (of: string, type: string): string => `import { Injectable, type PipeTransform } from "@nestjs/common";\n@Injectable()\nexport class TidyPipe implements PipeTransform${of} {\n  transform(value${type}) {\n    console.log("given", value);\n    return value;\n  }\n}\n`;
const takes = (parameter: string): string => `import { Body, Controller, Param, Post } from "@nestjs/common";\n@Controller("a")\nexport class Accounts {\n  @Post()\n  make(${parameter}) {}\n}\n`;

describe("what libraries hand over", () => {
  it.each([
    ["a body in a pipe", pipe("", ": unknown") + takes("@Body(TidyPipe) body: object"), ["@nestjs/common"], [5]],
    ["a body in a pipe that is made where it is named", pipe("", ": any") + takes("@Body(new TidyPipe()) body: object"), ["@nestjs/common"], [5]],
    ["what a pipe of the whole application is given", pipe("", ""), ["@nestjs/common"], [5]],
    ["a text that is read of a copy of a request", 'import { Hono } from "hono";\nexport const app = new Hono();\napp.use(async (c, next) => {\n  console.log(await c.req.raw.clone().text());\n  await next();\n});', ["hono"], [4]],
    ["an object that is read of a request and logged at once", 'import { Hono } from "hono";\nexport const app = new Hono();\napp.post("/v1/a", async (c) => {\n  console.log("in", await c.req.json());\n  return c.json({});\n});', ["hono"], [4]],
    ["errors of class-validator by their type", 'import type { ValidationError } from "class-validator";\nexport const tell = (errors: ValidationError[]) => console.log(errors);', ["class-validator"], [2]],
    ["errors of a pipe", 'import { ValidationPipe } from "@nestjs/common";\nexport const pipe = new ValidationPipe({ exceptionFactory: (errors) => {\n  console.log(JSON.stringify(errors));\n  return errors;\n} });', ["@nestjs/common"], [3]],
    ["the values of a statement of Prisma, taken apart", 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nprisma.$on("query", ({ query, params }) => {\n  console.log(query);\n  console.log(params);\n});', ["@prisma/client"], [5]],
    ["the values that a logger of TypeORM is given", 'import type { Logger } from "typeorm";\nexport class Statements implements Logger {\n  logQuery(query: string, parameters?: unknown[]) {\n    console.log(query, parameters);\n  }\n}', ["typeorm"], [4]],
    ["the variables of a query", 'export const plugin = { async requestDidStart({ request }: any) {\n  console.log(request.variables);\n} };', ["@apollo/server"], [2]],
    ["the payload of hapi", 'export const route = { method: "POST", path: "/v1/a", handler: (request: any, h: any) => {\n  console.log(request.payload);\n  return h.response();\n} };', ["@hapi/hapi"], [2]],
    ["fields that Adonis is asked for", 'import type { HttpContext } from "@adonisjs/core/http";\nexport default class Accounts {\n  store({ request }: HttpContext) {\n    console.log(request.only(["email", "plan"]));\n  }\n}', ["@adonisjs/core"], [4]],
    ["who has signed in with Google", 'import { OAuth2Client } from "google-auth-library";\nexport async function whoIs(client: OAuth2Client, idToken: string) {\n  const ticket = await client.verifyIdToken({ idToken });\n  console.log(ticket.getPayload());\n}', ["google-auth-library"], [4]],
    ["an address that lets somebody in", "export const options = { sendMagicLink: async ({ url }: { url: string }) => {\n  console.log(url);\n} };", ["better-auth"], [2]],
    ["tokens of devices", 'export const push = (fcmTokens: string[]) => console.log(fcmTokens.join(", "));', [], [1]],
    ["a job of which whom it goes to is taken", 'import { Worker } from "bullmq";\nexport const worker = new Worker("mail", async (job) => {\n  const { to, subject } = job.data as { to: string; subject: string };\n  console.log("job", job.data);\n  return subject + to.length;\n});', ["bullmq"], [4]],
  ])("reports %s", async (_name, text, packages, lines) => {
    expect(await linesOf(text, packages)).toEqual(lines);
  });

  it.each([
    ["an id in a pipe", pipe("", ": unknown") + takes('@Param("id", TidyPipe) id: string'), ["@nestjs/common"]],
    ["a text in a pipe, by its type", pipe("<string, number>", ": string"), ["@nestjs/common"]],
    ["what a pipe is told of its place", pipe("", ": unknown, metadata: { type: string }").replace('"given", value', '"given", metadata.type') + takes("@Body(TidyPipe) body: object"), ["@nestjs/common"]],
    ["another class with such a method", 'export class Shape {\n  transform(value: unknown) {\n    console.log("given", value);\n    return value;\n  }\n}', []],
    ["how long a body is", 'import { Hono } from "hono";\nexport const app = new Hono();\napp.use(async (c, next) => {\n  const text = await c.req.raw.clone().text();\n  console.log(text.length);\n  await next();\n});', ["hono"]],
    ["what a service answers", 'export const ask = async () => {\n  const answer = await fetch("https://weather.acme.io/today");\n  console.log(await answer.clone().text());\n};', []],
    ["errors of a pipe that keeps no values", 'import { ValidationPipe } from "@nestjs/common";\nexport const pipe = new ValidationPipe({ validationError: { target: false, value: false }, exceptionFactory: (errors) => {\n  console.log(errors);\n  return errors;\n} });', ["@nestjs/common"]],
    ["the fields that errors name", 'import type { ValidationError } from "class-validator";\nexport const tell = (errors: ValidationError[]) => console.log(errors.map(({ property }) => property), `${errors}`);', ["class-validator"]],
    ["a statement of Prisma", 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nprisma.$on("query", (event) => console.log(event.query, event.duration));\nprisma.$on("error", (event) => console.log(event));', ["@prisma/client"]],
    ["parameters of something else", "export const draw = (params: { width: number }) => console.log(params);\nexport const route = (event: any) => console.log(event.params);", []],
    ["what is queried", "export const plugin = { async requestDidStart({ request }: any) {\n  console.log(request.operationName, request.query);\n} };", ["@apollo/server"]],
    ["variables of a template", "export const render = (template: any) => console.log(template.variables);", ["@apollo/server"]],
    ["a payload where no hapi is", "export const take = (request: any) => console.log(request.payload.kind);", []],
    ["fields of nobody that Adonis is asked for", 'import type { HttpContext } from "@adonisjs/core/http";\nexport default class Orders {\n  store({ request }: HttpContext) {\n    console.log(request.only(["sku", "amount"]));\n  }\n}', ["@adonisjs/core"]],
    ["the payload of something else", "export const tell = (frame: any) => console.log(frame.getPayload());", []],
    ["an address that is told of", "export const options = { sendReport: async ({ url }: { url: string }) => {\n  console.log(url);\n} };", []],
    ["how many devices there are", "export const push = (fcmTokens: string[]) => console.log(fcmTokens.length);", []],
    ["a job without anybody", 'import { Worker } from "bullmq";\nexport const worker = new Worker("move", async (job) => {\n  const { from, to } = job.data as { from: string; to: string };\n  console.log("job", job.data);\n  return from + to;\n});', ["bullmq"]],
  ])("is silent about %s", async (_name, text, packages) => {
    expect(await linesOf(text, packages)).toEqual([]);
  });
});
