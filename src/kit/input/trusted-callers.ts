import { someNode } from "../../facts/walk.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Route } from "../../model/routes/route.js";
import { receiverText } from "../project/store-uses.js";

/** Checks that let in the application's own services, by a key that they share, and those who run the server. */
const trusting = /(internal|private_?api|service(_?to)?_?service|(super|site|system|instance|platform|server)_?admin)/i;

/** Addresses that an application keeps for its own services. */
const internalPath = /^\/(?:api\/|v\d+\/)*_?internal(?:\/|$)/;

/** Whether a route answers only to those who could do without it: the application's own services, and whoever runs the server. */
function isForTrusted({ path, steps }: Route): boolean {
  const checks = steps.filter(({ role }) => role === "auth" || role === "authz");
  return checks.some(({ name }) => trusting.test(name)) || (checks.length > 0 && internalPath.test(path));
}

/** `if (!req.superAdmin) return refused;` */
function asksForOperator({ body }: FunctionNode): boolean {
  return (body ?? []).some((statement) => statement.kind === "if" && ends(statement.then) && someNode([statement.test], (part) => part.kind === "unary" && part.operator === "!" && someNode([part.value], (inner) => inner.kind === "member" && /^is_?(super|site|system)_?admin$|^(super|site|system)_?admin$/i.test(inner.property))));
}

/** `if (token !== process.env.INTERNAL_API_KEY) return refused;` */
function asksForKey({ body }: FunctionNode): boolean {
  const isKey = (node: Expression): boolean => node.kind === "member" && /(KEY|SECRET|TOKEN|PASSWORD)$/i.test(node.property) && /(^|\.)(env|config|settings)$/i.test(receiverText(node.object));
  return (body ?? []).some((statement) => statement.kind === "if" && ends(statement.then) && someNode([statement.test], (part) => part.kind === "binary" && /^!==?$/.test(part.operator) && someNode([part.left, part.right], (side) => side.kind === "member" && isKey(side))));
}

function ends(statements: readonly Statement[]): boolean {
  return statements.some(({ kind }) => kind === "return" || kind === "throw");
}

/** Whether what a flow carries comes only from those whom the application trusts. */
export function isFromTrusted(model: ProjectModel, { reader, source }: RequestFlow): boolean {
  if (!reader) return false;
  if (asksForOperator(reader) || asksForKey(reader)) return true;
  const { functions } = model.values.index(source.file);
  const around = new Set<FunctionNode>();
  for (let context = functions.get(reader); context; context = context.parent) around.add(context.node);
  const routes = model.routes.routes.filter(({ handler }) => handler !== undefined && around.has(handler.node));
  return routes.length > 0 && routes.every(isForTrusted);
}
