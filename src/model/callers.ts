import { isTestPath } from "../base/test-paths.js";

/** Calls by what they call. What a test hands to the code that it tests stands in for the real thing: its calls count where nobody else calls it. */
export class Callers<Called, Call extends { readonly file: string }> {
  readonly #own = new Map<Called, Call[]>();
  readonly #byTests = new Map<Called, Call[]>();

  /** Notes a call of something that is declared in the file `declaredIn`. */
  add(called: Called, declaredIn: string, placed: Call): void {
    const calls = isTestPath(placed.file) && !isTestPath(declaredIn) ? this.#byTests : this.#own;
    const known = calls.get(called);
    if (known) known.push(placed);
    else calls.set(called, [placed]);
  }

  /** The calls of something, in the order in which they were noted. */
  of(called: Called): readonly Call[] {
    return this.#own.get(called) ?? this.#byTests.get(called) ?? [];
  }
}
