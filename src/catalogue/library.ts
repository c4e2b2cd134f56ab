import type { Capability } from "./capabilities.js";
import type { EntryPoint, HttpCall, LogCall, Middleware, QueueCall, SchemaFacts, SettingsCall, Sink, Validation } from "./concerns.js";
import type { StoreCall, StoreLibrary } from "./data-access.js";
import type { Provenance } from "./provenance.js";

/**
 * Where something sits among the arguments of a call: `0`, a property of it as `0.data`, the last one as `last`, or all
 * from one on as `1+`. Where several places are given, it may stand in any of them.
 */
export type ArgumentPath = `${number}` | "last" | `${number}+` | `${number | "last"}.${string}`;

/**
 * A value of a library's API by name or in place: the name of one of the library's `values`, `package#name` for one of
 * another library, or `self` for the object whose member was called.
 */
export type ApiReference = string | ApiValue;

/** What a value is, whatever is done with it. */
export type ApiKind =
  /** Long-lived access to a store: client, pool, data source. */
  | "client"
  /** Lives as long as a transaction or a borrowed connection. */
  | "handle"
  /** A model, repository or delegate: reads and writes one kind of row. */
  | "model"
  /** A statement under construction, or one that runs when it is awaited. */
  | "statement"
  | "cursor"
  /** A row that can save itself. */
  | "document"
  /** The declaration of a table, entity or collection. */
  | "table"
  /** SQL whose values are bound. */
  | "sql"
  | "migrator"
  /** A web framework's objects. */
  | "application"
  | "router"
  | "request"
  | "response"
  | "context"
  | "http-exception"
  | "http-status"
  /** The outside world. */
  | "http-client"
  | "http-server"
  | "queue"
  | "worker"
  | "scheduler"
  | "logger"
  | "mailer"
  | "storage"
  | "cache"
  /** A schema that checks at run time. */
  | "schema"
  | "validator"
  /** Settings that were read and checked. */
  | "settings";

/** What happens outside the process, or stays behind, when a value is made. */
export interface Effect {
  readonly makes: "client" | "pool" | "connection" | "server" | "queue" | "worker" | "scheduler" | "timer" | "file" | "folder" | "watcher";
  /** Connects, listens, opens a file or starts a timer at once; otherwise the value is inert until it is used. */
  readonly opens?: true;
  /** What it opens is closed again when it returns. */
  readonly passing?: true;
  /** Settings of the call under which it does not. */
  readonly unless?: readonly OptionTest[];
}

/** Whether an argument or one of its properties has a value. */
export interface OptionTest {
  readonly at: ArgumentPath;
  readonly is: string | number | boolean;
}

/**
 * A value of a library's API: what it is, what calling it does, and what the steps of a provenance path behind it lead
 * to. Everything is optional; what is absent is unknown.
 */
export interface ApiValue {
  readonly is?: ApiKind;
  /** It may be something else: only a member that is listed shows that it is this. */
  readonly maybe?: true;

  /** What its members are. */
  readonly members?: Readonly<Record<string, ApiReference>>;
  /** What members are that are made of a verb and a name which a project chose: `add` for `addRole`. */
  readonly verbs?: Readonly<Record<string, ApiReference>>;
  /** What members are that are not listed. */
  readonly others?: ApiReference;
  /** Values whose members it has as well. */
  readonly like?: readonly string[];
  /** What a call of it gives. */
  readonly call?: ApiReference;
  /** Members that are what stood at a place of the call which made it, by that place. */
  readonly given?: Readonly<Record<string, number>>;
  /** A call of it gives back what stood at this place, with something added. */
  readonly gives?: number;
  /** What a call of it gives also has the members of the object that stood at this place, whose methods have what it was called on as their `this`. */
  readonly adds?: number;
  /** A call of it gives an instance of the class that stood at this place. */
  readonly instance?: number;
  /** What `new` gives, and what a value declared with this type is. */
  readonly new?: ApiReference;
  /** What it hands to a function that is passed to it: parameter number, or `option:number`. */
  readonly callback?: Readonly<Record<string, ApiReference>>;
  /** For the type of a function, or what takes one: which of its type arguments the function's parameters have, by parameter. */
  readonly parameterTypes?: Readonly<Record<string, number>>;
  /** For a generic type that stands for something else: the members to take of what its first type argument is. */
  readonly ofArgument?: readonly string[];
  /** What its elements are. */
  readonly element?: ApiReference;
  /** What it is once it was awaited, where that is something else: a statement gives rows. */
  readonly awaited?: ApiReference;

