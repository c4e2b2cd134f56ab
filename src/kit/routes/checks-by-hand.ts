import { oncePerPart } from "../../base/once-per.js";
import type { Expression, Pattern, Statement } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { numberOf } from "./sent-responses.js";

/**
 * Whether a handler looks at fields of the body one by one, and refuses what lacks them: `if (!name) return res.status(400)…`. That is no
 * schema, since all that nobody thought of passes.
 */
export const checksByHand = oncePerPart((model: ProjectModel, { file, node }: Handler): boolean => {
  const fields = new Set<number>(node.parameters.flatMap(({ target, decorators }) => (decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && value.callee.name === "Body") ? bindingsIn(target) : [])));
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "variable") for (const { target, value } of part.declarators) if (value && isOfBody(value, fields)) for (const binding of bindingsIn(target)) fields.add(binding);
    return undefined;
  });
  return someNode(node.body ?? [], (part) => part.kind === "if" && looksAt(part.test, fields) && refuses(model, file, part.then));
});

function bindingsIn(pattern: Pattern): readonly number[] {
  if (pattern.kind === "binding") return [pattern.binding];
  return pattern.kind === "object-pattern" ? pattern.properties.flatMap(({ value }) => bindingsIn(value)) : [];
}

/** `req.body`, `await request.json()`, `ctx.request.body.items`, and what was taken from them. */
function isOfBody(node: Expression, fields: ReadonlySet<number>): boolean {
  if (node.kind === "await" || node.kind === "cast") return isOfBody(node.value, fields);
  if (node.kind === "binary" && /^(\|\||\?\?)$/.test(node.operator)) return isOfBody(node.left, fields);
  if (node.kind === "call") return node.callee.kind === "member" && node.arguments.length === 0 && node.callee.property === "json";
  if (node.kind === "name") return node.binding !== undefined && fields.has(node.binding);
  return node.kind === "member" && (node.property === "body" || isOfBody(node.object, fields));
}

/** A test of what is there or of which kind it is. */
function looksAt(test: Expression, fields: ReadonlySet<number>): boolean {
  return someNode([test], (part) => (part.kind === "name" && part.binding !== undefined && fields.has(part.binding)) || (part.kind === "member" && isOfBody(part, fields)));
}

/** `return res.status(400).json(…)`, `throw new BadRequestException(…)` */
function refuses(model: ProjectModel, file: string, then: readonly Statement[]): boolean {
  const last = then.at(-1);
  if (last?.kind !== "return" && last?.kind !== "throw" && last?.kind !== "expression") return false;
  return someNode(then, (part) => ((part.kind === "literal" || part.kind === "member" || part.kind === "name") && /^(?:400|422)$/.test(String(numberOf(model, file, part)))) || (part.kind === "name" && /BadRequest|Unprocessable|Validation|InvalidInput/.test(part.name)) || (part.kind === "member" && /^(?:badRequest|unprocessableEntity|BadRequest)$/.test(part.property)));
}
