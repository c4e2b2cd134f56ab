import { lastName } from "../../facts/names.js";
import type { ProjectModel } from "../../model/project-model.js";
import { usesOf } from "./error-use.js";
import type { LogWrite } from "./log-calls.js";
import { textOnlyLoggers } from "./text-only-loggers.js";

/** A line about a failure; on the console, what is said of the error at hand by whatever method. */
export function isFailure({ level, library, node }: LogWrite, binding?: number): boolean {
  if (library === "console" && lastName(node.callee) === "log" && binding !== undefined) return node.arguments.some((argument) => usesOf(argument, new Map([[binding, "whole"]])).length > 0);
  return /^(warn|error|fatal)$/.test(level);
}

/** Whether a line goes through a logger that takes a text and nothing else: the message of an error is all that it can be given. */
export function takesText(model: ProjectModel, { wrapper }: LogWrite): boolean {
  return wrapper !== undefined && textOnlyLoggers(model).has(wrapper.node);
}