  /** What a call does to a store. */
  readonly store?: StoreCall;
  /** What it does to a store as the tag of a template, where that differs from a call. */
  readonly tag?: StoreCall;
  /** What making a value with a call or `new` does. */
  readonly effect?: Effect;
  readonly log?: LogCall;
  readonly http?: HttpCall;
  readonly queue?: QueueCall;
  /** A message as a broker delivers it: where its payload stands in it. */
  readonly message?: string;
  /** Where the outside reaches the code; queue calls that consume or schedule say it by themselves. */
  readonly entry?: EntryPoint;
  /** What a request passes where this is put on a route: the value itself, or what a call of it gives. */
  readonly middleware?: Middleware;
  /** How a call checks data. */
  readonly validation?: Validation;
  /** What a call says of the schema that it makes or changes. */
  readonly schema?: SchemaFacts;
  readonly settings?: SettingsCall;
  /** Arguments that must not be given request data as it came. */
  readonly sinks?: readonly Sink[];
  /** Arguments that are secrets. */
  readonly secrets?: readonly ArgumentPath[];
  /** Arguments that are credentials of a service, which alone checks them: what stands for one until it is filled in opens nothing. */
  readonly credentials?: readonly ArgumentPath[];
  /** What a parameter or property with this decorator is given. */
  readonly injects?: Provenance;
  /** What differs in versions below the key, as `major.minor`. */
  readonly below?: Readonly<Record<string, ApiValue>>;
}

/** What is known of one package, or of several with the same API. Data alone. */
export interface Library {
  /** The package; built-in modules carry `node:`. */
  readonly package: string;
  /** Other packages with the same API. A name that ends with `*` stands for all that begin so. */
  readonly also?: readonly string[];
  readonly capabilities: readonly Capability[];
  /** Subpaths with capabilities or exports of their own; the longest that a specifier begins with counts. */
  readonly subpaths?: Readonly<Record<string, Subpath>>;
  /** By the name it is taken from the package; `default` may be left out where the namespace is the same. */
  readonly exports?: Readonly<Record<string, ApiReference>>;
  readonly values?: Readonly<Record<string, ApiValue>>;
  /** A library whose exports this one has as well. */
  readonly reexports?: readonly string[];

  /**
   * Names of exports, dotted for members. A `*` stands for anything, a `!` in front takes out again, and the last that
   * matches counts. Harmless ones may be used where the package itself may not: error classes, enumerations, constants.
   */
  readonly harmless?: readonly string[];
  /** Exceptions that carry an HTTP status. */
  readonly httpExceptions?: readonly string[];
  /** Names of HTTP statuses. */
  readonly httpStatuses?: readonly string[];
  /** Types that hold a request of a web framework, in a package that is none. */
  readonly httpContexts?: readonly string[];
  /** Exports that say nothing about the layer that uses them: injection, logging, plain helpers. */
  readonly neutral?: readonly string[];
  /** Types that must not stand in a signature above the repository: `error` ones run queries, `warn` ones are plain shapes. */
  readonly leaks?: { readonly error?: readonly string[]; readonly warn?: readonly string[] };

  readonly store?: StoreLibrary;
}

export interface Subpath {
  readonly capabilities?: readonly Capability[];
  /** Instead of the package's own. */
  readonly exports?: Readonly<Record<string, ApiReference>>;
  readonly reexports?: readonly string[];
}
