import { afterEach, describe, expect, it } from "vitest";
import { openRepo } from "../../../src/repo/open-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

const find = (tree: Tree) => openRepo(new TemporaryFolder(tree).root).readers.migrations().map(({ tool, folder, files }) => `${tool} ${folder}: ${files.length}`);

describe("migrations", () => {
  it.each<[string, Tree, string[]]>([
    ["Prisma", { "prisma/migrations/20240101120000_init/migration.sql": "", "prisma/migrations/0_base/migration.sql": "", "prisma/migrations/migration_lock.toml": "" }, ["prisma prisma/migrations: 2"]],
    ["Prisma in a folder of another name", { "db/changes/20240101120000_init/migration.sql": "" }, ["prisma db/changes: 1"]],
    ["Drizzle", { "drizzle/meta/_journal.json": "{}", "drizzle/0000_init.sql": "", "drizzle/0001_more.sql": "" }, ["drizzle drizzle: 2"]],
    ["TypeORM", { "src/migrations/1700000000000-Init.ts": "export class Init implements MigrationInterface {}", "src/migrations/1700000000001-More.js": "await queryRunner.query('')" }, ["typeorm src/migrations: 2"]],
    ["MikroORM", { "migrations/Migration20240101120000_init.ts": "" }, ["mikro-orm migrations: 1"]],
    ["Knex", { "db/20240101120000_init.js": "exports.up = (knex) => knex.schema.createTable()" }, ["knex db: 1"]],
    ["Sequelize", { "migrations/20240101120000-init.js": "module.exports = { up: (queryInterface) => {} }" }, ["sequelize migrations: 1"]],
    ["Kysely", { "src/db/001_init.ts": "import { Kysely } from 'kysely';\nexport async function up(db: Kysely<any>) {}" }, ["kysely src/db: 1"]],
    ["node-pg-migrate in both forms", { "migrations/1700000000000_init.js": "exports.up = (pgm) => {}", "migrations/1700000000001_more.sql": "-- Up Migration\n" }, ["node-pg-migrate migrations: 2"]],
    ["migrate-mongo", { "migrations/20240101120000-init.js": "module.exports = { async up(db, client) {} }" }, ["migrate-mongo migrations: 1"]],
    ["dbmate, goose, Flyway, postgrator, golang-migrate", { "a/20240101_x.sql": "-- migrate:up\n", "b/001_x.sql": "-- +goose Up\n", "c/V1_2__x.sql": "", "d/001.do.x.sql": "", "e/001_x.up.sql": "", "e/001_x.down.sql": "" }, ["dbmate a: 1", "goose b: 1", "flyway c: 1", "postgrator d: 1", "golang-migrate e: 2"]],
    ["numbered SQL of any other tool", { "supabase/migrations/20240101120000_init.sql": "", "migrations/down/001.sql": "" }, ["sql migrations/down: 1", "sql supabase/migrations: 1"]],
    ["home-made code", { "apps/api/migrations/2024-01-fix.ts": "export async function run() {}\nexport const up = () => {}" }, ["code apps/api/migrations: 1"]],
  ])("are found for %s", (_, tree, expected) => {
    expect(find(tree)).toEqual(expected);
  });

  it.each<[string, Tree]>([
    ["seeds and queries", { "db/seeds.sql": "", "db/queries/users2.sql": "" }],
    ["code that only speaks of migrations", { "src/migrations/index.ts": "export const up = 1", "src/20240101-report.ts": "export const a = 1" }],
    ["tests of migrations", { "src/migrations/1700000000000-Init.spec.ts": "MigrationInterface" }],
    ["source files with numbers", { "src/s3.ts": "import knex from 'knex'; export const up = 1", "src/oauth2.ts": "export function up() {}" }],
  ])("are not %s", (_, tree) => {
    expect(find(tree)).toEqual([]);
  });
});
