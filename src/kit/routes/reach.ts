import { answers } from "../../base/answers.js";
import { type Span, within } from "../../base/position.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { givenStatements } from "./given-statements.js";

/** How deep the functions that a handler calls are followed. */
const deepest = 4;

/** A function of the project with its file. */
export interface ReachedFunction {
  readonly file: string;
  readonly node: FunctionNode;
}

/** What each function of a model reaches, since all rules about routes ask it of the same handlers. */
const reachedIn = oncePer((_model: ProjectModel) => answers<FunctionNode, readonly ReachedFunction[]>());

/** A function and the project's functions that it calls, each once, outermost first; methods are found by their receiver's class. */
export function reachedFunctions(model: ProjectModel, file: string, node: FunctionNode): readonly ReachedFunction[] {
  return reachedIn(model).of(node, () => reachedThrough(model, file, node, () => true));
}

/** The same by those calls alone that are asked for. Callers keep the answer. */
export function reachedThrough(model: ProjectModel, file: string, node: FunctionNode, follows: (reached: ReachedFunction, call: CallExpression | NewExpression) => boolean): readonly ReachedFunction[] {
  const found = new Map<FunctionNode, ReachedFunction>([[node, { file, node }]]);
  let level: readonly ReachedFunction[] = [{ file, node }];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: ReachedFunction[] = [];
    for (const reached of level)
      for (const call of callsIn(reached.node)) {
        if (isLeftToOthers(model, reached, call) || !follows(reached, call)) continue;
        for (const callee of calleesOf(model, reached, call)) {
          if (!callee.node.body || found.has(callee.node)) continue;
          found.set(callee.node, callee);
          next.push(callee);
        }
      }
    level = next;
  }
  return [...found.values()];
}

/**
 * The project's functions that a call runs: the one that it names, those that handle what it sends through a bus, and those that it hands to that one to run. What a function
 * is given to run is its caller's: `attempt(work)` runs no work of other callers.
 */
function calleesOf(model: ProjectModel, { file, node: around }: ReachedFunction, call: CallExpression | NewExpression): readonly ReachedFunction[] {
  if (isParameterOf(model, file, around, call.callee)) return [];
  const functionsOf = (node: Expression): readonly ReachedFunction[] => model.values.of(file, node).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node }] : []));
  const named = functionsOf(call.callee);
  const handed = call.arguments.flatMap((argument, index) => ((argument.kind === "name" || argument.kind === "member") && !isParameterOf(model, file, around, argument) && named.some(({ node }) => runsParameter(node).has(index)) ? functionsOf(argument) : []));
  return [...named, ...model.callGraph.handlersOf(file, call), ...handed];
}

function isParameterOf(model: ProjectModel, file: string, around: FunctionNode, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.function === around && source.path.length === 0;
}

/** Which of its parameters a function calls. */
const runsParameter = oncePer((node: FunctionNode): ReadonlySet<number> => {
  const called = new Set(callsIn(node).flatMap(({ callee }) => (callee.kind === "name" && callee.binding !== undefined ? [callee.binding] : [])));
  return new Set(node.parameters.flatMap(({ target }, index) => (target.kind === "binding" && called.has(target.binding) ? [index] : [])));
});

/** The calls and constructions in a function, those in functions inside it included. */
export const callsIn = oncePer((node: FunctionNode): readonly (CallExpression | NewExpression)[] => {
  const calls: (CallExpression | NewExpression)[] = [];
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && (part.kind === "call" || part.kind === "new")) calls.push(part);
    return undefined;
  });
  return calls;
});

/** The uses of stores in a function, those in functions inside it included that it may run itself, and statements that it hands to a function of the project. */
export function operationsIn(model: ProjectModel, reached: ReachedFunction): readonly StoreOperation[] {
  return [...model.dataAccess.of(reached.file), ...givenStatements(model, reached.file)].filter((operation) => within(operation.span, reached.node.span) && !isLeftToOthers(model, reached, operation));
}

/** Whether something stands in a method of an object that the function gives back, or makes with it: whoever gets the object may run it. */
export function isLeftToOthers(model: ProjectModel, { node }: ReachedFunction, { span }: { readonly span: Span }): boolean {
  return functionsLeft(model, node).some((left) => within(span, left.span));
}

/** What is made with a function and runs it at once, or while it is read. */
const running = /^(Promise|Observable|\w*(Stream|Readable))$/;

/** `return { send: () => … }`, `new Service(client, () => note(order))` */
const functionsLeft = oncePerPart((model: ProjectModel, node: FunctionNode): readonly FunctionNode[] => {
  const objects = model.values.returned(node).map((returned) => (returned.kind === "cast" ? returned.value : returned));
  const methods = objects.flatMap((object) => (object.kind === "object" ? object.members.flatMap(({ value }) => (value.kind === "function" ? [value.function] : [])) : []));
  const kept = callsIn(node).flatMap((call) => (call.kind === "new" && !running.test(lastName(call.callee)) ? call.arguments.flatMap((argument) => (argument.kind === "function" ? [argument.function] : [])) : []));
  return [...methods, ...kept];
});
