import { storeAccess } from "../../src/catalogue/index.js";
import type { CallExpression, Expression, Statement } from "../../src/facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../../src/facts/walk.js";
import { reachedAccess } from "../../src/kit/handlers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { routeCause, routeName, routesIn } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Handler } from "../../src/model/routes/route.js";

interface Options {
  readonly maxComplexity: number;
  readonly maxStatements: number;
}

export default defineRule<Options>({
  name: "thin-handlers",
  section: "architecture",
  clauses: ["ARCH-4"],
  description: "Keep business logic out of route handlers",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: { fat: "The handler of {{route}} does the work itself: {{found}}. Move it into a service, and leave parsing, one call and the answer here." },
  optionsSchema: {
    maxComplexity: { type: "integer", minimum: 1, description: "The most paths through a handler." },
    maxStatements: { type: "integer", minimum: 1, description: "The most statements of a handler." },
  },
  defaultOptions: { maxComplexity: 5, maxStatements: 15 },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const seen = new Set<Handler["node"]>();
      for (const route of routesIn(model, scope)) {
        const { handler } = route;
        if (!handler || seen.has(handler.node)) continue;
        seen.add(handler.node);
        const found = workIn(model, handler, options);
        if (found.length > 0) yield findingAt(model, route.file, route.span, "fat", { route: routeName(route), found: found.join(", ") }, { cause: routeCause(model, route) });
      }
    },
  },
});

function workIn(model: ProjectModel, { file, node }: Handler, options: Options): string[] {
  let statements = 0;
  let paths = 1;
  let loops = 0;
  let transactions = 0;
  const writes = new Set<CallExpression>();
  const passed = new Set<SyntaxNode>();
  const continued = new Set<SyntaxNode>();
  walkAll(node.body ?? [], (part) => {
    // Leaving early, and making an answer of an error, are the handler's own business.
    if (isClassNode(part) || isMapping(part) || passed.has(part)) return false;
    if ("kind" in part && part.kind === "try" && part.handler && leaves(part.handler.body)) for (const statement of part.handler.body) passed.add(statement);
    if (isFunctionNode(part)) return undefined;
    if (isStatement(part)) statements++;
    if (part.kind === "if" || part.kind === "conditional" || part.kind === "loop" || (isLogical(part) && part.right.kind !== "literal" && !continued.has(part))) paths++;
    // `a || b || c` chooses once.
    if (isLogical(part)) for (const side of [part.left, part.right]) if (isLogical(side) && side.operator === part.operator) continued.add(side);
    if (part.kind === "switch") paths += part.cases.filter((clause) => clause.test).length;
    if (part.kind === "loop" && computes(part.body)) loops++;
    if (part.kind !== "call") return undefined;
    if (writesBehind(model, file, part)) writes.add(part);
    if (part.callee.kind !== "member") return undefined;
    if (part.callee.property === "reduce" && computes(part.arguments)) loops++;
    if (/^(\$?transaction|withTransaction|transactional|startTransaction)$/.test(part.callee.property)) transactions++;
    return undefined;
  });
  return [
    ...(loops > 0 ? ["a loop that computes"] : []),
    ...(transactions > 0 ? ["a transaction"] : []),
    ...(writes.size > 1 && model.transactions.onOnePath(file, node, writes) > 1 ? [`${writes.size} writes`] : []),
    ...(paths > options.maxComplexity ? [`${paths} paths (most ${options.maxComplexity})`] : []),
    ...(statements > options.maxStatements ? [`${statements} statements (most ${options.maxStatements})`] : []),
  ];
}

/** `if (!user) return res.status(404)…`: an early return or throw without anything else, or a chain of such. */
function isMapping(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "if") return false;
  return leaves(part.then) && (leaves(part.else ?? []) || (part.else ?? []).every((other) => isMapping(other)));
}

/** At most a note, and then out of the handler. */
function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return body.length <= 2 && (last?.kind === "return" || last?.kind === "throw");
}

function isLogical(part: Expression | Statement | SyntaxNode): part is Extract<Expression, { kind: "binary" }> {
  return "kind" in part && part.kind === "binary" && (part.operator === "&&" || part.operator === "||");
}

/** Whether a call writes to a store other than a cache: by itself, or somewhere behind the project's function that it calls. */
function writesBehind(model: ProjectModel, file: string, call: CallExpression): boolean {
  return model.values.of(file, call.callee).some((value) => {
    if (value.kind === "external") {
      const access = storeAccess(value.provenance, "call");
      return access?.call.role === "write" && access.family !== "redis";
    }
    return value.kind === "function" && reachedAccess(model, value.file, value.node).some(({ role, family }) => role === "write" && family !== "redis");
  });
}

const statementKinds = new Set(["expression", "variable", "return", "throw", "if", "loop", "try", "switch"]);

function isStatement(part: Exclude<SyntaxNode, { form: "function" }>): boolean {
  return "kind" in part && statementKinds.has(part.kind);
}

/** Assigns or adds up, as opposed to copying elements. */
function computes(body: readonly (Statement | Expression)[]): boolean {
  let found = false;
  walkAll(body, (part) => {
    if ("kind" in part && ((part.kind === "assign" && part.operator !== "=") || (part.kind === "binary" && /^(?:[-*/%])$/.test(part.operator)))) found = true;
    return undefined;
  });
  return found;
}
