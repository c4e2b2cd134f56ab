import { inAllFiles } from "../../base/gathered.js";
import { newStep } from "../../catalogue/provenance.js";
import type { CallExpression, ClassNode, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { behind, type CreationSite, external, type ExternalValue } from "../values/value.js";
import { definitionsOf } from "../values/definitions.js";
import type { Located } from "../values/located.js";

/** Classes are followed to what they extend this far. */
const mostBases = 4;
/** Routers are followed through this many functions that are given them. */
const mostCallers = 4;

/**
 * The routers behind an expression where the project has a class of its own for them (`class AppRouter extends Router`), also
 * behind a chain of calls on one; of a parameter what the callers hand over.
 */
export function ownRouters(model: ProjectModel, file: string, node: Expression, isRouter: (value: ExternalValue) => boolean, depth = 0): readonly ExternalValue[] {
  const steps: string[] = [];
  let root = node;
  for (; root.kind === "call" && root.callee.kind === "member"; root = root.callee.object) steps.unshift(root.callee.property, "()");
  if (!model.values.of(file, root).some((value) => value.kind === "instance" && value.class.extends)) return [];
  const found = new Map<Expression, ExternalValue>();
  for (const definition of definitionsOf(model, file, root)) {
    if (definition.node.kind !== "new") continue;
    const site = { file: definition.file, node: definition.node };
    for (const value of model.values.of(definition.file, definition.node.callee)) {
      const base = value.kind === "class" ? packageBase(model, value.file, value.node) : undefined;
      const router = base && { ...external(base.provenance, newStep), site };
      if (router && isRouter(router)) found.set(definition.node, behind(router, ...steps));
    }
  }
  const source = root.kind === "name" && root.binding !== undefined && depth < mostCallers ? model.values.index(file).sources[root.binding] : undefined;
  if (found.size > 0 || source?.kind !== "parameter" || source.path.length > 0) return [...found.values()];
  for (const { file: from, call } of model.values.callSites.of(file, source.function)) {
    const given = call.arguments[source.index];
    for (const router of given ? ownRouters(model, from, given, isRouter, depth + 1) : []) if (router.site) found.set(router.site.node, behind(router, ...steps));
  }
  return [...found.values()];
}

/** The routers that `this` and `super` are in the code of such a class: one for each place that makes an instance of it, or of a class that extends it. */
export function selfRouters(model: ProjectModel, file: string, node: Expression, isRouter: (value: ExternalValue) => boolean): readonly ExternalValue[] {
  const steps: string[] = [];
  let root = node;
  for (; root.kind === "call" && root.callee.kind === "member"; root = root.callee.object) steps.unshift(root.callee.property, "()");
  const self = root.kind === "this" || root.kind === "super" ? model.values.classAround(file, root) : undefined;
  const base = self?.extends && packageBase(model, file, self);
  if (!self || !base || !isRouter(external(base.provenance, newStep))) return [];
  return constructionsOf(model).flatMap(({ site, classes }) => (classes.includes(self) ? [behind({ ...external(base.provenance, newStep), site }, ...steps)] : []));
}

interface Construction {
  readonly site: CreationSite;
  /** The class, and the classes that it extends. */
  readonly classes: readonly ClassNode[];
}

/** What is made with `new` of classes that extend another. */
const constructionsOf = inAllFiles((model: ProjectModel, file): readonly Construction[] => {
  if (/^(tests|migrations)$/.test(model.layerOf(file).layer ?? "")) return [];
  return model.values.index(file).calls.flatMap(({ node }): readonly Construction[] => {
    if (node.kind !== "new") return [];
    const classes = model.values.of(file, node.callee).flatMap((value) => (value.kind === "class" && value.node.extends ? lineage(model, value.file, value.node).map((one) => one.class) : []));
    return classes.length === 0 ? [] : [{ site: { file, node }, classes }];
  });
});

/** A class and the classes of the project that it extends. */
export function lineage(model: ProjectModel, file: string, node: ClassNode, depth = 0): readonly { readonly file: string; readonly class: ClassNode }[] {
  const bases = node.extends && depth < mostBases ? model.values.of(file, node.extends.value) : [];
  return [{ file, class: node }, ...bases.flatMap((base) => (base.kind === "class" ? lineage(model, base.file, base.node, depth + 1) : []))];
}

/** Whether a call in a method hands on what the method is given: it is then what the callers of the method make of it. */
export function handsOn(model: ProjectModel, file: string, { arguments: given }: CallExpression): boolean {
  const { sources } = model.values.index(file);
  return given.some((node) => {
    const name = node.kind === "spread" ? node.value : node;
    return name.kind === "name" && name.binding !== undefined && sources[name.binding]?.kind === "parameter";
  });
}

/** What of a package a class extends in the end. */
function packageBase(model: ProjectModel, file: string, node: ClassNode, depth = 0): ExternalValue | undefined {
  for (const base of node.extends && depth < mostBases ? model.values.of(file, node.extends.value) : []) {
    const found = base.kind === "external" ? base : base.kind === "class" ? packageBase(model, base.file, base.node, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** What a method of such a class calls on itself, with what it is given: `secured(path, ...steps) { return this.post(path, auth(), ...steps); }`. */
export function ownOperations(model: ProjectModel, file: string, call: CallExpression): readonly { readonly method: string; readonly arguments: readonly Located[] }[] | undefined {
  for (const value of model.values.of(file, call.callee)) {
    if (value.kind !== "function" || value.node.form !== "method") continue;
    return callsOnItself(model, value.file, value.node).map(({ method, arguments: given }) => ({ method, arguments: given.flatMap((node) => handedOn(value.file, value.node, node, { file, call })) }));
  }
  return undefined;
}

function callsOnItself(model: ProjectModel, file: string, { body }: FunctionNode): readonly { readonly method: string; readonly arguments: readonly Expression[] }[] {
  const found: { readonly method: string; readonly arguments: readonly Expression[] }[] = [];
  walkAll(body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "member" && (part.callee.object.kind === "super" || (part.callee.object.kind === "this" && handsOn(model, file, part)))) found.push({ method: part.callee.property, arguments: part.arguments });
    return undefined;
  });
  return found;
}

/** An argument that is a parameter of the method is what the caller gives there; a parameter for the rest is all that is left. */
function handedOn(file: string, method: FunctionNode, node: Expression, caller: { readonly file: string; readonly call: CallExpression }): readonly Located[] {
  const name = node.kind === "spread" ? node.value : node;
  const index = name.kind === "name" && name.binding !== undefined ? method.parameters.findIndex(({ target }) => target.kind === "binding" && target.binding === name.binding) : -1;
  if (index === -1) return [{ file, node }];
  const given = caller.call.arguments.slice(index, method.parameters[index]?.rest ? undefined : index + 1);
  return given.map((argument) => ({ file: caller.file, node: argument }));
}
