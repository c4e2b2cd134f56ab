import { describe, expect, it } from "vitest";
import { check, oneFile, pino } from "../../support/logged-persons.js";
import type { ProjectLiteral } from "../../support/model.js";

const { at, service } = oneFile("src/services/pupil.service.ts");
const pupils = 'import { model, Schema } from "mongoose";\nimport pino from "pino";\nconst logger = pino();\nconst Pupil = model("Pupil", new Schema({ email: String, form: String, points: Number }));\n';
const read = (query: string): string => `${pupils}export const f = async (id: string) => { const found = await ${query}; logger.info({ found }, "x"); };`;

describe("what a query of documents asks for", () => {
  it.each([
    ["all fields", "Pupil.findOne({ id })"],
    ["fields by name", 'Pupil.find({ id }).select("form email")'],
    ["fields in a list", 'Pupil.find({ id }).select(["email"]).lean()'],
    ["all but another", 'Pupil.findOne({ id }, "-points")'],
    ["a field that is left out otherwise", 'Pupil.findById(id).select("+email")'],
    ["names that nothing tells", "Pupil.find({ id }).select(id)"],
  ])("reports %s", async (_name, query) => {
    expect(await service(read(query))).toEqual(at(5));
  });

  it.each([
    ["other fields", 'Pupil.find({ id }).select("form points").lean()'],
    ["a projection", "Pupil.findOne({ id }, { form: 1, _id: 0 })"],
    ["all but this", 'Pupil.findOne({ id }, "-email")'],
    ["a projection that leaves this out", "Pupil.findById(id, { email: 0 })"],
    ["a projection among options", 'Pupil.find({ id }).select({ form: true })'],
    ["the id alone", 'Pupil.findOne({ id }).select("_id")'],
  ])("leaves %s alone", async (_name, query) => {
    expect(await service(read(query))).toEqual([]);
  });
});

