import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { loopAround } from "../records/list-elements.js";
import { isSeenToByRoute } from "./request-flows.js";
import { canBeObject } from "./request-sinks.js";

/** Where keys that a client chose are merged into an object, all the way down. */
export interface MergedKeys {
  /** What is assigned to: `target[key]`. */
  readonly node: Expression;
  readonly flow: RequestFlow;
  readonly name: string;
}

/**
 * The functions of a file that merge one object into another by its keys, level by level, and leave none out: `__proto__` of what a
 * client sends is the object that all others inherit from.
 */
export function mergedKeys(model: ProjectModel, file: string): readonly MergedKeys[] {
  const { partAssignments, functionAround } = model.values.index(file);
  return partAssignments.flatMap(({ target, operator }): readonly MergedKeys[] => {
    if (operator !== "=" || target.kind !== "index" || target.index.kind !== "name" || target.object.kind !== "name") return [];
    const merge = mergeAround(model, file, target);
    const given = merge && sourceOf(model, file, merge, target.index);
    // What changes the values of an object by its own keys merges nothing.
    if (!merge || given?.kind !== "name" || given.binding === target.object.binding || leavesOut(merge) || functionAround(target) === undefined) return [];
    const flow = model.requestData.flows(file, given).find((candidate) => canBeObject(model, candidate) && !isSeenToByRoute(model, candidate, "stripped"));
    return flow ? [{ node: target, flow, name: merge.name ?? "" }] : [];
  });
}

/** The function around an assignment that calls itself for what lies deeper: `merge(target[key], source[key])`. */
function mergeAround(model: ProjectModel, file: string, node: Expression): FunctionNode | undefined {
  for (let context = model.values.index(file).functionAround(node); context; context = context.parent) {
    const { node: around } = context;
    if (around.name !== undefined && around.parameters.length > 1 && someNode(around.body ?? [], (part) => part.kind === "call" && lastNameIs(part.callee, around.name) && part.arguments.some((argument) => isIndexed(argument)))) return around;
  }
  return undefined;
}

/** `target[key]`, also behind a cast. */
function isIndexed(node: Expression): boolean {
  return node.kind === "cast" ? isIndexed(node.value) : node.kind === "index";
}

function lastNameIs(callee: Expression, name: string | undefined): boolean {
  return callee.kind === "name" ? callee.name === name : callee.kind === "member" && callee.property === name;
}

/** The parameter whose keys a loop goes through: `for (const key in source)`, `Object.keys(source).forEach((key) => …)`. */
function sourceOf(model: ProjectModel, file: string, { parameters }: FunctionNode, key: Extract<Expression, { kind: "name" }>): Expression | undefined {
  const around = loopAround(model, file, key);
  const list = around?.place === false ? around.list : undefined;
  const object = list?.kind === "call" && list.arguments.length === 1 ? list.arguments[0] : list;
  const names = parameters.flatMap(({ target }) => (target.kind === "binding" ? [target.binding] : []));
  return object?.kind === "name" && object.binding !== undefined && names.includes(object.binding) ? object : undefined;
}

/** Whether a merge looks at its keys: `if (key === "__proto__") continue`, `if (Object.hasOwn(target, key))`. */
function leavesOut({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => (part.kind === "literal" && /^(__proto__|constructor|prototype)$/.test(String(part.value))) || (part.kind === "call" && part.callee.kind === "member" && /^(includes|has|test)$/.test(part.callee.property)));
}
