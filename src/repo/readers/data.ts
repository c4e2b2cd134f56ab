import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { isAlias, isMap, isPair, isScalar, isSeq, type Node as YamlNode, parseAllDocuments, type Document } from "yaml";
import { lineStarts, positionAt, type Range, rangeOf } from "../../base/position.js";

/** A value of a JSON or YAML text that knows where it stands. */
export interface DataNode {
  readonly kind: "object" | "array" | "string" | "number" | "boolean" | "null";
  readonly range: Range;
  /** Of a scalar. */
  readonly value?: string | number | boolean | null;
  /** Of an object, in source order; a key that YAML merges in comes last. */
  readonly entries: readonly DataEntry[];
  /** Of an array. */
  readonly items: readonly DataNode[];
}

export interface DataEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: DataNode;
}

/** A text as data; what is broken in it is told, the rest is as good as recovery allows. */
export interface ParsedData {
  /** The documents: one for JSON, one or more for YAML, none for an empty text. */
  readonly documents: readonly DataNode[];
  readonly problems: readonly { readonly range: Range; readonly message: string }[];
}

/** Reads JSON; comments and trailing commas are allowed. */
export function parseJsonData(text: string): ParsedData {
  const starts = lineStarts(text);
  return guarded(() => {
    const errors: ParseError[] = [];
    const tree = parseTree(text, errors, { allowTrailingComma: true });
    const problems = errors.map(({ error, offset, length }) => ({ range: rangeOf(starts, [offset, offset + length]), message: printParseErrorCode(error) }));
    return { documents: tree === undefined ? [] : [fromJson(tree, starts)], problems };
  });
}

/** Reads YAML, with anchors and merge keys resolved. */
export function parseYamlData(text: string): ParsedData {
  const starts = lineStarts(text);
  return guarded(() => {
    const parsed = parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent", prettyErrors: false });
    // An empty text gives an empty list with errors and warnings of its own.
    const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
    const problems = documents.flatMap(({ errors }) => errors.map(({ pos, message }) => ({ range: rangeOf(starts, pos), message })));
    return { documents: documents.flatMap((document) => yamlReader(starts)(document.contents) ?? []), problems };
  });
}

/** Reads a file by its name: YAML for `.yml` and `.yaml`, else JSON. */
export function parseData(file: string, text: string): ParsedData {
  return /\.ya?ml$/i.test(file) ? parseYamlData(text) : parseJsonData(text);
}

/** The value behind `path` (keys and indexes); undefined if there is none. */
export function dataAt(node: DataNode | undefined, ...path: readonly (string | number)[]): DataNode | undefined {
  let at = node;
  for (const step of path) at = typeof step === "number" ? at?.items[step] : entryOf(at, step)?.value;
  return at;
}

/** The entry of an object; of keys that are written twice the last counts, as for JSON.parse. */
export function entryOf(node: DataNode | undefined, key: string): DataEntry | undefined {
  return node?.entries.findLast((entry) => entry.key === key);
}

/** The string that `node` is. */
export function stringOf(node: DataNode | undefined): string | undefined {
  return typeof node?.value === "string" ? node.value : undefined;
}

/** The strings of an array, or the one string that stands in its place. */
export function stringsOf(node: DataNode | undefined): DataNode[] {
  if (node === undefined) return [];
  return (node.kind === "array" ? node.items : [node]).filter(({ kind }) => kind === "string");
}

/** Nesting that is deeper than the stack is a problem of the text, not of the run. */
function guarded(parse: () => ParsedData): ParsedData {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const start = { line: 1, column: 1 };
    return { documents: [], problems: [{ range: { start, end: start }, message: "nested too deeply" }] };
  }
}

function fromJson(node: JsonNode, starts: readonly number[]): DataNode {
  const range = rangeOf(starts, [node.offset, node.offset + node.length]);
  if (node.type === "array") return { kind: "array", range, entries: [], items: (node.children ?? []).map((child) => fromJson(child, starts)) };
  if (node.type !== "object") return scalar(node.value, range);
  const entries = (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    if (key === undefined || value === undefined) return [];
    return [{ key: String(key.value), keyRange: rangeOf(starts, [key.offset, key.offset + key.length]), value: fromJson(value, starts) }];
  });
  return { kind: "object", range, entries, items: [] };
}

/** Each node is read once, so that aliases of aliases stay as small as the text. */
function yamlReader(starts: readonly number[]): (node: unknown) => DataNode | undefined {
  const known = new Map<YamlNode, DataNode | undefined>();
  // Nodes are read in source order, so that an alias finds the last anchor of its name in front of it.
  const anchored = new Map<string, YamlNode>();

  function rangeOfNode(node: YamlNode): Range {
    const [start = 0, end = start] = node.range ?? [];
    return { start: positionAt(starts, start), end: positionAt(starts, end) };
  }

  function entriesOf(node: YamlNode & { readonly items: readonly unknown[] }): DataEntry[] {
    const own: DataEntry[] = [];
    const merged: DataEntry[] = [];
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const value = read(pair.value) ?? { kind: "null", range: rangeOfNode(pair.key), value: null, entries: [], items: [] };
      if (pair.key.value === "<<") merged.push(...(value.kind === "array" ? value.items : [value]).flatMap(({ entries }) => entries));
      else own.push({ key: String(pair.key.value), keyRange: rangeOfNode(pair.key), value });
    }
    return [...own, ...merged.filter((entry, index) => !own.some(({ key }) => key === entry.key) && merged.findIndex(({ key }) => key === entry.key) === index)];
  }

  function read(node: unknown): DataNode | undefined {
    if (isAlias(node)) return read(anchored.get(node.source));
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
    if (known.has(node)) return known.get(node);
    if (node.anchor !== undefined) anchored.set(node.anchor, node);
    // An alias to something around it leads nowhere.
    known.set(node, undefined);
    const range = rangeOfNode(node);
    let result: DataNode;
    if (isMap(node)) result = { kind: "object", range, entries: entriesOf(node), items: [] };
    else if (isSeq(node)) result = { kind: "array", range, entries: [], items: node.items.flatMap((item) => read(item) ?? []) };
    else result = scalar(node.value, range);
    known.set(node, result);
    return result;
  }
  return read;
}

function scalar(value: unknown, range: Range): DataNode {
  const base = { range, entries: [], items: [] };
  if (typeof value === "string") return { kind: "string", value, ...base };
  if (typeof value === "number") return { kind: "number", value, ...base };
  if (typeof value === "boolean") return { kind: "boolean", value, ...base };
  return { kind: "null", value: null, ...base };
}
