import { afterEach, describe, expect, it } from "vitest";
import { openRepo } from "../../../src/repo/open-repo.js";
import { findAttribute, parsePrismaSchema } from "../../../src/repo/schema/prisma-schema.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

describe("a schema's text", () => {
  const { models, generators, datasources } = parsePrismaSchema([{
    file: "schema.prisma",
    text: [
      "generator client {",
      '  provider = "prisma-client" // a note',
      '  output   = "../src/generated"',
      "  previewFeatures = [",
      '    "views",',
      '    "metrics"',
      "  ]",
      "}",
      'datasource db { provider = "postgresql"',
      '  url = env("DATABASE_URL") }',
      "/// A person.",
      "model User {",
      "  id    Int     @id @default(autoincrement())",
      '  email String? @unique @map("e_mail") @db.VarChar(200) /* mail */',
      '  posts Post[]  @relation("written, by",',
      "    map: \"x\")",
      "  extra Unsupported(\"circle\")?",
      '  @@map("users")',
      "  @@index([email, id(sort: Desc)])",
      "}",
      "enum Role {",
      "  ADMIN",
      '  USER @map("user")',
      "}",
      "view Report { id Int }",
    ].join("\n"),
  }]);

  it("has models with fields, types, columns and attributes at their places", () => {
    const user = models[0];
    expect(user).toMatchObject({ kind: "model", name: "User", table: "users", range: { start: { line: 12, column: 7 }, end: { line: 12, column: 11 } } });
    expect(user?.fields.map(({ name, column, type, list, optional }) => [name, column, type, list, optional])).toEqual([
      ["id", "id", "Int", false, false], ["email", "e_mail", "String", false, true], ["posts", "posts", "Post", true, false], ["extra", "extra", 'Unsupported("circle")', false, true],
    ]);
    expect(user?.fields[1]).toMatchObject({ range: { start: { line: 14, column: 3 } }, attributes: [{ name: "unique", argument: undefined }, { name: "map" }, { name: "db.VarChar", argument: "200" }] });
    expect(findAttribute(user ?? { attributes: [] }, "index")?.argument).toBe("[email, id(sort:Desc)]");
    expect(user?.fields[2]?.attributes).toHaveLength(1);
  });

  it("has enums, views, generators and data sources", () => {
    expect(models.slice(1).map(({ kind, name, fields }) => [kind, name, fields.map(({ column }) => column)])).toEqual([["enum", "Role", ["ADMIN", "user"]], ["view", "Report", ["id"]]]);
    expect(generators[0]?.values.get("provider")?.text).toBe("prisma-client");
    expect(generators[0]?.values.get("output")).toMatchObject({ text: "../src/generated", range: { start: { line: 3, column: 14 } } });
    expect(generators[0]?.values.get("previewFeatures")?.text).toContain("metrics");
    expect(datasources[0]?.values.get("url")?.text).toBe('env("DATABASE_URL")');
  });

  it.each(["", "model", "model User", "model User {", "model User { id Int @id(", "model User { @ @@ }", '"', "/*"])("passes over %j", (text) => {
    expect(() => parsePrismaSchema([{ file: "a.prisma", text }])).not.toThrow();
  });
});

describe("the schemas of a repository", () => {
  const main = 'datasource db { provider = "postgresql" }\ngenerator client {\n provider = "prisma-client"\n output = "../generated"\n}\n';
  const model = "model A { id Int @id }\n";
  const list = (tree: Tree) => openRepo(new TemporaryFolder(tree).root).readers.prismaSchemas().map(({ folder, files, migrations, outputs, models }) => ({ folder, files, migrations, outputs, models: models.map(({ name }) => name) }));

  it("takes the files of one folder together", () => {
    expect(list({ "prisma/schema/main.prisma": main, "prisma/schema/models/a.prisma": model })).toEqual([
      { folder: "prisma/schema", files: ["prisma/schema/main.prisma", "prisma/schema/models/a.prisma"], migrations: "prisma/schema/migrations", outputs: ["prisma/generated"], models: ["A"] },
    ]);
  });

  it("keeps two schemas apart", () => {
    expect(list({ "apps/a/schema.prisma": main + model, "apps/b/schema.prisma": main }).map(({ files }) => files)).toEqual([["apps/a/schema.prisma"], ["apps/b/schema.prisma"]]);
  });

  it("finds migrations where a configuration says", () => {
    const config = 'export default defineConfig({\n schema: "db/schema.prisma",\n migrations: { seed: "x", path: "db/changes" },\n});';
    expect(list({ "prisma.config.ts": config, "db/schema.prisma": main })[0]?.migrations).toBe("db/changes");
    expect(list({ "api/.config/prisma.ts": config, "api/db/schema.prisma": main })[0]?.migrations).toBe("api/db/changes");
  });
});
