import { scopeOf } from "../../src/engine/scope.js";
import { formatMessage } from "../../src/base/finding.js";
import type { Rule } from "../../src/kit/rule.js";
import type { ModelOptions } from "../../src/model/project-model.js";
import { modelOf, type ProjectLiteral } from "./model.js";

/** What the marks of a project ask for: `src/a.ts:3 outer` for a line that ends with `// ! outer`, sorted. */
export function marksIn(files: ProjectLiteral): string[] {
  return Object.entries(files)
    .flatMap(([file, text]) => text.split("\n").flatMap((line, index) => (/\/\/ ! ([\w ]+)$/.exec(line)?.[1] ?? "").split(" ").filter(Boolean).map((id) => `${file}:${index + 1} ${id}`)))
    .sort();
}

/**
 * What a rule's project check finds in a project that is never written to disk, in the form of `marksIn`. For tables of many
 * cases; that the hosts agree, and exact positions, are checked with `checkProject`.
 */
export function foundIn(rule: Rule, files: ProjectLiteral, options: Readonly<Record<string, unknown>> = {}, modelOptions: Partial<ModelOptions> = {}): string[] {
  if (!rule.project) throw new Error(`${rule.name} has no project check`);
  const model = modelOf({ "package.json": '{ "name": "app", "scripts": { "start": "node ." } }', ...files }, modelOptions);
  const found = [...rule.project.check(model, scopeOf(model.files, true), { ...rule.defaultOptions, ...options })];
  for (const { messageId, data } of found) {
    const message = rule.messages[messageId];
    if (message === undefined || /\{\{\w+\}\}/.test(formatMessage(message, data))) throw new Error(`${rule.name} lacks data for its message ${messageId}`);
  }
  return found.map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`).sort();
}
