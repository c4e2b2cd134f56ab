import { describe, expect, it } from "vitest";
import { check, oneFile, pino, using } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";

const { at, service } = oneFile("src/services/member.service.ts");

describe("persons under names that say nothing", () => {
  it.each([
    ["each of a list of persons", "export const f = (teachers: any[]) => logger.info({ all: teachers.map((t) => ({ name: t.name })) }, \"x\");"],
    ["what is taken out of each of them", "export const f = (customers: any) => customers.filter(Boolean).forEach(({ name }: any) => logger.info({ name }, \"x\"));"],
    ["each of a loop", "export async function f(load: any) { const guests = await load(); for (const g of guests ?? []) logger.info(`seated ${g.name}`); }"],
    ["the address of somebody with a last name", "interface Keeper { id: string; surname: string; address: { street: string } }\nexport const f = (keeper: Keeper) => logger.info({ to: keeper.address }, \"x\");"],
    ["a number in the form of the E.164", "export const f = (phoneE164: string) => logger.info({ phoneE164 }, \"x\");"],
    ["the name of a sender", "export const f = (senderName: string) => logger.info(`from ${senderName}`);"],
    ["the text of a body", "import type { Request } from \"express\";\nexport const f = (req: Request) => logger.warn({ raw: typeof req.body === \"string\" ? req.body : \"none\" }, \"x\");"],
    ["a parameter with an empty object as its default", "export function f(data: any = {}) { if (!data.email) return; logger.info({ data }, \"x\"); }"],
  ])("reports %s", async (_name, text) => {
    expect(await service(`${pino}${text}`)).toEqual(at(text.includes("\n") ? 4 : 3));
  });

  it.each([
    ["each of a list of things", "export const f = (courses: any[]) => logger.info({ all: courses.map((c) => ({ name: c.name })) }, \"x\");"],
    ["the place of a person in a list", "export const f = (teachers: any[]) => teachers.forEach((t, name) => logger.info({ name, id: t.id }, \"x\"));"],
    ["a record or its id", "export const f = (customer: any) => logger.info({ of: typeof customer === \"string\" ? customer : customer.id }, \"x\");"],
    ["what developers' machines alone are shown", "export const f = (email: string, dev = process.env.NODE_ENV) => { const isDevelopment = dev === \"development\"; const shown = isDevelopment ? email : maskEmail(email); logger.info({ email: shown }, \"x\"); };\ndeclare function maskEmail(text: string): string;"],
    ["a number of persons", "export const f = (maxStudents: any) => logger.info({ maxStudents }, \"x\");"],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(`${pino}${text}`)).toEqual([]);
  });
});

describe("what libraries keep", () => {
  it("knows the values that express-validator refused, and its messages for none", async () => {
    const handler = (line: string): string => `${pino}import { validationResult } from "express-validator";\nimport type { Request } from "express";\nexport const f = (req: Request) => { const errors = validationResult(req); ${line} };`;
    expect(await service(handler('logger.warn({ errors: errors.array() }, "x");'))).toEqual(at(5));
    expect(await service(handler('logger.warn({ errors: errors.array().map((error) => error.msg) }, "x");'))).toEqual([]);
    expect(await service(handler('logger.warn({ errors: errors.isEmpty() }, "x");'))).toEqual([]);
  });

  it("knows a static of a model, which tells of fields and does not give them", async () => {
    const files = (given: string): ProjectLiteral => ({
      "src/member.js": `const mongoose = require("mongoose");\nconst schema = new mongoose.Schema({ email: String });\nschema.statics.taken = async function (email) { return ${given}; };\nmodule.exports = mongoose.model("Member", schema);`,
      "src/service.js": 'const Member = require("./member");\nconst log = require("pino")();\nexports.check = async (given) => { const found = await Member.taken(given); log.info({ email: found.email }, "x"); };',
    });
    expect(await check(files("{ email: false }"))).toEqual([]);
    expect(await check(files("{ email }"))).toEqual(["src/service.js:3"]);
  });

  it("follows what a file adds to its logger", async () => {
    const files = (line: string): ProjectLiteral => ({
      "src/utils/logger.js": 'const winston = require("winston");\nconst logger = winston.createLogger();\nlogger.logWarning = (message, context = {}) => logger.warn({ message, ...context });\nmodule.exports = logger;',
      "src/service.js": `const logger = require("./utils/logger");\nexports.f = (student) => ${line};`,
    });
    expect(await check(files('logger.logWarning("late", { email: student.email })'))).toEqual(["src/service.js:2"]);
    expect(await check(files('logger.logWarning("late", { id: student.id })'))).toEqual([]);
  });

  it("knows the relations that a read loads", async () => {
    const files = (options: string): ProjectLiteral => ({
      "src/entities.ts": 'import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from "typeorm";\n@Entity() export class Owner { @PrimaryGeneratedColumn() id!: number; @Column() phoneNumber!: string }\n@Entity() export class Pet { @PrimaryGeneratedColumn() id!: number; @ManyToOne(() => Owner) owner!: Owner }',
      "src/services/member.service.ts": `${pino}import type { Repository } from "typeorm";\nimport type { Pet } from "../entities.js";\nexport const f = async (pets: Repository<Pet>) => { const pet = await pets.findOne(${options}); logger.info({ pet }, "x"); };`,
    });
    expect(await check(files('{ where: { id: 1 }, relations: ["owner"] }'))).toEqual(at(5));
    expect(await check(files("{ where: { id: 1 }, relations: { owner: true } }"))).toEqual(at(5));
    expect(await check(files("{ where: { id: 1 } }"))).toEqual([]);
  });
});

