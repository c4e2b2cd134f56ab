import type { SchemaFacts } from "../concerns.js";
import type { ApiReference, ApiValue, Library } from "../library.js";

const makes = (facts: SchemaFacts): ApiValue => ({ schema: facts, call: "schema" });
const unchecked = makes({ makes: "any", unchecked: true, unknownKeys: "keep" });
/** Members of every schema object that say nothing of their own. */
const fluent: ApiReference = { call: "self" };

/** Functions that take schema and data, in this order. */
const withSchema = (failure: "throws" | "result" | "boolean", output: "result" | "input" | "result.output" | "result.data", verdict?: string): ApiValue => ({ validation: { failure, schema: "0", input: "1", output, ...(verdict !== undefined && { verdict }) } });

const simple = { string: makes({ makes: "string" }), number: makes({ makes: "number" }), boolean: makes({ makes: "boolean" }), date: makes({ makes: "date" }), literal: makes({ makes: "literal", constrains: true }), array: makes({ makes: "array", fields: "0" }), record: makes({ makes: "record", unknownKeys: "keep" }), union: makes({ makes: "union", fields: "0" }), any: unchecked, unknown: unchecked } as const;

const valibotExports: Record<string, ApiReference> = {
  ...simple,
  object: makes({ makes: "object", fields: "0", unknownKeys: "strip" }),
  strictObject: makes({ makes: "object", fields: "0", unknownKeys: "reject" }),
  looseObject: makes({ makes: "object", fields: "0", unknownKeys: "keep" }),
  objectWithRest: makes({ makes: "object", fields: "0", unknownKeys: "keep" }),
  variant: makes({ makes: "union", fields: "1" }),
  picklist: makes({ makes: "enum", constrains: true }),
  enum: makes({ makes: "enum", constrains: true }),
  pipe: makes({ makes: "reference", fields: "0" }),
  optional: makes({ makes: "reference", fields: "0", optional: true, default: "1" }),
  nullable: makes({ makes: "reference", fields: "0" }),
  custom: unchecked,
  maxValue: makes({ maximum: "0" }),
  maxLength: makes({ maximum: "0" }),
  parse: withSchema("throws", "result"),
  parseAsync: { validation: { failure: "rejects", schema: "0", input: "1", output: "result" } },
  safeParse: withSchema("result", "result.output", "success"),
  safeParseAsync: withSchema("result", "result.output", "success"),
  assert: withSchema("throws", "input"),
  is: withSchema("boolean", "input"),
  parser: { call: { validation: { failure: "throws", input: "0", output: "result" } } },
  safeParser: { call: { validation: { failure: "result", input: "0", output: "result.output", verdict: "success" } } },
};

const joiSchema: Record<string, ApiReference> = {
  validate: { validation: { failure: "result", input: "0", output: "result.value", verdict: "error" } },
  validateAsync: { validation: { failure: "rejects", input: "0", output: "result" } },
  unknown: { schema: { unknownKeys: "keep" }, call: "self" },
  options: fluent,
  max: { schema: { maximum: "0" }, call: "self" },
  valid: { schema: { constrains: true }, call: "self" },
  default: { schema: { default: "0" }, call: "self" },
  optional: { schema: { optional: true }, call: "self" },
  keys: { schema: { fields: "0" }, call: "self" },
  pattern: { schema: { constrains: true }, call: "self" },
};
const joiExports: Record<string, ApiReference> = {
  ...simple,
  object: makes({ makes: "object", fields: "0", unknownKeys: "reject" }),
  alternatives: makes({ makes: "union" }),
  // Up to version 15.
  validate: { validation: { failure: "result", input: "0", schema: "1", output: "result.value", verdict: "error" } },
  attempt: { validation: { failure: "throws", input: "0", schema: "1", output: "result" } },
  assert: { validation: { failure: "throws", input: "0", schema: "1", output: "input" } },
};

const yupExports: Record<string, ApiReference> = { ...simple, object: makes({ makes: "object", fields: "0", unknownKeys: "keep" }), mixed: unchecked, lazy: makes({ makes: "reference" }), ValidationError: {} };

