import { isFor } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { usesIn } from "../values/uses.js";

/**
 * Whether a body is only passed on to another server, which checks it: `fetch(upstream, { method, body: request.body })`,
 * also by way of a variable or of options that are put together first (`init.body = await request.text()`).
 */
export function isForwarded(model: ProjectModel, file: string, taken: Expression): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(taken)?.node;
  if (!around) return false;
  const isBodyOf = (use: SyntaxNode): boolean => {
    let inner = use;
    let parent = index.parentOf(inner);
    while (parent && !isFunctionNode(parent) && !isClassNode(parent) && (parent.kind === "await" || parent.kind === "cast" || parent.kind === "binary" || (parent.kind === "conditional" && parent.test !== inner))) [inner, parent] = [parent, index.parentOf(parent)];
    if (!parent || isFunctionNode(parent) || isClassNode(parent)) return false;
    if (parent.kind === "object") return (propertyOf(parent, "body") ?? propertyOf(parent, "data")) === inner;
    // `axios.post(upstream, request.body)`
    if (parent.kind === "call") return parent.arguments.some((argument) => argument === inner) && isClient(model, file, parent);
    if (parent.kind === "assign") return parent.value === inner && (parent.target.kind === "member" ? parent.target.property === "body" : parent.target.kind === "name" && isPassedOn(parent.target.binding, parent.span[1]));
    if (parent.kind !== "variable") return false;
    const target = parent.declarators.find(({ value }) => value === inner)?.target;
    return target?.kind === "binding" && isPassedOn(target.binding, parent.span[1]);
  };
  const isPassedOn = (binding: number | undefined, from: number): boolean => {
    const uses = binding === undefined ? [] : usesIn(model.facts(file), new Set([binding]), [from, around.span[1]]);
    return uses.length > 0 && uses.every((use) => isBodyOf(use) || isTest(index.parentOf(use), use));
  };
  // The whole function is searched last: few bodies get there.
  return isBodyOf(taken) && someNode(around.body ?? [], (part) => part.kind === "call" && isClient(model, file, part));
}

/** Whether a call asks another server. */
function isClient(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  return lastName(callee) === "fetch" || model.values.of(file, callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "http-client"));
}

/** `if (body) …`, `body ? … : undefined` */
function isTest(parent: SyntaxNode | undefined, use: SyntaxNode): boolean {
  return parent !== undefined && "kind" in parent && ((parent.kind === "if" && parent.test === use) || (parent.kind === "conditional" && parent.test === use));
}
