import type { Capability } from "../capabilities.js";
import type { Library } from "../library.js";

/** Packages of which no more is known than what they are for. */
const packages: Partial<Record<Capability, readonly string[]>> = {
  "web-framework": [
    "@hapi/inert", "@hapi/vision", "restify", "polka", "micro", "tsoa", "@tsoa/runtime", "@ts-rest/*", "express-zod-api", "@middy/*", "serverless-http", "@codegenie/serverless-express", "@vendia/serverless-express", "@aws-lambda-powertools/event-handler", "@foal/core", "@tsed/common", "@tsed/core", "@loopback/rest", "moleculer-web", "feathers", "@feathersjs/*", "inversify-express-utils", "@inversifyjs/http-*", "fets", "itty-router", "sirv", "find-my-way", "connect", "@koa/*", "@fastify/*", "@hono/*", "finale-rest", "@nestjsx/*", "@remix-run/*", "@react-router/*", "astro", "@sveltejs/kit", "nuxt", "encore.dev", "@azure/functions", "@google-cloud/functions-framework", "firebase-functions", "parse-server", "sails", "total.js", "bodyparser", "csurf",
  ],
  "data-access": [
    "prisma", "@prisma/adapter-*", "drizzle-kit", "arangojs", "couchbase", "rethinkdb", "influx", "@influxdata/influxdb-client", "sql.js", "tedious", "pg-query-stream", "pg-cursor", "waterline", "bookshelf", "massive", "zapatos", "pgtyped", "@pgtyped/*", "lowdb", "level", "leveldown", "rocksdb", "lmdb", "duckdb", "@duckdb/*", "clickhouse", "@electric-sql/pglite", "@google-cloud/bigquery", "@google-cloud/datastore", "@google-cloud/spanner", "dynamoose", "dynamodb-toolbox", "electrodb", "mongoose-*", "mongodb-memory-server", "ravendb", "faunadb", "@pinecone-database/pinecone", "@qdrant/*", "chromadb", "snowflake-sdk", "@databricks/sql", "memcached", "memjs", "@nestjs-query/*",
  ],
  auth: ["@loopback/authentication", "@loopback/authentication-*", "@loopback/authorization", "@loopback/security"],
  migration: ["umzug", "sequelize-cli", "kysely-ctl", "@slonik/migrator", "postgrator", "node-pg-migrate", "db-migrate", "migrate-mongo", "ts-migrate-mongoose", "mongo-migrate-ts", "typeorm-extension", "typeorm-seeding", "@mikro-orm/migrations", "@mikro-orm/migrations-mongodb", "graphile-migrate"],
  cache: ["cache-manager", "keyv", "@keyv/*", "node-cache", "lru-cache", "quick-lru", "cacheable", "bentocache", "@fastify/caching", "apicache"],
  storage: ["@google-cloud/storage", "minio", "@vercel/blob", "uploadthing", "multer-s3"],
  mail: ["resend", "postmark", "email-templates", "mailchimp", "@mailchimp/*", "emailjs", "sparkpost", "mandrill-api"],
  sms: ["@vonage/*", "plivo", "nexmo"],
  payment: [
    "@paypal/*", "braintree", "square", "razorpay", "adyen", "@adyen/*", "mollie-api-typescript", "@mollie/api-client", "@paddle/paddle-node-sdk",
    "@lemonsqueezy/lemonsqueezy.js", "@polar-sh/sdk", "chargebee", "recurly", "orb-billing", "lago-javascript-client", "autumn-js",
    "coinbase-commerce-node",
  ],
  error: ["verror", "ts-custom-error", "custom-error", "make-error", "serialize-error", "neverthrow", "ts-results", "@badrap/result", "true-myth", "oxide.ts"],
  telemetry: ["@opentelemetry/*", "prom-client", "@google-cloud/trace-agent", "@google-cloud/profiler", "express-prom-bundle", "hot-shots", "aws-xray-sdk", "@willsoto/nestjs-prometheus"],
  "api-docs": ["swagger-jsdoc", "swagger-ui-dist", "@asteasolutions/zod-to-openapi", "zod-openapi", "@scalar/*", "openapi-types", "@apidevtools/swagger-parser"],
  graphql: ["graphql", "@apollo/gateway", "mercurius", "nexus", "dataloader", "graphql-scalars", "graphql-subscriptions", "graphql-http", "express-graphql"],
  rpc: ["@modelcontextprotocol/sdk", "@rekog/mcp-nest", "fastmcp", "@grpc/grpc-js", "@grpc/proto-loader", "@bufbuild/*", "@connectrpc/*", "nice-grpc", "thrift", "@trpc/client", "@orpc/client", "json-rpc-2.0", "jayson"],
  websocket: ["uWebSockets.js", "@fastify/websocket", "sockjs", "@hono/node-ws", "centrifuge"],
  "test-runner": ["vitest", "jest", "@jest/globals", "mocha", "ava", "tap", "uvu", "jasmine", "bun:test", "@playwright/test", "cypress", "tape", "japa", "@japa/*"],
  "test-tool": ["supertest", "chai", "sinon", "nock", "msw", "testcontainers", "@testcontainers/*", "ts-mockito", "jest-mock-extended", "vitest-mock-extended", "@golevelup/ts-jest", "proxyquire", "rewire", "timekeeper", "mockdate", "ioredis-mock", "pg-mem", "mongodb-memory-server-core", "@faker-js/faker", "faker", "fishery", "factory-girl", "fast-check", "expect", "should", "chance", "aws-sdk-client-mock", "chai-http", "pactum", "light-my-request"],
  random: ["seedrandom", "random", "random-js", "crypto-random-string", "randomstring", "randomatic"],
  id: ["uuid", "nanoid", "cuid", "@paralleldrive/cuid2", "ulid", "ulidx", "short-uuid", "shortid", "bson-objectid", "ksuid", "typeid-js", "hashids", "sqids", "uuidv7", "@sapphire/snowflake", "object-hash"],
  date: ["date-fns", "date-fns-tz", "dayjs", "luxon", "moment", "moment-timezone", "@js-joda/core", "@js-temporal/polyfill", "temporal-polyfill", "ms", "rrule", "chrono-node", "tempo"],
  money: ["dinero.js", "@dinero.js/*", "big.js", "bignumber.js", "decimal.js", "decimal.js-light", "currency.js", "money", "bn.js", "fraction.js", "currency-codes"],
  utility: [
    "lodash.*", "ramda", "remeda", "radash", "rambda", "es-toolkit", "just-*", "p-*", "async", "bluebird", "deepmerge", "fast-deep-equal",
    "dot-prop", "type-fest", "ts-essentials", "utility-types", "tslib", "reflect-metadata", "change-case", "camelcase", "pluralize", "slugify",
    "semver", "mime", "mime-types", "qs", "query-string", "immer", "immutable", "eventemitter3", "mitt", "ts-pattern", "tiny-invariant", "invariant",
    "klona", "rfdc", "class-variance-authority", "escape-string-regexp", "picocolors", "kleur", "memoizee", "mnemonist", "iterare", "stream-json",
  ],
  functional: ["fp-ts", "rxjs", "purify-ts", "monet", "sanctuary", "effector", "@mobily/ts-belt"],
  "di-container": ["awilix", "@fastify/awilix", "awilix-express", "bottlejs", "injection-js", "typed-inject", "@loopback/core", "@loopback/context"],
  template: ["mjml", "@react-email/*", "react-email", "express-handlebars", "marko"],
  sanitiser: ["dompurify", "isomorphic-dompurify", "sanitize-html", "xss", "validator", "escape-html", "he", "sanitize-filename", "sqlstring", "pg-format", "html-escaper", "entities"],
  "feature-flags": ["@unleash/*", "unleash-client", "@launchdarkly/*", "flagsmith-nodejs", "@openfeature/*", "statsig-node", "@growthbook/*", "configcat-node"],
  ai: ["openai", "@anthropic-ai/sdk", "ai", "@ai-sdk/*", "langchain", "@langchain/*", "llamaindex", "cohere-ai", "@google/generative-ai", "@google/genai", "@mistralai/*", "ollama", "replicate", "groq-sdk", "@huggingface/inference", "@deepgram/sdk", "assemblyai", "deepl-node", "together-ai"],
  search: ["meilisearch", "typesense"],
  shell: ["simple-git"],
  "file-system": ["glob", "globby", "fast-glob", "tinyglobby", "archiver", "tmp", "tempy", "sharp", "exceljs", "xlsx", "pdfkit", "pdf-lib", "csv-parse", "csv-parser", "csv-stringify", "papaparse", "fast-csv", "busboy", "formidable", "image-size", "file-type"],
  "password-hashing": ["bcrypt", "bcryptjs", "@node-rs/bcrypt", "scrypt-kdf", "@phc/*"],
  "ambient-context": ["cls-hooked", "asynchronous-local-storage"],
  linter: ["eslint", "oxlint", "typescript-eslint", "@typescript-eslint/*", "eslint-plugin-*", "eslint-config-*", "@biomejs/biome", "tslint", "xo"],
  formatter: ["prettier", "dprint", "@ianvs/*"],
  "type-checker": ["typescript", "@typescript/native-preview", "ts-morph"],
  bundler: ["esbuild", "tsup", "tsx", "ts-node", "@swc/core", "@swc/*", "webpack", "rollup", "vite", "rolldown", "tsdown", "unbuild", "nodemon", "ts-node-dev", "concurrently", "pkgroll", "turbo", "nx", "@nx/*", "lerna"],
};

// `Object.entries` forgets the type of the keys.
export default Object.entries(packages).map(([capability, [name = "", ...also]]): Library => ({ package: name, also, capabilities: [capability as Capability] }));
