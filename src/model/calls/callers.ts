import { isTestPath } from "../../base/test-paths.js";

/**
 * Of the calls of something that is declared in `declaredIn`, those that say what it is given. What a test hands to the code
 * that it tests stands in for the real thing: its calls count where nobody else calls it.
 */
export function tellingCalls<Call extends { readonly file: string }>(calls: readonly Call[], declaredIn: string): readonly Call[] {
  if (isTestPath(declaredIn)) return calls;
  const own = calls.filter(({ file }) => !isTestPath(file));
  return own.length > 0 ? own : calls;
}
