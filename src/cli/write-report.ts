import { appendFileSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "../engine/atomic-file.js";
import { loadFormat } from "../report/formats.js";
import type { Report } from "../report/report.js";

/** Writes a report once for each request such as `pretty` or `sarif=out.sarif`; at most the last without a file goes to the terminal. Files are relative to `cwd`. */
export async function writeReport(report: Report, requests: readonly string[], cwd: string): Promise<void> {
  for (const request of requests) {
    const at = request.indexOf("=");
    const [name, file] = at === -1 ? [request, undefined] : [request.slice(0, at), request.slice(at + 1)];
    const format = await loadFormat(name);
    const toTerminal = file === undefined && process.stdout.isTTY;
    const color = file === undefined && (process.env["FORCE_COLOR"] ? process.env["FORCE_COLOR"] !== "0" : toTerminal && process.env["NO_COLOR"] === undefined);
    const text = format(report, { color, width: toTerminal ? process.stdout.columns : 100 });
    // A step of GitHub Actions shows ten annotations of a kind; its summary has room for the rest.
    const summary = process.env["GITHUB_STEP_SUMMARY"];
    if (name === "github" && summary) appendFileSync(summary, (await loadFormat("markdown"))(report, { color: false, width: 100 }));
    if (file === undefined) process.stdout.write(text);
    else writeFileAtomically(path.resolve(cwd, file), text);
  }
}
