import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { OpenQuestions } from "../../base/open-questions.js";
import { kindOf } from "../../catalogue/index.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import { assignmentsOf, replacedBefore, undeclaredOf } from "../values/assignments.js";
import { constantKeys } from "../values/constant-keys.js";
import { constructorFunctionsOf } from "../values/constructor-functions.js";
import { cutFlowsOf } from "./cut-flows.js";
import type { BindingSource } from "../modules/file-index.js";
import { type Mutation, mutationsOf } from "../values/mutations.js";
import { joinOrigins, leaf, type Origin, type OriginStep, taken, takenAll, withStep } from "./origin.js";
import { ofCall } from "./origins-of-calls.js";
import { ofCallback } from "./origins-of-lists.js";
import { pieceOf } from "./origins-of-texts.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import type { Tracing } from "./tracing.js";

const mostOrigins = 24;
const deepest = 40;
/** Steps of one question; what takes more comes from nowhere that is known. */
const mostSteps = 4000;

/** Finds where values come from, as far as assignments, objects, texts and calls of the project's functions tell. Bounded in depth and number. */
export class Origins implements Tracing {
  readonly model: ProjectModel;
  readonly #known = answers<object, readonly Origin[]>();
  readonly #questions: OpenQuestions<Origin>;

  constructor(model: ProjectModel) {
    this.model = model;
    this.#questions = new OpenQuestions({ deepest, mostSteps, onGivenUp: (key) => cutFlowsOf(model).add(key) });
  }

  /** Where the value of an expression comes from. Constants come from nowhere. */
  of(file: string, node: Expression): readonly Origin[] {
    return this.#once(node, () => this.#trace(file, node));
  }

  /** Where what a function returns comes from; its own parameters are left for the caller to fill in. */
  ofReturn(file: string, node: FunctionNode): readonly Origin[] {
    return this.#once(node, () => returnedExpressions(node).flatMap((value) => (isFailure(this.model, file, value) ? [] : this.of(file, value))));
  }

  /** Origins with the parameters of a called function replaced by what the call passes. */
  throughCall(origins: readonly Origin[], callee: FunctionNode, file: string, call: CallExpression | NewExpression): readonly Origin[] {
    return origins.flatMap((origin) => {
      if (origin.parameter?.function !== callee) return [origin];
      const { index } = origin.parameter;
      if (callee.parameters[index]?.rest === true) return call.arguments.slice(index).flatMap((argument) => this.of(file, argument).flatMap((outer) => joinOrigins(argument.kind === "spread" ? outer : withStep(outer, { kind: "element" }), origin)));
      const argument = call.arguments[index];
      return argument ? this.of(file, argument).flatMap((outer) => joinOrigins(outer, origin)) : [];
    });
  }

