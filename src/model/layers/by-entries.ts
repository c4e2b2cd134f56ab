import { within } from "../../base/position.js";
import type { FunctionNode } from "../../facts/syntax.js";
import { entriesOf } from "../entries/gather.js";
import { heldFunction } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";

/** Whether the outside reaches code of the file: consumers, jobs, resolvers and commands are no services, whatever they are called. */
export function byEntries(model: ProjectModel, file: string): { readonly most: boolean; readonly all: boolean; readonly beside: boolean; readonly clock: boolean; readonly evidence: readonly string[] } | undefined {
  // A file that only registers handlers of other files puts the application together.
  const own = entriesOf(model).of(file).filter(({ handler, library }) => handler?.file === file && library !== "@nestjs/cqrs");
  const [first] = own;
  if (!first) return undefined;
  const handled = new Set(own.map(({ handler }) => handler?.node));
  const methods = model.values.index(file).classes.flatMap(({ members }) => members.flatMap((member) => (member.kind === "method" && member.access === undefined && !member.static && member.name !== "constructor" ? [member.function] : [])));
  // A service with one listener among its operations is a service; one of listeners alone is not.
  const entered = methods.filter((method) => handled.has(method)).length;
  return { most: entered * 2 > methods.length, all: entered > 0 && entered === methods.length, beside: offersOthers(model, file, handled), clock: own.every(({ kind }) => kind === "cron"), evidence: [`${first.kind} entry point of ${first.library}`] };
}

/** Whether a file offers functions in which nothing is handled: it lets others put work into the queue that it takes it out of. */
function offersOthers(model: ProjectModel, file: string, handled: ReadonlySet<FunctionNode | undefined>): boolean {
  const index = model.values.index(file);
  return model.facts(file).exports.some(({ binding }) => {
    const node = heldFunction(index, binding);
    return node !== undefined && ![...handled].some((handler) => handler !== undefined && within(handler.span, node.span));
  });
}
