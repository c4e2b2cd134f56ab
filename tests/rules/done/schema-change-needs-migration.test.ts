import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/done/schema-change-needs-migration.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, removeFolders, type Tree } from "../../repo/support.js";

afterEach(removeFolders);

const name = "schema-change-needs-migration";

/** A history of two commits: the base and what the range changes. */
function history(base: Tree, change: Tree): string {
  const repo = new GitFolder({ "package.json": '{ "name": "api" }', ...base });
  repo.commit("change", change);
  return repo.root;
}

const check = (base: Tree, change: Tree, options = {}) => checkRepo(rule, history(base, change), { since: "HEAD~1", options });

const prisma = (body: string) => `datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id    Int    @id\n${body}\n}\n`;
const prismaBase: Tree = { "prisma/schema.prisma": prisma("  email String"), "prisma/migrations/20240101120000_init/migration.sql": 'CREATE TABLE "User" ();' };

const drizzle = (columns: string) => `import { pgTable, text, integer } from "drizzle-orm/pg-core";\n\nexport const users = pgTable("users", {\n  id: integer("id").primaryKey(),\n${columns}\n});\n`;
const drizzleBase: Tree = { "src/db/schema.ts": drizzle('  email: text("email").notNull(),'), "drizzle/meta/_journal.json": "{}", "drizzle/0000_init.sql": "create table users" };

const entity = (members: string, imports = "typeorm") => `import { Column, Entity } from "${imports}";\n\n@Entity("users")\nexport class User {\n  @PrimaryGeneratedColumn("uuid")\n  id: string;\n\n${members}\n}\n`;
const typeormBase: Tree = { "src/user.entity.ts": entity("  @Column({ nullable: true })\n  email: string;"), "src/migrations/1700000000000-Init.ts": "export class Init implements MigrationInterface {}" };

