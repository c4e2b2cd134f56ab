import type { Expression, FunctionNode, ObjectMember } from "../../facts/syntax.js";
import type { FunctionReference } from "./implementations.js";
import type { ProjectModel } from "../project-model.js";
import type { Value } from "../values/value.js";

/** Names between a call and the table that its function is taken from, and tables inside one another. */
const mostSteps = 6;
/** Functions of one table that are looked at. */
const mostEntries = 200;

/**
 * The functions of a table, one of which a call chooses by a name that is known while it runs: `handlers[message.type](message)`, `const
 * action = actions[name]; action(body)`, `commands[name].run(input)`. The table is written out, or a module.
 */
export function dispatched(model: ProjectModel, file: string, callee: Expression): readonly FunctionReference[] {
  const choice = choiceBehind(model, file, callee);
  if (!choice || model.values.text(file, choice.index) !== undefined) return [];
  const found = new Map<FunctionReference["node"], FunctionReference>();
  for (const entry of entriesOf(model, file, choice.table))
    for (const value of choice.members.reduce<readonly Value[]>((taken, name) => model.values.ofMember(taken, name), entry)) {
      if (value.kind === "function" && value.node.body && found.size < mostEntries) found.set(value.node, { file: value.file, node: value.node });
    }
  return [...found.values()];
}

interface Choice {
  readonly table: Expression;
  readonly index: Expression;
  /** What is taken of the entry: `run` of `commands[name].run`. */
  readonly members: readonly string[];
}

function choiceBehind(model: ProjectModel, file: string, node: Expression): Choice | undefined {
  let at = node;
  let members: readonly string[] = [];
  for (let steps = 0; steps <= mostSteps; steps++) {
    switch (at.kind) {
      case "index":
        return { table: at.object, index: at.index, members };
      case "cast":
      case "await":
        at = at.value;
        break;
      case "binary":
        if (at.operator !== "??" && at.operator !== "||") return undefined;
        at = at.left;
        break;
      case "member":
        if (at.property === "call" || at.property === "apply" || at.property === "bind") return undefined;
        members = [at.property, ...members];
        at = at.object;
        break;
      case "name": {
        const source = at.binding === undefined ? undefined : model.values.index(file).sources[at.binding];
        if (source?.kind !== "value" || !source.value) return undefined;
        const path = source.path.map((step) => (step.kind === "property" ? step.key : ""));
        if (path.includes("")) return undefined;
        members = [...path, ...members];
        at = source.value;
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

/** What the entries of a table are, each by itself. */
function entriesOf(model: ProjectModel, file: string, table: Expression, steps = 0): readonly (readonly Value[])[] {
  if (steps > mostSteps) return [];
  const source = table.kind === "name" && table.binding !== undefined ? model.values.index(file).sources[table.binding] : undefined;
  // Types of tables say nothing of what is in them.
  if (source?.kind === "parameter" && source.path.length === 0) return givenTables(model, file, source.function, source.index, steps);
  return model.values.of(file, table).flatMap((value): readonly (readonly Value[])[] => {
    if (value.kind === "namespace") return model.facts(value.file).exports.flatMap(({ name }) => (name === undefined || name === "default" || name === "*" ? [] : [model.values.ofExport(value.file, name)]));
    return value.kind === "object" ? value.node.members.flatMap((member) => ofMember(model, value.file, member, steps)) : [];
  });
}

function ofMember(model: ProjectModel, file: string, member: ObjectMember, steps: number): readonly (readonly Value[])[] {
  if (member.kind === "spread") return entriesOf(model, file, member.value, steps + 1);
  return member.kind === "property" || member.kind === "computed" ? [model.values.of(file, member.value)] : [];
}

/** The tables that callers hand over. */
function givenTables(model: ProjectModel, file: string, node: FunctionNode, index: number, steps: number): readonly (readonly Value[])[] {
  return model.values.callSites.of(file, node).flatMap(({ file: from, call }) => {
    const argument = call.arguments[index];
    return argument && argument.kind !== "spread" ? entriesOf(model, from, argument, steps + 1) : [];
  });
}
