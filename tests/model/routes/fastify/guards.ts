import fp from "fastify-plugin";
import type { FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
  }
}

/** Turns requests without a token away. */
export async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  return request.headers.authorization === undefined ? reply.code(401).send({ code: "unauthenticated" }) : undefined;
}

/** Decorates the application that registers it. */
export const guards = fp(async (app) => {
  app.decorate("authenticate", requireToken);
});

/** Guards all that is registered where it is. */
export const guardAll = fp(async (instance) => {
  instance.addHook("onRequest", requireToken);
});

export const answer = async (): Promise<object> => ({});