  #once(key: object, compute: () => readonly Origin[]): readonly Origin[] {
    return this.#questions.answer(this.#known, key, () => {
      const all = compute();
      if (all.length > mostOrigins) cutFlowsOf(this.model).add(key);
      return all.slice(0, mostOrigins);
    });
  }

  #trace(file: string, node: Expression): readonly Origin[] {
    const inner = (part: Expression): readonly Origin[] => this.of(file, part);
    const carried = (parts: readonly Expression[], step: OriginStep): readonly Origin[] => parts.flatMap((part) => inner(part).map((origin) => withStep(origin, step)));
    switch (node.kind) {
      case "name":
        return this.#ofName(file, node);
      case "member":
        return this.#ofMember(file, node);
      case "index": {
        const piece = pieceOf(this, file, node.object);
        if (piece) return piece;
        const keys = constantKeys(this.model, file, node.index) ?? ["[]"];
        return inner(node.object).flatMap((origin) => keys.flatMap((key) => taken(origin, key)));
      }
      case "call":
        return ofCall(this, file, node);
      case "new":
        // An address is what it was made of.
        if (holdsText(this.model.values, file, node.callee)) return carried(node.arguments, { kind: "text" });
        // A document holds the keys that it is made of.
        if (this.model.values.of(file, node.callee).some((value) => value.kind === "external" && kindOf(value.provenance) === "model")) return carried(node.arguments.slice(0, 1), { kind: "spread" });
        return [...(this.#ofFields(file, node) ?? carried(node.arguments, { kind: "call", file, node })), leaf(file, node)];
      case "template":
        return carried(node.values, { kind: node.tag ? "bound" : "text" });
      case "binary":
        if (node.operator === "+") return carried([node.left, node.right], { kind: "text" });
        if (node.operator === "&&") return inner(node.right);
        return node.operator === "||" || node.operator === "??" ? [...inner(node.left), ...inner(node.right)] : [];
      case "conditional":
        return [...inner(node.then), ...inner(node.else)];
      case "await":
      case "cast":
      case "assign":
      case "spread":
        return inner(node.value);
      case "array":
        return node.elements.flatMap((element, index) => (element.kind === "spread" ? inner(element.value) : inner(element).map((origin) => withStep(origin, { kind: "element", index }))));
      case "object":
        return node.members.flatMap((member, index) => {
          if (member.kind === "spread") return carried([member.value], { kind: "spread", ...overwritten(node.members.slice(index + 1)) });
          if (member.kind === "property") return carried([member.value], { kind: "property", key: member.key });
          return member.kind === "computed" ? carried([member.value], { kind: "property", key: "*", by: { file, key: member.key } }) : [];
        });
      case "other":
        return node.parts.flatMap(inner);
      case "this":
        return [leaf(file, node)];
      default:
        return [];
    }
  }

  /** What the constructor of a class of the project puts into the fields of a new record, which has nothing but fields; undefined for others. */
  #ofFields(file: string, node: NewExpression): readonly Origin[] | undefined {
    const made = this.#recordMadeBy(file, node);
    if (!made) return undefined;
    const declared = made.constructor.parameters.flatMap(({ property, target }, index) => {
      const argument = node.arguments[index];
      return property && target.kind === "binding" && argument && argument.kind !== "spread" ? this.of(file, argument).map((origin) => withStep(origin, { kind: "property", key: target.name })) : [];
    });
    const assignments = this.model.values.index(made.file).memberAssignments.filter(({ object, in: context }) => object.kind === "this" && context?.node === made.constructor);
    const assigned = assignments.flatMap(({ property, value }) => {
      const origins = this.throughCall(this.of(made.file, value), made.constructor, file, node);
      return origins.filter((origin) => origin.parameter?.function !== made.constructor).map((origin) => withStep(origin, { kind: "property", key: property }));
    });
    const fields = [...declared, ...assigned];
    return fields.length > 0 ? fields : undefined;
  }

  /** What fills the fields of a record that `new` makes: the constructor of a class, or a function as code before classes wrote it. */
  #recordMadeBy(file: string, { callee }: NewExpression): { readonly file: string; readonly constructor: FunctionNode } | undefined {
    for (const made of this.model.values.of(file, callee)) {
      if (made.kind !== "class" && made.kind !== "function") continue;
      const record = made.kind === "class" ? made.node : constructorFunctionsOf(this.model.values.index(made.file)).classes.get(made.node);
      if (!record || !isRecord(record)) continue;
      const own = record.members.find((member) => member.kind === "method" && member.name === "constructor");
      const filling = made.kind === "function" ? made.node : own?.kind === "method" ? own.function : undefined;
      if (filling) return { file: made.file, constructor: filling };
    }
    return undefined;
  }

  #ofName(file: string, node: Extract<Expression, { kind: "name" }>): readonly Origin[] {
    if (node.binding === undefined) return node.name === "undefined" ? [] : this.#ofUndeclared(file, node);
    const declaration = this.model.declarationOfBinding(file, node.binding);
    if (declaration.kind === "package") return [leaf(file, node)];
    if (declaration.kind !== "binding") return [];
    const source = this.model.values.index(declaration.file).sources[declaration.binding];
    const later = assignmentsOf(this.model.facts(declaration.file)).get(declaration.binding);
    const replaced = later && declaration.file === file ? replacedBefore(this.model.facts(file), node, later) : undefined;
    const put = mutationsOf(this.model.facts(declaration.file)).get(declaration.binding);
    if (replaced) return this.#ofChanges(file, undefined, replaced, put);
    const first = source ? this.#ofSource(file, node, declaration.file, source) : [];
    const key = later ?? put;
    // `query = query.where(…)` is followed once for the name, however many such assignments read it.
    return key ? [...first, ...this.#once(key, () => this.#ofChanges(declaration.file, source, later, put))] : first;
  }

  #ofUndeclared(file: string, node: Extract<Expression, { kind: "name" }>): readonly Origin[] {
    // Modules and TypeScript refuse such names.
    const values = /\.c?js$/.test(file) ? undeclaredOf(this.model.facts(file)).get(node.name) : undefined;
    return values ? this.#once(values, () => values.flatMap((value) => this.of(file, value))) : [leaf(file, node)];
  }

  /** What is assigned to a name after it was declared, and put into it. */
  #ofChanges(file: string, source: BindingSource | undefined, later: readonly Expression[] = [], put: readonly Mutation[] = []): readonly Origin[] {
    // The first assignment of a name without a value is its source already.
    const assigned = later.filter((value) => source?.kind !== "value" || value !== source.value).flatMap((value) => this.of(file, value));
    return [...assigned, ...put.flatMap((mutation) => this.#ofMutation(file, mutation))];
  }

  #ofMutation(file: string, { kind, key, computed, value }: Mutation): readonly Origin[] {
    // Keys of a constant list are named, whichever of them it is.
    const [named] = (computed && constantKeys(this.model, file, computed)) ?? [];
    const step: OriginStep = kind === "keys" ? { kind: "spread" } : kind === "element" ? { kind: "element" } : { kind: "property", key: key ?? named ?? "*", ...(computed && named === undefined && { by: { file, key: computed } }) };
    return this.of(file, value).map((origin) => withStep(origin, step));
  }

  #ofSource(file: string, node: Expression, at: string, source: BindingSource): readonly Origin[] {
    switch (source.kind) {
      case "value":
        return [...(source.value ? ((source.path.length === 1 && source.path[0]?.kind === "element" ? pieceOf(this, at, source.value) : undefined) ?? takenAll(this.of(at, source.value), source.path)) : []), ...(source.default ? this.of(at, source.default) : [])];
      case "element":
        return takenAll(this.of(at, source.subject).flatMap((origin) => taken(origin, "[]")), source.path);
      case "parameter": {
        const given = ofCallback(this, at, source.function, source.index);
        if (given) return takenAll(given, source.path);
        return [...takenAll([{ file, node, parameter: { function: source.function, index: source.index }, path: [], steps: [] }], source.path), ...(source.default ? this.of(at, source.default) : [])];
      }
      default:
        return [];
    }
  }

  #ofMember(file: string, node: Extract<Expression, { kind: "member" }>): readonly Origin[] {
    if (node.object.kind === "this") {
      const { values } = this.model;
      const around = values.classAround(file, node);
      const assigned = values.index(file).memberAssignments.filter(({ object, property }) => property === node.property && object.kind === "this" && around !== undefined && object.span[0] >= around.span[0] && object.span[1] <= around.span[1]);
      const member = around?.members.find((candidate) => candidate.kind === "property" && candidate.name === node.property);
      const found = [...assigned.map(({ value }) => value), ...(member?.kind === "property" && member.value ? [member.value] : [])].flatMap((value) => this.of(file, value));
      const given = found.length === 0 && around ? constructorParameter(around, node.property) : undefined;
      if (given) return [{ file, node, parameter: given, path: [], steps: [] }];
      return found.length > 0 ? found : [leaf(file, node)];
    }
    const replaced = this.#replacedBefore(file, node);
    if (replaced) return this.of(file, replaced);
    return this.of(file, node.object).flatMap((origin) => taken(origin, node.property));
  }

  /** The value that the same function gave a member (`req.body = …`) in a statement of its own before it is read. */
  #replacedBefore(file: string, { object, property, span }: Extract<Expression, { kind: "member" }>): Expression | undefined {
    if (object.kind !== "name" || object.binding === undefined) return undefined;
    const index = this.model.values.index(file);
    const last = index.memberAssignments.findLast((assignment) => assignment.property === property && assignment.object.kind === "name" && assignment.object.binding === object.binding && assignment.value.span[1] <= span[0]);
    const statement = last && index.parentOf(last.value);
    const holder = statement && index.parentOf(statement);
    const around = holder && index.parentOf(holder);
    return last && around !== undefined && around === index.functionAround(object)?.node ? last.value : undefined;
  }

}

