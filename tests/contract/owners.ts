import type { ProjectLiteral } from "../support/model.js";

/** Who reports a defect when several rules can see it. */
export interface OwnedDefect {
  readonly defect: string;
  readonly owner: string;
  /** Rules that see the same and leave it to the owner. */
  readonly silent: readonly string[];
  /** A project with this defect and no other that these rules know. */
  readonly files: ProjectLiteral;
}

const service = "src/services/users.service.ts";
const controller = "src/controllers/users.controller.ts";
const repository = "src/repositories/users.repository.ts";
const settings = "src/config/settings.ts";

/** One defect, one finding. */
export const owners: readonly OwnedDefect[] = [
  {
    defect: "an import of the api layer in a service",
    owner: "layer-imports",
    silent: ["no-http-in-service", "no-db-in-api", "no-layer-cycles"],
    files: {
      [controller]: "export const page = 10;\n",
      [service]: 'import { page } from "../controllers/users.controller.js";\nexport const twice = () => page * 2;\n',
    },
  },
  {
    defect: "an import of the repository layer in api",
    owner: "no-db-in-api",
    silent: ["layer-imports", "injected-dependencies", "thin-handlers"],
    files: {
      [repository]: "export const findUser = async (id: string) => ({ id });\n",
      [controller]: 'import { findUser } from "../repositories/users.repository.js";\nexport const show = (id: string) => findUser(id);\n',
    },
  },
  {
    defect: "an import of a data-access package in api",
    owner: "no-db-in-api",
    silent: ["layer-imports", "no-sql-outside-repository", "injected-dependencies"],
    files: { [controller]: 'import { Pool } from "pg";\nexport const make = () => Pool;\n' },
  },
  {
    defect: "a use of a client in a service",
    owner: "no-sql-outside-repository",
    silent: ["no-db-in-api", "layer-imports", "injected-dependencies"],
    files: {
      [repository]: 'import type { Pool } from "pg";\nexport const findUser = (pool: Pool, id: string) => pool.query("select id from users where id = $1", [id]);\n',
      [service]: 'import type { Pool } from "pg";\nexport const count = (pool: Pool) => pool.query("select count(*) from users");\n',
    },
  },
  {
    defect: "a read of the environment in the domain",
    owner: "no-process-env",
    silent: ["pure-domain", "explicit-environments"],
    files: { "src/domain/price.ts": "export const rate = () => Number(process.env.TAX_RATE);\n" },
  },
  {
    defect: "a comparison of the environment's name outside the settings",
    owner: "no-process-env",
    silent: ["explicit-environments"],
    files: { "src/app.ts": 'export const cookie = { secure: process.env.NODE_ENV === "production" };\n' },
  },
  {
    defect: "a secret with a fallback in the settings",
    owner: "no-secret-fallbacks",
    silent: ["no-hardcoded-secrets", "no-process-env"],
    files: { [settings]: 'import { z } from "zod";\nexport const settings = z.object({ JWT_SECRET: z.string().default("change-me-now") }).parse(process.env);\n' },
  },
  {
    defect: "console in the domain",
    owner: "structured-logging",
    silent: ["pure-domain"],
    files: { "src/domain/price.ts": 'export function price(net: number) {\n  console.log("price");\n  return net * 2;\n}\n' },
  },
  {
    defect: "SQL text built with request data",
    owner: "no-sql-injection",
    silent: ["no-unvalidated-input", "no-sql-outside-repository"],
    files: {
      [repository]: 'import type { Pool } from "pg";\nexport const findByName = (pool: Pool, name: string) => pool.query(`select id from users where name = \'${name}\'`);\n',
      [controller]:
        'import type { Pool } from "pg";\nimport type { Request, Response } from "express";\nimport { listByName } from "../services/users.service.js";\nexport const list = (pool: Pool) => async (req: Request, res: Response) => res.json(await listByName(pool, String(req.query.name)));\n',
      [service]: 'import type { Pool } from "pg";\nimport { findByName } from "../repositories/users.repository.js";\nexport const listByName = (pool: Pool, name: string) => findByName(pool, name);\n',
    },
  },
  {
    defect: "a whole body given to a write",
    owner: "validate-before-persist",
    silent: ["no-unvalidated-input", "input-schema"],
    files: {
      [repository]: 'import type { PrismaClient } from "@prisma/client";\nexport const createUser = (prisma: PrismaClient, data: any) => prisma.user.create({ data });\n',
      [service]: 'import type { PrismaClient } from "@prisma/client";\nimport { createUser } from "../repositories/users.repository.js";\nexport const register = (prisma: PrismaClient, data: any) => createUser(prisma, data);\n',
      [controller]:
        'import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { register } from "../services/users.service.js";\nexport const router = (prisma: PrismaClient) => express.Router().post("/v1/users", async (req, res) => { res.status(201).json(await register(prisma, req.body)); });\n',
    },
  },
  {
    defect: "a list route without a limit",
    owner: "paginated-lists",
    silent: ["bounded-queries"],
    files: {
      [repository]: 'import type { PrismaClient } from "@prisma/client";\nexport const findUsers = (prisma: PrismaClient) => prisma.user.findMany({ select: { id: true } });\n',
      [service]: 'import type { PrismaClient } from "@prisma/client";\nimport { findUsers } from "../repositories/users.repository.js";\nexport const listUsers = (prisma: PrismaClient) => findUsers(prisma);\n',
      [controller]:
        'import express from "express";\nimport type { PrismaClient } from "@prisma/client";\nimport { listUsers } from "../services/users.service.js";\nexport const routes = (app: express.Express, prisma: PrismaClient) => app.get("/v1/users", async (_req, res) => { res.json(await listUsers(prisma)); });\n',
      "src/main.ts": 'import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { routes } from "./controllers/users.controller.js";\nconst app = express();\nroutes(app, new PrismaClient());\napp.listen(3000);\n',
    },
  },
  {
    defect: "a DTO that a type-only import erases",
    owner: "no-erased-metadata-type",
    silent: ["request-schema"],
    files: {
      "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }\n',
      "src/users/create-user.dto.ts": 'import { IsEmail } from "class-validator";\nexport class CreateUserDto {\n  @IsEmail()\n  email!: string;\n}\n',
      "src/users/users.controller.ts":
        'import { Body, Controller, Post } from "@nestjs/common";\nimport type { CreateUserDto } from "./create-user.dto.js";\n@Controller({ path: "users", version: "1" })\nexport class UsersController {\n  @Post()\n  create(@Body() body: CreateUserDto) {\n    return { email: body.email };\n  }\n}\n',
      "src/main.ts":
        'import { ValidationPipe, VersioningType } from "@nestjs/common";\nimport { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\napp.enableVersioning({ type: VersioningType.URI });\napp.useGlobalPipes(new ValidationPipe({ whitelist: true }));\nawait app.listen(3000);\n',
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { UsersController } from "./users/users.controller.js";\n@Module({ controllers: [UsersController] })\nexport class AppModule {}\n',
    },
  },
];
