import type { Middleware, ParameterizedContext } from "koa";

/** Turns requests without a token away. */
export const requireToken: Middleware = async (context, next) => {
  if (!context.headers.authorization) context.throw(401);
  await next();
};

/** The same for a role. */
export const requireRole = (role: string): Middleware => async (context, next) => {
  if (context.headers.authorization !== role) {
    context.status = 401;
    return;
  }
  await next();
};

export const answer = (context: ParameterizedContext): void => {
  context.body = {};
};
