import { formatMessage, type RuleFinding } from "../../src/base/finding.js";
import type { Rule } from "../../src/kit/rule.js";
import { type OpenOptions, openRepo } from "../../src/repo/open-repo.js";
import { modelOf } from "../support/model.js";

export interface RepoCheckOptions extends OpenOptions {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Sections of the settings that the model hands on. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The findings of a rule's repo check on a folder, in their order, with the model of the code that stands there. */
export async function repoFindings(rule: Rule, root: string, { options = {}, settings = {}, ...open }: RepoCheckOptions = {}): Promise<RuleFinding[]> {
  const repo = openRepo(root, open);
  const model = modelOf(Object.fromEntries(repo.files.map((file) => [file, repo.read(file) ?? ""])), { settings });
  if (rule.repo === undefined) throw new Error(`${rule.name} has no repo check`);
  const findings = [...(await rule.repo.check(repo, model, { ...rule.defaultOptions, ...options }))];
  for (const { messageId, data } of findings) {
    const message = rule.messages[messageId];
    if (message === undefined || /\{\{\w+\}\}/.test(formatMessage(message, data))) throw new Error(`${rule.name} lacks data for its message ${messageId}`);
  }
  return findings;
}

/** One line for each finding: `src/a.ts:1:10-1:14 messageId`. */
export async function checkRepo(rule: Rule, root: string, options: RepoCheckOptions = {}): Promise<string[]> {
  return (await repoFindings(rule, root, options)).map(({ file, range, messageId }) => `${file}:${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column} ${messageId}`);
}

/** The message of each finding. */
export async function repoMessages(rule: Rule, root: string, options: RepoCheckOptions = {}): Promise<string[]> {
  return (await repoFindings(rule, root, options)).map(({ messageId, data }) => formatMessage(rule.messages[messageId] ?? "", data));
}
