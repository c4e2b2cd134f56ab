import { oncePerPart } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, Pattern, VariableStatement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A place that reads the environment of the process. */
export interface EnvironmentRead {
  /** `process.env.PORT`, or the environment as a whole. */
  readonly node: Expression;
  /** The keys that are read; undefined for a computed one and for the whole environment. */
  readonly keys: readonly string[] | undefined;
  /** The environment is handed on as a whole, not read key by key. */
  readonly whole: boolean;
}

const processModules = new Set(["node:process", "process"]);
/** Gives `env` and `process` of whatever runtime it is in (its README). */
const anyRuntime = "std-env";
/** What Vite itself says in `import.meta.env`, whatever the environment is (its guide on variables and modes). */
const writtenByVite: ReadonlySet<string> = new Set(["BASE_URL", "DEV", "MODE", "PROD", "SSR"]);

/** The reads of the environment in a file, in source order: through `process`, its imports and aliases, `import.meta`, Bun and Deno. Asked once for each file. */
export const environmentReads = oncePerPart((model: ProjectModel, file: string): readonly EnvironmentRead[] => {
  const names = namesOf(model, file);
  const index = model.values.index(file);
  if (names.environment.size === 0 && !names.apart && index.environments.length === 0) return [];
  const reads: EnvironmentRead[] = [];
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "variable") reads.push(...takenApart(node, names));
    if (!isExpression(node) || !isEnvironment(node, names)) return true;
    const read = readAt(node, index.parentOf(node), (inner) => index.parentOf(inner));
    if (read) reads.push(read);
    return false;
  });
  return reads;
});

/** The names of a file that stand for the process and for its environment, by binding number. */
interface Names {
  readonly process: ReadonlySet<number>;
  readonly environment: ReadonlySet<number>;
  /** Whether a pattern takes keys of the environment from the process. */
  readonly apart?: boolean;
}

function namesOf(model: ProjectModel, file: string): Names {
  const process = new Set<number>();
  const environment = new Set<number>();
  for (const { specifier, names } of model.facts(file).imports) {
    if (specifier === undefined || (specifier !== anyRuntime && !processModules.has(specifier))) continue;
    for (const { imported, binding } of names) if (binding !== undefined && (specifier !== anyRuntime || imported === "env" || imported === "process")) (imported === "env" ? environment : process).add(binding);
  }
  const known: Names = { process, environment };
  let apart = false;
  for (const [binding, source] of model.values.index(file).sources.entries()) {
    // `function load(env = process.env)`
    if (source?.kind === "parameter" && source.path.length === 0 && source.default && isEnvironment(source.default, known)) environment.add(binding);
    if (source?.kind !== "value" || !source.value) continue;
    const [step, ...others] = source.path;
    if (step === undefined && isEnvironment(source.value, known)) environment.add(binding);
    if (step === undefined && isProcess(source.value, known)) process.add(binding);
    if (step?.kind !== "property" || step.key !== "env" || !isProcess(source.value, known)) continue;
    if (others.length === 0) environment.add(binding);
    else apart = true;
  }
  return { ...known, apart };
}

/** `const { env: { PORT } } = process` */
function takenApart({ declarators }: VariableStatement, names: Names): readonly EnvironmentRead[] {
  return declarators.flatMap(({ target, value }) => {
    if (target.kind !== "object-pattern" || value === undefined || !isProcess(value, names)) return [];
    const inner = target.properties.find(({ key }) => key === "env")?.value;
    return inner?.kind === "object-pattern" ? [{ node: value, keys: keysOf(inner), whole: false }] : [];
  });
}

/** Whether an expression is the environment itself. */
function isEnvironment(node: Expression, names: Names): boolean {
  if (node.kind === "cast") return isEnvironment(node.value, names);
  if (node.kind === "name") return node.binding !== undefined && names.environment.has(node.binding);
  if (node.kind !== "member" || node.property !== "env") return false;
  const { object } = node;
  if (object.kind === "other") return object.syntax === "MetaProperty";
  if (object.kind === "name" && object.binding === undefined && (object.name === "Bun" || object.name === "Deno")) return true;
  return isProcess(object, names);
}

