import type { ArgumentPath } from "./library.js";

/** What one call does to a store. */
export type StoreRole =
  /** Opens the connection. */
  | "connect"
  | "disconnect"
  /** Borrows a connection, which must be released. */
  | "acquire"
  | "release"
  /** Reads one row, a count or a sum. */
  | "read"
  /** Reads a list. */
  | "list"
  | "write"
  /** Looks like a write and only makes an object. */
  | "build"
  /** Names the rows of a statement whose other parts say what it does: `selectFrom`, `query()`. */
  | "start"
  /** Adds a part to a statement. */
  | "clause"
  /** Runs a statement that was built. */
  | "execute"
  /** Runs the text it is given; the text says what it does. */
  | "statement"
  /** Makes a piece of SQL out of plain text. */
  | "raw"
  /** Makes SQL whose values are bound. */
  | "bound"
  /** Quotes a name. */
  | "identifier"
  /** Puts a value into the text. */
  | "inline"
  /** Changes the schema. */
  | "schema"
  /** Runs a function, or a list of statements, in a transaction. */
  | "transaction"
  | "begin"
  | "commit"
  | "rollback"
  | "savepoint"
  /** Runs other calls in the transaction of the asynchronous context. */
  | "ambient";

/** When a call runs. */
export type Execution =
  /** At once; the promise only tells the outcome. */
  | "eager"
  /** When the result is awaited. */
  | "lazy"
  /** When a method that executes is called. */
  | "explicit"
  /** At once, and the result is no promise. */
  | "sync";

export type WriteKind = "insert" | "update" | "upsert" | "delete" | "save" | "other";

/** What a call does to a store, and where its parts stand among the arguments. */
export interface StoreCall {
  readonly role: StoreRole;
  /** Where it differs from the library's. */
  readonly execution?: Execution;
  readonly write?: WriteKind;
  /** One statement for many rows. */
  readonly many?: true;
  /** The values that are written. */
  readonly data?: readonly ArgumentPath[];
  /** The names of the columns or fields that may be written. */
  readonly fields?: readonly ArgumentPath[];
  /** Which rows. Absent on a write that has no filter. */
  readonly filter?: readonly ArgumentPath[];
  /** How many rows at most. */
  readonly limit?: readonly ArgumentPath[];
  /** The list is a page or a stream whatever the arguments. */
  readonly bounded?: true;
  /** Does so only where somebody waits for it: a project has methods of its own with such names, which set a value at once. */
  readonly waitedFor?: true;
  /** Turns the list into one row. */
  readonly single?: true;
  /** Text that the store runs as it is. */
  readonly text?: readonly ArgumentPath[];
  /** Values that are bound to the text. */
  readonly parameters?: readonly ArgumentPath[];
  /** Names of columns or tables. */
  readonly identifiers?: readonly ArgumentPath[];
  /** Where the handle of a transaction is passed. */
  readonly handle?: readonly ArgumentPath[];
  /** The handle counts only behind a list of rows: behind one row it would be another. */
  readonly handleBehindList?: true;
  /** The function that runs in the transaction. */
  readonly body?: readonly ArgumentPath[];
  /** A list of statements made with the outer client, rightly. */
  readonly batch?: readonly ArgumentPath[];
  /** A setting of the call that makes it change the schema or lose data. */
  readonly dangerous?: readonly ArgumentPath[];
}

/** What holds for a whole data-access library. */
export interface StoreLibrary {
  /** What the stores of two libraries must share to be one store; `sql` for everything that speaks to a relational database. */
  readonly family: "sql" | "mongo" | "redis" | "dynamodb" | "object" | "search" | "firestore" | "graph" | "columnar" | "vector" | "documents";
  readonly execution: Execution;
  /** Handles are found in the asynchronous context: not passing them is no mistake. */
  readonly ambient?: "always" | "when-set-up";
  /** Calls that set the ambient transaction up, as dotted names of exports. */
  readonly ambientSetUp?: readonly string[];
  /** A condition whose value is undefined is left out, so that it matches every row: always, or in versions below this one. */
  readonly undefinedMatchesAll?: true | { readonly below: string };
  /** A builder is never changed: what a method gives must be used. */
  readonly immutable?: true;
  /** A row remembers the session or transaction that it was read or made with. */
  readonly rowsKeepSession?: true;
  /** The static member of a model that holds the JSON Schema which its rows have to fit. */
  readonly rowSchema?: string;
  /** Statements in text give the rows together with what describes them: `const [rows] = await pool.query(…)`. */
  readonly pairs?: true;
  /** Writes collect in the session and are sent by `flush`. */
  readonly unitOfWork?: true;
}
