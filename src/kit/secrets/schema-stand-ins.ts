import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, ObjectExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What stands in for a setting that is missing. */
interface StandIn {
  readonly file: string;
  readonly node: Expression;
}

const deepest = 6;
const defaultMethods = /^(?:default|catch|prefault|withDefault|fallback|optional|_default)$/;
const defaultKeys = ["default", "defaultValue", "fallback"];

/**
 * What a schema of settings gives a key that is not set: `env.PHRASE` of `z.object({ PHRASE: z.string().default("…") })`,
 * of `cleanEnv(process.env, { PHRASE: str({ default: "…" }) })`, `config.get("phrase")` of convict. Keys that are named
 * after a secret are left out: their defaults are the business of no-secret-fallbacks.
 */
export function schemaStandIn(model: ProjectModel, file: string, object: Expression, key: string): StandIn | undefined {
  const path = key.split(".");
  if (secretNameOf(path.at(-1) ?? "") !== undefined) return undefined;
  for (const value of model.values.of(file, object)) {
    if (value.kind !== "external" || !value.site) continue;
    const found = value.site.node.arguments.flatMap((argument) => inSchema(model, value.site?.file ?? file, argument, path) ?? []);
    if (found[0]) return found[0];
  }
  return undefined;
}

function inSchema(model: ProjectModel, file: string, schema: Expression, path: readonly string[], depth = 0): StandIn | undefined {
  if (depth > deepest) return undefined;
  if (schema.kind === "object") return inObject(model, file, schema, path, depth);
  for (const value of model.values.of(file, schema)) {
    if (value.kind === "object") return inObject(model, value.file, value.node, path, depth);
    // `v.parse(Settings, process.env)`
    const written = value.kind === "external" && value.site?.node !== schema ? value.site?.node.arguments[0] : schema.kind === "call" ? schema.arguments[0] : undefined;
    if (value.kind === "external" && value.site && written) return inSchema(model, value.site.file, written, path, depth + 1);
  }
  return undefined;
}

function inObject(model: ProjectModel, file: string, node: ObjectExpression, [key = "", ...others]: readonly string[], depth: number): StandIn | undefined {
  const part = propertyOf(node, key);
  if (part) return others.length > 0 ? inSchema(model, file, part, others, depth + 1) : defaultIn(file, part);
  // `createEnv({ server: { … } })`
  for (const group of ["server", "shared"]) {
    const inner = propertyOf(node, group);
    if (inner?.kind === "object") return inObject(model, file, inner, [key, ...others], depth + 1);
  }
  return undefined;
}

/** `.default("…")` in a chain, `optional(schema, "…")`, `{ default: "…" }` itself or as the argument of a call. */
function defaultIn(file: string, node: Expression, depth = 0): StandIn | undefined {
  if (depth > deepest) return undefined;
  if (node.kind === "object") {
    const given = defaultKeys.flatMap((key) => propertyOf(node, key) ?? [])[0];
    return given && { file, node: given };
  }
  if (node.kind !== "call") return undefined;
  if (defaultMethods.test(lastName(node.callee))) {
    const given = node.callee.kind === "member" && node.arguments.length === 1 ? node.arguments[0] : node.arguments[1];
    if (given && given.kind !== "call") return { file, node: given };
  }
  for (const argument of node.arguments) {
    const found = argument.kind === "object" || argument.kind === "call" ? defaultIn(file, argument, depth + 1) : undefined;
    if (found) return found;
  }
  return node.callee.kind === "member" ? defaultIn(file, node.callee.object, depth + 1) : undefined;
}
