/**
 * `node tests/bench/detection/growth.mjs`: how long reading the secrets of one file takes as it grows, for the three
 * kinds of file that are hard on patterns. Time for each megabyte has to stay as it is.
 */
import { extractFacts } from "../../../dist/src/facts/extract.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function random(length) {
  let state = 5;
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += letters[state % 64];
  }
  return text;
}

const KINDS = {
  "base64 in one literal": (size) => `export const data = "${random(size)}";`,
  "minified bundle": (size) => Array.from({ length: Math.ceil(size / 60) }, (_, index) => `function a${index}(e,t){return e.b=t.c||"k:${index}",n.x[${index}](e)}`).join(";"),
  "short literals": (size) => `export const all = [${Array.from({ length: Math.ceil(size / 40) }, (_, index) => `"${random(8 + (index % 24))}"`).join(",")}];`,
};

for (const [kind, make] of Object.entries(KINDS)) {
  for (const size of [250_000, 500_000, 1_000_000, 2_000_000]) {
    const text = make(size);
    const started = performance.now();
    extractFacts("bench.ts", text);
    const time = performance.now() - started;
    console.log(`${kind.padEnd(22)} ${(text.length / 1e6).toFixed(2)} MB  ${time.toFixed(0).padStart(6)} ms  ${((1e6 * time) / text.length).toFixed(0).padStart(6)} ms for each MB`);
  }
}
