// npm run bench:editor -- [path] [--files N] [--edits N]: how long all project checks together take for a text that an editor
// shows, in milliseconds: the first time, which opens the project; when files spread over it are opened one after the other,
// where the one before was left changed; and after a change of each, which makes all syntax of its file anew. Without a path,
// a backend of N files is made in a temporary folder.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { askProject } from "../../dist/src/engine/editor-host.js";
import { listFiles } from "../../dist/src/engine/project-files.js";
import { rulesByName } from "../../dist/src/engine/registry.js";
import { openSettings } from "../../dist/src/engine/run.js";
import { makeBackend } from "./made-backend.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { files: { type: "string", default: "1000" }, edits: { type: "string", default: "60" } } });
const root = positionals[0] === undefined ? makeBackend(Number(values.files)) : path.resolve(positionals[0]);
const settings = openSettings(root);
const files = listFiles(root).filter((file) => /^(?!.*(\.d|\.test|\.spec)\.ts$).*\.ts$/.test(file));

function ask(file, text) {
  const started = performance.now();
  for (const [name, { options, per }] of settings.rulesFor(file)) {
    const rule = rulesByName.get(name);
    if (rule?.project) askProject(rule, path.join(root, file), text, options, per);
  }
  return performance.now() - started;
}

const textOf = (file) => readFileSync(path.join(root, file), "utf8");
const first = ask(files[0], textOf(files[0]));
const opened = [];
const changed = [];
for (let at = 0; at < Number(values.edits); at++) {
  // A step that shares no factor with most counts reaches files all over the project.
  const file = files[(at * 97) % files.length];
  opened.push(ask(file, textOf(file)));
  changed.push(ask(file, `${textOf(file)}\nexport const edit${at} = ${at};\n`));
}

function spread(times) {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0);
  return `the median ${at(0.5)} ms, the 95th percentile ${at(0.95)} ms`;
}
console.log(`${files.length} files: first ${first.toFixed(0)} ms; of ${opened.length} files opened ${spread(opened)}; of as many changes ${spread(changed)}`);
if (positionals[0] === undefined) rmSync(root, { recursive: true, force: true });
