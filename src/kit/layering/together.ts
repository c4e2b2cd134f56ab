import type { RuleFinding } from "../../base/finding.js";
import { groupBy } from "../../base/group-by.js";
import { listed } from "../../base/words.js";

/** Of so many modules of a layer that one file imports, each is a finding; more are one. */
const fewModules = 3;

/**
 * The findings of a file about modules that it imports, where one stands for those of a kind that are many: its data then has
 * their `count` and the `others`.
 *
 * @param messageId of the findings that are put together.
 * @param kindOf what the modules are of.
 * @param few up to how many modules are a finding each.
 */
export function* together(found: readonly RuleFinding[], messageId: string, kindOf: (finding: RuleFinding) => string, few = fewModules): Iterable<RuleFinding> {
  for (const alike of groupBy(found, kindOf).values()) {
    const modules = [...new Set(alike.map(({ data }) => data?.["target"] ?? ""))];
    const [first] = alike;
    if (first?.data && modules.length > few && alike.every((one) => one.messageId === messageId && !one.fix)) {
      yield { ...first, messageId: "several", data: { ...first.data, count: String(modules.length), others: listed(modules.slice(1), 5) } };
    } else yield* alike;
  }
}
