import { createRequire } from "node:module";
import type { RuleFinding } from "../base/finding.js";
import type { Rule } from "./rule.js";

type AskProject = (rule: Rule, file: string, text: string, options: object, per: "cause" | "site") => readonly RuleFinding[];

let ask: AskProject | undefined;

/** Asks the project of a file. The model and all it needs are loaded at the first question, not with the plugin. */
export const askProject: AskProject = (...question) => {
  // The module's own type, which `require` does not know.
  ask ??= (createRequire(import.meta.url)("../engine/editor-host.js") as { readonly askProject: AskProject }).askProject;
  return ask(...question);
};
