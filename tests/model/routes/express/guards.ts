import type { RequestHandler } from "express";

/** Turns requests without a token away. */
export const requireToken: RequestHandler = (request, response, next) => {
  if (request.headers.authorization === undefined) {
    response.status(401).json({ code: "unauthenticated" });
    return;
  }
  next();
};

/** Lets everybody pass. */
export const readToken: RequestHandler = (request, response, next) => {
  response.locals["token"] = request.headers.authorization;
  next();
};

export const answer: RequestHandler = (_request, response) => {
  response.json({});
};

export const secured: RequestHandler[] = [requireToken, readToken];
