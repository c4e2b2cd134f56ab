import { baseName } from "../../base/paths.js";
import { within } from "../../base/position.js";
import { isFor } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import { someNode, type SyntaxNode } from "../../facts/walk.js";
import type { CallExpression, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { EnvironmentRead } from "../project/environment.js";

/** `logger.ts`, `pino.config.ts`, `lib/logging/index.ts` */
const logFile = /(?:^|[-_.])(?:log|logs|logger|loggers|logging|pino|winston|morgan)(?:[-_.]|$)/i;
/** Options that say how logs look. */
const logOption = /^(?:logs?|logger|logging|pretty(?:print)?|colou?rize)$/i;
/** How far a read may stand from what it chooses. */
const mostSteps = 8;

/** Whether the name of the environment is only read to choose how logs look: in a module of the logger, among the options of one, or in front of one that is put to use. */
export function choosesLogs(model: ProjectModel, file: string, { node, keys }: EnvironmentRead): boolean {
  if (keys?.join() !== "NODE_ENV") return false;
  if (logFile.test(baseName(file)) || file.split("/").slice(0, -1).some((folder) => /^(?:logs?|loggers?|logging)$/i.test(folder))) return true;
  const index = model.values.index(file);
  let at: SyntaxNode | undefined = index.parentOf(node);
  for (let step = 0; at !== undefined && step < mostSteps; step++, at = index.parentOf(at)) {
    if (!("kind" in at)) continue;
    if (at.kind === "object" && at.members.some((member) => member.kind === "property" && logOption.test(member.key) && within(node.span, member.value.span))) return true;
    if ((at.kind === "call" || at.kind === "new") && makesLogs(model, file, at)) return true;
    // `if (process.env.NODE_ENV !== "production") app.use(morgan("dev"))`
    if (at.kind === "if") return at.else === undefined && at.then.length > 0 && at.then.every((statement) => someNode([statement], (part) => (part.kind === "call" || part.kind === "new") && makesLogs(model, file, part)));
  }
  return false;
}

/** Whether a call makes a logger, or one that logs requests. */
function makesLogs(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression): boolean {
  return lastName(callee) === "morgan" || model.values.of(file, callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "logger"));
}
