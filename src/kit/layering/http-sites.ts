import type { RuleFinding } from "../../base/finding.js";
import { chainRoot } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";
import { findingAt } from "../project-finding.js";
import { receiverText } from "../project/store-uses.js";

/** Where the exceptions are made, or the statuses named, that a finding at an import is about: each is to be replaced. */
export function httpSites(model: ProjectModel, file: string, { name }: LinkedName, { data, cause = "", messageId, severity }: RuleFinding): readonly RuleFinding[] {
  if (messageId === "framework" || name.binding === undefined) return [];
  const at = ({ span }: Expression, text: string): RuleFinding => findingAt(model, file, span, messageId, { ...data, name: text }, { cause, ...(severity && { severity }) });
  const index = model.values.index(file);
  const isOfName = (node: Expression): boolean => node.kind === "name" && node.binding === name.binding;
  if (messageId === "exception") {
    return index.calls.flatMap(({ node }) => {
      const made = receiverText(node.callee);
      // `Boom.badData(reason).output` is one exception, and what is called on it another matter.
      return isOfName(chainRoot(node.callee)) && !made.includes("()") ? [at(node, made)] : [];
    });
  }
  const found: RuleFinding[] = [];
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "member" && isOfName(node.object)) found.push(at(node, receiverText(node)));
    return undefined;
  });
  return found;
}
