import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import { dataAt, stringOf } from "../readers/data.js";
import { listManifests } from "../readers/manifest.js";
import type { RepoView } from "../repo-view.js";
import { parsePrismaSchema, type PrismaSchema } from "./prisma-schema.js";

/** A Prisma schema of the repository with the files that make it up. */
export interface PrismaProject extends PrismaSchema {
  /** The folder of the schema's main file: where the data source stands. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Where its migrations are kept. */
  readonly migrations: string;
  /** Folders into which its generators write. */
  readonly outputs: readonly string[];
}

/** The Prisma schemas of the repository, one for each data source. */
export const listPrismaSchemas = oncePer((repo: RepoView): readonly PrismaProject[] => {
  const groups = groupSchemaFiles(repo.files.filter((file) => file.endsWith(".prisma")), (file) => repo.read(file));
  const configs = prismaConfigs(repo);
  return groups.map(({ main, files }) => {
    const schema = parsePrismaSchema(files.map((file) => ({ file, text: repo.read(file) ?? "" })));
    const config = configs.find(({ schemaPath }) => schemaPath !== undefined && isWithin(schemaPath, main)) ?? configs.find(({ folder, schemaPath }) => schemaPath === undefined && isWithin(folder, main));
    return {
      ...schema,
      folder: folderOf(main),
      files,
      migrations: config?.migrationsPath ?? joinPath(folderOf(main), "migrations"),
      outputs: schema.generators.flatMap(({ values, file }) => {
        const output = values.get("output")?.text;
        return output === undefined || output.includes("(") ? [] : [joinPath(folderOf(file), output)];
      }),
    };
  });
});

/**
 * Files with a data source are the main ones; the others belong to the main file whose folder holds them, or to the
 * only one there is. Where none has one (it may be written when it is deployed), `schema.prisma` is the main file.
 */
export function groupSchemaFiles(files: readonly string[], read: (file: string) => string | undefined): { readonly main: string; readonly files: readonly string[] }[] {
  const sources = files.filter((file) => /^\s*datasource\s/m.test(read(file) ?? ""));
  const mains = sources.length > 0 ? sources : files.filter((file) => baseName(file) === "schema.prisma");
  const belongsTo = (file: string) => mains.filter((main) => isWithin(folderOf(main), file)).sort((left, right) => right.length - left.length)[0] ?? (mains.length === 1 ? mains[0] : undefined);
  return mains.map((main) => ({ main, files: files.filter((file) => file === main || (!mains.includes(file) && belongsTo(file) === main)) }));
}

interface PrismaConfig {
  readonly folder: string;
  readonly schemaPath: string | undefined;
  readonly migrationsPath: string | undefined;
}

/** Paths of `prisma.config.*`, `.config/prisma.*` and the manifest's `prisma` key, as far as they are constants. */
function prismaConfigs(repo: RepoView): PrismaConfig[] {
  const files = repo.files.filter((file) => /^prisma\.config\.[cm]?[jt]s$/.test(baseName(file)) || /(^|\/)\.config\/prisma\.[cm]?[jt]s$/.test(file));
  const written = files.map((file) => {
    const text = repo.read(file) ?? "";
    const folder = file.includes(".config/prisma.") ? folderOf(folderOf(file)) : folderOf(file);
    const path = (pattern: RegExp) => {
      const found = pattern.exec(text)?.[1];
      return found === undefined ? undefined : joinPath(folder, found);
    };
    // The path may be joined from parts, of which the text shows the literals.
    return { folder, schemaPath: path(/\bschema:\s*["'`]([^"'`$]+)["'`]/), migrationsPath: path(/\bmigrations:\s*\{[^}]*?\bpath:\s*["'`]([^"'`$]+)["'`]/) };
  });
  const declared = listManifests(repo).flatMap(({ folder, data }) => {
    const schema = stringOf(dataAt(data, "prisma", "schema"));
    return schema === undefined ? [] : [{ folder, schemaPath: joinPath(folder, schema), migrationsPath: undefined }];
  });
  return [...written, ...declared];
}
