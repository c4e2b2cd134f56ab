import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { lineStarts, type Position, positionAt } from "../base/position.js";

/** A mistake in a settings file, at its place. */
export interface Mistake {
  readonly position: Position;
  readonly text: string;
}

/** A JSON text, with comments allowed, that knows where its values stand. */
export interface JsonDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; that of the nearest enclosing value where there is none. */
  valuePosition(path: readonly PropertyKey[]): Position;
  /** Where the key of the property at `path` stands. */
  keyPosition(path: readonly PropertyKey[]): Position;
  /** What is broken in the syntax. */
  readonly syntaxMistakes: readonly Mistake[];
  /** Keys that are written twice in the value at `path`, of which a reader would only keep the last. */
  repeatedKeys(path: readonly PropertyKey[]): readonly Mistake[];
}

/** Reads `text`; what is broken is in the result's `syntaxMistakes`. A byte-order mark is no part of positions. */
export function parseJson(text: string): JsonDocument {
  const content = text.replace(/^\uFEFF/, "");
  const starts = lineStarts(content);
  const errors: ParseError[] = [];
  const tree = parseTree(content, errors, { allowTrailingComma: true, disallowComments: false });
  const syntaxMistakes = errors.map(({ error, offset }) => ({ position: positionAt(starts, offset), text: syntaxText(printParseErrorCode(error)) }));
  const enclosing = (path: readonly PropertyKey[]): Node | undefined => {
    for (let length = path.length; length >= 0; length--) {
      const node = tree && findNodeAtLocation(tree, path.slice(0, length).map(asSegment));
      if (node !== undefined) return node;
    }
    return undefined;
  };
  return {
    value: tree === undefined ? undefined : getNodeValue(tree),
    valuePosition: (path) => positionAt(starts, enclosing(path)?.offset ?? 0),
    keyPosition: (path) => {
      const value = tree && findNodeAtLocation(tree, path.map(asSegment));
      return positionAt(starts, (value?.parent?.type === "property" ? value.parent : enclosing(path))?.offset ?? 0);
    },
    syntaxMistakes,
    repeatedKeys: (path) => {
      const node = tree && findNodeAtLocation(tree, path.map(asSegment));
      return [...(node === undefined ? [] : repeatedKeys(node))].map(({ offset, value }) => ({ position: positionAt(starts, offset), text: `the key "${String(value)}" is written twice` }));
    },
  };
}

function asSegment(key: PropertyKey): string | number {
  return typeof key === "symbol" ? String(key) : key;
}

/** What to do about the mistakes that are made most when settings are written by hand. */
const remedies = new Map<string, string>([
  ["InvalidSymbol", "this is no JSON value: keys and texts stand in double quotes"],
  ["PropertyNameExpected", "a key in double quotes is expected here"],
  ["CommaExpected", "a comma is missing in front of this"],
  ["ColonExpected", "a colon is missing between the key and its value"],
  ["ValueExpected", "a value is missing here"],
  ["CloseBraceExpected", "the closing } is missing"],
  ["CloseBracketExpected", "the closing ] is missing"],
  ["EndOfFileExpected", "the settings have ended in front of this"],
  ["UnexpectedEndOfString", "the closing \" of this text is missing"],
  ["UnexpectedEndOfComment", "the closing */ of this comment is missing"],
]);

/** "UnexpectedEndOfNumber" as "unexpected end of number", where no remedy is known. */
function syntaxText(code: string): string {
  return remedies.get(code) ?? code.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** The key nodes whose name an earlier property of the same object has. */
function* repeatedKeys(node: Node): Iterable<Node> {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) yield key;
    if (key !== undefined) seen.add(key.value);
    yield* repeatedKeys(child);
  }
}
