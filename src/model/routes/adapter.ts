import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Application, Handler, Mount, RequestPart, Route, SchemaUse, Step, StepOrigin, UnresolvedRoute } from "./route.js";
import type { Located } from "../values/located.js";
import type { Span } from "../../base/position.js";

/** A registration with its surroundings, before roles and schemas are read: what an adapter finds. */
export interface RawRoute {
  readonly framework: string;
  readonly method: string;
  /** Joined with all prefixes, in the framework's own notation. */
  readonly path: string;
  readonly file: string;
  readonly span: Span;
  readonly mounts: readonly Mount[];
  /** What runs before the handler, in order. */
  readonly chain: readonly RawStep[];
  readonly handler: Located | undefined;
  /** Options of the registration (Fastify's `schema`, hapi's `options`, …). */
  readonly options?: Located;
  readonly conditional?: string;
  readonly opaque?: true;
  readonly serves?: "resources" | "board";
  /** The path could not be told in full. */
  readonly partial?: true;
  /** Nothing that could be found mounts its router: its prefix and what runs before it there are not known. */
  readonly unmounted?: true;
  /** Where the application is made that serves it, as far as the adapter follows that: its file and where it starts there, `src/app.ts@120`. */
  readonly application?: string;
  /** The schemas that stand in the options of the registration; what is not described is read from the handler. */
  readonly schemas?: { readonly request: Readonly<Partial<Record<RequestPart, SchemaUse>>>; readonly response?: SchemaUse };
  /** What the framework itself knows of request and response; without it the options and the handler's reads tell. */
  describe?(handler: Handler | undefined, steps: readonly Step[]): Description;
  readonly version?: { readonly value: string; readonly source: "path" | "prefix" | "decorator" | "header" };
}

/** How a route's request and response are described. */
export interface Description {
  readonly request: Route["request"];
  readonly response: SchemaUse;
}

/** A middleware, guard, hook or decorator as written. */
export interface RawStep extends Located {
  readonly origin: StepOrigin;
  /** The framework calls it with its options: a plugin that is registered. */
  readonly plugin?: true;
  /** What the plugin is given. */
  readonly options?: Expression;
  /** Whoever put it there wrote that it does not run for this route. */
  readonly leftOut?: true;
  /** What a reader calls it, where its code does not say. */
  readonly name?: string;
  /** It is given the route's handler, whose code is no part of its own. */
  readonly wrapsHandler?: true;
  /** What the framework makes of it, whatever its code says. */
  readonly judged?: Pick<Step, "role" | "parts" | "enforced">;
}

export interface AdapterResult {
  readonly routes: readonly RawRoute[];
  readonly unresolved: readonly UnresolvedRoute[];
  readonly applications: readonly Application[];
  /** Files that the framework writes from what was found: what other adapters find in them is the same once more. */
  replaces?(file: string): boolean;
}

/** One framework: finds its applications, routers and routes. */
export interface Adapter {
  readonly framework: string;
  /** Packages of which at least one must be imported somewhere for the adapter to run; without any it always runs. */
  readonly packages: readonly string[];
  find(model: ProjectModel): AdapterResult;
}
