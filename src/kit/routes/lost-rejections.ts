import type { FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";

/** Packages that have Express 4 look at what async handlers throw. */
const patches = ["express-async-errors", "express-promise-router", "express-async-router", "@awaitjs/express", "async-express-decorator", "express-async-methods"];

/** Whether a route is one of Express 4, whose handler rejects where something in it fails: nobody sees that, the caller waits, and Node ends the process. */
export function losesRejection(model: ProjectModel, { framework, file, handler, steps }: Route): boolean {
  if (framework !== "express" || !handler?.bare || handler.node.async !== true || steps.some(({ role }) => role === "error-wrapper")) return false;
  const { dependencies } = model.packageOf(file);
  const major = Number(/\d+/.exec(dependencies.get("express") ?? "")?.[0] ?? Number.NaN);
  const isDecorated = model.values.index(handler.file).functions.get(handler.node)?.member?.decorators !== undefined;
  return major < 5 && !isDecorated && !patches.some((name) => dependencies.has(name)) && mayReject(handler.node);
}

/** Whether a function waits for something, or throws, outside any `try` that catches. */
function mayReject({ body }: FunctionNode): boolean {
  let found = false;
  walkAll(body ?? [], (part) => {
    if (found || isFunctionNode(part) || isClassNode(part) || !("kind" in part)) return false;
    if (part.kind === "try" && part.handler) return false;
    // `await send(mail).catch(note)`
    if (part.kind === "await") found = !(part.value.kind === "call" && part.value.callee.kind === "member" && part.value.callee.property === "catch");
    if (part.kind === "throw") found = true;
    return !found;
  });
  return found;
}
