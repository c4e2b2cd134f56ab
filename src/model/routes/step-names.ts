import { attachingSteps, authSteps, authenticitySteps, authorizationSteps, headerSteps, idempotencySteps, paginationSteps, publicMarkers, rateLimitSteps, validationSteps } from "../../catalogue/lexicon/http.js";
import type { Expression } from "../../facts/syntax.js";
import { requiredPath } from "../values/round.js";
import type { Judgement } from "./step-judgement.js";

/** A step as a reader would say it: `passport.authenticate`, `requireAuth`, `ThrottlerGuard`. */
export function stepName(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "member":
      return node.object.kind === "this" ? node.property : `${stepName(node.object)}.${node.property}`;
    case "call": {
      const path = requiredPath(node);
      return path?.kind === "literal" && !String(path.value).startsWith(".") ? String(path.value) : stepName(node.callee);
    }
    case "new":
      return stepName(node.callee);
    case "await":
    case "cast":
      return stepName(node.value);
    case "function": {
      // `preHandler: (request, reply) => request.isAdmin(reply)` is what it calls.
      const [only, ...others] = node.function.form === "arrow" ? (node.function.body ?? []) : [];
      const called = only?.kind === "return" && others.length === 0 ? only.value : undefined;
      return called?.kind === "call" && called.callee.kind === "member" ? stepName(called) : (node.function.name ?? "inline function");
    }
    default:
      return "inline";
  }
}

/** `@Public()` and `@Public(true)`; what `@Public(isPublic)` says only run time knows. */
export function marks(node: Expression): boolean {
  const [argument] = node.kind === "call" ? node.arguments : [];
  return argument === undefined || (argument.kind === "literal" ? argument.value !== false : argument.kind === "array" || argument.kind === "object");
}

/** What a step is by its name alone: weak evidence, which counts where the code cannot be read. */
export function judgeByName(name: string, node: Expression): Judgement | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  // What answers errors runs when a handler has failed.
  if (/^(?:global|central|custom|api)?_?error_?(?:handler|handling|middleware)$/i.test(last)) return { role: "context" };
  if (headerSteps.in(last)) return { role: "context" };
  if (publicMarkers.in(last)) return marks(node) ? { role: "public" } : undefined;
  if (rateLimitSteps.in(last)) return { role: "rate-limit" };
  if (attachingSteps.in(last) || /optional$/i.test(name)) return { role: "auth-attach", ...(/optional|anonymous|maybe|soft|lenient/i.test(name) && { optional: true as const }) };
  if (authenticitySteps.in(last)) return { role: "auth" };
  if (authSteps.in(last)) return { role: "auth" };
  if (authorizationSteps.in(last)) return { role: "authz" };
  if (idempotencySteps.in(last)) return { role: "idempotency" };
  if (paginationSteps.in(last)) return { role: "pagination" };
  return validationSteps.in(last) ? { role: "validation", enforced: true } : undefined;
}
