import { UserError } from "../base/errors.js";
import type { Finding } from "../base/finding.js";
import { groupBy } from "../base/group-by.js";
import { nearest } from "../base/nearest.js";
import { rulesByName } from "../engine/registry.js";
import { run } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

/** What a rule would say if it were on. */
export interface Trial {
  readonly rule: string;
  /** How it is set for the root today. */
  readonly today: string;
  readonly findings: number;
  readonly files: number;
  /** Let pass by a comment or an exception. */
  readonly suppressed: number;
  /** Message ids and causes with their counts, most first. */
  readonly messages: readonly (readonly [name: string, count: number])[];
  readonly causes: readonly (readonly [name: string, count: number])[];
  readonly samples: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
}

const mostSamples = 5;
const mostCauses = 10;

/** `std-check try <rule>`: counts by cause and samples of a rule, before it is turned on. */
export async function tryCommand(given: string, paths: readonly string[], options: Readonly<Record<string, unknown>>, format: string): Promise<void> {
  if (format !== "pretty" && format !== "json") throw new UserError("unknown-format", `There is no format "${format}" for try.`, "Formats: pretty, json.");
  const trial = await tryRule(given.replace(/^std\//, ""), paths, startFolder(options), options["cache"] !== false);
  process.stdout.write(format === "json" ? `${JSON.stringify({ version: 1, ...trial }, undefined, 2)}\n` : textOf(trial));
}

async function tryRule(name: string, paths: readonly string[], cwd: string, cache: boolean): Promise<Trial> {
  if (!rulesByName.has(name)) {
    const guess = nearest(name, [...rulesByName.keys()]);
    throw new UserError("unknown-rule", `There is no rule "${name}"${guess === undefined ? "" : ` (did you mean "${guess}"?)`}.`, "The rules are listed in the README.");
  }
  const plain = await run({ cwd, paths, cache });
  const today = plain.settings.ruleStates("package.json").get(name)?.severity ?? "off";
  const { result } = today === "error" ? plain : await run({ cwd, paths, cache, rules: { [name]: "error" } });
  const findings = result.findings.filter(({ rule }) => rule === name);
  return {
    rule: name,
    today,
    findings: findings.length,
    files: new Set(findings.map(({ file }) => file)).size,
    suppressed: result.suppressed.filter(({ finding }) => finding.rule === name).length,
    messages: counts(findings.map(({ messageId }) => messageId)),
    causes: counts(findings.flatMap(({ cause }) => cause ?? [])),
    samples: samplesOf(findings).map(({ file, range, message }) => ({ file, line: range.start.line, column: range.start.column, message })),
  };
}

function counts(names: readonly string[]): [string, number][] {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return [...found].sort(([left, most], [right, more]) => more - most || (left < right ? -1 : 1));
}

/** One of each message and cause in turn, so that the samples differ. */
function samplesOf(findings: readonly Finding[]): Finding[] {
  const all = [...groupBy(findings, ({ messageId, cause }) => `${messageId} ${cause ?? ""}`).values()];
  const longest = Math.max(0, ...all.map((group) => group.length));
  const inTurn = Array.from({ length: longest }, (_, index) => all.flatMap((group) => group[index] ?? [])).flat();
  return inTurn.slice(0, mostSamples);
}

function textOf({ rule, today, findings, files, suppressed, messages, causes, samples }: Trial): string {
  const { clauses = [], description = "" } = rulesByName.get(rule) ?? {};
  const list = (title: string, entries: Trial["causes"]): string[] => (entries.length < 2 ? [] : ["", `by ${title}`, ...entries.slice(0, mostCauses).map(([name, count]) => `${String(count).padStart(6)}  ${name}`), ...(entries.length > mostCauses ? [`        and ${entries.length - mostCauses} more`] : [])]);
  return [
    `${rule} (${clauses.join(", ")}): ${description}.`,
    `It is ${today === "off" ? "off" : `on as ${today === "warn" ? "a warning" : "an error"}`} here. As an error it reports ${findings === 1 ? "1 finding" : `${findings} findings`} in ${files === 1 ? "1 file" : `${files} files`}${suppressed > 0 ? `; ${suppressed} more are let pass by comments or exceptions` : ""}.`,
    ...list("message", messages),
    ...list("cause", causes),
    ...samples.flatMap(({ file, line, column, message }) => ["", `${file}:${line}:${column}`, `  ${message}`]),
    "",
  ].join("\n");
}
