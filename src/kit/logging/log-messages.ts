import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether an argument of a log call is its message: a literal, a template, texts put together. */
export function isText(node: Expression): boolean {
  return partsOf(node) !== undefined || (node.kind === "literal" && typeof node.value === "string") || (node.kind === "template" && !node.tag) || (node.kind === "binary" && node.operator === "+");
}

/** `%s`, `%o`: a placeholder takes what comes behind the message. */
export function hasPlaceholder(node: Expression): boolean {
  return node.kind === "literal" && typeof node.value === "string" && /%[sdifjoOc]/.test(node.value);
}

/** The parts that a call puts together: `"paid ".concat(id)`, `["paid", id].join(" ")`, `util.format("paid %s", id)`; undefined for other expressions. */
function partsOf(node: Expression): readonly Expression[] | undefined {
  if (node.kind !== "call") return undefined;
  const { callee, arguments: given } = node;
  const [first] = given;
  if (/^(?:util\.)?format$/.test(callee.kind === "member" ? `${lastName(callee.object)}.${callee.property}` : lastName(callee))) return first && isConstantText(first) && given.length > 1 ? given : undefined;
  if (callee.kind !== "member") return undefined;
  if (callee.property === "concat" && isConstantText(callee.object)) return [callee.object, ...given];
  return callee.property === "join" && callee.object.kind === "array" && callee.object.elements.some(isConstantText) ? callee.object.elements : undefined;
}

/** A template with values, or texts that are put together with something that is none. */
export function isInterpolated(node: Expression): boolean {
  const parts = partsOf(node);
  if (parts) return !parts.every(isConstantText);
  if (node.kind === "template") return !node.tag && node.values.length > 0;
  return node.kind === "binary" && node.operator === "+" && (holdsText(node.left) || holdsText(node.right)) && !(isConstantText(node.left) && isConstantText(node.right));
}

function holdsText(node: Expression): boolean {
  return isConstantText(node) || (node.kind === "binary" && node.operator === "+" && (holdsText(node.left) || holdsText(node.right)));
}

function isConstantText(node: Expression): boolean {
  return (node.kind === "literal" && typeof node.value === "string") || (node.kind === "binary" && node.operator === "+" && isConstantText(node.left) && isConstantText(node.right));
}

/** `listening on ${port}`, `${this.constructor.name} ready`, `${PREFIX} saved`: a text that is the same for as long as the process runs, whatever its parts. */
export function tellsOfProcess(model: ProjectModel, file: string, node: Expression): boolean {
  const values = valuesOf(node);
  const starts = node.kind === "template" && node.texts.some((text) => ofStart.test(text));
  if (starts && values.some(isPort)) return true;
  return values.length > 0 && values.every((value) => isOfProcess(value) || (starts && isAddress(value)) || (model.values.text(file, value) !== undefined && !isReassigned(model, file, value)));
}

function isPort(node: Expression): boolean {
  return /^(?:(?:app|api|server|http)_?)?port$/i.test(lastName(node));
}

/** What a program says once, when it has begun to serve. */
const ofStart = /\blisten|\b(?:running|started|ready|available)(?: successfully)? (?:on|at)\b/i;

/** `"The shop is listening"` */
export function tellsOfStart(model: ProjectModel, file: string, node: Expression): boolean {
  const texts = node.kind === "literal" ? [String(node.value)] : node.kind === "template" && !node.tag ? node.texts : [];
  return texts.some((text) => ofStart.test(text)) && (valuesOf(node).length === 0 || tellsOfProcess(model, file, node));
}

/** `url`, `await app.getUrl()` */
function isAddress(node: Expression): boolean {
  if (node.kind === "await") return isAddress(node.value);
  return /^(?:get_?)?(?:address|addr|url|host(?:name)?)$/i.test(lastName(node.kind === "call" ? node.callee : node));
}

/** Whether a variable is given another value later. */
export function isReassigned(model: ProjectModel, file: string, node: Expression | undefined): boolean {
  const declaration = node?.kind === "name" && node.binding !== undefined ? model.declarationOfBinding(file, node.binding) : undefined;
  return declaration?.kind === "binding" && model.facts(declaration.file).bindings[declaration.binding]?.reassigned === true;
}

function valuesOf(node: Expression): readonly Expression[] {
  const parts = partsOf(node);
  if (parts) return parts.flatMap(valuesOf);
  if (node.kind === "template") return node.values;
  if (node.kind === "binary" && node.operator === "+") return [...valuesOf(node.left), ...valuesOf(node.right)];
  return isConstantText(node) ? [] : [node];
}

function isOfProcess(node: Expression): boolean {
  if (node.kind === "binary" && /^(?:\|\||\?\?)$/.test(node.operator)) return isOfProcess(node.left) || isOfProcess(node.right);
  if (node.kind !== "name" && node.kind !== "member") return false;
  if (node.kind === "member" && (lastName(node.object) === "env" || (node.property === "name" && lastName(node.object) === "constructor"))) return true;
  return /^(?:(?:app|api|server|http)_?)?(?:port|version)$|^node_?env$|^pid$/i.test(lastName(node));
}
