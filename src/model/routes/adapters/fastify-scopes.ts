import { groupBy } from "../../../base/group-by.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode } from "../../../facts/syntax.js";
import type { BindingSource } from "../../modules/file-index.js";
import type { ProjectModel } from "../../project-model.js";
import { type IsRouter, type Operation, rootOf } from "../operations.js";
import { applicationKey } from "../router-keys.js";

/** What an instance belongs to: the function that it is a parameter of, a plugin or a helper, or an application by where it is made. */
export type ScopeKey = FunctionNode | string;

/** Where a function is given an instance: as which parameter, and under which keys of it. */
type Given = Extract<BindingSource, { kind: "parameter" }>;

/** What is done with the instances of a project, by scope. */
export interface Scopes {
  /**
   * What the code of a scope does, in the order in which it runs where that can be told. What a helper does with the
   * instance that it is called with, `addRoutes(app)`, its caller does.
   */
  readonly operations: ReadonlyMap<ScopeKey, readonly Operation[]>;
  readonly helpers: ReadonlySet<FunctionNode>;
}

/** Sorts operations on instances into their scopes. */
export function scopesOf(model: ProjectModel, isInstance: IsRouter, operations: readonly Operation[]): Scopes {
  const owners = new Map<FunctionNode, { readonly file: string; readonly given: Given }>();
  const own = groupBy(operations, (operation): ScopeKey => {
    const given = parameterBehind(model, operation.file, operation.object);
    if (given) owners.set(given.function, { file: operation.file, given });
    return given?.function ?? applicationOf(operation);
  });
  const calls = new Map<ScopeKey, Set<FunctionNode>>();
  const helpers = new Set<FunctionNode>();
  // The list grows while it is read: a function that only hands its instance on is called with one itself.
  for (const [node, { file, given }] of owners)
    for (const caller of callersOf(model, isInstance, file, given)) {
      if (caller.key === node) continue;
      helpers.add(node);
      const called = calls.get(caller.key);
      if (called) called.add(node);
      else calls.set(caller.key, new Set([node]));
      if (caller.given && !owners.has(caller.given.function)) owners.set(caller.given.function, { file: caller.file, given: caller.given });
    }
  const rank = new Map(operations.map((operation, index) => [operation, index]));
  const byScope = new Map<ScopeKey, readonly Operation[]>();
  for (const key of new Set([...own.keys(), ...calls.keys()])) {
    const all = [...reached(key, calls)].flatMap((scope) => own.get(scope) ?? []);
    byScope.set(key, all.sort((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0)));
  }
  return { operations: byScope, helpers };
}

/** A scope and the helpers that it calls, directly or through others. */
function reached(from: ScopeKey, calls: ReadonlyMap<ScopeKey, ReadonlySet<FunctionNode>>): ReadonlySet<ScopeKey> {
  const all = new Set<ScopeKey>([from]);
  for (const scope of all) for (const helper of calls.get(scope) ?? []) all.add(helper);
  return all;
}

/** The parameter that an expression stands for, also under another name: `const server = app.withTypeProvider()`. */
function parameterBehind(model: ProjectModel, file: string, node: Expression, depth = 0): Given | undefined {
  const root = rootOf(node);
  if (root.kind !== "name" || root.binding === undefined || depth > 4) return undefined;
  const source = model.values.index(file).sources[root.binding];
  if (source?.kind === "value" && source.value && source.path.length === 0) return parameterBehind(model, file, source.value, depth + 1);
  return source?.kind === "parameter" ? source : undefined;
}

/** One made in a place that is known is the same wherever it is used; of any other, what one function does belongs together. */
function applicationOf({ receiver, router, file, in: around }: Operation): ScopeKey {
  return receiver.site ? router : (around?.node ?? file);
}

interface Caller {
  readonly key: ScopeKey;
  readonly file: string;
  /** The parameter that the caller hands on. */
  readonly given?: Given;
}

/** The scopes whose instance a function is called with. A plugin is called by nobody: the framework does. */
function callersOf(model: ProjectModel, isInstance: IsRouter, file: string, given: Given): readonly Caller[] {
  const { callSites } = model.values;
  const sites = given.function.form === "method" ? callSites.ofMethod(file, given.function) : callSites.of(file, given.function);
  return sites.flatMap((site): readonly Caller[] => {
    const argument = argumentAt(site.call.arguments[given.index], given);
    if (!argument) return [];
    const handedOn = parameterBehind(model, site.file, argument);
    if (handedOn) return [{ key: handedOn.function, file: site.file, given: handedOn }];
    return model.values.of(site.file, argument).flatMap((value): readonly Caller[] => (value.kind === "external" && value.site && isInstance(value) ? [{ key: applicationKey(value, site.file, undefined), file: site.file }] : []));
  });
}

/** What a caller gives a parameter, or a key of it: the `app` of `addRoutes({ app })`. */
function argumentAt(argument: Expression | undefined, { path }: Given): Expression | undefined {
  const [step, ...others] = path;
  if (!argument || !step) return argument;
  return argument.kind === "object" && step.kind === "property" && others.length === 0 ? propertyOf(argument, step.key) : undefined;
}
