import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { Expression, ObjectExpression } from "../../facts/syntax.js";
import { defaultExpression, type PatternStep } from "../modules/file-index.js";
import type { Declaration, ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import type { Located } from "./located.js";

const deepest = 16;
/** Expressions that one question follows; what takes more stands for itself. */
const mostFollowed = 500;

/** One question. Each expression and each declaration is followed once, so that what leads to itself comes to an end. */
interface Search {
  readonly model: ProjectModel;
  readonly found: Map<Expression | string, readonly Located[]>;
  /** How often something led back to what it is a part of. */
  circles: number;
}

/** Stands for what is being looked for. */
const open: readonly Located[] = [];

const known = oncePer((_model: ProjectModel) => answers<Expression, readonly Located[]>());

/**
 * The expressions that a name, a member or a call of a function of the project stands for, across files: where a chain
 * of calls such as `t.procedure.use(…)` goes on behind a constant. An expression that is none of these is its own.
 */
export function definitionsOf(model: ProjectModel, file: string, node: Expression): readonly Located[] {
  return known(model).of(node, () => {
    const found = follow(searchOf(model), file, node);
    return found.length > 0 ? found : [{ file, node }];
  });
}

/** What `object.name` was defined as: a property of an object literal, also a spread one, an export, or a member of a class. */
export function memberDefinitions(model: ProjectModel, file: string, object: Expression, name: string): readonly Located[] {
  return ofMember(searchOf(model), file, object, name);
}

/** What a file exports under a name was defined as. */
export function exportDefinitions(model: ProjectModel, file: string, name: string): readonly Located[] {
  return ofDeclaration(searchOf(model), model.declarationOfExport(file, name));
}

/** Where what a file exports is written: the expression itself, whatever makes it. */
export function exportedExpression(model: ProjectModel, file: string, name: string): Located | undefined {
  const declaration = model.declarationOfExport(file, name);
  if (declaration.kind === "default") {
    const node = valueOfDefault(model, declaration);
    return node && { file: declaration.file, node };
  }
  if (declaration.kind !== "binding") return undefined;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "function") return { file: declaration.file, node: { kind: "function", span: source.function.span, function: source.function } };
  return source?.kind === "value" && source.value ? { file: declaration.file, node: source.value } : undefined;
}

function searchOf(model: ProjectModel): Search {
  return { model, found: new Map(), circles: 0 };
}

/** What an expression was defined as; nothing if that leads only to itself. */
function follow(search: Search, file: string, node: Expression): readonly Located[] {
  if (search.found.size > mostFollowed) return [{ file, node }];
  return once(search, node, () => {
    const circles = search.circles;
    const found = new Map(behind(search, file, node).map((located) => [located.node, located]));
    return found.size > 0 || search.circles > circles ? [...found.values()] : [{ file, node }];
  });
}

/** What is known under a key, or else what `find` gives; what leads back to the key adds nothing. */
function once(search: Search, key: Expression | string, find: () => readonly Located[]): readonly Located[] {
  const before = search.found.get(key);
  if (before === open) search.circles++;
  if (before) return before;
  search.found.set(key, open);
  const after = find();
  search.found.set(key, after);
  return after;
}

function behind(search: Search, file: string, node: Expression): readonly Located[] {
  const { model } = search;
  switch (node.kind) {
    case "cast":
    case "await":
      return follow(search, file, node.value);
    case "conditional":
      return [...follow(search, file, node.then), ...follow(search, file, node.else)];
    // `limited({ max: 5 }) ?? {}`
    case "binary":
      return node.operator === "??" || node.operator === "||" ? [...follow(search, file, node.left), ...follow(search, file, node.right)] : [];
    case "name":
      return node.binding === undefined ? [] : ofDeclaration(search, model.declarationOfBinding(file, node.binding));
    case "member":
      return ofMember(search, file, node.object, node.property);
    case "call":
      return model.values.of(file, node.callee).flatMap((value) => (value.kind === "function" ? returnedExpressions(value.node).flatMap((returned) => follow(search, value.file, returned)) : []));
    default:
      return [];
  }
}

