import type { ApiReference, Library } from "../library.js";

const t3: ApiReference = { settings: { does: "validate", environment: "0.runtimeEnv", schema: "0.server", skippedWhen: ["0.skipValidation"] }, call: "settings" };
const dotenv: Record<string, ApiReference> = { config: { settings: { does: "load" } }, configDotenv: { settings: { does: "load" } }, parse: {}, populate: {}, expand: { settings: { does: "load" } } };
const presence: ApiReference = { settings: { does: "validate" } };
/** `Env.create(root, { PORT: Env.schema.number() })` of `@adonisjs/env`, which `@adonisjs/core/env` hands on. */
export const adonisEnvironment: Record<string, ApiReference> = { Env: { members: { create: { settings: { does: "validate", schema: "1" }, call: { is: "settings" } }, rules: { settings: { does: "validate", schema: "0" } } } } };
const reader: ApiReference = { call: "self" };

const libraries: readonly Library[] = [
  { package: "envalid", capabilities: ["settings"], exports: { cleanEnv: { settings: { does: "validate", environment: "0", schema: "1" }, call: "settings" }, customCleanEnv: { settings: { does: "validate", environment: "0", schema: "1" }, call: "settings" }, str: {}, num: {}, bool: {}, url: {}, port: {}, host: {}, email: {}, json: {}, makeValidator: {} }, values: { settings: { is: "settings" } } },
  { package: "@t3-oss/env-core", also: ["@t3-oss/env-nextjs", "@t3-oss/env-nuxt"], capabilities: ["settings"], exports: { createEnv: t3 }, values: { settings: { is: "settings" } } },
  { package: "znv", capabilities: ["settings"], exports: { parseEnv: { settings: { does: "validate", environment: "0", schema: "1" }, call: "settings" }, z: "zod#namespace", port: {}, deprecate: {} }, values: { settings: { is: "settings" } } },
  { package: "@next/env", capabilities: ["environment-loader"], exports: { loadEnvConfig: { settings: { does: "load" } } } },
  {
    package: "convict",
    capabilities: ["settings"],
    exports: { default: { call: "settings", settings: { does: "register", schema: "0" } }, addFormat: {}, addFormats: {} },
    values: { settings: { is: "settings", members: { validate: { settings: { does: "validate" }, call: "self" }, get: { settings: { does: "read", key: "0" } }, getProperties: {}, load: { settings: { does: "load" }, call: "self" }, loadFile: { settings: { does: "load" }, call: "self" }, has: {} } } },
  },
  {
    package: "env-var",
    capabilities: ["settings"],
    exports: { default: "reader", get: { settings: { does: "read", key: "0" }, call: "variable" }, from: { call: "reader" } },
    values: { reader: { members: { get: { settings: { does: "read", key: "0" }, call: "variable" }, from: { call: "reader" } } }, variable: { is: "settings", members: { required: reader, default: { call: "self", settings: { does: "read", fallback: "0" } } }, others: reader } },
  },
  { package: "@fastify/env", also: ["env-schema"], capabilities: ["settings"], exports: { default: { settings: { does: "validate", schema: "0.schema" }, call: "settings" }, envSchema: { settings: { does: "validate", schema: "0.schema" }, call: "settings" } }, values: { settings: { is: "settings" } } },
  { package: "dotenv", also: ["dotenv-flow", "dotenv-defaults", "@dotenvx/dotenvx", "dotenv-expand", "dotenv-cli", "env-cmd", "dotenv-vault"], capabilities: ["environment-loader"], exports: { ...dotenv, default: { members: dotenv, settings: { does: "load" } } } },
  // It throws where a key of the example file is not set (https://github.com/rolodato/dotenv-safe).
  { package: "dotenv-safe", capabilities: ["environment-loader"], exports: { config: presence, load: presence, default: { members: { config: presence, load: presence } } } },
  { package: "arkenv", capabilities: ["settings"], exports: { default: { settings: { does: "validate", schema: "0" }, call: "settings" }, createEnv: { settings: { does: "validate", schema: "0" }, call: "settings" } }, values: { settings: { is: "settings" } } },
  { package: "ts-dotenv", capabilities: ["settings"], exports: { load: { settings: { does: "validate" }, call: "settings" } }, values: { settings: { is: "settings" } } },
  { package: "envsafe", capabilities: ["settings"], exports: { envsafe: { settings: { does: "validate", schema: "0" }, call: "settings" }, str: {}, num: {}, bool: {}, url: {}, port: {}, host: {}, email: {}, json: {}, makeValidator: {} }, values: { settings: { is: "settings" } } },
  { package: "zod-config", capabilities: ["settings"], exports: { loadConfig: { settings: { does: "validate", schema: "0.schema" }, call: "settings" }, loadConfigSync: { settings: { does: "validate", schema: "0.schema" }, call: "settings" } }, values: { settings: { is: "settings" } } },
  { package: "nest-typed-config", capabilities: ["settings"], exports: { TypedConfigModule: { members: { forRoot: { settings: { does: "validate", schema: "0.schema" } }, forRootAsync: { settings: { does: "validate", schema: "0.schema" } } } } } },
  { package: "@adonisjs/env", capabilities: ["settings"], exports: adonisEnvironment },
  { package: "config", also: ["rc", "cosmiconfig", "nconf", "c12", "lilconfig", "conf", "node-config-ts", "@proventuslabs/nestjs-zod-config", "nestjs-config", "typed-config", "@itgorillaz/configify"], capabilities: ["settings"] },
];

export default libraries;