function isProcess(node: Expression, names: Names): boolean {
  switch (node.kind) {
    case "name":
      return node.binding === undefined ? node.name === "process" : names.process.has(node.binding);
    case "member":
      return (node.property === "process" || node.property === "default") && (isGlobal(node.object) || isProcess(node.object, names));
    case "call":
      return node.callee.kind === "name" && node.callee.name === "require" && node.arguments[0]?.kind === "literal" && processModules.has(String(node.arguments[0].value));
    case "await":
      return node.value.kind === "import" && node.value.argument.kind === "literal" && processModules.has(String(node.value.argument.value));
    case "cast":
      return isProcess(node.value, names);
    default:
      return false;
  }
}

function isGlobal(node: Expression): boolean {
  return node.kind === "name" && node.binding === undefined && (node.name === "globalThis" || node.name === "global");
}

/** What is done with the environment where it stands; undefined for a name that is only given to it, and for writes. */
function readAt(node: Expression, parent: SyntaxNode | undefined, parentOf: (node: SyntaxNode) => SyntaxNode | undefined): EnvironmentRead | undefined {
  if (parent === undefined || isFunctionNode(parent) || isClassNode(parent)) return { node, keys: undefined, whole: true };
  switch (parent.kind) {
    case "cast":
      return readAt(parent, parentOf(parent), parentOf);
    case "member": {
      if (parent.object !== node) return undefined;
      if (writtenByVite.has(parent.property) && node.kind === "member" && node.object.kind === "other") return undefined;
      const outer = parentOf(parent);
      const call = outer !== undefined && "kind" in outer && outer.kind === "call" && outer.callee === parent ? outer : undefined;
      // `Deno.env.get("PORT")`
      if (call && (parent.property === "get" || parent.property === "has" || parent.property === "toObject")) return { node: call, keys: textOf(call.arguments[0]), whole: parent.property === "toObject" };
      // `process.env.hasOwnProperty("PORT")`
      if (call && parent.property === "hasOwnProperty") return { node: call, keys: textOf(call.arguments[0]), whole: false };
      return isWritten(parent, outer) ? undefined : { node: parent, keys: [parent.property], whole: false };
    }
    case "index":
      return parent.object !== node || isWritten(parent, parentOf(parent)) ? undefined : { node: parent, keys: textOf(parent.index), whole: false };
    // `"PORT" in process.env`
    case "binary":
      return parent.operator === "in" && parent.right === node ? { node: parent, keys: textOf(parent.left), whole: false } : { node, keys: undefined, whole: true };
    case "call":
      return askedOfKeys(node, parent, parentOf) ?? { node, keys: undefined, whole: true };
    case "variable": {
      const target = parent.declarators.find((declarator) => declarator.value === node)?.target;
      // A cast to a type of the project's own makes settings of it.
      if (target?.kind === "binding") return node.kind === "cast" ? { node, keys: undefined, whole: true } : undefined;
      // `const { env } = process` has been taken apart already.
      return { node, keys: target && keysOf(target), whole: false };
    }
    default:
      return { node, keys: undefined, whole: true };
  }
}

/** `Object.keys(process.env).includes("PORT")` */
function askedOfKeys(node: Expression, call: CallExpression, parentOf: (node: SyntaxNode) => SyntaxNode | undefined): EnvironmentRead | undefined {
  const list = parentOf(call);
  const asked = list && "kind" in list && list.kind === "member" && list.property === "includes" ? parentOf(list) : undefined;
  if (lastName(call.callee) !== "keys" || call.arguments[0] !== node || asked === undefined || !("kind" in asked) || asked.kind !== "call") return undefined;
  const keys = textOf(asked.arguments[0]);
  return keys && { node: asked, keys, whole: false };
}

function isWritten(node: Expression, parent: SyntaxNode | undefined): boolean {
  if (parent === undefined || !("kind" in parent)) return false;
  return (parent.kind === "assign" && parent.target === node && parent.operator === "=") || (parent.kind === "unary" && parent.operator === "delete");
}

function textOf(node: Expression | undefined): readonly string[] | undefined {
  return node?.kind === "literal" && typeof node.value === "string" ? [node.value] : undefined;
}

function keysOf(target: Pattern): readonly string[] | undefined {
  if (target.kind !== "object-pattern") return undefined;
  return target.properties.flatMap(({ key }) => key ?? []);
}

function isExpression(node: SyntaxNode): node is Expression {
  return "kind" in node && (node.kind === "name" || node.kind === "member" || node.kind === "cast");
}
