import { within } from "../../base/position.js";
import { capabilitiesOf, describe } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { EnvironmentRead } from "../project/environment.js";
import type { SettingsUse } from "./settings-modules.js";

/**
 * Whether a read of the environment is part of the check of the settings: what is given to it or stands in the schema,
 * what decides whether it runs, or what decides which file the environment is loaded from.
 */
export function isPartOfCheck(model: ProjectModel, file: string, read: EnvironmentRead, use: SettingsUse, keys: ReadonlySet<string>): boolean {
  if (use.modules.some((module) => module.file === file && module.skipped !== undefined && within(read.node.span, module.skipped.span))) return true;
  if (isBeforeLoad(model, file, read) || namesFile(model, file, read)) return true;
  const index = model.values.index(file);
  const decided = [...use.modules.filter((module) => module.file === file).map(({ span }) => span), ...(use.reads.get(file) ?? []).filter(({ whole }) => whole).map(({ node }) => node.span)];
  let below: SyntaxNode = read.node;
  for (let at = index.parentOf(below); at && !isClassNode(at); below = at, at = index.parentOf(at)) {
    // `.transform((value) => value ?? process.env.OLD_NAME)`
    if (isFunctionNode(at)) continue;
    if ((at.kind === "call" || at.kind === "new") && isOfSchema(model, file, at)) return true;
    if (at.kind === "object" && at.members.some((member) => member.kind === "property" && keys.has(member.key) && within(read.node.span, member.span))) return true;
    if ((at.kind === "conditional" || at.kind === "if") && at.test === below && decided.some((span) => within(span, at.span) && !within(span, at.test.span))) return true;
  }
  return false;
}

function isOfSchema(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && (capabilitiesOf(value.provenance.package).includes("validator") || describe(value.provenance)?.settings?.does === "validate"));
}

/** `dotenv.config({ path: process.env.ENV_FILE })`, and what stands before it in its module: it cannot come from the file that is loaded. */
function isBeforeLoad(model: ProjectModel, file: string, { node }: EnvironmentRead): boolean {
  const index = model.values.index(file);
  return index.calls.some(({ node: call }) => node.span[0] < call.span[1] && index.functionAround(call) === undefined && takesSettings(model, file, call.callee, ["load"]));
}

/** `${process.env.ENV}.env`: which environment it is, in a file that loads one, says what is loaded, however far from the call it stands. */
function namesFile(model: ProjectModel, file: string, { keys }: EnvironmentRead): boolean {
  return keys?.every((key) => /^(?:APP_|NODE_)?(?:ENV|ENVIRONMENT)$|^(?:DOT)?ENV_?(?:FILE|PATH)(?:_?NAME)?$/.test(key)) === true && model.values.index(file).calls.some(({ node }) => takesSettings(model, file, node.callee, ["load"]));
}

/** Whether a call of this loads the environment from a file (`dotenv.config`) or is given settings by what it is handed (`registerAs`), as it is asked for. */
export function takesSettings(model: ProjectModel, file: string, callee: Expression, roles: readonly ("load" | "register")[]): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && roles.some((role) => describe(value.provenance)?.settings?.does === role));
}

/**
 * A function of the project that reads the key it is given and throws, or ends the process, where there is none; or one
 * that does so with the whole environment, which it is given: a function of the settings, or of an application that reads
 * few keys beside it (`fewKeys`).
 */
export function isCheckedByHand(model: ProjectModel, file: string, { node, keys, whole }: EnvironmentRead, fewKeys: boolean): boolean {
  if (keys !== undefined) return false;
  const index = model.values.index(file);
  const around = index.functionAround(node)?.node;
  if (!whole) return around !== undefined && isGivenKey(model, file, node) && stops(around);
  // A parameter may have the environment as its default: `function start({ env = process.env })`.
  const isGiven = (argument: Expression): boolean => within(node.span, argument.span) || (argument.kind === "name" && around !== undefined && within(argument.span, around.span) && /^env(ironment)?$/i.test(argument.name));
  return index.calls.some(({ node: call }) => call.arguments.some(isGiven) && model.values.of(file, call.callee).some((callee) => callee.kind === "function" && stops(callee.node) && (fewKeys || model.layerOf(callee.file).layer === "settings")));
}

/** `process.env[key]` in a function with the parameter `key`. */
function isGivenKey(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "index" && node.index.kind === "name" && node.index.binding !== undefined && model.values.index(file).sources[node.index.binding]?.kind === "parameter";
}

function stops({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (node) => node.kind === "throw" || (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "exit"));
}
