import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "./generated-files.js";
import { readProjectFile } from "./generated-file.js";

/** Writes everything that is generated; with `--check`, names what would change and fails. Runs from `dist/src/dev`. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const stale = (await generatedFiles(root)).filter(({ file, text }) => readProjectFile(root, file) !== text);

if (process.argv.includes("--check")) {
  for (const { file } of stale) console.error(`${file} is out of date: run \`npm run update\`.`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const { file, text } of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
}