describe("requests about nobody", () => {
  const handler = (body: string, name = "create"): string => `${pino}import type { Request } from "express";\nexport const ${name} = (req: Request) => { ${body} };`;

  it("leaves a body alone of which many fields are read, and a name is all that somebody may have as well", async () => {
    expect(await service(handler('const { name, code, type, credits, maxStudents } = req.body; logger.info({ body: req.body, name: code, type, credits, maxStudents }, "x"); return name;'))).toEqual([]);
    expect(await service(handler('const { name, type } = req.body; logger.info({ body: req.body }, "x"); return [name, type];'))).toEqual(at(4));
    expect(await service(handler('const { name, age, type, credits, email } = req.body; logger.info({ body: req.body }, "x"); return [name, age, type, credits, email];'))).toEqual(at(4));
  });

  it("leaves the address of a server alone that calls a webhook", async () => {
    expect(await service(handler('logger.info({ ip: req.ip }, "x");', "handleWebhook"))).toEqual([]);
    expect(await service(handler('logger.info({ ip: req.ip }, "x");'))).toEqual(at(4));
  });

  it("leaves extensions of browsers and the interfaces that tests ask alone", async () => {
    const line = "export const f = (email: string) => console.log(email);";
    expect(await check({ ...using("@types/chrome"), "src/service-worker/greet.ts": line })).toEqual([]);
    expect(await check({ ...using("express"), "mockApis/greet.ts": line, "stub_server/greet.ts": line, "src/mocked/greet.ts": line })).toEqual(["src/mocked/greet.ts:1"]);
  });

  it("leaves what Nuxt builds for browsers alone", async () => {
    const line = "export const f = (email: string) => console.log(email);";
    expect(await check({ ...using("nuxt", "pg"), "app/utils/greet.ts": line, "lib/greet.ts": line, "server/utils/greet.ts": line })).toEqual(["server/utils/greet.ts:1"]);
    expect(await check({ ...using("nuxt", "pg"), "lib/greet.ts": line, "server/api/greet.get.ts": 'import { f } from "../../lib/greet.js";\nexport default defineEventHandler((event) => f(event.path));' })).toEqual(["lib/greet.ts:1"]);
  });
});

