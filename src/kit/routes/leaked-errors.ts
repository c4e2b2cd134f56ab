import { inAllFiles } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NameExpression, NewExpression } from "../../facts/syntax.js";
import { isFunctionNode, statementLists, type SyntaxNode, walk } from "../../facts/walk.js";
import type { BindingSource, FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { errorCallbackOf, rejectionOf } from "./failure-callbacks.js";

/** Through how many functions an error may be handed to the one that sends it. */
const deepest = 3;

/** A part of an error that leaves the application. */
interface Leak {
  readonly span: Span;
  readonly text: string;
}

/** The error itself, its message or its stack, as the payload or inside it; of an exception that is `made`, in what it sends. */
export function leakedPart(model: ProjectModel, file: string, payload: Expression, status: number | undefined, made: boolean): Leak | undefined {
  let found: Leak | undefined;
  const kept = new Set<SyntaxNode>();
  const seen = (node: SyntaxNode): boolean | undefined => {
    if (found || !("kind" in node) || kept.has(node)) return false;
    if (node.kind === "conditional") {
      if (!isNarrowing(meantBy(model, file, node.test))) for (const branch of [node.then, node.else]) walk(branch, seen);
      return false;
    }
    if (node.kind === "call" && isPrinted(node)) {
      if (node.callee.kind === "member" && node.callee.property === "toString") walk(node.callee.object, seen);
      return undefined;
    }
    const told = node.kind === "call" ? toldBy(model, file, node).find((given) => isLeaking(model, file, given, "message", status)) : undefined;
    if (told) found = { span: node.span, text: `${told.kind === "name" ? told.name : "error"}.message` };
    if (node.kind === "function" || node.kind === "call" || (node.kind === "binary" && !/^([+&|]{1,2}|\?\?)$/.test(node.operator))) return false;
    // What caused an exception stays with it: `new TRPCError({ code, cause: error })`.
    if (node.kind === "object" && made) for (const member of node.members) if (member.kind === "property" && member.key === "cause") kept.add(member.value);
    if (node.kind === "member" && (node.property === "message" || node.property === "stack") && isLeaking(model, file, node.object, node.property, status)) {
      found = { span: node.span, text: `${node.object.kind === "name" ? node.object.name : "error"}.${node.property}` };
      return false;
    }
    // `{ code: "internal", stack: response.stack }`: whatever the error is called.
    if (node.kind === "member" && node.property === "stack" && node.object.kind === "name" && (status ?? 0) >= 500 && !isNarrowed(model, file, node)) found = { span: node.span, text: `${node.object.name}.stack` };
    if (node.kind === "member") return false;
    if (node.kind === "name" && isLeaking(model, file, node, "object", status)) found = { span: node.span, text: node.name };
    else if (node.kind === "name") {
      // `const message = error instanceof Error ? error.message : "…"; response.json({ message })`
      const text = isNarrowed(model, file, node) ? undefined : textBehind(model, file, node);
      const leak = text ? leakedPart(model, file, text, status, made) : chosenLeak(model, file, node, status, made);
      if (leak) found = { ...leak, span: node.span };
    }
    return undefined;
  };
  walk(payload, seen);
  return found;
}

/** `String(error)`, `error.toString()`, `JSON.stringify(error)`: the text of what stands there. */
function isPrinted({ callee }: CallExpression): boolean {
  return callee.kind === "name" ? callee.name === "String" : callee.kind === "member" && (callee.property === "toString" || (callee.property === "stringify" && callee.object.kind === "name" && callee.object.name === "JSON"));
}

/** The arguments of a call whose text its function gives back, whatever error it is: `messageOf(error)`. */
function toldBy(model: ProjectModel, file: string, call: CallExpression): readonly Expression[] {
  return model.values.of(file, call.callee).flatMap((callee) => (callee.kind === "function" ? toldParameters(model, callee).flatMap((index) => call.arguments[index] ?? []) : []));
}

/** Which of its parameters a function gives back the message of: `return error instanceof Error ? error.message : "Unknown"`. */
function toldParameters(model: ProjectModel, { file, node: { parameters }, node }: { readonly file: string; readonly node: FunctionNode }): readonly number[] {
  const told = new Set<number>();
  const seen = (part: SyntaxNode): boolean | undefined => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "function" || part.kind === "call") return false;
    if (part.kind !== "member") return undefined;
    const { object, property } = part;
    const index = property === "message" && object.kind === "name" ? parameters.findIndex(({ target }) => target.kind === "binding" && target.binding === object.binding) : -1;
    if (index >= 0 && !isNarrowed(model, file, part)) told.add(index);
    return false;
  };
  for (const value of model.values.returned(node)) walk(value, seen);
  return [...told];
}

