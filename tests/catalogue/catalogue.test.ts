import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capabilitiesOf, findLibrary, isHarmless, isHttpException, isHttpStatus, isNeutral, kindOf, leakOf, lookUp, reachesStore, storeAccess } from "../../src/catalogue/index.js";
import type { ApiReference, ApiValue, Library } from "../../src/catalogue/library.js";
import { libraries } from "../../src/catalogue/libraries/index.js";
import { provenanceOf as from } from "./provenance-of.js";

const role = (text: string, form: "call" | "tag" = "call"): string | undefined => storeAccess(from(text), form)?.call.role;

describe("store access by provenance", () => {
  it.each([
    ["@prisma/client:PrismaClient.new().user.findMany", "list"],
    ["@prisma/client:PrismaClient.new().$extends.().user.create", "write"],
    ["@prisma/client:PrismaClient.new().$transaction.=>0.user.update", "write"],
    ["@prisma/client:PrismaClient.new().$queryRawUnsafe", "statement"],
    ["@prisma/client:Prisma.raw", "raw"],
    ["drizzle-orm/node-postgres:drizzle.().select", "list"],
    ["drizzle-orm/node-postgres:drizzle.().select.().from.().where.().limit", "clause"],
    ["drizzle-orm/node-postgres:drizzle.().query.users.findFirst", "read"],
    ["drizzle-orm/postgres-js:PostgresJsDatabase.new().transaction.=>0.insert", "write"],
    ["drizzle-orm:sql.raw", "raw"],
    ["typeorm:Repository.new().find", "list"],
    ["typeorm:Repository.new().create", "build"],
    ["typeorm:DataSource.new().transaction.=>0.getRepository.().save", "write"],
    ["typeorm:DataSource.new().createQueryRunner.().startTransaction", "begin"],
    ["typeorm:BaseEntity.find", "list"],
    ["typeorm:Repository.new().createQueryBuilder.().where.().getMany", "list"],
    ["kysely:Kysely.new().selectFrom.().where.().execute", "execute"],
    ["kysely:Kysely.new().transaction.().execute.=>0.insertInto", "write"],
    ["kysely:Kysely.new().transaction.().execute", "transaction"],
    ["knex:default.()", "list"],
    ["knex:default.().().where", "clause"],
    ["knex:default.().transaction.=>0.raw", "statement"],
    ["postgres:default.().begin", "transaction"],
    ["postgres:default.().unsafe", "statement"],
    ["mongoose:model.().find", "list"],
    ["mongoose:default.model.().create", "write"],
    ["mongoose:Model.new().save", "write"],
    ["mongoose:model.().new().save", "write"],
    ["mongodb:MongoClient.new().db.().collection.().insertOne", "write"],
    ["mongodb:MongoClient.new().db.().collection.().find.().sort.().toArray", "execute"],
    ["pg:default.Pool.new().query", "statement"],
    ["pg:Pool.new().connect.().release", "release"],
    ["ioredis:default.new().hgetall", "list"],
    ["redis:createClient.().hGetAll", "list"],
    ["knex:default.().where.().del", "write"],
    ["objection:Model.query.().patchAndFetchById", "write"],
    ["objection:Model.query.().whereIn", "clause"],
    ["slonik:createPool.().transaction.=>0.any", "statement"],
    ["slonik:createSqlTag.().unsafe", "bound"],
    ["mysql2/promise:createPool.().getConnection.().beginTransaction", "begin"],
    ["better-sqlite3:default.new().prepare.().all", "execute"],
    ["node:sqlite:DatabaseSync.new().exec", "statement"],
    ["mssql:default.connect.().request.().query", "statement"],
    ["@libsql/client:createClient.().batch", "transaction"],
    ["sequelize:Model.findAll", "list"],
    ["sequelize-typescript:Model.new().save", "write"],
    ["sequelize:Sequelize.new().define.().create", "write"],
    ["@mikro-orm/postgresql:MikroORM.init.().em.fork.().flush", "write"],
    ["@mikro-orm/core:EntityManager.new().persist", "build"],
    ["@aws-sdk/lib-dynamodb:DynamoDBDocument.from.().put", "write"],
    ["@elastic/elasticsearch:Client.new().indices.create", "schema"],
    ["@supabase/supabase-js:createClient.().from.().select.().eq.().limit", "clause"],
    ["firebase-admin/firestore:getFirestore.().collection.().where.().get", "list"],
    ["firebase-admin:default.firestore.().runTransaction.=>0.set", "write"],
  ])("%s is %s", (path, expected) => {
    expect(role(path)).toBe(expected);
  });

  it("tells a tag from a call", () => {
    expect(storeAccess(from("postgres:default.()"), "tag")?.call).toEqual({ role: "statement", execution: "lazy" });
    expect(role("postgres:default.()")).toBe("identifier");
    expect(storeAccess(from("@prisma/client:PrismaClient.new().$queryRaw"), "tag")?.call.text).toBeUndefined();
    expect(storeAccess(from("@prisma/client:PrismaClient.new().$queryRaw"), "call")?.call.text).toEqual(["0"]);
  });

  it("knows what a command does before it is sent", () => {
    expect(storeAccess(from("@aws-sdk/lib-dynamodb:PutCommand"), "new")?.call).toMatchObject({ role: "write", execution: "explicit", data: ["0.Item"] });
    expect(storeAccess(from("@aws-sdk/client-dynamodb:ExecuteStatementCommand"), "new")?.call.text).toEqual(["0.Statement"]);
  });

  it("knows where the handle goes", () => {
    expect(storeAccess(from("sequelize:Model.findAll"), "call")?.call.handle).toEqual(["0.transaction"]);
    expect(storeAccess(from("sequelize:Model.findByPk"), "call")?.call.handle).toEqual(["1.transaction"]);
    expect(storeAccess(from("mongoose:model.().create"), "call")?.call.handle).toEqual(["1.session"]);
  });

  it("says nothing of what it does not know", () => {
    expect(role("axios:default.get")).toBeUndefined();
    expect(role("nobody-knows-this:default.()")).toBeUndefined();
    expect(role("@prisma/client:PrismaClient.new().user.findMany.().then")).toBeUndefined();
  });
});

