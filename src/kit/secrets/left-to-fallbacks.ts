import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { declarationOf } from "./declared-constants.js";
import { settingsObject } from "./secret-settings.js";

/** How many names are followed to what they hold. */
const mostNames = 3;

/** A setting or another value that may not be there, read and not computed. */
export function isRead(node: Expression): boolean {
  // `(process.env.KEY as string) || "…"`
  if (node.kind === "cast") return isRead(node.value);
  return node.kind === "name" || node.kind === "member" || node.kind === "index" || settingName(node) !== undefined;
}

/** `config.get("JWT_SIG")` */
function settingName(node: Expression): string | undefined {
  const [name] = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "get" ? node.arguments : [];
  return name?.kind === "literal" && typeof name.value === "string" ? name.value : undefined;
}

/**
 * Whether no-secret-fallbacks tells of what stands in for this value: a setting whose name says that it is a secret. That
 * rule sees one file, so a stand-in that is declared in another is not its business.
 */
export function isLeftToFallbacks(model: ProjectModel, file: string, node: Expression, standIn?: Expression): boolean {
  if (standIn && (declarationOf(model, file, standIn)?.file ?? file) !== file) return false;
  if (node.kind === "cast") return isLeftToFallbacks(model, file, node.value);
  if (node.kind === "binary" && /^(?:\|\||\?\?)$/.test(node.operator)) return isLeftToFallbacks(model, file, node.left);
  return isRead(node) && secretNameOf(settingName(node) ?? lastName(node)) !== undefined && isOfSettings(model, file, node);
}

/** Whether a value is read of the environment or of what is called settings, also by the name that holds it; what a function or a record gives is none. */
function isOfSettings(model: ProjectModel, file: string, node: Expression, names = 0): boolean {
  switch (node.kind) {
    case "cast":
    case "await":
      return isOfSettings(model, file, node.value, names);
    case "call":
      return true;
    case "index":
    case "member":
      return settingsObject.test(lastName(node.object)) || (node.object.kind !== "name" && isOfSettings(model, file, node.object, names));
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (source?.kind !== "value" || source.value === undefined || names > mostNames) return false;
      return settingsObject.test(lastName(source.value)) || isOfSettings(model, file, source.value, names + 1);
    }
    default:
      return false;
  }
}
