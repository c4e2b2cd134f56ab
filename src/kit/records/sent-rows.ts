import type { CallExpression, Expression, FunctionNode, NewExpression, Pattern } from "../../facts/syntax.js";
import { lastName, propertyOf } from "../../facts/names.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { PatternStep } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { isAnswer } from "../routes/answers.js";
import { statusOfSent } from "../routes/sent-responses.js";

/** How deep functions of the project are followed. */
const deepest = 5;
/** Frameworks in which only calls on the answer send, and what a handler returns goes nowhere. */
const answersByCall = /^(express|koa|overnightjs)$/;

/** A use of a store whose rows an answer holds whole, and the functions that they go through on the way. */
export interface SentRows {
  readonly file: string;
  readonly node: CallExpression;
  readonly through: readonly FunctionNode[];
}

/** A function that is followed, with what its parameters are given. */
interface Frame {
  readonly file: string;
  readonly node: FunctionNode;
  readonly given?: { readonly arguments: readonly Expression[]; readonly by: Frame };
  readonly depth: number;
  /** The variables that are being followed: `last = next() || last` leads back to itself. */
  readonly followed: Set<number>;
}

/** The uses of stores whose rows a handler sends as they are: by name, in an envelope, through functions that give them back. */
export function sentRows(model: ProjectModel, { file, node }: Handler, framework: string): readonly SentRows[] {
  const frame: Frame = { file, node, depth: 0, followed: new Set() };
  const returned = answersByCall.test(framework) ? [] : model.values.returned(node).flatMap((value) => rowsOf(model, frame, value));
  return [...rowsSentIn(model, frame), ...returned];
}

/** What calls on the answer send in a function, and in those that it hands the answer to. */
function rowsSentIn(model: ProjectModel, frame: Frame): readonly SentRows[] {
  const found: SentRows[] = [];
  walkAll(frame.node.body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "assign" && part.target.kind === "member" && part.target.property === "body" && isAnswer(part.target.object)) found.push(...rowsOf(model, frame, part.value));
    if (part.kind !== "call") return undefined;
    const [payload] = part.arguments;
    const sends = part.callee.kind === "member" && /^(json|jsonp|send|body|response)$/.test(part.callee.property) && isAnswer(part.callee.object);
    if (sends && payload && (statusOfSent(model, frame.file, part) ?? 200) < 400) found.push(...rowsOf(model, frame, payload));
    else if (!sends && part.arguments.some(isAnswer)) for (const inner of framesOf(model, frame, part)) found.push(...rowsSentIn(model, inner));
    return undefined;
  });
  return found;
}

/** The rows that an expression holds whole; `path` leads to a part of it. */
function rowsOf(model: ProjectModel, frame: Frame, node: Expression, path: readonly string[] = []): readonly SentRows[] {
  const inner = (part: Expression, rest = path): readonly SentRows[] => rowsOf(model, frame, part, rest);
  switch (node.kind) {
    case "await":
    case "cast":
      return inner(node.value);
    case "conditional":
      return [...inner(node.then), ...inner(node.else)];
    case "binary":
      return node.operator === "??" || node.operator === "||" ? [...inner(node.left), ...inner(node.right)] : node.operator === "&&" ? inner(node.right) : [];
    case "array":
      return path.length === 0 ? node.elements.flatMap((element) => inner(element)) : [];
    case "object": {
      const [key, ...rest] = path;
      if (key === undefined) return node.members.flatMap((member) => ((member.kind === "property" && !isId(member.key)) || member.kind === "spread" ? inner(member.value) : []));
      const value = propertyOf(node, key);
      return value ? inner(value, rest) : [];
    }
    case "member":
      return inner(node.object, [node.property, ...path]);
    case "index":
      return path.length === 0 ? inner(node.object) : [];
    case "name":
      return ofName(model, frame, node.binding, path);
    case "new":
      // `new ApiResponse(200, user)`
      return /response|result|success|envelope|payload/i.test(lastName(node.callee)) && path.length === 0 ? node.arguments.flatMap((argument) => inner(argument)) : [];
    case "call":
      return ofCall(model, frame, node, path);
    default:
      return [];
  }
}

