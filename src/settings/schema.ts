import { z } from "zod";
import { nearest } from "../base/nearest.js";
import { type RegisteredRule, type Registry, severityPresets } from "./registry.js";

/** The layers that every project knows. Custom layers stand for one of them. */
export const layerNames = [
  "api", "service", "repository", "domain", "composition", "settings", "shared", "tests", "migrations",
] as const;

/** The slots of the default stack that `stack` may fill or clear. */
export const stackSlots = [
  "runtime", "framework", "validation", "dataAccess", "migrations", "packageManager",
  "linter", "formatter", "typeCheck", "testRunner", "logger", "settings",
] as const;

/** Keys that count for the whole root and so have no place in the settings of a package. */
export const rootOnlyKeys = ["include", "done", "stack"] as const;

/** A settings file as it is after validation: lists are lists, everything else is as written. */
export type SettingsFile = z.output<ReturnType<typeof settingsSchema>>;

/**
 * The schema of `std-check.config.json`. Rule names, their options and preset names come from the registry.
 * Whether what `extends` names exists is found out when it is read.
 */
export function settingsSchema(registry: Registry) {
  const rules = rulesSchema(registry);
  return section("key", {
    $schema: z.string().describe("Where editors find the schema of this file.").optional(),
    root: z.boolean().describe("The search for settings ends here: this folder is one project with all below it.").optional(),
    extends: listOf(z.string().min(1).meta({ examples: [...severityPresets, ...registry.presets.keys()] })).describe(`Presets (${[...severityPresets, ...registry.presets.keys()].join(", ")}), relative paths of JSON files, or JSON files of npm packages. Later ones win. Without it, presets are chosen by the dependencies; [] chooses none.`).optional(),
    include: globs.describe("The code files to check. Default: all below the root.").optional(),
    exclude: globs.describe("Files that are left out altogether, beside those git ignores.").optional(),
    layers: layersSchema.optional(),
    features: globs.describe('The folders of feature modules, e.g. "src/modules/*". What all of them may import is the option `shared` of the rule feature-boundaries.').optional(),
    architecture: section("key", {
      persistence: z.enum(["repository", "services", "active-record"]).describe("Where data access lives. Other than `repository` is a deviation from the standard that the team has accepted.").optional(),
    }).describe("Accepted decisions on the architecture.").optional(),
    rules: rules.optional(),
    overrides: z.array(section("key", { files: globs.describe("The files these rules are for."), rules })).describe("Rules for some files; later entries win.").optional(),
    routes: routesSchema.optional(),
    names: namesSchema.optional(),
    security: section("key", {
      tenantKeys: names("Fields that tell tenants apart, e.g. organizationId; queries on a request's path must use one."),
    }).describe("What the security rules need to know.").optional(),
    exceptions: z.array(exceptionSchema(registry)).describe("Findings that are accepted for now, each with a reason and an owner.").optional(),
    done: section("key", {
      lint: command("Checks style and code."),
      format: command("Checks the format without writing."),
      types: command("Checks types."),
      test: command("Runs the tests."),
      timeout: z.number().positive().describe("Seconds that each command may take. Default: 600.").optional(),
    }).describe("The commands that `std-check done` runs; found in package.json where not given, false for none.").optional(),
    stack: section("slot", optionalShape(stackSlots, z.union([listOf(z.string().min(1)), z.literal(false)]))).describe("Accepted choices for slots of the default stack, by package or tool name; false for a slot this project has no use for.").optional(),
  }).describe("Settings of std-check.");
}

/** The JSON Schema (draft 7, which editors know best) of a settings file under this registry. */
export function settingsJsonSchema(registry: Registry): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(settingsSchema(registry), { io: "input", target: "draft-7" });
  return { ...schema, title: "std-check.config.json" };
}

/** An object with no other keys than these. `noun` names a key in messages. */
function section<Shape extends z.core.$ZodLooseShape>(noun: string, shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownKeys(noun, issue.keys, known) : undefined),
  });
}