describe(`${name} reports`, () => {
  it.each<[string, Tree, Tree, string]>([
    ["a Prisma column that was added", prismaBase, { "prisma/schema.prisma": prisma("  email String\n  age   Int?") }, "prisma/schema.prisma:8:3-8:6 missing"],
    ["a Prisma column that became required", prismaBase, { "prisma/schema.prisma": prisma("  email String?") }, "prisma/schema.prisma:7:3-7:8 missing"],
    ["a Prisma column under a data source that is written elsewhere", { ...prismaBase, "prisma/schema.prisma": "model User {\n  id Int @id\n}\n" }, { "prisma/schema.prisma": "model User {\n  id Int @id\n  age Int?\n}\n" }, "prisma/schema.prisma:3:3-3:6 missing"],
    ["a Prisma index", prismaBase, { "prisma/schema.prisma": prisma("  email String\n  @@index([email])") }, "prisma/schema.prisma:5:7-5:11 missing"],
    ["a Prisma enumeration's value", { ...prismaBase, "prisma/role.prisma": "enum Role {\n  A\n}\n" }, { "prisma/role.prisma": "enum Role {\n  A\n  B\n}\n" }, "prisma/role.prisma:3:3-3:4 missing"],
    ["a Prisma model in a file of its own", prismaBase, { "prisma/post.prisma": "model Post {\n  id Int @id\n}\n" }, "prisma/post.prisma:1:7-1:11 missing"],
    ["a Prisma model that is gone, at the manifest", { ...prismaBase, "prisma/post.prisma": "model Post {\n  id Int @id\n}\n" }, { "prisma/post.prisma": undefined }, "package.json:1:1-1:1 missing"],
    ["a Drizzle column", drizzleBase, { "src/db/schema.ts": drizzle('  email: text("email").notNull(),\n  age: integer("age"),') }, "src/db/schema.ts:6:3-6:6 missing"],
    ["a Drizzle column's type", drizzleBase, { "src/db/schema.ts": drizzle('  email: text("email"),') }, "src/db/schema.ts:5:3-5:8 missing"],
    ["a Drizzle table made by a creator", drizzleBase, { "src/db/posts.ts": 'import { pgTableCreator } from "drizzle-orm/pg-core";\nconst createTable = pgTableCreator((name) => `app_${name}`);\nexport const posts = createTable("post", (d) => ({ id: d.integer() }));\n' }, "src/db/posts.ts:3:14-3:19 missing"],
    ["a Drizzle index", drizzleBase, { "src/db/schema.ts": drizzle('  email: text("email").notNull(),').replace("});", "}, (t) => [index().on(t.email)]);") }, "src/db/schema.ts:6:4-6:5 missing"],
    ["a TypeORM column", typeormBase, { "src/user.entity.ts": entity("  @Column({ nullable: true })\n  email: string;\n\n  @Column()\n  age: number") }, "src/user.entity.ts:12:3-12:6 missing"],
    ["a TypeORM column whose type follows from the property", typeormBase, { "src/user.entity.ts": entity("  @Column({ nullable: true })\n  email: number;") }, "src/user.entity.ts:9:3-9:8 missing"],
    ["a TypeORM entity's name", typeormBase, { "src/user.entity.ts": entity("  @Column({ nullable: true })\n  email: string;").replace('"users"', '"people"') }, "src/user.entity.ts:4:14-4:18 missing"],
    ["a MikroORM property", { "src/user.ts": entity("  @Property()\n  email: string;", "@mikro-orm/core"), "migrations/Migration20240101120000.ts": "" }, { "src/user.ts": entity("  @Property({ length: 9 })\n  email: string;", "@mikro-orm/core") }, "src/user.ts:9:3-9:8 missing"],
    ["a Sequelize attribute", { "src/user.js": 'const { Model } = require("sequelize");\nUser.init({ email: { type: STRING } }, { sequelize });\n', "migrations/20240101120000-init.js": "queryInterface" }, { "src/user.js": 'const { Model } = require("sequelize");\nUser.init({ email: { type: STRING, allowNull: false } }, { sequelize });\n' }, "src/user.js:2:13-2:18 missing"],
    ["a migration that is only moved", prismaBase, { "prisma/schema.prisma": prisma("  email String?"), "prisma/migrations/20240101120000_init/migration.sql": undefined, "prisma/migrations/20240101120001_init/migration.sql": 'CREATE TABLE "User" ();' }, "prisma/schema.prisma:7:3-7:8 missing"],
    ["a migration that was edited instead", prismaBase, { "prisma/schema.prisma": prisma("  email String?"), "prisma/migrations/20240101120000_init/migration.sql": "CREATE TABLE x;" }, "prisma/schema.prisma:7:3-7:8 missing"],
  ])("%s", async (_, base, change, expected) => {
    expect(await check(base, change)).toEqual([expected]);
  });

  it("the migrations of one package of a workspace, not those of another", async () => {
    const tree = { "a/package.json": '{"name":"a"}', "b/package.json": '{"name":"b"}', "a/prisma/schema.prisma": prisma(""), "b/prisma/schema.prisma": prisma(""), "a/prisma/migrations/20240101120000_x/migration.sql": "", "b/prisma/migrations/20240101120000_x/migration.sql": "" };
    const change = { "a/prisma/schema.prisma": prisma("  age Int"), "b/prisma/migrations/20240102120000_y/migration.sql": "User" };
    expect(await check(tree, change)).toEqual(["a/prisma/schema.prisma:7:3-7:6 missing"]);
  });

  it("one finding for one change, with all its tables", async () => {
    const root = history(prismaBase, { "prisma/schema.prisma": prisma("  email String?\n  age Int").concat("model Post {\n  id Int @id\n}\n") });
    expect(await repoMessages(rule, root, { since: "HEAD~1" })).toEqual([
      "The schema changed (User: email, age, Post added) and no migration was added to prisma/migrations: deployed databases keep the old tables. Generate one with the change.",
    ]);
  });

  it("a staged change without a staged migration", async () => {
    const repo = new GitFolder({ "package.json": "{}", ...prismaBase });
    repo.write({ "prisma/schema.prisma": prisma("  email String?") });
    repo.git("add", "--all");
    repo.write({ "prisma/migrations/20240102120000_more/migration.sql": "" });
    expect(await checkRepo(rule, repo.root, { staged: true })).toEqual(["prisma/schema.prisma:7:3-7:8 missing"]);
    repo.git("add", "--all");
    expect(await checkRepo(rule, repo.root, { staged: true })).toEqual([]);
  });

  it("with `named`, a migration that is about something else", async () => {
    const change = { "prisma/schema.prisma": prisma("  email String\n  birthDay DateTime?"), "prisma/migrations/20240102120000_more/migration.sql": "ALTER TABLE posts ADD COLUMN title text;" };
    expect(await check(prismaBase, change)).toEqual([]);
    expect(await check(prismaBase, change, { named: true })).toEqual(["prisma/schema.prisma:8:3-8:11 unnamed"]);
    expect(await check(prismaBase, { ...change, "prisma/migrations/20240102120000_more/migration.sql": "ALTER TABLE people ADD birth_day date" }, { named: true })).toEqual([]);
  });
});

