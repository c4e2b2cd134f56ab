import { compareText } from "../base/finding.js";
import { isExpired } from "../settings/exceptions.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { readDirectives } from "./directives.js";
import type { Project } from "./project.js";

/** A violation that somebody accepted: an exception of the settings, or a comment. */
export interface Accepted {
  readonly kind: "exception" | "comment";
  readonly rules: readonly string[];
  /** The files or the symbol that it is about; of a comment, its place. */
  readonly where: string;
  readonly owner: string | undefined;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly expires: string | undefined;
  readonly expired: boolean;
  readonly reason: string | undefined;
  /** Where it is written: `std-check.config.json:12`. */
  readonly place: string;
}

/** All that is accepted on the day `today`, by owner (nobody's last), then by the day it ends (never last). */
export function acceptedViolations({ model }: Pick<Project, "model">, settings: ResolvedSettings, today: string): readonly Accepted[] {
  const exceptions = settings.exceptions.map((exception): Accepted => {
    const { rule, files, symbol, owner, expires, reason, place } = exception;
    return { kind: "exception", rules: [rule], where: [...(files ?? []), ...(symbol === undefined ? [] : [symbol])].join(", "), owner, expires, expired: isExpired(exception, today), reason, place };
  });
  const comments = model.files.flatMap((file) =>
    readDirectives(model.facts(file)).flatMap(({ kind, rules, owner, until, reason, range }): Accepted[] => {
      // A bare comment turns off every rule, whoever's it is.
      if (kind === "enable" || rules === undefined) return [];
      const place = `${file}:${range.start.line}`;
      return [{ kind: "comment", rules, where: place, owner, expires: until, expired: isExpired({ ...(until !== undefined && { expires: until }) }, today), reason, place }];
    }),
  );
  const last = "\uFFFF";
  return [...exceptions, ...comments].sort((left, right) => compareText(left.owner ?? last, right.owner ?? last) || compareText(left.expires ?? last, right.expires ?? last) || compareText(left.place, right.place));
}
