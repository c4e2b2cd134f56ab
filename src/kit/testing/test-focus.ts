import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { FileContext } from "../rule.js";
import { importOf, memberName, type SourceCode, variableOf } from "../syntax-nodes.js";

const runners = /^(vitest|@jest\/globals|node:test|bun:test|ava|mocha|uvu|tap|@playwright\/test|@std\/testing\/bdd)$/;
const functions = /^(it|test|describe|suite|context|specify)$/;
const focused = /^(fit|fdescribe|ftest)$/;
const skipped = /^(xit|xtest|xdescribe|xcontext|xspecify)$/;
/** What a reader can look up, or an explanation of its own. */
const reason = /https?:|#\d+|\b[A-Z]{2,}-\d+\b|\b(todo|fixme|until|because|since|flak|broken|skip|disabled|requires?|needs?|only (on|in|with))/i;

/** Reports tests that run alone, and tests that are left out with nothing that says why. */
export function focusListeners(context: FileContext): TSESLint.RuleListener {
  const { sourceCode } = context;
  // Components have tests of their own, whose gaps are no matter of the server.
  const isOfComponents = /\.[jt]sx$/.test(context.filename);
  return {
    CallExpression(node) {
      const found = markOf(sourceCode, node);
      if (!found || !isCase(node)) return;
      if (found.mark === "focus") context.report({ node: found.node, messageId: "focused", data: { call: sourceCode.getText(found.node) } });
      else if (!isOfComponents && !hasReason(sourceCode, node)) context.report({ node: found.node, messageId: "skipped", data: { call: sourceCode.getText(found.node) } });
    },
  };
}

/** A name or template first, as titles are: `test.skip(condition, "why")` of Playwright decides while it runs. */
function isCase({ arguments: [title, ...rest] }: TSESTree.CallExpression): boolean {
  const isTitle = title?.type === "TemplateLiteral" || (title?.type === "Literal" && typeof title.value === "string");
  return isTitle && (rest.length === 0 || rest.some(({ type }) => type !== "Literal"));
}

function markOf(source: SourceCode, call: TSESTree.CallExpression): { readonly mark: "focus" | "skip"; readonly node: TSESTree.Node } | undefined {
  const { callee } = call;
  if (callee.type === "Identifier") {
    if (!isRunner(source, callee)) return undefined;
    if (focused.test(callee.name)) return { mark: "focus", node: callee };
    if (skipped.test(callee.name)) return { mark: "skip", node: callee };
    return functions.test(callee.name) ? optionMark(call) : undefined;
  }
  const names: string[] = [];
  let at: TSESTree.Node = callee;
  // `it.only.each(cases)("…", …)` and its tagged form.
  if (at.type === "CallExpression") at = at.callee;
  else if (at.type === "TaggedTemplateExpression") at = at.tag;
  const marked = at;
  for (; at.type === "MemberExpression"; at = at.object) names.push(memberName(at) ?? "");
  if (at.type !== "Identifier" || !isRunner(source, at)) return undefined;
  if (!functions.test(at.name)) return skipped.test(at.name) ? { mark: "skip", node: marked } : focused.test(at.name) ? { mark: "focus", node: marked } : undefined;
  if (names.includes("only")) return { mark: "focus", node: marked };
  return names.includes("skip") ? { mark: "skip", node: marked } : undefined;
}

/** `{ only: true }` and `{ skip: true }` of node:test and Vitest; a text in place of `true` is the reason. */
function optionMark({ arguments: given }: TSESTree.CallExpression): { readonly mark: "focus" | "skip"; readonly node: TSESTree.Node } | undefined {
  for (const argument of given) {
    if (argument.type !== "ObjectExpression") continue;
    for (const property of argument.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier" || property.value.type !== "Literal" || property.value.value !== true) continue;
      if (property.key.name === "only") return { mark: "focus", node: property };
      if (property.key.name === "skip") return { mark: "skip", node: property };
    }
  }
  return undefined;
}

/** A global, or what a runner or a file of fixtures exports; a variable or parameter of that name is something else. */
function isRunner(source: SourceCode, node: TSESTree.Identifier): boolean {
  const from = importOf(source, node);
  if (from !== undefined) return runners.test(from.module) || from.module.startsWith(".") || from.module.startsWith("@/");
  return variableOf(source, node) === undefined;
}

/** A comment above, on the same line, or first in the body; or a title that says it. */
function hasReason(source: SourceCode, node: TSESTree.CallExpression): boolean {
  const [title] = node.arguments;
  if (title && reason.test(source.getText(title).replace(/^.{0,2}should\b/i, ""))) return true;
  const { start } = node.loc;
  const statement = source.lines[start.line - 1] ?? "";
  const body = node.arguments.findLast((argument) => argument.type === "ArrowFunctionExpression" || argument.type === "FunctionExpression");
  const before = source.getTokenBefore(node)?.loc.end.line ?? 0;
  const first = body && "body" in body && body.body?.type === "BlockStatement" ? body.body.range[0] : undefined;
  return source.getAllComments().some(({ loc, range, value }) => {
    if (/^\s*(eslint|biome|oxlint|@ts-|prettier|std-check)/.test(value) || value.trim().length < 8) return false;
    if (loc.start.line === start.line || (loc.end.line === start.line - 1 && statement.trim() !== "")) return true;
    // What stands between the statement and the one before it is about it, blank lines or not, where it names a reason.
    if (loc.start.line > before && loc.end.line < start.line && reason.test(value)) return true;
    return first !== undefined && range[0] > first && source.getText().slice(first + 1, range[0]).trim() === "";
  });
}
