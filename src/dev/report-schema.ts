import { z } from "zod";

const position = z.strictObject({ line: z.int().min(1), column: z.int().min(1) });
const range = z.strictObject({ start: position, end: position }).describe("Lines and columns from 1; columns count UTF-16 units.").meta({ id: "range" });
const file = z.string().describe("Relative to the working directory, with forward slashes.");

const finding = z.strictObject({
  rule: z.string().describe("The rule's name without a prefix; `parse` for a file that does not parse."),
  clauses: z.array(z.string()).describe("The clauses of the standard that it enforces."),
  severity: z.enum(["error", "warn"]),
  file,
  range,
  messageId: z.string(),
  message: z.string(),
  help: z.string().describe("The smallest edit, or a place in this repository that does it right.").optional(),
  cause: z.string().describe("What findings of one cause share.").optional(),
  related: z.array(z.strictObject({ file, range, message: z.string() })),
  fingerprint: z.string().regex(/^v1:[0-9a-f]{16}$/).describe("Survives moved lines and reformatting."),
});

const suppression = z.strictObject({ file, line: z.int().min(1), rules: z.string(), reason: z.string().optional() });

/** The output of `--format json`, version 1. Members may be added to it within a version. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(finding).describe("Sorted by file, place, rule and message."),
  coverage: z.strictObject({
    files: z.int(),
    imports: z.strictObject({ resolved: z.int(), unresolved: z.int() }),
    layers: z.strictObject({ classified: z.int(), files: z.int() }),
    flows: z.strictObject({ cut: z.int() }).describe("Functions and values whose data or calls were not followed to their end: a bound was reached."),
    skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
    generated: z.int(),
  }).describe("How far the checker saw: what is unknown is counted."),
  changes: z.strictObject({
    routes: z.array(z.string()).describe("Routes that the range adds, removes, opens or changes, in words."),
    suppressions: z.strictObject({ added: z.array(suppression), removed: z.array(suppression) }).describe("Comments and exceptions that let findings pass."),
    mended: z.int().describe("Findings of the base of the range that are gone."),
  }).describe("With `--since`: what the range changes beside the findings that it adds.").optional(),
  summary: z.strictObject({ errors: z.int(), warnings: z.int(), files: z.int(), suppressed: z.int() }),
}).describe("A report of std-check.");

/** The JSON Schema of the report, which readers may hold their copy against. */
export function reportJsonSchema(): object {
  return { ...z.toJSONSchema(reportSchema, { target: "draft-7" }), title: "std-check report" };
}
