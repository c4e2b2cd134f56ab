import { wordTable } from "../base/word-table.js";
import { positionAt, type Range, rangeOf } from "../base/position.js";
import type { FileFacts } from "../facts/facts.js";
import { maskTokens } from "../facts/mask-tokens.js";

/** The prefix of our rules in hosts and comments. */
export const pluginPrefix = "std/";

/** A comment that turns rules off. */
export interface Directive {
  readonly kind: "disable" | "enable" | "disable-line" | "disable-next-line";
  /** Our rules by name without prefix; undefined for all rules. */
  readonly rules: readonly string[] | undefined;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until: string | undefined;
  readonly range: Range;
  /** Lines from `first` to `last` are covered; `enable` covers none. */
  readonly first: number;
  readonly last: number;
}

const kinds: Readonly<Record<string, Directive["kind"]>> = wordTable({
  "eslint-disable": "disable", "eslint-enable": "enable", "eslint-disable-line": "disable-line", "eslint-disable-next-line": "disable-next-line",
  "oxlint-disable": "disable", "oxlint-enable": "enable", "oxlint-disable-line": "disable-line", "oxlint-disable-next-line": "disable-next-line",
  "std-check-disable": "disable", "std-check-enable": "enable", "std-check-disable-line": "disable-line", "std-check-disable-next-line": "disable-next-line",
});

/** The directives of a code file that concern std-check: those that name its rules, and bare ones. */
export function readDirectives(facts: FileFacts): Directive[] {
  const drafts = facts.directives.flatMap(({ text, span }) => parseDirective(text, rangeOf(facts.lineStarts, span), positionAt(facts.lineStarts, span[1]).line) ?? []);
  return closeBlocks(drafts, facts.lineStarts.length);
}

/** `# std-check-disable-next-line rule -- reason` in YAML, env files, Dockerfiles. */
export function readHashDirectives(text: string): Directive[] {
  const lines = text.split("\n");
  const drafts = lines.flatMap((line, index) => {
    const match = /#\s*(std-check-(?:disable|enable)(?:-next-line|-line)?\b[^\r]*)/.exec(line);
    const start = { line: index + 1, column: (match?.index ?? 0) + 1 };
    return match?.[1] === undefined ? [] : (parseDirective(maskTokens(match[1]), { start, end: { line: index + 1, column: line.length + 1 } }, index + 1, true) ?? []);
  });
  return closeBlocks(drafts, lines.length);
}

/** `eslint std/x: "off"`: a rule that is off in the whole file. Other severities and options are the settings' to say. */
function inlineConfiguration(text: string, said: string, range: Range): Directive | undefined {
  const rules = [...text.matchAll(/\bstd\/([\w-]+)["']?\s?:\s?\[?\s?(?:"off"|'off'|off\b|0\b)/g)].flatMap(([, name]) => name ?? []);
  return rules.length === 0 ? undefined : { kind: "disable", rules, ...sayingOf(said), range, first: 1, last: Infinity };
}

/** What a comment says behind its dashes: a reason, an owner, a date. */
function sayingOf(said: string): Pick<Directive, "reason" | "owner" | "until"> {
  const owner = /(?:^|\s)@([\w./-]+)/.exec(said)?.[1];
  const until = /(?:^|\s)until:(\d{4}-\d{2}-\d{2})/.exec(said)?.[1];
  const reason = said.replace(/(?:^|\s)@[\w./-]+/g, "").replace(/(?:^|\s)until:\S+/g, "").trim();
  return { reason: reason === "" ? undefined : reason, owner, until };
}

function parseDirective(text: string, range: Range, endLine: number, bareNames = false): Directive | undefined {
  const [head = "", ...behind] = text.split(/\s-{2,}\s/);
  const [word = "", ...rest] = head.trim().split(/\s+/);
  if (word === "eslint") return inlineConfiguration(rest.join(" "), behind.join(" -- ").trim(), range);
  const kind = kinds[word];
  if (!kind) return undefined;
  const names = rest.join(" ").split(",").map((name) => name.trim()).filter((name) => name !== "");
  const own = names.flatMap((name) => (name.startsWith(pluginPrefix) ? [name.slice(pluginPrefix.length)] : bareNames || word.startsWith("std-check") ? [name] : []));
  if (names.length > 0 && own.length === 0) return undefined;
  const line = kind === "disable-next-line" ? endLine + 1 : range.start.line;
  return { kind, rules: names.length === 0 ? undefined : own, ...sayingOf(behind.join(" -- ").trim()), range, first: kind === "disable-line" ? range.start.line : line, last: kind === "disable" ? Infinity : line };
}

/** A block ends where its rules are enabled again. */
function closeBlocks(drafts: readonly Directive[], lines: number): Directive[] {
  return drafts.map((directive, index) => {
    if (directive.kind !== "disable") return directive;
    const end = drafts.slice(index + 1).find((other) => other.kind === "enable" && (other.rules === undefined || directive.rules?.every((rule) => other.rules?.includes(rule))));
    return { ...directive, last: end ? end.range.start.line : lines };
  });
}

/** Whether a directive silences a rule's finding on a line. */
export function silences(directive: Directive, rule: string, line: number): boolean {
  return directive.kind !== "enable" && directive.first <= line && line <= directive.last && (directive.rules?.includes(rule) ?? true);
}