/**
 * Whether an error is one that nobody made for clients: what a `catch` clause binds, or what a mapper is given, as far as
 * no test around it says which error it is. A mapper's errors may be the project's own, so that their message counts at
 * status 500 and above alone.
 */
function isLeaking(model: ProjectModel, file: string, node: Expression, part: "message" | "stack" | "object", status: number | undefined, depth = 0): boolean {
  if (node.kind === "cast") return isLeaking(model, file, node.value, part, status, depth);
  // `const error = exception as Error;`
  const named = node.kind === "name" ? castBehind(model, file, node) : undefined;
  if (named) return isLeaking(model, file, named, part, status, depth) && !isNarrowed(model, file, node);
  // `onError((context) => … context.error.message)`
  if (node.kind === "member" && node.property === "error") return isOfMapper(model, file, node.object) && (part === "stack" || (status ?? 0) >= 500) && !isNarrowed(model, file, node);
  if (node.kind !== "name" || node.binding === undefined) return false;
  const index = model.values.index(file);
  const source = index.sources[node.binding];
  const caught = source?.kind === "catch" && !(part !== "stack" && explainsInput(model, file, node));
  const mapped = source?.kind === "parameter" && source.index === 0 && source.path.every((step) => step.kind === "property" && step.key === "error") && mapsErrors(model, index.functions.get(source.function)) && (part === "stack" || (status ?? 0) >= 500);
  const failed = source?.kind === "parameter" && source.index === 0 && source.path.length === 0 && isGivenFailure(index.functions.get(source.function));
  const handed = source?.kind === "parameter" && source.path.length === 0 && depth < deepest && (part === "stack" || (status ?? 0) >= 500) && isHanded(model, file, source, (at, given) => isLeaking(model, at, given, part, status, depth + 1));
  return (caught || failed || (handed && !isBehindServerErrors(model, file, node)) || (mapped && (part === "stack" || !isBehindServerErrors(model, file, node)))) && !isNarrowed(model, file, node);
}

/** Whether somebody who calls a function hands it such an error: `catch (error) { sendError(res, error); }`. */
function isHanded(model: ProjectModel, file: string, { function: node, index }: Extract<BindingSource, { kind: "parameter" }>, isSuch: (file: string, given: Expression) => boolean): boolean {
  return model.values.callSites.of(file, node).some(({ file: at, call }) => {
    const given = call.arguments[index];
    return given !== undefined && isSuch(at, given);
  });
}

/** What a condition that is only named asks: `const known = error instanceof Refusal; … known ? error.message : "Unexpected"`. */
function meantBy(model: ProjectModel, file: string, test: Expression): Expression {
  const source = test.kind === "name" && test.binding !== undefined ? model.values.index(file).sources[test.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value ? source.value : test;
}

/** What a name was given under another type alone: `error as Error`, `error instanceof Error ? error : new Error(String(error))`. */
function castBehind(model: ProjectModel, file: string, { binding }: NameExpression): Expression | undefined {
  const source = binding === undefined ? undefined : model.values.index(file).sources[binding];
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  if (value?.kind === "cast") return value.value.kind === "name" ? value : undefined;
  if (value?.kind !== "conditional" || value.test.kind !== "binary" || value.test.operator !== "instanceof") return undefined;
  const { left, right } = value.test;
  const isSame = left.kind === "name" && value.then.kind === "name" && left.binding === value.then.binding;
  return isSame && right.kind === "name" && right.name === "Error" && value.else.kind === "new" && lastName(value.else.callee) === "Error" ? value.then : undefined;
}

/** Whether something stands where a test says which error it is about, or where errors may be shown. */
function isNarrowed(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let around = parentOf(inner); around && !isFunctionNode(around); inner = around, around = parentOf(around)) {
    if ("kind" in around && (around.kind === "if" || around.kind === "conditional") && inner !== around.test && isNarrowing(meantBy(model, file, around.test)) && !(around.kind === "if" && around.test.kind === "binary" && around.test.operator === "instanceof" && around.else?.some((statement) => statement === inner))) return true;
    if ("kind" in around && around.kind === "binary" && inner === around.right && isNarrowing(meantBy(model, file, around.left))) return true;
    // `switch (code) { case "CONFLICT": … }`
    if ("kind" in around && around.kind === "switch" && inner !== around.subject && isNarrowing(around.subject)) return true;
  }
  return false;
}

