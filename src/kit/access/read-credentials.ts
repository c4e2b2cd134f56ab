import { oncePerPart } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import { type CodeNode, isClassNode, isFunctionNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { logWrites } from "../logging/log-calls.js";
import { reachedFunctions } from "../routes/reach.js";

/** Whether a handler takes credentials from the headers, to do more with them than to log them: what becomes of them there is not known. */
export const readsCredentials = oncePerPart((model: ProjectModel, { file, node }: Handler): boolean => {
  // `@Headers("authorization") authorization: string`
  if (node.parameters.some(({ decorators }) => decorators?.some(({ value }) => someNode([value], isCredential)))) return true;
  return reachedFunctions(model, file, node).some((reached) => someNode(reached.node.body ?? [], (part) => isCredential(part) && !isLogged(model, reached.file, part)));
});

function isCredential(part: CodeNode): part is CodeNode & Expression {
  return (part.kind === "member" && part.property === "authorization") || (part.kind === "literal" && typeof part.value === "string" && /^(authorization|x-api-key)$/i.test(part.value));
}

/** Whether an expression stands in what a log call writes, or in a variable that only such calls name. */
function isLogged(model: ProjectModel, file: string, node: Expression): boolean {
  const writes = logWrites(model, file);
  const inLog = (one: Expression): boolean => writes.some((write) => within(one.span, write.node.span));
  if (inLog(node)) return true;
  const index = model.values.index(file);
  for (let inner: CodeNode = node, parent = index.parentOf(inner); parent && !isFunctionNode(parent) && !isClassNode(parent); inner = parent, parent = index.parentOf(inner)) {
    if (parent.kind !== "variable") continue;
    const target = parent.declarators.find(({ value }) => value === inner)?.target;
    const around = index.functionAround(node)?.node;
    if (target?.kind !== "binding" || !around) return false;
    return !someNode(around.body ?? [], (part) => part.kind === "name" && part.binding === target.binding && !inLog(part));
  }
  return false;
}
