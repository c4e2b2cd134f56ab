import { UserError } from "../base/errors.js";
import type { Severity } from "../base/finding.js";

/** The values of `--rule`: `name` or `name=severity`; findings show names behind `std/`. Whether the rule exists is found out when the settings are loaded. */
export function ruleOptions(given: unknown): Readonly<Record<string, Severity | "off">> {
  const entries = Array.isArray(given) ? given.map(String) : [];
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = "", severity = "error"] = entry.split(/[=:]/);
      if (severity !== "error" && severity !== "warn" && severity !== "off") throw new UserError("unknown-severity", `"${severity}" is no severity.`, "Severities are error, warn and off.");
      return [name.replace(/^std\//, ""), severity];
    }),
  );
}
