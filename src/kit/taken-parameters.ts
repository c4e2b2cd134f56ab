import type { Expression, FunctionNode } from "../facts/syntax.js";
import type { PatternStep } from "../model/modules/file-index.js";
import type { ProjectModel } from "../model/project-model.js";
import { roleOf } from "./roles.js";

/** A parameter of a function of the project, or what is taken of it: `options.auth.secret`. */
export interface TakenParameter {
  readonly file: string;
  readonly function: FunctionNode;
  readonly index: number;
  readonly keys: readonly string[];
  /** What stands in for it where nobody gives it. */
  readonly default?: Expression;
}

const deepest = 4;

/** The parameter that an expression reads, by its name, by destructuring or as a member, also of what a constructor keeps in a field. */
export function parameterOf(model: ProjectModel, file: string, node: Expression, depth = 0): TakenParameter | undefined {
  if (depth > deepest) return undefined;
  switch (node.kind) {
    case "cast":
    case "await":
      return parameterOf(model, file, node.value, depth + 1);
    case "member": {
      const held = node.object.kind === "this" ? model.values.fieldGiven(file, node.object, node.property) : undefined;
      if (held) return parameterOf(model, held.file, held.node, depth + 1);
      const of = node.object.kind === "this" ? undefined : parameterOf(model, file, node.object, depth + 1);
      return of && without(of, [node.property]);
    }
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      const keys = source?.kind === "parameter" || source?.kind === "value" ? keysOf(source.path) : undefined;
      if (source?.kind === "parameter" && keys) {
        const stated = source.default ?? (keys.length === 0 ? source.function.parameters[source.index]?.default : undefined);
        return { file, function: source.function, index: source.index, keys, ...(stated && { default: stated }) };
      }
      // `const { secret } = options;`
      const of = source?.kind === "value" && source.value && keys && model.values.assignments(file).get(node.binding ?? -1) === undefined ? parameterOf(model, file, source.value, depth + 1) : undefined;
      if (!of || source?.kind !== "value" || !keys) return undefined;
      return source.default ? { ...without(of, keys), default: source.default } : without(of, keys);
    }
    default:
      return undefined;
  }
}

/** A part of what a parameter is given: what stands in for the whole says nothing of it any more. */
function without({ default: whole, ...taken }: TakenParameter, keys: readonly string[]): TakenParameter {
  return { ...taken, keys: [...taken.keys, ...keys], ...(keys.length === 0 && whole && { default: whole }) };
}

function keysOf(path: readonly PatternStep[]): readonly string[] | undefined {
  const keys = path.flatMap((step) => (step.kind === "property" ? [step.key] : []));
  return keys.length === path.length ? keys : undefined;
}

/** Whether each call of the function, but for those of tests and scripts, gives something of that kind; nothing is known where nobody calls it. */
export function everyCallerGives(model: ProjectModel, taken: TakenParameter, isGiven: (file: string, argument: Expression) => boolean): boolean {
  // What tests, seeds and scripts pass is theirs.
  const calls = model.values.callSites.of(taken.file, taken.function).filter(({ file }) => /^(source|settings)$/.test(roleOf(file)) && model.layerOf(file).layer !== "tests");
  return calls.length > 0 && calls.every(({ file, call }) => {
    const [given] = model.values.argumentsAt(file, call, [placeOf(taken)]);
    return given !== undefined && isGiven(file, given);
  });
}

/** Where a caller of the function gives it: `1`, `0.auth.secret`. */
export function placeOf({ index, keys }: Pick<TakenParameter, "index" | "keys">): `${number}` | `${number}.${string}` {
  return keys.length === 0 ? `${index}` : `${index}.${keys.join(".")}`;
}
