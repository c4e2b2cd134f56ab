import { splitWords } from "../../base/words.js";
import { layerFolders, layerSuffixes, type NamedLayer, pluralFolders, singularFolders } from "../../catalogue/lexicon/layers.js";

const byFolder = inverted(layerFolders);
const bySuffix = inverted(layerSuffixes);

/** A word that names a layer, with the layer. */
export interface NamedWord {
  readonly word: string;
  readonly layer: NamedLayer;
}

/** The layer that a folder's name gives evidence for; undefined if it says nothing. */
export function layerOfFolder(folder: string): NamedWord | undefined {
  const word = folderWord(folder);
  const layer = byFolder.get(word);
  const plural = folder.toLowerCase() !== word && folder.toLowerCase().endsWith("s");
  if (layer === undefined || (plural ? singularFolders : pluralFolders).includes(word)) return undefined;
  return { word, layer };
}

/** A folder's name as the lexicon has it: in lower case and singular, without separators unless the lexicon has them. */
export function folderWord(folder: string): string {
  const lower = folder.toLowerCase();
  return byFolder.has(lower) ? lower : singular(lower.replace(/[-_.]/g, ""));
}

/** The layer that the end of a file's name gives evidence for. */
export function layerOfSuffix(candidate: string): NamedWord | undefined {
  const word = singular(candidate.toLowerCase());
  const layer = bySuffix.get(word) ?? bySuffix.get(candidate.toLowerCase());
  return layer && { word, layer };
}

export function singular(word: string): string {
  if (byFolder.has(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ss|us)$/.test(word)) return word;
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** The last word of a name in camel case; undefined if it is one word. */
export function lastWord(name: string): string | undefined {
  const words = splitWords(name);
  return words.length > 1 ? words.at(-1) : undefined;
}

function inverted(names: Readonly<Partial<Record<NamedLayer, readonly string[]>>>): ReadonlyMap<string, NamedLayer> {
  return new Map(Object.entries(names).flatMap(([layer, words]) => words.map((word) => [word, layer as NamedLayer] as const)));
}

/** What a file's name ends in behind what it is: the store or package that it is made for. */
export const implementation = /(?<=[.-](?:repository|repo|dao))\.(?:impl|base|abstract|mongo|mongoose|mongodb|prisma|typeorm|drizzle|kysely|knex|sequelize|mikro-?orm|pg|postgres(?:ql)?|mysql|mariadb|sqlite|sql|redis|dynamo(?:db)?|firestore|in-?memory|memory)$|(?<=[.-](?:repository|dao)|\.repo)\.service$/i;
