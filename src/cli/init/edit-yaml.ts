import { isMap, isScalar, isSeq, parseDocument } from "yaml";

/**
 * `text` with `lines` as a further item of the block collection at `path`, which is made (with its parents) at the end
 * of the file if it is not there and `makeLines` is given. Everything else stays as it is. Undefined where that is not
 * possible: broken YAML, a collection in brackets, an anchor in the way.
 */
export function appendToYaml(text: string, path: readonly string[], lines: readonly string[], makeLines?: readonly string[]): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const collection = document.getIn(path, true);
  if (collection === undefined) {
    const parent = document.get(path[0] ?? "", true);
    return parent === undefined && makeLines !== undefined ? `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${makeLines.join("\n")}\n` : undefined;
  }
  if (!(isMap(collection) || isSeq(collection)) || collection.flow === true || collection.items.length === 0) return undefined;
  const start = collection.range?.[0];
  const end = collection.range?.[1];
  if (start === undefined || end === undefined) return undefined;
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (indent.trim() !== "") return undefined;
  // The collection's range ends where the next key begins or behind its last line; comments below it stay below.
  const content = text.slice(0, end).trimEnd();
  const rest = text.slice(content.length).replace(/^[ \t]*\r?\n?/, "");
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const edited = [content, ...lines.map((line) => `${indent}${line}`), rest].join(eol);
  const check = parseDocument(edited);
  const after = check.errors.length === 0 ? check.getIn(path, true) : undefined;
  return (isMap(after) || isSeq(after)) && after.items.length === collection.items.length + 1 ? edited : undefined;
}

/** The keys of the map at `path` in a YAML text; undefined if there is no map. */
export function yamlKeys(text: string, path: readonly string[]): readonly string[] | undefined {
  const document = parseDocument(text);
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (document.errors.length > 0 || !isMap(map)) return undefined;
  return map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
}
