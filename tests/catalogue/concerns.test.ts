import { describe, expect, it } from "vitest";
import type { ApiValue } from "../../src/catalogue/index.js";
import { capabilitiesOf, describe as valueOf } from "../../src/catalogue/index.js";
import { provenanceOf } from "./provenance-of.js";

const at = (path: string, version?: string): ApiValue | undefined => valueOf(provenanceOf(path), version);

describe("log calls", () => {
  it.each([
    ["pino:default.().info", "info", "fields-message"],
    ["pino:pino.().child.().error", "error", "fields-message"],
    ["fastify:FastifyRequest.new().log.warn", "warn", "fields-message"],
    ["winston:default.createLogger.().error", "error", "message-fields"],
    ["bunyan:createLogger.().fatal", "fatal", "fields-message"],
    ["@nestjs/common:Logger.new().verbose", "trace", "nest"],
    ["@nestjs/common:Logger.error", "error", "nest"],
    ["nestjs-pino:PinoLogger.new().info", "info", "fields-message"],
    ["consola:consola.success", "info", "message-fields"],
    ["tslog:Logger.new().silly", "trace", "any"],
    ["log4js:getLogger.().warn", "warn", "format"],
    ["loglayer:LogLayer.new().withMetadata.().info", "info", "fluent"],
    ["debug:default.()", "debug", "format"],
    ["global:console.error", "error", "any"],
  ])("%s", (path, level, shape) => {
    expect(at(path)?.log).toEqual({ does: "write", level, shape });
  });

  it("know loggers, children and redaction", () => {
    expect(at("pino:default")?.log).toMatchObject({ does: "create", errorKey: "err", redaction: expect.arrayContaining(["redact"]) });
    expect(at("pino:default.().child")?.log).toEqual({ does: "child", fields: "0" });
    expect(at("@sentry/node:setUser")?.log).toEqual({ does: "report", data: ["0"] });
    expect(at("console:log")?.log).toEqual({ does: "write", level: "info", shape: "any" });
  });
});

describe("requests to other servers", () => {
  it.each(["global:fetch", "axios:default.post", "axios:default.create.().get", "got:default.get", "ky:default.post", "undici:request", "node-fetch:default", "@nestjs/axios:HttpService.new().get"])("%s", (path) => {
    expect(at(path)?.http?.does).toBe("request");
    expect(at(path)?.sinks?.some((sink) => sink.kind === "url")).toBe(true);
  });
});

describe("checks of data", () => {
  it.each([
    ["zod:z.object.().parse", "throws", "result"],
    ["zod:z.object.().strict.().safeParse", "result", "result.data"],
    ["zod/v4:z.string.().optional.().parseAsync", "rejects", "result"],
    ["valibot:parse", "throws", "result"],
    ["valibot:safeParse", "result", "result.output"],
    ["joi:default.object.().validate", "result", "result.value"],
    ["yup:object.().validate", "rejects", "result"],
    ["yup:object.().cast", "none", "result"],
    ["ajv:default.new().compile.()", "boolean", "input"],
    ["arktype:type.()", "result", "result"],
    ["superstruct:create", "throws", "result"],
    ["class-validator:validate", "result", "input"],
    ["class-transformer:plainToInstance", "none", "result"],
    ["typia:default.assert", "throws", "result"],
    ["@vinejs/vine:default.compile.().validate", "rejects", "result"],
  ])("%s", (path, failure, output) => {
    expect(at(path)?.validation).toMatchObject({ failure, output });
  });

  it.each([
    ["zod:z.object", "strip"],
    ["zod:z.strictObject", "reject"],
    ["zod:z.object.().passthrough", "keep"],
    ["valibot:looseObject", "keep"],
    ["joi:default.object", "reject"],
    ["yup:object", "keep"],
    ["superstruct:type", "keep"],
    ["arktype:type", "keep"],
  ])("%s has unknown keys: %s", (path, unknownKeys) => {
    expect(at(path)?.schema?.unknownKeys).toBe(unknownKeys);
  });

  it("differ by version", () => {
    expect(at("@sinclair/typebox/value:Value.Parse", "^0.34.0")?.validation?.unknownKeys).toBe("strip");
    expect(at("typebox/value:Value.Parse", "1.0.12")?.validation?.unknownKeys).toBe("keep");
    expect(at("typebox/value:Value.Parse")?.validation?.unknownKeys).toBe("keep");
  });

  it("may check nothing", () => {
    expect(at("zod:z.any")?.schema?.unchecked).toBe(true);
    expect(at("zod:z.number.().max")?.schema?.maximum).toBe("0");
  });
});

