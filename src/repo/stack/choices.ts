/** The slots of the default stack, named as in the settings. */
export type StackSlot =
  | "runtime" | "framework" | "validation" | "dataAccess" | "migrations" | "packageManager"
  | "linter" | "formatter" | "typeCheck" | "testRunner" | "logger" | "settings";

/** A tool or library that may fill a slot. Data alone. */
export interface Choice {
  readonly slot: StackSlot;
  readonly name: string;
  /** Packages that stand for it; a name that ends with `*` stands for all that begin so. */
  readonly packages: readonly string[];
  /** Choices of the same slot that it brings along or works on, so that they are no second choice beside it. */
  readonly covers?: readonly string[];
  /** Two choices of one group are doubled; those of different groups stand beside each other. No group: never doubled. */
  readonly group?: string;
  /** The part of its packages that does the slot's work, where they do other work too: a file must take it. */
  readonly export?: string;
  /** Base names of its configuration files. */
  readonly files?: readonly RegExp[];
  /** Programs that run it. */
  readonly programs?: readonly string[];
}

const http = "http";
const sql = "sql";

/** Backends are built on these. Full-stack frameworks, RPC and GraphQL servers stand beside another framework as often as alone. */
const frameworks: readonly Choice[] = [
  { slot: "framework", name: "NestJS", packages: ["@nestjs/core"], covers: ["Express", "Fastify"], group: http },
  { slot: "framework", name: "Express", packages: ["express"], group: http },
  { slot: "framework", name: "Fastify", packages: ["fastify"], group: http },
  { slot: "framework", name: "Koa", packages: ["koa"], group: http },
  { slot: "framework", name: "Hono", packages: ["hono"], group: http },
  { slot: "framework", name: "hapi", packages: ["@hapi/hapi"], group: http },
  { slot: "framework", name: "Restify", packages: ["restify"], group: http },
  { slot: "framework", name: "Elysia", packages: ["elysia"], group: http },
  { slot: "framework", name: "AdonisJS", packages: ["@adonisjs/core"], group: http },
  { slot: "framework", name: "Feathers", packages: ["@feathersjs/feathers"], covers: ["Express", "Koa"], group: http },
  { slot: "framework", name: "LoopBack", packages: ["@loopback/core"], covers: ["Express"], group: http },
  { slot: "framework", name: "Sails", packages: ["sails"], covers: ["Express"], group: http },
  { slot: "framework", name: "Midway", packages: ["@midwayjs/core"], covers: ["Express", "Koa"], group: http },
  { slot: "framework", name: "routing-controllers", packages: ["routing-controllers"], covers: ["Express", "Koa"], group: http },
  { slot: "framework", name: "InversifyJS", packages: ["inversify-express-utils", "@inversifyjs/http-core"], covers: ["Express", "Fastify", "Hono"], group: http },
  { slot: "framework", name: "Ts.ED", packages: ["@tsed/common", "@tsed/platform-http"], covers: ["Express", "Koa"], group: http },
  { slot: "framework", name: "Nitro", packages: ["nitropack", "nitro", "h3"], group: http },
  { slot: "framework", name: "Moleculer", packages: ["moleculer"] },
  { slot: "framework", name: "Next.js", packages: ["next"] },
  { slot: "framework", name: "Nuxt", packages: ["nuxt"] },
  { slot: "framework", name: "Remix", packages: ["@remix-run/node", "@react-router/node"] },
  { slot: "framework", name: "SvelteKit", packages: ["@sveltejs/kit"] },
  { slot: "framework", name: "tRPC", packages: ["@trpc/server"] },
  { slot: "framework", name: "Apollo Server", packages: ["@apollo/server", "apollo-server*"] },
  { slot: "framework", name: "GraphQL Yoga", packages: ["graphql-yoga"] },
  { slot: "framework", name: "AWS Lambda", packages: ["@middy/core", "serverless", "sst", "@types/aws-lambda"] },
];

