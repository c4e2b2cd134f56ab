import { oncePer } from "../base/once-per.js";
import type { FileFacts } from "../facts/facts.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../facts/walk.js";
import type { Span } from "../base/position.js";

interface NamedSpan {
  readonly name: string;
  readonly span: Span;
}

/** The qualified name of what encloses an offset: `UserService.create`, `handler`; empty at the top level. */
export function enclosingSymbol(facts: FileFacts, offset: number): string {
  return namedSpans(facts)
    .filter(({ span }) => span[0] <= offset && offset < span[1])
    .map(({ name }) => name)
    .join(".");
}

/** Functions, classes and types that have a name, outermost first. */
const namedSpans = oncePer((facts: FileFacts): readonly NamedSpan[] => {
  const spans: NamedSpan[] = facts.types.map(({ name, span }) => ({ name, span }));
  walkAll(facts.body, (node: SyntaxNode) => {
    if ((isFunctionNode(node) || isClassNode(node)) && node.name !== undefined) spans.push({ name: node.name, span: node.span });
    return undefined;
  });
  return spans.sort((left, right) => left.span[0] - right.span[0] || right.span[1] - left.span[1]);
});
