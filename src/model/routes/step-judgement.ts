import type { Step, StepRole } from "./route.js";

/** What a step is, as far as one look at it tells. */
export interface Judgement extends Pick<Step, "role" | "parts" | "enforced" | "optional" | "authorizes" | "nameless" | "notes" | "needs"> {
  /** It limits how often it lets a caller pass, beside what its role says. */
  readonly limits?: true;
}

export const rolesByWeight: readonly StepRole[] = ["auth", "authz", "rate-limit", "validation", "auth-attach", "unknown"];

/** The judgement that says most, where several are at hand. */
export function strongestOf(judged: readonly Judgement[]): Judgement | undefined {
  return judged.length > 1 ? (rolesByWeight.flatMap((role) => judged.find((one) => one.role === role) ?? [])[0] ?? judged[0]) : judged[0];
}
