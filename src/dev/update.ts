import { fileURLToPath } from "node:url";
import { staleFiles, writeStale } from "./generated-file.js";
import { generatedFiles } from "./generated-files.js";

/** Writes everything that is generated; with `--check`, names what would change and fails. Runs from `dist/src/dev`. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = await generatedFiles(root);

if (process.argv.includes("--check")) {
  const stale = staleFiles(root, files);
  for (const { file } of stale) process.stderr.write(`${file} is out of date: run \`npm run update\`.\n`);
  if (stale.length > 0) process.exitCode = 1;
} else writeStale(root, files);