describe("settings", () => {
  it("know who checks the environment", () => {
    expect(at("envalid:cleanEnv")?.settings).toMatchObject({ does: "validate", environment: "0" });
    expect(at("@t3-oss/env-core:createEnv")?.settings?.skippedWhen).toEqual(["0.skipValidation"]);
    expect(at("dotenv:default.config")?.settings?.does).toBe("load");
    expect(at("@nestjs/config:ConfigService.new().get")?.settings).toMatchObject({ does: "read", key: "0", fallback: "1" });
    expect(at("convict:default.().validate")?.settings?.does).toBe("validate");
  });
});

describe("queues", () => {
  it("know producers and consumers", () => {
    expect(at("bullmq:Queue.new().add")?.queue).toMatchObject({ does: "enqueue", payload: ["1"] });
    expect(at("bullmq:Worker")?.queue).toMatchObject({ does: "consume", handler: "1", received: "0.data" });
    expect(at("amqplib:connect.().createChannel.().consume")?.queue?.does).toBe("consume");
    expect(at("kafkajs:Kafka.new().producer.().send")?.queue?.does).toBe("enqueue");
    expect(at("node-cron:default.schedule")?.queue?.does).toBe("schedule");
  });
});

describe("steps of a route", () => {
  it.each([
    ["passport:default.authenticate", "auth"],
    ["express-jwt:expressjwt", "auth"],
    ["@clerk/express:clerkMiddleware", "attach"],
    ["express-rate-limit:default", "rate-limit"],
    ["@nestjs/throttler:ThrottlerGuard", "rate-limit"],
    ["@hono/zod-validator:zValidator", "validation"],
    ["helmet:default", "security-headers"],
    ["hono/jwt:jwt", "auth"],
    ["express-async-handler:default", "error-wrapper"],
    ["pino-http:pinoHttp", "request-log"],
  ])("%s is %s", (path, role) => {
    expect(at(path)?.middleware?.role).toBe(role);
  });

  it("know what makes authentication optional", () => {
    expect(at("express-jwt:expressjwt")?.middleware?.optionalWhen).toEqual([{ at: "0.credentialsRequired", is: false }]);
  });
});

describe("effects", () => {
  it("tell opening from making", () => {
    expect(at("ioredis:default")?.effect).toMatchObject({ makes: "connection", opens: true });
    expect(at("redis:createClient")?.effect).toEqual({ makes: "client" });
    expect(at("pg:Pool")?.effect).toEqual({ makes: "pool" });
    expect(at("mongoose:default.connect")?.effect?.opens).toBe(true);
    expect(at("better-sqlite3:default")?.effect).toMatchObject({ makes: "file", opens: true });
    expect(at("express:default.().listen")?.effect?.opens).toBe(true);
    expect(at("@upstash/redis:Redis")?.effect).toEqual({ makes: "client" });
    expect(at("global:setInterval")?.effect?.makes).toBe("timer");
  });
});

describe("secrets and sinks", () => {
  it("know where they stand", () => {
    expect(at("jsonwebtoken:default.sign")?.secrets).toEqual(["1"]);
    expect(at("express-session:default")?.secrets).toContain("0.secret");
    expect(at("crypto:createHmac")?.secrets).toEqual(["1"]);
    expect(at("child_process:exec")?.sinks).toEqual([{ kind: "shell", at: "0" }]);
    expect(at("fs:promises.readFile")?.sinks).toEqual([{ kind: "path", at: "0" }]);
    expect(at("express:Response.new().redirect")?.sinks?.[0]?.kind).toBe("redirect");
  });
});

describe("capabilities", () => {
  it.each([
    ["got", "http-client"],
    ["stripe", "payment"],
    ["joi", "validator"],
    ["dotenv", "environment-loader"],
    ["bullmq", "queue"],
    ["passport-google-oauth20", "auth"],
    ["express-rate-limit", "rate-limit"],
    ["express-winston", "logger"],
    ["koa-something-new", "web-framework"],
    ["@aws-sdk/client-s3", "storage"],
    ["@aws-sdk/client-kms", "http-client"],
    ["date-fns", "date"],
    ["vitest", "test-runner"],
  ] as const)("%s: %s", (name, capability) => {
    expect(capabilitiesOf(name)).toContain(capability);
  });
});
