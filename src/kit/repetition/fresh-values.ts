import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { callsIn, type ReachedFunction } from "../routes/reach.js";

/** What functions are given that is another value each time, or nothing: their parameters, and what an object that is given holds (`file#binding`, `file#binding.id`). */
export type FreshValues = ReadonlySet<string>;

/** `randomUUID()`, `nanoid()`: another value each time. */
export function isFresh(node: Expression): boolean {
  return node.kind === "call" && /^(randomUUID|uuid|uuidv[147]|v[147]|nanoid|ulid|cuid|createId)$/i.test(lastName(node.callee));
}

/** `charge(id, amount, randomUUID())`, `pay(id, { key: null })`: what is handed on of what functions make anew, through the functions that they call. */
export function handedFresh(model: ProjectModel, functions: readonly ReachedFunction[]): FreshValues {
  const found = new Set<string>();
  for (const { file, node } of functions)
    for (const call of callsIn(node))
      for (const callee of call.arguments.some((argument) => tellsNothing(model, file, argument, found) || argument.kind === "object") ? model.callGraph.callees(file, call).functions : [])
        for (const [position, argument] of call.arguments.entries()) {
          const target = callee.node.parameters[position]?.target;
          const key = target?.kind === "binding" ? `${callee.file}#${target.binding}` : undefined;
          if (key === undefined) continue;
          if (tellsNothing(model, file, argument, found)) found.add(key);
          if (argument.kind === "object") for (const member of argument.members) if (member.kind === "property" && tellsNothing(model, file, member.value, found)) found.add(`${key}.${member.key}`);
        }
  return found;
}

/** Whether a value tells no repetition from the first time: it is made anew, or there is none. */
export function tellsNothing(model: ProjectModel, file: string, node: Expression, fresh: FreshValues): boolean {
  if (isFresh(node) || (node.kind === "literal" && node.value === null) || (node.kind === "name" && node.name === "undefined" && node.binding === undefined)) return true;
  if (node.kind === "member") return node.object.kind === "name" && node.object.binding !== undefined && fresh.has(`${file}#${node.object.binding}.${node.property}`);
  if (node.kind !== "name" || node.binding === undefined) return false;
  const source = model.values.index(file).sources[node.binding];
  return fresh.has(`${file}#${node.binding}`) || (source?.kind === "value" && source.path.length === 0 && source.value !== undefined && isFresh(source.value));
}