const typeBoxType: Record<string, ApiReference> = {
  Object: makes({ makes: "object", fields: "0", unknownKeysAt: { at: "1.additionalProperties", means: { false: "reject" } } }),
  Composite: makes({ makes: "object" }),
  Intersect: makes({ makes: "object" }),
  Partial: makes({ makes: "reference", fields: "0", optional: true }),
  Pick: makes({ makes: "reference", fields: "0" }),
  Omit: makes({ makes: "reference", fields: "0" }),
  String: makes({ makes: "string" }),
  Number: makes({ makes: "number", maximum: "0.maximum" }),
  Integer: makes({ makes: "number", maximum: "0.maximum" }),
  Boolean: makes({ makes: "boolean" }),
  Array: makes({ makes: "array", fields: "0" }),
  Record: makes({ makes: "record", unknownKeys: "keep" }),
  Union: makes({ makes: "union", fields: "0" }),
  Literal: makes({ makes: "literal", constrains: true }),
  Enum: makes({ makes: "enum", constrains: true }),
  Optional: makes({ makes: "reference", fields: "0", optional: true }),
  Ref: makes({ makes: "reference", fields: "0" }),
  Any: unchecked,
  Unknown: unchecked,
  Unsafe: unchecked,
  Transform: makes({ makes: "reference", fields: "0" }),
};
/** Up to 0.34 `Parse` strips unknown keys, from 1 on only `Decode` does. */
const typeBoxValue: Record<string, ApiReference> = {
  Parse: { validation: { failure: "throws", schema: "0", input: "1", output: "result", unknownKeys: "keep" }, below: { "1.0": { validation: { failure: "throws", schema: "0", input: "1", output: "result", unknownKeys: "strip" } } } },
  Decode: { validation: { failure: "throws", schema: "0", input: "1", output: "result", unknownKeys: "strip" }, below: { "1.0": { validation: { failure: "throws", schema: "0", input: "1", output: "result" } } } },
  Assert: { validation: { failure: "throws", schema: "0", input: "1", output: "input", unknownKeys: "keep" } },
  Check: { validation: { failure: "boolean", schema: "0", input: "1", output: "input", unknownKeys: "keep" } },
  Clean: { validation: { failure: "none", schema: "0", input: "1", output: "result", unknownKeys: "strip" } },
};
const typeBoxCompiled: ApiValue = {
  is: "validator",
  members: {
    Check: { validation: { failure: "boolean", input: "0", output: "input", unknownKeys: "keep" } },
    Parse: { validation: { failure: "throws", input: "0", output: "result", unknownKeys: "keep" } },
    Decode: { validation: { failure: "throws", input: "0", output: "result" } },
    Errors: {},
  },
};

const superstructExports: Record<string, ApiReference> = {
  ...simple,
  object: makes({ makes: "object", fields: "0", unknownKeys: "reject" }),
  type: makes({ makes: "object", fields: "0", unknownKeys: "keep" }),
  enums: makes({ makes: "enum", constrains: true }),
  optional: makes({ makes: "reference", fields: "0", optional: true }),
  assert: { validation: { failure: "throws", input: "0", schema: "1", output: "input" } },
  create: { validation: { failure: "throws", input: "0", schema: "1", output: "result" } },
  mask: { validation: { failure: "throws", input: "0", schema: "1", output: "result", unknownKeys: "strip" } },
  is: { validation: { failure: "boolean", input: "0", schema: "1", output: "input" } },
  validate: { validation: { failure: "result", input: "0", schema: "1", output: "result.1", verdict: "0" } },
};

/** https://effect.website/docs/observability/logging/: what is logged, and what lines and spans are marked with. */
const effectLogs: Record<string, ApiReference> = {
  ...Object.fromEntries(Object.entries({ log: "info", logTrace: "trace", logDebug: "debug", logInfo: "info", logWarning: "warn", logError: "error", logFatal: "fatal" } as const).map(([name, level]) => [name, { log: { does: "write" as const, level, shape: "any" as const } }])),
  ...Object.fromEntries(["annotateLogs", "annotateCurrentSpan", "annotateSpans"].map((name) => [name, { log: { does: "report" as const, data: ["0", "1"] as const } }])),
  withSpan: { log: { does: "report", data: ["1.attributes"] } },
};