const validators: readonly Choice[] = [
  { slot: "validation", name: "Zod", packages: ["zod", "nestjs-zod", "@hono/zod-openapi", "@hono/zod-validator"], group: "validation" },
  { slot: "validation", name: "Valibot", packages: ["valibot"], group: "validation" },
  { slot: "validation", name: "ArkType", packages: ["arktype"], group: "validation" },
  { slot: "validation", name: "TypeBox", packages: ["typebox", "@sinclair/typebox", "@fastify/type-provider-typebox"], covers: ["Ajv"], group: "validation" },
  { slot: "validation", name: "class-validator", packages: ["class-validator"], group: "validation" },
  { slot: "validation", name: "Joi", packages: ["joi", "@hapi/joi", "celebrate"], group: "validation" },
  { slot: "validation", name: "Yup", packages: ["yup"], group: "validation" },
  { slot: "validation", name: "Ajv", packages: ["ajv", "@fastify/type-provider-json-schema-to-ts"], group: "validation" },
  { slot: "validation", name: "Superstruct", packages: ["superstruct"], group: "validation" },
  { slot: "validation", name: "io-ts", packages: ["io-ts"], group: "validation" },
  { slot: "validation", name: "Runtypes", packages: ["runtypes"], group: "validation" },
  { slot: "validation", name: "VineJS", packages: ["@vinejs/vine"], group: "validation" },
  { slot: "validation", name: "express-validator", packages: ["express-validator"], group: "validation" },
  { slot: "validation", name: "Effect Schema", packages: ["effect", "@effect/schema"], export: "Schema", group: "validation" },
  { slot: "validation", name: "typia", packages: ["typia", "@nestia/core"], group: "validation" },
  { slot: "validation", name: "express-openapi-validator", packages: ["express-openapi-validator"] },
  { slot: "validation", name: "Shapeshift", packages: ["@sapphire/shapeshift"], group: "validation" },
  { slot: "validation", name: "tsoa", packages: ["tsoa"] },
];

const drivers = ["pg", "pg-promise", "Neon", "Vercel Postgres", "postgres.js", "mysql2", "MariaDB", "PlanetScale", "better-sqlite3", "node-sqlite3", "mssql", "libSQL", "Slonik"];

