import { UserError } from "../base/errors.js";
import { groupBy } from "../base/group-by.js";
import { counted } from "../base/words.js";
import { type Accepted, acceptedViolations } from "../engine/accepted.js";
import { headDate, open } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

/** `std-check exceptions`: what is accepted, by owner and expiry. */
export function exceptionsCommand(options: Readonly<Record<string, unknown>>, format: string): void {
  if (format !== "pretty" && format !== "json") throw new UserError("unknown-format", `There is no format "${format}" for exceptions.`, "Formats: pretty, json.");
  const { root, project, settings } = open({ cwd: startFolder(options), cache: options["cache"] !== false });
  const all = acceptedViolations(project, settings, typeof options["date"] === "string" ? options["date"] : headDate(root));
  process.stdout.write(format === "json" ? `${JSON.stringify({ version: 1, accepted: all }, undefined, 2)}\n` : textOf(all));
}

function textOf(all: readonly Accepted[]): string {
  const blocks = [...groupBy(all, ({ owner }) => owner ?? "nobody")].map(([owner, own]) => [owner, ...own.map(lineOf), ""].join("\n"));
  const expired = all.filter((one) => one.expired).length;
  const count = (kind: Accepted["kind"]): string => counted(all.filter((one) => one.kind === kind).length, kind);
  return `${[...blocks, `${count("exception")}, ${count("comment")}; ${expired} expired`].join("\n")}\n`;
}

function lineOf({ rules, where, expires, expired, reason, place, kind }: Accepted): string {
  const day = expires === undefined ? "no end" : expired ? `EXPIRED ${expires}` : `until ${expires}`;
  return `  ${day.padEnd(18)}  ${rules.join(", ")}  ${where}  ${reason ?? "no reason"}${kind === "exception" ? `  (${place})` : ""}`;
}
