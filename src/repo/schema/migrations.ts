import { compareText } from "../../base/finding.js";
import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import type { RepoView } from "../repo-view.js";

/** The tools whose migrations are known by their conventions; `sql` stands for numbered SQL files of any other. */
export type MigrationTool =
  | "prisma" | "drizzle" | "typeorm" | "mikro-orm" | "sequelize" | "knex" | "kysely" | "node-pg-migrate" | "migrate-mongo"
  | "db-migrate" | "dbmate" | "goose" | "flyway" | "postgrator" | "golang-migrate" | "sql" | "code";

/** A folder of migrations. */
export interface MigrationFolder {
  readonly tool: MigrationTool;
  readonly folder: string;
  /** In the order in which they run: by name. */
  readonly files: readonly string[];
}

interface Convention {
  readonly tool: MigrationTool;
  /** Against the file's base name. */
  readonly name: RegExp;
  /** Each migration has a folder of its own, of this name. */
  readonly ownFolder?: RegExp;
  /** The file must lie below a folder that is named for migrations. */
  readonly belowMigrations?: true;
  /** What the file must say: all of these. */
  readonly text?: readonly RegExp[];
}

/** The first that fits a file decides. Sources: the file names that each tool's own generator writes. */
const conventions: readonly Convention[] = [
  { tool: "prisma", name: /^migration\.sql$/, ownFolder: /^\d+_/ },
  { tool: "postgrator", name: /^\d+\.(do|undo)\..*(sql|[cm]?[jt]s)$/ },
  { tool: "flyway", name: /^[VRU][\d._]*__.+\.sql$/ },
  { tool: "golang-migrate", name: /^\d+_.+\.(up|down)\.sql$/ },
  { tool: "goose", name: /^\d+_.+\.sql$/, text: [/^--\s*\+goose Up/m] },
  { tool: "dbmate", name: /^\d+_.+\.sql$/, text: [/^--\s*migrate:up/m] },
  { tool: "node-pg-migrate", name: /^\d{13,17}_.+\.sql$/, text: [/^--\s*Up Migration/m] },
  { tool: "mikro-orm", name: /^Migration\d{14}.*\.[cm]?[jt]s$/ },
  { tool: "typeorm", name: /^\d{13}-.+\.[cm]?[jt]s$/, text: [/\bMigrationInterface\b|\bqueryRunner\b/] },
  { tool: "sequelize", name: /^\d{8,14}[-_.].+\.[cm]?[jt]s$/, text: [/\bqueryInterface\b/i] },
  { tool: "node-pg-migrate", name: /^\d{13,17}[_-].+\.[cm]?[jt]s$/, text: [/\bpgm\b|\bMigrationBuilder\b/] },
  { tool: "db-migrate", name: /^\d{14}-.+\.[cm]?[jt]s$/, text: [/\bdbm\b|\bdbmigrate\b/] },
  { tool: "kysely", name: /\.[cm]?[jt]s$/, text: [/\bKysely\b/, /\bfunction up\b/] },
  { tool: "knex", name: /^\d+[-_].+\.[cm]?[jt]s$/, text: [/\bknex\b/i, /\bup\b/] },
  { tool: "migrate-mongo", name: /^\d{13,14}[-_].+\.[cm]?[jt]s$/, text: [/\bup\b/, /\bdb\s*\.\s*(collection|\w+Collection|command)\b|\(\s*db\s*[,:)]|\bmongoose\b|\.(updateMany|insertMany|deleteMany|updateOne)\(/] },
  { tool: "sql", name: /\.sql$/, belowMigrations: true },
  { tool: "code", name: /\.[cm]?[jt]s$/, belowMigrations: true, text: [/\bup\s*[(=:]/] },
];

const migrationsFolder = /(^|\/)[^/]*(migrations?|migrate|flyway)(\/|$)/i;

/** The folders of migrations, by path. */
export const findMigrations = oncePer((repo: RepoView): readonly MigrationFolder[] => {
  const drizzle = drizzleFolders(repo.files);
  const found = new Map<string, { readonly tool: MigrationTool; readonly folder: string; readonly files: string[] }>();
  for (const file of repo.files) {
    const one = drizzleMigration(drizzle, file) ?? classify(file, () => repo.read(file));
    if (one === undefined) continue;
    const key = `${one.tool} ${one.folder}`;
    const group = found.get(key) ?? { ...one, files: [] };
    group.files.push(file);
    found.set(key, group);
  }
  return [...found.values()].sort((left, right) => compareText(left.folder, right.folder));
});

/** What a file is a migration of, and in which folder; undefined for a file that is none. Migrations are numbered or dated. */
function classify(file: string, read: () => string | undefined): { readonly tool: MigrationTool; readonly folder: string } | undefined {
  const name = baseName(file);
  const folder = folderOf(file);
  if (!/\.(sql|[cm]?[jt]s)$/.test(name) || !/\d/.test(name + baseName(folder)) || /\.(d|test|spec)\.[cm]?[jt]s$/.test(name)) return undefined;
  let text: string | undefined;
  const found = conventions.find((convention) => {
    if (!convention.name.test(name)) return false;
    if (convention.ownFolder?.test(baseName(folder)) === false || (convention.belowMigrations && !migrationsFolder.test(folder))) return false;
    return (convention.text ?? []).every((pattern) => pattern.test((text ??= read() ?? "")));
  });
  return found && { tool: found.tool, folder: found.ownFolder === undefined ? folder : folderOf(folder) };
}

/** Folders in which drizzle-kit keeps its journal. */
function drizzleFolders(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.filter((file) => /(^|\/)meta\/_journal\.json$/.test(file)).map((file) => folderOf(folderOf(file))));
}

function drizzleMigration(folders: ReadonlySet<string>, file: string): { readonly tool: "drizzle"; readonly folder: string } | undefined {
  const folder = folderOf(file);
  return file.endsWith(".sql") && folders.has(folder) ? { tool: "drizzle", folder } : undefined;
}
