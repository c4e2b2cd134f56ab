/**
 * Where a value comes from: what was taken from which package, and how.
 *
 * Steps, in order:
 * - a name: the export or member of that name (`default` for the default export)
 * - `()`: the result of a call; `await` is transparent
 * - `new()`: an instance, made with `new` or declared by type (`x: PrismaClient`, also for interfaces)
 * - `=>0`: the first parameter of a function that is passed to the call of the value before; `=>handler:0` when the
 *   function stands in an option of that name
 * - `[]`: an element of a list
 *
 * `new Pool().query` of pg is `{ package: "pg", subpath: "", path: ["Pool", "new()", "query"] }`; the `tx` of
 * `db.transaction((tx) => …)` is the path of `db` with `transaction`, `=>0` behind it.
 */
export interface Provenance {
  /** Package name; `node:fs` for built-in modules; `global` for names that nothing declares. */
  readonly package: string;
  /** Empty, or begins with a slash. */
  readonly subpath: string;
  readonly path: readonly string[];
}

/** The step of a call's result. */
export const callStep = "()";

/** The step of an instance. */
export const newStep = "new()";

/** The step of a list's element. */
export const elementStep = "[]";
