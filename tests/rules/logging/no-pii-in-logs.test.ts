import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-pii-in-logs";
const check = async (text: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  (await checkProject({ "src/services/user.service.ts": text, ...more }, { rule })).map((line) => line.replace(/^[^:]*:/, "").replace(/ .*/, ""));

const pino = 'import pino from "pino";\nconst logger = pino();\n';
const user = "interface User { id: string; email: string; passwordHash: string }\n";

describe("no-pii-in-logs", () => {
  it.each([
    ["a field by its name", `${pino}export const f = (email: string) => logger.info({ email }, "signed in");`, ["3:51"]],
    ["a field under another name", `${pino}export const f = (u: { phoneNumber: string }) => logger.info({ contact: u.phoneNumber }, "x");`, ["3:73"]],
    ["a password", `${pino}export const f = (password: string) => logger.debug({ password }, "x");`, ["3:55"]],
    ["a token in a template", `${pino}export const f = (accessToken: string) => logger.info(\`got \${accessToken}\`);`, ["3:62"]],
    ["a concatenation", `${pino}export const f = (ssn: string) => logger.info("ssn " + ssn);`, ["3:56"]],
    ["JSON", `${pino}export const f = (user: { email: string }) => logger.info(JSON.stringify(user));`, ["3:74"]],
    ["an object with such a shape", `${pino}${user}export const f = (u: User) => logger.info({ u }, "x");`, ["4:45"]],
    ["an object alone", `${pino}${user}export const f = (u: User) => logger.info(u);`, ["4:43"]],
    ["a spread", `${pino}${user}export const f = (u: User) => logger.info({ ...u }, "x");`, ["4:48"]],
    ["a request's body", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ body: req.body }, "x");`, ["4:56"]],
    ["a request's headers", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ headers: req.headers }, "x");`, ["4:59"]],
    ["a local that carries it", `${pino}export const f = (u: { email: string }) => { const who = u.email; logger.info({ who }, "x"); };`, ["3:81"]],
    ["a destructured field", `${pino}export const f = ({ email }: { email: string }) => logger.warn({ email }, "x");`, ["3:66"]],
    ["console", "export const f = (password: string) => console.log(password);", ["1:52"]],
    ["winston", 'import winston from "winston";\nconst log = winston.createLogger();\nexport const f = (email: string) => log.info("x", { email });', ["3:53"]],
    ["Nest", 'import { Logger } from "@nestjs/common";\nconst logger = new Logger("A");\nexport const f = (email: string) => logger.log(`user ${email}`);', ["3:56"]],
    ["a class with the fields", `${pino}export class Customer { firstName!: string; iban!: string; }\nexport const f = (c: Customer) => logger.info({ c }, "x");`, ["4:49"]],
    ["what a schema infers", `import { z } from "zod";\n${pino}const Person = z.object({ id: z.string(), dateOfBirth: z.string() });\nexport const f = (p: z.infer<typeof Person>) => logger.info({ p }, "x");`, ["5:63"]],
    ["the row of a table", `import { pgTable, text } from "drizzle-orm/pg-core";\nimport type { InferSelectModel } from "drizzle-orm";\n${pino}const users = pgTable("users", { id: text("id"), phone: text("phone") });\nexport const f = (u: InferSelectModel<typeof users>) => logger.info({ u }, "x");`, ["6:71"]],
    ["a shape with one field left out", `${pino}${user}export const f = (u: Omit<User, "passwordHash">) => logger.info({ u }, "x");`, ["4:67"]],
    ["what is left beside another field", `${pino}${user}export const f = (u: User) => { const { passwordHash, ...rest } = u; logger.info({ rest }, "x"); };`, ["4:84"]],
    ["a card number", `${pino}export const f = (o: { cardNumber: string }) => logger.info({ card: o.cardNumber }, "x");`, ["3:69"]],
    ["a cookie", `import type { Request } from "express";\n${pino}export const f = (req: Request) => logger.info({ c: req.cookies }, "x");`, ["4:53"]],
  ])("reports %s", async (_name, text, expected) => {
    expect(await check(text)).toEqual(expected);
  });

  it("knows a shape of another file", async () => {
    expect(await check(`import type { Patient } from "../domain/patient.js";\n${pino}export const f = (p: Patient) => logger.info({ p }, "x");`, { "src/domain/patient.ts": "export interface Patient { id: string; diagnosis: string }" })).toEqual(["4:48"]);
  });

  it("knows a model of a Prisma schema", async () => {
    expect(await check(`import type { User } from "@prisma/client";\n${pino}export const f = (u: User) => logger.info({ u }, "x");`, { "prisma/schema.prisma": "model User {\n  id    Int    @id\n  email String\n}\n" })).toEqual(["4:45"]);
  });

  it("names field and category", async () => {
    const [finding] = await findingsOf({ "src/services/a.ts": `${pino}export const f = (u: { email: string }) => logger.info({ mail: u.email }, "x");` }, { rule });
    expect(finding?.message).toMatch(/u\.email.*contact/);
  });

  it.each([
    ["an id", `${pino}export const f = (userId: string) => logger.info({ userId }, "signed in");`],
    ["a masked field", `${pino}declare function maskEmail(a: string): string;\nexport const f = (email: string) => logger.info({ email: maskEmail(email) }, "x");`],
    ["a hash", `import { createHash } from "node:crypto";\n${pino}export const f = (email: string) => logger.info({ email: createHash("sha256").update(email).digest("hex") }, "x");`],
    ["whether there is one", `${pino}export const f = (password?: string) => logger.info({ hasPassword: Boolean(password), set: !!password, long: password !== undefined }, "x");`],
    ["a length", `${pino}export const f = (password: string) => logger.info({ length: password.length }, "x");`],
    ["a name about it", `${pino}export const f = (emailTemplate: string, passwordPolicy: string, tokenCount: number) => logger.info({ emailTemplate, passwordPolicy, tokenCount }, "x");`],
    ["a constant", `${pino}export const f = () => logger.info({ field: "email" }, "password changed");`],
    ["a redacted field", 'import pino from "pino";\nconst logger = pino({ redact: ["email", "user.password"] });\nexport const f = (email: string, p: string) => logger.info({ email, user: { password: p } }, "x");'],
    ["fields that are left", `${pino}${user}export const f = (u: User) => { const { email, passwordHash, ...rest } = u; logger.info({ rest }, "x"); };`],
    ["fields that are picked", `import { pick } from "lodash";\n${pino}${user}export const f = (u: User) => logger.info(pick(u, ["id"]), "x");`],
    ["a shape without such fields", `${pino}interface Order { id: string; total: number }\nexport const f = (o: Order) => logger.info({ o }, "x");`],
    ["a shape without its fields of that kind", `${pino}${user}export const f = (u: Omit<User, "email" | "passwordHash">, p: Pick<User, "id">) => logger.info({ u, p }, "x");`],
    ["the last four digits", `${pino}export const f = (cardNumber: string) => logger.info({ card: cardNumber.slice(-4) }, "x");`],
    ["words of other trades", `${pino}export const f = (fileName: string, hostName: string, ipVersion: number, cacheKey: string) => logger.info({ fileName, hostName, ipVersion, cacheKey }, "x");`],
    ["an error", `${pino}export const f = (err: Error) => logger.error({ err }, "x");`],
    ["what is not logged", "export const f = (email: string, send: (a: string) => void) => send(email);"],
    ["a comparison", `${pino}export const f = (a: { email: string }, b: { email: string }) => logger.info({ same: a.email === b.email }, "x");`],
    ["a choice by it", `${pino}export const f = (token?: string) => logger.info(token ? "with token" : "without token");`],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("credits redaction only at its depth", async () => {
    expect(await check('import pino from "pino";\nconst logger = pino({ redact: ["*.email"] });\nexport const f = (email: string) => logger.info({ email, user: { email } }, "x");')).toEqual(["3:51"]);
  });
});