function ofMember(search: Search, file: string, object: Expression, name: string): readonly Located[] {
  const { model } = search;
  if (object.kind === "name" && object.binding !== undefined) {
    const declaration = model.declarationOfBinding(file, object.binding);
    if (declaration.kind === "namespace") return ofDeclaration(search, model.declarationOfExport(declaration.file, name));
  }
  return follow(search, file, object).flatMap((definition) => {
    if (definition.node.kind === "object") return ofProperty(search, definition.file, definition.node, name);
    return model.values.of(definition.file, definition.node).flatMap((value) => {
      if (value.kind === "namespace") return ofDeclaration(search, model.declarationOfExport(value.file, name));
      if (value.kind !== "instance" && value.kind !== "class") return [];
      const owner = value.kind === "class" ? value.node : value.class;
      const member = owner.members.find((candidate) => candidate.kind === "property" && candidate.name === name);
      return member?.kind === "property" && member.value ? follow(search, value.file, member.value) : [];
    });
  });
}

function ofProperty(search: Search, file: string, object: ObjectExpression, name: string): readonly Located[] {
  for (const member of object.members.toReversed()) {
    if ((member.kind === "property" || member.kind === "getter") && member.key === name) return follow(search, file, member.value);
    if (member.kind !== "spread") continue;
    const spread = ofMember(search, file, member.value, name);
    if (spread.length > 0) return spread;
  }
  return [];
}

function ofDeclaration(search: Search, declaration: Declaration): readonly Located[] {
  const { model } = search;
  if (declaration.kind === "default") {
    const value = valueOfDefault(model, declaration);
    return value ? follow(search, declaration.file, value) : [];
  }
  if (declaration.kind !== "binding") return [];
  const { file, binding } = declaration;
  const source = model.values.index(file).sources[binding];
  if (source?.kind !== "value" || source.value === undefined) return [];
  const { value, path } = source;
  return once(search, `${file}:${binding}`, () => behindPattern(search, file, value, path));
}

function valueOfDefault(model: ProjectModel, { file, member }: Extract<Declaration, { kind: "default" }>): Expression | undefined {
  return member === undefined ? defaultExpression(model.facts(file)) : commonJsMember(model, file, member);
}

/** What `exports.name = …` gives a name, where the module is not one object. */
function commonJsMember(model: ProjectModel, file: string, member: string): Expression | undefined {
  return model.values.index(file).memberAssignments.find(({ property, object }) => property === member && ((object.kind === "name" && object.name === "exports") || (object.kind === "member" && object.property === "exports")))?.value;
}

/** `const { router, procedure } = t` and `const { admin, ...others } = contract`. */
function behindPattern(search: Search, file: string, value: Expression, path: readonly PatternStep[]): readonly Located[] {
  const [first, ...rest] = path;
  if (first === undefined) return follow(search, file, value);
  // A rest keeps nearly all.
  if (first.kind === "rest") return behindPattern(search, file, value, rest);
  if (first.kind !== "property") return [];
  return ofMember(search, file, value, first.key).flatMap((definition) => behindPattern(search, definition.file, definition.node, rest));
}

/** The properties of an object literal with what spreads bring in, by key; a later one of a name counts. Of `import * as users` what the module exports. */
export function propertiesOf(model: ProjectModel, file: string, node: Expression, depth = 0): ReadonlyMap<string, Located> {
  const found = new Map<string, Located>();
  if (depth > deepest) return found;
  for (const definition of definitionsOf(model, file, node)) {
    if (definition.node.kind !== "object") {
      for (const [key, value] of exportsOf(model, definition)) found.set(key, value);
      continue;
    }
    for (const member of definition.node.members) {
      if (member.kind === "property" || member.kind === "getter") found.set(member.key, { file: definition.file, node: member.value });
      else if (member.kind === "spread") for (const [key, value] of propertiesOf(model, definition.file, member.value, depth + 1)) found.set(key, value);
    }
  }
  return found;
}

function exportsOf(model: ProjectModel, { file, node }: Located): readonly (readonly [string, Located])[] {
  const [module, ...others] = node.kind === "name" || node.kind === "member" ? model.values.of(file, node) : [];
  if (module?.kind !== "namespace" || others.length > 0) return [];
  const names = model.facts(module.file).exports.flatMap(({ name, typeOnly }) => (typeOnly || name === "export=" || name === "*" ? [] : [name]));
  return [...new Set(names)].flatMap((name) => exportDefinitions(model, module.file, name).slice(0, 1).map((located) => [name, located] as const));
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