const effectSchema: Record<string, ApiReference> = {
  Struct: makes({ makes: "object", fields: "0", unknownKeys: "strip" }),
  Class: { call: { call: "schema", schema: { makes: "object", fields: "0", unknownKeys: "strip" } } },
  TaggedStruct: makes({ makes: "object", fields: "1", unknownKeys: "strip" }),
  String: "schema",
  Number: "schema",
  Boolean: "schema",
  Literal: makes({ makes: "literal", constrains: true }),
  Array: makes({ makes: "array", fields: "0" }),
  Union: makes({ makes: "union" }),
  Any: unchecked,
  Unknown: unchecked,
  decodeUnknownSync: { call: { validation: { failure: "throws", input: "0", output: "result" } } },
  decodeSync: { call: { validation: { failure: "throws", input: "0", output: "result" } } },
  decodeUnknownPromise: { call: { validation: { failure: "rejects", input: "0", output: "result" } } },
  decodeUnknown: { call: { validation: { failure: "result", input: "0", output: "result" } } },
  decodeUnknownEither: { call: { validation: { failure: "result", input: "0", output: "result" } } },
  decodeUnknownOption: { call: { validation: { failure: "result", input: "0", output: "result" } } },
  decodeUnknownExit: { call: { validation: { failure: "result", input: "0", output: "result" } } },
  is: { call: { validation: { failure: "boolean", input: "0", output: "input" } } },
  asserts: { call: { validation: { failure: "throws", input: "0", output: "input" } } },
};

const typed = (failure: "throws" | "result" | "boolean", output: "result" | "input" | "result.data", unknownKeys: "keep" | "reject" | "strip"): ApiValue => ({ validation: { failure, schema: "type-argument", input: "0", output, unknownKeys, ...(failure === "result" && { verdict: "success" }) } });

