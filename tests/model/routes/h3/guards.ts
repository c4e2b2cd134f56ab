import { defineHandler, defineMiddleware, HTTPError, type Middleware } from "h3";

/** Turns requests without a token away. */
export const requireToken: Middleware = (event) => {
  if (!event.req.headers.get("authorization")) throw new HTTPError({ status: 401 });
};

export const answer = defineHandler(() => ({}));

/** The same under a name that does not say so. */
export const checked = defineMiddleware((event) => {
  if (!event.req.headers.get("authorization")) throw new HTTPError({ status: 401 });
});