describe("what is written of what was sent", () => {
  const handler = (line: string, more = ""): string => `${pino}${more}import type { Request } from "express";\nexport const f = async (req: Request) => { ${line} };`;

  it("takes what is left of a body for the body, unless fields of persons are left out", async () => {
    expect(await service(handler('const left = _.omit(req.body, "company", ["floor"]); logger.info({ left }, "x");', 'import _ from "lodash";\n'))).toEqual(at(5));
    expect(await service(handler('const left = _.omit(req.body, ["email", "password"]); logger.info({ left }, "x");', 'import _ from "lodash";\n'))).toEqual([]);
  });

  it("knows that the result of Joi keeps the value", async () => {
    const joi = 'import Joi from "joi";\nconst schema = Joi.object({ email: Joi.string(), password: Joi.string() });\n';
    expect(await service(handler('const result = schema.validate(req.body); logger.info({ result }, "x");', joi))).toEqual(at(6));
    expect(await service(handler('const result = Joi.validate(req.body, schema); logger.info({ result }, "x");', joi))).toEqual(at(6));
    expect(await service(handler('const { error } = schema.validate(req.body); logger.info({ refused: error !== undefined }, "x");', joi))).toEqual([]);
    expect(await service(handler('const result = schema.validate(req.query); logger.info({ result }, "x");', 'import Joi from "joi";\nconst schema = Joi.object({ page: Joi.number(), sort: Joi.string() });\n'))).toEqual([]);
  });

  it("knows the event of a socket behind a gateway by its context", async () => {
    const socket = (line: string): ProjectLiteral => ({ "src/socket.js": `exports.handler = async function (event) { const { connectionId } = event.requestContext; const { queryStringParameters } = event; ${line} return connectionId; };` });
    expect(await check(socket("console.log(JSON.stringify(event));"))).toEqual(["src/socket.js:1"]);
    expect(await check(socket('console.log("token", queryStringParameters.Auth);'))).toEqual(["src/socket.js:1"]);
    expect(await check(socket("console.log(queryStringParameters.page);"))).toEqual([]);
    expect(await check({ "src/socket.js": "exports.handler = async function (event) { console.log(JSON.stringify(event)); return event.kind; };" })).toEqual([]);
  });

  it("knows the rows of a table of persons, and those of which columns are asked for", async () => {
    const rows = (query: string): string => `import knex from "knex";\n${pino}const db = knex({ client: "pg" });\nexport const f = async (id: string) => { const found = await ${query}; logger.info({ found }, "x"); };`;
    expect(await service(rows('db("users").where({ id }).first()'))).toEqual(at(5));
    expect(await service(rows('db("users").where({ id }).select("id")'))).toEqual([]);
    expect(await service(rows('db("users").count("id as members")'))).toEqual([]);
    expect(await service(rows('db("orders").where({ id })'))).toEqual([]);
  });

  it("knows who signs in elsewhere by the token that says so", async () => {
    const decoded = (token: string): string => `import jwt from "jsonwebtoken";\n${pino}export const f = (answer: any) => { const claims = jwt.decode(answer.${token}); logger.info({ claims }, "x"); };`;
    expect(await service(decoded("id_token"))).toEqual(at(4));
    expect(await service(decoded("grant"))).toEqual([]);
  });

  it("leaves services alone that a health check names beside others", async () => {
    expect(await service(`${pino}export const f = (health: any) => logger.info({ checks: { database: health.database, email: health.email } }, "x");`)).toEqual([]);
    const report = (parts: string): string => `${pino}import { z } from "zod";\nconst Result = z.object({ status: z.string() });\nconst Report = z.object({ checks: z.object({ ${parts} }) });\nexport const f = (report: z.infer<typeof Report>) => logger.info({ checks: report.checks }, "x");`;
    expect(await service(report("secrets: Result, ssm: Result, rds: Result, billing: Result"))).toEqual([]);
    expect(await service(report("secrets: z.string(), rds: Result, phone: z.string()"))).not.toEqual([]);
    expect(await service(`${pino}export const f = (member: any) => logger.info({ contact: { id: member.id, email: member.email } }, "x");`)).toEqual(at(3));
  });
});

describe("a format of winston's that names what it writes", () => {
  const made = (format: string, transport = "new transports.Console()"): string => `import { createLogger, format, transports } from "winston";\nconst logger = createLogger({ format: format.combine(format.timestamp(), ${format}), transports: [${transport}] });\nexport const f = (email: string, body: any) => { logger.info("x", { email }); };`;

  it("hides all other fields, and no message", async () => {
    expect(await service(made("format.printf(({ level, message }) => `${level}: ${message}`)"))).toEqual([]);
    expect(await service(made("format.printf(({ level, message, email }) => `${level}: ${message} ${email}`)"))).toEqual(at(3));
    expect(await service(made("format.printf(({ level, message, ...rest }) => `${level}: ${message} ${JSON.stringify(rest)}`)"))).toEqual(at(3));
    expect(await service(made("format.printf(({ level, message }) => `${level}: ${message}`)").replace('"x", { email }', "`to ${email}`"))).toEqual(at(3));
    expect(await service(made("format.printf(({ level, message }) => `${level}: ${message}`)", 'new transports.File({ filename: "a.log", format: format.json() })'))).toEqual(at(3));
  });
});

