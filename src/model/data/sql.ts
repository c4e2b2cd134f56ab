import { wordTable } from "../../base/word-table.js";
import type { WriteKind } from "../../catalogue/index.js";

/** What a statement does, as its first words say. */
export type SqlRole = "list" | "write" | "schema" | "begin" | "commit" | "rollback" | "savepoint" | "other";

/** A statement's effect, read from its words. */
export interface SqlStatement {
  readonly role: SqlRole;
  readonly write?: WriteKind;
  /** Has a `LIMIT`, `TOP` or `FETCH` of its own. */
  readonly limited?: true;
  /** Gives one row: a count or sum, or no table at all. */
  readonly aggregate?: true;
  /** A change without `WHERE`. */
  readonly unfiltered?: true;
  /** The table that is changed, without its schema. */
  readonly table?: string;
}

const writes: Readonly<Record<string, WriteKind>> = wordTable({ insert: "insert", replace: "upsert", update: "update", delete: "delete", merge: "upsert", upsert: "upsert", copy: "insert" });
const aggregates = new Set(["count", "sum", "min", "max", "avg", "exists"]);
const schemaWords = new Set(["create", "alter", "drop", "truncate", "grant", "revoke", "rename", "comment", "reindex"]);

/** What may follow `BEGIN` of a transaction; anything else is a block of statements: `BEGIN DBMS_STATS.GATHER_TABLE_STATS(…); END;`. */
const kindsOfTransaction = new Set(["transaction", "tran", "work", "deferred", "immediate", "exclusive", "concurrent", "isolation", "read", "not"]);

function opensTransaction(text: string, [first = "", second]: readonly string[]): boolean {
  if (first === "start") return second === "transaction";
  return first === "begin" && (second === undefined || kindsOfTransaction.has(second) || /\bbegin\s*;/i.test(text.slice(0, 2_000)));
}

/** Reads what a text of SQL does; unknown values stand in it as `?`. Comments and the head of a `WITH` are passed over. */
export function readSql(text: string): SqlStatement {
  const words = wordsOf(text);
  let [first = ""] = words;
  // `WITH x AS (SELECT …) UPDATE …`: the last verb of the outermost level tells.
  if (first === "with") first = outerVerb(text) ?? "select";
  // What an unknown statement is explained by is read.
  if (first === "explain") first = words.slice(1).find((word) => word === "select" || word === "with" || writes[word] !== undefined) ?? "select";
  if (opensTransaction(text, words)) {
    // `BEGIN; …; COMMIT;` in one text is a transaction of its own: it does what its first statement of use does.
    const inner = words.includes("commit") ? text.slice(0, 20_000).split(";").slice(1).map((one) => readSql(one)).find(({ role }) => role === "write" || role === "schema") : undefined;
    return inner ?? { role: words.includes("commit") ? "other" : "begin" };
  }
  if (first === "commit" || (first === "end" && words.length < 4)) return { role: "commit" };
  if (first === "rollback") return words.includes("to") ? { role: "savepoint" } : { role: "rollback" };
  if (first === "savepoint" || first === "release") return { role: "savepoint" };
  // A truncated table is emptied; the schema stays.
  if (first === "truncate") return { role: "write", write: "delete", unfiltered: true };
  const mutation = first === "alter" ? mutationOf(words) : undefined;
  if (mutation) return { role: "write", write: mutation };
  if (schemaWords.has(first)) return isWorkTable(words) || isPlace(words) || namesPeriod.test(text) ? { role: "other" } : { role: "schema" };
  const write = first === "insert" && keepsKnownRow(words) ? "upsert" : writes[first];
  const table = write && changed.exec(text.slice(0, 1000))?.[1];
  if (write) return { role: "write", write, ...(table !== undefined && { table }), ...((write === "update" || write === "delete") && !words.includes("where") && !words.includes("?") && { unfiltered: true }) };
  if (first === "select" || first === "values" || first === "table") {
    const limited = words.includes("limit") || words.includes("top") || words.includes("fetch");
    const aggregate = (aggregates.has(words[1] ?? "") && !words.includes("group")) || (!words.includes("from") && !words.includes("?"));
    return { role: "list", ...(limited && { limited: true }), ...(aggregate && { aggregate: true }) };
  }
  return { role: "other" };
}

/** The name behind the verb, also where the schema in front of it is unknown. */
const changed = /^\s*(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update|delete\s+from)\s+(?:only\s+)?(?:["`[]?[\w?]{1,60}["`\]]?\s?\.\s?)?["`[]?(\w{1,60})/i;

/** `INSERT … ON CONFLICT …`, `INSERT … ON DUPLICATE KEY UPDATE …`, `INSERT OR REPLACE …` */
function keepsKnownRow(words: readonly string[]): boolean {
  return words[1] === "or" || words.some((word, index) => word === "on" && /^(conflict|duplicate)$/.test(words[index + 1] ?? ""));
}

/** `ALTER TABLE events DELETE WHERE …`: ClickHouse changes rows with the words of the schema. */
function mutationOf(words: readonly string[]): "delete" | "update" | undefined {
  const verb = words.slice(2, 8).find((word, index) => (word === "delete" || word === "update") && words[index + 1] !== "on");
  return words.includes("where") && (verb === "delete" || verb === "update") ? verb : undefined;
}

/** Temporary and unlogged tables are working memory, not schema. */
function isWorkTable(words: readonly string[]): boolean {
  return ["temp", "temporary", "unlogged"].some((word) => words.slice(0, 5).includes(word));
}

/** `CREATE SCHEMA IF NOT EXISTS auth`: a place for tables, which must be there before migrations can fill it. */
function isPlace([first, kind, condition]: readonly string[]): boolean {
  return first === "create" && (kind === "schema" || kind === "database") && condition === "if";
}

/** ``CREATE TABLE events_${year}``, ``CREATE INDEX … ON events_${year}``: tables of each year, tenant or shard, which no migration can know. */
const namesPeriod = /^\s*(?:create|alter|drop)\s[^;?(]{0,200}_ \?/i;

/** The words of a text in lower case, without comments and quoted text; `?` stands for itself. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  // One alternative for each first character: no text is read twice.
  for (const [, word] of text.slice(0, 20_000).matchAll(/--[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*?\/?|'[^']*'?|"[^"]*"?|`[^`]*`?|([A-Za-z_][\w$]*|\?)/g)) {
    if (word !== undefined) words.push(word.toLowerCase());
  }
  return words;
}

/** The verb behind the parentheses of a `WITH`. */
function outerVerb(text: string): string | undefined {
  let depth = 0;
  for (const [token] of text.slice(0, 20_000).matchAll(/'[^']*'?|"[^"]*"?|[()]|[A-Za-z_]+/g)) {
    if (token === "(") depth++;
    else if (token === ")") depth--;
    else if (depth === 0) {
      const word = token.toLowerCase();
      if (word === "select" || writes[word] !== undefined) return word;
    }
  }
  return undefined;
}
