import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { EnvironmentRead } from "../project/environment.js";

/** What tells people something: `console`, `logger`, `this.log`. */
const telling = /^(?:console|_?log(?:ger)?)$/i;

/** Whether the name of the environment is only told to people, or picks a part of the settings: `settings[process.env.NODE_ENV || "development"]`. Neither changes what the program does. */
export function isOnlyLabel(model: ProjectModel, file: string, { node, keys }: EnvironmentRead): boolean {
  return keys?.join() === "NODE_ENV" && isLabel(model, file, node);
}

function isLabel(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  const index = model.values.index(file);
  let below: SyntaxNode = node;
  let at = index.parentOf(below);
  while (at && "kind" in at && (at.kind === "cast" || at.kind === "template" || (at.kind === "binary" && /^(?:\|\||\?\?|\+)$/.test(at.operator)))) {
    below = at;
    at = index.parentOf(at);
  }
  if (at === undefined || !("kind" in at)) return false;
  if (at.kind === "index") return at.index === below;
  if (at.kind === "call") return at.callee !== below && at.callee.kind === "member" && telling.test(lastName(at.callee.object));
  if (at.kind === "assign") return at.target.kind === "member" && at.target.property === "title" && lastName(at.target.object) === "process";
  const target = at.kind === "variable" && depth === 0 ? at.declarators.find(({ value }) => value === below)?.target : undefined;
  if (target?.kind !== "binding") return false;
  const uses = model.values.usesOf(file, target.binding);
  return uses.length > 0 && uses.every((use) => isLabel(model, file, use, depth + 1));
}
