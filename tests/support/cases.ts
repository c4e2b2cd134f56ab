import { type CheckOptions, checkProject } from "./project.js";
import type { ProjectLiteral } from "./model.js";

/** What a rule says of each situation of a project: situations are files, named by what they show. */
export type Verdicts = Readonly<Record<string, readonly string[]>>;

/**
 * Checks situations as the files of one project, and gives for each the message ids that its file gets, in order. The text
 * that all of them begin with is `head`; `more` are the project's other files.
 */
export async function verdictsOf(situations: Readonly<Record<string, string>>, head: string, options: CheckOptions, more: ProjectLiteral = {}): Promise<Verdicts> {
  const names = Object.keys(situations);
  const files = Object.fromEntries(names.map((name, index) => [`src/case-${index}.ts`, `${head}\n${situations[name] ?? ""}`]));
  const found = await checkProject({ ...more, ...files }, options);
  return Object.fromEntries(names.map((name, index) => [name, found.filter((line) => line.startsWith(`src/case-${index}.ts:`)).map((line) => line.slice(line.lastIndexOf(" ") + 1))]));
}

/** The verdict that each situation should get: the same for all of them. */
export function allOf(situations: Readonly<Record<string, string>>, ...messageIds: readonly string[]): Verdicts {
  return Object.fromEntries(Object.keys(situations).map((name) => [name, messageIds]));
}
