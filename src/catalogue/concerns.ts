import type { ArgumentPath, OptionTest } from "./library.js";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

/** How a log call reads its arguments. */
export type LogShape =
  /** `(fields?, message?, ...values)` or `(message, ...values)`: fields behind the message are lost. */
  | "fields-message"
  /** `(message, fields?)`. */
  | "message-fields"
  /** `(message, ...parameters, context?)`, the last string being the context; `error(message, stack?, context?)`. */
  | "nest"
  /** Any arguments, printed or merged. */
  | "any"
  /** `(format, ...values)`. */
  | "format"
  /** `(level, message, fields?)` or one entry. */
  | "level-first"
  /** `(prefix, message, ...values)`. */
  | "prefix-message"
  /** `(...messages)`, the fields having been given by calls before it. */
  | "fluent";

/** A call that writes to the log, or that changes what later ones write. */
export type LogCall =
  | { readonly does: "write"; readonly level: LogLevel; readonly shape: LogShape }
  /** Makes a logger with fields of its own; `fields` says where they stand. */
  | { readonly does: "child"; readonly fields: ArgumentPath }
  /** Adds fields or an error to what is written next. */
  | { readonly does: "fields"; readonly fields: ArgumentPath }
  | {
      readonly does: "create";
      /** Where the settings stand. */
      readonly options: ArgumentPath;
      /** Settings that take sensitive fields out, below `options`. */
      readonly redaction?: readonly string[];
      /** The property under which an error is written. */
      readonly errorKey?: string;
    }
  /** Hands data to a service that keeps it: error trackers, traces. */
  | { readonly does: "report"; readonly data: readonly ArgumentPath[] };

/** A request to another server. */
export interface HttpCall {
  readonly does: "request" | "create";
  readonly url?: readonly ArgumentPath[];
  readonly body?: readonly ArgumentPath[];
  readonly headers?: readonly ArgumentPath[];
}

/** What a queue, broker or scheduler call does. */
export interface QueueCall {
  readonly does: "enqueue" | "consume" | "schedule";
  readonly name?: ArgumentPath;
  readonly payload?: readonly ArgumentPath[];
  /** The function that is run. */
  readonly handler?: ArgumentPath;
  /** Where the payload stands in what the handler is given: `0.data`. */
  readonly received?: ArgumentPath;
  /** What is run where there is no such handler, and where the payload stands in what it is given. */
  readonly otherwise?: Otherwise;
}

/** A handler that stands in another one's place: `eachBatch` for `eachMessage`. */
export interface Otherwise {
  readonly handler: ArgumentPath;
  readonly received: ArgumentPath;
}

/** How the outside reaches the code: by a request, a query, a message, an event, a clock, a command line, a socket or a platform. */
export type EntryKind = "http" | "graphql" | "message" | "event" | "cron" | "cli" | "websocket" | "lambda";

/**
 * The outside reaches the code through this: a call or construction that is given functions, a decorator of a method or
 * class, a class that others extend, or the type of what a function is given.
 */
export interface EntryPoint {
  readonly kind: EntryKind;
  /** The queue, event, command or schedule. */
  readonly name?: ArgumentPath;
  /** The function that is run. */
  readonly handler?: ArgumentPath;
  /** What is run if there is no such handler, and where what came from outside stands in what that is given. */
  readonly otherwise?: Otherwise;
  /** An object of functions, also of objects of them (resolvers by type). */
  readonly handlers?: ArgumentPath;
  /** Of a class that has this decorator or extends this: the method that is run. */
  readonly method?: string;
  /** Where what came from outside stands in what the function is given: `0.data`. */
  readonly received?: ArgumentPath;
  /** Arguments under which the call is something else: the events of a connection. */
  readonly unless?: readonly OptionTest[];
}

