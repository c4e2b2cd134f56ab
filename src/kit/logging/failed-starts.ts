import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What functions are called that start a process. */
const starter = /^(?:bootstrap|main|start|run|init|boot|launch|serve|listen)(?:[A-Z]\w*)?$/;

/**
 * Whether a call tells why the process could not start, which has no logger then: in the rejection handler of what starts it
 * (`start().catch((error) => { console.error(error); })`), or in the `catch` of that function, which ends the process.
 */
export function tellsOfFailedStart(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(node);
  if (around === undefined || around.parent !== undefined) return false;
  const call = around.passedTo?.call;
  if (call) return call.callee.kind === "member" && call.callee.property === "catch" && call.callee.object.kind === "call" && starter.test(lastName(call.callee.object.callee));
  const handler = index.tries.find((one) => one.handler && within(node.span, one.handler.span))?.handler;
  return starter.test(around.node.name ?? "") && handler !== undefined && someNode(handler.body, (part) => part.kind === "call" && part.callee.kind === "member" && part.callee.property === "exit" && lastName(part.callee.object) === "process");
}
