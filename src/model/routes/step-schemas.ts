import { wordTable } from "../../base/word-table.js";
import type { FunctionNode } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { RawRoute, RawStep } from "./adapter.js";
import { schemasGiven } from "./given-schemas.js";
import { requestReads } from "./reads.js";
import { type Handler, type RequestPart, requestParts, type SchemaUse, type Step } from "./route.js";
import { stepName } from "./step-names.js";
import { partsOf } from "./step-parts.js";

/** What the code of a route's steps says of the parts that they check. */
export interface StepSchemas {
  get(part: RequestPart): SchemaUse | undefined;
  /** Whether it was said of this step. */
  covers(step: Step): boolean;
  /** Whether a step may look at a part: one whose code reads another part alone does not. */
  mayCheck(step: Step, part: RequestPart): boolean;
}

/** The exports of express-validator that make chains, by the part that they look at. */
const chainParts: Readonly<Record<string, readonly RequestPart[]>> = wordTable({ body: ["body"], query: ["query"], param: ["params"], header: ["headers"] });

/** The parts that middleware of the project and chains of express-validator check. */
export function stepSchemas(model: ProjectModel, raw: RawRoute, handler: Handler | undefined): StepSchemas {
  const parts = new Map<RequestPart, SchemaUse>();
  const spans = new Set<Step["span"]>();
  const looks = new Map<Step["span"], ReadonlySet<RequestPart>>();
  const add = (part: RequestPart, { file, node }: RawStep, kind: "enforced" | "declared", by: string): void => {
    spans.add(node.span);
    if (parts.get(part)?.kind !== "enforced") parts.set(part, { kind, file, span: node.span, by });
  };
  const chains = raw.chain.filter((step) => chainOf(model, step) !== undefined);
  const read = chains.length === 0 || verdictIsRead(model, raw.chain.filter((step) => !chains.includes(step)), handler);
  for (const step of raw.chain) {
    const chain = chainOf(model, step);
    if (chain) for (const part of chain) add(part, step, read ? "enforced" : "declared", read ? "express-validator" : "express-validator without `validationResult`");
    else {
      // What the chains found wrong is all that such a step looks at.
      if (chains.length > 0 && readsVerdict(model, step)) spans.add(step.node.span);
      for (const value of model.values.of(step.file, step.node)) {
        if (value.kind !== "function") continue;
        const all = requestReads(model, value.file, value.node, raw.framework, { ofStep: true });
        if (all.length > 0 && !handsOnRequest(value.node)) looks.set(step.node.span, new Set(all.map(({ part }) => part)));
        // A wrapper that is given nothing to check by checks nothing.
        const reads = step.node.kind === "call" && schemasGiven(model, step.file, step.node)?.length === 0 ? [] : all.filter(({ check }) => check);
        // `validate({ params: Id })`: middleware for all parts checks those that it is given a schema for.
        const named = step.node.kind === "call" && new Set(reads.map(({ part }) => part)).size > 1 ? partsOf(model, step.file, step.node) : [];
        const asked = reads.some(({ part }) => named.includes(part)) ? reads.filter(({ part }) => named.includes(part)) : reads;
        for (const { part, check } of asked) add(part, step, check === "enforced" ? "enforced" : "declared", check === "enforced" ? stepName(step.node) : "a check whose verdict nothing reads");
      }
    }
  }
  return { get: (part) => parts.get(part), covers: ({ span }) => spans.has(span), mayCheck: ({ span }, part) => looks.get(span)?.has(part) ?? true };
}

/** Whether a step gives the whole request to something else: `validator(req, res)`. */
function handsOnRequest({ parameters, body }: FunctionNode): boolean {
  const request = parameters[0]?.target;
  return request?.kind !== "binding" || someNode(body ?? [], (part) => part.kind === "call" && part.arguments.some((argument) => argument.kind === "name" && argument.binding === request.binding));
}

/** The parts that a chain of express-validator looks at; undefined for other steps. */
function chainOf(model: ProjectModel, { file, node }: RawStep): readonly RequestPart[] | undefined {
  for (const value of model.values.of(file, node)) if (value.kind === "external" && value.provenance.package === "express-validator") return chainParts[value.provenance.path[0] ?? ""] ?? requestParts;
  return undefined;
}

/** Chains only collect what is wrong: a later step or the handler has to look. What cannot be read may do so. */
function verdictIsRead(model: ProjectModel, others: readonly RawStep[], handler: Handler | undefined): boolean {
  if (handler && looksAtVerdict(model, handler.file, handler.node, 0)) return true;
  return others.some((step) => model.values.of(step.file, step.node).length === 0 || readsVerdict(model, step));
}

/** Whether a step, or a function that a wrapper is given, looks at what chains found: `asyncHandler(verify)`. */
function readsVerdict(model: ProjectModel, { file, node }: RawStep): boolean {
  return [node, ...(node.kind === "call" ? node.arguments : [])].some((one) => model.values.of(file, one).some((value) => value.kind === "function" && looksAtVerdict(model, value.file, value.node, 0)));
}

function looksAtVerdict(model: ProjectModel, file: string, node: FunctionNode, depth: number): boolean {
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if (found || !("kind" in part) || part.kind !== "call") return !found;
    found = model.values.of(file, part.callee).some((callee) => {
      if (callee.kind === "function") return depth < 2 && looksAtVerdict(model, callee.file, callee.node, depth + 1);
      return callee.kind === "external" && callee.provenance.package === "express-validator" && callee.provenance.path.includes("validationResult");
    });
    return !found;
  });
  return found;
}
