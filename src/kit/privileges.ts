import { repositoryCause } from "../base/causes.js";
import type { RuleFinding } from "../base/finding.js";

/** A right that an application has and does not need. */
export interface Privilege {
  readonly messageId: "user" | "tls" | "grant" | "action" | "container";
  readonly data: Readonly<Record<string, string>>;
  /** It reaches no further than a developer's machine, or somebody has to choose it by name. */
  readonly local: boolean;
}

/** The finding of a privilege, unless it is local and those are not asked for. */
export function* reported(privileges: Iterable<Privilege & Pick<RuleFinding, "file" | "range">>, local: boolean): Iterable<RuleFinding> {
  for (const privilege of privileges) {
    if (privilege.local && !local) continue;
    const { messageId, data, file, range } = privilege;
    const cause = `${messageId} ${Object.values(data).join(" ")}`;
    const ofPolicies = messageId === "action" && !/\.[cm]?[jt]s$/.test(file);
    // Who is granted everything in one migration mostly is in all, and so it is with the user of containers and the actions of policies: one decision.
    yield { file, range, messageId, data, cause: ofPolicies || messageId === "container" ? repositoryCause(cause) : messageId === "grant" ? repositoryCause(cause.toLowerCase()) : cause };
  }
}