/** `if (status >= 500) return reply.code(500).send({ code });`: what stands behind it answers errors that were made for clients. */
function isBehindServerErrors(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let inner = node, at = parentOf(node); at && !isFunctionNode(inner); inner = at, at = parentOf(at)) {
    const list = statementLists(at).find((statements) => statements.some((statement) => statement === inner));
    if (list?.some((statement) => statement.kind === "if" && statement.span[1] <= inner.span[0] && /^(return|throw)$/.test(statement.then.at(-1)?.kind ?? "") && isOfServerErrors(statement.test))) return true;
  }
  return false;
}

/** `status >= 500`, `error.statusCode === 500`, `!error.statusCode` */
function isOfServerErrors(test: Expression): boolean {
  if (test.kind === "unary") return test.operator === "!" && /^status(Code)?$/i.test(lastName(test.value));
  if (test.kind !== "binary") return false;
  if (/^(&&|\|\|)$/.test(test.operator)) return isOfServerErrors(test.left) || isOfServerErrors(test.right);
  const [above, below] = test.operator.startsWith("<") ? [test.right, test.left] : [test.left, test.right];
  return /^(>=?|<=?|===?)$/.test(test.operator) && /status|code/i.test(lastName(above)) && below.kind === "literal" && /^(499|500)$/.test(String(below.value));
}

/** The text that a name of the same function was given once, where it is chosen, joined or put together there. */
function textBehind(model: ProjectModel, file: string, node: NameExpression): Expression | undefined {
  const index = model.values.index(file);
  const source = node.binding === undefined ? undefined : index.sources[node.binding];
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  const isOnce = node.binding !== undefined && model.values.assignments(file).get(node.binding) === undefined;
  return value && isOnce && /^(member|conditional|binary|template|object|call)$/.test(value.kind) && index.functionAround(value)?.node === index.functionAround(node)?.node ? value : undefined;
}

/** What a name is given for errors of whatever kind: `else if (exception instanceof Error) message = exception.message;`. */
function chosenLeak(model: ProjectModel, file: string, { binding }: NameExpression, status: number | undefined, made: boolean): Leak | undefined {
  const { parentOf } = model.values.index(file);
  for (const text of binding === undefined ? [] : (model.values.assignments(file).get(binding) ?? [])) {
    const branch = parentOf(parentOf(parentOf(text) ?? text) ?? text);
    const isOfAny = branch !== undefined && "kind" in branch && branch.kind === "if" && isOfAnyError(branch.test) && branch.then.some(({ span }) => span[0] <= text.span[0] && text.span[1] <= span[1]);
    const leak = isOfAny ? leakedPart(model, file, text, status ?? 500, made) : undefined;
    if (leak) return leak;
  }
  return undefined;
}

/** `error instanceof Error` tells no error from another. */
function isOfAnyError(test: Expression): boolean {
  return test.kind === "binary" && test.operator === "instanceof" && test.right.kind === "name" && test.right.name === "Error";
}

/** Whether a name is the context that a mapper of errors is given. */
function isOfMapper(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.index === 0 && source.path.length === 0 && source.function.parameters.length === 1 && mapsErrors(model, index.functions.get(source.function));
}

/** What runs when something failed: `find(id).catch((error) => …)`, `query(text, (err, rows) => …)`; what parses says what is wrong with what it was given. */
function isGivenFailure(context: FunctionContext | undefined): boolean {
  const call = context?.passedTo?.call;
  if (!call) return false;
  const rejection = rejectionOf(call);
  return rejection ? rejection.handler === context.node && !isParse(rejection.promise) : errorCallbackOf(call) === context.node;
}

/** `try { parseFilter(text); } catch (error) { throw new BadRequestException(error.message); }`: what parses or checks says what is wrong with what it was given. */
function explainsInput(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && !isFunctionNode(at); at = parentOf(at)) {
    if (!("kind" in at)) continue;
    if (at.kind === "new" && !refuses(at)) return false;
    if (at.kind === "try") return at.body.every((statement) => isParse(statement)) && at.body.length > 0;
  }
  return false;
}

