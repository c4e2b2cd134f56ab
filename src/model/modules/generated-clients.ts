import { folderOf, joinPath } from "../../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../../base/position.js";
import type { ModelPackage } from "./packages.js";

/** Where Prisma looks for a schema that no manifest names. */
const schemaPlaces = ["prisma/schema.prisma", "schema.prisma", "prisma/schema/schema.prisma", "src/prisma/schema.prisma", "db/schema.prisma", "src/db/schema.prisma"];

/** A schema of Prisma: root-relative path and text. */
export interface PrismaSource {
  readonly file: string;
  readonly text: string;
}

/** A model, view or composite type of a Prisma schema. */
export interface PrismaModel {
  readonly name: string;
  readonly file: string;
  /** Of its name. */
  readonly range: Range;
  /** The names of its fields, relations and flags left out. */
  readonly fields: readonly string[];
  /** The models that its other fields may lead to, by the name of the field. */
  readonly relations: ReadonlyMap<string, string>;
}

/** The Prisma schemas of the project: those that are listed, and those where the packages say or Prisma looks. */
export function prismaSources(packages: readonly ModelPackage[], listed: readonly string[], readText: (file: string) => string | undefined): readonly PrismaSource[] {
  const places = packages.flatMap(({ folder, manifest }) => {
    const settings: unknown = manifest["prisma"];
    const named = typeof settings === "object" && settings !== null && "schema" in settings && typeof settings.schema === "string" ? [settings.schema] : [];
    return [...named, ...schemaPlaces].map((place) => joinPath(folder, place));
  });
  return [...new Set([...listed, ...places])].flatMap((file) => {
    const text = readText(file);
    return text === undefined ? [] : [{ file, text }];
  });
}

/** The models of Prisma schemas by name, in the order of the schemas: applications of one repository may call theirs alike. */
export function prismaModels(sources: readonly PrismaSource[]): ReadonlyMap<string, readonly PrismaModel[]> {
  const models = new Map<string, PrismaModel[]>();
  for (const { file, text } of sources) {
    let fields: string[] | undefined;
    let relations: Map<string, string> | undefined;
    const starts = lineStarts(text);
    for (const [number, line] of text.split("\n").entries()) {
      const [head, model] = /^\s*(?:model|type|view)\s+(\w+)(?=\s*\{)/.exec(line) ?? [];
      const [, field, type] = /^\s+(\w+)\s+(\w+)/.exec(line) ?? [];
      if (head !== undefined && model !== undefined) {
        const end = (starts[number] ?? 0) + head.length;
        models.set(model, [...(models.get(model) ?? []), { name: model, file, range: rangeOf(starts, [end - model.length, end]), fields: (fields = []), relations: (relations = new Map()) }]);
      } else if (line.trim().startsWith("}")) fields = undefined;
      else if (field !== undefined && type !== undefined && /^(String|Int|BigInt|Float|Decimal|DateTime|Json|Bytes)$/.test(type)) fields?.push(field);
      else if (fields && field !== undefined && type !== undefined) relations?.set(field, type);
    }
  }
  return models;
}

/** The model of a schema that shares the most folders with a file; of several that share as many the last. */
export function nearestModel(models: readonly PrismaModel[] = [], near = ""): PrismaModel | undefined {
  const folders = near.split("/");
  const shared = ({ file }: PrismaModel): number => {
    const apart = file.split("/").findIndex((part, place) => part !== folders[place]);
    return apart === -1 ? folders.length : apart;
  };
  const most = Math.max(...models.map(shared));
  return models.findLast((model) => shared(model) === most);
}

/**
 * The folders into which Prisma generates a client, root-relative. What is imported from there is Prisma's client
 * whether the folder is there or not: it is rarely committed.
 */
export function generatedPrismaFolders(sources: readonly PrismaSource[]): readonly string[] {
  return sources.flatMap(({ file, text }) => outputsOf(text).map((output) => joinPath(folderOf(file), output)));
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
