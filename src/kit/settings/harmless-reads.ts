import { baseName } from "../../base/paths.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { EnvironmentRead } from "../project/environment.js";
import { isOnlyLabel } from "./environment-labels.js";
import { choosesLogs } from "./log-choices.js";
import { keysCheckedAtStart } from "./presence-checks.js";
import { settingsOf } from "./settings-modules.js";
import { starters } from "./stray-environment-reads.js";
import { listenKeys } from "./system-keys.js";
import { plainSettings } from "./unchecked-reads.js";

/** Whether a read of the environment past the settings needs no mending of its own: it asks whether tests run, how logs look or what people are told, what the program does not start without, or where a program listens whose settings nothing checks. */
export function isHarmlessRead(model: ProjectModel, file: string, read: EnvironmentRead): boolean {
  const unit = model.packageOf(file);
  return asksForTests(model, file, read) || choosesLogs(model, file, read) || isOnlyLabel(model, file, read) || isNamedBySettings(read) || asksWhatIsMissing(model, file, read) || isCheckedAtStart(model, file, read) || (asksWhereToListen(model, file, read) && settingsOf(model, unit).modules.length === 0);
}

/** `process.env[config.use_env_variable]`, `process.env[token.env]`: settings of another kind say which key it is. */
function isNamedBySettings({ node }: EnvironmentRead): boolean {
  return node.kind === "index" && node.index.kind === "member" && /^(?:use_)?env(?:_?var(?:iable)?|ironment_?variable)?(?:_?name)?$/i.test(node.index.property);
}

/** `names.filter((name) => !process.env[name])`, `if (!(name in process.env) || process.env[name]?.length === 0) missing.push(name)`: what is read is whether names that somebody hands in are missing. */
function asksWhatIsMissing(model: ProjectModel, file: string, { node, keys }: EnvironmentRead): boolean {
  if (keys !== undefined) return false;
  const index = model.values.index(file);
  const parent = index.parentOf(node);
  if (parent === undefined || !("kind" in parent)) return false;
  if (node.kind === "index" && parent.kind === "unary" && parent.operator === "!") return true;
  if (node.kind !== "index" && !(node.kind === "binary" && node.operator === "in")) return false;
  let inner: SyntaxNode = node;
  for (let at: SyntaxNode | undefined = parent; at && "kind" in at; inner = at, at = index.parentOf(at)) {
    if (at.kind === "if") return at.test === inner;
    if (!(at.kind === "member" || (at.kind === "unary" && at.operator === "!") || (at.kind === "binary" && /^(?:in|\|\||&&|===?)$/.test(at.operator)))) return false;
  }
  return false;
}

/** The file that holds the settings of a package. */
export function writtenSettings(model: ProjectModel, unit: PackageUnit): string | undefined {
  return settingsOf(model, unit).modules[0]?.file ?? plainSettings(model, unit);
}

/** Whether a read only asks whether tests run, `process.env.NODE_ENV !== "test"`, `process.env.VITEST`: the runner of tests sets it, and what is left out for tests is the same wherever the application runs. */
function asksForTests(model: ProjectModel, file: string, { node, keys }: EnvironmentRead): boolean {
  if (keys !== undefined && keys.length > 0 && keys.every((key) => /^(?:VITEST(?:_|$)|JEST_WORKER_ID$)/.test(key))) return true;
  const parent = keys?.join() === "NODE_ENV" ? model.values.index(file).parentOf(node) : undefined;
  if (parent === undefined || !("kind" in parent) || parent.kind !== "binary" || !/^[!=]==?$/.test(parent.operator)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return other.kind === "literal" && other.value === "test";
}

/** Whether the program does not start without what a read gives: that it is set has been checked before. */
function isCheckedAtStart(model: ProjectModel, file: string, { keys }: EnvironmentRead): boolean {
  const checked = keysCheckedAtStart(model, model.packageOf(file));
  return keys !== undefined && keys.length > 0 && keys.every((key) => checked.has(key));
}

/** Whether a read gives a program nothing but the address where it listens. */
function asksWhereToListen(model: ProjectModel, file: string, { keys }: EnvironmentRead): boolean {
  return keys !== undefined && keys.length > 0 && keys.every((key) => listenKeys.test(key)) && (model.layerOf(file).layer === "composition" || starters.test(baseName(file)));
}
