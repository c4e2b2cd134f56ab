import { listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import type { Range } from "../../src/base/position.js";
import { defineRule } from "../../src/kit/rule.js";
import type { GitRange, RepoView } from "../../src/repo/repo-view.js";
import type { SchemaChange } from "../../src/repo/schema/schema-changes.js";

interface Options {
  readonly named: boolean;
  readonly references: boolean;
}

/** A message lists no more tables than this. */
const mostListed = 5;

export default defineRule<Options>({
  name: "schema-change-needs-migration",
  section: "done",
  clauses: ["DATA-3", "DONE-4"],
  description: "Require a migration with every change of a schema declaration",
  presets: { recommended: "warn", strict: ["error", { named: true, references: true }], legacy: "off" },
  messages: {
    missing: "The schema changed ({{tables}}) and no migration was added to {{folder}}: deployed databases keep the old tables. Generate one with the change.",
    unnamed: "{{table}} changed ({{columns}}), and the migrations added with it ({{migrations}}) name neither the table nor what changed. Generate the migration anew.",
  },
  optionsSchema: {
    named: { type: "boolean", description: "Also require that an added migration names the table or one of the changed columns." },
    references: { type: "boolean", description: "Also report a reference of which only its actions on delete and update have changed: often the declaration comes to say what the database does already." },
  },
  defaultOptions: { named: false, references: false },
  repo: {
    *check(repo, _model, { named, references }) {
      const range = repo.git?.range;
      if (range === undefined) return;
      for (const changes of byMigrations(repo.readers.schemaChanges().filter((change) => references || change.referencesOnly !== true))) {
        const added = addedMigrations(range, changes);
        if (added.length === 0 && (takesBack(range, changes) || changes.every((change) => isPushed(repo, change)))) continue;
        if (added.length === 0) yield missing(repo, changes);
        else if (named) yield* unnamed(repo, changes, added);
      }
    },
  },
});

/** The changes that one set of migrations is for. A project that keeps none is the matter of migrations-only. */
function byMigrations(changes: readonly SchemaChange[]): readonly (readonly SchemaChange[])[] {
  const migrated = changes.filter(({ migrations }) => migrations.length > 0);
  return [...groupBy(migrated, ({ migrations }) => migrations.map(({ folder }) => folder).join("\0")).values()];
}

/** Migrations that are new in the range. Before a commit, one that was begun in an earlier commit may be changed with the schema. */
function addedMigrations({ changes, commits }: GitRange, schemaChanges: readonly SchemaChange[]): string[] {
  const files = new Set(schemaChanges.flatMap(({ migrations }) => migrations.flatMap((folder) => folder.files)));
  return changes.filter(({ file, status, moved }) => files.has(file) && (status === "added" || (status === "renamed" && moved !== true) || (status === "modified" && commits.length === 0))).map(({ file }) => file);
}

/** A revert takes a migration out with the declaration. */
function takesBack({ changes }: GitRange, schemaChanges: readonly SchemaChange[]): boolean {
  const folders = schemaChanges.flatMap(({ migrations }) => migrations.map(({ folder }) => folder));
  return changes.some(({ file, status }) => status === "deleted" && /\.(sql|[cm]?[jt]s)$/.test(file) && folders.some((folder) => folder !== "" && file.startsWith(`${folder}/`)));
}

/** What its package calls `migrate` pushes the schema: no migration would ever run, and the way it is done is the matter of migrations-only. */
function isPushed(repo: RepoView, { table }: SchemaChange): boolean {
  const scripts = repo.readers.packageAround(table.file)?.manifest.scripts ?? [];
  return scripts.some(({ name, command }) => /(^|:)migrate(:|$)/.test(name) && /\b(drizzle-kit push|prisma db push)\b/.test(command)) && !scripts.some(({ command }) => /\b(drizzle-kit migrate|prisma migrate deploy)\b/.test(command));
}

function missing(repo: RepoView, changes: readonly SchemaChange[]): RuleFinding {
  const [first, ...rest] = [...changes].sort((left, right) => Number(left.change === "removed") - Number(right.change === "removed"));
  const listed = changes.slice(0, mostListed).map(describe).join(", ");
  const more = changes.length > mostListed ? ` and ${changes.length - mostListed} more` : "";
  const folder = changes[0]?.migrations.map((one) => one.folder || "the root").join(" or ") ?? "";
  return {
    ...placeOf(repo, first),
    messageId: "missing",
    data: { tables: listed + more, folder },
    cause: folder,
    related: rest.map((change) => ({ ...placeOf(repo, change), message: describe(change) })),
  };
}

function describe({ change, table, columns }: SchemaChange): string {
  if (change !== "changed") return `${table.name} ${change}`;
  return `${table.name}: ${listed(columns, 3)}`;
}

/** The first changed column, or the table's name; a declaration that is gone has the place of the manifest. */
function placeOf(repo: RepoView, change: SchemaChange | undefined): { readonly file: string; readonly range: Range } {
  const start = { line: 1, column: 1 };
  if (change === undefined || change.change === "removed") return { file: repo.readers.packageAround(change?.table.file ?? "")?.manifest.file ?? "package.json", range: { start, end: start } };
  const { table, columns } = change;
  const column = change.change === "changed" ? columns.map((name) => table.columns.get(name)?.range).find((range) => range !== undefined) : undefined;
  return { file: table.file, range: column ?? table.range };
}

function* unnamed(repo: RepoView, changes: readonly SchemaChange[], added: readonly string[]): Iterable<RuleFinding> {
  const text = bare(added.map((file) => `${file} ${repo.read(file) ?? ""}`).join("\n"));
  for (const change of changes) {
    const { table, columns } = change;
    const names = [table.name, table.table ?? table.name, ...columns.filter((name) => /^\w+$/.test(name))];
    if (names.some((name) => text.includes(bare(name)))) continue;
    yield { ...placeOf(repo, change), messageId: "unnamed", data: { table: table.name, columns: columns.slice(0, mostListed).join(", ") || change.change, migrations: added.join(", ") } };
  }
}

/** Without case and underscores: a naming strategy may write `createdAt` as `created_at`. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll("_", "");
}