/** What a step in front of a handler does to a request. */
export interface Middleware {
  readonly role:
    /** Refuses requests without a principal. */
    | "auth"
    /** Finds the principal if there is one and lets everybody pass. */
    | "attach"
    | "authz"
    | "rate-limit"
    /** Takes a route out of a limit that holds for others. */
    | "rate-limit-exemption"
    | "validation"
    | "body-parser"
    | "request-id"
    | "request-log"
    | "context"
    | "idempotency"
    | "pagination"
    | "error-handler"
    | "error-wrapper"
    | "security-headers"
    | "cors"
    | "compression"
    | "session"
    | "static"
    | "docs"
    | "webhook-signature"
    | "upload";
  /** The value is put on the route as it is; otherwise what a call of it gives is. */
  readonly direct?: true;
  /** Settings under which it no longer refuses. */
  readonly optionalWhen?: readonly OptionTest[];
  /** The part of the request that it checks: the value of this argument or property says which. */
  readonly part?: ArgumentPath;
  /** Schemas by the part of the request they are for. */
  readonly schemas?: Readonly<Partial<Record<"body" | "query" | "params" | "headers" | "cookies" | "any", ArgumentPath>>>;
  /** Functions that it wraps and that are the handler in truth. */
  readonly wraps?: ArgumentPath;
}

/** What happens to keys that a schema does not name. */
export type UnknownKeys = "strip" | "keep" | "reject";

/** How a call checks data against a schema. */
export interface Validation {
  /** How the caller learns that data are invalid. */
  readonly failure: "throws" | "rejects" | "result" | "boolean" | "none";
  /** Where the data stand. */
  readonly input: ArgumentPath;
  /** Where the schema stands; absent when it is the object whose method is called. */
  readonly schema?: ArgumentPath | "type-argument";
  /** Where checked data come out: the result itself, a property of it, or nowhere (the input is only judged). */
  readonly output: "result" | "input" | `result.${string}`;
  /** What it does with unknown keys whatever the schema says. */
  readonly unknownKeys?: UnknownKeys;
  /** The property of the result that must be read: `success`, `error`. */
  readonly verdict?: string;
}

/** What a call says of the schema that it makes or changes. */
export interface SchemaFacts {
  readonly makes?: "object" | "string" | "number" | "boolean" | "date" | "enum" | "array" | "record" | "union" | "any" | "file" | "reference" | "literal";
  /** Where an object schema's fields, or the inner schema, stand. */
  readonly fields?: ArgumentPath;
  /** The unknown keys of the schema that it gives. */
  readonly unknownKeys?: UnknownKeys;
  /** Where the schema itself says what becomes of unknown keys, and what each constant there means. */
  readonly unknownKeysAt?: { readonly at: ArgumentPath; readonly means: Readonly<Record<string, UnknownKeys>> };
  /** Sets an upper bound (`max`). */
  readonly maximum?: ArgumentPath;
  /** Gives a value where there is none. */
  readonly default?: ArgumentPath;
  readonly optional?: true;
  /** Takes anything: no check at all. */
  readonly unchecked?: true;
  /** Restricts a string to a closed set or pattern. */
  readonly constrains?: true;
}

/** A call that reads settings. */
export interface SettingsCall {
  /** Reads one key, checks all, loads files into the environment, or registers a part of the settings. */
  readonly does: "read" | "validate" | "load" | "register";
  /** Where the environment that is checked stands. */
  readonly environment?: ArgumentPath;
  readonly schema?: ArgumentPath;
  readonly key?: ArgumentPath;
  readonly fallback?: ArgumentPath;
  /** Settings under which nothing is checked. */
  readonly skippedWhen?: readonly ArgumentPath[];
}

/** An argument that must not be given request data as it came. */
export interface Sink {
  readonly kind: "path" | "shell" | "code" | "redirect" | "url" | "regexp" | "html" | "filter" | "deserialise" | "xml" | "template" | "header" | "ldap" | "xpath" | "email";
  readonly at: ArgumentPath;
  /** Only where one of these settings of the call is so. */
  readonly when?: readonly OptionTest[];
  /** Settings of the call with which it is safe. */
  readonly unless?: readonly ArgumentPath[];
}
