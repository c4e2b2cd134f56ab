import { z } from "zod";

/** A tool of the server: a command of std-check with what a caller may say of it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** The command line for an input that fits `input`. */
  command(input: Readonly<Record<string, unknown>>): readonly string[];
}

const paths = z.array(z.string()).optional().describe("Files or folders to report on; all of them without it.");

export const tools: readonly Tool[] = [
  { name: "check", description: "Check the project against its standard. One line a finding, with what mends it.", input: z.strictObject({ paths }), command: (input) => ["--format", "agent", ...pathsOf(input)] },
  { name: "explain", description: "What a rule asks, why, with examples of right and wrong.", input: z.strictObject({ rule: z.string().describe("The name of the rule, such as no-db-in-api.") }), command: ({ rule }) => ["explain", "--", String(rule)] },
  { name: "routes", description: "Every HTTP route with what guards, limits and describes it, as JSON.", input: z.strictObject({ missing: z.enum(["auth", "schema", "rate-limit"]).optional().describe("Only routes without this.") }), command: ({ missing }) => ["routes", "--format", "json", ...(missing === undefined ? [] : ["--missing", String(missing)])] },
  { name: "layers", description: "The layer of each file and what decided it. Layers may only import what the standard allows.", input: z.strictObject({}), command: () => ["layers"] },
  { name: "standard", description: "Every clause of the standard with the rules that enforce it and how the project stands to it.", input: z.strictObject({}), command: () => ["standard"] },
];

function pathsOf({ paths: given }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(given) ? ["--", ...given.map(String)] : [];
}
