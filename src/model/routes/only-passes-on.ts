import type { Expression, FunctionNode, Pattern } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { answeringFunction } from "./answering-function.js";
import { statusOf } from "./answered-statuses.js";
import type { Located } from "../values/located.js";
import { passesOn } from "./stack-steps.js";

/** What a step does with the response that is no answer. */
const notes = /^(set|header|setHeader|append|vary|cookie|clearCookie|on|once|removeHeader|get|getHeader|type)$/;

/** Whether what stands in a handler's place of Express only lets requests go on, or turns them away: `app.get("/report", load)` is a step, and no route. */
export function onlyPassesOn(model: ProjectModel, handler: Located): boolean {
  if (!passesOn(model, handler)) return false;
  const found = answeringFunction(model, handler.file, handler.node);
  return found !== undefined && !answers(model, found.file, found.node);
}

/** Whether what is used below a path of Express answers every request there that it does not refuse, and lets none go on. */
export function answersAlone(model: ProjectModel, used: Located): boolean {
  return model.values.of(used.file, used.node).some((value) => {
    if (value.kind !== "function" || value.node.parameters.length < 2 || value.node.parameters.length > 3) return false;
    const [, response, next] = value.node.parameters;
    return (!next || !isNamed(value.node, next.target)) && response !== undefined && answersBy(model, value.file, value.node, response.target);
  });
}

function isNamed({ body }: FunctionNode, target: Pattern): boolean {
  return target.kind !== "binding" || someNode(body ?? [], (part) => part.kind === "name" && part.binding === target.binding);
}

/** Whether a function answers: it does more with the response than to note something on it or to send an error. */
function answers(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const target = node.parameters.at(-2)?.target;
  return target === undefined || node.parameters.length < 3 || answersBy(model, file, node, target);
}

function answersBy(model: ProjectModel, file: string, { body }: FunctionNode, target: Pattern): boolean {
  if (target.kind !== "binding") return true;
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
