import type { TSESTree } from "@typescript-eslint/utils";
import { baseName } from "../../base/paths.js";
import type { FileRole } from "../rule.js";
import { settingOfCall } from "./secret-settings.js";
import { bare, keyName, memberName, textOf } from "../syntax-nodes.js";

type Node = TSESTree.Node;

/** A value that a schema gives a setting that is missing. */
export interface SchemaDefault {
  readonly key: string;
  readonly value: Node;
  /** A check of the project's own stands beside it, which may refuse an empty text. */
  readonly checked?: true;
  /** Whoever checks the settings gives it everywhere but in production, where the start fails. */
  readonly ofDevelopment?: true;
}

const defaultMethods: ReadonlySet<string> = new Set(["default", "catch", "prefault", "withDefault", "orElse", "failover", "fallback", "asDefault", "defaultTo"]);
/** Functions that take a schema and what stands in for it. */
const defaultFunctions: ReadonlySet<string> = new Set(["optional", "nullish", "nullable", "fallback", "undefinedable", "exactOptional", "withDefault", "optionalWith", "defaulted"]);
const defaultKeys: ReadonlySet<string> = new Set(["default", "devDefault", "defaultValue", "fallback"]);
const typeName = /^(?:string|str|text|number|int(?:eger)?|float|bool(?:ean)?|array|json|object|url)$/;
const settingsWord = /env|config|setting/i;

/** The default that a call gives: `z.string().default("x")`, `v.optional(v.string(), "x")`, `env.get("KEY").default("x")`, `config.get("KEY", "x")`. */
export function defaultOfCall(call: TSESTree.CallExpression, inSettings: boolean): SchemaDefault | undefined {
  // `env("KEY", "string", fallback)` says of which type a setting is.
  const [first, second] = call.arguments.filter((argument, place) => place !== 1 || !typeName.test(textOf(argument) ?? ""));
  const read = settingOfCall(call);
  const isOnlyOfDevelopment = call.arguments.slice(2).some(demandsInProduction);
  if (read !== undefined && second !== undefined && isOnlyOfDevelopment) return undefined;
  if (read !== undefined && second !== undefined && second.type !== "ObjectExpression") return { key: read, value: second };
  const callee = bare(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : undefined;
  if (name === undefined || first === undefined) return undefined;
  const value = defaultMethods.has(name) && call.arguments.length === 1 ? first : defaultFunctions.has(name) ? second : undefined;
  if (value === undefined) return undefined;
  const key = (callee.type === "MemberExpression" ? keyInChain(callee.object) : undefined) ?? keyInPipe(call) ?? keyInArgument(first) ?? ownerKey(call, inSettings);
  return key === undefined ? undefined : { key, value };
}

/** `get("KEY", "x", requiredInProduction)`, `get("KEY", "x", { requireInProduction: true })` */
function demandsInProduction(option: Node): boolean {
  const demand = /requir|mandatory|production/i;
  if (option.type === "ObjectExpression") return option.properties.some((one) => one.type === "Property" && demand.test(keyName(one) ?? "") && one.value.type === "Literal" && one.value.value === true);
  return option.type === "Identifier" && demand.test(option.name);
}

/** The default that an option gives: `str({ default: "x" })`, `{ env: "KEY", default: "x" }`, `{ type: "string", default: "x" }`. */
export function defaultOfProperty(property: TSESTree.Property, inSettings: boolean): SchemaDefault | undefined {
  if (!defaultKeys.has(keyName(property) ?? "") || property.parent.type !== "ObjectExpression") return undefined;
  const holder = property.parent;
  const variable = holder.properties.find((one) => one.type === "Property" && keyName(one) === "env");
  const named = variable?.type === "Property" ? textOf(variable.value) : undefined;
  const call = holder.parent.type === "CallExpression" ? holder.parent : undefined;
  if (call && isTranslation(call)) return undefined;
  const key = named ?? (call && (settingOfCall(call) ?? keyInChain(call.callee))) ?? ownerKey(holder, inSettings);
  if (key === undefined || isOfDocument(holder)) return undefined;
  const format = holder.properties.find((one) => one.type === "Property" && keyName(one) === "format");
  const checks = format?.type === "Property" && !/^(?:string|\*)$/i.test(textOf(format.value) ?? (format.value.type === "Identifier" ? format.value.name : ""));
  return { key, value: property.value, ...(checks && { checked: true as const }), ...(keyName(property) === "devDefault" && { ofDevelopment: true as const }) };
}

/** A field of what is stored: `new Schema({ webhookSecret: { type: String, default: "" } })`. */
function isOfDocument(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (at.type === "NewExpression") return /Schema$/.test(at.callee.type === "Identifier" ? at.callee.name : at.callee.type === "MemberExpression" ? (memberName(at.callee) ?? "") : "");
    if (at.type !== "Property" && at.type !== "ObjectExpression") return false;
  }
  return false;
}

