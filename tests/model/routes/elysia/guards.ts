import { Elysia } from "elysia";

/** Local hooks: who uses this plugin is not guarded by it. */
export const localGuard = new Elysia({ name: "local" }).onBeforeHandle(({ headers, status }) => (headers["authorization"] === undefined ? status(401) : undefined));

/** Guards whoever uses it, one level up. */
export const scopedGuard = new Elysia({ name: "scoped" }).onBeforeHandle({ as: "scoped" }, ({ headers, status }) => (headers["authorization"] === undefined ? status(401) : undefined));

/** A guard that routes switch on by name. */
export const macros = new Elysia({ name: "macros" }).macro({
  signedIn: {
    resolve({ headers, status }) {
      return headers["authorization"] === undefined ? status(401) : { user: "someone" };
    },
  },
});

export const answer = (): object => ({});
