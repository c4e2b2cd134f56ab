import path from "node:path";
import type { Rule as EslintRule } from "eslint";
import { resolveEdits } from "../base/edits.js";
import { type EditDraft, formatMessage, type RuleFinding } from "../base/finding.js";
import { toPosix } from "../base/paths.js";
import { HeldReports } from "./held-reports.js";
import type { ProjectHost } from "./project-host.js";
import { recordingContext } from "./recorded.js";
import { roleOf } from "./roles.js";
import type { FileCheck, FileContext, Rule } from "./rule.js";

/** The rule as ESLint and oxlint take it. `host` answers its project check and knows the baseline; without it only the file check runs. */
export function toEslintRule(rule: Rule, host?: ProjectHost): EslintRule.RuleModule {
  return {
    meta: metaOf(rule),
    create(context) {
      const options = optionsOf(rule, context);
      // Code blocks of other files are no files of a project.
      if (!host || context.physicalFilename !== context.filename) return rule.file ? fileListeners(rule.file, typed(context), options) : {};
      const { filename, sourceCode } = context;
      const held = new HeldReports(typed(context));
      const listeners = rule.file ? fileListeners(rule.file, held.context, options) : {};
      if (!rule.project && Object.keys(listeners).length === 0) return listeners;
      const whole = listeners["Program:exit"];
      return {
        ...listeners,
        "Program:exit"(node) {
          whole?.(node);
          held.release((found) => {
            const passed = host.passedByBaseline(rule.name, filename, sourceCode.text, found);
            return perOf(context) === "site" ? passed : passed.map((isPassed, index) => isPassed || isAlike(rule.file, sourceCode.text, found, passed, index));
          });
          if (!rule.project) return;
          for (const finding of host.askProject(rule, filename, sourceCode.text, options, perOf(context))) context.report(descriptorOf(rule, finding, sourceCode.text));
        },
      };
    },
  };
}

/** Whether what is reported shares its cause with something in front of it. */
function isAlike({ causeOf }: Pick<FileCheck<object>, "causeOf"> = {}, text: string, found: readonly Reported[], passed: readonly boolean[], at: number): boolean {
  const causes = found.slice(0, at + 1).map(({ span, data }) => causeOf?.(data, text.slice(...span)));
  return causes[at] !== undefined && causes.some((cause, index) => index < at && passed[index] !== true && cause === causes[at]);
}

type Reported = Parameters<Parameters<HeldReports["release"]>[0]>[0][number];

/** The file check alone, reporting in a form that survives any host; for the CLI. */
export function toRecordingRule(rule: Rule): EslintRule.RuleModule {
  return {
    meta: { ...metaOf(rule), messages: {} },
    create: (context) => (rule.file ? fileListeners(rule.file, recordingContext(typed(context)), optionsOf(rule, context)) : {}),
  };
}

/** ESLint and typescript-eslint type the same object: theirs knows the nodes of TypeScript. */
function typed(context: EslintRule.RuleContext): FileContext {
  return context as unknown as FileContext;
}

/** Whether a check can have something to say about a text. */
export function mayReport({ needs, suffices }: FileCheck<object>, text: string): boolean {
  return (needs.length === 0 || needs.some((needed) => text.includes(needed))) && suffices?.(text) !== false;
}

function fileListeners(check: FileCheck<object>, context: FileContext, options: object): EslintRule.RuleListener {
  if (!mayReport(check, context.sourceCode.text)) return {};
  const role = roleOf(relativeName(context));
  // The listeners take the nodes of typescript-eslint's parser, which is what both hosts give.
  return check.roles.includes(role) ? (check.create(context, options, role) as EslintRule.RuleListener) : {};
}

/** The path that says what a file is for: below the working directory where it lies there. */
function relativeName(context: FileContext): string {
  const relative = toPosix(path.relative(context.cwd, path.resolve(context.cwd, context.filename)));
  return relative.startsWith("../") ? toPosix(context.filename) : relative;
}

/** `settings: { "std-check": { per: "site" } }`, which the strict preset sets. */
function perOf(context: EslintRule.RuleContext): "cause" | "site" {
  const own: unknown = context.settings["std-check"];
  return typeof own === "object" && own !== null && "per" in own && own.per === "site" ? "site" : "cause";
}

function metaOf(rule: Rule): EslintRule.RuleMetaData {
  return {
    type: "problem",
    docs: { description: rule.description, url: `https://github.com/std-check/std-check/blob/main/docs/rules/${rule.name}.md` },
    messages: { ...rule.messages },
    schema: [{ type: "object", properties: { ...rule.optionsSchema }, additionalProperties: false }],
    defaultOptions: [{ ...rule.defaultOptions }],
    ...(rule.fixable && { fixable: rule.fixable }),
    ...(rule.hasSuggestions && { hasSuggestions: true }),
  };
}

function optionsOf(rule: Rule, context: EslintRule.RuleContext): object {
  const [given]: readonly unknown[] = context.options;
  return { ...rule.defaultOptions, ...(typeof given === "object" ? given : {}) };
}

function descriptorOf(rule: Rule, finding: RuleFinding, text: string): Parameters<EslintRule.RuleContext["report"]>[0] {
  const { start, end } = finding.range;
  const fix = fixOf(finding.fix, text);
  const suggest = (finding.suggestions ?? []).flatMap(({ message, edits }) => {
    const own = fixOf(edits, text);
    return own ? [{ desc: formatMessage(rule.messages[message] ?? message, finding.data), fix: own }] : [];
  });
  return {
    messageId: finding.messageId,
    data: { ...finding.data },
    loc: { start: { line: start.line, column: start.column - 1 }, end: { line: end.line, column: end.column - 1 } },
    ...(fix && { fix }),
    ...(suggest.length > 0 && { suggest }),
  };
}

/** The edits for ESLint; none where they are about another file. */
function fixOf(drafts: readonly EditDraft[] | undefined, text: string): ((fixer: EslintRule.RuleFixer) => EslintRule.Fix[]) | undefined {
  const edits = resolveEdits(text, drafts);
  if (!edits || edits.some((edit) => edit.file !== undefined)) return undefined;
  return (fixer) => edits.map((edit) => fixer.replaceTextRange([edit.start, edit.end], edit.text));
}
