import { checkProject, type CheckOptions } from "./project.js";
import type { ProjectLiteral } from "./model.js";

/**
 * Checks one rule on a project and demands findings on the lines that end with `// bad: messageId`, and on no others.
 * A column may follow: `// bad: none@5`. Gives what was expected and what was found, for one `expect`.
 */
export async function marked(rule: string, files: ProjectLiteral, options: Omit<CheckOptions, "rule"> = {}): Promise<{ readonly found: readonly string[]; readonly expected: readonly string[] }> {
  const expected: string[] = [];
  for (const [file, text] of Object.entries(files))
    text.split("\n").forEach((line, index) => {
      const mark = /\/\/ bad: (\w+)(?:@(\d+))?$/.exec(line);
      if (mark) expected.push(`${file}:${index + 1}:${mark[2] ?? String(line.length - line.trimStart().length + 1)} ${mark[1] ?? ""}`);
    });
  const found = (await checkProject(files, { preset: "recommended", ...options, rule })).map((line) => line.replace(` ${rule} `, " "));
  return { found: [...found].sort(), expected: expected.sort() };
}
