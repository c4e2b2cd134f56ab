import { oncePer } from "../../base/once-per.js";
import type { FileFacts } from "../../facts/facts.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, Parameter } from "../../facts/syntax.js";
import { type FunctionContext, indexOf } from "../modules/file-index.js";

/** Whether a file has functions that take a request and its response, as handlers do. */
export const answersRequests = oncePer((facts: FileFacts): boolean => [...indexOf(facts).functions.values()].some((context) => isHandler(facts, context)));

/** Whether that is what most functions of a file are, or make: one among many helpers says nothing of the others. */
export function mostlyAnswersRequests(facts: FileFacts): boolean {
  const functions = [...indexOf(facts).functions.values()];
  const outermost = new Set(functions.map(outermostOf));
  return new Set(functions.filter((context) => isHandler(facts, context)).map(outermostOf)).size * 2 > outermost.size;
}

function outermostOf(context: FunctionContext): FunctionContext {
  return context.parent ? outermostOf(context.parent) : context;
}

/** A function of a request and its response, or of a context and what comes next; none that is called back with them when a client has got an answer. */
function isHandler(facts: FileFacts, { node: { parameters: [first, second] }, member, passedTo }: FunctionContext): boolean {
  const nameOf = (parameter: Parameter | undefined): string => (parameter?.target.kind === "binding" ? (facts.bindings[parameter.target.binding]?.name ?? "") : "");
  if (member?.name === "constructor" || (passedTo?.call.callee.kind === "member" && /^(on|once|addListener)$/.test(passedTo.call.callee.property))) return false;
  return (/^_?req(uest)?$/.test(nameOf(first)) && /^_?(res(ponse)?|reply)$/.test(nameOf(second))) || (/^_?(ctx|context|c)$/.test(nameOf(first)) && nameOf(second) === "next");
}

/** Whether a file defines procedures of a remote-procedure framework: `adminProcedure.input(schema).query(async ({ input }) => …)`. */
export function definesProcedures(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node }) => node.kind === "call" && node.callee.kind === "member" && /^(query|mutation|subscription|handler)$/.test(node.callee.property) && node.arguments[0]?.kind === "function" && /procedure$/i.test(chainName(node.callee.object)));
}

/** The last name of what a chain of calls begins with: `adminProcedure` of `adminProcedure.input(schema)`, `procedure` of `t.procedure`. */
function chainName(node: Expression): string {
  if (node.kind === "call") return node.callee.kind === "member" ? chainName(node.callee.object) : chainName(node.callee);
  return lastName(node);
}

/** Whether a file names paths to a framework: `fastify.get("/meters", …)`, `app.route({ … })`. */
export function registersRoutes(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: [first] } }) => callee.kind === "member" && (callee.property === "route" || (/^(?:get|post|put|patch|delete|all)$/.test(callee.property) && first?.kind === "literal" && String(first.value).startsWith("/"))));
}

/** Whether a file, or a function, is what a framework lets a browser call: `"use server"`. */
export function isServerAction(node: Pick<FileFacts, "body"> | Pick<FunctionNode, "body">): boolean {
  return isDirected(node, "use server");
}

/** Whether a file or function begins with a directive. */
export function isDirected({ body }: Pick<FileFacts, "body"> | Pick<FunctionNode, "body">, directive: string): boolean {
  const [first] = body ?? [];
  return first?.kind === "expression" && first.value.kind === "literal" && first.value.value === directive;
}
