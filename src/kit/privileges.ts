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
  /** The first service all of whose actions a file allows: its policies are narrowed in one go. */
  const firsts = new Map<string, string>();
  for (const privilege of privileges) {
    if (privilege.local && !local) continue;
    const { messageId, data, file, range } = privilege;
    // The same right under the same name is one decision in all files of a kind: who is granted everything in one migration
    // mostly is in all, and so it is with the actions of policies and with certificates. Roots of containers are one everywhere.
    const kind = messageId === "container" || messageId === "grant" ? "" : (/\.\w+$/.exec(file)?.[0].replace(/[cm]?[jt]s$/, "js") ?? "");
    const said = Object.values(data).join(" ").toLowerCase();
    const ofService = messageId === "action" && /^[\w-]+:\*$/.test(said);
    if (ofService && !firsts.has(file)) firsts.set(file, said);
    yield { file, range, messageId, data, cause: repositoryCause(`${messageId}${kind} ${(ofService ? firsts.get(file) : undefined) ?? said}`) };
  }
}
