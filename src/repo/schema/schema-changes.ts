import { compareText } from "../../base/finding.js";
import { folderOf, isSourceFile } from "../../base/paths.js";
import { packageAround } from "../readers/packages.js";
import type { GitChange, GitRange, RepoView } from "../repo-view.js";
import { declaredTables } from "./code-tables.js";
import { type RangeEnd, withCustomTypes, withInherited } from "./declared-elsewhere.js";
import type { DeclaredTable, TableKind } from "./declared-table.js";
import { findMigrations, type MigrationFolder, type MigrationTool } from "./migrations.js";
import { groupSchemaFiles, listPrismaSchemas } from "./prisma-files.js";
import { parsePrismaSchema } from "./prisma-schema.js";
import { prismaTables } from "./prisma-tables.js";

/** A table whose declaration says something else than at the base. */
export interface SchemaChange {
  readonly change: "added" | "removed" | "changed";
  /** The declaration now; for a removed one as it was. */
  readonly table: DeclaredTable;
  /** What was added to it, removed or changed, by the store's names; all of them for a new table. */
  readonly columns: readonly string[];
  /** Only what references do when their row is changed or deleted is another. */
  readonly referencesOnly?: true;
  /** Where its migrations are kept; empty where the project keeps none. */
  readonly migrations: readonly MigrationFolder[];
}

const toolsOf: Readonly<Record<TableKind, readonly MigrationTool[]>> = {
  prisma: ["prisma"],
  drizzle: ["drizzle"],
  typeorm: ["typeorm"],
  "mikro-orm": ["mikro-orm"],
  sequelize: ["sequelize", "code"],
};

const notCode = /(^|\/)(tests?|__tests__|e2e|__mocks__|fixtures?|examples?)\/|\.(test|spec|d)\.[cm]?tsx?$/;

/** The tables whose declarations differ in the checked range, by file and name. Comments, layout and moves are no difference. */
export function schemaChanges(repo: RepoView): SchemaChange[] {
  const range = repo.git?.range;
  if (range === undefined) return [];
  const migrationFiles = new Set(findMigrations(repo).flatMap(({ files }) => files));
  const code = range.changes.filter((change) => isSourceFile(change.file) && !notCode.test(change.file) && !migrationFiles.has(change.file));
  const before = whole([...code.flatMap((change) => tablesBefore(range, change)), ...prismaBefore(repo, range)], { files: repo.files, read: (file) => range.readAtBase(file) });
  const now = whole([...code.flatMap((change) => tablesNow(repo, change)), ...prismaNow(repo, range)], repo);
  const extended = new Set([...before, ...now].map((table) => table.extends));
  return compareTables(before, now).filter((change) => isOfStore(change, extended)).map((change) => ({ ...change, migrations: migrationsOf(repo, change.table) })).sort((left, right) => compareText(left.table.file, right.table.file) || left.table.range.start.line - right.table.range.start.line);
}

function whole(tables: readonly DeclaredTable[], end: RangeEnd): DeclaredTable[] {
  return withCustomTypes(withInherited(tables, end), end);
}

function tablesBefore(range: GitRange, { status, file, from = file }: GitChange): DeclaredTable[] {
  return status === "added" ? [] : declaredTables(from, range.readAtBase(from) ?? "");
}

function tablesNow(repo: RepoView, { status, file }: GitChange): DeclaredTable[] {
  return status === "deleted" ? [] : declaredTables(file, repo.read(file) ?? "");
}

function prismaNow(repo: RepoView, { changes }: GitRange): DeclaredTable[] {
  const changed = new Set(changes.map(({ file }) => file));
  const all = listPrismaSchemas(repo);
  // A file that was deleted or moved away changed its schema, whichever that was.
  const isGone = changes.some(({ status, file, from }) => (status === "deleted" && file.endsWith(".prisma")) || from?.endsWith(".prisma") === true);
  return all.filter(({ files }) => isGone || files.some((file) => changed.has(file))).flatMap(prismaTables);
}

