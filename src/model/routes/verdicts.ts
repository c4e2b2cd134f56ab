import { wordTable } from "../../base/word-table.js";
import { validationSteps } from "../../catalogue/lexicon/http.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, Pattern } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";

/** Whether data go through a check: one that stops bad data, or one whose verdict nothing reads. */
export type Check = "enforced" | "unread" | undefined;

/** Methods of schemas that are handed over as parameters or whose library is unknown. */
const checkMethods: Readonly<Record<string, "throws" | "result">> = wordTable({ parse: "throws", parseAsync: "throws", validateOrReject: "throws", validateAsync: "throws", validateSync: "throws", assert: "throws", decode: "throws", safeParse: "result", safeParseAsync: "result", validate: "result" });
/** `validateAndThrow`, `parseOrFail`: methods that say that they throw. */
const throwing = /^(validate|parse|check|assert)\w*(Or|And)(Throw|Fail|Reject)$/;
/** What a verdict leaves behind beside the verdict itself. */
const outcomes: ReadonlySet<string> = new Set(["data", "value", "output"]);

/** A schema that is a parameter, or a function that cannot be found: their names tell. */
export function checkByName(model: ProjectModel, file: string, call: CallExpression | NewExpression): Check {
  const { callee } = call;
  if (callee.kind === "name") return validationSteps.in(callee.name) ? "enforced" : undefined;
  if (callee.kind !== "member") return undefined;
  const failure = throwing.test(callee.property) ? "throws" : checkMethods[callee.property];
  if (!failure) return undefined;
  return failure === "throws" || isVerdictRead(model, file, call) ? "enforced" : "unread";
}

/** Whether a call is one of a method of schemas, whose verdict something reads where it does not throw. */
export function isCheckOf(model: ProjectModel, file: string, call: CallExpression): boolean {
  return call.callee.kind === "member" && checkByName(model, file, call) === "enforced";
}

/** Whether the verdict of a check that does not throw is looked at, and not only what it lets through. */
export function isVerdictRead(model: ProjectModel, file: string, call: Expression): boolean {
  const index = model.values.index(file);
  let inner: SyntaxNode = call;
  let parent = index.parentOf(inner);
  while (parent && !isFunctionNode(parent) && !isClassNode(parent) && (parent.kind === "await" || parent.kind === "cast")) {
    inner = parent;
    parent = index.parentOf(inner);
  }
  if (!parent || isFunctionNode(parent) || isClassNode(parent)) return true;
  if (parent.kind === "expression") return false;
  if (parent.kind === "member") return !outcomes.has(parent.property) || isTested(model, file, parent);
  if (parent.kind !== "variable") return true;
  const target = parent.declarators.find(({ value }) => value === inner)?.target;
  if (!target) return true;
  const around = index.functionAround(call);
  if (!around) return true;
  if (target.kind === "object-pattern" && !target.rest) {
    const verdicts = target.properties.filter(({ key }) => key === undefined || !outcomes.has(key));
    // `const { data } = S.safeParse(x); if (!data) …`
    return anyUse(around.node, bindingsOf({ ...target, properties: verdicts.length > 0 ? verdicts : target.properties }), (use) => verdicts.length > 0 || isTested(model, file, use));
  }
  return anyUse(around.node, bindingsOf(target), (use) => {
    const holder = index.parentOf(use);
    return !(holder && "kind" in holder && holder.kind === "member" && outcomes.has(holder.property)) || isTested(model, file, holder);
  });
}

function anyUse(node: FunctionNode, bindings: ReadonlySet<number>, matches: (use: Expression) => boolean): boolean {
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if (!found && "kind" in part && part.kind === "name" && part.binding !== undefined && bindings.has(part.binding)) found = matches(part);
    return !found;
  });
  return found;
}

/** Whether an expression decides a branch. */
function isTested(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent && "kind" in parent; inner = parent, parent = index.parentOf(parent)) {
    if (parent.kind === "if" || parent.kind === "conditional") return parent.test === inner;
    if (parent.kind !== "unary" && parent.kind !== "binary" && parent.kind !== "member" && parent.kind !== "cast") return false;
  }
  return false;
}

/** The bindings that a pattern declares. */
export function bindingsOf(pattern: Pattern): ReadonlySet<number> {
  switch (pattern.kind) {
    case "binding":
      return new Set([pattern.binding]);
    case "object-pattern":
      return new Set([...pattern.properties.map(({ value }) => value), ...(pattern.rest ? [pattern.rest] : [])].flatMap((part) => [...bindingsOf(part)]));
    case "array-pattern":
      return new Set([...pattern.elements.flatMap((element) => (element ? [element.value] : [])), ...(pattern.rest ? [pattern.rest] : [])].flatMap((part) => [...bindingsOf(part)]));
    case "target":
      return new Set();
  }
}
