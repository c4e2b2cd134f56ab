import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../base/errors.js";
import { nearest } from "../base/nearest.js";
import { rulesByName } from "../engine/registry.js";

/** `std-check explain <rule>`: the page of a rule, as it lies in the package. */
export function explainCommand(given: string): void {
  const name = given.replace(/^std\//, "");
  const rule = rulesByName.get(name);
  if (!rule) {
    const guess = nearest(name, [...rulesByName.keys()]);
    throw new UserError("unknown-rule", `There is no rule "${name}"${guess === undefined ? "" : ` (did you mean "${guess}"?)`}.`, "`std-check rules` lists them.");
  }
  const page = packageFile(`docs/rules/${name}.md`);
  const text = page === undefined ? `# ${name}\n\n${rule.description}.\n` : readFileSync(page, "utf8");
  process.stdout.write(`${text.replace(/^<!--.*-->\n/gm, "").trim()}\n`);
}

/** A file of this package, from src as from dist/src; undefined if it is not there. */
function packageFile(file: string): string | undefined {
  return ["../../", "../../../"].map((up) => fileURLToPath(new URL(up + file, import.meta.url))).find((path) => existsSync(path));
}