describe("kinds", () => {
  it.each([
    ["@prisma/client:PrismaClient.new()", "client"],
    ["@prisma/client:Prisma.TransactionClient.new()", "handle"],
    ["pg:PoolClient.new()", "handle"],
    ["express:Request.new()", "request"],
    ["express:default.().get.=>0", "request"],
    ["fastify:default.().log", "logger"],
    ["fastify:FastifyRequest.new().log", "logger"],
    ["hono:Hono.new().get.=>0", "context"],
    ["pino:default.().child.()", "logger"],
    ["winston:default.createLogger.()", "logger"],
    ["global:console", "logger"],
    ["zod:z.object.().strict.()", "schema"],
    ["zod/v4:z.object.()", "schema"],
  ])("%s is a %s", (path, expected) => {
    expect(kindOf(from(path))).toBe(expected);
  });

  it("reaches a store", () => {
    expect(reachesStore(from("knex:Knex.new()"))).toBe(true);
    expect(reachesStore(from("express:Request.new()"))).toBe(false);
    expect(reachesStore(from("@prisma/client:PrismaClient"))).toBe(false);
  });
});

describe("exports", () => {
  it("tells harmless exports of a data-access package", () => {
    expect(isHarmless(from("@prisma/client:Role"))).toBe(true);
    expect(isHarmless(from("@prisma/client:Prisma.PrismaClientKnownRequestError"))).toBe(true);
    expect(isHarmless(from("@prisma/client:PrismaClient"))).toBe(false);
    expect(isHarmless(from("@prisma/client:Prisma"))).toBe(false);
    expect(isHarmless(from("typeorm:QueryFailedError"))).toBe(true);
    expect(isHarmless(from("typeorm:Repository"))).toBe(false);
  });

  it("tells exceptions and statuses of frameworks", () => {
    expect(isHttpException(from("@nestjs/common:NotFoundException.new()"))).toBe(true);
    expect(isHttpException(from("@nestjs/common:Injectable"))).toBe(false);
    expect(isHttpException(from("http-errors:default.()"))).toBe(true);
    expect(isHttpException(from("http-errors:default.NotFound.()"))).toBe(true);
    expect(isHttpException(from("hono/http-exception:HTTPException.new()"))).toBe(true);
    expect(isHttpException(from("@trpc/server:TRPCError.new()"))).toBe(true);
    expect(isHttpStatus(from("@nestjs/common:HttpStatus.NOT_FOUND"))).toBe(true);
    expect(isHttpStatus(from("http-status-codes:StatusCodes.OK"))).toBe(true);
    expect(isHttpStatus(from("http-status:default.OK"))).toBe(true);
  });

  it("tells neutral exports and leaking types", () => {
    expect(isNeutral(from("@nestjs/common:Injectable"))).toBe(true);
    expect(isNeutral(from("@nestjs/common:Controller"))).toBe(false);
    expect(leakOf(from("@prisma/client:Prisma.UserWhereInput.new()"))).toBe("error");
    expect(leakOf(from("@prisma/client:User.new()"))).toBe("warn");
    expect(leakOf(from("drizzle-orm:InferSelectModel.new()"))).toBe("warn");
    expect(leakOf(from("zod:z.infer"))).toBeUndefined();
  });
});