/** `t("key", { defaultValue: "Password is required" })` */
function isTranslation({ callee }: TSESTree.CallExpression): boolean {
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : undefined;
  return /^(t|translate|i18n|\$t|formatMessage)$/.test(name ?? "");
}

/** `get("KEY")` in a chain of calls. */
function keyInChain(given: Node): string | undefined {
  const node = bare(given);
  if (node.type === "MemberExpression") return keyInChain(node.object);
  if (node.type !== "CallExpression") return undefined;
  const text = textOf(node.arguments[0]);
  return text !== undefined && /^[A-Z][A-Z0-9_]+$/.test(text) ? text : keyInChain(node.callee);
}

/** `Config.string("KEY").pipe(Config.withDefault("x"))` */
function keyInPipe(call: TSESTree.CallExpression): string | undefined {
  const { parent } = call;
  return parent.type === "CallExpression" && parent.callee !== call ? keyInChain(parent.callee) : undefined;
}

/** `Config.withDefault(Config.string("KEY"), "x")` */
function keyInArgument(node: Node): string | undefined {
  return node.type === "CallExpression" ? keyInChain(node) : undefined;
}

/** Whether a test asks where the program runs: `env.NODE_ENV === "test"`, `isProduction`. */
function asksForEnvironment(given: Node): boolean {
  const node = bare(given);
  const isOf = (word: string | undefined): boolean => /prod|dev|test|local|node_?env|app_?env|stage/i.test(word ?? "");
  if (node.type === "BinaryExpression" || node.type === "LogicalExpression") return asksForEnvironment(node.left) || asksForEnvironment(node.right);
  if (node.type === "UnaryExpression") return asksForEnvironment(node.argument);
  if (node.type === "CallExpression") return asksForEnvironment(node.callee) || node.arguments.some(asksForEnvironment);
  return isOf(textOf(node)) || (node.type === "Identifier" ? isOf(node.name) : node.type === "MemberExpression" && isOf(memberName(node)));
}

/** The key of the schema that a node is the value of, where that is a schema of settings. */
function ownerKey(node: Node, inSettings: boolean): string | undefined {
  for (let at: Node | undefined = node; at?.parent; at = at.parent) {
    const { parent }: { parent?: Node } = at;
    if (parent?.type === "Property" && parent.value === at) {
      const key = keyName(parent);
      return key !== undefined && (inSettings || /^[A-Z][A-Z0-9_]+$/.test(key) || isInSettings(parent)) ? key : undefined;
    }
    // `env.CI ? z.string().default("x") : z.string().min(32)`, as opposed to one that asks for the environment's name.
    if (parent?.type === "ConditionalExpression" && parent.test !== at && !asksForEnvironment(parent.test)) continue;
    if (parent?.type !== "CallExpression" && parent?.type !== "MemberExpression" && parent?.type !== "TSAsExpression") return undefined;
  }
  return undefined;
}

/** The key of the schema that changes a value which may be missing: `value` of `z.string().optional().transform((value) => value ?? "x")`. */
export function keyOfTransformed(value: Node, inSettings: boolean): string | undefined {
  if (value.type !== "Identifier") return undefined;
  let at: Node | undefined = value.parent;
  while (at && at.type !== "ArrowFunctionExpression" && at.type !== "FunctionExpression") at = at.parent;
  const call = at?.parent;
  const [parameter] = at?.params ?? [];
  if (parameter?.type !== "Identifier" || parameter.name !== value.name || call?.type !== "CallExpression" || call.callee === at) return undefined;
  const name = call.callee.type === "MemberExpression" ? memberName(call.callee) : call.callee.type === "Identifier" ? call.callee.name : "";
  return /^(?:transform|preprocess|overwrite|custom)$/.test(name ?? "") ? ownerKey(call, inSettings) : undefined;
}

/** The schema is kept under a name of settings, or given to a function of settings. */
function isInSettings(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (at.type === "VariableDeclarator") return at.id.type === "Identifier" && settingsWord.test(at.id.name);
    if (at.type === "CallExpression" && at.callee.type === "Identifier" && /^(?:cleanEnv|createEnv|parseEnv|convict|envSchema|envsafe|registerAs)$/.test(at.callee.name)) return true;
  }
  return false;
}

/** Whether a whole file is about settings, by its name or folder. */
export function isAboutSettings(file: string, role: FileRole): boolean {
  // Pages about settings hold forms and words.
  if (/\.[jt]sx$/.test(file)) return false;
  return role === "settings" || /^(?:env|config|settings)/i.test(baseName(file.replaceAll("\\", "/")));
}