describe(`${name} is silent on`, () => {
  it.each<[string, Tree, Tree]>([
    ["names of constraints, and what happens when a key changes", { ...prismaBase, "prisma/schema.prisma": prisma('  email String @unique(map: "email_key")\n  boss  Int?\n  of    User? @relation("boss", fields: [boss], references: [id], onDelete: Cascade)\n  all   User[] @relation("boss")\n  @@index([boss], map: "by_boss")') }, { "prisma/schema.prisma": prisma('  email String @unique\n  boss  Int?\n  of    User? @relation("boss", fields: [boss], references: [id], onDelete: Cascade, onUpdate: NoAction, map: "fk")\n  all   User[] @relation("boss")\n  @@index([boss])') }],
    ["a revert that takes its migration out", { "prisma/schema.prisma": prisma("  email String\n  age Int"), "prisma/migrations/20240101120000_init/migration.sql": 'CREATE TABLE "User" ();', "prisma/migrations/20240102120000_age/migration.sql": 'ALTER TABLE "User" ADD COLUMN age INTEGER;' }, { "prisma/schema.prisma": prisma("  email String"), "prisma/migrations/20240102120000_age/migration.sql": undefined }],
    ["a package whose command for migrations pushes the schema", { ...drizzleBase, "package.json": '{ "name": "api", "scripts": { "db:migrate": "drizzle-kit push" } }' }, { "src/db/schema.ts": drizzle('  email: text("email"),') }],
    ["a change with its migration", prismaBase, { "prisma/schema.prisma": prisma("  email String?"), "prisma/migrations/20240102120000_more/migration.sql": "ALTER TABLE" }],
    ["comments and layout of a Prisma schema", prismaBase, { "prisma/schema.prisma": prisma("  /// mail\n  email    String // note") }],
    ["attributes that only the client knows", prismaBase, { "prisma/schema.prisma": prisma("  email String\n").replace("Int    @id", "Int @id @map(\"id\")") }],
    ["a back relation", { ...prismaBase, "prisma/post.prisma": 'model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n' }, { "prisma/schema.prisma": prisma("  email String\n  posts Post[]") }],
    ["a schema that moved", prismaBase, { "prisma/schema.prisma": undefined, "prisma/main.prisma": prisma("  email String") }],
    ["a schema that was split", prismaBase, { "prisma/schema.prisma": 'datasource db {\n  provider = "postgresql"\n}\n', "prisma/user.prisma": "model User {\n  id Int @id\n  email String\n}\n" }],
    ["a store of documents", { "prisma/schema.prisma": prisma("").replace("postgresql", "mongodb"), "migrations/20240101120000_x/migration.sql": "" }, { "prisma/schema.prisma": prisma("  age Int").replace("postgresql", "mongodb") }],
    ["a project that keeps no migrations", { "prisma/schema.prisma": prisma("") }, { "prisma/schema.prisma": prisma("  age Int") }],
    ["comments, layout and types of a Drizzle table", drizzleBase, { "src/db/schema.ts": drizzle("  // mail\n  email: text('email')\n    .notNull()\n    .$type<Email>().$defaultFn(() => make())") }],
    ["a Drizzle key whose column keeps its name", drizzleBase, { "src/db/schema.ts": drizzle('  mail: text("email").notNull(),') }],
    ["Drizzle code beside the tables", drizzleBase, { "src/db/schema.ts": `${drizzle('  email: text("email").notNull(),')}export const userRelations = relations(users, () => ({}));\n` }],
    ["a Drizzle table that moved to another file", drizzleBase, { "src/db/schema.ts": "", "src/db/users.ts": drizzle('  email: text("email").notNull(),') }],
    ["what only TypeORM knows of a column", typeormBase, { "src/user.entity.ts": entity("  @ApiProperty()\n  @Column({ select: false, nullable: true })\n  email: string | null;\n\n  @OneToMany(() => Post, (post) => post.user)\n  posts: Post[];\n\n  get label() { return this.email; }") }],
    ["an entity's methods", typeormBase, { "src/user.entity.ts": entity("  @Column({ nullable: true })\n  email: string;\n\n  @BeforeInsert()\n  hash(a: string): void { const b = { c: 1 }; }") }],
    ["an entity of a store of documents", { ...typeormBase, "src/log.entity.ts": 'import "typeorm";\n@Entity()\nclass Log { @ObjectIdColumn() id: ObjectId; }' }, { "src/log.entity.ts": 'import "typeorm";\n@Entity()\nclass Log { @ObjectIdColumn() id: ObjectId; @Column() a: string }' }],
    ["tables of tests", drizzleBase, { "test/fixtures/schema.ts": drizzle("") }],
    ["other code", drizzleBase, { "src/service.ts": "export class Service { run() {} }" }],
  ])("%s", async (_, base, change) => {
    expect(await check(base, change)).toEqual([]);
  });

  it("a run without a range", async () => {
    expect(await checkRepo(rule, history(prismaBase, { "prisma/schema.prisma": prisma("  age Int") }))).toEqual([]);
  });
});

