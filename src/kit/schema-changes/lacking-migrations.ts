import { folderOf, isWithin } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Manifest } from "../../repo/readers/manifest.js";
import type { RepoView } from "../../repo/repo-view.js";

/** The steps of a schema, whoever runs them: `database/src/migrations/20240101_init.ts`, `db/V1__init.sql`, `scripts/versions/v_12_ddl.sql`, `migrations/default/1611_init/up.sql`, `db.changelog-master.xml` of Liquibase, `sqitch.plan`. */
const steps = /(^|\/)sqitch\.plan$|(^|\/)(?:[\w.-]{0,80}\bdb\.changelog[\w.-]{0,80}|liquibase\/(?:.*\/)?[\w.-]{1,120})\.(?:xml|ya?ml|json|sql)$|(^|\/)[\w-]*migrations?\/(?:.*\/)?\d[\w-]*\/up\.sql$|(^|\/)(?:[\w-]*migrations?\/(?:.*\/)?[^/]*\d[^/]*\.(?:sql|[cm]?[jt]s)|V\d+(?:[._]\d+)*__\w+\.sql|(?:versions?|ddl|change-?(?:logs?|sets?)|upgrades?|patches)\/(?:.*\/)?[^/]*\d[^/]*\.sql)$/i;
/** A package whose subject is the database that others use: `packages/migration`, `libs/db`. */
const ofDatabase = /(?:^|\/)(?:[\w-]{1,40}-)?(?:migrations?|migrator|database|db)$/i;
/** Packages that only connect. */
const driver = /^(mysql2?|pg|mariadb|mssql|oracledb)$/;

/** A backend on a relational store that has no migrations. */
export interface LackingPackage {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly library: string;
  /** Where the library is asked for. */
  readonly evidence: { readonly file: string; readonly range: Range };
}

/** Backends on a relational store for which the repository has no migrations. */
export function* lackingMigrations(repo: RepoView, model: ProjectModel): Iterable<LackingPackage> {
  const accepted = model.options.settings["stack"];
  if (typeof accepted === "object" && accepted !== null && "migrations" in accepted && accepted.migrations === false) return;
  const stack = repo.readers.stack();
  // In a workspace, one package holds the migrations of a database that others use.
  if (stack.some(({ slots }) => slots.some(({ slot, state }) => slot === "migrations" && (state === "filled" || state === "doubled")))) return;
  // One beside the applications may be a package of migrations, none of a workspace, or have another language.
  const hasCode = (folder: string): boolean => repo.files.some((file) => isWithin(folder, file) && /\.[cm]?[jt]sx?$/.test(file) && !steps.test(file));
  const folders = [...stack.map(({ package: owner }) => folderOf(owner.manifest.file)), ...repo.readers.packages().flatMap(({ folder, workspace }) => (workspace !== undefined && hasCode(folder) && !ofDatabase.test(folder) ? [folder] : []))].filter((folder) => folder !== "");
  if (repo.files.some((file) => steps.test(file) && !folders.some((folder) => isWithin(folder, file)))) return;
  for (const { package: { manifest }, slots } of stack) {
    if (slots.find(({ slot }) => slot === "migrations")?.state !== "empty") continue;
    const choices = slots.find(({ slot }) => slot === "dataAccess")?.choices ?? [];
    // A document store beside it has no schema to bring about.
    const library = choices.find(({ name }) => !/mongo|redis/i.test(name)) ?? choices[0];
    const evidence = library?.evidence.find(({ file }) => file === manifest.file) ?? library?.evidence[0];
    const folder = folderOf(manifest.file);
    if (library && evidence && isUsed(model, folder, library.name)) yield { folder, manifest, library: library.name, evidence };
  }
}

/** A driver that no code imports stands there for another package, which has the statements. */
function isUsed(model: ProjectModel, folder: string, library: string): boolean {
  return !driver.test(library) || model.files.some((file) => model.packageOf(file).folder === folder && model.facts(file).imports.some(({ specifier = "" }) => specifier.split("/")[0] === library));
}
