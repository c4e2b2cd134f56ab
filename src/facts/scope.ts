import type { Span } from "../base/position.js";
import type { Binding, BindingKind } from "./facts.js";

/** Whether a name is wanted as a value or as a type: an interface and a constant may share one. */
type Meaning = "value" | "type";

/** How a use counts for the import that declares its name. */
export type NameUse = "value" | "metadata" | "type";

interface MutableBinding {
  name: string;
  kind: BindingKind;
  span: Span;
  top?: true;
  reassigned?: true;
}

interface PendingUse {
  readonly name: string;
  readonly meaning: Meaning;
  readonly use: NameUse;
  readonly write: boolean;
  readonly resolved: (binding: number) => void;
}

interface Scope {
  readonly hoists: boolean;
  readonly values: Map<string, number>;
  readonly types: Map<string, number>;
  pending: PendingUse[];
}

const valueOnly: ReadonlySet<BindingKind> = new Set(["variable", "parameter", "function", "catch"]);
const typeOnly: ReadonlySet<BindingKind> = new Set(["interface", "alias"]);

/**
 * Numbers the declarations of a file and resolves names to them, in one pass: uses wait until their scope ends, so that
 * hoisted and later declarations are seen, then move outwards.
 */
export class ScopeTracker {
  readonly bindings: MutableBinding[] = [];
  readonly #uses = new Map<number, Set<NameUse>>();
  readonly #scopes: Scope[] = [];

  constructor() {
    this.enter(true);
  }

  /** Opens a scope; `hoists` for functions and the module, where `var` lands. */
  enter(hoists = false): void {
    this.#scopes.push({ hoists, values: new Map(), types: new Map(), pending: [] });
  }

  /** No scope but the module's is open. */
  get atModuleScope(): boolean {
    return this.#scopes.length === 1;
  }

  /** Closes the innermost scope. */
  leave(): void {
    const scope = this.#scopes.pop();
    const outer = this.#scopes.at(-1);
    for (const use of scope?.pending ?? []) {
      const binding = (use.meaning === "value" ? scope?.values : scope?.types)?.get(use.name);
      if (binding === undefined) outer?.pending.push(use);
      else this.#settle(binding, use);
    }
  }

  /** Declares a name in the innermost scope, or for `var` in the innermost function; repeated declarations are one binding. */
  declare(name: string, kind: BindingKind, span: Span, hoisted = false): number {
    const scope = (hoisted ? this.#scopes.findLast((candidate) => candidate.hoists) : this.#scopes.at(-1)) as Scope; // the module scope is always open here
    const isValue = !typeOnly.has(kind);
    const isType = !valueOnly.has(kind);
    const known = isValue ? scope.values.get(name) : scope.types.get(name);
    // Overloads, merged namespaces and `var x; var x` declare once.
    if (known !== undefined && this.bindings[known]?.kind === kind) return known;
    const binding: MutableBinding = { name, kind, span };
    if (scope === this.#scopes[0]) binding.top = true;
    const index = this.bindings.push(binding) - 1;
    if (isValue) scope.values.set(name, index);
    if (isType) scope.types.set(name, index);
    return index;
  }

  /** Notes a use of a name; `resolved` is called when its declaration is found in this file. */
  use(name: string, use: NameUse, resolved: (binding: number) => void, write = false): void {
    this.#scopes.at(-1)?.pending.push({ name, meaning: use === "value" ? "value" : "type", use, write, resolved });
  }

  /** Notes `typeof name` in a type: it looks a value up, yet keeps no import alive. */
  useTypeOfValue(name: string, resolved: (binding: number) => void): void {
    this.#scopes.at(-1)?.pending.push({ name, meaning: "value", use: "type", write: false, resolved });
  }

  /** Closes the module scope. */
  finish(): readonly Binding[] {
    while (this.#scopes.length > 0) this.leave();
    return this.bindings;
  }

  /** The strongest use of a binding in the file. Call after `finish`. */
  strongestUse(binding: number): NameUse | "none" {
    const uses = this.#uses.get(binding);
    if (uses === undefined) return "none";
    return uses.has("value") ? "value" : uses.has("metadata") ? "metadata" : "type";
  }

  #settle(binding: number, use: PendingUse): void {
    use.resolved(binding);
    const uses = this.#uses.get(binding) ?? new Set();
    uses.add(use.use);
    this.#uses.set(binding, uses);
    const declared = this.bindings[binding];
    if (use.write && declared !== undefined) declared.reassigned = true;
  }
}
