import { wordTable } from "../../src/base/word-table.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { Span } from "../../src/base/position.js";
import { errorCodeKeys } from "../../src/catalogue/lexicon/http.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression } from "../../src/facts/syntax.js";
import { walk } from "../../src/facts/walk.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isErrorMapper, leakedPart } from "../../src/kit/routes/leaked-errors.js";
import { isForMachines, isOfInfrastructure } from "../../src/kit/routes/plain-answers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { routesOf } from "../../src/kit/routes/routes.js";
import { defineRule } from "../../src/kit/rule.js";
import { makesException, numberOf, type Sent, sentIn } from "../../src/kit/routes/sent-responses.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly codeKeys: readonly string[];
  readonly codes: "handlers" | "each";
  readonly everyFile: boolean;
}

/** What stands for findings that more files than a few have in common. */
const sums: Readonly<Record<string, string>> = wordTable({ leak: "leaks", text: "texts", thrownText: "thrownTexts" });

export default defineRule<Options>({
  name: "structured-errors",
  section: "api",
  clauses: ["API-3"],
  description: "Require error responses with a stable code, and nothing of the error itself in them",
  presets: { recommended: "error", strict: ["error", { codes: "each", everyFile: true }], legacy: "warn" },
  messages: {
    leak: "This response sends `{{text}}` to the client: internals leak, and the text changes with every release. Log the error, and send a code of your own with a fixed message.",
    leaks: "{{count}} files send errors to the client, here first (`{{text}}`; then {{others}}): internals leak, and the texts change with every release. Log the errors, and let one function make a code of your own with a fixed message of them.",
    text: "This error response is plain text. Send an object with a stable `code`, so that callers can tell errors apart without reading prose.",
    texts: "{{count}} files answer errors with plain text, here first (then {{others}}). Send objects with a stable `code`, so that callers can tell errors apart without reading prose; one function can make them.",
    noCode: "This error response has no stable code. Add a constant `code` (or `type`, as in RFC 9457), so that callers can tell errors apart.",
    noThrownCode: "This exception carries no stable code: clients see its status and its prose alone. Give it an object with a constant `code`, or make an error of your own that has one.",
    thrownText: "This throws a text. Throw an Error with a stable code, so that there is a stack to log and something to map.",
    thrownTexts: "{{count}} files throw texts, here first (then {{others}}). Throw Errors with a stable code, so that there is a stack to log and something to map.",
  },
  optionsSchema: {
    codeKeys: { type: "array", items: { type: "string" }, description: "More keys under which payloads carry their code." },
    codes: { enum: ["handlers", "each"], description: "Ask for codes where errors are mapped centrally, or at each error response." },
    everyFile: { type: "boolean", description: "Report every file where more than ten files of a package send errors, or throw texts, and not the first alone." },
  },
  defaultOptions: { codeKeys: [], codes: "handlers", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return { key: `structured-errors ${unit.folder} ${JSON.stringify(options)}`, files: model.filesOf(unit), findingsIn: (file) => findingsIn(model, file, options), kindOf: ({ messageId }) => sums[messageId] && messageId, sums };
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const { layer } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations" || (layer === undefined && !isBackendCode(model, file))) return;
  if (layer === "api" || layer === "composition" || layer === "shared" || (layer === undefined && routesOf(model, file).length > 0)) {
    for (const sent of sentIn(model, file)) yield* checkSent(model, file, sent, options);
    if (options.codes === "each") yield* bareExceptions(model, file, options);
  }
  yield* thrownTexts(model, file);
}

function* checkSent(model: ProjectModel, file: string, { node, payload, status, part }: Sent, options: Options): Iterable<RuleFinding> {
  const leaked = leakedPart(model, file, payload, status, node.kind === "new");
  if (leaked) {
    yield findingAt(model, file, leaked.span, "leak", { text: leaked.text }, { cause: "leak" });
    return;
  }
  if (part || status === undefined || status < 400 || (node.kind === "new" && makesException(model, file, node))) return;
  const inMapper = (node.kind === "call" || node.kind === "object") && isErrorMapper(model, file, node);
  if (isText(payload) && !isForMachines(model, file, node) && (options.codes === "each" || inMapper || !isOfInfrastructure(model, file, node))) yield findingAt(model, file, payload.span, "text", {}, options.codes === "handlers" && !inMapper ? { cause: "text of handlers", severity: "warn" } : { cause: "text" });
  const body = payload.kind === "object" ? payload : inMapper ? objectBehind(model, file, payload, options) : undefined;
  if (body && (options.codes === "each" || inMapper) && !hasCode(body, options)) yield findingAt(model, file, payload.span, "noCode", {}, { cause: "no code", ...(options.codes === "handlers" && { severity: "warn" as const }) });
}

/** `const body = { message: "Internal error" }; … return c.json(body, status);`: the object that a name was made with, unless a code is put into it. */
function objectBehind(model: ProjectModel, file: string, node: Expression, { codeKeys }: Options): ObjectExpression | undefined {
  if (node.kind !== "name" || node.binding === undefined) return undefined;
  const { partAssignments, sources } = model.values.index(file);
  const source = sources[node.binding];
  const isCode = (key: string): boolean => errorCodeKeys.has(key.toLowerCase()) || codeKeys.includes(key);
  const isOfNode = (object: Expression): boolean => object.kind === "name" && object.binding === node.binding;
  const isOpen = model.requestData.assignedTo(file, node.binding).length > 0 || model.requestData.putInto(file, node.binding).length > partAssignments.filter(({ target }) => target.kind === "member" && isOfNode(target.object) && !isCode(target.property)).length;
  return !isOpen && source?.kind === "value" && source.path.length === 0 && source.value?.kind === "object" ? source.value : undefined;
}

function isText(node: Expression): boolean {
  return (node.kind === "literal" && typeof node.value === "string") || (node.kind === "template" && !node.tag);
}

/** `throw new UnauthorizedException()`, `ctx.throw(404, "…")`: exceptions of the framework whose payload names no code. */
function* bareExceptions(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  for (const { node } of model.values.index(file).calls)
    if (node.arguments.every((argument) => isPlain(model, file, argument, options)) && !isPartOfException(model, file, node) && makesException(model, file, node)) yield findingAt(model, file, node.span, "noThrownCode", {}, { cause: "thrown without code" });
}

/** Prose, a status, or an object without a code; a text such as `TOKEN_EXPIRED` is a code itself. */
function isPlain(model: ProjectModel, file: string, node: Expression, options: Options): boolean {
  if (leakedPart(model, file, node, 500, true)) return false;
  if (node.kind === "object") return !hasCode(node, options);
  if (node.kind === "literal") return typeof node.value !== "string" || !/^[A-Z][A-Z\d]*([_.][A-Z\d]+)*$/.test(node.value);
  return isText(node) || numberOf(model, file, node) !== undefined || (node.kind === "member" && node.object.kind === "name" && /status/i.test(node.object.name));
}

/** `createError.NotFound` is called; `new createError.HttpError` is one call, not two. */
function isPartOfException(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const parent = model.values.index(file).parentOf(node);
  return parent !== undefined && "kind" in parent && (parent.kind === "member" || parent.kind === "call" || parent.kind === "new") && parent.span[0] === node.span[0] && makesException(model, file, node);
}

function hasCode(payload: ObjectExpression, options: Options): boolean {
  return payload.members.some((member) => {
    if (member.kind !== "property") return true;
    const key = member.key.toLowerCase();
    if (errorCodeKeys.has(key) || options.codeKeys.some((own) => own.toLowerCase() === key)) return true;
    if (key === "error" && member.value.kind === "literal" && isName(member.value.value)) return true;
    return member.value.kind === "object" && hasCode(member.value, options);
  });
}

/** `{ error: "ValidationError", message }`: a name of several words in one, which is a code under another key. */
function isName(value: unknown): boolean {
  return typeof value === "string" && /^(?:[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+)$/.test(value);
}

/** `Promise.reject("not found")`; express-validator takes the text for its message: `body("name").custom(() => Promise.reject("taken"))`. */
function rejectsText(model: ProjectModel, file: string, call: CallExpression): boolean {
  const { callee, arguments: [reason] } = call;
  if (reason === undefined || !isText(reason) || callee.kind !== "member" || callee.property !== "reject" || callee.object.kind !== "name" || callee.object.name !== "Promise") return false;
  for (let context = model.values.index(file).functionAround(call); context; context = context.parent) if (context.passedTo?.call.callee.kind === "member" && context.passedTo.call.callee.property === "custom") return false;
  return true;
}

function* thrownTexts(model: ProjectModel, file: string): Iterable<RuleFinding> {
  const found: Span[] = [];
  for (const statement of model.facts(file).body)
    walk(statement, (node) => {
      if ("kind" in node && ((node.kind === "throw" && isText(node.value)) || (node.kind === "call" && rejectsText(model, file, node)))) found.push(node.span);
      return undefined;
    });
  for (const span of found) yield findingAt(model, file, span, "thrownText", {}, { cause: "thrown text" });
}
