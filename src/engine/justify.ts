import type { RuleFinding } from "../base/finding.js";
import { isExpired } from "../settings/exceptions.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import type { Directive } from "./directives.js";
import { rulesByName } from "./registry.js";

/** A directive with the rules whose findings it silenced. */
export interface UsedDirective {
  readonly directive: Directive;
  readonly used: Set<string>;
}

interface JustifyRequest {
  readonly settings: ResolvedSettings;
  readonly today: string;
  /** The comments of a file. */
  commentsOf(file: string): readonly UsedDirective[];
  readonly files: readonly string[];
}

/** The findings of justified-disable: comments without a reason, comments and exceptions that are over, comments that silence nothing. */
export function justify({ settings, today, commentsOf, files }: JustifyRequest): RuleFinding[] {
  const findings: RuleFinding[] = [];
  for (const file of files) {
    const active = settings.rulesFor(file);
    if (!active.has("justified-disable")) continue;
    for (const { directive, used } of commentsOf(file)) {
      const { rules, reason, until, range } = directive;
      if (directive.kind === "enable") continue;
      const names = rules?.join(", ") ?? [...used].join(", ");
      const at = { file, range };
      if (until !== undefined && until < today) findings.push({ ...at, messageId: "expired", data: { rules: names, until } });
      else if (rules === undefined ? used.size > 0 : reason === undefined) {
        if (reason === undefined) findings.push({ ...at, messageId: "noReason", data: { rules: names }, ...(!silencesSecurity(rules ?? [...used]) && { severity: "warn" as const }) });
      }
      const idle = (rules ?? []).filter((rule) => !used.has(rule) && active.has(rule) && rulesByName.has(rule));
      if (idle.length > 0 && (until === undefined || until >= today)) findings.push({ ...at, messageId: "unused", data: { rules: idle.join(", ") }, severity: "warn" });
    }
  }
  for (const exception of settings.exceptions) {
    const [file = "", line = "1"] = exception.place.split(":");
    if (isExpired(exception, today)) findings.push({ file, range: { start: { line: Number(line), column: 1 }, end: { line: Number(line), column: 1 } }, messageId: "expiredException", data: { rule: exception.rule, until: exception.expires ?? "", owner: exception.owner } });
  }
  return findings;
}

function silencesSecurity(rules: readonly string[]): boolean {
  return rules.some((name) => {
    const rule = rulesByName.get(name);
    return rule?.section === "security" || rule?.name === "no-hardcoded-secrets";
  });
}
