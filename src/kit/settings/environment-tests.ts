import type { Span } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A comparison of the environment's name (`NODE_ENV`, `APP_ENV`) with texts. */
export interface EnvironmentTest {
  /** The comparison, or the text of a `case`. */
  readonly node: Expression;
  /** The key that is compared, as it is written. */
  readonly key: string;
  /** Where the key is read: in the comparison, or where the constant that is compared was made. */
  readonly read: Expression;
  readonly texts: readonly { readonly value: string; readonly span: Span }[];
}

const environmentKey = /^(NODE_ENV|APP_ENV|APP_ENVIRONMENT|ENVIRONMENT|DEPLOY_ENV|DEPLOYMENT_ENV|NODE_ENVIRONMENT|DEPLOY_STAGE|APP_STAGE|(node|app|deploy|deployment)_?env(ironment)?)$/i;
const shortKey = /^(env|environment|stage)$/i;
const settingsName = /^(env|config|conf|settings?|configuration|process|appConfig|app)$/i;
const comparison = /^[!=]==?$/;

/** The tests of the environment's name in a file, in source order. */
export function environmentTests(model: ProjectModel, file: string): readonly EnvironmentTest[] {
  const tests: EnvironmentTest[] = [];
  const add = (node: Expression, subject: Expression, compared: readonly Expression[]): void => {
    const texts = compared.flatMap((one) => textOf(model, file, one));
    const found = texts.length > 0 ? keyOf(model, file, subject) : undefined;
    if (found) tests.push({ node, ...found, texts });
  };
  const { operations, switches, calls } = model.values.index(file);
  for (const node of operations) {
    if (!comparison.test(node.operator)) continue;
    if (textOf(model, file, node.right).length > 0) add(node, node.left, [node.right]);
    else add(node, node.right, [node.left]);
  }
  for (const { subject, cases } of switches) for (const { test } of cases) if (test) add(test, subject, [test]);
  // `["stage", "prod"].includes(env.NODE_ENV)`
  for (const { node } of calls) {
    const [given] = node.arguments;
    if (given && node.kind === "call" && node.callee.kind === "member" && node.callee.property === "includes" && node.callee.object.kind === "array") add(node, given, node.callee.object.elements);
  }
  return tests.sort((left, right) => left.node.span[0] - right.node.span[0]);
}

/** What a key is compared with: a text, or a constant of the project that holds one (`Environment.Production`, `PRODUCTION`). */
function textOf(model: ProjectModel, file: string, node: Expression): EnvironmentTest["texts"] {
  const isConstant = node.kind === "member" ? node.object.kind === "name" && /^[A-Z]/.test(node.object.name) : node.kind === "name" && /^[A-Z][A-Z_]+$/.test(node.name) && !environmentKey.test(node.name);
  const known = isConstant ? model.values.of(file, node).flatMap((value) => (value.kind === "constant" ? [value.value] : [])) : node.kind === "literal" ? [node.value] : [];
  return known.flatMap((value) => (typeof value === "string" && value !== "" ? [{ value, span: node.span }] : []));
}

/** The key of the environment's name that an expression reads, and where; undefined if it reads something else. */
function keyOf(model: ProjectModel, file: string, node: Expression, depth = 0): Pick<EnvironmentTest, "key" | "read"> | undefined {
  if (depth > 4) return undefined;
  const inner = (part: Expression): Pick<EnvironmentTest, "key" | "read"> | undefined => keyOf(model, file, part, depth + 1);
  switch (node.kind) {
    case "cast":
      return inner(node.value);
    case "binary":
      return node.operator === "??" || node.operator === "||" ? inner(node.left) : undefined;
    case "member":
      return isKey(node.property, lastName(node.object)) ? { key: node.property, read: node } : undefined;
    case "index":
      return node.index.kind === "literal" && environmentKey.test(String(node.index.value)) ? { key: String(node.index.value), read: node } : undefined;
    case "call": {
      const [key] = node.arguments;
      if (key?.kind === "literal" && typeof key.value === "string") return /^get/.test(lastName(node.callee)) && isKey(key.value.split(".").at(-1) ?? "", key.value.includes(".") ? "config" : "") ? { key: key.value, read: node } : undefined;
      // `env.NODE_ENV.toLowerCase()`
      return node.callee.kind === "member" && key === undefined ? inner(node.callee.object) : undefined;
    }
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (source?.kind === "value" && source.value && source.path.length === 0) return inner(source.value);
      // `credentialsFor(environment)`: which of several the caller asks about, not the one that the program runs in.
      if (!environmentKey.test(node.name) || (source?.kind === "parameter" && node.name === "environment")) return undefined;
      // `const { NODE_ENV } = process.env`
      return { key: node.name, read: source?.kind === "value" && source.value ? source.value : node };
    }
    default:
      return undefined;
  }
}

function isKey(property: string, owner: string): boolean {
  // `event.environment` says where something else comes from.
  return (environmentKey.test(property) && property !== "environment") || (shortKey.test(property) && settingsName.test(owner));
}
