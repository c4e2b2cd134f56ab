import { describe, expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = { rule: "request-schema" } as const;
const packageJson = '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": {} }';

describe("express", () => {
  const head = `import express from "express";
import { z } from "zod";
import * as v from "valibot";
import Joi from "joi";
import * as yup from "yup";
import Ajv from "ajv";
import { model } from "mongoose";
import Fastest from "fastest-validator";
import Parameter from "parameter";
import Rules from "validatorjs";
import { Value } from "@sinclair/typebox/value";
import { Type } from "@sinclair/typebox";
import openapi from "@wesleytodd/openapi";
import { celebrate, Segments } from "celebrate";
import { body, validationResult } from "express-validator";
import { validate as classValidate } from "class-validator";
import { plainToInstance } from "class-transformer";
import { save, addUser, validateUserInput, validateLater, createUser, validateBody, validate, validateWith, checked, catchAsync } from "./support";
import { log } from "./log";
const app = express();
const User = z.object({ name: z.string() });
const Box = Type.Object({ name: Type.String() });
const check = new Ajv().compile({});
const fits = new Fastest().compile({ name: "string" });
const parameter = new Parameter();
const Person = model("Person");`;
  const more = {
    "package.json": packageJson,
    "src/log.ts": `import pino from "pino";\nexport const log = pino();`,
    "src/support.ts": `import { z } from "zod";
import { validationResult } from "express-validator";
export const save = async (data: unknown) => data;
const Schema = z.object({ name: z.string() });
export const validateUserInput = (input) => { const errors = []; if (typeof input.name !== "string" || !input.name.trim()) errors.push("name"); return { valid: errors.length === 0, errors }; };
export function validateName({ name }) { if (!/^[a-z]+$/.test(name)) throw new Error("bad name"); }
export const validateLater = (input) => { queue.push(input); return true; };
export const addUser = async (user) => { validateName(user); return save(user); };
export const createUser = async (data: unknown) => Schema.parse(data);
export const validateBody = (schema: z.ZodType) => (req, res, next) => { req.body = schema.parse(req.body); next(); };
export const validate = (schema) => async (req, res, next) => { try { await schema.parseAsync({ body: req.body, query: req.query, params: req.params }); next(); } catch (error) { res.status(400).json(error); } };
export const validateWith = <T>(schema: z.ZodType<T>, data: unknown): T => { const result = schema.safeParse(data); if (!result.success) throw new Error("bad"); return result.data; };
export const checked = (req, res, next) => { const errors = validationResult(req); if (!errors.isEmpty()) return res.status(422).json(errors.array()); next(); };
export const catchAsync = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);`,
  };
  const post = (handler: string, steps = ""): string => `app.post("/users", ${steps}async (req, res) => { ${handler} });`;

  it("is silent where a schema is run, whatever its library and wherever it stands", async () => {
    const silent = {
      "zod in the handler": post("const data = User.parse(req.body); res.json(await save(data));"),
      "zod on a variable": post("const input = req.body; const data = await User.parseAsync(input); res.json(await save(data));"),
      "safeParse with its success read": post("const result = User.safeParse(req.body); if (!result.success) return res.status(400).end(); res.json(await save(result.data));"),
      "safeParse, destructured": post("const { success, data } = User.safeParse(req.body); if (!success) return res.status(400).end(); res.json(await save(data));"),
      "fields put together for the schema": post("const { name, age } = req.body; const data = User.parse({ name, age }); res.json(await save(data));"),
      "valibot": post("const data = v.parse(v.object({ name: v.string() }), req.body); res.json(await save(data));"),
      "typebox": post("const data = Value.Decode(Box, req.body); res.json(await save(data));"),
      "joi": post("const { error, value } = Joi.object({ name: Joi.string() }).validate(req.body); if (error) throw error; res.json(await save(value));"),
      "yup": post("const data = await yup.object({ name: yup.string() }).validate(req.body); res.json(await save(data));"),
      "ajv": post("if (!check(req.body)) return res.status(400).json(check.errors); res.json(await save(req.body));"),
      "fastest-validator": post("const verdict = fits(req.body); if (verdict !== true) return res.status(400).json(verdict); res.json(await save(req.body));"),
      "parameter": post("const errors = parameter.validate({ name: \"string\" }, req.body); if (errors) return res.status(400).json(errors); res.json(await save(req.body));"),
      "validatorjs": post("const verdict = new Rules(req.body, { name: \"required|string\" }); if (verdict.fails()) return res.status(400).json(verdict.errors.all()); res.json(await save(req.body));"),
      "a model of mongoose": post("await Person.validate(req.body); res.json(await save(req.body));"),
      "class-validator": post("const dto = plainToInstance(Object, req.body); const errors = await classValidate(dto); if (errors.length > 0) throw errors; res.json(await save(dto));"),
      "the operation of an OpenAPI document": post("res.json(await save(req.body));", `openapi("/docs", {}).validPath({ requestBody: {} }), `),
      "celebrate": post("res.json(await save(req.body));", "celebrate({ [Segments.BODY]: Joi.object({ name: Joi.string() }) }), "),
      "express-validator with its result read in the handler": post("const errors = validationResult(req); if (!errors.isEmpty()) return res.status(400).end(); res.json(await save(req.body));", `body("name").isString(), `),
      "express-validator with its result read in a step": post("res.json(await save(req.body));", `[body("name").isString()], checked, `),
      "express-validator with its result read in a step behind a wrapper that all handlers stand behind": Array.from({ length: 40 }, (_, at) => `const page${at} = async (req, res) => { res.end("${at}"); };\napp.get("/pages/${at}", catchAsync(page${at}));`).join("\n") + post("res.json(await save(req.body));", `[body("name").isString()], catchAsync(checked), `),
      "a home-made middleware for one part": post("res.json(await save(req.body));", "validateBody(User), "),
      "a home-made middleware for all parts": post("res.json(await save(req.body, req.query, req.params));", "validate(User), "),
      "a home-made function": post("const data = validateWith(User, req.body); res.json(await save(data));"),
      "a function that checks by hand, whose verdict is read": post("const verdict = validateUserInput(req.body); if (!verdict.valid) return res.status(400).json(verdict); res.json(await save(req.body));"),
      "a function that checks by hand and throws, in the service": post("const { name } = req.body; res.json(await addUser({ name }));"),
      "one call deep in the service": post("res.json(await createUser(req.body));"),
      "in a handler behind a wrapper": `app.post("/users", catchAsync(async (req, res) => { res.json(await save(User.parse(req.body))); }));`,
      "no part is read": post("res.json(await save(req.user));"),
      "the body is only logged": post("log.info({ body: req.body }, \"called\"); res.end();"),
      "single fields of query and params": `app.get("/users/:id", async (req, res) => { const { id } = req.params; res.json(await save(id, req.query.q)); });`,
      "fields of a name for the query, which is asked for before": `app.get("/users", async (req, res) => { if (!req.query) return res.end(); if (!req.query.size) throw inputError(req.query); const query = req.query || {}; if (query && query.page && query.hasOwnProperty("size")) res.json(await save(query.size)); });`,
      "a text that a webhook's sender has signed": `app.post("/webhooks/pay", async (req, res) => { if (!verifySignature(req.rawBody, req.headers["x-signature"])) return res.status(401).end(); res.json(await save(req.rawBody)); });`,
      "a query under a name that only a log and fields of it name": `app.get("/users", async (req, res) => { const { query, params } = req; console.log("query", query); res.json(await save(query.page)); });`,
      "a setting is read": `app.get("title");`,
    };
    expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
  });

  it("reports parts that nothing checks, that only a type describes, or whose check nobody looks at", async () => {
    const none = {
      "the whole body": post("res.json(await save(req.body));"),
      "a function that only says that it validates": post("if (!validateLater(req.body)) return res.end(); res.json(await save(req.body));"),
      "a field of the body": post("res.json(await save(req.body.name));"),
      "fields by destructuring": post("const { name } = req.body; res.json(await save(name));"),
      "the whole query": `app.get("/users", async (req, res) => { res.json(await save(req.query)); });`,
      "a name for the query that is handed on": `app.get("/users", async (req, res) => { const query = req.query || {}; if (query.page) res.json(await save(query)); });`,
      "a webhook that asks for no signature": `app.post("/webhooks/pay", async (req, res) => { res.json(await save(req.rawBody)); });`,
      "a variable": post("const input = req.body; res.json(await save(input));"),
      "the request's parts by destructuring": post("const { body } = req; res.json(await save(body));"),
      "a function that reads the request": `const read = (req) => req.body.name;\n${post("res.json(await save(read(req)));")}`,
      "a conversion that checks nothing": post("res.json(await save(plainToInstance(Object, req.body)));"),
      "a handler behind a wrapper": `app.post("/users", catchAsync(async (req, res) => { res.json(await save(req.body)); }));`,
      "another part than the one that a step checks": `app.get("/users", validateBody(User), async (req, res) => { res.json(await save(req.query)); });`,
    };
    const typeOnly = {
      "a cast": post("const input = req.body as { name: string }; res.json(await save(input));"),
      "a variable with a type": post("const input: { name: string } = req.body; res.json(await save(input));"),
      "type arguments of the request": `app.post("/users", async (req: express.Request<{}, {}, { name: string }>, res) => { res.json(await save(req.body)); });`,
    };
    const declared = {
      "safeParse whose success nobody reads": post("const result = User.safeParse(req.body); res.json(await save(result.data));"),
      "fastest-validator, whose verdict nothing reads": post("fits(req.body); res.json(await save(req.body));"),
      "a function that checks by hand, whose verdict nothing reads": post("validateUserInput(req.body); res.json(await save(req.body));"),
      "safeParse that is thrown away": post("User.safeParse(req.body); res.json(await save(req.body));"),
      "joi whose error nobody reads": post("const { value } = Joi.object({}).validate(req.body); res.json(await save(value));"),
      "express-validator without validationResult": post("res.json(await save(req.body));", `body("name").isString(), `),
    };
    expect(await verdictsOf({ ...none, ...typeOnly, ...declared }, head, { ...rule, options: { report: "routes" } }, more)).toEqual({ ...allOf(none, "none"), ...allOf(typeOnly, "typeOnly"), ...allOf(declared, "declared") });
  });
});

it("takes a thing that validates itself as it is made for a check of what it is made of", async () => {
  const app = (constructor: string): Record<string, string> => ({
    "src/app.ts": 'import express from "express";\nimport { PlantMaker } from "./plants.js";\nconst app = express();\napp.post("/plants", async (req, res) => { const plant = { name: req.body.name, height: req.body.height }; res.json(await new PlantMaker().make(plant)); });\n',
    "src/plants.ts": `class Plant {\n  readonly name: string;\n  constructor(given: { name: string; height: number }) { this.name = given.name; ${constructor} }\n  validate() { if (this.name === "") throw new Error("nameless"); }\n  grow() {}\n}\nexport class PlantMaker {\n  async make(given: { name: string; height: number }) { return new Plant(given); }\n}\n`,
  });
  expect(await findingsOf(app("this.validate();"), rule)).toEqual([]);
  expect(await findingsOf(app("this.grow();"), rule)).toHaveLength(1);
});

describe("fastify", () => {
  const head = `import Fastify from "fastify";
import { Type } from "@sinclair/typebox";
import { z } from "zod";
const app = Fastify();
const save = async (data: unknown) => data;`;
  const route = (options: string, handler = "return save(request.body);"): string => `app.post("/users", ${options}async (request, reply) => { ${handler} });`;

  it("trusts schemas that Ajv runs, and foreign ones only with a compiler", async () => {
    const silent = {
      "json schema": route(`{ schema: { body: { type: "object" } } }, `),
      "typebox": route("{ schema: { body: Type.Object({ name: Type.String() }) } }, "),
      "a schema that is spread into its options": `const shared = { body: { type: "object" } };\n${route("{ schema: { ...shared, tags: [] } }, ")}`,
      "querystring": `app.get("/users", { schema: { querystring: Type.Object({}) } }, async (request) => save(request.query));`,
      "in the handler": route("", "return save(z.object({}).parse(request.body));"),
    };
    const declared = { "zod without a compiler": route("{ schema: { body: z.object({}) } }, ") };
    const none = { "no schema": route(""), "a schema of another part": route("{ schema: { querystring: Type.Object({}) } }, ") };
    const typeOnly = { "a type alone": `import type { FastifyRequest } from "fastify";\napp.post("/users", async (request: FastifyRequest<{ Body: { name: string } }>) => save(request.body));` };
    expect(await verdictsOf({ ...silent, ...declared, ...none, ...typeOnly }, head, rule)).toEqual({ ...allOf(silent), ...allOf(declared, "declared"), ...allOf(none, "none"), ...allOf(typeOnly, "typeOnly") });
  });

  it("knows a compiler from a type provider", async () => {
    const files = (compiler: string): Record<string, string> => ({ "src/app.ts": `import Fastify from "fastify";\nimport { z } from "zod";\n${compiler}\napp.post("/users", { schema: { body: z.object({}) } }, async (request) => request.body);` });
    expect(await checkProject(files(`import { validatorCompiler } from "fastify-type-provider-zod";\nconst app = Fastify();\napp.setValidatorCompiler(validatorCompiler);`), rule)).toEqual([]);
    expect(await checkProject(files(`import type { ZodTypeProvider } from "fastify-type-provider-zod";\nconst app = Fastify().withTypeProvider<ZodTypeProvider>();`), rule)).toEqual(["src/app.ts:5:1 request-schema declared"]);
  });
});

describe("hono and koa", () => {
  it("tells what a validator checked from what was read past it", async () => {
    const head = `import { Hono } from "hono";\nimport { zValidator } from "@hono/zod-validator";\nimport { z } from "zod";\nconst app = new Hono();\nconst User = z.object({ name: z.string() });\nconst save = async (data: unknown) => data;`;
    const silent = {
      "valid(…)": `app.post("/users", zValidator("json", User), async (c) => c.json(await save(c.req.valid("json"))));`,
      "parse in the handler": `app.post("/users", async (c) => { const raw = await c.req.json(); return c.json(await save(User.parse(raw))); });`,
      "a single parameter": `app.get("/users/:id", async (c) => c.json(await save(c.req.param("id"))));`,
      "a form of which files alone are taken": `app.post("/pictures", async (c) => { const form = await c.req.formData(); const picture = form.get("picture") as File | null; const other = form.get("other"); if (!(other instanceof File)) return c.json({}, 400); return c.json(await save(picture ?? other)); });`,
      "parse in what runs next": `app.post("/users", async (c) => c.json(await c.req.json().then((data) => save(User.parse(data)))));`,
      "parse in a pipe": `const decode = (data: unknown) => User.parse(data);\napp.post("/users", async (c) => c.json(await run(tryPromise({ try: () => c.req.json(), catch: () => new Error("no") }).pipe(flatMap((data) => decode(data))))));`,
      "a schema that is what runs next": `app.post("/users", async (c) => c.json(await save(await c.req.json().then(User.parse))));`,
      "parse of the awaited body": `app.post("/users", async (c) => c.json(await save(User.parse(await c.req.json()))));`,
    };
    const reported = {
      "json past the validator of the query": `app.post("/users", zValidator("query", User), async (c) => c.json(await save(await c.req.json())));`,
      "a form of which a text is taken, too": `app.post("/pictures", async (c) => { const form = await c.req.formData(); const picture = form.get("picture") as File; return c.json(await save({ picture, folder: form.get("folder") as string })); });`,
      "a form that goes on": `app.post("/pictures", async (c) => { const form = await c.req.formData(); return c.json(await save(form)); });`,
      "a pipe without a parse": `app.post("/users", async (c) => c.json(await run(tryPromise(() => c.req.json()).pipe(flatMap((data) => save(data))))));`,
      "what runs next without a parse": `app.post("/users", async (c) => c.json(await c.req.json().then((data) => save(data))));`,
      "form data": `app.post("/users", async (c) => c.json(await save(await c.req.parseBody())));`,
      "all of the query": `app.get("/users", async (c) => c.json(await save(c.req.query())));`,
    };
    const typeOnly = { "a type argument": `app.post("/users", async (c) => c.json(await save(await c.req.json<{ name: string }>())));` };
    expect(await verdictsOf({ ...silent, ...reported, ...typeOnly }, head, rule)).toEqual({ ...allOf(silent), ...allOf(reported, "none"), ...allOf(typeOnly, "typeOnly") });
  });

  it("takes the body of Koa's request for input, and that of its context for output", async () => {
    const head = `import Router from "@koa/router";\nimport { z } from "zod";\nconst router = new Router();\nconst User = z.object({ name: z.string() });\nconst save = async (data: unknown) => data;`;
    const silent = {
      "an answer": `router.get("/users", async (ctx) => { ctx.body = await save(1); ctx.body.total = 2; });`,
      "a parsed body": `router.post("/users", async (ctx) => { ctx.body = await save(User.parse(ctx.request.body)); });`,
      "a step that keeps what it parsed": `const input = (schema: z.ZodType) => async (ctx, next) => { ctx.state.input = schema.parse(ctx.request.body); await next(); };\nrouter.post("/users", input(User), async (ctx) => { ctx.body = await save(ctx.request.body); });`,
    };
    const reported = {
      "a body": `router.post("/users", async (ctx) => { ctx.body = await save(ctx.request.body); });`,
      "the request, taken out": `router.post("/users", async (ctx) => { const { request } = ctx; ctx.body = await save(request.body); });`,
      "a query": `router.get("/users", async (ctx) => { ctx.body = await save(ctx.query); });`,
    };
    expect(await verdictsOf({ ...silent, ...reported }, head, rule)).toEqual({ ...allOf(silent), ...allOf(reported, "none") });
  });
});

describe("nest", () => {
  const head = `import { Body, Controller, Get, Param, ParseIntPipe, ParseArrayPipe, Post, Query, Req, UsePipes } from "@nestjs/common";
import { ApiProperty, PartialType } from "@nestjs/swagger";
import { createZodDto } from "nestjs-zod";
import { IsString } from "class-validator";
import { z } from "zod";
import { SchemaPipe } from "./pipe";
class CreateUser { @IsString() name: string; }
class Documented { @ApiProperty() name: string; }
class Bare { name: string; }
class Update extends PartialType(CreateUser) {}
class FromZod extends createZodDto(z.object({ name: z.string() })) {}
interface UserLike { name: string }`;
  const main = (pipes: string): Record<string, string> => ({
    "src/pipe.ts": `export class SchemaPipe { constructor(private schema) {} transform(value) { return this.schema.parse(value); } }`,
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { ValidationPipe } from "@nestjs/common";\nimport { ZodValidationPipe } from "nestjs-zod";\nimport { AppModule } from "./app.module";\nconst app = await NestFactory.create(AppModule);\n${pipes}\nawait app.listen(1);`,
    "src/app.module.ts": `import { Module } from "@nestjs/common";\n${Array.from({ length: 17 }, (_, index) => `import { Users as Users${index} } from "./case-${index}";`).join("\n")}\n@Module({ controllers: [${Array.from({ length: 17 }, (_, index) => `Users${index}`).join(", ")}] })\nexport class AppModule {}`,
  });
  const post = (parameters: string, body = "return 1;", decorators = ""): string => `@Controller("users")\nexport class Users {\n  @Post() ${decorators}create(${parameters}) { ${body} }\n}`;

  it("trusts classes with decorators under ValidationPipe, and nothing that is gone at run time", async () => {
    const silent = {
      "a decorated class": post("@Body() input: CreateUser"),
      "a class composed of one": post("@Body() input: Update"),
      "a key with a decorated class": post(`@Body("user") input: CreateUser`),
      "a pipe of the parameter": post("@Body(new SchemaPipe(z.object({}))) input: UserLike"),
      "a list with its pipe": post("@Body(new ParseArrayPipe({ items: CreateUser })) input: CreateUser[]"),
      "a pipe of the method": post("@Body() input: UserLike", "return 1;", "@UsePipes(new SchemaPipe(z.object({}))) "),
      "a parse in the handler": post("@Body() input: unknown", "return z.object({}).parse(input);"),
      "a converted parameter": post(`@Param("id", ParseIntPipe) id: number`),
      "a single parameter": post(`@Param("id") id: string`),
      "what a type parameter of a base class stands for": `@Controller("users")\nexport class Users<Input> {\n  @Post() create(@Body() input: Input) { return 1; }\n}`,
    };
    const typeOnly = {
      "an interface": post("@Body() input: UserLike"),
      "Partial": post("@Body() input: Partial<CreateUser>"),
      "an inline type": post("@Body() input: { name: string }"),
      "a list": post("@Body() input: CreateUser[]"),
      "a class without decorators": post("@Body() input: Bare"),
      "a class with documentation alone": post("@Body() input: Documented"),
    };
    const declared = { "a class of zod under the pipe of class-validator": post("@Body() input: FromZod") };
    expect(await verdictsOf({ ...silent, ...typeOnly, ...declared }, head, rule, main("app.useGlobalPipes(new ValidationPipe());"))).toEqual({ ...allOf(silent), ...allOf(typeOnly, "typeOnly"), ...allOf(declared, "declared") });
  });

  it("knows that a class is only declared without a pipe, and that a text of the body is not checked by one", async () => {
    const declared = { "a decorated class": post("@Body() input: CreateUser"), "a class of zod": post("@Body() input: FromZod") };
    const none = { "a field of the body": post(`@Body("name") name: string`), "the request itself": post("@Req() request", "return request.body;"), "no type": post("@Query() query") };
    expect(await verdictsOf({ ...declared, ...none }, head, { ...rule, options: { report: "routes" } }, main(""))).toEqual({ ...allOf(declared, "declared"), ...allOf(none, "none") });
  });

  it("reports the pipe that an application lacks once, beside parts without any class", async () => {
    const files = (pipe: string, also = ""): Record<string, string> => ({ ...main(pipe), "src/case-0.ts": `${head}\n@Controller("users")\nexport class Users {\n  @Post("a") a(@Body() input: CreateUser) { return 1; }\n  ${also}\n  @Get() list(@Query() query) { return query; }\n}` });
    const second = '@Post("b") b(@Body() input: Update) { return 1; }';
    expect(await checkProject(files("", second), rule)).toEqual(["src/case-0.ts:17:4 request-schema none", "src/main.ts:5:19 request-schema unpiped"]);
    expect(await checkProject(files(""), rule)).toEqual(["src/case-0.ts:15:4 request-schema declared", "src/case-0.ts:17:4 request-schema none"]);
    expect(await checkProject(files("app.useGlobalPipes(new ValidationPipe());", second), rule)).toEqual(["src/case-0.ts:17:4 request-schema none"]);
    expect(await checkProject(files("", second), { ...rule, options: { report: "routes" } })).toHaveLength(3);
  });

  it("trusts classes of zod under its own pipe, also one that a module provides", async () => {
    const provided = main("");
    const module = 'import { APP_PIPE } from "@nestjs/core";\nimport { ZodValidationPipe } from "nestjs-zod";\n' + (provided["src/app.module.ts"] ?? "").replace("@Module({", "@Module({ providers: [{ provide: APP_PIPE, useClass: ZodValidationPipe }],");
    const of = { "a class of zod": post("@Body() input: FromZod") };
    expect(await verdictsOf(of, head, rule, { ...provided, "src/app.module.ts": module })).toEqual(allOf(of));

    const silent = { "a class of zod": post("@Body() input: FromZod") };
    expect(await verdictsOf(silent, head, rule, main("app.useGlobalPipes(new ZodValidationPipe());"))).toEqual(allOf(silent));
  });

  it("trusts classes of zod under a pipe that its factory made, for a class of routes or all of them", async () => {
    const made = 'import { createZodValidationPipe } from "nestjs-zod";\nconst OwnPipe = createZodValidationPipe({});\n';
    const silent = { "a pipe of the class": made + post("@Body() input: FromZod").replace("export class", "@UsePipes(OwnPipe)\nexport class") };
    expect(await verdictsOf(silent, head, rule, main("app.useGlobalPipes(new ValidationPipe());"))).toEqual(allOf(silent));

    const global = { "a pipe of the application": post("@Body() input: FromZod") };
    const files = main("app.useGlobalPipes(new OwnPipe());");
    expect(await verdictsOf(global, head, rule, { ...files, "src/main.ts": made + (files["src/main.ts"] ?? "") })).toEqual(allOf(global));
  });
});

describe("places and options", () => {
  const app = `import express from "express";\nconst app = express();\nconst find = async (id: unknown) => id;\napp.get("/v1/users/:id", async (req, res) => {\n  res.json(await find(req.params.id));\n});\napp.get("/v1/orders/:id", async (req, res) => {\n  res.json(await find(Number(req.params.id)));\n});`;

  it("reports at the registration and shows the read, for scalars where the option asks", async () => {
    expect(await checkProject({ "src/app.ts": app }, rule)).toEqual([]);
    const [finding, ...others] = await findingsOf({ "src/app.ts": app }, { ...rule, options: { scalars: "report" } });
    expect(others).toEqual([]);
    expect(finding?.range).toMatchObject({ start: { line: 4, column: 1 }, end: { line: 6, column: 3 } });
    expect(finding?.message).toContain("GET /v1/users/:id reads the request's params without a schema");
    expect(finding?.related.map(({ file, range }) => [file, range.start.line, range.start.column])).toEqual([["src/app.ts", 5, 23]]);
  });

  it("reports an application of more than ten routes that has no schema once, and each of its routes in strict", async () => {
    const many = (count: number, also = ""): Record<string, string> => ({ "src/app.ts": `import express from "express";\nimport { z } from "zod";\nconst app = express();\nconst save = async (data: unknown) => data;\n${Array.from({ length: count }, (_, index) => `app.post("/v1/a${index}", async (req, res) => { res.json(await save(req.body)); });`).join("\n")}\n${also}` });
    const [finding, ...others] = await findingsOf(many(11), rule);
    expect([finding?.messageId, finding?.range.start.line, finding?.related.length, others]).toEqual(["application", 3, 10, []]);
    expect(finding?.message).toContain("11 routes: POST /v1/a0");
    expect(await checkProject(many(10), rule)).toHaveLength(10);
    expect(await checkProject(many(11), { ...rule, options: { report: "routes" } })).toHaveLength(11);
    const checked = 'app.post("/v1/b", async (req, res) => { res.json(await save(z.object({}).parse(req.body))); });';
    expect(await checkProject(many(11, checked), rule)).toEqual(["src/app.ts:3:13 request-schema seldom"]);
    expect(await checkProject(many(11, Array.from({ length: 10 }, (_, index) => checked.replace("/b", `/b${index}`)).join("\n")), rule)).toEqual(["src/app.ts:3:13 request-schema seldom"]);
    expect(await checkProject(many(11, Array.from({ length: 11 }, (_, index) => checked.replace("/b", `/b${index}`)).join("\n")), rule)).toHaveLength(11);
  });

  it("reports what more than ten files have in common once, beside a schema that nothing enforces", async () => {
    const page = (body: string): string => `import { z } from "zod";\nconst save = async (data) => data;\nconst Team = z.object({ name: z.string() });\nexport async function POST(request) {\n  ${body}\n}\n`;
    const open = page("return Response.json(await save(await request.json()));");
    const files = (count: number): Record<string, string> => ({
      "package.json": '{ "name": "web", "dependencies": { "next": "16.0.0" } }',
      ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`app/api/open-${String(index + 10)}/route.ts`, open])),
      ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`app/api/closed-${String(index)}/route.ts`, page("return Response.json(await save(Team.parse(await request.json())));")])),
      "app/api/unread/route.ts": page("const body = await request.json();\n  Team.safeParse(body);\n  return Response.json(await save(body));"),
    });
    expect(await checkProject(files(11), rule)).toEqual(["app/api/open-10/route.ts:4:23 request-schema spread", "app/api/unread/route.ts:4:23 request-schema declared"]);
    expect(await checkProject(files(10), rule)).toHaveLength(11);
    expect(await checkProject(files(11), { ...rule, options: { report: "routes" } })).toHaveLength(12);
  });

  it("takes params that are read together for the texts that they are, and asks for a schema of them in strict", async () => {
    const files = { "src/app.ts": 'import express from "express";\nexport const app = express();\nconst find = async (params) => params;\napp.get("/v1/teams/:team/users/:user", async (req, res) => { res.json(await find(req.params)); });\n' };
    expect(await checkProject(files, rule)).toEqual([]);
    expect(await checkProject(files, { ...rule, preset: "strict" })).toEqual(["src/app.ts:4:1 request-schema none"]);
  });

  it("is silent on bodies that are only passed on to another server, and on messages that the transport of MCP checks", async () => {
    const next = (body: string): Record<string, string> => ({ "package.json": '{ "name": "web", "dependencies": { "next": "16.0.0" } }', "app/api/proxy/route.ts": `const upstream = "https://upstream.example.com";\nconst keep = (text) => text;\nexport async function POST(request) {\n${body}\n}\n` });
    for (const silent of ["  return fetch(upstream, { method: request.method, body: request.body });", "  const text = await request.text();\n  return fetch(upstream, { method: 'POST', body: text });", "  const init = { method: 'POST' };\n  init.body = await request.text();\n  return fetch(upstream, init);"]) expect(await checkProject(next(silent), rule)).toEqual([]);
    for (const open of ["  const text = await request.text();\n  keep(text);\n  return fetch(upstream, { method: 'POST', body: text });", "  const body = await request.json();\n  return fetch(upstream, { method: 'POST', body: JSON.stringify({ name: body.name }) });", "  const { name } = await request.json();\n  return Response.json(keep(name));"]) expect(await checkProject(next(open), rule)).toEqual(["app/api/proxy/route.ts:3:23 request-schema none"]);
    const agents = 'import express from "express";\nimport { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";\nexport const app = express();\napp.post("/mcp", async (req, res) => {\n  const transport = new StreamableHTTPServerTransport({});\n  await transport.handleRequest(req, res, req.body);\n});\napp.post("/tools", async (req, res) => {\n  const transport = { handleRequest: (a, b, body) => body };\n  await transport.handleRequest(req, res, req.body);\n});\n';
    expect(await checkProject({ "src/app.ts": agents }, rule)).toEqual(["src/app.ts:8:1 request-schema none"]);
  });

  it("is silent on examples in the instructions of agents", async () => {
    expect(await checkProject({ ".agents/skills/routes/example.ts": app }, { ...rule, options: { scalars: "report" } })).toEqual([]);
  });

  it("reports a read of one handler once, for a method that has a body", async () => {
    const files = { "package.json": '{ "name": "web", "dependencies": { "next": "16.0.0" } }', "pages/api/teams.ts": `export default async function handler(req, res) {\n  if (req.method === "GET") return res.json([]);\n  if (req.method === "DELETE") return res.json({});\n  if (req.method === "POST") return res.json(await save(req.body));\n  return res.status(405).end();\n}\nconst save = async (data) => data;\n` };
    const found = await findingsOf(files, rule);
    expect(found.map(({ message }) => message.split(" reads ")[0])).toEqual(["POST /api/teams"]);
  });

  it("asks nothing of the body of a GET, which helpers of several routes look into", async () => {
    const files = { "src/app.ts": 'import express from "express";\nexport const app = express();\napp.use(express.json());\nconst teamOf = (req) => req.body.team;\napp.get("/v1/a", (req, res) => { res.json(teamOf(req)); });\napp.post("/v1/b", (req, res) => { res.json(teamOf(req)); });\n' };
    expect((await findingsOf(files, rule)).map(({ message }) => message.split(" reads ")[0])).toEqual(["POST /v1/b"]);
  });

  it("reads the payload of hapi", async () => {
    const hapi = { "src/app.ts": `import Hapi from "@hapi/hapi";\nimport Joi from "joi";\nconst server = Hapi.server();\nconst save = async (data: unknown) => data;\nserver.route({ method: "POST", path: "/v1/teams", handler: (request) => save(request.payload) });\nserver.route({ method: "PUT", path: "/v1/teams", options: { validate: { payload: Joi.object({ name: Joi.string() }) } }, handler: (request) => save(request.payload) });` };
    expect(await checkProject(hapi, rule)).toEqual(["src/app.ts:5:14 request-schema none"]);
  });

  it("reports at the call of a chain that registers the route", async () => {
    const chain = `import { Elysia, t } from "elysia";\nexport const app = new Elysia()\n  .post("/v1/a", ({ body }) => body, { body: t.Object({ name: t.String() }) })\n  .post("/v1/b", ({ body }) => body);`;
    expect(await checkProject({ "src/app.ts": chain }, rule)).toEqual(["src/app.ts:4:4 request-schema none"]);
  });

  it("leaves routes alone whose steps cannot be read", async () => {
    expect(await checkProject({ "src/app.ts": `import express from "express";\nimport { guard } from "./missing";\nconst app = express();\napp.post("/v1/users", guard, (req, res) => { res.json(req.body); });` }, rule)).toEqual([]);
  });
});

describe("a gate on the state of the installation", () => {
  it("never looks at the request, so it has checked no part of it", async () => {
    const app = `import express from "express";
import { settings } from "./settings.js";
const app = express();
const allowInstallation = async (req, res, next) => { if (await settings.isInstalled()) { res.status(403).end(); return; } next(); };
app.post("/v1/users", allowInstallation, async (req, res) => { await add(req.body); res.status(204).end(); });
`;
    expect(await checkProject({ "package.json": packageJson, "src/app.ts": app, "src/settings.ts": "export const settings = { async isInstalled() { return true; } };" }, rule)).toEqual(["src/app.ts:5:1 request-schema none"]);
  });
});

it("tells apart what is checked by hand, once for an application where it is a habit", async () => {
  const app = (more: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nimport { z } from "zod";\nconst app = express();\napp.use(express.json());\n${more}\napp.listen(3000);` });
  const byHand = (path: string): string => `app.post("${path}", (req, res) => { const { name, age } = req.body; if (!name || typeof age !== "number") { return res.status(400).json({ code: "INVALID" }); } res.json({ name, age }); });`;
  const found = async (code: string, preset?: "strict"): Promise<readonly string[]> => (await findingsOf(app(code), { rule: "request-schema", ...(preset && { preset }) })).map(({ range, messageId }) => `${range.start.line} ${messageId}`);
  expect(await found(byHand("/v1/pets"))).toEqual(["5 byHand"]);
  expect(await found(`${byHand("/v1/pets")}\n${byHand("/v1/owners")}\napp.put("/v1/pets", (req, res) => { res.json(req.body.name); });`)).toEqual(["5 byHandOften", "7 none"]);
  expect(await found(`${byHand("/v1/pets")}\n${byHand("/v1/owners")}`, "strict")).toEqual(["5 byHand", "6 byHand"]);
  // Who is refused for another reason was not looked at by hand.
  expect(await found('app.post("/v1/pets", async (req, res) => { if (await full()) { return res.status(400).json({ code: "FULL" }); } res.json(req.body.name); });')).toEqual(["5 none"]);
  expect(await found('app.post("/v1/pets", (req, res) => { const { name } = z.object({ name: z.string() }).parse(req.body); if (!name) { return res.status(400).end(); } res.json(name); });')).toEqual([]);
});

it("reads what koa-joi-router is given before a handler, and takes a signed body that is read as bytes for checked", async () => {
  const koa = `import Koa from "koa";
import Router from "koa-joi-router";
const { Joi } = Router;
const router = new Router();
const create = { validate: { type: "json", body: { name: Joi.string().required() } } };
router.post("/v1/pets", create, async (ctx) => { ctx.body = { name: ctx.request.body.name }; });
router.put("/v1/pets", { validate: { query: { id: Joi.number() } } }, async (ctx) => { ctx.body = { name: ctx.request.body.name }; });
const app = new Koa();
app.use(router.middleware());
app.listen(3000);`;
  expect((await findingsOf({ "src/app.js": koa }, { rule: "request-schema" })).map(({ range, messageId }) => `${range.start.line} ${messageId}`)).toEqual(["7 none"]);
  const hook = (path: string): Readonly<Record<string, string>> => ({
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./pay";\nconst app = await NestFactory.create(AppModule);`,
    "src/pay.ts": `import { createHmac, timingSafeEqual } from "node:crypto";\nimport { Body, Controller, Headers, Module, Post } from "@nestjs/common";\n@Controller("v1") class Pay {\n  @Post("${path}") take(@Body() raw: Buffer, @Headers("x-signature") signature: string) { if (!timingSafeEqual(createHmac("sha256", key).update(raw).digest(), Buffer.from(signature))) throw new Error("no"); return "ok"; }\n}\n@Module({ controllers: [Pay] }) export class AppModule {}`,
  });
  const told = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => (await findingsOf(files, { rule: "request-schema" })).map(({ messageId }) => messageId);
  expect(await told(hook("webhooks/pay"))).toEqual([]);
  expect(await told(hook("pay"))).toEqual(["typeOnly"]);
});

it("asks no schema for a body that is taken and never used", async () => {
  const app = (used: string) => ({ "package.json": packageJson, "src/app.ts": `import express from "express";\nconst app = express();\napp.post("/v1/tops", async (req, res) => { const data = req.body; res.json(await tops.list(${used})); });\n` });
  expect(await findingsOf(app(""), rule)).toEqual([]);
  expect((await findingsOf(app("data"), rule)).map(({ messageId }) => messageId)).toEqual(["none"]);
});

it("asks nothing of what only hands a request to a proxy, and of what uses it as well", async () => {
  const app = (body: string): Record<string, string> => ({ "src/app.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { proxy, relay } from "./servers";\nconst prisma = new PrismaClient();\nexport const app = express();\napp.post("/v1/orders", async (req, res) => { ${body} });\n` });
  const told = async (body: string): Promise<number> => (await checkProject(app(body), { rule: "request-schema", preset: "strict" })).length;
  expect(await told("req.body.seen = true; res.json(await proxy.forward('orders', req));")).toBe(0);
  expect(await told("req.body.seen = true; res.json(await relay.forward('orders', req));")).toBe(1);
  expect(await told("await prisma.order.create({ data: req.body }); res.json(await proxy.forward('orders', req));")).toBe(1);
});