/** An exception that says that the input is bad: by its name, its code or its status. */
function refuses({ callee, arguments: given }: NewExpression): boolean {
  if (/^(BadRequest|UnprocessableEntity)/.test(lastName(callee))) return true;
  const codes = given.flatMap((argument) => (argument.kind === "object" ? [propertyOf(argument, "code") ?? propertyOf(argument, "status")] : [argument]));
  return codes.some((code) => (code?.kind === "literal" && /^(BAD_REQUEST|UNPROCESSABLE_\w+|400|422)$/.test(String(code.value))) || (code?.kind === "member" && /^(BAD_REQUEST|UNPROCESSABLE_\w+)$/.test(code.property)));
}

function isParse(statement: SyntaxNode): boolean {
  let calls = 0;
  let parses = 0;
  walk(statement, (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    calls++;
    if (/^(parse|decode|compile|validate|assert|check)/i.test(lastName(part.callee))) parses++;
    return undefined;
  });
  return calls > 0 && calls === parses;
}

/** `error instanceof AppError`, `isRefusal(error)`, `error.code === "P2002"`, `error.message === "No seats left"`, `isDevelopment`: which error it is, or where it may be shown. */
function isNarrowing(test: Expression): boolean {
  let found = false;
  walk(test, (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "binary" && node.operator === "instanceof") found ||= !(node.right.kind === "name" && node.right.name === "Error");
    if (node.kind === "binary" && /^===?$/.test(node.operator)) found ||= [node.left, node.right].some((side) => side.kind === "member" && side.property === "message") && [node.left, node.right].some((side) => side.kind === "literal");
    if (node.kind === "call" && node.callee.kind === "name") found ||= /^is[A-Z]/.test(node.callee.name) && node.arguments[0]?.kind === "name" && /^(e|ex|err|error|exception|cause|reason)$/i.test(node.arguments[0].name) && node.callee.name !== "isError";
    const name = node.kind === "name" ? node.name : node.kind === "member" ? node.property : node.kind === "literal" ? String(node.value) : "";
    found ||= /^is\w*(Error|Exception|Operational|Dev\w*|Prod\w*)$|^(NODE_ENV|env|dev\w*|prod\w*|debug|expose|code|name|isOperational|statusCode|status)$/i.test(name);
    return undefined;
  });
  return found;
}

/** Whether something stands in a function of four parameters, or in one given to `setErrorHandler`, `onError` or a Nest filter. */
export function isErrorMapper(model: ProjectModel, file: string, call: Expression): boolean {
  for (let context = model.values.index(file).functionAround(call); context; context = context.parent) if (mapsErrors(model, context)) return true;
  return false;
}

/** A function that is given what others threw: `app.onError(…)`, four parameters, `catch` of a filter, `error` of a middleware for errors. */
export function mapsErrors(model: ProjectModel, context: FunctionContext | undefined): boolean {
  if (!context) return false;
  const { node, passedTo, member } = context;
  const [first] = node.parameters;
  if (node.parameters.length === 4 && first?.target.kind === "binding" && /^_?(err|error|e|exception)$/i.test(first.target.name)) return true;
  if (member?.name === "catch" || (member?.name === "error" && context.class?.implements?.some((type) => type.kind === "reference" && /Error(Middleware|Handler)/.test(type.name)))) return true;
  return (passedTo?.argument === 0 && takesMapper(passedTo.call)) || isGivenAsMapper(model, node);
}

/** `app.setErrorHandler(…)`, `app.onError(…)`, `defineNitroErrorHandler(…)` */
function takesMapper({ callee }: CallExpression | NewExpression): boolean {
  return callee.kind === "member" ? /^(setErrorHandler|onError)$/.test(callee.property) : callee.kind === "name" && callee.name === "defineNitroErrorHandler";
}

const mappersGiven = inAllFiles((model: ProjectModel, file) => model.values.index(file).calls.flatMap(({ node }) => (node.arguments[0] && node.arguments[0].kind !== "function" && takesMapper(node) ? [{ file, given: node.arguments[0] }] : [])));

/** The functions that are given by name to what asks for a mapper of errors, from whatever file. */
const namedMappers = oncePer((model: ProjectModel): ReadonlySet<FunctionNode> => new Set(mappersGiven(model).flatMap(({ file, given }) => model.values.of(file, given).flatMap((value) => (value.kind === "function" ? [value.node] : [])))));

/** Whether a function is given by name to what asks for a mapper of errors: `app.setErrorHandler(toProblem)`. */
export function isGivenAsMapper(model: ProjectModel, node: FunctionNode): boolean {
  return namedMappers(model).has(node);
}