/** One line for each unknown key, in their order. */
export function unknownKeys(noun: string, keys: readonly string[], known: readonly string[]): string {
  return keys.map((key) => {
    const guess = nearest(key, known);
    // Fifty names of rules are no help.
    const all = noun === "rule" ? "`std-check rules` lists them all" : `known: ${known.join(", ")}`;
    return `unknown ${noun} "${key}"; ${guess === undefined ? all : `did you mean "${guess}"?`}`;
  }).join("\n");
}

function optionalShape<Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) {
  // Object.fromEntries forgets the keys' type.
  return Object.fromEntries(keys.map((key) => [key, value.optional()])) as Record<Key, z.ZodOptional<Value>>;
}

function listOf<Item extends z.ZodType<string, string>>(item: Item) {
  return z.union([item, z.array(item)], { error: "expected a text or a list of texts" }).transform((value) => (Array.isArray(value) ? value : [value]));
}

const glob = z.string().min(1).refine(isRelativeGlob, {
  error: "globs are relative to the folder of the settings, with forward slashes and without . or .. parts",
});
const globs = listOf(glob);

function isRelativeGlob(text: string): boolean {
  const pattern = text.startsWith("!") ? text.slice(1) : text;
  const wellEscaped = !/\\[\w./-]|\\$/.test(pattern);
  return wellEscaped && pattern !== "" && !/^([a-zA-Z]:|\/)/.test(pattern) && !pattern.split("/").some((part) => part === "." || part === "..");
}

function names(description: string) {
  return z.array(z.string().min(1)).describe(description).optional();
}

function command(description: string) {
  return z.union([z.string().min(1), z.literal(false)], { error: "expected a command, or false for none" }).describe(description).optional();
}

const layerName = z.enum(layerNames);
const customLayerShape = {
  as: layerName.describe("The known layer it stands for."),
  files: globs.describe("Its files."),
  mayImport: z.array(z.string()).describe("Layers, known or custom, that it may import. Default: those that the layer it stands for may.").optional(),
  ports: globs.describe("Files whose interfaces and abstract classes may be imported upward.").optional(),
};
const customLayer = z.strictObject(customLayerShape, {
  error: (issue) => {
    if (issue.code === "unrecognized_keys") return unknownKeys("key", issue.keys, Object.keys(customLayerShape));
    if (issue.code !== "invalid_type") return undefined;
    const name = String(issue.path?.at(-1));
    const guess = nearest(name, layerNames);
    return `${guess === undefined ? `"${name}" is no known layer (${layerNames.join(", ")})` : `unknown layer "${name}"; did you mean "${guess}"?`} A layer of your own is written as { "as": "service", "files": [...] }`;
  },
});

/** Known layers take globs; any other key declares a custom layer. In order: the first that matches a file decides. */
const layersSchema = z.object(optionalShape(layerNames, globs))
  .catchall(customLayer)
  .describe("Files of the known layers as globs, and custom layers. The first that matches decides; without a match, the code's evidence does.");

const routePath = z.string().regex(/^([A-Z]+ )?\/\S*$/, "expected a path such as /health or POST /login; * stands for anything");
const wordOrPath = z.string().regex(/^(([A-Z]+ )?\/\S*|[\w-]+)$/, "expected a word such as login or a path such as /login");
const versionPattern = listOf(z.string().regex(/^([\w.-]|\{(number|date)\})+$/, "expected a segment such as v{number} or {date}"));

