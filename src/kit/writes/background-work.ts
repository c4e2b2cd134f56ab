import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Folders and suffixes of what runs by itself: at times, for messages, by hand. */
const backgroundFile = /(^|\/)(jobs?|crons?|cron-?jobs?|workers?|consumers?|schedul\w*|scheduled-\w+|background\w*|processors?|backfills?|cutovers?|data-(fix|migrations?)\w*|maintenance|cleanups?|sync|queues?|seeds?|seeders?|demo-?data)\/|[.-](job|cron|worker|consumer|schedul\w*|processor|backfill|cleanup|seed|seeder)s?\.[cm]?[jt]sx?$|[a-z](Job|Cron|Worker|Consumer|Scheduler?|Processor|Backfill|Cleanup)s?\.[cm]?[jt]sx?$/;

/** Callers of callers that are looked at. */
const deepest = 4;

/** Whether a function runs for no request: it is called by a clock, for a message, by a command, or only by code that is. */
export function isBackground(model: ProjectModel, file: string, node: FunctionNode, depth = 0): boolean {
  // `{ "chats.update": async (chats) => … }`: handlers by the names of events.
  if (backgroundFile.test(file) || /^\w+[.:]\w/.test(node.name ?? "") || handlers(model).some((handler) => handler.file === file && within(node.span, handler.node.span))) return true;
  const callers = depth > deepest ? [] : model.transactions.callersOf(node);
  return callers.length > 0 && callers.every(({ file: at, call }) => {
    const owner = model.values.index(at).functionAround(call)?.node;
    return owner !== undefined && owner !== node && isBackground(model, at, owner, depth + 1);
  });
}

/** The handlers of what comes in without a client that waits for an answer. */
const handlers = oncePer((model: ProjectModel) => model.entries.all.flatMap(({ kind, handler }) => (handler && (kind === "cron" || kind === "message" || kind === "event" || kind === "cli") ? [handler] : [])));

/** Whether nobody waits for what a call starts: `void note(order)`, `sync(rows).catch(log)`, `sync(rows);` of an asynchronous function. */
export function isStartedOnly(model: ProjectModel, file: string, call: CallExpression): boolean {
  const { parentOf } = model.values.index(file);
  let parent = parentOf(call);
  let caught = false;
  while (parent && "kind" in parent && ((parent.kind === "member" && parent.property === "catch") || (caught && parent.kind === "call"))) {
    caught = true;
    parent = parentOf(parent);
  }
  if (!parent || !("kind" in parent)) return false;
  return (parent.kind === "unary" && parent.operator === "void") || (parent.kind === "expression" && (caught || isAsynchronous(model, file, call)));
}

/** Whether all functions that a call may run are asynchronous. */
function isAsynchronous(model: ProjectModel, file: string, call: Expression): boolean {
  const callees = call.kind === "call" ? model.transactions.callees(file, call) : [];
  return callees.length > 0 && callees.every((callee) => callee.node.async === true);
}
