import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";
import { marked } from "../../support/routes.js";

const rule = "structured-errors";

const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked(rule, files, { preset: "strict", ...options });
  expect(found).toEqual(expected);
};
const each = { options: { codes: "each" } };

describe("structured-errors", () => {
  it("reports what leaks of an error through Express, and is silent on what its author chose", () =>
    holds({
      "src/app.ts": `import express from "express";
import { AppError, run } from "./run.js";
export const app = express();
app.get("/v1/a", async (req, res) => {
  try { await run(); } catch (error) {
    res.status(500).json({ code: "internal", message: error.message }); // bad: leak@55
  }
});
app.get("/v1/b", async (req, res) => {
  try { await run(); } catch (error) {
    res.status(500).json(error); // bad: leak@26
  }
});
app.get("/v1/c", async (req, res) => {
  try { await run(); } catch (error) {
    if (error instanceof AppError) { res.status(error.status).json({ code: error.code, message: error.message }); return; }
    res.status(500).json({ code: "internal" });
  }
});
app.get("/v1/d", async (req, res) => {
  try { await run(); } catch (error) {
    res.status(500).json({ code: "internal", message: error instanceof AppError ? error.message : "internal error" });
  }
});
app.use((err, req, res, next) => {
  if (err instanceof AppError) { res.status(400).json({ code: err.code, message: err.message }); return; }
  res.status(500).json({ code: "internal", stack: err.stack }); // bad: leak@51
});
app.use((err, req, res, next) => {
  res.status(500).json({ code: "internal", ...(process.env.NODE_ENV === "development" && { stack: err.stack }) });
});
app.use((err, req, res, next) => {
  res.status(500).json({ code: "internal", message: err.message }); // bad: leak@53
});
`,
      "src/run.ts": 'export const run = async () => 1;\nexport class AppError extends Error { status = 400; code = "bad"; }\n',
    }));

  it("reports what leaks of an error that a function tells or is handed, and of an object that has a name", () =>
    holds({
      "src/app.ts": `import express from "express";
import { run } from "./run.js";
import { AppError, messageOf, noteOf, sendError, sendKnown, sendRefusal } from "./errors.js";
export const app = express();
app.get("/v1/a", async (req, res) => {
  try { await run(); } catch (error) { res.status(500).json({ code: "internal", message: messageOf(error) }); } // bad: leak@90
});
app.get("/v1/b", async (req, res) => {
  try { await run(); } catch (error) { sendError(res, error); }
});
app.get("/v1/c", async (req, res) => {
  try { await run(); } catch (error) {
    const payload = { code: "internal", message: error.message };
    res.status(500).json(payload); // bad: leak@26
  }
});
app.get("/v1/d", async (req, res) => {
  try { await run(); } catch (error) {
    const reason = String(error);
    res.status(500).json({ code: "internal", reason }); // bad: leak@46
  }
});
app.get("/v1/e", async (req, res) => {
  try { await run(); } catch (error) { res.status(500).json({ code: "internal", message: noteOf(error) }); }
});
app.get("/v1/f", async (req, res) => {
  try { await run(); } catch (error) { sendKnown(res, error); }
});
app.get("/v1/g", async (req, res) => {
  if (!req.query.of) sendRefusal(res, new AppError("of is missing"));
  try { await run(); } catch (error) { if (error instanceof AppError) sendRefusal(res, error); else throw error; }
});
`,
      "src/errors.ts": `export class AppError extends Error { status = 400; }
export const messageOf = (error: unknown) => (error instanceof Error ? error.message : "Unknown");
export const noteOf = (error: unknown) => (error instanceof AppError ? error.message : "Unknown");
export function sendError(res, error) {
  res.status(error.status ?? 500).json({ code: "internal", message: error.message }); // bad: leak@69
}
export function sendKnown(res, error) {
  res.status(500).json({ code: "internal", message: error instanceof AppError ? error.message : "Unknown" });
}
export function sendRefusal(res, error) {
  res.status(500).json({ code: "refused", message: error.message });
}
`,
      "src/run.ts": "export const run = async () => 1;\n",
    }));

  it("reports a text that is chosen for errors of whatever kind, and none that is chosen for known ones", () =>
    holds({
      "src/errors.filter.ts": `import { Catch, HttpException } from "@nestjs/common";
@Catch()
export class ErrorsFilter {
  catch(exception: unknown, host) {
    let status = 500;
    let message = "Internal error";
    if (exception instanceof HttpException) { status = exception.getStatus(); message = exception.message; }
    else if (exception instanceof Error) { message = exception.message; }
    host.switchToHttp().getResponse().status(status).json({ code: "failed", message }); // bad: leak@77
  }
}
@Catch()
export class KnownFilter {
  catch(exception: unknown, host) {
    let status = 500;
    let message = "Internal error";
    if (exception instanceof HttpException) { status = exception.getStatus(); message = exception.message; }
    else if (exception instanceof Error) { message = "Something failed"; }
    host.switchToHttp().getResponse().status(status).json({ code: "failed", message });
  }
}
`,
    }));

  it("reports a text that errors without a status of their own are answered with", () =>
    holds({
      "src/app.ts": `import express from "express";
import { AppError } from "./errors.js";
export const app = express();
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ code: err.code ?? "failed", message: err.message }); // bad: leak@77
});
app.use((err, req, res, next) => {
  const status = err.statusCode ?? 500;
  res.status(status).json({ code: "failed", message: err.message }); // bad: leak@54
});
app.use((err, req, res, next) => {
  const status = err instanceof AppError ? err.status : 500;
  res.status(status).json({ code: "failed", message: err.message }); // bad: leak@54
});
app.use((err, req, res, next) => {
  const status = err.statusCode ?? 500;
  res.status(status).json({ code: "failed", message: status < 500 ? err.message : "Something failed" });
});
app.use((err, req, res, next) => {
  const status = err.statusCode ?? 500;
  if (status >= 500) return res.status(status).json({ code: "failed" });
  return res.status(status).json({ code: "refused", message: err.message });
});
app.use((err, req, res, next) => {
  if (!err.status) return res.status(500).json({ code: "failed" });
  return res.status(err.status || 500).json({ code: "refused", message: err.message });
});
app.use((err, req, res, next) => {
  res.status(err.status ?? 400).json({ code: "refused", message: err.message });
});
app.use((err, req, res, next) => {
  const known = err instanceof AppError;
  res.status(known ? err.status : 500).json({ code: "refused", message: known ? err.message : "Something failed" });
});
app.use((err, req, res, next) => {
  const late = Date.now() > req.until;
  res.status(500).json({ code: "failed", message: late ? err.message : "Something failed" }); // bad: leak@58
});
app.use((exception, req, res, next) => {
  const error = exception as Error;
  res.status(500).json({ code: "failed", reason: error.message }); // bad: leak@50
});
app.get("/v1/lost", (req, res) => { const answer = req.answer; res.status(500).json({ code: "internal", stack: answer.stack }); }); // bad: leak@112
app.get("/v1/techs", (req, res) => { const answer = req.answer; res.status(200).json({ stack: answer.stack }); });
app.use((err, req, res, next) => {
  const note = { text: "Something failed" } as Note;
  res.status(500).json({ code: "failed", reason: note.text });
});
app.get("/v1/health", async (req, res) => {
  const up = await ping();
  res.status(up ? 200 : 503).json({ up });
});
const ping = async () => true;
`,
      "src/errors.ts": 'export class AppError extends Error { status = 400; code = "bad"; }\n',
    }));

  it("asks functions of Lambda by the routes that they answer, wherever they lie", () =>
    holds({
      "serverless.yml": "service: leads\nprovider:\n  name: aws\nfunctions:\n  find:\n    handler: src/functions/find-lead.handler\n    events:\n      - httpApi: GET /v1/leads\n",
      "src/functions/find-lead.ts": `import { find, reply } from "../lib.js";
export const handler = async () => {
  try { return reply(200, await find()); } catch (err) { return reply(500, { code: "failed", message: (err as Error).message }); } // bad: leak@103
};
`,
      "src/lib.ts": "export const find = async () => ({ id: 1 });\nexport const reply = (statusCode: number, body: unknown) => ({ statusCode, headers: {}, body: JSON.stringify(body) });\n",
    }));

  it("reports bodies of text, and payloads without a stable code", () =>
    holds({
      "src/app.ts": `import express from "express";
import { codes, Codes } from "./codes.js";
export const app = express();
app.get("/v1/a", (req, res) => { res.status(404).send("Not found"); }); // bad: text@55
app.get("/v1/b", (req, res) => { res.status(404).send(\`No \${req.path}\`); }); // bad: text@55
app.get("/v1/c", (req, res) => { res.status(404).json({ message: "Not found" }); }); // bad: noCode@55
app.get("/v1/d", (req, res) => { res.status(404).json({ code: "not_found", message: "Not found" }); });
app.get("/v1/e", (req, res) => { res.status(404).json({ error: { code: codes.notFound } }); });
app.get("/v1/f", (req, res) => { res.status(404).json({ errorCode: Codes.NotFound }); });
app.get("/v1/g", (req, res) => { res.status(404).json({ type: "https://example.com/not-found", title: "Not found", status: 404 }); });
app.get("/v1/h", (req, res) => { res.status(200).json({ message: "fine" }); });
app.get("/v1/i", (req, res) => { res.send("hello"); });
app.get("/v1/j", (req, res) => { res.status(404).end(); });
`,
      "src/codes.ts": 'export const codes = { notFound: "not_found" };\nexport enum Codes { NotFound = "not_found" }\n',
    }, each));

  it("asks for codes where errors are mapped, and takes more keys from its options", async () => {
    const files = (mark: string): ProjectLiteral => ({ "src/app.ts": `import express from "express";
export const app = express();
app.get("/v1/a", (req, res) => { res.status(404).json({ reason: "missing" }); });
app.use((err, req, res, next) => {
  res.status(500).json({ reason: "internal" });${mark}
});
` });
    await holds(files(" // bad: noCode@24"), { preset: "recommended" });
    await holds(files(""), { preset: "recommended", options: { codeKeys: ["reason"] } });
  });

  it("reads the responses of Fastify, Hono and Koa", () =>
    holds({
      "src/fastify.ts": `import Fastify from "fastify";
const app = Fastify();
app.get("/v1/a", async (request, reply) => {
  try { return await fetch("https://example.com"); } catch (error) {
    return reply.code(500).send({ code: "internal", message: error.message }); // bad: leak@62
  }
});
app.get("/v1/b", async (request, reply) => { try { return 1; } catch (error) { return reply.send(error); } });
app.get("/v1/c", async (request, reply) => reply.code(404).send("Not found")); // bad: text@65
app.setErrorHandler((error, request, reply) => { reply.code(500).send({ message: "internal" }); }); // bad: noCode@71
app.setErrorHandler((error, request, reply) => { reply.code(500).send({ code: "internal" }); });
`,
      "src/hono.ts": `import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
export const app = new Hono();
app.get("/v1/a", (c) => c.text("Not found", 404)); // bad: text@32
app.get("/v1/b", (c) => c.json({ code: "not_found" }, 404));
app.get("/v1/c", (c) => c.text("fine"));
app.get("/v1/d", async (c) => {
  try { return c.json({}); } catch (error) {
    throw new HTTPException(500, { message: error.message }); // bad: leak@45
  }
});
app.onError((error, c) => c.json({ message: "internal" }, 500)); // bad: noCode@34
app.onError((error, c) => c.json({ code: "internal" }, 500));
`,
      "src/koa.ts": `import Koa from "koa";
const app = new Koa();
app.use(async (ctx, next) => {
  try { await next(); } catch (error) {
    ctx.status = 500;
    ctx.body = { code: "internal", message: error.message }; // bad: leak@45
  }
});
app.use((ctx) => { ctx.status = 404; ctx.body = "Not found"; }); // bad: text@49
app.use((ctx) => { ctx.status = 404; ctx.body = { code: "not_found" }; });
app.use((ctx) => { ctx.body = "hello"; });
app.listen(1);
`,
    }));

  it("reads the exceptions and filters of Nest", () =>
    holds({
      "src/users.controller.ts": `import { BadRequestException, Controller, Get, InternalServerErrorException } from "@nestjs/common";
@Controller("v1/users") export class UsersController {
  @Get() list() {
    try { return []; } catch (error) {
      throw new InternalServerErrorException(error.message); // bad: leak@46
    }
  }
  @Get("a") one() {
    try { return []; } catch {
      throw new BadRequestException({ code: "bad_users" });
    }
  }
}
`,
      "src/error.filter.ts": `import { Catch } from "@nestjs/common";
@Catch() export class ErrorFilter {
  catch(exception, host) {
    host.switchToHttp().getResponse().status(500).json({ message: "internal" }); // bad: noCode@56
  }
}
@Catch() export class CodeFilter {
  catch(exception, host) {
    host.switchToHttp().getResponse().status(500).json({ code: "internal" });
  }
}
`,
    }));

  it("reports what failed callbacks and promises hand on, and is silent on what they chose", () =>
    holds({
      "src/app.ts": `import express from "express";
import { body } from "express-validator";
import { db, isTaken, run, schema } from "./run.js";
export const app = express();
app.get("/v1/a", (req, res) => { run().then((row) => res.json(row)).catch((err) => res.status(400).json(err)); }); // bad: leak@105
app.get("/v1/b", (req, res) => {
  db.query("select 1", (err, rows) => {
    if (err) return res.status(500).json({ code: "db", message: err.message }); // bad: leak@65
    res.json(rows);
  });
});
app.get("/v1/c", (req, res) => { run().catch(() => res.status(500).json({ code: "internal" })); });
app.get("/v1/d", (req, res) => { schema.validate(req.query).catch((err) => res.status(400).json({ code: "invalid", errors: err })); });
app.get("/v1/e", (req, res) => { run().then((found) => res.status(404).json({ code: "none", found })); });
export const refuse = () => Promise.reject("no seat left"); // bad: thrownText@29
export const refuseAll = () => Promise.reject(new Error("no seat left"));
app.post("/v1/f", body("email").custom(async (email) => { if (await isTaken(email)) return Promise.reject("taken"); }), (req, res) => { res.json({}); });
`,
    }));

  it("reports thrown texts wherever they are thrown, and no thrown errors", () =>
    holds({
      "src/services/users.service.ts": `export function one(id) {
  if (!id) throw "no id"; // bad: thrownText@12
  if (id < 0) throw \`bad id \${id}\`; // bad: thrownText@15
  if (id > 9) throw new Error("too large");
  throw makeError();
}
const makeError = () => new Error("x");
`,
      "tests/users.test.ts": 'export const fail = () => { throw "in a test"; };\n',
    }));

  it("asks for codes in exceptions of the framework, where each response needs one", () =>
    holds({
      "src/user.controller.ts": `import { BadRequestException, Controller, Get, HttpException, HttpStatus, NotFoundException, UnauthorizedException } from "@nestjs/common";
import { AccountLocked, codes, payloadOf } from "./errors.js";
@Controller("v1/users")
export class UserController {
  @Get("a") a() { throw new UnauthorizedException(); } // bad: noThrownCode@25
  @Get("b") b() { throw new NotFoundException("No such user"); } // bad: noThrownCode@25
  @Get("c") c() { throw new HttpException("Payment is due", HttpStatus.PAYMENT_REQUIRED); } // bad: noThrownCode@25
  @Get("d") d() { throw new BadRequestException({ message: "Wrong" }); } // bad: noThrownCode@25
  @Get("e") e() { throw new BadRequestException({ code: "wrong_age", message: "Wrong" }); }
  @Get("f") f() { throw new UnauthorizedException("TOKEN_EXPIRED"); }
  @Get("g") g() { throw new BadRequestException(payloadOf("age")); }
  @Get("h") h() { throw new NotFoundException(codes.noUser); }
  @Get("i") i() { throw new AccountLocked(); }
}
`,
      "src/errors.ts": `import { ForbiddenException } from "@nestjs/common";
export class AccountLocked extends ForbiddenException { constructor() { super({ code: "account_locked" }); } }
export const payloadOf = (field: string) => ({ code: "wrong", field });
export const codes = { noUser: payloadOf("id") };
`,
      "src/routes.ts": `import Koa from "koa";
import createError from "http-errors";
import { TRPCError } from "@trpc/server";
export const app = new Koa();
app.use(async (ctx) => {
  if (ctx.query.a) throw createError(404, "No such page"); // bad: noThrownCode@26
  if (ctx.query.b) throw createError(404, "No such page", { code: "no_page" });
  throw new TRPCError({ code: "NOT_FOUND" });
});
`,
    }, each));

  it("leaves the cause of an exception where it is, and reads the branches of what is sent", () =>
    holds({
      "src/router.ts": `import express from "express";
import { TRPCError } from "@trpc/server";
import { run } from "./run.js";
export const app = express();
app.get("/v1/a", async (req, res) => {
  try { await run(); } catch (error) { throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "It failed", cause: error }); }
});
app.get("/v1/b", async (req, res) => {
  try { await run(); } catch (error) { throw new TRPCError({ code: "BAD_REQUEST", message: error instanceof Error ? error.message : "It failed" }); } // bad: leak@117
});
app.get("/v1/c", async (req, res) => {
  try { await run(); } catch (error) { res.status(500).json({ code: "internal", cause: error }); } // bad: leak@88
});
app.get("/v1/d", async (req, res) => {
  try { await run(); } catch (error) { res.status(500).json({ code: "internal", known: error instanceof Error, failed: error !== undefined }); }
});
`,
      "src/run.ts": "export const run = async () => 1;\n",
    }));

  it("lets a parser say what is wrong with what it was given", () =>
    holds({
      "src/filter.pipe.ts": `import { BadRequestException, InternalServerErrorException } from "@nestjs/common";
import { parseFilter, save } from "./filter.js";
export class FilterPipe {
  transform(text: string) {
    try { return parseFilter(text); } catch (error) { throw new BadRequestException({ code: "filter", message: error.message }); }
  }
  store(text: string) {
    try { return save(parseFilter(text)); } catch (error) { throw new BadRequestException({ code: "filter", message: error.message }); } // bad: leak@118
  }
  keep(text: string) {
    try { return parseFilter(text); } catch (error) { throw new InternalServerErrorException({ code: "filter", message: error.message }); } // bad: leak@121
  }
}
`,
      "src/filter.ts": "export const parseFilter = (text: string) => ({ text });\nexport const save = (filter: unknown) => filter;\n",
    }));

  it("asks for codes where errors are mapped alone, in recommended, and for objects wherever plain text is answered; not where whoever asks looks at the status", async () => {
    await holds({
      "src/app.ts": `import express from "express";
export const app = express();
app.get("/v1/a", (req, res) => { res.status(404).send("Not found"); }); // bad: text@55
app.get("/v1/b", (req, res) => { res.status(404).json({ message: "Not found" }); });
app.get("/health", (req, res) => { res.status(503).send("Not ready"); });
app.use((err, req, res, next) => { res.status(500).send("It failed"); }); // bad: text@57
`,
    }, { preset: "recommended" });
    const files = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_one, at) => [`src/r${at}.ts`, `import express from "express";\nexport const router = express.Router();\nrouter.get("/v1/r${at}", (req, res) => { res.status(404).send("Not found"); });\n`]));
    const told = async (count: number): Promise<readonly string[]> => (await findingsOf(files(count), { rule })).map(({ file, messageId, severity }) => `${file} ${messageId} ${severity}`);
    expect(await told(3)).toEqual(["src/r0.ts text warn", "src/r1.ts text warn", "src/r2.ts text warn"]);
    expect(await told(10)).toHaveLength(10);
    expect(await told(11)).toEqual(["src/r0.ts texts warn"]);
  });

  it("takes columns of tables for no answers, and asks scripts and callers without the shared secret for no code", () =>
    holds({
      "src/routes/tables.ts": `import express from "express";
import { Hono } from "hono";
import knex from "knex";
export const app = express();
export const db = knex({ client: "pg" });
app.post("/v1/tables", async (req, res) => {
  await db.schema.createTable("reports", (table) => { table.text("body", 500); });
  res.status(204).end();
});
app.get("/v1/widget.js", (req, res) => { res.type("text/javascript").status(404).send("// not found"); });
export const jobs = new Hono();
jobs.get("/v1/run", (c) => {
  if (c.req.header("authorization") !== process.env.CRON_SECRET) return c.text("Unauthorized", 401);
  if (!c.req.query("id")) return c.text("No id", 400); // bad: text@41
  return c.json({});
});
export async function GET(request: Request) {
  if (!request.headers.get("x-id")) return new Response("No id", { status: 400 }); // bad: text@57
  if (request.method === "PUT") return Response.json({ message: "No" }, { status: 405 }); // bad: noCode@54
  return Response.json({ code: "gone" }, { status: 410 });
}
`,
    }, each));

  it("reads the answers of Lambda, hapi and Elysia", () =>
    holds({
      "src/api/handler.ts": `export const handler = async (event) => {
  if (!event.body) return { statusCode: 400, body: "No body" }; // bad: text@52
  if (!event.id) return { statusCode: 404, body: JSON.stringify({ message: "No id" }) }; // bad: noCode@65
  if (!event.by) return { statusCode: 401, body: JSON.stringify({ code: "unauthenticated" }) };
  return { statusCode: 200, body: "ok" };
};
`,
      "src/api/respond.ts": `export const respond = (statusCode: number, body: unknown) => ({ statusCode, body: JSON.stringify(body) });
export const failed = (message: string) => ({ statusCode: 500, body: JSON.stringify({ code: "failed", message }) });
`,
      "src/api/helpers.ts": `import { failed, respond } from "./respond";
export const show = async (event) => {
  try {
    if (!event.id) return respond(404, { message: "No id" }); // bad: noCode@40
    return respond(200, { message: "found" });
  } catch (error) {
    if (event.plain) return failed(error.message); // bad: leak@36
    if (event.kept) return failed("Try again.");
    return respond(500, { code: "internal", message: error.message }); // bad: leak@54
  }
};
`,
      "src/api/hapi.ts": `export const missing = (request, h) => h.response({ message: "No such song" }).code(404); // bad: noCode@51
export const gone = (request, h) => h.response({ code: "song_gone" }).code(410);
export const found = (request, h) => h.response({ id: 1 }).code(200);
`,
      "src/app.ts": `import { Elysia } from "elysia";
export const app = new Elysia()
  .get("/v1/a", ({ status }) => status(404, "No a")) // bad: text@45
  .get("/v1/b", ({ status }) => status(404, { code: "no_b" }))
  .get("/v1/c", ({ status }) => status(201, "made"));
`,
    }, each));

  it("leaves texts that say what is wrong with what was sent, errors that a test tells, and causes", () =>
    holds({
      "src/api/orders.ts": `import { BadRequestException, UnauthorizedException } from "@nestjs/common";
import { TRPCError } from "@trpc/server";
import { isRefusal, save, validateAddress } from "./orders.service";
export const add = async (req, res) => {
  try {
    JSON.parse(req.body.extra);
  } catch (error) {
    return res.status(400).json({ code: "extra", message: \`Not JSON: \${error}\` });
  }
  try {
    await validateAddress(req.body.address);
  } catch (error) {
    throw new TRPCError({ code: "BAD_REQUEST", message: error.message });
  }
  try {
    await validateAddress(req.body.address);
  } catch (error) {
    throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: error.message }); // bad: leak@67
  }
  try {
    await save(req.body);
  } catch (error) {
    if (isRefusal(error)) return res.status(409).json({ code: "refused", message: error.message });
    if (error.message === "No seats left") return res.status(409).json({ code: "full", message: error.message });
    if (req.query.nest) throw new BadRequestException("Not saved", error);
    if (req.query.prose) throw new UnauthorizedException("Not saved", error.message); // bad: leak@71
    if (req.query.whole) throw new BadRequestException(error); // bad: leak@56
    if (isReady(req)) return res.status(500).json({ code: "failed", message: error.message }); // bad: leak@78
    return res.status(500).json({ code: "failed", message: \`Not saved: \${error}\` }); // bad: leak@74
  }
};
const isReady = (req) => req.query.ready === "1";
`,
    }));

  it("follows a text of the error to the answer by its name, and is silent where it is told apart or only noted", () =>
    holds({
      "src/app.ts": `import express from "express";
import { AppError, run } from "./run.js";
export const app = express();
app.get("/v1/a", async (req, res) => {
  try { await run(); } catch (error) {
    const message = error instanceof Error ? error.message : "unknown";
    res.status(500).json({ code: "internal", message }); // bad: leak@46
  }
});
app.get("/v1/b", async (req, res) => {
  try { await run(); } catch (error) {
    const text = \`not run: \${error.message}\`;
    res.status(502).json({ code: "internal", reason: text }); // bad: leak@54
  }
});
app.get("/v1/c", async (req, res) => {
  try { await run(); } catch (error) {
    const message = error instanceof AppError ? error.message : "unknown";
    res.status(500).json({ code: "internal", message });
  }
});
app.get("/v1/d", async (req, res) => {
  try { await run(); } catch (error) {
    const message = error.message;
    if (error instanceof AppError) { res.status(409).json({ code: "conflict", message }); return; }
    req.log.error({ message });
    res.status(500).json({ code: "internal", message: "try again" });
  }
});
`,
      "src/run.ts": "export class AppError extends Error {}\nexport const run = async () => {};\n",
    }));

  it("reports what a mapper of Elysia gives back, and what an error of H3 carries", async () => {
    await holds({
      "src/app.ts": `import { Elysia } from "elysia";
export const app = new Elysia()
  .onError(({ error, code, set }) => {
    if (code === "NOT_FOUND") return { code: "nothing here" };
    set.status = 500;
    return { code: "internal", reason: error.message }; // bad: leak@40
  })
  .onError((context) => ({ code: "internal", reason: context.error.stack })) // bad: leak@54
  .onError(({ error, code, set }) => {
    const message = error instanceof Error ? error.message : "unknown";
    switch (code) {
      case "ConflictError":
        set.status = 409;
        return { code, message };
      default:
        return { code: "internal" };
    }
  })
  .get("/v1/a", async ({ set }) => {
    try { return await run(); } catch (error) {
      set.status = 500;
      return { code: "internal", reason: error.message }; // bad: leak@42
    }
  })
  .get("/v1/b", async ({ set }) => {
    set.status = 201;
    return { message: "made" };
  });
const run = async () => ({});
`,
    });
    await holds({
      "package.json": '{ "name": "app", "dependencies": { "nitropack": "2.13.6", "h3": "1.15.11" } }',
      "server/api/v1/a.get.ts": `import { createError, defineEventHandler } from "h3";
export default defineEventHandler(async () => {
  try { return await $fetch("https://example.com"); } catch (error) {
    if (error.statusCode === 404) throw createError({ statusCode: 404, data: { code: "gone" } });
    throw createError({ statusCode: 502, message: error.message, data: { code: "down" } }); // bad: leak@51
  }
});
`,
    });
  });

  it("knows a mapper of errors that another file gives to the application, and the class that routing-controllers asks", async () => {
    const hono = (register: string, mark: string): ProjectLiteral => ({
      "src/app.ts": `import { Hono } from "hono";\nimport { toAnswer } from "./errors.js";\nexport const app = new Hono();\napp.get("/v1/x", (c) => c.json({ id: 1 }));\n${register}\n`,
      "src/errors.ts": `export const toAnswer = (error, c) => {\n  return c.json({ code: "internal", message: error.message }, 500);${mark}\n};\n`,
    });
    await holds(hono("app.onError(toAnswer);", " // bad: leak@46"));
    await holds(hono("app.notFound(toAnswer);", ""));
    const fastify = (mark: string): ProjectLiteral => ({
      "src/app.ts": 'import Fastify from "fastify";\nimport { toAnswer } from "./errors.js";\nexport const app = Fastify();\napp.get("/v1/x", async () => ({ id: 1 }));\napp.setErrorHandler(toAnswer);\n',
      "src/errors.ts": `export async function toAnswer(error, request, reply) {\n  if (error instanceof Refusal) return reply.code(500).send({ code: error.code, message: error.message });\n  return reply.code(500).send({ code: "internal", message: error.message });${mark}\n}\n`,
    });
    await holds(fastify(" // bad: leak@60"));
    const controllers = (type: string, mark: string): ProjectLiteral => ({ "src/api/errors.middleware.ts": `import { Middleware, type ExpressErrorMiddlewareInterface } from "routing-controllers";\n@Middleware({ type: "after" })\nexport class Errors implements ${type} {\n  error(thrown: Error, req, res) {\n    res.status(500).send(thrown);${mark}\n  }\n}\n` });
    await holds(controllers("ExpressErrorMiddlewareInterface", " // bad: leak@26"));
    await holds(controllers("Telling", ""));
  });

  it("knows an error by another name that it is given to have a type, and the helpers of @fastify/sensible", async () => {
    const files = (packages: string): ProjectLiteral => ({
      "package.json": `{ "name": "app", "dependencies": { "fastify": "5"${packages} } }`,
      "src/app.ts": `import Fastify from "fastify";
import { Refusal, run } from "./run.js";
const app = Fastify();
app.get("/v1/a", async (request, reply) => {
  try { return await run(); } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return reply.code(500).send({ code: "internal", message: error.message }); // bad: leak@62
  }
});
app.get("/v1/b", async (request, reply) => {
  try { return await run(); } catch (thrown) {
    const error = thrown instanceof Refusal ? thrown : new Refusal();
    return reply.code(500).send({ code: "internal", message: error.message });
  }
});
app.get("/v1/c", async (request, reply) => {
  try { return await run(); } catch (error) {
    if (error instanceof Refusal) return reply.conflict(error.message);
    return reply.internalServerError(error.message);${packages && " // bad: leak@38"}
  }
});
app.get("/v1/d", async (request, reply) => reply.notFound("No such row"));
`,
    });
    await holds(files(', "@fastify/sensible": "6"'));
    await holds(files(""));
  });

  it("asks for a code in what a mapper of errors makes before it sends it", async () => {
    const files = (made: string, mark: string): ProjectLiteral => ({ "src/app.ts": `import { Hono } from "hono";
export const app = new Hono();
app.get("/v1/x", (c) => c.json({ id: 1 }));
app.onError((error, c) => {
  ${made}
  return c.json(body, 500);${mark}
});
` });
    await holds(files('const body = { message: "It failed" };', " // bad: noCode@17"), { preset: "recommended" });
    await holds(files('const body: any = { message: "It failed" };\n  if (error instanceof Refusal) body.message = "Refused";', " // bad: noCode@17"), { preset: "recommended" });
    await holds(files('const body: any = { message: "It failed" };\n  body.code = error instanceof Refusal ? "refused" : "internal";', ""), { preset: "recommended" });
    await holds(files('let body: any = { message: "It failed" };\n  if (error instanceof Refusal) body = error.body;', ""), { preset: "recommended" });
    await holds(files('const body = { code: "internal", message: "It failed" };', ""), { preset: "recommended" });
  });

  it("reports what more than ten files of a package have in common once, and each of them in strict", async () => {
    const files = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/api/a${String(index + 10)}.ts`, 'export const show = async (req, res) => {\n  try { await req.load(); } catch (error) { res.status(500).json({ code: "failed", message: error.message }); }\n  if (req.query.odd) throw "odd";\n};\n']));
    expect((await findingsOf(files(11), { rule })).map(({ messageId, file }) => [messageId, file])).toEqual([["leaks", "src/api/a10.ts"], ["thrownTexts", "src/api/a10.ts"]]);
    expect(await findingsOf(files(10), { rule })).toHaveLength(20);
    expect((await findingsOf(files(11), { rule, options: { everyFile: true } })).length).toBe(22);
  });
});