describe("where it is known what is logged", () => {
  const settings = (fields: string): ProjectLiteral => ({ "src/settings.ts": `import { z } from "zod";\nexport const settings = z.object({ ${fields} }).parse(process.env);` });
  const log = 'import { settings } from "../settings.js";\nexport const f = () => console.info("starting", settings);';
  const route = (body: string): string => `import type { FastifyInstance } from "fastify";\nexport const f = (app: FastifyInstance) => app.post<{ Body: { ${body} } }>("/v1/a", async (request) => { request.log.info({ body: request.body }, "x"); return {}; });`;
  const tape = (sink: string): ProjectLiteral => ({ "src/logs.ts": `import { configure, getConsoleSink } from "@logtape/logtape";\nimport { redactByField } from "@logtape/redaction";\nawait configure({ sinks: { out: ${sink} }, loggers: [] });` });
  const taped = 'import { getLogger } from "@logtape/logtape";\nconst logger = getLogger("app");\nexport const f = (email: string) => logger.info("x", { email });';

  it.each([
    ["checked settings of another file", log, settings("PORT: z.string(), SMTP_PASSWORD: z.string()"), 2],
    ["a declared body", route("nationalId: string; reason: string"), {}, 2],
    ["fields that a logger of which nothing is known is bound to", 'import { logger } from "./logger.js";\nexport const f = (pupil: { email: string }) => logger.child({ email: pupil.email });', {}, 2],
    ["all headers", 'import { Hono } from "hono";\nexport const app = new Hono().use("*", async (c, next) => { console.log(c.req.header()); await next(); });', {}, 2],
    ["a log of Effect", 'import { Effect } from "effect";\nexport const f = (email: string) => Effect.logInfo(`x ${email}`);', {}, 2],
    ["marks of a span of Effect", 'import * as Effect from "effect/Effect";\nexport const f = (email: string) => Effect.annotateCurrentSpan("who", email);', {}, 2],
    ["what a text calls a password", `${pino}export const f = (made: string) => logger.warn(\`created with password \${made}\`);`, {}, 3],
    ["what stands behind a text that calls it a password", 'export const f = (made: string) => console.log("Temporary password:", made);', {}, 1],
    ["a field that no sink takes out", taped, tape('redactByField(getConsoleSink(), ["password"])'), 3],
    ["where somebody is, by a declared shape", `${pino}interface Ping { courierId: string; latitude: number }\nexport const f = (ping: Ping) => logger.info({ lat: ping.latitude }, "x");`, {}, 4],
  ])("reports %s", async (_name, text, more, line) => {
    expect(await service(text, more)).toEqual(at(line));
  });

  it.each([
    ["settings without a secret", log, settings("PORT: z.string(), LOG_LEVEL: z.string()")],
    ["a declared body that holds nobody", route("title: string; done: boolean"), {}],
    ["one header", 'import { Hono } from "hono";\nexport const app = new Hono().use("*", async (c, next) => { console.log(c.req.header("accept")); await next(); });', {}],
    ["a count that a log of Effect tells", 'import { Effect } from "effect";\nexport const f = (emails: string[]) => Effect.logInfo(`x ${emails.length}`);', {}],
    ["what went wrong with a password", `${pino}export const f = (message: string) => logger.warn(\`could not set the password: \${message}\`);`, {}],
    ["whose password was changed", `${pino}export const f = (pupilId: string) => logger.info(\`new password of \${pupilId}\`);`, {}],
    ["a field that the sinks take out", taped, tape('redactByField(getConsoleSink(), ["email"])')],
    ["fields that the library takes out by itself", taped, tape("redactByField(getConsoleSink())")],
    ["an element of a list of parts", `${pino}interface Part { kind: string; text: string }\nexport const f = (tokens: Part[]) => { const token = tokens.at(-1); logger.debug({ token }, "x"); };`, {}],
    ["a class without what a list of constants leaves out", `${pino}import { OmitType } from "@nestjs/swagger";\nclass Entry { title!: string; email!: string }\nclass Shown extends OmitType(Entry, ["email"] as const) {}\nexport const f = (shown: Shown) => logger.info({ shown }, "x");`, {}],
  ])("leaves %s alone", async (_name, text, more) => {
    expect(await service(text, more)).toEqual([]);
  });

  it("takes the model of the schema that is nearest, where two applications call theirs alike", async () => {
    const app = (name: string, fields: string): ProjectLiteral => ({
      [`apps/${name}/package.json`]: `{ "name": "${name}", "dependencies": { "@prisma/client": "6", "pino": "9" } }`,
      [`apps/${name}/prisma/schema.prisma`]: `model Tenancy {\n  id String @id\n  ${fields} String\n}\n`,
      [`apps/${name}/src/rows.ts`]: `import { PrismaClient } from "@prisma/client";\n${pino}const prisma = new PrismaClient();\nexport const f = async (id: string) => { const row = await prisma.tenancy.findUnique({ where: { id } }); logger.info({ row }, "x"); };`,
    });
    const workspace = { "package.json": '{ "name": "all", "private": true, "workspaces": ["apps/*"] }' };
    expect(await check({ ...workspace, ...app("one", "ownerEmail"), ...app("two", "plan") })).toEqual(["apps/one/src/rows.ts:5"]);
    expect(await check({ ...workspace, ...app("one", "plan"), ...app("two", "ownerEmail") })).toEqual(["apps/two/src/rows.ts:5"]);
  });
});

