/**
 * Reads the labelled cases. A case file is text:
 *
 *   === secret | title            a case: one file `src/case.ts`, or several that begin with `--- path`
 *   === secret lines | title      every line is a case
 *   === secret lines in NAME | …  every line stands in the place of LINE in the frame NAME
 *   === frame NAME                such a frame
 *
 * The first word is the label: `silent` means that nothing may be reported, any other word that something must be.
 * `{{hex 32}}` and its kin are put in when the cases are read, so that no committed file holds a text that looks like a token.
 */
import { readFileSync } from "node:fs";
import { valueMaker } from "./values.mjs";

const HEADER = /^=== (\w+)( lines)?(?: in (\w+))?(?: (\w+))?(?: \| (.+))?$/;

function sections(text) {
  return text
    .split(/^(?==== )/m)
    .filter((part) => part.startsWith("==="))
    .map((part) => {
      const [head, ...lines] = part.trimEnd().split("\n");
      const [, label, isLines, frame, name, title] = HEADER.exec(head) ?? [];
      if (label === undefined) throw new Error(`not a header of a case: ${head}`);
      return { label, lines, title, frame, name, isLines: isLines !== undefined };
    });
}

function files(body) {
  if (!body.startsWith("--- ")) return { "src/case.ts": `${body}\n` };
  return Object.fromEntries(
    body.split(/^--- /m).slice(1).map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end).trim(), part.slice(end + 1)];
    }),
  );
}

/** The cases of one file: `{ title, label, expected, files }`. */
export function readCases(file) {
  const fill = valueMaker();
  const frames = new Map();
  const cases = [];
  for (const section of sections(readFileSync(file, "utf8"))) {
    if (section.label === "frame") {
      frames.set(section.name, section.lines.join("\n"));
      continue;
    }
    const bodies = section.isLines ? section.lines.filter((line) => line.trim() !== "") : [section.lines.join("\n")];
    for (const body of bodies) {
      const framed = section.frame === undefined ? body : frames.get(section.frame).replace("LINE", () => body);
      cases.push({
        title: section.isLines ? `${section.title}: ${body}` : section.title,
        expected: section.label !== "silent",
        files: files(fill(framed)),
      });
    }
  }
  return cases;
}
