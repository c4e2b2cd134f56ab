import { baseName } from "../../base/paths.js";
import type { Range, Span } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RepoView } from "../../repo/repo-view.js";
import { testCases } from "./test-cases.js";

interface Repetition {
  /** As written: `retry: 3`, `--forceExit`. */
  readonly option: string;
  /** What it does, as the rest of a sentence. */
  readonly what: string;
}

const again = "runs tests that failed again until they pass, so a flaky test, or flaky code, looks sound";
const ends = "ends the run while something is still open, so leaked connections and unfinished work stay unseen";

/** Retries and forced ends in a test file or the configuration of a runner. Runners of browsers are not looked at. */
export function* repeatedInCode(model: ProjectModel, file: string): Iterable<Repetition & { readonly span: Span }> {
  const isConfiguration = /^(jest|vitest|vite|ava)[\w.-]*\.config\.[cm]?[jt]s$|^\.mocharc\.[cm]?js$/.test(baseName(file));
  const cases = isConfiguration ? [] : testCases(model, file);
  if (!isConfiguration && (!cases.some(({ kind }) => kind === "test") || model.facts(file).imports.some(({ specifier }) => /playwright|cypress/.test(specifier ?? "")))) return;
  if (isConfiguration) {
    const found: (Repetition & { span: Span })[] = [];
    walkAll(model.facts(file).body, (node) => {
      if (!("kind" in node) || node.kind !== "object") return undefined;
      for (const member of node.members) {
        if (member.kind !== "property") continue;
        if (/^retr(y|ies)$/.test(member.key) && isMany(member.value)) found.push({ span: member.span, option: member.key, what: again });
        if ((member.key === "forceExit" || (member.key === "exit" && /mocharc/.test(file))) && isTrue(member.value)) found.push({ span: member.span, option: member.key, what: ends });
      }
      return undefined;
    });
    yield* found;
    return;
  }
  for (const { call } of cases)
    for (const argument of call.arguments) {
      if (argument.kind !== "object") continue;
      for (const member of argument.members) if (member.kind === "property" && /^retr(y|ies)$/.test(member.key) && isMany(member.value)) yield { span: member.span, option: member.key, what: again };
    }
  for (const { node } of model.values.index(file).calls) {
    if (node.kind !== "call" || node.callee.kind !== "member" || !node.arguments[0] || !isMany(node.arguments[0])) continue;
    const { property, object } = node.callee;
    if ((property === "retryTimes" && object.kind === "name" && object.name === "jest") || (property === "retries" && object.kind === "this")) yield { span: node.span, option: property, what: again };
  }
}

function isMany(node: Expression): boolean {
  return node.kind === "literal" ? typeof node.value === "number" && node.value > 0 : node.kind === "conditional" && (isMany(node.then) || isMany(node.else));
}

function isTrue(node: Expression): boolean {
  return node.kind === "literal" && node.value === true;
}

const options: readonly { readonly runner: RegExp; readonly option: RegExp; readonly what: string }[] = [
  { runner: /(^|[\s/"'=])jest(\.js)?(\s|$)/, option: /--(?:forceExit|force-exit)\b(?!=false)/, what: ends },
  { runner: /(^|\s)_?mocha\b/, option: /--exit\b/, what: ends },
  { runner: /(^|\s)(node|tsx)\b/, option: /--test-force-exit\b/, what: ends },
  { runner: /(^|\s)(vitest|bun test)\b/, option: /--retry[= ][1-9]/, what: again },
  { runner: /(^|\s)_?mocha\b/, option: /--retries[= ][1-9]/, what: again },
];

/** The same in the scripts of package.json and in `jest` there. */
export function* repeatedInScripts(repo: RepoView): Iterable<Repetition & { readonly file: string; readonly range: Range }> {
  for (const { manifest } of repo.readers.packages()) {
    for (const { command, commandRange } of manifest.scripts)
      for (const { runner, option, what } of options) {
        const found = runner.test(command) ? option.exec(command)?.[0] : undefined;
        if (found !== undefined) yield { file: manifest.file, range: commandRange, option: found, what };
      }
  }
}