/** The origins of a model, made at the first question. */
export const originsOf = oncePer((model: ProjectModel) => new Origins(model));

/** The constructor's parameter that declares the property `name` of a class. */
function constructorParameter({ members }: ClassNode, name: string): NonNullable<Origin["parameter"]> | undefined {
  const constructor = members.find((member) => member.kind === "method" && member.name === "constructor");
  if (constructor?.kind !== "method") return undefined;
  const index = constructor.function.parameters.findIndex(({ property, target }) => property !== undefined && target.kind === "binding" && target.name === name);
  return index === -1 ? undefined : { function: constructor.function, index };
}

/** Whether a class of the platform holds the text that it is made of, also where it is imported: `URL`, `Buffer`. */
function holdsText(values: ProjectModel["values"], file: string, callee: Expression): boolean {
  return values.of(file, callee).some((value) => value.kind === "external" && /^(global|node:url|node:buffer)$/.test(value.provenance.package) && /^(URL|Buffer)$/.test(value.provenance.path.join(".")));
}

/** `if (!parsed.success) return parsed;`: what failed holds no data. */
function isFailure(model: ProjectModel, file: string, value: Expression): boolean {
  const { parentOf } = model.values.index(file);
  const statement = value.kind === "name" ? parentOf(value) : undefined;
  const branch = statement && parentOf(statement);
  if (value.kind !== "name" || !branch || !("kind" in branch) || branch.kind !== "if" || branch.test.kind !== "unary" || branch.test.operator !== "!") return false;
  const { value: asked } = branch.test;
  return branch.then.some((one) => one === statement) && asked.kind === "member" && /^(success|ok|isValid|valid)$/.test(asked.property) && asked.object.kind === "name" && asked.object.binding === value.binding;
}

/** A class that only holds what it is made of, as messages and requests between layers do. */
function isRecord({ members }: ClassNode): boolean {
  return members.every((member) => member.kind === "property" || (member.kind === "method" && (member.name === "constructor" || member.function.form === "getter")));
}

/** The keys that members of an object take from what is spread in front of them: `{ ...args, order: "name" }`. */
function overwritten(members: ObjectExpression["members"]): { readonly without?: readonly string[] } {
  const without = members.flatMap((member) => (member.kind === "property" ? [member.key] : []));
  return without.length > 0 ? { without } : {};
}
