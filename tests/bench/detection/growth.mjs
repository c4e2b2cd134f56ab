/**
 * `npm run bench:detection -- --growth`: how long reading the secrets of a text takes as it grows, for the kinds of
 * text that are hard on patterns. Time for each megabyte has to stay as it is; a kind that grows by more than a half
 * between the two largest sizes is named at the end, and the exit code is 1.
 */
import { findTokens } from "../../../dist/src/catalogue/secrets/find-tokens.js";
import { extractFacts } from "../../../dist/src/facts/extract.js";
import { secretsInLines } from "../../../dist/src/kit/secrets/line-secrets.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function random(length) {
  let state = 5;
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += letters[Math.floor(state / 33_554_432)];
  }
  return text;
}

const many = (count, make) => Array.from({ length: Math.ceil(count) }, (_, index) => make(index));
const facts = (text) => extractFacts("bench.ts", text);

/** What is read, and by what. 2 MB of short literals are 50,000 of them. */
const KINDS = {
  "base64 in one literal": [facts, (size) => `export const data = "${random(size)}";`],
  "minified bundle": [facts, (size) => many(size / 60, (index) => `function a${index}(e,t){return e.b=t.c||"k:${index}",n.x[${index}](e)}`).join(";")],
  "short literals": [facts, (size) => `export const all = [${many(size / 40, (index) => `"${random(30 + (index % 14))}"`).join(",")}];`],
  "sums of texts": [facts, (size) => many(size / 80, (index) => `const u${index} = "https://a:" + b + "@c" + "/${index}" + "${random(30)}";`).join("\n")],
  "one line of JSON": [(text) => secretsInLines(text, "data"), (size) => `{${many(size / 40, (index) => `"password${index}": "${random(20)}"`).join(",")}}`],
  "one line of shell": [(text) => secretsInLines(text, "shell"), (size) => many(size / 30, (index) => `A_SECRET${index}=${random(14)}`).join(" ")],
  "words and marks": [(text) => secretsInLines(text, "code"), (size) => "ab_c ".repeat(size / 5)],
  "half tokens": [findTokens, (size) => "ghp_a ey SG. -----BEGIN  ://a:b AccountKey= Q~ :AA | -us1 ".repeat(size / 56)],
};

/** Milliseconds of this process alone: others use the machine as well. */
function cost(run) {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

const wrong = [];
for (const [kind, [read, make]] of Object.entries(KINDS)) {
  const costs = [250_000, 500_000, 1_000_000, 2_000_000].map((size) => {
    const text = make(size);
    const time = Math.min(...[1, 2, 3].map(() => cost(() => read(text))));
    console.log(`${kind.padEnd(22)} ${(text.length / 1e6).toFixed(2)} MB  ${time.toFixed(0).padStart(6)} ms  ${((1e6 * time) / text.length).toFixed(0).padStart(6)} ms for each MB`);
    return time / text.length;
  });
  if (costs[3] > 1.5 * costs[2] && costs[3] > 1.5 * costs[1]) wrong.push(kind);
}
if (wrong.length > 0) {
  console.log(`not linear: ${wrong.join(", ")}`);
  process.exitCode = 1;
}
