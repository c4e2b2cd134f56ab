import { baseName } from "../../base/paths.js";
import { settledPerPart } from "../../base/settled.js";
import { isStandInFolder, isTestName } from "../../base/test-paths.js";
import { folderTree } from "./folder-tree.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { importsProject } from "./collaborators.js";
import { layerOfFolder } from "./names.js";
import { runsStatements, usesStore } from "./reached-stores.js";
import { isProgram, makesApplication } from "./wiring.js";

/** The path below the package, or below the project of a workspace without packages: their names say nothing (`services/api/src/…`). */
export function pathInPackage(model: ProjectModel, file: string): string {
  const unit = model.packageOf(file);
  const path = unit.folder === "" ? file : file.slice(unit.folder.length + 1);
  return path.replace(/^(?:apps\/[^/]+\/|(?:libs|libraries|packages)\/(?=[^/]+\/(?:[^/]+\/){0,2}src\/))/, "");
}

const toolConfiguration = /^(vitest|jest|playwright|cypress|eslint|prettier|stylelint|commitlint|tsup|tsdown|webpack|rspack|rollup|esbuild|vite|babel|drizzle|prisma|knexfile|next|nuxt|astro|svelte|tailwind|unocss|postcss|lint-staged|ormconfig|mikro-orm|ecosystem|codegen|graphql|knip|release|taze|turbo|metro)[\w.-]*\.config\.[cm]?[jt]s$|^(ormconfig|knexfile|gulpfile|Gruntfile|package-scripts|webpack\.\w+|jest\.\w+)\.[cm]?[jt]s$|^\.[\w.-]+$/;

export function besideTheApplication(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  if (isTestName(path)) return { layer: "tests", evidence: ["test file by its name"] };
  const folders = path.split("/").slice(0, -1);
  for (const [at, folder] of folders.entries()) {
    const layer = layerOfFolder(folder)?.layer;
    // A specification of something else than tests: an OpenAPI document with its controller.
    if (layer === "tests" && /^specs?$/i.test(folder) && !holdsTests(model, file.slice(0, file.indexOf(`${folder}/`) + folder.length + 1))) continue;
    if (layer === "tests" && at > 0 && isFeature(model, file.slice(0, file.length - path.length) + folders.slice(0, at + 1).join("/"))) continue;
    // A folder of the application's own that has controllers: `modules/upgrade/`.
    if (layer === "migrations" && folderTree(model.files).below(file.slice(0, file.length - path.length) + folders.slice(0, at + 1).join("/")).has("controller")) continue;
    // A server that is started by a script: what makes the application and mounts the project's routes.
    if (layer === "migrations" && /^scripts?$/i.test(folder) && makesApplication(model.facts(file)) && importsProject(model, file)) return { layer: "composition", evidence: ["makes an application"] };
    if (layer === "tests" || layer === "migrations") return { layer, evidence: [`folder ${folder}/`] };
  }
  // `stub-api/` beside `src/` stands for the servers of others while somebody works on the application.
  const [outermost = "", ...inner] = path.split("/");
  if (inner.length > 0 && isStandInFolder(outermost) && model.filesOf(model.packageOf(file)).some((other) => pathInPackage(model, other).startsWith("src/"))) return { layer: "tests", evidence: [`folder ${outermost}/`] };
  // A project of a workspace need not be a package: `apps/api-e2e/`.
  const units = [baseName(model.packageOf(file).folder), /^(?:apps|libs|packages)\/([^/]+)\//.exec(file)?.[1] ?? ""];
  const around = model.packageOf(file).folder.split("/").slice(0, -1);
  const ofTests = units.find((name) => /(^|[-_.])(e2e|tests?|testing)$|^__(?:tests?|integrations?|e2e)__$|^test-(?:setup|utils|helpers|kit|support)$/.test(name)) ?? around.find((name) => /^(?:tests?|__tests__|e2e)$/.test(name));
  if (ofTests !== undefined) return { layer: "tests", evidence: [`package ${ofTests}`] };
  const ofSeeds = units.find((name) => /^(?:(?:db|database)-)?(?:seed|seeds|seeder|seeding|seed-data|migrator|migrations?)$/.test(name));
  if (ofSeeds !== undefined) return { layer: "migrations", evidence: [`package ${ofSeeds}`] };
  if (/^(?:\d[\w.]{0,15}-)?\d{8,}[-_]/.test(baseName(path))) return { layer: "migrations", evidence: ["a name that begins with a timestamp"] };
  if (/^((migrate|seed)-[\w-]+|migrations?[-.](executor|runner|generator))\.[cm]?[jt]s$/.test(baseName(path))) {
    if (usesStore(model, file) || runsStatements(model, file)) return { layer: "migrations", evidence: [`name ${baseName(path)}`, "reaches a store"] };
    // `database/seed-vehicles.ts` starts the application to have its services do it.
    if (isProgram(model.facts(file))) return { layer: "migrations", evidence: [`name ${baseName(path)}`, "exports nothing and runs at load"] };
  }
  if (!/(^|\/)src\//.test(path) && toolConfiguration.test(baseName(path))) return { layer: undefined, evidence: ["configuration of a tool"] };
  return undefined;
}

/** Whether any file below a folder is a test by its name, or runs as one. */
const holdsTests = settledPerPart((model: ProjectModel, folder: string): boolean =>
  model.files.some((other) => other.startsWith(folder) && (/(test|spec)s?\.[cm]?[jt]sx?$/i.test(other) || model.values.index(other).calls.some(({ node: { callee } }) => callee.kind === "name" && /^(describe|it|test)$/.test(callee.name)))),
);

/** `modules/mock/` with `mock.controller.ts`, `src/test/` with `test.routes.ts`: a feature of the business that is called as tests are. */
const isFeature = settledPerPart((model: ProjectModel, folder: string): boolean => {
  const name = baseName(folder).toLowerCase().replace(/s$/, "");
  return model.files.some((other) => other.startsWith(`${folder}/`) && /^(\w+?)s?[.-](?:controller|resolver|routes?|router)\.[cm]?[jt]s$/.exec(baseName(other).toLowerCase())?.[1] === name);
});
