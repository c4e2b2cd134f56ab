import type { FastifyInstance } from "fastify";
import { answer, requireToken } from "./guards.js";

/** Closes what it is given, also routes that are there already. */
export const close = (instance: FastifyInstance): void => {
  instance.addHook("preHandler", requireToken);
};

/** Adds through another helper, under another name. */
export function addNotes({ instance }: { instance: FastifyInstance }): void {
  instance.get("/notes", answer);
  new More().add(instance);
}

class More {
  add(server: FastifyInstance): void {
    const more = server.withTypeProvider();
    more.get("/more", answer);
  }
}
