import type { ProjectLiteral } from "./model.js";
import { checkProject } from "./project.js";

/** A logger of pino's, on the first two lines of a file. */
export const pino = 'import pino from "pino";\nconst logger = pino();\n';

/** The places that no-pii-in-logs reports in a project. */
export async function check(files: ProjectLiteral): Promise<string[]> {
  return (await checkProject(files, { rule: "no-pii-in-logs" })).map((line) => line.replace(/^([^:]*:\d+).*/, "$1"));
}

/** A manifest with these packages. */
export function using(...names: readonly string[]): ProjectLiteral {
  return { "package.json": JSON.stringify({ name: "app", private: true, scripts: { start: "node ." }, dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }) };
}

/** One file of a project: the places that are reported with it, and its lines as such places. */
export function oneFile(file: string): { readonly service: (text: string, more?: ProjectLiteral) => Promise<string[]>; readonly at: (...lines: readonly number[]) => string[] } {
  return {
    service: async (text, more = {}) => check({ [file]: text, ...more }),
    at: (...lines) => lines.map((line) => `${file}:${String(line)}`),
  };
}
