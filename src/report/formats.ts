import { UserError } from "../base/errors.js";
import { nearest } from "../base/nearest.js";
import { wordTable } from "../base/word-table.js";
import type { Format } from "./report.js";

const formats: Readonly<Record<string, () => Promise<{ readonly default: Format }>>> = wordTable({
  pretty: () => import("./pretty.js"),
  json: () => import("./json.js"),
  sarif: () => import("./sarif.js"),
  github: () => import("./github.js"),
  gitlab: () => import("./gitlab.js"),
  junit: () => import("./junit.js"),
  checkstyle: () => import("./checkstyle.js"),
  markdown: () => import("./markdown.js"),
  html: () => import("./html.js"),
  agent: () => import("./agent.js"),
});

export const formatNames: readonly string[] = Object.keys(formats);

/** The format of a name. Throws a UserError that names the nearest. */
export async function loadFormat(name: string): Promise<Format> {
  const load = formats[name];
  if (!load) throw new UserError("unknown-format", `There is no format "${name}".`, `Formats: ${formatNames.join(", ")}.${nearest(name, formatNames) ? ` Did you mean "${nearest(name, formatNames) ?? ""}"?` : ""}`);
  return (await load()).default;
}
