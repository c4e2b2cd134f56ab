// npm run bench:html -- [--findings N]: how long the HTML report of many findings takes to open and to filter in a headless
// Chromium. Times are those of the page itself: from the start of navigation until all is loaded and laid out, and of one filter.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import html from "../../dist/src/report/html.js";
import { summarize } from "../../dist/src/report/report.js";

const { values } = parseArgs({ options: { findings: { type: "string", default: "2000" } } });
const browser = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);
if (browser === undefined) throw new Error("No Chromium is installed.");

const source = Array.from({ length: 400 }, (_, line) => `export const value${line} = read("field${line}", { limit: ${line}, order: "desc" });`).join("\n");
const rules = ["no-db-in-api", "layer-imports", "require-auth", "request-schema", "no-pii-in-logs", "explicit-transactions", "structured-logging", "bounded-queries"];
const findings = Array.from({ length: Number(values.findings) }, (_, at) => {
  const line = (at % 400) + 1;
  const range = { start: { line, column: 14 }, end: { line, column: 22 } };
  const file = `src/features/feature${at % 300}/feature${at % 300}.service.ts`;
  return { rule: rules[at % rules.length], clauses: ["ARCH-3"], severity: at % 3 ? "error" : "warn", file, range, messageId: "found", message: `Finding ${at} of the page, with a message that is as long as most: what is wrong, why, and what to do about it.`, related: [{ file, range, message: "and here" }], fingerprint: `v1:${at.toString(16).padStart(16, "0")}` };
});
const page = html(
  {
    toolVersion: "0", root: "/backend", findings, suppressed: [], summary: summarize(findings, 0),
    coverage: { files: 300, imports: { resolved: 1000, unresolved: 0 }, layers: { classified: 300, files: 300 }, flows: { cut: 0 }, skipped: [], generated: 0 },
    describe: (name) => ({ name, description: "A rule.", helpUri: `https://example.test/${name}`, clauses: ["ARCH-3"], section: "architecture" }),
    source: () => source, layerOf: () => "service", clauseTitle: () => "no database in api", shown: (file) => file,
    layers: () => ({ level: "layers", nodes: [], edges: [] }), routes: () => [], personalData: () => ({ shapes: [], logged: [] }),
  },
  { color: false, width: 80 },
);

const folder = mkdtempSync(path.join(tmpdir(), "std-check-html-"));
try {
  // The measuring script is this bench's own, so the page's policy, which allows its own script alone, is taken out.
  const probe = `<script>addEventListener("load", () => {
    void document.body.offsetHeight;
    const opened = performance.now();
    const form = document.getElementById("filter");
    form.elements.rule.value = "require-auth";
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    void document.body.offsetHeight;
    document.title = JSON.stringify({ opened: Math.round(opened), filtered: Math.round(performance.now() - opened), count: document.getElementById("count").textContent });
  });</script></body>`;
  const file = path.join(folder, "report.html");
  writeFileSync(file, page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "").replace("</body>", probe));
  const { stdout } = spawnSync(browser, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", `--user-data-dir=${path.join(folder, "profile")}`, "--window-size=1100,2000", "--dump-dom", `file://${file}`], { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 120_000 });
  const [, title] = /<title>(\{[^<]*\})<\/title>/.exec(stdout) ?? [];
  if (title === undefined) throw new Error("The page did not finish.");
  const { opened, filtered, count } = JSON.parse(title.replaceAll("&quot;", '"'));
  process.stdout.write(`${values.findings} findings, ${(page.length / 1e6).toFixed(1)} MB: opened in ${opened} ms, filtered in ${filtered} ms (${count})\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
