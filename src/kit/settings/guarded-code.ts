import type { Expression, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The names and texts of what a condition decides: the branches that it guards and the places that its value goes to, also through a local constant. */
export function decidedNames(model: ProjectModel, file: string, condition: Expression): readonly string[] {
  const names: string[] = [];
  collect(model, file, condition, names, 0);
  return names;
}

function collect(model: ProjectModel, file: string, condition: SyntaxNode, names: string[], depth: number): void {
  const index = model.values.index(file);
  const parent = index.parentOf(condition);
  if (parent === undefined || isFunctionNode(parent) || isClassNode(parent)) return;
  const outward = (): void => { collect(model, file, parent, names, depth); };
  switch (parent.kind) {
    case "if":
      if (parent.test === condition) addNames([...parent.then, ...(parent.else ?? [])], names);
      // `if (isLocal) return next();` stands in front of all that a guard does.
      if (parent.test === condition && parent.else === undefined && parent.then.at(-1)?.kind === "return") addFunction(model, file, parent, names);
      return;
    case "return": {
      // `skip: () => env.NODE_ENV !== "production"`
      const passed = index.functionAround(condition)?.passedTo;
      if (passed === undefined) return;
      if (passed.option !== undefined) names.push(passed.option);
      addNames([passed.call.callee], names);
      return;
    }
    case "conditional":
      if (parent.test === condition) addNames([parent.then, parent.else], names);
      outward();
      return;
    case "binary":
      if ((parent.operator === "&&" || parent.operator === "||") && parent.left === condition) addNames([parent.right], names);
      outward();
      return;
    case "object":
      for (const member of parent.members) if (member.kind === "property" && member.value === condition) names.push(member.key);
      if (parent.members.some((member) => member.kind === "spread" && member.value === condition)) outward();
      // `cors({ origin: … })`
      else if (!names.some((name) => isOfLogs.test(name))) addCall(index.parentOf(parent), names);
      return;
    case "call":
    case "new":
      addNames([parent.callee], names);
      for (const argument of parent.arguments) if (argument.kind === "literal" && typeof argument.value === "string") names.push(argument.value);
      return;
    case "assign":
      addNames([parent.target], names);
      return;
    case "variable": {
      const target = parent.declarators.find(({ value }) => value === condition)?.target;
      if (target?.kind !== "binding" || depth > 2) return;
      names.push(target.name);
      for (const use of model.values.usesOf(file, target.binding)) collect(model, file, use, names, depth + 1);
      return;
    }
    case "unary":
    case "cast":
    case "spread":
      outward();
      return;
    default:
  }
}

/** Options that say how much is told, whatever takes them. */
const isOfLogs = /log|debug|pretty|verbos|level|stack|playground|format/i;

function addCall(node: SyntaxNode | undefined, names: string[]): void {
  if (node !== undefined && "kind" in node && (node.kind === "call" || node.kind === "new") && node.callee.kind === "name") names.push(node.callee.name);
}

/** The name of the function around a statement, and that it lets nobody in whom it does not know. */
function addFunction(model: ProjectModel, file: string, node: SyntaxNode, names: string[]): void {
  const index = model.values.index(file);
  const around = index.functionAround(node);
  if (around === undefined) return;
  // `const requireUser = createMiddleware(async (c, next) => …)` names what it wraps.
  const passed = around.passedTo?.call;
  const expression = passed ?? index.parentOf(around.node);
  const holder = expression && index.parentOf(expression);
  const target = holder !== undefined && "kind" in holder && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === expression)?.target : undefined;
  const name = around.node.name ?? around.member?.name ?? (target?.kind === "binding" ? target.name : undefined);
  if (name !== undefined) names.push(name);
  // `if (isLocal) return next();` in front of what refuses others.
  const last = around.node.parameters.at(-1)?.target;
  const isStep = around.node.parameters.length === 3 || (around.node.parameters.length === 2 && last?.kind === "binding" && last.name === "next");
  if (around.member?.name === "canActivate" || (isStep && refuses(around.node.body ?? [])) || letsIn(around.node.body ?? [], node)) names.push("guard");
}

/** `if (isLocal || signedIn) return page(); return c.json({ … }, 403);`: who is let in, and that nobody else is. */
function letsIn(body: readonly Statement[], node: SyntaxNode): boolean {
  const at = body.findIndex((statement) => statement === node);
  const last = body.at(-1);
  return at >= 0 && at === body.length - 2 && last?.kind === "return" && refuses([last]) && !someNode([node], (part) => part.kind === "literal" && typeof part.value === "number" && part.value >= 400);
}

/** Whether code answers that somebody is not known or may not: `res.status(401)`, `return c.json({ … }, 403)`, `Response.json({ … }, { status: 403 })`. */
function refuses(code: readonly SyntaxNode[]): boolean {
  const says = (node: Expression): boolean => (node.kind === "literal" ? node.value === 401 || node.value === 403 : node.kind === "object" && node.members.some((member) => member.kind === "property" && member.key === "status" && says(member.value)));
  return someNode(code, (part) => (part.kind === "call" || part.kind === "new") && part.arguments.some(says));
}

function addNames(nodes: readonly SyntaxNode[], names: string[]): void {
  walkAll(nodes, (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "name") names.push(node.name);
    if (node.kind === "member") names.push(node.property);
    if (node.kind === "object") for (const member of node.members) if (member.kind === "property") names.push(member.key);
    if (node.kind === "literal" && typeof node.value === "string" && node.value.length < 40) names.push(node.value);
    return true;
  });
}
