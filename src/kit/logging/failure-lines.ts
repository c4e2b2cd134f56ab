import { lastName } from "../../facts/names.js";
import type { ProjectModel } from "../../model/project-model.js";
import { usesOf } from "./error-use.js";
import type { LogWrite } from "./log-calls.js";
import { textOnlyLoggers } from "./text-only-loggers.js";

/** A line about a failure; on the console, what is said of the error at hand, or that something failed, by whatever method. */
export function isFailure({ level, library, node }: LogWrite, binding?: number): boolean {
  if (library === "console" && lastName(node.callee) === "log") return saysFailed(node) || (binding !== undefined && node.arguments.some((argument) => usesOf(argument, new Map([[binding, "whole"]])).length > 0));
  return /^(warn|error|fatal)$/.test(level);
}

/** `console.log("not deleted: error in", path)`: the text of a line says that something failed. */
function saysFailed({ arguments: [message] }: LogWrite["node"]): boolean {
  const text = message?.kind === "literal" ? String(message.value) : message?.kind === "template" ? message.texts.join(" ") : "";
  return /\b(?:errors?|fail(?:ed|ure|s)?|unable|(?:could|can|did)(?: not|n['’]t)|cannot|went wrong|erro|falh(?:a|ou)|fallo|erreur|fehler|gagal)\b|失败|错误|出错|ошибк/i.test(text);
}

/** Whether a line goes through a logger that takes a text and nothing else: the message of an error is all that it can be given. */
export function takesText(model: ProjectModel, { wrapper }: LogWrite): boolean {
  return wrapper !== undefined && textOnlyLoggers(model).has(wrapper.node);
}
