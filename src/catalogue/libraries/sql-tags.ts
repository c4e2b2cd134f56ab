import type { ApiReference, ApiValue, Library } from "../library.js";

/** A tag whose values are bound. */
const tag: ApiReference = { tag: { role: "bound" }, store: { role: "bound" }, call: "sql" };
const bound: ApiReference = { store: { role: "bound" }, call: "sql" };
const raw: ApiReference = { store: { role: "raw", text: ["0"] }, call: "sql" };
const base = { capabilities: ["data-access"], store: { family: "sql", execution: "explicit" } } as const;

/** A statement of `sql-template-strings`: what is added as plain text is run as it is. */
const statement: ApiValue = { is: "sql", members: { append: { store: { role: "raw", text: ["0"] }, call: "sql" }, setName: { call: "sql" }, useBind: { call: "sql" } } };

/** Tags that make statements for a driver, with their values bound. */
const libraries: readonly Library[] = [
  { package: "sql-template-strings", ...base, exports: { default: tag, SQL: tag, SQLStatement: { new: "sql" } }, values: { sql: statement } },
  { package: "sql-template-tag", ...base, exports: { default: tag, sql: tag, raw, join: bound, bulk: bound, empty: "sql", Sql: { new: "sql" } }, values: { sql: { is: "sql" } } },
];

export default libraries;
