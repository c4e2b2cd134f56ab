import type { Span } from "../../base/position.js";
import type { FunctionNode } from "../../facts/syntax.js";

/** The parts of a request that a schema can cover. */
export type RequestPart = "body" | "query" | "params" | "headers";

export const requestParts: readonly RequestPart[] = ["body", "query", "params", "headers"];

/** What a step of a chain does. */
export type StepRole =
  /** Rejects a request without valid credentials. */
  | "auth"
  /** Reads credentials if they are there and never rejects. */
  | "auth-attach"
  /** Decides what an authenticated principal may do. */
  | "authz"
  | "rate-limit"
  /** Takes the route out of a limit that holds for others: `@SkipThrottle()`. */
  | "unlimited"
  | "validation"
  /** Body parsers, request ids, loggers, security headers, compression, … */
  | "context"
  | "error-wrapper"
  | "public"
  | "idempotency"
  | "pagination"
  | "unknown";

/** Where a step was attached. */
export type StepOrigin = "global" | "mount" | "group" | "controller" | "route" | "handler";

/** A middleware, guard, hook, pipe, interceptor or decorator that runs before the handler. */
export interface Step {
  readonly role: StepRole;
  readonly origin: StepOrigin;
  /** As a reader knows it: `requireAuth`, `passport.authenticate`, `@UseGuards(JwtGuard)`. */
  readonly name: string;
  readonly file: string;
  readonly span: Span;
  /** For authentication that only attaches: it is written to let callers without credentials pass. */
  readonly optional?: true;
  /** For authentication that also turns away who may not: `secured({ permission })`. */
  readonly authorizes?: true;
  /** For authentication by a secret that all its callers share: it proves that they may, and says not who they are. */
  readonly nameless?: true;
  /** It lets requests for this path pass, which is on its list of open ones. */
  readonly opensPath?: true;
  /** Where the code of a step that cannot be judged is, if it is in the project. */
  readonly definition?: { readonly file: string; readonly span: Span };
  /** The package that a step is of which cannot be judged. */
  readonly package?: string;
  /** The key that a decorator notes something under, for guards to read. */
  readonly notes?: string;
  /** For authorisation: the keys of what a decorator must have noted for it to ask anything. */
  readonly needs?: readonly string[];
  /** For validation: the parts it checks; empty if that cannot be told. */
  readonly parts?: readonly RequestPart[];
  /** For validation: whether a failure stops the request. */
  readonly enforced?: boolean;
}

/** How one part of the request, or the response, is described. */
export interface SchemaUse {
  readonly kind:
    /** A schema that is run. */
    | "enforced"
    /** A schema that nothing runs. */
    | "declared"
    /** A type that is gone at run time. */
    | "type-only"
    /** Read with nothing that checks it. */
    | "none"
    /** Not read, or nothing to describe. */
    | "absent"
    | "unknown";
  readonly file?: string;
  readonly span?: Span;
  /** What was found, in words: `zValidator`, `interface CreateUser`. */
  readonly by?: string;
}

/** The function that answers a request. */
export interface Handler {
  readonly file: string;
  readonly node: FunctionNode;
  /** `UserController.create` or the function's name. */
  readonly name: string;
  /** The framework is given the function itself, and no call around it that may see what it throws. */
  readonly bare?: true;
}

/** One prefix on the way from the application to a route. */
export interface Mount {
  readonly file: string;
  readonly span: Span;
  readonly prefix: string;
}

export type Confidence = "exact" | "partial" | "unknown";

/** An HTTP route: one for each method and path. */
export interface Route {
  readonly framework: string;
  /** Upper case; `ALL` for every method. */
  readonly method: string;
  /** The full path: one leading slash, no trailing one, parameters as `:name`, wildcards as `*name`. */
  readonly path: string;
  readonly file: string;
  /** The registration, or the method's decorator. */
  readonly span: Span;
  readonly mounts: readonly Mount[];
  readonly version: { readonly value: string; readonly source: "path" | "prefix" | "decorator" | "header" } | undefined;
  /** In the order in which they run. */
  readonly steps: readonly Step[];
  readonly handler: Handler | undefined;
  readonly request: Readonly<Record<RequestPart, SchemaUse>>;
  readonly response: SchemaUse;
  readonly confidence: Confidence;
  /** Nothing that could be found mounts its router: its prefix and what runs before it there are not known. */
  readonly unmounted?: true;
  /** Where the application is made that serves it, where that is known: its file and where it starts there, `src/app.ts@120`. */
  readonly application?: string;
  /** The predicate under which the route is registered, where there is one. */
  readonly conditional?: string;
  /** A third-party application (admin board, API documentation, auth handler) that answers everything below the path. */
  readonly opaque?: true;
  /** What such an application gives to whoever asks: data of the project, or a board to work on it. */
  readonly serves?: "resources" | "board";
}

/** A registration that could not be turned into routes. */
export interface UnresolvedRoute {
  readonly file: string;
  readonly span: Span;
  readonly reason: string;
}

export interface RouteTable {
  /** Sorted by path, method, file and place. */
  readonly routes: readonly Route[];
  readonly unresolved: readonly UnresolvedRoute[];
  /** The applications: where each is created, and what is known of it. */
  readonly applications: readonly Application[];
}

/** A web application of the project. */
export interface Application {
  readonly framework: string;
  readonly file: string;
  readonly span: Span;
  /** An error handler of the framework is installed. */
  readonly errorHandler: boolean | undefined;
}
