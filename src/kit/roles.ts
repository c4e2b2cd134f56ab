import { baseName } from "../base/paths.js";
import type { FileRole } from "./rule.js";

const toolConfig = /^(?:.*\.config|\..+rc|[a-z]*file|drizzle\.config.*|ormconfig|webpack.*|rollup.*|jest.*|vitest.*|karma.*|gulpfile|Gruntfile|next\.config|nuxt\.config|playwright.*|cypress.*|knexfile|eslint.*|prettier.*|commitlint.*|release.*|svgr.*|instrumentation.*|sentry\..*)\.[cm]?[jt]s$/;

/** What a file is for, by its path alone: the same in an editor and in CI. */
export function roleOf(file: string): FileRole {
  const name = baseName(file);
  const folders = file.split("/").slice(0, -1);
  const within = (...names: readonly string[]): boolean => folders.some((folder) => names.includes(folder.toLowerCase()));
  if (/\.(test|spec|e2e|cy|bench|stories)([.-][\w-]+)*\.[cm]?[jt]sx?$/.test(name) || within("test", "tests", "__tests__", "__mocks__", "e2e", "spec", "testing", "cypress", "playwright", "integration-tests", "unit-tests", "e2e-tests", "functional-tests")) return "test";
  if (within("fixtures", "__fixtures__", "fixture")) return "fixture";
  if (within("generated", "__generated__", ".prisma", "gen") || /\.(generated|gen)\.[cm]?[jt]sx?$/.test(name)) return "generated";
  if (within("migrations", "migration", "seeds", "seeders", "seed") || /^\d{8,}[-_]/.test(name)) return "migration";
  if (within("scripts", "script", "bin", "tools", "tasks", ".github")) return "script";
  if (folders.length <= 2 && toolConfig.test(name) && !/^(app|env|database|auth|server)\./.test(name)) return "tool-config";
  if (within("config", "configs", "configuration", "settings", "env") || /(^|[.\-_])(config|configuration|settings|env|environment)\.[cm]?[jt]s$/i.test(name)) return "settings";
  return "source";
}