const dataAccess: readonly Choice[] = [
  { slot: "dataAccess", name: "Prisma", packages: ["@prisma/client", "prisma"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "Drizzle", packages: ["drizzle-orm"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "TypeORM", packages: ["typeorm", "@nestjs/typeorm"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "MikroORM", packages: ["@mikro-orm/core"], covers: [...drivers, "Knex", "Kysely"], group: sql },
  { slot: "dataAccess", name: "Sequelize", packages: ["sequelize", "@sequelize/core", "sequelize-typescript"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "Objection", packages: ["objection"], covers: [...drivers, "Knex"], group: sql },
  { slot: "dataAccess", name: "Orchid ORM", packages: ["orchid-orm"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "Kysely", packages: ["kysely"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "Knex", packages: ["knex"], covers: drivers, group: sql },
  { slot: "dataAccess", name: "Slonik", packages: ["slonik"], covers: ["pg"], group: sql },
  { slot: "dataAccess", name: "pg", packages: ["pg", "@fastify/postgres"], group: sql },
  { slot: "dataAccess", name: "pg-promise", packages: ["pg-promise"], covers: ["pg"], group: sql },
  { slot: "dataAccess", name: "Neon", packages: ["@neondatabase/serverless"], group: sql },
  { slot: "dataAccess", name: "Vercel Postgres", packages: ["@vercel/postgres"], group: sql },
  { slot: "dataAccess", name: "postgres.js", packages: ["postgres"], group: sql },
  { slot: "dataAccess", name: "mysql2", packages: ["mysql2", "mysql", "@fastify/mysql"], group: sql },
  { slot: "dataAccess", name: "MariaDB", packages: ["mariadb"], group: sql },
  { slot: "dataAccess", name: "PlanetScale", packages: ["@planetscale/database"], group: sql },
  { slot: "dataAccess", name: "better-sqlite3", packages: ["better-sqlite3"] },
  { slot: "dataAccess", name: "node-sqlite3", packages: ["sqlite3", "sqlite"] },
  { slot: "dataAccess", name: "mssql", packages: ["mssql", "tedious"], group: sql },
  { slot: "dataAccess", name: "libSQL", packages: ["@libsql/client"] },
  { slot: "dataAccess", name: "Mongoose", packages: ["mongoose", "@nestjs/mongoose", "@typegoose/typegoose"], covers: ["MongoDB driver"], group: "documents" },
  { slot: "dataAccess", name: "MongoDB driver", packages: ["mongodb", "@fastify/mongodb", "fastify-mongodb"], group: "documents" },
  { slot: "dataAccess", name: "Supabase", packages: ["@supabase/supabase-js"] },
  { slot: "dataAccess", name: "Firestore", packages: ["firebase-admin", "@google-cloud/firestore"], export: "firestore" },
  { slot: "dataAccess", name: "DynamoDB", packages: ["@aws-sdk/client-dynamodb", "dynamoose", "electrodb"] },
  { slot: "dataAccess", name: "Convex", packages: ["convex"] },
];

const loggers: readonly Choice[] = [
  { slot: "logger", name: "pino", packages: ["pino", "pino-http", "nestjs-pino", "express-pino-logger", "koa-pino-logger", "hono-pino", "@bogeychan/elysia-logger", "elysia-logger"], group: "logger" },
  { slot: "logger", name: "winston", packages: ["winston", "nest-winston", "express-winston"], group: "logger" },
  { slot: "logger", name: "Bunyan", packages: ["bunyan"], group: "logger" },
  { slot: "logger", name: "log4js", packages: ["log4js"], group: "logger" },
  { slot: "logger", name: "tslog", packages: ["tslog"], group: "logger" },
  { slot: "logger", name: "LogTape", packages: ["@logtape/logtape"], group: "logger" },
  { slot: "logger", name: "LogLayer", packages: ["loglayer"], covers: ["pino", "winston", "Bunyan", "tslog", "LogTape", "Roarr"], group: "logger" },
  { slot: "logger", name: "Roarr", packages: ["roarr"], group: "logger" },
  { slot: "logger", name: "consola", packages: ["consola"] },
  { slot: "logger", name: "signale", packages: ["signale"] },
  { slot: "logger", name: "Powertools Logger", packages: ["@aws-lambda-powertools/logger"] },
  { slot: "logger", name: "evlog", packages: ["evlog"] },
  { slot: "logger", name: "Effect", packages: ["effect"] },
];

const settings: readonly Choice[] = [
  { slot: "settings", name: "envalid", packages: ["envalid"], group: "settings" },
  { slot: "settings", name: "t3-env", packages: ["@t3-oss/env-core", "@t3-oss/env-nextjs", "@t3-oss/env-nuxt"], group: "settings" },
  { slot: "settings", name: "znv", packages: ["znv"], group: "settings" },
  { slot: "settings", name: "convict", packages: ["convict"], group: "settings" },
  { slot: "settings", name: "env-var", packages: ["env-var"], group: "settings" },
  { slot: "settings", name: "@nestjs/config", packages: ["@nestjs/config"], covers: ["envalid", "env-var", "znv", "env-schema"], group: "settings" },
  { slot: "settings", name: "env-schema", packages: ["env-schema", "@fastify/env"], group: "settings" },
  { slot: "settings", name: "node-config", packages: ["config"], group: "settings" },
  { slot: "settings", name: "@adonisjs/env", packages: ["@adonisjs/env"], group: "settings" },
  { slot: "settings", name: "nest-typed-config", packages: ["nest-typed-config"], group: "settings" },
];

const linters: readonly Choice[] = [
  { slot: "linter", name: "ESLint", packages: ["eslint", "xo", "standard", "ts-standard", "neostandard"], covers: ["oxlint"], files: [/^eslint\.config\.[cm]?[jt]s$/, /^\.eslintrc(\.(c?js|json|ya?ml))?$/], programs: ["eslint", "eslint_d", "xo", "standard", "ts-standard"], group: "linter" },
  { slot: "linter", name: "Biome", packages: ["@biomejs/biome", "ultracite"], files: [/^\.?biome\.jsonc?$/], programs: ["biome", "@biomejs/biome", "ultracite"], group: "linter" },
  { slot: "linter", name: "oxlint", packages: ["oxlint", "vite-plus"], files: [/^\.oxlintrc\.jsonc?$/, /^oxlint\.config\.[cm]?[jt]s$/], programs: ["oxlint"], group: "linter" },
  { slot: "linter", name: "TSLint", packages: ["tslint"], files: [/^tslint\.json$/], programs: ["tslint"], group: "linter" },
  { slot: "linter", name: "GTS", packages: ["gts"], programs: ["gts"], covers: ["ESLint"], group: "linter" },
  { slot: "linter", name: "Deno", packages: [], files: [/^deno\.jsonc?$/], programs: ["deno"], group: "linter" },
];

const formatters: readonly Choice[] = [
  { slot: "formatter", name: "Prettier", packages: ["prettier"], files: [/^\.prettierrc(\.(json5?|ya?ml|toml|[cm]?[jt]s))?$/, /^prettier\.config\.[cm]?[jt]s$/], programs: ["prettier", "prettierd", "pretty-quick"], group: "formatter" },
  { slot: "formatter", name: "Biome", packages: ["@biomejs/biome", "ultracite"], files: [/^\.?biome\.jsonc?$/], programs: ["biome", "@biomejs/biome", "ultracite"], group: "formatter" },
  { slot: "formatter", name: "dprint", packages: ["dprint"], files: [/^\.?dprint\.jsonc?$/], programs: ["dprint"], group: "formatter" },
  { slot: "formatter", name: "oxfmt", packages: ["oxfmt", "vite-plus"], files: [/^\.oxfmtrc\.jsonc?$/], programs: ["oxfmt"], group: "formatter" },
  { slot: "formatter", name: "ESLint Stylistic", packages: ["@stylistic/eslint-plugin", "@antfu/eslint-config", "eslint-config-standard*", "eslint-config-airbnb*", "neostandard", "standard", "ts-standard", "xo"], programs: ["eslint", "standard", "ts-standard", "xo"] },
  { slot: "formatter", name: "GTS", packages: ["gts"], programs: ["gts"], covers: ["Prettier"], group: "formatter" },
  { slot: "formatter", name: "Deno", packages: [], files: [/^deno\.jsonc?$/], programs: ["deno"], group: "formatter" },
];

const testRunners: readonly Choice[] = [
  { slot: "testRunner", name: "Vitest", packages: ["vitest"], programs: ["vitest"], group: "test" },
  { slot: "testRunner", name: "Jest", packages: ["jest", "@jest/core"], programs: ["jest"], group: "test" },
  { slot: "testRunner", name: "Mocha", packages: ["mocha"], programs: ["mocha", "_mocha"], group: "test" },
  { slot: "testRunner", name: "AVA", packages: ["ava"], programs: ["ava"], group: "test" },
  { slot: "testRunner", name: "tap", packages: ["tap"], programs: ["tap"], group: "test" },
  { slot: "testRunner", name: "Jasmine", packages: ["jasmine"], programs: ["jasmine"], group: "test" },
  { slot: "testRunner", name: "Japa", packages: ["@japa/runner"], group: "test" },
  { slot: "testRunner", name: "uvu", packages: ["uvu"], programs: ["uvu"], group: "test" },
  { slot: "testRunner", name: "borp", packages: ["borp"], programs: ["borp"] },
  { slot: "testRunner", name: "Playwright", packages: ["@playwright/test"], programs: ["playwright"] },
];

export const choices: readonly Choice[] = [
  ...frameworks, ...validators, ...dataAccess, ...loggers, ...settings, ...linters, ...formatters, ...testRunners,
];

/** Whether a package stands for a choice. */
export function standsFor(choice: Choice, name: string): boolean {
  return choice.packages.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
}

/** Runtime dependencies of a user interface: a package with one and no server is no backend. */
export const interfacePackages = ["react", "react-dom", "vue", "svelte", "solid-js", "@angular/core", "preact", "react-native", "expo", "electron"] as const;
