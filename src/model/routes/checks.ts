import { answers } from "../../base/answers.js";
import { oncePerPart } from "../../base/once-per.js";
import { describe } from "../../catalogue/index.js";
import { validationSteps } from "../../catalogue/lexicon/http.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { FileIndex } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { usesIn } from "../values/uses.js";
import { givesSchema } from "./given-schemas.js";
import { schemaOfCheck, takesAnything } from "./loose-schemas.js";
import { bindingsOf, type Check, checkByName, isVerdictRead } from "./verdicts.js";

/** How many calls and variables data are followed through. */
const deepest = 4;
/**
 * Whether the value of an expression is checked where it goes: as an argument of a schema's parse, through variables,
 * objects and casts, and in functions of the project that it is handed to.
 */
export function checkOf(model: ProjectModel, file: string, node: Expression, depth = 0): Check {
  if (depth > deepest) return undefined;
  const index = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = index.parentOf(inner); parent; inner = parent, parent = index.parentOf(parent)) {
    if (isFunctionNode(parent) || isClassNode(parent)) {
      const runner = isFunctionNode(parent) ? runnerOf(index, parent) : undefined;
      return runner && checkOf(model, file, runner, depth);
    }
    switch (parent.kind) {
      case "call":
      case "new": {
        const at = parent.arguments.indexOf(inner as Expression);
        const check = at === -1 ? parent.kind === "call" && checkInNext(model, file, parent, depth) : checkByCall(model, file, parent, at, depth);
        if (check) return check;
        if (at !== -1 && isFetch(index.parentOf(parent), parent)) return undefined;
        break;
      }
      case "variable": {
        const declarator = parent.declarators.find(({ value }) => value === inner);
        return declarator && checkOfBindings(model, file, bindingsOf(declarator.target), inner, depth);
      }
      case "assign":
        return parent.value === inner && parent.target.kind === "name" && parent.target.binding !== undefined ? checkOfBindings(model, file, new Set([parent.target.binding]), inner, depth) : undefined;
      // `() => request.json()` of a call that gives back what such a function gives.
      case "return":
      case "await":
      case "cast":
      case "spread":
      case "object":
      case "array":
      case "member":
      case "binary":
      case "conditional":
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** What runs a function without parameters and gives back what it gives: `tryPromise(() => request.json())`, `tryPromise({ try: () => request.json() })`. */
function runnerOf(index: FileIndex, node: FunctionNode): CallExpression | undefined {
  if (node.parameters.length > 0 || node.form !== "arrow") return undefined;
  const around = index.parentOf(node);
  const holder = around && index.parentOf(around);
  const call = holder && "kind" in holder && holder.kind === "object" ? index.parentOf(holder) : holder;
  return call && "kind" in call && call.kind === "call" && /^(tryPromise|promise|try|sync|suspend|attempt|fromPromise|fromThrowable)$/.test(lastName(call.callee)) ? call : undefined;
}

/** What the functions that run next do with a value: `data.then((body) => S.parse(body))`, `.then(S.parse)`, `effect.pipe(flatMap((body) => …))`. */
function checkInNext(model: ProjectModel, file: string, { callee, arguments: given }: CallExpression, depth: number): Check {
  if (callee.kind !== "member" || !/^(then|pipe|map|flatMap|andThen|chain|tap)$/.test(callee.property)) return undefined;
  const steps = callee.property === "pipe" ? given.flatMap((step) => (step.kind === "call" ? step.arguments : [step])) : given.slice(0, 1);
  for (const step of steps) {
    const check = step.kind === "function" ? checkOfParameter(model, file, step.function, 0, depth) : step.kind === "member" || step.kind === "name" ? checkByCall(model, file, { kind: "call", span: step.span, callee: step, arguments: [callee.object] }, 0, depth) : undefined;
    if (check) return check;
  }
  return undefined;
}

/** `await findUser(id)`: what comes back is something else than what was given, unless the name says that it is the same in another form. */
function isFetch(parent: SyntaxNode | undefined, call: CallExpression | NewExpression): boolean {
  return parent !== undefined && "kind" in parent && parent.kind === "await" && parent.value === call && !/parse|decode|read|json|text|transform|saniti[sz]e|normali[sz]e|convert|decrypt|unzip|inflate/i.test(lastName(call.callee));
}

/** What is known of the parameters of a function, by their place and the depth at which they were asked about. */
const parameterChecks = oncePerPart((_model: ProjectModel, _function: FunctionNode) => answers<string, Check>());

/** Whether a parameter of a function is checked in it. */
export function checkOfParameter(model: ProjectModel, file: string, node: FunctionNode, index: number, depth = 0): Check {
  const parameter = node.parameters[index];
  if (!parameter || depth > deepest) return undefined;
  return parameterChecks(model, node).of(`${index} ${depth}`, () => checkOfUses(model, file, node.body ?? [], bindingsOf(parameter.target), depth));
}

/** The uses of variables behind their declaration, in the function that holds it. */
function checkOfBindings(model: ProjectModel, file: string, bindings: ReadonlySet<number>, declared: SyntaxNode, depth: number): Check {
  const around = model.values.index(file).functionAround(declared);
  return around && checkOfUses(model, file, around.node.body ?? [], bindings, depth, declared.span[1]);
}

function checkOfUses(model: ProjectModel, file: string, body: readonly SyntaxNode[], bindings: ReadonlySet<number>, depth: number, from = 0): Check {
  const [first] = body;
  const last = body.at(-1);
  let found: Check;
  for (const use of first && last ? usesIn(model.facts(file), bindings, [Math.max(from, first.span[0]), last.span[1]]) : []) {
    found = checkOfUse(model, file, use, depth + 1) ?? found;
    if (found === "enforced") return found;
  }
  return found;
}

/** What is known of uses of variables, by the depth at which they were asked about: each read of a long function asks for the same ones. */
const useChecks = oncePerPart((_model: ProjectModel, _use: Expression) => answers<number, Check>());

function checkOfUse(model: ProjectModel, file: string, use: Expression, depth: number): Check {
  return useChecks(model, use).of(depth, () => checkOf(model, file, use, depth));
}

function checkByCall(model: ProjectModel, file: string, call: CallExpression | NewExpression, argument: number, depth: number): Check {
  const values = model.values.of(file, call.callee);
  for (const value of values) {
    if (value.kind !== "external") continue;
    const known = describe(value.provenance);
    // What a signature vouches for was made by its sender.
    if (known?.middleware?.role === "webhook-signature") return "enforced";
    // The transports of MCP hold messages to the protocol.
    if (value.provenance.package === "@modelcontextprotocol/sdk") return "enforced";
    if (!known?.validation || known.validation.failure === "none") continue;
    const { failure } = known.validation;
    const schema = schemaOfCheck(call, known.validation.schema);
    if (schema && takesAnything(model, file, schema)) continue;
    return failure === "throws" || failure === "rejects" || isVerdictRead(model, file, call) ? "enforced" : "unread";
  }
  const { functions } = callGraphOf(model).callees(file, call);
  for (const callee of functions) {
    const check = checkOfParameter(model, callee.file, callee.node, argument, depth);
    if (check) return check;
    if (validatesItself(callee.node)) return "enforced";
    if (validatesByHand(callee.node)) return throwsItself(callee.node) || isVerdictRead(model, file, call) ? "enforced" : "unread";
    // `parseRequest(contract, request, { params })` is given what to check by.
    if (call.kind === "call" && givesSchema(model, callee.file, callee.node, call, argument)) return "enforced";
  }
  if (functions.length > 0 || values.some((value) => value.kind === "external" || value.kind === "class")) return undefined;
  return checkByName(model, file, call);
}

/** `validateLogin({ email, password })`: a function that says that it validates, and asks of what kind or form things are. */
function validatesByHand({ name, body }: FunctionNode): boolean {
  if (name === undefined || !validationSteps.in(name)) return false;
  return someNode(body ?? [], (part) => (part.kind === "unary" && part.operator === "typeof") || (part.kind === "call" && part.callee.kind === "member" && (part.callee.property === "test" || (part.callee.object.kind === "name" && part.callee.object.name === "Number"))));
}

/** A constructor that ends by asking whether what it made is valid: `this.validate()`. */
function validatesItself({ form, body = [] }: FunctionNode): boolean {
  return form === "constructor" && body.some((statement) => statement.kind === "expression" && statement.value.kind === "call" && statement.value.callee.kind === "member" && statement.value.callee.object.kind === "this" && validationSteps.in(statement.value.callee.property));
}

function throwsItself({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => part.kind === "throw");
}