describe("records of stores", () => {
  const models: ProjectLiteral = {
    "src/models/index.js": "const fs = require('fs');\nconst path = require('path');\nconst Sequelize = require('sequelize');\nconst db = {};\nconst sequelize = new Sequelize(process.env.STORE);\nfs.readdirSync(__dirname).forEach((file) => { const model = sequelize['import'](path.join(__dirname, file)); db[model.name] = model; });\nmodule.exports = db;",
    "src/models/ticket.js": "module.exports = (sequelize, types) => sequelize.define('ticket', { iban: types.STRING, level: types.INTEGER });",
    "src/models/shelf.js": "module.exports = (sequelize, types) => sequelize.define('shelf', { label: types.STRING });",
  };
  const stored = (name: string): Promise<string[]> => check({ ...models, "src/services/rows.js": `const db = require("../models");\nexports.f = (id) => db.${name}.findByPk(id).then((found) => { console.log(found); });` });
  const entity = 'import { Prop, Schema } from "@nestjs/mongoose";\nimport type { HydratedDocument } from "mongoose";\n@Schema() export class Pupil { @Prop() iban: string; @Prop() form: string; }\nexport type Row = HydratedDocument<Pupil>;';

  it("knows the models that a file loads from its folder", async () => {
    expect(await stored("ticket")).toEqual(["src/services/rows.js:2"]);
    expect(await stored("shelf")).toEqual([]);
  });

  it("takes a document for the class that it is of, under any name of its type", async () => {
    expect(await service(`import type { Row } from "../pupil.entity.js";\n${pino}export const f = (found: Row) => logger.info({ found }, "x");`, { "src/pupil.entity.ts": entity })).toEqual(at(4));
    expect(await service(`import type { Row } from "../pupil.entity.js";\n${pino}export const f = (found: Row) => logger.info({ found }, "x");`, { "src/pupil.entity.ts": entity.replace("iban", "label") })).toEqual([]);
  });

  it.each([
    ["a person's store of which nothing is known", "export const f = async (db: any, id: string) => { const found = await db.student.findById(id); console.log(found); };", 1],
    ["its promise", "export const f = (store: any, id: string) => store.userModel.findOne({ id }).then((found: any) => console.log(found));", 1],
    ["the error of a client behind what its answer is made into", 'import axios from "axios";\nexport const f = (key: string) => axios.get("https://a.io", { headers: { authorization: key } }).then((answer) => answer.data).catch((err) => { console.log("failed", err); });', 2],
    ["a part beside the condition that must hold", "export const f = (pupil: { id: string; email: string }) => console.assert(pupil.id, pupil.email);", 1],
  ])("reports %s", async (_name, text, line) => {
    expect(await service(text)).toEqual(at(line));
  });

  it.each([
    ["a store of things", "export const f = async (db: any, id: string) => { const found = await db.shelf.findById(id); console.log(found); };"],
    ["columns of a person's store", 'export const f = async (db: any, id: string) => { const found = await db.student.findOne({ attributes: ["id"] }); console.log(found); };'],
    ["a condition that must hold", 'export const f = (settings: { password: string }) => console.assert(settings.password, "no password");'],
    ["a kind of somebody, by what it is compared with", `${pino}export const f = (pupil: any) => { if (pupil.profile === "guest") return; logger.info({ profile: pupil.profile }, "x"); const userProfile = pupil.profile; logger.info({ userProfile }, "x"); };`],
    ["the plate of a product", `${pino}export const f = (licencePlate: string) => logger.info({ licencePlate }, "x");`],
    ["where a place is", `${pino}export const f = (answer: any) => { for (const place of answer.data) { logger.info({ place }, "x"); note(place.zipcode); } };\ndeclare function note(code: string): void;`],
    ["the record of a shop", `${pino}import { model, Schema } from "mongoose";\nconst DarkStore = model("darkstore", new Schema({ phone: String, label: String }));\nexport const f = async (id: string) => { const darkstore = await DarkStore.findById(id); logger.info({ darkstore }, "x"); };`],
    ["ids for mails", `${pino}export const f = (jobIdsForSentEmails: string[]) => logger.info({ jobIdsForSentEmails }, "x");`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await service(text)).toEqual([]);
  });

  it("knows checked settings of every kind, and addresses by their parts", async () => {
    const made = (text: string): ProjectLiteral => ({ "src/settings.ts": text });
    const log = (name: string): string => `import ${name} from "../settings.js";\nexport const f = () => console.info("starting", settings);`;
    expect(await service(log("{ settings }"), made('import { cleanEnv, str } from "envalid";\nexport const settings = cleanEnv(process.env, { PORT: str(), SMTP_PASSWORD: str() });'))).toEqual(at(2));
    expect(await service(log("{ settings }"), made('import { cleanEnv, str } from "envalid";\nexport const settings = cleanEnv(process.env, { PORT: str(), LOG_LEVEL: str() });'))).toEqual([]);
    expect(await service(log("settings"), made('import { z } from "zod";\nexport default z.object({ API_KEY: z.string() }).parse(process.env);'))).toEqual(at(2));
    expect(await service(log("settings"), made('import { z } from "zod";\nexport default z.object({ PORT: z.string() }).parse(process.env);'))).toEqual([]);
    expect(await service("const { HOST, PASSWORD } = process.env;\nexport const f = () => { const redisUrl = `redis://${HOST}`; console.info(redisUrl); };")).toEqual([]);
    expect(await service("const { HOST, PASSWORD } = process.env;\nexport const f = () => { const redisUrl = `redis://:${PASSWORD}@${HOST}`; console.info(redisUrl); };")).toEqual(at(2));
    expect(await service("export const f = (redisUrl: string) => console.info(redisUrl);")).toEqual(at(1));
  });

  it("asks the tokens of its own package, and leaves failures about passwords alone", async () => {
    const unit = (name: string, claims: string): ProjectLiteral => ({ [`apps/${name}/package.json`]: `{ "name": "${name}", "dependencies": { "jsonwebtoken": "9" } }`, [`apps/${name}/src/tokens.ts`]: `import jwt from "jsonwebtoken";\nexport const sign = (user: any, key: string) => jwt.sign(${claims}, key);\nexport const open = (token: string, key: string) => { const claims = jwt.verify(token, key); console.info({ claims }); };` });
    const both = { "package.json": '{ "name": "all", "private": true, "workspaces": ["apps/*"] }', ...unit("one", "{ id: user.id, email: user.email }"), ...unit("two", "{ id: user.id }") };
    expect(await check(both)).toEqual(["apps/one/src/tokens.ts:3"]);
    expect(await service(`${pino}export const f = (rule: string) => logger.warn("could not set the password: %s", rule);`)).toEqual([]);
    expect(await service(`${pino}export const f = (made: string) => logger.warn("the password: %s", made);`)).toEqual(at(3));
    expect(await service(`${pino}export const f = (van: any) => logger.info({ plate: van.licensePlate }, "x");`)).toEqual(at(3));
  });

  it("reads a file that is called after profiles, and the request in a context of any name", async () => {
    expect(await check({ "routes/profile.js": "exports.f = (user) => console.log(user.email);" })).toEqual(["routes/profile.js:1"]);
    expect(await check({ "gulpfile.js": "exports.f = (user) => console.log(user.email);" })).toEqual([]);
    expect(await service("export const f = (typedCtx: any) => console.log(typedCtx.request.headers);")).toEqual(at(1));
  });

  const signed = (claims: string): string => `import jwt from "jsonwebtoken";\n${pino}export const sign = (user: any, key: string) => jwt.sign(${claims}, key);\nexport const open = (token: string, key: string) => jwt.verify(token, key, (err, claims) => { logger.info({ claims }, "x"); });`;
  const address = (made: string): Promise<string[]> => service(`import { broker } from "../broker.js";\n${pino}export const f = () => logger.info(broker);`, { "src/broker.ts": `const { HOST, USER, PASSWORD } = process.env;\nexport const broker = ${made};` });

  it("follows what a callback is given of a token, constants of other files and settings that are handed over", async () => {
    expect(await service(signed("{ id: user.id, name: user.name }"))).toEqual(at(5));
    expect(await service(signed("{ id: user.id, role: user.role }"))).toEqual([]);
    expect(await address("`amqp://${USER}:${PASSWORD}@${HOST}`")).toEqual(at(4));
    expect(await address("`amqp://${HOST}`")).toEqual([]);
    const describe = `${pino}const describe = (contactEmail: string) => \`write to \${contactEmail}\`;\n`;
    expect(await service(`${describe}export const f = (config: any) => logger.info(describe(config.contactEmail));`)).toEqual([]);
    expect(await service(`${describe}export const f = (pupil: any) => logger.info(describe(pupil.email));`)).toEqual(at(4));
  });

  it("tells once of a field that says what it is, at the log call", async () => {
    const note = `${pino}export const note = (id: string, current: string) => logger.info({ id, email: current }, "x");`;
    expect(await check({ "src/services/note.ts": note, "src/services/pupil.service.ts": 'import { note } from "./note.js";\nexport const f = (pupil: { id: string; email: string }) => note(pupil.id, pupil.email);' })).toEqual(["src/services/note.ts:3"]);
  });
});