describe(`${name} with references`, () => {
  const boss = (actions: string) => prisma(`  email String\n  boss  Int?\n  of    User? @relation("boss", fields: [boss], references: [id]${actions})\n  all   User[] @relation("boss")`);
  const owner = (actions: string) => entity(`  @ManyToOne(() => Team${actions})\n  team: Team;`);

  it.each<[string, Tree, Tree, string]>([
    ["Prisma", { ...prismaBase, "prisma/schema.prisma": boss("") }, { "prisma/schema.prisma": boss(", onDelete: Cascade") }, "prisma/schema.prisma:9:3-9:5 missing"],
    ["TypeORM", { ...typeormBase, "src/user.entity.ts": owner("") }, { "src/user.entity.ts": owner(', { onDelete: "CASCADE" }') }, "src/user.entity.ts:9:3-9:7 missing"],
  ])("reports what a reference of %s does on delete, and leaves it alone without", async (_, base, change, place) => {
    expect(await check(base, change, { references: true })).toEqual([place]);
    expect(await check(base, change)).toEqual([]);
  });
});

describe(`${name} knows what is declared elsewhere`, () => {
  const base = 'import { PrimaryGeneratedColumn, CreateDateColumn } from "typeorm";\nexport abstract class Base {\n  @PrimaryGeneratedColumn("uuid")\n  id: string;\n\n  @CreateDateColumn()\n  createdAt: Date;\n}\n';
  const alone = 'import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from "typeorm";\n@Entity("users")\nexport class User {\n  @PrimaryGeneratedColumn("uuid")\n  id: string;\n\n  @CreateDateColumn()\n  createdAt: Date;\n\n  @Column()\n  email: string;\n}\n';
  const heir = (from: string, parent = "Base", more = "") => `import { Column, Entity } from "typeorm";\nimport { ${parent} } from "${from}";\n@Entity("users")\nexport class User extends ${parent} {\n  @Column()\n  email: string;\n${more}}\n`;
  const migrations: Tree = { "src/migrations/1700000000000-Init.ts": "export class Init implements MigrationInterface {}" };
  const entities: Tree = { ...migrations, "src/common/base.entity.ts": base, "src/common/index.ts": 'export * from "./base.entity";\n', "src/user.entity.ts": alone };

  it.each<[string, Tree, Tree]>([
    ["a class that brings the columns", entities, { "src/user.entity.ts": heir("./common/base.entity") }],
    ["a class behind a barrel and an alias", entities, { "src/user.entity.ts": heir("@/common/base.entity") }],
    ["a class behind a barrel", entities, { "src/user.entity.ts": heir("./common/index.js") }],
    ["a class that is not found", entities, { "src/user.entity.ts": heir("some-entities", "Stamped") }],
    ["a class that is given up", { ...entities, "src/user.entity.ts": heir("./common") }, { "src/user.entity.ts": alone }],
    ["a column whose type has the same name in the store", { ...drizzleBase, "src/db/types.ts": 'import { customType } from "drizzle-orm/pg-core";\nexport const sealed = customType<{ data: string }>({\n  dataType() {\n    return "text";\n  },\n});\n' }, { "src/db/schema.ts": `import { sealed } from "./types";\n${drizzle('  email: sealed("email").notNull(),')}` }],
    ["a column's name that is left to the key", { ...drizzleBase, "src/db/schema.ts": drizzle('  email: text("email").notNull(),\n  age: int(),') }, { "src/db/schema.ts": drizzle('  email: text("email").notNull(),\n  age: integer("age"),') }],
    ["a model that a merge had left twice", { ...prismaBase, "prisma/schema.prisma": prisma("  email String").concat(prisma("  email String").slice(45)) }, { "prisma/schema.prisma": prisma("  email String") }],
    ["a column whose type comes from a package", drizzleBase, { "src/db/schema.ts": `import { sealed } from "some-types";\n${drizzle('  email: sealed("email").notNull(),')}` }],
  ])("and is silent about %s", async (_, from, change) => {
    expect(await check(from, change)).toEqual([]);
  });

  it("and reports what is new beside it", async () => {
    expect(await check(entities, { "src/user.entity.ts": heir("./common", "Base", "\n  @JsonColumn()\n  tags: string[];\n") })).toEqual(["src/user.entity.ts:9:3-9:7 missing"]);
    expect(await check({ ...entities, "src/user.entity.ts": heir("./common") }, { "src/common/base.entity.ts": base.replace("createdAt", "madeAt"), "src/user.entity.ts": `${heir("./common")}\n` })).toContain("src/common/base.entity.ts:7:3-7:9 missing");
  });

  it("and reports a type of the project's that the store calls otherwise", async () => {
    const types = (type: string) => `import { customType } from "drizzle-orm/pg-core";\nexport const sealed = customType({ dataType: () => "${type}" });\n`;
    expect(await check({ ...drizzleBase, "src/db/types.ts": types("bytea") }, { "src/db/schema.ts": `import { sealed } from "./types";\n${drizzle('  email: sealed("email").notNull(),')}` })).toEqual(["src/db/schema.ts:6:3-6:8 missing"]);
  });
});