describe("packages", () => {
  it("finds capabilities by name, subpath and prefix", () => {
    expect(capabilitiesOf("drizzle-orm")).toEqual(["data-access"]);
    expect(capabilitiesOf("drizzle-orm", "/node-postgres/migrator")).toEqual(["migration"]);
    expect(capabilitiesOf("hono", "/jwt")).toContain("auth");
    expect(capabilitiesOf("@prisma/adapter-pg")).toEqual(["data-access"]);
    expect(capabilitiesOf("fs")).toEqual(["file-system"]);
    expect(capabilitiesOf("nobody-knows-this")).toEqual([]);
  });

  it("names no package twice", () => {
    const seen = new Map<string, number>();
    for (const library of libraries) for (const name of [library.package, ...(library.also ?? [])]) seen.set(name, (seen.get(name) ?? 0) + 1);
    expect([...seen].filter(([, count]) => count > 1).map(([name]) => name)).toEqual([]);
  });

  it("has every file of the folder", () => {
    const indexText = readFileSync(new URL("../../src/catalogue/libraries/index.ts", import.meta.url), "utf8");
    const files = readdirSync(new URL("../../src/catalogue/libraries", import.meta.url)).filter((file) => file !== "index.ts");
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect(indexText, file).toContain(`"./${file.replace(/\.ts$/, ".js")}"`);
  });
});

describe("references", () => {
  it("all lead somewhere", () => {
    const broken: string[] = [];
    for (const library of libraries) {
      for (const reference of referencesOf(library)) if (!leads(library, reference)) broken.push(`${library.package}: ${reference}`);
      for (const other of [library.reexports ?? [], ...Object.values(library.subpaths ?? {}).map((subpath) => subpath.reexports ?? [])].flat()) if (!findLibrary(other)) broken.push(`${library.package}: re-exports ${other}`);
    }
    expect(broken).toEqual([]);
  });

  it("of injecting decorators lead to what is injected", () => {
    const injected = libraries.flatMap((library) => Object.values(library.exports ?? {})).flatMap((value) => (typeof value !== "string" && value.injects ? [value.injects] : []));
    expect(injected.length).toBeGreaterThan(10);
    for (const provenance of injected) expect(lookUp(provenance), JSON.stringify(provenance)).toBeDefined();
  });

  it("survive paths that lead nowhere", () => {
    expect(lookUp({ package: "pg", subpath: "", path: [] })).toBeUndefined();
    expect(lookUp(from("pg:Pool.new().constructor.prototype.()"))).toBeUndefined();
    expect(lookUp(from("pg:__proto__"))).toBeUndefined();
  });
});

function leads(library: Library, reference: string): boolean {
  if (reference === "self") return true;
  const hash = reference.lastIndexOf("#");
  const target = hash === -1 ? library : findLibrary(reference.slice(0, hash));
  return target?.values !== undefined && Object.hasOwn(target.values, reference.slice(hash + 1));
}

function referencesOf(library: Library): string[] {
  const found: string[] = [];
  const visit = (value: ApiReference | undefined): void => {
    if (typeof value === "string") found.push(value);
    else if (value) visitValue(value);
  };
  const visitValue = (value: ApiValue): void => {
    found.push(...(value.like ?? []));
    for (const member of [...Object.values(value.members ?? {}), ...Object.values(value.callback ?? {}), ...Object.values(value.below ?? {}), value.others, value.call, value.new, value.element, value.awaited]) visit(member);
  };
  for (const value of Object.values(library.exports ?? {})) visit(value);
  for (const value of Object.values(library.values ?? {})) visitValue(value);
  for (const subpath of Object.values(library.subpaths ?? {})) for (const value of Object.values(subpath.exports ?? {})) visit(value);
  return found;
}
