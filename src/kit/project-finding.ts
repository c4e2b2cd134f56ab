import type { RelatedLocation, RuleFinding } from "../base/finding.js";
import type { Span } from "../base/position.js";
import type { Edge, ProjectModel } from "../model/project-model.js";

type Extras = Pick<RuleFinding, "cause" | "toldBy" | "help" | "related" | "severity" | "fix" | "suggestions">;

/** A finding at a stretch of a file of the model. */
export function findingAt(model: ProjectModel, file: string, span: Span, messageId: string, data: Readonly<Record<string, string>>, extras: Extras = {}): RuleFinding {
  return { file, range: model.range(file, span), messageId, data, ...extras };
}

/** A place for `related`. */
export function relatedAt(model: ProjectModel, file: string, span: Span, message: string): RelatedLocation {
  return { file, range: model.range(file, span), message };
}

/** The steps of an import chain as related places: `imports b.ts`, `imports c.ts`. */
export function relatedChain(model: ProjectModel, chain: readonly Edge[]): RelatedLocation[] {
  return chain.map((edge) => relatedAt(model, edge.from, edge.fact.specifierSpan, `imports ${edge.target.kind === "file" ? edge.target.file : (edge.fact.specifier ?? "")}`));
}

/** `a.ts:3 → b.ts:1 → c.ts`: an import chain in words. */
export function chainText(model: ProjectModel, chain: readonly Edge[]): string {
  const steps = chain.map((edge) => `${edge.from}:${model.range(edge.from, edge.fact.specifierSpan).start.line}`);
  const end = chain.at(-1)?.target;
  return [...steps, end?.kind === "file" ? end.file : ""].filter(Boolean).join(" → ");
}
