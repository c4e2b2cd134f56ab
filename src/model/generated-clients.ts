import { folderOf, joinPath } from "../base/paths.js";
import type { ModelPackage } from "./packages.js";

/** Where Prisma looks for a schema that no manifest names. */
const schemaPlaces = ["prisma/schema.prisma", "schema.prisma", "prisma/schema/schema.prisma", "src/prisma/schema.prisma", "db/schema.prisma", "src/db/schema.prisma"];

/**
 * The folders into which Prisma generates a client, root-relative. What is imported from there is Prisma's client
 * whether the folder is there or not: it is rarely committed.
 */
export function generatedPrismaFolders(packages: readonly ModelPackage[], readText: (file: string) => string | undefined): readonly string[] {
  return packages.flatMap(({ folder, manifest }) => {
    const settings: unknown = manifest["prisma"];
    const named = typeof settings === "object" && settings !== null && "schema" in settings && typeof settings.schema === "string" ? [settings.schema] : [];
    return [...named, ...schemaPlaces].flatMap((place) => {
      const schema = joinPath(folder, place);
      const text = readText(schema);
      return text === undefined ? [] : outputsOf(text).map((output) => joinPath(folderOf(schema), output));
    });
  });
}

/** The `output` of each generator of a schema that makes a client. */
function outputsOf(schema: string): readonly string[] {
  const outputs: string[] = [];
  let output: string | undefined;
  let makesClient = false;
  let inside = false;
  for (const line of schema.split("\n")) {
    const text = line.trim();
    if (/^generator\s+\w+\s*\{/.test(text)) [inside, output, makesClient] = [true, undefined, false];
    else if (inside && text.startsWith("}")) {
      if (output !== undefined && makesClient) outputs.push(output);
      inside = false;
    } else if (inside) {
      const [, key, value] = /^(\w+)\s*=\s*"([^"]*)"/.exec(text) ?? [];
      if (key === "output" && value?.startsWith(".")) output = value;
      if (key === "provider") makesClient = value === "prisma-client" || value === "prisma-client-js";
    }
  }
  return outputs;
}
