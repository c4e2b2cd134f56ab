import type { TSESTree } from "@typescript-eslint/utils";
import { bare, importOf, keyName, localName, memberName, mostAliases, type SourceCode, textOf, variableOf } from "../syntax-nodes.js";

type Node = TSESTree.Node;

const processModules: ReadonlySet<string> = new Set(["process", "node:process"]);
const globals: ReadonlySet<string> = new Set(["globalThis", "global", "self"]);

/** The whole environment as written: `process.env`, `import.meta.env`, `Bun.env`, `Deno.env`, `require("process").env`. */
export function takesEnvironment(source: SourceCode, given: Node): boolean {
  const node = bare(given);
  if (node.type !== "MemberExpression" || memberName(node) !== "env") return false;
  const object = bare(node.object);
  if (object.type === "MetaProperty") return true;
  if (object.type === "Identifier" && (object.name === "Bun" || object.name === "Deno")) return variableOf(source, object) === undefined;
  return isProcess(source, object);
}

/** `process`, however it is named or loaded. */
export function isProcess(source: SourceCode, given: Node): boolean {
  const node = bare(given);
  if (node.type === "Identifier" && node.name === "process" && variableOf(source, node) === undefined) return true;
  if (node.type === "MemberExpression") {
    const object = bare(node.object);
    if (memberName(node) === "process" && object.type === "Identifier" && globals.has(object.name)) return true;
  }
  const from = importOf(source, node);
  return from !== undefined && processModules.has(from.module) && (from.name === "*" || from.name === "default");
}

/** The whole environment, also by a name that it was given: `env` of `const { env } = process`, of an import, of `const env = process.env`. */
export function isEnvironment(source: SourceCode, given: Node, aliases = 0): boolean {
  const node = bare(given);
  if (takesEnvironment(source, node)) return true;
  // `Deno.env.toObject()`
  if (node.type === "CallExpression") return node.callee.type === "MemberExpression" && memberName(node.callee) === "toObject" && takesEnvironment(source, node.callee.object);
  if (node.type !== "Identifier") return false;
  const from = importOf(source, node);
  if (from !== undefined) return from.name === "env" && (processModules.has(from.module) || from.module === "bun");
  const definition = variableOf(source, node)?.defs[0];
  if (definition?.node.type !== "VariableDeclarator" || definition.node.init === null) return false;
  const { id, init } = definition.node;
  if (id.type === "Identifier") return aliases < mostAliases && isEnvironment(source, init, aliases + 1);
  return id.type === "ObjectPattern" && isProcess(source, init) && id.properties.some((one) => one.type === "Property" && keyName(one) === "env" && localName(one.value) === node.name);
}

/** The key that an expression reads of the environment; the empty string where it is computed; undefined if it reads none. */
export function environmentKey(source: SourceCode, given: Node): string | undefined {
  const node = bare(given);
  if (node.type === "MemberExpression") return isEnvironment(source, node.object) ? (memberName(node) ?? "") : undefined;
  // `Deno.env.get("KEY")`
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression") return memberName(node.callee) === "get" && takesEnvironment(source, node.callee.object) ? (textOf(node.arguments[0]) ?? "") : undefined;
  return undefined;
}

/** The same, also for a constant that holds one key: `const secret = process.env.SECRET`, `const { SECRET } = process.env`. */
export function heldEnvironmentKey(source: SourceCode, given: Node): string | undefined {
  const node = bare(given);
  if (node.type !== "Identifier") return environmentKey(source, node);
  const definition = variableOf(source, node)?.defs[0];
  if (definition?.node.type !== "VariableDeclarator" || definition.node.init === null) return undefined;
  const { id, init } = definition.node;
  if (id.type === "Identifier") return environmentKey(source, init);
  if (id.type !== "ObjectPattern" || !isEnvironment(source, init)) return undefined;
  const property = id.properties.find((one) => one.type === "Property" && localName(one.value) === node.name);
  return property?.type === "Property" ? keyName(property) : undefined;
}
