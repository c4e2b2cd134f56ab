import type { ApiReference, ApiValue, Library } from "../library.js";

const list: ApiValue = { store: { role: "statement", text: ["0", "0.text"], parameters: ["1", "0.values"] } };
const one: ApiValue = { store: { role: "statement", text: ["0", "0.text"], parameters: ["1", "0.values"], single: true } };
const bound: ApiReference = { store: { role: "bound" }, call: "sql" };

/** What the types and the main object offer beside connections; https://vitaly-t.github.io/pg-promise/. */
const main: Record<string, ApiReference> = {
  IMain: { new: "main" },
  IDatabase: { new: "database" },
  ITask: { new: "task" },
  IBaseProtocol: { new: "task" },
  IConnected: { new: "connection" },
  QueryFile: { new: "sql" },
  PreparedStatement: { new: {} },
  ParameterizedQuery: { new: {} },
  as: "formatting",
};

/** pg-promise: `$1` and `${name}` of its text are formatted with the values, escaped unless they say `:raw`. */
const library: Library = {
  package: "pg-promise",
  capabilities: ["data-access"],
  store: { family: "sql", execution: "eager" },
  harmless: ["*Error", "*ErrorCode", "errors", "TransactionMode", "isolationLevel", "txMode", "queryResult"],
  leaks: { error: ["IDatabase", "ITask", "IMain", "IConnected", "IBaseProtocol", "QueryFile", "PreparedStatement", "ParameterizedQuery"], warn: ["IResult*"] },
  exports: { default: { call: "main", members: main }, ...main },
  values: {
    main: { call: "database", effect: { makes: "pool" }, members: { ...main, end: { store: { role: "disconnect" } }, helpers: { members: { insert: bound, update: bound, values: bound, sets: bound, concat: bound, ColumnSet: { new: {} } } } } },
    formatting: { members: { format: bound, name: { store: { role: "identifier" }, call: "sql" }, alias: { store: { role: "identifier" }, call: "sql" }, text: bound, value: bound, csv: bound, json: bound } },
    methods: {
      members: {
        any: list,
        many: list,
        manyOrNone: list,
        query: list,
        result: list,
        multi: list,
        multiResult: list,
        map: list,
        each: list,
        none: one,
        one,
        oneOrNone: one,
        func: { store: { role: "statement" } },
        proc: { store: { role: "statement" } },
        stream: { store: { role: "list", bounded: true } },
        task: { store: { role: "acquire", body: ["0", "1"] }, callback: { "0": "task" } },
        taskIf: { store: { role: "acquire", body: ["0", "1"] }, callback: { "0": "task" } },
      },
    },
    database: {
      is: "client",
      like: ["methods"],
      members: {
        connect: { store: { role: "acquire" }, call: "connection" },
        tx: { store: { role: "transaction", body: ["0", "1"] }, callback: { "0": "task" } },
        txIf: { store: { role: "transaction", body: ["0", "1"] }, callback: { "0": "task" } },
      },
    },
    task: {
      is: "handle",
      like: ["methods"],
      members: {
        batch: {},
        tx: { store: { role: "savepoint", body: ["0", "1"] }, callback: { "0": "task" } },
        txIf: { store: { role: "savepoint", body: ["0", "1"] }, callback: { "0": "task" } },
      },
    },
    connection: { is: "handle", like: ["methods"], members: { done: { store: { role: "release", execution: "sync" } }, tx: { store: { role: "transaction", body: ["0", "1"] }, callback: { "0": "task" } } } },
    sql: { is: "sql" },
  },
};

export default library;
