import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { checkProject } from "../../support/project.js";

const rule = "pure-domain";
const file = "src/domain/order.ts";
const check = (code: string, options?: Readonly<Record<string, unknown>>, at = file) => checkProject({ [at]: code }, { rule, ...(options && { options }) });

describe("reports", () => {
  it.each([
    ["fetch", 'export const a = () => fetch("https://example.com");', "1:24 pure-domain effect"],
    ["a timer", "export const a = (f: () => void) => setTimeout(f, 10);", "1:37 pure-domain effect"],
    ["node:fs", 'import { readFileSync } from "node:fs"; export const a = () => readFileSync("x");', "1:30 pure-domain package"],
    ["an HTTP client", 'import axios from "axios"; export const a = () => axios.get("/");', "1:19 pure-domain package"],
    ["a logger", 'import pino from "pino"; export const a = () => pino();', "1:18 pure-domain package"],
    ["a queue", 'import { Queue } from "bullmq"; export const a = () => new Queue("x");', "1:23 pure-domain package"],
    ["an ORM", 'import { Pool } from "pg"; export const a = () => new Pool();', "1:22 pure-domain package"],
    ["an entity's decorator", 'import { Column, Entity } from "typeorm"; @Entity() export class Order { @Column() id = 1; }', "1:32 pure-domain decorator"],
    ["a decorator of API docs", 'import { ApiProperty } from "@nestjs/swagger"; export class Order { @ApiProperty() id = 1; }', "1:29 pure-domain decorator"],
  ])("%s", async (_name, code, found) => {
    expect(await check(code)).toEqual([`${file}:${found}`]);
  });

  it("a log that the project makes elsewhere, however the domain comes by it", async () => {
    const logger = { "src/lib/logger.ts": 'import pino from "pino";\nexport const logger = pino();\nexport const logFor = (part: string) => logger.child({ part });' };
    expect(await checkProject({ ...logger, [file]: 'import { logger } from "../lib/logger.js";\nexport const total = (items: number[]) => {\n  if (items.length === 0) logger.warn({ items: 0 }, "empty order");\n  return items.length;\n};' }, { rule })).toEqual([`${file}:3:27 pure-domain effect`]);
    expect(await checkProject({ ...logger, [file]: 'import { logFor } from "../lib/logger.js";\nconst log = logFor("order");\nexport const total = (items: number[]) => (log.debug({ items: items.length }, "counted"), items.length);' }, { rule })).toEqual([`${file}:3:44 pure-domain effect`]);
  });

  it("no log that the domain is handed, and none of what it only calls a log", async () => {
    const port = { "src/domain/ports.ts": "export interface Logger { warn(fields: object, text: string): void }" };
    expect(await checkProject({ ...port, [file]: 'import type { Logger } from "./ports.js";\nexport const total = (items: number[], logger: Logger) => (logger.warn({}, "counted"), items.length);\nexport class Order {\n  constructor(private readonly logger: Logger) {}\n  close({ log }: { log: Logger }) { const own = this.logger; own.warn({}, "closed"); log.warn({}, "closed"); }\n}' }, { rule })).toEqual([]);
    expect(await checkProject({ [file]: "class Log { readonly lines: string[] = []; add(line: string) { this.lines.push(line); } }\nexport const close = () => { const log = new Log(); log.add(\"closed\"); return log; };" }, { rule })).toEqual([]);
  });

  it("what more than ten files have in common once, and each when asked", async () => {
    const files = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/domain/order${at}.ts`, 'import { Column, Entity } from "typeorm"; @Entity() export class Order { @Column() id = 1; }']));
    expect(await checkProject(files(11), { rule })).toEqual(["src/domain/order0.ts:1:32 pure-domain spread"]);
    expect(await checkProject(files(11), { rule, options: { everyFile: true } })).toHaveLength(11);
    expect(await checkProject(files(10), { rule })).toHaveLength(10);
  });

  it("clocks and chance, when asked", async () => {
    const code = "export const a = () => [Date.now(), new Date(), Math.random(), crypto.randomUUID()];";
    expect(await check(code)).toEqual([]);
    expect(await check(code, { clocks: "report" })).toEqual([`${file}:1:25 pure-domain clock`, `${file}:1:37 pure-domain clock`, `${file}:1:49 pure-domain clock`, `${file}:1:64 pure-domain clock`]);
  });
});

describe("stays silent on", () => {
  it.each([
    ["a date that is given", "export const a = (value: string) => new Date(value);", { clocks: "report" }, file],
    ["validators, dates and money", 'import { z } from "zod"; import { addDays } from "date-fns"; import Decimal from "decimal.js"; export const a = () => [z.string(), addDays(0, 1), new Decimal(1)];', {}, file],
    ["types", 'import type { Logger } from "pino"; import type { Pool } from "pg"; export interface A { logger: Logger; pool: Pool }', {}, file],
    ["decorators that are allowed", 'import { Entity } from "typeorm"; @Entity() export class Order {}', { decorators: "allow" }, file],
    ["other layers", 'export const a = () => fetch("https://example.com");', {}, "src/services/order.service.ts"],
    ["entities of the repository layer", 'import { Column, Entity } from "typeorm"; @Entity() export class Order { @Column() id = 1; }', {}, "src/orders/order.entity.ts"],
    ["what knows HTTP, which no-http-in-service reports", 'import { NotFoundException } from "@nestjs/common"; export class Missing extends NotFoundException {}', {}, file],
    ["models of something else, which nothing maps", 'import { ChatOpenAI } from "@langchain/openai"; export const a = () => new ChatOpenAI({});', {}, "src/models/openai.ts"],
    ["what a program of the command line does", 'import fs from "node:fs"; export const a = () => fs.readFileSync("a");', {}, "src/cli/domain/a.ts"],
    ["a method of the same name", "export const a = (shelf: { fetch(id: string): string }) => shelf.fetch('1');", {}, file],
    ["a policy by the name of a helper", 'import got from "got"; export const a = () => got("https://example.com");', {}, "src/net/retry-policy.ts"],
  ])("%s", async (_name, code, options, at) => {
    expect(await check(code, options, at)).toEqual([]);
  });
});

it("tells packages of one kind once a file", async () => {
  expect(await check('import { Model } from "mongoose";\nimport { Pool } from "pg";\nimport axios from "axios";\nexport const a = () => [Model, new Pool(), axios.get("/")];')).toEqual([`${file}:1:23 pure-domain package`, `${file}:3:19 pure-domain package`]);
});

it("judges a service of the domain that needs nobody, and leaves one that works with others to the services", async () => {
  const wait = "setTimeout(() => undefined, 10);";
  expect(await check(`export class Reminders { plan() { ${wait} } }`, undefined, "src/domain/services/reminders.ts")).toHaveLength(1);
  expect(await check(`import type { Orders } from "../ports/orders.js";\nexport class Reminders { constructor(private readonly orders: Orders) {} async plan(id: string) { ${wait} return this.orders.byId(id); } }`, undefined, "src/domain/services/reminders.ts")).toEqual([]);
});
