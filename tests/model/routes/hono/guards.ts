import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { Context, Hono, MiddlewareHandler } from "hono";

/** Turns requests without a token away. */
export const requireToken = createMiddleware(async (context, next) => {
  if (context.req.header("authorization") === undefined) return context.json({ code: "unauthenticated" }, 401);
  await next();
  return undefined;
});

/** The same by an exception. */
export function requireRole(role: string): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header("authorization") !== role) throw new HTTPException(401);
    await next();
  };
}

export const answer = (context: Context): Response => context.json({});

/** Turns requests without a token away, under a name that does not say so. */
export const checked = createMiddleware(async (context, next) => {
  if (context.req.header("authorization") === undefined) throw new HTTPException(401);
  await next();
});

/** Adds to an application, or to one with a base path, that it is given. */
export function addSides(given: Hono): void {
  given.get("/aside", answer);
}
