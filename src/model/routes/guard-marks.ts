import { inAllFiles } from "../../base/gathered.js";
import { settledPer, settleSet } from "../../base/settled.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";
import type { Located } from "../values/located.js";

/** Guards that do not ask who calls: what they leave out is still asked by the others. */
const otherGuards = /throttl|rate|limit|role|permission|scope|polic|feature|flag|plan|quota/i;

/** The key that a decorator notes something of a route under: `SetMetadata("anyone", true)`, `Roles(["admin"])` of `Reflector.createDecorator()`. */
export function markOf(model: ProjectModel, { provenance, site }: ExternalValue, written: Located): string | undefined {
  if (provenance.path[0] !== "SetMetadata") return written.node.kind === "call" ? keyOf(model, written.file, written.node.callee) : undefined;
  const { file, node } = site ?? written;
  const [key] = node.kind === "call" ? node.arguments : [];
  return key && keyOf(model, file, key);
}

/** Whether a decorator notes what a guard of the project lets everybody pass for: `SetMetadata("anyone", true)`, read by `if (reflector.get("anyone", …)) return true`. */
export function opensToAll(model: ProjectModel, value: ExternalValue, written: Located): boolean {
  const { node } = value.site ?? written;
  const [, mark] = node.kind === "call" ? node.arguments : [];
  const key = mark?.kind === "literal" && !mark.value ? undefined : markOf(model, value, written);
  return key !== undefined && openingKeys(model).has(key);
}

/** The keys without which a guard lets every request pass: `const roles = reflector.get("roles", …); if (!roles) return true;`. */
export function keysNeeded(model: ProjectModel, file: string, { body }: FunctionNode): readonly string[] {
  return passing(body).flatMap(({ test }) => absentIn(model, file, test) ?? []);
}

/** The keys of what guards read first, and let every request pass that carries it. */
const openingKeys = settledPer((model: ProjectModel): ReadonlySet<string> => new Set(keysInFiles(model)), settleSet);

const keysInFiles = inAllFiles((model: ProjectModel, file): readonly string[] => {
  if (!model.facts(file).imports.some(({ specifier }) => specifier === "@nestjs/core")) return [];
  const guards = [...model.values.index(file).functions].filter(([node, { class: owner }]) => owner && node.name === "canActivate" && !otherGuards.test(owner.name ?? ""));
  return guards.flatMap(([{ body }]) => passing(body).flatMap(({ test }) => presentIn(model, file, test)));
});

/** The tests for which a guard lets a request pass: `if (test) return true`. */
function passing(body: readonly Statement[] | undefined): readonly Extract<Statement, { kind: "if" }>[] {
  const found: Extract<Statement, { kind: "if" }>[] = [];
  walkAll(body ?? [], (part) => {
    const [first] = "kind" in part && part.kind === "if" ? part.then : [];
    if ("kind" in part && part.kind === "if" && first?.kind === "return" && first.value?.kind === "literal" && first.value.value === true) found.push(part);
    return undefined;
  });
  return found;
}

/** The keys of which one is enough for a test to hold: `isOpen`, `this.reflector.get(OPEN, handler) || isLocal`. */
function presentIn(model: ProjectModel, file: string, test: Expression): readonly string[] {
  if (test.kind === "binary" && test.operator === "||") return [...presentIn(model, file, test.left), ...presentIn(model, file, test.right)];
  return readKey(model, file, test) ?? [];
}

/** The keys without which a test holds, if it asks for nothing else: `!roles`, `!roles?.length`, `!roles || roles.length === 0`. */
function absentIn(model: ProjectModel, file: string, test: Expression): readonly string[] | undefined {
  if (test.kind === "unary" && test.operator === "!") return readKey(model, file, test.value);
  if (test.kind !== "binary") return undefined;
  if (/^={2,3}$/.test(test.operator)) return readKey(model, file, test.left);
  const [left, right] = /^(\|\||&&)$/.test(test.operator) ? [absentIn(model, file, test.left), absentIn(model, file, test.right)] : [];
  return left && right && [...left, ...right];
}

/** The key that an expression is the value of: `reflector.get(KEY, …)`, a name of it, its length. */
function readKey(model: ProjectModel, file: string, node: Expression): readonly string[] | undefined {
  if (node.kind === "cast" || node.kind === "await") return readKey(model, file, node.value);
  if (node.kind === "member" && node.property === "length") return readKey(model, file, node.object);
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value && source.path.length === 0 ? readKey(model, file, source.value) : undefined;
  }
  if (node.kind !== "call" || node.callee.kind !== "member" || !/^get/.test(node.callee.property) || !/reflector/i.test(lastName(node.callee.object))) return undefined;
  const key = node.arguments[0] && keyOf(model, file, node.arguments[0]);
  return key === undefined ? undefined : [key];
}

/** What a key of metadata is: its text, or where the symbol or decorator is made. */
function keyOf(model: ProjectModel, file: string, node: Expression): string | undefined {
  const text = model.values.text(file, node);
  if (text !== undefined || node.kind !== "name" || node.binding === undefined) return text;
  const declaration = model.declarationOfBinding(file, node.binding);
  return declaration.kind === "binding" ? `${declaration.file}@${declaration.binding}` : undefined;
}
