import { baseName } from "../base/paths.js";
import { isStandInFolder, isTestName } from "../base/test-paths.js";
import type { FileRole } from "./rule.js";

const toolConfig = /^(?:\..+rc|(?:cake|danger|grunt|gulp|jake|just|knex|make|rake|task)file(?:\.babel|\.esm)?|drizzle\.config.*|ormconfig|webpack.*|rollup.*|jest.*|vitest.*|karma.*|gulpfile|Gruntfile|next\.config|nuxt\.config|playwright.*|protractor.*|cypress.*|knexfile|migrate-mongo-config|eslint.*|prettier.*|commitlint.*|release.*|svgr.*|instrumentation.*|sentry\..*|pm2.*|serverless)\.[cm]?[jt]s$/;

/** Configuration of tools that is called so wherever it lies. */
const anyToolConfig = /^(?:vite|vitest|jest|next|nuxt|webpack|rollup|tailwind|postcss|drizzle|playwright|cypress|eslint|prettier|svelte|astro|tsup|esbuild|babel|metro)\.config(?:\.\w+)?\.[cm]?[jt]s$/;
const testFolder = /^evals?$|.[-_]tests$|^test-?env(?:[-_][\w-]{1,30})?$|^(?:playwright|cypress|wdio|webdriver|cucumber|puppeteer)[-_][\w-]{1,40}$|^tests?\d+$|.[-_]e2e$|(?:^|[-_])(?:load|stress|perf|performance|smoke|contract|acceptance|integration|unit|e2e|functional|api)[-_]?test(?:s|ing)?$|[-_]int(?:egration)?[-_]tests?(?:[-_][a-z]{1,10})?$|(?:^|[-_])(?:tests?|testing|e2e)[-_]?(?:utils?|utilities|helpers?|support|setup|kit|common|runner|frameworks?|automation|suites?)(?:-utils)?$/i;
const testSetup = /^mocks?\.[cm]?[jt]s$|^(?:global|test|tests|jest|vitest)[-.]?(?:setup|teardown|preload|helpers?|harness|containers?)\.[cm]?[jt]s$/i;

const roles = new Map<string, FileRole>();

/** What a file is for, by its path alone: the same in an editor and in CI. Told once for each path. */
export function roleOf(file: string): FileRole {
  let role = roles.get(file);
  if (role === undefined) roles.set(file, (role = readRole(file)));
  return role;
}

/** Folders by what their files are for, in lower case. */
const foldersOf: Readonly<Record<"test" | "fixture" | "generated" | "migration" | "script" | "settings", ReadonlySet<string>>> = {
  test: new Set([
    "test", "tests", "__tests__", "__mocks__", "__integration__", "__integrations__", "__e2e__", ".jest", "e2e", "spec", "testing", "cypress", "playwright",
    "integration-tests", "unit-tests", "e2e-tests", "functional-tests",
  ]),
  fixture: new Set(["__fixtures__", "testdata"]),
  generated: new Set(["generated", "__generated__", ".prisma", "gen", "apidoc", ".vercel", ".next", ".nuxt", ".output", ".svelte-kit", ".netlify", ".serverless", ".wrangler"]),
  migration: new Set(["migrations", "migration", "migrate"]),
  script: new Set(["scripts", "script", "bin", ".github"]),
  settings: new Set(["config", "configs", "configuration", "settings", "env"]),
};

function readRole(file: string): FileRole {
  const name = baseName(file);
  const folders = file.split("/").slice(0, -1);
  const liesIn = (role: keyof typeof foldersOf): boolean => folders.some((folder) => foldersOf[role].has(folder.toLowerCase()));
  if (liesIn("test") || folders[0] === "qa" || isNamedForTests(file, name) || folders.some((folder) => testFolder.test(folder))) return "test";
  if (liesIn("fixture") || /^fixtures?\.[cm]?[jt]s$/i.test(name) || folders.some((folder) => isStandInFolder(folder) || /(?:^|[-_.])fixtures?$|^storybook$/i.test(folder))) return "fixture";
  if (liesIn("generated") || /\.(generated|gen)\.[cm]?[jt]sx?$/.test(name)) return "generated";
  if (liesIn("migration") || /^(?:\d[\w.]{0,15}-)?\d{8,}[-_]/.test(name) || folders.some((folder, place) => holdsSeeds(folder, folders[place - 1]))) return "migration";
  if (liesIn("script") || liesInTools(file, folders) || folders.some((folder) => scriptFolder.test(folder)) || isForAgents(file)) return "script";
  if (anyToolConfig.test(name) || folders.includes(".storybook")) return "tool-config";
  // `src/configs/mail.config.ts` is of the application, `mail.config.ts` at the top of a package of a tool.
  const isAtTop = /\.config\.[cm]?[jt]s$/.test(name) && !liesIn("settings") && !folders.some((folder) => folder.toLowerCase() === "src");
  if (folders.length <= 2 && (isAtTop || toolConfig.test(name)) && !/^(app|env|database|auth|server)\./.test(name)) return "tool-config";
  return liesIn("settings") || /(^|[.\-_])(config|configuration|settings|env|environment)\.[cm]?[jt]s$/i.test(name) ? "settings" : "source";
}

/** `orders.test.ts`, `jest.setup.ts` */
function isNamedForTests(file: string, name: string): boolean {
  return /\.(test|spec|e2e|cy|bench|stories)([.-][\w-]+)*\.[cm]?[jt]sx?$/.test(name) || testSetup.test(name) || isTestName(file);
}

/** A folder of seeds: `prisma/seeds/`, `packages/db-seed/`. `packages/cross-seed/` is a package that is about seeds. */
function holdsSeeds(folder: string, parent = ""): boolean {
  if (/^(?:apps|packages)$/i.test(parent)) return /^(?:(?:\w{1,30}[-_])?(?:db|database|data|prisma|sql|mongo|demo|dev|test|sample)[-_])?seed(?:s|ers?|ing)?$/i.test(folder);
  return /(?:^|[-_])seed(?:s|ers?|ing)?$/i.test(folder);
}

/** `build-scripts/`, `.husky/` */
const scriptFolder = /[-_.]scripts?$|[a-z]Scripts?$|^\.(?:husky|git-?hooks|circleci|gitlab|vscode|nx)$/;

function liesInTools(file: string, folders: readonly string[]): boolean {
  return folders[0]?.toLowerCase() === "tasks" || (folders.some((folder) => folder.toLowerCase() === "tools") && !isPartOfServer(file));
}

/** What a server calls a tool by its name, and lies in its sources: `src/tools/tools.router.ts`. */
export function isPartOfServer(path: string): boolean {
  return /(?:^|\/)src\/(?:[^/]+\/){0,4}tools?\/(?:[^/]+\/){0,4}[\w-]+\.(?:router|routes?|controller|service|repository|gateway|resolver)\.[cm]?[jt]s$/.test(path);
}

/** Whether a file is of what runs on developers' machines alone, by its folder: `localenv/`, `local-dev/`, `sandbox/`, `playground/`, `scratch/`, or by its name: `dev.yml`. */
export function isForDevelopers(file: string): boolean {
  return /(?:^|\/)(?:local[-_]?(?:env|environment|dev|development|stack|setup|infra)|(?:dev|docker)[-_]?(?:env|environment|local)|sandbox(?:es)?|playgrounds?|scratch)\/|(?:^|\/)(?:dev|local)\.ya?ml$/i.test(file);
}

/** Whether a file is part of what coding agents are told: examples in it are of no application. */
export function isForAgents(file: string): boolean {
  return /^\.(agents?|claude|cursor|codex|gemini|opencode)\//.test(file);
}
