/**
 * A table by words that come from outside. Unlike a plain object it holds nothing else: `constructor` and `toString`, which
 * methods, packages and files are called as well, are in none.
 */
export function wordTable<Value>(rows: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const table: Record<string, Value> = { ...rows };
  Object.setPrototypeOf(table, null);
  return table;
}
