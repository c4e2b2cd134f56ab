import type { TSESLint } from "@typescript-eslint/utils";
import type { Span } from "../base/position.js";
import { spanOf, textsOf } from "./recorded.js";
import type { FileContext } from "./rule.js";

/** What a file check reports in one file, held back until it is known what the baseline lets pass. */
export class HeldReports {
  /** The context for the check. */
  readonly context: FileContext;
  readonly #host: FileContext;
  readonly #held: TSESLint.ReportDescriptor<string>[] = [];

  constructor(host: FileContext) {
    this.#host = host;
    // Everything but `report` is the host's own.
    this.context = Object.create(host, { report: { value: (descriptor: TSESLint.ReportDescriptor<string>) => this.#held.push(descriptor) } }) as FileContext;
  }

  /** Reports, in source order, what `passed` does not say to let pass. */
  release(passed: (found: readonly { readonly span: Span; readonly messageId: string; readonly data: Readonly<Record<string, string>> }[]) => readonly boolean[]): void {
    if (this.#held.length === 0) return;
    const found = this.#held.splice(0).map((descriptor) => ({ descriptor, span: spanOf(this.#host, descriptor), messageId: descriptor.messageId, data: textsOf(descriptor.data) })).sort((left, right) => left.span[0] - right.span[0]);
    const answers = passed(found);
    for (const [index, { descriptor }] of found.entries()) if (answers[index] !== true) this.#host.report(descriptor);
  }
}
