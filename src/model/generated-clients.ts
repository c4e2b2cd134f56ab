import { folderOf, joinPath } from "../base/paths.js";
import type { ModelPackage } from "./packages.js";

/** Where Prisma looks for a schema that no manifest names. */
const schemaPlaces = ["prisma/schema.prisma", "schema.prisma", "prisma/schema/schema.prisma", "src/prisma/schema.prisma", "db/schema.prisma", "src/db/schema.prisma"];

/** The texts of the Prisma schemas of the packages, with their root-relative paths. */
function schemasOf(packages: readonly ModelPackage[], readText: (file: string) => string | undefined): readonly { readonly file: string; readonly text: string }[] {
  return packages.flatMap(({ folder, manifest }) => {
    const settings: unknown = manifest["prisma"];
    const named = typeof settings === "object" && settings !== null && "schema" in settings && typeof settings.schema === "string" ? [settings.schema] : [];
    return [...named, ...schemaPlaces].flatMap((place) => {
      const file = joinPath(folder, place);
      const text = readText(file);
      return text === undefined ? [] : [{ file, text }];
    });
  });
}

/** The models of the project's Prisma schemas → the names of their fields, relations left out. */
export function prismaModels(packages: readonly ModelPackage[], readText: (file: string) => string | undefined): ReadonlyMap<string, readonly string[]> {
  const models = new Map<string, string[]>();
  for (const { text } of schemasOf(packages, readText)) {
    let fields: string[] | undefined;
    for (const line of text.split("\n")) {
      const [, model] = /^\s*(?:model|type|view)\s+(\w+)\s*\{/.exec(line) ?? [];
      const [, field, type] = /^\s+(\w+)\s+(\w+)/.exec(line) ?? [];
      if (model !== undefined) models.set(model, (fields = []));
      else if (line.trim().startsWith("}")) fields = undefined;
      else if (field !== undefined && type !== undefined && /^(String|Int|BigInt|Float|Decimal|DateTime|Json|Bytes)$/.test(type)) fields?.push(field);
    }
  }
  return models;
}

/**
 * The folders into which Prisma generates a client, root-relative. What is imported from there is Prisma's client
 * whether the folder is there or not: it is rarely committed.
 */
export function generatedPrismaFolders(packages: readonly ModelPackage[], readText: (file: string) => string | undefined): readonly string[] {
  return schemasOf(packages, readText).flatMap(({ file, text }) => outputsOf(text).map((output) => joinPath(folderOf(file), output)));
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
