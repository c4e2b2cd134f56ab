import { lastName } from "../../facts/names.js";
import type { ProjectModel } from "../../model/project-model.js";
import { usesOf } from "./error-use.js";
import type { LogWrite } from "./log-calls.js";
import { textOnlyLoggers } from "./text-only-loggers.js";

/** A line about a failure, through a logger that can be given the error; on the console, what is said of the error at hand by whatever method. */
export function isFailure(model: ProjectModel, { level, wrapper, library, node }: LogWrite, binding?: number): boolean {
  if (library === "console" && lastName(node.callee) === "log" && binding !== undefined) return node.arguments.some((argument) => usesOf(argument, new Map([[binding, "whole"]])).length > 0);
  return /^(warn|error|fatal)$/.test(level) && !(wrapper && textOnlyLoggers(model).has(wrapper.node));
}
