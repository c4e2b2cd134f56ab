import { describe, expect, it } from "vitest";
import { type CheckOptions, checkProject, findingsOf } from "../../support/project.js";

const rule = "validate-before-persist";

describe("validate-before-persist in the hosts", () => {
  const manifest = { "package.json": JSON.stringify({ name: "api", dependencies: { express: "*", "@prisma/client": "*", zod: "*", typeorm: "*", "@nestjs/common": "*", "@nestjs/graphql": "*" } }) };
  const places = async (files: Readonly<Record<string, string>>): Promise<readonly unknown[]> =>
    (await findingsOf({ ...manifest, ...files }, { rule })).map(({ file, messageId, range: { start, end }, related }) => [`${file}:${start.line}:${start.column}-${end.line}:${end.column} ${messageId}`, related.map(({ file: at, range, message }) => `${at}:${range.start.line}:${range.start.column} ${message}`)]);

  it("reports at what is written, with where it was read", async () => {
    expect(
      await places({
        "src/app.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const app = express();
app.post("/v1/users", async (req, res) => {
  res.json(await prisma.user.create({ data: req.body }));
});
`,
      }),
    ).toEqual([["src/app.ts:6:45-6:53 whole", ["src/app.ts:6:45 req.body is read here"]]]);
  });

  it("takes a step of the project that looks at fields one by one for none that restricts keys", async () => {
    const files = (check: string): Readonly<Record<string, string>> => ({
      "package.json": JSON.stringify({ name: "api", dependencies: { express: "*", sequelize: "*" } }),
      "src/checks.ts": `export const userValidator = (req, res, next) => {\n  ${check}\n  return next();\n};\n`,
      "src/app.ts": `import express from "express";\nimport { Model } from "sequelize";\nimport { userValidator } from "./checks.js";\nclass User extends Model {}\nexport const app = express();\napp.put("/v1/users/:id", userValidator, async (req, res) => {\n  const row = req.body;\n  if (req.query.dry) return res.end();\n  if (req.query.all) await User.update(row, { where: {} });\n  else await User.update(row, { where: { id: req.params.id } });\n  res.end();\n});\n`,
    });
    const found = async (check: string) => (await findingsOf(files(check), { rule })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);
    expect(await found('if (typeof req.body.name !== "string") return res.status(400).end();')).toEqual(["src/app.ts:9 whole"]);
    expect(await found('if (typeof req.body.name !== "string" || Object.keys(req.body).length > 1) return res.status(400).end();')).toEqual([]);
    expect(await found('if (typeof req.body.name !== "string") return res.status(400).end(); req.body = { name: req.body.name };')).toEqual([]);
  });

  it("takes a class that the pipes of nestjs-joi ask for one that takes off other keys", async () => {
    const files = (imports: string): Readonly<Record<string, string>> => ({
      ...manifest,
      "src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { JoiPipeModule } from "nestjs-joi";\nimport { UserController } from "./user.controller.js";\n@Module({ imports: [${imports}], controllers: [UserController] })\nexport class AppModule {}\n`.replace(imports === "" ? 'import { JoiPipeModule } from "nestjs-joi";\n' : "-", ""),
      "src/user.controller.ts": 'import { Body, Controller, Post } from "@nestjs/common";\nimport Joi from "joi";\nimport { JoiSchema } from "nestjs-joi";\nimport { DataSource } from "typeorm";\nimport { User } from "./user.js";\nconst users = new DataSource({ type: "postgres" }).getRepository(User);\nexport class NewUser { @JoiSchema(Joi.string().required()) name: string; }\n@Controller("v1/users")\nexport class UserController { @Post() add(@Body() user: NewUser) { return users.insert(user); } }\n',
    });
    expect(await findingsOf(files("JoiPipeModule.forRoot()"), { rule })).toEqual([]);
    expect(await findingsOf(files(""), { rule })).toHaveLength(1);
  });

  it("asks the servers of routing-controllers whether they take off what a class does not declare", async () => {
    const files = (validation: string, type = "NewUser"): Readonly<Record<string, string>> => ({
      "package.json": JSON.stringify({ name: "api", dependencies: { "routing-controllers": "*", "class-validator": "*", typeorm: "*" } }),
      "src/server.ts": `import { createExpressServer } from "routing-controllers";\nimport { UserController } from "./controller.js";\nexport const app = createExpressServer({ controllers: [UserController]${validation} });\n`,
      "src/controller.ts": `import { Body, JsonController, Post } from "routing-controllers";\nimport { IsString } from "class-validator";\nimport { DataSource } from "typeorm";\nimport { User } from "./user.js";\nconst users = new DataSource({ type: "postgres" }).getRepository(User);\nexport class NewUser { @IsString() name: string; }\n@JsonController("/v1/users")\nexport class UserController {\n  @Post() async add(@Body() user: ${type}) { await users.insert(user); return {}; }\n}\n`,
    });
    const found = async (validation: string, type?: string) => (await findingsOf(files(validation, type), { rule })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);
    expect(await found(", validation: { whitelist: true }")).toEqual([]);
    expect(await found("")).toEqual(["src/controller.ts:9 whole"]);
    expect(await found(", validation: { whitelist: true }", "Record<string, unknown>")).toEqual(["src/controller.ts:9 whole"]);
  });

  it("is silent on data that ajv checks against a schema which cannot be read, and reports one that lets keys through", async () => {
    const files = (schema: string): Readonly<Record<string, string>> => ({
      "src/validate.ts": 'import Ajv from "ajv"; const ajv = new Ajv(); export async function validate(schema, data) { const check = ajv.compile(schema); if (!check(data)) throw new Error("invalid"); return data; }',
      "src/app.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
import { validate } from "./validate.js";
const prisma = new PrismaClient();
export const app = express();
app.post("/v1/users", async (req, res) => {
  const data = await validate(${schema}, req.body);
  res.json(await prisma.user.create({ data }));
});
`,
    });
    expect(await places(files('schemaOf("user")'))).toEqual([]);
    expect(await places(files('{ type: "object", properties: { name: { type: "string" } } }'))).toHaveLength(1);
  });

  it("reports in the repository, with the calls that handed it on", async () => {
    expect(
      await places({
        "src/app.ts": `import express from "express";
import { save } from "./users.repository.js";
export const app = express();
app.put("/v1/users/:id", async (req, res) => {
  const input = req.body;
  res.json(await save(req.params.id, input));
});
`,
        "src/users.repository.ts": `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const save = (id: string, data: any) =>
  prisma.user.update({ where: { id }, data: { ...data, seen: true } });
`,
      }),
    ).toEqual([["src/users.repository.ts:4:45-4:68 whole", ["src/app.ts:6:18 handed on here", "src/app.ts:5:17 req.body is read here"]]]);
  });

  it("tells a schema that keeps unknown keys from none", async () => {
    expect(
      await places({
        "src/app.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
import { z } from "zod";
const prisma = new PrismaClient();
const NewUser = z.object({ name: z.string() }).passthrough();
export const app = express();
app.post("/v1/users", async (req, res) => {
  const user = NewUser.parse(req.body);
  res.json(await prisma.user.create({ data: user }));
});
`,
      }),
    ).toEqual([["src/app.ts:9:45-9:49 kept", ["src/app.ts:8:30 req.body is read here"]]]);
  });

  it("asks of one field of a schema what that lets through", async () => {
    const app = (schema: string, data: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { z } from "zod";\nconst prisma = new PrismaClient();\nconst Id = z.object({ id: z.string().uuid() });\nconst Change = Id.extend({ changes: ${schema} });\nexport const app = express();\napp.patch("/v1/users", async (req, res) => {\n  const { id, changes } = Change.parse(req.body);\n  res.json(await prisma.user.update({ where: { id }, data: ${data} }));\n});\n` });
    for (const open of ["z.record(z.string(), z.unknown())", "z.any()", "z.object({ name: z.string() }).passthrough()", "z.record(z.string(), z.string()).optional()"]) expect(await places(app(open, "changes"))).toHaveLength(1);
    for (const closed of ["z.object({ name: z.string() })", "z.string()"]) expect(await places(app(closed, "changes"))).toEqual([]);
    expect(await places(app("z.record(z.string(), z.unknown())", "{ extra: changes }"))).toEqual([]);
  });

  it("asks the schema of a route whether it lets keys through", async () => {
    const fastify = (schema: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import Fastify from "fastify";\nimport { PrismaClient } from "@prisma/client";\nimport { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";\nimport { z } from "zod";\nconst prisma = new PrismaClient();\nexport const app = Fastify();\napp.setValidatorCompiler(validatorCompiler);\napp.setSerializerCompiler(serializerCompiler);\napp.post("/v1/users", { schema: { body: ${schema} } }, async (request) => prisma.user.create({ data: request.body as never }));\n` });
    expect(await places(fastify("z.object({ name: z.string() }).passthrough()"))).toHaveLength(1);
    expect(await places(fastify("z.object({ name: z.string() })"))).toEqual([]);
    const elysia = (schema: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import { Elysia, t } from "elysia";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const app = new Elysia().post("/v1/users", ({ body }) => prisma.user.create({ data: body as never }), { body: ${schema} });\n` });
    expect(await places(elysia("t.Any()"))).toHaveLength(1);
    expect(await places(elysia("t.Object({ name: t.String() })"))).toEqual([]);
  });

  it("knows what an application keeps on its context in handlers of other files that nothing types", async () => {
    const files = (data: string, parameter = "ctx"): Record<string, string> => ({
      "package.json": '{ "name": "shop", "dependencies": { "koa": "2", "@koa/router": "12", "sequelize": "6" } }',
      "index.js": 'const Koa = require("koa");\nconst db = require("./models");\nconst routes = require("./routes");\nconst app = new Koa();\napp.context.db = db;\napp.use(routes.routes());\n',
      "models.js": 'const { DataTypes, Sequelize } = require("sequelize");\nconst sequelize = new Sequelize("shop");\nmodule.exports = { sequelize, Task: sequelize.define("task", { name: DataTypes.STRING }) };\n',
      "routes.js": 'const Router = require("@koa/router");\nconst tasks = require("./tasks");\nconst router = new Router();\nrouter.put("/v1/tasks/:id", tasks.update);\nmodule.exports = router;\n',
      "tasks.js": `exports.update = async (${parameter}) => { ctx.body = await ${parameter}.db.Task.update(${data}, { where: { id: ${parameter}.params.id } }); };\n`,
    });
    expect(await places(files("ctx.request.body"))).toHaveLength(1);
    expect(await places(files("{ name: ctx.request.body.name }"))).toEqual([]);
    expect(await places(files("input", "input"))).toEqual([]);
  });

  it("asks of the schema of a list what that of its elements does", async () => {
    const files = (schema: string): Record<string, string> => ({ "src/app.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { z } from "zod";\nconst prisma = new PrismaClient();\nconst NewUser = ${schema};\nexport const app = express();\napp.post("/v1/users", async (req, res) => {\n  const users = z.array(NewUser).min(1).parse(req.body);\n  res.json(await prisma.user.createMany({ data: users }));\n});\n` });
    expect(await places(files("z.object({ name: z.string() })"))).toEqual([]);
    expect(await places(files("z.object({ name: z.string() }).loose()"))).toHaveLength(1);
    expect(await places(files("z.object({ name: z.string() }).passthrough()"))).toHaveLength(1);
  });

  it("is silent on named keys, and on arguments that a GraphQL schema types", async () => {
    expect(
      await places({
        "src/app.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const app = express();
app.post("/v1/users", async (req, res) => {
  const { name, email } = req.body;
  res.json(await prisma.user.create({ data: { name, email, city: req.body.city } }));
});
`,
        "src/users.resolver.ts": `import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { DataSource } from "typeorm";
import type { MutationUpdateUserArgs } from "./generated.js";
import { User } from "./user.entity.js";
@Resolver()
export class UsersResolver {
  constructor(private readonly source: DataSource) {}
  @Mutation()
  updateUser(@Args() args: MutationUpdateUserArgs) {
    return this.source.getRepository(User).save({ ...args.input, active: true });
  }
}
`,
        "src/generated.ts": "export interface MutationUpdateUserArgs { input: { id: string; name: string } }\n",
        "src/user.entity.ts": 'import { Entity } from "typeorm";\n@Entity()\nexport class User {}\n',
      }),
    ).toEqual([]);
  });
});

describe("validate-before-persist, keys that a function looks for", () => {
  const app = (test: string): Readonly<Record<string, string>> => ({
    "src/app.ts": `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const app = express();
const known = new Set(["name", "email"]);
function extraKey(body: Record<string, unknown>) { return ${test}; }
app.post("/v1/users", async (req, res) => {
  const body = req.body;
  const extra = extraKey(body);
  if (extra) return res.status(400).json({ code: "extra_key" });
  res.json(await prisma.user.create({ data: { ...body } }));
});
`,
  });

  it("are refused, and others are not", async () => {
    expect(await findingsOf(app("Object.keys(body).find((key) => !known.has(key))"), { rule })).toEqual([]);
    expect(await findingsOf(app("Object.keys(body).find((key) => key.length > 20)"), { rule })).toHaveLength(1);
  });
});

describe("validate-before-persist, routes that tsoa writes", () => {
  const tsoa = (settings: string): Promise<string[]> => checkProject({
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "tsoa": "6", "mongodb": "6" } }',
    "tsoa.json": settings,
    "src/users.controller.ts": 'import { MongoClient } from "mongodb";\nimport { Body, Controller, Post, Route } from "tsoa";\nconst users = new MongoClient("mongodb://db").db().collection("users");\nexport interface NewUser { name: string; }\n@Route("v1/users")\nexport class UsersController extends Controller {\n  @Post() public async create(@Body() body: NewUser) { await users.insertOne(body); }\n}\n',
  }, { rule: "validate-before-persist" });

  it("reports what keeps other keys, and is silent where the settings turn them away", async () => {
    expect(await tsoa('{ "entryFile": "src/app.ts" }')).toHaveLength(1);
    expect(await tsoa('{ "noImplicitAdditionalProperties": "throw-on-extras" }')).toEqual([]);
  });
});

describe("validate-before-persist behind pipes of Nest", () => {
  const feature = (name: string, type = "Dto"): Record<string, string> => ({
    [`src/${name}/${name}.dto.ts`]: `import { IsString } from "class-validator";\nexport class Dto {\n  @IsString()\n  title!: string;\n}\n`,
    [`src/${name}/${name}.service.ts`]: `import { Injectable } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";
@Injectable()
export class ${name}Service {
  constructor(private readonly prisma: PrismaClient) {}
  create(values: object) {
    return this.prisma.${name}.create({ data: values });
  }
}
`,
    [`src/${name}/${name}.controller.ts`]: `import { Body, Controller, Post } from "@nestjs/common";
import { Dto } from "./${name}.dto";
import { ${name}Service } from "./${name}.service";
@Controller("v1/${name}")
export class ${name}Controller {
  constructor(private readonly service: ${name}Service) {}
  @Post()
  create(@Body() dto: ${type}) {
    return this.service.create(dto);
  }
}
`,
  });
  const run = async (names: readonly string[], pipe: string, options: Parameters<typeof findingsOf>[1] = { rule }, type = "Dto"): Promise<readonly string[]> => {
    const files: Record<string, string> = {
      "package.json": JSON.stringify({ name: "api", dependencies: { "@nestjs/common": "*", "@nestjs/core": "*", "@prisma/client": "*", "class-validator": "*" } }),
      "src/main.ts": `import { ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";
export async function start() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(${pipe});
  await app.listen(3000);
}
`,
      "src/app.module.ts": `import { Module } from "@nestjs/common";
${names.map((name) => `import { ${name}Controller } from "./${name}/${name}.controller";\nimport { ${name}Service } from "./${name}/${name}.service";`).join("\n")}
@Module({ controllers: [${names.map((name) => `${name}Controller`).join(", ")}], providers: [${names.map((name) => `${name}Service`).join(", ")}] })
export class AppModule {}
`,
    };
    for (const name of names) Object.assign(files, feature(name, type));
    return (await findingsOf(files, options)).map(({ file, messageId, message, range, related }) => `${file}:${range.start.line}:${range.start.column} ${messageId} ${/^\d+(?= files)/.exec(message)?.[0] ?? "1"} ${related.at(-1)?.file}:${related.at(-1)?.range.start.line}`);
  };

  it("names the pipe that keeps keys where few files write what it lets through", async () => {
    expect(await run(["order", "note", "page"], "new ValidationPipe({ transform: true })")).toEqual([
      "src/note/note.service.ts:7:44 piped 1 src/main.ts:6",
      "src/order/order.service.ts:7:45 piped 1 src/main.ts:6",
      "src/page/page.service.ts:7:44 piped 1 src/main.ts:6",
    ]);
  });

  it("is one finding where more than three files write what one pipe lets through, and each of them in strict", async () => {
    const names = ["order", "note", "page", "team"];
    expect(await run(names, "new ValidationPipe()")).toEqual(["src/note/note.service.ts:7:44 allPiped 4 src/main.ts:6"]);
    expect(await run(names, "new ValidationPipe()", { rule, preset: "strict" })).toHaveLength(4);
  });

  it("is silent where the pipe takes unknown keys off, where its options are not known, and where no pipe is found", async () => {
    expect(await run(["order"], "new ValidationPipe({ whitelist: true })")).toEqual([]);
    expect(await run(["order"], "new ValidationPipe(optionsOfPipes())")).toEqual([]);
    expect(await run(["order"], "pipes()")).toEqual([]);
  });

  it("does not ask the pipe about what no class declares", async () => {
    expect(await run(["order", "note", "page", "team"], "new ValidationPipe({ whitelist: true })", { rule }, "Partial<Dto>")).toHaveLength(4);
  });
});

describe("validate-before-persist, what many files write", () => {
  const body = { whole: "req.body", kept: "Loose.parse(req.body)" };
  const projectOf = (count: number, data: string): Readonly<Record<string, string>> => {
    const names = Array.from({ length: count }, (_, at) => `part${String.fromCharCode(97 + at)}`);
    const files: Record<string, string> = {
      "package.json": '{ "name": "shop", "dependencies": { "express": "5", "zod": "4", "@prisma/client": "5" } }',
      "src/app.ts": `import express from "express";\n${names.map((name) => `import { ${name} } from "./${name}.js";\n`).join("")}export const app = express();\n${names.map((name) => `app.post("/v1/${name}", ${name});\n`).join("")}`,
    };
    for (const name of names) {
      files[`src/${name}.ts`] = `import type { Request, Response } from "express";
import { PrismaClient } from "@prisma/client";
import { z } from "zod";
const prisma = new PrismaClient();
const Loose = z.looseObject({ name: z.string() });
export async function ${name}(req: Request, res: Response) {
  res.status(201).json(await prisma.note.create({ data: ${data} }));
}
`;
    }
    return files;
  };
  const run = async (count: number, data: string, options: CheckOptions = { rule }): Promise<readonly string[]> => (await findingsOf(projectOf(count, data), options)).map(({ file, messageId, message }) => `${file} ${messageId} ${/^\d+(?= files)/.exec(message)?.[0] ?? "1"}`);

  it("is one finding from eleven files on, and each of them in strict", async () => {
    expect(await run(11, body.whole)).toEqual(["src/parta.ts allWhole 11"]);
    expect(await run(11, body.kept)).toEqual(["src/parta.ts allKept 11"]);
    expect(await run(11, body.whole, { rule, preset: "strict" })).toHaveLength(11);
  });

  it("names each of ten files", async () => {
    expect(await run(10, body.whole)).toHaveLength(10);
    expect(await run(10, body.kept)).toHaveLength(10);
  });
});

describe("validate-before-persist, controllers that a container makes", () => {
  const files = (schema: string, registered = "adapted(CreatePlan)"): Readonly<Record<string, string>> => ({
    "package.json": '{ "name": "shop", "dependencies": { "fastify": "5", "fastify-type-provider-zod": "6", "zod": "4", "tsyringe": "4", "@prisma/client": "5" } }',
    "src/app.ts": `import fastify from "fastify";\nimport { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";\nimport { z } from "zod";\nimport { adapted } from "./adapted.js";\nimport { CreatePlan, ListPlans } from "./controllers.js";\nexport const app = fastify();\napp.setValidatorCompiler(validatorCompiler);\napp.setSerializerCompiler(serializerCompiler);\napp.post("/v1/plans", { schema: { body: ${schema} } }, ${registered});\napp.get("/v1/plans", {}, adapted(ListPlans));\n`,
    "src/adapted.ts": 'import { container, type InjectionToken } from "tsyringe";\nimport type { FastifyReply, FastifyRequest } from "fastify";\ninterface Controller { handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> }\nexport const adapted = (token: InjectionToken<Controller>) => async (request: FastifyRequest, reply: FastifyReply) => container.resolve(token).handle(request, reply);\n',
    "src/controllers.ts": 'import type { FastifyReply, FastifyRequest } from "fastify";\nimport { prisma } from "./prisma.js";\nexport class CreatePlan {\n  async handle(request: FastifyRequest, reply: FastifyReply) { return reply.send(await prisma.plan.create({ data: request.body as { name: string } })); }\n}\nexport class ListPlans {\n  async handle(request: FastifyRequest, reply: FastifyReply) { return reply.send([]); }\n}\n',
    "src/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  });

  it("have the schemas of the routes that name them", async () => {
    expect(await checkProject(files("z.object({ name: z.string() })"), { rule: "validate-before-persist" })).toEqual([]);
    expect(await checkProject(files("z.object({ name: z.string() })", "adapted(ListPlans)"), { rule: "validate-before-persist" })).toHaveLength(1);
  });
});

describe("validate-before-persist, keys that the code looks up", () => {
  const app = (body: string): Readonly<Record<string, string>> => ({
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4", "mongoose": "8", "mysql2": "3" } }',
    "src/a.js": `const express = require("express"); const mongoose = require("mongoose"); const app = express(); app.use(express.json());
const User = new mongoose.model("User", new mongoose.Schema({ name: String })); const allowed = ["name", "bio"]; const known = new Set(allowed);
app.put("/users/:id", async (req, res) => { ${body} res.end(); });
`,
  });
  const silent: Readonly<Record<string, string>> = {
    "in the loop": "const set = {}; for (const key of Object.keys(req.body)) if (allowed.includes(key)) set[key] = req.body[key]; await User.updateOne({ _id: 1 }, set);",
    "or beside a constant": 'const set = {}; Object.keys(req.body).forEach((key) => { if (known.has(key) || key === "mail") set[key] = req.body[key]; }); await User.updateOne({ _id: 1 }, set);',
    "and leaves the loop": "const set = {}; for (const [key, value] of Object.entries(req.body)) { if (!known.has(key)) continue; set[key] = value; } await User.updateOne({ _id: 1 }, set);",
    "of all of them": "const keys = Object.keys(req.body); if (!keys.every((key) => allowed.includes(key))) return res.status(400).end(); const user = await User.findById(1); keys.forEach((key) => (user[key] = req.body[key])); await user.save();",
    "by a filter": "const user = await User.findById(1); Object.keys(req.body).filter((key) => allowed.includes(key)).forEach((key) => { user[key] = req.body[key]; }); await user.save();",
    "and no client chose it": 'const set = {}; for (const [key, value] of [["name", req.body.name], ["bio", req.body.bio]]) set[key] = value; await User.updateOne({ _id: 1 }, set);',
    "below a name": "const set = {}; for (const key of Object.keys(req.body)) set[`address.${key}`] = req.body[key]; await User.updateOne({ _id: 1 }, { $set: set });",
  };
  const reported: Readonly<Record<string, string>> = {
    "asked whether they are there": "const set = {}; for (const key of Object.keys(req.body)) if (req.body[key] !== undefined) set[key] = req.body[key]; await User.updateOne({ _id: 1 }, set);",
    "asked nothing": "const user = await User.findById(1); Object.keys(req.body).forEach((key) => (user[key] = req.body[key])); await user.save();",
    "handed to a model that was made with new": "await User.create(req.body);",
    "written out by a driver": 'require("mysql2").createConnection({}).query("update users set ? where id = ?", [req.body, 1]);',
  };
  it.each(Object.entries(silent))("is silent where a key is looked up %s", async (_name, body) => expect(await findingsOf(app(body), { rule })).toEqual([]));
  it.each(Object.entries(reported))("reports keys that are %s", async (_name, body) => expect(await findingsOf(app(body), { rule })).toHaveLength(1));

  it("tells the keys that the code wrote out from those that another caller gives to one helper", async () => {
    const helpers: Readonly<Record<string, string>> = {
      loop: "const renamed = (row) => { const out = {}; Object.entries(row).forEach(([key, value]) => { out[snake(key)] = value; }); return out; };",
      keys: "const renamed = (row) => { const out = {}; for (const key of Object.keys(row)) out[snake(key)] = row[key]; return out; };",
      reduced: "const renamed = (row) => Object.entries(row).reduce((all, [key, value]) => ({ ...all, [snake(key)]: value }), {});",
      mapped: "const renamed = (row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]));",
    };
    for (const [name, helper] of Object.entries(helpers)) {
      const calls = "const row = { firstName: req.body.firstName, bio: req.body.bio }; await User.create(renamed(row)); const given = renamed(req.body);";
      const made = (written: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(app(`${calls} ${written}`)).map(([file, text]) => [file, text.replace("const allowed", `const snake = (key) => key.replace(/[A-Z]/g, (one) => "_" + one.toLowerCase()); ${helper} const allowed`)]));
      expect(await findingsOf(made("given.sort();"), { rule }), name).toEqual([]);
      expect(await findingsOf(made("await User.create(given);"), { rule }), name).toHaveLength(1);
    }
  });

  it("reports a class that nothing in the project asks, and none where a pipe may", async () => {
    const nest = (main: string): Readonly<Record<string, string>> => ({
      "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "@nestjs/common": "11", "@nestjs/platform-express": "11", "typeorm": "0.3" } }',
      "src/main.ts": main,
      "src/users.controller.ts": 'import { Body, Controller, Patch } from "@nestjs/common"; import { UsersService } from "./users.service"; export class UpdateUser { name: string; }\n@Controller("users") export class UsersController { constructor(private readonly users: UsersService) {} @Patch() update(@Body() dto: UpdateUser) { return this.users.update(dto); } }',
      "src/users.service.ts": 'import { Repository } from "typeorm"; import { User } from "./user.entity"; export class UsersService { constructor(private readonly repo: Repository<User>) {} async update(data: Partial<User>) { const user = await this.repo.findOne({ where: { id: 1 } }); return this.repo.save(this.repo.merge(user, data)); } }',
      "src/user.entity.ts": 'import { Entity, Column } from "typeorm"; @Entity() export class User { @Column() name: string; }',
    });
    expect(await findingsOf(nest("export const started = true;"), { rule })).toHaveLength(1);
    expect(await findingsOf(nest('import { app } from "./app"; app.useGlobalPipes(pipes());'), { rule })).toEqual([]);
  });
});

describe("validate-before-persist, arguments of GraphQL", () => {
  it("reports a scalar that takes anything, and is silent on an input type", async () => {
    const files = (type: string): Readonly<Record<string, string>> => ({
      "src/server.ts": `import { createSchema } from "graphql-yoga";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const schema = createSchema({\n  typeDefs: "scalar JSON input Change { title: String } type Query { ok: Boolean } type Mutation { edit(id: ID!, change: ${type}!): Boolean }",\n  resolvers: { Mutation: { edit: (_: unknown, args: { id: string; change: Record<string, unknown> }) => prisma.room.update({ where: { id: args.id }, data: args.change }) } },\n});\n`,
    });
    expect((await findingsOf(files("JSON"), { rule })).map(({ messageId }) => messageId)).toEqual(["whole"]);
    expect(await findingsOf(files("Change"), { rule })).toEqual([]);
  });
});

describe("validate-before-persist, validators of the project that let other keys pass", () => {
  const head = 'import express from "express";\nimport Joi from "joi";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nconst app = express();\nconst User = Joi.object({ email: Joi.string().required() });\n';
  const served = (validator: string, step: string): Readonly<Record<string, string>> => ({
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4", "joi": "17", "@prisma/client": "6" } }',
    "src/app.ts": `${head}${validator}\napp.post("/v1/users", ${step}, async (req, res) => { res.json(await prisma.user.create({ data: req.body })); });\n`,
  });
  const made = (body: string): string => `const validate = (schema: Joi.ObjectSchema): express.RequestHandler => (req, res, next) => { ${body} next(); };`;
  const refuses = "if (error) return res.status(400).end();";

  it("reports a body that is checked with unknown keys allowed, and left as it came", async () => {
    expect(await findingsOf(served(made(`const { error } = schema.validate(req.body, { allowUnknown: true }); ${refuses}`), "validate(User)"), { rule })).toHaveLength(1);
    expect(await findingsOf(served(made(`const { error } = schema.validate(req, { allowUnknown: true, abortEarly: false }); ${refuses}`), "validate(Joi.object({ body: User }))"), { rule })).toHaveLength(1);
    expect(await findingsOf(served(`const checked: express.RequestHandler = (req, res, next) => { const { error } = User.validate(req.body, { allowUnknown: true }); ${refuses} next(); };`, "checked"), { rule })).toHaveLength(1);
  });

  it("is silent where other keys are refused, or taken off", async () => {
    expect(await findingsOf(served(made(`const { error } = schema.validate(req.body); ${refuses}`), "validate(User)"), { rule })).toEqual([]);
    expect(await findingsOf(served(made(`const { error, value } = schema.validate(req.body, { allowUnknown: true, stripUnknown: true }); ${refuses} req.body = value;`), "validate(User)"), { rule })).toEqual([]);
  });
});
