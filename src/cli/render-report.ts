import path from "node:path";
import { loadFormat } from "../report/formats.js";
import type { Report } from "../report/report.js";

/** A report in the forms that were asked for: what goes to the terminal, and the files with their absolute paths. */
export interface RenderedReport {
  readonly stdout: string;
  readonly files: readonly (readonly [file: string, text: string])[];
  /** What goes to the end of files that others write, too. */
  readonly appended: readonly (readonly [file: string, text: string])[];
}

/** How wide a report is that goes to no terminal. */
const plainWidth = 100;

/** How wide a terminal is by what it says; some that a container or a recorder opens say nothing, or 0. */
export function widthOf(columns: number | undefined): number {
  return columns === undefined || columns === 0 ? plainWidth : columns;
}

/** Renders a report once for each request such as `pretty` or `sarif=out.sarif`. Files are relative to `cwd`. */
export async function renderReport(report: Report, requests: readonly string[], cwd: string): Promise<RenderedReport> {
  let stdout = "";
  const files: (readonly [string, string])[] = [];
  const appended: (readonly [string, string])[] = [];
  for (const request of requests) {
    const at = request.indexOf("=");
    const [name, file] = at === -1 ? [request, undefined] : [request.slice(0, at), request.slice(at + 1)];
    const format = await loadFormat(name);
    const toTerminal = file === undefined && process.stdout.isTTY;
    const color = file === undefined && (process.env["FORCE_COLOR"] ? process.env["FORCE_COLOR"] !== "0" : toTerminal && process.env["NO_COLOR"] === undefined);
    const text = format(report, { color, width: toTerminal ? widthOf(process.stdout.columns) : plainWidth });
    // A step of GitHub Actions shows ten annotations of a kind; its summary has room for the rest.
    const summary = process.env["GITHUB_STEP_SUMMARY"];
    if (name === "github" && summary) appended.push([summary, (await loadFormat("markdown"))(report, { color: false, width: plainWidth })]);
    if (file === undefined) stdout += text;
    else files.push([path.resolve(cwd, file), text]);
  }
  return { stdout, files, appended };
}