const libraries: readonly Library[] = [
  { package: "valibot", capabilities: ["validator"], exports: valibotExports, values: { schema: { is: "schema", others: fluent } } },
  {
    package: "arktype",
    capabilities: ["validator"],
    exports: { type: { ...makes({ makes: "object", fields: "0", unknownKeys: "keep", unknownKeysAt: { at: "0.+", means: { delete: "strip", reject: "reject" } } }), members: { enumerated: makes({ makes: "enum", constrains: true }), errors: {} } }, scope: {}, Type: { new: "schema" } },
    values: { schema: { is: "schema", validation: { failure: "result", input: "0", output: "result" }, members: { assert: { validation: { failure: "throws", input: "0", output: "result" } }, allows: { validation: { failure: "boolean", input: "0", output: "input" } }, onUndeclaredKey: { schema: { unknownKeys: "strip" }, call: "self" }, array: fluent, and: fluent, or: fluent, pipe: fluent }, others: fluent } },
  },
  {
    package: "@sinclair/typebox",
    also: ["typebox", "@sinclair/typemap"],
    capabilities: ["validator"],
    exports: { Type: { members: typeBoxType }, default: { members: typeBoxType }, t: { members: typeBoxType } },
    subpaths: {
      "/value": { exports: { Value: { members: typeBoxValue }, default: { members: typeBoxValue }, ...typeBoxValue } },
      "/compiler": { exports: { TypeCompiler: { members: { Compile: { call: typeBoxCompiled } } } } },
      "/compile": { exports: { Compile: { call: typeBoxCompiled }, default: { call: typeBoxCompiled } } },
      "/schema": { exports: { Compile: { call: typeBoxCompiled } } },
    },
    values: { schema: { is: "schema" } },
  },
  { package: "joi", also: ["@hapi/joi", "@joi/date"], capabilities: ["validator"], harmless: ["ValidationError"], exports: { ...joiExports, default: { members: joiExports }, Joi: { members: joiExports }, ObjectSchema: { new: "schema" }, Schema: { new: "schema" } }, values: { schema: { is: "schema", members: joiSchema, others: fluent } } },
  {
    package: "yup",
    capabilities: ["validator"],
    exports: { ...yupExports, default: { members: yupExports } },
    values: {
      schema: {
        is: "schema",
        members: {
          validate: { validation: { failure: "rejects", input: "0", output: "result" } },
          validateSync: { validation: { failure: "throws", input: "0", output: "result" } },
          isValid: { validation: { failure: "boolean", input: "0", output: "input" } },
          isValidSync: { validation: { failure: "boolean", input: "0", output: "input" } },
          // Converts without checking.
          cast: { validation: { failure: "none", input: "0", output: "result" } },
          noUnknown: { schema: { unknownKeys: "strip" }, call: "self" },
          stripUnknown: { schema: { unknownKeys: "strip" }, call: "self" },
          max: { schema: { maximum: "0" }, call: "self" },
          default: { schema: { default: "0" }, call: "self" },
          oneOf: { schema: { constrains: true }, call: "self" },
          matches: { schema: { constrains: true }, call: "self" },
          optional: { schema: { optional: true }, call: "self" },
        },
        others: fluent,
      },
    },
  },
  {
    package: "ajv",
    also: ["ajv-formats", "ajv-errors", "@exodus/schemasafe", "jsonschema", "ajv-keywords"],
    capabilities: ["validator"],
    exports: { default: { new: "ajv" }, Ajv: { new: "ajv" }, Ajv2019: { new: "ajv" }, Ajv2020: { new: "ajv" } },
    values: {
      ajv: { is: "validator", members: { compile: { call: "check", schema: { makes: "object", fields: "0", unknownKeys: "keep" } }, validate: { validation: { failure: "boolean", schema: "0", input: "1", output: "input" } }, compileParser: { call: { validation: { failure: "result", input: "0", output: "result" } } }, getSchema: { call: "check" }, addSchema: { call: "self" }, addKeyword: { call: "self" } } },
      check: { is: "validator", validation: { failure: "boolean", input: "0", output: "input" }, members: { errors: {} } },
    },
  },
  // https://github.com/icebob/fastest-validator#readme: `true`, or a list of errors.
  { package: "fastest-validator", capabilities: ["validator"], exports: { default: { new: "validator" } }, values: { validator: { is: "validator", members: { compile: { call: "check" }, validate: { validation: { failure: "result", schema: "1", input: "0", output: "input" } } } }, check: { is: "validator", validation: { failure: "result", input: "0", output: "input" } } } },
  // https://github.com/node-modules/parameter#readme: a list of errors, or nothing.
  { package: "parameter", capabilities: ["validator"], exports: { default: { new: "validator" } }, values: { validator: { is: "validator", members: { validate: { validation: { failure: "result", schema: "0", input: "1", output: "input" } }, addRule: {} } } } },
  // https://github.com/mikeerickson/validatorjs#readme, https://github.com/bitnbytesio/node-input-validator#readme: what is checked is given when it is made.
  { package: "validatorjs", also: ["node-input-validator"], capabilities: ["validator"], exports: Object.fromEntries(["default", "Validator"].map((name) => [name, { new: "verdict", validation: { failure: "result" as const, schema: "1", input: "0", output: "input" as const } }])), values: { verdict: { is: "validator", members: { fails: {}, passes: {}, check: {}, errors: {} } } } },
  { package: "superstruct", capabilities: ["validator"], harmless: ["StructError"], exports: superstructExports, values: { schema: { is: "schema" } } },
  { package: "effect", also: ["@effect/schema", "@effect/*"], capabilities: ["functional", "validator"], exports: { Schema: { members: effectSchema }, ...effectSchema, Effect: { members: effectLogs } }, values: { schema: { is: "schema", others: fluent } }, subpaths: { "/Effect": { exports: effectLogs } } },
  {
    package: "io-ts",
    also: ["io-ts-types"],
    capabilities: ["validator", "functional"],
    exports: { type: makes({ makes: "object", fields: "0", unknownKeys: "keep" }), strict: makes({ makes: "object", fields: "0", unknownKeys: "strip" }), exact: makes({ makes: "object", fields: "0", unknownKeys: "strip" }), partial: makes({ makes: "object", fields: "0", unknownKeys: "keep" }), intersection: makes({ makes: "object" }), union: makes({ makes: "union" }), string: "schema", number: "schema", boolean: "schema", array: makes({ makes: "array", fields: "0" }), unknown: "schema" },
    values: { schema: { is: "schema", members: { decode: { validation: { failure: "result", input: "0", output: "result" } }, is: { validation: { failure: "boolean", input: "0", output: "input" } } } } },
  },
  {
    package: "runtypes",
    capabilities: ["validator"],
    exports: { Object: makes({ makes: "object", fields: "0", unknownKeys: "keep" }), Record: makes({ makes: "object", fields: "0", unknownKeys: "keep" }), String: "schema", Number: "schema", Boolean: "schema", Array: makes({ makes: "array", fields: "0" }), Union: makes({ makes: "union" }), Literal: makes({ makes: "literal", constrains: true }), Unknown: "schema" },
    values: {
      schema: {
        is: "schema",
        members: { check: { validation: { failure: "throws", input: "0", output: "result", unknownKeys: "keep" } }, parse: { validation: { failure: "throws", input: "0", output: "result", unknownKeys: "strip" } }, assert: { validation: { failure: "throws", input: "0", output: "input" } }, guard: { validation: { failure: "boolean", input: "0", output: "input" } }, inspect: { validation: { failure: "result", input: "0", output: "result", verdict: "success" } }, validate: { validation: { failure: "result", input: "0", output: "result", verdict: "success" } } },
        others: fluent,
      },
    },
  },
  {
    package: "typia",
    capabilities: ["validator"],
    exports: {
      default: { members: { assert: typed("throws", "result", "keep"), assertEquals: typed("throws", "result", "reject"), assertPrune: typed("throws", "result", "strip"), is: typed("boolean", "input", "keep"), equals: typed("boolean", "input", "reject"), validate: typed("result", "result.data", "keep"), validateEquals: typed("result", "result.data", "reject"), validatePrune: typed("result", "result.data", "strip"), createAssert: { call: typed("throws", "result", "keep") }, createIs: { call: typed("boolean", "input", "keep") }, createValidate: { call: typed("result", "result.data", "keep") }, misc: {}, json: {} } },
    },
  },
  { package: "@nestia/core", capabilities: ["validator", "web-framework"] },
  {
    package: "class-validator",
    capabilities: ["validator"],
    neutral: ["*"],
    exports: {
      validate: { validation: { failure: "result", input: "0", output: "input" } },
      validateSync: { validation: { failure: "result", input: "0", output: "input" } },
      validateOrReject: { validation: { failure: "rejects", input: "0", output: "input" } },
      validateOrRejectSync: { validation: { failure: "throws", input: "0", output: "input" } },
      Max: { schema: { maximum: "0" } },
      MaxLength: { schema: { maximum: "0" } },
      IsOptional: { schema: { optional: true } },
      IsIn: { schema: { constrains: true } },
      IsEnum: { schema: { constrains: true } },
      Allow: { schema: { unchecked: true } },
    },
  },
  { package: "class-transformer", capabilities: ["utility"], neutral: ["*"], exports: { plainToInstance: { validation: { failure: "none", input: "1", schema: "0", output: "result" } }, plainToClass: { validation: { failure: "none", input: "1", schema: "0", output: "result" } }, instanceToPlain: {}, Exclude: {}, Expose: {}, Type: {}, Transform: {} } },
  { package: "class-transformer-validator", capabilities: ["validator"], exports: { transformAndValidate: { validation: { failure: "rejects", schema: "0", input: "1", output: "result" } }, transformAndValidateSync: { validation: { failure: "throws", schema: "0", input: "1", output: "result" } } } },
  {
    package: "express-validator",
    capabilities: ["validator"],
    exports: {
      ...Object.fromEntries(["body", "query", "param", "header", "cookie", "check", "checkSchema", "checkExact", "oneOf"].map((name) => [name, { middleware: { role: "validation" as const }, call: "chain" }])),
      validationResult: { call: { members: { isEmpty: {}, throw: {}, array: {}, mapped: {} } }, validation: { failure: "result", input: "0", output: "input", verdict: "isEmpty" } },
      matchedData: { validation: { failure: "none", input: "0", output: "result", unknownKeys: "strip" } },
    },
    values: { chain: { members: { run: {}, bail: fluent }, others: fluent } },
  },
  { package: "celebrate", capabilities: ["validator"], exports: { celebrate: { middleware: { role: "validation", schemas: { body: "0.body", query: "0.query", params: "0.params", headers: "0.headers" } } }, errors: { middleware: { role: "error-handler" } }, Joi: { members: joiExports }, Segments: {} } , values: { schema: { is: "schema", members: joiSchema, others: fluent } } },
  // https://github.com/AndrewKeig/express-validation#readme: Joi refuses keys that a schema does not name.
  { package: "express-validation", capabilities: ["validator"], exports: { validate: { middleware: { role: "validation", schemas: { body: "0.body", query: "0.query", params: "0.params", headers: "0.headers" } } }, default: { middleware: { role: "validation", schemas: { body: "0.body", query: "0.query", params: "0.params", headers: "0.headers" } } }, ValidationError: {}, Joi: { members: joiExports } }, values: { schema: { is: "schema", members: joiSchema, others: fluent } } },
  { package: "express-joi-validation", also: ["zod-express-middleware", "express-zod-safe", "zod-express"], capabilities: ["validator"], exports: Object.fromEntries(["validateRequest", "validateRequestBody", "validateRequestQuery", "validateRequestParams", "processRequest", "processRequestBody", "processRequestQuery", "processRequestParams", "validate", "default", "createValidator"].map((name) => [name, { middleware: { role: "validation" as const, schemas: { body: "0.body", query: "0.query", params: "0.params" } } }])) },
  // https://github.com/wesleytodd/express-openapi#readme: `validPath` answers 400 for what its operation does not describe; `path` only describes.
  { package: "@wesleytodd/openapi", capabilities: ["validator", "api-docs"], exports: { default: { call: "openapi" } }, values: { openapi: { members: { validPath: { middleware: { role: "validation" } }, path: {}, schema: {}, others: {} } } } },
  { package: "express-openapi-validator", also: ["koa-openapi-validator", "openapi-backend", "openapi-enforcer-middleware"], capabilities: ["validator"], exports: { middleware: { middleware: { role: "validation" } }, default: { members: { middleware: { middleware: { role: "validation" } } } } } },
  {
    package: "@hono/zod-validator",
    also: ["@hono/standard-validator", "@hono/valibot-validator", "@hono/typebox-validator", "@hono/arktype-validator", "@hono/typia-validator", "@hono/effect-validator", "@hono/class-validator", "hono-openapi"],
    capabilities: ["validator"],
    exports: Object.fromEntries(["zValidator", "sValidator", "vValidator", "tbValidator", "arktypeValidator", "typiaValidator", "effectValidator", "classValidator", "validator"].map((name) => [name, { middleware: { role: "validation" as const, part: "0" as const, schemas: { any: "1" as const } } }])),
  },
  {
    package: "@vinejs/vine",
    capabilities: ["validator"],
    exports: { default: { members: { object: makes({ makes: "object", fields: "0", unknownKeys: "strip" }), string: makes({ makes: "string" }), number: makes({ makes: "number" }), compile: { call: "validator", schema: { fields: "0" } }, create: { call: "validator" }, validate: { validation: { failure: "rejects", schema: "0.schema", input: "0.data", output: "result" } } } } },
    values: { schema: { is: "schema", members: { allowUnknownProperties: { schema: { unknownKeys: "keep" }, call: "self" }, max: { schema: { maximum: "0" }, call: "self" } }, others: fluent }, validator: { is: "validator", members: { validate: { validation: { failure: "rejects", input: "0", output: "result" } }, tryValidate: { validation: { failure: "result", input: "0", output: "result.1", verdict: "0" } } } } },
  },
  { package: "fastify-type-provider-zod", also: ["fastify-zod-openapi", "@fastify/type-provider-typebox", "@fastify/type-provider-json-schema-to-ts", "@fastify/type-provider-zod", "@fastify/ajv-compiler", "json-schema-to-ts", "fluent-json-schema"], capabilities: ["validator"], exports: { validatorCompiler: {}, serializerCompiler: {}, ZodTypeProvider: {}, TypeBoxTypeProvider: {}, Type: { members: typeBoxType }, ...Object.fromEntries(["FastifyPluginAsyncTypebox", "FastifyPluginCallbackTypebox", "FastifyPluginAsyncZod", "FastifyPluginCallbackZod", "FastifyPluginAsyncZodOpenApi", "FastifyPluginAsyncJsonSchemaToTs", "FastifyPluginCallbackJsonSchemaToTs"].map((name) => [name, { new: { callback: { "0": "fastify#application" }, parameterTypes: { "1": 0 } } }])) }, values: { schema: { is: "schema" } } },
  { package: "drizzle-zod", also: ["drizzle-valibot", "drizzle-typebox", "drizzle-arktype"], capabilities: ["validator"], exports: { createInsertSchema: { call: "zod#schema", schema: { makes: "object", unknownKeys: "strip" } }, createSelectSchema: { call: "zod#schema", schema: { makes: "object", unknownKeys: "strip" } }, createUpdateSchema: { call: "zod#schema", schema: { makes: "object", unknownKeys: "strip" } } } },
  { package: "@standard-schema/spec", also: ["@standard-schema/utils", "zod-validation-error", "nestjs-typebox", "@decs/typeschema", "myzod", "computed-types", "@japa/assert", "v8n", "ow", "is-my-json-valid", "@tsed/schema", "json-schema", "zod-to-json-schema", "zod-form-data", "@anatine/zod-openapi", "@anatine/zod-nestjs"], capabilities: ["validator"] },
];

export default libraries;
