import { lineStarts, rangeOf } from "../../base/position.js";
import { readTokens } from "../code/tokens.js";
import type { DeclaredTable, Source, TableKind } from "./declared-table.js";
import { drizzleTables } from "./drizzle-tables.js";
import { entityClasses } from "./entity-classes.js";
import { entitySchemas, sequelizeModels } from "./table-objects.js";

/**
 * The tables, entities and enumerations that a source text declares with Drizzle, TypeORM, MikroORM or Sequelize. By its
 * text, since an old version of a file has no facts.
 */
export function declaredTables(file: string, text: string): DeclaredTable[] {
  const kind = ormOf(text);
  if (kind === undefined) return [];
  const starts = lineStarts(text);
  const source: Source = { file, tokens: readTokens(text), range: (token) => rangeOf(starts, [token.start, token.end]) };
  if (kind === "drizzle") return drizzleTables(source);
  return [...entityClasses(source, kind), ...(kind === "sequelize" ? sequelizeModels(source) : entitySchemas(source, kind))];
}

function ormOf(text: string): Exclude<TableKind, "prisma"> | undefined {
  if (/["']drizzle-orm\b/.test(text)) return "drizzle";
  if (/["']typeorm["'/]/.test(text)) return "typeorm";
  if (/["']@mikro-orm\//.test(text)) return "mikro-orm";
  return /["'](sequelize|sequelize-typescript|@sequelize\/core)["'/]/.test(text) ? "sequelize" : undefined;
}
