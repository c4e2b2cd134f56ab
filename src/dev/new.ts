import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { scaffoldRule } from "./scaffold-rule.js";
import { sections } from "../standard/clauses.js";

/** `npm run new rule <section> <name>`: the three files of a rule, ready to be filled. Runs from `dist/src/dev`. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const [kind, section, name] = process.argv.slice(2);
const known = sections.map(({ id }) => id).filter((id) => id !== "house");

if (kind !== "rule" || section === undefined || name === undefined) fail("usage: npm run new rule <section> <name>");
else if (!known.includes(section)) fail(`There is no section "${section}"; sections: ${known.join(", ")}.`);
else if (!/^[a-z]+(-[a-z]+)*$/.test(name)) fail(`"${name}" is no rule name: lower-case words joined by hyphens.`);
else create(section, name);

function create(section: string, name: string): void {
  const files = scaffoldRule(section, name);
  const present = files.find(({ file }) => existsSync(path.join(root, file)));
  if (present) return fail(`${present.file} is there already.`);
  for (const { file, text } of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    process.stdout.write(`wrote ${file}\n`);
  }
  process.stdout.write("Fill them in, then run `npm run update`. docs/guides/writing-a-rule.md tells how.\n");
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
