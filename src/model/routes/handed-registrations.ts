import { oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import { counted } from "../../base/words.js";
import { isFor } from "../../catalogue/index.js";
import type { FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { UnresolvedRoute } from "./route.js";

const verbs = /^(get|post|put|patch|delete|all)$/;
/** What a parameter is called that stands for a router. */
const routerNames = /^(router|routes|app|server|fastify)$/;

/**
 * What functions register on a router that they are given by code which was not followed: `(router) => { router.get("/plans", list); }`
 * behind two functions that make functions. It is said once for each function, so that nobody takes the table for whole.
 */
export function handedRegistrations(model: ProjectModel, routes: readonly { readonly file: string; readonly span: Span }[]): readonly UnresolvedRoute[] {
  const listed = new Map<string, Span[]>();
  for (const { file, span } of routes) listed.set(file, [...(listed.get(file) ?? []), span]);
  return model.files.flatMap((file) =>
    candidatesIn(model, file).flatMap(({ name, spans }) => {
      const left = spans.filter((span) => !listed.get(file)?.some((known) => within(known, span) || within(span, known)));
      const [first] = left;
      return first ? [{ file, span: first, reason: `who gives this function its \`${name}\` was not found; ${counted(left.length, "registration")} on it ${left.length === 1 ? "is" : "are"} not listed` }] : [];
    }),
  );
}

interface Candidate {
  readonly name: string;
  readonly spans: readonly Span[];
}

const candidatesIn = oncePerPart((model: ProjectModel, file: string): readonly Candidate[] => {
  const { layer } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations" || ![...model.packageOf(file).dependencies.keys()].some((name) => isFor(name, "", "web-framework"))) return [];
  const index = model.values.index(file);
  const found = new Map<FunctionNode, { readonly name: string; readonly spans: Span[] }>();
  for (const { node } of index.calls) {
    if (node.kind !== "call" || node.callee.kind !== "member" || !verbs.test(node.callee.property) || node.arguments.length < 2) continue;
    const { object } = node.callee;
    const [path] = node.arguments;
    const source = object.kind === "name" && object.binding !== undefined && routerNames.test(object.name) ? index.sources[object.binding] : undefined;
    if (object.kind !== "name" || source?.kind !== "parameter" || source.path.length > 0 || path?.kind !== "literal" || typeof path.value !== "string" || !path.value.startsWith("/")) continue;
    // What a package gives its function is told by that; `server.post("/plans", { name })` is a client's.
    const given = index.functions.get(source.function)?.passedTo?.call;
    if ((given && model.values.of(file, given.callee).some(({ kind }) => kind === "external")) || node.arguments.at(-1)?.kind === "object" || model.values.of(file, object).some(({ kind }) => kind !== "parameter")) continue;
    const known = found.get(source.function);
    if (known) known.spans.push(node.span);
    else found.set(source.function, { name: object.name, spans: [node.span] });
  }
  return [...found.values()];
});