/** `{ id: idOf(user) }`: an id is no row, whatever it is made of. */
function isId(key: string): boolean {
  return /^_?id$|_id$|[a-z]I[dD]$/.test(key);
}

function ofName(model: ProjectModel, frame: Frame, binding: number | undefined, path: readonly string[]): readonly SentRows[] {
  const source = binding === undefined ? undefined : model.values.index(frame.file).sources[binding];
  const keys = source && (source.kind === "value" || source.kind === "parameter") ? keysOf(source.path) : undefined;
  if (binding === undefined || !source || !keys || frame.followed.has(binding)) return [];
  if (source.kind === "value") {
    if (!source.value || !isIn(frame.node, source.value)) return [];
    frame.followed.add(binding);
    const rows = rowsOf(model, frame, source.value, [...keys, ...path]);
    frame.followed.delete(binding);
    return rows;
  }
  const argument = source.kind === "parameter" && source.function === frame.node ? frame.given?.arguments[source.index] : undefined;
  return argument && frame.given ? rowsOf(model, frame.given.by, argument, [...keys, ...path]).map((rows) => ({ ...rows, through: [...rows.through, frame.node] })) : [];
}

function isIn(node: FunctionNode, { span }: Expression): boolean {
  return span[0] >= node.span[0] && span[1] <= node.span[1];
}

/** The keys that lead to what a pattern takes; undefined where it takes what is left of an object. An element of a list is as whole as the list. */
function keysOf(path: readonly PatternStep[]): readonly string[] | undefined {
  const keys: string[] = [];
  for (const step of path) {
    if (step.kind === "property") keys.push(step.key);
    else if (step.kind !== "element") return undefined;
  }
  return keys;
}

function ofCall(model: ProjectModel, frame: Frame, node: CallExpression, path: readonly string[]): readonly SentRows[] {
  const { callee } = node;
  if (model.dataAccess.at(frame.file, node)) return path.length === 0 ? [{ file: frame.file, node, through: [frame.node] }] : [];
  if (callee.kind === "member" && callee.object.kind === "name" && callee.object.name === "JSON" && callee.property === "stringify") return node.arguments[0] ? rowsOf(model, frame, node.arguments[0], path) : [];
  // `user.toObject()` holds all that the document does.
  if (callee.kind === "member" && /^(toObject|toJSON|get|lean|exec|catch|filter|sort|slice|reverse|at|find)$/.test(callee.property) && (callee.property !== "get" || node.arguments.length === 0 || node.arguments[0]?.kind === "object")) return rowsOf(model, frame, callee.object, path);
  return framesOf(model, frame, node).flatMap((inner) => model.values.returned(inner.node).flatMap((value) => rowsOf(model, inner, value, path)).map((rows) => ({ ...rows, through: [...rows.through, frame.node] })));
}

function framesOf(model: ProjectModel, frame: Frame, call: CallExpression | NewExpression): readonly Frame[] {
  if (frame.depth >= deepest) return [];
  return model.callGraph.callees(frame.file, call).functions.flatMap(({ file, node }) => (node.body && !isOpen(frame, node) ? [{ file, node, given: { arguments: call.arguments, by: frame }, depth: frame.depth + 1, followed: new Set() }] : []));
}

function isOpen(frame: Frame | undefined, node: FunctionNode): boolean {
  return frame !== undefined && (frame.node === node || isOpen(frame.given?.by, node));
}

/** Whether a function takes a field away, of whatever it holds: `delete user.password`, `user.password = undefined`. */
export function takesAway({ body }: FunctionNode, field: string): boolean {
  const isField = (part: Expression | Pattern): boolean => part.kind === "member" && part.property === field;
  return someNode(body ?? [], (part) => {
    if (part.kind === "unary") return part.operator === "delete" && isField(part.value);
    if (part.kind === "assign") return isField(part.target) && (part.value.kind === "literal" || (part.value.kind === "name" && part.value.name === "undefined"));
    // `{ ...user, password: undefined }`
    return part.kind === "object" && part.members.some((member) => member.kind === "property" && member.key === field && (member.value.kind === "literal" || (member.value.kind === "name" && member.value.name === "undefined")));
  });
}
