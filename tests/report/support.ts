import type { Finding } from "../../src/base/finding.js";
import { loadFormat } from "../../src/report/formats.js";
import { type Report, summarize } from "../../src/report/report.js";

export const source = 'import { x } from "./x";\n\tconst 名 = "😀"; call(名);\r\nlast line';

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: "layer-imports", clauses: ["ARCH-1"], severity: "error", file: "src/a|b.ts",
    range: { start: { line: 2, column: 18 }, end: { line: 2, column: 25 } },
    messageId: "forbidden", message: 'Odd text: <b> & "quotes" | pipe ]]> 100%\nsecond line', related: [], fingerprint: "v1:0123456789abcdef", ...over,
  };
}

export function reportOf(findings: readonly Finding[], over: Partial<Report> = {}): Report {
  return {
    toolVersion: "1.2.3", root: "/project", findings, suppressed: [{ finding: finding({ rule: "pure-domain" }), by: "comment", reason: "known" }],
    coverage: { files: 2, imports: { resolved: 5742, unresolved: 2 }, layers: { classified: 1, files: 2 }, flows: { cut: 3 }, skipped: [{ file: "big.ts", reason: "larger than 2 MB" }], generated: 0 },
    summary: summarize(findings, 1),
    describe: (name) => ({ name, description: "A rule", helpUri: `https://example.test/${name}`, clauses: ["ARCH-1"], section: "architecture" }),
    source: () => source,
    layerOf: () => "api",
    clauseTitle: () => "Layered design",
    layers: () => ({ level: "layers", nodes: [{ name: "api", layer: "api", files: 2 }, { name: "<odd>", layer: "service", files: 1 }, { name: "repository", layer: "repository", files: 1 }], edges: [{ from: "api", to: "<odd>", imports: 3, violations: new Map() }, { from: "api", to: "repository", imports: 1, violations: new Map([["no-db-in-api", 2]]) }] }),
    routes: () => [{ method: "GET", path: "/v1/users/:id", version: "v1", auth: "requireUser", rateLimit: "-", request: "params:no", response: "<none>", handler: "inline src/app.ts:6" }],
    personalData: () => ({ shapes: [{ name: "User<T>", file: "src/user.ts", line: 3, fields: [{ name: "email", category: "email" }] }], logged: [{ field: "email", category: "email", file: "src/log.ts", line: 9 }] }),
    shown: (file) => file,
    ...over,
  };
}

/** A report of two findings, or of those given, in a format. */
export async function render(name: string, findings: readonly Finding[] = [finding(), finding({ severity: "warn", range: { start: { line: 99, column: 1 }, end: { line: 99, column: 1 } } })], over: Partial<Report> = {}): Promise<string> {
  return (await loadFormat(name))(reportOf(findings, over), { color: false, width: 80 });
}
