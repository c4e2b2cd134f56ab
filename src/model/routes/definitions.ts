import type { Expression, ObjectExpression } from "../../facts/syntax.js";
import { defaultExpression, type PatternStep } from "../file-index.js";
import type { Declaration, ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../returns.js";
import type { Located } from "./route.js";

const deepest = 16;

/**
 * The expressions that a name, a member or a call of a function of the project stands for, across files: where a chain
 * of calls such as `t.procedure.use(…)` goes on behind a constant. An expression that is none of these is its own.
 */
export function definitionsOf(model: ProjectModel, file: string, node: Expression, depth = 0): readonly Located[] {
  const itself = [{ file, node }];
  if (depth > deepest) return itself;
  const further = (at: string, inner: Expression): readonly Located[] => definitionsOf(model, at, inner, depth + 1);
  switch (node.kind) {
    case "cast":
    case "await":
      return further(file, node.value);
    case "conditional":
      return [...further(file, node.then), ...further(file, node.else)];
    case "name": {
      if (node.binding === undefined) return itself;
      const found = ofDeclaration(model, model.declarationOfBinding(file, node.binding), depth + 1);
      return found.length > 0 ? found : itself;
    }
    case "member": {
      const found = memberDefinitions(model, file, node.object, node.property, depth + 1);
      return found.length > 0 ? found : itself;
    }
    case "call": {
      const found = model.values.of(file, node.callee).flatMap((value) => (value.kind === "function" ? returnedExpressions(value.node).flatMap((returned) => further(value.file, returned)) : []));
      return found.length > 0 ? found : itself;
    }
    default:
      return itself;
  }
}

/** What `object.name` was defined as: a property of an object literal, also a spread one, an export, or a member of a class. */
export function memberDefinitions(model: ProjectModel, file: string, object: Expression, name: string, depth = 0): readonly Located[] {
  if (depth > deepest) return [];
  if (object.kind === "name" && object.binding !== undefined) {
    const declaration = model.declarationOfBinding(file, object.binding);
    if (declaration.kind === "namespace") return ofDeclaration(model, model.declarationOfExport(declaration.file, name), depth + 1);
  }
  return definitionsOf(model, file, object, depth + 1).flatMap((definition) => {
    if (definition.node.kind === "object") return propertyDefinitions(model, definition.file, definition.node, name, depth + 1);
    return model.values.of(definition.file, definition.node).flatMap((value) => {
      if (value.kind === "namespace") return ofDeclaration(model, model.declarationOfExport(value.file, name), depth + 1);
      if (value.kind !== "instance" && value.kind !== "class") return [];
      const owner = value.kind === "class" ? value.node : value.class;
      const member = owner.members.find((candidate) => candidate.kind === "property" && candidate.name === name);
      return member?.kind === "property" && member.value ? definitionsOf(model, value.file, member.value, depth + 1) : [];
    });
  });
}

function propertyDefinitions(model: ProjectModel, file: string, object: ObjectExpression, name: string, depth: number): readonly Located[] {
  for (const member of object.members.toReversed()) {
    if ((member.kind === "property" || member.kind === "getter") && member.key === name) return definitionsOf(model, file, member.value, depth + 1);
    if (member.kind !== "spread") continue;
    const spread = memberDefinitions(model, file, member.value, name, depth + 1);
    if (spread.length > 0) return spread;
  }
  return [];
}

/** What a file exports under a name was defined as. */
export function exportDefinitions(model: ProjectModel, file: string, name: string): readonly Located[] {
  return ofDeclaration(model, model.declarationOfExport(file, name), 0);
}

function ofDeclaration(model: ProjectModel, declaration: Declaration, depth: number): readonly Located[] {
  if (declaration.kind === "default") {
    const value = declaration.member === undefined ? defaultExpression(model.facts(declaration.file)) : commonJsMember(model, declaration.file, declaration.member);
    return value ? definitionsOf(model, declaration.file, value, depth) : [];
  }
  if (declaration.kind !== "binding") return [];
  const source = model.values.index(declaration.file).sources[declaration.binding];
  return source?.kind === "value" && source.value ? behindPattern(model, declaration.file, source.value, source.path, depth) : [];
}

/** What `exports.name = …` gives a name, where the module is not one object. */
function commonJsMember(model: ProjectModel, file: string, member: string): Expression | undefined {
  return model.values.index(file).memberAssignments.find(({ property, object }) => property === member && ((object.kind === "name" && object.name === "exports") || (object.kind === "member" && object.property === "exports")))?.value;
}

/** `const { router, procedure } = t`. */
function behindPattern(model: ProjectModel, file: string, value: Expression, path: readonly PatternStep[], depth: number): readonly Located[] {
  const [first, ...rest] = path;
  if (first === undefined) return definitionsOf(model, file, value, depth);
  if (first.kind !== "property") return [];
  return memberDefinitions(model, file, value, first.key, depth).flatMap((definition) => behindPattern(model, definition.file, definition.node, rest, depth + 1));
}

/** The properties of an object literal with what spreads bring in, by key; a later one of a name counts. */
export function propertiesOf(model: ProjectModel, file: string, node: Expression, depth = 0): ReadonlyMap<string, Located> {
  const found = new Map<string, Located>();
  if (depth > deepest) return found;
  for (const definition of definitionsOf(model, file, node)) {
    if (definition.node.kind !== "object") continue;
    for (const member of definition.node.members) {
      if (member.kind === "property" || member.kind === "getter") found.set(member.key, { file: definition.file, node: member.value });
      else if (member.kind === "spread") for (const [key, value] of propertiesOf(model, definition.file, member.value, depth + 1)) found.set(key, value);
    }
  }
  return found;
}

/** A call on the way of a chain: `.use(mw)` of `t.procedure.use(mw).query(fn)`. */
export interface ChainLink {
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly file: string;
  readonly node: Extract<Expression, { kind: "call" }>;
  /** The constant that the chain up to here is kept in, if it is. */
  readonly alias: string | undefined;
}

/** The calls of a fluent chain in the order in which they run, behind constants and factories, and what it starts from. */
export function chainOf(model: ProjectModel, file: string, node: Expression): { readonly links: readonly ChainLink[]; readonly start: Located } {
  const links: ChainLink[] = [];
  let at: Located = { file, node };
  let alias: string | undefined;
  for (let step = 0; step < 200; step++) {
    const current: Expression = at.node;
    if (current.kind === "call" && current.callee.kind === "member") {
      // `roleProcedure.requires("admin").query(…)`: a function of the project goes on with another chain.
      const [made] = model.values.of(at.file, current.callee).some(({ kind }) => kind === "function") ? definitionsOf(model, at.file, current) : [];
      if (made && made.node !== current) {
        alias = current.callee.property;
        at = made;
        continue;
      }
      links.push({ name: current.callee.property, arguments: current.arguments, file: at.file, node: current, alias });
      alias = undefined;
      const object: Expression = current.callee.object;
      at = { file: at.file, node: object };
      continue;
    }
    const [definition] = definitionsOf(model, at.file, current);
    if (!definition || definition.node === current) break;
    if (current.kind === "name") alias = current.name;
    else if (current.kind === "member") alias = current.property;
    at = definition;
  }
  return { links: links.reverse(), start: at };
}
