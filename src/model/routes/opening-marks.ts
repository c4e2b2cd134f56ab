import { oncePerPart } from "../../base/once-per.js";
import { settledPer, settleSet } from "../../base/settled.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../value.js";
import type { Located } from "./route.js";

/** Guards that do not ask who calls: what they leave out is still asked by the others. */
const otherGuards = /throttl|rate|limit|role|permission|scope|polic|feature|flag|plan|quota/i;

/** Whether a decorator notes what a guard of the project lets everybody pass for: `SetMetadata("anyone", true)`, read by `if (reflector.get("anyone", …)) return true`. */
export function opensToAll(model: ProjectModel, { site }: ExternalValue, written: Located): boolean {
  const { file, node } = site ?? written;
  const [key, mark] = node.kind === "call" ? node.arguments : [];
  if (!key || (mark?.kind === "literal" && !mark.value)) return false;
  const text = keyOf(model, file, key);
  return text !== undefined && openingKeys(model).has(text);
}

/** The keys of what guards read first, and let every request pass that carries it. */
const openingKeys = settledPer((model: ProjectModel): ReadonlySet<string> => new Set(model.files.flatMap((file) => keysIn(model, file))), settleSet);

const keysIn = oncePerPart((model: ProjectModel, file: string): readonly string[] => {
  if (!model.facts(file).imports.some(({ specifier }) => specifier === "@nestjs/core")) return [];
  return [...model.values.index(file).functions].flatMap(([node, { class: owner }]) => (owner && /^canActivate$/.test(node.name ?? "") && !otherGuards.test(owner.name ?? "") ? keysRead(model, file, node) : []));
});

function keysRead(model: ProjectModel, file: string, { body }: FunctionNode): readonly string[] {
  const found: string[] = [];
  walkAll(body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "if") return undefined;
    const [first] = part.then;
    if (first?.kind === "return" && first.value?.kind === "literal" && first.value.value === true) for (const key of askedFor(model, file, part.test)) found.push(key);
    return undefined;
  });
  return found;
}

/** The keys of what a test asks for, where one of them is enough: `isOpen`, `this.reflector.get(OPEN, handler) || isLocal`. */
function askedFor(model: ProjectModel, file: string, test: Expression): readonly string[] {
  if (test.kind === "binary" && test.operator === "||") return [...askedFor(model, file, test.left), ...askedFor(model, file, test.right)];
  if (test.kind === "cast" || test.kind === "await") return askedFor(model, file, test.value);
  if (test.kind === "name" && test.binding !== undefined) {
    const source = model.values.index(file).sources[test.binding];
    return source?.kind === "value" && source.value && source.path.length === 0 ? askedFor(model, file, source.value) : [];
  }
  if (test.kind !== "call" || test.callee.kind !== "member" || !/^get/.test(test.callee.property) || !/reflector/i.test(lastName(test.callee.object))) return [];
  const key = test.arguments[0] && keyOf(model, file, test.arguments[0]);
  return key === undefined ? [] : [key];
}

/** What a key of metadata is: its text, or where the symbol is made. */
function keyOf(model: ProjectModel, file: string, node: Expression): string | undefined {
  const text = model.values.text(file, node);
  if (text !== undefined || node.kind !== "name" || node.binding === undefined) return text;
  const declaration = model.declarationOfBinding(file, node.binding);
  return declaration.kind === "binding" ? `${declaration.file}@${declaration.binding}` : undefined;
}
