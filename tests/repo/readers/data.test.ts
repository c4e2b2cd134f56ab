import { describe, expect, it } from "vitest";
import { dataAt, type DataNode, parseData, parseJsonData, parseYamlData, stringOf, stringsOf } from "../../../src/repo/readers/data.js";

/** The plain value of a node. */
function plain(node: DataNode | undefined): unknown {
  if (node?.kind === "object") return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  if (node?.kind === "array") return node.items.map(plain);
  return node?.value;
}

describe("JSON", () => {
  it("knows where keys and values stand, past comments and trailing commas", () => {
    const data = parseJsonData('{\n  // note\n  "a": [1, "two",],\n}').documents[0];
    expect(plain(data)).toEqual({ a: [1, "two"] });
    expect(data?.entries[0]?.keyRange).toEqual({ start: { line: 3, column: 3 }, end: { line: 3, column: 6 } });
    expect(dataAt(data, "a", 1)?.range).toEqual({ start: { line: 3, column: 12 }, end: { line: 3, column: 17 } });
  });

  it("takes the last of keys that are written twice", () => {
    expect(stringOf(dataAt(parseJsonData('{"a": "1", "a": "2"}').documents[0], "a"))).toBe("2");
  });

  it.each([["empty", ""], ["broken", "{"], ["nested too deeply", "[".repeat(200_000)]])("tells problems of a text that is %s", (_, text) => {
    expect(parseJsonData(text).problems.length).toBeGreaterThan(0);
  });
});

describe("YAML", () => {
  it("resolves anchors, the last one in front, and merges maps under what is written", () => {
    const data = parseYamlData("base: &x\n  a: 1\n  b: 2\nuse:\n  <<: *x\n  b: 3\nagain: &x [4]\nlast: *x\n").documents[0];
    expect(plain(dataAt(data, "use"))).toEqual({ b: 3, a: 1 });
    expect(plain(dataAt(data, "last"))).toEqual([4]);
  });

  it("reads several documents, unknown tags and keys with positions", () => {
    const { documents, problems } = parseYamlData("a: !Ref x\n---\nb:\n  - one\n");
    expect(documents.map(plain)).toEqual([{ a: "x" }, { b: ["one"] }]);
    expect(problems).toEqual([]);
    expect(dataAt(documents[1], "b", 0)?.range).toEqual({ start: { line: 4, column: 5 }, end: { line: 4, column: 8 } });
  });

  it("stays small for aliases of aliases and ends for an alias to what is around it", () => {
    const bomb = ["a0: &a0 [x, x]", ...Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)].join("\n");
    expect(parseYamlData(bomb).documents[0]?.entries).toHaveLength(61);
    expect(plain(parseYamlData("a: &a\n  b: *a\n").documents[0])).toEqual({ a: { b: null } });
  });

  it("gives no document for an empty text and what it can for a broken one", () => {
    expect(parseYamlData("").documents).toEqual([]);
    expect(parseYamlData("a: [1\nb: 2").problems.length).toBeGreaterThan(0);
  });
});

it("chooses by the file's name, and takes a lone string for a list", () => {
  expect(stringsOf(dataAt(parseData("x.yml", "a: b").documents[0], "a")).map(stringOf)).toEqual(["b"]);
  expect(stringsOf(dataAt(parseData("x.json", '{"a": ["b", 1]}').documents[0], "a")).map(stringOf)).toEqual(["b"]);
});