describe("records of organisations", () => {
  const record = (fields: string): string => `${pino}interface Saved { id: string; ${fields} }\nexport const f = (saved: Saved) => logger.info({ saved }, "x");`;

  it("leaves where they are alone, and no addresses of mails and names of persons among it", async () => {
    expect(await service(record("companyName: string; taxId: string; telephone: string"))).toEqual([]);
    expect(await service(record("companyName: string; taxId: string; email: string"))).toEqual(at(4));
    expect(await service(record("companyName: string; lastName: string; email: string"))).toEqual(at(4));
    expect(await service(record("label: string; taxId: string; telephone: string"))).toEqual(at(4));
  });
});

describe("words that say it of persons alone", () => {
  it("takes a medication for a patient's where one is named beside it, and not among what is in store", async () => {
    const log = (fields: string): string => `${pino}export const f = (item: any, patient: any, patientId: string) => logger.info({ ${fields} }, "x");`;
    expect(await service(log("patientId, medication: item.name"))).toEqual(at(3));
    expect(await service(log("prescription: patient.prescription"))).toEqual(at(3));
    expect(await service(log("itemId: item.id, medication: item.name, left: item.stock"))).toEqual([]);
    expect(await service(log("patientId, medication: item.count > 0"))).toEqual([]);
  });

  it("takes the address of a machine for nobody's", async () => {
    const log = (value: string): string => `${pino}export const f = (device: any, visit: any, req: any) => logger.info(\`at \${${value}}\`);`;
    expect(await service(log("device.connection.ipAddress"))).toEqual([]);
    expect(await service(log("visit.ipAddress"))).toEqual(at(3));
  });

  it("knows a webhook by the path under which it is registered", async () => {
    const route = (path: string): string => `${pino}import { Router } from "express";\nexport const routes = Router().post("${path}", (req, res) => { logger.warn({ ip: req.ip }, "x"); res.end(); });`;
    expect(await service(route("/webhook/lab/:id"))).toEqual([]);
    expect(await service(route("/lab/:id"))).toEqual(at(4));
  });
});

describe("what begins as nothing", () => {
  it("takes the record of a person that is filled in later for one", async () => {
    const found = (member: string): string => `${pino}export async function f(read: any) { const result: any = { patientInfo: null, total: null }; await read(result); logger.info({ got: result.${member} }, "x"); }`;
    expect(await service(found("patientInfo"))).toEqual(at(3));
    expect(await service(found("total"))).toEqual([]);
  });
});

describe("what an interface inherits from one in another file", () => {
  const records = {
    "src/domain/kept.ts": `import type { Clock } from "./clock.js";
import type { Place } from "./place.js";
export type Moment = number;
export interface Keeper { firstName: string; lastName: string }
export interface Kept { changed: Moment; at: Place; clock: Clock }
export interface Owned { keeper: Keeper }`,
    "src/domain/clock.ts": "export interface Clock { zone: string }",
    "src/domain/place.ts": "export interface Place { shelf: string }",
  };
  const log = (base: string): string => `import pino from "pino";
import type { ${base} } from "../domain/kept.js";
export interface Customer { firstName: string; email: string }
export interface Courier { lastName: string; email: string }
const logger = pino();
export interface Parcel extends ${base} { weight: number }
export const f = (parcel: Parcel) => logger.info({ parcel }, "x");`;

  it("reads the types of its fields where they are declared", async () => {
    expect(await check({ ...records, "src/services/parcel.service.ts": log("Owned") })).toEqual(["src/services/parcel.service.ts:7"]);
  });

  it("takes no type of the file that extends it for theirs", async () => {
    expect(await check({ ...records, "src/services/parcel.service.ts": log("Kept") })).toEqual([]);
  });
});
