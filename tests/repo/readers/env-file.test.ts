import { expect, it } from "vitest";
import { parseEnv } from "../../../src/repo/readers/env-file.js";

const values = (text: string) => Object.fromEntries(parseEnv(text).entries.map(({ key, value }) => [key, value]));

it.each([
  ["plain values, with blanks around", "A=1\n  B = two words  \nC=", { A: "1", B: "two words", C: "" }],
  ["export and a colon", "export A=1\nB: 2", { A: "1", B: "2" }],
  ["quotes of three kinds", "A=\"a # b\"\nB='b\\n'\nC=`it's \"c\"`", { A: "a # b", B: "b\\n", C: "it's \"c\"" }],
  ["line breaks written in double quotes", 'A="one\\ntwo"', { A: "one\ntwo" }],
  ["values of several lines", 'A="one\ntwo"\nB=3', { A: "one\ntwo", B: "3" }],
  ["escaped quotes", 'A="say \\"hi\\""', { A: 'say \\"hi\\"' }],
  ["a comment behind a value", "A=1 # one\nB=\"2\" # two", { A: "1", B: "2" }],
  ["a quote that is never closed", 'A="one\nB=2', { A: '"one', B: "2" }],
  ["Windows line breaks", "A=1\r\nB='2'\r\n", { A: "1", B: "2" }],
  ["an equals sign in the value", "A=postgres://h/db?x=1", { A: "postgres://h/db?x=1" }],
  ["dots and dashes in keys", "a.b-c=1", { "a.b-c": "1" }],
  ["the same key twice", "A=1\nA=2", { A: "2" }],
])("reads %s", (_, text, expected) => {
  expect(values(text)).toEqual(expected);
});

it("knows where keys and values stand", () => {
  const [first, second] = parseEnv("# note\nexport  KEY = \"a\nb\"\nexport=1").entries;
  expect(first).toMatchObject({ key: "KEY", quote: '"', exported: true, keyRange: { start: { line: 2, column: 9 }, end: { line: 2, column: 12 } }, valueRange: { start: { line: 2, column: 16 }, end: { line: 3, column: 2 } } });
  expect(second).toMatchObject({ key: "export", value: "1", exported: false });
});

it("keeps comments, assignments in comments, and lines that are neither", () => {
  const { comments, commented, unread } = parseEnv("# Database\n#DB_URL=postgres://x\n# see: docs\nnot an assignment\n");
  expect(comments.map(({ text }) => text)).toEqual([" Database", "DB_URL=postgres://x", " see: docs"]);
  expect(commented.map(({ key, value, keyRange }) => [key, value, keyRange.start])).toEqual([["DB_URL", "postgres://x", { line: 2, column: 2 }]]);
  expect(unread).toEqual([{ start: { line: 4, column: 1 }, end: { line: 4, column: 18 } }]);
});
