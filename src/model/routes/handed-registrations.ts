import { groupBy } from "../../base/group-by.js";
import { inAllFiles } from "../../base/gathered.js";
import { type Span, within } from "../../base/position.js";
import { counted } from "../../base/words.js";
import { capabilitiesOf, isFor } from "../../catalogue/index.js";
import type { CallExpression, FunctionNode, IndexExpression, MemberExpression, NameExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { isTestOrMigration } from "./operations.js";
import type { UnresolvedRoute } from "./route.js";

const verbs = /^(get|post|put|patch|delete|all)$/;
/** What a parameter is called that stands for a router. */
const routerNames = /^(router|routes|app|server|fastify)$/;

/**
 * What functions register on a router that code gives them which is not followed: a package that is no framework, or two
 * functions that make functions. It is said once for each function, so that nobody takes the table for whole.
 */
export function handedRegistrations(model: ProjectModel, routes: readonly { readonly file: string; readonly span: Span }[]): readonly UnresolvedRoute[] {
  const listed = groupBy(routes, ({ file }) => file);
  return [...groupBy(registrationsIn(model), ({ function: to }) => to)].flatMap(([to, registrations]) => {
    const left = registrations.filter(({ file, call }) => !listed.get(file)?.some(({ span }) => within(span, call.span) || within(call.span, span)));
    const [first] = left;
    return first ? saidOf(model, first.file, to, left) : [];
  });
}

/** A call that registers on a parameter of a function: `(router) => { router.get("/plans", list); }`. */
interface Registration {
  readonly file: string;
  readonly function: FunctionNode;
  /** The first parameter of the function is what it registers on. */
  readonly onFirst: boolean;
  readonly router: NameExpression;
  readonly call: CallExpression;
}

const registrationsIn = inAllFiles((model: ProjectModel, file): readonly Registration[] => {
  if (isTestOrMigration(model, file)) return [];
  const index = model.values.index(file);
  return index.calls.flatMap(({ node }) => {
    if (node.kind !== "call" || !registers(node)) return [];
    const { object } = node.callee;
    const source = object.kind === "name" && object.binding !== undefined ? index.sources[object.binding] : undefined;
    if (object.kind !== "name" || source?.kind !== "parameter" || source.path.length > 0) return [];
    return { file, function: source.function, onFirst: source.index === 0, router: object, call: node };
  });
});

/** `router.get("/plans", list)`, and `router[method](path, ...steps, handler)` of what a definition says. */
function registers(call: CallExpression): call is CallExpression & { readonly callee: MemberExpression | IndexExpression } {
  const [path] = call.arguments;
  if (call.arguments.length < 2) return false;
  if (call.callee.kind === "index") return call.callee.index.kind !== "literal" && path?.kind !== "literal" && call.arguments.slice(1).some(({ kind }) => kind === "spread");
  return call.callee.kind === "member" && verbs.test(call.callee.property) && path?.kind === "literal" && typeof path.value === "string" && path.value.startsWith("/");
}

/** What is said of a function that registers on what it is given. */
function saidOf(model: ProjectModel, file: string, to: FunctionNode, left: readonly Registration[]): readonly UnresolvedRoute[] {
  const given = model.values.index(file).functions.get(to)?.passedTo?.call;
  const giver = given && model.values.of(file, given.callee).find((value) => value.kind === "external");
  if (!giver) return saidOfUnknownGiver(model, file, left);
  const { package: name, subpath } = giver.provenance;
  // What a framework gives its function is read by its adapter.
  const isRouter = name !== "global" && capabilitiesOf(name, subpath).length === 0 && left.some(({ onFirst }) => onFirst);
  return isRouter ? [{ file, span: given.span, reason: `${name} gives this function its router; the routes that it registers, and what guards them, are not listed` }] : [];
}

function saidOfUnknownGiver(model: ProjectModel, file: string, left: readonly Registration[]): readonly UnresolvedRoute[] {
  if (![...model.packageOf(file).dependencies.keys()].some((name) => isFor(name, "", "web-framework"))) return [];
  // `server.post("/plans", { name })` is a client's.
  const onRouters = left.filter(({ router, call }) => routerNames.test(router.name) && call.arguments.at(-1)?.kind !== "object" && (call.callee.kind === "index" || model.values.of(file, router).every(({ kind }) => kind === "parameter")));
  const [first] = onRouters;
  if (!first) return [];
  if (first.call.callee.kind === "index") return [{ file, span: first.call.span, reason: `what this registers on \`${first.router.name}\` is told by definitions that were not found; its routes, and what guards them, are not listed` }];
  return [{ file, span: first.call.span, reason: `who gives this function its \`${first.router.name}\` was not found; ${counted(onRouters.length, "registration")} on it ${onRouters.length === 1 ? "is" : "are"} not listed` }];
}
