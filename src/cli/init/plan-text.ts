import { textDiff } from "../text-diff.js";
import type { InitPlan } from "./repo-facts.js";

/** A plan for people: what was found, what would be written as a difference, what is left to do. */
export function planText({ found, changes, manual, present }: InitPlan): string {
  const blocks: string[][] = [["Found:", ...found.map(({ what, value, evidence }) => `  ${what}: ${value} (${evidence})`)]];
  if (present.length > 0) blocks.push(["In place:", ...present.map((one) => `  ${one}`)]);
  for (const { file, before, after, why } of changes) {
    blocks.push([`${before === undefined ? "New" : "Change"}: ${file} — ${why}`, ...textDiff(before ?? "", after).map((line) => `  ${line}`)]);
  }
  for (const { title, reason, lines } of manual) blocks.push([`By hand: ${title} (${reason})`, ...lines.map((line) => `  ${line}`)]);
  if (changes.length === 0) blocks.push(["There is nothing to write."]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n\n`;
}
