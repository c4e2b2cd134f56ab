import type { TSESLint } from "@typescript-eslint/utils";
import type { TextEdit } from "../base/finding.js";
import type { FileContext } from "./rule.js";

/** What a file check reported, as it travels through a host's output: hosts keep the message and change all else. */
export interface Recorded {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  /** UTF-16 offsets. */
  readonly span: readonly [start: number, end: number];
  readonly fix?: readonly TextEdit[];
  readonly suggestions?: readonly { readonly messageId: string; readonly data: Readonly<Record<string, string>>; readonly edits: readonly TextEdit[] }[];
}

type Report = TSESLint.ReportDescriptor<string>;

/** A context that reports what a check says as JSON in the message, with offsets instead of host-specific positions. */
export function recordingContext(context: FileContext): FileContext {
  const report = (descriptor: Report): void => {
    // Hosts take a plain message as well as a messageId; the types know only the latter.
    const plain = { loc: { line: 1, column: 0 }, message: JSON.stringify(record(context, descriptor)) } as unknown as Report;
    context.report(plain);
  };
  // Everything but `report` is the host's own.
  return Object.create(context, { report: { value: report } }) as FileContext;
}

function record(context: FileContext, descriptor: Report): Recorded {
  const edits = editsOf(descriptor.fix);
  const suggestions = (descriptor.suggest ?? []).flatMap((suggestion) => {
    const own = editsOf(suggestion.fix);
    return own ? [{ messageId: suggestion.messageId, data: textsOf(suggestion.data), edits: own }] : [];
  });
  return {
    messageId: descriptor.messageId,
    data: textsOf(descriptor.data),
    span: spanOf(context, descriptor),
    ...(edits && { fix: edits }),
    ...(suggestions.length > 0 && { suggestions }),
  };
}

/** The stretch that a report lies on, as UTF-16 offsets. */
export function spanOf(context: FileContext, descriptor: Report): [number, number] {
  const { sourceCode } = context;
  if ("loc" in descriptor && descriptor.loc) {
    const { loc } = descriptor;
    if ("start" in loc) return [sourceCode.getIndexFromLoc(loc.start), sourceCode.getIndexFromLoc(loc.end)];
    const at = sourceCode.getIndexFromLoc(loc);
    return [at, at];
  }
  return "node" in descriptor ? [descriptor.node.range[0], descriptor.node.range[1]] : [0, 0];
}

/** The data of a message as texts. */
export function textsOf(data: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, String(value)]));
}

function editsOf(fix: TSESLint.ReportFixFunction | null | undefined): readonly TextEdit[] | undefined {
  if (!fix) return undefined;
  const edit = (start: number, end: number, text: string): TSESLint.RuleFix => ({ range: [start, end], text });
  const made = fix({
    insertTextAfter: ({ range }, text) => edit(range[1], range[1], text),
    insertTextAfterRange: (range, text) => edit(range[1], range[1], text),
    insertTextBefore: ({ range }, text) => edit(range[0], range[0], text),
    insertTextBeforeRange: (range, text) => edit(range[0], range[0], text),
    remove: ({ range }) => edit(range[0], range[1], ""),
    removeRange: (range) => edit(range[0], range[1], ""),
    replaceText: ({ range }, text) => edit(range[0], range[1], text),
    replaceTextRange: (range, text) => edit(range[0], range[1], text),
  });
  if (made === null) return undefined;
  return ("text" in made ? [made] : [...made]).map(({ range, text }) => ({ start: range[0], end: range[1], text }));
}
