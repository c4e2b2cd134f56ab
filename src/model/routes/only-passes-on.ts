import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { answeringFunction } from "./answering-function.js";
import { statusOf } from "./rejections.js";
import type { Located } from "./route.js";
import { passesOn } from "./stack-steps.js";

/** What a step does with the response that is no answer. */
const notes = /^(set|header|setHeader|append|vary|cookie|clearCookie|on|once|removeHeader|get|getHeader|type)$/;

/** Whether what stands in a handler's place of Express only lets requests go on, or turns them away: `app.get("/report", load)` is a step, and no route. */
export function onlyPassesOn(model: ProjectModel, handler: Located): boolean {
  if (!passesOn(model, handler)) return false;
  const found = answeringFunction(model, handler.file, handler.node);
  return found !== undefined && !answers(model, found.file, found.node);
}

/** Whether a function answers: it does more with the response than to note something on it or to send an error. */
function answers(model: ProjectModel, file: string, { parameters, body }: FunctionNode): boolean {
  const target = parameters.at(-2)?.target;
  if (target?.kind !== "binding" || parameters.length < 3) return true;
  const index = model.values.index(file);
  let found = false;
  walkAll(body ?? [], (part) => {
    if (found || !("kind" in part) || part.kind !== "name" || part.binding !== target.binding) return !found;
    const member = index.parentOf(part);
    const isNote = member !== undefined && !isFunctionNode(member) && !isClassNode(member) && member.kind === "member" && notes.test(member.property);
    found = !isNote && !sendsError(model, file, part);
    return undefined;
  });
  return found;
}

/** `res.status(401).json(…)`, `res.sendStatus(403)`: the calls behind a name choose a status of an error. */
function sendsError(model: ProjectModel, file: string, response: Expression): boolean {
  const index = model.values.index(file);
  let inner: Expression = response;
  for (;;) {
    const member = index.parentOf(inner);
    const call = member && "kind" in member && member.kind === "member" ? index.parentOf(member) : undefined;
    if (!member || !("kind" in member) || member.kind !== "member" || !call || !("kind" in call) || call.kind !== "call" || call.callee !== member) return false;
    const [status] = call.arguments;
    if (/^(status|sendStatus|writeHead)$/.test(member.property)) return status !== undefined && (statusOf(model.values, file, status) ?? 0) >= 400;
    inner = call;
  }
}
