import { baseName, folderOf } from "../../base/paths.js";
import { isFor } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Methods that run the migrations that are written elsewhere. */
export const runners = /^(latest|migrate|migrateToLatest|migrateTo|migrateUp|migrateDown|runMigrations|undoLastMigration|up|down|rollback)$/;

/** `schema/v1.ts`, `schema/v2.ts`: the steps of a schema, one file each. */
const numbered = /^(?:v|version[-_]?|step[-_]?)?\d{1,6}(?:[-_.][\w-]+)*\.[cm]?[jt]s$/i;

/** `up`, `down`, `migration0001init`, `migrate_2_3` */
const stepName = /^(?:up|down|migrat(?:e|ion)_?(?:v|to)?_?\d\w*)$/i;

/** A step of a migration that stands in code (`up`, `down`, numbered files, steps for Umzug), or what a function makes ready for the migrations that it runs: their schema. */
export function isOfMigration(model: ProjectModel, { file, node }: StoreOperation): boolean {
  if (numbered.test(baseName(file)) && model.filesIn(folderOf(file)).some((other) => other !== file && numbered.test(baseName(other)))) return true;
  if (handsOverSteps(model, file)) return true;
  const index = model.values.index(file);
  const around = index.functionAround(node);
  if (!around) return false;
  for (let step: FunctionContext | undefined = around; step; step = step.parent) if (stepName.test(step.node.name ?? keyOf(index.parentOf(step.node), step.node) ?? "")) return true;
  return model.transactions.contentOf(file, around.node).operations.some((other) => other.role === "schema" && other.node.kind === "call" && runners.test(lastName(other.node.callee)));
}

/** Whether a file gives its steps to a library that is for migrations alone: `new Umzug({ migrations: [{ name, up }] })`. */
function handsOverSteps(model: ProjectModel, file: string): boolean {
  return model.facts(file).imports.some(({ specifier, typeOnly, names }) => specifier !== undefined && !typeOnly && names.some(({ use }) => use === "value") && !specifier.startsWith(".") && isFor(specifier, "", "migration") && !isFor(specifier, "", "data-access"));
}

/** Whether the code of a package runs migrations, wherever they are: `new Migrator({ provider })` is given them by an object. */
export function runsMigrations(model: ProjectModel, files: readonly string[]): boolean {
  return files.some((file) => model.dataAccess.of(file).some(({ role, node }) => role === "schema" && node.kind === "call" && runners.test(lastName(node.callee))));
}

/** The key that a function is the value of: `{ up: async () => … }`. */
function keyOf(parent: SyntaxNode | undefined, node: SyntaxNode): string | undefined {
  const members = parent && "kind" in parent && parent.kind === "object" ? parent.members : [];
  const member = members.find((one) => one.kind === "property" && one.value.kind === "function" && one.value.function === node);
  return member?.kind === "property" ? member.key : undefined;
}
