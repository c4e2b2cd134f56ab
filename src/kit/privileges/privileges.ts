import { repositoryCause } from "../../base/causes.js";
import type { RuleFinding } from "../../base/finding.js";

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
    yield { file, range, messageId, data, cause: causeOf(file, messageId, Object.values(data).join(" ")) };
  }
}

/** Who is granted everything in one migration mostly is in all, and so it is with the user of containers and with the actions of policies of a kind: one decision. */
function causeOf(file: string, messageId: string, right: string): string {
  const cause = `${messageId} ${right}`;
  if (messageId === "grant") return repositoryCause(cause.toLowerCase());
  if (messageId === "container") return repositoryCause(cause);
  return messageId === "action" && !/\.[cm]?[jt]s$/.test(file) ? repositoryCause(`${cause} ${file.slice(file.lastIndexOf("."))}`) : cause;
}
