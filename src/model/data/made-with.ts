import { within } from "../../base/position.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { propertyOf } from "../../facts/names.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { StoreOperation } from "./data-access.js";
import type { Decoration } from "../values/decorations.js";
import type { FunctionReference } from "../calls/implementations.js";
import { originsOf } from "../origins/origins.js";
import type { ProjectModel } from "../project-model.js";

/** What the maker of an object was given, by which all its methods reach the store: `tripsRepository(db)`, `new TripsRepository(trx)`. */
export interface MadeWith {
  /** The function around the methods, or the constructor of their class. */
  readonly maker: FunctionReference;
  readonly parameter: number;
}

/** A call that makes such an object. */
export interface MakingCall {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
}

/** Names and fields between a call and where its object is made. */
const mostSteps = 4;

/** The parameter of the factory or constructor around `node` that an operation's connection was given as. */
export function madeWith(model: ProjectModel, { file, receiver: { root, kind } }: StoreOperation, node: FunctionNode): MadeWith | undefined {
  // What was passed and put into a document is not its connection; a repository is that of the manager it was asked of.
  for (const { parameter, steps } of originsOf(model).of(file, root)) if (parameter && (kind !== "document" || steps.length === 0) && isMakerOf(model, file, parameter.function, node)) return { maker: { file, node: parameter.function }, parameter: parameter.index };
  return undefined;
}

/** Whether the methods that a function makes, or whose class it constructs, include another function. */
export function isMakerOf(model: ProjectModel, file: string, maker: FunctionNode, node: FunctionNode): boolean {
  if (maker === node) return false;
  const { functions } = model.values.index(file);
  const own = functions.get(maker);
  if (own === undefined) return false;
  if (own.member?.name !== "constructor") return within(node.span, maker.span);
  return own.class !== undefined && within(node.span, own.class.span);
}

/** The calls that made what a method is called on, if they stand in the code; undefined where it came from elsewhere. */
export function makingCalls(model: ProjectModel, file: string, object: Expression, steps = 0): readonly MakingCall[] | undefined {
  if (steps > mostSteps) return undefined;
  const inner = (at: string, part: Expression): readonly MakingCall[] | undefined => makingCalls(model, at, part, steps + 1);
  switch (object.kind) {
    case "await":
    case "cast":
      return inner(file, object.value);
    case "call":
    case "new":
      return [{ file, call: object }];
    case "name": {
      const declaration = object.binding === undefined ? undefined : model.declarationOfBinding(file, object.binding);
      const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
      return declaration?.kind === "binding" && source?.kind === "value" && source.path.length === 0 && source.value ? inner(declaration.file, source.value) : undefined;
    }
    case "member": {
      if (object.object.kind !== "this") {
        const [held, ...others] = heldIn(model, file, object.object, object.property);
        return held && others.length === 0 ? inner(held.file, held.value) : undefined;
      }
      const { memberAssignments, classes } = model.values.index(file);
      const around = classes.findLast(({ span }) => within(object.span, span));
      const fields = around?.members.flatMap((member) => (member.kind === "property" && member.name === object.property && member.value ? [member.value] : [])) ?? [];
      const assigned = around ? memberAssignments.filter(({ object: target, property, value }) => target.kind === "this" && property === object.property && within(value.span, around.span)).map(({ value }) => value) : [];
      const [value, ...others] = [...fields, ...assigned];
      return value && others.length === 0 ? inner(file, value) : undefined;
    }
    default:
      return undefined;
  }
}

/** What an object that is written out holds under a name, or a framework's object on which the project puts it: `ctx.boards`. */
function heldIn(model: ProjectModel, file: string, object: Expression, name: string): readonly Decoration[] {
  const { values } = model;
  return values.of(file, object).flatMap((value): readonly Decoration[] => {
    if (value.kind === "object") {
      const held = propertyOf(value.node, name);
      return held ? [{ file: value.file, value: held }] : [];
    }
    const scope = value.kind === "external" ? values.decorations.carriedBy(value.provenance) : undefined;
    return scope ? values.decorations.written(values, scope, name) : [];
  });
}

/** Whether a call runs a maker. */
export function isCallOf(model: ProjectModel, { file, call }: MakingCall, { node }: FunctionReference): boolean {
  return callGraphOf(model).callees(file, call).functions.some((callee) => callee.node === node);
}
