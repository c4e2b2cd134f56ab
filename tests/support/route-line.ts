import type { Route } from "../../src/model/routes/route.js";

/** A route as the labelled tables write it: method, path, and whether a caller must show who they are. */
export function routeLine({ method, path, steps }: Route): string {
  const has = (role: string): boolean => steps.some((step) => step.role === role);
  const access = has("auth") && !has("public") ? "auth" : has("unknown") ? "unknown" : "open";
  return `${method} ${path} ${access}`;
}