const routesSchema = section("key", {
  version: versionPattern.describe("What a version segment looks like: text with {number} or {date}. Default: v{number}, also behind `api`.").optional(),
  versioning: z.enum(["path", "header", "rpc-evolution"]).describe("How the API is versioned. Default: path.").optional(),
  style: z.enum(["rest", "rpc"]).describe("rpc: the last word of the path is the operation, whatever the method. Default: rest.").optional(),
  public: z.array(routePath).describe("Routes that need no authentication.").optional(),
  highRisk: z.array(wordOrPath).describe("Routes that need a rate limit, beside the built-in words.").optional(),
  infrastructure: z.array(wordOrPath).describe("Routes of the operation (health, metrics), beside the built-in words.").optional(),
  idempotent: z.array(wordOrPath).describe("Writes that must bear a retry, beside the built-in words.").optional(),
  externalPrefix: z.string().regex(/^\/\S*$/, "expected a path that begins with /").describe("What a gateway puts before every path.").optional(),
  pathConstants: z.record(z.string(), z.string()).describe("Values of names and expressions in paths that the code does not show, by their source text.").optional(),
  routeDecorators: z.record(z.string(), z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ALL"])).describe("The project's own route decorators and the method that each stands for.").optional(),
  routesDir: globs.describe("Folders of file-based routes that the code does not name.").optional(),
  rateLimitedAtGateway: z.union([z.boolean(), z.array(routePath)]).describe("A gateway limits all routes, or these.").optional(),
}).describe("What the code does not show of the routes.");

const namesSchema = section("key", {
  auth: names("Guards, middleware and functions that authenticate."),
  authorization: names("Guards, middleware and functions that check roles, permissions or ownership."),
  publicMarkers: names("Decorators and options that declare a route public."),
  adminRoles: names("Roles that may act on every tenant's resources."),
  rateLimiters: names("Middleware and decorators that limit rates."),
  validators: names("Middleware and functions that validate by a schema."),
  loggers: names("Loggers of the project."),
  sanitizers: names("Functions whose result is safe: they mask, escape or clean."),
  secretWords: names("Words that mark a name as a secret's, beside the built-in ones."),
  piiWords: names("Words that mark a name as personal data's, beside the built-in ones."),
  errorHelpers: names("Functions that make structured errors with a code."),
  transactionWrappers: names("Functions and decorators that run what they are given in a transaction."),
  counters: names("Fields and tables whose writes do not count: view counters, last-seen marks."),
}).describe("Names of the project's own code, where std-check cannot tell by itself what they do.");

function exceptionSchema(registry: Registry) {
  return section("key", {
    rule: z.enum([...registry.rules.keys()]).describe("The rule."),
    files: globs.describe("Where it is accepted.").optional(),
    symbol: z.string().min(1).describe("The function, class or Class.method in which it is accepted.").optional(),
    reason: z.string().min(1).describe("Why."),
    owner: z.string().min(1).describe("Who answers for it."),
    expires: z.iso.date("expected a date as YYYY-MM-DD").describe("The last day it holds; reported again from the next.").optional(),
    ticket: z.string().min(1).describe("Where its end is planned.").optional(),
  }).refine((exception) => exception.files !== undefined || exception.symbol !== undefined, {
    error: "an exception needs `files` or `symbol`",
    when: ({ value }) => typeof value === "object" && value !== null,
  });
}

function rulesSchema(registry: Registry) {
  const shape: Record<string, z.ZodOptional<ReturnType<typeof ruleEntry>>> = {};
  for (const rule of registry.rules.values()) shape[rule.name] = ruleEntry(rule).optional();
  return section("rule", shape).describe("Severity of rules: off, warn, error, or [severity, options].").meta({ id: "rules" });
}

function ruleEntry(rule: RegisteredRule) {
  const severity = z.enum(["off", "warn", "error"]);
  const json = { type: "object" as const, properties: rule.optionsSchema, additionalProperties: false };
  // The rule's JSON Schema describes an object, which the general type of a converted schema does not say.
  const options = z.fromJSONSchema(json) as z.ZodType<Record<string, unknown>>;
  return z.union([severity, z.tuple([severity, options])], { error: "expected off, warn, error, or [severity, options]" }).describe(`${rule.description}.`);
}