/** The schemas of the base: the files that are there now and did not change, and those that did, as they were. */
function prismaBefore(repo: RepoView, range: GitRange): DeclaredTable[] {
  const changes = range.changes.filter(({ file, from }) => file.endsWith(".prisma") || from?.endsWith(".prisma") === true);
  if (changes.length === 0) return [];
  const isNew = new Set(changes.filter(({ status }) => status === "added" || status === "renamed").map(({ file }) => file));
  const files = [...new Set([...repo.files.filter((file) => file.endsWith(".prisma") && !isNew.has(file)), ...changes.flatMap(({ status, file, from }) => (status === "added" ? [] : [from ?? file]))])];
  const isChanged = new Set(changes.flatMap(({ file, from }) => [file, from ?? file]));
  const read = (file: string) => (isChanged.has(file) ? range.readAtBase(file) : repo.read(file)) ?? "";
  const now = new Set(prismaNow(repo, range).map(({ file }) => file));
  return groupSchemaFiles(files, read)
    .filter((group) => group.files.some((file) => isChanged.has(file) || now.has(file)))
    .flatMap((group) => prismaTables(parsePrismaSchema(group.files.map((file) => ({ file, text: read(file) })))));
}

/**
 * A class that others inherit from is no table: where it changed, so did those others. New or gone, it shows in them.
 * Classes with columns that nobody extends are something else.
 */
function isOfStore({ change, table }: Pick<SchemaChange, "change" | "table">, extended: ReadonlySet<string | undefined>): boolean {
  return table.partial !== true || (change === "changed" && (extended.has(table.name) || /abstract|base|entity/i.test(table.name)));
}

/** Tables that differ. One that is declared twice at one end, as a merge may leave it, is neither new nor gone at the other. */
function compareTables(before: readonly DeclaredTable[], now: readonly DeclaredTable[]): Omit<SchemaChange, "migrations">[] {
  const changes: Omit<SchemaChange, "migrations">[] = [];
  const left = [...before];
  for (const table of now) {
    // The same file first: two schemas may have a table of one name.
    const index = nearestIndex(left, table);
    const [old] = index === -1 ? [] : left.splice(index, 1);
    if (old === undefined) {
      if (!isAmong(before, table)) changes.push({ change: "added", table, columns: [...table.columns.keys()] });
    } else {
      const columns = differingColumns(old, table);
      const isReference = (name: string): boolean => old.columns.get(name)?.relation === true && table.columns.get(name)?.relation === true;
      if (columns.length > 0) changes.push({ change: "changed", table, columns, ...(columns.every(isReference) && { referencesOnly: true as const }) });
    }
  }
  return [...changes, ...left.filter((table) => !isAmong(now, table)).map((table) => ({ change: "removed" as const, table, columns: [...table.columns.keys()] }))];
}

function isAmong(tables: readonly DeclaredTable[], { kind, name, file }: DeclaredTable): boolean {
  return tables.some((table) => table.kind === kind && table.name === name && folderOf(table.file) === folderOf(file));
}

function nearestIndex(tables: readonly DeclaredTable[], wanted: DeclaredTable): number {
  const isSame = (table: DeclaredTable) => table.kind === wanted.kind && (table.name === wanted.name || (table.table !== undefined && table.table === wanted.table));
  const inFile = tables.findIndex((table) => table.file === wanted.file && isSame(table));
  return inFile === -1 ? tables.findIndex(isSame) : inFile;
}

function differingColumns(before: DeclaredTable, now: DeclaredTable): string[] {
  const names = new Set([...before.columns.keys(), ...now.columns.keys()]);
  // What one of them has may come from the class that it did not extend before, or does not any more.
  const isHidden = (name: string): boolean => before.extends !== now.extends && ((now.open === true && !now.columns.has(name)) || (before.open === true && !before.columns.has(name)));
  const isUnknown = (name: string): boolean => before.columns.get(name)?.unknown === true || now.columns.get(name)?.unknown === true;
  const differing = [...names].filter((name) => before.columns.get(name)?.shape !== now.columns.get(name)?.shape && !isHidden(name) && !(isUnknown(name) && before.columns.has(name) && now.columns.has(name)));
  return before.table === now.table ? differing : [...differing, now.table ?? now.name];
}

/** The migrations of the table's package and tool; else those of the tool anywhere, or of any tool in the package. */
function migrationsOf(repo: RepoView, { kind, file }: DeclaredTable): MigrationFolder[] {
  const all = findMigrations(repo);
  const owner = packageAround(repo, file)?.folder;
  const inPackage = all.filter(({ folder }) => packageAround(repo, `${folder}/x`)?.folder === owner);
  const ofTool = (folders: readonly MigrationFolder[]) => folders.filter(({ tool }) => toolsOf[kind].includes(tool));
  return [ofTool(inPackage), ofTool(all), inPackage].find((folders) => folders.length > 0) ?? [];
}
