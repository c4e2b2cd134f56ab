import type { EffectiveDecorator } from "../../decorators.js";

/** inversify-express-utils and the frameworks of InversifyJS itself. */
export const packages: readonly string[] = ["inversify-express-utils", "@inversifyjs/http-core", "@inversifyjs/http-express", "@inversifyjs/http-fastify", "@inversifyjs/http-hono", "@inversifyjs/http-uwebsockets"];

/** Whether a decorator is one of these packages, of a name that is wanted. */
export function isOurs({ from }: EffectiveDecorator, wanted: RegExp): boolean {
  return from !== undefined && packages.includes(from.package) && wanted.test(from.name);
}
